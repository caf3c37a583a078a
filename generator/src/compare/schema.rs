//! Schemas, each by which way its values travel.

use std::collections::{HashSet, VecDeque};

use serde_json::Value;

use super::change::{Changes, Level};
use super::{bounds, union};
use crate::ir::{Api, Enumeration, Object, Property, Rest, Schema, SchemaId, Shape, Use};
use crate::place::Pointer;

/// The direction in which values are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Request,
    Response,
}

impl Side {
    /// The level of a change after which fewer values are in order: what was sent may be refused; what comes was known.
    pub(super) fn narrowed(self) -> Level {
        match self {
            Side::Request => Level::Breaking,
            Side::Response => Level::Info,
        }
    }

    /// The level of a change after which more values are in order.
    pub(super) fn widened(self) -> Level {
        match self {
            Side::Request => Level::Info,
            Side::Response => Level::Breaking,
        }
    }
}

/// A place that holds a value, before and after.
pub(super) struct Spot {
    /// The prefix of rule ids.
    pub(super) noun: &'static str,
    /// The subject of sentences.
    pub(super) subject: String,
    pub(super) side: Side,
    pub(super) old: Pointer,
    pub(super) new: Pointer,
}

/// The comparison of one operation's schemas.
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    pub(super) changes: &'a mut Changes,
    seen: HashSet<(SchemaId, SchemaId, Side, &'static str)>,
    /// The queue of pairs to compare. Chains of schemas may have any length, so the comparison does not recurse.
    waiting: VecDeque<(Spot, SchemaId, SchemaId)>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api, changes: &'a mut Changes) -> Self {
        Comparison { old, new, changes, seen: HashSet::new(), waiting: VecDeque::new() }
    }

    /// Adds a change at a spot: `said` follows the subject, `suffix` the noun.
    pub(super) fn add(&mut self, spot: &Spot, suffix: &str, level: Level, said: &str) {
        let id = format!("{}-{suffix}", spot.noun);
        let text = format!("{} {said}", spot.subject);
        self.changes.add(id, level, Some(spot.old.clone()), Some(spot.new.clone()), text);
    }

    /// Compares what a place of an operation holds, with all that this leads to.
    pub(super) fn place(&mut self, spot: &Spot, old: &Use, new: &Use) {
        self.usage(spot, old, new);
        while let Some((spot, before, after)) = self.waiting.pop_front() {
            self.shape(&spot, self.old.schemas.get(before), self.new.schemas.get(after));
        }
    }

    /// Compares what a place says; what its schema says waits.
    pub(super) fn usage(&mut self, spot: &Spot, old: &Use, new: &Use) {
        match (self.old.schemas.is_nullable(old), self.new.schemas.is_nullable(new)) {
            (false, true) => self.add(spot, "became-nullable", spot.side.widened(), "became nullable"),
            (true, false) => self.add(spot, "became-not-nullable", spot.side.narrowed(), "is no longer nullable"),
            _ => {}
        }
        let (before, after) = (self.old.schemas.resolve(old.schema), self.new.schemas.resolve(new.schema));
        bounds::bounds(self, spot, (old, before), (new, after));
        if old.docs.default != new.docs.default && spot.side == Side::Request {
            let said =
                |value: &Option<Box<Value>>| value.as_ref().map_or("none".to_owned(), |value| format!("`{value}`"));
            let text = format!("has another default: {}, was {}", said(&new.docs.default), said(&old.docs.default));
            let suffix = match (&old.docs.default, &new.docs.default) {
                (None, _) => "default-value-added",
                (_, None) => "default-value-removed",
                _ => "default-value-changed",
            };
            self.add(spot, suffix, Level::Info, &text);
        }
        if self.seen.insert((before, after, spot.side, spot.noun)) {
            let spot = at_schema(spot, self.old.schemas.get(before), self.new.schemas.get(after));
            self.waiting.push_back((spot, before, after));
        }
    }

    fn shape(&mut self, spot: &Spot, old: &Schema, new: &Schema) {
        match (&old.shape, &new.shape) {
            (Shape::Object(one), Shape::Object(other)) => self.object(spot, one, other),
            (Shape::Array { items: one, .. }, Shape::Array { items: other, .. }) => {
                let items = Spot {
                    noun: spot.noun,
                    subject: format!("each item of {}", spot.subject),
                    side: spot.side,
                    old: spot.old.child("items"),
                    new: spot.new.child("items"),
                };
                self.usage(&items, one, other);
            }
            (Shape::Enumeration(one), Shape::Enumeration(other)) => self.enumeration(spot, one, other),
            (Shape::Union(one), Shape::Union(other)) => union::union(self, spot, one, other),
            _ => self.kind(spot, old, new),
        }
    }

    fn kind(&mut self, spot: &Spot, old: &Schema, new: &Schema) {
        let (before, after) = (kind(&old.shape), kind(&new.shape));
        match (&old.shape, &new.shape) {
            (_, Shape::Enumeration(values)) if before.starts_with(&of(values)) => {
                self.add(spot, "became-enum", spot.side.narrowed(), "became limited to a list of values");
            }
            (Shape::Enumeration(values), _) if after.starts_with(&of(values)) => {
                let level = if spot.side == Side::Request { Level::Info } else { Level::Warning };
                self.add(spot, "enum-removed", level, "is no longer limited to a list of values");
            }
            _ if before == after => {}
            _ => {
                let text = format!("changed its type from `{before}` to `{after}`");
                let wider = holds(&after, &before) || union::covers(self.new, new, old);
                let narrower = holds(&before, &after) || union::covers(self.old, old, new);
                match spot.side {
                    Side::Request if wider => self.add(spot, "type-generalized", Level::Info, &text),
                    Side::Response if wider => self.add(spot, "type-generalized", Level::Breaking, &text),
                    Side::Response if narrower => self.add(spot, "type-specialized", Level::Info, &text),
                    _ => self.add(spot, "type-changed", Level::Breaking, &text),
                }
            }
        }
    }

    fn enumeration(&mut self, spot: &Spot, old: &Enumeration, new: &Enumeration) {
        if of(old) != of(new) {
            let text = format!("changed its type from `{}` to `{}`", of(old), of(new));
            self.add(spot, "type-changed", Level::Breaking, &text);
            return;
        }
        for value in old.values.iter().filter(|value| !new.values.contains(value)) {
            self.add(spot, "enum-value-removed", spot.side.narrowed(), &format!("can no longer be `{value}`"));
        }
        // A client made to last takes values that it does not know, so this is no more than a warning.
        let level = if spot.side == Side::Request { Level::Info } else { Level::Warning };
        for value in new.values.iter().filter(|value| !old.values.contains(value)) {
            self.add(spot, "enum-value-added", level, &format!("can be `{value}`"));
        }
    }

    fn object(&mut self, spot: &Spot, old: &Object, new: &Object) {
        let travels = |property: &&Property| match spot.side {
            Side::Request => !property.value.read_only,
            Side::Response => !property.value.write_only,
        };
        let find = |object: &'_ Object, name: &str| object.properties.iter().position(|it| it.name == name);
        for one in old.properties.iter().filter(travels) {
            match find(new, &one.name).map(|index| &new.properties[index]).filter(travels) {
                Some(other) => self.property(spot, one, other),
                None => self.property_removed(spot, one),
            }
        }
        for other in new.properties.iter().filter(travels) {
            if find(old, &other.name).map(|index| &old.properties[index]).filter(travels).is_none() {
                self.property_added(spot, other);
            }
        }
        match (&old.rest, &new.rest) {
            (Rest::Typed(one), Rest::Typed(other)) => {
                let (old, new) = (spot.old.child("additionalProperties"), spot.new.child("additionalProperties"));
                let subject = format!("each value of {}", spot.subject);
                self.usage(&Spot { noun: spot.noun, subject, side: spot.side, old, new }, one, other);
            }
            (Rest::Open | Rest::Any, Rest::Closed) if spot.side == Side::Request => {
                self.add(spot, "additional-properties-forbidden", Level::Warning, "takes no other members any more");
            }
            _ => {}
        }
    }

    fn property(&mut self, spot: &Spot, old: &Property, new: &Property) {
        let inner = Spot {
            noun: property_noun(spot.side),
            subject: format!("the property `{}`", new.name),
            side: spot.side,
            old: spot.old.child("properties").child(&old.name),
            new: spot.new.child("properties").child(&new.name),
        };
        match (old.required, new.required, spot.side) {
            (false, true, Side::Request) if new.value.docs.default.is_some() => {
                self.add(&inner, "became-required-with-default", Level::Breaking, "became required, with a default");
            }
            (false, true, side) => self.add(&inner, "became-required", side.narrowed(), "became required"),
            (true, false, side) => self.add(&inner, "became-optional", side.widened(), "became optional"),
            _ => {}
        }
        if !old.value.docs.deprecated && new.value.docs.deprecated {
            self.add(&inner, "deprecated", Level::Info, "was deprecated");
        }
        self.usage(&inner, &old.value, &new.value);
    }

    fn property_removed(&mut self, spot: &Spot, old: &Property) {
        let (id, level) = match (spot.side, old.required) {
            (Side::Request, _) => ("request-property-removed", Level::Warning),
            (Side::Response, true) => ("response-required-property-removed", Level::Breaking),
            (Side::Response, false) => ("response-optional-property-removed", Level::Info),
        };
        let place = spot.old.child("properties").child(&old.name);
        self.changes.add(id, level, Some(place), None, format!("the property `{}` was removed", old.name));
    }

    fn property_added(&mut self, spot: &Spot, new: &Property) {
        let default = new.value.docs.default.is_some();
        let (id, level) = match (spot.side, new.required) {
            (Side::Request, true) if default => ("new-required-request-property-with-default", Level::Breaking),
            (Side::Request, true) => ("new-required-request-property", Level::Breaking),
            (Side::Request, false) => ("new-optional-request-property", Level::Info),
            (Side::Response, true) => ("response-required-property-added", Level::Info),
            (Side::Response, false) => ("response-optional-property-added", Level::Info),
        };
        let what = if new.required { "required" } else { "optional" };
        let place = spot.new.child("properties").child(&new.name);
        self.changes.add(id, level, None, Some(place), format!("the {what} property `{}` was added", new.name));
    }
}

