//! The examples of a document in normal form, each with its schema and the Rust type of its place.

use clientwright::rust::{NameLock, Namespace};
use serde_json::Value;

/// An example.
pub(crate) struct Example {
    /// The schema that it is an example of.
    pub(crate) pointer: String,
    /// The type of the place, as a program outside the crate writes it; `None` where this test knows none.
    pub(crate) ty: Option<String>,
    /// The example.
    pub(crate) value: Value,
}

/// Every example of a schema and of a body in JSON.
pub(crate) fn examples(root: &Value, names: &NameLock) -> Vec<Example> {
    let mut walk = Walk { root, names, found: Vec::new(), way: None };
    for (name, schema) in members(root.pointer("/components/schemas")) {
        walk.schema(schema, &format!("/components/schemas/{}", escaped(name)), name);
    }
    for (path, item) in members(root.get("paths")) {
        for (method, operation) in members(Some(item)) {
            let pointer = format!("/paths/{}/{method}", escaped(path));
            walk.operation(operation, &pointer, &format!("{} {}", method.to_uppercase(), holes(path)));
        }
    }
    walk.found
}

struct Walk<'a> {
    root: &'a Value,
    names: &'a NameLock,
    found: Vec<Example>,
    /// The keyword of members that don't go the way of the body at hand.
    way: Option<&'static str>,
}

