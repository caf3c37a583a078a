//! Derives and attributes that the user of the crate adds to its types.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::formats::{self, Formats};
use super::items::Item;
use super::renames::fits;
use crate::place::Pointer;

/// The additions to the types of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Additions {
    derives: Vec<AddedDerive>,
    attributes: Vec<AddedAttribute>,
}

/// A derive, and the types that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct AddedDerive {
    path: String,
    of: TypeSelection,
}

/// An attribute, and the types that it is for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct AddedAttribute {
    attribute: String,
    #[serde(default)]
    kinds: Vec<ItemKind>,
    #[serde(default)]
    types: Vec<String>,
}

/// The types that something is added to: those of some kinds, or of all; and of those, the ones of some names, or all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeSelection {
    /// The kinds; all if there are none.
    pub kinds: Vec<ItemKind>,
    /// The names, in which `*` stands for any letters, and JSON pointers to schemas; all if there are none.
    pub types: Vec<String>,
}

/// The kind of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// An object, or a struct around one value.
    Struct,
    /// An enumeration of values.
    Enum,
    /// One of several types.
    Union,
}

/// Derives of the standard library that a type can have besides those that it has.
const OF_STD: [&str; 4] = ["Copy", "Hash", "Ord", "PartialOrd"];

impl Additions {
    /// Adds a derive by its path, such as `schemars::JsonSchema`. `Hash` is added to those types of which every part has it.
    pub fn add_derive(&mut self, path: &str, of: TypeSelection) {
        self.derives.push(AddedDerive { path: path.to_owned(), of });
    }

    /// Adds an attribute, such as `#[must_use]`.
    pub fn add_attribute(&mut self, attribute: &str, of: TypeSelection) {
        self.attributes.push(AddedAttribute { attribute: attribute.to_owned(), kinds: of.kinds, types: of.types });
    }

    /// Returns the first addition that can't be made, by its place in the client's table of `codegen.toml`, and the way out.
    /// `attribute_fault` says what is wrong with the text of an attribute.
    pub(crate) fn fault(
        &self,
        brought: &Formats,
        attribute_fault: impl Fn(&str) -> Option<String>,
    ) -> Option<(Pointer, String)> {
        let place = |key: &str, index: usize| Pointer::root().child(key).child(index);
        let mut derives = self.derives.iter().enumerate();
        let derive = derives.find_map(|(index, derive)| {
            let message = derive_fault(&derive.path, brought).or_else(|| pattern_fault(&derive.of.types))?;
            Some((place("derives", index), message))
        });
        derive.or_else(|| {
            self.attributes.iter().enumerate().find_map(|(index, added)| {
                let at = place("attributes", index);
                match attribute_fault(&added.attribute) {
                    Some(message) => Some((at.child("attribute"), message)),
                    None => pattern_fault(&added.types).map(|message| (at.child("types"), message)),
                }
            })
        })
    }

    /// Returns whether some types are named by JSON pointers.
    pub fn has_places(&self) -> bool {
        let of_derives = self.derives.iter().flat_map(|added| &added.of.types);
        let mut types = of_derives.chain(self.attributes.iter().flat_map(|added| &added.types));
        types.any(|text| is_place(text))
    }

    /// Replaces JSON pointers by the names of the types there. Returns the pointers without a type, each with its place in the client's
    /// table of `codegen.toml`.
    pub fn locate(&mut self, names_at: impl Fn(&str) -> Vec<String>) -> Vec<(Pointer, String)> {
        let mut missing = Vec::new();
        let of_derives = self.derives.iter_mut().map(|added| &mut added.of.types).enumerate();
        let of_derives = of_derives.map(|(index, types)| (Pointer::root().child("derives").child(index), types));
        let of_attributes = self.attributes.iter_mut().map(|added| &mut added.types).enumerate();
        let of_attributes =
            of_attributes.map(|(index, types)| (Pointer::root().child("attributes").child(index), types));
        for (at, types) in of_derives.chain(of_attributes) {
            let mut found = Vec::new();
            for (index, text) in types.iter().enumerate().filter(|(_, text)| is_place(text)) {
                let names = names_at(text);
                if names.is_empty() {
                    missing.push((at.child("types").child(index), text.clone()));
                }
                found.extend(names);
            }
            // A pointer is no name, so it selects nothing by itself; without any entry, all types would be selected.
            types.extend(found);
        }
        missing
    }

