//! The mock server: a handle for each group, a method for each operation, and the writers of responses.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use clientwright_sources::MOCK;

use super::client::feature;
use super::docs;
use super::file::{File, file};
use super::layout;
use super::literal::literal;
use super::parameters::written;
use super::paths::ident;
use super::prose::Prose;
use crate::rust::name::Name;
use crate::rust::{
    Arm, BodyEncoding, Crate, Decode, Group, Item, MockPlan, Operation, OutcomeKind, Placement, StatusPattern, Type,
};

/// `src/mock.rs` and the files below it, if there is a mock server.
pub(super) fn files(plan: &Crate) -> Vec<File> {
    let Some(mock) = &plan.mock else { return Vec::new() };
    let mut files = vec![file("src/mock.rs", server(plan, mock))];
    for (at, group) in plan.groups.iter().enumerate() {
        let values = values(plan, mock, Placement::Group(at));
        files.push(file(&format!("src/mock/{}.rs", group.module.bare()), handle(group, values)));
    }
    files
}

fn server(plan: &Crate, mock: &MockPlan) -> String {
    let mut about = Prose::default();
    about.text("A mock server for the tests of programs that call this API.").text(doctest(plan));
    let modules = plan.groups.iter().map(|group| {
        let (feature, module) = (feature(group), ident(&group.module));
        quote!(#feature pub mod #module;)
    });
    let handles = plan.groups.iter().zip(&mock.groups).map(|(group, name)| {
        let (feature, module, handle, name) = (feature(group), ident(&group.module), ident(&group.handle), ident(name));
        let line = format!("Returns the mocks of the operations tagged {}.", docs::inline_code(&group.tag));
        let docs = Prose::default().text(line).outer_attributes();
        quote! {
            #docs #feature
            pub fn #name(&self) -> #module::#handle<'_> { #module::#handle { server: &self.0 } }
        }
    });
    let ungrouped = plan.ungrouped.iter().flat_map(|group| {
        let module = ident(&group.module);
        group.operations.iter().zip(&mock.ungrouped).map(move |(operation, name)| {
            let (docs, name, marker) = (line(operation), ident(name), ident(&operation.marker));
            quote!(#docs pub fn #name(&self) -> When<'_, crate::#module::#marker> { When::new(&self.0) })
        })
    });
    let answers = plan
        .ungrouped
        .iter()
        .flat_map(|group| group.operations.iter().flat_map(|operation| answers(group, operation)).collect::<Vec<_>>());
    let needs = plan.ungrouped.iter().flat_map(|group| &group.operations).collect::<Vec<_>>();
    let imports = imports(&needs);
    let mut items = vec![quote!(#(#modules)* use crate::runtime::{Client, ClientBuilder, RetryPolicy}; #imports)];
    items.push(quote! {
        /// A local server that sends the responses that a test sets up.
        ///
        /// The server checks its expectations when it is dropped.
        #[derive(Debug)]
        pub struct MockServer(wiremock::MockServer);
    });
    items.push(quote! {
        impl MockServer {
            /// Starts a server on a free port. A request that matches no mock gets the status 404.
            pub async fn start() -> Self { Self(wiremock::MockServer::start().await) }

            /// Returns a builder of clients for this server, without credentials.
            pub fn builder(&self) -> ClientBuilder {
                let builder = Client::builder().base_url_alone(self.0.uri()).no_proxy();
                builder.allow_anonymous(true).retry(RetryPolicy::none())
            }

            /// Returns a client for this server, without credentials and without retries.
            ///
            /// # Panics
            /// If the platform has no TLS implementation.
            pub fn client(&self) -> Client {
                self.builder().build().expect("a client of this machine can be built")
            }

            /// Returns the underlying server, for requests that no operation describes.
            pub fn server(&self) -> &wiremock::MockServer { &self.0 }

            #(#handles)*
            #(#ungrouped)*
        }
    });
    items.extend(answers);
    items.extend(values(plan, mock, Placement::Crate));
    layout::rust(about.inner_comment(), items)
}

/// The sample values of the types with a placement.
fn values(plan: &Crate, mock: &MockPlan, home: Placement) -> Vec<TokenStream> {
    let here: BTreeSet<&Name> = plan.types_at(home).map(Item::name).collect();
    let values = mock.values.iter().filter(|(name, _)| here.contains(name)).map(|(name, value)| {
        let (name, text) = (ident(name), literal(&value.to_string()));
        quote! {
            impl crate::types::#name {
                /// Returns a sample value, from the examples of the API description if these are valid.
                #[must_use]
                pub fn example() -> Self { crate::runtime::mock::ready(#text) }
            }
        }
    });
    values.collect()
}

/// Returns an example of a test, with the first operation whose output has a sample value.
pub(super) fn usage(plan: &Crate) -> String {
    format!("```rust,ignore\n{}```", steps(plan).1)
}

/// The same as a doctest, which is empty unless the features are on that it needs.
pub(super) fn doctest(plan: &Crate) -> String {
    let module = super::example::module(plan);
    let (feature, steps) = steps(plan);
    let condition = match feature {
        Some(feature) => format!("all(feature = {:?}, feature = {feature:?})", MOCK.name),
        None => format!("feature = {:?}", MOCK.name),
    };
    format!(
        "```no_run\n# async fn program_under_test(_: {module}::Client) {{}}\n# #[cfg({condition})]\n# async fn example() {{\n{steps}# }}\n```"
    )
}

/// The steps of that test, and the feature of the group that they need.
fn steps(plan: &Crate) -> (Option<&str>, String) {
    let module = plan.package.replace('-', "_");
    let groups = plan.groups.iter().zip(plan.mock.iter().flat_map(|mock| &mock.groups));
    let mut calls = groups.flat_map(|(group, handle)| {
        let operations = group.operations.iter().filter(|operation| gives_output(operation));
        operations.filter_map(move |operation| Some((group, handle, operation, ready(plan, operation)?)))
    });
    let told = calls.next().map(|(group, handle, operation, ty)| {
        let (handle, method) = (handle.as_str(), operation.method_name.as_str());
        let line = format!("mock.{handle}().{method}().expect(1).returns(&{module}::types::{ty}::example()).await;\n");
        (group.feature.as_deref(), line)
    });
    let (feature, line) = told.unwrap_or_default();
    let steps = format!(
        "let mock = {module}::mock::MockServer::start().await;\n{line}program_under_test(mock.client()).await;\n"
    );
    (feature, steps)
}

/// The type of success, if it has a sample value.
fn ready<'a>(plan: &Crate, operation: &'a Operation) -> Option<&'a str> {
    let OutcomeKind::Single(Type::Named(wanted)) = &operation.output.kind else { return None };
    plan.mock.iter().flat_map(|mock| &mock.values).any(|(name, _)| name == wanted).then_some(wanted.as_str())
}

fn imports(operations: &[&Operation]) -> TokenStream {
    let gives = |wanted: fn(&Operation) -> bool| operations.iter().any(|operation| wanted(operation));
    let (returns, fails) = (gives(gives_output), gives(gives_failure));
    let mut names = Vec::new();
    names.extend((returns || fails).then(|| quote!(Canned)));
    names.extend(fails.then(|| quote!(Fails)));
    names.extend(returns.then(|| quote!(Returns)));
    names.extend((!operations.is_empty()).then(|| quote!(When)));
    if names.is_empty() { TokenStream::new() } else { quote!(use crate::runtime::{#(#names),*};) }
}

fn handle(group: &Group, values: Vec<TokenStream>) -> String {
    let line = format!("The mocks of the operations tagged {}.", docs::inline_code(&group.tag));
    let inner = Prose::default().text(line.clone()).inner_comment();
    let outer = Prose::default().text(line).outer_attributes();
    let (module, handle) = (ident(&group.module), ident(&group.handle));
    let methods = group.operations.iter().map(|operation| {
        let (docs, name, marker) = (self::line(operation), ident(&operation.method_name), ident(&operation.marker));
        quote!(#docs pub fn #name(&self) -> When<'m, crate::#module::#marker> { When::new(self.server) })
    });
    let operations: Vec<&Operation> = group.operations.iter().collect();
    let mut items = vec![imports(&operations)];
    items.push(quote! {
        #outer
        #[derive(Clone, Copy, Debug)]
        pub struct #handle<'m> { pub(super) server: &'m wiremock::MockServer }
    });
    items.push(quote!(impl<'m> #handle<'m> { #(#methods)* }));
    items.extend(group.operations.iter().flat_map(|operation| answers(group, operation)));
    items.extend(values);
    layout::rust(inner, items)
}

fn line(operation: &Operation) -> TokenStream {
    let line = docs::inline_code(&format!("{} {}", operation.http_method, operation.path));
    Prose::default().text(format!("Returns a mock of {line}.")).outer_attributes()
}

/// Returns whether the output is a value that can be written, and not a stream.
fn gives_output(operation: &Operation) -> bool {
    let mut outputs = operation.arms.iter().filter_map(|arm| match &arm.decode {
        Decode::Output(_, written) => Some(written),
        Decode::Failure(..) => None,
    });
    !operation.streaming
        && outputs.next().is_some_and(|first| !first.is_streamed())
        && outputs.all(|other| !other.is_streamed())
}

fn gives_failure(operation: &Operation) -> bool {
    matches!(operation.failure.kind, OutcomeKind::Enum(..))
}

/// Returns the implementations that write successful and error responses.
fn answers(group: &Group, operation: &Operation) -> Vec<TokenStream> {
    let (module, marker) = (ident(&group.module), ident(&operation.marker));
    let mut found = Vec::new();
    if gives_output(operation) {
        let body = returns(group, operation);
        found.push(quote! {
            impl Returns for crate::#module::#marker {
                fn returns(output: &Self::Output) -> Canned { #body }
            }
        });
    }
    if let OutcomeKind::Enum(outcome, variants) = &operation.failure.kind {
        let outcome = ident(outcome);
        let arms = variants.iter().map(|variant| {
            let arm = operation
                .arms
                .iter()
                .find(|arm| matches!(&arm.decode, Decode::Failure(Some(name), _) if *name == variant.name));
            let name = ident(&variant.name);
            let (status, written) = arm.map_or((500, BodyEncoding::Nothing), parts);
            let canned = canned(status, &written, &in_form(variant.ty.as_ref(), quote!(value)));
            match written {
                BodyEncoding::Nothing => quote!(crate::#module::#outcome::#name => #canned,),
                _ => quote!(crate::#module::#outcome::#name(value) => #canned,),
            }
        });
        found.push(quote! {
            impl Fails for crate::#module::#marker {
                fn fails(failure: &Self::Failure) -> Canned { match failure { #(#arms)* } }
            }
        });
    }
    found
}

/// A value, as one that is written in the form of its type.
fn in_form(ty: Option<&Type>, value: TokenStream) -> TokenStream {
    ty.map_or_else(|| value.clone(), |ty| written(ty, value.clone()))
}

fn returns(group: &Group, operation: &Operation) -> TokenStream {
    let outputs = operation.arms.iter().filter(|arm| matches!(arm.decode, Decode::Output(..)));
    match &operation.output.kind {
        OutcomeKind::Enum(outcome, variants) => {
            let (module, outcome) = (ident(&group.module), ident(outcome));
            let arms = variants.iter().map(|variant| {
                let arm = outputs
                    .clone()
                    .find(|arm| matches!(&arm.decode, Decode::Output(Some(name), _) if *name == variant.name));
                let name = ident(&variant.name);
                let (status, written) = arm.map_or((200, BodyEncoding::Nothing), parts);
                let canned = canned(status, &written, &in_form(variant.ty.as_ref(), quote!(value)));
                match written {
                    BodyEncoding::Nothing => quote!(crate::#module::#outcome::#name => #canned,),
                    _ => quote!(crate::#module::#outcome::#name(value) => #canned,),
                }
            });
            quote!(match output { #(#arms)* })
        }
        kind @ (OutcomeKind::Single(_) | OutcomeKind::Undocumented) => {
            let ty = if let OutcomeKind::Single(ty) = kind { Some(ty) } else { None };
            let (status, written) = outputs.clone().next().map_or((200, BodyEncoding::Nothing), parts);
            let canned = canned(status, &written, &in_form(ty, quote!(output)));
            match written {
                BodyEncoding::Nothing => quote!(let () = output; #canned),
                _ => canned,
            }
        }
    }
}

fn canned(status: u16, written: &BodyEncoding, value: &TokenStream) -> TokenStream {
    let status = Literal::u16_unsuffixed(status);
    match written {
        BodyEncoding::Nothing => quote!(Canned::empty(#status)),
        BodyEncoding::Json | BodyEncoding::JsonOrText => quote!(Canned::json(#status, #value)),
        BodyEncoding::Xml(document) => {
            let document = ident(document);
            quote!(Canned::xml(#status, &crate::xml_documents::#document, #value))
        }
        BodyEncoding::Text => quote!(Canned::text(#status, #value)),
        BodyEncoding::Bytes | BodyEncoding::Stream | BodyEncoding::Lines | BodyEncoding::Events { .. } => {
            quote!(Canned::bytes(#status, #value))
        }
    }
}

fn parts(arm: &Arm) -> (u16, BodyEncoding) {
    let (success, written) = match &arm.decode {
        Decode::Output(_, written) => (true, written.clone()),
        Decode::Failure(_, written) => (false, written.clone()),
    };
    let status = match arm.status {
        StatusPattern::Code(code) => code,
        StatusPattern::Range(digit) => u16::from(digit) * 100,
        StatusPattern::Any if success => 200,
        StatusPattern::Any => 500,
    };
    (status, written)
}
