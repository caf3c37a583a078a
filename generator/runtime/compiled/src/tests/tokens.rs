//! Tokens: how often they are fetched, and what a broken token endpoint does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::AsyncWriteExt;

use super::sample::OAUTH2;
use super::server::{Seen, Server, json, message};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::cause::AuthError;
use crate::runtime::client::Client;
use crate::runtime::error::Error;
use crate::runtime::grant::AccessToken;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::security::{ClientAuthentication, Credential};

/// An API that takes only the newest token, and a token endpoint that gives it after `delay`.
async fn issuing(lifetime: &'static str, delay: Duration, guarded: bool) -> (Server, Arc<AtomicUsize>) {
    let issued = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&issued);
    let server = Server::serving(move |seen: Seen, mut stream| {
        let count = Arc::clone(&count);
        async move {
            let answer = if seen.target.starts_with("/token") {
                let number = count.fetch_add(1, Ordering::SeqCst) + 1;
                tokio::time::sleep(delay).await;
                json(200, &format!(r#"{{"access_token":"t{number}","token_type":"bearer"{lifetime}}}"#))
            } else {
                let newest = format!("Bearer t{}", count.load(Ordering::SeqCst));
                let good = !guarded || seen.header("authorization") == Some(&newest);
                if good { json(200, "[]") } else { json(401, "{}") }
            };
            stream.write_all(&answer).await.ok()?;
            Some(stream)
        }
    })
    .await;
    (server, issued)
}

const HOUR: &str = r#","expires_in":3600"#;

fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .base_url(&server.url)
        .token_url(format!("{}/token", server.url))
        .client_credentials("id", "s3cr3t/+ %&=:")
        .no_proxy()
        .retry(RetryPolicy::none())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_number_of_callers_take_one_token() {
    for tasks in [1, 10, 100, 1000] {
        let (server, issued) = issuing(HOUR, Duration::from_millis(100), false).await;
        let client = builder(&server).build().unwrap();
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..tasks {
            let client = client.clone();
            calls.spawn(async move { client.webhooks().list().await.map(drop) });
        }
        while let Some(done) = calls.join_next().await {
            done.unwrap().unwrap();
        }
        assert_eq!(issued.load(Ordering::SeqCst), 1, "{tasks} tasks");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expired_token_is_replaced_once() {
    let (server, issued) = issuing(r#","expires_in":1"#, Duration::from_millis(50), false).await;
    let client = builder(&server).build().unwrap();
    client.webhooks().list().await.unwrap();
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        calls.spawn(async move { client.webhooks().list().await.map(drop) });
    }
    while let Some(done) = calls.join_next().await {
        done.unwrap().unwrap();
    }
    assert_eq!(issued.load(Ordering::SeqCst), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_that_give_up_leave_the_token_to_the_others() {
    let rounds = std::env::var("CLIENTWRIGHT_ROUNDS").map_or(100, |rounds| rounds.parse().unwrap());
    let (server, issued) = issuing(HOUR, Duration::from_millis(5), false).await;
    for round in 0..rounds {
        let client = builder(&server).build().unwrap();
        let calls: Vec<_> = (0..20)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.webhooks().list().await.map(drop) })
            })
            .collect();
        tokio::time::sleep(Duration::from_micros(round % 7 * 900)).await;
        // The first among them: the caller that requested the token is dropped.
        calls.iter().step_by(2).for_each(tokio::task::JoinHandle::abort);
        for call in calls.into_iter().skip(1).step_by(2) {
            call.await.unwrap().unwrap();
        }
        assert_eq!(issued.swap(0, Ordering::SeqCst), 1, "round {round}");
    }
}

#[tokio::test]
async fn a_client_outlives_the_runtime_that_it_was_first_used_in() {
    let (server, issued) = issuing(HOUR, Duration::from_millis(300), false).await;
    let client = builder(&server).build().unwrap();
    let gone = client.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let call =
            async { tokio::time::timeout(Duration::from_millis(100), gone.webhooks().list().into_future()).await };
        assert!(runtime.block_on(call).is_err());
    })
    .join()
    .unwrap();
    client.webhooks().list().timeout(Duration::from_secs(5)).await.unwrap();
    assert_eq!(issued.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_withdrawn_token_is_replaced_and_the_call_made_again() {
    let (server, issued) = issuing(HOUR, Duration::ZERO, true).await;
    let client = builder(&server).build().unwrap();
    client.webhooks().list().await.unwrap();
    issued.fetch_add(1, Ordering::SeqCst);
    client.webhooks().list().await.unwrap();
    assert_eq!((issued.load(Ordering::SeqCst), server.count("/webhooks")), (3, 3));
}

#[tokio::test]
async fn a_lasting_401_takes_two_calls() {
    let (server, issued) = issuing(HOUR, Duration::ZERO, true).await;
    issued.store(10, Ordering::SeqCst);
    let server_that_refuses = Server::answering(|_| json(401, r#"{"error":"never"}"#)).await;
    let client = builder(&server).base_url(&server_that_refuses.url).build().unwrap();
    let error = client.webhooks().list().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!((server_that_refuses.seen().len(), issued.load(Ordering::SeqCst)), (2, 12));
}

#[tokio::test]
async fn a_fixed_token_is_not_tried_twice() {
    let server = Server::answering(|_| json(401, "{}")).await;
    let client = Client::builder().base_url(&server.url).token("t").build().unwrap();
    assert!(client.webhooks().list().await.is_err());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn lifetimes_are_read_leniently() {
    for (lifetime, requests) in [
        ("", 1),
        (r#","expires_in":"3600""#, 1),
        (r#","expires_in":3600.0"#, 1),
        (r#","expires_in":18446744073709551615"#, 1),
        (r#","expires_in":"soon""#, 1),
        (r#","expires_in":null"#, 1),
        (r#","expires_in":0"#, 3),
        (r#","expires_in":-5"#, 3),
    ] {
        let (server, issued) = issuing(lifetime, Duration::ZERO, false).await;
        let client = builder(&server).build().unwrap();
        for _ in 0..3 {
            client.webhooks().list().await.unwrap();
        }
        assert_eq!(issued.load(Ordering::SeqCst), requests, "{lifetime}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn short_tokens_under_load_fail_no_call() {
    let seconds = std::env::var("CLIENTWRIGHT_SECONDS").map_or(4, |seconds| seconds.parse().unwrap());
    let (server, issued) = issuing(r#","expires_in":1"#, Duration::from_millis(20), false).await;
    let client = builder(&server).build().unwrap();
    let end = tokio::time::Instant::now() + Duration::from_secs(seconds);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let client = client.clone();
        calls.spawn(async move {
            let mut count = 0;
            while tokio::time::Instant::now() < end {
                client.webhooks().list().await.unwrap();
                count += 1;
            }
            count
        });
    }
    let mut count = 0;
    while let Some(done) = calls.join_next().await {
        count += done.unwrap();
    }
    println!("{count} calls, {} tokens", issued.load(Ordering::SeqCst));
    assert!(issued.load(Ordering::SeqCst) as u64 <= seconds * 2 + 1);
}

async fn refused(answer: Vec<u8>) -> (Arc<AuthError>, usize) {
    let server = Server::answering(move |_| answer.clone()).await;
    let client = builder(&server).build().unwrap();
    let mut last = None;
    for _ in 0..5 {
        match client.webhooks().list().await.unwrap_err() {
            Error::Auth { cause, context } => {
                assert!(!context.sent);
                last = Some(cause);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(server.count("/webhooks"), 0);
    (last.unwrap(), server.count("/token"))
}

#[tokio::test]
async fn a_broken_token_endpoint_is_a_typed_error_and_not_stormed() {
    let (error, count) = refused(json(401, r#"{"error":"invalid_client","error_description":"no"}"#)).await;
    assert!(matches!(&*error, AuthError::Refused { status: 401, code: Some(code), .. } if code == "invalid_client"));
    assert_eq!((count, error.is_passing()), (1, false));
    let (error, count) = refused(json(503, "")).await;
    assert!(matches!(*error, AuthError::Refused { status: 503, code: None, .. }));
    assert_eq!((count, error.is_passing()), (3, true));
    for answer in [
        message(200, &[("content-type", "text/html")], b"<html>"),
        json(200, ""),
        json(200, r#"{"access_token":"a","access_token":"b","token_type":"Bearer"}"#),
        json(200, r#"{"access_token":"a","token_type":"mac"}"#),
        json(200, r#"{"access_token":"a\r\nb","token_type":"Bearer"}"#),
    ] {
        let (error, _) = refused(answer).await;
        assert!(matches!(*error, AuthError::Response(_)), "{error}");
    }
    let (error, _) = refused(message(307, &[("location", "http://127.0.0.2:1/stolen")], b"")).await;
    assert!(matches!(*error, AuthError::Refused { status: 307, .. }));
}

#[tokio::test]
async fn a_silent_token_endpoint_ends_in_time() {
    let (server, _) = issuing(HOUR, Duration::from_secs(60), false).await;
    let client = builder(&server).timeout(Duration::from_millis(300)).build().unwrap();
    let error = client.webhooks().list().await.unwrap_err();
    assert!(error.is_timeout() || matches!(error, Error::Auth { .. }), "{error:?}");
    assert!(!error.was_sent() && error.is_retryable());
}

#[tokio::test]
async fn basic_authentication_encodes_both_parts() {
    let (server, _) = issuing(HOUR, Duration::ZERO, false).await;
    let client = builder(&server).client_authentication(ClientAuthentication::Basic).scopes(["a", "b c"]).build();
    client.unwrap().webhooks().list().await.unwrap();
    let seen = &server.seen()[0];
    // base64 of `id:s3cr3t%2F%2B%20%25%26%3D%3A`
    assert_eq!(seen.header("authorization"), Some("Basic aWQ6czNjcjN0JTJGJTJCJTIwJTI1JTI2JTNEJTNB"));
    assert_eq!(seen.text(), "grant_type=client_credentials&scope=a%20b%20c");
}

#[tokio::test]
async fn a_refresh_token_is_used_and_its_successor_kept() {
    let server = Server::answering(|seen| {
        let text = seen.text();
        match text.split("refresh_token=").nth(1).map(|rest| rest.split('&').next().unwrap_or_default()) {
            Some("r1") => json(200, r#"{"access_token":"a","expires_in":0,"refresh_token":"r2"}"#),
            Some("r2") => json(200, r#"{"access_token":"b","expires_in":60}"#),
            _ => json(200, "[]"),
        }
    })
    .await;
    let credential = Credential::refresh("id", None, "r1");
    let client = Client::builder()
        .base_url(&server.url)
        .token_url(format!("{}/token", server.url))
        .credential(&OAUTH2, credential)
        .build()
        .unwrap();
    client.webhooks().list().await.unwrap();
    client.webhooks().list().await.unwrap();
    let sent: Vec<_> =
        server.seen().iter().filter_map(|seen| seen.header("authorization").map(str::to_owned)).collect();
    assert_eq!(sent, ["Bearer a", "Bearer b"]);
}

struct Elsewhere(AtomicUsize);

impl crate::runtime::grant::TokenSource for Elsewhere {
    fn token(
        &self,
        scopes: &[String],
    ) -> crate::runtime::platform::BoxFuture<'_, Result<AccessToken, crate::runtime::cause::BoxError>> {
        let token = format!("{}-{}", scopes.join("+"), self.0.fetch_add(1, Ordering::SeqCst));
        Box::pin(async move { Ok(AccessToken::new(token, Some(Duration::from_secs(60)))) })
    }
}

#[tokio::test]
async fn tokens_can_come_from_anywhere() {
    let server = Server::answering(|_| json(200, "[]")).await;
    let credential = Credential::source(Elsewhere(AtomicUsize::new(0)));
    let builder = Client::builder().base_url(&server.url).scopes(["x", "y"]);
    let client = builder.credential(&OAUTH2, credential).build().unwrap();
    client.webhooks().list().await.unwrap();
    client.webhooks().list().await.unwrap();
    assert!(server.seen().iter().all(|seen| seen.header("authorization") == Some("Bearer x+y-0")));
}

struct Panicking(std::sync::Arc<AtomicUsize>);

impl crate::runtime::grant::TokenSource for Panicking {
    fn token(
        &self,
        _: &[String],
    ) -> crate::runtime::platform::BoxFuture<'_, Result<AccessToken, crate::runtime::cause::BoxError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { panic!("a fault of the caller's own") })
    }
}

/// The panic is the error of the calls that waited, and the source is not called repeatedly.
#[tokio::test]
async fn a_source_of_tokens_may_panic() {
    let server = Server::answering(|_| json(200, "[]")).await;
    let asked = std::sync::Arc::new(AtomicUsize::new(0));
    let credential = Credential::source(Panicking(std::sync::Arc::clone(&asked)));
    let client = Client::builder().base_url(&server.url).credential(&OAUTH2, credential).build().unwrap();
    for _ in 0..3 {
        let error = client.webhooks().list().await.unwrap_err();
        assert!(error.to_string().contains("the source of tokens failed"), "{error}");
    }
    assert_eq!((asked.load(Ordering::SeqCst), server.seen().len()), (1, 0));
}

struct Eternal;

impl crate::runtime::grant::TokenSource for Eternal {
    fn token(
        &self,
        _: &[String],
    ) -> crate::runtime::platform::BoxFuture<'_, Result<AccessToken, crate::runtime::cause::BoxError>> {
        Box::pin(async { Ok(AccessToken::new("t", Some(Duration::MAX))) })
    }
}

#[tokio::test]
async fn a_token_may_be_good_for_ever() {
    let server = Server::answering(|_| json(200, "[]")).await;
    let credential = Credential::source(Eternal);
    let client = Client::builder().base_url(&server.url).credential(&OAUTH2, credential).build().unwrap();
    client.webhooks().list().await.unwrap();
}

#[test]
fn credentials_do_not_travel_in_the_clear() {
    let error = Client::builder().base_url("http://api.example").token("t").build().unwrap_err();
    assert!(error.to_string().contains("http://api.example unencrypted"));
    let error = Client::builder().token_url("http://idp.example/t").client_credentials("i", "s").build().unwrap_err();
    assert!(error.to_string().contains("http://idp.example unencrypted"));
    for loopback in ["http://localhost:1", "http://127.0.0.9", "http://[::1]:2"] {
        assert!(Client::builder().base_url(loopback).token("t").build().is_ok());
    }
    assert!(Client::builder().base_url("http://api.example").allow_http(true).token("t").build().is_ok());
}
