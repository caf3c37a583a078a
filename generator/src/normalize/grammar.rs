//! The kinds of objects in an OpenAPI document and their fields: one table for all passes that walk a tree.
//!
//! From the specifications' sections 4.8 (3.0.4, 3.1.2 and 3.2.0), which agree where a version's field exists at all.

use crate::carried;

/// A version of the specification, by its first two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// Swagger 2.0, which is converted to 3.0 after its references are resolved.
    V20,
    V30,
    V31,
    V32,
}

impl Version {
    /// The prefix of this version's fields in the 3.0 model.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Version::V20 | Version::V30 => "x-",
            Version::V31 => carried::OAS31,
            Version::V32 => carried::OAS32,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Version::V20 => "2.0",
            Version::V30 => "3.0",
            Version::V31 => "3.1",
            Version::V32 => "3.2",
        }
    }
}

/// The members of a path item that are operations of the 3.0 model.
pub(super) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    SecurityRequirement,
}

impl Kind {
    /// The name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Document => "document",
            Kind::Info => "info object",
            Kind::Contact => "contact object",
            Kind::License => "license object",
            Kind::Server => "server",
            Kind::ServerVariable => "server variable",
            Kind::Components => "components object",
            Kind::Paths => "paths object",
            Kind::PathItem => "path item",
            Kind::Operation => "operation",
            Kind::ExternalDocs => "external documentation object",
            Kind::Parameter => "parameter",
            Kind::RequestBody => "request body",
            Kind::MediaType => "media type object",
            Kind::Encoding => "encoding object",
            Kind::Responses => "responses object",
            Kind::Response => "response",
            Kind::Callback => "callback",
            Kind::Example => "example",
            Kind::Link => "link",
            Kind::Header => "header",
            Kind::Tag => "tag",
            Kind::Schema => "schema",
            Kind::Discriminator => "discriminator",
            Kind::Xml => "xml object",
            Kind::SecurityScheme => "security scheme",
            Kind::OAuthFlows => "flows object",
            Kind::OAuthFlow => "flow",
            Kind::SecurityRequirement => "security requirement",
        }
    }

    /// The name in messages, with an article.
    pub(super) fn with_article(self) -> String {
        let article = if self.name().starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        format!("{article} {}", self.name())
    }

    /// The place of the shared objects of this kind, in a document of a version.
    pub(super) fn home(self, version: Version) -> Option<&'static str> {
        if version == Version::V20 {
            return Some(match self {
                Kind::Schema => "/definitions",
                Kind::Parameter => "/parameters",
                Kind::Response => "/responses",
                Kind::SecurityScheme => "/securityDefinitions",
                _ => return None,
            });
        }
        Some(match self {
            Kind::Schema => "/components/schemas",
            Kind::Response => "/components/responses",
            Kind::Parameter => "/components/parameters",
            Kind::Example => "/components/examples",
            Kind::RequestBody => "/components/requestBodies",
            Kind::Header => "/components/headers",
            Kind::SecurityScheme => "/components/securitySchemes",
            Kind::Link => "/components/links",
            Kind::Callback => "/components/callbacks",
            Kind::PathItem => "/components/pathItems",
            Kind::MediaType => "/components/mediaTypes",
            _ => return None,
        })
    }

    /// Returns whether operations and types do not depend on such an object, so that a faulty one is left out.
    pub(super) fn is_dispensable(self) -> bool {
        match self {
            Kind::Contact
            | Kind::License
            | Kind::ExternalDocs
            | Kind::Example
            | Kind::Link
            | Kind::Header
            | Kind::Callback
            | Kind::Tag
            | Kind::Xml
            | Kind::SecurityScheme
            | Kind::OAuthFlow
            // A union without one is told apart by its structure.
            | Kind::Discriminator => true,
            Kind::Document
            | Kind::Info
            | Kind::Server
            | Kind::ServerVariable
            | Kind::Components
            | Kind::Paths
            | Kind::PathItem
            | Kind::Operation
            | Kind::Parameter
            | Kind::RequestBody
            | Kind::MediaType
            | Kind::Encoding
            | Kind::Responses
            | Kind::Response
            | Kind::Schema
            | Kind::OAuthFlows
            | Kind::SecurityRequirement => false,
        }
    }

    /// The required fields.
    pub(super) fn required(self) -> &'static [&'static str] {
        match self {
            Kind::Document => &["info"],
            Kind::Info => &["title", "version"],
            Kind::License | Kind::Tag => &["name"],
            Kind::Server | Kind::ExternalDocs => &["url"],
            Kind::ServerVariable => &["default"],
            Kind::Parameter => &["name", "in"],
            Kind::RequestBody => &["content"],
            Kind::Response => &["description"],
            Kind::Discriminator => &["propertyName"],
            Kind::SecurityScheme => &["type"],
            Kind::OAuthFlow => &["scopes"],
            _ => &[],
        }
    }
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Flag,
    /// An integer from 0.
    Count,
    Number,
    /// Any value, which is not checked.
    Any,
    /// Any array.
    Anys,
    Texts,
    /// An object whose members are text.
    TextMap,
    /// An object from scopes to their descriptions.
    Scopes,
    /// An object whose members are lists of text.
    TextsMap,
    AnyMap,
    One(Kind),
    List(Kind),
    Map(Kind),
    /// A schema, or true or false.
    SchemaOrFlag,
    /// `items`: a schema; before 2020-12 also a list of them.
    Items,
    /// The `type` of a schema.
    Types,
    /// A bound that was a flag in 3.0 and is a number from 3.1.
    Bound,
    /// `$ref` and what resolves like it.
    Reference,
}

