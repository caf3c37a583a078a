//! Streams of items, for programs that have no async runtime.

use std::iter::from_fn;

use serde::de::DeserializeOwned;

use super::blocking::runtime;
use super::error::Error;
use super::item_stream::ItemStream;
use super::stream_blocking::refused;

impl<T: DeserializeOwned> ItemStream<T> {
    /// The next item, waited for as [`Call::blocking`](super::call::Call::blocking) waits; `None` at the end.
    ///
    /// # Errors
    /// As for [`next`](Self::next), and inside an async runtime, which waiting would block.
    pub fn blocking_next(&mut self) -> Option<Result<T, Error>> {
        match runtime() {
            Ok(runtime) => runtime.block_on(self.next()),
            Err(reason) => refused(self.reply(), &mut false, reason),
        }
    }

    /// The items, each waited for as [`Call::blocking`](super::call::Call::blocking) waits.
    pub fn blocking(mut self) -> impl Iterator<Item = Result<T, Error>> {
        let mut over = false;
        from_fn(move || match runtime() {
            Ok(runtime) => runtime.block_on(self.next()),
            Err(reason) => refused(self.reply(), &mut over, reason),
        })
    }
}
