//! `codegen.toml`: what is wrong with one is said with its line, and nothing is generated.

use std::collections::BTreeSet;

use crate::place::{CONFIG, Place, spec};

/// Runs with a configuration that has to be refused, and returns what was said.
fn refused(config: &str) -> String {
    let place = Place::new();
    place.write("codegen.toml", config);
    place.write("specs/animals.yaml", &spec(&["cats"]));
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 2, "{config}: {}", run.stderr);
    assert!(run.stderr.contains("codegen.toml"), "{}", run.stderr);
    assert!(!place.path("out").exists(), "{config}");
    run.stderr
}

#[test]
fn unknown_keys_are_refused_with_their_line() {
    let said = refused(&format!("{CONFIG}overlay = [\"x.yaml\"]\n"));
    assert!(said.contains("line 5") && said.contains("unknown field `overlay`"), "{said}");
    let said = refused(&format!("clients = 1\n{CONFIG}"));
    assert!(said.contains("line 1") && said.contains("unknown field `clients`"), "{said}");
}

#[test]
fn every_key_is_in_the_docs() {
    let said = refused(&format!("{CONFIG}overlay = [\"x.yaml\"]\n"));
    let (_, keys) = said.split_once("expected one of ").expect("the keys that there are");
    let keys: Vec<&str> =
        keys.lines().next().unwrap_or_default().split(", ").map(|key| key.trim_matches('`')).collect();
    assert!(keys.contains(&"overlays") && keys.contains(&"deny-loss"), "{said}");
    let docs = include_str!("../../../../docs/codegen.md");
    let missing: Vec<&&str> = keys.iter().filter(|key| !docs.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "not in docs/codegen.md: {missing:?}");
}

#[test]
fn missing_keys_and_wrong_types_are_refused_with_their_line() {
    let said = refused("\n[[client]]\nspec = \"specs/animals.yaml\"\nout = \"out\"\n");
    assert!(said.contains("line 2") && said.contains("missing field `package`"), "{said}");
    let said = refused(&format!("{CONFIG}strict = \"yes\"\n"));
    assert!(said.contains("line 5") && said.contains("boolean"), "{said}");
    let said = refused("[[client]\n");
    assert!(said.contains("line 1"), "{said}");
    assert!(refused("").contains("nothing to generate"));
}

#[test]
fn chosen_names_that_can_be_none_are_refused_with_their_line() {
    for (table, line, reason) in [
        ("[client.rename.types]\nCat = \"cat\"\n", "line 6", "`cat` can't be a name here"),
        ("[client.rename.fields]\nCat = { age = \"type\" }\n", "line 6", "`type` can't be a name here"),
        ("[client.rename.types]\nCat = \"*\"\n", "line 6", "more `*` than its key"),
        ("[client.rename.colours]\nCat = \"Red\"\n", "line 5", "unknown field `colours`"),
    ] {
        let said = refused(&format!("{CONFIG}{table}"));
        assert!(said.contains(line) && said.contains(reason), "{table}: {said}");
    }
}

#[test]
fn a_chosen_name_for_nothing_is_reported_at_its_line() {
    let place = Place::new();
    place.write("codegen.toml", &format!("{CONFIG}[client.rename.types]\nDog = \"Hound\"\n"));
    place.write("specs/animals.yaml", &spec(&["cats"]));
    let run = place.run(&["codegen", "--message-format", "short"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("codegen.toml:6:") && run.stderr.contains("CW0836"), "{}", run.stderr);
}

#[test]
fn output_folders_have_to_be_folders_of_their_own() {
    let with_out = |out: &str| CONFIG.replace("\"out\"", &format!("\"{out}\""));
    for out in [".", "../out", "/tmp/out", ""] {
        let said = refused(&with_out(out));
        assert!(said.contains("line 3"), "{out}: {said}");
    }
    for out in ["out", "out/inner", "./out"] {
        let second = with_out(out).replace("\"animals\"", "\"other\"");
        let said = refused(&format!("{CONFIG}{second}"));
        assert!(said.contains("line 7") && said.contains("overlaps"), "{out}: {said}");
    }
}

#[test]
fn two_clients_of_one_name_are_refused() {
    let second = CONFIG.replace("\"out\"", "\"other\"");
    let said = refused(&format!("{CONFIG}{second}"));
    assert!(said.contains("line 8") && said.contains("animals"), "{said}");
}

#[test]
fn no_configuration_at_all_says_where_it_was_looked_for() {
    let place = Place::new();
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("codegen.toml") && run.stderr.contains("--spec"), "{}", run.stderr);
}

