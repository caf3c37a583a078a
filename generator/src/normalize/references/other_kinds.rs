//! References to another kind of object than their place requires, where that has what is meant.

use serde_json::{Map, Value, json};

use super::super::grammar::Kind;
use super::gathering::Gathering;
use super::site::{Site, Want};
use crate::diagnostics::Rule;
use crate::place::Pointer;

/// The media type of a schema where only the media type is not said.
const JSON: &str = "application/json";

impl Gathering<'_> {
    /// Resolves a reference to an object of the kind `found`. Returns the site if nothing can be meant by it.
    pub(super) fn of_another_kind(&mut self, site: Site, found: Kind, pointer: &Pointer) -> Option<Site> {
        let Want::One(kind) = site.want else { return Some(site) };
        match (kind, found) {
            (Kind::Response, Kind::RequestBody) => self.as_response(site, pointer),
            (Kind::Header, Kind::Parameter) => self.as_header(site, pointer),
            (Kind::Response | Kind::RequestBody | Kind::MediaType, Kind::Schema) => {
                let inner = self.around_schema(site, kind);
                self.local(inner, pointer.clone());
            }
            (Kind::Schema, Kind::Response | Kind::RequestBody | Kind::MediaType) => {
                let inner = self.root.pointer(pointer.as_str()).and_then(|value| schema_of(value, pointer));
                let Some(inner) = inner.filter(|inner| !inner.contains(&site.at)) else { return Some(site) };
                let (wanted, found) = (kind.with_article(), found.with_article());
                let message = format!("{wanted} has to be here, and `{}` is {found}; its schema is taken", site.text);
                self.diagnostics.push(*site.fault(Rule::Forbidden, message));
                self.diagnostics.resolve(self.origins);
                self.local(site, inner);
            }
            _ => return Some(site),
        }
        None
    }

    /// Puts a reference to a schema where the object that stands in its place would have it. Returns the site that the reference has there.
    pub(super) fn around_schema(&mut self, site: Site, kind: Kind) -> Site {
        let message = format!(
            "{} has to be here, and `{}` is a schema; it is taken as the schema of {}",
            kind.with_article(),
            site.text,
            if kind == Kind::MediaType { "the media type" } else { JSON },
        );
        self.diagnostics.push(*site.fault(Rule::Forbidden, message));
        self.diagnostics.resolve(self.origins);
        let media = json!({ "schema": { "$ref": site.text } });
        let mut members = match self.root.pointer_mut(site.at.as_str()).map(Value::take) {
            Some(Value::Object(members)) => members,
            _ => Map::new(),
        };
        members.shift_remove("$ref");
        let at = match (kind, media) {
            (Kind::MediaType, Value::Object(media)) => {
                members.extend(media);
                site.at.child("schema")
            }
            (_, media) => {
                members.insert("content".to_owned(), json!({ JSON: media }));
                site.at.child("content").child(JSON).child("schema")
            }
        };
        if kind == Kind::Response && !members.contains_key("description") {
            members.insert("description".to_owned(), Value::from(""));
        }
        if let Some(place) = self.root.pointer_mut(site.at.as_str()) {
            *place = Value::Object(members);
        }
        self.origins.relocate(&site.at.child("$ref"), &at.child("$ref"));
        Site { at, want: Want::One(Kind::Schema), inlined: false, ..site }
    }

    /// Resolves a response that refers to a request body: both have a description and content, which are meant.
    fn as_response(&mut self, site: Site, pointer: &Pointer) {
        let message = format!("a response has to be here, and `{}` is a request body; its content is taken", site.text);
        self.diagnostics.push(*site.fault(Rule::Forbidden, message));
        let Some(Value::Object(mut body)) = self.root.pointer(pointer.as_str()).cloned() else { return };
        body.shift_remove("required");
        let component = self.claim(pointer, Kind::Response, None);
        self.put(&component, Value::Object(body));
        let (file, source) = self.origins.source_of(pointer);
        let file = file.to_owned();
        self.origins.import(component.clone(), &file, source);
        self.collect(&component, Want::One(Kind::Response));
        self.write(&site, &component);
    }

    /// Resolves a header that refers to a parameter: without its name and location, a parameter is a header.
    fn as_header(&mut self, site: Site, pointer: &Pointer) {
        let Some(mut value) = self.root.pointer(pointer.as_str()).cloned() else { return };
        self.without_name(&site, &mut value);
        let key = (0, pointer.clone(), Kind::Header);
        if let Some(component) = self.copies.get(&key).cloned() {
            return self.write(&site, &component);
        }
        let component = self.claim(pointer, Kind::Header, None);
        self.copies.insert(key, component.clone());
        self.put(&component, value);
        self.origins.copy(pointer, &component);
        self.collect(&component, Want::One(Kind::Header));
        self.write(&site, &component);
    }

    /// Removes the name and the location of a parameter, and reports it.
    pub(super) fn without_name(&mut self, site: &Site, parameter: &mut Value) {
        let message = format!("a header has to be here, and `{}` is a parameter; it is taken as a header", site.text);
        self.diagnostics.push(*site.fault(Rule::Forbidden, message));
        if let Value::Object(members) = parameter {
            members.retain(|key, _| !matches!(key.as_str(), "name" | "in"));
        }
    }
}

/// The place of the only schema of an object with content, or of that for JSON.
fn schema_of(value: &Value, pointer: &Pointer) -> Option<Pointer> {
    if value.get("schema").is_some() {
        return Some(pointer.child("schema"));
    }
    let content = value.get("content")?.as_object()?;
    let only = content.keys().next().filter(|_| content.len() == 1);
    let key = only.map(String::as_str).or_else(|| content.contains_key(JSON).then_some(JSON))?;
    content.get(key)?.get("schema")?;
    Some(pointer.child("content").child(key).child("schema"))
}

/// Returns whether a part of another file is a schema where an object that has one is required.
pub(super) fn is_schema_instead(kind: Kind, value: &Value) -> bool {
    let has = |fields: &[&str]| fields.iter().any(|field| value.get(field).is_some());
    matches!(kind, Kind::Response | Kind::RequestBody | Kind::MediaType)
        && has(&["type", "properties", "allOf", "oneOf", "anyOf"])
        && !has(&["content", "schema", "headers", "links", "$ref"])
}
