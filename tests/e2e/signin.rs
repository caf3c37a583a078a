//! Authentication at a certified OAuth 2.0 server through a generated client: in a browser, on a device, with client
//! credentials.
//!
//! An example of the crate that is generated from `signin.yaml`. `cargo xtask e2e` compiles it and passes the server's URL.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::time::Duration;

use serde::Deserialize;
use signin_api::{AuthError, Client, ClientBuilder, Error, Scope, SignIn, security};

type Result<T = ()> = std::result::Result<T, Box<dyn StdError>>;

#[derive(Deserialize)]
struct Servers {
    issuer: String,
    observed: String,
    clients: Vec<Credentials>,
    person: String,
}

#[derive(Deserialize)]
struct Credentials {
    client_id: String,
    client_secret: String,
}

const BACK: &str = "http://127.0.0.1/back";

fn main() -> Result {
    let servers: Servers = serde_json::from_str(&std::env::args().nth(1).unwrap_or_default())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        servers.as_a_client().await?;
        servers.in_a_browser().await?;
        servers.on_a_device().await
    })
}

impl Servers {
    fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(&self.issuer)
    }

    /// The URLs are those of the document, which names the running server.
    fn sign_in(&self) -> SignIn {
        let sign_in = SignIn::new(&security::PERSON, &self.person).scopes(["read", "write"]);
        sign_in.redirect_uri(BACK).allow_http(true)
    }

    /// Returns the number of token requests.
    async fn token_requests(&self) -> Result<u64> {
        let text = reqwest::get(&self.observed).await?.text().await?;
        let observed: serde_json::Value = serde_json::from_str(&text)?;
        Ok(observed["tokenRequests"].as_u64().ok_or("no count")?)
    }

    /// Tests client credentials, a wrong secret, a scope that the client lacks, and a scope that the server does not grant.
    async fn as_a_client(&self) -> Result {
        let Credentials { client_id, client_secret } = &self.clients[0];
        let client = self.builder().client_credentials(client_id, client_secret.as_str());
        // No scopes are set, so the client requests those that the operations need.
        let seen = client.build()?.add_note().await?;
        ensure(seen.scope == "read write", &format!("another scope: {}", seen.scope))?;

        let wrong = self.builder().client_credentials(client_id, "wr0ng").build()?.list_notes().await;
        match wrong {
            Err(Error::Auth { cause, .. }) => match &*cause {
                AuthError::Refused { code: Some(code), .. } if code == "invalid_client" => {}
                other => return Err(format!("a wrong secret came to {other:?}").into()),
            },
            other => return Err(format!("a wrong secret came to {other:?}").into()),
        }

        let before = self.token_requests().await?;
        let reader = self.builder().client_credentials(client_id, client_secret.as_str()).scopes([Scope::Read]).build()?;
        match reader.add_note().await {
            Err(Error::Auth { cause, .. }) => match &*cause {
                AuthError::MissingScopes { scopes } if *scopes == ["write"] => {}
                other => return Err(format!("a missing scope came to {other:?}").into()),
            },
            other => return Err(format!("a missing scope came to {other:?}").into()),
        }
        ensure(self.token_requests().await? == before, "something was sent for want of a scope")?;

        let asking = self.builder().client_credentials(client_id, client_secret.as_str()).scopes([Scope::Read, Scope::Admin]);
        match asking.build()?.list_notes().await {
            Err(Error::Auth { cause, .. }) => match &*cause {
                AuthError::Refused { code: Some(code), .. } if code == "invalid_scope" => {}
                other => return Err(format!("a scope that is not given came to {other:?}").into()),
            },
            other => return Err(format!("a scope that is not given came to {other:?}").into()),
        }
        println!("client credentials: a token with the scopes that operations need; a wrong secret and missing scopes are typed errors");
        Ok(())
    }

    /// Tests the authorization code flow with PKCE, and refreshed tokens.
    async fn in_a_browser(&self) -> Result {
        let begun = self.sign_in().browser()?;
        let stranger = self.sign_in().browser()?;
        let back = Browser::default().go(begun.url(), None).await?.address;
        ensure(stranger.finish(&back).await.is_err(), "the answer to another sign-in was taken")?;
        let signed_in = begun.finish(&back).await?;
        let client = self.builder().credential(&security::PERSON, signed_in.credential()).build()?;
        ensure(client.add_note().await?.person.as_deref() == Some("person"), "someone else is signed in")?;
        let renewed = self.refreshed(&client).await?;

        // The code was used, and so was the first refresh token.
        let again = self.builder().credential(&security::PERSON, signed_in.credential()).build()?.list_notes().await;
        ensure(matches!(again, Err(Error::Auth { .. })), "a refresh token was good for twice")?;
        println!("authorization code with PKCE: signed in, tokens refreshed {renewed} times, each refresh token used once");
        Ok(())
    }

    /// Makes calls for longer than the lifetime of two tokens. Returns the number of tokens used.
    async fn refreshed(&self, client: &Client) -> Result<u64> {
        let before = self.token_requests().await?;
        for _ in 0..3 {
            tokio::time::sleep(Duration::from_millis(2100)).await;
            client.list_notes().await?;
        }
        let renewed = self.token_requests().await? - before;
        ensure(renewed == 3, &format!("{renewed} tokens for 3 lifetimes"))?;
        Ok(renewed)
    }

    /// Tests the device flow (RFC 8628).
    async fn on_a_device(&self) -> Result {
        let begun = self.sign_in().device().await?;
        let page = begun.verification_uri_complete.clone().ok_or("no page with the code in it")?;
        let before = self.token_requests().await?;
        let waiting = tokio::spawn(begun.finish());
        // The device polls before the user has responded.
        while self.token_requests().await? == before {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        approve(&page).await?;
        let signed_in = waiting.await??;
        let client = self.builder().credential(&security::PERSON, signed_in.credential()).build()?;
        ensure(client.list_notes().await?.person.as_deref() == Some("person"), "someone else is signed in")?;
        println!("device flow: signed in");
        Ok(())
    }
}

