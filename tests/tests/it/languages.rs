//! Text of others in the languages in which output is read, judged by readers of these languages.

use clientwright::written::{
    Dot, Html, Json, Language, Markdown, Mermaid, Terminal, Toml, Tsv, Workflow, WorkflowProperty, Written,
    is_interpreted,
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Beginnings and ends of what the languages mean something by.
const PARTS: &[&str] = &[
    "`",
    "``",
    "```",
    "~~~",
    "<b>",
    "</code>",
    "<!--",
    "-->",
    "<script>",
    "<img src=x onerror=a>",
    "&lt;",
    "&#96;",
    "[a](b)",
    "![a](b)",
    "[a]: b",
    "*a*",
    "_a_",
    "__a__",
    "~a~",
    "# a",
    "> a",
    "- a",
    "+ a",
    "1. a",
    "1) a",
    "---",
    "===",
    "| a |",
    "https://evil.test",
    "www.evil.test",
    "a@evil.test",
    "@octocat",
    "Fixes #1",
    ":smile:",
    "$a$",
    "\\",
    "\\`",
    "\"",
    "'",
    "\n",
    "\r\n",
    "\t",
    "\u{1b}[31m",
    "\u{1b}]0;a\u{7}",
    "\u{9b}31m",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{e0041}",
    "::error::a",
    "::set-output name=a::b",
    "##[error]a",
    "##[",
    "%0A::error::a",
    "%",
    ",",
    ":",
    ";",
    "\"]; a [label=\"",
    "\"]\n  a --> b",
    "]",
    "}",
    "{{",
    "&",
    "é",
    "漢字",
    "😀",
    " ",
    "",
];

/// Each part alone, between words, and after each other part.
fn texts() -> Vec<String> {
    let alone = PARTS.iter().map(|part| (*part).to_owned());
    let between = PARTS.iter().map(|part| format!("a {part} b"));
    let pairs = PARTS.iter().flat_map(|one| PARTS.iter().map(move |other| format!("{one}{other}")));
    alone.chain(between).chain(pairs).collect()
}

fn written<L: Language>(text: &str) -> String {
    Written::<L>::of(text).as_str().to_owned()
}

#[test]
fn markdown_has_no_more_than_text_and_code() {
    let options = Options::all().difference(Options::ENABLE_SMART_PUNCTUATION);
    // An item without a text is no item, so nobody writes one.
    for text in texts().into_iter().filter(|text| !written::<Markdown>(text).trim().is_empty()) {
        let mut line = Written::<Markdown>::default();
        line.raw("- ")
            .code(&text)
            .raw(" and ")
            .text(&text)
            .raw(" then ")
            .code(&text)
            .raw("\n  - ")
            .text(&text)
            .raw("\n");
        let (mut codes, mut shown) = (Vec::new(), String::new());
        for event in Parser::new_ext(line.as_str(), options) {
            match event {
                Event::Code(code) => codes.push(code.into_string()),
                Event::Text(more) => shown.push_str(&more),
                Event::Start(Tag::List(None) | Tag::Item) | Event::End(TagEnd::List(false) | TagEnd::Item) => {}
                other => panic!("{other:?} by {text:?}: {}", line.as_str()),
            }
        }
        assert_eq!(codes.len(), 2, "{text:?}: {}", line.as_str());
        assert!(!shown.chars().any(is_interpreted), "{text:?}");
        // GitHub finds addresses in text before it looks at entities.
        let outside = line.as_str().replace(&format!("{} ", codes[0]), "");
        assert!(!outside.contains("##["), "{text:?}");
        if text.chars().all(|it| !is_interpreted(it)) && !text.contains("##[") && !text.trim().is_empty() {
            assert_eq!(codes[0].trim(), text.trim(), "{}", line.as_str());
            assert!(shown.contains(text.trim()), "{shown:?} of {text:?}");
        }
    }
}

#[test]
fn html_is_text_in_elements_and_in_attributes() {
    for text in texts() {
        let html = written::<Html>(&text);
        assert!(!html.contains(['<', '>', '"', '\'']) && !html.chars().any(is_interpreted), "{html}");
        for entity in html.split('&').skip(1) {
            let name = entity.split(';').next().unwrap_or_default();
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "{html}");
        }
        let mut code = Written::<Html>::default();
        code.code(&text);
        let rest = code.as_str().replace("<code>", "").replace("</code>", "").replace("<wbr>", "");
        assert!(!rest.contains(['<', '>']), "{}", code.as_str());
    }
}

