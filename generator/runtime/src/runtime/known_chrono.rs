//! The types of `chrono` for points in time, dates and times of day.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};

use super::known::text_value;
use super::rfc3339;

text_value! { DateTime<Utc>: Self::default(), parse_point, print_point, "a point in time as RFC 3339 writes it" }
text_value! { NaiveDate: Self::default(), parse_date, print_date, "a date as RFC 3339 writes it" }
text_value! { NaiveTime: Self::default(), parse_time, print_time, "a time of day without an offset" }

fn parse_point(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(&rfc3339::date_time(text)?).ok().map(Into::into)
}

fn print_point(value: &DateTime<Utc>) -> Option<String> {
    Some(format!("{}T{}Z", print_date(&value.date_naive())?, print_time(&value.time())?))
}

fn parse_date(text: &str) -> Option<NaiveDate> {
    let (year, month, day) = rfc3339::date(text)?;
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
}

fn print_date(value: &NaiveDate) -> Option<String> {
    rfc3339::print_date(value.year().into(), value.month().try_into().ok()?, value.day().try_into().ok()?)
}

fn parse_time(text: &str) -> Option<NaiveTime> {
    let (hour, minute, second, nanoseconds) = rfc3339::time(text)?;
    NaiveTime::from_hms_nano_opt(hour.into(), minute.into(), second.into(), nanoseconds)
}

fn print_time(value: &NaiveTime) -> Option<String> {
    let part = |number: u32| u8::try_from(number).ok();
    rfc3339::print_time(part(value.hour())?, part(value.minute())?, part(value.second())?, value.nanosecond())
}
