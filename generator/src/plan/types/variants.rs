//! Unions: their members, and how they are told apart.

use serde_json::Value;

use crate::ir::{Condition, Distinction, Member, ScalarType, Schema, Shape, TextForm, Union as Source};
use crate::plan::naming::namer::Namer;
use crate::plan::types::mapping::Types;
use crate::rust::name::Name;
use crate::rust::{Alias, Derives, Item, Primitive, Type, Union, UnionKind, UnionMember};

/// A member as it will be: the candidate for its variant's name, its type, and how it is recognised.
struct Candidate {
    candidate: String,
    ty: Type,
    tags: Vec<Value>,
    conditions: Vec<Condition>,
    form: Option<TextForm>,
    /// True if it reads every text, or each of its form.
    is_text: bool,
    is_default: bool,
    converts: bool,
}

/// The item that a union becomes: an enum, or a plain type where all members are the same in Rust.
pub(crate) fn union(types: Types<'_>, namer: &mut Namer<'_>, schema: &Schema, source: &Source, name: &Name) -> Item {
    let candidates = candidates(types, source);
    // A base that one schema extends may still be itself, and one that tells its kinds apart may come to have more.
    if let ([only], None) = (candidates.as_slice(), &source.discriminator) {
        return Item::Alias(Alias { name: name.clone(), docs: schema.docs.clone(), ty: only.ty.clone() });
    }
    let candidate_names: Vec<String> = candidates.iter().map(|candidate| shorten(&candidate.candidate, name)).collect();
    let pairs = candidate_names.iter().map(|name| (name.as_str(), name.as_str()));
    let (claimed, other) = namer.claim_variants(name.bare(), pairs, &["Other", "Unknown", "Unlisted"]);
    let default = candidates.iter().position(|candidate| candidate.is_default);
    let kind = match &source.distinction {
        Distinction::Tag { property, .. } => UnionKind::Tagged { property: property.clone(), default },
        Distinction::Trial => UnionKind::Untagged,
    };
    let member = |(name, Candidate { ty, tags, conditions, form, converts, .. })| UnionMember {
        name,
        ty,
        tags,
        conditions,
        form,
        converts,
    };
    let members = claimed.into_iter().zip(candidates).map(member).collect();
    Item::Union(Union { name: name.clone(), docs: schema.docs.clone(), members, other, kind, derives: Derives::ALL })
}

fn candidates(types: Types<'_>, source: &Source) -> Vec<Candidate> {
    let default = match source.distinction {
        Distinction::Tag { default, .. } => default,
        Distinction::Trial => None,
    };
    let mut found: Vec<Candidate> = Vec::new();
    for (index, member) in source.members.iter().enumerate() {
        let ty = types.of(&member.value);
        let is_default = default == Some(index);
        let id = types.api.schemas.resolve(member.value.schema);
        // Other types tell texts apart by themselves.
        let is_text = matches!(ty, Type::String | Type::Named(_)) && types.inside(id) == Type::String;
        let form = member.form.clone().filter(|_| is_text);
        // Two members that are the same type in Rust are one variant, unless the texts of each have a form of their own.
        if let Some(known) = found.iter_mut().find(|known| known.ty == ty && known.form == form) {
            let fresh = member.tags.iter().filter(|tag| !known.tags.contains(tag)).cloned();
            known.tags.extend(fresh.collect::<Vec<_>>());
            known.is_default |= is_default;
            // It is recognised by what any of them is.
            known.conditions.retain(|condition| member.conditions.contains(condition));
            continue;
        }
        let (tags, conditions) = (member.tags.clone(), member.conditions.clone());
        let (candidate, converts) = (candidate(types, member, &ty), stands_for_itself(types, member, &ty));
        found.push(Candidate { candidate, ty, tags, conditions, form, is_text, is_default, converts });
    }
    if source.distinction == Distinction::Trial {
        // What reads the fewest values is tried first. An open enumeration reads every text, so plain text beside it is no news.
        if found.iter().any(|candidate| rank(types, &candidate.ty) == Rank::Keywords) {
            found.retain(|candidate| candidate.ty != Type::String);
        }
        let order = |candidate: &Candidate| match (candidate.is_text, &candidate.form) {
            (true, form) => (Rank::Text, form.as_ref().map_or((u32::MAX, u32::MAX), TextForm::breadth)),
            (false, _) => (rank(types, &candidate.ty), (0, 0)),
        };
        found.sort_by_key(order);
    }
    found
}

/// True if a member's type is one of the crate's own and no alias, which could be the type of another member as well.
fn stands_for_itself(types: Types<'_>, member: &Member, ty: &Type) -> bool {
    let id = member.value.schema;
    matches!(ty, Type::Named(_))
        && types.chosen(id).is_none()
        && match &types.api.schemas.get(id).shape {
            Shape::Object(object) => !object.properties.is_empty(),
            Shape::Enumeration(found) => found.of != Some(ScalarType::Boolean) && !found.values.is_empty(),
            _ => false,
        }
}

/// The rank of an alternative by the values that it accepts, least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Specific,
    Members,
    Fractions,
    Keywords,
    Text,
    Anything,
}

fn rank(types: Types<'_>, ty: &Type) -> Rank {
    match ty {
        Type::Number(Primitive::F32 | Primitive::F64) | Type::AnyNumber | Type::Decimal => Rank::Fractions,
        Type::Named(name) if types.is_text_enum(name) => Rank::Keywords,
        Type::String | Type::Secret => Rank::Text,
        // An object of any members stands behind those that have names.
        Type::Map(_) | Type::JsonObject => Rank::Members,
        Type::Value => Rank::Anything,
        _ => Rank::Specific,
    }
}

fn candidate(types: Types<'_>, member: &Member, ty: &Type) -> String {
    if let Some(component) = &types.api.schemas.get(member.value.schema).component {
        return component.clone();
    }
    // The values of other tags say little: `true`, `1`.
    if let Some(tag) = member.tags.first().and_then(Value::as_str) {
        return tag.to_owned();
    }
    match ty {
        Type::Named(name) => name.bare().to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::Number(Primitive::F32 | Primitive::F64) | Type::AnyNumber | Type::Decimal => "Number".to_owned(),
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
fn shorten(candidate: &str, owner: &Name) -> String {
    match candidate.strip_prefix(owner.bare()) {
        Some(rest) if rest.starts_with(|first: char| first.is_uppercase() || first == ' ' || first == '_') => {
            rest.to_owned()
        }
        _ => candidate.to_owned(),
    }
}
