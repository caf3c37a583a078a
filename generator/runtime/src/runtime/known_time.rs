//! The types of `time` for points in time, dates and times of day.

use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime, Time};

use super::known::text_value;
use super::rfc3339;

text_value! { OffsetDateTime: Self::UNIX_EPOCH, parse_point, print_point, "a point in time as RFC 3339 writes it" }
text_value! { Date: OffsetDateTime::UNIX_EPOCH.date(), parse_date, print_date, "a date as RFC 3339 writes it" }
text_value! { Time: Self::MIDNIGHT, parse_time, print_time, "a time of day without an offset" }

fn parse_point(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(&rfc3339::date_time(text)?, &Rfc3339).ok()
}

fn print_point(value: &OffsetDateTime) -> Option<String> {
    value.format(&Rfc3339).ok()
}

fn parse_date(text: &str) -> Option<Date> {
    let (year, month, day) = rfc3339::date(text)?;
    Date::from_calendar_date(year.into(), month.try_into().ok()?, day).ok()
}

fn print_date(value: &Date) -> Option<String> {
    rfc3339::print_date(value.year().into(), value.month().into(), value.day())
}

fn parse_time(text: &str) -> Option<Time> {
    let (hour, minute, second, nanoseconds) = rfc3339::time(text)?;
    Time::from_hms_nano(hour, minute, second, nanoseconds).ok()
}

fn print_time(value: &Time) -> Option<String> {
    rfc3339::print_time(value.hour(), value.minute(), value.second(), value.nanosecond())
}
