//! The parts of multipart bodies (OAS 3.1.1 §4.8.15.1.1), as structs of their own: a file is no JSON value.

use super::media;
use super::operations::Context;
use crate::diagnostics::Rule;
use crate::ir::{Encoding, Media, Property, SchemaId, Shape};
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{PartField, PartKind, Parts, Space};

/// Plans the parts, where the schema names them.
///
/// `operation` is what bears the operation's names.
pub(super) fn parts(context: &mut Context<'_>, media: &Media, operation: &str, marker: &Name) -> Option<Parts> {
    let schemas = &context.types.api.schemas;
    let schema = media.schema.as_ref().map(|usage| schemas.resolve(usage.schema));
    let object = match schema.map(|id| &schemas.get(id).shape) {
        Some(Shape::Object(object)) if !object.properties.is_empty() => object,
        _ => {
            context.diagnostics.push(Rule::PartsUnknown.at(media.pointer.clone()));
            return None;
        }
    };
    let register = context.types.register;
    let (bearer, wish) = (format!("{operation} Parts"), format!("{} Parts", marker.bare()));
    let name = register.claim(&mut context.scope, &context.module, &bearer, &[&wish], Case::Type);
    let group = context.module.owner.as_deref().unwrap_or_default();
    let space = Space::fields(&format!("{group}::{}", name.bare()));
    let wishes = object.properties.iter().map(|property| (property.name.as_str(), property.name.as_str()));
    let names = register.claim_all(&mut Scope::new(), &space, wishes, Case::Value);
    let fields = object.properties.iter().zip(names).filter(|(property, _)| !property.value.read_only);
    let fields = fields.map(|(property, name)| field(context, media, property, name)).collect();
    Some(Parts { name, fields })
}

fn field(context: &mut Context<'_>, media: &Media, property: &Property, name: Name) -> PartField {
    let encoding = media.encoding.iter().find(|encoding| encoding.name == property.name);
    let content_type = encoding.and_then(single_type);
    let kind = kind(context, property, encoding);
    if let (Some(encoding), PartKind::Value(_) | PartKind::Json(_)) = (encoding, &kind)
        && (encoding.form.is_some() || !encoding.headers.is_empty())
    {
        context.diagnostics.push(Rule::EncodingNotServed.at(encoding.pointer.clone()));
    }
    let nullable = context.types.api.schemas.is_nullable(&property.value);
    PartField {
        name,
        wire: property.name.clone(),
        description: property.value.docs.description.clone(),
        kind,
        required: property.required && !nullable,
        content_type,
    }
}

fn kind(context: &Context<'_>, property: &Property, encoding: Option<&Encoding>) -> PartKind {
    let schemas = &context.types.api.schemas;
    let id = schemas.resolve(property.value.schema);
    if is_file(context, id, encoding) {
        return PartKind::File;
    }
    if let Shape::Array { items, .. } = &schemas.get(id).shape
        && is_file(context, schemas.resolve(items.schema), encoding)
    {
        return PartKind::Files;
    }
    let ty = context.types.of(&property.value);
    match encoding.and_then(|encoding| encoding.content_type.as_deref()) {
        Some(content_type) if media::is_json(content_type) => PartKind::Json(ty),
        _ => PartKind::Value(ty),
    }
}

/// Bytes by their format; or whatever isn't described, and is said to be neither JSON nor text.
fn is_file(context: &Context<'_>, id: SchemaId, encoding: Option<&Encoding>) -> bool {
    let stated = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let opaque = |stated: &str| !media::is_json(stated) && !stated.starts_with("text/");
    match &context.types.api.schemas.get(id).shape {
        Shape::String { format: Some(format) } if format == "binary" => true,
        Shape::String { format: None } | Shape::Any(_) => stated.is_some_and(opaque),
        _ => false,
    }
}

/// The media type of a part, where the document leaves no choice.
fn single_type(encoding: &Encoding) -> Option<String> {
    let stated = encoding.content_type.as_deref()?.trim();
    (!stated.contains([',', '*']) && stated.contains('/')).then(|| stated.to_owned())
}
