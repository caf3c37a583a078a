//! The methods of operations, and the setters of their calls for optional parameters.

use proc_macro2::TokenStream;
use quote::format_ident;

use super::bodies::{body_step, declare_body};
use super::docs;
use super::layout::{self, Function, INLINE, inline};
use super::parameters::{constant_step, declare, step};
use super::paths::{Paths, ident};
use super::prose::Prose;
use crate::rust::name::Name;
use crate::rust::{BodyPlan, Group, Operation, OutcomeKind, ResponseHeader, Type};

/// `impl Pets<'_> { … }`: the method of each operation; and one for each further form that its body may have.
pub(super) fn methods(known: &Paths<'_>, group: &Group) -> String {
    let (this, of_client) = match group.is_the_client() {
        true => ("impl Client".to_owned(), ClientRef { client: "self", lifetime: "'_" }),
        false => {
            let handle = group.handle.as_str();
            (format!("impl<'a> {handle}<'a>"), ClientRef { client: "self.client", lifetime: "'a" })
        }
    };
    let mut members = Vec::new();
    for operation in &group.operations {
        let body = operation.bodies.first().filter(|body| body.required);
        members.push(method(known, &of_client, operation, &operation.method_name, body, method_docs(operation)));
        for body in operation.bodies.iter().skip(1).filter(|body| body.required) {
            let content_type = docs::inline_code(&body.content_type);
            let mut about = Prose::default();
            about.text(format!(
                "Like [`Self::{}`], with a body in the media type {content_type}.",
                operation.method_name.as_str()
            ));
            members.push(method(known, &of_client, operation, &body.name, Some(body), about));
        }
    }
    layout::implementation(&this, &members)
}

/// The client of a method: an expression and its lifetime.
struct ClientRef {
    client: &'static str,
    lifetime: &'static str,
}

fn method(
    known: &Paths<'_>,
    lent: &ClientRef,
    operation: &Operation,
    name: &Name,
    body: Option<&BodyPlan>,
    docs: Prose,
) -> String {
    let (mut parameters, mut steps) = (vec!["&self".to_owned()], Vec::new());
    for argument in operation.arguments.iter().filter(|argument| argument.required) {
        let name = ident(&argument.name);
        parameters.push(inline(declare(known, &name, &argument.pass)));
        steps.push(inline(step(argument, &name)));
    }
    steps.extend(operation.constants.iter().map(|constant| inline(constant_step(constant))));
    if let Some(body) = body {
        let name = format_ident!("body");
        parameters.push(inline(declare_body(known, &name, body)));
        steps.push(inline(body_step(&name, body)));
    }
    let function = Function {
        docs: docs.to_comment("    "),
        deprecated: operation.deprecated,
        name: name.as_str(),
        parameters,
        result: format!("Call<{}, {}>", lent.lifetime, operation.marker.as_str()),
        receiver: format!("Call::new({})", lent.client),
        steps,
    };
    function.print()
}

fn method_docs(operation: &Operation) -> Prose {
    let mut prose = Prose::default();
    prose.markdown(operation.summary.as_deref()).markdown(operation.description.as_deref());
    let line = format!("{} {}", operation.http_method, operation.path);
    let needs = match operation.needs.as_str() {
        "" => String::new(),
        needs => format!(" · needs {}", docs::inline_code(needs)),
    };
    let at = operation.server.as_ref().map(|url| format!(" · at {}", docs::inline_code(url))).unwrap_or_default();
    prose.text(format!("{}{needs}{at}", docs::inline_code(&line)));
    let mut bullets: Vec<String> = operation
        .arguments
        .iter()
        .filter(|argument| argument.required)
        .filter_map(|argument| bullet(argument.name.bare(), argument.docs.description.as_deref()))
        .collect();
    if let Some(body) = operation.bodies.first().filter(|body| body.required) {
        bullets.extend(bullet("body", body.description.as_deref()));
    }
    if !bullets.is_empty() {
        prose.text(bullets.join("\n"));
    }
    prose.text(result(operation));
    if !operation.headers.is_empty() {
        let lines = operation.headers.iter().map(|ResponseHeader { name, description }| {
            let said = description.as_deref().and_then(docs::summary_line).map(|line| format!(": {line}"));
            format!("- {}{}", docs::inline_code(name), said.unwrap_or_default())
        });
        prose.text("Headers of a successful response:").text(lines.collect::<Vec<_>>().join("\n"));
    }
    if operation.pages.is_some() {
        prose.text(
            "The response is paginated: [`pages()`](Call::pages) of the call has all pages, and [`items()`](Call::items) what is on them.",
        );
    }
    if let Some(url) =
        operation.external_docs.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"))
    {
        prose.markdown(Some(&format!("See <{url}>.")));
    }
    prose
}

