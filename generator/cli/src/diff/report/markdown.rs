//! The report as Markdown: for the description of a pull request, and for a changelog.

use super::groups::{self, Line};
use super::{Comparison, FIRST};
use crate::compile::written::{Markdown, Written};
use crate::compile::{Bump, WireChange};

/// The maximum number of items that a list shows under one heading; the text, the page and the JSON have all.
const SHOWN: usize = 20;

/// The number of bytes after which lists are only counted: a pull request's description has at most 65,536 characters.
const ROOM: usize = 48_000;

/// The report on all clients, the most severe changes first, long lists folded.
pub(in crate::diff) fn markdown(comparisons: &[Comparison]) -> Written<Markdown> {
    let mut text = Written::default();
    for it in comparisons {
        text.raw("### ").code(&it.package).raw(": ").text(&it.verdict()).raw("\n\n");
        if it.is_new {
            text.raw("A client that was not there before.\n\n");
            continue;
        }
        if let Some(reach) = it.reach() {
            text.raw("**").text(&sentence(&reach)).raw(".**\n\n");
        }
        text.text(&sentence(&it.counts())).raw("\n\n");
        for (title, level, open) in
            [("Breaking on the wire", "breaking", true), ("To look at", "warning", true), ("Harmless", "info", false)]
        {
            section(&mut text, title, &wire(&it.at(level)), open);
        }
        for (title, bump, open) in [("Breaking in Rust", Bump::Major, true), ("Compatible in Rust", Bump::Minor, false)]
        {
            section(&mut text, title, &rust(it, bump), open);
        }
    }
    text
}

/// Returns the changelog entry of a version: breaking changes and additions, without other differences.
pub(in crate::diff) fn changelog(it: &Comparison) -> Written<Markdown> {
    let mut text = Written::default();
    for (title, lists) in [
        ("Breaking", rust(it, Bump::Major)),
        ("Behaves differently on the wire", wire(&it.at("breaking"))),
        ("New and deprecated", rust(it, Bump::Minor)),
    ] {
        if lists.is_empty() {
            continue;
        }
        text.raw("### ").raw(title).raw("\n\n");
        for list in &lists {
            items(&mut text, list, usize::MAX);
        }
        text.raw("\n");
    }
    if text.is_empty() {
        text.raw("Corrections of the docs.\n\n");
    }
    text
}

/// Changes of one kind, as items of a list.
struct List {
    title: Written<Markdown>,
    count: usize,
    lines: Vec<Written<Markdown>>,
}

fn wire(changes: &[&WireChange]) -> Vec<List> {
    let by_rule = groups::by_rule(changes).into_iter();
    by_rule
        .map(|list| {
            let mut title = Written::default();
            title.code(&list.title);
            List { title, count: list.count, lines: list.lines.iter().map(line).collect() }
        })
        .collect()
}

fn rust(it: &Comparison, bump: Bump) -> Vec<List> {
    let lists = groups::by_kind(&it.of(bump)).into_iter();
    let said = |text: &String| {
        let mut line = Written::default();
        line.sentence(text);
        line
    };
    lists
        .map(|list| List {
            title: Written::of(&list.title),
            count: list.count,
            lines: list.lines.iter().map(said).collect(),
        })
        .collect()
}

fn section(text: &mut Written<Markdown>, title: &'static str, lists: &[List], open: bool) {
    let total: usize = lists.iter().map(|list| list.count).sum();
    if total == 0 {
        return;
    }
    text.raw(if open && total <= 30 { "<details open><summary>" } else { "<details><summary>" });
    text.raw(title).raw("</summary>\n\n");
    for list in lists {
        items(text, list, ROOM);
    }
    text.raw("\n</details>\n\n");
}

/// Adds a list; items beyond the limits are only counted.
fn items(text: &mut Written<Markdown>, list: &List, room: usize) {
    text.raw("- ").append(&list.title).raw(" (").number(list.count).raw(")\n");
    let mut shown = 0;
    for line in list.lines.iter().take(SHOWN) {
        if text.len() + line.len() > room {
            break;
        }
        text.raw("  - ").append(line).raw("\n");
        shown += 1;
    }
    if list.lines.len() > shown {
        text.raw("  - … and ").number(list.lines.len() - shown).raw(" more\n");
    }
}

fn line(line: &Line<'_>) -> Written<Markdown> {
    let mut text = Written::default();
    text.sentence(&line.text);
    let names: Vec<&str> = line.operations.iter().copied().collect();
    match names.as_slice() {
        [] => {}
        [only] if line.text.contains(only) => {}
        names => {
            text.raw(if line.text.starts_with("under ") { ": " } else { " in " });
            for (index, name) in names.iter().take(FIRST).enumerate() {
                text.raw(if index > 0 { ", " } else { "" }).code(name);
            }
            if names.len() > FIRST {
                text.raw(", and ").number(names.len() - FIRST).raw(" more");
            }
        }
    }
    text
}

/// A text with a capital at its beginning.
pub(super) fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
