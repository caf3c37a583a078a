//! The candidates for the names of components.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Component, SchemaId, Shape};
use crate::plan::naming::words::fold;
use crate::plan::naming::{namespaces, python_names, type_arguments};
use crate::rust::name::words;

/// The names that the components of an API would have.
pub(crate) struct ComponentNames<'a> {
    api: &'a Api,
    /// The namespace that the components share, its last dot included: `microsoft.graph.`.
    namespace: Option<&'a str>,
    /// The names of those that FastAPI called after routes or modules, and of those in namespaces of many levels or ones that repeat one
    /// another, by their keys.
    shorter: BTreeMap<&'a str, String>,
    /// The folded keys of all.
    folded: BTreeSet<String>,
}

impl<'a> ComponentNames<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        let keys: Vec<&str> = api.components.iter().map(|component| component.name.as_str()).collect();
        let namespace = shared_namespace(&keys);
        let mut shorter = without_repetition(&keys, namespace.unwrap_or_default());
        shorter.extend(namespaces::ends(&keys, |key| without(key, namespace.unwrap_or_default())));
        shorter.extend(python_names::shorter(api, &keys));
        shorter.extend(type_arguments::names(&keys));
        let folded = keys.iter().map(|key| fold(key)).collect();
        ComponentNames { api, namespace, shorter, folded }
    }

    /// Returns the name that the document asks for, else the component's key without the namespace that all share; of the type that is
    /// sent, with `Input` after it, or `Sent` if a component is called so.
    pub(crate) fn candidate(&self, component: &'a Component) -> Cow<'_, str> {
        let name = self.plain(&component.name, component.schema);
        if !component.is_sent_form() {
            return Cow::Borrowed(name);
        }
        let input = format!("{name} Input");
        Cow::Owned(if self.folded.contains(&fold(&input)) { format!("{name} Sent") } else { input })
    }

    fn plain(&self, key: &'a str, id: SchemaId) -> &str {
        let plain = self.namespace.map_or(key, |namespace| without(key, namespace));
        let plain = self.shorter.get(key).map_or(plain, String::as_str);
        self.api.schemas.get(id).docs.name.as_deref().unwrap_or(plain)
    }

    /// Returns the component that this one is another spelling of: a reference to a component that would have the same name.
    pub(crate) fn same_named_target(&self, component: &'a Component) -> Option<SchemaId> {
        let id = component.schema;
        let schema = self.api.schemas.get(id);
        let Shape::Alias(target) = &schema.shape else { return None };
        let other = self.api.schemas.get(target.schema);
        let name = other.component.as_deref()?;
        let same = fold(&self.candidate(component)) == fold(self.plain(name, target.schema));
        (same && target.schema != id && !target.nullable && !schema.nullable).then_some(target.schema)
    }
}

/// The key of a component's type in the names file. No key of a document's components may have a space in it (OAS 3.0.4 §4.7.7).
pub(crate) fn key(component: &Component) -> Cow<'_, str> {
    if component.is_sent_form() {
        Cow::Owned(format!("{} (sent)", component.name))
    } else {
        Cow::Borrowed(&component.name)
    }
}

/// The longest dotted prefix of nine in ten keys that have a dot, and of most of all keys, if all are still apart without it. A prefix
/// of few keys tells these from the others.
fn shared_namespace<'a>(keys: &[&'a str]) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for key in keys {
        key.match_indices('.').for_each(|(at, _)| *counts.entry(&key[..=at]).or_default() += 1);
    }
    let dotted = keys.iter().filter(|key| key.contains('.')).count();
    let enough = |count: usize| count >= 2 && count * 10 >= dotted * 9 && count * 2 > keys.len();
    let distinct = keys.iter().map(|key| fold(key)).collect::<BTreeSet<_>>().len();
    let apart = |namespace: &str| {
        let rest = |key: &&'a str| without(key, namespace);
        let are_names = keys.iter().map(rest).all(|rest| rest.starts_with(|first: char| first.is_alphabetic()));
        are_names && keys.iter().map(|key| fold(rest(key))).collect::<BTreeSet<_>>().len() == distinct
    };
    let shared = counts.into_iter().filter(|(namespace, count)| enough(*count) && apart(namespace));
    shared.map(|(namespace, _)| namespace).max_by_key(|namespace| namespace.len())
}

