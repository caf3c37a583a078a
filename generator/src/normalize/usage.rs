//! The components that operations use, and those that nothing uses.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::grammar::{Kind, Version};
use super::percent::decode;
use crate::carried;
use crate::place::{Pointer, Trail};

/// The kinds of components that are used by references. Security schemes are used by name.
const KINDS: &[Kind] = &[
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::Link,
    Kind::Callback,
    Kind::PathItem,
    Kind::MediaType,
];

/// Removes the components that nothing uses.
pub(super) fn prune(root: &mut Value) {
    unused(root, Version::V32).iter().for_each(|component| remove(root, component));
}

/// The message of a finding in a component that is left out.
pub(super) fn left_out(message: &str, component: &Pointer) -> String {
    let name = component.split_last().map(|(_, name)| name.into_owned()).unwrap_or_default();
    format!("{message}; nothing uses `{name}`, and it is left out")
}

/// Removes a component.
pub(super) fn remove(root: &mut Value, component: &Pointer) {
    let Some((section, name)) = component.split_last() else { return };
    if let Some(Value::Object(members)) = root.pointer_mut(section.as_str()) {
        members.shift_remove(&*name);
    }
}

/// The component that a place is in.
pub(super) fn component_of(place: &Pointer, version: Version) -> Option<Pointer> {
    KINDS.iter().find_map(|kind| {
        let home = kind.home(version)?;
        let rest = place.as_str().strip_prefix(home)?.strip_prefix('/')?;
        let end = home.len() + 1 + rest.find('/').unwrap_or(rest.len());
        Pointer::parse(&place.as_str()[..end])
    })
}

/// The components that neither a path nor a webhook leads to; none in a document without paths and webhooks, whose components count as used.
pub(super) fn unused(root: &Value, version: Version) -> HashSet<Pointer> {
    let leads = |name: &&str| root.get(*name).and_then(Value::as_object).is_some_and(|members| !members.is_empty());
    if !["paths", "webhooks", carried::WEBHOOKS, "x-ms-paths"].iter().any(leads) {
        return HashSet::new();
    }
    let mut components: HashMap<Pointer, &Value> = HashMap::new();
    for home in KINDS.iter().filter_map(|kind| kind.home(version)) {
        for (name, value) in root.pointer(home).and_then(Value::as_object).into_iter().flatten() {
            components.extend(Pointer::parse(home).map(|home| (home.child(name), value)));
        }
    }
    let mut reader = Reader { version, found: Vec::new() };
    let top = Pointer::root();
    reader.outside(root, &Trail::At(&top));
    let mut used: HashSet<Pointer> = HashSet::new();
    loop {
        while let Some(next) = reader.found.pop() {
            if let Some(value) = components.get(&next).filter(|_| !used.contains(&next)) {
                reader.value(value, false);
                used.insert(next);
            }
        }
        // A schema is also used if it extends a base with a discriminator.
        for (pointer, value) in components.iter().filter(|(pointer, _)| !used.contains(*pointer)) {
            let parts = value.get("allOf").and_then(Value::as_array).into_iter().flatten();
            let mut bases = parts.filter_map(|part| reader.target(part.get("$ref")?.as_str()?));
            let extends = bases.any(|base| {
                used.contains(&base) && components.get(&base).is_some_and(|base| base.get("discriminator").is_some())
            });
            if extends {
                reader.found.push(pointer.clone());
            }
        }
        if reader.found.is_empty() {
            break;
        }
    }
    components.into_keys().filter(|component| !used.contains(component)).collect()
}

