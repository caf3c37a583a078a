//! Every operation of `app.ts`, called with every kind of value that it takes.

#[macro_use]
mod report;

use nestjs_api as api;
use nestjs_api::{Client, Part};
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
        forms(&client, &calls).await;
        answers(&client, &calls).await;
        auth(base, &calls).await
    })
}

async fn parameters(client: &Client, calls: &Calls) {
    let parameters = client.parameters();
    for (number, float, flag, color, text) in [(5, 0.5, true, "red", "x"), (-5, -1e-7, false, "deep blue", "a b+c&d=é;%,%2F"), (0, 1e20, true, "a/b&c=d", "a/b 日本🦀\"<>\\^`{|}[]")] {
        let call = async { Ok(parameters.path(number, float, flag, UUID, &given(json!(color))?, text).await?) };
        let expected = json!({ "number": number, "float": float, "flag": flag, "id": UUID, "color": color, "text": text });
        calls.call("GET /parameters/path/{number}/{float}/{flag}/{id}/{color}/{text}", call, |answer| {
            let written = serde_json::to_value(answer).map_err(|error| error.to_string())?;
            report::typed(answer, &written)?;
            // 1e20 comes back as 100000000000000000000, which is the same number.
            if format!("{written}") == format!("{expected}") { Ok(()) } else { Err(format!("expected {expected}, and it is {written}")) }
        }).await;
    }
    calls.call("GET /parameters/filter", async { Ok(parameters.filter().await?) }, is(json!({ "limit": 10 }))).await;
    let call = async {
        let filter = parameters.filter().limit(100).after("a+b & c=d;e%20#?é").colors(&given::<Vec<_>>(json!(["red", "a/b&c=d"]))?).order(&given(json!("desc"))?);
        Ok(filter.since(&given(json!("2026-11-29T15:04:05.123Z"))?).await?)
    };
    let expected = json!({ "limit": 100, "after": "a+b & c=d;e%20#?é", "colors": ["red", "a/b&c=d"], "since": "2026-11-29T15:04:05.123Z", "order": "desc" });
    calls.call("GET /parameters/filter", call, is(expected)).await;
    let call = async { Ok(parameters.filter().colors(&given::<Vec<_>>(json!(["red"]))?).await?.colors) };
    calls.call("GET /parameters/filter [list of one]", call, is(json!(["red"]))).await;
    calls.fail("GET /parameters/filter", parameters.filter().limit(101).into_future(), that(|error| {
        matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").contains("limit must not be greater") && !format!("{failure:?}").contains("Other("))
    })).await;
    for numbers in [vec![1.5], vec![1.0, -2.5, 1e3]] {
        let call = async {
            let query = parameters.query(&numbers, &given(json!(10))?).when(&given(json!("2026-11-29T15:04:05Z"))?);
            Ok(query.pipes(&["a b".to_owned(), "c&d,e".to_owned()]).await?)
        };
        let expected = json!({ "numbers": numbers, "level": 10, "when": "2026-11-29T15:04:05.000Z", "pipes": ["a b", "c&d,e"] });
        calls.call("GET /parameters/query", call, |answer| {
            let mut written = serde_json::to_value(answer).map_err(|error| error.to_string())?;
            report::typed(answer, &written)?;
            // The server writes milliseconds, always.
            written["when"] = json!("2026-11-29T15:04:05.000Z");
            if written == expected { Ok(()) } else { Err(format!("expected {expected}, and it is {written}")) }
        }).await;
    }
    for sender in [json!({ "name": "a b&c=d[e]" }), json!({ "name": "é", "city": "x y" })] {
        calls.call("GET /parameters/deep", async { Ok(parameters.deep(&given(sender.clone())?).await?) }, is(sender.clone())).await;
    }
    let call = async { Ok(parameters.elsewhere("id", "s=1;é %").x_note("a, b; \"c\"").await?) };
    calls.call("GET /parameters/elsewhere", call, is(json!({ "id": "id", "note": "a, b; \"c\"", "session": "s=1;é %" }))).await;
}

fn everything() -> Value {
    let (cat, dog) = (json!({ "kind": "cat", "lives": 9 }), json!({ "kind": "dog", "tricks": ["sit"] }));
    json!({
        "text": "ü", "integer": 9007199254740991i64, "number": 0.5, "flag": true, "moment": "2026-11-29T15:04:05.123Z", "day": "2024-02-29", "id": UUID,
        "email": "a+b@example.com", "link": "https://example.com/?a=b", "color": "a/b&c=d", "level": 10, "colors": ["red", "deep blue"], "nullable": null,
        "point": { "x": 0.5, "y": 1.5 }, "points": [{ "x": 2.5, "y": -0.5 }], "byName": { "a b": 1.5 }, "anything": { "a": [1, null] }, "nested": [[1], []],
        "either": "text", "pet": cat, "pets": [cat, dog],
    })
}

async fn bodies(client: &Client, calls: &Calls) {
    let bodies = client.bodies();
    for (member, value) in [
        ("nullable", json!("there")), ("optional", json!("")), ("maybe", json!(null)), ("maybe", json!({ "x": 0.5, "y": 0.5 })), ("either", json!(1.5)),
        ("pet", json!({ "kind": "dog", "tricks": [] })), ("pets", json!([])), ("level", json!(1)), ("moment", json!("9999-12-31T23:59:59.999Z")),
    ] {
        let mut expected = everything();
        expected[member] = value;
        calls.call("POST /bodies/everything", async { Ok(bodies.everything(&given(expected.clone())?).await?) }, is(expected.clone())).await;
    }
    let call = async {
        let mut outer = everything();
        outer["inner"] = everything();
        Ok(bodies.everything(&given(outer)?).await?.inner)
    };
    calls.call("POST /bodies/everything", call, is(everything())).await;
    for change in [json!({}), json!({ "text": "t" }), json!({ "integer": -1, "color": "red" })] {
        calls.call("PATCH /bodies/change", async { Ok(bodies.change(&given(change.clone())?).await?) }, is(change.clone())).await;
    }
    let both = json!({ "x": 0.5, "y": 1.5, "kind": "cat" });
    calls.call("POST /bodies/both", async { Ok(bodies.both(&given(both.clone())?).await?) }, is(both.clone())).await;
    let pet = json!({ "kind": "cat", "lives": 9, });
    calls.call("POST /bodies/pet", async { Ok(bodies.pet(&given(pet.clone())?).await?) }, is(pet.clone())).await;
    let points = json!([{ "x": 0.5, "y": 1.5 }, { "x": 2.5, "y": 3.5 }]);
    calls.call("PUT /bodies/list", async { Ok(bodies.list(&given::<Vec<_>>(points.clone())?).await?) }, is(points.clone())).await;
    let map = json!({ "a b": { "x": 0.5, "y": 1.5 } });
    calls.call("PUT /bodies/map", async { Ok(bodies.map(&given(map.clone())?).await?) }, is(map.clone())).await;
    let call = async { Ok(bodies.bodies_with_body(&given(points[0].clone())?).await?) };
    calls.call("DELETE /bodies/with-body", call, is(points[0].clone())).await;
    calls.call("PUT /bodies/nothing", async { Ok(bodies.nothing().await?) }, that(|()| true)).await;
    calls.call("POST /bodies/nothing", async { Ok(bodies.nothing204().await?) }, that(|()| true)).await;
}

async fn forms(client: &Client, calls: &Calls) {
    let forms = client.forms();
    for form in [json!({ "text": "a b&c=d+é%", "count": -1 }), json!({ "text": "\"x\"", "count": 5, "tags": ["p q", "r&s"] })] {
        calls.call("POST /forms/form", async { Ok(forms.form(&given(form.clone())?).await?) }, is(form.clone())).await;
        calls.call("POST /forms/either", async { Ok(forms.either(&given(form.clone())?).await?) }, is(form.clone())).await;
    }
    let file = |name: &str, size| Part::bytes(vec![1u8; size]).file_name(name).content_type("text/x-thing");
    for count in [None, Some(7)] {
        let call = async { Ok(forms.file(api::forms::FileParts { count, file: file("grüße 1.txt", 300), title: "t ü".into() }).await?) };
        let mut expected = json!({ "name": "grüße 1.txt", "size": 300, "type": "text/x-thing", "title": "t ü" });
        if let Some(count) = count { expected["count"] = json!(count) }
        calls.call("POST /forms/file", call, is(expected)).await;
    }
    let call = async { Ok(forms.files(api::forms::FilesParts { files: vec![file("a", 1), file("b", 0)] }).await?) };
    let expected = json!([{ "name": "a", "size": 1, "type": "text/x-thing" }, { "name": "b", "size": 0, "type": "text/x-thing" }]);
    calls.call("POST /forms/files", call, is(expected)).await;
}

async fn answers(client: &Client, calls: &Calls) {
    let answers = client.answers();
    let point = json!({ "x": 1.0, "y": 2.0 });
    calls.call("GET /answers/statuses/{status}", async { Ok(answers.statuses(200).await?) }, is(point.clone())).await;
    for (status, variant) in [(404, "NotFound("), (418, "Default")] {
        calls.fail("GET /answers/statuses/{status}", answers.statuses(status).into_future(), that(move |error| {
            matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").starts_with(variant))
        })).await;
    }
    calls.call("GET /answers/text", async { Ok(answers.text().await?) }, is(json!("grüße"))).await;
    calls.call("GET /answers/html", async { Ok(answers.html().await?) }, is(json!("<p>hello</p>"))).await;
    calls.call("GET /answers/string", async { Ok(answers.string().await?) }, is(json!("bare"))).await;
    calls.call("GET /answers/number", async { Ok(answers.number().await?) }, is(json!(42.0))).await;
    calls.call("GET /answers/dates", async { Ok(answers.dates().await?) }, is(json!(["1970-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"]))).await;
    calls.call("GET /answers/file", async { Ok(answers.file().await?) }, that(|file: &bytes::Bytes| file.len() == 10_000)).await;
    calls.call("GET /answers/file", async { Ok(collect!(answers.file().stream().await?).concat()) }, that(|file: &Vec<u8>| file.len() == 10_000)).await;
    let call = async { Ok(answers.headers().with_response().await?.get(api::response_headers::X_ROWS)) };
    calls.call("GET /answers/headers", call, is(json!(42))).await;
    calls.call("HEAD /answers/head", async { Ok(answers.head().await?) }, that(|()| true)).await;
    calls.call("OPTIONS /answers/options", async { Ok(answers.options().await?) }, is(json!(["GET"]))).await;
    let points = json!([{ "x": 0.0, "y": 0.0 }, { "x": 1.0, "y": 0.0 }, { "x": 2.0, "y": 0.0 }]);
    calls.call("GET /answers/events", async { Ok(collect!(answers.events().await?)) }, is(points)).await;
}

async fn auth(base: &str, calls: &Calls) -> Result<(), Box<dyn std::error::Error>> {
    let named = |name: &str| is(json!({ "name": name }));
    let client = Client::builder().base_url(base).token("a.b-c~d+e/f==").build()?;
    calls.call("GET /auth/bearer", async { Ok(client.auth().bearer().await?) }, named("Bearer a.b-c~d+e/f==")).await;
    let client = Client::builder().base_url(base).basic_auth("ada", "pass:word ü").build()?;
    calls.call("GET /auth/basic", async { Ok(client.auth().basic().await?) }, named("ada:pass:word ü")).await;
    let client = Client::builder().base_url(base).cookie("s:k&=+#/").build()?;
    calls.call("GET /auth/cookie", async { Ok(client.auth().cookie().await?) }, named("s:k&=+#/")).await;
    let client = Client::builder().base_url(base).key("k &=+%#/;").token("t").build()?;
    calls.call("GET /auth/key", async { Ok(client.auth().key().await?) }, named("k &=+%#/;")).await;
    calls.call("GET /auth/both", async { Ok(client.auth().both().await?) }, named("k &=+%#/; Bearer t")).await;
    Ok(())
}
