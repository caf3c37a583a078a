//! Security: schemes as constants, requirements as shared sets, scopes as an enum.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use clientwright_sources::BUILDER_METHODS;

use crate::ir::{Api, FlowKind, Operation, Requirement, SchemeKind as Source, SecurityScheme};
use crate::plan::naming::namer::Namer;
use crate::rust::name::{Case, Name, Scope, words};
use crate::rust::{
    Credential, CredentialSetter, Namespace, Need, RequirementSet, Scheme, SchemeKind, ScopeVariant, Scopes,
};

/// The security schemes and requirements of the crate.
#[derive(Default)]
pub(crate) struct Security {
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) requirements: Vec<RequirementSet>,
    pub(crate) scopes: Option<Scopes>,
    by_set: BTreeMap<Arc<[Requirement]>, Name>,
}

impl Security {
    /// The constant of what an operation requires; `None` where it requires nothing.
    pub(crate) fn constant(&self, operation: &Operation) -> Option<Name> {
        self.by_set.get(&operation.security).cloned()
    }
}

/// Plans schemes, requirements and scopes.
pub(crate) fn plan(api: &Api, namer: &mut Namer<'_>) -> Security {
    let mut sorted: Vec<&SecurityScheme> = api.security_schemes.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let mut constants = Scope::new();
    let candidates = sorted.iter().map(|scheme| scheme.name.as_str());
    let claimed = constants.claim_all(candidates, Case::Constant);
    let mut setters = Scope::excluding(BUILDER_METHODS);
    let is_known = |name: &str| sorted.binary_search_by(|scheme| scheme.name.as_str().cmp(name)).is_ok();
    let is_there = |key: &str| key.rsplit_once(' ').is_some_and(|(name, _)| is_known(name));
    namer.reserve_previous(&mut setters, &Namespace::SECURITY, is_there);
    let shared = shared(&sorted);
    let plan = |(source, constant)| scheme(source, constant, &shared, &mut setters, &mut *namer);
    let schemes: Vec<Scheme> = sorted.into_iter().zip(claimed).map(plan).collect();

    let sets: BTreeSet<&Arc<[Requirement]>> =
        api.operations.iter().map(|operation| &operation.security).filter(|set| !set.is_empty()).collect();
    let candidates: Vec<String> = sets.iter().map(|set| candidate(set)).collect();
    let claimed = constants.claim_all(candidates.iter().map(String::as_str), Case::Constant);
    let by_wire: HashMap<&str, &Name> = schemes.iter().map(|scheme| (scheme.wire.as_str(), &scheme.constant)).collect();
    let requirements = sets.iter().zip(&claimed).map(|(set, name)| requirement_set(set, name, &by_wire)).collect();
    let by_set = sets.into_iter().cloned().zip(claimed).collect();
    Security { schemes, requirements, scopes: scopes(api, namer), by_set }
}

/// Returns the credentials that a scheme accepts, the most common first, and the name of each setter if it is unique.
fn credentials(source: &SecurityScheme) -> Vec<(&'static str, Credential)> {
    const TOKEN: (&str, Credential) = ("token", Credential::Token);
    const REFRESH: (&str, Credential) = ("refresh_token", Credential::RefreshToken);
    const CLIENT: (&str, Credential) = ("client_credentials", Credential::ClientCredentials);
    match &source.kind {
        Source::ApiKey { .. } => vec![("api_key", Credential::Key)],
        Source::Http { scheme } if scheme.eq_ignore_ascii_case("basic") => {
            vec![("basic_auth", Credential::UserAndPassword)]
        }
        Source::Http { scheme } if scheme.eq_ignore_ascii_case("bearer") => vec![TOKEN],
        Source::Http { .. } => vec![("authorization", Credential::Key)],
        Source::OAuth2 { flows } => {
            let offers = |kind| flows.iter().any(|flow| flow.kind == kind);
            let lasting = [FlowKind::AuthorizationCode, FlowKind::DeviceAuthorization, FlowKind::Password];
            let mut found = Vec::new();
            found.extend(offers(FlowKind::ClientCredentials).then_some(CLIENT));
            found.push(TOKEN);
            found.extend(lasting.into_iter().any(offers).then_some(REFRESH));
            found
        }
        Source::OpenIdConnect { .. } => vec![CLIENT, TOKEN, REFRESH],
        Source::MutualTls => vec![("client_certificate", Credential::Certificate)],
    }
}

