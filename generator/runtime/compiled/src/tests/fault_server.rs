//! A server that fails in every way that servers, networks and attackers do.
//!
//! `/f/{fault}` misbehaves so; `/seq/{a},{b},…` behaves as `a`, then `b`, and stays with the last.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::server::{Seen, Server, message};

pub(crate) const ITEM: &str = r#"{"id":"1","name":"ok"}"#;

/// Every fault by name.
pub(crate) const FAULTS: &[&str] = &[
    "ok",
    "reset",
    "close",
    "reset-mid-headers",
    "reset-mid-body",
    "truncated",
    "hang",
    "hang-after-headers",
    "slow-headers",
    "slow-body",
    "endless",
    "endless-chunked",
    "bad-chunk",
    "two-lengths",
    "not-http",
    "status-999",
    "status-099",
    "big-header",
    "many-headers",
    "bad-header-bytes",
    "empty-200",
    "empty-200-nolength",
    "204",
    "204-with-type",
    "205",
    "304",
    "html-200",
    "no-type",
    "problem-type",
    "upper-type",
    "bom-json",
    "utf16-json",
    "latin1-json",
    "lone-surrogate",
    "bad-json-200",
    "bad-json-400",
    "html-502",
    "binary-500",
    "huge-500",
    "wrong-shape-200",
    "null-200",
    "unknown-fields",
    "dup-keys",
    "big-int",
    "deep-json",
    "gzip",
    "gzip-bad",
    "gzip-bomb",
    "unknown-encoding",
    "301",
    "302",
    "303",
    "307",
    "308",
    "redirect-loop",
    "redirect-file",
    "redirect-noloc",
    "429",
    "429-date",
    "429-huge",
    "429-bad",
    "429-none",
    "400",
    "401",
    "403",
    "404",
    "409",
    "422",
    "500",
    "501",
    "502",
    "503",
    "504",
    "100-continue-hang",
    "103-then-ok",
    "keepalive-stale",
];

/// The fault server, and a second one elsewhere that should never hear of anything.
pub(crate) async fn start() -> (Server, Server) {
    let leaks = Server::serving_at("127.0.0.2:0", |_, mut stream| async move {
        stream.write_all(&message(200, &[("content-type", "application/json")], ITEM.as_bytes())).await.ok()?;
        Some(stream)
    })
    .await;
    let elsewhere = leaks.url.clone();
    let turns: Arc<Mutex<HashMap<String, usize>>> = Arc::default();
    let faults = Server::serving(move |seen: Seen, mut stream| {
        let path = seen.target.split('?').next().unwrap_or_default().to_owned();
        let word = path.split('/').nth(2).unwrap_or_default();
        let fault = if path.starts_with("/seq/") {
            let mut turns = turns.lock().unwrap();
            let turn = turns.entry(path.clone()).or_default();
            *turn += 1;
            let word = word.replace("%2C", ",");
            word.split(',').take(*turn).last().unwrap_or_default().to_owned()
        } else {
            word.to_owned()
        };
        let elsewhere = elsewhere.clone();
        async move {
            misbehave(&fault, &elsewhere, &mut stream).await;
            None
        }
    })
    .await;
    (faults, leaks)
}

fn json(status: u16, body: impl AsRef<[u8]>) -> Vec<u8> {
    message(status, &[("content-type", "application/json")], body.as_ref())
}

fn typed(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    message(status, &[("content-type", content_type)], body.as_ref())
}

fn head(text: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{text}\r\n").into_bytes()
}

