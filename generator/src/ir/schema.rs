//! Schemas: the values that are permitted.

use std::collections::{BTreeSet, HashSet};
use std::sync::OnceLock;

use serde_json::Value;

use super::schema_id::SchemaId;
use super::{Condition, Docs, ScalarType};
use crate::place::Pointer;

/// A schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The place in the normalized document.
    pub pointer: Pointer,
    /// The component's name, where it is one.
    pub component: Option<String>,
    /// The direction that it is for: [`Direction::Either`] unless what is sent differs from what comes back.
    pub direction: Direction,
    /// True if callers make values of it: a parameter or a request body can hold one.
    pub is_sent: bool,
    /// The docs.
    pub docs: Docs,
    /// True if it permits `null` wherever it is used.
    pub nullable: bool,
    /// The shape of its values other than `null`.
    pub shape: Shape,
}

/// The direction in which values travel. Members that only go the other way are left out (OAS 3.0.4 §4.7.24.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// To the server: nothing in it is `readOnly`.
    Sent,
    /// From the server: nothing in it is `writeOnly`.
    Received,
    /// Both; nothing is left out.
    Either,
}

impl Use {
    /// A place that adds nothing to its schema.
    pub fn of(schema: SchemaId) -> Self {
        Use { schema, nullable: false, docs: Docs::default(), read_only: false, write_only: false }
    }
}

/// A place that a schema is used at, with what the place adds to it.
#[derive(Clone, Debug)]
pub struct Use {
    /// The schema.
    pub schema: SchemaId,
    /// True if this place also permits `null`.
    pub nullable: bool,
    /// The docs of this place; those of the schema if it is inline.
    pub docs: Docs,
    /// The value comes from the server only (OAS `readOnly`).
    pub read_only: bool,
    /// The value goes to the server only (OAS `writeOnly`).
    pub write_only: bool,
}

/// The values that a schema permits, other than `null`.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Any JSON value, and why nothing better is known.
    Any(Reason),
    /// No value at all: the schema `false`.
    Never,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer {
        /// The OAS format registry's name (`int32`).
        format: Option<String>,
    },
    /// A number.
    Number {
        /// The OAS format registry's name (`double`).
        format: Option<String>,
    },
    /// Text.
    String {
        /// The OAS format registry's name (`date-time`).
        format: Option<String>,
    },
    /// One of a list of values.
    Enumeration(Enumeration),
    /// Named members.
    Object(Object),
    /// A list of like values.
    Array {
        /// The items.
        items: Box<Use>,
        /// True if no two items are equal.
        unique: bool,
        /// True if the schema states the type list; without `type`, other values are valid as well.
        stated: bool,
    },
    /// A list in which each place has its own schema (JSON Schema 2020-12 `prefixItems`).
    Tuple {
        /// The places.
        items: Vec<Use>,
        /// The further items; `None` if there are none.
        rest: Option<Box<Use>>,
        /// The minimum number of items.
        least: usize,
        /// As for [`Shape::Array`].
        stated: bool,
    },
    /// One of several schemas.
    Union(Union),
    /// The same as another schema.
    Alias(Box<Use>),
}

impl Shape {
    /// Visits the uses directly inside this shape.
    pub fn each_use<'a>(&'a self, visit: &mut impl FnMut(&'a Use)) {
        match self {
            Shape::Object(object) => {
                object.properties.iter().for_each(|property| visit(&property.value));
                if let Rest::Typed(usage) = &object.rest {
                    visit(usage);
                }
                object.patterns.iter().for_each(|(_, usage)| visit(usage));
            }
            Shape::Array { items, .. } => visit(items),
            Shape::Tuple { items, rest, .. } => items.iter().chain(rest.as_deref()).for_each(visit),
            Shape::Union(union) => union.members.iter().for_each(|member| visit(&member.value)),
            Shape::Alias(target) => visit(target),
            Shape::Any(_)
            | Shape::Never
            | Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number { .. }
            | Shape::String { .. }
            | Shape::Enumeration(_) => {}
        }
    }

    /// Visits the uses directly inside this shape, mutably.
    pub fn each_use_mut(&mut self, visit: &mut impl FnMut(&mut Use)) {
        match self {
            Shape::Object(object) => {
                object.properties.iter_mut().for_each(|property| visit(&mut property.value));
                if let Rest::Typed(usage) = &mut object.rest {
                    visit(usage);
                }
                object.patterns.iter_mut().for_each(|(_, usage)| visit(usage));
            }
            Shape::Array { items, .. } => visit(items),
            Shape::Tuple { items, rest, .. } => items.iter_mut().chain(rest.as_deref_mut()).for_each(visit),
            Shape::Union(union) => union.members.iter_mut().for_each(|member| visit(&mut member.value)),
            Shape::Alias(target) => visit(target),
            Shape::Any(_)
            | Shape::Never
            | Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number { .. }
            | Shape::String { .. }
            | Shape::Enumeration(_) => {}
        }
    }
}

/// The reason why a schema is untyped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The document puts no constraint on it.
    Unconstrained,
    /// An array without `items`.
    ItemsUnknown,
    /// Parts of an `allOf` that contradict one another.
    Conflict,
    /// A composition that has no better form yet.
    Composition,
    /// Set while a schema is being lowered; nothing keeps it.
    Pending,
}

/// The values of an `enum`, or of alternatives that are constants: without `null` and without repeats, in the document's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Enumeration {
    /// The values.
    pub values: Vec<Value>,
    /// The label of each value.
    pub labels: Vec<Label>,
    /// The type that the schema states, if any; an unknown value has this type.
    pub of: Option<ScalarType>,
    /// True if it was written as `const`, or has a single value.
    pub constant: bool,
    pub(crate) index: ValueIndex,
}

