//! Names: the only way from a document's text to a Rust identifier.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

mod case;
mod casing;
mod contrasts;
mod reserved;
mod spelling;
mod symbols;
#[cfg(test)]
mod tests;

pub use case::Case;
pub use reserved::{CONVENTIONAL_METHODS, PRELUDE};

/// A Rust identifier in its final form: ASCII, valid, in the case rustc expects, unique in the scope that gave it.
///
/// Only a [`Scope`] makes one, so no text of a document reaches Rust as a name without having been claimed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// The Rust identifier: `Webhook`, `r#type`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, as in a file name or in documentation.
    pub fn bare(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The ASCII words of a text in lower case, split as they would be in a name: `getWebhookById` has four.
pub fn words(text: &str) -> Vec<String> {
    let identifier = casing::snake(&spelling::plain(text));
    // A list of one sign is looked for letter by letter, which is faster in a short text than the search for a sign.
    identifier.split(['_']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Returns whether `word` is a keyword, which as a name would need `r#` or an underscore.
pub fn is_keyword(word: &str) -> bool {
    reserved::needs_raw(word) || reserved::is_unusable(word)
}

/// Returns whether a given identifier can be a name of this case: legal, raw if necessary, and in rustc's style.
pub fn is_usable(identifier: &str, case: Case) -> bool {
    let bare = identifier.strip_prefix("r#").unwrap_or(identifier);
    let spelt = bare.trim_end_matches('_');
    let in_case = match case {
        Case::Value => !bare.bytes().any(|byte| byte.is_ascii_uppercase()),
        Case::Constant => !bare.bytes().any(|byte| byte.is_ascii_lowercase()),
        Case::Type | Case::Variant => {
            let bytes = spelt.as_bytes();
            let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
            let between_digits = |at: usize| at > 0 && digit(at - 1) && digit(at + 1);
            bytes.first().is_some_and(u8::is_ascii_uppercase)
                && (0..bytes.len()).all(|at| bytes[at] != b'_' || between_digits(at))
        }
    };
    in_case && is_legal(identifier) && identifier.len() <= casing::MAX_LENGTH + 20
}

/// Returns whether a text is an ASCII identifier, raw if and only if necessary.
fn is_legal(identifier: &str) -> bool {
    let bare = identifier.strip_prefix("r#").unwrap_or(identifier);
    let mut bytes = bare.bytes();
    let opens = bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_');
    let goes_on = bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let raw = bare.len() != identifier.len();
    opens && goes_on && !reserved::is_unusable(bare) && raw == reserved::needs_raw(bare)
}

/// One namespace, in which no two names are the same: the types of a module, the fields of a struct, …
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    excluded: BTreeSet<String>,
    /// Identifiers that only [`Scope::keep`] takes.
    reserved: BTreeSet<String>,
    /// The next number to try for an identifier, so that a thousand equal candidates take a thousand steps.
    numbers: BTreeMap<String, u32>,
}

impl Scope {
    /// An empty namespace.
    pub fn new() -> Self {
        Self::default()
    }

    /// A namespace in which `words`, identifiers without `r#`, are excluded.
    ///
    /// A candidate for one of them gets it with an underscore (`send_`), as Rust does by convention.
    pub fn excluding(words: &[&str]) -> Self {
        Self { excluded: words.iter().map(|word| (*word).to_owned()).collect(), ..Self::default() }
    }

    /// Excludes more words, as [`Scope::excluding`] does.
    pub fn exclude(&mut self, words: &[&str]) {
        self.excluded.extend(words.iter().map(|word| (*word).to_owned()));
    }

    /// Reserves an identifier for the key that had it; only [`Scope::keep`] takes it.
    pub fn reserve(&mut self, identifier: &str) {
        self.reserved.insert(identifier.strip_prefix("r#").unwrap_or(identifier).to_owned());
    }

    /// Claims the free name nearest to `candidate`.
    ///
    /// If that is taken: with its symbols as words (`at_type` for `@type`) if it has some, else with a number
    /// (`name_2`, `Name2`).
    pub fn claim(&mut self, candidate: &str, case: Case) -> Name {
        let candidate = self.candidate(candidate, case);
        let name = self.take(&candidate.plain).or_else(|| self.take(candidate.full.as_deref()?));
        name.unwrap_or_else(|| self.take_numbered(&candidate.plain, case))
    }

    /// Claims names for a whole scope at once. The name for each candidate does not depend on the order of the candidates.
    ///
    /// A candidate that is an identifier already keeps it; then those that lose no symbol, in sorted order; then the rest.
    /// Values and members that differ only in how they are spelled say so (`asc_lowercase`), and values that differ in a sign or in the case
    /// behind a digit too. Numbers come last, so that none takes another's candidate: `Pet`, `pet` and `Pet2` become `Pet`, `Pet3` and `Pet2`.
    pub fn claim_all<'a>(&mut self, candidates: impl IntoIterator<Item = &'a str>, case: Case) -> Vec<Name> {
        let mut candidates: Vec<Candidate<'a>> =
            candidates.into_iter().map(|text| self.candidate(text, case)).collect();
        if case == Case::Variant {
            let texts: Vec<&str> = candidates.iter().map(|candidate| candidate.text).collect();
            contrasts::identifiers(&texts).into_iter().for_each(|(at, plain)| candidates[at].plain = plain);
        }
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by_key(|&index| candidates[index].rank());
        let mut names: Vec<Option<Name>> = vec![None; candidates.len()];
        for &index in &order {
            names[index] = self.take(&candidates[index].plain);
        }
        for &index in &order {
            if let (None, Some(full)) = (&names[index], &candidates[index].full) {
                names[index] = self.take(full);
            }
        }
        // The style says nothing of two that are spelled in the same way.
        let unnamed = names.iter().any(Option::is_none);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        candidates.iter().filter(|_| unnamed).for_each(|candidate| *counts.entry(candidate.text).or_default() += 1);
        for &index in &order {
            let is_one = counts.get(candidates[index].text) == Some(&1);
            if names[index].is_none() && case != Case::Type && is_one {
                names[index] = candidates[index].with_style(case).and_then(|told| self.take(&told));
            }
        }
        let rest: Vec<usize> = order.into_iter().filter(|&index| names[index].is_none()).collect();
        for index in rest {
            names[index] = Some(self.take_numbered(&candidates[index].plain, case));
        }
        names.into_iter().flatten().collect()
    }

    /// Claims the first of `candidates` that is free as it is, else the last of them with a number.
    pub fn claim_first(&mut self, candidates: &[&str], case: Case) -> Name {
        for candidate in candidates {
            if let Some(name) = self.take(&self.candidate(candidate, case).plain) {
                return name;
            }
        }
        self.claim(candidates.last().copied().unwrap_or_default(), case)
    }

    /// Takes `identifier` exactly as it is, for a recorded name.
    ///
    /// `None` if it is taken, excluded, or not an ASCII identifier of Rust: a names file may have been edited.
    pub fn keep(&mut self, identifier: &str) -> Option<Name> {
        let bare = identifier.strip_prefix("r#").unwrap_or(identifier);
        let was_reserved = self.reserved.remove(bare);
        let kept = if is_legal(identifier) { self.take(bare) } else { None };
        if was_reserved && kept.is_none() {
            self.reserved.insert(bare.to_owned());
        }
        kept
    }

    /// Returns whether a claim of `candidate` would get its preferred name.
    pub fn is_free(&self, candidate: &str, case: Case) -> bool {
        let identifier = Candidate::new(candidate, case).plain;
        self.has_room_for(&identifier) && !reserved::is_unusable(&identifier)
    }

    /// Returns the candidate for `text` in this scope, without reserved words.
    fn candidate<'a>(&self, text: &'a str, case: Case) -> Candidate<'a> {
        let mut candidate = Candidate::new(text, case);
        if reserved::is_unusable(&candidate.plain) || self.excluded.contains(&candidate.plain) {
            candidate.plain.push('_');
        }
        candidate
    }

    fn has_room_for(&self, identifier: &str) -> bool {
        !self.taken.contains(identifier) && !self.excluded.contains(identifier) && !self.reserved.contains(identifier)
    }

    fn take(&mut self, identifier: &str) -> Option<Name> {
        if !self.has_room_for(identifier) || reserved::is_unusable(identifier) {
            return None;
        }
        self.taken.insert(identifier.to_owned());
        let raw = if reserved::needs_raw(identifier) { "r#" } else { "" };
        Some(Name(format!("{raw}{identifier}").into()))
    }

    fn take_numbered(&mut self, identifier: &str, case: Case) -> Name {
        let identifier = identifier.trim_end_matches('_');
        let apart = match case {
            Case::Value | Case::Constant => true,
            Case::Type | Case::Variant => identifier.ends_with(|last: char| last.is_ascii_digit()),
        };
        let underscore = if apart { "_" } else { "" };
        let mut number = self.numbers.get(identifier).copied().unwrap_or(2);
        loop {
            let numbered = self.take(&format!("{identifier}{underscore}{number}"));
            number += 1;
            if let Some(name) = numbered {
                self.numbers.insert(identifier.to_owned(), number);
                return name;
            }
        }
    }
}

/// A text for which a name is claimed, with its preferred identifiers.
struct Candidate<'a> {
    text: &'a str,
    plain: String,
    full: Option<String>,
}

impl<'a> Candidate<'a> {
    fn new(text: &'a str, case: Case) -> Self {
        let spelling = spelling::spell(text);
        let plain = casing::identifier(&spelling.plain, case);
        let full = spelling.full.map(|full| casing::identifier(&full, case)).filter(|full| *full != plain);
        Self { text, plain, full }
    }

    /// The identifier with the style of a text that is spelled in another style.
    fn with_style(&self, case: Case) -> Option<String> {
        let style = spelling::style(self.text).filter(|_| self.text != self.plain && !self.plain.ends_with('_'))?;
        Some(Candidate::new(&format!("{} {style}", self.text), case).plain)
    }

    /// Returns the rank of a candidate: exact matches first, then those that lose nothing, then by text.
    fn rank(&self) -> (bool, bool, &'a str) {
        (self.text != self.plain, self.full.is_some(), self.text)
    }
}
