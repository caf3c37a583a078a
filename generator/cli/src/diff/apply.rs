//! `diff --apply`: writes the next version into `codegen.toml`, and the changes into the crate's changelog.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, value};

use super::report::{Comparison, changelog};
use super::version::is_behind;
use crate::bounded;
use crate::messages::Message;
use crate::output::{self, LIST, Lock};
use crate::report::{Failure, Ui};

/// The changelog in the folder of a crate, which the generator does not emit and therefore does not change.
const CHANGELOG: &str = "CHANGELOG.md";

const HEADING: &str = "# Changelog\n\nNewest first. What an entry lists is what changed for those who compile against the crate, and on the wire.\n";

/// Writes the next version and the changelog of a comparison. A second run changes nothing.
///
/// `out` is the crate's folder, relative to that of `config`.
pub(super) fn apply(config: &Path, out: &Path, it: &Comparison, ui: &Ui) -> Result<(), Failure> {
    let root = config.parent().unwrap_or(Path::new(""));
    output::refuse_links(root, out)?;
    let out = root.join(out);
    // Between reading and writing, no other run may write.
    let lock = Lock::of(if root.as_os_str().is_empty() { Path::new(".") } else { root }, || ());
    for file in [config, &out.join(CHANGELOG)] {
        output::sweep_beside(file)?;
    }
    let Some(next) = it.next_version().filter(|next| *next != it.version) else { return Ok(()) };
    let (version, configuration) = raised(config, &it.package, &next)?;
    let changelog = match out.join(LIST).is_file() {
        // No file may be in the folder of a crate before its own files.
        false => None,
        true => Some(entry(&out, &version, changelog(it).as_str())?),
    };
    // Both texts are there before the first is written.
    if let Some(text) = configuration {
        output::replace_under(&lock, config, &text)?;
    }
    if let Some((file, Some(text))) = &changelog {
        output::replace_under(&lock, file, text)?;
    }
    let changelog = changelog.map(|(file, _)| file);
    let changelog_shown = changelog.as_deref().map(Path::to_string_lossy);
    let message = Message::Applied { package: &it.package, version: &version, changelog: changelog_shown };
    let place = changelog.as_deref().map(|path| format!(", and its changes in {}", path.display())).unwrap_or_default();
    ui.fact(&message, &format!("{}: version {version} is in {}{place}", it.package, config.display()));
    Ok(())
}

/// The version that `codegen.toml` then has, and the new text, unless that version or a later one is there.
fn raised(config: &Path, package: &str, next: &str) -> Result<(String, Option<String>), Failure> {
    let fail = |what: String| Failure::Other(format!("cannot change {}: {what}", config.display()));
    let text = bounded::text(config).map_err(|error| fail(error.to_string()))?;
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| fail(error.to_string()))?;
    let clients = document.get_mut("client").and_then(Item::as_array_of_tables_mut);
    let mut tables = clients.into_iter().flat_map(|clients| clients.iter_mut());
    let named = |table: &&mut toml_edit::Table| table.get("package").and_then(Item::as_str) == Some(package);
    let table =
        tables.find(named).ok_or_else(|| fail(format!("no [[client]] table in it has the package `{package}`")))?;
    let there = table.get("version").and_then(Item::as_str).unwrap_or_default().to_owned();
    if !there.is_empty() && !is_behind(&there, next) {
        return Ok((there, None));
    }
    let mut item = value(next);
    // A comment behind it stays.
    if let (Some(old), Some(new)) = (table.get("version").and_then(Item::as_value), item.as_value_mut()) {
        *new.decor_mut() = old.decor().clone();
    }
    table["version"] = item;
    drop(tables);
    Ok((next.to_owned(), Some(document.to_string())))
}

/// The changelog of a crate, and the text with the entry of a version, above all others or in place of the entry of this
/// version; `None` where it is there.
fn entry(out: &Path, version: &str, entry: &str) -> Result<(PathBuf, Option<String>), Failure> {
    let before = output::existing(out, CHANGELOG)?.map(String::from_utf8);
    let before = before.unwrap_or_else(|| Ok(HEADING.to_owned()));
    let file = out.join(CHANGELOG);
    let before = before.map_err(|_| Failure::Other(format!("cannot change {}: it is not UTF-8", file.display())))?;
    let after = entered(&before, version, entry);
    let changed = after != before;
    Ok((file, changed.then_some(after)))
}

fn entered(text: &str, version: &str, entry: &str) -> String {
    let heading = format!("## {version}\n");
    let first = text.find("\n## ").map_or(text.len(), |at| at + 1);
    let (head, mut entries) = text.split_at(first);
    if entries.starts_with(&heading) {
        entries = entries.find("\n## ").and_then(|at| entries.get(at + 1..)).unwrap_or_default();
    }
    let between = if entries.is_empty() { "" } else { "\n" };
    format!("{}\n\n{heading}\n{}\n{between}{entries}", head.trim_end(), entry.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{HEADING, entered};

    #[test]
    fn entries_stand_above_older_ones_and_are_replaced_by_what_is_said_later() {
        let one = entered(HEADING, "0.2.0", "- one\n");
        assert_eq!(one, format!("{HEADING}\n## 0.2.0\n\n- one\n"));
        let two = entered(&one, "0.3.0", "- second\n");
        assert_eq!(two, format!("{HEADING}\n## 0.3.0\n\n- second\n\n## 0.2.0\n\n- one\n"));
        assert_eq!(entered(&two, "0.3.0", "- second\n"), two);
        assert_eq!(entered(&two, "0.3.0", "- third\n"), two.replace("second", "third"));
        assert_eq!(entered(&one, "0.2.0", "- other\n"), one.replace("- one", "- other"));
    }
}
