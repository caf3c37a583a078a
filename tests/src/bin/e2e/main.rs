//! Calls every operation of the Webhooks API through its generated client, and checks what the servers saw.
//!
//! `cargo xtask e2e` starts this program and passes the URLs of the servers: Prism, which rejects any request that the
//! document does not allow, and an OAuth 2.0 server; and the path of the command line of the same API. The program exits with 1 at the
//! first failure.

mod command_line;

use std::error::Error as StdError;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Deserialize;
use tokio::task::JoinSet;
use webhooks_api::runtime::ClientAuthentication;
use webhooks_api::types::{FilterInput, FilterOperation, FilterType, WebhookInput};
use webhooks_api::{Client, Error, Presence, Scope};

type Result<T = ()> = std::result::Result<T, Box<dyn StdError + Send + Sync>>;

/// The output of `servers.mjs`.
#[derive(Deserialize)]
struct Servers {
    api: String,
    token: String,
    observed: String,
    clients: Vec<Credentials>,
}

#[derive(Clone, Deserialize)]
struct Credentials {
    client_id: String,
    client_secret: String,
    token_endpoint_auth_method: String,
}

/// The requests that the servers have received so far.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Observed {
    token_requests: usize,
    violations: Vec<String>,
}

const COLD_CALLS: usize = 50;
const ID: &str = "123e4567-e89b-12d3-a456-426614174000";

