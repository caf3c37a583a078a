//! Sample exchanges as tests: the methods that they call, and the names of the expected variants.

use std::collections::HashMap;

use serde_json::Value;

use crate::ir::{
    Alternative, Content, Exchange, Exchanges, ItemForm, Location, Media, Operation as Source, PathTemplate, Reply,
    Request, Response, SchemaId, Secret,
};
use crate::media_type;
use crate::plan::operations::{media, server};
use crate::plan::types::mapping::Types;
use crate::rust::name::Name;
use crate::rust::{
    ArgPassing, Argument, ArgumentValue, BodyEncoding, BodyKind, BodyPlan, Credential, Decode, Expected, Group, Item,
    MethodCall, Operation, Outcome, OutcomeKind, PartField, PartKind, PartValue, Parts, ReplyCase, RequestCase,
    ResponseCase, Scheme, StatusPattern, UnionMember, UnionTest, WireTest, WireTests,
};

/// Plans the tests of every operation.
pub(crate) fn tests<'g>(
    types: Types<'_>,
    exchanges: &Exchanges,
    groups: impl Iterator<Item = &'g Group>,
    schemes: &[Scheme],
    items: &[Item],
) -> WireTests {
    let api = types.api;
    // A server that is given as a path is joined to the base URL.
    let base_path = api.servers.first().and_then(server::relative_url).unwrap_or_default();
    let sources = api.operations.iter().enumerate();
    let sources: HashMap<(&str, &PathTemplate), usize> =
        sources.map(|(index, source)| ((source.method.as_str(), &source.path), index)).collect();
    let test = |operation: &Operation| match sources.get(&(operation.http_method.as_str(), &operation.path)) {
        Some(&index) => {
            let source = &api.operations[index];
            let own = source.servers.first().and_then(server::of_operation).filter(|url| url.starts_with('/'));
            let base_path = own.as_deref().unwrap_or(&base_path);
            Planner::new(types, base_path, source, operation).test(&exchanges.operations[index])
        }
        None => WireTest { sends: Vec::new(), readings: Vec::new(), gaps: vec!["it is not in the description"] },
    };
    let groups = groups.map(|group| group.operations.iter().map(test).collect()).collect();
    WireTests { credentials: credentials(exchanges, schemes), groups, unions: unions(types, exchanges, items) }
}

/// The values of alternatives, with the variants that stand for these.
fn unions(types: Types<'_>, exchanges: &Exchanges, items: &[Item]) -> Vec<UnionTest> {
    let mut of_union: HashMap<SchemaId, Vec<&Alternative>> = HashMap::new();
    for known in &exchanges.alternatives {
        of_union.entry(known.union).or_default().push(known);
    }
    let mut found = Vec::new();
    for item in items {
        let Item::Union(union) = item else { continue };
        let Some(schema) = types.names.schema_of(&union.name) else { continue };
        let variants =
            union.members.iter().rev().flat_map(|member| member.alternatives.iter().map(move |at| (*at, member)));
        let variants: HashMap<usize, &UnionMember> = variants.collect();
        for known in of_union.get(&schema).into_iter().flatten() {
            let variant = variants.get(&known.member);
            found.extend(variant.map(|variant| UnionTest {
                union: union.name.clone(),
                variant: variant.name.clone(),
                value: known.value.clone(),
            }));
        }
    }
    found
}

fn credentials(exchanges: &Exchanges, schemes: &[Scheme]) -> Vec<(Name, Vec<String>)> {
    let by_name: HashMap<&str, &Scheme> = schemes.iter().rev().map(|scheme| (scheme.wire.as_str(), scheme)).collect();
    let given = |(name, secret): &(String, Secret)| {
        let scheme = by_name.get(name.as_str())?;
        let setter = |wanted: Credential| {
            let found = scheme.setters.iter().find(|setter| setter.credential == wanted);
            found.map(|setter| setter.name.clone())
        };
        Some(match secret {
            Secret::UserAndPassword(user, password) => {
                (setter(Credential::UserAndPassword)?, vec![user.clone(), password.clone()])
            }
            Secret::Text(text) => (setter(Credential::Key).or_else(|| setter(Credential::Token))?, vec![text.clone()]),
        })
    };
    exchanges.secrets.iter().filter_map(given).collect()
}

struct Planner<'a> {
    types: Types<'a>,
    base_path: &'a str,
    source: &'a Source,
    operation: &'a Operation,
    /// The positions of the bodies by their media types.
    bodies: HashMap<&'a str, usize>,
}

