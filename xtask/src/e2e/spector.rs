//! TypeSpec's scenarios for generators: Spector's mock server is called by a client of each document that OpenAPI can say, and its
//! coverage report is the verdict.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::Value;

use super::commands::{check_node, npm, say, succeed};
use super::program::{self, Source};
use super::scenarios::{self, Scenario};
use crate::cli::E2e;
use clientwright_cli::Exit;
use clientwright_cli::report::{Failure, Ui};
use clientwright_cli::request::Request;
use clientwright_cli::settings::Settings;

const START_WITHIN: Duration = Duration::from_secs(120);

/// The output of `tests/spector/scenarios.mjs`.
#[derive(Debug, Deserialize)]
struct Scenarios {
    /// The folders that OpenAPI can say.
    documents: Vec<String>,
    scenarios: Vec<Scenario>,
}

/// The outcome of a scenario, as the program prints it.
#[derive(Debug, Deserialize)]
struct Said {
    scenario: String,
    said: String,
}

/// Calls the scenarios of every folder, and prints the mock server's verdict.
pub(super) fn run(args: &E2e, folder: &Path, ui: &Ui) -> Result<Exit, Failure> {
    check_node()?;
    if !args.no_install {
        say(ui, "installing Spector");
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        succeed(npm().args(arguments).current_dir(folder), "npm ci")?;
    }
    let work = args.work.join("spector");
    fs::create_dir_all(&work).map_err(|error| Failure::Unreadable(work.clone(), error))?;
    let work = work.canonicalize().map_err(|error| Failure::Unreadable(work.clone(), error))?;
    let file = work.join("scenarios.json");
    if !args.no_install || !file.exists() {
        say(ui, "writing the documents and the scenarios");
        let mut write = Command::new("node");
        succeed(write.arg("scenarios.mjs").arg(&work).current_dir(folder), "scenarios.mjs")?;
    }
    let text = fs::read(&file).map_err(|error| Failure::Unreadable(file.clone(), error))?;
    let known: Scenarios =
        serde_json::from_slice(&text).map_err(|error| Failure::Other(format!("{}: {error}", file.display())))?;

    let mut programs = Vec::new();
    // The client's message for a scenario that it could not play or read.
    let mut said = BTreeMap::new();
    let wanted = |name: &&String| args.only.is_empty() || args.only.contains(name);
    for name in known.documents.iter().filter(wanted) {
        match build(name, &known.scenarios, &work, ui) {
            Ok((program, without)) => {
                said.extend(without.into_iter().map(|scenario| (scenario, "not in the document".to_owned())));
                programs.push(program);
            }
            Err(failure) => {
                let here = known.scenarios.iter().filter(|scenario| scenario.folder == *name);
                said.extend(here.map(|scenario| (scenario.scenario.clone(), failure.to_string())));
            }
        }
    }
    say(ui, "starting Spector");
    let server = Server::start(folder, &work)?;
    for program in &programs {
        let output = Command::new(program).arg(server.base()).output();
        let output = output.map_err(|error| Failure::Other(format!("the program did not run: {error}")))?;
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        let lines = lines.lines().filter_map(|line| serde_json::from_str::<Said>(line).ok());
        said.extend(lines.map(|said| (said.scenario, said.said)));
    }
    let coverage = server.stop(&work)?;
    let exceptions = exceptions(&folder.join("exceptions.tsv"))?;
    let documents: Vec<&String> = known.documents.iter().filter(wanted).collect();
    Ok(if verdict(&documents, &known.scenarios, &coverage, &said, &exceptions, ui) {
        Exit::Done
    } else {
        Exit::Refused
    })
}

/// A program for a folder of scenarios, and the scenarios that its document has no operation for.
fn build(name: &str, scenarios: &[Scenario], work: &Path, ui: &Ui) -> Result<(PathBuf, Vec<String>), Failure> {
    let request = Request::of(
        work.join("documents").join(format!("{name}.yaml")),
        clientwright_cli::compile::package::name_from_file(&format!("spector-{name}")),
        &Settings::default(),
    );
    let here: Vec<&Scenario> = scenarios.iter().filter(|scenario| scenario.folder == name).collect();
    let driver = scenarios::scenarios(&request, &here, &Ui::quiet())?;
    let driver = driver.ok_or_else(|| Failure::Other("the document is rejected".to_owned()))?;
    say(ui, &format!("building the client of {name}"));
    let program = [Source { path: "main.rs", text: &driver.program }];
    // All clients share their dependencies.
    let built = program::build(&driver.files, &program, work.parent().unwrap_or(work), &request.options.package)?;
    // All programs have one name, and each is needed again.
    let kept = work.join("programs").join(name);
    let copied = fs::create_dir_all(work.join("programs")).and_then(|()| fs::copy(&built, &kept));
    copied.map_err(|error| Failure::Unreadable(built, error))?;
    Ok((kept, driver.without_input))
}

