//! Tags and conditions that tell the alternatives of a union apart, worked out once, when all schemas are known.
//!
//! The order is: the discriminator, by its mapping, by the values that its property may have in each alternative, by the names of
//! the components; a required property that has other values in each alternative; and else trying them, each held to the
//! constants that it has and others don't.

use std::collections::HashMap;

use serde_json::Value;

use super::texts;
use crate::ir::{Condition, Discriminator, Distinction, Enumeration, Member, Object, SchemaId, Schemas, Shape, Union};

/// A constant of more values than this tells nobody what an alternative is.
const MOST_VALUES: usize = 64;

/// More conditions than this say nothing new.
const MOST_CONDITIONS: usize = 2;

/// Unions in unions, deeper than which no one looks for a tag.
const DEEPEST: usize = 8;

/// Works out, for every union, how its alternatives are recognised.
pub(super) fn resolve(schemas: &mut Schemas) {
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
}

/// Marks the property of each object by which unions know it, unless one of them knows it by several values, or by another.
pub(super) fn mark(schemas: &mut Schemas) {
    let mut tags: HashMap<(SchemaId, String), Option<Value>> = HashMap::new();
    for (_, schema) in schemas.iter() {
        let Shape::Union(Union { members, distinction: Distinction::Tag { property, default }, .. }) = &schema.shape
        else {
            continue;
        };
        for (index, member) in members.iter().enumerate() {
            let tag = match member.tags.as_slice() {
                [only] if *default != Some(index) => Some(only.clone()),
                _ => None,
            };
            let known =
                tags.entry((schemas.resolve(member.value.schema), property.clone())).or_insert_with(|| tag.clone());
            if *known != tag {
                *known = None;
            }
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
    if let Some(forms) = texts::forms(schemas, &union.members) {
        union.members.iter_mut().zip(forms).for_each(|(member, form)| member.form = form);
    }
    let conditions: Vec<Vec<Condition>> =
        (0..union.members.len()).map(|index| look.conditions(&union.members, index)).collect();
    union.members.iter_mut().zip(conditions).for_each(|(member, conditions)| member.conditions = conditions);
    union
}

/// A look at the alternatives, aliases and unions in unions seen through.
struct Look<'a> {
    schemas: &'a Schemas,
}

impl<'a> Look<'a> {
    fn by_discriminator(&self, members: &[Member], discriminator: &Discriminator) -> Option<Vec<Vec<Value>>> {
        let property = discriminator.property.as_str();
        if !members.iter().all(|member| self.is_object(member.value.schema, 0)) {
            return None;
        }
        let tags: Vec<Vec<Value>> = members.iter().map(|member| self.stated(member, property)).collect();
        if self.are_distinct(members, &tags) {
            return Some(tags);
        }
        // Where every alternative admits what all of them are called, as by a list that the base has, the names say which.
        let by_name = |(member, tags): (&Member, &Vec<Value>)| match name_among(member, tags) {
            Some(name) if tags.len() > 1 => vec![name],
            _ => named(member),
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
                // What the alternative itself admits is surer than a mapping that says otherwise.
                if both.is_empty() { admitted } else { both }
            }
            None => named(member),
        }
    }

    /// A required property that has values of its own in each alternative.
    fn by_constant(&self, members: &[Member]) -> Option<(String, Vec<Vec<Value>>)> {
        let first = self.objects(members.first()?.value.schema, 0)?;
        let candidates = first.first()?.properties.iter().filter(|property| property.required);
        candidates.map(|property| property.name.as_str()).find_map(|property| {
            let tags = members.iter().map(|member| {
                let objects = self.objects(member.value.schema, 0)?;
                let is_required =
                    |object: &&Object| object.properties.iter().any(|it| it.required && it.name == property);
                objects.iter().all(is_required).then(|| self.admitted(member.value.schema, property, 0))?
            });
            let tags = tags.collect::<Option<Vec<Vec<Value>>>>()?;
            self.are_distinct(members, &tags).then(|| (property.to_owned(), tags))
        })
    }

    /// The constants by which an alternative is recognised among the others.
    fn conditions(&self, members: &[Member], index: usize) -> Vec<Condition> {
        let objects = self.objects(members[index].value.schema, 0).unwrap_or_default();
        let [object] = objects.as_slice() else { return Vec::new() };
        let mut found = Vec::new();
        for property in &object.properties {
            let Some(enumeration) = self.enumeration(property.value.schema) else { continue };
            if enumeration.values.len() > MOST_VALUES || self.schemas.is_nullable(&property.value) {
                continue;
            }
            let others = members.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, other)| other);
            let tells = others.filter_map(|other| self.objects(other.value.schema, 0)).flatten().any(|other| {
                let same = other.properties.iter().find(|known| known.name == property.name);
                match same.and_then(|known| self.enumeration(known.value.schema)) {
                    Some(known) => known.values.iter().all(|value| !enumeration.values.contains(value)),
                    None => enumeration.constant,
                }
            });
            if tells && found.len() < MOST_CONDITIONS {
                found.push(Condition { property: property.name.clone(), values: enumeration.values.clone() });
            }
        }
        found
    }

    /// True if each alternative has tags, and no tag belongs to two that differ.
    fn are_distinct(&self, members: &[Member], tags: &[Vec<Value>]) -> bool {
        let schema = |member: &Member| self.schemas.resolve(member.value.schema);
        let is_free = |(index, tags): (usize, &Vec<Value>), all: &[Vec<Value>]| {
            let others = all.iter().enumerate().take(index);
            others
                .filter(|(at, _)| schema(&members[*at]) != schema(&members[index]))
                .all(|(_, known)| !tags.iter().any(|tag| known.contains(tag)))
        };
        tags.iter().enumerate().all(|(index, own)| !own.is_empty() && is_free((index, own), tags))
    }

    /// The values that a property may have in a schema; `None` where it may have any, or isn't there.
    fn admitted(&self, id: SchemaId, property: &str, depth: usize) -> Option<Vec<Value>> {
        let objects = self.objects(id, depth)?;
        let mut found: Vec<Value> = Vec::new();
        for object in objects {
            let property = object.properties.iter().find(|candidate| candidate.name == property)?;
            let values = &self.enumeration(property.value.schema)?.values;
            found.extend(values.iter().filter(|value| !found.contains(value)).cloned().collect::<Vec<_>>());
        }
        (!found.is_empty() && found.len() <= MOST_VALUES).then_some(found)
    }

    /// The values of an enumeration of texts, numbers or truth values.
    fn enumeration(&self, id: SchemaId) -> Option<&'a Enumeration> {
        match &self.schemas.get(self.schemas.resolve(id)).shape {
            Shape::Enumeration(found) if found.values.iter().all(is_tag) && !found.values.is_empty() => Some(found),
            _ => None,
        }
    }

    /// The objects that a value may be: one, or those of the unions in a union.
    fn objects(&self, id: SchemaId, depth: usize) -> Option<Vec<&'a Object>> {
        match &self.schemas.get(self.schemas.resolve(id)).shape {
            Shape::Object(object) => Some(vec![object]),
            Shape::Union(union) if depth < DEEPEST => {
                let each = union.members.iter().map(|member| self.objects(member.value.schema, depth + 1));
                Some(each.collect::<Option<Vec<_>>>()?.concat())
            }
            _ => None,
        }
    }

    fn is_object(&self, id: SchemaId, depth: usize) -> bool {
        match &self.schemas.get(self.schemas.resolve(id)).shape {
            Shape::Object(_) => true,
            Shape::Union(union) if depth < DEEPEST => {
                union.members.iter().all(|member| self.is_object(member.value.schema, depth + 1))
            }
            _ => false,
        }
    }
}

/// The tags by mapping, or else by the component's name.
fn named(member: &Member) -> Vec<Value> {
    if member.mapped.is_empty() {
        return member.name.iter().map(|name| Value::String(name.clone())).collect();
    }
    member.mapped.iter().map(|tag| Value::String(tag.clone())).collect()
}

/// The value that is the name of an alternative's component.
fn name_among(member: &Member, values: &[Value]) -> Option<Value> {
    let name = member.name.as_deref()?;
    values.iter().find(|value| value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(name))).cloned()
}

fn is_tag(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Bool(_)) || value.is_i64()
}

/// A tag as a mapping writes it.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
