//! A tree that was built while the text was surveyed is the one that `serde_yaml` gives.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::super::Limits;
use super::super::read::finish_yaml;
use super::super::scan::FirstPass;
use crate::diagnostics::Diagnostics;

/// The outcome of reading: the tree as text, because numbers keep their text, or the findings.
type Outcome = Result<String, String>;

fn outcome(root: Option<Value>, diagnostics: &Diagnostics) -> Outcome {
    root.map(|root| root.to_string()).ok_or_else(|| format!("{diagnostics:?}"))
}

/// With the reading that takes a usual tree, and whether there was one.
fn at_once(text: &str) -> (Outcome, bool) {
    let (limits, mut diagnostics) = (Limits::default(), Diagnostics::default());
    let first = FirstPass::read("a.yaml", text, &limits);
    let plain = first.plain.is_some();
    let root = finish_yaml("a.yaml", text, first, &limits, &mut diagnostics);
    (outcome(root, &diagnostics), plain)
}

/// With `serde_yaml`, whatever the text is.
fn twice(text: &str) -> Outcome {
    let (limits, mut diagnostics) = (Limits::default(), Diagnostics::default());
    let root = finish_yaml("a.yaml", text, FirstPass::checks_only("a.yaml", text, &limits), &limits, &mut diagnostics);
    outcome(root, &diagnostics)
}

/// Reads listener ways; whether the text was a usual one.
fn same(text: &str) -> bool {
    let (outcome, plain) = at_once(text);
    assert_eq!(outcome, twice(text), "{text:?}");
    plain
}

#[test]
fn plain_scalars_mean_what_they_mean_to_serde_yaml() {
    let words = ["", "~", "null", "Null", "NULL", "nULL", "true", "True", "TRUE", "tRUE", "false", "False", "FALSE"];
    let texts =
        ["yes", "no", "on", "off", "y", "n", "=", "<", "x y", "-x", "--", "---x", "..", ".a", "+", "+a", "a:b", "a#b"];
    let integers =
        ["0", "1", "-1", "+1", "-0", "+0", "00", "007", "-007", "+007", "9223372036854775807", "-9223372036854775808"];
    let long = ["9223372036854775808", "18446744073709551615", "18446744073709551616", "-9223372036854775809"];
    let prefixed = ["0x1F", "0X1F", "0xFFFFFFFFFFFFFFFF", "-0x1F", "+0x1F", "0o17", "-0o17", "+0o17", "0b11", "-0b11"];
    let floats =
        ["1.5", "1.10", "1.", ".5", "-.5", "+.5", "1e3", "1E3", "1e+3", "1.0e-3", "1e400", "1e", "0.0", "-0.0", "00.5"];
    let others =
        ["1_000", "12:30:45", "2024-01-01", "1.2.3", "0.0.1", "1,000", "1 2", "1x", "inf", "nan", "infinity", "+inf"];
    let lists: [&[&str]; 7] = [&words, &texts, &integers, &long, &prefixed, &floats, &others];
    for scalar in lists.into_iter().flatten() {
        assert!(same(&format!("a: {scalar}\n")), "{scalar}");
        assert!(same(&format!("- {scalar} # comment\n")), "{scalar}");
        assert!(same(&format!("- {scalar}\n- a\n")), "{scalar}");
    }
}

/// Numbers of more than 64 bits that only `serde_yaml` reads, and numbers that JSON does not have.
#[test]
fn plain_scalars_that_only_serde_yaml_can_read_are_not_usual() {
    let long = ["0x10000000000000000", "-0x10000000000000000", "+0o7777777777777777777777777"];
    let almost = ["0x", "0xg", "0x-1", "0o8"];
    for scalar in [&long[..], &almost, &[".nan", "-.inf"]].concat() {
        assert!(!same(&format!("a: {scalar}\n")), "{scalar}");
    }
}

#[test]
fn keys_are_text() {
    for key in ["a", "1", "1.50", "true", "null", "~", "0x1F", "-", "a b", "'1'", "\"\"", "'<<'", "/a/b", "$ref", "é"]
    {
        assert!(same(&format!("{key}: 1\nb: {{{key}: 2}}\n")), "{key}");
    }
}

