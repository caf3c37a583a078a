//! Every operation of `server.py`, called with every kind of value that it takes.

#[macro_use]
mod report;

use fastapi_api as api;
use fastapi_api::{Client, Part, Timestamp};
use report::{Calls, Fault, given, is, that};
use serde_json::{Value, json};

const UUID: &str = "3f0f1f04-7d43-4a0c-8a43-8b7f1a2b3c4d";
const TEXTS: [&str; 9] = [
    "plain", "with space", "a+b", "a&b=c;d", "grüße 日本 🦀", "100%", "%41", "\"quoted\" <a> {b} [c] |d| \\ ^ `e`", "x?y#z:@!$'()*,~",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    report::run(|servers| async move { everything_of(servers["api"].as_str().unwrap_or_default()).await })
}

async fn everything_of(base: &str) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(base).build()?;
    let calls = Calls;
    paths(&client, &calls).await;
    queries(&client, &calls).await;
    headers_and_cookies(&client, &calls).await;
    bodies(&client, &calls).await;
    forms(&client, &calls).await;
    answers(&client, &calls).await;
    streams(&client, &calls).await;
    auth(base, &calls).await?;
    Ok(())
}

async fn paths(client: &Client, calls: &Calls) {
    for value in [0, -1, i64::MAX, i64::MIN] {
        calls.call("GET /paths/integer/{value}", async { Ok(client.paths().integer(value).await?) }, is(json!(value))).await;
    }
    for value in [0.0, -1.5, 1e300, 5e-324, 0.1, 12345678.9] {
        calls.call("GET /paths/number/{value}", async { Ok(client.paths().number(value).await?) }, is(json!(value))).await;
    }
    for value in [true, false] {
        calls.call("GET /paths/boolean/{value}", async { Ok(client.paths().boolean(value).await?) }, is(json!(value))).await;
    }
    for value in TEXTS.into_iter().chain(["...", "a.b", " ", "~"]) {
        calls.call("GET /paths/text/{value}", async { Ok(client.paths().text(value).await?) }, is(json!(value))).await;
    }
    calls.call("GET /paths/text/{value} [slash]", async { Ok(client.paths().text("a/b").await?) }, is(json!("a/b"))).await;
    for value in TEXTS.into_iter().chain(["a/b/c", "a//b", "/a"]) {
        calls.call("GET /paths/rest/{value}", async { Ok(client.paths().rest(value).await?) }, is(json!(value))).await;
    }
    calls.call("GET /paths/uuid/{value}", async { Ok(client.paths().uuid(UUID).await?) }, is(json!(UUID))).await;
    for value in ["0.1000000000000000000001", "-12345678901234567890.5", "1.5"] {
        calls.call("GET /paths/decimal/{value}", async { Ok(client.paths().decimal(value).await?) }, is(json!(value))).await;
    }
    for value in ["red", "deep blue"] {
        calls.call("GET /paths/color/{value}", async { Ok(client.paths().color(&given(json!(value))?).await?) }, is(json!(value))).await;
    }
    calls.call("GET /paths/color/{value} [slash]", async { Ok(client.paths().color(&given(json!("a/b&c=d"))?).await?) }, is(json!("a/b&c=d"))).await;
    for value in [1, 10] {
        calls.call("GET /paths/level/{value}", async { Ok(client.paths().level(&given(json!(value))?).await?) }, is(json!(value))).await;
    }
    for (day, moment) in [("2026-11-29", "2026-11-29T15:04:05Z"), ("0001-01-01", "1999-12-31T23:59:59.123456+05:30"), ("9999-12-31", "9999-12-31T23:59:59Z")] {
        let call = async { Ok(client.paths().times(&given(json!(day))?, &given(json!(moment))?).await?) };
        calls.call("GET /paths/times/{day}/at/{moment}", call, is(json!({ "day": day, "moment": moment }))).await;
    }
    calls.call("GET /paths/two/{first}.{second}", async { Ok(client.paths().two("a", 7).await?) }, is(json!(["a", "7"]))).await;
}