/// The runner takes a line for a command by `::` at its beginning, after spaces, and by `##[` anywhere in it.
fn is_command(line: &str) -> bool {
    line.trim_start().starts_with("::") || line.contains("##[")
}

#[test]
fn a_terminal_and_a_runner_find_nothing_to_obey() {
    for text in texts() {
        let mut parts = Written::<Terminal>::default();
        parts.text(&text).text(&text).raw("\n ").text(&text);
        for shown in [
            written::<Terminal>(&text),
            Written::<Terminal>::lines(&text).as_str().to_owned(),
            parts.as_str().to_owned(),
        ] {
            assert!(!shown.lines().any(is_command), "{shown:?}");
            assert!(!shown.chars().any(|it| is_interpreted(it) && it != '\n' && it != '\t'), "{shown:?}");
        }
    }
    let mut split = Written::<Terminal>::default();
    split.text(":").text(":error::a").raw("\n").text("#").text("#").text("[error]a");
    assert!(!split.as_str().lines().any(is_command), "{:?}", split.as_str());
}

#[test]
fn a_diff_of_emitted_code_stays_one_that_patch_reads() {
    let diff = "@@ -1,2 +1,2 @@\n         ::core::result::Result::Ok(())\n-::std::mem::drop(it)\n ::alloc::vec::Vec\n";
    assert_eq!(Written::<Terminal>::lines(diff).as_str(), diff);
    assert_eq!(Written::<Terminal>::lines(" ::core=1::a").as_str(), "\\ ::core=1::a");
}

#[test]
fn an_annotation_is_one_command_with_the_text_as_it_is() {
    let unescaped = |text: &str| text.replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
    for text in texts() {
        let mut command = Written::<Workflow>::default();
        command.raw("::error file=").property(&Written::<WorkflowProperty>::of(&text)).raw("::").text(&text);
        let line = command.as_str();
        assert!(!line.chars().any(is_interpreted) && !line.contains("##["), "{line:?}");
        let (properties, message) = line["::".len()..].split_once("::").unwrap();
        let (key, value) = properties.split_once('=').unwrap();
        assert!(key == "error file" && !value.contains([',', ':']), "{line:?}");
        if text.chars().all(|it| !is_interpreted(it)) && !text.contains("##[") {
            assert_eq!((unescaped(value).as_str(), unescaped(message).as_str()), (text.as_str(), text.as_str()));
        }
    }
}

#[test]
fn labels_of_graphs_end_where_they_end() {
    for text in texts() {
        let mermaid = written::<Mermaid>(&text);
        assert!(!mermaid.contains(['"', '`', '<', '>', '[', '(']) && !mermaid.chars().any(is_interpreted), "{mermaid}");
        let dot = written::<Dot>(&text);
        let mut escaped = false;
        for character in dot.chars() {
            assert!(escaped || character != '"', "{dot}");
            escaped = character == '\\' && !escaped;
        }
        assert!(!escaped && !dot.chars().any(is_interpreted) && !dot.contains("##["), "{dot}");
    }
}

#[test]
fn data_is_read_as_it_was() {
    for text in texts() {
        let line = Written::<Json>::line(&text);
        assert_eq!(serde_json::from_str::<String>(line.as_str()).unwrap(), text);
        let line = line.as_str().trim_end_matches('\n');
        assert!(!line.chars().any(is_interpreted) && !line.contains("##["), "{line}");
        let mut table = Written::<Toml>::default();
        table.raw("key = \"").text(&text).raw("\"\n");
        let read: toml::Table = toml::from_str(table.as_str()).unwrap();
        assert_eq!(read["key"].as_str(), Some(text.as_str()), "{}", table.as_str());
        assert!(!written::<Tsv>(&text).contains(['\t', '\n', '\r']));
    }
}
