//! Parts of `allOf` that only annotate: `allOf: [{$ref: …}, {description: …}]` says something about a reference where `$ref` has
//! no siblings, and is no other type than what it refers to.

use openapiv3::{ReferenceOr, Schema as Source};

use super::keywords::Keywords;
use super::source;
use crate::carried;
use crate::ir::Facts;

/// A part that does not affect the type.
pub(super) fn only(part: &ReferenceOr<Source>) -> Option<&Source> {
    match part {
        ReferenceOr::Reference { .. } => None,
        ReferenceOr::Item(part) => only_in(part),
    }
}

/// The same, of a part in place.
pub(super) fn only_in(part: &Source) -> Option<&Source> {
    let keywords = Keywords::of(part);
    let shapes = keywords.is_structural()
        || keywords.not.is_some()
        || !(keywords.all_of.is_empty() && keywords.one_of.is_empty() && keywords.any_of.is_empty());
    // Keywords of later versions are extensions: patterns of names, places in a list, and the like.
    let carries = part
        .schema_data
        .extensions
        .keys()
        .any(|key| carried::is_carried(key) && key != carried::EXAMPLES && key != carried::XML);
    (!shapes && !carries).then_some(part)
}

/// Adds the annotations of the parts. Those of the schema itself take precedence, then those of the parts in order.
pub(super) fn apply(keywords: &mut Keywords<'_>, docs: &mut Facts, nullable: &mut bool) {
    for part in keywords.all_of.iter().filter_map(only) {
        let said = source::facts(&part.schema_data);
        docs.title = docs.title.take().or(said.title);
        docs.description = docs.description.take().or(said.description);
        docs.default = docs.default.take().or(said.default);
        docs.examples.extend(said.examples);
        docs.deprecated |= said.deprecated;
        keywords.constraints.extend(Keywords::of(part).constraints);
        // Strictly, every part of `allOf` has to permit null; authors who write this mean that null is permitted.
        *nullable |= part.schema_data.nullable;
    }
}
