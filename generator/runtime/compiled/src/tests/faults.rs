//! Whatever a server does, a call ends in time, in an answer or a typed error, and in little memory.

use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::fault_server::{FAULTS, start};
use super::sample::API;
use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::cause::DecodeError;
use crate::runtime::client::Client;
use crate::runtime::error::{Error, Undocumented};
use crate::runtime::object;
use crate::runtime::operation::{Operation, Outcome};
use crate::runtime::path::path_template;
use crate::runtime::reply::Reply;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::spec::{Method, Spec};

pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) name: String,
    n: Option<i64>,
}

object! { Item { id, name } optional { n } }

#[derive(Debug)]
pub(crate) enum ItemError {
    BadRequest(serde_json::Value),
}

macro_rules! operations {
    ($($name:ident: $method:ident, $output:ty, $read:ident;)*) => {
        $(
            pub(crate) enum $name {}

            impl Operation for $name {
                const SPEC: Spec = Spec { method: Method::$method, path: path_template!("/" {"kind"} "/" {"fault"}), ..Spec::NEW };
                type Output = $output;
                type Failure = ItemError;

                fn decode(reply: Reply) -> Outcome<Self> {
                    match reply.status() {
                        200 => reply.$read(),
                        400 => Err(reply.failure(ItemError::BadRequest)),
                        _ => Err(reply.undocumented()),
                    }
                }
            }

            impl $name {
                pub(crate) fn call<'a>(client: &'a Client, kind: &str, fault: &str) -> Call<'a, Self> {
                    let call = Call::new(client).with(|request| request.path("kind", kind).path("fault", fault));
                    if stringify!($method) == "POST" { call.with(|request| request.json(&[1])) } else { call }
                }
            }
        )*
    };
}

operations! {
    GetItem: GET, Item, output;
    GetBytes: GET, Bytes, bytes;
    GetNothing: GET, (), empty;
    PostItem: POST, Item, output;
    PostBytes: POST, Bytes, bytes;
    PostNothing: POST, (), empty;
}

pub(crate) const TIMEOUT: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(20);
const LIMIT: usize = 1 << 20;

pub(crate) fn builder(url: &str) -> ClientBuilder {
    let retry = RetryPolicy::standard().base_delay(Duration::from_millis(20));
    ClientBuilder::new(&API).base_url(url).no_proxy().timeout(TIMEOUT).body_limit(LIMIT).retry(retry)
}

fn resident() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    text.split(' ').nth(1)?.parse::<usize>().ok().map(|pages| pages * 4096)
}

