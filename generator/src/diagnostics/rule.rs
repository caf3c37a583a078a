//! The catalogue of everything that can be reported.

use super::severity::Severity;

/// What sort of finding a rule describes; it decides what the strict modes make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The document cannot be used. Always an error.
    Rejected,
    /// The specification forbids it, but what was meant is plain enough to carry on. A warning; an error when strict.
    Repaired,
    /// Allowed, and probably not what was meant. A warning.
    Suspect,
    /// Allowed, and not carried into the crate, or not whole. A note in the ledger; an error when loss is denied.
    Lost,
}

/// What the catalogue says about a rule.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code by which messages, allowances and searches name it.
    pub code: &'static str,
    /// What sort of finding it is.
    pub kind: Kind,
    /// The finding in a few words.
    pub title: &'static str,
    /// What it means, and why it is reported.
    pub explanation: &'static str,
    /// A document that has it.
    pub example: &'static str,
    /// What to do.
    pub way_out: &'static str,
}

/// One table gives the enum, its catalogue and the list of all rules, so that no rule can lack an entry.
macro_rules! catalogue {
    ($($name:ident $code:literal $kind:ident: $title:literal; $explanation:literal; $example:literal; $way_out:literal;)*) => {
        /// The catalogue of everything that can be reported.
        ///
        /// A rule's code and meaning never change once released, so that allowances and searches stay valid.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $title] $name,)*
        }

        impl Rule {
            /// All rules, in the order of the catalogue.
            pub const ALL: &'static [Rule] = &[$(Rule::$name),*];

            /// What the catalogue says about the rule.
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
    /// The rule that has a code.
    pub fn by_code(code: &str) -> Option<Rule> {
        Rule::ALL.iter().copied().find(|rule| rule.code().eq_ignore_ascii_case(code))
    }

    /// The code by which messages name it.
    pub fn code(self) -> &'static str {
        self.entry().code
    }

    /// What sort of finding it is.
    pub fn kind(self) -> Kind {
        self.entry().kind
    }

    /// The severity that findings under this rule have unless told otherwise.
    pub fn severity(self) -> Severity {
        match self.kind() {
            Kind::Rejected => Severity::Error,
            Kind::Repaired | Kind::Suspect => Severity::Warning,
            Kind::Lost => Severity::Note,
        }
    }

    /// The rule explained, for `explain CODE`.
    pub fn explain(self) -> String {
        let entry = self.entry();
        let effect = match entry.kind {
            Kind::Rejected => "The document is rejected.",
            Kind::Repaired => "Repaired with a warning; rejected under --strict.",
            Kind::Suspect => "A warning.",
            Kind::Lost => "Listed in the ledger; rejected under --deny-loss unless an allowance permits it.",
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
