//! Tests of names, with those of real APIs and hostile ones.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::*;

/// Every kind of name that has broken a generator, each a candidate in one scope.
fn nasty() -> Vec<String> {
    let fixed = [
        "",
        " ",
        "_",
        "__",
        "-",
        "+",
        "+1",
        "-1",
        "*",
        "%",
        "<=",
        ">=",
        "!=",
        "≠",
        "≤",
        "2fa",
        "123",
        "1.5",
        "15",
        "_links",
        "links",
        "$ref",
        "ref",
        "@type",
        "type",
        "type_",
        "self",
        "Self",
        "self_",
        "super",
        "crate",
        "gen",
        "try",
        "dyn",
        "async",
        "union",
        "auto",
        "raw",
        "safe",
        "default",
        "macro_rules",
        "static",
        "iOS",
        "OAuth2",
        "x_1",
        "HTTPSProxy",
        "fooBar",
        "foo_bar",
        "FooBar",
        "foo-bar",
        "FOO_BAR",
        "foo bar",
        "foo.bar",
        "Größe",
        "größe",
        "名前",
        "имя",
        "caf\u{e9}",
        "cafe\u{301}",
        "\u{fb01}eld",
        "field",
        "ſ",
        "s",
        "🎉",
        "🚀🚀",
        "\u{202e}",
        "na\u{202e}me",
        "\0",
        "a\nb",
        "std::fs::remove_dir_all(\"/\")",
        "Option",
        "Result",
        "Vec",
        "String",
        "Some",
        "None",
        "Ok",
        "Err",
        "r#type",
        "C",
        "C++",
        "C#",
        "A+",
        "A-",
        "A",
        "filter[name]",
        "ids[]",
        "created_at<",
        "created_at>",
        "user:read",
        "*/*",
        "'",
        "\"",
        "\\",
        "`",
        "{}",
        "${x}",
        "__count__",
        "count",
        "Count",
        "a__b",
        "A_B_C",
        "\u{e000}",
        "½",
    ];
    let mut candidates: Vec<String> = fixed.iter().map(|candidate| (*candidate).to_owned()).collect();
    candidates.extend(["x".repeat(5_000), "x".repeat(5_001), "long name ".repeat(500), "!".repeat(5_000)]);
    candidates
}

fn claim_all(candidates: &[&str], case: Case) -> Vec<String> {
    Scope::new().claim_all(candidates.iter().copied(), case).iter().map(|name| name.as_str().to_owned()).collect()
}

#[test]
fn every_wish_gets_a_name_of_its_own_whatever_the_order() {
    let candidates = nasty();
    for case in [Case::Type, Case::Variant, Case::Value, Case::Constant] {
        let forward = Scope::new().claim_all(candidates.iter().map(String::as_str), case);
        let mut backward = Scope::new().claim_all(candidates.iter().rev().map(String::as_str), case);
        backward.reverse();
        assert_eq!(forward, backward);
        assert_eq!(forward.iter().collect::<BTreeSet<_>>().len(), candidates.len());
    }
}

#[test]
fn names_read_as_a_person_would_have_written_them() {
    for (candidate, case, expected) in [
        ("webhook-filter", Case::Type, "WebhookFilter"),
        ("targetUrl", Case::Value, "target_url"),
        ("type", Case::Value, "r#type"),
        ("gen", Case::Value, "r#gen"),
        ("type", Case::Variant, "Type"),
        ("self", Case::Value, "self_"),
        ("self", Case::Variant, "Self_"),
        ("super", Case::Value, "super_"),
        ("crate", Case::Value, "crate_"),
        ("union", Case::Value, "union"),
        ("_", Case::Value, "underscore"),
        ("", Case::Variant, "Empty"),
        ("<=", Case::Variant, "LessOrEqual"),
        ("!=", Case::Variant, "NotEqual"),
        ("=", Case::Variant, "Equal"),
        ("+1", Case::Value, "plus_1"),
        ("-1", Case::Variant, "Minus1"),
        ("*", Case::Variant, "Star"),
        ("%", Case::Variant, "Percent"),
        ("_links", Case::Value, "links"),
        ("$ref", Case::Value, "r#ref"),
        ("@type", Case::Value, "r#type"),
        ("filter[name]", Case::Value, "filter_name"),
        ("C++", Case::Variant, "CPlusPlus"),
        ("C#", Case::Variant, "CHash"),
        ("application/ld+json", Case::Variant, "ApplicationLdJson"),
        ("created_at<", Case::Value, "created_at_less_than"),
        ("Yahoo!", Case::Variant, "Yahoo"),
        ("2fa", Case::Value, "n2fa"),
        ("Option", Case::Type, "Option"),
        ("user:read", Case::Variant, "UserRead"),
        ("DEFAULT_LIMIT", Case::Value, "default_limit"),
        ("maxRetries", Case::Constant, "MAX_RETRIES"),
        ("名前", Case::Value, "ming_qian"),
    ] {
        assert_eq!(Scope::new().claim(candidate, case).as_str(), expected, "for {candidate:?}");
    }
}

