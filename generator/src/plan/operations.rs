//! Groups of operations: arguments, bodies, outcomes, events, headers, servers and security.

pub(crate) mod alternate_responses;
pub(crate) mod bodies;
pub(crate) mod context;
pub(crate) mod events;
pub(crate) mod groups;
pub(crate) mod headers;
pub(crate) mod media;
pub(crate) mod operation;
pub(crate) mod outcomes;
pub(crate) mod pages;
pub(crate) mod parts;
pub(crate) mod reply;
pub(crate) mod security;
pub(crate) mod server;
pub(crate) mod text_beside;
