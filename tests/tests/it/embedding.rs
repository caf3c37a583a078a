//! Code in a crate of the user's own. `tests/service/` compiles such code; here is what a compiler does not see.

use clientwright::{Generated, Layout, Options};
use clientwright_tests::inputs::{compile_with, file, source};

fn embedded(layout: Layout, features: &[&str]) -> Generated {
    let features = features.iter().map(|&feature| feature.to_owned()).collect();
    let module = Some("crate::apis::pets".to_owned());
    let options = Options { layout, module, features, mock: true, ..Options::new("pets") };
    compile_with(&options, &source("tests/service/specs/pets.yaml"), &[])
}

fn commands(generated: &Generated) -> Vec<String> {
    generated.requirements.iter().filter(|it| it.target.is_none()).map(|it| it.cargo_add()).collect()
}

#[test]
fn a_module_has_the_files_of_a_crate_below_its_path() {
    let generated = embedded(Layout::Module, &[]);
    let paths: Vec<&str> = generated.files.iter().map(|file| file.path.as_str()).collect();
    assert!(
        paths.contains(&"mod.rs") && paths.contains(&"types.rs") && paths.contains(&"runtime/send.rs"),
        "{paths:?}"
    );
    assert!(!paths.contains(&"Cargo.toml") && !paths.contains(&"README.md"), "{paths:?}");
    for file in &generated.files {
        let code = file.contents.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            let rest = line.replace("crate::apis::pets::", "");
            assert!(!rest.contains("crate::") && !rest.contains("feature = "), "{}: {line}", file.path);
        }
    }
}

#[test]
fn features_are_decided_when_the_code_is_written() {
    let plain = embedded(Layout::Module, &[]);
    let runtime = file(&plain, "runtime.rs");
    assert!(!runtime.contains("mod trace;") && !runtime.contains("mod blocking;"), "{runtime}");
    assert!(plain.files.iter().all(|file| file.path != "runtime/trace.rs"));
    assert!(file(&plain, "mod.rs").contains("#[cfg(test)]\npub mod mock;"));
    let more = embedded(Layout::Module, &["tracing", "native-tls", "gzip"]);
    assert!(file(&more, "runtime.rs").contains("mod trace;"));
    let commands = commands(&more);
    assert!(
        commands
            .contains(&"cargo add reqwest@0.13.5 --no-default-features --features gzip,http2,native-tls".to_owned())
    );
    assert!(commands.iter().any(|command| command.starts_with("cargo add tracing@")), "{commands:?}");
    assert!(commands.iter().any(|command| command.starts_with("cargo add --dev wiremock@")), "{commands:?}");
}

#[test]
fn one_file_has_every_module() {
    let modules = embedded(Layout::Module, &[]);
    for layout in [Layout::File, Layout::Included] {
        let generated = embedded(layout, &[]);
        let [only] = generated.files.as_slice() else { panic!("{} files", generated.files.len()) };
        assert!(!only.contents.lines().any(|line| line.ends_with(';') && line.contains("mod ")), "{layout:?}");
        let nested = only.contents.matches("mod ").count();
        assert!(nested + 1 >= modules.files.len(), "{layout:?}: {nested} modules");
        // What is included has no attributes of the whole file.
        let opens = only.contents.lines().any(|line| line.starts_with("#![") || line.starts_with("//!"));
        assert!(layout == Layout::File || !only.contents.starts_with("//!") && opens, "{layout:?}");
    }
}

#[test]
fn options_that_a_layout_has_no_place_for_are_refused() {
    let new = || Options::new("pets");
    let refused = |options: Options| options.fault().map(|fault| fault.key.as_str().to_owned());
    assert_eq!(refused(Options { module: Some("crate::api".to_owned()), ..new() }).as_deref(), Some("/module"));
    assert_eq!(refused(Options { layout: Layout::File, wire_tests: true, ..new() }).as_deref(), Some("/wire-tests"));
    for module in ["api", "crate", "crate::fn", "crate::a b", "super::api", "crate::"] {
        let options = Options { layout: Layout::Module, module: Some(module.to_owned()), ..new() };
        assert_eq!(refused(options).as_deref(), Some("/module"), "{module}");
    }
    let options = Options { layout: Layout::Module, features: vec!["traicing".to_owned()], ..new() };
    assert_eq!(refused(options).as_deref(), Some("/features"));
}
