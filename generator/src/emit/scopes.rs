//! The scopes that tokens can have, as an enum.

use proc_macro2::Literal;
use quote::quote;

use super::docs;
use super::layout::{self, Piece, Table};
use super::paths::ident;
use super::prose::Prose;
use crate::rust::{ScopeVariant, Scopes};

/// `src/scopes.rs`
pub(super) fn scopes(scopes: &Scopes) -> String {
    let inner = Prose::default().text("The scopes of access tokens.").inner_comment();
    let entries =
        scopes.variants.iter().map(|scope| layout::entry(&scope.name, &[Literal::string(&scope.wire)])).collect();
    let documented = scopes.variants.iter().map(|ScopeVariant { name, wire, description }| {
        let mut prose = Prose::default();
        prose.markdown(Some(description)).text(docs::inline_code(wire));
        let (docs, name) = (prose.outer_attributes(), ident(name));
        quote!(#docs #name,)
    });
    let other = ident(&scopes.other);
    let tail = if scopes.other.bare() == "Other" { String::new() } else { format!(" else {other}") };
    let definition = quote! {
        /// A scope of an access token.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Scope {
            #(#documented)*
            /// A scope that the API description does not list.
            #other(String),
        }
    };
    let table = Table { name: "text_enum", head: "Scope".to_owned(), lists: vec![(entries, tail)] };
    // Where scopes are expected, strings are accepted too.
    let as_text = quote! {
        impl AsRef<str> for Scope {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    };
    layout::rust(inner, [Piece::from(definition), table.into(), as_text.into()])
}
