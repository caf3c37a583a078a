//! Every operation of `server.py`, called with every kind of value that it takes.

#[macro_use]
mod report;

use django_api as api;
use django_api::{Client, Part};
use report::{Calls, given, is, that};
use serde_json::{Value, json};

const UUID: &str = "3f0f1f04-7d43-4a0c-8a43-8b7f1a2b3c4d";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    report::run(|servers| async move {
        let client = Client::builder().base_url(servers["api"].as_str().unwrap_or_default()).build()?;
        let calls = Calls;
        books(&client, &calls).await;
        fields(&client, &calls).await;
        kinds(&client, &calls).await;
        parameters(&client, &calls).await;
        answers(&client, &calls).await;
        auth(&servers, &calls).await
    })
}

fn book(title: &str) -> Value {
    json!({
        "title": title, "genre": "poems & songs", "stars": 5, "price": "12345678.0123400000", "published": "2024-02-29", "pages": 7,
        "serial": i64::MAX, "reference": UUID, "homepage": "https://example.com/?a=b&c=d", "slug": "a-slug_1", "address": "::1",
        "read_in": "3 04:05:06", "opens": "08:30:00", "meta": { "a": [1, null, "x"] }, "in_print": false, "weight": 0.1,
    })
}

/// The members of a book that were sent, of a book that came back.
fn same_book(sent: Value) -> impl FnOnce(&api::types::Book) -> Result<(), String> {
    move |book| {
        let (all, shown) = (serde_json::to_value(book).map_err(|error| error.to_string())?, format!("{book:?}"));
        if shown.contains("Other(") { return Err(format!("not as typed: {shown}")) }
        for (member, value) in sent.as_object().into_iter().flatten() {
            if all[member] != *value { return Err(format!("{member}: expected {value}, and it is {}", all[member])) }
        }
        Ok(())
    }
}

async fn books(client: &Client, calls: &Calls) {
    let books = client.books();
    calls.call("POST /books/", async { Ok(books.create(&given(book("one"))?).await?) }, same_book(book("one"))).await;
    let least = json!({ "title": "two ü&=+", "price": "0.1000000000" });
    for nothing in [json!({}), json!({ "stars": null, "published": null, "reference": null, "address": null, "read_in": null, "opens": null, "weight": null })] {
        let mut sent = least.clone();
        sent.as_object_mut().expect("an object").extend(nothing.as_object().cloned().expect("an object"));
        calls.call("POST /books/", async { Ok(books.create(&given(sent.clone())?).await?) }, same_book(sent.clone())).await;
    }
    calls.call("POST /books/ [form]", async { Ok(books.create_form(&given(book("form"))?).await?) }, same_book(book("form"))).await;
    calls.call("POST /books/ [form of the least]", async { Ok(books.create_form(&given(least.clone())?).await?) }, same_book(least.clone())).await;
    let call = async {
        let parts = api::books::CreateParts {
            address: Some("127.0.0.1".into()), cover: Some(Part::bytes(b"%PDF".to_vec()).file_name("a b.pdf")), genre: Some(given(json!("novel"))?),
            homepage: Some(given(json!("https://example.com"))?), in_print: Some(true), meta: Some(json!({ "a": [1] })), opens: Some("01:02:03".into()),
            pages: Some(1), price: "1.0000000000".into(), published: Some(given(json!("2024-02-29"))?), read_in: Some("00:00:01".into()),
            reference: Some(UUID.into()), serial: Some(-1), slug: Some(given(json!("s"))?), stars: Some(given(json!(0))?), title: "parts".into(), weight: Some(1.5),
        };
        Ok(books.create_multipart(parts).await?)
    };
    calls.call("POST /books/ [multipart]", call, same_book(json!({ "title": "parts", "pages": 1, "serial": -1, "stars": 0, "weight": 1.5, "published": "2024-02-29", "meta": { "a": [1] } }))).await;
    for (page, items, next) in [(1, 2, true), (3, 2, false)] {
        let call = async { Ok(books.list().page(page).page_size(2).ordering("-title,id").search("o").await?) };
        calls.call("GET /books/", call, that(move |list: &api::types::PaginatedBookList| {
            list.results.len() <= items && list.count >= 1 && (list.next.is_present() || !next)
        })).await;
    }
    calls.call("GET /books/", async { Ok(books.list().await?) }, that(|list: &api::types::PaginatedBookList| !format!("{list:?}").contains("Other("))).await;
    calls.call("GET /by-cursor/", async { Ok(client.by_cursor().list().await?) }, that(|list: &api::types::PaginatedShortBookList| list.results.len() == 2)).await;
    let cursor = client.by_cursor().list().await.ok().and_then(|list| list.next.into_option()).unwrap_or_default();
    let cursor = cursor.split("cursor=").nth(1).unwrap_or_default().replace("%3D", "=");
    calls.call("GET /by-cursor/", async { Ok(client.by_cursor().list().cursor(&cursor).await?) }, that(|list: &api::types::PaginatedShortBookList| list.results.len() == 2)).await;
    calls.call("GET /by-offset/", async { Ok(client.by_offset().list().limit(1).offset(1).await?) }, that(|list: &api::types::PaginatedBookList| list.results.len() == 1)).await;

    calls.call("GET /books/{id}/", async { Ok(books.retrieve(1).await?) }, same_book(book("one"))).await;
    calls.call("PUT /books/{id}/", async { Ok(books.update(1, &given(book("three"))?).await?) }, same_book(book("three"))).await;
    calls.call("PUT /books/{id}/ [form]", async { Ok(books.update_form(1, &given(book("four"))?).await?) }, same_book(book("four"))).await;
    for change in [json!({}), json!({ "title": "five" }), json!({ "stars": null, "weight": null })] {
        let call = async { Ok(books.partial_update(1).body(&given(change.clone())?).await?) };
        calls.call("PATCH /books/{id}/", call, same_book(change.clone())).await;
    }
    let change = json!({ "title": "six & seven", "pages": 0 });
    let call = async { Ok(books.partial_update(1).form_body(&given(change.clone())?).await?) };
    calls.call("PATCH /books/{id}/ [form]", call, same_book(change.clone())).await;
    let call = async {
        Ok(books.cover_update(1, api::books::CoverUpdateParts { cover: Part::bytes(b"x".to_vec()).file_name("c.png"), note: Some("n".into()) }).await?)
    };
    calls.call("PUT /books/{id}/cover/", call, that(|book: &api::types::Book| format!("{:?}", book.cover).contains("covers/c"))).await;
    calls.call("DELETE /books/{id}/", async { Ok(books.delete(1).await?) }, that(|()| true)).await;
    calls.call("POST /books/clear/", async { Ok(books.clear_create().await?) }, that(|()| true)).await;
}

