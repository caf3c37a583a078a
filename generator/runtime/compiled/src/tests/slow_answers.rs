//! Answers of 64 KiB that are made to be slow, for types of many shapes: reading one takes time and memory that follow its size.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::runtime::xml_node::{Content, Kind, Node};
use crate::runtime::{json as reader, xml_read};

/// The size of an answer in bytes.
const SIZE: usize = 64 << 10;

/// The most bytes that reading an answer may hold at any time.
const MEMORY: u64 = 16 << 20;

/// The longest time that reading an answer may take.
const TIME: Duration = Duration::from_millis(50);

/// Unions of alternatives that differ in one member, and hold the union again: in a member, a list and a map.
macro_rules! families {
    ($($family:ident { $($name:ident: $own:ident),* })*) => {$(
        mod $family {
            use std::collections::BTreeMap;

            use serde_json::Value;

            use crate::runtime::{object, untagged_union};

            $(
                #[derive(Clone, PartialEq)]
                pub(super) struct $name {
                    child: Option<Box<Any>>,
                    list: Option<Vec<Any>>,
                    map: Option<BTreeMap<String, Any>>,
                    data: Option<Vec<i64>>,
                    $own: Option<i64>,
                }

                object! { $name {} optional { child, list, map, data, $own } }
            )*

            #[derive(Clone, Debug, PartialEq)]
            pub(super) enum Any {
                $($name($name),)*
                Other(Value),
            }

            untagged_union! { Any { $($name),* } else Other }
        }
    )*};
}

/// Alternatives that require a member each, and have a list of the union beside it.
mod required {
    use serde_json::Value;

    use crate::runtime::{object, untagged_union};

    #[derive(Clone, PartialEq)]
    pub(super) struct Child {
        child: Box<Any>,
    }

    object! { Child { child } }

    #[derive(Clone, PartialEq)]
    pub(super) struct Twin {
        child: Box<Any>,
        zzz: Option<i64>,
    }

    object! { Twin { child } optional { zzz } }

    #[derive(Clone, PartialEq)]
    pub(super) struct List {
        list: Vec<Any>,
    }

    object! { List { list } }

    #[derive(Clone, Debug, PartialEq)]
    pub(super) enum Any {
        Child(Child),
        Twin(Twin),
        List(List),
        Many(Vec<Any>),
        Text(String),
        Number(f64),
        Other(Value),
    }

    untagged_union! { Any { Child, Twin, List, Many, Text, Number } else Other }
}

/// Alternatives that a tag distinguishes.
mod tagged {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use crate::runtime::{object, tagged_union};

    #[derive(Clone, PartialEq)]
    pub(super) struct Cat {
        child: Option<Box<Any>>,
        list: Option<Vec<Any>>,
    }

    object! { Cat {} optional { child, list } }

    #[derive(Clone, PartialEq)]
    pub(super) struct Dog {
        child: Option<Box<Any>>,
        map: BTreeMap<String, Any>,
    }

    object! { Dog {} optional { child } rest map }

    #[derive(Clone, Debug, PartialEq)]
    pub(super) enum Any {
        Cat(Cat),
        Dog(Dog),
        Other(Value),
    }

    tagged_union! { Any by "kind" { Cat = "cat", Dog = "dog" } else Other }
}

families! {
    one { A: a }
    two { A: a, B: b }
    four { A: a, B: b, C: c, D: d }
    eight { A: a, B: b, C: c, D: d, E: e, F: f, G: g, H: h }
    sixteen { A: a, B: b, C: c, D: d, E: e, F: f, G: g, H: h, I: i, J: j, K: k, L: l, M: m, N: n, O: o, P: p }
}

/// Puts a value into another one again and again.
fn nested(depth: usize, innermost: Value, around: impl Fn(Value) -> Value) -> Value {
    (0..depth).fold(innermost, |inner, _| around(inner))
}

/// A list of so many of a value as an answer has room for.
fn filled(item: &Value) -> Vec<Value> {
    vec![item.clone(); SIZE / (item.to_string().len() + 1)]
}

/// Answers, each with what is slow about it.
fn answers() -> Vec<(&'static str, String)> {
    let child = |inner: Value| json!({ "child": inner });
    let twins = |inner: Value| json!({ "child": inner, "more": 0, "kind": "dog" });
    let all = |inner: Value| json!({ "kind": "cat", "child": inner, "list": [1], "map": { "a": 1 } });
    let misfit = json!({ "child": 1, "data": ["x"], "a": 1, "b": 1, "p": "x" });
    let mut answers = vec![
        ("a list in a deep member", nested(60, json!({ "data": filled(&json!(1)), "zxor": 1 }), child).to_string()),
        ("a text in a deep member", nested(60, json!("x".repeat(SIZE)), twins).to_string()),
        ("members that nothing has at each level", nested(60, json!({ "data": filled(&json!(1)) }), twins).to_string()),
        ("all members at each level", nested(60, json!({ "list": filled(&json!({ "zxor": 1 })) }), all).to_string()),
        ("a list of deep members", json!({ "list": filled(&nested(20, json!({ "zxor": 1 }), twins)) }).to_string()),
        (
            "lists in lists",
            json!({ "list": filled(&nested(40, json!(1), |inner| json!({ "list": [inner] }))) }).to_string(),
        ),
        (
            "maps in maps",
            nested(60, json!({ "map": { "a": filled(&json!({})) } }), |inner| json!({ "map": { "a": inner } }))
                .to_string(),
        ),
        ("objects that almost fit", json!({ "list": filled(&misfit) }).to_string()),
        ("empty objects", json!({ "list": filled(&json!({})) }).to_string()),
        ("nulls", json!({ "list": filled(&Value::Null), "child": null }).to_string()),
        ("arrays in arrays", format!("{}1{}", "[".repeat(120), "]".repeat(120))),
        ("arrays without an end", "[".repeat(SIZE)),
        ("objects without an end", "{\"child\":".repeat(SIZE / 9)),
        ("a number of many digits", format!("{{\"data\":[{}]}}", "9".repeat(SIZE))),
        ("a text of escapes", format!("\"{}\"", "\\ud83d\\ude00".repeat(SIZE / 12))),
    ];
    let members = |name: &dyn Fn(usize) -> String| {
        let all: Vec<String> = (0..SIZE / 16).map(|index| format!("\"{}\":1", name(index))).collect();
        format!("{{{}}}", all.join(","))
    };
    answers.push(("members that nothing has", members(&|index| format!("member{index}"))));
    answers.push(("one member many times", members(&|_| "a".to_owned())));
    answers.push(("members of one hash", members(&|index| format!("{:0>12b}", index))));
    answers
}

