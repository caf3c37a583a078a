//! Generated crates that are compiled, without a warning, and run against a socket.
//!
//! They need no network but compile a client's dependencies once, so they run with `cargo test -- --ignored`, as `.ci/run` does.

use clientwright_tests::emitted::{Emitted, LISTENER};

fn run(name: &str, program: &str) -> String {
    Emitted::of_case(name).run(env!("CARGO_TARGET_TMPDIR"), &format!("{LISTENER}\n{program}"))
}

#[test]
#[ignore = "compiles a client"]
fn bodies_are_written_as_their_media_types_say() {
    let printed = run(
        "bodies",
        r#"
use bodies::notes::AddParts;
use bodies::runtime::Part;
use bodies::types::Note;
use std::collections::BTreeMap;

fn main() {
    let (url, seen) = listen(NOTHING);
    let client = bodies::Client::builder().base_url(url).build().unwrap();
    let labels = BTreeMap::from([("colour".to_owned(), "red & blue".to_owned())]);
    let note = Note { text: "Hi".into(), tags: Some(vec!["a".into(), "b".into()]), labels: Some(labels.clone()) };
    let parts = AddParts {
        text: "Hi".into(),
        cover: Part::bytes(b"PNG".to_vec()).file_name("cover.png"),
        attachments: vec![Part::text("one"), Part::bytes(vec![1]).content_type("audio/ogg")],
        about: Some(labels),
        count: None,
    };
    let show = |what: &str| {
        let seen = seen.recv().unwrap();
        let kind = seen.header("content-type").unwrap().to_owned();
        let (kind, boundary) = kind.split_once("; boundary=").unwrap_or((&kind, "~"));
        println!("{what} {kind}\n{}", seen.text().replace(boundary, "BOUNDARY").replace('\r', ""));
    };
    wait(async {
        client.notes().add(&note).await.unwrap();
        show("json");
        client.notes().add_multipart(parts).await.unwrap();
        show("multipart");
        client.notes().add_csv("a;b").await.unwrap();
        show("csv");
        client.notes().add_bytes(vec![65, 66]).await.unwrap();
        show("bytes");
        client.notes().add_image("image/gif", "GIF").await.unwrap();
        show("image");
        client.notes().change().json_patch_body(&[]).await.unwrap();
        show("patch");
    });
}
"#,
    );
    insta::assert_snapshot!(printed);
}

