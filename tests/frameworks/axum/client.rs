//! Every operation of the axum server, called with every kind of value that it takes.

#[macro_use]
mod report;

use axum_api as api;
use axum_api::{Client, Part};
use report::{Calls, given, is, that};
use serde_json::{Value, json};

const UUID: &str = "3f0f1f04-7d43-4a0c-8a43-8b7f1a2b3c4d";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    report::run(|servers| async move {
        let base = servers["api"].as_str().unwrap_or_default();
        let client = Client::builder().base_url(base).build()?;
        let calls = Calls;
        parameters(&client, &calls).await;
        bodies(&client, &calls).await;
        answers(&client, &calls).await;
        auth(base, &calls).await
    })
}

async fn parameters(client: &Client, calls: &Calls) {
    let parameters = client.parameters();
    for (number, text, color) in [(i64::MAX, "x", "red"), (i64::MIN, "a b+c&d=é;%,%2F", "deep blue"), (0, "a/b 日本🦀\"<>\\^`{|}[]", "a/b&c=d")] {
        let call = async { Ok(parameters.in_path(number, text, &given(json!(color))?, UUID, &given(json!("2024-02-29"))?).await?) };
        calls.call("GET /in-path/{number}/{text}/{color}/{id}/{day}", call, is(json!({ "number": number, "text": text, "color": color, "id": UUID, "day": "2024-02-29" }))).await;
    }
    for (text, color, moment, list) in [
        ("plain", "red", "2026-11-29T15:04:05Z", vec![]), ("a+b & c=d;e%20#?", "deep blue", "9999-12-31T23:59:59.999999999Z", vec!["one".to_owned()]),
        ("grüße 日本 🦀 \"<>\\^`{|}[]", "a/b&c=d", "0001-01-01T00:00:00Z", vec!["a b".to_owned(), "c&d,e".to_owned()]),
    ] {
        let call = async {
            let call = parameters.scalars(
                -128, i64::MAX, i64::MIN, 1e-7, 0.5, true, text, "ü", &given(json!(color))?, UUID, &given(json!("2024-02-29"))?, &given(json!(moment))?, "0.10",
            );
            Ok(call.optional("there").re_named(7).list(&list).colors(&given::<Vec<_>>(json!([color]))?).await?)
        };
        let expected = json!({
            "small": -128, "unsigned": i64::MAX, "integer": i64::MIN, "number": 1e-7, "single": 0.5, "boolean": true, "text": text, "character": "ü",
            "color": color, "id": UUID, "day": "2024-02-29", "moment": moment, "decimal": "0.10", "optional": "there", "re-named[]": 7, "list": list, "colors": [color],
        });
        calls.call("GET /scalars", call, is(expected)).await;
    }
    let call = async { Ok(parameters.elsewhere(UUID, "s=1;é %").x_count(-5).await?) };
    calls.call("GET /elsewhere", call, is(json!({ "id": UUID, "count": -5, "session": "s=1;é %" }))).await;
    let call = async { Ok(parameters.elsewhere(UUID, "s").await?) };
    calls.call("GET /elsewhere", call, is(json!({ "id": UUID, "count": null, "session": "s" }))).await;
    calls.fail("GET /elsewhere", parameters.elsewhere("no id", "s").into_future(), that(|error| matches!(error, api::Error::Api { .. }))).await;
}

fn everything() -> Value {
    let point = json!({ "x": 0.5, "y": 1.5 });
    json!({
        "small": -128, "unsigned": i64::MAX, "big": i64::MIN, "number": 0.1, "boolean": true, "text": "ü", "color": "a/b&c=d", "id": UUID, "day": "2024-02-29",
        "moment": "2026-11-29T15:04:05.123456789Z", "decimal": "12345678901234567890.123456789", "optional": null, "type": "t", "list": [point], "pair": [1, "x"],
        "byName": { "a b": point }, "anything": [1, null], "tree": { "name": "root", "children": [{ "name": "leaf", "children": [] }] },
        "pet": { "kind": "cat", "lives": 9 }, "external": ["nothing", { "number": 5 }, { "place": point }, { "named": { "name": "n" } }],
        "adjacent": [{ "type": "Number", "value": 5 }, { "type": "Place", "value": point }, { "type": "Nothing" }], "untagged": [5, "five", point], "boxed": point,
    })
}

