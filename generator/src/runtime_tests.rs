//! The runtime, seen through a hand-written sample of what the emitter makes of the Webhooks API.
#![allow(unreachable_pub, reason = "the sample looks as it does in a crate of its own")]

mod calls;
mod fault_server;
mod faults;
mod parameters;
mod retries;
mod sample;
mod secrets;
mod server;
mod tokens;
mod unions;
