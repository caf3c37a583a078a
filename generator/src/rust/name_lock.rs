//! The recorded names, which are kept, so that a document that grows renames nothing.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::name::{Case, Name, is_usable};
use crate::place::Pointer;

/// A namespace: the kind of its names, and the owner if each owner has a namespace of its own.
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
    /// Setters and constants of security schemes by their purpose.
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

    /// The variants of an enum by their values, or of a union by their members.
    pub fn variants(item: &str) -> Self {
        Namespace { kind: "variants", owner: Some(item.to_owned()) }
    }

    /// The types of a group's own module by their purpose.
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

/// The member of the tree that has orders of arguments.
const ORDER: &str = "order";

/// The member of the tree that has fingerprints of shared types.
const SHAPES: &str = "shapes";

/// The member of the tree that counts places without a type.
pub(crate) const UNTYPED: &str = "untyped";

/// Names by their keys, in each namespace.
///
/// A name that is spelled in Rust exactly as in the document is not recorded: nothing else can take it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameLock {
    spaces: BTreeMap<Namespace, BTreeMap<String, String>>,
    /// The keys of required arguments in the order in which callers pass them, by operation, or by `new` and a type.
    orders: BTreeMap<String, Vec<String>>,
    /// The fingerprints of inline types that several places share, by name.
    shapes: BTreeMap<String, String>,
    /// The number of untyped places.
    untyped: Option<usize>,
}

/// A name that differs from the recorded one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The namespace of the name.
    pub space: Namespace,
    /// The place of the old name.
    pub pointer: Pointer,
    /// The key of the name.
    pub key: String,
    /// The name as it was.
    pub before: String,
    /// The name as it would be.
    pub after: String,
}

impl NameLock {
    /// Reads the tree that [`NameLock::to_tree`] returned and that people may have edited.
    ///
    /// # Errors
    ///
    /// If a place has something other than names, with that place and the expected value.
    pub fn from_tree(tree: &Value) -> Result<Self, (Pointer, String)> {
        let mut given = NameLock::default();
        let root = Pointer::root();
        for (kind, value) in object(tree, &root)? {
            let at = root.child(kind);
            match kind.as_str() {
                ORDER => {
                    given.orders = orders(value, &at)?;
                    continue;
                }
                SHAPES => {
                    given.shapes = shapes(value, &at)?;
                    continue;
                }
                UNTYPED => {
                    let count = value.as_u64().and_then(|count| usize::try_from(count).ok());
                    given.untyped = Some(count.ok_or_else(|| (at, "a number of places belongs here".to_owned()))?);
                    continue;
                }
                _ => {}
            }
            let Some((kind, owned)) = Namespace::KINDS.into_iter().find(|(known, _)| known == kind) else {
                let known: Vec<&str> = Namespace::KINDS.iter().map(|(kind, _)| *kind).collect();
                return Err((at, format!("`{kind}` is no kind of names; there are {}", known.join(", "))));
            };
            if !owned {
                given.spaces.insert(Namespace { kind, owner: None }, table(kind, value, &at)?);
                continue;
            }
            for (owner, value) in object(value, &at)? {
                let space = Namespace { kind, owner: Some(owner.clone()) };
                given.spaces.insert(space, table(kind, value, &at.child(owner))?);
            }
        }
        Ok(given)
    }

