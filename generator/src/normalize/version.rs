//! Detection of the OpenAPI version.

use serde_json::Value;

use super::grammar::Version;
use super::nearest::nearest;
use super::walk::type_name;
use crate::diagnostics::{Diagnostics, Rule};
use crate::place::Pointer;

/// The version that a document states, or a finding.
pub(super) fn of(root: &Value, diagnostics: &mut Diagnostics) -> Option<Version> {
    let place = Pointer::root();
    let Some(members) = root.as_object() else {
        diagnostics.push(Rule::NotOpenApi.at(place).message("the document is not an object"));
        return None;
    };
    if !members.contains_key("openapi")
        && let Some((key, version)) =
            ["swagger", "swaggerVersion"].iter().find_map(|key| Some((key, members.get(*key)?)))
    {
        let said = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
        if *key == "swagger" && (said == "2" || said == "2.0" || said.starts_with("2.0.")) {
            return Some(Version::V20);
        }
        if said.starts_with('3') {
            let found = Rule::UnknownVersion.at(place.child(key)).message("Swagger is called OpenAPI since 3.0");
            diagnostics.push(found.help(format_args!("write openapi: {said}")));
            return None;
        }
        let message = format_args!("this is a Swagger document of version {said}");
        diagnostics.push(Rule::OldSwagger.at(place.child(key)).message(message));
        return None;
    }
    let said = match members.get("openapi") {
        Some(Value::String(text)) => text.clone(),
        // An unquoted 3.1 is a number.
        Some(Value::Number(number)) => number.to_string(),
        Some(other) => {
            let message = format_args!("a version is text, and this is {}", type_name(other));
            diagnostics.push(Rule::UnknownVersion.at(place.child("openapi")).message(message));
            return None;
        }
        None => {
            let found = Rule::NotOpenApi.at(place).message("there is no field `openapi`");
            diagnostics.push(match members.keys().find(|key| nearest(key, ["openapi"]).is_some()) {
                Some(slip) => found.help(format_args!("perhaps `{slip}` is to be `openapi`")),
                None => found,
            });
            return None;
        }
    };
    let known = [("3.0", Version::V30), ("3.1", Version::V31), ("3.2", Version::V32)];
    let version = known
        .into_iter()
        .find(|(prefix, _)| said.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
    if version.is_none() {
        let message = format!("`{said}` is not a known version");
        let found = Rule::UnknownVersion.at(place.child("openapi")).message(message);
        let meant = said.trim_start_matches(['v', 'V']);
        diagnostics.push(match known.iter().find(|(prefix, _)| meant.starts_with(prefix)) {
            _ if meant == "2" || meant.starts_with("2.") => found.help("a document of 2.0 says swagger: '2.0'"),
            Some(_) if meant != said => found.help(format_args!("write openapi: {meant}")),
            _ => found,
        });
    }
    version.map(|(_, version)| version)
}
