//! A group of operations: a handle with a method each, and for each a marker type that states the facts.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::bodies::{self, body_step, declare_body};
use super::docs;
use super::known::{Known, ident};
use super::layout;
use super::outcomes;
use super::parameters::{self, declare, step};
use super::prose::{self, Prose};
use crate::rust::name::Name;
use crate::rust::{
    Arm, BodyKind, BodyPlan, Crate, Decode, Group, Operation, Outcome, OutcomeKind, Pages, PartKind, Parts,
    StatusPattern, Type, Variation, Way, Written,
};

/// `src/<group>.rs`
pub(super) fn group(plan: &Crate, group: &Group) -> String {
    let known = Known::outside();
    let mut about = Prose::default();
    match group.tag.as_str() {
        "" => about.ours("Operations without a tag, which are methods of the client itself."),
        tag => about.ours(format!("Operations tagged {}.", docs::inline_code(tag))),
    };
    about.markdown(group.description.as_deref());
    if let Some(example) = super::example::of_group(plan, group) {
        about.ours(example);
    }
    let inner = about.inner();
    let mut items = vec![imports(plan, group)];
    items.extend(handle(group));
    let methods = group.operations.iter().flat_map(|operation| methods(&known, group, operation));
    let (this, lifetime) = this(group);
    items.push(quote!(impl #lifetime #this { #(#methods)* }));
    for operation in &group.operations {
        items.extend(setters(&known, operation));
        items.push(marker(operation, &operation.marker));
        items.push(facts(&known, operation));
        items.extend(operation.pages.as_ref().map(|pages| self::pages(&known, operation, pages)));
        for variation in &operation.variations {
            items.push(marker(operation, &variation.marker));
            items.push(self::variation(&known, operation, variation));
        }
        let variations = operation.variations.iter().map(|variation| &variation.output);
        for outcome in [&operation.output, &operation.failure].into_iter().chain(variations) {
            if let OutcomeKind::Enum(name, variants) = &outcome.kind {
                items.push(outcomes::outcome_enum(&known, operation, name, variants));
            }
        }
        items.extend(
            operation.bodies.iter().filter_map(parts_of).flat_map(|parts| bodies::parts(&known, operation, parts)),
        );
    }
    layout::rust(inner, items)
}

fn parts_of(body: &BodyPlan) -> Option<&Parts> {
    match &body.kind {
        BodyKind::Multipart(parts) => parts.as_ref(),
        BodyKind::Json(_) | BodyKind::Form(..) | BodyKind::Xml(..) | BodyKind::Text | BodyKind::Bytes => None,
    }
}

fn imports(plan: &Crate, group: &Group) -> TokenStream {
    let undocumented =
        group.operations.iter().any(|operation| matches!(operation.failure.kind, OutcomeKind::Undocumented));
    let arguments = group.operations.iter().flat_map(|operation| &operation.arguments);
    let (mut parameter, mut style) = (false, false);
    for (names_parameter, names_style) in arguments.map(parameters::mentions) {
        parameter |= names_parameter;
        style |= names_style;
    }
    let bodies = || group.operations.iter().flat_map(|operation| &operation.bodies);
    let styled = bodies().any(|body| matches!(&body.kind, BodyKind::Form(_, styles) if !styles.is_empty()));
    let files = |parts: &Parts| parts.fields.iter().any(|field| matches!(field.kind, PartKind::File | PartKind::Files));
    let mut names = vec!["Call", "Client", "Method", "Operation", "Outcome", "Reply", "Spec"];
    names.extend((parameter || styled).then_some(["In", "Parameter"]).into_iter().flatten());
    names.extend((style || styled).then_some("Style"));
    names.extend(bodies().any(|body| matches!(body.kind, BodyKind::Multipart(_))).then_some("Multipart"));
    names.extend(bodies().filter_map(parts_of).any(files).then_some("Part"));
    let paged = group.operations.iter().any(|operation| operation.pages.is_some());
    names.extend(paged.then_some(["Paged", "Paging"]).into_iter().flatten());
    names.extend(undocumented.then_some("Undocumented"));
    names.sort_unstable();
    let names = names.into_iter().map(|name| format_ident!("{name}"));
    let security = group.operations.iter().any(|operation| operation.security.is_some()).then(|| {
        quote!(
            use crate::security;
        )
    });
    let types = (!plan.types.is_empty() && group.operations.iter().any(mentions_types)).then(|| {
        quote!(
            use crate::types;
        )
    });
    let xml = group.operations.iter().any(mentions_xml).then(|| {
        quote!(
            use crate::xml_documents;
        )
    });
    quote! { use crate::runtime::{#(#names),*}; #security #types #xml }
}

fn mentions_types(operation: &Operation) -> bool {
    let mut found = false;
    crate::rust::types_of(operation, &mut |ty| found |= ty.has(|part| matches!(part, Type::Named(_))));
    found
}

fn mentions_xml(operation: &Operation) -> bool {
    let variations = operation.variations.iter().flat_map(|variation| &variation.arms);
    operation.bodies.iter().any(|body| matches!(body.kind, BodyKind::Xml(..)))
        || operation.arms.iter().chain(variations).any(|arm| match &arm.decode {
            Decode::Output(_, written) | Decode::Failure(_, written) => matches!(written, Written::Xml(_)),
        })
}

fn handle(group: &Group) -> Option<TokenStream> {
    if group.is_the_client() {
        return None;
    }
    let name = ident(&group.handle);
    let docs = Prose::default().ours(format!("The operations tagged {}.", docs::inline_code(&group.tag))).outer();
    Some(quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a> {
            pub(crate) client: &'a Client,
        }
    })
}

/// The type that has the methods, and the lifetime that its `impl` declares.
fn this(group: &Group) -> (TokenStream, TokenStream) {
    match handle(group) {
        Some(_) => {
            let name = ident(&group.handle);
            (quote!(#name<'a>), quote!(<'a>))
        }
        None => (quote!(Client), TokenStream::new()),
    }
}

/// The method of an operation; and one for each further form that its body may have.
fn methods(known: &Known<'_>, group: &Group, operation: &Operation) -> Vec<TokenStream> {
    let body = operation.bodies.first().filter(|body| body.required);
    let mut found = vec![method(known, group, operation, &operation.method_name, body, &method_docs(operation))];
    for body in operation.bodies.iter().skip(1).filter(|body| body.required) {
        let content_type = docs::inline_code(&body.content_type);
        let line = format!("Like [`Self::{}`], with a body of {content_type}.", operation.method_name.as_str());
        let docs = Prose::default().ours(line).outer();
        found.push(method(known, group, operation, &body.name, Some(body), &docs));
    }
    found
}

fn method(
    known: &Known<'_>,
    group: &Group,
    operation: &Operation,
    name: &Name,
    body: Option<&BodyPlan>,
    docs: &TokenStream,
) -> TokenStream {
    let (name, marker) = (ident(name), ident(&operation.marker));
    let deprecated = prose::deprecated(operation.deprecated);
    let required = operation.arguments.iter().filter(|argument| argument.required);
    let mut parameters: Vec<TokenStream> =
        required.clone().map(|argument| declare(known, &ident(&argument.name), &argument.pass)).collect();
    let mut steps: Vec<TokenStream> = required.map(|argument| step(argument, &ident(&argument.name))).collect();
    if let Some(body) = body {
        parameters.push(declare_body(known, &format_ident!("body"), body));
        steps.push(body_step(&format_ident!("body"), body));
    }
    let (client, lifetime) = match handle(group) {
        Some(_) => (quote!(self.client), quote!('a)),
        None => (quote!(self), quote!('_)),
    };
    let with = (!steps.is_empty()).then(|| quote!(.with(|request| request #(#steps)*)));
    quote! {
        #docs
        #deprecated
        pub fn #name(&self, #(#parameters),*) -> Call<#lifetime, #marker> {
            Call::new(#client) #with
        }
    }
}

fn method_docs(operation: &Operation) -> TokenStream {
    let mut prose = Prose::default();
    prose.markdown(operation.summary.as_deref()).markdown(operation.description.as_deref());
    let line = format!("{} {}", operation.http_method, operation.path);
    let needs = match operation.needs.as_str() {
        "" => String::new(),
        needs => format!(" · needs {}", docs::inline_code(needs)),
    };
    let at = operation.server.as_ref().map(|url| format!(" · at {}", docs::inline_code(url))).unwrap_or_default();
    prose.ours(format!("{}{needs}{at}", docs::inline_code(&line)));
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
        prose.ours(bullets.join("\n"));
    }
    if !operation.headers.is_empty() {
        let lines = operation.headers.iter().map(|(name, description)| {
            let said = description.as_deref().and_then(docs::summary_line).map(|line| format!(": {line}"));
            format!("- {}{}", docs::inline_code(name), said.unwrap_or_default())
        });
        prose.ours("Headers that come with success:").ours(lines.collect::<Vec<_>>().join("\n"));
    }
    if operation.pages.is_some() {
        prose.ours("The answers come in pages: `pages()` and `items()` of the call go through them.");
    }
    if let Some(url) =
        operation.external_docs.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"))
    {
        prose.markdown(Some(&format!("See <{url}>.")));
    }
    prose.outer()
}

fn bullet(name: &str, description: Option<&str>) -> Option<String> {
    let line = docs::summary_line(description?)?;
    Some(format!("- `{name}`: {line}"))
}

/// What is optional is set on the call, and so is the form of the answer.
fn setters(known: &Known<'_>, operation: &Operation) -> Option<TokenStream> {
    let marker = ident(&operation.marker);
    // Whatever the parameter is called, its value can't be mistaken for the request.
    let given = format_ident!("value");
    let mut methods: Vec<TokenStream> = Vec::new();
    for argument in operation.arguments.iter().filter(|argument| !argument.required) {
        let (name, step) = (ident(&argument.name), step(argument, &given));
        let (declared, deprecated) =
            (declare(known, &given, &argument.pass), prose::deprecated(argument.docs.deprecated));
        let docs = Prose::default().schema(&argument.docs).outer();
        methods.push(
            quote! { #docs #deprecated pub fn #name(self, #declared) -> Self { self.with(|request| request #step) } },
        );
    }
    for body in operation.bodies.iter().filter(|body| !body.required) {
        let (name, step, declared) = (ident(&body.name), body_step(&given, body), declare_body(known, &given, body));
        let mut prose = Prose::default();
        prose.markdown(body.description.as_deref());
        if operation.bodies.len() > 1 {
            prose.ours(format!("A body of {}.", docs::inline_code(&body.content_type)));
        }
        let docs = prose.outer();
        methods.push(quote! { #docs pub fn #name(self, #declared) -> Self { self.with(|request| request #step) } });
    }
    for variation in &operation.variations {
        let (name, marker) = (ident(&variation.setter), ident(&variation.marker));
        let as_it_comes = if variation.streaming { ", as it comes" } else { "" };
        let line = format!("Asks for {}{as_it_comes}.", docs::inline_code(&variation.content_type));
        let docs = Prose::default().ours(line).outer();
        methods.push(quote! { #docs pub fn #name(self) -> Call<'a, #marker> { self.turn() } });
    }
    let (declared, lifetime) =
        if operation.variations.is_empty() { (quote!(), quote!('_)) } else { (quote!(<'a>), quote!('a)) };
    (!methods.is_empty()).then(|| quote!(impl #declared Call<#lifetime, #marker> { #(#methods)* }))
}

fn marker(operation: &Operation, name: &Name) -> TokenStream {
    let name = ident(name);
    let line = format!("{} {}", operation.http_method, operation.path);
    let docs = Prose::default().ours(docs::inline_code(&line)).outer();
    quote! { #docs #[derive(Clone, Copy, Debug)] pub enum #name {} }
}

fn facts(known: &Known<'_>, operation: &Operation) -> TokenStream {
    let (method, path) = (method_constant(&operation.http_method), Literal::string(&operation.path));
    let security = operation.security.as_ref().map(|constant| {
        let constant = ident(constant);
        quote!(security: security::#constant,)
    });
    let accept = (operation.accept != ["application/json"]).then(|| {
        let accept = operation.accept.join(", ");
        quote!(accept: #accept,)
    });
    let server = operation.server.as_ref().map(|url| quote!(base_url: Some(#url),));
    let key = operation.idempotency_key.as_ref().map(|name| quote!(idempotency_key: Some(#name),));
    let streaming = operation.streaming.then(|| quote!(streaming: true,));
    let spec = quote!(method: #method, path: #path, #security #accept #server #key #streaming ..Spec::NEW);
    implementation(known, operation, &operation.marker, &spec, (&operation.output, &operation.arms))
}

/// The same operation, with success in another form.
fn variation(known: &Known<'_>, operation: &Operation, variation: &Variation) -> TokenStream {
    let (accept, base) = (Literal::string(&variation.content_type), ident(&operation.marker));
    let streaming = variation.streaming;
    let streaming = (streaming != operation.streaming).then(|| quote!(streaming: #streaming,));
    let spec = quote!(accept: #accept, #streaming ..#base::SPEC);
    implementation(known, operation, &variation.marker, &spec, (&variation.output, &variation.arms))
}

fn implementation(
    known: &Known<'_>,
    operation: &Operation,
    name: &Name,
    spec: &TokenStream,
    (output, arms): (&Outcome, &[Arm]),
) -> TokenStream {
    let name = ident(name);
    let failure = &operation.failure;
    let mut decoded: Vec<TokenStream> = arms.iter().map(|found| outcomes::arm(output, failure, found)).collect();
    if !arms.iter().any(|found| found.status == StatusPattern::Any) {
        decoded.push(quote!(_ => reply.undocumented(),));
    }
    let output = outcomes::outcome_type(known, &output.kind);
    let failure = outcomes::outcome_type(known, &failure.kind);
    quote! {
        impl Operation for #name {
            const SPEC: Spec = Spec { #spec };
            type Output = #output;
            type Failure = #failure;
            fn decode(reply: Reply) -> Outcome<Self> {
                match reply.status() { #(#decoded)* }
            }
        }
    }
}

/// How the answers are paged through.
fn pages(known: &Known<'_>, operation: &Operation, pages: &Pages) -> TokenStream {
    let (marker, item) = (ident(&operation.marker), known.ty(&pages.item));
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
    quote! {
        impl Paged for #marker {
            const PAGING: Paging = #way #items #more #total;
            type Item = #item;
        }
    }
}

fn method_constant(method: &str) -> TokenStream {
    match method {
        "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY" => {
            let name = format_ident!("{method}");
            quote!(Method::#name)
        }
        other => quote!(Method::custom(#other)),
    }
}
