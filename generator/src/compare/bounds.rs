//! Bounds: lengths, ranges, patterns.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Level;
use super::schema::{Comparison, Spot};
use crate::ir::{Api, SchemaId, Use};

pub(super) fn bounds(to: &mut Comparison<'_>, spot: &Spot, old: (&Use, SchemaId), new: (&Use, SchemaId)) {
    let (before, after) = (stated(to.old, old), stated(to.new, new));
    let keywords: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    for keyword in keywords {
        let (one, other) = (before.get(keyword).copied(), after.get(keyword).copied());
        if one != other {
            bound(to, spot, keyword, one, other);
        }
    }
}

/// The bounds of a place, by keyword: those of its schema, and over them its own.
fn stated<'a>(api: &'a Api, (usage, schema): (&'a Use, SchemaId)) -> BTreeMap<&'static str, &'a str> {
    let constraints = api.schemas.get(schema).docs.constraints.iter().chain(&usage.docs.constraints);
    constraints.map(|constraint| (constraint.keyword, constraint.value.as_str())).collect()
}

fn bound(to: &mut Comparison<'_>, spot: &Spot, keyword: &str, old: Option<&str>, new: Option<&str>) {
    let word = dashed(keyword);
    let grows = |old: &str, new: &str| Some(new.parse::<f64>().ok()? > old.parse::<f64>().ok()?);
    match (old, new) {
        (None, Some(new)) => {
            let suffix = if keyword == "pattern" { "added" } else { "set" };
            to.add(spot, &format!("{word}-{suffix}"), spot.side.narrowed(), &format!("got `{keyword}: {new}`"));
        }
        (Some(old), None) => {
            let suffix = if keyword == "pattern" { "removed" } else { "unset" };
            to.add(spot, &format!("{word}-{suffix}"), spot.side.widened(), &format!("lost `{keyword}: {old}`"));
        }
        (Some(old), Some(new)) => {
            let text = format!("changed `{keyword}` from `{old}` to `{new}`");
            if keyword == "multipleOf" {
                return multiple_of(to, spot, (old, new), &text);
            }
            match grows(old, new) {
                Some(up) => {
                    let wider = up == keyword.to_lowercase().contains("max");
                    let level = if wider { spot.side.widened() } else { spot.side.narrowed() };
                    to.add(spot, &format!("{word}-{}", if up { "increased" } else { "decreased" }), level, &text);
                }
                // Whether one pattern is within another is beyond us.
                None => to.add(spot, &format!("{word}-changed"), Level::Warning, &text),
            }
        }
        (None, None) => {}
    }
}

/// Every multiple of 6 is one of 3, and no other way round; of 4 and 6 neither holds the other.
fn multiple_of(to: &mut Comparison<'_>, spot: &Spot, (old, new): (&str, &str), text: &str) {
    let (Ok(old), Ok(new)) = (old.parse::<f64>(), new.parse::<f64>()) else { return };
    let (suffix, level) = if old % new == 0.0 {
        ("multiple-of-generalized", spot.side.widened())
    } else if new % old == 0.0 {
        ("multiple-of-specialized", spot.side.narrowed())
    } else {
        ("multiple-of-changed", Level::Breaking)
    };
    to.add(spot, suffix, level, text);
}

/// `maxLength` as ids have it: `max-length`. oasdiff says `max` for `maximum`.
fn dashed(keyword: &str) -> String {
    match keyword {
        "maximum" => return "max".to_owned(),
        "minimum" => return "min".to_owned(),
        _ => {}
    }
    let mut text = String::new();
    for character in keyword.chars() {
        if character.is_ascii_uppercase() {
            text.push('-');
        }
        text.push(character.to_ascii_lowercase());
    }
    text
}
