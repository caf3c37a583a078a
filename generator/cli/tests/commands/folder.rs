//! Tests of files that are never written, overwritten or removed.

use clientwright_cli::output::{File, OutputError, apply, compare};

use crate::place::{CONFIG, Place, spec};

fn place() -> Place {
    let place = Place::new();
    place.write("codegen.toml", CONFIG);
    place.write("specs/animals.yaml", &spec(&["cats"]));
    place
}

#[test]
fn a_folder_that_holds_something_else_is_refused() {
    let place = place();
    place.write("out/notes.txt", "mine");
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    assert_eq!(place.files("out").len(), 1);

    assert_eq!(place.run(&["codegen", "--force"]).code, 0);
    assert_eq!(place.read("out/notes.txt"), "mine", "--force overwrites, and removes nothing");
    assert_eq!(place.run(&["codegen"]).code, 0, "from now on it is a folder that clientwright wrote");
}

#[test]
fn what_cargo_and_git_leave_behind_is_no_obstacle() {
    let place = place();
    place.write("out/.gitignore", "/target\n");
    place.write("out/Cargo.lock", "");
    place.write("out/target/debug/x", "");
    assert_eq!(place.run(&["codegen"]).code, 0);
}

#[test]
fn a_file_in_the_way_is_not_overwritten() {
    let place = place();
    place.write("out/.clientwright", "");
    place.write("out/src/lib.rs", "// mine\n");
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("src/lib.rs is in the way"), "{}", run.stderr);
    assert_eq!(place.files("out").len(), 2);
    assert_eq!(place.run(&["codegen", "--force"]).code, 0);
    assert_ne!(place.read("out/src/lib.rs"), "// mine\n");
}

#[test]
fn a_list_that_names_files_elsewhere_stops_everything() {
    for line in [
        "../precious",
        "/etc/hostname",
        "src/../../precious",
        "src//lib.rs",
        "C:\\precious",
        "./x",
        ".git/config",
        "src/.env",
        "target/x",
        "Cargo.lock",
        "CHANGELOG.md",
        "build.rs",
        "src/notes.txt",
    ] {
        let place = place();
        place.write("precious", "keep");
        assert_eq!(place.run(&["codegen"]).code, 0);
        let list = place.read("out/.clientwright");
        place.write("out/.clientwright", &format!("{list}{line}\n"));
        let run = place.run(&["codegen"]);
        assert_eq!(run.code, 1, "{line}");
        let number = list.lines().count() + 1;
        assert!(run.stderr.contains(&format!("line {number}")), "{}", run.stderr);
        assert_eq!(place.read("precious"), "keep");
    }
}

#[test]
fn a_failure_half_way_leaves_the_folder_as_it_was() {
    let place = Place::new();
    let out = place.path("out");
    let file = |path: &str, contents: &str| File { path: path.to_owned(), contents: contents.to_owned() };
    let first = vec![file("src/a.rs", "one"), file("src/z/b.rs", "one")];
    apply(&out, &compare(&out, first, false).unwrap(), None, None).unwrap();
    let before = place.files("out");

    // The first two can be written; the third cannot, because a file is where its folder should be.
    let second = vec![file("src/a.rs", "two"), file("src/z/b.rs", "two"), file("src/z/b.rs/c.rs", "two")];
    let changes = compare(&out, second, false).unwrap();
    assert!(matches!(apply(&out, &changes, None, None), Err(OutputError::Io(..))));
    assert_eq!(place.files("out"), before);
}

#[test]
fn a_path_out_of_the_folder_is_never_written() {
    let place = Place::new();
    for path in ["../x", "/x", "src//b.rs", "src/./b.rs", "src\\b.rs", "", "src/../b.rs", "src/.b.rs"] {
        let files = vec![File { path: path.to_owned(), contents: String::new() }];
        assert!(matches!(compare(&place.path("out"), files, true), Err(OutputError::BadPath(_))), "{path}");
    }
}

