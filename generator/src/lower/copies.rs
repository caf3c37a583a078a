//! The limit on what operations have in common. Each has parameters, headers and parts of its own, so that those which many refer to
//! multiply.

use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Api, Media, Operation, Schemas, Shape};
use crate::media_type;

/// The parameters, headers and parts that the operations of any document may have together.
const FREE: usize = 300_000;

/// Those that each operation adds to the limit. Operations of real documents have fewer than 30.
const OF_EACH: usize = 100;

/// The parameters and headers of the operations so far.
#[derive(Default)]
pub(super) struct Copies {
    operations: usize,
    count: usize,
}

impl Copies {
    /// Counts an operation, and reports the first that is beyond the limit. Returns whether it is within it.
    pub(super) fn admit(&mut self, operation: &Operation, diagnostics: &mut Diagnostics) -> bool {
        let headers = operation.responses.iter().map(|response| response.headers.len()).sum::<usize>();
        self.add(operation, operation.parameters.len() + headers, diagnostics)
    }

    fn add(&mut self, operation: &Operation, count: usize, diagnostics: &mut Diagnostics) -> bool {
        self.operations += 1;
        self.count += count;
        let limit = FREE + OF_EACH * self.operations;
        if self.count > limit {
            let message =
                format!("the operations up to here have more than {limit} parameters, headers and parts together");
            let help = "generate from fewer operations, or let them refer to less";
            diagnostics.push(Rule::TooManyNodes.at(operation.pointer.clone()).message(message).help(help));
        }
        self.count <= limit
    }
}

/// Reports the first operation up to which bodies have too many parts.
pub(super) fn check_parts(api: &Api, diagnostics: &mut Diagnostics) {
    let mut copies = Copies::default();
    for operation in &api.operations {
        let parts = operation.body.iter().flat_map(|body| &body.content).map(|media| parts(&api.schemas, media)).sum();
        if !copies.add(operation, parts, diagnostics) {
            return;
        }
    }
}

fn parts(schemas: &Schemas, media: &Media) -> usize {
    let is_multipart = media_type::is_multipart(&media.content_type);
    let schema = media.schema.as_ref().filter(|_| is_multipart).map(|usage| schemas.resolve(usage.schema));
    match schema.map(|id| &schemas.get(id).shape) {
        Some(Shape::Object(object)) => object.properties.len(),
        _ => 0,
    }
}