/// The running mock server.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(folder: &Path, work: &Path) -> Result<Self, Failure> {
        let failed = |error: std::io::Error| Failure::Other(format!("Spector did not start: {error}"));
        // The server reads a commit from git.
        let git = |arguments: &[&str]| Command::new("git").args(arguments).current_dir(work).output();
        let author = ["-c", "user.name=spector", "-c", "user.email=spector@localhost"];
        git(&["init", "--quiet"]).map_err(failed)?;
        git(&[&author[..], &["commit", "--quiet", "--allow-empty", "-m", "scenarios"]].concat()).map_err(failed)?;
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).map_err(failed)?.port();
        let modules = folder.join("node_modules");
        let child = Command::new("node")
            .arg(modules.join("@typespec/spector/cmd/cli.mjs"))
            .arg("serve")
            .arg(modules.join("@typespec/http-specs/specs"))
            .args(["--port", &port.to_string(), "--coverageFile"])
            .arg(work.join("coverage.json"))
            .current_dir(work)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let server = Self { child, port };
        let deadline = Instant::now() + START_WITHIN;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > deadline {
                return Err(Failure::Other("Spector did not start within two minutes".to_owned()));
            }
            thread::sleep(Duration::from_millis(200));
        }
        Ok(server)
    }

    fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Stops the server, and reads the status of each scenario.
    fn stop(mut self, work: &Path) -> Result<BTreeMap<String, String>, Failure> {
        let failed = |error: std::io::Error| Failure::Other(format!("Spector did not stop: {error}"));
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(failed)?;
        let request = "POST /.admin/stop HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).map_err(failed)?;
        let _ = stream.read_to_end(&mut Vec::new());
        let _ = self.child.wait();
        let file = work.join("coverage.json");
        let text = fs::read(&file).map_err(|error| Failure::Unreadable(file.clone(), error))?;
        let reports: Value = serde_json::from_slice(&text).map_err(|error| Failure::Other(error.to_string()))?;
        let reports = reports.as_array().cloned().unwrap_or_else(|| vec![reports]);
        let results = reports.iter().filter_map(|report| report["results"].as_object()).flatten();
        Ok(results.map(|(name, status)| (name.clone(), status.as_str().unwrap_or_default().to_owned())).collect())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The scenarios that are no fault of the client, with the reason: a line each, with a tab between.
fn exceptions(file: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::Unreadable(file.to_owned(), error))?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let parsed = lines.map(|line| match line.split_once('\t') {
        Some((scenario, reason)) => Ok((scenario.to_owned(), reason.to_owned())),
        None => Err(Failure::Other(format!("{}: not two fields: {line}", file.display()))),
    });
    parsed.collect()
}

/// Prints the coverage report beside the client's outcomes. Returns whether everything passed that is not excepted.
fn verdict(
    folders: &[&String],
    scenarios: &[Scenario],
    coverage: &BTreeMap<String, String>,
    said: &BTreeMap<String, String>,
    exceptions: &BTreeMap<String, String>,
    ui: &Ui,
) -> bool {
    let (mut whole, mut passed, mut read, mut excepted, mut faults, mut all) = (0, 0, 0, 0, 0, 0);
    for folder in folders {
        let here: Vec<&str> = scenarios
            .iter()
            .filter(|scenario| scenario.folder == **folder)
            .map(|scenario| scenario.scenario.as_str())
            .collect();
        let is_passed = |name: &str| coverage.get(name).is_some_and(|status| status == "pass");
        let is_read = |name: &str| said.get(name).is_some_and(String::is_empty);
        let good = here.iter().filter(|scenario| is_passed(scenario)).count();
        ui.print(&format!("{folder}: {good} of {}\n", here.len()));
        for scenario in &here {
            let is_good = is_passed(scenario) && is_read(scenario);
            match exceptions.get(*scenario) {
                None if is_good => {}
                Some(_) if is_good => {
                    faults += 1;
                    ui.print(&format!("  {scenario}: an exception that excepts nothing\n"));
                }
                Some(reason) => {
                    excepted += 1;
                    ui.print(&format!("  {scenario}: {reason}\n"));
                }
                None => {
                    faults += 1;
                    let status = coverage.get(*scenario).map_or("not called", String::as_str);
                    let said = said.get(*scenario).map_or("", String::as_str);
                    ui.print(&format!("  FAULT {scenario}: {status}: {said}\n"));
                }
            }
        }
        all += here.len();
        passed += good;
        read += here.iter().filter(|scenario| is_read(scenario)).count();
        whole += usize::from(good == here.len());
    }
    ui.print(&format!(
        "{whole} of {} folders pass whole; of {all} scenarios, {passed} pass and {read} are read as expected; {excepted} exceptions, {faults} faults\n",
        folders.len()
    ));
    faults == 0
}
