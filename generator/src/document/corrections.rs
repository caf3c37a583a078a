//! The corrections of scalars that the reader of YAML reads differently, or that JSON does not have.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::place::Pointer;

/// Replaces values, and takes out those without a correct one.
pub(super) fn apply(root: &mut Value, corrections: Vec<(Pointer, Option<Value>)>) {
    let mut left_out: BTreeMap<Pointer, HashSet<String>> = BTreeMap::new();
    for (pointer, value) in corrections {
        match value {
            Some(value) => {
                if let Some(place) = root.pointer_mut(pointer.as_str()) {
                    *place = value;
                }
            }
            None => {
                if let Some((parent, token)) = pointer.split_last() {
                    left_out.entry(parent).or_default().insert(token.into_owned());
                }
            }
        }
    }
    // Whatever is within an array comes before the array, whose indices change.
    for (parent, tokens) in left_out.into_iter().rev() {
        match root.pointer_mut(parent.as_str()) {
            Some(Value::Object(members)) => members.retain(|key, _| !tokens.contains(key)),
            Some(Value::Array(items)) => {
                let mut index = 0_usize..;
                items.retain(|_| !index.next().is_some_and(|index| tokens.contains(&index.to_string())));
            }
            _ => {}
        }
    }
}
