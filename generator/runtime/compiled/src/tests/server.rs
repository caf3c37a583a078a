//! A server that sends given bytes, and records its requests.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The maker of the answer to a request.
type Answer = dyn Fn(&Seen) -> Vec<u8> + Send + Sync;

/// A handler of requests, with its future in a box.
type Handle = dyn Fn(Seen, TcpStream) -> Pin<Box<dyn Future<Output = Option<TcpStream>> + Send>> + Send + Sync;

/// A server on a loopback address.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Answers each request with the text that `answer` makes of it: a whole HTTP message.
    pub(crate) async fn answering(answer: impl Fn(&Seen) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let answer: Box<Answer> = Box::new(answer);
        Self::serving(move |seen, mut stream| {
            let answer = answer(&seen);
            async move {
                stream.write_all(&answer).await.ok()?;
                Some(stream)
            }
        })
        .await
    }

    /// Hands each request and its connection over; a connection that comes back is kept alive.
    pub(crate) async fn serving<F, A>(handle: F) -> Self
    where
        F: Fn(Seen, TcpStream) -> A + Send + Sync + 'static,
        A: Future<Output = Option<TcpStream>> + Send + 'static,
    {
        Self::serving_at("127.0.0.1:0", handle).await
    }

    /// The same at a chosen address.
    pub(crate) async fn serving_at<F, A>(address: &str, handle: F) -> Self
    where
        F: Fn(Seen, TcpStream) -> A + Send + Sync + 'static,
        A: Future<Output = Option<TcpStream>> + Send + 'static,
    {
        let listener = TcpListener::bind(address).await.expect("a free port");
        Self::accepting(listener, Arc::new(move |seen, stream| Box::pin(handle(seen, stream))))
    }

    /// The tasks are the same for every handler: a hundred copies of them would be a third of the code of these tests.
    fn accepting(listener: TcpListener, handle: Arc<Handle>) -> Self {
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (record, handle) = (Arc::clone(&record), Arc::clone(&handle));
                let _ = stream.set_nodelay(true);
                tokio::spawn(async move {
                    while let Some(request) = read_request(&mut stream).await {
                        record.lock().unwrap().push(request.clone());
                        match handle(request, stream).await {
                            Some(back) => stream = back,
                            None => return,
                        }
                    }
                });
            }
        });
        Self { url, seen }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn count(&self, path: &str) -> usize {
        self.seen.lock().unwrap().iter().filter(|seen| seen.target.starts_with(path)).count()
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let mut seen = Seen { method: first.next()?.into(), target: first.next()?.into(), ..Seen::default() };
    for line in lines {
        let (name, value) = line.split_once(':')?;
        seen.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut rest = bytes.split_off(end + 4);
    if let Some(length) = seen.header("content-length") {
        let length: usize = length.parse().ok()?;
        while rest.len() < length {
            if stream.read_buf(&mut rest).await.ok()? == 0 {
                return None;
            }
        }
    } else if seen.header("transfer-encoding").is_some() {
        while !rest.ends_with(b"0\r\n\r\n") {
            if stream.read_buf(&mut rest).await.ok()? == 0 {
                return None;
            }
        }
    }
    seen.body = rest;
    Some(seen)
}

/// An answer with a JSON body.
pub(crate) fn json(status: u16, body: &str) -> Vec<u8> {
    message(status, &[("content-type", "application/json")], body.as_bytes())
}

/// An answer with a length, and whatever headers.
pub(crate) fn message(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out.push_str("\r\n");
    let mut out = out.into_bytes();
    out.extend_from_slice(body);
    out
}
