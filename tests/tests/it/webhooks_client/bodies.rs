//! Tests of bodies: absent, null and present members; values and members of a newer server.

use serde_json::{Value, json};
use webhooks_api::runtime::DecodeError;
use webhooks_api::types::{FilterOperation, FilterType, Webhook};
use webhooks_api::{Error, Presence};

use super::server::{ID, Server, filter, filter_input, webhook, webhook_but, webhook_input};

#[tokio::test]
async fn a_sensor_is_absent_null_or_present() {
    let cases = [
        (None, Presence::Absent),
        (Some(Value::Null), Presence::Null),
        (Some(json!("s1")), Presence::Present("s1".to_owned())),
    ];
    for (sent, read) in cases {
        let found = read_webhook(webhook_but("sensor", sent)).await;
        assert_eq!(found.sensor, read);
    }
}

#[tokio::test]
async fn a_sensor_is_sent_absent_null_or_present() {
    let cases = [
        (Presence::Absent, None),
        (Presence::Null, Some(Value::Null)),
        (Presence::Present("s1".to_owned()), Some(json!("s1"))),
    ];
    let server = Server::answering(200, json!({ "webhook": webhook() })).await;
    let client = server.client();
    for (given, _) in &cases {
        let mut input = webhook_input();
        input.sensor = given.clone();
        client.webhooks().update(ID, &input).await.unwrap();
    }
    let sent = server.calls().await.into_iter().map(|call| call.body.unwrap().get("sensor").cloned());
    assert_eq!(sent.collect::<Vec<_>>(), cases.map(|(_, wanted)| wanted));
}

#[tokio::test]
async fn a_description_may_be_null() {
    let found = read_webhook(webhook_but("description", Some(Value::Null))).await;
    assert_eq!(found.description, None);
}

#[tokio::test]
async fn a_description_of_nothing_is_sent_as_null() {
    let server = Server::answering(201, json!({ "webhook": webhook() })).await;
    let mut input = webhook_input();
    input.description = None;
    server.client().webhooks().create(&input).await.unwrap();
    assert_eq!(server.call().await.body.unwrap().get("description"), Some(&Value::Null));
}

#[tokio::test]
async fn what_is_required_has_to_be_there() {
    for name in ["description", "createdAt", "deletedAt", "id", "name", "targetUrl", "active", "updatedAt"] {
        let server = Server::answering(200, json!({ "webhook": webhook_but(name, None) })).await;
        let error = server.client().webhooks().get(ID).await.unwrap_err();
        let Error::Decode { cause, .. } = &error else { panic!("{name}: {error:?}") };
        let DecodeError::Shape { message, path } = &**cause else { panic!("{name}: {cause:?}") };
        assert!(message.contains(&format!("`{name}`")), "{message}");
        assert_eq!(path, "$.webhook");
        assert_eq!(error.status().unwrap(), 200);
    }
}

#[tokio::test]
async fn what_may_not_be_null_is_not() {
    let server = Server::answering(200, json!({ "webhook": webhook_but("name", Some(Value::Null)) })).await;
    let error = server.client().webhooks().get(ID).await.unwrap_err();
    assert!(error.to_string().contains("`$.webhook.name`"), "{error}");
}

#[tokio::test]
async fn a_value_of_a_newer_server_is_kept_and_sent_back() {
    let mut newer = filter();
    newer["filterType"] = json!("date");
    newer["filterOperation"] = json!("soundsLike");
    let server = Server::answering(200, json!({ "filter": newer })).await;
    let client = server.client();
    let found = client.webhook_filters().get(ID).await.unwrap().filter;
    assert_eq!(found.filter_type, FilterType::Other("date".to_owned()));
    assert_eq!(found.filter_operation, FilterOperation::Other("soundsLike".to_owned()));

    let mut input = filter_input();
    input.filter_type = found.filter_type.clone();
    input.filter_operation = found.filter_operation.clone();
    client.webhook_filters().update(ID, &input).await.unwrap();
    let sent = server.calls().await.pop().unwrap().body.unwrap();
    assert_eq!((&sent["filterType"], &sent["filterOperation"]), (&json!("date"), &json!("soundsLike")));
    assert_eq!(serde_json::to_value(&found).unwrap(), newer);
}

#[test]
fn every_value_of_the_document_has_its_variant() {
    let types = [("string", FilterType::String), ("number", FilterType::Number), ("boolean", FilterType::Boolean)];
    let operations = [
        ("eq", FilterOperation::Eq),
        ("neq", FilterOperation::Neq),
        ("gt", FilterOperation::Gt),
        ("gte", FilterOperation::Gte),
        ("lt", FilterOperation::Lt),
        ("lte", FilterOperation::Lte),
        ("contains", FilterOperation::Contains),
        ("notContains", FilterOperation::NotContains),
        ("in", FilterOperation::In),
        ("notIn", FilterOperation::NotIn),
        ("startsWith", FilterOperation::StartsWith),
        ("endsWith", FilterOperation::EndsWith),
        ("regexp", FilterOperation::Regexp),
    ];
    for (text, value) in types {
        assert_eq!(serde_json::from_value::<FilterType>(json!(text)).unwrap(), value);
        assert_eq!(serde_json::to_value(&value).unwrap(), text);
    }
    for (text, value) in operations {
        assert_eq!(serde_json::from_value::<FilterOperation>(json!(text)).unwrap(), value);
        assert_eq!(serde_json::to_value(&value).unwrap(), text);
    }
}

#[tokio::test]
async fn a_member_of_a_newer_server_is_no_error() {
    let mut newer = webhook();
    newer["retries"] = json!({ "most": 3 });
    let found = read_webhook(newer).await;
    assert_eq!(found.name, "My Webhook");
}

#[test]
fn what_is_read_is_written_back_as_it_came() {
    for written in [webhook(), webhook_but("sensor", None), webhook_but("sensor", Some(Value::Null))] {
        let read: Webhook = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), written);
    }
}

#[tokio::test]
async fn a_time_that_is_none_is_named() {
    let wrong = webhook_but("updatedAt", Some(json!("yesterday")));
    let server = Server::answering(200, json!({ "webhook": wrong })).await;
    let error = server.client().webhooks().get(ID).await.unwrap_err();
    assert!(error.to_string().contains("`$.webhook.updatedAt`"), "{error}");
}

async fn read_webhook(webhook: Value) -> Webhook {
    let server = Server::answering(200, json!({ "webhook": webhook })).await;
    server.client().webhooks().activate(ID).await.unwrap().webhook
}
