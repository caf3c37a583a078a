//! The rules of the comparison, each with an id that never changes.

use std::fmt;

use super::level::Level;

/// A rule of the comparison. Its id identifies it in reports and for `explain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeRule {
    /// A rule about the API, an operation, or a part of one.
    Api(ApiRule),
    /// A rule about a value, at one of the places that have values.
    Value(Noun, ValueRule),
    /// A rule about a bound of a value, by the keyword that states it.
    Bound(Noun, &'static str, BoundRule),
    /// A rule about the API of the crate.
    Crate(CrateRule),
}

/// The place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    /// A parameter.
    RequestParameter,
    /// The body of a request.
    RequestBody,
    /// A property in a request.
    RequestProperty,
    /// The body of a response.
    ResponseBody,
    /// A property in a response.
    ResponseProperty,
    /// A header of a response.
    ResponseHeader,
}

/// The direction in which values are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// From the client to the API.
    Request,
    /// From the API to the client.
    Response,
}

impl Noun {
    /// All of them.
    pub const ALL: [Noun; 6] = [
        Noun::RequestParameter,
        Noun::RequestBody,
        Noun::RequestProperty,
        Noun::ResponseBody,
        Noun::ResponseProperty,
        Noun::ResponseHeader,
    ];

    fn prefix(self) -> &'static str {
        match self {
            Noun::RequestParameter => "request-parameter",
            Noun::RequestBody => "request-body",
            Noun::RequestProperty => "request-property",
            Noun::ResponseBody => "response-body",
            Noun::ResponseProperty => "response-property",
            Noun::ResponseHeader => "response-header",
        }
    }

    /// The direction in which values at the place are sent.
    #[must_use]
    pub fn side(self) -> Side {
        match self {
            Noun::RequestParameter | Noun::RequestBody | Noun::RequestProperty => Side::Request,
            Noun::ResponseBody | Noun::ResponseProperty | Noun::ResponseHeader => Side::Response,
        }
    }
}

/// The effect of a change on callers, by the direction in which the value is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Fewer values are valid. A value that was sent may be refused; one that is received was valid before.
    Narrows,
    /// More values are valid. A value that was sent still is; one that is received may be new.
    Widens,
    /// More values are valid, but robust clients accept unknown values.
    WidensAList,
    /// The same in both directions.
    Always(Level),
    /// The comparison decides from the case.
    Depends,
}

impl Effect {
    /// Returns the level of a change; one that depends on the case is breaking unless the comparison sets another level.
    pub(super) fn level(self, side: Side) -> Level {
        match (self, side) {
            (Effect::Narrows, Side::Request) | (Effect::Widens, Side::Response) | (Effect::Depends, _) => {
                Level::Breaking
            }
            (Effect::Narrows, Side::Response) | (Effect::Widens | Effect::WidensAList, Side::Request) => Level::Info,
            (Effect::WidensAList, Side::Response) => Level::Warning,
            (Effect::Always(level), _) => level,
        }
    }
}

/// The entry of a rule in the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The id; of a rule about values, the part behind the place of the value.
    pub id: &'static str,
    /// The effect on callers.
    pub effect: Effect,
    /// The change in a few words.
    pub title: &'static str,
    /// The reason for the effect, and the way to avoid it if there is one.
    pub explanation: &'static str,
}

