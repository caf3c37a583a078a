//! The document object, its paths and its servers.

use serde_json::{Map, Value, json};

use crate::carried;
use crate::diagnostics::Rule;
use crate::normalize::grammar::Version;
use crate::normalize::walk::{FieldAction, Walk};
use crate::place::Trail;

/// Checks that one of `paths`, `components` and `webhooks` is there; in 3.0, `paths`.
pub(super) fn before(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let containers: &[&str] =
        if walk.version == Version::V30 { &["paths"] } else { &["paths", "components", "webhooks"] };
    if !containers.iter().any(|name| members.contains_key(*name)) {
        let message = format!("the document has none of: {}", containers.join(", "));
        walk.report(Rule::NoContainer, trail, message);
    }
}

/// Sets the version to 3.0.3, and adds `paths` if they are missing.
pub(super) fn after(members: &mut Map<String, Value>) {
    members.insert("openapi".to_owned(), json!("3.0.3"));
    members.entry("paths").or_insert_with(|| json!({}));
}

/// Adds the slash that a path lacks, because the model would drop such a path.
pub(super) fn slashes(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let mut actions = Vec::new();
    for key in members.keys() {
        if key.starts_with('/') || key.starts_with("x-") {
            continue;
        }
        let new = format!("/{key}");
        let message = format!("`{key}` does not begin with a slash");
        if members.contains_key(&new) || key.is_empty() {
            walk.report(Rule::WrongType, &trail.key(key), message);
        } else {
            let found = Rule::PathWithoutSlash.at(trail.key(key)).message(message);
            walk.diagnostics.push(found.help(format_args!("write {new}")));
            actions.push((key.clone(), FieldAction::Rename(new)));
        }
    }
    walk.apply_actions(members, actions, trail);
}

/// Checks that the enum of a server variable is not empty, and contains the default.
pub(super) fn server_variable(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let Some(Value::Array(values)) = members.get("enum") else { return };
    if values.is_empty() {
        walk.report(Rule::Forbidden, &trail.key("enum"), "an empty enum allows no value");
        members.shift_remove("enum");
    } else if let Some(default) = members.get("default").filter(|default| !values.contains(default)) {
        // 3.0 only recommends it (3.0.4, section 4.7.6.1).
        let rule = if walk.version > Version::V30 { Rule::Forbidden } else { Rule::ImpossibleValue };
        walk.report(rule, &trail.key("default"), format_args!("the default {default} is not in the enum"));
    }
}

/// Checks that `nodeType` (3.2) and `attribute` or `wrapped` are not used together.
pub(super) fn xml(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    if !members.contains_key(carried::NODE_TYPE) {
        return;
    }
    for old in ["attribute", "wrapped"] {
        if members.contains_key(old) {
            walk.report(Rule::Forbidden, &trail.key(old), format_args!("`{old}` does not stand beside `nodeType`"));
        }
    }
}

/// Checks a server's URL: every variable has a definition, and requests can be sent to the URL.
pub(super) fn server(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let url = members.get("url").and_then(Value::as_str).unwrap_or_default();
    let here = trail.key("url");
    let defined = |name: &str| members.get("variables").is_some_and(|variables| variables.get(name).is_some());
    let mut rest = url;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            let message = format_args!("`{url}`: a brace is opened and never closed");
            return walk.report(Rule::UnbalancedPath, &here, message);
        };
        if !defined(name) {
            let message = format_args!("`{name}` in `{url}` is not defined; callers have to give the URL");
            walk.report(Rule::UndefinedServerVariable, &here, message);
        }
        rest = after;
    }
    if let Some(why) = odd(url) {
        walk.report(Rule::OddServer, &here, format_args!("`{url}` {why}"));
    } else if is_relative(url) {
        let message = format_args!("`{url}` names no host; it is joined to the base URL that a client is given");
        let pointer = trail.pointer();
        let help = match (walk.written, pointer.as_str().strip_prefix("/servers/")) {
            (Version::V20, _) => "{target: $, update: {host: api.example.com}}".to_owned(),
            (_, Some(index)) => format!("{{target: '$.servers[{index}]', update: {{url: 'https://…'}}}}"),
            // A server of a path or an operation, whose path the finding states.
            (_, None) => "an action with this server as its target, and {update: {url: 'https://…'}}".to_owned(),
        };
        let help = format_args!("no change is needed; an overlay can name it: {help}");
        walk.diagnostics.push(Rule::OddServer.at(here).message(message).help(help));
    }
}

/// Returns whether a URL is relative to that of the document (OAS 3.0.4, section 4.8.5), which a client doesn't have.
fn is_relative(url: &str) -> bool {
    let path = url.trim_matches('/');
    !url.contains("//") && !path.is_empty() && !path.starts_with('{') && !url.contains(':')
}

/// Returns the reason why requests cannot be sent to a URL, or why a part of it has no effect.
fn odd(url: &str) -> Option<&'static str> {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '{', '?', '#']));
    if scheme.is_some_and(|scheme| !["http", "https", "ws", "wss"].contains(&scheme.to_ascii_lowercase().as_str())) {
        return Some("is no HTTP address; the client needs to be given one");
    }
    let authority = url.split_once("//").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
    if authority.contains('@') {
        return Some("holds credentials; whoever has the document, or the crate, has them too");
    }
    url.contains(['?', '#']).then_some("has a query or a fragment, which have no place in what paths are appended to")
}
