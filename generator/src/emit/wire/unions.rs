//! Tests of unions: a value of each alternative is read as its variant and written unchanged. Calls alone would not detect a value
//! that is read as another alternative, because it is sent back unchanged.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::module;
use crate::emit::client::feature;
use crate::emit::layout;
use crate::emit::literal::literal;
use crate::emit::paths::{bare, ident};
use crate::emit::prose::Prose;
use crate::rust::{Crate, Group, Item, Placement, UnionTest};

/// Returns `tests/wire/unions.rs`, or `None` if no alternative has a value of its own.
pub(super) fn unions(plan: &Crate, tests: &[UnionTest]) -> Option<String> {
    let shared = values(plan, tests, Placement::Crate, &quote!(shared), None);
    let groups = plan.groups.iter().enumerate().filter_map(|(at, group)| {
        let module = bare(&module(group));
        values(plan, tests, Placement::Group(at), &quote!(#module), Some(group))
    });
    let tests: Vec<TokenStream> = shared.into_iter().chain(groups).collect();
    let inner = Prose::default()
        .text("Tests of unions: a value of each alternative is read as its variant and written unchanged.")
        .inner_comment();
    let imports = quote!(
        use crate::{api, harness};
    );
    (!tests.is_empty()).then(|| layout::rust(inner, std::iter::once(imports).chain(tests)))
}

/// Returns the test of the unions with a placement.
fn values(
    plan: &Crate,
    tests: &[UnionTest],
    home: Placement,
    name: &TokenStream,
    group: Option<&Group>,
) -> Option<TokenStream> {
    let unions = plan.types_at(home).filter_map(|item| match item {
        Item::Union(union) => Some(&union.name),
        Item::Struct(_) | Item::Enum(_) | Item::Alias(_) | Item::Wrapper(_) => None,
    });
    let checks = unions.flat_map(|union| tests.iter().filter(move |test| test.union == *union)).map(|test| {
        let (union, variant, text) = (ident(&test.union), ident(&test.variant), literal(&test.value.to_string()));
        quote! {
            harness::alternative::<api::types::#union>(#text, |value| matches!(value, api::types::#union::#variant(_)));
        }
    });
    let checks: Vec<TokenStream> = checks.collect();
    let feature = group.and_then(feature);
    (!checks.is_empty()).then(|| quote!(#[test] #feature fn #name() { #(#checks)* }))
}
