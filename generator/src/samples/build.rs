//! Values made from schemas.

use std::cell::{Cell, RefCell};

use serde_json::{Map, Value, json};

use super::check_example::rank;
use super::constraints::EffectiveConstraints;
use super::sampler::{Fill, Sampler};
use super::sorted::sorted;
use super::{number, text};
use crate::ir::{
    BoundKeyword, Distinction, Enumeration, Media, Member, Object, Property, Rest, SchemaId, Shape, Union, Use,
};

/// The maximum number of optional values in a sample, because documents nest large objects in large objects.
const MOST: usize = 120;

/// The maximum number of places for which a sample tries to make a value, because unions of unions have more ways than anyone can try.
const MOST_TRIES: usize = 4096;

/// The maximum depth of optional members.
const DEEPEST: usize = 6;

/// The maximum depth of any value. JSON readers stop at 128 levels, and each level uses stack.
const BOTTOM: usize = 64;

impl Sampler<'_> {
    /// A value for a place. `name` is the name of the place: text without further restrictions is made from it, so that
    /// values of different places differ.
    #[must_use]
    pub fn value(&self, usage: &Use, name: &str) -> Option<Value> {
        let builder =
            Builder { sampler: *self, within: RefCell::default(), left: Cell::new(MOST), tries: Cell::new(MOST_TRIES) };
        builder.value(usage, name).map(|value| sorted(&value))
    }

    /// A value of a body: a valid example of the media type if there is one. Bodies that are not JSON have text.
    #[must_use]
    pub fn media(&self, media: &Media) -> Option<Value> {
        let Some(usage) = &media.schema else {
            return media.examples.iter().max_by_key(|value| rank(value)).map(sorted);
        };
        let whole = (self.fill == Fill::Everything).then(|| self.best(&media.examples, usage)).flatten();
        whole.or_else(|| self.value(usage, "body"))
    }
}

struct Builder<'a> {
    sampler: Sampler<'a>,
    /// The schemas of the enclosing values: a schema that contains itself has to end.
    within: RefCell<Vec<SchemaId>>,
    /// The number of optional values that may still be added.
    left: Cell<usize>,
    /// The number of places that may still be tried.
    tries: Cell<usize>,
}

impl<'a> Builder<'a> {
    fn value(&self, usage: &Use, name: &str) -> Option<Value> {
        let schemas = self.sampler.schemas;
        let nullable = schemas.is_nullable(usage);
        if nullable && self.sampler.fill == Fill::Nulls && !self.within.borrow().is_empty() {
            return Some(Value::Null);
        }
        let left = self.tries.get().checked_sub(1)?;
        self.tries.set(left);
        let facts = EffectiveConstraints::of(schemas, usage);
        let is_bottom = self.within.borrow().len() == BOTTOM;
        if is_bottom && !nullable {
            // Each level above may have other ways down, and all of them together are more than can be tried.
            self.tries.set(0);
        }
        if is_bottom || self.within.borrow().contains(&facts.id) {
            return nullable.then_some(Value::Null);
        }
        self.within.borrow_mut().push(facts.id);
        let found = self.example(&facts, usage).or_else(|| self.shape(&facts, name));
        self.within.borrow_mut().pop();
        found.or(nullable.then_some(Value::Null))
    }

    /// Returns a sample from the document: complete, or, if parts may be left out or `null`, only for values without parts.
    fn example(&self, facts: &EffectiveConstraints<'_>, usage: &Use) -> Option<Value> {
        let whole = match &facts.schema.shape {
            Shape::Object(_) | Shape::Array { .. } | Shape::Tuple { .. } | Shape::Union(_) => {
                self.sampler.fill == Fill::Everything
            }
            // One of its values is used instead of an example.
            Shape::Enumeration(_) | Shape::Never => false,
            Shape::Any(_)
            | Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number { .. }
            | Shape::String { .. }
            | Shape::Alias(_) => true,
        };
        let mut examples = facts.examples();
        let example = examples.find_map(|examples| self.sampler.best(examples, usage)).filter(|_| whole);
        let default = || facts.default().filter(|_| whole).and_then(|value| self.sampler.fit(value, usage));
        example.or_else(default).filter(|value| !value.is_null())
    }

    fn shape(&self, facts: &EffectiveConstraints<'_>, name: &str) -> Option<Value> {
        match &facts.schema.shape {
            Shape::Any(_) => Some(Value::String(text::plain(name))),
            Shape::Never | Shape::Alias(_) => None,
            Shape::Boolean => Some(Value::Bool(self.sampler.fill != Fill::RequiredOnly)),
            Shape::Integer { format } => number::integer(facts, format.as_deref(), name),
            Shape::Number { format } => number::number(facts, format.as_deref(), name),
            Shape::String { format } => self.text(facts, format.as_deref(), name),
            Shape::Enumeration(found) => self.enumerated(found),
            Shape::Object(object) => self.object(facts, object),
            Shape::Array { items, unique, .. } => self.list(facts, items, *unique, name),
            Shape::Tuple { items, .. } => {
                let items = items.iter().enumerate().map(|(index, item)| self.value(item, &format!("{index} {name}")));
                items.collect::<Option<Vec<_>>>().map(Value::Array)
            }
            Shape::Union(union) => self.alternative(union, name),
        }
    }

