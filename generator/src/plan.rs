//! From the IR to Rust: names, types, boxes, derives, modules.

mod command_line;
mod constants;
mod contract_tests;
mod mock;
mod naming;
mod operations;
mod passwords;
mod runtime_modules;
mod types;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Api, Exchanges, SchemaId};
use crate::place::Pointer;
use crate::rust::{
    About, AboutServer, Additions, Crate, Embedding, Events, Group, HeaderConstant, Metadata, NameLock, Type,
};
pub use naming::renamer::ChosenNames;
use naming::{namer::Namer, occurrence, renamer::Renamer, structure, type_names};
use operations::{events, groups, headers, security, server};
use runtime_modules::Parts;
pub use types::mapping::Chosen;
use types::{conversions, cycles, items, mapping, placement, untyped, validation, xml};

/// The inputs of the plan that come from the caller.
#[derive(Clone, Debug)]
pub struct Package {
    /// The name of the emitted package.
    pub name: String,
    /// The version of the emitted package.
    pub version: String,
    /// The metadata that registries show.
    pub metadata: Metadata,
    /// The names of the last run.
    pub names: KnownNames,
    /// The chosen names.
    pub renames: ChosenNames,
    /// Sample exchanges, if the package has wire tests.
    pub exchanges: Option<Exchanges>,
    /// Sample values, if the package has a mock server.
    pub examples: Option<BTreeMap<SchemaId, Value>>,
    /// True if the crate has a command line.
    pub command_line: bool,
    /// True if the crate has validation.
    pub validation: bool,
    /// True if the crate reads answers leniently.
    pub lenient: bool,
    /// True if types that nothing uses are left out.
    pub prune: bool,
    /// True if the crate has a client, and not only types.
    pub client: bool,
    /// The place of the code in another crate, unless it is a standalone crate.
    pub embedding: Option<Embedding>,
    /// The derives and attributes of types besides the usual ones.
    pub additions: Additions,
    /// True if the crate has example programs.
    pub programs: bool,
    /// The chosen types.
    pub chosen: Chosen,
}

impl Package {
    /// The inputs for a package of this name, with defaults.
    pub fn new(name: impl Into<String>) -> Self {
        Package {
            name: name.into(),
            version: "0.1.0".to_owned(),
            metadata: Metadata::default(),
            names: KnownNames::default(),
            renames: ChosenNames::default(),
            chosen: Chosen::default(),
            exchanges: None,
            examples: None,
            command_line: false,
            validation: false,
            lenient: false,
            prune: false,
            client: true,
            embedding: None,
            additions: Additions::default(),
            programs: true,
        }
    }
}

/// The names of the last run, and the treatment of one that cannot be kept.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    /// The names.
    pub lock: NameLock,
    /// The file that they were read from, as findings name it.
    pub file: String,
    /// True if a recorded name may be replaced, with a warning.
    pub accept_renames: bool,
}

