//! Media types: the encoding and the type of a body.

use crate::ir::{ItemForm, Media, Reason, Shape, Use};
use crate::media_type;
use crate::plan::types::mapping::Types;
use crate::rust::name::Name;
use crate::rust::{BodyEncoding, Type};

/// Returns whether the schema states that the body is bytes.
pub(crate) fn is_binary(types: Types<'_>, media: &Media) -> bool {
    let Some(usage) = &media.schema else { return false };
    let schemas = &types.api.schemas;
    let shape = &schemas.get(schemas.resolve(usage.schema)).shape;
    // Also in JSON, whose texts are no bytes: frameworks state it for files where nothing states a media type.
    matches!(shape, Shape::String { format: Some(format) } if format == "binary")
}

/// Returns whether the schema states that the body is a string without a format.
fn is_string(types: Types<'_>, media: &Media) -> bool {
    let Some(usage) = &media.schema else { return false };
    !types.api.schemas.is_nullable(usage) && types.inside(types.api.schemas.resolve(usage.schema)) == Type::String
}

/// Returns whether the body is not described: any media type, and no schema that restricts it.
pub(crate) fn is_anything(types: Types<'_>, media: &Media) -> bool {
    let schemas = &types.api.schemas;
    let shape = media.schema.as_ref().map(|usage| &schemas.get(schemas.resolve(usage.schema)).shape);
    media_type::essence(&media.content_type) == "*/*" && matches!(shape, None | Some(Shape::Any(Reason::Unconstrained)))
}

/// Returns the type and encoding of a body of this media type that is read completely.
pub(crate) fn whole(types: Types<'_>, media: &Media) -> (Type, BodyEncoding) {
    let range = matches!(media_type::essence(&media.content_type), "*/*" | "application/*");
    if is_binary(types, media) || is_anything(types, media) {
        (Type::Bytes, BodyEncoding::Bytes)
    } else if range && is_string(types, media) {
        (Type::String, BodyEncoding::Text)
    } else if media_type::is_json(&media.content_type) || range {
        (media.schema.as_ref().map_or(Type::Value, |usage| types.nullable(usage)), BodyEncoding::Json)
    } else if let Some((ty, document)) = xml(types, media) {
        (ty, BodyEncoding::Xml(document))
    } else if media_type::is_text(&media.content_type) || media_type::is_sequence(&media.content_type) {
        (Type::String, BodyEncoding::Text)
    } else {
        (Type::Bytes, BodyEncoding::Bytes)
    }
}

/// The type and the document of an XML body, if its schema has an XML form.
pub(crate) fn xml(types: Types<'_>, media: &Media) -> Option<(Type, Name)> {
    let usage = media.schema.as_ref().filter(|_| media_type::is_xml(&media.content_type))?;
    Some((types.nullable(usage), types.xml.of(usage).ok()?.clone()))
}

/// Returns the reason why XML with a schema is text.
pub(crate) fn xml_as_text(types: Types<'_>, media: &Media) -> Option<String> {
    let usage = media.schema.as_ref().filter(|_| media_type::is_xml(&media.content_type))?;
    types.xml.of(usage).err().map(|unsupported| unsupported.0.clone())
}

/// Returns the type and encoding of a body of this media type that is read as a stream, if it is one.
pub(crate) fn streamed(types: Types<'_>, media: &Media) -> Option<(Type, BodyEncoding)> {
    let item = item(types, media);
    Some(match (media_type::essence(&media.content_type), item) {
        ("text/event-stream", Some(item)) => {
            let (form, may_be_wrapped) = (media.item_form, media.may_be_wrapped);
            (Type::Stream(Box::new(item)), BodyEncoding::Events { form, may_be_wrapped })
        }
        // The body is a stream of events, whatever its schema.
        ("text/event-stream", None) => {
            let text = BodyEncoding::Events { form: ItemForm::Text, may_be_wrapped: false };
            (Type::Stream(Box::new(Type::String)), text)
        }
        (_, Some(item)) if media_type::is_sequence(&media.content_type) || is_parts(types, media) => {
            (Type::Stream(Box::new(item)), BodyEncoding::Lines)
        }
        (_, None) if media_type::is_sequence(&media.content_type) => (Type::ByteStream, BodyEncoding::Stream),
        _ => return None,
    })
}

/// The item of a body that is a sequence, if it is described.
pub(crate) fn item(types: Types<'_>, media: &Media) -> Option<Type> {
    match (&media.item, &media.schema) {
        (Some(item), _) => Some(types.nullable(item)),
        (None, Some(schema)) => match &types.api.schemas.get(types.api.schemas.resolve(schema.schema)).shape {
            // The list of the items; a text does not describe its items.
            Shape::Array { items, .. } => Some(types.nullable(items)),
            Shape::String { .. } | Shape::Enumeration(_) => None,
            _ => Some(types.nullable(schema)),
        },
        (None, None) => None,
    }
}

/// Returns whether the body is a multipart one that is described by its items, each a part (OAS 3.2 §4.14.5), of which none is a file.
pub(crate) fn is_parts(types: Types<'_>, media: &Media) -> bool {
    let schemas = &types.api.schemas;
    let shape = |usage: &Use| &schemas.get(schemas.resolve(usage.schema)).shape;
    let item = media.item.as_ref().or_else(|| match media.schema.as_ref().map(shape) {
        Some(Shape::Array { items, .. }) => Some(items),
        _ => None,
    });
    let is_typed = |usage: &Use| match shape(usage) {
        Shape::String { format } => format.as_deref().is_none_or(|format| format != "binary"),
        Shape::Any(_) => false,
        _ => true,
    };
    let is_named = media_type::essence(&media.content_type) == "multipart/form-data";
    media_type::is_multipart(&media.content_type) && !is_named && item.is_some_and(is_typed)
}

/// Returns the rank of a response's media type: JSON first, because it is typed; then text; then bytes.
pub(crate) fn rank(types: Types<'_>, media: &Media) -> (u8, String) {
    let content_type = &media.content_type;
    let rank = match whole(types, media).1 {
        _ if media_type::is_sequence(content_type) => 6,
        BodyEncoding::Json if media_type::essence(content_type) == "application/json" => 0,
        BodyEncoding::Json if !media_type::is_range(content_type) => 1,
        BodyEncoding::Json => 2,
        BodyEncoding::Xml(_) => 3,
        BodyEncoding::Text => 4,
        // A file beside it has a media type of its own.
        _ if media_type::is_json(content_type) => 7,
        _ => 5,
    };
    (rank, content_type.clone())
}
