//! The test harness: a local server that sends a given response and records the request.

use std::fmt::Debug;
use std::future::Future;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use serde::Serialize;
use serde::de::DeserializeOwned;
pub(crate) use serde_json::Value;

use crate::api::{Client, Error};

/// A call in progress.
pub(crate) type OutcomeFuture = Pin<Box<dyn Future<Output = Outcome>>>;

/// An expected request.
pub(crate) struct Sent {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// Pairs of names and values. Only the order of pairs with the same name counts.
    pub(crate) query: &'static [&'static str],
    /// Names in lower case, sorted, without the headers of every request.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) body: Body,
}

/// An expected body.
#[derive(Debug)]
pub(crate) enum Body {
    Nothing,
    /// JSON in any order and layout.
    Json(&'static str),
    Text(&'static str),
    /// Pairs of names and values, as in a query.
    Form(&'static [&'static str]),
    Parts(&'static [Piece]),
}

/// A part of a multipart body.
#[derive(Debug, PartialEq)]
pub(crate) struct Piece<T = &'static str> {
    pub(crate) name: T,
    pub(crate) is_file: bool,
    pub(crate) content_type: Option<T>,
    pub(crate) text: T,
}

/// A response, and the expected outcome of the call.
pub(crate) struct ReplyCase {
    pub(crate) about: &'static str,
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) body: &'static str,
    pub(crate) outcome: Outcome,
}

impl ReplyCase {
    /// A JSON response that is read as the same value.
    pub(crate) fn same(about: &'static str, status: u16, body: &'static str) -> Self {
        Self { about, status, content_type: Some("application/json"), body, outcome: output("", json(body)) }
    }

    /// A JSON response of a documented error.
    pub(crate) fn failure(about: &'static str, status: u16, variant: &'static str, body: &'static str) -> Self {
        Self { outcome: failure(variant, json(body)), ..Self::same(about, status, body) }
    }

    /// A JSON response that does not have the described type.
    pub(crate) fn misread(about: &'static str, status: u16, body: &'static str) -> Self {
        Self { outcome: Outcome::Misread, ..Self::same(about, status, body) }
    }

    /// A response with an undocumented status.
    pub(crate) fn undocumented(status: u16) -> Self {
        Self { about: "not documented", status, content_type: None, body: "", outcome: Outcome::Undocumented }
    }
}

/// The outcome of a call.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A success: the variant, if there are several, and its value.
    Output(&'static str, Value),
    /// A documented error: its variant and its value.
    Failure(&'static str, Value),
    /// An undocumented status.
    Undocumented,
    /// A body that does not have the described type.
    Misread,
    /// Any other error.
    Failed(String),
}

impl PartialEq for Outcome {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Output(name, value), Self::Output(other, expected))
            | (Self::Failure(name, value), Self::Failure(other, expected)) => name == other && same(value, expected),
            (Self::Undocumented, Self::Undocumented) | (Self::Misread, Self::Misread) => true,
            _ => false,
        }
    }
}

/// A placeholder for the value of a header that is generated for each call.
const MADE: &str = "\u{7f}made";

pub(crate) fn output(variant: &'static str, value: Value) -> Outcome {
    Outcome::Output(variant, value)
}

pub(crate) fn failure(variant: &'static str, value: Value) -> Outcome {
    Outcome::Failure(variant, value)
}

pub(crate) fn other<F: Debug>(error: &Error<F>) -> Outcome {
    match error {
        Error::UnexpectedStatus { .. } => Outcome::Undocumented,
        Error::Decode { .. } => Outcome::Misread,
        other => Outcome::Failed(format!("{other:?}")),
    }
}

/// Awaits a call of which only the request is checked.
pub(crate) async fn only_sent<T>(call: impl IntoFuture<Output = T>) -> Outcome {
    call.await;
    Outcome::Failed("the response is not checked".to_owned())
}

/// Reads a value from JSON.
pub(crate) fn json<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// Writes a value as JSON.
pub(crate) fn written(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("it can be written")
}

pub(crate) fn text(bytes: &[u8]) -> Value {
    Value::String(String::from_utf8_lossy(bytes).into_owned())
}

/// Checks that each value is read as its variant and each variant is written as its value.
pub(crate) fn lists<T: Debug + PartialEq + Serialize + DeserializeOwned>(variants: &[(T, &str)]) {
    for (variant, text) in variants {
        assert_eq!(&json::<T>(text), variant, "{text} is read as its variant");
        assert_eq!(written(variant), json::<Value>(text), "{variant:?} is written as its value");
    }
}

