//! The meaning of a schema to a reader: what it takes, and which empty value it has.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::super::values::document::Document;

/// The values that a schema takes.
#[derive(Clone, Debug)]
pub(super) enum Kind<'a> {
    /// Any value.
    Any,
    /// Any text.
    Text,
    /// A number, a boolean, a time, or one of several values: none of them is empty. The value is one of another type.
    Scalar { other: Value },
    /// One value.
    Only(Value),
    /// A list of values of a schema.
    List(Vec<&'a Value>),
    /// A map of values of a schema.
    Map(&'a Value),
    /// An object, with the schemas of each member and the names of required ones.
    Object { members: BTreeMap<&'a str, Vec<&'a Value>>, required: Vec<&'a str>, rest: Option<&'a Value> },
    /// One of several schemas, which a property may tell apart.
    Union(Vec<&'a Value>, Option<&'a Value>),
    /// A list of fixed length.
    Tuple,
}

/// The meaning of a schema.
#[derive(Clone, Debug)]
pub(super) struct Meaning<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) nullable: bool,
}

/// Returns the meaning of a value that has to satisfy several schemas.
pub(super) fn of<'a>(document: &'a Document, schemas: &[&'a Value]) -> Meaning<'a> {
    let mut parts = Parts { document, all: Vec::new(), nullable: false, union: None };
    schemas.iter().for_each(|schema| parts.collect(schema, 16));
    Meaning {
        nullable: parts.nullable && schemas.iter().all(|schema| permits_null(document, schema, 16)),
        kind: parts.kind(),
    }
}

/// Returns the empty value of a meaning, if it has one.
pub(super) fn empty(document: &Document, meaning: &Meaning<'_>, depth: usize) -> Option<Value> {
    if meaning.nullable || depth == 0 {
        return meaning.nullable.then_some(Value::Null);
    }
    match &meaning.kind {
        Kind::Any => Some(Value::Null),
        Kind::Text => Some(json!("")),
        Kind::Only(value) => Some(value.clone()),
        Kind::List(_) => Some(json!([])),
        Kind::Map(_) => Some(json!({})),
        Kind::Object { members, required, .. } => {
            let member = |name: &&str| {
                let schemas = members.get(name).cloned().unwrap_or_default();
                let value = empty(document, &of(document, &schemas), depth - 1)?;
                Some(((*name).to_owned(), value))
            };
            required.iter().map(member).collect::<Option<Map<_, _>>>().map(Value::Object)
        }
        Kind::Scalar { .. } | Kind::Union(..) | Kind::Tuple => None,
    }
}

/// Returns whether no part of a schema has a type that excludes null. `nullable` permits it, whatever the type beside it.
fn permits_null(document: &Document, schema: &Value, depth: usize) -> bool {
    let Value::Object(keywords) = schema else { return true };
    if depth == 0 || keywords.get("nullable") == Some(&json!(true)) {
        return true;
    }
    let null = json!("null");
    let by_type = match keywords.get("type") {
        Some(Value::Array(types)) => types.contains(&null),
        Some(ty) => *ty == null,
        None => true,
    };
    let permits = |part: &Value| permits_null(document, part, depth - 1);
    let list = |key: &str| keywords.get(key).and_then(Value::as_array);
    let target = keywords.get("$ref").and_then(Value::as_str).and_then(|it| document.target(it));
    by_type
        && target.is_none_or(permits)
        && list("allOf").is_none_or(|parts| parts.iter().all(permits))
        && ["oneOf", "anyOf"].into_iter().all(|key| list(key).is_none_or(|some| some.iter().any(permits)))
}

/// The schemas that a value has to satisfy, taken apart.
struct Parts<'a> {
    document: &'a Document,
    all: Vec<&'a Map<String, Value>>,
    nullable: bool,
    union: Option<(Vec<&'a Value>, Option<&'a Value>)>,
}