/// Reads an answer, and returns what is too much about that. The shortest of several times is the least disturbed by other work.
fn judged(what: &str, read: impl Fn()) -> Option<String> {
    let held = allocation_counter::measure(&read);
    let time = || {
        let begun = Instant::now();
        read();
        begun.elapsed()
    };
    let taken = (0..5).map(|_| time()).min().unwrap_or_default();
    let is_over = taken > TIME || held.bytes_max > MEMORY;
    is_over.then(|| format!("{what}: {taken:?}, {} KiB", held.bytes_max >> 10))
}

fn judge<T: DeserializeOwned>(name: &str, answers: &[(&str, String)], found: &mut Vec<String>) -> usize {
    for (what, text) in answers {
        let read = || drop(reader::read::<T>(text.as_bytes()));
        found.extend(judged(&format!("{name}, {what}"), read));
    }
    answers.len()
}

#[test]
#[ignore = "takes a release build"]
fn an_answer_takes_time_and_memory_by_its_size() {
    let (answers, mut found) = (answers(), Vec::new());
    let tried = [
        judge::<one::Any>("one alternative", &answers, &mut found),
        judge::<two::Any>("two alternatives", &answers, &mut found),
        judge::<four::Any>("four alternatives", &answers, &mut found),
        judge::<eight::Any>("eight alternatives", &answers, &mut found),
        judge::<sixteen::Any>("sixteen alternatives", &answers, &mut found),
        judge::<tagged::Any>("tagged alternatives", &answers, &mut found),
        judge::<Vec<tagged::Any>>("a list of tagged alternatives", &answers, &mut found),
        judge::<required::Any>("alternatives that require something", &answers, &mut found),
        judge::<Vec<sixteen::Any>>("a list of a union", &answers, &mut found),
        judge::<BTreeMap<String, sixteen::Any>>("a map of a union", &answers, &mut found),
        judge::<four::A>("an object of a union", &answers, &mut found),
        judge::<Value>("any value", &answers, &mut found),
    ];
    assert!(tried.iter().sum::<usize>() >= 200, "{tried:?}");
    assert!(found.is_empty(), "{} of {}:\n{}", found.len(), tried.iter().sum::<usize>(), found.join("\n"));
}

static TREE: Node = Node { name: "tree", content: &IN_TREE, ..Node::ELEMENT };

static IN_TREE: Content = Content::Object(&[
    Node { property: "id", kind: Kind::Attribute, ..Node::ELEMENT },
    Node { property: "trees", kind: Kind::Bare, required: true, content: &Content::List(&TREE), ..Node::ELEMENT },
    Node { property: "tree", content: &IN_TREE, ..Node::ELEMENT },
    Node { property: "text", kind: Kind::Text, required: true, ..Node::ELEMENT },
]);

#[test]
#[ignore = "takes a release build"]
fn an_answer_of_xml_takes_time_and_memory_by_its_size() {
    let within =
        |open: &str, count: usize, inner: &str| format!("{}{inner}{}", open.repeat(count), "</tree>".repeat(count));
    let namespace = format!("<tree xmlns=\"{}\">{}</tree>", "u".repeat(SIZE / 2), "<tree/>".repeat(SIZE / 14));
    let prefixes: String = (0..SIZE / 32).map(|index| format!(" xmlns:p{index}=\"urn:{index}\"")).collect();
    let attributes: String = (0..SIZE / 16).map(|index| format!(" a{index}=\"{index}\"")).collect();
    let answers = [
        ("elements beside one another", format!("<tree>{}</tree>", "<tree/>".repeat(SIZE / 7))),
        ("elements in one another", within("<tree>", SIZE / 13, "")),
        ("elements as deep as may be", within("<tree>", 120, &"<tree id=\"1\"/>".repeat(SIZE / 14))),
        ("elements of other names", format!("<tree>{}</tree>", "<other/>".repeat(SIZE / 8))),
        ("a namespace that all inherit", namespace),
        ("prefixes that all inherit", format!("<tree{prefixes}>{}</tree>", "<tree/>".repeat(SIZE / 28))),
        ("attributes", format!("<tree{attributes}/>")),
        ("entities", format!("<tree>{}</tree>", "&amp;".repeat(SIZE / 5))),
        ("texts between elements", format!("<tree>{}</tree>", "a<tree/>".repeat(SIZE / 8))),
        ("comments", format!("<tree>{}</tree>", "<!---->".repeat(SIZE / 7))),
        ("a document without an end", "<tree>".repeat(SIZE / 6)),
        (
            "entities of its own",
            format!("<!DOCTYPE tree [{}]><tree>&a;</tree>", "<!ENTITY a \"&a;&a;\">".repeat(SIZE / 20)),
        ),
    ];
    let found: Vec<String> = answers
        .iter()
        .filter_map(|(what, text)| judged(what, || drop(xml_read::read(&TREE, text.as_bytes()))))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
