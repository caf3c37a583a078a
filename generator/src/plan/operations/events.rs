//! Webhooks and callbacks: an enum for the webhooks, and one for the callbacks of each operation.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::Event;
use crate::media_type;
use crate::plan::naming::namer::Namer;
use crate::plan::operations::media;
use crate::plan::types::mapping::Types;
use crate::rust::name::{Case, Name, PRELUDE, Scope};
use crate::rust::{EventVariant, Events, Namespace, Type};

/// Names that the module imports.
const IMPORTED: &[&str] = &["DecodeError"];

/// Plans the enums. The enum of an operation's callbacks is named after the operation's name outside its group.
pub(crate) fn events(
    types: Types<'_>,
    operation_names: &[String],
    namer: &mut Namer<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Events> {
    let api = types.api;
    let mut scope = Scope::excluding(IMPORTED);
    scope.exclude(PRELUDE);
    let with_callbacks = api.operations.iter().filter(|operation| !operation.callbacks.is_empty());
    let known: BTreeSet<String> = with_callbacks.map(|operation| operation.key().to_string()).collect();
    namer.reserve_previous(&mut scope, &Namespace::EVENTS, |key| key == "webhooks" || known.contains(key));
    let mut found = Vec::new();
    if !api.webhooks.is_empty() {
        let candidates = ["Webhook", "WebhookEvent"];
        let name = namer.claim(&mut scope, &Namespace::EVENTS, "webhooks", &candidates, Case::Type);
        let variants = variants(types, namer, &name, &api.webhooks, diagnostics);
        found.push(Events { name, operation: None, variants });
    }
    for (operation, name) in api.operations.iter().zip(operation_names) {
        if operation.callbacks.is_empty() {
            continue;
        }
        let line = format!("{} {}", operation.method, operation.path);
        let candidate = format!("{name} Callback");
        let key = operation.key().to_string();
        let name = namer.claim(&mut scope, &Namespace::EVENTS, &key, &[&candidate], Case::Type);
        let variants = variants(types, namer, &name, &operation.callbacks, diagnostics);
        found.push(Events { name, operation: Some(line), variants });
    }
    found
}

fn variants(
    types: Types<'_>,
    namer: &mut Namer<'_>,
    item: &Name,
    events: &[Event],
    diagnostics: &mut Diagnostics,
) -> Vec<EventVariant> {
    let candidates = events.iter().map(|event| (event.name.as_str(), event.name.as_str()));
    let space = Namespace::variants(&format!("incoming::{}", item.bare()));
    let names = namer.claim_all(&mut Scope::new(), &space, candidates, Case::Variant);
    let variant = |(event, name): (&Event, _)| EventVariant {
        name,
        wire: event.name.clone(),
        payload: payload(types, event, diagnostics),
        description: event.summary.clone().or_else(|| event.description.clone()),
    };
    events.iter().zip(names).map(variant).collect()
}

fn payload(types: Types<'_>, event: &Event, diagnostics: &mut Diagnostics) -> Option<Type> {
    let content = &event.body.as_ref()?.content;
    let json = content
        .iter()
        .filter(|media| media_type::is_json(&media.content_type) || media_type::is_range(&media.content_type));
    let Some(media) = json.min_by_key(|media| media::rank(types, media)) else {
        diagnostics.push(Rule::EventUntyped.at(event.pointer.clone()));
        return None;
    };
    Some(media.schema.as_ref().map_or(Type::Value, |usage| types.nullable(usage)))
}
