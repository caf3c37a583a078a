//! Tests of reading: valid texts, invalid texts, and the positions of errors.

use clientwright_tests::front::{named, yaml};
use serde_json::json;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\n";

#[test]
fn what_a_tree_cannot_hold_is_rejected_with_its_place() {
    let deep = "[".repeat(50_000);
    let bomb = (1..12).fold("x-0: &a0 [l, l, l, l, l, l, l, l, l]\n".to_owned(), |text, level| {
        let alias = format!("*a{}", level - 1);
        format!("{text}x-{level}: &a{level} [{}]\n", [alias.as_str(); 9].join(", "))
    });
    let cases: &[(&str, Vec<u8>, &str, &str)] = &[
        ("duplicate key", format!("{HEAD}paths:\n  /a: {{}}\n  /a: {{}}\n").into(), "CW0110", "api.yaml:5:3"),
        ("second document", format!("{HEAD}paths: {{}}\n---\na: b\n").into(), "CW0111", "api.yaml:4:1"),
        ("tag", format!("{HEAD}paths: !custom {{}}\n").into(), "CW0112", "api.yaml:3:8"),
        ("complex key", format!("{HEAD}paths: {{}}\n? [a, b]\n: c\n").into(), "CW0113", "api.yaml:4:3"),
        ("not a number", format!("{HEAD}paths: {{}}\nx-a: .nan\n").into(), "CW0114", "api.yaml:4:6"),
        ("alias cycle", format!("{HEAD}paths: &a\n  /a: *a\n").into(), "CW0107", "api.yaml:4:7"),
        ("alias bomb", format!("{HEAD}{bomb}paths: {{}}\n").into(), "CW0106", "api.yaml:"),
        ("deep", format!("{HEAD}x-a: {deep}").into(), "CW0104", "api.yaml:3:"),
        ("not YAML", b"openapi: [3.0\ninfo: }".to_vec(), "CW0108", "api.yaml:2:"),
        ("empty", Vec::new(), "CW0102", "api.yaml:1:1"),
        ("not UTF-8", b"openapi: 3.0.3\ninfo: {title: \"\xFF\"}".to_vec(), "CW0101", "api.yaml:2:16"),
        ("UTF-16", b"\xFF\xFEo\0p\0".to_vec(), "CW0101", "api.yaml:1:1"),
    ];
    for (name, text, code, place) in cases {
        let outcome = yaml(text.clone()).run();
        assert!(!outcome.passes(), "{name} is accepted");
        assert_eq!(outcome.codes().first(), Some(code), "{name}: {}", outcome.short());
        assert!(outcome.short().starts_with(place), "{name}: {}", outcome.short());
    }
}

#[test]
fn json_is_read_as_strictly() {
    let deep = format!("{}{}", "{\"a\":".repeat(50_000), "}".repeat(50_000));
    let cases: &[(&str, &str, &str, &str)] = &[
        ("duplicate key", "{\"openapi\":\"3.0.3\",\n\"info\":{},\n\"info\":{}}", "CW0110", "api.json:3:1"),
        ("trailing text", "{\"openapi\":\"3.0.3\"} more", "CW0109", "api.json:1:21"),
        ("truncated", "{\"openapi\":\n\"3.0", "CW0109", "api.json:2:4"),
        ("deep", &deep, "CW0104", "api.json:1:"),
    ];
    for (name, text, code, place) in cases {
        let outcome = named("api.json", *text).run();
        assert_eq!(outcome.codes(), [*code], "{name}: {}", outcome.short());
        assert!(outcome.short().starts_with(place), "{name}: {}", outcome.short());
    }
}

#[test]
fn limits_can_be_set() {
    let mut case = yaml(format!("{HEAD}paths: {{}}\nx-a: [1, 2, 3]\n"));
    case.settings.limits.nodes = 10;
    assert_eq!(case.clone().run().codes(), ["CW0105"]);
    case.settings.limits.nodes = 30;
    assert!(case.clone().run().passes());
    case.settings.limits.bytes = 20;
    assert_eq!(case.run().codes(), ["CW0103"]);
    let nested = format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"a\", \"version\": \"1\"}}, \"paths\": {{}}, \"x-a\": {}{}}}",
        "[".repeat(200),
        "]".repeat(200)
    );
    let mut case = named("api.json", nested);
    assert_eq!(case.clone().run().codes(), ["CW0104"]);
    case.settings.limits.depth = 300;
    assert!(case.run().passes());
}

