//! Bodies other than JSON, as they stand on the wire.

use super::faults::{PostItem, builder};
use super::server::{Seen, Server, json};
use crate::runtime::client::Client;
use crate::runtime::multipart::{Multipart, Part};
use crate::runtime::request::Request;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::upload::Upload;

async fn sent(put: impl Fn(Request) -> Request) -> Seen {
    let server = Server::answering(|_| json(200, super::fault_server::ITEM)).await;
    let client: Client = builder(&server.url).build().unwrap();
    PostItem::call(&client, "f", "x").with(put).await.unwrap();
    server.seen().remove(0)
}

#[tokio::test]
async fn multipart_has_texts_files_and_arrays() {
    let body = Multipart::new()
        .field("n", &5)
        .field("tags", &["a", "b"])
        .field("none", &None::<u8>)
        .json("meta", &serde_json::json!({"k": [1]}))
        .part("file", Part::bytes(vec![0, 255]).file_name("ä\".png").content_type("image/png").header("X-A", "1"));
    let seen = sent(|request| request.multipart("multipart/form-data", body.clone())).await;
    let content_type = seen.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = seen.text().replace(boundary, "B");
    assert_eq!(
        text,
        "--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n5\r\n\
         --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
         --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n\
         --B\r\nContent-Disposition: form-data; name=\"meta\"\r\ncontent-type: application/json\r\n\r\n{\"k\":[1]}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ä%22.png\"; \
         filename*=UTF-8''%C3%A4%22.png\r\ncontent-type: image/png\r\nx-a: 1\r\n\r\n\0\u{fffd}\r\n--B--\r\n"
    );
}

#[tokio::test]
async fn a_part_cannot_smuggle_headers() {
    let body = Multipart::new().part("a\r\nX: 1", Part::text("t"));
    let seen = sent(|request| request.multipart("multipart/form-data", body.clone())).await;
    assert!(seen.text().contains("name=\"a%0D%0AX: 1\""));
    let client = builder("http://localhost:1").build().unwrap();
    let body = Multipart::new().part("a", Part::text("t").header("X-A", "1\r\nX-B: 2"));
    let error = PostItem::call(&client, "f", "x")
        .with(|request| request.multipart("multipart/form-data", body.clone()))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("control character") && !error.was_sent(), "{error}");
}

#[tokio::test]
async fn bytes_texts_forms_and_streams_are_sent() {
    let seen = sent(|request| request.bytes("application/octet-stream", vec![1, 2])).await;
    assert_eq!((seen.header("content-type"), seen.body.as_slice()), (Some("application/octet-stream"), &[1, 2][..]));
    let seen = sent(|request| request.text("text/plain; charset=utf-8", "ä")).await;
    assert_eq!((seen.header("content-type"), seen.text().as_str()), (Some("text/plain; charset=utf-8"), "ä"));
    let seen = sent(|request| request.form(&[("a", "b c")].map(|(k, v)| (k, v)).into_iter().collect::<Map>())).await;
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(seen.text(), "a=b%20c");
    let seen = sent(|request| request.stream("text/plain", "once")).await;
    assert_eq!(seen.text(), "once");
    let seen = sent(|request| request.again("text/plain", || "again".into())).await;
    assert_eq!(seen.text(), "again");
}

type Map = std::collections::BTreeMap<&'static str, &'static str>;

#[tokio::test]
async fn a_body_that_can_be_made_again_is_retried() {
    let (server, _) = super::fault_server::start().await;
    let client = builder(&server.url).build().unwrap();
    let call = PostItem::call(&client, "seq", "503,ok").idempotency_key("k");
    let call = call.with(|request| request.again("text/plain", || "again".into()));
    let fast = RetryPolicy::standard().base_delay(std::time::Duration::ZERO);
    assert!(call.retry(fast).await.is_ok());
    assert!(server.seen().iter().all(|seen| seen.text() == "again"));
}

/// `count` parts of a mebibyte.
struct Parts(usize);

impl futures_core::Stream for Parts {
    type Item = Result<bytes::Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0 = self.0.wrapping_sub(1);
        let part = (self.0 != usize::MAX).then(|| Ok(vec![7; 1 << 20].into()));
        std::task::Poll::Ready(part)
    }
}

#[tokio::test]
async fn a_stream_is_uploaded_with_its_length_if_it_has_one() {
    let seen = sent(|request| request.stream("application/octet-stream", Upload::new(Parts(3)).length(3 << 20))).await;
    assert_eq!((seen.header("content-length"), seen.body.len()), (Some("3145728"), 3 << 20));
    let seen = sent(|request| request.stream("application/octet-stream", Upload::new(Parts(2)))).await;
    assert_eq!(seen.header("transfer-encoding"), Some("chunked"));
    assert!(seen.body.len() > 2 << 20);
}
