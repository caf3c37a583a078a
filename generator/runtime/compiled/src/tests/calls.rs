//! Calls that go well, and those that the API refuses.

use std::time::Duration;

use super::sample::{FilterType, Scope, Update, UpdateError, WebhookInput};
use super::server::{Seen, Server, json};
use crate::runtime::cause::AuthError;
use crate::runtime::client::Client;
use crate::runtime::error::{Error, Phase};
use crate::runtime::number_enum;
use crate::runtime::operation::Operation;
use crate::runtime::presence::Presence;

const WEBHOOK: &str = r#"{"webhook":{"id":"1","name":"n","description":null,"targetUrl":"https://t","secret":"s3cr3t-w","active":true,"createdAt":"2021-01-01T00:00:00.000Z"}}"#;

fn api(seen: &Seen) -> Vec<u8> {
    match (seen.method.as_str(), seen.target.as_str()) {
        ("POST", "/token") => json(200, r#"{"access_token":"tok","token_type":"Bearer","expires_in":3600}"#),
        _ if seen.header("authorization") != Some("Bearer tok") => json(401, r#"{"error":"no"}"#),
        ("PUT", "/webhooks/bad") => {
            json(400, r#"{"message":"wrong","details":[{"path":["targetUrl"],"message":"no URL"}]}"#)
        }
        ("DELETE", _) => b"HTTP/1.1 204 X\r\n\r\n".to_vec(),
        ("GET", "/webhook-filters/webhook/w") => json(
            200,
            r#"{"filters":[{"filterKey":"k","filterType":"duration"},{"filterKey":"k","filterType":"number"}]}"#,
        ),
        ("GET", "/webhooks/gone") => json(404, r#"{"error":"gone","secret":"s3cr3t-w"}"#),
        ("GET", "/webhooks/") | ("GET", "/webhooks/?limit=3") => json(200, "[]"),
        ("GET", "/webhooks/misfit") => json(200, &WEBHOOK.replace("true", "\"s3cr3t-w\"")),
        ("POST", _) => json(201, WEBHOOK),
        _ => json(200, WEBHOOK),
    }
}

async fn client(server: &Server) -> Client {
    Client::builder()
        .base_url(&server.url)
        .token_url(format!("{}/token", server.url))
        .client_credentials("id", "s3cr3t/+ %&=:")
        .build()
        .expect("a client")
}

fn input() -> WebhookInput {
    WebhookInput {
        name: "n".into(),
        sensor: Presence::Null,
        target_url: "https://t".into(),
        secret: "s".into(),
        active: true,
    }
}

#[tokio::test]
async fn a_webhook_is_activated() {
    let server = Server::answering(api).await;
    let client = client(&server).await;
    let webhook = client.webhooks().activate("a/b").await.unwrap().webhook;
    assert_eq!(webhook.secret.expose(), "s3cr3t-w");
    assert_eq!(webhook.sensor, Presence::Absent);
    assert_eq!(serde_json::to_value(&webhook).unwrap()["createdAt"], "2021-01-01T00:00:00.000Z");
    let seen = server.seen();
    assert_eq!(seen[0].text(), "grant_type=client_credentials&client_id=id&client_secret=s3cr3t%2F%2B%20%25%26%3D%3A");
    assert_eq!((seen[1].method.as_str(), seen[1].target.as_str()), ("PUT", "/webhooks/a%2Fb/activate"));
    assert_eq!(seen[1].header("user-agent"), Some("webhooks-api/1.0.0"));
}

#[tokio::test]
async fn bodies_and_parameters_are_sent_as_described() {
    let server = Server::answering(api).await;
    let client = client(&server).await;
    client.webhooks().create(&input()).await.unwrap();
    client.webhooks().list().limit(3).await.unwrap();
    client.webhooks().delete("1").await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[1].text(), r#"{"name":"n","targetUrl":"https://t","secret":"s","active":true,"sensor":null}"#);
    assert_eq!(seen[1].header("content-type"), Some("application/json"));
    assert_eq!(seen[2].target, "/webhooks/?limit=3");
    assert_eq!(server.count("/token"), 1);
}

#[tokio::test]
async fn a_documented_failure_is_typed() {
    let server = Server::answering(api).await;
    let client = client(&server).await;
    match client.webhooks().update("bad", &input()).timeout(Duration::from_secs(5)).await {
        Err(Error::Api { failure: UpdateError::BadRequest(problem), .. }) => {
            assert_eq!(problem.details[0].path, ["targetUrl"]);
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_undocumented_status_says_what_came() {
    let server = Server::answering(api).await;
    let client = client(&server).await;
    let error = client.webhooks().get("gone").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(
        error.to_string(),
        r#"GET /webhooks/{id}: the API answered 404 Not Found: {"error":"gone","secret":"***"}"#
    );
    assert!(!error.is_retryable() && error.was_sent());
    assert!(error.body().ends_with(b"s3cr3t-w\"}"));
}

#[tokio::test]
async fn a_body_of_another_shape_says_where() {
    let server = Server::answering(api).await;
    let client = client(&server).await;
    let error = client.webhooks().get("misfit").await.unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("invalid type: string …, expected a boolean at `$.webhook.active`"), "{text}");
}

#[tokio::test]
async fn unknown_enum_values_are_kept() {
    let server = Server::answering(api).await;
    let client = client(&server).await;
    let filters = client.webhook_filters().list_by_webhook("w").await.unwrap().filters;
    assert_eq!(filters[0].filter_type, FilterType::Other("duration".into()));
    assert_eq!(filters[1].filter_type, FilterType::Number);
    assert_eq!(serde_json::to_string(&filters[0]).unwrap(), r#"{"filterKey":"k","filterType":"duration"}"#);
    assert_eq!("string".parse(), Ok(FilterType::String));
}

#[tokio::test]
async fn status_and_headers_can_be_had() {
    let server = Server::answering(api).await;
    let client = client(&server).await;
    let created = client.webhooks().create(&input()).with_response().await.unwrap();
    assert_eq!(created.status, 201);
    assert_eq!(created.headers["content-type"], "application/json");
    assert_eq!(created.webhook.id, "1");
}

#[tokio::test]
async fn what_is_not_described_can_be_called() {
    let server = Server::answering(api).await;
    let client = client(&server).await;
    let call = client.raw(http::Method::PATCH, "/new/{id}").path_parameter("id", "ä").json(&[1]);
    let answer = call.extra_query("q", "a&b").await.unwrap();
    assert_eq!(answer.status, 200);
    let seen = server.seen().pop().unwrap();
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("PATCH", "/new/%C3%A4?q=a%26b"));
    assert_eq!(seen.text(), "[1]");
}

#[tokio::test]
async fn without_a_credential_nothing_is_sent() {
    let server = Server::answering(api).await;
    let client = Client::builder().base_url(&server.url).build().unwrap();
    let error = client.webhooks().list().await.unwrap_err();
    assert!(matches!(&error, Error::Auth { cause, .. } if matches!(**cause, AuthError::NoCredential { .. })));
    assert!(!error.was_sent() && server.seen().is_empty());
}

#[tokio::test]
async fn a_silent_server_ends_in_a_timeout() {
    let server = Server::serving(|_, stream| async move {
        tokio::time::sleep(Duration::from_secs(60)).await;
        Some(stream)
    })
    .await;
    let client = Client::builder().base_url(&server.url).token("t").build().unwrap();
    let error = client.webhooks().list().timeout(Duration::from_millis(200)).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { phase: Phase::Response, .. }), "{error:?}");
    assert!(error.is_retryable());
}

#[test]
fn scopes_are_sent_by_their_urls() {
    assert_eq!(Scope::Admin.as_str(), "https://purl.imsglobal.org/spec/caliper/v1p1/scope/admin");
    assert_eq!(Scope::from("x").to_string(), "x");
    assert_eq!(Update::SPEC.security.len(), 1);
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Priority {
    Low,
    High,
    Unlisted(i64),
}

number_enum! { Priority: i64 { Low = 1, High = -2 } else Unlisted }

#[test]
fn enumerations_of_numbers_stay_open() {
    let read: Vec<Priority> = serde_json::from_str("[1,-2,7]").unwrap();
    assert_eq!(read, [Priority::Low, Priority::High, Priority::Unlisted(7)]);
    assert_eq!(serde_json::to_string(&read).unwrap(), "[1,-2,7]");
    assert_eq!(Priority::VALUES, [Priority::Low, Priority::High]);
    assert_eq!("-2".parse(), Ok(Priority::High));
    assert_eq!("7".parse(), Ok(Priority::Unlisted(7)));
    assert!("high".parse::<Priority>().is_err());
}

#[test]
fn a_presence_takes_what_an_option_takes() {
    let present = Presence::Present("a".to_owned());
    let (null, absent) = (Presence::<String>::Null, Presence::<String>::Absent);
    assert_eq!([&present, &null, &absent].map(Presence::as_deref), [Some("a"), None, None]);
    assert_eq!(present.clone().unwrap_or_default() + &null.clone().unwrap_or("b".to_owned()), "ab");
    assert_eq!(absent.clone().unwrap_or_else(|| "c".to_owned()), "c");
    assert_eq!([present.clone(), null.clone()].map(|it| it.ok_or(())), [Ok("a".to_owned()), Err(())]);
    assert!(present.clone().is_present_and(|text| text == "a") && !null.clone().is_present_and(|_| true));
    assert_eq!(present.as_ref().map(String::len).map_or(0, |length| length + 1), 2);
    assert_eq!(present.as_ref().cloned(), present);
    assert_eq!(Presence::Present(1).and_then(|_| Presence::<i64>::Null), Presence::Null);
    assert_eq!(
        [Presence::<i64>::from(None::<i64>), Presence::or_absent(None), Presence::or_absent(Some(1))],
        [Presence::Null, Presence::Absent, Presence::from(1),]
    );
    assert_eq!([present.iter().count(), null.iter().count(), absent.iter().count()], [1, 0, 0]);
    let mut taken = present.clone();
    if let Presence::Present(text) = taken.as_mut() {
        text.push('b');
    }
    assert_eq!(Option::<String>::from(taken.take()), Some("ab".to_owned()));
    assert_eq!(taken, Presence::Absent);
}

#[test]
fn calls_can_go_to_other_threads() {
    fn check<T: Send>(_: T) {}
    let client = Client::builder().token("t").build().unwrap();
    check(client.webhooks().list().into_future());
}

/// A call's future is allocated once. Allocators keep small pieces at hand, glibc's up to 1,032 bytes; larger ones cost more.
#[test]
fn a_call_is_a_small_piece_of_memory() {
    use crate::runtime::{request::Request, send};
    let client = Client::builder().token("t").build().unwrap();
    let mut request = Request::new(&Update::SPEC);
    let sending = size_of_val(&send::send(&client, &mut request));
    let whole = size_of::<Request>() + sending + 2 * size_of::<usize>();
    println!("{whole} bytes, {sending} of them for sending");
    assert!(whole <= 1032, "{whole} bytes");
}
