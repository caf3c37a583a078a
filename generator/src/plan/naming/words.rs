//! Singular and plural of English words in names.
//!
//! A table of our own, since the crates for this (pluralizer 0.6, cruet 1.0) make `cach` of `caches`, `dn` of `dns`,
//! `redi` of `redis` and `metadatum` of `metadata`, which is worse in a name than leaving a word alone.

/// Words with the same singular and plural, and singular words that look like plurals.
const SAME: &[&str] = &[
    "access",
    "address",
    "alias",
    "alms",
    "always",
    "analysis",
    "analytics",
    "apparatus",
    "as",
    "atlas",
    "aws",
    "axis",
    "basis",
    "bias",
    "bonus",
    "bus",
    "business",
    "campus",
    "canvas",
    "census",
    "chaos",
    "chassis",
    "class",
    "cms",
    "consensus",
    "corps",
    "corpus",
    "cors",
    "crisis",
    "cross",
    "css",
    "data",
    "diagnosis",
    "dns",
    "dos",
    "economics",
    "emphasis",
    "equipment",
    "express",
    "feedback",
    "focus",
    "gas",
    "genesis",
    "genius",
    "glass",
    "goods",
    "gps",
    "has",
    "headquarters",
    "his",
    "https",
    "hypothesis",
    "ics",
    "information",
    "ios",
    "is",
    "its",
    "jenkins",
    "kms",
    "kubernetes",
    "lens",
    "less",
    "logistics",
    "loss",
    "macos",
    "mass",
    "mathematics",
    "media",
    "metadata",
    "news",
    "ops",
    "os",
    "pancreas",
    "physics",
    "plus",
    "pms",
    "politics",
    "pos",
    "postgres",
    "previous",
    "process",
    "progress",
    "radius",
    "rds",
    "redis",
    "rss",
    "s3",
    "saas",
    "series",
    "sheep",
    "sms",
    "sns",
    "software",
    "species",
    "sqs",
    "staff",
    "status",
    "synopsis",
    "synthesis",
    "sys",
    "terminus",
    "this",
    "thus",
    "tls",
    "tos",
    "traffic",
    "us",
    "various",
    "versus",
    "virus",
    "vps",
    "was",
    "windows",
    "xss",
    "yes",
];

