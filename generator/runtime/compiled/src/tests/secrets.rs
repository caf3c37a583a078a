//! Six planted secrets, and everywhere they could come out.

use std::error::Error as _;

use super::sample::{OAUTH2, WebhookInput};
use super::server::{Seen, Server, json, message};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::error::Undocumented;
use crate::runtime::operation::{Operation, Outcome};
use crate::runtime::path::path_template;
use crate::runtime::presence::Presence;
use crate::runtime::redact;
use crate::runtime::reply::Reply;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::security::{Credential, Need, Place, Requirement, Scheme, SchemeKind};
use crate::runtime::spec::{Api, Method, Spec};

const CLIENT_SECRET: &str = "SECRET-client/+ %";
const TOKEN: &str = "SECRET-token";
const KEY: &str = "SECRET-key";
const PASSWORD: &str = "SECRET-password";
const WEBHOOK_SECRET: &str = "SECRET-webhook";
const HEADER: &str = "SECRET-header";

static API: Api = Api { name: "a", version: "1", base_url: None, scopes: &[] };
static QUERY_KEY: Scheme =
    Scheme { name: "queryKey", kind: SchemeKind::ApiKey { name: "api_key", place: Place::Query } };
static HEADER_KEY: Scheme =
    Scheme { name: "headerKey", kind: SchemeKind::ApiKey { name: "X-Api-Key", place: Place::Header } };
static COOKIE_KEY: Scheme =
    Scheme { name: "cookieKey", kind: SchemeKind::ApiKey { name: "session", place: Place::Cookie } };
static BASIC: Scheme = Scheme { name: "basic", kind: SchemeKind::Basic };

enum All {}

impl Operation for All {
    const SPEC: Spec = Spec {
        method: Method::POST,
        path: path_template!("/all"),
        security: &[Requirement(&[
            Need { scheme: &OAUTH2, scopes: &[] },
            Need { scheme: &QUERY_KEY, scopes: &[] },
            Need { scheme: &HEADER_KEY, scopes: &[] },
            Need { scheme: &COOKIE_KEY, scopes: &[] },
        ])],
        ..Spec::NEW
    };
    type Output = u64;
    type Failure = Undocumented;

    fn decode(reply: Reply) -> Outcome<Self> {
        match reply.status() {
            200 => reply.output(),
            _ => Err(reply.undocumented()),
        }
    }
}

/// All texts of an error.
fn said<F: std::fmt::Debug>(error: &crate::runtime::error::Error<F>) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!("{cause}\n{cause:?}\n"));
        source = cause.source();
    }
    text
}

fn builder(url: &str) -> ClientBuilder {
    ClientBuilder::new(&API)
        .base_url(url)
        .token_url(format!("{url}/token"))
        .client_credentials("id", CLIENT_SECRET)
        .credential(&QUERY_KEY, Credential::key(KEY))
        .credential(&HEADER_KEY, Credential::key(KEY))
        .credential(&COOKIE_KEY, Credential::key("SECRET/key=%41"))
        .credential(&BASIC, Credential::basic("user", PASSWORD))
        .header("x-secret-header", HEADER)
        .retry(RetryPolicy::none())
}

