//! Names of the values of an enumeration.

use std::collections::BTreeSet;

use crate::plan::naming::words::fold;
use crate::rust::name::words;

/// Returns the names of an enumeration's values without its own name, where all of them begin with it: of `EventType`, the value
/// `EVENT_TYPE_STARTED` is `started`. `None` if one has not, or would not be a name without it.
pub(crate) fn without_owner(owner: &str, values: &[String]) -> Option<Vec<String>> {
    let owner = words(owner);
    let values: Vec<Vec<String>> = values.iter().map(|value| words(value)).collect();
    // One word of several may be a word of the values too: in `MergeMethod`, `method_call`.
    let prefixes = (0..owner.len()).map(|at| &owner[at..]).filter(|prefix| prefix.len() > 1 || owner.len() == 1);
    let prefix = { prefixes }.find(|prefix| values.iter().all(|value| value.starts_with(prefix)));
    let prefix = prefix.or_else(|| prefix_of_protobuf(&owner, &values))?;
    let rest: Vec<String> = values.iter().map(|value| value[prefix.len()..].join("_")).collect();
    let are_names = rest.iter().all(|rest| rest.starts_with(|first: char| first.is_ascii_alphabetic()));
    let distinct = |names: &[String]| names.iter().map(|name| fold(name)).collect::<BTreeSet<_>>().len();
    (rest.len() > 1 && are_names && distinct(&rest) == rest.len()).then_some(rest)
}

/// The words that all values of an enumeration of Protocol Buffers begin with: its full name, of which the name of the type, if that
/// is the name of a member, may have other words between. One of the values says that none is set.
fn prefix_of_protobuf<'v>(owner: &[String], values: &'v [Vec<String>]) -> Option<&'v [String]> {
    let first = values.first()?;
    let shared = values.iter().map(|value| value.iter().zip(first).take_while(|(one, other)| one == other).count());
    let shared = &first[..shared.min()?];
    if let Some(unset) = values.iter().find_map(|value| value.strip_suffix(&["unspecified".to_owned()]))
        && unset == shared
        && !unset.is_empty()
    {
        return Some(shared);
    }
    let is_name = |prefix: &&[String]| {
        let mut rest = owner.iter();
        prefix.last() == owner.last() && prefix.iter().all(|word| rest.any(|other| other == word))
    };
    (2..=shared.len()).rev().map(|count| &shared[..count]).find(is_name)
}

#[cfg(test)]
mod tests {
    use super::without_owner;

    #[test]
    fn values_do_not_repeat_the_name_of_their_enumeration() {
        for (owner, values, expected) in [
            ("EventType", &["EVENT_TYPE_STARTED", "EVENT_TYPE_TIMED_OUT"][..], Some(&["started", "timed_out"][..])),
            ("CardEventType", &["EventTypeLost", "EventTypeFound"], Some(&["lost", "found"])),
            ("Status", &["STATUS_READY", "STATUS_FAILED"], Some(&["ready", "failed"])),
            (
                "ShipmentLostDetailsCause",
                &["SHIPMENT_LOST_CAUSE_STORM", "SHIPMENT_LOST_CAUSE_THEFT"],
                Some(&["storm", "theft"]),
            ),
            ("Cause", &["SHIPMENT_CAUSE_UNSPECIFIED", "SHIPMENT_CAUSE_STORM"], Some(&["unspecified", "storm"])),
            ("ShipmentCause", &["SHIPMENT_LOST_STORM", "SHIPMENT_LOST_THEFT"], None),
            ("EventType", &["EVENT_TYPE_STARTED", "OTHER_TYPE"], None),
            ("EventType", &["EVENT_TYPE_STARTED"], None),
            ("EventType", &["EVENT_TYPE", "EVENT_TYPE_STARTED"], None),
            ("EventType", &["EVENT_TYPE_1", "EVENT_TYPE_2"], None),
            ("MergeMethod", &["method_call", "method_value"], None),
            ("Shape", &["shape-a", "shape_A"], None),
            ("Shape", &["shaped", "shapes"], None),
        ] {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
            assert_eq!(without_owner(owner, &values), expected, "{owner} {values:?}");
        }
    }
}
