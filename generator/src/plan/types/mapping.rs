//! From a schema at a place to a type at that place.

use std::collections::HashMap;

use crate::ir::{Api, Enumeration, Object, Rest, ScalarType, SchemaId, Shape, Use};
use crate::plan::naming::type_names::Names;
use crate::plan::types::xml::Documents;
use crate::rust::name::Name;
use crate::rust::{Formats, Occurrence, Primitive, Type};

/// The types of an API's schemas.
#[derive(Clone, Copy)]
pub(crate) struct Types<'a> {
    pub(crate) api: &'a Api,
    pub(crate) names: &'a Names,
    pub(crate) chosen: &'a Chosen,
    /// The XML tables of bodies.
    pub(crate) xml: &'a Documents,
}

/// The types that the user chose for formats and for places.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// Those for formats, and what they need.
    pub formats: Formats,
    /// Those for places.
    pub places: HashMap<SchemaId, Type>,
}

impl Types<'_> {
    /// The type of a value at a place, without regard to `null` and absence.
    pub(crate) fn of(&self, usage: &Use) -> Type {
        self.of_schema(usage.schema)
    }

    /// The type of a value at a place that contains `null` directly, such as an item of a list.
    pub(crate) fn nullable(&self, usage: &Use) -> Type {
        let ty = self.of(usage);
        if self.api.schemas.is_nullable(usage) && ty != Type::Value { ty.optional() } else { ty }
    }

    /// The whole type of a member, and its occurrence.
    pub(crate) fn member(&self, usage: &Use, required: bool) -> (Type, Occurrence) {
        let ty = self.of(usage);
        // A member of any type may be `null` as well.
        let nullable = self.api.schemas.is_nullable(usage) || self.is_value(&ty, usage);
        match (required, nullable) {
            (true, _) if ty == Type::Value => (ty, Occurrence::Required),
            (true, false) => (ty, Occurrence::Required),
            (true, true) => (ty.optional(), Occurrence::Nullable),
            (false, false) => (ty.optional(), Occurrence::Optional),
            (false, true) => (Type::Presence(Box::new(ty)), Occurrence::OptionalNullable),
        }
    }

    /// The type that a type is another name of, if that is a scalar or a list of scalars; else the type itself.
    pub(crate) fn behind(&self, ty: &Type) -> Type {
        let mut found = ty.clone();
        for _ in 0..=self.api.schemas.len() {
            let Type::Named(name) = &found else { break };
            let Some(id) = self.names.schema_of(name) else { break };
            found = match &self.api.schemas.get(id).shape {
                _ if self.chosen(id).is_some() => self.inside(id),
                Shape::Alias(target) if !self.api.schemas.is_nullable(target) => self.of(target),
                Shape::Boolean | Shape::Integer { .. } | Shape::Number { .. } | Shape::String { .. } => self.inside(id),
                Shape::Array { .. } => match self.inside(id) {
                    Type::List(item) if !matches!(*item, Type::Named(_)) => return Type::List(item),
                    _ => break,
                },
                _ => break,
            };
        }
        if matches!(found, Type::Named(_)) { ty.clone() } else { found }
    }

    /// Returns whether an item is an enumeration of strings.
    pub(crate) fn is_text_enum(&self, name: &Name) -> bool {
        self.enumeration(name).is_some_and(|found| found.values.iter().all(|value| value.is_string()))
    }

    /// The values of an item that is an enumeration, or another name for one.
    pub(crate) fn enumeration(&self, name: &Name) -> Option<&Enumeration> {
        let id = self.api.schemas.resolve(self.names.schema_of(name)?);
        match &self.api.schemas.get(id).shape {
            Shape::Enumeration(found) if found.of != Some(ScalarType::Boolean) && !found.values.is_empty() => {
                Some(found)
            }
            _ => None,
        }
    }

    fn is_value(&self, ty: &Type, usage: &Use) -> bool {
        *ty == Type::Value
            || matches!(self.api.schemas.get(self.api.schemas.resolve(usage.schema)).shape, Shape::Any(_))
    }

    fn of_schema(&self, id: SchemaId) -> Type {
        let is_component = self.api.schemas.get(id).component.is_some();
        match (self.names.of(id), self.chosen(id)) {
            (_, Some(chosen)) if !is_component => chosen,
            (Some(name), _) => Type::Named(name.clone()),
            (None, _) => self.inside(id),
        }
    }

    /// The type that the user chose for a schema.
    pub(crate) fn chosen(&self, id: SchemaId) -> Option<Type> {
        let formats = &self.chosen.formats;
        let by_format = || match &self.api.schemas.get(id).shape {
            Shape::Integer { format } => formats.of_format(format.as_deref()?).cloned(),
            Shape::Number { format } => formats.of_number(format.as_deref()?),
            Shape::String { format } => formats.of_text(format.as_deref()?),
            _ => None,
        };
        self.chosen.places.get(&id).cloned().or_else(by_format)
    }

    /// Returns the type of a schema without its own name.
    pub(crate) fn inside(&self, id: SchemaId) -> Type {
        if let Some(chosen) = self.chosen(id) {
            return chosen;
        }
        match &self.api.schemas.get(id).shape {
            Shape::Any(_) | Shape::Never => Type::Value,
            Shape::Boolean => Type::Bool,
            Shape::Integer { format } => integer(format.as_deref()),
            Shape::Number { format } => number(format.as_deref()),
            Shape::String { format } => text(format.as_deref()),
            Shape::Enumeration(found) if found.of == Some(ScalarType::Boolean) => Type::Bool,
            Shape::Enumeration(_) | Shape::Union(_) => Type::Value,
            Shape::Object(object) => self.map(object),
            Shape::Array { items, .. } => Type::List(Box::new(self.nullable(items))),
            Shape::Tuple { items, rest, least, .. } => self.tuple(items, rest.as_deref(), *least),
            Shape::Alias(target) => self.nullable(target),
        }
    }

    /// The type of a list with a schema for each place: a tuple if every place is always present, else a list of the common type.
    fn tuple(&self, items: &[Use], rest: Option<&Use>, least: usize) -> Type {
        let mut types: Vec<Type> = items.iter().map(|item| self.nullable(item)).collect();
        if rest.is_none() && least >= items.len() && (2..=8).contains(&items.len()) {
            return Type::Tuple(types);
        }
        types.extend(rest.map(|rest| self.nullable(rest)));
        types.dedup();
        match types.as_slice() {
            [only] => Type::List(Box::new(only.clone())),
            _ => Type::List(Box::new(Type::Value)),
        }
    }

    /// The values of an object without named members.
    pub(crate) fn map(&self, object: &Object) -> Type {
        self.values(object).map_or(Type::JsonObject, |(_, ty)| Type::Map(Box::new(ty)))
    }

    /// The first description of members without a name of their own, and their type; `None` unless all descriptions have one type.
    pub(crate) fn values<'o>(&self, object: &'o Object) -> Option<(&'o Use, Type)> {
        let rest = match &object.rest {
            Rest::Typed(usage) => Some(usage.as_ref()),
            Rest::Open | Rest::Closed => None,
            Rest::Any => return None,
        };
        let mut all = rest.into_iter().chain(object.patterns.iter().map(|(_, usage)| usage));
        let first = all.next()?;
        let ty = self.nullable(first);
        all.all(|usage| self.nullable(usage) == ty).then_some((first, ty))
    }
}

/// OAS format registry: the integers.
fn integer(format: Option<&str>) -> Type {
    Type::Number(match format {
        // Bounds beyond what any integer type holds.
        Some("any" | "int128" | "uint128" | "bigint" | "biginteger" | "big-integer") => return Type::Decimal,
        Some("int8") => Primitive::I8,
        Some("int16") => Primitive::I16,
        Some("int32") => Primitive::I32,
        Some("uint8") => Primitive::U8,
        Some("uint16") => Primitive::U16,
        Some("uint32") => Primitive::U32,
        Some("uint64" | "uint") => Primitive::U64,
        _ => Primitive::I64,
    })
}

fn number(format: Option<&str>) -> Type {
    match format {
        // Digits matter to money; binary fractions would change them.
        Some("decimal" | "decimal128") => Type::Decimal,
        Some("int32") => Type::Number(Primitive::I32),
        Some("int64") => Type::Number(Primitive::I64),
        _ => Type::Number(Primitive::F64),
    }
}

fn text(format: Option<&str>) -> Type {
    match format {
        Some("date-time") => Type::Timestamp,
        Some("date") => Type::Date,
        Some("password") => Type::Secret,
        _ => Type::String,
    }
}
