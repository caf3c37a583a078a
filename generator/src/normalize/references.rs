//! References: every `$ref` leads to a component that is there, whatever it led to before.
//!
//! 1. [`collect`] walks the document along the grammar. Where a reference is already in normal form, that is all; the others are put on
//!    a list as [`Site`]s.
//! 2. Each site's text is read as a [`target`]: a file and a pointer. What it leads to becomes a component (see [`Gathering::hoist`]), or,
//!    where the 3.0 model has no reference, is copied to where the reference stands (see [`inline`]).
//! 3. [`circles`] looks for references that only lead to one another.

mod circles;
mod collect;
mod inline;
mod instances;
mod moves;
mod names;
mod resources;
mod slips;
mod target;

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::grammar::{Kind, Version};
use super::nearest::nearest;
use crate::diagnostics::{Diagnostic, Diagnostics, Rule};
use crate::document::{Files, Limits, Origins, Pointer};
use collect::{Collector, Site, Slot, Want};
use moves::Moves;
use target::{Library, Target};

/// Gathers what references lead to.
pub(super) fn resolve(
    root: &mut Value,
    version: Version,
    files: &dyn Files,
    limits: &Limits,
    origins: &mut Origins,
    diagnostics: &mut Diagnostics,
) {
    let library = Library::new(files, limits, origins.spec());
    let mut gathering = Gathering {
        root,
        version,
        library,
        sites: Vec::new(),
        inline: Vec::new(),
        moves: Moves::default(),
        copies: HashMap::new(),
        instances: instances::Instances::default(),
        names: names::Names::default(),
        copied: Vec::new(),
        remote: Vec::new(),
        origins,
        diagnostics,
    };
    if let Some(address) = gathering.root.get("$self").and_then(Value::as_str).filter(|_| version >= Version::V32) {
        gathering.library.resources.call_file(0, address);
    }
    gathering.structure();
    gathering.collect(&Pointer::root(), Want::One(Kind::Document));
    gathering.keep_for_instances();
    gathering.work();
    gathering.inline_all(limits.alias_nodes);
    gathering.leave_out_remote();
    gathering.forget_copied();
    circles::find(root, diagnostics);
}

/// Components that the 3.0 model does not know.
pub(super) const COPIED: &[&str] = &["pathItems", "mediaTypes", "x-oas31-pathItems", "x-oas32-mediaTypes"];

struct Gathering<'a> {
    root: &'a mut Value,
    version: Version,
    library: Library<'a>,
    /// Still to be looked at, last first.
    sites: Vec<Site>,
    /// To be replaced by a copy of what they lead to, once that has been dealt with.
    inline: Vec<(Site, Pointer)>,
    /// What has become a component.
    moves: Moves,
    /// What has been copied from other files: the component that it became.
    copies: HashMap<(usize, Pointer, Kind), Pointer>,
    instances: instances::Instances,
    names: names::Names,
    /// What has been copied to where references to it stood.
    copied: Vec<Pointer>,
    /// Components on other hosts, each with what there is to say about it if anything refers to it.
    remote: Vec<(Pointer, Diagnostic)>,
    origins: &'a mut Origins,
    diagnostics: &'a mut Diagnostics,
}

