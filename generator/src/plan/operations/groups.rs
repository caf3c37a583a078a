//! Groups: operations by tag, each with a name.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use clientwright_sources::{CLI, CLIENT_METHODS, DELIVERIES, FEATURES, MOCK, VALIDATE};

use crate::diagnostics::Diagnostics;
use crate::ir::{Api, Operation, Part, PathTemplate, Property, Shape};
use crate::plan::naming::method_name::{self, Identified, MethodNames, OwnPart, Unnamed};
use crate::plan::naming::namer::Namer;
use crate::plan::naming::tags;
use crate::plan::naming::words;
use crate::plan::operations::context::Context;
use crate::plan::operations::operation;
use crate::plan::operations::security::Security;
use crate::plan::types::mapping::Types;
use crate::rust::name::{CONVENTIONAL_METHODS, Case, Name, PRELUDE, Scope};
use crate::rust::{Group, Namespace, RootModule};

/// The groups of operations and their names, before any type is known.
pub(crate) struct Layout {
    /// By the group's index in the API; `None` for operations without a tag.
    members: BTreeMap<Option<usize>, Vec<Member>>,
    /// For each group of the API the name that it would have.
    group_names: Vec<String>,
    /// For each operation of the API a name that is clear outside its group (`UpdateWebhook`), for naming types.
    pub(crate) operation_names: Vec<String>,
}

struct Member {
    operation: usize,
    method: Name,
}

/// Names that modules of groups can't have, besides those of the crate's other modules: of files that mean something to Cargo, of
/// crates that the emitted code names, and of a method of the client.
const NAMED: &[&str] = &[
    "alloc",
    "build",
    "bytes",
    "core",
    "http",
    "jiff",
    "lib",
    "main",
    "mod",
    "proc_macro",
    "quick_xml",
    "reqwest",
    "scope",
    "secrecy",
    "serde",
    "serde_json",
    "std",
    "test",
    "tokio",
    "tracing",
    "url",
];

/// Names of devices, which no file can have on Windows.
const DEVICES: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Assigns operations to groups.
pub(crate) fn layout(api: &Api, namer: &mut Namer<'_>) -> Layout {
    let mut by_group: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        by_group.entry(operation.group).or_default().push(index);
    }
    let mut operation_names = vec![String::new(); api.operations.len()];
    let group_names = tags::candidates(api);
    let ids = Ids::of(api);
    let mut members = BTreeMap::new();
    for (group, indices) in by_group {
        let tag = group.map_or("", |group| api.groups[group].tag.as_str());
        let name = group.map_or("", |group| group_names[group].as_str());
        let Candidates { names: candidates, own } = candidates(api, &indices, tag, name, &ids);
        let mut scope = match group {
            Some(_) => Scope::excluding(CONVENTIONAL_METHODS),
            None => Scope::excluding(CLIENT_METHODS),
        };
        if group.is_none() {
            namer.reserve_previous(&mut scope, &Namespace::GROUPS, |tag| {
                api.groups.iter().any(|group| group.tag == tag)
            });
        }
        let keys: Vec<String> = indices.iter().map(|index| api.operations[*index].key().to_string()).collect();
        let known: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
        namer.reserve_previous(&mut scope, &Namespace::METHODS, |key| {
            key.rsplit_once(" as ").is_some_and(|(operation, _)| known.contains(operation))
        });
        let pairs = keys.iter().zip(&candidates).map(|(key, candidate)| (key.as_str(), candidate.as_str()));
        let names = namer.claim_all(&mut scope, &Namespace::METHODS, pairs, Case::Value);
        for ((index, method), own) in indices.iter().zip(&names).zip(own) {
            operation_names[*index] = match (api.operations[*index].id.as_deref(), own) {
                (Some(id), Some(own)) => outer_name(id, own, name),
                _ => method_name::outside_group(method.bare(), name),
            };
        }
        let found = indices.into_iter().zip(names).map(|(operation, method)| Member { operation, method }).collect();
        members.insert(group, found);
    }
    Layout { members, group_names, operation_names }
}

/// The ids of a document, as far as they say something of one another.
struct Ids<'a> {
    all: BTreeSet<&'a str>,
    /// True if nearly all are made from the routes.
    are_routes: bool,
}

