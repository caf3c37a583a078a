//! The meaning of a document, independent of Rust: required, nullable, absent; scopes; path templates.

mod component;
mod condition;
mod constraint;
mod deliveries;
mod docs;
mod exchange;
mod group;
mod operation;
mod pagination;
mod path;
mod pattern;
mod scalar_type;
mod schema;
mod schema_id;
mod schemas;
mod security;
mod server;
mod text_form;
mod xml;

pub use component::Component;
pub use condition::{Condition, Step, Test};
pub use constraint::{BoundKeyword, Constraint};
pub use deliveries::{Algorithm, Deliveries, Encoding as DeliveryEncoding, Signing};
pub use docs::{Docs, Facts};
pub use exchange::{Alternative, Content, Exchange, Exchanges, MADE, Piece, Reply, ReplyCase, Request, Secret};
pub use group::{Group, GroupIndex};
pub use operation::{
    Body, ContentForm, Encoding, Event, Header, ItemForm, Location, Media, Operation, OperationKey, Parameter,
    ParameterForm, Response, Status, Style,
};
pub use pagination::{Pagination, Way};
pub use path::{Part, PathTemplate, Segment};
pub use pattern::{Pattern, is_modest};
pub use scalar_type::ScalarType;
pub use schema::{
    Composition, Direction, Discriminator, Distinction, Enumeration, Label, Member, Object, Property, Reason, Rest,
    Schema, Shape, Union, Use,
};
pub use schema_id::SchemaId;
pub use schemas::Schemas;
pub use security::{Flow, FlowKind, KeyPlace, Need, Requirement, SchemeKind, Scope, SecurityScheme};
pub use server::{Server, ServerVariable};
pub use text_form::TextForm;
pub use xml::{Xml, XmlNode};

/// A whole API.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// Title, version and prose.
    pub info: Info,
    /// The servers; the first is the default. Empty if the document names none.
    pub servers: Vec<Server>,
    /// The groups that operations belong to, in the document's order: one a tag.
    pub groups: Vec<Group>,
    /// Every operation, by path and method.
    pub operations: Vec<Operation>,
    /// Every schema.
    pub schemas: Schemas,
    /// The schemas that have a name of their own: `components/schemas`, sorted by it; then the forms in which they are sent, where
    /// these differ.
    pub components: Vec<Component>,
    /// The webhooks (OAS 3.1 `webhooks`).
    pub webhooks: Vec<Event>,
    /// The way in which webhooks and callbacks are signed, if the document states it.
    pub deliveries: Option<Deliveries>,
    /// The security schemes.
    pub security_schemes: Vec<SecurityScheme>,
    /// True if some of its numbers may come as text.
    pub numbers_as_text: bool,
}

/// OAS 3.0.4 §4.7.2, Info Object.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The API's name.
    pub title: String,
    /// The document's version, as text.
    pub version: String,
    /// Markdown.
    pub description: Option<String>,
    /// The URL of the terms of service.
    pub terms_of_service: Option<String>,
    /// The licence of the API, by name.
    pub license: Option<String>,
}
