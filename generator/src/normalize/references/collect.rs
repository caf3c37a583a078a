//! Finds the references of a tree: the grammar states where one may be, so that a property named `$ref` is none.

use serde_json::{Map, Value};

use super::super::grammar::{Kind, Shape, Version, is_prose};
use super::super::grammar_of::field_of;
use super::files::FileSet;
use super::site::{DEFINITIONS, Site, Slot, Want, is_querystring, outermost_schema};
use crate::carried;
use crate::diagnostics::{Diagnostic, Rule};
use crate::place::{Pointer, Trail};

/// The result of a walk.
pub(super) struct Found {
    pub(super) sites: Vec<Site>,
    pub(super) faults: Vec<Diagnostic>,
    /// Objects in places of lists, with the kind of the items. What they contain has not been walked.
    pub(super) single: Vec<(Pointer, Kind)>,
}

/// Walks a tree without changing it.
pub(super) struct Collector<'a, 'l> {
    root: &'a Value,
    version: Version,
    files: &'a mut FileSet<'l>,
    file: usize,
    sites: Vec<Site>,
    faults: Vec<Diagnostic>,
    /// Objects in places of lists, with the kind of the items.
    single: Vec<(Pointer, Kind)>,
    resource: usize,
    /// The start of the copied part, and its place in the original file.
    start: (Pointer, Pointer),
    /// The enclosing schemas with definitions of their own.
    definitions: Vec<Pointer>,
}

