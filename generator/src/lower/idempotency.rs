//! Idempotency keys: the header that `x-clientwright-idempotency-key` names.

use indexmap::IndexMap;
use serde_json::Value;

use crate::diagnostics::{Diagnostics, Rule};
use crate::place::Trail;

/// The extension by which a document, or its overlay, names the header: for an operation, a path, or the whole API.
const KEY: &str = "x-clientwright-idempotency-key";

/// The declaration at one place: none, no key, or the header of the key.
pub(super) type Declared = Option<Option<String>>;

/// Returns the declaration of an idempotency key in extensions.
pub(super) fn declared(
    diagnostics: &mut Diagnostics,
    extensions: &IndexMap<String, Value>,
    trail: &Trail<'_>,
) -> Declared {
    match extensions.get(KEY)? {
        Value::Bool(false) => Some(None),
        Value::String(name) if is_header_name(name) => Some(Some(name.to_ascii_lowercase())),
        _ => {
            let found = Rule::IdempotencyUnclear.at(trail.key(KEY)).message("this is not the name of a header");
            diagnostics.push(found);
            None
        }
    }
}

/// The header of an operation's key. A declaration for several operations applies to those that need a key: repeating the
/// others does no harm (RFC 9110, 9.2.2).
pub(super) fn key(own: Declared, shared: &Declared, method: &str) -> Option<String> {
    let needed = ["POST", "PATCH"].iter().any(|known| method.eq_ignore_ascii_case(known));
    own.or_else(|| shared.clone().filter(|_| needed)).flatten()
}

/// RFC 9110, 5.6.2.
fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
