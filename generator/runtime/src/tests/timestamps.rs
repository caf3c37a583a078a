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
