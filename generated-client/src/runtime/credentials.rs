//! The credentials of a call: their choice and their place in the request.

use std::borrow::Cow;
use std::sync::Arc;

use http::{HeaderValue, header};

use super::builder::{BuildError, ClientBuilder};
use super::cause::{AuthError, InvalidRequest};
use super::client::{Inner, Prepared, SchemeCredential};
use super::platform::{BoxFuture, Shareable};
use super::secret::Secret;
use super::security::{Need, Place, Requirement, SchemeKind};
use super::spec::Spec;
use super::transport::Http;
use super::{endpoint, path};

/// A way to obtain tokens, which a client is built with.
pub(crate) trait Grant: Shareable {
    /// Returns the tokens of a scheme. `misfit` is an error about its credential.
    fn tokens(
        &self,
        builder: &ClientBuilder,
        scheme: &SchemeKind,
        http: &Http,
        misfit: &dyn Fn(&str) -> BuildError,
    ) -> Result<Box<dyn Tokens>, BuildError>;
}

/// Tokens that are fetched when a call needs them.
pub(crate) trait Tokens: Shareable {
    /// The header of a token with these scopes.
    fn get<'a>(&'a self, scopes: &'a [String]) -> BoxFuture<'a, Result<HeaderValue, Arc<AuthError>>>;

    /// Forgets a token that the API refused, unless there is already another.
    fn reject(&self, scopes: &[String], refused: &HeaderValue);

    /// Shows every token at hand, and the secrets by which tokens are obtained.
    fn for_each(&self, show: &mut dyn FnMut(&Secret));
}

/// The tokens that an attempt used, to be discarded if they are refused.
pub(crate) type Used<'a> = Vec<(&'a dyn Tokens, HeaderValue)>;

/// The credentials that a call is sent with.
#[derive(Clone, Copy)]
pub(crate) enum CredentialSet {
    None,
    /// All credentials of the client, since the needs of a raw call are not known.
    All,
    Of(&'static [Need]),
}

impl Inner {
    /// The first of the operation's requirements that this client can meet.
    pub(crate) fn choose(&self, spec: &Spec, server: Option<&url::Url>) -> Result<CredentialSet, AuthError> {
        let mut lacking = Vec::new();
        for Requirement(needs) in spec.security {
            if needs.is_empty() || needs.iter().any(|need| self.credential(need).is_none()) {
                continue;
            }
            lacking = Vec::new();
            for need in *needs {
                if let Some(SchemeCredential { prepared: Prepared::Tokens(_), .. }) = self.credential(need) {
                    lacking.extend(self.missing_scopes(need.scopes));
                }
            }
            if lacking.is_empty() {
                self.check_encryption(spec, server)?;
                return Ok(CredentialSet::Of(needs));
            }
        }
        // Credentials are optional, but are sent if there are any: the API may then return more.
        let open = spec.security.is_empty() || spec.security.iter().any(|requirement| requirement.0.is_empty());
        if open || self.anonymous {
            return Ok(CredentialSet::None);
        }
        if !lacking.is_empty() {
            return Err(AuthError::MissingScopes { scopes: lacking });
        }
        let mut schemes = Vec::new();
        for Requirement(needs) in spec.security {
            schemes.extend(needs.iter().map(|need| need.scheme.name));
        }
        Err(AuthError::NoCredential { schemes })
    }

    /// The credential that meets a need.
    fn credential(&self, need: &Need) -> Option<&SchemeCredential> {
        self.credentials.iter().find(|credential| credential.scheme.name == need.scheme.name)
    }

    /// Checks the server of an operation or of a call; the client's own base URL was checked when it was built.
    pub(crate) fn check_encryption(&self, spec: &Spec, server: Option<&url::Url>) -> Result<(), AuthError> {
        if self.allow_http || server.is_none() && (spec.base_url.is_none() || self.own_base_url) {
            return Ok(());
        }
        let url = server.map_or_else(|| self.base_url(spec), Cow::Borrowed);
        if endpoint::is_safe(&url) { Ok(()) } else { Err(AuthError::Insecure { origin: endpoint::origin(&url) }) }
    }