fn scheme(
    source: &SecurityScheme,
    constant: Name,
    shared: &BTreeSet<&str>,
    setters: &mut Scope,
    namer: &mut Namer<'_>,
) -> Scheme {
    let kind = match &source.kind {
        Source::ApiKey { place, name } => SchemeKind::ApiKey(*place, name.clone()),
        Source::Http { scheme } if scheme.eq_ignore_ascii_case("basic") => SchemeKind::Basic,
        Source::Http { scheme } if scheme.eq_ignore_ascii_case("bearer") => SchemeKind::Bearer,
        Source::Http { scheme } => SchemeKind::Http(scheme.clone()),
        Source::OAuth2 { flows } => SchemeKind::OAuth2(flows.clone()),
        Source::OpenIdConnect { url } => SchemeKind::OpenIdConnect(url.clone()),
        Source::MutualTls => SchemeKind::MutualTls,
    };
    let claim = |(candidate, credential): (&'static str, Credential)| {
        let key = format!("{} {candidate}", source.name);
        // `personalAccessToken` says already that it is a token.
        let says_it = words(&source.name).ends_with(&words(candidate));
        let qualified = if says_it { source.name.clone() } else { key.clone() };
        // Schemes of one kind have setters with their own names, so that none is preferred.
        let candidates = match credential {
            _ if !shared.contains(candidate) => [candidate, qualified.as_str()],
            Credential::Key => [source.name.as_str(), qualified.as_str()],
            _ if source.name.eq_ignore_ascii_case(&candidate.replace('_', "")) => [candidate, qualified.as_str()],
            _ => [qualified.as_str(), qualified.as_str()],
        };
        let name = namer.claim(setters, &Namespace::SECURITY, &key, &candidates, Case::Value);
        CredentialSetter { name, credential }
    };
    let setters = credentials(source).into_iter().map(claim).collect();
    Scheme { constant, wire: source.name.clone(), description: source.description.clone(), kind, setters }
}

/// Returns the setter names that several schemes share.
fn shared<'a>(schemes: &[&'a SecurityScheme]) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let candidates = schemes.iter().flat_map(|scheme| credentials(scheme)).map(|(candidate, _)| candidate);
    candidates.filter(|candidate| !seen.insert(*candidate)).collect()
}

fn requirement_set(set: &[Requirement], name: &Name, by_wire: &HashMap<&str, &Name>) -> RequirementSet {
    let needs = |requirement: &Requirement| {
        let constant = |wire: &str| by_wire.get(wire).map(|constant| (*constant).clone());
        let need = |need: &crate::ir::Need| Some(Need { scheme: constant(&need.scheme)?, scopes: need.scopes.clone() });
        requirement.needs.iter().filter_map(need).collect()
    };
    RequirementSet { constant: name.clone(), alternatives: set.iter().map(needs).collect() }
}

/// `REQUIRES_OAUTH2_WEBHOOK_CREATE`
fn candidate(set: &[Requirement]) -> String {
    let alternative = |requirement: &Requirement| {
        if requirement.needs.is_empty() {
            return "nothing".to_owned();
        }
        let need = |need: &crate::ir::Need| {
            let scopes = need.scopes.iter().map(|scope| format!(" {}", short(scope))).collect::<String>();
            format!("{}{scopes}", need.scheme)
        };
        requirement.needs.iter().map(need).collect::<Vec<_>>().join(" and ")
    };
    format!("requires {}", set.iter().map(alternative).collect::<Vec<_>>().join(" or "))
}

/// The length in bytes after which no further alternative is written into docs.
const LONGEST: usize = 2_000;

/// Returns the security requirements of an operation, in words.
pub(crate) fn in_words(operation: &Operation) -> String {
    let alternative = |requirement: &Requirement| {
        if requirement.needs.is_empty() {
            return "no credentials".to_owned();
        }
        let need = |need: &crate::ir::Need| match need.scopes.as_slice() {
            [] => need.scheme.clone(),
            scopes => format!("{} ({})", need.scheme, scopes.join(", ")),
        };
        requirement.needs.iter().map(need).collect::<Vec<_>>().join(" and ")
    };
    let mut found = String::new();
    for (index, requirement) in operation.security.iter().enumerate() {
        let others = operation.security.len() - index;
        if found.len() > LONGEST {
            return format!("{found} or {others} others");
        }
        found.push_str(if index > 0 { " or " } else { "" });
        found.push_str(&alternative(requirement));
    }
    found
}

fn scopes(api: &Api, namer: &mut Namer<'_>) -> Option<Scopes> {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for scheme in &api.security_schemes {
        if let Source::OAuth2 { flows } = &scheme.kind {
            for scope in flows.iter().flat_map(|flow| &flow.scopes) {
                known.entry(&scope.name).or_insert(&scope.description);
            }
        }
    }
    if known.is_empty() {
        return None;
    }
    let candidates = known.keys().map(|name| (*name, short(name)));
    let (names, other) = namer.claim_variants("Scope", candidates, &["Other", "Unlisted"]);
    let variants = names
        .into_iter()
        .zip(known)
        .map(|(name, (wire, description))| ScopeVariant {
            name,
            wire: wire.to_owned(),
            description: description.to_owned(),
        })
        .collect();
    Some(Scopes { variants, other })
}

/// The last part of a scope, since many scopes are URLs that differ in it.
fn short(scope: &str) -> &str {
    match scope.split_once("://") {
        Some((_, rest)) => rest.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or(scope),
        None => scope,
    }
}
