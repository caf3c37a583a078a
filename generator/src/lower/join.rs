//! Two objects as one: the members of both, and of members that both have the narrower type.

use std::collections::HashMap;

use super::context::Lowering;
use super::narrowing::{Preference, covers, prefer};
use crate::diagnostics::Rule;
use crate::ir::{Object, Property, Reason, Rest, Shape, Use};
use crate::place::Trail;

/// An object to which others are joined, of which there may be many: its members are sorted once, at the end.
pub(super) struct Joined {
    object: Object,
    /// The position of each member.
    places: HashMap<String, usize>,
}

impl Joined {
    /// An object to which nothing is joined yet.
    pub(super) fn of(object: Object) -> Self {
        let names = object.properties.iter().enumerate();
        let places = names.map(|(index, property)| (property.name.clone(), index)).collect();
        Joined { object, places }
    }

    /// Adds the members of another object.
    pub(super) fn add(&mut self, lowering: &mut Lowering<'_>, addition: Object, trail: &Trail<'_>) {
        let known = &mut self.object;
        for property in addition.properties {
            match self.places.get(&property.name).and_then(|index| known.properties.get_mut(*index)) {
                None => {
                    self.places.insert(property.name.clone(), known.properties.len());
                    known.properties.push(property);
                }
                Some(other) => merge_property(lowering, other, property, trail),
            }
        }
        let rest = std::mem::replace(&mut known.rest, Rest::Open);
        known.rest = match (rest, addition.rest) {
            // A closed part of an `allOf` does not forbid the members that the other parts describe.
            (Rest::Open | Rest::Closed, other) => other,
            (known, Rest::Open | Rest::Closed) => known,
            (typed @ Rest::Typed(_), _) => typed,
            (Rest::Any, other) => other,
        };
        known.stated |= addition.stated;
        known.patterns.extend(addition.patterns);
    }

    /// The object with the members of all.
    pub(super) fn finish(mut self) -> Object {
        self.object.properties.sort_by(|a, b| a.name.cmp(&b.name));
        self.object
    }
}

/// Two objects as one.
pub(super) fn merge_objects(lowering: &mut Lowering<'_>, known: Object, addition: Object, trail: &Trail<'_>) -> Object {
    let mut joined = Joined::of(known);
    joined.add(lowering, addition, trail);
    joined.finish()
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
        let (object, addition_object) = (a.clone(), b.clone());
        lowering.joining.push((left, right));
        let here = trail.key("properties");
        let joined = merge_objects(lowering, object, addition_object, &here.key(&known.name));
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
