//! Conditions by which an alternative is recognised among those that are tried: the values that it lists, constants of its members and
//! of what these hold, and the forms of its texts.

use super::look::{Look, MOST_VALUES};
use crate::ir::{Condition, Enumeration, Member, Object, Property, SchemaId, Shape, Step, Test, Use};
use crate::lower::texts;

/// The maximum number of conditions of an alternative.
const MOST_CONDITIONS: usize = 2;

/// The maximum depth of members in which a constant is searched.
const DEEPEST: usize = 3;

/// The maximum number of alternatives whose texts are compared with each other.
const MOST_COMPARED: usize = 32;

/// With more alternatives than this, the first of them say what an alternative is told apart by.
const MOST_RIVALS: usize = 256;

/// With more values than this, a list that is a condition would be longer than what it tells is worth.
const MOST_LISTED: usize = 512;

impl<'a> Look<'a> {
    /// The conditions of each alternative.
    pub(super) fn conditions(&self, members: &[Member]) -> Vec<Vec<Condition>> {
        let objects: Vec<Vec<&Object>> =
            members.iter().map(|member| self.objects(member.value.schema, 0).unwrap_or_default()).collect();
        (0..members.len()).map(|index| self.conditions_of(members, &objects, index)).collect()
    }

    /// The conditions of an alternative, given the objects that each alternative may be.
    fn conditions_of(&self, members: &[Member], objects: &[Vec<&'a Object>], index: usize) -> Vec<Condition> {
        let rivals = || (0..members.len()).filter(|at| *at != index).take(MOST_RIVALS);
        if let Some(listed) = self.listed(&members[index], rivals().map(|at| &members[at])) {
            return vec![listed];
        }
        if let Some(items) = self.items(&members[index]) {
            let others: Vec<&[Use]> = rivals().filter_map(|at| self.items(&members[at])).collect();
            return self.constant_items(items, &others);
        }
        let [object] = objects[index].as_slice() else { return Vec::new() };
        let others: Vec<&Object> = rivals().flat_map(|at| &objects[at]).copied().collect();
        let mut found = Vec::new();
        self.constants(object, &others, &[], &mut found);
        if found.is_empty() && members.len() <= MOST_COMPARED {
            self.forms(object, &others, &mut found);
        }
        found
    }

    /// The listed values of an enumeration beside other texts or numbers: an enumeration reads those as well.
    fn listed<'b>(&self, own: &Member, mut others: impl Iterator<Item = &'b Member>) -> Option<Condition> {
        let shape = |member: &Member| &self.schemas.get(self.schemas.resolve(member.value.schema)).shape;
        let Shape::Enumeration(found) = shape(own) else { return None };
        let (texts, numbers) = (is_all(found, |it| it.is_string()), is_all(found, |it| it.is_i64()));
        let is_rival = |other: &Member| match shape(other) {
            Shape::String { .. } => texts,
            Shape::Integer { .. } | Shape::Number { .. } => numbers,
            Shape::Enumeration(other) => {
                texts && is_all(other, |it| it.is_string()) || numbers && is_all(other, |it| it.is_number())
            }
            _ => false,
        };
        let is_short = (1..=MOST_LISTED).contains(&found.values.len());
        let tells = is_short && !self.schemas.is_nullable(&own.value) && others.any(is_rival);
        tells.then(|| Condition { path: Vec::new(), test: Test::Values(found.values.clone()) })
    }

    /// The items of a tuple.
    fn items(&self, member: &Member) -> Option<&'a [Use]> {
        match &self.schemas.get(self.schemas.resolve(member.value.schema)).shape {
            Shape::Tuple { items, .. } => Some(items),
            _ => None,
        }
    }

    /// Items of a tuple that list their values, and that others have with other values.
    fn constant_items(&self, own: &[Use], others: &[&[Use]]) -> Vec<Condition> {
        let condition = |(index, item): (usize, &Use)| {
            let enumeration = self.enumeration(item.schema)?;
            let is_usable = enumeration.values.len() <= MOST_VALUES && !self.schemas.is_nullable(item);
            let differs = |other: &&[Use]| self.differs(enumeration, other.get(index).map(|item| item.schema));
            (is_usable && others.iter().any(differs))
                .then(|| Condition { path: vec![Step::Item(index)], test: Test::Values(enumeration.values.clone()) })
        };
        own.iter().enumerate().filter_map(condition).take(MOST_CONDITIONS).collect()
    }

    /// Members that list their values, and that others lack or have with other values.
    fn constants(&self, own: &'a Object, others: &[&'a Object], path: &[Step], found: &mut Vec<Condition>) {
        for property in &own.properties {
            if found.len() == MOST_CONDITIONS {
                return;
            }
            let path = [path, &[Step::Property(property.name.clone())]].concat();
            if let Some(enumeration) = self.enumeration(property.value.schema) {
                let is_usable = enumeration.values.len() <= MOST_VALUES && !self.schemas.is_nullable(&property.value);
                if is_usable
                    && others
                        .iter()
                        .any(|other| self.differs(enumeration, same(other, property).map(|it| it.value.schema)))
                {
                    found.push(Condition { path, test: Test::Values(enumeration.values.clone()) });
                }
                continue;
            }
            if !property.required || path.len() >= DEEPEST {
                continue;
            }
            let inner = self.objects(property.value.schema, 0).unwrap_or_default();
            let [inner] = inner.as_slice() else { continue };
            let theirs: Vec<&Object> = others
                .iter()
                .filter_map(|other| self.objects(same(other, property)?.value.schema, 0))
                .flatten()
                .collect();
            if !theirs.is_empty() && theirs.iter().all(|other| !std::ptr::eq(*other, *inner)) {
                self.constants(inner, &theirs, &path, found);
            }
        }
    }

    fn differs(&self, own: &Enumeration, other: Option<SchemaId>) -> bool {
        match other.and_then(|other| self.enumeration(other)) {
            Some(known) => known.values.iter().all(|value| !own.values.contains(value)),
            None => own.constant,
        }
    }

    /// Members that are texts of another form in each alternative.
    fn forms(&self, own: &Object, others: &[&Object], found: &mut Vec<Condition>) {
        for property in &own.properties {
            let is_text = |it: &Property| {
                let shape = &self.schemas.get(self.schemas.resolve(it.value.schema)).shape;
                matches!(shape, Shape::String { .. }) && !self.schemas.is_nullable(&it.value)
            };
            let theirs = others.iter().filter_map(|other| same(other, property)).filter(|it| is_text(it));
            let texts: Vec<&Use> = std::iter::once(property).chain(theirs).map(|it| &it.value).collect();
            if found.is_empty()
                && is_text(property)
                && let Some(form) = texts::forms(self.schemas, &texts).and_then(|forms| forms.into_iter().next()?)
            {
                found.push(Condition { path: vec![Step::Property(property.name.clone())], test: Test::Form(form) });
            }
        }
    }
}

fn is_all(found: &Enumeration, is_so: impl Fn(&serde_json::Value) -> bool) -> bool {
    !found.values.is_empty() && found.values.iter().all(is_so)
}

/// The property of that name in another object.
fn same<'a>(object: &'a Object, property: &Property) -> Option<&'a Property> {
    object.property(&property.name)
}
