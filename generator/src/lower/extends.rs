//! Components that extend others by `allOf`, as the description writes it.

use std::collections::{HashMap, HashSet};

use openapiv3::{ReferenceOr, Schema as Source};

use super::alternatives::target;
use super::annotations;
use super::keywords::Keywords;
use super::source::referred;

type Sources<'a> = HashMap<&'a str, Box<ReferenceOr<Source>>>;

/// The components that name others in their `allOf`, by those that they name.
#[derive(Default)]
pub(super) struct Children<'a> {
    of: HashMap<String, Vec<&'a str>>,
    /// The components that each component names in its `allOf`.
    parents: HashMap<&'a str, Vec<String>>,
    /// The components that add nothing to the one that they extend.
    bare: HashSet<&'a str>,
    /// The components that distinguish those that extend them.
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
    pub(super) fn of(sources: &Sources<'a>) -> Self {
        let mut children = Children::default();
        let mut extending: HashMap<String, Vec<(&'a str, &Source)>> = HashMap::new();
        for (name, source) in sources {
            let ReferenceOr::Item(schema) = &**source else { continue };
            for base in Keywords::of(schema).all_of.iter().filter_map(referred) {
                extending.entry(base).or_default().push((name, schema));
            }
        }
        for (base, mut extending) in extending {
            if let Some(counted) = sources.get(base.as_str()).and_then(|source| Counted::by(source, &extending)) {
                extending.retain(|(name, schema)| !is_alias(name, schema, &counted));
            }
            for (name, schema) in extending {
                children.parents.entry(name).or_default().push(base.clone());
                children.of.entry(base.clone()).or_default().push(name);
                if is_bare(schema) {
                    children.bare.insert(name);
                }
            }
        }
        // The order of components in the document has no meaning.
        children.of.values_mut().for_each(|names| names.sort_unstable());
        for (name, source) in sources {
            if let ReferenceOr::Item(schema) = &**source
                && let Some(base) = children.base(name, schema, sources)
            {
                children.bases.insert(name, base);
            }
        }
        children
    }

    fn base(&self, name: &str, schema: &Source, sources: &Sources<'a>) -> Option<Base> {
        let keywords = Keywords::of(schema);
        let mut listed = keywords.one_of.iter().chain(keywords.any_of).filter_map(referred).peekable();
        if listed.peek().is_some() {
            let descendants = self.descendants(name);
            return listed.any(|one| descendants.binary_search(&one.as_str()).is_ok()).then_some(Base::Listing);
        }
        let has_alternatives = !(keywords.one_of.is_empty() && keywords.any_of.is_empty());
        let discriminator = schema.schema_data.discriminator.as_ref().filter(|_| !has_alternatives)?;
        // A mapping names subtypes as well, if they know of the property that tells them apart.
        let is_subtype =
            |target: String| target != name && has_property(sources, &target, &discriminator.property_name);
        let mapped = || discriminator.mapping.values().map(|value| target(value)).any(is_subtype);
        (!self.descendants(name).is_empty() || mapped()).then_some(Base::Discriminated)
    }

    /// True if a component is a subtype of the one that a part of its `allOf` names.
    pub(super) fn extends(&self, name: &str, part: &ReferenceOr<Source>) -> bool {
        referred(part).is_some_and(|base| self.bases.contains_key(base.as_str())) && self.is_child(name, part)
    }

    /// True if a component is counted among those that extend the one that a part of its `allOf` names.
    pub(super) fn is_child(&self, name: &str, part: &ReferenceOr<Source>) -> bool {
        let children = referred(part).and_then(|base| self.of.get(&base));
        children.is_some_and(|names| names.binary_search(&name).is_ok())
    }

    /// Returns whether others extend a component that isn't a base itself.
    pub(super) fn is_extended(&self, name: &str) -> bool {
        self.of.contains_key(name) && !self.bases.contains_key(name)
    }

    /// The nearest base that a component extends, over any number of steps.
    pub(super) fn nearest_base(&self, name: &str) -> Option<(&'a str, Base)> {
        let mut seen: HashSet<&str> = HashSet::from([name]);
        let mut level: Vec<&str> = vec![name];
        while !level.is_empty() {
            let mut above: Vec<&str> =
                level.iter().filter_map(|name| self.parents.get(name)).flatten().map(String::as_str).collect();
            above.retain(|name| seen.insert(name));
            above.sort_unstable();
            if let Some((base, kind)) = above.iter().find_map(|name| self.bases.get_key_value(*name)) {
                return Some((base, *kind));
            }
            level = above;
        }
        None
    }

    /// Returns whether a component adds something to the one that it extends.
    pub(super) fn adds(&self, name: &str) -> bool {
        !self.bare.contains(name)
    }

    /// The way in which a component is a base of others; `None` where it is none.
    pub(super) fn base_of(&self, name: &str) -> Option<Base> {
        self.bases.get(name).copied()
    }

    /// Every component that extends `base`, over any number of steps, sorted.
    pub(super) fn descendants(&self, base: &str) -> Vec<&'a str> {
        let mut found: HashSet<&'a str> = HashSet::new();
        let mut waiting: Vec<&'a str> = self.of.get(base).cloned().unwrap_or_default();
        while let Some(name) = waiting.pop() {
            if name != base && found.insert(name) {
                waiting.extend(self.of.get(name).into_iter().flatten().copied());
            }
        }
        let mut found: Vec<&'a str> = found.into_iter().collect();
        found.sort_unstable();
        found
    }
}

