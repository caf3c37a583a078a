//! Joining of short constructs to one line. `prettyplease` breaks every block with more than an expression.

/// Joins bracketed constructs to one line where they fit and are as readable.
pub(super) fn join(printed: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in printed.lines() {
        let joined = closed(&lines, line, width).or_else(|| chained(&lines, line, width));
        match joined {
            Some((from, joined)) => {
                lines.truncate(from);
                lines.push(joined);
            }
            None => lines.push(line.to_owned()),
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Joins a line that closes a bracket with the lines back to the one that opens it. Returns the index of that line and the
/// text.
fn closed(lines: &[String], line: &str, width: usize) -> Option<(usize, String)> {
    let closer = line.trim_start().chars().next().filter(|first| ")]}".contains(*first))?;
    let depth = indent(line);
    let from = lines.iter().rposition(|line| indent(line) <= depth)?;
    let (opening, inner) = (&lines[from], &lines[from + 1..]);
    let opener = opening.chars().last().filter(|last| "([{".contains(*last))?;
    let plain = |line: &String| {
        let text = line.trim_start();
        indent(line) == depth + 4 && !text.starts_with('#') && !text.starts_with("//")
    };
    if indent(opening) != depth || is_definition(opening) || inner.is_empty() || !inner.iter().all(plain) {
        return None;
    }
    let is_use = opening.starts_with("use ");
    let fields = |line: &String| line.ends_with(',') && !line.contains(" => ");
    if opener == '{' && !is_use && inner.len() > 1 && !inner.iter().take(inner.len() - 1).all(fields) {
        return None;
    }
    let inner: Vec<&str> = inner.iter().map(|line| line.trim_start()).collect();
    let inner = inner.join(" ");
    let inner = inner.strip_suffix(',').unwrap_or(&inner);
    let space = if closer == '}' && !is_use { " " } else { "" };
    let joined = format!("{opening}{space}{inner}{space}{}", line.trim_start());
    (joined.chars().count() <= width).then_some((from, joined))
}

/// Joins a method call on a line of its own to the line before it.
fn chained(lines: &[String], line: &str, width: usize) -> Option<(usize, String)> {
    let before =
        lines.last().filter(|before| line.trim_start().starts_with('.') && indent(before) + 4 == indent(line))?;
    let ends = line.ends_with([';', ')', ',']) && !before.trim_start().starts_with(['.', '}', '/']);
    let joined = format!("{before}{}", line.trim_start());
    (ends && joined.chars().count() <= width).then_some((lines.len() - 1, joined))
}

/// Returns whether a line begins a definition, whose members stay on separate lines.
fn is_definition(line: &str) -> bool {
    let words = ["pub struct ", "pub enum ", "impl", "mod ", "match ", "//"];
    words.iter().any(|word| line.trim_start().starts_with(word))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
