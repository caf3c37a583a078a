//! Sequences: what each item of a stream holds.

use openapiv3::{Components, MediaType, ReferenceOr, Schema, SchemaKind, Type};

use super::schema::{Lowering, component_name};
use crate::document::Trail;
use crate::ir::Use;

/// OAS 3.2 §4.14, `itemSchema`. Of server-sent events, where the items are described as a whole, it is what their
/// `data` holds that matters to a caller.
pub(super) fn item(
    lowering: &mut Lowering<'_>,
    components: &Components,
    content_type: &str,
    media: &MediaType,
    trail: &Trail<'_>,
) -> Option<Use> {
    const KEY: &str = "x-oas32-itemSchema";
    let source: ReferenceOr<Schema> = serde_json::from_value(media.extensions.get(KEY)?.clone()).ok()?;
    let trail = trail.key(KEY);
    if content_type.trim().to_ascii_lowercase().starts_with("text/event-stream")
        && let Some(data) = resolve(components, &source).and_then(|event| property(event, "data"))
    {
        let held = resolve(components, &data)?.schema_data.extensions.get("x-oas31-contentSchema")?;
        let held: ReferenceOr<Schema> = serde_json::from_value(held.clone()).ok()?;
        return Some(lowering.usage(&held, &trail.key("properties").key("data")));
    }
    Some(lowering.usage(&source, &trail))
}

fn resolve<'a>(components: &'a Components, source: &'a ReferenceOr<Schema>) -> Option<&'a Schema> {
    let mut at = source;
    for _ in 0..=components.schemas.len() {
        match at {
            ReferenceOr::Item(schema) => return Some(schema),
            ReferenceOr::Reference { reference } => {
                at = components.schemas.get(&component_name(reference, "schemas")?)?;
            }
        }
    }
    None
}

fn property(schema: &Schema, name: &str) -> Option<ReferenceOr<Schema>> {
    let properties = match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => &object.properties,
        SchemaKind::Any(any) => &any.properties,
        _ => return None,
    };
    properties.get(name).map(|found| found.clone().unbox())
}
