//! The components that describe events of streams, kept to be lowered again.

mod components;
mod parts;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type};

use super::alternatives::target;
use super::keywords::Properties;
use super::source::referred;
use components::{Components, HELD};

/// The description of an event, and whether its data may be a text.
pub(super) enum Event {
    /// The data alone.
    Data(ReferenceOr<Schema>, bool),
    /// The event as an object.
    Whole(ReferenceOr<Schema>, bool),
}

/// The reason for which a schema describes an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EventKind {
    /// The data are a text whose contents are described.
    Held,
    /// The object has the fields of an event, and no other members.
    Fields,
}

/// The text that ends the streams of OpenAI and similar APIs.
const END: &str = "[DONE]";

/// The maximum depth of parts in which a text is described.
const DEEPEST: usize = 16;

/// The fields of an event beside its data (HTML, 9.2.6).
const FIELDS: [&str; 3] = ["event", "id", "retry"];

/// The components that describe an event or its `data`, and those that lead to them.
#[derive(Default)]
pub(super) struct Events {
    components: Components,
    /// The names of the components that were taken as events or as parts of them.
    taken: RefCell<HashSet<String>>,
}

impl Events {
    /// Keeps a component if it can describe an event.
    pub(super) fn keep(&mut self, name: &str, source: Box<ReferenceOr<Schema>>) {
        let matters = match &*source {
            ReferenceOr::Reference { .. } => true,
            ReferenceOr::Item(schema) => {
                let is_union = match &schema.schema_kind {
                    SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
                    SchemaKind::Any(any) => !(any.one_of.is_empty() && any.any_of.is_empty()),
                    _ => false,
                };
                let is_text = matches!(&schema.schema_kind, SchemaKind::Type(Type::String(_)));
                let is_event = ["data", "event"].iter().any(|field| property(schema, field).is_some());
                is_union
                    || is_text
                    || is_event
                    || is_made_of_parts(schema)
                    || schema.schema_data.extensions.contains_key(HELD)
            }
        };
        if matters {
            self.components.insert(name, source);
        }
    }

    /// The event that a schema describes, if it describes one.
    pub(super) fn event(&self, source: &ReferenceOr<Schema>) -> Option<Event> {
        self.taking(|| self.described(source))
    }

    /// The schema of the JSON in a text that is itself the data of events.
    pub(super) fn text(&self, source: &ReferenceOr<Schema>) -> Option<ReferenceOr<Schema>> {
        self.taking(|| self.components.held(source))
    }

    /// Records the components that a result is made of.
    fn taking<T>(&self, result: impl FnOnce() -> Option<T>) -> Option<T> {
        self.components.take_seen();
        let result = result();
        let seen = self.components.take_seen();
        if result.is_some() {
            self.taken.borrow_mut().extend(seen);
        }
        result
    }

    fn described(&self, source: &ReferenceOr<Schema>) -> Option<Event> {
        let whole = self.whole(source)?;
        let schema = &*whole;
        if let SchemaKind::OneOf { one_of: alternatives } | SchemaKind::AnyOf { any_of: alternatives } =
            &schema.schema_kind
        {
            let (mut read, mut may_be_text) = (Vec::new(), false);
            // The reader knows the end of a stream, which is no event to its callers.
            let (ends, lasting): (Vec<_>, Vec<_>) =
                alternatives.iter().partition(|alternative| self.is_end(alternative));
            if let ([only], [_, ..]) = (lasting.as_slice(), ends.as_slice()) {
                return self.described(only);
            }
            for (alternative, is_end) in lasting.iter().map(|it| (*it, false)).chain(ends.iter().map(|it| (*it, true)))
            {
                // Among texts, it is one of them.
                if is_end && !may_be_text {
                    continue;
                }
                let (mut object, text) = self.object(alternative)?;
                may_be_text |= text;
                tag(schema, alternative, &mut object);
                read.push(object);
            }
            let is_one = matches!(&schema.schema_kind, SchemaKind::OneOf { .. });
            let mut schema = schema.clone();
            schema.schema_kind =
                if is_one { SchemaKind::OneOf { one_of: read } } else { SchemaKind::AnyOf { any_of: read } };
            return Some(Event::Whole(ReferenceOr::Item(schema), may_be_text));
        }
        if let SchemaKind::Any(any) = &schema.schema_kind
            && !(any.one_of.is_empty() && any.any_of.is_empty())
        {
            return self.kinds(schema);
        }
        let (object, text) = self.object(source)?;
        if FIELDS.iter().any(|field| property(schema, field).is_some()) {
            return Some(Event::Whole(object, text));
        }
        let (data, _) = self.data(property(schema, "data")?);
        Some(Event::Data(data, text))
    }

