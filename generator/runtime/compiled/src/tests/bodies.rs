//! Bodies other than JSON, as they are on the wire.

use super::faults::{PostItem, builder};
use super::server::{Seen, Server, json};
use crate::runtime::client::Client;
use crate::runtime::multipart::{Multipart, Part};
use crate::runtime::request::Request;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::upload::Upload;

async fn sent(put: impl Fn(&mut Request) -> &mut Request) -> Seen {
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
         --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ä%22.png\"\r\ncontent-type: image/png\r\nx-a: 1\r\n\r\n\0\u{fffd}\r\n--B--\r\n"
    );
}

#[tokio::test]
async fn what_the_caller_says_of_a_body_stands() {
    let seen = sent(|request| request.json(&[1]).raw_header("content-type", "application/x.mine+json")).await;
    let all: Vec<_> = seen.headers.iter().filter(|(name, _)| name == "content-type").collect();
    assert_eq!(all, [&("content-type".to_owned(), "application/x.mine+json".to_owned())]);
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

#[tokio::test]
async fn files_and_streams_are_parts_that_are_read_while_they_are_sent() {
    let folder = std::env::temp_dir().join(format!("clientwright-parts-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    // Longer than what is read at once.
    let (long, empty) = (folder.join("long.bin"), folder.join("empty"));
    std::fs::write(&long, vec![b'x'; 150_000]).unwrap();
    std::fs::write(&empty, "").unwrap();
    let file = |path| Part::file(path).unwrap().content_type("text/plain");
    let body = Multipart::new()
        .field("n", &5)
        .files("files", Some("image/png"), [file(&long), file(&empty)])
        .part("stream", Part::stream(Upload::new(Parts(2)).length(2 << 20)).header("X-A", "1"));
    let seen = sent(|request| request.multipart("multipart/form-data", body.clone())).await;
    let boundary = seen.header("content-type").unwrap().split_once("boundary=").unwrap().1.to_owned();
    let text = seen.text().replace(&boundary, "B");
    let part =
        |head: &str, content: &str| format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
    let expected = [
        part("name=\"n\"", "5"),
        part("name=\"files\"; filename=\"long.bin\"\r\ncontent-type: text/plain", &"x".repeat(150_000)),
        part("name=\"files\"; filename=\"empty\"\r\ncontent-type: text/plain", ""),
        part("name=\"stream\"\r\ncontent-type: application/octet-stream\r\nx-a: 1", &"\u{7}".repeat(2 << 20)),
    ];
    assert!(text == expected.concat() + "--B--\r\n", "{}", &text[..400]);
    // The length is known, so it is sent; the order of the bodies' bytes is that of the parts.
    assert_eq!(seen.header("content-length").unwrap().parse::<usize>().unwrap(), seen.body.len());
    let unsized_part = Multipart::new().part("stream", Part::stream(Upload::new(Parts(1))));
    let seen = sent(|request| request.multipart("multipart/form-data", unsized_part.clone())).await;
    assert_eq!(seen.header("transfer-encoding"), Some("chunked"));
    assert!(Part::file(folder.join("none")).is_err() && Part::file(&folder).is_err());
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_body_of_files_is_retried_and_one_of_streams_is_not() {
    let path = std::env::temp_dir().join(format!("clientwright-part-{}", std::process::id()));
    std::fs::write(&path, "content").unwrap();
    let fast = || RetryPolicy::standard().base_delay(std::time::Duration::ZERO);
    for (part, attempts) in [(Part::file(&path).unwrap(), 2), (Part::stream(Upload::new(Parts(1))), 1)] {
        let (server, _) = super::fault_server::start().await;
        let client = builder(&server.url).build().unwrap();
        let call = PostItem::call(&client, "seq", "503,ok").idempotency_key("k").retry(fast());
        let body = Multipart::new().part("file", part);
        let _ = call.with(|request| request.multipart("multipart/form-data", body)).await;
        assert_eq!(server.seen().len(), attempts);
    }
    std::fs::remove_file(path).unwrap();
}
