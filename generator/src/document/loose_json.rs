//! JSON with comments and trailing commas, as editors and generators of configurations write it.

use std::borrow::Cow;

use super::events::Mark;
use crate::place::Position;

/// A text without comments and trailing commas: their characters became spaces, so that all positions are those of the text.
pub(super) struct LooseJson {
    pub(super) text: String,
    /// The positions of the first comment and of the first trailing comma.
    pub(super) comment: Option<Mark>,
    pub(super) comma: Option<Mark>,
}

/// Returns the text of a reader that knows neither comments nor trailing commas.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    read(text).map_or(Cow::Borrowed(text), |found| Cow::Owned(found.text))
}

/// Replaces comments and trailing commas; `None` if the text has none.
pub(super) fn read(text: &str) -> Option<LooseJson> {
    let bytes = text.as_bytes();
    let (mut comment, mut comma) = (None, None);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    // The last comma, while nothing but spaces and comments follow it.
    let mut last_comma = None;
    let mut at = 0;
    let mut ends = true;
    while let Some(&byte) = bytes.get(at) {
        let mut end = at + 1;
        match byte {
            b'"' => {
                end = end_of_string(bytes, at);
                last_comma = None;
            }
            b'/' | b'#' => match end_of_comment(bytes, at, &mut ends) {
                Some(comment_end) => {
                    comment.get_or_insert(at);
                    cuts.push((at, comment_end));
                    end = comment_end;
                }
                None => last_comma = None,
            },
            b',' => last_comma = Some(at),
            b'}' | b']' => {
                if let Some(place) = last_comma.take() {
                    comma.get_or_insert(place);
                    cuts.push((place, place + 1));
                }
            }
            b' ' | b'\t' | b'\r' | b'\n' => {
                while bytes.get(end) == Some(&b' ') {
                    end += 1;
                }
            }
            _ => last_comma = None,
        }
        at = end;
    }
    if cuts.is_empty() {
        return None;
    }
    // A comma may be before the comments that follow it.
    cuts.sort_unstable();
    let mark = |at: usize| {
        let position = Position::after(&text[..at]);
        Mark { line: position.line, column: position.column }
    };
    Some(LooseJson { text: blank(text, &cuts), comment: comment.map(mark), comma: comma.map(mark) })
}

/// The text with spaces in place of the characters of some parts, which are in order.
fn blank(text: &str, parts: &[(usize, usize)]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut from = 0;
    for &(start, end) in parts {
        blanked.push_str(&text[from..start]);
        let kept = |character: char| if matches!(character, '\n' | '\r') { character } else { ' ' };
        blanked.extend(text[start..end].chars().map(kept));
        from = end;
    }
    blanked.push_str(&text[from..]);
    blanked
}

fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(length) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        match bytes[at + length] {
            b'"' => return at + length + 1,
            _ => at += length + 2,
        }
    }
    bytes.len()
}

/// The end of a comment, without its line break; `None` if none begins here. `ends` is false once a comment was found that has no end.
fn end_of_comment(bytes: &[u8], start: usize, ends: &mut bool) -> Option<usize> {
    let rest = &bytes[start..];
    match (rest[0], rest.get(1)) {
        (b'#', _) | (b'/', Some(b'/')) => {
            let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            Some(length.map_or(bytes.len(), |length| start + length))
        }
        (b'/', Some(b'*')) if *ends => {
            let length = rest[2..].windows(2).position(|two| two == b"*/");
            *ends = length.is_some();
            length.map(|length| start + length + 4)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{plain, read};

    #[test]
    fn comments_and_trailing_commas_become_spaces() {
        assert_eq!(plain("// a\n{\"a\": 1}"), "    \n{\"a\": 1}");
        assert_eq!(plain("[1, /* a\nb */ 2,]"), "[1,     \n     2 ]");
        assert_eq!(plain("{\"a\": [1 , // b\r\n ] ,}"), "{\"a\": [1       \r\n ]  }");
        assert_eq!(plain("# é\n{}"), "   \n{}");
    }

    #[test]
    fn strings_stay_as_they_are() {
        assert!(read("{\"a\": \"// b /* ,] # \\\" //\"}").is_none());
        assert_eq!(plain("{\"a\": \"b\",}"), "{\"a\": \"b\" }");
        // Neither two commas nor a comment without an end.
        assert_eq!(plain("[1,,]"), "[1, ]");
        assert!(read("[1 /* a").is_none());
    }

    #[test]
    fn places_are_those_of_the_text() {
        let found = read("{\"é\": 1,\n  } // x").unwrap();
        assert_eq!((found.comma.unwrap().line, found.comma.unwrap().column), (1, 8));
        assert_eq!((found.comment.unwrap().line, found.comment.unwrap().column), (2, 5));
    }
}