/// The components that a base counts among its subtypes.
enum Counted {
    /// Those that its alternatives, or else its mapping, name. A mapping that leaves out some that add members leaves out those that add
    /// none as well: they are known by their names.
    Named(HashSet<String>),
    /// All that may not be `null`: the base names none.
    Any,
}

impl Counted {
    /// Returns the subtypes that a base counts among those that extend it; `None` if it is a reference.
    fn by(base: &ReferenceOr<Source>, extending: &[(&str, &Source)]) -> Option<Self> {
        let ReferenceOr::Item(base) = base else { return None };
        let keywords = Keywords::of(base);
        let listed: HashSet<String> = keywords.one_of.iter().chain(keywords.any_of).filter_map(referred).collect();
        if !listed.is_empty() {
            return Some(Counted::Named(listed));
        }
        let mapping = base.schema_data.discriminator.as_ref().map(|found| &found.mapping);
        let mapped: HashSet<String> =
            mapping.into_iter().flat_map(|mapping| mapping.values()).map(|value| target(value)).collect();
        let is_complete = extending.iter().all(|(name, schema)| mapped.contains(*name) || is_bare(schema));
        Some(if mapped.is_empty() || !is_complete { Counted::Any } else { Counted::Named(mapped) })
    }
}

/// True if a component has a property of its own with this name.
fn has_property(sources: &Sources<'_>, component: &str, property: &str) -> bool {
    match sources.get(component).map(|source| &**source) {
        Some(ReferenceOr::Item(schema)) => Keywords::of(schema).properties.is_some_and(|it| it.contains_key(property)),
        _ => false,
    }
}

/// True if a component only gives its base another name: it adds nothing, and the base doesn't count it among its subtypes.
fn is_alias(name: &str, schema: &Source, base: &Counted) -> bool {
    let is_counted = match base {
        Counted::Named(names) => names.contains(name),
        Counted::Any => !schema.schema_data.nullable,
    };
    is_bare(schema) && !is_counted
}

/// True if a component consists of one part of `allOf`.
fn is_bare(schema: &Source) -> bool {
    let keywords = Keywords::of(schema);
    let parts = keywords.all_of.iter().filter(|part| annotations::only(part).is_none()).count();
    parts == 1 && !keywords.is_structural() && keywords.one_of.is_empty() && keywords.any_of.is_empty()
}
