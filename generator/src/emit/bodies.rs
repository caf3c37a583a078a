//! Request bodies: their declarations, the steps that set them, and the structs of parts.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs;
use super::parameters::{declare, form, value, written};
use super::paths::{Paths, ident};
use super::prose::Prose;
use crate::rust::name::Name;
use crate::rust::{BodyKind, BodyPlan, Location, Operation, PartField, PartHeader, PartKind, Parts, Type};

/// The argument, or arguments, of a body.
pub(super) fn declare_body(known: &Paths<'_>, name: &Ident, body: &BodyPlan) -> TokenStream {
    match &body.kind {
        BodyKind::Json(pass) | BodyKind::Form(pass, _) | BodyKind::Lines(pass) | BodyKind::Xml(pass, _) => {
            declare(known, name, pass)
        }
        BodyKind::Multipart(_) => quote!(#name: impl Into<Multipart>),
        BodyKind::Text => quote!(#name: impl Into<String>),
        BodyKind::Bytes if is_range(body) => quote!(content_type: &str, #name: impl Into<reqwest::Body>),
        BodyKind::Bytes => quote!(#name: impl Into<reqwest::Body>),
    }
}

/// Returns whether the caller chooses the media type.
fn is_range(body: &BodyPlan) -> bool {
    body.content_type.contains('*')
}

/// The media type that is sent: of a range, the usual one that the body is written in.
fn sent_type(body: &BodyPlan) -> &str {
    match &body.kind {
        _ if !is_range(body) => &body.content_type,
        BodyKind::Json(_) => "application/json",
        BodyKind::Form(..) => "application/x-www-form-urlencoded",
        BodyKind::Xml(..) => "application/xml",
        BodyKind::Multipart(_) => "multipart/form-data",
        BodyKind::Text => "text/plain",
        BodyKind::Lines(_) | BodyKind::Bytes => &body.content_type,
    }
}

/// The step that gives a request its body.
pub(super) fn body_step(name: &Ident, body: &BodyPlan) -> TokenStream {
    let sent = sent_type(body);
    let content_type = Literal::string(sent);
    match &body.kind {
        BodyKind::Json(pass) => {
            let value = value(name, pass);
            match sent {
                "application/json" => quote!(.set_json(#value)),
                _ => quote!(.set_json_as(#content_type, #value)),
            }
        }
        BodyKind::Form(pass, styles) => {
            let value = value(name, pass);
            if styles.is_empty() {
                return quote!(.set_form(#value));
            }
            let styles = styles.iter().map(|field| form(&field.wire, Location::Query, &field.form));
            quote!(.set_form_with(&[#(#styles),*], #value))
        }
        BodyKind::Lines(pass) => {
            let value = value(name, pass);
            quote!(.set_json_lines(#content_type, #value))
        }
        BodyKind::Xml(pass, document) => {
            let (value, document) = (value(name, pass), ident(document));
            quote!(.set_xml(#content_type, &xml_documents::#document, #value))
        }
        BodyKind::Multipart(_) => quote!(.set_multipart(#content_type, #name)),
        BodyKind::Text => quote!(.set_text(#content_type, #name)),
        BodyKind::Bytes if is_range(body) => quote!(.set_body(content_type, #name)),
        BodyKind::Bytes => quote!(.set_body(#content_type, #name)),
    }
}

/// The maximum number of calls in one expression, which both its printer and the compiler walk by recursion.
const LONGEST_CHAIN: usize = 256;

/// The struct of a multipart body's parts.
pub(super) fn parts(known: &Paths<'_>, operation: &Operation, parts: &Parts) -> Vec<TokenStream> {
    let name = ident(&parts.name);
    let line = docs::inline_code(&format!("{} {}", operation.http_method, operation.path));
    let about = Prose::default().text(format!("The parts of {line}.")).outer_attributes();
    let fields = parts.fields.iter().map(|field| {
        let (docs, name, ty) = (part_docs(field), ident(&field.name), part_type(known, field));
        let headers = field.headers.iter().map(|header| part_header(known, field, header));
        quote!(#docs pub #name: #ty, #(#headers)*)
    });
    // Servers read the parts as they arrive, and need the fields to know what to do with a file. The first part of multipart/related is
    // the root (RFC 2387, section 3.2), which describes the files.
    let (files, fields_first): (Vec<_>, Vec<_>) = parts.fields.iter().partition(|field| field.kind.ty().is_none());
    let steps: Vec<TokenStream> = fields_first.into_iter().chain(files).map(part_step).collect();
    let (first, others) = steps.split_at(steps.len().min(LONGEST_CHAIN));
    let others = others.chunks(LONGEST_CHAIN);
    let form = match others.len() {
        0 => quote!(Multipart::new() #(#first)*),
        _ => quote! {
            let form = Multipart::new() #(#first)*;
            #(let form = form #(#others)*;)*
            form
        },
    };
    let default = (!parts.has_required()).then(|| quote!(, Default));
    let definition = quote! {
        #about
        #[derive(Clone, Debug #default)]
        pub struct #name { #(#fields)* }
    };
    let conversion = quote! {
        impl From<#name> for Multipart {
            #[inline]
            fn from(parts: #name) -> Self {
                #form
            }
        }
    };
    [Some(definition), parts_constructor(known, parts), Some(conversion)].into_iter().flatten().collect()
}

/// `new`, with the required parts, where others can be left out.
fn parts_constructor(known: &Paths<'_>, parts: &Parts) -> Option<TokenStream> {
    let order = parts.constructor.as_ref()?;
    let mut parameters = vec![TokenStream::new(); order.len()];
    let mut members = Vec::new();
    let mut add = |name: &Name, is_text: bool, ty: TokenStream, otherwise: TokenStream| {
        let place = order.iter().position(|taken| taken == name);
        let name = ident(name);
        let (parameter, member) = match (place, is_text) {
            (None, _) => (TokenStream::new(), quote!(#name: #otherwise)),
            (Some(_), true) => (quote!(#name: impl Into<#ty>), quote!(#name: #name.into())),
            (Some(_), false) => (quote!(#name: #ty), quote!(#name)),
        };
        place.into_iter().for_each(|at| parameters[at] = parameter.clone());
        members.push(member);
    };
    for field in &parts.fields {
        let otherwise = if matches!(field.kind, PartKind::Files) { quote!(Vec::new()) } else { quote!(None) };
        add(&field.name, field.kind.ty() == Some(&Type::String), part_type(known, field), otherwise);
        for header in &field.headers {
            add(&header.name, header.ty == Type::String, known.ty(&header.ty), quote!(None));
        }
    }
    let name = ident(&parts.name);
    Some(quote! {
        impl #name {
            /// Creates the required parts; optional parts are absent.
            #[inline]
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#members),* }
            }
        }
    })
}

fn part_docs(field: &PartField) -> TokenStream {
    let mut docs = Prose::default();
    docs.markdown(field.description.as_deref());
    if matches!(field.kind, PartKind::File | PartKind::Files | PartKind::FileOrText) && field.content_type().is_none() {
        let types: Vec<String> = field.content_types.iter().map(|stated| docs::inline_code(stated)).collect();
        if !types.is_empty() {
            docs.text(format!("Media type: {}.", types.join(" or ")));
        }
    }
    docs.outer_attributes()
}

/// The field for a header of a part.
fn part_header(known: &Paths<'_>, field: &PartField, header: &PartHeader) -> TokenStream {
    let (name, ty) = (ident(&header.name), known.ty(&header.ty));
    let (wire, part) = (docs::inline_code(&header.wire), docs::inline_code(field.name.bare()));
    let about = format!("The header {wire} of {part}.");
    let docs = Prose::default().text(about).markdown(header.description.as_deref()).outer_attributes();
    let ty = if header.required { ty } else { quote!(Option<#ty>) };
    quote!(#docs pub #name: #ty,)
}

fn part_type(known: &Paths<'_>, field: &PartField) -> TokenStream {
    let ty = match &field.kind {
        PartKind::Files => return quote!(Vec<Part>),
        PartKind::File | PartKind::FileOrText => quote!(Part),
        PartKind::Value(ty, _) | PartKind::Json(ty, _) | PartKind::Styled(ty, _) | PartKind::Xml(ty, ..) => {
            known.ty(ty)
        }
    };
    if field.required { ty } else { quote!(Option<#ty>) }
}

fn part_step(field: &PartField) -> TokenStream {
    let (name, wire) = (ident(&field.name), Literal::string(&field.wire));
    let content_type = match field.content_type() {
        Some(content_type) => quote!(Some(#content_type)),
        None => quote!(None),
    };
    let headers = field.headers.iter().map(|header| {
        let (name, wire_name) = (ident(&header.name), Literal::string(&header.wire));
        let value = written(&header.ty, quote!(&parts.#name));
        quote!(.header(#wire, #wire_name, #value))
    });
    let plain = quote!(&parts.#name);
    let value = field.kind.ty().map_or_else(|| plain.clone(), |ty| written(ty, plain.clone()));
    let step = match &field.kind {
        PartKind::File if field.required => quote!(.files(#wire, #content_type, [parts.#name])),
        PartKind::File | PartKind::Files => quote!(.files(#wire, #content_type, parts.#name)),
        PartKind::FileOrText if field.required => quote!(.file_or_text(#wire, #content_type, Some(parts.#name))),
        PartKind::FileOrText => quote!(.file_or_text(#wire, #content_type, parts.#name)),
        PartKind::Value(_, None) => quote!(.field(#wire, #value)),
        PartKind::Value(_, Some(content_type)) => quote!(.field_as(#wire, #content_type, #value)),
        PartKind::Json(_, content_type) if content_type == "application/json" => quote!(.json(#wire, #value)),
        PartKind::Json(_, content_type) => quote!(.json_as(#wire, #content_type, #value)),
        PartKind::Styled(_, style) => {
            let parameter = form(&field.wire, Location::Query, style);
            quote!(.styled(&#parameter, #value))
        }
        PartKind::Xml(_, content_type, document) => {
            let document = ident(document);
            quote!(.xml(#wire, #content_type, &xml_documents::#document, #value))
        }
    };
    let constants = field.constants.iter().map(|(header, value)| quote!(.header(#wire, #header, #value)));
    quote!(#step #(#constants)* #(#headers)*)
}