    fn text(&self, facts: &EffectiveConstraints<'_>, format: Option<&str>, name: &str) -> Option<Value> {
        let admitted = |value: &Value| value.as_str().is_some_and(|text| text::admits(facts, format, text));
        let mut choices = facts.choices().filter_map(|choice| self.value(&Use::of(choice), name));
        choices.find(admitted).or_else(|| text::text(facts, format, name).map(Value::String))
    }

    fn enumerated(&self, found: &Enumeration) -> Option<Value> {
        match self.sampler.fill {
            Fill::Everything | Fill::Nulls => found.values.first().cloned(),
            Fill::RequiredOnly => found.values.last().cloned(),
        }
    }

    /// Returns whether another optional value may be added.
    fn may_add(&self) -> bool {
        let room = self.left.get();
        let may = self.sampler.fill != Fill::RequiredOnly && room > 0 && self.within.borrow().len() <= DEEPEST;
        if may {
            self.left.set(room - 1);
        }
        may
    }

    fn object(&self, facts: &EffectiveConstraints<'_>, object: &Object) -> Option<Value> {
        let mut members = Map::new();
        for property in object.properties.iter().filter(|property| self.sampler.includes(&property.value)) {
            if !property.required && !self.may_add() {
                continue;
            }
            match (self.value(&property.value, &property.name), property) {
                (Some(value), _) => drop(members.insert(property.name.clone(), value)),
                (None, Property { required: true, .. }) => return None,
                (None, _) => {}
            }
        }
        let least = facts.count(BoundKeyword::MinProperties).unwrap_or(0);
        let most = facts.count(BoundKeyword::MaxProperties).unwrap_or(usize::MAX);
        while members.len() < most && (members.len() < least || self.may_have_more(object, &members)) {
            let key = format!("key{}", members.len());
            let (key, value) = match (object.patterns.first(), &object.rest) {
                (Some((pattern, usage)), _) => {
                    (text::matching(&*self.sampler.schemas.pattern(pattern)?, members.len())?, self.value(usage, &key)?)
                }
                (None, Rest::Typed(usage)) => (key.clone(), self.value(usage, &key)?),
                (None, Rest::Any | Rest::Open) => (key.clone(), Value::String(text::plain(&key))),
                (None, Rest::Closed) => return None,
            };
            if members.insert(key, value).is_some() {
                break;
            }
        }
        (members.len() <= most).then_some(Value::Object(members))
    }

    /// Returns whether the sample has a member without a declared name.
    fn may_have_more(&self, object: &Object, members: &Map<String, Value>) -> bool {
        let described = !object.patterns.is_empty() || !matches!(object.rest, Rest::Open | Rest::Closed);
        let wanted = described || object.properties.is_empty() && matches!(object.rest, Rest::Open);
        let first = members.keys().all(|name| object.property(name).is_some());
        wanted && first && self.holds_an_end(object) && self.may_add()
    }

    /// Returns whether a finite value for an additional member exists; a type that contains itself in a map may have none.
    fn holds_an_end(&self, object: &Object) -> bool {
        let usages = object.patterns.iter().map(|(_, usage)| usage);
        let rest = match &object.rest {
            Rest::Typed(usage) => Some(usage.as_ref()),
            Rest::Open | Rest::Any | Rest::Closed => None,
        };
        usages.chain(rest).all(|usage| self.value(usage, "key").is_some())
    }

    fn list(&self, facts: &EffectiveConstraints<'_>, items: &Use, unique: bool, name: &str) -> Option<Value> {
        let least = facts.count(BoundKeyword::MinItems).unwrap_or(0);
        let wanted = if self.may_add() { least.max(1) } else { least };
        let wanted = wanted.min(facts.count(BoundKeyword::MaxItems).unwrap_or(usize::MAX));
        if wanted > MOST {
            return None;
        }
        let mut found: Vec<Value> = Vec::new();
        for index in 0..wanted {
            let name = if index == 0 { name.to_owned() } else { format!("{index} {name}") };
            match self.value(items, &name) {
                Some(value) if unique && found.contains(&value) => {
                    found.push(self.another(items, &found).filter(|_| index < least)?);
                }
                Some(value) => found.push(value),
                None if index >= least => break,
                None => return None,
            }
        }
        Some(json!(found))
    }

    /// A value that is not in a list yet, if one is easily made.
    fn another(&self, usage: &Use, there: &[Value]) -> Option<Value> {
        let facts = EffectiveConstraints::of(self.sampler.schemas, usage);
        match &facts.schema.shape {
            Shape::Enumeration(found) => found.values.iter().find(|value| !there.contains(value)).cloned(),
            _ => None,
        }
    }

    fn alternative(&self, union: &Union, name: &str) -> Option<Value> {
        let made = |member: &Member| {
            let value = self.value(&member.value, name).filter(|value| !value.is_null())?;
            Some(tagged(union, member, value))
        };
        match self.sampler.fill {
            Fill::Everything | Fill::Nulls => union.members.iter().find_map(made),
            Fill::RequiredOnly => union.members.iter().rev().find_map(made),
        }
    }
}

/// The value of an alternative, with the tag by which the union recognizes it.
pub(super) fn tagged(union: &Union, member: &Member, mut value: Value) -> Value {
    if let (Distinction::Tag { property, .. }, Some(tag), Value::Object(members)) =
        (&union.distinction, member.tags.first(), &mut value)
        && members.get(property).is_none_or(|found| !member.tags.contains(found))
    {
        members.insert(property.clone(), tag.clone());
    }
    value
}
