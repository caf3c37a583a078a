//! Servers and their variables.

use std::collections::BTreeSet;

use crate::ir::{Server, ServerVariable};

/// A Server Object (OAS 3.0.4 §4.7.5).
pub(super) fn server(server: &openapiv3::Server) -> Server {
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
                values: distinct(&variable.enumeration),
                description: variable.description.clone(),
            })
            .collect(),
    }
}

/// The values without those that a list has a second time.
fn distinct(values: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    values.iter().filter(|value| seen.insert(value.as_str())).cloned().collect()
}
