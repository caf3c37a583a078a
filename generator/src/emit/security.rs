//! Security schemes and requirements, as constants.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::layout;
use super::paths::ident;
use super::prose::Prose;
use crate::rust::{Crate, Need, RequirementSet, Scheme, SchemeKind};
use crate::rust::{Flow, FlowKind, KeyPlace};

/// `src/security.rs`
pub(super) fn security(plan: &Crate) -> String {
    let inner = Prose::default().text("Security schemes, and the security requirements of operations.").inner_comment();
    let mut items = vec![imports(plan)];
    items.extend(plan.schemes.iter().map(scheme));
    items.extend(plan.requirements.iter().map(requirements));
    layout::rust(inner, items)
}

fn imports(plan: &Crate) -> TokenStream {
    let mut names = vec!["Scheme", "SchemeKind"];
    if !plan.requirements.is_empty() {
        names.push("Requirement");
    }
    if plan.requirements.iter().any(|set| set.alternatives.iter().any(|needs| !needs.is_empty())) {
        names.push("Need");
    }
    let mut flows = plan.schemes.iter().filter_map(|scheme| match &scheme.kind {
        SchemeKind::OAuth2(flows) => Some(flows),
        _ => None,
    });
    if plan.schemes.iter().any(|scheme| matches!(scheme.kind, SchemeKind::OAuth2(_))) {
        names.push("Flows");
    }
    if plan.schemes.iter().any(|scheme| matches!(scheme.kind, SchemeKind::ApiKey(..))) {
        names.push("Place");
    }
    let all: Vec<&Flow> = flows.by_ref().flatten().filter(|flow| flow.token_url.is_some()).collect();
    if !all.is_empty() {
        names.extend(["ClientAuthentication", "TokenEndpoint"]);
    }
    if all.iter().any(|flow| is_interactive(flow)) {
        names.push("Interactive");
    }
    names.sort_unstable();
    let names = names.into_iter().map(|name| quote::format_ident!("{name}"));
    quote!(use crate::runtime::{#(#names),*};)
}

fn is_interactive(flow: &Flow) -> bool {
    matches!(flow.kind, FlowKind::AuthorizationCode | FlowKind::DeviceAuthorization) && flow.authorization_url.is_some()
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let (constant, wire) = (ident(&scheme.constant), Literal::string(&scheme.wire));
    let mut prose = Prose::default();
    prose
        .text(format!("The security scheme {}.", docs::inline_code(&scheme.wire)))
        .markdown(scheme.description.as_deref());
    if let SchemeKind::OAuth2(flows) = &scheme.kind
        && crate::rust::takes_a_person(flows)
    {
        prose.text("[`SignIn`](crate::SignIn) authenticates a user with this scheme.");
    }
    let (docs, kind) = (prose.outer_attributes(), kind(&scheme.kind));
    quote! { #docs pub static #constant: Scheme = Scheme { name: #wire, kind: #kind }; }
}

fn kind(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::ApiKey(place, name) => {
            let place = match place {
                KeyPlace::Header => quote!(Place::Header),
                KeyPlace::Query => quote!(Place::Query),
                KeyPlace::Cookie => quote!(Place::Cookie),
            };
            quote!(SchemeKind::ApiKey { name: #name, place: #place })
        }
        SchemeKind::Basic => quote!(SchemeKind::Basic),
        SchemeKind::Bearer => quote!(SchemeKind::Bearer),
        SchemeKind::Http(scheme) => quote!(SchemeKind::Http(#scheme)),
        SchemeKind::OAuth2(found) => {
            let flows = flows(found);
            quote!(SchemeKind::OAuth2(#flows))
        }
        SchemeKind::OpenIdConnect(url) => quote!(SchemeKind::OpenIdConnect { url: #url }),
        SchemeKind::MutualTls => quote!(SchemeKind::MutualTls),
    }
}

fn flows(flows: &[Flow]) -> TokenStream {
    let stated = flows.iter().filter_map(|flow| {
        let endpoint = endpoint(flow)?;
        Some(match flow.kind {
            FlowKind::ClientCredentials => quote!(client_credentials: Some(#endpoint),),
            FlowKind::Password => quote!(password: Some(#endpoint),),
            FlowKind::AuthorizationCode | FlowKind::DeviceAuthorization => {
                let start = flow.authorization_url.as_deref()?;
                let interactive = quote!(Some(Interactive { authorization_url: #start, token: #endpoint }));
                if flow.kind == FlowKind::DeviceAuthorization {
                    quote!(device: #interactive,)
                } else {
                    quote!(authorization_code: #interactive,)
                }
            }
            // RFC 9700 §2.1.2 retires the grant, and its tokens never pass through a client such as this.
            FlowKind::Implicit => return None,
        })
    });
    let stated: Vec<TokenStream> = stated.collect();
    let refresh = flows.iter().find_map(|flow| flow.refresh_url.as_deref()).map(|url| quote!(refresh_url: Some(#url),));
    quote!(Flows { #(#stated)* #refresh ..Flows::NONE })
}

fn endpoint(flow: &Flow) -> Option<TokenStream> {
    let url = flow.token_url.as_deref()?;
    let authentication = match flow.client_authentication.as_deref() {
        Some("client_secret_post") => quote!(ClientAuthentication::Body),
        _ => quote!(ClientAuthentication::Basic),
    };
    Some(quote!(TokenEndpoint { url: #url, authentication: #authentication }))
}

fn requirements(set: &RequirementSet) -> TokenStream {
    let constant = ident(&set.constant);
    let docs = Prose::default()
        .text("The security requirement of some operations: one of these alternatives.")
        .outer_attributes();
    let alternatives = set.alternatives.iter().map(|needs| {
        let needs = needs.iter().map(|Need { scheme, scopes }| {
            let (scheme, scopes) = (ident(scheme), scopes.iter().map(|scope| Literal::string(scope)));
            quote!(Need { scheme: &#scheme, scopes: &[#(#scopes),*] })
        });
        quote!(Requirement(&[#(#needs),*]))
    });
    // It is public but hidden, since its name depends on its contents. If it were private, it would be unused with a group's feature off.
    quote! { #docs #[doc(hidden)] pub static #constant: &[Requirement] = &[#(#alternatives),*]; }
}
