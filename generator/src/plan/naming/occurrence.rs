//! The occurrences of inline schemas, and the name hint of each place.

use std::collections::HashSet;

use crate::ir::{
    Api, Body, Condition, Direction, Location, Member, Object, Operation, Property, Rest, SchemaId, Shape, Status,
    Union, Use,
};
use crate::media_type;
use crate::plan::constants;
use crate::plan::naming::alternatives::{Keys, Steps};
use crate::plan::naming::{
    component_name::{ComponentNames, key},
    status, words,
};

/// A place with an inline schema that needs an item of its own.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence {
    /// The schema.
    pub(crate) schema: SchemaId,
    /// The name hint of the place.
    pub(crate) hint: Hint,
    /// The owner of the place.
    pub(crate) owner: Owner,
    /// The place in words that stay the same while the document around it grows: `GET /pets > 200 > []`.
    pub(crate) place: String,
}

/// A suggestion for a name.
#[derive(Clone, Debug)]
pub(crate) enum Hint {
    /// Sufficient by itself, unless several structures have it.
    Alone(String),
    /// Sufficient only together with its owner.
    Owned(String),
    /// A body: named by its only member if that is clear, else by its operation.
    Body {
        /// `webhook` for `{webhook: …}`.
        wrapped: Option<String>,
        /// The role of the body for callers.
        role: Role,
        /// `ActivateWebhookResponse`.
        fallback: String,
    },
}

/// The role of a body for callers, which is a part of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is sent.
    Request,
    /// It is received.
    Response,
    /// It is the body of an event.
    Payload,
}

impl Role {
    /// The word at the end of the body's name.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Role::Request => "Request",
            Role::Response => "Response",
            Role::Payload => "Payload",
        }
    }
}

/// The owner of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A component or an operation, by name.
    Named(String),
    /// Another inline schema.
    Inline(SchemaId),
}

/// Property names that mean nothing without their owner.
const VAGUE: &[&str] = &[
    "action",
    "actions",
    "attribute",
    "attributes",
    "body",
    "category",
    "code",
    "config",
    "configuration",
    "content",
    "contents",
    "context",
    "data",
    "detail",
    "details",
    "direction",
    "entries",
    "entry",
    "error",
    "errors",
    "event",
    "events",
    "field",
    "fields",
    "format",
    "info",
    "input",
    "item",
    "items",
    "kind",
    "level",
    "link",
    "links",
    "list",
    "meta",
    "metadata",
    "method",
    "mode",
    "name",
    "node",
    "object",
    "objects",
    "option",
    "options",
    "order",
    "output",
    "param",
    "parameter",
    "parameters",
    "params",
    "payload",
    "properties",
    "property",
    "query",
    "reason",
    "record",
    "records",
    "request",
    "response",
    "result",
    "results",
    "role",
    "scope",
    "self",
    "settings",
    "sort",
    "source",
    "spec",
    "state",
    "status",
    "style",
    "summary",
    "target",
    "type",
    "types",
    "value",
    "values",
    "variant",
    "version",
];

/// Every place, components first, then operations with their names.
pub(crate) fn occurrences(api: &Api, operation_names: &[String]) -> Vec<Occurrence> {
    let names = ComponentNames::new(api);
    let mut walk = Walk { api, found: Vec::new(), seen: HashSet::new() };
    for component in &api.components {
        walk.inside(component.schema, &Owner::Named(names.candidate(component).into_owned()), &key(component));
    }
    for (operation, name) in api.operations.iter().zip(operation_names) {
        walk.operation(operation, name);
    }
    for event in &api.webhooks {
        let (owner, place) = (Owner::Named(event.name.clone()), format!("webhook {}", event.name));
        walk.sent(event.body.as_ref(), Role::Payload, &event.name, &owner, &place);
    }
    walk.found
}

struct Walk<'a> {
    api: &'a Api,
    found: Vec<Occurrence>,
    seen: HashSet<SchemaId>,
}