async fn queries(client: &Client, calls: &Calls) {
    for (text, color, literal, moment) in [
        ("plain", "red", "asc", "2026-11-29T15:04:05Z"),
        ("a+b & c=d;e%20#?", "deep blue", "desc", "2026-11-29T15:04:05.000001+00:30"),
        ("grüße 日本 🦀 \"<>\\^`{|}[]", "a/b&c=d", "asc", "9999-12-31T23:59:59.999999-11:00"),
        ("", "red", "asc", "0001-01-01T12:00:00Z"),
    ] {
        let expected = json!({
            "integer": i64::MIN, "number": 1e-7, "boolean": true, "text": text, "uuid": UUID, "decimal": "0.10", "color": color, "level": 10,
            "literal": literal, "day": "2024-02-29", "moment": moment, "clock": "23:59:59.123456", "lasts": "P1DT2H3M4S", "address": "127.0.0.1",
            "link": "https://example.com/a?b=c&d=%20#e", "email": "a+b@example.com",
        });
        let call = async {
            let query = client.queries().scalars(
                i64::MIN, 1e-7, true, text, UUID, &given(json!("0.10"))?, &given(json!(color))?, &given(json!(10))?, &given(json!(literal))?,
                &given(json!("2024-02-29"))?, &given(json!(moment))?, "23:59:59.123456", "P1DT2H3M4S", "127.0.0.1",
                "https://example.com/a?b=c&d=%20#e", "a+b@example.com",
            );
            Ok(query.await?)
        };
        calls.call("GET /queries/scalars", call, is(expected)).await;
    }
    let nothing = json!({ "nothing": null, "defaulted": 7, "bounded": null, "alias": null, "either": null, "deprecated": null, "seen": [] });
    calls.call("GET /queries/optional", async { Ok(client.queries().optional().await?) }, is(nothing)).await;
    // A query has no types: what reads as a text is one to the server.
    for either in [json!(5), json!("five")] {
        #[allow(deprecated)]
        let call = async {
            let query = client.queries().optional().nothing("").defaulted(0).bounded(100).item_query("a &+=%#/?").deprecated("old");
            Ok(query.either(&given(either.clone())?).await?)
        };
        let expected = json!({
            "nothing": "", "defaulted": 0, "bounded": 100, "alias": "a &+=%#/?", "either": either.as_str().unwrap_or("5"), "deprecated": "old",
            "seen": ["nothing", "defaulted", "bounded", "item-query[]", "deprecated", "either"],
        });
        calls.call("GET /queries/optional", call, is(expected)).await;
    }
    calls.fail("GET /queries/optional", client.queries().optional().bounded(101).into_future(), that(|error| {
        matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").contains("less_than_equal"))
    })).await;
    let texts = TEXTS.map(str::to_owned);
    let call = async {
        let colors: Vec<_> = given(json!(["red", "a/b&c=d"]))?;
        let query = client.queries().lists(&texts, &[i64::MAX, 0], &colors).days(&given::<Vec<_>>(json!(["2024-02-29", "2026-01-01"]))?);
        let answer = query.pair(&(3, "x y".to_owned())).optional(&[1.5, -2.0]).await?;
        let mut colors = answer.colors.clone();
        colors.sort_by_key(|color| color.to_string());
        Ok(json!({ "texts": answer.texts, "integers": answer.integers, "colors": colors, "days": answer.days, "pair": answer.pair, "optional": answer.optional }))
    };
    let expected = json!({
        "texts": TEXTS, "integers": [i64::MAX, 0], "colors": ["a/b&c=d", "red"], "days": ["2024-02-29", "2026-01-01"], "pair": [3, "x y"], "optional": [1.5, -2.0],
    });
    calls.call("GET /queries/lists", call, is(expected)).await;
    let defaults = json!({ "limit": 100, "offset": 0, "order_by": "created_at", "tags": [], "since": null });
    calls.call("GET /queries/model", async { Ok(client.queries().model().await?) }, is(defaults)).await;
    let call = async {
        let query = client.queries().model().limit(1).offset(2).order_by(&given(json!("updated_at"))?).tags(&["a b".to_owned(), "c&d".to_owned()]);
        Ok(query.since(&given(json!("2026-11-29T15:04:05+01:00"))?).await?)
    };
    let expected = json!({ "limit": 1, "offset": 2, "order_by": "updated_at", "tags": ["a b", "c&d"], "since": "2026-11-29T15:04:05+01:00" });
    calls.call("GET /queries/model", call, is(expected)).await;
}

