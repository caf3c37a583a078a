//! Schema resources: the targets of `$id`s and anchors, and the base URIs of references (JSON Schema 2020-12, sections 8.2 and 9.1).
//!
//! Places are those in the file where the schema was written, whatever has been moved or copied since.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fluent_uri::{Iri, IriRef};
use serde_json::{Map, Value};

use crate::place::{Pointer, Trail};

/// The base URI of files, for relative references. It is not an address, and nothing is fetched from it.
const FOLDER: &str = "below:///";

/// A file, or a schema with an `$id`: anchors are unique in it, and references in it are relative to its address.
struct Resource {
    /// `None` if it has no valid address.
    address: Option<Iri<String>>,
    /// A schema without an `$id` that is a dynamic scope nevertheless. Its anchors and references are those of the schema around it.
    is_scope_only: bool,
    file: usize,
    at: Pointer,
    /// The one around it.
    within: Option<usize>,
    anchors: BTreeMap<String, Vec<Pointer>>,
    dynamic: Dynamic,
}

/// The parts of a schema with an `$id` that depend on the dynamic scope (JSON Schema 2020-12, section 8.2.3.2).
#[derive(Default)]
struct Dynamic {
    /// `$dynamicAnchor`s.
    anchors: BTreeMap<String, Pointer>,
    /// The anchors that `$dynamicRef`s look for.
    wanted: BTreeSet<String>,
    /// The targets of its references, whose dynamic anchors are relevant as well.
    references: BTreeSet<String>,
}

impl Resource {
    fn new(address: Option<Iri<String>>, file: usize, at: Pointer, within: Option<usize>) -> Self {
        let (anchors, dynamic) = (BTreeMap::new(), Dynamic::default());
        Resource { address, is_scope_only: false, file, at, within, anchors, dynamic }
    }
}

/// All resources, the files among them.
#[derive(Default)]
pub(super) struct Resources {
    all: Vec<Resource>,
    /// The one that each file is.
    files: Vec<usize>,
    places: HashMap<(usize, Pointer), usize>,
    addresses: HashMap<String, usize>,
    /// True if the spec or a file beside it has a `$dynamicRef`: each component is then a dynamic scope, also without an `$id`.
    scopes_components: bool,
}

impl Resources {
    /// Adds the next file, by its path below the spec's folder.
    pub(super) fn add_file(&mut self, path: &str) {
        // A path with characters that a URI cannot have, such as a space, is found by its path only.
        let address = Iri::parse(format!("{FOLDER}{path}")).ok().map(|address| address.normalize());
        self.files.push(self.all.len());
        self.add(Resource::new(address, self.files.len() - 1, Pointer::root(), None));
    }

    /// Takes each component, and each schema that binds dynamic anchors in its `$defs`, for a dynamic scope. By the
    /// letter that takes an `$id`, but without one the anchors of a generic schema and of its instances would mean the same.
    pub(super) fn scope_components(&mut self) {
        self.scopes_components = true;
    }

    /// Returns whether components are dynamic scopes.
    pub(super) fn has_scopes(&self) -> bool {
        self.scopes_components
    }

    /// The resource that a file is.
    pub(super) fn of_file(&self, file: usize) -> usize {
        self.files[file]
    }

    /// Sets the address that a file states: `$self` of an OpenAPI document (from 3.2), `$id` of a schema.
    pub(super) fn call_file(&mut self, file: usize, text: &str) {
        let resource = self.files[file];
        if let Some(address) = self.absolute(resource, text) {
            self.claim(address.as_str(), resource);
            self.all[resource].address = Some(address);
        }
    }

    /// Records an anchor of a resource.
    fn anchor(&mut self, resource: usize, name: &str, at: Pointer) {
        let places = self.all[resource].anchors.entry(name.to_owned()).or_default();
        if !places.contains(&at) {
            places.push(at);
            places.sort();
        }
    }

    /// Finds the resources of a file that was opened. Its kind of object is not known, so every place that may have a schema is searched.
    pub(super) fn scan(&mut self, file: usize, root: &Value) {
        let text = |key: &str| root.get(key).and_then(Value::as_str);
        if let Some(address) = text("$id").or_else(|| text("$self")) {
            self.call_file(file, address);
        }
        self.scopes_components |= has_key(root, "$dynamicRef");
        self.scan_value(file, root, &Trail::At(&Pointer::root()), self.of_file(file), false);
    }

