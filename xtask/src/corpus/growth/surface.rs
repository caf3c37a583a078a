//! The public API of a crate, read from its files: a second reading, which shares nothing with the comparison that it judges.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Fields, FnArg, ImplItem, Item, ReturnType, Type, Visibility};

use super::operations::Operations;
use super::wire;
use clientwright::File;

/// Everything public, by its path.
#[derive(Debug, Default)]
pub(super) struct Surface(pub(super) BTreeMap<String, Part>);

/// Something public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The kind of item (`field`).
    pub(super) kind: &'static str,
    /// The part that users rely on, as Rust.
    pub(super) text: String,
    /// Marked as not to be used any more.
    pub(super) deprecated: bool,
    /// The item whose users a part of this kind, newly added, would stop from compiling.
    pub(super) closes: Option<String>,
}

impl Surface {
    /// Reads the files of a crate. The runtime is the same in every crate, so what the crate shows of it is enough: the names
    /// that `lib.rs` hands on.
    pub(super) fn of(files: &[File]) -> Result<Self, String> {
        let mut surface = Surface::default();
        for file in files {
            let Some(module) = module_of(&file.path) else { continue };
            let parsed = syn::parse_file(&file.contents).map_err(|error| format!("{}: {error}", file.path))?;
            for item in &parsed.items {
                surface.item(&module, item).map_err(|error| format!("{}: {error}", file.path))?;
            }
        }
        Ok(surface)
    }

    fn add(&mut self, path: String, kind: &'static str, text: String, deprecated: bool, closes: Option<String>) {
        self.0.insert(path, Part { kind, text, deprecated, closes });
    }

