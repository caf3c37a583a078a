//! The places of references: the required kind of target, and the base.

use serde_json::Value;

use super::super::grammar::{Kind, Shape, Version};
use super::super::grammar_of::field_of;
use crate::diagnostics::{Diagnostic, Rule};
use crate::place::Pointer;

/// The kind of object that a place requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// An object of a kind.
    One(Kind),
    /// An object of a kind for which there are no references.
    Loose(Kind),
    /// An object with members of a kind.
    Map(Kind),
    /// A list of objects of a kind.
    List(Kind),
    /// Prose, which may be in a separate file.
    Text,
    /// A whole part of the document, whose references are looked at later.
    Whole(Kind),
}

impl Want {
    /// Returns whether the specification does not define references at this place.
    pub(super) fn is_loose(self) -> bool {
        !matches!(self, Want::One(_))
    }
}

/// The member of an object that is a reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// `$ref`.
    Reference,
    /// `$dynamicRef` or `$recursiveRef`.
    Dynamic(&'static str),
    /// A value of a discriminator's mapping.
    Mapping(String),
}

/// A reference that is not in normal form.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// The object that has it.
    pub(super) at: Pointer,
    pub(super) slot: Slot,
    pub(super) want: Want,
    /// True if the reference has to be replaced by its target, because the model has no reference at this place.
    pub(super) inlined: bool,
    pub(super) text: String,
    /// The file that it is relative to.
    pub(super) file: usize,
    /// The base of the reference: a file, or a schema with an `$id`.
    pub(super) resource: usize,
    /// The outermost enclosing schema, if the target may depend on it.
    pub(super) outermost: Option<Pointer>,
    /// The number of enclosing copies of parts of files.
    pub(super) depth: usize,
    /// The schemas with an `$id` on the way to the enclosing copy.
    pub(super) scope: Vec<usize>,
    /// The enclosing schema with definitions of its own that the reference may be relative to.
    pub(super) definitions: Option<Pointer>,
}

/// The keywords under which schemas have definitions of their own.
pub(super) const DEFINITIONS: &[&str] = &["$defs", "definitions"];

impl Site {
    pub(super) fn new(at: Pointer, want: Want, text: String, file: usize) -> Self {
        let inlined = !matches!(want, Want::One(_));
        Site {
            at,
            slot: Slot::Reference,
            want,
            inlined,
            text,
            file,
            resource: 0,
            outermost: None,
            depth: 0,
            scope: Vec::new(),
            definitions: None,
        }
    }

    /// A finding at the reference.
    pub(super) fn fault(&self, rule: Rule, message: String) -> Box<Diagnostic> {
        let key = match &self.slot {
            Slot::Reference => "$ref",
            Slot::Dynamic(keyword) => keyword,
            Slot::Mapping(key) => key,
        };
        Box::new(rule.at(self.at.child(key)).message(message))
    }
}

/// The kind of object at a place, as far as the grammar leads there.
pub(super) fn kind_at(version: Version, pointer: &Pointer) -> Option<Kind> {
    match shape_at(version, pointer)? {
        Shape::One(kind) => Some(kind),
        Shape::SchemaOrFlag | Shape::Items => Some(Kind::Schema),
        _ => None,
    }
}

/// The kind of the objects that a place holds by name.
pub(super) fn map_at(version: Version, pointer: &Pointer) -> Option<Kind> {
    match shape_at(version, pointer)? {
        Shape::Map(kind) => Some(kind),
        _ => None,
    }
}

fn shape_at(version: Version, pointer: &Pointer) -> Option<Shape> {
    let mut shape = Shape::One(Kind::Document);
    for token in pointer.tokens() {
        shape = match shape {
            Shape::One(_) if token.starts_with("x-") && token != "x-ms-paths" => return None,
            Shape::One(kind) => field_of(version, kind, &token)?.shape,
            Shape::List(kind) | Shape::Map(kind) => Shape::One(kind),
            Shape::SchemaOrFlag => field_of(version, Kind::Schema, &token)?.shape,
            Shape::Items if token.bytes().all(|byte| byte.is_ascii_digit()) => Shape::One(Kind::Schema),
            Shape::Items => field_of(version, Kind::Schema, &token)?.shape,
            _ => return None,
        };
    }
    Some(shape)
}

/// The outermost schema that a place is in.
pub(super) fn outermost_schema(version: Version, pointer: &Pointer) -> Option<Pointer> {
    let ends = pointer.as_str().match_indices('/').map(|(index, _)| index).chain([pointer.as_str().len()]);
    let mut prefixes = ends.filter_map(|end| Pointer::parse(&pointer.as_str()[..end]));
    prefixes.find(|prefix| kind_at(version, prefix) == Some(Kind::Schema))
}

/// Returns whether a pointer refers to a component of a kind.
pub(super) fn is_component(version: Version, pointer: &Pointer, kind: Kind) -> bool {
    let Some(name) = kind.home(version).and_then(|home| pointer.as_str().strip_prefix(home)) else { return false };
    name.strip_prefix('/').is_some_and(|name| !name.contains('/'))
}

/// Returns whether a component consists of a reference only.
pub(super) fn is_whole_component(version: Version, site: &Site) -> bool {
    matches!(site.want, Want::One(kind) if is_component(version, &site.at, kind))
}

/// Returns whether an object is a `querystring` parameter, for which the model has no component.
pub(super) fn is_querystring(object: &Value, kind: Kind) -> bool {
    kind == Kind::Parameter && object.get("in").and_then(Value::as_str) == Some("querystring")
}
