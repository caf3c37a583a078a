//! Tags and conditions that distinguish the alternatives of a union, resolved once, when all schemas are known.
//!
//! The order is: the discriminator, by its mapping, by the values that its property may have in each alternative, by the names of
//! the components; a required property that has other values in each alternative; and else trying them, each under the
//! condition of the constants that it has and others do not.

mod conditions;
mod inherited;
mod look;
mod names;

use std::collections::HashMap;

use serde_json::Value;

use super::texts;
use crate::ir::{Discriminator, Distinction, Member, Object, SchemaId, Schemas, Shape, Step, Test, Union, Use};
use look::Look;

/// Resolves, for every union, the distinction of its alternatives.
pub(super) fn resolve(schemas: &mut Schemas) {
    schemas.settle();
    let unions: Vec<SchemaId> =
        schemas.iter().filter(|(_, schema)| matches!(schema.shape, Shape::Union(_))).map(|(id, _)| id).collect();
    let resolved: Vec<(SchemaId, Union)> = unions
        .into_iter()
        .filter_map(|id| {
            let Shape::Union(union) = &schemas.get(id).shape else { return None };
            Some((id, told_apart(schemas, union)))
        })
        .collect();
    for (id, union) in resolved {
        schemas.get_mut(id).shape = Shape::Union(union);
    }
    inherited::resolve(schemas);
}

/// Marks the property of each object by which unions recognize it, unless one of them uses several values, or another one.
pub(super) fn mark(schemas: &mut Schemas) {
    let mut tags: HashMap<(SchemaId, String), Option<Value>> = HashMap::new();
    let mut give = |member: &Member, property: &str, tag: Option<&Value>| {
        let place = (schemas.resolve(member.value.schema), property.to_owned());
        let known = tags.entry(place).or_insert_with(|| tag.cloned());
        if known.as_ref() != tag {
            *known = None;
        }
    };
    for (_, schema) in schemas.iter() {
        let Shape::Union(union) = &schema.shape else { continue };
        let Distinction::Tag { property, default } = &union.distinction else {
            // The constants of alternatives that are tried.
            for member in &union.members {
                for condition in &member.conditions {
                    if let ([Step::Property(property)], Test::Values(values)) =
                        (condition.path.as_slice(), &condition.test)
                    {
                        give(member, property, values.first().filter(|_| values.len() == 1));
                    }
                }
            }
            continue;
        };
        for (index, member) in union.members.iter().enumerate() {
            let only = member.tags.first().filter(|_| member.tags.len() == 1 && *default != Some(index));
            give(member, property, only);
        }
    }
    for ((id, property), tag) in tags {
        if let Shape::Object(object) = &mut schemas.get_mut(id).shape {
            let found = object.properties.iter_mut().find(|candidate| candidate.name == property);
            found.into_iter().for_each(|found| found.tag.clone_from(&tag));
        }
    }
}

fn told_apart(schemas: &Schemas, union: &Union) -> Union {
    let mut union = union.clone();
    let look = Look { schemas };
    if let Some(discriminator) = &union.discriminator
        && let Some(tags) = look.by_discriminator(&union.members, discriminator)
    {
        let is_default = |member: &Member| member.name.is_some() && member.name == discriminator.default;
        let default = union.members.iter().position(is_default);
        union.distinction = Distinction::Tag { property: discriminator.property.clone(), default };
        union.members.iter_mut().zip(tags).for_each(|(member, tags)| member.tags = tags);
        return union;
    }
    if union.members.len() > 1
        && let Some((property, tags)) = look.by_constant(&union.members)
    {
        union.distinction = Distinction::Tag { property, default: None };
        union.members.iter_mut().zip(tags).for_each(|(member, tags)| member.tags = tags);
        return union;
    }
    let values: Vec<&Use> = union.members.iter().map(|member| &member.value).collect();
    if let Some(forms) = texts::forms(schemas, &values) {
        union.members.iter_mut().zip(forms).for_each(|(member, form)| member.form = form);
    }
    let conditions = look.conditions(&union.members);
    union.members.iter_mut().zip(conditions).for_each(|(member, conditions)| member.conditions = conditions);
    union
}