    fn item(&mut self, module: &str, item: &Item) -> syn::Result<()> {
        let path = |name: &syn::Ident| join(module, &name.to_string());
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let (path, open) = (path(&item.ident), has(&item.attrs, "non_exhaustive"));
                self.add(path.clone(), "struct", item.generics.to_token_stream().to_string(), old(&item.attrs), None);
                self.derives(&path, &item.attrs);
                // Only a struct that users can write out breaks by a further field.
                let closed = !open && item.fields.iter().all(|field| is_public(&field.vis));
                for (index, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
                    let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
                    let closes = closed.then(|| path.clone());
                    self.add(format!("{path}::{name}"), "field", rust(&field.ty), old(&field.attrs), closes);
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let (path, open) = (path(&item.ident), has(&item.attrs, "non_exhaustive"));
                self.add(path.clone(), "enum", item.generics.to_token_stream().to_string(), old(&item.attrs), None);
                self.derives(&path, &item.attrs);
                for variant in &item.variants {
                    let closes = (!open).then(|| path.clone());
                    let variant_path = format!("{path}::{}", variant.ident);
                    self.add(variant_path, "variant", holds(&variant.fields), old(&variant.attrs), closes);
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                self.add(path(&item.ident), "type", rust(&item.ty), old(&item.attrs), None);
            }
            Item::Const(item) if is_public(&item.vis) => {
                self.add(path(&item.ident), "constant", rust(&item.ty), old(&item.attrs), None);
            }
            // Public so that macros and modules can name it, and hidden since it is no one's to rely on.
            Item::Static(item) if hidden(&item.attrs) => {}
            Item::Static(item) if is_public(&item.vis) => {
                self.add(path(&item.ident), "static", rust(&item.ty), old(&item.attrs), None);
            }
            Item::Fn(item) if is_public(&item.vis) => {
                self.add(path(&item.sig.ident), "function", signature(&item.sig), old(&item.attrs), None);
            }
            Item::Mod(item) if is_public(&item.vis) => {
                self.add(path(&item.ident), "module", String::new(), old(&item.attrs), None);
            }
            Item::Use(item) if is_public(&item.vis) => self.uses(module, &item.tree),
            Item::Impl(item) => self.implementation(module, item),
            Item::Macro(item) if item.mac.path.segments.last().is_some_and(|name| name.ident == "operations") => {
                self.operations(module, &item.mac)?;
            }
            Item::Macro(item)
                if item.mac.path.segments.last().is_some_and(|it| wire::TABLES.contains(&&*it.ident.to_string())) =>
            {
                self.names_of_table(module, &item.mac.tokens);
                if item.mac.path.segments.last().is_some_and(|name| name.ident == "object") {
                    self.traits_of_table(module, &item.mac.tokens.to_string());
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The table of a group's operations: their marker types, what each gives, and the enums of documented failures.
    fn operations(&mut self, module: &str, table: &syn::Macro) -> syn::Result<()> {
        for operation in table.parse_body::<Operations>()?.0 {
            let path = join(module, &operation.name.to_string());
            self.add(path.clone(), "enum", String::new(), false, None);
            let failure = operation.failure.as_ref().map_or("Undocumented".to_owned(), ToString::to_string);
            let results = [("Output", rust(&operation.output)), ("Failure", failure)];
            let item = operation.item.as_ref().map(|item| ("Item", rust(item)));
            for (name, text) in results.into_iter().chain(item) {
                self.add(format!("{path}::{name}"), "result", text, false, None);
            }
            if let Some(failures) = &operation.failures {
                self.item(module, &Item::Enum(failures.clone()))?;
            }
        }
        Ok(())
    }

    fn derives(&mut self, path: &str, attributes: &[Attribute]) {
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let _ = attribute.parse_nested_meta(|meta| {
                if let Some(last) = meta.path.segments.last() {
                    self.add(format!("{path}: {}", last.ident), "trait", String::new(), false, None);
                }
                Ok(())
            });
        }
    }

    /// The traits that an object's table gives its type: `Webhook: Eq, Default { … }`.
    fn traits_of_table(&mut self, module: &str, table: &str) {
        let head = table.split('{').next().unwrap_or_default();
        let mut names = head.split([' ', ':', ',']).filter(|name| !name.is_empty());
        let Some(owner) = names.next() else { return };
        for name in names {
            self.add(format!("{}: {name}", join(module, owner)), "trait", String::new(), false, None);
        }
    }

    /// The names on the wire that a table gives members and values.
    fn names_of_table(&mut self, module: &str, table: &TokenStream) {
        let (owner, entries) = wire::table(table.clone());
        let owner = join(module, &owner);
        for (name, text) in entries {
            self.add(format!("{owner}::{name}{}", wire::SUFFIX), "name", text, false, None);
        }
    }

    fn uses(&mut self, module: &str, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.uses(module, &path.tree),
            syn::UseTree::Name(name) => {
                self.add(join(module, &name.ident.to_string()), "export", String::new(), false, None);
            }
            syn::UseTree::Rename(name) => {
                self.add(join(module, &name.rename.to_string()), "export", String::new(), false, None);
            }
            syn::UseTree::Glob(_) if module == "types" => {}
            syn::UseTree::Glob(_) => self.add(join(module, "*"), "export", String::new(), false, None),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.uses(module, tree)),
        }
    }

    fn implementation(&mut self, module: &str, item: &syn::ItemImpl) {
        let Some(owner) = owner(module, &item.self_ty) else { return };
        for inner in &item.items {
            match inner {
                ImplItem::Fn(method) if item.trait_.is_none() && is_public(&method.vis) => {
                    let path = format!("{owner}::{}", method.sig.ident);
                    let texts = wire::texts(method.block.to_token_stream());
                    if !texts.is_empty() {
                        self.add(format!("{path}{}", wire::SUFFIX), "name", texts.join(", "), false, None);
                    }
                    self.add(path, "method", signature(&method.sig), old(&method.attrs), None);
                }
                // The result of an operation is in its implementation of `Operation`.
                ImplItem::Type(ty) if item.trait_.is_some() => {
                    self.add(format!("{owner}::{}", ty.ident), "result", rust(&ty.ty), false, None);
                }
                _ => {}
            }
        }
    }
}

/// The module that a file is; `None` for what is no source, and for the runtime.
fn module_of(path: &str) -> Option<String> {
    let module = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    match module {
        "lib" => Some(String::new()),
        // It extends the client, which users import from the root.
        "client" => Some(String::new()),
        _ if module == "runtime" || module.starts_with("runtime/") => None,
        // Types of a group are re-exported, so users import all types from one place.
        _ if module.starts_with("types/") => Some("types".to_owned()),
        _ => Some(module.trim_end_matches("/mod").replace('/', "::")),
    }
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

/// The path of the type that an `impl` is for. Methods of `Call<'_, List>` belong to the operation `List`.
fn owner(module: &str, ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    if last.ident == "Client" || last.ident == "ClientBuilder" {
        return Some(last.ident.to_string());
    }
    if last.ident == "Call"
        && let syn::PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(syn::GenericArgument::Type(Type::Path(inner))) = arguments.args.last()
    {
        return Some(join(module, &inner.path.segments.last()?.ident.to_string()));
    }
    Some(join(module, &last.ident.to_string()))
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// `#[doc(hidden)]`: no part of the API, as cargo semver-checks takes it as well.
fn hidden(attributes: &[Attribute]) -> bool {
    let docs = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    docs.into_iter()
        .any(|attribute| matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "hidden"))
}

fn old(attributes: &[Attribute]) -> bool {
    has(attributes, "deprecated")
}

fn holds(fields: &Fields) -> String {
    match fields {
        Fields::Unit => String::new(),
        fields => {
            let types: Vec<String> = fields.iter().map(|field| rust(&field.ty)).collect();
            format!("({})", types.join(", "))
        }
    }
}

/// Returns a signature with the names of its parameters, which distinguish them.
fn signature(signature: &syn::Signature) -> String {
    let inputs = signature.inputs.iter().map(|input| match input {
        FnArg::Receiver(receiver) => rust(receiver),
        FnArg::Typed(typed) => format!("{}: {}", rust(&typed.pat), rust(&typed.ty)),
    });
    let inputs: Vec<String> = inputs.collect();
    let output = match &signature.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, ty) => format!(" -> {}", rust(ty)),
    };
    let asynchronous = if signature.asyncness.is_some() { "async " } else { "" };
    format!("{asynchronous}fn({}){output}", inputs.join(", "))
}

/// Rust as people write it: tokens come with a space between any two.
fn rust(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (spaced, tight) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" <", "<"),
        (" > ", "> "),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}
