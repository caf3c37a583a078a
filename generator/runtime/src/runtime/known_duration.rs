//! Durations, as RFC 3339, appendix A, writes them.

use std::time::Duration;

super::known::text_value! { Duration: Self::ZERO, parse, print, "a duration of weeks, days, hours, minutes and seconds" }

const UNITS_OF_DAYS: &[(char, u64)] = &[('W', 604_800), ('D', 86_400)];
const UNITS_OF_TIME: &[(char, u64)] = &[('H', 3600), ('M', 60), ('S', 1)];

/// Years and months are of no one length, and nothing is negative here.
fn parse(text: &str) -> Option<Duration> {
    let rest = text.strip_prefix('P')?;
    let (days, time) = match rest.split_once('T') {
        Some((days, time)) => (days, Some(time)),
        None => (rest, None),
    };
    let mut total = Duration::ZERO;
    for (part, units) in [(Some(days), UNITS_OF_DAYS), (time, UNITS_OF_TIME)] {
        total = total.checked_add(sum(part.unwrap_or_default(), units)?)?;
    }
    // `P` and `PT` alone are no durations, nor is `P1DT`.
    let ends_with_unit = text.ends_with(|c: char| c.is_ascii_alphabetic() && c != 'P' && c != 'T');
    ends_with_unit.then_some(total)
}

/// The sum of numbers, each with its unit, the larger first.
fn sum(mut text: &str, mut units: &[(char, u64)]) -> Option<Duration> {
    let mut total = Duration::ZERO;
    while !text.is_empty() {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, unit) = (&text[..end], text[end..].chars().next()?);
        let index = units.iter().position(|(known, _)| *known == unit)?;
        total = total.checked_add(times(number, units[index])?)?;
        (text, units) = (&text[end + 1..], &units[index + 1..]);
    }
    Some(total)
}

/// So many of a unit; seconds may have a fraction.
fn times(number: &str, (unit, seconds): (char, u64)) -> Option<Duration> {
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) if unit == 'S' && !fraction.is_empty() && fraction.len() <= 9 => (whole, fraction),
        Some(_) => return None,
        None => (number, ""),
    };
    let nanoseconds: u32 = format!("{fraction:0<9}").parse().ok()?;
    Some(Duration::new(whole.parse::<u64>().ok()?.checked_mul(seconds)?, nanoseconds))
}

fn print(value: &Duration) -> Option<String> {
    let (seconds, nanoseconds) = (value.as_secs(), value.subsec_nanos());
    let mut text = String::from("PT");
    for (number, unit) in [(seconds / 3600, 'H'), (seconds / 60 % 60, 'M')] {
        if number > 0 {
            text.push_str(&format!("{number}{unit}"));
        }
    }
    if seconds % 60 > 0 || nanoseconds > 0 || text == "PT" {
        let fraction = if nanoseconds == 0 { String::new() } else { format!(".{nanoseconds:09}") };
        text.push_str(&format!("{}{}S", seconds % 60, fraction.trim_end_matches('0')));
    }
    Some(text)
}
