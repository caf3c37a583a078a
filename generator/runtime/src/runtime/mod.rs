//! The runtime of every emitted crate, as the package in `../../compiled` compiles it. Crates get the files that `../lib.rs` lists and
//! a `mod` list of their own.
#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    unused_macros,
    reason = "each emitted crate uses a part, and shows it to its users"
)]

/// Set if the API writes numbers as text as well: emitted crates have their own.
pub(crate) const NUMBERS_AS_TEXT: bool = false;

/// Set if the API has numbers of which all digits count: emitted crates have their own.
pub(crate) const DECIMALS: bool = true;

pub(crate) mod base64;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod builder;
pub(crate) mod call;
pub(crate) mod call_setters;
pub(crate) mod cause;
#[cfg(feature = "cli")]
pub(crate) mod cli;
#[cfg(feature = "cli")]
pub(crate) mod cli_certificate;
#[cfg(feature = "cli")]
pub(crate) mod cli_command;
#[cfg(feature = "cli")]
pub(crate) mod cli_input;
#[cfg(feature = "cli")]
pub(crate) mod cli_output;
#[cfg(feature = "cli")]
pub(crate) mod cli_pages;
#[cfg(feature = "cli")]
pub(crate) mod cli_parts;
#[cfg(feature = "cli")]
pub(crate) mod cli_table;
pub(crate) mod client;
pub(crate) mod constant;
pub(crate) mod credentials;
pub(crate) mod decimal;
pub(crate) mod decode_error;
#[cfg(feature = "deliveries")]
pub(crate) mod delivery;
pub(crate) mod digits;
pub(crate) mod endpoint;
pub(crate) mod error;
pub(crate) mod foreign;
pub(crate) mod grant;
pub(crate) mod headers;
pub(crate) mod item_stream;
#[cfg(feature = "blocking")]
pub(crate) mod item_stream_blocking;
pub(crate) mod json;
pub(crate) mod json_pointer;
pub(crate) mod kept;
pub(crate) mod known;
pub(crate) mod known_base64;
pub(crate) mod known_chrono;
pub(crate) mod known_decimal;
pub(crate) mod known_duration;
pub(crate) mod known_jiff;
pub(crate) mod known_time;
pub(crate) mod known_url;
pub(crate) mod known_uuid;
pub(crate) mod lenient;
#[cfg(feature = "mock")]
pub(crate) mod mock;
pub(crate) mod multipart;
pub(crate) mod number_text;
pub(crate) mod oauth2;
pub(crate) mod object;
pub(crate) mod operation;
pub(crate) mod pages;
#[cfg(feature = "blocking")]
pub(crate) mod pages_blocking;
pub(crate) mod paging;
pub(crate) mod parameter;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod parts;
pub(crate) mod path;
#[cfg(feature = "validate")]
pub(crate) mod pattern;
pub(crate) mod plain;
pub(crate) mod plain_digits;
pub(crate) mod platform;
pub(crate) mod presence;
#[cfg(feature = "opentelemetry")]
pub(crate) mod propagate;
pub(crate) mod random;
pub(crate) mod reconnect;
#[cfg(feature = "blocking")]
pub(crate) mod reconnect_blocking;
pub(crate) mod redact;
pub(crate) mod reply;
pub(crate) mod request;
pub(crate) mod retry;
pub(crate) mod rfc3339;
pub(crate) mod secret;
pub(crate) mod security;
pub(crate) mod send;
pub(crate) mod sensitive;
pub(crate) mod sequence;
pub(crate) mod sign_in;
pub(crate) mod spec;
pub(crate) mod splitter;
pub(crate) mod stream;
#[cfg(feature = "blocking")]
pub(crate) mod stream_blocking;
pub(crate) mod table;
pub(crate) mod tag;
pub(crate) mod text_enum;
pub(crate) mod timestamp;
pub(crate) mod token;
pub(crate) mod token_endpoint;
#[cfg(feature = "tracing")]
pub(crate) mod trace;
pub(crate) mod transport;
pub(crate) mod union;
pub(crate) mod untagged;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod upload;
#[cfg(feature = "validate")]
pub(crate) mod validate;
pub(crate) mod wire;
pub(crate) mod wire_read;
pub(crate) mod wire_tuples;
pub(crate) mod wire_write;
pub(crate) mod xml;
#[cfg(feature = "mock")]
pub(crate) mod xml_mock;
pub(crate) mod xml_node;
pub(crate) mod xml_part;
pub(crate) mod xml_read;
pub(crate) mod xml_write;

pub(crate) use object::{object, wrapper};
pub(crate) use text_enum::{json_enum, number_enum, text_enum};
pub(crate) use union::{from_members, tagged_union};
pub(crate) use untagged::untagged_union;
#[cfg(feature = "validate")]
pub use validate::Violation;
#[cfg(feature = "validate")]
pub(crate) use validate::{bounds, validate};
