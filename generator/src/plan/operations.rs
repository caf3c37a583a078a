//! Operations: arguments, bodies, outcomes.

use super::media;
use super::outcomes;
use super::security::{self, Security};
use super::server;
use super::types::Types;
use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Body, Location, Media, Operation as Source, Parameter};
use crate::runtime_files::CALL_METHODS;
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{Argument, BodyKind, BodyPlan, Operation, Pass, Type};

/// What all operations of a group share while they are planned.
pub(super) struct Context<'a> {
    pub(super) types: Types<'a>,
    pub(super) security: &'a Security,
    /// The names of the group's module.
    pub(super) scope: Scope,
    pub(super) diagnostics: &'a mut Diagnostics,
}

/// Plans an operation.
pub(super) fn operation(context: &mut Context<'_>, source: &Source, method_name: Name, marker: Name) -> Operation {
    let types = context.types;
    let found = outcomes::outcomes(types, &source.responses, marker.bare(), &mut context.scope);
    let mut required_names = Scope::reserving(&["self", "client", "body", "request"]);
    let mut setter_names = Scope::reserving(CALL_METHODS);
    let arguments = arguments(types, source, &mut required_names, &mut setter_names);
    let body = source.body.as_ref().and_then(|body| body_plan(context, body, &mut setter_names));
    Operation {
        method_name,
        marker,
        http_method: source.method.clone(),
        path: source.path_text.clone(),
        id: source.id.clone(),
        summary: source.summary.clone(),
        description: source.description.clone(),
        external_docs: source.external_docs.clone(),
        deprecated: source.deprecated,
        security: context.security.constant(source),
        needs: security::in_words(source),
        arguments,
        body,
        output: found.output,
        failure: found.failure,
        arms: found.arms,
        accept: found.accept,
        server: source.servers.first().and_then(server::absolute_url),
    }
}

/// Path parameters in the order of the path; then the others, required ones first, by name.
fn arguments(types: Types<'_>, source: &Source, required_names: &mut Scope, setter_names: &mut Scope) -> Vec<Argument> {
    let order: Vec<&str> = source.path.parameters().collect();
    let mut sorted: Vec<&Parameter> = source.parameters.iter().collect();
    sorted.sort_by_key(|parameter| {
        let place = order.iter().position(|name| parameter.location == Location::Path && *name == parameter.name);
        (place.unwrap_or(usize::MAX), !parameter.required, parameter.name.clone(), parameter.location)
    });
    sorted
        .into_iter()
        .map(|parameter| {
            let scope = if parameter.required { &mut *required_names } else { &mut *setter_names };
            let qualified = format!("{} {}", parameter.name, place(parameter.location));
            Argument {
                name: scope.claim_first(&[&parameter.name, &qualified], Case::Value),
                wire: parameter.name.clone(),
                location: parameter.location,
                form: parameter.form.clone(),
                required: parameter.required,
                pass: pass(types.of(&parameter.value)),
                docs: parameter.value.docs.clone(),
            }
        })
        .collect()
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "in path",
        Location::Query => "parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// How a value of a type is best handed over.
fn pass(ty: Type) -> Pass {
    match ty {
        Type::String => Pass::Text,
        Type::Bool | Type::Number(_) => Pass::Copy(ty),
        Type::List(item) => Pass::Slice(*item),
        other => Pass::Reference(other),
    }
}

fn body_plan(context: &mut Context<'_>, body: &Body, setter_names: &mut Scope) -> Option<BodyPlan> {
    let media = body.content.iter().min_by_key(|media| (rank(media), media.content_type.clone()))?;
    for other in body.content.iter().filter(|other| other.content_type != media.content_type) {
        let found = Rule::MediaTypeNotServed
            .at(other.pointer.clone())
            .because(format!("the body is sent as `{}`; `{}` is not offered", media.content_type, other.content_type));
        context.diagnostics.push(found);
    }
    let ty = media.schema.as_ref().map_or(Type::Value, |usage| context.types.nullable(usage));
    let kind = match rank(media) {
        0..=1 => BodyKind::Json(pass_body(ty)),
        2 => BodyKind::Form(pass_body(ty)),
        3 => BodyKind::Text,
        _ => BodyKind::Bytes,
    };
    let name = setter_names.claim_first(&["body"], Case::Value);
    Some(BodyPlan {
        name,
        kind,
        content_type: media.content_type.clone(),
        required: body.required,
        description: body.description.clone(),
    })
}

fn pass_body(ty: Type) -> Pass {
    match pass(ty) {
        // JSON text is not any text.
        Pass::Text => Pass::Reference(Type::String),
        other => other,
    }
}

fn rank(media: &Media) -> u8 {
    let content_type = &media.content_type;
    let essence = media::essence(content_type);
    if essence == "application/json" {
        0
    } else if media::is_json(content_type) || essence == "*/*" {
        1
    } else if media::is_form(content_type) {
        2
    } else if essence.starts_with("text/") {
        3
    } else {
        4
    }
}
