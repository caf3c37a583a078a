//! Bounds as a table, and the types that can be asked.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::layout::{self, Piece, Table};
use super::prose::Prose;
use super::{File, file};
use crate::rust::name::Name;
use crate::rust::{Bound, Crate, Validation};

/// `src/validate.rs`, where values can be checked.
pub(super) fn files(plan: &Crate) -> Option<File> {
    let validation = plan.validation.as_ref()?;
    let mut about = Prose::default();
    about.ours("The bounds that the API's description states.");
    let mut pieces: Vec<Piece> = Vec::new();
    if !validation.types.is_empty() {
        pieces.push(
            quote!(
                use crate::types::*;
            )
            .into(),
        );
        pieces.extend([bounds(validation), types(validation)].map(Piece::from));
    }
    Some(file("src/validate.rs", layout::rust(about.inner(), pieces)))
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

fn types(validation: &Validation) -> Table {
    let names = validation.types.iter().map(|name: &Name| name.as_str().to_owned()).collect();
    Table { name: "validate", head: "BOUNDS".to_owned(), lists: vec![(names, String::new())] }
}

/// The module's line in the root of the crate.
pub(super) fn module(plan: &Crate) -> Option<TokenStream> {
    plan.validation.as_ref().map(|_| {
        quote!(
            #[cfg(feature = "validate")]
            mod validate;
        )
    })
}
