//! Every operation of the poem server, called with every kind of value that it takes.

#[macro_use]
mod report;

use poem_api as api;
use poem_api::{Client, Part};
use report::{Calls, Fault, given, is, that};
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
        let call = async { Ok(parameters.in_path(number, text, &given(json!(color))?, UUID, "2024-02-29").await?) };
        calls.call("GET /in-path/{number}/{text}/{color}/{id}/{day}", call, is(json!({ "number": number, "text": text, "color": color, "id": UUID, "day": "2024-02-29" }))).await;
    }
    for (text, color, list) in [
        ("plain", "red", vec![]), ("a+b & c=d;e%20#?", "deep blue", vec!["one".to_owned()]),
        ("grüße 日本 🦀 \"<>\\^`{|}[]", "a/b&c=d", vec!["a b".to_owned(), "c&d,e".to_owned()]),
    ] {
        let call = async {
            let call = parameters.scalars(
                -128, u64::MAX, 1e-7, true, text, &given(json!(color))?, UUID, "2024-02-29", &given(json!("2026-11-29T15:04:05+00:00"))?, "01:02:03", &list, &[1, -2],
            );
            Ok(call.optional("there").await?)
        };
        let expected = json!({
            "small": -128, "unsigned": u64::MAX, "number": 1e-7, "boolean": true, "text": text, "color": color, "id": UUID, "day": "2024-02-29",
            "moment": "2026-11-29T15:04:05+00:00", "clock": "01:02:03", "optional": "there", "defaulted": 7, "list": list, "numbers": [1, -2],
        });
        calls.call("GET /scalars", call, is(expected)).await;
    }
    let call = async { Ok(parameters.elsewhere(UUID, "s").x_count(-5).visits(given(json!(7))?).await?) };
    calls.call("GET /elsewhere", call, is(json!({ "id": UUID, "count": -5, "session": "s", "visits": 7 }))).await;
}

fn everything() -> Value {
    let point = json!({ "x": 0.5, "y": 1.5 });
    json!({
        "small": -128, "unsigned": u64::MAX, "big": i64::MIN, "number": 0.1, "boolean": true, "text": "ü", "name": "n", "color": "a/b&c=d", "id": UUID,
        "day": "2024-02-29", "moment": "2026-11-29T15:04:05.123456789+00:00", "type": "t", "list": [point], "byName": { "a b": point }, "anything": [1, null],
        "tree": { "name": "root", "children": [{ "name": "leaf", "children": [] }] }, "pet": { "kind": "cat", "lives": 9 },
        "pets": [{ "kind": "cat", "lives": 9 }, { "kind": "dog", "tricks": ["sit"] }], "loose": [5, "five", point], "base64": "aGVsbG8=", "email": "a+b@example.com",
    })
}

