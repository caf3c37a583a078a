//! The report of a comparison: as text, as Markdown for a pull request, as a page, as JSON.

mod groups;
mod html;
mod markdown;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::version;
use crate::compile::written::{Terminal, Written};
use crate::compile::{Bump, Place, RustChange, WireChange};

pub(super) use html::html;
pub(super) use markdown::{changelog, markdown};

/// The changes of one client.
pub(super) struct Comparison {
    pub(super) package: String,
    /// The version that it had.
    pub(super) version: String,
    is_new: bool,
    /// The number of operations in the old document.
    operations: usize,
    /// The changes on the wire, in the order of the report.
    wire: Vec<WireChange>,
    rust: Vec<RustChange>,
    pub(super) bump: Bump,
}

impl Comparison {
    pub(super) fn new(
        package: &str,
        version: &str,
        (operations, mut wire): (usize, Vec<WireChange>),
        rust: Vec<RustChange>,
        differs: bool,
    ) -> Self {
        groups::sort(&mut wire);
        let by_files = if differs { Bump::Patch } else { Bump::None };
        // Code that still compiles may fail on the wire, which is more than a patch.
        let by_wire = if wire.iter().any(WireChange::is_breaking) { Bump::Minor } else { Bump::None };
        let bump = rust.iter().map(|change| change.bump).max().unwrap_or(Bump::None).max(by_files).max(by_wire);
        Comparison {
            package: package.to_owned(),
            version: version.to_owned(),
            is_new: false,
            operations,
            wire,
            rust,
            bump,
        }
    }

    pub(super) fn of_a_new_client(package: &str, version: &str) -> Self {
        Comparison { is_new: true, ..Self::new(package, version, (0, Vec::new()), Vec::new(), false) }
    }

    pub(super) fn is_breaking_on_the_wire(&self) -> bool {
        self.wire.iter().any(WireChange::is_breaking)
    }

    /// The next version; `None` if the old one is not a version.
    pub(super) fn next_version(&self) -> Option<String> {
        version::after(self.bump, &self.version)
    }

    fn at(&self, level: &str) -> Vec<&WireChange> {
        self.wire.iter().filter(|change| change.level == level).collect()
    }

    fn of(&self, bump: Bump) -> Vec<&RustChange> {
        self.rust.iter().filter(|change| change.bump == bump).collect()
    }

    fn verdict(&self) -> String {
        if self.is_new {
            return "new".to_owned();
        }
        let next = match self.next_version() {
            Some(next) if next != self.version => format!(" ({} → {next})", self.version),
            _ => String::new(),
        };
        format!("{}{next}", self.bump.word())
    }

    /// Returns the summary line: how many old operations were removed, broke, or work as before.
    fn reach(&self) -> Option<String> {
        let gone = self.wire.iter().filter(|change| change.id.starts_with("api-removed-"));
        let gone: BTreeSet<&String> = gone.flat_map(|change| &change.operations).collect();
        let breaking = self.wire.iter().filter(|change| change.is_breaking());
        let broken: BTreeSet<&String> = breaking.flat_map(|change| &change.operations).collect();
        let broken = broken.difference(&gone).count();
        let came = self.wire.iter().filter(|change| change.id == "endpoint-added").count();
        if gone.is_empty() && broken == 0 && came == 0 {
            return None;
        }
        let count = |number: usize, what: &str| (number > 0).then(|| format!("{number} {what}"));
        let all = self.operations;
        let kept = all.saturating_sub(gone.len() + broken);
        let parts = [
            count(gone.len(), if gone.len() == 1 { "is gone" } else { "are gone" }),
            count(broken, if broken == 1 { "has a breaking change" } else { "have breaking changes" }),
            count(kept, if kept == 1 { "goes on working" } else { "go on working" }),
        ];
        let of = format!("of {all} operation{}", if all == 1 { "" } else { "s" });
        let said = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        Some(format!("{of}, {said}{}", if came > 0 { format!("; {came} new") } else { String::new() }))
    }

    fn counts(&self) -> String {
        format!(
            "on the wire: {} breaking, {} to look at, {} harmless; in Rust: {} breaking, {} compatible",
            self.at("breaking").len(),
            self.at("warning").len(),
            self.at("info").len(),
            self.of(Bump::Major).len(),
            self.of(Bump::Minor).len(),
        )
    }
}

pub(super) fn text(comparisons: &[Comparison]) -> Written<Terminal> {
    let mut text = Written::default();
    for it in comparisons {
        text.text(&it.package).raw(": ").text(&it.verdict()).raw("\n");
        if it.is_new {
            continue;
        }
        text.text(&it.counts()).raw("\n");
        if let Some(reach) = it.reach() {
            text.text(&reach).raw("\n");
        }
        for change in &it.wire {
            text.raw("\n").raw(change.level).raw(" [").text(&change.id).raw("]: ").text(&change.text).raw("\n");
            for (sign, place) in [("  - ", &change.old), ("  + ", &change.new)] {
                if let Some(Place { file, pointer }) = place {
                    text.raw(sign).text(&format!("{file}#{pointer}")).raw("\n");
                }
            }
            if !change.operations.is_empty() {
                text.raw("  in ").text(&some(&change.operations)).raw("\n");
            }
        }
        if !it.rust.is_empty() {
            text.raw("\n");
        }
        for change in &it.rust {
            text.raw(change.bump.word()).raw(": ").text(&change.to_string()).raw("\n");
        }
    }
    text
}

/// The number of names that a list shows.
const FIRST: usize = 4;

fn some(names: &[String]) -> String {
    let shown = names.iter().take(FIRST).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(FIRST) {
        0 => shown,
        more => format!("{shown}, and {more} more"),
    }
}

pub(super) fn json(it: &Comparison) -> Value {
    let place = |place: &Option<Place>| place.as_ref().map(|it| json!({ "file": it.file, "pointer": it.pointer }));
    let wire = it.wire.iter().map(|change| {
        json!({
            "id": change.id, "rule": change.id, "level": change.level, "text": change.text, "operations": change.operations,
            "old": place(&change.old), "new": place(&change.new),
        })
    });
    let rust = it.rust.iter().map(|change| {
        json!({
            "rule": change.rule().id(), "verb": change.verb.word(), "bump": change.bump.word(), "kind": change.kind.word(), "path": change.path,
            "before": change.before, "after": change.after, "note": change.note, "places": change.places,
        })
    });
    json!({
        "package": it.package, "new": it.is_new, "bump": it.bump.word(), "version": it.version,
        "next-version": it.next_version(), "wire": wire.collect::<Vec<_>>(), "rust": rust.collect::<Vec<_>>(),
    })
}
