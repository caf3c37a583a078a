//! The names on the wire: of members, values and arguments, as the files of a crate state them.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The tables that state names on the wire.
pub(super) const TABLES: [&str; 5] = ["json_enum", "number_enum", "object", "tagged_union", "text_enum"];

/// The end of the path of a name on the wire, after the path of what is called so.
pub(super) const SUFFIX: &str = ": on the wire";

/// Returns the type of a table, and the text on the wire of each of its entries.
pub(super) fn table(tokens: TokenStream) -> (String, Vec<(String, String)>) {
    let mut tokens = tokens.into_iter();
    let owner = tokens.next().map(|token| token.to_string()).unwrap_or_default();
    let mut entries = Vec::new();
    let mut before = String::new();
    for token in tokens {
        match token {
            // The members that are tags are no one's to read: `tag { "kind" = "cat" }`.
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && before != "tag" => {
                let all: Vec<TokenTree> = group.stream().into_iter().collect();
                entries.extend(all.split(|token| token.to_string() == ",").filter_map(entry));
            }
            token => before = token.to_string(),
        }
    }
    (owner, entries)
}

/// Returns the name of an entry and what is sent for it: `ticket_date = "ticketDate"`, or `email` alone.
fn entry(tokens: &[TokenTree]) -> Option<(String, String)> {
    let [TokenTree::Ident(name), rest @ ..] = tokens else { return None };
    let sent: String = rest.iter().skip(1).map(ToString::to_string).collect();
    let name = name.to_string();
    let same = format!("{:?}", name.trim_start_matches("r#"));
    Some((name, if sent.is_empty() { same } else { sent }))
}

/// Returns the texts in the body of a method, in order: the names that its arguments are sent under.
pub(super) fn texts(tokens: TokenStream) -> Vec<String> {
    let texts = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Literal(literal) => vec![literal.to_string()],
        TokenTree::Group(group) if is_constant(&group.stream()) => Vec::new(),
        TokenTree::Group(group) => texts(group.stream()),
        TokenTree::Ident(_) | TokenTree::Punct(_) => Vec::new(),
    });
    texts.filter(|text| text.starts_with('"')).collect()
}

/// Returns whether a call sends a constant, which is no argument: `("page", &5)`.
fn is_constant(tokens: &TokenStream) -> bool {
    let is_value = |token: &TokenTree| {
        matches!(token, TokenTree::Literal(_)) || matches!(token.to_string().as_str(), "true" | "false")
    };
    let mut tokens = tokens.clone().into_iter().filter(|token| !matches!(token, TokenTree::Punct(_)));
    tokens.next().is_some_and(|name| is_value(&name)) && tokens.next().is_some_and(|value| is_value(&value))
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{table, texts};

    #[test]
    fn names_of_a_table() {
        let tokens = quote!(Cat: Eq { name, born_at = "bornAt" } optional { r#type } tag { "kind" = "cat" } rest rest);
        let expected = [("name", "\"name\""), ("born_at", "\"bornAt\""), ("r#type", "\"type\"")];
        let expected = expected.map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(table(tokens), ("Cat".to_owned(), expected.to_vec()));
    }

    #[test]
    fn names_of_arguments_in_order() {
        let body = quote!({
            Call::new(self.client)
                .set_path("catId", cat_id)
                .set_query("page", &page)
                .set_query("size", &5)
                .set_query("sort", "name")
        });
        assert_eq!(texts(body), ["\"catId\"", "\"page\""]);
    }
}
