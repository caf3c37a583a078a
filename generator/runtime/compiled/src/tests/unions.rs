//! Unions and enumerations of JSON values lose nothing, known or not.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::runtime::{from_members, json_enum, kept, object, tagged_union, untagged_union};

#[derive(Clone, PartialEq)]
struct Cat {
    lives: u8,
}

object! { Cat { lives } }

#[derive(Clone, PartialEq)]
struct Dog {
    kind: String,
    bark: bool,
}

object! { Dog { kind, bark } }

#[derive(Clone, Debug, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Dog),
    Other(Value),
}

tagged_union! { Pet by "kind" { Cat = "cat" | "kitty", Dog = "dog" } else Other }

fn pet(value: &Value) -> Pet {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn a_tag_tells_members_apart_and_is_written_even_where_the_member_has_no_field_for_it() {
    assert_eq!(pet(&json!({"kind": "cat", "lives": 9})), Pet::Cat(Cat { lives: 9 }));
    assert_eq!(pet(&json!({"kind": "kitty", "lives": 1})), Pet::Cat(Cat { lives: 1 }));
    assert_eq!(serde_json::to_value(Pet::Cat(Cat { lives: 9 })).unwrap(), json!({"kind": "cat", "lives": 9}));
    let dog = json!({"kind": "dog", "bark": true});
    assert_eq!(serde_json::to_value(pet(&dog)).unwrap(), dog);
}

#[test]
fn an_unknown_member_is_kept_as_it_came() {
    for unknown in [json!({"kind": "bird", "song": [1, 2]}), json!({"lives": 3}), json!("cat")] {
        assert_eq!(pet(&unknown), Pet::Other(unknown.clone()));
        assert_eq!(serde_json::to_value(pet(&unknown)).unwrap(), unknown);
    }
}

#[derive(Clone, PartialEq)]
struct Small {
    a: i64,
}

object! { Small { a } }

#[derive(Clone, PartialEq)]
struct Large {
    a: i64,
    b: i64,
}

object! { Large { a, b } }

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Small(Small),
    Large(Large),
    Number(f64),
    Other(Value),
}

untagged_union! { Either { Small, Large, Number } else Other }

#[test]
fn the_member_that_keeps_everything_is_the_one_that_was_meant() {
    let both = json!({"a": 1, "b": 2});
    let read: Either = serde_json::from_value(both.clone()).unwrap();
    assert_eq!(read, Either::Large(Large { a: 1, b: 2 }));
    assert_eq!(serde_json::to_value(read).unwrap(), both);
    assert_eq!(serde_json::from_value::<Either>(json!(7)).unwrap(), Either::Number(7.0));
    assert_eq!(serde_json::from_value::<Either>(json!([true])).unwrap(), Either::Other(json!([true])));
    // A newer server's property: still the member it was, since nothing reads it better.
    assert_eq!(serde_json::from_value::<Either>(json!({"a": 1, "c": 3})).unwrap(), Either::Small(Small { a: 1 }));
}

#[derive(Clone, PartialEq)]
struct Branch {
    inner: Box<Tree>,
}

object! { Branch { inner } }

#[derive(Clone, PartialEq)]
struct Twin {
    inner: Box<Tree>,
}

object! { Twin { inner } }

#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Branch(Branch),
    Twin(Twin),
    Other(Value),
}

untagged_union! { Tree { Branch, Twin } else Other }

#[test]
fn a_deep_value_that_nothing_tells_apart_comes_to_an_end() {
    // Neither member keeps `more`, so each is tried at each level: 2 to the power of 60 ways, tried one by one.
    let deep = (0..60).fold(json!({"more": 0}), |inner, _| json!({ "inner": inner, "more": 0 }));
    assert!(matches!(serde_json::from_value::<Tree>(deep).unwrap(), Tree::Branch(_)));
    let bare = (0..60).fold(json!(1), |inner, _| json!({ "inner": inner }));
    assert_eq!(serde_json::to_value(serde_json::from_value::<Tree>(bare.clone()).unwrap()).unwrap(), bare);
}

#[derive(Clone, Debug, PartialEq)]
enum Mixed {
    One,
    OneText,
    Yes,
    Point,
    Other(Value),
}

json_enum! { Mixed { One = "1", OneText = "\"1\"", Yes = "true", Point = "{\"x\":0}" } }

