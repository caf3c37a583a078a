//! Tests of failures: documented errors, undocumented responses, calls that cannot be sent.

use std::error::Error as _;

use serde_json::{Value, json};
use webhooks_api::runtime::DecodeError;
use webhooks_api::{Error, webhook_filters, webhooks};
use wiremock::ResponseTemplate;

use super::server::{ID, Server, filter_input, webhook_input};

#[tokio::test]
async fn creating_a_webhook_may_fail_as_described() {
    let server = Server::answering(400, problem()).await;
    let error = server.client().webhooks().create(&webhook_input()).await.unwrap_err();
    let Some(webhooks::CreateError::BadRequest(found)) = error.failure() else { panic!("{error:?}") };
    assert_eq!(serde_json::to_value(found).unwrap(), problem());
}

#[tokio::test]
async fn updating_a_webhook_may_fail_as_described() {
    let server = Server::answering(400, problem()).await;
    match server.client().webhooks().update(ID, &webhook_input()).await {
        Err(Error::Api { failure: webhooks::UpdateError::BadRequest(found), .. }) => {
            assert_eq!(found.error, "An error occurred");
            let [issue] = &found.details[..] else { panic!("{found:?}") };
            assert_eq!(issue.code, "invalid_type");
            assert_eq!(issue.expected, "string");
            assert_eq!(issue.received, "undefined");
            assert_eq!(issue.path, ["sensor", "name"]);
            assert_eq!(issue.message, "Required");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn creating_a_filter_may_fail_as_described() {
    let server = Server::answering(400, status(&json!({ "filterKey": "unknown" }))).await;
    let error = server.client().webhook_filters().create(&filter_input()).await.unwrap_err();
    let Some(webhook_filters::CreateError::BadRequest(found)) = error.failure() else { panic!("{error:?}") };
    assert_eq!(serde_json::to_value(found).unwrap(), status(&json!({ "filterKey": "unknown" })));
}

#[tokio::test]
async fn updating_a_filter_may_fail_as_described() {
    let server = Server::answering(400, status(&json!({}))).await;
    let error = server.client().webhook_filters().update(ID, &filter_input()).await.unwrap_err();
    let Some(webhook_filters::UpdateError::BadRequest(found)) = error.failure() else { panic!("{error:?}") };
    assert_eq!((found.status.as_str(), found.message.as_str()), ("error", "no"));
    assert!(found.errors.as_ref().is_some_and(serde_json::Map::is_empty));
}

#[tokio::test]
async fn a_described_failure_says_what_was_called_and_what_came() {
    let server = Server::answering(400, problem()).await;
    let error = server.client().webhooks().update(ID, &webhook_input()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(serde_json::from_slice::<Value>(error.body()).unwrap(), problem());
    assert_eq!((error.attempts(), error.was_sent(), error.is_retryable()), (1, true, false));
    assert!(error.source().is_none());
    let text = error.to_string();
    assert!(text.starts_with("PUT /webhooks/{id}: the API answered 400 Bad Request: "), "{text}");
    assert!(text.contains("invalid_type"), "{text}");
}

/// A body that should say what failed, and does not, hides neither the status nor itself.
#[tokio::test]
async fn a_described_failure_of_another_shape_keeps_status_and_body() {
    let server = Server::answering(400, json!({ "oops": 1 })).await;
    let error = server.client().webhooks().update(ID, &webhook_input()).await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.body(), br#"{"oops":1}"#);
    assert!(error.to_string().contains("missing field"), "{error}");
}

#[tokio::test]
async fn a_status_that_is_not_described_comes_with_its_body() {
    for (status, retryable) in [(404, false), (409, false), (429, true), (500, true), (503, true)] {
        let answer = ResponseTemplate::new(status).set_body_string("nothing here").insert_header("x-request-id", "r-7");
        let server = Server::with(answer).await;
        let error = server.client().webhooks().activate(ID).await.unwrap_err();
        assert!(matches!(error, Error::UnexpectedStatus { .. }), "{error:?}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.body(), b"nothing here");
        assert_eq!(error.request_id(), Some("r-7"));
        assert_eq!(error.is_retryable(), retryable, "{status}");
        let text = error.to_string();
        assert!(text.contains("PUT /webhooks/{id}/activate") && text.contains("nothing here"), "{text}");
    }
}

/// A creation that failed in transit is not retried, because it might be done twice.
#[tokio::test]
async fn a_creation_that_broke_is_not_for_repeating() {
    let server = Server::answering(503, json!({})).await;
    let error = server.client().webhooks().create(&webhook_input()).await.unwrap_err();
    assert!(!error.is_retryable(), "{error:?}");
}

/// 200 is the documented success of an update, and of a creation it is not.
#[tokio::test]
async fn a_success_that_is_not_described_is_not_guessed_at() {
    let server = Server::answering(200, json!({ "webhook": super::server::webhook() })).await;
    let error = server.client().webhooks().create(&webhook_input()).await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedStatus { .. }), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test]
async fn an_answer_that_is_no_json_is_an_error_that_says_so() {
    let page = ResponseTemplate::new(200).set_body_raw("<html>Please log in</html>", "text/html");
    let server = Server::with(page).await;
    let error = server.client().webhooks().list().await.unwrap_err();
    let Error::Decode { cause, .. } = &error else { panic!("{error:?}") };
    assert!(
        matches!(&**cause, DecodeError::ContentType { found: Some(found), .. } if found == "text/html"),
        "{cause:?}"
    );
    assert!(error.to_string().contains("Please log in"), "{error}");
}

#[tokio::test]
async fn an_answer_of_nothing_is_an_error_that_says_so() {
    let server = Server::with(ResponseTemplate::new(200)).await;
    let error = server.client().webhooks().list().await.unwrap_err();
    let Error::Decode { cause, .. } = &error else { panic!("{error:?}") };
    assert_eq!(**cause, DecodeError::Empty);
}

#[tokio::test]
async fn an_id_that_would_be_another_path_is_not_sent() {
    let server = Server::answering(200, json!({})).await;
    for id in ["", ".", "..", "%2e%2E"] {
        let outcome = server.client().webhooks().delete(id).await;
        // Encoded once more, `%2e` is a text like any other.
        if id == "%2e%2E" {
            assert_eq!(server.call().await.target, "/webhooks/%252e%252E");
            continue;
        }
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::Invalid { .. }), "{id:?}: {error:?}");
        assert!(!error.was_sent() && !error.is_retryable(), "{error:?}");
        assert!(error.to_string().contains("`id`"), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_error_with_a_cause() {
    let server = Server::answering(200, json!({})).await;
    let nobody = server.builder().token("t").base_url("http://127.0.0.1:1").build().unwrap();
    let error = nobody.webhooks().list().await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error:?}");
    assert!(error.source().is_some() && error.status().is_none());
    assert!(!error.was_sent() && error.is_retryable(), "{error:?}");
}

fn problem() -> Value {
    json!({
        "error": "An error occurred",
        "details": [{
            "code": "invalid_type",
            "expected": "string",
            "received": "undefined",
            "path": ["sensor", "name"],
            "message": "Required",
        }],
    })
}

fn status(errors: &Value) -> Value {
    json!({ "status": "error", "message": "no", "errors": errors })
}
