//! Comparison of two versions of an API: the changes on the wire that affect callers.
//!
//! The rules and their ids follow oasdiff's where it has one; `docs/diff.md` lists them, and the differences with their reasons.

mod bounds;
mod change;
mod comparison;
mod crates;
mod kinds;
mod level;
mod operation;
mod rule;
mod schema;
mod security;
mod union;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

pub use change::Change;
pub use crates::{Bump, ItemKind, RustChange, Verb, compare_crates};
pub use level::Level;
pub use rule::{ApiRule, BoundRule, ChangeRule, CrateRule, Effect, Entry, Noun, Side, ValueRule};

use crate::ir::{Api, Operation, OperationKey};
use crate::place::Pointer;
use change::Changes;

/// Every change on the wire, the most severe first.
#[must_use]
pub fn compare(old: &Api, new: &Api) -> Vec<Change> {
    let mut changes = Changes::default();
    let (before, after) = (by_key(old), by_key(new));
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for key in keys {
        match (before.get(key), after.get(key)) {
            (Some(one), Some(other)) => {
                changes.operation = title(other);
                operation::operation((old, one), (new, other), &mut changes);
            }
            (Some(one), None) => removed(one, &mut changes),
            (None, Some(other)) => {
                changes.operation = title(other);
                let text = format!("`{}` was added", changes.operation);
                changes.add(ApiRule::EndpointAdded, None, Some(other.pointer.clone()), text);
            }
            (None, None) => {}
        }
    }
    changes.operation.clear();
    security::schemes(old, new, &mut changes);
    servers(old, new, &mut changes);
    webhooks(old, new, &mut changes);
    changes.finish()
}

fn by_key(api: &Api) -> BTreeMap<OperationKey, &Operation> {
    api.operations.iter().map(|operation| (operation.key(), operation)).collect()
}

fn title(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

fn removed(old: &Operation, changes: &mut Changes) {
    changes.operation = title(old);
    let (rule, how) = if old.deprecated {
        (ApiRule::ApiRemovedWithDeprecation, "was removed, having been deprecated")
    } else {
        (ApiRule::ApiRemovedWithoutDeprecation, "was removed without having been deprecated")
    };
    let text = format!("`{}` {how}", changes.operation);
    changes.add(rule, Some(old.pointer.clone()), None, text);
}

/// A removed event breaks the callers that wait for it.
fn webhooks(old: &Api, new: &Api, changes: &mut Changes) {
    let has = |api: &Api, name: &str| api.webhooks.iter().any(|event| event.name == name);
    for event in old.webhooks.iter().filter(|event| !has(new, &event.name)) {
        let text = format!("the webhook `{}` was removed", event.name);
        changes.add(ApiRule::WebhookRemoved, Some(event.pointer.clone()), None, text);
    }
    for event in new.webhooks.iter().filter(|event| !has(old, &event.name)) {
        let text = format!("the webhook `{}` was added", event.name);
        changes.add(ApiRule::WebhookAdded, None, Some(event.pointer.clone()), text);
    }
}

fn servers(old: &Api, new: &Api, changes: &mut Changes) {
    let url = |api: &Api| api.servers.first().map(|server| server.url.clone());
    let (before, after) = (url(old), url(new));
    if before != after {
        let said = |url: Option<String>| url.map_or("none".to_owned(), |url| format!("`{url}`"));
        let text = format!("the default server changed from {} to {}", said(before), said(after));
        let place = Pointer::root().child("servers");
        changes.add(ApiRule::ApiServerChanged, Some(place.clone()), Some(place), text);
    }
}
