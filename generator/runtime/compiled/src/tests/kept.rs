//! The part of a value that a type keeps is what is there after writing it, whatever the types are made of.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::runtime::kept::{Comparison, in_value};
use crate::runtime::wire::Wire;
use crate::runtime::{object, tagged_union, untagged_union};

#[derive(Clone, PartialEq)]
struct Leaf {
    a: i64,
    b: Option<String>,
}

object! { Leaf { a } optional { b } }

#[derive(Clone, PartialEq)]
struct Branch {
    c: Option<Vec<Tree>>,
    d: Option<Box<Tree>>,
    f: Option<BTreeMap<String, Plant>>,
}

object! { Branch {} optional { c, d, f } }

#[derive(Clone, PartialEq)]
struct Open {
    a: Option<f64>,
    rest: BTreeMap<String, Tree>,
}

object! { Open {} optional { a } rest rest }

#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Leaf(Leaf),
    Branch(Branch),
    Open(Open),
    Plant(Box<Plant>),
    Text(String),
    Other(Value),
}

untagged_union! { Tree { Leaf, Branch, Open, Plant, Text } else Other }

#[derive(Clone, Debug, PartialEq)]
enum Plant {
    Moss(Leaf),
    Fern(Open),
    Oak(Branch),
    Other(Value),
}

tagged_union! { Plant by "b" { Moss = "moss", Fern = "fern" | "bracken", Oak = "oak" } else Other }

/// Values of few names and few scalars, so that many of them fit some type, and many almost.
struct Values(u64);

impl Values {
    fn below(&mut self, end: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end).unwrap_or_default()
    }

    fn next(&mut self, depth: usize) -> Value {
        let kinds = if depth == 0 { 4 } else { 8 };
        match self.below(kinds) {
            0 => json!(["moss", "fern", "bracken", "oak", "x"][self.below(5)]),
            1 => json!([0.0, 1.5, 2.0][self.below(3)]),
            2 => json!(self.below(3)),
            3 => [Value::Null, true.into()][self.below(2)].clone(),
            4 => (0..self.below(4)).map(|_| self.next(depth - 1)).collect(),
            _ => {
                let mut members = Map::new();
                for _ in 0..self.below(5) {
                    let name = ["a", "b", "c", "d", "f", "g"][self.below(6)];
                    members.insert(name.to_owned(), self.next(depth - 1));
                }
                Value::Object(members)
            }
        }
    }
}

/// Reads a value, and returns whether nothing is lost: by serde's own writing, with which the comparison has to agree.
fn keeps<T: Wire + DeserializeOwned + serde::Serialize>(value: &Value) -> bool {
    let Ok(read) = serde_json::from_value::<T>(value.clone()) else { return false };
    let expected = in_value(value, &serde_json::to_value(&read).unwrap());
    let kept = Comparison(&|_| None).of(value, &read).unwrap();
    assert_eq!((kept.all, kept.amount), (expected.all, expected.amount), "{value} as {read:?}");
    kept.all
}

#[test]
fn the_comparison_agrees_with_what_is_written_and_the_best_member_is_chosen() {
    let (mut values, mut whole, mut lost) = (Values(7), 0, 0);
    for _ in 0..20_000 {
        let value = values.next(5);
        let by_a_member = [
            keeps::<Leaf>(&value),
            keeps::<Branch>(&value),
            keeps::<Open>(&value),
            keeps::<Plant>(&value) && !matches!(serde_json::from_value(value.clone()).unwrap(), Plant::Other(_)),
            keeps::<String>(&value),
        ];
        let by_the_union = keeps::<Tree>(&value);
        assert!(by_the_union || !by_a_member.contains(&true), "{value}: {by_a_member:?}");
        *if by_the_union { &mut whole } else { &mut lost } += 1;
    }
    assert!(whole > 1_000 && lost > 100, "too few values of a kind: {whole}, {lost}");
}
