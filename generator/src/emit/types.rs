//! The types: structs, enums, unions, aliases.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::known::{Known, ident};
use super::layout::{self, Piece, Table};
use super::prose::{self, Prose};
use crate::rust::Docs;
use crate::rust::name::Name;
use crate::rust::{
    Alias, Crate, Derives, Enum, EnumKind, Field, Item, Occurrence, Struct, Type, Union, UnionKind, Wrapper,
};

/// `src/types.rs`
pub(super) fn types(plan: &Crate) -> String {
    let known = Known::among(&plan.types);
    let mut about = Prose::default();
    about.ours("The types of the API's schemas.");
    let inner = about.inner();
    let items = plan.types.iter().flat_map(|item| match item {
        Item::Struct(item) => {
            let pieces = [Some(structure(&known, item)), constructor(&known, item)];
            pieces.into_iter().flatten().map(Piece::from).collect()
        }
        Item::Enum(item) => enumeration(&known, item),
        Item::Union(item) => union(&known, item),
        Item::Alias(item) => vec![alias(&known, item).into()],
        Item::Wrapper(item) => vec![wrapper(&known, item).into()],
    });
    // One item at a time: the tokens of all of them at once would be many times the text.
    layout::rust(inner, std::iter::once(imports(&known, plan).into()).chain(items))
}

