//! The names of types by the schemas that they come from.

use std::collections::HashMap;

use super::name::Name;
use super::{Crate, Item};
use crate::ir::SchemaId;

/// A type of a crate's `types`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedType {
    /// The name of the type.
    pub name: String,
    /// The variant that keeps a value which the description does not list.
    pub catch_all: Option<String>,
}

impl Crate {
    /// Returns the names of the types that schemas became.
    pub fn named_types(&self) -> HashMap<SchemaId, NamedType> {
        let catch_alls: HashMap<&Name, &Name> = self
            .types
            .iter()
            .filter_map(|item| match item {
                Item::Enum(found) => Some((&found.name, &found.other)),
                Item::Union(found) => Some((&found.name, &found.other)),
                Item::Struct(_) | Item::Alias(_) | Item::Wrapper(_) => None,
            })
            .collect();
        let named = |name: &Name| NamedType {
            name: name.as_str().to_owned(),
            catch_all: catch_alls.get(name).map(|variant| variant.as_str().to_owned()),
        };
        self.type_names.iter().map(|(id, name)| (*id, named(name))).collect()
    }
}
