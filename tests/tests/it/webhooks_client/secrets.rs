//! Secrets turn up in nothing that people read, log or paste into a report.

use std::error::Error as StdError;

use serde_json::json;
use webhooks_api::runtime::Credential;
use webhooks_api::types::Webhook;
use webhooks_api::{Error, Secret};
use wiremock::ResponseTemplate;

use super::server::{CLIENT_SECRET, ID, Server, TOKEN, webhook, webhook_but, webhook_input};

const OF_WEBHOOK: &str = "s3cr3t-of-the-webhook";

#[tokio::test]
async fn clients_do_not_show_them() {
    let server = Server::answering(200, json!({ "webhook": webhook() })).await;
    let builder = server.builder().client_credentials("id", CLIENT_SECRET);
    assert_hidden(&format!("{builder:?}{builder:#?}"));
    let client = builder.build().unwrap();
    client.webhooks().get(ID).await.unwrap();
    assert_hidden(&format!("{client:?}{client:#?}{:?}{:?}", client.webhooks(), client.webhooks().get(ID)));
    let client = server.builder().token(TOKEN).build().unwrap();
    assert_hidden(&format!("{client:?}{client:#?}"));
}

#[test]
fn credentials_do_not_show_them() {
    for credential in [Credential::client("id", CLIENT_SECRET), Credential::bearer(TOKEN)] {
        assert_hidden(&format!("{credential:?}"));
    }
    assert_hidden(&format!("{:?}", Secret::from(CLIENT_SECRET)));
}

#[test]
fn webhooks_do_not_show_them() {
    let webhook: Webhook = serde_json::from_value(webhook()).unwrap();
    assert_hidden(&format!("{webhook:?}{webhook:#?}"));
    assert_eq!(webhook.secret.expose(), OF_WEBHOOK, "it is there all the same");
    let mut input = webhook_input();
    input.secret = OF_WEBHOOK.into();
    let call = format!("{input:?}");
    assert!(call.contains("My Webhook"), "{call}");
    assert_hidden(&call);
}

/// Servers like to quote what they were sent.
#[tokio::test]
async fn answers_that_are_not_described_do_not_show_them() {
    let echo = format!("cannot accept the token {TOKEN} of a client with the secret {CLIENT_SECRET}");
    for status in [401, 403, 500] {
        let server = Server::with(ResponseTemplate::new(status).set_body_string(&echo)).await;
        let error = server.client().webhooks().activate(ID).await.unwrap_err();
        assert_error_hides(&error);
        assert!(error.to_string().contains("cannot accept the token"), "{error}");
        assert_eq!(error.body(), echo.as_bytes(), "the program can have it as it came");
    }
}

#[tokio::test]
async fn answers_that_do_not_fit_do_not_show_them() {
    for broken in [
        webhook_but("active", Some(json!("maybe"))),
        webhook_but("secret", Some(json!([OF_WEBHOOK]))),
        webhook_but("secret", Some(json!(["x", OF_WEBHOOK]))),
        webhook_but("updatedAt", None),
    ] {
        let server = Server::answering(200, json!({ "webhook": broken })).await;
        let error = server.client().webhooks().activate(ID).await.unwrap_err();
        assert!(matches!(error, Error::Decode { .. }), "{error:?}");
        assert_error_hides(&error);
    }
}

#[tokio::test]
async fn refusals_of_the_token_endpoint_do_not_show_them() {
    let quoting = json!({ "error": "invalid_client", "error_description": format!("not {CLIENT_SECRET}") });
    let plain = ResponseTemplate::new(200).set_body_json(json!({}));
    let server = Server::granting(ResponseTemplate::new(400).set_body_json(quoting), plain).await;
    let error = server.client().webhooks().list().await.unwrap_err();
    assert!(matches!(error, Error::Auth { .. }), "{error:?}");
    assert_error_hides(&error);
}

fn assert_error_hides(error: &impl StdError) {
    assert_hidden(&format!("{error} {error:?} {error:#?}"));
    let mut cause = error.source();
    while let Some(below) = cause {
        assert_hidden(&format!("{below} {below:?}"));
        cause = below.source();
    }
}

fn assert_hidden(text: &str) {
    for secret in [CLIENT_SECRET, TOKEN, OF_WEBHOOK] {
        assert!(!text.contains(secret), "`{secret}` is in: {text}");
    }
}
