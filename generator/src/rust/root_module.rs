//! The modules at the root of an emitted crate, other than those of groups.

/// A module that a crate has, or may have, besides those of its groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RootModule {
    /// The client and its builder.
    Client,
    /// The command line, where one is wanted. Without it, a group may have its name.
    CommandLine,
    /// The webhooks and callbacks.
    Incoming,
    /// The server for tests.
    Mock,
    /// The constants of response headers.
    ResponseHeaders,
    /// The runtime.
    Runtime,
    /// The scopes of OAuth 2.0.
    Scopes,
    /// The security schemes and requirements.
    Security,
    /// The servers of the document.
    ServerUrls,
    /// The types of values.
    Types,
    /// The bounds of values.
    Validate,
    /// The tables of XML documents.
    XmlDocuments,
}

impl RootModule {
    /// All of them, in the order of their names.
    pub const ALL: [RootModule; 12] = [
        RootModule::Client,
        RootModule::CommandLine,
        RootModule::Incoming,
        RootModule::Mock,
        RootModule::ResponseHeaders,
        RootModule::Runtime,
        RootModule::Scopes,
        RootModule::Security,
        RootModule::ServerUrls,
        RootModule::Types,
        RootModule::Validate,
        RootModule::XmlDocuments,
    ];

    /// The name of the module.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            RootModule::Client => "client",
            RootModule::CommandLine => "command_line",
            RootModule::Incoming => "incoming",
            RootModule::Mock => "mock",
            RootModule::ResponseHeaders => "response_headers",
            RootModule::Runtime => "runtime",
            RootModule::Scopes => "scopes",
            RootModule::Security => "security",
            RootModule::ServerUrls => "server_urls",
            RootModule::Types => "types",
            RootModule::Validate => "validate",
            RootModule::XmlDocuments => "xml_documents",
        }
    }

    /// The path of its file below the crate's folder.
    #[must_use]
    pub fn file(self) -> String {
        format!("src/{}.rs", self.name())
    }
}
