//! The report as an HTML page: complete, the most severe changes first, long lists folded.

use super::Comparison;
use super::groups::{self, Line, Lines};
use crate::compile::{Bump, WireChange};
use crate::page::{Html, page};

/// The number of lines under a heading that are not folded.
const OPEN: usize = 12;

/// The number of operations that are not folded.
const FEW: usize = 6;

/// All clients on one page.
pub(in crate::diff) fn html(comparisons: &[Comparison]) -> Html {
    let mut contents = Html::default();
    for it in comparisons {
        client(&mut contents, it);
    }
    let names: Vec<&str> = comparisons.iter().map(|it| it.package.as_str()).collect();
    page(&format!("What changes for {}", names.join(", ")), &contents)
}

fn client(page: &mut Html, it: &Comparison) {
    if it.is_new {
        page.raw("<section>\n<h2>")
            .code(&it.package)
            .raw("</h2>\n<p>A client that was not there before.</p>\n</section>\n");
        return;
    }
    page.raw("<section>\n<h2>").code(&it.package).raw("</h2>\n<p>Its version grows by a step that is ");
    let bump = it.bump.word();
    page.raw("<span class=\"verdict ").raw(bump).raw("\">").raw(bump).raw("</span>");
    if let Some(next) = it.next_version().filter(|next| *next != it.version) {
        page.text(&format!(" from {} to {next}", it.version));
    }
    page.raw(".</p>\n");
    if let Some(reach) = it.reach() {
        page.raw("<p>").text(&super::markdown::sentence(&reach)).raw(".</p>\n");
    }
    page.raw("<ul class=\"figures\">\n");
    for (class, number, what) in [
        ("breaking", it.at("breaking").len(), "breaking on the wire"),
        ("warning", it.at("warning").len(), "to look at"),
        ("info", it.at("info").len(), "harmless on the wire"),
        ("breaking", it.of(Bump::Major).len(), "breaking in Rust"),
        ("info", it.of(Bump::Minor).len(), "compatible in Rust"),
    ] {
        page.raw("<li><b class=\"").raw(class).raw("\">").number(number).raw("</b>").raw(what).raw("</li>\n");
    }
    page.raw("</ul>\n");
    for (title, level) in [("Breaking on the wire", "breaking"), ("To look at", "warning")] {
        wire(page, title, &it.at(level), true);
    }
    rust(page, "Breaking in Rust", &groups::by_kind(&it.of(Bump::Major)), true);
    wire(page, "Harmless on the wire", &it.at("info"), false);
    rust(page, "Compatible in Rust", &groups::by_kind(&it.of(Bump::Minor)), false);
    page.raw("</section>\n");
}

fn fold(page: &mut Html, title: &str, count: usize, open: bool) {
    page.raw("<details").raw(if open { " open" } else { "" }).raw("><summary>").sentence(title);
    page.raw(" (").number(count).raw(")</summary>\n");
}

fn wire(page: &mut Html, title: &str, changes: &[&WireChange], open: bool) {
    if changes.is_empty() {
        return;
    }
    fold(page, title, changes.len(), open);
    for list in groups::by_rule(changes) {
        fold(page, &format!("`{}`", list.title), list.count, open && list.count <= OPEN);
        page.raw("<ul>\n");
        for line in &list.lines {
            item(page, line);
        }
        page.raw("</ul>\n</details>\n");
    }
    page.raw("</details>\n");
}

fn item(page: &mut Html, line: &Line<'_>) {
    page.raw("<li>").sentence(&line.text);
    let names: Vec<&str> = line.operations.iter().copied().collect();
    match names.as_slice() {
        [] => {}
        [only] if line.text.contains(only) => {}
        names if names.len() <= FEW => {
            page.text(" in ");
            for (index, name) in names.iter().enumerate() {
                page.text(if index > 0 { ", " } else { "" }).code(name);
            }
        }
        names => {
            fold(page, "operations", names.len(), false);
            page.raw("<ul>\n");
            for name in names {
                page.raw("<li>").code(name).raw("</li>\n");
            }
            page.raw("</ul>\n</details>");
        }
    }
    if let Some(place) = line.places.first().filter(|_| !line.text.starts_with("under ")) {
        let more = match line.places.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        page.raw("<span class=\"place\">").text(&format!("{}#{}{more}", place.file, place.pointer)).raw("</span>");
    }
    page.raw("</li>\n");
}

fn rust(page: &mut Html, title: &str, lists: &[Lines<String>], open: bool) {
    if lists.is_empty() {
        return;
    }
    fold(page, title, lists.iter().map(|list| list.count).sum(), open);
    for list in lists {
        fold(page, &list.title, list.count, open && list.lines.len() <= OPEN);
        page.raw("<ul>\n");
        for line in &list.lines {
            page.raw("<li>").sentence(line).raw("</li>\n");
        }
        page.raw("</ul>\n</details>\n");
    }
    page.raw("</details>\n");
}
