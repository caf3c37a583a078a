//! Schemas whose meaning depends on the dynamic scope: a `$dynamicRef` in one refers to the outermost `$dynamicAnchor` of the scope.
//!
//! Generic schemas are written in this way: a page of `#T`, and a schema that refers to it and has the anchor `T` on its items. For each scope
//! the schema is copied, as it was written, and in the copy the `$dynamicRef` is the reference that it is in that scope.

use serde_json::Value;

use super::super::grammar::Kind;
use super::files::Target;
use super::gathering::Gathering;
use super::site::{Site, Want};
use crate::place::Pointer;

impl Gathering<'_> {
    /// Keeps a copy of the document before it is rewritten.
    pub(super) fn keep_for_dynamic_scopes(&mut self) {
        if self.files.resources.has_scopes() {
            self.dynamic_scopes.written = Some(self.root.clone());
        }
    }

    /// Copies the target of a reference if it resolves differently in this dynamic scope. Returns whether it was copied.
    pub(super) fn instance(&mut self, site: &Site, target: &Target) -> bool {
        if site.inlined || site.want != Want::One(Kind::Schema) {
            return false;
        }
        let scope = self.files.resources.scope(&site.scope, site.resource);
        let bindings = self.files.resources.bindings(&scope, target.file, &target.pointer);
        if bindings.is_empty() {
            return false;
        }
        let key = (target.file, target.pointer.clone(), bindings);
        let component = match self.dynamic_scopes.known.get(&key) {
            Some(component) => component.clone(),
            None => {
                let Some(value) = self.written(target) else { return false };
                let component = self.claim(&self.way(site, target), Kind::Schema, None);
                self.dynamic_scopes.known.insert(key, component.clone());
                self.put(&component, value);
                self.origins.import(component.clone(), self.files.name(target.file), target.pointer.clone());
                let before = self.sites.len();
                self.collect(&component, Want::One(Kind::Schema));
                for inner in &mut self.sites[before..] {
                    inner.scope.clone_from(&scope);
                }
                component
            }
        };
        self.write(site, &component);
        true
    }

    fn written(&self, target: &Target) -> Option<Value> {
        match target.file {
            0 => self.dynamic_scopes.written.as_ref()?.pointer(target.pointer.as_str()).cloned(),
            file => self.files.at(file, &target.pointer),
        }
    }

    /// The tokens that name the copy: where the way begins, and what it leads to.
    fn way(&self, site: &Site, target: &Target) -> Pointer {
        let (_, written_at) = self.source(&site.at);
        let names = [&written_at, &target.pointer].into_iter().filter_map(|place| place.tokens().nth(2));
        names.fold(Pointer::root(), |way, name| way.child(name))
    }
}
