//! Webhooks and callbacks, as enums with a decoder by event.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::layout;
use super::paths::{Paths, ident};
use super::prose::Prose;
use crate::rust::{Algorithm, Crate, Deliveries, DeliveryEncoding, Events, RuntimeModule, Signing, Type};

/// `src/incoming.rs`
pub(super) fn events(plan: &Crate) -> String {
    let known = Paths::in_group();
    let inner = Prose::default()
        .text("Webhooks and callbacks: the requests that the API sends. A server that receives one decodes it with these types.")
        .inner_comment();
    let named = |ty: &Type| ty.has(|part| matches!(part, Type::Named(_)));
    let mut payloads =
        plan.events.iter().flat_map(|events| &events.variants).filter_map(|variant| variant.payload.as_ref());
    let types = payloads.any(named).then(|| {
        quote!(
            use crate::types;
        )
    });
    let mut items = vec![quote!(use crate::runtime::DecodeError; #types)];
    let verified = plan.runtime.contains(&RuntimeModule::Delivery);
    items.extend(plan.deliveries.as_ref().filter(|_| verified).map(signing));
    for events in &plan.events {
        items.extend(enumeration(&known, events));
        items.extend(verified.then(|| receiver(events)));
    }
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

/// The function that verifies a delivery before it is read.
fn receiver(events: &Events) -> TokenStream {
    let name = ident(&events.name);
    quote! {
        #[cfg(feature = "deliveries")]
        impl #name {
            /// Verifies a delivery by its headers, and reads the body of the event with this name.
            ///
            /// # Errors
            /// If the delivery is not the API's, or not of now; if the API description has no such event; or if the body does not have
            /// the described type.
            pub fn receive(
                deliveries: &crate::runtime::Deliveries,
                headers: &http::HeaderMap,
                event: &str,
                body: &[u8],
            ) -> Result<Self, crate::runtime::DeliveryError> {
                deliveries.receive(headers, event, body, Self::decode)
            }
        }
    }
}

/// The scheme that the document states.
fn signing(deliveries: &Deliveries) -> TokenStream {
    let docs = Prose::default().text("The way in which the API signs its deliveries.").outer_attributes();
    let value = match deliveries {
        Deliveries::Standard => quote!(crate::runtime::Signing::STANDARD_WEBHOOKS),
        Deliveries::Signed(Signing {
            header,
            algorithm,
            encoding,
            prefix,
            signed,
            id,
            timestamp,
            tolerance,
            is_base64,
        }) => {
            let algorithm = match algorithm {
                Algorithm::Sha1 => quote!(Sha1),
                Algorithm::Sha256 => quote!(Sha256),
                Algorithm::Sha512 => quote!(Sha512),
            };
            let encoding = match encoding {
                DeliveryEncoding::Hex => quote!(Hex),
                DeliveryEncoding::Base64 => quote!(Base64),
            };
            let secret = if *is_base64 { quote!(Whsec) } else { quote!(Text) };
            let text = |text: &String| Literal::string(text);
            let optional = |name: &Option<String>| match name.as_ref().map(text) {
                Some(name) => quote!(Some(#name)),
                None => quote!(None),
            };
            let (header, prefix, signed) = (text(header), text(prefix), text(signed));
            let (id, timestamp, tolerance) = (optional(id), optional(timestamp), Literal::u64_unsuffixed(*tolerance));
            quote! {
                crate::runtime::Signing {
                    header: #header,
                    algorithm: crate::runtime::Algorithm::#algorithm,
                    encoding: crate::runtime::Encoding::#encoding,
                    prefix: #prefix,
                    signed: #signed,
                    id: #id,
                    timestamp: #timestamp,
                    tolerance: #tolerance,
                    secret: crate::runtime::SecretForm::#secret,
                }
            }
        }
    };
    quote! {
        #docs
        #[cfg(feature = "deliveries")]
        pub const SIGNING: crate::runtime::Signing = #value;
    }
}
