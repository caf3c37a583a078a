//! The constructs of operations in real documents, and their support.
//! `cargo test -p clientwright-tests --test it operations::corpus:: -- --ignored --nocapture` prints the table.
//! `CLIENTWRIGHT_SHARED` names the folder of the documents.

use std::collections::{BTreeMap, BTreeSet};

use clientwright::diagnostics::{Diagnostics, Rule};
use clientwright::ir::{Api, Operation as Source, ParameterForm, SchemeKind};
use clientwright::plan::{Package, plan};
use clientwright::rust::{BodyEncoding, BodyKind, Crate, Decode, Operation};
use clientwright::{NoFiles, Options, analyse};
use clientwright_tests::front::shared;
use serde_json::Value;

/// The constructs by kind and support, with their counts.
type Table = BTreeMap<(&'static str, String, &'static str), usize>;

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED; reads 54 MB of documents"]
fn every_operation_of_real_documents_is_there_and_all_it_says_is_served_or_reported() {
    let shared = shared();
    let mut table = Table::new();
    let (mut written, mut emitted, mut documents) = (0, 0, 0);
    let mut silent = Vec::new();
    let mut paths: Vec<_> =
        std::fs::read_dir(shared.join("corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "yaml" || kind == "json"));
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = clientwright::Source { name: name.clone(), bytes: std::fs::read(&path).unwrap() };
        let counted = operations_in(&source);
        let report = analyse(&source, &[], &NoFiles, &Options::new("corpus"));
        let api = report.product.unwrap_or_else(|| panic!("{name} is rejected")).api;
        let mut diagnostics = Diagnostics::default();
        let package = Package::new("corpus");
        let planned = plan(&api, &package, &mut diagnostics);
        assert_eq!(planned.operation_count, counted, "{name}");
        documents += 1;
        written += counted;
        emitted += look(&api, &planned, &diagnostics, &name, &mut table, &mut silent);
    }
    println!("{documents} documents, {written} operations in them, {emitted} emitted\n");
    for ((what, met, served), count) in &table {
        println!("| {what} | {met} | {served} | {count} |");
    }
    assert_eq!((written, silent), (emitted, Vec::<String>::new()));
}

/// Counted in the text, by no code of ours but the reader of YAML.
fn operations_in(source: &clientwright::Source) -> usize {
    let document: Value = match serde_json::from_slice(&source.bytes) {
        Ok(document) => document,
        Err(_) => serde_yaml::from_slice(&source.bytes).unwrap(),
    };
    const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let items = document["paths"].as_object().into_iter().flatten().filter_map(|(_, item)| item.as_object());
    items.map(|item| item.keys().filter(|key| METHODS.contains(&key.as_str())).count()).sum()
}

fn look(
    api: &Api,
    planned: &Crate,
    diagnostics: &Diagnostics,
    name: &str,
    table: &mut Table,
    silent: &mut Vec<String>,
) -> usize {
    let reported: BTreeSet<String> = diagnostics
        .iter()
        .filter(|found| [Rule::MediaTypeNotServed, Rule::XmlAsText, Rule::PartsUnknown].contains(&found.rule))
        .map(|found| format!("{:?}", found.place))
        .collect();
    let is_reported = |pointer: &str| reported.iter().any(|place| place.contains(pointer));
    let mut count = |what, met: String, served| *table.entry((what, met, served)).or_default() += 1;
    for scheme in &api.security_schemes {
        let (met, served) = scheme_of(&scheme.kind);
        count("security", met, served);
    }
    let planned: BTreeMap<(&str, &str), &Operation> = planned
        .ungrouped
        .iter()
        .chain(&planned.groups)
        .flat_map(|group| &group.operations)
        .map(|operation| ((operation.http_method.as_str(), operation.path.text()), operation))
        .collect();
    let mut emitted = 0;
    for source in &api.operations {
        let Some(operation) = planned.get(&(source.method.as_str(), source.path.text())) else { continue };
        emitted += 1;
        for parameter in &source.parameters {
            count("parameter", style_of(&parameter.form, &format!("{:?}", parameter.location)), "sent as it says");
        }
        for media in source.body.iter().flat_map(|body| &body.content) {
            let kind = operation.bodies.iter().find(|body| body.content_type == media.content_type);
            let served = match kind.map(|body| &body.kind) {
                Some(BodyKind::Json(_)) => "JSON",
                Some(BodyKind::Form(..)) => "a form",
                Some(BodyKind::Lines(_)) => "JSON, a value a line",
                Some(BodyKind::Xml(..)) => "XML by its schema",
                Some(BodyKind::Multipart(Some(_))) => "typed parts",
                Some(BodyKind::Multipart(None)) => "parts by hand, reported",
                Some(BodyKind::Text) => "text",
                Some(BodyKind::Bytes) => "bytes or a stream",
                None if is_reported(media.pointer.as_str()) => "not offered: another says the same, reported",
                None => {
                    silent.push(format!("{name} {}", media.pointer));
                    "dropped"
                }
            };
            count("request", essence(&media.content_type), served);
        }
        replies(source, operation, &mut count);
    }
    emitted
}

/// Counts the media types of responses. For an error response, one media type of each status is read.
fn replies(source: &Source, operation: &Operation, count: &mut impl FnMut(&'static str, String, &'static str)) {
    let forms = operation.arms.iter().map(|arm| match &arm.decode {
        Decode::Output(_, written) | Decode::Failure(_, written) => written,
    });
    let forms: Vec<&BodyEncoding> = forms.collect();
    for media in source.responses.iter().flat_map(|response| &response.content) {
        let variation =
            operation.alternate_responses.iter().find(|variation| variation.content_type == media.content_type);
        let served = match variation {
            _ if operation.accept.contains(&media.content_type) && forms.iter().any(|form| form.is_streamed()) => {
                "asked for, as a stream"
            }
            _ if operation.accept.contains(&media.content_type) => "asked for",
            Some(variation) if variation.streaming => "on request, as a stream",
            Some(_) => "on request",
            None => "another of the status is asked for",
        };
        count("answer", essence(&media.content_type), served);
    }
}

fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_owned()
}

fn style_of(form: &ParameterForm, place: &str) -> String {
    match form {
        ParameterForm::Styled { style, explode, allow_reserved } => {
            let reserved = if *allow_reserved { ", reserved" } else { "" };
            format!("{place} {style:?}{}{reserved}", if *explode { ", exploded" } else { "" })
        }
        ParameterForm::Content(content_type) => format!("{place} content {content_type}"),
    }
}

fn scheme_of(kind: &SchemeKind) -> (String, &'static str) {
    match kind {
        SchemeKind::ApiKey { place, .. } => (format!("apiKey in {place:?}"), "a key, put there"),
        SchemeKind::Http { scheme } if scheme == "basic" => ("http basic".to_owned(), "user and password"),
        SchemeKind::Http { scheme } if scheme == "bearer" => ("http bearer".to_owned(), "a token"),
        SchemeKind::Http { scheme } => (format!("http {scheme}"), "credentials as the caller writes them"),
        SchemeKind::OAuth2 { flows } => {
            let kinds: Vec<String> = flows.iter().map(|flow| format!("{:?}", flow.kind)).collect();
            (format!("oauth2 {}", kinds.join(", ")), "tokens fetched, refreshed, or handed over")
        }
        SchemeKind::OpenIdConnect { .. } => ("openIdConnect".to_owned(), "endpoints discovered"),
        SchemeKind::MutualTls => ("mutualTLS".to_owned(), "the caller's HTTP client"),
    }
}
