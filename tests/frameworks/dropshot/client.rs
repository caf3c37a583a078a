//! Every operation of the dropshot server, called with every kind of value that it takes.

#[macro_use]
mod report;

use dropshot_api as api;
use dropshot_api::{Client, Part};
use report::{Calls, given, is, that};
use serde_json::{Value, json};

const UUID: &str = "3f0f1f04-7d43-4a0c-8a43-8b7f1a2b3c4d";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    report::run(|servers| async move {
        let client = Client::builder().base_url(servers["api"].as_str().unwrap_or_default()).build()?;
        let calls = Calls;
        parameters(&client, &calls).await;
        bodies(&client, &calls).await;
        answers(&client, &calls).await;
        Ok(())
    })
}

async fn parameters(client: &Client, calls: &Calls) {
    let parameters = client.parameters();
    for (number, text, color) in [(i64::MAX, "x", "red"), (i64::MIN, "a b+c&d=é;%,%2F", "deep blue"), (0, "a/b 日本🦀\"<>\\^`{|}[]", "a/b&c=d")] {
        let call = async { Ok(parameters.in_path(number, text, &given(json!(color))?, UUID, &given(json!("2024-02-29"))?).await?) };
        calls.call("GET /in-path/{number}/{text}/{color}/{id}/{day}", call, is(json!({ "number": number, "text": text, "color": color, "id": UUID, "day": "2024-02-29" }))).await;
    }
    for (text, color, moment) in [
        ("plain", "red", "2026-11-29T15:04:05Z"), ("a+b & c=d;e%20#?", "deep blue", "9999-12-31T23:59:59.999999999Z"),
        ("grüße 日本 🦀 \"<>\\^`{|}[]", "a/b&c=d", "0001-01-01T00:00:00Z"), ("", "red", "2024-02-29T12:00:00Z"),
    ] {
        let call = async {
            let call = parameters.scalars(
                true, &given(json!(color))?, &given(json!("2024-02-29"))?, UUID, i64::MIN, &given(json!(moment))?, 1e-7, given(json!(-128))?, text, given(json!(i64::MAX))?,
            );
            Ok(call.optional("").re_named(given(json!(7))?).await?)
        };
        let expected = json!({
            "small": -128, "unsigned": i64::MAX, "integer": i64::MIN, "number": 1e-7, "boolean": true, "text": text, "color": color, "id": UUID,
            "day": "2024-02-29", "moment": moment, "optional": "", "re-named[]": 7,
        });
        calls.call("GET /scalars", call, is(expected)).await;
    }
    calls.call("GET /headers", async { Ok(parameters.headers("a, b; c=\"d\"").x_note("n").await?) }, is(json!({ "x-id": "a, b; c=\"d\"", "x-note": "n" }))).await;
    calls.call("GET /headers", async { Ok(parameters.headers("5").await?.x_id) }, is(json!("5"))).await;
}

fn everything() -> Value {
    let point = json!({ "x": 0.5, "y": 1.5 });
    json!({
        "small": -128, "unsigned": i64::MAX, "big": i64::MIN, "number": 0.1, "boolean": true, "text": "ü", "color": "a/b&c=d", "id": UUID, "day": "2024-02-29",
        "moment": "2026-11-29T15:04:05.123456789Z", "optional": null, "type": "t", "list": [point], "byName": { "a b": point },
        "anything": [1, null], "tree": { "name": "root", "children": [{ "name": "leaf", "children": [] }] }, "pet": { "kind": "cat", "lives": 9 }, "maybe": null,
        "external": ["nothing", { "number": 5 }, { "place": point }, { "named": { "name": "n" } }],
        "adjacent": [{ "type": "Number", "value": 5 }, { "type": "Place", "value": point }, { "type": "Nothing" }], "untagged": [5, "five", point],
    })
}

async fn bodies(client: &Client, calls: &Calls) {
    let bodies = client.bodies();
    for (member, value) in [
        ("optional", json!("there")), ("pet", json!({ "kind": "dog", "tricks": ["sit"] })), ("pet", json!({ "kind": "fish" })), ("maybe", json!({ "kind": "fish" })),
        ("external", json!([])), ("anything", json!("text")), ("moment", json!("9999-12-31T23:59:59Z")), ("byName", json!({})),
    ] {
        let mut expected = everything();
        expected[member] = value;
        calls.call("POST /everything", async { Ok(bodies.everything(&given(expected.clone())?).await?) }, is(expected.clone())).await;
    }
    let list = json!([{ "x": 0.5, "y": 1.5 }]);
    calls.call("PUT /list", async { Ok(bodies.list(&given::<Vec<_>>(list.clone())?).await?) }, is(list.clone())).await;
    for form in [json!({ "text": "a b&c=d+é%", "count": -1, "color": null }), json!({ "text": "", "count": 5, "color": "a/b&c=d" })] {
        let mut sent = form.clone();
        sent.as_object_mut().map(|members| members.retain(|_, value| !value.is_null()));
        calls.call("POST /form", async { Ok(bodies.form(&given(sent)?).await?) }, is(form.clone())).await;
    }
    let call = async {
        let parts = api::Multipart::new().part("file", Part::bytes(b"x".to_vec()).file_name("grüße 1.txt")).part("text", Part::text("t"));
        Ok(bodies.upload(parts).await?)
    };
    calls.call("POST /upload", call, is(json!(["file grüße 1.txt", "text "]))).await;
    calls.call("PUT /octets", async { Ok(bodies.octets(vec![7u8; 70_000]).await?) }, is(json!(70_000))).await;
    calls.call("PUT /stream", async { Ok(bodies.stream(vec![7u8; 70_000]).await?) }, that(|()| true)).await;
}

async fn answers(client: &Client, calls: &Calls) {
    let answers = client.answers();
    calls.call("DELETE /gone", async { Ok(answers.gone().await?) }, that(|()| true)).await;
    calls.call("GET /freeform", async { Ok(answers.freeform().await?) }, that(|body: &bytes::Bytes| body.len() == 10_000)).await;
    calls.call("GET /freeform", async { Ok(collect!(answers.freeform().stream().await?).concat()) }, that(|body: &Vec<u8>| body.len() == 10_000)).await;
    let call = async { Ok(answers.with_headers().with_response().await?.get(api::response_headers::X_ROWS)) };
    calls.call("GET /with-headers", call, is(json!("42"))).await;
    calls.call("GET /fails/{status}", async { Ok(answers.fails(given(json!(200))?).await?) }, is(json!({ "x": 1.0, "y": 2.0 }))).await;
    for (status, said) in [(404, "Missing"), (500, "Internal Server Error")] {
        let call = answers.fails(status).retry(api::RetryPolicy::none());
        calls.fail("GET /fails/{status}", call.into_future(), that(move |error| {
            matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").contains(said))
        })).await;
    }
    calls.call("GET /pages", async { Ok(answers.pages().limit(given(json!(3))?).await?.items) }, is(json!([0, 1, 2]))).await;
    let call = async {
        let token = answers.pages().limit(given(json!(3))?).await?.next_page.into_option().unwrap_or_default();
        Ok(answers.pages().limit(given(json!(3))?).page_token(token).await?.items)
    };
    calls.call("GET /pages", call, is(json!([3, 4, 5]))).await;
}
