//! Unions: their members, and how they are told apart.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use crate::ir::{Condition, Distinction, Member, Schema, Shape, Test, TextForm, Union as Source};
use crate::plan::naming::{namer::Namer, namespaces, titles::is_no_name, words::fold};
use crate::plan::types::mapping::Types;
use crate::rust::name::{Name, words};
use crate::rust::{Alias, Derives, Item, Primitive, Type, Union, UnionKind, UnionMember};

/// A planned member: the candidate for its variant's name, its type, and its tags and conditions.
struct Candidate {
    candidate: String,
    ty: Type,
    alternatives: Vec<usize>,
    tags: Vec<Value>,
    conditions: Vec<Condition>,
    form: Option<TextForm>,
    /// True if it reads every text, or each of its form.
    is_text: bool,
    is_default: bool,
}

/// The item that a union becomes: an enum, or a plain type where all members are the same in Rust.
pub(crate) fn union(types: Types<'_>, namer: &mut Namer<'_>, schema: &Schema, source: &Source, name: &Name) -> Item {
    let mut candidates = candidates(types, source);
    call_objects(types, source, name, &mut candidates);
    // A base that one schema extends may still be itself, and one that tells its kinds apart may come to have more.
    if let ([only], None) = (candidates.as_slice(), &source.discriminator) {
        return Item::Alias(Alias { name: name.clone(), docs: schema.docs.clone(), ty: only.ty.clone() });
    }
    let keys: Vec<String> = candidates.iter().map(|candidate| shorten(&candidate.candidate, name)).collect();
    let plain = namespaces::of_values(&keys).unwrap_or_else(|| keys.clone());
    let mut candidate_names = without_shared_words(&plain, &candidates, name);
    tell_texts_apart(types, source, &candidates, &mut candidate_names);
    tell_types_apart(&candidates, &mut candidate_names);
    let shorter = || keys.iter().zip(&candidate_names).map(|(key, name)| (key.as_str(), name.as_str()));
    let is_long = namer.has_long_variants(name.bare(), shorter());
    let pairs = shorter().map(|(key, name)| (key, if is_long { key } else { name }));
    let (claimed, other) = namer.claim_variants(name.bare(), pairs, &["Other", "Unknown", "Unlisted"]);
    let default = candidates.iter().position(|candidate| candidate.is_default);
    let kind = match &source.distinction {
        Distinction::Tag { property, .. } => UnionKind::Tagged { property: property.clone(), default },
        Distinction::Trial => UnionKind::Untagged,
    };
    let member = |(name, Candidate { ty, alternatives, tags, conditions, form, .. })| UnionMember {
        name,
        ty,
        alternatives,
        tags,
        conditions,
        form,
        converts: false,
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
    let mut known_by: HashMap<(Option<TextForm>, Kind), usize> = HashMap::new();
    for (index, member) in source.members.iter().enumerate() {
        let ty = types.of(&member.value);
        let is_default = default == Some(index);
        let id = types.api.schemas.resolve(member.value.schema);
        // Other types check their texts themselves.
        let is_text = matches!(ty, Type::String | Type::Named(_)) && types.inside(id) == Type::String;
        let form = member.form.clone().filter(|_| is_text);
        // Two members that are the same type in Rust are one variant, unless the texts of each have a form of their own.
        let kind = if is_text { Kind::Text } else { Kind::Other(ty.clone()) };
        let at = *known_by.entry((form.clone(), kind)).or_insert(found.len());
        if let Some(known) = found.get_mut(at) {
            if known.ty != ty {
                // It may be a text of either.
                (known.ty, known.candidate) = (Type::String, plain(&Type::String));
            }
            let fresh = member.tags.iter().filter(|tag| !known.tags.contains(tag)).cloned();
            known.tags.extend(fresh.collect::<Vec<_>>());
            known.is_default |= is_default;
            known.alternatives.push(index);
            // Only the conditions of all of them hold.
            known.conditions.retain(|condition| member.conditions.contains(condition));
            continue;
        }
        let (tags, conditions) = (member.tags.clone(), member.conditions.clone());
        let candidate = candidate(types, member, &ty);
        let alternatives = vec![index];
        found.push(Candidate { candidate, ty, alternatives, tags, conditions, form, is_text, is_default });
    }
    tell_lists_apart(&mut found);
    if source.distinction == Distinction::Trial {
        // The member that accepts the fewest values is tried first.
        let has_form = |candidate: &Candidate| {
            candidate.conditions.iter().any(|condition| matches!(condition.test, Test::Form(_)))
        };
        let any_form = found.iter().any(has_form);
        let order = |candidate: &Candidate| match (candidate.is_text, &candidate.form) {
            (true, form) => (Rank::Text, form.as_ref().map_or((u32::MAX, u32::MAX), TextForm::breadth)),
            (false, _) => (rank(types, &candidate.ty), (u32::from(any_form && !has_form(candidate)), 0)),
        };
        found.sort_by_key(order);
    }
    found
}

/// The kind of values by which alternatives are the same.
#[derive(PartialEq, Eq, Hash)]
enum Kind {
    Text,
    Other(Type),
}

/// Calls the only object among the alternatives `Object`, where its type is named after another place that has the same one.
fn call_objects(types: Types<'_>, source: &Source, owner: &Name, candidates: &mut [Candidate]) {
    let shape = |member: &Member| &types.api.schemas.get(types.api.schemas.resolve(member.value.schema)).shape;
    let is_object = |index: usize| matches!(shape(&source.members[index]), Shape::Object(_) | Shape::Union(_));
    if (0..source.members.len()).filter(|index| is_object(*index)).count() != 1 {
        return;
    }
    for found in candidates {
        let [index] = found.alternatives.as_slice() else { continue };
        let member = &source.members[*index];
        let is_inline = types.api.schemas.get(member.value.schema).component.is_none() && !is_called(member);
        let is_of_another = matches!(&found.ty, Type::Named(name) if !name.bare().starts_with(owner.bare()));
        if is_object(*index) && is_inline && is_of_another && found.tags.is_empty() {
            found.candidate = "Object".to_owned();
        }
    }
}

/// Names several lists or maps by what is in them.
fn tell_lists_apart(candidates: &mut [Candidate]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    candidates.iter().for_each(|found| *counts.entry(found.candidate.clone()).or_default() += 1);
    for found in candidates {
        let is_alone = counts.get(&found.candidate) == Some(&1);
        match &found.ty {
            Type::List(item) if !is_alone => found.candidate = format!("{} List", plain(item)),
            Type::Map(item) if !is_alone => found.candidate = format!("{} Map", plain(item)),
            _ => {}
        }
    }
}

/// Names several texts by their titles or formats: `Uuid` and `Text`. Their keys stay.
fn tell_texts_apart(types: Types<'_>, source: &Source, candidates: &[Candidate], names: &mut [String]) {
    let is_plain = |found: &Candidate| found.ty == Type::String && found.candidate == plain(&Type::String);
    let texts: Vec<usize> = (0..candidates.len()).filter(|at| is_plain(&candidates[*at])).collect();
    if texts.len() < 2 {
        return;
    }
    for at in texts {
        let [index] = candidates[at].alternatives.as_slice() else { continue };
        let member = &source.members[*index];
        let title = member.value.docs.title.clone().filter(|_| is_called(member));
        let format = match &types.api.schemas.get(types.api.schemas.resolve(member.value.schema)).shape {
            Shape::String { format } => format.clone(),
            _ => None,
        };
        names[at] = title.or(format).unwrap_or_else(|| names[at].clone());
    }
}

/// Names a plain value `TextValue` beside an object that is called `Text`. Its key stays.
fn tell_types_apart(candidates: &[Candidate], names: &mut [String]) {
    let (named, plain): (Vec<usize>, Vec<usize>) = (0..names.len()).partition(|at| is_named(&candidates[*at].ty));
    let taken: HashSet<String> = named.into_iter().map(|at| fold(&names[at])).collect();
    for at in plain {
        if taken.contains(&fold(&names[at])) {
            names[at] = format!("{} Value", names[at]);
        }
    }
}

/// Returns whether a type is one of the crate.
fn is_named(ty: &Type) -> bool {
    matches!(ty, Type::Named(_)) || matches!(ty, Type::Boxed(inner) if matches!(**inner, Type::Named(_)))
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
        // An object of any members comes after those with named members.
        Type::Map(_) | Type::JsonObject => Rank::Members,
        Type::Value => Rank::Anything,
        _ => Rank::Specific,
    }
}

