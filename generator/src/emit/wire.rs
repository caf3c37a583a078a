//! Wire tests: a file for each group, and a harness that is the same for every API.

mod lists;
mod module;
mod samples;
mod unions;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use self::samples::Samples;
use super::client::feature;
use super::docs;
use super::file::{File, file};
use super::layout::{self, HEADER};
use super::literal::literal;
use super::paths::ident;
use super::prose::Prose;
use crate::rust::{
    ArgumentValue, Content, Crate, Expected, ExpectedForm, Group, MethodCall, Operation, OutcomeKind, PartValue,
    ReplyCase, RequestCase, ResponseCase, WireTest,
};
use module::module;

/// The test harness: plain Rust, which is compiled with the emitted crate.
const HARNESS: &str = include_str!("wire/harness.rs");

/// Returns the files of `tests/wire/`, if wire tests are enabled.
pub(super) fn files(plan: &Crate) -> Vec<File> {
    let Some(wire) = &plan.wire else { return Vec::new() };
    let groups: Vec<&Group> = plan.groups.iter().chain(&plan.ungrouped).collect();
    let (lists, unions) = (lists::lists(plan), unions::unions(plan, &wire.unions));
    let mut files = vec![
        file("tests/wire/main.rs", main(plan, &groups, [lists.is_some(), unions.is_some()])),
        file("tests/wire/harness.rs", format!("{HEADER}\n{HARNESS}")),
    ];
    files.extend(lists.map(|text| file("tests/wire/lists.rs", text)));
    files.extend(unions.map(|text| file("tests/wire/unions.rs", text)));
    for (found, tests) in groups.iter().zip(&wire.groups) {
        files.push(file(&format!("tests/wire/{}.rs", module(found)), group(found, tests)));
    }
    files
}

