//! The runtime of emitted crates as data: which files a crate gets, and what they need.
//!
//! The files are plain Rust under `src/runtime/` of this package, compiled and tested by the package in `compiled/`, and copied
//! byte for byte to `src/runtime/` of every emitted crate, which depends on no crate of clientwright. Of them, this package
//! compiles only the reader of patterns, by which the generator checks the patterns of a document: so it needs no other crate.
//! They refer to each other as `super::…` and to nothing that the API decides.
//! The crate's own `src/runtime.rs` starts with [`PREAMBLE`], has a `mod` line for each file, and the macros of each
//! as `pub(crate) use file::{macro, …};`. Its `lib.rs` shows the `exports`.

mod manifest;
mod methods;
#[path = "runtime/pattern.rs"]
pub mod pattern;
#[cfg(test)]
mod tests;

pub use manifest::{CLI, DELIVERIES, DEPENDENCIES, Dependency, FEATURES, Feature, MOCK, OF_TYPES, VALIDATE};
use manifest::{NATIVE, WASM};
pub use methods::{BUILDER_METHODS, CALL_METHODS, CLIENT_METHODS, PAGED_METHODS};

/// The least Rust that emitted crates ask for.
pub const MSRV: &str = "1.88";

/// The beginning of `src/runtime.rs` in an emitted crate.
pub const PREAMBLE: &str = "\
//! The code that all operations share: sending, reading, retries, tokens, limits. It is the same for every API.
#![allow(dead_code, unused_imports, unused_macros, reason = \"each API uses a part\")]
#![cfg_attr(target_family = \"wasm\", allow(clippy::arc_with_non_send_sync, reason = \"there is one thread\"))]
";

/// A file of the runtime.
#[derive(Debug)]
pub struct RuntimeFile {
    /// The module that it holds.
    pub module: RuntimeModule,
    /// The module's name; the file is `src/runtime/{name}.rs`.
    pub name: &'static str,
    /// The text.
    pub text: &'static str,
    /// True if every crate has the file.
    pub always: bool,
    /// True if types need the file or can need it; others are of the client.
    pub types: bool,
    /// The other modules that must be there, besides those that always are.
    pub requires: &'static [RuntimeModule],
    /// The dependencies of the file, besides [`DEPENDENCIES`].
    pub dependencies: &'static [Dependency],
    /// The names that `lib.rs` re-exports.
    pub exports: &'static [&'static str],
    /// Other names that emitted code uses as `crate::runtime::name`, including macros.
    pub macros: &'static [&'static str],
    /// The `cfg(…)` for which it is there (`#[cfg(…)]` on the `mod` line and on its `pub use`), if not always.
    pub target: Option<&'static str>,
    /// The Cargo feature that switches it (`#[cfg(feature = "…")] mod …;`), if one does.
    pub feature: Option<&'static str>,
}

macro_rules! files {
    ($($module:ident $name:literal { $($field:ident: $value:expr),* $(,)? })*) => {
        /// A module of the runtime.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuntimeModule {
            $(
                #[doc = concat!("`runtime::", $name, "`")]
                $module,
            )*
        }

        /// Every file of the runtime, in the order of the modules.
        pub const FILES: &[RuntimeFile] = &[$(RuntimeFile {
            $($field: $value,)*
            ..RuntimeFile {
                module: RuntimeModule::$module,
                name: $name,
                text: include_str!(concat!("runtime/", $name, ".rs")),
                always: true,
                types: false,
                requires: &[],
                dependencies: &[],
                exports: &[],
                macros: &[],
                target: None,
                feature: None,
            }
        }),*];
    };
}

impl RuntimeModule {
    /// The file of the module.
    pub fn file(self) -> &'static RuntimeFile {
        // The test of the order holds the two together.
        &FILES[self as usize]
    }
}

