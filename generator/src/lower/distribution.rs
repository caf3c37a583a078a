//! An object beside `oneOf` or `anyOf`: its members go into each alternative.

use std::collections::HashSet;

use super::context::Lowering;
use super::join::merge_objects;
use crate::diagnostics::Rule;
use crate::ir::{Composition, Discriminator, Docs, Member, Object, Reason, Rest, SchemaId, Shape, Union, Use};
use crate::place::Trail;

/// The maximum number of alternatives of a product of unions; a larger product is untyped.
const MOST_ALTERNATIVES: usize = 64;

/// One member of each union, as one.
pub(super) fn distribute_members(lowering: &mut Lowering<'_>, unions: Vec<Union>, trail: &Trail<'_>) -> Shape {
    distribute(lowering, Object::default(), unions, trail)
}

/// The result of combining one alternative of each union.
struct Combined {
    object: Object,
    /// The alternative that it was made from, the last of several.
    from: Option<Member>,
    /// True if it is unchanged: it has all members of the base, or it is not an object, which the base does not restrict.
    as_is: bool,
    /// The word for the alternative of each union with a choice; `None` if one has no word.
    words: Option<Vec<String>>,
}

/// The alternatives of an object and one of the members of a union, which is listed at `trail`.
pub(super) fn distribute_one(
    lowering: &mut Lowering<'_>,
    base: Object,
    member: Member,
    composition: Composition,
    trail: &Trail<'_>,
) -> Option<Vec<Member>> {
    if adds_nothing(&base) && matches!(shape(lowering, &member), Shape::Object(_) | Shape::Union(_)) {
        return Some(vec![member]);
    }
    let union = flattened(lowering, Union::new(vec![member], None, composition));
    let is_one = union.members.len() == 1;
    let combined = combine(lowering, base, vec![union], trail).ok()?;
    let place = |index| if is_one { *trail } else { trail.index(index) };
    Some(combined.into_iter().enumerate().map(|(index, found)| member_of(lowering, found, &place(index))).collect())
}

/// An object and one member of each union is a union of objects.
pub(super) fn distribute(lowering: &mut Lowering<'_>, base: Object, unions: Vec<Union>, trail: &Trail<'_>) -> Shape {
    if let ([union], true) = (unions.as_slice(), adds_nothing(&base))
        && union.members.iter().all(|member| matches!(shape(lowering, member), Shape::Object(_) | Shape::Union(_)))
    {
        return unions.into_iter().next().map_or(Shape::Any(Reason::Conflict), Shape::Union);
    }
    let unions: Vec<Union> = unions.into_iter().map(|union| flattened(lowering, union)).collect();
    let composition = unions.first().map_or(Composition::OneOf, |union| union.composition);
    let discriminator = unions.iter().find_map(|union| union.discriminator.clone());
    let combined = match combine(lowering, base, unions, trail) {
        Ok(combined) => combined,
        Err(reason) => return Shape::Any(reason),
    };
    let members =
        combined.into_iter().enumerate().map(|(index, found)| member_of(lowering, found, &trail.index(index)));
    Shape::Union(Union::new(members.collect(), discriminator, composition))
}

