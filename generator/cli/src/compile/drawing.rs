//! The graph of an API: groups, operations, types, scopes.

use std::collections::{BTreeMap, BTreeSet};

use clientwright::Analysis;
use clientwright::ir::{Operation, SchemaId, SchemeKind};

use super::{Input, Ui};
use crate::report::Failure;
use crate::request::Request;

/// Nodes by unique keys, each with its kind and name; and edges by these keys.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    pub(crate) nodes: BTreeMap<String, (&'static str, String)>,
    pub(crate) edges: BTreeSet<(String, String)>,
    /// The keys of types whose name in the document differs from that in the crate.
    pub(crate) components: BTreeMap<String, String>,
}

/// Returns the graph of a document, or `None` if the document is rejected; the findings have then been printed.
pub(crate) fn drawn(request: &Request, ui: &Ui) -> Result<Option<Drawn>, Failure> {
    let input = Input::read(request)?;
    let report = clientwright::analyse(&input.source, &input.overlays, &input.folder, &request.options);
    let Some(analysis) = &report.product else {
        input.say(&report, ui);
        return Ok(None);
    };
    Ok(Some(draw(analysis)))
}

fn draw(analysis: &Analysis) -> Drawn {
    let (mut drawn, api) = (Drawn::default(), &analysis.api);
    // Scopes that no operation requires by name are part of the crate all the same.
    for scheme in &api.security_schemes {
        if let SchemeKind::OAuth2 { flows } = &scheme.kind {
            flows.iter().flat_map(|flow| &flow.scopes).for_each(|scope| _ = drawn.node("scope", &scope.name));
        }
    }
    let mut waiting = Vec::new();
    for operation in &api.operations {
        let key = drawn.node("operation", &format!("{} {}", operation.method, operation.path));
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
        waiting.extend(schemas_of(operation).into_iter().map(|schema| (key.clone(), schema)));
    }
    for component in &api.components {
        let key = drawn.node("type", &label(analysis, component.schema).unwrap_or_default());
        waiting.extend(used_by(analysis, component.schema).map(|id| (key.clone(), id)));
        if !component.is_sent_form() {
            drawn.components.insert(component.name.clone(), key);
        }
    }
    follow(analysis, waiting, &mut drawn);
    drawn
}

/// Adds edges from each key to the types that its schema is or leads to, including inline ones.
fn follow(analysis: &Analysis, mut waiting: Vec<(String, SchemaId)>, drawn: &mut Drawn) {
    let mut seen = BTreeSet::new();
    while let Some((from, id)) = waiting.pop() {
        if !seen.insert((from.clone(), id)) {
            continue;
        }
        let next = match label(analysis, id) {
            Some(name) => {
                let key = drawn.node("type", &name);
                if key != from {
                    drawn.edges.insert((from, key.clone()));
                }
                key
            }
            None => from,
        };
        waiting.extend(used_by(analysis, id).map(|id| (next.clone(), id)));
    }
}

/// The name of the type that a schema becomes, or of a component without a type of its own; `None` for an inline schema without a type.
fn label(analysis: &Analysis, id: SchemaId) -> Option<String> {
    let named = analysis.types.get(&id).map(|named| named.name.clone());
    named.or_else(|| analysis.api.schemas.get(id).component.clone())
}

fn used_by(analysis: &Analysis, id: SchemaId) -> impl Iterator<Item = SchemaId> {
    let mut inner = Vec::new();
    analysis.api.schemas.get(id).shape.each_use(&mut |usage| inner.push(usage.schema));
    inner.into_iter()
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