/// Plurals that follow no rule, and those that a rule would get wrong.
const IRREGULAR: &[(&str, &str)] = &[
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("appendices", "appendix"),
    ("atlases", "atlas"),
    ("avalanches", "avalanche"),
    ("axes", "axis"),
    ("biases", "bias"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("campuses", "campus"),
    ("canvases", "canvas"),
    ("censuses", "census"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("corpora", "corpus"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("diagnoses", "diagnosis"),
    ("dies", "die"),
    ("echoes", "echo"),
    ("feet", "foot"),
    ("focuses", "focus"),
    ("gases", "gas"),
    ("geese", "goose"),
    ("halves", "half"),
    ("heroes", "hero"),
    ("hypotheses", "hypothesis"),
    ("indices", "index"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lenses", "lens"),
    ("lies", "lie"),
    ("lives", "life"),
    ("loaves", "loaf"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("menus", "menu"),
    ("mice", "mouse"),
    ("movies", "movie"),
    ("oxen", "ox"),
    ("parentheses", "parenthesis"),
    ("people", "person"),
    ("phenomena", "phenomenon"),
    ("pies", "pie"),
    ("potatoes", "potato"),
    ("quizzes", "quiz"),
    ("radii", "radius"),
    ("schemata", "schema"),
    ("selves", "self"),
    ("shelves", "shelf"),
    ("statuses", "status"),
    ("syntheses", "synthesis"),
    ("teeth", "tooth"),
    ("ties", "tie"),
    ("tomatoes", "tomato"),
    ("tranches", "tranche"),
    ("vertices", "vertex"),
    ("vetoes", "veto"),
    ("viruses", "virus"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
    ("zombies", "zombie"),
];

/// A text by which spellings that lead to the same identifier are equal.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the singular of an identifier: `webhookFilters` is `webhookFilter`.
///
/// Only the last word changes, and it keeps its case. A word that is or may be a singular is unchanged.
pub(crate) fn singular(identifier: &str) -> String {
    let (before, last) = split_last_word(identifier);
    let folded = last.to_ascii_lowercase();
    match singular_word(&folded) {
        Some(word) => format!("{before}{}", with_case_of(last, &word)),
        None => identifier.to_owned(),
    }
}

/// Returns whether the last word of `identifier` is certainly a plural.
pub(crate) fn is_plural(identifier: &str) -> bool {
    singular_word(&split_last_word(identifier).1.to_ascii_lowercase()).is_some()
}

/// The last word of camelCase, snake_case or kebab-case, and what is before it.
fn split_last_word(identifier: &str) -> (&str, &str) {
    let bytes = identifier.as_bytes();
    let mut start = bytes.len();
    while start > 0 && bytes[start - 1].is_ascii_alphanumeric() {
        start -= 1;
        let opens = bytes[start].is_ascii_uppercase();
        let after_lower = start > 0 && (bytes[start - 1].is_ascii_lowercase() || bytes[start - 1].is_ascii_digit());
        // `APIKeys`: the `K` opens a word though a capital is before it.
        let before_lower =
            bytes.get(start + 1).is_some_and(u8::is_ascii_lowercase) && !is_acronym_plural(&bytes[start..]);
        if opens && (after_lower || before_lower) {
            break;
        }
    }
    // A word of other letters is left alone, and so is nothing at all.
    if identifier.is_char_boundary(start) { identifier.split_at(start) } else { (identifier, "") }
}

/// `Ds`, as the end of `IDs`: the capital belongs to the acronym.
fn is_acronym_plural(rest: &[u8]) -> bool {
    rest.len() == 2 && rest[1] == b's'
}

/// The singular of a lower-case word; `None` if it is none of the plurals we are sure of.
fn singular_word(word: &str) -> Option<String> {
    if let Ok(index) = IRREGULAR.binary_search_by_key(&word, |(plural, _)| plural) {
        return Some(IRREGULAR[index].1.to_owned());
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    // Most words are told apart by their last letter, without a look at the list.
    if word.len() < 3 || !word.ends_with('s') || ends(&["ss", "us", "sis", "ous"]) || SAME.binary_search(&word).is_ok()
    {
        return None;
    }
    let strip = |count: usize| word[..word.len() - count].to_owned();
    if ends(&["ies"]) && word.len() > 4 {
        return Some(strip(3) + "y");
    }
    // `ches` after a vowel is `che` as a rule: caches, niches.
    let ches = ends(&["nches", "rches", "tches", "eaches", "oaches", "ouches"]);
    if ches || ends(&["sses", "shes", "xes", "zzes"]) {
        return Some(strip(2));
    }
    Some(strip(1))
}

/// `word` written like the one it replaces: `People` gives `Person`, `ADDRESSES` gives `ADDRESS`.
fn with_case_of(model: &str, word: &str) -> String {
    let letters = |wanted: fn(&u8) -> bool| model.bytes().filter(wanted).count();
    let (capitals, small) = (letters(u8::is_ascii_uppercase), letters(u8::is_ascii_lowercase));
    if small == 0 || (capitals > 1 && model.ends_with('s') && small == 1) {
        return word.to_ascii_uppercase();
    }
    // The beginning keeps its own case, the rest is new.
    let same = model.bytes().zip(word.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    format!("{}{}", &model[..same], &word[same..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_for_the_search() {
        assert!(SAME.is_sorted());
        assert!(IRREGULAR.is_sorted_by_key(|(plural, _)| plural));
    }

    #[test]
    fn many_become_one() {
        for (many, one) in [
            ("webhooks", "webhook"),
            ("categories", "category"),
            ("statuses", "status"),
            ("addresses", "address"),
            ("people", "person"),
            ("aliases", "alias"),
            ("indices", "index"),
            ("indexes", "index"),
            ("caches", "cache"),
            ("matches", "match"),
            ("batches", "batch"),
            ("branches", "branch"),
            ("searches", "search"),
            ("benches", "bench"),
            ("tranches", "tranche"),
            ("boxes", "box"),
            ("processes", "process"),
            ("responses", "response"),
            ("databases", "database"),
            ("houses", "house"),
            ("licenses", "license"),
            ("queries", "query"),
            ("movies", "movie"),
            ("keys", "key"),
            ("days", "day"),
            ("curves", "curve"),
            ("archives", "archive"),
            ("sizes", "size"),
            ("quizzes", "quiz"),
            ("pushes", "push"),
            ("lenses", "lens"),
            ("schemas", "schema"),
            ("ids", "id"),
            ("urls", "url"),
            ("apis", "api"),
            ("taxes", "tax"),
            ("settings", "setting"),
            ("photos", "photo"),
            ("potatoes", "potato"),
            ("employees", "employee"),
        ] {
            assert_eq!(singular(many), one);
            assert!(is_plural(many), "{many}");
        }
    }

    #[test]
    fn what_is_one_or_may_be_stays() {
        for word in [
            "status",
            "address",
            "data",
            "metadata",
            "series",
            "news",
            "media",
            "dns",
            "https",
            "sms",
            "ios",
            "access",
            "process",
            "class",
            "canvas",
            "redis",
            "kubernetes",
            "analysis",
            "basis",
            "axis",
            "lens",
            "previous",
            "s",
            "is",
            "",
            "webhook",
            "名前s",
            "é",
            "_",
            "s3",
            "bus",
            "synopsis",
            "windows",
        ] {
            assert_eq!(singular(word), word);
            assert!(!is_plural(word), "{word}");
        }
    }

    #[test]
    fn only_the_last_word_changes_and_keeps_its_case() {
        for (many, one) in [
            ("webhookFilters", "webhookFilter"),
            ("webhook_filters", "webhook_filter"),
            ("webhook-filters", "webhook-filter"),
            ("WebhookCategories", "WebhookCategory"),
            ("APIKeys", "APIKey"),
            ("userIDs", "userID"),
            ("URLs", "URL"),
            ("STATUSES", "STATUS"),
            ("salesPeople", "salesPerson"),
            ("DNS", "DNS"),
            ("orderStatus", "orderStatus"),
            ("eventsList", "eventsList"),
            ("v2Events", "v2Event"),
            ("user.addresses", "user.address"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