#[test]
fn block_scalars_are_the_same() {
    let bodies = [
        "  x\n",
        "  x\n\n\n",
        "\n\n  x\n",
        "  x\n   y\n\n  z\n",
        "  x\n\n   y\n   y\n\n\n  z\n  z\n",
        "  x  \n  y \n   \n",
        "    x\n     y\n    z\n",
        "  # no comment\n  x # none\n# a comment\n",
        "  - x: |\n  ---\n  ...\n",
        "",
        "\n",
    ];
    for header in ["|", ">", "|-", ">-", "|+", ">+", "|2", ">2", "|2-", ">-2", "|1", ">+1", "| # comment"] {
        for body in bodies {
            same(&format!("a: {header}\n{body}"));
            same(&format!("a: {header}\n{body}b: 1\n"));
            same(&format!("a:\n- {header}\n{body}- 1\n"));
        }
        assert!(same(&format!("a: {header}\n  x\n")), "{header}");
    }
}

#[test]
fn usual_texts_are_built_at_once() {
    let texts = [
        "a: 'x'\nb: \"y\"\n",
        "a: 'it''s'\n",
        "a: \"\\n \\t \\\\ \\\" \\/ \\x41 \\u00e9 \\U0001F600 \\N \\_ \\L \\P \\e \\0\"\n",
        "a: \"x\n  y\n\n  z \\\n  w \\\n   \\ v\"\n",
        "a: 'x\n  y\n\n  z '\n",
        "a: x\n  y\n\n  z # comment\nb: 1\n",
        "a:\n  x: y\n",
        "a:\n- b\n-   c: 1\n    d: 2\n- - e\n  - f\n",
        "- - - a\n",
        "a:\nb:\n  c:\nd: []\ne: {}\n",
        "a: [1, 'b', \"c\", [d, {e: f}], {g: {h: i}}]\n",
        "a: [b,\n  c,\n\n  # comment\n  d,\n]\n",
        "a: {b: c,\n  d: e}\n",
        "a: {\"b\": c, 'd': [e]}\n",
        "a: [b: c]\n",
        "a: {b, c: d}\n",
        "a: http://x/y:z?q#f\n",
        "a: [http://x/y]\n",
        "# comment\n\n---\n# comment\na: 1 # comment\n  # comment\nb:   # comment\n  2\n\n",
        "--- # comment\na: 1\n",
        "a: é ü 日本 🎉\n",
        "a: x\u{a0}y\n",
        "\"a\\tb\": 1\n",
        "a:   \n  b:  c  \n",
        "/a/{b}: c\n",
        "{a: b}\n",
        "[a, b]\n",
    ];
    for text in texts {
        assert!(same(text), "{text:?}");
    }
}

/// Each of these was a difference between the two readers, or needs the whole document.
#[test]
fn unusual_texts_are_left_to_serde_yaml() {
    let long = format!("{{a{}: b}}\n", " ".repeat(1100));
    let texts = [
        // Nothing but a scalar.
        "a\n",
        ">\na\n",
        "|\n a\n",
        // No line break at the end.
        "a: |\n  b",
        "a: >+\n  b",
        "a: 1",
        // Keys.
        ": a\n",
        "{:}\n",
        "{a:}\n",
        "[{a:}]\n",
        "{a:, b: c}\n",
        "{a:?}\n",
        "{a\n: b}\n",
        "{a\n:\n}\n",
        "{'a\n ': b}\n",
        "{\"a\"\n:b}\n",
        "{\"a\"\n:{}}\n",
        &long,
        "[a]: b\n",
        "a:\n  <<: {b: c}\n",
        "a: {$serde_json::private::Number: '1'}\n",
        // Plain text that begins with an indicator.
        "{|}\n",
        "[>]\n",
        // Directives and more than one document.
        "%YAML 1.2\n---\na: 1\n",
        "%TAG ! tag:x,2000:\n---\na: 1\n",
        "a: 1\n...\n",
        "... #\n- a\n",
        "a: 1\n---\nb: 2\n",
        // Anchors, and tags that are rejected.
        "a: &x 1\nb: *x\n",
        "&x a: 1\n",
        "a: &x\n",
        "a: !x 1\n",
        "a: !!str [1]\n",
        "a: !!int b\n",
        // Characters.
        "a:\tb\n",
        "a: b\r\nc: d\r\n",
        "a: b\rc: d\n",
        "a: b\u{85}c: d\n",
        "a: b\u{2028}c\n",
        "a: b\u{2029}c\n",
        "a: b\u{feff}c\n",
        "a: b\u{7f}c\n",
        "a: b\u{1}c\n",
        "a: b\u{ffff}c\n",
        // Slips.
        "a: 1\na: 2\n",
        "a: [b\n",
        "a: 'b\n",
        "a: \"b\nc\"\n",
        "a: b: c\n",
    ];
    for text in texts {
        assert!(!same(text), "{text:?}");
    }
}

