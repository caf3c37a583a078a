//! Security schemes and their flows.

use serde_json::{Map, Value, json};

use crate::carried;
use crate::diagnostics::Rule;
use crate::normalize::grammar::{Kind, Version};
use crate::normalize::nearest::nearest;
use crate::normalize::swagger2_hints;
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// Converts mutual TLS (3.1) to a scheme that the 3.0 model has.
pub(super) fn before(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    if members.get("type").and_then(Value::as_str) == Some("mutualTLS") {
        if walk.version == Version::V30 {
            walk.newer(Version::V31, &trail.key("type"), "`mutualTLS` came with 3.1");
        }
        members.insert("type".to_owned(), json!("http"));
        members.insert("scheme".to_owned(), json!("mutual"));
        members.insert(carried::TYPE.to_owned(), json!("mutualTLS"));
    }
}

/// Checks the requirements of each type of scheme.
pub(super) fn check(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let Some(kind) = members.get("type").and_then(Value::as_str).map(str::to_owned) else { return };
    let needed: &[&str] = match kind.as_str() {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        _ => {
            let known = ["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];
            let message = format!("`{kind}` is not one of {}; the scheme is left out", known.join(", "));
            let found = Rule::LeftOut.at(trail.key("type")).message(message);
            walk.unusable = true;
            walk.diagnostics.push(match swagger2_hints::help_for_value(Kind::SecurityScheme, &kind) {
                Some(help) => found.help(help),
                None => found.suggest(nearest(&kind, known)),
            });
            return;
        }
    };
    for name in needed {
        if !members.contains_key(*name) {
            let message = format_args!("a security scheme of type {kind} needs `{name}`; the scheme is left out");
            walk.leave_out(&trail.key(name), message);
        }
    }
    if kind == "apiKey" && !as_bearer(walk, members, trail) {
        api_key(walk, members, trail);
    }
}

/// A key whose header is written with the beginning of its value, `Authorization: Bearer`, is a bearer token.
fn as_bearer(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) -> bool {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let (Some("header"), Some(name)) = (text("in"), text("name")) else { return false };
    let mut words = name.split([':', ' ']).filter(|word| !word.is_empty());
    let begins =
        ["authorization", "bearer"].iter().all(|word| words.next().is_some_and(|said| said.eq_ignore_ascii_case(word)));
    if !begins {
        return false;
    }
    let message = format!("`{name}` is not the name of a header; a bearer token is meant");
    walk.report(Rule::Forbidden, &trail.key("name"), message);
    members.retain(|key, _| !matches!(key.as_str(), "name" | "in"));
    members.insert("type".to_owned(), json!("http"));
    members.insert("scheme".to_owned(), json!("bearer"));
    true
}

fn api_key(walk: &mut Walk<'_>, members: &Map<String, Value>, trail: &Trail<'_>) {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    if let Some(place) = text("in")
        && !matches!(place, "query" | "header" | "cookie")
    {
        let message = format_args!("`{place}` is not one of query, header, cookie; the scheme is left out");
        walk.leave_out(&trail.key("in"), message);
    }
    if let (Some(place @ ("header" | "cookie")), Some(name)) = (text("in"), text("name"))
        && !super::header_names::is_token(name)
    {
        let message = format_args!("`{name}` is not the name of a {place}; the scheme is left out");
        walk.leave_out(&trail.key("name"), message);
    }
}

/// Checks the requirements of each flow.
pub(super) fn flows(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let needs: &[(&str, &[&str])] = &[
        ("implicit", &["authorizationUrl"]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
        (carried::DEVICE_AUTHORIZATION, &["tokenUrl"]),
    ];
    for (flow, urls) in needs {
        let Some(Value::Object(known)) = members.get(*flow) else { continue };
        // An empty URL is how some frameworks write that there is none.
        let is_missing = |url: &&str| known.get(*url).is_none_or(|value| value.as_str().is_some_and(str::is_empty));
        let missing: Vec<&str> = urls.iter().copied().filter(is_missing).collect();
        for url in &missing {
            let message = format_args!("the flow {flow} needs `{url}`; the flow is left out");
            walk.report(Rule::LeftOut, &trail.key(flow).key(url), message);
        }
        if !missing.is_empty() {
            members.shift_remove(*flow);
        }
    }
}
