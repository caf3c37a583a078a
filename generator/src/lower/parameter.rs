//! Parameters and the serialization of their values.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{
    Components, HeaderStyle, MediaType, Parameter as Source, ParameterSchemaOrContent, PathStyle, QueryStyle,
    ReferenceOr,
};
use serde_json::Value;

use super::context::Lowering;
use super::source::resolve_component;
use crate::carried;
use crate::diagnostics::Rule;
use crate::ir::{ContentForm, Docs, Facts, Location, Parameter, ParameterForm, Reason, Shape, Style, Use};
use crate::place::Trail;

/// The parameters of an operation: its own, and those of its path item that it doesn't override. Its credentials, if it has any, may be
/// what an `Authorization` header is for.
pub(super) fn parameters(
    lowering: &mut Lowering<'_>,
    components: &Components,
    own: (&[ReferenceOr<Source>], &Trail<'_>),
    shared: (&[ReferenceOr<Source>], &Trail<'_>),
    is_authorized: impl Fn() -> bool,
) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    let mut known = HashSet::new();
    for (sources, trail) in [own, shared] {
        let at = trail.key("parameters");
        for (index, source) in sources.iter().enumerate() {
            let resolved = resolve_component("parameters", source, |name| components.parameters.get(name));
            let Some(source) = resolved else { continue };
            let lowered = parameter(lowering, components, source, &at.index(index));
            if is_ignored(&lowered) {
                if lowered.name.eq_ignore_ascii_case("authorization") && !is_authorized() {
                    let message = "the header is not sent unless the caller sets it by hand";
                    lowering.diagnostics.push(Rule::AuthorizationIgnored.at(at.index(index)).message(message));
                }
            } else if known.insert(identity(&lowered)) {
                found.push(lowered);
            }
        }
    }
    found
}

/// The place and name by which a parameter is one. The names of headers are case-insensitive (RFC 9110 §5.1).
fn identity(parameter: &Parameter) -> (Location, String) {
    let name = match parameter.location {
        Location::Header => parameter.name.to_ascii_lowercase(),
        Location::Path | Location::Query | Location::Cookie | Location::QueryString => parameter.name.clone(),
    };
    (parameter.location, name)
}

/// The parameter that is the whole query string (OAS 3.2 §4.12.1), the operation's own before the path item's.
pub(super) fn query_string(
    lowering: &mut Lowering<'_>,
    places: [(&IndexMap<String, Value>, &Trail<'_>); 2],
) -> Option<Parameter> {
    const KEY: &str = carried::QUERYSTRING;
    let (source, trail) = places.into_iter().find_map(|(extensions, trail)| Some((extensions.get(KEY)?, trail)))?;
    let trail = trail.key(KEY);
    let (content_type, media) = source.get("content")?.as_object()?.iter().next()?;
    let media: MediaType = serde_json::from_value(media.clone()).ok()?;
    let form = ParameterForm::Content(content_type.to_ascii_lowercase());
    let mut value = content_value(lowering, (content_type, &form), &media, &trail);
    let text = |key: &str| source.get(key).and_then(Value::as_str).map(str::to_owned);
    if let Some(description) = text("description") {
        value.docs.description = Some(description);
    }
    Some(Parameter {
        pointer: trail.pointer(),
        name: text("name").unwrap_or_else(|| "query".to_owned()),
        location: Location::QueryString,
        required: source.get("required") == Some(&Value::Bool(true)),
        value,
        form,
    })
}

/// Returns whether a header parameter is ignored, since other parts of the description state it (OAS 3.0.4 §4.7.12.1).
fn is_ignored(parameter: &Parameter) -> bool {
    parameter.location == Location::Header
        && ["accept", "content-type", "authorization"].contains(&parameter.name.to_ascii_lowercase().as_str())
}

fn parameter(lowering: &mut Lowering<'_>, components: &Components, source: &Source, trail: &Trail<'_>) -> Parameter {
    let data = source.parameter_data_ref();
    let (location, style, allow_reserved) = match source {
        Source::Path { style, .. } => (Location::Path, path_style(style), false),
        Source::Query { style, allow_reserved, .. } => (Location::Query, query_style(style), *allow_reserved),
        Source::Header { style: HeaderStyle::Simple, .. } => (Location::Header, Style::Simple, false),
        Source::Cookie { .. } if data.extensions.get(carried::STYLE).is_some_and(|style| style == "cookie") => {
            (Location::Cookie, Style::Cookie, false)
        }
        Source::Cookie { .. } => (Location::Cookie, Style::Form, false),
    };
    let mut form = ParameterForm::Styled {
        style,
        explode: data.explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject | Style::Cookie)),
        allow_reserved,
    };
    let mut value = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => lowering.lower_use(schema, &trail.key("schema")),
        ParameterSchemaOrContent::Content(content) => match content.first() {
            Some((content_type, media)) => {
                form = ParameterForm::Content(content_type.to_ascii_lowercase());
                content_value(lowering, (content_type, &form), media, trail)
            }
            None => lowering.anything(trail, Reason::Unconstrained),
        },
    };
    add_docs(components, &mut value.docs, data);
    if location == Location::Path {
        value = in_path(lowering, value, trail);
    }
    Parameter {
        pointer: trail.pointer(),
        name: data.name.clone(),
        location,
        required: data.required || location == Location::Path,
        value,
        form,
    }
}

