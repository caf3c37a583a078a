//! Sequences: the items of streams.

use openapiv3::{MediaType, ReferenceOr, Schema};

use super::context::Lowering;
use super::events::Event;
use crate::carried;
use crate::ir::{ItemForm, Use};
use crate::place::Trail;

/// OAS 3.2 §4.14, `itemSchema`, and the form of such an item.
///
/// If server-sent events are described by their `data` alone, the data is the item. If more is described, or several kinds
/// of events are, the item is the whole event with its parsed data.
pub(super) fn item(
    lowering: &mut Lowering<'_>,
    content_type: &str,
    media: &MediaType,
    trail: &Trail<'_>,
) -> Option<(Use, ItemForm)> {
    const KEY: &str = carried::ITEM_SCHEMA;
    let source: ReferenceOr<Schema> = serde_json::from_value(media.extensions.get(KEY)?.clone()).ok()?;
    let trail = trail.key(KEY);
    let is_events = content_type.trim().to_ascii_lowercase().starts_with("text/event-stream");
    let Some(event) = lowering.events.event(&source).filter(|_| is_events) else {
        return Some((lowering.lower_use(&source, &trail), ItemForm::Json));
    };
    Some(match event {
        Event::Data(data, text) => {
            let form = if text { ItemForm::Text } else { ItemForm::Json };
            (lowering.lower_use(&data, &trail.key("properties").key("data")), form)
        }
        Event::Whole(schema, text) => {
            let form = if text { ItemForm::TextEvent } else { ItemForm::Event };
            (lowering.lower_use(&schema, &trail), form)
        }
    })
}
