//! Comparison of unions: added and removed alternatives.

use std::collections::HashMap;

use super::comparison::{Comparison, Spot};
use super::kinds::kind;
use super::rule::{Side, ValueRule};
use super::usage::usage;
use crate::ir::{Api, Composition, Member, Schema, SchemaId, Shape, Union};

pub(super) fn union(to: &mut Comparison<'_>, spot: &Spot, old: &Union, new: &Union) {
    let property = |union: &Union| union.discriminator.as_ref().map(|it| it.property.clone());
    if property(old) != property(new) {
        let said = |name: Option<String>| name.map_or("none".to_owned(), |name| format!("`{name}`"));
        let text = format!("changed its discriminator from {} to {}", said(property(old)), said(property(new)));
        let rule = match (&old.discriminator, &new.discriminator) {
            (None, _) => ValueRule::DiscriminatorAdded,
            (_, None) => ValueRule::DiscriminatorRemoved,
            _ => ValueRule::DiscriminatorChanged,
        };
        to.add(spot, rule, &text);
    }
    let (added, removed) = match new.composition {
        Composition::OneOf => (ValueRule::OneOfAdded, ValueRule::OneOfRemoved),
        Composition::AnyOf => (ValueRule::AnyOfAdded, ValueRule::AnyOfRemoved),
    };
    let (before, after) = (labels(to.old, old), labels(to.new, new));
    let known: [HashMap<&str, &Member>; 2] =
        [&before, &after].map(|labels| labels.iter().map(|(label, member)| (label.as_str(), *member)).collect());
    for (label, one) in &before {
        match known[1].get(label.as_str()) {
            Some(other) => {
                let Spot { noun, old, new, .. } = spot.clone();
                let subject = format!("the alternative `{label}` of {}", spot.subject);
                let inner = Spot { noun, subject, old, new };
                usage(to, &inner, &one.value, &other.value);
            }
            None => to.add(spot, removed, &format!("lost the alternative `{label}`")),
        }
    }
    for (label, _) in after.iter().filter(|(label, _)| !known[0].contains_key(label.as_str())) {
        let text = match spot.side() {
            Side::Request => format!("takes the alternative `{label}` as well"),
            Side::Response => format!("can be the alternative `{label}` as well"),
        };
        to.add(spot, added, &text);
    }
}

/// The alternatives by their identity: the component's name, or else the kind and the number of earlier ones of that kind.
fn labels<'a>(api: &Api, union: &'a Union) -> Vec<(String, &'a Member)> {
    let mut labelled: Vec<(String, &Member)> = Vec::new();
    let mut counts = HashMap::new();
    for member in &union.members {
        let label = label(api, member.value.schema);
        let again = counts.entry(label.clone()).or_insert(0_usize);
        let numbered = if *again == 0 { label } else { format!("{label}#{again}") };
        *again += 1;
        labelled.push((numbered, member));
    }
    labelled
}

fn label(api: &Api, id: SchemaId) -> String {
    let named = api.schemas.get(id).component.clone();
    named.unwrap_or_else(|| kind(&api.schemas.get(api.schemas.resolve(id)).shape))
}

/// Returns whether one schema is a union with the other among its alternatives.
pub(super) fn covers(api: &Api, wide: &Schema, narrow: &Schema) -> bool {
    let Shape::Union(union) = &wide.shape else { return false };
    let wanted = narrow.component.clone().unwrap_or_else(|| kind(&narrow.shape));
    union.members.iter().any(|member| label(api, member.value.schema) == wanted)
}