impl<'a> Ids<'a> {
    fn of(api: &'a Api) -> Self {
        let operations = || api.operations.iter().filter_map(|operation| Some((operation, operation.id.as_deref()?)));
        let is_route = |(operation, id): &(&Operation, &str)| {
            method_name::is_route_of(id, &operation.method, operation.path.text())
        };
        let (routes, count) = (operations().filter(is_route).count(), operations().count());
        Ids { all: operations().map(|(_, id)| id).collect(), are_routes: count >= 5 && routes * 10 >= count * 9 }
    }

    /// The operation's id, unless a generator made it up.
    fn chosen<'o>(&self, operation: &'o Operation) -> Option<&'o str> {
        let id = operation.id.as_deref()?;
        let (method, path) = (operation.method.as_str(), operation.path.text());
        let is_route = self.are_routes && method_name::is_route_of(id, method, path);
        (!is_route && !method_name::is_made_up(id, method, path)).then_some(id)
    }

    /// True if the document has the same id without the number at its end.
    fn is_numbered(&self, id: &str) -> bool {
        let without = method_name::without_number(id);
        without.len() < id.len() && self.all.contains(without)
    }
}

/// The candidates for the names of a group's methods, one for each operation.
struct Candidates {
    names: Vec<String>,
    /// The parts of the ids that a person chose. Nothing for an operation without an id, and for one whose id nobody chose.
    own: Vec<Option<OwnPart>>,
}

fn candidates<'a>(api: &'a Api, indices: &[usize], tag: &str, group: &str, ids: &Ids<'_>) -> Candidates {
    let operations: Vec<&'a Operation> = indices.iter().map(|index| &api.operations[*index]).collect();
    let paths: Vec<&PathTemplate> = operations.iter().map(|operation| &operation.path).collect();
    let prefix = if tag.is_empty() { Vec::new() } else { method_name::group_prefix(&paths, group) };
    let puts: HashSet<&str> =
        operations.iter().filter(|other| other.method == "PUT").map(|other| other.path.text()).collect();
    let identified = |operation: &&'a Operation| {
        let id = ids.chosen(operation)?;
        Some(Identified {
            id,
            tag,
            group,
            method: &operation.method,
            path: &operation.path,
            title: title(operation),
            returns_list: gives_a_list(api, operation),
            has_put: puts.contains(operation.path.text()),
            numbered: ids.is_numbered(id),
            qualifier: &[],
        })
    };
    let identified: Vec<Option<Identified<'_>>> = operations.iter().map(identified).collect();
    let own: Vec<Option<OwnPart>> = identified.iter().map(|identified| identified.as_ref().map(OwnPart::of)).collect();
    let with_own = identified.iter().zip(&own);
    let with_own = with_own.map(|(identified, own)| identified.zip(own.as_ref()));
    let qualifier = method_name::qualifier(group, with_own.clone().flatten());
    let names = |(operation, identified): (&&'a Operation, Option<(Identified<'_>, &OwnPart)>)| match identified {
        Some((identified, own)) => {
            method_name::from_operation_id(&Identified { qualifier: &qualifier, ..identified }, own)
        }
        None => {
            let unnamed = Unnamed {
                method: &operation.method,
                path: &operation.path,
                returns_list: gives_a_list(api, operation),
                has_put: puts.contains(operation.path.text()),
            };
            let name = method_name::from_path(&unnamed, &prefix);
            let short = method_name::without_group(&name, group);
            MethodNames { short, clear: name.clone(), whole: name, framed: true }
        }
    };
    let names: Vec<MethodNames> = operations.iter().zip(with_own).map(names).collect();
    let mut chosen: Vec<String> = names.iter().map(|names| names.short.clone()).collect();
    // A name that two operations would have when shortened, neither has, unless they have it in full as well.
    for longer in [|names: &MethodNames| names.clear.clone(), |names: &MethodNames| names.whole.clone()] {
        for places in of_several(&chosen).into_values() {
            let longer: Vec<String> = places.iter().map(|place| longer(&names[*place])).collect();
            if longer.iter().any(|name| *name != longer[0]) {
                places.into_iter().zip(longer).for_each(|(place, name)| chosen[place] = name);
            }
        }
    }
    for (name, places) in of_several(&chosen) {
        let shared: Vec<(&str, &PathTemplate)> =
            places.iter().map(|place| (operations[*place].method.as_str(), paths[*place])).collect();
        if places.iter().any(|place| names[*place].framed)
            && let Some(apart) = method_name::tell_apart(&name, &shared)
        {
            places.iter().zip(apart).for_each(|(place, name)| chosen[*place] = name);
        }
    }
    for place in of_several(&chosen).into_values().flatten() {
        if let Some(id) = ids.chosen(operations[place]) {
            id.clone_into(&mut chosen[place]);
        }
    }
    Candidates { names: chosen, own }
}

