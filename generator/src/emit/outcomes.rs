//! Responses: the decoder of each status, and the enums of outputs and errors.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::layout::inline;
use super::paths::{Paths, ident};
use super::prose::Prose;
use crate::rust::name::Name;
use crate::rust::{
    Arm, BodyEncoding, Decode, ItemForm, Operation, Outcome, OutcomeKind, OutcomeVariant, StatusPattern, Type,
};

pub(super) fn outcome_type(known: &Paths<'_>, kind: &OutcomeKind) -> TokenStream {
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

/// `200 => output`: a status of success and its decoder, followed by the variant that wraps it.
pub(super) fn success_arm(output: &Outcome, arm: &Arm) -> String {
    let (Decode::Output(variant, written) | Decode::Failure(variant, written)) = &arm.decode;
    let reader = match written {
        BodyEncoding::Nothing => "empty".to_owned(),
        BodyEncoding::Json => "output".to_owned(),
        BodyEncoding::JsonOrText => "output_or_text".to_owned(),
        BodyEncoding::Xml(document) => format!("xml[{}]", document.as_str()),
        BodyEncoding::Text => "text".to_owned(),
        BodyEncoding::Bytes => "bytes".to_owned(),
        BodyEncoding::Stream => "stream".to_owned(),
        BodyEncoding::Lines => "json_lines".to_owned(),
        BodyEncoding::Events { form, may_be_wrapped } => {
            let reader = match form {
                ItemForm::Json => "events",
                ItemForm::Text => "text_events",
                ItemForm::Event => "event_objects",
                ItemForm::TextEvent => "text_event_objects",
            };
            if *may_be_wrapped { format!("wrapped_{reader}") } else { reader.to_owned() }
        }
    };
    let wrap = match (&output.kind, variant) {
        (OutcomeKind::Enum(name, _), Some(variant)) => {
            let nothing = if *written == BodyEncoding::Nothing { "|()| " } else { "" };
            format!("({nothing}{}::{})", name.as_str(), variant.as_str())
        }
        _ => String::new(),
    };
    format!("{} => {reader}{wrap}", condition(arm))
}

/// `200`, or `200 if is_text`: the responses that an arm decodes.
pub(super) fn condition(arm: &Arm) -> String {
    let label = if arm.of_text { " if is_text" } else { "" };
    format!("{}{label}", inline(pattern(arm.status)))
}

/// Returns the decoder of a documented error.
pub(super) fn failure_reader(written: &BodyEncoding) -> String {
    match written {
        BodyEncoding::Nothing => "failure_empty".to_owned(),
        BodyEncoding::Json => "failure".to_owned(),
        BodyEncoding::JsonOrText => "failure_or_text".to_owned(),
        BodyEncoding::Xml(document) => format!("failure_xml[{}]", document.as_str()),
        BodyEncoding::Text => "failure_text".to_owned(),
        BodyEncoding::Bytes | BodyEncoding::Stream | BodyEncoding::Lines | BodyEncoding::Events { .. } => {
            "failure_bytes".to_owned()
        }
    }
}

/// The enum of a success that differs by status.
pub(super) fn output_enum(
    known: &Paths<'_>,
    operation: &Operation,
    name: &Name,
    variants: &[OutcomeVariant],
) -> TokenStream {
    let name = ident(name);
    let line = docs::inline_code(&format!("{} {}", operation.http_method, operation.path));
    let docs = Prose::default().text(format!("The output of {line}.")).outer_attributes();
    let members = variants.iter().map(|variant| {
        let (docs, name) = (variant_docs(variant).outer_attributes(), ident(&variant.name));
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

/// The status, and the document's description of it.
pub(super) fn variant_docs(variant: &OutcomeVariant) -> Prose {
    let status = match variant.status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}XX"),
        StatusPattern::Any => "Any other status".to_owned(),
    };
    let status = if variant.of_text { format!("{status}, as text") } else { status };
    let mut prose = Prose::default();
    prose.text(match docs::summary_line(&variant.description) {
        Some(line) => format!("{status}: {line}"),
        None => status,
    });
    prose
}
