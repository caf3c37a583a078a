//! Tests of the selection and placement of credentials.

use super::server::{Server, json};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::cause::AuthError;
use crate::runtime::client::Client;
use crate::runtime::error::{Error, Undocumented};
use crate::runtime::operation::{Operation, Outcome};
use crate::runtime::path::path_template;
use crate::runtime::reply::Reply;
use crate::runtime::security::{Credential, Flows, Need, Place, Requirement, Scheme, SchemeKind};
use crate::runtime::spec::{Api, Spec};

static API: Api = Api { name: "a", version: "1", base_url: None, scopes: &[] };
static KEY: Scheme = Scheme { name: "key", kind: SchemeKind::ApiKey { name: "X-Key", place: Place::Header } };
static BASIC: Scheme = Scheme { name: "basic", kind: SchemeKind::Basic };
static OTHER: Scheme = Scheme { name: "other", kind: SchemeKind::Http("Custom") };
static OAUTH: Scheme = Scheme { name: "oauth", kind: SchemeKind::OAuth2(Flows::NONE) };
static OPEN_ID: Scheme = Scheme { name: "oidc", kind: SchemeKind::OpenIdConnect { url: "https://idp.example/d" } };

macro_rules! operations {
    ($($name:ident: $security:expr;)*) => {
        $(
            enum $name {}

            impl Operation for $name {
                const SPEC: Spec = Spec { path: path_template!("/"), security: $security, ..Spec::NEW };
                type Output = u8;
                type Failure = Undocumented;

                fn decode(reply: Reply) -> Outcome<Self> {
                    reply.output()
                }
            }
        )*
    };
}

const fn need(scheme: &'static Scheme) -> Need {
    Need { scheme, scopes: &[] }
}

operations! {
    Either: &[Requirement(&[need(&BASIC)]), Requirement(&[need(&KEY)])];
    Both: &[Requirement(&[need(&BASIC), need(&KEY)])];
    Optional: &[Requirement(&[]), Requirement(&[need(&BASIC)])];
    Open: &[];
    Custom: &[Requirement(&[need(&OTHER)])];
    Scoped: &[Requirement(&[Need { scheme: &OAUTH, scopes: &["read", "write"] }])];
    OpenId: &[Requirement(&[need(&OPEN_ID)])];
}

