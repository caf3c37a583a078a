//! Merge patches (RFC 7396): `null` removes a member, so each member that may be absent may be `null` as well, however its schema is
//! written for the resource that is patched. Lists are replaced as a whole, and their items are no patches.
//!
//! A patch is a schema of its own, even where nothing else uses the one in the document: otherwise its type would get another name as
//! soon as something does.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Media, Object, Operation, Rest, Schema, SchemaId, Schemas, Shape, Use};
use crate::media_type;

const MERGE_PATCH: &str = "application/merge-patch+json";

/// Permits `null` where it removes something from what is patched.
pub(super) fn permit_nulls(api: &mut Api) {
    let roots: Vec<SchemaId> = api.operations.iter().flat_map(bodies).filter(is_patch).map(|(_, id)| id).collect();
    if roots.is_empty() {
        return;
    }
    let patches = patches(&api.schemas, roots);
    let mut sorted: Vec<SchemaId> = patches.iter().copied().collect();
    sorted.sort_unstable();
    let mut copies: HashMap<SchemaId, SchemaId> = HashMap::new();
    for id in sorted {
        let copy = Schema { component: None, ..api.schemas.get(id).clone() };
        copies.insert(id, api.schemas.add(copy));
    }
    for id in copies.values() {
        let schema = api.schemas.get_mut(*id);
        each_part(&mut schema.shape, &mut |part, is_removable| {
            part.nullable |= is_removable;
            part.schema = copies.get(&part.schema).copied().unwrap_or(part.schema);
        });
    }
    let media = api.operations.iter_mut().filter_map(|operation| operation.body.as_mut());
    for media in media.flat_map(|body| &mut body.content).filter(|media| is_merge_patch(&media.content_type)) {
        if let Some(usage) = &mut media.schema {
            usage.schema = copies.get(&usage.schema).copied().unwrap_or(usage.schema);
        }
    }
}

/// Returns whether a media type is that of merge patches.
pub(super) fn is_merge_patch(content_type: &str) -> bool {
    media_type::essence(content_type) == MERGE_PATCH
}

fn bodies(operation: &Operation) -> impl Iterator<Item = (&Media, SchemaId)> {
    let media = operation.body.iter().flat_map(|body| &body.content);
    media.filter_map(|media| Some((media, media.schema.as_ref()?.schema)))
}

fn is_patch((media, _): &(&Media, SchemaId)) -> bool {
    is_merge_patch(&media.content_type)
}

/// The objects that are patches, and the aliases that lead to them.
fn patches(schemas: &Schemas, mut waiting: Vec<SchemaId>) -> HashSet<SchemaId> {
    let mut found = HashSet::new();
    while let Some(id) = waiting.pop() {
        let mut shape = schemas.get(id).shape.clone();
        if matches!(shape, Shape::Object(_) | Shape::Alias(_)) && found.insert(id) {
            each_part(&mut shape, &mut |part, _| waiting.push(part.schema));
        }
    }
    found
}

/// Visits the parts of a patch that are patched one by one, with whether `null` removes each.
fn each_part(shape: &mut Shape, visit: &mut impl FnMut(&mut Use, bool)) {
    match shape {
        Shape::Alias(target) => visit(target, false),
        Shape::Object(Object { properties, rest, patterns, .. }) => {
            for property in properties {
                let is_removable = !property.required && property.tag.is_none();
                visit(&mut property.value, is_removable);
            }
            if let Rest::Typed(usage) = rest {
                visit(usage, true);
            }
            patterns.iter_mut().for_each(|(_, usage)| visit(usage, true));
        }
        Shape::Any(_)
        | Shape::Never
        | Shape::Boolean
        | Shape::Integer { .. }
        | Shape::Number { .. }
        | Shape::String { .. }
        | Shape::Enumeration(_)
        | Shape::Array { .. }
        | Shape::Tuple { .. }
        | Shape::Union(_) => {}
    }
}
