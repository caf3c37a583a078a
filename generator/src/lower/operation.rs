//! Operations, path by path.

use std::collections::HashSet;
use std::sync::Arc;

use openapiv3::{Components, OpenAPI, Operation as Source, PathItem, SecurityRequirement};
use serde_json::{Map, Value};

use super::context::Lowering;
use super::copies::Copies;
use super::groups::Groups;
use super::parts::Parts;
use super::{event, idempotency, parameter, response, security, servers};
use crate::carried;
use crate::diagnostics::Rule;
use crate::ir::{Operation, PathTemplate, Requirement};
use crate::place::Trail;
use crate::stack;

/// Lowers every operation of the document, and drops its paths.
pub(super) fn operations(
    sources: Map<String, Value>,
    document: &OpenAPI,
    components: &Components,
    groups: &mut Groups,
    lowering: &mut Lowering<'_>,
    root: &Trail<'_>,
) -> Vec<Operation> {
    let paths = root.key("paths");
    let whole = idempotency::declared(lowering.diagnostics, &document.extensions, root);
    let security = document.security.as_deref().unwrap_or_default();
    let security = Common {
        stated: security,
        requirements: security::requirements(security).into(),
        authorizing: security::authorizing(components),
    };
    let mut found: Vec<Operation> = Vec::new();
    let mut copies = Copies::default();
    'paths: for (path, mut source) in sources {
        if path.starts_with("x-") {
            continue;
        }
        let at = paths.key(&path);
        lowering.parts = Parts::of(&mut source);
        let Some(item) = lowering.read::<PathItem>(&source, &at) else { continue };
        let key = idempotency::declared(lowering.diagnostics, &item.extensions, &at).or_else(|| whole.clone());
        let context = Context { security: &security, components, path: &path, item: &item, at: &at, key };
        for (method, source) in item.iter() {
            let operation = context.operation(lowering, groups, (method, false), source, &at.key(method));
            if !copies.admit(&operation, lowering.diagnostics) {
                break 'paths;
            }
            found.push(operation);
        }
        for (method, key, value) in more_methods(&item) {
            let trail = at.key(key);
            let trail = if key == ADDITIONAL { trail.key(method) } else { trail };
            match stack::read::<Source>(value) {
                Ok(source) => {
                    let operation = context.operation(lowering, groups, (method, key == ADDITIONAL), &source, &trail);
                    if !copies.admit(&operation, lowering.diagnostics) {
                        break 'paths;
                    }
                    found.push(operation);
                }
                Err(error) => lowering.diagnostics.push(Rule::OperationUnreadable.at(trail).message(error)),
            }
        }
    }
    found
}

/// The key of OAS 3.2's `query` in the normal form.
const QUERY: &str = carried::QUERY;
const ADDITIONAL: &str = carried::ADDITIONAL_OPERATIONS;

fn more_methods(item: &PathItem) -> Vec<(&str, &'static str, &Value)> {
    let mut found = Vec::new();
    if let Some(value) = item.extensions.get(QUERY) {
        found.push(("QUERY", QUERY, value));
    }
    let additional = item.extensions.get(ADDITIONAL).and_then(Value::as_object);
    found.extend(additional.into_iter().flatten().map(|(method, value)| (method.as_str(), ADDITIONAL, value)));
    found
}

/// The security of the API, as far as operations have it in common.
struct Common<'a> {
    /// The requirements of operations that state none.
    stated: &'a [SecurityRequirement],
    /// The same, lowered.
    requirements: Arc<[Requirement]>,
    /// The schemes whose credentials go into the `Authorization` header.
    authorizing: HashSet<String>,
}

struct Context<'a> {
    security: &'a Common<'a>,
    components: &'a Components,
    path: &'a str,
    item: &'a PathItem,
    at: &'a Trail<'a>,
    /// The declaration of idempotency keys for several operations.
    key: idempotency::Declared,
}

impl Context<'_> {
    fn operation(
        &self,
        lowering: &mut Lowering<'_>,
        groups: &mut Groups,
        (method, is_additional): (&str, bool),
        source: &Source,
        trail: &Trail<'_>,
    ) -> Operation {
        let own = (source.parameters.as_slice(), trail);
        let shared = (self.item.parameters.as_slice(), self.at);
        let (required, security) = match &source.security {
            Some(own) => (own.as_slice(), security::requirements(own).into()),
            None => (self.security.stated, Arc::clone(&self.security.requirements)),
        };
        let servers = if source.servers.is_empty() { &self.item.servers } else { &source.servers };
        let body = source.request_body.as_ref();
        lowering.pagination.read(lowering.diagnostics, &source.extensions, trail);
        let responses = response::responses(lowering, self.components, &source.responses, &trail.key("responses"));
        Operation {
            pointer: trail.pointer(),
            id: source.operation_id.clone().filter(|id| !id.trim().is_empty()),
            // RFC 9110 §9.1: methods are case-sensitive, and these are sent as they are written.
            method: if is_additional { method.to_owned() } else { method.to_ascii_uppercase() },
            path: PathTemplate::parse(self.path),
            group: source.tags.first().map(|tag| groups.group(tag)),
            summary: source.summary.clone().or_else(|| self.item.summary.clone()),
            description: source.description.clone().or_else(|| self.item.description.clone()),
            external_docs: source.external_docs.as_ref().map(|docs| docs.url.clone()),
            deprecated: source.deprecated,
            parameters: {
                let schemes = required.iter().flat_map(|alternative| alternative.keys());
                let is_authorized = || schemes.clone().any(|name| self.security.authorizing.contains(name));
                let mut found = parameter::parameters(lowering, self.components, own, shared, is_authorized);
                let places = [(&source.extensions, trail), (&self.item.extensions, self.at)];
                found.extend(parameter::query_string(lowering, places));
                found
            },
            body: body.and_then(|body| response::body(lowering, self.components, body, &trail.key("requestBody"))),
            idempotency_key: {
                let own = idempotency::declared(lowering.diagnostics, &source.extensions, trail);
                idempotency::key(own, &self.key, method)
            },
            // It is settled once all schemas are known.
            pagination: None,
            is_one_page: false,
            responses,
            security,
            servers: servers.iter().map(servers::server).collect(),
            callbacks: event::callbacks(lowering, self.components, source, trail),
        }
    }
}
