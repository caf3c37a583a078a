//! Every operation of `server.mjs`, called with every kind of value that it takes.

#[macro_use]
mod report;

use hono_api as api;
use hono_api::{Client, Part};
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
        streams(&client, &calls).await;
        auth(base, &calls).await
    })
}

async fn parameters(client: &Client, calls: &Calls) {
    let parameters = client.parameters();
    for (number, text, color) in [(5, "x", "red"), (-5, "a b+c&d=é;%,%2F", "deep blue"), (0, "a/b", "a/b&c=d"), (i64::pow(2, 52), "日本🦀\"<>\\^`{|}[]", "red")] {
        let call = async { Ok(parameters.in_path(number, text, &given(json!(color))?, &given(json!("2024-02-29"))?, UUID).await?) };
        let expected = json!({ "number": number, "text": text, "color": color, "day": "2024-02-29", "id": UUID });
        calls.call("GET /in-path/{number}/{text}/{color}/{day}/{id}", call, is(expected)).await;
    }
    for (text, color, moment, boolean) in [
        ("plain", "red", "2026-11-29T15:04:05Z", true), ("a+b & c=d;e%20#?", "deep blue", "2026-11-29T15:04:05.123+05:30", false),
        ("grüße 日本 🦀 \"<>\\^`{|}[]", "a/b&c=d", "9999-12-31T23:59:59.999999999Z", true), ("", "red", "2024-02-29T00:00:00-11:00", false),
    ] {
        let call = async {
            let call = parameters.scalars(
                boolean, text, &given(json!(color))?, &given(json!(moment))?, &given(json!("2024-02-29"))?, "01:02:03", "P3DT4H", UUID, "a+b@example.com",
                "https://example.com/?a=b&c=%20#d", "10.0.0.1", "YQ==", "abc1",
            );
            Ok(call.integer(-7).number(0.5).await?)
        };
        let expected = json!({
            "integer": -7, "number": 0.5, "boolean": boolean, "text": text, "color": color, "moment": moment, "day": "2024-02-29", "time": "01:02:03",
            "duration": "P3DT4H", "id": UUID, "email": "a+b@example.com", "url": "https://example.com/?a=b&c=%20#d", "ip": "10.0.0.1", "base64": "YQ==",
            "literal": "only", "pattern": "abc1",
        });
        calls.call("GET /scalars", call, is(expected)).await;
    }
    calls.call("GET /optional", async { Ok(parameters.optional().await?) }, is(json!({ "limit": 10 }))).await;
    for either in [json!(1.5), json!("text")] {
        let call = async {
            Ok(parameters.optional().limit(100).after("").strange("a&b").filter_name("x [y]").either(&given(either.clone())?).await?)
        };
        let expected = json!({ "limit": 100, "after": "", "strange": "a&b", "filter[name]": "x [y]", "either": either });
        calls.call("GET /optional", call, is(expected)).await;
    }
    calls.fail("GET /optional", parameters.optional().limit(101).into_future(), that(|error| {
        matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").contains("limit"))
    })).await;
    for texts in [vec!["one".to_owned()], vec!["a b".to_owned(), "c&d,e".to_owned(), String::new()]] {
        let call = async { Ok(parameters.lists(&texts).numbers(&given::<Vec<_>>(json!([1, -2]))?).colors(&given::<Vec<_>>(json!(["red", "a/b&c=d"]))?).await?) };
        calls.call("GET /lists", call, is(json!({ "texts": texts, "numbers": [1, -2], "colors": ["red", "a/b&c=d"] }))).await;
    }
    calls.call("GET /headers", async { Ok(parameters.headers(UUID).await?) }, is(json!({ "x-request-id": UUID }))).await;
    let call = async { Ok(parameters.headers(UUID).x_count(-3).x_text("a, b; c=\"d\"").await?) };
    calls.call("GET /headers", call, is(json!({ "x-request-id": UUID, "x-count": -3, "x-text": "a, b; c=\"d\"" }))).await;
    calls.call("GET /cookies", async { Ok(parameters.cookies("s").await?) }, is(json!({ "session": "s" }))).await;
    let call = async { Ok(parameters.cookies("a=b; c%é").visits(2).await?) };
    calls.call("GET /cookies", call, is(json!({ "session": "a=b; c%é", "visits": 2 }))).await;
}

