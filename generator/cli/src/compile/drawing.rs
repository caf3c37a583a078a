//! The graph of an API: groups, operations, types, scopes.

use std::collections::{BTreeMap, BTreeSet};

use clientwright::ir::{Api, Operation, Schema, SchemaId};

use super::{Input, Request, Ui, settings};
use crate::report::Failure;

/// Nodes, by a key that no two share: what kind each is, and what it is called; and edges, by those keys.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    pub(crate) nodes: BTreeMap<String, (&'static str, String)>,
    pub(crate) edges: BTreeSet<(String, String)>,
}

/// Returns the graph of a document, or `None` if the document is rejected; the findings have then been printed.
pub(crate) fn drawn(request: &Request, ui: &Ui) -> Result<Option<Drawn>, Failure> {
    let input = Input::read(request)?;
    let options =
        clientwright::Options { settings: settings(&request.settings), ..clientwright::Options::new("graph") };
    let report = clientwright::analyse(&input.source, &input.overlays, &input.folder, &options);
    let Some(analysis) = &report.product else {
        input.say(&report, ui);
        return Ok(None);
    };
    Ok(Some(draw(&analysis.api)))
}

fn draw(api: &Api) -> Drawn {
    let mut drawn = Drawn::default();
    for operation in &api.operations {
        let key = drawn.node("operation", &format!("{} {}", operation.method, operation.path_text));
        if let Some(group) = operation.group.and_then(|index| api.groups.get(index)) {
            let group = drawn.node("group", &group.tag);
            drawn.edges.insert((group, key.clone()));
        }
        for need in operation.security.iter().flat_map(|requirement| &requirement.needs) {
            for scope in &need.scopes {
                let scope = drawn.node("scope", scope);
                drawn.edges.insert((key.clone(), scope));
            }
        }
        for schema in schemas_of(operation) {
            reach(api, schema, &key, &mut drawn);
        }
    }
    for (name, id) in &api.components {
        let key = drawn.node("type", Schema::is_sent_as(name).unwrap_or(name));
        inside(api, *id, &key, &mut drawn, &mut BTreeSet::new());
    }
    drawn
}

impl Drawn {
    fn node(&mut self, kind: &'static str, name: &str) -> String {
        let key = format!("{kind} {name}");
        self.nodes.entry(key.clone()).or_insert_with(|| (kind, name.to_owned()));
        key
    }
}

fn schemas_of(operation: &Operation) -> Vec<SchemaId> {
    let parameters = operation.parameters.iter().map(|parameter| parameter.value.schema);
    let bodies = operation.body.iter().flat_map(|body| &body.content);
    let replies = operation.responses.iter().flat_map(|response| &response.content);
    let media = bodies.chain(replies).filter_map(|media| media.schema.as_ref()).map(|usage| usage.schema);
    parameters.chain(media).collect()
}

/// Draws the way from `from` to the components that a schema is or leads to, inline schemas left out.
fn reach(api: &Api, id: SchemaId, from: &str, drawn: &mut Drawn) {
    visit(api, id, from, drawn, &mut BTreeSet::new());
}

fn visit(api: &Api, id: SchemaId, from: &str, drawn: &mut Drawn, seen: &mut BTreeSet<SchemaId>) {
    if let Some(name) = &api.schemas.get(id).component {
        let key = drawn.node("type", name);
        if key != from {
            drawn.edges.insert((from.to_owned(), key));
        }
        return;
    }
    if seen.insert(id) {
        inside(api, id, from, drawn, seen);
    }
}

fn inside(api: &Api, id: SchemaId, from: &str, drawn: &mut Drawn, seen: &mut BTreeSet<SchemaId>) {
    let mut inner = Vec::new();
    api.schemas.get(id).shape.each_use(&mut |usage| inner.push(usage.schema));
    for id in inner {
        visit(api, id, from, drawn, seen);
    }
}
