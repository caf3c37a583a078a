//! The components that extend a base schema by `allOf` (OAS 3.0.4 §4.7.25.3), which are the alternatives of the base.

use std::collections::BTreeSet;

use openapiv3::Schema as Source;

use super::alternatives;
use super::context::Lowering;
use super::extends::Base;
use crate::ir::{Member, SchemaId, Use};

/// An alternative of a base.
pub(super) struct Subtype {
    /// The alternative.
    pub(super) member: Member,
    /// True if it extends the base; false if only the base's mapping names it.
    pub(super) extends: bool,
}

/// The alternatives of a base that doesn't list them: the components that extend it, and those that only its mapping names.
pub(super) fn subtypes(lowering: &mut Lowering<'_>, source: &Source, id: SchemaId) -> Option<Vec<Subtype>> {
    let base = lowering.schemas.get(id).component.clone()?;
    if lowering.children.base_of(&base)? != Base::Discriminated {
        return None;
    }
    let discriminator = source.schema_data.discriminator.as_ref()?;
    let descendants = lowering.children.descendants(&base);
    let mut names: Vec<String> = descendants.iter().map(|name| (*name).to_owned()).collect();
    let mapped = discriminator.mapping.values().map(|target| alternatives::target(target));
    names.extend(mapped.filter(|name| *name != base && lowering.named(name).is_some()));
    names.sort_unstable();
    names.dedup();
    let mapping = alternatives::Mapping::of(source);
    let subtype = |name: String| {
        let member = Member::new(Use::of(lowering.named(&name)?)).named(&name, mapping.keys(&name));
        let extends = descendants.binary_search(&name.as_str()).is_ok();
        Some(Subtype { member, extends })
    };
    names.into_iter().map(subtype).collect()
}

/// The name of a base that is an alternative of itself, since its mapping names it, and the keys that do.
pub(super) fn itself(lowering: &Lowering<'_>, source: &Source, id: SchemaId) -> Option<(String, BTreeSet<String>)> {
    let name = lowering.schemas.get(id).component.clone()?;
    let keys = alternatives::Mapping::of(source).keys(&name);
    (!keys.is_empty()).then_some((name, keys))
}
