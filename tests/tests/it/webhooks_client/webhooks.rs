//! The seven operations on webhooks: what is sent, and what a success reads as.

use serde_json::{Value, json};
use webhooks_api::Presence;
use webhooks_api::types::Webhook;

use super::server::{ID, Sent, Server, webhook, webhook_input};

#[tokio::test]
async fn list() {
    let server = Server::answering(200, json!({ "webhooks": [webhook(), webhook()] })).await;
    let answer = server.client().webhooks().list().await.unwrap();
    assert_eq!(answer.webhooks.len(), 2);
    answer.webhooks.iter().for_each(assert_is_the_webhook);
    assert_eq!(server.call().await, Sent::bare("GET", "/webhooks/"));
}

#[tokio::test]
async fn list_of_none() {
    let server = Server::answering(200, json!({ "webhooks": [] })).await;
    assert_eq!(server.client().webhooks().list().await.unwrap().webhooks, []);
}

#[tokio::test]
async fn create() {
    let server = Server::answering(201, json!({ "webhook": webhook() })).await;
    let answer = server.client().webhooks().create(&webhook_input()).await.unwrap();
    assert_is_the_webhook(&answer.webhook);
    assert_eq!(server.call().await, Sent::with_body("POST", "/webhooks/", input_on_the_wire()));
}

#[tokio::test]
async fn get() {
    let server = Server::answering(200, json!({ "webhook": webhook() })).await;
    let answer = server.client().webhooks().get(ID).await.unwrap();
    assert_is_the_webhook(&answer.webhook);
    assert_eq!(server.call().await, Sent::bare("GET", &format!("/webhooks/{ID}")));
}

#[tokio::test]
async fn update() {
    let server = Server::answering(200, json!({ "webhook": webhook() })).await;
    let answer = server.client().webhooks().update(ID, &webhook_input()).await.unwrap();
    assert_is_the_webhook(&answer.webhook);
    assert_eq!(server.call().await, Sent::with_body("PUT", &format!("/webhooks/{ID}"), input_on_the_wire()));
}

#[tokio::test]
async fn delete() {
    let server = Server::answering(200, json!({ "status": "success", "message": "gone" })).await;
    let answer = server.client().webhooks().delete(ID).await.unwrap();
    assert_eq!((answer.status.as_str(), answer.message.as_str(), answer.errors), ("success", "gone", None));
    assert_eq!(server.call().await, Sent::bare("DELETE", &format!("/webhooks/{ID}")));
}

#[tokio::test]
async fn activate() {
    let server = Server::answering(200, json!({ "webhook": webhook() })).await;
    let answer = server.client().webhooks().activate(ID).await.unwrap();
    assert_is_the_webhook(&answer.webhook);
    assert_eq!(server.call().await, Sent::bare("PUT", &format!("/webhooks/{ID}/activate")));
}

#[tokio::test]
async fn deactivate() {
    let server = Server::answering(200, json!({ "webhook": webhook() })).await;
    let answer = server.client().webhooks().deactivate(ID).await.unwrap();
    assert_is_the_webhook(&answer.webhook);
    assert_eq!(server.call().await, Sent::bare("PUT", &format!("/webhooks/{ID}/deactivate")));
}

/// An id is one segment of the path, whatever is in it; what looks encoded is a text like any other.
#[tokio::test]
async fn an_id_stays_one_segment() {
    let server = Server::answering(200, json!({ "webhook": webhook() })).await;
    let client = server.client();
    for id in ["a/b?c#d e%2F:ü", "%2e%2E"] {
        client.webhooks().activate(id).await.unwrap();
    }
    let targets: Vec<String> = server.calls().await.into_iter().map(|call| call.target).collect();
    assert_eq!(targets, ["/webhooks/a%2Fb%3Fc%23d%20e%252F%3A%C3%BC/activate", "/webhooks/%252e%252E/activate"]);
}

#[tokio::test]
async fn status_and_headers_are_there_for_those_who_ask() {
    let server = Server::answering(201, json!({ "webhook": webhook() })).await;
    let response = server.client().webhooks().create(&webhook_input()).with_response().await.unwrap();
    assert_eq!(response.status, 201);
    assert_eq!(response.headers["content-type"], "application/json");
    assert_is_the_webhook(&response.body.webhook);
}

fn input_on_the_wire() -> Value {
    json!({
        "active": true,
        "description": "Sends data",
        "name": "My Webhook",
        "secret": "secret123",
        "sensor": "sensor123",
        "targetUrl": "https://example.com/webhook",
    })
}

fn assert_is_the_webhook(found: &Webhook) {
    assert_eq!(found.id, ID);
    assert_eq!(found.sensor, Presence::Present("sensor123".to_owned()));
    assert_eq!(found.name, "My Webhook");
    assert_eq!(found.description.as_deref(), Some("This webhook is used to send data to the example.com/webhook"));
    assert_eq!(found.target_url, "https://example.com/webhook");
    assert_eq!(found.secret.expose(), "s3cr3t-of-the-webhook");
    assert!(found.active);
    assert_eq!(found.created_at.as_ref().map(|time| time.as_second()), Some(1_609_459_200));
    assert_eq!(found.updated_at.as_millisecond(), 1_609_556_645_678);
    assert_eq!(found.deleted_at, None);
}