impl<'a> Planner<'a> {
    fn new(types: Types<'a>, base_path: &'a str, source: &'a Source, operation: &'a Operation) -> Self {
        let bodies = operation.bodies.iter().enumerate().rev();
        let bodies = bodies.map(|(place, body)| (body.content_type.as_str(), place)).collect();
        Planner { types, base_path, source, operation, bodies }
    }

    fn test(&self, exchange: &Exchange) -> WireTest {
        let mut gaps = Vec::new();
        if exchange.requests.is_empty() {
            gaps.push("no valid arguments can be made from the description");
        }
        let sends: Vec<RequestCase> = exchange.requests.iter().filter_map(|request| self.sends(request)).collect();
        if sends.is_empty() && gaps.is_empty() {
            gaps.push("what it sends is put together by its caller");
        }
        // The request with the fewest arguments.
        let given =
            sends.iter().map(|sends| &sends.given).min_by_key(|given| given.arguments.len() + given.setters.len());
        let readings = given.map(|given| self.readings(given, exchange)).unwrap_or_default();
        WireTest { sends, readings, gaps }
    }

    fn sends(&self, request: &Request) -> Option<RequestCase> {
        let given = self.given(request)?;
        let mut headers = request.headers.clone();
        let stated = |name: &str| headers.iter().any(|(known, _)| known == name);
        if !stated("accept") {
            let asked_for = self.operation.accept.join(", ");
            headers.push(("accept".to_owned(), if asked_for.is_empty() { "*/*".to_owned() } else { asked_for }));
        }
        if let Some((index, _)) = &request.body {
            let media = &self.source.body.as_ref()?.content[*index];
            headers.retain(|(name, _)| name != "content-type");
            headers.push(("content-type".to_owned(), concrete(&media.content_type)));
        }
        headers.sort();
        let path = format!("{}{}", self.base_path.trim_end_matches('/'), request.path);
        let (query, content) = (request.query.clone(), request.content.clone());
        Some(RequestCase { given, path, query, headers, content })
    }

    fn given(&self, request: &Request) -> Option<MethodCall> {
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        let values = request.parameters.iter().rev().map(|(index, value)| {
            let parameter = &self.source.parameters[*index];
            ((parameter.location, parameter.name.as_str()), value)
        });
        let values: HashMap<(Location, &str), &Value> = values.collect();
        for argument in &self.operation.arguments {
            match (values.get(&(argument.location, argument.wire.as_str())).copied(), argument) {
                (Some(value), Argument { required: true, pass, .. }) => arguments.push(passed(pass, value)?),
                (Some(value), Argument { name, pass, .. }) => setters.push((name.clone(), vec![passed(pass, value)?])),
                (None, Argument { required: true, .. }) => return None,
                (None, _) => {}
            }
        }
        let mut method = self.operation.method_name.clone();
        if let Some((index, value)) = &request.body {
            let media = &self.source.body.as_ref()?.content[*index];
            let place = *self.bodies.get(media.content_type.as_str())?;
            let body = &self.operation.bodies[place];
            let values = self.body(body, value, &request.content)?;
            match (body.required, place) {
                (true, 0) => arguments.extend(values),
                (true, _) => {
                    method = body.name.clone();
                    arguments.extend(values);
                }
                (false, _) => setters.push((body.name.clone(), values)),
            }
        }
        Some(MethodCall { method, arguments, setters })
    }

    fn body(&self, body: &BodyPlan, value: &Value, content: &Content) -> Option<Vec<ArgumentValue>> {
        Some(match (&body.kind, content) {
            (BodyKind::Json(pass) | BodyKind::Form(pass, _), _) => vec![passed(pass, value)?],
            (BodyKind::Multipart(Some(parts)), _) => vec![self::parts(parts, value)?],
            (BodyKind::Text, Content::Text(text)) => vec![ArgumentValue::Text(text.clone())],
            (BodyKind::Bytes, Content::Text(text)) if media_type::is_range(&body.content_type) => {
                vec![ArgumentValue::Text(concrete(&body.content_type)), ArgumentValue::Text(text.clone())]
            }
            (BodyKind::Bytes, Content::Text(text)) => vec![ArgumentValue::Text(text.clone())],
            (BodyKind::Bytes, Content::Json(value)) if media_type::is_range(&body.content_type) => {
                vec![ArgumentValue::Text(concrete(&body.content_type)), ArgumentValue::Text(value.to_string())]
            }
            _ => return None,
        })
    }

