//! The planned crate: the result of all decisions, before it is written as text.

mod additions;
mod command_line;
mod contract_test;
mod dependency;
mod embedding;
mod exports;
mod foreign;
mod formats;
mod items;
pub mod name;
mod name_lock;
mod named_type;
mod operation;
mod renames;
mod root_module;
mod type_set;
mod types;
mod untyped;
mod validation;
mod xml;

use std::collections::{BTreeSet, HashMap};

use serde::Deserialize;

pub use clientwright_sources::RuntimeModule;

pub use additions::{Additions, ItemKind, TypeSelection};
pub use command_line::{
    CommandLine, CredentialSource, CredentialVariables, Flag, FlagKind, GroupCommand, MemberFlag, OperationCommand,
    PartForm, Word,
};
pub use contract_test::{
    ArgumentValue, Content, Expected, ExpectedForm, MethodCall, PartValue, ReplyCase, RequestCase, ResponseCase,
    UnionTest, WireTest, WireTests,
};
pub use dependency::{ExtraDependency, Origin};
pub use embedding::{Embedding, Form, Layout, features_fault, root_fault};
pub use foreign::Foreign;
pub use formats::Formats;
pub use items::{
    Alias, Derives, Enum, EnumKind, Field, Item, Occurrence, RestField, Struct, Union, UnionKind, UnionMember, Variant,
    Wrapper,
};
pub use name_lock::{NameLock, Namespace, Renamed};
pub use named_type::NamedType;
pub use operation::{
    AlternateResponse, ArgPassing, Argument, Arm, BodyEncoding, BodyKind, BodyPlan, Constant, Decode, Operation,
    Outcome, OutcomeKind, OutcomeVariant, Pages, PartField, PartHeader, PartKind, Parts, ResponseHeader, StatusPattern,
    StyledField, types_of,
};
pub use renames::{Rename, Renames, fits};
pub use root_module::RootModule;
pub use type_set::TypeSet;
pub use types::{Primitive, Type};
pub use untyped::Untyped;
pub use validation::{Bound, Validation};
pub use xml::{XmlContent, XmlDocument, XmlElement, XmlKind, XmlMember, XmlPlan, XmlTable};

use crate::ir::SchemaId;
/// Facts that are the same in Rust as in the description.
pub use crate::ir::{
    Algorithm, Condition, ContentForm, Deliveries, DeliveryEncoding, Docs, Facts, Flow, FlowKind, ItemForm, KeyPlace,
    Location, ParameterForm, Part as PathPart, PathTemplate, Signing, Step, Style, Test, TextForm, Way,
};
use name::Name;

/// A client crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The name of the package.
    pub package: String,
    /// The version of the package.
    pub version: String,
    /// The metadata that registries show.
    pub metadata: Metadata,
    /// True if there is a client; false if there are only types.
    pub client: bool,
    /// The place of the code in another crate, unless it is a crate of its own.
    pub embedding: Option<Embedding>,
    /// The derives and attributes of types besides the usual ones.
    pub additions: Additions,
    /// True if the crate has example programs.
    pub examples: bool,
    /// The facts about the API.
    pub about: About,
    /// The modules of the runtime that it needs, besides those that every crate has.
    pub runtime: BTreeSet<RuntimeModule>,
    /// True if numbers may come as text.
    pub numbers_as_text: bool,
    /// The types, sorted by name.
    pub types: Vec<Item>,
    /// The placement of each type, in the order of the types.
    pub placements: Vec<Placement>,
    /// The groups of operations, sorted by module.
    pub groups: Vec<Group>,
    /// The operations without a group, which are methods of the client itself.
    pub ungrouped: Option<Group>,
    /// The servers that a caller may choose from.
    pub servers: Vec<Server>,
    /// The XML tables of bodies, if there are any.
    pub xml: Option<XmlPlan>,
    /// The webhooks and callbacks.
    pub events: Vec<Events>,
    /// The way in which these are signed, if the document states it.
    pub deliveries: Option<Deliveries>,
    /// The headers of responses, sorted by name.
    pub headers: Vec<HeaderConstant>,
    /// The security schemes, sorted by name.
    pub schemes: Vec<Scheme>,
    /// The distinct sets of security requirements that operations have, sorted by name.
    pub requirements: Vec<RequirementSet>,
    /// The scopes of OAuth2, if there are any.
    pub scopes: Option<Scopes>,
    /// The wire tests, if they are enabled.
    pub wire: Option<WireTests>,
    /// The mock server, if it is enabled.
    pub mock: Option<MockPlan>,
    /// The command line, where one is wanted.
    pub command_line: Option<CommandLine>,
    /// The bounds for validation, if it is enabled.
    pub validation: Option<Validation>,
    /// The untyped places, with reasons.
    pub untyped: Untyped,
    /// The total number of operations.
    pub operation_count: usize,
    /// The dependencies of the chosen types.
    pub dependencies: Vec<ExtraDependency>,
    /// The names, by their keys, to be kept in the next run.
    pub names: NameLock,
    /// The names of the types that schemas became.
    pub type_names: HashMap<SchemaId, Name>,
}