fn every_field() -> Value {
    json!({
        "boolean": true, "null_boolean": null, "char": "c", "email": "a@example.com", "regex": "abc-12", "slug": "a-b_c", "url": "https://example.com/x",
        "uuid": UUID, "ip": "10.0.0.1", "integer": -5, "big": i64::MAX, "number": 1e-7, "decimal": "123456789012345.123456789012345",
        "decimal_number": 12.5, "moment": "2026-11-29T15:04:05.123456Z", "day": "2024-02-29", "clock": "23:59:59.000001", "lasts": "1 02:03:04",
        "choice": "ü", "numbers": 2, "several": ["p"], "items": [0, 5], "by_name": { "a": "b", "c d": null },
        "anything": [1, "x", null], "point": { "x": 1.5, "y": 2.5 },
    })
}

async fn fields(client: &Client, calls: &Calls) {
    for (member, value) in [
        ("null_boolean", json!(false)), ("numbers", json!(null)), ("blank", json!("")), ("blank_choice", json!("")), ("blank_choice", json!("x")),
        ("points", json!([{ "x": 0.0, "y": 1.0 }])), ("maybe", json!(null)), ("maybe", json!({ "x": 3.0, "y": 4.0 })), ("anything", json!("text")),
        ("moment", json!("9999-12-31T23:59:59Z")), ("choice", json!("b c")), ("by_name", json!({})), ("char", json!("ü \"'\\ 🦀")),
    ] {
        let mut expected = every_field();
        expected[member] = value;
        let mut sent = expected.clone();
        sent["password"] = json!("hunter2");
        expected["computed"] = json!(expected["items"].as_array().map_or(0, Vec::len));
        let call = async {
            let sent = serde_json::from_value(sent).map_err(|error| report::Fault::Given(error.to_string()))?;
            Ok(client.fields().create(&sent).await?)
        };
        calls.call("POST /fields/", call, move |answer| {
            let mut written = serde_json::to_value(answer).map_err(|error| error.to_string())?;
            for member in ["read", "points", "blank", "blank_choice", "maybe"] {
                if expected[member].is_null() { written.as_object_mut().map(|members| members.remove(member)); }
            }
            expected.as_object_mut().map(|members| members.retain(|_, value| !value.is_null()));
            written.as_object_mut().map(|members| members.retain(|_, value| !value.is_null()));
            if format!("{answer:?}").contains("Other(") { return Err(format!("not as typed: {answer:?}")) }
            if written == expected { Ok(()) } else { Err(format!("expected {expected}, and it is {written}")) }
        }).await;
    }
    let mut wrong = every_field();
    wrong["password"] = json!("p");
    wrong["char"] = json!("");
    let wrong: api::types::FieldsRequest = serde_json::from_value(wrong).expect("a client sends what it is given");
    calls.fail("POST /fields/", client.fields().create(&wrong).into_future(), that(|error| {
        matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").contains("blank"))
    })).await;

    let form = json!({ "char": "a b&c=d+é", "integer": 5, "boolean": true, "day": "2024-02-29", "choice": "b c", "items": ["x", "y z"], "several": ["q"] });
    calls.call("POST /form/", async { Ok(client.fields().form_create(&given(form.clone())?).await?) }, is(form.clone())).await;
    let call = async {
        let parts = api::fields::PartsCreateParts {
            boolean: Some(true), char: "a b&c=d+é".into(), choice: Some(given(json!("b c"))?), day: Some(given(json!("2024-02-29"))?), integer: 5,
            items: Some(vec!["x".into(), "y z".into()]), several: Some(given(json!(["q"]))?),
        };
        Ok(client.fields().parts_create(parts).await?)
    };
    calls.call("POST /parts/", call, is(form.clone())).await;
    let call = async {
        let parts = api::fields::FilesCreateParts {
            title: "t ü".into(), day: Some(given(json!("2024-02-29"))?), file: Part::bytes(vec![0u8; 100]).file_name("ü 1.bin").content_type("application/x-thing"),
            files: vec![Part::bytes(b"12".to_vec()).file_name("a"), Part::bytes(b"3".to_vec()).file_name("b")],
        };
        Ok(client.fields().files_create(parts).await?)
    };
    let seen = json!({ "title": "t ü", "name": "ü 1.bin", "size": 100, "media_type": "application/x-thing", "sizes": [2, 1], "day": "2024-02-29" });
    calls.call("POST /files/", call, is(seen)).await;
    let call = async { Ok(client.fields().raw_update("name").body("application/octet-stream", vec![1u8; 50]).await?) };
    calls.call("PUT /raw/{filename}/", call, is(json!(50))).await;
}

