//! The demands of strict servers: requests by their bytes, and responses as they are read.

use clientwright_tests::emitted::{Emitted, LISTENER};

fn run(program: &str) -> String {
    Emitted::of_case("demands").run(env!("CARGO_TARGET_TMPDIR"), &format!("{LISTENER}\n{HELPERS}\n{program}"))
}

/// A client of a server that responds the same to every request, and what was sent, as text.
const HELPERS: &str = r#"
use demands::Client;
#[allow(unused_imports)]
use serde_json::{Value, json};

#[allow(dead_code)]
fn value<T: serde::de::DeserializeOwned>(value: Value) -> T { serde_json::from_value(value).unwrap() }

#[allow(dead_code)]
fn answering(status: &str, kind: &str, body: &str) -> (Client, Receiver<Seen>) {
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nX-Count: 3\r\nContent-Length: {}\r\nConnection: close", body.len());
    client(format!("{head}\r\n\r\n{body}").leak())
}

fn client(answer: &'static str) -> (Client, Receiver<Seen>) {
    let (url, seen) = listen(answer);
    (Client::builder().base_url(url).api_key("a b").build().unwrap(), seen)
}

/// The request line, the headers that an API describes, and the body.
#[allow(dead_code)]
fn show(seen: &Receiver<Seen>) {
    let seen = seen.recv().unwrap();
    let text = format!("{}\n{}", seen.head.replace("\r\n", "\n"), seen.text().replace('\u{1e}', "␞"));
    let boundary = seen.header("content-type").and_then(|kind| kind.split_once("boundary=")).map(|(_, found)| found.to_owned());
    let text = match boundary { Some(boundary) => text.replace(&boundary, "BOUNDARY"), None => text };
    let hidden = ["host: ", "user-agent: ", "accept-encoding: "];
    let lines = text.lines().filter(|line| !hidden.iter().any(|name| line.to_lowercase().starts_with(name)));
    let lines = lines.map(|line| match line.to_lowercase().starts_with("content-length: ") && text.contains("BOUNDARY") {
        true => "content-length: …",
        false => line.trim_end_matches('\r'),
    });
    println!("{}\n", lines.collect::<Vec<_>>().join("\n").trim_end());
}
"#;

