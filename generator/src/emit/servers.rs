//! The servers of the API: constants, and structs where a URL has variables.

use std::collections::HashMap;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use super::layout::{self, Piece, Table};
use super::paths::ident;
use super::prose::Prose;
use crate::rust::{Crate, Server, Values, Variable};

/// `src/server_urls.rs`
pub(super) fn servers(plan: &Crate) -> String {
    let inner = Prose::default()
        .text("The servers of the API, for `ClientBuilder::base_url`, and of operations, for `Call::base_url`.")
        .inner_comment();
    let mut pieces: Vec<Piece> = Vec::new();
    for server in &plan.servers {
        if server.variables.is_empty() {
            let (name, docs, url) = (ident(&server.name), about(server), Literal::string(&server.url));
            pieces.push(quote!(#docs pub const #name: &str = #url;).into());
            continue;
        }
        pieces.extend(variables(server).map(Piece::from));
        for variable in &server.variables {
            pieces.extend(enumeration(variable).into_iter().flatten());
        }
    }
    layout::rust(inner, pieces)
}

fn about(server: &Server) -> TokenStream {
    let mut prose = Prose::default();
    prose.markdown(server.description.as_deref()).text(docs::inline_code(&server.url)).outer_attributes()
}

fn variables(server: &Server) -> [TokenStream; 3] {
    let (name, docs) = (ident(&server.name), about(server));
    let fields = server.variables.iter().map(|variable| {
        let (docs, name) =
            (Prose::default().markdown(variable.description.as_deref()).outer_attributes(), ident(&variable.name));
        let ty = match &variable.values {
            Some(values) => ident(&values.name),
            None => format_ident!("String"),
        };
        quote!(#docs pub #name: #ty,)
    });
    let defaults = server.variables.iter().map(|variable| {
        let (name, default) = (ident(&variable.name), Literal::string(&variable.default));
        quote!(#name: #default.into(),)
    });
    // The template is an argument of `format!`, once each variable has its Rust name.
    let (mut template, mut rest) = (String::new(), server.url.as_str());
    let mut given = Vec::new();
    let known: HashMap<&str, &Variable> =
        server.variables.iter().map(|variable| (variable.wire.as_str(), variable)).collect();
    while let Some((before, variable, after)) = hole(rest, &known) {
        template.push_str(&escaped(before));
        template.push_str("{}");
        let name = ident(&variable.name);
        given.push(quote!(server.#name));
        rest = after;
    }
    template.push_str(&escaped(rest));
    let url = match server.variables.as_slice() {
        [only] if template == "{}" && only.values.is_none() => quote!(#(#given)*),
        _ => quote!(format!(#template, #(#given),*)),
    };
    [
        quote!(#docs #[derive(Clone, Debug, PartialEq, Eq)] pub struct #name { #(#fields)* }),
        quote!(impl Default for #name { fn default() -> Self { Self { #(#defaults)* } } }),
        quote!(impl From<#name> for String {
            fn from(server: #name) -> Self { #url }
        }),
    ]
}

/// The text before the first variable in braces, the variable, and the text after it.
fn hole<'t, 'v>(text: &'t str, known: &HashMap<&str, &'v Variable>) -> Option<(&'t str, &'v Variable, &'t str)> {
    text.match_indices('{').find_map(|(at, _)| {
        let (name, after) = text[at + 1..].split_once('}')?;
        Some((&text[..at], *known.get(name)?, after))
    })
}

fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn enumeration(variable: &Variable) -> Option<[Piece; 2]> {
    let Values { name, variants: values, other } = variable.values.as_ref()?;
    let docs =
        Prose::default().text(format!("The values of {}.", docs::inline_code(&variable.wire))).outer_attributes();
    let variants = values.iter().map(|(name, wire)| {
        let (docs, name) = (Prose::default().text(docs::inline_code(wire)).outer_attributes(), ident(name));
        quote!(#docs #name,)
    });
    let (ident_of, catch_all) = (ident(name), ident(other));
    let definition = quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #ident_of {
            #(#variants)*
            /// A value that the API description does not list.
            #catch_all(String),
        }
    };
    let entries = values.iter().map(|(name, wire)| layout::entry(name, &[Literal::string(wire)])).collect();
    let tail = if other.bare() == "Other" { String::new() } else { format!(" else {catch_all}") };
    let table = Table { name: "text_enum", head: name.as_str().to_owned(), lists: vec![(entries, tail)] };
    Some([definition.into(), table.into()])
}