#[cfg(unix)]
mod links {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn nothing_is_written_through_a_link() {
        let place = place();
        place.write("elsewhere/lib.rs", "// theirs\n");
        fs::create_dir(place.path("out")).unwrap();
        place.write("out/.clientwright", "src/lib.rs\n");
        symlink(place.path("elsewhere"), place.path("out/src")).unwrap();
        let run = place.run(&["codegen", "--force"]);
        assert_eq!(run.code, 1);
        assert!(run.stderr.contains("symbolic link"), "{}", run.stderr);
        assert_eq!(place.files("elsewhere").len(), 1);
        assert_eq!(place.read("elsewhere/lib.rs"), "// theirs\n");
        assert!(!place.path("out/Cargo.toml").exists());
    }

    #[test]
    fn nothing_is_removed_through_a_link() {
        let place = place();
        assert_eq!(place.run(&["codegen"]).code, 0);
        place.write("elsewhere/old.rs", "// theirs\n");
        symlink(place.path("elsewhere"), place.path("out/linked")).unwrap();
        let list = place.read("out/.clientwright");
        place.write("out/.clientwright", &format!("{list}linked/old.rs\n"));
        assert_eq!(place.run(&["codegen"]).code, 1);
        assert_eq!(place.read("elsewhere/old.rs"), "// theirs\n");
    }

    #[test]
    fn a_file_that_became_a_link_is_not_followed() {
        let place = place();
        assert_eq!(place.run(&["codegen"]).code, 0);
        place.write("theirs.rs", "// theirs\n");
        fs::remove_file(place.path("out/src/lib.rs")).unwrap();
        symlink(place.path("theirs.rs"), place.path("out/src/lib.rs")).unwrap();
        assert_eq!(place.run(&["codegen"]).code, 1);
        assert_eq!(place.read("theirs.rs"), "// theirs\n");
    }

    #[test]
    fn a_link_on_the_way_to_a_configured_folder_is_not_followed() {
        for linked in ["out", "specs/names"] {
            let place = place();
            place.write("codegen.toml", &format!("{CONFIG}names = \"specs/names/animals.yaml\"\n"));
            fs::create_dir(place.path("elsewhere")).unwrap();
            symlink(place.path("elsewhere"), place.path(linked)).unwrap();
            let run = place.run(&["codegen"]);
            assert_eq!(run.code, 1, "{linked}");
            assert!(run.stderr.contains("symbolic link"), "{}", run.stderr);
            assert!(place.files("elsewhere").is_empty(), "{linked}");
        }
        // The user named this one.
        let place = place();
        fs::create_dir(place.path("elsewhere")).unwrap();
        symlink(place.path("elsewhere"), place.path("out")).unwrap();
        let run = place.run(&["codegen", "--spec", "specs/animals.yaml", "--out", "out"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(place.path("elsewhere/Cargo.toml").exists());
    }

    #[test]
    fn no_stamp_is_kept_through_a_link() {
        let place = place();
        fs::create_dir(place.path("elsewhere")).unwrap();
        symlink(place.path("elsewhere"), place.path("target")).unwrap();
        for _ in 0..2 {
            let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_clientwright"));
            run.arg("codegen")
                .current_dir(place.path(""))
                .env_remove("CLIENTWRIGHT_CACHE")
                .env_remove("CARGO_TARGET_DIR");
            assert!(run.output().unwrap().status.success());
        }
        assert!(place.files("elsewhere").is_empty());
    }

    #[test]
    fn written_files_have_ordinary_permissions() {
        let place = place();
        assert_eq!(place.run(&["codegen"]).code, 0);
        place.write("ordinary", "");
        let mode = |below: &str| fs::metadata(place.path(below)).unwrap().permissions().mode();
        assert_eq!(mode("out/src/lib.rs"), mode("ordinary"));
    }
}
