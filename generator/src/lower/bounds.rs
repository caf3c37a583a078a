//! Bounds of scalars and lists that the parts of `allOf` state.

use openapiv3::{ReferenceOr, Schema as Source};

use super::annotations;
use super::context::Lowering;
use super::keywords::{Keywords, SchemaRef};
use crate::ir::{BoundKeyword, Constraint, SchemaId, Shape};

/// The depth to which parts of parts are followed. `lower` has refused those that are made of themselves.
const DEEPEST: usize = 16;

/// The bounds of the parts of `allOf`, without those parts that only annotate.
pub(super) fn of_parts(lowering: &Lowering<'_>, parts: &[ReferenceOr<Source>]) -> Vec<Constraint> {
    let mut found = Vec::new();
    collect(lowering, parts, DEEPEST, &mut found);
    found
}

fn collect(lowering: &Lowering<'_>, parts: &[ReferenceOr<Source>], left: usize, found: &mut Vec<Constraint>) {
    let Some(left) = left.checked_sub(1) else { return };
    for part in parts.iter().filter(|part| annotations::only(part).is_none()) {
        match SchemaRef::from(part) {
            SchemaRef::Inline(part) => {
                let keywords = Keywords::of(part);
                found.extend(keywords.constraints);
                collect(lowering, keywords.all_of, left, found);
            }
            SchemaRef::Reference(reference) => {
                if let Some((_, id)) = lowering.component(reference) {
                    of_schema(lowering, id, found);
                }
            }
        }
    }
}

fn of_schema(lowering: &Lowering<'_>, mut id: SchemaId, found: &mut Vec<Constraint>) {
    for _ in 0..DEEPEST {
        let schema = lowering.schemas.get(id);
        found.extend(schema.docs.constraints.iter().cloned());
        let Shape::Alias(target) = &schema.shape else { return };
        found.extend(target.docs.constraints.iter().cloned());
        id = target.schema;
    }
}

/// Adds bounds to those of a schema. Of two counts or limits with one keyword, the narrower one holds.
pub(super) fn narrow(known: &mut Vec<Constraint>, more: Vec<Constraint>) {
    for bound in more {
        let same = known
            .iter_mut()
            .find(|known| known.keyword == bound.keyword && (is_limit(bound.keyword) || known.value == bound.value));
        match same {
            Some(same) if is_narrower(&bound, same) => *same = bound,
            Some(_) => {}
            None => known.push(bound),
        }
    }
}

/// Returns whether two bounds with this keyword are one.
fn is_limit(keyword: BoundKeyword) -> bool {
    !matches!(keyword, BoundKeyword::Pattern | BoundKeyword::MultipleOf)
}

fn is_narrower(bound: &Constraint, known: &Constraint) -> bool {
    use BoundKeyword as B;
    let (Ok(new), Ok(old)) = (bound.value.parse::<f64>(), known.value.parse::<f64>()) else { return false };
    match bound.keyword {
        B::ExclusiveMinimum | B::Minimum | B::MinItems | B::MinLength | B::MinProperties => new > old,
        B::ExclusiveMaximum | B::Maximum | B::MaxItems | B::MaxLength | B::MaxProperties => new < old,
        B::MultipleOf | B::Pattern | B::UniqueItems => false,
    }
}
