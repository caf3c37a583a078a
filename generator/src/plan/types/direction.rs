//! The types whose values are constructed by callers.

use std::collections::{BTreeSet, HashSet};

use crate::ir::{Api, SchemaId};
use crate::plan::naming::type_names::Names;
use crate::rust::name::Name;

/// The items whose values are sent: those that a body or a parameter of an operation can hold.
pub(crate) fn sent(api: &Api, names: &Names) -> BTreeSet<Name> {
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let media = bodies.flat_map(|body| &body.content).filter_map(|media| media.schema.as_ref());
    let uses = parameters.map(|parameter| &parameter.value).chain(media);
    // A stack of our own: documents decide how deep schemas go.
    let mut waiting: Vec<SchemaId> = uses.map(|usage| usage.schema).collect();
    let mut seen = HashSet::new();
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            api.schemas.get(id).shape.each_use(&mut |usage| waiting.push(usage.schema));
        }
    }
    seen.into_iter().filter_map(|id| names.of(id).cloned()).collect()
}
