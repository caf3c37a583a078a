//! The types: structs, enums, unions, aliases, each in the file of its placement.

use std::collections::BTreeSet;
use std::fmt::Write;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value as Json;

use super::additions;
use super::client::feature;
use super::docs;
use super::file::{File, file};
use super::layout::{self, Piece, Table};
use super::paths::{Paths, ident};
use super::prose::{self, Prose};
use crate::rust::name::Name;
use crate::rust::{
    Alias, Condition, Crate, Derives, Docs, Enum, EnumKind, Facts, Field, Group, Item, Placement, RuntimeModule, Step,
    Struct, Test, TextForm, Type, Union, UnionKind, UnionMember, Wrapper,
};

/// `src/types.rs`, and a file below it for each group with its own types.
pub(super) fn files(plan: &Crate) -> Vec<File> {
    if plan.types.is_empty() {
        return Vec::new();
    }
    let known = Paths::in_types(&plan.types);
    let placements = plan.groups.iter().enumerate().map(|(at, group)| (Placement::Group(at), group));
    let placements: Vec<(Placement, &Group)> =
        placements.filter(|(home, _)| plan.types_at(*home).next().is_some()).collect();
    let modules = placements.iter().map(|(_, group)| {
        let (feature, module) = (feature(group), ident(&group.module));
        quote!(#feature mod #module; #feature pub use #module::*;)
    });
    let mut about = Prose::default();
    about.text("The types of the API's schemas.");
    if !placements.is_empty() {
        about.text("A type that only one group of operations needs is compiled with the group's feature.");
    }
    let imports = imports(&known, plan, Placement::Crate);
    let mut files =
        vec![file("src/types.rs", module(&known, plan, Placement::Crate, &about, quote!(#(#modules)* #imports)))];
    for (home, group) in placements {
        let mut about = Prose::default();
        about.text(format!("Types that only the operations tagged {} need.", docs::inline_code(&group.tag)));
        let (imports, shared) = (self::imports(&known, plan, home), shared(plan, home));
        let text = module(&known, plan, home, &about, quote!(#shared #imports));
        files.push(file(&format!("src/types/{}.rs", group.module.bare()), text));
    }
    files
}

fn module(known: &Paths<'_>, plan: &Crate, home: Placement, about: &Prose, head: TokenStream) -> String {
    let items = plan.types_at(home).flat_map(|whole| match whole {
        Item::Struct(item) => {
            let constructor = constructor(known, item).map(Piece::from);
            [structure(known, item, &additions::of(plan, whole)).into(), table(plan, item).into()]
                .into_iter()
                .chain(constructor)
                .collect()
        }
        Item::Enum(item) => enumeration(known, item, &additions::of(plan, whole)),
        Item::Union(item) => union(known, item, &additions::of(plan, whole)),
        Item::Alias(item) => vec![alias(known, item).into()],
        Item::Wrapper(item) => wrapper(known, plan, item, &additions::of(plan, whole)).map(Piece::from).into(),
    });
    // One item at a time: the tokens of all of them at once would be many times the text.
    layout::rust(about.inner_comment(), std::iter::once(head.into()).chain(items))
}

/// Returns the imports of a group's types from the types of the crate.
fn shared(plan: &Crate, home: Placement) -> Option<TokenStream> {
    let theirs: BTreeSet<&Name> = plan.types_at(Placement::Crate).map(Item::name).collect();
    let takes =
        plan.types_at(home).any(|item| mentions(item, &|ty| matches!(ty, Type::Named(name) if theirs.contains(name))));
    takes.then(|| {
        quote!(
            use super::*;
        )
    })
}

fn imports(known: &Paths<'_>, plan: &Crate, home: Placement) -> TokenStream {
    let is_named = |name: &'static str| {
        move |ty: &Type| match ty {
            Type::Decimal => name == "Decimal",
            Type::Secret => name == "Secret",
            Type::Timestamp => name == "Timestamp",
            Type::Date => name == "Date",
            Type::Presence(_) => name == "Presence",
            Type::Base64 => name == "Base64",
            Type::DecimalText => name == "DecimalText",
            _ => false,
        }
    };
    // An import that nothing uses is a warning.
    let runtime: Vec<TokenStream> = ["Base64", "Date", "Decimal", "DecimalText", "Presence", "Secret", "Timestamp"]
        .into_iter()
        .filter(|name| known.is_free(name) && plan.types_at(home).any(|item| mentions(item, &is_named(name))))
        .map(|name| known.runtime(name))
        .collect();
    let runtime = (!runtime.is_empty()).then(|| quote!(use crate::runtime::{#(#runtime),*};));
    quote!(#runtime)
}

/// Returns whether an item contains such a type.
fn mentions(item: &Item, wanted: &dyn Fn(&Type) -> bool) -> bool {
    let mut found = false;
    item.each_type(&mut |ty| found |= ty.has(wanted));
    found
}

fn derive(derives: Derives) -> TokenStream {
    let eq = derives.eq.then(|| quote!(, Eq));
    quote!(#[derive(Clone, Debug, PartialEq #eq)])
}

fn structure(known: &Paths<'_>, item: &Struct, added: &TokenStream) -> TokenStream {
    let (name, docs) = (ident(&item.name), item_docs(&item.name, &item.docs));
    let deprecated = prose::deprecated(item.docs.deprecated);
    let fields = item.fields.iter().map(|item| field(known, item));
    let rest = item.rest.as_ref().map(|rest| {
        let (name, ty) = (ident(&rest.name), known.ty(&Type::Map(Box::new(rest.value.clone()))));
        quote! {
            /// Members without a field.
            pub #name: #ty,
        }
    });
    // The table implements `Debug` and the other traits.
    quote! { #docs #[derive(Clone, PartialEq)] #added #deprecated pub struct #name { #(#fields)* #rest } }
}

/// Returns the table of a struct: the names of its fields on the wire, and which of them are optional.
fn table(plan: &Crate, item: &Struct) -> Table {
    let (optional, required): (Vec<&Field>, Vec<&Field>) =
        item.fields.iter().partition(|field| field.occurrence.may_be_absent());
    let entries = |fields: &[&Field]| fields.iter().map(|field| member(field)).collect();
    let rest = item.rest.as_ref().map(|rest| format!(" rest {}", rest.name.as_str())).unwrap_or_default();
    let mut lists = vec![(entries(&required), String::new())];
    let mut add = |word: &str, entries: Vec<String>| {
        if let (Some((_, tail)), false) = (lists.last_mut(), entries.is_empty()) {
            word.clone_into(tail);
            lists.push((entries, String::new()));
        }
    };
    add(" optional ", entries(&optional));
    add(" tag ", item.tags.iter().map(tag).collect());
    lists.last_mut().into_iter().for_each(|(_, tail)| rest.clone_into(tail));
    let name = item.name.as_str();
    let eq = if item.derives.eq { ": Eq" } else { "" };
    let default = if item.derives.default { ", Default" } else { "" };
    let head = format!("{name}{eq}{default}");
    Table { name: if has_parts(plan) { "object_of_parts" } else { "object" }, head, lists }
}

/// Returns whether a value may have to be read part by part, since a type of another crate gives nothing to read into.
fn has_parts(plan: &Crate) -> bool {
    plan.runtime.contains(&RuntimeModule::Foreign)
}

fn tag((wire, value): &(String, Json)) -> String {
    let wire = Literal::string(wire);
    match value {
        Json::String(text) => format!("{wire} = {}", Literal::string(text)),
        other => format!("{wire} = (json {})", Literal::string(&other.to_string())),
    }
}

fn member(field: &Field) -> String {
    let literal = (field.name.as_str() != field.wire).then(|| Literal::string(&field.wire));
    layout::entry(&field.name, literal.as_slice())
}

/// The expression of a field's tag.
fn given(field: &Field) -> TokenStream {
    match (&field.tag, &field.ty) {
        (Some(Json::Bool(value)), _) => quote!(#value),
        (Some(Json::String(text)), _) => {
            let text = Literal::string(text);
            quote!(#text.into())
        }
        (Some(tag), Type::Number(_)) => {
            let number = Literal::i64_unsuffixed(tag.as_i64().unwrap_or_default());
            quote!(#number)
        }
        (tag, _) => {
            let number = Literal::i64_suffixed(tag.as_ref().and_then(Json::as_i64).unwrap_or_default());
            quote!(#number.into())
        }
    }
}

/// `new`, with the required members, where the others can be left out.
fn constructor(known: &Paths<'_>, item: &Struct) -> Option<TokenStream> {
    let order = item.constructor.as_ref()?;
    let (mut parameters, mut members) = (vec![TokenStream::new(); order.len()], Vec::new());
    let place = |field: &Field| order.iter().position(|name| *name == field.name);
    for field in &item.fields {
        let (name, ty) = (ident(&field.name), known.ty(&field.ty));
        match (field.occurrence.may_be_absent(), &field.ty) {
            (true, _) if field.tag.is_some() => {
                let tag = given(field);
                let some = known.std("Some", quote!(::core::option::Option::Some));
                members.push(quote!(#name: #some(#tag)));
            }
            // A constant, since a call of `default` costs the compiler more.
            (true, Type::Option(_)) => {
                let none = known.std("None", quote!(::core::option::Option::None));
                members.push(quote!(#name: #none));
            }
            (true, Type::Presence(_)) => {
                let presence = known.runtime("Presence");
                members.push(quote!(#name: #presence::Absent));
            }
            (true, _) => members.push(quote!(#name: ::core::default::Default::default())),
            (false, _) if field.tag.is_some() => {
                let tag = given(field);
                members.push(quote!(#name: #tag));
            }
            (false, Type::String) => {
                let into = known.std("Into", quote!(::core::convert::Into));
                place(field).into_iter().for_each(|at| parameters[at] = quote!(#name: impl #into<#ty>));
                members.push(quote!(#name: #name.into()));
            }
            (false, _) => {
                place(field).into_iter().for_each(|at| parameters[at] = quote!(#name: #ty));
                members.push(quote!(#name));
            }
        }
    }
    members.extend(item.rest.iter().map(|rest| {
        let (name, default) = (ident(&rest.name), known.std("Default", quote!(::core::default::Default)));
        quote!(#name: #default::default())
    }));
    let name = ident(&item.name);
    // A tag is all that it requires.
    let default = parameters.is_empty().then(|| {
        let default = known.std("Default", quote!(::core::default::Default));
        quote! {
            impl #default for #name {
                #[inline]
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let writes = item.fields.iter().any(|field| field.occurrence.may_be_absent() && field.tag.is_some());
    let docs = match writes {
        false => "Creates a value with the required members; optional members are absent.",
        true => "Creates a value with the required members and the constants; other optional members are absent.",
    };
    let docs = Prose::default().text(docs).outer_attributes();
    Some(quote! {
        impl #name {
            #docs
            #[inline]
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#members),* }
            }
        }
        #default
    })
}

fn field(known: &Paths<'_>, field: &Field) -> TokenStream {
    let (name, ty, mut docs) = (ident(&field.name), known.ty(&field.ty), Prose::default());
    let docs = docs.schema(&field.docs).outer_attributes();
    let deprecated = prose::deprecated(field.docs.deprecated);
    quote! { #docs #deprecated pub #name: #ty, }
}

fn enumeration(known: &Paths<'_>, item: &Enum, added: &TokenStream) -> Vec<Piece> {
    let (name, docs, other) = (ident(&item.name), item_docs(&item.name, &item.docs), ident(&item.other));
    let deprecated = prose::deprecated(item.docs.deprecated);
    let variants = item.variants.iter().map(|variant| {
        let (name, mut docs) = (ident(&variant.name), Prose::default());
        let docs =
            docs.schema(&Facts { description: variant.description.clone(), ..Facts::default() }).outer_attributes();
        quote!(#docs #name)
    });
    let entry = |literal: &dyn Fn(&serde_json::Value) -> Literal| {
        item.variants.iter().map(|variant| layout::entry(&variant.name, &[literal(&variant.value)])).collect()
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
    // A type without text is `Copy`; a type of any JSON has no order.
    let derive = match item.kind {
        EnumKind::Text => quote!(#[derive(Clone, Debug)]),
        EnumKind::Integer => quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]),
        EnumKind::Json => quote!(#[derive(Clone, Debug, PartialEq, Eq, Hash)]),
    };
    let tail = if item.other.bare() == "Other" { String::new() } else { format!(" else {other}") };
    let table = Table { name: macro_name, head, lists: vec![(entries, tail)] };
    let definition = quote! {
        #docs
        #derive
        #added
        #[non_exhaustive]
        #deprecated
        pub enum #name {
            #(#variants,)*
            /// A value that this version does not know, kept unchanged.
            #other(#holds),
        }
    };
    vec![definition.into(), table.into()]
}

fn union(known: &Paths<'_>, item: &Union, added: &TokenStream) -> Vec<Piece> {
    let (name, docs, other) = (ident(&item.name), item_docs(&item.name, &item.docs), ident(&item.other));
    let (derive, deprecated) = (derive(item.derives), prose::deprecated(item.docs.deprecated));
    let variants = item.members.iter().map(|member| ident(&member.name));
    let types = item.members.iter().map(|member| known.ty(&member.ty));
    let value = known.ty(&Type::Value);
    let (macro_name, head, entries, tail) = match &item.kind {
        UnionKind::Tagged { property, default } => {
            let json = !item.members.iter().flat_map(|member| &member.tags).all(Json::is_string);
            let head = format!("{name} by {}", tagged_property(property, json));
            let entry = |member: &UnionMember| layout::entry(&member.name, &literals(&member.tags, json));
            let default = default.map(|index| &item.members[index]);
            let entries = item.members.iter().filter(|member| default.is_none_or(|it| it.name != member.name));
            let tail = default.map(|member| format!(" or {}", entry(member))).unwrap_or_default();
            ("tagged_union", head, entries.map(entry).collect(), tail)
        }
        UnionKind::Untagged => {
            ("untagged_union", name.to_string(), item.members.iter().map(untagged).collect(), String::new())
        }
    };
    let table = Table { name: macro_name, head, lists: vec![(entries, format!("{tail} else {other}"))] };
    let definition = quote! {
        #docs
        #derive
        #added
        #[non_exhaustive]
        #deprecated
        pub enum #name {
            #(#variants(#types),)*
            /// A value that fits no other variant, kept unchanged.
            #other(#value),
        }
    };
    let converts = item.members.iter().filter(|member| member.converts).map(|member| match &member.ty {
        Type::Boxed(inside) => format!("{}(box {})", member.name.as_str(), layout::inline(known.ty(inside))),
        ty => format!("{}({})", member.name.as_str(), layout::inline(known.ty(ty))),
    });
    let converts: Vec<String> = converts.collect();
    let from = Table { name: "from_members", head: name.to_string(), lists: vec![(converts, String::new())] };
    let has_any = !from.lists.iter().all(|(entries, _)| entries.is_empty());
    [definition.into(), table.into()].into_iter().chain(has_any.then(|| from.into())).collect()
}

/// The entry of a member that is tried under conditions.
fn untagged(member: &UnionMember) -> String {
    let mut entry = layout::entry(&member.name, &[]);
    if let Some(form) = &member.form {
        let ranges: Vec<String> = ranges(form).iter().map(ToString::to_string).collect();
        let _ = write!(entry, " if (text {} {}) = {}", form.least, form.most, ranges.join(" | "));
    }
    for condition in &member.conditions {
        let _ = write!(entry, " if {}", self::condition(condition));
    }
    entry
}

/// A condition as the tables of unions have it: a property, or a part of the value by its JSON pointer, and what it may be.
fn condition(condition: &Condition) -> String {
    let escaped = |step: &Step| match step {
        Step::Property(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
        Step::Item(index) => format!("/{index}"),
    };
    let pointer = Literal::string(&condition.path.iter().map(escaped).collect::<String>());
    let (part, allowed) = match &condition.test {
        Test::Values(values) => {
            let json = !values.iter().all(Json::is_string);
            let part = match condition.path.as_slice() {
                [Step::Property(property)] => tagged_property(property, json),
                _ if json => format!("(json at {pointer})"),
                _ => format!("(at {pointer})"),
            };
            (part, literals(values, json))
        }
        Test::Form(form) => (format!("(text {} {} at {pointer})", form.least, form.most), ranges(form)),
    };
    let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
    format!("{part} = {}", allowed.join(" | "))
}

/// The ranges of a form's characters, each as its first and its last.
fn ranges(form: &TextForm) -> Vec<Literal> {
    form.ranges.iter().map(|(first, last)| Literal::string(&format!("{first}{last}"))).collect()
}

/// A property as the tables of unions have it: marked where its values are given as JSON.
fn tagged_property(property: &str, json: bool) -> String {
    let property = Literal::string(property);
    if json { format!("(json {property})") } else { property.to_string() }
}

/// The values of a tag: texts as they are, or where some are none, all as JSON.
fn literals(values: &[Json], json: bool) -> Vec<Literal> {
    let text = |value: &Json| match value {
        Json::String(text) if !json => text.clone(),
        other => other.to_string(),
    };
    values.iter().map(|value| Literal::string(&text(value))).collect()
}

fn alias(known: &Paths<'_>, item: &Alias) -> TokenStream {
    let (name, ty, docs) = (ident(&item.name), known.ty(&item.ty), item_docs(&item.name, &item.docs));
    quote! { #docs pub type #name = #ty; }
}

fn wrapper(known: &Paths<'_>, plan: &Crate, item: &Wrapper, added: &TokenStream) -> [TokenStream; 2] {
    let (name, ty, docs) = (ident(&item.name), known.ty(&item.ty), item_docs(&item.name, &item.docs));
    let derive = derive(item.derives);
    [
        quote! { #docs #derive #added pub struct #name(pub #ty); },
        if has_parts(plan) {
            quote! { crate::runtime::wrapper_of_parts!(#name); }
        } else {
            quote! { crate::runtime::wrapper!(#name); }
        },
    ]
}

/// Returns the docs of a schema, unless they only repeat the type's name.
fn item_docs(name: &Name, docs: &Docs) -> TokenStream {
    let letters = |text: &str| {
        text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let mut docs = docs.clone();
    if docs.title.as_deref().is_some_and(|title| letters(title) == letters(name.bare())) {
        docs.title = None;
    }
    let mut prose = Prose::default();
    prose.schema(&docs);
    if prose.is_empty() {
        prose.text(format!("The schema `{}`.", name.bare()));
    }
    prose.outer_attributes()
}