impl Look<'_> {
    fn by_discriminator(&self, members: &[Member], discriminator: &Discriminator) -> Option<Vec<Vec<Value>>> {
        let property = discriminator.property.as_str();
        if !members.iter().all(|member| self.is_object(member.value.schema, 0)) {
            return None;
        }
        let tags: Vec<Vec<Value>> = members.iter().map(|member| self.stated(member, property)).collect();
        if let ([only], [tags]) = (members, tags.as_slice())
            && let Some(own) = names::own_value(only, tags)
        {
            return Some(vec![vec![own]]);
        }
        let wider: Vec<Vec<Value>> = members.iter().zip(&tags).map(|it| self.wider(it, members, property)).collect();
        for tags in [wider, tags.clone()] {
            if self.are_distinct(members, &tags) {
                return Some(tags);
            }
        }
        let is_permitted = |(member, tags): (&Member, &Vec<Value>)| {
            let lists = self.admitted(member.value.schema, property, 0).is_some();
            !lists || !member.mapped.is_empty() || name_among(member, tags).is_some()
        };
        if !members.iter().zip(&tags).all(is_permitted) {
            // No alternative is known by a name that its property does not permit: two that share a value are tried.
            let within = names::values_within(members, &tags)?;
            return self.are_distinct(members, &within).then_some(within);
        }
        // If every alternative permits the values of all, as with an enumeration in the base, the names decide.
        let by_name = |(member, tags): (&Member, &Vec<Value>)| match name_among(member, tags) {
            Some(name) if tags.len() > 1 => vec![name],
            _ => self.named(member, property),
        };
        let named: Vec<Vec<Value>> = members.iter().zip(&tags).map(by_name).collect();
        self.are_distinct(members, &named).then_some(named)
    }

    /// The values of the discriminator's property that mean an alternative.
    fn stated(&self, member: &Member, property: &str) -> Vec<Value> {
        match self.admitted(member.value.schema, property, 0) {
            Some(admitted) => {
                let is_mapped = |value: &Value| member.mapped.contains(&text(value));
                let both: Vec<Value> = admitted.iter().filter(|value| is_mapped(value)).cloned().collect();
                // The values that the alternative itself permits take precedence over a mapping.
                if both.is_empty() { admitted } else { both }
            }
            None => self.named(member, property),
        }
    }

    /// The same, and the other values that the alternative itself lists, unless they are mapped to another one: `puppy` of a dog that is
    /// mapped by `dog`. What it lists by a base, the base lists for all.
    fn wider(&self, (member, tags): (&Member, &Vec<Value>), members: &[Member], property: &str) -> Vec<Value> {
        let is_free = |value: &Value| !members.iter().any(|other| other.mapped.contains(&text(value)));
        let place = |id: SchemaId| &self.schemas.get(self.schemas.resolve(id)).pointer;
        // Not that of a base, of which it may be another name.
        let home = &self.schemas.get(member.value.schema).pointer;
        let is_own =
            |object: &Object| object.property(property).is_some_and(|it| home.contains(place(it.value.schema)));
        let lists = self.objects(member.value.schema, 0).is_some_and(|objects| objects.into_iter().all(is_own));
        let further = self.admitted(member.value.schema, property, 0).filter(|_| lists).unwrap_or_default();
        let further = further.into_iter().filter(|value| !tags.contains(value) && is_free(value));
        tags.iter().cloned().chain(further).collect()
    }

    /// The tags by mapping, or else by the component's name.
    fn named(&self, member: &Member, property: &str) -> Vec<Value> {
        if member.mapped.is_empty() {
            return member.name.iter().map(|name| Value::String(name.clone())).collect();
        }
        let shape = self.objects(member.value.schema, 0).and_then(|objects| {
            let found = objects.first()?.property(property)?;
            Some(&self.schemas.get(self.schemas.resolve(found.value.schema)).shape)
        });
        member.mapped.iter().map(|key| typed(key, shape)).collect()
    }

    /// A required property that has values of its own in each alternative.
    fn by_constant(&self, members: &[Member]) -> Option<(String, Vec<Vec<Value>>)> {
        let first = self.objects(members.first()?.value.schema, 0)?;
        let candidates = first.first()?.properties.iter().filter(|property| property.required);
        candidates.map(|property| property.name.as_str()).find_map(|property| {
            let tags = members.iter().map(|member| {
                let id = member.value.schema;
                self.requires(id, property).then(|| self.admitted(id, property, 0))?
            });
            let tags = tags.collect::<Option<Vec<Vec<Value>>>>()?;
            self.are_distinct(members, &tags).then(|| (property.to_owned(), tags))
        })
    }
}

/// The value that a key of a mapping means: keys are texts, also those of a property with numbers or booleans.
fn typed(key: &str, shape: Option<&Shape>) -> Value {
    let read = match shape {
        Some(Shape::Integer { .. }) => key.parse::<i64>().ok().map(Value::from),
        Some(Shape::Boolean) => key.parse::<bool>().ok().map(Value::from),
        Some(Shape::Enumeration(found)) => found.values.iter().find(|value| text(value) == key).cloned(),
        _ => None,
    };
    read.unwrap_or_else(|| Value::String(key.to_owned()))
}

/// The value that is the name of an alternative's component.
fn name_among(member: &Member, values: &[Value]) -> Option<Value> {
    let name = member.name.as_deref()?;
    values.iter().find(|value| value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(name))).cloned()
}

/// A tag as a mapping writes it.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
