//! The floor of an emitted crate.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Fields, FnArg, GenericArgument, Ident, ImplItem, Item, ItemImpl, PathArguments, ReturnType, Signature, Type,
};

/// Types that cost the floor what they cost the crate.
const OWN: &[&str] = &[
    "BTreeMap", "Box", "HashMap", "Option", "String", "Vec", "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64",
    "i8", "str", "u128", "u16", "u32", "u64", "u8", "usize",
];

/// Files that say nothing of the API.
const OTHERS: &[&str] = &["cli", "client", "lib", "main", "mock", "runtime", "scopes", "security"];

/// Returns the text of a crate with the types and functions of the crate in `source`.
pub(super) fn floor(source: &Path) -> io::Result<String> {
    let mut types = files(&source.join("types"))?;
    types.push(source.join("types.rs"));
    let types: Vec<Item> = types.iter().map(|file| items(file)).collect::<io::Result<Vec<_>>>()?.concat();
    let mut floor = Floor { names: types.iter().filter_map(named).map(ToString::to_string).collect() };
    floor.names.insert("Self".to_owned());
    let structs: TokenStream = types.iter().map(|item| floor.item(item)).collect();
    // The functions of a group stand by themselves.
    floor.names.remove("Self");
    let mut groups = TokenStream::new();
    for file in files(source)? {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if OTHERS.contains(&stem.as_str()) || stem == "types" {
            continue;
        }
        // Builders of several operations have methods of one name.
        let mut seen = BTreeSet::new();
        let signatures = items(&file)?.iter().flat_map(methods).collect::<Vec<_>>();
        let signatures = signatures.iter().filter(|signature| seen.insert(signature.ident.to_string()));
        let functions: TokenStream = signatures.map(|signature| floor.function(signature)).collect();
        let module = format_ident!("group_{stem}");
        groups.extend(quote!(pub mod #module { use crate::*; #functions }));
    }
    let whole = quote! {
        #![allow(warnings)]
        use std::collections::{BTreeMap, HashMap};
        #[derive(Clone, PartialEq)]
        pub struct StandIn;
        #[derive(Clone, PartialEq)]
        pub struct StandInOf<T>(T);
        #structs
        #groups
    };
    Ok(whole.to_string())
}

/// The Rust files of a folder, in order; none if there is no such folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let found: io::Result<Vec<PathBuf>> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect();
    let mut found: Vec<PathBuf> =
        found?.into_iter().filter(|file| file.extension().is_some_and(|it| it == "rs")).collect();
    found.sort();
    Ok(found)
}

fn items(file: &Path) -> io::Result<Vec<Item>> {
    Ok(syn::parse_file(&fs::read_to_string(file)?).map_err(io::Error::other)?.items)
}

fn named(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(found) if found.generics.params.is_empty() => Some(&found.ident),
        Item::Enum(found) if found.generics.params.is_empty() => Some(&found.ident),
        Item::Type(found) => Some(&found.ident),
        _ => None,
    }
}

/// The signatures of the functions of an `impl` that is of no trait.
fn methods(item: &Item) -> Vec<Signature> {
    let Item::Impl(ItemImpl { trait_: None, items, .. }) = item else { return Vec::new() };
    let signature = |item: &ImplItem| match item {
        ImplItem::Fn(function) => Some(function.sig.clone()),
        _ => None,
    };
    items.iter().filter_map(signature).collect()
}

/// The types that the crate has.
struct Floor {
    names: BTreeSet<String>,
}

