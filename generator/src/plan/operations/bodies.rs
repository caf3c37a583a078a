//! Request bodies: one of the media types is the method's own, and each further one has its own method or setter.

use crate::diagnostics::Rule;
use crate::ir::{Body, Media, Property, Shape};
use crate::media_type;
use crate::plan::operations::context::{Context, arg_passing, further_method};
use crate::plan::operations::media;
use crate::plan::operations::parts;
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{ArgPassing, BodyKind, BodyPlan, Namespace, Type};

/// Plans the bodies of an operation, the method's own first.
pub(crate) fn bodies(
    context: &mut Context<'_, '_>,
    body: &Body,
    (key, method): (&str, &Name),
    marker: &Name,
    setters: &mut Scope,
) -> Vec<BodyPlan> {
    let mut ranked: Vec<&Media> = body.content.iter().collect();
    ranked.sort_by_key(|media| (media_kind(context, media), media.content_type.clone()));
    let mut found: Vec<BodyPlan> = Vec::new();
    for media in ranked {
        let value = media.schema.as_ref().map_or(Type::Value, |usage| context.types.nullable(usage));
        if let Some(same) = found.iter().find(|known| says_the_same(context, body, known, media, &value)) {
            let (sent, other) = (&same.content_type, &media.content_type);
            let reason = match media::xml_as_text(context.types, media) {
                Some(why) => format!("the body is sent as `{sent}`; `{other}` would be written by hand: {why}"),
                None => format!("the body is sent as `{sent}`, which says the same as `{other}`"),
            };
            context.diagnostics.push(Rule::MediaTypeNotServed.at(media.pointer.clone()).message(reason));
            continue;
        }
        if media_type::essence(&media.content_type) == "text/event-stream"
            && media::item(context.types, media).is_some()
        {
            let reason = "the events of a request are text that the caller writes, and not typed";
            context.diagnostics.push(Rule::EventsAsText.at(media.pointer.clone()).message(reason));
        }
        if let Some(reason) = media::xml_as_text(context.types, media) {
            context.diagnostics.push(Rule::XmlAsText.at(media.pointer.clone()).message(reason));
        }
        let (short, word) = (media_type::short_word(&media.content_type), media_type::word(&media.content_type));
        // Of two media types with one word, the second has its own name: `octet stream` beside a range.
        let is_known = found.iter().any(|known| media_type::word(&known.content_type) == word);
        let (short, word) = match media_type::name(&media.content_type) {
            name if is_known => (name.clone(), name),
            _ => (short, word),
        };
        let is_json = media_kind(context, media) == MediaKind::Json;
        let mut setter = |candidates: &[&str]| {
            context.namer.claim(
                setters,
                &Namespace::arguments(key),
                &format!("body of {word}"),
                candidates,
                Case::Value,
            )
        };
        let name = match (found.is_empty(), body.required) {
            (true, true) => Scope::new().claim("body", Case::Value),
            // No body is preferred among equals.
            (true, false) if body.content.len() == 1 || is_json => setter(&["body"]),
            (_, false) => setter(&[&format!("{short} body"), &format!("{word} body")]),
            (false, true) => {
                let key = further_method(key, &word);
                let candidates = [&short, &word].map(|word| format!("{} {word}", method.bare()));
                let candidates = candidates.each_ref().map(String::as_str);
                context.namer.claim(&mut context.methods, &Namespace::METHODS, &key, &candidates, Case::Value)
            }
        };
        let further = found.iter().any(|known| matches!(known.kind, BodyKind::Multipart(Some(_)))).then_some(&*word);
        let kind = kind(context, media, value, (key, marker, further));
        found.push(BodyPlan {
            name,
            kind,
            content_type: media.content_type.clone(),
            required: body.required,
            description: body.description.clone(),
        });
    }
    found
}

/// Returns whether a body that is offered already carries the same value: other JSON, XML, or a form without files.
fn says_the_same(context: &Context<'_, '_>, body: &Body, known: &BodyPlan, media: &Media, value: &Type) -> bool {
    let (BodyKind::Json(pass) | BodyKind::Form(pass, _)) = &known.kind else { return false };
    let essence = media_type::essence(&media.content_type);
    if media_type::is_form(essence) || media_type::is_multipart(essence) {
        let offered = body.content.iter().find(|other| other.content_type == known.content_type);
        let same = *pass == arg_passing(context.types, value.clone())
            || offered.is_some_and(|other| same_members(context, other, media));
        return same && !parts::has_files(context, media);
    }
    let same = matches!(known.kind, BodyKind::Json(_)) && *pass == arg_passing(context.types, value.clone());
    same && (media_type::is_json(essence) && !essence.contains("patch") || media_type::is_xml(essence))
}

/// True if the objects of two media types have the same members.
fn same_members(context: &Context<'_, '_>, one: &Media, other: &Media) -> bool {
    let schemas = &context.types.api.schemas;
    let object = |media: &Media| {
        let usage = media.schema.as_ref()?;
        match &schemas.get(schemas.resolve(usage.schema)).shape {
            Shape::Object(object) if !object.properties.is_empty() => Some(object),
            _ => None,
        }
    };
    let (Some(one), Some(other)) = (object(one), object(other)) else { return false };
    let same = |one: &Property, other: &Property| {
        one.name == other.name
            && one.required == other.required
            && context.types.nullable(&one.value) == context.types.nullable(&other.value)
    };
    one.properties.len() == other.properties.len()
        && one.properties.iter().zip(&other.properties).all(|(one, other)| same(one, other))
}

fn kind(context: &mut Context<'_, '_>, media: &Media, value: Type, named: (&str, &Name, Option<&str>)) -> BodyKind {
    if let Some((ty, document)) = media::xml(context.types, media) {
        return BodyKind::Xml(arg_passing(context.types, ty), document);
    }
    let is_lines = media::is_parts(context.types, media)
        || media_type::is_sequence(&media.content_type)
            && media_type::essence(&media.content_type) != "text/event-stream";
    if let Some(item) = media::item(context.types, media).filter(|_| is_lines) {
        return BodyKind::Lines(ArgPassing::Slice(item));
    }
    match media_kind(context, media) {
        MediaKind::Json | MediaKind::OtherJson => BodyKind::Json(arg_passing(context.types, value)),
        MediaKind::Form => BodyKind::Form(arg_passing(context.types, value), parts::form(context, media)),
        MediaKind::Multipart => BodyKind::Multipart(parts::parts(context, media, named)),
        MediaKind::Text => BodyKind::Text,
        MediaKind::Bytes => BodyKind::Bytes,
    }
}

/// The form of a body; of several, the first is the method's own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum MediaKind {
    Json,
    OtherJson,
    Form,
    Multipart,
    Text,
    Bytes,
}

fn media_kind(context: &Context<'_, '_>, media: &Media) -> MediaKind {
    let content_type = media.content_type.as_str();
    if media_type::is_multipart(content_type) {
        // Also if the schema states bytes: a multipart body needs the boundary that only its writer knows.
        MediaKind::Multipart
    } else if media::is_binary(context.types, media) || media::is_anything(context.types, media) {
        MediaKind::Bytes
    } else if media_type::essence(content_type) == "application/json" {
        MediaKind::Json
    } else if media_type::is_json(content_type) || media_type::essence(content_type) == "*/*" && media.schema.is_some()
    {
        MediaKind::OtherJson
    } else if media_type::is_form(content_type) {
        MediaKind::Form
    } else if media_type::is_text(content_type) && !media_type::is_range(content_type) {
        MediaKind::Text
    } else {
        MediaKind::Bytes
    }
}
