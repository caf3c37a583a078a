//! The environment variables of credentials, named from the package and the scheme.

use crate::rust::name::{Case, Name, Scope};
use crate::rust::{Credential, CredentialSetter, CredentialSource, CredentialVariables, Scheme};

/// Claims the variable of a package for something.
pub(super) fn claim(variables: &mut Scope, package: &str, words: &str) -> Name {
    variables.claim(&format!("{package} {words}"), Case::Constant)
}

/// Returns whether some scheme has credentials with which tokens are fetched.
pub(super) fn fetches_tokens(schemes: &[Scheme]) -> bool {
    let mut setters = schemes.iter().flat_map(|scheme| &scheme.setters);
    setters.any(|setter| matches!(setter.credential, Credential::ClientCredentials | Credential::RefreshToken))
}

/// The variables of a scheme, that of a finished token first.
pub(super) fn of_scheme(variables: &mut Scope, package: &str, scheme: &Scheme) -> Vec<CredentialVariables> {
    let mut setters: Vec<&CredentialSetter> = scheme.setters.iter().collect();
    setters.sort_by_key(|setter| match setter.credential {
        Credential::Token | Credential::Key | Credential::UserAndPassword => 0,
        Credential::ClientCredentials => 1,
        Credential::RefreshToken => 2,
        Credential::Certificate => 3,
    });
    let mut client: Option<(Name, Name)> = None;
    let mut found = Vec::new();
    for CredentialSetter { name, credential } in setters {
        // The name of the setter is one of the scheme's own where schemes share a kind of credential.
        let before = |usual: &str| name.bare().strip_suffix(usual).unwrap_or(name.bare()).to_owned();
        let mut claim = |words: &str| claim(variables, package, words);
        let mut of_client = |prefix: String| {
            let claimed = || (claim(&format!("{prefix} client id")), claim(&format!("{prefix} client secret")));
            client.get_or_insert_with(claimed).clone()
        };
        let source = match credential {
            Credential::Token | Credential::Key => CredentialSource::Fixed(claim(name.bare())),
            Credential::UserAndPassword => {
                let prefix = before("basic_auth");
                CredentialSource::Basic(claim(&format!("{prefix} user")), claim(&format!("{prefix} password")))
            }
            Credential::ClientCredentials => {
                let (id, secret) = of_client(before("client_credentials"));
                CredentialSource::Client(id, secret)
            }
            Credential::RefreshToken => {
                let (id, secret) = of_client(before("refresh_token"));
                CredentialSource::Refresh(id, secret, claim(name.bare()))
            }
            Credential::Certificate => CredentialSource::Certificate(claim(name.bare())),
        };
        found.push(CredentialVariables { scheme: scheme.constant.clone(), source });
    }
    found
}
