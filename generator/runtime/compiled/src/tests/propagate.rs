//! Requests carry the trace context.

use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::{Context, global};

use super::sample::API;
use super::server::{Server, json};
use crate::runtime::builder::ClientBuilder;

#[derive(Clone, Debug, PartialEq)]
struct Trace(&'static str);

#[derive(Debug)]
struct Propagator;

impl TextMapPropagator for Propagator {
    fn inject_context(&self, context: &Context, injector: &mut dyn Injector) {
        if let Some(Trace(id)) = context.get::<Trace>() {
            injector.set("traceparent", (*id).to_owned());
        }
    }

    fn extract_with_context(&self, context: &Context, _: &dyn Extractor) -> Context {
        context.clone()
    }

    fn fields(&self) -> FieldIter<'_> {
        FieldIter::new(&[])
    }
}

#[tokio::test]
async fn each_request_carries_the_current_context() {
    global::set_text_map_propagator(Propagator);
    let server = Server::answering(|_| json(200, "[]")).await;
    let client = ClientBuilder::new(&API).base_url(&server.url).token("t").build().unwrap();
    let _guard = Context::current_with_value(Trace("00-1-2-01")).attach();
    client.webhooks().list().await.unwrap();
    assert_eq!(server.seen()[0].header("traceparent"), Some("00-1-2-01"));
}