/// Approves the code of a device, as a user does in a browser.
async fn approve(page: &str) -> Result {
    let mut browser = Browser::default();
    let form = browser.go(page, None).await?;
    let confirm = browser.go(&form.action()?, Some(form.fields())).await?;
    let mut fields = confirm.fields();
    fields.insert("confirm".to_owned(), "yes".to_owned());
    browser.go(&confirm.action()?, Some(fields)).await?;
    Ok(())
}

/// Follows redirects and keeps cookies.
#[derive(Default)]
struct Browser {
    cookies: BTreeMap<String, String>,
}

struct Page {
    address: String,
    text: String,
}

impl Browser {
    async fn go(&mut self, address: &str, form: Option<BTreeMap<String, String>>) -> Result<Page> {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
        let (mut address, mut form) = (address.to_owned(), form);
        for _ in 0..12 {
            let request = match form.take() {
                None => http.get(&address),
                Some(fields) => http
                    .post(&address)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()),
            };
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let response = request.header("cookie", cookies.join("; ")).send().await?;
            for cookie in response.headers().get_all("set-cookie") {
                let (pair, _) = cookie.to_str()?.split_once(';').unwrap_or((cookie.to_str()?, ""));
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            let Some(next) = response.headers().get("location") else {
                return Ok(Page { address, text: response.text().await? });
            };
            address = response.url().join(next.to_str()?)?.into();
            if address.starts_with(BACK) {
                return Ok(Page { address, text: String::new() });
            }
        }
        Err("redirected without an end".into())
    }
}

impl Page {
    fn action(&self) -> Result<String> {
        let (_, rest) = self.text.split_once("action=\"").ok_or_else(|| format!("no form: {}", self.text))?;
        Ok(rest.split('"').next().unwrap_or_default().to_owned())
    }

    fn fields(&self) -> BTreeMap<String, String> {
        let attribute = |input: &str, name: &str| {
            let (_, rest) = input.split_once(&format!("{name}=\""))?;
            Some(rest.split('"').next()?.to_owned())
        };
        let inputs = self.text.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
        inputs.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?))).collect()
    }
}

fn ensure(right: bool, complaint: &str) -> Result {
    if right { Ok(()) } else { Err(complaint.into()) }
}
