//! A uniform view of a schema's keywords, independent of the form into which openapiv3 read it.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerType, NumberType, ObjectType, ReferenceOr, Schema, SchemaKind,
    StringType, Type, VariantOrUnknownOrEmpty,
};
use serde::Serialize;
use serde_json::Value;

use crate::ir::{BoundKeyword, Constraint};

/// A schema or a reference to one, without openapiv3's boxes.
#[derive(Clone, Copy)]
pub(super) enum SchemaRef<'a> {
    /// `$ref`
    Reference(&'a str),
    /// A schema in place.
    Inline(&'a Schema),
}

impl<'a> From<&'a ReferenceOr<Schema>> for SchemaRef<'a> {
    fn from(source: &'a ReferenceOr<Schema>) -> Self {
        match source {
            ReferenceOr::Reference { reference } => SchemaRef::Reference(reference),
            ReferenceOr::Item(schema) => SchemaRef::Inline(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for SchemaRef<'a> {
    fn from(source: &'a ReferenceOr<Box<Schema>>) -> Self {
        match source {
            ReferenceOr::Reference { reference } => SchemaRef::Reference(reference),
            ReferenceOr::Item(schema) => SchemaRef::Inline(schema),
        }
    }
}

/// The properties of an object schema.
pub(super) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// The keywords of a schema that determine its structure.
#[derive(Default)]
pub(super) struct Keywords<'a> {
    pub(super) typ: Option<&'a str>,
    pub(super) format: Option<String>,
    /// `Some` if the keyword is there; `null` is one of the values if it was listed.
    pub(super) enumeration: Option<Vec<Value>>,
    pub(super) properties: Option<&'a Properties>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<SchemaRef<'a>>,
    pub(super) unique: bool,
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    pub(super) not: Option<&'a ReferenceOr<Schema>>,
    pub(super) constraints: Vec<Constraint>,
}

impl<'a> Keywords<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => Self::string(string),
            SchemaKind::Type(Type::Number(number)) => Self::number(number),
            SchemaKind::Type(Type::Integer(integer)) => Self::integer(integer),
            SchemaKind::Type(Type::Boolean(boolean)) => {
                Keywords { typ: Some("boolean"), enumeration: enumeration(&boolean.enumeration), ..Self::default() }
            }
            SchemaKind::Type(Type::Object(object)) => Self::object(object),
            SchemaKind::Type(Type::Array(array)) => Self::array(array),
            SchemaKind::OneOf { one_of } => Keywords { one_of, ..Self::default() },
            SchemaKind::AnyOf { any_of } => Keywords { any_of, ..Self::default() },
            SchemaKind::AllOf { all_of } => Keywords { all_of, ..Self::default() },
            SchemaKind::Not { not } => Keywords { not: Some(not), ..Self::default() },
            SchemaKind::Any(any) => Self::any(any),
        }
    }

    /// Returns whether the keywords describe objects.
    pub(super) fn is_object(&self) -> bool {
        self.typ == Some("object")
            || (self.typ.is_none()
                && (self.properties.is_some() || self.additional.is_some() || !self.required.is_empty()))
    }

    /// Returns whether `type: object` is all that the keywords state of a structure, apart from compositions.
    pub(super) fn is_bare_object(&self) -> bool {
        self.typ == Some("object")
            && self.enumeration.is_none()
            && self.items.is_none()
            && self.properties.is_none()
            && self.additional.is_none()
            && self.required.is_empty()
    }

    /// Returns whether the keywords restrict objects without describing any: `required` alone permits strings and lists.
    pub(super) fn is_vague(&self) -> bool {
        self.typ.is_none()
            && self.enumeration.is_none()
            && self.items.is_none()
            && self.properties.is_none()
            && !matches!(self.additional, Some(AdditionalProperties::Schema(_)))
    }

    /// Returns whether members beside the described ones are not permitted.
    pub(super) fn is_closed(&self) -> bool {
        matches!(self.additional, Some(AdditionalProperties::Any(false)))
    }

    /// The value of a bound, where it is a count.
    pub(super) fn count(&self, keyword: BoundKeyword) -> Option<usize> {
        self.constraints.iter().find(|bound| bound.keyword == keyword)?.value.parse().ok()
    }

    /// Returns whether the keywords determine a structure, apart from compositions.
    pub(super) fn is_structural(&self) -> bool {
        self.typ.is_some() || self.enumeration.is_some() || self.items.is_some() || self.is_object()
    }

    fn string(string: &StringType) -> Self {
        let mut constraints = Constraints::default();
        constraints.add(BoundKeyword::MinLength, string.min_length);
        constraints.add(BoundKeyword::MaxLength, string.max_length);
        constraints.add(BoundKeyword::Pattern, string.pattern.as_deref());
        Keywords {
            typ: Some("string"),
            format: format(&string.format),
            enumeration: enumeration(&string.enumeration),
            constraints: constraints.0,
            ..Self::default()
        }
    }

    fn number(number: &NumberType) -> Self {
        let mut constraints = Constraints::default();
        constraints.bound(
            number.minimum,
            number.exclusive_minimum,
            BoundKeyword::Minimum,
            BoundKeyword::ExclusiveMinimum,
        );
        constraints.bound(
            number.maximum,
            number.exclusive_maximum,
            BoundKeyword::Maximum,
            BoundKeyword::ExclusiveMaximum,
        );
        constraints.add(BoundKeyword::MultipleOf, number.multiple_of);
        Keywords {
            typ: Some("number"),
            format: format(&number.format),
            enumeration: enumeration(&number.enumeration.iter().map(|value| value.map(shortest)).collect::<Vec<_>>()),
            constraints: constraints.0,
            ..Self::default()
        }
    }

    fn integer(integer: &IntegerType) -> Self {
        let mut constraints = Constraints::default();
        constraints.bound(
            integer.minimum,
            integer.exclusive_minimum,
            BoundKeyword::Minimum,
            BoundKeyword::ExclusiveMinimum,
        );
        constraints.bound(
            integer.maximum,
            integer.exclusive_maximum,
            BoundKeyword::Maximum,
            BoundKeyword::ExclusiveMaximum,
        );
        constraints.add(BoundKeyword::MultipleOf, integer.multiple_of);
        Keywords {
            typ: Some("integer"),
            format: format(&integer.format),
            enumeration: enumeration(&integer.enumeration),
            constraints: constraints.0,
            ..Self::default()
        }
    }

    fn object(object: &'a ObjectType) -> Self {
        let mut constraints = Constraints::default();
        constraints.add(BoundKeyword::MinProperties, object.min_properties);
        constraints.add(BoundKeyword::MaxProperties, object.max_properties);
        Keywords {
            typ: Some("object"),
            properties: Some(&object.properties),
            required: &object.required,
            additional: object.additional_properties.as_ref(),
            constraints: constraints.0,
            ..Self::default()
        }
    }

    fn array(array: &'a ArrayType) -> Self {
        let mut constraints = Constraints::default();
        constraints.add(BoundKeyword::MinItems, array.min_items);
        constraints.add(BoundKeyword::MaxItems, array.max_items);
        Keywords {
            typ: Some("array"),
            items: array.items.as_ref().map(SchemaRef::from),
            unique: array.unique_items,
            constraints: constraints.0,
            ..Self::default()
        }
    }

    fn any(any: &'a AnySchema) -> Self {
        let mut constraints = Constraints::default();
        constraints.add(BoundKeyword::MinLength, any.min_length);
        constraints.add(BoundKeyword::MaxLength, any.max_length);
        constraints.add(BoundKeyword::Pattern, any.pattern.as_deref());
        constraints.bound(
            any.minimum,
            any.exclusive_minimum == Some(true),
            BoundKeyword::Minimum,
            BoundKeyword::ExclusiveMinimum,
        );
        constraints.bound(
            any.maximum,
            any.exclusive_maximum == Some(true),
            BoundKeyword::Maximum,
            BoundKeyword::ExclusiveMaximum,
        );
        constraints.add(BoundKeyword::MultipleOf, any.multiple_of);
        constraints.add(BoundKeyword::MinItems, any.min_items);
        constraints.add(BoundKeyword::MaxItems, any.max_items);
        constraints.add(BoundKeyword::MinProperties, any.min_properties);
        constraints.add(BoundKeyword::MaxProperties, any.max_properties);
        Keywords {
            typ: any.typ.as_deref(),
            format: any.format.clone(),
            enumeration: (!any.enumeration.is_empty()).then(|| any.enumeration.clone()),
            properties: (!any.properties.is_empty()).then_some(&any.properties),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref().map(SchemaRef::from),
            unique: any.unique_items == Some(true),
            all_of: &any.all_of,
            one_of: &any.one_of,
            any_of: &any.any_of,
            not: any.not.as_deref(),
            constraints: constraints.0,
        }
    }
}

