//! Values are validated only on request, and every violated bound is reported at its place.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::runtime::presence::Presence;
use crate::runtime::secret::Secret;
use crate::runtime::{Violation, bounds, object, tagged_union, validate, wrapper};

#[derive(Clone, PartialEq)]
pub struct Pet {
    name: String,
    age: i64,
    weight: f64,
    pin: Option<Secret>,
    note: Presence<String>,
    tags: Option<Vec<String>>,
    friends: Option<Vec<Pet>>,
    scores: Option<BTreeMap<String, u64>>,
    home: Option<Home>,
    any: Option<Value>,
    others: BTreeMap<String, i64>,
}

object! { Pet { name, age, weight } optional { pin, note, tags, friends, scores, home, any } rest others }

#[derive(Clone, PartialEq)]
pub struct House {
    rooms: i64,
}

object! { House { rooms } }

#[derive(Clone, Debug, PartialEq)]
pub enum Home {
    House(House),
    Other(Value),
}

tagged_union! { Home by "kind" { House = "house" } else Other }

#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub Vec<i64>);

wrapper!(Row);

bounds! {
    House { "rooms" 0 maximum "9" }
    Pet {
        self 0 maxProperties "11", self 1 minimum "0", "name" 0 minLength "1", "name" 0 maxLength "4",
        "name" 0 pattern "^(?!bad)\\p{L}+$", "age" 0 exclusiveMinimum "0", "age" 0 multipleOf "2",
        "weight" 0 maximum "99.5", "weight" 0 multipleOf "0.1", "pin" 0 minLength "4",
        "note" 0 maxLength "2", "tags" 0 maxItems "2", "tags" 0 uniqueItems "true", "tags" 1 minLength "1",
        "friends" 0 minItems "1", "scores" 0 maxProperties "1", "scores" 1 maximum "18446744073709551614",
        "any" 0 maximum "5", "any" 0 maxLength "1",
    }
    Row { self 0 minItems "1", self 1 minimum "0" }
}

validate! { BOUNDS { Home, House, Pet, Row } }

fn pet(more: Value) -> Pet {
    let mut whole = json!({ "name": "Jörg", "age": 2, "weight": 0.3 });
    whole.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(whole).unwrap()
}

/// Returns the violations, each as `pointer keyword`.
fn broken(result: Result<(), Vec<Violation>>) -> Vec<String> {
    let found = result.err().unwrap_or_default();
    found.iter().map(|violation| format!("{} {}", violation.pointer, violation.keyword)).collect()
}

#[test]
fn what_keeps_to_all_bounds_is_fine() {
    let whole = json!({
        "pin": "1234", "note": null, "tags": ["a", "b"], "friends": [pet(json!({}))], "scores": { "a": 1 },
        "home": { "kind": "house", "rooms": 9 }, "any": 5, "more": 0,
    });
    assert_eq!(broken(pet(whole).validate()), [""; 0]);
    assert_eq!(broken(pet(json!({})).validate()), [""; 0]);
}

