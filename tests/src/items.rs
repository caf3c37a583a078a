//! Single items of emitted files, as text.
//!
//! Emitted files are formatted, so an item ends where a line at its own depth closes it. Each piece is parsed and their
//! number compared with the whole file's, so that a mistake in the cutting is a panic and not a wrong answer.

use syn::{ImplItem, Item};

/// Returns the items of a file, each with its docs and attributes.
///
/// # Panics
/// When the file is not Rust, or not formatted.
#[must_use]
pub fn items(file: &str) -> Vec<(Item, String)> {
    let whole: syn::File = parse(file);
    let items = parsed(&pieces(&after_head(file), ""));
    assert_eq!(whole.items.len(), items.len(), "cut in the wrong places:\n{file}");
    items
}

/// Returns the members of an `impl`, each with its docs and attributes.
///
/// # Panics
/// When the text is not that of an `impl`, or not formatted.
#[must_use]
pub fn members(item: &str) -> Vec<(ImplItem, String)> {
    let Item::Impl(whole) = parse(item) else { panic!("not an impl:\n{item}") };
    let body: Vec<&str> = item.lines().skip_while(|line| !line.ends_with('{')).skip(1).collect();
    let members = parsed(&pieces(&body[..body.len().saturating_sub(1)], "    "));
    assert_eq!(whole.items.len(), members.len(), "cut in the wrong places:\n{item}");
    members
}

/// Returns the type of an `impl` and the trait that it implements.
#[must_use]
pub fn implements(item: &Item) -> Option<(String, Option<String>)> {
    let Item::Impl(block) = item else { return None };
    let syn::Type::Path(of) = &*block.self_ty else { return None };
    let last = |path: &syn::Path| path.segments.last().map(|segment| segment.ident.to_string());
    let of_trait = block.trait_.as_ref().and_then(|(path, _)| last(path));
    Some((last(&of.path)?, of_trait))
}

/// Returns the entries of a file's table of operations, each with its docs, by marker type.
///
/// # Panics
/// When the file has no such table, or it is not formatted.
#[must_use]
pub fn entries(file: &str) -> Vec<(String, String)> {
    let (_, table) = file.split_once("\ncrate::runtime::operations! {\n").expect("the file has a table of operations");
    let (table, _) = table.split_once("\n}\n").expect("the table ends");
    let mut entries: Vec<String> = Vec::new();
    for line in table.lines() {
        match entries.last_mut().filter(|_| !line.starts_with("    ///")) {
            Some(entry) => entry.push_str(&format!("\n{line}")),
            None => entries.push(line.to_owned()),
        }
    }
    let marker = |entry: &str| {
        entry.lines().find_map(|line| line.trim_start().split_once(" = ")).map(|(name, _)| name.to_owned())
    };
    entries.into_iter().map(|entry| (marker(&entry).expect("an entry has a name"), entry)).collect()
}

/// Returns the lines of a file without its inner docs and attributes.
fn after_head(file: &str) -> Vec<&str> {
    let mut in_attribute = false;
    let is_head = |line: &&str| {
        in_attribute |= line.starts_with("#![");
        let is_head = in_attribute || line.is_empty() || line.starts_with("//!") || line.starts_with("// ");
        in_attribute &= !line.ends_with(")]");
        is_head
    };
    file.lines().skip_while(is_head).collect()
}

/// Returns the texts that begin and end at a depth.
fn pieces(lines: &[&str], indent: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece: Vec<&str> = Vec::new();
    for line in lines.iter().skip_while(|line| line.is_empty()) {
        if piece.is_empty() && line.is_empty() {
            continue;
        }
        piece.push(line);
        let is_here = |rest: &&str| !rest.starts_with([' ', '#']) && !rest.starts_with("//");
        if line.strip_prefix(indent).filter(is_here).is_some_and(|rest| rest.ends_with(['}', ';'])) {
            pieces.push(piece.join("\n"));
            piece.clear();
        }
    }
    assert!(piece.is_empty(), "not over at the end:\n{}", piece.join("\n"));
    pieces
}

fn parsed<T: syn::parse::Parse>(texts: &[String]) -> Vec<(T, String)> {
    texts.iter().map(|text| (parse(text), text.clone())).collect()
}

fn parse<T: syn::parse::Parse>(text: &str) -> T {
    syn::parse_str(text).unwrap_or_else(|error| panic!("{error} in\n{text}"))
}