    /// Returns whether some type may have a derive.
    pub fn has_derive(&self, path: &str) -> bool {
        self.derives.iter().any(|derive| derive.path == path)
    }

    /// The derives of an item, in the order in which they are stated.
    pub fn derives_of(&self, item: &Item) -> Vec<&str> {
        let has = |derive: &&AddedDerive| derive.of.has(item) && (derive.path != "Hash" || needs_hash(item));
        self.derives.iter().filter(has).map(|derive| derive.path.as_str()).collect()
    }

    /// The attributes of an item, in the order in which they are stated.
    pub fn attributes_of(&self, item: &Item) -> Vec<&str> {
        let has = |added: &&AddedAttribute| is_selected(&added.kinds, &added.types, item);
        self.attributes.iter().filter(has).map(|added| added.attribute.as_str()).collect()
    }
}

/// Returns whether an item can have `Hash`, and has none yet. What has `Eq` has no part without `Hash`.
fn needs_hash(item: &Item) -> bool {
    match item {
        Item::Struct(item) => item.derives.eq,
        Item::Union(item) => item.derives.eq,
        Item::Wrapper(item) => item.derives.eq,
        Item::Enum(_) | Item::Alias(_) => false,
    }
}

impl TypeSelection {
    fn has(&self, item: &Item) -> bool {
        is_selected(&self.kinds, &self.types, item)
    }
}

fn is_selected(kinds: &[ItemKind], types: &[String], item: &Item) -> bool {
    let kind = match item {
        Item::Struct(_) | Item::Wrapper(_) => ItemKind::Struct,
        Item::Enum(_) => ItemKind::Enum,
        Item::Union(_) => ItemKind::Union,
        Item::Alias(_) => return false,
    };
    (kinds.is_empty() || kinds.contains(&kind))
        && (types.is_empty() || types.iter().any(|pattern| fits(pattern, item.name().bare())))
}

/// Returns whether a text is a JSON pointer, and not a pattern of names.
fn is_place(text: &str) -> bool {
    text.starts_with('/')
}

fn pattern_fault(types: &[String]) -> Option<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '*';
    let mut patterns = types.iter().filter(|text| !is_place(text));
    let wrong = patterns.find(|pattern| pattern.is_empty() || !pattern.chars().all(is_part))?;
    Some(format!("`{wrong}` is no name of a type; `*` stands for any letters, as in `Pet*`"))
}

fn derive_fault(path: &str, brought: &Formats) -> Option<String> {
    if OF_STD.contains(&path) {
        return None;
    }
    if ["Clone", "Debug", "Default", "Eq", "PartialEq"].contains(&path) {
        return Some(format!("every type that can have `{path}` has it"));
    }
    if !formats::is_path(path) || !path.contains("::") || path.contains('<') {
        return Some(format!(
            "`{path}` is neither of {} nor the path of a derive, such as schemars::JsonSchema",
            OF_STD.join(", ")
        ));
    }
    brought.homeless_path(path)
}

impl<'de> Deserialize<'de> for AddedDerive {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PathOrTable)
    }
}

struct PathOrTable;

impl<'de> Visitor<'de> for PathOrTable {
    type Value = AddedDerive;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the path of a derive, or a table with `derive`, `kinds` and `types`")
    }

    fn visit_str<E: serde::de::Error>(self, path: &str) -> Result<AddedDerive, E> {
        Ok(AddedDerive { path: path.to_owned(), of: TypeSelection::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AddedDerive, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            derive: Option<String>,
            #[serde(default)]
            kinds: Vec<ItemKind>,
            #[serde(default)]
            types: Vec<String>,
        }
        let Table { derive, kinds, types } = Table::deserialize(MapAccessDeserializer::new(map))?;
        let path = derive.ok_or_else(|| A::Error::missing_field("derive"))?;
        Ok(AddedDerive { path, of: TypeSelection { kinds, types } })
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, name) in [
            ("Pet", "Pet"),
            ("*", "Pet"),
            ("Pet*", "Pet"),
            ("*Input", "PetInput"),
            ("P*t*t", "PetInput"),
            ("*é*", "Café"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("Pet", "PetInput"), ("*Input", "PetInputs"), ("p*", "Pet"), ("P*x*t", "PetInput"), ("", "Pet")]
        {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }
}
