//! Credentials of sample requests, with meaningless secrets.

use std::collections::HashMap;

use crate::ir::{Api, KeyPlace, Operation, SchemeKind, Secret, SecurityScheme};

/// Returns the secret of each security scheme that takes a string, by name.
pub(super) fn secrets(api: &Api) -> Vec<(String, Secret)> {
    let mut schemes: Vec<&SecurityScheme> = api.security_schemes.iter().collect();
    schemes.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    let secret = |(index, scheme): (usize, &SecurityScheme)| {
        let text = Secret::Text(format!("secret-{index}"));
        let secret = match &scheme.kind {
            SchemeKind::Http { scheme } if scheme.eq_ignore_ascii_case("basic") => {
                Secret::UserAndPassword("user".into(), "secret".into())
            }
            SchemeKind::Http { scheme } if scheme.eq_ignore_ascii_case("bearer") => text,
            SchemeKind::ApiKey { .. } | SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } => text,
            // No sample exists for the parameters of other schemes and for certificates.
            SchemeKind::Http { .. } | SchemeKind::MutualTls => return None,
        };
        Some((scheme.name.clone(), secret))
    };
    schemes.into_iter().enumerate().filter_map(secret).collect()
}

/// A credential and its place in the request.
pub(super) enum Proof {
    Header(String, String),
    Query(String, String),
    Cookie(String, String),
}

/// The security schemes that have a secret, by name.
pub(super) struct Keys<'a>(HashMap<&'a str, (&'a SecurityScheme, &'a Secret)>);

impl<'a> Keys<'a> {
    pub(super) fn new(api: &'a Api, secrets: &'a [(String, Secret)]) -> Self {
        let secrets: HashMap<&str, &Secret> = secrets.iter().map(|(name, secret)| (name.as_str(), secret)).collect();
        let schemes = api.security_schemes.iter().rev();
        let with_secret = schemes.filter_map(|scheme| {
            let name = scheme.name.as_str();
            Some((name, (scheme, *secrets.get(name)?)))
        });
        Keys(with_secret.collect())
    }

    /// Returns the credentials that an operation sends, for its first security requirement that the secrets satisfy.
    pub(super) fn proofs(&self, operation: &Operation) -> Vec<Proof> {
        let alternatives = operation.security.iter().filter(|requirement| !requirement.needs.is_empty());
        let mut met = alternatives.filter_map(|requirement| {
            let keys = requirement.needs.iter().map(|need| self.0.get(need.scheme.as_str()));
            keys.map(|key| key.and_then(|(scheme, secret)| proof(scheme, secret))).collect::<Option<Vec<_>>>()
        });
        met.next().unwrap_or_default()
    }
}

fn proof(scheme: &SecurityScheme, secret: &Secret) -> Option<Proof> {
    let authorization = |text: String| Proof::Header("authorization".to_owned(), text);
    Some(match (&scheme.kind, secret) {
        (SchemeKind::ApiKey { place, name }, Secret::Text(text)) => match place {
            KeyPlace::Header => Proof::Header(name.to_lowercase(), text.clone()),
            KeyPlace::Query => Proof::Query(name.clone(), text.clone()),
            KeyPlace::Cookie => Proof::Cookie(name.clone(), text.clone()),
        },
        // RFC 7617: `user:secret`, in base 64.
        (_, Secret::UserAndPassword(..)) => authorization("Basic dXNlcjpzZWNyZXQ=".to_owned()),
        (
            SchemeKind::Http { .. } | SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. },
            Secret::Text(text),
        ) => authorization(format!("Bearer {text}")),
        (SchemeKind::MutualTls, _) => return None,
    })
}
