//! The order of changes in reports: those that break callers first, those that affect most of them before others, and
//! those of one kind together.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::{Bump, ItemKind, Place, RustChange, Verb, WireChange};

/// Changes of one kind.
pub(super) struct Lines<T> {
    pub(super) title: String,
    /// The number of changes in the lines.
    pub(super) count: usize,
    pub(super) lines: Vec<T>,
}

/// Returns the rank of a rule: operations, security, requests, responses, names.
fn topic(id: &str) -> usize {
    const TOPICS: &[&[&str]] = &[
        &["api-removed", "endpoint"],
        &["api-security"],
        &["new-", "request"],
        &["response", "required-response", "optional-response"],
    ];
    TOPICS.iter().position(|starts| starts.iter().any(|start| id.starts_with(start))).unwrap_or(TOPICS.len())
}

/// Sorts changes by level, and within it in the order of this module.
pub(super) fn sort(changes: &mut [WireChange]) {
    // They come sorted by level, and what is equal here stays in the order of the places.
    let level = |change: &WireChange| ["breaking", "warning"].iter().position(|it| *it == change.level).unwrap_or(2);
    let mut counts: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for change in changes.iter() {
        *counts.entry((level(change), change.id.clone())).or_default() += change.operations.len().max(1);
    }
    changes.sort_by_cached_key(|change| {
        let reach = counts.get(&(level(change), change.id.clone())).copied().unwrap_or_default();
        let most = |number: usize| usize::MAX - number;
        (level(change), topic(&change.id), most(reach), change.id.clone(), most(change.operations.len()))
    });
}

/// Changes with the same text.
pub(super) struct Line<'a> {
    pub(super) text: String,
    pub(super) operations: BTreeSet<&'a str>,
    /// The places; those in the old document if the value was removed.
    pub(super) places: Vec<&'a Place>,
}

/// The maximum number of added or removed operations that are listed; more are grouped by the common parts of their paths.
const FEW: usize = 12;

/// Sorted changes, by rule.
pub(super) fn by_rule<'a>(changes: &[&'a WireChange]) -> Vec<Lines<Line<'a>>> {
    let same_rule = changes.chunk_by(|one, other| one.id == other.id);
    same_rule
        .filter_map(|changes| {
            let id = changes.first()?.id.clone();
            let by_path = changes.len() > FEW && topic(&id) == 0 && changes.iter().all(|it| it.operations.len() == 1);
            let lines = merged(changes, |change| match change.operations.as_slice() {
                [only] if by_path => format!("under `{}`", beginning(only).replace('`', "'")),
                _ => change.text.clone(),
            });
            Some(Lines { title: id, count: changes.len(), lines })
        })
        .collect()
}

/// In the order in which each text comes first.
fn merged<'a>(changes: &[&'a WireChange], text: impl Fn(&WireChange) -> String) -> Vec<Line<'a>> {
    let (mut lines, mut known) = (Vec::<Line<'a>>::new(), BTreeMap::new());
    for change in changes {
        let text = text(change);
        let at = *known.entry(text.clone()).or_insert(lines.len());
        if at == lines.len() {
            lines.push(Line { text, operations: BTreeSet::new(), places: Vec::new() });
        }
        if let Some(line) = lines.get_mut(at) {
            line.operations.extend(change.operations.iter().map(String::as_str));
            line.places.extend(change.new.as_ref().or(change.old.as_ref()));
        }
    }
    lines
}

/// The first parts of an operation's path, as many as end in a fixed one: `/repos/{owner}/{repo}/actions`.
fn beginning(operation: &str) -> String {
    let path = operation.split_once(' ').map_or(operation, |(_, path)| path);
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let mut fixed = parts.iter().enumerate().filter(|(_, part)| !part.starts_with('{')).map(|(index, _)| index);
    let end = match (fixed.next(), fixed.next()) {
        (_, Some(second)) => second + 1,
        (Some(first), None) => first + 1,
        (None, None) => parts.len(),
    };
    format!("/{}", parts.get(..end).unwrap_or_default().join("/"))
}

/// Verbs and kinds, in the order of their importance for users of the crate. An empty list means all other kinds.
const ORDER: &[(Verb, &[ItemKind])] = &[
    (Verb::Removed, &[ItemKind::Feature, ItemKind::Module, ItemKind::Method, ItemKind::Result]),
    (Verb::Moved, &[]),
    (Verb::Renamed, &[]),
    (Verb::Reordered, &[]),
    (Verb::Changed, &[ItemKind::Method, ItemKind::Result]),
    (Verb::Removed, &[]),
    (Verb::Replaced, &[]),
    (Verb::Changed, &[]),
    (Verb::Deprecated, &[]),
    (Verb::Added, &[ItemKind::Feature, ItemKind::Module, ItemKind::Method]),
    (Verb::Added, &[]),
];

