//! The command line of a crate: the subcommand of each operation, and the arguments that it takes.

use serde_json::Value;

use super::name::Name;
use super::{Docs, PartKind};

/// The command line of a crate.
#[derive(Clone, Debug)]
pub struct CommandLine {
    /// The subcommands of the groups, in their order.
    pub groups: Vec<GroupCommand>,
    /// The subcommands of the operations without a group, in their order.
    pub ungrouped: Vec<OperationCommand>,
    /// The environment variables of credentials. Of several for one scheme, the first that is set counts.
    pub credentials: Vec<CredentialVariables>,
    /// The environment variable of the base URL.
    pub base_url: Name,
    /// The environment variable of the token URL, if a scheme fetches tokens.
    pub token_url: Option<Name>,
}

/// The environment variables of a scheme's credential.
#[derive(Clone, Debug)]
pub struct CredentialVariables {
    /// The constant of the scheme.
    pub scheme: Name,
    /// The variables.
    pub source: CredentialSource,
}

/// The variables that a credential is made of.
#[derive(Clone, Debug)]
pub enum CredentialSource {
    /// A key, a token, or the parameters of another HTTP scheme.
    Fixed(Name),
    /// User and password.
    Basic(Name, Name),
    /// Id and secret of an OAuth 2.0 client.
    Client(Name, Name),
    /// Id and secret of an OAuth 2.0 client, and a refresh token.
    Refresh(Name, Name, Name),
    /// The path of a client certificate.
    Certificate(Name),
}

/// A word of the command line: the name of a subcommand, of an argument or of an option. It is in kebab case, and unique where it
/// stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word(String);

impl Word {
    /// The word of a name, without the marks that make a name of Rust of it.
    #[must_use]
    pub fn of(name: &Name) -> Self {
        Word(name.bare().trim_matches('_').replace('_', "-"))
    }

    /// The word as it is typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The subcommand of a group.
#[derive(Clone, Debug)]
pub struct GroupCommand {
    /// Its name.
    pub name: Word,
    /// The subcommands of its operations, in their order.
    pub operations: Vec<OperationCommand>,
}

/// The subcommand of an operation.
#[derive(Clone, Debug)]
pub struct OperationCommand {
    /// Its name.
    pub name: Word,
    /// An argument or option for each parameter, in their order.
    pub arguments: Vec<Flag>,
    /// For each body, in their order, its members that are options.
    pub bodies: Vec<Vec<MemberFlag>>,
}

/// An argument or an option.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Its name.
    pub name: Word,
    /// The kind of value.
    pub kind: FlagKind,
    /// True if it has to be there.
    pub required: bool,
    /// True for a list of values.
    pub many: bool,
    /// The values that the document lists, as text.
    pub values: Vec<String>,
    /// The docs.
    pub docs: Docs,
}

/// The kind of value that a text of the command line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlagKind {
    /// The text itself.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// JSON.
    Json,
    /// JSON if it reads as such, else the text itself.
    Any,
    /// The path of a file.
    File,
    /// A text, or behind `@` the path of a file.
    FileOrText,
}

/// An option that is a member of a body.
#[derive(Clone, Debug)]
pub struct MemberFlag {
    /// The option.
    pub flag: Flag,
    /// The name of the member, of the part, or of the header.
    pub wire: String,
    /// The value that is sent if the option is not given.
    pub otherwise: Option<Value>,
    /// The form of a part of a multipart body.
    pub part: Option<PartForm>,
}

/// The form of a part.
#[derive(Clone, Debug)]
pub enum PartForm {
    /// A part, with its media type where there is no choice.
    Part(PartKind, Option<String>),
    /// A header of the part of this name.
    Header(String),
}
