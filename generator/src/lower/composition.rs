//! `allOf`, `oneOf`, `anyOf`: several schemas as one.

use std::collections::{BTreeSet, HashSet};

use openapiv3::{ReferenceOr, Schema as Source};

use super::context::Lowering;
use super::distribution::{distribute, distribute_members, distribute_one};
use super::extends::Base;
use super::join::Joined;
use super::keywords::{Keywords, SchemaRef};
use super::narrowing::{Preference, narrower, prefer};
use super::polymorphism::Subtype;
use super::source::describes_members;
use super::{alternatives, annotations, enumeration, middle, numeric, object, polymorphism};
use crate::diagnostics::Rule;
use crate::ir::{Composition, Docs, Facts, Member, Object, Reason, SchemaId, Shape, Union, Use};
use crate::place::Trail;

/// The shape of a schema that composes others, or that others extend; `id` is that of a component.
pub(super) fn compose(
    lowering: &mut Lowering<'_>,
    source: &Source,
    keywords: &Keywords<'_>,
    trail: &Trail<'_>,
    id: Option<SchemaId>,
) -> Shape {
    let component = id.and_then(|id| lowering.schemas.get(id).component.clone());
    if let (Some(id), Some(name)) = (id, &component)
        && let Some(base) = lowering.children.base_of(name)
        && let Some(shape) = base_shape(lowering, (source, keywords), trail, (id, base))
    {
        return shape;
    }
    let alternatives = listed(keywords);
    let parts: Vec<_> =
        keywords.all_of.iter().enumerate().filter(|(_, part)| annotations::only(part).is_none()).collect();
    // `{type: object, allOf: [{$ref}]}` is an annotated reference as well: the type says nothing that the component doesn't.
    let is_said_by_part = keywords.is_bare_object()
        && match (parts.as_slice(), alternatives.as_slice()) {
            ([(_, only)], []) => names_objects(lowering, only, id),
            ([], [(_, members)]) => are_objects(lowering, members),
            _ => false,
        };
    let own = (keywords.is_structural() && !is_said_by_part) || describes_members(source);
    match (parts.as_slice(), alternatives.len()) {
        // A component that only refers to its base is a subtype all the same.
        ([(_, only)], 0) if !own && component.as_ref().is_some_and(|name| lowering.children.extends(name, only)) => {
            merge(lowering, source, keywords, &alternatives, trail)
        }
        ([(index, only)], 0) if !own => {
            let at = trail.key("allOf");
            let is_child = component.is_some_and(|name| lowering.children.is_child(&name, only));
            Shape::Alias(Box::new(match is_child {
                // Another name of what it extends, which is not among its own descendants.
                true => lowering.lower_part(*only, &at.index(*index)),
                false => lowering.lower_use(*only, &at.index(*index)),
            }))
        }
        ([], 1) if !own => union(lowering, source, alternatives[0], trail),
        _ => merge(lowering, source, keywords, &alternatives, trail),
    }
}

/// Returns whether a part of a schema is a component of objects; `id` is that of the schema, if it is a component.
fn names_objects(lowering: &mut Lowering<'_>, part: &ReferenceOr<Source>, id: Option<SchemaId>) -> bool {
    let ReferenceOr::Reference { reference } = part else { return false };
    let Some((_, target)) = lowering.component(reference) else { return false };
    match id {
        None => is_object(lowering, target),
        // A component that only refers to another one needs its shape.
        Some(_) => lowering.ensure_lowered(target) && is_object(lowering, target),
    }
}

/// Returns whether a schema is an object, or a choice of objects.
fn is_object(lowering: &mut Lowering<'_>, id: SchemaId) -> bool {
    let (mut open, mut seen) = (vec![id], HashSet::new());
    while let Some(id) = open.pop() {
        let name = lowering.schemas.get(id).component.clone();
        let unread = name.as_deref().and_then(|name| lowering.sources.get(name)).map(|source| &**source);
        let is_stated = matches!(unread, Some(ReferenceOr::Item(source)) if Keywords::of(source).typ == Some("object"));
        // What holds the place that is read is an object.
        if is_stated || !seen.insert(id) || !lowering.ensure_lowered(id) {
            continue;
        }
        match &lowering.schemas.get(id).shape {
            Shape::Object(_) => {}
            Shape::Alias(target) => open.push(target.schema),
            Shape::Union(union) => open.extend(union.members.iter().map(|member| member.value.schema)),
            _ => return false,
        }
    }
    true
}

