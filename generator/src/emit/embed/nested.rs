//! Modules in one file.

use std::collections::BTreeMap;

/// Puts the text of each module in the place of its declaration. Each item at the top gets an attribute.
///
/// `folder` is where the modules of the text are, with a slash at its end unless it is the root.
pub(super) fn nested(text: &str, folder: &str, texts: &BTreeMap<String, String>, attribute: &str) -> String {
    let mut whole = String::new();
    let mut opens = true;
    for line in text.lines() {
        let begins = opens && (line.starts_with("pub ") || line.starts_with("mod ") || line.starts_with("#["));
        if begins && !attribute.is_empty() {
            whole.push_str(attribute);
        }
        // An item ends with its line, or continues in indented lines.
        opens = line.ends_with(';') || line.is_empty() || line.starts_with("//");
        let module = declared(line).and_then(|name| Some((name, texts.get(&format!("{folder}{name}.rs"))?)));
        let Some((name, inner)) = module else {
            whole.push_str(line);
            whole.push('\n');
            continue;
        };
        let inner = nested(without_header(inner), &format!("{folder}{name}/"), texts, "");
        whole.push_str(&format!("{} {{\n{}}}\n", line.trim_end_matches(';'), inner));
    }
    whole
}

/// The name of the module that a line declares.
pub(super) fn declared(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
    Some(bare.strip_prefix("mod ")?.strip_suffix(';')?.trim_start_matches("r#"))
}

/// A file without its header line.
fn without_header(text: &str) -> &str {
    text.strip_prefix(super::super::layout::HEADER).map_or(text, str::trim_start)
}