fn imports(known: &Known<'_>, plan: &Crate) -> TokenStream {
    let runtime: Vec<TokenStream> = ["Date", "Presence", "Secret", "Timestamp"]
        .into_iter()
        .filter(|name| known.is_free(name) && mentions(plan, name))
        .map(|name| known.runtime(name))
        .collect();
    let derives = plan.types.iter().any(|item| matches!(item, Item::Struct(_) | Item::Wrapper(_)));
    let serde = ["Deserialize", "Serialize"]
        .map(|name| (known.is_free(name) && derives).then(|| quote::format_ident!("{name}")));
    let serde: Vec<_> = serde.into_iter().flatten().collect();
    let serde = (!serde.is_empty()).then(|| quote!(use serde::{#(#serde),*};));
    let runtime = (!runtime.is_empty()).then(|| quote!(use crate::runtime::{#(#runtime),*};));
    quote!(#serde #runtime)
}

/// Whether a type of the crate has something of this name in it; an import that nothing uses is a warning.
fn mentions(plan: &Crate, name: &str) -> bool {
    let is_named = |ty: &Type| match ty {
        Type::Secret => name == "Secret",
        Type::Timestamp => name == "Timestamp",
        Type::Date => name == "Date",
        Type::Presence(_) => name == "Presence",
        _ => false,
    };
    let mut found = false;
    plan.types.iter().for_each(|item| item.each_type(&mut |ty| found |= ty.has(is_named)));
    found
}

fn derive(known: &Known<'_>, derives: Derives, serde: bool) -> TokenStream {
    let mut traits = vec![quote!(Clone), quote!(Debug)];
    if derives.default {
        traits.push(quote!(Default));
    }
    traits.push(quote!(PartialEq));
    if derives.eq {
        traits.extend([quote!(Eq), quote!(Hash)]);
    }
    if serde {
        traits.push(known.std("Serialize", quote!(::serde::Serialize)));
        traits.push(known.std("Deserialize", quote!(::serde::Deserialize)));
    }
    quote!(#[derive(#(#traits),*)])
}

fn structure(known: &Known<'_>, item: &Struct) -> TokenStream {
    let (name, docs, derive) =
        (ident(&item.name), item_docs(&item.name, &item.docs), derive(known, item.derives, true));
    let case = Case::of(&item.fields);
    let rename_all = case.map(|case| {
        let name = case.name();
        quote!(#[serde(rename_all = #name)])
    });
    let deprecated = prose::deprecated(item.docs.deprecated);
    let fields = item.fields.iter().map(|item| field(known, item, case));
    let rest = item.rest.as_ref().map(|(name, ty)| {
        let (name, ty) = (ident(name), known.ty(&Type::Map(Box::new(ty.clone()))));
        quote! {
            /// Members that have no field of their own.
            #[serde(flatten)]
            pub #name: #ty,
        }
    });
    quote! { #docs #derive #rename_all #deprecated pub struct #name { #(#fields)* #rest } }
}

/// `new`, with the required members, where the others can be left out.
fn constructor(known: &Known<'_>, item: &Struct) -> Option<TokenStream> {
    if !item.constructor {
        return None;
    }
    let (mut parameters, mut members) = (Vec::new(), Vec::new());
    for field in &item.fields {
        let (name, ty) = (ident(&field.name), known.ty(&field.ty));
        match (field.occurrence.may_be_absent(), &field.ty) {
            (true, Type::Option(_)) if known.is_free("None") => members.push(quote!(#name: None)),
            (true, Type::Presence(_)) => {
                let presence = known.runtime("Presence");
                members.push(quote!(#name: #presence::Absent));
            }
            (true, _) => members.push(quote!(#name: ::core::default::Default::default())),
            (false, Type::String) => {
                let into = known.std("Into", quote!(::core::convert::Into));
                parameters.push(quote!(#name: impl #into<#ty>));
                members.push(quote!(#name: #name.into()));
            }
            (false, _) => {
                parameters.push(quote!(#name: #ty));
                members.push(quote!(#name));
            }
        }
    }
    members.extend(item.rest.iter().map(|(name, _)| {
        let (name, default) = (ident(name), known.std("Default", quote!(::core::default::Default)));
        quote!(#name: #default::default())
    }));
    let name = ident(&item.name);
    Some(quote! {
        impl #name {
            /// One with what is required; the rest is left out.
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#members),* }
            }
        }
    })
}

fn field(known: &Known<'_>, field: &Field, case: Option<Case>) -> TokenStream {
    let (name, ty, mut docs) = (ident(&field.name), known.ty(&field.ty), Prose::default());
    let docs = docs.schema(&field.docs).outer();
    let deprecated = prose::deprecated(field.docs.deprecated);
    let mut serde = Vec::new();
    let written = case.map_or_else(|| field.name.bare().to_owned(), |case| case.apply(field.name.bare()));
    if written != field.wire {
        let wire = Literal::string(&field.wire);
        serde.push(quote!(rename = #wire));
    }
    match field.occurrence {
        Occurrence::Required => {}
        // Without this, serde takes an absent `Option` for `None`; the document says that it is always there.
        Occurrence::Nullable => serde.push(quote!(deserialize_with = "crate::runtime::nullable")),
        Occurrence::Optional => {
            // A schema may be called `Option`.
            let path = if known.is_free("Option") { "Option::is_none" } else { "::std::option::Option::is_none" };
            serde.push(quote!(default, skip_serializing_if = #path));
        }
        Occurrence::OptionalNullable => {
            serde.push(quote!(default, skip_serializing_if = "crate::runtime::Presence::is_absent"))
        }
    }
    let serde = (!serde.is_empty()).then(|| quote!(#[serde(#(#serde),*)]));
    quote! { #docs #serde #deprecated pub #name: #ty, }
}

/// serde's rules for renaming all fields at once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Camel,
    Pascal,
    Kebab,
    Screaming,
}

impl Case {
    /// The rule that serves most fields, if it serves more than none does.
    fn of(fields: &[Field]) -> Option<Self> {
        let plain = fields.iter().filter(|field| field.name.bare() == field.wire).count();
        [Case::Camel, Case::Pascal, Case::Kebab, Case::Screaming]
            .into_iter()
            .map(|case| (fields.iter().filter(|field| case.apply(field.name.bare()) == field.wire).count(), case))
            .max_by_key(|(count, case)| (*count, std::cmp::Reverse(*case as u8)))
            .filter(|(count, _)| *count > plain)
            .map(|(_, case)| case)
    }

    fn name(self) -> &'static str {
        match self {
            Case::Camel => "camelCase",
            Case::Pascal => "PascalCase",
            Case::Kebab => "kebab-case",
            Case::Screaming => "SCREAMING_SNAKE_CASE",
        }
    }

    /// What serde makes of a field's name.
    fn apply(self, name: &str) -> String {
        match self {
            Case::Kebab => name.replace('_', "-"),
            Case::Screaming => name.to_ascii_uppercase(),
            Case::Pascal | Case::Camel => {
                let mut text = String::with_capacity(name.len());
                let mut upper = self == Case::Pascal;
                for character in name.chars() {
                    if character == '_' {
                        upper = true;
                    } else if upper {
                        text.push(character.to_ascii_uppercase());
                        upper = false;
                    } else {
                        text.push(character);
                    }
                }
                // serde lowers the first letter of the Pascal form, leading underscores gone.
                if self == Case::Camel
                    && let Some(first) = text.get_mut(..1)
                {
                    first.make_ascii_lowercase();
                }
                text
            }
        }
    }
}

fn enumeration(known: &Known<'_>, item: &Enum) -> Vec<Piece> {
    let (name, docs, other) = (ident(&item.name), item_docs(&item.name, &item.docs), ident(&item.other));
    let deprecated = prose::deprecated(item.docs.deprecated);
    let variants = item.variants.iter().map(|variant| ident(&variant.name));
    let entry = |literal: &dyn Fn(&serde_json::Value) -> Literal| {
        item.variants.iter().map(|variant| (variant.name.clone(), vec![literal(&variant.value)])).collect()
    };
    let (holds, macro_name, head, entries) = match item.kind {
        EnumKind::Text => {
            let entries = entry(&|value| Literal::string(value.as_str().unwrap_or_default()));
            (known.ty(&Type::String), "text_enum", name.to_string(), entries)
        }
        EnumKind::Integer => {
            let entries = entry(&|value| Literal::i64_unsuffixed(value.as_i64().unwrap_or_default()));
            (quote!(i64), "number_enum", format!("{name}: i64"), entries)
        }
        EnumKind::Json => {
            let entries = entry(&|value| Literal::string(&value.to_string()));
            (known.ty(&Type::Value), "json_enum", name.to_string(), entries)
        }
    };
    let tail = if item.other.bare() == "Other" { String::new() } else { format!(" else {other}") };
    let table = Table { name: macro_name, head, entries, tail };
    let definition = quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #deprecated
        pub enum #name {
            #(#variants,)*
            /// A value that this version does not know, kept as it came.
            #other(#holds),
        }
    };
    vec![definition.into(), table.into()]
}

fn union(known: &Known<'_>, item: &Union) -> Vec<Piece> {
    let (name, docs, other) = (ident(&item.name), item_docs(&item.name, &item.docs), ident(&item.other));
    let (derive, deprecated) = (derive(known, item.derives, false), prose::deprecated(item.docs.deprecated));
    let variants = item.members.iter().map(|(name, _, _)| ident(name));
    let types = item.members.iter().map(|(_, ty, _)| known.ty(ty));
    let value = known.ty(&Type::Value);
    let tags = |tags: &[String]| tags.iter().map(|tag| Literal::string(tag)).collect();
    let (macro_name, head) = match &item.kind {
        UnionKind::Tagged(property) => ("tagged_union", format!("{name} by {}", Literal::string(property))),
        UnionKind::Untagged => ("untagged_union", name.to_string()),
    };
    let entries = item.members.iter().map(|(name, _, found)| (name.clone(), tags(found))).collect();
    let table = Table { name: macro_name, head, entries, tail: format!(" else {other}") };
    let definition = quote! {
        #docs
        #derive
        #[non_exhaustive]
        #deprecated
        pub enum #name {
            #(#variants(#types),)*
            /// What fits none of the others, kept as it came.
            #other(#value),
        }
    };
    vec![definition.into(), table.into()]
}

fn alias(known: &Known<'_>, item: &Alias) -> TokenStream {
    let (name, ty, docs) = (ident(&item.name), known.ty(&item.ty), item_docs(&item.name, &item.docs));
    quote! { #docs pub type #name = #ty; }
}

fn wrapper(known: &Known<'_>, item: &Wrapper) -> TokenStream {
    let (name, ty, docs) = (ident(&item.name), known.ty(&item.ty), item_docs(&item.name, &item.docs));
    let derive = derive(known, item.derives, true);
    quote! { #docs #derive #[serde(transparent)] pub struct #name(pub #ty); }
}

/// What a schema says, unless that is only the type's own name again.
fn item_docs(name: &Name, docs: &Docs) -> TokenStream {
    let letters = |text: &str| {
        text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let mut docs = docs.clone();
    docs.title = docs.title.filter(|title| letters(title) != letters(name.bare()));
    Prose::default().schema(&docs).outer()
}
