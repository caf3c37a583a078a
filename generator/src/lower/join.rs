//! Two objects as one: the members of both, and of members that both have the narrower type.

use super::context::Lowering;
use super::narrowing::{Preference, covers, prefer};
use crate::diagnostics::Rule;
use crate::ir::{Object, Property, Reason, Rest, Shape, Use};
use crate::place::Trail;

/// Adds the members of another object to an object.
pub(super) fn merge_objects(lowering: &mut Lowering<'_>, known: &mut Object, addition: Object, trail: &Trail<'_>) {
    for property in addition.properties {
        match known.properties.iter_mut().find(|other| other.name == property.name) {
            None => known.properties.push(property),
            Some(other) => merge_property(lowering, other, property, trail),
        }
    }
    let rest = std::mem::replace(&mut known.rest, Rest::Open);
    known.rest = match (rest, addition.rest) {
        // A closed part of an `allOf` was never meant to forbid what the other parts describe.
        (Rest::Open | Rest::Closed, other) => other,
        (known, Rest::Open | Rest::Closed) => known,
        (typed @ Rest::Typed(_), _) => typed,
        (Rest::Any, other) => other,
    };
    known.stated |= addition.stated;
    known.patterns.extend(addition.patterns);
    known.properties.sort_by(|a, b| a.name.cmp(&b.name));
}

fn merge_property(lowering: &mut Lowering<'_>, known: &mut Property, addition: Property, trail: &Trail<'_>) {
    known.required |= addition.required;
    let left = lowering.schemas.resolve(known.value.schema);
    let right = lowering.schemas.resolve(addition.value.schema);
    if left == right {
        return;
    }
    lowering.ensure_lowered(left);
    lowering.ensure_lowered(right);
    let (left, right) = (lowering.schemas.resolve(left), lowering.schemas.resolve(right));
    let (a, b) = (&lowering.schemas.get(left).shape, &lowering.schemas.get(right).shape);
    if let (Shape::Object(a), Shape::Object(b)) = (a, b)
        && !covers(b, a)
        && !lowering.joining.contains(&(left, right))
    {
        let (mut joined, addition_object) = (a.clone(), b.clone());
        lowering.joining.push((left, right));
        let here = trail.key("properties");
        merge_objects(lowering, &mut joined, addition_object, &here.key(&known.name));
        lowering.joining.pop();
        let docs = std::mem::take(&mut known.value.docs);
        let schema = lowering.add(&here.key(&known.name), docs.clone(), false, Shape::Object(joined));
        known.value = Use { schema, docs, ..addition.value };
        return;
    }
    match prefer(a, b) {
        Preference::Left => {
            if known.value.docs.description.is_none() {
                known.value.docs = addition.value.docs;
            }
        }
        Preference::Right => known.value = addition.value,
        Preference::Neither => {
            let found = Rule::AllOfConflict.at(trail).message(format!(
                "`{}` has different types in different parts of `allOf`, so that no value matches all of them",
                known.name
            ));
            lowering.diagnostics.push(found);
            known.value = lowering.anything(trail, Reason::Conflict);
        }
    }
}
