//! The bounds for validation: those of members, of the contents of members, and of types.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use clientwright_sources::pattern::translate;
use regress::Regex;

use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{BoundKeyword, Constraint, Docs, Object, Rest, SchemaId, Shape, Use, is_modest};
use crate::plan::types::mapping::Types;
use crate::rust::name::Name;
use crate::rust::{Bound, Item, Type, Validation};

/// The maximum depth of lists in lists, since a list of itself has no end.
const DEEPEST: u8 = 4;

/// Plans the bounds that can be checked, and reports the others.
pub(crate) fn validation(types: Types<'_>, items: &[Item], diagnostics: &mut Diagnostics) -> Validation {
    let has_parts = |item: &&Item| matches!(item, Item::Struct(_) | Item::Union(_) | Item::Wrapper(_));
    let named: Vec<&Item> = items.iter().filter(has_parts).collect();
    let mut found = Found { types, diagnostics, bounds: Vec::new(), known: HashSet::new(), faults: HashMap::new() };
    let mut bounds: Vec<(Name, Vec<Bound>)> = Vec::new();
    let ids: BTreeMap<&Name, SchemaId> = types.names.items.iter().map(|(id, name)| (name, *id)).collect();
    for item in &named {
        let Some((name, id)) = ids.get_key_value(item.name()) else { continue };
        found.item(*id, item);
        let own = std::mem::take(&mut found.bounds);
        found.known.clear();
        if !own.is_empty() {
            bounds.push(((*name).clone(), own));
        }
    }
    Validation { bounds, types: named.into_iter().map(|item| item.name().clone()).collect() }
}

struct Found<'a, 'd> {
    types: Types<'a>,
    diagnostics: &'d mut Diagnostics,
    bounds: Vec<Bound>,
    /// The bounds that the type has so far.
    known: HashSet<String>,
    /// The reasons for which patterns can't be checked; `None` for those that can.
    faults: HashMap<String, Option<&'static str>>,
}

