//! The guide in the docs of an emitted crate, the docs of its methods, and its example programs.

use clientwright::{Generated, Layout, Options};
use clientwright_tests::emitted::Emitted;
use clientwright_tests::inputs::{WEBHOOKS_API, compile_with, file, source};
use webhooks_api::ClientBuilder;

/// Fixtures of groups, streams, pages, bodies of all kinds, credentials, and failures.
const CASES: &[&str] = &["access", "bodies", "frameworks", "homes", "idempotency", "pages", "parts", "replies", "xml"];

fn webhooks(options: &Options) -> Generated {
    compile_with(options, &source(WEBHOOKS_API), &[])
}

/// The headings of our own in the docs of the crate.
fn headings(root: &str) -> Vec<&str> {
    let lines: Vec<&str> = root.lines().collect();
    // In an example, the line before is one of the example.
    let begins = lines.windows(2).filter(|pair| pair[0] == "//!");
    begins.filter_map(|pair| pair[1].strip_prefix("//! # ")).collect()
}

#[test]
fn the_guide_has_what_the_crate_has() {
    let options = Options::new("webhooks-api");
    let usual = ["Quick start", "Errors", "Timeouts", "Retries", "Features", "Blocking", "Tracing"];
    let plain = webhooks(&options);
    assert_eq!(headings(file(&plain, "src/lib.rs")), usual);
    let mock = webhooks(&Options { mock: true, ..options.clone() });
    assert_eq!(headings(file(&mock, "src/lib.rs")), [&usual[..], &["Mocking"]].concat());
    // Another crate has no features of this one, and blocks if that was chosen.
    let module = Options { layout: Layout::Module, features: vec!["blocking".to_owned()], ..options.clone() };
    let inside = webhooks(&module);
    assert_eq!(headings(file(&inside, "mod.rs")), ["Quick start", "Errors", "Timeouts", "Retries", "Blocking"]);
    let types = webhooks(&Options { client: false, ..options });
    assert_eq!(headings(file(&types, "src/lib.rs")), [""; 0]);
}

#[test]
fn the_guide_states_the_defaults_of_the_runtime() {
    let generated = webhooks(&Options::new("webhooks-api"));
    let root = file(&generated, "src/lib.rs").replace("\n//! ", " ");
    for (name, time) in [
        ("DEFAULT_TIMEOUT", ClientBuilder::DEFAULT_TIMEOUT),
        ("DEFAULT_CONNECT_TIMEOUT", ClientBuilder::DEFAULT_CONNECT_TIMEOUT),
        ("DEFAULT_IDLE_TIMEOUT", ClientBuilder::DEFAULT_IDLE_TIMEOUT),
    ] {
        let (before, _) = root.split_once(&format!("[`ClientBuilder::{name}`]")).unwrap();
        let stated = before.rsplit(" s ").nth(1).and_then(|text| text.rsplit(' ').next());
        assert_eq!(stated, Some(time.as_secs().to_string().as_str()), "{name}");
    }
}

#[test]
fn a_documented_failure_is_matched_where_there_is_one() {
    let generated = webhooks(&Options::new("webhooks-api"));
    let root = file(&generated, "src/lib.rs");
    assert!(root.contains("//! use webhooks_api::webhook_filters::CreateError;"), "{root}");
    assert!(root.contains("failure: CreateError::BadRequest(problem), .."), "{root}");
}

#[test]
fn a_method_says_what_it_returns_and_how_it_fails() {
    let replies = Emitted::of_case("replies");
    let groups = ["src/chat.rs", "src/reports.rs"].into_iter();
    let text: String = groups.filter_map(|path| replies.try_file(path)).collect();
    for said in ["No failure is documented.", "each step of which may fail", "which has a variant for each success"] {
        assert!(text.contains(said), "no {said:?} in\n{text}");
    }
}

#[test]
fn programs_are_of_groups_and_can_be_left_out() {
    let programs = |options: &Options| {
        let generated = webhooks(options);
        let files = generated.files.iter().filter_map(|file| file.path.strip_prefix("examples/"));
        let stated = file(&generated, "Cargo.toml").matches("[[example]]").count();
        (files.map(str::to_owned).collect::<Vec<_>>(), stated)
    };
    let options = Options::new("webhooks-api");
    assert_eq!(programs(&options), (vec!["webhook_filters.rs".to_owned(), "webhooks.rs".to_owned()], 2));
    assert_eq!(programs(&Options { examples: false, ..options }), (Vec::new(), 0));
}

#[test]
#[ignore = "compiles clients, their docs and their examples"]
fn docs_and_programs_compile() {
    let options = Options { mock: true, ..Options::new("webhooks-guide") };
    let of_case = |name: &&str| {
        let text = std::fs::read(format!("{}/cases/{name}.yaml", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let source = clientwright::Source { name: format!("{name}.yaml"), bytes: text };
        Emitted::of(&source, &Options { mock: true, ..Options::new(format!("{name}-guide")) })
    };
    let crates: Vec<Emitted> =
        std::iter::once(Emitted::of(&source(WEBHOOKS_API), &options)).chain(CASES.iter().map(of_case)).collect();
    let features = "--features=mock,blocking,tracing";
    let mut failed = Vec::new();
    for emitted in &crates {
        for arguments in [
            &["check", "--quiet", "--examples"][..],
            &["doc", "--quiet", "--no-deps", features],
            &["test", "--quiet", "--doc", features],
        ] {
            failed.extend(emitted.cargo(env!("CARGO_TARGET_TMPDIR"), arguments).err());
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
