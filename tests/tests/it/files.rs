//! Emitted files: whatever tags are called, none takes another's place or leaves the crate; and none gives up on TLS.

use std::collections::BTreeSet;
use std::path::Path;

use clientwright::rust::RootModule;
use clientwright::{NoFiles, Options, Source, generate};
use clientwright_tests::inputs::{compile, compile_with, file, source};
use serde_json::json;

#[test]
fn no_tag_takes_the_place_of_a_file_that_the_crate_needs_or_must_not_have() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/tags.yaml");
    let spec = Source { name: "tags.yaml".to_owned(), bytes: std::fs::read(path).unwrap() };
    let generated = generate(&spec, &[], &NoFiles, &Options::new("tags")).product.unwrap();

    let paths: BTreeSet<&str> = generated.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths.len(), generated.files.len(), "two files have one path");
    for path in ["src/main.rs", "src/mod.rs", "src/build.rs", "build.rs", "src/con.rs"] {
        assert!(!paths.contains(path), "{path}");
    }
    let plain =
        |path: &&str| path.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c)) && !path.contains("..");
    assert!(paths.iter().all(plain), "{paths:?}");

    let text = |path: &str| &generated.files.iter().find(|file| file.path == path).unwrap().contents;
    for module in
        ["lib_", "main_", "mod_", "build_", "client_", "types_", "runtime_", "con_", "default", "rustls", "up"]
    {
        assert!(text("src/lib.rs").contains(&format!("pub mod {module};")), "{module}");
        assert!(paths.contains(format!("src/{module}.rs").as_str()), "{module}");
    }
    let features: toml::Table = text("Cargo.toml").parse().unwrap();
    assert!(features["features"]["rustls-operations"].as_array().is_some());
    assert!(
        features["features"]["default"]
            .as_array()
            .unwrap()
            .iter()
            .any(|name| name.as_str() == Some("default-operations"))
    );
}

/// A tag may have the name of any module or feature that a crate with all options has.
#[test]
fn no_tag_takes_the_place_of_a_module_of_any_option() {
    let features = ["default", "mock", "validate", "cli", "blocking", "tracing", "opentelemetry"];
    for tag in RootModule::ALL.iter().map(|module| module.name()).chain(features) {
        let operation = json!({ "tags": [tag], "operationId": "check", "responses": { "200": {
            "description": "Done", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Name" } } },
        } } });
        let name = json!({ "type": "object", "properties": { "name": { "type": "string", "maxLength": 3 } } });
        let document = json!({
            "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "servers": [{ "url": "https://a.test" }],
            "paths": { "/a": { "get": operation } }, "components": { "schemas": { "Name": name } },
        });
        let options = Options { validation: true, wire_tests: true, mock: true, cli: true, ..Options::new("subject") };
        let spec = Source { name: "tag.json".to_owned(), bytes: document.to_string().into_bytes() };
        let generated = compile_with(&options, &spec, &[]);

        let paths: BTreeSet<&str> = generated.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths.len(), generated.files.len(), "{tag}: two files have one path");
        let holding = |text: &str| {
            let sources =
                generated.files.iter().filter(|file| file.path.starts_with("src/") && !file.path.contains("/mock/"));
            sources.filter(|file| file.contents.contains(text)).map(|file| file.path.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(holding("\"name\" 0 maxLength \"3\""), ["src/validate.rs"], "{tag}");
        let [group] = holding("pub fn check(").try_into().unwrap_or_else(|found| panic!("{tag}: {found:?}"));
        assert!(
            RootModule::ALL.iter().all(|module| module.file() != group || *module == RootModule::CommandLine),
            "{group}"
        );
        let lib = syn::parse_file(file(&generated, "src/lib.rs")).unwrap();
        let modules: Vec<String> = lib
            .items
            .iter()
            .filter_map(|item| match item {
                syn::Item::Mod(module) => Some(module.ident.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(modules.iter().collect::<BTreeSet<_>>().len(), modules.len(), "{tag}: {modules:?}");
        let manifest: toml::Table = file(&generated, "Cargo.toml").parse().unwrap();
        assert!(manifest["features"]["validate"].as_array().unwrap()[0].as_str() == Some("dep:fancy-regex"), "{tag}");
    }
}

#[test]
fn nothing_emitted_switches_the_checking_of_certificates_off() {
    // `access.yaml` has every way to prove who one is, and so all of the runtime that speaks to servers.
    let generated = compile("access", &source("tests/cases/access.yaml"), &[]);
    assert!(generated.files.iter().any(|file| file.path == "src/runtime/endpoint.rs"));
    // So are the methods of `reqwest` and `rustls` called that do: `danger_accept_invalid_certs`, `dangerous()`.
    let found = generated.files.iter().find(|file| file.contents.contains("danger"));
    assert!(found.is_none(), "{}", found.unwrap().path);
}

#[test]
fn a_value_of_a_server_s_variable_that_is_listed_twice_is_one_variant() {
    let text = r##"{openapi: 3.1.0, info: {title: T, version: '1'}, paths: {},
        servers: [{url: 'https://{region}.a.test', variables: {region: {default: eu, enum: [eu, us, eu]}}}]}"##;
    let spec = Source { name: "a.yaml".to_owned(), bytes: text.as_bytes().to_vec() };
    let generated = compile("subject", &spec, &[]);
    let urls = generated.files.iter().find(|file| file.path == "src/server_urls.rs").unwrap();
    assert!(urls.contents.contains(r#"{ Region { Eu = "eu", Us = "us" } }"#), "{}", urls.contents);
}

/// A `format!` of one text would be a warning in the crate.
#[test]
fn a_server_that_is_one_variable_is_its_text() {
    let text = r##"{openapi: 3.1.0, info: {title: T, version: '1'}, paths: {},
        servers: [{url: '{origin}', variables: {origin: {default: 'https://a.test'}}}]}"##;
    let spec = Source { name: "a.yaml".to_owned(), bytes: text.as_bytes().to_vec() };
    let generated = compile("subject", &spec, &[]);
    let urls = generated.files.iter().find(|file| file.path == "src/server_urls.rs").unwrap();
    assert!(urls.contents.contains("{ server.origin }"), "{}", urls.contents);
}
