//! The optional modules of the runtime that a crate needs.

use std::collections::BTreeSet;

use crate::rust::{
    BodyEncoding, BodyKind, Decode, Events, HeaderConstant, Item, Operation, PartKind, RuntimeModule, Scheme,
    SchemeKind, Server, Type, UnionKind,
};

/// The parts of a crate that need modules.
pub(crate) struct Parts<'a> {
    pub(crate) types: &'a [Item],
    pub(crate) operations: Vec<&'a Operation>,
    pub(crate) servers: &'a [Server],
    pub(crate) events: &'a [Events],
    pub(crate) headers: &'a [HeaderConstant],
    pub(crate) schemes: &'a [Scheme],
    pub(crate) has_scopes: bool,
    pub(crate) has_xml: bool,
    pub(crate) has_mock: bool,
    pub(crate) has_command_line: bool,
    pub(crate) has_validation: bool,
    pub(crate) has_client: bool,
    pub(crate) is_lenient: bool,
}

/// Returns the modules that these parts need, besides those that every crate has.
pub(crate) fn needed(parts: &Parts<'_>) -> BTreeSet<RuntimeModule> {
    let mut needed = BTreeSet::new();
    if parts.has_mock {
        needed.insert(RuntimeModule::Mock);
    }
    if parts.has_client && !parts.events.is_empty() {
        needed.insert(RuntimeModule::Delivery);
    }
    if parts.is_lenient {
        needed.insert(RuntimeModule::Lenient);
    }
    if parts.has_validation {
        needed.insert(RuntimeModule::Validate);
    }
    if parts.has_command_line {
        needed.extend(of_command_line(parts));
    }
    let mut visit = |ty: &Type| mark(ty, &mut needed);
    for item in parts.types {
        item.each_type(&mut visit);
    }
    let operations = || parts.operations.iter().copied();
    operations().for_each(|operation| crate::rust::types_of(operation, &mut visit));
    for variant in parts.events.iter().flat_map(|events| &events.variants) {
        variant.payload.iter().for_each(&mut visit);
    }
    if parts.servers.iter().flat_map(|server| &server.variables).any(|variable| variable.values.is_some()) {
        needed.insert(RuntimeModule::TextEnum);
    }
    for body in operations().flat_map(|operation| &operation.bodies) {
        match body.kind {
            BodyKind::Multipart(ref parts) => {
                needed.insert(RuntimeModule::Multipart);
                let mut fields = parts.iter().flat_map(|parts| &parts.fields);
                if fields.any(|field| matches!(field.kind, PartKind::Xml(..))) {
                    needed.insert(RuntimeModule::XmlPart);
                }
            }
            BodyKind::Bytes => drop(needed.insert(RuntimeModule::Upload)),
            BodyKind::Lines(_) => drop(needed.insert(RuntimeModule::Sequence)),
            BodyKind::Json(_) | BodyKind::Form(..) | BodyKind::Xml(..) | BodyKind::Text => {}
        }
    }
    if parts.has_xml {
        needed.insert(RuntimeModule::Xml);
        if parts.has_mock {
            needed.insert(RuntimeModule::XmlMock);
        }
    }
    if !parts.headers.is_empty() {
        needed.insert(RuntimeModule::Headers);
    }
    if parts.headers.iter().any(|header| matches!(header.ty, Type::Timestamp | Type::Date)) {
        needed.insert(RuntimeModule::Timestamp);
    }
    if parts.headers.iter().any(|header| header.ty == Type::Decimal) {
        needed.insert(RuntimeModule::Decimal);
    }
    if operations().any(has_events) {
        needed.extend([RuntimeModule::Reconnect, RuntimeModule::ReconnectBlocking]);
    }
    if operations().any(|operation| operation.pages.is_some()) {
        needed.extend([RuntimeModule::Pages, RuntimeModule::PagesBlocking]);
    }
    needed.extend(parts.schemes.iter().filter_map(of_scheme));
    if parts.has_scopes {
        needed.insert(RuntimeModule::TextEnum);
    }
    for item in parts.types {
        match item {
            Item::Enum(_) => drop(needed.insert(RuntimeModule::TextEnum)),
            Item::Union(union) => drop(needed.insert(match union.kind {
                UnionKind::Untagged => RuntimeModule::Untagged,
                UnionKind::Tagged { .. } => RuntimeModule::Union,
            })),
            Item::Struct(_) | Item::Wrapper(_) => drop(needed.insert(RuntimeModule::Object)),
            Item::Alias(_) => {}
        }
    }
    let has_decimals = needed.contains(&RuntimeModule::Decimal);
    needed.insert(if has_decimals { RuntimeModule::Digits } else { RuntimeModule::PlainDigits });
    needed
}