async fn kinds(client: &Client, calls: &Calls) {
    let pets = json!([{ "kind": "cat", "lives": 9 }, { "kind": "dog", "tricks": ["sit"] }]);
    calls.call("GET /pets/", async { Ok(client.kinds().pets_list().await?) }, is(pets.clone())).await;
    for pet in pets.as_array().into_iter().flatten() {
        calls.call("POST /pets/", async { Ok(client.kinds().pets_create().body(&given(pet.clone())?).await?) }, is(pet.clone())).await;
    }
    for (which, shape) in [("point", json!({ "x": 1.0, "y": 2.0 })), ("dog", json!({ "kind": "dog", "tricks": [] }))] {
        calls.call("GET /shapes/", async { Ok(client.kinds().shapes_retrieve(&given(json!(which))?).await?) }, is(shape)).await;
    }
}

async fn parameters(client: &Client, calls: &Calls) {
    for (text, choice) in [("plain", "a"), ("a+b & c=d;e%20#?", "b c"), ("grüße 日本 🦀 \"<>\\^`{|}[]", "ü&=")] {
        let expected = json!({
            "integer": -5, "number": 0.1, "boolean": false, "text": text, "day": "2024-02-29", "moment": "2026-11-29T15:04:05Z", "uuid": UUID,
            "decimal": "1.1000000000", "choice": choice, "items": [1, 2], "several": ["q"],
        });
        let call = async {
            let query = client.parameters().queries_retrieve(
                false, &given(json!(choice))?, &given(json!("2024-02-29"))?, "1.1", -5, &given(json!("2026-11-29T16:04:05+01:00"))?, 0.1, text, UUID,
            );
            Ok(query.items(&[1, 2]).several(&given::<Vec<_>>(json!(["q"]))?).await?)
        };
        calls.call("GET /queries/", call, is(expected)).await;
    }
    let call = async {
        let deep = [("a".to_owned(), "b c".to_owned()), ("d".to_owned(), "é&=".to_owned())].into();
        let (commas, pipes) = (["x".to_owned(), "y z".to_owned()], ["p".to_owned(), "q&".to_owned()]);
        let call = client.parameters().elsewhere_retrieve(UUID, "s1").x_count(5).commas(&commas).pipes(&pipes).deep(&deep).many(&[1, 2]);
        Ok(call.await?)
    };
    let expected = json!({
        "request_id": UUID, "count": 5, "session": "s1", "commas": ["x", "y z"], "pipes": ["p", "q&"], "deep": { "a": "b c", "d": "é&=" }, "many": [1, 2],
    });
    calls.call("GET /elsewhere/", call, is(expected)).await;
    for (text, rest) in [("x", "y"), ("a b+c&d=é;%,", "a/b c/%2F")] {
        let call = async { Ok(client.parameters().in_path_retrieve(7, text, "a-b", UUID, rest).await?) };
        calls.call("GET /in-path/{number}/{text}/{slug}/{reference}/{rest}", call, is(json!({ "number": 7, "text": text, "slug": "a-b", "reference": UUID, "rest": rest }))).await;
    }
}

