//! A base schema and the components that extend it by `allOf` (OAS 3.0.4 §4.7.25.3): the base's own members, and its
//! subtypes as alternatives.

use openapiv3::Schema as Source;

use super::alternatives;
use super::context::Lowering;
use super::extends::Base;
use crate::ir::{Composition, Member, SchemaId, Union, Use};

/// The alternatives of a base that doesn't list them: the components that extend it, and those that only its mapping names.
pub(super) fn subtypes(lowering: &Lowering<'_>, source: &Source, id: SchemaId) -> Option<Union> {
    let base = lowering.schemas.get(id).component.as_deref()?;
    if lowering.children.base_of(base)? != Base::Discriminated {
        return None;
    }
    let discriminator = source.schema_data.discriminator.as_ref()?;
    let mut names: Vec<&str> = lowering.children.descendants(base);
    let mapped = discriminator.mapping.values().map(|target| alternatives::target(target));
    let mapped: Vec<String> = mapped.filter(|name| name != base && lowering.named(name).is_some()).collect();
    names.extend(mapped.iter().map(String::as_str));
    names.sort_unstable();
    names.dedup();
    let mapping = alternatives::Mapping::of(source);
    let member = |name: &str| Some(Member::new(Use::of(lowering.named(name)?)).named(name, mapping.keys(name)));
    let members = names.into_iter().map(member).collect::<Option<Vec<_>>>()?;
    Some(Union::new(members, alternatives::discriminator(source), Composition::OneOf))
}
