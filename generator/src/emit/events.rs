//! Webhooks and callbacks, as enums with a decoder by event.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::layout;
use super::paths::{Paths, ident};
use super::prose::Prose;
use crate::rust::{Crate, Events, Type};

/// `src/incoming.rs`
pub(super) fn events(plan: &Crate) -> String {
    let known = Paths::in_group();
    let inner = Prose::default()
        .text("Webhooks and callbacks: the requests that the API sends. A server that receives one decodes it with these types.")
        .inner_attributes();
    let named = |ty: &Type| ty.has(|part| matches!(part, Type::Named(_)));
    let mut payloads =
        plan.events.iter().flat_map(|events| &events.variants).filter_map(|variant| variant.payload.as_ref());
    let types = payloads.any(named).then(|| {
        quote!(
            use crate::types;
        )
    });
    let mut items = vec![quote!(use crate::runtime::DecodeError; #types)];
    items.extend(plan.events.iter().flat_map(|events| enumeration(&known, events)));
    layout::rust(inner, items)
}

fn enumeration(known: &Paths<'_>, events: &Events) -> [TokenStream; 2] {
    let about = match &events.operation {
        Some(operation) => format!("The callbacks of {}.", docs::inline_code(operation)),
        None => "The webhooks of the API.".to_owned(),
    };
    let (name, docs) = (ident(&events.name), Prose::default().text(about).outer_attributes());
    let variants = events.variants.iter().map(|variant| {
        let mut prose = Prose::default();
        prose.markdown(variant.description.as_deref()).text(docs::inline_code(&variant.wire));
        let (docs, name) = (prose.outer_attributes(), ident(&variant.name));
        let payload = variant.payload.as_ref().map(|ty| {
            let ty = known.ty(ty);
            quote!((#ty))
        });
        quote!(#docs #name #payload,)
    });
    let arms = events.variants.iter().map(|variant| {
        let (wire, name) = (Literal::string(&variant.wire), ident(&variant.name));
        match &variant.payload {
            Some(_) => quote!(#wire => crate::runtime::json::read(body).map(Self::#name),),
            None => quote!(#wire => Ok(Self::#name),),
        }
    });
    let body = if events.variants.iter().any(|variant| variant.payload.is_some()) { quote!(body) } else { quote!(_) };
    [
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#variants)* }
        },
        quote! {
            impl #name {
                /// Reads the body of the event with this name. Returns `None` if the API description has no such event.
                ///
                /// # Errors
                /// If the body does not have the described type.
                #[inline]
                pub fn decode(event: &str, #body: &[u8]) -> Option<Result<Self, DecodeError>> {
                    Some(match event {
                        #(#arms)*
                        _ => return None,
                    })
                }
            }
        },
    ]
}
