//! A group of operations: a handle with a method each, and for each a marker type that states the facts.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use super::known::{Known, ident};
use super::layout;
use super::prose::{self, Prose};
use crate::rust::{
    Argument, Arm, BodyKind, BodyPlan, Crate, Decode, Group, Operation, OutcomeKind, OutcomeVariant, Pass,
    StatusPattern, Written,
};
use crate::rust::{Location, ParameterForm, Style};

/// `src/<group>.rs`
pub(super) fn group(plan: &Crate, group: &Group) -> String {
    let known = Known::outside();
    let mut about = Prose::default();
    match group.tag.as_str() {
        "" => about.ours("Operations without a tag, which are methods of the client itself."),
        tag => about.ours(format!("Operations tagged {}.", docs::inline_code(tag))),
    };
    let inner = about.markdown(group.description.as_deref()).inner();
    let mut items = vec![imports(plan, group)];
    items.extend(handle(group));
    let methods = group.operations.iter().map(|operation| method(&known, group, operation));
    let (this, lifetime) = this(group);
    items.push(quote!(impl #lifetime #this { #(#methods)* }));
    for operation in &group.operations {
        items.extend(setters(&known, operation));
        items.push(marker(operation));
        items.push(facts(&known, operation));
        for outcome in [&operation.output, &operation.failure] {
            if let OutcomeKind::Enum(name, variants) = &outcome.kind {
                items.push(outcome_enum(&known, operation, name, variants));
            }
        }
    }
    layout::rust(inner, items)
}

fn imports(plan: &Crate, group: &Group) -> TokenStream {
    let undocumented =
        group.operations.iter().any(|operation| matches!(operation.failure.kind, OutcomeKind::Undocumented));
    let parameters =
        group.operations.iter().flat_map(|operation| &operation.arguments).any(|argument| styled(argument).is_some());
    let mut names = vec!["Call", "Client", "Method", "Operation", "Outcome", "Reply", "Spec"];
    names.extend(parameters.then_some(["In", "Parameter", "Style"]).into_iter().flatten());
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
    quote! { use crate::runtime::{#(#names),*}; #security #types }
}

fn mentions_types(operation: &Operation) -> bool {
    let mut found = Vec::new();
    crate::rust::types_of(operation, &mut |ty| {
        let mut names = Vec::new();
        ty.names(&mut names);
        found.push(!names.is_empty());
    });
    found.into_iter().any(|any| any)
}

fn handle(group: &Group) -> Option<TokenStream> {
    if group.tag.is_empty() && group.handle.bare() == "Client" {
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

fn method(known: &Known<'_>, group: &Group, operation: &Operation) -> TokenStream {
    let (name, marker) = (ident(&operation.method_name), ident(&operation.marker));
    let (docs, deprecated) = (method_docs(operation), prose::deprecated(operation.deprecated));
    let required = operation.arguments.iter().filter(|argument| argument.required);
    let mut parameters: Vec<TokenStream> =
        required.clone().map(|argument| declare(known, &ident(&argument.name), &argument.pass)).collect();
    let mut steps: Vec<TokenStream> = required.map(|argument| step(argument, &ident(&argument.name))).collect();
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
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
    prose.ours(format!("{}{needs}", docs::inline_code(&line)));
    let mut bullets: Vec<String> = operation
        .arguments
        .iter()
        .filter(|argument| argument.required)
        .filter_map(|argument| bullet(argument.name.bare(), argument.docs.description.as_deref()))
        .collect();
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        bullets.extend(bullet("body", body.description.as_deref()));
    }
    if !bullets.is_empty() {
        prose.ours(bullets.join("\n"));
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

fn declare(known: &Known<'_>, name: &proc_macro2::Ident, pass: &Pass) -> TokenStream {
    match pass {
        Pass::Text => quote!(#name: impl AsRef<str>),
        Pass::Copy(ty) => {
            let ty = known.ty(ty);
            quote!(#name: #ty)
        }
        Pass::Reference(ty) => {
            let ty = known.ty(ty);
            quote!(#name: &#ty)
        }
        Pass::Slice(ty) => {
            let ty = known.ty(ty);
            quote!(#name: &[#ty])
        }
    }
}

fn value(name: &proc_macro2::Ident, pass: &Pass) -> TokenStream {
    match pass {
        Pass::Text => quote!(#name.as_ref()),
        Pass::Copy(_) => quote!(&#name),
        Pass::Reference(_) | Pass::Slice(_) => quote!(#name),
    }
}

/// The step that gives a request its parameter.
fn step(argument: &Argument, name: &proc_macro2::Ident) -> TokenStream {
    let wire = Literal::string(&argument.wire);
    let value = value(name, &argument.pass);
    if let ParameterForm::Content(_) = &argument.form {
        let place = place(argument.location);
        return quote!(.json_parameter(&Parameter::new(#wire, #place), #value));
    }
    match styled(argument) {
        Some(parameter) => quote!(.parameter(&#parameter, #value)),
        None => match argument.location {
            Location::Path => quote!(.path(#wire, #value)),
            Location::Query => quote!(.query(#wire, #value)),
            Location::Header => quote!(.header(#wire, #value)),
            Location::Cookie => quote!(.cookie(#wire, #value)),
        },
    }
}

fn place(location: Location) -> TokenStream {
    match location {
        Location::Path => quote!(In::Path),
        Location::Query => quote!(In::Query),
        Location::Header => quote!(In::Header),
        Location::Cookie => quote!(In::Cookie),
    }
}

/// A parameter written out, where its form isn't the default of its place.
fn styled(argument: &Argument) -> Option<TokenStream> {
    let (wire, place) = (Literal::string(&argument.wire), place(argument.location));
    let ParameterForm::Styled { style, explode, allow_reserved } = &argument.form else {
        return Some(quote!(Parameter::new(#wire, #place)));
    };
    let default = match argument.location {
        Location::Path | Location::Header => (Style::Simple, false),
        Location::Query | Location::Cookie => (Style::Form, true),
    };
    if (*style, *explode) == default && !allow_reserved {
        return None;
    }
    let style = match style {
        Style::Matrix => quote!(Style::Matrix),
        Style::Label => quote!(Style::Label),
        Style::Simple => quote!(Style::Simple),
        Style::Form => quote!(Style::Form),
        Style::SpaceDelimited => quote!(Style::SpaceDelimited),
        Style::PipeDelimited => quote!(Style::PipeDelimited),
        Style::DeepObject => quote!(Style::DeepObject),
    };
    let reserved = allow_reserved.then(|| quote!(allow_reserved: true,));
    Some(quote!(Parameter { style: #style, explode: #explode, #reserved ..Parameter::new(#wire, #place) }))
}

fn declare_body(known: &Known<'_>, name: &proc_macro2::Ident, body: &BodyPlan) -> TokenStream {
    match &body.kind {
        BodyKind::Json(pass) | BodyKind::Form(pass) => declare(known, name, pass),
        BodyKind::Text => quote!(#name: impl Into<String>),
        BodyKind::Bytes => quote!(#name: impl Into<bytes::Bytes>),
    }
}

fn body_step(name: &proc_macro2::Ident, body: &BodyPlan) -> TokenStream {
    let content_type = Literal::string(&body.content_type);
    match &body.kind {
        BodyKind::Json(pass) => {
            let value = value(name, pass);
            match body.content_type.as_str() {
                "application/json" | "*/*" => quote!(.json(#value)),
                _ => quote!(.json_as(#content_type, #value)),
            }
        }
        BodyKind::Form(pass) => {
            let value = value(name, pass);
            quote!(.form(#value))
        }
        BodyKind::Text => quote!(.text(#content_type, #name)),
        BodyKind::Bytes => quote!(.bytes(#content_type, #name)),
    }
}

/// What is optional is set on the call.
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
    if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
        let (name, step, declared) = (ident(&body.name), body_step(&given, body), declare_body(known, &given, body));
        let docs = Prose::default().markdown(body.description.as_deref()).outer();
        methods.push(quote! { #docs pub fn #name(self, #declared) -> Self { self.with(|request| request #step) } });
    }
    (!methods.is_empty()).then(|| quote!(impl Call<'_, #marker> { #(#methods)* }))
}

fn marker(operation: &Operation) -> TokenStream {
    let name = ident(&operation.marker);
    let line = format!("{} {}", operation.http_method, operation.path);
    let docs = Prose::default().ours(docs::inline_code(&line)).outer();
    quote! { #docs #[derive(Clone, Copy, Debug)] pub enum #name {} }
}

fn facts(known: &Known<'_>, operation: &Operation) -> TokenStream {
    let (name, method, path) =
        (ident(&operation.marker), method_constant(&operation.http_method), Literal::string(&operation.path));
    let security = operation.security.as_ref().map(|constant| {
        let constant = ident(constant);
        quote!(security: security::#constant,)
    });
    let accept = (operation.accept != ["application/json"]).then(|| {
        let accept = operation.accept.join(", ");
        quote!(accept: #accept,)
    });
    let server = operation.server.as_ref().map(|url| quote!(base_url: Some(#url),));
    let output = outcome_type(known, &operation.output.kind);
    let failure = outcome_type(known, &operation.failure.kind);
    let mut arms: Vec<TokenStream> = operation.arms.iter().map(|found| arm(operation, found)).collect();
    if !operation.arms.iter().any(|found| found.status == StatusPattern::Any) {
        arms.push(quote!(_ => reply.undocumented(),));
    }
    quote! {
        impl Operation for #name {
            const SPEC: Spec = Spec { method: #method, path: #path, #security #accept #server ..Spec::NEW };
            type Output = #output;
            type Failure = #failure;
            fn decode(reply: Reply) -> Outcome<Self> {
                match reply.status() { #(#arms)* }
            }
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

fn outcome_type(known: &Known<'_>, kind: &OutcomeKind) -> TokenStream {
    match kind {
        OutcomeKind::Undocumented => quote!(Undocumented),
        OutcomeKind::Single(ty) => known.ty(ty),
        OutcomeKind::Enum(name, _) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

fn arm(operation: &Operation, arm: &Arm) -> TokenStream {
    let pattern = match arm.status {
        StatusPattern::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        StatusPattern::Range(digit) => {
            let (first, last) = (u16::from(digit) * 100, u16::from(digit) * 100 + 99);
            let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
            quote!(#first..=#last)
        }
        StatusPattern::Any => quote!(_),
    };
    let decode = match &arm.decode {
        Decode::Output(variant, written) => output(operation, variant.as_ref(), *written),
        Decode::Failure(variant, written) => failure(operation, variant.as_ref(), *written),
    };
    quote!(#pattern => #decode,)
}

fn output(operation: &Operation, variant: Option<&crate::rust::name::Name>, written: Written) -> TokenStream {
    let variant = match (&operation.output.kind, variant) {
        (OutcomeKind::Enum(name, _), Some(variant)) => {
            let (name, variant) = (ident(name), ident(variant));
            Some(quote!(#name::#variant))
        }
        _ => None,
    };
    match (written, variant) {
        (Written::Nothing, None) => quote!(reply.empty()),
        (Written::Nothing, Some(variant)) => quote!(reply.empty().map(|()| #variant)),
        (Written::Json, None) => quote!(reply.output()),
        (Written::Json, Some(variant)) => quote!(reply.output_as(#variant)),
        (Written::Text, None) => quote!(reply.text()),
        (Written::Text, Some(variant)) => quote!(reply.text().map(#variant)),
        (Written::Bytes, None) => quote!(reply.bytes()),
        (Written::Bytes, Some(variant)) => quote!(reply.bytes().map(#variant)),
    }
}

fn failure(operation: &Operation, variant: Option<&crate::rust::name::Name>, written: Written) -> TokenStream {
    let (OutcomeKind::Enum(name, _), Some(variant)) = (&operation.failure.kind, variant) else {
        return quote!(reply.undocumented());
    };
    let (name, variant) = (ident(name), ident(variant));
    match written {
        Written::Nothing => quote!(reply.failure_empty(#name::#variant)),
        Written::Json => quote!(reply.failure(#name::#variant)),
        Written::Text => quote!(reply.failure_text(#name::#variant)),
        Written::Bytes => quote!(reply.failure_bytes(#name::#variant)),
    }
}

fn outcome_enum(
    known: &Known<'_>,
    operation: &Operation,
    name: &crate::rust::name::Name,
    variants: &[OutcomeVariant],
) -> TokenStream {
    let ident_of = ident(name);
    let is_failure = matches!(&operation.failure.kind, OutcomeKind::Enum(failure, _) if failure == name);
    let line = docs::inline_code(&format!("{} {}", operation.http_method, operation.path));
    let about = if is_failure { format!("The documented failures of {line}.") } else { format!("What {line} gives.") };
    let docs = Prose::default().ours(about).outer();
    let members = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let status = match variant.status {
            StatusPattern::Code(code) => code.to_string(),
            StatusPattern::Range(digit) => format!("{digit}XX"),
            StatusPattern::Any => "Any other status".to_owned(),
        };
        let line = match docs::summary_line(&variant.description) {
            Some(line) => format!("{status}: {line}"),
            None => status,
        };
        let docs = Prose::default().ours(line).outer();
        let holds = variant.ty.as_ref().map(|ty| {
            let ty = known.ty(ty);
            quote!((#ty))
        });
        quote!(#docs #name #holds,)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident_of { #(#members)* }
    }
}
