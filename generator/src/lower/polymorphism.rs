//! A base schema with a discriminator, and the components that extend it by `allOf` (OAS 3.0.4 §4.7.25.3).

use std::collections::HashMap;

use openapiv3::{ReferenceOr, Schema as Source};

use super::composition::mapped_tags;
use super::keywords::Keywords;
use super::object;
use super::schema::{Lowering, component_name};
use crate::ir::{Composition, Discriminator, Docs, Member, SchemaId, Union, Use};
use crate::place::Trail;

/// Which components name which others in their `allOf`.
#[derive(Default)]
pub(super) struct Children<'a>(HashMap<String, Vec<&'a str>>);

impl<'a> Children<'a> {
    pub(super) fn of(sources: &HashMap<&'a str, Box<ReferenceOr<Source>>>) -> Self {
        let mut children: HashMap<String, Vec<&'a str>> = HashMap::new();
        for (name, source) in sources {
            let ReferenceOr::Item(schema) = &**source else { continue };
            for part in Keywords::of(schema).all_of {
                if let ReferenceOr::Reference { reference } = part
                    && let Some(base) = component_name(reference, "schemas")
                {
                    children.entry(base).or_default().push(name);
                }
            }
        }
        // The order of components in the document has no meaning.
        children.values_mut().for_each(|names| names.sort_unstable());
        Children(children)
    }

    /// Every component that extends `base`, over any number of steps, and is not itself only a base.
    fn descendants(&self, base: &str) -> Vec<&'a str> {
        let mut found: Vec<&'a str> = Vec::new();
        let mut waiting: Vec<&'a str> = self.0.get(base).cloned().unwrap_or_default();
        while let Some(name) = waiting.pop() {
            if name != base && !found.contains(&name) {
                found.push(name);
                waiting.extend(self.0.get(name).into_iter().flatten().copied());
            }
        }
        found.sort_unstable();
        found
    }
}

/// A schema that tells apart, by a discriminator, those who extend it.
pub(super) fn is_base(source: &Source, keywords: &Keywords<'_>) -> bool {
    source.schema_data.discriminator.is_some() && keywords.one_of.is_empty() && keywords.any_of.is_empty()
}

/// What a value of the base type may be: one of the components that extend it, or the base alone.
pub(super) fn union(
    lowering: &mut Lowering<'_>,
    source: &Source,
    keywords: &Keywords<'_>,
    trail: &Trail<'_>,
    id: SchemaId,
) -> Option<Union> {
    let discriminator = source.schema_data.discriminator.as_ref()?;
    let base = lowering.schemas.get(id).component.clone()?;
    let descendants = lowering.children.descendants(&base);
    if descendants.is_empty() || !keywords.all_of.is_empty() {
        return None;
    }
    let own = object::object(lowering, source, keywords, trail);
    lowering.bases.insert(id, own);
    let mut members = Vec::with_capacity(descendants.len());
    for name in descendants {
        let schema = lowering.named(name)?;
        let value = Use { schema, nullable: false, docs: Docs::default(), read_only: false, write_only: false };
        members.push(Member { value, tags: mapped_tags(&discriminator.mapping, Some(name)) });
    }
    Some(Union {
        members,
        discriminator: Some(Discriminator { property: discriminator.property_name.clone() }),
        composition: Composition::OneOf,
    })
}
