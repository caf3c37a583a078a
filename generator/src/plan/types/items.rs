//! Schemas that have names, as items.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::ir::{Docs, Enumeration, Object, Property, Rest, ScalarType, Schema, SchemaId, Shape};
use crate::plan::naming::namer::Namer;
use crate::plan::naming::{namespaces, value_names::without_owner};
use crate::plan::types::mapping::Types;
use crate::plan::types::variants;
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{Alias, Derives, Enum, EnumKind, Field, Item, Namespace, RestField, Struct, Type, Variant};

/// The key of the field for members without a field of their own.
const OTHERS: &str = "(any other)";

/// The maximum number of arguments of `new`; with more members, a struct literal is clearer.
const MOST_ARGUMENTS: usize = 7;

/// The items of a crate, sorted by name.
pub(crate) fn items(types: Types<'_>, namer: &mut Namer<'_>) -> Vec<Item> {
    let (api, names) = (types.api, types.names);
    let sent = api.schemas.iter().filter(|(_, schema)| schema.is_sent);
    let sent: BTreeSet<Name> = sent.filter_map(|(id, _)| names.of(id).cloned()).collect();
    let mut items: Vec<Item> = names.items.iter().map(|(id, name)| item(types, namer, &sent, *id, name)).collect();
    items.sort_by(|a, b| a.name().cmp(b.name()));
    items
}

fn item(types: Types<'_>, namer: &mut Namer<'_>, sent: &BTreeSet<Name>, id: SchemaId, name: &Name) -> Item {
    let schema = types.api.schemas.get(id);
    match &schema.shape {
        _ if types.chosen(id).is_some() => {
            Item::Alias(Alias { name: name.clone(), docs: schema.docs.clone(), ty: types.inside(id) })
        }
        Shape::Object(object) if !object.properties.is_empty() => {
            Item::Struct(structure(types, namer, sent, schema, object, name))
        }
        Shape::Enumeration(found) if found.of != Some(ScalarType::Boolean) && !found.values.is_empty() => {
            Item::Enum(enumeration(namer, schema, found, name))
        }
        Shape::Union(union) => variants::union(types, namer, schema, union, name),
        Shape::Alias(_)
        | Shape::Any(_)
        | Shape::Never
        | Shape::Boolean
        | Shape::Integer { .. }
        | Shape::Number { .. }
        | Shape::String { .. }
        | Shape::Enumeration(_)
        | Shape::Object(_)
        | Shape::Array { .. }
        | Shape::Tuple { .. } => {
            Item::Alias(Alias { name: name.clone(), docs: schema.docs.clone(), ty: types.inside(id) })
        }
    }
}

fn structure(
    types: Types<'_>,
    namer: &mut Namer<'_>,
    sent: &BTreeSet<Name>,
    schema: &Schema,
    object: &Object,
    name: &Name,
) -> Struct {
    let mut scope = Scope::new();
    let space = Namespace::fields(name.bare());
    namer.reserve_previous(&mut scope, &space, |key| key == OTHERS);
    let (constants, properties): (Vec<&Property>, Vec<&Property>) =
        object.properties.iter().partition(|property| types.api.schemas.is_constant(property));
    let tags = constants.iter().filter_map(|property| Some((property.name.clone(), property.tag.clone()?))).collect();
    let candidates = properties.iter().map(|property| (property.name.as_str(), property.name.as_str()));
    let claimed = namer.claim_all(&mut scope, &space, candidates, Case::Value);
    let fields = properties.iter().zip(claimed).map(|(property, field)| {
        let (ty, occurrence) = types.member(&property.value, property.required);
        let tag = property.tag.clone().filter(|tag| match &ty {
            // An optional constant is what tells the alternatives of a union apart if it is there.
            Type::Option(ty) if occurrence.may_be_absent() => {
                is_only(types, property, tag) && can_be_given(types, tag, ty)
            }
            ty => can_be_given(types, tag, ty),
        });
        Field { name: field, wire: property.name.clone(), docs: member_docs(types, property), ty, occurrence, tag }
    });
    let fields: Vec<Field> = fields.collect();
    let required: Vec<&Field> =
        fields.iter().filter(|field| !field.occurrence.may_be_absent() && field.tag.is_none()).collect();
    let tagged = |absent: bool| {
        let has_one = |field: &Field| field.tag.is_some() && field.occurrence.may_be_absent() == absent;
        usize::from(fields.iter().any(has_one))
    };
    let count = (required.len() + tagged(false)).max(tagged(true));
    let taken = (1..=MOST_ARGUMENTS).contains(&count) && required.len() < fields.len();
    let constructor = (sent.contains(name) && taken).then(|| {
        let keys: Vec<String> = required.iter().map(|field| field.wire.clone()).collect();
        let order = namer.order(&format!("new {}", name.bare()), &keys);
        order.into_iter().map(|place| required[place].name.clone()).collect()
    });
    let rest = rest(types, object).map(|ty| {
        let candidates = ["additional_properties", "other_properties"];
        RestField { name: namer.claim(&mut scope, &space, OTHERS, &candidates, Case::Value), value: ty }
    });
    Struct { name: name.clone(), docs: schema.docs.clone(), fields, tags, rest, constructor, derives: Derives::ALL }
}

