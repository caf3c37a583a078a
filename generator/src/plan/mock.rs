//! The mock server: the names of its handles and methods, and the sample values of types.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ir::SchemaId;
use crate::plan::types::mapping::Types;
use crate::rust::name::{Case, Scope};
use crate::rust::{Group, Item, MockPlan};

/// The names of the server's own methods, which its handles cannot have.
const SERVER_METHODS: &[&str] = &["start", "builder", "client", "server"];

/// Plans the mock server of a crate.
pub(crate) fn mock(
    types: Types<'_>,
    items: &[Item],
    groups: &[Group],
    ungrouped: Option<&Group>,
    examples: &BTreeMap<SchemaId, Value>,
) -> MockPlan {
    let mut scope = Scope::excluding(SERVER_METHODS);
    let groups = scope.claim_all(groups.iter().map(|group| group.module.bare()), Case::Value);
    let methods = ungrouped.iter().flat_map(|group| &group.operations).map(|operation| operation.method_name.bare());
    let ungrouped = scope.claim_all(methods, Case::Value);
    let value = |item: &Item| {
        let (id, name) = (types.names.schema_of(item.name())?, item.name());
        // An alias cannot have a method.
        let own = !matches!(item, Item::Alias(_));
        own.then(|| examples.get(&id)).flatten().map(|value| (name.clone(), value.clone()))
    };
    MockPlan { groups, ungrouped, values: items.iter().filter_map(value).collect() }
}
