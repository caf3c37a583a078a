//! Sample values of schemas, and sample arguments and responses of operations.
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

mod alternatives;
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
mod sampler;
mod sorted;
mod text;

pub use examples::examples;
pub use exchange::exchanges;
pub use inputs::{Inputs, inputs};
pub use sampler::{Fill, Sampler};

pub use crate::ir::Direction;
