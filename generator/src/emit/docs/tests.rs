//! Tests of the sanitized text of a document.

use super::*;

fn docs(markdown: &str) -> String {
    rustdoc(markdown).unwrap_or_default()
}

#[test]
fn ordinary_markdown_stays_as_written() {
    for text in [
        "A webhook.",
        "Two lines\nof one paragraph, with *emphasis*, **weight**, `code` and ~~errors~~.",
        "- a\n- b\n  - c\n\nThen text.",
        "* a\n\n  b\n\n* c",
        "1. one\n2. two\n   more",
        "> quoted\n> text\n>\n> - with a list",
        "| a | b |\n| --- | :-: |\n| `x` | [y](https://a.example/y) |",
        "See [the guide](https://a.example/guide \"Guide\") or write to <me@a.example>.",
        "- [ ] open\n- [x] done",
        "5 < 6, a & b, R&amp;D, snake_case_name, 2 * 3",
        "```json\n{\n  \"a\": 1\n}\n```",
        "a\\\nb",
    ] {
        assert_eq!(docs(text), text);
    }
}

#[test]
fn nothing_to_read_is_no_docs() {
    for text in ["", " ", "\n\n\t\n", "\u{feff}", "<!-- nothing -->", "[a]: https://a.example"] {
        assert_eq!(rustdoc(text), None, "{text:?}");
    }
}

#[test]
fn no_code_is_a_doctest() {
    for (text, expected) in [
        ("```\nlet a = 1;\n```", "```text\nlet a = 1;\n```"),
        ("```rust\nlet a = 1;\n```", "```text\nlet a = 1;\n```"),
        ("~~~rust,no_run\nlet a = 1;\n~~~", "```text\nlet a = 1;\n```"),
        ("``` {.rust}\nlet a = 1;", "```text\nlet a = 1;\n```"),
        ("a\n\n    let a = 1;\n\nb", "a\n\n```text\nlet a = 1;\n```\n\nb"),
        ("- a\n\n      let a = 1;", "- a\n\n  ```text\n  let a = 1;\n  ```"),
        ("> ```\n> a\n> ```", "> ```text\n> a\n> ```"),
        ("````\n```\na\n```\n````", "````text\n```\na\n```\n````"),
        ("```JSON title=x\n{}\n```", "```json\n{}\n```"),
        ("    let a = 1;", "let a = 1;"),
        ("```\n```", ""),
    ] {
        assert_eq!(docs(text), expected);
    }
}

#[test]
fn html_is_markdown_or_text() {
    for (text, expected) in [
        ("a <b>c</b><br>d", "a **c**\\\nd"),
        ("refs/heads/<branch> and Vec<String>", "refs/heads/\\<branch> and Vec\\<String>"),
        ("<script>alert(1)</script>", "```html\n<script>alert(1)</script>\n```"),
        ("a <img src=x onerror=alert(1)> b", "a `<img src=x onerror=alert(1)>` b"),
        ("<p>a</p><ul><li>b</li><li>c</li></ul>", "a\n\n- b\n- c"),
        ("<a href=\"javascript:alert(1)\">x</a>", "x (`javascript:alert(1)`)"),
    ] {
        assert_eq!(docs(text), expected);
    }
}

#[test]
fn links_are_absolute_or_text() {
    for (text, expected) in [
        ("see https://a.example/x_y_z.", "see <https://a.example/x_y_z>."),
        ("(http://a.example)", "(<http://a.example>)"),
        ("https://{tenant}.a.example/x", "`https://{tenant}.a.example/x`"),
        ("[guide](/docs/guide)", "guide (`/docs/guide`)"),
        ("[guide](#guide)", "guide"),
        ("[x](javascript:alert(1))", "x (`javascript:alert(1)`)"),
        (
            "[Vec] and [`Vec`] and [a][Vec] and [b][]",
            "\\[Vec\\] and \\[`Vec`\\] and \\[a\\]\\[Vec\\] and \\[b\\]\\[\\]",
        ),
        ("[a][1] x\n\n[1]: https://a.example/1", "[a](https://a.example/1) x"),
        ("items[0] and \\[kept\\]", "items\\[0\\] and \\[kept\\]"),
        ("![chart](https://a.example/c.png)", "[chart](https://a.example/c.png)"),
        ("[![badge](https://a.example/b.svg)](https://a.example)", "[badge](https://a.example)"),
        ("<urn:a:b>", "`urn:a:b`"),
        ("(a)[https://a.example/x]", "(a)\\[<https://a.example/x>\\]"),
        ("[a][https://a.example/x]", "\\[a\\]\\[`https://a.example/x`\\]"),
        ("[https://a.example/x](/x)", "<https://a.example/x> (`/x`)"),
        ("a[^1]\n\n[^1]: note", "a\\[^1\\]\n\n\\[^1\\]:\n\nnote"),
        ("[https://a.example](https://a.example)", "[https://a.example](https://a.example)"),
    ] {
        assert_eq!(docs(text), expected);
    }
}