impl Walk<'_> {
    fn operation(&mut self, operation: &Operation, name: &str) {
        let (owner, place) = (Owner::Named(name.to_owned()), operation.key().to_string());
        for parameter in &operation.parameters {
            if constants::constant(self.api, parameter).is_some() {
                continue;
            }
            let place = under(&place, &format!("{} in {}", parameter.name, location(parameter.location)));
            self.member(&parameter.value, &parameter.name, &owner, place);
        }
        self.sent(operation.body.as_ref(), Role::Request, name, &owner, &under(&place, "request"));
        for event in &operation.callbacks {
            let place = under(&place, &format!("callback {}", event.name));
            self.sent(event.body.as_ref(), Role::Payload, &event.name, &owner, &place);
        }
        let has_content =
            |status: &Status| operation.responses.iter().any(|it| it.status == *status && !it.content.is_empty());
        let first = (200..=299).find(|code| has_content(&Status::Code(*code)));
        for response in &operation.responses {
            let (suffix, status) = match response.status {
                Status::Code(code @ 200..=299) if first.is_some_and(|first| first < code) => {
                    (status::name(code), code.to_string())
                }
                Status::Code(code @ 200..=299) => ("Response".to_owned(), code.to_string()),
                Status::Range(2) => ("Response".to_owned(), "2XX".to_owned()),
                Status::Code(code) => (status::name(code), code.to_string()),
                Status::Range(digit) => (status::range_name(digit).to_owned(), format!("{digit}XX")),
                Status::Default => ("Error".to_owned(), "default".to_owned()),
            };
            let place = under(&place, &status);
            for media in &response.content {
                let place = of_media(&place, &media.content_type);
                if let Some(usage) = &media.schema {
                    self.body(usage, Role::Response, format!("{name} {suffix}"), &owner, place.clone());
                }
                if let Some(usage) = &media.item {
                    self.body(usage, Role::Response, format!("{name} Item"), &owner, under(&place, "item"));
                }
            }
            for header in &response.headers {
                if let Some(usage) = &header.value {
                    self.member(usage, &header.name, &owner, under(&place, &format!("header {}", header.name)));
                }
            }
        }
    }

    /// A body of a request or of an event; `name` is that of the operation or the event.
    fn sent(&mut self, body: Option<&Body>, role: Role, name: &str, owner: &Owner, place: &str) {
        let fallback = format!("{name} {}", role.word());
        for media in body.iter().flat_map(|body| &body.content) {
            if let Some(usage) = &media.item {
                let place = under(&of_media(place, &media.content_type), "item");
                self.body(usage, role, format!("{name} Item"), owner, place);
            }
            let Some(usage) = &media.schema else { continue };
            let inline = self.api.schemas.get(usage.schema).component.is_none();
            let object = matches!(self.api.schemas.get(usage.schema).shape, Shape::Object(_));
            let place = of_media(place, &media.content_type);
            for encoding in &media.encoding {
                for header in &encoding.headers {
                    let Some(usage) = &header.value else { continue };
                    let place = under(&place, &format!("header {} of {}", header.name, encoding.name));
                    self.member(usage, &header.name, owner, place);
                }
            }
            if inline && object && media_type::is_multipart(&media.content_type) {
                // The parts become a struct of their own, which isn't serialized.
                self.inside(usage.schema, &Owner::Named(fallback.clone()), &place);
            } else {
                self.body(usage, role, fallback.clone(), owner, place);
            }
        }
    }

    fn body(&mut self, usage: &Use, role: Role, fallback: String, owner: &Owner, place: String) {
        let schema = self.api.schemas.get(usage.schema);
        if schema.component.is_some() {
            return;
        }
        let hint = match named_title(usage) {
            Some(title) => Hint::Alone(title),
            None => Hint::Body { wrapped: self.wrapped(&schema.shape, role), role, fallback: fallback.clone() },
        };
        match &schema.shape {
            Shape::Array { .. } | Shape::Tuple { .. } => {
                self.usage(usage, Hint::Owned(fallback), &Owner::Named(String::new()), place)
            }
            _ => self.usage(usage, hint, owner, place),
        }
    }

    /// `{webhook: {…}}` and `{webhooks: […]}` are named after their contents. A request that contains a scalar is named after its
    /// operation: `{phone: string}` starts a verification.
    fn wrapped(&self, shape: &Shape, role: Role) -> Option<String> {
        let Shape::Object(object) = shape else { return None };
        let [only] = object.properties.as_slice() else { return None };
        let vague = VAGUE.contains(&only.name.to_lowercase().as_str());
        let schemas = &self.api.schemas;
        let is_plain = !matches!(
            schemas.get(schemas.resolve(only.value.schema)).shape,
            Shape::Object(_) | Shape::Array { .. } | Shape::Tuple { .. } | Shape::Union(_)
        );
        let says_little = role != Role::Response && is_plain;
        (only.required && !vague && !says_little).then(|| only.name.clone())
    }

    /// A member that has a name, such as a property or a parameter.
    fn member(&mut self, usage: &Use, name: &str, owner: &Owner, place: String) {
        let name = match self.api.schemas.get(usage.schema).shape {
            Shape::Array { .. } => words::singular(name),
            _ => name.to_owned(),
        };
        let vague = VAGUE.contains(&name.to_lowercase().as_str());
        let hint = match usable_title(usage) {
            Some(title) => Hint::Alone(title),
            None if vague => Hint::Owned(name),
            None => Hint::Alone(name),
        };
        self.usage(usage, hint, owner, place);
    }

    fn usage(&mut self, usage: &Use, hint: Hint, owner: &Owner, place: String) {
        let schema = self.api.schemas.get(usage.schema);
        if schema.component.is_some() || !self.seen.insert(usage.schema) {
            return;
        }
        match &schema.shape {
            Shape::Array { items, .. } => self.usage(items, titled(items, hint), owner, under(&place, "[]")),
            Shape::Tuple { items, rest, .. } => {
                for (index, item) in items.iter().chain(rest.as_deref()).enumerate() {
                    let hint = Hint::Owned(format!("{} Item {}", hint.text(), index + 1));
                    self.usage(item, titled(item, hint), owner, under(&place, &format!("[{index}]")));
                }
            }
            Shape::Object(object) if object.properties.is_empty() => self.map(object, &hint, owner, &place),
            Shape::Object(_) | Shape::Union(_) | Shape::Enumeration(_) => {
                let hint = match hint {
                    // There is also the type that is received.
                    Hint::Alone(text) if schema.direction == Direction::Sent => Hint::Alone(format!("{text} Input")),
                    hint => hint,
                };
                let found = Occurrence { schema: usage.schema, hint, owner: owner.clone(), place: place.clone() };
                self.found.push(found);
                self.inside(usage.schema, &Owner::Inline(usage.schema), &place);
            }
            Shape::Any(_)
            | Shape::Never
            | Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number { .. }
            | Shape::String { .. }
            | Shape::Alias(_) => {}
        }
    }

    fn map(&mut self, object: &Object, hint: &Hint, owner: &Owner, place: &str) {
        let values = match &object.rest {
            Rest::Typed(usage) => Some(("{}".to_owned(), usage.as_ref())),
            Rest::Open | Rest::Any | Rest::Closed => None,
        };
        let patterns = object.patterns.iter().map(|(pattern, usage)| (format!("{{{pattern}}}"), usage));
        for (step, usage) in values.into_iter().chain(patterns) {
            let hint = match hint {
                Hint::Alone(name) => Hint::Alone(words::singular(name)),
                Hint::Owned(name) => Hint::Owned(words::singular(name)),
                Hint::Body { fallback, .. } => Hint::Owned(format!("{fallback} Value")),
            };
            self.usage(usage, titled(usage, hint), owner, under(place, &step));
        }
    }

    /// Visits the schemas inside a named schema.
    fn inside(&mut self, id: SchemaId, owner: &Owner, place: &str) {
        let api = self.api;
        match &api.schemas.get(id).shape {
            Shape::Object(object) => {
                // A property without a field needs no type.
                let has_field = |property: &&Property| !api.schemas.is_constant(property);
                for property in object.properties.iter().filter(has_field) {
                    self.member(&property.value, &property.name, owner, under(place, &property.name));
                }
                self.map(object, &Hint::Owned("Value".to_owned()), owner, place);
            }
            Shape::Array { items, .. } => {
                self.usage(items, titled(items, Hint::Owned("Item".to_owned())), owner, under(place, "[]"));
            }
            Shape::Tuple { items, rest, .. } => {
                for (index, item) in items.iter().chain(rest.as_deref()).enumerate() {
                    let hint = titled(item, Hint::Owned(format!("Item {}", index + 1)));
                    self.usage(item, hint, owner, under(place, &format!("[{index}]")));
                }
            }
            Shape::Union(union) => {
                let (mut steps, keys) = (Steps::default(), Keys::of(api, union));
                for (index, member) in union.members.iter().enumerate() {
                    let hint = member_hint(api, &keys, union, index);
                    let numbered = || Hint::Owned(format!("Variant {}", index + 1));
                    let step = hint.clone().unwrap_or_else(numbered);
                    let place = under(place, &steps.next(step.text()));
                    let part = keys.only_part(member).filter(|_| !is_told_by_value(member));
                    let word = || keys.word(api, member.value.schema).or_else(|| keys.mark(api, member));
                    let hint = part.map(Hint::Owned).or(hint).or_else(|| word().map(Hint::Owned)).unwrap_or(step);
                    self.usage(&member.value, hint, owner, place);
                }
            }
            Shape::Any(_)
            | Shape::Never
            | Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number { .. }
            | Shape::String { .. }
            | Shape::Enumeration(_)
            | Shape::Alias(_) => {}
        }
    }
}

