//! Objects by their tables read and write what serde's derive does with the same fields.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use crate::runtime::presence::Presence;
use crate::runtime::wire::Wire;
use crate::runtime::{object, text_enum, wrapper};

/// The same struct twice: once by its table, once by serde.
macro_rules! twice {
    ($name:ident { $($(#[$serde:meta])* $field:ident: $type:ty),* $(,)? } $($table:tt)*) => {
        #[derive(Clone, PartialEq)]
        pub struct $name { $(pub $field: $type),* }

        object! { $name $($table)* }

        mod derived {
            use super::*;

            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            pub struct $name { $($(#[$serde])* pub $field: $type),* }
        }
    };
}

fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

twice! {
    Thing {
        id: i64,
        name: String,
        #[serde(deserialize_with = "nullable")]
        end: Option<u8>,
        #[serde(rename = "part-of")]
        part_of: Vec<Part>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        #[serde(default, skip_serializing_if = "Presence::is_absent", rename = "maybeSo")]
        maybe: Presence<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        more: Option<BTreeMap<String, (bool, Value)>>,
        #[serde(flatten)]
        others: BTreeMap<String, Value>,
    }
    { id, name, end, part_of = "part-of" } optional { note, maybe = "maybeSo", more } rest others
}

#[derive(Clone, PartialEq)]
pub struct Part {
    x: i32,
}

object! { Part { x } }

fn complete() -> Value {
    json!({
        "id": 7, "name": "n", "end": null, "part-of": [{"x": 1}, {"x": -2}], "note": "é\n", "maybeSo": 1.5,
        "more": {"a": [true, {"b": [null]}]}, "else": 4, "next": 5,
    })
}

/// Every document that is the complete one without one member, or with another value for it.
fn variations() -> Vec<Value> {
    let mut found = vec![complete(), json!({}), json!(null), json!("text"), json!(3)];
    let Value::Object(members) = complete() else { unreachable!() };
    let others =
        [json!(null), json!(true), json!(-1), json!(300), json!(2.5), json!("s"), json!({}), json!([{"x": 1e3}])];
    for name in members.keys() {
        let mut less = members.clone();
        less.remove(name);
        found.push(less.into());
        for other in &others {
            let mut changed = members.clone();
            changed.insert(name.clone(), other.clone());
            found.push(changed.into());
        }
    }
    found
}

/// Returns the message without the position, because derived code with a flattened map reads to the end first.
fn message(error: &serde_json::Error) -> String {
    error.to_string().split(" at line").next().unwrap_or_default().to_owned()
}

#[test]
fn the_same_documents_are_read_as_the_same_values_and_written_the_same() {
    for document in variations() {
        let json = document.to_string();
        let table: Result<Thing, _> = serde_json::from_str(&json);
        let derived: Result<derived::Thing, _> = serde_json::from_str(&json);
        match (table, derived) {
            (Ok(table), Ok(derived)) => {
                assert_eq!(format!("{table:?}"), format!("{derived:?}"), "{document}");
                assert_eq!(serde_json::to_value(table).unwrap(), serde_json::to_value(derived).unwrap(), "{document}");
            }
            (Err(table), Err(derived)) => assert_eq!(message(&table), message(&derived), "{document}"),
            // A whole number may be written with a point, which derived code refuses.
            (Ok(table), Err(_)) => assert!(json.contains("1000.0"), "{document}: {table:?}"),
            (table, derived) => panic!("{document}: {table:?} and {derived:?}"),
        }
    }
}

fn error<T: Wire + for<'de> Deserialize<'de>>(json: &str) -> String {
    match serde_json::from_str::<T>(json) {
        Ok(_) => panic!("{json} was read"),
        Err(error) => message(&error),
    }
}

#[test]
fn what_does_not_fit_is_named_with_its_place() {
    assert_eq!(error::<Part>("{}"), "missing field `x`");
    assert_eq!(error::<Part>(r#"{"x": 1, "x": 2}"#), "duplicate field `x`");
    assert_eq!(error::<Part>(r#"{"x": 2147483648}"#), "invalid value: integer `2147483648`, expected i32");
    assert_eq!(error::<Part>(r#"{"x": 0.5}"#), "invalid type: floating point `0.5`, expected i32");
    assert_eq!(error::<Part>("[1]"), "invalid type: sequence, expected struct Part");
}

#[test]
fn whole_numbers_may_have_a_point() {
    assert_eq!(serde_json::from_str::<Part>(r#"{"x": 12.0}"#).unwrap(), Part { x: 12 });
}

macro_rules! wide {
    ($($field:ident)*) => {
        #[derive(PartialEq)]
        struct Wide { $($field: u16),* }
        object! { Wide { $($field),* } }
        const FIELDS: &[&str] = &[$(stringify!($field)),*];
    };
}

wide! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1 d2 d3 d4 d5 d6 d7 d8 d9
    e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 h0 h1 h2 h3 h4 h5 h6 h7 h8 h9
    i0 i1 i2 i3 i4 i5 i6 i7 i8 i9 j0 j1 j2 j3 j4 j5 j6 j7 j8 j9 k0 k1 k2 k3 k4 k5 k6 k7 k8 k9 l0 l1 l2 l3 l4 l5 l6 l7 l8 l9
}

#[test]
fn objects_of_more_members_than_a_word_has_bits_are_no_different() {
    let members: serde_json::Map<String, Value> =
        FIELDS.iter().enumerate().map(|(index, name)| ((*name).to_owned(), index.into())).collect();
    let read: Wide = serde_json::from_value(members.clone().into()).unwrap();
    assert_eq!((read.a0, read.g3, read.l9), (0, 63, 119));
    assert_eq!(serde_json::to_value(&read).unwrap(), Value::Object(members.clone()));
    for name in FIELDS {
        let mut less = members.clone();
        less.remove(*name);
        let error = serde_json::from_value::<Wide>(less.into()).unwrap_err().to_string();
        assert_eq!(error, format!("missing field `{name}`"));
    }
}

#[derive(Debug, PartialEq)]
struct Tree(Vec<Tree>);

wrapper! { Tree }

#[test]
fn a_wrapper_is_written_as_what_it_holds() {
    let tree: Tree = serde_json::from_str("[[],[[]]]").unwrap();
    assert_eq!(tree, Tree(vec![Tree(vec![]), Tree(vec![Tree(vec![])])]));
    assert_eq!(serde_json::to_string(&tree).unwrap(), "[[],[[]]]");
}

#[test]
fn values_of_an_enumeration_are_equal_where_their_texts_are() {
    use super::sample::FilterType::{Number, Other};

    assert_eq!(Other("number".to_owned()), Number);
    assert_ne!(Other("date".to_owned()), Number);
}

#[test]
fn a_value_may_be_called_as_an_item_of_a_trait_is() {
    #[derive(Clone, Debug)]
    enum Level {
        Err,
        Error,
        Other(String),
    }
    text_enum! { Level { Err = "err", Error = "error" } }

    assert_eq!("err".parse(), Ok(Level::Err));
    assert_eq!("error".parse(), Ok(Level::Error));
    assert_eq!("later".parse(), Ok(Level::Other("later".into())));
}
