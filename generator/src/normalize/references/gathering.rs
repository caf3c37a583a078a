//! The state of gathering the targets of references, and the steps of it.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::super::failures::Successes;
use super::super::grammar::{Kind, Version};
use super::super::nearest::nearest;
use super::super::repairs;
use super::collect::{Collector, Found};
use super::files::FileSet;
use super::moves::Moves;
use super::names::Names;
use super::site::{Site, Slot, Want};
use crate::diagnostics::{Diagnostic, Diagnostics, Rule};
use crate::place::{Origins, Pointer};

/// The schemas that were copied for a dynamic scope.
#[derive(Default)]
pub(super) struct DynamicScopes {
    /// The document as it was written, if there is anything in it that depends on the way.
    pub(super) written: Option<Value>,
    pub(super) known: HashMap<Way, Pointer>,
}

/// The target of a reference, and the resource of each relevant anchor in the dynamic scope.
type Way = (usize, Pointer, Vec<(String, usize)>);

/// The state of gathering the targets of references.
pub(super) struct Gathering<'a> {
    pub(super) root: &'a mut Value,
    pub(super) version: Version,
    pub(super) files: FileSet<'a>,
    /// The sites to resolve, last first.
    pub(super) sites: Vec<Site>,
    /// The sites to replace by a copy of their target, once the target is resolved.
    pub(super) inline: Vec<(Site, Pointer)>,
    /// The parts that became components.
    pub(super) moves: Moves,
    /// The parts that were copied from other files, with their components.
    pub(super) copies: HashMap<(usize, Pointer, Kind), Pointer>,
    pub(super) dynamic_scopes: DynamicScopes,
    pub(super) names: Names,
    /// The places at which references were replaced by copies.
    pub(super) copied: Vec<Pointer>,
    /// Components on other hosts, each with the finding that is due if anything refers to it.
    pub(super) remote: Vec<(Site, Diagnostic)>,
    /// The components that nothing uses, once they were computed.
    pub(super) unused: Option<HashSet<Pointer>>,
    /// Those of them that were left out, until what refers to them is.
    pub(super) gone: HashSet<Pointer>,
    /// The faults in the bodies of shared responses.
    pub(super) bodies: Vec<(Site, Diagnostic)>,
    /// The shared responses to successes, once all are known.
    pub(super) successes: Option<Successes>,
    pub(super) origins: &'a mut Origins,
    pub(super) diagnostics: &'a mut Diagnostics,
}

/// With more findings than this, none has a suggestion: each compares a name with those of all components.
const MOST_SUGGESTED: usize = 256;

impl Gathering<'_> {
    /// Walks a part of the tree.
    pub(super) fn collect(&mut self, at: &Pointer, want: Want) {
        let source = self.source(at);
        let mut collector = Collector::new(self.root, self.version, source, at.clone(), &mut self.files);
        collector.walk(want);
        let Found { mut sites, faults, single } = collector.finish();
        faults.into_iter().for_each(|fault| self.diagnostics.push(fault));
        // In an order that is not the document's, so that names do not depend on that; the list is worked off from its end.
        sites.sort_by(|left, right| (&right.at, &right.slot).cmp(&(&left.at, &left.slot)));
        self.sites.append(&mut sites);
        single.into_iter().for_each(|(at, kind)| self.list_of(&at, kind));
    }

    /// Makes a list of an object that stands where a list belongs, and walks it.
    pub(super) fn list_of(&mut self, at: &Pointer, kind: Kind) {
        let Some(Value::Object(members)) = self.root.pointer_mut(at.as_str()).map(Value::take) else { return };
        let (items, keys) = repairs::list(kind, members);
        let (rule, message) = repairs::single(kind, keys.as_deref());
        self.diagnostics.push(rule.at(at).message(message));
        self.diagnostics.resolve(self.origins);
        self.origins.listed(at, keys.as_deref());
        if let Some(place) = self.root.pointer_mut(at.as_str()) {
            *place = Value::Array(items);
        }
        self.collect(at, Want::List(kind));
    }

    /// The file, and the place in it, that a part of the tree was copied from.
    pub(super) fn source(&self, at: &Pointer) -> (usize, Pointer) {
        let (file, source) = self.origins.source_of(at);
        // A value from an overlay counts as a value of the spec.
        self.files.index(file).map_or((0, at.clone()), |file| (file, source))
    }

    /// Reports that a reference is resolved at a place where the specification has none.
    pub(super) fn loosely(&mut self, site: &Site) {
        if site.want.is_loose() {
            let message = "no reference can stand here; what it leads to is taken";
            self.diagnostics.push(Rule::Forbidden.at(site.at.child("$ref")).message(message));
            self.diagnostics.resolve(self.origins);
        }
    }

    /// The component that a reference without a target probably means: one with a similar name, or in another section.
    pub(super) fn meant(&self, site: &Site, pointer: &Pointer) -> Option<String> {
        let Want::One(kind) = site.want else { return None };
        if self.diagnostics.len() > MOST_SUGGESTED {
            return None;
        }
        let section = Pointer::parse(kind.home(self.version)?)?;
        let known = self.root.pointer(section.as_str())?.as_object()?;
        let (_, name) = pointer.split_last()?;
        let near = nearest(&name, known.keys().map(String::as_str))?;
        Some(format!("#{}", section.child(near)))
    }

    /// Writes a reference to a component at a site.
    pub(super) fn write(&mut self, site: &Site, component: &Pointer) {
        let text = Value::String(format!("#{component}"));
        let Some(Value::Object(holder)) = self.root.pointer_mut(site.at.as_str()) else { return };
        match &site.slot {
            Slot::Reference => {
                holder.insert("$ref".to_owned(), text);
            }
            Slot::Dynamic(keyword) => {
                holder.shift_remove(*keyword);
                holder.insert("$ref".to_owned(), text);
            }
            Slot::Mapping(key) => {
                holder.insert(key.clone(), text);
            }
        }
    }

    /// The component for the target of a reference.
    pub(super) fn claim(&mut self, pointer: &Pointer, kind: Kind, stem: Option<&str>) -> Pointer {
        let home = kind.home(self.version).unwrap_or("/components/schemas");
        let taken = self.root.pointer(home).and_then(Value::as_object);
        let name = self.names.claim(home, pointer, stem, |name| taken.is_some_and(|taken| taken.contains_key(name)));
        Pointer::parse(home).unwrap_or_default().child(name)
    }

    /// Puts a component into its section, which need not be there yet.
    pub(super) fn put(&mut self, component: &Pointer, value: Value) {
        let Some((section, name)) = component.split_last() else { return };
        let mut holder = &mut *self.root;
        for token in section.tokens() {
            let Value::Object(members) = holder else { return };
            holder = members.entry(token.into_owned()).or_insert_with(|| Value::Object(Map::new()));
        }
        if let Value::Object(section) = holder {
            section.insert(name.into_owned(), value);
        }
    }

    /// Moves the value at `pointer` to a component, and leaves a reference there.
    pub(super) fn hoist(&mut self, pointer: &Pointer, kind: Kind, unknown: bool) -> Pointer {
        let component = self.claim(pointer, kind, None);
        let reference = json!({ "$ref": format!("#{component}") });
        let Some(place) = self.root.pointer_mut(pointer.as_str()) else { return component };
        let value = std::mem::replace(place, reference);
        self.put(&component, value);
        self.origins.relocate(pointer, &component);
        self.moves.add(pointer.clone(), component.clone());
        if unknown {
            // The grammar did not lead here, so the value has not been walked.
            self.collect(&component, Want::One(kind));
        }
        component
    }
}
