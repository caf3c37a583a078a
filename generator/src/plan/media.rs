//! Media types: how a body is written, and which of several is taken.

use super::types::Types;
use crate::ir::{Media, Shape};
use crate::rust::{Type, Written};

/// How a body of this media type comes back, by RFC 6839's suffixes.
pub(super) fn written(content_type: &str) -> Written {
    let essence = essence(content_type);
    if is_json(essence) || essence == "*/*" || essence == "application/*" {
        Written::Json
    } else if essence.starts_with("text/") || essence == "application/xml" || essence.ends_with("+xml") {
        Written::Text
    } else {
        Written::Bytes
    }
}

/// Whether the media type is JSON.
pub(super) fn is_json(content_type: &str) -> bool {
    let essence = essence(content_type);
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether the media type is that of HTML forms.
pub(super) fn is_form(content_type: &str) -> bool {
    essence(content_type) == "application/x-www-form-urlencoded"
}

/// The media type without its parameters.
pub(super) fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// The best of several media types of a reply, the type that it decodes to, and how it is written.
pub(super) fn reply<'m>(types: Types<'_>, content: &'m [Media]) -> Option<(&'m Media, Type, Written)> {
    let media = content.iter().min_by_key(|media| (rank(&media.content_type), media.content_type.clone()))?;
    let mut how = written(&media.content_type);
    if is_binary(types, media) {
        how = Written::Bytes;
    }
    let ty = match how {
        Written::Json => media.schema.as_ref().map_or(Type::Value, |usage| types.nullable(usage)),
        Written::Text => Type::String,
        Written::Bytes => Type::Bytes,
        Written::Nothing => Type::Unit,
    };
    Some((media, ty, how))
}

fn is_binary(types: Types<'_>, media: &Media) -> bool {
    let Some(usage) = &media.schema else { return false };
    let schemas = &types.api.schemas;
    let shape = &schemas.get(schemas.resolve(usage.schema)).shape;
    matches!(shape, Shape::String { format: Some(format) } if format == "binary") && !is_json(&media.content_type)
}

/// JSON first, since it is typed; then text; then bytes.
fn rank(content_type: &str) -> u8 {
    match written(content_type) {
        Written::Json if essence(content_type) == "application/json" => 0,
        Written::Json if !content_type.contains('*') => 1,
        Written::Json => 2,
        Written::Text => 3,
        Written::Bytes | Written::Nothing => 4,
    }
}