fn main(plan: &Crate, groups: &[&Group], [has_lists, has_unions]: [bool; 2]) -> String {
    let api = super::paths::bare(&plan.package.replace('-', "_"));
    let about = Prose::default()
        .text("Tests of the request and the responses of each operation against the API description.")
        .inner_comment();
    let modules = groups.iter().map(|group| {
        let (feature, module) = (feature(group), super::paths::bare(&module(group)));
        quote!(#feature mod #module;)
    });
    let credentials = plan.wire.iter().flat_map(|wire| &wire.credentials).map(|(setter, given)| {
        let setter = ident(setter);
        quote!(.#setter(#(#given),*))
    });
    let attributes = quote! {
        #![allow(dead_code, deprecated, reason = "each API uses a part of the harness and may have deprecated operations")]
    };
    let lists = has_lists.then(|| {
        quote!(
            mod lists;
        )
    });
    let unions = has_unions.then(|| {
        quote!(
            mod unions;
        )
    });
    let client = quote! {
        /// Returns a client for a local server, without retries.
        fn client(url: &str) -> api::Client {
            let builder = api::Client::builder().base_url(url) #(#credentials)*;
            let builder = builder.allow_anonymous(true).no_proxy().retry(api::RetryPolicy::none());
            builder.build().expect("the client can be built")
        }
    };
    layout::rust(
        (about, attributes),
        [quote!(#(#modules)* mod harness; #lists #unions), quote!(pub(crate) use ::#api as api;), client],
    )
}

/// The group whose tests are emitted, and its named samples.
#[derive(Clone, Copy)]
struct Scope<'a> {
    group: &'a Group,
    samples: &'a Samples,
}

fn group(group: &Group, tests: &[WireTest]) -> String {
    let inner = match group.tag.as_str() {
        "" => Prose::default().text("Operations without a tag.").inner_comment(),
        tag => Prose::default().text(format!("Operations tagged {}.", docs::inline_code(tag))).inner_comment(),
    };
    let samples = Samples::new(&group.operations, tests);
    let scope = Scope { group, samples: &samples };
    let mut items = vec![quote!(
        use crate::{api, harness};
    )];
    for ((operation, found), constants) in group.operations.iter().zip(tests).zip(&samples.constants) {
        items.push(constants.clone());
        items.push(test(scope, operation, found));
    }
    layout::rust(inner, items)
}

fn test(scope: Scope<'_>, operation: &Operation, test: &WireTest) -> TokenStream {
    let line = docs::inline_code(&format!("{} {}", operation.http_method, operation.path));
    let mut prose = Prose::default();
    prose.text(line);
    for gap in &test.gaps {
        prose.text(format!("Not tested: {gap}."));
    }
    let (docs, name) = (prose.outer_attributes(), ident(&operation.method_name));
    let Some(own) = test.readings.first() else {
        let sends = test.sends.iter().map(|sends| sent(scope, operation, sends, &quote!(harness::only_sent)));
        return quote!(#docs #[test] fn #name() { #(#sends)* });
    };
    let read = quote!(read);
    let reader = reader(scope, own, &read);
    let sends = test.sends.iter().map(|sends| sent(scope, operation, sends, &read));
    let answers = answers(scope, own, &read);
    let alternate_responses = test.readings.iter().skip(1).map(|alternate_response| {
        let (reader, answers) =
            (self::reader(scope, alternate_response, &read), self::answers(scope, alternate_response, &read));
        quote!({ #reader #answers })
    });
    quote! {
        #docs
        #[test]
        fn #name() {
            #reader
            #(#sends)*
            #answers
            #(#alternate_responses)*
        }
    }
}

/// Emits `async fn read(call) -> Outcome`.
fn reader(scope: Scope<'_>, reading: &ResponseCase, name: &TokenStream) -> TokenStream {
    let module = ident(&scope.group.module);
    let marker = ident(&reading.marker);
    let mut arms = Vec::new();
    match &reading.output {
        OutcomeKind::Enum(outcome, variants) => {
            let outcome = ident(outcome);
            for variant in variants {
                let (held, shown) = shown(ExpectedForm::of(variant.ty.as_ref()));
                let (text, variant) = (variant.name.bare(), ident(&variant.name));
                arms.push(quote!(Ok(api::#module::#outcome::#variant #held) => harness::output(#text, #shown),));
            }
            arms.push(quote!(Ok(_) => harness::Outcome::Failed("success of another kind".to_owned()),));
        }
        OutcomeKind::Single(ty) => {
            let (held, shown) = shown(ExpectedForm::of(Some(ty)));
            let held = if held.is_empty() { quote!((())) } else { quote!(#held) };
            arms.push(quote!(Ok #held => harness::output("", #shown),));
        }
        OutcomeKind::Undocumented => {}
    }
    if let OutcomeKind::Enum(outcome, variants) = &reading.failure {
        let outcome = ident(outcome);
        for variant in variants {
            let (held, shown) = shown(ExpectedForm::of(variant.ty.as_ref()));
            let (text, variant) = (variant.name.bare(), ident(&variant.name));
            arms.push(quote! {
                Err(api::Error::Api { failure: api::#module::#outcome::#variant #held, .. }) => harness::failure(#text, #shown),
            });
        }
    }
    quote! {
        async fn #name(call: api::Call<'_, api::#module::#marker>) -> harness::Outcome {
            match call.await {
                #(#arms)*
                Err(error) => harness::other(&error),
            }
        }
    }
}

/// Returns the pattern of a variant's value, and the expression of its JSON.
fn shown(how: ExpectedForm) -> (TokenStream, TokenStream) {
    match how {
        ExpectedForm::Nothing => (quote!(), quote!(harness::Value::Null)),
        ExpectedForm::BodyEncoding => (quote!((value)), quote!(harness::written(&value))),
        ExpectedForm::Bytes => (quote!((value)), quote!(harness::text(&value))),
        ExpectedForm::ByteStream => (
            quote!((mut value)),
            quote! {{
                let mut bytes = Vec::new();
                while let Some(part) = value.next().await {
                    bytes.extend_from_slice(&part.expect("the stream goes on"));
                }
                harness::text(&bytes)
            }},
        ),
        ExpectedForm::Items => (
            quote!((mut value)),
            quote! {{
                let mut items = Vec::new();
                while let Some(item) = value.next().await {
                    items.push(harness::written(&item.expect("the stream goes on")));
                }
                harness::Value::Array(items)
            }},
        ),
    }
}

/// Emits `|client| Box::pin(async move { read(client.group().method(…)).await })`.
fn call(scope: Scope<'_>, given: &MethodCall, read: &TokenStream) -> TokenStream {
    let method = ident(&given.method);
    let arguments = given.arguments.iter().map(|argument| value(scope, argument));
    let setters = given.setters.iter().map(|(name, values)| {
        let (name, values) = (ident(name), values.iter().map(|given| value(scope, given)));
        quote!(.#name(#(#values),*))
    });
    let handle = (!scope.group.is_the_client()).then(|| {
        let module = ident(&scope.group.module);
        quote!(.#module())
    });
    quote!(|client| Box::pin(async move { #read(client #handle .#method(#(#arguments),*) #(#setters)*).await }))
}

fn sent(scope: Scope<'_>, operation: &Operation, sends: &RequestCase, read: &TokenStream) -> TokenStream {
    let call = call(scope, &sends.given, read);
    let (method, path) = (&operation.http_method, &sends.path);
    let query = sends.query.iter().map(|pair| literal(pair));
    let headers = sends.headers.iter().map(|(name, value)| {
        let value = literal(value);
        quote!((#name, #value))
    });
    let body = match &sends.content {
        Content::Nothing => quote!(harness::Body::Nothing),
        Content::Json(value) => {
            let text = scope.samples.json(value);
            quote!(harness::Body::Json(#text))
        }
        Content::Text(text) => {
            let text = scope.samples.text(text);
            quote!(harness::Body::Text(#text))
        }
        Content::Form(pairs) => {
            let pairs = pairs.iter().map(|pair| literal(pair));
            quote!(harness::Body::Form(&[#(#pairs),*]))
        }
        Content::Parts(pieces) => {
            let pieces = pieces.iter().map(|piece| {
                let (name, text, is_file) = (&piece.name, literal(&piece.text), piece.is_file);
                let content_type = option(piece.content_type.as_deref());
                quote!(harness::Piece { name: #name, is_file: #is_file, content_type: #content_type, text: #text })
            });
            quote!(harness::Body::Parts(&[#(#pieces),*]))
        }
    };
    quote! {
        harness::sends(#call, &harness::Sent {
            method: #method, path: #path, query: &[#(#query),*], headers: &[#(#headers),*], body: #body,
        });
    }
}

fn answers(scope: Scope<'_>, reading: &ResponseCase, read: &TokenStream) -> TokenStream {
    let call = call(scope, &reading.given, read);
    let answers = reading.answers.iter().map(|found| answer(scope, found));
    quote!(harness::reads(#call, &[#(#answers),*]);)
}

fn answer(scope: Scope<'_>, answer: &ReplyCase) -> TokenStream {
    let (about, status, body) =
        (answer.about, Literal::u16_unsuffixed(answer.status), scope.samples.text(&answer.body));
    let content_type = option(answer.content_type.as_deref());
    let is_json = answer.content_type.as_deref() == Some("application/json");
    let comes_through = |value: &Value| {
        let written = value.to_string();
        is_json && written == answer.body
    };
    let json = |value: &Value| {
        let text = scope.samples.json(value);
        quote!(harness::json(#text))
    };
    let seen = match &answer.seen {
        Expected::Undocumented => return quote!(harness::ReplyCase::undocumented(#status)),
        Expected::Misread if is_json => return quote!(harness::ReplyCase::misread(#about, #status, #body)),
        Expected::Output(None, value) if comes_through(value) => {
            return quote!(harness::ReplyCase::same(#about, #status, #body));
        }
        Expected::Failure(variant, value) if comes_through(value) => {
            let variant = variant.bare();
            return quote!(harness::ReplyCase::failure(#about, #status, #variant, #body));
        }
        Expected::Misread => quote!(harness::Outcome::Misread),
        Expected::Output(variant, value) => {
            let (variant, value) = (variant.as_ref().map_or("", |name| name.bare()), json(value));
            quote!(harness::output(#variant, #value))
        }
        Expected::Failure(variant, value) => {
            let (variant, value) = (variant.bare(), json(value));
            quote!(harness::failure(#variant, #value))
        }
    };
    quote!(harness::ReplyCase { about: #about, status: #status, content_type: #content_type, body: #body, outcome: #seen })
}

fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => {
            let text = literal(text);
            quote!(Some(#text))
        }
        None => quote!(None),
    }
}

fn value(scope: Scope<'_>, given: &ArgumentValue) -> TokenStream {
    let json = |value: &Value| scope.samples.json(value);
    match given {
        ArgumentValue::Text(text) => scope.samples.text(text),
        ArgumentValue::Value(value) => {
            let text = json(value);
            quote!(harness::json(#text))
        }
        ArgumentValue::Reference(value) => {
            let text = json(value);
            quote!(&harness::json(#text))
        }
        ArgumentValue::Slice(value) => {
            let text = json(value);
            quote!(&harness::json::<Vec<_>>(#text))
        }
        ArgumentValue::Parts(name, fields) => {
            let (module, name) = (ident(&scope.group.module), ident(name));
            let fields = fields.iter().map(|(name, given)| {
                let (name, given) = (ident(name), part(scope, given));
                quote!(#name: #given)
            });
            quote!(api::#module::#name { #(#fields),* })
        }
    }
}

fn part(scope: Scope<'_>, given: &PartValue) -> TokenStream {
    let file = |text: &String| {
        let text = literal(text);
        quote!(api::Part::bytes(#text))
    };
    match given {
        PartValue::Value(value) => {
            let text = scope.samples.json(value);
            quote!(harness::json(#text))
        }
        PartValue::File(text) => file(text),
        PartValue::MaybeFile(None) => quote!(None),
        PartValue::MaybeFile(Some(text)) => {
            let file = file(text);
            quote!(Some(#file))
        }
        PartValue::Files(texts) => {
            let files = texts.iter().map(file);
            quote!(vec![#(#files),*])
        }
    }
}