    fn scan_value(&mut self, file: usize, value: &Value, trail: &Trail<'_>, within: usize, named: bool) {
        match value {
            Value::Object(members) => {
                let within = if named { within } else { self.identify(file, members, || trail.pointer(), within) };
                for (key, value) in members {
                    let data = matches!(key.as_str(), "example" | "examples" | "default" | "enum" | "const");
                    if named || !data {
                        let names =
                            matches!(key.as_str(), "properties" | "patternProperties" | "$defs" | "definitions");
                        self.scan_value(file, value, &trail.key(key), within, names && !named);
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.scan_value(file, item, &trail.index(index), within, false);
                }
            }
            _ => {}
        }
    }

    /// Records the names of a schema, and returns the resource to which it belongs.
    pub(super) fn identify(
        &mut self,
        file: usize,
        schema: &Map<String, Value>,
        at: impl Fn() -> Pointer,
        within: usize,
    ) -> usize {
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        let resource = match text("$id") {
            Some(id) => self.begin(file, at(), id, within),
            None if self.scopes_components => self.begin_scope(file, at(), schema, within),
            None => within,
        };
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = text(keyword) {
                self.anchor(self.addressed(resource), name, at());
            }
        }
        if resource != self.files[0] {
            let dynamic = &mut self.all[resource].dynamic;
            if let Some(name) = text("$dynamicAnchor") {
                dynamic.anchors.entry(name.to_owned()).or_insert_with(&at);
            }
            dynamic.wanted.extend(text("$dynamicRef").and_then(|text| text.split('#').nth(1)).map(str::to_owned));
            dynamic.references.extend(text("$ref").map(str::to_owned));
        }
        resource
    }

    /// The resource that begins at a place, which has this `$id`.
    fn begin(&mut self, file: usize, at: Pointer, id: &str, within: usize) -> usize {
        if let Some(known) = self.places.get(&(file, at.clone())) {
            return *known;
        }
        let address = self.absolute(within, id);
        self.add(Resource::new(address, file, at, Some(within)))
    }

    /// The dynamic scope that begins at a place, if one does.
    fn begin_scope(&mut self, file: usize, at: Pointer, schema: &Map<String, Value>, within: usize) -> usize {
        let definitions = schema.get("$defs").and_then(Value::as_object).into_iter().flat_map(Map::values);
        let binds = definitions.into_iter().any(|definition| definition.get("$dynamicAnchor").is_some());
        let is_component = at.as_str().strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'));
        if !binds && !is_component {
            return within;
        }
        if let Some(known) = self.places.get(&(file, at.clone())) {
            return *known;
        }
        self.add(Resource { is_scope_only: true, ..Resource::new(None, file, at, Some(within)) })
    }

    /// The resource whose address and anchors apply in another: itself, or the one around it.
    fn addressed(&self, resource: usize) -> usize {
        let around = std::iter::successors(Some(resource), |inner| self.all[*inner].within);
        around.into_iter().find(|index| !self.all[*index].is_scope_only).unwrap_or(resource)
    }

    /// The resource that a place in a file belongs to.
    pub(super) fn around(&self, file: usize, at: &Pointer) -> usize {
        let places = std::iter::successors(Some(at.clone()), |at| at.split_last().map(|(parent, _)| parent));
        places.into_iter().find_map(|at| self.places.get(&(file, at)).copied()).unwrap_or(self.of_file(file))
    }

    /// The file of a resource, and the place that pointers are relative to in it.
    pub(super) fn place(&self, resource: usize) -> (usize, &Pointer) {
        let resource = self.addressed(resource);
        (self.all[resource].file, &self.all[resource].at)
    }

    /// The resource that has an address, given as in a reference within another.
    pub(super) fn named(&self, within: usize, text: &str) -> Option<usize> {
        self.addresses.get(self.absolute(within, text)?.as_str()).copied()
    }

    /// The resource whose address ends with a text, since authors write `$id`s with a host and references without.
    pub(super) fn ending(&self, text: &str) -> Option<usize> {
        let text = text.trim_start_matches("./");
        let ends = |address: &str| address.strip_suffix(text).is_some_and(|rest| rest.ends_with('/'));
        let found = self.addresses.iter().filter(|(address, _)| ends(address));
        found.min().map(|(_, resource)| *resource)
    }

    /// The path below the spec's folder that a relative reference means where an `$id` has changed what it is relative to.
    pub(super) fn path(&self, within: usize, text: &str) -> Option<String> {
        let address = self.absolute(within, text)?;
        address.as_str().strip_prefix(FOLDER).filter(|_| !text.starts_with('/')).map(str::to_owned)
    }

    /// The places that have an anchor in a resource: more than one if the author wrote it twice.
    pub(super) fn anchored(&self, resource: usize, name: &str) -> &[Pointer] {
        self.all[self.addressed(resource)].anchors.get(name).map_or(&[], Vec::as_slice)
    }

