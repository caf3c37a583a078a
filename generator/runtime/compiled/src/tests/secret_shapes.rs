//! A table of secrets, of the shapes in which a server may repeat one, and of the places where a caller reads what a server said.

use std::error::Error as _;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use super::sample::OAUTH2;
use super::server::{Server, json, message};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::error::Undocumented;
use crate::runtime::operation::{Operation, Outcome};
use crate::runtime::path::path_template;
use crate::runtime::reply::Reply;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::security::{Credential, Need, Place, Requirement, Scheme, SchemeKind};
use crate::runtime::spec::{Api, Method, Spec};

/// The secrets of a client, each with characters that some encodings change.
const SECRETS: [(&str, &str); 6] = [
    ("client secret", "cl/ient+S%cret <&é\">\\'1"),
    ("access token", "t0ken+Of/the~server==-._"),
    ("key in the query", "k3y&in=the?Query#/+ %41"),
    ("key in a header", "k3y<in>\"a'Header\\&/+%41"),
    ("password", "p4ss/word+é漢😀<&>\"'\\ %"),
    ("default header", "h3ader\"of<the>Client'/+%\\"),
];

static API: Api = Api { name: "a", version: "1", base_url: None, scopes: &[] };
static QUERY_KEY: Scheme = Scheme { name: "query", kind: SchemeKind::ApiKey { name: "api_key", place: Place::Query } };
static HEADER_KEY: Scheme = Scheme { name: "header", kind: SchemeKind::ApiKey { name: "x-key", place: Place::Header } };
static BASIC: Scheme = Scheme { name: "basic", kind: SchemeKind::Basic };

enum Ask {}