    pub(crate) fn selected(&self, credentials: CredentialSet) -> impl Iterator<Item = &SchemeCredential> {
        self.credentials.iter().filter(move |credential| match credentials {
            CredentialSet::None => false,
            CredentialSet::All => true,
            CredentialSet::Of(needs) => needs.iter().any(|need| need.scheme.name == credential.scheme.name),
        })
    }

    /// The tokens of the credentials, fetched if necessary.
    pub(crate) async fn tokens(&self, credentials: CredentialSet) -> Result<Used<'_>, Arc<AuthError>> {
        let mut used = Vec::new();
        for credential in self.selected(credentials) {
            if let Prepared::Tokens(tokens) = &credential.prepared {
                used.push((&**tokens, tokens.get(self.asked_scopes()).await?));
            }
        }
        Ok(used)
    }

    /// Adds the credentials to the request as their schemes state.
    ///
    /// # Errors
    /// If a key contains characters that its place does not allow.
    pub(crate) fn authenticate(
        &self,
        request: &mut reqwest::Request,
        credentials: CredentialSet,
        used: &Used<'_>,
    ) -> Result<(), InvalidRequest> {
        for credential in self.selected(credentials) {
            match &credential.prepared {
                Prepared::Header(value, _) => {
                    request.headers_mut().insert(header::AUTHORIZATION, value.clone());
                }
                Prepared::Key(key) => place_key(request, &credential.scheme.kind, key.expose())?,
                Prepared::Tokens(tokens) => {
                    for (_, token) in used.iter().filter(|(known, _)| std::ptr::addr_eq(*known, &raw const **tokens)) {
                        request.headers_mut().insert(header::AUTHORIZATION, token.clone());
                    }
                }
                Prepared::Elsewhere => {}
            }
        }
        Ok(())
    }
}

/// Returns whether a cookie's value may hold the byte (RFC 6265, 4.1.1).
const fn is_cookie_octet(byte: u8) -> bool {
    matches!(byte, b'!' | b'#'..=b'+' | b'-'..=b':' | b'<'..=b'[' | b']'..=b'~')
}

fn place_key(request: &mut reqwest::Request, kind: &SchemeKind, key: &str) -> Result<(), InvalidRequest> {
    let SchemeKind::ApiKey { name, place } = kind else { return Ok(()) };
    let (target, text) = match place {
        Place::Query => {
            // A link to the next page may have the key already.
            let mut wanted = String::new();
            path::encode(name, &mut wanted);
            let mut query = String::new();
            for pair in request.url().query().unwrap_or_default().split('&') {
                if !pair.is_empty() && pair.split('=').next() != Some(&wanted) {
                    query.push_str(pair);
                    query.push('&');
                }
            }
            query.push_str(&wanted);
            query.push('=');
            path::encode(key, &mut query);
            request.url_mut().set_query(Some(&query));
            return Ok(());
        }
        Place::Header => (*name, key.to_owned()),
        Place::Cookie => {
            let cookies = request.headers().get(header::COOKIE).and_then(|cookies| cookies.to_str().ok());
            // A key has no style, so it is sent unchanged: no specification says how a server would decode another form.
            if !key.bytes().all(is_cookie_octet) {
                return Err(InvalidRequest::new("cookie", *name, "is a key with characters that no cookie can hold"));
            }
            ("cookie", cookies.map(|cookies| format!("{cookies}; ")).unwrap_or_default() + name + "=" + key)
        }
    };
    if let (Ok(name), Ok(mut value)) = (header::HeaderName::try_from(target), HeaderValue::try_from(text)) {
        value.set_sensitive(true);
        request.headers_mut().insert(name, value);
    }
    Ok(())
}
