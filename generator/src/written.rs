//! Text in the languages of the output: Markdown, HTML, Mermaid, DOT, the log of GitHub's runner, terminals, TSV, TOML.
//!
//! Text from documents and servers may be syntax in each of these languages. A [`Written`] therefore takes
//! external text only through its language's [`escape`](Language::escape), and all other text as `&'static str`: a forgotten
//! escape does not compile.

mod characters;
mod data;
mod graphs;
mod html;
mod markdown;
mod terminal;
mod text;
mod workflow;

pub use characters::is_interpreted;
pub use data::{Json, Toml, Tsv, Yaml};
pub use graphs::{Dot, Mermaid};
pub use html::Html;
pub use markdown::Markdown;
pub use terminal::Terminal;
pub use text::{Language, Product, Prose, Written};
pub use workflow::{Workflow, WorkflowProperty};