impl Walk<'_> {
    fn operation(&mut self, operation: &Value, pointer: &str, place: &str) {
        if let Some(body) = operation.get("requestBody") {
            self.way = Some("readOnly");
            self.bodies(body, &format!("{pointer}/requestBody"), &format!("{place} > request"));
        }
        self.way = Some("writeOnly");
        for (status, response) in members(operation.get("responses")) {
            let place = format!("{place} > {}", status.to_uppercase().replace("DEFAULT", "default"));
            self.bodies(response, &format!("{pointer}/responses/{status}"), &place);
        }
    }

    fn bodies(&mut self, holder: &Value, pointer: &str, place: &str) {
        let (holder, pointer) = followed(self.root, holder, pointer);
        for (content_type, media) in members(holder.get("content")) {
            let (Some(schema), true) = (media.get("schema"), content_type.contains("json")) else { continue };
            let pointer = format!("{pointer}/content/{}/schema", escaped(content_type));
            let place = if content_type == "application/json" {
                place.to_owned()
            } else {
                format!("{place} > {}", content_type.to_lowercase())
            };
            let several = members(media.get("examples")).filter_map(|(_, example)| {
                let (example, _) = followed(self.root, example, "");
                example.get("value")
            });
            let values: Vec<Value> = several.chain(media.get("example")).cloned().collect();
            for value in values {
                // What the document says is not to be there is no example of what is.
                if self.way.is_some_and(|way| self.holds(schema, &value, way, 16)) {
                    continue;
                }
                let ty = self.ty(schema, &place);
                self.found.push(Example { pointer: pointer.clone(), ty, value });
            }
            if schema.get("$ref").is_none() {
                self.schema(schema, &pointer, &place);
            }
        }
    }

    /// The examples of a schema, and of what stands in it.
    fn schema(&mut self, schema: &Value, pointer: &str, place: &str) {
        let several = schema.get("x-oas31-examples").and_then(Value::as_array).into_iter().flatten();
        for value in several.chain(schema.get("example")).filter(|value| !value.is_null()) {
            let ty = self.ty(schema, place);
            self.found.push(Example { pointer: pointer.to_owned(), ty, value: value.clone() });
        }
        for (name, property) in members(schema.get("properties")) {
            let pointer = format!("{pointer}/properties/{}", escaped(name));
            self.schema(property, &pointer, &format!("{place} > {name}"));
        }
        if let Some(items) = schema.get("items") {
            self.schema(items, &format!("{pointer}/items"), &format!("{place} > []"));
        }
        if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
            self.schema(values, &format!("{pointer}/additionalProperties"), &format!("{place} > {{}}"));
        }
        // The parts of an `allOf` are one type: their members stand where it stands.
        for (index, part) in schema.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
            for (name, property) in members(part.get("properties")) {
                let pointer = format!("{pointer}/allOf/{index}/properties/{}", escaped(name));
                self.schema(property, &pointer, &format!("{place} > {name}"));
            }
        }
    }

    fn ty(&self, schema: &Value, place: &str) -> Option<String> {
        let ty = self.named(schema, place)?;
        let nullable = schema.get("nullable") == Some(&Value::Bool(true));
        Some(if nullable { format!("Option<{ty}>") } else { ty })
    }

    fn named(&self, schema: &Value, place: &str) -> Option<String> {
        if let Some(component) = component(schema) {
            return Some(self.component(&component));
        }
        if let Some(name) = self.names.get(&Namespace::TYPES, place) {
            return Some(format!("subject::types::{name}"));
        }
        if place.strip_prefix(' ').is_none() && !place.contains(" > ") && !place.contains('/') {
            return Some(self.component(place));
        }
        if let Some([only]) = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
            return component(only).map(|name| self.component(&name));
        }
        let format = schema.get("format").and_then(Value::as_str);
        match (schema.get("type").and_then(Value::as_str)?, format) {
            ("array", _) => {
                let items = self.ty(schema.get("items")?, &format!("{place} > []"))?;
                Some(format!("Vec<{items}>"))
            }
            ("object", _) if members(schema.get("properties")).next().is_none() => {
                let values = schema.get("additionalProperties").filter(|values| values.is_object());
                match values {
                    Some(values) => {
                        let values = self.ty(values, &format!("{place} > {{}}"))?;
                        Some(format!("std::collections::BTreeMap<String, {values}>"))
                    }
                    None => Some("serde_json::Map<String, serde_json::Value>".to_owned()),
                }
            }
            ("string", Some("date-time")) => Some("subject::runtime::Timestamp".to_owned()),
            ("string", Some("date")) => Some("subject::runtime::Date".to_owned()),
            ("string", Some("password")) => None,
            ("string", _) => Some("String".to_owned()),
            ("boolean", _) => Some("bool".to_owned()),
            ("integer", Some("int32")) => Some("i32".to_owned()),
            ("integer", None | Some("int64")) => Some("i64".to_owned()),
            ("number", None | Some("double" | "float")) => Some("f64".to_owned()),
            _ => None,
        }
    }

    /// Returns whether a value has a member that its schema marks with `way`.
    fn holds(&self, schema: &Value, value: &Value, way: &str, depth: u8) -> bool {
        if depth == 0 {
            return false;
        }
        let (schema, _) = followed(self.root, schema, "");
        let below = |schema: &Value, value: &Value| self.holds(schema, value, way, depth - 1);
        let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(*key)?.as_array()).flatten();
        let in_members = members(schema.get("properties")).any(|(name, property)| {
            let (followed, _) = followed(self.root, property, "");
            let marked = [property, followed].iter().any(|schema| schema.get(way) == Some(&Value::Bool(true)));
            value.get(name).is_some_and(|member| marked || below(property, member))
        });
        let items = schema.get("items").zip(value.as_array());
        let values = schema.get("additionalProperties").filter(|it| it.is_object()).zip(value.as_object());
        in_members
            || parts.into_iter().any(|part| below(part, value))
            || items.is_some_and(|(schema, items)| items.iter().any(|item| below(schema, item)))
            || values.is_some_and(|(schema, object)| object.values().any(|member| below(schema, member)))
    }

    fn component(&self, name: &str) -> String {
        let sent = (self.way == Some("readOnly")).then(|| self.names.get(&Namespace::TYPES, &format!("{name} (sent)")));
        if let Some(Some(name)) = sent {
            return format!("subject::types::{name}");
        }
        format!("subject::types::{}", self.names.get(&Namespace::TYPES, name).unwrap_or(name))
    }
}

/// Returns the target of a reference and its place, or the value itself.
fn followed<'v>(root: &'v Value, value: &'v Value, pointer: &str) -> (&'v Value, String) {
    let target = value.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
    match target.and_then(|target| Some((root.pointer(target)?, target))) {
        Some((found, target)) => (found, target.to_owned()),
        None => (value, pointer.to_owned()),
    }
}

fn component(schema: &Value) -> Option<String> {
    let name = schema.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")?;
    Some(name.replace("~1", "/").replace("~0", "~"))
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A path whose parameters have no names.
fn holes(path: &str) -> String {
    let parts = path.split('{').enumerate();
    let part = |(index, part): (usize, &str)| match (index, part.split_once('}')) {
        (0, _) => part.to_owned(),
        (_, Some((_, rest))) => format!("{{}}{rest}"),
        (_, None) => "{}".to_owned(),
    };
    parts.map(part).collect()
}
