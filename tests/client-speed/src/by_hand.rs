//! A client as someone would write it who knows what the generated one guards against: the same timeouts, no redirects, a limit
//! on what is read, an id that stays one segment, derived types.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use jiff::Timestamp;
use reqwest::redirect::Policy;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

use crate::{Contender, ID, TOKEN, Task};

const LIMIT: usize = 64 << 20;

/// `reqwest`, and what it needs to be told.
#[derive(Debug)]
pub struct ByHand {
    http: reqwest::Client,
    url: reqwest::Url,
    authorization: HeaderValue,
}

#[derive(Deserialize)]
struct One {
    webhook: Webhook,
}

#[derive(Deserialize)]
struct List {
    webhooks: Vec<Webhook>,
}

/// Every member is read, as it is by the generated client.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "what is read has to be kept, or it would not be the same work")]
struct Webhook {
    id: String,
    #[serde(default)]
    sensor: Option<String>,
    name: String,
    description: Option<String>,
    target_url: String,
    secret: SecretString,
    active: bool,
    created_at: Option<Timestamp>,
    updated_at: Timestamp,
    deleted_at: Option<Timestamp>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    active: bool,
    description: Option<String>,
    name: String,
    #[serde(serialize_with = "exposed")]
    secret: SecretString,
    target_url: String,
}

fn exposed<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

impl ByHand {
    /// A client of the server at this URL.
    ///
    /// # Errors
    /// Where there can be none.
    pub fn new(url: &str) -> Result<Self, Box<dyn Error>> {
        let http = reqwest::Client::builder()
            .user_agent("by-hand/1.0.0")
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(60))
            .read_timeout(Duration::from_secs(30))
            .redirect(Policy::none())
            .referer(false)
            .no_proxy()
            .build()?;
        let mut authorization = HeaderValue::from_str(&format!("Bearer {TOKEN}"))?;
        authorization.set_sensitive(true);
        Ok(Self { http, url: url.parse()?, authorization })
    }

    fn url(&self, id: &str) -> Result<reqwest::Url, Box<dyn Error>> {
        if matches!(id, "" | "." | "..") {
            return Err("not an id".into());
        }
        let mut url = self.url.clone();
        url.path_segments_mut().map_err(|()| "not a base")?.pop_if_empty().push("webhooks").push(id);
        Ok(url)
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Bytes, Box<dyn Error>> {
        let request = request.header(ACCEPT, "application/json").header(AUTHORIZATION, self.authorization.clone());
        let mut response = request.send().await?;
        if !response.status().is_success() {
            return Err(format!("the API answered {}", response.status()).into());
        }
        let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.split(';').next() != Some("application/json") {
            return Err(format!("the answer is `{kind}`").into());
        }
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await? {
            if body.len() + part.len() > LIMIT {
                return Err("the answer is too large".into());
            }
            body.extend_from_slice(&part);
        }
        Ok(body.into())
    }
}

impl Contender for ByHand {
    fn name(&self) -> &'static str {
        "by hand"
    }

    async fn call(&self, task: Task) -> Result<usize, Box<dyn Error>> {
        Ok(match task {
            Task::Get => {
                let body = self.send(self.http.get(self.url(ID)?)).await?;
                serde_json::from_slice::<One>(&body)?.webhook.name.len()
            }
            Task::List => {
                let body = self.send(self.http.get(self.url.join("/webhooks/")?)).await?;
                serde_json::from_slice::<List>(&body)?.webhooks.len()
            }
            Task::Update => {
                let change = Change {
                    active: true,
                    description: None,
                    name: "Grades of course 7".to_owned(),
                    secret: "8f2b6a1e4c7d".into(),
                    target_url: "https://registrar.example.org/hooks/7".to_owned(),
                };
                let body = serde_json::to_vec(&change)?;
                let request = self.http.put(self.url(ID)?).header(CONTENT_TYPE, "application/json").body(body);
                serde_json::from_slice::<One>(&self.send(request).await?)?.webhook.name.len()
            }
        })
    }
}
