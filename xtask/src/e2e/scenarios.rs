//! A program that plays Spector's scenarios through a crate: each is one or more calls, with given values, one after another.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clientwright::diagnostics::Diagnostics;
use clientwright::ir::{self, Location};
use clientwright::plan::{self, Package};
use clientwright::rust::{
    ArgPassing, Argument, BodyKind, BodyPlan, Crate, Credential, Group, Operation, PartField, PartKind, Parts, Scheme,
    SchemeKind,
};
use serde::Deserialize;
use serde_json::Value;

use super::driver::Driver;
use clientwright_cli::compile;
use clientwright_cli::output::File;
use clientwright_cli::report::{Failure, Ui};
use clientwright_cli::request::Request;

/// A scenario of a folder, as `tests/spector/scenarios.mjs` writes it.
#[derive(Debug, Deserialize)]
pub(crate) struct Scenario {
    pub(crate) folder: String,
    pub(crate) scenario: String,
    calls: Vec<Call>,
}

/// A request that the mock server waits for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Call {
    method: String,
    uri: String,
    query: BTreeMap<String, Value>,
    headers: BTreeMap<String, Value>,
    content_type: Option<String>,
    body: Content,
    parts: Value,
    files: Vec<Sent>,
    /// The status of the response.
    status: u16,
    /// The response as JSON, where it is JSON.
    answer: Option<String>,
}

/// The content of a body: a text, or a file.
#[derive(Debug, Default, Deserialize)]
struct Content {
    text: Option<String>,
    file: Option<PathBuf>,
}

/// A file in a multipart body.
#[derive(Debug, Deserialize)]
struct Sent {
    part: String,
    name: String,
    r#type: String,
    path: PathBuf,
}

/// Writes the program for a document and the scenarios of its folder; `None` if the document is rejected.
pub(crate) fn scenarios(request: &Request, scenarios: &[&Scenario], ui: &Ui) -> Result<Option<Driver>, Failure> {
    let Some(analysis) = compile::analyse(request, ui)? else { return Ok(None) };
    let plan = plan::plan(&analysis.api, &Package::new(&request.options.package), &mut Diagnostics::default());
    let player = Player { crate_name: plan.package.replace('-', "_"), plan: &plan, api: &analysis.api };
    let mut without_input = Vec::new();
    let (program, calls) = player.program(scenarios, &mut without_input);
    let files = analysis.generated.files.into_iter();
    let files = files.map(|file| File { path: file.path, contents: file.contents }).collect();
    Ok(Some(Driver { files, program, calls, without_input }))
}

/// The parts that every program has: values come from texts, and answers are compared.
const FRAME: &str = r#"
/// The first of the texts that is JSON of the type, and of no variant for the unknown.
fn value<T: DeserializeOwned + Debug>(texts: &[&str]) -> T {
    let mut unknown = None;
    for text in texts {
        if let Ok(value) = serde_json::from_str::<T>(text) {
            if !format!("{value:?}").contains("Other(") {
                return value;
            }
            unknown.get_or_insert(value);
        }
    }
    unknown.unwrap_or_else(|| panic!("the client has no such value: {texts:?}"))
}

struct Answer<'a, T>(&'a T);

impl<T: Serialize> Answer<'_, T> {
    fn json(&self) -> Option<Value> {
        serde_json::to_value(self.0).ok()
    }
}

trait NoJson {
    fn json(&self) -> Option<Value> {
        None
    }
}

impl<T> NoJson for Answer<'_, T> {}

/// Returns whether all of what is expected was read.
fn holds(expected: &Value, read: &Value) -> bool {
    match (expected, read) {
        (Value::Object(expected), Value::Object(read)) => expected.iter().all(|(name, value)| match read.get(name) {
            Some(found) => holds(value, found),
            None => value.is_null(),
        }),
        (Value::Array(expected), Value::Array(read)) => {
            expected.len() == read.len() && expected.iter().zip(read).all(|(expected, read)| holds(expected, read))
        }
        (Value::Number(expected), Value::Number(read)) => expected.as_f64() == read.as_f64(),
        (expected, read) => expected == read,
    }
}

