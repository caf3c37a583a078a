//! Streams that break off and are opened again, and recorded streams cut at every byte.

use std::collections::VecDeque;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::sample::API;
use super::server::{Server, json, message};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::{Error, Undocumented};
use crate::runtime::item_stream::ItemStream;
use crate::runtime::operation::{Operation, Outcome};
use crate::runtime::path::path_template;
use crate::runtime::reply::Reply;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::spec::Spec;
use crate::runtime::splitter::{Event, Format, Splitter};

#[derive(Debug, Deserialize, PartialEq)]
struct Tick {
    n: u64,
}

enum Ticks {}

impl Operation for Ticks {
    const SPEC: Spec =
        Spec { path: path_template!("/ticks"), accept: "text/event-stream", streaming: true, ..Spec::NEW };
    type Output = ItemStream<Tick>;
    type Failure = Undocumented;

    fn decode(reply: Reply) -> Outcome<Self> {
        match reply.status() {
            200 => reply.events(),
            _ => Err(reply.undocumented()),
        }
    }
}

fn events(body: &str) -> Vec<u8> {
    message(200, &[("content-type", "text/event-stream")], body.as_bytes())
}

/// A connection that is closed in the middle of an event.
fn broken(body: &str) -> Vec<u8> {
    let mut text = String::from_utf8(events(body)).unwrap().replacen("content-length: ", "content-length: 9", 1);
    text.push_str("data: {\"n\"");
    text.into_bytes()
}

async fn server(answers: &'static [fn() -> Vec<u8>]) -> (Server, Client) {
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::serving(move |_, mut stream| {
        let answer = answers[turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed).min(answers.len() - 1)]();
        async move {
            use tokio::io::AsyncWriteExt as _;
            stream.write_all(&answer).await.ok()?;
            stream.shutdown().await.ok()?;
            None
        }
    })
    .await;
    let client = ClientBuilder::new(&API).base_url(&server.url).no_proxy().retry(RetryPolicy::none()).build().unwrap();
    (server, client)
}

#[tokio::test]
async fn a_stream_goes_on_where_it_broke_off() {
    let (server, client) = server(&[
        || broken("retry: 30\nid: a\ndata: {\"n\":1}\n\nid: b\ndata: {\"n\":2}\n\n"),
        // It ends without an end event, and without an id.
        || events("data: {\"n\":3}\n\n"),
        || events("id: c\ndata: {\"n\":4}\n\ndata: [DONE]\n\n"),
    ])
    .await;
    let mut ticks = Call::<Ticks>::new(&client).reconnecting();
    let mut found = Vec::new();
    while let Some(tick) = ticks.next().await {
        found.push(tick.unwrap().n);
    }
    assert_eq!(found, [1, 2, 3, 4]);
    let ids: Vec<_> = server.seen().iter().map(|seen| seen.header("last-event-id").map(str::to_owned)).collect();
    assert_eq!(ids, [None, Some("b".to_owned()), Some("b".to_owned())]);
}