/// Sends back all that it gets, in every way that a server may.
fn echo(seen: &Seen) -> Vec<u8> {
    let all = format!("{seen:?} {}", seen.text());
    match seen.target.as_str() {
        "/token" => json(200, &format!(r#"{{"access_token":"{TOKEN}","token_type":"bearer","expires_in":60}}"#)),
        target if target.starts_with("/all?kind=status") => json(500, &serde_json::json!({ "echo": all }).to_string()),
        target if target.starts_with("/all?kind=shape") => json(200, &serde_json::to_string(&all).unwrap()),
        _ => b"not HTTP\r\n\r\n".to_vec(),
    }
}

fn blanked(text: &str, secrets: &[&str]) -> String {
    redact::text(text, redact::Hidden { secrets, names: &["pin", "my pin"] })
}

fn check(text: &str) {
    assert!(!text.contains("SECRET"), "{text}");
}

#[tokio::test]
async fn no_secret_is_said() {
    let server = Server::answering(echo).await;
    let body = WebhookInput {
        name: "n".into(),
        sensor: Presence::Absent,
        target_url: "t".into(),
        secret: WEBHOOK_SECRET.into(),
        active: true,
    };
    let builder = builder(&server.url);
    check(&format!("{builder:?} {body:?} {:?}", Credential::basic("user", PASSWORD)));
    let client = builder.build().unwrap();
    let mut said_at_all = 0;
    for kind in ["status", "shape", "broken"] {
        let call = Call::<All>::new(&client).with(|request| request.query("kind", kind).json(&body));
        check(&format!("{call:?} {client:?}"));
        let text = said(&call.await.unwrap_err());
        check(&text);
        said_at_all += text.len();
    }
    assert!(said_at_all > 100);
    let seen = server.seen();
    let sent = seen.iter().find(|seen| seen.target.starts_with("/all")).unwrap();
    assert_eq!(sent.target, format!("/all?kind=status&api_key={KEY}"));
    assert_eq!(sent.header("x-api-key"), Some(KEY));
    assert_eq!(sent.header("cookie"), Some("session=SECRET/key=%41"));
    assert_eq!(sent.header("x-secret-header"), Some(HEADER));
    assert_eq!(sent.header("authorization"), Some("Bearer SECRET-token"));
}

#[tokio::test]
async fn no_secret_is_in_an_error_of_the_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = builder(&url).build().unwrap();
    check(&said(&Call::<All>::new(&client).await.unwrap_err()));
    let refusing = Server::answering(|seen| {
        let body = serde_json::json!({ "error": "invalid_client", "error_description": seen.text() });
        json(400, &body.to_string())
    })
    .await;
    let client = builder(&refusing.url).build().unwrap();
    check(&said(&Call::<All>::new(&client).await.unwrap_err()));
}

#[tokio::test]
async fn hooks_can_print_requests_without_harm() {
    let server = Server::answering(echo).await;
    let client = builder(&server.url).on_request(|request| check(&format!("{:?}", request.headers()))).build().unwrap();
    let _ = Call::<All>::new(&client).await;
    assert!(!server.seen().is_empty());
}

#[test]
fn members_that_speak_of_secrets_are_blanked() {
    let text = |text: &str| blanked(text, &["hunter2"]);
    assert_eq!(text(r#"{"client_secret":"x\"y,","a":"b"}"#), r#"{"client_secret":"***","a":"b"}"#);
    assert_eq!(text(r#"{"apiKey" : 12, "n":{"password":null}}"#), r#"{"apiKey" : ***, "n":{"password":***}}"#);
    assert_eq!(text(r#"{"echo":"{\"secret\":\"a,b\",\"c\":1}"}"#), r#"{"echo":"{\"secret\":\"***\",\"c\":1}"}"#);
    assert_eq!(text("x?api_key=1&a=b\nAuthorization: Bearer z\ny"), "x?api_key=***&a=b\nAuthorization: ***\ny");
    assert_eq!(text(r#"{"tokens":["a","b"],"c":1}"#), r#"{"tokens":***],"c":1}"#);
    assert_eq!(text(r#"{"tokens":["a]b",["c"]],"c":1}"#), r#"{"tokens":***],"c":1}"#);
    assert_eq!(text(r#"{"secret":{"value":"s","of":{"a":"}"}},"c":1}"#), r#"{"secret":***},"c":1}"#);
    assert_eq!(text(r#"user hunter2, "token"#), r#"user ***, "token"#);
    assert_eq!(text(r#"{"token":"cut"#), r#"{"token":"***"#);
}

#[test]
fn members_that_the_description_hides_are_blanked_in_every_format() {
    for (text, expected) in [
        (r#"{"pin":"12\"34","spin":"a"}"#, r#"{"pin":"***","spin":"a"}"#),
        (r#"{"my pin" : 1234}"#, r#"{"my pin" : ***}"#),
        ("a=b&pin=1234&c=d", "a=b&pin=***&c=d"),
        ("<a><pin>1234</pin><spin>a</spin></a>", "<a><pin>***</pin><spin>a</spin></a>"),
        ("<x:pin at=\"b\">1234</x:pin>", "<x:pin at=\"b\">***</x:pin>"),
        ("<password>hunter</password>", "<password>***</password>"),
        (
            "form-data; name=\"pin\"\r\n\r\n1234\r\n--b\r\nform-data; name=\"a\"\r\n\r\n5",
            "form-data; name=\"pin\"\r\n\r\n***--b\r\nform-data; name=\"a\"\r\n\r\n5",
        ),
    ] {
        assert_eq!(blanked(text, &[]), expected);
    }
}

/// Gateways wrap an answer in a text of another format, and escape it once more.
#[test]
fn a_secret_that_is_encoded_several_times_hides_the_whole_text() {
    let secret = "p\"s/w+ord&é";
    let json = |text: &str| serde_json::to_string(text).unwrap().trim_matches('"').to_owned();
    let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let html = |text: &str| text.chars().map(|c| format!("&#{};", c as u32)).collect::<String>();
    let base64 = |text: &str| crate::runtime::base64::base64(text.as_bytes());
    let ways: [&dyn Fn(&str) -> String; 3] = [&json, &percent, &html];
    for outer in ways {
        for inner in ways {
            for innermost in [secret.to_owned(), json(secret), base64(secret)] {
                let text = blanked(&outer(&inner(&innermost)), &[secret]);
                assert!(text.contains("***") && text.len() < 20, "{text}");
            }
        }
    }
    assert_eq!(blanked("%7B%22a%22%3A1%7D &lt;&amp;", &[secret]), "%7B%22a%22%3A1%7D &lt;&amp;");
}

/// A server may say what it got in whatever form it has it.
#[test]
fn a_secret_is_blanked_however_it_is_written() {
    let secret = "p%s/w+o&r\"d <é> \\x";
    let base64 = |text: &str| crate::runtime::base64::base64(text.as_bytes());
    let percent: String = secret.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let unicode: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
    let html: String = secret.chars().map(|c| format!("&#{};", c as u32)).collect();
    let mut encoded = String::new();
    crate::runtime::path::encode(secret, &mut encoded);
    let forms = [
        secret.to_owned(),
        encoded.clone(),
        encoded.to_lowercase(),
        url::form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
        serde_json::to_string(secret).unwrap().trim_matches('"').to_owned(),
        serde_json::to_string(secret).unwrap().trim_matches('"').replace('/', "\\/"),
        secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"),
        percent,
        unicode,
        html,
    ];
    for form in forms {
        assert_eq!(blanked(&format!("so [{form}]"), &[secret]), "so [***]", "{form}");
    }
    for text in [secret.to_owned(), format!("u:{secret}"), format!("us:{secret}!"), format!("usr:{secret}?a")] {
        let (standard, for_urls) = (base64(&text), base64(&text).replace('+', "-").replace('/', "_"));
        for form in [standard.clone(), for_urls, standard.replace('+', "%2B").replace('/', "%2F")] {
            let left = blanked(&form, &[secret]);
            assert!(left.contains("***") && left.len() < 18, "{form}: {left}");
        }
    }
    assert_eq!(blanked("nothing of it", &[secret, "hunter2"]), "nothing of it");
    assert_eq!(blanked("hunter2hunter2 hunter", &["hunter2"]), "****** hunter");
}

/// An excerpt ends before whatever the end of what was read may have cut in two.
#[test]
fn a_secret_that_is_cut_is_not_shown() {
    let secret = "hunter2-hunter2-hunter2";
    let shown = |length: usize| {
        let (long, more) = ("a".repeat(length), "b".repeat(9_000));
        let body = format!(r#"{{"password":"{long}","echo":"{secret}","more":"{more}"}}"#);
        redact::excerpt(body.as_bytes(), redact::Hidden { secrets: &[secret], names: &[] })
    };
    for length in (4_600..5_100).step_by(5) {
        assert!(!shown(length).contains("hunt"), "{length}: {}", shown(length));
    }
    assert!(shown(4_600).starts_with(r#"{"password":"***","echo":"***""#), "{}", shown(4_600));
}

/// Text from a server reaches a terminal without its control characters, and cookies are for that server alone.
#[tokio::test]
async fn servers_command_no_terminal_and_cookies_are_not_shown() {
    let server = Server::answering(|seen| match seen.target.as_str() {
        "/all?kind=type" => message(200, &[("content-type", "te\u{9b}31mxt/plain")], b"x"),
        "/all?kind=shape" => json(200, "{\"a\u{202e}b\u{9b}c\": [}"),
        _ => message(
            418,
            &[("set-cookie", "session=SECRET"), ("set-cookie", "b=SECRET")],
            "a\u{1b}[31m\u{85}\u{202e}".as_bytes(),
        ),
    })
    .await;
    let client = ClientBuilder::new(&API)
        .base_url(&server.url)
        .retry(RetryPolicy::none())
        .allow_anonymous(true)
        .build()
        .unwrap();
    for kind in ["type", "shape", "status"] {
        let error = Call::<All>::new(&client).with(|request| request.query("kind", kind)).await.unwrap_err();
        let text = format!("{error} {error:?} {:?}", error.headers());
        assert!(text.chars().all(|c| !crate::runtime::plain::is_hidden(c)), "{text:?}");
        check(&text);
    }
    let response = client.raw(http::Method::GET, "/cookies").await.unwrap();
    check(&format!("{response:?} {:?}", response.headers));
    assert_eq!(response.headers["set-cookie"], "session=SECRET");
}
