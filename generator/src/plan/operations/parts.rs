//! The parts of multipart bodies (OAS 3.1.1 §4.8.15.1.1), as structs of their own, since a file is not a JSON value; and the fields of forms,
//! as far as `encoding` describes them.

use crate::diagnostics::Rule;
use crate::ir::{Encoding, Header, Media, Object, ParameterForm, Property, Rest, SchemaId, Shape, Union};
use crate::media_type;
use crate::plan::constants;
use crate::plan::operations::context::{Context, further_method};
use crate::plan::types::xml::XmlUnsupported;
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{Namespace, PartField, PartHeader, PartKind, Parts, StyledField, Type};

/// Plans the parts, if the schema names them.
///
/// `operation` is the key of the operation's names, and `further` the word for the media type if another one has parts as well.
pub(crate) fn parts(
    context: &mut Context<'_, '_>,
    media: &Media,
    (operation, marker, further): (&str, &Name, Option<&str>),
) -> Option<Parts> {
    let schemas = &context.types.api.schemas;
    let schema = media.schema.as_ref().map(|usage| schemas.resolve(usage.schema));
    let object = match schema.map(|id| &schemas.get(id).shape) {
        Some(Shape::Object(object)) if !object.properties.is_empty() => object,
        _ => {
            context.diagnostics.push(Rule::PartsUnknown.at(media.pointer.clone()));
            return None;
        }
    };
    report_strangers(context, media, object);
    if matches!(object.rest, Rest::Typed(_)) || !object.patterns.is_empty() {
        let message = "the parts that are described without a name are added by hand";
        context.diagnostics.push(Rule::PartsUnknown.at(media.pointer.clone()).message(message));
    }
    let (key, candidate) = match further {
        None => (format!("{operation} Parts"), format!("{} Parts", marker.bare())),
        Some(word) => (further_method(operation, word) + " Parts", format!("{} {word} Parts", marker.bare())),
    };
    let name = context.namer.claim(&mut context.scope, &context.module, &key, &[&candidate], Case::Type);
    let group = context.module.owner.as_deref().unwrap_or_default();
    let space = Namespace::fields(&format!("{group}::{}", name.bare()));
    let mut scope = Scope::new();
    let candidates = object.properties.iter().map(|property| (property.name.as_str(), property.name.as_str()));
    let names = context.namer.claim_all(&mut scope, &space, candidates, Case::Value);
    let fields = object.properties.iter().zip(names).filter(|(property, _)| !property.value.read_only);
    let fields = fields.map(|(property, name)| field(context, media, property, name, (&mut scope, &space)));
    let fields: Vec<PartField> = fields.collect();
    let constructor = constructor(context, &space.owner.clone().unwrap_or_default(), &fields);
    Some(Parts { name, fields, constructor })
}

/// The fields that a constructor takes, if some are required and others are not.
fn constructor(context: &mut Context<'_, '_>, owner: &str, fields: &[PartField]) -> Option<Vec<Name>> {
    let members = fields.iter().flat_map(|field| {
        let headers = field
            .headers
            .iter()
            .map(|header| (header.required, format!("{} {}", field.wire, header.wire), header.name.clone()));
        std::iter::once((field.required, field.wire.clone(), field.name.clone())).chain(headers)
    });
    let (required, others): (Vec<_>, Vec<_>) = members.partition(|(is_required, ..)| *is_required);
    if required.is_empty() || others.is_empty() {
        return None;
    }
    let keys: Vec<String> = required.iter().map(|(_, key, _)| key.clone()).collect();
    let order = context.namer.order(&format!("new {owner}"), &keys);
    Some(order.into_iter().map(|place| required[place].2.clone()).collect())
}

/// Reports encodings of members that do not exist.
pub(crate) fn report_strangers(context: &mut Context<'_, '_>, media: &Media, object: &Object) {
    for encoding in &media.encoding {
        if object.property(&encoding.name).is_none() {
            let reason = format!("the schema has no member `{}`", encoding.name);
            context.diagnostics.push(Rule::EncodingNotServed.at(encoding.pointer.clone()).message(reason));
        }
    }
}

