//! The context in which schemas are lowered: those met so far, and the components that they may lead to.

use std::collections::{BTreeSet, HashMap, HashSet};

use openapiv3::{ReferenceOr, Schema as Source};
use serde::Deserialize;
use serde_json::Value;

use super::events::Events;
use super::extends::Children;
use super::hierarchy::Hierarchies;
use super::nulls::Nulls;
use super::pagination::Declarations;
use super::parts::Parts;
use super::requirements::Requirements;
use super::source::component_name;
use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Direction, Docs, Object, Reason, Schema, SchemaId, Schemas, Shape, Use};
use crate::place::{Pointer, Trail};
use crate::stack;

/// The schemas met so far, and the components that they may lead to.
pub(super) struct Lowering<'a> {
    pub(super) names: &'a [String],
    /// The components that are not lowered yet. Each is dropped as soon as its shape is known.
    pub(super) sources: HashMap<&'a str, Box<ReferenceOr<Source>>>,
    pub(super) ids: HashMap<&'a str, SchemaId>,
    /// The components that are being lowered.
    pub(super) running: HashSet<SchemaId>,
    /// The schemas that are lowered again for the items of streams.
    pub(super) events: Events,
    /// The own members of polymorphic bases, for the components that extend them through `allOf`.
    pub(super) bases: HashMap<SchemaId, Object>,
    /// The components that extend each component through `allOf`.
    pub(super) children: Children<'a>,
    /// The bases of hierarchies, and the unions of places for components in the middle of one.
    pub(super) hierarchies: Hierarchies<'a>,
    /// The components that permit `null` alone.
    pub(super) nulls: Nulls<'a>,
    /// The components that only require members.
    pub(super) requirements: Requirements<'a>,
    /// Pairs of objects that are being joined, so that no pair is joined inside itself.
    pub(super) joining: Vec<(SchemaId, SchemaId)>,
    pub(super) schemas: Schemas,
    /// The parts of the path item that is being lowered.
    pub(super) parts: Parts,
    /// The declarations of pagination met so far.
    pub(super) pagination: Declarations,
    /// The places of schemas of the JSON in texts. Those of events are read, and others are left to the server.
    pub(super) held: BTreeSet<Pointer>,
    /// True if a number was met that may come as text.
    pub(super) numbers_as_text: bool,
    /// Returns whether the user chose a type for a format.
    pub(super) has_type: &'a dyn Fn(&str) -> bool,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl<'a> Lowering<'a> {
    /// `names` are those of the components, and `sources` their schemas, in the same order.
    pub(super) fn new(
        names: &'a [String],
        sources: impl Iterator<Item = ReferenceOr<Source>>,
        has_type: &'a dyn Fn(&str) -> bool,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let mut schemas = Schemas::default();
        let root = Pointer::root().child("components").child("schemas");
        let ids: HashMap<_, _> = names
            .iter()
            .map(|name| {
                let pending = Schema {
                    pointer: root.child(name),
                    component: Some(name.clone()),
                    direction: Direction::Either,
                    is_sent: false,
                    docs: Docs::default(),
                    nullable: false,
                    shape: Shape::Any(Reason::Pending),
                };
                (name.as_str(), schemas.add(pending))
            })
            .collect();
        let sources = names.iter().map(String::as_str).zip(sources.map(Box::new)).collect();
        let children = Children::of(&sources);
        let hierarchies = Hierarchies::of(&sources, &children);
        let nulls = Nulls::of_components(&sources);
        let requirements = Requirements::of_components(&sources);
        Lowering {
            names,
            sources,
            ids,
            running: HashSet::new(),
            events: Events::default(),
            bases: HashMap::new(),
            children,
            hierarchies,
            nulls,
            requirements,
            joining: Vec::new(),
            schemas,
            parts: Parts::default(),
            pagination: Declarations::default(),
            held: BTreeSet::new(),
            numbers_as_text: false,
            has_type,
            diagnostics,
        }
    }

    /// The schemas, once everything has been lowered.
    pub(super) fn finish(mut self) -> Schemas {
        for place in std::mem::take(&mut self.held) {
            let is_taken = place
                .tokens()
                .nth(2)
                .is_some_and(|name| place.as_str().starts_with("/components/schemas/") && self.events.has_taken(&name));
            if !is_taken {
                self.diagnostics.push(Rule::ValidationOnly.at(place).message("`contentSchema` is left to the server"));
            }
        }
        self.schemas
    }

    /// The name and handle of the component that a reference leads to.
    pub(super) fn component(&self, reference: &str) -> Option<(&'a str, SchemaId)> {
        let name = component_name(reference, "schemas")?;
        self.ids.get_key_value(name.as_str()).map(|(name, id)| (*name, *id))
    }

    /// The handle of a component by its name.
    pub(super) fn named(&self, name: &str) -> Option<SchemaId> {
        self.ids.get(name).copied()
    }

    /// Adds a schema that is no component.
    pub(super) fn add(&mut self, trail: &Trail<'_>, docs: Docs, nullable: bool, shape: Shape) -> SchemaId {
        self.schemas.add(Schema {
            pointer: trail.pointer(),
            component: None,
            direction: Direction::Either,
            is_sent: false,
            docs,
            nullable,
            shape,
        })
    }

    /// Reads a part of the document that is still a tree.
    pub(super) fn read<T: for<'d> Deserialize<'d> + Send>(&mut self, part: &Value, trail: &Trail<'_>) -> Option<T> {
        match stack::read(part) {
            Ok(read) => Some(read),
            Err(error) => {
                // Of a document with errors, the shape is what those have left of it.
                if !self.diagnostics.has_errors() {
                    self.diagnostics.push(Rule::UnsupportedShape.at(trail).message(error));
                }
                None
            }
        }
    }

    /// A place that may hold any value.
    pub(super) fn anything(&mut self, trail: &Trail<'_>, reason: Reason) -> Use {
        let schema = self.add(trail, Docs::default(), false, Shape::Any(reason));
        Use::of(schema)
    }
}
