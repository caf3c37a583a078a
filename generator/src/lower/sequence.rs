//! Sequences: the items of streams.

use openapiv3::{MediaType, ReferenceOr, Schema, SchemaKind, Type};

use super::context::Lowering;
use super::events::{Event, EventKind};
use crate::carried;
use crate::ir::{ItemForm, Use};
use crate::place::Trail;

/// The items of a stream, and whether the schema of the whole body says what they are.
pub(super) struct Items {
    pub(super) item: Use,
    pub(super) form: ItemForm,
    pub(super) by_schema: bool,
    /// True if the JSON in the data of an event may be the whole event.
    pub(super) may_be_wrapped: bool,
}

/// OAS 3.2 §4.14, `itemSchema`, and the form of such an item. Before 3.2, the `schema` of events may be that of one event.
///
/// If server-sent events are described by their `data` alone, the data is the item. If more is described, or several kinds
/// of events are, the item is the whole event with its parsed data.
pub(super) fn items(
    lowering: &mut Lowering<'_>,
    content_type: &str,
    media: &MediaType,
    trail: &Trail<'_>,
) -> Option<Items> {
    const KEY: &str = carried::ITEM_SCHEMA;
    let is_events = content_type.trim().to_ascii_lowercase().starts_with("text/event-stream");
    if let Some(source) = media.extensions.get(KEY) {
        let source: ReferenceOr<Schema> = serde_json::from_value(source.clone()).ok()?;
        let (item, form) = item(lowering, &source, is_events, &trail.key(KEY));
        return Some(Items { item, form, by_schema: false, may_be_wrapped: false });
    }
    let source = media.schema.as_ref().filter(|_| is_events)?;
    let trail = trail.key("schema");
    if let Some(held) = lowering.events.text(source) {
        let item = lowering.lower_use(&held, &trail.key(carried::CONTENT_SCHEMA));
        return Some(Items { item, form: ItemForm::Json, by_schema: true, may_be_wrapped: false });
    }
    let (kind, (item, form)) = match lowering.events.kind(source) {
        Some(kind) => (kind, item(lowering, source, true, &trail)),
        None => {
            let listed = listed(source)?;
            (lowering.events.kind(&listed)?, item(lowering, &listed, true, &trail.key("items")))
        }
    };
    Some(Items { item, form, by_schema: true, may_be_wrapped: kind == EventKind::Fields })
}

/// The items of an array.
fn listed(source: &ReferenceOr<Schema>) -> Option<ReferenceOr<Schema>> {
    match source {
        ReferenceOr::Item(Schema { schema_kind: SchemaKind::Type(Type::Array(array)), .. }) => {
            Some(array.items.clone()?.unbox())
        }
        _ => None,
    }
}

fn item(
    lowering: &mut Lowering<'_>,
    source: &ReferenceOr<Schema>,
    is_events: bool,
    trail: &Trail<'_>,
) -> (Use, ItemForm) {
    if !is_events {
        return (lowering.lower_use(source, trail), ItemForm::Json);
    }
    match lowering.events.event(source) {
        None => (lowering.lower_use(source, trail), ItemForm::Json),
        Some(Event::Data(data, text)) => {
            let form = if text { ItemForm::Text } else { ItemForm::Json };
            (lowering.lower_use(&data, &trail.key("properties").key("data")), form)
        }
        Some(Event::Whole(schema, text)) => {
            let form = if text { ItemForm::TextEvent } else { ItemForm::Event };
            (lowering.lower_use(&schema, trail), form)
        }
    }
}
