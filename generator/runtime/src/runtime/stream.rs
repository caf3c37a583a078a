//! Responses that are read as they arrive.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;

use super::error::{Error, Phase};
use super::platform::BoxFuture;
use super::reply::Reply;
use super::transport::{self, Unread};

/// A body as it arrives: a [`Stream`] of parts, or [`next`](Self::next) by hand.
///
/// The call's time limit ends when the response begins; from then on, each part may take as long as the client's idle
/// timeout allows. Nothing is read in advance and nothing is kept, so the length of the body does not matter.
pub struct ByteStream {
    reply: Reply,
    reading: Option<Reading>,
}

/// The response travels with the future that reads from it, and comes back with the part.
type Reading = BoxFuture<'static, (Option<Box<reqwest::Response>>, Result<Option<Bytes>, Unread>)>;

impl ByteStream {
    /// The headers of the response.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    pub(crate) const fn reply(&self) -> &Reply {
        &self.reply
    }

    /// The next part; `None` at the end.
    ///
    /// # Errors
    /// If the connection fails, or nothing comes for too long. The stream is at its end then.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_part(context)).await
    }

    pub(crate) fn poll_part(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if self.reading.is_none() {
            let Some(response) = self.reply.live.take() else { return Poll::Ready(None) };
            self.reading = Some(Box::pin(transport::next(response, self.reply.limits.idle)));
        }
        let Some(reading) = &mut self.reading else { return Poll::Ready(None) };
        let Poll::Ready((response, part)) = reading.as_mut().poll(context) else { return Poll::Pending };
        self.reading = None;
        Poll::Ready(match part {
            Ok(Some(part)) => {
                self.reply.live = response;
                Some(Ok(part))
            }
            Ok(None) => None,
            Err(Unread::Fault(fault)) if !fault.timeout => {
                Some(Err(Error::Transport { cause: fault.cause, context: self.reply.context() }))
            }
            Err(_) => Some(Err(Error::Timeout { phase: Phase::Body, context: self.reply.context() })),
        })
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_part(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}

impl Reply {
    /// The body as it arrives. The operation's `Spec` must say that it is `streaming`.
    pub(crate) fn stream<F>(self) -> Result<ByteStream, Error<F>> {
        Ok(ByteStream { reply: self, reading: None })
    }
}