#[test]
fn scalars_follow_the_core_schema_and_keep_their_text() {
    let values =
        "x-v: [no, yes, on, y, 2024-01-01, 12:30:45, 0o17, 0x1F, 1.10, 1e3, ~, 0123, 99999999999999999999999999]";
    let outcome = yaml(format!("\u{FEFF}{HEAD}paths: {{}}\r\n{values}\r\n")).run();
    let big: serde_json::Value = serde_json::from_str("99999999999999999999999999").unwrap();
    let ten: serde_json::Value = serde_json::from_str("1.10").unwrap();
    let thousand: serde_json::Value = serde_json::from_str("1e3").unwrap();
    let expected = json!(["no", "yes", "on", "y", "2024-01-01", "12:30:45", 15, 31, ten, thousand, null, "0123", big]);
    assert_eq!(outcome.at("/x-v"), expected);
}

#[test]
fn a_version_without_quotes_keeps_its_digits() {
    let outcome = yaml("openapi: 3.0.3\ninfo: {title: A, version: 1.10}\npaths: {}\n").run();
    assert_eq!(outcome.at("/info/version"), json!("1.10"));
    assert_eq!(outcome.codes(), ["CW0504"]);
}

#[test]
fn honest_aliases_are_as_good_as_text() {
    let outcome = yaml(format!("{HEAD}paths: {{}}\nx-a: &a {{b: 1.50}}\nx-c: [*a, *a]\n")).run();
    assert_eq!(outcome.at("/x-c/1"), outcome.at("/x-a"));
    assert_eq!(outcome.at("/x-c/0/b").to_string(), "1.50");
}

#[test]
fn flow_collections_are_those_of_yaml_1_2() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\nx-a: {\n  \"a\":[1],b:[2],c:{d:[3]}, e: [f:{g: 1}]\n}\n";
    let outcome = yaml(text).run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.at("/x-a"), json!({ "a": [1], "b": [2], "c": { "d": [3] }, "e": [{ "f": { "g": 1 } }] }));
    let text = "openapi: 3.1.0\ninfo:\n  title: A\n  version: '1'\n  x-a: {\n    \"a\": 1.10\n  }\n  x-b: [\n    1\n  ]\n  contct: {}\npaths: {}\n";
    let outcome = yaml(text).run();
    assert_eq!(outcome.at("/info/x-a/a").to_string(), "1.10");
    assert!(outcome.short().contains("api.yaml:11:3: warning[CW0403]"), "{}", outcome.short());
    let fault = yaml("openapi: 3.1.0\nx-a: {\n  a: 1\n}\nx-b: {\n  a: }1\n").run();
    assert!(fault.short().contains("api.yaml:6:") && fault.short().contains("CW0108"), "{}", fault.short());
}

#[test]
fn a_document_that_is_not_openapi_is_told_so() {
    for (text, code) in [
        ("- a\n", "CW0201"),
        ("info: {}\n", "CW0201"),
        ("openapi: 4.0.0\n", "CW0202"),
        ("swaggerVersion: '1.2'\n", "CW0203"),
    ] {
        assert_eq!(yaml(text).run().codes(), [code], "{text}");
    }
}

#[test]
fn documents_as_deep_as_the_limit_fit_the_stack() {
    let mut schema = json!({});
    for _ in 0..123 {
        schema = json!({ "not": schema });
    }
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "A", "version": "1" }, "paths": {}, "components": { "schemas": { "A": schema } },
    });
    let outcome = named("api.json", document.to_string()).run();
    assert!(outcome.passes(), "{}", outcome.short());
    // Taking the model down again is as deep.
    std::thread::Builder::new().stack_size(16 << 20).spawn(move || drop(outcome)).unwrap().join().unwrap();
}

#[test]
fn merge_keys_are_merged_and_said_to_be_no_part_of_yaml_1_2() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\nx-base: &base {type: object, description: base}\ncomponents:\n  schemas:\n    A: {<<: *base, description: own, properties: {'<<': {type: string}}}\n    B: {<<: [{title: first}, *base, {title: second}]}\n";
    let outcome = yaml(text).run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.codes(), ["CW0517", "CW0517"]);
    assert_eq!(outcome.at("/components/schemas/A/description"), "own");
    assert_eq!(outcome.at("/components/schemas/A/type"), "object");
    assert_eq!(outcome.at("/components/schemas/B/title"), "first");
    assert_eq!(outcome.at("/components/schemas/B/type"), "object");
    // In quotes it is a key like any other.
    let quoted = yaml(text.replace("<<: *base", "'<<': *base").replace("<<: [{", "'<<': [{")).run();
    assert!(quoted.codes().iter().all(|code| *code != "CW0517"), "{}", quoted.short());
}

