//! A hand-written version of the code that is emitted for a part of the Webhooks API.

use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::Undocumented;
use crate::runtime::operation::{Operation, Outcome};
use crate::runtime::path::path_template;
use crate::runtime::presence::Presence;
use crate::runtime::reply::Reply;
use crate::runtime::secret::Secret;
use crate::runtime::security::{
    ClientAuthentication, Credential, Flows, Need, Requirement, Scheme, SchemeKind, TokenEndpoint,
};
use crate::runtime::spec::{Api, Method, Spec};
use crate::runtime::timestamp::Timestamp;
use crate::runtime::{object, text_enum};

pub(crate) static API: Api =
    Api { name: "webhooks-api", version: "1.0.0", base_url: Some("https://caliper.alpha-1edtech.ai"), scopes: &[] };

pub static OAUTH2: Scheme = Scheme {
    name: "OAuth2",
    kind: SchemeKind::OAuth2(Flows {
        client_credentials: Some(TokenEndpoint {
            url: "https://idp.example/oauth2/token",
            authentication: ClientAuthentication::Body,
        }),
        ..Flows::NONE
    }),
};

pub static SECURITY: &[Requirement] = &[Requirement(&[Need { scheme: &OAUTH2, scopes: &[] }])];

impl Client {
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&API)
    }

    pub fn webhooks(&self) -> Webhooks<'_> {
        Webhooks { client: self }
    }

    pub fn webhook_filters(&self) -> WebhookFilters<'_> {
        WebhookFilters { client: self }
    }
}

impl ClientBuilder {
    pub fn client_credentials(self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        self.credential(&OAUTH2, Credential::client(id, secret))
    }

    pub fn token(self, token: impl Into<Secret>) -> Self {
        self.credential(&OAUTH2, Credential::bearer(token))
    }
}

#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Scope {
    Admin,
    WebhookCreate,
    Other(String),
}

text_enum! {
    Scope {
        Admin = "https://purl.imsglobal.org/spec/caliper/v1p1/scope/admin",
        WebhookCreate = "https://purl.imsglobal.org/spec/caliper/v1p1/scope/webhook.create",
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Webhooks<'a> {
    pub(crate) client: &'a Client,
}

impl<'a> Webhooks<'a> {
    pub fn list(&self) -> Call<'a, List> {
        Call::new(self.client)
    }

    pub fn create(&self, body: &WebhookInput) -> Call<'a, Create> {
        Call::new(self.client).with(|request| request.json(body))
    }

    pub fn get(&self, id: impl AsRef<str>) -> Call<'a, Get> {
        Call::new(self.client).with(|request| request.path("id", id.as_ref()))
    }

    pub fn update(&self, id: impl AsRef<str>, body: &WebhookInput) -> Call<'a, Update> {
        Call::new(self.client).with(|request| request.path("id", id.as_ref()).json(body))
    }

    pub fn delete(&self, id: impl AsRef<str>) -> Call<'a, Delete> {
        Call::new(self.client).with(|request| request.path("id", id.as_ref()))
    }

    pub fn activate(&self, id: impl AsRef<str>) -> Call<'a, Activate> {
        Call::new(self.client).with(|request| request.path("id", id.as_ref()))
    }
}

#[derive(Clone, Copy, Debug)]
pub enum List {}

impl Operation for List {
    const SPEC: Spec = Spec { path: path_template!("/webhooks/"), security: SECURITY, ..Spec::NEW };
    type Output = Vec<Webhook>;
    type Failure = Undocumented;

    fn decode(reply: Reply) -> Outcome<Self> {
        match reply.status() {
            200 => reply.output(),
            _ => Err(reply.undocumented()),
        }
    }
}

