//! The entry of an operation in the table of subcommands, a line for each of its arguments and members.

/// An operation, each part as Rust on one line.
pub(super) struct Entry {
    /// The subcommand without its arguments.
    pub(super) new: String,
    pub(super) arguments: Vec<String>,
    pub(super) constants: Vec<String>,
    /// The bodies, each with its members.
    pub(super) bodies: Vec<(String, Vec<String>)>,
    pub(super) successes: Vec<String>,
    pub(super) pages: Option<String>,
}

impl Entry {
    /// The lines of the entry.
    pub(super) fn print(&self, indent: &str) -> String {
        let bodies = self.bodies.iter().map(|(body, members)| match members.is_empty() {
            true => body.clone(),
            false => format!("{body}{}", list(".members(&[", "])", members, &format!("{indent}        "))),
        });
        let bodies: Vec<String> = bodies.collect();
        let fields = [
            ("arguments", &self.arguments),
            ("constants", &self.constants),
            ("bodies", &bodies),
            ("successes", &self.successes),
        ];
        let fields = fields.into_iter().filter(|(_, values)| !values.is_empty());
        let inner = format!("{indent}    ");
        let lines: Vec<String> = fields
            .map(|(name, values)| format!("{inner}{}", list(&format!("{name}: &["), "],\n", values, &inner)))
            .chain(self.pages.iter().map(|pages| format!("{inner}pages: Some({pages}),\n")))
            .collect();
        match lines.is_empty() {
            true => format!("{indent}{},\n", self.new),
            false => format!("{indent}Subcommand {{\n{}{inner}..{}\n{indent}}},\n", lines.concat(), self.new),
        }
    }
}

/// Values between two brackets, a line each.
fn list(open: &str, close: &str, values: &[String], indent: &str) -> String {
    let lines: String = values.iter().map(|value| format!("{indent}    {value},\n")).collect();
    format!("{open}\n{lines}{indent}{close}")
}
