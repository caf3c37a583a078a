//! Facts that depend on the graph of all items: boxes, derives, and types without finite values.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::rust::name::Name;
use crate::rust::{Derives, Item, Occurrence, Struct, Type, Wrapper};

/// Settles boxes, wrappers and derives. Returns the members that became optional because their types would be infinite: the
/// item, and the member's name on the wire.
pub(crate) fn break_cycles_and_derive(items: &mut [Item]) -> Vec<(Name, String)> {
    wrap_endless_aliases(items);
    box_cycles(items);
    let opened = open_endless(items);
    derive(items);
    opened
}

type Graph = BTreeMap<Name, BTreeSet<Name>>;

/// Replaces infinite aliases such as `type Tree = Vec<Tree>` by structs.
fn wrap_endless_aliases(items: &mut [Item]) {
    let graph: Graph = items
        .iter()
        .filter_map(|item| match item {
            Item::Alias(alias) => {
                let mut held = BTreeSet::new();
                alias.ty.walk(&mut |part| {
                    if let Type::Named(name) = part {
                        held.insert(name.clone());
                    }
                });
                Some((alias.name.clone(), held))
            }
            Item::Struct(_) | Item::Enum(_) | Item::Union(_) | Item::Wrapper(_) => None,
        })
        .collect();
    let cyclic = cyclic(&graph);
    for item in items {
        if let Item::Alias(alias) = item
            && cyclic.contains_key(&alias.name)
        {
            let derives = Derives::ALL;
            *item = Item::Wrapper(Wrapper {
                name: alias.name.clone(),
                docs: alias.docs.clone(),
                ty: alias.ty.clone(),
                derives,
            });
        }
    }
}

/// Boxes types that contain themselves without another indirection.
fn box_cycles(items: &mut [Item]) {
    let graph: Graph = items
        .iter()
        .map(|item| {
            let mut held = BTreeSet::new();
            item.each_type(&mut |ty| direct(ty, &mut held));
            (item.name().clone(), held)
        })
        .collect();
    let cyclic = cyclic(&graph);
    for item in items {
        let Some(component) = cyclic.get(item.name()).copied() else { continue };
        // An alias with a box would be another type; the types that contain the alias have the box.
        if matches!(item, Item::Alias(_)) {
            continue;
        }
        each_type_mut(item, &mut |ty| box_direct(ty, &|name| cyclic.get(name) == Some(&component)));
    }
}

/// The names that a type contains without an indirection.
fn direct(ty: &Type, held: &mut BTreeSet<Name>) {
    match ty {
        Type::Named(name) => {
            held.insert(name.clone());
        }
        Type::Option(inner) | Type::Presence(inner) => direct(inner, held),
        Type::Tuple(items) => items.iter().for_each(|item| direct(item, held)),
        Type::List(_)
        | Type::Map(_)
        | Type::Boxed(_)
        | Type::Unit
        | Type::Bool
        | Type::Number(_)
        | Type::AnyNumber
        | Type::Decimal
        | Type::String
        | Type::Secret
        | Type::Timestamp
        | Type::Date
        | Type::Foreign(_)
        | Type::Base64
        | Type::DecimalText
        | Type::Value
        | Type::JsonObject
        | Type::Bytes
        | Type::ByteStream
        | Type::Stream(_) => {}
    }
}

fn box_direct(ty: &mut Type, in_cycle: &impl Fn(&Name) -> bool) {
    match ty {
        Type::Named(name) if in_cycle(name) => *ty = Type::Boxed(Box::new(ty.clone())),
        Type::Option(inner) | Type::Presence(inner) => box_direct(inner, in_cycle),
        Type::Tuple(items) => items.iter_mut().for_each(|item| box_direct(item, in_cycle)),
        _ => {}
    }
}

/// Makes members optional where every value would contain another value of the same type, as in `struct Node { next: Box<Node> }`,
/// which has no finite value.
fn open_endless(items: &mut [Item]) -> Vec<(Name, String)> {
    let graph: Graph = items
        .iter()
        .map(|item| {
            let mut held = BTreeSet::new();
            match item {
                Item::Struct(_) | Item::Alias(_) | Item::Wrapper(_) => {
                    item.each_type(&mut |ty| always(ty, &mut held));
                }
                // The catch-all variant is always finite.
                Item::Enum(_) | Item::Union(_) => {}
            }
            (item.name().clone(), held)
        })
        .collect();
    let cyclic = cyclic(&graph);
    let mut opened = Vec::new();
    for item in items {
        let Some(component) = cyclic.get(item.name()).copied() else { continue };
        let endless = |ty: &Type| {
            let mut held = BTreeSet::new();
            always(ty, &mut held);
            held.iter().any(|name| cyclic.get(name) == Some(&component))
        };
        match item {
            Item::Struct(item) => {
                for field in item.fields.iter_mut().filter(|field| endless(&field.ty)) {
                    opened.push((item.name.clone(), field.wire.clone()));
                    field.ty = field.ty.clone().optional();
                    field.occurrence = Occurrence::Optional;
                }
                leave_optional_out(item);
            }
            Item::Wrapper(item) => item.ty = item.ty.clone().optional(),
            Item::Alias(_) | Item::Enum(_) | Item::Union(_) => {}
        }
    }
    opened
}

