//! The verdict on the comparison's report of a step.

use clientwright::compare::{Bump, RustChange, Verb};

use super::surface::{Part, Surface};
use super::wire;

/// The verdict on one step.
pub(super) struct Verdict {
    /// True if a major version is required, and nothing that was emitted went or changed.
    pub(super) is_cautious: bool,
    pub(super) faults: Vec<String>,
    /// The parts that had a type and have none any more, each with what it is now.
    pub(super) untyped: Vec<(String, String)>,
}

/// Compares the emitted parts of two crates with the comparison's report.
pub(super) fn of(old: &Surface, new: &Surface, changes: &[RustChange], bump: Bump) -> Verdict {
    let (mut faults, mut untyped) = (Vec::new(), Vec::new());
    let mut breaks = false;
    for (path, part) in &old.0 {
        let Some(other) = new.0.get(path) else {
            // The variants of a union that nothing tells apart any more.
            if path.strip_suffix(wire::SUFFIX).is_some_and(|named| new.0.contains_key(named)) {
                continue;
            }
            breaks = true;
            if !is_said(path, changes) {
                faults.push(format!("`{path}` is gone, and nothing says so"));
            }
            continue;
        };
        if (part.kind, &part.text) == (other.kind, &other.text) {
            continue;
        }
        breaks |= types(part) != types(other);
        if !is_said(path, changes) {
            faults.push(format!("`{path}` was `{}` and is `{}`, and nothing says so", part.text, other.text));
        }
        if other.text.contains("serde_json") && !is_untyped(&part.text, old) {
            let now = format!("`{path}` was `{}` and has no type any more: `{}`", part.text, other.text);
            untyped.push((path.clone(), now));
        }
    }
    if breaks && bump < Bump::Major {
        faults.push(format!("a part went or changed, and the version is a {} one", bump.word()));
    }
    if bump < Bump::Minor && new.0.keys().any(|path| !old.0.contains_key(path)) {
        faults.push(format!("a part came, and the version is a {} one", bump.word()));
    }
    Verdict { is_cautious: bump == Bump::Major && !breaks, faults, untyped }
}

/// Returns whether a part has a place without a type in a crate.
pub(super) fn is_untyped_in(path: &str, surface: &Surface) -> bool {
    surface.0.get(path).is_some_and(|part| is_untyped(&part.text, surface))
}

/// Returns whether a text has a place without a type, perhaps behind a name: `pub type Extra = serde_json::Value`.
fn is_untyped(text: &str, surface: &Surface) -> bool {
    let words: Vec<&str> = text.split(|it: char| !it.is_alphanumeric() && it != '_').collect();
    let is_named = |path: &str| path.rsplit("::").next().is_some_and(|name| words.contains(&name));
    let mut aliases = surface.0.iter().filter(|(path, part)| part.kind == "type" && is_named(path));
    text.contains("serde_json") || aliases.any(|(_, part)| part.text.contains("serde_json"))
}

/// The text of a part without the names of arguments, which callers do not write.
fn types(part: &Part) -> Vec<&str> {
    part.text.split(", ").map(|argument| argument.split_once(": ").map_or(argument, |(_, ty)| ty)).collect()
}

/// Returns whether a change is about a path: about itself, about what it is a part of, or about what renames it too.
fn is_said(path: &str, changes: &[RustChange]) -> bool {
    let path = path.strip_suffix(wire::SUFFIX).unwrap_or(path);
    changes.iter().any(|change| {
        is_within(path, &change.path)
            || change.places.iter().any(|place| is_within(path, place) || is_renamed_at(path, place, change))
            || follows(path, change)
            || is_constructor_of(path, change)
    })
}

/// The places of a renamed part have its new name.
fn is_renamed_at(path: &str, place: &str, change: &RustChange) -> bool {
    let last = |path: &str| path.rsplit("::").next().map(str::to_owned);
    change.verb == Verb::Renamed
        && last(path) == last(&change.path)
        && path.rsplit_once("::").map(|(owner, _)| owner) == place.rsplit_once("::").map(|(owner, _)| owner)
}

fn is_within(path: &str, owner: &str) -> bool {
    path.strip_prefix(owner).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// Returns whether a path is a type that comes with an operation, or an item that comes with a group.
fn follows(path: &str, change: &RustChange) -> bool {
    let comes_or_goes = match change.verb {
        Verb::Removed | Verb::Renamed | Verb::Moved => true,
        Verb::Reordered | Verb::Changed | Verb::Replaced | Verb::Deprecated | Verb::Added => false,
    };
    let segments: Vec<&str> = change.path.split("::").collect();
    comes_or_goes
        && match segments.as_slice() {
            // A group has an accessor.
            [module] => path == format!("Client::{module}"),
            // The marker type and the errors of `webhooks::Webhooks::list` are `webhooks::List…`; of a method of the client, in a
            // module whose name is not said.
            [module, .., method] => {
                let marker: String = method.trim_start_matches("r#").split('_').map(capitalized).collect();
                let mut names = path.split("::");
                let first = names.next().unwrap_or_default();
                let is_marked = names.next().is_some_and(|name| name.starts_with(&marker));
                // A body of a further media type has a method of its own: `update_xml`.
                let is_further = path.strip_prefix(&change.path).is_some_and(|rest| rest.starts_with('_'));
                (first == *module || *module == "Client") && is_marked || is_further
            }
            [] => false,
        }
}

/// A constructor has the members as arguments.
fn is_constructor_of(path: &str, change: &RustChange) -> bool {
    let mut paths = change.places.iter().chain([&change.path]);
    path.strip_suffix("::new").is_some_and(|owner| paths.any(|path| is_within(path, owner)))
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
