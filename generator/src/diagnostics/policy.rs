//! The policy of a run: strict modes and allowances.

use serde::Deserialize;

use super::diagnostic::Diagnostic;
use super::rule::Kind;
use super::severity::Severity;

/// A committed permission for one finding at one place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// The rule's code, such as `CW0501`.
    pub code: String,
    /// The places, as a JSON pointer into the file as its author wrote it. A token `*` stands for any one token, `**` for any number.
    pub pointer: String,
    /// The reason for the permission, which is shown with the findings that it covers.
    pub reason: Option<String>,
}

impl Allowance {
    /// Returns whether the allowance permits a finding.
    pub(super) fn covers(&self, diagnostic: &Diagnostic) -> bool {
        if self.code != diagnostic.rule.code() {
            return false;
        }
        let place = diagnostic.pointer();
        if self.pointer == place.as_str() {
            return true;
        }
        let tokens = |text: &str| text.split('/').skip(1).map(str::to_owned).collect::<Vec<_>>();
        self.pointer.contains('*') && matches(&tokens(&self.pointer), &tokens(place.as_str()))
    }
}

/// Returns whether the tokens of a pattern match those of a pointer. Each row has the prefixes of the pattern that match the tokens read so far.
fn matches(pattern: &[String], place: &[String]) -> bool {
    let mut reached = vec![false; pattern.len() + 1];
    reached[0] = true;
    let pass_over = |reached: &mut Vec<bool>| {
        for (at, token) in pattern.iter().enumerate() {
            reached[at + 1] |= reached[at] && token == "**";
        }
    };
    pass_over(&mut reached);
    for token in place {
        let mut next = vec![false; pattern.len() + 1];
        for (at, expected) in pattern.iter().enumerate().filter(|(at, _)| reached[*at]) {
            match expected.as_str() {
                "**" => next[at] = true,
                "*" => next[at + 1] = true,
                exact => next[at + 1] |= exact == token,
            }
        }
        reached = next;
        pass_over(&mut reached);
    }
    reached[pattern.len()]
}

/// The findings that are errors in this run, beyond those that always are, and the allowances.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Reject everything that the OpenAPI Specification forbids, even if generation could continue.
    pub strict: bool,
    /// Reject constructs that the crate does not represent completely.
    pub deny_loss: bool,
    /// The permitted findings.
    pub allowances: Vec<Allowance>,
}

impl Policy {
    pub(super) fn escalate(&self, diagnostic: &mut Diagnostic) {
        if self.strict && diagnostic.rule.kind() == Kind::Repaired {
            diagnostic.severity = Severity::Error;
        }
    }

    pub(super) fn deny(&self, diagnostic: &mut Diagnostic) {
        if self.deny_loss && diagnostic.rule.kind() == Kind::Lost {
            diagnostic.severity = Severity::Error;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Allowance;
    use crate::diagnostics::Rule;
    use crate::place::Pointer;

    #[test]
    fn a_pattern_stands_for_the_places_that_it_describes() {
        let covers = |pattern: &str, place: &str| {
            let allowance = Allowance { code: "CW0601".to_owned(), pointer: pattern.to_owned(), reason: None };
            allowance.covers(&Rule::ValidationOnly.at(Pointer::parse(place).unwrap_or_default()))
        };
        assert!(covers("/a/b", "/a/b"));
        assert!(covers("/components/schemas/*/not", "/components/schemas/Pet/not"));
        assert!(!covers("/components/schemas/*/not", "/components/schemas/Pet/items/not"));
        assert!(covers("/components/**/not", "/components/schemas/Pet/items/not"));
        assert!(covers("/components/**", "/components"));
        assert!(covers("/**/x/**", "/a/x"));
        assert!(!covers("/**/x", "/a/x/y"));
        assert!(!covers("/a/b*", "/a/bc"));
    }
}