/// Every fault, every method, every kind of output: gives how many calls were made.
pub(crate) async fn matrix(url: &str) -> usize {
    let client = builder(url).build().unwrap();
    let mut calls = tokio::task::JoinSet::new();
    macro_rules! call {
        ($($operation:ident)*) => {
            for fault in FAULTS {
                $({
                    let client = client.clone();
                    calls.spawn(async move {
                        let begun = Instant::now();
                        let outcome = $operation::call(&client, "f", fault).await;
                        let text = match outcome {
                            Ok(_) => "ok".to_owned(),
                            Err(error) => format!("{error} {error:?}"),
                        };
                        (*fault, stringify!($operation), text, begun.elapsed())
                    });
                })*
            }
        };
    }
    call!(GetItem GetBytes GetNothing PostItem PostBytes PostNothing);
    let (mut count, mut slowest) = (0, Duration::ZERO);
    while let Some(done) = calls.join_next().await {
        let (fault, operation, text, time) = done.expect("no panic");
        // A busy machine is late; a call without a limit would be later than any machine.
        assert!(time < TIMEOUT + PATIENCE, "{fault} {operation} took {time:?}");
        slowest = slowest.max(time);
        assert!(text.len() < 4096, "{fault} {operation}: {} bytes of error", text.len());
        count += 1;
    }
    println!("{count} calls, the slowest took {slowest:?}");
    count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_ends_in_time() {
    let (server, leaks) = start().await;
    assert_eq!(matrix(&server.url).await, FAULTS.len() * 6);
    assert!(leaks.seen().is_empty(), "{:?}", leaks.seen());
}

/// Memory belongs to the process, so the measuring is done in one of its own.
#[test]
fn large_answers_take_no_more_memory_than_the_limit() {
    let test = std::env::current_exe().unwrap();
    let arguments = ["--exact", "tests::faults::measure_large_answers", "--ignored", "--nocapture"];
    let output = std::process::Command::new(test).args(arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    println!("{}", text.lines().filter(|line| line.contains("KiB")).collect::<String>());
}

#[tokio::test]
#[ignore = "run by the test above, in a process of its own"]
async fn measure_large_answers() {
    let (server, _) = start().await;
    let client = builder(&server.url).timeout(Duration::from_secs(20)).build().unwrap();
    let _ = GetBytes::call(&client, "f", "gzip").await;
    super::fault_server::bomb();
    let Some(before) = resident() else { return };
    for fault in ["gzip-bomb", "endless", "endless-chunked"] {
        let error = GetBytes::call(&client, "f", fault).await.unwrap_err();
        assert!(matches!(error, Error::TooLarge { limit: LIMIT, .. }), "{fault} {error:?}");
        assert_eq!(error.body().len(), LIMIT);
    }
    let grown = resident().unwrap_or(0).saturating_sub(before);
    println!("{} KiB more", grown >> 10);
    assert!(grown < LIMIT + (16 << 20), "{grown} bytes");
}

/// The same faults by a server written independently of these tests.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs CLIENTWRIGHT_SHARED, and Python"]
async fn every_fault_of_another_server_ends_in_time() {
    struct Server(std::process::Child);
    impl Drop for Server {
        fn drop(&mut self) {
            let _ = self.0.kill();
        }
    }
    let shared = std::env::var("CLIENTWRIGHT_SHARED").expect("CLIENTWRIGHT_SHARED names the folder that holds faults/");
    let port = 20_000 + std::process::id() % 20_000;
    let script = format!("{shared}/faults/faultd.py");
    let mut python = std::process::Command::new("python3");
    let child = python.args([script, port.to_string()]).stdout(std::process::Stdio::null()).spawn();
    let _server = Server(child.expect("there is a Python to run the server with"));
    let url = format!("http://127.0.0.1:{port}");
    let client = builder(&url).timeout(Duration::from_secs(20)).build().unwrap();
    let mut tries = 0;
    while client.raw(http::Method::GET, "/stats").await.is_err() {
        tries += 1;
        assert!(tries < 50, "the server does not start");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(matrix(&url).await, FAULTS.len() * 6);
    let stats = client.raw(http::Method::GET, "/stats").await.unwrap();
    let stats: serde_json::Value = serde_json::from_slice(&stats.body).unwrap();
    assert_eq!(stats["leaks"], serde_json::json!([]));
}

async fn get(fault: &str) -> Result<Item, Error<ItemError>> {
    let (server, _) = start().await;
    let client = builder(&server.url).build().unwrap();
    GetItem::call(&client, "f", fault).retry(RetryPolicy::none()).await
}

fn decode_error(result: Result<Item, Error<ItemError>>) -> DecodeError {
    match result.unwrap_err() {
        Error::Decode { cause, .. } => *cause,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn harmless_oddities_are_read() {
    for fault in ["ok", "upper-type", "bom-json", "unknown-fields", "gzip", "103-then-ok", "bad-header-bytes"] {
        assert_eq!(get(fault).await.unwrap().name, "ok", "{fault}");
    }
}

#[tokio::test]
async fn what_is_not_json_says_so() {
    assert_eq!(decode_error(get("empty-200").await), DecodeError::Empty);
    assert_eq!(
        decode_error(get("html-200").await),
        DecodeError::ContentType { expected: "JSON", found: Some("text/html".into()) }
    );
    assert_eq!(decode_error(get("no-type").await), DecodeError::ContentType { expected: "JSON", found: None });
    assert_eq!(decode_error(get("unknown-encoding").await), DecodeError::Encoding("x-made-up".into()));
    for fault in ["utf16-json", "latin1-json", "lone-surrogate", "bad-json-200", "null-200", "dup-keys"] {
        assert!(matches!(decode_error(get(fault).await), DecodeError::Shape { .. }), "{fault}");
    }
}

#[tokio::test]
async fn a_wrong_value_is_named_by_its_path() {
    let DecodeError::Shape { message, path } = decode_error(get("wrong-shape-200").await) else { panic!() };
    assert_eq!((message.as_str(), path.as_str()), ("invalid type: map, expected a string", "$.id"));
    let DecodeError::Shape { path, .. } = decode_error(get("big-int").await) else { panic!() };
    assert_eq!(path, "$.n");
}

#[tokio::test]
async fn half_an_answer_is_never_an_answer() {
    for fault in ["reset", "close", "reset-mid-headers", "reset-mid-body", "truncated", "bad-chunk", "not-http"] {
        let error = get(fault).await.unwrap_err();
        assert!(matches!(error, Error::Transport { .. }), "{fault} {error:?}");
        assert!(error.was_sent() && error.is_retryable() && std::error::Error::source(&error).is_some(), "{fault}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for fault in ["301", "302", "303", "307", "308", "redirect-loop", "redirect-file", "redirect-noloc"] {
        let error = get(fault).await.unwrap_err();
        assert!(matches!(error, Error::UnexpectedStatus { .. }), "{fault} {error:?}");
        assert!(error.status().unwrap().is_redirection());
    }
}

#[tokio::test]
async fn a_huge_failure_is_cut() {
    let error = get("huge-500").await.unwrap_err();
    assert_eq!(error.body().len(), 64 << 10);
    assert!(error.to_string().len() < 500);
}

#[tokio::test]
async fn a_call_may_have_limits_of_its_own() {
    let (server, _) = start().await;
    let client = builder(&server.url).timeout(Duration::from_secs(20)).retry(RetryPolicy::none()).build().unwrap();
    let error = GetBytes::call(&client, "f", "endless").body_limit(1000).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 1000, .. }) && error.body().len() == 1000, "{error:?}");
    let error = GetBytes::call(&client, "f", "huge-500").error_limit(70).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.body().len()), (500, 70));
    // The client's own idle timeout is longer than its timeout.
    let begun = Instant::now();
    let error = GetItem::call(&client, "f", "slow-body").idle_timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { phase: crate::runtime::error::Phase::Body, .. }), "{error:?}");
    assert!(begun.elapsed() < Duration::from_secs(15), "the limit of the whole call ended it");
}