    /// The schemas with an `$id` that are come through on the way to what a reference leads to, outermost first: those of the copy
    /// that it is in, and those around it. The spec itself counts for nothing: it begins anywhere.
    pub(super) fn scope(&self, before: &[usize], resource: usize) -> Vec<usize> {
        let mut scope = before.to_vec();
        scope.extend(self.around_it(resource).into_iter().filter(|inner| !before.contains(inner)));
        scope
    }

    fn around_it(&self, resource: usize) -> Vec<usize> {
        let around = std::iter::successors(Some(resource), |inner| self.all[*inner].within);
        let mut chain: Vec<usize> = around.filter(|index| *index != self.files[0]).collect();
        chain.reverse();
        chain
    }

    /// Resolves a `$dynamicRef`, whose static target is an anchor of a resource, in a dynamic scope.
    pub(super) fn dynamic(&self, resource: usize, anchor: &str, scope: &[usize]) -> Option<(usize, Pointer)> {
        if !self.all[resource].is_scope_only {
            self.all[resource].dynamic.anchors.get(anchor)?;
        }
        let holder = scope.iter().find(|holder| self.all[**holder].dynamic.anchors.contains_key(anchor))?;
        Some((self.all[*holder].file, self.all[*holder].dynamic.anchors[anchor].clone()))
    }

    /// Of the dynamic anchors that a schema and those it leads to look for, the ones that a scope gives another meaning than the
    /// schema by itself has, each with the resource that gives it.
    pub(super) fn bindings(&self, scope: &[usize], file: usize, at: &Pointer) -> Vec<(String, usize)> {
        if scope.iter().all(|resource| self.all[*resource].dynamic.anchors.is_empty()) {
            return Vec::new();
        }
        let resource = self.around(file, at);
        let own = self.around_it(resource);
        let holds = |index: &usize, anchor: &str| self.all[*index].dynamic.anchors.contains_key(anchor);
        let wanted = self.wanted(resource);
        let bound = wanted.into_iter().filter_map(|anchor| {
            let holder = *scope.iter().find(|index| holds(index, anchor))?;
            (!own.contains(&holder)).then(|| (anchor.to_owned(), holder))
        });
        bound.collect()
    }

    /// Returns the dynamic anchors that a resource and its targets refer to.
    fn wanted(&self, resource: usize) -> BTreeSet<&str> {
        let mut wanted = BTreeSet::new();
        let (mut seen, mut waiting) = (BTreeSet::from([resource]), vec![resource]);
        while let Some(index) = waiting.pop() {
            let dynamic = &self.all[index].dynamic;
            wanted.extend(dynamic.wanted.iter().map(String::as_str));
            let next = dynamic.references.iter().filter_map(|text| self.led_to(index, text));
            waiting.extend(next.filter(|next| seen.insert(*next)));
        }
        wanted
    }

    /// The resource that a reference leads into.
    fn led_to(&self, within: usize, text: &str) -> Option<usize> {
        let resource = self.named(within, text)?;
        let pointer = text.split_once('#').map(|(_, fragment)| fragment).filter(|fragment| fragment.starts_with('/'));
        let Some(pointer) = pointer.filter(|_| self.scopes_components) else { return Some(resource) };
        let (file, at) = self.place(resource);
        Some(self.around(file, &at.join(pointer)))
    }

    fn add(&mut self, resource: Resource) -> usize {
        let index = self.all.len();
        self.places.insert((resource.file, resource.at.clone()), index);
        let address = resource.address.as_ref().map(|address| address.as_str().to_owned());
        self.all.push(resource);
        if let Some(address) = address {
            self.claim(&address, index);
        }
        index
    }

    /// Assigns an address to a resource. The first one has it, in an order that is not the document's.
    fn claim(&mut self, address: &str, resource: usize) {
        let order = |index: usize| (self.all[index].file, &self.all[index].at);
        match self.addresses.get(address).copied() {
            Some(holder) if order(holder) <= order(resource) => {}
            _ => drop(self.addresses.insert(address.to_owned(), resource)),
        }
    }

    /// An address without its fragment, made absolute (RFC 3986, section 5).
    fn absolute(&self, within: usize, text: &str) -> Option<Iri<String>> {
        let reference = IriRef::parse(text.split('#').next().unwrap_or_default()).ok()?;
        if let Ok(absolute) = Iri::parse(reference.as_str()) {
            return Some(absolute.normalize());
        }
        Some(reference.resolve_against(self.all[self.addressed(within)].address.as_ref()?).ok()?.normalize())
    }
}

/// Returns whether an object at any depth has a key.
pub(super) fn has_key(value: &Value, key: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| has_key(item, key)),
        Value::Object(members) => members.iter().any(|(name, member)| name == key || has_key(member, key)),
        _ => false,
    }
}
