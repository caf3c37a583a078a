//! The whole API of a crate as parts.

use super::change::ItemKind;
use super::operation_parts;
use super::part::{Argument, Call, Part};
use super::spelling::Spelling;
use super::type_parts;
use crate::rust::{Crate, Credential, CredentialSetter, Events, Scheme, Scopes, Server, Values};

/// Everything that users of a crate can name and that follows from its API. The runtime is the same in every crate, so the names
/// that the root exports are enough of it.
pub(super) fn surface(plan: &Crate) -> Part {
    let mut parts: Vec<Part> =
        plan.exports().into_iter().map(|name| Part::new(ItemKind::Export, name, name, name.to_owned())).collect();
    parts.extend(plan.groups.iter().map(operation_parts::group));
    parts.push(plan.ungrouped.as_ref().map_or_else(operation_parts::no_group, operation_parts::group));
    parts.extend(plan.schemes.iter().flat_map(setters));
    parts.extend(plan.scopes.iter().map(scopes));
    let headers = plan.headers.iter().map(|header| {
        let ty = Spelling::within("Header<", &header.ty, ">");
        constant("response_headers", &header.wire, header.name.as_str()).of_type(ty)
    });
    let modules = [
        ("incoming", plan.events.iter().map(events).collect()),
        ("response_headers", headers.collect()),
        ("security", plan.schemes.iter().map(scheme).collect()),
        ("server_urls", plan.servers.iter().flat_map(server).collect()),
        (TYPES, plan.types.iter().map(|item| type_parts::part(item, &plan.additions)).collect::<Vec<_>>()),
    ];
    let there = modules.into_iter().filter(|(_, parts)| !parts.is_empty());
    parts.extend(
        there.map(|(name, inner)| Part::new(ItemKind::Module, key_of(name), name, name.to_owned()).with(inner)),
    );
    Part::new(ItemKind::Module, "(crate)", "crate", String::new()).with(parts)
}

const TYPES: &str = "types";

/// The key of a module that is no group's.
fn key_of(module: &str) -> String {
    format!("({module})")
}

/// Returns whether a part is the module of the crate's types.
pub(super) fn is_types(part: &Part) -> bool {
    part.kind == ItemKind::Module && part.key == key_of(TYPES)
}

fn constant(module: &str, key: &str, name: &str) -> Part {
    Part::new(ItemKind::Constant, format!("{module} {key}"), name, format!("{module}::{name}"))
}

/// The static of a security scheme.
fn scheme(scheme: &Scheme) -> Part {
    let name = scheme.constant.as_str();
    Part::new(ItemKind::Static, scheme.wire.as_str(), name, format!("security::{name}"))
}

/// The methods by which the builder takes the credentials of a scheme.
fn setters(scheme: &Scheme) -> impl Iterator<Item = Part> {
    scheme.setters.iter().map(|CredentialSetter { name, credential }| {
        let arguments: &[(&str, &str)] = match credential {
            Credential::Key => &[("key", "impl Into<Secret>")],
            Credential::UserAndPassword => &[("user", "impl Into<String>"), ("password", "impl Into<Secret>")],
            Credential::Token => &[("token", "impl Into<Secret>")],
            Credential::ClientCredentials => &[("id", "impl Into<String>"), ("secret", "impl Into<Secret>")],
            Credential::RefreshToken => {
                &[("id", "impl Into<String>"), ("secret", "Option<Secret>"), ("token", "impl Into<Secret>")]
            }
            Credential::Certificate => &[],
        };
        let argument = |(name, ty): &(&str, &str)| Argument {
            key: (*name).to_owned(),
            name: (*name).to_owned(),
            wire: String::new(),
            ty: Spelling::text(*ty),
        };
        let arguments = arguments.iter().map(argument).collect();
        let call = Call { receiver: Some("self"), arguments, returns: "Self".to_owned() };
        let key = format!("{credential:?} of {}", scheme.wire);
        Part::new(ItemKind::Method, key, name.as_str(), format!("ClientBuilder::{name}")).called(call)
    })
}

fn scopes(scopes: &Scopes) -> Part {
    let named = scopes.variants.iter().map(|scope| text_variant("Scope", &scope.wire, scope.name.as_str()));
    let variants = named.chain([other("Scope", scopes.other.as_str())]).collect();
    Part::new(ItemKind::Enum, "(scope)", "Scope", "Scope".to_owned()).with(variants)
}

fn text_variant(owner: &str, wire: &str, name: &str) -> Part {
    Part::new(ItemKind::Variant, format!("{wire:?}"), name, format!("{owner}::{name}"))
        .on_the_wire(format!("value {wire}"))
}

/// The variant that keeps a text without a variant.
fn other(owner: &str, name: &str) -> Part {
    let part = Part::new(ItemKind::Variant, "(other)", name, format!("{owner}::{name}"));
    part.of_type(Spelling::text("(String)"))
}

/// The constant of a server; or the struct of its variables, with the enums of their values.
fn server(server: &Server) -> Vec<Part> {
    let name = server.name.as_str();
    if server.variables.is_empty() {
        return vec![constant("server_urls", &server.url, name).of_type(Spelling::text("&str"))];
    }
    let path = format!("server_urls::{name}");
    let fields = server.variables.iter().map(|variable| {
        let ty = match &variable.values {
            Some(values) => Spelling::item(format!("server_urls::{}", values.name)),
            None => Spelling::text("String"),
        };
        let name = variable.name.as_str();
        Part::new(ItemKind::Field, format!("{:?}", variable.wire), name, format!("{path}::{name}")).of_type(ty)
    });
    let own = Part::new(ItemKind::Struct, format!("server {}", server.url), name, path.clone());
    let own = own.with(fields.collect()).closed();
    let values = server.variables.iter().filter_map(|variable| {
        let Values { name, variants, other: catch_all } = variable.values.as_ref()?;
        let path = format!("server_urls::{name}");
        let named = variants.iter().map(|(name, wire)| text_variant(&path, wire, name.as_str()));
        let variants = named.chain([other(&path, catch_all.as_str())]).collect();
        let key = format!("server {} {}", server.url, variable.wire);
        Some(Part::new(ItemKind::Enum, key, name.as_str(), path.clone()).with(variants))
    });
    std::iter::once(own).chain(values).collect()
}

/// The enum of webhooks, or of the callbacks of an operation.
fn events(events: &Events) -> Part {
    let path = format!("incoming::{}", events.name);
    let variants = events.variants.iter().map(|event| {
        let part = text_variant(&path, &event.wire, event.name.as_str());
        match &event.payload {
            Some(ty) => part.of_type(Spelling::within("(", ty, ")")),
            None => part,
        }
    });
    let key = format!("events {}", events.operation.as_deref().unwrap_or_default());
    Part::new(ItemKind::Enum, key, events.name.as_str(), path.clone()).with(variants.collect())
}