    /// Returns the names as a sorted tree.
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
        if !self.orders.is_empty() {
            let orders = self.orders.iter().map(|(owner, keys)| (owner.clone(), Value::from(keys.clone())));
            tree.insert(ORDER.to_owned(), orders.collect::<Map<String, Value>>().into());
        }
        if !self.shapes.is_empty() {
            let shapes = self.shapes.iter().map(|(name, shape)| (name.clone(), Value::from(shape.as_str())));
            tree.insert(SHAPES.to_owned(), shapes.collect::<Map<String, Value>>().into());
        }
        tree.extend(self.untyped.map(|count| (UNTYPED.to_owned(), Value::from(count))));
        tree.into()
    }

    /// The keys of required arguments in the recorded order; empty if none is recorded.
    pub fn order(&self, owner: &str) -> &[String] {
        self.orders.get(owner).map_or(&[], Vec::as_slice)
    }

    /// Records an order.
    pub fn record_order(&mut self, owner: &str, keys: Vec<String>) {
        self.orders.insert(owner.to_owned(), keys);
    }

    /// Returns whether the inline type of this name had this fingerprint.
    pub fn had_shape(&self, name: &str, fingerprint: u64) -> bool {
        self.shapes.get(name).is_some_and(|known| *known == shape(fingerprint))
    }

    /// Records the fingerprint of an inline type that several places share.
    pub fn record_shape(&mut self, name: &Name, fingerprint: u64) {
        self.shapes.insert(name.as_str().to_owned(), shape(fingerprint));
    }

    /// Returns the number of untyped places, if it was counted.
    pub fn untyped(&self) -> Option<usize> {
        self.untyped
    }

    /// Records the number of places without a type.
    pub fn record_untyped(&mut self, count: usize) {
        self.untyped = Some(count);
    }

    /// The name that a key had.
    pub fn get(&self, space: &Namespace, key: &str) -> Option<&str> {
        self.spaces.get(space)?.get(key).map(String::as_str)
    }

    /// All names of a namespace, by key.
    pub fn names(&self, space: &Namespace) -> impl Iterator<Item = (&str, &str)> {
        self.spaces.get(space).into_iter().flatten().map(|(key, name)| (key.as_str(), name.as_str()))
    }

    /// Records a name. The first one counts if several have the same key.
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

    /// Returns the keys that exist in both and have another name in `after`.
    pub fn renamed(&self, after: &NameLock) -> Vec<Renamed> {
        let mut found = Vec::new();
        for (space, table) in &self.spaces {
            let root = Pointer::root().child(space.kind);
            let root = space.owner.as_ref().map_or_else(|| root.clone(), |owner| root.child(owner));
            for (key, before) in table {
                match after.get(space, key) {
                    Some(name) if name != before => found.push(Renamed {
                        space: space.clone(),
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

/// Returns the text of a fingerprint, which no YAML reader takes for a number.
fn shape(fingerprint: u64) -> String {
    format!("x{fingerprint:016x}")
}

fn shapes(value: &Value, at: &Pointer) -> Result<BTreeMap<String, String>, (Pointer, String)> {
    let entry = |(name, value): (&String, &Value)| match value.as_str() {
        Some(shape) => Ok((name.clone(), shape.to_owned())),
        None => Err((at.child(name), "the fingerprint of a type belongs here".to_owned())),
    };
    object(value, at)?.iter().map(entry).collect()
}

fn orders(value: &Value, at: &Pointer) -> Result<BTreeMap<String, Vec<String>>, (Pointer, String)> {
    let keys = |(owner, value): (&String, &Value)| {
        let keys = value.as_array().and_then(|keys| keys.iter().map(|key| key.as_str().map(str::to_owned)).collect());
        match keys {
            Some(keys) => Ok((owner.clone(), keys)),
            None => Err((at.child(owner), "a list of parameters or members belongs here".to_owned())),
        }
    };
    object(value, at)?.iter().map(keys).collect()
}

/// The cases that the names of a kind may have.
fn cases(kind: &str) -> &'static [Case] {
    match kind {
        "events" | "modules" | "types" => &[Case::Type],
        "variants" => &[Case::Variant],
        "servers" => &[Case::Type, Case::Constant],
        _ => &[Case::Value],
    }
}

fn table(kind: &str, value: &Value, at: &Pointer) -> Result<BTreeMap<String, String>, (Pointer, String)> {
    let entry = |(key, name): (&String, &Value)| match name.as_str() {
        Some(name) if cases(kind).iter().any(|case| is_usable(name, *case)) => Ok((key.clone(), name.to_owned())),
        Some(name) => {
            let example = if cases(kind).contains(&Case::Value) { "`update_webhook`" } else { "`UpdateWebhook`" };
            let shown: String = name.chars().take(60).map(|it| if it.is_control() { ' ' } else { it }).collect();
            Err((at.child(key), format!("`{shown}` can't be a name here; write one like {example}")))
        }
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
        given.record_order("POST /a", vec!["to".to_owned(), "from".to_owned()]);
        given.record_untyped(3);
        let tree = given.to_tree();
        assert_eq!(
            tree,
            json!({ "fields": { "Pet": { "targetUrl": "target_url" } }, "order": { "POST /a": ["to", "from"] },
                    "types": { "Pet > status": "Status" }, "untyped": 3 }),
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
            (json!({ "types": { "Pet > status": "pub fn x() {}" } }), "/types/Pet > status"),
            (json!({ "types": { "pet": "pet" } }), "/types/pet"),
            (json!({ "types": { "pet": "Self" } }), "/types/pet"),
            (json!({ "fields": { "Pet": { "type": "type" } } }), "/fields/Pet/type"),
            (json!({ "methods": { "GET /a": "getA" } }), "/methods/GET ~1a"),
            (json!({ "methods": { "GET /a": "" } }), "/methods/GET ~1a"),
            (json!({ "order": { "GET /a": "a" } }), "/order/GET ~1a"),
            (json!({ "untyped": -1 }), "/untyped"),
            (json!({ "shapes": { "Pet": 7 } }), "/shapes/Pet"),
        ] {
            let (pointer, message) = NameLock::from_tree(&tree).unwrap_err();
            assert_eq!(pointer.as_str(), place, "{message}");
        }
    }
}
