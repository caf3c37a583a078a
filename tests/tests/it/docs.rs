//! The docs say what is so: the list of rules is the catalogue's, and every recipe works.

use std::fmt::Write as _;
use std::fs;

use clientwright::diagnostics::{Kind, Rule};
use clientwright::render::Format;
use clientwright::{NoFiles, Options, Source, generate};
use clientwright_tests::inputs::{WEBHOOKS_API, root, source};

/// The page of all rules.
fn rules() -> String {
    let mut page =
        "# Rules\n\nEverything that can be reported. `cargo xtask explain CODE` says the same, and has an example.\n"
            .to_owned();
    for (kind, title, about) in [
        (Kind::Rejected, "Rejected", "The document cannot be used as it is."),
        (Kind::Repaired, "Repaired", "Against the specification, but plain: a warning, and an error under `strict`."),
        (Kind::Suspect, "Suspect", "Allowed, and probably not what was meant: a warning."),
        (
            Kind::Lost,
            "Lost",
            "Allowed, and not carried into the crate, or not whole: a note, and an error under `deny-loss` unless it is allowed.",
        ),
    ] {
        let _ = write!(page, "\n## {title}\n\n{about}\n\n| code | finding | why | the way out |\n|---|---|---|---|\n");
        for entry in Rule::ALL.iter().map(|rule| rule.entry()).filter(|entry| entry.kind == kind) {
            let cell = |text: &str| text.replace('|', "\\|").replace('<', "&lt;").replace('\n', " ");
            let cells = [entry.code, entry.title, entry.explanation, entry.way_out].map(cell);
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        }
    }
    page
}

#[test]
fn the_list_of_rules_is_the_catalogue() {
    let file = root().join("docs/rules.md");
    let wanted = rules();
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        fs::write(&file, &wanted).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        there == wanted,
        "docs/rules.md is not what the catalogue says: run this test once with INSTA_UPDATE=always"
    );
}

/// The blocks of YAML that are overlays.
fn overlays(page: &str) -> Vec<String> {
    let blocks = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.filter(|block| block.starts_with("overlay:")).map(str::to_owned).collect()
}

#[test]
fn every_recipe_is_an_overlay_that_changes_something() {
    let page = fs::read_to_string(root().join("docs/cookbook.md")).unwrap();
    let recipes = overlays(&page);
    assert!(recipes.len() >= 8, "{} recipes", recipes.len());
    let spec = source(WEBHOOKS_API);
    let options = Options::new("webhooks-api");
    let plain = generate(&spec, &[], &NoFiles, &options).product.expect("the document is fine").files;
    for recipe in recipes {
        let overlay = Source { name: "recipe.yaml".to_owned(), bytes: recipe.clone().into_bytes() };
        let report = generate(&spec, std::slice::from_ref(&overlay), &NoFiles, &options);
        let said = report.render(&[&spec, &overlay], Format::Short, false);
        assert!(!said.contains("recipe.yaml"), "{recipe}\n{said}");
        let files = report.product.unwrap_or_else(|| panic!("{recipe}\n{said}")).files;
        assert!(files != plain, "changes nothing: {recipe}");
    }
}
