//! A program that uses everything public of a crate: it calls each method, constructs and reads each type, and names each result.

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Fields, FnArg, GenericParam, ImplItem, Item, ReturnType, Type, UseTree, Visibility};

use super::operations::Operations;
use clientwright::File;

/// Features that are off by default: their items are not called.
const OFF: [&str; 5] = ["blocking", "deliveries", "mock", "opentelemetry", "tracing"];

/// Returns the source of a program that calls the crate `grown`, of which these are the files.
pub(super) fn caller(files: &[File]) -> Result<String, String> {
    let exports = Exports::of(files)?;
    let mut modules = TokenStream::new();
    for (number, file) in files.iter().enumerate() {
        let Some(module) = file.path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else { continue };
        let first = module.split('/').next().unwrap_or_default();
        if ["runtime", "mock", "lib"].contains(&first) {
            continue;
        }
        let failed = |error| format!("{}: {error}", file.path);
        let parsed = syn::parse_file(&file.contents).map_err(failed)?;
        // Types are in files of their own, which `types` exports; a private module is exported by the root.
        let home = exports.modules.contains(first).then(|| format_ident!("{first}"));
        let home = home.map_or_else(|| quote!(grown), |home| quote!(grown::#home));
        let mut module = Module { home, exports: &exports, uses: BTreeSet::new(), calls: Vec::new() };
        parsed.items.iter().try_for_each(|item| module.item(item)).map_err(failed)?;
        let (name, home, calls) = (format_ident!("m{number}"), &module.home, &module.calls);
        let uses: TokenStream =
            module.uses.iter().map(|line| line.parse::<TokenStream>().unwrap_or_default()).collect();
        modules
            .extend(quote! { pub mod #name { use grown::runtime::dependencies::*; use #home::*; #uses #(#calls)* } });
    }
    Ok(format!("#![allow(warnings)]\n{modules}\n"))
}

/// The names that a crate exports.
struct Exports {
    /// The public modules of the root.
    modules: BTreeSet<String>,
    /// The names that `runtime` exports.
    runtime: BTreeSet<String>,
}

impl Exports {
    fn of(files: &[File]) -> Result<Self, String> {
        let items = |path: &str| -> Result<Vec<Item>, String> {
            let file = files.iter().find(|file| file.path == path).ok_or_else(|| format!("there is no {path}"))?;
            Ok(syn::parse_file(&file.contents).map_err(|error| format!("{path}: {error}"))?.items)
        };
        let (root, runtime) = (items("src/lib.rs")?, items("src/runtime.rs")?);
        let modules = root.iter().filter_map(|item| match item {
            Item::Mod(item) if is_public(&item.vis) => Some(item.ident.to_string()),
            _ => None,
        });
        let mut names = Vec::new();
        for item in &runtime {
            match item {
                Item::Use(item) if is_public(&item.vis) && !is_off(&item.attrs) => flatten(&item.tree, "", &mut names),
                _ => {}
            }
        }
        let runtime = names.iter().filter_map(|path| path.rsplit("::").next().map(str::to_owned)).collect();
        Ok(Exports { modules: modules.collect(), runtime })
    }

    /// Returns whether users can import a path of the crate's own files.
    fn has(&self, path: &str) -> bool {
        let segments: Vec<&str> = path.split("::").collect();
        match segments.as_slice() {
            ["crate", "runtime", name] => self.runtime.contains(*name),
            ["crate", "runtime", ..] => false,
            ["crate", module, ..] => self.modules.contains(*module),
            ["super" | "self", ..] => false,
            _ => true,
        }
    }
}

/// The part of the program that uses the items of one file.
struct Module<'a> {
    home: TokenStream,
    exports: &'a Exports,
    uses: BTreeSet<String>,
    calls: Vec<TokenStream>,
}

impl Module<'_> {
    fn item(&mut self, item: &Item) -> syn::Result<()> {
        match item {
            Item::Use(item) if !is_public(&item.vis) && !is_off(&item.attrs) => {
                let mut paths = Vec::new();
                flatten(&item.tree, "", &mut paths);
                let paths = paths.iter().filter(|path| self.exports.has(path));
                self.uses.extend(paths.map(|path| format!("use {};", path.replacen("crate::", "grown::", 1))));
            }
            Item::Struct(item) if is_public(&item.vis) && item.generics.params.is_empty() => {
                self.structure(&item.ident, &item.fields, !has(&item.attrs, "non_exhaustive"));
                self.derives(&item.ident, &item.attrs);
            }
            Item::Enum(item) if is_public(&item.vis) => self.enumeration(item),
            Item::Type(item) if is_public(&item.vis) && item.generics.params.is_empty() => {
                let (name, ty) = (&item.ident, &item.ty);
                self.call(|call| quote!(pub fn #call(value: #name) -> #ty { value }));
            }
            Item::Const(item) if is_public(&item.vis) => {
                let (name, ty) = (&item.ident, &item.ty);
                self.call(|call| quote!(pub fn #call() -> #ty { #name }));
            }
            Item::Fn(item) if is_public(&item.vis) => {
                let name = &item.sig.ident;
                self.call(|call| quote!(pub fn #call() { let _ = #name; }));
            }
            Item::Impl(item) if !is_off(&item.attrs) => self.implementation(item),
            Item::Macro(item) => match item.mac.path.segments.last().map(|name| name.ident.to_string()).as_deref() {
                Some("operations") => self.operations(&item.mac)?,
                Some("object") => self.traits_of_table(&item.mac.tokens),
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn call(&mut self, of: impl FnOnce(&Ident) -> TokenStream) {
        let call = of(&format_ident!("call_{}", self.calls.len()));
        let nothing = TokenStream::new();
        self.calls.push(rewritten(call, &nothing));
    }

    /// Constructs a struct with a literal, if users can, and reads each field.
    fn structure(&mut self, name: &Ident, fields: &Fields, is_open_to_literals: bool) {
        let names: Vec<TokenStream> = fields.members().map(ToTokens::into_token_stream).collect();
        let types: Vec<&Type> = fields.iter().map(|field| &field.ty).collect();
        for (field, (member, ty)) in fields.iter().zip(names.iter().zip(&types)) {
            if is_public(&field.vis) {
                self.call(|call| quote!(pub fn #call(value: #name) -> #ty { value.#member }));
            }
        }
        if is_open_to_literals && fields.iter().all(|field| is_public(&field.vis)) {
            let values: Vec<Ident> = arguments(types.len());
            self.call(|call| quote!(pub fn #call(#(#values: #types),*) -> #name { #name { #(#names: #values),* } }));
        }
    }

    /// Constructs each variant, and matches on it.
    fn enumeration(&mut self, item: &syn::ItemEnum) {
        let name = &item.ident;
        for variant in &item.variants {
            let (case, members) = (&variant.ident, variant.fields.members());
            let members: Vec<TokenStream> = members.map(ToTokens::into_token_stream).collect();
            let types: Vec<&Type> = variant.fields.iter().map(|field| &field.ty).collect();
            let values = arguments(types.len());
            let pattern = quote!(#name::#case { #(#members: #values),* });
            self.call(|call| quote!(pub fn #call(#(#values: #types),*) -> #name { #pattern }));
            self.call(|call| {
                quote!(pub fn #call(value: #name) -> Option<(#(#types,)*)> {
                    match value { #pattern => Some((#(#values,)*)), _ => None }
                })
            });
        }
        self.derives(name, &item.attrs);
    }

    /// Names the results of each operation, and uses the enums of documented failures.
    fn operations(&mut self, table: &syn::Macro) -> syn::Result<()> {
        for operation in table.parse_body::<Operations>()?.0 {
            let (name, output) = (&operation.name, &operation.output);
            let failure = operation.failure.map_or_else(|| quote!(grown::runtime::Undocumented), |it| quote!(#it));
            self.call(
                |call| quote!(pub fn #call(value: <#name as grown::runtime::Operation>::Output) -> #output { value }),
            );
            self.call(
                |call| quote!(pub fn #call(value: <#name as grown::runtime::Operation>::Failure) -> #failure { value }),
            );
            if let Some(item) = &operation.item {
                self.call(
                    |call| quote!(pub fn #call(value: <#name as grown::runtime::Paged>::Item) -> #item { value }),
                );
            }
            operation.failures.iter().for_each(|failures| self.enumeration(failures));
        }
        Ok(())
    }

    fn derives(&mut self, name: &Ident, attributes: &[Attribute]) {
        let mut traits = Vec::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let _ = attribute.parse_nested_meta(|meta| {
                traits.push(meta.path);
                Ok(())
            });
        }
        traits.iter().for_each(|bound| self.bound(&quote!(#name), &quote!(#bound)));
    }

    /// The traits that an object's table gives its type: `Webhook: Eq, Default { … }`.
    fn traits_of_table(&mut self, table: &TokenStream) {
        let head = table.clone().into_iter().map_while(|token| match token {
            TokenTree::Group(_) => None,
            token => Some(token),
        });
        let mut names = head.filter_map(|token| match token {
            TokenTree::Ident(name) => Some(name),
            _ => None,
        });
        let Some(owner) = names.next() else { return };
        names.for_each(|bound| self.bound(&quote!(#owner), &quote!(#bound)));
    }

    /// Requires that a type implements a trait.
    fn bound(&mut self, ty: &TokenStream, bound: &TokenStream) {
        // The prelude has the macros of these names, and not the traits.
        let bound = match bound.to_string().as_str() {
            "Debug" => &quote!(std::fmt::Debug),
            "Hash" => &quote!(std::hash::Hash),
            _ => bound,
        };
        self.call(|call| quote!(pub fn #call(value: #ty) -> impl #bound { value }));
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let owner = &item.self_ty;
        if let Some((of, _)) = &item.trait_ {
            let known = ["From", "Display", "FromStr", "Default", "Deref", "Hash"];
            let is_known = of.segments.last().is_some_and(|name| known.iter().any(|known| name.ident == known));
            if is_known && item.generics.params.is_empty() {
                self.bound(&quote!(#owner), &quote!(#of));
            }
            return;
        }
        let owner = named_lifetimes(quote!(#owner));
        for inner in &item.items {
            if let ImplItem::Fn(method) = inner
                && is_public(&method.vis)
                && !is_off(&method.attrs)
            {
                self.method(&owner, &item.generics, &method.sig);
            }
        }
    }

    /// Calls a method with arguments of the types that it takes.
    fn method(&mut self, owner: &TokenStream, of_owner: &syn::Generics, signature: &syn::Signature) {
        let (name, values) = (&signature.ident, arguments(signature.inputs.len()));
        let types = signature.inputs.iter().map(|input| match input {
            FnArg::Receiver(receiver) => received(receiver),
            FnArg::Typed(typed) => typed.ty.to_token_stream(),
        });
        let types: Vec<TokenStream> = types.collect();
        let output = match &signature.output {
            ReturnType::Default => TokenStream::new(),
            ReturnType::Type(_, ty) => quote!(-> #ty),
        };
        // A lifetime without a name in the result is that of `self`.
        let borrows = types.first().is_some_and(|first| first.to_string().starts_with("& 'this"));
        let output = if borrows { named_lifetimes(output) } else { output };
        let has_lifetime = borrows || owner.to_string().contains("'this");
        let generics = generics(has_lifetime, [of_owner, &signature.generics]);
        let (asynchronous, bounds) = (&signature.asyncness, &signature.generics.where_clause);
        let call = format_ident!("call_{}", self.calls.len());
        let wait = asynchronous.map(|_| quote!(.await));
        let head = quote!(pub #asynchronous fn #call #generics(#(#values: #types),*) #output #bounds);
        self.calls.push(rewritten(quote!(#head { <#owner>::#name(#(#values),*) #wait }), owner));
    }
}

/// The type of `&self`, `&mut self` or `self`.
fn received(receiver: &syn::Receiver) -> TokenStream {
    let text = receiver.to_token_stream().to_string();
    match (text.starts_with('&'), text.contains("mut ")) {
        (true, true) => quote!(&'this mut Self),
        (true, false) => quote!(&'this Self),
        (false, _) => quote!(Self),
    }
}

fn arguments(count: usize) -> Vec<Ident> {
    (0..count).map(|index| format_ident!("a{index}")).collect()
}

/// The generic parameters of a function that stands for a method, lifetimes first.
fn generics(has_lifetime: bool, all: [&syn::Generics; 2]) -> TokenStream {
    let is_lifetime = |param: &&GenericParam| matches!(param, GenericParam::Lifetime(_));
    let params: Vec<&GenericParam> = all.iter().flat_map(|generics| &generics.params).collect();
    let (lifetimes, others): (Vec<&GenericParam>, Vec<&GenericParam>) = params.into_iter().partition(is_lifetime);
    let this = has_lifetime.then(|| quote!('this,));
    quote!(<#this #(#lifetimes,)* #(#others,)*>)
}

/// Gives the lifetimes without a name one: `Call<'_, List>` is `Call<'this, List>`.
fn named_lifetimes(tokens: TokenStream) -> TokenStream {
    replaced(tokens, &|name| (name == "_").then(|| Ident::new("this", Span::call_site()).into_token_stream()))
}

/// Replaces the words that mean something else outside of the crate: `crate` and `Self`.
fn rewritten(tokens: TokenStream, owner: &TokenStream) -> TokenStream {
    replaced(tokens, &|name| match name.to_string().as_str() {
        "crate" => Some(quote!(grown)),
        "Self" => Some(owner.clone()),
        _ => None,
    })
}

fn replaced(tokens: TokenStream, by: &dyn Fn(&Ident) -> Option<TokenStream>) -> TokenStream {
    let one = |token| match token {
        TokenTree::Ident(name) => by(&name).unwrap_or_else(|| name.into_token_stream()),
        TokenTree::Group(group) => Group::new(group.delimiter(), replaced(group.stream(), by)).into_token_stream(),
        token @ (TokenTree::Punct(_) | TokenTree::Literal(_)) => token.into_token_stream(),
    };
    tokens.into_iter().map(one).collect()
}

/// Lists the paths that a `use` imports.
fn flatten(tree: &UseTree, before: &str, paths: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => flatten(&path.tree, &format!("{before}{}::", path.ident), paths),
        UseTree::Name(name) => paths.push(format!("{before}{}", name.ident)),
        UseTree::Rename(name) => paths.push(format!("{before}{} as {}", name.ident, name.rename)),
        UseTree::Glob(_) => paths.push(format!("{before}*")),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, paths)),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// Returns whether an item needs a feature that is off, or is hidden.
fn is_off(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.meta.to_token_stream().to_string();
        let is_off = attribute.path().is_ident("cfg") && OFF.iter().any(|off| text.contains(&format!("\"{off}\"")));
        is_off || (attribute.path().is_ident("doc") && text.contains("hidden"))
    })
}