async fn headers_and_cookies(client: &Client, calls: &Calls) {
    let expected = json!({
        "x_request_id": UUID, "x_count": -5, "x_flag": null, "x_when": null, "x_tokens": null, "strange_header": null, "if_none_match": null,
    });
    calls.call("GET /headers/scalars", async { Ok(client.headers().scalars(UUID, -5).await?) }, is(expected)).await;
    let call = async {
        let headers = client.headers().scalars(UUID, 5).x_flag(false).x_when(&given(json!("2026-11-29T15:04:05.5Z"))?).strange_header("a, b; c=\"d\"");
        Ok(headers.x_tokens(&["one".to_owned()]).if_none_match("W/\"x\"").await?)
    };
    let expected = json!({
        "x_request_id": UUID, "x_count": 5, "x_flag": false, "x_when": "2026-11-29T15:04:05.500000Z", "x_tokens": ["one"],
        "strange_header": "a, b; c=\"d\"", "if_none_match": "W/\"x\"",
    });
    calls.call("GET /headers/scalars", call, that(move |answer: &api::types::HeaderValues| {
        // The server writes six digits of a second; times are compared as times.
        let when = answer.x_when == Some("2026-11-29T15:04:05.5Z".parse::<Timestamp>().expect("a time"));
        when && report::typed(answer, &expected).is_ok()
    })).await;
    let call = async { Ok(client.headers().scalars(UUID, 5).x_tokens(&["one".to_owned(), "two".to_owned()]).await?.x_tokens) };
    calls.call("GET /headers/scalars [list]", call, is(json!(["one", "two"]))).await;
    let call = async { Ok(client.headers().model("example.com", true).x_tag(&["one".to_owned()]).await?) };
    calls.call("GET /headers/model", call, is(json!({ "host": "example.com", "save_data": true, "x_tag": ["one"] }))).await;

    let expected = json!({ "session_id": "abc", "visits": 0, "color": null, "consent": null });
    calls.call("GET /cookies/scalars", async { Ok(client.cookies().scalars("abc").await?) }, is(expected.clone())).await;
    calls.call("GET /cookies/model", async { Ok(client.cookies().model("abc").await?) }, is(expected)).await;
    let expected = json!({ "session_id": "a-b.c_d~e", "visits": 3, "color": "red", "consent": false });
    let call = async { Ok(client.cookies().scalars("a-b.c_d~e").visits(3).color(&given(json!("red"))?).consent(false).await?) };
    calls.call("GET /cookies/scalars", call, is(expected.clone())).await;
    let call = async { Ok(client.cookies().scalars("a=b&c/d").await?.session_id) };
    calls.call("GET /cookies/scalars [reserved]", call, is(json!("a=b&c/d"))).await;
    let call = async { Ok(client.cookies().model("a-b.c_d~e").visits(3).color(&given(json!("red"))?).consent(false).await?) };
    calls.call("GET /cookies/model", call, is(expected)).await;
}