impl Kind {
    /// Returns whether a Reference Object may replace an object of this kind.
    pub(super) fn referable(self) -> bool {
        self.home(Version::V32).is_some()
    }
}

/// A field: its shape, and the version that introduced it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) shape: Shape,
    pub(super) since: Version,
}

const fn v30(shape: Shape) -> Option<Field> {
    Some(Field { shape, since: Version::V30 })
}

const fn v31(shape: Shape) -> Option<Field> {
    Some(Field { shape, since: Version::V31 })
}

const fn v32(shape: Shape) -> Option<Field> {
    Some(Field { shape, since: Version::V32 })
}

/// Returns whether a field is for readers of the document alone, so that operations and types do not depend on it.
pub(super) fn is_prose(kind: Kind, name: &str) -> bool {
    match kind {
        Kind::Contact | Kind::License | Kind::ExternalDocs => true,
        Kind::Info => matches!(name, "description" | "summary" | "termsOfService"),
        Kind::SecurityScheme => matches!(name, "description" | "bearerFormat"),
        Kind::Schema => matches!(name, "title" | "description" | "$comment"),
        _ => matches!(name, "description" | "summary" | "externalValue"),
    }
}

/// The field `name` of an object of `kind`, or `None` if there is none. Callers handle extensions.
pub(super) fn field(kind: Kind, name: &str) -> Option<Field> {
    use Shape::{Any, AnyMap, Flag, List, Map, One, Text, TextMap, Texts};
    match kind {
        Kind::Schema => schema_field(name),
        Kind::Document => match name {
            "openapi" => v30(Text),
            "info" => v30(One(Kind::Info)),
            "servers" => v30(List(Kind::Server)),
            "paths" => v30(One(Kind::Paths)),
            "components" => v30(One(Kind::Components)),
            "security" => v30(List(Kind::SecurityRequirement)),
            "tags" => v30(List(Kind::Tag)),
            "externalDocs" => v30(One(Kind::ExternalDocs)),
            "webhooks" => v31(Map(Kind::PathItem)),
            "jsonSchemaDialect" => v31(Text),
            "$self" => v32(Text),
            _ => None,
        },
        Kind::Info => match name {
            "title" | "description" | "termsOfService" | "version" => v30(Text),
            "contact" => v30(One(Kind::Contact)),
            "license" => v30(One(Kind::License)),
            "summary" => v31(Text),
            _ => None,
        },
        Kind::Contact => match name {
            "name" | "url" | "email" => v30(Text),
            _ => None,
        },
        Kind::License => match name {
            "name" | "url" => v30(Text),
            "identifier" => v31(Text),
            _ => None,
        },
        Kind::Server => match name {
            "url" | "description" => v30(Text),
            "variables" => v30(Map(Kind::ServerVariable)),
            "name" => v32(Text),
            _ => None,
        },
        Kind::ServerVariable => match name {
            "enum" => v30(Texts),
            "default" | "description" => v30(Text),
            _ => None,
        },
        Kind::Components => match name {
            "schemas" => v30(Map(Kind::Schema)),
            "responses" => v30(Map(Kind::Response)),
            "parameters" => v30(Map(Kind::Parameter)),
            "examples" => v30(Map(Kind::Example)),
            "requestBodies" => v30(Map(Kind::RequestBody)),
            "headers" => v30(Map(Kind::Header)),
            "securitySchemes" => v30(Map(Kind::SecurityScheme)),
            "links" => v30(Map(Kind::Link)),
            "callbacks" => v30(Map(Kind::Callback)),
            "pathItems" => v31(Map(Kind::PathItem)),
            "mediaTypes" => v32(Map(Kind::MediaType)),
            _ => None,
        },
        Kind::Paths => v30(One(Kind::PathItem)),
        Kind::PathItem => match name {
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => v30(One(Kind::Operation)),
            "summary" | "description" => v30(Text),
            "servers" => v30(List(Kind::Server)),
            "parameters" => v30(List(Kind::Parameter)),
            "query" => v32(One(Kind::Operation)),
            "additionalOperations" => v32(Map(Kind::Operation)),
            _ => None,
        },
        Kind::Operation => match name {
            "tags" => v30(Texts),
            "summary" | "description" | "operationId" => v30(Text),
            "externalDocs" => v30(One(Kind::ExternalDocs)),
            "parameters" => v30(List(Kind::Parameter)),
            "requestBody" => v30(One(Kind::RequestBody)),
            "responses" => v30(One(Kind::Responses)),
            "callbacks" => v30(Map(Kind::Callback)),
            "deprecated" => v30(Flag),
            "security" => v30(List(Kind::SecurityRequirement)),
            "servers" => v30(List(Kind::Server)),
            _ => None,
        },
        Kind::ExternalDocs => match name {
            "description" | "url" => v30(Text),
            _ => None,
        },
        Kind::Parameter | Kind::Header => match name {
            "name" | "in" if kind == Kind::Parameter => v30(Text),
            "description" | "style" => v30(Text),
            "required" | "deprecated" | "explode" => v30(Flag),
            "allowEmptyValue" | "allowReserved" => v30(Flag),
            "schema" => v30(One(Kind::Schema)),
            "example" => v30(Any),
            "examples" => v30(Map(Kind::Example)),
            "content" => v30(Map(Kind::MediaType)),
            _ => None,
        },
        Kind::RequestBody => match name {
            "description" => v30(Text),
            "content" => v30(Map(Kind::MediaType)),
            "required" => v30(Flag),
            _ => None,
        },
        Kind::MediaType => match name {
            "schema" => v30(One(Kind::Schema)),
            "example" => v30(Any),
            "examples" => v30(Map(Kind::Example)),
            "encoding" => v30(Map(Kind::Encoding)),
            "itemSchema" => v32(One(Kind::Schema)),
            "prefixEncoding" => v32(List(Kind::Encoding)),
            "itemEncoding" => v32(One(Kind::Encoding)),
            "description" => v32(Text),
            _ => None,
        },
        Kind::Encoding => match name {
            "contentType" | "style" => v30(Text),
            "headers" => v30(Map(Kind::Header)),
            "explode" | "allowReserved" => v30(Flag),
            "encoding" => v32(Map(Kind::Encoding)),
            "prefixEncoding" => v32(List(Kind::Encoding)),
            "itemEncoding" => v32(One(Kind::Encoding)),
            _ => None,
        },
        Kind::Responses => v30(One(Kind::Response)),
        Kind::Response => match name {
            "description" => v30(Text),
            "headers" => v30(Map(Kind::Header)),
            "content" => v30(Map(Kind::MediaType)),
            "links" => v30(Map(Kind::Link)),
            "summary" => v32(Text),
            _ => None,
        },
        Kind::Callback => v30(One(Kind::PathItem)),
        Kind::Example => match name {
            "summary" | "description" | "externalValue" => v30(Text),
            "value" => v30(Any),
            "dataValue" => v32(Any),
            "serializedValue" => v32(Text),
            _ => None,
        },
        Kind::Link => match name {
            "operationRef" | "operationId" | "description" => v30(Text),
            "parameters" => v30(AnyMap),
            "requestBody" => v30(Any),
            "server" => v30(One(Kind::Server)),
            _ => None,
        },
        Kind::Tag => match name {
            "name" | "description" => v30(Text),
            "externalDocs" => v30(One(Kind::ExternalDocs)),
            "summary" | "parent" | "kind" => v32(Text),
            _ => None,
        },
        Kind::Discriminator => match name {
            "propertyName" => v30(Text),
            "mapping" => v30(TextMap),
            "defaultMapping" => v32(Text),
            _ => None,
        },
        Kind::Xml => match name {
            "name" | "namespace" | "prefix" => v30(Text),
            "attribute" | "wrapped" => v30(Flag),
            "nodeType" => v32(Text),
            _ => None,
        },
        Kind::SecurityScheme => match name {
            "type" | "description" | "name" | "in" | "scheme" | "bearerFormat" | "openIdConnectUrl" => v30(Text),
            "flows" => v30(One(Kind::OAuthFlows)),
            "oauth2MetadataUrl" => v32(Text),
            "deprecated" => v32(Flag),
            _ => None,
        },
        Kind::OAuthFlows => match name {
            "implicit" | "password" | "clientCredentials" | "authorizationCode" => v30(One(Kind::OAuthFlow)),
            "deviceAuthorization" => v32(One(Kind::OAuthFlow)),
            _ => None,
        },
        Kind::OAuthFlow => match name {
            "authorizationUrl" | "tokenUrl" | "refreshUrl" => v30(Text),
            "scopes" => v30(Shape::Scopes),
            "deviceAuthorizationUrl" => v32(Text),
            _ => None,
        },
        Kind::SecurityRequirement => v30(Texts),
    }
}