#[test]
fn like_names_are_told_apart_by_symbols_then_by_numbers() {
    assert_eq!(
        claim_all(&["fooBar", "foo_bar", "FooBar", "foo-bar", "FOO_BAR", "foo bar", "foo.bar"], Case::Value),
        [
            "foo_bar_camel_case",
            "foo_bar",
            "foo_bar_pascal_case",
            "foo_dash_bar",
            "foo_bar_2",
            "foo_bar_3",
            "foo_dot_bar"
        ]
    );
    assert_eq!(claim_all(&["@type", "type", "$type"], Case::Value), ["at_type", "r#type", "dollar_type"]);
    assert_eq!(claim_all(&["-name", "name"], Case::Variant), ["MinusName", "Name"]);
    assert_eq!(claim_all(&["self", "self_"], Case::Value), ["self_2", "self_"]);
}

#[test]
fn a_number_takes_nobodys_own_name() {
    assert_eq!(claim_all(&["pet", "Pet", "Pet2"], Case::Type), ["Pet3", "Pet", "Pet2"]);
    assert_eq!(claim_all(&["Pet_2", "Pet2", "pet2"], Case::Type), ["Pet2_2", "Pet2", "Pet2_3"]);
}

#[test]
fn reserved_words_get_an_underscore_then_numbers() {
    let mut scope = Scope::excluding(&["send", "client"]);
    assert!(!scope.is_free("send", Case::Value));
    assert_eq!(scope.claim("send", Case::Value).as_str(), "send_");
    assert_eq!(scope.claim("Send", Case::Value).as_str(), "send_2");
    assert_eq!(scope.claim("sender", Case::Value).as_str(), "sender");
}

#[test]
fn the_first_free_candidate_is_taken() {
    let mut scope = Scope::new();
    scope.claim("Owner", Case::Type);
    assert_eq!(scope.claim_first(&["owner", "pet owner"], Case::Type).as_str(), "PetOwner");
    assert_eq!(scope.claim_first(&["owner", "pet owner"], Case::Type).as_str(), "PetOwner2");
    assert_eq!(scope.claim_first(&[], Case::Type).as_str(), "Empty");
}

#[test]
fn a_kept_name_is_given_as_written_or_not_at_all() {
    let mut scope = Scope::excluding(&["new"]);
    assert_eq!(scope.keep("r#type").map(|name| name.bare().to_owned()).as_deref(), Some("type"));
    assert_eq!(scope.claim("type", Case::Value).as_str(), "type_2");
    for refused in ["r#type", "type", "new", "", "1a", "a b", "é", "self", "r#self", "r#a", "_", "a;b"] {
        assert!(scope.keep(refused).is_none(), "{refused:?}");
    }
}

#[test]
fn a_thousand_like_names_are_a_thousand_names() {
    let mut scope = Scope::new();
    let names: BTreeSet<Name> = (0..1_000).map(|_| scope.claim("item", Case::Value)).collect();
    assert_eq!(names.len(), 1_000);
}

/// The compiler's own word that no name is refused or linted.
#[test]
fn rustc_has_nothing_to_say_against_any_name() {
    let candidates = nasty();
    let claim = |case| Scope::new().claim_all(candidates.iter().map(String::as_str), case);
    let mut source = String::from("#![allow(dead_code)]\n");
    for name in claim(Case::Type) {
        let _ = writeln!(source, "pub struct {name};");
    }
    source.push_str("pub mod functions {\n");
    for name in claim(Case::Value) {
        let _ = writeln!(source, "pub fn {name}({name}: u8) -> u8 {{ {name} }}\npub mod {name} {{}}");
    }
    source.push_str("}\npub mod constants {\n");
    for name in claim(Case::Constant) {
        let _ = writeln!(source, "pub const {name}: u8 = 0;");
    }
    source.push_str("}\npub mod members {\npub struct Fields {\n");
    for name in claim(Case::Value) {
        let _ = writeln!(source, "pub {name}: u8,");
    }
    source.push_str("}\npub enum Variants {\n");
    for name in claim(Case::Variant) {
        let _ = writeln!(source, "{name},");
    }
    source.push_str("}\n}\n");
    let folder = std::env::temp_dir().join(format!("clientwright-names-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("lib.rs"), source).unwrap();
    let output = std::process::Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args([
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "--emit",
            "metadata",
            "-Dwarnings",
            "-Dnonstandard_style",
            "lib.rs",
        ])
        .current_dir(&folder)
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