#[test]
fn values_of_several_types_keep_their_types() {
    let shown: Vec<String> = Mixed::VALUES.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["1", "1", "true", "{\"x\":0}"]);
    let known = [
        (json!(1), Mixed::One),
        (json!("1"), Mixed::OneText),
        (json!(true), Mixed::Yes),
        (json!({"x": 0}), Mixed::Point),
    ];
    for (value, variant) in known {
        assert_eq!(serde_json::from_value::<Mixed>(value.clone()).unwrap(), variant);
        assert_eq!(serde_json::to_value(variant).unwrap(), value);
    }
    assert_eq!(serde_json::from_value::<Mixed>(json!("true")).unwrap(), Mixed::Other(json!("true")));
}

/// Alternatives that only the innermost value distinguishes, each of which holds the union again.
macro_rules! alike {
    ($($name:ident: $last:ident),*) => {
        $(
            #[derive(Clone, PartialEq)]
            struct $name {
                child: Option<Box<Nest>>,
                data: Option<Vec<i64>>,
                $last: Option<i64>,
            }

            object! { $name {} optional { child, data, $last } }
        )*

        #[derive(Clone, Debug, PartialEq)]
        enum Nest {
            $($name($name),)*
            Other(Value),
        }

        untagged_union! { Nest { $($name),* } else Other }
    };
}

alike! { One: one, Two: two, Three: three, Four: four, Five: five, Six: six }

fn nested(depth: usize, innermost: &Value) -> Value {
    (0..depth).fold(innermost.clone(), |child, _| json!({ "child": child, "six": 1 }))
}

#[test]
fn a_union_in_a_union_is_decided_once() {
    let data = vec![1; 5_000];
    for depth in [1, 8, 40, 100] {
        let value = nested(depth, &json!({"data": data, "nobody": 1}));
        let text = value.to_string();
        let begun = std::time::Instant::now();
        let read: Nest = serde_json::from_str(&text).unwrap();
        assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{depth}: {:?}", begun.elapsed());
        // However it was distinguished, nothing is lost but members that the best of several alternatives does not have.
        assert!(
            kept::in_value(&value, &serde_json::to_value(&read).unwrap()).amount + 1
                >= kept::in_value(&value, &value).amount
        );
    }
    let value = nested(30, &json!({"two": 2}));
    let read: Nest = serde_json::from_value(value.clone()).unwrap();
    assert!(matches!(&read, Nest::Six(_)), "{read:?}");
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
}

#[derive(Clone, PartialEq)]
struct Mail {
    to: String,
}

object! { Mail { to } tag { "via" = "mail" } }

#[derive(Clone, PartialEq)]
struct Post {
    via: Option<String>,
    street: String,
}

object! { Post { street } optional { via } }

#[derive(Clone, Debug, PartialEq)]
enum Delivery {
    Mail(Mail),
    Post(Post),
    Other(Value),
}

tagged_union! { Delivery by "via" { Mail = "mail" } or Post = "post" else Other }
from_members! { Delivery { Mail(Mail), Post(Post) } }

