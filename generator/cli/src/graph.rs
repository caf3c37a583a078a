//! `graph`: the groups, operations, types and scopes of a document as a graph.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::PathBuf;

use crate::cli::{Graph, GraphFormat};
use crate::compile::written::{Dot, Mermaid, Written};
use crate::compile::{self, Drawn};
use crate::config;
use crate::exit::Exit;
use crate::report::{Failure, Ui};
use crate::request::Request;

/// Prints the graph of a document, or of the clients of `codegen.toml`.
pub(crate) fn run(args: &Graph, ui: &Ui) -> Result<Exit, Failure> {
    for request in requests(args)? {
        let Some(mut drawn) = compile::drawn(&request, ui)? else { return Ok(Exit::Refused) };
        if let Some(name) = &args.focus {
            drawn = around(&drawn, name).ok_or_else(|| Failure::Usage(nothing_called(&drawn, name)))?;
        }
        match args.format {
            GraphFormat::Mermaid => ui.product(&mermaid(&drawn)),
            GraphFormat::Dot => ui.product(&dot(&drawn)),
        }
    }
    Ok(Exit::Done)
}

fn requests(args: &Graph) -> Result<Vec<Request>, Failure> {
    if let Some(spec) = &args.spec {
        let request = Request::of(spec.clone(), "graph", &args.settings);
        return Ok(vec![Request { overlays: args.overlays.clone(), ..request }]);
    }
    let here = env::current_dir().map_err(|error| Failure::Unreadable(PathBuf::from("."), error))?;
    let clients = config::read(&config::find(&here)?)?.clients.into_iter();
    Ok(clients.map(|client| Request { names: None, ..client.request(&args.settings) }).collect())
}

fn nothing_called(drawn: &Drawn, name: &str) -> String {
    let wanted = name.to_lowercase();
    let close: Vec<&str> = drawn
        .nodes
        .values()
        .map(|(_, name)| name.as_str())
        .filter(|found| found.to_lowercase().contains(&wanted))
        .take(8)
        .collect();
    match close.as_slice() {
        [] => format!("there is no group, operation, type or scope called `{name}`"),
        close => format!("there is no group, operation, type or scope called `{name}`; there is {}", close.join(", ")),
    }
}

/// Returns the nodes that a name reaches in any number of steps, and those that reach it in one step.
fn around(drawn: &Drawn, name: &str) -> Option<Drawn> {
    let mut kept: BTreeSet<&str> =
        drawn.nodes.iter().filter(|(_, (_, found))| found == name).map(|(key, _)| key.as_str()).collect();
    kept.extend(drawn.components.get(name).map(String::as_str));
    if kept.is_empty() {
        return None;
    }
    let mut targets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in &drawn.edges {
        targets.entry(from).or_default().push(to);
    }
    let users: Vec<&str> =
        drawn.edges.iter().filter(|(_, to)| kept.contains(to.as_str())).map(|(from, _)| from.as_str()).collect();
    let mut waiting: Vec<&str> = kept.iter().copied().collect();
    while let Some(key) = waiting.pop() {
        for to in targets.get(key).into_iter().flatten() {
            if kept.insert(to) {
                waiting.push(to);
            }
        }
    }
    kept.extend(users);
    let nodes = drawn.nodes.iter().filter(|(key, _)| kept.contains(key.as_str()));
    let edges = drawn.edges.iter().filter(|(from, to)| kept.contains(from.as_str()) && kept.contains(to.as_str()));
    Some(Drawn {
        nodes: nodes.map(|(key, node)| (key.clone(), node.clone())).collect(),
        edges: edges.cloned().collect(),
        components: BTreeMap::new(),
    })
}

/// Numbers the nodes, since names may contain any text.
fn numbers(drawn: &Drawn) -> BTreeMap<&str, usize> {
    drawn.nodes.keys().enumerate().map(|(number, key)| (key.as_str(), number)).collect()
}

fn mermaid(drawn: &Drawn) -> Written<Mermaid> {
    let (mut text, numbers) = (Written::default(), numbers(drawn));
    text.raw("flowchart LR\n");
    for (key, (kind, name)) in &drawn.nodes {
        let (open, close) = match *kind {
            "group" => ("([\"", "\"])"),
            "scope" => ("{{\"", "\"}}"),
            "operation" => ("[\"", "\"]"),
            _ => ("(\"", "\")"),
        };
        text.raw("  n").number(numbers[key.as_str()]).raw(open).text(name).raw(close).raw(":::").raw(kind).raw("s\n");
    }
    for (from, to) in &drawn.edges {
        text.raw("  n").number(numbers[from.as_str()]).raw(" --> n").number(numbers[to.as_str()]).raw("\n");
    }
    // `type` and `scope` could be keywords of Mermaid.
    text.raw("  classDef groups fill:#dbeafe,stroke:#1d4ed8,color:#111\n");
    text.raw("  classDef operations fill:#fef9c3,stroke:#a16207,color:#111\n");
    text.raw("  classDef types fill:#dcfce7,stroke:#15803d,color:#111\n");
    text.raw("  classDef scopes fill:#fae8ff,stroke:#a21caf,color:#111\n");
    text
}

fn dot(drawn: &Drawn) -> Written<Dot> {
    let (mut text, numbers) = (Written::default(), numbers(drawn));
    text.raw("digraph api {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
    for (key, (kind, name)) in &drawn.nodes {
        let shape = match *kind {
            "group" => "tab",
            "scope" => "hexagon",
            "operation" => "box",
            _ => "ellipse",
        };
        text.raw("  n").number(numbers[key.as_str()]).raw(" [shape=").raw(shape);
        text.raw(", label=\"").text(name).raw("\"];\n");
    }
    for (from, to) in &drawn.edges {
        text.raw("  n").number(numbers[from.as_str()]).raw(" -> n").number(numbers[to.as_str()]).raw(";\n");
    }
    text.raw("}\n");
    text
}
