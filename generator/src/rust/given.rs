//! Names that were given before. They are kept: a document that grows renames nothing.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::name::Name;
use crate::document::Pointer;

/// A namespace: what sort of names it has, and whose they are where each owner has a namespace of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Space {
    /// The sort: `types`, `fields`, …
    pub sort: &'static str,
    /// The owner, such as the type whose fields they are; `None` where there is one namespace for the whole crate.
    pub owner: Option<String>,
}

impl Space {
    /// Groups of operations by their tags: modules, and methods of the client.
    pub const GROUPS: Space = Space { sort: "groups", owner: None };
    /// Methods by HTTP method and path.
    pub const METHODS: Space = Space { sort: "methods", owner: None };
    /// Types by the component, or by the place of the inline schema.
    pub const TYPES: Space = Space { sort: "types", owner: None };
    /// Setters and constants of security schemes by what they are for.
    pub const SECURITY: Space = Space { sort: "security", owner: None };
    /// Constants and types of servers by URL.
    pub const SERVERS: Space = Space { sort: "servers", owner: None };
    /// The enums of webhooks and callbacks.
    pub const EVENTS: Space = Space { sort: "events", owner: None };

    /// The arguments and setters of an operation by parameter and place.
    pub fn arguments(operation: &str) -> Self {
        Space { sort: "arguments", owner: Some(operation.to_owned()) }
    }

    /// The fields of a struct by their names on the wire.
    pub fn fields(item: &str) -> Self {
        Space { sort: "fields", owner: Some(item.to_owned()) }
    }

    /// The variants of an enum by their values, or by what their members are.
    pub fn variants(item: &str) -> Self {
        Space { sort: "variants", owner: Some(item.to_owned()) }
    }

    /// The types of a group's own module by what they are for.
    pub fn module(group: &str) -> Self {
        Space { sort: "modules", owner: Some(group.to_owned()) }
    }

    const SORTS: [(&'static str, bool); 10] = [
        ("arguments", true),
        ("events", false),
        ("fields", true),
        ("groups", false),
        ("methods", false),
        ("modules", true),
        ("security", false),
        ("servers", false),
        ("types", false),
        ("variants", true),
    ];
}

/// Names by what bears them, in each namespace.
///
/// What is called in Rust exactly as in the document is not in it: nothing else can ever take such a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    spaces: BTreeMap<Space, BTreeMap<String, String>>,
}

/// A name that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Where the old name is written.
    pub pointer: Pointer,
    /// What bears it.
    pub bearer: String,
    /// The name as it was.
    pub before: String,
    /// The name as it would be.
    pub after: String,
}

impl Given {
    /// Reads what [`Given::to_tree`] wrote and people may have edited.
    ///
    /// # Errors
    ///
    /// Where a place holds something else than names, with that place and what belongs there.
    pub fn from_tree(tree: &Value) -> Result<Self, (Pointer, String)> {
        let mut given = Given::default();
        let root = Pointer::root();
        for (sort, value) in object(tree, &root)? {
            let at = root.child(sort);
            let Some((sort, owned)) = Space::SORTS.into_iter().find(|(known, _)| known == sort) else {
                let known: Vec<&str> = Space::SORTS.iter().map(|(sort, _)| *sort).collect();
                return Err((at, format!("`{sort}` is no sort of names; there are {}", known.join(", "))));
            };
            if !owned {
                given.spaces.insert(Space { sort, owner: None }, table(value, &at)?);
                continue;
            }
            for (owner, value) in object(value, &at)? {
                let space = Space { sort, owner: Some(owner.clone()) };
                given.spaces.insert(space, table(value, &at.child(owner))?);
            }
        }
        Ok(given)
    }