/// A place inside another.
fn under(place: &str, step: &str) -> String {
    format!("{place} > {step}")
}

/// The place of a media type. JSON, the usual one, is not named.
fn of_media(place: &str, content_type: &str) -> String {
    if content_type == "application/json" { place.to_owned() } else { under(place, content_type) }
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::QueryString => "query string",
    }
}

impl Hint {
    fn text(&self) -> &str {
        match self {
            Hint::Alone(text) | Hint::Owned(text) | Hint::Body { fallback: text, .. } => text,
        }
    }
}

fn titled(usage: &Use, otherwise: Hint) -> Hint {
    usable_title(usage).map_or(otherwise, Hint::Alone)
}

/// The stated name; else a title that could be the name of a type: short, and a name rather than a sentence.
fn named_title(usage: &Use) -> Option<String> {
    if let Some(name) = &usage.docs.name {
        return Some(name.clone());
    }
    let title = usage.docs.title.as_deref()?.trim();
    let words = title.split_whitespace().count();
    let named = title.chars().next().is_some_and(char::is_alphabetic);
    (named && title.len() <= 60 && words <= 6 && !title.ends_with('.')).then(|| title.to_owned())
}

/// The same for a member, whose title tools often make from its name, which may be vague.
fn usable_title(usage: &Use) -> Option<String> {
    named_title(usage).filter(|title| usage.docs.name.is_some() || !VAGUE.contains(&title.to_lowercase().as_str()))
}

