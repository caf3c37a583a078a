//! Derives and attributes that someone adds to types.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Attribute;
use syn::parse::Parser;

use crate::rust::{Crate, Item};

/// Returns the reason why a text is no attribute of an item, and the way out.
pub(crate) fn attribute_fault(text: &str) -> Option<String> {
    match Attribute::parse_outer.parse_str(text) {
        Ok(attributes) if !attributes.is_empty() => None,
        Ok(_) => Some("an attribute is missing; write it as in Rust: `#[must_use]`".to_owned()),
        Err(error) => Some(format!("`{text}` is no attribute: {error}; write it as in Rust: `#[must_use]`")),
    }
}

/// The attributes that an item gets besides its own.
pub(super) fn of(plan: &Crate, item: &Item) -> TokenStream {
    let derives = plan.additions.derives_of(item).into_iter();
    let derives: Vec<syn::Path> = derives.filter_map(|path| syn::parse_str(path).ok()).collect();
    let derives = (!derives.is_empty()).then(|| quote!(#[derive(#(#derives),*)]));
    let attributes = plan.additions.attributes_of(item).into_iter();
    let attributes = attributes.filter_map(|text| Attribute::parse_outer.parse_str(text).ok()).flatten();
    quote!(#derives #(#attributes)*)
}