fn compare(expected: &str, read: Option<Value>) -> Result<(), String> {
    let expected: Value = serde_json::from_str(&expected.replace("{base}", &base().replace("127.0.0.1", "localhost"))).map_err(|error| error.to_string())?;
    match read {
        Some(read) if !holds(&expected, &read) => Err(format!("expected {expected}, and it is {read}")),
        _ => Ok(()),
    }
}

fn base() -> String {
    std::env::args().nth(1).unwrap_or_default()
}

fn play<'a>(scenario: &str, calls: impl FnOnce() -> Pin<Box<dyn Future<Output = Result<(), String>> + 'a>>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(async { calls().await })));
    let said = match outcome {
        Ok(Ok(())) => String::new(),
        Ok(Err(error)) => error,
        Err(reason) => reason.downcast_ref::<String>().cloned().unwrap_or_else(|| "a panic".to_owned()),
    };
    println!("{}", serde_json::json!({ "scenario": scenario, "said": said }));
}
"#;

struct Player<'a> {
    crate_name: String,
    plan: &'a Crate,
    api: &'a ir::Api,
}

impl Player<'_> {
    fn program(&self, scenarios: &[&Scenario], without: &mut Vec<String>) -> (String, usize) {
        let package = &self.crate_name;
        let mut text = format!(
            "//! Plays scenarios.\n#![allow(deprecated, unused)]\n\nuse std::fmt::Debug;\nuse std::future::Future;\nuse std::panic::{{AssertUnwindSafe, catch_unwind}};\nuse std::pin::Pin;\n\nuse {package}::{{Client, Error}};\nuse serde::Serialize;\nuse serde::de::DeserializeOwned;\nuse serde_json::Value;\n{FRAME}\n"
        );
        let mut names = Vec::new();
        for scenario in scenarios {
            let calls: Option<Vec<String>> =
                scenario.calls.iter().enumerate().map(|(index, call)| self.call(call, index == 0)).collect();
            match calls {
                Some(calls) => {
                    let _ = write!(
                        text,
                        "\nasync fn scenario_{}() -> Result<(), String> {{\n{}    Ok(())\n}}\n",
                        names.len(),
                        calls.concat()
                    );
                    names.push(&scenario.scenario);
                }
                None => without.push(scenario.scenario.clone()),
            }
        }
        text.push_str("\nfn main() {\n    std::panic::set_hook(Box::new(|_| {}));\n");
        for (index, name) in names.iter().enumerate() {
            let _ = writeln!(text, "    play({name:?}, || Box::pin(scenario_{index}()));");
        }
        text.push_str("}\n");
        (text, names.len())
    }

    /// The statements of a call; `None` where the document has no such operation.
    fn call(&self, call: &Call, is_first: bool) -> Option<String> {
        let credentials: String = self.plan.schemes.iter().filter_map(|scheme| credential(scheme, call)).collect();
        let (base, expression) = match self.find(&call.method, &call.uri) {
            Some((group, operation, found)) => {
                let expression = self.expression(group, operation, call, &found)?;
                (found.base, expression)
            }
            // A link to the next page is followed as it is.
            None if !is_first && call.method == "GET" => {
                (String::new(), format!("client.raw(http::Method::GET, {:?})", call.uri.trim_start_matches('/')))
            }
            None => return None,
        };
        let compare = match &call.answer {
            Some(answer) => format!("        Ok(answer) => compare({answer:?}, Answer(&answer).json())?,\n"),
            None => "        Ok(_) => {}\n".to_owned(),
        };
        Some(format!(
            "    let client = Client::builder().base_url(format!(\"{{}}{base}\", base())).allow_anonymous(true).retry({}::RetryPolicy::none()){credentials}.build().map_err(|error| error.to_string())?;\n    let (call, outcome) = ({:?}, {expression}.await);\n    match outcome {{\n{compare}        Err(error) if error.failure().is_some() || {} >= 400 && error.status().is_some_and(|status| status.as_u16() == {}) => {{}}\n        Err(error) => return Err(format!(\"{{call}}: {{error:?}}\")),\n    }}\n",
            self.crate_name,
            format!("{} {}", call.method, call.uri),
            call.status,
            call.status,
        ))
    }

    /// The operation that a URI belongs to, with the values in its path.
    fn find(&self, method: &str, uri: &str) -> Option<(&Group, &Operation, Found)> {
        let servers: Vec<String> = self.api.servers.iter().map(|server| server_path(&server.url)).collect();
        let servers = if servers.is_empty() { vec![String::new()] } else { servers };
        let groups = self.plan.ungrouped.iter().chain(&self.plan.groups);
        let operations = groups.flat_map(|group| group.operations.iter().map(move |operation| (group, operation)));
        let found =
            operations.filter(|(_, operation)| operation.http_method == method).flat_map(|(group, operation)| {
                let matched = servers.iter().filter_map(|server| Found::of(server, operation.path.text(), uri));
                matched.map(move |found| (group, operation, found)).collect::<Vec<_>>()
            });
        // The path with the fewest variables has precedence.
        found.min_by_key(|(_, _, found)| found.variables.len())
    }

    /// `client.notes().add(&value(&["…"])).tag("…")`
    fn expression(&self, group: &Group, operation: &Operation, call: &Call, found: &Found) -> Option<String> {
        let handle = if group.is_the_client() { String::new() } else { format!(".{}()", group.module.as_str()) };
        let given = |argument: &Argument| {
            let value = match argument.location {
                Location::Path => found.variables.get(&argument.wire).cloned().map(Value::String),
                Location::Query | Location::QueryString => call.query.get(&argument.wire).cloned(),
                Location::Header => call.headers.get(&argument.wire.to_ascii_lowercase()).cloned(),
                Location::Cookie => None,
            };
            value.map(|value| passed(&argument.pass, &value))
        };
        let stated = call.headers.get("content-type").and_then(Value::as_str).or(call.content_type.as_deref());
        let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let has_body = stated.is_some() && (call.content_type.is_some() || call.body.text.is_some());
        let chosen = operation
            .bodies
            .iter()
            .position(|body| stated.is_some_and(|stated| essence(stated) == essence(&body.content_type)));
        let body = operation.bodies.get(chosen.unwrap_or(0)).filter(|_| has_body);
        let module = format!("{}::{}", self.crate_name, group.module.as_str());
        let body_text = body.and_then(|body| self.body(&module, &handle, operation, body, call));

        let mut arguments: Vec<String> =
            operation.arguments.iter().filter(|argument| argument.required).map(given).collect::<Option<_>>()?;
        let required = body.is_some_and(|body| body.required);
        arguments.extend(body_text.clone().filter(|_| required));
        if let Some(first) =
            operation.bodies.first().filter(|first| first.required && (!required || body_text.is_none()))
        {
            // The mock server does not say what it is to be.
            match &first.kind {
                BodyKind::Json(pass) if !has_body => {
                    arguments.push(passed(pass, &Value::Object(serde_json::Map::new())))
                }
                _ => return None,
            }
        }
        let method = match body.filter(|body| body.required && chosen.unwrap_or(0) > 0) {
            Some(body) => body.name.as_str(),
            None => operation.method_name.as_str(),
        };
        let mut text = format!("client{handle}.{method}({})", arguments.join(", "));
        for argument in operation.arguments.iter().filter(|argument| !argument.required) {
            if let Some(value) = given(argument) {
                let _ = write!(text, ".{}({value})", argument.name.as_str());
            }
        }
        if let (Some(body), Some(value)) = (body.filter(|body| !body.required), body_text) {
            let _ = write!(text, ".{}({value})", body.name.as_str());
        }
        let accept = call.headers.get("accept").and_then(Value::as_str).unwrap_or_default();
        if let Some(alternate) =
            operation.alternate_responses.iter().find(|other| !other.streaming && other.content_type == accept)
        {
            let _ = write!(text, ".{}()", alternate.setter.as_str());
        } else if !accept.is_empty() && !operation.accept.iter().any(|known| known == accept) {
            let _ = write!(text, ".extra_header(\"accept\", {accept:?})");
        }
        Some(text)
    }

    fn body(&self, module: &str, handle: &str, operation: &Operation, body: &BodyPlan, call: &Call) -> Option<String> {
        let text = call.body.text.as_deref();
        Some(match &body.kind {
            BodyKind::Json(pass) | BodyKind::Form(pass, _) | BodyKind::Lines(pass) => {
                passed(pass, &serde_json::from_str(text?).ok()?)
            }
            // What is sent as XML is what the same path gives.
            BodyKind::Xml(..) => {
                let groups = self.plan.ungrouped.iter().chain(&self.plan.groups);
                let get = groups
                    .flat_map(|group| &group.operations)
                    .find(|other| other.path == operation.path && other.http_method == "GET")?;
                format!(
                    "&value(&[&serde_json::to_string(&client{handle}.{}().await.map_err(|error| format!(\"{{error:?}}\"))?).unwrap()])",
                    get.method_name.as_str()
                )
            }
            BodyKind::Multipart(Some(parts)) => self::parts(module, parts, call)?,
            BodyKind::Multipart(None) => return None,
            BodyKind::Text => format!("{:?}", text_of(text?)),
            BodyKind::Bytes => {
                let bytes = match (&call.body.file, text) {
                    (Some(file), _) => format!("std::fs::read({:?}).unwrap()", file.display().to_string()),
                    (None, Some(text)) => format!("{text:?}.as_bytes().to_vec()"),
                    (None, None) => return None,
                };
                let stated = call.headers.get("content-type").and_then(Value::as_str).or(call.content_type.as_deref());
                if body.content_type.contains('*') {
                    format!("{:?}, {bytes}", stated.unwrap_or("application/octet-stream"))
                } else {
                    bytes
                }
            }
        })
    }
}

