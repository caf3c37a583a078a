//! The tables of a group's operations, with each entry on one line if it fits.

use super::width::{WIDTH, width};

/// `Update = PUT "/webhooks/" {"id"} needs OAUTH2 => types::WebhookResponse { 200 => output } else enum UpdateError { … }`
pub(in crate::emit) struct Entry {
    /// The lines of the doc comment, with line ends.
    pub(in crate::emit) docs: String,
    /// The name, the method, the path and the security requirement.
    pub(in crate::emit) head: String,
    /// The type of the output.
    pub(in crate::emit) gives: String,
    /// The statuses of success, each with its decoder.
    pub(in crate::emit) arms: Vec<String>,
    /// The clauses after the statuses of success.
    pub(in crate::emit) tails: Vec<Tail>,
}

/// A clause after the statuses of success.
pub(in crate::emit) enum Tail {
    /// A clause on one line.
    Word(String),
    /// A clause with lines in braces.
    Block(String, Vec<String>),
}

/// The most operations of a table. For each, the compiler copies what it has matched of the table before, so a long table takes it
/// longer than several short ones.
const MOST: usize = 8;

/// Returns the tables `crate::runtime::operations! { … }`.
pub(in crate::emit) fn operations(entries: impl Iterator<Item = Entry>) -> String {
    let entries: Vec<Entry> = entries.collect();
    let tables: Vec<String> = entries.chunks(MOST).map(table).collect();
    tables.join("\n")
}

fn table(entries: &[Entry]) -> String {
    let mut text = String::from("crate::runtime::operations! {\n");
    entries.iter().for_each(|entry| print(entry, &mut text));
    text.push_str("}\n");
    text
}

fn print(entry: &Entry, text: &mut String) {
    let Entry { docs, head, gives, arms, tails } = entry;
    let success = format!("=> {gives} {{ {} }}", arms.join(", "));
    let opening = match tails.first() {
        Some(Tail::Block(head, _)) => format!("{success} {head} {{"),
        Some(Tail::Word(_)) | None => success.clone(),
    };
    text.push_str(docs);
    let indent = if "    ".len() + width(head) + 1 + width(&opening) <= WIDTH {
        text.push_str(&format!("    {head} {success}"));
        "    "
    } else {
        let (start, facts) = match head.split_once(" with ") {
            Some((start, facts)) if "    ".len() + width(head) > WIDTH => (start, format!("\n        with {facts}")),
            _ => (head.as_str(), String::new()),
        };
        text.push_str(&format!("    {start}{facts}\n        {success}"));
        "        "
    };
    for tail in tails {
        let last = text.lines().next_back().map_or(0, width);
        let mut follow = |words: &str, room: usize| {
            let fits = last + 1 + width(words) + room <= WIDTH;
            text.push_str(&if fits { format!(" {words}") } else { format!("\n        {words}") });
        };
        match tail {
            Tail::Word(words) => follow(words, 0),
            Tail::Block(head, lines) => {
                follow(head, " {".len());
                text.push_str(" {\n");
                lines.iter().for_each(|line| text.push_str(&format!("{indent}    {line}\n")));
                text.push_str(&format!("{indent}}}"));
            }
        }
    }
    text.push('\n');
}
