//! The first column of `docs/comparison.md`.

use clientwright_tests::inputs::{compile, file, source};

#[test]
fn the_comparison_says_what_is_emitted() {
    let generated = compile("tricky", &source("tests/cases/tricky.yaml"), &[]);
    let types = file(&generated, "src/types.rs");
    let text: String = types.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "pub note: crate::runtime::Presence<String>",
        "Plus = \"+\"",
        "pub type Labels = ::std::collections::BTreeMap<String, i64>;",
        "pub additional_properties: ::std::collections::BTreeMap<String, i64>",
        "pub type Pair = (String, i64);",
        "pub struct Tree(pub Vec<Tree>);",
        "tagged_union! { Shape by \"kind\" { Circle = \"circle\", Square = \"square\", } else Other }",
        "Integer(i64), Text(String),",
        "pub type Big = u64;",
        "pub struct Account { pub email: String, pub id: String, }",
        "pub struct AccountInput { pub email: String, pub password: Secret, }",
    ] {
        assert!(text.contains(part), "no {part} in\n{types}");
    }
}