fn everything() -> Value {
    json!({
        "integer": -7, "big": i64::MAX, "number": 1.5, "decimal": "0.1000", "boolean": true, "text": "x", "uuid": UUID, "color": "deep blue",
        "level": 10, "literal": 2, "day": "2024-02-29", "moment": "2026-11-29T15:04:05Z", "clock": "01:02:03", "lasts": "P3DT4H",
        "address": "10.0.0.1", "link": "ftp://example.com/x", "email": "a@example.com", "raw": "bytes", "nothing": null, "anything": [1, { "a": null }],
        "document": { "a": { "b": [true] } }, "point": { "x": 2.0, "y": 3.0 }, "tuple": [1, "two", { "x": 3.0, "y": 4.0 }], "unique": [5],
        "byName": { "a b": { "x": 0.5, "y": 0.0 } }, "by_color": { "red": 1, "a/b&c=d": 2 }, "by_day": { "2026-01-01": 3 }, "nested": [[1], [], [2, 3]],
        "tree": { "name": "root", "children": [{ "name": "leaf", "children": [] }] }, "nullable": null, "optional": "there", "either": 5,
        "defaulted": ["z"],
    })
}

async fn bodies(client: &Client, calls: &Calls) {
    for (member, value) in [
        ("either", json!("five")), ("either", json!({ "x": 1.0, "y": 0.0 })), ("literal", json!("one")), ("literal", json!(true)),
        ("nullable", json!("there")), ("optional", json!(null)), ("anything", json!("text")), ("big", json!(9007199254740993i64)),
        ("moment", json!("9999-12-31T23:59:59.999999Z")), ("decimal", json!("123456789012345678901234567890.000000000000000000000000000001")),
        ("tree", json!({ "name": "alone", "children": [] })),
    ] {
        let mut expected = everything();
        expected[member] = value;
        let mut sent = expected.clone();
        sent["secret"] = json!("hunter2");
        sent["embedded"] = json!("[1, 2]");
        expected["embedded"] = json!([1, 2]);
        expected["secret"] = json!("**********");
        expected["area"] = json!(6.0);
        let call = async {
            let sent = serde_json::from_value(sent).map_err(|error| Fault::Given(error.to_string()))?;
            Ok(client.bodies().everything(&sent).await?)
        };
        calls.call("POST /bodies/everything", call, |answer| {
            // A secret is never written out again by what it came in.
            let mut written = serde_json::to_value(answer).map_err(|error| error.to_string())?;
            written["secret"] = json!("**********");
            if format!("{answer:?}").contains("Other(") { return Err(format!("not as typed: {answer:?}")) }
            if written == expected { Ok(()) } else { Err(format!("expected {expected}, and it is {written}")) }
        }).await;
    }

    let pets = [
        json!({ "kind": "cat", "lives": 9 }), json!({ "kind": "dog", "tricks": ["sit"] }), json!({ "kind": "wolf", "tricks": [] }),
        json!({ "kind": "lizard", "loves_rocks": true }),
    ];
    for pet in &pets {
        calls.call("POST /bodies/tagged", async { Ok(client.bodies().tagged(&given(pet.clone())?).await?) }, is(pet.clone())).await;
        for maybe in [json!(null), pet.clone()] {
            let owner = json!({ "pet": pet, "others": pets, "by_name": { "it": pet }, "maybe": maybe });
            calls.call("POST /bodies/owner", async { Ok(client.bodies().owner(&given(owner.clone())?).await?) }, is(owner.clone())).await;
        }
    }
    let shapes = json!([{ "radius": 1.0 }, { "side": 2.0 }, 3, "four", null]);
    let call = async { Ok(client.bodies().untagged(&given::<Vec<_>>(shapes.clone())?).await?) };
    calls.call("POST /bodies/untagged", call, is(shapes.clone())).await;
    for page in [json!({ "items": [{ "x": 1.0, "y": 2.0 }], "next": null }), json!({ "items": [], "next": "two" })] {
        calls.call("POST /bodies/generic", async { Ok(client.bodies().generic(&given(page.clone())?).await?) }, is(page.clone())).await;
    }
    let labels = json!({ "a": ["b", "c"], "ü": [] });
    calls.call("PUT /bodies/root", async { Ok(client.bodies().root(&given(labels.clone())?).await?) }, is(labels.clone())).await;
    for note in [json!(null), json!("a note")] {
        let several = json!({ "point": { "x": 1.0, "y": 2.0 }, "color": "red", "note": note });
        calls.call("PUT /bodies/several", async { Ok(client.bodies().several(&given(several.clone())?).await?) }, is(several.clone())).await;
    }
    let point = json!({ "x": 1.0, "y": 2.0 });
    let call = async { Ok(client.bodies().embedded(&given(json!({ "point": point }))?).await?) };
    calls.call("PUT /bodies/embedded", call, is(point.clone())).await;
    calls.call("PUT /bodies/integer", async { Ok(client.bodies().integer(i64::MIN).await?) }, is(json!(i64::MIN))).await;
    for text in TEXTS {
        calls.call("PUT /bodies/text", async { Ok(client.bodies().text(text).await?) }, is(json!(text))).await;
        calls.call("POST /bodies/text-plain", async { Ok(client.bodies().text_plain(text).await?) }, is(json!(text))).await;
    }
    let call = async { Ok(client.bodies().list(&given::<Vec<_>>(json!(["0.10", 2.5]))?).await?) };
    calls.call("PUT /bodies/list", call, is(json!(["0.10", "2.5"]))).await;
    calls.call("PUT /bodies/optional", async { Ok(client.bodies().optional().await?) }, is(json!(null))).await;
    for body in [json!(null), point.clone()] {
        let call = async { Ok(client.bodies().optional().body(&given(body.clone())?).await?) };
        calls.call("PUT /bodies/optional", call, is(body.clone())).await;
    }
    for change in [json!({}), json!({ "name": null }), json!({ "name": "x", "size": 1 })] {
        let members: Vec<&String> = change.as_object().into_iter().flat_map(|members| members.keys()).collect();
        calls.call("PATCH /bodies/partial", async { Ok(client.bodies().partial(&given(change.clone())?).await?) }, is(json!(members))).await;
    }
    let call = async { Ok(client.bodies().body_of_delete(&given(point.clone())?).await?) };
    calls.call("DELETE /bodies/with-body", call, is(point.clone())).await;
    let loose = json!({ "name": "n", "more": [1], "other": { "a": null } });
    calls.call("POST /bodies/loose", async { Ok(client.bodies().loose(&given(loose.clone())?).await?) }, is(loose.clone())).await;
    let call = async { Ok(client.bodies().media_type(&given(point.clone())?).await?) };
    calls.call("POST /bodies/custom-media-type", call, is(point.clone())).await;
    calls.call("POST /bodies/octets", async { Ok(client.bodies().octets(vec![0u8; 70_000]).await?) }, is(json!(70_000))).await;
}