/// Defines an enum of rules and their entries from one table, so that every rule has an entry.
macro_rules! rules {
    ($(#[$docs:meta])* $enum:ident { $($name:ident $id:literal $effect:expr, $title:literal, $explanation:literal;)* }) => {
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum {
            $(#[doc = $title] $name,)*
        }

        impl $enum {
            /// All rules, in the order of the catalogue.
            pub const ALL: &'static [$enum] = &[$($enum::$name),*];

            /// Returns the rule's entry in the catalogue.
            #[must_use]
            pub fn entry(self) -> Entry {
                match self {
                    $($enum::$name => Entry { id: $id, effect: $effect, title: $title, explanation: $explanation },)*
                }
            }
        }
    };
}

include!("catalogue.rs");

/// The keywords of bounds.
const BOUNDS: [&str; 12] = [
    "maximum",
    "minimum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "maxProperties",
    "minProperties",
    "multipleOf",
    "pattern",
];

impl ChangeRule {
    /// Returns all rules.
    pub fn all() -> impl Iterator<Item = ChangeRule> {
        let api = ApiRule::ALL.iter().map(|rule| ChangeRule::Api(*rule));
        let values = Noun::ALL
            .into_iter()
            .flat_map(|noun| ValueRule::ALL.iter().map(move |rule| ChangeRule::Value(noun, *rule)));
        let bounds = Noun::ALL.into_iter().flat_map(|noun| {
            let of = move |keyword| BoundRule::ALL.iter().map(move |rule| ChangeRule::Bound(noun, keyword, *rule));
            BOUNDS.into_iter().flat_map(of)
        });
        let crates = CrateRule::ALL.iter().map(|rule| ChangeRule::Crate(*rule));
        api.chain(values).chain(bounds).chain(crates)
    }

    /// Returns the rule with this id.
    #[must_use]
    pub fn by_id(id: &str) -> Option<ChangeRule> {
        ChangeRule::all().find(|rule| rule.id() == id)
    }

    /// Returns the rule's entry in the catalogue.
    #[must_use]
    pub fn entry(self) -> Entry {
        match self {
            ChangeRule::Api(rule) => rule.entry(),
            ChangeRule::Value(_, rule) => rule.entry(),
            ChangeRule::Bound(_, _, rule) => rule.entry(),
            ChangeRule::Crate(rule) => rule.entry(),
        }
    }

    /// Returns the id.
    #[must_use]
    pub fn id(self) -> String {
        let end = self.entry().id;
        match self {
            ChangeRule::Api(_) | ChangeRule::Crate(_) => end.to_owned(),
            ChangeRule::Value(noun, _) => format!("{}-{end}", noun.prefix()),
            ChangeRule::Bound(noun, keyword, _) => format!("{}-{}-{end}", noun.prefix(), dashed(keyword)),
        }
    }

    /// Returns the level of a change by this rule.
    pub(super) fn level(self) -> Level {
        let side = match self {
            ChangeRule::Api(_) | ChangeRule::Crate(_) => Side::Request,
            ChangeRule::Value(noun, _) | ChangeRule::Bound(noun, ..) => noun.side(),
        };
        self.entry().effect.level(side)
    }

    /// Returns the text of `explain ID`.
    #[must_use]
    pub fn explain(self) -> String {
        let Entry { effect, title, explanation, .. } = self.entry();
        let level = match (effect, self.level()) {
            (Effect::Depends, _) => "Breaking or not, by the case.",
            (_, Level::Breaking) => "Breaking: callers that kept to the old description can fail.",
            (_, Level::Warning) => "A warning: some callers may fail, by what they relied on.",
            (_, Level::Info) => "Harmless: no caller fails.",
        };
        format!("{}: {title}\n\n{explanation}\n\n{level}\n", self.id())
    }
}

impl fmt::Display for ChangeRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id())
    }
}

/// `maxLength` as ids have it: `max-length`. oasdiff writes `max` for `maximum`.
fn dashed(keyword: &str) -> String {
    match keyword {
        "maximum" => return "max".to_owned(),
        "minimum" => return "min".to_owned(),
        _ => {}
    }
    let mut text = String::new();
    for character in keyword.chars() {
        if character.is_ascii_uppercase() {
            text.push('-');
        }
        text.push(character.to_ascii_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ChangeRule;

    #[test]
    fn ids_are_unique_and_every_entry_says_something() {
        let mut ids = BTreeSet::new();
        for rule in ChangeRule::all() {
            let entry = rule.entry();
            assert!(ids.insert(rule.id()), "{rule} is taken twice");
            assert!(!entry.title.is_empty() && !entry.explanation.is_empty(), "{rule} has an empty text");
            assert_eq!(ChangeRule::by_id(&rule.id()), Some(rule));
            assert!(rule.explain().starts_with(&rule.id()));
        }
    }
}
