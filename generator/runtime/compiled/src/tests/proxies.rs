//! Proxies as the environment names them. That belongs to the process, so the calls are made in one of their own.

use std::process::Command;

use super::sample::API;
use super::server::{Server, json};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::error::Error;
use crate::runtime::retry::RetryPolicy;

/// Runs the test of this name with an environment, and gives what it prints.
fn child(name: &str, environment: &[(&str, &str)]) -> String {
    let name = format!("tests::proxies::{name}");
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", &name, "--ignored", "--nocapture"]).envs(environment.iter().copied());
    let output = test.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    text.into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_environment_names_the_proxy() {
    let proxy = Server::answering(|_| json(200, r#"{"from":"the proxy"}"#)).await;
    let api = Server::answering(|_| json(200, r#"{"from":"the API"}"#)).await;
    let named = proxy.url.replace("http://", "http://user:SECRET@");
    let environment = [("HTTP_PROXY", named.as_str()), ("NO_PROXY", "127.0.0.1"), ("TEST_API", &api.url)];
    let said = tokio::task::spawn_blocking({
        let environment = environment.map(|(name, value)| (name, value.to_owned()));
        move || child("call_by_proxy", &environment.each_ref().map(|(name, value)| (*name, value.as_str())))
    });
    let said = said.await.unwrap();
    assert!(!said.contains("SECRET"), "{said}");
    let seen = proxy.seen();
    let [through] = &seen[..] else { panic!("{seen:?}") };
    assert_eq!(through.target, "http://api.invalid/x");
    assert_eq!(through.header("proxy-authorization"), Some("Basic dXNlcjpTRUNSRVQ="));
    assert_eq!(api.seen().len(), 1, "NO_PROXY names the API's host");
}

#[tokio::test]
#[ignore = "run by the test above, in a process of its own"]
async fn call_by_proxy() {
    let builder = |url: &str| ClientBuilder::new(&API).base_url(url).retry(RetryPolicy::none());
    let text = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
    let client = builder("http://api.invalid").build().unwrap();
    println!("{client:?}");
    let answer = client.raw(http::Method::GET, "/x").await.unwrap();
    assert_eq!(text(&answer.body), r#"{"from":"the proxy"}"#);

    let local = builder(&std::env::var("TEST_API").unwrap()).build().unwrap();
    assert_eq!(text(&local.raw(http::Method::GET, "/x").await.unwrap().body), r#"{"from":"the API"}"#);

    let direct = builder("http://api.invalid").no_proxy().build().unwrap();
    let error = direct.raw(http::Method::GET, "/x").await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }) && !error.was_sent(), "{error:?}");
}

#[test]
fn a_proxy_that_does_not_answer_keeps_its_password() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let said = child("call_by_no_proxy", &[("HTTP_PROXY", &format!("http://user:SECRET@127.0.0.1:{port}"))]);
    assert!(said.contains("could not connect") && !said.contains("SECRET"), "{said}");
}

#[tokio::test]
#[ignore = "run by the test above, in a process of its own"]
async fn call_by_no_proxy() {
    let builder = ClientBuilder::new(&API).base_url("http://api.invalid").retry(RetryPolicy::none());
    let error = builder.build().unwrap().raw(http::Method::GET, "/x").await.unwrap_err();
    println!("{error} {error:?}");
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        println!("{error} {error:?}");
        cause = error.source();
    }
}