/// The module that fetches tokens for a security scheme.
fn of_scheme(scheme: &Scheme) -> Option<RuntimeModule> {
    match &scheme.kind {
        SchemeKind::Bearer => Some(RuntimeModule::Grant),
        SchemeKind::OAuth2(flows) if crate::rust::takes_a_person(flows) => Some(RuntimeModule::SignIn),
        SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => Some(RuntimeModule::Oauth2),
        SchemeKind::ApiKey(..) | SchemeKind::Basic | SchemeKind::Http(_) | SchemeKind::MutualTls => None,
    }
}

/// The modules of a command line: those for pages and for parts if some operation has them.
fn of_command_line(parts: &Parts<'_>) -> impl Iterator<Item = RuntimeModule> {
    let has_pages = parts.operations.iter().any(|operation| operation.pages.is_some());
    let mut bodies = parts.operations.iter().flat_map(|operation| &operation.bodies);
    let has_parts = bodies.any(|body| matches!(body.kind, BodyKind::Multipart(_)));
    let has_certificate = parts.schemes.iter().any(|scheme| matches!(scheme.kind, SchemeKind::MutualTls));
    let more = [
        (RuntimeModule::CliCertificate, has_certificate),
        (RuntimeModule::CliPages, has_pages),
        (RuntimeModule::CliParts, has_parts),
    ];
    let more = more.into_iter().filter_map(|(module, is_there)| is_there.then_some(module));
    std::iter::once(RuntimeModule::Cli).chain(more)
}

/// The modules of a stream of items, those of its bytes among them.
const OF_ITEMS: [RuntimeModule; 4] = [
    RuntimeModule::ItemStream,
    RuntimeModule::ItemStreamBlocking,
    RuntimeModule::Stream,
    RuntimeModule::StreamBlocking,
];

/// Returns whether an operation returns server-sent events.
fn has_events(operation: &Operation) -> bool {
    let alternate_responses = operation.alternate_responses.iter().map(|alternate_response| &alternate_response.arms);
    let mut arms = std::iter::once(&operation.arms).chain(alternate_responses).flatten();
    arms.any(|arm| matches!(arm.decode, Decode::Output(_, BodyEncoding::Events { .. })))
}

fn mark(ty: &Type, needed: &mut BTreeSet<RuntimeModule>) {
    ty.walk(&mut |part| match part {
        Type::Timestamp | Type::Date => drop(needed.insert(RuntimeModule::Timestamp)),
        Type::Decimal => drop(needed.insert(RuntimeModule::Decimal)),
        Type::Presence(_) => drop(needed.insert(RuntimeModule::Presence)),
        Type::Tuple(_) => drop(needed.insert(RuntimeModule::WireTuples)),
        Type::Foreign(foreign) => {
            let module = foreign.module().unwrap_or(RuntimeModule::Foreign);
            needed.insert(module);
            if module == RuntimeModule::KnownDecimal {
                needed.insert(RuntimeModule::Decimal);
            }
        }
        Type::Base64 => drop(needed.insert(RuntimeModule::KnownBase64)),
        Type::DecimalText => needed.extend([RuntimeModule::KnownDecimal, RuntimeModule::Decimal]),
        Type::ByteStream => needed.extend([RuntimeModule::Stream, RuntimeModule::StreamBlocking]),
        Type::Stream(_) => needed.extend(OF_ITEMS),
        _ => {}
    });
}
