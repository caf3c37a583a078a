//! Formats: the OAS format registry's names, by the type that they belong to.

use openapiv3::Schema as Source;

use super::context::Lowering;
use super::keywords::Keywords;
use crate::carried;
use crate::diagnostics::Rule;
use crate::ir::BoundKeyword;
use crate::place::Trail;

/// The registry, and names that real documents use for the same things. Those without a Rust type of their own are text.
const TEXT: &[&str] = &[
    "base64url",
    "binary",
    "byte",
    "char",
    "commonmark",
    "date",
    "date-time",
    "date-time-local",
    "decimal",
    "duration",
    "email",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int32",
    "int64",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "password",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "time",
    "time-local",
    "uint64",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
];
const INTEGERS: &[&str] = &[
    "big-integer",
    "bigint",
    "biginteger",
    "double-int",
    "int8",
    "int16",
    "int32",
    "int64",
    "int128",
    "timestamp",
    "uint",
    "uint128",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "unix-time",
    "unixtime",
];
const NUMBERS: &[&str] = &["decimal", "decimal128", "double", "double-int", "float", "int32", "int64"];

/// The format of a scalar; an unknown format is a note.
pub(super) fn format(
    lowering: &mut Lowering<'_>,
    source: &Source,
    keywords: &Keywords<'_>,
    trail: &Trail<'_>,
) -> Option<String> {
    let format = keywords.format.clone();
    let known = match keywords.typ {
        Some("string") => TEXT,
        Some("integer") => INTEGERS,
        Some("number") => NUMBERS,
        _ => return format,
    };
    if let Some(name) = &format
        && !name.is_empty()
        && !known.contains(&name.as_str())
        && !(lowering.has_type)(name)
    {
        let typ = keywords.typ.unwrap_or_default();
        let message = format!("`{name}` is no format of the registry; the plain type {typ} is taken");
        lowering.diagnostics.push(Rule::FormatUnknown.at(trail.key("format")).message(message));
    }
    if keywords.typ == Some("integer") && matches!(format.as_deref(), None | Some("int64")) {
        return beyond_64_bits(source, keywords).map(str::to_owned).or(format);
    }
    format
}

/// Returns the format of an integer whose bounds exceed `i64`. Such bounds are in extensions.
fn beyond_64_bits(source: &Source, keywords: &Keywords<'_>) -> Option<&'static str> {
    let text = |keyword: &str| source.schema_data.extensions.get(keyword).map(ToString::to_string);
    if text(carried::MINIMUM).is_some() {
        return Some("any");
    }
    let most = text(carried::MAXIMUM)?;
    let starts_at_zero = keywords.constraints.iter().any(|bound| {
        matches!(bound.keyword, BoundKeyword::Minimum | BoundKeyword::ExclusiveMinimum)
            && bound.value.parse::<i64>().is_ok_and(|least| least >= 0)
    });
    Some(if starts_at_zero && most.parse::<u64>().is_ok() { "uint64" } else { "any" })
}