/// Changes in Rust by verb and kind: one line for each item, with the changes inside it.
pub(super) fn by_kind(changes: &[&RustChange]) -> Vec<Lines<String>> {
    let mut lists: BTreeMap<(usize, ItemKind), BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for change in changes {
        let fits = |(verb, kinds): &(Verb, &[ItemKind])| {
            *verb == change.verb && (kinds.is_empty() || kinds.contains(&change.kind))
        };
        let rank = ORDER.iter().position(fits).unwrap_or(ORDER.len());
        let list = lists.entry((rank, change.kind)).or_default();
        if needs_a_line(change.verb) {
            let text = change.to_string();
            list.entry(text.clone()).or_default().push(text);
        } else {
            let (owner, name) = change.path.rsplit_once([':', ' ']).unwrap_or(("", &change.path));
            list.entry(owner.trim_end_matches(':').to_owned()).or_default().push(format!("`{name}`"));
        }
    }
    lists.into_iter().map(|((rank, kind), owners)| list(rank, kind, changes, owners)).collect()
}

/// Returns whether a change has more to say than its path.
fn needs_a_line(verb: Verb) -> bool {
    match verb {
        Verb::Renamed | Verb::Moved | Verb::Reordered | Verb::Changed | Verb::Replaced => true,
        Verb::Removed | Verb::Deprecated | Verb::Added => false,
    }
}

fn list(rank: usize, kind: ItemKind, changes: &[&RustChange], owners: BTreeMap<String, Vec<String>>) -> Lines<String> {
    let verb = ORDER.get(rank).map(|(verb, _)| *verb);
    let closes = verb == Some(Verb::Added) && changes.iter().any(|change| change.bump == Bump::Major);
    let mut plural = format!("{}s", kind.word());
    if closes {
        plural.push_str(" of what can be written out or matched in full");
    }
    let mut title = format!("{plural} {}", verb.map_or("other", Verb::word));
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let count = owners.values().map(Vec::len).sum();
    let lines = owners.into_iter().map(|(owner, names)| match owner.as_str() {
        _ if verb.is_some_and(needs_a_line) => names.concat(),
        "" => names.join(", "),
        owner => format!("`{owner}`: {}", names.join(", ")),
    });
    Lines { title, count, lines: lines.collect() }
}

#[cfg(test)]
mod tests {
    use super::{WireChange, beginning, by_rule, sort};

    fn change(level: &'static str, id: &str, text: &str, operations: &[&str]) -> WireChange {
        let operations = operations.iter().map(|name| (*name).to_owned()).collect();
        WireChange { id: id.to_owned(), level, text: text.to_owned(), operations, old: None, new: None }
    }

    #[test]
    fn what_stops_callers_comes_first_and_what_reaches_most_before_what_reaches_few() {
        let mut changes = vec![
            change("breaking", "response-property-became-optional", "comes back", &["GET /a"]),
            change("breaking", "request-property-became-required", "is sent", &["POST /a"]),
            change("breaking", "request-body-became-required", "all", &["POST /a", "POST /b"]),
            change("breaking", "api-removed-without-deprecation", "gone", &["GET /b"]),
            change("info", "endpoint-added", "new", &["GET /c"]),
        ];
        sort(&mut changes);
        let order: Vec<&str> = changes.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(order, ["gone", "all", "is sent", "comes back", "new"]);
    }

    #[test]
    fn what_reads_the_same_is_one_line() {
        let one = change("breaking", "request-parameter-type-changed", "the parameter `id` changed", &["GET /a"]);
        let two = change("breaking", "request-parameter-type-changed", "the parameter `id` changed", &["GET /b"]);
        let lists = by_rule(&[&one, &two]);
        assert_eq!((lists.len(), lists[0].count, lists[0].lines.len()), (1, 2, 1));
        assert_eq!(lists[0].lines[0].operations.len(), 2);
    }

    #[test]
    fn many_operations_are_told_by_what_their_paths_begin_with() {
        let paths: Vec<String> = (0..20).map(|it| format!("GET /orgs/{{org}}/teams/{it}")).collect();
        let gone: Vec<WireChange> =
            paths.iter().map(|it| change("breaking", "api-removed-without-deprecation", it, &[it.as_str()])).collect();
        let lists = by_rule(&gone.iter().collect::<Vec<_>>());
        assert_eq!(lists[0].lines[0].text, "under `/orgs/{org}/teams`");
        assert_eq!((lists[0].count, lists[0].lines.len()), (20, 1));
        assert_eq!(beginning("GET /"), "/");
        assert_eq!(beginning("GET /{id}"), "/{id}");
        assert_eq!(beginning("GET /pets/{id}"), "/pets");
    }
}
