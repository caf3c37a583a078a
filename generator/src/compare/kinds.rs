//! Kinds of values, by their types and formats.

use crate::ir::{Enumeration, ScalarType, Shape};

/// The type of the values of a list.
pub(super) fn of(values: &Enumeration) -> String {
    values.of.unwrap_or(ScalarType::String).as_str().to_owned()
}

/// The type and format of a shape, as documents write them.
pub(super) fn kind(shape: &Shape) -> String {
    let with = |name: &str, format: &Option<String>| match format {
        Some(format) => format!("{name}/{format}"),
        None => name.to_owned(),
    };
    match shape {
        Shape::Any(_) => "any".to_owned(),
        Shape::Never => "never".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer { format } => with("integer", format),
        Shape::Number { format } => with("number", format),
        Shape::String { format } => with("string", format),
        Shape::Enumeration(values) => format!("{} enum", of(values)),
        Shape::Object(_) => "object".to_owned(),
        Shape::Array { .. } => "array".to_owned(),
        Shape::Tuple { items, .. } => format!("tuple of {}", items.len()),
        Shape::Union(_) => "union".to_owned(),
        Shape::Alias(_) => "circle".to_owned(),
    }
}

/// Returns whether every value of one type is also one of another.
pub(super) fn holds(wide: &str, narrow: &str) -> bool {
    let (name, format) = wide.split_once('/').unwrap_or((wide, ""));
    let (inner, inner_format) = narrow.split_once('/').unwrap_or((narrow, ""));
    let by_format = format.is_empty() || matches!((format, inner_format), ("int64", "int32") | ("double", "float"));
    wide == "any" || (name == inner && by_format) || (wide == "number" && inner == "integer")
}
