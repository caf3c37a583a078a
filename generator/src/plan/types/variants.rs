//! Unions: their members, and how they are told apart.

use std::collections::HashSet;

use serde_json::Value;

use crate::ir::{Member, Object, Schema, Shape, Union as Source};
use crate::plan::naming::namer::Namer;
use crate::plan::types::mapping::Types;
use crate::rust::name::Name;
use crate::rust::{Alias, Derives, Item, Type, Union, UnionKind};

/// A member as it will be: what its variant is called after, its type, its tags.
struct Candidate {
    wish: String,
    ty: Type,
    tags: Vec<String>,
}

/// The item that a union becomes: an enum, or a plain type where all members are the same in Rust.
pub(crate) fn union(types: Types<'_>, namer: &mut Namer<'_>, schema: &Schema, source: &Source, name: &Name) -> Item {
    let kind = kind(types, source);
    let candidates = candidates(types, source, &kind);
    // A base that one schema extends may still be itself, and one that tells its kinds apart may come to have more.
    if let ([only], None) = (candidates.as_slice(), &source.discriminator) {
        return Item::Alias(Alias { name: name.clone(), docs: schema.docs.clone(), ty: only.ty.clone() });
    }
    let wishes: Vec<String> = candidates.iter().map(|candidate| shorten(&candidate.wish, name)).collect();
    let pairs = wishes.iter().map(|wish| (wish.as_str(), wish.as_str()));
    let (claimed, other) = namer.claim_variants(name.bare(), pairs, &["Other", "Unknown", "Unlisted"]);
    let members =
        claimed.into_iter().zip(candidates).map(|(name, candidate)| (name, candidate.ty, candidate.tags)).collect();
    Item::Union(Union { name: name.clone(), docs: schema.docs.clone(), members, other, kind, derives: Derives::ALL })
}

fn candidates(types: Types<'_>, source: &Source, kind: &UnionKind) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for member in &source.members {
        let ty = types.of(&member.value);
        let tags = match kind {
            UnionKind::Tagged(property) => tags(types, member, property),
            UnionKind::Untagged => Vec::new(),
        };
        // Two members that are the same type in Rust are one variant.
        match found.iter_mut().find(|known| known.ty == ty) {
            Some(known) => known.tags.extend(tags),
            None => found.push(Candidate { wish: wish(types, member, &ty, &tags), ty, tags }),
        }
    }
    if *kind == UnionKind::Untagged {
        // What reads the fewest values is tried first. An open enumeration reads every text, so plain text beside it is no news.
        if found.iter().any(|candidate| rank(types, &candidate.ty) == Rank::Keywords) {
            found.retain(|candidate| candidate.ty != Type::String);
        }
        found.sort_by_key(|candidate| rank(types, &candidate.ty));
    }
    found.iter_mut().for_each(|candidate| {
        candidate.tags.sort_unstable();
        candidate.tags.dedup();
    });
    found
}

/// The rank of an alternative by the values that it accepts, least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Specific,
    Fractions,
    Keywords,
    Text,
    Anything,
}

fn rank(types: Types<'_>, ty: &Type) -> Rank {
    match ty {
        Type::Number("f32" | "f64") | Type::AnyNumber => Rank::Fractions,
        Type::Named(name) if types.is_text_enum(name) => Rank::Keywords,
        Type::String | Type::Secret => Rank::Text,
        Type::Value => Rank::Anything,
        _ => Rank::Specific,
    }
}

/// By the discriminator; else by a property that has one distinct constant in each member; else by trying.
fn kind(types: Types<'_>, source: &Source) -> UnionKind {
    let stated = source.discriminator.as_ref().map(|discriminator| discriminator.property.clone());
    let mut properties: Vec<String> = stated.into_iter().collect();
    if let Some(object) = source.members.first().and_then(|member| object(types, member)) {
        properties.extend(
            object.properties.iter().filter(|property| property.required).map(|property| property.name.clone()),
        );
    }
    properties
        .into_iter()
        .find(|property| tells_apart(types, source, property))
        .map_or(UnionKind::Untagged, UnionKind::Tagged)
}

