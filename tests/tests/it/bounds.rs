//! Bounds of the description as a table, where that is asked for.

use clientwright::diagnostics::Rule;
use clientwright::{Generated, NoFiles, Options, Report, generate};
use clientwright_tests::inputs::{file, source};

fn run(validation: bool) -> Report<Generated> {
    let options = Options { validation, ..Options::new("bounds") };
    generate(&source("tests/cases/bounds.yaml"), &[], &NoFiles, &options)
}

#[test]
fn each_bound_is_in_the_table_with_its_place() {
    let generated = run(true).product.unwrap();
    let table = file(&generated, "src/validate.rs");
    let text = table.split_whitespace().collect::<Vec<_>>().join(" ");
    for entry in [
        r#"self 0 maxProperties "9""#,
        r#"self 1 maxLength "7""#,
        r#""name" 0 minLength "1""#,
        r#""name" 0 maxLength "20""#,
        r#""chip" 0 pattern "^(?!000)[0-9]{3}$""#,
        r#""age" 0 exclusiveMaximum "50""#,
        r#""tags" 0 uniqueItems "true""#,
        r#""tags" 1 minLength "1""#,
        r#""scores" 2 multipleOf "0.5""#,
        r#""place" 0 minItems "2""#,
    ] {
        assert!(table.contains(entry), "{entry}:\n{table}");
    }
    assert!(text.contains("Row { self 0 minItems \"1\""), "{table}");
    assert!(table.contains("validate! { BOUNDS { Pet, PetCode, Row } }"), "{table}");
}

#[test]
fn what_cannot_be_checked_is_told_and_left_out() {
    let report = run(true);
    let found = report.diagnostics.iter().filter(|found| found.rule == Rule::BoundNotChecked);
    let mut places: Vec<String> = found.map(|found| found.pointer().as_str().to_owned()).collect();
    places.sort_unstable();
    let pet = "/components/schemas/Pet/properties";
    assert_eq!(
        places,
        [
            format!("{pet}/broken"),
            format!("{pet}/code/oneOf/0"),
            format!("{pet}/place/prefixItems/0"),
            "/components/schemas/Row".to_owned(),
        ]
    );
    let table = file(report.product.as_ref().unwrap(), "src/validate.rs").to_owned();
    assert!(!table.contains("broken") && !table.contains("code"), "{table}");
}

#[test]
fn a_crate_without_it_has_nothing_of_it() {
    let report = run(false);
    assert!(!report.diagnostics.iter().any(|found| found.rule == Rule::BoundNotChecked));
    let generated = report.product.unwrap();
    assert!(!generated.files.iter().any(|file| file.contents.contains("fancy-regex") || file.path.contains("validat")));
}

#[test]
fn it_is_off_until_it_is_switched_on() {
    let generated = run(true).product.unwrap();
    let manifest: toml::Table = file(&generated, "Cargo.toml").parse().unwrap();
    assert_eq!(manifest["dependencies"]["fancy-regex"]["optional"].as_bool(), Some(true));
    assert_eq!(manifest["features"]["validate"].as_array().unwrap()[0].as_str(), Some("dep:fancy-regex"));
    let defaults = manifest["features"]["default"].as_array().unwrap();
    assert!(!defaults.iter().any(|feature| feature.as_str() == Some("validate")));
}
