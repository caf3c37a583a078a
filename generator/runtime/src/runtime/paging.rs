//! The request for the page after a page.

use http::header;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::client::Client;
use super::digits;
use super::json_pointer;
use super::parameter::flat;
use super::path;
use super::reply::Reply;
use super::request::{Body, Request, Target, add_pair};

/// The way from one page to the next. Places in a response are JSON pointers (RFC 6901); `-` is the last item of a list.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    next: Next,
    pub(crate) items: &'static str,
    more: Option<&'static str>,
    total: Option<&'static str>,
}

#[derive(Clone, Copy, Debug)]
enum Next {
    Cursor { parameter: &'static str, at: &'static str, of_last: bool },
    Page { parameter: &'static str, first: u64 },
    Offset { parameter: &'static str },
    Link,
    Url { at: &'static str },
}

impl Paging {
    /// The `Link` header of a page has the URL of the next one (RFC 8288).
    pub const LINK: Self = Self::new(Next::Link);

    const fn new(next: Next) -> Self {
        Self { next, items: "", more: None, total: None }
    }

    /// A page has the value of the parameter for the next one. A parameter that begins with `/` is a place in the body.
    #[must_use]
    pub const fn cursor(parameter: &'static str, at: &'static str) -> Self {
        Self::new(Next::Cursor { parameter, at, of_last: false })
    }

    /// The last item of a page has that value.
    #[must_use]
    pub const fn cursor_of_last(parameter: &'static str, at: &'static str) -> Self {
        Self::new(Next::Cursor { parameter, at, of_last: true })
    }

    /// The parameter counts pages.
    #[must_use]
    pub const fn page(parameter: &'static str, first: u64) -> Self {
        Self::new(Next::Page { parameter, first })
    }

    /// The parameter counts items.
    #[must_use]
    pub const fn offset(parameter: &'static str) -> Self {
        Self::new(Next::Offset { parameter })
    }

    /// A page has the URL of the next one in its body.
    #[must_use]
    pub const fn url(at: &'static str) -> Self {
        Self::new(Next::Url { at })
    }

    /// The place of a page's items. By default, the page is the list of items.
    #[must_use]
    pub const fn items(mut self, at: &'static str) -> Self {
        self.items = at;
        self
    }

    /// The place of a boolean that is true if there is another page.
    #[must_use]
    pub const fn more(mut self, at: &'static str) -> Self {
        self.more = Some(at);
        self
    }

    /// The place of the total number of pages or items.
    #[must_use]
    pub const fn total(mut self, at: &'static str) -> Self {
        self.total = Some(at);
        self
    }
}

impl Paging {
    /// The request for the page after this one, if there is one. A fault in it is reported when it is sent.
    pub(crate) fn next_request(
        &self,
        client: &Client,
        mut request: Box<Request>,
        page: &Reply,
    ) -> Option<Box<Request>> {
        if self.more.is_some_and(|more| read(page, more) != Some(Value::Bool(true))) {
            return None;
        }
        if !request.is_replayable() {
            request.reject("body", "next page", "was read while it was sent, and is gone");
            return Some(request);
        }
        match self.next {
            Next::Cursor { parameter, at, of_last } => {
                let at = if of_last { format!("{}/-{at}", self.items) } else { at.to_owned() };
                let next = read(page, &at).filter(|next| *next != Value::Null && *next != "")?;
                if request.parameter_value(parameter).is_some_and(|sent| same(&sent, &next)) {
                    request.reject("parameter", parameter, "would ask for the same page again");
                } else {
                    request.set_parameter(parameter, next);
                }
            }
            Next::Page { parameter, first } => {
                let current = request.parameter_value(parameter).and_then(|sent| number(&sent)).unwrap_or(first);
                let last = self.total.and_then(|total| number(&read(page, total)?));
                if self.count(page) == 0
                    || last.is_some_and(|last| current.saturating_add(1) >= last.saturating_add(first))
                {
                    return None;
                }
                request.set_parameter(parameter, current.saturating_add(1).into());
            }
            Next::Offset { parameter } => {
                let next = request.parameter_value(parameter).and_then(|sent| number(&sent)).unwrap_or(0);
                let next = next.saturating_add(self.count(page));
                let total = self.total.and_then(|total| number(&read(page, total)?));
                if self.count(page) == 0 || total.is_some_and(|total| next >= total) {
                    return None;
                }
                request.set_parameter(parameter, next.into());
            }
            Next::Link | Next::Url { .. } => {
                let next = match self.next {
                    Next::Url { at } => read(page, at)?.as_str().map(str::to_owned)?,
                    _ => page.headers.get_all(header::LINK).iter().find_map(|value| next_link(value.to_str().ok()?))?,
                };
                if next.is_empty() {
                    return None;
                }
                let current = request.url(&request.base(client)).ok()?;
                match follow(&current, &next) {
                    Ok(target) => request.target = Some(Box::new(Target::Whole(target))),
                    Err(cause) => drop(request.reject("next page", "link", cause)),
                }
            }
        }
        Some(request)
    }

    /// The number of a page's items.
    fn count(&self, page: &Reply) -> u64 {
        let items = json_pointer::read::<Vec<IgnoredAny>>(&page.body, self.items);
        items.ok().flatten().map_or(0, |items| items.len() as u64)
    }
}

/// The target of a link. The request has credentials, so the target must be on the same host.
fn follow(current: &url::Url, next: &str) -> Result<url::Url, String> {
    let target = current.join(next).map_err(|error| format!("is no URL: {error}"))?;
    if target.origin() != current.origin() {
        return Err(format!("leads to another host, {}", target.origin().ascii_serialization()));
    }
    if target == *current { Err("leads to the same page again".to_owned()) } else { Ok(target) }
}

/// The target of the relation `next` in a `Link` header (RFC 8288, 3).
fn next_link(value: &str) -> Option<String> {
    let mut rest = value;
    while let Some(start) = rest.find('<') {
        let (target, after) = rest[start + 1..].split_once('>')?;
        // Parameters end at a comma outside quotes.
        let mut quoted = false;
        let end = after.find(|character| {
            quoted ^= character == '"';
            character == ',' && !quoted
        });
        let (parameters, more) = after.split_at(end.unwrap_or(after.len()));
        let relations = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
        let relation = relations.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
        let is_next = |(_, value): (&str, &str)| {
            value.trim().trim_matches('"').split_whitespace().any(|word| word.eq_ignore_ascii_case("next"))
        };
        if relation.is_some_and(is_next) {
            return Some(target.to_owned());
        }
        rest = more;
    }
    None
}

fn read(page: &Reply, at: &str) -> Option<Value> {
    json_pointer::read(&page.body, at).ok().flatten()
}

/// A count, which servers send as a number or as a text.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn same(a: &Value, b: &Value) -> bool {
    flat(a) == flat(b)
}

impl Request {
    /// The current value of a query parameter, or of a place in a JSON body.
    fn parameter_value(&self, parameter: &str) -> Option<Value> {
        if parameter.starts_with('/') {
            return match &self.body {
                Body::Bytes(body) => json(body)?.pointer(parameter).cloned(),
                _ => None,
            };
        }
        let mut pairs = url::form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|(name, _)| name == parameter).map(|(_, value)| Value::String(value.into_owned()))
    }

    fn set_parameter(&mut self, parameter: &str, value: Value) {
        if parameter.starts_with('/') {
            let mut body = match &self.body {
                Body::Bytes(body) => json(body).unwrap_or_default(),
                _ => Value::Null,
            };
            set(&mut body, parameter, value);
            self.body = Body::Bytes(digits::to_json(&body).into());
            return;
        }
        let mut encoded = String::new();
        path::encode(parameter, &mut encoded);
        let others = self.query.split('&').filter(|pair| pair.split('=').next() != Some(&encoded) && !pair.is_empty());
        let mut query = others.collect::<Vec<_>>().join("&");
        add_pair(&mut query, parameter, &flat(&value));
        self.query = query;
    }
}

/// A JSON body, its numbers with all of their digits.
fn json(body: &[u8]) -> Option<Value> {
    digits::parse(std::str::from_utf8(body).ok()?).ok()
}

/// Sets a place in a JSON value, making the objects on the way.
fn set(value: &mut Value, pointer: &str, new: Value) {
    let Some(rest) = pointer.strip_prefix('/') else {
        *value = new;
        return;
    };
    let (token, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if !value.is_object() {
        *value = Value::Object(serde_json::Map::new());
    }
    set(&mut value[json_pointer::unescape(token)], rest, new);
}
