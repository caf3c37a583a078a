//! Tests of retries.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::HeaderMap;

use super::fault_server::start;
use super::faults::{GetItem, PostItem, builder};
use super::server::{Server, json, message};
use crate::runtime::client::Client;
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
    for faults in ["503,ok", "reset,ok", "truncated,ok", "reset-mid-headers,ok", "hang,ok"] {
        assert!(PostItem::call(&client, "seq", faults).await.is_err());
        assert_eq!(server.count(&format!("/seq/{}", faults.replace(',', "%2C"))), 1, "{faults}");
    }
}

/// 429 means that nothing was done (RFC 6585, 4), so that any method may be sent again.
#[tokio::test]
async fn too_many_requests_are_made_again_whatever_the_method() {
    let (server, _) = start().await;
    let client = builder(&server.url).build().unwrap();
    assert_eq!(PostItem::call(&client, "seq", "429-none,ok").await.unwrap().name, "ok");
    assert_eq!(server.count("/seq/429-none%2Cok"), 2);
}

#[tokio::test]
async fn a_caller_chooses_what_is_tried_again() {
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::answering(move |seen| {
        let first = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed).is_multiple_of(2);
        match (first, seen.target.as_str()) {
            (true, "/f/unavailable") => message(503, &[("retry-after", "0")], b""),
            (true, "/f/locked") => message(423, &[], b""),
            (true, _) => message(503, &[], b""),
            (false, _) => json(200, r#"{"id":"1","name":"ok"}"#),
        }
    })
    .await;
    let tried = async |policy: RetryPolicy, fault: &str| {
        let client = builder(&server.url).retry(policy.base_delay(Duration::from_millis(1))).build().unwrap();
        let before = server.seen().len();
        let outcome = PostItem::call(&client, "f", fault).await;
        // The server answers in turns.
        if outcome.is_err() {
            PostItem::call(&client, "f", fault).await.unwrap();
        }
        (outcome.is_ok(), server.seen().len() - before)
    };
    let standard = RetryPolicy::standard;
    assert_eq!(tried(standard(), "unavailable").await, (false, 2));
    assert_eq!(tried(standard().retry_unavailable(true), "unavailable").await, (true, 2));
    assert_eq!(tried(standard().retry_unavailable(true), "other").await, (false, 2));
    assert_eq!(tried(standard().methods(["POST"]), "other").await, (true, 2));
    assert_eq!(tried(standard().methods(["POST"]), "locked").await, (false, 2));
    assert_eq!(tried(standard().methods(["POST"]).statuses([423]), "locked").await, (true, 2));
    assert_eq!(tried(standard().methods(["POST"]).statuses([423]), "other").await, (false, 2));
    let get = async |policy| {
        let client = builder(&server.url).retry(policy).build().unwrap();
        GetItem::call(&client, "f", "other").await.is_ok()
    };
    assert!(!get(standard().methods(["POST"])).await);
}

#[tokio::test]
async fn a_call_that_never_left_has_no_attempts() {
    let (server, _) = start().await;
    let client = builder(&server.url).build().unwrap();
    let error = GetItem::call(&client, "..", "ok").await.unwrap_err();
    assert_eq!((error.attempts(), error.was_sent()), (0, false));
    let error = Client::builder().base_url(&server.url).build().unwrap().webhooks().list().await.unwrap_err();
    assert!(matches!(error, Error::Auth { .. }) && error.attempts() == 0, "{error:?}");
    assert!(server.seen().is_empty());
}

/// A signature needs a key that has to be fetched, and is made anew for each attempt.
#[tokio::test]
async fn a_middleware_waits_changes_and_fails() {
    let (server, _) = start().await;
    let count = Arc::new(std::sync::atomic::AtomicU32::new(0));
    let made = Arc::clone(&count);
    let client = builder(&server.url)
        .middleware(|request, next| Box::pin(async move { next.run(request).await }))
        .middleware(move |mut request, next| {
            let made = Arc::clone(&made);
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(1)).await;
                let turn = made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if request.url().path().ends_with("/unsigned") {
                    return Err("there is no key".into());
                }
                request.headers_mut().insert("x-signature", turn.into());
                next.run(request).await
            })
        })
        .build()
        .unwrap();
    assert_eq!(GetItem::call(&client, "seq", "503,ok").await.unwrap().name, "ok");
    let signatures: Vec<_> = server.seen().iter().map(|seen| seen.header("x-signature").map(str::to_owned)).collect();
    assert_eq!(signatures, [Some("0".to_owned()), Some("1".to_owned())]);
    let error = GetItem::call(&client, "f", "unsigned").await.unwrap_err();
    assert!(matches!(error, Error::Middleware { .. }), "{error:?}");
    assert_eq!((error.attempts(), error.was_sent(), error.is_retryable()), (0, false, false));
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "there is no key");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn every_duration_is_a_duration() {
    let (server, _) = start().await;
    let policy = RetryPolicy::standard()
        .base_delay(Duration::MAX)
        .max_delay(Duration::from_millis(1))
        .max_retry_after(Duration::MAX)
        .attempts(u32::MAX);
    let client = builder(&server.url)
        .timeout(Duration::MAX)
        .idle_timeout(Duration::MAX)
        .connect_timeout(Duration::MAX)
        .body_limit(usize::MAX)
        .error_limit(usize::MAX)
        .retry(policy)
        .build()
        .unwrap();
    assert_eq!(GetItem::call(&client, "seq", "503,ok").timeout(Duration::MAX).await.unwrap().name, "ok");
    let unending =
        RetryPolicy::standard().base_delay(Duration::MAX).max_delay(Duration::MAX).max_retry_after(Duration::MAX);
    assert!(unending.pause(1, Some(Duration::MAX)).is_some() && unending.pause(2, None).is_some());
    assert!(unending.attempts(0).pause(0, None).is_none());
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
        assert!(request.is_repeatable(&RetryPolicy::standard()));
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