async fn misbehave(fault: &str, elsewhere: &str, stream: &mut TcpStream) {
    let answer = match fault {
        "reset" => return reset(stream),
        "close" => return,
        "reset-mid-headers" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-ty").await;
            return reset(stream);
        }
        "reset-mid-body" => {
            let _ = stream.write_all(&[head("content-length: 22\r\n"), ITEM[..9].into()].concat()).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            return reset(stream);
        }
        "hang" | "100-continue-hang" | "hang-after-headers" => {
            let begin = match fault {
                "hang" => Vec::new(),
                "hang-after-headers" => head("content-length: 22\r\n"),
                _ => b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(),
            };
            let _ = stream.write_all(&begin).await;
            return tokio::time::sleep(Duration::from_secs(60)).await;
        }
        "slow-headers" => return drip(stream, &json(200, ITEM)).await,
        "slow-body" => {
            let _ = stream.write_all(&head("content-length: 22\r\n")).await;
            return drip(stream, ITEM.as_bytes()).await;
        }
        "endless" => return pour(stream, "", &b"[1,".repeat(4096)).await,
        "endless-chunked" => {
            let chunk = [b"3000\r\n".to_vec(), b"[1,".repeat(4096), b"\r\n".to_vec()].concat();
            return pour(stream, "transfer-encoding: chunked\r\n", &chunk).await;
        }
        other => plain(other, elsewhere),
    };
    let _ = stream.write_all(&answer).await;
    if fault == "keepalive-stale" {
        tokio::time::sleep(Duration::from_millis(20)).await;
        reset(stream);
    }
    let _ = stream.flush().await;
}

