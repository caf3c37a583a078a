//! Instances of a schema, made from its keywords.
//!
//! They are proposals: the validator decides which are valid.

use serde_json::{Map, Value, json};

use super::document::Document;

/// Makes instances of the schemas of a document.
pub(crate) struct Maker<'a> {
    pub(crate) document: &'a Document,
    /// The keyword of members to leave out: those of the other direction.
    pub(crate) without: &'static str,
}

/// The amount of data in an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    /// Required members only.
    Least,
    /// All members that are described, one level of optional ones below.
    Most,
}

impl Maker<'_> {
    /// Instances that may be valid, the richest last; no two are the same.
    pub(crate) fn make(&self, schema: &Value) -> Vec<Value> {
        let mut made: Vec<Value> = Vec::new();
        let resolved = self.document.resolve(schema);
        let stated =
            resolved.get("examples").and_then(Value::as_array).into_iter().flatten().chain(resolved.get("example"));
        let stated: Vec<Value> = stated.cloned().collect();
        for fill in [Fill::Least, Fill::Most] {
            for choice in 0..4 {
                if let Some(value) = self.value(schema, fill, choice, 12)
                    && !made.contains(&value)
                {
                    made.push(value);
                }
            }
        }
        for value in stated {
            if !made.contains(&value) {
                made.push(value);
            }
        }
        made
    }

    fn value(&self, schema: &Value, fill: Fill, choice: usize, depth: usize) -> Option<Value> {
        if depth == 0 {
            return None;
        }
        let schema = match schema {
            Value::Bool(true) => return Some(json!("anything")),
            Value::Object(_) => schema,
            _ => return None,
        };
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.document.target(target)?;
            let siblings = schema.as_object().is_some_and(|all| {
                all.keys().any(|key| {
                    ![
                        "$ref",
                        "description",
                        "title",
                        "summary",
                        "default",
                        "example",
                        "examples",
                        "readOnly",
                        "writeOnly",
                        "deprecated",
                    ]
                    .contains(&key.as_str())
                        && !key.starts_with("x-")
                })
            });
            let base = self.value(target, fill, choice, depth - 1)?;
            if !siblings {
                return Some(base);
            }
            let mut rest = schema.as_object().cloned()?;
            rest.remove("$ref");
            return self.value(&Value::Object(rest), fill, choice, depth - 1).map(|more| merged(base, more));
        }
        if let Some(value) = schema.get("const") {
            return Some(value.clone());
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
            return values.get(choice % values.len().max(1)).map(|value| (*value).clone());
        }
        let mut parts: Vec<Value> = Vec::new();
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            if says_nothing(part) {
                continue;
            }
            parts.push(self.value(part, fill, choice, depth - 1)?);
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(all) = schema.get(key).and_then(Value::as_array) {
                let some: Vec<&Value> = all.iter().filter(|one| one.get("type") != Some(&json!("null"))).collect();
                let Some(one) = some.get(choice % some.len().max(1)) else { continue };
                // An alternative may only require some of the members beside it.
                let combined = self.beside(schema, one);
                parts.push(self.value(&combined, fill, choice, depth - 1)?);
            }
        }
        if let Some(own) = self.own(schema, fill, choice, depth, !parts.is_empty()) {
            parts.push(own?);
        }
        parts.into_iter().reduce(merged)
    }

    /// An alternative with the members beside the union, if it requires some that it does not describe.
    fn beside(&self, schema: &Value, alternative: &Value) -> Value {
        let names = alternative.get("required").and_then(Value::as_array).into_iter().flatten();
        let mut combined = alternative.clone();
        let missing: Vec<&str> = names
            .filter_map(Value::as_str)
            .filter(|name| alternative.pointer(&format!("/properties/{name}")).is_none())
            .collect();
        for name in missing {
            if let (Some(described), Some(all)) =
                (schema.get("properties").and_then(|all| all.get(name)), combined.as_object_mut())
            {
                let properties = all.entry("properties").or_insert_with(|| json!({}));
                if let Some(properties) = properties.as_object_mut() {
                    properties.insert(name.to_owned(), described.clone());
                }
            }
        }
        combined
    }

    /// The value that the keywords of the schema itself ask for: nothing where there are none, `Some(None)` where none can be made.
    fn own(&self, schema: &Value, fill: Fill, choice: usize, depth: usize, has_more: bool) -> Option<Option<Value>> {
        let ty = match schema.get("type") {
            Some(Value::String(ty)) => Some(ty.as_str()),
            Some(Value::Array(types)) => {
                let some: Vec<&str> = types.iter().filter_map(Value::as_str).filter(|ty| *ty != "null").collect();
                some.get(choice % some.len().max(1)).copied()
            }
            _ => None,
        };
        let has = |keys: &[&str]| keys.iter().any(|key| schema.get(*key).is_some());
        let ty = ty.or_else(|| {
            if has(&["properties", "required", "additionalProperties", "patternProperties", "minProperties"]) {
                Some("object")
            } else if has(&["items", "prefixItems", "minItems"]) {
                Some("array")
            } else if has(&["pattern", "minLength", "maxLength"]) {
                Some("string")
            } else if has(&["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"]) {
                Some("number")
            } else {
                None
            }
        });
        let Some(ty) = ty else { return (!has_more).then(|| Some(json!("anything"))) };
        Some(match ty {
            "object" => self.object(schema, fill, choice, depth),
            "array" => self.array(schema, fill, choice, depth),
            "string" => text(schema),
            "integer" | "number" => number(schema, ty == "integer"),
            "boolean" => Some(json!(choice.is_multiple_of(2))),
            "null" => Some(Value::Null),
            _ => None,
        })
    }

    fn object(&self, schema: &Value, fill: Fill, choice: usize, depth: usize) -> Option<Value> {
        let mut object = Map::new();
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let is_required = required.contains(&name.as_str());
            if self.goes_the_other_way(property) || !(is_required || fill == Fill::Most) {
                continue;
            }
            // What is optional stays small: its own optional members are another place's instances.
            let inner = if is_required { fill } else { Fill::Least };
            match self.value(property, if depth < 10 { Fill::Least } else { inner }, choice, depth - 1) {
                Some(value) => drop(object.insert(name.clone(), value)),
                None if is_required => return None,
                None => {}
            }
        }
        for name in required {
            if !object.contains_key(name) && properties.is_none_or(|all| !all.contains_key(name)) {
                let open = schema
                    .get("additionalProperties")
                    .filter(|it| it.is_object())
                    .cloned()
                    .unwrap_or(Value::Bool(true));
                object.insert(name.to_owned(), self.value(&open, Fill::Least, choice, depth - 1)?);
            }
        }
        let least = schema.get("minProperties").and_then(Value::as_u64).unwrap_or(0) as usize;
        if let Some(values) = schema.get("additionalProperties").filter(|it| it.is_object()) {
            let mut count = 0;
            while object.len() < least.max(if fill == Fill::Most { 1 } else { 0 }) && count < 8 {
                count += 1;
                let Some(value) = self.value(values, Fill::Least, choice, depth - 1) else { break };
                object.insert(format!("key{count}"), value);
            }
        } else if object.len() < least {
            for (name, property) in properties.into_iter().flatten() {
                if object.len() < least
                    && !object.contains_key(name)
                    && !self.goes_the_other_way(property)
                    && let Some(value) = self.value(property, Fill::Least, choice, depth - 1)
                {
                    object.insert(name.clone(), value);
                }
            }
        }
        Some(Value::Object(object))
    }

    fn goes_the_other_way(&self, property: &Value) -> bool {
        let is_so = |schema: &Value| schema.get(self.without) == Some(&Value::Bool(true));
        is_so(property) || is_so(self.document.resolve(property))
    }

    fn array(&self, schema: &Value, fill: Fill, choice: usize, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        for (index, item) in schema.get("prefixItems").and_then(Value::as_array).into_iter().flatten().enumerate() {
            items.push(self.value(item, fill, choice + index, depth - 1)?);
        }
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0) as usize;
        let any = Value::Bool(true);
        let item = schema.get("items").unwrap_or(&any);
        let unique = schema.get("uniqueItems") == Some(&Value::Bool(true));
        let mut turn = choice;
        // An empty list shows nothing of its items.
        while items.len() < least.max(1) && turn < choice + 16 {
            let Some(value) = self.value(item, if depth < 10 { Fill::Least } else { fill }, turn, depth - 1) else {
                break;
            };
            turn += 1;
            if !unique || !items.contains(&value) {
                items.push(value);
            }
        }
        (items.len() >= least).then_some(Value::Array(items))
    }
}