/// A text of a request as JSON: `"cat"` is `cat`.
fn text_of(text: &str) -> String {
    match serde_json::from_str(text) {
        Ok(Value::String(text)) => text,
        _ => text.to_owned(),
    }
}

/// The values in a URI.
#[derive(Clone, Debug)]
struct Found {
    /// The path of the server, before that of the operation.
    base: String,
    variables: BTreeMap<String, String>,
}

impl Found {
    fn of(server: &str, path: &str, uri: &str) -> Option<Self> {
        let uri = uri.split('?').next().unwrap_or_default();
        let depth = server.matches('/').count();
        let mut segments = uri.split('/');
        let base: Vec<&str> = segments.by_ref().take(depth + 1).collect();
        variables(server, &base.join("/"))?;
        let rest = segments.map(|segment| format!("/{segment}")).collect::<String>();
        let variables = variables(path, if rest.is_empty() { "/" } else { &rest })?;
        Some(Self { base: base.join("/"), variables })
    }
}

/// The values that a text has where a template has variables.
fn variables(template: &str, text: &str) -> Option<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let (templates, texts): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), text.split('/').collect());
    if templates.len() != texts.len() {
        return None;
    }
    for (template, text) in templates.into_iter().zip(texts) {
        match template.split_once('{').map(|(before, rest)| (before, rest.split_once('}').unwrap_or((rest, "")))) {
            None if template == text => {}
            Some((before, (name, after)))
                if text.starts_with(before) && text.ends_with(after) && text.len() > before.len() + after.len() =>
            {
                let value = &text[before.len()..text.len() - after.len()];
                found.insert(name.to_owned(), value.replace("%20", " "));
            }
            _ => return None,
        }
    }
    Some(found)
}

