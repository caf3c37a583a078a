//! The types of values without parts (JSON Schema 2020-12, validation, section 6.1.1).

/// The type that a schema of single values states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScalarType {
    /// `string`
    String,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
}

impl ScalarType {
    /// The type that a document calls by this name; `None` for lists and objects.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [ScalarType::String, ScalarType::Integer, ScalarType::Number, ScalarType::Boolean]
            .into_iter()
            .find(|typ| typ.as_str() == name)
    }

    /// The type as a document writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ScalarType::String => "string",
            ScalarType::Integer => "integer",
            ScalarType::Number => "number",
            ScalarType::Boolean => "boolean",
        }
    }
}
