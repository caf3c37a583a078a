//! Pagination: as `x-clientwright-pagination` or another tool's extension declares it for an operation, as a rule for all operations
//! gives it, or as a documented `Link` header gives it away.

mod declaration;
mod parts;
mod proposals;
mod vendor;

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::carried::PAGINATION;
use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Operation, Pagination, Schemas, Way};
use crate::place::{Pointer, Trail};
use declaration::{Complaint, Declaration};
pub(super) use proposals::report as report_proposals;

/// The declarations of operations, each by the place of its operation, until the schemas are known.
#[derive(Default)]
pub(super) struct Declarations(HashMap<Pointer, Said>);

/// The declaration of an operation.
enum Said {
    /// `false`: it is not paginated, whatever seems so.
    Off,
    Own(Declaration),
    /// Another tool's extension.
    Vendor(&'static str, Value),
    /// A declaration that has been found wrong.
    Wrong,
}

impl Declarations {
    /// Reads the declaration of an operation.
    pub(super) fn read(
        &mut self,
        diagnostics: &mut Diagnostics,
        extensions: &IndexMap<String, Value>,
        trail: &Trail<'_>,
    ) {
        let said = match extensions.get(PAGINATION) {
            None => vendor::of(extensions).map(|(key, value)| Said::Vendor(key, value)),
            // An overlay can take back what was concluded.
            Some(Value::Bool(false)) => Some(Said::Off),
            Some(source) => Some(match declaration::read(source) {
                Ok(declared) => Said::Own(declared),
                Err(complaint) => {
                    complain(diagnostics, complaint, &trail.key(PAGINATION));
                    Said::Wrong
                }
            }),
        };
        if let Some(said) = said {
            self.0.insert(trail.pointer(), said);
        }
    }
}

fn complain(diagnostics: &mut Diagnostics, (key, reason): Complaint<'_>, at: &Trail<'_>) {
    let place = key.map_or_else(|| at.pointer(), |key| at.key(key).pointer());
    diagnostics.push(Rule::PaginationUnclear.at(place).message(reason));
}

/// Rules for all operations, each with its place.
#[derive(Default)]
pub(super) struct Rules(Vec<(Pointer, Declaration)>);

/// The rules for all operations, which the root of the document has.
pub(super) fn rules(diagnostics: &mut Diagnostics, extensions: &IndexMap<String, Value>, root: &Trail<'_>) -> Rules {
    let at = root.key(PAGINATION);
    let list = match extensions.get(PAGINATION) {
        None => return Rules::default(),
        Some(Value::Array(list)) => list,
        Some(_) => {
            complain(diagnostics, (None, "here it is a list of rules, each an object".to_owned()), &at);
            return Rules::default();
        }
    };
    let mut found = Rules::default();
    for (index, source) in list.iter().enumerate() {
        let at = at.index(index);
        match declaration::read(source) {
            Ok(rule) => found.0.push((at.pointer(), rule)),
            Err(complaint) => complain(diagnostics, complaint, &at),
        }
    }
    found
}

/// Settles the pagination of each operation.
pub(super) fn settle(
    operations: &mut [Operation],
    schemas: &Schemas,
    mut declarations: Declarations,
    Rules(rules): &Rules,
    diagnostics: &mut Diagnostics,
) {
    let ids: HashMap<String, String> = operations
        .iter()
        .filter_map(|operation| Some((operation.id.clone()?, operation.path.text().to_owned())))
        .collect();
    let mut used = vec![false; rules.len()];
    for operation in operations.iter_mut() {
        let said = declarations.0.remove(&operation.pointer);
        let found = match &said {
            Some(Said::Off | Said::Wrong) => None,
            Some(Said::Own(declared)) => own(schemas, operation, declared, diagnostics),
            Some(Said::Vendor(key, value)) => {
                let known = vendor::Known { is_read: parts::is_read(operation), path: &|id| ids.get(id).cloned() };
                vendor(schemas, operation, key, vendor::read(key, value, &known), diagnostics)
            }
            None => by_rule(schemas, operation, rules, &mut used).or_else(|| documented(schemas, operation)),
        };
        operation.pagination = found;
        operation.is_one_page = matches!(said, Some(Said::Off));
    }
    for ((place, _), _) in rules.iter().zip(&used).filter(|(_, used)| !**used) {
        let message = "no operation has both the parameter and the part of the response that this names";
        diagnostics.push(Rule::PaginationForNothing.at(place.clone()).message(message));
    }
}

/// The pagination that an operation declares itself.
fn own(
    schemas: &Schemas,
    operation: &Operation,
    declared: &Declaration,
    diagnostics: &mut Diagnostics,
) -> Option<Pagination> {
    let fit = parts::fit(schemas, operation, declared);
    fit.map_err(|(key, reason)| {
        let declaration = operation.pointer.child(PAGINATION);
        let place = if key.is_empty() { declaration } else { declaration.child(key) };
        diagnostics.push(Rule::PaginationUnclear.at(place).message(reason));
    })
    .ok()
}

/// The pagination that another tool's extension declares.
fn vendor(
    schemas: &Schemas,
    operation: &Operation,
    key: &str,
    read: Result<Option<Declaration>, String>,
    diagnostics: &mut Diagnostics,
) -> Option<Pagination> {
    let fit = read.and_then(|declared| match declared {
        Some(declared) => parts::fit(schemas, operation, &declared).map(Some).map_err(|(_, reason)| reason),
        None => Ok(None),
    });
    fit.unwrap_or_else(|reason| {
        diagnostics.push(Rule::PaginationNotFollowed.at(operation.pointer.child(key)).message(reason));
        None
    })
}

/// The pagination that the first fitting rule gives an operation.
fn by_rule(
    schemas: &Schemas,
    operation: &Operation,
    rules: &[(Pointer, Declaration)],
    used: &mut [bool],
) -> Option<Pagination> {
    rules.iter().zip(used).find_map(|((_, rule), used)| {
        let found = parts::take(schemas, operation, rule)?;
        *used = true;
        Some(found)
    })
}

/// RFC 8288: a `Link` header of success that is said to have the relation `next` can't mean anything else.
fn documented(schemas: &Schemas, operation: &Operation) -> Option<Pagination> {
    let success = operation.responses.iter().filter(|response| response.status.is_success());
    let mut headers = success.flat_map(|response| &response.headers);
    let says_next = |text: &str| text.contains("rel=\"next\"") || text.contains("rel=next");
    let found = headers.any(|header| {
        let examples = header.docs.examples.iter().filter_map(Value::as_str);
        header.name.eq_ignore_ascii_case("link")
            && header.docs.description.as_deref().into_iter().chain(examples).any(says_next)
    });
    found.then(|| parts::fit(schemas, operation, &Declaration::of(Way::Link { next: None })).ok()).flatten()
}
