//! Tests of enumerations: each value is read as its variant and written unchanged. Calls alone would not detect a value that
//! is read as unknown, because it is sent back unchanged.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::module::module;
use crate::emit::client::feature;
use crate::emit::layout;
use crate::emit::literal::literal;
use crate::emit::paths::{bare, ident};
use crate::emit::prose::Prose;
use crate::rust::name::Name;
use crate::rust::{Crate, Enum, Group, Item, Placement};

/// Returns `tests/wire/lists.rs`, or `None` if the API has no enumeration.
pub(super) fn lists(plan: &Crate) -> Option<String> {
    let scopes = plan.scopes.iter().map(|scopes| {
        let values = scopes.variants.iter().map(|scope| (&scope.name, Value::from(scope.wire.as_str())));
        test(&quote!(scopes), None, [list(&quote!(api::Scope), values)])
    });
    let shared = enums(plan, Placement::Crate, &quote!(shared), None);
    let groups = plan.groups.iter().enumerate().filter_map(|(at, group)| {
        let module = bare(&module(group));
        enums(plan, Placement::Group(at), &quote!(#module), Some(group))
    });
    let tests: Vec<TokenStream> = scopes.chain(shared).chain(groups).collect();
    let inner = Prose::default()
        .text("Tests of enumerations: each value is read as its variant and written unchanged.")
        .inner_comment();
    let imports = quote!(
        use crate::{api, harness};
    );
    (!tests.is_empty()).then(|| layout::rust(inner, std::iter::once(imports).chain(tests)))
}

/// Returns the test of the enumerations with a placement.
fn enums(plan: &Crate, home: Placement, name: &TokenStream, group: Option<&Group>) -> Option<TokenStream> {
    let found = plan.types_at(home).filter_map(|item| match item {
        Item::Enum(Enum { name, variants, .. }) => {
            let name = ident(name);
            let values = variants.iter().map(|variant| (&variant.name, variant.value.clone()));
            Some(list(&quote!(api::types::#name), values))
        }
        _ => None,
    });
    let found: Vec<TokenStream> = found.collect();
    (!found.is_empty()).then(|| test(name, group, found))
}

fn test(name: &TokenStream, group: Option<&Group>, lists: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let (feature, lists) = (group.and_then(feature), lists.into_iter());
    quote!(#[test] #feature fn #name() { #(#lists)* })
}

fn list<'a>(ty: &TokenStream, values: impl Iterator<Item = (&'a Name, Value)>) -> TokenStream {
    let pairs = values.map(|(name, value)| {
        let (name, text) = (ident(name), literal(&value.to_string()));
        quote!((#ty::#name, #text))
    });
    quote!(harness::lists(&[#(#pairs),*]);)
}
