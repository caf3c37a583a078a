//! Arguments and options, as constants.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::docs;
use super::super::parameters::form;
use super::help::{self, Help};
use crate::rust::{Flag, FlagKind, Location, MemberFlag, PartForm, PartKind};

/// An argument or an option.
pub(super) fn flag(flag: &Flag) -> TokenStream {
    let (name, kind) = (flag.name.as_str(), kind(flag.kind));
    let Help { line, rest } = help::flag(flag);
    let help = (!line.is_empty() || !rest.is_empty()).then(|| quote!(.help(#line, #rest)));
    let required = flag.required.then(|| quote!(.required()));
    let many = flag.many.then(|| quote!(.many()));
    // A value that cannot be shown as it is would be another one.
    let values = flag.values.iter().filter(|value| docs::visible(value) == **value).map(|value| Literal::string(value));
    let values = (values.clone().count() > 0).then(|| quote!(.values(&[#(#values),*])));
    quote!(Flag::new(#name, #kind) #required #many #values #help)
}

fn kind(kind: FlagKind) -> TokenStream {
    match kind {
        FlagKind::Text => quote!(Kind::Text),
        FlagKind::Integer => quote!(Kind::Integer),
        FlagKind::Number => quote!(Kind::Number),
        FlagKind::Bool => quote!(Kind::Bool),
        FlagKind::Json => quote!(Kind::Json),
        FlagKind::Any => quote!(Kind::Any),
        FlagKind::File => quote!(Kind::File),
        FlagKind::FileOrText => quote!(Kind::FileOrText),
    }
}

/// A member of a body.
pub(super) fn member(member: &MemberFlag) -> TokenStream {
    let (wire, flag) = (Literal::string(&member.wire), flag(&member.flag));
    let otherwise = member.otherwise.as_ref().map(|value| {
        let json = Literal::string(&value.to_string());
        quote!(.otherwise(#json))
    });
    let part = member.part.as_ref().and_then(|form| part(&member.wire, form)).map(|part| quote!(.part(#part)));
    quote!(Member::new(#wire, #flag) #otherwise #part)
}

/// The form of a part, unless it is that of every part.
fn part(wire: &str, part: &PartForm) -> Option<TokenStream> {
    Some(match part {
        PartForm::Header(of) => {
            let of = Literal::string(of);
            quote!(PartForm::Header(#of))
        }
        PartForm::Part(PartKind::File | PartKind::Files | PartKind::FileOrText, content_type)
        | PartForm::Part(PartKind::Value(_, content_type), _) => {
            let content_type = Literal::string(content_type.as_deref()?);
            quote!(PartForm::Plain(Some(#content_type)))
        }
        PartForm::Part(PartKind::Json(_, content_type), _) => {
            let content_type = Literal::string(content_type);
            quote!(PartForm::Json(#content_type))
        }
        PartForm::Part(PartKind::Styled(_, style), _) => {
            let parameter = form(wire, Location::Query, style);
            quote!(PartForm::Styled(#parameter))
        }
        PartForm::Part(PartKind::Xml(_, content_type, _), _) => {
            let content_type = Literal::string(content_type);
            quote!(PartForm::Verbatim(#content_type))
        }
    })
}
