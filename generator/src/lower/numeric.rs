//! Numbers that may be written as text, where a description permits both.

use openapiv3::Schema as Source;

use super::context::Lowering;
use super::keywords::Keywords;
use crate::ir::{BoundKeyword, Member, Shape};

/// The formats that numbers have.
const INTEGERS: &[&str] = &["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];
const NUMBERS: &[&str] = &["float", "double", "decimal", "decimal128"];

/// The shape of `{pattern, format}` without `type`, as ASP.NET Core writes numbers in 3.0: the number of the format.
pub(super) fn by_format(source: &Source, keywords: &Keywords<'_>) -> Option<Shape> {
    let format = keywords.format.as_deref()?;
    let has_pattern =
        keywords.constraints.iter().any(|bound| bound.keyword == BoundKeyword::Pattern && is_numeric(&bound.value));
    let bare = keywords.typ.is_none() && keywords.enumeration.is_none() && source.schema_data.default.is_none();
    if !bare || !has_pattern {
        return None;
    }
    number(format)
}

fn number(format: &str) -> Option<Shape> {
    let owned = Some(format.to_owned());
    if INTEGERS.contains(&format) {
        Some(Shape::Integer { format: owned })
    } else if NUMBERS.contains(&format) {
        Some(Shape::Number { format: owned })
    } else {
        None
    }
}

/// The number of two alternatives, a number and a text that is one.
pub(super) fn number_or_text(lowering: &mut Lowering<'_>, members: &[Member]) -> Option<Shape> {
    let [one, other] = members else { return None };
    let shape = |member: &Member| &lowering.schemas.get(lowering.schemas.resolve(member.value.schema)).shape;
    let (number, text) = match (shape(one), shape(other)) {
        (Shape::Integer { .. } | Shape::Number { .. }, Shape::String { format: None }) => (one, other),
        (Shape::String { format: None }, Shape::Integer { .. } | Shape::Number { .. }) => (other, one),
        _ => return None,
    };
    let is_inline = |member: &Member| member.name.is_none();
    let mut patterns = text.value.docs.constraints.iter().filter(|bound| bound.keyword == BoundKeyword::Pattern);
    let numeric = patterns.any(|bound| is_numeric(&bound.value));
    let found = (numeric && is_inline(one) && is_inline(other)).then(|| shape(number).clone())?;
    lowering.numbers_as_text = true;
    Some(found)
}

/// Returns whether a pattern permits digits, and no letters but those of an exponent.
fn is_numeric(pattern: &str) -> bool {
    let mut plain = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('d') => plain.push('0'),
                Some(escaped) => plain.push(escaped),
                None => {}
            },
            other => plain.push(other),
        }
    }
    let digits = plain.contains('0') || plain.contains("1-9") || plain.contains("0-9");
    digits && plain.chars().all(|letter| letter.is_ascii_digit() || "^$?:*+|()[]{},-.eE".contains(letter))
}
