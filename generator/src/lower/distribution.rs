//! An object beside `oneOf` or `anyOf`: its members go into each alternative.

use std::collections::{BTreeSet, HashSet};

use super::composition::merge_objects;
use super::schema::Lowering;
use crate::diagnostics::Rule;
use crate::ir::{Composition, Discriminator, Docs, Member, Object, Reason, Rest, Shape, Union, Use};
use crate::place::Trail;

/// More alternatives than this, and a product of unions is left untyped.
const MOST_ALTERNATIVES: usize = 64;

/// One member of each union, as one.
pub(super) fn distribute_members(lowering: &mut Lowering<'_>, unions: Vec<Union>, trail: &Trail<'_>) -> Shape {
    let empty = Object { properties: Vec::new(), rest: Rest::Open, patterns: Vec::new(), stated: false };
    distribute(lowering, empty, unions, trail)
}

/// What one member of each union comes to.
struct Combined {
    object: Object,
    tags: BTreeSet<String>,
    from: Option<Use>,
    /// It is no object, so that what is said of objects says nothing of it.
    as_is: bool,
}

/// An object and one member of each union is a union of objects.
pub(super) fn distribute(lowering: &mut Lowering<'_>, base: Object, unions: Vec<Union>, trail: &Trail<'_>) -> Shape {
    let unions: Vec<Union> = unions.into_iter().map(|union| flattened(lowering, union)).collect();
    let count: usize = unions.iter().map(|union| union.members.len()).product();
    if count > MOST_ALTERNATIVES {
        let found = Rule::CompositionTooWide
            .at(trail)
            .message(format!("`allOf` over unions comes to {count} alternatives, more than {MOST_ALTERNATIVES}"));
        lowering.diagnostics.push(found);
        return Shape::Any(Reason::Composition);
    }
    let composition = unions.first().map_or(Composition::OneOf, |union| union.composition);
    let discriminator = unions.iter().find_map(|union| union.discriminator.clone());
    let (stated, several) = (base.stated, unions.len() > 1);
    let mut combined = vec![Combined { object: base, tags: BTreeSet::new(), from: None, as_is: false }];
    for union in unions {
        let mut next = Vec::with_capacity(combined.len() * union.members.len());
        for known in &combined {
            for member in &union.members {
                let mut object = known.object.clone();
                let as_is = match shape(lowering, member) {
                    Shape::Object(addition) => {
                        merge_objects(lowering, &mut object, addition, trail);
                        false
                    }
                    Shape::Any(_) => false,
                    Shape::Never => continue,
                    _ if several => {
                        let found = Rule::CompositionUnclear
                            .at(trail)
                            .message("several choices at once, some of values that are no objects, can't be joined");
                        lowering.diagnostics.push(found);
                        return Shape::Any(Reason::Composition);
                    }
                    _ => {
                        // By the letter no value matches it. Whoever lists it means that some do.
                        if stated {
                            let found = Rule::AllOfConflict.at(trail).message(
                                "an alternative that is no object stands beside `type: object`: it is taken for one all the same",
                            );
                            lowering.diagnostics.push(found);
                        }
                        true
                    }
                };
                let tags = if member.tags.is_empty() { known.tags.clone() } else { member.tags.clone() };
                next.push(Combined { object, tags, from: Some(member.value.clone()), as_is });
            }
        }
        combined = next;
    }
    if combined.is_empty() {
        return Shape::Any(Reason::Conflict);
    }
    let members = combined.into_iter().enumerate().map(|(index, found)| member(lowering, found, &trail.index(index)));
    Shape::Union(Union { members: members.collect(), discriminator, composition })
}

fn member(lowering: &mut Lowering<'_>, found: Combined, trail: &Trail<'_>) -> Member {
    match found {
        Combined { from: Some(value), as_is: true, tags, .. } => Member { value, tags },
        Combined { object, from, tags, .. } => {
            let docs = from.map(|used| used_docs(lowering, &used)).unwrap_or_default();
            let schema = lowering.add(trail, docs.clone(), false, Shape::Object(object));
            Member { value: Use { schema, nullable: false, docs, read_only: false, write_only: false }, tags }
        }
    }
}

/// What a member says; a polymorphic base has its own members, and not the choice between those who extend it.
fn shape(lowering: &mut Lowering<'_>, member: &Member) -> Shape {
    let id = lowering.schemas.resolve(member.value.schema);
    lowering.look_inside(id);
    let id = lowering.schemas.resolve(id);
    match lowering.bases.get(&id) {
        Some(base) => Shape::Object(base.clone()),
        None => lowering.schemas.get(id).shape.clone(),
    }
}

/// A union whose members are no unions: the members of one that is stand in its place.
fn flattened(lowering: &mut Lowering<'_>, union: Union) -> Union {
    let property = union.discriminator.as_ref().map(|found| found.property.clone());
    let mut waiting: Vec<Member> = union.members.into_iter().rev().collect();
    let (mut members, mut seen) = (Vec::new(), HashSet::new());
    while let Some(member) = waiting.pop() {
        match shape(lowering, &member) {
            Shape::Union(inner) => {
                // One that leads back to itself has been shared out already.
                if seen.insert(lowering.schemas.resolve(member.value.schema)) {
                    let speaks = |found: &Discriminator| Some(&found.property) == property.as_ref();
                    let tagged = inner.discriminator.as_ref().is_some_and(speaks);
                    waiting.extend(inner.members.into_iter().rev().map(|it| Member {
                        tags: if tagged && !it.tags.is_empty() { it.tags } else { member.tags.clone() },
                        value: it.value,
                    }));
                }
            }
            _ => members.push(member),
        }
    }
    Union { members, ..union }
}

/// The docs of a member, titled by its component so that the joined type has a name to go by.
fn used_docs(lowering: &Lowering<'_>, used: &Use) -> Docs {
    let schema = lowering.schemas.get(used.schema);
    let mut docs = schema.docs.clone();
    if let Some(component) = &schema.component {
        docs.title = Some(component.clone());
    }
    docs
}
