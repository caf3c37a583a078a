//! The place of the code in the user's own crate.

use clientwright_sources::{DELIVERIES, FEATURES};
use serde::Deserialize;

use super::name;

/// The form in which the code is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// A standalone crate.
    #[default]
    Crate,
    /// A folder below the `src` of another crate.
    Module,
    /// One file of another crate.
    File,
    /// One file for `include!`, which permits no inner attributes.
    #[serde(skip)]
    Included,
}

/// The place of the code in the user's own crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedding {
    /// The path of the module, such as `crate::api`.
    pub root: String,
    /// The form.
    pub form: Form,
    /// The features of an emitted crate that are on. Code of the others is left out.
    pub features: Vec<String>,
}

/// The form of embedded code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A file for each module.
    Files,
    /// One file.
    OneFile,
    /// One file for `include!`.
    Included,
}

impl Layout {
    /// The form of the code, unless it is a crate.
    pub fn form(self) -> Option<Form> {
        match self {
            Layout::Crate => None,
            Layout::Module => Some(Form::Files),
            Layout::File => Some(Form::OneFile),
            Layout::Included => Some(Form::Included),
        }
    }
}

/// Returns the reason why a path cannot be the root of embedded code, and a correction; `None` if it can.
pub fn root_fault(root: &str) -> Option<String> {
    let mut names = root.split("::");
    let is_name = |name: &str| {
        let begins = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
        let is_word = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        begins && is_word && name != "_" && !name::is_keyword(name)
    };
    let fits = names.next() == Some("crate") && root.contains("::") && names.all(is_name);
    (!fits).then(|| format!("`{root}` is no module of the crate; write its path from the root, such as `crate::api`"))
}

/// Returns the reason why embedded code cannot have some features, and a correction; `None` if it can.
pub fn features_fault(features: &[String]) -> Option<String> {
    let all = || FEATURES.iter().chain([&DELIVERIES]);
    let is_known = |name: &String| all().any(|feature| feature.name == name);
    let unknown = features.iter().find(|name| !is_known(name))?;
    let known: Vec<String> = all().map(|feature| format!("`{}`", feature.name)).collect();
    Some(format!("`{unknown}` is no feature of a client; there are {}", known.join(", ")))
}
