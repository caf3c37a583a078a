//! The guide in the docs of the crate: errors, limits, retries and features, each with a call of this API as its example.

use clientwright_sources::MOCK;
use proc_macro2::TokenStream;
use quote::quote;

use super::example::{self, BLOCKING, Call, Given};
use super::manifest;
use super::paths::ident;
use crate::rust::{Crate, Operation, OutcomeKind, OutcomeVariant, StatusPattern};

/// The largest number of groups whose features are listed.
const MOST_GROUPS: usize = 8;

/// The width of a line that is put together.
const WIDTH: usize = 130;

/// The paragraphs of the guide.
pub(super) fn guide(plan: &Crate) -> Vec<String> {
    let usual = example::usual_call(plan);
    let usual = usual.as_ref();
    let mut paragraphs = Vec::new();
    let mut add = |title: &str, text: String, example: Option<String>| {
        paragraphs.extend([format!("# {title}"), text]);
        paragraphs.extend(example);
    };
    add("Errors", ERRORS.to_owned(), errors(plan, usual));
    add("Timeouts", TIMEOUTS.to_owned(), Some(timeouts(plan, usual)));
    add("Retries", RETRIES.to_owned() + keys(plan), Some(retries(plan, usual)));
    if plan.embedding.is_none() {
        add("Features", features(plan), Some(manifest_line(plan)));
    }
    if has(plan, BLOCKING) {
        add("Blocking", BLOCKED.to_owned(), usual.map(|call| blocking(plan, call)));
    }
    if has(plan, TRACING) {
        let propagated = if has(plan, "opentelemetry") { PROPAGATED } else { "" };
        add("Tracing", TRACED.to_owned() + propagated, usual.map(|call| tracing(plan, call)));
    }
    if plan.mock.is_some() {
        add("Mocking", MOCKED.replace("MOCK", MOCK.name), Some(super::mock::doctest(plan)));
    }
    paragraphs
}

/// The feature of spans.
const TRACING: &str = "tracing";

/// Returns whether users can have a feature of every client: code in another crate has those that were chosen.
fn has(plan: &Crate, feature: &str) -> bool {
    plan.embedding.as_ref().is_none_or(|embedding| embedding.features.iter().any(|name| name == feature))
}

const ERRORS: &str = "\
A call fails with an [`Error`]. It has the status, the headers and the body of the response, if there was one.

| variant | reason |
|---|---|
| [`Error::Api`] | a failure that the operation documents, decoded |
| [`Error::UnexpectedStatus`] | a status that the operation does not document |
| [`Error::Decode`] | a response that is not what the operation describes |
| [`Error::TooLarge`] | a response that is larger than [`ClientBuilder::body_limit`] |
| [`Error::Transport`] | a connection that failed |
| [`Error::Timeout`] | a time limit that was reached |
| [`Error::Auth`] | no credential, token or scope that allows the call |
| [`Error::Middleware`] | an error of a [middleware](ClientBuilder::middleware) of the program |
| [`Error::Invalid`] | arguments that cannot be put into a request; nothing was sent |

[`Error::is_retryable`] says whether the same call may succeed later without doing its work twice.";

/// A call whose errors are told apart, if possible of an operation that documents some.
fn errors(plan: &Crate, usual: Option<&Call<'_>>) -> Option<String> {
    let failing = example::simplest_call(plan, |operation| first_failure(operation).is_some());
    let call = failing.as_ref().or(usual)?;
    let module = example::module(plan);
    let sent = call.expression();
    let done = match call.has_output() {
        true => quote!(Ok(response) => println!("{response:?}")),
        false => quote!(Ok(()) => println!("done")),
    };
    let (imports, documented) = documented(&module, call).unzip();
    let steps = quote! {
        use #module::Error;
        #imports
        match #sent.await {
            #done,
            #documented
            Err(error) if error.is_retryable() => eprintln!("later: {error}"),
            Err(error) => return Err(error.into()),
        }
    };
    Some(example::test(plan, Given::Client, Some(call), None, &steps))
}

