//! Names without the namespaces in front of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::naming::method_name::is_verb;
use crate::plan::naming::vague::is_vague;
use crate::plan::naming::words::fold;

/// The number of segments from which a dotted key is the address of a name.
const SEGMENTS: usize = 4;

/// The shortest ends of components' keys that no other component has, by key: of `app.shop.orders.defs.orderLine`, `orderLine`. A key of
/// few segments, or alone in its domain, says what it belongs to, so it stays.
pub(super) fn ends<'a>(keys: &[&'a str], without: impl Fn(&'a str) -> &'a str) -> BTreeMap<&'a str, String> {
    let plain: Vec<(&'a str, Vec<&'a str>)> =
        keys.iter().map(|key| (*key, without(key).split('.').collect())).collect();
    let mut domains: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for (_, segments) in &plain {
        *domains.entry(segments.iter().take(2).copied().collect()).or_default() += 1;
    }
    let is_deep = |segments: &[&str]| {
        let are_names = segments.iter().all(|it| it.starts_with(|first: char| first.is_alphabetic()));
        let is_lower = segments[0].starts_with(|first: char| first.is_ascii_lowercase());
        segments.len() >= SEGMENTS && are_names && is_lower && domains[&segments[..2]] > 1
    };
    let (deep, others): (Vec<_>, Vec<_>) = plain.into_iter().partition(|(_, segments)| is_deep(segments));
    let others: BTreeSet<String> = others.iter().map(|(_, segments)| fold(&segments.concat())).collect();
    let says_little = |last: &str| is_vague(last) || is_verb(last) || ["main", "view"].contains(&last);
    let least = |segments: &[&str]| match segments.last() {
        Some(last) if says_little(last) && !segments[..segments.len() - 1].contains(last) => 2,
        _ => 1,
    };
    let mut lengths: Vec<usize> = deep.iter().map(|(_, segments)| least(segments)).collect();
    loop {
        let names: Vec<String> =
            deep.iter().zip(&lengths).map(|((_, segments), length)| end(segments, *length)).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        names.iter().for_each(|name| *counts.entry(fold(name)).or_default() += 1);
        let is_shared = |name: &str| counts[&fold(name)] > 1 || others.contains(&fold(name));
        let longer: Vec<usize> =
            (0..deep.len()).filter(|at| is_shared(&names[*at]) && lengths[*at] < deep[*at].1.len()).collect();
        if longer.is_empty() {
            return deep.into_iter().map(|(key, _)| key).zip(names).collect();
        }
        longer.into_iter().for_each(|at| lengths[at] += 1);
    }
}

/// The last segments of a key. Lexicons put what several methods use into `defs`, which says nothing.
fn end(segments: &[&str], length: usize) -> String {
    let (last, before) = segments.split_last().map_or(("", segments), |(last, before)| (*last, before));
    let before = before.iter().rev().filter(|segment| **segment != "defs").take(length - 1);
    let mut kept: Vec<&str> = before.copied().collect();
    kept.reverse();
    kept.push(last);
    kept.join(".")
}

/// The last parts of values that are all addresses: of `app.shop.orders#orderPaid`, `orderPaid`. `None` if one is none, or two have the
/// same.
pub(crate) fn of_values(values: &[String]) -> Option<Vec<String>> {
    let last = |value: &String| {
        let (before, last) = value.rsplit_once(['#', ':', '.'])?;
        let is_address = before.matches('.').count() >= 2 && !value.contains([' ', '/']);
        (is_address && last.starts_with(|first: char| first.is_ascii_alphabetic())).then(|| last.to_owned())
    };
    let short = values.iter().map(last).collect::<Option<Vec<String>>>()?;
    let distinct = short.iter().map(|name| fold(name)).collect::<BTreeSet<_>>().len();
    (short.len() > 1 && distinct == short.len()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::{ends, of_values};

    #[test]
    fn a_deep_key_is_called_by_the_end_that_it_alone_has() {
        let keys = [
            "app.shop.orders.defs.orderLine",
            "app.shop.orders.defs.status",
            "app.shop.cards.defs.cardView",
            "chat.shop.cards.defs.cardView",
            "chat.shop.cards.defs.cardList",
            "app.shop.orders.owner",
            "app.shop.orders.createOrder.update",
            "app.shop.set.defs.set",
            "Event.shop.orders.paid",
            "net.shop.orders.sent",
            "shop.orders.defs",
            "Owner",
        ];
        let found = ends(&keys, |key| key);
        let expected = [
            ("app.shop.orders.defs.orderLine", "orderLine"),
            ("app.shop.orders.defs.status", "orders.status"),
            ("app.shop.cards.defs.cardView", "app.shop.cards.cardView"),
            ("chat.shop.cards.defs.cardView", "chat.shop.cards.cardView"),
            ("chat.shop.cards.defs.cardList", "cardList"),
            ("app.shop.orders.owner", "orders.owner"),
            ("app.shop.orders.createOrder.update", "createOrder.update"),
            ("app.shop.set.defs.set", "set"),
        ];
        assert_eq!(found, expected.map(|(key, name)| (key, name.to_owned())).into_iter().collect());
    }

    #[test]
    fn values_that_are_addresses_are_called_by_their_ends() {
        for (values, expected) in [
            (&["app.shop.orders#paid", "app.shop.cards#lost"][..], Some(&["paid", "lost"][..])),
            (&["com.acme.plugins:date", "com.acme.plugins:text"], Some(&["date", "text"])),
            (&["app.shop.orders#paid", "app.shop.cards#paid"], None),
            (&["app.shop.orders#paid", "lost"], None),
            (&["order.paid", "order.lost"], None),
            (&["a.b.c.1", "a.b.c.2"], None),
            (&["app.shop.orders#paid"], None),
        ] {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
            assert_eq!(of_values(&values), expected, "{values:?}");
        }
    }
}
