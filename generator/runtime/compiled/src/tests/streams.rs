//! Answers that are read as they come.

use std::collections::VecDeque;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use super::sample::API;
use super::server::{Server, json as answer, message};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::cause::DecodeError;
use crate::runtime::client::Client;
use crate::runtime::error::{Error, Undocumented};
use crate::runtime::item_stream::ItemStream;
use crate::runtime::operation::{Operation, Outcome};
use crate::runtime::path::path_template;
use crate::runtime::reply::Reply;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::spec::Spec;
use crate::runtime::splitter::{Format, Splitter};
use crate::runtime::stream::ByteStream;
use crate::runtime::{object, tagged_union};

/// An event as a description gives it.
#[derive(Debug, Deserialize, PartialEq)]
struct Change {
    data: Delta,
    event: Option<String>,
    id: Option<String>,
    retry: Option<u64>,
}

#[derive(Clone, PartialEq)]
struct Added {
    data: std::collections::BTreeMap<String, i64>,
}

object! { Added { data } }

#[derive(Clone, PartialEq)]
struct Removed {
    data: String,
}

object! { Removed { data } }

/// Events of several kinds, whose data is JSON or a text.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Added(Added),
    Removed(Removed),
    Other(Value),
}

tagged_union! { Kind by "event" { Added = "added", Removed = "removed" } else Other }

#[derive(Debug, Deserialize, PartialEq)]
struct Delta {
    text: String,
}

macro_rules! operations {
    ($($name:ident: $output:ty, |$reply:ident| $read:expr;)*) => {
        $(
            enum $name {}

            impl Operation for $name {
                const SPEC: Spec = Spec { path: path_template!("/"), accept: "*/*", streaming: true, ..Spec::NEW };
                type Output = $output;
                type Failure = Undocumented;

                fn decode($reply: Reply) -> Outcome<Self> {
                    match $reply.status() {
                        200 => $read,
                        _ => Err($reply.undocumented()),
                    }
                }
            }
        )*
    };
}

operations! {
    Download: ByteStream, |reply| reply.stream();
    Lines: ItemStream<Delta>, |reply| reply.json_lines();
    Events: ItemStream<Delta>, |reply| reply.events();
    Texts: ItemStream<String>, |reply| reply.text_events();
    Objects: ItemStream<Change>, |reply| reply.event_objects();
    Mixed: ItemStream<Kind>, |reply| reply.text_event_objects();
    WrappedEvents: ItemStream<Delta>, |reply| reply.wrapped_events();
    WrappedTexts: ItemStream<String>, |reply| reply.wrapped_text_events();
    WrappedObjects: ItemStream<Change>, |reply| reply.wrapped_event_objects();
    WrappedMixed: ItemStream<Kind>, |reply| reply.wrapped_text_event_objects();
}

