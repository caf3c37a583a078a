//! Tests of the fields of spans, and of the absence of secrets.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::fault_server::start;
use super::faults::{GetItem, builder};

/// Writes down everything.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<String>>);

impl Log {
    pub(super) fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.lock().unwrap().push_str(&format!("{field}={value:?} "));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_has_a_span_without_secrets() {
    let log = Log::default();
    // While there is one dispatcher only, a span that another test's thread reaches first is switched off for all threads.
    let _second = tracing::Dispatch::new(Log::default());
    let _guard = tracing::subscriber::set_default(log.clone());
    let (server, _) = start().await;
    let client = builder(&server.url).header("x-api-key", "SECRET").build().unwrap();
    let call = GetItem::call(&client, "seq", "503,404").extra_query("key", "SECRET").extra_header("x-token", "SECRET");
    assert!(call.await.is_err());
    let text = log.text();
    for expected in [
        "otel.name=GET /{kind}/{fault}",
        "otel.kind=\"client\"",
        "/seq/503%2C404\"",
        "http.request.method=\"GET\"",
        "url.template=\"/{kind}/{fault}\"",
        "server.address=\"127.0.0.1\"",
        "http.response.status_code=404",
        "http.request.resend_count=1",
        "error.type=\"404\"",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("SECRET"), "{text}");
}
