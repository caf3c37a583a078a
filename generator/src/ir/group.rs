//! The groups that operations belong to.

/// OAS 3.0.4 §4.7.22, Tag Object: operations that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The tag.
    pub tag: String,
    /// Markdown.
    pub description: Option<String>,
}

/// The index of a group in [`Api::groups`](super::Api::groups).
pub type GroupIndex = usize;
