//! Overlays: OpenAPI Overlay Specification 1.0 and 1.1.

mod query_cost;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use crate::diagnostics::{Diagnostics, Rule};
use crate::document::Document;
use crate::place::{Origins, Pointer};

/// Applies the actions of an overlay, in their order.
pub(super) fn apply(root: &mut Value, overlay: &Document, origins: &mut Origins, diagnostics: &mut Diagnostics) {
    let file = &overlay.name;
    let before = diagnostics.count(crate::diagnostics::Severity::Error);
    check(overlay, origins, diagnostics);
    if diagnostics.count(crate::diagnostics::Severity::Error) > before {
        return;
    }
    let actions = overlay.root["actions"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (index, action) in actions.iter().enumerate() {
        let place = Pointer::root().child("actions").child(index);
        Action { file, place, action, origins, diagnostics }.apply(root);
    }
}

/// Checks an overlay against the specification, before any of it is applied.
fn check(overlay: &Document, origins: &Origins, diagnostics: &mut Diagnostics) {
    let (file, top) = (&overlay.name, Pointer::root());
    let mut bad = |pointer: Pointer, message: &str| {
        diagnostics.push(Rule::BadOverlay.in_file(file, pointer).message(message));
    };
    let Some(members) = overlay.root.as_object() else {
        return bad(top, "an overlay is an object");
    };
    for key in members.keys() {
        if !matches!(key.as_str(), "overlay" | "info" | "extends" | "actions") && !key.starts_with("x-") {
            bad(top.child(key), &format!("an overlay has no field `{key}`"));
        }
    }
    match members.get("overlay").and_then(Value::as_str) {
        Some(version) if is_version(version) => {}
        Some(version) => {
            bad(top.child("overlay"), &format!("`{version}` is not a known version, as 1.0.0 and 1.1.0 are"))
        }
        None => bad(top.child("overlay"), "the field `overlay` says the version, such as 1.0.0"),
    }
    check_info(members.get("info"), &mut bad);
    if members.get("extends").is_some_and(|extends| !extends.is_string()) {
        bad(top.child("extends"), "`extends` is text");
    }
    match members.get("actions").and_then(Value::as_array) {
        Some(actions) => {
            let mut seen = HashSet::new();
            for (index, action) in actions.iter().enumerate() {
                let place = top.child("actions").child(index);
                check_action(action, &place, &mut bad);
                if !seen.insert(action.to_string()) {
                    bad(place, "the same action stands before");
                }
            }
        }
        None => bad(top.child("actions"), "`actions` is a list"),
    }
    newer(members, file, diagnostics);
    number(members, file, diagnostics);
    if members.get("actions").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        diagnostics.push(Rule::OverlayEmpty.in_file(file, top.child("actions")).message("there is no action"));
    }
    if let Some(extends) = members.get("extends").and_then(Value::as_str) {
        let base = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if base(extends) != base(origins.spec()) {
            let message = format!("the overlay extends `{extends}`, and this is `{}`", origins.spec());
            diagnostics.push(Rule::OverlayExtends.in_file(file, top.child("extends")).message(message));
        }
    }
}

/// Reports `copy`, which is from 1.1, in an overlay of 1.0.
fn newer(members: &Map<String, Value>, file: &str, diagnostics: &mut Diagnostics) {
    let old = members.get("overlay").and_then(Value::as_str).is_some_and(|version| version.starts_with("1.0"));
    let actions = members.get("actions").and_then(Value::as_array).into_iter().flatten();
    for (index, _) in actions.enumerate().filter(|(_, action)| old && action.get("copy").is_some()) {
        let place = Pointer::root().child("actions").child(index).child("copy");
        let message = "`copy` came with 1.1; this overlay says 1.0";
        diagnostics.push(Rule::NewerField.in_file(file, place).message(message).help("raise the version in `overlay`"));
    }
}

/// Reports a version without quotes (`version: 1.0`).
fn number(members: &Map<String, Value>, file: &str, diagnostics: &mut Diagnostics) {
    let version = members.get("info").and_then(|info| info.get("version"));
    if let Some(version) = version.filter(|version| version.is_number()) {
        let place = Pointer::root().child("info").child("version");
        diagnostics.push(Rule::NotText.in_file(file, place).message(format_args!("`{version}` is a number")));
    }
}

fn is_version(version: &str) -> bool {
    let mut parts = version.split('.');
    let major = parts.next() == Some("1") && matches!(parts.next(), Some("0" | "1"));
    major && parts.next().is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
}

