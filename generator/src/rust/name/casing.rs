//! From words to one identifier in the case that Rust expects. The only user of `heck`.

use std::borrow::Cow;

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};

use super::case::Case;

/// The maximum length of an identifier; longer ones are cut. The longest in common APIs is about 90.
pub(super) const MAX_LENGTH: usize = 100;

/// Words whose capitals are no word boundaries: as written, in snake case, in camel case.
const SPELLED_TOGETHER: &[(&str, &str, &str)] = &[
    ("DevOps", "Devops", "DevOps"),
    ("GitHub", "Github", "GitHub"),
    ("GitLab", "Gitlab", "GitLab"),
    ("GraphQL", "Graphql", "GraphQl"),
    ("IPv4", "Ipv4", "Ipv4"),
    ("IPv6", "Ipv6", "Ipv6"),
    ("IoT", "Iot", "Iot"),
    ("MySQL", "Mysql", "MySql"),
    ("NoSQL", "Nosql", "NoSql"),
    ("OAuth", "Oauth", "OAuth"),
    ("PostgreSQL", "Postgresql", "PostgreSql"),
    ("SaaS", "Saas", "Saas"),
    ("iOS", "Ios", "Ios"),
    ("oAuth", "Oauth", "OAuth"),
    ("macOS", "Macos", "MacOs"),
    ("mTLS", "Mtls", "Mtls"),
];

/// An identifier of `case`, not yet checked against keywords: letters, digits and `_` only, opening with a letter.
pub(super) fn identifier(words: &str, case: Case) -> String {
    let words = apart(words, case);
    let cased = match case {
        Case::Type | Case::Variant => camel(&words),
        Case::Value => to_snake(&words),
        Case::Constant => words.to_shouty_snake_case(),
    };
    let opened = match cased.bytes().next() {
        Some(first) if first.is_ascii_digit() => match case {
            Case::Value => format!("n{cased}"),
            Case::Type | Case::Variant | Case::Constant => format!("N{cased}"),
        },
        _ => cased,
    };
    bound(opened)
}

/// The words in snake case, which need be no identifier: it may open with a digit and have any length.
pub(super) fn snake(words: &str) -> String {
    to_snake(&apart(words, Case::Value))
}

/// Snake case as `heck` has it. Most words have no capitals, and then only have to be joined, which `heck` does letter by letter.
fn to_snake(words: &str) -> String {
    if !words.is_ascii() || words.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return words.to_snake_case();
    }
    let mut snake = String::with_capacity(words.len());
    for word in words.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !snake.is_empty() {
            snake.push('_');
        }
        snake.push_str(word);
    }
    snake
}

/// The words with a boundary wherever case conversion needs one and sees none, and without those that it would see wrongly.
fn apart(words: &str, case: Case) -> Cow<'_, str> {
    // All of this is about capitals, which most names don't have.
    if !words.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Borrowed(words);
    }
    Cow::Owned(join_known_words(&split_generations(&lower_plural_acronyms(words)), case))
}

/// `V1_2`, not `V12`: two numbers side by side would read as one. rustc's camel case allows `_` between digits.
fn camel(words: &str) -> String {
    let mut camel = String::with_capacity(words.len());
    for word in to_snake(words).split('_').filter(|word| !word.is_empty()) {
        let apart = camel.ends_with(|last: char| last.is_ascii_digit())
            && word.starts_with(|first: char| first.is_ascii_digit());
        if apart {
            camel.push('_');
        }
        match word.split_at_checked(1) {
            Some((first, rest)) if word.is_ascii() => {
                camel.push(char::from(first.as_bytes()[0].to_ascii_uppercase()));
                camel.push_str(rest);
            }
            _ => camel.push_str(&word.to_upper_camel_case()),
        }
    }
    camel
}

/// `userIDs` is `userIds`: the plural of an acronym is one word (`user_ids`, not `user_i_ds`).
fn lower_plural_acronyms(words: &str) -> String {
    let mut bytes = words.as_bytes().to_vec();
    let mut index = 0;
    while index < bytes.len() {
        let run = bytes[index..].iter().take_while(|byte| byte.is_ascii_uppercase()).count();
        let plural =
            bytes.get(index + run) == Some(&b's') && !bytes.get(index + run + 1).is_some_and(u8::is_ascii_lowercase);
        if run >= 2 && plural {
            bytes[index + 1..index + run].make_ascii_lowercase();
        }
        index += run.max(1);
    }
    String::from_utf8(bytes).unwrap_or_else(|_| words.to_owned())
}

/// `View3D` and `Delete5GVnGroup` have the words `3D` and `5G`: a digit and one of these letters that is no word's first.
fn split_generations(words: &str) -> String {
    let bytes = words.as_bytes();
    let mut split = String::with_capacity(words.len() + 2);
    let mut from = 0;
    for at in 1..bytes.len().saturating_sub(1) {
        let opens = bytes[at - 1].is_ascii_lowercase() && bytes[at].is_ascii_digit();
        let letter = matches!(bytes[at + 1], b'D' | b'G' | b'K');
        let ends = bytes.get(at + 2).is_none_or(|next| !next.is_ascii_lowercase() && !next.is_ascii_digit());
        // `Base4GB` ends in gigabytes.
        let longer = bytes.get(at + 2).is_some_and(u8::is_ascii_uppercase)
            && bytes.get(at + 3).is_none_or(|next| !next.is_ascii_lowercase());
        if opens && letter && ends && !longer {
            split.push_str(&words[from..at]);
            split.push('_');
            split.push(char::from(bytes[at]));
            split.push(char::from(bytes[at + 1].to_ascii_lowercase()));
            split.push('_');
            from = at + 2;
        }
    }
    split.push_str(&words[from..]);
    split
}

