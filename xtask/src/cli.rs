//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::settings::Settings;

/// Compiles OpenAPI descriptions (3.0, 3.1, 3.2) into Rust client crates.
///
/// Exit codes: 0 done; 1 stale, rejected, or unreadable; 2 the arguments or codegen.toml make no sense.
#[derive(Debug, Parser)]
#[command(name = "clientwright", version, bin_name = bin_name())]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Codegen(Codegen),
    /// Report on a document without generating anything
    Lint(Inspect),
    /// Print a document as the generator sees it: after overlays, bundling and normalisation, as valid OpenAPI
    Effective(Inspect),
    Explain(Explain),
    Diff(Diff),
    Graph(Graph),
    Init(Init),
    Corpus(Corpus),
    Bench(Bench),
    E2e(E2e),
    #[command(hide = true)]
    Measure(Measure),
}

/// How findings are shown.
#[derive(Debug, Args)]
pub(crate) struct Reporting {
    /// How findings are written
    #[arg(long, value_enum, global = true, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub(crate) message_format: MessageFormat,
    /// When to use colours
    #[arg(long, value_enum, global = true, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// With the place in the document shown, on standard error
    Human,
    /// One line each, on standard error
    Short,
    /// One JSON object a line, on standard output
    Json,
    /// Annotations for GitHub Actions, on standard output
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// Generate the clients of codegen.toml, or one crate from any document
///
/// Writes only what changed, each file atomically, and removes files that it once wrote and no longer does.
/// A rejected document leaves its output folder as it was.
#[derive(Debug, Args)]
pub(crate) struct Codegen {
    /// Write nothing; print what is stale as a unified diff and exit with 1 if anything is
    #[arg(long)]
    pub(crate) check: bool,
    /// Stay, and generate again whenever a document, an overlay or the configuration changes; what is rejected leaves its
    /// folder as it was
    #[arg(long, conflicts_with = "check")]
    pub(crate) watch: bool,
    /// The configuration to read instead of the codegen.toml found upward from here
    #[arg(long, value_name = "FILE", conflicts_with = "spec")]
    pub(crate) config: Option<PathBuf>,
    /// Generate from this document, without a configuration
    #[arg(long, value_name = "PATH", requires = "out")]
    pub(crate) spec: Option<PathBuf>,
    /// The folder of the crate that --spec gives
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) out: Option<PathBuf>,
    /// The name of the crate that --spec gives (default: from the document's file name); without --spec, the one
    /// client of codegen.toml to generate
    #[arg(long, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// An OpenAPI Overlay to apply to --spec; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "PATH", requires = "spec")]
    pub(crate) overlays: Vec<PathBuf>,
    /// Keep the names that were given in this file, and give them again (with codegen.toml: beside each document)
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) names: Option<PathBuf>,
    /// Where a name that was given can't be kept, give another one; otherwise nothing is written
    #[arg(long)]
    pub(crate) accept_renames: bool,
    #[command(flatten)]
    pub(crate) settings: Settings,
    /// Write into a folder, and over files, that clientwright did not write
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// The document
    #[arg(value_name = "SPEC")]
    pub(crate) spec: PathBuf,
    /// An OpenAPI Overlay to apply; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "PATH")]
    pub(crate) overlays: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

/// Say what a rule means, and what to do about its findings
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The rule's code, as findings show it
    pub(crate) code: String,
}

/// Say what a change of a document means: on the wire, to code that uses the crate, and to the crate's version
///
/// Compares two documents, or, with --base, the clients of codegen.toml with what they were at a revision of git.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The document as it was
    #[arg(value_name = "OLD", requires = "new", conflicts_with = "base")]
    pub(crate) old: Option<PathBuf>,
    /// The document as it is
    #[arg(value_name = "NEW")]
    pub(crate) new: Option<PathBuf>,
    /// Compare the documents of codegen.toml with what they were at this revision of git
    #[arg(long, value_name = "GIT-REV")]
    pub(crate) base: Option<String>,
    /// Put the versions that follow into codegen.toml, and what changed into the CHANGELOG.md of each crate
    #[arg(long, requires = "base")]
    pub(crate) apply: bool,
    /// The configuration to read instead of the codegen.toml found upward from here
    #[arg(long, value_name = "FILE", requires = "base")]
    pub(crate) config: Option<PathBuf>,
    /// With --base, the one client to compare; else the name of the crate
    #[arg(long, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// An OpenAPI Overlay to apply to OLD and NEW; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "PATH", requires = "old")]
    pub(crate) overlays: Vec<PathBuf>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = DiffFormat::Text, value_name = "FORMAT")]
    pub(crate) format: DiffFormat,
    /// Write the report as a page of HTML as well
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Exit with 1 if anything breaks, on the wire or in Rust
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) fail_on: Option<FailOn>,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Text,
    /// For a pull request or a changelog
    Markdown,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Breaking,
}

