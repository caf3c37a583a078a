//! Tests of the messages of errors, each with its causes.

use std::error::Error;
use std::time::Duration;

use serde_json::json;
use webhooks_api::{Client, RetryPolicy};
use wiremock::ResponseTemplate;

use super::server::{ID, Server, webhook_input};

fn said(error: &dyn Error) -> String {
    let mut text = format!("{error}\n");
    let mut next = error.source();
    while let Some(cause) = next {
        // The number of an error is the system's own.
        let cause_text = cause.to_string();
        text += &format!("    because: {}\n", cause_text.split(" (os error").next().unwrap());
        next = cause.source();
    }
    text
}

async fn listing(answer: ResponseTemplate) -> String {
    let server = Server::with(answer).await;
    said(&server.client().webhooks().list().await.unwrap_err())
}

#[tokio::test]
async fn errors_say_what_was_called_what_came_and_why() {
    let mut all = String::new();

    let server = Server::answering(400, json!({ "error": "An error occurred", "details": [] })).await;
    all += &said(&server.client().webhooks().create(&webhook_input()).await.unwrap_err());
    let server = Server::answering(400, json!({ "oops": 1 })).await;
    all += &said(&server.client().webhooks().create(&webhook_input()).await.unwrap_err());
    all += &said(&server.client().webhooks().delete("..").await.unwrap_err());

    all += &listing(ResponseTemplate::new(404).set_body_string("no such page")).await;
    all += &listing(ResponseTemplate::new(302).insert_header("location", "https://login.example.org/?next=1")).await;
    all += &listing(ResponseTemplate::new(200).set_body_raw("<h1>Log in</h1>", "text/html")).await;
    all += &listing(ResponseTemplate::new(200).set_body_json(json!({ "webhooks": [{ "id": 7 }] }))).await;

    let busy = Server::with(ResponseTemplate::new(503).insert_header("retry-after", "0")).await;
    let client = busy.builder().token("t").retry(RetryPolicy::standard()).build().unwrap();
    all += &said(&client.webhooks().list().await.unwrap_err());
    let slow = Server::with(ResponseTemplate::new(200).set_delay(Duration::from_secs(30))).await;
    let client = slow.builder().token("t").timeout(Duration::from_millis(50)).build().unwrap();
    all += &said(&client.webhooks().get(ID).await.unwrap_err());
    let nobody = busy.builder().token("t").base_url("http://127.0.0.1:1").build().unwrap();
    all += &said(&nobody.webhooks().list().await.unwrap_err());

    let refusal = json!({ "error": "invalid_client", "error_description": "unknown client" });
    let refusing = ResponseTemplate::new(401).set_body_json(refusal);
    let server = Server::granting(refusing, ResponseTemplate::new(500)).await;
    all += &said(&server.client().webhooks().list().await.unwrap_err());
    all += &said(&server.builder().build().unwrap().webhooks().list().await.unwrap_err());
    all += &said(&Client::builder().base_url("http://api.example.org").token("t").build().unwrap_err());

    insta::assert_snapshot!(all);
}
