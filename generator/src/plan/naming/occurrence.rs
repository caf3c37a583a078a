//! The occurrences of inline schemas, and the name hint of each place.

use std::collections::HashSet;

use crate::ir::{
    Api, Body, Condition, Direction, Location, Media, Member, Object, Operation, Property, Rest, SchemaId, Shape,
    Status, Union, Use,
};
use crate::media_type;
use crate::plan::constants;
use crate::plan::naming::alternatives::{Keys, Steps};
use crate::plan::naming::titles::{is_no_name, is_type_name, named_title, short_title, usable_title};
use crate::plan::naming::vague::is_vague;
use crate::plan::naming::words::fold;
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
        /// The status of a failure, in words; [`DEFAULT`] for that of any other status.
        failure: Option<String>,
        /// The word for the media type, if it is not JSON.
        media: Option<String>,
        /// The tag of its operation.
        tag: String,
    },
}

/// The word for the failure with a status that the document does not list.
pub(super) const DEFAULT: &str = "Error";

impl Hint {
    /// The role of a body.
    pub(super) fn role(&self) -> Option<Role> {
        match self {
            Hint::Body { role, .. } => Some(*role),
            Hint::Alone(_) | Hint::Owned(_) => None,
        }
    }

    /// The status of a failure without a title.
    pub(super) fn failure(&self) -> Option<&str> {
        match self {
            Hint::Body { failure, .. } => failure.as_deref(),
            Hint::Alone(_) | Hint::Owned(_) => None,
        }
    }

    fn text(&self) -> &str {
        match self {
            Hint::Alone(text) | Hint::Owned(text) | Hint::Body { fallback: text, .. } => text,
        }
    }
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

impl Owner {
    /// Returns whether there is none: the hint says it all.
    pub(super) fn is_nameless(&self) -> bool {
        matches!(self, Owner::Named(name) if name.is_empty())
    }
}

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
        let message = Message { role: Role::Payload, failure: None, tag: "" };
        walk.sent(event.body.as_ref(), message, &event.name, &owner, &place);
    }
    walk.found
}

/// The message that a body belongs to.
#[derive(Clone, Copy)]
struct Message<'m> {
    role: Role,
    /// The status of a failure, in words.
    failure: Option<&'m str>,
    /// The tag of the operation.
    tag: &'m str,
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
        let tag = operation.group.map_or("", |group| self.api.groups[group].tag.as_str());
        let message = Message { role: Role::Request, failure: None, tag };
        self.sent(operation.body.as_ref(), message, name, &owner, &under(&place, "request"));
        for event in &operation.callbacks {
            let place = under(&place, &format!("callback {}", event.name));
            self.sent(event.body.as_ref(), Message { role: Role::Payload, ..message }, &event.name, &owner, &place);
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
                Status::Default => (DEFAULT.to_owned(), "default".to_owned()),
            };
            let place = under(&place, &status);
            let is_failure = !response.status.is_success() && !matches!(response.status, Status::Code(..=399));
            let failure = is_failure.then_some(suffix.as_str());
            let message = Message { role: Role::Response, failure, tag };
            self.media(&response.content, message, (name, &format!("{name} {suffix}")), &owner, &place);
            for header in &response.headers {
                if let Some(usage) = &header.value {
                    self.member(usage, &header.name, &owner, under(&place, &format!("header {}", header.name)));
                }
            }
        }
    }

    /// The bodies of a response, and the items of those that are streams, with the names of the operation and of the response.
    fn media(&mut self, content: &[Media], message: Message<'_>, names: (&str, &str), owner: &Owner, place: &str) {
        for media in content {
            let place = of_media(place, &media.content_type);
            if let Some(usage) = &media.schema {
                self.body(usage, (message, &media.content_type), names.1.to_owned(), owner, place.clone());
            }
            if let Some(usage) = &media.item {
                let (message, item) = (Message { failure: None, ..message }, format!("{} Item", names.0));
                self.body(usage, (message, &media.content_type), item, owner, under(&place, "item"));
            }
        }
    }

    /// A body of a request or of an event; `name` is that of the operation or the event.
    fn sent(&mut self, body: Option<&Body>, message: Message<'_>, name: &str, owner: &Owner, place: &str) {
        let fallback = format!("{name} {}", message.role.word());
        for media in body.iter().flat_map(|body| &body.content) {
            if let Some(usage) = &media.item {
                let place = under(&of_media(place, &media.content_type), "item");
                self.body(usage, (message, &media.content_type), format!("{name} Item"), owner, place);
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
                self.body(usage, (message, &media.content_type), fallback.clone(), owner, place);
            }
        }
    }

    fn body(
        &mut self,
        usage: &Use,
        (message, content_type): (Message<'_>, &str),
        fallback: String,
        owner: &Owner,
        place: String,
    ) {
        let schema = self.api.schemas.get(usage.schema);
        if schema.component.is_some() {
            return;
        }
        let hint = match named_title(usage) {
            Some(title) => Hint::Alone(title),
            None => Hint::Body {
                wrapped: self.wrapped(&schema.shape, message.role),
                role: message.role,
                fallback: fallback.clone(),
                failure: message.failure.map(str::to_owned),
                media: (!media_type::is_json(content_type) || media_type::essence(content_type).contains('+'))
                    .then(|| media_type::short_word(content_type)),
                tag: message.tag.to_owned(),
            },
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
        let vague = is_vague(&only.name);
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
        let vague = is_vague(&name);
        let hint = match usable_title(usage) {
            // pydantic makes the title of a list from its name.
            Some(title) if fold(&words::singular(&title)) == fold(&name) => Hint::Alone(words::singular(&title)),
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
                    let title = short_title(&member.value).filter(|title| is_no_name(title)).map(Hint::Owned);
                    let step = title.or_else(|| hint.clone()).unwrap_or_else(numbered);
                    let place = under(place, &steps.next(step.text()));
                    let part = keys.only_part(member).filter(|_| !is_told_by_value(member));
                    let word = || keys.word(api, member.value.schema).or_else(|| keys.mark(api, member));
                    let hint =
                        part.map(Hint::Owned).or(hint).or_else(|| word().map(Hint::Owned)).unwrap_or_else(numbered);
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

fn titled(usage: &Use, otherwise: Hint) -> Hint {
    usable_title(usage).map_or(otherwise, Hint::Alone)
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
        return Some(if is_type_name(&title) { Hint::Alone(title) } else { Hint::Owned(title) });
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

/// The value of a member that can have only one, unless it is a link, which names nothing.
fn constant(api: &Api, object: &Object) -> Option<String> {
    object.properties.iter().filter(|property| property.required).find_map(|property| {
        match &api.schemas.get(api.schemas.resolve(property.value.schema)).shape {
            Shape::Enumeration(found) if found.values.len() == 1 => {
                found.values[0].as_str().filter(|text| !is_no_name(text)).map(str::to_owned)
            }
            _ => None,
        }
    })
}
