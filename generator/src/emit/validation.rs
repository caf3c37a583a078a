//! The table of bounds, and the types with `validate`.

use std::collections::BTreeSet;

use proc_macro2::Literal;
use quote::quote;

use super::file::{File, file};
use super::layout::{self, Piece, Table};
use super::prose::Prose;
use crate::rust::name::Name;
use crate::rust::{Bound, Crate, Item, Placement, Validation};

/// `src/validate.rs`, if the crate has validation.
pub(super) fn files(plan: &Crate) -> Option<File> {
    let validation = plan.validation.as_ref()?;
    let mut about = Prose::default();
    about.text("The bounds of the API description.");
    let mut pieces: Vec<Piece> = Vec::new();
    if !validation.types.is_empty() {
        pieces.push(
            quote!(
                use crate::types::*;
            )
            .into(),
        );
        pieces.push(bounds(validation).into());
        pieces.extend(types(plan, validation));
    }
    let inner = about.inner_comment();
    let attributes = quote!(#![allow(unused_imports, reason = "the types depend on the enabled groups")]);
    Some(file("src/validate.rs", layout::rust((inner, attributes), pieces)))
}

fn bounds(validation: &Validation) -> Table {
    let next = validation.bounds.iter().skip(1).map(|(name, _)| format!(" {} ", name.as_str()));
    let tails = next.chain([String::new()]);
    let entries = validation.bounds.iter().map(|(_, bounds)| bounds.iter().map(entry).collect());
    let head = validation.bounds.first().map(|(name, _)| name.as_str().to_owned()).unwrap_or_default();
    Table { name: "bounds", head, lists: entries.zip(tails).collect() }
}

fn entry(bound: &Bound) -> String {
    let member = bound.member.as_ref().map_or("self".to_owned(), |name| Literal::string(name).to_string());
    format!("{member} {} {} {}", bound.depth, bound.keyword, Literal::string(&bound.value))
}

/// The types with `validate`, by their placement.
fn types(plan: &Crate, validation: &Validation) -> Vec<Piece> {
    let groups = (0..plan.groups.len()).map(Placement::Group);
    let mut pieces = Vec::new();
    for home in std::iter::once(Placement::Crate).chain(groups) {
        let here: BTreeSet<&Name> = plan.types_at(home).map(Item::name).collect();
        let names = validation.types.iter().filter(|name| here.contains(name)).map(|name| name.as_str().to_owned());
        let names: Vec<String> = names.collect();
        if names.is_empty() {
            continue;
        }
        let table = Table { name: "validate", head: "BOUNDS".to_owned(), lists: vec![(names, String::new())] };
        let feature = match home {
            Placement::Crate => None,
            Placement::Group(at) => plan.groups[at].feature.as_deref(),
        };
        pieces.push(match feature {
            Some(feature) => Piece::Text(format!("#[cfg(feature = {feature:?})]\n{}", table.print())),
            None => table.into(),
        });
    }
    pieces
}
