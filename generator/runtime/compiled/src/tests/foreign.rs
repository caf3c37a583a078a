//! Types of other crates, of which nobody knows more than that serde reads and writes them.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use crate::runtime::decimal::Decimal;
use crate::runtime::foreign::{foreign, object_of_parts, wrapper_of_parts};
use crate::runtime::presence::Presence;
use crate::runtime::{object, untagged_union};

/// A type without a default, that reads no text that is an example of anything.
#[derive(Clone, Debug, PartialEq)]
struct Code(u32);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let number = text.strip_prefix("code-").ok_or_else(|| D::Error::custom("no code"))?;
        number.parse().map(Self).map_err(D::Error::custom)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            13 => Err(S::Error::custom("nobody writes 13")),
            number => to.collect_str(&format_args!("code-{number}")),
        }
    }
}

foreign!(Code);

#[derive(Clone, PartialEq)]
struct Order {
    code: Code,
    lines: Vec<Line>,
    price: Decimal,
    note: Option<Code>,
    hint: Presence<Code>,
    more: BTreeMap<String, Code>,
}

object_of_parts! { Order { code, lines, price } optional { note, hint = "aHint" } tag { "kind" = "order" } rest more }

#[derive(Clone, PartialEq)]
struct Line {
    pair: (Code, i64),
    inner: Option<Box<Line>>,
    list: Codes,
}

object_of_parts! { Line { pair, list } optional { inner } }

#[derive(Clone, Debug, PartialEq)]
struct Codes(Vec<Code>);

wrapper_of_parts!(Codes);

#[derive(Clone, PartialEq)]
struct Text {
    text: String,
}

object! { Text { text } }

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Order(Order),
    Code(Code),
    Text(Text),
    Other(Value),
}

untagged_union! { Either { Order, Code, Text } else Other }

fn order() -> Value {
    json!({
        "kind": "order", "code": "code-1", "price": 1.5, "aHint": null, "x": "code-7",
        "lines": [
            { "pair": ["code-2", 2], "list": ["code-3", "code-4"], "inner": { "pair": ["code-5", 5], "list": [] } },
            { "pair": ["code-6", 6], "list": [] },
        ],
    })
}

#[test]
fn a_type_without_any_value_to_read_into_is_read_everywhere() {
    let read: Order = serde_json::from_value(order()).unwrap();
    assert_eq!(read.code, Code(1));
    assert_eq!(read.lines[0].list, Codes(vec![Code(3), Code(4)]));
    assert_eq!(read.hint, Presence::Null);
    assert_eq!(read.more["x"], Code(7));
    assert_eq!(serde_json::to_value(&read).unwrap(), order());
    let text = order().to_string().replace("1.5", "1.50");
    let digits: Order = serde_json::from_str(&text).unwrap();
    assert_eq!(digits.price.as_str(), "1.50", "all digits are kept on the way");
}

#[test]
fn a_value_that_does_not_fit_is_an_error_and_says_what_is_wrong() {
    let cases = [
        ("/code", json!("13"), "no code"),
        ("/code", json!(null), "invalid type: null"),
        ("/code", json!("code-x"), "invalid digit"),
        ("/lines/0/pair", json!(["code-2"]), "not a tuple of size 2"),
        ("/lines/0/inner/pair/0", json!(1), "expected a string"),
        ("/lines/1", json!("code-6"), "not an object"),
        ("/lines/1/list", json!({}), "expected a sequence"),
        ("/kind", json!("other"), "expected order"),
        ("/aHint", json!(""), "no code"),
        ("/x", json!([]), "invalid type: sequence"),
        ("/price", json!("1"), "expected a number"),
    ];
    for (pointer, value, expected) in cases {
        let mut order = order();
        *order.pointer_mut(pointer).unwrap() = value;
        let error = serde_json::from_value::<Order>(order).unwrap_err().to_string();
        assert!(error.contains(expected), "{pointer}: {error}");
    }
    let error = serde_json::from_value::<Order>(json!({ "kind": "order", "code": "code-1" })).unwrap_err();
    assert_eq!(error.to_string(), "missing field `lines`");
}

#[test]
fn a_union_finds_the_member_that_such_a_type_is_in() {
    let read = |value: &Value| serde_json::from_value::<Either>(value.clone()).unwrap();
    assert!(matches!(read(&order()), Either::Order(_)));
    assert_eq!(read(&json!("code-9")), Either::Code(Code(9)));
    assert_eq!(read(&json!("9")), Either::Other(json!("9")));
    assert!(matches!(read(&json!({ "text": "code-9" })), Either::Text(_)));
}

#[test]
fn a_value_that_its_type_can_not_write_is_an_error_and_never_null() {
    let mut order: Order = serde_json::from_value(order()).unwrap();
    order.lines[1].list.0.push(Code(13));
    let errors = [
        serde_json::to_value(&order).unwrap_err(),
        serde_json::to_string(&order).unwrap_err(),
        serde_json::to_value(Either::Order(order)).unwrap_err(),
        serde_json::to_value(Some(Codes(vec![Code(13)]))).unwrap_err(),
    ];
    for error in errors {
        assert!(error.to_string().contains("nobody writes 13"), "{error}");
    }
}
