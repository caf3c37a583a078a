//! A program that calls every operation of a crate once, with values that the document admits.

use std::fmt::Write as _;

use clientwright::diagnostics::Diagnostics;
use clientwright::ir::{self, Media};
use clientwright::plan::{self, Package};
use clientwright::rust::{
    ArgPassing, Argument, BodyKind, BodyPlan, Crate, Credential, Group, Operation, PartKind, Parts,
};
use clientwright::samples::{Fill, Inputs, inputs};
use serde_json::Value;

use clientwright_cli::compile;
use clientwright_cli::output::File;
use clientwright_cli::report::{Failure, Ui};
use clientwright_cli::request::Request;

/// A crate, and the program that calls it.
pub(crate) struct Driver {
    /// The files of the crate.
    pub(crate) files: Vec<File>,
    /// The program: an example of the crate. Its arguments are the base URL, and where Prism's objections are told; it prints a line of JSON for each call.
    pub(crate) program: String,
    /// The operations that it calls.
    pub(crate) calls: usize,
    /// Those for which the document admits no value, by method and path.
    pub(crate) without_input: Vec<String>,
}

/// Writes the program for a document; `None` if it is rejected, which has then been explained.
pub(crate) fn driver(request: &Request, ui: &Ui) -> Result<Option<Driver>, Failure> {
    let Some(analysis) = compile::analyse(request, ui)? else { return Ok(None) };
    let plan = plan::plan(&analysis.api, &Package::new(&request.options.package), &mut Diagnostics::default());
    let mut without_input = Vec::new();
    let (program, calls) = program(&plan, &analysis.api, &mut without_input);
    let files = analysis.generated.files.into_iter();
    let files = files.map(|file| File { path: file.path, contents: file.contents }).collect();
    Ok(Some(Driver { files, program, calls, without_input }))
}

/// The common part of every program: construction of values, and output of outcomes.
const FRAME: &str = r#"
/// A value of whatever type the client takes.
fn value<T: serde::de::DeserializeOwned>(json: &str) -> T {
    match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => panic!("the client has no such value: {error}: {json}"),
    }
}

fn said<T, F>(outcome: Result<T, Error<F>>) -> serde_json::Value {
    match outcome {
        Ok(_) => serde_json::json!({ "answered": true }),
        Err(error) => serde_json::json!({
            "answered": false,
            "documented": error.failure().is_some(),
            "status": error.status().map(|status| status.as_u16()),
            "body": String::from_utf8_lossy(error.body()),
            "error": error.to_string(),
        }),
    }
}

/// Returns the violations that Prism has reported so far. Prism may still be writing.
async fn objections() -> Vec<serde_json::Value> {
    tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    let url = std::env::args().nth(2).unwrap_or_default();
    let text = reqwest::get(url).await.unwrap().text().await.unwrap();
    let observed: serde_json::Value = serde_json::from_str(&text).unwrap();
    observed["violations"].as_array().cloned().unwrap_or_default()
}

fn call<'a>(operation: &str, call: impl FnOnce() -> Pin<Box<dyn Future<Output = serde_json::Value> + 'a>>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(async { call().await })));
    let mut said = outcome.unwrap_or_else(|reason| {
        let reason = reason.downcast_ref::<String>().cloned().unwrap_or_else(|| "a panic".to_owned());
        serde_json::json!({ "answered": false, "error": reason })
    });
    said["operation"] = operation.into();
    if said["answered"] == false {
        static SEEN: AtomicUsize = AtomicUsize::new(0);
        let found = runtime.block_on(objections());
        said["objections"] = found[SEEN.swap(found.len(), Ordering::Relaxed).min(found.len())..].into();
    }
    println!("{said}");
}
"#;

fn program(plan: &Crate, api: &ir::Api, without_input: &mut Vec<String>) -> (String, usize) {
    let package = plan.package.replace('-', "_");
    let mut text = format!(
        "//! Calls every operation once.\n#![allow(deprecated)]\n\nuse std::future::Future;\nuse std::panic::{{AssertUnwindSafe, catch_unwind}};\nuse std::pin::Pin;\nuse std::sync::atomic::{{AtomicUsize, Ordering}};\n\nuse {package}::{{Client, Error}};\n{FRAME}\n"
    );
    let mut names = Vec::new();
    for group in plan.ungrouped.iter().chain(&plan.groups) {
        for operation in &group.operations {
            let name = format!("{} {}", operation.http_method, operation.path);
            let source = api
                .operations
                .iter()
                .find(|source| source.method == operation.http_method && source.path == operation.path);
            let Some(inputs) = source.and_then(|source| inputs(api, source, Fill::Everything)) else {
                without_input.push(name);
                continue;
            };
            let expression = expression(&package, group, operation, &inputs);
            let index = names.len();
            let _ = write!(
                text,
                "\nasync fn call_{index}(client: &Client) -> serde_json::Value {{\n    said({expression}.await)\n}}\n"
            );
            names.push(name);
        }
    }
    let _ = write!(
        text,
        "\nfn main() {{\n    let base_url = std::env::args().nth(1).unwrap_or_default();\n    std::panic::set_hook(Box::new(|_| {{}}));\n    let client = Client::builder().base_url(base_url).retry({package}::RetryPolicy::none()){}.build().unwrap();\n",
        credentials(plan)
    );
    for (index, name) in names.iter().enumerate() {
        let _ = writeln!(text, "    call({name:?}, || Box::pin(call_{index}(&client)));");
    }
    text.push_str("}\n");
    (text, names.len())
}

