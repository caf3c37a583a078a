//! The client over TLS, against a server whose authority these tests make: what is trusted, what is not, and what an error says.
//!
//! With rustls; with the TLS of the system by `cargo test -p clientwright-tests --test it tls:: --features native-tls`.

use std::error::Error as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use webhooks_api::{Client, ClientBuilder, Error};

use super::command_line;

type Authority = CertifiedIssuer<'static, KeyPair>;

const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n{\"webhooks\":[]}";

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    // It needs a name of its own: OpenSSL takes a certificate whose two names are the same to be signed by itself.
    params.distinguished_name.push(DnType::CommonName, "an authority");
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn certificate(authority: &Authority, name: &str, expired: bool) -> (Certificate, KeyPair) {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    if expired {
        (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    }
    let key = KeyPair::generate().unwrap();
    (params.signed_by(&key, authority).unwrap(), key)
}

/// A server that gives the same answer to all, and counts who connects.
struct Server {
    url: String,
    connections: Arc<AtomicUsize>,
}

impl Server {
    async fn start(config: Option<ServerConfig>, answer: impl Into<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (connections, answer) = (Arc::new(AtomicUsize::new(0)), answer.into());
        let (counted, acceptor) = (Arc::clone(&connections), config.map(|config| TlsAcceptor::from(Arc::new(config))));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                let (answer, acceptor) = (answer.clone(), acceptor.clone());
                tokio::spawn(async move {
                    let mut part = [0; 4096];
                    let Some(acceptor) = acceptor else {
                        let _ = stream.read(&mut part).await;
                        return stream.write_all(answer.as_bytes()).await;
                    };
                    let mut stream = acceptor.accept(stream).await?;
                    while stream.read(&mut part).await? > 0 {
                        stream.write_all(answer.as_bytes()).await?;
                    }
                    Ok(())
                });
            }
        });
        Self { url: format!("https://localhost:{port}"), connections }
    }

    async fn with(certificate: (Certificate, KeyPair), answer: &str) -> Self {
        Self::start(
            Some(
                ServerConfig::builder()
                    .with_no_client_auth()
                    .with_single_cert(
                        vec![certificate.0.der().clone()],
                        PrivateKeyDer::try_from(certificate.1.serialize_der()).unwrap(),
                    )
                    .unwrap(),
            ),
            answer,
        )
        .await
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

fn http(trusted: &Authority) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    #[cfg(not(feature = "native-tls"))]
    let builder = builder.tls_backend_rustls();
    #[cfg(feature = "native-tls")]
    let builder = builder.tls_backend_native();
    let port = SocketAddr::from(([127, 0, 0, 1], 0));
    let root = reqwest::Certificate::from_pem(trusted.pem().as_bytes()).unwrap();
    builder.tls_certs_only([root]).resolve("localhost", port)
}

fn builder(server: &Server, http: reqwest::ClientBuilder) -> ClientBuilder {
    Client::builder().base_url(&server.url).token("a token").http_client(http.build().unwrap())
}

/// Returns the messages of an error and of its causes.
fn said(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// A connection that will fail in the same way again is not tried again, and nothing was sent over it.
async fn refused(client: &Client) -> String {
    let error = client.webhooks().list().await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error:?}");
    assert!(!error.is_retryable() && !error.was_sent(), "{error:?}");
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().contains("no secure connection to https://localhost:"), "{error}");
    said(&error)
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted_where_it_is_given() {
    let authority = authority();
    let server = Server::with(certificate(&authority, "localhost", false), ANSWER).await;
    let client = builder(&server, http(&authority)).build().unwrap();
    assert!(client.webhooks().list().await.unwrap().webhooks.is_empty());
    assert!(client.webhooks().list().await.unwrap().webhooks.is_empty());
    assert_eq!(server.connections(), 1, "connections are kept");
}

#[tokio::test]
async fn certificates_that_prove_nothing_are_refused_once() {
    let (known, stranger) = (authority(), authority());
    for certificate in [
        certificate(&stranger, "localhost", false),
        certificate(&known, "elsewhere.example.org", false),
        certificate(&known, "localhost", true),
    ] {
        let server = Server::with(certificate, ANSWER).await;
        let said = refused(&builder(&server, http(&known)).build().unwrap()).await;
        assert!(said.contains("certificate"), "{said}");
        assert_eq!(server.connections(), 1);
    }
}

/// The client that a builder makes by itself trusts whom the system trusts.
#[tokio::test]
async fn an_unknown_authority_is_refused_unless_it_is_given() {
    let server = Server::with(certificate(&authority(), "localhost", false), ANSWER).await;
    refused(&Client::builder().base_url(&server.url).token("a token").no_proxy().build().unwrap()).await;
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_secret_goes_to_no_token_endpoint_that_is_not_trusted() {
    let (known, stranger) = (authority(), authority());
    let api = Server::with(certificate(&known, "localhost", false), ANSWER).await;
    let tokens = Server::with(certificate(&stranger, "localhost", false), ANSWER).await;
    let client = Client::builder().base_url(&api.url).token_url(format!("{}/token", tokens.url));
    let client =
        client.client_credentials("id", "a secret").http_client(http(&known).build().unwrap()).build().unwrap();
    let error = client.webhooks().list().await.unwrap_err();
    assert!(matches!(error, Error::Auth { .. }) && !error.is_retryable() && !error.was_sent(), "{error:?}");
    assert!(said(&error).contains("certificate"), "{}", said(&error));
    assert_eq!((tokens.connections(), api.connections()), (1, 0));
}

#[tokio::test]
async fn a_server_without_tls_is_refused_once() {
    let server = Server::start(None, "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await;
    let client = builder(&server, http(&authority())).build().unwrap();
    refused(&client).await;
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_handshake_that_breaks_off_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let server = Server { url, connections: Arc::default() };
    let counted = Arc::clone(&server.connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            drop(stream);
        }
    });
    let soon = webhooks_api::RetryPolicy::standard().base_delay(std::time::Duration::from_millis(5));
    let client = builder(&server, http(&authority())).retry(soon).build().unwrap();
    let error = client.webhooks().list().await.unwrap_err();
    assert!(error.is_retryable() && !error.was_sent(), "{}", said(&error));
    assert_eq!((error.attempts(), server.connections()), (3, 3));
}

