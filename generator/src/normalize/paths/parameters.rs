//! The parameters of path templates: declared, each once, and none that the path lacks.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::super::dialect::header_names::is_token;
use super::super::grammar::{METHODS, Version};
use super::template::Template;
use crate::carried;
use crate::diagnostics::{Diagnostics, Rule};
use crate::place::Pointer;

/// The facts of the document around the paths.
pub(super) struct Document<'a> {
    pub(super) components: Option<&'a Value>,
    /// The version that the author wrote.
    pub(super) written: Version,
}

/// Declares the parameters that only the template has, and drops those that only the item declares.
pub(super) fn declare(
    item: &mut Value,
    template: &Template,
    document: &Document<'_>,
    (place, new): (&Pointer, &Pointer),
    moves: &mut Vec<(Pointer, Pointer)>,
    diagnostics: &mut Diagnostics,
) {
    let mut lists = Lists { template, components: document.components, place, new, moves, diagnostics };
    lists.clean(item, place);
    let shared = names(item, document.components);
    let mut missing: Vec<&str> = Vec::new();
    let mut operations = 0;
    for (operation, here) in operations_of(item, place) {
        operations += 1;
        lists.clean(operation, &here);
        let own = names(operation, document.components);
        for name in &template.names {
            if !own.contains(name) && !shared.contains(name) && !missing.contains(&name.as_str()) {
                missing.push(name);
            }
        }
    }
    if operations == 0 {
        return;
    }
    for name in missing {
        if template.doubtful.iter().any(|doubtful| doubtful == name) {
            let message = format_args!("what stands there is no plain name, and no parameter is called `{name}`");
            let help = format_args!("write a name between the braces, and declare it as a parameter of the path");
            lists.diagnostics.push(Rule::UnbalancedPath.at(place).message(message).help(help));
            continue;
        }
        let message = format_args!("`{name}` is not declared; it is taken as a required string");
        let shape = if document.written == Version::V20 { "type: string" } else { "schema: {type: string}" };
        let help = format_args!("declare it: parameters: [{{name: {name}, in: path, required: true, {shape}}}]");
        lists.diagnostics.push(Rule::UndeclaredPathParameter.at(place).message(message).help(help));
        add(item, json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    }
}

fn add(item: &mut Value, parameter: Value) {
    let Value::Object(members) = item else { return };
    if let Value::Array(list) = members.entry("parameters").or_insert_with(|| json!([])) {
        list.push(parameter);
    }
}

/// All operations of an item, with those that 3.0 does not have.
fn operations_of<'a>(item: &'a mut Value, place: &Pointer) -> Vec<(&'a mut Value, Pointer)> {
    let mut found = Vec::new();
    let Value::Object(members) = item else { return found };
    for (key, value) in members.iter_mut() {
        let here = place.child(key);
        match key.as_str() {
            carried::ADDITIONAL_OPERATIONS => {
                let operations = value.as_object_mut().into_iter().flatten();
                found.extend(operations.map(|(method, operation)| (operation, here.child(method))));
            }
            carried::QUERY => found.push((value, here)),
            method if METHODS.contains(&method) => found.push((value, here)),
            _ => {}
        }
    }
    found
}

struct Lists<'a> {
    template: &'a Template,
    components: Option<&'a Value>,
    place: &'a Pointer,
    new: &'a Pointer,
    moves: &'a mut Vec<(Pointer, Pointer)>,
    diagnostics: &'a mut Diagnostics,
}

/// The operations of a path item, with those that 3.0 does not have.
pub(super) fn operations(item: &Value) -> impl Iterator<Item = &Value> {
    item.as_object().into_iter().flatten().flat_map(|(key, value)| match key.as_str() {
        carried::ADDITIONAL_OPERATIONS => value.as_object().into_iter().flatten().map(|(_, value)| value).collect(),
        carried::QUERY => vec![value],
        method if METHODS.contains(&method) => vec![value],
        _ => Vec::new(),
    })
}

/// The names of the path parameters that a path item and its operations declare, sorted.
pub(super) fn declared(item: &Value, components: Option<&Value>) -> Vec<String> {
    let mut found: Vec<String> =
        std::iter::once(item).chain(operations(item)).flat_map(|at| names(at, components)).collect();
    found.sort();
    found.dedup();
    found
}

