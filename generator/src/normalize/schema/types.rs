//! `type`: one name in 3.0, one or several from 3.1, where null is a type as well.

use serde_json::{Value, json};

use super::members::{Members, also, make_null};
use crate::carried;
use crate::diagnostics::Rule;
use crate::normalize::grammar::Version;
use crate::normalize::nearest::nearest;
use crate::normalize::walk::{Walk, type_name};
use crate::place::Trail;

/// The types of a schema.
pub(super) struct Types {
    /// Without null, each once.
    pub(super) names: Vec<&'static str>,
    /// True if null is one of the types.
    pub(super) null: bool,
}

impl Types {
    /// Returns whether a value other than null has one of the types.
    pub(super) fn admit(&self, value: &Value) -> bool {
        self.names.iter().any(|name| match *name {
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            // `1.0` is one (JSON Schema 2020-12, section 6.1.1). A number beyond 64 bits is taken for one.
            "integer" => value.is_number() && value.as_f64().is_none_or(|number| number.fract() == 0.0),
            _ => value.is_number(),
        })
    }
}

/// The known names, each with its names in other languages.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "string",
        &[
            "str",
            "text",
            "uuid",
            "date",
            "datetime",
            "date-time",
            "time",
            "email",
            "uri",
            "url",
            "password",
            "binary",
            "byte",
            "base64",
            "bytes",
            "blob",
        ],
    ),
    ("number", &["float", "double", "decimal"]),
    ("integer", &["int", "int32", "int64", "long"]),
    ("boolean", &["bool"]),
    ("object", &["map", "dict", "dictionary"]),
    ("array", &["list"]),
    ("null", &["nil"]),
];

/// The names of types that are names of formats, with the format.
const FORMATS: &[(&str, &str)] = &[
    ("uuid", "uuid"),
    ("date", "date"),
    ("datetime", "date-time"),
    ("date-time", "date-time"),
    ("time", "time"),
    ("email", "email"),
    ("uri", "uri"),
    ("url", "uri"),
    ("password", "password"),
    ("binary", "binary"),
    ("blob", "binary"),
    ("bytes", "binary"),
    ("byte", "byte"),
    ("base64", "byte"),
    ("float", "float"),
    ("double", "double"),
    ("int32", "int32"),
    ("int64", "int64"),
    ("long", "int64"),
];

/// The formats that only numbers have.
const NUMERIC: &[&str] = &["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double"];

/// Words that stand for any value.
const ANY: &[&str] = &["any", "mixed", "unknown", "json"];

/// Gives a schema without a format the one that the name of its type states.
pub(super) fn add_format(schema: &mut Value, named: &str) {
    if let Value::Object(members) = schema {
        format_of(members, named);
    }
}

fn format_of(members: &mut Members, named: &str) {
    if let Some((_, format)) = FORMATS.iter().find(|(name, _)| *name == named) {
        members.entry("format").or_insert_with(|| json!(format));
    }
}

/// Takes the type out of a schema; `None` where it has none.
pub(super) fn take(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) -> Option<Types> {
    // Its position is kept for `put`.
    let said = members.get_mut("type")?.take();
    let here = trail.key("type");
    let is_list = said.is_array();
    let list = match said {
        Value::String(text) => match several(&text) {
            Some(names) => {
                walk.report(Rule::Forbidden, &here, format_args!("`{text}` is not a type; a list of types is meant"));
                names
            }
            None => vec![Value::String(text)],
        },
        // YAML's null in place of the text `null`.
        Value::Null if walk.version > Version::V30 => {
            walk.report(Rule::NullField, &here, "`type` is null; the type null is meant");
            vec![json!("null")]
        }
        // There is no such type in 3.0, so there is no type here.
        Value::Null => {
            walk.report(Rule::NullField, &here, "`type` is null");
            vec![]
        }
        Value::Array(list) => {
            if walk.version == Version::V30 {
                walk.newer(Version::V31, &here, "a list of types came with 3.1");
            }
            list
        }
        other => {
            walk.report(Rule::UnknownType, &here, format_args!("a type is text, and this is {}", type_name(&other)));
            vec![]
        }
    };
    let mut types = Types { names: Vec::new(), null: false };
    if list.is_empty() && is_list {
        walk.report(Rule::Forbidden, &here, "an empty list of types; any value is taken");
    }
    for (index, item) in list.iter().enumerate() {
        let place = if is_list { &here.index(index) } else { &here };
        let (name, twice) = match name(walk, members, item, place, is_list || list.len() > 1) {
            Some("null") => ("null", std::mem::replace(&mut types.null, true)),
            Some(name) => (name, types.names.contains(&name)),
            None => continue,
        };
        if twice {
            walk.report(Rule::Forbidden, place, format_args!("the type {name} stands twice"));
        } else if name != "null" {
            types.names.push(name);
        }
    }
    // Every integer is a number.
    if types.names.contains(&"number") {
        types.names.retain(|name| *name != "integer");
    }
    if types.names.is_empty() && !types.null {
        members.shift_remove("type");
        return None;
    }
    Some(types)
}

