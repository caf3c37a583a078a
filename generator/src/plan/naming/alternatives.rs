//! Names and places that distinguish the alternatives of a union.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Member, Object, Property, SchemaId, Shape, Union};

/// The steps from a union to its alternatives. Names are kept by place, so two alternatives of one kind have two.
#[derive(Default)]
pub(crate) struct Steps {
    taken: HashSet<String>,
    /// The number that was given last, by the kind.
    counts: HashMap<String, usize>,
}

impl Steps {
    /// Returns the step to the next alternative of a kind.
    pub(crate) fn next(&mut self, kind: &str) -> String {
        let count = self.counts.entry(kind.to_owned()).or_default();
        loop {
            *count += 1;
            let step = if *count == 1 { format!("one of: {kind}") } else { format!("one of: {kind} {count}") };
            if self.taken.insert(step.clone()) {
                return step;
            }
        }
    }
}

/// The properties of the alternatives of a union.
pub(crate) struct Keys<'a> {
    /// The number of alternatives that have each property.
    counts: HashMap<&'a str, usize>,
    /// The number of alternatives that require each property.
    required: HashMap<&'a str, usize>,
    /// The number of alternatives that each component is, or is a part of.
    parts: HashMap<&'a str, usize>,
    /// The number of alternatives that are objects, whatever they are made of.
    objects: usize,
}

impl<'a> Keys<'a> {
    /// Counts the properties of the alternatives that are objects.
    pub(crate) fn of(api: &'a Api, union: &'a Union) -> Self {
        let (mut counts, mut required, mut parts) = (HashMap::new(), HashMap::new(), HashMap::new());
        for member in &union.members {
            let component = api.schemas.get(member.value.schema).component.as_ref();
            for part in component.into_iter().chain(&member.value.docs.parts) {
                *parts.entry(part.as_str()).or_default() += 1;
            }
            let Shape::Object(object) = &api.schemas.get(api.schemas.resolve(member.value.schema)).shape else {
                continue;
            };
            for property in &object.properties {
                *counts.entry(property.name.as_str()).or_default() += 1;
                *required.entry(property.name.as_str()).or_default() += usize::from(property.required);
            }
        }
        let objects = union.members.iter().filter(|member| is_object(api, member.value.schema, LEVELS)).count();
        Keys { counts, required, parts, objects }
    }

    /// The only property that an alternative requires and no other alternative has.
    pub(crate) fn only_key(&self, own: &Object) -> Option<String> {
        let mut alone = self.own_keys(own);
        let first = alone.next()?;
        alone.next().is_none().then(|| first.name.clone())
    }

    /// Returns the word for an alternative that no single mark tells from the others: `Object` if it alone is one, else the first
    /// property that only it requires, or that only it has.
    pub(crate) fn word(&self, api: &Api, id: SchemaId) -> Option<String> {
        if self.objects == 1 && is_object(api, id, LEVELS) {
            return Some("Object".to_owned());
        }
        let Shape::Object(own) = &api.schemas.get(api.schemas.resolve(id)).shape else { return None };
        let is_alone = |property: &&Property| self.counts.get(property.name.as_str()) == Some(&1);
        let any = || own.properties.iter().find(is_alone);
        self.own_keys(own).next().or_else(any).map(|property| property.name.clone())
    }

    /// The only component that an alternative is made of, if no other alternative is, or is made of it.
    pub(crate) fn only_part(&self, member: &Member) -> Option<String> {
        let [part] = member.value.docs.parts.as_slice() else { return None };
        (self.parts.get(part.as_str()) == Some(&1)).then(|| part.clone())
    }

    /// A mark that an alternative has beside others with the same properties: the component that only it is made of, the first property
    /// that only it requires, or the components of which it is one.
    pub(crate) fn mark(&self, api: &Api, member: &Member) -> Option<String> {
        let part = member.value.docs.parts.iter().find(|part| self.parts.get(part.as_str()) == Some(&1));
        let required = || match &api.schemas.get(api.schemas.resolve(member.value.schema)).shape {
            Shape::Union(union) if union.members.len() <= MOST_NAMED => {
                let name = |inner: &Member| api.schemas.get(inner.value.schema).component.clone();
                Some(union.members.iter().map(name).collect::<Option<Vec<_>>>()?.join(" or "))
            }
            Shape::Object(own) => {
                let is_alone =
                    |property: &&Property| property.required && self.required.get(property.name.as_str()) == Some(&1);
                own.properties.iter().find(is_alone).map(|property| property.name.clone())
            }
            _ => None,
        };
        part.cloned().or_else(required)
    }

    fn own_keys<'o>(&self, own: &'o Object) -> impl Iterator<Item = &'o Property> {
        let required = own.properties.iter().filter(|property| property.required);
        required.filter(|property| self.counts.get(property.name.as_str()) == Some(&1))
    }
}

/// The maximum number of components in the name of a union of them.
const MOST_NAMED: usize = 3;

/// The number of unions inside unions that are looked into.
const LEVELS: usize = 3;

/// Returns whether a schema is an object with members, or a union of such only.
fn is_object(api: &Api, id: SchemaId, levels: usize) -> bool {
    match &api.schemas.get(api.schemas.resolve(id)).shape {
        Shape::Object(_) => true,
        Shape::Union(union) => {
            levels > 0 && union.members.iter().all(|member| is_object(api, member.value.schema, levels - 1))
        }
        _ => false,
    }
}
