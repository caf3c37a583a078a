//! The servers of an API, or of an operation.

/// OAS 3.0.4 §4.7.5, Server Object.
#[derive(Clone, Debug)]
pub struct Server {
    /// The URL, which may be relative and may hold `{variables}`.
    pub url: String,
    /// Markdown.
    pub description: Option<String>,
    /// The variables of the URL.
    pub variables: Vec<ServerVariable>,
}

/// OAS 3.0.4 §4.7.6, Server Variable Object.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name between the braces.
    pub name: String,
    /// The default value.
    pub default: String,
    /// The values that it may have; empty for any.
    pub values: Vec<String>,
    /// Markdown.
    pub description: Option<String>,
}