fn title(operation: &Operation) -> &str {
    operation.summary.as_deref().unwrap_or_default()
}

/// The places of each name that several have.
fn of_several(names: &[String]) -> BTreeMap<String, Vec<usize>> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    names.iter().enumerate().for_each(|(place, name)| places.entry(name.clone()).or_default().push(place));
    places.retain(|_, places| places.len() > 1);
    places
}

/// The name that an operation has outside its group, which types are named after, by its id and the part of it that a person chose.
fn outer_name(id: &str, own: OwnPart, group: &str) -> String {
    match own.for_types() {
        Some(own) if own.len() > 1 || group.is_empty() => own.join(" "),
        Some(own) => format!("{} {}", own.join(" "), words::singular(group)),
        None => id.to_owned(),
    }
}

/// Returns whether the output is a list: an array, or an object whose only relevant required member is one. What a path that ends in a
/// parameter gives is one thing that may have a list, unless nothing else is in it.
fn gives_a_list(api: &Api, operation: &Operation) -> bool {
    let schemas = &api.schemas;
    let is_item =
        matches!(operation.path.segments.last(), Some(last) if matches!(last.parts.last(), Some(Part::Parameter(_))));
    let success = operation.responses.iter().filter(|response| response.status.is_success());
    let mut bodies = success.flat_map(|response| &response.content).filter_map(|media| media.schema.as_ref());
    bodies.any(|usage| match &schemas.get(schemas.resolve(usage.schema)).shape {
        Shape::Array { .. } => true,
        Shape::Object(object) => {
            let is_array = |id| matches!(schemas.get(schemas.resolve(id)).shape, Shape::Array { .. });
            let of_list = |property: &&Property| is_array(property.value.schema) && !is_beside_a_list(&property.name);
            let lists = object.properties.iter().filter(of_list).count();
            let others = object.properties.len() - lists.min(object.properties.len());
            let paging = object.properties.iter().filter(|property| is_paging(&property.name)).count();
            lists == 1 && (others == 0 || if is_item { paging >= others } else { paging > 0 })
        }
        _ => false,
    })
}

/// Returns whether a list of this name is about the items of another one.
fn is_beside_a_list(name: &str) -> bool {
    ["errors", "facets", "included", "links", "order", "sort", "warnings"].contains(&name.to_lowercase().as_str())
}

/// Returns whether a member is a typical part of a page beside the list.
fn is_paging(name: &str) -> bool {
    let name = name.to_lowercase();
    ["next", "cursor", "page", "total", "has_more", "hasmore", "limit", "offset", "count", "links", "meta"]
        .iter()
        .any(|word| name.contains(word))
}

/// The groups, and the operations that have none.
pub(crate) fn groups(
    api: &Api,
    layout: Layout,
    types: Types<'_>,
    security: &Security,
    has_command_line: bool,
    namer: &mut Namer<'_>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Group>, Option<Group>) {
    let others = RootModule::ALL.into_iter().filter(|module| has_command_line || *module != RootModule::CommandLine);
    let mut modules = Scope::excluding(&others.map(RootModule::name).collect::<Vec<_>>());
    modules.exclude(NAMED);
    modules.exclude(DEVICES);
    modules.exclude(CLIENT_METHODS);
    // Operations without a group share the client's namespace with the handles of groups.
    for member in layout.members.get(&None).into_iter().flatten() {
        modules.exclude(&[member.method.bare()]);
    }
    let used = layout.members.keys().flatten();
    let pairs = used.map(|group| (api.groups[*group].tag.as_str(), layout.group_names[*group].as_str()));
    let mut claimed = namer.claim_all(&mut modules, &Namespace::GROUPS, pairs, Case::Value).into_iter();
    let (mut groups, mut ungrouped) = (Vec::new(), None);
    for (index, members) in &layout.members {
        let module = match index {
            Some(_) => claimed.next(),
            None => None,
        };
        let module = module.unwrap_or_else(|| {
            let candidates = ["operations", "untagged"];
            namer.claim(&mut modules, &Namespace::GROUPS, "(no tag)", &candidates, Case::Value)
        });
        let methods = match index {
            Some(_) => Scope::excluding(CONVENTIONAL_METHODS),
            None => modules.clone(),
        };
        let source = index.map(|index| &api.groups[index]);
        let context = Context {
            types,
            security,
            scope: Scope::new(),
            module: Namespace::module(""),
            methods,
            namer: &mut *namer,
            diagnostics: &mut *diagnostics,
        };
        let candidate = index.map_or("Client", |index| layout.group_names[index].as_str());
        let group = group(api, source, candidate, module, members, context);
        match index {
            Some(_) => groups.push(group),
            None => ungrouped = Some(group),
        }
    }
    let has_events = !api.webhooks.is_empty() || api.operations.iter().any(|it| !it.callbacks.is_empty());
    for (_, other) in
        [(has_command_line, CLI.name), (has_events, DELIVERIES.name)].iter().filter(|(is_there, _)| *is_there)
    {
        let clashing = groups.iter_mut().filter(|group| group.feature.as_deref() == Some(*other));
        clashing.for_each(|group| group.feature = Some(format!("{other}-operations")));
    }
    groups.sort_by(|a, b| a.module.cmp(&b.module));
    (groups, ungrouped)
}