/// The first two bytes of the words that are spelled together.
const SPELLED_TOGETHER_BEGIN: [&[u8; 2]; 14] =
    [b"De", b"Gi", b"Gr", b"IP", b"Io", b"My", b"No", b"OA", b"Po", b"Sa", b"iO", b"oA", b"ma", b"mT"];

fn join_known_words(words: &str, case: Case) -> String {
    if !words.as_bytes().windows(2).any(|pair| SPELLED_TOGETHER_BEGIN.iter().any(|known| pair == *known)) {
        return words.to_owned();
    }
    let mut joined = words.to_owned();
    for (written, snake, camel) in SPELLED_TOGETHER.iter().filter(|(written, ..)| words.contains(written)) {
        let replacement = match case {
            Case::Type | Case::Variant => camel,
            Case::Value | Case::Constant => snake,
        };
        joined = replace_whole(&joined, written, replacement);
    }
    joined
}

/// Replaces `word` where it is not a part of a longer one.
fn replace_whole(text: &str, word: &str, replacement: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, found) = rest.split_at(at);
        let after = &found[word.len()..];
        let opens = !word.starts_with(|first: char| first.is_ascii_lowercase())
            || !before.ends_with(|last: char| last.is_ascii_alphabetic());
        let closes = !after.starts_with(|next: char| next.is_ascii_lowercase());
        result.push_str(before);
        result.push_str(if opens && closes { replacement } else { word });
        rest = after;
    }
    result.push_str(rest);
    result
}

/// Cuts an overlong identifier. Its scope keeps it unique.
fn bound(mut identifier: String) -> String {
    if identifier.len() > MAX_LENGTH {
        identifier.truncate(MAX_LENGTH - 4);
        identifier.truncate(identifier.trim_end_matches('_').len());
    }
    identifier
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_and_known_words_stay_whole() {
        for (written, value, ty) in [
            ("iOS", "ios", "Ios"),
            ("BIOSVersion", "bios_version", "BiosVersion"),
            ("OAuth2", "oauth2", "OAuth2"),
            ("myOAuthToken", "my_oauth_token", "MyOAuthToken"),
            ("HTTPSProxy", "https_proxy", "HttpsProxy"),
            ("userIDs", "user_ids", "UserIds"),
            ("URLsToFetch", "urls_to_fetch", "UrlsToFetch"),
            ("IPv4Address", "ipv4_address", "Ipv4Address"),
            ("x_1", "x_1", "X1"),
            ("v1_2", "v1_2", "V1_2"),
            ("2fa", "n2fa", "N2fa"),
            ("1024x1024", "n1024x1024", "N1024x1024"),
        ] {
            assert_eq!(identifier(written, Case::Value), value);
            assert_eq!(identifier(written, Case::Type), ty);
        }
    }

    #[test]
    fn words_without_capitals_are_as_heck_has_them() {
        for words in ["", "_", "pets", "_pets__by id_", "a-b/c.d", "v1beta2", "2fa", "1_2", "get /pets/{id}", "x+y=z"] {
            assert_eq!(to_snake(words), words.to_snake_case(), "{words}");
        }
    }

    #[test]
    fn words_that_are_spelled_together_are_seen_by_their_first_letters() {
        for (written, ..) in SPELLED_TOGETHER {
            assert!(SPELLED_TOGETHER_BEGIN.iter().any(|known| written.as_bytes().starts_with(*known)), "{written}");
        }
    }

    #[test]
    fn constants_shout() {
        assert_eq!(identifier("maxRetries", Case::Constant), "MAX_RETRIES");
        assert_eq!(identifier("2fa", Case::Constant), "N2FA");
    }

    #[test]
    fn generations_are_words() {
        for (written, value, ty) in [
            ("Delete5GVnGroup", "delete_5g_vn_group", "Delete5gVnGroup"),
            ("View3D", "view_3d", "View3d"),
            ("Delete 5G VN Group", "delete_5g_vn_group", "Delete5gVnGroup"),
            ("oauth2Device", "oauth2_device", "Oauth2Device"),
            ("S3Group", "s3_group", "S3Group"),
            ("limit5GB", "limit5_gb", "Limit5Gb"),
        ] {
            assert_eq!(identifier(written, Case::Value), value);
            assert_eq!(identifier(written, Case::Type), ty);
        }
    }

    #[test]
    fn overlong_names_are_cut() {
        for case in [Case::Type, Case::Variant, Case::Value, Case::Constant] {
            assert!(identifier(&"x".repeat(5_000), case).len() <= MAX_LENGTH);
        }
    }
}
