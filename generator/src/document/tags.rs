//! Tags of YAML nodes: those of the YAML organization have a JSON value, and others ask for an action of another program.

use serde_json::{Number, Value};

use super::scalar;

/// The prefix of the tags of YAML's type repository, which `!!` abbreviates.
const REPOSITORY: &str = "tag:yaml.org,2002:";

/// A tag, by the value of the node that it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A text: `!!str`, `!`, and the types of the repository that JSON has as text.
    Text,
    Integer,
    Float,
    Boolean,
    Null,
    /// An object: `!!map`, or `!!set` with its items as keys.
    Object,
    /// A list: `!!seq`, or `!!omap` and `!!pairs` with an object for each item.
    List,
    /// `!` on an object or a list, which says nothing.
    Unspecific,
    /// Another tag, as messages show it.
    Foreign(String),
}

impl Tag {
    /// The tag with a full name, such as `tag:yaml.org,2002:str`; `is_scalar` for a tag on a scalar.
    pub(super) fn named(name: &str, is_scalar: bool) -> Tag {
        let known = match (name.strip_prefix(REPOSITORY), is_scalar) {
            (None, true) if name == "!" => Some(Tag::Text),
            (None, false) if name == "!" => Some(Tag::Unspecific),
            (Some("str" | "timestamp" | "binary"), true) => Some(Tag::Text),
            (Some("int"), true) => Some(Tag::Integer),
            (Some("float"), true) => Some(Tag::Float),
            (Some("bool"), true) => Some(Tag::Boolean),
            (Some("null"), true) => Some(Tag::Null),
            (Some("map" | "set"), false) => Some(Tag::Object),
            (Some("seq" | "omap" | "pairs"), false) => Some(Tag::List),
            _ => None,
        };
        known.unwrap_or_else(|| Tag::Foreign(name.replacen(REPOSITORY, "!!", 1)))
    }

    /// The value of a scalar with this tag. A scalar with a foreign tag keeps its text.
    ///
    /// # Errors
    /// The type that the text has not.
    pub(super) fn value(&self, text: &str) -> Result<Value, &'static str> {
        match self {
            Tag::Text | Tag::Foreign(_) | Tag::Object | Tag::List | Tag::Unspecific => {
                Ok(Value::String(text.to_owned()))
            }
            Tag::Integer => {
                let number = number(text).filter(|number| !number.to_string().contains(['.', 'e', 'E']));
                number.map(Value::Number).ok_or("integer")
            }
            Tag::Float => number(text).and_then(float).map(Value::Number).ok_or("number"),
            Tag::Boolean => scalar::plain(text).filter(Value::is_boolean).ok_or("boolean"),
            Tag::Null => scalar::plain(text).filter(Value::is_null).ok_or("null"),
        }
    }
}

fn number(text: &str) -> Option<Number> {
    match scalar::plain(text.trim())? {
        Value::Number(number) => Some(number),
        // With a leading zero it is a text without a tag.
        Value::String(text) => text.trim_start_matches('0').parse().ok(),
        _ => None,
    }
}

/// `1` as `1.0`.
fn float(number: Number) -> Option<Number> {
    let text = number.to_string();
    if text.contains(['.', 'e', 'E']) { Some(number) } else { format!("{text}.0").parse().ok() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Tag;

    #[test]
    fn the_tags_of_yaml_are_obeyed() {
        for (tag, text, value) in [
            ("tag:yaml.org,2002:str", "1", json!("1")),
            ("tag:yaml.org,2002:timestamp", "2024-01-01", json!("2024-01-01")),
            ("!", "true", json!("true")),
            ("tag:yaml.org,2002:int", "0x1F", json!(31)),
            ("tag:yaml.org,2002:int", "007", json!(7)),
            ("tag:yaml.org,2002:bool", "True", json!(true)),
            ("tag:yaml.org,2002:null", "", json!(null)),
            ("tag:yaml.org,2002:null", "~", json!(null)),
        ] {
            assert_eq!(Tag::named(tag, true).value(text), Ok(value), "{tag} {text}");
        }
        let float = Tag::named("tag:yaml.org,2002:float", true).value("1");
        assert_eq!(float.map(|value| value.to_string()), Ok("1.0".to_owned()));
    }

    #[test]
    fn a_text_that_has_not_the_type_is_an_error() {
        for (tag, text) in [("int", "abc"), ("int", "1.5"), ("float", ".nan"), ("bool", "maybe"), ("null", "x")] {
            assert!(Tag::named(&format!("tag:yaml.org,2002:{tag}"), true).value(text).is_err(), "{tag} {text}");
        }
    }

    #[test]
    fn other_tags_are_foreign() {
        for (tag, is_scalar) in [("!Ref", true), ("tag:yaml.org,2002:str", false), ("tag:yaml.org,2002:map", true)] {
            assert!(matches!(Tag::named(tag, is_scalar), Tag::Foreign(_)), "{tag}");
        }
    }
}
