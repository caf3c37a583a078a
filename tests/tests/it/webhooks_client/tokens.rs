//! Tokens: how they are asked for, how often, and what happens when one is refused.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use webhooks_api::{AuthError, Client, Error, Scope};
use wiremock::{Request, Respond, ResponseTemplate};

use super::server::{CLIENT_ID, CLIENT_SECRET, ID, Server, TOKEN, TOKEN_PATH};

/// RFC 6749, sections 2.3.1 and 4.4.2.
#[tokio::test]
async fn credentials_go_into_the_form() {
    let server = server().await;
    server.client().webhooks().list().await.unwrap();
    let forms = server.token_requests().await;
    let [form] = &forms[..] else { panic!("{forms:?}") };
    assert_eq!(form.authorization, None);
    assert_eq!(form.content_type.as_deref(), Some("application/x-www-form-urlencoded"));
    assert_eq!(form.get("grant_type"), Some("client_credentials"));
    assert_eq!(form.get("client_id"), Some(CLIENT_ID));
    assert_eq!(form.get("client_secret"), Some(CLIENT_SECRET));
    assert_eq!(form.get("scope"), None);
    assert_eq!(form.pairs.len(), 3, "{form:?}");
}

#[tokio::test]
async fn scopes_are_asked_for_in_one_field() {
    let server = server().await;
    let builder = server.builder().client_credentials(CLIENT_ID, CLIENT_SECRET);
    let client = builder.scopes([Scope::WebhookCreate, Scope::Admin]).build().unwrap();
    client.webhooks().list().await.unwrap();
    let form = server.token_requests().await.remove(0);
    let scopes = "https://purl.imsglobal.org/spec/caliper/v1p1/scope/webhook.create \
                  https://purl.imsglobal.org/spec/caliper/v1p1/scope/admin";
    assert_eq!(form.get("scope"), Some(scopes));
    assert!(form.raw.contains("scope=https%3A%2F%2Fpurl.imsglobal.org%2F"), "{}", form.raw);
}

#[tokio::test]
async fn one_token_serves_a_client_and_its_clones() {
    let server = server().await;
    let client = server.client();
    client.webhooks().list().await.unwrap();
    client.clone().webhooks().activate(ID).await.unwrap_err();
    client.webhooks().list().await.unwrap();
    assert_eq!(server.token_requests().await.len(), 1);
    assert_eq!(server.calls().await.len(), 3);

    server.client().webhooks().list().await.unwrap();
    assert_eq!(server.token_requests().await.len(), 2, "another client has a token of its own");
}

#[tokio::test]
async fn many_callers_wait_for_one_token() {
    let server = server().await;
    let client = server.client();
    let calls: Vec<_> = (0..50)
        .map(|_| client.clone())
        .map(|client| tokio::spawn(async move { client.webhooks().list().await.map(drop) }))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.token_requests().await.len(), 1);
    assert_eq!(server.calls().await.len(), 50);
}

