//! Paths: one way to write a template, one item for a path, every parameter declared.

mod merge;
mod notations;
mod parameters;
pub(crate) mod template;

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::grammar::{METHODS, Version};
use crate::diagnostics::{Diagnostic, Diagnostics, Rule, Severity};
use crate::place::{Origins, Pointer};
use template::Template;

/// Converts the paths of a document, whose shape has been checked, to normal form.
pub(super) fn normalize(root: &mut Value, version: Version, origins: &mut Origins, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(written)) = root.get_mut("paths").map(Value::take) else { return };
    let here = Pointer::root().child("paths");
    let mut paths: Map<String, Value> = Map::new();
    // The places before this pass, and those after it.
    let mut moves = Vec::new();
    let mut written_at: HashMap<String, Pointer> = HashMap::new();
    let mut shapes: BTreeMap<String, String> = BTreeMap::new();
    for (path, mut item) in written {
        if path.starts_with("x-") {
            paths.insert(path, item);
            continue;
        }
        let place = here.child(&path);
        let declared = parameters::declared(&item, root.get("components"));
        let mut found = Vec::new();
        let template = rewrite(&path, &declared, &place, &mut found);
        let is_used = item.get("$ref").is_some() || parameters::operations(&item).next().is_some();
        report(found, is_used, diagnostics);
        let Some(template) = template else { continue };
        let new = here.child(&template.text);
        if !template.names.is_empty() {
            shapes.insert(template.text.clone(), template.shape());
        }
        if !paths.contains_key(&template.text) && new != place {
            moves.push((place.clone(), new.clone()));
        }
        let document = parameters::Document { components: root.get("components"), written: version };
        if is_used {
            parameters::declare(&mut item, &template, &document, (&place, &new), &mut moves, diagnostics);
        }
        match paths.get_mut(&template.text) {
            Some(first) => {
                let places = merge::Places { at: &new, first: &written_at[&template.text], from: &place };
                merge::into(first, item, &places, &mut moves, diagnostics);
                let earlier = written_at[&template.text].clone().min(place);
                written_at.insert(template.text, earlier);
            }
            None => {
                written_at.insert(template.text.clone(), place);
                paths.insert(template.text, item);
            }
        }
    }
    diagnostics.resolve(origins);
    origins.relocate_all(moves);
    ambiguous(&paths, &shapes, diagnostics);
    root["paths"] = Value::Object(paths);
}

/// The template of a path. Notation other than OpenAPI's is reported.
fn rewrite(path: &str, declared: &[String], place: &Pointer, found: &mut Vec<Diagnostic>) -> Option<Template> {
    match template::read(path, declared) {
        Ok(mut template) => {
            for name in declared {
                let is_alone = |known: &&String| known.eq_ignore_ascii_case(name);
                if template.names.contains(name) || declared.iter().filter(is_alone).count() > 1 {
                    continue;
                }
                if let Some(own) = template.adopt(name) {
                    let message = format_args!("`{{{own}}}` in `{path}` is the parameter `{name}`, in another case");
                    let help = format_args!("write the path as {}", template.text);
                    found.push(Rule::Forbidden.at(place).message(message).help(help));
                }
            }
            for name in &template.colons {
                let message = format_args!("`:{name}` in `{path}` is a parameter");
                let help = format_args!("write the path as {}", template.text);
                found.push(Rule::ColonPathParameter.at(place).message(message).help(help));
            }
            if let Some(name) = template.twice() {
                let message = format_args!("`{{{name}}}` stands twice in `{path}`; both get the same value");
                found.push(Rule::Forbidden.at(place).message(message));
            }
            if let Some((_, fragment)) = template.text.split_once('#') {
                let message = format_args!("`#{fragment}` in `{path}` is not sent");
                found.push(Rule::PathFragment.at(place).message(message));
            }
            for operator in &template.operators {
                let message = format_args!("`{operator}` in `{path}`");
                let help = format_args!("write the path as {}", template.text);
                found.push(Rule::PathOperator.at(place).message(message).help(help));
            }
            Some(template)
        }
        Err(reason) => {
            found.push(Rule::UnbalancedPath.at(place).message(format_args!("`{path}`: {reason}")));
            None
        }
    }
}

/// Reports the findings in the notation of a path. No request has the notation of one without operations: only that it is left out is told.
fn report(found: Vec<Diagnostic>, is_used: bool, diagnostics: &mut Diagnostics) {
    for found in found {
        if is_used {
            diagnostics.push(found);
        } else if found.severity == Severity::Error {
            let message = format_args!("{}; the path has no operations, and is left out", found.message);
            diagnostics.push(Diagnostic::new(Rule::LeftOut, found.place).message(message));
        }
    }
}

/// Reports paths that differ in the names of their parameters alone; `shapes` has each path with parameters, without their names.
fn ambiguous(paths: &Map<String, Value>, shapes: &BTreeMap<String, String>, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for (path, shape) in shapes {
        let (Some(item), Some(other)) = (paths.get(path), seen.insert(shape, path)) else { continue };
        let both = METHODS.iter().find(|method| item.get(**method).is_some() && paths[other].get(**method).is_some());
        let here = Pointer::root().child("paths");
        let found = Rule::AmbiguousPaths.at(here.child(path)).related(here.child(other), "the other");
        let message = format!("`{path}` and `{other}` match the same requests");
        diagnostics.push(match both {
            Some(method) => found
                .message(format_args!("{message}, and both have {method}"))
                .help("the server decides which operation answers; an overlay can remove the one that is not meant"),
            None => Diagnostic { severity: Severity::Note, ..found.message(message) },
        });
    }
}
