//! Tags that another union gives to the same alternatives: a list of the subtypes of a base, without a discriminator of its own.

use std::collections::HashMap;

use serde_json::Value;

use super::look::Look;
use crate::ir::{Distinction, SchemaId, Schemas, Shape, Union};

/// The tags of an alternative by the property; `None` where unions disagree about them.
type Known = HashMap<(SchemaId, String), Option<Vec<Value>>>;

/// Gives unions that are read by trial the tags that their alternatives have in other unions.
pub(super) fn resolve(schemas: &mut Schemas) {
    let known = known(schemas);
    let found: Vec<(SchemaId, String, Vec<Vec<Value>>)> = schemas
        .iter()
        .filter_map(|(id, schema)| match &schema.shape {
            Shape::Union(union) if union.distinction == Distinction::Trial && union.members.len() > 1 => {
                tags(schemas, union, &known).map(|(property, tags)| (id, property, tags))
            }
            _ => None,
        })
        .collect();
    for (id, property, tags) in found {
        if let Shape::Union(union) = &mut schemas.get_mut(id).shape {
            union.distinction = Distinction::Tag { property, default: None };
            for (member, tags) in union.members.iter_mut().zip(tags) {
                (member.tags, member.conditions, member.form) = (tags, Vec::new(), None);
            }
        }
    }
}

fn known(schemas: &Schemas) -> Known {
    let mut known = Known::new();
    for (_, schema) in schemas.iter() {
        let Shape::Union(Union { members, distinction: Distinction::Tag { property, default: None }, .. }) =
            &schema.shape
        else {
            continue;
        };
        for member in members {
            let key = (schemas.resolve(member.value.schema), property.clone());
            let tags = known.entry(key).or_insert_with(|| Some(member.tags.clone()));
            if tags.as_ref() != Some(&member.tags) {
                *tags = None;
            }
        }
    }
    known
}

/// The property that is required in each alternative, and has tags of its own for each elsewhere, which its list of values, if it has
/// one, permits.
fn tags(schemas: &Schemas, union: &Union, known: &Known) -> Option<(String, Vec<Vec<Value>>)> {
    let look = Look { schemas };
    let first = look.objects(union.members.first()?.value.schema, 0)?;
    let mut candidates = first.first()?.properties.iter().map(|property| &property.name);
    candidates.find_map(|property| {
        let tags = union.members.iter().map(|member| {
            let id = member.value.schema;
            let tags =
                tags_of(schemas, schemas.resolve(id), property, known).filter(|_| look.requires(id, property))?;
            let listed = look.admitted(id, property, 0);
            tags.iter().all(|tag| listed.as_ref().is_none_or(|listed| listed.contains(tag))).then_some(tags)
        });
        let tags: Vec<Vec<Value>> = tags.collect::<Option<_>>()?;
        look.are_distinct(&union.members, &tags).then(|| (property.clone(), tags))
    })
}

/// The tags of an alternative in another union, or those of all alternatives of one that is a union itself: a component in the middle of
/// a hierarchy is one of itself and its descendants.
fn tags_of(schemas: &Schemas, id: SchemaId, property: &str, known: &Known) -> Option<Vec<Value>> {
    if let Some(found) = known.get(&(id, property.to_owned())) {
        return found.clone();
    }
    match &schemas.get(id).shape {
        Shape::Union(Union { members, distinction: Distinction::Tag { property: own, default: None }, .. })
            if own == property =>
        {
            Some(members.iter().flat_map(|member| member.tags.clone()).collect())
        }
        _ => None,
    }
}
