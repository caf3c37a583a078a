//! Components in the middle of a hierarchy: they extend a base that distinguishes its subtypes, and others extend them.
//!
//! A place for such a component may hold one of those as well, so its type is the union of the component and its descendants. The
//! component itself stays an object, since it is an alternative of its base and a part of its descendants.

use openapiv3::{ReferenceOr, Schema as Source};

use super::context::Lowering;
use super::extends::Base;
use super::source::referred;
use crate::ir::{
    Component, Composition, Direction, Discriminator, Docs, Facts, Member, Schema, SchemaId, Shape, Union, Use,
};

/// The schema of a place for a component in the middle of a hierarchy; `None` for any other component.
pub(super) fn place<'a>(lowering: &mut Lowering<'a>, name: &'a str) -> Option<SchemaId> {
    let name = lowering.hierarchies.ends.get(name).copied().unwrap_or(name);
    if let Some(known) = lowering.hierarchies.unions.get(name) {
        return *known;
    }
    let found = members(lowering, name).map(|(members, discriminator)| {
        let id = lowering.ids[name];
        let schema = Schema {
            pointer: lowering.schemas.get(id).pointer.clone(),
            component: Some(key(lowering, name)),
            direction: Direction::Either,
            is_sent: false,
            docs: Docs::from(Facts {
                description: Some(format!("A `{name}`, or one of the kinds that extend it.")),
                ..Facts::default()
            }),
            nullable: false,
            shape: Shape::Union(Union::new(members, discriminator, Composition::OneOf)),
        };
        lowering.schemas.add(schema)
    });
    lowering.hierarchies.unions.insert(name, found);
    found
}

/// Returns whether a union lists descendants of a component beside it, so that the component only means itself there.
pub(super) fn is_beside_its_own(
    lowering: &Lowering<'_>,
    alternatives: &[ReferenceOr<Source>],
    reference: &str,
) -> bool {
    let Some((name, _)) = lowering.component(reference) else { return false };
    if !lowering.children.is_extended(name) {
        return false;
    }
    let descendants = lowering.children.descendants(name);
    alternatives.iter().filter_map(referred).any(|other| descendants.binary_search(&other.as_str()).is_ok())
}

/// The base among alternatives that are otherwise only its subtypes: it has these already, each with its tag.
pub(super) fn base_of_all<'s>(
    lowering: &Lowering<'_>,
    alternatives: &[(usize, &'s ReferenceOr<Source>)],
) -> Option<(usize, &'s ReferenceOr<Source>)> {
    let names: Vec<String> = alternatives.iter().map(|(_, source)| referred(source)).collect::<Option<_>>()?;
    let has_all = |base: &String| {
        let descendants = lowering.children.descendants(base);
        names.iter().all(|name| name == base || descendants.binary_search(&name.as_str()).is_ok())
    };
    let is_base = |name: &String| lowering.children.base_of(name) == Some(Base::Discriminated) && has_all(name);
    names.iter().position(is_base).map(|at| alternatives[at])
}

/// The alternatives of a place for a component, which are the component and its descendants.
fn members(lowering: &Lowering<'_>, name: &str) -> Option<(Vec<Member>, Option<Discriminator>)> {
    let children = &lowering.children;
    if !children.is_extended(name) {
        return None;
    }
    let (base, kind) = children.nearest_base(name)?;
    let stated = lowering.hierarchies.bases.get(base)?;
    let mut names = children.descendants(name);
    if kind == Base::Listing {
        names.retain(|name| stated.listed.contains(*name));
    }
    if !names.iter().any(|name| children.adds(name)) {
        return None;
    }
    let member = |name: &str| {
        let id = lowering.named(name)?;
        Some(Member::new(Use::of(id)).named(name, stated.mapping.keys(name)))
    };
    let members = std::iter::once(name).chain(names).map(member).collect::<Option<Vec<_>>>()?;
    Some((members, stated.discriminator.clone()))
}

/// A name that no component has; the document's have no spaces.
fn key(lowering: &Lowering<'_>, name: &str) -> String {
    let mut key = format!("Any {name}");
    while lowering.named(&key).is_some() {
        key.push('_');
    }
    key
}

/// The unions that places use, as components. `name` of a component's type, if the document states one, is a part of its union's.
pub(super) fn components(lowering: &mut Lowering<'_>) -> Vec<Component> {
    let mut found = Vec::new();
    let made = lowering.hierarchies.unions.iter().filter_map(|(name, union)| Some((*name, (*union)?)));
    let made: Vec<(&str, SchemaId)> = made.collect();
    for (name, schema) in made {
        let stated = lowering.schemas.get(lowering.ids[name]).docs.name.clone();
        let union = lowering.schemas.get_mut(schema);
        union.docs.name = stated.map(|stated| format!("Any {stated}"));
        let name = union.component.clone().unwrap_or_default();
        found.push(Component { name, direction: Direction::Either, schema });
    }
    found.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    found
}
