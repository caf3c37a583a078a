//! A server that hands out tokens and gives every call the same answer, and remembers what it was sent.

use serde_json::{Value, json};
use webhooks_api::types::{FilterInput, FilterOperation, FilterType, WebhookInput};
use webhooks_api::{Client, ClientBuilder, Presence, RetryPolicy};
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

pub(crate) const CLIENT_ID: &str = "client 1+&=";
pub(crate) const CLIENT_SECRET: &str = "hush/+ &%=ü";
pub(crate) const TOKEN: &str = "eyJhbGciOi.first-token";
pub(crate) const TOKEN_PATH: &str = "/oauth2/token";
pub(crate) const ID: &str = "123e4567-e89b-12d3-a456-426614174000";

pub(crate) struct Server(MockServer);

impl Server {
    /// A server that answers every call with `status` and `body`.
    pub(crate) async fn answering(status: u16, body: Value) -> Self {
        Self::with(ResponseTemplate::new(status).set_body_json(body)).await
    }

    /// A server that answers every call so, and grants tokens for an hour.
    pub(crate) async fn with(answer: impl Respond + 'static) -> Self {
        let grant = json!({ "access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600 });
        Self::granting(ResponseTemplate::new(200).set_body_json(grant), answer).await
    }

    /// A server whose token endpoint gives one answer, and everything else another.
    pub(crate) async fn granting(grant: impl Respond + 'static, answer: impl Respond + 'static) -> Self {
        let server = MockServer::start().await;
        Mock::given(method("POST")).and(path(TOKEN_PATH)).respond_with(grant).with_priority(1).mount(&server).await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        Self(server)
    }

    /// A client of this server, as its documentation sets one up.
    pub(crate) fn client(&self) -> Client {
        self.builder().client_credentials(CLIENT_ID, CLIENT_SECRET).build().unwrap()
    }

    /// A client of this server, still without a credential. It tries once, so that no test waits.
    pub(crate) fn builder(&self) -> ClientBuilder {
        let token_url = format!("{}{TOKEN_PATH}", self.0.uri());
        Client::builder().base_url(self.0.uri()).token_url(token_url).no_proxy().retry(RetryPolicy::none())
    }

    /// Returns the received requests, except those to the token endpoint.
    pub(crate) async fn calls(&self) -> Vec<Sent> {
        let (_, calls) = self.requests().await;
        calls.iter().map(Sent::of).collect()
    }

    /// The only call that was made.
    pub(crate) async fn call(&self) -> Sent {
        let mut calls = self.calls().await;
        assert_eq!(calls.len(), 1, "{calls:?}");
        calls.remove(0)
    }

    /// The forms that the token endpoint was sent.
    pub(crate) async fn token_requests(&self) -> Vec<Form> {
        let (tokens, _) = self.requests().await;
        tokens.iter().map(Form::of).collect()
    }

    async fn requests(&self) -> (Vec<Request>, Vec<Request>) {
        let all = self.0.received_requests().await.expect("the server records what it receives");
        all.into_iter().partition(|request| request.url.path() == TOKEN_PATH)
    }
}

/// A call as it arrived.
#[derive(Debug, PartialEq)]
pub(crate) struct Sent {
    pub(crate) method: String,
    /// The path and the query, as they were on the wire.
    pub(crate) target: String,
    pub(crate) authorization: Option<String>,
    pub(crate) accept: Option<String>,
    pub(crate) content_type: Option<String>,
    /// Nothing where there was no byte of a body.
    pub(crate) body: Option<Value>,
}

impl Sent {
    /// Creates the expected request of a call without a body.
    pub(crate) fn bare(method: &str, target: &str) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            authorization: Some(format!("Bearer {TOKEN}")),
            accept: Some("application/json".to_owned()),
            content_type: None,
            body: None,
        }
    }

    /// Creates the expected request of a call with a body.
    pub(crate) fn with_body(method: &str, target: &str, body: Value) -> Self {
        let content_type = Some("application/json".to_owned());
        Self { content_type, body: Some(body), ..Self::bare(method, target) }
    }

    fn of(request: &Request) -> Self {
        let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let body = (!request.body.is_empty()).then(|| serde_json::from_slice(&request.body).expect("the body is JSON"));
        Self {
            method: request.method.to_string(),
            target: format!("{}{query}", request.url.path()),
            authorization: header(request, "authorization"),
            accept: header(request, "accept"),
            content_type: header(request, "content-type"),
            body,
        }
    }
}

/// A token request as it arrived.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) authorization: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) pairs: Vec<(String, String)>,
    /// The form, undecoded.
    pub(crate) raw: String,
}

impl Form {
    fn of(request: &Request) -> Self {
        let raw = String::from_utf8(request.body.clone()).expect("a form is ASCII");
        let decoded = reqwest::Url::parse(&format!("form:?{raw}")).unwrap();
        Self {
            authorization: header(request, "authorization"),
            content_type: header(request, "content-type"),
            pairs: decoded.query_pairs().into_owned().collect(),
            raw,
        }
    }

    /// The value of a field that may stand once only.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let value = found.next();
        assert_eq!(found.next(), None, "`{name}` stands twice in {self:?}");
        value
    }
}

fn header(request: &Request, name: &str) -> Option<String> {
    Some(request.headers.get(name)?.to_str().expect("headers are ASCII here").to_owned())
}

/// A webhook, as the server writes it.
pub(crate) fn webhook() -> Value {
    json!({
        "id": ID,
        "sensor": "sensor123",
        "name": "My Webhook",
        "description": "This webhook is used to send data to the example.com/webhook",
        "targetUrl": "https://example.com/webhook",
        "secret": "s3cr3t-of-the-webhook",
        "active": true,
        "createdAt": "2021-01-01T00:00:00.000Z",
        "updatedAt": "2021-01-02T03:04:05.678Z",
        "deletedAt": null,
    })
}

/// The same, but for one member; `None` leaves it out.
pub(crate) fn webhook_but(member: &str, value: Option<Value>) -> Value {
    let mut webhook = webhook();
    match value {
        Some(value) => webhook[member] = value,
        None => drop(webhook.as_object_mut().unwrap().remove(member)),
    }
    webhook
}

/// A filter, as the server writes it.
pub(crate) fn filter() -> Value {
    json!({
        "webhookId": ID,
        "filterKey": "sensor",
        "filterValue": "sensor123",
        "filterType": "string",
        "filterOperation": "notContains",
        "active": false,
        "createdAt": "2021-01-01T00:00:00.000Z",
        "updatedAt": "2021-01-01T00:00:00.000Z",
        "deletedAt": null,
    })
}

pub(crate) fn webhook_input() -> WebhookInput {
    WebhookInput {
        active: true,
        description: Some("Sends data".to_owned()),
        name: "My Webhook".to_owned(),
        secret: "secret123".into(),
        sensor: Presence::Present("sensor123".to_owned()),
        target_url: "https://example.com/webhook".to_owned(),
    }
}

pub(crate) fn filter_input() -> FilterInput {
    FilterInput {
        active: true,
        filter_key: "sensor".to_owned(),
        filter_operation: FilterOperation::StartsWith,
        filter_type: FilterType::String,
        filter_value: "sensor".to_owned(),
        webhook_id: ID.to_owned(),
    }
}
