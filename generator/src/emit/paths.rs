//! Paths of the types that emitted code mentions: short if no type of the crate shadows them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::rust::name::Name;
use crate::rust::{Item, Type};

/// The scope of emitted code, which determines the paths of names.
pub(super) struct Paths<'a> {
    taken: BTreeSet<&'a str>,
    /// The path of the types module; `None` inside it, where the runtime's types are imported as well.
    types: Option<TokenStream>,
    /// The path of the crate.
    root: TokenStream,
}

impl<'a> Paths<'a> {
    /// The paths inside the module of types, whose own names take precedence.
    pub(super) fn in_types(items: &'a [Item]) -> Self {
        Paths { taken: items.iter().map(|item| item.name().bare()).collect(), types: None, root: quote!(crate) }
    }

    /// The paths in a module that refers to `types::…`.
    pub(super) fn in_group() -> Self {
        Paths { taken: BTreeSet::new(), types: Some(quote!(types::)), root: quote!(crate) }
    }

    /// The paths in another crate, by the name of the emitted one.
    pub(super) fn in_tests(module: &proc_macro2::Ident) -> Self {
        Paths { taken: BTreeSet::new(), types: Some(quote!(#module::types::)), root: quote!(#module) }
    }

    /// Returns whether no type of the crate shadows a name.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }

    /// A name of the prelude.
    pub(super) fn std(&self, name: &str, path: TokenStream) -> TokenStream {
        self.or(name, path)
    }

    /// A name of the runtime.
    pub(super) fn runtime(&self, name: &str) -> TokenStream {
        let ident = format_ident!("{name}");
        let root = &self.root;
        let path = quote!(#root::runtime::#ident);
        if self.types.is_some() { path } else { self.or(name, path) }
    }

    fn or(&self, name: &str, path: TokenStream) -> TokenStream {
        let ident = format_ident!("{name}");
        if self.is_free(name) { quote!(#ident) } else { path }
    }

    /// A type as it is written here.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Unit => quote!(()),
            Type::Bool => quote!(bool),
            Type::Number(primitive) => {
                let name = format_ident!("{}", primitive.name());
                quote!(#name)
            }
            Type::AnyNumber => quote!(serde_json::Number),
            Type::Decimal => self.runtime("Decimal"),
            Type::String => self.std("String", quote!(::std::string::String)),
            Type::Secret => self.runtime("Secret"),
            Type::Timestamp => self.runtime("Timestamp"),
            Type::Date => self.runtime("Date"),
            // The plan holds paths only. If one were none after all, any value would do.
            Type::Foreign(foreign) => syn::parse_str(foreign.as_str()).unwrap_or_else(|_| quote!(serde_json::Value)),
            Type::Base64 => self.runtime("Base64"),
            Type::DecimalText => self.runtime("DecimalText"),
            Type::Value => quote!(serde_json::Value),
            Type::JsonObject => {
                let string = self.ty(&Type::String);
                quote!(serde_json::Map<#string, serde_json::Value>)
            }
            Type::Bytes => quote!(bytes::Bytes),
            Type::ByteStream => self.runtime("ByteStream"),
            Type::Stream(item) => {
                let (stream, item) = (self.runtime("ItemStream"), self.ty(item));
                quote!(#stream<#item>)
            }
            Type::Named(name) => {
                let (types, name) = (&self.types, ident(name));
                quote!(#types #name)
            }
            Type::List(inner) => {
                let (vec, inner) = (self.std("Vec", quote!(::std::vec::Vec)), self.ty(inner));
                quote!(#vec<#inner>)
            }
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item));
                quote!((#(#items),*))
            }
            Type::Map(inner) => {
                let (map, string, inner) = (self.map(), self.ty(&Type::String), self.ty(inner));
                quote!(#map<#string, #inner>)
            }
            Type::Option(inner) => {
                let (option, inner) = (self.std("Option", quote!(::std::option::Option)), self.ty(inner));
                quote!(#option<#inner>)
            }
            Type::Presence(inner) => {
                let (presence, inner) = (self.runtime("Presence"), self.ty(inner));
                quote!(#presence<#inner>)
            }
            Type::Boxed(inner) => {
                let (boxed, inner) = (self.std("Box", quote!(::std::boxed::Box)), self.ty(inner));
                quote!(#boxed<#inner>)
            }
        }
    }

    fn map(&self) -> TokenStream {
        quote!(::std::collections::BTreeMap)
    }
}

/// A name as a token.
pub(super) fn ident(name: &Name) -> proc_macro2::Ident {
    match name.as_str().strip_prefix("r#") {
        Some(bare) => proc_macro2::Ident::new_raw(bare, proc_macro2::Span::call_site()),
        None => proc_macro2::Ident::new(name.as_str(), proc_macro2::Span::call_site()),
    }
}

/// An identifier of our own making.
pub(super) fn bare(name: &str) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name, proc_macro2::Span::call_site())
}