impl Crate {
    /// The types with a placement, sorted by name.
    pub fn types_at(&self, home: Placement) -> impl Iterator<Item = &Item> {
        self.types.iter().zip(&self.placements).filter(move |(_, at)| **at == home).map(|(item, _)| item)
    }
}

/// The placement of a type, which determines when it is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placement {
    /// Among the types that are always there.
    Crate,
    /// With the only group that needs it, by the group's index.
    Group(usize),
}

/// The metadata of a package for registries, which no OpenAPI document has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// A one-line description of the package; by default one that names the API.
    pub description: Option<String>,
    /// The licence, as an SPDX expression (`MIT OR Apache-2.0`).
    pub license: Option<String>,
    /// The URL of the repository.
    pub repository: Option<String>,
    /// The URL of a home page.
    pub homepage: Option<String>,
    /// The URL of the docs, where they are elsewhere than at docs.rs.
    pub documentation: Option<String>,
    /// The authors (`Name <address>`).
    pub authors: Vec<String>,
    /// Search terms, at most five; by default those of any client.
    pub keywords: Option<Vec<String>>,
    /// Categories of the registry; by default that of clients.
    pub categories: Option<Vec<String>>,
}

/// A server for the tests of programs that use the crate.
#[derive(Clone, Debug)]
pub struct MockPlan {
    /// The methods that return the handles of the groups, in their order.
    pub groups: Vec<Name>,
    /// The methods of the operations without a group, in their order.
    pub ungrouped: Vec<Name>,
    /// Types with a sample value, as JSON.
    pub values: Vec<(Name, serde_json::Value)>,
}

/// The facts about the API.
#[derive(Clone, Debug)]
pub struct About {
    /// The API's title.
    pub title: String,
    /// The API's own version.
    pub version: String,
    /// Markdown.
    pub description: Option<String>,
    /// The absolute URL of the default server, variables filled in; `None` where the document names none.
    pub base_url: Option<String>,
    /// The path that is joined to the caller's base URL, where the first server is one.
    pub base_path: Option<String>,
    /// The servers.
    pub servers: Vec<AboutServer>,
    /// The names of members and parameters that are passwords.
    pub passwords: Vec<String>,
}

/// A server, for documentation.
#[derive(Clone, Debug)]
pub struct AboutServer {
    /// The URL.
    pub url: String,
    /// Markdown.
    pub description: Option<String>,
}

/// Operations that belong together, as one module and one handle.
#[derive(Clone, Debug)]
pub struct Group {
    /// The module, and the method of the client that returns the handle.
    pub module: Name,
    /// The type of the handle.
    pub handle: Name,
    /// The tag.
    pub tag: String,
    /// Markdown.
    pub description: Option<String>,
    /// The Cargo feature that switches it; the client's own operations are always there.
    pub feature: Option<String>,
    /// The operations, sorted by path and method.
    pub operations: Vec<Operation>,
}

impl Group {
    /// Returns whether the operations are methods of the client itself.
    #[must_use]
    pub fn is_the_client(&self) -> bool {
        self.feature.is_none()
    }
}

/// A server of the API, by name.
#[derive(Clone, Debug)]
pub struct Server {
    /// The constant, or the struct of its variables.
    pub name: Name,
    /// The URL, variables in braces.
    pub url: String,
    /// Markdown.
    pub description: Option<String>,
    /// Its variables.
    pub variables: Vec<Variable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug)]
