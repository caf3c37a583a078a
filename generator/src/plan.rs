//! IR to Rust: names, types, boxes, derives, modules.

mod constants;
mod contract_tests;
mod mock;
mod naming;
mod operations;
mod types;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Api, Exchanges, SchemaId};
use crate::rust::{
    About, BodyEncoding, BodyKind, Crate, Decode, EnumKind, Item, Metadata, NameLock, Operation, PartKind, SchemeKind,
    Type,
};
use naming::{namer::Namer, occurrence, structure, type_names};
use operations::{events, groups, headers, security, server};
pub use types::mapping::Chosen;
use types::{cycles, items, mapping, placement, untyped, validation, xml};

/// What the plan takes from the caller rather than from the document.
#[derive(Clone, Debug)]
pub struct Package {
    /// The name of the package that will be written.
    pub name: String,
    /// The version of the package that will be written.
    pub version: String,
    /// What registries show of it.
    pub metadata: Metadata,
    /// The names that were given before.
    pub names: KnownNames,
    /// Sample exchanges, where the package is to have tests that hold it to them.
    pub exchanges: Option<Exchanges>,
    /// Ready values, where the package is to have a mock server.
    pub examples: Option<BTreeMap<SchemaId, Value>>,
    /// Whether values can be held to the bounds that the description states.
    pub validation: bool,
    /// Types that were chosen.
    pub chosen: Chosen,
}

impl Package {
    /// A first version of a package of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Package {
            name: name.into(),
            version: "0.1.0".to_owned(),
            metadata: Metadata::default(),
            names: KnownNames::default(),
            chosen: Chosen::default(),
            exchanges: None,
            examples: None,
            validation: false,
        }
    }
}

/// Names that were given before, and what to make of one that can't be kept.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    /// The names.
    pub lock: NameLock,
    /// The file that they were read from, as findings name it.
    pub file: String,
    /// Whether a name may become another, with a warning.
    pub accept_renames: bool,
}

/// Decides what the API becomes in Rust.
pub fn plan(api: &Api, package: &Package, diagnostics: &mut Diagnostics) -> Crate {
    let namer = Namer::new(&package.names.lock);
    let layout = groups::layout(api, &namer);
    let mut structures = structure::Structures::new(api);
    let occurrences = occurrence::occurrences(api, &layout.operation_names);
    let xml = xml::Tables::default();
    let names = type_names::name(api, &occurrences, &mut structures, &namer);
    let places = mapping::Types { api, names: &names, namer: &namer, chosen: &package.chosen, xml: &xml };
    let mut types = items::items(places);
    for (item, member) in cycles::break_cycles_and_derive(&mut types) {
        let holder = names.items.iter().find(|(_, name)| *name == item).map(|(id, _)| api.schemas.get(*id));
        let place = holder.map(|schema| schema.pointer.child("properties").child(&member)).unwrap_or_default();
        let why =
            format!("`{member}` is required, and its type would hold itself without end: it is optional in `{item}`");
        diagnostics.push(Rule::MemberEndless.at(place).message(why));
    }

    let security = security::plan(api, &namer);
    let events = events::events(places, &layout.operation_names, diagnostics);
    let (groups, ungrouped) = groups::groups(api, layout, places, &security, diagnostics);
    let wire = package
        .exchanges
        .as_ref()
        .map(|exchanges| contract_tests::tests(places, exchanges, groups.iter().chain(&ungrouped), &security.schemes));
    let mock =
        package.examples.as_ref().map(|examples| mock::mock(places, &types, &groups, ungrouped.as_ref(), examples));
    let untyped = untyped::untyped(places, &types);
    let validation = package.validation.then(|| validation::validation(places, &types, diagnostics));
    let mut plan = Crate {
        package: package.name.clone(),
        version: package.version.clone(),
        metadata: package.metadata.clone(),
        about: about(api),
        runtime: BTreeSet::new(),
        types,
        placements: Vec::new(),
        groups,
        ungrouped,
        servers: server::servers(api, &namer),
        events,
        headers: headers::headers(places),
        xml: None,
        schemes: security.schemes,
        requirements: security.requirements,
        scopes: security.scopes,
        wire,
        mock,
        validation,
        untyped,
        operation_count: api.operations.len(),
        dependencies: package.chosen.formats.dependencies().to_vec(),
        names: namer.finish(&package.names.file, package.names.accept_renames, diagnostics),
        type_names: HashMap::new(),
    };
    plan.xml = xml.finish(&names);
    let payloads = plan.events.iter().flat_map(|events| &events.variants).filter_map(|event| event.payload.as_ref());
    let headers = plan.headers.iter().map(|header| &header.ty);
    let mut ungrouped = Vec::new();
    let operations = plan.ungrouped.iter().flat_map(|group| &group.operations);
    operations.for_each(|operation| crate::rust::types_of(operation, &mut |ty| ungrouped.push(ty.clone())));
    plan.placements = placement::assign(&plan.types, &plan.groups, payloads.chain(headers).chain(&ungrouped));
    plan.runtime = runtime(&plan);
    plan.type_names = names.of;
    plan
}