/// A server that asks for a certificate of the authority.
async fn asking(authority: &Authority) -> Server {
    let (own, key) = certificate(authority, "localhost", false);
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(authority.der().to_vec())).unwrap();
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
    let config = ServerConfig::builder().with_client_cert_verifier(verifier);
    let private = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    Server::start(Some(config.with_single_cert(vec![own.der().clone()], private).unwrap()), ANSWER).await
}

#[tokio::test]
async fn a_client_certificate_is_shown_where_one_is_asked_for() {
    let authority = authority();
    let server = asking(&authority).await;

    let error = builder(&server, http(&authority)).build().unwrap().webhooks().list().await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error:?}");

    let (certificate, key) = certificate(&authority, "a client", false);
    #[cfg(not(feature = "native-tls"))]
    let identity = reqwest::Identity::from_pem((certificate.pem() + &key.serialize_pem()).as_bytes());
    #[cfg(feature = "native-tls")]
    let identity = reqwest::Identity::from_pkcs8_pem(certificate.pem().as_bytes(), key.serialize_pem().as_bytes());
    let client = builder(&server, http(&authority).identity(identity.unwrap())).build().unwrap();
    assert!(client.webhooks().list().await.unwrap().webhooks.is_empty());
}

/// The output and the errors of a command line.
async fn printed(binary: &Path, arguments: &[&str], variables: &[(&str, &Path)]) -> (bool, String) {
    let mut command = Command::new(binary);
    command.args(arguments).envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    (output.status.success(), text)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "compiles a client with its command line"]
async fn a_command_line_shows_the_client_certificate_of_a_file() {
    let document = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\nsecurity: [{shown: []}]\npaths: {/webhooks: {get: {operationId: list, tags: [webhooks], responses: {'200': {description: Them, content: {application/json: {schema: {type: object}}}}}}}}\ncomponents: {securitySchemes: {shown: {type: mutualTLS}}}\n";
    let binary = command_line::binary("shown", &command_line::generated(document, command_line::with_cli("shown")));
    let authority = authority();
    let server = asking(&authority).await;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (roots, pem) = (folder.join("roots.pem"), folder.join("own.pem"));
    let (certificate, key) = certificate(&authority, "a client", false);
    std::fs::write(&roots, authority.pem()).unwrap();
    std::fs::write(&pem, certificate.pem() + &key.serialize_pem()).unwrap();
    let arguments = ["webhooks", "list", "--base-url", &server.url];
    let trusted = ("SSL_CERT_FILE", roots.as_path());

    let (done, text) = printed(&binary, &arguments, &[trusted]).await;
    assert!(!done && text.contains("set SHOWN_CLIENT_CERTIFICATE"), "{text}");
    let (done, text) = printed(&binary, &arguments, &[trusted, ("SHOWN_CLIENT_CERTIFICATE", &roots)]).await;
    assert!(!done && text.contains("roots.pem is no client certificate with its private key"), "{text}");
    assert_eq!(server.connections(), 0);
    let (done, text) = printed(&binary, &arguments, &[trusted, ("SHOWN_CLIENT_CERTIFICATE", &pem)]).await;
    assert!(done && text.contains("\"webhooks\": []"), "{text}");
}

#[tokio::test]
async fn nothing_goes_on_without_tls() {
    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = format!("http://{}/stolen", plain.local_addr().unwrap());
    let authority = authority();
    let answer = format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n");
    let server = Server::with(certificate(&authority, "localhost", false), &answer).await;
    let client = builder(&server, http(&authority)).build().unwrap();
    let error = client.webhooks().list().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307), "{error:?}");
    assert!(error.to_string().contains("redirect"), "{error}");
    let accepted = tokio::time::timeout(std::time::Duration::from_millis(100), plain.accept()).await;
    assert!(accepted.is_err(), "someone came");
}

/// By OpenSSL's own server, which still speaks what nobody should.
#[tokio::test]
async fn a_server_that_knows_no_newer_tls_is_refused_once() {
    struct Running(std::process::Child);
    impl Drop for Running {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
    let authority = authority();
    let (certificate, key) = certificate(&authority, "localhost", false);
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("tls");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("old.pem");
    std::fs::write(&file, certificate.pem() + &key.serialize_pem()).unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut openssl = Command::new("openssl");
    openssl.args(["s_server", "-quiet", "-www", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0", "-accept", &port.to_string()]);
    openssl
        .arg("-cert")
        .arg(&file)
        .arg("-key")
        .arg(&file)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let Ok(mut running) = openssl.spawn().map(Running) else { return eprintln!("skipped: no OpenSSL") };
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if running.0.try_wait().unwrap().is_some() {
            return eprintln!("skipped: this OpenSSL speaks no TLS 1.1 either");
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let server = Server { url: format!("https://localhost:{port}"), connections: Arc::default() };
    let said = refused(&builder(&server, http(&authority)).build().unwrap()).await;
    assert!(said.to_ascii_lowercase().contains("protocol"), "{said}");
}
