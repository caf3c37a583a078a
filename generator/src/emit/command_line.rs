//! The command line: the binary, and the table of its subcommands.

mod entry;
mod flags;
mod help;

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;

use super::client::feature;
use super::docs;
use super::file::{File, file};
use super::layout::{self, Piece, inline};
use super::parameters::{form, place};
use super::paths::{bare, ident};
use super::prose::Prose;
use crate::rust::name::Name;
use crate::rust::{
    Arm, BodyKind, BodyPlan, CommandLine, Constant, ContentForm, Crate, CredentialSource, CredentialVariables, Decode,
    Group, Location, Operation, OperationCommand, ParameterForm, RootModule, StatusPattern,
};
use entry::Entry;
use flags::{flag, member};
use help::Help;

/// The binary and the table, where the crate has a command line.
pub(super) fn files(plan: &Crate) -> Vec<File> {
    let Some(line) = &plan.command_line else { return Vec::new() };
    let mut files = vec![file(&binary(plan), main(plan)), file(&RootModule::CommandLine.file(), program(plan, line))];
    for (group, command) in plan.groups.iter().zip(&line.groups) {
        let path = format!("src/{}/{}.rs", RootModule::CommandLine.name(), group.module.bare());
        let text = group_table(group, command.name.as_str(), &command.operations);
        files.push(file(&path, text));
    }
    files
}

/// The path of the binary below the crate's folder.
pub(super) fn binary(plan: &Crate) -> String {
    format!("src/bin/{}.rs", plan.package)
}

