//! Security schemes and requirements.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, Components, OAuth2Flows, ReferenceOr, SecurityScheme as Source};
use serde_json::Value;

use super::source::{component_name, ends};
use crate::carried;
use crate::ir::{Flow, FlowKind, KeyPlace, Need, Requirement, SchemeKind, Scope, SecurityScheme};

/// The extension by which a document, or its overlay, states the authentication of clients at a token endpoint.
const AUTHENTICATION: &str = "x-token-endpoint-auth-method";

/// The security schemes, in the document's order.
pub(super) fn schemes(components: &Components) -> Vec<SecurityScheme> {
    let all = &components.security_schemes;
    let next = |name| match all.get(name)? {
        ReferenceOr::Reference { reference } => {
            all.get_key_value(component_name(reference, "securitySchemes")?.as_str()).map(|(name, _)| name.as_str())
        }
        ReferenceOr::Item(_) => None,
    };
    let ends = ends(all.keys().map(String::as_str), next);
    let scheme = |name: &String| match all.get(ends.get(name.as_str()).copied().unwrap_or(name))? {
        ReferenceOr::Item(source) => Some(scheme(name, source)),
        ReferenceOr::Reference { .. } => None,
    };
    all.keys().filter_map(scheme).collect()
}

fn scheme(name: &str, source: &Source) -> SecurityScheme {
    let (description, kind) = match source {
        Source::APIKey { location, name, description, .. } => {
            let place = match location {
                APIKeyLocation::Header => KeyPlace::Header,
                APIKeyLocation::Query => KeyPlace::Query,
                APIKeyLocation::Cookie => KeyPlace::Cookie,
            };
            (description, SchemeKind::ApiKey { place, name: name.clone() })
        }
        Source::HTTP { description, extensions, .. }
            if extensions.get(carried::TYPE).is_some_and(|kind| kind == "mutualTLS") =>
        {
            (description, SchemeKind::MutualTls)
        }
        Source::HTTP { scheme, description, .. } => (description, SchemeKind::Http { scheme: scheme.clone() }),
        Source::OAuth2 { flows: found, description, extensions } => {
            (description, SchemeKind::OAuth2 { flows: flows(found, extensions) })
        }
        Source::OpenIDConnect { open_id_connect_url, description, .. } => {
            (description, SchemeKind::OpenIdConnect { url: open_id_connect_url.clone() })
        }
    };
    SecurityScheme { name: name.to_owned(), description: description.clone(), kind }
}

/// The names of the schemes whose credentials go into the `Authorization` header.
pub(super) fn authorizing(components: &Components) -> HashSet<String> {
    let authorizes = |scheme: &SecurityScheme| match &scheme.kind {
        SchemeKind::Http { .. } | SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } => true,
        SchemeKind::ApiKey { place, name } => *place == KeyPlace::Header && name.eq_ignore_ascii_case("authorization"),
        SchemeKind::MutualTls => false,
    };
    schemes(components).into_iter().filter(authorizes).map(|scheme| scheme.name).collect()
}

type Extensions = IndexMap<String, Value>;

fn flows(flows: &OAuth2Flows, scheme: &Extensions) -> Vec<Flow> {
    let authentication = |flow: &Extensions| {
        let stated = flow.get(AUTHENTICATION).or_else(|| scheme.get(AUTHENTICATION));
        stated.and_then(Value::as_str).map(str::to_owned)
    };
    let mut found = Vec::new();
    if let Some(flow) = &flows.client_credentials {
        found.push(Flow {
            kind: FlowKind::ClientCredentials,
            token_url: Some(flow.token_url.clone()),
            authorization_url: None,
            refresh_url: flow.refresh_url.clone(),
            scopes: scopes(&flow.scopes),
            client_authentication: authentication(&flow.extensions),
        });
    }
    if let Some(flow) = &flows.authorization_code {
        found.push(Flow {
            kind: FlowKind::AuthorizationCode,
            token_url: Some(flow.token_url.clone()),
            authorization_url: Some(flow.authorization_url.clone()),
            refresh_url: flow.refresh_url.clone(),
            scopes: scopes(&flow.scopes),
            client_authentication: authentication(&flow.extensions),
        });
    }
    if let Some(flow) = &flows.password {
        found.push(Flow {
            kind: FlowKind::Password,
            token_url: Some(flow.token_url.clone()),
            authorization_url: None,
            refresh_url: flow.refresh_url.clone(),
            scopes: scopes(&flow.scopes),
            client_authentication: authentication(&flow.extensions),
        });
    }
    if let Some(flow) = &flows.implicit {
        found.push(Flow {
            kind: FlowKind::Implicit,
            token_url: None,
            authorization_url: Some(flow.authorization_url.clone()),
            refresh_url: flow.refresh_url.clone(),
            scopes: scopes(&flow.scopes),
            client_authentication: None,
        });
    }
    if let Some(flow) = flows.extensions.get(carried::DEVICE_AUTHORIZATION) {
        found.push(device_flow(flow));
    }
    found
}

/// OAS 3.2's device flow, for which the 3.0 model has no field.
fn device_flow(flow: &Value) -> Flow {
    let text = |key: &str| flow.get(key).and_then(Value::as_str).map(str::to_owned);
    let scopes = flow.get("scopes").and_then(Value::as_object).into_iter().flatten();
    Flow {
        kind: FlowKind::DeviceAuthorization,
        token_url: text("tokenUrl"),
        authorization_url: text(carried::DEVICE_AUTHORIZATION_URL),
        refresh_url: text("refreshUrl"),
        scopes: scopes
            .map(|(name, description)| Scope {
                name: name.clone(),
                description: description.as_str().unwrap_or_default().to_owned(),
            })
            .collect(),
        client_authentication: text(AUTHENTICATION),
    }
}

fn scopes(scopes: &IndexMap<String, String>) -> Vec<Scope> {
    scopes.iter().map(|(name, description)| Scope { name: name.clone(), description: description.clone() }).collect()
}

/// The requirements of an operation or of the document; none if each alternative is `{}`, which requires nothing.
pub(super) fn requirements(requirements: &[openapiv3::SecurityRequirement]) -> Vec<Requirement> {
    let needs = |requirement: &openapiv3::SecurityRequirement| {
        requirement.iter().map(|(scheme, scopes)| Need { scheme: scheme.clone(), scopes: scopes.clone() }).collect()
    };
    if requirements.iter().all(openapiv3::SecurityRequirement::is_empty) {
        return Vec::new();
    }
    requirements.iter().map(|requirement| Requirement { needs: needs(requirement) }).collect()
}