impl Operation for Ask {
    const SPEC: Spec = Spec {
        method: Method::POST,
        path: path_template!("/ask"),
        security: &[Requirement(&[
            Need { scheme: &OAUTH2, scopes: &[] },
            Need { scheme: &QUERY_KEY, scopes: &[] },
            Need { scheme: &HEADER_KEY, scopes: &[] },
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

/// The shapes of a secret.
fn shapes(secret: &str) -> Vec<(&'static str, String)> {
    let bytes = secret.as_bytes();
    let each = |write: &dyn Fn(u8) -> String| bytes.iter().map(|byte| write(*byte)).collect::<String>();
    let json = serde_json::to_string(secret).unwrap().trim_matches('"').to_owned();
    let entities = |write: &dyn Fn(u32) -> String| secret.chars().map(|c| write(c as u32)).collect::<String>();
    let named = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    // All but letters and digits is an escape of its own, and these stay as they are.
    let lower = |part: &str| if part.starts_with('%') { part.to_lowercase() } else { part.to_owned() };
    let mut percent = String::new();
    crate::runtime::path::encode(secret, &mut percent);
    vec![
        ("plain", secret.to_owned()),
        ("Base64", STANDARD.encode(secret)),
        ("Base64 without padding", STANDARD_NO_PAD.encode(secret)),
        ("Base64 for URLs", URL_SAFE.encode(secret)),
        ("Base64 for URLs without padding", URL_SAFE_NO_PAD.encode(secret)),
        ("Base64 behind a user", STANDARD.encode(format!("user:{secret}"))),
        ("Base64 for URLs, second offset", URL_SAFE_NO_PAD.encode(format!("a{secret}b"))),
        ("form", url::form_urlencoded::byte_serialize(bytes).collect()),
        ("percent", percent.clone()),
        ("percent in lower case", url::form_urlencoded::byte_serialize(bytes).map(lower).collect()),
        ("percent, all of it", each(&|byte| format!("%{byte:02X}"))),
        ("JSON", json.clone()),
        ("JSON with slashes", json.replace('/', "\\/")),
        ("JSON, all of it", secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()),
        ("JSON of JSON", serde_json::to_string(&json).unwrap().trim_matches('"').to_owned()),
        ("HTML", named.clone()),
        ("HTML with apostrophes", named.replace('\'', "&#39;").replace('/', "&#x2F;")),
        ("HTML, all of it", entities(&|number| format!("&#{number};"))),
        ("HTML, hexadecimal", entities(&|number| format!("&#X{number:04X};"))),
        ("hexadecimal", each(&|byte| format!("{byte:02x}"))),
        ("hexadecimal in capitals", each(&|byte| format!("{byte:02X}"))),
        ("hexadecimal with colons", each(&|byte| format!("{byte:02X}:"))),
        ("escapes of bytes", each(&|byte| format!("\\x{byte:02x}"))),
    ]
}

/// The answers that repeat a text, each with the path of the request that gets it.
fn answers(text: &str) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let quoted = serde_json::to_string(text).unwrap();
    let plain: String = text.chars().filter(|c| c.is_ascii() && !c.is_ascii_control()).collect();
    let token = |body: &str| json(200, body);
    vec![
        ("a body of JSON", "/ask", json(500, &format!("{{\"message\":\"so {text} it was\"}}"))),
        ("a text in JSON", "/ask", json(500, &format!("{{\"message\":{quoted}}}"))),
        ("a text", "/ask", message(403, &[("content-type", "text/plain")], format!("so {text}.").as_bytes())),
        ("a page", "/ask", message(502, &[("content-type", "text/html")], format!("<p>{text}</p>").as_bytes())),
        ("a value of another type", "/ask", json(200, &quoted)),
        ("the name of a member", "/ask", json(200, &format!("{{{quoted}:1}}"))),
        ("a text that is no JSON", "/ask", json(200, text)),
        ("another media type", "/ask", message(200, &[("content-type", &format!("text/x; a=\"{plain}\""))], b"x")),
        ("a cookie", "/ask", message(500, &[("set-cookie", &format!("a={plain}"))], b"x")),
        ("an address", "/ask", message(307, &[("location", &format!("http://127.0.0.1:1/?{plain}"))], b"")),
        ("a long name", "/ask", json(200, &format!("{{\"{}{text}\":{{\"a\":", "n".repeat(80)))),
        ("what is no HTTP", "/ask", format!("HTTP/1.1 abc {plain}\r\n\r\n").into_bytes()),
        ("a refused token", "/token", json(400, &format!("{{\"error\":{quoted},\"error_description\":{quoted}}}"))),
        ("a token of another type", "/token", token(&format!("{{\"access_token\":\"a\",\"token_type\":{quoted}}}"))),
        ("a text for a token", "/token", token(&quoted)),
        (
            "a number that is a text",
            "/token",
            token(&format!("{{\"access_token\":\"a\",\"refresh_token\":[{quoted}]}}")),
        ),
        ("a member of a token", "/token", token(&format!("{{{quoted}:"))),
        ("a token that is a text", "/token", message(500, &[], format!("so {text}.").as_bytes())),
    ]
}

/// All that an error and its sources say, by the place in which it is said.
fn said<F>(error: &crate::runtime::error::Error<F>) -> Vec<(&'static str, String)> {
    let mut chain = String::new();
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = writeln!(chain, "{cause}\n{cause:?}\n{cause:#?}");
        source = cause.source();
    }
    vec![
        ("Display", error.to_string()),
        ("Debug", format!("{error:?}")),
        ("Debug in lines", format!("{error:#?}")),
        ("the sources", chain),
    ]
}

/// Returns whether a text has a secret, or two thirds of the shape in which a server repeated it.
fn shows(text: &str, secret: &str, shape: &str) -> bool {
    let third = |at: usize| shape.char_indices().nth(shape.chars().count() * at / 3).map_or(shape.len(), |(at, _)| at);
    let parts = [&shape[..third(2)], &shape[third(1)..]];
    text.contains(secret)
        || parts.iter().any(|part| text.contains(part) || text.contains(&part.escape_debug().to_string()))
}

fn builder(url: &str) -> ClientBuilder {
    let [client, _, query, header, password, default] = SECRETS.map(|(_, secret)| secret);
    ClientBuilder::new(&API)
        .base_url(url)
        .token_url(format!("{url}/token"))
        .credential(&QUERY_KEY, Credential::key(query))
        .credential(&HEADER_KEY, Credential::key(header))
        .credential(&BASIC, Credential::basic("user", password))
        .header("x-secret", default)
        .client_credentials("id", client)
        .retry(RetryPolicy::none())
}

/// The present answer of the server to the requests of one path.
#[derive(Default)]
struct Answers {
    path: &'static str,
    answer: Vec<u8>,
}

/// Every secret in every shape, every shape in every answer, and every answer with every secret.
#[tokio::test]
async fn no_shape_of_a_secret_is_shown_anywhere() {
    one_of(3).await;
}

#[tokio::test]
#[ignore = "takes a quarter of a minute"]
async fn no_shape_of_a_secret_is_shown_in_any_answer() {
    one_of(1).await;
}

/// Tries one of `part` combinations of a secret, a shape and an answer, so that each two of them meet, and all answers to requests for
/// tokens.
async fn one_of(part: usize) {
    let answers_now = Arc::new(Mutex::new(Answers::default()));
    let shared = answers_now.clone();
    let token = serde_json::json!({ "access_token": SECRETS[1].1, "token_type": "bearer", "expires_in": 3_600 });
    let server = Server::answering(move |seen| {
        let now = shared.lock().unwrap();
        if seen.target.starts_with(now.path) { now.answer.clone() } else { json(200, &token.to_string()) }
    })
    .await;
    let client_with_token = builder(&server.url).build().unwrap();
    let (mut cells, mut leaks) = (0, Vec::new());
    for (secret_at, (name, secret)) in SECRETS.into_iter().enumerate() {
        for (shape_at, (shape, text)) in shapes(secret).into_iter().enumerate() {
            for (answer_at, (place, path, answer)) in answers(&text).into_iter().enumerate() {
                let asks_for_token = path == "/token";
                // The server of tokens was given no other secret, and only a client without a token asks it.
                let is_left_out = match asks_for_token {
                    true => name != "client secret",
                    false => (secret_at + shape_at + answer_at) % part != 0,
                };
                if is_left_out {
                    continue;
                }
                *answers_now.lock().unwrap() = Answers { path, answer };
                let client =
                    if asks_for_token { builder(&server.url).build().unwrap() } else { client_with_token.clone() };
                let log = super::tracing::Log::default();
                let error = {
                    let _guard = tracing::subscriber::set_default(log.clone());
                    Call::<Ask>::new(&client).await.unwrap_err()
                };
                let mut texts = said(&error);
                texts.push(("tracing", log.text()));
                texts.push(("Debug of the client", format!("{client:?}")));
                for (reader, said) in texts {
                    cells += 1;
                    if shows(&said, secret, &text) {
                        leaks.push(format!("{name}, {shape}, {place}, {reader}: {said}"));
                    }
                }
            }
        }
    }
    println!("{cells} cells, {} leaks", leaks.len());
    assert!(cells > 9_000 / part, "{cells}");
    assert!(leaks.is_empty(), "{} of {cells}:\n{}", leaks.len(), leaks[..leaks.len().min(400)].join("\n"));
}