/// Returns a sentence on what a call returns, and how it fails by the document.
fn result(operation: &Operation) -> String {
    let returns = match &operation.output.kind {
        OutcomeKind::Undocumented | OutcomeKind::Single(Type::Unit) => "Returns no value".to_owned(),
        OutcomeKind::Single(ty @ (Type::Stream(_) | Type::ByteStream)) => {
            format!("Returns {}, each step of which may fail", described(ty))
        }
        OutcomeKind::Single(ty) => format!("Returns {}", described(ty)),
        OutcomeKind::Enum(name, _) => format!("Returns [`{}`], which has a variant for each success", name.as_str()),
    };
    match &operation.failure.kind {
        OutcomeKind::Enum(name, _) => format!("{returns}, or fails with [`{}`].", name.as_str()),
        OutcomeKind::Undocumented | OutcomeKind::Single(_) => format!("{returns}. No failure is documented."),
    }
}

/// Returns a type in words, with a link to a type of the crate.
fn described(ty: &Type) -> String {
    match ty {
        Type::Named(name) => format!("[`types::{}`]", name.as_str()),
        Type::List(item) => format!("a list of {}", described(item)),
        Type::Map(item) => format!("a map to {}", described(item)),
        Type::Option(inner) | Type::Presence(inner) => format!("{} or null", described(inner)),
        Type::Boxed(inner) => described(inner),
        Type::Stream(item) => format!("a stream of {}", described(item)),
        Type::ByteStream => "a stream of bytes".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::String | Type::Secret => "text".to_owned(),
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Number(_) | Type::AnyNumber | Type::Decimal => "a number".to_owned(),
        Type::Timestamp => "a point in time".to_owned(),
        Type::Date => "a date".to_owned(),
        Type::Base64 => "bytes".to_owned(),
        Type::DecimalText => "a number".to_owned(),
        Type::Foreign(foreign) => docs::inline_code(foreign.as_str()),
        Type::JsonObject => "a JSON object".to_owned(),
        Type::Tuple(_) => "a tuple".to_owned(),
        Type::Value => "any JSON value".to_owned(),
        Type::Unit => "nothing".to_owned(),
    }
}

fn bullet(name: &str, description: Option<&str>) -> Option<String> {
    let line = docs::summary_line(description?)?;
    Some(format!("- `{name}`: {line}"))
}

/// Returns the setters of a call, for optional parameters and for the media type of the response.
pub(super) fn setters(known: &Paths<'_>, operation: &Operation) -> Option<String> {
    // A fixed name, so that no parameter shadows the request.
    let given = format_ident!("value");
    let setter = |name: &Name, docs: String, deprecated: bool, declared: TokenStream, step: TokenStream| {
        let function = Function {
            docs,
            deprecated,
            name: name.as_str(),
            parameters: vec!["self".to_owned(), inline(declared)],
            result: "Self".to_owned(),
            receiver: "self".to_owned(),
            steps: vec![inline(step)],
        };
        function.print()
    };
    let mut members = Vec::new();
    for argument in operation.arguments.iter().filter(|argument| !argument.required) {
        let docs = Prose::default().schema(&argument.docs).to_comment("    ");
        let (declared, step) = (declare(known, &given, &argument.pass), step(argument, &given));
        members.push(setter(&argument.name, docs, argument.docs.deprecated, declared, step));
    }
    for body in operation.bodies.iter().filter(|body| !body.required) {
        let mut prose = Prose::default();
        prose.markdown(body.description.as_deref());
        if operation.bodies.len() > 1 {
            prose.text(format!("Sets the body, in the media type {}.", docs::inline_code(&body.content_type)));
        }
        let (declared, step) = (declare_body(known, &given, body), body_step(&given, body));
        members.push(setter(&body.name, prose.to_comment("    "), false, declared, step));
    }
    for alternate_response in &operation.alternate_responses {
        let (name, marker) = (alternate_response.setter.as_str(), alternate_response.marker.as_str());
        let media_type = docs::inline_code(&alternate_response.content_type);
        let line = match &alternate_response.output.kind {
            OutcomeKind::Undocumented | OutcomeKind::Single(Type::Unit) => format!("Requests {media_type}."),
            OutcomeKind::Single(ty) => format!("Requests {media_type}. The call then returns {}.", described(ty)),
            OutcomeKind::Enum(name, _) => {
                format!("Requests {media_type}. The call then returns [`{}`].", name.as_str())
            }
        };
        let docs = Prose::default().text(line).to_comment("    ");
        members.push(format!("{docs}{INLINE}    pub fn {name}(self) -> Call<'a, {marker}> {{ self.retype() }}\n"));
    }
    let (declared, lifetime) = if operation.alternate_responses.is_empty() { ("", "'_") } else { ("<'a>", "'a") };
    let this = format!("impl{declared} Call<{lifetime}, {}>", operation.marker.as_str());
    (!members.is_empty()).then(|| layout::implementation(&this, &members))
}