#[test]
fn every_bound_that_is_broken_is_found_at_its_place() {
    for (more, expected) in [
        (json!({ "name": "" }), &["/name minLength", "/name pattern"][..]),
        (json!({ "name": "Jörgs" }), &["/name maxLength"]),
        (json!({ "name": "bad" }), &["/name pattern"]),
        (json!({ "age": 0 }), &["/age exclusiveMinimum"]),
        (json!({ "age": 3 }), &["/age multipleOf"]),
        (json!({ "weight": 99.6 }), &["/weight maximum"]),
        (json!({ "weight": 0.35 }), &["/weight multipleOf"]),
        (json!({ "pin": "123" }), &["/pin minLength"]),
        (json!({ "note": "abc" }), &["/note maxLength"]),
        (json!({ "tags": ["a", "", "a"] }), &["/tags maxItems", "/tags uniqueItems", "/tags/1 minLength"]),
        (json!({ "friends": [] }), &["/friends minItems"]),
        (json!({ "friends": [pet(json!({ "age": 1 }))] }), &["/friends/0/age multipleOf"]),
        (json!({ "scores": { "a~/b": u64::MAX, "c": 1 } }), &["/scores maxProperties", "/scores/a~0~1b maximum"]),
        (json!({ "home": { "kind": "house", "rooms": 10 } }), &["/home/rooms maximum"]),
        (json!({ "home": { "kind": "tent", "rooms": 10 } }), &[]),
        (json!({ "any": 5.5 }), &["/any maximum"]),
        (json!({ "any": "ab" }), &["/any maxLength"]),
        (json!({ "more": -1 }), &["/more minimum"]),
        (json!({ "a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1, "h": 1, "i": 1 }), &[" maxProperties"]),
    ] {
        assert_eq!(broken(pet(more.clone()).validate()), expected, "{more}");
    }
}

#[test]
fn unions_and_wrappers_are_held_to_what_is_in_them() {
    let home: Home = serde_json::from_value(json!({ "kind": "house", "rooms": 10 })).unwrap();
    assert_eq!(broken(home.validate()), ["/rooms maximum"]);
    assert_eq!(broken(House { rooms: 10 }.validate()), ["/rooms maximum"]);
    assert_eq!(broken(Row(vec![1, -1]).validate()), ["/1 minimum"]);
    assert_eq!(broken(Row(Vec::new()).validate()), [" minItems"]);
}

#[test]
fn a_violation_says_what_is_asked_for_and_not_what_is_there() {
    let found = pet(json!({ "pin": "abc" })).validate().unwrap_err();
    assert_eq!(found[0].to_string(), "/pin does not keep to minLength 4");
    let whole = pet(json!({ "a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1, "h": 1, "i": 1 })).validate();
    assert_eq!(whole.unwrap_err()[0].to_string(), "the value does not keep to maxProperties 11");
}

#[test]
fn reading_holds_to_no_bound() {
    let read = pet(json!({ "name": "far too long", "age": -7 }));
    assert_eq!(read.age, -7);
}

/// Patterns with counted steps match as ECMA-262 defines, compared with another implementation.
#[test]
fn patterns_are_those_of_ecma_262() {
    const PATTERNS: [&str; 44] = [
        "a|b",
        "^a$",
        "^$",
        "\\d+",
        "\\D",
        "^\\w+$",
        "\\W",
        "\\s",
        "^\\S+$",
        "[\\d-x]",
        "[\\w.-]+@[a-z]",
        "^[^a-c]$",
        "[a-]",
        "[-a]",
        "[]",
        "[^]",
        "^.$",
        "a{2}",
        "a{2,}",
        "^a{1,2}$",
        "{a}",
        "a{",
        "a{,2}",
        "]",
        "\\/",
        "\\-",
        "[[a]",
        "[a&&b]",
        "[a~~b]",
        "[\\[\\]]",
        "\\cJ",
        "\\x41",
        "\\u0041",
        "\\u{1F600}",
        "\\uD83D\\uDE00",
        "\\bfoo\\b",
        "(a)\\1",
        "(?<n>a|b)\\k<n>",
        "^(?!foo)",
        "(?<=a)b",
        "\\p{Lu}",
        "\\P{L}",
        "^\\p{Script=Greek}+$",
        "\\0",
    ];
    const TEXTS: [&str; 40] = [
        "", "a", "b", "c", "A", "aa", "aaa", "ab", "ba", "é", "Ω", "😀", "1", "٣", "_", "-", ".", "&", "~", "[", "]",
        "{", "}", "{a}", "a{", "a{,2}", "/", "x", "x@a", "foo", " foo ", "foobar", "\n", "\r", "\u{2028}", "\u{feff}",
        "\u{85}", "\0", "\t", " ",
    ];
    for pattern in PATTERNS {
        let judge = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern)).unwrap();
        let translated = crate::runtime::pattern::translate(pattern).unwrap();
        let ours =
            fancy_regex::Regex::new(&translated).unwrap_or_else(|error| panic!("{pattern}: {translated}: {error}"));
        for text in TEXTS {
            assert_eq!(ours.is_match(text).unwrap(), judge.find(text).is_some(), "{pattern} {text:?}: {translated}");
        }
    }
    for wrong in ["[a", "\\", "[z-a]", "\\uD83D"] {
        assert_eq!(crate::runtime::pattern::translate(wrong), None, "{wrong}");
    }
}

struct Slow {
    text: String,
}

object! { Slow { text } }

mod slow {
    use crate::runtime::bounds;

    bounds! { Slow { "text" 0 pattern "^((a|aa)+)\\1b$" } }
}

validate! { slow::BOUNDS { Slow } }

#[test]
fn a_match_has_so_many_steps_and_no_more() {
    let begun = std::time::Instant::now();
    let found = Slow { text: "a".repeat(60) }.validate().unwrap_err();
    assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(found[0].gave_up, "{found:?}");
    assert_eq!(found[0].to_string(), "/text takes too many steps to be checked against pattern ^((a|aa)+)\\1b$");
    assert!(Slow { text: "aab".to_owned() }.validate().is_ok());
}
