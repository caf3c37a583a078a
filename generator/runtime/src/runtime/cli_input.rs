//! From the arguments of a command line to a request.

use std::io::Read;

use clap::ArgMatches;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::cli_table::{Argument, Body, BodyForm, Constant, Content, Flag, Kind, Member, Subcommand};
use super::digits;
use super::request::Request;

/// Puts the arguments of an operation into a request.
///
/// # Errors
/// If a file cannot be read, or the body is not what the operation takes.
pub(crate) fn request(operation: &'static Subcommand, matches: &ArgMatches) -> Result<Request, String> {
    let mut request = Request::new(operation.spec);
    for Argument { flag, parameter, content } in operation.arguments {
        let Some(texts) = texts(flag, matches) else { continue };
        match content {
            Content::Styled => request.parameter(parameter, &digits::Marked(&value(flag, texts))),
            Content::Query => request.query_string(&digits::Marked(&value(flag, texts))),
            Content::Form => request.form_parameter(parameter, &digits::Marked(&value(flag, texts))),
            Content::Json => request.json_parameter(parameter, &raw(flag, &texts)?),
            Content::JsonQuery => request.json_query_string(&raw(flag, &texts)?),
        };
    }
    for Constant { parameter, content, value } in operation.constants {
        match content {
            Content::Styled => request.parameter(parameter, value),
            Content::Query => request.query_string(value),
            Content::Form => request.form_parameter(parameter, value),
            Content::Json => request.json_parameter(parameter, value),
            Content::JsonQuery => request.json_query_string(value),
        };
    }
    if let Some(body) = chosen(operation.bodies, matches)? {
        write(&mut request, body, matches)?;
    }
    Ok(request)
}

/// The texts of a flag, if it was given.
fn texts(flag: &Flag, matches: &ArgMatches) -> Option<Vec<String>> {
    // What an operation has no flag for is no error here: bodies share theirs.
    let found = matches.try_get_many::<String>(flag.name).ok().flatten()?;
    Some(found.cloned().collect())
}

/// The value that texts stand for, to be written as text: a number is one that has all of its digits.
pub(crate) fn value(flag: &Flag, texts: Vec<String>) -> Value {
    let one = |text: String| match flag.kind {
        Kind::Text | Kind::File | Kind::FileOrText | Kind::Integer | Kind::Number => Value::String(text),
        Kind::Bool => Value::Bool(text == "true"),
        Kind::Json | Kind::Any => digits::parse(&text).unwrap_or(Value::String(text)),
    };
    let mut values: Vec<Value> = texts.into_iter().map(one).collect();
    match values.pop() {
        Some(last) if !flag.many => last,
        last => values.into_iter().chain(last).collect(),
    }
}

/// The JSON value that texts stand for.
pub(crate) fn raw(flag: &Flag, texts: &[String]) -> Result<Box<RawValue>, String> {
    RawValue::from_string(json(flag, texts)).map_err(|error| not_json(flag.name, &error))
}

/// The JSON text that texts stand for, with all digits of numbers.
fn json(flag: &Flag, texts: &[String]) -> String {
    let one = |text: &String| match flag.kind {
        Kind::Text | Kind::File | Kind::FileOrText => Value::from(text.as_str()).to_string(),
        Kind::Any if serde_json::from_str::<IgnoredAny>(text).is_err() => Value::from(text.as_str()).to_string(),
        Kind::Integer | Kind::Number | Kind::Bool | Kind::Json | Kind::Any => text.clone(),
    };
    match texts.last() {
        Some(last) if !flag.many => one(last),
        _ => format!("[{}]", texts.iter().map(one).collect::<Vec<_>>().join(",")),
    }
}

fn not_json(name: &str, error: &serde_json::Error) -> String {
    format!("--{name}: not JSON: {error}")
}

