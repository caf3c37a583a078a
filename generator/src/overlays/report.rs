//! The report of a lenient client about a document: members that answers lack, and values that are null.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::place::Pointer;

/// A line of a report, as the runtime's `Lapse::to_json` writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Lapse {
    method: String,
    path: String,
    status: u16,
    pointer: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Missing,
    Null,
    Type,
    Element,
    NoBody,
}

/// References that lead on to one another end here.
const MOST_STEPS: usize = 64;

/// Returns the document after all changes that permit what the answers in a report had, and the reasons why lines have none.
pub(crate) fn permit_report(document: &Value, report: &str) -> (Value, Vec<String>) {
    let (mut lapses, mut changes, mut left) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (index, line) in report.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Lapse>(line) {
            Ok(lapse) => drop(lapses.insert(lapse)),
            Err(why) => {
                let why = why.to_string();
                // A line of a report is one line of JSON.
                let why = why.split(" at line 1 ").next().unwrap_or_default();
                left.insert(format!("line {} of the report is none that `Lapse::to_json` writes: {why}", index + 1));
            }
        }
    }
    for lapse in lapses.iter().filter(|lapse| !is_explained(lapse, &lapses)) {
        match permit(document, lapse) {
            Ok(found) => changes.extend(found),
            Err(why) => drop(left.insert(why)),
        }
    }
    let mut after = document.clone();
    changes.iter().for_each(|change| apply(&mut after, change));
    (after, left.into_iter().collect())
}

/// Returns whether a report has the reasons why an element was left out, which are then corrected instead of it.
fn is_explained(lapse: &Lapse, report: &BTreeSet<Lapse>) -> bool {
    let below = Lapse { pointer: format!("{}/", lapse.pointer), kind: Kind::Missing, ..lapse.clone() };
    let next = report.range(&below..).next().filter(|_| lapse.kind == Kind::Element);
    next.is_some_and(|next| {
        let is_of = |a: &Lapse, b: &Lapse| (&a.method, &a.path, a.status) == (&b.method, &b.path, b.status);
        is_of(next, lapse) && next.pointer.starts_with(&below.pointer)
    })
}

/// A change after which a document permits what an answer had.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// A member is no longer required by this schema.
    Optional(Pointer, String),
    /// This schema permits null.
    Nullable(Pointer),
}

/// Returns the changes after which a document permits what an answer had.
///
/// # Errors
/// The reason why no change of the document does that.
fn permit(document: &Value, lapse: &Lapse) -> Result<Vec<Change>, String> {
    let place = || format!("{} {}, {}, `{}`", lapse.method, lapse.path, lapse.status, lapse.pointer);
    let fail = |why: &str| Err(format!("{}: {why}", place()));
    match lapse.kind {
        Kind::Missing | Kind::Null => {}
        Kind::Type => return fail("the value is of another type; correct its schema by hand"),
        Kind::Element => return fail("the items of this list are not as described; correct their schema by hand"),
        Kind::NoBody => return fail("this answer had no body; describe a response without content by hand"),
    }
    let Some(schema) = answer(document, lapse) else {
        return fail("the document has no JSON response like this");
    };
    let Some((holder, member)) = Pointer::parse(&lapse.pointer).and_then(|pointer| {
        let (holder, member) = pointer.split_last()?;
        Some((holder, member.into_owned()))
    }) else {
        return fail("this is not the place of a member");
    };
    let Some(object) = holder.tokens().try_fold(schema, |schema, token| step(document, &schema, &token)) else {
        return fail("the document has no schema there");
    };
    let parts = parts(document, &object);
    if let Some(schema) = nullable(document, &parts, &member).filter(|_| lapse.kind == Kind::Null) {
        return Ok(vec![Change::Nullable(schema)]);
    }
    let requires = |part: &&Pointer| {
        let required = document.pointer(part.child("required").as_str()).and_then(Value::as_array);
        required.is_some_and(|required| required.iter().any(|name| *name == member))
    };
    let changes: Vec<_> =
        parts.iter().filter(requires).map(|part| Change::Optional(part.clone(), member.clone())).collect();
    if changes.is_empty() { fail("the member is not required there") } else { Ok(changes) }
}

