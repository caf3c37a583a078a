//! OpenAPI to IR: what the description means.
//!
//! The input is in the normal form that `normalize` gives: OpenAPI 3.0, with every reference leading to a component that
//! exists, and what 3.0 can't say in `x-oas31-*` and `x-oas32-*`.

mod annotations;
mod circles;
mod composition;
mod direction;
mod distribution;
mod event;
mod formats;
mod hints;
mod idempotency;
mod keep;
mod keywords;
mod narrowing;
mod object;
mod operation;
mod pagination;
mod parameter;
mod polymorphism;
mod response;
mod schema;
mod security;
mod sequence;
mod xml;

pub use keep::keep_everything;
use openapiv3::OpenAPI;

use crate::diagnostics::Diagnostics;
use crate::ir::{Api, Group, Info, Server, ServerVariable};
use crate::place::{Pointer, Trail};

/// Says what an OpenAPI description means.
///
/// The description is let go as it is read, schema by schema and path by path: beside what it means, it would be most of the memory of
/// a run.
///
/// Findings go to `diagnostics`; the API is whole only if none of them is an error.
///
/// `has_type` says which formats have a type besides those of the registry.
pub fn lower(mut document: OpenAPI, has_type: &dyn Fn(&str) -> bool, diagnostics: &mut Diagnostics) -> Api {
    let mut components = document.components.take().unwrap_or_default();
    let sources = std::mem::take(&mut components.schemas);
    let names: Vec<String> = sources.keys().cloned().collect();
    let paths = std::mem::take(&mut document.paths);
    let root = Pointer::root();
    let root = Trail::At(&root);

    let mut schemas = schema::Lowering::new(&names, sources.into_values(), has_type, diagnostics);
    let named = schemas.components(&root);
    let mut groups = groups(&document);
    let mut operations = operation::operations(paths, &document, &components, &mut groups, &mut schemas, &root);
    // The order of paths and components in the document has no meaning, so nothing may follow from it.
    operations.sort_by(|a, b| (&a.path_text, &a.method).cmp(&(&b.path_text, &b.method)));
    let webhooks = event::webhooks(&document, &components, &mut schemas, &root);
    let mut schemas = schemas.finish();
    let security_schemes = security::schemes(&components);
    drop(components);
    circles::straighten(&mut schemas);

    let mut api = Api {
        info: info(&document.info),
        servers: document.servers.iter().map(server).collect(),
        groups,
        operations,
        schemas,
        components: named,
        webhooks,
        security_schemes,
    };
    direction::split(&mut api);
    api
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

fn server(server: &openapiv3::Server) -> Server {
    let mut variables: Vec<_> = server.variables.iter().flatten().collect();
    variables.sort_by_key(|(name, _)| *name);
    let variables = variables.into_iter();
    Server {
        url: server.url.clone(),
        description: server.description.clone(),
        variables: variables
            .map(|(name, variable)| ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                description: variable.description.clone(),
            })
            .collect(),
    }
}

fn groups(document: &OpenAPI) -> Vec<Group> {
    document.tags.iter().map(|tag| Group { tag: tag.name.clone(), description: tag.description.clone() }).collect()
}