    fn readings(&self, given: &MethodCall, exchange: &Exchange) -> Vec<ResponseCase> {
        let operation = self.operation;
        let reading = |marker: &Name, output: &Outcome, given: MethodCall, answers: Vec<ReplyCase>| {
            let (output, failure) = (output.kind.clone(), operation.failure.kind.clone());
            ResponseCase { marker: marker.clone(), given, output, failure, answers }
        };
        let responses = self.source.responses.iter();
        let chosen: Vec<Option<&str>> = responses.map(|response| self.chosen(response)).collect();
        let is_own = |reply: &&Reply| match reply.media {
            Some(index) => chosen[reply.response] == Some(self.media(reply, index).content_type.as_str()),
            None => true,
        };
        let own = exchange.replies.iter().filter(is_own);
        let mut answers: Vec<ReplyCase> =
            own.flat_map(|reply| self.answers(reply, &operation.output, &operation.arms)).collect();
        answers.extend(exchange.undocumented.map(|status| ReplyCase {
            about: "a status that is not documented",
            status,
            content_type: None,
            body: String::new(),
            seen: Expected::Undocumented,
        }));
        let mut found = vec![reading(&operation.marker, &operation.output, given.clone(), answers)];
        let mut by_media: HashMap<&str, Vec<&Reply>> = HashMap::new();
        for reply in exchange.replies.iter().filter(|reply| reply.status < 300) {
            let media = reply.media.map(|index| self.media(reply, index));
            by_media.entry(media.map_or("", |media| media.content_type.as_str())).or_default().push(reply);
        }
        for alternate_response in &operation.alternate_responses {
            let replies = by_media.get(alternate_response.content_type.as_str()).into_iter().flatten();
            let answers = replies
                .flat_map(|reply| self.answers(reply, &alternate_response.output, &alternate_response.arms))
                .collect();
            let mut given = given.clone();
            given.setters.push((alternate_response.setter.clone(), Vec::new()));
            found.push(reading(&alternate_response.marker, &alternate_response.output, given, answers));
        }
        found.retain(|reading| !reading.answers.is_empty());
        found
    }

    fn media(&self, reply: &Reply, index: usize) -> &Media {
        &self.source.responses[reply.response].content[index]
    }

    /// The media type that the operation accepts of a response.
    fn chosen(&self, response: &'a Response) -> Option<&'a str> {
        let best = response.content.iter().min_by_key(|media| media::rank(self.types, media))?;
        Some(&best.content_type)
    }

    fn answers(&self, reply: &Reply, output: &Outcome, arms: &[crate::rust::Arm]) -> Vec<ReplyCase> {
        let pattern = StatusPattern::from(self.source.responses[reply.response].status);
        let Some(arm) = arms.iter().filter(|arm| !arm.of_text).find(|arm| {
            arm.status == pattern
                || pattern == StatusPattern::Any && reply.status < 300 && arm.status == StatusPattern::Range(2)
        }) else {
            return Vec::new();
        };
        let written = match &arm.decode {
            Decode::Output(_, written) => written.clone(),
            Decode::Failure(_, written) if written.is_streamed() => BodyEncoding::Bytes,
            Decode::Failure(_, written) => written.clone(),
        };
        let variant = |outcome: &Outcome| match &outcome.kind {
            OutcomeKind::Enum(_, variants) => {
                let found = variants.iter().find(|variant| variant.status == arm.status && !variant.of_text);
                found.map(|variant| variant.name.clone())
            }
            OutcomeKind::Undocumented | OutcomeKind::Single(_) => None,
        };
        let seen = |value: Value| match &arm.decode {
            Decode::Output(..) => Some(Expected::Output(variant(output), value)),
            Decode::Failure(..) => variant(&self.operation.failure).map(|name| Expected::Failure(name, value)),
        };
        let content_type = reply.media.map(|index| concrete(&self.media(reply, index).content_type));
        let answer = |about: &'static str, body: String, seen: Expected| {
            let content_type = content_type.clone().filter(|_| written != BodyEncoding::Nothing);
            ReplyCase { about, status: reply.status, content_type, body, seen }
        };
        match written {
            BodyEncoding::Nothing => {
                seen(Value::Null).map(|seen| answer("no body", String::new(), seen)).into_iter().collect()
            }
            BodyEncoding::Json | BodyEncoding::JsonOrText => {
                let cases = reply.cases.iter();
                cases
                    .filter_map(|case| {
                        let seen = case.reads.clone().map_or(Some(Expected::Misread), seen)?;
                        Some(answer(case.about, case.body.to_string(), seen))
                    })
                    .collect()
            }
            // The runtime's own tests check the writing of XML, with documents written by hand.
            BodyEncoding::Xml(_) => Vec::new(),
            BodyEncoding::Text | BodyEncoding::Bytes | BodyEncoding::Stream => {
                let text = reply.cases.first().map_or("some body".to_owned(), |case| text(&case.body));
                seen(Value::String(text.clone())).map(|seen| answer("everything", text, seen)).into_iter().collect()
            }
            // The boundary between parts is not in the description.
            BodyEncoding::Lines if content_type.as_deref().is_some_and(media_type::is_multipart) => Vec::new(),
            BodyEncoding::Lines | BodyEncoding::Events { .. } => {
                let line = |item: &Value| match written {
                    BodyEncoding::Events { form, .. } => event(form, item),
                    _ => format!("{item}\n"),
                };
                let body = reply.items.iter().map(line).collect();
                seen(Value::Array(reply.items.clone()))
                    .map(|seen| answer("one after another", body, seen))
                    .into_iter()
                    .collect()
            }
        }
    }
}

