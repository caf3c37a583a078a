//! HTTP/2 servers that never come to an end: what they send in small pieces is bounded like everything else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::faults::{GetBytes, builder};
use crate::runtime::error::Error;
use crate::runtime::retry::RetryPolicy;

/// Types of frames (RFC 9113, 6).
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const CONTINUATION: u8 = 9;
const END_HEADERS: u8 = 4;
/// `:status: 200` (RFC 7541, A).
const OK: &[u8] = &[0x88];

fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags, 0, 0, 0, stream], payload].concat()
}

/// Answers each request with `head`, and then with `flood` until the connection closes; counts the bytes that were written.
async fn flooding(head: Vec<u8>, flood: Vec<u8>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(pour(stream, head.clone(), flood.repeat(64), Arc::clone(&counted)));
        }
    });
    (url, taken)
}

async fn pour(mut stream: TcpStream, head: Vec<u8>, flood: Vec<u8>, counted: Arc<AtomicUsize>) -> std::io::Result<()> {
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await?;
    let (mut seen, mut part) = (Vec::new(), [0; 4096]);
    // The preface of 24 bytes, then frames: the request is the first on a stream.
    while !asks(&seen) {
        let read = stream.read(&mut part).await?;
        if read == 0 {
            return Ok(());
        }
        seen.extend_from_slice(&part[..read]);
    }
    stream.write_all(&head).await?;
    let (mut reader, mut writer) = stream.into_split();
    // The client's bytes are read, so that it can continue.
    tokio::spawn(async move { while reader.read(&mut part).await.is_ok_and(|read| read > 0) {} });
    loop {
        writer.write_all(&flood).await?;
        counted.fetch_add(flood.len(), Ordering::Relaxed);
        tokio::task::yield_now().await;
    }
}

fn asks(seen: &[u8]) -> bool {
    let mut rest = seen.get(24..).unwrap_or_default();
    while let [a, b, c, kind, _, _, _, _, _, after @ ..] = rest {
        if *kind == HEADERS {
            return true;
        }
        let length = u32::from_be_bytes([0, *a, *b, *c]) as usize;
        rest = after.get(length..).unwrap_or_default();
    }
    false
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn floods_of_frames_end_in_time() {
    let x = [0x0f, 0x2f, 0x00, 0x01, b'x'].repeat(200);
    // The first three are what RUSTSEC-2024-0332 and RUSTSEC-2026-0258 tell of: the connection ends. The others only last.
    let floods = [
        ("headers", frame(HEADERS, 0, 1, OK), frame(CONTINUATION, 0, 1, &x), true),
        ("nothing in headers", frame(HEADERS, 0, 1, OK), frame(CONTINUATION, 0, 1, &[]), true),
        ("nothing in the body", frame(HEADERS, END_HEADERS, 1, OK), frame(DATA, 0, 1, &[]), true),
        ("settings", Vec::new(), frame(SETTINGS, 0, 0, &[]), false),
        ("pings", Vec::new(), frame(PING, 0, 0, &[0; 8]), false),
    ];
    for (flood, head, frames, ends) in floods {
        let (url, taken) = flooding(head, frames).await;
        let http = reqwest::Client::builder().http2_prior_knowledge().no_proxy().build().unwrap();
        let client = builder(&url).http_client(http).retry(RetryPolicy::none()).build().unwrap();
        let begun = Instant::now();
        let error = GetBytes::call(&client, "f", "ok").await.unwrap_err();
        println!("{flood}: {:?}, {} KiB", begun.elapsed(), taken.load(Ordering::Relaxed) >> 10);
        let expected = if ends { matches!(error, Error::Transport { .. }) } else { error.is_timeout() };
        assert!(expected, "{flood} {error:?}");
    }
}
