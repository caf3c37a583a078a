//! Operations: arguments, bodies, outcomes.

use std::collections::{BTreeSet, HashSet};

use clientwright_sources::{CALL_METHODS, PAGED_METHODS};

use crate::diagnostics::Rule;
use crate::ir::{Location, Media, Operation as Source, Parameter, Rest, Shape, Status, Use};
use crate::media_type;
use crate::plan::constants;
use crate::plan::naming::namer::Namer;
use crate::plan::operations::bodies;
use crate::plan::operations::context::{Context, arg_passing};
use crate::plan::operations::outcomes;
use crate::plan::operations::pages;
use crate::plan::operations::reply;
use crate::plan::operations::security;
use crate::plan::operations::server;
use crate::plan::types::mapping::Types;
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{Argument, Constant, Namespace, Operation, ResponseHeader};

/// Plans an operation.
pub(crate) fn operation(context: &mut Context<'_, '_>, source: &Source, method_name: Name, marker: Name) -> Operation {
    let types = context.types;
    let mut required_names = Scope::excluding(&["self", "client", "body", "request"]);
    if source.body.iter().flat_map(|body| &body.content).any(|media| media_type::is_range(&media.content_type)) {
        required_names.exclude(&["content_type"]);
    }
    let mut setter_names = Scope::excluding(CALL_METHODS);
    let pages = source.pagination.as_ref().map(|pagination| pages::pages(types, pagination));
    if pages.is_some() {
        setter_names.exclude(PAGED_METHODS);
    }
    let key = source.key().to_string();
    let space = Namespace::arguments(&key);
    reserve(context.namer, source, &space, &mut required_names, &mut setter_names);
    let arguments = arguments(types, context.namer, source, &space, &mut required_names, &mut setter_names);
    let body = source.body.as_ref();
    let bodies = body.map(|body| bodies::bodies(context, body, (&key, &method_name), &marker, &mut setter_names));
    let mut names = reply::Names {
        key: &key,
        stem: marker.bare(),
        module: &mut context.scope,
        space: &context.module,
        setters: &mut setter_names,
        namer: &mut *context.namer,
    };
    let found = outcomes::outcomes(types, source, &mut names, context.diagnostics);
    check(context, source);
    Operation {
        method_name,
        marker,
        http_method: source.method.clone(),
        path: source.path.clone(),
        id: source.id.clone(),
        summary: source.summary.clone(),
        description: source.description.clone(),
        external_docs: source.external_docs.clone(),
        deprecated: source.deprecated,
        security: context.security.constant(source),
        needs: security::in_words(source),
        arguments,
        constants: constants(types, source),
        bodies: bodies.unwrap_or_default(),
        output: found.output,
        failure: found.failure,
        arms: found.arms,
        accept: found.accept,
        streaming: found.streaming,
        headers: headers(source),
        alternate_responses: found.alternate_responses,
        server: source.servers.first().and_then(server::of_operation),
        idempotency_key: source.idempotency_key.clone(),
        pages,
    }
}

/// Reserves the names of parameters that still exist, and of setters that are not for parameters. Required parameters have a scope of their
/// own, so that an argument may have the name of a setter.
fn reserve(
    namer: &Namer<'_>,
    source: &Source,
    space: &Namespace,
    required_names: &mut Scope,
    setter_names: &mut Scope,
) {
    let keys = |required: bool| -> BTreeSet<String> {
        let parameters = source.parameters.iter().filter(|parameter| parameter.required == required);
        parameters.map(|parameter| parameter_key(source, parameter)).collect()
    };
    let (required, optional) = (keys(true), keys(false));
    let is_setter = |key: &str| ["body of ", "as ", "stream of "].iter().any(|other| key.starts_with(other));
    namer.reserve_previous(required_names, space, |key| required.contains(key));
    namer.reserve_previous(setter_names, space, |key| optional.contains(key) || is_setter(key));
}

/// Reports the facts of an operation that do not reach the code.
fn check(context: &mut Context<'_, '_>, source: &Source) {
    let sent = source.body.iter().flat_map(|body| &body.content);
    for media in sent.chain(source.responses.iter().flat_map(|response| &response.content)) {
        let is_used = media_type::is_sequence(&media.content_type) || media_type::is_multipart(&media.content_type);
        if media.item.is_some() && !is_used {
            let reason =
                format!("`itemSchema`: `{}` is no sequence of items that the client knows", media.content_type);
            context.diagnostics.push(Rule::IgnoredValue.at(media.pointer.clone()).message(reason));
        }
    }
    for response in &source.responses {
        let Status::Code(code @ (204 | 205 | 304)) = response.status else { continue };
        let says_something =
            |media: &&Media| media.schema.as_ref().is_some_and(|usage| describes(context.types, usage));
        if let Some(media) = response.content.iter().find(says_something) {
            let reason = format!("a response of {code} has no body, so that none is read");
            context.diagnostics.push(Rule::LeftOut.at(media.pointer.clone()).message(reason));
        }
    }
    if let Some(server) = source.servers.first()
        && server::of_operation(server).is_none()
    {
        let reason = match server.url.as_str() {
            "" => "the URL of its server is empty; the operation is called where the API is".to_owned(),
            url => format!("`{url}` is no URL of HTTP; the operation is called where the API is"),
        };
        context.diagnostics.push(Rule::ServerNotServed.at(source.pointer.clone()).message(reason));
    }
}