fn everything() -> Value {
    json!({
        "integer": 9007199254740991i64, "int32": -2147483648.0, "number": 1.5, "positive": 10.0, "boolean": true, "text": "ü", "color": "deep blue",
        "moment": "2026-11-29T15:04:05.123Z", "day": "2024-02-29", "id": UUID, "url": "https://example.com", "nothing": null, "anything": { "a": [1] },
        "nullable": null, "defaulted": ["z"], "literal": 7, "literals": "a", "tuple": [1.5, "two", { "x": 0.5, "y": 1.5 }], "rest": ["a", 1, 2],
        "record": { "a b": { "x": 0.5, "y": 0.0 } }, "byColor": { "red": 1.5 }, "nested": [[1], []], "point": { "x": 1.5, "y": 2.5 },
        "extended": { "x": 1.5, "y": 2.5, "z": 3.5 }, "tree": { "name": "root", "children": [{ "name": "leaf" }] }, "either": 5.5,
        "both": { "a": "x", "b": "y" }, "strict": { "only": false }, "loose": { "name": "n", "more": [1] }, "catchall": { "name": "n", "more": 1.5 },
    })
}

async fn bodies(client: &Client, calls: &Calls) {
    let bodies = client.bodies();
    for (member, value) in [
        ("either", json!("text")), ("either", json!({ "x": 1.5, "y": 0.5 })),
        ("nullable", json!("there")), ("nullish", json!(null)), ("nullish", json!(0.5)), ("optional", json!("there")), ("anything", json!("text")),
        ("moment", json!("9999-12-31T23:59:59.999999Z")), ("byColor", json!({ "red": 1.5, "a/b&c=d": 2.5 })), ("anything", json!(null)),
    ] {
        let mut expected = everything();
        expected[member] = value;
        calls.call("POST /everything", async { Ok(bodies.everything(&given(expected.clone())?).await?) }, |answer| {
            // zod takes 0.0 as 0, and so do numbers everywhere.
            let written = serde_json::to_value(answer).map_err(|error| error.to_string())?;
            report::typed(answer, &written)?;
            if written == expected { Ok(()) } else { Err(format!("expected {expected}, and it is {written}")) }
        }).await;
    }
    let pets = [json!({ "kind": "cat", "lives": 9 }), json!({ "kind": "dog", "tricks": ["sit"] })];
    for pet in &pets {
        calls.call("POST /tagged", async { Ok(bodies.tagged(&given(pet.clone())?).await?) }, is(pet.clone())).await;
        for owner in [json!({ "pet": pet, "others": pets }), json!({ "pet": pet, "others": [], "maybe": pet })] {
            calls.call("POST /owner", async { Ok(bodies.owner(&given(owner.clone())?).await?) }, is(owner.clone())).await;
        }
    }
    let nobody = json!({ "pet": pets[0], "others": [], "maybe": null });
    calls.call("POST /owner [null]", async { Ok(bodies.owner(&given(nobody.clone())?).await?) }, is(nobody.clone())).await;
    let shapes = json!({ "shapes": [{ "radius": 1.5 }, { "side": 2.5 }, "three", true] });
    calls.call("POST /untagged", async { Ok(bodies.untagged(&given(shapes.clone())?).await?) }, is(shapes.clone())).await;
    let point = json!({ "x": 1.5, "y": 2.5 });
    let call = async { Ok(bodies.list(&given::<Vec<_>>(json!([point, { "x": 0.5, "y": 0.5 }]))?).await?) };
    calls.call("PUT /list", call, is(json!([point, { "x": 0.5, "y": 0.5 }]))).await;
    for text in ["", "ü \"\\ \n", "null"] {
        calls.call("PUT /text", async { Ok(bodies.text(text).await?) }, is(json!(text))).await;
    }
    for number in [0.5, 1e300, -0.1] {
        calls.call("PUT /number", async { Ok(bodies.number(number).await?) }, is(json!(number))).await;
    }
    for change in [json!({}), json!({ "name": null }), json!({ "name": "x", "size": 3 })] {
        calls.call("PATCH /partial", async { Ok(bodies.partial(&given(change.clone())?).await?) }, is(change.clone())).await;
    }
    calls.call("PUT /optional-body", async { Ok(bodies.optional().await?) }, is(json!(false))).await;
    calls.call("PUT /optional-body", async { Ok(bodies.optional().body(&given(point.clone())?).await?) }, is(json!(true))).await;
    let call = async { Ok(bodies.several_types().body(&given(point.clone())?).await?) };
    calls.call("POST /several-types", call, is(json!({ "x": 1.5, "from": "application/json" }))).await;
    let call = async { Ok(bodies.several_types().form_body(&given(json!({ "x": 1.5 }))?).await?) };
    calls.call("POST /several-types", call, is(json!({ "x": 1.5, "from": "application/x-www-form-urlencoded" }))).await;
}