/// Draw what a document comes to: groups, operations, types, scopes
#[derive(Debug, Args)]
pub(crate) struct Graph {
    /// The document (default: those of codegen.toml)
    #[arg(value_name = "SPEC")]
    pub(crate) spec: Option<PathBuf>,
    /// An OpenAPI Overlay to apply; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "PATH", requires = "spec")]
    pub(crate) overlays: Vec<PathBuf>,
    /// The language of the picture
    #[arg(long, value_enum, default_value_t = GraphFormat::Mermaid, value_name = "FORMAT")]
    pub(crate) format: GraphFormat,
    /// Only what a tag, an operation (`GET /pets`), a schema or a scope leads to, and what uses it
    #[arg(long, value_name = "NAME")]
    pub(crate) focus: Option<String>,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    Mermaid,
    Dot,
}

/// Write a codegen.toml for a document
///
/// An existing one is never overwritten.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The document
    #[arg(value_name = "SPEC")]
    pub(crate) spec: PathBuf,
    /// The folder of the crate (default: the crate's name)
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// The name of the crate (default: from the document's file name)
    #[arg(long, value_name = "NAME")]
    pub(crate) package: Option<String>,
}

/// Generate a crate from every document of a folder, and see what becomes of them
///
/// Prints a table, and writes it as results.tsv, results.json and results.html. Exits with 1 if any document falls short: rejected, an
/// operation missing, or, with --check, --clippy, --doc and --examples, an error or a warning.
#[derive(Debug, Args)]
pub(crate) struct Corpus {
    /// The folder with the documents (.yaml, .yml, .json)
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Compile what was generated, with all features
    #[arg(long)]
    pub(crate) check: bool,
    /// Lint what was generated with clippy
    #[arg(long)]
    pub(crate) clippy: bool,
    /// Document what was generated with rustdoc
    #[arg(long)]
    pub(crate) doc: bool,
    /// Compile the examples in the docs of what was generated
    #[arg(long)]
    pub(crate) examples: bool,
    /// How many documents to work on at a time; measurements are steadiest with one
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: u16,
    /// How often to generate each; the median of the CPU times counts
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) reps: u16,
    /// Only the documents with these names, separated by commas; without the extension, `*` stands for anything
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub(crate) only: Vec<String>,
    /// The command line to try, instead of this one
    #[arg(long, value_name = "PATH")]
    pub(crate) bin: Option<PathBuf>,
    /// Where crates, build artefacts and results go
    #[arg(long, default_value = "target/corpus", value_name = "DIR")]
    pub(crate) work: PathBuf,
    /// Seconds that each step may take
    #[arg(long, default_value_t = 600, value_name = "SECONDS")]
    pub(crate) timeout: u64,
}

/// Measure what generating costs: how it grows with the document, which stage takes it, and how far it is from the floor
///
/// The floor is what no generator can do without: reading the same bytes into a plain tree, and writing the same files.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// How many operations the synthetic documents have
    #[arg(long, value_delimiter = ',', default_value = "100,300,1000,3000,10000,20000", value_name = "NUMBERS")]
    pub(crate) sizes: Vec<usize>,
    /// The document of which the stages are measured, instead of a synthetic one of 2,000 operations
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// How often to measure each; the median counts
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) reps: u16,
    /// Where documents and crates go
    #[arg(long, default_value = "target/bench", value_name = "DIR")]
    pub(crate) work: PathBuf,
}

/// Run a command and write down what it cost, in a process of its own so that nothing else is counted
#[derive(Debug, Args)]
pub(crate) struct Measure {
    /// Where to write it
    #[arg(long, value_name = "FILE")]
    pub(crate) report: PathBuf,
    /// The command
    #[arg(last = true, required = true)]
    pub(crate) command: Vec<std::ffi::OsString>,
}

/// Call every operation of the Webhooks API through its generated client, against Prism and an OAuth 2.0 server
///
/// With --documents, every operation of the documents in a folder instead, against Prism. Needs Node.js 18 or later with npm.
/// Only works inside clientwright's own repository.
#[derive(Debug, Args)]
pub(crate) struct E2e {
    /// A folder with documents (.yaml, .yml, .json), whose operations are called once each
    #[arg(long, value_name = "DIR")]
    pub(crate) documents: Option<PathBuf>,
    /// Only the documents with these names, separated by commas; without the extension
    #[arg(long, value_delimiter = ',', value_name = "NAMES", requires = "documents")]
    pub(crate) only: Vec<String>,
    /// Where crates and build artefacts of --documents go
    #[arg(long, default_value = "target/e2e", value_name = "DIR")]
    pub(crate) work: PathBuf,
    /// Use the servers as they are installed, without `npm ci`
    #[arg(long)]
    pub(crate) no_install: bool,
}

/// Both binaries are this one command line; help should show what was typed.
fn bin_name() -> &'static str {
    let program = std::env::args_os().next().map(PathBuf::from);
    match program.as_deref().and_then(|path| path.file_stem()) {
        Some(name) if name == "clientwright" => "clientwright",
        _ => "cargo xtask",
    }
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
