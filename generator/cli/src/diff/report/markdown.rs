//! The report as Markdown: for the description of a pull request, and for a changelog.

use std::fmt::Write as _;

use super::groups::{self, Line, Lines};
use super::{Comparison, plain, some};
use crate::compile::{Bump, WireChange};

/// Items that a list shows under one heading; whoever needs all of them reads the text, the page or the JSON.
const SHOWN: usize = 20;

/// Bytes after which lists only count: a pull request's description ends at 65,536 characters.
const ROOM: usize = 48_000;

/// All clients, the gravest first and folded where there is much.
pub(in crate::diff) fn markdown(comparisons: &[Comparison]) -> String {
    let mut text = String::new();
    for it in comparisons {
        let _ = writeln!(text, "### {}: {}\n", code(&it.package), it.verdict());
        if it.is_new {
            text.push_str("A client that was not there before.\n\n");
            continue;
        }
        if let Some(reach) = it.reach() {
            let _ = writeln!(text, "**{}.**\n", sentence(&reach));
        }
        let _ = writeln!(text, "{}\n", sentence(&it.counts()));
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
pub(in crate::diff) fn changelog(it: &Comparison) -> String {
    let mut text = String::new();
    for (title, lists) in [
        ("Breaking", rust(it, Bump::Major)),
        ("Behaves differently on the wire", wire(&it.at("breaking"))),
        ("New and deprecated", rust(it, Bump::Minor)),
    ] {
        if lists.is_empty() {
            continue;
        }
        let _ = writeln!(text, "### {title}\n");
        for list in &lists {
            let _ = writeln!(text, "- {} ({})", list.title, list.count);
            for line in list.lines.iter().take(SHOWN) {
                let _ = writeln!(text, "  - {line}");
            }
            if list.lines.len() > SHOWN {
                let _ = writeln!(text, "  - … and {} more", list.lines.len() - SHOWN);
            }
        }
        text.push('\n');
    }
    if text.is_empty() {
        text.push_str("Corrections of the docs.\n\n");
    }
    text
}

fn wire(changes: &[&WireChange]) -> Vec<Lines<String>> {
    let by_rule = groups::by_rule(changes).into_iter();
    by_rule
        .map(|list| Lines { title: code(&list.title), count: list.count, lines: list.lines.iter().map(line).collect() })
        .collect()
}

fn rust(it: &Comparison, bump: Bump) -> Vec<Lines<String>> {
    let lists = groups::by_kind(&it.of(bump)).into_iter();
    lists
        .map(|list| Lines {
            title: list.title,
            count: list.count,
            lines: list.lines.iter().map(|line| escaped(line)).collect(),
        })
        .collect()
}

fn section(text: &mut String, title: &str, lists: &[Lines<String>], open: bool) {
    let total: usize = lists.iter().map(|list| list.count).sum();
    if total == 0 {
        return;
    }
    let attribute = if open && total <= 30 { " open" } else { "" };
    let _ = writeln!(text, "<details{attribute}><summary>{title}</summary>\n");
    for list in lists {
        let _ = writeln!(text, "- {} ({})", list.title, list.count);
        let mut shown = 0;
        for line in list.lines.iter().take(SHOWN) {
            if text.len() + line.len() > ROOM {
                break;
            }
            let _ = writeln!(text, "  - {line}");
            shown += 1;
        }
        if list.lines.len() > shown {
            let _ = writeln!(text, "  - … and {} more", list.lines.len() - shown);
        }
    }
    text.push_str("\n</details>\n\n");
}

fn line(line: &Line<'_>) -> String {
    let names: Vec<&str> = line.operations.iter().copied().collect();
    let operations = match names.as_slice() {
        [] => String::new(),
        [only] if line.text.contains(only) => String::new(),
        names => format!("{}{}", if line.text.starts_with("under ") { ": " } else { " in " }, some(names, ", ", code)),
    };
    format!("{}{operations}", escaped(&line.text))
}

/// With a capital.
pub(super) fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
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
