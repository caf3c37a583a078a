//! A group of operations is a feature: what only it needs is compiled with it, and the rest of the crate does without.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use clientwright::{Generated, NoFiles, Options, Source, generate};
use clientwright_tests::inputs::{file, root};

#[test]
fn a_type_lives_with_the_only_group_that_needs_it() {
    let generated = of_case("homes");
    let types = |path: &str| defined(file(&generated, path)).into_iter().collect::<Vec<_>>();
    assert_eq!(types("src/types/cats.rs"), ["Cat", "CatMood", "CatProblem"]);
    assert_eq!(types("src/types/dogs.rs"), ["Collar", "Dog"]);
    assert_eq!(types("src/types/vets.rs"), ["Since"]);
    // Of two groups; of an event, though a group needs it too; of the client's own operations; of none.
    let shared = ["Bark", "Health", "Person", "Pets", "Unused", "Volume", "Word"];
    assert_eq!(types("src/types.rs"), shared);
}

/// A file is compiled only if every type that it mentions is.
#[test]
fn every_file_finds_its_types() {
    let cases =
        fs::read_dir(root().join("tests/cases")).expect("it is there").map(|entry| entry.expect("it is").path());
    let names = cases.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    let mut mentioned = 0;
    for path in names {
        let generated = of_case(&path.file_stem().expect("it is a file").to_string_lossy());
        let mut homes: BTreeMap<String, &str> = BTreeMap::new();
        for file in &generated.files {
            let home = match file.path.strip_prefix("src/types/").and_then(|rest| rest.strip_suffix(".rs")) {
                Some(group) => group,
                None if file.path == "src/types.rs" => "",
                None => continue,
            };
            homes.extend(defined(&file.contents).into_iter().map(|name| (name, home)));
        }
        for file in generated.files.iter().filter(|file| file.path.ends_with(".rs") && file.path.starts_with("src/")) {
            let module = file.path.trim_start_matches("src/").trim_start_matches("mock/").trim_end_matches(".rs");
            let code: Vec<&str> = file.contents.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            for rest in code.iter().flat_map(|line| line.split("types::").skip(1)) {
                let name: String =
                    rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
                let Some(home) = homes.get(&name) else { continue };
                mentioned += 1;
                assert!(
                    home.is_empty() || *home == module,
                    "{}: {} mentions {name} of {home}",
                    path.display(),
                    file.path
                );
            }
        }
    }
    assert!(mentioned > 100, "{mentioned}");
}

#[test]
#[ignore = "compiles a client with each of its features"]
fn each_feature_compiles_alone() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("features");
    let generated = of_case("homes");
    for file in &generated.files {
        let path = home.join(&file.path);
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("it can be made");
        fs::write(path, &file.contents).expect("it can be written");
    }
    let manifest = format!("{}\n[workspace]\n", file(&generated, "Cargo.toml"));
    fs::write(home.join("Cargo.toml"), manifest).expect("it can be written");
    fs::copy(root().join("Cargo.lock"), home.join("Cargo.lock")).expect("it can be copied");
    for features in ["", "cats", "dogs", "vets", "cats,dogs", "validate", "cats,validate", "mock", "dogs,mock"] {
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--all-targets", "--no-default-features", "--features", features])
            .current_dir(&home)
            .env("CARGO_TARGET_DIR", home.parent().expect("it is below another").join("emitted/target"))
            .env("RUSTFLAGS", "-Dwarnings")
            .output()
            .expect("cargo starts");
        assert!(output.status.success(), "with {features:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

fn of_case(name: &str) -> Generated {
    let path = root().join(format!("tests/cases/{name}.yaml"));
    let source = Source { bytes: fs::read(&path).expect("it can be read"), name: name.to_owned() };
    let options = Options { wire_tests: true, validation: true, mock: true, ..Options::new("homes") };
    generate(&source, &[], &NoFiles, &options).product.expect("it is accepted")
}

/// The types that a file defines.
fn defined(text: &str) -> BTreeSet<String> {
    let word =
        |rest: &str| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().map(str::to_owned);
    let kinds = ["pub struct ", "pub enum ", "pub type "];
    text.lines().filter_map(|line| word(kinds.iter().find_map(|kind| line.strip_prefix(kind))?)).collect()
}

/// Both are plausible in the API of a service that has webhooks: its feature that verifies them, and its operations on their deliveries.
#[test]
fn operations_on_deliveries_have_another_feature_than_their_verification() {
    let document = "openapi: 3.1.0
info: { title: Hooks, version: '1' }
paths:
  /deliveries: { get: { operationId: list, tags: [Deliveries], responses: { '204': { description: A } } } }
webhooks:
  done: { post: { requestBody: { content: { application/json: { schema: { type: string } } } }, responses: { '204': { description: A } } } }
";
    let document = clientwright::Source { name: "hooks.yaml".to_owned(), bytes: document.as_bytes().to_vec() };
    let generated = clientwright_tests::inputs::compile("hooks", &document, &[]);
    let manifest = clientwright_tests::inputs::file(&generated, "Cargo.toml");
    assert!(
        manifest.contains("deliveries = [\"dep:base64\"") && manifest.contains("deliveries-operations = []"),
        "{manifest}"
    );
}
