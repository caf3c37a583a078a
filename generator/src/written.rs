//! Text in the languages in which output is read: Markdown, HTML, Mermaid, DOT, the log of GitHub's runner, terminals, TSV, TOML.
//!
//! Documents and servers say what they like, and each of these languages takes some of it for its own. A [`Written`] therefore takes
//! text of others only through its language's [`escape`](Language::escape), and all else as `&'static str`, which we wrote: what was
//! forgotten does not compile.

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
