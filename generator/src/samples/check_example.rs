//! Checks of the document's values against their schemas.

use std::cell::Cell;
use std::collections::HashSet;

use serde_json::{Map, Value};

use super::constraints::EffectiveConstraints;
use super::sampler::Sampler;
use super::sorted::sorted;
use super::{number, text};
use crate::ir::{BoundKeyword, Condition, Distinction, Member, Object, Rest, Shape, Step, Test, Union, Use};

impl Sampler<'_> {
    /// The value for a place, with members sorted and without those of the other direction and those that are not described;
    /// `None` if the schema does not permit it.
    #[must_use]
    pub fn fit(&self, value: &Value, usage: &Use) -> Option<Value> {
        Check::new(*self, MOST_CHECKS).value(value, usage)
    }

    /// The richest example. The first one need not be preferred, as in a map of named ones.
    pub(super) fn best(&self, examples: &[Value], usage: &Use) -> Option<Value> {
        examples.iter().filter_map(|example| self.fit(example, usage)).max_by_key(rank)
    }
}

/// The rank of an example among those of a place: the richest is the highest.
pub(super) fn rank(value: &Value) -> (usize, String) {
    let text = sorted(value).to_string();
    (text.len(), text)
}

/// The check of one value.
pub(super) struct Check<'a> {
    sampler: Sampler<'a>,
    /// The number of times that a part of the value may still be held against a schema.
    left: Cell<usize>,
}

/// The maximum number of times that the parts of a value are held against schemas, because unions of unions have more ways than anyone
/// can try.
const MOST_CHECKS: usize = 1 << 17;

impl<'a> Check<'a> {
    /// Begins a check that ends when the parts of the value have been held against so many schemas.
    pub(super) fn new(sampler: Sampler<'a>, most: usize) -> Self {
        Check { sampler, left: Cell::new(most) }
    }

    /// The number of times that are left; without any, its answers are uncertain.
    pub(super) fn left(&self) -> usize {
        self.left.get()
    }

    /// The value for a place; `None` if it is not permitted there.
    fn value(&self, value: &Value, usage: &Use) -> Option<Value> {
        let left = self.left.get().checked_sub(1)?;
        self.left.set(left);
        let sampler = self.sampler;
        if value.is_null() {
            let admitted = sampler.schemas.is_nullable(usage);
            return admitted.then_some(Value::Null);
        }
        let facts = EffectiveConstraints::of(sampler.schemas, usage);
        match (&facts.schema.shape, value) {
            (Shape::Any(_), _) => Some(sorted(value)),
            (Shape::Boolean, Value::Bool(_)) => Some(value.clone()),
            (Shape::Integer { format }, Value::Number(found)) => {
                number::admits_integer(&facts, format.as_deref(), found).then(|| value.clone())
            }
            (Shape::Number { format }, Value::Number(found)) => {
                number::admits_number(&facts, format.as_deref(), found).then(|| value.clone())
            }
            (Shape::String { format }, Value::String(found)) => {
                let mut choices = facts.choices().peekable();
                let chosen =
                    choices.peek().is_none() || choices.any(|choice| self.value(value, &Use::of(choice)).is_some());
                (chosen && text::admits(&facts, format.as_deref(), found)).then(|| value.clone())
            }
            (Shape::Enumeration(found), _) => found.contains(value).then(|| value.clone()),
            (Shape::Object(object), Value::Object(members)) => {
                let fitted = self.object(object, members)?;
                facts
                    .counts(fitted.len(), BoundKeyword::MinProperties, BoundKeyword::MaxProperties)
                    .then_some(Value::Object(fitted))
            }
            (Shape::Array { items, unique, .. }, Value::Array(found)) => {
                let fitted = found.iter().map(|item| self.value(item, items)).collect::<Option<Vec<_>>>()?;
                let mut known = HashSet::new();
                let repeats = *unique && !fitted.iter().all(|item| known.insert(item.to_string()));
                (!repeats && facts.counts(fitted.len(), BoundKeyword::MinItems, BoundKeyword::MaxItems))
                    .then_some(Value::Array(fitted))
            }
            (Shape::Tuple { items, rest, least, .. }, Value::Array(found)) => {
                let places = items
                    .iter()
                    .chain(rest.as_deref().into_iter().cycle().take(found.len().saturating_sub(items.len())));
                let fitted = found.iter().zip(places).map(|(item, usage)| self.value(item, usage));
                let fitted = fitted.collect::<Option<Vec<_>>>()?;
                (fitted.len() == found.len() && fitted.len() >= *least).then_some(Value::Array(fitted))
            }
            (Shape::Union(union), _) => self.union(union, value),
            _ => None,
        }
    }