impl Call<'_, List> {
    pub fn limit(self, limit: i64) -> Self {
        self.with(|request| request.query("limit", &limit))
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Create {}

impl Operation for Create {
    const SPEC: Spec =
        Spec { method: Method::POST, path: path_template!("/webhooks/"), security: SECURITY, ..Spec::NEW };
    type Output = WebhookResponse;
    type Failure = CreateError;

    fn decode(reply: Reply) -> Outcome<Self> {
        match reply.status() {
            201 => reply.output(),
            400 => Err(reply.failure(CreateError::BadRequest)),
            _ => Err(reply.undocumented()),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CreateError {
    BadRequest(ValidationProblem),
}

#[derive(Clone, Copy, Debug)]
pub enum Get {}

impl Operation for Get {
    const SPEC: Spec = Spec { path: path_template!("/webhooks/" {"id"}), security: SECURITY, ..Spec::NEW };
    type Output = WebhookResponse;
    type Failure = Undocumented;

    fn decode(reply: Reply) -> Outcome<Self> {
        match reply.status() {
            200 => reply.output(),
            _ => Err(reply.undocumented()),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Update {}

impl Operation for Update {
    const SPEC: Spec =
        Spec { method: Method::PUT, path: path_template!("/webhooks/" {"id"}), security: SECURITY, ..Spec::NEW };
    type Output = WebhookResponse;
    type Failure = UpdateError;

    fn decode(reply: Reply) -> Outcome<Self> {
        match reply.status() {
            200 => reply.output(),
            400 => Err(reply.failure(UpdateError::BadRequest)),
            _ => Err(reply.undocumented()),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum UpdateError {
    BadRequest(ValidationProblem),
}

#[derive(Clone, Copy, Debug)]
pub enum Delete {}

impl Operation for Delete {
    const SPEC: Spec =
        Spec { method: Method::DELETE, path: path_template!("/webhooks/" {"id"}), security: SECURITY, ..Spec::NEW };
    type Output = ();
    type Failure = Undocumented;

    fn decode(reply: Reply) -> Outcome<Self> {
        match reply.status() {
            204 => reply.empty(),
            _ => Err(reply.undocumented()),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Activate {}

impl Operation for Activate {
    const SPEC: Spec = Spec {
        method: Method::PUT,
        path: path_template!("/webhooks/" {"id"} "/activate"),
        security: SECURITY,
        ..Spec::NEW
    };
    type Output = WebhookResponse;
    type Failure = Undocumented;

    fn decode(reply: Reply) -> Outcome<Self> {
        match reply.status() {
            200 => reply.output(),
            _ => Err(reply.undocumented()),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct WebhookFilters<'a> {
    pub(crate) client: &'a Client,
}

impl<'a> WebhookFilters<'a> {
    pub fn list_by_webhook(&self, webhook_id: impl AsRef<str>) -> Call<'a, ListByWebhook> {
        Call::new(self.client).with(|request| request.path("webhookId", webhook_id.as_ref()))
    }
}

#[derive(Clone, Copy, Debug)]
pub enum ListByWebhook {}

impl Operation for ListByWebhook {
    const SPEC: Spec =
        Spec { path: path_template!("/webhook-filters/webhook/" {"webhookId"}), security: SECURITY, ..Spec::NEW };
    type Output = FilterList;
    type Failure = Undocumented;

    fn decode(reply: Reply) -> Outcome<Self> {
        match reply.status() {
            200 => reply.output(),
            _ => Err(reply.undocumented()),
        }
    }
}

#[derive(Clone, PartialEq)]
pub struct WebhookResponse {
    pub webhook: Webhook,
}

object! { WebhookResponse { webhook } }

#[derive(Clone, PartialEq)]
pub struct Webhook {
    pub id: String,
    pub sensor: Presence<String>,
    pub name: String,
    pub description: Option<String>,
    pub target_url: String,
    pub secret: Secret,
    pub active: bool,
    pub created_at: Option<Timestamp>,
}

object! { Webhook {
    id, name, description, target_url = "targetUrl", secret, active, created_at = "createdAt",
} optional { sensor } }

#[derive(Clone, PartialEq)]
pub struct WebhookInput {
    pub name: String,
    pub sensor: Presence<String>,
    pub target_url: String,
    pub secret: Secret,
    pub active: bool,
}

object! { WebhookInput { name, target_url = "targetUrl", secret, active } optional { sensor } }

#[derive(Clone, PartialEq)]
pub struct ValidationProblem {
    pub message: String,
    pub details: Vec<Detail>,
}

object! { ValidationProblem { message } optional { details } }

#[derive(Clone, PartialEq)]
pub struct Detail {
    pub path: Vec<String>,
    pub message: String,
}

object! { Detail { path, message } }

#[derive(Clone, PartialEq)]
pub struct FilterList {
    pub filters: Vec<Filter>,
}

object! { FilterList { filters } }

#[derive(Clone, PartialEq)]
pub struct Filter {
    pub filter_key: String,
    pub filter_type: FilterType,
}

object! { Filter { filter_key = "filterKey", filter_type = "filterType" } }

#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum FilterType {
    String,
    Number,
    Boolean,
    Other(String),
}

text_enum! { FilterType { String = "string", Number = "number", Boolean = "boolean" } }
