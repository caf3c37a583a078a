//! Bases that distinguish the components that extend them, as the description writes it.

use std::collections::{HashMap, HashSet};

use openapiv3::{ReferenceOr, Schema as Source};

use super::alternatives::{Mapping, discriminator};
use super::extends::Children;
use super::keywords::Keywords;
use super::source::{ends, referred};
use crate::ir::{Discriminator, SchemaId};

type Sources<'a> = HashMap<&'a str, Box<ReferenceOr<Source>>>;

/// The ways in which bases distinguish their subtypes, and the unions that places for subtypes have.
#[derive(Default)]
pub(super) struct Hierarchies<'a> {
    /// The bases, by name.
    pub(super) bases: HashMap<&'a str, Stated>,
    /// The components that only refer to another, each with the one at the end of the references.
    pub(super) ends: HashMap<&'a str, &'a str>,
    /// The union for a component in the middle of a hierarchy; `None` for one that is not.
    pub(super) unions: HashMap<&'a str, Option<SchemaId>>,
}

/// The way in which a base distinguishes its subtypes.
pub(super) struct Stated {
    pub(super) discriminator: Option<Discriminator>,
    pub(super) mapping: Mapping,
    /// The components that its alternatives name.
    pub(super) listed: HashSet<String>,
}

impl<'a> Hierarchies<'a> {
    pub(super) fn of(sources: &Sources<'a>, children: &Children<'a>) -> Self {
        let mut bases = HashMap::new();
        for (name, source) in sources.iter().filter(|(name, _)| children.base_of(name).is_some()) {
            let ReferenceOr::Item(schema) = &**source else { continue };
            let keywords = Keywords::of(schema);
            let listed = keywords.one_of.iter().chain(keywords.any_of).filter_map(referred).collect();
            let stated = Stated { discriminator: discriminator(schema), mapping: Mapping::of(schema), listed };
            bases.insert(*name, stated);
        }
        let next = |name: &'a str| {
            let target = referred(sources.get(name)?)?;
            sources.get_key_value(target.as_str()).map(|(target, _)| *target)
        };
        // Without a base, no component is in the middle.
        let ends = if bases.is_empty() { HashMap::new() } else { ends(sources.keys().copied(), next) };
        Hierarchies { bases, ends, unions: HashMap::new() }
    }
}