async fn forms(client: &Client, calls: &Calls) {
    let least = json!({
        "text": "a b&c=d+é%", "integer": -1, "number": 1.5, "boolean": false, "color": null, "day": null, "tags": [], "counts": null,
    });
    let most = json!({
        "text": "\n\"x\"", "integer": 5, "number": -0.5, "boolean": true, "color": "a/b&c=d", "day": "2024-02-29", "tags": ["p q", "r&s"], "counts": [1, 2],
    });
    let sent = json!({ "text": "a b&c=d+é%", "integer": -1 });
    for (sent, expected) in [(sent, least), (most.clone(), most)] {
        calls.call("POST /forms/urlencoded", async { Ok(client.forms().urlencoded(&given(sent.clone())?).await?) }, is(expected.clone())).await;
        calls.call("POST /forms/model", async { Ok(client.forms().model(&given(sent.clone())?).await?) }, is(expected.clone())).await;
    }
    let file = || Part::bytes(vec![1u8; 300]).file_name("grüße 1.txt").content_type("text/plain");
    let call = async { Ok(client.forms().file(api::forms::FileParts { file: file() }).await?) };
    calls.call("POST /forms/file", call, is(json!({ "name": "grüße 1.txt", "size": 300, "media_type": "text/plain" }))).await;
    let call = async { Ok(client.forms().bytes(api::forms::BytesParts { file: Part::bytes(vec![7u8; 12]) }).await?) };
    calls.call("POST /forms/bytes", call, is(json!(12))).await;
    let call = async {
        let parts = api::forms::FilesParts {
            color: given(json!("deep blue"))?, count: Some(3), cover: Some(Part::bytes(b"x".to_vec()).file_name("c.png").content_type("image/png")),
            day: Some(given(json!("2024-02-29"))?), files: vec![Part::bytes(b"one".to_vec()).file_name("1"), Part::bytes(Vec::new()).file_name("2")],
            raws: vec![Part::bytes(b"1234".to_vec()), Part::bytes(b"".to_vec())], tags: Some(vec!["a".to_owned(), "b c".to_owned()]), title: "t & ü".to_owned(),
        };
        Ok(client.forms().files(parts).await?)
    };
    let expected = json!({
        "files": [{ "name": "1", "size": 3, "media_type": "application/octet-stream" }, { "name": "2", "size": 0, "media_type": "application/octet-stream" }],
        "cover": { "name": "c.png", "size": 1, "media_type": "image/png" }, "raws": [4, 0], "title": "t & ü", "count": 3, "tags": ["a", "b c"],
        "color": "deep blue", "day": "2024-02-29",
    });
    calls.call("POST /forms/files", call, is(expected)).await;
    let call = async {
        let parts = api::forms::FilesParts {
            color: given(json!("red"))?, count: None, cover: None, day: None, files: vec![Part::bytes(b"one".to_vec())], raws: Vec::new(), tags: None,
            title: "t".to_owned(),
        };
        Ok(client.forms().files(parts).await?)
    };
    calls.call("POST /forms/files", call, that(|seen: &api::types::FilesSeen| seen.files.len() == 1 && seen.cover.is_none() && seen.count.is_none())).await;
    calls.call("POST /forms/optional-file", async { Ok(client.forms().optional_file().await?) }, is(json!(null))).await;
    let call = async { Ok(client.forms().optional_file().body(api::forms::OptionalFileParts { file: Some(file()) }).await?) };
    calls.call("POST /forms/optional-file", call, is(json!({ "name": "grüße 1.txt", "size": 300, "media_type": "text/plain" }))).await;
}

