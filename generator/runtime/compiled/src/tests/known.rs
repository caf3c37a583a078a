//! The types of crates that the runtime knows: each reads what it says, writes that again, and refuses everything else.

use std::fmt::Debug;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::runtime::known::Written;
use crate::runtime::known_base64::Base64;
use crate::runtime::known_decimal::DecimalText;
use crate::runtime::wire::Wire;
use crate::runtime::wire_read;

/// A value that is read by the table of types, whatever its own crate would read.
struct Read<T>(T);

impl<'de, T: Wire> Deserialize<'de> for Read<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        wire_read::deserialize(from).map(Self)
    }
}

/// Reads JSON text, and writes what was read.
fn round<T: Wire>(json: &str) -> Result<String, String> {
    let read: Read<T> = serde_json::from_str(json).map_err(|error| error.to_string())?;
    serde_json::to_string(&Written(&read.0)).map_err(|error| error.to_string())
}

/// Good values with what they are written as, and bad ones.
fn check<T: Wire + PartialEq + Debug>(good: &[(&str, &str)], bad: &[&str]) {
    assert!(good.len() + bad.len() >= 20, "{}", std::any::type_name::<T>());
    for (text, written) in good {
        let written = json!(written).to_string();
        assert_eq!(round::<T>(&json!(text).to_string()), Ok(written.clone()), "{text}");
        let again: Read<T> = serde_json::from_str(&written).unwrap();
        let first: Read<T> = serde_json::from_str(&json!(text).to_string()).unwrap();
        assert_eq!(first.0, again.0, "{text} means the same as {written}");
    }
    let others = [json!(null), json!(1), json!(true), json!([]), json!({}), json!(1.5)];
    for value in bad.iter().map(|text| json!(text)).chain(others) {
        assert!(round::<T>(&value.to_string()).is_err(), "{value} was read: {:?}", round::<T>(&value.to_string()));
    }
}

/// The same texts for texts that are written as they were read.
fn same<'a>(texts: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    texts.iter().map(|text| (*text, *text)).collect()
}