/// The types that a text joins, as PHP and TypeScript do: `string|null`.
fn several(text: &str) -> Option<Vec<Value>> {
    let names: Vec<&str> = text.split('|').map(str::trim).collect();
    (names.len() > 1 && names.iter().all(|name| called(name).is_some()))
        .then(|| names.into_iter().map(Value::from).collect())
}

/// The type with this name.
pub(super) fn called(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    KNOWN.iter().find(|(name, others)| *name == lower || others.contains(&lower.as_str())).map(|(name, _)| *name)
}

/// One of the known names. A null in a list needs no further finding beside the one about the list.
fn name(
    walk: &mut Walk<'_>,
    members: &mut Members,
    item: &Value,
    here: &Trail<'_>,
    in_list: bool,
) -> Option<&'static str> {
    if item.is_null() {
        walk.report(Rule::NullField, here, "null without quotes; the type null is meant");
        return Some("null");
    }
    let Some(said) = item.as_str() else {
        walk.report(Rule::UnknownType, here, format_args!("a type is text, and this is {}", type_name(item)));
        return None;
    };
    let exact = KNOWN.iter().find(|(name, _)| *name == said);
    if let Some((name, _)) = exact {
        if *name == "null" && walk.version == Version::V30 && !in_list {
            let flag = if walk.written == Version::V20 { "x-nullable" } else { "nullable" };
            let message = format!("the type null came with 3.1; in {} it is `{flag}: true`", walk.written.name());
            walk.newer(Version::V31, here, &message);
        }
        return Some(name);
    }
    let lower = said.to_ascii_lowercase();
    match called(said) {
        Some(name) => {
            walk.report(Rule::Forbidden, here, format_args!("`{said}` is not a type; {name} is meant"));
            format_of(members, &lower);
            Some(name)
        }
        // Swagger 2.0 has it, and converted documents still use it.
        None if lower == "file" => {
            walk.report(Rule::Forbidden, here, "`file` is a type of Swagger 2.0; a string of bytes is meant");
            members.entry("format").or_insert_with(|| json!("binary"));
            Some("string")
        }
        None if ANY.contains(&lower.as_str()) => {
            walk.report(Rule::Forbidden, here, format_args!("`{said}` is not a type; any value is taken"));
            None
        }
        None => {
            let found = Rule::UnknownType.at(here).message(format_args!("`{said}` is not a type"));
            walk.diagnostics.push(found.suggest(nearest(said, KNOWN.iter().map(|(name, _)| *name))));
            None
        }
    }
}

/// Writes the type in the form of 3.0.
pub(super) fn put(members: &mut Members, types: Types) {
    match types.names.as_slice() {
        [] => make_null(members),
        [name] => {
            members.insert("type".to_owned(), json!(name));
            if types.null {
                members.insert("nullable".to_owned(), json!(true));
            }
        }
        names => {
            members.shift_remove("type");
            let parts: Vec<Value> = names.iter().map(|name| only(members, name)).collect();
            members.retain(|key, _| owner(key) == Owner::All);
            if members.contains_key("anyOf") {
                also(members, json!({ "anyOf": parts }));
            } else {
                members.insert("anyOf".to_owned(), Value::Array(parts));
            }
            if types.null {
                members.insert("nullable".to_owned(), json!(true));
            }
        }
    }
}

/// The schema of one of several types, with the keywords that limit it.
fn only(members: &Members, name: &str) -> Value {
    let mut part = Members::new();
    part.insert("type".to_owned(), json!(name));
    for (key, value) in members {
        let belongs = match owner(key) {
            Owner::All => false,
            Owner::Type(types) => types.contains(&name),
            Owner::Format => {
                let numeric = value.as_str().is_some_and(|format| NUMERIC.contains(&format));
                if matches!(name, "integer" | "number") { numeric } else { name == "string" && !numeric }
            }
            Owner::Values => {
                let fitting: Vec<Value> =
                    value.as_array().into_iter().flatten().filter(|value| fits(value, name)).cloned().collect();
                if !fitting.is_empty() {
                    part.insert(key.clone(), Value::Array(fitting));
                }
                false
            }
        };
        if belongs {
            part.insert(key.clone(), value.clone());
        }
    }
    Value::Object(part)
}

fn fits(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// The types to which a keyword applies.
#[derive(PartialEq, Eq)]
enum Owner {
    /// All types; the keyword stays where it is.
    All,
    Type(&'static [&'static str]),
    /// Text or numbers, by the format.
    Format,
    /// The type of each of its values.
    Values,
}

fn owner(key: &str) -> Owner {
    let plain = key.strip_prefix(carried::OAS31).unwrap_or(key);
    match plain {
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType" | "contentSchema" => {
            Owner::Type(&["string"])
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            Owner::Type(&["number", "integer"])
        }
        "items" | "minItems" | "maxItems" | "uniqueItems" | "prefixItems" | "contains" | "minContains"
        | "maxContains" | "unevaluatedItems" | "additionalItems" => Owner::Type(&["array"]),
        "properties"
        | "required"
        | "additionalProperties"
        | "minProperties"
        | "maxProperties"
        | "patternProperties"
        | "propertyNames"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties" => Owner::Type(&["object"]),
        "format" => Owner::Format,
        "enum" => Owner::Values,
        _ => Owner::All,
    }
}