async fn answers(client: &Client, calls: &Calls) {
    let answers = client.answers();
    calls.call("GET /answers/empty", async { Ok(answers.empty().await?) }, is(json!(null))).await;
    for how in [200, 201, 202] {
        let call = async { Ok(answers.created(&given(json!(how))?).await?) };
        calls.call("POST /answers/created", call, that(move |answer| {
            let variant = match how { 200 => "Ok(", 201 => "Created(", _ => "Accepted" };
            format!("{answer:?}").starts_with(variant)
        })).await;
    }
    calls.call("GET /answers/fails/{status}", async { Ok(answers.fails(200).await?) }, is(json!({ "x": 0.0, "y": 0.0 }))).await;
    for (status, variant) in [(404, "NotFound("), (409, "Conflict("), (500, "ServerError("), (503, "ServerError("), (418, "Default")] {
        let call = answers.fails(status).retry(api::RetryPolicy::none());
        calls.fail("GET /answers/fails/{status}", call.into_future(), that(move |error| {
            matches!(error, api::Error::Api { failure, .. } if format!("{failure:?}").starts_with(variant)) && error.status().is_some_and(|got| i64::from(got.as_u16()) == status)
        })).await;
    }
    calls.fail("GET /answers/forbidden", answers.forbidden().into_future(), that(|error| {
        matches!(error, api::Error::Api { .. }) && error.headers()["x-why"] == "because"
    })).await;
    calls.call("GET /answers/text", async { Ok(answers.text().await?) }, is(json!("grüße\n"))).await;
    calls.call("GET /answers/html", async { Ok(answers.html().await?) }, is(json!("<p>hello</p>"))).await;
    calls.call("GET /answers/file", async { Ok(answers.file().await?) }, that(|_| true)).await;
    calls.call("GET /answers/image", async { Ok(answers.image().await?) }, that(|image: &bytes::Bytes| image.starts_with(b"\x89PNG"))).await;
    calls.call("GET /answers/image", async { Ok(collect!(answers.image().stream().await?).concat()) }, that(|image: &Vec<u8>| image.starts_with(b"\x89PNG"))).await;
    calls.call("GET /answers/json-or-image", async { Ok(answers.json_or_image().await?) }, is(json!({ "x": 3.0, "y": 4.0 }))).await;
    calls.call("GET /answers/json-or-image", async { Ok(answers.json_or_image().as_png().await?) }, that(|image: &bytes::Bytes| image.starts_with(b"\x89PNG"))).await;
    calls.call("GET /answers/redirect", async { Ok(answers.redirect().await?) }, that(|_| true)).await;
    let call = async {
        Ok(answers.headers().with_response().await?.get(api::response_headers::X_ROWS))
    };
    calls.call("GET /answers/headers", call, is(json!(42))).await;
    calls.call("GET /answers/any", async { Ok(answers.any().await?) }, is(json!({ "a": [1, null] }))).await;
    for (which, expected) in [("circle", json!({ "radius": 1.0 })), ("square", json!({ "side": 2.0 })), ("text", json!("neither")), ("null", json!(null))] {
        calls.call("GET /answers/union", async { Ok(answers.union(&given(json!(which))?).await?) }, is(expected)).await;
    }
    calls.call("GET /answers/extremes", async { Ok(answers.extremes().await?) }, that(|answer| {
        let shown = format!("{answer:?}");
        ["9223372036854775807", "5e-324", "0.1000", "9999-12-31T23:59:59.999999"].iter().all(|value| shown.contains(value)) && !shown.contains("Other(")
    })).await;
    let huge = (1_i128 << 100) - 1;
    calls.call("GET /answers/huge", async { Ok(answers.huge().await?) }, that(|answer: &api::Decimal| answer.to_i128() == Some(huge))).await;
    for number in [huge, -huge, 7] {
        let sent = api::Decimal::from(number);
        calls.call("POST /answers/huge", async { Ok(answers.echo_huge(&sent).await?) }, that(|answer: &api::Decimal| *answer == sent)).await;
    }
    calls.call("GET /answers/methods", async { Ok(answers.get_methods().await?) }, is(json!("GET"))).await;
    calls.call("PUT /answers/methods", async { Ok(answers.replace_methods().await?) }, is(json!("PUT"))).await;
    calls.call("POST /answers/methods", async { Ok(answers.create_method().await?) }, is(json!("POST"))).await;
    calls.call("DELETE /answers/methods", async { Ok(answers.methods().await?) }, is(json!("DELETE"))).await;
    calls.call("PATCH /answers/methods", async { Ok(answers.update_methods().await?) }, is(json!("PATCH"))).await;
    calls.call("HEAD /answers/head", async { Ok(answers.head().await?) }, that(|_| true)).await;
    calls.call("OPTIONS /answers/options", async { Ok(answers.options().await?) }, is(json!(["GET"]))).await;
}