/// Something for each scheme, so that whatever an operation needs is there.
fn credentials(plan: &Crate) -> String {
    let setter = |scheme: &clientwright::rust::Scheme| {
        let fetched = |it: &Credential| matches!(it, Credential::ClientCredentials | Credential::RefreshToken);
        let fixed = scheme.setters.iter().find(|setter| !fetched(&setter.credential))?;
        let arguments = match fixed.credential {
            Credential::UserAndPassword => "\"user\", \"password\"",
            Credential::Certificate => "",
            _ => "\"token\"",
        };
        Some(format!(".{}({arguments})", fixed.name.as_str()))
    };
    plan.schemes.iter().filter_map(setter).collect()
}

/// `client.notes().add(&value("…")).tag("…")`
fn expression(package: &str, group: &Group, operation: &Operation, inputs: &Inputs<'_>) -> String {
    let handle = if group.is_the_client() { String::new() } else { format!(".{}()", group.module.as_str()) };
    let given = |argument: &Argument| {
        let of = |(parameter, _): &&(&ir::Parameter, Value)| {
            parameter.name == argument.wire && parameter.location == argument.location
        };
        inputs.parameters.iter().find(of).map(|(_, value)| passed(&argument.pass, value))
    };
    let body = operation.bodies.first();
    let sample = |body: &BodyPlan| {
        let of = |(media, _): &&(&Media, Value)| media.content_type == body.content_type;
        inputs.bodies.iter().find(of).map(|(_, value)| value)
    };
    let module = format!("{package}::{}", group.module.as_str());
    let body_text = body.and_then(|body| self::body(&module, body, sample(body)));

    let mut arguments: Vec<String> =
        operation.arguments.iter().filter(|argument| argument.required).filter_map(given).collect();
    arguments.extend(body_text.clone().filter(|_| body.is_some_and(|body| body.required)));
    let mut text = format!("client{handle}.{}({})", operation.method_name.as_str(), arguments.join(", "));
    for argument in operation.arguments.iter().filter(|argument| !argument.required) {
        if let Some(value) = given(argument) {
            let _ = write!(text, ".{}({value})", argument.name.as_str());
        }
    }
    if let (Some(body), Some(value)) = (body.filter(|body| !body.required), body_text) {
        let _ = write!(text, ".{}({value})", body.name.as_str());
    }
    text
}

fn passed(pass: &ArgPassing, value: &Value) -> String {
    let json = value.to_string();
    match pass {
        ArgPassing::Text => format!("{:?}", value.as_str().unwrap_or(&json)),
        ArgPassing::Copy(_) => format!("value({json:?})"),
        ArgPassing::Reference(_) => format!("&value({json:?})"),
        ArgPassing::Slice(_) => format!("&value::<Vec<_>>({json:?})"),
    }
}

/// A body; `None` where the document admits none.
fn body(module: &str, body: &BodyPlan, sample: Option<&Value>) -> Option<String> {
    Some(match &body.kind {
        BodyKind::Json(pass) | BodyKind::Form(pass, _) | BodyKind::Lines(pass) | BodyKind::Xml(pass, _) => {
            passed(pass, sample?)
        }
        BodyKind::Multipart(Some(parts)) => self::parts(module, parts, sample?),
        BodyKind::Multipart(None) => format!("{}::Multipart::new()", module.split("::").next().unwrap_or_default()),
        BodyKind::Text => match sample {
            Some(Value::String(text)) => format!("{text:?}"),
            Some(value) => format!("{:?}", value.to_string()),
            None => "\"text\"".to_owned(),
        },
        BodyKind::Bytes => match body.content_type.split_once('*') {
            None => "b\"bytes\".to_vec()".to_owned(),
            Some((kind, _)) => {
                let kind = if kind.len() > 1 { format!("{kind}png") } else { "application/octet-stream".to_owned() };
                format!("{kind:?}, b\"bytes\".to_vec()")
            }
        },
    })
}

fn parts(module: &str, parts: &Parts, sample: &Value) -> String {
    let root = module.split("::").next().unwrap_or_default();
    let file = format!("{root}::Part::bytes(b\"bytes\".to_vec()).file_name(\"file\")");
    let field = |field: &clientwright::rust::PartField| {
        let value = match &field.kind {
            PartKind::Files => format!("vec![{file}]"),
            PartKind::File | PartKind::FileOrText if field.required => file.clone(),
            PartKind::File | PartKind::FileOrText => format!("Some({file})"),
            PartKind::Value(..) | PartKind::Json(..) | PartKind::Styled(..) | PartKind::Xml(..) => {
                match sample.get(&field.wire) {
                    Some(value) => format!("value({:?})", value.to_string()),
                    None => "None".to_owned(),
                }
            }
        };
        let headers = field.headers.iter().map(|header| {
            let value = if header.required { "value(\"\\\"text\\\"\")" } else { "None" };
            format!(", {}: {value}", header.name.as_str())
        });
        format!("{}: {value}{}", field.name.as_str(), headers.collect::<String>())
    };
    let fields: Vec<String> = parts.fields.iter().map(field).collect();
    format!("{module}::{} {{ {} }}", parts.name.as_str(), fields.join(", "))
}
