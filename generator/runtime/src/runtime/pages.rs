//! Paginated responses: the pages one after the other, or their items as one stream.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::call::{self, Call};
use super::client::Client;
use super::error::Error;
use super::json_pointer;
use super::operation::{Operation, Outcome};
pub use super::paging::Paging;
use super::platform::BoxFuture;
use super::reply::Reply;
use super::request::Request;

/// An operation with paginated responses.
pub trait Paged: Operation {
    /// The way from one page to the next.
    const PAGING: Paging;
    /// The items of pages.
    type Item: DeserializeOwned;
}

impl<'a, O: Paged> Call<'a, O> {
    /// The pages, from the one that the call requests to the last. Each is requested when it is needed, with the call's
    /// time limit and retries.
    pub fn pages(self) -> Pages<'a, O> {
        Pages { walk: Walk::new(self, O::PAGING), operation: PhantomData }
    }

    /// The items of all pages, from the one that the call requests.
    pub fn items(self) -> Items<'a, O> {
        Items { walk: Walk::new(self, O::PAGING), ready: VecDeque::new() }
    }
}

/// The result of each step through the items.
type Step<O> = Option<Result<<O as Paged>::Item, Error<<O as Operation>::Failure>>>;

/// The pages of a list: a [`Stream`], or [`next`](Self::next) by hand.
#[must_use = "pages are asked for as they are taken"]
pub struct Pages<'a, O> {
    walk: Walk<'a>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Paged> Pages<'_, O> {
    /// The next page; `None` after the last, and after an error.
    ///
    /// # Errors
    /// Those of the operation; and [`Error::Invalid`] where a page leads to another host, or back to itself.
    pub async fn next(&mut self) -> Option<Outcome<O>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Outcome<O>>> {
        let Some(reply) = ready!(self.walk.poll(context)) else { return Poll::Ready(None) };
        let page = reply.map_or_else(|error| Err(error.widen()), O::decode);
        self.walk.end_if(page.is_err());
        Poll::Ready(Some(page))
    }
}

impl<O: Paged> Stream for Pages<'_, O> {
    type Item = Outcome<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

impl<O> fmt::Debug for Pages<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

/// The items of all pages: a [`Stream`], or [`next`](Self::next) by hand.
#[must_use = "pages are asked for as they are taken"]
pub struct Items<'a, O: Paged> {
    walk: Walk<'a>,
    ready: VecDeque<O::Item>,
}

// No item is ever pinned.
impl<O: Paged> Unpin for Items<'_, O> {}

impl<O: Paged> Items<'_, O> {
    /// The next item; `None` after the last, and after an error.
    ///
    /// # Errors
    /// As for [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<O::Item, Error<O::Failure>>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Step<O>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            let Some(reply) = ready!(self.walk.poll(context)) else { return Poll::Ready(None) };
            match reply.map_or_else(|error| Err(error.widen()), read_items::<O>) {
                Ok(items) => self.ready = items,
                Err(error) => {
                    self.walk.end_if(true);
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

/// The items of a page, or the error of a response that is not a page.
fn read_items<O: Paged>(reply: Reply) -> Result<VecDeque<O::Item>, Error<O::Failure>> {
    if !reply.status.is_success() {
        return O::decode(reply).map(|_| VecDeque::new());
    }
    if reply.body.is_empty() {
        return Ok(VecDeque::new());
    }
    match reply.check_json().and_then(|()| json_pointer::read(&reply.body, O::PAGING.items)) {
        Ok(items) => Ok(items.unwrap_or_default()),
        Err(cause) => Err(reply.decode_error(cause)),
    }
}

impl<O: Paged> Stream for Items<'_, O> {
    type Item = Result<O::Item, Error<O::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<O: Paged> fmt::Debug for Items<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}

/// The walk from page to page, without the type of the operation.
struct Walk<'a> {
    client: &'a Client,
    paging: Paging,
    state: State<'a>,
}

enum State<'a> {
    /// The request for the next page, or the fault that it has.
    Next(Box<Request>),
    Asking(BoxFuture<'a, (Box<Request>, Result<Reply, Error>)>),
    Done,
}

impl<'a> Walk<'a> {
    fn new<O: Operation>(call: Call<'a, O>, paging: Paging) -> Self {
        Self { client: call.client, paging, state: State::Next(Box::new(call.request)) }
    }

    fn end_if(&mut self, failed: bool) {
        if failed {
            self.state = State::Done;
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Reply, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Next(mut request) => {
                    let client = self.client;
                    self.state = State::Asking(Box::pin(async move {
                        let reply = call::traced(client, &mut request).await;
                        (request, reply)
                    }));
                }
                State::Asking(mut asking) => {
                    let Poll::Ready((request, reply)) = asking.as_mut().poll(context) else {
                        self.state = State::Asking(asking);
                        return Poll::Pending;
                    };
                    let answer = reply.as_ref().ok().filter(|reply| reply.status.is_success());
                    let next = answer.and_then(|reply| self.paging.next_request(self.client, request, reply));
                    if let Some(next) = next {
                        self.state = State::Next(next);
                    }
                    return Poll::Ready(Some(reply));
                }
            }
        }
    }
}