async fn streams(client: &Client, calls: &Calls) {
    let streams = client.streams();
    let points = json!([{ "x": 0.0, "y": 0.0 }, { "x": 1.0, "y": 0.0 }]);
    calls.call("GET /streams/lines", async { Ok(collect!(streams.lines().count(2).await?)) }, is(points.clone())).await;
    calls.call("GET /streams/events", async { Ok(collect!(streams.events().count(2).await?)) }, is(json!([{ "data": { "x": 0.0, "y": 0.0 } }, { "data": { "x": 1.0, "y": 0.0 } }]))).await;
    let pets = json!([{ "kind": "cat", "lives": 9 }, { "kind": "wolf", "tricks": [] }, { "kind": "lizard", "loves_rocks": true }]);
    calls.call("POST /streams/pets", async { Ok(collect!(streams.stream_pets(&given::<Vec<_>>(pets.clone())?).await?)) }, is(pets.as_array().into_iter().flatten().map(|pet| json!({ "data": pet })).collect())).await;
    calls.call("GET /streams/server-sent", async { Ok(collect!(streams.server_sent().await?)) }, that(|events| {
        let shown = format!("{events:?}");
        shown.contains("x") && shown.contains("2")
    })).await;
    calls.call("GET /streams/server-sent", async { Ok(collect!(streams.server_sent().last_event_id(1).await?)) }, that(|events| format!("{events:?}").contains("2"))).await;
    calls.call("GET /streams/bytes", async { Ok(streams.bytes().await?) }, that(|bytes: &bytes::Bytes| bytes.len() == 10_000)).await;
    calls.call("GET /streams/bytes", async { Ok(collect!(streams.bytes().stream().await?).concat()) }, that(|bytes: &Vec<u8>| bytes.len() == 10_000)).await;
}

