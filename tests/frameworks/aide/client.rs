//! Every operation of the aide server, called with every kind of value that it takes.

#[macro_use]
mod report;

use aide_api as api;
use aide_api::Client;
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
        let client = Client::builder().base_url(base).token("a.b-c~d+e/f==").build()?;
        calls.call("GET /bearer", async { Ok(client.auth().bearer().await?) }, is(json!("Bearer a.b-c~d+e/f=="))).await;
        Ok(())
    })
}

async fn parameters(client: &Client, calls: &Calls) {
    let parameters = client.parameters();
    for (number, text, color) in [(i64::MAX, "x", "red"), (i64::MIN, "a b+c&d=é;%,%2F", "deep blue"), (0, "a/b 日本🦀\"<>\\^`{|}[]", "a/b&c=d")] {
        let call = async { Ok(parameters.in_path(number, text, &given(json!(color))?, UUID, &given(json!("2024-02-29"))?).await?) };
        calls.call("GET /in-path/{number}/{text}/{color}/{id}/{day}", call, is(json!({ "number": number, "text": text, "color": color, "id": UUID, "day": "2024-02-29" }))).await;
    }
    for (text, color) in [("plain", "red"), ("a+b & c=d;e%20#?", "deep blue"), ("grüße 日本 🦀 \"<>\\^`{|}[]", "a/b&c=d")] {
        let call = async {
            let call = parameters.scalars(
                true, "ü", &given(json!(color))?, &given(json!("2024-02-29"))?, UUID, &given(json!("2026-11-29T15:04:05Z"))?, 1e-7, given(json!(-128))?, text, given(json!(u64::MAX))?,
            );
            Ok(call.optional("there").re_named(given(json!(7))?).await?)
        };
        let expected = json!({
            "small": -128, "unsigned": u64::MAX, "number": 1e-7, "boolean": true, "text": text, "character": "ü", "color": color, "id": UUID, "day": "2024-02-29",
            "moment": "2026-11-29T15:04:05Z", "optional": "there", "re-named[]": 7, "defaulted": 10,
        });
        calls.call("GET /scalars", call, is(expected)).await;
    }
}

fn everything() -> Value {
    let point = json!({ "x": 0.5, "y": 1.5 });
    json!({
        "small": -128, "unsigned": u64::MAX, "big": i64::MIN, "number": 0.1, "boolean": true, "text": "ü", "color": "a/b&c=d", "id": UUID, "day": "2024-02-29",
        "moment": "2026-11-29T15:04:05.123456789Z", "optional": null, "type": "t", "list": [point], "pair": [1, "x"], "fixed": [1, 2], "byName": { "a b": point },
        "anything": [1, null], "tree": { "name": "root", "children": [{ "name": "leaf", "children": [] }] }, "pet": { "kind": "cat", "lives": 9 }, "maybe": null,
        "external": ["nothing", { "number": 5 }, { "place": point }, { "named": { "name": "n" } }],
        "adjacent": [{ "type": "Number", "value": 5 }, { "type": "Place", "value": point }, { "type": "Nothing" }], "untagged": [5, "five", point],
        "result": { "Ok": 5 }, "common": true,
    })
}

async fn bodies(client: &Client, calls: &Calls) {
    let bodies = client.bodies();
    for (member, value) in [
        ("optional", json!("there")), ("leftOut", json!({ "x": 2.5, "y": 3.5 })), ("pet", json!({ "kind": "dog", "tricks": [] })), ("pet", json!({ "kind": "fish" })),
        ("maybe", json!({ "kind": "fish" })), ("result", json!({ "Err": "no" })), ("anything", json!("text")), ("external", json!([])),
    ] {
        let mut expected = everything();
        expected[member] = value;
        calls.call("POST /everything", async { Ok(bodies.everything(&given(expected.clone())?).await?) }, is(expected.clone())).await;
    }
    for pet in [json!({ "kind": "cat", "lives": 9 }), json!({ "kind": "dog", "tricks": [] }), json!({ "kind": "fish" })] {
        calls.call("POST /pet", async { Ok(bodies.pet(&given(pet.clone())?).await?) }, is(pet.clone())).await;
    }
    let point = json!({ "x": 0.5, "y": 1.5 });
    calls.call("PUT /list", async { Ok(bodies.list(&given::<Vec<_>>(json!([point]))?).await?) }, is(json!([point]))).await;
    // aide describes the body as required.
    calls.call("PUT /optional", async { Ok(bodies.optional(&given(point.clone())?).await?) }, is(point.clone())).await;
    for form in [json!({ "text": "a b&c=d+é%", "count": -1, "color": null }), json!({ "text": "", "count": 5, "color": "a/b&c=d" })] {
        let mut sent = form.clone();
        sent.as_object_mut().map(|members| members.retain(|_, value| !value.is_null()));
        calls.call("POST /form", async { Ok(bodies.form(&given(sent)?).await?) }, is(form.clone())).await;
    }
    calls.call("PUT /text", async { Ok(bodies.text("grüße\n").await?) }, is(json!("grüße\n"))).await;
    calls.call("PUT /octets", async { Ok(bodies.octets(vec![7u8; 70_000]).await?) }, that(|octets: &bytes::Bytes| octets.len() == 70_000)).await;
}

async fn answers(client: &Client, calls: &Calls) {
    let answers = client.answers();
    calls.call("DELETE /empty", async { Ok(answers.empty().await?) }, that(|()| true)).await;
    calls.call("POST /nothing", async { Ok(answers.nothing().await?) }, that(|()| true)).await;
    calls.call("GET /statuses/{status}", async { Ok(answers.statuses(given(json!(200))?).await?) }, is(json!({ "x": 1.0, "y": 2.0 }))).await;
    for (status, variant) in [(404, "NotFound("), (409, "Conflict(Fish"), (418, "Default(")] {
        calls.fail("GET /statuses/{status}", answers.statuses(status).into_future(), that(move |error| {
            matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").starts_with(variant))
        })).await;
    }
}
