//! Formatting of tokens on one line: types, paths, calls. These need neither a parser nor a printer.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Returns expressions and types with conventional spacing.
pub(in crate::emit) fn inline(tokens: TokenStream) -> String {
    let mut text = String::new();
    write(tokens, &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    // The characters so far of a punctuation of several characters.
    let mut joint = String::new();
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                let apart = match group.delimiter() {
                    Delimiter::Brace => !text.is_empty(),
                    Delimiter::Parenthesis | Delimiter::Bracket => {
                        text.ends_with([',', '=', ':']) && !text.ends_with("::")
                    }
                    Delimiter::None => false,
                };
                if apart && !text.ends_with(' ') {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(open);
                write(group.stream(), text);
                if text.len() == start + open.len() {
                    text.truncate(start + open.trim_end().len());
                    text.push_str(close.trim_start());
                } else {
                    text.push_str(close);
                }
            }
            TokenTree::Punct(punct) => {
                joint.push(punct.as_char());
                if punct.as_char() == '\'' || punct.spacing() == Spacing::Joint && !"<>&".contains(punct.as_char()) {
                    continue;
                }
                write_punctuation(&std::mem::take(&mut joint), text);
            }
            TokenTree::Ident(ident) => word(&std::mem::take(&mut joint), &ident.to_string(), text),
            TokenTree::Literal(literal) => word("", &literal.to_string(), text),
        }
    }
}

/// Writes a word with its prefix (the `'` of a lifetime).
fn word(mark: &str, word: &str, text: &mut String) {
    let tight = text.is_empty()
        || text.ends_with(['(', '[', '<', '.', '&', ' ', '!'])
        || text.ends_with("::")
        || text.ends_with("..=")
        || text.ends_with("..");
    if !tight {
        text.push(' ');
    }
    text.push_str(mark);
    text.push_str(word);
}

/// Returns a text that is too long for a line, with one line for each item in its first brackets.
pub(super) fn spread(text: &str, indent: usize, width: usize) -> String {
    let Some((open, close)) = bracket(text).filter(|_| indent + text.chars().count() > width) else {
        return text.to_owned();
    };
    let pad = " ".repeat(indent + 4);
    let mut spread = text[..=open].to_owned();
    for item in items(&text[open + 1..close]) {
        // No comma may follow the base of a struct literal.
        let comma = if item.starts_with("..") { "" } else { "," };
        spread.push_str(&format!("\n{pad}{}{comma}", self::spread(item, indent + 4, width)));
    }
    spread.push_str(&format!("\n{}{}", " ".repeat(indent), &text[close..]));
    spread
}

/// Returns the positions of the first opening bracket and of its closing bracket.
fn bracket(text: &str) -> Option<(usize, usize)> {
    let mut open = None;
    let mut depth = 0;
    for (at, byte) in code(text) {
        match byte {
            b'(' | b'[' | b'{' => {
                open.get_or_insert(at);
                depth += 1;
            }
            b')' | b']' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some((open?, at));
                }
            }
            _ => {}
        }
    }
    None
}

/// Returns the parts of a text that commas outside of brackets separate.
fn items(text: &str) -> impl Iterator<Item = &str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, byte) in code(text) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                items.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&text[start..]);
    items.into_iter().map(str::trim).filter(|item| !item.is_empty())
}

/// Returns the bytes outside of literals.
fn code(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let (mut quoted, mut escaped) = (false, false);
    text.bytes().enumerate().filter(move |(_, byte)| {
        let was_quoted = quoted;
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ => {}
        }
        !was_quoted && *byte != b'"'
    })
}

fn write_punctuation(mark: &str, text: &mut String) {
    match mark {
        "=" | "=>" | "->" | "+" | "|" => {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(mark);
        }
        // The first token of a list item: a reference, the base of a struct literal.
        "&" | ".." | "::" if text.ends_with([',', ':', '=']) && !text.ends_with("::") => {
            text.push(' ');
            text.push_str(mark);
        }
        _ => text.push_str(mark),
    }
}

#[cfg(test)]
mod tests {
    use super::{inline, spread};

    #[test]
    fn what_is_too_long_is_spread_by_its_brackets() {
        let call = ".parameter(&Parameter { explode: true, ..Parameter::new(\"a, (b\", In::Query) }, value)";
        let lines = [
            ".parameter(",
            "    &Parameter { explode: true, ..Parameter::new(\"a, (b\", In::Query) },",
            "    value,",
            ")",
        ];
        assert_eq!(spread(call, 0, 80), lines.join("\n"));
        assert_eq!(spread(call, 0, 100), call);
    }

    #[test]
    fn one_line_reads_as_it_was_written() {
        for line in [
            "Option<::std::vec::Vec<types::Pet>>",
            "&[types::Pet]",
            "&'a Call<'_, List>",
            "impl AsRef<str>",
            "body: &types::Pet",
            "&Parameter { style: Style::Form, explode: false, ..Parameter::new(\"id\", In::Path) }",
            "&[Parameter { explode: true, ..Parameter::new(\"a\", In::Query) }], body",
            "(i64, String)",
            "()",
            "Paging::cursor(\"after\", \"/next\").items(\"/data\")",
            "reply.bytes().map(ListOutput::Ok)",
            "serde_json::Map<String, ::std::collections::BTreeMap<String, bool>>",
            "Some(\"x\")",
            "400..=499",
        ] {
            let tokens: proc_macro2::TokenStream = line.parse().unwrap();
            assert_eq!(inline(tokens), line);
        }
    }
}