#[tokio::main]
async fn main() -> ExitCode {
    let servers = std::env::args().nth(1).unwrap_or_default();
    let servers: Servers = match serde_json::from_str(&servers) {
        Ok(servers) => servers,
        Err(error) => {
            eprintln!("e2e: the first argument has to say where the servers are, as `servers.mjs` prints it: {error}");
            return ExitCode::FAILURE;
        }
    };
    let binary = std::env::args_os().nth(2).map(PathBuf::from);
    match run(&servers, binary.as_deref()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("e2e: {error}");
            let mut cause = error.source();
            while let Some(below) = cause {
                eprintln!("e2e:   because {below}");
                cause = below.source();
            }
            for violation in servers.observed().await.map(|observed| observed.violations).unwrap_or_default() {
                eprintln!("e2e:   Prism says: {violation}");
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(servers: &Servers, binary: Option<&Path>) -> Result {
    for credentials in &servers.clients {
        let client = servers.client(credentials)?;
        let before = servers.observed().await?.token_requests;
        call_at_once(&client).await?;
        let requests = servers.observed().await?.token_requests - before;
        ensure(requests == 1, || format!("{COLD_CALLS} calls on a cold client made {requests} token requests"))?;

        let called = call_everything(&client).await?;
        let observed = servers.observed().await?;
        ensure(observed.violations.is_empty(), || format!("Prism objected: {}", observed.violations.join("; ")))?;
        let requests = observed.token_requests - before;
        ensure(requests == 1, || format!("the token was not kept: {requests} requests"))?;
        let method = &credentials.token_endpoint_auth_method;
        println!(
            "{method}: {called} of 13 operations, {COLD_CALLS} concurrent calls on a cold client, {requests} token request"
        );
    }
    refusals(servers).await?;
    match binary {
        Some(binary) => command_line::run(servers, binary).await,
        None => Err("the second argument has to be the path of the command line".into()),
    }
}

/// Checks that many calls that wait for the first token make one token request.
async fn call_at_once(client: &Client) -> Result {
    let mut calls = JoinSet::new();
    for _ in 0..COLD_CALLS {
        let client = client.clone();
        calls.spawn(async move { client.webhooks().get(ID).await.map(drop) });
    }
    while let Some(done) = calls.join_next().await {
        done??;
    }
    Ok(())
}

/// Calls each operation once. Prism responds with the document's examples.
async fn call_everything(client: &Client) -> Result<usize> {
    let mut called = 0;
    let mut done = |right: bool, what: &str| {
        called += 1;
        ensure(right, || format!("{what}: the answer is not what Prism sent"))
    };

    let webhooks = client.webhooks();
    let input = webhook();
    done(webhooks.list().await?.webhooks.iter().all(|webhook| webhook.id == ID), "list webhooks")?;
    done(webhooks.create(&input).await?.webhook.name == "My Webhook", "create webhook")?;
    done(webhooks.get(ID).await?.webhook.secret.expose() == "secret123", "get webhook")?;
    done(webhooks.update(ID, &input).await?.webhook.active, "update webhook")?;
    // An id may contain any character, and must remain one segment of the path.
    done(!webhooks.delete("a/b?c#d e%2F").await?.status.is_empty(), "delete webhook")?;
    done(webhooks.activate(ID).await?.webhook.id == ID, "activate webhook")?;
    done(webhooks.deactivate(ID).await?.webhook.id == ID, "deactivate webhook")?;

    let filters = client.webhook_filters();
    let input = filter(FilterOperation::NotContains);
    done(filters.list().await?.filters.iter().all(|filter| filter.webhook_id == ID), "list filters")?;
    done(filters.create(&input).await?.filter.filter_key == "sensor", "create filter")?;
    done(filters.get(ID).await?.filter.filter_type == FilterType::String, "get filter")?;
    done(filters.update(ID, &input).await?.filter.active, "update filter")?;
    done(!filters.delete(ID).await?.status.is_empty(), "delete filter")?;
    done(filters.list_by_webhook(ID).await?.filters.len() == 1, "list filters by webhook")?;

    Ok(called)
}

/// Checks that a wrong secret and a value outside the document's enumeration are rejected.
async fn refusals(servers: &Servers) -> Result {
    for credentials in &servers.clients {
        let wrong = Credentials { client_secret: "wr0ng".to_owned(), ..credentials.clone() };
        let error = servers.client(&wrong)?.webhooks().list().await.err().ok_or("a wrong secret was accepted")?;
        ensure(matches!(error, Error::Auth { .. }), || format!("a wrong secret came to another error: {error}"))?;
        ensure(!format!("{error:?} {error}").contains("wr0ng"), || "the error shows the secret".to_owned())?;
    }
    let client = servers.client(&servers.clients[0])?;
    let unlisted = filter(FilterOperation::from("unlisted"));
    let error = client.webhook_filters().create(&unlisted).await.err().ok_or("Prism took an unlisted value")?;
    ensure(error.failure().is_some(), || format!("a documented failure came as another error: {error}"))?;
    println!(
        "a wrong secret and an unlisted value are refused, the latter with the failure that the document describes"
    );
    Ok(())
}

impl Servers {
    fn client(&self, credentials: &Credentials) -> Result<Client> {
        let builder = Client::builder()
            .client_credentials(&credentials.client_id, credentials.client_secret.as_str())
            .scopes([Scope::WebhookCreate, Scope::WebhookReadonly])
            .base_url(&self.api)
            .token_url(&self.token);
        // The overlay selects id and secret in the body, so this case needs no setting.
        let builder = match credentials.token_endpoint_auth_method.as_str() {
            "client_secret_basic" => builder.client_authentication(ClientAuthentication::Basic),
            _ => builder,
        };
        Ok(builder.build()?)
    }

    async fn observed(&self) -> Result<Observed> {
        let text = reqwest::get(&self.observed).await?.error_for_status()?.text().await?;
        Ok(serde_json::from_str(&text)?)
    }
}

fn webhook() -> WebhookInput {
    WebhookInput {
        sensor: Presence::Null,
        name: "Grades".to_owned(),
        description: None,
        target_url: "https://example.com/hook".to_owned(),
        secret: "hush".into(),
        active: true,
    }
}

fn filter(operation: FilterOperation) -> FilterInput {
    FilterInput {
        webhook_id: ID.to_owned(),
        filter_key: "sensor".to_owned(),
        filter_value: "sensor123".to_owned(),
        filter_type: FilterType::String,
        filter_operation: operation,
        active: true,
    }
}

fn ensure(right: bool, complaint: impl FnOnce() -> String) -> Result {
    if right { Ok(()) } else { Err(complaint().into()) }
}
