//! Times are sent back as they came, and compare by what they mean.

use crate::runtime::timestamp::{Date, Timestamp};

#[test]
fn a_time_is_written_as_it_was_read() {
    let texts = [
        "2021-01-01T00:00:00Z",
        "2021-01-01T00:00:00.5Z",
        "2021-01-01T00:00:00.000Z",
        "2021-01-01T00:00:00.500000000Z",
        "2021-01-01T02:00:00+02:00",
        "2021-01-01t00:00:00z",
        "2021-01-01 00:00:00Z",
        "2016-12-31T23:59:60Z",
        "2021-01-01T00:00:00",
        "2021-01-01T00:00:00.25",
        "2021-01-01T00:00:00,5Z",
        "+002021-01-01T00:00:00Z",
        // All that RFC 3339 can write, also what `jiff` can't hold.
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:60-23:59",
        "2021-01-01T00:00:00.123456789012Z",
        "2021-01-01t00:00:00.1234567890120+05:30",
        "0000-01-01T00:00:00Z",
    ];
    for text in texts {
        let json = format!("\"{text}\"");
        let time: Timestamp = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&time).unwrap(), json);
        assert_eq!(time.to_string(), text);
    }
    assert_eq!("2021-01-01".parse::<Date>().unwrap().to_string(), "2021-01-01");
    assert_eq!("20210101".parse::<Date>().unwrap().to_string(), "20210101");
}

#[test]
fn times_compare_by_what_they_mean() {
    let utc: Timestamp = "2021-01-01T00:00:00.000Z".parse().unwrap();
    let east: Timestamp = "2021-01-01T02:00:00+02:00".parse().unwrap();
    assert_eq!(utc, east);
    assert_eq!(Timestamp::from(utc.get()).to_string(), "2021-01-01T00:00:00Z");
}

#[test]
fn times_that_jiff_cannot_hold_compare_all_the_same() {
    let time = |text: &str| text.parse::<Timestamp>().unwrap();
    let ascending = [
        "1969-12-31T23:59:59.9999999991Z",
        "1970-01-01T00:00:00Z",
        "2021-01-01T00:00:00.123456789Z",
        "2021-01-01T00:00:00.123456789001Z",
        "2021-01-01T00:00:00.1234567891Z",
        "2021-01-01T00:00:00.12345679Z",
        "9999-12-30T21:00:00Z",
        "9999-12-31T23:59:58Z",
        "9999-12-31T23:59:59.9Z",
        "9999-12-31T23:59:59.9999999999Z",
        "9999-12-31T23:59:59-01:00",
    ];
    for pair in ascending.windows(2) {
        assert!(time(pair[0]) < time(pair[1]), "{pair:?}");
    }
    assert_eq!(time("9999-12-31T23:59:59.90Z"), time("9999-12-31T22:59:59.9-01:00"));
    assert_eq!(time("2021-01-01T00:00:00.1234567890120Z"), time("2021-01-01T02:00:00.123456789012+02:00"));
    assert_eq!(time("1969-12-31T23:59:59.9999999991Z").get().as_nanosecond(), -1);
    for wrong in [
        "9999-12-32T00:00:00Z",
        "2021-01-01T00:00:00.Z",
        "2021-01-01T00:00:00.1234567890",
        "2021-13-01T00:00:00.1234567890Z",
    ] {
        assert!(wrong.parse::<Timestamp>().is_err(), "{wrong}");
    }
}
