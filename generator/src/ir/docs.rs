//! Documentation of schemas, which many places have in common.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde_json::Value;

use super::Constraint;
use super::schema_id::SchemaId;

/// Prose and the facts that go into documentation. Copies share them, and most places have none.
#[derive(Clone, Debug, Default)]
pub struct Docs(Option<Arc<Facts>>);

impl PartialEq for Docs {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl From<Facts> for Docs {
    fn from(facts: Facts) -> Self {
        Docs((facts != NONE).then(|| Arc::new(facts)))
    }
}

impl Deref for Docs {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Docs {
    fn deref_mut(&mut self) -> &mut Facts {
        Arc::make_mut(self.0.get_or_insert_default())
    }
}

static NONE: Facts = Facts {
    title: None,
    name: None,
    description: None,
    examples: Vec::new(),
    default: None,
    deprecated: false,
    constraints: Vec::new(),
    parts: Vec::new(),
    choices: Vec::new(),
};

/// The contents of [`Docs`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// A short name; also a hint for naming.
    pub title: Option<String>,
    /// The name of the type, if the document or its overlay states one.
    pub name: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Sample values.
    pub examples: Vec<Value>,
    /// The default of the server if the value is absent. It is boxed because few schemas have one.
    pub default: Option<Box<Value>>,
    /// True if it is deprecated.
    pub deprecated: bool,
    /// Bounds that the value should keep.
    pub constraints: Vec<Constraint>,
    /// The components that an inline schema is made of; hints for naming.
    pub parts: Vec<String>,
    /// The schemas of which a text matches one, beside its own keywords.
    pub choices: Vec<SchemaId>,
}

impl Facts {
    /// Returns whether they state bounds, samples or a default of the value.
    pub fn limits_values(&self) -> bool {
        !self.examples.is_empty() || self.default.is_some() || !self.constraints.is_empty()
    }
}