/// Returns whether each alternative states that it is an object. One that holds the schema itself is among objects.
fn are_objects(lowering: &mut Lowering<'_>, members: &[ReferenceOr<Source>]) -> bool {
    let holds_it = members.iter().any(|member| lowering.refers_to_what_holds_it(member));
    holds_it
        || lowering.nulls.without(members).into_iter().all(|(_, member)| match member {
            ReferenceOr::Item(member) => Keywords::of(member).typ == Some("object"),
            ReferenceOr::Reference { .. } => names_objects(lowering, member, None),
        })
}

/// The alternatives of a component that others extend: these, each with the base's own members.
fn base_shape(
    lowering: &mut Lowering<'_>,
    (source, keywords): (&Source, &Keywords<'_>),
    trail: &Trail<'_>,
    (id, base): (SchemaId, Base),
) -> Option<Shape> {
    let own = match merge(lowering, source, keywords, &[], trail) {
        Shape::Object(own) => own,
        Shape::Any(_) => Object::default(),
        _ => return None,
    };
    lowering.bases.insert(id, own.clone());
    match base {
        Base::Discriminated => {
            let mut members = Vec::new();
            let mapping = trail.key("discriminator");
            let mapping = mapping.key("mapping");
            if let Some((name, keys)) = polymorphism::itself(lowering, source, id) {
                let docs = Docs::from(Facts { title: Some("Plain".to_owned()), ..Facts::default() });
                let place = mapping.key(keys.first().map_or("", String::as_str));
                let schema = lowering.add(&place, docs.clone(), false, Shape::Object(own.clone()));
                members.push(Member::new(Use { docs, ..Use::of(schema) }).named(&name, keys));
            }
            for Subtype { member, extends } in polymorphism::subtypes(lowering, source, id)? {
                if extends {
                    members.push(member);
                    continue;
                }
                let alone = member.clone();
                let key = member.mapped.first().cloned().unwrap_or_default();
                let found = distribute_one(lowering, own.clone(), member, Composition::OneOf, &mapping.key(&key));
                members.extend(found.unwrap_or_else(|| vec![alone]));
            }
            Some(Shape::Union(Union::new(members, alternatives::discriminator(source), Composition::OneOf)))
        }
        Base::Listing => {
            let name = lowering.schemas.get(id).component.clone()?;
            let (composition, some) = listed(keywords).into_iter().next()?;
            let at = trail.key(keyword(composition));
            let mut members = Vec::with_capacity(some.len());
            let (mapping, descendants) = (alternatives::Mapping::of(source), lowering.children.descendants(&name));
            for (index, alternative) in lowering.nulls.without(some) {
                let here = at.index(index);
                let value = lowering.lower_part(alternative, &here);
                let member = mapping.member(alternative, value);
                if member.name.as_deref().is_some_and(|name| descendants.binary_search(&name).is_ok()) {
                    members.push(member);
                    continue;
                }
                members.extend(distribute_one(lowering, own.clone(), member, composition, &here)?);
            }
            Some(Shape::Union(Union::new(members, alternatives::discriminator(source), composition)))
        }
    }
}

pub(super) type Alternatives<'k> = (Composition, &'k [ReferenceOr<Source>]);

/// The lists of alternatives. Of two that name the same components, the longer one: the other says nothing that it doesn't.
pub(super) fn listed<'k>(keywords: &Keywords<'k>) -> Vec<Alternatives<'k>> {
    let (one_of, any_of) = ((Composition::OneOf, keywords.one_of), (Composition::AnyOf, keywords.any_of));
    let found = match (names_all(one_of.1, any_of.1), names_all(any_of.1, one_of.1)) {
        (true, _) => vec![one_of],
        (false, true) => vec![any_of],
        (false, false) => vec![one_of, any_of],
    };
    found.into_iter().filter(|(_, members)| !members.is_empty()).collect()
}

