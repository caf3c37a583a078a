//! Messages about references without a target or with a wrong one, and suggestions for them.

use serde_json::Value;

use super::super::grammar::{Kind, Version};
use super::super::nearest::nearest;
use super::super::walk::type_name;
use super::site::{Site, Want, is_component, kind_at, map_at};
use crate::diagnostics::{Diagnostic, Rule};
use crate::place::Pointer;

/// The finding for a reference to another kind of object than the place requires.
pub(super) fn wrong_kind(site: &Site, kind: Kind, found: &str) -> Box<Diagnostic> {
    site.fault(Rule::WrongKind, format!("{} has to be here, and `{}` {found}", kind.with_article(), site.text))
}

/// The finding for a reference to one schema where a map of schemas is required.
///
/// A component may be a map of schemas all the same, since authors keep properties there. But then it has no `type` that is a text.
pub(super) fn not_a_map(version: Version, site: &Site, root: &Value, pointer: &Pointer) -> Option<Box<Diagnostic>> {
    if site.want != Want::Map(Kind::Schema) || kind_at(version, pointer) != Some(Kind::Schema) {
        return None;
    }
    root.pointer(pointer.as_str())?.get("type").filter(|types| types.is_string() || types.is_array())?;
    let message = format!("schemas by name have to be here, and `{}` is a schema", site.text);
    Some(site.fault(Rule::WrongKind, message))
}

/// The finding for a reference to a place of the document where no object can be.
pub(super) fn no_object(
    version: Version,
    site: &Site,
    kind: Kind,
    root: &Value,
    pointer: &Pointer,
) -> Option<Box<Diagnostic>> {
    // A fault of a component is reported at the component.
    if is_component(version, pointer, kind) {
        return None;
    }
    if let Some(held) = map_at(version, pointer) {
        return Some(wrong_kind(site, kind, &format!("holds {}s by name", held.name())));
    }
    not_an_object(site, kind, root.pointer(pointer.as_str())?)
}

/// The finding for a reference to a text, a list or the like.
pub(super) fn not_an_object(site: &Site, kind: Kind, found: &Value) -> Option<Box<Diagnostic>> {
    let fits = found.is_object() || (kind == Kind::Schema && (found.is_boolean() || found.is_null()));
    (!fits).then(|| wrong_kind(site, kind, &format!("is {}", type_name(found))))
}

/// Returns the message about a discriminator value without a schema.
pub(super) fn mapping(key: &str, text: &str, why: &str) -> String {
    if text.is_empty() {
        format!("`{key}` maps to nothing")
    } else if let Some(fault) = why.strip_prefix(&format!("`{text}` ")) {
        format!("`{key}` maps to `{text}`, which {fault}")
    } else if text.contains(['/', '#', '.', ':']) {
        format!("`{key}` maps to `{text}`: {why}")
    } else {
        format!("`{key}` maps to `{text}`, and no schema is called so")
    }
}

/// The name of the schema of which a name is a misspelling.
pub(super) fn schema_called(root: &Value, name: &str) -> Option<String> {
    let schemas = root.pointer("/components/schemas")?.as_object()?;
    nearest(name, schemas.keys().map(String::as_str)).map(str::to_owned)
}

/// The intended reference of one that lacks `#/`, or has only the name.
pub(super) fn missing_hash(version: Version, root: &Value, site: &Site) -> Option<String> {
    let rest = site.text.trim_start_matches(['#', '/', '.']);
    if rest.is_empty() {
        return None;
    }
    let whole = format!("/{rest}");
    if root.pointer(&whole).is_some() {
        return Some(format!("#{whole}"));
    }
    let Want::One(kind) = site.want else { return None };
    let section = Pointer::parse(kind.home(version)?)?;
    let named = root.pointer(section.as_str())?.get(rest).is_some();
    named.then(|| format!("#{}", section.child(rest)))
}
