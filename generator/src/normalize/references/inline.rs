//! Copies of the targets of references, where the 3.0 model has no reference.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::gathering::Gathering;
use super::site::{Site, Want};
use crate::diagnostics::Rule;
use crate::place::{Origins, Pointer};

/// The progress of copying one target.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Begun,
    Done,
}

impl Gathering<'_> {
    /// Copies all targets, those within a target first.
    pub(super) fn inline_all(&mut self, budget: usize) {
        let jobs: Vec<(Site, Pointer)> = std::mem::take(&mut self.inline)
            .into_iter()
            .map(|(site, target)| (Site { at: self.moves.follow(site.at), ..site }, self.moves.follow(target)))
            .collect();
        let mut states = vec![State::Waiting; jobs.len()];
        let mut left = budget;
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, (site, _)) in jobs.iter().enumerate() {
            places.entry(site.at.as_str()).or_default().push(index);
        }
        for index in 0..jobs.len() {
            // An explicit stack, because documents determine the length of chains.
            let mut waiting = vec![index];
            while let Some(index) = waiting.pop() {
                match states[index] {
                    State::Done => {}
                    State::Waiting => {
                        states[index] = State::Begun;
                        waiting.push(index);
                        self.within(&jobs, index, &places, &mut states, &mut waiting);
                    }
                    State::Begun => {
                        states[index] = State::Done;
                        self.copy(&jobs[index], &mut left);
                    }
                }
            }
        }
    }

    /// Adds the references within the target of one, which are copied before it. Those that are in progress lead back to themselves.
    fn within(
        &mut self,
        jobs: &[(Site, Pointer)],
        index: usize,
        places: &BTreeMap<&str, Vec<usize>>,
        states: &mut [State],
        waiting: &mut Vec<usize>,
    ) {
        let (site, target) = &jobs[index];
        if target.contains(&site.at) {
            states[index] = State::Done;
            return self.circle(site);
        }
        let below = format!("{target}/");
        let inside = places.range(below.as_str()..).take_while(|(place, _)| place.starts_with(&below));
        let inner: Vec<usize> =
            places.get(target.as_str()).into_iter().chain(inside.map(|(_, inner)| inner)).flatten().copied().collect();
        for inner in inner.into_iter().rev() {
            match states[inner] {
                State::Done => {}
                State::Waiting => waiting.push(inner),
                State::Begun => self.circle(&jobs[inner].0),
            }
        }
    }

    fn copy(&mut self, (site, target): &(Site, Pointer), left: &mut usize) {
        let Some(value) = self.root.pointer(target.as_str()) else { return };
        let cost = size(value);
        if cost > *left {
            // One finding is enough; later ones would be the same.
            if std::mem::take(left) > 0 {
                let message = format!("copying what `{}` leads to goes beyond the limit on repeated values", site.text);
                let help = "raise the limit with --max-alias-nodes if the document is meant";
                self.diagnostics.push(site.fault(Rule::TooManyNodes, message).help(help));
            }
            return;
        }
        *left -= cost;
        self.copied.push(target.clone());
        let value = value.clone();
        self.diagnostics.resolve(self.origins);
        let (file, source) = self.origins.source_of(target);
        let file = file.to_owned();
        replace(self.root, &site.at, value, self.origins, (&file, &source));
        if let Want::Whole(_) = site.want {
            self.files.splice(0, target.clone(), site.at.clone());
        }
    }

    fn circle(&mut self, site: &Site) {
        let message = format!("`{}` leads back to where it stands", site.text);
        self.refuse(site, *site.fault(Rule::CircularReference, message));
    }
}

/// Replaces a reference by a value from `source`; the fields beside the reference take precedence, and parameters are those of both.
pub(super) fn replace(
    root: &mut Value,
    at: &Pointer,
    mut value: Value,
    origins: &mut Origins,
    source: (&str, &Pointer),
) {
    let Some(place) = root.pointer_mut(at.as_str()) else { return };
    let (file, from) = source;
    let mut imports = vec![(at.clone(), file.to_owned(), from.clone())];
    if let (Value::Object(beside), Value::Object(value)) = (&mut *place, &mut value) {
        for (key, mut member) in std::mem::take(beside) {
            if key == "$ref" {
                continue;
            }
            let (own_file, own) = origins.source_of(&at.child(&key));
            imports.push((at.child(&key), own_file.to_owned(), own));
            if key == "parameters" {
                let (list, from) = (at.child(&key), from.child(&key));
                for (index, item) in add_parameters(&mut member, value.get(&key)) {
                    imports.push((list.child(index), file.to_owned(), from.child(item)));
                }
            }
            value.insert(key, member);
        }
    }
    *place = value;
    for (to, file, from) in imports {
        origins.import(to, &file, from);
    }
}

/// The places of the fields beside a reference to a path item, and of its parameters one by one.
pub(super) fn beside(root: &Value, at: &Pointer) -> Vec<Pointer> {
    let members = root.pointer(at.as_str()).and_then(Value::as_object);
    let fields = members.into_iter().flatten().filter(|(key, _)| *key != "$ref");
    fields
        .flat_map(|(key, value)| match value.as_array().filter(|_| key == "parameters") {
            Some(parameters) => (0..parameters.len()).map(|index| at.child(key).child(index)).collect(),
            None => vec![at.child(key)],
        })
        .collect()
}

/// Adds the parameters of a path item behind those beside the reference to it, without those that are overridden. Returns the place in
/// the list, and the one in the path item, of each.
fn add_parameters(beside: &mut Value, of_item: Option<&Value>) -> Vec<(usize, usize)> {
    let (Value::Array(beside), Some(Value::Array(of_item))) = (beside, of_item) else { return Vec::new() };
    let overridden: HashSet<String> = beside.iter().map(identity).collect();
    let mut added = Vec::new();
    for (item, parameter) in of_item.iter().enumerate() {
        if !overridden.contains(&identity(parameter)) {
            added.push((beside.len(), item));
            beside.push(parameter.clone());
        }
    }
    added
}

/// The location and the name of a parameter, or all of it where they are not at hand, as in a reference.
fn identity(parameter: &Value) -> String {
    match (parameter.get("in"), parameter.get("name")) {
        (Some(location), Some(name)) => format!("{location} {name}"),
        _ => parameter.to_string(),
    }
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}
