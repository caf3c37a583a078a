//! The cases of a reply that a wire test sends: all members, required members only, `null`, an unknown member or value, and a required
//! member missing.

use serde_json::{Value, json};

use super::constraints::EffectiveConstraints;
use super::sorted::sorted;
use super::{Direction, Fill, Sampler};
use crate::ir::{Api, Media, Property, ReplyCase, Rest, Shape, Use};

/// A name and value that no document contains.
const UNKNOWN: &str = "unheardOf";

/// The bodies of a media type, each with its expected value. For a failure, only a readable body is included.
pub(super) fn cases(api: &Api, media: &Media, success: bool) -> Vec<ReplyCase> {
    let sample = |fill| Sampler::new(&api.schemas, Direction::Received, fill).media(media);
    let mut found: Vec<ReplyCase> = Vec::new();
    let mut add = |about, body: Option<Value>, reads: Option<Value>| {
        if let Some(body) = body.filter(|body| found.iter().all(|known| known.body != *body)) {
            found.push(ReplyCase { about, body, reads });
        }
    };
    let everything = sample(Fill::Everything);
    add("everything", everything.clone(), everything.clone());
    let least = sample(Fill::RequiredOnly);
    add("nothing that may be absent", least.clone(), least.clone());
    let nulls = sample(Fill::Nulls);
    add("null where that may be", nulls.clone(), nulls);
    let (Some(usage), Some(everything), true) = (&media.schema, everything, success) else { return found };
    let changed = |change: &mut dyn FnMut(&mut Value, &Use)| {
        let mut value = everything.clone();
        walk(api, &mut value, usage, change);
        (value != everything).then(|| sorted(&value))
    };
    let with = changed(&mut |value, usage| add_unknown_member(api, value, usage));
    let reads =
        changed(&mut |value, usage| expect_unknown_member(api, value, usage)).unwrap_or_else(|| everything.clone());
    add("a member that no one has heard of", with, Some(reads));
    let with = changed(&mut |value, usage| use_unknown_value(api, value, usage));
    add("a value that no one has heard of", with.clone(), with);
    for (about, lacking) in [
        ("what is required is missing", Lacking::Member),
        ("what may be null, but not absent, is missing", Lacking::Nullable),
        ("null where that may not be", Lacking::Value),
        ("a value of another type where null may be", Lacking::Type),
    ] {
        let mut done = false;
        let with = changed(&mut |value, usage| done = done || remove_required(api, value, usage, lacking));
        add(about, with, None);
    }
    found
}

/// Visits every value that has a type of its own, with its use, from the outside in. Alternatives and tuples are skipped: a value that is
/// changed in one may belong to another.
fn walk(api: &Api, value: &mut Value, usage: &Use, visit: &mut dyn FnMut(&mut Value, &Use)) {
    if value.is_null() {
        return;
    }
    visit(value, usage);
    let facts = EffectiveConstraints::of(&api.schemas, usage);
    match (&facts.schema.shape, value) {
        (Shape::Object(object), Value::Object(members)) => {
            for (name, member) in members.iter_mut() {
                let named = object.property(name);
                match (named, &object.rest) {
                    (Some(property), _) if api.schemas.is_constant(property) => {}
                    (Some(property), _) => walk(api, member, &property.value, visit),
                    (None, Rest::Typed(usage)) if object.patterns.is_empty() => walk(api, member, usage, visit),
                    (None, _) => {}
                }
            }
        }
        (Shape::Array { items, .. }, Value::Array(found)) => {
            found.iter_mut().for_each(|item| walk(api, item, items, visit));
        }
        _ => {}
    }
}

/// Adds an unknown member to an object with named members.
fn add_unknown_member(api: &Api, value: &mut Value, usage: &Use) {
    add_member(api, value, usage, |rest| matches!(rest, Rest::Open | Rest::Closed | Rest::Any));
}

/// The same in the expected value, if the member is kept.
fn expect_unknown_member(api: &Api, value: &mut Value, usage: &Use) {
    add_member(api, value, usage, |rest| matches!(rest, Rest::Any));
}

fn add_member(api: &Api, value: &mut Value, usage: &Use, takes: impl Fn(&Rest) -> bool) {
    let facts = EffectiveConstraints::of(&api.schemas, usage);
    if let (Shape::Object(object), Value::Object(members)) = (&facts.schema.shape, value)
        && !object.properties.is_empty()
        && object.patterns.is_empty()
        && takes(&object.rest)
    {
        members.insert(UNKNOWN.to_owned(), json!([UNKNOWN]));
    }
}

/// Replaces a listed value by an unknown one.
fn use_unknown_value(api: &Api, value: &mut Value, usage: &Use) {
    let facts = EffectiveConstraints::of(&api.schemas, usage);
    if let Shape::Enumeration(found) = &facts.schema.shape {
        let fresh = if value.is_string() { json!(UNKNOWN) } else { json!(987_654) };
        if found.are_all_like(value) && !found.contains(&fresh) {
            *value = fresh;
        }
    }
}

#[derive(Clone, Copy)]
enum Lacking {
    Member,
    Nullable,
    Value,
    Type,
}

/// Removes the first required member, or its value, or replaces a nullable one by another type; `false` if there is none.
fn remove_required(api: &Api, value: &mut Value, usage: &Use, lacking: Lacking) -> bool {
    let facts = EffectiveConstraints::of(&api.schemas, usage);
    let (Shape::Object(object), Value::Object(members)) = (&facts.schema.shape, value) else { return false };
    let wanted = |property: &&Property| {
        let both_ways = !property.value.read_only && !property.value.write_only;
        let inner = EffectiveConstraints::of(&api.schemas, &property.value);
        let typed = !matches!(inner.schema.shape, Shape::Any(_) | Shape::Never | Shape::Union(_));
        let nullable = api.schemas.is_nullable(&property.value);
        let fits = match lacking {
            Lacking::Member | Lacking::Value => !nullable,
            Lacking::Nullable => nullable,
            Lacking::Type => nullable && misfit(&inner.schema.shape).is_some(),
        };
        (property.required || matches!(lacking, Lacking::Type))
            && both_ways
            && typed
            && fits
            && members.contains_key(&property.name)
    };
    let Some(property) = object.properties.iter().find(wanted).filter(|_| object.stated) else { return false };
    match lacking {
        Lacking::Member | Lacking::Nullable => drop(members.remove(&property.name)),
        Lacking::Value => drop(members.insert(property.name.clone(), Value::Null)),
        Lacking::Type => {
            let wrong = misfit(&EffectiveConstraints::of(&api.schemas, &property.value).schema.shape);
            members.insert(property.name.clone(), wrong.unwrap_or_default());
        }
    }
    true
}

/// A value that a shape never permits.
fn misfit(shape: &Shape) -> Option<Value> {
    match shape {
        Shape::String { .. } => Some(json!(7)),
        // Not the text of a number, since some APIs write numbers as text.
        Shape::Boolean | Shape::Integer { .. } | Shape::Number { .. } => Some(json!("seven")),
        Shape::Object(object) if object.stated => Some(json!("7")),
        Shape::Array { stated: true, .. } => Some(json!({ "7": 7 })),
        Shape::Enumeration(_)
        | Shape::Object(_)
        | Shape::Array { .. }
        | Shape::Tuple { .. }
        | Shape::Union(_)
        | Shape::Any(_)
        | Shape::Never
        | Shape::Alias(_) => None,
    }
}
