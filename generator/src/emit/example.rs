//! Examples: a call of each group, and a whole program. They are compiled as doctests of the emitted crate.
//!
//! An argument is written out if it has a plain value. For any other, the example has a parameter, in a line
//! that rustdoc hides. Nothing here is text of the document but identifiers and words of plain letters and digits.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::bodies::declare_body;
use super::parameters::declare;
use super::paths::{Paths, ident};
use crate::rust::{
    ArgPassing, Argument, BodyPlan, Crate, Credential, EnumKind, Group, Item, Operation, OutcomeKind, Type, name::Name,
};

/// The crate as its users name it.
pub(super) fn module(plan: &Crate) -> proc_macro2::Ident {
    format_ident!("{}", plan.package.replace('-', "_"))
}

/// A doctest that calls one operation of a group; `None` for a group without any.
pub(super) fn of_group(plan: &Crate, group: &Group) -> Option<String> {
    let call = Call::simplest(plan, group, &|_| true)?;
    let module = module(plan);
    let (imports, steps) = (call.imports(&module), call.steps());
    let function = function(&module, Given::Client, Some(&call), true, &steps);
    Some(doctest(&printed(quote!(#imports #function))))
}

/// The value that an example begins with.
#[derive(Clone, Copy)]
pub(super) enum Given {
    /// A client.
    Client,
    /// The builder of one.
    Builder,
}

/// A doctest of some steps around a call. It is empty unless the features are on that these need.
pub(super) fn test(
    plan: &Crate,
    given: Given,
    call: Option<&Call<'_>>,
    feature: Option<&str>,
    steps: &TokenStream,
) -> String {
    let module = module(plan);
    let imports = call.and_then(|call| call.imports(&module));
    let features: Vec<&str> = feature.into_iter().chain(call.and_then(|call| call.group.feature.as_deref())).collect();
    let condition = match features.as_slice() {
        [] => quote!(),
        [only] => quote!(#[cfg(feature = #only)]),
        several => quote!(#[cfg(all(#(feature = #several),*))]),
    };
    let function = function(&module, given, call, feature != Some(BLOCKING), steps);
    doctest(&printed(quote!(#imports #condition #function)))
}

/// The feature of calls without an async runtime.
pub(super) const BLOCKING: &str = "blocking";

/// A function of some steps, whose parameters are the arguments that have no plain value.
fn function(
    module: &proc_macro2::Ident,
    given: Given,
    call: Option<&Call<'_>>,
    is_async: bool,
    steps: &TokenStream,
) -> TokenStream {
    let given = match given {
        Given::Client => quote!(client: &#module::Client),
        Given::Builder => quote!(builder: #module::ClientBuilder),
    };
    let parameters = call.into_iter().flat_map(|call| &call.parameters);
    let keyword = is_async.then(|| quote!(async));
    quote! {
        #keyword fn example(#given, #(#parameters),*) -> Result<(), Box<dyn std::error::Error>> {
            #steps
            Ok(())
        }
    }
}

/// Hides all but the body of the function: the lines before it, its end, and `Ok(())`.
fn doctest(printed: &str) -> String {
    let lines: Vec<&str> = printed.lines().collect();
    let opens = lines.iter().position(|line| line.ends_with('{')).unwrap_or(0);
    let closes = lines.len().saturating_sub(2);
    let lines = lines.iter().enumerate().map(|(index, line)| {
        if index <= opens || index >= closes {
            format!("# {line}\n")
        } else {
            format!("{}\n", line.strip_prefix("    ").unwrap_or(line))
        }
    });
    format!("```no_run\n{}```", lines.collect::<String>())
}

/// A program that makes a client and calls what is simplest to call, for the README.
pub(super) fn program(plan: &Crate) -> String {
    let quick = quick_call(plan);
    let (module, build) = (module(plan), build(plan, quick.as_ref()));
    let call = quick.map(|call| call.steps());
    let uses = printed(quote!(use #module::Client;));
    let main = printed(quote! {
        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let client = Client::builder() #build .build()?;
            #call
            Ok(())
        }
    });
    format!("{uses}\n{main}")
}

/// The same as a doctest, which holds whatever groups are switched on.
pub(super) fn quick_start(plan: &Crate) -> String {
    let quick = quick_call(plan);
    let (module, build) = (module(plan), build(plan, quick.as_ref()));
    let mut text = doctest(&printed(quote! {
        async fn example() -> Result<(), Box<dyn std::error::Error>> {
            let client = #module::Client::builder() #build .build()?;
            Ok(())
        }
    }));
    let Some(call) = quick else { return text };
    let steps = call.steps();
    let body = printed(quote!(
        fn example() {
            #steps
        }
    ));
    let body = body.lines().filter(|line| line.starts_with("    "));
    let mut lines: String = body.map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line))).collect();
    if let Some(feature) = &call.group.feature {
        lines = format!("# #[cfg(feature = \"{feature}\")]\n# {{\n{lines}# }}\n");
    }
    if let Some(end) = text.find("# \x20   Ok(())") {
        text.insert_str(end, &lines);
    }
    text
}

/// The call of the first group that has one whose arguments all have plain values; one that takes credentials, if there is any, since
/// the quick start shows how they are given.
fn quick_call(plan: &Crate) -> Option<Call<'_>> {
    let first = |wanted: &dyn Fn(&Operation) -> bool| {
        let groups = plan.ungrouped.iter().chain(&plan.groups);
        let mut calls = groups.filter_map(|group| Call::simplest(plan, group, wanted));
        calls.find(|call| call.parameters.is_empty() && call.operation.http_method == "GET")
    };
    first(&|operation| operation.security.is_some()).or_else(|| first(&|_| true))
}

/// The call of the quick start or, without one, the simplest of all.
pub(super) fn usual_call(plan: &Crate) -> Option<Call<'_>> {
    quick_call(plan).or_else(|| simplest_call(plan, |_| true))
}

/// The simplest call among the operations that are wanted.
pub(super) fn simplest_call(plan: &Crate, wanted: impl Fn(&Operation) -> bool) -> Option<Call<'_>> {
    let groups = plan.ungrouped.iter().chain(&plan.groups);
    let operations = groups.flat_map(|group| group.operations.iter().map(move |operation| (group, operation)));
    let wanted = operations.filter(|(_, operation)| wanted(operation));
    wanted.map(|(group, operation)| Call::of(plan, group, operation)).min_by_key(Call::effort)
}

/// Returns the builder calls of an example: the base URL, unless the document has one, and the credentials of a call.
pub(super) fn build(plan: &Crate, call: Option<&Call<'_>>) -> TokenStream {
    let url = plan.about.base_url.is_none().then(|| quote!(.base_url("https://api.example.com")));
    let credentials = credentials(plan, call);
    quote!(#url #credentials)
}

/// The maximum number of credentials that an example shows.
const MOST_CREDENTIALS: usize = 8;

/// The credentials that the operation of a call takes: all of the first alternative that can be written in a line each.
/// If it takes none, or there is no call, those of another operation; else those of the first scheme.
fn credentials(plan: &Crate, call: Option<&Call<'_>>) -> TokenStream {
    let called = call.and_then(|call| call.operation.security.as_ref());
    let groups = plan.ungrouped.iter().chain(&plan.groups);
    let mut required = groups.flat_map(|group| &group.operations).filter_map(|operation| operation.security.as_ref());
    let required = called.or_else(|| required.next());
    let set = required.and_then(|name| plan.requirements.iter().find(|set| set.constant == *name));
    let of_scheme = |constant: &Name| {
        let scheme = plan.schemes.iter().find(|scheme| scheme.constant == *constant)?;
        scheme.setters.iter().find_map(|setter| written(&setter.name, setter.credential))
    };
    let alternatives =
        set.into_iter().flat_map(|set| &set.alternatives).filter(|needs| (1..=MOST_CREDENTIALS).contains(&needs.len()));
    let mut whole = alternatives.filter_map(|needs| needs.iter().map(|need| of_scheme(&need.scheme)).collect());
    let fallback = || plan.schemes.iter().find_map(|scheme| of_scheme(&scheme.constant)).into_iter().collect();
    let setters: Vec<TokenStream> = whole.next().unwrap_or_else(fallback);
    quote!(#(#setters)*)
}

/// The call of a setter with credentials from the environment; `None` for those that take more than a line.
fn written(setter: &Name, credential: Credential) -> Option<TokenStream> {
    let name = ident(setter);
    match credential {
        Credential::Key => Some(quote!(.#name(std::env::var("API_KEY")?))),
        Credential::UserAndPassword => Some(quote!(.#name(std::env::var("USER")?, std::env::var("PASSWORD")?))),
        Credential::Token => Some(quote!(.#name(std::env::var("TOKEN")?))),
        Credential::ClientCredentials => {
            Some(quote!(.#name(std::env::var("CLIENT_ID")?, std::env::var("CLIENT_SECRET")?)))
        }
        Credential::RefreshToken | Credential::Certificate => None,
    }
}

/// A call of an operation.
pub(super) struct Call<'a> {
    pub(super) group: &'a Group,
    pub(super) operation: &'a Operation,
    pub(super) arguments: Vec<TokenStream>,
    /// The arguments that have no plain value, declared.
    pub(super) parameters: Vec<TokenStream>,
    imports: bool,
}

impl<'a> Call<'a> {
    /// The call of a group with the fewest arguments among those that are wanted, preferring those that read.
    fn simplest(plan: &'a Crate, group: &'a Group, wanted: &dyn Fn(&Operation) -> bool) -> Option<Self> {
        let operations = group.operations.iter().filter(|operation| wanted(operation));
        operations.map(|operation| Call::of(plan, group, operation)).min_by_key(Call::effort)
    }

    /// The order of calls, those that are the simplest to make first.
    pub(super) fn effort(&self) -> (bool, usize, bool, bool, usize) {
        let operation = self.operation;
        let reads = operation.http_method == "GET";
        (operation.deprecated, self.parameters.len(), operation.streaming, !reads, self.arguments.len())
    }

    pub(super) fn of(plan: &'a Crate, group: &'a Group, operation: &'a Operation) -> Self {
        let known = Paths::in_tests(&module(plan));
        let (mut arguments, mut parameters) = (Vec::new(), Vec::new());
        let mut imports = false;
        for argument in operation.arguments.iter().filter(|argument| argument.required) {
            let value = sample(plan, &known, argument);
            let (name, plain) = (ident(&argument.name), value.is_some());
            arguments.push(value.unwrap_or_else(|| quote!(#name)));
            parameters.extend((!plain).then(|| declare(&known, &name, &argument.pass)));
        }
        if let Some(body) = required_body(operation) {
            let (name, before) = (format_ident!("body"), parameters.len());
            let declared = declare_body(&known, &name, body);
            // A body of bytes may come with its media type.
            let both = declared.to_string().starts_with("content_type");
            arguments.extend(both.then(|| quote!(content_type)));
            arguments.push(quote!(#name));
            parameters.push(declared);
            imports = parameters[before].to_string().contains("Multipart");
        }
        Call { group, operation, arguments, parameters, imports }
    }

    fn imports(&self, module: &proc_macro2::Ident) -> Option<TokenStream> {
        self.imports.then(|| {
            quote!(
                use #module::runtime::Multipart;
            )
        })
    }

    /// The body that is an argument.
    pub(super) fn body(&self) -> Option<&'a BodyPlan> {
        required_body(self.operation)
    }

    /// The call, not sent.
    pub(super) fn expression(&self) -> TokenStream {
        self.of_arguments(&self.arguments)
    }

    /// The call with another expression for the body, which is the last argument.
    pub(super) fn expression_with(&self, body: &TokenStream) -> TokenStream {
        let others = self.arguments.split_last().map_or(&[][..], |(_, others)| others);
        self.of_arguments(&others.iter().chain([body]).cloned().collect::<Vec<_>>())
    }

    fn of_arguments(&self, arguments: &[TokenStream]) -> TokenStream {
        let method = ident(&self.operation.method_name);
        let handle = (!self.group.is_the_client()).then(|| {
            let name = ident(&self.group.module);
            quote!(.#name())
        });
        quote!(client #handle .#method(#(#arguments),*))
    }

    /// A statement of an expression that sends the call and has its output, which is printed.
    pub(super) fn printed(&self, sent: &TokenStream) -> TokenStream {
        match self.has_output() {
            false => quote!(#sent;),
            true => quote! {
                let response = #sent;
                println!("{response:?}");
            },
        }
    }

    /// Returns whether the output is a value.
    pub(super) fn has_output(&self) -> bool {
        match &self.operation.output.kind {
            OutcomeKind::Undocumented | OutcomeKind::Single(Type::Unit) => false,
            OutcomeKind::Single(_) | OutcomeKind::Enum(..) => true,
        }
    }

    pub(super) fn steps(&self) -> TokenStream {
        let call = self.expression();
        self.printed(&quote!(#call.await?))
    }
}

fn required_body(operation: &Operation) -> Option<&BodyPlan> {
    operation.bodies.first().filter(|body| body.required)
}

/// A plain value for an argument, if its type has any.
fn sample(plan: &Crate, known: &Paths<'_>, argument: &Argument) -> Option<TokenStream> {
    let text = || {
        let examples = argument.docs.examples.iter().filter_map(|example| example.as_str());
        let text = examples.into_iter().find(|text| is_plain(text)).unwrap_or(&argument.wire);
        Literal::string(if is_plain(text) { text } else { "…" })
    };
    let value = |ty: &Type| match behind(plan, ty) {
        Type::Bool => Some(quote!(true)),
        Type::Number(primitive) if primitive.is_float() => Some(quote!(1.0)),
        Type::Number(_) => Some(quote!(1)),
        Type::String => {
            let text = text();
            Some(quote!(#text.to_owned()))
        }
        Type::Named(name) => variant(plan, name).map(|variant| {
            let (ty, variant) = (known.ty(ty), ident(variant));
            quote!(#ty::#variant)
        }),
        _ => None,
    };
    match &argument.pass {
        ArgPassing::Text => {
            let text = text();
            Some(quote!(#text))
        }
        ArgPassing::Copy(ty) => value(ty),
        ArgPassing::Reference(ty) => value(ty).map(|value| quote!(&#value)),
        ArgPassing::Slice(ty) => value(ty).map(|value| quote!(&[#value])),
    }
}

/// The type that a type is another name of.
fn behind<'a>(plan: &'a Crate, mut ty: &'a Type) -> &'a Type {
    // None is another name of itself, and few are of another one.
    for _ in 0..16 {
        let Type::Named(name) = ty else { break };
        let alias = plan.types.iter().find_map(|item| match item {
            Item::Alias(alias) if alias.name == *name => Some(&alias.ty),
            _ => None,
        });
        let Some(next) = alias else { break };
        ty = next;
    }
    ty
}

/// The first of a list of values.
fn variant<'a>(plan: &'a Crate, wanted: &Name) -> Option<&'a Name> {
    plan.types.iter().find_map(|item| match item {
        Item::Enum(item) if item.name == *wanted && item.kind != EnumKind::Json => {
            item.variants.first().map(|variant| &variant.name)
        }
        _ => None,
    })
}

fn is_plain(text: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    (1..=60).contains(&text.len()) && text.chars().all(plain)
}

fn printed(tokens: TokenStream) -> String {
    super::layout::plain(tokens)
}
