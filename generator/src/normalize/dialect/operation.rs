//! Operations, and those of path items that 3.0 does not have.

use serde_json::{Map, Value, json};

use crate::carried;
use crate::diagnostics::Rule;
use crate::normalize::grammar::Version;
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// Moves the parameter that is the whole query string (3.2) from the list to an extension, since the 3.0 model has no such location.
pub(super) fn querystring(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let Some(Value::Array(parameters)) = members.get_mut("parameters") else { return };
    let place = |parameter: &Value| parameter.get("in").and_then(Value::as_str).map(str::to_owned);
    let found: Vec<usize> =
        (0..parameters.len()).filter(|&index| place(&parameters[index]).as_deref() == Some("querystring")).collect();
    let Some(&first) = found.first() else { return };
    let list = trail.key("parameters");
    if let Some(&second) = found.get(1) {
        walk.report(Rule::Forbidden, &list.index(second), "there is one querystring parameter at most");
    }
    if parameters.iter().any(|parameter| place(parameter).as_deref() == Some("query")) {
        let message = "a querystring parameter does not stand beside query parameters";
        walk.report(Rule::Forbidden, &list.index(first), message);
    }
    let from = list.index(first).pointer();
    walk.origins.relocate(&from, &trail.key(carried::QUERYSTRING).pointer());
    let parameter = parameters.remove(first);
    for index in first..parameters.len() {
        walk.origins.relocate(&list.index(index + 1).pointer(), &list.index(index).pointer());
    }
    // The walk over the fields checks it there.
    members.insert(carried::QUERYSTRING.to_owned(), parameter);
}

/// Adds empty `responses` if they are missing: 3.0 requires them, and later versions do not.
pub(super) fn after(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    if !members.contains_key("responses") {
        if walk.version == Version::V30 {
            walk.report(Rule::MissingPart, trail, "an operation needs `responses`; it is taken as answering anything");
        }
        members.insert("responses".to_owned(), json!({}));
    }
}

/// Checks that the methods under `additionalOperations` have no field of their own.
pub(super) fn additional(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let Some(Value::Object(operations)) = members.get(carried::ADDITIONAL_OPERATIONS) else { return };
    let here = trail.key("additionalOperations");
    for method in operations.keys() {
        let lower = method.to_ascii_lowercase();
        let fixed = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
        if fixed.contains(&lower.as_str()) && method.chars().all(|letter| letter.is_ascii_uppercase()) {
            let message = format_args!("`{method}` has a field of its own, `{lower}`");
            walk.report(Rule::Forbidden, &here.key(method), message);
        }
        if !super::header_names::is_token(method) {
            walk.report(Rule::BadValue, &here.key(method), format_args!("`{method}` is not the name of a method"));
        }
    }
}
