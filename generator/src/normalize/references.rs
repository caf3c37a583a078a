//! References: every `$ref` is rewritten to refer to an existing component.
//!
//! 1. [`collect`] walks the document along the grammar. References in normal form are skipped; the others are put on
//!    a list as [`Site`]s.
//! 2. Each site's text is read as a [`files::Target`]: a file and a pointer. What it leads to becomes a component (see [`Gathering::hoist`]), or,
//!    where the 3.0 model has no reference, is copied to where the reference stands (see [`inline`]).
//! 3. [`circles`] looks for references that only lead to one another.

mod broken;
mod circles;
mod collect;
mod dynamic_scopes;
mod files;
mod gathering;
mod inline;
mod moves;
mod names;
mod other_kinds;
mod resources;
mod site;
mod suggestions;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::grammar::{Kind, Version};
use super::repairs;
use super::usage;
use crate::carried;
use crate::diagnostics::{Diagnostics, Rule};
use crate::document::{Files, Limits};
use crate::place::{Origins, Pointer};
use files::{FileSet, Target};
use gathering::{DynamicScopes, Gathering};
use moves::Moves;
use resources::has_key;
use site::{Site, Slot, Want, is_component, is_querystring, kind_at};

/// Gathers the targets of references.
pub(super) fn resolve(
    root: &mut Value,
    version: Version,
    files: &dyn Files,
    limits: &Limits,
    origins: &mut Origins,
    diagnostics: &mut Diagnostics,
) {
    let files = FileSet::new(files, limits, origins.spec());
    let mut gathering = Gathering {
        root,
        version,
        files,
        sites: Vec::new(),
        inline: Vec::new(),
        moves: Moves::default(),
        copies: HashMap::new(),
        dynamic_scopes: DynamicScopes::default(),
        names: names::Names::default(),
        copied: Vec::new(),
        remote: Vec::new(),
        unused: None,
        gone: HashSet::new(),
        bodies: Vec::new(),
        successes: None,
        origins,
        diagnostics,
    };
    if let Some(address) = gathering.root.get("$self").and_then(Value::as_str).filter(|_| version >= Version::V32) {
        gathering.files.resources.call_file(0, address);
    }
    let is_dynamic = |key| has_key(gathering.root, key);
    if version > Version::V30 && ["$dynamicRef", "$dynamicAnchor"].into_iter().any(is_dynamic) {
        gathering.files.resources.scope_components();
    }
    gathering.structure();
    gathering.collect(&Pointer::root(), Want::One(Kind::Document));
    gathering.keep_for_dynamic_scopes();
    gathering.work();
    gathering.inline_all(limits.alias_nodes);
    gathering.leave_out_remote();
    gathering.leave_out_dependents();
    gathering.judge_bodies();
    gathering.forget_copied();
    circles::break_up(root, version, diagnostics);
}

/// Sections of components that the 3.0 model does not have.
pub(super) const COPIED: &[&str] = &["pathItems", "mediaTypes", carried::PATH_ITEMS, carried::MEDIA_TYPES];

/// The kinds of components.
const KINDS: &[Kind] = &[
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Link,
    Kind::Callback,
    Kind::PathItem,
    Kind::MediaType,
];

/// The maximum number of files in a chain of references to a whole part of a document.
const MOST_FILES: usize = 16;

