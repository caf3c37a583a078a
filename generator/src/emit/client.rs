//! The client: name and servers of the API, and the handles of its groups.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::layout;
use super::paths::ident;
use super::prose::Prose;
use crate::rust::{Crate, Credential, CredentialSetter, Group, RuntimeModule, Scheme};

/// `src/client.rs`
pub(super) fn client(plan: &Crate) -> String {
    let inner = Prose::default()
        .text("The client of this API: its defaults, its credentials and its groups of operations.")
        .inner_comment();
    let groups = plan.groups.iter().map(accessor);
    let credentials: Vec<TokenStream> = plan.schemes.iter().flat_map(setters).collect();
    let builder_docs = Prose::default()
        .text("Returns a builder with the base URL, the token URL and the scopes of the API description.")
        .outer_attributes();
    let uses_schemes = !credentials.is_empty();
    let imports = imports(plan, uses_schemes);
    let mut items = vec![imports, api(plan)];
    let passwords = plan.about.passwords.iter().map(|name| Literal::string(name));
    let passwords = (passwords.len() > 0).then(|| quote!(.hiding(&[#(#passwords),*])));
    let lenient = plan.runtime.contains(&RuntimeModule::Lenient).then(|| quote!(.with_lenient()));
    items.push(quote! {
        impl Client {
            #builder_docs
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&API) #passwords #lenient
            }
            #(#groups)*
        }
    });
    if uses_schemes {
        items.push(quote!(impl ClientBuilder { #(#credentials)* }));
    }
    layout::rust(inner, items)
}

fn imports(plan: &Crate, uses_schemes: bool) -> TokenStream {
    let handles = plan.groups.iter().map(|group| {
        let (module, feature) = (ident(&group.module), feature(group));
        quote!(#feature use crate::#module;)
    });
    let mut names = vec![quote!(Api), quote!(Client), quote!(ClientBuilder)];
    let credentials = plan.schemes.iter().flat_map(|scheme| &scheme.setters);
    if uses_schemes {
        names.push(quote!(Credential));
        // All credentials but certificates contain a secret.
        if credentials.into_iter().any(|setter| setter.credential != Credential::Certificate) {
            names.push(quote!(Secret));
        }
    }
    let security = uses_schemes.then(|| {
        quote!(
            use crate::security;
        )
    });
    quote! { #(#handles)* use crate::runtime::{#(#names),*}; #security }
}

fn api(plan: &Crate) -> TokenStream {
    let (name, version) = (Literal::string(&plan.package), Literal::string(&plan.about.version));
    let base_url = match plan.about.base_url.as_ref().or(plan.about.base_path.as_ref()) {
        Some(url) => {
            let url = Literal::string(url);
            quote!(Some(#url))
        }
        None => quote!(None),
    };
    let needed: BTreeSet<&str> = plan
        .requirements
        .iter()
        .flat_map(|set| set.alternatives.iter().flatten())
        .flat_map(|need| need.scopes.iter().map(String::as_str))
        .collect();
    let scopes = needed.into_iter().map(Literal::string);
    let about = Prose::default().text("The facts of the API description that all operations share.").outer_attributes();
    quote! {
        #about
        pub(crate) static API: Api = Api { name: #name, version: #version, base_url: #base_url, scopes: &[#(#scopes),*] };
    }
}

/// The attribute of an item that exists only with the group's feature.
pub(super) fn feature(group: &Group) -> Option<TokenStream> {
    group.feature.as_ref().map(|feature| quote!(#[cfg(feature = #feature)]))
}

fn accessor(group: &Group) -> TokenStream {
    let (module, handle, feature) = (ident(&group.module), ident(&group.handle), feature(group));
    let mut prose = Prose::default();
    prose
        .text(format!("Returns the operations tagged {}.", docs::inline_code(&group.tag)))
        .markdown(group.description.as_deref());
    let docs = prose.outer_attributes();
    quote! {
        #docs
        #feature
        #[inline]
        pub fn #module(&self) -> #module::#handle<'_> {
            #module::#handle { client: self }
        }
    }
}

fn setters(scheme: &Scheme) -> Vec<TokenStream> {
    let constant = ident(&scheme.constant);
    let wire = docs::inline_code(&scheme.wire);
    scheme
        .setters
        .iter()
        .map(|CredentialSetter { name, credential }| {
            let name = ident(name);
            let mut prose = Prose::default();
            let (arguments, value) = match credential {
                Credential::Key => {
                    prose.text(format!("Sets the key for the security scheme {wire}."));
                    (quote!(key: impl Into<Secret>), quote!(Credential::key(key)))
                }
                Credential::UserAndPassword => {
                    prose.text(format!("Sets the user name and password for the security scheme {wire}."));
                    (quote!(user: impl Into<String>, password: impl Into<Secret>), quote!(Credential::basic(user, password)))
                }
                Credential::Token => {
                    prose.text(format!("Sets a token for the security scheme {wire}. The client does not renew it."));
                    (quote!(token: impl Into<Secret>), quote!(Credential::bearer(token)))
                }
                Credential::RefreshToken => {
                    prose.text(format!(
                        "Sets a refresh token for the security scheme {wire}, and the client to which it was issued; a public \
                         client has no secret. Access tokens are fetched with it, cached, and renewed before they expire."
                    ));
                    (
                        quote!(id: impl Into<String>, secret: Option<Secret>, token: impl Into<Secret>),
                        quote!(Credential::refresh(id, secret, token)),
                    )
                }
                Credential::Certificate => {
                    prose.text(format!(
                        "Declares that the HTTP client passed to [`http_client`](Self::http_client) has the client \
                         certificate for the security scheme {wire}."
                    ));
                    (quote!(), quote!(Credential::mutual_tls()))
                }
                Credential::ClientCredentials => {
                    prose.text(format!(
                        "Sets the id and secret of an OAuth 2.0 client for the security scheme {wire}. A token is fetched on \
                         first use, cached, and renewed before it expires."
                    ));
                    (quote!(id: impl Into<String>, secret: impl Into<Secret>), quote!(Credential::client(id, secret)))
                }
            };
            let docs = prose.markdown(scheme.description.as_deref()).outer_attributes();
            quote! {
                #docs
                pub fn #name(self, #arguments) -> Self {
                    self.credential(&security::#constant, #value)
                }
            }
        })
        .collect()
}
