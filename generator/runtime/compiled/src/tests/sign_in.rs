//! Sign-ins of people.

use sha2::{Digest, Sha256};

use super::sample::API;
use super::server::{Seen, Server, json};
use crate::runtime::base64::base64;
use crate::runtime::builder::ClientBuilder;
use crate::runtime::cause::AuthError;
use crate::runtime::security::{ClientAuthentication, Flows, Interactive, Scheme, SchemeKind, TokenEndpoint};
use crate::runtime::sign_in::{BrowserSignIn, SignIn};

const INTERACTIVE: Interactive = Interactive {
    authorization_url: "https://idp.example/authorize?x=1",
    token: TokenEndpoint { url: "https://idp.example/token", authentication: ClientAuthentication::Basic },
};
static SCHEME: Scheme = Scheme {
    name: "OAuth2",
    kind: SchemeKind::OAuth2(Flows { authorization_code: Some(INTERACTIVE), device: Some(INTERACTIVE), ..Flows::NONE }),
};

fn pairs(text: &str) -> std::collections::BTreeMap<String, String> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn begin(server: &Server) -> BrowserSignIn {
    let sign_in = SignIn::new(&SCHEME, "id").token_url(format!("{}/token", server.url));
    sign_in.redirect_uri("http://127.0.0.1/back?a=b").scopes(["r", "w"]).browser().unwrap()
}

fn issuing(_: &Seen) -> Vec<u8> {
    json(200, r#"{"access_token":"a","token_type":"Bearer","expires_in":60,"refresh_token":"r"}"#)
}

#[tokio::test]
async fn a_code_is_exchanged_with_its_verifier() {
    let server = Server::answering(issuing).await;
    let begun = begin(&server);
    let url = url::Url::parse(begun.url()).unwrap();
    let asked = pairs(url.query().unwrap());
    assert_eq!((asked["x"].as_str(), asked["scope"].as_str(), asked["client_id"].as_str()), ("1", "r w", "id"));
    assert_eq!((asked["response_type"].as_str(), asked["code_challenge_method"].as_str()), ("code", "S256"));
    let back = format!("http://127.0.0.1/back?a=b&code=c%2Fd&state={}", asked["state"]);
    let signed_in = begun.finish(&back).await.unwrap();
    let sent = pairs(&server.seen()[0].text());
    assert_eq!((sent["code"].as_str(), sent["grant_type"].as_str()), ("c/d", "authorization_code"));
    assert_eq!((sent["client_id"].as_str(), sent["redirect_uri"].as_str()), ("id", "http://127.0.0.1/back?a=b"));
    let challenge = base64(&Sha256::digest(&sent["code_verifier"])).replace('+', "-").replace('/', "_");
    assert_eq!(challenge.trim_end_matches('='), asked["code_challenge"]);
    assert_eq!(format!("{signed_in:?}"), "SignedIn");
    let client = ClientBuilder::new(&API).base_url(&server.url).token_url(format!("{}/token", server.url));
    let client = client.credential(&SCHEME, signed_in.credential()).build().unwrap();
    let _ = client.webhooks().list().await;
    assert_eq!(pairs(&server.seen()[1].text())["refresh_token"], "r");
}

#[tokio::test]
async fn an_answer_to_another_sign_in_is_refused() {
    let server = Server::answering(issuing).await;
    for back in ["?code=c&state=other", "?code=c", ""] {
        assert!(matches!(begin(&server).finish(back).await, Err(AuthError::Response(_))), "{back}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_person_may_refuse() {
    let server = Server::answering(issuing).await;
    let begun = begin(&server);
    let state = pairs(url::Url::parse(begun.url()).unwrap().query().unwrap())["state"].clone();
    let error = begun.finish(&format!("?error=access_denied&state={state}")).await.unwrap_err();
    assert!(matches!(error, AuthError::Refused { code: Some(code), .. } if code == "access_denied"));
}

#[tokio::test]
async fn a_device_waits_for_its_person() {
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::answering(move |seen| match seen.target.as_str() {
        "/device" => json(200, r#"{"device_code":"d","user_code":"WDJB","verification_uri":"https://v","interval":0}"#),
        _ => match turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => json(400, r#"{"error":"authorization_pending"}"#),
            _ => issuing(seen),
        },
    })
    .await;
    let sign_in = SignIn::new(&SCHEME, "id").authorization_url(format!("{}/device", server.url));
    let begun = sign_in.token_url(format!("{}/token", server.url)).device().await.unwrap();
    assert_eq!((begun.user_code.as_str(), begun.verification_uri.as_str()), ("WDJB", "https://v"));
    let signed_in = begun.finish().await.unwrap();
    assert_eq!(signed_in.access_token().token.expose(), "a");
    let sent = pairs(&server.seen()[2].text());
    assert_eq!(sent["grant_type"], "urn:ietf:params:oauth:grant-type:device_code");
    assert_eq!((sent["device_code"].as_str(), server.seen().len()), ("d", 3));
}

#[tokio::test]
async fn a_sign_in_does_not_travel_in_the_clear() {
    let sign_in = SignIn::new(&SCHEME, "id").authorization_url("http://idp.example/device");
    assert!(matches!(sign_in.device().await, Err(AuthError::Insecure { .. })));
}