async fn bodies(client: &Client, calls: &Calls) {
    let bodies = client.bodies();
    for (member, value) in [
        ("optional", json!("there")), ("leftOut", json!({ "x": 2.5, "y": 3.5 })), ("pet", json!({ "kind": "dog", "tricks": ["sit"] })), ("pet", json!({ "kind": "fish" })),
        ("external", json!([])), ("anything", json!(null)), ("moment", json!("9999-12-31T23:59:59Z")), ("byName", json!({})),
    ] {
        let mut expected = everything();
        expected[member] = value;
        calls.call("POST /everything", async { Ok(bodies.everything(&given(expected.clone())?).await?) }, is(expected.clone())).await;
    }
    for flat in [json!({ "name": "n", "common": true }), json!({ "name": "n", "common": false, "more": 1, "and more": -2 })] {
        calls.call("PUT /flat", async { Ok(bodies.flat(&given(flat.clone())?).await?) }, is(flat.clone())).await;
    }
    for pet in [json!({ "kind": "cat", "lives": 9 }), json!({ "kind": "dog", "tricks": [] }), json!({ "kind": "fish" })] {
        calls.call("POST /pet", async { Ok(bodies.pet(&given(pet.clone())?).await?) }, is(pet.clone())).await;
    }
    let list = json!([{ "x": 0.5, "y": 1.5 }]);
    calls.call("PUT /list", async { Ok(bodies.list(&given::<Vec<_>>(list.clone())?).await?) }, is(list.clone())).await;
    for text in ["", "grüße\n\"x\""] {
        calls.call("PUT /text", async { Ok(bodies.text(text).await?) }, is(json!(text))).await;
    }
    calls.call("PUT /octets", async { Ok(bodies.octets(vec![7u8; 70_000]).await?) }, that(|octets: &bytes::Bytes| octets.len() == 70_000)).await;
    calls.call("PUT /octets", async { Ok(collect!(bodies.octets(vec![7u8; 70_000]).stream().await?).concat()) }, that(|octets: &Vec<u8>| octets.len() == 70_000)).await;
    let forms = client.forms();
    let least = json!({ "text": "a b&c=d+é%", "count": -1, "color": null, "day": null, "flag": false });
    let most = json!({ "text": "", "count": 5, "color": "a/b&c=d", "day": "2024-02-29", "flag": true });
    calls.call("POST /form", async { Ok(forms.form(&given(json!({ "text": "a b&c=d+é%", "count": -1 }))?).await?) }, is(least)).await;
    calls.call("POST /form", async { Ok(forms.form(&given(most.clone())?).await?) }, is(most.clone())).await;
    let call = async {
        let file = Part::bytes(vec![1u8; 300]).file_name("grüße 1.txt").content_type("text/x-thing");
        Ok(forms.upload(api::forms::UploadParts { file, point: Some(given(json!({ "x": 0.5, "y": 1.5 }))?), title: "t ü".into() }).await?)
    };
    calls.call("POST /upload", call, |parts| {
        let mut parts = serde_json::to_value(parts).map_err(|error| error.to_string())?;
        parts.as_array_mut().map(|parts| parts.sort_by_key(|part| part["name"].to_string()));
        let expected = json!([
            { "name": "file", "file_name": "grüße 1.txt", "content_type": "text/x-thing", "size": 300 },
            { "name": "point", "file_name": null, "content_type": "application/json", "size": 17 },
            { "name": "title", "file_name": null, "content_type": "text/plain", "size": 4 },
        ]);
        // A text part needs no media type (RFC 7578, 4.4), nor is one wrong.
        parts[2]["content_type"] = json!("text/plain");
        if parts == expected { Ok(()) } else { Err(format!("expected {expected}, and it is {parts}")) }
    }).await;
}

async fn answers(client: &Client, calls: &Calls) {
    let answers = client.answers();
    calls.call("DELETE /empty", async { Ok(answers.empty().await?) }, that(|()| true)).await;
    calls.call("POST /nothing", async { Ok(answers.nothing().await?) }, that(|()| true)).await;
    let point = json!({ "x": 1.0, "y": 2.0 });
    calls.call("GET /statuses/{status}", async { Ok(answers.statuses(200).await?) }, is(point.clone())).await;
    for (status, variant) in [(404, "NotFound("), (409, "Conflict(Fish"), (500, "ServerError("), (418, "Default")] {
        let call = answers.statuses(status).retry(api::RetryPolicy::none());
        calls.fail("GET /statuses/{status}", call.into_future(), that(move |error| {
            matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").starts_with(variant))
        })).await;
    }
    calls.call("GET /negotiated", async { Ok(answers.negotiated().await?) }, is(point)).await;
    calls.call("GET /negotiated", async { Ok(answers.negotiated().as_csv().await?) }, is(json!("1,2\n"))).await;
    let call = async { Ok(answers.headers().with_response().await?.get(api::response_headers::X_ROWS)) };
    calls.call("GET /headers", call, is(json!(42))).await;
    let points = json!([{ "x": 0.0, "y": 0.0 }, { "x": 1.0, "y": 0.0 }, { "x": 2.0, "y": 0.0 }]);
    calls.call("GET /events", async { Ok(collect!(client.streams().events().await?)) }, is(points)).await;
}

async fn auth(base: &str, calls: &Calls) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(base).token("a.b-c~d+e/f==").build()?;
    calls.call("GET /bearer", async { Ok(client.auth().bearer().await?) }, is(json!("Bearer a.b-c~d+e/f=="))).await;
    let client = Client::builder().base_url(base).basic_auth("ada", "ü").build()?;
    calls.call("GET /basic", async { Ok(client.auth().basic().await?) }, is(json!("Basic YWRhOsO8"))).await;
    let client = Client::builder().base_url(base).api_key("k &=+%#/;").token("t").build()?;
    calls.call("GET /key", async { Ok(client.auth().key().await?) }, is(json!("k &=+%#/;"))).await;
    Ok(())
}
