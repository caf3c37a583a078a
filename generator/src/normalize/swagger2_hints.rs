//! Remnants of Swagger 2.0 in documents that were converted by hand.

use super::grammar::Kind;

/// Returns the OpenAPI 3 equivalent of a Swagger 2.0 field.
pub(super) fn help_for_field(kind: Kind, field: &str) -> Option<&'static str> {
    Some(match (kind, field) {
        (Kind::RequestBody | Kind::Response, "schema") => "write it as content: {application/json: {schema: …}}",
        (Kind::Response, "examples") => "put them beside the schema: content: {application/json: {examples: …}}",
        (Kind::Parameter | Kind::Header, "collectionFormat") => "say `style` and `explode`",
        (
            Kind::Parameter | Kind::Header,
            "type" | "format" | "items" | "enum" | "default" | "minimum" | "maximum" | "exclusiveMinimum"
            | "exclusiveMaximum" | "minLength" | "maxLength" | "minItems" | "maxItems" | "pattern" | "uniqueItems"
            | "multipleOf",
        ) => "put it into `schema`",
        (Kind::Operation | Kind::Document, "consumes") => "the media types of a body are the keys of its `content`",
        (Kind::Operation | Kind::Document, "produces") => "the media types of a response are the keys of its `content`",
        (Kind::Operation | Kind::Document, "schemes") | (Kind::Document, "host" | "basePath") => {
            "say the whole address: servers: [{url: https://…}]"
        }
        (Kind::Document, "definitions") => "put them under components/schemas",
        (Kind::Document, "parameters") => "put them under components/parameters",
        (Kind::Document, "responses") => "put them under components/responses",
        (Kind::Document, "securityDefinitions") => "put them under components/securitySchemes",
        (Kind::SecurityScheme, "flow" | "authorizationUrl" | "tokenUrl" | "scopes") => {
            "describe each flow by itself: flows: {clientCredentials: {tokenUrl: …, scopes: …}}"
        }
        (Kind::OAuthFlows, "accessCode") => "it is called `authorizationCode`",
        (Kind::OAuthFlows, "application") => "it is called `clientCredentials`",
        _ => return None,
    })
}

/// Returns the OpenAPI 3 equivalent of a Swagger 2.0 value.
pub(super) fn help_for_value(kind: Kind, value: &str) -> Option<&'static str> {
    Some(match (kind, value) {
        (Kind::Parameter, "body") => "describe it as the operation's `requestBody`",
        (Kind::Parameter, "formData") => {
            "describe the form as the operation's `requestBody`, of multipart/form-data or application/x-www-form-urlencoded"
        }
        (Kind::SecurityScheme, "basic") => "write type: http, scheme: basic",
        _ => return None,
    })
}
