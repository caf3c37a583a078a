//! Names and places that distinguish the alternatives of a union.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Object, Property, Shape, Union};

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

/// The number of alternatives of a union that have each property.
pub(crate) struct Keys<'a>(HashMap<&'a str, usize>);

impl<'a> Keys<'a> {
    /// Counts the properties of the alternatives that are objects.
    pub(crate) fn of(api: &'a Api, union: &Union) -> Self {
        let mut counts = HashMap::new();
        for member in &union.members {
            let Shape::Object(object) = &api.schemas.get(api.schemas.resolve(member.value.schema)).shape else {
                continue;
            };
            for property in &object.properties {
                *counts.entry(property.name.as_str()).or_default() += 1;
            }
        }
        Keys(counts)
    }

    /// The only property that an alternative requires and no other alternative has.
    pub(crate) fn only_key(&self, own: &Object) -> Option<String> {
        let is_alone = |property: &&Property| self.0.get(property.name.as_str()) == Some(&1);
        let mut alone = own.properties.iter().filter(|property| property.required).filter(is_alone);
        let first = alone.next()?;
        alone.next().is_none().then(|| first.name.clone())
    }
}