#[test]
fn settings_are_keys_of_a_client() {
    let place = Place::new();
    let settings = "strict = false\ndeny-loss = false\nmax-bytes = 1000000\nmax-depth = 100\nmax-nodes = 10000\nmax-alias-nodes = 10\n";
    place.write("codegen.toml", &format!("{CONFIG}{settings}"));
    place.write("specs/animals.yaml", &spec(&["cats"]));
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 0, "{}", run.stderr);

    let said = refused(&format!("{CONFIG}allow = [{{ code = \"CW0601\" }}]\n"));
    assert!(said.contains("line 5") && said.contains("missing field `pointer`"), "{said}");
    let said = refused(&format!("{CONFIG}max-bytes = -1\n"));
    assert!(said.contains("line 5"), "{said}");
}

#[test]
fn what_a_document_does_not_describe_is_kept_where_the_configuration_or_the_command_line_says_so() {
    let document = "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Pet: { type: object, properties: { name: { type: string } } }\n";
    let types = |config: &str, arguments: &[&str]| {
        let place = Place::new();
        place.write("codegen.toml", config);
        place.write("specs/animals.yaml", document);
        let run = place.run(arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        place.read("out/src/types.rs")
    };
    let usual = types(CONFIG, &["codegen"]);
    let told = types(&format!("{CONFIG}keep-everything = true\n"), &["codegen"]);
    assert!(!usual.contains("additional_properties") && told.contains("additional_properties"), "{told}");
    assert_eq!(types(CONFIG, &["codegen", "--keep-everything"]), told);
}

#[test]
fn a_type_that_cannot_be_named_is_refused_with_its_line() {
    for (ty, part) in [("uuid::Uuid", "add uuid to `dependencies`"), ("Uuid; fn evil()", "neither"), ("", "neither")] {
        let said = refused(&format!("{CONFIG}[client.formats]\nuuid = \"{ty}\"\n"));
        assert!(said.contains("line 6") && said.contains(part), "{said}");
    }
}

#[test]
fn a_set_of_types_that_does_not_exist_or_is_one_too_many_is_refused_with_its_line() {
    let two = "types = [\n    \"chrono\",\n    \"uuid\",\n    \"jiff\",\n]\n";
    let said = refused(&format!("{CONFIG}{two}"));
    assert!(said.contains("line 8") && said.contains("one of `chrono`, `time` and `jiff` is enough"), "{said}");
    let said = refused(&format!("{CONFIG}types = [\"uuids\"]\n"));
    assert!(said.contains("line 5") && said.contains("`uuid`") && said.contains("`rust_decimal`"), "{said}");
}

#[test]
fn a_derive_or_an_attribute_that_is_none_is_refused_with_its_line() {
    for (line, part) in [
        ("derives = [\n\"Hash\",\n\"Clone\"]", "every type that can have `Clone` has it"),
        ("derives = [\n\"Hash\",\n\"JsonSchema\"]", "the path of a derive"),
        ("derives = [\n\"Hash\",\n\"schemars::JsonSchema\"]", "add schemars to `dependencies`"),
        ("derives = [\n\"Hash\",\n{ derive = \"Ord\", types = [\"a b\"] }]", "no name of a type"),
        ("attributes = [\n{ attribute = \"#[must_use]\" },\n{ attribute = \"must_use\" }]", "no attribute"),
        ("attributes = [\n{ attribute = \"#[must_use]\" },\n{ attribute = \"#[a] fn b() {}\" }]", "no attribute"),
        ("attributes = [\n{ attribute = \"#[must_use]\" },\n{ attribute = \"\" }]", "an attribute is missing"),
        (
            "attributes = [\n{ attribute = \"#[must_use]\" },\n{ attribute = \"#[a]\", types = [\"\"] }]",
            "no name of a type",
        ),
    ] {
        let said = refused(&format!("{CONFIG}{line}\n"));
        assert!(said.contains("line 7") && said.contains(part), "{line}: {said}");
    }
}

#[test]
fn names_are_kept_below_the_configuration_or_beside_the_document() {
    for names in ["../animals.names.yaml", "/tmp/animals.names.yaml", "specs/../../names.yaml"] {
        let said = refused(&format!("{CONFIG}names = \"{names}\"\n"));
        assert!(said.contains("line 5") && said.contains("beside the document"), "{names}: {said}");
    }
    let place = Place::new();
    place.write("specs/animals.yaml", &spec(&["cats"]));
    for names in ["kept/animals.yaml", "../specs/animals.names.yaml"] {
        let config = format!("{CONFIG}names = \"{names}\"\n").replace("\"specs/", "\"../specs/");
        place.write("clients/codegen.toml", &config);
        let run = place.run_in("clients", &["codegen"]);
        assert_eq!(run.code, 0, "{names}: {}", run.stderr);
    }
}

fn schema() -> serde_json::Value {
    let run = Place::new().run(&["schema", "config"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// The names in the first line of a text, each in backticks.
fn names(text: &str) -> BTreeSet<&str> {
    text.lines().next().unwrap_or_default().split(", ").map(|name| name.trim_matches('`')).collect()
}

#[test]
fn the_schema_has_the_features_that_the_reader_has() {
    let said = refused(&format!("{CONFIG}features = [\"no-such\"]\n"));
    let (_, features) = said.split_once("there are ").expect("the features that there are");
    let schema = schema();
    let described = &schema["properties"]["client"]["items"]["properties"]["features"]["items"]["enum"];
    let described = described.as_array().unwrap().iter().filter_map(|name| name.as_str());
    assert_eq!(described.collect::<BTreeSet<_>>(), names(features));
}

#[test]
fn the_schema_has_the_keys_that_the_reader_has() {
    let said = refused(&format!("{CONFIG}no-such-key = 1\n"));
    let (_, keys) = said.split_once("expected one of ").expect("the keys that there are");
    let schema = schema();
    let described = schema["properties"]["client"]["items"]["properties"].as_object().unwrap();
    assert_eq!(described.keys().map(String::as_str).collect::<BTreeSet<_>>(), names(keys));
    for (key, about) in described {
        assert!(about["description"].as_str().is_some_and(|text| text.ends_with('.')), "{key} has no description");
    }
}

/// The schema and the reader agree about a configuration.
#[test]
fn the_schema_and_the_reader_agree() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let more = |line: &str| format!("{CONFIG}{line}\n");
    let cases = [
        (true, CONFIG.to_owned()),
        (true, more("version = \"1.2.3-rc.1\"\nstrict = true\nmax-depth = 100\nmock = true\nkeywords = [\"c++\"]")),
        (true, more("overlays = []\nauthors = [\"A <a@b.c>\"]\ncategories = []\nlicense = \"MIT\"\nvalidation = true")),
        (
            true,
            more(
                "formats = { \"date-time\" = \"chrono::DateTime<chrono::Utc>\" }\ndependencies = { chrono = \"0.4\" }",
            ),
        ),
        (
            true,
            more("dependencies = { chrono = { version = \"0.4\", default-features = false, features = [\"serde\"] } }"),
        ),
        (true, more("types = [\"uuid\", \"url\", \"chrono\", \"rust_decimal\", \"base64\", \"duration\"]")),
        (true, more("types = []")),
        (true, more("derives = [\"Hash\", { derive = \"Ord\", kinds = [\"enum\"], types = [\"C*\"] }]")),
        (true, more("attributes = [{ attribute = \"#[must_use]\", kinds = [\"struct\"], types = [\"Cat\"] }]")),
        (false, more("derives = [{ kinds = [\"enum\"] }]")),
        (false, more("derives = [{ derive = \"Hash\", kinds = [\"trait\"] }]")),
        (false, more("attributes = [\"#[must_use]\"]")),
        (false, more("types = [\"Uuid\"]")),
        (false, more("types = \"uuid\"")),
        (false, String::new()),
        (false, "client = []\n".to_owned()),
        (false, more("overlay = []")),
        (false, more("strict = \"yes\"")),
        (false, more("overlays = \"a.yaml\"")),
        (false, more("version = \"1\"")),
        (false, more("max-bytes = -1")),
        (false, more("keywords = [\"a b\"]")),
        (false, more("keywords = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]")),
        (false, more("allow = [{ code = \"CW0501\" }]")),
        (false, more("allow = [{ code = \"CW0501\", pointer = \"/\", because = \"\" }]")),
        (false, more("dependencies = { chrono = 4 }")),
        (false, CONFIG.replace("\"animals\"", "\"a=b\"")),
        (false, CONFIG.replace("out = \"out\"\n", "")),
    ];
    for (good, config) in cases {
        let place = Place::new();
        place.write("codegen.toml", &config);
        place.write("specs/animals.yaml", &spec(&["cats"]));
        let run = place.run(&["codegen"]);
        assert_eq!(run.code != 2, good, "the reader about {config}: {}", run.stderr);
        let value: toml::Table = config.parse().unwrap();
        let value = serde_json::to_value(value).unwrap();
        assert_eq!(validator.is_valid(&value), good, "the schema about {config}");
    }
    let this: toml::Table = include_str!("../../../../codegen.toml").parse().unwrap();
    assert!(validator.is_valid(&serde_json::to_value(this).unwrap()));
}

#[test]
fn an_entry_that_chooses_no_operation_is_refused_with_its_line() {
    let place = Place::new();
    let operations = "[client.operations]\ntags = [\n    \"cats\",\n    \"cast\",\n]\n";
    place.write("codegen.toml", &format!("{CONFIG}{operations}"));
    place.write("specs/animals.yaml", &spec(&["cats"]));
    let run = place.run(&["codegen", "--message-format", "short"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let line = CONFIG.lines().count() + 4;
    assert!(run.stderr.contains(&format!("codegen.toml:{line}:5: error[CW0835]")), "{}", run.stderr);

    let said = refused(&format!("{CONFIG}operations = {{ tag = [\"cats\"] }}\n"));
    assert!(said.contains("line 5") && said.contains("unknown field `tag`"), "{said}");
}
