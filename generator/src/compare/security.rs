//! Comparison of security requirements and schemes.

use std::collections::BTreeSet;

use super::change::Changes;
use super::level::Level;
use super::rule::{ApiRule, ChangeRule};
use crate::ir::{Api, Flow, Need, Operation, Requirement, SchemeKind};
use crate::place::Pointer;

pub(super) fn requirements(old: &Operation, new: &Operation, changes: &mut Changes) {
    let open = |operation: &Operation| operation.security.iter().all(|any| any.needs.is_empty());
    let mut add = |rule: ApiRule, level: Option<Level>, text: String| {
        let places = (Some(old.pointer.child("security")), Some(new.pointer.child("security")));
        let rule = ChangeRule::Api(rule);
        changes.add_at(rule, level.unwrap_or_else(|| rule.level()), places.0, places.1, text);
    };

    match (open(old), open(new)) {
        (true, true) => return,
        (true, false) => {
            let text = format!("it needs credentials: {}", said_all(&new.security));
            return add(ApiRule::ApiSecurityBecameRequired, None, text);
        }
        (false, true) => {
            let text = format!("it needs no credentials any more; it needed {}", said_all(&old.security));
            return add(ApiRule::ApiSecurityBecameOptional, None, text);
        }
        (false, false) => {}
    }
    let mut matched = BTreeSet::new();
    for one in old.security.iter() {
        if let Some(other) = new.security.iter().find(|other| *other == one) {
            matched.insert(other);
            continue;
        }
        let Some(other) = new.security.iter().find(|other| schemes_of(other) == schemes_of(one)) else {
            // Callers with other credentials are not affected, but callers with these are.
            let enough = new.security.iter().any(|other| scopes(other).is_subset(&scopes(one)));
            let level = if enough { Level::Info } else { Level::Breaking };
            add(ApiRule::ApiSecurityRemoved, Some(level), format!("{} is no longer enough", said(one)));
            continue;
        };
        matched.insert(other);
        for (scheme, scope) in scopes(other).difference(&scopes(one)).filter(|(_, scope)| !scope.is_empty()) {
            let text = format!("`{scheme}` needs the scope `{scope}` as well");
            add(ApiRule::ApiSecurityScopeAdded, None, text);
        }
        for (scheme, scope) in scopes(one).difference(&scopes(other)).filter(|(_, scope)| !scope.is_empty()) {
            add(ApiRule::ApiSecurityScopeRemoved, None, format!("`{scheme}` needs the scope `{scope}` no more"));
        }
    }
    for other in new.security.iter().filter(|other| !matched.contains(other)) {
        add(ApiRule::ApiSecurityAdded, None, format!("{} is enough as well", said(other)));
    }
}

fn schemes_of(requirement: &Requirement) -> BTreeSet<&str> {
    requirement.needs.iter().map(|need| need.scheme.as_str()).collect()
}

/// Pairs of scheme and scope; a scheme itself pairs with nothing.
fn scopes(requirement: &Requirement) -> BTreeSet<(&str, &str)> {
    let mut found = BTreeSet::new();
    for need in &requirement.needs {
        found.insert((need.scheme.as_str(), ""));
        found.extend(need.scopes.iter().map(|scope| (need.scheme.as_str(), scope.as_str())));
    }
    found
}

fn said_all(requirements: &[Requirement]) -> String {
    requirements.iter().map(said).collect::<Vec<_>>().join(" or ")
}

fn said(requirement: &Requirement) -> String {
    if requirement.needs.is_empty() {
        return "nothing".to_owned();
    }
    let need = |need: &Need| match need.scopes.as_slice() {
        [] => format!("`{}`", need.scheme),
        scopes => format!("`{}` ({})", need.scheme, scopes.join(", ")),
    };
    requirement.needs.iter().map(need).collect::<Vec<_>>().join(" with ")
}

/// The security schemes of the API as a whole.
pub(super) fn schemes(old: &Api, new: &Api, changes: &mut Changes) {
    let place = |name: &str| Some(Pointer::root().child("components").child("securitySchemes").child(name));
    for one in &old.security_schemes {
        let Some(other) = new.security_schemes.iter().find(|other| other.name == one.name) else {
            let text = format!("the security scheme `{}` was removed", one.name);
            changes.add(ApiRule::ApiSecurityComponentRemoved, place(&one.name), None, text);
            continue;
        };
        // Below their kind, schemes have no prose but the descriptions of scopes, which do not count.
        let facts = |kind: &SchemeKind| match kind {
            SchemeKind::OAuth2 { flows } => {
                let flow = |it: &Flow| {
                    let names: Vec<_> = it.scopes.iter().map(|scope| &scope.name).collect();
                    format!("{:?} {:?} {:?} {names:?}", it.kind, it.token_url, it.authorization_url)
                };
                format!("oauth2 {}", flows.iter().map(flow).collect::<Vec<_>>().join(", "))
            }
            other => format!("{other:?}"),
        };
        let (before, after) = (facts(&one.kind), facts(&other.kind));
        if before == after {
            continue;
        }
        let oauth = before.starts_with("oauth2 ") && after.starts_with("oauth2 ");
        let (rule, what) = match oauth {
            true => (ApiRule::ApiSecurityComponentOauthChanged, "offers other flows, URLs or scopes"),
            false => (ApiRule::ApiSecurityComponentTypeChanged, "works differently"),
        };
        let text = format!("the security scheme `{}` {what}", one.name);
        changes.add(rule, place(&one.name), place(&other.name), text);
    }
    for other in &new.security_schemes {
        if !old.security_schemes.iter().any(|one| one.name == other.name) {
            let text = format!("the security scheme `{}` was added", other.name);
            changes.add(ApiRule::ApiSecurityComponentAdded, None, place(&other.name), text);
        }
    }
}
