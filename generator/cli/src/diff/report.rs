//! The report of a comparison: as text, as Markdown for a pull request, as a page, as JSON.

mod groups;
mod html;
mod markdown;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::version;
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
        // What still compiles but may meet another server is more than a correction.
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

    /// The version that it then has; `None` where it had none that can be counted on.
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

pub(super) fn text(comparisons: &[Comparison]) -> String {
    let mut text = String::new();
    for it in comparisons {
        let _ = writeln!(text, "{}: {}", it.package, it.verdict());
        if it.is_new {
            continue;
        }
        let _ = writeln!(text, "{}", it.counts());
        if let Some(reach) = it.reach() {
            let _ = writeln!(text, "{reach}");
        }
        for change in &it.wire {
            let _ = writeln!(text, "\n{} [{}]: {}", change.level, change.id, plain(&change.text));
            let _ = write!(text, "{}", places(change, "  ", ""));
            if !change.operations.is_empty() {
                let _ = writeln!(text, "  in {}", plain(&some(&change.operations, ", ", str::to_owned)));
            }
        }
        if !it.rust.is_empty() {
            text.push('\n');
        }
        for change in &it.rust {
            let _ = writeln!(text, "{}: {}", change.bump.word(), plain(&change.to_string()));
        }
    }
    text
}

/// A document could move the cursor or fake a line of its own.
fn plain(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}

fn places(change: &WireChange, indent: &str, code: &str) -> String {
    let mut text = String::new();
    for (sign, place) in [("-", &change.old), ("+", &change.new)] {
        if let Some(Place { file, pointer }) = place {
            let _ = writeln!(text, "{indent}{sign} {code}{}{code}", plain(&format!("{file}#{pointer}")));
        }
    }
    text
}

fn some(names: &[impl AsRef<str>], between: &str, show: impl Fn(&str) -> String) -> String {
    const FIRST: usize = 4;
    let shown: Vec<String> = names.iter().take(FIRST).map(|name| show(name.as_ref())).collect();
    let more = names.len().saturating_sub(FIRST);
    let rest = if more > 0 { format!("{between}and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join(between))
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
