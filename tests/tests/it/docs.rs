//! Tests of the docs: `rules.md` equals the catalogue, and every recipe of the cookbook works.

use std::fmt::Write as _;
use std::fs;

use clientwright::diagnostics::{Kind, Rule};
use clientwright::render::Format;
use clientwright::{NoFiles, Options, Source, generate};
use clientwright_tests::inputs::{WEBHOOKS_API, root, source};

/// Returns the text of `docs/rules.md`.
fn rules() -> String {
    let mut page =
        "# Rules\n\nAll findings that can be reported. `cargo xtask explain CODE` prints the same with an example.\n"
            .to_owned();
    for (kind, title, about) in [
        (Kind::Rejected, "Rejected", "An error. The document cannot be used as it is."),
        (
            Kind::Repaired,
            "Repaired",
            "A warning, and an error with `strict`. The document violates the specification, but its meaning is clear.",
        ),
        (Kind::Suspect, "Suspect", "A warning. The construct is allowed, but probably a mistake."),
        (
            Kind::Lost,
            "Lost",
            "A note, and an error with `deny-loss` unless an allowance permits it. The crate does not represent the construct, or only in part.",
        ),
    ] {
        let _ = write!(
            page,
            "\n## {title}\n\n{about}\n\n| code | finding | explanation | correction |\n|---|---|---|---|\n"
        );
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

/// Returns the YAML blocks of a page that are overlays.
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
