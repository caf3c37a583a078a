//! Webhooks and callbacks.

use openapiv3::{Components, OpenAPI, Operation as Source, PathItem};
use serde_json::Value;

use super::context::Lowering;
use super::response;
use crate::carried;
use crate::ir::Event;
use crate::place::Trail;

/// The top-level `webhooks` (OAS 3.1 §4.8.1), sorted by name.
pub(super) fn webhooks(
    document: &OpenAPI,
    components: &Components,
    lowering: &mut Lowering<'_>,
    root: &Trail<'_>,
) -> Vec<Event> {
    const KEY: &str = carried::WEBHOOKS;
    let Some(sources) = document.extensions.get(KEY).and_then(|found| found.as_object()) else { return Vec::new() };
    let at = root.key(KEY);
    let mut found = Vec::new();
    for (name, source) in sources {
        let trail = at.key(name);
        found.extend(events(lowering, components, name, source, &trail));
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// The callbacks of an operation (OAS 3.0.4 §4.7.18), sorted by name.
pub(super) fn callbacks(
    lowering: &mut Lowering<'_>,
    components: &Components,
    source: &Source,
    trail: &Trail<'_>,
) -> Vec<Event> {
    let at = trail.key("callbacks");
    let mut found = Vec::new();
    let callbacks = lowering.parts.take(&source.extensions, carried::CALLBACKS);
    for (name, callback) in callbacks.into_iter().flatten() {
        let Value::Object(callback) = callback else { continue };
        let here = at.key(&name);
        let several = callback.len() > 1;
        for (expression, item) in callback {
            // Each URL has its own requests, which one name would not distinguish.
            let name = if several { &format!("{name} {expression}") } else { &name };
            found.extend(events(lowering, components, name, &item, &here.key(&expression)));
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// One event for each method of a path item; nearly always there is one.
fn events(
    lowering: &mut Lowering<'_>,
    components: &Components,
    name: &str,
    source: &Value,
    trail: &Trail<'_>,
) -> Vec<Event> {
    let Some(item) = lowering.read::<PathItem>(source, trail) else { return Vec::new() };
    let several = item.iter().count() > 1;
    item.iter()
        .map(|(method, source)| {
            let at = trail.key(method);
            let body = source.request_body.as_ref();
            Event {
                name: if several { format!("{name} {method}") } else { name.to_owned() },
                summary: source.summary.clone(),
                description: source.description.clone(),
                body: body.and_then(|body| response::body(lowering, components, body, &at.key("requestBody"))),
                pointer: at.pointer(),
            }
        })
        .collect()
}
