//! The arguments of each command.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use clientwright_cli::cli::Reporting;

/// The commands for work on this repository, and those of clientwright.
///
/// Exit codes: 0 success; 1 out of date, rejected, or unreadable; 2 the arguments or codegen.toml are not valid.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Product(clientwright_cli::cli::Command),
    Corpus(Corpus),
    Bench(Bench),
    E2e(E2e),
    Soak(Soak),
    #[command(hide = true)]
    Measure(Measure),
}

/// Generate a crate from every document of a folder, and check the crates
///
/// Prints a table, and writes it as results.tsv, results.json and results.html. Exits with 1 if any document falls short: rejected, an
/// operation missing, or, with --check, --clippy, --doc and --examples, an error or a warning.
#[derive(Debug, Args)]
pub(crate) struct Corpus {
    /// The folder with the documents (.yaml, .yml, .json); a folder in it holds the files of one document, or of several
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Compile the crates with all features
    #[arg(long)]
    pub(crate) check: bool,
    /// Lint the crates with clippy
    #[arg(long)]
    pub(crate) clippy: bool,
    /// Document the crates with rustdoc
    #[arg(long)]
    pub(crate) doc: bool,
    /// Compile the examples in the docs of the crates
    #[arg(long)]
    pub(crate) examples: bool,
    /// Read instances of every union and enumeration as the types of the crate instead, and list those that read as something else
    ///
    /// The instances are made from the document, and a validator of JSON Schema says which alternative each is valid for.
    #[arg(long)]
    pub(crate) values: bool,
    /// Break the answers of this number of operations of each document instead, and compare what a strict and a lenient client reads
    ///
    /// An answer is made from the schema. Each required member is absent, null or of another type in turn, each list has an element that does not
    /// fit, and there is no body. The working folder gets `lenient.tsv`, with a line for each answer.
    #[arg(long, value_name = "N", conflicts_with_all = ["values", "growth"])]
    pub(crate) lenient: Option<usize>,
    /// Edit each document at random this number of times instead, with the names kept, and judge what `diff` says of each edit
    ///
    /// The emitted files are read a second time: `diff` must report every part that was removed or changed.
    #[arg(long, value_name = "N", conflicts_with = "values")]
    pub(crate) growth: Option<u32>,
    /// The seed of the edits of --growth
    #[arg(long, default_value_t = 1, value_name = "N", requires = "growth")]
    pub(crate) seed: u64,
    /// A folder that gets both documents of every edit of --growth
    #[arg(long, value_name = "DIR", requires = "growth")]
    pub(crate) keep: Option<PathBuf>,
    /// Compile what used the crate before each edit of --growth with the crate after it
    ///
    /// A program that uses everything public of the old crate must compile unless `diff` requires a major version.
    #[arg(long, requires = "growth")]
    pub(crate) callers: bool,
    /// The number of documents to work on at a time; measurements are most reliable with one
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: u16,
    /// The number of times to generate each crate; the median of the CPU times counts
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) reps: u16,
    /// Only the documents with these names, separated by commas; without the extension, `*` stands for anything
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub(crate) only: Vec<String>,
    /// The command line to try, instead of this one
    #[arg(long, value_name = "PATH")]
    pub(crate) bin: Option<PathBuf>,
    /// The folder for crates, build artifacts and results
    #[arg(long, default_value = "target/corpus", value_name = "DIR")]
    pub(crate) work: PathBuf,
    /// Seconds that each step may take
    #[arg(long, default_value_t = 600, value_name = "SECONDS")]
    pub(crate) timeout: u64,
}

/// Measure the cost of generating: its growth with the document, the share of each stage, and the floor
///
/// The floor is the cost of reading the same bytes into a plain tree, and of writing the same files.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// The numbers of operations of the synthetic documents
    #[arg(long, value_delimiter = ',', default_value = "100,300,1000,3000,10000,20000", value_name = "NUMBERS")]
    pub(crate) sizes: Vec<usize>,
    /// Measure documents that have many of one thing instead, and print how the cost of each grows
    ///
    /// Exits with 1 if it grows faster than the document, or a document takes too long.
    #[arg(long)]
    pub(crate) shapes: bool,
    /// The numbers of one thing that the documents of --shapes have
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000", value_name = "NUMBERS")]
    pub(crate) counts: Vec<usize>,
    /// Only the shapes whose names contain one of these, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "TEXTS", requires = "shapes")]
    pub(crate) only: Vec<String>,
    /// Generate from the documents of --shapes with all that a crate can have: tests, a mock, a command line and validation
    #[arg(long, requires = "shapes")]
    pub(crate) complete: bool,
    /// Measure what the crate of a document costs the compiler instead, beside a crate with the same structs, enumerations and functions,
    /// of which none does anything
    #[arg(long, conflicts_with = "shapes")]
    pub(crate) floor: bool,
    /// Count the instructions of runs over three fixed documents instead, by valgrind, and compare them with xtask/history.tsv
    ///
    /// Exits with 1 if there are more than 5 % more than the same compiler's last recorded ones. Needs a build with --release.
    #[arg(long, conflicts_with_all = ["shapes", "floor"])]
    pub(crate) history: bool,
    /// Record what --history counts, for the present version
    #[arg(long, requires = "history")]
    pub(crate) record: bool,
    /// The document of which the stages are measured, instead of a synthetic one of 2,000 operations
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The number of measurements of each; the median counts
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) reps: u16,
    /// The folder for documents and crates
    #[arg(long, default_value = "target/bench", value_name = "DIR")]
    pub(crate) work: PathBuf,
}