pub struct Variable {
    /// The field.
    pub name: Name,
    /// The name between the braces.
    pub wire: String,
    /// The default value.
    pub default: String,
    /// Markdown.
    pub description: Option<String>,
    /// The values that the document lists, if any.
    pub values: Option<Values>,
}

/// The values of a server's variable, as an enum.
#[derive(Clone, Debug)]
pub struct Values {
    /// The enum.
    pub name: Name,
    /// Its variants with their text.
    pub variants: Vec<(Name, String)>,
    /// The variant for a value that isn't listed.
    pub other: Name,
}

/// An enum of the API's webhooks, or of the callbacks of an operation.
#[derive(Clone, Debug)]
pub struct Events {
    /// The enum.
    pub name: Name,
    /// Method and path of the operation whose callbacks they are; `None` for webhooks.
    pub operation: Option<String>,
    /// One variant for each event.
    pub variants: Vec<EventVariant>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct EventVariant {
    /// The variant.
    pub name: Name,
    /// The event's name in the document.
    pub wire: String,
    /// The payload.
    pub payload: Option<Type>,
    /// Markdown.
    pub description: Option<String>,
}

/// A header of responses.
#[derive(Clone, Debug)]
pub struct HeaderConstant {
    /// The constant.
    pub name: Name,
    /// The name on the wire.
    pub wire: String,
    /// The type.
    pub ty: Type,
    /// Markdown.
    pub description: Option<String>,
}

/// A security scheme and the setters of its credentials.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// The constant.
    pub constant: Name,
    /// The name in the document.
    pub wire: String,
    /// Markdown.
    pub description: Option<String>,
    /// The kind of scheme.
    pub kind: SchemeKind,
    /// The methods by which the builder takes its credentials.
    pub setters: Vec<CredentialSetter>,
}

/// A method of the builder that takes credentials.
#[derive(Clone, Debug)]
pub struct CredentialSetter {
    /// The method.
    pub name: Name,
    /// The credential that it takes.
    pub credential: Credential,
}

/// The security schemes that the runtime knows.
#[derive(Clone, Debug)]
pub enum SchemeKind {
    /// A secret by name.
    ApiKey(KeyPlace, String),
    /// User and password.
    Basic,
    /// A token.
    Bearer,
    /// Another scheme of HTTP authentication, whose credentials the caller writes out.
    Http(String),
    /// OAuth 2.0.
    OAuth2(Vec<Flow>),
    /// OpenID Connect.
    OpenIdConnect(String),
    /// A client certificate.
    MutualTls,
}

/// The credential that a caller provides for a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A key.
    Key,
    /// User and password.
    UserAndPassword,
    /// A token.
    Token,
    /// The id and secret of an OAuth2 client.
    ClientCredentials,
    /// An OAuth2 client and a refresh token.
    RefreshToken,
    /// A client certificate.
    Certificate,
}

/// A set of requirements, any of which suffices, under the name of a constant.
#[derive(Clone, Debug)]
pub struct RequirementSet {
    /// The constant.
    pub constant: Name,
    /// The alternatives, in each of which all needs must be met.
    pub alternatives: Vec<Vec<Need>>,
}

/// A scheme that a requirement needs.
#[derive(Clone, Debug)]
pub struct Need {
    /// The constant of the scheme.
    pub scheme: Name,
    /// The scopes that the token has to have.
    pub scopes: Vec<String>,
}

/// The scopes that tokens can have.
#[derive(Clone, Debug)]
pub struct Scopes {
    /// The scopes.
    pub variants: Vec<ScopeVariant>,
    /// The variant for a scope that the document doesn't list.
    pub other: Name,
}

/// A scope.
#[derive(Clone, Debug)]
pub struct ScopeVariant {
    /// The variant.
    pub name: Name,
    /// The scope on the wire.
    pub wire: String,
    /// Markdown.
    pub description: String,
}

/// Prose for an item or a member.
pub type Prose = Docs;

/// Returns whether one of the flows requires a user to authenticate.
#[must_use]
pub fn takes_a_person(flows: &[Flow]) -> bool {
    let kinds = [FlowKind::AuthorizationCode, FlowKind::DeviceAuthorization, FlowKind::Password];
    flows.iter().any(|flow| kinds.contains(&flow.kind))
}
