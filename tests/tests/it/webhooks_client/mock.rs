//! The mock server that programs are tested with: what it is told is what a client gets.

use webhooks_api::Presence;
use webhooks_api::mock::MockServer;
use webhooks_api::runtime::Canned;
use webhooks_api::types::{ValidationProblem, Webhook, WebhookInput, WebhookResponse};
use webhooks_api::webhooks::UpdateError;

/// A webhook that isn't the example.
fn renamed(name: &str) -> WebhookResponse {
    WebhookResponse { webhook: Webhook { name: name.to_owned(), sensor: Presence::Null, ..Webhook::example() } }
}

#[tokio::test]
async fn an_operation_returns_what_it_is_told_to() {
    let mock = MockServer::start().await;
    mock.webhooks().activate().expect(2).returns(&renamed("mine")).await;
    let client = mock.client();
    assert_eq!(client.webhooks().activate("7").await.unwrap(), renamed("mine"));
    assert_eq!(client.webhooks().activate("8").await.unwrap(), renamed("mine"));
    // Another operation on the same path, less its end.
    let other = client.webhooks().get("7").await.unwrap_err();
    assert_eq!(other.status().map(|status| status.as_u16()), Some(404));
}

#[tokio::test]
async fn examples_are_those_of_the_document() {
    let example = Webhook::example();
    assert_eq!((example.name.as_str(), example.id.as_str()), ("My Webhook", "123e4567-e89b-12d3-a456-426614174000"));
    assert_eq!(example.secret.expose(), "secret123");
}

#[tokio::test]
async fn a_documented_failure_comes_back_as_itself() {
    let mock = MockServer::start().await;
    mock.webhooks().update().fails(&UpdateError::BadRequest(ValidationProblem::example())).await;
    let error = mock.client().webhooks().update("7", &WebhookInput::example()).await.unwrap_err();
    let failure = error.into_failure().expect("the document has the failure");
    let UpdateError::BadRequest(problem) = &failure else { panic!("{failure}") };
    assert_eq!(*problem, ValidationProblem::example());
    let failure: Box<dyn std::error::Error + Send + Sync> = failure.into();
    assert_eq!(failure.to_string(), "400: Invalid webhook data");
}

#[tokio::test]
async fn an_undocumented_answer_is_possible() {
    let mock = MockServer::start().await;
    mock.webhooks().list().answers(Canned::empty(503).header("retry-after", "7")).await;
    let error = mock.client().webhooks().list().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn arguments_tell_calls_apart() {
    let mock = MockServer::start().await;
    let client = mock.client();
    let webhooks = client.webhooks();
    let input = |name: &str| WebhookInput { name: name.to_owned(), ..WebhookInput::example() };
    mock.webhooks().get().with(webhooks.get("a/b")).expect(1).returns(&renamed("by id")).await;
    mock.webhooks().update().with(webhooks.update("7", &input("new"))).expect(1).returns(&renamed("new")).await;
    assert_eq!(webhooks.get("a/b").await.unwrap(), renamed("by id"));
    assert!(webhooks.get("c").await.is_err(), "another id");
    assert_eq!(webhooks.update("7", &input("new")).await.unwrap(), renamed("new"));
    assert!(webhooks.update("7", &input("old")).await.is_err(), "another body");
}

#[tokio::test]
#[should_panic(expected = "Verifications failed")]
async fn a_call_that_was_expected_and_does_not_come_is_noticed() {
    let mock = MockServer::start().await;
    mock.webhooks().delete().expect(1).answers(Canned::empty(200)).await;
}
