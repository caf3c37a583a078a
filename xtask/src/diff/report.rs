//! The report of a comparison: as text, as Markdown for a pull request, as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::rust_api::{Bump, RustChange};
use crate::compile::{Place, WireChange};

/// Items that a list of the Markdown shows; whoever needs all of them reads the text or the JSON.
const SHOWN: usize = 100;

/// Bytes after which the Markdown's lists only count: a pull request's description ends at 65,536 characters.
const ROOM: usize = 48_000;

/// What changed for one client.
pub(super) struct Comparison {
    package: String,
    version: String,
    is_new: bool,
    wire: Vec<WireChange>,
    rust: Vec<RustChange>,
    pub(super) bump: Bump,
}

impl Comparison {
    pub(super) fn new(
        package: &str,
        version: &str,
        wire: Vec<WireChange>,
        rust: Vec<RustChange>,
        differs: bool,
    ) -> Self {
        let by_files = if differs { Bump::Patch } else { Bump::None };
        // What still compiles but may meet another server is more than a correction.
        let by_wire = if wire.iter().any(WireChange::is_breaking) { Bump::Minor } else { Bump::None };
        let bump = rust.iter().map(|change| change.bump).max().unwrap_or(Bump::None).max(by_files).max(by_wire);
        Comparison { package: package.to_owned(), version: version.to_owned(), is_new: false, wire, rust, bump }
    }

    pub(super) fn of_a_new_client(package: &str, version: &str) -> Self {
        Comparison { is_new: true, ..Self::new(package, version, Vec::new(), Vec::new(), false) }
    }

    pub(super) fn is_breaking_on_the_wire(&self) -> bool {
        self.wire.iter().any(WireChange::is_breaking)
    }

    fn next_version(&self) -> Option<String> {
        self.bump.after(&self.version)
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

fn some(names: &[String], between: &str, show: impl Fn(&str) -> String) -> String {
    const FIRST: usize = 4;
    let shown: Vec<String> = names.iter().take(FIRST).map(|name| show(name)).collect();
    let more = names.len().saturating_sub(FIRST);
    let rest = if more > 0 { format!("{between}and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join(between))
}

pub(super) fn markdown(comparisons: &[Comparison]) -> String {
    let mut text = String::new();
    for it in comparisons {
        let _ = writeln!(text, "### {}: {}\n", code(&it.package), it.verdict());
        if it.is_new {
            text.push_str("A client that was not there before.\n\n");
            continue;
        }
        let _ = writeln!(text, "{}\n", it.counts());
        for (title, level, open) in
            [("Breaking on the wire", "breaking", true), ("To look at", "warning", true), ("Harmless", "info", false)]
        {
            let lines: Vec<String> = it.at(level).into_iter().map(wire_line).collect();
            section(&mut text, title, &lines, open);
        }
        for (title, bump, open) in [("Breaking in Rust", Bump::Major, true), ("Compatible in Rust", Bump::Minor, false)]
        {
            let lines: Vec<String> =
                it.of(bump).into_iter().map(|change| format!("- {}\n", escaped(&change.to_string()))).collect();
            section(&mut text, title, &lines, open);
        }
    }
    text
}

fn section(text: &mut String, title: &str, lines: &[String], open: bool) {
    if lines.is_empty() {
        return;
    }
    let attribute = if open && lines.len() <= 30 { " open" } else { "" };
    let _ = writeln!(text, "<details{attribute}><summary>{title} ({})</summary>\n", lines.len());
    let mut shown = 0;
    for line in lines.iter().take(SHOWN) {
        if text.len() + line.len() > ROOM {
            break;
        }
        text.push_str(line);
        shown += 1;
    }
    if lines.len() > shown {
        let _ = writeln!(text, "- … and {} more", lines.len() - shown);
    }
    text.push_str("\n</details>\n\n");
}

fn wire_line(change: &WireChange) -> String {
    let operations = match change.operations.as_slice() {
        [] => String::new(),
        operations => format!(" in {}", some(operations, ", ", code)),
    };
    let pointer = change.new.as_ref().or(change.old.as_ref()).map(|place| code(&place.pointer)).unwrap_or_default();
    format!("- {}{operations}<br>{} at {pointer}\n", escaped(&change.text), code(&change.id))
}

/// A code span that its text can't end.
fn code(text: &str) -> String {
    format!("`{}`", plain(text).replace('`', "'"))
}

/// Sentences of ours with names from documents in code spans: outside of those, nothing may mean anything to Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in plain(text).split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        for character in part.chars() {
            if index % 2 == 0 && "\\<>&@[]*_|#!~".contains(character) {
                let _ = write!(out, "&#{};", u32::from(character));
            } else {
                out.push(character);
            }
        }
    }
    // An odd one would run on into what follows.
    if text.matches('`').count() % 2 == 1 {
        out.push('`');
    }
    out
}

pub(super) fn json(it: &Comparison) -> Value {
    let place = |place: &Option<Place>| place.as_ref().map(|it| json!({ "file": it.file, "pointer": it.pointer }));
    let wire = it.wire.iter().map(|change| {
        json!({
            "id": change.id, "level": change.level, "text": change.text, "operations": change.operations,
            "old": place(&change.old), "new": place(&change.new),
        })
    });
    let rust = it.rust.iter().map(|change| {
        json!({
            "verb": change.verb, "bump": change.bump.word(), "kind": change.kind, "path": change.path,
            "before": change.before, "after": change.after,
        })
    });
    json!({
        "package": it.package, "new": it.is_new, "bump": it.bump.word(), "version": it.version,
        "next-version": it.next_version(), "wire": wire.collect::<Vec<_>>(), "rust": rust.collect::<Vec<_>>(),
    })
}
