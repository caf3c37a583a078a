//! Streams, for programs that have no async runtime.

use std::iter::from_fn;

use bytes::Bytes;

use super::blocking::runtime;
use super::cause::InvalidRequest;
use super::error::Error;
use super::reply::Reply;
use super::stream::ByteStream;

impl ByteStream {
    /// The parts, each waited for as [`Call::blocking`](super::call::Call::blocking) waits.
    pub fn blocking(mut self) -> impl Iterator<Item = Result<Bytes, Error>> {
        let mut over = false;
        from_fn(move || match runtime() {
            Ok(runtime) => runtime.block_on(self.next()),
            Err(reason) => refused(self.reply(), &mut over, reason),
        })
    }
}

/// The reason why nothing can be waited for, once.
pub(crate) fn refused<T>(reply: &Reply, over: &mut bool, reason: String) -> Option<Result<T, Error>> {
    let cause = Box::new(InvalidRequest::new("blocking", "stream", reason));
    (!std::mem::replace(over, true)).then(|| Err(Error::Invalid { cause, context: reply.context() }))
}