/// Plans the crate of an API: names, then items, then operations, then modules.
pub fn plan(api: &Api, package: &Package, diagnostics: &mut Diagnostics) -> Crate {
    let mut namer = Namer::new(&package.names.lock, Renamer::new(&package.renames, api));
    let layout = groups::layout(api, &mut namer);
    let occurrences = occurrence::occurrences(api, &layout.operation_names);
    namer.renamer.locate_types(&package.renames, api, &occurrences);
    let names = type_names::name(api, &occurrences, &mut structure::Structures::new(api), &mut namer);

    namer.renamer.locate_owners(&package.renames, &names.of);
    let (documents, xml) = xml::xml(api, &names);
    let places = mapping::Types { api, names: &names, chosen: &package.chosen, xml: &documents };
    let mut types = items::items(places, &mut namer);
    for (item, member) in cycles::break_cycles_and_derive(&mut types) {
        let holder = names.schema_of(&item).map(|id| api.schemas.get(id));
        let place = holder.map(|schema| schema.pointer.child("properties").child(&member)).unwrap_or_default();
        let why =
            format!("`{member}` is required, and its type would hold itself without end: it is optional in `{item}`");
        diagnostics.push(Rule::MemberEndless.at(place).message(why));
    }

    conversions::mark(&mut types);

    let mut additions = package.additions.clone();
    for (place, pointer) in additions.locate(|pointer| package.renames.types_at(pointer, &names.of)) {
        let message = format!("no schema that becomes a type stands at {pointer}");
        diagnostics.push(package.renames.finding(Rule::TypeForNothing, &place).message(message));
    }

    let security = security::plan(api, &mut namer);
    let events = events::events(places, &layout.operation_names, &mut namer, diagnostics);
    let (groups, ungrouped) =
        groups::groups(api, layout, places, &security, package.command_line, &mut namer, diagnostics);
    let servers = server::servers(api, &mut namer);
    let headers = headers::headers(places);
    if package.prune {
        placement::retain_reached(&mut types, &used_types(&events, &headers, groups.iter().chain(&ungrouped)));
    }
    // Names are claimed as for a client, so that adding a client later renames no type.
    let (security, groups, ungrouped, servers, headers, xml) = match package.client {
        true => (security, groups, ungrouped, servers, headers, xml),
        false => (security::Security::default(), Vec::new(), None, Vec::new(), Vec::new(), None),
    };
    let contract = package.exchanges.as_ref().map(|exchanges| {
        contract_tests::tests(places, exchanges, groups.iter().chain(&ungrouped), &security.schemes, &types)
    });
    let mock =
        package.examples.as_ref().map(|examples| mock::mock(places, &types, &groups, ungrouped.as_ref(), examples));
    let command_line = package
        .command_line
        .then(|| command_line::command_line(&package.name, &types, &security.schemes, &groups, ungrouped.as_ref()));
    let validation = package.validation.then(|| validation::validation(places, &types, diagnostics));
    let untyped = untyped::untyped(places, &types);
    namer.renamer.report(&package.renames, diagnostics);

    let placements = placement::assign(&types, &groups, &used_types(&events, &headers, ungrouped.iter()));
    let runtime = runtime_modules::needed(&Parts {
        types: &types,
        operations: groups.iter().chain(&ungrouped).flat_map(|group| &group.operations).collect(),
        servers: &servers,
        events: &events,
        headers: &headers,
        schemes: &security.schemes,
        has_scopes: security.scopes.is_some(),
        has_xml: xml.is_some(),
        has_mock: mock.is_some(),
        has_command_line: command_line.is_some(),
        has_validation: validation.is_some(),
        has_client: package.client,
        is_lenient: package.lenient,
    });
    Crate {
        package: package.name.clone(),
        version: package.version.clone(),
        metadata: package.metadata.clone(),
        about: about(api),
        runtime,
        numbers_as_text: api.numbers_as_text,
        types,
        type_names: names.of,
        placements,
        groups,
        ungrouped,
        servers,
        events,
        deliveries: api.deliveries.clone(),
        headers,
        xml,
        schemes: security.schemes,
        requirements: security.requirements,
        scopes: security.scopes,
        wire: contract,
        mock,
        command_line,
        validation,
        untyped,
        client: package.client,
        embedding: package.embedding.clone(),
        additions,
        examples: package.programs,
        operation_count: if package.client { api.operations.len() } else { 0 },
        dependencies: package.chosen.formats.dependencies().to_vec(),
        names: namer.finish(&package.names.file, package.names.accept_renames, diagnostics),
    }
}

/// The types that events, headers, and the operations of some groups use. Those of the operations without a group are compiled with any
/// features.
fn used_types<'a>(events: &[Events], headers: &[HeaderConstant], groups: impl Iterator<Item = &'a Group>) -> Vec<Type> {
    let payloads = events.iter().flat_map(|events| &events.variants).filter_map(|event| event.payload.clone());
    let mut found: Vec<Type> = payloads.chain(headers.iter().map(|header| header.ty.clone())).collect();
    let operations = groups.flat_map(|group| &group.operations);
    operations.for_each(|operation| crate::rust::types_of(operation, &mut |ty| found.push(ty.clone())));
    found
}

fn about(api: &Api) -> About {
    About {
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        description: api.info.description.clone(),
        base_url: api.servers.first().and_then(server::absolute_url),
        base_path: api.servers.first().and_then(server::relative_url),
        servers: api
            .servers
            .iter()
            .map(|server| AboutServer { url: server.url.clone(), description: server.description.clone() })
            .collect(),
        passwords: passwords::names(api),
    }
}

/// Records the number of places without a type. A higher number than `before`, which the names file has, is a warning.
pub fn record_untyped(plan: &mut Crate, before: Option<usize>, file: &str, diagnostics: &mut Diagnostics) {
    let count = plan.untyped.count();
    if let Some(known) = before.filter(|known| *known < count) {
        let places = if count == 1 { "place has" } else { "places have" };
        let message = format!("{count} {places} no type; in the last run it was {known}");
        diagnostics.push(Rule::UntypedRose.in_file(file, Pointer::root().child("untyped")).message(message));
    }
    plan.names.record_untyped(count);
}
