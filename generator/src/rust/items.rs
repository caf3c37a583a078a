//! Items of the crate's `types`.

use serde_json::Value;

use super::name::Name;
use super::types::Type;
use crate::ir::{Condition, Docs, TextForm};

/// A type of the crate's own.
#[derive(Clone, Debug)]
pub enum Item {
    /// Named members.
    Struct(Struct),
    /// One of a list of values.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Alias),
    /// A type that cannot be an alias, since it contains itself.
    Wrapper(Wrapper),
}

impl Item {
    /// Its name.
    pub fn name(&self) -> &Name {
        match self {
            Item::Struct(item) => &item.name,
            Item::Enum(item) => &item.name,
            Item::Union(item) => &item.name,
            Item::Alias(item) => &item.name,
            Item::Wrapper(item) => &item.name,
        }
    }
}

impl Item {
    /// Visits the types that it contains; additional members count as a map.
    pub fn each_type(&self, visit: &mut impl FnMut(&Type)) {
        match self {
            Item::Struct(item) => {
                item.fields.iter().for_each(|field| visit(&field.ty));
                if let Some(rest) = &item.rest {
                    visit(&Type::Map(Box::new(rest.value.clone())));
                }
            }
            Item::Union(item) => item.members.iter().for_each(|member| visit(&member.ty)),
            Item::Alias(item) => visit(&item.ty),
            Item::Wrapper(item) => visit(&item.ty),
            Item::Enum(_) => {}
        }
    }
}

/// The traits that can be derived for an item, given its contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derives {
    /// `Eq` and `Hash`.
    pub eq: bool,
    /// `Default`.
    pub default: bool,
}

impl Derives {
    /// Every trait, until the graph of all items is known.
    pub const ALL: Derives = Derives { eq: true, default: true };
}

/// An object with named members.
#[derive(Clone, Debug)]
pub struct Struct {
    /// The type's name.
    pub name: Name,
    /// Its docs.
    pub docs: Docs,
    /// The members, sorted by their names on the wire.
    pub fields: Vec<Field>,
    /// Members with a single value, by which unions recognize the type: their names and values on the wire.
    pub tags: Vec<(String, Value)>,
    /// The field and type of additional members.
    pub rest: Option<RestField>,
    /// The fields that its constructor takes, in that order; `None` where it has none. A type that is sent and has optional members
    /// has one with the required members.
    pub constructor: Option<Vec<Name>>,
    /// The traits that can be derived.
    pub derives: Derives,
}

/// The field of the members that have no field of their own.
#[derive(Clone, Debug)]
pub struct RestField {
    /// The field.
    pub name: Name,
    /// The type of each value.
    pub value: Type,
}

/// A member.
#[derive(Clone, Debug)]
pub struct Field {
    /// The field's name.
    pub name: Name,
    /// The member's name on the wire.
    pub wire: String,
    /// Its docs.
    pub docs: Docs,
    /// The whole type, `Option` and the like included.
    pub ty: Type,
    /// The occurrence of the member.
    pub occurrence: Occurrence,
    /// The value that the constructor gives it, where it is known.
    pub tag: Option<Value>,
}

/// The occurrence of a member: required or optional, and nullable or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurrence {
    /// Always there, never `null`.
    Required,
    /// Always there, possibly `null`: `Option`.
    Nullable,
    /// Possibly absent, never `null`: `Option`, left out when `None`.
    Optional,
    /// Possibly absent, possibly `null`: `Presence`.
    OptionalNullable,
}

impl Occurrence {
    /// Returns whether the member may be absent.
    pub fn may_be_absent(self) -> bool {
        match self {
            Occurrence::Optional | Occurrence::OptionalNullable => true,
            Occurrence::Required | Occurrence::Nullable => false,
        }
    }
}

/// A list of values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The type's name.
    pub name: Name,
    /// Its docs.
    pub docs: Docs,
    /// The known values.
    pub variants: Vec<Variant>,
    /// The variant that keeps a value that isn't known.
    pub other: Name,
    /// The kind of the values.
    pub kind: EnumKind,
}

/// The kind of the values of an [`Enum`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumKind {
    /// Texts.
    Text,
    /// Whole numbers that fit `i64`.
    Integer,
    /// JSON values of any types.
    Json,
}

/// A known value.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The variant's name.
    pub name: Name,
    /// Markdown.
    pub description: Option<String>,
    /// The value on the wire.
    pub value: Value,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The type's name.
    pub name: Name,
    /// Its docs.
    pub docs: Docs,
    /// The members.
    pub members: Vec<UnionMember>,
    /// The variant that keeps a value which fits no member.
    pub other: Name,
    /// The way to select an alternative.
    pub kind: UnionKind,
    /// The traits that can be derived.
    pub derives: Derives,
}

/// A member of a union.
#[derive(Clone, Debug)]
pub struct UnionMember {
    /// The variant.
    pub name: Name,
    /// The type that it holds.
    pub ty: Type,
    /// The alternatives of the description that it represents, by their indices.
    pub alternatives: Vec<usize>,
    /// The values of its tag; the first is written.
    pub tags: Vec<Value>,
    /// The conditions that a value has to fulfil to be tried.
    pub conditions: Vec<Condition>,
    /// The form that a text has to have to be tried.
    pub form: Option<TextForm>,
    /// True if a value of the type becomes the union by `From`: no other member holds the type.
    pub converts: bool,
}

/// The way to select an alternative of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnionKind {
    /// By the value of a property.
    Tagged {
        /// The property's name on the wire.
        property: String,
        /// The index of the member that is read where the tag is absent or belongs to none.
        default: Option<usize>,
    },
    /// By trying.
    Untagged,
}

/// Another name for a type.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The name.
    pub name: Name,
    /// Its docs.
    pub docs: Docs,
    /// The type.
    pub ty: Type,
}

/// A struct around one value that is written as that value.
#[derive(Clone, Debug)]
pub struct Wrapper {
    /// The name.
    pub name: Name,
    /// Its docs.
    pub docs: Docs,
    /// The type inside.
    pub ty: Type,
    /// The traits that can be derived.
    pub derives: Derives,
}
