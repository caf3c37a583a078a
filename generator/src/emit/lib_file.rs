//! The root of the crate: its docs and its modules.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::layout;
use super::paths::ident;
use super::prose::Prose;
use crate::rust::{AboutServer, Crate, RootModule};

/// `src/lib.rs`
pub(super) fn lib(plan: &Crate) -> String {
    let mut about = Prose::default();
    // A description may begin with the title as its heading.
    if !opens_with(plan.about.description.as_deref().unwrap_or_default(), &plan.about.title) {
        about.text(docs::summary_line(&plan.about.title).unwrap_or_else(|| plan.package.clone()));
    }
    about.markdown(plan.about.description.as_deref());
    about.text(format!("Version {} of the API.", docs::inline_code(&plan.about.version)));
    for AboutServer { url, description } in &plan.about.servers {
        let said =
            description.as_deref().and_then(docs::summary_line).map(|line| format!(" ({line})")).unwrap_or_default();
        about.text(format!("Server: {}{said}", docs::inline_code(url)));
    }
    if let Some(path) = &plan.about.base_path {
        let path = docs::inline_code(path);
        about
            .text(format!("The description says no host. {path} is joined to a base URL that has no path of its own."));
    }
    if plan.client {
        about.text("# Quick start").text(super::example::quick_start(plan));
        for paragraph in super::guide::guide(plan) {
            about.text(paragraph);
        }
    } else {
        about.text("The types alone: this crate sends nothing.");
    }
    let inner = about.inner_comment();
    let groups = plan.groups.iter().chain(&plan.ungrouped).map(|group| {
        let (module, feature) = (ident(&group.module), super::client::feature(group));
        quote!(#feature pub mod #module;)
    });
    let modules = modules(plan);
    let scope = plan.scopes.is_some().then(|| {
        quote!(
            pub use scopes::Scope;
        )
    });
    let exports = super::runtime::exports(plan);
    let attributes = quote! {
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![allow(clippy::large_enum_variant, clippy::too_many_arguments, clippy::type_complexity)]
        #![allow(deprecated)]
    };
    let client = plan.client.then(|| {
        quote!(
            mod client;
        )
    });
    layout::rust((inner, attributes), [quote!(#client #(#groups)* #(#modules)*), quote!(#exports #scope)])
}

/// Returns the declarations of the modules after those of groups, sorted by name.
fn modules(plan: &Crate) -> Vec<TokenStream> {
    let public = Some(quote!(pub));
    let declaration = |module: RootModule| {
        let (visibility, feature, is_there) = match module {
            // Its declaration is before those of groups.
            RootModule::Client => (&None, None, false),
            RootModule::CommandLine => (&public, Some("cli"), plan.command_line.is_some()),
            RootModule::Incoming => (&public, None, !plan.events.is_empty()),
            RootModule::Mock => (&public, Some("mock"), plan.mock.is_some()),
            RootModule::ResponseHeaders => (&public, None, !plan.headers.is_empty()),
            RootModule::Runtime => (&public, None, true),
            RootModule::Scopes => (&None, None, plan.scopes.is_some()),
            RootModule::Security => (&public, None, !plan.schemes.is_empty()),
            RootModule::ServerUrls => (&public, None, !plan.servers.is_empty()),
            RootModule::Types => (&public, None, !plan.types.is_empty()),
            RootModule::Validate => (&None, Some("validate"), plan.validation.is_some()),
            RootModule::XmlDocuments => (&None, None, plan.xml.is_some()),
        };
        let name = super::paths::bare(module.name());
        let feature = feature.map(|feature| quote!(#[cfg(feature = #feature)]));
        is_there.then(|| quote!(#feature #visibility mod #name;))
    };
    RootModule::ALL.into_iter().filter_map(declaration).collect()
}

/// Returns whether the first line of the Markdown is a heading with the text `title`.
fn opens_with(markdown: &str, title: &str) -> bool {
    let first = markdown.trim_start().lines().next().unwrap_or_default();
    first.starts_with('#') && first.trim_start_matches('#').trim() == title.trim()
}