/// The Cargo feature of a group, clear of those that every crate has.
fn feature(module: &Name) -> String {
    let name = module.bare().trim_matches('_').replace('_', "-");
    let taken = ["default", MOCK.name, VALIDATE.name].contains(&name.as_str())
        || FEATURES.iter().any(|feature| feature.name == name);
    if taken { format!("{name}-operations") } else { name }
}

/// The owner of a name in a group's module, by its key in the names file.
enum Owner<'k> {
    /// The group itself, which has a handle.
    Group,
    /// An operation, which has a marker and enums of its outcomes.
    Operation(&'k str),
}

impl<'k> Owner<'k> {
    /// The key of the handle, which is no method and path.
    const HANDLE: &'static str = "(handle)";

    fn of(key: &'k str) -> Self {
        // `GET /pets`, and `GET /pets Error`.
        match key {
            Self::HANDLE => Owner::Group,
            _ => Owner::Operation(key.match_indices(' ').nth(1).map_or(key, |(end, _)| &key[..end])),
        }
    }
}

/// Names that a group's module imports.
const IMPORTED: &[&str] = &[
    "Call",
    "Client",
    "In",
    "Method",
    "Multipart",
    "Operation",
    "Outcome",
    "Paged",
    "Paging",
    "Parameter",
    "Part",
    "Reply",
    "Spec",
    "Style",
    "Undocumented",
];

fn group(
    api: &Api,
    source: Option<&crate::ir::Group>,
    candidate: &str,
    module: Name,
    members: &[Member],
    mut context: Context<'_, '_>,
) -> Group {
    let tag = source.map_or("", |group| group.tag.as_str());
    let mut scope = Scope::excluding(IMPORTED);
    scope.exclude(PRELUDE);
    let space = Namespace::module(module.bare());
    let namer = &mut *context.namer;
    let keys: Vec<String> = members.iter().map(|member| api.operations[member.operation].key().to_string()).collect();
    let known: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
    namer.reserve_previous(&mut scope, &space, |key| match Owner::of(key) {
        Owner::Group => true,
        Owner::Operation(operation) => known.contains(operation),
    });
    let handle = namer.claim(&mut scope, &space, Owner::HANDLE, &[candidate], Case::Type);
    // An operation with the name of its group gets a name that differs from the handle.
    let candidates = members.iter().map(|member| match member.method.bare() {
        name if name.replace('_', "").eq_ignore_ascii_case(handle.bare().trim_end_matches('_')) => {
            format!("{} operation", name.trim_end_matches('_'))
        }
        name => name.to_owned(),
    });
    let candidates: Vec<String> = candidates.collect();
    let pairs = keys.iter().zip(&candidates).map(|(key, candidate)| (key.as_str(), candidate.as_str()));
    let markers = namer.claim_all(&mut scope, &space, pairs, Case::Type);
    context.scope = scope;
    context.module = space;
    members.iter().for_each(|member| context.methods.exclude(&[member.method.bare()]));
    let operations = members
        .iter()
        .zip(markers)
        .map(|(member, marker)| {
            operation::operation(&mut context, &api.operations[member.operation], member.method.clone(), marker)
        })
        .collect();
    let feature = source.map(|_| feature(&module));
    Group {
        module,
        handle,
        feature,
        tag: tag.to_owned(),
        description: source.and_then(|group| group.description.clone()),
        operations,
    }
}