/// A server-sent event (HTML, 9.2.6).
fn event(form: ItemForm, item: &Value) -> String {
    let data = |data: &Value| text(data).lines().map(|line| format!("data: {line}\n")).collect::<String>();
    match form {
        ItemForm::Json => format!("data: {item}\n\n"),
        ItemForm::Text => data(item) + "\n",
        ItemForm::Event | ItemForm::TextEvent => {
            let fields = ["event", "id", "retry"].iter();
            let fields = fields.filter_map(|field| Some(format!("{field}: {}\n", text(item.get(field)?))));
            fields.collect::<String>() + &data(item.get("data").unwrap_or(&Value::Null)) + "\n"
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A media type for a range of them.
fn concrete(content_type: &str) -> String {
    match media_type::essence(content_type) {
        "*/*" | "application/*" => "application/json".to_owned(),
        essence if essence.contains('*') && essence.ends_with("+json") => "application/json".to_owned(),
        essence if essence.contains('*') && essence.ends_with("+xml") => "application/xml".to_owned(),
        "multipart/*" => "multipart/form-data".to_owned(),
        "image/*" => "image/png".to_owned(),
        "text/*" => "text/plain".to_owned(),
        essence if essence.contains('*') => "application/octet-stream".to_owned(),
        _ => content_type.to_owned(),
    }
}

fn passed(pass: &ArgPassing, value: &Value) -> Option<ArgumentValue> {
    // A test makes its values by serde.
    if pass.ty().is_some_and(|ty| !ty.is_of_serde()) {
        return None;
    }
    Some(match pass {
        ArgPassing::Text => ArgumentValue::Text(value.as_str()?.to_owned()),
        ArgPassing::Copy(_) => ArgumentValue::Value(value.clone()),
        ArgPassing::Reference(_) => ArgumentValue::Reference(value.clone()),
        ArgPassing::Slice(_) => ArgumentValue::Slice(value.clone()),
    })
}

fn parts(parts: &Parts, value: &Value) -> Option<ArgumentValue> {
    let field = |field: &PartField| {
        let value = value.get(&field.wire).filter(|value| !value.is_null());
        Some(match (&field.kind, value) {
            (PartKind::File, Some(value)) if field.required => PartValue::File(text(value)),
            (PartKind::File, None) if field.required => return None,
            (PartKind::File, value) => PartValue::MaybeFile(value.map(text)),
            (PartKind::Files, Some(value)) if !value.is_array() => PartValue::Files(vec![text(value)]),
            (PartKind::Files, value) => {
                let items = value.and_then(Value::as_array).into_iter().flatten();
                PartValue::Files(items.map(text).collect())
            }
            // The caller decides whether it is a file.
            (PartKind::FileOrText, _) => return None,
            // The runtime's own tests check the writing of these, with values written by hand.
            (PartKind::Styled(..) | PartKind::Xml(..), Some(_)) => return None,
            (_, value) => PartValue::Value(value.cloned().unwrap_or(Value::Null)),
        })
    };
    let mut fields = Vec::new();
    for part in &parts.fields {
        fields.push((part.name.clone(), field(part)?));
        for header in &part.headers {
            // The description's examples have none.
            fields.push((header.name.clone(), (!header.required).then_some(PartValue::Value(Value::Null))?));
        }
    }
    Some(ArgumentValue::Parts(parts.name.clone(), fields))
}
