//! Paginated responses, for programs that have no async runtime.

use std::iter::from_fn;

use super::blocking::runtime;
use super::cause::InvalidRequest;
use super::error::{Context, Error};
use super::operation::{Operation, Outcome};
use super::pages::{Items, Paged, Pages};

impl<'c, O: Paged> Pages<'c, O> {
    /// The pages, each waited for as [`Call::blocking`](super::call::Call::blocking) waits.
    pub fn blocking(mut self) -> impl Iterator<Item = Outcome<O>> + use<'c, O> {
        let mut over = false;
        from_fn(move || match runtime() {
            Ok(runtime) => runtime.block_on(self.next()),
            Err(reason) => refused::<O, _>(&mut over, reason),
        })
    }
}

impl<'c, O: Paged> Items<'c, O> {
    /// The items, each page waited for as [`Call::blocking`](super::call::Call::blocking) waits.
    pub fn blocking(mut self) -> impl Iterator<Item = Result<O::Item, Error<O::Failure>>> + use<'c, O> {
        let mut over = false;
        from_fn(move || match runtime() {
            Ok(runtime) => runtime.block_on(self.next()),
            Err(reason) => refused::<O, _>(&mut over, reason),
        })
    }
}

/// The reason why nothing can be waited for, once.
fn refused<O: Operation, T>(over: &mut bool, reason: String) -> Option<Result<T, Error<O::Failure>>> {
    let cause = Box::new(InvalidRequest::new("blocking", "call", reason));
    let context = Box::new(Context::new(const { &O::SPEC }));
    (!std::mem::replace(over, true)).then(|| Err(Error::Invalid { cause, context }))
}