files! {
    Base64 "base64" {}
    Blocking "blocking" { feature: Some("blocking") }
    Builder "builder" { exports: &["BuildError", "ClientBuilder"] }
    Call "call" { exports: &["Call", "Pending", "Raw", "Response", "WithResponse"] }
    CallSetters "call_setters" {}
    Cause "cause" { exports: &["AuthError", "BoxError", "InvalidRequest"] }
    Cli "cli" {
        always: false,
        requires: &[
            RuntimeModule::CliCommand,
            RuntimeModule::CliInput,
            RuntimeModule::CliOutput,
            RuntimeModule::CliTable,
            // The same code for all APIs reads the credentials of each.
            RuntimeModule::Oauth2,
        ],
        dependencies: &[
            Dependency {
                optional: true,
                ..Dependency::bare("clap", "4.6", &["error-context", "help", "std", "string", "suggestions", "usage"])
            },
            Dependency { optional: true, ..Dependency::bare("clap_complete", "4.6", &[]) },
        ],
        feature: Some("cli"),
    }
    CliCertificate "cli_certificate" { always: false, requires: &[RuntimeModule::CliTable], feature: Some("cli") }
    CliCommand "cli_command" {
        always: false,
        requires: &[RuntimeModule::CliTable, RuntimeModule::NumberText],
        feature: Some("cli"),
    }
    CliInput "cli_input" {
        always: false,
        requires: &[RuntimeModule::CliTable, RuntimeModule::Sequence],
        feature: Some("cli"),
    }
    CliOutput "cli_output" { always: false, requires: &[RuntimeModule::JsonPointer], feature: Some("cli") }
    CliPages "cli_pages" { always: false, requires: &[RuntimeModule::CliTable, RuntimeModule::Paging], feature: Some("cli") }
    CliParts "cli_parts" {
        always: false,
        requires: &[RuntimeModule::CliInput, RuntimeModule::CliTable, RuntimeModule::Multipart],
        feature: Some("cli"),
    }
    CliTable "cli_table" { always: false, feature: Some("cli") }
    Client "client" { exports: &["Client"] }
    Constant "constant" { types: true }
    Credentials "credentials" {}
    Decimal "decimal" {
        types: true,
        always: false,
        requires: &[RuntimeModule::Digits, RuntimeModule::NumberText],
        exports: &["Decimal"],
        dependencies: &[Dependency::plain("serde_json", "1.0.154", &["raw_value"])],
    }
    DecodeError "decode_error" { types: true, exports: &["DecodeError"] }
    Delivery "delivery" {
        always: false,
        exports: &["Algorithm", "Deliveries", "DeliveryError", "Encoding", "InvalidSecret", "SecretForm", "Signing"],
        dependencies: &[
            Dependency { optional: true, ..Dependency::bare("base64", "0.23.1", &["std"]) },
            Dependency { optional: true, ..Dependency::plain("hmac", "0.13", &[]) },
            Dependency { optional: true, ..Dependency::bare("sha1", "0.11", &[]) },
            Dependency { optional: true, ..Dependency::bare("sha2", "0.11", &[]) },
        ],
        feature: Some("deliveries"),
    }
    Digits "digits" { types: true, always: false, requires: &[RuntimeModule::NumberText] }
    Endpoint "endpoint" {}
    Error "error" {
        exports: &["Context", "Error", "Phase", "Undocumented"],
    }
    Foreign "foreign" { types: true, always: false, macros: &["foreign", "object_of_parts", "wrapper_of_parts"] }
    Grant "grant" { always: false, requires: &[RuntimeModule::Token], exports: &["AccessToken", "TokenSource"] }
    Headers "headers" { always: false, exports: &["Header"] }
    ItemStream "item_stream" {
        always: false,
        requires: &[RuntimeModule::Splitter, RuntimeModule::Stream],
        exports: &["ItemStream"],
    }
    ItemStreamBlocking "item_stream_blocking" {
        always: false,
        requires: &[RuntimeModule::ItemStream, RuntimeModule::StreamBlocking],
        feature: Some("blocking"),
    }
    Json "json" { types: true }
    JsonPointer "json_pointer" { always: false }
    Kept "kept" { types: true, always: false }
    Known "known" { types: true, always: false, macros: &["Written"] }
    KnownBase64 "known_base64" {
        types: true,
        always: false,
        requires: &[RuntimeModule::Known],
        exports: &["Base64"],
        dependencies: &[Dependency::bare("base64", "0.23.1", &["std"])],
    }
    KnownChrono "known_chrono" {
        types: true,
        always: false,
        requires: &[RuntimeModule::Known, RuntimeModule::Rfc3339],
        dependencies: &[Dependency::bare("chrono", "0.4.45", &["serde", "std"])],
    }
    KnownDecimal "known_decimal" {
        types: true,
        always: false,
        requires: &[RuntimeModule::Decimal, RuntimeModule::Known, RuntimeModule::NumberText],
        exports: &["DecimalText"],
        dependencies: &[Dependency::bare("rust_decimal", "1.43", &["std"])],
    }
    KnownDuration "known_duration" { types: true, always: false, requires: &[RuntimeModule::Known] }
    KnownJiff "known_jiff" {
        types: true,
        always: false,
        requires: &[RuntimeModule::Known, RuntimeModule::Rfc3339],
        dependencies: &[Dependency::bare("jiff", "1.0", &["serde", "std"])],
    }
    KnownTime "known_time" {
        types: true,
        always: false,
        requires: &[RuntimeModule::Known, RuntimeModule::Rfc3339],
        dependencies: &[Dependency::bare("time", "0.3.55", &["formatting", "parsing", "std"])],
    }
    KnownUrl "known_url" {
        types: true,
        always: false,
        requires: &[RuntimeModule::Known],
        dependencies: &[Dependency::plain("url", "2.5.8", &["serde"])],
    }
    KnownUuid "known_uuid" {
        types: true,
        always: false,
        requires: &[RuntimeModule::Known],
        dependencies: &[Dependency::bare("uuid", "1.26", &["serde", "std"])],
    }
    Lenient "lenient" { always: false, exports: &["Lapse", "LapseKind"] }
    Mock "mock" {
        always: false,
        exports: &["Canned", "Fails", "Returns", "When"],
        dependencies: &[Dependency { optional: true, ..Dependency::plain("wiremock", "0.6.5", &[]) }],
        feature: Some("mock"),
    }
    Multipart "multipart" { always: false, requires: &[RuntimeModule::Parts, RuntimeModule::Upload], exports: &["Multipart", "Part"] }
    NumberText "number_text" { types: true, always: false }
    Oauth2 "oauth2" {
        always: false,
        requires: &[RuntimeModule::Grant, RuntimeModule::Token, RuntimeModule::TokenEndpoint],
    }
    Object "object" { types: true, macros: &["object", "wrapper"] }
    Operation "operation" { exports: &["Operation", "Outcome"], macros: &["operations"] }
    Pages "pages" {
        always: false,
        requires: &[RuntimeModule::Paging, RuntimeModule::JsonPointer],
        exports: &["Items", "Paged", "Pages", "Paging"],
        dependencies: &[Dependency::bare("futures-core", "0.3.34", &["std"])],
    }
    PagesBlocking "pages_blocking" { always: false, requires: &[RuntimeModule::Pages], feature: Some("blocking") }
    Paging "paging" { always: false, requires: &[RuntimeModule::JsonPointer] }
    Parameter "parameter" { macros: &["In", "Parameter", "Style"] }
    Parts "parts" { always: false, requires: &[RuntimeModule::Upload], target: NATIVE }
    Path "path" { exports: &["PathPart", "PathTemplate"] }
    Pattern "pattern" { types: true, always: false, feature: Some("validate") }
    Plain "plain" { types: true }
    // One of it and `digits` is there, and is called `digits`.
    PlainDigits "plain_digits" { types: true, always: false }
    Platform "platform" { exports: &["BoxFuture", "Sendable", "Shareable"] }
    Presence "presence" { types: true, always: false, exports: &["Presence"] }
    Propagate "propagate" { feature: Some("opentelemetry") }
    Random "random" { types: true }
    Reconnect "reconnect" { always: false, requires: &[RuntimeModule::ItemStream], exports: &["Reconnecting"] }
    ReconnectBlocking "reconnect_blocking" {
        always: false,
        requires: &[RuntimeModule::ItemStream, RuntimeModule::Reconnect],
        feature: Some("blocking"),
    }
    Redact "redact" {}
    Reply "reply" { exports: &["Reply"] }
    Request "request" {}
    Retry "retry" { exports: &["RetryPolicy"] }
    Rfc3339 "rfc3339" { types: true, always: false }
    Secret "secret" { types: true, exports: &["Secret"] }
    Security "security" {
        exports: &[
            "ClientAuthentication", "Credential", "Flows", "Interactive", "Need", "Place", "Requirement", "Scheme",
            "SchemeKind", "TokenEndpoint",
        ],
    }
    Send "send" {}
    Sensitive "sensitive" { types: true }
    Sequence "sequence" { always: false }
    SignIn "sign_in" {
        always: false,
        requires: &[RuntimeModule::Grant, RuntimeModule::Oauth2, RuntimeModule::TokenEndpoint],
        exports: &["BrowserSignIn", "DeviceSignIn", "SignIn", "SignedIn"],
        dependencies: &[
            Dependency::bare("getrandom", "0.4", &[]),
            Dependency { target: WASM, ..Dependency::bare("getrandom", "0.4", &["wasm_js"]) },
            Dependency::bare("sha2", "0.11", &[]),
        ],
    }
    Spec "spec" { exports: &["Api", "Method", "Spec"] }
    Splitter "splitter" { always: false }
    Stream "stream" {
        always: false,
        exports: &["ByteStream"],
        dependencies: &[Dependency::bare("futures-core", "0.3.34", &["std"])],
    }
    StreamBlocking "stream_blocking" { always: false, requires: &[RuntimeModule::Stream], feature: Some("blocking") }
    Table "table" { types: true }
    Tag "tag" { types: true }
    TextEnum "text_enum" { types: true, always: false, macros: &["json_enum", "number_enum", "text_enum"] }
    Timestamp "timestamp" { types: true,
        always: false,
        exports: &["Date", "Timestamp"],
        dependencies: &[Dependency::bare("jiff", "1.0", &["std"])],
    }
    Token "token" { always: false, requires: &[RuntimeModule::Grant] }
    TokenEndpoint "token_endpoint" { always: false, requires: &[RuntimeModule::Grant] }
    Trace "trace" { feature: Some("tracing") }
    Transport "transport" { exports: &["Attempt", "Next", "Transport"] }
    Union "union" { types: true, always: false, macros: &["tagged_union", "from_members"] }
    Untagged "untagged" {
        types: true,
        always: false,
        requires: &[RuntimeModule::Kept, RuntimeModule::Union],
        macros: &["untagged_union"],
    }
    Upload "upload" {
        always: false,
        exports: &["Upload"],
        dependencies: &[
            Dependency { target: NATIVE, ..Dependency::bare("futures-core", "0.3.34", &["std"]) },
            Dependency { target: NATIVE, ..Dependency::plain("http-body", "1.0", &[]) },
        ],
        target: NATIVE,
    }
    Validate "validate" { types: true,
        always: false,
        exports: &["Violation"],
        macros: &["bounds", "validate"],
        requires: &[RuntimeModule::Pattern],
        dependencies: &[Dependency { optional: true, ..Dependency::plain("fancy-regex", "0.19.2", &[]) }],
        feature: Some("validate"),
    }
    Wire "wire" { types: true }
    WireRead "wire_read" { types: true }
    WireTuples "wire_tuples" { types: true, always: false }
    WireWrite "wire_write" { types: true }
    Xml "xml" { always: false, requires: &[RuntimeModule::XmlNode, RuntimeModule::XmlRead, RuntimeModule::XmlWrite], dependencies: &[Dependency::plain("quick-xml", "0.42", &[])] }
    XmlMock "xml_mock" { always: false, requires: &[RuntimeModule::Mock, RuntimeModule::XmlNode, RuntimeModule::XmlWrite], feature: Some("mock") }
    XmlNode "xml_node" { always: false }
    XmlPart "xml_part" { always: false, requires: &[RuntimeModule::Multipart, RuntimeModule::XmlNode, RuntimeModule::XmlWrite] }
    XmlRead "xml_read" { always: false, requires: &[RuntimeModule::NumberText, RuntimeModule::XmlNode] }
    XmlWrite "xml_write" { always: false, requires: &[RuntimeModule::XmlNode] }
}