#[test]
fn tags_mean_the_same() {
    let scalars = ["!!str 1", "!!str", "! 1", "! 'a'", "!!int '5'", "!!float 1", "!!float 1.50", "!!bool 'True'"];
    let others = ["!!null ~", "!!timestamp 2024-01-01", "!!binary aGk=", "!<tag:yaml.org,2002:str> 1", "!!map {b: 1}"];
    for node in scalars.into_iter().chain(others).chain(["!!set {b, c}", "!!seq [1]", "!!omap [b: 1]", "! [1]"]) {
        assert!(same(&format!("a: {node}\n")), "{node}");
        assert!(same(&format!("- {node}\n- !!str b\n")), "{node}");
    }
    for node in ["!Ref b", "!Sub 5", "!Join [b, 1]", "!With {b: !Ref c}", "!<tag:a.test,2002:b> c"] {
        assert!(same(&format!("x-a: {node}\n")), "{node}");
        assert!(!same(&format!("a: {node}\n")), "{node}");
    }
}

#[test]
fn odd_texts_are_the_same() {
    let texts = [
        "? a\n: b\n",
        "? a\n",
        "{? a: b}\n",
        "[? a: b]\n",
        "a : b\n",
        "a: - b\n",
        "a: |\n b\n  c\n d\n",
        "a: b\n c: d\n",
        "a:\n - b\n- c\n",
        "a: {b: c}}\n",
        "a: 'b'c\n",
        "a: \"b\"#c\n",
        "a: \"\\ud83d\\ude00\"\n",
        "a: \"\\q\"\n",
        "a: @b\n",
        "a: %b\n",
        "a: `b\n",
        "a: [b, , c]\n",
        "a: [, b]\n",
        "a: {,}\n",
        "a: {b: c, }\n",
        "a: [- b]\n",
        "a: [-]\n",
        "a: [a:b, c]\n",
        "a: {b:c}\n",
        "a: {\"b\":c}\n",
        "a: {b: c: d}\n",
        "[a, b]: c\n",
        "--- a\n",
        "--- |\n a\n",
        "---\n",
        "--- {a: b}\n",
        "  a: b\n  c: d\n",
        "  a: b\nc: d\n",
        "-\n-\n",
        "- \n  a\n",
        "-a\n",
        "a: -\n",
        "a:\n  -\n  - b\n",
        "a: # b\n  c\n",
        "a: |#b\n  c\n",
        "a: |0\n  c\n",
        "a: |12\n  c\n",
    ];
    for text in texts {
        same(text);
    }
}

/// The YAML files below a folder.
fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            found.push(path);
        }
    }
}

/// Returns the number of files, and the number of those that are in the plain subset.
fn same_files(folder: &Path) -> (usize, usize) {
    let mut found = Vec::new();
    below(folder, &mut found);
    let texts = found.iter().filter_map(|path| String::from_utf8(fs::read(path).ok()?).ok());
    let plain = texts.filter(|text| !text.contains('\0') && same(text.trim_start_matches('\u{feff}'))).count();
    (found.len(), plain)
}

#[test]
fn our_own_files_are_the_same_and_mostly_usual() {
    let (files, plain) = same_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests"));
    assert!(files > 100 && plain * 10 > files * 8, "{plain} of {files}");
}

/// The documents of others are not part of the repository.
#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED; reads a folder of large documents"]
fn files_of_others_are_the_same() {
    let shared = std::env::var_os("CLIENTWRIGHT_SHARED").expect("CLIENTWRIGHT_SHARED names a folder of documents");
    let (files, plain) = same_files(Path::new(&shared));
    eprintln!("{plain} of {files} were plain");
    assert!(plain > 0, "{files}");
}
