//! A server with minimal cost: one thread per connection, and prepared responses.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// Starts the server on a free port and returns its URL. It ends with the process.
///
/// # Panics
/// Where no port is free.
#[must_use]
pub fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream));
        }
    });
    url
}

fn serve(mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let one = answer(&format!(r#"{{"webhook":{}}}"#, webhook(7)));
    let list = answer(&format!(r#"{{"webhooks":[{}]}}"#, (0..20).map(webhook).collect::<Vec<_>>().join(",")));
    let mut seen = Vec::new();
    let mut part = [0; 16 << 10];
    loop {
        let Some(end) = seen.windows(4).position(|window| window == b"\r\n\r\n") else {
            match stream.read(&mut part) {
                Ok(read) if read > 0 => seen.extend_from_slice(&part[..read]),
                _ => return,
            }
            continue;
        };
        let length = content_length(&seen[..end]);
        while seen.len() < end + 4 + length {
            match stream.read(&mut part) {
                Ok(read) if read > 0 => seen.extend_from_slice(&part[..read]),
                _ => return,
            }
        }
        let wanted = if seen.starts_with(b"GET /webhooks/ ") { &list } else { &one };
        if stream.write_all(wanted).is_err() {
            return;
        }
        seen.drain(..end + 4 + length);
    }
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut lines = head.lines().filter_map(|line| line.strip_prefix("content-length:"));
    lines.next_back().and_then(|length| length.trim().parse().ok()).unwrap_or(0)
}

fn answer(body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ndate: Tue, 24 Nov 2026 08:00:00 GMT\r\n\
         server: local\r\nx-request-id: 5f0c1d7e\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn webhook(number: usize) -> String {
    format!(
        r#"{{"id":"0a1b2c3d-0000-4000-8000-{number:012}","sensor":"https://sensor.example.org/{number}","name":"Grades of course {number}",
        "description":"Sends what the gradebook of course {number} says to the registrar","targetUrl":"https://registrar.example.org/hooks/{number}",
        "secret":"8f2b6a1e4c7d","active":true,"createdAt":"2026-03-01T08:15:30.000Z","updatedAt":"2026-10-12T17:45:00.123Z","deletedAt":null}}"#
    )
}
