//! Types as they are written at a place.

use super::foreign::Foreign;
use super::name::Name;

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// `()`
    Unit,
    /// `bool`
    Bool,
    /// An integer or floating-point type, by its name.
    Number(&'static str),
    /// A number that keeps whatever digits it came with.
    AnyNumber,
    /// `String`
    String,
    /// Text that is a secret.
    Secret,
    /// An RFC 3339 point in time.
    Timestamp,
    /// An RFC 3339 date.
    Date,
    /// A type of another crate, that someone chose.
    Foreign(Foreign),
    /// Any JSON value.
    Value,
    /// A JSON object of any members.
    JsonObject,
    /// Raw bytes, as bodies are.
    Bytes,
    /// Raw bytes as they come.
    ByteStream,
    /// Values as they come.
    Stream(Box<Type>),
    /// An item of the crate's `types`.
    Named(Name),
    /// A list.
    List(Box<Type>),
    /// A list in which each place has its own type.
    Tuple(Vec<Type>),
    /// Values by text keys.
    Map(Box<Type>),
    /// `null` or a value; or absent.
    Option(Box<Type>),
    /// Absent, `null` or a value.
    Presence(Box<Type>),
    /// Behind a pointer, since it may hold itself.
    Boxed(Box<Type>),
}

impl Type {
    /// This type or nothing. Never doubled.
    #[must_use]
    pub fn optional(self) -> Self {
        match self {
            Type::Option(_) => self,
            other => Type::Option(Box::new(other)),
        }
    }

    /// Shows this type and every type inside it.
    pub fn walk(&self, visit: &mut impl FnMut(&Type)) {
        visit(self);
        match self {
            Type::List(inner)
            | Type::Map(inner)
            | Type::Option(inner)
            | Type::Presence(inner)
            | Type::Boxed(inner)
            | Type::Stream(inner) => inner.walk(visit),
            Type::Tuple(items) => items.iter().for_each(|item| item.walk(visit)),
            Type::Unit
            | Type::Bool
            | Type::Number(_)
            | Type::AnyNumber
            | Type::String
            | Type::Secret
            | Type::Timestamp
            | Type::Date
            | Type::Foreign(_)
            | Type::Value
            | Type::JsonObject
            | Type::ByteStream
            | Type::Bytes
            | Type::Named(_) => {}
        }
    }

    /// Returns whether this type, or one inside it, satisfies the predicate.
    pub fn has(&self, wanted: impl Fn(&Type) -> bool) -> bool {
        let mut found = false;
        self.walk(&mut |ty| found |= wanted(ty));
        found
    }
}