/// True if a list of alternatives names each component that another one lists.
fn names_all(all: &[ReferenceOr<Source>], some: &[ReferenceOr<Source>]) -> bool {
    let name = |member: &ReferenceOr<Source>| match member {
        ReferenceOr::Reference { reference } => Some(reference.clone()),
        ReferenceOr::Item(_) => None,
    };
    let names: HashSet<String> = all.iter().filter_map(name).collect();
    some.iter().all(|member| name(member).is_some_and(|name| names.contains(&name)))
}

fn keyword(composition: Composition) -> &'static str {
    match composition {
        Composition::OneOf => "oneOf",
        Composition::AnyOf => "anyOf",
    }
}

fn union(
    lowering: &mut Lowering<'_>,
    source: &Source,
    (composition, listed): Alternatives<'_>,
    trail: &Trail<'_>,
) -> Shape {
    let at = trail.key(keyword(composition));
    let kept = lowering.nulls.without(listed);
    if let [(index, only)] = kept.as_slice() {
        return Shape::Alias(Box::new(lowering.lower_use(*only, &at.index(*index))));
    }
    let discriminator = alternatives::discriminator(source);
    if let (Some((index, base)), None) = (middle::base_of_all(lowering, &kept), &discriminator) {
        return Shape::Alias(Box::new(lowering.lower_use(base, &at.index(index))));
    }
    let mut members: Vec<Member> = Vec::with_capacity(listed.len());
    let mapping = alternatives::Mapping::of(source);
    for (index, alternative) in kept {
        let is_itself = matches!(alternative, ReferenceOr::Reference { reference }
            if discriminator.is_some() || middle::is_beside_its_own(lowering, listed, reference));
        let value = match is_itself {
            true => lowering.lower_part(alternative, &at.index(index)),
            false => lowering.lower_use(alternative, &at.index(index)),
        };
        members.push(mapping.member(alternative, value));
    }
    if let Some(number) = numeric::number_or_text(lowering, &members) {
        return number;
    }
    Shape::Union(Union::new(members, discriminator, composition))
}