impl<'a> Parts<'a> {
    fn collect(&mut self, schema: &'a Value, depth: usize) {
        let Value::Object(keywords) = schema else { return };
        if depth == 0 {
            return;
        }
        if let Some(target) = keywords.get("$ref").and_then(Value::as_str).and_then(|it| self.document.target(it)) {
            self.collect(target, depth - 1);
        }
        let null = json!("null");
        self.nullable |= match keywords.get("type") {
            Some(Value::Array(types)) => types.contains(&null),
            ty => ty == Some(&null),
        } || keywords.get("nullable") == Some(&json!(true));
        for part in keywords.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.collect(part, depth - 1);
        }
        for key in ["oneOf", "anyOf"] {
            let Some(all) = keywords.get(key).and_then(Value::as_array) else { continue };
            let is_null = |one: &&Value| one.get("type") == Some(&null) || one.get("nullable") == Some(&json!(true));
            self.nullable |= all.iter().any(|one| is_null(&one));
            let some: Vec<&Value> = all.iter().filter(|one| one.get("type") != Some(&null)).collect();
            match some.as_slice() {
                [one] if !keywords.contains_key("discriminator") => self.collect(one, depth - 1),
                _ => self.union = Some((some, keywords.get("discriminator"))),
            }
        }
        self.all.push(keywords);
    }

    fn first(&self, key: &str) -> Option<&'a Value> {
        self.all.iter().find_map(|keywords| keywords.get(key))
    }

    fn ty(&self) -> Option<&'a str> {
        self.all.iter().find_map(|keywords| match keywords.get("type")? {
            Value::String(ty) => Some(ty.as_str()),
            Value::Array(types) => {
                let some: Vec<&str> = types.iter().filter_map(Value::as_str).filter(|ty| *ty != "null").collect();
                if some.len() == 1 { Some(some[0]) } else { None }
            }
            _ => None,
        })
    }

    fn kind(self) -> Kind<'a> {
        if let Some((some, discriminator)) = self.union {
            return Kind::Union(some, discriminator);
        }
        if let Some(value) = self.first("const") {
            return Kind::Only(value.clone());
        }
        if let Some(values) = self.first("enum").and_then(Value::as_array) {
            let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
            return match values.as_slice() {
                [only] => Kind::Only((*only).clone()),
                [first, ..] if first.is_string() => Kind::Scalar { other: json!(7) },
                _ => Kind::Scalar { other: json!({}) },
            };
        }
        let is_object = ["properties", "required", "additionalProperties"].iter().any(|key| self.first(key).is_some());
        match self.ty() {
            Some("string") => match self.first("format").and_then(Value::as_str) {
                Some("date-time" | "date") => Kind::Scalar { other: json!("someday") },
                _ => Kind::Text,
            },
            Some("boolean") => Kind::Scalar { other: json!("no boolean") },
            Some("integer" | "number") => Kind::Scalar { other: json!("no number") },
            Some("array") if self.first("prefixItems").is_some() => Kind::Tuple,
            Some("array") => Kind::List(self.first("items").into_iter().collect()),
            Some("object") => self.object(),
            None if is_object => self.object(),
            _ => Kind::Any,
        }
    }

    fn object(self) -> Kind<'a> {
        let mut members: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        let mut required = Vec::new();
        for keywords in &self.all {
            for (name, schema) in keywords.get("properties").and_then(Value::as_object).into_iter().flatten() {
                members.entry(name).or_default().push(schema);
            }
            let names = keywords.get("required").and_then(Value::as_array).into_iter().flatten();
            required.extend(names.filter_map(Value::as_str));
        }
        // A member that is only sent does not come back.
        let is_sent = |schemas: &Vec<&Value>| {
            schemas.iter().any(|one| self.document.resolve(one).get("writeOnly") == Some(&json!(true)))
        };
        required.retain(|name| members.get(name).is_none_or(|schemas| !is_sent(schemas)));
        let rest = self.first("additionalProperties");
        match rest {
            Some(rest) if members.is_empty() && required.is_empty() && *rest != json!(false) => Kind::Map(rest),
            None if members.is_empty() && required.is_empty() => Kind::Map(&Value::Bool(true)),
            _ => Kind::Object { members, required, rest: rest.filter(|rest| rest.is_object()) },
        }
    }
}