#[test]
#[ignore = "compiles a client"]
fn replies_are_read_by_status_and_media_type() {
    let printed = run(
        "replies",
        r#"
use replies::Error;
use replies::reports::{GetError, GetOutput};

fn client(answer: &'static str) -> replies::Client {
    let (url, _) = listen(answer);
    replies::Client::builder().base_url(url).build().unwrap()
}

fn main() {
    const JSON: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Rows: 7\r\nConnection: close\r\n\r\n{\"id\":\"r\"}";
    const CSV: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nConnection: close\r\n\r\na;b";
    const GONE: &str = "HTTP/1.1 410 Gone\r\nContent-Type: application/problem+json\r\nConnection: close\r\n\r\n{\"title\":\"gone\"}";
    const EVENTS: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: {\"delta\":\"a\"}\n\ndata: {\"delta\":\"b\"}\n\ndata: [DONE]\n\n";
    const LINES: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/jsonl\r\nConnection: close\r\n\r\n{\"delta\":\"a\"}\n{\"delta\":\"b\"}\n";
    const ZIP: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nConnection: close\r\n\r\nPK";
    wait(async {
        let client = client;
        let report = client(JSON).reports().get().with_response().await.unwrap();
        println!("{:?} {:?}", report.get(replies::response_headers::X_ROWS), matches!(report.body, GetOutput::Ok(_)));
        println!("{:?}", client(CSV).reports().get().as_csv().await.unwrap());
        let Err(Error::Api { failure: GetError::ClientError(problem), .. }) = client(GONE).reports().get().as_csv().await
        else { panic!() };
        println!("{:?}", problem.title);
        let mut events = client(EVENTS).chat().chat().stream().await.unwrap();
        while let Some(event) = events.next().await { println!("{}", event.unwrap().data.unwrap().delta); }
        let mut lines = client(LINES).chat().log().await.unwrap();
        while let Some(part) = lines.next().await { println!("{}", part.unwrap().delta); }
        let mut bytes = client(ZIP).chat().dump().stream().await.unwrap();
        while let Some(part) = bytes.next().await { println!("{:?}", part.unwrap()); }
        println!("{:?}", client(ZIP).chat().dump().await.unwrap());
    });
}
"#,
    );
    assert_eq!(printed, "Some(7) true\nOk(\"a;b\")\nSome(\"gone\")\na\nb\na\nb\nb\"PK\"\nb\"PK\"\n");
}

#[test]
#[ignore = "compiles a client"]
fn parameters_go_where_they_belong() {
    let printed = run(
        "parameters",
        r#"
use parameters::types::{Filter, Where};
use std::collections::BTreeMap;

fn main() {
    let (url, seen) = listen(NOTHING);
    let client = parameters::Client::builder().base_url(url).build().unwrap();
    wait(async {
        let filter = Filter { a: 1 };
        let place = Where { colour: Some("red".into()) };
        let call = client.things().find("x/y", 7).id("header").id_cookie("cookie").body("b").timeout_(5);
        call.filter(&filter).r#where(&place).url("a/b?c&d").flags(&["u".into(), "v".into()]).await.unwrap();
        let found = seen.recv().unwrap();
        println!("{}\n{:?} {:?}", found.target(), found.header("id"), found.header("cookie"));
        client.things().search(&BTreeMap::from([("q".into(), "a b".into())])).await.unwrap();
        println!("{}", seen.recv().unwrap().target());
    });
}
"#,
    );
    insta::assert_snapshot!(printed);
}

#[test]
#[ignore = "compiles a client"]
fn pages_and_items_are_streams() {
    let printed = run(
        "pages",
        r#"
use pages::types::SearchNotesRequest;

fn main() {
    const LAST: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"notes\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"meta\":{\"total\":4,\"next\":\"x y\"}}";
    const MORE: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"notes\":[{\"id\":\"a\"}],\"meta\":{\"next\":\"x y\",\"more\":true}}";
    wait(async {
        let (url, seen) = listen(MORE);
        let client = pages::Client::builder().base_url(url).build().unwrap();
        let mut found = client.notes().list().items_(7).pages();
        println!("{:?}", found.next().await.unwrap().unwrap().notes);
        println!("{:?}", found.next().await.unwrap().unwrap().notes);
        // The server always names the same page.
        println!("{}", found.next().await.unwrap().unwrap_err());
        seen.try_iter().for_each(|seen| println!("{}", seen.target()));

        let (url, seen) = listen(LAST);
        let client = pages::Client::builder().base_url(url).build().unwrap();
        let mut notes = client.notes().search(&SearchNotesRequest::new("t".to_owned())).items();
        while let Some(note) = notes.next().await { println!("{}", note.unwrap().id); }
        seen.try_iter().for_each(|seen| println!("{}", seen.text()));
    });
}
"#,
    );
    insta::assert_snapshot!(printed);
}

#[test]
#[ignore = "compiles a client"]
fn credentials_servers_and_events() {
    let printed = run(
        "access",
        r#"
use access::incoming::Webhook;
use access::server_urls::{Region, Regional};

fn main() {
    let (url, seen) = listen(NOTHING);
    let client = access::Client::builder().base_url(url.clone()).key("k").app_key("a").signed_token("t").build().unwrap();
    wait(async {
        client.tracing_().open().await.unwrap();
        println!("{:?}", seen.recv().unwrap().header("x-key"));
        client.doors().close().await.unwrap();
        println!("{:?}", seen.recv().unwrap().header("authorization"));
        client.either().await.unwrap();
        let found = seen.recv().unwrap();
        println!("{} {:?} {:?}", found.target(), found.header("x-key"), found.header("authorization"));
        let reader = access::Client::builder().base_url(url).signed_client_credentials("i", "s").scopes(["read"]).build().unwrap();
        println!("{}", reader.doors().close().await.unwrap_err());
    });
    println!("{}", String::from(Regional { region: Region::Us, ..Regional::default() }));
    println!("{:?}", Webhook::decode("doorOpened", b"{\"id\":\"d\"}"));
    println!("{:?} {:?}", Webhook::decode("alarm", b""), Webhook::decode("else", b"").is_none());
}
"#,
    );
    insta::assert_snapshot!(printed);
}

/// The documents of OAS 3.0.4 §4.7.26 and of OAS 3.2's "XML Object Examples": written as they stand there, and read again.
#[test]
#[ignore = "compiles a client"]
fn xml_is_written_and_read_as_its_schema_says() {
    let printed = run(
        "xml",
        r#"
use serde_json::{Value, json};
use xml::documents::{UpdatePersonError, UpdateProductError};
use xml::{Client, Error};

fn value<T: serde::de::DeserializeOwned>(value: Value) -> T { serde_json::from_value(value).unwrap() }

fn answering(status: u16, kind: &str, body: &str) -> (Client, Receiver<Seen>) {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close");
    let (url, seen) = listen(format!("{head}\r\n\r\n{body}").leak());
    (Client::builder().base_url(url).build().unwrap(), seen)
}

fn show(seen: &Receiver<Seen>) {
    let seen = seen.recv().unwrap();
    println!("{} {}\n{}", seen.target(), seen.header("content-type").unwrap(), seen.text());
}

fn main() {
    const PROBLEM: &str = "<problem xmlns='urn:ietf:rfc:7807'><title>No</title><status>409</status></problem>";
    let (client, seen) = answering(204, "text/plain", "");
    let (stored, _) = answering(200, "application/xml", "<StoredDocument>\n  <![CDATA[<html/>]]>\n</StoredDocument>");
    let (broken, _) = answering(200, "application/xml", "<!DOCTYPE Person><Person/>");
    let (mislabelled, _) = answering(200, "application/json", "{}");
    let (problem, asked) = answering(409, "application/problem+xml", PROBLEM);
    let (plain, _) = answering(409, "application/problem+json", "{\"title\": \"No\", \"status\": 409}");
    wait(async {
        let person = json!({ "id": 123, "name": "example" });
        client.documents().update_person(&value(person.clone())).await.ok();
        show(&seen);
        let (kept, _) = answering(200, "application/xml", "<Person id='123' no='7'/>");
        println!("{:?}", kept.documents().update_person(&value(person.clone())).await.unwrap());
        let lists = json!({
            "plain": ["dog", "cat", "hamster"], "renamed": "dog", "named": ["dog", "cat"], "ignored": ["et"],
            "wrapped": ["dog"], "inner": ["dog", "cat"], "both": [1, 2], "outer": [true], "people": [person],
        });
        client.documents().replace_lists(&value(lists.clone())).await.ok();
        let sent = seen.recv().unwrap().text();
        println!("{sent}");
        let (echo, _) = answering(200, "text/xml; charset=utf-8", &sent);
        let read = echo.documents().replace_lists(&value(lists.clone())).await.unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), lists);
        let (empty, _) = answering(200, "text/xml", "<document><wrapped/></document>");
        let read = empty.documents().replace_lists(&value(lists)).await.unwrap();
        println!("{}", serde_json::to_string(&read).unwrap());

        let animals = json!([{ "kind": "Cat", "name": "Fluffy" }, { "kind": "Dog", "name": "Fido" }]);
        client.documents().replace_animals(&value(animals.clone())).await.ok();
        let sent = seen.recv().unwrap().text();
        println!("{sent}");
        let (echo, _) = answering(200, "Application/VND.zoo+xml", &sent);
        let read = echo.documents().replace_animals(&value(animals.clone())).await.unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), animals);

        println!("{}", stored.documents().get_docs().await.unwrap().content);
        client.documents().replace_docs(&value(json!({ "content": "<html/>]]>" }))).await.unwrap();
        show(&seen);

        for product in [
            json!({ "count": null, "description": "Thing", "related": null }),
            json!({ "count": 42, "description": "Thing", "related": {} }),
        ] {
            client.documents().update_product(&value(product.clone())).await.ok();
            let sent = seen.recv().unwrap().text();
            println!("{sent}");
            let (echo, asked) = answering(200, "application/xml", &sent);
            let read = echo.documents().update_product(&value(product.clone())).as_xml().await.unwrap();
            println!("accept: {}", asked.recv().unwrap().header("accept").unwrap());
            assert_eq!(read, value(product));
        }

        let changed = json!({ "changed": "2026-11-24T00:00:00Z" });
        let folder = json!({
            "name": "top", "about": changed, "flags": { "hidden": true, "mode": "r" },
            "folders": [{ "name": "a" }, { "name": "b", "folders": [{ "name": "c" }] }],
        });
        client.documents().update_folder().body(&value(folder)).await.unwrap();
        show(&seen);

        let person = value(json!({}));
        println!("{}", broken.documents().update_person(&person).await.unwrap_err());
        println!("{}", mislabelled.documents().update_person(&person).await.unwrap_err());
        let product = value(json!({ "count": null, "description": "", "related": null }));
        for failing in [&problem, &plain] {
            match failing.documents().update_product(&product).as_xml().await {
                Err(Error::Api { failure: UpdateProductError::Default(problem), .. }) => println!("{problem:?}"),
                other => panic!("{other:?}"),
            }
        }
        asked.recv().unwrap();
        match plain.documents().update_person(&person).await {
            Err(Error::Api { failure: UpdatePersonError::ClientError(problem), .. }) => println!("{problem:?}"),
            other => panic!("{other:?}"),
        }
    });
}
"#,
    );
    insta::assert_snapshot!(printed);
}