fn delivery(value: &Value) -> Delivery {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn a_member_with_one_value_is_written_and_asked_for_but_is_no_field() {
    let mail = Mail { to: "me".to_owned() };
    let written = json!({"to": "me", "via": "mail"});
    assert_eq!(serde_json::to_value(&mail).unwrap(), written);
    assert_eq!(serde_json::from_value::<Mail>(written).unwrap(), mail);
    for wrong in [json!({"to": "me"}), json!({"to": "me", "via": "post"})] {
        assert!(serde_json::from_value::<Mail>(wrong).is_err());
    }
    assert_eq!(Delivery::from(mail.clone()), Delivery::Mail(mail));
}

#[test]
fn the_default_member_is_read_where_the_tag_is_unknown_or_absent_and_keeps_it() {
    for value in
        [json!({"street": "s"}), json!({"street": "s", "via": "pigeon"}), json!({"street": "s", "via": "post"})]
    {
        assert!(matches!(delivery(&value), Delivery::Post(_)), "{value}");
        assert_eq!(serde_json::to_value(delivery(&value)).unwrap(), value);
    }
}

#[test]
fn the_variant_writes_the_tag_whatever_stands_in_the_field() {
    let dog = Pet::Dog(Dog { kind: "wolf".to_owned(), bark: true });
    assert_eq!(serde_json::to_value(dog).unwrap(), json!({"kind": "dog", "bark": true}));
}

#[derive(Clone, PartialEq)]
struct Versioned {
    v: i64,
}

object! { Versioned { v } }

#[derive(Clone, Debug, PartialEq)]
enum Numbered {
    One(Versioned),
    Two(Versioned),
    Other(Value),
}

tagged_union! { Numbered by (json "v") { One = "1", Two = "2" } else Other }

#[test]
fn tags_may_be_numbers() {
    let two: Numbered = serde_json::from_value(json!({"v": 2})).unwrap();
    assert_eq!(two, Numbered::Two(Versioned { v: 2 }));
    assert_eq!(serde_json::to_value(Numbered::One(Versioned { v: 7 })).unwrap(), json!({"v": 1}));
}

#[derive(Clone, PartialEq)]
struct Loose {
    via: Option<String>,
}

object! { Loose { } optional { via } }

#[derive(Clone, Debug, PartialEq)]
enum Guarded {
    Mail(Loose),
    Text(Loose),
    Other(Value),
}

untagged_union! { Guarded { Mail if "via" = "mail" | "email", Text if "via" = "text" } else Other }

#[test]
fn a_member_is_tried_only_where_its_conditions_hold() {
    let guarded = |via: &str| serde_json::from_value::<Guarded>(json!({ "via": via })).unwrap();
    assert!(matches!(guarded("email"), Guarded::Mail(_)));
    assert!(matches!(guarded("text"), Guarded::Text(_)));
    assert!(matches!(guarded("pigeon"), Guarded::Other(_)));
}

#[derive(Clone, PartialEq)]
struct Good {
    data: Option<i64>,
}

object! { Good {} optional { data } tag { "ok" = (json "true") } }

#[test]
fn a_member_with_one_value_may_be_a_truth_value() {
    let written = json!({"ok": true, "data": 1});
    assert_eq!(serde_json::to_value(Good { data: Some(1) }).unwrap(), written);
    assert_eq!(serde_json::from_value::<Good>(written).unwrap(), Good { data: Some(1) });
    for wrong in [json!({}), json!({"ok": false}), json!({"ok": "true"})] {
        assert!(serde_json::from_value::<Good>(wrong).is_err());
    }
}

#[derive(Clone, Debug, PartialEq)]
enum PetOrName {
    Pet(Box<Pet>),
    Mixed(Mixed),
    Name(String),
    Other(Value),
}

untagged_union! { PetOrName { Pet, Mixed, Name } else Other }
from_members! { PetOrName { Pet(box Pet), Mixed(Mixed), Name(String) } }

#[test]
fn a_union_in_a_union_does_not_keep_what_another_member_reads() {
    let read = |value: Value| serde_json::from_value::<PetOrName>(value).unwrap();
    let cat = Pet::Cat(Cat { lives: 9 });
    assert_eq!(read(json!({"kind": "cat", "lives": 9})), PetOrName::from(cat));
    assert_eq!(read(json!("Rex")), PetOrName::from("Rex".to_owned()));
    assert_eq!(read(json!(true)), PetOrName::Mixed(Mixed::Yes));
    let bird = json!({"kind": "bird"});
    assert_eq!(read(bird.clone()), PetOrName::Other(bird));
}

#[derive(Clone, Debug, PartialEq)]
enum Placed {
    Nested(BTreeMap<String, Value>),
    Coded(BTreeMap<String, Value>),
    Listed(String),
    Text(String),
    Other(Value),
}

untagged_union! { Placed {
    Nested if (at "/owner/kind") = "me" if (json at "/owner/age") = "7",
    Coded if (text 2 3 at "/code") = "AZ",
    Listed if (at "") = "one" | "two",
    Text,
} else Other }

#[test]
fn conditions_may_be_of_any_part_of_a_value() {
    let read = |value: Value| serde_json::from_value::<Placed>(value).unwrap();
    assert!(matches!(read(json!({"owner": {"kind": "me", "age": 7}, "code": "x"})), Placed::Nested(_)));
    assert!(matches!(read(json!({"owner": {"kind": "you"}, "code": "XY"})), Placed::Coded(_)));
    assert!(matches!(read(json!({"owner": {"kind": "me", "age": 8}, "code": "xyz"})), Placed::Other(_)));
    assert!(matches!(read(json!("two")), Placed::Listed(_)));
    assert!(matches!(read(json!("three")), Placed::Text(_)));
}
