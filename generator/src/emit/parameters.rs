//! Parameters: their declarations, and the steps that set them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::paths::Paths;
use crate::rust::{ArgPassing, Argument, Constant, ContentForm, Location, ParameterForm, Style, Type};

pub(super) fn declare(known: &Paths<'_>, name: &proc_macro2::Ident, pass: &ArgPassing) -> TokenStream {
    match pass {
        ArgPassing::Text => quote!(#name: impl AsRef<str>),
        ArgPassing::Copy(ty) => {
            let ty = known.ty(ty);
            quote!(#name: #ty)
        }
        ArgPassing::Reference(ty) => {
            let ty = known.ty(ty);
            quote!(#name: &#ty)
        }
        ArgPassing::Slice(ty) => {
            let ty = known.ty(ty);
            quote!(#name: &[#ty])
        }
    }
}

pub(super) fn value(name: &proc_macro2::Ident, pass: &ArgPassing) -> TokenStream {
    match pass {
        ArgPassing::Text => quote!(#name.as_ref()),
        ArgPassing::Copy(ty) => written(ty, quote!(&#name)),
        ArgPassing::Reference(ty) | ArgPassing::Slice(ty) => written(ty, quote!(#name)),
    }
}

/// A reference to a value, as one that is written in the form that its type has on the wire.
pub(super) fn written(ty: &Type, value: TokenStream) -> TokenStream {
    let is_known = ty.has(|part| matches!(part, Type::Foreign(foreign) if foreign.module().is_some()));
    if is_known { quote!(&crate::runtime::Written(#value)) } else { value }
}

/// The step that sets a parameter of a request.
pub(super) fn step(argument: &Argument, name: &proc_macro2::Ident) -> TokenStream {
    let Argument { wire, location, form, pass, .. } = argument;
    step_of(wire, *location, form, &value(name, pass))
}

/// The step that sets a parameter with a constant value.
pub(super) fn constant_step(constant: &Constant) -> TokenStream {
    let Constant { wire, location, form, value } = constant;
    let value = Literal::string(value);
    step_of(wire, *location, form, &quote!(#value))
}

fn step_of(name: &str, location: Location, form: &ParameterForm, value: &TokenStream) -> TokenStream {
    let wire = Literal::string(name);
    let is_whole = location == Location::QueryString;
    let default = || {
        let place = place(location);
        quote!(&Parameter::new(#wire, #place))
    };
    match form.content() {
        Some(ContentForm::Json) if is_whole => return quote!(.set_json_query_string(#value)),
        Some(ContentForm::Json) => {
            let parameter = default();
            return quote!(.set_json_parameter(#parameter, #value));
        }
        Some(ContentForm::Form) if !is_whole => {
            let parameter = default();
            return quote!(.set_form_parameter(#parameter, #value));
        }
        Some(ContentForm::Form | ContentForm::Text) | None => {}
    }
    match styled(name, location, form) {
        Some(parameter) => quote!(.set_parameter(&#parameter, #value)),
        None => match location {
            Location::QueryString => quote!(.set_query_string(#value)),
            Location::Path => quote!(.set_path(#wire, #value)),
            Location::Query => quote!(.set_query(#wire, #value)),
            Location::Header => quote!(.set_header(#wire, #value)),
            Location::Cookie => quote!(.set_cookie(#wire, #value)),
        },
    }
}

pub(super) fn place(location: Location) -> TokenStream {
    match location {
        Location::Path => quote!(In::Path),
        Location::Query | Location::QueryString => quote!(In::Query),
        Location::Header => quote!(In::Header),
        Location::Cookie => quote!(In::Cookie),
    }
}

/// Returns whether a form is the default of a place.
pub(super) fn is_usual(location: Location, form: &ParameterForm) -> bool {
    let (default, explode) = match location {
        Location::Path | Location::Header => (Style::Simple, false),
        Location::Query | Location::Cookie | Location::QueryString => (Style::Form, true),
    };
    *form == ParameterForm::Styled { style: default, explode, allow_reserved: false }
}

/// A parameter written out, where its form isn't the default of its place.
fn styled(wire: &str, location: Location, form: &ParameterForm) -> Option<TokenStream> {
    match form {
        ParameterForm::Styled { .. } => (!is_usual(location, form)).then(|| self::form(wire, location, form)),
        ParameterForm::Content(_) => None,
    }
}

/// `Parameter { … }`
pub(super) fn form(wire: &str, location: Location, form: &ParameterForm) -> TokenStream {
    let (wire, place) = (Literal::string(wire), place(location));
    let ParameterForm::Styled { style, explode, allow_reserved } = form else {
        return quote!(Parameter { style: Style::Json, ..Parameter::new(#wire, #place) });
    };
    let style = match style {
        Style::Matrix => quote!(Style::Matrix),
        Style::Label => quote!(Style::Label),
        Style::Simple => quote!(Style::Simple),
        Style::Form => quote!(Style::Form),
        Style::SpaceDelimited => quote!(Style::SpaceDelimited),
        Style::PipeDelimited => quote!(Style::PipeDelimited),
        Style::DeepObject => quote!(Style::DeepObject),
        Style::Cookie => quote!(Style::Cookie),
    };
    let reserved = allow_reserved.then(|| quote!(allow_reserved: true,));
    quote!(Parameter { style: #style, explode: #explode, #reserved ..Parameter::new(#wire, #place) })
}

/// Returns whether the step of a parameter uses the runtime's `Parameter`, and whether it uses `Style`.
pub(super) fn mentions(wire: &str, location: Location, form: &ParameterForm) -> (bool, bool) {
    let content = matches!(form.content(), Some(ContentForm::Json | ContentForm::Form));
    let styled = styled(wire, location, form).is_some();
    (styled || content && location != Location::QueryString, styled)
}