/// The path of a server's URL, variables included.
fn server_path(url: &str) -> String {
    let rest = url.strip_prefix("{endpoint}").unwrap_or(url);
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest.find('/').map_or("", |start| &rest[start..]));
    rest.trim_end_matches('/').to_owned()
}

/// A setter of the builder, where the call has the credential of a scheme.
fn credential(scheme: &Scheme, call: &Call) -> Option<String> {
    let header = |name: &str| call.headers.get(&name.to_ascii_lowercase()).and_then(Value::as_str);
    let after = |prefix: &str| header("authorization").and_then(|value| value.strip_prefix(prefix));
    let value = match &scheme.kind {
        SchemeKind::ApiKey(_, name) => header(name)?.to_owned(),
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => after("Bearer ")?.to_owned(),
        SchemeKind::Http(name) => {
            let value = header("authorization")?;
            let (given, rest) = value.split_once(' ')?;
            given.eq_ignore_ascii_case(name).then(|| rest.to_owned())?
        }
        SchemeKind::Basic | SchemeKind::MutualTls => return None,
    };
    let fixed = |credential: &Credential| matches!(credential, Credential::Key | Credential::Token);
    let setter = scheme.setters.iter().find(|setter| fixed(&setter.credential))?;
    Some(format!(".{}({value:?})", setter.name.as_str()))
}

