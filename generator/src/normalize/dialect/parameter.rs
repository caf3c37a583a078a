//! Parameters and headers, and the examples that they and media types have.

use serde_json::{Map, Value, json};

use super::header_names::header_name;
use crate::carried;
use crate::diagnostics::Rule;
use crate::normalize::grammar::{Kind, Version};
use crate::normalize::nearest::nearest;
use crate::normalize::swagger2_hints;
use crate::normalize::walk::{FieldAction, Walk};
use crate::place::Trail;

/// Checks the requirements of the parameter model: a location, a schema or content, a style of the location.
pub(super) fn check(walk: &mut Walk<'_>, members: &mut Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
    let place = match kind {
        Kind::Header => "header".to_owned(),
        _ => location(walk, members, trail),
    };
    if kind == Kind::Parameter {
        known_place(walk, members, &place, trail);
    }
    schema_or_content(walk, members, &place, trail);
    one_example(walk, members, trail);
    style(walk, members, &place, trail);
    reserved(walk, members, kind, &place, trail);
    name(walk, members, kind, &place, trail);
}

/// The location of a parameter, whatever the case of its letters.
fn location(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) -> String {
    let said = members.get("in").and_then(Value::as_str).unwrap_or_default().to_owned();
    let lower = said.trim().to_ascii_lowercase();
    if lower == said || !matches!(lower.as_str(), "query" | "header" | "path" | "cookie") {
        return said;
    }
    walk.report(Rule::Forbidden, &trail.key("in"), format_args!("`{said}` is written {lower}"));
    members.insert("in".to_owned(), Value::from(lower.as_str()));
    lower
}

fn known_place(walk: &mut Walk<'_>, members: &mut Map<String, Value>, place: &str, trail: &Trail<'_>) {
    match place {
        "query" | "header" | "cookie" => {}
        "querystring" => {
            if walk.version < Version::V32 {
                walk.newer(Version::V32, &trail.key("in"), "`in: querystring` came with 3.2");
            }
        }
        "path" => {
            if members.get("required") != Some(&Value::Bool(true)) {
                let name = members.get("name").and_then(Value::as_str).unwrap_or_default();
                let message = format!("the path parameter `{name}` is not marked as required");
                walk.report(Rule::PathParameterNotRequired, trail, message);
                members.insert("required".to_owned(), Value::Bool(true));
            }
        }
        "" if !members.contains_key("in") => {}
        other => {
            let message = format_args!("`{other}` is not one of query, header, path, cookie");
            let found = Rule::BadValue.at(trail.key("in")).message(message);
            walk.diagnostics.push(match swagger2_hints::help_for_value(Kind::Parameter, other) {
                Some(help) => found.help(help),
                None => found.suggest(nearest(other, ["query", "header", "path", "cookie"])),
            });
        }
    }
}

fn schema_or_content(walk: &mut Walk<'_>, members: &mut Map<String, Value>, place: &str, trail: &Trail<'_>) {
    match (members.contains_key("schema"), members.contains_key("content")) {
        (true, true) => {
            walk.report(
                Rule::Forbidden,
                &trail.key("content"),
                "`schema` and `content` do not stand together; `schema` counts",
            );
            members.shift_remove("content");
        }
        (true, false) if place == "querystring" => {
            walk.report(Rule::Forbidden, &trail.key("schema"), "a querystring parameter has `content`, not `schema`");
        }
        (false, false) => {
            walk.report(Rule::MissingPart, trail, "neither `schema` nor `content`; any value is taken");
            members.insert("schema".to_owned(), json!({}));
        }
        (false, true) => {
            let entries = members.get("content").and_then(Value::as_object).map_or(1, Map::len);
            if entries != 1 {
                walk.report(Rule::Forbidden, &trail.key("content"), "`content` has exactly one entry here");
            }
            for other in ["style", "explode", "allowReserved"] {
                if members.contains_key(other) {
                    walk.report(
                        Rule::Forbidden,
                        &trail.key(other),
                        format_args!("`{other}` does not stand beside `content`"),
                    );
                }
            }
        }
        _ => {}
    }
}

