//! The six operations on filters: what is sent, and what a success reads as.

use serde_json::{Value, json};
use webhooks_api::types::{Filter, FilterOperation, FilterType};

use super::server::{ID, Sent, Server, filter, filter_input};

#[tokio::test]
async fn list() {
    let server = Server::answering(200, json!({ "filters": [filter()] })).await;
    let answer = server.client().webhook_filters().list().await.unwrap();
    assert_eq!(answer.filters.len(), 1);
    assert_is_the_filter(&answer.filters[0]);
    assert_eq!(server.call().await, Sent::bare("GET", "/webhook-filters/"));
}

#[tokio::test]
async fn create() {
    let server = Server::answering(201, json!({ "filter": filter() })).await;
    let answer = server.client().webhook_filters().create(&filter_input()).await.unwrap();
    assert_is_the_filter(&answer.filter);
    assert_eq!(server.call().await, Sent::with_body("POST", "/webhook-filters/", input_on_the_wire()));
}

#[tokio::test]
async fn get() {
    let server = Server::answering(200, json!({ "filter": filter() })).await;
    let answer = server.client().webhook_filters().get(ID).await.unwrap();
    assert_is_the_filter(&answer.filter);
    assert_eq!(server.call().await, Sent::bare("GET", &format!("/webhook-filters/{ID}")));
}

#[tokio::test]
async fn update() {
    let server = Server::answering(200, json!({ "filter": filter() })).await;
    let answer = server.client().webhook_filters().update(ID, &filter_input()).await.unwrap();
    assert_is_the_filter(&answer.filter);
    assert_eq!(server.call().await, Sent::with_body("PUT", &format!("/webhook-filters/{ID}"), input_on_the_wire()));
}

#[tokio::test]
async fn delete() {
    let errors = json!({ "id": ["unknown", 7] });
    let server = Server::answering(200, json!({ "status": "error", "message": "kept", "errors": errors })).await;
    let answer = server.client().webhook_filters().delete(ID).await.unwrap();
    assert_eq!((answer.status.as_str(), answer.message.as_str()), ("error", "kept"));
    assert_eq!(answer.errors.map(Value::Object), Some(errors));
    assert_eq!(server.call().await, Sent::bare("DELETE", &format!("/webhook-filters/{ID}")));
}

#[tokio::test]
async fn list_by_webhook() {
    let server = Server::answering(200, json!({ "filters": [filter(), filter()] })).await;
    let answer = server.client().webhook_filters().list_by_webhook(ID).await.unwrap();
    assert_eq!(answer.filters.len(), 2);
    answer.filters.iter().for_each(assert_is_the_filter);
    assert_eq!(server.call().await, Sent::bare("GET", &format!("/webhook-filters/webhook/{ID}")));
}

/// `/webhook-filters/:id` and `/webhook-filters/{id}` are one path of the document, in two notations.
#[tokio::test]
async fn both_notations_of_a_parameter_are_filled_alike() {
    let server = Server::answering(200, json!({ "filter": filter() })).await;
    let (client, input) = (server.client(), filter_input());
    client.webhook_filters().get("a b").await.unwrap();
    client.webhook_filters().update("a b", &input).await.unwrap();
    let targets: Vec<String> = server.calls().await.into_iter().map(|call| call.target).collect();
    assert_eq!(targets, ["/webhook-filters/a%20b", "/webhook-filters/a%20b"]);
}

fn input_on_the_wire() -> Value {
    json!({
        "active": true,
        "filterKey": "sensor",
        "filterOperation": "startsWith",
        "filterType": "string",
        "filterValue": "sensor",
        "webhookId": ID,
    })
}

fn assert_is_the_filter(found: &Filter) {
    assert_eq!(found.webhook_id, ID);
    assert_eq!(found.filter_key, "sensor");
    assert_eq!(found.filter_value, "sensor123");
    assert_eq!(found.filter_type, FilterType::String);
    assert_eq!(found.filter_operation, FilterOperation::NotContains);
    assert!(!found.active);
    assert_eq!(found.created_at.as_second(), 1_609_459_200);
    assert_eq!(found.updated_at, found.created_at);
    assert_eq!(found.deleted_at, None);
}