impl Gathering<'_> {
    /// Walks a part of the tree.
    fn collect(&mut self, at: &Pointer, want: Want) {
        let source = self.source(at);
        let mut collector = Collector::new(self.root, self.version, source, at.clone(), &mut self.library);
        collector.walk(want);
        let (mut sites, faults) = collector.finish();
        faults.into_iter().for_each(|fault| self.diagnostics.push(fault));
        // In an order that is not the document's, so that names do not depend on that; the list is worked off from its end.
        sites.sort_by(|left, right| (&right.at, &right.slot).cmp(&(&left.at, &left.slot)));
        self.sites.append(&mut sites);
    }

    /// The file, and the place in it, that a part of the tree was taken from.
    fn source(&self, at: &Pointer) -> (usize, Pointer) {
        let (file, source) = self.origins.source_of(at);
        // What an overlay put there is the spec's.
        self.library.index(file).map_or((0, at.clone()), |file| (file, source))
    }

    /// Documents split over files at places where the specification knows no references: `paths: {$ref: paths.yaml}`.
    fn structure(&mut self) {
        let mut places = vec![("/paths", Kind::Paths), ("/components", Kind::Components)];
        let sections =
            ["schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links"];
        let sections: Vec<String> = sections.iter().map(|section| format!("/components/{section}")).collect();
        places.extend(sections.iter().map(|section| (section.as_str(), Kind::Components)));
        for (place, kind) in places {
            let Some(text) = self.root.pointer(place).and_then(|value| value.get("$ref")).and_then(Value::as_str)
            else {
                continue;
            };
            let at = Pointer::parse(place).unwrap_or_default();
            let site = Site::new(at, Want::Whole(kind), text.to_owned(), 0);
            self.site(site);
        }
        self.inline_all(usize::MAX);
    }

    fn work(&mut self) {
        while let Some(site) = self.sites.pop() {
            let site = Site { at: self.moves.follow(site.at), ..site };
            self.site(site);
        }
    }

    fn site(&mut self, site: Site) {
        match self.library.read(&site, self.root, &self.moves, self.diagnostics) {
            Ok(target) if self.instance(&site, &target) => {}
            Ok(Target { file: 0, pointer }) => {
                let pointer = self.moves.follow(pointer);
                self.local(site, pointer);
            }
            Ok(Target { file, pointer }) => match self.library.grafted(file, &pointer) {
                Some(pointer) => {
                    let pointer = self.moves.follow(pointer);
                    self.local(site, pointer);
                }
                None => self.foreign(site, file, &pointer),
            },
            Err(fault) => {
                let fault = fault.perhaps(slips::without_mark(self.root, &site));
                self.fault(&site, fault);
            }
        }
    }

    /// Says that what a reference leads to is taken though none can stand there, before it is.
    fn loosely(&mut self, site: &Site) {
        if site.want.is_loose() {
            let message = "no reference can stand here; what it leads to is taken";
            self.diagnostics.push(Rule::Forbidden.at(site.at.child("$ref")).because(message));
            self.diagnostics.resolve(self.origins);
        }
    }

    fn fault(&mut self, site: &Site, fault: Diagnostic) {
        if let Slot::Mapping(key) = &site.slot {
            let message = slips::mapping(key, &site.text, &fault.message);
            let found = Rule::DanglingMapping.at(site.at.child(key)).because(message);
            self.diagnostics.push(found.perhaps(slips::schema_called(self.root, &site.text)));
            if let Some(Value::Object(mapping)) = self.root.pointer_mut(site.at.as_str()) {
                mapping.shift_remove(key);
            }
            return;
        }
        if fault.rule == Rule::RemoteReference && is_whole_component(site) {
            return self.remote.push((site.at.clone(), fault));
        }
        self.diagnostics.push(fault);
    }

    /// Components on other hosts: they do no harm as long as nothing refers to them.
    fn leave_out_remote(&mut self) {
        for (at, fault) in std::mem::take(&mut self.remote) {
            let reference = format!("#{at}");
            if mentions(self.root, &reference) {
                self.diagnostics.push(fault);
                continue;
            }
            let Some((section, name)) = at.split_last() else { continue };
            if let Some(Value::Object(members)) = self.root.pointer_mut(section.as_str()) {
                members.shift_remove(&*name);
            }
            self.diagnostics.push(Rule::RemoteComponent.at(at.child("$ref")).because(fault.message));
        }
    }

    /// A reference into the document itself.
    fn local(&mut self, site: Site, pointer: Pointer) {
        if self.root.pointer(pointer.as_str()).is_none() {
            let fault = site.fault(Rule::DanglingReference, format!("`{}` leads to nothing", site.text));
            let fault = fault.perhaps(self.meant(&site, &pointer));
            return self.fault(&site, fault);
        }
        if let Some(fault) = slips::not_a_map(&site, self.root, &pointer) {
            return self.fault(&site, *fault);
        }
        self.loosely(&site);
        let Want::One(kind) = site.want else {
            return self.inline.push((site, pointer));
        };
        let found = collect::kind_at(&pointer);
        if kind == Kind::Response && found == Some(Kind::RequestBody) {
            return self.as_response(site, &pointer);
        }
        if found.is_some_and(|found| found != kind) {
            let found = found.map_or("something else".to_owned(), Kind::with_article);
            let fault = slips::wrong_kind(&site, kind, &format!("is {found}"));
            return self.fault(&site, *fault);
        }
        // What holds the components can't become one of them.
        let section = Pointer::root().child("components").child(kind.section().unwrap_or("schemas"));
        if pointer.contains(&section) {
            let fault = slips::wrong_kind(&site, kind, "holds the components");
            return self.fault(&site, *fault);
        }
        if let Some(fault) = slips::no_object(&site, kind, self.root, &pointer) {
            return self.fault(&site, *fault);
        }
        let target = self.root.pointer(pointer.as_str());
        if site.inlined || target.is_some_and(|target| collect::is_querystring(target, kind)) {
            return self.inline.push((site, pointer));
        }
        let component = match is_component(&pointer, kind) {
            true => pointer,
            false => self.hoist(&pointer, kind, found.is_none()),
        };
        // It may have been a part of that.
        let site = Site { at: self.moves.follow(site.at), ..site };
        self.write(&site, &component);
    }

    /// The component that a reference to nothing was probably meant to lead to: one whose name is near, or that stands elsewhere.
    fn meant(&self, site: &Site, pointer: &Pointer) -> Option<String> {
        let Want::One(kind) = site.want else { return None };
        let section = Pointer::root().child("components").child(kind.section()?);
        let known = self.root.pointer(section.as_str())?.as_object()?;
        let (_, name) = pointer.split_last()?;
        let near = nearest(&name, known.keys().map(String::as_str))?;
        Some(format!("#{}", section.child(near)))
    }

    /// Writes a reference to a component where a site is.
    fn write(&mut self, site: &Site, component: &Pointer) {
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

    /// Of the components that the 3.0 model does not know, takes away those that whoever referred to them has a copy of.
    fn forget_copied(&mut self) {
        for target in &self.copied {
            let Some((section, name)) = target.split_last() else { continue };
            let known = COPIED.iter().any(|name| section.as_str().strip_prefix("/components/") == Some(name));
            if known && let Some(Value::Object(members)) = self.root.pointer_mut(section.as_str()) {
                members.shift_remove(&*name);
            }
        }
    }

    /// A response that refers to a request body: both have a description and content, and it is plain that those are meant.
    fn as_response(&mut self, site: Site, pointer: &Pointer) {
        let message = format!("a response has to be here, and `{}` is a request body; its content is taken", site.text);
        self.diagnostics.push(*site.fault(Rule::Forbidden, message));
        let Some(Value::Object(mut body)) = self.root.pointer(pointer.as_str()).cloned() else { return };
        body.shift_remove("required");
        let component = self.claim(pointer, Kind::Response, None);
        self.put(&component, Value::Object(body));
        let (file, source) = self.origins.source_of(pointer);
        let file = file.to_owned();
        self.origins.taken(component.clone(), &file, source);
        self.collect(&component, Want::One(Kind::Response));
        self.write(&site, &component);
    }

    /// Makes a component of what stands at `pointer`, and leaves a reference there.
    fn hoist(&mut self, pointer: &Pointer, kind: Kind, unknown: bool) -> Pointer {
        let component = self.claim(pointer, kind, None);
        let reference = json!({ "$ref": format!("#{component}") });
        let Some(place) = self.root.pointer_mut(pointer.as_str()) else { return component };
        let value = std::mem::replace(place, reference);
        self.put(&component, value);
        self.origins.moved(pointer, &component);
        self.moves.add(pointer.clone(), component.clone());
        if unknown {
            // The grammar did not lead here, so nothing in it has been looked at.
            self.collect(&component, Want::One(kind));
        }
        component
    }

    /// The component that is to hold what a reference leads to.
    fn claim(&mut self, pointer: &Pointer, kind: Kind, stem: Option<&str>) -> Pointer {
        let section = kind.section().unwrap_or("schemas");
        let taken = self.root.pointer(&format!("/components/{section}")).and_then(Value::as_object);
        let name = self.names.claim(section, pointer, stem, |name| taken.is_some_and(|taken| taken.contains_key(name)));
        Pointer::root().child("components").child(section).child(name)
    }

    fn put(&mut self, component: &Pointer, value: Value) {
        let mut tokens = component.tokens().skip(1);
        let (Some(section), Some(name)) = (tokens.next(), tokens.next()) else { return };
        let Value::Object(root) = &mut *self.root else { return };
        let components = root.entry("components").or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(components) = components else { return };
        let section = components.entry(section.into_owned()).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(section) = section {
            section.insert(name.into_owned(), value);
        }
    }

    /// A reference into another file: what it leads to is copied, once.
    fn foreign(&mut self, site: Site, file: usize, pointer: &Pointer) {
        let Some(value) = self.library.at(file, pointer) else {
            let (name, text) = (self.library.name(file), &site.text);
            let fault = match self.library.is_readable(file) {
                true => site.fault(Rule::DanglingReference, format!("`{text}` leads to nothing in {name}")),
                false => site.fault(Rule::UnreadableFile, format!("{name} could not be read")),
            };
            return self.fault(&site, *fault);
        };
        if let Want::One(kind) = site.want
            && let Some(fault) = slips::not_even_an_object(&site, kind, &value)
        {
            return self.fault(&site, *fault);
        }
        self.loosely(&site);
        if site.inlined || !matches!(site.want, Want::One(_)) {
            return self.graft(site, file, pointer, value);
        }
        let Want::One(kind) = site.want else { return };
        if let Some(inner) = self.copied(file, pointer).filter(|_| kind == Kind::Schema) {
            return self.local(site, inner);
        }
        let key = (file, pointer.clone(), kind);
        let component = match self.copies.get(&key) {
            Some(component) => component.clone(),
            None => {
                let stem = self.library.stem(file).to_owned();
                let component = self.claim(pointer, kind, Some(&stem));
                self.copies.insert(key, component.clone());
                self.put(&component, value);
                self.origins.taken(component.clone(), self.library.name(file), pointer.clone());
                self.collect(&component, Want::One(kind));
                component
            }
        };
        self.write(&site, &component);
    }

    /// Where a part of another file is if a schema that it is a part of has been copied.
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

    /// Puts a part of another file where a reference to it stands.
    fn graft(&mut self, site: Site, file: usize, pointer: &Pointer, value: Value) {
        if site.depth > 32 {
            let fault = site.fault(Rule::CircularReference, format!("`{}` leads back to itself", site.text));
            return self.fault(&site, *fault);
        }
        self.diagnostics.resolve(self.origins);
        inline::replace(self.root, &site.at, value);
        self.origins.taken(site.at.clone(), self.library.name(file), pointer.clone());
        if let Want::Whole(_) = site.want {
            self.library.graft(file, pointer.clone(), site.at.clone());
            return;
        }
        let before = self.sites.len();
        self.collect(&site.at, site.want);
        for inner in &mut self.sites[before..] {
            inner.depth = site.depth + 1;
        }
    }
}

/// Whether a pointer is to a component of a kind.
fn is_component(pointer: &Pointer, kind: Kind) -> bool {
    let mut tokens = pointer.tokens();
    tokens.next().as_deref() == Some("components")
        && tokens.next().as_deref() == kind.section()
        && tokens.next().is_some()
        && tokens.next().is_none()
}

fn is_whole_component(site: &Site) -> bool {
    matches!(site.want, Want::One(kind) if is_component(&site.at, kind))
}

/// Whether any text in a tree is `text`: a reference, or a mapping.
fn mentions(value: &Value, text: &str) -> bool {
    match value {
        Value::String(other) => other == text,
        Value::Array(items) => items.iter().any(|item| mentions(item, text)),
        Value::Object(members) => members.values().any(|member| mentions(member, text)),
        _ => false,
    }
}
