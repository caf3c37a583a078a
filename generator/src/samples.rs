//! Sample values: what a schema admits, and what an operation may be given and may give back.
//!
//! A sample is taken from the document's own examples where these are valid, and otherwise made from the schema: its values, its
//! format, its pattern, its bounds. The same description gives the same samples in any order of its maps, and the members of
//! objects are sorted. `None` means that no value could be made, as for a schema that admits nothing.
//!
//! ```
//! # use clientwright::{NoFiles, Options, Source, analyse};
//! use clientwright::samples::{Fill, inputs};
//! # let bytes = b"openapi: 3.1.0
//! # info: { title: Status, version: '1' }
//! # paths: { '/notes/{id}': { get: {
//! #   parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 7, maximum: 7 } }],
//! #   responses: { '204': { description: Well } } } } }".to_vec();
//! # let spec = Source { name: "notes.yaml".to_owned(), bytes };
//! # let api = analyse(&spec, &[], &NoFiles, &Options::new("notes")).product.unwrap().api;
//! let operation = &api.operations[0];
//! let sample = inputs(&api, operation, Fill::Everything).expect("its parameters have values");
//! let (parameter, value) = &sample.parameters[0];
//! assert_eq!((parameter.name.as_str(), value.as_i64()), ("id", Some(7)));
//! ```

mod build;
mod check_example;
mod constraints;
mod credentials;
mod examples;
mod exchange;
mod inputs;
mod number;
mod parameter_encoding;
mod reply_cases;
mod text;

pub use examples::examples;
pub use exchange::exchanges;
pub use inputs::{Inputs, inputs};

use serde_json::Value;

pub use crate::ir::Direction;
use crate::ir::{Media, Schemas, Use};

/// The amount of optional values in a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// All that a schema names; of several alternatives the first. Examples of the document are used whole.
    Everything,
    /// Only required values, and the last of several alternatives.
    RequiredOnly,
    /// As [`Fill::Everything`], but whatever may be `null` is.
    Nulls,
}

/// Makes samples of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Sampler<'a> {
    schemas: &'a Schemas,
    direction: Direction,
    fill: Fill,
}

impl<'a> Sampler<'a> {
    /// A sampler of values that travel in one direction.
    #[must_use]
    pub fn new(schemas: &'a Schemas, direction: Direction, fill: Fill) -> Self {
        Sampler { schemas, direction, fill }
    }

    /// A value for a place. `name` is what the place is called: text of which nothing more is known is made from it, so that
    /// values of different places differ.
    #[must_use]
    pub fn value(&self, usage: &Use, name: &str) -> Option<Value> {
        build::value(*self, usage, name)
    }

    /// A value of a body: an example of the media type where there is a valid one. Bodies that aren't JSON have text.
    #[must_use]
    pub fn media(&self, media: &Media) -> Option<Value> {
        let Some(usage) = &media.schema else {
            return media.examples.iter().max_by_key(|value| rank(value)).map(sorted);
        };
        let whole = (self.fill == Fill::Everything).then(|| self.best(&media.examples, usage)).flatten();
        whole.or_else(|| self.value(usage, "body"))
    }

    /// The value as it is to be at a place, with members sorted and those left out that don't go this way or aren't described;
    /// `None` if the schema doesn't admit it.
    #[must_use]
    pub fn fit(&self, value: &Value, usage: &Use) -> Option<Value> {
        check_example::accept_example(*self, value, usage)
    }

    /// The example that says most. Which is written first may mean nothing, as in a map of named ones.
    fn best(&self, examples: &[Value], usage: &Use) -> Option<Value> {
        examples.iter().filter_map(|example| self.fit(example, usage)).max_by_key(rank)
    }
}

fn rank(value: &Value) -> (usize, String) {
    let text = sorted(value).to_string();
    (text.len(), text)
}

/// The same value with the members of objects in the order of their names.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut entries: Vec<(&String, &Value)> = members.iter().collect();
            entries.sort_unstable_by_key(|(name, _)| *name);
            Value::Object(entries.into_iter().map(|(name, member)| (name.clone(), sorted(member))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}
