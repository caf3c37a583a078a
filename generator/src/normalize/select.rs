//! Removal of the operations that are not selected.

mod pattern;

use serde_json::{Map, Value};

use super::grammar::METHODS;
use super::nearest::nearest;
use super::selection::Selection;
use super::settings::Settings;
use crate::diagnostics::{Diagnostics, Rule};
use pattern::Pattern;

/// The entries of a selection, and whether each has matched.
pub(super) struct Selector<'s> {
    settings: &'s Settings,
    lists: Lists,
    known: Known,
}

impl<'s> Selector<'s> {
    pub(super) fn of(settings: &'s Settings) -> Self {
        Selector { settings, lists: Lists::of(&settings.operations), known: Known::default() }
    }

    /// Removes the operations and webhooks that are not selected.
    pub(super) fn retain(&mut self, root: &mut Value) {
        let selection = &self.settings.operations;
        let (lists, known) = (&mut self.lists, &mut self.known);
        if selection.chooses() {
            for paths in ["paths", "x-ms-paths"] {
                let Some(Value::Object(paths)) = root.get_mut(paths) else { continue };
                paths.retain(|path, item| path.starts_with("x-") || lists.retain_operations(path, item, known));
            }
        }
        if selection.chooses() || !selection.webhooks.is_empty() {
            for webhooks in ["webhooks", "x-webhooks"] {
                let Some(Value::Object(webhooks)) = root.get_mut(webhooks) else { continue };
                webhooks.retain(|name, _| {
                    known.webhooks.push(name.clone());
                    lists.webhooks.any(|pattern| pattern.is_text(name))
                });
            }
        }
    }

    /// Reports the entries that have matched nothing.
    pub(super) fn report(&self, diagnostics: &mut Diagnostics) {
        let Lists { tags, ids, paths, exclude, webhooks, .. } = &self.lists;
        for list in [tags, ids, paths, exclude, webhooks] {
            list.report(&self.known, self.settings, diagnostics);
        }
    }
}

/// The names that entries can match, for suggestions.
#[derive(Default)]
struct Known {
    tags: Vec<String>,
    ids: Vec<String>,
    webhooks: Vec<String>,
}

/// The entries under one key.
struct List {
    key: &'static str,
    patterns: Vec<Pattern>,
    /// For each entry, true if it matched something.
    used: Vec<bool>,
}

impl List {
    fn of(key: &'static str, entries: &[String]) -> Self {
        List { key, patterns: entries.iter().map(|text| Pattern::of(text)).collect(), used: vec![false; entries.len()] }
    }

    /// Returns whether any entry matches, and marks all that do as used.
    fn any(&mut self, fits: impl Fn(&Pattern) -> bool) -> bool {
        let mut found = false;
        for (pattern, used) in self.patterns.iter().zip(&mut self.used) {
            if fits(pattern) {
                (*used, found) = (true, true);
            }
        }
        found
    }

    fn report(&self, known: &Known, settings: &Settings, diagnostics: &mut Diagnostics) {
        let unused = self.patterns.iter().zip(&self.used).enumerate().filter(|(_, (_, used))| !**used);
        for (index, (pattern, _)) in unused {
            let text = pattern.text();
            let (message, candidates) = match self.key {
                "tags" => (format!("no operation has the tag `{text}`"), known.tags.iter().chain(&[])),
                "ids" => (format!("no operation has the operationId `{text}`"), known.ids.iter().chain(&[])),
                "paths" => (format!("no operation is at `{text}`"), [].iter().chain(&[])),
                "webhooks" => (format!("no webhook is called `{text}`"), known.webhooks.iter().chain(&[])),
                _ => (
                    format!("no operation has the tag, operationId or path `{text}`"),
                    known.tags.iter().chain(&known.ids),
                ),
            };
            let key = format!("operations/{}/{index}", self.key);
            let mut found = settings.finding(Rule::ChoiceForNothing, &key).message(message);
            if let Some(near) = nearest(text, candidates.map(String::as_str)) {
                found = found.help(format_args!("is `{near}` meant? {}", Rule::ChoiceForNothing.entry().way_out));
            }
            diagnostics.push(found);
        }
    }
}

struct Lists {
    tags: List,
    ids: List,
    paths: List,
    exclude: List,
    webhooks: List,
    /// True if all operations are selected that are not excluded.
    all: bool,
}

impl Lists {
    fn of(selection: &Selection) -> Self {
        let Selection { tags, ids, paths, exclude, webhooks } = selection;
        Lists {
            tags: List::of("tags", tags),
            ids: List::of("ids", ids),
            paths: List::of("paths", paths),
            exclude: List::of("exclude", exclude),
            webhooks: List::of("webhooks", webhooks),
            all: tags.is_empty() && ids.is_empty() && paths.is_empty(),
        }
    }

    /// Removes operations from a path item; `false` if none is left of those that it had.
    fn retain_operations(&mut self, path: &str, item: &mut Value, known: &mut Known) -> bool {
        let Value::Object(members) = item else { return true };
        let before = count(members);
        members.retain(|key, value| !is_method(key) || self.wants(path, key, value, known));
        if let Some(Value::Object(others)) = members.get_mut(ADDITIONAL) {
            others.retain(|method, value| self.wants(path, method, value, known));
        }
        before == 0 || count(members) > 0
    }

    fn wants(&mut self, path: &str, method: &str, operation: &Value, known: &mut Known) -> bool {
        let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten();
        let tags: Vec<&str> = tags.filter_map(Value::as_str).collect();
        let id = operation.get("operationId").and_then(Value::as_str);
        known.tags.extend(tags.iter().map(|&tag| tag.to_owned()));
        known.ids.extend(id.map(str::to_owned));
        let by_tag = self.tags.any(|pattern| tags.iter().any(|tag| pattern.is_text(tag)));
        let by_id = self.ids.any(|pattern| id.is_some_and(|id| pattern.is_text(id)));
        let by_path = self.paths.any(|pattern| pattern.is_path(method, path));
        let is_excluded = self
            .exclude
            .any(|pattern| pattern.is_path(method, path) || tags.iter().chain(&id).any(|text| pattern.is_text(text)));
        (self.all || by_tag || by_id || by_path) && !is_excluded
    }
}

/// The object of the operations whose methods have no field of their own (3.2).
const ADDITIONAL: &str = "additionalOperations";

fn is_method(key: &str) -> bool {
    METHODS.contains(&key) || key == "query"
}

fn count(item: &Map<String, Value>) -> usize {
    let others = item.get(ADDITIONAL).and_then(Value::as_object).map_or(0, Map::len);
    item.keys().filter(|key| is_method(key)).count() + others
}

impl Settings {
    /// A finding about an option, by its key.
    fn finding(&self, rule: Rule, key: &str) -> crate::diagnostics::Diagnostic {
        let (file, place) = self.place(key);
        rule.in_file(&file, place)
    }
}
