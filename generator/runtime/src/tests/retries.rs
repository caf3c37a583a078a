//! Tests of retries.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::HeaderMap;

use super::fault_server::start;
use super::faults::{GetItem, PostItem, builder};
use super::server::{Server, json, message};
use crate::runtime::error::Error;
use crate::runtime::retry::{Budget, RetryPolicy, retry_after};

#[tokio::test]
async fn an_idempotent_call_is_tried_again() {
    let (server, _) = start().await;
    let client = builder(&server.url).build().unwrap();
    for faults in ["503,reset,ok", "429-none,ok", "truncated,ok", "429-date,ok", "502,429-bad,ok"] {
        assert_eq!(GetItem::call(&client, "seq", faults).await.unwrap().name, "ok", "{faults}");
    }
    let error = GetItem::call(&client, "seq", "503,502,500,ok").await.unwrap_err();
    assert_eq!((error.attempts(), error.status().map(|status| status.as_u16())), (3, Some(500)));
    assert!(error.to_string().ends_with("(after 3 attempts)"), "{error}");
}

#[tokio::test]
async fn what_may_do_something_twice_is_sent_once() {
    let (server, _) = start().await;
    let client = builder(&server.url).build().unwrap();
    for faults in ["503,ok", "reset,ok", "429-none,ok", "truncated,ok", "reset-mid-headers,ok", "hang,ok"] {
        assert!(PostItem::call(&client, "seq", faults).await.is_err());
        assert_eq!(server.count(&format!("/seq/{}", faults.replace(',', "%2C"))), 1, "{faults}");
    }
}

#[tokio::test]
async fn an_idempotency_key_allows_it_and_stays_the_same() {
    let (server, _) = start().await;
    let client = builder(&server.url).build().unwrap();
    let call = PostItem::call(&client, "seq", "503,reset,ok").idempotency_key("k-1");
    assert_eq!(call.await.unwrap().name, "ok");
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|seen| seen.header("idempotency-key") == Some("k-1") && seen.text() == "[1]"));
}

#[tokio::test]
async fn an_api_with_keys_gets_one_for_each_call() {
    use crate::runtime::request::Request;
    use crate::runtime::spec::{Method, Spec};
    static SPEC: Spec = Spec { method: Method::POST, idempotency_key: Some("x-key"), ..Spec::NEW };
    let key = || {
        let mut request = Request::new(&SPEC);
        request.complete();
        let first = request.render(&"http://h".parse().unwrap(), &HeaderMap::new()).unwrap().headers()["x-key"].clone();
        assert_eq!(request.render(&"http://h".parse().unwrap(), &HeaderMap::new()).unwrap().headers()["x-key"], first);
        assert!(request.is_repeatable());
        first.to_str().unwrap().to_owned()
    };
    let (one, other) = (key(), key());
    assert!(one != other && one.len() == 36 && one.split('-').nth(2).is_some_and(|part| part.starts_with('4')));
}

#[tokio::test]
async fn a_body_that_can_be_read_once_is_sent_once() {
    let (server, _) = start().await;
    let client = builder(&server.url).build().unwrap();
    let call = GetItem::call(&client, "seq", "503,ok").with(|request| request.stream("text/plain", "once"));
    assert!(call.await.is_err());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn retries_can_be_off() {
    let (server, _) = start().await;
    let client = builder(&server.url).retry(RetryPolicy::none()).build().unwrap();
    assert!(GetItem::call(&client, "seq", "503,ok").await.is_err());
    assert!(
        GetItem::call(&client, "seq", "503,ok,")
            .retry(RetryPolicy::standard().base_delay(Duration::ZERO))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_connection_that_went_stale_is_replaced() {
    let (server, _) = start().await;
    let client = builder(&server.url).build().unwrap();
    for _ in 0..5 {
        assert!(GetItem::call(&client, "f", "keepalive-stale").await.is_ok());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(server.seen().len() >= 5);
}

#[tokio::test]
async fn the_server_is_given_the_time_it_asks_for() {
    let (server, _) = start().await;
    let client = builder(&server.url).timeout(Duration::from_secs(10)).build().unwrap();
    let begun = Instant::now();
    assert!(GetItem::call(&client, "seq", "429,ok").await.is_ok());
    assert!(begun.elapsed() >= Duration::from_secs(1));
    let begun = Instant::now();
    let error = GetItem::call(&client, "seq", "429-huge,ok").await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(5) && error.attempts() == 1);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(99_999_999_999)));
}

#[tokio::test]
async fn a_pause_that_outlasts_the_call_ends_it() {
    let (server, _) = start().await;
    let client = builder(&server.url).timeout(Duration::from_millis(500)).build().unwrap();
    let error = GetItem::call(&client, "seq", "429,ok").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
}

#[tokio::test]
async fn retries_stop_when_the_budget_is_spent() {
    let server = Server::answering(|_| json(503, "{}")).await;
    let policy = RetryPolicy::standard().base_delay(Duration::ZERO);
    let client = builder(&server.url).retry(policy).build().unwrap();
    for _ in 0..300 {
        assert!(GetItem::call(&client, "f", "x").await.is_err());
    }
    // 500 tokens pay for 100 retries.
    assert_eq!(server.seen().len(), 400);
}

#[test]
fn the_budget_fills_again() {
    let budget = Budget::new();
    while budget.take(false).is_some() {}
    (0..5).for_each(|_| budget.give_back(1));
    assert_eq!(budget.take(true), None);
    assert_eq!(budget.take(false), Some(5));
}

#[test]
fn retry_after_is_read_in_both_forms() {
    let read = |text: &str| {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", text.parse().unwrap());
        retry_after(&headers)
    };
    assert_eq!(read("120"), Some(Duration::from_secs(120)));
    assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
    assert!(read("Fri, 31 Dec 2199 23:59:59 GMT").unwrap() > Duration::from_secs(100 * 365 * 86_400));
    for rubbish in ["soon", "-1", "1.5", "", "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 XXX 1994 08:49:37 GMT"] {
        assert_eq!(read(rubbish), None, "{rubbish}");
    }
}

#[tokio::test]
async fn a_transport_of_ones_own_is_retried_as_well() {
    let count = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let client = builder("http://localhost")
        .transport(move |request: reqwest::Request| {
            let turn = counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            async move {
                assert_eq!(request.url().path(), "/f/x");
                if turn == 0 {
                    return Err("broken".into());
                }
                let answer = http::Response::builder().header("content-type", "application/json");
                Ok(answer.body(super::fault_server::ITEM).unwrap().into())
            }
        })
        .build()
        .unwrap();
    assert_eq!(GetItem::call(&client, "f", "x").await.unwrap().name, "ok");
    assert_eq!(count.load(std::sync::atomic::Ordering::Relaxed), 2);
}

#[tokio::test]
async fn hooks_see_every_attempt() {
    let server = Server::answering(|seen| {
        if seen.header("traceparent").is_some() { json(200, super::fault_server::ITEM) } else { message(400, &[], b"") }
    })
    .await;
    let statuses = Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = Arc::clone(&statuses);
    let client = builder(&server.url)
        .on_request(|request| {
            request.headers_mut().insert("traceparent", http::HeaderValue::from_static("00-1-2-01"));
        })
        .on_response(move |response| seen.lock().unwrap().push(response.status().as_u16()))
        .build()
        .unwrap();
    assert!(GetItem::call(&client, "f", "x").await.is_ok());
    assert_eq!(*statuses.lock().unwrap(), [200]);
    assert!(!matches!(GetItem::call(&client, "f", "..").await, Err(Error::Transport { .. })));
}
