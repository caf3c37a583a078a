//! Operations of emitted crates: their code, and their requests on the wire.

mod corpus;
mod demands;
mod emitted;
mod styles;
mod variations;
mod wire;
