//! The headers of responses, as constants with the types of the values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::layout;
use super::paths::{Paths, ident};
use super::prose::Prose;
use crate::rust::Crate;

/// `src/response_headers.rs`
pub(super) fn headers(plan: &Crate) -> String {
    let known = Paths::in_group();
    let inner = Prose::default()
        .text("The documented response headers, for [`Response::get`](crate::runtime::Response::get).")
        .inner_comment();
    let constants = plan.headers.iter().map(|header| {
        let mut prose = Prose::default();
        let docs =
            prose.markdown(header.description.as_deref()).text(docs::inline_code(&header.wire)).outer_attributes();
        let (name, ty, wire) = (ident(&header.name), known.ty(&header.ty), Literal::string(&header.wire));
        quote!(#docs pub const #name: Header<#ty> = Header::new(#wire);)
    });
    let constants: TokenStream = constants.collect();
    layout::rust(
        inner,
        [
            quote!(
                use crate::runtime::Header;
            ),
            constants,
        ],
    )
}
