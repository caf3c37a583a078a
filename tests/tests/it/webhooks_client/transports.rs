//! Requests that leave by a way of one's own: a `tower` service, a `reqwest::Client`.

use std::time::Duration;

use reqwest::{Request, Response};
use serde_json::json;
use tower::{ServiceBuilder, ServiceExt as _};
use webhooks_api::Client;
use webhooks_api::runtime::BoxError;

use super::server::Server;

#[tokio::test]
async fn a_tower_service_sends_requests_in_one_line() {
    let server = Server::answering(200, json!({ "webhooks": [] })).await;
    let service = ServiceBuilder::new()
        .timeout(Duration::from_secs(10))
        .map_request(|mut request: Request| {
            request.headers_mut().insert("accept", "application/json;by=tower".parse().unwrap());
            request
        })
        .concurrency_limit(2)
        .service(reqwest::Client::builder().no_proxy().build().unwrap());
    let client = server.builder().token("a token").transport(move |request| service.clone().oneshot(request));
    let client = client.build().unwrap();
    assert!(client.webhooks().list().await.unwrap().webhooks.is_empty());
    assert_eq!(server.call().await.accept.as_deref(), Some("application/json;by=tower"));
}

#[tokio::test]
async fn a_function_does_as_well() {
    async fn answer(request: Request) -> Result<Response, BoxError> {
        assert_eq!(request.url().path(), "/webhooks/");
        let answer = http::Response::builder().header("content-type", "application/json");
        Ok(answer.body(r#"{"webhooks":[]}"#)?.into())
    }
    let client = Client::builder().base_url("https://api.example.org").token("a token").transport(answer);
    assert!(client.build().unwrap().webhooks().list().await.unwrap().webhooks.is_empty());
}