impl Floor {
    fn item(&self, item: &Item) -> TokenStream {
        match item {
            Item::Struct(found) if found.generics.params.is_empty() => {
                let (name, fields) = (&found.ident, self.fields(&found.fields, &quote!(pub)));
                let end = if matches!(found.fields, Fields::Named(_)) { quote!() } else { quote!(;) };
                quote!(#[derive(Clone, PartialEq)] pub struct #name #fields #end)
            }
            Item::Enum(found) if found.generics.params.is_empty() => {
                let variants = found.variants.iter().map(|variant| {
                    let (name, fields) = (&variant.ident, self.fields(&variant.fields, &quote!()));
                    quote!(#name #fields)
                });
                let name = &found.ident;
                quote!(#[derive(Clone, PartialEq)] pub enum #name { #(#variants),* })
            }
            Item::Type(found) => {
                let (name, ty) = (&found.ident, self.ty(&found.ty));
                quote!(pub type #name = #ty;)
            }
            Item::Impl(found) if found.trait_.is_none() && found.generics.params.is_empty() => {
                let owner = self.ty(&found.self_ty);
                let functions: TokenStream = methods(item).iter().map(|signature| self.function(signature)).collect();
                if self.names.contains(&owner.to_string()) { quote!(impl #owner { #functions }) } else { quote!() }
            }
            _ => quote!(),
        }
    }

    fn fields(&self, fields: &Fields, public: &TokenStream) -> TokenStream {
        match fields {
            Fields::Named(named) => {
                let fields = named.named.iter().map(|field| {
                    let (name, ty) = (&field.ident, self.ty(&field.ty));
                    quote!(#public #name: #ty)
                });
                quote!({ #(#fields),* })
            }
            Fields::Unnamed(unnamed) => {
                let fields = unnamed.unnamed.iter().map(|field| self.ty(&field.ty));
                quote!((#(#public #fields),*))
            }
            Fields::Unit => quote!(),
        }
    }

    /// A function of the same arguments, without `self`.
    fn function(&self, signature: &Signature) -> TokenStream {
        let arguments = signature.inputs.iter().filter_map(|argument| match argument {
            FnArg::Receiver(_) => None,
            FnArg::Typed(typed) => Some(self.ty(&typed.ty)),
        });
        let arguments = arguments.enumerate().map(|(index, ty)| {
            let name = format_ident!("a{index}");
            quote!(#name: #ty)
        });
        let result = match &signature.output {
            ReturnType::Default => quote!(),
            ReturnType::Type(_, ty) if matches!(**ty, Type::Reference(_)) => quote!(-> StandIn),
            ReturnType::Type(_, ty) => {
                let ty = self.ty(ty);
                quote!(-> #ty)
            }
        };
        let name = &signature.ident;
        quote!(pub fn #name(#(#arguments),*) #result { loop {} })
    }

    fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Path(path) if path.path.segments.iter().any(|segment| segment.ident == "runtime") => quote!(StandIn),
            Type::Path(path) => path.path.segments.last().map_or(quote!(StandIn), |last| self.named(last)),
            Type::Reference(reference) => {
                let inner = self.ty(&reference.elem);
                quote!(&#inner)
            }
            Type::Slice(slice) => {
                let inner = self.ty(&slice.elem);
                quote!([#inner])
            }
            Type::Tuple(tuple) => {
                let inner = tuple.elems.iter().map(|item| self.ty(item));
                quote!((#(#inner,)*))
            }
            Type::ImplTrait(_) => quote!(&str),
            _ => quote!(StandIn),
        }
    }

    fn named(&self, segment: &syn::PathSegment) -> TokenStream {
        let (name, arguments) = (&segment.ident, self.arguments(&segment.arguments));
        let is_own = OWN.contains(&name.to_string().as_str()) || self.names.contains(&name.to_string());
        match (is_own, arguments.as_slice()) {
            (true, []) => quote!(#name),
            (true, arguments) => quote!(#name<#(#arguments),*>),
            (false, []) => quote!(StandIn),
            (false, [first, ..]) => quote!(StandInOf<#first>),
        }
    }

    fn arguments(&self, arguments: &PathArguments) -> Vec<TokenStream> {
        let PathArguments::AngleBracketed(arguments) = arguments else { return Vec::new() };
        let ty = |argument: &GenericArgument| match argument {
            GenericArgument::Type(ty) => Some(self.ty(ty)),
            _ => None,
        };
        arguments.args.iter().filter_map(ty).collect()
    }
}