/// Returns whether a schema describes a value: with an empty object or `null`, authors say that there is none.
fn describes(types: Types<'_>, usage: &Use) -> bool {
    match &types.api.schemas.get(types.api.schemas.resolve(usage.schema)).shape {
        Shape::Any(_) | Shape::Never => false,
        Shape::Object(object) => !object.properties.is_empty() || matches!(object.rest, Rest::Typed(_)),
        Shape::Enumeration(found) => !found.values.is_empty(),
        _ => true,
    }
}

/// The headers of success, each once.
fn headers(source: &Source) -> Vec<ResponseHeader> {
    let is_success = |status: Status| matches!(status, Status::Code(200..=399) | Status::Range(2 | 3));
    let success = source.responses.iter().filter(|response| is_success(response.status));
    let mut found: Vec<ResponseHeader> = Vec::new();
    let mut known = HashSet::new();
    for header in success.flat_map(|response| &response.headers) {
        let name = header.name.to_ascii_lowercase();
        if name != "content-type" && known.insert(name) {
            found.push(ResponseHeader { name: header.name.clone(), description: header.docs.description.clone() });
        }
    }
    found
}

/// The arguments and setters. Required parameters are first: those of the path in its order, then the others in the order of the names file, else of the
/// document.
fn arguments(
    types: Types<'_>,
    namer: &mut Namer<'_>,
    source: &Source,
    space: &Namespace,
    required_names: &mut Scope,
    setter_names: &mut Scope,
) -> Vec<Argument> {
    let asked = source.parameters.iter().filter(|parameter| constants::constant(types.api, parameter).is_none());
    let (mut in_path, others): (Vec<&Parameter>, Vec<&Parameter>) =
        asked.partition(|parameter| parameter.location == Location::Path);
    let order: Vec<&str> = source.path.parameters().collect();
    in_path.sort_by_key(|parameter| order.iter().position(|name| *name == parameter.name));
    let (required, mut optional): (Vec<&Parameter>, Vec<&Parameter>) =
        others.into_iter().partition(|parameter| parameter.required);
    // The order of setters has no meaning.
    optional.sort_by_key(|parameter| (parameter.name.as_str(), parameter.location));
    let keys: Vec<String> = required.iter().map(|parameter| parameter_key(source, parameter)).collect();
    let order = namer.order(&source.key().to_string(), &keys);
    in_path
        .into_iter()
        .chain(order.into_iter().map(|place| required[place]))
        .chain(optional)
        .map(|parameter| {
            let scope = if parameter.required { &mut *required_names } else { &mut *setter_names };
            let qualified = format!("{} {}", parameter.name, place(parameter.location));
            let key = parameter_key(source, parameter);
            let candidates = [parameter.name.as_str(), &qualified];
            Argument {
                name: namer.claim(scope, space, &key, &candidates, Case::Value),
                wire: parameter.name.clone(),
                location: parameter.location,
                form: parameter.form.clone(),
                required: parameter.required,
                pass: arg_passing(types, types.of(&parameter.value)),
                docs: parameter.value.docs.clone(),
            }
        })
        .collect()
}

/// The parameters with a constant value.
fn constants(types: Types<'_>, source: &Source) -> Vec<Constant> {
    let constant = |parameter: &Parameter| {
        let value = constants::constant(types.api, parameter)?;
        let Parameter { name, location, form, .. } = parameter;
        Some(Constant { wire: name.clone(), location: *location, form: form.clone(), value })
    };
    source.parameters.iter().filter_map(constant).collect()
}

/// Returns the key of an argument's name: the parameter's name, with its location if another may have the same name.
fn parameter_key(source: &Source, parameter: &Parameter) -> String {
    let is_plain = match parameter.location {
        Location::Path => true,
        Location::Query => !source.path.parameters().any(|name| name == parameter.name),
        Location::Header | Location::Cookie | Location::QueryString => false,
    };
    if is_plain { parameter.name.clone() } else { format!("{} {}", parameter.name, place(parameter.location)) }
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "in path",
        Location::Query => "parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::QueryString => "query string",
    }
}