async fn auth(base: &str, calls: &Calls) -> Result<(), Box<dyn std::error::Error>> {
    for (call, password) in [("GET /auth/basic", "pass word:%&"), ("GET /auth/basic [UTF-8]", "ü")] {
        let client = Client::builder().base_url(base).basic_auth("ada", password).build()?;
        calls.call(call, async { Ok(client.auth().basic().await?) }, is(json!(["ada", password]))).await;
    }
    let client = Client::builder().base_url(base).http_bearer_token("a.b-c_d~e+f/g==").build()?;
    calls.call("GET /auth/bearer", async { Ok(client.auth().bearer().await?) }, is(json!(["Bearer", "a.b-c_d~e+f/g=="]))).await;
    let key = "k &=+%#/;é";
    let client = Client::builder().base_url(base).key_in_header("k &=+%#/;").build()?;
    calls.call("GET /auth/header", async { Ok(client.auth().header().await?) }, is(json!("k &=+%#/;"))).await;
    let client = Client::builder().base_url(base).key_in_query(key).build()?;
    calls.call("GET /auth/query", async { Ok(client.auth().query().await?) }, is(json!(key))).await;
    let client = Client::builder().base_url(base).key_in_cookie("k&=+%#/").build()?;
    calls.call("GET /auth/cookie", async { Ok(client.auth().cookie().await?) }, is(json!("k&=+%#/"))).await;
    let client = Client::builder().base_url(base).key_in_header("key").http_bearer_token("token").build()?;
    calls.call("GET /auth/all", async { Ok(client.auth().all().await?) }, is(json!(["key", "token"]))).await;
    let call = async {
        let form = serde_json::from_value(json!({ "username": "ada lovelace", "password": "pass word&+%", "scope": "read write" }));
        Ok(client.auth().token(&form.map_err(|error| Fault::Given(error.to_string()))?).await?)
    };
    let expected = json!({ "access_token": "token-of-ada-lovelace", "token_type": "bearer", "expires_in": 3600, "scope": "read write" });
    calls.call("POST /auth/token", call, is(expected)).await;
    let client = Client::builder().base_url(base).oauth2_password_bearer_token("token").scopes(["read"]).build()?;
    calls.call("GET /auth/oauth", async { Ok(client.auth().oauth().await?) }, is(json!(["token", "read"]))).await;
    Ok(())
}