    /// The names as a tree: sorted, whatever the order in which they were given.
    pub fn to_tree(&self) -> Value {
        let mut tree = Map::new();
        for (space, table) in self.spaces.iter().filter(|(_, table)| !table.is_empty()) {
            let names: Map<String, Value> =
                table.iter().map(|(bearer, name)| (bearer.clone(), Value::from(name.as_str()))).collect();
            match &space.owner {
                None => drop(tree.insert(space.sort.to_owned(), names.into())),
                Some(owner) => {
                    let owners = tree.entry(space.sort).or_insert_with(|| Map::new().into());
                    owners.as_object_mut().map(|owners| owners.insert(owner.clone(), names.into()));
                }
            }
        }
        tree.into()
    }

    /// The name that a bearer had.
    pub fn get(&self, space: &Space, bearer: &str) -> Option<&str> {
        self.spaces.get(space)?.get(bearer).map(String::as_str)
    }

    /// All names of a namespace, by bearer.
    pub fn names(&self, space: &Space) -> impl Iterator<Item = (&str, &str)> {
        self.spaces.get(space).into_iter().flatten().map(|(bearer, name)| (bearer.as_str(), name.as_str()))
    }

    /// Writes down a name. The first counts where several things are borne by one text.
    pub fn note(&mut self, space: &Space, bearer: &str, name: &Name) {
        if name.bare() == bearer {
            return;
        }
        let table = match self.spaces.get_mut(space) {
            Some(table) => table,
            None => self.spaces.entry(space.clone()).or_default(),
        };
        table.entry(bearer.to_owned()).or_insert_with(|| name.as_str().to_owned());
    }

    /// What still is, and has another name in `after`.
    pub fn renamed(&self, after: &Given) -> Vec<Renamed> {
        let mut found = Vec::new();
        for (space, table) in &self.spaces {
            let root = Pointer::root().child(space.sort);
            let root = space.owner.as_ref().map_or_else(|| root.clone(), |owner| root.child(owner));
            for (bearer, before) in table {
                match after.get(space, bearer) {
                    Some(name) if name != before => found.push(Renamed {
                        pointer: root.child(bearer),
                        bearer: bearer.clone(),
                        before: before.clone(),
                        after: name.to_owned(),
                    }),
                    _ => {}
                }
            }
        }
        found
    }
}

fn object<'v>(value: &'v Value, at: &Pointer) -> Result<&'v Map<String, Value>, (Pointer, String)> {
    value.as_object().ok_or_else(|| (at.clone(), "an object with names belongs here".to_owned()))
}

fn table(value: &Value, at: &Pointer) -> Result<BTreeMap<String, String>, (Pointer, String)> {
    let entry = |(bearer, name): (&String, &Value)| match name.as_str() {
        Some(name) => Ok((bearer.clone(), name.to_owned())),
        None => Err((at.child(bearer), "a name belongs here".to_owned())),
    };
    object(value, at)?.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Given, Space};
    use crate::rust::name::{Case, Scope};

    #[test]
    fn what_is_written_is_read_again() {
        let (mut given, mut scope) = (Given::default(), Scope::new());
        given.note(&Space::TYPES, "Pet > status", &scope.claim("Status", Case::Type));
        let mut note = |space: &Space, bearer: &str, case| given.note(space, bearer, &scope.claim(bearer, case));
        note(&Space::fields("Pet"), "targetUrl", Case::Value);
        note(&Space::fields("Pet"), "type", Case::Value);
        let tree = given.to_tree();
        assert_eq!(
            tree,
            json!({ "fields": { "Pet": { "targetUrl": "target_url" } }, "types": { "Pet > status": "Status" } }),
            "and `type`, which is called so in the document, is left out"
        );
        assert_eq!(Given::from_tree(&tree), Ok(given));
    }

    #[test]
    fn what_is_no_table_of_names_has_a_place() {
        for (tree, place) in [
            (json!([]), ""),
            (json!({ "colours": {} }), "/colours"),
            (json!({ "types": { "Pet": 7 } }), "/types/Pet"),
            (json!({ "fields": { "Pet": "x" } }), "/fields/Pet"),
        ] {
            let (pointer, message) = Given::from_tree(&tree).unwrap_err();
            assert_eq!(pointer.as_str(), place, "{message}");
        }
    }
}
