//! Short things on one line: the printer breaks whatever holds more than an expression.

/// Joins what stands between brackets to one line, where it has room there and reads as well.
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

/// A line that closes a bracket, with the lines back to the one that opens it: where that is, and the whole.
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

/// A single method at the end of a line of its own.
fn chained(lines: &[String], line: &str, width: usize) -> Option<(usize, String)> {
    let before =
        lines.last().filter(|before| line.trim_start().starts_with('.') && indent(before) + 4 == indent(line))?;
    let ends = line.ends_with([';', ')', ',']) && !before.trim_start().starts_with(['.', '}', '/']);
    let joined = format!("{before}{}", line.trim_start());
    (ends && joined.chars().count() <= width).then_some((lines.len() - 1, joined))
}

/// What is read member by member stays a member a line.
fn is_definition(line: &str) -> bool {
    let words = ["pub struct ", "pub enum ", "impl", "mod ", "match ", "//"];
    words.iter().any(|word| line.trim_start().starts_with(word))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
