//! Types as they are written at a place.

use super::foreign::Foreign;
use super::name::Name;

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// `()`
    Unit,
    /// `bool`
    Bool,
    /// An integer or floating-point type.
    Number(Primitive),
    /// `serde_json::Number`
    AnyNumber,
    /// A number that keeps all of its digits.
    Decimal,
    /// `String`
    String,
    /// Text that is a secret.
    Secret,
    /// An RFC 3339 point in time.
    Timestamp,
    /// An RFC 3339 date.
    Date,
    /// A type of another crate that the user chose.
    Foreign(Foreign),
    /// Bytes as base64.
    Base64,
    /// A decimal number as text.
    DecimalText,
    /// Any JSON value.
    Value,
    /// A JSON object of any members.
    JsonObject,
    /// Raw bytes, as bodies are.
    Bytes,
    /// A stream of raw bytes.
    ByteStream,
    /// A stream of values.
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
    /// A boxed type, since it may contain itself.
    Boxed(Box<Type>),
}

/// A number type of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Primitive {
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f32`
    F32,
    /// `f64`
    F64,
}

impl Primitive {
    /// All of them.
    pub const ALL: [Primitive; 10] = [
        Primitive::I8,
        Primitive::I16,
        Primitive::I32,
        Primitive::I64,
        Primitive::U8,
        Primitive::U16,
        Primitive::U32,
        Primitive::U64,
        Primitive::F32,
        Primitive::F64,
    ];

    /// The name of the type.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Primitive::I8 => "i8",
            Primitive::I16 => "i16",
            Primitive::I32 => "i32",
            Primitive::I64 => "i64",
            Primitive::U8 => "u8",
            Primitive::U16 => "u16",
            Primitive::U32 => "u32",
            Primitive::U64 => "u64",
            Primitive::F32 => "f32",
            Primitive::F64 => "f64",
        }
    }

    /// Returns whether it has fractions.
    #[must_use]
    pub fn is_float(self) -> bool {
        matches!(self, Primitive::F32 | Primitive::F64)
    }
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

    /// Visits this type and every type inside it.
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
            | Type::Decimal
            | Type::String
            | Type::Secret
            | Type::Timestamp
            | Type::Date
            | Type::Foreign(_)
            | Type::Base64
            | Type::DecimalText
            | Type::Value
            | Type::JsonObject
            | Type::ByteStream
            | Type::Bytes
            | Type::Named(_) => {}
        }
    }

    /// Returns whether serde reads and writes this type in the form that it has on the wire.
    pub fn is_of_serde(&self) -> bool {
        !self.has(|part| matches!(part, Type::Foreign(foreign) if !foreign.is_of_serde()))
    }

    /// Returns whether this type, or one inside it, satisfies the predicate.
    pub fn has(&self, wanted: impl Fn(&Type) -> bool) -> bool {
        let mut found = false;
        self.walk(&mut |ty| found |= wanted(ty));
        found
    }
}