/// The value of a path parameter: text, a number or one of a list of values. A schema without a type, or with several, is text.
fn in_path(lowering: &mut Lowering<'_>, value: Use, trail: &Trail<'_>) -> Use {
    let schemas = &lowering.schemas;
    match &schemas.get(schemas.resolve(value.schema)).shape {
        shape @ (Shape::Any(_) | Shape::Union(_)) => {
            let choices = match shape {
                Shape::Union(union) => union.members.iter().map(|member| member.value.schema).collect(),
                _ => Vec::new(),
            };
            let docs = Facts { choices, ..Facts::default() }.into();
            let schema = lowering.add(trail, docs, false, Shape::String { format: None });
            Use { schema, nullable: false, ..value }
        }
        _ => value,
    }
}

/// The value of a parameter with `content`. Of a media type that is neither JSON nor a form, it is a scalar, or the text that the caller
/// writes.
fn content_value(
    lowering: &mut Lowering<'_>,
    (content_type, form): (&str, &ParameterForm),
    media: &MediaType,
    trail: &Trail<'_>,
) -> Use {
    let at = trail.key("content");
    let at = at.key(content_type);
    let value = match &media.schema {
        Some(schema) => lowering.lower_use(schema, &at.key("schema")),
        None => lowering.anything(&at, Reason::Unconstrained),
    };
    if form.content() == Some(ContentForm::Form) {
        for name in media.encoding.keys() {
            let message = format_args!("`{name}` is written as it is in a form without `encoding`");
            let place = at.key("encoding").key(name).pointer();
            lowering.diagnostics.push(Rule::EncodingNotServed.at(place).message(message));
        }
    }
    if form.content() != Some(ContentForm::Text) {
        return value;
    }
    let is_untyped = match &lowering.schemas.get(lowering.schemas.resolve(value.schema)).shape {
        Shape::String { .. }
        | Shape::Integer { .. }
        | Shape::Number { .. }
        | Shape::Boolean
        | Shape::Enumeration(_) => {
            return value;
        }
        shape => matches!(shape, Shape::Any(_)),
    };
    if !is_untyped {
        let message = format_args!("the caller writes the `{content_type}` as text");
        lowering.diagnostics.push(Rule::ParameterAsText.at(at.pointer()).message(message));
    }
    let schema = lowering.add(&at, Docs::default(), false, Shape::String { format: None });
    Use { schema, nullable: false, ..value }
}

/// Adds the docs of the Parameter Object, which take precedence over those of its schema.
fn add_docs(components: &Components, docs: &mut Docs, data: &openapiv3::ParameterData) {
    if data.description.is_some() {
        docs.description = data.description.clone();
    }
    let resolve = |example| resolve_component("examples", example, |name| components.examples.get(name));
    let named = data.examples.values().filter_map(resolve).filter_map(|example| example.value.as_ref());
    let examples: Vec<Value> = data.example.iter().chain(named).cloned().collect();
    if !examples.is_empty() {
        docs.examples = examples;
    }
    if data.deprecated == Some(true) {
        docs.deprecated = true;
    }
}

fn path_style(style: &PathStyle) -> Style {
    match style {
        PathStyle::Matrix => Style::Matrix,
        PathStyle::Label => Style::Label,
        PathStyle::Simple => Style::Simple,
    }
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}
