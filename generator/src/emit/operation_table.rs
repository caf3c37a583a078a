//! The operations of a group as one table: the request, its needs, and the type of each status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::layout::{Entry, Tail, inline};
use super::outcomes;
use super::paths::Paths;
use super::prose::Prose;
use crate::rust::name::Name;
use crate::rust::{
    AlternateResponse, Arm, Decode, Operation, Outcome, OutcomeKind, Pages, PathPart, PathTemplate, Way,
};

/// The entries of an operation: its own, and one for each other form that success may have.
pub(super) fn entries<'a>(known: &'a Paths<'_>, operation: &'a Operation) -> impl Iterator<Item = Entry> + 'a {
    let own = Form {
        marker: &operation.marker,
        accept: operation.accept.join(", "),
        streaming: operation.streaming,
        output: &operation.output,
        arms: &operation.arms,
        is_first: true,
    };
    let others = operation.alternate_responses.iter().map(|alternate_response: &AlternateResponse| Form {
        marker: &alternate_response.marker,
        accept: alternate_response.content_type.clone(),
        streaming: alternate_response.streaming,
        output: &alternate_response.output,
        arms: &alternate_response.arms,
        is_first: false,
    });
    std::iter::once(own).chain(others).map(|form| entry(known, operation, &form))
}

/// An operation with one of the forms of its success.
struct Form<'a> {
    marker: &'a Name,
    accept: String,
    streaming: bool,
    output: &'a Outcome,
    arms: &'a [Arm],
    is_first: bool,
}

fn entry(known: &Paths<'_>, operation: &Operation, form: &Form<'_>) -> Entry {
    let line = docs::inline_code(&format!("{} {}", operation.http_method, operation.path));
    let (method, path) = (method(&operation.http_method), path(&operation.path));
    let mut head = format!("{} = {method} {path}", form.marker.as_str());
    if let Some(requirement) = &operation.security {
        head.push_str(&format!(" needs {}", requirement.as_str()));
    }
    let facts = facts(operation, form);
    if !facts.is_empty() {
        head.push_str(&format!(" with {{ {} }}", facts.join(", ")));
    }
    let successes = form.arms.iter().filter(|arm| matches!(arm.decode, Decode::Output(..)));
    let mut tails: Vec<Tail> = failures(known, operation, form).into_iter().collect();
    if let (Some(pages), true) = (&operation.pages, form.is_first) {
        tails.push(Tail::Word(format!("pages {} => {}", inline(paging(pages)), inline(known.ty(&pages.item)))));
    }
    Entry {
        docs: Prose::default().text(line).to_comment("    "),
        head,
        gives: inline(outcomes::outcome_type(known, &form.output.kind)),
        arms: successes.map(|arm| outcomes::success_arm(form.output, arm)).collect(),
        tails,
    }
}

/// Returns the facts that differ from those of most operations.
fn facts(operation: &Operation, form: &Form<'_>) -> Vec<String> {
    let quoted = |text: &str| Literal::string(text).to_string();
    let mut facts = Vec::new();
    // An empty list would mean that no media type is acceptable (RFC 9110, 12.5.1).
    match form.accept.as_str() {
        "application/json" => {}
        "" => facts.push(format!("accept: {}", quoted("*/*"))),
        accept => facts.push(format!("accept: {}", quoted(accept))),
    }
    facts.extend(operation.server.as_ref().map(|url| format!("base_url: Some({})", quoted(url))));
    facts.extend(operation.idempotency_key.as_ref().map(|name| format!("idempotency_key: Some({})", quoted(name))));
    facts.extend(form.streaming.then(|| "streaming: true".to_owned()));
    facts
}

/// The documented failures, with the enum that holds them where this is the first to name it.
fn failures(known: &Paths<'_>, operation: &Operation, form: &Form<'_>) -> Option<Tail> {
    let OutcomeKind::Enum(name, variants) = &operation.failure.kind else { return None };
    let keyword = if form.is_first { "enum" } else { "use" };
    let mut lines = Vec::new();
    for arm in form.arms {
        let Decode::Failure(Some(variant), written) = &arm.decode else { continue };
        let read = outcomes::failure_reader(written);
        let mut line = format!("{} => {read} {}", outcomes::condition(arm), variant.as_str());
        let described = variants.iter().find(|described| described.name == *variant);
        if let (Some(described), true) = (described, form.is_first) {
            if let Some(ty) = &described.ty {
                line.push_str(&format!("({})", inline(known.ty(ty))));
            }
            lines.extend(outcomes::variant_docs(described).to_comment("").lines().map(str::to_owned));
        }
        lines.push(format!("{line},"));
    }
    Some(Tail::Block(format!("else {keyword} {}", name.as_str()), lines))
}

/// The parts of a path, `"/pets/" {"id"} "/photo"`, and after a question mark those of its query.
fn path(path: &PathTemplate) -> String {
    let sent = literals(&path.parts());
    if path.query.is_empty() { sent } else { format!("{sent} ? {}", literals(&path.query)) }
}

/// Parts as the runtime's macro takes them: texts, each followed by its parameter.
fn literals(parts: &[PathPart]) -> String {
    let mut written: Vec<String> = Vec::with_capacity(parts.len());
    let mut may_have_parameter = false;
    for part in parts {
        match part {
            PathPart::Literal(text) => written.push(Literal::string(text).to_string()),
            PathPart::Parameter(name) => {
                written.extend((!may_have_parameter).then(|| "\"\"".to_owned()));
                written.push(format!("{{{}}}", Literal::string(name)));
            }
        }
        may_have_parameter = matches!(part, PathPart::Literal(_));
    }
    written.join(" ")
}

fn method(method: &str) -> String {
    match method {
        "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY" => method.to_owned(),
        other => format!("custom({})", Literal::string(other)),
    }
}

/// Returns the pagination of an operation.
fn paging(pages: &Pages) -> TokenStream {
    let way = match &pages.way {
        Way::Cursor { parameter, next, of_last_item: false } => quote!(Paging::cursor(#parameter, #next)),
        Way::Cursor { parameter, next, of_last_item: true } => quote!(Paging::cursor_of_last(#parameter, #next)),
        Way::Page { parameter, first } => {
            let first = Literal::u64_unsuffixed(*first);
            quote!(Paging::page(#parameter, #first))
        }
        Way::Offset { parameter } => quote!(Paging::offset(#parameter)),
        Way::Link { next: Some(next) } => quote!(Paging::url(#next)),
        Way::Link { next: None } => quote!(Paging::LINK),
    };
    let items = (!pages.items.is_empty()).then(|| {
        let items = &pages.items;
        quote!(.items(#items))
    });
    let more = pages.more.as_ref().map(|more| quote!(.more(#more)));
    let total = pages.total.as_ref().map(|total| quote!(.total(#total)));
    quote!(#way #items #more #total)
}
