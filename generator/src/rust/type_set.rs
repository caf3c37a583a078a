//! Types of well-known crates for formats, each set by one word.

use clientwright_sources::RuntimeModule;
use serde::Deserialize;

use super::foreign::Foreign;
use super::types::Type;

/// A set of types, which `codegen.toml` names in `types`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeSet {
    /// `uuid::Uuid`
    Uuid,
    /// `url::Url`
    Url,
    /// `chrono::DateTime<Utc>`, `NaiveDate` and `NaiveTime`
    Chrono,
    /// `time::OffsetDateTime`, `Date` and `Time`
    Time,
    /// `jiff::Timestamp`, `jiff::civil::Date` and `Time`
    Jiff,
    /// `rust_decimal::Decimal`
    RustDecimal,
    /// Bytes
    Base64,
    /// `std::time::Duration`
    Duration,
}

impl TypeSet {
    /// Returns whether it is for points in time, dates and times, for which there can be one.
    pub(super) fn is_of_times(self) -> bool {
        matches!(self, TypeSet::Chrono | TypeSet::Time | TypeSet::Jiff)
    }

    /// The type of a text of a format.
    pub(super) fn of_text(self, format: &str) -> Option<Type> {
        let known = |path: &str, module: RuntimeModule| Some(Type::Foreign(Foreign::known(path, module)));
        let one_of_times = |[point, date, time]: [&str; 3], module: RuntimeModule| match format {
            "date-time" => known(point, module),
            "date" => known(date, module),
            "time" => known(time, module),
            _ => None,
        };
        match (self, format) {
            (TypeSet::Uuid, "uuid") => known("uuid::Uuid", RuntimeModule::KnownUuid),
            (TypeSet::Url, "uri" | "url") => known("url::Url", RuntimeModule::KnownUrl),
            (TypeSet::Chrono, _) => one_of_times(
                ["chrono::DateTime<chrono::Utc>", "chrono::NaiveDate", "chrono::NaiveTime"],
                RuntimeModule::KnownChrono,
            ),
            (TypeSet::Time, _) => {
                one_of_times(["time::OffsetDateTime", "time::Date", "time::Time"], RuntimeModule::KnownTime)
            }
            (TypeSet::Jiff, _) => {
                one_of_times(["jiff::Timestamp", "jiff::civil::Date", "jiff::civil::Time"], RuntimeModule::KnownJiff)
            }
            (TypeSet::RustDecimal, "decimal") => Some(Type::DecimalText),
            (TypeSet::Base64, "byte") => Some(Type::Base64),
            (TypeSet::Duration, "duration") => known("std::time::Duration", RuntimeModule::KnownDuration),
            (TypeSet::Uuid | TypeSet::Url | TypeSet::RustDecimal | TypeSet::Base64 | TypeSet::Duration, _) => None,
        }
    }

    /// The type of a number of a format.
    pub(super) fn of_number(self, format: &str) -> Option<Type> {
        let is_decimal = self == TypeSet::RustDecimal && matches!(format, "decimal" | "decimal128");
        let foreign = || Foreign::known("rust_decimal::Decimal", RuntimeModule::KnownDecimal);
        is_decimal.then(|| Type::Foreign(foreign()))
    }
}