/// Returns whether a member can have no value but its tag.
fn is_only(types: Types<'_>, property: &Property, tag: &Value) -> bool {
    let schemas = &types.api.schemas;
    let shape = &schemas.get(schemas.resolve(property.value.schema)).shape;
    matches!(shape, Shape::Enumeration(found) if found.values.as_slice() == std::slice::from_ref(tag))
}

/// Returns whether the constructor can set a member to its tag, by the type of the member.
fn can_be_given(types: Types<'_>, tag: &Value, ty: &Type) -> bool {
    match ty {
        Type::String => tag.is_string(),
        Type::Bool => tag.is_boolean(),
        Type::Number(_) => tag.is_i64(),
        Type::Named(name) => types.enumeration(name).is_some_and(|found| match kind(found) {
            EnumKind::Text => tag.is_string(),
            EnumKind::Integer => tag.is_i64(),
            EnumKind::Json => false,
        }),
        _ => false,
    }
}

/// Returns the docs of the place, without those of the component, which the type's page has.
fn member_docs(types: Types<'_>, property: &crate::ir::Property) -> Docs {
    let mut docs = property.value.docs.clone();
    let deprecated = types.api.schemas.get(property.value.schema).docs.deprecated;
    if deprecated && !docs.deprecated {
        docs.deprecated = true;
    }
    docs
}

/// The type of members beside the named ones, if the document describes them.
fn rest(types: Types<'_>, object: &Object) -> Option<Type> {
    match (&object.rest, object.patterns.is_empty()) {
        (Rest::Open | Rest::Closed, true) => None,
        // No member is left that nothing describes.
        (Rest::Typed(_) | Rest::Closed, _) => Some(types.values(object).map_or(Type::Value, |(_, ty)| ty)),
        (Rest::Open, false) | (Rest::Any, _) => Some(Type::Value),
    }
}

/// The enum of some values. If all begin with the name of their type, or with a namespace, their variants leave it out.
fn enumeration(namer: &mut Namer<'_>, schema: &Schema, found: &Enumeration, name: &Name) -> Enum {
    let kind = kind(found);
    let candidates = found.values.iter().zip(&found.labels);
    let candidates = candidates.map(|(value, label)| label.name.clone().unwrap_or_else(|| candidate(value)));
    let mut candidates: Vec<String> = candidates.collect();
    tell_contents_apart(&found.values, &mut candidates);
    let keys: Vec<String> = found.values.iter().map(key).collect();
    if kind == EnumKind::Text
        && let Some(shorter) = without_owner(name.bare(), &candidates).or_else(|| namespaces::of_values(&candidates))
        && !namer
            .has_long_variants(name.bare(), keys.iter().map(String::as_str).zip(shorter.iter().map(String::as_str)))
    {
        candidates = shorter;
    }
    let candidates = keys.iter().zip(&candidates).map(|(key, candidate)| (key.as_str(), candidate.as_str()));
    let (claimed, other) = namer.claim_variants(name.bare(), candidates, &["Other", "Unknown", "Unlisted"]);
    let variants = claimed.into_iter().zip(found.values.iter().zip(&found.labels));
    let variants = variants
        .map(|(name, (value, label))| Variant { name, description: label.description.clone(), value: value.clone() })
        .collect();
    Enum { name: name.clone(), docs: schema.docs.clone(), variants, other, kind }
}

/// Names several lists or objects by what is in them: `[1]` and `[1, 2]` are `list 1` and `list 1 2`.
fn tell_contents_apart(values: &[serde_json::Value], candidates: &mut [String]) {
    for kind in ["list", "object"] {
        let alike = || (0..values.len()).filter(|at| !values[*at].is_string() && candidate(&values[*at]) == kind);
        if alike().count() < 2 {
            continue;
        }
        for at in alike().filter(|at| candidates[*at] == kind).collect::<Vec<_>>() {
            let contents = values[at].to_string().replace(['[', ']', '{', '}', '"', ',', ':'], " ");
            let contents: Vec<&str> = contents.split_whitespace().collect();
            candidates[at] =
                if contents.is_empty() { format!("empty {kind}") } else { format!("{kind} {}", contents.join(" ")) };
        }
    }
}

fn kind(found: &Enumeration) -> EnumKind {
    if found.values.iter().all(serde_json::Value::is_string) {
        EnumKind::Text
    } else if found.values.iter().all(|value| value.is_i64()) {
        EnumKind::Integer
    } else {
        EnumKind::Json
    }
}

/// The key of a value: a text unchanged, anything else as JSON.
fn key(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn candidate(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => match number.to_string().strip_prefix('-') {
            Some(positive) => format!("minus {positive}"),
            None => format!("value {number}"),
        },
        serde_json::Value::Bool(truth) => truth.to_string(),
        serde_json::Value::Null => "null".to_owned(),
        serde_json::Value::Array(_) => "list".to_owned(),
        serde_json::Value::Object(_) => "object".to_owned(),
    }
}
