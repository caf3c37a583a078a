//! Tests of the policy: strict modes and allowances.

use clientwright::diagnostics::{Allowance, Rule};
use clientwright_tests::front::{Case, yaml};

fn lossy() -> Case {
    yaml("openapi: 3.1.0\ninfo: {title: A, version: '1'}\ncomponents: {schemas: {A: {if: {}, then: {}}}}\n")
}

fn allow(pointer: &str) -> Allowance {
    Allowance { code: "CW0601".to_owned(), pointer: pointer.to_owned(), reason: None }
}

#[test]
fn losses_are_errors_only_where_they_are_denied_and_not_allowed() {
    assert_eq!(lossy().run().codes(), ["CW0601", "CW0601"]);
    assert!(lossy().run().passes());
    let mut case = lossy();
    case.settings.deny_loss = true;
    assert!(!case.clone().run().passes());
    case.settings.allowances = vec![allow("/components/schemas/A/if"), allow("/components/schemas/A/then")];
    let outcome = case.run();
    assert!(outcome.passes() && outcome.codes().is_empty(), "{}", outcome.short());
}

#[test]
fn an_allowance_that_allows_nothing_is_an_error() {
    let mut case = lossy();
    case.settings.allowances = vec![allow("/components/schemas/A/if"), allow("/components/schemas/Gone")];
    let mut outcome = case.run();
    outcome.diagnostics.report_unused_allowances();
    assert_eq!(outcome.codes(), ["CW0601", "CW0001"]);
    assert!(outcome.diagnostics.has_errors());
}

#[test]
fn repairs_are_errors_when_strict() {
    let case = yaml("openapi: 3.0.3\ninfo: {title: A, version: 1}\npaths: {}\n");
    assert!(case.clone().run().passes());
    assert!(!case.strict().run().passes());
}

#[test]
fn every_rule_explains_itself() {
    for rule in Rule::ALL {
        let text = rule.explain();
        assert!(text.contains(rule.code()) && text.contains("Correction:"), "{text}");
    }
}
