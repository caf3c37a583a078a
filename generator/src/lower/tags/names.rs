//! Listed values that stand in the names of alternatives.

use serde_json::Value;

use crate::ir::Member;

/// The listed value that stands in the name of each alternative, but not in the names of all: `sidecar` in `RunnerSidecarBody`, beside
/// `runbook` in `RunnerRunbookBody`. `None` if one has no such value.
pub(super) fn values_within(members: &[Member], tags: &[Vec<Value>]) -> Option<Vec<Vec<Value>>> {
    let names: Vec<String> =
        members.iter().map(|member| member.name.as_deref().map(flat)).collect::<Option<Vec<String>>>()?;
    let found = names.iter().zip(tags).map(|(name, tags)| {
        let mut within: Vec<(&Value, String)> =
            tags.iter().filter_map(|value| Some((value, flat(value.as_str()?)))).collect();
        within.retain(|(_, text)| !text.is_empty() && name.contains(text));
        within.retain(|(_, text)| !names.iter().all(|name| name.contains(text)));
        let (longest, text) = within.iter().max_by_key(|(_, text)| text.len())?;
        let is_clear = within.iter().all(|(_, other)| text.contains(other.as_str()));
        is_clear.then(|| vec![(*longest).clone()])
    });
    found.collect()
}

/// The listed value that the name of the only alternative is: of a base with one subtype, the others are the base's own.
pub(super) fn own_value(member: &Member, tags: &[Value]) -> Option<Value> {
    let name = flat(member.name.as_deref()?);
    let own = tags.iter().find(|value| value.as_str().is_some_and(|text| flat(text) == name));
    own.filter(|_| tags.len() > 1).cloned()
}

/// The letters and digits of a text in lower case: `in_app` stands in `InAppMessage`.
fn flat(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