#[test]
fn structure_is_written_as_the_lints_want_it() {
    for (text, expected) in [
        ("- a\nb", "- a\n  b"),
        ("> a\nb", "> a\n> b"),
        ("-    a\n     b", "- a\n  b"),
        ("1) a\n\n    b", "1) a\n\n   b"),
        ("# Webhooks API\ntext", "## Webhooks API\n\ntext"),
        ("Title\n===\ntext", "## Title\n\ntext"),
        ("a  \nb", "a\\\nb"),
        ("a\n        - b", "a\n\\- b"),
        ("a\n***\nb", "a\n\n___\n\nb"),
        ("a ` b", "a \\` b"),
        ("a\n\n\n\nb   ", "a\n\nb"),
        ("- >\n  a", "- a"),
        ("a\tb", "a   b"),
        ("`a\nb`", "`a b`"),
    ] {
        assert_eq!(docs(text), expected);
    }
}

#[test]
fn headings_sink_as_far_as_asked() {
    assert_eq!(rustdoc_below("# A\n\n###### B", 2).as_deref(), Some("### A\n\n###### B"));
}

#[test]
fn deep_nesting_is_shown_as_it_came() {
    let deep = ">".repeat(5_000) + " a\n" + &"b\n".repeat(1_000);
    let shown = docs(&deep);
    assert!(shown.starts_with("```text\n>>>") && shown.len() < deep.len() + 100);
}

/// Whatever the text, in whatever order its parts come, the result is inert, and rewriting it again changes nothing
/// that matters.
#[test]
fn any_mixture_of_hard_parts_is_inert() {
    let parts = [
        "```",
        "\n",
        "    x",
        "- ",
        "> ",
        "1. ",
        "[a]",
        "[a](b)",
        "<b>",
        "<x y=\"[z]\">",
        "`",
        "https://a.example",
        "|",
        "---",
        "\n\n",
        "# ",
        "\\",
        "![",
        "](",
        "*",
        "_",
        "<!--",
        "-->",
        "[^1]",
        "[a]: ",
        "~~~rust",
        "\t",
        "&lt;",
        "\u{202e}",
        "  \n",
        "<script>",
        "</p>",
        "{",
        ":",
        "===",
        "<https://b.example>",
        "word",
    ];
    // A linear congruential generator: the same mixtures in every run.
    let mut state = 7_u32;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..(state >> 16) % 14 + 1 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(parts[(state >> 8) as usize % parts.len()]);
        }
        let Some(shown) = rustdoc(&text) else { continue };
        assert!(inert::is_inert(&shown), "{text:?} became {shown:?}");
        assert!(!shown.contains('\u{202e}'));
    }
}

#[test]
fn a_summary_is_the_first_sentence_on_one_line() {
    for (text, expected) in [
        ("Lists webhooks. They are\nsorted.", Some("Lists webhooks.")),
        ("Lists all\nwebhooks\n\nMore.", Some("Lists all webhooks")),
        ("# Title\n\nText `a. b` here. More.", Some("Text `a. b` here.")),
        ("Use e.g. this one. Or not.", Some("Use e.g. this one.")),
        ("```\ncode\n```", None),
        ("", None),
    ] {
        assert_eq!(summary_line(text).as_deref(), expected);
    }
}