async fn forms(client: &Client, calls: &Calls) {
    let forms = client.forms();
    for form in [json!({ "text": "a b&c=d+é%" }), json!({ "text": "", "count": -1, "flag": false, "tags": ["x", "y z"] }), json!({ "text": "t", "flag": true, "tags": ["x"] })] {
        calls.call("POST /form", async { Ok(forms.form(&given(form.clone())?).await?) }, is(form.clone())).await;
    }
    let file = |name: &str| Part::bytes(vec![1u8; 300]).file_name(name).content_type("text/x-thing");
    for others in [vec![], vec![file("b")], vec![file("b"), file("c")]] {
        let names: Vec<String> = ["b", "c"].iter().take(others.len()).map(|name| (*name).to_owned()).collect();
        let call = async { Ok(forms.upload(api::forms::UploadParts { file: file("grüße 1.txt"), others, title: "t ü".into() }).await?) };
        calls.call("POST /upload", call, is(json!({ "name": "grüße 1.txt", "size": 300, "type": "text/x-thing", "title": "t ü", "others": names }))).await;
    }
    calls.call("POST /octets", async { Ok(forms.octets(vec![0u8; 70_000]).await?) }, is(json!(70_000))).await;
}

async fn answers(client: &Client, calls: &Calls) {
    let answers = client.answers();
    calls.call("DELETE /empty", async { Ok(answers.empty().await?) }, that(|()| true)).await;
    for (status, variant) in [(200, "Ok("), (201, "Created(")] {
        let call = async { Ok(answers.statuses(status).await?) };
        calls.call("GET /statuses/{status}", call, that(move |answer| format!("{answer:?}").starts_with(variant))).await;
    }
    for (status, variant) in [(404, "NotFound("), (409, "Conflict(Cat"), (500, "ServerError("), (418, "Default")] {
        let call = answers.statuses(status).retry(api::RetryPolicy::none());
        calls.fail("GET /statuses/{status}", call.into_future(), that(move |error| {
            matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").starts_with(variant))
        })).await;
    }
    calls.call("GET /plain", async { Ok(answers.plain().await?) }, is(json!("grüße"))).await;
    calls.call("GET /negotiated", async { Ok(answers.negotiated().await?) }, is(json!({ "x": 1.0, "y": 2.0 }))).await;
    calls.call("GET /negotiated", async { Ok(answers.negotiated().as_csv().await?) }, is(json!("1,2\n"))).await;
    let call = async { Ok(answers.with_headers().with_response().await?.get(api::response_headers::X_ROWS)) };
    calls.call("GET /with-headers", call, is(json!(42))).await;
    calls.call("GET /image", async { Ok(answers.image().await?) }, that(|image: &bytes::Bytes| image.starts_with(b"\x89PNG"))).await;
    calls.call("GET /image", async { Ok(collect!(answers.image().stream().await?).concat()) }, that(|image: &Vec<u8>| image.starts_with(b"\x89PNG"))).await;
}

async fn streams(client: &Client, calls: &Calls) {
    let points = json!([{ "x": 0.0, "y": 0.0 }, { "x": 1.0, "y": 0.0 }, { "x": 2.0, "y": 0.0 }]);
    calls.call("GET /events", async { Ok(collect!(client.streams().events().await?)) }, is(points.clone())).await;
    calls.call("GET /lines", async { Ok(collect!(client.streams().lines().await?)) }, is(points)).await;
}

async fn auth(base: &str, calls: &Calls) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(base).token("a.b-c~d+e/f==").build()?;
    calls.call("GET /auth/bearer", async { Ok(client.auth().bearer().await?) }, is(json!("in"))).await;
    let client = Client::builder().base_url(base).basic_auth("ada", "pass:word ü").build()?;
    calls.call("GET /auth/basic", async { Ok(client.auth().basic().await?) }, is(json!("in"))).await;
    let client = Client::builder().base_url(base).key("k &=+%#/;").build()?;
    calls.call("GET /auth/key", async { Ok(client.auth().key().await?) }, is(json!("k &=+%#/;"))).await;
    let client = Client::builder().base_url(base).session("k&=+#/").build()?;
    calls.call("GET /auth/session", async { Ok(client.auth().session().await?) }, is(json!("k&=+#/"))).await;
    Ok(())
}
