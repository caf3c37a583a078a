//! Bounds: lengths, ranges, patterns.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Comparison, Spot};
use super::level::Level;
use super::rule::{BoundRule, Effect};
use crate::ir::{Api, SchemaId, Use};

pub(super) fn bounds(to: &mut Comparison<'_>, spot: &Spot, old: (&Use, SchemaId), new: (&Use, SchemaId)) {
    let (before, after) = (stated(to.old, old), stated(to.new, new));
    let keywords: BTreeSet<&'static str> = before.keys().chain(after.keys()).copied().collect();
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
    constraints.map(|constraint| (constraint.keyword.as_str(), constraint.value.as_str())).collect()
}

fn bound(to: &mut Comparison<'_>, spot: &Spot, keyword: &'static str, old: Option<&str>, new: Option<&str>) {
    let grows = |old: &str, new: &str| Some(new.parse::<f64>().ok()? > old.parse::<f64>().ok()?);
    let is_pattern = keyword == "pattern";
    match (old, new) {
        (None, Some(new)) => {
            let rule = if is_pattern { BoundRule::Added } else { BoundRule::Set };
            to.add_bound(spot, (keyword, rule), None, &format!("got `{keyword}: {new}`"));
        }
        (Some(old), None) => {
            let rule = if is_pattern { BoundRule::Removed } else { BoundRule::Unset };
            to.add_bound(spot, (keyword, rule), None, &format!("lost `{keyword}: {old}`"));
        }
        (Some(old), Some(new)) => {
            let text = format!("changed `{keyword}` from `{old}` to `{new}`");
            if keyword == "multipleOf" {
                return multiple_of(to, spot, keyword, (old, new), &text);
            }
            match grows(old, new) {
                Some(up) => {
                    let widens = up == keyword.to_lowercase().contains("max");
                    let effect = if widens { Effect::Widens } else { Effect::Narrows };
                    let rule = if up { BoundRule::Increased } else { BoundRule::Decreased };
                    to.add_bound(spot, (keyword, rule), Some(effect.level(spot.side())), &text);
                }
                // Whether one pattern includes another is not computed.
                None => to.add_bound(spot, (keyword, BoundRule::Changed), Some(Level::Warning), &text),
            }
        }
        (None, None) => {}
    }
}

/// Every multiple of 6 is a multiple of 3, but not the reverse; neither holds for 4 and 6.
fn multiple_of(to: &mut Comparison<'_>, spot: &Spot, keyword: &'static str, (old, new): (&str, &str), text: &str) {
    let (Ok(old), Ok(new)) = (old.parse::<f64>(), new.parse::<f64>()) else { return };
    let rule = if old % new == 0.0 {
        BoundRule::Generalized
    } else if new % old == 0.0 {
        BoundRule::Specialized
    } else {
        BoundRule::Changed
    };
    to.add_bound(spot, (keyword, rule), None, text);
}