/// The names of components whose key says the same twice, by key: `call.call_event` is `call_event`. Only names that no other has.
fn without_repetition<'a>(keys: &[&'a str], namespace: &str) -> BTreeMap<&'a str, String> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let shorter = |key: &str| {
        let plain = without(key, namespace);
        unrepeated(plain).unwrap_or_else(|| plain.to_owned())
    };
    for key in keys {
        *taken.entry(fold(&shorter(key))).or_default() += 1;
    }
    let found = keys.iter().filter_map(|key| Some((*key, unrepeated(without(key, namespace))?)));
    found.filter(|(_, name)| taken.get(&fold(name)) == Some(&1)).collect()
}

/// A dotted key without the segments with which the next one begins.
fn unrepeated(key: &str) -> Option<String> {
    let segments: Vec<&str> = key.split('.').collect();
    let is_repeated = |at: &usize| {
        let next = segments.get(at + 1).map(|next| words(next)).unwrap_or_default();
        next.starts_with(&words(segments[*at]))
    };
    let kept: Vec<&str> = (0..segments.len()).filter(|at| !is_repeated(at)).map(|at| segments[at]).collect();
    (kept.len() < segments.len()).then(|| kept.join("."))
}

/// A key without a namespace; of a component that is called as the namespace, its last part.
fn without<'a>(key: &'a str, namespace: &str) -> &'a str {
    if Some(key) == namespace.strip_suffix('.') {
        return key.rsplit('.').next().unwrap_or(key);
    }
    key.strip_prefix(namespace).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{shared_namespace, without, without_repetition};

    #[test]
    fn a_segment_that_the_next_one_begins_with_is_dropped() {
        let keys = ["v1.call.call_event", "v1.call", "v1.callback.call", "v1.sip.sip_domain.sip_auth", "v1.pet.pet"];
        let shorter = without_repetition(&keys, "v1.");
        let expected = [
            ("v1.call.call_event", "call_event"),
            ("v1.pet.pet", "pet"),
            ("v1.sip.sip_domain.sip_auth", "sip_domain.sip_auth"),
        ];
        assert_eq!(shorter, expected.map(|(key, name)| (key, name.to_owned())).into_iter().collect());
        assert_eq!(without_repetition(&["call.call_event", "call_event"], ""), BTreeMap::new(), "another has the name");
    }

    #[test]
    fn a_namespace_is_dropped_where_all_share_it() {
        assert_eq!(shared_namespace(&["acme.v1.Pet", "acme.v1.Owner", "acme.v1.Visit"]), Some("acme.v1."));
        assert_eq!(shared_namespace(&["acme.Pet", "acme.Owner"]), Some("acme."));
        assert_eq!(shared_namespace(&["acme.Pet"]), None, "one alone shares nothing");
        assert_eq!(shared_namespace(&["acme.v1.Pet", "acme.v2.Pet", "acme.v1.Owner"]), Some("acme."));
        assert_eq!(shared_namespace(&["acme.Pet", "other.Pet", "Owner"]), None);
        let some = ["api.v1.account.call", "api.v1.account.key", "api.v1.account.token", "ListCallsResponse"];
        assert_eq!(shared_namespace(&some), Some("api.v1.account."));
        assert_eq!(without("api.v1.account", "api.v1.account."), "account");
        assert_eq!(shared_namespace(&["RL.Step", "RL.Sample", "Model", "File", "Job"]), None, "few have it");
        assert_eq!(shared_namespace(&["a.1", "a.2", "a.3"]), None, "what is left is no name");
        assert_eq!(shared_namespace(&[]), None);
    }
}
