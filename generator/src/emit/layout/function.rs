//! Functions whose bodies are a chain of calls, and `impl` blocks of such functions.

use super::inline::spread;
use super::width::{WIDTH, width};

/// A function such as `pub fn page(self, value: i64) -> Self { self.set_query("page", &value) }`.
pub(in crate::emit) struct Function<'a> {
    /// The lines of the doc comment, with line ends.
    pub(in crate::emit) docs: String,
    pub(in crate::emit) deprecated: bool,
    pub(in crate::emit) name: &'a str,
    pub(in crate::emit) parameters: Vec<String>,
    pub(in crate::emit) result: String,
    /// The first expression of the chain.
    pub(in crate::emit) receiver: String,
    /// The method calls of the chain, in order.
    pub(in crate::emit) steps: Vec<String>,
}

impl Function<'_> {
    /// Returns the text of the function as a member of a block.
    pub(in crate::emit) fn print(self) -> String {
        let Function { docs, deprecated, name, parameters, result, receiver, steps } = self;
        let deprecated = if deprecated { "    #[deprecated]\n" } else { "" };
        let inline = if is_generic(&parameters) { "" } else { INLINE };
        let above = format!("{docs}{deprecated}{inline}");
        let head = format!("pub fn {name}({}) -> {result} {{", parameters.join(", "));
        let body = format!("{receiver}{}", steps.concat());
        let line = format!("    {head} {body} }}\n");
        if width(&line) <= WIDTH {
            return format!("{above}{line}");
        }
        let mut text = format!("{above}    ");
        if "    ".len() + width(&head) <= WIDTH {
            text.push_str(&head);
        } else {
            text.push_str(&format!("pub fn {name}(\n"));
            fill(parameters.iter().map(|parameter| format!("{parameter},")), "        ", " ", &mut text);
            text.push_str(&format!("    ) -> {result} {{"));
        }
        text.push('\n');
        if "        ".len() + width(&body) <= WIDTH {
            text.push_str(&format!("        {body}\n"));
        } else {
            text.push_str(&format!("        {receiver}\n"));
            let steps = steps.iter().map(|step| spread(step, 12, WIDTH));
            fill(steps, "            ", "", &mut text);
        }
        text.push_str("    }\n");
        text
    }
}

/// The attribute of functions that are compiled in the crate that calls them, as generic functions are. A crate with a
/// thousand operations then compiles only those that a program calls.
pub(in crate::emit) const INLINE: &str = "    #[inline]\n";

fn is_generic(parameters: &[String]) -> bool {
    parameters.iter().any(|parameter| parameter.contains(": impl "))
}

/// Writes words in lines, with as many in each as fit.
fn fill(words: impl Iterator<Item = String>, indent: &str, between: &str, text: &mut String) {
    let mut column = 0;
    for word in words {
        if column > 0 && !word.contains('\n') && column + between.len() + width(&word) <= WIDTH {
            text.push_str(between);
            column += between.len();
        } else {
            if column > 0 {
                text.push('\n');
            }
            text.push_str(indent);
            column = indent.len();
        }
        text.push_str(&word);
        column += if word.contains('\n') { WIDTH } else { width(&word) };
    }
    text.push('\n');
}

/// Returns a block such as `impl Webhooks<'_> { … }`. Blank lines separate the members if one of them is longer than a line,
/// docs included.
pub(in crate::emit) fn implementation(this: &str, members: &[String]) -> String {
    let mut text = format!("{this} {{\n");
    let is_long = |member: &String| member.trim_start_matches(INLINE).trim_end().contains('\n');
    for (index, member) in members.iter().enumerate() {
        if index > 0 && (is_long(member) || is_long(&members[index - 1])) {
            text.push('\n');
        }
        text.push_str(member);
    }
    text.push_str("}\n");
    text
}
