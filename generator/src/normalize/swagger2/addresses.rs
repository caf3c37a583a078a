//! The addresses of requests: `host`, `basePath` and `schemes` as servers.

use serde_json::{Value, json};

use super::state::{Members, State};
use crate::diagnostics::Rule;
use crate::place::Pointer;

/// Adds the servers to the document.
pub(super) fn servers(document: &mut Members, state: &mut State<'_>) {
    let root = Pointer::root();
    let schemes = schemes(document, &root, state);
    let base = text(document, "basePath", state).unwrap_or_default();
    let host = text(document, "host", state).unwrap_or_default();
    let servers = match document.shift_remove("x-ms-parameterized-host") {
        Some(Value::Object(template)) => {
            state.relocate(root.child("x-ms-parameterized-host"), root.child("servers").child(0));
            vec![templated(&template, &schemes, &base, state)]
        }
        _ => addresses(&host, &base, &schemes).into_iter().map(|url| json!({ "url": url })).collect(),
    };
    for index in 0..servers.len() {
        let field = if host.is_empty() { "basePath" } else { "host" };
        let server = root.child("servers").child(index);
        state.relocate(root.child(field), server.clone());
        state.relocate(root.child(field), server.child("url"));
    }
    if !servers.is_empty() {
        document.insert("servers".to_owned(), Value::Array(servers));
    }
}

/// The servers of an operation that states its own schemes; `None` if it has those of the document.
pub(super) fn of_operation(
    operation: &mut Members,
    at: &Pointer,
    document: &[Value],
    state: &mut State<'_>,
) -> Option<Vec<Value>> {
    let schemes = schemes(operation, at, state);
    let first = document.first()?.get("url")?.as_str()?;
    let (_, rest) = first.split_once("://")?;
    let own: Vec<Value> = schemes.iter().map(|scheme| json!({ "url": format!("{scheme}://{rest}") })).collect();
    (!own.is_empty() && own != document).then_some(own)
}

/// The address of each scheme. Without a host, requests go to the host of the document, so only the base path is known.
fn addresses(host: &str, base: &str, schemes: &[String]) -> Vec<String> {
    let base = path(base);
    if host.is_empty() {
        return if base.is_empty() { Vec::new() } else { vec![base] };
    }
    // Some authors write the scheme into the host.
    let host = host.trim_end_matches('/');
    if host.contains("://") {
        return vec![format!("{host}{base}")];
    }
    let host = host.trim_start_matches('/');
    if schemes.is_empty() {
        return vec![format!("https://{host}{base}")];
    }
    schemes.iter().map(|scheme| format!("{scheme}://{host}{base}")).collect()
}

/// A base path to which paths can be appended: it begins with a slash, and does not end with one.
fn path(base: &str) -> String {
    let base = base.trim_matches('/');
    if base.is_empty() { String::new() } else { format!("/{base}") }
}

/// Takes the schemes out, encrypted ones first, because the first server is the default.
fn schemes(holder: &mut Members, at: &Pointer, state: &mut State<'_>) -> Vec<String> {
    let mut schemes = state.media_types(holder, "schemes", at).unwrap_or_default();
    schemes.iter_mut().for_each(|scheme| scheme.make_ascii_lowercase());
    schemes.sort_by_key(|scheme| !matches!(scheme.as_str(), "https" | "wss"));
    schemes
}

fn text(document: &mut Members, field: &str, state: &mut State<'_>) -> Option<String> {
    match document.shift_remove(field)? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Null => None,
        _ => {
            state.report(Rule::IgnoredValue, &Pointer::root().child(field), "text belongs here");
            None
        }
    }
}

/// The server of Azure's `x-ms-parameterized-host`: its template and parameters are a URL and its variables.
fn templated(template: &Members, schemes: &[String], base: &str, state: &mut State<'_>) -> Value {
    let url = template.get("hostTemplate").and_then(Value::as_str).unwrap_or_default();
    let with_scheme = template.get("useSchemePrefix") != Some(&Value::Bool(false));
    let scheme = schemes.first().map_or("https", String::as_str);
    let prefix = if with_scheme && !url.contains("://") { format!("{scheme}://") } else { String::new() };
    let mut variables = Members::new();
    for parameter in template.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let parameter = shared(parameter, state);
        let Some(name) = parameter.get("name").and_then(Value::as_str) else { continue };
        let mut variable = Members::new();
        let first = parameter.get("enum").and_then(|values| values.get(0));
        let default = parameter.get("default").or(first).cloned().unwrap_or_else(|| json!(""));
        variable.insert("default".to_owned(), default);
        for field in ["enum", "description"] {
            if let Some(value) = parameter.get(field) {
                variable.insert(field.to_owned(), value.clone());
            }
        }
        variables.insert(name.to_owned(), Value::Object(variable));
    }
    json!({ "url": format!("{prefix}{url}{}", path(base)), "variables": variables })
}

fn shared<'v>(parameter: &'v Value, state: &'v State<'_>) -> &'v Value {
    let name = parameter.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix("#/parameters/"));
    name.and_then(|name| state.parameters.get(name)).unwrap_or(parameter)
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_are_made_of_scheme_host_and_base_path() {
        let schemes = ["https".to_owned(), "http".to_owned()];
        assert_eq!(addresses("a.test", "/v1/", &schemes), ["https://a.test/v1", "http://a.test/v1"]);
        assert_eq!(addresses("a.test:8080", "/", &[]), ["https://a.test:8080"]);
        assert_eq!(addresses("", "/v1", &[]), ["/v1"]);
        assert_eq!(addresses("http://a.test/", "v1", &schemes), ["http://a.test/v1"]);
        assert!(addresses("", "/", &schemes).is_empty());
    }
}
