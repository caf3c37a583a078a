//! Request bodies and responses, by media type.

use indexmap::IndexMap;
use openapiv3::{
    Components, Content, Encoding as EncodingSource, Example, Header as HeaderSource, MediaType,
    ParameterSchemaOrContent, ReferenceOr, RequestBody, Response as Source, Responses, StatusCode,
};
use serde_json::Value;

use super::context::Lowering;
use super::merge_patch::is_merge_patch;
use super::parameter::query_style;
use super::sequence;
use super::source::resolve_component;
use crate::carried;
use crate::ir::{Body, Encoding, Facts, Header, Media, ParameterForm, Response, Status, Style};
use crate::media_type;
use crate::place::Trail;

/// The body of an operation.
pub(super) fn body(
    lowering: &mut Lowering<'_>,
    components: &Components,
    source: &ReferenceOr<RequestBody>,
    trail: &Trail<'_>,
) -> Option<Body> {
    let source = resolve_component("requestBodies", source, |name| components.request_bodies.get(name))?;
    Some(Body {
        description: source.description.clone(),
        required: source.required,
        content: content(lowering, components, (&source.content, &source.extensions), trail),
    })
}

/// The responses of an operation, most specific first.
pub(super) fn responses(
    lowering: &mut Lowering<'_>,
    components: &Components,
    sources: &Responses,
    trail: &Trail<'_>,
) -> Vec<Response> {
    let mut found = Vec::new();
    for (status, source) in &sources.responses {
        let key = status.to_string();
        let status = match status {
            StatusCode::Code(code) => Status::Code(*code),
            StatusCode::Range(digit) => Status::Range(u8::try_from(*digit).unwrap_or(u8::MAX)),
        };
        found.extend(response(lowering, components, status, source, &trail.key(&key)));
    }
    if let Some(source) = &sources.default {
        found.extend(response(lowering, components, Status::Default, source, &trail.key("default")));
    }
    found.sort_by_key(|response| response.status);
    found
}

fn response(
    lowering: &mut Lowering<'_>,
    components: &Components,
    status: Status,
    source: &ReferenceOr<Source>,
    trail: &Trail<'_>,
) -> Option<Response> {
    let source = resolve_component("responses", source, |name| components.responses.get(name))?;
    let headers = sorted(&source.headers).into_iter();
    let headers = headers.filter_map(|(name, source)| header(lowering, components, name, source, trail)).collect();
    Some(Response {
        status,
        description: source.description.clone(),
        headers,
        content: content(lowering, components, (&source.content, &source.extensions), trail),
    })
}

fn header(
    lowering: &mut Lowering<'_>,
    components: &Components,
    name: &str,
    source: &ReferenceOr<HeaderSource>,
    trail: &Trail<'_>,
) -> Option<Header> {
    let source = resolve_component("headers", source, |name| components.headers.get(name))?;
    let at = trail.key("headers");
    let at = at.key(name);
    let value = match &source.format {
        ParameterSchemaOrContent::Schema(schema) => Some(lowering.lower_use(schema, &at.key("schema"))),
        ParameterSchemaOrContent::Content(content) => {
            let schema = content.first().and_then(|(_, media)| media.schema.as_ref());
            schema.map(|schema| lowering.lower_use(schema, &at.key("content")))
        }
    };
    let docs = Facts {
        description: source.description.clone(),
        examples: examples(components, source.example.as_ref(), &source.examples),
        deprecated: source.deprecated == Some(true),
        ..Facts::default()
    };
    Some(Header { name: name.to_owned(), required: source.required, docs: docs.into(), value })
}

/// The values of an `example` and of `examples`, with references resolved.
fn examples(
    components: &Components,
    one: Option<&Value>,
    named: &IndexMap<String, ReferenceOr<Example>>,
) -> Vec<Value> {
    let resolve = |example| resolve_component("examples", example, |name| components.examples.get(name));
    let named = named.values().filter_map(resolve).filter_map(|example| example.value.as_ref());
    one.into_iter().chain(named).cloned().collect()
}

/// The media types of a body or response. Those that stand in a path item are a part of it.
fn content(
    lowering: &mut Lowering<'_>,
    components: &Components,
    (content, extensions): (&Content, &IndexMap<String, Value>),
    trail: &Trail<'_>,
) -> Vec<Media> {
    let at = trail.key("content");
    let Some(part) = lowering.parts.take(extensions, carried::CONTENT) else {
        let content = sorted(content).into_iter();
        return content.map(|(name, source)| media(lowering, components, (name, source), &at.key(name))).collect();
    };
    let mut part: Vec<(String, Value)> = part.into_iter().collect();
    part.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let read = |(name, source): (String, Value)| {
        let here = at.key(&name);
        let source: MediaType = lowering.read(&source, &here)?;
        Some(media(lowering, components, (&name, &source), &here))
    };
    part.into_iter().filter_map(read).collect()
}

fn media(
    lowering: &mut Lowering<'_>,
    components: &Components,
    (content_type, media): (&str, &MediaType),
    here: &Trail<'_>,
) -> Media {
    let name = media_type::in_lower_case(content_type);
    let items = sequence::items(lowering, content_type, media, here);
    let schema = media.schema.as_ref().filter(|_| !items.as_ref().is_some_and(|items| items.by_schema));
    let schema = schema.map(|schema| match schema {
        // The fields of the object itself are the parts, the elements, or what is patched.
        ReferenceOr::Reference { .. } if is_by_field(&name) => lowering.lower_part(schema, &here.key("schema")),
        _ => lowering.lower_use(schema, &here.key("schema")),
    });
    Media {
        content_type: name,
        item_form: items.as_ref().map(|items| items.form).unwrap_or_default(),
        may_be_wrapped: items.as_ref().is_some_and(|items| items.may_be_wrapped),
        item: items.map(|items| items.item),
        schema,
        encoding: sorted(&media.encoding)
            .into_iter()
            .map(|(name, source)| encoding(lowering, components, (name, source), here))
            .collect(),
        examples: examples(components, media.example.as_ref(), &media.examples),
        pointer: here.pointer(),
    }
}

/// Returns whether the fields of an object are written one by one, so that it can't be one of several.
fn is_by_field(content_type: &str) -> bool {
    media_type::is_form(content_type)
        || media_type::is_multipart(content_type)
        || media_type::is_xml(content_type)
        || is_merge_patch(content_type)
}

/// Entries sorted by name, since their order in the document has no meaning.
fn sorted<T>(map: &IndexMap<String, T>) -> Vec<(&String, &T)> {
    let mut entries: Vec<_> = map.iter().collect();
    entries.sort_unstable_by_key(|(name, _)| *name);
    entries
}

fn encoding(
    lowering: &mut Lowering<'_>,
    components: &Components,
    (name, source): (&str, &EncodingSource),
    media: &Trail<'_>,
) -> Encoding {
    let here = media.key("encoding");
    let here = here.key(name);
    // `contentType` states the media type.
    let headers = sorted(&source.headers).into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    let headers = headers.filter_map(|(name, source)| header(lowering, components, name, source, &here)).collect();
    // OAS 3.1.1 §4.8.15.1.2: any of the three makes the member follow the styles of parameters.
    let styled = source.style.is_some() || source.explode || source.allow_reserved;
    let style = source.style.as_ref().map_or(Style::Form, query_style);
    let form = ParameterForm::Styled { style, explode: source.explode, allow_reserved: source.allow_reserved };
    Encoding {
        name: name.to_owned(),
        content_type: source.content_type.clone(),
        form: styled.then_some(form),
        headers,
        pointer: here.pointer(),
    }
}
