//! The text of real documents, as the docs of one crate, under rustdoc and clippy with warnings denied.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use clientwright::emit::docs;
use clientwright_tests::front::shared;
use serde_json::Value;

/// The crate is large, so this is run by hand: `CLIENTWRIGHT_SHARED=… cargo test -p clientwright-tests -- --ignored docs_of_real`.
#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED; documents every text of some 140 documents"]
fn every_text_of_real_documents_is_clean() {
    let texts = texts_of_documents();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs-of-real-documents");
    let documented = write_crate(&folder, &texts);
    let shown_as_code = texts.iter().filter(|text| is_shown_whole(text)).count();
    eprintln!("{} texts, {documented} with docs, {shown_as_code} shown whole as code", texts.len());
    run(&folder, &["doc", "--quiet"]);
    run(&folder, &["clippy", "--quiet", "--", "-Dwarnings"]);
    let output = run(&folder, &["test", "--doc"]);
    assert!(output.contains("running 0 tests"), "{output}");
}

/// Returns whether the text could not be rewritten and is one block of code.
fn is_shown_whole(text: &str) -> bool {
    let docs = docs::rustdoc(text).unwrap_or_default();
    docs.starts_with("```text\n") && docs.ends_with("```") && docs.matches("```").count() == 2 && !text.contains("```")
}

fn write_crate(folder: &Path, texts: &BTreeSet<String>) -> usize {
    let mut source = String::from("//! Texts of documents.\n");
    let mut documented = 0;
    for (number, text) in texts.iter().enumerate() {
        let Some(docs) = docs::rustdoc(text) else { continue };
        documented += 1;
        for line in docs.lines() {
            let space = if line.is_empty() { "" } else { " " };
            let _ = writeln!(source, "///{space}{line}");
        }
        let _ = writeln!(source, "///\n/// Summary: {}", docs::summary_line(text).unwrap_or_default());
        let _ = writeln!(source, "///\n/// Example: {}", docs::inline_code(text));
        let _ = writeln!(source, "pub const TEXT_{number}: u8 = 0;\n");
    }
    let source = source.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::write(folder.join("src/lib.rs"), source).unwrap();
    let manifest = "[package]\nname = \"documented\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    documented
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTDOCFLAGS", "-Dwarnings -Drustdoc::unescaped_backticks")
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {}", stderr.chars().take(20_000).collect::<String>());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every description, summary and title below corpus/ and hostile/, each once.
fn texts_of_documents() -> BTreeSet<String> {
    let shared = shared();
    let mut texts = BTreeSet::new();
    for folder in ["corpus", "hostile"] {
        for entry in std::fs::read_dir(shared.join(folder)).unwrap() {
            // Some hostile documents are no UTF-8, no YAML, or too deep: they have no text that could become docs.
            let Ok(text) = std::fs::read_to_string(entry.unwrap().path()) else { continue };
            let document: Option<Value> = serde_json::from_str(&text).ok().or_else(|| serde_yaml::from_str(&text).ok());
            collect(&document.unwrap_or_default(), &mut texts);
        }
    }
    texts
}

fn collect(value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                if let ("description" | "summary" | "title", Value::String(text)) = (key.as_str(), member) {
                    texts.insert(text.clone());
                }
                collect(member, texts);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        _ => {}
    }
}
