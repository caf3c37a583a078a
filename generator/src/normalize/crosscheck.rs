//! Checks of consistency across a document.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::grammar::{METHODS, Version};
use super::nearest::nearest;
use super::walk::LeftOutSchemes;
use crate::carried;
use crate::diagnostics::{Diagnostics, Rule};
use crate::place::Pointer;

/// Checks the rules that concern several objects.
pub(super) fn check(root: &mut Value, version: Version, left_out: &LeftOutSchemes, diagnostics: &mut Diagnostics) {
    // Swagger 2.0 permits any name.
    if version > Version::V20 {
        component_names(root, diagnostics);
    }
    security(root, left_out, diagnostics);
    operation_ids(root, diagnostics);
}

/// Checks the names of components (OAS 3.0.4, section 4.8.7.1). Components with other names are used all the same.
fn component_names(root: &Value, diagnostics: &mut Diagnostics) {
    let here = Pointer::root().child("components");
    for (section, members) in root.get("components").and_then(Value::as_object).into_iter().flatten() {
        if section.starts_with("x-") {
            continue;
        }
        for name in members.as_object().into_iter().flatten().map(|(name, _)| name) {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
            if name.is_empty() || !name.bytes().all(plain) {
                let place = here.child(section).child(name);
                diagnostics.push(Rule::ComponentName.at(place).message(format_args!("the name `{name}`")));
            }
        }
    }
}

/// Checks that security requirements name defined schemes.
fn security(root: &mut Value, left_out: &LeftOutSchemes, diagnostics: &mut Diagnostics) {
    let schemes = root.pointer("/components/securitySchemes").and_then(Value::as_object);
    let scopes = schemes.into_iter().flatten().map(|(name, scheme)| (name.clone(), declared_scopes(scheme))).collect();
    let known = Schemes { scopes, left_out };
    requirements(root, &Pointer::root(), &known, diagnostics);
    let here = Pointer::root().child("paths");
    for (path, item) in root.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten() {
        let members = item.as_object_mut().into_iter().flatten();
        for (method, operation) in members.filter(|(method, _)| is_operation(method)) {
            if operation.get("security").is_some() {
                requirements(operation, &here.child(path).child(method), &known, diagnostics);
            }
        }
    }
}

/// The security schemes.
struct Schemes<'a> {
    /// Those that can be used, by name; those of OAuth 2 with the scopes that they declare.
    scopes: HashMap<String, Option<HashSet<String>>>,
    left_out: &'a LeftOutSchemes,
}

fn declared_scopes(scheme: &Value) -> Option<HashSet<String>> {
    let flows = scheme.get("flows").filter(|_| scheme.get("type").is_some_and(|kind| kind == "oauth2"))?.as_object()?;
    // That all flows were left out has been reported.
    if flows.is_empty() {
        return None;
    }
    let scopes = flows.values().filter_map(|flow| flow.get("scopes")?.as_object());
    Some(scopes.flatten().map(|(scope, _)| scope.clone()).collect())
}

/// Reports the scopes that a requirement needs and the scheme does not have.
fn undeclared_scopes(requirement: &Value, place: &Pointer, known: &Schemes<'_>, diagnostics: &mut Diagnostics) {
    for (name, scopes) in requirement.as_object().into_iter().flatten() {
        let Some(Some(declared)) = known.scopes.get(name) else { continue };
        for (index, scope) in scopes.as_array().into_iter().flatten().enumerate() {
            if let Some(scope) = scope.as_str().filter(|scope| !declared.contains(*scope)) {
                let message = format_args!("no flow of `{name}` declares the scope `{scope}`");
                let found = Rule::UndeclaredScope.at(place.child(name).child(index)).message(message);
                diagnostics.push(found.suggest(nearest(scope, declared.iter().map(String::as_str))));
            }
        }
    }
}

/// The requirements of one object; those that cannot be met are left out.
fn requirements(holder: &mut Value, place: &Pointer, known: &Schemes<'_>, diagnostics: &mut Diagnostics) {
    let Some(Value::Array(requirements)) = holder.get_mut("security") else { return };
    let mut index = 0;
    requirements.retain(|requirement| {
        let unknown: Vec<&String> = requirement
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
            .filter(|name| !known.scopes.contains_key(*name))
            .collect();
        // That a scheme was left out has been reported.
        for name in unknown.iter().filter(|name| !known.left_out.contains(**name)) {
            let place = place.child("security").child(index).child(name);
            let message = format_args!("`{name}` is not among the security schemes; this requirement is left out");
            let found = Rule::UndefinedSecurity.at(place).message(message);
            diagnostics.push(found.suggest(nearest(name, known.scopes.keys().map(String::as_str))));
        }
        undeclared_scopes(requirement, &place.child("security").child(index), known, diagnostics);
        index += 1;
        unknown.is_empty()
    });
}

fn is_operation(key: &str) -> bool {
    METHODS.contains(&key) || key == carried::QUERY
}

/// Checks that operation ids are unique. Of two equal ones, that of the path that is first in the alphabet stays.
fn operation_ids(root: &mut Value, diagnostics: &mut Diagnostics) {
    let here = Pointer::root().child("paths");
    let mut operations = Vec::new();
    for (path, item) in root.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten() {
        let members = item.as_object_mut().into_iter().flatten();
        let found = members.filter(|(method, _)| is_operation(method));
        let found = found.filter_map(|(method, operation)| Some(((path, method), operation.as_object_mut()?)));
        operations.extend(found);
    }
    operations.sort_by_key(|(place, _)| *place);
    let mut known: HashMap<String, Pointer> = HashMap::new();
    for ((path, method), operation) in operations {
        let Some(id) = id(operation) else { continue };
        let place = here.child(path).child(method).child("operationId");
        match known.get(&id) {
            Some(first) => {
                let message = format_args!(
                    "`{id}` is the id of another operation as well; this one is named after its method and path"
                );
                let found = Rule::DuplicateOperationId.at(place).message(message);
                diagnostics.push(found.related(first, "here too"));
                operation.shift_remove("operationId");
            }
            None => {
                known.insert(id, place);
            }
        }
    }
}

fn id(operation: &Map<String, Value>) -> Option<String> {
    operation.get("operationId").and_then(Value::as_str).map(str::to_owned)
}