/// Change documents at random and generate from them, try shapes and fuzz targets, for as long as there is time
///
/// A find is a run that aborts, takes too long or holds too much memory, a shape whose cost grows faster than its size, or an input at which a fuzz target
/// stops. Each becomes a file. Exits with 1 if there are any.
#[derive(Debug, Args)]
pub(crate) struct Soak {
    /// The time to run: a number with `s`, `m` or `h`
    #[arg(long = "for", default_value = "1h", value_name = "TIME", value_parser = crate::time::time)]
    pub(crate) time: Duration,
    /// The seed of the first document, to make the same ones again
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    /// The folders with the documents that are changed; the fixtures of this repository, if there is none
    #[arg(long, value_name = "DIR")]
    pub(crate) documents: Vec<PathBuf>,
    /// The folder for documents, crates and finds
    #[arg(long, default_value = "target/soak", value_name = "DIR")]
    pub(crate) work: PathBuf,
}

/// Run a command and record its cost, in a process of its own so that nothing else is counted
#[derive(Debug, Args)]
pub(crate) struct Measure {
    /// The file to write the report to
    #[arg(long, value_name = "FILE")]
    pub(crate) report: PathBuf,
    /// The command
    #[arg(last = true, required = true)]
    pub(crate) command: Vec<std::ffi::OsString>,
}

/// Call every operation of the Webhooks API through its generated client, against Prism and an OAuth 2.0 server
///
/// With --documents, every operation of the documents in a folder instead, against Prism; with --frameworks, of servers that are written
/// with other people's frameworks and described by them. Needs Node.js 18 or later with npm, and for the frameworks Python 3.10 or later.
/// Only works inside clientwright's own repository.
#[derive(Debug, Args)]
pub(crate) struct E2e {
    /// A folder with documents (.yaml, .yml, .json), whose operations are called once each
    #[arg(long, value_name = "DIR")]
    pub(crate) documents: Option<PathBuf>,
    /// Servers written with FastAPI, Django REST framework, Hono, NestJS, axum, dropshot, aide and poem: the client is generated from
    /// their own description, and their own validation decides whether it calls them correctly
    #[arg(long, conflicts_with = "documents")]
    pub(crate) frameworks: bool,
    /// TypeSpec's scenarios for generators, served by Spector, whose coverage report is the verdict
    #[arg(long, conflicts_with_all = ["documents", "frameworks"])]
    pub(crate) spector: bool,
    /// Only the documents (without the extension), frameworks or folders of scenarios with these names, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub(crate) only: Vec<String>,
    /// The folder for crates and build artifacts
    #[arg(long, default_value = "target/e2e", value_name = "DIR")]
    pub(crate) work: PathBuf,
    /// Use the servers as they are installed, without `npm ci`
    #[arg(long)]
    pub(crate) no_install: bool,
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use clap::{CommandFactory as _, Parser as _};

    use super::Cli;

    /// The README and every page in `docs/`.
    fn pages() -> Vec<(String, String)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
        let pages = docs.chain(["README.md", "CONTRIBUTING.md"].map(|name| root.join(name)));
        pages.map(|page| (page.display().to_string(), fs::read_to_string(&page).unwrap_or_default())).collect()
    }

    #[test]
    fn every_option_is_in_the_docs() {
        let text: String = pages().into_iter().map(|(_, text)| text).collect();
        let mut missing = Vec::new();
        for command in Cli::command().get_subcommands().filter(|command| !command.is_hide_set()) {
            if !text.contains(&format!("`{}`", command.get_name()))
                && !text.contains(&format!("xtask {}", command.get_name()))
            {
                missing.push(command.get_name().to_owned());
            }
            let options = command.get_arguments().filter_map(|argument| argument.get_long());
            for option in options.filter(|option| !["help", "version"].contains(option)) {
                // Limits stand in the docs as keys of codegen.toml, which have the same names.
                if !text.contains(&format!("--{option}")) && !text.contains(&format!("`{option}`")) {
                    missing.push(format!("{} --{option}", command.get_name()));
                }
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn every_command_in_the_docs_is_one() {
        let (mut wrong, mut seen) = (Vec::new(), 0);
        for (page, text) in pages() {
            let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
            for line in blocks.flat_map(str::lines) {
                let line = line.split(" #").next().unwrap_or_default().trim();
                let line = line.rsplit("&& ").next().unwrap_or_default();
                let line = line.split(" > ").next().unwrap_or_default();
                let Some(arguments) = line.strip_prefix("cargo xtask ").or_else(|| line.strip_prefix("clientwright "))
                else {
                    continue;
                };
                seen += 1;
                let words = arguments.split_whitespace().map(|word| word.trim_matches('\''));
                if let Err(error) = Cli::try_parse_from(std::iter::once("clientwright").chain(words)) {
                    wrong.push(format!("{page}: {line}: {error}"));
                }
            }
        }
        assert!(seen >= 10, "{seen} commands");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
