//! The optional modules of the runtime.

/// A module of the runtime that only some crates have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuntimeModule {
    /// `foreign`
    Foreign,
    /// `headers`
    Headers,
    /// `mock`
    Mock,
    /// `multipart`
    Multipart,
    /// `object`
    Object,
    /// `pages`
    Pages,
    /// `pages_blocking`
    PagesBlocking,
    /// `presence`
    Presence,
    /// `reconnect`
    Reconnect,
    /// `reconnect_blocking`
    ReconnectBlocking,
    /// `sign_in`
    SignIn,
    /// `stream`
    Stream,
    /// `stream_blocking`
    StreamBlocking,
    /// `text_enum`
    TextEnum,
    /// `timestamp`
    Timestamp,
    /// `union`
    Union,
    /// `upload`
    Upload,
    /// `validate`
    Validate,
    /// `xml`
    Xml,
    /// `xml_mock`
    XmlMock,
    /// `xml_part`
    XmlPart,
}

impl RuntimeModule {
    /// All of them.
    pub const ALL: &[RuntimeModule] = &[
        RuntimeModule::Foreign,
        RuntimeModule::Headers,
        RuntimeModule::Mock,
        RuntimeModule::Multipart,
        RuntimeModule::Object,
        RuntimeModule::Pages,
        RuntimeModule::PagesBlocking,
        RuntimeModule::Presence,
        RuntimeModule::Reconnect,
        RuntimeModule::ReconnectBlocking,
        RuntimeModule::SignIn,
        RuntimeModule::Stream,
        RuntimeModule::StreamBlocking,
        RuntimeModule::TextEnum,
        RuntimeModule::Timestamp,
        RuntimeModule::Union,
        RuntimeModule::Upload,
        RuntimeModule::Validate,
        RuntimeModule::Xml,
        RuntimeModule::XmlMock,
        RuntimeModule::XmlPart,
    ];

    /// The name of the module and of its file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            RuntimeModule::Foreign => "foreign",
            RuntimeModule::Headers => "headers",
            RuntimeModule::Mock => "mock",
            RuntimeModule::Multipart => "multipart",
            RuntimeModule::Object => "object",
            RuntimeModule::Pages => "pages",
            RuntimeModule::PagesBlocking => "pages_blocking",
            RuntimeModule::Presence => "presence",
            RuntimeModule::Reconnect => "reconnect",
            RuntimeModule::ReconnectBlocking => "reconnect_blocking",
            RuntimeModule::SignIn => "sign_in",
            RuntimeModule::Stream => "stream",
            RuntimeModule::StreamBlocking => "stream_blocking",
            RuntimeModule::TextEnum => "text_enum",
            RuntimeModule::Timestamp => "timestamp",
            RuntimeModule::Union => "union",
            RuntimeModule::Upload => "upload",
            RuntimeModule::Validate => "validate",
            RuntimeModule::Xml => "xml",
            RuntimeModule::XmlMock => "xml_mock",
            RuntimeModule::XmlPart => "xml_part",
        }
    }
}

#[cfg(test)]
mod tests {
    use clientwright_runtime::sources::FILES;

    use super::RuntimeModule;

    #[test]
    fn each_is_an_optional_file_of_the_runtime() {
        for module in RuntimeModule::ALL {
            assert!(FILES.iter().any(|file| file.name == module.name() && !file.always), "{module:?}");
        }
    }
}
