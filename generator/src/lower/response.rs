//! Request bodies and responses: what is sent, and what may come back, by media type.

use indexmap::IndexMap;
use openapiv3::{
    Components, Content, Encoding as EncodingSource, Header as HeaderSource, ParameterSchemaOrContent, ReferenceOr,
    RequestBody, Response as Source, Responses, StatusCode,
};

use super::parameter::query_style;
use super::schema::{Lowering, component_name};
use super::sequence;
use crate::ir::{Body, Docs, Encoding, Header, Media, ParameterForm, Response, Status, Style};
use crate::place::Trail;

/// The body of an operation.
pub(super) fn body(
    lowering: &mut Lowering<'_>,
    components: &Components,
    source: &ReferenceOr<RequestBody>,
    trail: &Trail<'_>,
) -> Option<Body> {
    let mut at = source;
    for _ in 0..=components.request_bodies.len() {
        match at {
            ReferenceOr::Item(source) => {
                return Some(Body {
                    description: source.description.clone(),
                    required: source.required,
                    content: content(lowering, components, &source.content, trail),
                });
            }
            ReferenceOr::Reference { reference } => {
                at = components.request_bodies.get(&component_name(reference, "requestBodies")?)?;
            }
        }
    }
    None
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
    let mut at = source;
    for _ in 0..=components.responses.len() {
        match at {
            ReferenceOr::Item(source) => {
                let headers = sorted(&source.headers).into_iter();
                let headers = headers.filter_map(|(name, source)| header(lowering, components, name, source, trail));
                let headers: Vec<Header> = headers.collect();
                return Some(Response {
                    status,
                    description: source.description.clone(),
                    headers,
                    content: content(lowering, components, &source.content, trail),
                });
            }
            ReferenceOr::Reference { reference } => {
                at = components.responses.get(&component_name(reference, "responses")?)?
            }
        }
    }
    None
}

fn header(
    lowering: &mut Lowering<'_>,
    components: &Components,
    name: &str,
    source: &ReferenceOr<HeaderSource>,
    trail: &Trail<'_>,
) -> Option<Header> {
    let mut at = source;
    for _ in 0..=components.headers.len() {
        match at {
            ReferenceOr::Item(source) => {
                let at = trail.key("headers");
                let at = at.key(name);
                let value = match &source.format {
                    ParameterSchemaOrContent::Schema(schema) => Some(lowering.usage(schema, &at.key("schema"))),
                    ParameterSchemaOrContent::Content(content) => {
                        let schema = content.first().and_then(|(_, media)| media.schema.as_ref());
                        schema.map(|schema| lowering.usage(schema, &at.key("content")))
                    }
                };
                let named = source.examples.values().filter_map(|example| example.as_item()?.value.as_ref());
                let docs = Docs {
                    description: source.description.clone(),
                    examples: source.example.iter().chain(named).cloned().collect(),
                    deprecated: source.deprecated == Some(true),
                    ..Docs::default()
                };
                return Some(Header { name: name.to_owned(), required: source.required, docs, value });
            }
            ReferenceOr::Reference { reference } => {
                at = components.headers.get(&component_name(reference, "headers")?)?
            }
        }
    }
    None
}

fn content(lowering: &mut Lowering<'_>, components: &Components, content: &Content, trail: &Trail<'_>) -> Vec<Media> {
    let at = trail.key("content");
    let mut found = Vec::with_capacity(content.len());
    for (content_type, media) in sorted(content) {
        let here = at.key(content_type);
        let schema = media.schema.as_ref().map(|schema| lowering.usage(schema, &here.key("schema")));
        let mut examples: Vec<_> = media.example.iter().cloned().collect();
        for example in media.examples.values() {
            let example = match example {
                ReferenceOr::Item(example) => Some(example),
                ReferenceOr::Reference { reference } => component_name(reference, "examples")
                    .and_then(|name| components.examples.get(&name))
                    .and_then(ReferenceOr::as_item),
            };
            examples.extend(example.and_then(|example| example.value.clone()));
        }
        let (item, item_form) = sequence::item(lowering, content_type, media, &here).unzip();
        found.push(Media {
            content_type: media_type(content_type),
            item,
            item_form: item_form.unwrap_or_default(),
            schema,
            encoding: sorted(&media.encoding)
                .into_iter()
                .map(|(name, source)| encoding(lowering, components, (name, source), &here))
                .collect(),
            examples,
            pointer: here.pointer(),
        });
    }
    found
}

/// A media type in the case that comparing takes (RFC 9110, 8.3.1): its parameters keep theirs, since values such as a profile's URL
/// depend on it.
fn media_type(text: &str) -> String {
    let text = text.trim();
    let (essence, parameters) = text.split_at(text.find(';').unwrap_or(text.len()));
    essence.to_ascii_lowercase() + parameters
}

/// Entries by name: their order in the document means nothing.
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
    // The media type is described by `contentType`, and is not to be described twice.
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