fn field(
    context: &mut Context<'_, '_>,
    media: &Media,
    property: &Property,
    name: Name,
    (scope, space): (&mut Scope, &Namespace),
) -> PartField {
    let encoding = media.encoding_of(&property.name);
    let kind = kind(context, property, encoding);
    if let (Some(encoding), PartKind::File | PartKind::Files | PartKind::FileOrText) = (encoding, &kind)
        && encoding.form.is_some()
    {
        let reason = format!("`{}` is a file, which has no style", property.name);
        context.diagnostics.push(Rule::EncodingNotServed.at(encoding.pointer.clone()).message(reason));
    }
    let types = context.types;
    let required = property.required && !types.api.schemas.is_nullable(&property.value);
    let mut place = |candidate: &str| context.namer.claim(scope, space, candidate, &[candidate], Case::Value);
    let stated = || encoding.iter().flat_map(|encoding| &encoding.headers);
    let constant = |header: &Header| constants::of_header(types.api, header).map(|value| (header.name.clone(), value));
    let constants = stated().filter_map(constant).collect();
    let headers = stated().filter(|header| constant(header).is_none()).map(|header| PartHeader {
        name: place(&format!("{} {}", property.name, header.name)),
        wire: header.name.clone(),
        description: header.docs.description.clone(),
        ty: header.value.as_ref().map_or(Type::String, |usage| types.of(usage)),
        required: required && header.required,
    });
    let headers = headers.collect();
    PartField {
        name,
        wire: property.name.clone(),
        description: property.value.docs.description.clone(),
        kind,
        required,
        content_types: encoding.map(content_types).unwrap_or_default(),
        headers,
        constants,
    }
}

fn kind(context: &mut Context<'_, '_>, property: &Property, encoding: Option<&Encoding>) -> PartKind {
    let schemas = &context.types.api.schemas;
    let id = schemas.resolve(property.value.schema);
    if is_file(context, id, encoding) {
        return PartKind::File;
    }
    let items = match &schemas.get(id).shape {
        Shape::Array { items, .. } if is_file(context, schemas.resolve(items.schema), encoding) => {
            return PartKind::Files;
        }
        Shape::Array { items, .. } => Some(&**items),
        Shape::Union(union) => match files(context, union, encoding) {
            Some(kind) => return kind,
            None => None,
        },
        _ => None,
    };
    let ty = context.types.of(&property.value);
    let Some(encoding) = encoding else { return PartKind::Value(ty, None) };
    // A style takes precedence over a media type (OAS 3.1.1 §4.8.15.1.1).
    if let Some(form) = &encoding.form {
        return PartKind::Styled(ty, form.clone());
    }
    let stated = content_types(encoding);
    let stated: Vec<&String> = stated.iter().filter(|stated| !media_type::is_range(stated)).collect();
    if let Some(json) = stated.iter().find(|stated| media_type::is_json(stated)) {
        // A text with the media type JSON is JSON already, as in a form.
        let is_text = matches!(&schemas.get(id).shape, Shape::String { .. });
        return if is_text { PartKind::Value(ty, Some((*json).clone())) } else { PartKind::Json(ty, (*json).clone()) };
    }
    if let [first, ..] = stated.as_slice()
        && stated.iter().all(|stated| media_type::is_xml(stated))
    {
        // Each item of a list is a part, and therefore a document.
        let usage = items.unwrap_or(&property.value);
        return match context.types.xml.part(usage, &property.name) {
            Ok(document) => PartKind::Xml(ty, (*first).clone(), document.clone()),
            Err(XmlUnsupported(reason)) => {
                let reason = format!("`{}` is XML to be written by hand: {reason}", property.name);
                context.diagnostics.push(Rule::EncodingNotServed.at(encoding.pointer.clone()).message(reason));
                if items.is_some() { PartKind::Files } else { PartKind::File }
            }
        };
    }
    let text = stated.iter().find(|stated| !media_type::is_xml(stated));
    PartKind::Value(ty, text.map(|text| (*text).clone()))
}

/// Returns whether a form or a multipart body contains a file.
pub(crate) fn has_files(context: &Context<'_, '_>, media: &Media) -> bool {
    let schemas = &context.types.api.schemas;
    let Some(id) = media.schema.as_ref().map(|usage| schemas.resolve(usage.schema)) else { return true };
    let of_items = |id: SchemaId| match &schemas.get(id).shape {
        Shape::Array { items, .. } => schemas.resolve(items.schema),
        _ => id,
    };
    match &schemas.get(of_items(id)).shape {
        Shape::Object(object) => object.properties.iter().any(|property| {
            let encoding = media.encoding_of(&property.name);
            let id = schemas.resolve(property.value.schema);
            is_file(context, id, encoding) || is_file(context, of_items(id), encoding)
        }),
        Shape::Any(_) => true,
        _ => false,
    }
}

