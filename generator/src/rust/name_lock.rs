//! Names that were given before. They are kept: a document that grows renames nothing.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::name::Name;
use crate::place::Pointer;

/// A namespace: what kind of names it has, and whose they are where each owner has a namespace of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Namespace {
    /// The kind: `types`, `fields`, …
    pub kind: &'static str,
    /// The owner, such as the type whose fields they are; `None` where there is one namespace for the whole crate.
    pub owner: Option<String>,
}

impl Namespace {
    /// Groups of operations by their tags: modules, and methods of the client.
    pub const GROUPS: Namespace = Namespace { kind: "groups", owner: None };
    /// Methods by HTTP method and path.
    pub const METHODS: Namespace = Namespace { kind: "methods", owner: None };
    /// Types by the component, or by the place of the inline schema.
    pub const TYPES: Namespace = Namespace { kind: "types", owner: None };
    /// Setters and constants of security schemes by what they are for.
    pub const SECURITY: Namespace = Namespace { kind: "security", owner: None };
    /// Constants and types of servers by URL.
    pub const SERVERS: Namespace = Namespace { kind: "servers", owner: None };
    /// The enums of webhooks and callbacks.
    pub const EVENTS: Namespace = Namespace { kind: "events", owner: None };

    /// The arguments and setters of an operation by parameter and place.
    pub fn arguments(operation: &str) -> Self {
        Namespace { kind: "arguments", owner: Some(operation.to_owned()) }
    }

    /// The fields of a struct by their names on the wire.
    pub fn fields(item: &str) -> Self {
        Namespace { kind: "fields", owner: Some(item.to_owned()) }
    }

    /// The variants of an enum by their values, or by what their members are.
    pub fn variants(item: &str) -> Self {
        Namespace { kind: "variants", owner: Some(item.to_owned()) }
    }

    /// The types of a group's own module by what they are for.
    pub fn module(group: &str) -> Self {
        Namespace { kind: "modules", owner: Some(group.to_owned()) }
    }

    const KINDS: [(&'static str, bool); 10] = [
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
pub struct NameLock {
    spaces: BTreeMap<Namespace, BTreeMap<String, String>>,
}

/// A name that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Where the old name is written.
    pub pointer: Pointer,
    /// What bears it.
    pub key: String,
    /// The name as it was.
    pub before: String,
    /// The name as it would be.
    pub after: String,
}

impl NameLock {
    /// Reads what [`NameLock::to_tree`] wrote and people may have edited.
    ///
    /// # Errors
    ///
    /// Where a place holds something else than names, with that place and what belongs there.
    pub fn from_tree(tree: &Value) -> Result<Self, (Pointer, String)> {
        let mut given = NameLock::default();
        let root = Pointer::root();
        for (kind, value) in object(tree, &root)? {
            let at = root.child(kind);
            let Some((kind, owned)) = Namespace::KINDS.into_iter().find(|(known, _)| known == kind) else {
                let known: Vec<&str> = Namespace::KINDS.iter().map(|(kind, _)| *kind).collect();
                return Err((at, format!("`{kind}` is no kind of names; there are {}", known.join(", "))));
            };
            if !owned {
                given.spaces.insert(Namespace { kind, owner: None }, table(value, &at)?);
                continue;
            }
            for (owner, value) in object(value, &at)? {
                let space = Namespace { kind, owner: Some(owner.clone()) };
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
                table.iter().map(|(key, name)| (key.clone(), Value::from(name.as_str()))).collect();
            match &space.owner {
                None => drop(tree.insert(space.kind.to_owned(), names.into())),
                Some(owner) => {
                    let owners = tree.entry(space.kind).or_insert_with(|| Map::new().into());
                    owners.as_object_mut().map(|owners| owners.insert(owner.clone(), names.into()));
                }
            }
        }
        tree.into()
    }

    /// The name that a key had.
    pub fn get(&self, space: &Namespace, key: &str) -> Option<&str> {
        self.spaces.get(space)?.get(key).map(String::as_str)
    }

    /// All names of a namespace, by key.
    pub fn names(&self, space: &Namespace) -> impl Iterator<Item = (&str, &str)> {
        self.spaces.get(space).into_iter().flatten().map(|(key, name)| (key.as_str(), name.as_str()))
    }

    /// Writes down a name. The first counts where several things are borne by one text.
    pub fn record(&mut self, space: &Namespace, key: &str, name: &Name) {
        if name.bare() == key {
            return;
        }
        let table = match self.spaces.get_mut(space) {
            Some(table) => table,
            None => self.spaces.entry(space.clone()).or_default(),
        };
        table.entry(key.to_owned()).or_insert_with(|| name.as_str().to_owned());
    }

    /// What still is, and has another name in `after`.
    pub fn renamed(&self, after: &NameLock) -> Vec<Renamed> {
        let mut found = Vec::new();
        for (space, table) in &self.spaces {
            let root = Pointer::root().child(space.kind);
            let root = space.owner.as_ref().map_or_else(|| root.clone(), |owner| root.child(owner));
            for (key, before) in table {
                match after.get(space, key) {
                    Some(name) if name != before => found.push(Renamed {
                        pointer: root.child(key),
                        key: key.clone(),
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
    let entry = |(key, name): (&String, &Value)| match name.as_str() {
        Some(name) => Ok((key.clone(), name.to_owned())),
        None => Err((at.child(key), "a name belongs here".to_owned())),
    };
    object(value, at)?.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{NameLock, Namespace};
    use crate::rust::name::{Case, Scope};

    #[test]
    fn what_is_written_is_read_again() {
        let (mut given, mut scope) = (NameLock::default(), Scope::new());
        given.record(&Namespace::TYPES, "Pet > status", &scope.claim("Status", Case::Type));
        let mut note = |space: &Namespace, key: &str, case| given.record(space, key, &scope.claim(key, case));
        note(&Namespace::fields("Pet"), "targetUrl", Case::Value);
        note(&Namespace::fields("Pet"), "type", Case::Value);
        let tree = given.to_tree();
        assert_eq!(
            tree,
            json!({ "fields": { "Pet": { "targetUrl": "target_url" } }, "types": { "Pet > status": "Status" } }),
            "and `type`, which is called so in the document, is left out"
        );
        assert_eq!(NameLock::from_tree(&tree), Ok(given));
    }

    #[test]
    fn what_is_no_table_of_names_has_a_place() {
        for (tree, place) in [
            (json!([]), ""),
            (json!({ "colours": {} }), "/colours"),
            (json!({ "types": { "Pet": 7 } }), "/types/Pet"),
            (json!({ "fields": { "Pet": "x" } }), "/fields/Pet"),
        ] {
            let (pointer, message) = NameLock::from_tree(&tree).unwrap_err();
            assert_eq!(pointer.as_str(), place, "{message}");
        }
    }
}
