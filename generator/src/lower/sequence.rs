//! Sequences: what each item of a stream holds.

use std::collections::HashMap;

use openapiv3::{MediaType, ReferenceOr, Schema, SchemaKind, Type};

use super::schema::{Lowering, component_name};
use crate::carried;
use crate::ir::Use;
use crate::place::Trail;

/// OAS 3.2 §4.14, `itemSchema`. Of server-sent events, where the items are described as a whole, it is what their
/// `data` holds that matters to a caller.
pub(super) fn item(
    lowering: &mut Lowering<'_>,
    content_type: &str,
    media: &MediaType,
    trail: &Trail<'_>,
) -> Option<Use> {
    const KEY: &str = carried::ITEM_SCHEMA;
    let source: ReferenceOr<Schema> = serde_json::from_value(media.extensions.get(KEY)?.clone()).ok()?;
    let trail = trail.key(KEY);
    let events = &lowering.events;
    if content_type.trim().to_ascii_lowercase().starts_with("text/event-stream")
        && let Some(data) = events.resolve(&source).and_then(|event| property(event, "data"))
    {
        let data = data.clone().unbox();
        let held = events.resolve(&data)?.schema_data.extensions.get(HELD)?;
        let held: ReferenceOr<Schema> = serde_json::from_value(held.clone()).ok()?;
        return Some(lowering.usage(&held, &trail.key("properties").key("data")));
    }
    Some(lowering.usage(&source, &trail))
}

/// What `data` is, once it has been read.
const HELD: &str = carried::CONTENT_SCHEMA;

/// Of the components, those that say what an event is or what its `data` is, and those that lead to them.
#[derive(Default)]
pub(super) struct Events(HashMap<String, Box<ReferenceOr<Schema>>>);

impl Events {
    /// Keeps a component if it matters here. Most don't.
    pub(super) fn keep(&mut self, name: &str, source: Box<ReferenceOr<Schema>>) {
        let matters = match &*source {
            ReferenceOr::Reference { .. } => true,
            ReferenceOr::Item(schema) => {
                property(schema, "data").is_some() || schema.schema_data.extensions.contains_key(HELD)
            }
        };
        if matters {
            self.0.insert(name.to_owned(), source);
        }
    }

    fn resolve<'a>(&'a self, source: &'a ReferenceOr<Schema>) -> Option<&'a Schema> {
        let mut at = source;
        for _ in 0..=self.0.len() {
            match at {
                ReferenceOr::Item(schema) => return Some(schema),
                ReferenceOr::Reference { reference } => at = self.0.get(&component_name(reference, "schemas")?)?,
            }
        }
        None
    }
}

fn property<'a>(schema: &'a Schema, name: &str) -> Option<&'a ReferenceOr<Box<Schema>>> {
    let properties = match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => &object.properties,
        SchemaKind::Any(any) => &any.properties,
        _ => return None,
    };
    properties.get(name)
}