/// Returns whether every alternative is an object with distinct tags in the property.
fn tells_apart(types: Types<'_>, source: &Source, property: &str) -> bool {
    let mut seen = HashSet::new();
    source.members.iter().all(|member| {
        let tags = tags(types, member, property);
        is_object(types, member) && !tags.is_empty() && tags.into_iter().all(|tag| seen.insert(tag))
    })
}

/// The values of `property` that mean this member.
fn tags(types: Types<'_>, member: &Member, property: &str) -> Vec<String> {
    let object = object(types, member);
    // What the member itself admits is surer than a mapping, or a name.
    if let Some(stated) = object.and_then(|object| constants(types, object, property)) {
        return stated;
    }
    let admitted = object.and_then(|object| admitted(types, object, property));
    let can_be = |tag: &&String| admitted.is_none_or(|values| values.iter().any(|value| value == tag.as_str()));
    member.tags.iter().filter(can_be).cloned().collect()
}

/// The only values that a property may have, where it says so.
fn admitted<'a>(types: Types<'a>, object: &'a Object, property: &str) -> Option<&'a [Value]> {
    let schemas = &types.api.schemas;
    let property = object.properties.iter().find(|candidate| candidate.name == property)?;
    match &schemas.get(schemas.resolve(property.value.schema)).shape {
        Shape::Enumeration(found) if !found.values.is_empty() => Some(&found.values),
        _ => None,
    }
}

fn constants(types: Types<'_>, object: &Object, property: &str) -> Option<Vec<String>> {
    let schemas = &types.api.schemas;
    let property = object.properties.iter().find(|candidate| candidate.name == property)?;
    match &schemas.get(schemas.resolve(property.value.schema)).shape {
        Shape::Enumeration(found) if found.constant => {
            found.values.iter().map(|value| value.as_str().map(str::to_owned)).collect()
        }
        _ => None,
    }
}

fn object<'a>(types: Types<'a>, member: &Member) -> Option<&'a Object> {
    let schemas = &types.api.schemas;
    match &schemas.get(schemas.resolve(member.value.schema)).shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

fn is_object(types: Types<'_>, member: &Member) -> bool {
    let schemas = &types.api.schemas;
    let shape = &schemas.get(schemas.resolve(member.value.schema)).shape;
    matches!(shape, Shape::Object(_)) || matches!(shape, Shape::Union(union) if union.discriminator.is_some())
}

fn wish(types: Types<'_>, member: &Member, ty: &Type, tags: &[String]) -> String {
    if let Some(component) = &types.api.schemas.get(member.value.schema).component {
        return component.clone();
    }
    if let Some(tag) = tags.first() {
        return tag.clone();
    }
    match ty {
        Type::Named(name) => name.bare().to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::Number("f64" | "f32") | Type::AnyNumber => "Number".to_owned(),
        Type::Number(_) => "Integer".to_owned(),
        Type::String | Type::Secret => "Text".to_owned(),
        Type::Timestamp => "Timestamp".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::Foreign(foreign) => foreign.last().to_owned(),
        Type::Map(_) | Type::JsonObject => "Object".to_owned(),
        Type::List(item) => match item.as_ref() {
            Type::Named(name) => format!("{} List", name.bare()),
            _ => "List".to_owned(),
        },
        Type::Tuple(_) => "Tuple".to_owned(),
        Type::Unit
        | Type::Value
        | Type::Bytes
        | Type::ByteStream
        | Type::Stream(_)
        | Type::Option(_)
        | Type::Presence(_)
        | Type::Boxed(_) => "Value".to_owned(),
    }
}

/// `Pet::PetCat` says no more than `Pet::Cat`.
fn shorten(wish: &str, owner: &Name) -> String {
    match wish.strip_prefix(owner.bare()) {
        Some(rest) if rest.starts_with(|first: char| first.is_uppercase() || first == ' ' || first == '_') => {
            rest.to_owned()
        }
        _ => wish.to_owned(),
    }
}
