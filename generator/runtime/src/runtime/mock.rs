//! A server for the tests of programs that call this API: it responds by operation, with the crate's own types.

use std::marker::PhantomData;

use bytes::Bytes;
use serde::Serialize;
use wiremock::{Match, Mock, MockServer, Request as Received, ResponseTemplate, Times};

use super::call::Call;
use super::operation::Operation;
use super::path::{PathPart, PathTemplate};
use super::request::Request;
use super::spec::Spec;

/// A response that is ready to be sent.
#[derive(Clone, Debug)]
pub struct Canned(ResponseTemplate);

impl Canned {
    /// A body of a media type.
    pub(crate) fn raw(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self(ResponseTemplate::new(status).set_body_raw(body, content_type))
    }

    /// A response without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self(ResponseTemplate::new(status))
    }

    /// JSON.
    ///
    /// # Panics
    /// If the value can't be written.
    pub fn json(status: u16, value: &(impl Serialize + ?Sized)) -> Self {
        let json = serde_json::to_vec(value).expect("what the mock server gives can be written");
        Self(ResponseTemplate::new(status).set_body_raw(json, "application/json"))
    }

    /// Text.
    pub fn text(status: u16, text: impl AsRef<str>) -> Self {
        Self(ResponseTemplate::new(status).set_body_raw(text.as_ref(), "text/plain; charset=utf-8"))
    }

    /// Bytes.
    pub fn bytes(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self(ResponseTemplate::new(status).set_body_raw(body.as_ref(), "application/octet-stream"))
    }

    /// The same with a header, such as another `content-type`.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.insert_header(name, value))
    }
}

/// An operation whose success can be sent.
pub trait Returns: Operation {
    /// Returns the response that is read as this value.
    fn returns(output: &Self::Output) -> Canned;
}

/// An operation whose documented failures can be sent.
pub trait Fails: Operation {
    /// Returns the response that is read as this value.
    fn fails(failure: &Self::Failure) -> Canned;
}

/// The calls of one operation, whose response is not set yet.
#[must_use = "nothing is answered until it is said how"]
pub struct When<'m, O> {
    server: &'m MockServer,
    asked: Asked,
    expected: Option<Times>,
    operation: PhantomData<fn() -> O>,
}

impl<O> std::fmt::Debug for When<'_, O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "When({} {})", self.asked.method, self.asked.template)
    }
}

impl<'m, O: Operation> When<'m, O> {
    pub(crate) fn new(server: &'m MockServer) -> Self {
        let Spec { method, path, .. } = O::SPEC;
        let asked = Asked { method: method.as_str(), template: path, exact: None };
        Self { server, asked, expected: None, operation: PhantomData }
    }

    /// Restricts the mock to calls with the path, query and body of `call`, which is not sent.
    ///
    /// # Panics
    /// If the call could not be sent.
    pub fn with(mut self, call: Call<'_, O>) -> Self {
        self.asked.exact = Some(Exact::of(call.into_request()));
        self
    }

    /// Sets the expected number of calls, a number or a range. The server panics when it is dropped or verified if the number differs.
    pub fn expect(mut self, times: impl Into<Times>) -> Self {
        self.expected = Some(times.into());
        self
    }

    /// Responds with a success.
    pub async fn returns(self, output: &O::Output)
    where
        O: Returns,
    {
        self.answers(O::returns(output)).await;
    }

    /// Responds with a documented failure.
    pub async fn fails(self, failure: &O::Failure)
    where
        O: Fails,
    {
        self.answers(O::fails(failure)).await;
    }

    /// Responds with anything else: an undocumented status, a stream, an invalid body.
    pub async fn answers(self, answer: Canned) {
        let mut mock = Mock::given(self.asked).respond_with(answer.0);
        if let Some(times) = self.expected {
            mock = mock.expect(times);
        }
        mock.mount(self.server).await;
    }
}

/// The requests to which a mock responds.
struct Asked {
    method: &'static str,
    template: PathTemplate,
    exact: Option<Exact>,
}

impl Match for Asked {
    fn matches(&self, received: &Received) -> bool {
        let by_path = || fits(self.template.parts, received.url.path());
        received.method.as_str() == self.method
            && self.exact.as_ref().map_or_else(by_path, |exact| exact.matches(received))
    }
}

/// Returns whether a path could have been made from a template: a value has at least one character, and no slash.
fn fits(parts: &[PathPart<'_>], path: &str) -> bool {
    let Some((part, rest)) = parts.split_first() else { return path.is_empty() };
    match part {
        PathPart::Literal(text) => path.strip_prefix(text).is_some_and(|path| fits(rest, path)),
        PathPart::Parameter(_) => {
            let value = path.split('/').next().unwrap_or_default();
            value.char_indices().any(|(at, last)| fits(rest, &path[at + last.len_utf8()..]))
        }
    }
}

struct Exact {
    path: String,
    query: Vec<(String, String)>,
    body: Bytes,
}

impl Exact {
    fn of(mut request: Request) -> Self {
        if let Some(fault) = request.take_fault() {
            panic!("this call cannot be sent: {fault}");
        }
        let base = url::Url::parse("http://localhost").expect("this is a URL");
        let request = request.render(&base, &http::HeaderMap::new()).unwrap_or_else(|fault| panic!("{fault}"));
        let body = request.body().and_then(reqwest::Body::as_bytes).map(Bytes::copy_from_slice);
        Self { path: request.url().path().to_owned(), query: pairs(request.url()), body: body.unwrap_or_default() }
    }

    fn matches(&self, received: &Received) -> bool {
        let json = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).ok();
        let same =
            self.body == received.body || json(&self.body).is_some_and(|body| json(&received.body) == Some(body));
        // A parameter that a client adds to every query, such as a key, is not an argument.
        let received_pairs = pairs(&received.url);
        received.url.path() == self.path && self.query.iter().all(|pair| received_pairs.contains(pair)) && same
    }
}

fn pairs(url: &url::Url) -> Vec<(String, String)> {
    url.query_pairs().into_owned().collect()
}

/// Reads a ready value, as the generator wrote it.
pub(crate) fn ready<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}