impl Gathering<'_> {
    /// Resolves references to whole parts of a document, where the specification has none: `paths: {$ref: paths.yaml}`.
    fn structure(&mut self) {
        let homes = KINDS.iter().filter_map(|kind| kind.home(self.version));
        let outer: &[(&str, Kind)] = match self.version {
            Version::V20 => &[("/paths", Kind::Paths)],
            _ => &[("/paths", Kind::Paths), ("/components", Kind::Components)],
        };
        let places: Vec<(&str, Kind)> =
            outer.iter().copied().chain(homes.map(|home| (home, Kind::Components))).collect();
        for (place, kind) in places {
            // A file may refer to another.
            for _ in 0..MOST_FILES {
                let value = self.root.pointer(place).and_then(|value| value.get("$ref"));
                let Some(text) = value.and_then(Value::as_str).map(str::to_owned) else { break };
                let at = Pointer::parse(place).unwrap_or_default();
                let (file, _) = self.source(&at);
                let before = self.diagnostics.len();
                self.site(Site::new(at, Want::Whole(kind), text, file));
                self.inline_all(usize::MAX);
                if self.diagnostics.has_errors_since(before) {
                    break;
                }
            }
        }
    }

    fn work(&mut self) {
        while let Some(site) = self.sites.pop() {
            let site = Site { at: self.moves.follow(site.at), ..site };
            self.site(site);
        }
    }

    fn site(&mut self, site: Site) {
        if self.root.pointer(site.at.as_str()).is_none() {
            // It was in a component that was left out.
            return;
        }
        if site.want == Want::Text
            && let Some(text) = self.files.prose(&site)
        {
            return self.prose(&site, text);
        }
        match self.files.read(&site, self.root, &self.moves, self.diagnostics) {
            Ok(target) if self.instance(&site, &target) => {}
            Ok(Target { file: 0, pointer }) => {
                let pointer = self.moves.follow(pointer);
                self.local(site, pointer);
            }
            Ok(Target { file, pointer }) => match self.files.spliced(file, &pointer) {
                Some(pointer) => {
                    let pointer = self.moves.follow(pointer);
                    self.local(site, pointer);
                }
                None => self.foreign(site, file, &pointer),
            },
            Err(fault) => match self.without_its_beginning(&site) {
                Some(pointer) => self.local(site, pointer),
                None => {
                    let fault = fault.suggest(suggestions::missing_hash(self.version, self.root, &site));
                    self.fault(&site, fault);
                }
            },
        }
    }

    /// Leaves out components on other hosts to which nothing refers.
    fn leave_out_remote(&mut self) {
        for (site, fault) in std::mem::take(&mut self.remote) {
            if mentions(self.root, &format!("#{}", site.at)) {
                self.refuse(&site, fault);
                continue;
            }
            usage::remove(self.root, &site.at);
            self.diagnostics.push(Rule::RemoteComponent.at(site.at.child("$ref")).message(fault.message));
        }
    }

    /// A reference into the document itself.
    fn local(&mut self, site: Site, pointer: Pointer) {
        if self.root.pointer(pointer.as_str()).is_none() {
            if let Some(pointer) = self.own_definition(&site).or_else(|| self.moved_component(&site, &pointer)) {
                return self.local(site, pointer);
            }
            let fault = site.fault(Rule::DanglingReference, format!("`{}` leads to nothing", site.text));
            let fault = fault.suggest(self.meant(&site, &pointer));
            return self.fault(&site, fault);
        }
        if let Some(fault) = suggestions::not_a_map(self.version, &site, self.root, &pointer) {
            return self.fault(&site, *fault);
        }
        if site.want == Want::Text {
            return self.text_of(&site, self.root.pointer(pointer.as_str()).cloned());
        }
        if let Want::List(kind) = site.want
            && self.root.pointer(pointer.as_str()).is_some_and(|target| is_item(kind, target))
        {
            return self.list_of(&site.at, kind);
        }
        self.loosely(&site);
        let Want::One(kind) = site.want else {
            return self.inline.push((site, pointer));
        };
        let found = kind_at(self.version, &pointer);
        let site = match found.filter(|found| *found != kind) {
            Some(found) => match self.of_another_kind(site, found, &pointer) {
                Some(site) => site,
                None => return,
            },
            None => site,
        };
        if found.is_some_and(|found| found != kind) {
            let found = found.map_or("something else".to_owned(), Kind::with_article);
            let fault = suggestions::wrong_kind(&site, kind, &format!("is {found}"));
            return self.fault(&site, *fault);
        }
        // A value that contains the components cannot become one of them.
        let section = kind.home(self.version).and_then(Pointer::parse);
        if section.is_some_and(|section| pointer.contains(&section)) {
            let fault = suggestions::wrong_kind(&site, kind, "holds the components");
            return self.fault(&site, *fault);
        }
        if let Some(fault) = suggestions::no_object(self.version, &site, kind, self.root, &pointer) {
            return self.fault(&site, *fault);
        }
        let target = self.root.pointer(pointer.as_str());
        if site.inlined || target.is_some_and(|target| is_querystring(target, kind)) {
            return self.inline.push((site, pointer));
        }
        let pointer = self.referred_component(&pointer, kind).unwrap_or(pointer);
        let component = match is_component(self.version, &pointer, kind) {
            true => pointer,
            false => {
                let before = self.sites.len();
                let component = self.hoist(&pointer, kind, found.is_none());
                // Definitions refer to one another as the schema that holds them does.
                for inner in &mut self.sites[before..] {
                    inner.definitions = inner.definitions.take().or_else(|| site.definitions.clone());
                }
                component
            }
        };
        // It may have been a part of that.
        let site = Site { at: self.moves.follow(site.at), ..site };
        self.write(&site, &component);
    }

    /// The component that a part of the document refers to, and no more: tools that bundle files refer to the first place that needs it.
    fn referred_component(&self, pointer: &Pointer, kind: Kind) -> Option<Pointer> {
        let is_own = self.source(pointer).0 == 0 && !is_component(self.version, pointer, kind);
        let members =
            self.root.pointer(pointer.as_str())?.as_object().filter(|members| is_own && members.len() == 1)?;
        let target = Pointer::parse(members.get("$ref")?.as_str()?.strip_prefix('#')?)?;
        let is_there = self.root.pointer(target.as_str()).is_some();
        (is_there && is_component(self.version, &target, kind)).then_some(target)
    }

    /// The definition of an enclosing schema that a reference means: tools that write JSON Schema count from that schema, and their
    /// output is pasted into documents unchanged.
    fn own_definition(&mut self, site: &Site) -> Option<Pointer> {
        let (holder, place) = (site.definitions.as_ref()?, site.text.strip_prefix('#')?);
        let pointer = self.moves.follow(holder.join(place));
        self.root.pointer(pointer.as_str())?;
        let message = format!(
            "`{}` leads to nothing in the document; the definition of the schema around it is taken",
            site.text
        );
        self.diagnostics.push(*site.fault(Rule::Forbidden, message));
        self.diagnostics.resolve(self.origins);
        Some(pointer)
    }

    /// The place of a component in Swagger 2.0, which converted documents still refer to: `#/definitions/Pet`.
    fn moved_component(&mut self, site: &Site, pointer: &Pointer) -> Option<Pointer> {
        let Want::One(kind) = site.want else { return None };
        let (section, name) = pointer.split_last()?;
        let home = Pointer::parse(kind.home(self.version)?)?;
        let was_its_home = kind.home(Version::V20) == Some(section.as_str()) && section != home;
        let component = home.child(&name);
        (was_its_home && self.root.pointer(component.as_str()).is_some()).then_some(())?;
        self.report_meant(site, &component);
        Some(component)
    }

    /// The place of the document that a reference without `#/`, or with the name only, can mean.
    fn without_its_beginning(&mut self, site: &Site) -> Option<Pointer> {
        let is_own = site.file == 0 && site.slot == Slot::Reference;
        let meant = suggestions::missing_hash(self.version, self.root, site).filter(|_| is_own)?;
        let pointer = Pointer::parse(meant.strip_prefix('#')?)?;
        self.report_meant(site, &pointer);
        Some(pointer)
    }

    /// The place of the document itself that a reference in another file means: authors of parts count from the whole.
    fn in_document(&mut self, site: &Site, file: usize, pointer: &Pointer) -> Option<Pointer> {
        let is_within = site.file == file && site.text.trim().starts_with('#') && self.files.is_readable(file);
        let meant = self.moves.follow(pointer.clone());
        (is_within && self.root.pointer(meant.as_str()).is_some()).then_some(())?;
        let (text, name, document) = (&site.text, self.files.name(file), self.files.name(0));
        let message = format!("`{text}` leads to nothing in {name}; the place in {document} is taken");
        let found = site
            .fault(Rule::Forbidden, message)
            .help(format!("write the path from {name} to {document} before the `#`"));
        self.diagnostics.push(found);
        self.diagnostics.resolve(self.origins);
        Some(meant)
    }

    fn report_meant(&mut self, site: &Site, meant: &Pointer) {
        let found = site.fault(Rule::Forbidden, format!("`{}` leads to nothing; `#{meant}` is meant", site.text));
        self.diagnostics.push(found.suggest(Some(format!("#{meant}"))));
        self.diagnostics.resolve(self.origins);
    }

    /// Removes the components of kinds that the 3.0 model does not have, if references to them were replaced by copies.
    fn forget_copied(&mut self) {
        for target in &self.copied {
            let Some((section, name)) = target.split_last() else { continue };
            let known = COPIED.iter().any(|name| section.as_str().strip_prefix("/components/") == Some(name));
            if known && let Some(Value::Object(members)) = self.root.pointer_mut(section.as_str()) {
                members.shift_remove(&*name);
            }
        }
    }

    /// Prose that a reference leads to.
    fn text_of(&mut self, site: &Site, value: Option<Value>) {
        match value {
            Some(Value::String(text)) => self.prose(site, text),
            Some(Value::Object(_) | Value::Array(_) | Value::Null) | None => {
                let message = format!("text has to be here, and `{}` leads to something else", site.text);
                self.fault(site, *site.fault(Rule::WrongKind, message));
            }
            Some(scalar) => self.prose(site, scalar.to_string()),
        }
    }

    fn prose(&mut self, site: &Site, text: String) {
        self.loosely(site);
        if let Some(place) = self.root.pointer_mut(site.at.as_str()) {
            *place = Value::String(text);
        }
    }

    /// Resolves a reference into another file: its target is copied once.
    fn foreign(&mut self, site: Site, file: usize, pointer: &Pointer) {
        let Some(mut value) = self.files.at(file, pointer) else {
            if let Some(pointer) = self.in_document(&site, file, pointer) {
                return self.local(site, pointer);
            }
            let (name, text) = (self.files.name(file), &site.text);
            let fault = match self.files.is_readable(file) {
                true => site.fault(Rule::DanglingReference, format!("`{text}` leads to nothing in {name}")),
                false => site.fault(Rule::UnreadableFile, format!("{name} could not be read")),
            };
            return self.fault(&site, *fault);
        };
        if let Want::One(kind) = site.want
            && let Some(fault) = suggestions::not_an_object(&site, kind, &value)
        {
            return self.fault(&site, *fault);
        }
        if site.want == Want::Text {
            return self.text_of(&site, Some(value));
        }
        if let Want::List(kind) = site.want
            && is_item(kind, &value)
        {
            return self.list_of(&site.at, kind);
        }
        if let Want::One(kind) = site.want
            && other_kinds::is_schema_instead(kind, &value)
        {
            let inner = self.around_schema(site, kind);
            return self.foreign(inner, file, pointer);
        }
        if site.want == Want::One(Kind::Header) && ["name", "in"].iter().all(|field| value.get(field).is_some()) {
            self.without_name(&site, &mut value);
        }
        self.loosely(&site);
        if site.inlined || !matches!(site.want, Want::One(_)) {
            return self.splice(site, file, pointer, value);
        }
        let Want::One(kind) = site.want else { return };
        if let Some(inner) = self.copied(file, pointer).filter(|_| kind == Kind::Schema) {
            return self.local(site, inner);
        }
        let key = (file, pointer.clone(), kind);
        let component = match self.copies.get(&key) {
            Some(component) => component.clone(),
            None => {
                let stem = self.files.stem(file).to_owned();
                let component = self.claim(pointer, kind, Some(&stem));
                self.copies.insert(key, component.clone());
                self.put(&component, value);
                self.origins.import(component.clone(), self.files.name(file), pointer.clone());
                self.collect(&component, Want::One(kind));
                component
            }
        };
        self.write(&site, &component);
    }

    /// Returns the place of a part of another file if an enclosing schema has been copied.
    fn copied(&self, file: usize, pointer: &Pointer) -> Option<Pointer> {
        let mut prefix = pointer.as_str();
        while let Some(end) = prefix.rfind('/') {
            prefix = &prefix[..end];
            let key = (file, Pointer::parse(prefix)?, Kind::Schema);
            if let Some(component) = self.copies.get(&key) {
                let inner = self.moves.follow(component.join(&pointer.as_str()[prefix.len()..]));
                return self.root.pointer(inner.as_str()).is_some().then_some(inner);
            }
        }
        None
    }

    /// Replaces a reference by a part of another file.
    fn splice(&mut self, site: Site, file: usize, pointer: &Pointer, value: Value) {
        if site.depth > 32 {
            let fault = site.fault(Rule::CircularReference, format!("`{}` leads back to itself", site.text));
            return self.fault(&site, *fault);
        }
        self.diagnostics.resolve(self.origins);
        // References beside this one are relative to the file in which they stand, and have been collected.
        let beside =
            if site.want == Want::One(Kind::PathItem) { inline::beside(self.root, &site.at) } else { Vec::new() };
        let name = self.files.name(file).to_owned();
        inline::replace(self.root, &site.at, value, self.origins, (&name, pointer));
        if let Want::Whole(_) = site.want {
            self.files.splice(file, pointer.clone(), site.at.clone());
            return;
        }
        let before = self.sites.len();
        self.collect(&site.at, site.want);
        let collected = self.sites.split_off(before);
        let is_new = |inner: &Site| !beside.iter().any(|place| place.contains(&inner.at));
        let new = collected.into_iter().filter(is_new);
        self.sites.extend(new.map(|inner| Site { depth: site.depth + 1, ..inner }));
    }
}

/// Returns whether the target of a reference in place of a list is an item of the list.
fn is_item(kind: Kind, target: &Value) -> bool {
    target.as_object().is_some_and(|members| repairs::listed(kind, members) == repairs::Listed::One)
}

/// Returns whether any string in a tree equals `text`: a reference, or a mapping.
fn mentions(value: &Value, text: &str) -> bool {
    match value {
        Value::String(other) => other == text,
        Value::Array(items) => items.iter().any(|item| mentions(item, text)),
        Value::Object(members) => members.values().any(|member| mentions(member, text)),
        _ => false,
    }
}