fn property_noun(side: Side) -> &'static str {
    match side {
        Side::Request => "request-property",
        Side::Response => "response-property",
    }
}

/// Returns the place of a change in a component: the component itself, independent of the reference.
fn at_schema(spot: &Spot, old: &Schema, new: &Schema) -> Spot {
    let subject = match (&old.component, &new.component) {
        (Some(one), Some(other)) if one == other => format!("the schema `{one}`"),
        _ => spot.subject.clone(),
    };
    Spot { noun: spot.noun, subject, side: spot.side, old: old.pointer.clone(), new: new.pointer.clone() }
}

fn of(values: &Enumeration) -> String {
    values.of.unwrap_or("string").to_owned()
}

/// The type and format of a shape, as documents write them.
pub(super) fn kind(shape: &Shape) -> String {
    let with = |name: &str, format: &Option<String>| match format {
        Some(format) => format!("{name}/{format}"),
        None => name.to_owned(),
    };
    match shape {
        Shape::Any(_) => "any".to_owned(),
        Shape::Never => "never".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer { format } => with("integer", format),
        Shape::Number { format } => with("number", format),
        Shape::String { format } => with("string", format),
        Shape::Enumeration(values) => format!("{} enum", of(values)),
        Shape::Object(_) => "object".to_owned(),
        Shape::Array { .. } => "array".to_owned(),
        Shape::Tuple { items, .. } => format!("tuple of {}", items.len()),
        Shape::Union(_) => "union".to_owned(),
        Shape::Alias(_) => "circle".to_owned(),
    }
}

/// Returns whether every value of one type is also one of another.
fn holds(wide: &str, narrow: &str) -> bool {
    let (name, format) = wide.split_once('/').unwrap_or((wide, ""));
    let (inner, inner_format) = narrow.split_once('/').unwrap_or((narrow, ""));
    let by_format = format.is_empty() || matches!((format, inner_format), ("int64", "int32") | ("double", "float"));
    wide == "any" || (name == inner && by_format) || (wide == "number" && inner == "integer")
}