/// Makes a change.
fn apply(document: &mut Value, change: &Change) {
    let flag = match (document.get("swagger"), document.get("openapi").and_then(Value::as_str)) {
        (Some(_), _) => Some("x-nullable"),
        (None, Some(version)) if version.starts_with("3.0") => Some("nullable"),
        (None, _) => None,
    };
    let (Change::Optional(at, _) | Change::Nullable(at)) = change;
    let Some(Value::Object(schema)) = document.pointer_mut(at.as_str()) else { return };
    match (change, flag) {
        (Change::Optional(_, member), _) => {
            let Some(Value::Array(required)) = schema.get_mut("required") else { return };
            required.retain(|name| name != member);
            // OAS 3.0 has no empty list here.
            if required.is_empty() {
                schema.shift_remove("required");
            }
        }
        (Change::Nullable(_), Some(flag)) => drop(schema.insert(flag.to_owned(), json!(true))),
        (Change::Nullable(_), None) => {
            if let Some(kind @ Value::String(_)) = schema.get_mut("type") {
                *kind = json!([kind.take(), "null"]);
            }
        }
    }
}

/// The place of the schema of an answer.
fn answer(document: &Value, lapse: &Lapse) -> Option<Pointer> {
    let paths = document.get("paths")?.as_object()?;
    let (path, _) = paths.iter().find(|(path, _)| anonymous(path) == anonymous(&lapse.path))?;
    let item = follow(document, Pointer::root().child("paths").child(path))?;
    let responses = item.child(lapse.method.to_ascii_lowercase()).child("responses");
    let of_class = [format!("{}XX", lapse.status / 100), format!("{}xx", lapse.status / 100)];
    let mut names = std::iter::once(lapse.status.to_string()).chain(of_class).chain(["default".to_owned()]);
    let response = names.find_map(|name| follow(document, responses.child(name)))?;
    let own = response.child("schema");
    if document.pointer(own.as_str()).is_some() {
        return follow(document, own);
    }
    let content = response.child("content");
    let types = document.pointer(content.as_str())?.as_object()?;
    let json = types.keys().find(|name| name.contains("json")).or_else(|| types.keys().next())?;
    follow(document, content.child(json).child("schema"))
}

/// A path without the names of its parameters, whether they are in braces or behind a colon.
fn anonymous(path: &str) -> String {
    let part = |part: &str| match part.starts_with([':', '{']) {
        true => "{}".to_owned(),
        false => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Follows references in the document to a value that is none.
fn follow(document: &Value, mut at: Pointer) -> Option<Pointer> {
    for _ in 0..MOST_STEPS {
        match document.pointer(at.as_str())?.get("$ref") {
            Some(reference) => at = Pointer::parse(reference.as_str()?.strip_prefix('#')?)?,
            None => return Some(at),
        }
    }
    None
}

/// The schemas that a schema consists of: itself, and those of its `allOf`.
fn parts(document: &Value, schema: &Pointer) -> Vec<Pointer> {
    let (mut found, mut open) = (Vec::new(), vec![schema.clone()]);
    while let Some(at) = open.pop().filter(|_| found.len() < MOST_STEPS) {
        let Some(at) = follow(document, at) else { continue };
        let all = at.child("allOf");
        let count = document.pointer(all.as_str()).and_then(Value::as_array).map_or(0, Vec::len);
        open.extend((0..count).map(|index| all.child(index)));
        found.push(at);
    }
    found
}

/// The schema of a member or an item.
fn step(document: &Value, schema: &Pointer, token: &str) -> Option<Pointer> {
    let parts = parts(document, schema);
    let has = |at: &Pointer| document.pointer(at.as_str()).is_some_and(Value::is_object);
    let named = parts.iter().map(|part| part.child("properties").child(token)).find(has);
    let item = || {
        let _: usize = token.parse().ok()?;
        let tuple = parts.iter().map(|part| part.child("prefixItems").child(token)).find(has);
        tuple.or_else(|| parts.iter().map(|part| part.child("items")).find(has))
    };
    let other = || parts.iter().map(|part| part.child("additionalProperties")).find(has);
    follow(document, named.or_else(item).or_else(other)?)
}

/// The schema of a member that can permit null where it stands: it has one type, and does not list its values.
fn nullable(document: &Value, parts: &[Pointer], member: &str) -> Option<Pointer> {
    let mut schemas = parts.iter().map(|part| part.child("properties").child(member));
    let at = schemas.find(|at| document.pointer(at.as_str()).is_some())?;
    let schema = document.pointer(at.as_str())?;
    (schema.get("type")?.is_string() && schema.get("enum").is_none()).then_some(at)
}
