//! Streams that are opened again, for programs that have no async runtime.

use std::iter::from_fn;

use serde::de::DeserializeOwned;

use super::blocking::runtime;
use super::cause::InvalidRequest;
use super::error::{Context, Error};
use super::item_stream::ItemStream;
use super::operation::Operation;
use super::reconnect::Reconnecting;

impl<'c, O, T> Reconnecting<'c, O, T>
where
    O: Operation<Output = ItemStream<T>>,
    T: DeserializeOwned,
{
    /// The items, each waited for as [`Call::blocking`](super::call::Call::blocking) waits.
    pub fn blocking(mut self) -> impl Iterator<Item = Result<T, Error<O::Failure>>> + use<'c, O, T> {
        let mut over = false;
        from_fn(move || match runtime() {
            Ok(runtime) => runtime.block_on(self.next()),
            Err(reason) => {
                let cause = Box::new(InvalidRequest::new("blocking", "stream", reason));
                let context = Box::new(Context::new(const { &O::SPEC }));
                (!std::mem::replace(&mut over, true)).then(|| Err(Error::Invalid { cause, context }))
            }
        })
    }
}