/// Checks that a value is read as the variant of its alternative and written unchanged.
pub(crate) fn alternative<T: Debug + Serialize + DeserializeOwned>(text: &str, is_variant: fn(&T) -> bool) {
    let value = json::<T>(text);
    assert!(is_variant(&value), "{text} was read as {value:?}");
    let written = written(&value);
    assert!(same(&written, &json(text)), "written:  {written}\nexpected: {text}");
}

/// Checks the request of a call.
pub(crate) fn sends(call: fn(Client) -> OutcomeFuture, expected: &Sent) {
    let server = Server::start();
    let seen = server.ask(call, "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned());
    let Ok(request) = server.requests.try_recv() else { panic!("no request was sent: {seen:?}") };
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    assert_eq!((request.method.as_str(), path), (expected.method, expected.path));
    assert_pairs(query, expected.query, "the query");
    let is_part = |name: &str, value: &str| name == "content-type" && value.starts_with("multipart/");
    let shown = |name: &str, value: &str| {
        // The boundary differs for each request.
        let value = if is_part(name, value) { value.split(';').next().unwrap_or(value) } else { value };
        (name.to_owned(), value.to_owned())
    };
    let always = ["accept-encoding", "connection", "content-length", "host", "transfer-encoding", "user-agent"];
    let is_told = |name: &str| !always.contains(&name);
    let mut headers: Vec<_> = request.headers.iter().map(|(name, value)| shown(name, value)).collect();
    // An idempotency key is generated for each call, unless the caller sets one.
    let is_key = |value: &str| value.len() == 36 && value.bytes().filter(|byte| *byte == b'-').count() == 4;
    let is_made = |name: &str| expected.headers.iter().any(|(known, value)| *known == name && *value == MADE);
    for (_, value) in headers.iter_mut().filter(|(name, value)| is_made(name) && is_key(value)) {
        MADE.clone_into(value);
    }
    headers.retain(|(name, _)| is_told(name));
    headers.sort();
    let mut told: Vec<_> = expected.headers.iter().map(|(name, value)| shown(name, value)).collect();
    told.retain(|(name, _)| is_told(name));
    assert_eq!(headers, told, "the headers of {} {}", request.method, request.target);
    assert_body(&request, &expected.body);
}

fn assert_body(request: &Request, expected: &Body) {
    let body = String::from_utf8_lossy(&request.body);
    match expected {
        Body::Nothing => assert_eq!(body, "", "there is no body"),
        Body::Text(text) => assert_eq!(body, *text),
        Body::Form(pairs) => assert_pairs(&body, pairs, "the form"),
        Body::Json(text) => {
            let sent: Value = json(&body);
            assert!(same(&sent, &json(text)), "sent:     {sent}\nexpected: {text}");
        }
        Body::Parts(expected) => {
            let parts = request.parts();
            let alike = |part: &Piece<String>, other: &Piece| {
                let text = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
                part.name == other.name
                    && part.is_file == other.is_file
                    && part.content_type.as_deref() == other.content_type
                    && same(&text(&part.text), &text(other.text))
            };
            let all = expected.iter().all(|other| parts.iter().any(|part| alike(part, other)));
            assert!(all && parts.len() == expected.len(), "sent:     {parts:#?}\nexpected: {expected:#?}");
        }
    }
}

/// Checks pairs of names and values. Only the order of pairs with the same name counts.
fn assert_pairs(sent: &str, expected: &[&str], what: &str) {
    let name = |pair: &&str| pair.split('=').next().unwrap_or_default().to_owned();
    let mut sent: Vec<&str> = sent.split('&').filter(|pair| !pair.is_empty()).collect();
    sent.sort_by_key(name);
    let mut expected = expected.to_vec();
    expected.sort_by_key(name);
    // 5 and 5.0 are the same number.
    let number = |pair: &str| pair.split_once('=').and_then(|(_, text)| text.parse::<f64>().ok());
    // The members of a JSON object have no order.
    let object = |pair: &str| {
        let (_, text) = url::form_urlencoded::parse(pair.as_bytes()).next()?;
        serde_json::from_str::<Value>(&text).ok().filter(Value::is_object)
    };
    let alike = |(one, other): (&&str, &&str)| {
        let same = || number(one).is_some() && number(one) == number(other);
        one == other || name(one) == name(other) && (same() || object(one).is_some() && object(one) == object(other))
    };
    let all = sent.len() == expected.len() && sent.iter().zip(&expected).all(alike);
    assert!(all, "{what}\nsent:     {sent:?}\nexpected: {expected:?}");
}

/// Checks the outcome of a call for each response.
pub(crate) fn reads(call: fn(Client) -> OutcomeFuture, answers: &[ReplyCase]) {
    let server = Server::start();
    for ReplyCase { about, status, content_type, body, outcome } in answers {
        let kind = content_type.map(|kind| format!("content-type: {kind}\r\n")).unwrap_or_default();
        // Responses with these statuses have no length (RFC 9110, section 8.6).
        let length = if matches!(status, 204 | 304) { String::new() } else { format!("content-length: {}\r\n", body.len()) };
        let answer = format!("HTTP/1.1 {status} Status\r\n{kind}{length}connection: close\r\n\r\n{body}");
        let found = server.ask(call, answer);
        assert_eq!(found, *outcome, "{status}, {about}: {body}");
    }
}

/// Returns whether two values are equal; numbers are compared by value.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.iter().all(|(key, value)| other.get(key).is_some_and(|found| same(value, found)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (one, other) => one == other,
    }
}