#[tokio::test]
async fn a_token_that_is_over_is_not_used_again() {
    let over = ResponseTemplate::new(200).set_body_json(json!({ "access_token": TOKEN, "expires_in": 0 }));
    let server = Server::granting(over, ResponseTemplate::new(200).set_body_json(no_webhooks())).await;
    let client = server.client();
    client.webhooks().list().await.unwrap();
    client.webhooks().list().await.unwrap();
    assert_eq!(server.token_requests().await.len(), 2);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_and_the_call_repeated() {
    let server = Server::granting(NumberedTokens::default(), Accepting("Bearer token-2")).await;
    let client = server.client();
    client.webhooks().list().await.unwrap();
    assert_eq!(server.token_requests().await.len(), 2);
    assert_eq!(authorizations(&server).await, ["Bearer token-1", "Bearer token-2"]);

    client.webhooks().list().await.unwrap();
    assert_eq!(server.token_requests().await.len(), 2, "the second token is kept");
}

/// A body is sent again with the call.
#[tokio::test]
async fn a_repeated_call_is_the_same_call() {
    let server = Server::granting(NumberedTokens::default(), Accepting("Bearer token-2")).await;
    let _ = server.client().webhooks().update(ID, &super::server::webhook_input()).await;
    let mut calls = server.calls().await;
    calls.iter_mut().for_each(|call| call.authorization = None);
    let [first, second] = &calls[..] else { panic!("{calls:?}") };
    assert_eq!(first, second);
    assert_eq!(first.body.as_ref().unwrap()["name"], "My Webhook");
}

#[tokio::test]
async fn a_second_refusal_is_the_answer() {
    let server = Server::granting(NumberedTokens::default(), Accepting("nothing")).await;
    let error = server.client().webhooks().list().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(authorizations(&server).await, ["Bearer token-1", "Bearer token-2"]);
    assert_eq!(server.token_requests().await.len(), 2);
}

#[tokio::test]
async fn a_token_of_ones_own_is_sent_and_never_asked_for() {
    let server = server().await;
    let client = server.builder().token("mine").build().unwrap();
    client.webhooks().list().await.unwrap();
    assert_eq!(authorizations(&server).await, ["Bearer mine"]);
    assert!(server.token_requests().await.is_empty());
}

#[tokio::test]
async fn without_a_credential_nothing_is_sent() {
    let server = server().await;
    let client = server.builder().build().unwrap();
    let error = client.webhooks().list().await.unwrap_err();
    let Error::Auth { cause, .. } = &error else { panic!("{error:?}") };
    assert!(matches!(&**cause, AuthError::NoCredential { schemes } if schemes == &["OAuth2"]), "{cause:?}");
    assert!(!error.was_sent());
    assert!(server.calls().await.is_empty() && server.token_requests().await.is_empty());
}

/// RFC 6749, section 5.2.
#[tokio::test]
async fn a_token_endpoint_that_refuses_is_quoted() {
    let refusal = json!({ "error": "invalid_client", "error_description": "unknown client" });
    let server = Server::granting(
        ResponseTemplate::new(401).set_body_json(refusal),
        ResponseTemplate::new(200).set_body_json(no_webhooks()),
    )
    .await;
    let error = server.client().webhooks().list().await.unwrap_err();
    let Error::Auth { cause, .. } = &error else { panic!("{error:?}") };
    let AuthError::Refused { status, code, description, .. } = &**cause else { panic!("{cause:?}") };
    assert_eq!(
        (*status, code.as_deref(), description.as_deref()),
        (401, Some("invalid_client"), Some("unknown client"))
    );
    assert!(!error.is_retryable() && error.to_string().contains("invalid_client"), "{error}");
    assert!(server.calls().await.is_empty());
}

/// The default URLs are those of the document.
#[tokio::test]
async fn urls_are_those_of_the_document() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&seen);
    let transport = move |request: reqwest::Request| {
        record.lock().unwrap().push(format!("{} {}", request.method(), request.url()));
        let body = if request.url().path() == TOKEN_PATH { json!({ "access_token": TOKEN }) } else { no_webhooks() };
        let answer = http::Response::builder().header("content-type", "application/json").body(body.to_string());
        std::future::ready(Ok(reqwest::Response::from(answer.unwrap())))
    };
    let client = Client::builder().client_credentials("id", "secret").transport(transport).build().unwrap();
    client.webhooks().list().await.unwrap();
    let token_url = "https://prod-beyond-timeback-api-2-idp.auth.us-east-1.amazoncognito.com/oauth2/token";
    let wanted = [format!("POST {token_url}"), "GET https://caliper.alpha-1edtech.ai/webhooks/".to_owned()];
    assert_eq!(*seen.lock().unwrap(), wanted);
}

fn no_webhooks() -> Value {
    json!({ "webhooks": [] })
}

/// Grants `TOKEN`, and answers with an empty list.
async fn server() -> Server {
    Server::answering(200, no_webhooks()).await
}

async fn authorizations(server: &Server) -> Vec<String> {
    server.calls().await.into_iter().filter_map(|call| call.authorization).collect()
}

/// `token-1`, `token-2`, …
#[derive(Default)]
struct NumberedTokens(AtomicUsize);

impl Respond for NumberedTokens {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let token = json!({ "access_token": format!("token-{number}"), "token_type": "bearer", "expires_in": 3600 });
        ResponseTemplate::new(200).set_body_json(token)
    }
}

/// Lets in one `Authorization` only.
struct Accepting(&'static str);

impl Respond for Accepting {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let given = request.headers.get("authorization").and_then(|value| value.to_str().ok());
        if given == Some(self.0) {
            ResponseTemplate::new(200).set_body_json(no_webhooks())
        } else {
            ResponseTemplate::new(401).set_body_json(json!({ "message": "Unauthorized" }))
        }
    }
}