impl<'a, 'l> Collector<'a, 'l> {
    /// A walk from `start`, a place of the document, which was `source` in the file.
    pub(super) fn new(
        root: &'a Value,
        version: Version,
        (file, source): (usize, Pointer),
        start: Pointer,
        files: &'a mut FileSet<'l>,
    ) -> Self {
        let resource = files.resources.around(file, &source);
        let start = (start, source);
        Collector {
            root,
            version,
            files,
            file,
            sites: Vec::new(),
            faults: Vec::new(),
            single: Vec::new(),
            resource,
            start,
            definitions: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Found {
        Found { sites: self.sites, faults: self.faults, single: self.single }
    }

    pub(super) fn walk(&mut self, want: Want) {
        let at = self.start.0.clone();
        let Some(value) = self.root.pointer(at.as_str()) else { return };
        let trail = Trail::At(&at);
        match want {
            Want::One(kind) | Want::Loose(kind) | Want::Whole(kind) => self.one(value, kind, &trail),
            Want::Map(kind) => self.shape(value, Shape::Map(kind), &trail),
            Want::List(kind) => self.shape(value, Shape::List(kind), &trail),
            Want::Text => {}
        }
    }

    fn shape(&mut self, value: &Value, shape: Shape, trail: &Trail<'_>) {
        match shape {
            Shape::One(kind) => self.one(value, kind, trail),
            Shape::SchemaOrFlag => self.one(value, Kind::Schema, trail),
            Shape::Items => match value {
                Value::Array(_) => self.shape(value, Shape::List(Kind::Schema), trail),
                _ => self.one(value, Kind::Schema, trail),
            },
            Shape::List(kind) => {
                if let Some(text) = value.get("$ref").and_then(Value::as_str) {
                    return self.push(Site::new(trail.pointer(), Want::List(kind), text.to_owned(), self.file));
                }
                if value.is_object() {
                    self.single.push((trail.pointer(), kind));
                }
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.one(item, kind, &trail.index(index));
                }
            }
            Shape::Map(kind) => {
                let Some(members) = value.as_object() else { return };
                if let Some(text) = members.get("$ref").and_then(Value::as_str) {
                    return self.push(Site::new(trail.pointer(), Want::Map(kind), text.to_owned(), self.file));
                }
                for (key, member) in members {
                    self.one(member, kind, &trail.key(key));
                }
            }
            _ => {}
        }
    }

    fn one(&mut self, value: &Value, kind: Kind, trail: &Trail<'_>) {
        let Some(members) = value.as_object() else { return };
        let spliced = self.files.splice_within(&self.start.0, trail).map(|(file, place)| {
            let resource = self.files.resources.around(file, &place);
            let before = (self.file, self.resource, self.start.clone());
            (self.file, self.resource, self.start) = (file, resource, (trail.pointer(), place));
            before
        });
        if kind == Kind::Schema {
            self.schema(members, trail);
        } else if members.contains_key("$ref") {
            self.reference(members, kind, trail);
        } else {
            self.fields(members, kind, trail);
        }
        if let Some(before) = spliced {
            (self.file, self.resource, self.start) = before;
        }
    }

    fn fields(&mut self, members: &Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
        for (key, value) in members {
            let is_extension = key.starts_with("x-") && carried::field_name(key) == key && key != "x-ms-paths";
            let Some(known) = field_of(self.version, kind, carried::field_name(key)).filter(|_| !is_extension) else {
                continue;
            };
            if known.shape == Shape::Text && is_prose(kind, key) {
                self.prose(value, &trail.key(key));
            } else {
                self.shape(value, known.shape, &trail.key(key));
            }
        }
        if kind == Kind::Discriminator {
            self.discriminator(members, trail);
        }
    }

    /// A description in a separate file, where the specification has no reference.
    fn prose(&mut self, value: &Value, trail: &Trail<'_>) {
        if let Some(text) = value.get("$ref").and_then(Value::as_str) {
            self.push(Site::new(trail.pointer(), Want::Text, text.to_owned(), self.file));
        }
    }

    fn reference(&mut self, members: &Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
        let Some(text) = members.get("$ref").and_then(Value::as_str) else {
            if kind.referable() {
                let message = format_args!("`$ref` is text");
                self.faults.push(Rule::BadReferenceValue.at(trail.key("$ref")).message(message));
            }
            return self.fields(members, kind, trail);
        };
        let inlined = matches!(kind, Kind::PathItem | Kind::MediaType | Kind::Callback);
        if !inlined && kind.referable() && self.is_normal(text, kind) {
            return;
        }
        let want = if kind.referable() { Want::One(kind) } else { Want::Loose(kind) };
        let mut site = Site::new(trail.pointer(), want, text.to_owned(), self.file);
        site.inlined |= inlined;
        self.push(site);
        // A path item may have fields beside its reference.
        if kind == Kind::PathItem {
            self.fields(members, kind, trail);
        }
    }

    fn schema(&mut self, members: &Map<String, Value>, trail: &Trail<'_>) {
        let resource = self.resource;
        if self.version > Version::V30 || self.file != 0 {
            self.identify(members, trail);
        }
        match members.get("$ref") {
            Some(Value::String(text)) => {
                if !self.is_normal(text, Kind::Schema) {
                    self.push(Site::new(trail.pointer(), Want::One(Kind::Schema), text.clone(), self.file));
                }
            }
            // The schema pass converts null.
            Some(other) if !other.is_null() => {
                self.faults.push(Rule::BadReferenceValue.at(trail.key("$ref")).message("`$ref` is text"));
            }
            _ => self.dynamic(members, trail),
        }
        let enclosing = self.definitions.len();
        if DEFINITIONS.iter().any(|keyword| members.get(*keyword).is_some_and(Value::is_object)) {
            self.definitions.push(trail.pointer());
        }
        self.fields(members, Kind::Schema, trail);
        self.definitions.truncate(enclosing);
        self.resource = resource;
    }

    /// `$dynamicRef` and 2019-09's `$recursiveRef`: without extension at run time, they lead where their static part leads.
    fn dynamic(&mut self, members: &Map<String, Value>, trail: &Trail<'_>) {
        for keyword in ["$dynamicRef", "$recursiveRef"] {
            if let Some(Value::String(text)) = members.get(keyword) {
                let site = Site::new(trail.pointer(), Want::One(Kind::Schema), text.clone(), self.file);
                self.push(Site { slot: Slot::Dynamic(keyword), ..site });
                return;
            }
        }
    }

    /// Records the names by which a schema may be referred to.
    fn identify(&mut self, members: &Map<String, Value>, trail: &Trail<'_>) {
        let place = || {
            let (start, source) = &self.start;
            let here = trail.pointer();
            here.as_str().strip_prefix(start.as_str()).map_or(here.clone(), |rest| source.join(rest))
        };
        self.resource = self.files.resources.identify(self.file, members, place, self.resource);
    }

    fn discriminator(&mut self, members: &Map<String, Value>, trail: &Trail<'_>) {
        let mapping = trail.key("mapping");
        for (key, target) in members.get("mapping").and_then(Value::as_object).into_iter().flatten() {
            self.mapping(key, target, &mapping);
        }
        for key in ["defaultMapping", carried::DEFAULT_MAPPING] {
            if let Some(target) = members.get(key) {
                self.mapping(key, target, trail);
            }
        }
    }

    /// The name of a schema, or a reference to one.
    fn mapping(&mut self, key: &str, target: &Value, holder: &Trail<'_>) {
        let text = match target {
            Value::String(text) => text.clone(),
            // `null` has no target, like an empty text.
            Value::Null => String::new(),
            Value::Number(_) | Value::Bool(_) => target.to_string(),
            Value::Array(_) | Value::Object(_) => return,
        };
        let text = text.as_str();
        let named = self.section(Kind::Schema).is_some_and(|schemas| schemas.contains_key(text));
        if !named && self.is_normal(text, Kind::Schema) {
            return;
        }
        let text = if named && self.file == 0 {
            format!("#{}", Pointer::parse("/components/schemas").unwrap_or_default().child(text))
        } else {
            text.to_owned()
        };
        let site = Site::new(holder.pointer(), Want::One(Kind::Schema), text, self.file);
        self.push(Site { slot: Slot::Mapping(key.to_owned()), ..site });
    }

    fn push(&mut self, site: Site) {
        let by_pointer = site.text.rsplit('#').next().is_none_or(|end| end.is_empty() || end.starts_with('/'));
        let outermost =
            if by_pointer && site.slot == Slot::Reference { None } else { outermost_schema(self.version, &site.at) };
        let definitions = self.definitions_for(&site.text);
        self.sites.push(Site { resource: self.resource, outermost, definitions, ..site });
    }

    /// The innermost schema whose own definitions have what a reference names.
    fn definitions_for(&self, text: &str) -> Option<Pointer> {
        let place = text.strip_prefix('#').filter(|place| is_definition(place))?;
        let has_it = |holder: &&Pointer| self.root.pointer(&format!("{holder}{place}")).is_some();
        self.definitions.iter().rev().find(has_it).cloned()
    }

    fn section(&self, kind: Kind) -> Option<&'a Map<String, Value>> {
        self.root.pointer(kind.home(self.version)?)?.as_object()
    }

    /// Returns whether a reference is in normal form and has a target.
    fn is_normal(&self, text: &str, kind: Kind) -> bool {
        let name = || text.strip_prefix('#')?.strip_prefix(kind.home(self.version)?)?.strip_prefix('/');
        self.file == 0
            && self.resource == 0
            && name().filter(|name| !name.contains(['/', '~', '%'])).is_some_and(|name| {
                let target = self.section(kind).and_then(|section| section.get(name));
                target.is_some_and(|target| !is_querystring(target, kind))
            })
    }
}

/// Returns whether a pointer leads to a definition of the schema that it is relative to.
fn is_definition(place: &str) -> bool {
    let mut tokens = place.split('/').skip(1);
    tokens.next().is_some_and(|first| DEFINITIONS.contains(&first)) && tokens.next().is_some()
}