#[test]
fn uuids() {
    let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    let good = [
        (id, id),
        ("67E55044-10B1-426F-9247-BB680E5FE0C8", id),
        ("67e5504410b1426f9247bb680e5fe0c8", id),
        ("urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8", id),
        ("{67e55044-10b1-426f-9247-bb680e5fe0c8}", id),
        ("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"),
        ("ffffffff-ffff-ffff-ffff-ffffffffffff", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    ];
    let bad = [
        "",
        "x",
        "67e55044-10b1-426f-9247-bb680e5fe0c",
        "67e55044-10b1-426f-9247-bb680e5fe0c80",
        "67e55044-10b1-426f-9247-bb680e5fe0cg",
        " 67e55044-10b1-426f-9247-bb680e5fe0c8",
        "67e55044_10b1_426f_9247_bb680e5fe0c8",
        "67e5504-410b1-426f-9247-bb680e5fe0c8",
        "{67e55044-10b1-426f-9247-bb680e5fe0c8",
        "urn:67e55044-10b1-426f-9247-bb680e5fe0c8",
        "null",
        "0",
        "６7e55044-10b1-426f-9247-bb680e5fe0c8",
    ];
    check::<uuid::Uuid>(&good, &bad);
}

#[test]
fn urls() {
    let good = [
        ("https://example.com", "https://example.com/"),
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("HTTPS://EXAMPLE.com/A", "https://example.com/A"),
        ("https://example.com:443/", "https://example.com/"),
        ("https://user:word@example.com/", "https://user:word@example.com/"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
        ("https://example.com/a b", "https://example.com/a%20b"),
        ("https://example.com/a/../b", "https://example.com/b"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("urn:isbn:0451450523", "urn:isbn:0451450523"),
        ("data:,", "data:,"),
        ("file:///etc/hosts", "file:///etc/hosts"),
    ];
    let bad = ["", "example.com", "/a/b", "//example.com", "https://", "https://a b/", "http://[::1", ":a", "?", "1:x"];
    check::<url::Url>(&good, &bad);
}

/// The texts of points in time, with what each is in UTC.
const POINTS: &[(&str, &str)] = &[
    ("2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z"),
    ("2026-11-24t10:00:00z", "2026-11-24T10:00:00Z"),
    ("2026-11-24 10:00:00Z", "2026-11-24T10:00:00Z"),
    ("2026-11-24T10:00:00", "2026-11-24T10:00:00Z"),
    ("2026-11-24T10:00:00.5", "2026-11-24T10:00:00.5Z"),
    ("2026-11-24T10:00:00.123456789Z", "2026-11-24T10:00:00.123456789Z"),
    ("2026-11-24T10:00:00.1234567891Z", "2026-11-24T10:00:00.123456789Z"),
    ("2026-11-24T10:00:00.000Z", "2026-11-24T10:00:00Z"),
    ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ("9999-12-30T00:00:00Z", "9999-12-30T00:00:00Z"),
];

const BAD_POINTS: &[&str] = &[
    "",
    "2026-11-24",
    "10:00:00Z",
    "2026-11-24T10:00Z",
    "2026-11-24T10Z",
    "2026-11-24T24:00:00Z",
    "2026-11-24T10:60:00Z",
    "2026-11-24T10:00:60Z",
    "2016-12-31T23:59:60Z",
    "2026-02-29T10:00:00Z",
    "2026-13-01T10:00:00Z",
    "2026-00-01T10:00:00Z",
    "2026-11-24T10:00:00.Z",
    "2026-11-24T10:00:00+2:00",
    "2026-11-24T10:00:00+0200",
    "2026-11-24T10:00:00+24:00",
    "2026-11-24T10:00:00ZZ",
    "2026-11-24T10:00:00[Europe/Berlin]",
    "+2026-11-24T10:00:00Z",
    "26-11-24T10:00:00Z",
    "1764000000",
    "Tue, 24 Nov 2026 10:00:00 GMT",
    "2026-11-24T10:00:00é",
    "2026-11-2é10:00:00Z",
];

const DATES: &[&str] = &["2026-11-24", "2024-02-29", "0001-01-01", "9999-12-31", "1970-01-01", "2000-02-29"];

const BAD_DATES: &[&str] = &[
    "",
    "2026-02-29",
    "2026-2-9",
    "26-02-09",
    "2026/02/09",
    "20260209",
    "2026-13-01",
    "2026-00-01",
    "2026-01-00",
    "2026-01-32",
    "2026-01-01T00:00:00Z",
    " 2026-01-01",
    "2026-01-01 ",
    "+2026-01-01",
    "12026-01-01",
    "2026-W01-1",
    "-026-01-01",
];

const TIMES: &[(&str, &str)] = &[
    ("10:00:00", "10:00:00"),
    ("00:00:00", "00:00:00"),
    ("23:59:59.999999999", "23:59:59.999999999"),
    ("10:00:00.50", "10:00:00.5"),
    ("10:00:00.0", "10:00:00"),
];

const BAD_TIMES: &[&str] = &[
    "",
    "10:00",
    "10",
    "24:00:00",
    "10:60:00",
    "10:00:60",
    "10:00:00Z",
    "10:00:00+02:00",
    "1:00:00",
    "10:00:0",
    "10:00:00.",
    "10-00-00",
    "T10:00:00",
    "10:00:00 ",
    "10:00:00.5x",
    "10 AM",
];

#[test]
fn times_of_chrono() {
    let offset =
        [("2026-11-24T10:00:00+02:00", "2026-11-24T08:00:00Z"), ("2026-11-24T22:30:00-01:45", "2026-11-25T00:15:00Z")];
    check::<chrono::DateTime<chrono::Utc>>(&[POINTS, &offset].concat(), BAD_POINTS);
    check::<chrono::NaiveDate>(&same(DATES), BAD_DATES);
    check::<chrono::NaiveTime>(TIMES, BAD_TIMES);
}

#[test]
fn times_of_time() {
    let offset = same(&["2026-11-24T10:00:00+02:00", "2026-11-24T22:30:00-01:45"]);
    check::<time::OffsetDateTime>(&[POINTS, &offset].concat(), BAD_POINTS);
    check::<time::Date>(&same(DATES), BAD_DATES);
    check::<time::Time>(TIMES, BAD_TIMES);
}

#[test]
fn times_of_jiff() {
    let offset =
        [("2026-11-24T10:00:00+02:00", "2026-11-24T08:00:00Z"), ("2026-11-24T22:30:00-01:45", "2026-11-25T00:15:00Z")];
    check::<jiff::Timestamp>(&[POINTS, &offset].concat(), BAD_POINTS);
    check::<jiff::civil::Date>(&same(DATES), BAD_DATES);
    check::<jiff::civil::Time>(TIMES, BAD_TIMES);
}

#[test]
fn a_year_that_takes_no_four_digits_is_not_written() {
    let errors = [
        serde_json::to_string(&Written(&chrono::NaiveDate::MAX)),
        serde_json::to_string(&Written(&chrono::DateTime::<chrono::Utc>::MAX_UTC)),
        serde_json::to_string(&Written(&chrono::DateTime::<chrono::Utc>::MIN_UTC)),
        serde_json::to_string(&Written(&time::Date::MIN)),
        serde_json::to_string(&Written(&jiff::civil::Date::MIN)),
        serde_json::to_string(&Written(&jiff::Timestamp::MIN)),
    ];
    for error in errors {
        assert!(error.unwrap_err().to_string().contains("the value is not a "));
    }
}

#[test]
fn durations() {
    let good = [
        ("PT0S", "PT0S"),
        ("P0D", "PT0S"),
        ("PT1S", "PT1S"),
        ("PT1.5S", "PT1.5S"),
        ("PT0.000000001S", "PT0.000000001S"),
        ("PT90S", "PT1M30S"),
        ("PT36H", "PT36H"),
        ("P1D", "PT24H"),
        ("P1DT12H", "PT36H"),
        ("P2W", "PT336H"),
        ("PT1H30M5S", "PT1H30M5S"),
        ("PT18446744073709551615S", "PT5124095576030431H15S"),
    ];
    let bad = [
        "",
        "P",
        "PT",
        "P1DT",
        "1H",
        "PT1",
        "P1Y",
        "P1M",
        "P1Y2M",
        "-PT1S",
        "PT-1S",
        "PT1.S",
        "PT.5S",
        "PT1.5H",
        "PT1S1H",
        "P1H",
        "PT1D",
        "PT18446744073709551616S",
        "P99999999999999999999W",
        "pt1s",
        "PT1,5S",
        "PT1.0000000001S",
        "PT1H ",
        "3600",
        "01:00:00",
        "P1é",
    ];
    check::<Duration>(&good, &bad);
}

#[test]
fn base64_bytes() {
    let good = [
        ("", ""),
        ("Zg==", "Zg=="),
        ("Zg", "Zg=="),
        ("Zg=", "Zg=="),
        ("Zm8=", "Zm8="),
        ("Zm9v", "Zm9v"),
        ("Zm9v\r\nZm9v", "Zm9vZm9v"),
        ("+/+/", "+/+/"),
        ("AAAA", "AAAA"),
        ("////", "////"),
    ];
    let bad =
        ["Z", "Zg===", "Zm9v!", "-_-_", "Zh==", "Zm9=", "Z m8", "Zg==Zg", "====", "Zg==Zg==", "é", "Zm9v=", "nul"];
    check::<Base64>(&good, &bad);
    assert_eq!(serde_json::from_value::<Base64>(json!("Zm8=")).unwrap().0, b"fo");
    assert!(serde_json::to_value(Base64(vec![251, 255])).unwrap() == json!("+/8="));
}

#[test]
fn decimals_as_numbers_keep_their_digits() {
    let read = |json: &str| round::<rust_decimal::Decimal>(json);
    for number in [
        "0",
        "1",
        "-1",
        "0.10",
        "-0.5",
        "1.000",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "0.0000000000000000000000000001",
        "12345678901234567.890123456789",
    ] {
        assert_eq!(read(number).as_deref(), Ok(number));
    }
    for (number, written) in [
        ("1e2", "100"),
        ("1.5E1", "15"),
        ("1.50e1", "15.0"),
        ("25e-2", "0.25"),
        ("1e28", "10000000000000000000000000000"),
    ] {
        assert_eq!(read(number).as_deref(), Ok(written));
    }
    for bad in [
        "79228162514264337593543950336",
        "1e29",
        "1e-29",
        "0.00000000000000000000000000001",
        "\"1\"",
        "null",
        "[]",
        "{}",
        "true",
        "1e999999999999999999999",
        "1.23456789012345678901234567890123",
    ] {
        assert!(read(bad).is_err(), "{bad} was read: {:?}", read(bad));
    }
}

#[test]
fn decimals_as_texts_keep_their_digits() {
    let good =
        same(&["0", "1", "-1", "0.10", "1.000", "79228162514264337593543950335", "0.0000000000000000000000000001"]);
    let bad = [
        "",
        " 1",
        "1 ",
        "+1",
        "1,5",
        "1.",
        ".5",
        "0x1",
        "NaN",
        "inf",
        "1_000",
        "79228162514264337593543950336",
        "1e29",
        "01",
        "--1",
        "0.00000000000000000000000000001",
    ];
    check::<DecimalText>(&good, &bad);
}

#[test]
fn what_is_written_for_a_parameter_is_what_goes_over_the_wire() {
    let day = time::OffsetDateTime::UNIX_EPOCH.date();
    assert_eq!(serde_json::to_value(Written(&day)).unwrap(), json!("1970-01-01"));
    let list: &[Duration] = &[Duration::from_secs(60), Duration::ZERO];
    assert_eq!(serde_json::to_value(Written(list)).unwrap(), json!(["PT1M", "PT0S"]));
    assert_eq!(serde_json::to_value(Written(&Some(Duration::ZERO))).unwrap(), json!("PT0S"));
    assert_eq!(serde_json::to_value(Written(&None::<Duration>)).unwrap(), Value::Null);
}