impl<'a> Found<'a, '_> {
    fn item(&mut self, id: SchemaId, item: &Item) {
        let schema = self.types.api.schemas.get(id);
        match (&schema.shape, item) {
            (Shape::Object(object), Item::Struct(_)) => {
                self.of_docs(id, &schema.docs, None, 0);
                for property in &object.properties {
                    self.of_use(&property.value, Some(&property.name), 0);
                }
                if let Rest::Typed(usage) = &object.rest {
                    self.of_use(usage, None, 1);
                }
            }
            (_, Item::Wrapper(_)) => self.of_schema(id, None, 0),
            _ => {}
        }
    }

    /// Records the bounds of a place and of the values in it.
    fn of_use(&mut self, usage: &'a Use, member: Option<&str>, depth: u8) {
        self.of_docs(usage.schema, &usage.docs, member, depth);
        self.of_schema(usage.schema, member, depth);
    }

    fn of_schema(&mut self, id: SchemaId, member: Option<&str>, depth: u8) {
        let (mut id, mut schema) = (id, self.types.api.schemas.get(id));
        // A chain of aliases may be longer than the stack has room for.
        while let (Shape::Alias(target), true) = (&schema.shape, depth <= DEEPEST) {
            self.of_docs(id, &schema.docs, member, depth);
            self.of_docs(target.schema, &target.docs, member, depth);
            self.of_chosen(id);
            (id, schema) = (target.schema, self.types.api.schemas.get(target.schema));
        }
        if depth > DEEPEST {
            if !schema.docs.constraints.is_empty() {
                self.unchecked(id, "lists in lists are checked four levels deep");
            }
            return;
        }
        match &schema.shape {
            // It has a type with bounds of its own.
            Shape::Object(object) if !object.properties.is_empty() => return,
            Shape::Object(object) => {
                self.of_docs(id, &schema.docs, member, depth);
                self.values(object, member, depth);
            }
            Shape::Array { items, unique, .. } => {
                self.of_docs(id, &schema.docs, member, depth);
                if *unique {
                    self.add(
                        id,
                        &Constraint { keyword: BoundKeyword::UniqueItems, value: "true".to_owned() },
                        member,
                        depth,
                    );
                }
                self.of_use(items, member, depth + 1);
            }
            Shape::Union(union) => {
                let bounded: BTreeSet<SchemaId> =
                    union.members.iter().filter_map(|it| self.bounded(&it.value)).collect();
                bounded
                    .into_iter()
                    .for_each(|id| self.unchecked(id, "nothing tells which of several alternatives a value is"));
            }
            Shape::Tuple { items, .. } => {
                self.of_docs(id, &schema.docs, member, depth);
                let bounded: BTreeSet<SchemaId> = items.iter().filter_map(|usage| self.bounded(usage)).collect();
                bounded.into_iter().for_each(|id| self.unchecked(id, "the places of a tuple are not checked"));
            }
            Shape::Alias(_)
            | Shape::Any(_)
            | Shape::Never
            | Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number { .. }
            | Shape::String { .. }
            | Shape::Enumeration(_) => self.of_docs(id, &schema.docs, member, depth),
        }
        self.of_chosen(id);
    }

    fn of_chosen(&mut self, id: SchemaId) {
        let has_bounds = !self.types.api.schemas.get(id).docs.constraints.is_empty();
        let chosen = self.types.chosen(id);
        if has_bounds && matches!(chosen, Some(Type::Foreign(foreign)) if foreign.module().is_none()) {
            self.unchecked(id, "the type was chosen, and checks its values itself");
        }
    }

    fn values(&mut self, object: &'a Object, member: Option<&str>, depth: u8) {
        let only = match (&object.rest, object.patterns.as_slice()) {
            (Rest::Typed(usage), []) => Some(usage.as_ref()),
            (Rest::Closed | Rest::Open, [(_, usage)]) => Some(usage),
            _ => None,
        };
        if let Some(usage) = only {
            self.of_use(usage, member, depth + 1);
        }
    }

    fn of_docs(&mut self, id: SchemaId, docs: &Docs, member: Option<&str>, depth: u8) {
        docs.constraints.iter().for_each(|constraint| self.add(id, constraint, member, depth));
    }

    fn add(&mut self, id: SchemaId, constraint: &Constraint, member: Option<&str>, depth: u8) {
        let Constraint { keyword, value } = constraint;
        if *keyword == BoundKeyword::Pattern
            && let Some(reason) = self.fault_of_pattern(value)
        {
            return self.unchecked(id, reason);
        }
        let bound = Bound { member: member.map(str::to_owned), depth, keyword: *keyword, value: value.clone() };
        if self.known.insert(format!("{:?} {} {} {}", bound.member, bound.depth, bound.keyword.as_str(), bound.value)) {
            self.bounds.push(bound);
        }
    }

    /// The reason for which a pattern can't be checked, looked for once for all places that share it.
    fn fault_of_pattern(&mut self, pattern: &str) -> Option<&'static str> {
        if let Some(known) = self.faults.get(pattern) {
            return *known;
        }
        let fault = fault_of_pattern(pattern);
        self.faults.insert(pattern.to_owned(), fault);
        fault
    }

    /// The schema of a value with its own bounds.
    fn bounded(&self, usage: &Use) -> Option<SchemaId> {
        let id = self.types.api.schemas.resolve(usage.schema);
        let schema = self.types.api.schemas.get(id);
        let in_place = !matches!(&schema.shape, Shape::Object(object) if !object.properties.is_empty());
        (in_place && !schema.docs.constraints.is_empty()).then_some(id)
    }

    fn unchecked(&mut self, id: SchemaId, why: &str) {
        let place = self.types.api.schemas.get(id).pointer.clone();
        self.diagnostics.push(Rule::BoundNotChecked.at(place).message(format!("`validate` leaves this out: {why}")));
    }
}

/// The reason for which a pattern can't be checked.
fn fault_of_pattern(pattern: &str) -> Option<&'static str> {
    if !is_modest(pattern) {
        return Some("its pattern is too large to be compiled");
    }
    if Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)).is_err() {
        return Some("its pattern is none of ECMA-262");
    }
    let is_bounded = translate(pattern).is_some_and(|pattern| fancy_regex::Regex::new(&pattern).is_ok());
    (!is_bounded).then_some("its pattern can't be matched in a bounded number of steps")
}