/// The body that is meant: the one of the media type that is named, else the first with a member that is given, else the first.
fn chosen(bodies: &'static [Body], matches: &ArgMatches) -> Result<Option<&'static Body>, String> {
    let named = text(matches, "content-type");
    let is_given = |body: &&Body| {
        let by_parts = matches!(body.form, BodyForm::Parts(_)) && matches.try_get_raw("part").ok().flatten().is_some();
        by_parts || body.members.iter().any(|member| texts(&member.flag, matches).is_some())
    };
    let takes_file = |body: &&Body| !matches!(body.form, BodyForm::Parts(_));
    if let Some(named) = named {
        let essence = |text: &str| text.split(';').next().unwrap_or(text).trim().to_ascii_lowercase();
        let (kind, wanted) = (essence(named).split('/').next().map(str::to_owned), essence(named));
        let fits = |body: &&Body| {
            let known = essence(body.content_type);
            let range = known.strip_suffix("/*").map(|range| range == "*" || Some(range) == kind.as_deref());
            known == wanted || range.unwrap_or(false)
        };
        let types = || bodies.iter().map(|body| body.content_type).collect::<Vec<_>>().join(", ");
        let found = bodies.iter().find(fits);
        return found.map(Some).ok_or_else(|| format!("--content-type: no body is {named}; there is {}", types()));
    }
    if text(matches, "body").is_some() {
        return Ok(bodies.iter().find(takes_file));
    }
    let first = bodies.first().filter(|body| body.required);
    Ok(bodies.iter().find(is_given).or(first))
}

fn text<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m str> {
    matches.try_get_one::<String>(name).ok().flatten().map(String::as_str)
}

fn write(request: &mut Request, body: &'static Body, matches: &ArgMatches) -> Result<(), String> {
    let content_type = match text(matches, "content-type") {
        Some(named) if body.content_type.contains('*') => named,
        _ if !body.content_type.contains('*') => body.content_type,
        _ => match body.form {
            BodyForm::Json => "application/json",
            BodyForm::Form(_) => "application/x-www-form-urlencoded",
            BodyForm::Parts(_) => "multipart/form-data",
            BodyForm::Lines | BodyForm::Raw => "application/octet-stream",
        },
    };
    if let Some(file) = text(matches, "body") {
        return of_file(request, body, content_type, file);
    }
    let given = |member: &'static Member| Some((member, texts(&member.flag, matches)?));
    let given: Vec<(&'static Member, Vec<String>)> = body.members.iter().filter_map(given).collect();
    let has = |member: &Member| given.iter().any(|(known, _)| known.wire == member.wire);
    let missing = body.members.iter().filter(|member| member.flag.required && !has(member));
    let missing: Vec<String> = missing.map(|member| format!("--{}", member.flag.name)).collect();
    if !missing.is_empty() {
        return Err(format!("a body in {content_type} needs {}", missing.join(", ")));
    }
    if body.members.is_empty() && !matches!(body.form, BodyForm::Parts(_)) {
        return Err("the operation has a body: give it by --body FILE".to_owned());
    }
    match body.form {
        BodyForm::Json => {
            let others = body.members.iter().filter(|member| !has(member));
            let others = others.filter_map(|member| Some((member.wire, member.otherwise?.to_owned())));
            let members = given.iter().map(|(member, texts)| (member.wire, json(&member.flag, texts))).chain(others);
            let members = members.map(|(name, json)| format!("{}:{json}", Value::from(name)));
            request.bytes(content_type, format!("{{{}}}", members.collect::<Vec<_>>().join(",")));
        }
        BodyForm::Form(styles) => {
            let others = body.members.iter().filter(|member| !has(member));
            let others =
                others.filter_map(|member| Some((member.wire.to_owned(), digits::parse(member.otherwise?).ok()?)));
            let mut members: Map<String, Value> = others.collect();
            for (member, texts) in given {
                members.insert(member.wire.to_owned(), value(&member.flag, texts));
            }
            request.form_with(styles, &digits::Marked(&Value::Object(members)));
        }
        BodyForm::Parts(parts) => {
            let mut given = given;
            let loose = matches.try_get_many::<String>("part").ok().flatten().into_iter().flatten();
            given.extend(loose.map(|text| (&LOOSE, vec![text.clone()])));
            parts(request, content_type, &given)?;
        }
        BodyForm::Lines | BodyForm::Raw => {}
    }
    Ok(())
}

/// A part of which the description says nothing: `NAME=VALUE`.
static LOOSE: Member = Member::new("", Flag::new("part", Kind::FileOrText));

fn of_file(request: &mut Request, body: &Body, content_type: &str, file: &str) -> Result<(), String> {
    let bytes = read(file)?;
    let not_json = |error: serde_json::Error| not_json("body", &error);
    match body.form {
        BodyForm::Json => {
            serde_json::from_slice::<IgnoredAny>(&bytes).map_err(not_json)?;
            request.bytes(content_type, bytes);
        }
        BodyForm::Form(styles) => {
            let members = digits::parse(&String::from_utf8_lossy(&bytes)).map_err(not_json)?;
            request.form_with(styles, &digits::Marked(&members));
        }
        BodyForm::Lines => {
            let values = serde_json::Deserializer::from_slice(&bytes).into_iter::<Box<RawValue>>();
            let values = values.collect::<Result<Vec<_>, _>>().map_err(not_json)?;
            request.json_lines(content_type, &values);
        }
        BodyForm::Raw => drop(request.bytes(content_type, bytes)),
        BodyForm::Parts(_) => return Err(format!("a body in {content_type} has no file: give its parts")),
    }
    Ok(())
}

/// The contents of a file, or of the standard input.
pub(crate) fn read(file: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = match file {
        "-" => std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes),
        file => std::fs::read(file),
    };
    read.map_err(|error| format!("cannot read {}: {error}", if file == "-" { "the standard input" } else { file }))
}