/// Combines an object with each choice of one member of each union, which has no unions among its members.
fn combine(
    lowering: &mut Lowering<'_>,
    base: Object,
    unions: Vec<Union>,
    trail: &Trail<'_>,
) -> Result<Vec<Combined>, Reason> {
    let count: usize = unions.iter().map(|union| union.members.len()).product();
    if count > MOST_ALTERNATIVES {
        let found = Rule::CompositionTooWide
            .at(trail)
            .message(format!("`allOf` over unions comes to {count} alternatives, more than {MOST_ALTERNATIVES}"));
        lowering.diagnostics.push(found);
        return Err(Reason::Composition);
    }
    let discriminator = unions.iter().find_map(|union| union.discriminator.clone());
    let (stated, several) = (base.stated, unions.len() > 1);
    let mut combined = vec![Combined { object: base, from: None, as_is: false, words: Some(Vec::new()) }];
    for union in unions {
        let words = if several { words(lowering, &union) } else { vec![None; union.members.len()] };
        let mut next = Vec::with_capacity(combined.len() * union.members.len());
        for known in &combined {
            for (member, word) in union.members.iter().zip(&words) {
                let mut object = known.object.clone();
                let as_is = match shape(lowering, member) {
                    Shape::Object(addition) => {
                        let own = addition.clone();
                        object = merge_objects(lowering, object, addition, trail);
                        !several && is_same(lowering, &object, &own, discriminator.as_ref())
                    }
                    Shape::Any(_) if !several && is_being_read(lowering, member) => {
                        if !adds_nothing(&object) {
                            let found = Rule::CompositionUnclear.at(trail).message(
                                "an alternative that contains the schema can't be joined with the members beside it",
                            );
                            lowering.diagnostics.push(found);
                        }
                        true
                    }
                    Shape::Any(_) => false,
                    Shape::Never => continue,
                    _ if several => {
                        let found = Rule::CompositionUnclear
                            .at(trail)
                            .message("several choices at once, some of values that are no objects, can't be joined");
                        lowering.diagnostics.push(found);
                        return Err(Reason::Composition);
                    }
                    _ => {
                        // Strictly, no value matches it. Authors who list it mean that some do.
                        if stated {
                            let found = Rule::AllOfConflict.at(trail).message(
                                "an alternative that is no object stands beside `type: object`: it is taken for one all the same",
                            );
                            lowering.diagnostics.push(found);
                        }
                        true
                    }
                };
                let mut from = member.clone();
                if let (true, Some(known)) = (from.name.is_none(), &known.from) {
                    from.name.clone_from(&known.name);
                    from.mapped.clone_from(&known.mapped);
                }
                let mut words = known.words.clone();
                // The same alternative twice is said once, and one that is no choice not at all.
                if union.members.len() > 1 && !words.iter().flatten().any(|known| Some(known) == word.as_ref()) {
                    words = words.zip(word.clone()).map(|(words, word)| [words, vec![word]].concat());
                }
                next.push(Combined { object, from: Some(from), as_is, words });
            }
        }
        combined = next;
    }
    if combined.is_empty() { Err(Reason::Conflict) } else { Ok(combined) }
}

/// Returns whether a member is a component whose own members are not known yet, since they are being read.
fn is_being_read(lowering: &Lowering<'_>, member: &Member) -> bool {
    let id = lowering.schemas.resolve(member.value.schema);
    lowering.running.contains(&id)
}

/// Returns whether an object adds no members.
fn adds_nothing(object: &Object) -> bool {
    object.properties.is_empty() && object.patterns.is_empty() && matches!(object.rest, Rest::Open)
}

/// Returns whether a joined object equals one of its parts. Whether a tag is required does not count.
fn is_same(lowering: &Lowering<'_>, joined: &Object, part: &Object, tag: Option<&Discriminator>) -> bool {
    joined.properties.len() == part.properties.len()
        && joined.patterns.len() == part.patterns.len()
        && std::mem::discriminant(&joined.rest) == std::mem::discriminant(&part.rest)
        && joined.properties.iter().all(|property| {
            part.property(&property.name).is_some_and(|known| {
                let is_tag = tag.is_some_and(|tag| tag.property == property.name);
                (known.required == property.required || is_tag)
                    && says_the_same(lowering, known.value.schema, property.value.schema)
            })
        })
}