/// The components among some that refer to one of those that are gone, or to one that does, each with what it refers to.
pub(super) fn referring(
    root: &Value,
    version: Version,
    among: &HashSet<Pointer>,
    gone: &HashSet<Pointer>,
) -> Vec<(Pointer, Pointer)> {
    let mut left: Vec<&Pointer> = among.iter().filter(|component| !gone.contains(*component)).collect();
    left.sort();
    let mut referring: HashMap<Pointer, Vec<&Pointer>> = HashMap::new();
    for component in left {
        let mut reader = Reader { version, found: Vec::new() };
        root.pointer(component.as_str()).into_iter().for_each(|value| reader.references(value));
        reader.found.into_iter().for_each(|target| referring.entry(target).or_default().push(component));
    }
    let mut next: Vec<Pointer> = gone.iter().cloned().collect();
    next.sort();
    let (mut known, mut found) = (gone.clone(), Vec::new());
    while let Some(target) = next.pop() {
        for component in referring.remove(&target).into_iter().flatten() {
            if known.insert(component.clone()) {
                found.push((component.clone(), target.clone()));
                next.push(component.clone());
            }
        }
    }
    found
}

/// The entries of mappings that lead to components that are gone, in those that nothing uses: others would use these.
pub(super) fn mapped(
    root: &Value,
    version: Version,
    unused: &HashSet<Pointer>,
    gone: &HashSet<Pointer>,
) -> Vec<Pointer> {
    let mut holders: Vec<&Pointer> = unused.iter().filter(|component| !gone.contains(*component)).collect();
    holders.sort();
    let reader = Reader { version, found: Vec::new() };
    let mut found = Vec::new();
    for holder in holders {
        let value = root.pointer(holder.as_str()).unwrap_or(&Value::Null);
        reader.mapped(value, &Trail::At(holder), gone, &mut found);
    }
    found
}

/// Collects the components that a value mentions.
struct Reader {
    version: Version,
    found: Vec<Pointer>,
}

impl Reader {
    /// Reads a value outside the components.
    fn outside(&mut self, value: &Value, trail: &Trail<'_>) {
        let Value::Object(members) = value else { return };
        for (key, member) in members {
            let here = trail.key(key);
            let pointer = here.pointer();
            if KINDS.iter().any(|kind| kind.home(self.version) == Some(pointer.as_str())) {
                continue;
            }
            match key.as_str() {
                "components" => self.outside(member, &here),
                _ => self.value(member, false),
            }
        }
    }

    fn value(&mut self, value: &Value, in_mapping: bool) {
        match value {
            Value::String(text) => {
                self.found.extend(self.target(text));
                if in_mapping {
                    let schemas = Kind::Schema.home(self.version).and_then(Pointer::parse);
                    self.found.extend(schemas.map(|schemas| schemas.child(text)));
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.value(item, false)),
            Value::Object(members) => members.iter().for_each(|(key, member)| {
                self.value(member, in_mapping || matches!(key.as_str(), "mapping" | "defaultMapping"));
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Reads the references of a value, without the texts that may be none.
    fn references(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.references(item)),
            Value::Object(members) => members.iter().for_each(|(key, member)| match member {
                Value::String(text) if key == "$ref" => self.found.extend(self.target(text)),
                _ => self.references(member),
            }),
            _ => {}
        }
    }

    /// Adds the entries of mappings in a value that lead to some components.
    fn mapped(&self, value: &Value, trail: &Trail<'_>, gone: &HashSet<Pointer>, found: &mut Vec<Pointer>) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.mapped(item, &trail.index(index), gone, found);
                }
            }
            Value::Object(members) => {
                for (key, member) in members {
                    let here = trail.key(key);
                    let entries = member.as_object().filter(|_| key == "mapping").into_iter().flatten();
                    let leads = |text: &str| self.target(text).is_some_and(|target| gone.contains(&target));
                    let dangling = entries.filter(|(_, target)| target.as_str().is_some_and(leads));
                    found.extend(dangling.map(|(name, _)| here.key(name).pointer()));
                    let is_default = key == "defaultMapping" || key == carried::DEFAULT_MAPPING;
                    if is_default && member.as_str().is_some_and(leads) {
                        found.push(here.pointer());
                    }
                    self.mapped(member, &here, gone, found);
                }
            }
            _ => {}
        }
    }

    /// The component that the text of a reference leads to, whatever file it names.
    fn target(&self, text: &str) -> Option<Pointer> {
        let (_, fragment) = text.split_once('#')?;
        component_of(&Pointer::parse(&decode(fragment)?)?, self.version)
    }
}