/// The facts about all values of an enumeration, collected when one is first asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct ValueIndex(OnceLock<ValueFacts>);

#[derive(Clone, Debug)]
struct ValueFacts {
    /// The values as JSON.
    texts: HashSet<String>,
    are_text: bool,
    are_integers: bool,
}

impl PartialEq for ValueIndex {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Enumeration {
    /// Returns whether it has a value, in a time that does not depend on the number of values.
    #[must_use]
    pub fn contains(&self, value: &Value) -> bool {
        self.facts().texts.contains(&value.to_string())
    }

    /// Returns whether all values are texts, or all are integers, as the given one.
    #[must_use]
    pub fn are_all_like(&self, value: &Value) -> bool {
        value.is_string() && self.facts().are_text || value.is_number() && self.facts().are_integers
    }

    fn facts(&self) -> &ValueFacts {
        self.index.0.get_or_init(|| ValueFacts {
            texts: self.values.iter().map(Value::to_string).collect(),
            are_text: self.values.iter().all(Value::is_string),
            are_integers: self.values.iter().all(Value::is_i64),
        })
    }

    /// The only value, if it is a text with letters.
    pub(crate) fn only_text(&self) -> Option<&str> {
        match self.values.as_slice() {
            [Value::String(text)] if text.contains(char::is_alphabetic) => Some(text),
            _ => None,
        }
    }
}

/// The name and the description of a value of an enumeration, as far as the document has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    /// The name that the document gives the value.
    pub name: Option<String>,
    /// Markdown.
    pub description: Option<String>,
}

/// Named members, and further members beside them.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// The members that have names, sorted by them.
    pub properties: Vec<Property>,
    /// Other members.
    pub rest: Rest,
    /// Schemas for members by the pattern of their names (`patternProperties`).
    pub patterns: Vec<(String, Use)>,
    /// True if the schema states the type object; without `type`, other values are valid as well.
    pub stated: bool,
}

impl Object {
    /// Returns the member with a name.
    pub fn property(&self, name: &str) -> Option<&Property> {
        let found = self.properties.binary_search_by(|property| property.name.as_str().cmp(name));
        found.ok().and_then(|index| self.properties.get(index))
    }
}

/// A named member.
#[derive(Clone, Debug)]
pub struct Property {
    /// The name on the wire.
    pub name: String,
    /// The contents.
    pub value: Use,
    /// True if it is required.
    pub required: bool,
    /// The value by which unions recognize the object, if all of them use the same one.
    pub tag: Option<Value>,
}

/// The members of an object besides its named ones.
#[derive(Clone, Debug, Default)]
pub enum Rest {
    /// Anything; the document doesn't speak of it (`additionalProperties` absent).
    #[default]
    Open,
    /// Any value, as the document states (`additionalProperties: true` or `{}`).
    Any,
    /// Nothing (`additionalProperties: false`).
    Closed,
    /// Values of one schema.
    Typed(Box<Use>),
}

/// One of several schemas (`oneOf`, `anyOf`).
#[derive(Clone, Debug)]
pub struct Union {
    /// The alternatives, in the document's order.
    pub members: Vec<Member>,
    /// The property that distinguishes them, as the document describes it.
    pub discriminator: Option<Discriminator>,
    /// The way to recognise an alternative.
    pub distinction: Distinction,
    /// The keyword that states it.
    pub composition: Composition,
}

impl Union {
    /// A union whose distinction is not resolved yet.
    pub fn new(members: Vec<Member>, discriminator: Option<Discriminator>, composition: Composition) -> Self {
        Union { members, discriminator, distinction: Distinction::Trial, composition }
    }
}

/// The way to recognise the alternative of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Distinction {
    /// By the value of a property: each alternative has [tags](Member::tags) of its own.
    Tag {
        /// The name of the property on the wire.
        property: String,
        /// The index of the alternative that is meant where no tag is, or one that belongs to none (OAS 3.2 `defaultMapping`).
        default: Option<usize>,
    },
    /// By trying one after the other, as far as their [conditions](Member::conditions) admit.
    Trial,
}

/// The keyword that composes a union.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Composition {
    /// Exactly one matches.
    OneOf,
    /// One or more match.
    AnyOf,
}

/// An alternative of a union.
#[derive(Clone, Debug)]
pub struct Member {
    /// The contents.
    pub value: Use,
    /// The component that it names, or was made from.
    pub name: Option<String>,
    /// The keys of the discriminator's mapping that lead to it.
    pub mapped: BTreeSet<String>,
    /// Under [`Distinction::Tag`], the values of the property that mean this alternative; the first is the one to write.
    pub tags: Vec<Value>,
    /// Under [`Distinction::Trial`], the conditions for a value to be of this alternative, beside those of its type.
    pub conditions: Vec<Condition>,
    /// Under [`Distinction::Trial`], the form by which a text is known to be of this alternative.
    pub form: Option<super::TextForm>,
}

impl Member {
    /// An alternative of which only the schema is known.
    pub fn new(value: Use) -> Self {
        Member { value, name: None, mapped: BTreeSet::new(), tags: Vec::new(), conditions: Vec::new(), form: None }
    }

    /// The alternative with the name of its component, and the keys of the discriminator's mapping that lead there.
    #[must_use]
    pub fn named(self, name: &str, mapped: BTreeSet<String>) -> Self {
        Member { name: Some(name.to_owned()), mapped, ..self }
    }
}

/// OAS 3.0.4 §4.7.25, Discriminator Object.
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// The name of the property on the wire.
    pub property: String,
    /// The component that is meant where no tag is, or one that belongs to none (OAS 3.2 `defaultMapping`).
    pub default: Option<String>,
}
