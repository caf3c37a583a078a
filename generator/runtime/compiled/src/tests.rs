//! The runtime, seen through a hand-written sample of what the emitter makes of the Webhooks API.
#![allow(unreachable_pub, reason = "the sample looks as it does in a crate of its own")]

#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod calls;
#[cfg(feature = "cli")]
mod cli;
mod decimals;
#[cfg(feature = "deliveries")]
mod deliveries;
mod fault_server;
mod faults;
mod floods;
mod foreign;
mod kept;
mod known;
mod lenient;
mod objects;
mod pages;
mod parameters;
#[cfg(feature = "opentelemetry")]
mod propagate;
mod proxies;
mod reconnects;
mod replies;
mod retries;
mod sample;
#[cfg(all(feature = "deliveries", feature = "tracing"))]
mod secret_shapes;
mod secrets;
mod security;
mod server;
mod sign_in;
mod slow_answers;
mod streams;
mod timestamps;
mod tokens;
#[cfg(feature = "tracing")]
mod tracing;
mod unions;
#[cfg(feature = "validate")]
mod validate;
mod xml;