/// Sends a body in parts, with a pause between them.
async fn dripping(content_type: &'static str, parts: &'static [&'static [u8]], ending: bool) -> (Server, Client) {
    let server = Server::serving(move |_, mut stream| async move {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n");
        stream.write_all(head.as_bytes()).await.ok()?;
        for part in parts {
            stream.write_all(format!("{:x}\r\n", part.len()).as_bytes()).await.ok()?;
            stream.write_all(part).await.ok()?;
            stream.write_all(b"\r\n").await.ok()?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        if ending {
            stream.write_all(b"0\r\n\r\n").await.ok()?;
        } else {
            tokio::time::sleep(Duration::from_secs(30)).await;
        }
        Some(stream)
    })
    .await;
    let client = builder(&server.url).build().unwrap();
    (server, client)
}

fn builder(url: &str) -> ClientBuilder {
    let client = ClientBuilder::new(&API).base_url(url).no_proxy().retry(RetryPolicy::none());
    client.idle_timeout(Duration::from_millis(300))
}

async fn texts(mut stream: ItemStream<Delta>) -> Vec<String> {
    let mut texts = Vec::new();
    while let Some(item) = stream.next().await {
        texts.push(item.unwrap().text);
    }
    texts
}

#[tokio::test]
async fn events_are_typed_wherever_the_network_cuts_them() {
    let parts: &[&[u8]] = &[
        b"\xef\xbb\xbf: hello\r\n\r\nid: 7\r\nretry: 250\r\ndata: {\"te",
        b"xt\":\"caf\xc3",
        b"\xa9\"}\r",
        b"\n\r\nevent: x\ndata: {\"text\":\ndata: \"two\"}\n\ndata:{\"text\":\"three\"}\r\r",
        b"data: [DONE]\n\ndata: never\n\n",
    ];
    let (_server, client) = dripping("text/event-stream; charset=utf-8", parts, true).await;
    let mut stream = Call::<Events>::new(&client).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().text, "café");
    assert_eq!(stream.last_event_id(), Some("7"));
    assert_eq!(stream.reconnection_time(), Some(Duration::from_millis(250)));
    assert_eq!(texts(stream).await, ["two", "three"]);
}

#[tokio::test]
async fn lines_are_typed_wherever_the_network_cuts_them() {
    let parts: &[&[u8]] = &[b"{\"text\":\"a\"}\n{\"te", b"xt\":\"b\"}\r\n\n\x1e{\"text\":\"c\"}"];
    let (_server, client) = dripping("application/jsonl", parts, true).await;
    assert_eq!(texts(Call::<Lines>::new(&client).await.unwrap()).await, ["a", "b", "c"]);
}

/// RFC 7464: a record may have several lines, and one that is cut off costs no other.
#[tokio::test]
async fn records_are_typed_wherever_the_network_cuts_them() {
    let parts: &[&[u8]] =
        &[b"\x1e{\n\"text\": \"a", b"]\\n\"\n}\n\x1e", b"{\"text\":\n\x1e{\"text\":\"b\"}\n{\"text\":\"c\"}"];
    let (_server, client) = dripping("application/json-seq", parts, true).await;
    let mut stream = Call::<Lines>::new(&client).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().text, "a]\n");
    assert!(stream.next().await.unwrap().is_err());
    assert_eq!(texts(stream).await, ["b", "c"]);
}

#[test]
fn parts_are_cut_at_their_boundary() {
    let body = b"before\r\n--b\r\n\r\n{}\r\n--b  \r\nContent-TYPE: Text/Plain; x=y\r\nX-A: b\r\n\r\none\r\n--c\r\n\r\n--b--\r\nafter\r\n--b\r\n";
    for length in [1, 7, body.len()] {
        let mut splitter = Splitter::new(Format::Parts, 1000).with_boundary("b");
        let mut out = VecDeque::new();
        body.chunks(length).for_each(|part| splitter.push(part, &mut out).unwrap());
        splitter.finish(&mut out);
        let found: Vec<_> = out.iter().map(|event| (event.data.as_str(), event.kind.as_deref())).collect();
        assert_eq!(found, [("{}", None), ("one\r\n--c\r\n", Some("text/plain"))]);
    }
}

/// A carriage return ends a line by itself (HTML, 9.2.5), also where nothing follows it.
#[test]
fn an_event_does_not_wait_for_a_line_feed() {
    let mut splitter = Splitter::new(Format::Events, 1000);
    let mut out = VecDeque::new();
    splitter.push(b"data: a\r\r", &mut out).unwrap();
    assert_eq!(out.len(), 1);
    splitter.push(b"\ndata: b\r", &mut out).unwrap();
    splitter.push(b"\n\r", &mut out).unwrap();
    let data: Vec<_> = out.iter().map(|event| event.data.as_str()).collect();
    assert_eq!(data, ["a", "b"]);
}

#[tokio::test]
async fn an_item_of_another_shape_does_not_end_the_stream() {
    let (_server, client) = dripping("application/jsonl", &[b"{\"text\":1}\n{\"text\":\"b\"}\n"], true).await;
    let mut stream = Call::<Lines>::new(&client).await.unwrap();
    assert!(matches!(stream.next().await, Some(Err(Error::Decode { .. }))));
    assert_eq!(texts(stream).await, ["b"]);
}

