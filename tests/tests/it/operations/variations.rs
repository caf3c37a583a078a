//! Variations of what goes out and what comes back, seen at a socket by a generated crate.

use clientwright_tests::emitted::{Emitted, LISTENER};

fn run(name: &str, program: &str) -> String {
    Emitted::of_case(name).run(env!("CARGO_TARGET_TMPDIR"), &format!("{LISTENER}\n{program}"))
}

/// OAS 3.1.1, section 4.8.12.2: the value becomes a text by the media type, and the parameter is one of this text.
#[test]
#[ignore = "compiles a client"]
fn parameters_with_content_keep_their_name_and_events_their_types() {
    let printed = run(
        "content",
        r#"
use content::types::Point;

fn answering(body: &'static str) -> content::Client {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    let (url, _) = listen(format!("{head}{body}").leak());
    content::Client::builder().base_url(url).build().unwrap()
}

fn main() {
    let (url, seen) = listen(NOTHING);
    let client = content::Client::builder().base_url(url).build().unwrap();
    let point = Point { x: Some(1), y: Some("a & b".into()) };
    wait(async {
        let call = client.query().json(&point).patch(&point).xml("<p x='1'/>").text("a b&c=d").count(7);
        call.form(&point).jsonpath("$.a").lines("a,b").await.unwrap();
        seen.recv().unwrap().target().split(['?', '&']).for_each(|part| println!("{part}"));
        let call = client.others(&[1, 2], &point).x_json(&point).x_xml("<p/>").c(&point);
        call.f(&point).await.unwrap();
        let found = seen.recv().unwrap();
        println!("{}\n{:?}\n{:?}", found.target(), found.header("x-json"), found.header("x-xml"));
        println!("{:?}", found.header("cookie"));

        let mut events = answering("event: a\nid: 1\ndata: {\"x\":\ndata: 1}\n\n").events().await.unwrap();
        let event = events.next().await.unwrap().unwrap();
        println!("{} {:?} {:?}", event.event, event.id, event.data.x);
        let mut ticks = answering("retry: 5\ndata: {\"x\":2}\n\n").list().await.unwrap();
        let tick = ticks.next().await.unwrap().unwrap();
        println!("{:?} {:?}", tick.retry, tick.data.unwrap().x);
        let mut texts = answering("data: {\"x\":3}\n\n").texts().await.unwrap();
        println!("{:?}", texts.next().await.unwrap().unwrap().x);
    });
}
"#,
    );
    insta::assert_snapshot!(printed);
    let found = Emitted::of_case("content").codes();
    assert_eq!(found, ["CW0810"], "what is carried is no loss");
}

