//! The difference of two documents as actions.
//!
//! An update merges objects, replaces scalars and appends to lists (Overlay 1.0, section 4.4.3). A list that changes otherwise, and a
//! value that becomes one of another type, is removed first.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::action::Action;
use super::json_path::Path;

/// The description of an action, to be replaced by the author's reason.
const REASON: &str = "TODO: the reason";

/// Returns the actions that turn one document into another, in order; `None` if one of them is no object.
pub(crate) fn between(old: &Value, new: &Value) -> Option<Vec<Action>> {
    let mut difference = Difference { actions: Vec::new() };
    difference.object(old.as_object()?, new.as_object()?, &Path::root());
    Some(difference.actions)
}

type Members = Map<String, Value>;

struct Difference {
    actions: Vec<Action>,
}

impl Difference {
    fn object(&mut self, old: &Members, new: &Members, at: &Path) {
        let mut update = Members::new();
        for (key, before) in old {
            match new.get(key) {
                Some(after) if after == before => {}
                Some(after) => self.member(before, after, key, at, &mut update),
                None => self.remove(at.child(key)),
            }
        }
        let added = new.iter().filter(|(key, _)| !old.contains_key(*key));
        update.extend(added.map(|(key, after)| (key.clone(), after.clone())));
        if !update.is_empty() {
            self.actions.push(Action::update(at.clone(), update, REASON));
        }
    }

    /// Adds the change of a member: actions on its contents, or a part of the update of its object, which follows those.
    fn member(&mut self, before: &Value, after: &Value, key: &str, at: &Path, update: &mut Members) {
        let here = at.child(key);
        let added = match (before, after) {
            (Value::Object(before), Value::Object(after)) if before.keys().any(|key| after.contains_key(key)) => {
                return self.object(before, after, &here);
            }
            (Value::Object(before), Value::Object(_)) if before.is_empty() => after.clone(),
            (Value::Array(before), Value::Array(after)) => match self.list(before, after, &here) {
                Some(appended) if appended.is_empty() => return,
                Some(appended) => Value::Array(appended),
                None => {
                    self.remove(here);
                    Value::Array(after.clone())
                }
            },
            (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => {
                self.remove(here);
                after.clone()
            }
            (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => after.clone(),
        };
        update.insert(key.to_owned(), added);
    }

    /// Changes the items that stay, removes others, and returns those to append; `None` if the result is not the new list.
    fn list(&mut self, before: &[Value], after: &[Value], at: &Path) -> Option<Vec<Value>> {
        let Some(pairs) = pairs(before, after) else {
            return self.by_position(before, after, at);
        };
        for (index, (from, to)) in before.iter().zip(&pairs).enumerate() {
            if let (Value::Object(from), Some(Value::Object(to))) = (from, to) {
                self.object(from, to, &at.item(before, index));
            }
        }
        // From the last to the first, so that the indices of the others hold.
        for (index, _) in pairs.iter().enumerate().rev().filter(|(_, kept)| kept.is_none()) {
            self.remove(at.item(before, index));
        }
        let kept = pairs.iter().flatten().count();
        Some(after[kept..].to_vec())
    }

    /// Changes the items of a list of objects, each into the one at its position.
    fn by_position(&mut self, before: &[Value], after: &[Value], at: &Path) -> Option<Vec<Value>> {
        let pairs: Vec<(&Members, &Members)> =
            before.iter().zip(after).filter_map(|(from, to)| Some((from.as_object()?, to.as_object()?))).collect();
        if pairs.len() != before.len() || pairs.len() != after.len() {
            return None;
        }
        for (index, (from, to)) in pairs.into_iter().enumerate() {
            self.object(from, to, &at.at(index));
        }
        Some(Vec::new())
    }

    fn remove(&mut self, target: Path) {
        self.actions.push(Action::remove(target, REASON));
    }
}

/// For each item of a list, the one that it becomes. Those that stay come first in the new list, in the same order; `None` if that
/// is not so, or if the name by which an item is selected would change.
fn pairs<'a>(before: &[Value], after: &'a [Value]) -> Option<Vec<Option<&'a Value>>> {
    let (old, new): (Vec<String>, Vec<String>) =
        (before.iter().map(identity).collect(), after.iter().map(identity).collect());
    let is_unique = |names: &[String]| names.iter().collect::<HashSet<_>>().len() == names.len();
    if !is_unique(&old) || !is_unique(&new) {
        return None;
    }
    let mut rest = new.iter().zip(after).peekable();
    let pairs: Vec<Option<&Value>> =
        old.iter().map(|name| rest.next_if(|(other, _)| *other == name).map(|(_, item)| item)).collect();
    let is_left = |name: &String| old.contains(name);
    if rest.any(|(name, _)| is_left(name)) {
        return None;
    }
    Some(pairs)
}

/// The text by which an item of a list is recognized.
fn identity(item: &Value) -> String {
    let Value::Object(members) = item else { return item.to_string() };
    let facts: Vec<String> = ["name", "in", "url", "$ref"]
        .into_iter()
        .filter_map(|key| Some(format!("{key} {}", members.get(key)?)))
        .collect();
    if facts.is_empty() { item.to_string() } else { facts.join(" ") }
}
