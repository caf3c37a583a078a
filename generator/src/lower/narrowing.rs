//! The shape of a value that must have two shapes.

use crate::ir::{Object, Shape};

/// Returns whether an object has every member of another.
pub(super) fn covers(all: &Object, some: &Object) -> bool {
    some.properties.iter().all(|property| all.property(&property.name).is_some())
}

/// The more specific one of two shapes.
pub(super) enum Preference {
    /// The first.
    Left,
    /// The second.
    Right,
    /// No value has both.
    Neither,
}

/// Returns the more specific of two shapes that a value must have.
pub(super) fn prefer(a: &Shape, b: &Shape) -> Preference {
    use Preference::{Left, Neither, Right};
    match (a, b) {
        (_, Shape::Any(_)) => Left,
        (Shape::Any(_), _) => Right,
        (Shape::Enumeration(left), Shape::Enumeration(right)) => {
            if right.values.len() < left.values.len() {
                Right
            } else {
                Left
            }
        }
        (
            Shape::Enumeration(_),
            Shape::String { .. } | Shape::Integer { .. } | Shape::Number { .. } | Shape::Boolean,
        ) => Left,
        (
            Shape::String { .. } | Shape::Integer { .. } | Shape::Number { .. } | Shape::Boolean,
            Shape::Enumeration(_),
        ) => Right,
        (Shape::String { format: left }, Shape::String { format: right }) => {
            if left.is_none() && right.is_some() {
                Right
            } else {
                Left
            }
        }
        (Shape::Integer { .. }, Shape::Integer { .. } | Shape::Number { .. }) => Left,
        (Shape::Number { .. }, Shape::Integer { .. }) => Right,
        (Shape::Number { .. }, Shape::Number { .. }) => Left,
        (Shape::Boolean, Shape::Boolean) => Left,
        // The later part of an `allOf` is the more specific one.
        (Shape::Object(_) | Shape::Union(_), Shape::Object(_) | Shape::Union(_)) => Right,
        (Shape::Array { .. } | Shape::Tuple { .. }, Shape::Array { .. } | Shape::Tuple { .. }) => Right,
        (Shape::Union(_), _) => Right,
        (_, Shape::Union(_)) => Left,
        (Shape::Alias(_), _) => Left,
        (_, Shape::Alias(_)) => Right,
        (Shape::Never, _) => Left,
        (_, Shape::Never) => Right,
        (
            Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number { .. }
            | Shape::String { .. }
            | Shape::Enumeration(_),
            _,
        )
        | (Shape::Object(_) | Shape::Array { .. } | Shape::Tuple { .. }, _) => Neither,
    }
}

/// The narrower of two shapes, if a value can have both.
pub(super) fn narrower(a: &Shape, b: &Shape) -> Option<Shape> {
    match prefer(a, b) {
        Preference::Left => Some(a.clone()),
        Preference::Right => Some(b.clone()),
        Preference::Neither => None,
    }
}
