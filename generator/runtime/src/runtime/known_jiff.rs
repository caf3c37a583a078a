//! The types of `jiff` for points in time, dates and times of day.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::known::text_value;
use super::rfc3339;

text_value! { Timestamp: Self::default(), parse_point, print_point, "a point in time as RFC 3339 writes it" }
text_value! { Date: Self::default(), parse_date, print_date, "a date as RFC 3339 writes it" }
text_value! { Time: Self::default(), parse_time, print_time, "a time of day without an offset" }

fn parse_point(text: &str) -> Option<Timestamp> {
    rfc3339::date_time(text)?.parse().ok()
}

fn print_point(value: &Timestamp) -> Option<String> {
    let utc = Offset::UTC.to_datetime(*value);
    Some(format!("{}T{}Z", print_date(&utc.date())?, print_time(&utc.time())?))
}

fn parse_date(text: &str) -> Option<Date> {
    let (year, month, day) = rfc3339::date(text)?;
    let part = |number: u8| i8::try_from(number).ok();
    Date::new(year.try_into().ok()?, part(month)?, part(day)?).ok()
}

fn print_date(value: &Date) -> Option<String> {
    rfc3339::print_date(value.year().into(), value.month().try_into().ok()?, value.day().try_into().ok()?)
}

fn parse_time(text: &str) -> Option<Time> {
    let (hour, minute, second, nanoseconds) = rfc3339::time(text)?;
    let part = |number: u8| i8::try_from(number).ok();
    Time::new(part(hour)?, part(minute)?, part(second)?, nanoseconds.try_into().ok()?).ok()
}

fn print_time(value: &Time) -> Option<String> {
    let part = |number: i8| u8::try_from(number).ok();
    let nanoseconds = u32::try_from(value.subsec_nanosecond()).ok()?;
    rfc3339::print_time(part(value.hour())?, part(value.minute())?, part(value.second())?, nanoseconds)
}
