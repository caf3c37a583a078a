//! What comes back: how each status is read, and the enums that hold it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::known::{Known, ident};
use super::layout::inline;
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

/// The statuses, as a pattern.
pub(super) fn pattern(status: StatusPattern) -> TokenStream {
    match status {
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
    }
}

/// `200 => output`: a status of success, and what reads it; behind it, in what it is wrapped.
pub(super) fn success_arm(output: &Outcome, arm: &Arm) -> String {
    let (Decode::Output(variant, written) | Decode::Failure(variant, written)) = &arm.decode;
    let reader = match written {
        Written::Nothing => "empty".to_owned(),
        Written::Json => "output".to_owned(),
        Written::Xml(document) => format!("xml[{}]", document.as_str()),
        Written::Text => "text".to_owned(),
        Written::Bytes => "bytes".to_owned(),
        Written::Stream => "stream".to_owned(),
        Written::Lines => "json_lines".to_owned(),
        Written::Events => "events".to_owned(),
    };
    let wrap = match (&output.kind, variant) {
        (OutcomeKind::Enum(name, _), Some(variant)) => {
            let nothing = if *written == Written::Nothing { "|()| " } else { "" };
            format!("({nothing}{}::{})", name.as_str(), variant.as_str())
        }
        _ => String::new(),
    };
    format!("{} => {reader}{wrap}", inline(pattern(arm.status)))
}

/// What reads a documented failure.
pub(super) fn failure_reader(written: &Written) -> String {
    match written {
        Written::Nothing => "failure_empty".to_owned(),
        Written::Json => "failure".to_owned(),
        Written::Xml(document) => format!("failure_xml[{}]", document.as_str()),
        Written::Text => "failure_text".to_owned(),
        Written::Bytes | Written::Stream | Written::Lines | Written::Events => "failure_bytes".to_owned(),
    }
}

/// The enum of a success that differs by status.
pub(super) fn output_enum(
    known: &Known<'_>,
    operation: &Operation,
    name: &Name,
    variants: &[OutcomeVariant],
) -> TokenStream {
    let name = ident(name);
    let line = docs::inline_code(&format!("{} {}", operation.http_method, operation.path));
    let docs = Prose::default().ours(format!("What {line} gives.")).outer();
    let members = variants.iter().map(|variant| {
        let (docs, name) = (variant_docs(variant).outer(), ident(&variant.name));
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
        pub enum #name { #(#members)* }
    }
}

/// The status, and what the document says of it.
pub(super) fn variant_docs(variant: &OutcomeVariant) -> Prose {
    let status = match variant.status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}XX"),
        StatusPattern::Any => "Any other status".to_owned(),
    };
    let mut prose = Prose::default();
    prose.ours(match docs::summary_line(&variant.description) {
        Some(line) => format!("{status}: {line}"),
        None => status,
    });
    prose
}
