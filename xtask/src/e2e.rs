//! `e2e`: the generated client against third-party servers.
//!
//! This command only starts the processes; the calls and expectations are in the `e2e` program of the `tests` package, a process
//! of its own, so that this command line can be built in any state of the generated client.

mod command_line;
mod commands;
mod documents;
mod driver;
mod frameworks;
mod program;
mod scenarios;
mod servers;
mod spector;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::E2e;
use clientwright_cli::Exit;
use clientwright_cli::compile;
use clientwright_cli::config::{self, Client};
use clientwright_cli::report::{Failure, Ui};
use clientwright_cli::request::Request;
use clientwright_cli::settings::Settings;
use commands::{cargo, check_node, npm, say, succeed};
use servers::Servers;

/// The package of the client that is tried out.
const PACKAGE: &str = "webhooks-api";

/// Installs and starts the servers, runs the program, and stops the servers however that went.
pub(crate) fn run(args: &E2e, ui: &Ui) -> Result<Exit, Failure> {
    let here = env::current_dir().map_err(|error| Failure::Unreadable(PathBuf::from("."), error))?;
    let client = client(&here)?;
    let root = client.root.clone();
    let folder = root.join("tests/e2e");
    if args.frameworks {
        return frameworks::run(args, &root.join("tests/frameworks"), ui);
    }
    if args.spector {
        return spector::run(args, &root.join("tests/spector"), ui);
    }
    check_node()?;
    if !args.no_install {
        say(ui, "installing the servers");
        succeed(npm().args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder), "npm ci")?;
    }

    if let Some(documents) = &args.documents {
        return documents::run(args, documents, &folder, ui);
    }

    let request = client.request(&Settings::default());
    let Some(document) = compile::effective(&request, ui)?.product else {
        return Ok(Exit::Refused);
    };
    let served = tempfile::Builder::new()
        .prefix("clientwright-e2e-")
        .suffix(".yaml")
        .tempfile()
        .and_then(|file| std::fs::write(file.path(), &document).map(|()| file))
        .map_err(|error| Failure::Other(format!("cannot keep the effective document: {error}")))?;
    say(ui, "building the program that calls the client");
    let program = ["--quiet", "--package", "clientwright-tests", "--bin", "e2e"];
    succeed(cargo().arg("build").args(program).current_dir(&root), "cargo build of the e2e program")?;

    say(ui, "building the command line of the API");
    let binary = command_line::build(request, &args.work)?;

    say(ui, "starting Prism and oidc-provider");
    let servers = Servers::start(&folder, served.path())?;
    let run =
        cargo().arg("run").args(program).arg("--").arg(servers.whereabouts()).arg(binary).current_dir(&root).status();
    let status = run.map_err(|error| Failure::Other(format!("cannot run cargo: {error}")))?;
    if !status.success() {
        return Err(Failure::Other(format!("the e2e program failed ({status})")));
    }
    say(ui, "signing in");
    succeed(Command::new(signing_in(args, &folder, &servers)?).arg(servers.whereabouts()), "the sign-in program")?;
    drop(servers);
    Ok(Exit::Done)
}

/// The authorization server that `signin.yaml` names.
const NAMED_ISSUER: &str = "https://idp.example";

/// The program that signs in, through the client that `signin.yaml` becomes once it names the server that runs. The program sets no
/// URL: each is the document's.
fn signing_in(args: &E2e, folder: &Path, servers: &Servers) -> Result<PathBuf, Failure> {
    let issuer = servers.issuer()?;
    let own = tempfile::tempdir().map_err(|error| Failure::Other(format!("cannot make a folder: {error}")))?;
    let document = folder.join("signin.yaml");
    let text = std::fs::read_to_string(&document).map_err(|error| Failure::Unreadable(document, error))?;
    std::fs::write(own.path().join("signin.yaml"), text.replace(NAMED_ISSUER, &issuer))
        .map_err(|error| Failure::Other(format!("cannot keep signin.yaml: {error}")))?;
    let request = Request::of("signin.yaml".into(), "signin-api", &Settings::default());
    let request = Request { root: own.path().to_owned(), ..request };
    let compiled = compile::generate(&request, &Ui::quiet())?.product;
    let compiled = compiled.ok_or_else(|| Failure::Other("signin.yaml is rejected".to_owned()))?;
    let file = folder.join("signin.rs");
    let text = std::fs::read_to_string(&file).map_err(|error| Failure::Unreadable(file, error))?;
    let program = [program::Source { path: "main.rs", text: &text }];
    program::build(&compiled.files, &program, &args.work, &request.options.package)
}

fn client(here: &Path) -> Result<Client, Failure> {
    let file = config::find(here)?;
    let clients = config::read(&file)?.clients;
    let client = clients.into_iter().find(|client| client.package() == PACKAGE);
    client.ok_or_else(|| Failure::Usage(format!("{} has no client `{PACKAGE}`", file.display())))
}
