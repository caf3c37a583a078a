//! The help of the command line: the document's text without its markup.

use super::super::docs;
use crate::rust::{Crate, Facts, Flag, Group, Operation};

/// Values that are longer say too much for a line of help.
const LONGEST: usize = 80;

/// A help text: a line that stands alone in short help, and what follows it in long help.
pub(super) struct Help {
    pub(super) line: String,
    pub(super) rest: String,
}

/// The title and the description of the API.
pub(super) fn api(plan: &Crate) -> Help {
    let line = docs::plain_line(&plan.about.title).unwrap_or_else(|| plan.package.clone());
    let text = plan.about.description.as_deref().and_then(docs::plain).unwrap_or_default();
    Help { rest: after(&line, &text), line }
}

/// A line about a group.
pub(super) fn group(group: &Group) -> String {
    let said = line(group.description.as_deref());
    if said.is_empty() { format!("Operations tagged {}", docs::visible(&group.tag)) } else { said }
}

/// The help text of an operation, with its method, its path and the credentials that it needs.
pub(super) fn operation(operation: &Operation) -> Help {
    let call = docs::visible(&format!("{} {}", operation.http_method, operation.path));
    let texts = || [&operation.summary, &operation.description].into_iter().flatten();
    let line = texts().find_map(|text| docs::plain_line(text));
    let mut paragraphs: Vec<String> = Vec::new();
    for text in texts().filter_map(|text| docs::plain(text)) {
        let text = after(line.as_deref().unwrap_or_default(), &text);
        if !text.is_empty() && !paragraphs.contains(&text) {
            paragraphs.push(text);
        }
    }
    paragraphs.extend(operation.deprecated.then(|| "Deprecated.".to_owned()));
    let needs = match operation.needs.as_str() {
        "" => String::new(),
        needs => format!(" (needs {})", docs::visible(needs)),
    };
    if line.is_some() || !needs.is_empty() {
        paragraphs.push(format!("{call}{needs}"));
    }
    Help { line: line.unwrap_or(call), rest: paragraphs.join("\n\n") }
}

/// The first sentence of a text, or nothing.
pub(super) fn line(text: Option<&str>) -> String {
    text.and_then(docs::plain_line).unwrap_or_default()
}

/// The help text of an argument, with an example and the default.
pub(super) fn flag(flag: &Flag) -> Help {
    let Facts { title, description, default, examples, deprecated, .. } = &*flag.docs;
    let text = description.as_deref().filter(|text| !text.trim().is_empty()).or(title.as_deref());
    let line = line(text);
    let shown = |value: &serde_json::Value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (!text.is_empty() && text.len() <= LONGEST).then(|| docs::visible(&text))
    };
    let mut facts = Vec::new();
    facts.extend(deprecated.then(|| "Deprecated.".to_owned()));
    facts.extend(examples.iter().find_map(shown).map(|text| format!("Example: {text}")));
    facts.extend(default.as_deref().and_then(shown).map(|text| format!("Default of the server: {text}")));
    let rest = after(&line, &text.and_then(docs::plain).unwrap_or_default());
    let paragraphs = [rest, facts.join("\n")].into_iter().filter(|text| !text.is_empty());
    Help { line, rest: paragraphs.collect::<Vec<_>>().join("\n\n") }
}

/// The rest of a text that may begin with a line.
fn after(line: &str, text: &str) -> String {
    text.strip_prefix(line).unwrap_or(text).trim().to_owned()
}