fn check_info(info: Option<&Value>, bad: &mut impl FnMut(Pointer, &str)) {
    let place = Pointer::root().child("info");
    let Some(info) = info.and_then(Value::as_object) else {
        return bad(place, "`info` is an object with title and version");
    };
    for required in ["title", "version"] {
        let taken = |text: &Value| text.is_string() || (required == "version" && text.is_number());
        if !info.get(required).is_some_and(taken) {
            bad(place.child(required), &format!("`{required}` is text, and has to be there"));
        }
    }
    for (key, value) in info {
        match key.as_str() {
            "title" | "version" => {}
            "description" if value.is_string() => {}
            "description" => bad(place.child(key), "`description` is text"),
            other if other.starts_with("x-") => {}
            other => bad(place.child(key), &format!("the info of an overlay has no field `{other}`")),
        }
    }
}

fn check_action(action: &Value, place: &Pointer, bad: &mut impl FnMut(Pointer, &str)) {
    let Some(members) = action.as_object() else {
        return bad(place.clone(), "an action is an object");
    };
    if !members.get("target").is_some_and(Value::is_string) {
        bad(place.child("target"), "`target` is a JSONPath, and has to be there");
    }
    for (key, value) in members {
        match key.as_str() {
            "target" | "update" => {}
            "description" | "copy" if value.is_string() => {}
            "remove" if value.is_boolean() => {}
            "description" | "copy" => bad(place.child(key), &format!("`{key}` is text")),
            "remove" => bad(place.child(key), "`remove` is true or false"),
            other if other.starts_with("x-") => {}
            other => bad(place.child(key), &format!("an action has no field `{other}`")),
        }
    }
}

/// One action, and what it reports to.
struct Action<'a> {
    file: &'a str,
    place: Pointer,
    action: &'a Value,
    origins: &'a mut Origins,
    diagnostics: &'a mut Diagnostics,
}

impl Action<'_> {
    fn apply(&mut self, root: &mut Value) {
        let Some(targets) = self.select(root, "target") else { return };
        if targets.is_empty() {
            let target = self.action["target"].as_str().unwrap_or_default();
            self.report(Rule::OverlayMatchesNothing, "target", format!("`{target}` matches nothing"));
            return;
        }
        // Section 4.4.3: `update` and `copy` have no effect beside `remove`.
        if self.action.get("remove") == Some(&Value::Bool(true)) {
            if targets.contains(&Pointer::root()) {
                self.report(Rule::OverlayTarget, "target", "the whole document cannot be removed".to_owned());
                return;
            }
            remove(root, targets, self.origins);
            return;
        }
        if self.action.get("copy").is_none() && self.action.get("update").is_none() {
            let message = "the action has neither `update` nor `copy`, nor `remove: true`".to_owned();
            self.diagnostics.push(Rule::OverlayActionIdle.in_file(self.file, self.place.clone()).message(message));
        }
        if self.action.get("copy").is_some() {
            let Some(sources) = self.select(root, "copy") else { return };
            let [source] = sources.as_slice() else {
                self.report(Rule::OverlayTarget, "copy", format!("`copy` selects {} values, not one", sources.len()));
                return;
            };
            let Some(value) = root.pointer(source.as_str()).cloned() else { return };
            self.update(root, &targets, &value, "copy", None, source);
        }
        if let Some(update) = self.action.get("update") {
            let from = self.place.child("update");
            self.update(root, &targets, update, "update", Some(self.file), &from);
        }
    }

    fn report(&mut self, rule: Rule, field: &str, message: String) {
        self.diagnostics.push(rule.in_file(self.file, self.place.child(field)).message(message));
    }

    fn select(&mut self, root: &Value, field: &str) -> Option<Vec<Pointer>> {
        let expression = self.action[field].as_str().unwrap_or_default();
        if let Err(message) = query_cost::check(expression, || size(root)) {
            self.report(Rule::BadJsonPath, field, message);
            return None;
        }
        match JsonPath::parse(expression).or_else(|error| JsonPath::parse(&quoted(expression)).map_err(|_| error)) {
            Ok(path) => {
                let located = path.query_located(root);
                let pointers = located.locations().filter_map(|path| Pointer::parse(&path.to_json_pointer()));
                let mut pointers: Vec<Pointer> = pointers.collect();
                let mut seen = HashSet::new();
                pointers.retain(|pointer| seen.insert(pointer.clone()));
                Some(pointers)
            }
            Err(error) => {
                let place = self.place.child(field);
                let found = Rule::BadJsonPath.in_file(self.file, place).message(format!("`{expression}`: {error}"));
                self.diagnostics.push(match help_for_expression(expression) {
                    Some(help) => found.help(help),
                    None => found,
                });
                None
            }
        }
    }

    fn update(
        &mut self,
        root: &mut Value,
        targets: &[Pointer],
        value: &Value,
        field: &str,
        file: Option<&str>,
        from: &Pointer,
    ) {
        for target in targets {
            let Some(place) = root.pointer_mut(target.as_str()) else { continue };
            let mut merge = Merge { origins: self.origins, file };
            let fits = match (&mut *place, value) {
                (Value::Object(into), Value::Object(update)) => {
                    merge.object(into, update, target, from);
                    true
                }
                (Value::Array(items), value) => {
                    merge.note(target.child(items.len()), from);
                    items.push(value.clone());
                    true
                }
                // 1.1: a primitive target takes a primitive.
                (place, value) if !place.is_object() && !value.is_object() && !value.is_array() => {
                    merge.note(target.clone(), from);
                    *place = value.clone();
                    true
                }
                _ => false,
            };
            if !fits {
                let message = format!("the value cannot be merged into what is at {target}");
                self.report(Rule::OverlayTarget, field, message);
            }
        }
    }
}