fn main(plan: &Crate) -> String {
    let (module, line) = (super::example::module(plan), bare(RootModule::CommandLine.name()));
    let about = format!("The command line of the {} API.", docs::inline_code(&plan.package));
    let inner = Prose::default().text(about).inner_comment();
    layout::rust(inner, [quote!(fn main() -> std::process::ExitCode { #module::#line::run() })])
}

/// `src/command_line.rs`
fn program(plan: &Crate, line: &CommandLine) -> String {
    let inner = Prose::default().text("The command line: a subcommand for each operation.").inner_comment();
    let modules = plan.groups.iter().map(|group| {
        let (feature, module) = (feature(group), ident(&group.module));
        quote!(#feature mod #module;)
    });
    let groups = plan.groups.iter().map(|group| {
        let (feature, module) = (feature(group), ident(&group.module));
        quote!(#feature #module::GROUP)
    });
    let own = plan.ungrouped.iter().flat_map(|group| operations(group, &line.ungrouped));
    let own: String = own.map(|it| it.print("    ")).collect();
    let (listed, own) = match own.as_str() {
        "" => (quote!(&[]), own),
        _ => (quote!(OPERATIONS), format!("static OPERATIONS: &[Subcommand] = &[\n{own}];\n")),
    };
    let Help { line: about, rest: details } = help::api(plan);
    let (name, base_url) = (Literal::string(&plan.package), Literal::string(line.base_url.as_str()));
    let version = Literal::string(&format!(" (API {})", docs::visible(&plan.about.version)));
    let token_url = optional(line.token_url.as_ref().map(Name::as_str));
    let credentials = line.credentials.iter().map(credential);
    let security = (!line.credentials.is_empty()).then(|| {
        quote!(
            use crate::security;
        )
    });
    let table = quote! {
        static PROGRAM: Program = Program {
            name: #name,
            version: concat!(env!("CARGO_PKG_VERSION"), #version),
            about: #about,
            details: #details,
            base_url: #base_url,
            token_url: #token_url,
            builder: Client::builder,
            credentials: &[#(#credentials),*],
            groups: &[#(#groups),*],
            operations: #listed,
        };
    };
    let run = quote! {
        /// Runs the command line with the arguments and the environment of this process.
        ///
        /// Exit codes: 0 done, 1 failed, 2 the arguments mean nothing.
        #[must_use]
        pub fn run() -> std::process::ExitCode { crate::runtime::cli::run(&PROGRAM) }
    };
    let imports = imports(&format!("{table}{own}"));
    let mut items: Vec<Piece> = vec![quote!(#(#modules)*).into(), quote!(#imports #security).into(), run.into()];
    items.extend([Piece::Items(table), Piece::Text(own)]);
    layout::rust(inner, items)
}

/// `src/command_line/<group>.rs`
fn group_table(group: &Group, name: &str, commands: &[OperationCommand]) -> String {
    let about = format!("The subcommands of the operations tagged {}.", docs::inline_code(&group.tag));
    let inner = Prose::default().text(about).inner_comment();
    let line = Literal::string(&help::group(group));
    let operations: String = operations(group, commands).iter().map(|it| it.print("        ")).collect();
    let text = format!(
        "pub(super) const GROUP: Group = Group {{\n    name: {name:?},\n    about: {line},\n    operations: &[\n{operations}    ],\n}};\n"
    );
    layout::rust(inner, [Piece::Items(imports(&text)), Piece::Text(text)])
}

/// The names of the runtime's tables that some code mentions.
fn imports(code: &str) -> TokenStream {
    const TABLE: &[&str] = &[
        "Argument",
        "Body",
        "BodyForm",
        "Constant",
        "Content",
        "Flag",
        "Group",
        "Kind",
        "Member",
        "PartForm",
        "Program",
        "Source",
        "Subcommand",
        "Variables",
    ];
    const RUNTIME: &[&str] = &["Client", "In", "Operation", "Paged", "Parameter", "Style"];
    let mut found = BTreeSet::new();
    mentioned(code.parse().unwrap_or_default(), &mut found);
    let named = |names: &[&str]| -> Vec<proc_macro2::Ident> {
        names.iter().filter(|name| found.contains(**name)).map(|name| bare(name)).collect()
    };
    let (table, runtime) = (named(TABLE), named(RUNTIME));
    let runtime = (!runtime.is_empty()).then(|| quote!(use crate::runtime::{#(#runtime),*};));
    quote!(#runtime use crate::runtime::cli_table::{#(#table),*};)
}

/// Collects the identifiers of some code.
fn mentioned(code: TokenStream, found: &mut BTreeSet<String>) {
    for tree in code {
        match tree {
            TokenTree::Ident(name) => drop(found.insert(name.to_string())),
            TokenTree::Group(group) => mentioned(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn optional(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}

fn credential(variables: &CredentialVariables) -> TokenStream {
    let scheme = ident(&variables.scheme);
    let text = |name: &Name| Literal::string(name.as_str());
    let source = match &variables.source {
        CredentialSource::Fixed(name) => {
            let name = text(name);
            quote!(Source::Fixed(#name))
        }
        CredentialSource::Basic(user, password) => {
            let (user, password) = (text(user), text(password));
            quote!(Source::Basic(#user, #password))
        }
        CredentialSource::Client(id, secret) => {
            let (id, secret) = (text(id), text(secret));
            quote!(Source::Client(#id, #secret))
        }
        CredentialSource::Refresh(id, secret, token) => {
            let (id, secret, token) = (text(id), text(secret), text(token));
            quote!(Source::Refresh(#id, #secret, #token))
        }
        CredentialSource::Certificate(name) => {
            let name = text(name);
            quote!(Source::Certificate(#name, crate::runtime::cli_certificate::present))
        }
    };
    quote!(Variables { scheme: &security::#scheme, source: #source })
}

fn operations(group: &Group, commands: &[OperationCommand]) -> Vec<Entry> {
    group.operations.iter().zip(commands).map(|(it, command)| operation(group, it, command)).collect()
}

fn operation(group: &Group, operation: &Operation, command: &OperationCommand) -> Entry {
    let (module, marker) = (ident(&group.module), ident(&operation.marker));
    let marker = quote!(crate::#module::#marker);
    let name = command.name.as_str();
    let Help { line, rest } = help::operation(operation);
    let arguments = operation.arguments.iter().zip(&command.arguments).map(|(it, command)| {
        let (flag, parameter) = (flag(command), form_of(&it.wire, it.location, &it.form));
        let content = content(it.location, &it.form).map(|content| quote!(.content(#content)));
        quote!(Argument::new(#flag, #parameter) #content)
    });
    let bodies = operation.bodies.iter().zip(&command.bodies);
    Entry {
        new: inline(quote!(Subcommand::new(#name, &<#marker as Operation>::SPEC, #line, #rest))),
        arguments: arguments.map(inline).collect(),
        constants: operation.constants.iter().map(constant).map(inline).collect(),
        bodies: bodies
            .map(|(it, members)| (inline(body(it)), members.iter().map(member).map(inline).collect()))
            .collect(),
        successes: operation.arms.iter().filter_map(success).map(inline).collect(),
        pages: operation.pages.is_some().then(|| inline(quote!(&<#marker as Paged>::PAGING))),
    }
}

/// The parameter that an argument sets.
fn form_of(wire: &str, location: Location, stated: &ParameterForm) -> TokenStream {
    match stated {
        ParameterForm::Styled { .. } if super::parameters::is_usual(location, stated) => {
            let place = place(location);
            quote!(Parameter::new(#wire, #place))
        }
        ParameterForm::Styled { .. } => form(wire, location, stated),
        ParameterForm::Content(_) => {
            let place = place(location);
            quote!(Parameter::new(#wire, #place))
        }
    }
}

/// The serialization of a parameter, unless it is that of most.
fn content(location: Location, form: &ParameterForm) -> Option<TokenStream> {
    match (location, form.content()) {
        (Location::QueryString, Some(ContentForm::Json)) => Some(quote!(Content::JsonQuery)),
        (Location::QueryString, _) => Some(quote!(Content::Query)),
        (_, Some(ContentForm::Json)) => Some(quote!(Content::Json)),
        (_, Some(ContentForm::Form)) => Some(quote!(Content::Form)),
        (_, Some(ContentForm::Text) | None) => None,
    }
}

fn constant(constant: &Constant) -> TokenStream {
    let parameter = form_of(&constant.wire, constant.location, &constant.form);
    let content = content(constant.location, &constant.form).unwrap_or_else(|| quote!(Content::Styled));
    let value = Literal::string(&constant.value);
    quote!(Constant { parameter: #parameter, content: #content, value: #value })
}

fn body(body: &BodyPlan) -> TokenStream {
    let content_type = Literal::string(&body.content_type);
    let form = match &body.kind {
        BodyKind::Json(_) => quote!(BodyForm::Json),
        BodyKind::Form(_, styles) => {
            let styles = styles.iter().map(|field| form(&field.wire, Location::Query, &field.form));
            quote!(BodyForm::Form(&[#(#styles),*]))
        }
        BodyKind::Lines(_) => quote!(BodyForm::Lines),
        BodyKind::Xml(..) | BodyKind::Text | BodyKind::Bytes => quote!(BodyForm::Raw),
        BodyKind::Multipart(_) => quote!(BodyForm::Parts(crate::runtime::cli_parts::write)),
    };
    let required = body.required.then(|| quote!(.required()));
    let help = help::line(body.description.as_deref());
    let help = (!help.is_empty()).then(|| quote!(.help(#help)));
    quote!(Body::new(#content_type, #form) #required #help)
}

/// The statuses of a success that is not among those from 200 to 299.
fn success(arm: &Arm) -> Option<TokenStream> {
    let range = |first: u16, last: u16| {
        let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
        Some(quote!((#first, #last)))
    };
    match (&arm.decode, arm.status) {
        (Decode::Output(..), StatusPattern::Code(code)) if !(200..300).contains(&code) => range(code, code),
        (Decode::Output(..), StatusPattern::Range(digit)) if digit != 2 => {
            let first = u16::from(digit) * 100;
            range(first, first + 99)
        }
        _ => None,
    }
}