#[tokio::test]
async fn silence_ends_a_stream_but_length_does_not() {
    let (_server, client) = dripping("application/jsonl", &[b"{\"text\":\"a\"}\n"], false).await;
    let mut stream = Call::<Lines>::new(&client).timeout(Duration::from_millis(200)).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().text, "a");
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_download_is_not_limited_and_an_error_is_read() {
    let server = Server::answering(|seen| match seen.target.as_str() {
        "/" => super::server::message(200, &[], &vec![7; 3 << 20]),
        _ => answer(404, "{\"error\":\"gone\"}"),
    })
    .await;
    let client = builder(&server.url).body_limit(1000).build().unwrap();
    let mut stream = Call::<Download>::new(&client).await.unwrap();
    assert_eq!(stream.headers()["content-length"], "3145728");
    let mut length = 0;
    while let Some(part) = stream.next().await {
        length += part.unwrap().len();
    }
    assert_eq!(length, 3 << 20);
    let error = Call::<Download>::new(&client).extra_query("x", "y").await.unwrap_err();
    assert!(error.to_string().contains("gone"), "{error}");
}

#[tokio::test]
async fn what_is_no_stream_of_events_says_so() {
    let server = Server::answering(|_| answer(200, "{}")).await;
    let client = builder(&server.url).build().unwrap();
    let error = Call::<Events>::new(&client).await.unwrap_err();
    assert!(matches!(error, Error::Decode { cause, .. } if matches!(*cause, DecodeError::ContentType { .. })));
}

#[test]
fn a_line_that_never_ends_is_stopped() {
    let mut splitter = Splitter::new(Format::Events, 100);
    let mut out = VecDeque::new();
    assert!(splitter.push(&[b'x'; 100], &mut out).is_ok());
    assert!(splitter.push(b"x", &mut out).is_err());
}

async fn events(body: &'static str) -> (Server, Client) {
    let server = Server::answering(|_| message(200, &[("content-type", "text/event-stream")], body.as_bytes())).await;
    let client = builder(&server.url).build().unwrap();
    (server, client)
}

/// The type, the id and the pause of each event are at hand, whatever its data is.
#[tokio::test]
async fn events_have_a_type_and_an_id() {
    let (_server, client) = events(
        "event: a\nid: 1\ndata: {\"text\":\"x\"}\n\ndata: {\"text\":\"y\"}\n\nevent: b\nid: 2\nretry: 5\ndata: {\"text\":\"z\"}\n\n",
    )
    .await;
    let mut stream = Call::<Events>::new(&client).await.unwrap();
    let mut seen = Vec::new();
    while let Some(item) = stream.next().await {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        seen.push((item.unwrap().text, owned(stream.last_event_type()), owned(stream.last_event_id())));
    }
    let expected = [("x", Some("a"), Some("1")), ("y", None, Some("1")), ("z", Some("b"), Some("2"))];
    let owned = |text: Option<&str>| text.map(str::to_owned);
    assert_eq!(seen, expected.map(|(text, kind, id)| (text.to_owned(), owned(kind), owned(id))));
    assert_eq!(stream.reconnection_time(), Some(Duration::from_millis(5)));
    let mut stream = Call::<Objects>::new(&client).await.unwrap();
    let first = stream.next().await.unwrap().unwrap();
    assert_eq!((first.event.as_deref(), first.id.as_deref(), first.retry), (Some("a"), Some("1"), None));
    let second = stream.next().await.unwrap().unwrap();
    assert_eq!((second.data.text.as_str(), second.event, second.id), ("y", None, None));
    assert_eq!(stream.next().await.unwrap().unwrap().retry, Some(5));
}

#[tokio::test]
async fn the_data_of_events_may_be_texts() {
    let (_server, client) =
        events("data: 7\n\ndata: \"quoted\"\n\ndata: two\ndata: lines\n\ndata: [DONE]\n\ndata:\n\n").await;
    let mut stream = Call::<Texts>::new(&client).await.unwrap();
    let mut seen = Vec::new();
    while let Some(item) = stream.next().await {
        seen.push(item.unwrap());
    }
    assert_eq!(seen, ["7", "\"quoted\"", "two\nlines", "[DONE]", ""]);
}

