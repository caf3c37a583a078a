//! The results, for people and for programs.

use serde_json::{Value, json};

use super::Row;
use super::cargo::Verdict;
use clientwright_cli::compile::written::{Json, Tsv, Written};
use clientwright_cli::page::{Html, page};

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
pub(super) fn tsv(rows: &[Row]) -> Written<Tsv> {
    let mut text = Written::default();
    for (name, _) in COLUMNS {
        text.raw(name).raw("\t");
    }
    text.raw("why\n");
    for row in rows {
        for (_, cell) in COLUMNS {
            text.text(&cell(row)).raw("\t");
        }
        text.text(&row.shortfall().unwrap_or_default()).raw("\n");
    }
    text
}

/// A page of the same table, and below it why documents fall short.
pub(super) fn html(rows: &[Row], summary: &str) -> Html {
    let mut contents = Html::default();
    contents.raw("<p>").text(summary).raw("</p>\n");
    contents
        .raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Documents\">\n<table>\n<thead><tr>");
    for (name, _) in COLUMNS {
        contents.raw("<th scope=\"col\">").text(name).raw("</th>");
    }
    contents.raw("</tr></thead>\n<tbody>\n");
    for row in rows {
        let class = if row.shortfall().is_some() { "bad" } else { "good" };
        contents.raw("<tr>");
        for (index, (_, cell)) in COLUMNS.iter().enumerate() {
            match index {
                0 => contents.raw("<th scope=\"row\">").text(&cell(row)).raw("</th>"),
                2 => contents.raw("<td class=\"").raw(class).raw("\">").text(&cell(row)).raw("</td>"),
                _ => contents.raw("<td>").text(&cell(row)).raw("</td>"),
            };
        }
        contents.raw("</tr>\n");
    }
    contents.raw("</tbody>\n</table>\n</div>\n");
    let short: Vec<(&Row, String)> = rows.iter().filter_map(|row| Some((row, row.shortfall()?))).collect();
    if !short.is_empty() {
        contents.raw("<h2>What falls short</h2>\n<ul>\n");
        for (row, why) in short {
            contents.raw("<li>").code(&row.name).text(": ").sentence(&why).raw("</li>\n");
        }
        contents.raw("</ul>\n");
    }
    page("What becomes of a folder of documents", &contents)
}

/// Everything that is known.
pub(super) fn json(rows: &[Row]) -> Written<Json> {
    Written::<Json>::pretty(&rows.iter().map(object).collect::<Vec<Value>>())
}

fn object(row: &Row) -> Value {
    json!({
        "document": row.name, "openapi": row.facts.version, "result": row.result(), "why": row.shortfall(),
        "operations": row.operations(), "operations_in_document": row.facts.operations, "cost": row.cost, "lines": row.lines, "summary": row.summary,
        "check": row.check, "clippy": row.clippy, "doc": row.doc, "examples": row.examples,
    })
}
