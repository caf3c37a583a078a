//! Numbers within their bounds.

use serde_json::{Number, Value};

use super::constraints::EffectiveConstraints;
use crate::ir::BoundKeyword;

/// Returns the range of the format's integer type.
fn range(format: Option<&str>) -> (i128, i128) {
    match format {
        Some("int8") => (i8::MIN.into(), i8::MAX.into()),
        Some("int16") => (i16::MIN.into(), i16::MAX.into()),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("uint8") => (0, u8::MAX.into()),
        Some("uint16") => (0, u16::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64" | "uint") => (0, u64::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    }
}

/// A number that follows from a name, so that those of different names are likely to differ.
fn of_name(name: &str) -> i128 {
    name.bytes().fold(7, |sum, byte| (sum * 31 + i128::from(byte)) % 89) + 10
}

fn decimal(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The bounds of whole numbers, both of which may be reached.
fn whole_bounds(facts: &EffectiveConstraints<'_>, format: Option<&str>) -> (i128, i128) {
    let (mut least, mut most) = range(format);
    #[allow(
        clippy::cast_possible_truncation,
        reason = "bounds beyond i128 are cut, which the range of the format does anyway"
    )]
    let whole = |number: f64| number as i128;
    for bound in facts.all(BoundKeyword::Minimum).filter_map(decimal) {
        least = least.max(whole(bound.ceil()));
    }
    for bound in facts.all(BoundKeyword::ExclusiveMinimum).filter_map(decimal) {
        least = least.max(whole(bound.floor()) + 1);
    }
    for bound in facts.all(BoundKeyword::Maximum).filter_map(decimal) {
        most = most.min(whole(bound.floor()));
    }
    for bound in facts.all(BoundKeyword::ExclusiveMaximum).filter_map(decimal) {
        most = most.min(whole(bound.ceil()) - 1);
    }
    (least, most)
}

/// A whole number.
pub(super) fn integer(facts: &EffectiveConstraints<'_>, format: Option<&str>, name: &str) -> Option<Value> {
    let (least, most) = whole_bounds(facts, format);
    if least > most {
        return None;
    }
    let mut number = of_name(name).clamp(least, most);
    if let Some(step) =
        facts.all(BoundKeyword::MultipleOf).find_map(|text| text.parse::<i128>().ok()).filter(|step| *step > 0)
    {
        number = number.div_euclid(step) * step;
        if number < least {
            number += step;
        }
    }
    let number = Some(number).filter(|number| (least..=most).contains(number))?;
    let number = i64::try_from(number).map(Number::from).or_else(|_| u64::try_from(number).map(Number::from));
    number.ok().map(Value::Number)
}

/// A number.
pub(super) fn number(facts: &EffectiveConstraints<'_>, format: Option<&str>, name: &str) -> Option<Value> {
    if matches!(format, Some("int32" | "int64")) {
        return integer(facts, format, name);
    }
    let bounds = |keyword: BoundKeyword| facts.all(keyword).filter_map(decimal);
    let least = bounds(BoundKeyword::Minimum).chain(bounds(BoundKeyword::ExclusiveMinimum)).fold(f64::MIN, f64::max);
    let most = bounds(BoundKeyword::Maximum).chain(bounds(BoundKeyword::ExclusiveMaximum)).fold(f64::MAX, f64::min);
    let step = bounds(BoundKeyword::MultipleOf).find(|step| *step > 0.0);
    #[allow(clippy::cast_precision_loss, reason = "below a hundred")]
    let usual = of_name(name) as f64 + 0.5;
    let by = step.unwrap_or(1.0);
    let candidates = [usual, least, most, least + by, most - by, f64::midpoint(least, most)];
    let rounded = candidates.into_iter().map(|number| step.map_or(number, |step| (number / step).round() * step));
    let mut numbers = rounded.filter_map(Number::from_f64);
    numbers.find(|number| admits_number(facts, format, number)).map(Value::Number)
}

/// Returns whether an integer is valid. `1.0` is an integer (JSON Schema 2020-12 Core, section 4.2.2), but not all writers
/// produce it.
pub(super) fn admits_integer(facts: &EffectiveConstraints<'_>, format: Option<&str>, number: &Number) -> bool {
    let (least, most) = whole_bounds(facts, format);
    let Ok(found) = number.to_string().parse::<i128>() else { return false };
    let mut steps =
        facts.all(BoundKeyword::MultipleOf).filter_map(|text| text.parse::<i128>().ok()).filter(|step| *step > 0);
    (least..=most).contains(&found) && steps.all(|step| found % step == 0)
}

/// Returns whether a number is valid.
pub(super) fn admits_number(facts: &EffectiveConstraints<'_>, format: Option<&str>, number: &Number) -> bool {
    if matches!(format, Some("int32" | "int64")) {
        return admits_integer(facts, format, number);
    }
    let Some(found) = number.as_f64() else { return false };
    let every = |keyword: BoundKeyword, holds: fn(f64, f64) -> bool| {
        facts.all(keyword).filter_map(decimal).all(|bound| holds(found, bound))
    };
    every(BoundKeyword::Minimum, |found, bound| found >= bound)
        && every(BoundKeyword::Maximum, |found, bound| found <= bound)
        && every(BoundKeyword::ExclusiveMinimum, |found, bound| found > bound)
        && every(BoundKeyword::ExclusiveMaximum, |found, bound| found < bound)
        // A step of 0.01 has no exact double.
        && every(BoundKeyword::MultipleOf, |found, step| ((found / step).round() * step - found).abs() <= step.abs() * 1e-6)
}
