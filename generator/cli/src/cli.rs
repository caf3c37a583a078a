//! The arguments of each command.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::settings::Settings;

/// Compiles OpenAPI descriptions (3.0, 3.1, 3.2; Swagger 2.0) into Rust client crates.
///
/// Exit codes: 0 success; 1 out of date, rejected, or unreadable; 2 the arguments or codegen.toml are not valid.
#[derive(Debug, Parser)]
#[command(name = "clientwright", version)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub reporting: Reporting,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Codegen(Codegen),
    Lint(Lint),
    /// Print a document as the generator sees it: with overlays applied, references bundled and in normal form, as valid OpenAPI
    Effective(Inspect),
    Explain(Explain),
    Diff(Diff),
    Overlay(Overlay),
    Graph(Graph),
    Init(Init),
    Schema(Schema),
    Completions(Completions),
    Man(Man),
}

/// The options for output.
#[derive(Debug, Args)]
pub struct Reporting {
    /// The output format of findings
    #[arg(long, value_enum, global = true, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
    /// The use of colors
    #[arg(long, value_enum, global = true, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// Show every finding in full, also where one rule has many
    #[arg(long, global = true)]
    pub verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// With the lines of the document, on standard error
    Human,
    /// One line per finding, on standard error
    Short,
    /// One JSON object per line, on standard output
    Json,
    /// Annotations for GitHub Actions, on standard output
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// Generate the clients of codegen.toml, or one crate from any document
///
/// Writes only files that changed, each atomically, and removes files that it wrote before and does not emit any more.
/// If a document is rejected, its output folder stays as it was.
#[derive(Debug, Args)]
pub struct Codegen {
    /// Write nothing; print the out-of-date files as a unified diff, and exit with 1 if there are any
    #[arg(long)]
    pub check: bool,
    /// Keep running, and generate again whenever a document, an overlay or the configuration changes; a rejected document leaves its
    /// folder as it was
    #[arg(long, conflicts_with = "check")]
    pub watch: bool,
    /// The configuration to read instead of the codegen.toml found upward from here
    #[arg(long, value_name = "FILE", conflicts_with = "spec")]
    pub config: Option<PathBuf>,
    /// Generate from this document, without a configuration
    #[arg(long, value_name = "PATH")]
    pub spec: Option<PathBuf>,
    /// The folder of the crate or module for --spec (default with --module: below src)
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub out: Option<PathBuf>,
    /// Write a module of an existing crate instead of a crate: the path of the module, such as crate::api
    #[arg(long, value_name = "PATH", requires = "spec")]
    pub module: Option<String>,
    /// The name of the crate for --spec (default: from the document's file name); without --spec, the one
    /// client of codegen.toml to generate
    #[arg(long, value_name = "NAME")]
    pub package: Option<String>,
    /// An OpenAPI Overlay to apply to --spec; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "PATH", requires = "spec")]
    pub overlays: Vec<PathBuf>,
    /// Keep the assigned names in this file (with codegen.toml: beside each document)
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub names: Option<PathBuf>,
    /// Assign another name if a recorded one cannot be kept; without this option, that is an error
    #[arg(long)]
    pub accept_renames: bool,
    #[command(flatten)]
    pub settings: Settings,
    /// Write into a folder that clientwright did not create, and overwrite files that it did not write
    #[arg(long)]
    pub force: bool,
    /// Print the time of each stage; a client that is up to date is compiled as well
    #[arg(long)]
    pub timings: bool,
}

/// Report on a document without generating anything
#[derive(Debug, Args)]
pub struct Lint {
    #[command(flatten)]
    pub inspect: Inspect,
    /// Print the overlay that settles the findings of this rule, as far as it can be derived from the document, instead of the findings
    #[arg(long, value_name = "CODE")]
    pub overlay_for: Option<String>,
}

#[derive(Debug, Args)]
pub struct Inspect {
    /// The document
    #[arg(value_name = "SPEC")]
    pub spec: PathBuf,
    /// An OpenAPI Overlay to apply; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "PATH")]
    pub overlays: Vec<PathBuf>,
    #[command(flatten)]
    pub settings: Settings,
}

/// Explain a rule, and the way to correct its findings
#[derive(Debug, Args)]
pub struct Explain {
    /// The code of a rule of findings, or the id of a rule of `diff`, as reports show them
    pub code: String,
}

/// Report the effect of a change of a document: on the wire, on code that uses the crate, and on the crate's version
///
/// Compares two documents, or, with --base, the clients of codegen.toml with their state at a git revision.
#[derive(Debug, Args)]
pub struct Diff {
    /// The old document
    #[arg(value_name = "OLD", requires = "new", conflicts_with = "base")]
    pub old: Option<PathBuf>,
    /// The new document
    #[arg(value_name = "NEW")]
    pub new: Option<PathBuf>,
    /// Compare the documents of codegen.toml with their state at this git revision
    #[arg(long, value_name = "GIT-REV")]
    pub base: Option<String>,
    /// Write the next versions into codegen.toml, and the changes into the CHANGELOG.md of each crate
    #[arg(long, requires = "base")]
    pub apply: bool,
    /// The configuration to read instead of the codegen.toml found upward from here
    #[arg(long, value_name = "FILE", requires = "base")]
    pub config: Option<PathBuf>,
    /// With --base, the one client to compare; else the name of the crate
    #[arg(long, value_name = "NAME")]
    pub package: Option<String>,
    /// An OpenAPI Overlay to apply to OLD and NEW; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "PATH", requires = "old")]
    pub overlays: Vec<PathBuf>,
    /// The output format of the report
    #[arg(long, value_enum, default_value_t = DiffFormat::Text, value_name = "FORMAT")]
    pub format: DiffFormat,
    /// Also write the report as an HTML page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Exit with 1 if there is a breaking change, on the wire or in Rust
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    #[command(flatten)]
    pub settings: Settings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    Text,
    /// For a pull request or a changelog
    Markdown,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Breaking,
}

/// Print the overlay that turns one document into another
///
/// Each action has a description to complete. Files that the documents refer to are not compared.
#[derive(Debug, Args)]
pub struct Overlay {
    /// The published document
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The corrected document
    #[arg(value_name = "NEW", required_unless_present = "from_report")]
    pub new: Option<PathBuf>,
    /// Print the overlay after which OLD permits the responses in this report: a file with a line of JSON for each `Lapse` that the
    /// hook `on_lenient` of a client received
    #[arg(long, value_name = "FILE", conflicts_with = "new")]
    pub from_report: Option<PathBuf>,
    #[command(flatten)]
    pub settings: Settings,
}

/// Print a graph of a document: groups, operations, types, scopes
#[derive(Debug, Args)]
pub struct Graph {
    /// The document (default: those of codegen.toml)
    #[arg(value_name = "SPEC")]
    pub spec: Option<PathBuf>,
    /// An OpenAPI Overlay to apply; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "PATH", requires = "spec")]
    pub overlays: Vec<PathBuf>,
    /// The language of the graph
    #[arg(long, value_enum, default_value_t = GraphFormat::Mermaid, value_name = "FORMAT")]
    pub format: GraphFormat,
    /// Show only a tag, an operation (`GET /pets`), a schema or a scope, with everything that it reaches and that uses it directly
    #[arg(long, value_name = "NAME")]
    pub focus: Option<String>,
    #[command(flatten)]
    pub settings: Settings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    Mermaid,
    Dot,
}

/// Write a codegen.toml for a document
///
/// An existing one is never overwritten.
#[derive(Debug, Args)]
pub struct Init {
    /// The document
    #[arg(value_name = "SPEC")]
    pub spec: PathBuf,
    /// The folder of the crate (default: the crate's name)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The name of the crate (default: from the document's file name)
    #[arg(long, value_name = "NAME")]
    pub package: Option<String>,
}

/// Print the JSON Schema of the messages or of codegen.toml
#[derive(Debug, Args)]
pub struct Schema {
    /// The subject of the schema
    #[arg(value_enum, value_name = "SUBJECT")]
    pub of: SchemaOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// A line of --message-format json
    Messages,
    /// codegen.toml
    Config,
}

/// Print the completions for a shell
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Write the man pages, one for each command
#[derive(Debug, Args)]
pub struct Man {
    /// The folder of the pages
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}
