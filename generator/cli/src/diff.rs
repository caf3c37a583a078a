//! `diff`: the effect of a change of a document, on the wire and for code that compiles against the crate.

mod apply;
mod git;
mod report;
mod version;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::{Diff, DiffFormat, FailOn};
use crate::compile::written::{Json, Written};
use crate::compile::{self, Bump, Documents, Options, Renames, Revision, package};
use crate::config::{self, Client};
use crate::exit::Exit;
use crate::output;
use crate::reading::{self, Folder};
use crate::report::{Failure, Ui};
use crate::request::Request;
use git::Repository;
use report::Comparison;

/// Two documents of one client.
struct Pair {
    version: String,
    options: Options,
    /// `None` for a client that is new.
    old: Option<Documents>,
    /// The options that the client had, if they are known.
    old_options: Option<Options>,
    new: Documents,
    /// The configuration that names the client, and the client's folder, relative to that of the configuration; `None` where two files
    /// are compared.
    home: Option<(PathBuf, PathBuf)>,
}

/// Compares two files, or the clients of `codegen.toml` with an earlier revision.
pub(crate) fn run(args: &Diff, ui: &Ui) -> Result<Exit, Failure> {
    let mut comparisons = Vec::new();
    for mut pair in pairs(args)? {
        let Some(comparison) = comparison(&mut pair, ui)? else { return Ok(Exit::Refused) };
        if let Some((config, out)) = pair.home.as_ref().filter(|_| args.apply) {
            apply::apply(config, out, &comparison, ui)?;
        }
        comparisons.push(comparison);
    }
    match args.format {
        DiffFormat::Text => ui.product(&report::text(&comparisons)),
        DiffFormat::Markdown => ui.product(&report::markdown(&comparisons)),
        DiffFormat::Json => {
            ui.product(&Written::<Json>::pretty(&Value::from_iter(comparisons.iter().map(report::json))));
        }
    }
    if let Some(file) = &args.html {
        output::replace(file, report::html(&comparisons).as_str())?;
    }
    let fails = match args.fail_on {
        Some(FailOn::Breaking) => comparisons.iter().any(|it| it.is_breaking_on_the_wire() || it.bump == Bump::Major),
        None => false,
    };
    Ok(if fails { Exit::Refused } else { Exit::Done })
}

fn pairs(args: &Diff) -> Result<Vec<Pair>, Failure> {
    if let (Some(old), Some(new)) = (&args.old, &args.new) {
        if args.apply {
            return Err(Failure::Usage("two documents have no version; --apply needs --base".to_owned()));
        }
        let stem = new.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        let package = args.package.clone().unwrap_or_else(|| package::name_from_file(&stem));
        if let Some(fault) = package::name_fault(&package) {
            return Err(Failure::Usage(fault));
        }
        let of = |document: &Path| {
            let request = Request::of(document.to_owned(), package.as_str(), &args.settings);
            Request { overlays: args.overlays.clone(), ..request }
        };
        let new = of(new);
        return Ok(vec![Pair {
            version: config::DEFAULT_VERSION.to_owned(),
            old: Some(documents(&of(old))?),
            old_options: None,
            new: documents(&new)?,
            options: new.options,
            home: None,
        }]);
    }
    let Some(base) = &args.base else {
        return Err(Failure::Usage("name two documents, or the revision to compare with by --base".to_owned()));
    };
    let file = match &args.config {
        Some(file) => file.clone(),
        None => {
            let here = std::env::current_dir().map_err(|error| Failure::Unreadable(PathBuf::from("."), error))?;
            config::find(&here)?
        }
    };
    let clients = config::read(&file)?.clients.into_iter();
    let wanted = |client: &Client| args.package.as_ref().is_none_or(|name| name == client.package());
    let pairs =
        clients.filter(wanted).map(|client| with_base(client, base, &file, args)).collect::<Result<Vec<_>, _>>()?;
    match &args.package {
        Some(name) if pairs.is_empty() => {
            Err(Failure::Usage(format!("no client of {} is called `{name}`", file.display())))
        }
        _ => Ok(pairs),
    }
}

fn with_base(client: Client, base: &str, file: &Path, args: &Diff) -> Result<Pair, Failure> {
    let repository = Repository::at(&client.root, base)?;
    let before = before(&repository, file, client.package());
    let old = match repository.read(&client.spec) {
        None => None,
        Some(bytes) => Some(Documents {
            source: repository.source(&client.spec, bytes),
            // An overlay that did not exist at the revision is not applied.
            overlays: client
                .overlays
                .iter()
                .filter_map(|path| Some(repository.source(path, repository.read(path)?)))
                .collect(),
            files: Box::new(repository.beside(&client.spec)),
            names: repository.read(&client.names).map(|bytes| repository.source(&client.names, bytes)),
        }),
    };
    let old_options = before.map(|client| client.request(&args.settings).options);
    let home = Some((file.to_owned(), client.out.clone()));
    let request = client.request(&args.settings);
    let limit = request.options.settings.limits.bytes;
    let names = request.names.as_ref().map(|path| reading::source_if_any(&request.root, path, limit)).transpose()?;
    let new = Documents { names: names.flatten(), ..documents(&request)? };
    let options = request.options;
    // The version is raised from that of the revision, so that a second run does not raise it again.
    let version = old_options.as_ref().unwrap_or(&options).version.clone();
    let version = version.unwrap_or_else(|| config::DEFAULT_VERSION.to_owned());
    Ok(Pair { old, old_options, new, version, home, options })
}

/// The client of a name, as the configuration had it at a revision. One of a configuration that cannot be read any more is taken to have
/// had the same options.
fn before(repository: &Repository, file: &Path, package: &str) -> Option<Client> {
    let text = String::from_utf8(repository.read(Path::new(file.file_name()?))?).ok()?;
    config::parse(file, &text).ok()?.clients.into_iter().find(|client| client.package() == package)
}

fn documents(request: &Request) -> Result<Documents, Failure> {
    let (root, limit) = (&request.root, request.options.settings.limits.bytes);
    Ok(Documents {
        source: reading::source(root, &request.spec, limit)?,
        overlays: request.overlays.iter().map(|path| reading::source(root, path, limit)).collect::<Result<_, _>>()?,
        files: Box::new(Folder::of(&root.join(&request.spec), request.files.as_deref(), limit)?),
        names: None,
    })
}

fn comparison(pair: &mut Pair, ui: &Ui) -> Result<Option<Comparison>, Failure> {
    let package = &pair.options.package;
    let Some(old) = &pair.old else {
        let new = Revision::of(&pair.new, &pair.options, ui);
        return Ok(new.map(|_| Comparison::of_a_new_client(package, &pair.version)));
    };
    // Allowances name places of the new document; in the old one they may match nothing, which is not an error.
    let mut options = pair.old_options.as_ref().unwrap_or(&pair.options).clone();
    options.settings.allowances.clear();
    (options.settings.strict, options.settings.deny_loss) = (false, false);
    // So may chosen names. Those that the old crate had are in its names file.
    options.renames = Renames::default();
    let Some(old) = Revision::of(old, &options, ui) else { return Ok(None) };
    // Without a names file, the names of the old document are used, as if there were one.
    if pair.new.names.is_none() {
        pair.new.names = old.names();
    }
    let Some(new) = Revision::of(&pair.new, &pair.options, ui) else { return Ok(None) };
    let rust = compile::rust_changes(&old, &new);
    let wire = compile::wire_changes(&old, &new);
    let differs = old.files != new.files;
    Ok(Some(Comparison::new(package, &pair.version, (old.operations(), wire), rust, differs)))
}