fn candidate(types: Types<'_>, member: &Member, ty: &Type) -> String {
    if let Some(component) = &types.api.schemas.get(member.value.schema).component {
        return component.clone();
    }
    // Other tags are poor names: `true`, `1`; and the first of several is not the name of all.
    if let [Value::String(tag)] = member.tags.as_slice() {
        return tag.clone();
    }
    match (ty, member.conditions.iter().find_map(Condition::only_value)) {
        // A tuple has no name of its own; what tells it from others may have one.
        (Type::Tuple(_), Some(Value::String(constant))) => constant.clone(),
        (Type::Named(name), _) if types.is_text_enum(name) && !is_called(member) => keyword(types, member),
        _ => plain(ty),
    }
}

/// The name of an alternative that lists texts: the one that it lists.
fn keyword(types: Types<'_>, member: &Member) -> String {
    let only = match &types.api.schemas.get(types.api.schemas.resolve(member.value.schema)).shape {
        Shape::Enumeration(found) => found.only_text(),
        _ => None,
    };
    only.unwrap_or("Keyword").to_owned()
}

/// Returns whether the document gives an alternative a name.
fn is_called(member: &Member) -> bool {
    member.value.docs.title.as_deref().is_some_and(|title| !is_no_name(title)) || member.value.docs.name.is_some()
}