    /// Returns whether a schema describes the event that ends a stream.
    fn is_end(&self, source: &ReferenceOr<Schema>) -> bool {
        let data = self.whole(source).and_then(|schema| property(&schema, "data").cloned());
        let data = data.map(ReferenceOr::unbox);
        let data = data.as_ref().and_then(|data| self.resolve(data));
        matches!(
            data.map(|data| &data.schema_kind),
            Some(SchemaKind::Type(Type::String(text))) if text.enumeration == [Some(END.to_owned())]
        )
    }

    /// Kinds of events that share members, as the example of OAS 3.2 §4.14.3 has them. The data that they share are those of the kinds
    /// that say nothing of theirs.
    fn kinds(&self, schema: &Schema) -> Option<Event> {
        let mut whole = schema.clone();
        let SchemaKind::Any(any) = &mut whole.schema_kind else { return None };
        let is_shared = ["data", "event"].iter().any(|field| any.properties.contains_key(*field));
        let shared = any.properties.shift_remove("data");
        let mut may_be_text = false;
        for kind in any.one_of.iter_mut().chain(&mut any.any_of) {
            let known = self.whole(kind)?.into_owned();
            if property(&known, "data").is_some() {
                let (read, text) = self.object(kind)?;
                may_be_text |= text;
                *kind = read;
            } else if let Some(data) = &shared {
                may_be_text |= self.data(data).1;
                let mut known = known;
                members(&mut known)?.insert("data".to_owned(), data.clone());
                *kind = ReferenceOr::Item(known);
            } else if property(&known, "event").is_some() {
                may_be_text = true;
            } else if !is_shared {
                return None;
            }
        }
        Some(Event::Whole(ReferenceOr::Item(whole), may_be_text))
    }

    /// An event as an object whose data is parsed, and whether the data may be a text.
    fn object(&self, source: &ReferenceOr<Schema>) -> Option<(ReferenceOr<Schema>, bool)> {
        let schema = self.whole(source)?;
        let Some(data) = property(&schema, "data") else {
            return property(&schema, "event").map(|_| (source.clone(), true));
        };
        let held = self.components.held(&data.clone().unbox());
        let (data, text) = self.data(data);
        if held.is_none() {
            return Some((source.clone(), text));
        }
        let mut schema = schema.into_owned();
        let data = match data {
            ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
            ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        };
        members(&mut schema)?.insert("data".to_owned(), data);
        Some((ReferenceOr::Item(schema), text))
    }

    /// The schema of parsed data, and whether they are a text.
    fn data(&self, data: &ReferenceOr<Box<Schema>>) -> (ReferenceOr<Schema>, bool) {
        if let Some(held) = self.components.held(&data.clone().unbox()) {
            return (held, false);
        }
        let data = data.clone().unbox();
        let is_text = self.is_text(&data, 0);
        (data, is_text)
    }

    /// Returns whether a schema, or one of its parts, describes a text.
    fn is_text(&self, source: &ReferenceOr<Schema>, depth: usize) -> bool {
        let found = self.resolve(source).filter(|_| depth < DEEPEST);
        found.is_some_and(|schema| {
            matches!(&schema.schema_kind, SchemaKind::Type(Type::String(_)))
                || parts::of(schema).iter().any(|part| self.is_text(part, depth + 1))
        })
    }