fn schema_field(name: &str) -> Option<Field> {
    use Shape::{Any, AnyMap, Anys, Bound, Count, Flag, Items, List, Map, Number, One, Reference, SchemaOrFlag, Text};
    match name {
        "title" | "description" | "format" | "pattern" => v30(Text),
        "type" => v30(Shape::Types),
        "properties" => v30(Map(Kind::Schema)),
        "items" => v30(Items),
        "required" => v30(Shape::Texts),
        "enum" => v30(Anys),
        "default" | "example" => v30(Any),
        "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" => v30(Flag),
        "allOf" | "oneOf" | "anyOf" => v30(List(Kind::Schema)),
        "not" => v30(One(Kind::Schema)),
        "additionalProperties" => v30(SchemaOrFlag),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => v30(Count),
        "minimum" | "maximum" | "multipleOf" => v30(Number),
        "exclusiveMinimum" | "exclusiveMaximum" => v30(Bound),
        "discriminator" => v30(One(Kind::Discriminator)),
        "xml" => v30(One(Kind::Xml)),
        "externalDocs" => v30(One(Kind::ExternalDocs)),
        "const" => v31(Any),
        "examples" => v31(Anys),
        // `dependencies` has lists of names as well, which are no schemas.
        "$defs" | "definitions" | "patternProperties" | "dependentSchemas" | "dependencies" => v31(Map(Kind::Schema)),
        "prefixItems" => v31(List(Kind::Schema)),
        "propertyNames" | "contains" | "if" | "then" | "else" | "contentSchema" => v31(One(Kind::Schema)),
        "unevaluatedItems" | "unevaluatedProperties" | "additionalItems" => v31(SchemaOrFlag),
        "minContains" | "maxContains" => v31(Count),
        "dependentRequired" => v31(Shape::TextsMap),
        "$vocabulary" => v31(AnyMap),
        "contentEncoding" | "contentMediaType" | "$id" | "$schema" | "$anchor" | "$dynamicAnchor" | "$comment" => {
            v31(Text)
        }
        "$dynamicRef" => v31(Reference),
        _ => None,
    }
}
