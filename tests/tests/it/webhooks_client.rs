//! The generated client of the Webhooks API, against a server on this machine that answers as the document says, or as it must not.

mod bodies;
mod errors;
mod failures;
mod filters;
mod mock;
mod scopes;
mod secrets;
mod server;
mod tokens;
mod transports;
mod webhooks;
