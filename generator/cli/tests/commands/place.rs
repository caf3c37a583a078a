//! A folder to work in, and the command line as users call it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The result of a run.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Run {
            code: output.status.code().expect("it ends by itself"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// An empty folder that is removed afterwards.
pub(crate) struct Place(TempDir, TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Place(tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    pub(crate) fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    /// Returns the cache folder of runs in this place.
    pub(crate) fn fingerprints(&self) -> PathBuf {
        self.1.path().to_owned()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.run_in("", args)
    }

    /// Runs with a text on standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_clientwright"))
            .args(args)
            .current_dir(self.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Run::of(child.wait_with_output().unwrap())
    }

    pub(crate) fn run_in(&self, folder: &str, args: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_clientwright"))
            .args(args)
            .current_dir(self.path(folder))
            .env("CLIENTWRIGHT_CACHE", self.fingerprints())
            .output()
            .unwrap();
        Run::of(output)
    }

    /// Every file below a folder with its bytes; links are not followed.
    pub(crate) fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let root = self.path(below);
        if root.exists() {
            collect(&root, &root, &mut files);
        }
        files
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path();
        if entry.file_type().unwrap().is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, fs::read(&path).unwrap_or_default());
        }
    }
}

/// A small API with one operation for each group.
pub(crate) fn spec(groups: &[&str]) -> String {
    let mut text = "openapi: 3.1.0\ninfo:\n  title: Animals\n  version: 1.0.0\npaths:\n".to_owned();
    for group in groups {
        text.push_str(&format!(
            "  /{group}:\n    get:\n      tags:\n        - tag-{group}\n      operationId: list-{group}\n      responses:\n        '204':\n          description: Done\n"
        ));
    }
    text
}

/// A configuration with one client, `animals`, in `out`.
pub(crate) const CONFIG: &str = "[[client]]\nspec = \"specs/animals.yaml\"\nout = \"out\"\npackage = \"animals\"\n";