async fn server() -> Server {
    Server::answering(|seen| match seen.target.as_str() {
        "/d" => json(200, &format!(r#"{{"token_endpoint":"http://{}/t"}}"#, seen.header("host").unwrap_or_default())),
        "/t" => json(200, r#"{"access_token":"found","token_type":"Bearer"}"#),
        _ => json(200, "1"),
    })
    .await
}

fn builder(server: &Server) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(&server.url)
}

fn with_key(builder: ClientBuilder) -> Client {
    builder.credential(&KEY, Credential::key("k")).build().unwrap()
}

#[tokio::test]
async fn one_of_several_requirements_is_met() {
    let server = server().await;
    let client = with_key(builder(&server));
    Call::<Either>::new(&client).await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!((seen.header("x-key"), seen.header("authorization")), (Some("k"), None));
}

#[tokio::test]
async fn all_schemes_of_a_requirement_are_met_or_nothing_is_sent() {
    let server = server().await;
    let error = Call::<Both>::new(&with_key(builder(&server))).await.unwrap_err();
    assert!(error.to_string().contains("has no credential for basic or key"), "{error}");
    assert!(server.seen().is_empty());
    let client = with_key(builder(&server).credential(&BASIC, Credential::basic("Aladdin", "open sesame")));
    Call::<Both>::new(&client).await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(seen.header("authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    assert_eq!(seen.header("x-key"), Some("k"));
}

#[tokio::test]
async fn credentials_go_only_where_they_are_asked_for() {
    let server = server().await;
    let client = with_key(builder(&server));
    Call::<Open>::new(&client).await.unwrap();
    Call::<Optional>::new(&client).await.unwrap();
    assert!(server.seen().iter().all(|seen| seen.header("x-key").is_none() && seen.header("authorization").is_none()));
}

#[tokio::test]
async fn what_is_optional_is_sent_if_it_is_there() {
    let server = server().await;
    let client = builder(&server).credential(&BASIC, Credential::basic("a", "b")).build().unwrap();
    Call::<Optional>::new(&client).await.unwrap();
    assert_eq!(server.seen()[0].header("authorization"), Some("Basic YTpi"));
}

#[tokio::test]
async fn other_http_schemes_are_sent_by_their_name() {
    let server = server().await;
    let client = builder(&server).credential(&OTHER, Credential::key("a=b")).build().unwrap();
    Call::<Custom>::new(&client).await.unwrap();
    assert_eq!(server.seen()[0].header("authorization"), Some("Custom a=b"));
}

#[tokio::test]
async fn scopes_that_are_not_asked_for_are_named_before_anything_is_sent() {
    let server = server().await;
    let builder = builder(&server).token_url(format!("{}/t", server.url)).scopes(["read"]);
    let client = builder.credential(&OAUTH, Credential::client("i", "s")).build().unwrap();
    match Call::<Scoped>::new(&client).await.unwrap_err() {
        Error::Auth { cause, .. } => {
            assert!(matches!(&*cause, AuthError::MissingScopes { scopes } if *scopes == ["write"]));
        }
        other => panic!("{other:?}"),
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn an_open_id_provider_is_asked_where_its_tokens_are() {
    let server = server().await;
    let scheme: &'static Scheme = Box::leak(Box::new(Scheme {
        name: "oidc",
        kind: SchemeKind::OpenIdConnect { url: Box::leak(format!("{}/d", server.url).into_boxed_str()) },
    }));
    let client = builder(&server).credential(scheme, Credential::client("i", "s")).build().unwrap();
    Call::<OpenId>::new(&client).await.unwrap();
    assert_eq!(server.seen()[2].header("authorization"), Some("Bearer found"));
}

#[test]
fn a_credential_that_does_not_fit_is_refused_at_once() {
    let build = |scheme, credential| {
        ClientBuilder::new(&API).base_url("https://a").credential(scheme, credential).build().unwrap_err().to_string()
    };
    assert!(build(&KEY, Credential::key("a\nb")).contains("`key` has characters"));
    assert!(build(&BASIC, Credential::basic("a:b", "c")).contains("colon"));
    assert!(build(&OAUTH, Credential::client("a", "b")).contains("needs a token URL"));
    assert!(!build(&KEY, Credential::key("SECRET\n")).contains("SECRET"));
}

/// An operation may have its own servers to choose from; credentials are sent to none of them unencrypted.
#[tokio::test]
async fn a_call_can_go_to_another_server() {
    let server = Server::answering(|_| json(200, "{}")).await;
    let client =
        ClientBuilder::new(&API).base_url("https://api.example").no_proxy().credential(&KEY, Credential::key("k"));
    let client = client.build().unwrap();
    let call = |url: &str| client.raw(http::Method::GET, "/x").base_url(format!("{url}/v2/"));
    assert_eq!(call(&server.url).await.unwrap().status, 200);
    assert_eq!(server.seen()[0].target, "/v2/x");
    assert!(matches!(call("http://api.example").await, Err(Error::Auth { .. })));
    assert!(matches!(call("ftp://api.example").await, Err(Error::Invalid { .. })));
    assert!(matches!(call("not a URL").await, Err(Error::Invalid { .. })));
}

static PATH_API: Api = Api { name: "a", version: "1", base_url: Some("/api/v1"), scopes: &[] };

/// A description may give a path alone as its server.
#[test]
fn a_relative_server_is_joined_to_the_base_url() {
    let url = |builder: ClientBuilder| builder.build().map(|client| client.base_url().to_owned());
    let base = |url: &str| ClientBuilder::new(&PATH_API).base_url(url);
    assert_eq!(url(base("https://h")).unwrap(), "https://h/api/v1");
    assert_eq!(url(base("https://h:8080/")).unwrap(), "https://h:8080/api/v1");
    assert_eq!(url(base("https://h/proxy")).unwrap(), "https://h/proxy");
    assert_eq!(url(ClientBuilder::new(&PATH_API).base_url_alone("https://h")).unwrap(), "https://h/");
    let missing = url(ClientBuilder::new(&PATH_API)).unwrap_err().to_string();
    assert!(
        missing.contains("give a base URL, such as https://host, to which its path /api/v1 is joined"),
        "{missing}"
    );
}