fn about(api: &Api) -> About {
    About {
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        description: api.info.description.clone(),
        base_url: api.servers.first().and_then(server::absolute_url),
        servers: api.servers.iter().map(|server| (server.url.clone(), server.description.clone())).collect(),
    }
}

/// The optional modules of the runtime that a crate needs.
fn runtime(plan: &Crate) -> BTreeSet<&'static str> {
    let mut needed = BTreeSet::new();
    if plan.mock.is_some() {
        needed.insert("mock");
    }
    if plan.validation.is_some() {
        needed.insert("validate");
    }
    let mut visit = |ty: &Type| mark(ty, &mut needed);
    for item in &plan.types {
        item.each_type(&mut visit);
    }
    let operations = || plan.groups.iter().chain(&plan.ungrouped).flat_map(|group| &group.operations);
    operations().for_each(|operation| crate::rust::types_of(operation, &mut visit));
    for variant in plan.events.iter().flat_map(|events| &events.variants) {
        variant.payload.iter().for_each(&mut visit);
    }
    if plan.servers.iter().flat_map(|server| &server.variables).any(|variable| variable.values.is_some()) {
        needed.insert("text_enum");
    }
    for body in operations().flat_map(|operation| &operation.bodies) {
        match body.kind {
            BodyKind::Multipart(ref parts) => {
                needed.insert("multipart");
                let mut fields = parts.iter().flat_map(|parts| &parts.fields);
                if fields.any(|field| matches!(field.kind, PartKind::Xml(..))) {
                    needed.insert("xml_part");
                }
            }
            BodyKind::Bytes => drop(needed.insert("upload")),
            BodyKind::Json(_) | BodyKind::Form(..) | BodyKind::Xml(..) | BodyKind::Text => {}
        }
    }
    if plan.xml.is_some() {
        needed.insert("xml");
        if plan.mock.is_some() {
            needed.insert("xml_mock");
        }
    }
    if !plan.headers.is_empty() {
        needed.insert("headers");
    }
    if plan.headers.iter().any(|header| matches!(header.ty, Type::Timestamp | Type::Date)) {
        needed.insert("timestamp");
    }
    if operations().any(has_events) {
        needed.insert("reconnect");
    }
    if operations().any(|operation| operation.pages.is_some()) {
        needed.extend(["pages", "pages_blocking"]);
    }
    if plan
        .schemes
        .iter()
        .any(|scheme| matches!(&scheme.kind, SchemeKind::OAuth2(flows) if crate::rust::takes_a_person(flows)))
    {
        needed.insert("sign_in");
    }
    if plan.scopes.is_some() {
        needed.insert("text_enum");
    }
    for item in &plan.types {
        match item {
            Item::Enum(item) if item.kind == EnumKind::Json => drop(needed.insert("union")),
            Item::Enum(_) => drop(needed.insert("text_enum")),
            Item::Union(_) => drop(needed.insert("union")),
            Item::Struct(_) | Item::Wrapper(_) => drop(needed.insert("object")),
            Item::Alias(_) => {}
        }
    }
    needed
}

/// Whether an operation gives server-sent events.
fn has_events(operation: &Operation) -> bool {
    let alternate_responses = operation.alternate_responses.iter().map(|alternate_response| &alternate_response.arms);
    let mut arms = std::iter::once(&operation.arms).chain(alternate_responses).flatten();
    arms.any(|arm| matches!(arm.decode, Decode::Output(_, BodyEncoding::Events)))
}

fn mark(ty: &Type, needed: &mut BTreeSet<&'static str>) {
    ty.walk(&mut |part| match part {
        Type::Timestamp | Type::Date => drop(needed.insert("timestamp")),
        Type::Presence(_) => drop(needed.insert("presence")),
        Type::Foreign(_) => drop(needed.insert("foreign")),
        Type::ByteStream | Type::Stream(_) => drop(needed.insert("stream")),
        _ => {}
    });
}