#[test]
#[ignore = "compiles a client"]
fn styles_bodies_and_answers_vary() {
    let printed = run(
        "variations",
        r##"
use variations::operations::V6Parts;
use variations::{Client, Part};
use variations::types::{Deep, Form, O, V13Request};

fn strings(texts: &[&str]) -> Vec<String> { texts.iter().map(|text| (*text).to_owned()).collect() }

fn answering(status: &str, kind: &str, body: &str) -> Client {
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n{body}");
    let (url, _) = listen(head.leak());
    Client::builder().base_url(url).build().unwrap()
}

fn main() {
    let (url, seen) = listen(NOTHING);
    let client = Client::builder().base_url(url).build().unwrap();
    let o = O { k: Some("a/b c".into()), n: Some(3) };
    let none = O { k: None, n: None };
    let deep = Deep { o: Some(o.clone()), list: Some(strings(&["x", "y z"])), objs: Some(vec![o.clone(), none.clone()]), s: Some(String::new()) };
    let target = || seen.recv().unwrap().target().to_owned();
    let body = || {
        let seen = seen.recv().unwrap();
        let kind = seen.header("content-type").unwrap_or("-").to_owned();
        let (kind, boundary) = kind.split_once("; boundary=").unwrap_or((&kind, "~"));
        println!("{kind} {:?}\n{}", seen.header("content-length").is_some(), seen.text().replace(boundary, "BOUNDARY").replace('\r', ""));
    };
    wait(async {
        client.v1(&strings(&["a;b", "c,d"]), &o).await.unwrap();
        println!("{}", target());
        client.v2(&o, &o).await.unwrap();
        println!("{}", target());
        client.v3().deep(&deep).await.unwrap();
        println!("{}", target());
        client.v3().space(&strings(&["a b", "c"])).pipe(&strings(&["a|b", "c"])).await.unwrap();
        println!("{}", target());
        client.v3().csv(&[Some("a,b".into()), None, Some(String::new())]).multi(&[Some("a".into()), None]).await.unwrap();
        println!("{}", target());
        client.v3().free("a/b?c=d&e#f g%20").empty("").flag(true).num(1.0).ids(&[1, 2]).await.unwrap();
        println!("{}", target());
        client.v3().obj(&o).objx(&o).csv(&[]).multi(&[]).await.unwrap();
        println!("{}", target());
        client.v3().obj(&none).objx(&none).when(&"2024-01-01T00:00:00+02:00".parse().unwrap()).await.unwrap();
        println!("{}", target());
        client.v4().x_list(&strings(&["a", "b c"])).x_obj(&o).ck(&strings(&["1", "2"])).ck2(&strings(&["3;", "4"])).ck3("a=b").await.unwrap();
        let found = seen.recv().unwrap();
        println!("{:?} {:?} {:?}", found.header("x-list"), found.header("x-obj"), found.header("cookie"));
        let form = Form { a: Some("a+b &c".into()), o: Some(o.clone()), list: Some(strings(&["x", "y"])), csv: Some(strings(&["1", "2"])), deep: Some(deep.clone()) };
        client.v5(&form).await.unwrap();
        body();
        let file = Part::bytes(b"PNG".to_vec()).file_name("a \"b\"\r\n.png");
        let mut parts = V6Parts::new(file, vec![o.clone(), none.clone()]);
        parts.file_x_sum = Some("sum".into());
        parts.names = Some(strings(&["n1", "n2"]));
        parts.meta = Some(o.clone());
        client.v6(parts).await.unwrap();
        body();
        client.v7(vec![0_u8, 255]).await.unwrap();
        println!("{:?}", seen.recv().unwrap().body);
        client.v8(&o).await.unwrap();
        body();
        let nulls: V13Request = serde_json::from_str("{\"a\":null,\"c\":[1,null]}").unwrap();
        client.v13().body(&nulls).await.unwrap();
        body();
        client.v13().await.unwrap();
        body();

        println!("{:?}", answering("200 OK", "application/json; charset=UTF-8", "{\"k\":\"v\"}").v9().await.unwrap());
        println!("{:?}", answering("202 Accepted", "application/json", "{\"job\":\"j\"}").v9().await.unwrap());
        println!("{:?}", answering("204 No Content", "application/json", "").v9().await.unwrap());
        println!("{:?}", answering("418 Tea", "application/json", "{\"why\":\"tea\"}").v9().await.unwrap_err());
        println!("{:?}", answering("500 Oh", "text/plain", "down").v9().await.unwrap_err());
        println!("{:?}", answering("206 Partial", "application/json", "{\"n\":1}").v10().await.unwrap());
        println!("{}", answering("404 Gone", "text/plain", "").v10().await.unwrap_err());
        let events = "\u{feff}: a comment\r\nretry: 10\r\nid: 1\r\ndata: {\"k\":\"a\"}\r\n\r\nid: 2\rdata:{\"k\":\rdata: \"b\"}\r\r\n\ndata: {\"k\":\"c\"}\n\nevent: x\n\ndata: {\"k\":\"unfinished\"}";
        let mut stream = answering("200 OK", "text/event-stream; charset=utf-8", events).v11().await.unwrap();
        while let Some(event) = stream.next().await { println!("{:?}", event.unwrap().k); }
        let lines = "{\"k\":\"a\"}\n\n  \r\n{\"k\":\"b\"}\r\n{\"k\":\"c\"}";
        let mut stream = answering("200 OK", "application/x-ndjson", lines).v12().await.unwrap();
        while let Some(line) = stream.next().await { println!("{:?}", line.unwrap().k); }
    });
}
"##,
    );
    insta::assert_snapshot!(printed);
}

#[test]
fn an_authorization_header_is_said_to_be_missing_unless_a_scheme_sends_it() {
    let codes = |security: &str| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: https://api.example.com}}]\nsecurity: {security}\n\
             paths:\n  /a:\n    get:\n      parameters: [{{name: authorization, in: header, schema: {{type: string}}}}]\n      \
             responses: {{'204': {{description: Done}}}}\ncomponents:\n  securitySchemes:\n    bearer: {{type: http, scheme: bearer}}\n    \
             key: {{type: apiKey, in: header, name: X-Key}}\n"
        );
        Emitted::of_text("a", "a.yaml", text.into_bytes()).codes()
    };
    assert_eq!(codes("[{bearer: []}]"), [] as [&str; 0]);
    assert_eq!(codes("[{key: []}, {bearer: []}]"), [] as [&str; 0]);
    assert_eq!(codes("[{key: []}]"), ["CW0824"]);
    assert_eq!(codes("[]"), ["CW0824"]);
}