async fn bodies(client: &Client, calls: &Calls) {
    let bodies = client.bodies();
    for (member, value) in [
        ("optional", json!("there")), ("leftOut", json!({ "x": 2.5, "y": 3.5 })), ("pet", json!({ "kind": "dog", "tricks": [] })), ("pets", json!([])),
        ("anything", json!("text")), ("byName", json!({})), ("color", json!("red")),
    ] {
        let mut sent = everything();
        sent[member] = value;
        let mut expected = sent.clone();
        sent["password"] = json!("hunter2");
        expected["computed"] = json!(42);
        let call = async {
            let sent = serde_json::from_value(sent).map_err(|error| Fault::Given(error.to_string()))?;
            Ok(bodies.everything(&sent).await?)
        };
        calls.call("POST /everything", call, |answer| {
            let mut written = serde_json::to_value(answer).map_err(|error| error.to_string())?;
            written.as_object_mut().map(|members| members.retain(|_, value| !value.is_null()));
            if format!("{answer:?}").contains("Other(") { return Err(format!("not as typed: {answer:?}")) }
            if written == expected { Ok(()) } else { Err(format!("expected {expected}, and it is {written}")) }
        }).await;
    }
    for pet in [json!({ "kind": "cat", "lives": 9 }), json!({ "kind": "dog", "tricks": [] })] {
        calls.call("POST /pet", async { Ok(bodies.pet(&given(pet.clone())?).await?) }, is(pet.clone())).await;
    }
    let list = json!([{ "x": 0.5, "y": 1.5 }]);
    calls.call("PUT /list", async { Ok(bodies.list(&given::<Vec<_>>(list.clone())?).await?) }, is(list.clone())).await;
    for form in [json!({ "text": "a b&c=d+é%", "count": -1 }), json!({ "text": "t", "count": 5, "color": "a/b&c=d", "day": "2024-02-29" })] {
        calls.call("POST /form", async { Ok(bodies.form(&given(form.clone())?).await?) }, |answer| {
            let mut written = serde_json::to_value(answer).map_err(|error| error.to_string())?;
            written.as_object_mut().map(|members| members.retain(|_, value| !value.is_null()));
            if written == form { Ok(()) } else { Err(format!("expected {form}, and it is {written}")) }
        }).await;
    }
    let file = |name: &str| Part::bytes(vec![1u8; 300]).file_name(name).content_type("text/x-thing");
    let call = async {
        let parts = api::bodies::UploadParts {
            title: "t ü".into(), file: file("grüße 1.txt"), others: vec![file("b"), file("c")], count: Some(3), point: Some(given(json!({ "x": 0.5, "y": 1.5 }))?),
        };
        Ok(bodies.upload(parts).await?)
    };
    let expected = json!({ "title": "t ü", "name": "grüße 1.txt", "media_type": "text/x-thing", "size": 300, "others": 2, "count": 3, "x": 0.5 });
    calls.call("POST /upload", call, is(expected)).await;
    calls.call("POST /either", async { Ok(bodies.either(&given(json!({ "x": 0.5, "y": 1.5 }))?).await?) }, is(json!("point 0.5"))).await;
    calls.call("POST /either", async { Ok(bodies.either_text("ü").await?) }, is(json!("text ü"))).await;
    calls.call("POST /either", async { Ok(bodies.either_bytes(vec![0u8; 9]).await?) }, is(json!("octets 9"))).await;
}

async fn answers(client: &Client, calls: &Calls) {
    let answers = client.answers();
    for (status, variant) in [(200, "Ok("), (201, "Created(")] {
        let call = async { Ok(answers.statuses(given(json!(status))?).await?) };
        calls.call("GET /statuses/{status}", call, that(move |answer| format!("{answer:?}").starts_with(variant))).await;
    }
    for (status, variant) in [(404, "NotFound("), (409, "Conflict("), (500, "InternalServerError")] {
        let call = answers.statuses(status).retry(api::RetryPolicy::none());
        calls.fail("GET /statuses/{status}", call.into_future(), that(move |error| {
            matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").starts_with(variant))
        })).await;
    }
    calls.call("DELETE /nothing", async { Ok(answers.nothing().await?) }, that(|()| true)).await;
    calls.call("GET /attachment", async { Ok(answers.attachment().await?) }, that(|body: &bytes::Bytes| body.len() == 10_000)).await;
    let points = json!([{ "x": 0.0, "y": 0.0 }, { "x": 1.0, "y": 0.0 }, { "x": 2.0, "y": 0.0 }]);
    calls.call("GET /events", async { Ok(collect!(answers.events().await?)) }, is(points)).await;
}

async fn auth(base: &str, calls: &Calls) -> Result<(), Box<dyn std::error::Error>> {
    let builder = || Client::builder().base_url(base);
    let client = builder().token("a.b-c~d+e/f==").build()?;
    calls.call("GET /bearer", async { Ok(client.auth().bearer().await?) }, is(json!("a.b-c~d+e/f=="))).await;
    let client = builder().basic_auth("ada", "pass:word ü").build()?;
    calls.call("GET /basic", async { Ok(client.auth().basic().await?) }, is(json!(["ada", "pass:word ü"]))).await;
    let key = "k &=+%#/;";
    let client = builder().by_header(key).build()?;
    calls.call("GET /by-header", async { Ok(client.auth().by_header().await?) }, is(json!(key))).await;
    let client = builder().by_query(key).build()?;
    calls.call("GET /by-query", async { Ok(client.auth().by_query().await?) }, is(json!(key))).await;
    let client = builder().by_cookie("k&=+#/").build()?;
    calls.call("GET /by-cookie", async { Ok(client.auth().by_cookie().await?) }, is(json!("k&=+#/"))).await;
    Ok(())
}