fn format<T: Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => match serde_json::to_value(known) {
            Ok(Value::String(text)) => Some(text),
            _ => None,
        },
        VariantOrUnknownOrEmpty::Unknown(text) => Some(text.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

/// Returns the number in its shortest form: `7` is a whole number under `type: number` as well, and servers that read it as a text, in a query or
/// a path, know no `7.0`.
fn shortest(value: f64) -> Value {
    /// Up to this number, an `f64` represents every whole number exactly.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT { Value::from(value as i64) } else { Value::from(value) }
}

fn enumeration<T: Clone + Into<Value>>(values: &[Option<T>]) -> Option<Vec<Value>> {
    if values.is_empty() {
        return None;
    }
    Some(values.iter().map(|value| value.clone().map_or(Value::Null, Into::into)).collect())
}

#[derive(Default)]
struct Constraints(Vec<Constraint>);

impl Constraints {
    fn add(&mut self, keyword: BoundKeyword, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.push(Constraint { keyword, value: value.to_string() });
        }
    }

    fn bound(
        &mut self,
        value: Option<impl ToString>,
        exclusive: bool,
        inclusive_keyword: BoundKeyword,
        exclusive_keyword: BoundKeyword,
    ) {
        self.add(if exclusive { exclusive_keyword } else { inclusive_keyword }, value);
    }
}