/// Parts and form fields are written as `encoding` states, also in the example of OAS 3.1.1 §4.8.15.4.
#[test]
#[ignore = "compiles a client"]
fn parts_are_written_as_their_encoding_says() {
    let printed = run(
        "parts",
        r#"
use parts::Part;
use parts::parts::{UpdateProfileParts, SendEverythingParts};
use parts::types::{Address, SendFormRequest, XLanguage};

fn main() {
    let (url, seen) = listen(NOTHING);
    let client = parts::Client::builder().base_url(url).build().unwrap();
    let address = Address { number: Some(7), street: Some("A & B".into()) };
    let show = || {
        let seen = seen.recv().unwrap();
        let kind = seen.header("content-type").unwrap().to_owned();
        let (kind, boundary) = kind.split_once("; boundary=").unwrap_or((&kind, "~"));
        println!("{kind}\n{}", seen.text().replace(boundary, "BOUNDARY").replace('\r', ""));
    };
    wait(async {
        let profile = UpdateProfileParts {
            id: "7".into(),
            addresses: Some(vec![address.clone(), Address { number: None, street: None }]),
            profile_image: Part::bytes(b"PNG".to_vec()).content_type("image/png"),
            profile_image_x_rate_limit_limit: Some(5),
        };
        client.parts().update_profile(profile).await.unwrap();
        show();
        let everything = SendEverythingParts {
            note: "Hi".into(),
            note_x_language: XLanguage::De,
            note_x_lines: Some(vec![1, 2]),
            rows: Some(vec![1, 2]),
            about: Some(address.clone()),
            tags: Some(vec!["a b".into(), "c&d".into()]),
            r#where: Some(address.clone()),
            raw: Some(Part::text("<raw/>")),
        };
        client.parts().send_everything(everything).await.unwrap();
        show();
        let form = SendFormRequest {
            ids: Some(vec![1, 2]),
            names: Some(vec!["a".into(), "b".into()]),
            about: Some(address),
            text: Some("[1]".into()),
            xml: None,
        };
        client.parts().send_form(&form).await.unwrap();
        show();
        let smuggled = SendEverythingParts {
            note: String::new(),
            note_x_language: "de\r\nX-B: 1".into(),
            note_x_lines: None,
            rows: None,
            about: None,
            tags: None,
            r#where: None,
            raw: None,
        };
        println!("{}", client.parts().send_everything(smuggled).await.unwrap_err());
    });
}
"#,
    );
    insta::assert_snapshot!(printed);
}