fn says_nothing(schema: &Value) -> bool {
    schema.as_object().is_some_and(|all| {
        all.keys().all(|key| {
            ["description", "title", "nullable", "default", "example", "readOnly", "writeOnly", "deprecated"]
                .contains(&key.as_str())
                || key.starts_with("x-")
        })
    })
}

/// Members of both, the later ones where both have one.
fn merged(before: Value, after: Value) -> Value {
    match (before, after) {
        (Value::Object(mut before), Value::Object(after)) => {
            for (name, value) in after {
                let value = match before.remove(&name) {
                    Some(Value::Object(inner)) if value.is_object() => merged(Value::Object(inner), value),
                    _ => value,
                };
                before.insert(name, value);
            }
            Value::Object(before)
        }
        (before, Value::String(text)) if text == "anything" => before,
        (_, after) => after,
    }
}

fn text(schema: &Value) -> Option<Value> {
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
        && let Some(text) =
            super::pattern::matching(pattern, schema.get("minLength").and_then(Value::as_u64).unwrap_or(0) as usize)
    {
        return Some(json!(text));
    }
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    let mut text = match format {
        "date-time" => "2024-02-29T12:30:00Z",
        "date" => "2024-02-29",
        "time" => "12:30:00Z",
        "duration" => "PT1H",
        "uuid" => "123e4567-e89b-12d3-a456-426614174000",
        "uri" | "url" | "uri-reference" | "iri" | "iri-reference" => "https://example.com/a",
        "email" | "idn-email" => "someone@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" | "ip" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "cidr" | "ipv4-cidr" => "192.0.2.0/24",
        "byte" | "base64" => "aGVsbG8=",
        "json-pointer" => "/a",
        "regex" => "a",
        "decimal" | "double" | "float" => "1.5",
        "int32" | "int64" | "uint64" | "integer" => "7",
        _ => "text",
    }
    .to_owned();
    let least = schema.get("minLength").and_then(Value::as_u64).unwrap_or(0).min(4096) as usize;
    let most = schema.get("maxLength").and_then(Value::as_u64).unwrap_or(u64::MAX) as usize;
    while text.chars().count() < least {
        text.push('x');
    }
    Some(json!(text.chars().take(most).collect::<String>()))
}

fn number(schema: &Value, whole: bool) -> Option<Value> {
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let step = bound("multipleOf");
    let low =
        bound("minimum").or_else(|| bound("exclusiveMinimum").map(|low| if whole { low + 1.0 } else { low + 0.5 }));
    let high =
        bound("maximum").or_else(|| bound("exclusiveMaximum").map(|high| if whole { high - 1.0 } else { high - 0.5 }));
    let usual = if whole { 7.0 } else { 7.5 };
    let mut value = match (low, high) {
        (Some(low), Some(high)) if usual < low || usual > high => low.min(high),
        (Some(low), None) if usual < low => low,
        (None, Some(high)) if usual > high => high,
        _ => usual,
    };
    if let Some(step) = step.filter(|step| *step > 0.0) {
        value = (value / step).ceil() * step;
    }
    if whole || (value.fract() == 0.0 && step.is_some()) { Some(json!(value as i64)) } else { Some(json!(value)) }
}
