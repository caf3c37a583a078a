//! What comes back: the arms that decode it, and the enums that hold it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::known::{Known, ident};
use super::prose::Prose;
use crate::rust::name::Name;
use crate::rust::{Arm, Decode, Operation, Outcome, OutcomeKind, OutcomeVariant, StatusPattern, Type, Written};

pub(super) fn outcome_type(known: &Known<'_>, kind: &OutcomeKind) -> TokenStream {
    match kind {
        OutcomeKind::Undocumented => quote!(Undocumented),
        OutcomeKind::Single(ty) => known.ty(ty),
        OutcomeKind::Enum(name, _) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

pub(super) fn arm(output: &Outcome, failure: &Outcome, arm: &Arm) -> TokenStream {
    let pattern = match arm.status {
        StatusPattern::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        StatusPattern::Range(digit) => {
            let (first, last) = (u16::from(digit) * 100, u16::from(digit) * 100 + 99);
            let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
            quote!(#first..=#last)
        }
        StatusPattern::Any => quote!(_),
    };
    let decode = match &arm.decode {
        Decode::Output(variant, written) => success(output, variant.as_ref(), written),
        Decode::Failure(variant, written) => failed(failure, variant.as_ref(), written),
    };
    quote!(#pattern => #decode,)
}

fn success(outcome: &Outcome, variant: Option<&Name>, written: &Written) -> TokenStream {
    let variant = match (&outcome.kind, variant) {
        (OutcomeKind::Enum(name, _), Some(variant)) => {
            let (name, variant) = (ident(name), ident(variant));
            Some(quote!(#name::#variant))
        }
        _ => None,
    };
    match (written, variant) {
        (Written::Nothing, None) => quote!(reply.empty()),
        (Written::Nothing, Some(variant)) => quote!(reply.empty().map(|()| #variant)),
        (Written::Json, None) => quote!(reply.output()),
        (Written::Json, Some(variant)) => quote!(reply.output_as(#variant)),
        (Written::Xml(document), variant) => {
            let document = ident(document);
            match variant {
                None => quote!(reply.xml(&xml_documents::#document)),
                Some(variant) => quote!(reply.xml_as(&xml_documents::#document, #variant)),
            }
        }
        (Written::Text, None) => quote!(reply.text()),
        (Written::Text, Some(variant)) => quote!(reply.text().map(#variant)),
        (Written::Bytes, None) => quote!(reply.bytes()),
        (Written::Bytes, Some(variant)) => quote!(reply.bytes().map(#variant)),
        (Written::Stream, None) => quote!(reply.stream()),
        (Written::Stream, Some(variant)) => quote!(reply.stream().map(#variant)),
        (Written::Lines, None) => quote!(reply.json_lines()),
        (Written::Lines, Some(variant)) => quote!(reply.json_lines().map(#variant)),
        // What ends the streams of OpenAI and its kind is no JSON, so nothing else can mean it.
        (Written::Events, None) => quote!(reply.events(Some("[DONE]"))),
        (Written::Events, Some(variant)) => quote!(reply.events(Some("[DONE]")).map(#variant)),
    }
}

fn failed(outcome: &Outcome, variant: Option<&Name>, written: &Written) -> TokenStream {
    let (OutcomeKind::Enum(name, _), Some(variant)) = (&outcome.kind, variant) else {
        return quote!(reply.undocumented());
    };
    let (name, variant) = (ident(name), ident(variant));
    match written {
        Written::Nothing => quote!(reply.failure_empty(#name::#variant)),
        Written::Json => quote!(reply.failure(#name::#variant)),
        Written::Xml(document) => {
            let document = ident(document);
            quote!(reply.failure_xml(&xml_documents::#document, #name::#variant))
        }
        Written::Text => quote!(reply.failure_text(#name::#variant)),
        Written::Bytes | Written::Stream | Written::Lines | Written::Events => {
            quote!(reply.failure_bytes(#name::#variant))
        }
    }
}

pub(super) fn outcome_enum(
    known: &Known<'_>,
    operation: &Operation,
    name: &Name,
    variants: &[OutcomeVariant],
) -> TokenStream {
    let ident_of = ident(name);
    let is_failure = matches!(&operation.failure.kind, OutcomeKind::Enum(failure, _) if failure == name);
    let line = docs::inline_code(&format!("{} {}", operation.http_method, operation.path));
    let about = if is_failure { format!("The documented failures of {line}.") } else { format!("What {line} gives.") };
    let docs = Prose::default().ours(about).outer();
    let members = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let status = match variant.status {
            StatusPattern::Code(code) => code.to_string(),
            StatusPattern::Range(digit) => format!("{digit}XX"),
            StatusPattern::Any => "Any other status".to_owned(),
        };
        let line = match docs::summary_line(&variant.description) {
            Some(line) => format!("{status}: {line}"),
            None => status,
        };
        let docs = Prose::default().ours(line).outer();
        let holds = variant.ty.as_ref().map(|ty| {
            let ty = known.ty(ty);
            quote!((#ty))
        });
        quote!(#docs #name #holds,)
    });
    let streams = variants.iter().any(|variant| matches!(variant.ty, Some(Type::Stream(_) | Type::ByteStream)));
    let derives = if streams { quote!(#[derive(Debug)]) } else { quote!(#[derive(Clone, Debug, PartialEq)]) };
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #ident_of { #(#members)* }
    }
}
