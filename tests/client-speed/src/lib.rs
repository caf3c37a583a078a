//! The cost of the generated client and of a client that is written by hand with `reqwest`. Both call the same local server over kept
//! connections, in turn, and are compared round by round.

pub mod by_hand;
pub mod generated;
pub mod measure;
pub mod server;

use std::error::Error;

/// The operation that is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// `GET /webhooks/{id}`: one object.
    Get,
    /// `GET /webhooks/`: a list of twenty.
    List,
    /// `PUT /webhooks/{id}`: an object there and back.
    Update,
}

impl Task {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Get, Self::List, Self::Update];

    /// Its name in the results.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Update => "update",
        }
    }
}

/// A client that takes part.
pub trait Contender {
    /// Its name in the results.
    fn name(&self) -> &'static str;

    /// One call. Gives the length of something that was read, so that nothing is left out.
    ///
    /// # Errors
    /// Whatever a client can meet; there should be none.
    fn call(&self, task: Task) -> impl Future<Output = Result<usize, Box<dyn Error>>>;
}

/// The id that is asked for.
pub const ID: &str = "0a1b2c3d-0000-4000-8000-000000000007";
/// The token that is sent.
pub const TOKEN: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl";