fn passed(pass: &ArgPassing, value: &Value) -> String {
    let list = |separator: char| {
        let text = value.as_str()?;
        Some(Value::from(text.split(separator).map(Value::from).collect::<Vec<_>>()).to_string())
    };
    let numbers = |separator: char| value.as_str().map(|text| format!("[{}]", text.replace(separator, ",")));
    let mut texts = vec![value.to_string()];
    texts.extend(value.as_str().map(str::to_owned));
    for separator in [',', '|', ' ', '\n'] {
        let has = value.as_str().is_some_and(|text| text.contains(separator));
        texts.extend(list(separator).filter(|_| has).into_iter().chain(numbers(separator).filter(|_| has)));
    }
    texts.push(Value::from(vec![value.clone()]).to_string());
    if !value.is_string() {
        texts.push(Value::String(value.to_string()).to_string());
    }
    let texts = texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ");
    match pass {
        ArgPassing::Text => format!("{:?}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
        ArgPassing::Copy(_) => format!("value(&[{texts}])"),
        ArgPassing::Reference(_) => format!("&value(&[{texts}])"),
        ArgPassing::Slice(_) => format!("&value::<Vec<_>>(&[{texts}])"),
    }
}

fn parts(module: &str, parts: &Parts, call: &Call) -> Option<String> {
    let root = module.split("::").next().unwrap_or_default();
    let file = |sent: &Sent| {
        let (path, name, kind) = (sent.path.display().to_string(), &sent.name, &sent.r#type);
        format!("{root}::Part::bytes(std::fs::read({path:?}).unwrap()).file_name({name:?}).content_type({kind:?})")
    };
    let field = |field: &PartField| -> Option<String> {
        let sent: Vec<String> = call.files.iter().filter(|sent| sent.part == field.wire).map(file).collect();
        let value = match &field.kind {
            PartKind::Files => format!("vec![{}]", sent.join(", ")),
            PartKind::File | PartKind::FileOrText if field.required => sent.first()?.clone(),
            PartKind::File | PartKind::FileOrText => {
                sent.first().map_or("None".to_owned(), |file| format!("Some({file})"))
            }
            PartKind::Value(..) | PartKind::Json(..) | PartKind::Styled(..) | PartKind::Xml(..) => {
                match call.parts.get(&field.wire) {
                    Some(value) => passed(&ArgPassing::Copy(clientwright::rust::Type::Unit), value),
                    None if field.required => return None,
                    None => "None".to_owned(),
                }
            }
        };
        Some(format!("{}: {value}", field.name.as_str()))
    };
    let fields: Vec<String> = parts.fields.iter().map(field).collect::<Option<_>>()?;
    Some(format!("{module}::{} {{ {} }}", parts.name.as_str(), fields.join(", ")))
}