/// The names of the path parameters that an object declares.
fn names(holder: &Value, components: Option<&Value>) -> Vec<String> {
    let list = holder.get("parameters").and_then(Value::as_array);
    let resolved = list.into_iter().flatten().filter_map(|parameter| resolved(parameter, components));
    resolved.filter(|(_, place)| place == "path").map(|(name, _)| name).collect()
}

/// The name and place of a parameter, or of the one that it refers to.
fn resolved(parameter: &Value, components: Option<&Value>) -> Option<(String, String)> {
    let mut parameter = parameter;
    // Chains of references have an end, as was checked.
    for _ in 0..32 {
        let Some(reference) = parameter.get("$ref").and_then(Value::as_str) else { break };
        let pointer = reference.strip_prefix("#/components")?;
        parameter = components?.pointer(pointer)?;
    }
    Some((parameter.get("name")?.as_str()?.to_owned(), parameter.get("in")?.as_str()?.to_owned()))
}

impl Lists<'_> {
    fn clean(&mut self, holder: &mut Value, place: &Pointer) {
        let Some(Value::Array(list)) = holder.get_mut("parameters") else { return };
        list.iter_mut().for_each(|parameter| self.style(parameter));
        let here = place.child("parameters");
        let keep: Vec<bool> = self.look(list, &here);
        if keep.iter().all(|keep| *keep) {
            return;
        }
        let there = self.new.join(&here.as_str()[self.place.as_str().len()..]);
        let mut kept = Vec::with_capacity(list.len());
        for (index, (parameter, keep)) in std::mem::take(list).into_iter().zip(keep).enumerate() {
            if keep {
                if kept.len() != index {
                    self.moves.push((here.child(index), there.child(kept.len())));
                }
                kept.push(parameter);
            }
        }
        *list = kept;
    }

    /// Gives a parameter the style of its operator in the path, unless it states one.
    fn style(&self, parameter: &mut Value) {
        let Value::Object(members) = parameter else { return };
        let text = |key: &str| members.get(key).and_then(Value::as_str);
        let Some((_, style, explode)) =
            self.template.styles.iter().find(|(name, ..)| text("in") == Some("path") && text("name") == Some(name))
        else {
            return;
        };
        members.entry("style").or_insert_with(|| json!(style));
        members.entry("explode").or_insert_with(|| json!(explode));
    }

    /// Returns which parameters are kept.
    fn look(&mut self, list: &[Value], here: &Pointer) -> Vec<bool> {
        let mut seen: Vec<Option<(String, String)>> = Vec::new();
        let mut first_of: HashMap<(String, String), usize> = HashMap::new();
        let mut keep = Vec::with_capacity(list.len());
        for (index, parameter) in list.iter().enumerate() {
            let identity = resolved(parameter, self.components);
            keep.push(true);
            if let Some((name, location)) = &identity {
                // The names of headers have no case.
                let folded = if location == "header" { name.to_ascii_lowercase() } else { name.clone() };
                let first = *first_of.entry((folded, location.clone())).or_insert(index);
                if first < index {
                    let in_other_case = seen[first] != identity;
                    let same = list[first] == *parameter || in_other_case;
                    let (rule, effect) = match same {
                        true if in_other_case => {
                            (Rule::Forbidden, "; names of headers have no case, and this one is left out")
                        }
                        true => (Rule::Forbidden, "; they say the same, and one is left out"),
                        false => (Rule::DuplicateParameter, ""),
                    };
                    let message = format_args!("`{name}` in {location} stands twice{effect}");
                    let found = rule.at(here.child(index)).message(message);
                    self.diagnostics.push(found.related(here.child(first), "first here"));
                    keep[index] = !same;
                }
                if location == "path" && !self.template.names.contains(name) {
                    let message = format_args!("`{name}` is not in `{}`; it is left out", self.template.text);
                    let found = Rule::SuperfluousPathParameter.at(here.child(index)).message(message);
                    self.diagnostics.push(found.help(format_args!("delete it, or add {{{name}}} to the path")));
                    keep[index] = false;
                }
            }
            // Reported where it is defined.
            if identity.as_ref().is_some_and(|(name, location)| location == "header" && !is_token(name)) {
                keep[index] = false;
            }
            seen.push(identity);
        }
        keep
    }
}