/// Returns whether two schemas are one, or permit the same scalars.
fn says_the_same(lowering: &Lowering<'_>, one: SchemaId, other: SchemaId) -> bool {
    let (one, other) = (lowering.schemas.resolve(one), lowering.schemas.resolve(other));
    let shapes = (&lowering.schemas.get(one).shape, &lowering.schemas.get(other).shape);
    one == other
        || match shapes {
            (Shape::String { format: one }, Shape::String { format: other })
            | (Shape::Integer { format: one }, Shape::Integer { format: other })
            | (Shape::Number { format: one }, Shape::Number { format: other }) => one == other,
            (Shape::Boolean, Shape::Boolean) => true,
            (Shape::Enumeration(one), Shape::Enumeration(other)) => one.values == other.values,
            (Shape::Array { items: one, .. }, Shape::Array { items: other, .. }) => {
                says_the_same(lowering, one.schema, other.schema)
            }
            _ => false,
        }
}

fn member_of(lowering: &mut Lowering<'_>, found: Combined, trail: &Trail<'_>) -> Member {
    match found {
        Combined { from: Some(member), as_is: true, .. } => member,
        Combined { object, from, words, .. } => {
            let mut docs = from.as_ref().map(|member| used_docs(lowering, &member.value)).unwrap_or_default();
            if let Some(words) = words.filter(|words| words.len() > 1) {
                docs.name = Some(words.join(" "));
            }
            let schema = lowering.add(trail, docs.clone(), false, Shape::Object(object));
            let value = Use { docs, ..Use::of(schema) };
            match from {
                Some(member) => Member { value, ..member },
                None => Member::new(value),
            }
        }
    }
}

/// The words for the alternatives of a union: the component, the title, or else the first member that only it requires.
fn words(lowering: &mut Lowering<'_>, union: &Union) -> Vec<Option<String>> {
    let required = |shape: Shape| match shape {
        Shape::Object(object) => object.properties.into_iter().filter(|it| it.required).map(|it| it.name).collect(),
        _ => Vec::new(),
    };
    let all: Vec<Vec<String>> = union.members.iter().map(|member| required(shape(lowering, member))).collect();
    let word = |(index, member): (usize, &Member)| {
        let docs = &member.value.docs;
        let component = lowering.schemas.get(member.value.schema).component.as_ref();
        let stated = component.or(docs.name.as_ref()).or(docs.title.as_ref());
        let others = || all.iter().enumerate().filter(|(other, _)| *other != index).flat_map(|(_, names)| names);
        let own = || all[index].iter().find(|name| others().all(|other| other != *name));
        stated.or_else(own).cloned()
    };
    union.members.iter().enumerate().map(word).collect()
}

/// Returns the shape of an alternative. For a polymorphic base, it is the base's own members, not the union of the schemas
/// that extend it.
fn shape(lowering: &mut Lowering<'_>, member: &Member) -> Shape {
    let id = lowering.schemas.resolve(member.value.schema);
    lowering.ensure_lowered(id);
    let id = lowering.schemas.resolve(id);
    match lowering.bases.get(&id) {
        Some(base) => Shape::Object(base.clone()),
        None => lowering.schemas.get(id).shape.clone(),
    }
}

/// A union without unions among its members: each of those is replaced by its members.
fn flattened(lowering: &mut Lowering<'_>, union: Union) -> Union {
    let property = union.discriminator.as_ref().map(|found| found.property.clone());
    let mut waiting: Vec<Member> = union.members.into_iter().rev().collect();
    let (mut members, mut seen) = (Vec::new(), HashSet::new());
    while let Some(member) = waiting.pop() {
        match shape(lowering, &member) {
            Shape::Union(inner) => {
                // One that leads back to itself has been flattened already.
                if seen.insert(lowering.schemas.resolve(member.value.schema)) {
                    let speaks = |found: &Discriminator| Some(&found.property) == property.as_ref();
                    let tagged = property.is_none() || inner.discriminator.as_ref().is_some_and(speaks);
                    waiting.extend(inner.members.into_iter().rev().map(|it| match tagged {
                        true => it,
                        false => Member { name: member.name.clone(), mapped: member.mapped.clone(), ..it },
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