#[tokio::test]
async fn events_of_several_kinds_are_told_apart() {
    let (_server, client) = events(
        "event: added\ndata: {\"n\":1}\n\nevent: removed\ndata: 12\n\nevent: moved\ndata: {\"n\":2}\n\nevent: added\ndata: none\n\ndata: plain\n\n",
    )
    .await;
    let mut stream = Call::<Mixed>::new(&client).await.unwrap();
    let mut next = async || stream.next().await.unwrap();
    assert_eq!(next().await.unwrap(), Kind::Added(Added { data: [("n".to_owned(), 1)].into() }));
    assert_eq!(next().await.unwrap(), Kind::Removed(Removed { data: "12".to_owned() }));
    assert_eq!(next().await.unwrap(), Kind::Other(json!({ "event": "moved", "data": "{\"n\":2}" })));
    assert!(matches!(next().await, Err(Error::Decode { .. })));
    assert_eq!(next().await.unwrap(), Kind::Other(json!({ "data": "plain" })));
}

#[tokio::test]
async fn events_may_be_wrapped_in_their_data() {
    let (_server, client) = events(
        "data: {\"text\":\"x\"}\n\ndata: {\"data\":{\"text\":\"y\"},\"id\":\"7\"}\n\ndata: {\"text\":\"\\\"data\\\"\"}\n\ndata: [DONE]\n\n",
    )
    .await;
    assert_eq!(texts(Call::<WrappedEvents>::new(&client).await.unwrap()).await, ["x", "y", "\"data\""]);
    let mut stream = Call::<WrappedTexts>::new(&client).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "{\"text\":\"x\"}");
    assert_eq!(stream.next().await.unwrap().unwrap(), "{\"text\":\"y\"}");

    let (_server, client) = events(
        "event: a\nid: 1\ndata: {\"text\":\"x\"}\n\nid: 2\ndata: {\"event\":\"b\",\"data\":{\"text\":\"y\"},\"retry\":5}\n\n",
    )
    .await;
    let mut stream = Call::<WrappedObjects>::new(&client).await.unwrap();
    let change = |event: &str, id: &str, text: &str, retry| Change {
        data: Delta { text: text.to_owned() },
        event: Some(event.to_owned()),
        id: Some(id.to_owned()),
        retry,
    };
    assert_eq!(stream.next().await.unwrap().unwrap(), change("a", "1", "x", None));
    assert_eq!(stream.next().await.unwrap().unwrap(), change("b", "2", "y", Some(5)));

    let (_server, client) = events(
        "event: added\ndata: {\"n\":1}\n\ndata: {\"event\":\"added\",\"data\":{\"n\":2}}\n\ndata: {\"event\":\"removed\",\"data\":\"12\"}\n\n",
    )
    .await;
    let mut stream = Call::<WrappedMixed>::new(&client).await.unwrap();
    for number in [1, 2] {
        let added = Kind::Added(Added { data: [("n".to_owned(), number)].into() });
        assert_eq!(stream.next().await.unwrap().unwrap(), added);
    }
    assert_eq!(stream.next().await.unwrap().unwrap(), Kind::Removed(Removed { data: "12".to_owned() }));
}

#[cfg(feature = "blocking")]
#[test]
fn streams_and_headers_can_be_waited_for() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (_server, client) = runtime.block_on(events("data: {\"text\":\"x\"}\n\ndata: {\"text\":\"y\"}\n\n"));
    let response = Call::<Events>::new(&client).with_response().blocking().unwrap();
    assert_eq!(response.headers["content-type"], "text/event-stream");
    let mut stream = response.body;
    assert_eq!(stream.blocking_next().unwrap().unwrap().text, "x");
    let rest: Vec<_> = stream.blocking().map(|item| item.unwrap().text).collect();
    assert_eq!(rest, ["y"]);
    let bytes: Vec<_> = Call::<Download>::new(&client).blocking().unwrap().blocking().map(Result::unwrap).collect();
    assert_eq!(bytes.concat(), b"data: {\"text\":\"x\"}\n\ndata: {\"text\":\"y\"}\n\n");
}
