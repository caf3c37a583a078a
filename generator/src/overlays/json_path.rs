//! JSONPath expressions that select one value (RFC 9535).

use std::borrow::Cow;

use serde_json::Value;

use crate::place::Pointer;

/// An expression that selects one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path(String);

impl Path {
    /// The document itself.
    pub(super) fn root() -> Self {
        Path("$".to_owned())
    }

    /// The value at a pointer into a document.
    pub(super) fn of(pointer: &Pointer, document: &Value) -> Self {
        let (mut path, mut value) = (Path::root(), Some(document));
        for token in pointer.tokens() {
            path = match (value, token.parse()) {
                (Some(Value::Array(items)), Ok(index)) => path.item(items, index),
                _ => path.child(&token),
            };
            value = value.and_then(|value| match value {
                Value::Array(items) => items.get(token.parse::<usize>().ok()?),
                Value::Object(members) => members.get(token.as_ref()),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
            });
        }
        path
    }

    /// A member of an object.
    pub(super) fn child(&self, name: &str) -> Self {
        let is_shorthand = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        Path(match is_shorthand {
            true => format!("{}.{name}", self.0),
            false => format!("{}[{}]", self.0, quoted(name)),
        })
    }

    /// An item of a list: by its name if that is unique, so that the expression remains valid when the list grows, or else by its index.
    pub(super) fn item(&self, items: &[Value], index: usize) -> Self {
        let test = items.get(index).and_then(|item| test(item, items));
        match test {
            // The parentheses have no effect, but readers of JSONPath from before RFC 9535 require them.
            Some(test) => Path(format!("{}[?({test})]", self.0)),
            None => self.at(index),
        }
    }

    /// An item of a list by its index.
    pub(super) fn at(&self, index: usize) -> Self {
        Path(format!("{}[{index}]", self.0))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A test that this item alone passes.
fn test(item: &Value, items: &[Value]) -> Option<String> {
    match item {
        Value::String(text) => only(items, |other| other == item).then(|| format!("@=={}", quoted(text))),
        Value::Object(members) => {
            let known = ["name", "in", "url", "$ref"];
            let facts: Vec<(&str, &str)> =
                known.into_iter().filter_map(|key| Some((key, members.get(key)?.as_str()?))).collect();
            let has_facts = |other: &Value| facts.iter().all(|(key, text)| other.get(key).is_some_and(|it| it == text));
            if facts.is_empty() || !only(items, has_facts) {
                return None;
            }
            let tests =
                facts.iter().map(|(key, text)| format!("{}=={}", Path("@".to_owned()).child(key).0, quoted(text)));
            Some(tests.collect::<Vec<_>>().join(" && "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

/// Returns true if exactly one item passes a test.
fn only(items: &[Value], holds: impl Fn(&Value) -> bool) -> bool {
    items.iter().filter(|item| holds(item)).count() == 1
}

/// A string literal.
fn quoted(text: &str) -> String {
    let escape = |c: char| -> Cow<'static, str> {
        match c {
            '\\' => Cow::Borrowed("\\\\"),
            '\'' => Cow::Borrowed("\\'"),
            '\n' => Cow::Borrowed("\\n"),
            '\r' => Cow::Borrowed("\\r"),
            '\t' => Cow::Borrowed("\\t"),
            c if c.is_control() => Cow::Owned(format!("\\u{:04x}", u32::from(c))),
            c => Cow::Owned(c.to_string()),
        }
    };
    format!("'{}'", text.chars().map(escape).collect::<String>())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Path;
    use crate::place::Pointer;

    #[test]
    fn names_and_indices_are_written_as_the_grammar_has_them() {
        let document = json!({ "paths": { "/a'b": { "get": { "tags": [["x"], "y"] } } } });
        let path = |pointer: &str| Path::of(&Pointer::parse(pointer).unwrap(), &document);
        assert_eq!(path("/paths/~1a'b/get/tags/0/0").as_str(), "$.paths['/a\\'b'].get.tags[0][?(@=='x')]");
        assert_eq!(Path::root().child("x-y").child("a\n").as_str(), "$['x-y']['a\\n']");
    }

    #[test]
    fn an_item_goes_by_what_no_other_has() {
        let list = Path::root().child("parameters");
        let items =
            [json!({ "name": "a", "in": "query" }), json!({ "name": "a", "in": "path" }), json!({ "in": "path" })];
        assert_eq!(list.item(&items, 0).as_str(), "$.parameters[?(@.name=='a' && @.in=='query')]");
        // The second has this as well.
        assert_eq!(list.item(&items, 2).as_str(), "$.parameters[2]");
        assert_eq!(list.item(&[json!("x"), json!("x"), json!("y")], 0).as_str(), "$.parameters[0]");
        assert_eq!(list.item(&[json!("x"), json!("y")], 1).as_str(), "$.parameters[?(@=='y')]");
    }
}
