//! Comparison of schemas, by the direction of their values.

use std::collections::HashSet;

use serde_json::Value;

use super::comparison::{Comparison, Spot};
use super::kinds::{holds, kind, of};
use super::rule::{ApiRule, Noun, Side, ValueRule};
use super::union;
use super::usage::usage;
use crate::ir::{Enumeration, Object, Property, Rest, Schema, Shape, Use};

/// Compares the schemas of a place of an operation, and all schemas that they lead to.
pub(super) fn place(to: &mut Comparison<'_>, spot: &Spot, old: &Use, new: &Use) {
    usage(to, spot, old, new);
    let (before, after) = (to.old, to.new);
    while let Some((spot, one, other)) = to.next() {
        shape(to, &spot, before.schemas.get(one), after.schemas.get(other));
    }
}

fn shape(to: &mut Comparison<'_>, spot: &Spot, old: &Schema, new: &Schema) {
    match (&old.shape, &new.shape) {
        (Shape::Object(one), Shape::Object(other)) => object(to, spot, one, other),
        (Shape::Array { items: one, .. }, Shape::Array { items: other, .. }) => {
            let items = Spot {
                noun: spot.noun,
                subject: format!("each item of {}", spot.subject),
                old: spot.old.child("items"),
                new: spot.new.child("items"),
            };
            usage(to, &items, one, other);
        }
        (Shape::Enumeration(one), Shape::Enumeration(other)) => enumeration(to, spot, one, other),
        (Shape::Union(one), Shape::Union(other)) => union::union(to, spot, one, other),
        _ => kinds(to, spot, old, new),
    }
}

fn kinds(to: &mut Comparison<'_>, spot: &Spot, old: &Schema, new: &Schema) {
    let (before, after) = (kind(&old.shape), kind(&new.shape));
    match (&old.shape, &new.shape) {
        (_, Shape::Enumeration(values)) if before.starts_with(&of(values)) => {
            to.add(spot, ValueRule::BecameEnum, "became limited to a list of values");
        }
        (Shape::Enumeration(values), _) if after.starts_with(&of(values)) => {
            to.add(spot, ValueRule::EnumRemoved, "is no longer limited to a list of values");
        }
        _ if before == after => {}
        _ => {
            let text = format!("changed its type from `{before}` to `{after}`");
            let wider = holds(&after, &before) || union::covers(to.new, new, old);
            let narrower = holds(&before, &after) || union::covers(to.old, old, new);
            let rule = match spot.side() {
                Side::Request | Side::Response if wider => ValueRule::TypeGeneralized,
                Side::Response if narrower => ValueRule::TypeSpecialized,
                Side::Request | Side::Response => ValueRule::TypeChanged,
            };
            to.add(spot, rule, &text);
        }
    }
}

fn enumeration(to: &mut Comparison<'_>, spot: &Spot, old: &Enumeration, new: &Enumeration) {
    if of(old) != of(new) {
        let text = format!("changed its type from `{}` to `{}`", of(old), of(new));
        to.add(spot, ValueRule::TypeChanged, &text);
        return;
    }
    let (before, after): (HashSet<&Value>, HashSet<&Value>) =
        (old.values.iter().collect(), new.values.iter().collect());
    for value in old.values.iter().filter(|value| !after.contains(value)) {
        to.add(spot, ValueRule::EnumValueRemoved, &format!("can no longer be `{value}`"));
    }
    // Clients should accept values that they do not know, so this is only a warning.
    for value in new.values.iter().filter(|value| !before.contains(value)) {
        to.add(spot, ValueRule::EnumValueAdded, &format!("can be `{value}`"));
    }
}

fn object(to: &mut Comparison<'_>, spot: &Spot, old: &Object, new: &Object) {
    let travels = |property: &&Property| match spot.side() {
        Side::Request => !property.value.read_only,
        Side::Response => !property.value.write_only,
    };
    for one in old.properties.iter().filter(travels) {
        match new.property(&one.name).filter(travels) {
            Some(other) => property(to, spot, one, other),
            None => property_removed(to, spot, one),
        }
    }
    for other in new.properties.iter().filter(travels) {
        if old.property(&other.name).filter(travels).is_none() {
            property_added(to, spot, other);
        }
    }
    match (&old.rest, &new.rest) {
        (Rest::Typed(one), Rest::Typed(other)) => {
            let (old, new) = (spot.old.child("additionalProperties"), spot.new.child("additionalProperties"));
            let subject = format!("each value of {}", spot.subject);
            usage(to, &Spot { noun: spot.noun, subject, old, new }, one, other);
        }
        (Rest::Open | Rest::Any, Rest::Closed) if spot.side() == Side::Request => {
            to.add(spot, ValueRule::AdditionalPropertiesForbidden, "takes no other members any more");
        }
        _ => {}
    }
}

fn property(to: &mut Comparison<'_>, spot: &Spot, old: &Property, new: &Property) {
    let inner = Spot {
        noun: property_noun(spot.side()),
        subject: format!("the property `{}`", new.name),
        old: spot.old.child("properties").child(&old.name),
        new: spot.new.child("properties").child(&new.name),
    };
    match (old.required, new.required, spot.side()) {
        (false, true, Side::Request) if new.value.docs.default.is_some() => {
            to.add(&inner, ValueRule::BecameRequiredWithDefault, "became required, with a default");
        }
        (false, true, _) => to.add(&inner, ValueRule::BecameRequired, "became required"),
        (true, false, _) => to.add(&inner, ValueRule::BecameOptional, "became optional"),
        _ => {}
    }
    if !old.value.docs.deprecated && new.value.docs.deprecated {
        to.add(&inner, ValueRule::Deprecated, "was deprecated");
    }
    usage(to, &inner, &old.value, &new.value);
}

fn property_removed(to: &mut Comparison<'_>, spot: &Spot, old: &Property) {
    let rule = match (spot.side(), old.required) {
        (Side::Request, _) => ApiRule::RequestPropertyRemoved,
        (Side::Response, true) => ApiRule::ResponseRequiredPropertyRemoved,
        (Side::Response, false) => ApiRule::ResponseOptionalPropertyRemoved,
    };
    let place = spot.old.child("properties").child(&old.name);
    to.changes.add(rule, Some(place), None, format!("the property `{}` was removed", old.name));
}

fn property_added(to: &mut Comparison<'_>, spot: &Spot, new: &Property) {
    let default = new.value.docs.default.is_some();
    let rule = match (spot.side(), new.required) {
        (Side::Request, true) if default => ApiRule::NewRequiredRequestPropertyWithDefault,
        (Side::Request, true) => ApiRule::NewRequiredRequestProperty,
        (Side::Request, false) => ApiRule::NewOptionalRequestProperty,
        (Side::Response, true) => ApiRule::ResponseRequiredPropertyAdded,
        (Side::Response, false) => ApiRule::ResponseOptionalPropertyAdded,
    };
    let what = if new.required { "required" } else { "optional" };
    let place = spot.new.child("properties").child(&new.name);
    to.changes.add(rule, None, Some(place), format!("the {what} property `{}` was added", new.name));
}

fn property_noun(side: Side) -> Noun {
    match side {
        Side::Request => Noun::RequestProperty,
        Side::Response => Noun::ResponseProperty,
    }
}
