//! From OpenAPI to the IR: the meaning of the description.
//!
//! The input is in the normal form that `normalize` gives: OpenAPI 3.0, with every reference leading to a component that
//! exists, and constructs of later versions in `x-oas31-*` and `x-oas32-*`.

mod alternatives;
mod annotations;
mod bounds;
mod circles;
mod composition;
mod context;
mod copies;
mod deliveries;
mod direction;
mod distribution;
mod enumeration;
mod event;
mod events;
mod extends;
mod formats;
mod groups;
mod hierarchy;
mod hints;
mod idempotency;
mod join;
mod keep;
mod keywords;
mod merge_patch;
mod middle;
mod narrowing;
mod nulls;
mod numeric;
mod object;
mod operation;
mod pagination;
mod parameter;
mod parts;
mod polymorphism;
mod requirements;
mod response;
mod schema;
mod security;
mod sequence;
mod servers;
mod source;
mod tags;
mod texts;
mod xml;

use groups::Groups;
pub use keep::keep_everything;
use openapiv3::OpenAPI;
use serde_json::{Map, Value};

use crate::carried;
use crate::diagnostics::Diagnostics;
use crate::ir::{Api, Info, Operation};
use crate::place::{Pointer, Trail};

/// Returns the meaning of an OpenAPI description.
///
/// The description is dropped while it is read, schema by schema and path by path: it would be most of the memory of
/// a run.
///
/// Findings go to `diagnostics`; the API is whole only if none of them is an error.
///
/// `has_type` returns whether the user chose a type for a format.
pub fn lower(mut document: OpenAPI, has_type: &dyn Fn(&str) -> bool, diagnostics: &mut Diagnostics) -> Api {
    let mut components = document.components.take().unwrap_or_default();
    let sources = std::mem::take(&mut components.schemas);
    let names: Vec<String> = sources.keys().cloned().collect();
    let paths = match document.extensions.shift_remove(carried::PATHS) {
        Some(Value::Object(paths)) => paths,
        _ => Map::new(),
    };
    let root = Pointer::root();
    let root = Trail::At(&root);

    let mut schemas = context::Lowering::new(&names, sources.into_values(), has_type, diagnostics);
    let mut named = schemas.components(&root);
    let mut groups = Groups::of(&document);
    let rules = pagination::rules(schemas.diagnostics, &document.extensions, &root);
    let mut operations = operation::operations(paths, &document, &components, &mut groups, &mut schemas, &root);
    // The order of paths and components in the document has no meaning, so nothing may follow from it.
    operations.sort_by(|a, b| (a.path.text(), &a.method).cmp(&(b.path.text(), &b.method)));
    let webhooks = event::webhooks(&document, &components, &mut schemas, &root);
    named.extend(middle::components(&mut schemas));
    let has_events = !webhooks.is_empty() || operations.iter().any(|operation| !operation.callbacks.is_empty());
    let deliveries = deliveries::deliveries(schemas.diagnostics, &document.extensions, &root, has_events);
    let numbers_as_text = schemas.numbers_as_text;
    let declarations = std::mem::take(&mut schemas.pagination);
    let mut schemas = schemas.finish();
    let security_schemes = security::schemes(&components);
    drop(components);
    enumeration::join_all(&mut schemas);
    circles::collapse_alias_cycles(&mut schemas);
    tags::resolve(&mut schemas);

    let mut api = Api {
        info: info(&document.info),
        servers: document.servers.iter().map(servers::server).collect(),
        groups: groups.finish(),
        operations,
        schemas,
        components: named,
        webhooks,
        deliveries,
        security_schemes,
        numbers_as_text,
    };
    // XML is written by the fields of a type.
    if !api.operations.iter().any(has_xml) {
        tags::mark(&mut api.schemas);
    }
    merge_patch::permit_nulls(&mut api);
    direction::split(&mut api);
    direction::mark_sent(&mut api);
    api.schemas.settle();
    copies::check_parts(&api, diagnostics);
    pagination::settle(&mut api.operations, &api.schemas, declarations, &rules, diagnostics);
    api
}

/// Reports what more could be made of an API, if it is as its names suggest.
pub fn report_proposals(api: &Api, diagnostics: &mut Diagnostics) {
    pagination::report_proposals(api, diagnostics);
}

fn has_xml(operation: &Operation) -> bool {
    let sent = operation.body.iter().flat_map(|body| &body.content);
    let received = operation.responses.iter().flat_map(|response| &response.content);
    sent.chain(received).any(|media| media.content_type.contains("xml"))
}

fn info(info: &openapiv3::Info) -> Info {
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        description: info.description.clone(),
        terms_of_service: info.terms_of_service.clone(),
        license: info.license.as_ref().map(|license| license.name.clone()),
    }
}