/// The import of an operation's failures, and the arm of a match for the first of them.
fn documented(module: &proc_macro2::Ident, call: &Call<'_>) -> Option<(TokenStream, TokenStream)> {
    let (OutcomeKind::Enum(name, _), Some(first)) = (&call.operation.failure.kind, first_failure(call.operation))
    else {
        return None;
    };
    let (group, name, variant) = (ident(&call.group.module), ident(name), ident(&first.name));
    let status = match first.status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}XX"),
        StatusPattern::Any => "failed".to_owned(),
    };
    let import = quote!(
        use #module::#group::#name;
    );
    let arm = match &first.ty {
        Some(_) => {
            let text = format!("{status}: {{problem:?}}");
            quote!(Err(Error::Api { failure: #name::#variant(problem), .. }) => eprintln!(#text),)
        }
        None => quote!(Err(Error::Api { failure: #name::#variant, .. }) => eprintln!(#status),),
    };
    Some((import, arm))
}

fn first_failure(operation: &Operation) -> Option<&OutcomeVariant> {
    match &operation.failure.kind {
        OutcomeKind::Enum(_, variants) => variants.first(),
        OutcomeKind::Undocumented | OutcomeKind::Single(_) => None,
    }
}

const TIMEOUTS: &str = "\
A call may take 60 s ([`ClientBuilder::DEFAULT_TIMEOUT`]), its retries and the fetching of a token included; connecting, 10 s
([`ClientBuilder::DEFAULT_CONNECT_TIMEOUT`]); a silence while the response is read, 30 s
([`ClientBuilder::DEFAULT_IDLE_TIMEOUT`]). The limit of a call that returns a stream ends when the response begins. The builder sets the
limits of all calls, and a call its own; `None` is no limit. [`Error::Timeout`] has the [`Phase`](runtime::Phase) that took too long.";

fn timeouts(plan: &Crate, usual: Option<&Call<'_>>) -> String {
    let import = quote!(
        use std::time::Duration;
    );
    let (of_all, of_one) = (quote!(.timeout(Duration::from_secs(20))), quote!(.timeout(Duration::from_secs(5))));
    set(plan, usual, &import, &of_all, &of_one)
}

const RETRIES: &str = "\
[`RetryPolicy::standard`] makes up to three attempts, with random pauses between them. It tries again after a failed connection, after a
silence, and after the statuses 408, 425, 429, 500, 502, 503 and 504, if nothing can be done twice: the method is idempotent (`GET`, `PUT`,
`DELETE` and others; RFC 9110, 9.2.2), the call has an [idempotency key](Call::idempotency_key), the request did not reach the server, or
the status is 429. A `Retry-After` of up to 60 s is waited for. A body that is streamed is sent once. Other errors are returned at once.";

/// A sentence for an API that takes idempotency keys.
fn keys(plan: &Crate) -> &'static str {
    let mut operations = plan.ungrouped.iter().chain(&plan.groups).flat_map(|group| &group.operations);
    match operations.any(|operation| operation.idempotency_key.is_some()) {
        true => "\nOperations that take an idempotency key get a random one, unless the call has one.",
        false => "",
    }
}

fn retries(plan: &Crate, usual: Option<&Call<'_>>) -> String {
    let module = example::module(plan);
    let import = quote!(
        use #module::RetryPolicy;
    );
    let (of_all, of_one) = (quote!(.retry(RetryPolicy::standard().attempts(5))), quote!(.retry(RetryPolicy::none())));
    set(plan, usual, &import, &of_all, &of_one)
}

/// A client and a call, each with a setting of its own.
fn set(
    plan: &Crate,
    call: Option<&Call<'_>>,
    import: &TokenStream,
    of_all: &TokenStream,
    of_one: &TokenStream,
) -> String {
    let sent = call.map(|call| {
        let expression = call.expression();
        quote!(#expression #of_one.await?;)
    });
    let steps = quote! {
        #import
        let client = builder #of_all.build()?;
        #sent
    };
    example::test(plan, Given::Builder, call, None, &steps)
}

fn features(plan: &Crate) -> String {
    let those = |default: bool| {
        let those = manifest::features_of(plan).filter(move |feature| feature.default == default);
        those.map(|feature| format!("`{}` ({})", feature.name, feature.docs))
    };
    let mut on: Vec<String> = those(true).collect();
    let groups: Vec<String> =
        plan.groups.iter().filter_map(|group| Some(format!("`{}`", group.feature.as_deref()?))).collect();
    if !groups.is_empty() {
        let others = match groups.len().saturating_sub(MOST_GROUPS) {
            0 => String::new(),
            count => format!(" and {count} others in `Cargo.toml`"),
        };
        let listed = groups.iter().take(MOST_GROUPS).map(String::as_str).collect::<Vec<_>>().join(", ");
        on.push(format!("one for each group of operations and the types that only it needs: {listed}{others}"));
    }
    format!("On by default: {}.\n\nOff by default: {}.", lines(on), lines(those(false)))
}

/// The parts of a sentence, in lines of a usual width.
fn lines(parts: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    let mut width = "Off by default: ".len();
    for part in parts {
        let separator = match (text.is_empty(), width + part.len() > WIDTH) {
            (true, _) => "",
            (false, false) => "; ",
            (false, true) => ";\n",
        };
        width = if separator.ends_with('\n') { part.len() } else { width + separator.len() + part.len() };
        text.push_str(separator);
        text.push_str(&part);
    }
    text
}

/// The dependency of a program that chooses its features.
fn manifest_line(plan: &Crate) -> String {
    let defaults = manifest::features_of(plan).filter(|feature| feature.default).map(|feature| feature.name);
    let group = plan.groups.iter().find_map(|group| group.feature.as_deref());
    let chosen: Vec<String> = defaults.chain(group).map(|name| format!("{name:?}")).collect();
    format!(
        "```toml\n[dependencies]\n{} = {{ version = {:?}, default-features = false, features = [{}] }}\n```",
        plan.package,
        plan.version,
        chosen.join(", ")
    )
}

const BLOCKED: &str = "\
With the feature `blocking`, programs without an async runtime send a call with `blocking()`, which waits for its end. Streams, pages and
items have `blocking()` too, which makes iterators of them. Inside an async runtime it is [`Error::Invalid`].";

fn blocking(plan: &Crate, call: &Call<'_>) -> String {
    let expression = call.expression();
    example::test(plan, Given::Client, Some(call), Some(BLOCKING), &quote!(#expression.blocking()?;))
}

const TRACED: &str = "\
With the feature `tracing`, each call is a span `http.client.request` with the fields of OpenTelemetry's conventions for HTTP clients. No
header, body or query is in it.";

const PROPAGATED: &str =
    " With the feature `opentelemetry`, requests carry the trace context, by the program's propagator.";

fn tracing(plan: &Crate, call: &Call<'_>) -> String {
    let expression = call.expression();
    let steps = quote! {
        use tracing::Instrument as _;
        #expression.into_future().instrument(tracing::info_span!("nightly")).await?;
    };
    example::test(plan, Given::Client, Some(call), Some(TRACING), &steps)
}

const MOCKED: &str = "\
With the feature `MOCK`, the module `mock` has a local server that stands in for the API in the tests of programs. Its responses are values
of the crate's types, each of which has a sample value.";
