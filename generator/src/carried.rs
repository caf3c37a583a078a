//! The keys under which the normal form carries constructs that OpenAPI 3.0 does not have.
//!
//! `openapiv3` models 3.0 and drops fields that it does not know, but keeps extensions. A field of a later version therefore becomes an
//! extension: `normalize` writes these keys, `lower` reads them. `docs/dialects.md` has the table.

/// The prefix of a field that 3.0 has and that its model drops, or takes much memory for.
pub const OAS30: &str = "x-oas30-";
/// The prefix of a field that came with 3.1.
pub const OAS31: &str = "x-oas31-";
/// The prefix of a field that came with 3.2.
pub const OAS32: &str = "x-oas32-";

/// The number of the part of a path item that is the `callbacks` of an operation.
pub const CALLBACKS: &str = "x-oas30-callbacks";
/// The number of the part of a path item that is the `content` of a body or response.
pub const CONTENT: &str = "x-oas30-content";
/// `paths` of the document, for which the model takes much memory.
pub const PATHS: &str = "x-oas30-paths";
/// `xml` of a schema, which the model of 3.0 drops.
pub const XML: &str = "x-oas30-xml";
/// Marks an `enum` of one value that was a `const`.
pub const CONST: &str = "x-oas31-const";
/// `contentSchema` of a schema.
pub const CONTENT_SCHEMA: &str = "x-oas31-contentSchema";
/// `dependentSchemas` of a schema.
pub const DEPENDENT_SCHEMAS: &str = "x-oas31-dependentSchemas";
/// `else` of a schema.
pub const ELSE: &str = "x-oas31-else";
/// `examples` of a schema.
pub const EXAMPLES: &str = "x-oas31-examples";
/// `maximum` of a schema, where the model can't hold the number.
pub const MAXIMUM: &str = "x-oas31-maximum";
/// `minimum` of a schema, where the model can't hold the number.
pub const MINIMUM: &str = "x-oas31-minimum";
/// `pathItems` of the components.
pub const PATH_ITEMS: &str = "x-oas31-pathItems";
/// `patternProperties` of a schema.
pub const PATTERN_PROPERTIES: &str = "x-oas31-patternProperties";
/// `prefixItems` of a schema.
pub const PREFIX_ITEMS: &str = "x-oas31-prefixItems";
/// `then` of a schema.
pub const THEN: &str = "x-oas31-then";
/// `type` of a schema that is `null` alone, or of a security scheme that is `mutualTLS`.
pub const TYPE: &str = "x-oas31-type";
/// `unevaluatedProperties` of a schema.
pub const UNEVALUATED_PROPERTIES: &str = "x-oas31-unevaluatedProperties";
/// `webhooks` of the document.
pub const WEBHOOKS: &str = "x-oas31-webhooks";
/// `additionalOperations` of a path item.
pub const ADDITIONAL_OPERATIONS: &str = "x-oas32-additionalOperations";
/// `dataValue` of an example.
pub const DATA_VALUE: &str = "x-oas32-dataValue";
/// `defaultMapping` of a discriminator.
pub const DEFAULT_MAPPING: &str = "x-oas32-defaultMapping";
/// `deviceAuthorization` of the flows of a security scheme.
pub const DEVICE_AUTHORIZATION: &str = "x-oas32-deviceAuthorization";
/// `deviceAuthorizationUrl` of a flow.
pub const DEVICE_AUTHORIZATION_URL: &str = "x-oas32-deviceAuthorizationUrl";
/// `encoding` of an encoding.
pub const ENCODING: &str = "x-oas32-encoding";
/// `itemSchema` of a media type.
pub const ITEM_SCHEMA: &str = "x-oas32-itemSchema";
/// `mediaTypes` of the components.
pub const MEDIA_TYPES: &str = "x-oas32-mediaTypes";
/// `nodeType` of an `xml` object.
pub const NODE_TYPE: &str = "x-oas32-nodeType";
/// `query` of a path item.
pub const QUERY: &str = "x-oas32-query";
/// The parameter of an operation that is the whole query string.
pub const QUERYSTRING: &str = "x-oas32-querystring";
/// `serializedValue` of an example.
pub const SERIALIZED_VALUE: &str = "x-oas32-serializedValue";
/// `style` of a parameter whose style came with 3.2.
pub const STYLE: &str = "x-oas32-style";

/// Pagination: of an operation, or at the root, where the rules of the options join those of the document.
pub const PAGINATION: &str = "x-clientwright-pagination";

/// Returns whether a key belongs to the normal form, and is not the author's own extension.
pub fn is_carried(key: &str) -> bool {
    [OAS30, OAS31, OAS32].iter().any(|prefix| key.starts_with(prefix))
}

/// The name of the field that a key of 3.1 or 3.2 carries; the key itself if it is none of these.
pub fn field_name(key: &str) -> &str {
    key.strip_prefix(OAS31).or_else(|| key.strip_prefix(OAS32)).unwrap_or(key)
}
