//! Features of an emitted crate, which are decided when the code is embedded: another crate has none of them.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_sources::{MOCK, VALIDATE};

use crate::rust::{Crate, Embedding};

/// The features that are on.
pub(super) struct Features<'a> {
    on: BTreeSet<&'a str>,
}

/// The value of a condition.
enum Condition {
    On,
    Off,
    /// The mock server, which only tests need.
    InTests,
}

impl<'a> Features<'a> {
    pub(super) fn of(plan: &'a Crate, embedding: &'a Embedding) -> Self {
        let groups = plan.groups.iter().filter_map(|group| group.feature.as_deref());
        let validate = plan.validation.iter().map(|_| VALIDATE.name);
        let mock = plan.mock.iter().map(|_| MOCK.name);
        Features {
            on: groups.chain(validate).chain(mock).chain(embedding.features.iter().map(String::as_str)).collect(),
        }
    }

    /// Resolves the conditions of a file. Modules and imports that are off are left out; other items keep a condition that never
    /// holds.
    pub(super) fn resolved(&self, text: &str) -> String {
        let mut resolved = String::with_capacity(text.len());
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let indent = &line[..line.len() - line.trim_start().len()];
            let Some((condition, rest)) = self.condition(line.trim_start()) else {
                resolved.push_str(line);
                resolved.push('\n');
                continue;
            };
            let attribute = match condition {
                Condition::On => "",
                Condition::InTests => "#[cfg(test)]",
                Condition::Off if rest.is_empty() && leaves_out(&mut lines) => continue,
                Condition::Off => "#[cfg(any())]",
            };
            if !attribute.is_empty() {
                resolved.push_str(&format!("{indent}{attribute}\n"));
            }
            if !rest.is_empty() {
                resolved.push_str(&format!("{indent}{rest}\n"));
            }
        }
        resolved
    }

    /// Reads a condition off the front of a line.
    fn condition<'l>(&self, line: &'l str) -> Option<(Condition, &'l str)> {
        let inner = line.strip_prefix("#[cfg(")?;
        let (is_negated, inner) = match inner.strip_prefix("not(") {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let (name, rest) = inner.strip_prefix("feature = \"")?.split_once('"')?;
        let rest = rest.strip_prefix(if is_negated { "))]" } else { ")]" })?.trim_start();
        let condition = match (self.on.contains(name), is_negated) {
            (true, false) if name == MOCK.name => Condition::InTests,
            (true, false) | (false, true) => Condition::On,
            (false, false) | (true, true) => Condition::Off,
        };
        Some((condition, rest))
    }

    /// Removes the files whose modules are off.
    pub(super) fn remove_files(&self, texts: &mut BTreeMap<String, String>) {
        let declared = |path: &str, texts: &BTreeMap<String, String>| {
            let Some((folder, name)) = path.rsplit_once('/') else { return true };
            let name = name.trim_end_matches(".rs");
            let parent = texts.get(&format!("{folder}.rs"));
            parent.is_some_and(|parent| parent.lines().any(|line| super::nested::declared(line) == Some(name)))
        };
        let gone: Vec<String> = texts.keys().filter(|path| !declared(path, texts)).cloned().collect();
        gone.iter().for_each(|path| drop(texts.remove(path)));
    }
}

/// Passes over a module or an import that is off; `false` before any other item.
fn leaves_out<'l>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'l str> + Clone>) -> bool {
    let mut ahead = lines.clone();
    while ahead.next_if(|line| line.trim_start().starts_with("#[")).is_some() {}
    let Some(first) = ahead.peek().map(|line| line.trim_start()) else { return false };
    let bare = first.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
    if !(bare.starts_with("use ") || (bare.starts_with("mod ") && bare.ends_with(';'))) {
        return false;
    }
    for line in ahead.by_ref() {
        if line.ends_with(';') {
            break;
        }
    }
    *lines = ahead;
    true
}