async fn answers(client: &Client, calls: &Calls) {
    let answers = client.answers();
    let point = json!({ "x": 1.0, "y": 2.0 });
    calls.call("GET /negotiated/", async { Ok(answers.negotiated_retrieve().await?) }, is(point.clone())).await;
    calls.call("GET /negotiated/", async { Ok(answers.negotiated_retrieve().as_csv().await?) }, is(json!("1,2\n"))).await;
    let call = async { Ok(answers.negotiated_retrieve().format(&given(json!("json"))?).await?) };
    calls.call("GET /negotiated/", call, is(point)).await;
    calls.call("GET /text/", async { Ok(answers.text_retrieve().await?) }, is(json!("grüße"))).await;
    calls.call("GET /download/", async { Ok(answers.download_retrieve().await?) }, that(|bytes: &bytes::Bytes| bytes.len() == 10_000)).await;
    calls.call("POST /nothing/", async { Ok(answers.nothing_create().await?) }, that(|()| true)).await;
    calls.call("PUT /nothing/", async { Ok(answers.nothing_update().await?) }, that(|()| true)).await;
    calls.call("DELETE /nothing/", async { Ok(answers.nothing_destroy().await?) }, that(|()| true)).await;
    calls.call("GET /undescribed/", async { Ok(client.undescribed().retrieve().await?) }, that(|()| true)).await;
    calls.call("POST /undescribed/", async { Ok(client.undescribed().create().await?) }, that(|()| true)).await;
    for (code, variant) in [(404, "NotFound("), (409, "Conflict(")] {
        calls.fail("GET /fails/{code}/", answers.fails_retrieve(code).into_future(), that(move |error| {
            matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").starts_with(variant) && !format!("{failure:?}").contains("Other("))
        })).await;
    }
    let call = answers.fails_retrieve(418).into_future();
    calls.fail("GET /fails/{code}/", call, that(|error| matches!(error, api::Error::UnexpectedStatus { .. }))).await;
}

async fn auth(servers: &Value, calls: &Calls) -> Result<(), Box<dyn std::error::Error>> {
    let of = |name: &str| servers[name].as_str().unwrap_or_default().to_owned();
    let builder = || Client::builder().base_url(of("api"));
    let who = || is(json!({ "name": "ada" }));
    let client = builder().token_auth(format!("Token {}", of("token"))).build()?;
    calls.call("GET /auth/token/", async { Ok(client.auth().token_retrieve().await?) }, who()).await;
    calls.call("GET /auth/any/", async { Ok(client.auth().any_retrieve().await?) }, who()).await;
    let client = builder().basic_auth("ada", "pass word:ü").build()?;
    calls.call("GET /auth/basic/", async { Ok(client.auth().basic_retrieve().await?) }, who()).await;
    calls.call("GET /auth/any/", async { Ok(client.auth().any_retrieve().await?) }, who()).await;
    let client = builder().cookie_auth(of("session")).build()?;
    calls.call("GET /auth/session/", async { Ok(client.auth().session_retrieve().await?) }, who()).await;
    calls.call("GET /auth/any/", async { Ok(client.auth().any_retrieve().await?) }, who()).await;
    Ok(())
}
