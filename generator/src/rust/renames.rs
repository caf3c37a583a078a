//! Names that the user of the crate chose, instead of those that follow from the document.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::name::{Case, Scope, is_usable};
use crate::place::Pointer;

/// The chosen names, in the tables of the names file: by the kind of the name, the owner where each owner has names of its own, and the
/// key of what is named.
///
/// In keys and owners, `*` stands for any text. A key that begins with `/` is a JSON pointer into the document as its author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Renames {
    rename: Tables,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Tables {
    groups: BTreeMap<String, String>,
    methods: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
    arguments: BTreeMap<String, BTreeMap<String, String>>,
    fields: BTreeMap<String, BTreeMap<String, String>>,
    variants: BTreeMap<String, BTreeMap<String, String>>,
}

/// A chosen name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// The kind of the name, as the names file calls it.
    pub kind: &'static str,
    /// The owner, or a pattern of owners.
    pub owner: Option<String>,
    /// The key of what is named, or a pattern of keys.
    pub key: String,
    /// The name, in which each `*` is the text of one in the key.
    pub name: String,
    /// The place in the client's table of `codegen.toml`.
    pub at: Pointer,
}

impl Renames {
    /// Reads the tables from their JSON form.
    ///
    /// # Errors
    ///
    /// If a table is none of these, or has something other than names.
    pub fn from_json(tables: serde_json::Value) -> Result<Self, String> {
        Ok(Renames { rename: serde_json::from_value(tables).map_err(|error| error.to_string())? })
    }

    /// Returns whether no name was chosen.
    pub fn is_empty(&self) -> bool {
        self.rename == Tables::default()
    }

    /// All chosen names, exact keys before patterns, and long patterns before short ones.
    pub fn all(&self) -> Vec<Rename> {
        let root = Pointer::root().child("rename");
        let mut found = Vec::new();
        let Tables { groups, methods, types, arguments, fields, variants } = &self.rename;
        for (kind, table) in [("groups", groups), ("methods", methods), ("types", types)] {
            found.extend(table.iter().map(|(key, name)| Rename {
                kind,
                owner: None,
                key: key.clone(),
                name: name.clone(),
                at: root.child(kind).child(key),
            }));
        }
        for (kind, owners) in [("arguments", arguments), ("fields", fields), ("variants", variants)] {
            for (owner, table) in owners {
                found.extend(table.iter().map(|(key, name)| Rename {
                    kind,
                    owner: Some(owner.clone()),
                    key: key.clone(),
                    name: name.clone(),
                    at: root.child(kind).child(owner).child(key),
                }));
            }
        }
        let is_pattern = |text: &str| text.contains('*');
        found.sort_by_key(|it| {
            let owner = it.owner.as_deref().unwrap_or_default();
            let length = usize::MAX - it.key.len() - owner.len();
            (is_pattern(&it.key), is_pattern(owner), length)
        });
        found
    }

    /// Returns the first choice that can be no name, by its place in the client's table of `codegen.toml`, and the way out.
    pub(crate) fn fault(&self) -> Option<(Pointer, String)> {
        self.all().into_iter().find_map(|it| Some((it.at.clone(), it.fault()?)))
    }
}

impl Rename {
    fn fault(&self) -> Option<String> {
        let stars = |text: &str| text.matches('*').count();
        if stars(&self.name) > stars(&self.key) {
            return Some(format!("`{}` has more `*` than its key", self.name));
        }
        let example = if self.case() == Case::Value { "update_webhook" } else { "UpdateWebhook" };
        let is_name = stars(&self.name) > 0 || is_usable(&self.name, self.case());
        (!is_name).then(|| format!("`{}` can't be a name here; write one like `{example}`", self.name))
    }

    fn case(&self) -> Case {
        match self.kind {
            "types" => Case::Type,
            "variants" => Case::Variant,
            _ => Case::Value,
        }
    }

    /// The name for a key, if it fits.
    pub fn name_of(&self, key: &str) -> Option<String> {
        let mut texts = captures(&self.key, key)?.into_iter();
        Some(match self.name.contains('*') {
            false => self.name.clone(),
            true => {
                let parts = self.name.split('*');
                let mut text = String::new();
                for (index, part) in parts.enumerate() {
                    text.push_str(if index == 0 { "" } else { texts.next().unwrap_or_default() });
                    text.push_str(part);
                }
                Scope::new().claim(&text, self.case()).as_str().to_owned()
            }
        })
    }
}

/// Returns whether a text fits a pattern, in which `*` stands for any text.
pub fn fits(pattern: &str, text: &str) -> bool {
    captures(pattern, text).is_some()
}

/// The texts for which the stars of a pattern stand, if a text fits it.
fn captures<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut parts = pattern.split('*');
    let mut rest = text.strip_prefix(parts.next()?)?;
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty().then(Vec::new) };
    let mut found = Vec::with_capacity(parts.len());
    for part in middle {
        let at = rest.find(part)?;
        found.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    found.push(rest.strip_suffix(last)?);
    Some(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Renames, captures};

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, expected) in [
            ("Pet", "Pet", Some(&[][..])),
            ("Pet", "Pets", None),
            ("*Dto", "PetDto", Some(&["Pet"][..])),
            ("*Dto", "PetDtos", None),
            ("*.*Dto", "pets.PetDto", Some(&["pets", "Pet"][..])),
            ("a*a", "a", None),
            ("*", "", Some(&[""][..])),
        ] {
            assert_eq!(captures(pattern, text).as_deref(), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn exact_keys_come_before_patterns_and_long_patterns_before_short_ones() {
        let tables = json!({ "types": { "*": "*", "*Dto": "*", "PetDto": "Animal" } });
        let renames = Renames::from_json(tables).unwrap();
        let names = |key: &str| renames.all().into_iter().find_map(|it| it.name_of(key)).unwrap();
        assert_eq!([names("PetDto"), names("order_line_dto"), names("LineDto")], ["Animal", "OrderLineDto", "Line"]);
    }

    #[test]
    fn what_is_no_name_has_a_place() {
        for (tables, place) in [
            (json!({ "types": { "Pet": "pet" } }), "/rename/types/Pet"),
            (json!({ "types": { "Pet": "*" } }), "/rename/types/Pet"),
            (json!({ "fields": { "Pet": { "type": "type" } } }), "/rename/fields/Pet/type"),
            (json!({ "methods": { "GET /a": "getA" } }), "/rename/methods/GET ~1a"),
        ] {
            assert_eq!(Renames::from_json(tables).unwrap().fault().unwrap().0.as_str(), place);
        }
        assert!(Renames::from_json(json!({ "colours": {} })).is_err());
    }
}