    /// The reason for which a schema describes events and not the data alone, if it does.
    pub(super) fn kind(&self, source: &ReferenceOr<Schema>) -> Option<EventKind> {
        let whole = self.whole(source)?;
        let schema = &*whole;
        let holds = |schema: &Schema| {
            property(schema, "data").is_some_and(|data| self.components.held(&data.clone().unbox()).is_some())
        };
        let alternatives: &[ReferenceOr<Schema>] = match &schema.schema_kind {
            SchemaKind::OneOf { one_of: alternatives } | SchemaKind::AnyOf { any_of: alternatives } => alternatives,
            SchemaKind::Any(any) if any.one_of.is_empty() => &any.any_of,
            SchemaKind::Any(any) => &any.one_of,
            _ => &[],
        };
        let known: Vec<_> = alternatives.iter().map(|alternative| self.whole(alternative)).collect();
        let mut known = known.iter().map(Option::as_deref);
        if holds(schema) || known.clone().flatten().any(holds) {
            return Some(EventKind::Held);
        }
        let is_union = matches!(&schema.schema_kind, SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. });
        let has_fields_alone = match is_union {
            true => known.clone().flatten().any(has_data) && known.all(|known| known.is_some_and(has_only_fields)),
            false => alternatives.is_empty() && has_data(schema) && has_only_fields(schema),
        };
        has_fields_alone.then_some(EventKind::Fields)
    }

    /// Returns whether a component was taken as an event or as a part of one.
    pub(super) fn has_taken(&self, name: &str) -> bool {
        self.taken.borrow().contains(name)
    }

    fn resolve<'a>(&'a self, source: &'a ReferenceOr<Schema>) -> Option<&'a Schema> {
        self.components.resolve(source)
    }

    /// A schema with its parts in one object.
    fn whole<'a>(&'a self, source: &'a ReferenceOr<Schema>) -> Option<Cow<'a, Schema>> {
        parts::whole(&self.components, source)
    }
}

/// Writes the values that a discriminator gives a component into its copy, which has no name any more by which they would be known.
fn tag(union: &Schema, alternative: &ReferenceOr<Schema>, copy: &mut ReferenceOr<Schema>) {
    let (Some(found), Some(name)) = (&union.schema_data.discriminator, referred(alternative)) else { return };
    let ReferenceOr::Item(schema) = copy else { return };
    let keys: Vec<&String> = found.mapping.iter().filter(|(_, it)| target(it) == name).map(|(key, _)| key).collect();
    let keys = if keys.is_empty() { vec![&name] } else { keys };
    let listed = StringType { enumeration: keys.into_iter().cloned().map(Some).collect(), ..StringType::default() };
    let lists = property(schema, &found.property_name).is_some_and(|it| {
        let Some(known) = it.as_item() else { return true };
        !matches!(&known.schema_kind, SchemaKind::Type(Type::String(known)) if known.enumeration.is_empty())
    });
    if lists {
        return;
    }
    let listed = Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Type(Type::String(listed)) };
    if let Some(members) = members(schema) {
        members.insert(found.property_name.clone(), ReferenceOr::Item(Box::new(listed)));
    }
}

/// The properties of a schema, to change them.
fn members(schema: &mut Schema) -> Option<&mut Properties> {
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(&mut object.properties),
        SchemaKind::Any(any) => Some(&mut any.properties),
        _ => None,
    }
}

/// Returns whether a schema is made of parts, one of which may describe an event.
fn is_made_of_parts(schema: &Schema) -> bool {
    let parts = parts::of(schema);
    let inline = || parts.iter().filter_map(ReferenceOr::as_item);
    let is_event = |part: &Schema| ["data", "event"].iter().any(|field| property(part, field).is_some());
    !parts.is_empty()
        && (inline().any(is_event) || inline().all(|part| properties(part).is_none_or(Properties::is_empty)))
}

fn has_data(schema: &Schema) -> bool {
    property(schema, "data").is_some()
}

fn has_only_fields(schema: &Schema) -> bool {
    let Some(properties) = properties(schema) else { return false };
    let is_field = |name: &String| name == "data" || FIELDS.contains(&name.as_str());
    !properties.is_empty() && properties.keys().all(is_field)
}

fn property<'a>(schema: &'a Schema, name: &str) -> Option<&'a ReferenceOr<Box<Schema>>> {
    properties(schema)?.get(name)
}

fn properties(schema: &Schema) -> Option<&Properties> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(&object.properties),
        SchemaKind::Any(any) => Some(&any.properties),
        _ => None,
    }
}