/// The recursive merge of section 4.4.3.1: objects merge, arrays append, everything else replaces.
struct Merge<'a> {
    origins: &'a mut Origins,
    /// The overlay, or `None` where what is merged is a part of the document.
    file: Option<&'a str>,
}

impl Merge<'_> {
    /// Records that the value at `at` is that from `from`.
    fn note(&mut self, at: Pointer, from: &Pointer) {
        match self.file {
            Some(file) => self.origins.import(at, file, from.clone()),
            None => self.origins.copy(from, &at),
        }
    }

    fn object(&mut self, into: &mut Map<String, Value>, update: &Map<String, Value>, at: &Pointer, from: &Pointer) {
        for (key, value) in update {
            let (at, from) = (at.child(key), from.child(key));
            match (into.get_mut(key), value) {
                (Some(Value::Object(into)), Value::Object(update)) => self.object(into, update, &at, &from),
                (Some(Value::Array(items)), Value::Array(more)) => {
                    for (index, item) in more.iter().enumerate() {
                        self.note(at.child(items.len()), &from.child(index));
                        items.push(item.clone());
                    }
                }
                _ => {
                    self.note(at, &from);
                    into.insert(key.clone(), value.clone());
                }
            }
        }
    }
}

/// Returns the correction of an expression with a common mistake.
fn help_for_expression(expression: &str) -> Option<&'static str> {
    if !expression.starts_with('$') {
        return Some("a query begins at the root: $.paths");
    }
    expression
        .contains(['/', '{'])
        .then_some("names with other characters than letters stand in brackets: $.paths['/pets']")
}

/// The number of values in a tree.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// An expression with the names that have a hyphen in brackets: `@.x-traits.paged` is how the Overlay Specification's own examples
/// have it, and RFC 9535 does not.
fn quoted(expression: &str) -> String {
    let mut text = String::new();
    let mut quote = None;
    let mut rest = expression;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        match (quote, character) {
            (None, '.') => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                if name.contains('-') {
                    text.push_str(&format!("['{name}']"));
                    rest = after;
                    continue;
                }
            }
            (None, '\'' | '"') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
        text.push(character);
    }
    text
}

/// Removes the selected values, inner ones first, so that the places of the others do not change.
fn remove(root: &mut Value, targets: Vec<Pointer>, origins: &mut Origins) {
    let mut holders: BTreeMap<(Reverse<usize>, Pointer), HashSet<String>> = BTreeMap::new();
    for (parent, token) in targets.iter().filter_map(Pointer::split_last) {
        let key = (Reverse(parent.tokens().count()), parent);
        holders.entry(key).or_default().insert(token.into_owned());
    }
    for ((_, holder), gone) in holders {
        match root.pointer_mut(holder.as_str()) {
            Some(Value::Object(members)) => {
                members.retain(|key, _| !gone.contains(key));
                gone.iter().for_each(|key| origins.remove(&holder.child(key)));
            }
            Some(Value::Array(items)) => {
                let before = items.len();
                let left: Vec<usize> = (0..before).filter(|index| !gone.contains(&index.to_string())).collect();
                *items = left.iter().map(|index| items[*index].take()).collect();
                origins.retain_items(&holder, before, &left);
            }
            _ => {}
        }
    }
}