/// A union of which an alternative is a file, or several.
fn files(context: &Context<'_, '_>, union: &Union, encoding: Option<&Encoding>) -> Option<PartKind> {
    let schemas = &context.types.api.schemas;
    // A part in XML is written by its schema, or as text.
    if encoding.is_some_and(|encoding| content_types(encoding).iter().any(|stated| media_type::is_xml(stated))) {
        return None;
    }
    let (mut one, mut several, mut other) = (false, false, false);
    for member in &union.members {
        let id = schemas.resolve(member.value.schema);
        match &schemas.get(id).shape {
            _ if is_file(context, id, encoding) => one = true,
            Shape::Array { items, .. } if is_file(context, schemas.resolve(items.schema), encoding) => several = true,
            _ => other = true,
        }
    }
    match (one, several, other) {
        (_, true, false) => Some(PartKind::Files),
        (true, false, false) => Some(PartKind::File),
        (true, false, true) => Some(PartKind::FileOrText),
        _ => None,
    }
}

/// Returns whether a part is a file: bytes by their format, or an undescribed part whose media type is neither JSON nor text. The text
/// that encodes bytes is no file.
fn is_file(context: &Context<'_, '_>, id: SchemaId, encoding: Option<&Encoding>) -> bool {
    let stated = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let opaque = |stated: &str| !media_type::is_json(stated) && !stated.starts_with("text/");
    match &context.types.api.schemas.get(id).shape {
        Shape::String { format: Some(format) } if format == "binary" => true,
        Shape::String { .. } if encoding.is_some_and(Encoding::is_encoded) => false,
        Shape::String { format: Some(format) } if format == "byte" => stated.is_some_and(opaque),
        Shape::String { format: None } | Shape::Any(_) => stated.is_some_and(opaque),
        _ => false,
    }
}

/// The media types that a part may have.
fn content_types(encoding: &Encoding) -> Vec<String> {
    let stated = encoding.content_type.iter().flat_map(|stated| stated.split(','));
    stated.map(str::trim).filter(|stated| stated.contains('/')).map(str::to_owned).collect()
}

/// Returns the fields of a form with a serialization that is not the default.
pub(crate) fn form(context: &mut Context<'_, '_>, media: &Media) -> Vec<StyledField> {
    let schemas = &context.types.api.schemas;
    let object = media.schema.as_ref().and_then(|usage| match &schemas.get(schemas.resolve(usage.schema)).shape {
        Shape::Object(object) if !object.properties.is_empty() => Some(object),
        _ => None,
    });
    if let Some(object) = object {
        report_strangers(context, media, object);
    }
    let mut styled = Vec::new();
    for encoding in &media.encoding {
        let mut report = |reason: String| {
            context.diagnostics.push(Rule::EncodingNotServed.at(encoding.pointer.clone()).message(reason));
        };
        if !encoding.headers.is_empty() {
            report(format!("`{}` is no part of a multipart body, and has no headers", encoding.name));
        }
        let property = object.and_then(|object| object.property(&encoding.name));
        let is_text = property.is_some_and(|property| {
            matches!(&schemas.get(schemas.resolve(property.value.schema)).shape, Shape::String { .. })
        });
        match (&encoding.form, content_types(encoding).as_slice()) {
            (Some(form), _) => styled.push(StyledField { wire: encoding.name.clone(), form: form.clone() }),
            (None, []) => {}
            // A text with the media type JSON is JSON already.
            (None, [first, ..]) if media_type::is_json(first) && is_text => {}
            (None, [first, ..]) if media_type::is_json(first) => {
                let form = ParameterForm::Content(first.clone());
                styled.push(StyledField { wire: encoding.name.clone(), form });
            }
            (None, [first, ..]) if media_type::is_text(first) && !media_type::is_xml(first) || is_text => {}
            (None, [first, ..]) => report(format!("`{}` is sent as text, not as `{first}`", encoding.name)),
        }
    }
    styled
}
