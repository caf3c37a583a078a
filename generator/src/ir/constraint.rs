//! Bounds that a value should keep (JSON Schema 2020-12, validation, section 6).

use std::fmt;

/// A bound on a value, by the keyword that states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// The keyword.
    pub keyword: BoundKeyword,
    /// Its value, as written.
    pub value: String,
}

/// A keyword that bounds a value, in the order of the keywords' texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoundKeyword {
    /// `exclusiveMaximum`
    ExclusiveMaximum,
    /// `exclusiveMinimum`
    ExclusiveMinimum,
    /// `maxItems`
    MaxItems,
    /// `maxLength`
    MaxLength,
    /// `maxProperties`
    MaxProperties,
    /// `maximum`
    Maximum,
    /// `minItems`
    MinItems,
    /// `minLength`
    MinLength,
    /// `minProperties`
    MinProperties,
    /// `minimum`
    Minimum,
    /// `multipleOf`
    MultipleOf,
    /// `pattern`
    Pattern,
    /// `uniqueItems`
    UniqueItems,
}

impl BoundKeyword {
    /// The keyword as a document writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            BoundKeyword::ExclusiveMaximum => "exclusiveMaximum",
            BoundKeyword::ExclusiveMinimum => "exclusiveMinimum",
            BoundKeyword::MaxItems => "maxItems",
            BoundKeyword::MaxLength => "maxLength",
            BoundKeyword::MaxProperties => "maxProperties",
            BoundKeyword::Maximum => "maximum",
            BoundKeyword::MinItems => "minItems",
            BoundKeyword::MinLength => "minLength",
            BoundKeyword::MinProperties => "minProperties",
            BoundKeyword::Minimum => "minimum",
            BoundKeyword::MultipleOf => "multipleOf",
            BoundKeyword::Pattern => "pattern",
            BoundKeyword::UniqueItems => "uniqueItems",
        }
    }
}

impl fmt::Display for BoundKeyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
