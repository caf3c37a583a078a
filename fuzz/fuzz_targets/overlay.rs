//! Applies bytes as an overlay of a small document. The overlay is applied or rejected, and the result can be rendered.
#![no_main]

use clientwright::diagnostics::Diagnostics;
use clientwright::render::{Format, render};
use clientwright::document::{Limits, NoFiles, read};
use clientwright::place::{Origins, Source};
use clientwright::normalize::{Settings, tree};
use libfuzzer_sys::fuzz_target;

const SPEC: &str = "\
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { tags: [pets], responses: { '200': { description: A pet, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string }, tags: { type: array, items: { type: string } } } }
";

fuzz_target!(|bytes: &[u8]| {
    let spec = Source { name: "api.yaml".to_owned(), bytes: SPEC.as_bytes().to_vec() };
    let overlay = Source { name: "overlay.yaml".to_owned(), bytes: bytes.to_vec() };
    let mut diagnostics = Diagnostics::default();
    let limits = Limits::default();
    let document = read(&spec, &limits, &mut diagnostics).expect("the document is fine");
    let Some(overlay_document) = read(&overlay, &limits, &mut diagnostics) else { return };
    let made = tree(document, vec![overlay_document], &NoFiles, &Settings::default(), &mut diagnostics);
    assert!(made.is_some() || diagnostics.has_errors());
    render(&diagnostics, &[&spec, &overlay], &Origins::new("api.yaml"), Format::Human, false);
});