/// Merges the schema's own keywords, every part of `allOf`, and one member of each union.
fn merge(
    lowering: &mut Lowering<'_>,
    source: &Source,
    keywords: &Keywords<'_>,
    alternatives: &[Alternatives<'_>],
    trail: &Trail<'_>,
) -> Shape {
    let mut merged = Merged::default();
    let at = trail.key("allOf");
    for (index, part) in keywords.all_of.iter().enumerate() {
        let here = at.index(index);
        if let SchemaRef::Reference(reference) = SchemaRef::from(part)
            && let Some((name, id)) = lowering.component(reference)
            && !lowering.ensure_lowered(id)
            && !lowering.bases.contains_key(&id)
        {
            let found = Rule::AllOfCycle.at(here).message(format!("`{name}` is made of itself by `allOf`"));
            lowering.diagnostics.push(found);
            continue;
        }
        if let ReferenceOr::Reference { reference } = part
            && let Some(required) = lowering.requirements.of(reference)
        {
            merged.required.extend(required.iter().cloned());
        }
        if let SchemaRef::Inline(part) = SchemaRef::from(part) {
            if annotations::only_in(part).is_some() {
                continue;
            }
            let keywords = Keywords::of(part);
            if lowering.requirements.only_requires(part) && keywords.required.is_empty() {
                continue;
            }
            // Another part may describe the members that one part requires.
            merged.required.extend(keywords.required.iter().cloned());
            if keywords.is_vague() && keywords.is_object() {
                let own = object::object(lowering, part, &keywords, &here);
                merged.add_shape(lowering, Shape::Object(own), &here);
                continue;
            }
        }
        let used = lowering.lower_part(part, &here);
        merged.add(lowering, &used, &here);
    }
    if keywords.is_vague() && (keywords.is_object() || describes_members(source)) {
        let own = object::object(lowering, source, keywords, trail);
        merged.add_shape(lowering, Shape::Object(own), trail);
    } else if keywords.is_structural() || describes_members(source) {
        let own = lowering.plain(source, keywords, trail);
        merged.add_shape(lowering, own, trail);
    }
    merged.required.extend(keywords.required.iter().cloned());
    for (composition, members) in alternatives {
        if !members.iter().any(|member| lowering.requirements.says_more(member)) {
            continue;
        }
        let at = trail.key(keyword(*composition));
        let mut choice = Vec::new();
        let mapping = alternatives::Mapping::of(source);
        for (index, member) in lowering.nulls.without(members) {
            let value = lowering.lower_part(member, &at.index(index));
            choice.push(mapping.member(member, value));
        }
        merged.unions.push(Union::new(choice, None, *composition));
    }
    if let [only] = merged.unions.as_mut_slice()
        && let Some(found) = alternatives::discriminator(source)
    {
        only.discriminator = Some(found);
    }
    merged.finish(lowering, trail)
}

/// The result of merging parts.
#[derive(Default)]
struct Merged {
    object: Option<Joined>,
    required: BTreeSet<String>,
    unions: Vec<Union>,
    /// A part that is no object: a scalar, an array, an enumeration.
    other: Option<Shape>,
    /// Parts that can't hold at once.
    conflict: bool,
}

impl Merged {
    fn add(&mut self, lowering: &mut Lowering<'_>, part: &Use, trail: &Trail<'_>) {
        let id = lowering.schemas.resolve(part.schema);
        if !lowering.ensure_lowered(id) && !lowering.bases.contains_key(&id) {
            let found = Rule::AllOfCycle.at(trail).message("a schema is made of itself by `allOf`");
            lowering.diagnostics.push(found);
            return;
        }
        let id = lowering.schemas.resolve(id);
        let shape = match lowering.bases.get(&id) {
            // A polymorphic base gives its own members, not the choice between those who extend it.
            Some(base) => Shape::Object(base.clone()),
            None => lowering.schemas.get(id).shape.clone(),
        };
        self.add_shape(lowering, shape, trail);
    }

    fn add_shape(&mut self, lowering: &mut Lowering<'_>, shape: Shape, trail: &Trail<'_>) {
        match shape {
            Shape::Any(_) => {}
            Shape::Object(object) => match &mut self.object {
                None => self.object = Some(Joined::of(object)),
                Some(known) => known.add(lowering, object, trail),
            },
            Shape::Union(union) => self.unions.push(union),
            other => match &self.other {
                None => self.other = Some(other),
                Some(known) => match narrower(known, &other) {
                    Some(narrow) => self.other = Some(narrow),
                    None => self.conflict = true,
                },
            },
        }
    }

    fn finish(mut self, lowering: &mut Lowering<'_>, trail: &Trail<'_>) -> Shape {
        if self.conflict || (self.other.is_some() && self.object.is_some()) {
            let found = Rule::AllOfConflict
                .at(trail)
                .message("parts of `allOf` have different types, so that no value matches all of them");
            lowering.diagnostics.push(found);
            return Shape::Any(Reason::Conflict);
        }
        let mut object = self.object.map(Joined::finish);
        if let Some(object) = &mut object {
            apply_required(lowering, object, &self.required, trail);
        }
        match (object, self.other, self.unions.len()) {
            (None, Some(other), 0) => other,
            (Some(object), None, 0) => Shape::Object(object),
            (None, None, 1) => Shape::Union(self.unions.remove(0)),
            (Some(object), None, _) => distribute(lowering, object, self.unions, trail),
            (None, None, 0) => Shape::Any(Reason::Unconstrained),
            (None, None, _) => distribute_members(lowering, self.unions, trail),
            (_, Some(other), _) => chosen(lowering, other, &self.unions),
        }
    }
}

/// A scalar and choices of narrower scalars: values, where a choice lists them; otherwise the choices only add constraints.
fn chosen(lowering: &mut Lowering<'_>, other: Shape, unions: &[Union]) -> Shape {
    for union in unions {
        for member in &union.members {
            lowering.ensure_lowered(member.value.schema);
        }
        let Some(listed) = enumeration::listed(&lowering.schemas, &union.members) else { continue };
        let shape = Shape::Enumeration(listed);
        // The scalar states the type of the values, and has no `null`.
        if let Preference::Left = prefer(&shape, &other) {
            return shape;
        }
    }
    other
}

fn apply_required(lowering: &mut Lowering<'_>, object: &mut Object, required: &BTreeSet<String>, trail: &Trail<'_>) {
    for property in &mut object.properties {
        property.required |= required.contains(&property.name);
    }
    let missing: Vec<String> = required.iter().cloned().collect();
    object::require_unlisted(lowering, &mut object.properties, &missing, trail);
}