/// A received request.
struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The parts of a multipart body.
    fn parts(&self) -> Vec<Piece<String>> {
        let content_type = self.header("content-type").unwrap_or_default();
        let boundary = content_type.split_once("boundary=").map(|(_, rest)| rest.trim_matches('"')).unwrap_or_default();
        let body = String::from_utf8_lossy(&self.body).into_owned();
        let mut found = Vec::new();
        for part in body.split(&format!("--{boundary}")).skip(1).take_while(|part| !part.starts_with("--")) {
            let (head, text) = part.split_once("\r\n\r\n").unwrap_or((part, ""));
            let value = |name: &str| {
                let lines = head.lines().filter_map(|line| line.split_once(": "));
                lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
            };
            let disposition = value("content-disposition").unwrap_or_default();
            let name = disposition.split("; name=\"").nth(1).and_then(|rest| rest.split('"').next());
            found.push(Piece {
                name: name.unwrap_or_default().to_owned(),
                is_file: disposition.contains("; filename"),
                content_type: value("content-type"),
                text: text.strip_suffix("\r\n").unwrap_or(text).to_owned(),
            });
        }
        found
    }
}

/// A server that sends the same response to every request, and a client for it.
struct Server {
    client: Client,
    runtime: tokio::runtime::Runtime,
    answer: Arc<Mutex<String>>,
    requests: Receiver<Request>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it has an address"));
        let answer = Arc::new(Mutex::new(String::new()));
        let (sender, requests) = channel();
        let given = Arc::clone(&answer);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if serve(stream, &given, &sender).is_none() {
                    return;
                }
            }
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        Self { client: crate::client(&url), runtime: runtime.expect("a runtime can be started"), answer, requests }
    }

    /// Makes a call and returns its outcome.
    fn ask(&self, call: fn(Client) -> OutcomeFuture, answer: String) -> Outcome {
        *self.answer.lock().expect("no test panics while it holds this") = answer;
        self.runtime.block_on(call(self.client.clone()))
    }
}

/// Reads a request and responds to it. Returns `None` if the test has ended.
fn serve(mut stream: TcpStream, answer: &Mutex<String>, sender: &Sender<Request>) -> Option<()> {
    let mut read = Vec::new();
    let mut more = |read: &mut Vec<u8>| {
        let mut part = [0; 4096];
        let count = stream.read(&mut part).unwrap_or(0);
        read.extend_from_slice(&part[..count]);
        count > 0
    };
    let end = loop {
        if let Some(end) = read.windows(4).position(|found| found == b"\r\n\r\n") {
            break end;
        }
        if !more(&mut read) {
            return Some(());
        }
    };
    let head = String::from_utf8_lossy(&read[..end]).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default().split(' ').map(str::to_owned);
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let mut request = Request { method, target, headers, body: read.split_off(end + 4) };
    if request.header("transfer-encoding").is_some() {
        while !request.body.ends_with(b"0\r\n\r\n") && more(&mut request.body) {}
        request.body = joined(&request.body);
    } else {
        let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        while request.body.len() < length && more(&mut request.body) {}
    }
    sender.send(request).ok()?;
    let answer = answer.lock().expect("no test panics while it holds this").clone();
    stream.write_all(answer.as_bytes()).ok();
    Some(())
}

/// Joins the chunks of a body (RFC 9112, section 7.1).
fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|found| found == b"\r\n") {
        let size = std::str::from_utf8(&chunks[..end]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let (Some(size @ 1..), start) = (size, end + 2) else { break };
        body.extend_from_slice(chunks.get(start..start + size).unwrap_or_default());
        chunks = chunks.get(start + size + 2..).unwrap_or_default();
    }
    body
}
