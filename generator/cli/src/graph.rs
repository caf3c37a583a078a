//! `graph`: what a document comes to, as a picture: groups, operations, types, scopes.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write as _;
use std::path::PathBuf;

use crate::cli::{Graph, GraphFormat};
use crate::compile::{self, Drawn, Formats, Metadata, Request};
use crate::config;
use crate::exit::Exit;
use crate::report::{Failure, Ui};

/// Prints the picture of a document, or of the clients of `codegen.toml`.
pub(crate) fn run(args: &Graph, ui: &Ui) -> Result<Exit, Failure> {
    for request in requests(args)? {
        let Some(mut drawn) = compile::drawn(&request, ui)? else { return Ok(Exit::Refused) };
        if let Some(name) = &args.focus {
            drawn = around(&drawn, name).ok_or_else(|| Failure::Usage(nothing_called(&drawn, name)))?;
        }
        ui.product(&match args.format {
            GraphFormat::Mermaid => mermaid(&drawn),
            GraphFormat::Dot => dot(&drawn),
        });
    }
    Ok(Exit::Done)
}

fn requests(args: &Graph) -> Result<Vec<Request>, Failure> {
    let request = |root, spec, overlays, settings| Request {
        root,
        spec,
        overlays,
        package: String::new(),
        version: None,
        metadata: Metadata::default(),
        names: None,
        accept_renames: false,
        formats: Formats::default(),
        settings,
    };
    if let Some(spec) = &args.spec {
        return Ok(vec![request(PathBuf::new(), spec.clone(), args.overlays.clone(), args.settings.clone())]);
    }
    let here = env::current_dir().map_err(|error| Failure::Unreadable(PathBuf::from("."), error))?;
    let clients = config::read(&config::find(&here)?)?.clients.into_iter();
    Ok(clients.map(|it| request(it.root, it.spec, it.overlays, it.settings.overridden_by(&args.settings))).collect())
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

/// Numbers stand for the nodes, since names may hold anything.
fn numbers(drawn: &Drawn) -> BTreeMap<&str, usize> {
    drawn.nodes.keys().enumerate().map(|(number, key)| (key.as_str(), number)).collect()
}

fn mermaid(drawn: &Drawn) -> String {
    let (mut text, numbers) = ("flowchart LR\n".to_owned(), numbers(drawn));
    for (key, (kind, name)) in &drawn.nodes {
        let (open, close) = match *kind {
            "group" => ("([", "])"),
            "scope" => ("{{", "}}"),
            "operation" => ("[", "]"),
            _ => ("(", ")"),
        };
        let _ = writeln!(text, "  n{}{open}\"{}\"{close}:::{kind}s", numbers[key.as_str()], entities(name));
    }
    for (from, to) in &drawn.edges {
        let _ = writeln!(text, "  n{} --> n{}", numbers[from.as_str()], numbers[to.as_str()]);
    }
    // `type` and `scope` alone could be words of Mermaid's own.
    text.push_str("  classDef groups fill:#dbeafe,stroke:#1d4ed8,color:#111\n");
    text.push_str("  classDef operations fill:#fef9c3,stroke:#a16207,color:#111\n");
    text.push_str("  classDef types fill:#dcfce7,stroke:#15803d,color:#111\n");
    text.push_str("  classDef scopes fill:#fae8ff,stroke:#a21caf,color:#111\n");
    text
}

/// Mermaid writes characters that mean something to it by their numbers.
fn entities(name: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || " /_-.,:{}".contains(it);
    name.chars().map(|it| if plain(it) { it.to_string() } else { format!("#{};", u32::from(it)) }).collect()
}

fn dot(drawn: &Drawn) -> String {
    let (mut text, numbers) =
        ("digraph api {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n".to_owned(), numbers(drawn));
    for (key, (kind, name)) in &drawn.nodes {
        let shape = match *kind {
            "group" => "tab",
            "scope" => "hexagon",
            "operation" => "box",
            _ => "ellipse",
        };
        let label: String = name.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        let label = label.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = writeln!(text, "  n{} [shape={shape}, label=\"{label}\"];", numbers[key.as_str()]);
    }
    for (from, to) in &drawn.edges {
        let _ = writeln!(text, "  n{} -> n{};", numbers[from.as_str()], numbers[to.as_str()]);
    }
    text.push_str("}\n");
    text
}
