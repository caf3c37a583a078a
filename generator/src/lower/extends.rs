//! Components that extend others by `allOf`, as the description writes it.

use std::collections::HashMap;

use openapiv3::{ReferenceOr, Schema as Source};

use super::alternatives::target;
use super::annotations;
use super::keywords::Keywords;
use super::source::component_name;

/// The components that name others in their `allOf`, by those that they name.
#[derive(Default)]
pub(super) struct Children<'a> {
    of: HashMap<String, Vec<&'a str>>,
    /// The components that tell those who extend them apart.
    bases: HashMap<&'a str, Base>,
}

/// The ways in which a component is a base of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// It has a discriminator, and no alternatives of its own.
    Discriminated,
    /// Its `oneOf` or `anyOf` lists components that extend it.
    Listing,
}

impl<'a> Children<'a> {
    pub(super) fn of(sources: &HashMap<&'a str, Box<ReferenceOr<Source>>>) -> Self {
        let mut children = Children::default();
        for (name, source) in sources {
            let ReferenceOr::Item(schema) = &**source else { continue };
            for base in Keywords::of(schema).all_of.iter().filter_map(component) {
                if !is_alias(name, schema, sources.get(base.as_str()).map(|source| &**source)) {
                    children.of.entry(base).or_default().push(name);
                }
            }
        }
        // The order of components in the document has no meaning.
        children.of.values_mut().for_each(|names| names.sort_unstable());
        for (name, source) in sources {
            if let ReferenceOr::Item(schema) = &**source
                && let Some(base) = children.base(name, schema)
            {
                children.bases.insert(name, base);
            }
        }
        children
    }

    fn base(&self, name: &str, schema: &Source) -> Option<Base> {
        let keywords = Keywords::of(schema);
        let mut listed = keywords.one_of.iter().chain(keywords.any_of).filter_map(component).peekable();
        let descendants = self.descendants(name);
        if listed.peek().is_some() {
            return listed.any(|one| descendants.contains(&one.as_str())).then_some(Base::Listing);
        }
        let has_alternatives = !(keywords.one_of.is_empty() && keywords.any_of.is_empty());
        let discriminated = schema.schema_data.discriminator.is_some() && !has_alternatives;
        (discriminated && !descendants.is_empty()).then_some(Base::Discriminated)
    }

    /// True if a component is a subtype of the one that a part of its `allOf` names.
    pub(super) fn extends(&self, name: &str, part: &ReferenceOr<Source>) -> bool {
        component(part).is_some_and(|base| {
            self.bases.contains_key(base.as_str()) && self.of.get(&base).is_some_and(|names| names.contains(&name))
        })
    }

    /// The way in which a component is a base of others; `None` where it is none.
    pub(super) fn base_of(&self, name: &str) -> Option<Base> {
        self.bases.get(name).copied()
    }

    /// Every component that extends `base`, over any number of steps, sorted.
    pub(super) fn descendants(&self, base: &str) -> Vec<&'a str> {
        let mut found: Vec<&'a str> = Vec::new();
        let mut waiting: Vec<&'a str> = self.of.get(base).cloned().unwrap_or_default();
        while let Some(name) = waiting.pop() {
            if name != base && !found.contains(&name) {
                found.push(name);
                waiting.extend(self.of.get(name).into_iter().flatten().copied());
            }
        }
        found.sort_unstable();
        found
    }
}

/// True if a component only gives its base another name: it adds nothing, and the base doesn't count it among its subtypes.
fn is_alias(name: &str, schema: &Source, base: Option<&ReferenceOr<Source>>) -> bool {
    let keywords = Keywords::of(schema);
    let parts = keywords.all_of.iter().filter(|part| annotations::only(part).is_none()).count();
    let bare = parts == 1 && !keywords.is_structural() && keywords.one_of.is_empty() && keywords.any_of.is_empty();
    let Some(ReferenceOr::Item(base)) = base else { return false };
    let of_base = Keywords::of(base);
    let mut listed = of_base.one_of.iter().chain(of_base.any_of).filter_map(component).peekable();
    let mapping = base.schema_data.discriminator.as_ref().map(|found| &found.mapping);
    let mut mapped = mapping.into_iter().flat_map(|mapping| mapping.values()).map(|value| target(value)).peekable();
    let is_counted = match (listed.peek(), mapped.peek()) {
        (Some(_), _) => listed.any(|one| one == name),
        (None, Some(_)) => mapped.any(|one| one == name),
        (None, None) => !schema.schema_data.nullable,
    };
    bare && !is_counted
}

fn component(source: &ReferenceOr<Source>) -> Option<String> {
    match source {
        ReferenceOr::Reference { reference } => component_name(reference, "schemas"),
        ReferenceOr::Item(_) => None,
    }
}
