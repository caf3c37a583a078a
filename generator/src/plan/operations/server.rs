//! Servers: the default base URL, and the constants and structs of the others.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::ir::{Api, Server};
use crate::plan::naming::fingerprint::fingerprint;
use crate::plan::naming::namer::Namer;
use crate::rust::name::{Case, PRELUDE, Scope};
use crate::rust::{Namespace, Server as Planned, Values, Variable};

/// The length in bytes of the longest URL that is a key as it is.
const LONGEST_KEY: usize = 256;

/// The server's URL with the defaults of its variables, if it is absolute; a relative one needs the caller's base URL.
pub(crate) fn absolute_url(server: &Server) -> Option<String> {
    let url = with_defaults(server);
    let absolute = ["https://", "http://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && url.len() > scheme.len()
    });
    (absolute && is_plain(&url)).then_some(url)
}

/// The path of a server whose URL is one (RFC 3986, 4.2), with the defaults of its variables. It is joined to the caller's base URL.
pub(crate) fn relative_url(server: &Server) -> Option<String> {
    let url = with_defaults(server);
    let path = url.strip_prefix('/').unwrap_or(&url);
    let is_path = !path.is_empty() && !path.starts_with('/') && !path.contains([':', '?', '#']);
    (is_path && is_plain(&url)).then(|| format!("/{path}"))
}

/// The server of an operation: an absolute URL, or a path of the host that is called.
pub(crate) fn of_operation(server: &Server) -> Option<String> {
    let root = || (with_defaults(server) == "/").then(|| "/".to_owned());
    absolute_url(server).or_else(|| relative_url(server)).or_else(root)
}

/// The server's URL with the default of each variable in its place.
fn with_defaults(server: &Server) -> String {
    let defaults: HashMap<&str, &str> =
        server.variables.iter().map(|variable| (variable.name.as_str(), variable.default.as_str())).collect();
    let (mut url, mut rest) = (String::new(), server.url.trim());
    while let Some((before, after)) = rest.split_once('{') {
        url.push_str(before);
        let known = after.split_once('}').and_then(|(name, after)| Some((*defaults.get(name)?, after)));
        if let Some((default, after)) = known {
            url.push_str(default);
            rest = after;
        } else {
            url.push('{');
            rest = after;
        }
    }
    url + rest
}

fn is_plain(url: &str) -> bool {
    !url.contains(|character: char| {
        character.is_whitespace() || character.is_control() || "{}\"<>\\^`|".contains(character)
    })
}

/// The servers of the API and of its operations, if there is a choice: several servers, or variables in a URL.
pub(crate) fn servers(api: &Api, namer: &mut Namer<'_>) -> Vec<Planned> {
    let of_operations = api.operations.iter().map(|operation| operation.servers.as_slice());
    let mut absolute: Vec<&Server> = Vec::new();
    for servers in std::iter::once(api.servers.as_slice()).chain(of_operations) {
        let servers: Vec<&Server> = servers.iter().filter(|server| absolute_url(server).is_some()).collect();
        if servers.len() > 1 || servers.iter().any(|server| !server.variables.is_empty()) {
            absolute.extend(servers);
        }
    }
    let mut seen = BTreeSet::new();
    absolute.retain(|server| seen.insert(server.url.trim()));
    if absolute.is_empty() {
        return Vec::new();
    }
    let mut scope = Scope::excluding(PRELUDE);
    let keys: HashSet<Cow<'_, str>> = absolute.iter().map(|server| key(server)).collect();
    // The key of a server, or one of its variables behind a space.
    let ends = |key: &str| key.match_indices(" {").map(|(end, _)| end).chain([key.len()]).collect::<Vec<_>>();
    let is_there = |key: &str| ends(key).into_iter().any(|end| keys.contains(&key[..end]));
    namer.reserve_previous(&mut scope, &Namespace::SERVERS, is_there);
    absolute.into_iter().map(|server| planned(server, &mut scope, namer)).collect()
}

/// The key of a server in the names file: its URL. Each variable's key repeats it, so that a long one is cut.
fn key(server: &Server) -> Cow<'_, str> {
    let url = server.url.trim();
    if url.len() <= LONGEST_KEY {
        return url.into();
    }
    let start: String = url.chars().take(LONGEST_KEY / 4).collect();
    format!("{start}… {:016x}", fingerprint(url)).into()
}

fn planned(server: &Server, scope: &mut Scope, namer: &mut Namer<'_>) -> Planned {
    let case = if server.variables.is_empty() { Case::Constant } else { Case::Type };
    let said = server.description.as_deref().map(str::trim).filter(|said| said.len() <= 30 && !said.is_empty());
    let host = host(&server.url);
    let candidates = [said.unwrap_or(&host), &host];
    let of_server = key(server);
    let name = namer.claim(scope, &Namespace::SERVERS, &of_server, &candidates, case);
    let mut fields = Scope::new();
    let variables = server.variables.iter().map(|variable| {
        let values = (!variable.values.is_empty()).then(|| {
            let qualified = format!("{} {}", name.bare(), variable.name);
            let key = format!("{of_server} {{{}}}", variable.name);
            let candidates = [variable.name.as_str(), &qualified];
            let name = namer.claim(scope, &Namespace::SERVERS, &key, &candidates, Case::Type);
            let candidates = variable.values.iter().map(|value| (value.as_str(), value.as_str()));
            let owner = format!("server_urls::{}", name.bare());
            let (names, other) = namer.claim_variants(&owner, candidates, &["Other", "Unlisted"]);
            Values { name, variants: names.into_iter().zip(variable.values.iter().cloned()).collect(), other }
        });
        Variable {
            name: fields.claim(&variable.name, Case::Value),
            wire: variable.name.clone(),
            default: variable.default.clone(),
            description: variable.description.clone(),
            values,
        }
    });
    let variables = variables.collect();
    Planned { name, url: server.url.trim().to_owned(), description: server.description.clone(), variables }
}

/// `api example com` of `https://{region}.api.example.com/v1`.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    let labels: Vec<&str> = host.split(['.', ':', '-']).filter(|label| !label.contains('{')).collect();
    if labels.is_empty() { "server".to_owned() } else { labels.join(" ") }
}
