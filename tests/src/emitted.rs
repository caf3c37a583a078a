//! Emitted crates: their contents, and their behavior when compiled and run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use clientwright::diagnostics::Diagnostics;
use clientwright::{Generated, NoFiles, Options, Source, generate, render};

/// Held while a crate is written, compiled and run: tests of one case have one folder, and Cargo builds one crate at a time anyway.
static BUILDING: Mutex<()> = Mutex::new(());

/// A generated crate and its findings.
#[derive(Debug)]
pub struct Emitted {
    package: String,
    generated: Generated,
    /// The findings.
    pub diagnostics: Diagnostics,
}

impl Emitted {
    /// Generates a crate from the fixture of this name in `tests/cases/`, named after it.
    ///
    /// # Panics
    /// Where there is none, or it is rejected.
    pub fn of_case(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(format!("{name}.yaml"));
        let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::of_text(name, &format!("{name}.yaml"), text)
    }

    /// Generates a crate from a document.
    ///
    /// # Panics
    /// Where it is rejected, with the findings.
    pub fn of_text(package: &str, name: &str, text: Vec<u8>) -> Self {
        Self::of(&Source { name: name.to_owned(), bytes: text }, &Options::new(package))
    }

    /// Generates a crate from a document with options.
    ///
    /// # Panics
    /// Where it is rejected, with the findings.
    pub fn of(source: &Source, options: &Options) -> Self {
        let package = &options.package;
        let report = generate(source, &[], &NoFiles, options);
        let found = report.render(&[source], render::Format::Short, false);
        let generated = report.product.unwrap_or_else(|| panic!("rejected:\n{found}"));
        Emitted { package: package.to_owned(), generated, diagnostics: report.diagnostics }
    }

    /// The text of a file.
    ///
    /// # Panics
    /// Where there is no such file.
    pub fn file(&self, path: &str) -> &str {
        let found = self.generated.files.iter().find(|file| file.path == path);
        found.map_or_else(|| panic!("no file {path}"), |file| &file.contents)
    }

    /// The text of a file, if there is one.
    pub fn try_file(&self, path: &str) -> Option<&str> {
        self.generated.files.iter().find(|file| file.path == path).map(|file| file.contents.as_str())
    }

    /// Returns the distinct codes of the findings, sorted.
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.diagnostics.iter().map(|found| found.rule.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Compiles the crate without a warning, runs a program that uses it, and returns the output of the program.
    ///
    /// Crates and their dependencies are built in the temporary folder of tests, with the versions of this workspace's lock
    /// file.
    ///
    /// # Panics
    /// If either fails, with its messages.
    pub fn run(&self, folder: &str, program: &str) -> String {
        let _building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
        let root = PathBuf::from(folder).join("emitted");
        let home = self.write(&root);
        write(&home.join("examples/program.rs"), program);
        match cargo(&root, &home, &["run", "--quiet", "--offline", "--example", "program"]) {
            Ok(printed) => printed,
            Err(said) => panic!("{}: {said}", self.package),
        }
    }

    /// Checks the crate with warnings denied, and with these features and no others.
    ///
    /// # Errors
    /// The messages of the compiler.
    pub fn check(&self, folder: &str, features: &str) -> Result<(), String> {
        let _building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
        let root = PathBuf::from(folder).join("emitted");
        let home = self.write(&root);
        // Network access is needed: some features have dependencies that the workspace itself does not build.
        let arguments = ["check", "--quiet", "--no-default-features", "--features", features];
        cargo(&root, &home, &arguments).map(drop)
    }

    /// Runs Cargo in the crate, with warnings denied.
    ///
    /// # Errors
    /// Its messages.
    pub fn cargo(&self, folder: &str, arguments: &[&str]) -> Result<String, String> {
        let _building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
        let root = PathBuf::from(folder).join("emitted");
        let home = self.write(&root);
        cargo(&root, &home, arguments)
            .map_err(|said| format!("{}: cargo {}:\n{said}", self.package, arguments.join(" ")))
    }

    /// Writes the crate into a folder, as a workspace of its own with this workspace's versions.
    fn write(&self, root: &Path) -> PathBuf {
        let home = root.join(&self.package);
        for file in self.generated.files.iter().filter(|file| file.path != "Cargo.toml") {
            write(&home.join(&file.path), &file.contents);
        }
        let manifest = format!("{}\n[workspace]\n", self.file("Cargo.toml"));
        write(&home.join("Cargo.toml"), &manifest);
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        write(&home.join("Cargo.lock"), &fs::read_to_string(lock).unwrap());
        home
    }
}

/// Returns the output of Cargo, or its messages if it fails.
fn cargo(root: &Path, home: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(home)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .env("RUSTFLAGS", "-Dwarnings")
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .output()
        .expect("cargo starts");
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err([output.stderr, output.stdout].map(|said| String::from_utf8_lossy(&said).into_owned()).concat()),
    }
}

/// Writes a file if its text differs, so that nothing is compiled twice.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The listening part of every program: it records each request, responds with `204`, and prints it with `shown`.
pub const LISTENER: &str = r#"
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

/// A received request: head and body.
#[allow(dead_code)]
pub struct Seen { pub head: String, pub body: Vec<u8> }

#[allow(dead_code)]
impl Seen {
    /// The request target, as it was sent.
    pub fn target(&self) -> &str { self.head.split(' ').nth(1).unwrap_or_default() }
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
    /// The body as text.
    pub fn text(&self) -> String { String::from_utf8_lossy(&self.body).into_owned() }
}

/// Starts a server that sends the same response to every request and returns the requests.
pub fn listen(answer: &'static str) -> (String, Receiver<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut seen = Vec::new();
            let mut part = [0; 4096];
            let end = loop {
                let read = stream.read(&mut part).unwrap_or(0);
                seen.extend_from_slice(&part[..read]);
                if let Some(end) = seen.windows(4).position(|found| found == b"\r\n\r\n") { break end; }
                if read == 0 { break seen.len(); }
            };
            let head = String::from_utf8_lossy(&seen[..end]).into_owned();
            let mut request = Seen { head, body: seen.split_off((end + 4).min(seen.len())) };
            let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            while request.body.len() < length {
                let read = stream.read(&mut part).unwrap_or(0);
                if read == 0 { break; }
                request.body.extend_from_slice(&part[..read]);
            }
            let _ = sender.send(request);
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    (url, receiver)
}

/// A response without a body.
#[allow(dead_code)]
pub const NOTHING: &str = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

/// Runs a future to completion.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
"#;