#[tokio::test]
async fn a_stream_ends_where_the_server_has_no_more() {
    let (server, client) =
        server(&[|| events("retry: 10\ndata: {\"n\":1}\n\ndata: {\"n\":\"x\"}\n\n"), || message(204, &[], b"")]).await;
    let mut ticks = Call::<Ticks>::new(&client).reconnecting();
    assert_eq!(ticks.next().await.unwrap().unwrap().n, 1);
    assert!(matches!(ticks.next().await, Some(Err(Error::Decode { .. }))));
    assert!(ticks.next().await.is_none() && ticks.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_stream_that_cannot_be_opened_again_ends_in_an_error() {
    let (_server, client) = server(&[|| events("retry: 10\ndata: {\"n\":1}\n\n"), || json(500, "{}")]).await;
    let mut ticks = Call::<Ticks>::new(&client).reconnecting();
    assert_eq!(ticks.next().await.unwrap().unwrap().n, 1);
    assert!(matches!(ticks.next().await, Some(Err(Error::UnexpectedStatus { .. }))));
    assert!(ticks.next().await.is_none());
}

/// As OpenAI's API sends a chat completion: comments, several fields, a last event that is no JSON.
const CHAT: &str = concat!(
    ": OPENROUTER PROCESSING\n\n",
    "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-4o\",\"choices\":",
    "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
    "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Caf\u{e9} \u{2615}\"},\"finish_reason\":null}]}\r\n\r\n",
    "event: response.output_text.delta\ndata: {\"id\":\"chatcmpl-1\",\ndata: \"choices\":[]}\n\n",
    "data: {\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"total_tokens\":12}}\r\r",
    "data: [DONE]\n\n",
);

const LINES: &str = "{\"n\":1,\"text\":\"\u{e9}\"}\n\n{\"n\":2}\r\n\u{1e}{\"n\":3}\n{\"n\":4}";

fn split(format: Format, parts: &[&[u8]]) -> Vec<String> {
    let mut splitter = Splitter::new(format, 1 << 20);
    let mut out = VecDeque::new();
    parts.iter().for_each(|part| splitter.push(part, &mut out).unwrap());
    splitter.finish(&mut out);
    out.into_iter().map(|Event { data, .. }| data.trim().to_owned()).collect()
}

#[test]
fn recorded_streams_are_the_same_wherever_they_are_cut() {
    for (format, text, items) in [(Format::Events, CHAT, 5), (Format::Lines, LINES, 4)] {
        let bytes = text.as_bytes();
        let whole = split(format, &[bytes]);
        let values: Vec<Value> = whole.iter().filter_map(|item| serde_json::from_str(item).ok()).collect();
        assert_eq!((whole.len(), values.len()), (items, items - usize::from(format == Format::Events)), "{whole:?}");
        for first in 0..=bytes.len() {
            let (before, after) = bytes.split_at(first);
            assert_eq!(split(format, &[before, after]), whole, "cut at {first}");
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(split(format, &single), whole);
    }
}

/// The most memory that this process has had, in bytes.
#[cfg(target_os = "linux")]
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
}

/// Downloads and uploads are never whole in memory. Server and client share this process, so both are in the figure.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "moves two gibibytes"]
async fn a_gibibyte_streams_both_ways_in_constant_memory() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use crate::runtime::stream::ByteStream;
    use crate::runtime::upload::Upload;

    const SIZE: u64 = 1 << 30;
    const PART: usize = 64 << 10;

    enum Copied {}
    impl Operation for Copied {
        const SPEC: Spec = Spec { path: path_template!("/big"), accept: "*/*", streaming: true, ..Spec::NEW };
        type Output = ByteStream;
        type Failure = Undocumented;

        fn decode(reply: Reply) -> Outcome<Self> {
            reply.stream()
        }
    }

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut part = vec![0; PART];
        let mut head = Vec::new();
        // The head ends with an empty line; what is read of the body along with it counts.
        let end = loop {
            let read = stream.read(&mut part).await.unwrap();
            head.extend_from_slice(&part[..read]);
            if let Some(end) = head.windows(4).position(|found| found == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let mut received = (head.len() - end) as u64;
        while received < SIZE {
            received += stream.read(&mut part).await.unwrap() as u64;
        }
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/zip\r\ncontent-length: {SIZE}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        for _ in 0..SIZE / PART as u64 {
            stream.write_all(&part).await.unwrap();
        }
        received
    });

    struct Zeros(u64);
    impl futures_core::Stream for Zeros {
        type Item = Result<bytes::Bytes, std::io::Error>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            static PARTS: [u8; PART] = [0; PART];
            let left = self.0.min(PART as u64);
            self.0 -= left;
            std::task::Poll::Ready((left > 0).then(|| Ok(bytes::Bytes::from_static(&PARTS[..left as usize]))))
        }
    }

    let client = ClientBuilder::new(&API).base_url(&url).no_proxy().timeout(Duration::from_secs(600)).build().unwrap();
    let before = peak();
    let body = Upload::new(Zeros(SIZE)).length(SIZE);
    let mut stream =
        Call::<Copied>::new(&client).with(|request| request.stream("application/zip", body)).await.unwrap();
    let mut received = 0;
    while let Some(part) = stream.next().await {
        received += part.unwrap().len() as u64;
    }
    assert_eq!((serving.await.unwrap(), received), (SIZE, SIZE));
    let grown = peak() - before;
    println!("1 GiB up and 1 GiB down: the peak grew by {} KiB", grown >> 10);
    assert!(grown < 32 << 20, "the peak grew by {grown} bytes");
}

/// An id that no header can carry would begin the stream anew, and give each event twice.
#[tokio::test]
async fn an_event_id_that_cannot_be_sent_ends_the_stream() {
    let (server, client) = server(&[|| events("retry: 10\nid: a\u{7f}\ndata: {\"n\":1}\n\n")]).await;
    let mut ticks = Call::<Ticks>::new(&client).reconnecting();
    assert_eq!(ticks.next().await.unwrap().unwrap().n, 1);
    assert!(matches!(ticks.next().await, Some(Err(Error::Invalid { .. }))));
    assert!(ticks.next().await.is_none());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_event_id_may_be_any_text() {
    let (server, client) =
        server(&[|| events("retry: 10\nid: é-1\ndata: {\"n\":1}\n\n"), || message(204, &[], b"")]).await;
    let mut ticks = Call::<Ticks>::new(&client).reconnecting();
    while ticks.next().await.is_some() {}
    assert_eq!(server.seen()[1].header("last-event-id"), Some("é-1"));
}

/// Whatever a server sends, there is a pause before each request, and a longer one if nothing comes.
#[tokio::test]
async fn a_server_is_not_asked_without_a_pause() {
    let (server, client) = server(&[|| events("retry: 0\n\n")]).await;
    let mut ticks = Call::<Ticks>::new(&client).reconnecting();
    let _ = tokio::time::timeout(Duration::from_millis(900), ticks.next()).await;
    let count = server.seen().len();
    assert!((2..=4).contains(&count), "{count}");
}