/// Takes the members that became optional out of the constructor.
fn leave_optional_out(item: &mut Struct) {
    let Some(order) = &mut item.constructor else { return };
    let is_optional =
        |name: &Name| item.fields.iter().any(|field| field.name == *name && field.occurrence.may_be_absent());
    order.retain(|name| !is_optional(name));
    if order.is_empty() && item.fields.iter().all(|field| field.occurrence.may_be_absent()) {
        item.constructor = None;
    }
}

/// The names of the types that every value of a type contains.
fn always(ty: &Type, held: &mut BTreeSet<Name>) {
    match ty {
        Type::Named(name) => {
            held.insert(name.clone());
        }
        Type::Boxed(inner) => always(inner, held),
        Type::Tuple(items) => items.iter().for_each(|item| always(item, held)),
        _ => {}
    }
}

fn each_type_mut(item: &mut Item, visit: &mut impl FnMut(&mut Type)) {
    match item {
        Item::Struct(item) => item.fields.iter_mut().for_each(|field| visit(&mut field.ty)),
        Item::Union(item) => item.members.iter_mut().for_each(|member| visit(&mut member.ty)),
        Item::Alias(item) => visit(&mut item.ty),
        Item::Wrapper(item) => visit(&mut item.ty),
        Item::Enum(_) => {}
    }
}

/// The members of cycles, each with the number of its strongly connected component .
fn cyclic(graph: &Graph) -> BTreeMap<Name, usize> {
    let mut directed = DiGraph::<&Name, ()>::with_capacity(graph.len(), 0);
    let index_of: BTreeMap<&Name, NodeIndex> = graph.keys().map(|name| (name, directed.add_node(name))).collect();
    for (name, targets) in graph {
        for target in targets.iter().filter_map(|target| index_of.get(target)) {
            directed.add_edge(index_of[name], *target, ());
        }
    }
    let mut found = BTreeMap::new();
    // The other algorithm of the library uses stack for each step of a chain.
    for (number, component) in kosaraju_scc(&directed).into_iter().enumerate() {
        let holds_itself = component.len() > 1 || directed.contains_edge(component[0], component[0]);
        if holds_itself {
            found.extend(component.into_iter().map(|index| (directed[index].clone(), number)));
        }
    }
    found
}

/// Removes the derives that some member, at any depth, does not have.
fn derive(items: &mut [Item]) {
    let without_eq = without_eq(items);
    for item in items {
        let eq = !without_eq.contains(item.name());
        match item {
            Item::Struct(item) => {
                // A constructor that writes constants is the default.
                let writes = item.constructor.is_some() && item.fields.iter().any(|field| field.tag.is_some());
                let default = !writes && item.fields.iter().all(|field| field.occurrence.may_be_absent());
                item.derives = Derives { eq, default };
            }
            Item::Union(item) => item.derives = Derives { eq, default: false },
            Item::Wrapper(item) => item.derives = Derives { eq, default: false },
            Item::Enum(_) | Item::Alias(_) => {}
        }
    }
}

/// The items without `Eq`: those that hold a type without it, at any depth.
fn without_eq(items: &[Item]) -> BTreeSet<Name> {
    let mut holders: BTreeMap<Name, Vec<&Name>> = BTreeMap::new();
    let mut waiting: Vec<&Name> = Vec::new();
    for item in items {
        item.each_type(&mut |ty| {
            ty.walk(&mut |part| match part {
                Type::Named(name) => holders.entry(name.clone()).or_default().push(item.name()),
                Type::Number(primitive) if primitive.is_float() => waiting.push(item.name()),
                // A type that the user chose may have it, which is not known here.
                Type::Foreign(foreign) if foreign.module().is_none() => waiting.push(item.name()),
                _ => {}
            });
        });
    }
    let mut found = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if found.insert(name.clone()) {
            waiting.extend(holders.get(name).into_iter().flatten().copied());
        }
    }
    found
}
