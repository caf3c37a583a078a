//! Server-sent events over several connections.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::StatusCode;
use serde::de::DeserializeOwned;

use super::call::{self, Call};
use super::client::Client;
use super::error::Error;
use super::item_stream::ItemStream;
use super::operation::Operation;
use super::platform::{BoxFuture, sleep};
use super::reply::Reply;
use super::request::Request;

/// The pause before the stream is opened again, if the server states none.
const PAUSE: Duration = Duration::from_secs(3);

/// The shortest pause, whatever the server states.
const SHORTEST: Duration = Duration::from_millis(100);

/// The longest pause, whatever the server states and however many connections had no item.
const LONGEST: Duration = Duration::from_secs(3600);

impl<'a, O, T> Call<'a, O>
where
    O: Operation<Output = ItemStream<T>>,
    T: DeserializeOwned,
{
    /// The items, over as many connections as necessary: a stream that breaks off, or ends without its last event, is
    /// opened again, with `Last-Event-ID` and after the pause that the server stated (HTML, 9.2, "server-sent events").
    ///
    /// For operations that continue after the event with that id if they are called again.
    pub fn reconnecting(self) -> Reconnecting<'a, O, T> {
        let Self { client, request, .. } = self;
        Reconnecting {
            client,
            pause: PAUSE,
            barren: 0,
            last: None,
            state: State::Opening(open(client, Box::new(request), None)),
        }
    }
}

/// Items of a stream that is opened again where it broke off: a [`Stream`], or [`next`](Self::next) by hand.
///
/// It ends with the last event or with `204 No Content`, and with an error where the stream
/// can't be opened again.
#[must_use = "items are read as they are taken"]
pub struct Reconnecting<'a, O: Operation, T> {
    client: &'a Client,
    pause: Duration,
    /// The number of consecutive connections without an item.
    barren: u32,
    last: Option<String>,
    state: State<'a, O, T>,
}

type Opened = (Box<Request>, Result<Reply, Error>);

enum State<'a, O: Operation, T> {
    Opening(BoxFuture<'a, Opened>),
    Open(Box<Request>, Box<ItemStream<T>>),
    Done(PhantomData<fn() -> O>),
}

/// Opens the stream, after a pause if it was open before.
fn open(
    client: &Client,
    mut request: Box<Request>,
    again: Option<(Duration, Option<String>)>,
) -> BoxFuture<'_, Opened> {
    Box::pin(async move {
        if let Some((pause, last)) = again {
            sleep(pause).await;
            if let Some(last) = last {
                request.replace_header("last-event-id", &last);
            }
        }
        let reply = call::traced(client, &mut request).await;
        (request, reply)
    })
}

/// The result of each step.
type Step<O, T> = Option<Result<T, Error<<O as Operation>::Failure>>>;

impl<O, T> Reconnecting<'_, O, T>
where
    O: Operation<Output = ItemStream<T>>,
    T: DeserializeOwned,
{
    /// The next item; `None` at the end.
    ///
    /// # Errors
    /// If an item is not of its type (the next one may be), or the stream can't be opened (it is at its end then).
    pub async fn next(&mut self) -> Option<Result<T, Error<O::Failure>>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The `id` of the last event.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        match &self.state {
            State::Open(_, stream) => stream.last_event_id().or(self.last.as_deref()),
            State::Opening(_) | State::Done(_) => self.last.as_deref(),
        }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Step<O, T>> {
        loop {
            match &mut self.state {
                State::Done(_) => return Poll::Ready(None),
                State::Opening(opening) => {
                    let (request, reply) = ready!(opening.as_mut().poll(context));
                    self.state = State::Done(PhantomData);
                    let stream = match reply {
                        Ok(reply) if reply.status == StatusCode::NO_CONTENT => return Poll::Ready(None),
                        Ok(reply) => O::decode(reply),
                        Err(error) => Err(error.widen()),
                    };
                    match stream {
                        Ok(stream) => self.state = State::Open(request, Box::new(stream)),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
                State::Open(_, stream) => match ready!(stream.poll_item(context)) {
                    Some(Ok(item)) => {
                        self.barren = 0;
                        return Poll::Ready(Some(Ok(item)));
                    }
                    // One item of another shape, or too large: as for a single connection.
                    Some(Err(error)) if !is_broken(&error) => return Poll::Ready(Some(Err(error.widen()))),
                    None if stream.is_done() => self.state = State::Done(PhantomData),
                    _ => self.again(),
                },
            }
        }
    }

    /// Opens the stream again.
    fn again(&mut self) {
        let State::Open(request, stream) = std::mem::replace(&mut self.state, State::Done(PhantomData)) else {
            return;
        };
        self.last = stream.last_event_id().map(str::to_owned).or(self.last.take());
        self.pause = stream.reconnection_time().unwrap_or(self.pause);
        let pause = self.pause.clamp(SHORTEST, LONGEST).saturating_mul(1 << self.barren.min(10)).min(LONGEST);
        self.barren = self.barren.saturating_add(1);
        self.state = State::Opening(open(self.client, request, Some((pause, self.last.clone()))));
    }
}

/// Returns whether the connection is at fault, rather than what came over it.
fn is_broken(error: &Error) -> bool {
    matches!(error, Error::Transport { .. } | Error::Timeout { .. })
}

// Nothing in it is ever pinned.
impl<O: Operation, T> Unpin for Reconnecting<'_, O, T> {}

impl<O, T> Stream for Reconnecting<'_, O, T>
where
    O: Operation<Output = ItemStream<T>>,
    T: DeserializeOwned,
{
    type Item = Result<T, Error<O::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<O: Operation, T> fmt::Debug for Reconnecting<'_, O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reconnecting")
    }
}