    fn object(&self, object: &Object, members: &Map<String, Value>) -> Option<Map<String, Value>> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        for property in &object.properties {
            match members.get(&property.name) {
                _ if !self.sampler.includes(&property.value) => {}
                Some(value) => entries.push((property.name.clone(), self.value(value, &property.value)?)),
                None if property.required => return None,
                None => {}
            }
        }
        let named = |name: &str| object.property(name).is_some();
        for (name, value) in members.iter().filter(|(name, _)| !named(name)) {
            let matches =
                |pattern: &str| self.sampler.schemas.pattern(pattern).is_some_and(|pattern| pattern.matches(name));
            let described = object.patterns.iter().find(|(pattern, _)| matches(pattern));
            let fitted = match (described, &object.rest) {
                (Some((_, usage)), _) => self.value(value, usage)?,
                (None, Rest::Typed(usage)) => self.value(value, usage)?,
                (None, Rest::Any) => sorted(value),
                // An undescribed object keeps all members; beside named members, undescribed ones are left out.
                (None, Rest::Open) if object.properties.is_empty() && object.patterns.is_empty() => sorted(value),
                (None, Rest::Open) => continue,
                (None, Rest::Closed) => return None,
            };
            entries.push((name.clone(), fitted));
        }
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        Some(entries.into_iter().collect())
    }

    /// The alternative that the tag names; else the first that keeps all of the value, and else the first that admits it.
    fn union(&self, union: &Union, value: &Value) -> Option<Value> {
        if let Distinction::Tag { property, default } = &union.distinction {
            let tag = value.get(property);
            let tagged = union.members.iter().find(|member| tag.is_some_and(|tag| member.tags.contains(tag)));
            let member = tagged.or_else(|| union.members.get((*default)?))?;
            let mut fitted = self.value(value, &member.value)?;
            if let (Value::Object(members), Some(tag)) = (&mut fitted, tag) {
                members.insert(property.clone(), tag.clone());
            }
            return Some(sorted(&fitted));
        }
        let mut fitted = union.members.iter().filter_map(|member| self.alternative(member, value));
        let first = fitted.next()?;
        if first == sorted(value) {
            return Some(first);
        }
        Some(fitted.find(|other| *other == sorted(value)).unwrap_or(first))
    }

    /// The value as an alternative that is tried takes it; `None` where it does not.
    pub(super) fn alternative(&self, member: &Member, value: &Value) -> Option<Value> {
        let has_form = member.form.as_ref().is_none_or(|form| value.as_str().is_some_and(|text| form.admits(text)));
        let is_tried = has_form && member.conditions.iter().all(|it| holds(it, value));
        is_tried.then(|| self.value(value, &member.value))?
    }
}

/// Returns whether a value fulfils the condition of an alternative.
fn holds(condition: &Condition, value: &Value) -> bool {
    let part = condition.path.iter().try_fold(value, |at, step| match step {
        Step::Property(name) => at.get(name),
        Step::Item(index) => at.get(index),
    });
    part.is_none_or(|part| match &condition.test {
        Test::Values(values) => values.contains(part),
        Test::Form(form) => part.as_str().is_some_and(|text| form.admits(text)),
    })
}