/// The name of a variant by its type alone.
fn plain(ty: &Type) -> String {
    match ty {
        Type::Named(name) => name.bare().to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::Number(Primitive::F32 | Primitive::F64) | Type::AnyNumber | Type::Decimal => "Number".to_owned(),
        Type::Number(_) => "Integer".to_owned(),
        Type::String | Type::Secret => "Text".to_owned(),
        Type::Timestamp => "Timestamp".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::Foreign(foreign) => foreign.last().to_owned(),
        Type::Base64 => "Bytes".to_owned(),
        Type::DecimalText => "Decimal".to_owned(),
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

/// The names of the variants without what they share with their owner: the alternatives `ShopOrderPaid` and `ShopOrderSent` of
/// `ShopOrderEvent` are `Paid` and `Sent`, and `PaidEvent` and `SentEvent` are too.
fn without_shared_words(plain: &[String], candidates: &[Candidate], owner: &Name) -> Vec<String> {
    let owner = words(owner.bare());
    let named: Vec<usize> = (0..candidates.len()).filter(|at| is_named(&candidates[*at].ty)).collect();
    if named.len() < 2 {
        return plain.to_vec();
    }
    let split: Vec<Vec<String>> = plain.iter().map(|name| words(name)).collect();
    let all = |test: &dyn Fn(&[String]) -> bool| named.iter().all(|at| test(&split[*at]));
    let opening =
        (0..owner.len()).take_while(|at| all(&|words| words.len() > at + 1 && words[*at] == owner[*at])).count();
    let ending = owner.last().filter(|last| all(&|words| words.len() > opening + 1 && words.last() == Some(last)));
    let mut shorter = plain.to_vec();
    for at in named {
        let all = &split[at];
        shorter[at] = all[opening..all.len() - usize::from(ending.is_some())].join(" ");
    }
    let folded: BTreeSet<String> = shorter.iter().map(|name| name.replace(' ', "").to_lowercase()).collect();
    let are_names = shorter.iter().all(|name| name.starts_with(char::is_alphabetic));
    let is_free = folded.len() == shorter.len() && !folded.contains("other");
    if is_free && are_names && (opening > 0 || ending.is_some()) { shorter } else { plain.to_vec() }
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
