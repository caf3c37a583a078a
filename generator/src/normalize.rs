//! Conversion of the tree of any dialect to the form that the later stages read.
//!
//! `tree` applies overlays, gathers the targets of references, repairs common faults, and converts OpenAPI 3.1 and 3.2 to the
//! 3.0 model; `typed` makes `openapiv3::OpenAPI` of it. The result is an OpenAPI 3.0.3 document in which
//!
//! - path templates are `{name}` and every one of their parameters is declared, as required;
//! - every `$ref` is `#/components/<section>/<name>` to a component of the right kind that is there, the name escaped as RFC 6901 says
//!   and not percent-encoded; path items, media types and the callbacks of operations are never references;
//! - a schema's `type` is one string, `null` is `nullable: true`, a schema is never a boolean;
//! - a field that 3.0 does not have is `x-oas31-<field>` or `x-oas32-<field>`, itself in this form; the author's own `x-*` are unchanged.
//!   A schema's `xml`, which `openapiv3` drops, is `x-oas30-xml`.
//!
//! `docs/dialects.md` has the table.

mod crosscheck;
mod dialect;
mod discriminator_values;
mod failures;
mod grammar;
mod grammar_of;
mod left_out;
mod nearest;
mod overlay;
mod part_types;
mod paths;
mod percent;
mod references;
mod repairs;
mod rules;
mod schema;
mod select;
mod selection;
mod settings;
mod shape;
mod swagger2;
mod swagger2_hints;
mod tree;
mod typed;
mod usage;
mod version;
mod walk;

use serde_json::Value;

use crate::diagnostics::{Diagnostics, Rule};
use crate::document::{Document, Files};
use crate::place::{Origins, Pointer};
use grammar::Version;

pub use selection::Selection;
pub use settings::{Settings, Stated};
pub use tree::Tree;
pub use typed::typed;

/// Converts a document to normal form, after the overlays in their order.
///
/// `files` are those beside the spec. Every pass runs, since each replaces erroneous parts by neutral ones: so all errors are
/// found in one run, and a tree with errors only serves to find more of them. `None` if no document can be checked:
/// its version is not known, or an overlay cannot be applied.
pub fn tree(
    document: Document,
    overlays: Vec<Document>,
    files: &dyn Files,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<Tree> {
    let mut origins = Origins::new(document.name.clone());
    let root = passes(document, overlays, files, settings, &mut origins, diagnostics);
    diagnostics.finish_stage(&origins);
    root.map(|root| Tree { root, origins })
}

fn passes(
    document: Document,
    overlays: Vec<Document>,
    files: &dyn Files,
    settings: &Settings,
    origins: &mut Origins,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let mut root = document.root;
    let written = version::of(&root, diagnostics)?;
    let before = diagnostics.len();
    for overlay in &overlays {
        overlay::apply(&mut root, overlay, origins, diagnostics);
    }
    if diagnostics.has_errors_since(before) {
        return None;
    }
    diagnostics.resolve(origins);
    // Before references are followed, so that those of an excluded operation need no target; and after, for path items
    // that were references.
    let mut selector = select::Selector::of(settings);
    selector.retain(&mut root);
    references::resolve(&mut root, written, files, &settings.limits, origins, diagnostics);
    diagnostics.resolve(origins);
    if diagnostics.iter().any(|found| found.rule == Rule::TooManyNodes) {
        // Beyond a limit, nothing else is checked.
        return None;
    }
    if written == Version::V20 {
        swagger2::convert(&mut root, origins, diagnostics);
    }
    selector.retain(&mut root);
    selector.report(diagnostics);
    if settings.prunes() {
        usage::prune(&mut root);
    }
    let left_out = shape::check(&mut root, written, origins, diagnostics);
    discriminator_values::map(&mut root);
    left_out::leave_out(&mut root, diagnostics);
    diagnostics.resolve(origins);
    without_copied(&mut root, origins, diagnostics);
    paths::normalize(&mut root, written, origins, diagnostics);
    crosscheck::check(&mut root, written, &left_out, diagnostics);
    part_types::state(&mut root, written.max(Version::V30));
    rules::add(&mut root, settings, origins);
    Some(root)
}

/// Removes components of kinds that the 3.0 model does not have; those that no reference copied are reported.
fn without_copied(root: &mut Value, origins: &Origins, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(components)) = root.get_mut("components") else { return };
    let here = Pointer::root().child("components");
    if let Some(Value::Object(parameters)) = components.get_mut("parameters") {
        parameters.retain(|_, parameter| parameter.get("in").and_then(Value::as_str) != Some("querystring"));
    }
    for section in references::COPIED {
        let Some(members) = components.shift_remove(*section) else { continue };
        for name in members.as_object().into_iter().flatten().map(|(name, _)| name) {
            let message = format_args!("no reference leads to `{name}`");
            diagnostics.push(Rule::IgnoredField.at(here.child(section).child(name)).message(message));
        }
    }
    diagnostics.resolve(origins);
}