/// Checks that not both `example` and `examples` are there.
pub(super) fn one_example(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    if members.contains_key("example") && members.contains_key("examples") {
        walk.report(Rule::Forbidden, &trail.key("examples"), "`example` and `examples` do not stand together");
    }
}

fn style(walk: &mut Walk<'_>, members: &mut Map<String, Value>, place: &str, trail: &Trail<'_>) {
    let Some(style) = members.get("style").and_then(Value::as_str).map(str::to_owned) else { return };
    let known: &[&str] = match place {
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "path" => &["simple", "label", "matrix"],
        "header" => &["simple"],
        "cookie" => &["form", "cookie"],
        _ => return,
    };
    if style == "cookie" && place == "cookie" {
        let actions = vec![("style".to_owned(), FieldAction::Rename(carried::STYLE.to_owned()))];
        return walk.apply_actions(members, actions, trail);
    }
    if !known.contains(&style.as_str()) {
        let message = format!("in {place}, `{style}` is not one of {}; the default is taken", known.join(", "));
        walk.report(Rule::IgnoredValue, &trail.key("style"), message);
        members.shift_remove("style");
    }
}

/// Checks that the location of a parameter permits `allowReserved`.
fn reserved(walk: &mut Walk<'_>, members: &Map<String, Value>, kind: Kind, place: &str, trail: &Trail<'_>) {
    if !members.contains_key("allowReserved") || walk.version == Version::V30 {
        return;
    }
    let cookie_style = members.get(carried::STYLE).is_some();
    let allowed = match place {
        "query" | "querystring" => true,
        "path" => walk.version >= Version::V32,
        "cookie" => walk.version >= Version::V32 && !cookie_style,
        _ => false,
    };
    if !allowed {
        let message = format_args!("`allowReserved` does not apply to a {} in {place}", kind.name());
        walk.report(Rule::Forbidden, &trail.key("allowReserved"), message);
    }
}

fn name(walk: &mut Walk<'_>, members: &Map<String, Value>, kind: Kind, place: &str, trail: &Trail<'_>) {
    let Some(name) = members.get("name").and_then(Value::as_str) else { return };
    if kind != Kind::Parameter {
        return;
    }
    if place == "header" {
        header_name(walk, name, &trail.key("name"));
    }
    // Servers accept other characters than RFC 6265 allows, but these would end the name or the header.
    if place == "cookie" && name.contains(|character: char| character.is_control() || ";=".contains(character)) {
        walk.report(Rule::BadHeaderName, &trail.key("name"), format_args!("`{name}` is not the name of a cookie"));
    }
    if place == "path" && name.contains(['{', '}']) {
        walk.report(Rule::BadValue, &trail.key("name"), format_args!("`{name}` cannot stand in a path template"));
    }
}

/// Checks that an example has one value, in one form.
pub(super) fn example(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let has = |name: &str| members.contains_key(name);
    let exclusive = [
        ("value", "externalValue"),
        ("value", carried::DATA_VALUE),
        ("value", carried::SERIALIZED_VALUE),
        (carried::SERIALIZED_VALUE, "externalValue"),
    ];
    for (one, other) in exclusive {
        if has(one) && has(other) {
            let plain = |name: &str| name.trim_start_matches(carried::OAS32).to_owned();
            let message = format!("`{}` and `{}` do not stand together", plain(one), plain(other));
            walk.report(Rule::Forbidden, trail, message);
        }
    }
}

/// Checks that a link names an operation.
pub(super) fn link(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    if members.contains_key("operationRef") && members.contains_key("operationId") {
        walk.report(Rule::Forbidden, trail, "`operationRef` and `operationId` do not stand together; the id counts");
        members.shift_remove("operationRef");
    }
    if !members.contains_key("operationRef") && !members.contains_key("operationId") {
        walk.report(
            Rule::MissingPart,
            trail,
            "the link leads to no operation: neither `operationRef` nor `operationId`",
        );
        members.insert("operationId".to_owned(), json!(""));
    }
}