/// Returns whether a title, a tag or a constant names a member of a union.
fn is_told_by_value(member: &Member) -> bool {
    let condition = member.conditions.iter().find_map(Condition::only_value);
    usable_title(&member.value).is_some() || member.tags.first().or(condition).is_some()
}

/// The mark that tells a member of a union from the others: its tag, a constant, or a property that only it requires.
fn member_hint(api: &Api, keys: &Keys<'_>, union: &Union, index: usize) -> Option<Hint> {
    let member = &union.members[index];
    if let Some(title) = usable_title(&member.value) {
        return Some(Hint::Owned(title));
    }
    let condition = member.conditions.iter().find_map(Condition::only_value);
    if let Some(tag) = member.tags.first().or(condition) {
        return Some(Hint::Owned(tag.as_str().map_or_else(|| tag.to_string(), str::to_owned)));
    }
    let word = match &api.schemas.get(member.value.schema).shape {
        Shape::Object(object) => constant(api, object)
            .or_else(|| keys.only_key(object))
            .or_else(|| is_only_object(api, union).then(|| "Object".to_owned())),
        Shape::Array { .. } => Some("Item".to_owned()),
        Shape::Enumeration(found) => match found.only_text() {
            // It is the same keyword elsewhere.
            Some(text) => return Some(Hint::Alone(format!("{text} Keyword"))),
            None => Some("Keyword".to_owned()),
        },
        _ => None,
    };
    word.map(Hint::Owned)
}

/// True if just one alternative is an object, so that this word says which.
fn is_only_object(api: &Api, union: &Union) -> bool {
    let is_object = |member: &&Member| {
        matches!(&api.schemas.get(api.schemas.resolve(member.value.schema)).shape, Shape::Object(_) | Shape::Union(_))
    };
    // Each object of many asks: the second one answers.
    union.members.iter().filter(is_object).take(2).count() == 1
}

/// The value of a member that can have only one.
fn constant(api: &Api, object: &Object) -> Option<String> {
    object.properties.iter().filter(|property| property.required).find_map(|property| {
        match &api.schemas.get(api.schemas.resolve(property.value.schema)).shape {
            Shape::Enumeration(found) if found.values.len() == 1 => found.values[0].as_str().map(str::to_owned),
            _ => None,
        }
    })
}
