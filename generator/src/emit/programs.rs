//! Programs in `examples/`, one for each group: each calls the simplest of the group's operations whose arguments it can make.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::example::{self, Call};
use super::file::{File, file};
use super::layout;
use super::paths::Paths;
use super::prose::Prose;
use crate::rust::{ArgPassing, BodyKind, BodyPlan, Crate, Group, Item, Type};

/// The largest number of programs. Each is compiled and linked by `cargo test`.
const MOST_PROGRAMS: usize = 8;

/// A program.
pub(super) struct Program<'a> {
    /// The name of the program, and of its file.
    pub(super) name: String,
    group: &'a Group,
    call: Call<'a>,
}

impl Program<'_> {
    /// The feature without which it does not compile.
    pub(super) fn feature(&self) -> Option<&str> {
        self.group.feature.as_deref()
    }
}

/// The files of the programs.
pub(super) fn files(plan: &Crate) -> Vec<File> {
    programs(plan).map(|program| file(&format!("examples/{}.rs", program.name), text(plan, &program))).collect()
}

/// The programs of a crate: those of the first groups that have one.
pub(super) fn programs(plan: &Crate) -> impl Iterator<Item = Program<'_>> {
    let groups = plan.ungrouped.iter().chain(&plan.groups).filter(|_| plan.examples && plan.embedding.is_none());
    groups.filter_map(|group| program(plan, group)).take(MOST_PROGRAMS)
}

fn program<'a>(plan: &'a Crate, group: &'a Group) -> Option<Program<'a>> {
    let calls = group.operations.iter().map(|operation| Call::of(plan, group, operation));
    let call = calls.filter(can_be_made).min_by_key(Call::effort)?;
    // No program can be called as a keyword.
    let is_raw = group.module.as_str() != group.module.bare();
    let name = if is_raw { format!("{}_operations", group.module.bare()) } else { group.module.bare().to_owned() };
    Some(Program { name, group, call })
}

/// Returns whether a program can make the arguments: they have plain values, but for a body that it reads.
fn can_be_made(call: &Call<'_>) -> bool {
    match call.parameters.len() {
        0 => true,
        1 => call.body().is_some_and(is_read),
        _ => false,
    }
}

/// Returns whether a program can read a body.
fn is_read(body: &BodyPlan) -> bool {
    match &body.kind {
        BodyKind::Json(pass) | BodyKind::Form(pass, _) | BodyKind::Lines(pass) | BodyKind::Xml(pass, _) => {
            // A type of another crate may have another form on the wire.
            pass.ty().is_none_or(|ty| !ty.has(|part| matches!(part, Type::Foreign(_))))
        }
        BodyKind::Text => true,
        BodyKind::Bytes => !body.content_type.contains('*'),
        BodyKind::Multipart(_) => false,
    }
}

fn text(plan: &Crate, program: &Program<'_>) -> String {
    let Program { name, group, call } = program;
    let (module, build) = (example::module(plan), example::build(plan, Some(call)));
    let operations = match group.tag.as_str() {
        "" => "an operation without a tag".to_owned(),
        tag => format!("an operation tagged {}", docs::inline_code(tag)),
    };
    let mut about = Prose::default();
    about.text(format!("Calls {operations}: `cargo run --example {name}`."));
    if !call.parameters.is_empty() {
        about.text("The body is read from standard input, as JSON unless it is text or bytes.");
    }
    let inner = about.inner_comment();
    let lints = mentions_deprecated(plan, call).then(|| quote!(#![allow(deprecated)]));
    let body = (!call.parameters.is_empty()).then(|| call.body()).flatten();
    let (read, call) = match body {
        None => (None, call.steps()),
        Some(body) => {
            let (read, passed) = read(&Paths::in_tests(&module), body);
            let sent = call.expression_with(&passed);
            (Some(read), call.printed(&quote!(#sent.await?)))
        }
    };
    let main = quote! {
        fn main() -> Result<(), Box<dyn std::error::Error>> {
            tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run())
        }
    };
    let run = quote! {
        async fn run() -> Result<(), Box<dyn std::error::Error>> {
            let client = Client::builder() #build .build()?;
            #read
            #call
            Ok(())
        }
    };
    let import = quote!(
        use #module::Client;
    );
    layout::rust((inner, quote!(#lints)), [import, main, run])
}

/// The statement that reads a body, and the argument.
fn read(known: &Paths<'_>, body: &BodyPlan) -> (TokenStream, TokenStream) {
    let json = |pass: &ArgPassing| {
        let (ty, passed) = match pass {
            ArgPassing::Text => (quote!(String), quote!(body)),
            ArgPassing::Copy(ty) => (known.ty(ty), quote!(body)),
            ArgPassing::Reference(ty) => (known.ty(ty), quote!(&body)),
            ArgPassing::Slice(ty) => (known.ty(&Type::List(Box::new(ty.clone()))), quote!(&body)),
        };
        (quote!(let body: #ty = serde_json::from_reader(std::io::stdin())?;), passed)
    };
    match &body.kind {
        BodyKind::Json(pass) | BodyKind::Form(pass, _) | BodyKind::Lines(pass) | BodyKind::Xml(pass, _) => json(pass),
        BodyKind::Text | BodyKind::Bytes | BodyKind::Multipart(_) => {
            (quote!(let body = std::io::read_to_string(std::io::stdin())?;), quote!(body))
        }
    }
}

/// Returns whether the compiler may warn of a deprecated item.
fn mentions_deprecated(plan: &Crate, call: &Call<'_>) -> bool {
    let of_types = plan.types.iter().any(|item| match item {
        Item::Struct(item) => item.docs.deprecated,
        Item::Enum(item) => item.docs.deprecated,
        Item::Union(item) => item.docs.deprecated,
        Item::Alias(_) | Item::Wrapper(_) => false,
    });
    call.operation.deprecated || (of_types && !(call.arguments.is_empty()))
}