#[test]
#[ignore = "compiles a client"]
fn requests_are_what_strict_servers_take() {
    let printed = run(r##"
use demands::Part;
use demands::shop::EditParts;

fn main() {
    let (client, seen) = client(NOTHING);
    let shop = client.shop();
    wait(async {
        shop.del("7").await.unwrap();
        show(&seen);
        shop.start("7").await.unwrap_err();
        show(&seen);
        shop.change("7").await.unwrap();
        show(&seen);
        shop.deep().filter(&value(json!({ "size": 5 }))).expand(&["a".into(), "b".into()]).rate(35625.0).x_rate(0.5).await.unwrap();
        show(&seen);
        shop.make(&value(json!({ "expand": ["a", "b"], "csv": ["c1", "c2"] }))).await.unwrap();
        show(&seen);
        let part = |text: &str| Part::bytes(text.as_bytes().to_vec());
        shop.edit(EditParts {
            image: vec![part("one"), part("two")],
            source: Some(Part::text("https://example.com")),
            mask: Some(part("mask")),
            file: part("file").file_name("ü\".bin"),
            icon: Some(part("icon")),
            pics: vec![part("pic")],
        }).await.unwrap();
        show(&seen);
        shop.other_server().await.unwrap();
        show(&seen);
        shop.notify().await.unwrap();
        show(&seen);
        shop.add_profile(&value(json!({ "id": "1" }))).await.unwrap_err();
        show(&seen);
        let lines: Vec<_> = vec![value(json!({ "id": "1" })), value(json!({ "id": "2", "note": "n" }))];
        shop.add_lines(&lines).await.unwrap_err();
        show(&seen);
        shop.add_records(&lines).await.unwrap_err();
        show(&seen);
        shop.add_parts(&lines).await.unwrap();
        show(&seen);
        let offer = serde_json::from_str(r#"{"kind":"Sale","amount":0.10,"count":123456789012345678901234567890,"rate":0.5}"#).unwrap();
        shop.set_price(&offer).least(&"-99999999999999999999".parse().unwrap()).await.unwrap_err();
        show(&seen);
        shop.update(&value(json!({ "name": "a", "note": null, "inner": { "id": "1", "note": null }, "notes": { "a": null } }))).await.unwrap_err();
        show(&seen);
        println!("{}", shop.keyed().await.unwrap_err());
    });
}
"##);
    insta::assert_snapshot!(printed);
}

#[test]
#[ignore = "compiles a client"]
fn every_valid_answer_is_read() {
    let printed = run(r##"
macro_rules! each {
    ($stream:expr) => {
        let mut stream = $stream.await.unwrap();
        while let Some(item) = stream.next().await {
            println!("  {:?} {:?} {:?}", item.unwrap(), stream.last_event_type(), stream.last_event_id());
        }
    };
}

fn main() {
    wait(async {
        let answer = |status: &str, kind: &str, body: &str| answering(status, kind, body).0;
        let json = "application/json";
        let head = client("HTTP/1.1 200 OK\r\nX-Count: 3\r\nContent-Type: application/json\r\nContent-Length: 12\r\nConnection: close\r\n\r\n").0;
        println!("{:?}", head.shop().pet_head("7").with_response().await.map(|found| found.header::<i64>("x-count")));
        let gone = client("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 12\r\nConnection: close\r\n\r\n").0;
        println!("{:?}", gone.shop().pet_head("7").await.unwrap_err().failure());
        let times = r#"["9999-12-31T23:59:59.9999999Z","2026-01-01t00:00:00.123456789012z","2016-12-31T23:59:60Z","2026-01-01T00:00:00+14:00"]"#;
        let read = answer("200 OK", json, times).shop().times().await.unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), times);
        for (status, kind, body) in [
            ("200 OK", json, r#"{"id":"1"}"#),
            ("200 OK", "text/plain; charset=utf-8", "plain"),
            ("400 Bad Request", json, r#"{"id":"1"}"#),
            ("400 Bad Request", "text/plain", "plain"),
        ] {
            match answer(status, kind, body).shop().either().await {
                Ok(output) => println!("{output:?}"),
                Err(error) => println!("{:?}", error.failure()),
            }
        }
        println!("{:?}", answer("200 OK", "text/plain", "plain").shop().either().as_text().await);
        println!("{:?}", answer("200 OK", "text/csv", "a,b").shop().report().as_csv().await);
        println!("{:?}", answer("202 Accepted", "text/plain", "").shop().report().as_csv().await);
        println!("{:?} {:?}", answer("200 OK", json, "\"same\"").shop().same().await, answer("200 OK", "text/plain", "same").shop().same().await);
        let offer = r#"{"amount":0.10,"count":123456789012345678901234567890,"kind":"Sale","rate":0.5}"#;
        let read = answer("200 OK", json, offer).shop().set_price(&serde_json::from_str(offer).unwrap()).await.unwrap();
        println!("{read:?}\n{}", serde_json::to_string(&read).unwrap());
        let lines = Vec::new();
        let line = "\u{1e}{\n\"id\":\"1\"}\n\u{1e}{\"id\":\"2\"}\n";
        println!("records");
        each!(answer("200 OK", "application/json-seq", line).shop().add_lines(&lines));
        println!("parts");
        let parts = "preamble\r\n--b\r\nContent-Type: application/json\r\n\r\n{\"id\":\"1\"}\r\n--b\r\n\r\n{\"id\":\"2\"}\r\n--b--\r\nepilogue\r\n--b\r\n";
        each!(answer("200 OK", "multipart/mixed; boundary=\"b\"", parts).shop().add_records(&lines));
        let events = "\u{feff}: comment\r\nevent: tick\rid: 1\rretry: 5\ndata: {\"n\":1}\n\nevent: bye\ndata: so\ndata: long\n\n";
        println!("texts");
        each!(answer("200 OK", "text/event-stream", events).shop().text_events());
        println!("ticks");
        each!(answer("200 OK", "text/event-stream", "id: 1\ndata: {\"n\":1}\n\ndata: [DONE]\n\n").shop().ticks());
        println!("kinds");
        each!(answer("200 OK", "text/event-stream;charset=utf-8", &format!("{events}event: new\ndata: x\n\n")).shop().kinds());
        println!("todos");
        each!(answer("200 OK", "text/event-stream", "event: todo\nid: 2\ndata: {\"n\":2}\n\n").shop().todos());
    });
}
"##);
    insta::assert_snapshot!(printed);
}