#[test]
fn the_tags_of_yaml_give_a_value_its_type() {
    let text = format!(
        "{HEAD}paths: !!map\n  /a: {{get: {{responses: {{!!str 200: {{description: !!str 5}}}}}}}}\nx-a: !!seq\n- !!str 1\n- ! 2\n- !!int '3'\n- !!float 4\n- !!bool 'true'\n- !!null ~\n- !!timestamp 2024-01-01\n- !<tag:yaml.org,2002:str> 6.0\n"
    );
    let expected = json!(["1", "2", 3, 4.0, true, null, "2024-01-01", "6.0"]);
    // With an anchor, the other reader reads it.
    for text in [text.clone(), format!("x-b: &b !!str 7\n{text}x-c: *b\n")] {
        let outcome = yaml(text).run();
        assert!(outcome.codes().is_empty(), "{}", outcome.short());
        assert_eq!(outcome.at("/x-a"), expected);
        assert_eq!(outcome.at("/paths/~1a/get/responses/200/description"), "5");
    }
    let outcome = yaml(format!("{HEAD}paths: {{}}\nx-a: !!int abc\n")).run();
    assert!(outcome.short().starts_with("api.yaml:4:6: error[CW0108]: `abc` is no integer"), "{}", outcome.short());
}

#[test]
fn a_tag_of_another_program_is_passed_over_in_an_extension_alone() {
    let text = format!(
        "{HEAD}paths: {{}}\nx-amazon-apigateway-integration:\n  uri: !Sub 'arn:${{Region}}'\n  role: !GetAtt [Role, Arn]\n  size: !Ref 5\n"
    );
    let outcome = yaml(text).run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.codes(), ["CW0514", "CW0514", "CW0514"]);
    assert!(outcome.short().starts_with("api.yaml:5:8: warning[CW0514]: the tag `!Sub`"), "{}", outcome.short());
    assert_eq!(
        outcome.at("/x-amazon-apigateway-integration"),
        json!({ "uri": "arn:${Region}", "role": ["Role", "Arn"], "size": "5" })
    );
    for text in ["info: {title: !Ref A, version: '1'}", "components: {schemas: {A: {properties: {x-a: !Ref B}}}}"] {
        let outcome = yaml(format!("openapi: 3.1.0\n{text}\n")).run();
        assert_eq!(outcome.codes(), ["CW0112"], "{text}: {}", outcome.short());
    }
}

#[test]
fn comments_and_trailing_commas_of_json_are_passed_over() {
    let text = "// The API\n{\n  \"openapi\": \"3.1.0\", # version\n  \"info\": { \"title\": \"A // B\", \"version\": \"1\", /* é */ \"contct\": {}, },\n  \"paths\": {}, // no more\n}\n";
    for name in ["api.json", "api.jsonc", "api.yaml"] {
        let outcome = named(name, text).run();
        assert!(outcome.passes(), "{}", outcome.short());
        let short = outcome.short();
        let expected = [
            format!("{name}:1:1: warning[CW0519]: a comment begins here"),
            format!("{name}:4:68: warning[CW0519]: no value follows this comma"),
            format!("{name}:4:56: warning[CW0403]"),
        ];
        expected.iter().for_each(|line| assert!(short.contains(line), "{line}\n{short}"));
        assert_eq!(outcome.at("/info/title"), "A // B");
    }
    // What else is wrong is found at its own place.
    let outcome = named("api.json", "// A\n{\n  \"openapi\": \"3.1.0\",\n  \"info\" {}\n}").run();
    assert!(outcome.short().contains("api.json:4:10: error[CW0109]"), "{}", outcome.short());
    // In YAML, two slashes are no comment, and a comma may be the last.
    let outcome = yaml("{openapi: 3.1.0, info: {title: http://a.example, version: '1',}, paths: {},}\n").run();
    assert!(outcome.codes().is_empty(), "{}", outcome.short());
}

#[test]
fn slips_of_yaml_are_told_their_correction() {
    for (line, help) in [
        ("title: A: B", "put a text that contains `: ` in quotes"),
        ("title: @A", "put a text that begins with this character in quotes"),
        ("title: *A", "put a text that begins with `*` in quotes"),
        ("\ttitle: A", "indent with spaces"),
    ] {
        let outcome = yaml(format!("openapi: 3.1.0\ninfo:\n  version: '1'\n  {line}\npaths: {{}}\n")).run();
        assert!(outcome.text(clientwright::render::Format::Human).contains(help), "{line}: {}", outcome.short());
    }
}

/// The names file is YAML whatever it is called, and so are documents that were saved under another name.
#[test]
fn yaml_under_the_name_of_json_is_read_as_yaml() {
    let outcome = named("api.json", "# The API\nopenapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n").run();
    assert!(outcome.codes().is_empty(), "{}", outcome.short());
    assert_eq!(outcome.at("/info/title"), "A");
    // A page of a server that has no document is neither.
    let outcome = named("api.json", "<html>\n<body>Not found: a</body>\n</html>\n").run();
    assert!(outcome.short().contains("api.json:1:1: error[CW0109]"), "{}", outcome.short());
}
