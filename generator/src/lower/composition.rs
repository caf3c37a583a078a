//! `allOf`, `oneOf`, `anyOf`: several schemas as one.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema as Source};

use super::annotations;
use super::distribution::{distribute, distribute_members};
use super::keywords::{Keywords, SchemaRef};
use super::narrowing::{Preference, covers, narrower, prefer};
use super::object;
use super::schema::{Lowering, component_name};
use crate::diagnostics::Rule;
use crate::ir::{Composition, Discriminator, Member, Object, Property, Reason, Rest, Shape, Union, Use};
use crate::place::Trail;

/// The shape of a schema that composes others.
pub(super) fn compose(
    lowering: &mut Lowering<'_>,
    source: &Source,
    keywords: &Keywords<'_>,
    trail: &Trail<'_>,
) -> Shape {
    let own = keywords.is_structural() || object::has_patterns(source);
    let alternatives = alternatives(keywords);
    let parts: Vec<_> =
        keywords.all_of.iter().enumerate().filter(|(_, part)| annotations::only(part).is_none()).collect();
    match (parts.as_slice(), alternatives.len()) {
        ([(index, only)], 0) if !own => {
            Shape::Alias(Box::new(lowering.usage(*only, &trail.key("allOf").index(*index))))
        }
        ([], 1) if !own => union(lowering, source, alternatives[0], trail),
        _ => merge(lowering, source, keywords, &alternatives, trail),
    }
}

type Alternatives<'k> = (Composition, &'k [ReferenceOr<Source>]);

fn alternatives<'k>(keywords: &Keywords<'k>) -> Vec<Alternatives<'k>> {
    [(Composition::OneOf, keywords.one_of), (Composition::AnyOf, keywords.any_of)]
        .into_iter()
        .filter(|(_, members)| !members.is_empty())
        .collect()
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
    (composition, members): Alternatives<'_>,
    trail: &Trail<'_>,
) -> Shape {
    let at = trail.key(keyword(composition));
    if let [only] = members {
        return Shape::Alias(Box::new(lowering.usage(only, &at.index(0))));
    }
    let mut lowered: Vec<Member> = Vec::with_capacity(members.len());
    for (index, member) in members.iter().enumerate() {
        let tags = tags(source, member);
        lowered.push(Member { value: lowering.usage(member, &at.index(index)), tags });
    }
    let discriminator = source.schema_data.discriminator.as_ref();
    let discriminator = discriminator.map(|found| Discriminator { property: found.property_name.clone() });
    Shape::Union(Union { members: lowered, discriminator, composition })
}

/// The discriminator's values that mean a member: by its mapping, or by the component's name where the mapping has none.
fn tags(source: &Source, member: &ReferenceOr<Source>) -> BTreeSet<String> {
    let ReferenceOr::Reference { reference } = member else { return BTreeSet::new() };
    let Some(discriminator) = &source.schema_data.discriminator else { return BTreeSet::new() };
    let name = component_name(reference, "schemas");
    mapped_tags(&discriminator.mapping, name.as_deref())
}

/// The keys of a mapping that lead to a component, by reference or by bare name; its own name where there are none.
pub(super) fn mapped_tags(mapping: &indexmap::IndexMap<String, String>, component: Option<&str>) -> BTreeSet<String> {
    let leads_here = |target: &str| {
        let name = component_name(target, "schemas");
        component == Some(name.as_deref().unwrap_or(target))
    };
    let mapped: BTreeSet<String> =
        mapping.iter().filter(|(_, target)| leads_here(target)).map(|(tag, _)| tag.clone()).collect();
    if mapped.is_empty() { component.map(str::to_owned).into_iter().collect() } else { mapped }
}

/// Everything at once: the schema's own keywords, every part of `allOf`, and one member of each union.
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
            && !lowering.look_inside(id)
        {
            let found = Rule::AllOfCycle.at(here).message(format!("`{name}` is made of itself by `allOf`"));
            lowering.diagnostics.push(found);
            continue;
        }
        if let SchemaRef::Inline(part) = SchemaRef::from(part) {
            if annotations::only_in(part).is_some() {
                continue;
            }
            let keywords = Keywords::of(part);
            // What one part requires, another may describe.
            merged.required.extend(keywords.required.iter().cloned());
            if keywords.is_vague() && keywords.is_object() {
                let own = object::object(lowering, part, &keywords, &here);
                merged.add_shape(lowering, Shape::Object(own), &here);
                continue;
            }
        }
        let used = lowering.part(part, &here);
        merged.add(lowering, &used, &here);
    }
    if keywords.is_vague() && (keywords.is_object() || object::has_patterns(source)) {
        let own = object::object(lowering, source, keywords, trail);
        merged.add_shape(lowering, Shape::Object(own), trail);
    } else if keywords.is_structural() || object::has_patterns(source) {
        let own = lowering.plain(source, keywords, trail);
        merged.add_shape(lowering, own, trail);
    }
    merged.required.extend(keywords.required.iter().cloned());
    for (composition, members) in alternatives {
        if !members.iter().any(says_more_than_required) {
            continue;
        }
        let at = trail.key(keyword(*composition));
        let mut choice = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let value = lowering.part(member, &at.index(index));
            choice.push(Member { value, tags: tags(source, member) });
        }
        merged.unions.push(Union { members: choice, discriminator: None, composition: *composition });
    }
    if let Some(found) = &source.schema_data.discriminator
        && let [only] = merged.unions.as_mut_slice()
    {
        only.discriminator = Some(Discriminator { property: found.property_name.clone() });
    }
    merged.finish(lowering, trail)
}

/// `{required: […]}` beside an object only says which members go together; it is not another type.
fn says_more_than_required(member: &ReferenceOr<Source>) -> bool {
    match member {
        ReferenceOr::Reference { .. } => true,
        ReferenceOr::Item(schema) => {
            let keywords = Keywords::of(schema);
            let only_required = keywords.properties.is_none_or(indexmap::IndexMap::is_empty)
                && keywords.additional.is_none()
                && keywords.enumeration.is_none()
                && keywords.items.is_none()
                && keywords.all_of.is_empty()
                && keywords.one_of.is_empty()
                && keywords.any_of.is_empty()
                && matches!(keywords.typ, None | Some("object"));
            !only_required || object::has_patterns(schema)
        }
    }
}

/// What the parts come to.
#[derive(Default)]
struct Merged {
    object: Option<Object>,
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
        if !lowering.look_inside(id) {
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
                None => self.object = Some(object),
                Some(known) => merge_objects(lowering, known, object, trail),
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
        if let Some(object) = &mut self.object {
            apply_required(lowering, object, &self.required, trail);
        }
        match (self.object, self.other, self.unions.len()) {
            (None, Some(other), 0) => other,
            (Some(object), None, 0) => Shape::Object(object),
            (None, None, 1) => Shape::Union(self.unions.remove(0)),
            (Some(object), None, _) => distribute(lowering, object, self.unions, trail),
            (None, None, 0) => Shape::Any(Reason::Unconstrained),
            (None, None, _) => distribute_members(lowering, self.unions, trail),
            // A scalar and a choice of narrower scalars: the choice only adds constraints.
            (_, Some(other), _) => other,
        }
    }
}

fn apply_required(lowering: &mut Lowering<'_>, object: &mut Object, required: &BTreeSet<String>, trail: &Trail<'_>) {
    for property in &mut object.properties {
        property.required |= required.contains(&property.name);
    }
    let missing: Vec<String> = required.iter().cloned().collect();
    object::require_unlisted(lowering, &mut object.properties, &missing, trail);
}

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
    lowering.look_inside(left);
    lowering.look_inside(right);
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