/// The faults that are one message.
fn plain(fault: &str, elsewhere: &str) -> Vec<u8> {
    match fault {
        "ok" | "keepalive-stale" => json(200, ITEM),
        "truncated" => [head("content-length: 22\r\n"), ITEM[..9].into()].concat(),
        "bad-chunk" => [head("transfer-encoding: chunked\r\n"), b"ZZ\r\nabc\r\n".to_vec()].concat(),
        "two-lengths" => [head("content-length: 3\r\ncontent-length: 22\r\n"), ITEM.into()].concat(),
        "not-http" => b"\x16\x03\x01 hello, not http\n".to_vec(),
        "status-999" => json(999, ITEM),
        "status-099" => b"HTTP/1.1 99 X\r\ncontent-length: 0\r\n\r\n".to_vec(),
        "big-header" => {
            message(200, &[("content-type", "application/json"), ("x-big", &"a".repeat(2_000_000))], ITEM.as_bytes())
        }
        "many-headers" => {
            let many: String = (0..5000).map(|number| format!("x-{number}: v\r\n")).collect();
            [head(&format!("{many}content-length: 22\r\n")), ITEM.into()].concat()
        }
        "bad-header-bytes" => {
            let mut answer = b"HTTP/1.1 200 OK\r\nx-a: \xff\xfe\r\ncontent-type: application/json\r\n".to_vec();
            answer.extend_from_slice(format!("content-length: 22\r\n\r\n{ITEM}").as_bytes());
            answer
        }
        "empty-200" => json(200, ""),
        "empty-200-nolength" => head(""),
        "204" => b"HTTP/1.1 204 X\r\n\r\n".to_vec(),
        "204-with-type" => b"HTTP/1.1 204 X\r\ncontent-type: application/json\r\n\r\n".to_vec(),
        "205" => json(205, ""),
        "304" => b"HTTP/1.1 304 X\r\n\r\n".to_vec(),
        "html-200" => typed(200, "text/html", "<html>login please</html>"),
        "no-type" => message(200, &[], ITEM.as_bytes()),
        "problem-type" => {
            typed(400, "application/problem+json; charset=utf-8", r#"{"title":"Bad","status":400,"detail":"d"}"#)
        }
        "upper-type" => typed(200, "Application/JSON;charset=UTF-8", ITEM),
        "bom-json" => json(200, format!("\u{feff}{ITEM}")),
        "utf16-json" => {
            let units: Vec<u8> = ITEM.encode_utf16().flat_map(u16::to_le_bytes).collect();
            typed(200, "application/json; charset=utf-16", [vec![0xff, 0xfe], units].concat())
        }
        "latin1-json" => json(200, b"{\"id\":\"1\",\"name\":\"caf\xe9\"}"),
        "lone-surrogate" => json(200, r#"{"id":"1","name":"\ud800"}"#),
        "bad-json-200" => json(200, r#"{"id": "1", oops"#),
        "bad-json-400" => json(400, r#"{"error": oops"#),
        "html-502" => typed(502, "text/html", "<h1>Bad gateway</h1>"),
        "binary-500" => json(500, (0..=255).collect::<Vec<u8>>()),
        "huge-500" => typed(500, "text/plain", vec![b'x'; 32 << 20]),
        "wrong-shape-200" => json(200, r#"{"id":{"a":1},"name":7}"#),
        "null-200" => json(200, "null"),
        "unknown-fields" => json(200, r#"{"id":"1","name":"ok","added_later":{"x":[1,2]},"Name":"z"}"#),
        "dup-keys" => json(200, r#"{"id":"1","id":"2","name":"ok"}"#),
        "big-int" => json(200, r#"{"id":"1","name":"ok","n":18446744073709551616}"#),
        "deep-json" => {
            json(200, format!(r#"{{"id":"1","name":"ok","x":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000)))
        }
        "gzip" => zipped(&compress(ITEM.as_bytes())),
        "gzip-bad" => zipped(b"\x1f\x8b\x08\x00rubbish"),
        "gzip-bomb" => zipped(bomb()),
        "unknown-encoding" => {
            message(200, &[("content-type", "application/json"), ("content-encoding", "x-made-up")], ITEM.as_bytes())
        }
        "301" | "302" | "303" | "307" | "308" => {
            message(fault.parse().unwrap_or(302), &[("location", &format!("{elsewhere}/stolen"))], b"")
        }
        "redirect-loop" => message(302, &[("location", "/f/redirect-loop")], b""),
        "redirect-file" => message(302, &[("location", "file:///etc/passwd")], b""),
        "redirect-noloc" => message(302, &[], b""),
        "429" => message(429, &[("retry-after", "1")], b"{}"),
        "429-date" => message(429, &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")], b"{}"),
        "429-huge" => message(429, &[("retry-after", "99999999999")], b""),
        "429-bad" => message(429, &[("retry-after", "soon")], b""),
        "429-none" => message(429, &[], b""),
        "103-then-ok" => [b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n".to_vec(), json(200, ITEM)].concat(),
        status => match status.parse() {
            Ok(status) => json(status, format!(r#"{{"error":"e{status}"}}"#)),
            Err(_) => json(404, r#"{"error":"no such fault"}"#),
        },
    }
}

/// Closes the connection so that the other side gets a reset.
fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}

async fn drip(stream: &mut TcpStream, bytes: &[u8]) {
    for byte in bytes {
        if stream.write_all(&[*byte]).await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

async fn pour(stream: &mut TcpStream, headers: &str, part: &[u8]) {
    let mut result = stream.write_all(&head(headers)).await;
    while result.is_ok() {
        result = stream.write_all(part).await;
    }
}

fn zipped(body: &[u8]) -> Vec<u8> {
    message(200, &[("content-type", "application/json"), ("content-encoding", "gzip")], body)
}

fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// 256 MiB of spaces in less than 300 kB: one compressed block, repeated.
pub(crate) fn bomb() -> &'static [u8] {
    static BOMB: OnceLock<Vec<u8>> = OnceLock::new();
    BOMB.get_or_init(|| {
        let mut deflate = flate2::Compress::new(flate2::Compression::best(), false);
        let mut block = Vec::with_capacity(1 << 16);
        deflate.compress_vec(&[b' '; 1 << 20], &mut block, flate2::FlushCompress::Full).unwrap();
        let mut bomb = b"\x1f\x8b\x08\0\0\0\0\0\0\xff".to_vec();
        for _ in 0..256 {
            bomb.extend_from_slice(&block);
        }
        bomb
    })
}
