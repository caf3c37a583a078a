//! The catalogue of rules: all findings that can be reported.

use super::severity::Severity;

/// The kind of a rule's findings, which determines the effect of the strict modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The document cannot be used. Always an error.
    Rejected,
    /// The specification forbids it, but its meaning is clear. A warning; an error with `strict`.
    Repaired,
    /// Allowed, but probably a mistake. A warning.
    Suspect,
    /// Allowed, but the crate does not represent it, or only in part. A note in the ledger; an error with `deny_loss`.
    Lost,
    /// The crate represents it in another form, and nothing is lost. A note that is shown only on request.
    Equivalent,
    /// Names suggest that more could be made of it, which the document does not say. A note of `lint`.
    Proposed,
}

/// The entry of a rule in the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code, which identifies the rule in messages and allowances.
    pub code: &'static str,
    /// The kind of the finding.
    pub kind: Kind,
    /// The finding in a few words.
    pub title: &'static str,
    /// The explanation: the meaning of the finding, and the reason for reporting it.
    pub explanation: &'static str,
    /// A part of a document that yields the finding.
    pub example: &'static str,
    /// The correction.
    pub way_out: &'static str,
}

/// Defines the enum, the catalogue and the list of all rules from one table, so that every rule has an entry.
macro_rules! catalogue {
    ($($name:ident $code:literal $kind:ident: $title:literal; $explanation:literal; $example:literal; $way_out:literal;)*) => {
        /// The catalogue of rules: all findings that can be reported.
        ///
        /// The code and the meaning of a released rule never change, so that allowances stay valid.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $title] $name,)*
        }

        impl Rule {
            /// All rules, in the order of the catalogue.
            pub const ALL: &'static [Rule] = &[$(Rule::$name),*];

            /// Returns the rule's entry in the catalogue.
            pub fn entry(self) -> Entry {
                match self {
                    $(Rule::$name => Entry {
                        code: $code,
                        kind: Kind::$kind,
                        title: $title,
                        explanation: $explanation,
                        example: $example,
                        way_out: $way_out,
                    },)*
                }
            }
        }
    };
}

include!("catalogue.rs");

impl Rule {
    /// Returns the rule with this code.
    pub fn by_code(code: &str) -> Option<Rule> {
        Rule::ALL.iter().copied().find(|rule| rule.code().eq_ignore_ascii_case(code))
    }

    /// Returns the code.
    pub fn code(self) -> &'static str {
        self.entry().code
    }

    /// The kind of the finding.
    pub fn kind(self) -> Kind {
        self.entry().kind
    }

    /// Returns the default severity of the rule's findings.
    pub fn severity(self) -> Severity {
        match self.kind() {
            Kind::Rejected => Severity::Error,
            Kind::Repaired | Kind::Suspect => Severity::Warning,
            Kind::Lost | Kind::Equivalent | Kind::Proposed => Severity::Note,
        }
    }

    /// Returns the text of `explain CODE`.
    pub fn explain(self) -> String {
        let entry = self.entry();
        let effect = match entry.kind {
            Kind::Rejected => "The document is rejected.",
            Kind::Repaired => "Repaired with a warning; rejected under --strict.",
            Kind::Suspect => "A warning.",
            Kind::Lost => "Listed in the ledger; rejected under --deny-loss unless an allowance permits it.",
            Kind::Equivalent => "A note, shown with --verbose. Nothing is lost.",
            Kind::Proposed => "A note of `lint`. Nothing is made of it until the document or an option says so.",
        };
        format!(
            "{}: {}\n\n{}\n\n{effect}\n\nFor example:\n\n{}\n\nCorrection: {}\n",
            entry.code,
            entry.title,
            entry.explanation,
            indent(entry.example),
            entry.way_out
        )
    }
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Rule;

    #[test]
    fn codes_are_unique_and_every_entry_says_something() {
        let mut codes = BTreeSet::new();
        for rule in Rule::ALL {
            let entry = rule.entry();
            assert!(codes.insert(entry.code), "{} is taken twice", entry.code);
            for text in [entry.title, entry.explanation, entry.example, entry.way_out] {
                assert!(!text.trim().is_empty(), "{} has an empty text", entry.code);
            }
            assert_eq!(Rule::by_code(entry.code), Some(*rule));
        }
    }
}
