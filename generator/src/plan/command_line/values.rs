//! Values as texts of the command line.

use std::collections::HashMap;

use serde_json::Value;

use crate::rust::name::Name;
use crate::rust::{ArgPassing, EnumKind, FlagKind, Item, Struct, Type};

/// Names of types that lead to further ones are followed this often: a type may be another name for one that holds itself.
const STEPS: usize = 16;

/// The types of the crate by their names.
pub(super) struct Values<'a> {
    items: HashMap<&'a Name, &'a Item>,
}

/// The form of a value on the command line.
pub(super) struct Resolved {
    pub(super) kind: FlagKind,
    pub(super) many: bool,
    pub(super) values: Vec<String>,
}

impl Resolved {
    pub(super) fn one(kind: FlagKind) -> Self {
        Resolved { kind, many: false, values: Vec::new() }
    }

    pub(super) fn json() -> Self {
        Self::one(FlagKind::Json)
    }
}

impl<'a> Values<'a> {
    pub(super) fn new(items: &'a [Item]) -> Self {
        Values { items: items.iter().map(|item| (item.name(), item)).collect() }
    }

    /// The form of an argument.
    pub(super) fn passed(&self, pass: &ArgPassing) -> Resolved {
        match pass {
            ArgPassing::Text => Resolved::one(FlagKind::Text),
            ArgPassing::Copy(ty) | ArgPassing::Reference(ty) => self.of(ty),
            ArgPassing::Slice(ty) => self.list(ty, STEPS),
        }
    }

    /// The form of a value.
    pub(super) fn of(&self, ty: &Type) -> Resolved {
        self.step(ty, STEPS)
    }

    /// The object that a type is, by whatever name.
    pub(super) fn object(&self, ty: &Type) -> Option<&'a Struct> {
        let mut name = name_of(ty)?;
        for _ in 0..STEPS {
            name = match self.items.get(name)? {
                Item::Struct(found) => return Some(found),
                Item::Alias(found) => name_of(&found.ty)?,
                Item::Wrapper(found) => name_of(&found.ty)?,
                Item::Enum(_) | Item::Union(_) => return None,
            };
        }
        None
    }

    fn step(&self, ty: &Type, steps: usize) -> Resolved {
        let Some(steps) = steps.checked_sub(1) else { return Resolved::json() };
        match ty {
            // Base64 and decimal texts are texts on the wire, and given as such.
            Type::String
            | Type::Secret
            | Type::Timestamp
            | Type::Date
            | Type::Base64
            | Type::DecimalText
            | Type::Bytes
            | Type::ByteStream => Resolved::one(FlagKind::Text),
            Type::Bool => Resolved::one(FlagKind::Bool),
            Type::Number(primitive) if !primitive.is_float() => Resolved::one(FlagKind::Integer),
            Type::Number(_) | Type::AnyNumber | Type::Decimal => Resolved::one(FlagKind::Number),
            // A type of another crate may be written as anything.
            Type::Foreign(_) | Type::Value => Resolved::one(FlagKind::Any),
            Type::JsonObject | Type::Map(_) | Type::Tuple(_) | Type::Unit => Resolved::json(),
            Type::List(item) | Type::Stream(item) => self.list(item, steps),
            Type::Option(inner) | Type::Presence(inner) | Type::Boxed(inner) => self.step(inner, steps),
            Type::Named(name) => self.named(name, steps),
        }
    }

    fn list(&self, item: &Type, steps: usize) -> Resolved {
        let found = self.step(item, steps);
        if found.many { Resolved { many: true, ..Resolved::json() } } else { Resolved { many: true, ..found } }
    }

    fn named(&self, name: &Name, steps: usize) -> Resolved {
        match self.items.get(name) {
            Some(Item::Enum(found)) => Resolved {
                kind: match found.kind {
                    EnumKind::Text => FlagKind::Text,
                    EnumKind::Integer => FlagKind::Integer,
                    EnumKind::Json => FlagKind::Any,
                },
                many: false,
                values: found.variants.iter().map(|variant| text(&variant.value)).collect(),
            },
            Some(Item::Alias(found)) => self.step(&found.ty, steps),
            Some(Item::Wrapper(found)) => self.step(&found.ty, steps),
            Some(Item::Union(_)) => Resolved::one(FlagKind::Any),
            Some(Item::Struct(_)) | None => Resolved::json(),
        }
    }
}

fn name_of(ty: &Type) -> Option<&Name> {
    match ty {
        Type::Named(name) => Some(name),
        Type::Boxed(inner) => name_of(inner),
        _ => None,
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
