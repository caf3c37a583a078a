//! The table of a group's operations: one entry after the other, on a line each where that is long enough.

use super::{WIDTH, width};

/// `Update = PUT "/webhooks/{id}" needs OAUTH2 => types::WebhookResponse { 200 => output } else enum UpdateError { … }`
pub(in crate::emit) struct Entry {
    /// The lines of its doc comment, with their ends.
    pub(in crate::emit) docs: String,
    /// Name, method, path and needs.
    pub(in crate::emit) head: String,
    /// What success gives.
    pub(in crate::emit) gives: String,
    /// Which statuses are success, and how each is read.
    pub(in crate::emit) arms: Vec<String>,
    /// What follows.
    pub(in crate::emit) tails: Vec<Tail>,
}

/// What follows the statuses of success.
pub(in crate::emit) enum Tail {
    /// A few words.
    Word(String),
    /// Words, and lines between braces.
    Block(String, Vec<String>),
}

/// `crate::runtime::operations! { … }`
pub(in crate::emit) fn operations(entries: impl Iterator<Item = Entry>) -> String {
    let mut text = String::from("crate::runtime::operations! {\n");
    entries.for_each(|entry| print(&entry, &mut text));
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
