//! The results, for people and for programs.

use serde_json::{Value, json};

use super::Row;
use super::cargo::Verdict;
use clientwright_cli::page::Html;

type Column = (&'static str, fn(&Row) -> String);

const COLUMNS: &[Column] = &[
    ("document", |row| row.name.clone()),
    ("openapi", |row| row.facts.version.clone()),
    ("result", |row| row.result().to_owned()),
    ("operations", |row| format!("{}/{}", shown(row.operations()), row.facts.operations)),
    ("types", |row| shown(row.said("types"))),
    ("untyped", |row| row.untyped().map_or("-".to_owned(), |(untyped, places)| format!("{untyped}/{places}"))),
    ("warnings", |row| shown(row.said("warnings"))),
    ("repaired", |row| shown(row.said("repaired"))),
    ("lost", |row| shown(row.said("lost"))),
    ("CPU s", |row| format!("{:.2}", row.cost.cpu)),
    ("MB", |row| format!("{:.0}", row.cost.peak)),
    ("lines", |row| row.lines.to_string()),
    ("check", |row| verdict(row.check.as_ref())),
    ("CPU s", |row| cost(row.check.as_ref(), |verdict| format!("{:.2}", verdict.cost.cpu))),
    ("MB", |row| cost(row.check.as_ref(), |verdict| format!("{:.0}", verdict.cost.peak))),
    ("clippy", |row| verdict(row.clippy.as_ref())),
    ("doc", |row| verdict(row.doc.as_ref())),
    ("examples", |row| verdict(row.examples.as_ref())),
];

fn shown(number: Option<usize>) -> String {
    number.map_or("-".to_owned(), |number| number.to_string())
}

fn cost(found: Option<&Verdict>, show: impl Fn(&Verdict) -> String) -> String {
    found.map_or("-".to_owned(), show)
}

/// Errors and warnings.
fn verdict(found: Option<&Verdict>) -> String {
    match found {
        None => "-".to_owned(),
        Some(found) if found.timed_out => "time out".to_owned(),
        Some(found) if found.is_clean() => "ok".to_owned(),
        Some(found) if found.errors == 0 => format!("{} warn", found.warnings),
        Some(found) => format!("{} err", found.errors),
    }
}

/// A table with a heading, aligned; after each document that falls short, why.
pub(super) fn text(rows: &[Row]) -> String {
    let cells: Vec<Vec<String>> = rows.iter().map(|row| COLUMNS.iter().map(|(_, cell)| cell(row)).collect()).collect();
    let width = |column: usize| {
        let widest = cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        widest.max(COLUMNS[column].0.len())
    };
    let widths: Vec<usize> = (0..COLUMNS.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            // Names to the left, figures to the right.
            if column < 3 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let mut text = line(&COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
    for (row, cells) in rows.iter().zip(&cells) {
        text.push_str(&line(cells));
        if let Some(why) = row.shortfall() {
            text.push_str(&format!("    {why}\n"));
        }
    }
    text
}

/// One line a document, the same columns, and why it falls short.
pub(super) fn tsv(rows: &[Row]) -> String {
    let names = COLUMNS.iter().map(|(name, _)| *name).chain(["why"]);
    let mut text = names.collect::<Vec<_>>().join("\t") + "\n";
    for row in rows {
        let why = row.shortfall().unwrap_or_default().replace(['\t', '\n', '\r'], " ");
        let cells = COLUMNS.iter().map(|(_, cell)| cell(row)).chain([why]);
        text.push_str(&(cells.collect::<Vec<_>>().join("\t") + "\n"));
    }
    text
}

/// A page of the same table, and below it why documents fall short.
pub(super) fn html(rows: &[Row], summary: &str) -> String {
    let mut page = Html::default();
    page.raw("<p>").text(summary).raw("</p>\n");
    page.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Documents\">\n<table>\n<thead><tr>");
    for (name, _) in COLUMNS {
        page.raw("<th scope=\"col\">").text(name).raw("</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for row in rows {
        let class = if row.shortfall().is_some() { "bad" } else { "good" };
        page.raw("<tr>");
        for (index, (_, cell)) in COLUMNS.iter().enumerate() {
            match index {
                0 => page.raw("<th scope=\"row\">").text(&cell(row)).raw("</th>"),
                2 => page.raw(&format!("<td class=\"{class}\">")).text(&cell(row)).raw("</td>"),
                _ => page.raw("<td>").text(&cell(row)).raw("</td>"),
            };
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody>\n</table>\n</div>\n");
    let short: Vec<(&Row, String)> = rows.iter().filter_map(|row| Some((row, row.shortfall()?))).collect();
    if !short.is_empty() {
        page.raw("<h2>What falls short</h2>\n<ul>\n");
        for (row, why) in short {
            page.raw("<li>").code(&row.name).text(": ").sentence(&why).raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
    page.page("What becomes of a folder of documents")
}

/// Everything that is known.
pub(super) fn json(rows: &[Row]) -> String {
    let rows: Vec<Value> = rows.iter().map(object).collect();
    serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
}

fn object(row: &Row) -> Value {
    json!({
        "document": row.name, "openapi": row.facts.version, "result": row.result(), "why": row.shortfall(),
        "operations": row.operations(), "operations_in_document": row.facts.operations, "cost": row.cost, "lines": row.lines, "summary": row.summary,
        "check": row.check, "clippy": row.clippy, "doc": row.doc, "examples": row.examples,
    })
}