#[tokio::test]
async fn a_documented_failure_of_another_type_is_read() {
    let error = get("problem-type").await.unwrap_err();
    let Error::Api { failure: ItemError::BadRequest(problem), .. } = error else { panic!("{error:?}") };
    assert_eq!(problem["title"], "Bad");
}

#[tokio::test]
async fn a_connection_that_is_refused_was_not_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = builder(&url).build().unwrap();
    let error = PostItem::call(&client, "f", "ok").await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }) && !error.was_sent(), "{error:?}");
    assert_eq!(error.attempts(), 3);
}

/// Drops a future when it has been polled so often, and would be polled once more.
async fn polled<F: Future + Unpin>(mut future: F, mut times: usize) -> Option<F::Output> {
    std::future::poll_fn(|context| {
        if times == 0 {
            return Poll::Ready(None);
        }
        times -= 1;
        Pin::new(&mut future).poll(context).map(Some)
    })
    .await
}

/// A thousand calls, token and retry included, each given up at one of the places where it waits.
#[tokio::test]
async fn calls_that_are_dropped_leave_the_client_usable() {
    let server = super::server::Server::answering(|seen| match seen.target.as_str() {
        "/token" => super::server::json(200, r#"{"access_token":"t","token_type":"bearer","expires_in":1}"#),
        _ if seen.text() == "[2]" => super::server::message(503, &[("retry-after", "0")], b""),
        _ => super::server::json(200, super::fault_server::ITEM),
    })
    .await;
    let url = &server.url;
    let new = || builder(url).token_url(format!("{url}/token")).client_credentials("id", "secret").build().unwrap();
    let mut client = new();
    let (mut ended, mut dropped) = (0, 0);
    for round in 0..1000 {
        // A cold client now and then, so that the token is among what is waited for.
        if round % 40 == 0 {
            client = new();
        }
        let retried = client.raw(http::Method::PUT, "/x").json(&[1 + round % 2]).into_future();
        match polled(retried, round / 2 % 12).await {
            Some(_) => ended += 1,
            None => dropped += 1,
        }
        if round % 10 == 0 {
            assert_eq!(client.raw(http::Method::GET, "/x").await.unwrap().status, 200);
        }
    }
    assert!(ended > 50 && dropped > 50, "{ended} ended, {dropped} were dropped");
}

#[test]
fn nothing_is_documented_for_most() {
    assert_eq!(size_of::<Undocumented>(), 0);
    assert!(size_of::<Error<Undocumented>>() <= 32);
}
