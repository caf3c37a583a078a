//! A request under construction, without the type of the operation, so that this code is compiled once.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Serialize;
use serde_json::Value;

use super::cause::InvalidRequest;
use super::client::Client;
use super::digits::to_value;
use super::parameter::{In, Parameter, is_empty};
use super::path::{self, PathPart};
use super::platform::{Shareable, random};
use super::retry::RetryPolicy;
use super::spec::Spec;
use super::transport::Limits;

const JSON: &str = "application/json";

/// The facts of one call. A fault is recorded, and reported when the call is sent.
pub(crate) struct Request {
    pub(crate) spec: &'static Spec,
    /// Method and path of a raw call. Rare things are on the heap: a request is moved a few times.
    pub(crate) raw: Option<Box<RawTarget>>,
    pub(crate) timeout: Option<Option<Duration>>,
    pub(crate) retry: Option<Box<RetryPolicy>>,
    pub(crate) limits: Option<Box<Limits>>,
    /// The URL of this call, if it is not the usual one.
    pub(crate) target: Option<Box<Target>>,
    #[cfg(feature = "tracing")]
    pub(crate) span: tracing::Span,
    values: Vec<(&'static str, String)>,
    pub(crate) query: String,
    headers: Option<Box<HeaderMap>>,
    cookies: String,
    content_type: Option<HeaderValue>,
    pub(crate) body: Body,
    fault: Option<Box<InvalidRequest>>,
}

/// The destination of a call that does not go to its operation's own address.
pub(crate) enum Target {
    /// Another server, which the caller named.
    Base(url::Url),
    /// A URL from an earlier response.
    Whole(url::Url),
}

/// Method and path template of a raw call.
pub(crate) struct RawTarget {
    pub(crate) method: http::Method,
    pub(crate) path: String,
}

/// A body, by whether it can be sent again.
pub(crate) enum Body {
    Empty,
    Bytes(Bytes),
    Again(Arc<dyn MakeBody>),
    Once(Option<reqwest::Body>),
}

/// Makes the same body each time.
pub(crate) trait MakeBody: Shareable {
    fn make(&self) -> reqwest::Body;
}

impl<F: Fn() -> reqwest::Body + Shareable> MakeBody for F {
    fn make(&self) -> reqwest::Body {
        self()
    }
}

impl Request {
    pub(crate) fn new(spec: &'static Spec) -> Self {
        Self {
            spec,
            raw: None,
            timeout: None,
            retry: None,
            limits: None,
            target: None,
            #[cfg(feature = "tracing")]
            span: tracing::Span::none(),
            values: Vec::new(),
            query: String::new(),
            headers: None,
            cookies: String::new(),
            content_type: None,
            body: Body::Empty,
            fault: None,
        }
    }

    /// A path parameter of the default style.
    pub(crate) fn path<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> &mut Self {
        self.parameter(&Parameter::new(name, In::Path), value)
    }

    /// A query parameter of the default style. Nothing is sent for `None`.
    pub(crate) fn query<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> &mut Self {
        self.parameter(&Parameter::new(name, In::Query), value)
    }

    /// A header parameter.
    pub(crate) fn header<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> &mut Self {
        self.parameter(&Parameter::new(name, In::Header), value)
    }

    /// A cookie parameter.
    pub(crate) fn cookie<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> &mut Self {
        self.parameter(&Parameter::new(name, In::Cookie), value)
    }

    /// A parameter of any style.
    pub(crate) fn parameter<T: Serialize + ?Sized>(&mut self, parameter: &Parameter, given: &T) -> &mut Self {
        match to_value(given) {
            Ok(value) => self.place(parameter, value),
            Err(reason) => self.reject(place_name(parameter.place), parameter.name, reason.to_string()),
        }
    }

    /// A parameter whose description gives a media type (`content`) instead of a style: JSON.
    pub(crate) fn json_parameter<T: Serialize + ?Sized>(&mut self, parameter: &Parameter, given: &T) -> &mut Self {
        match serde_json::to_string(given) {
            Ok(text) => self.place(parameter, Value::String(text)),
            Err(reason) => self.reject(place_name(parameter.place), parameter.name, reason.to_string()),
        }
    }

    /// A parameter whose media type is that of forms: the pairs of an object as one text.
    pub(crate) fn form_parameter<T: Serialize + ?Sized>(&mut self, parameter: &Parameter, given: &T) -> &mut Self {
        match to_value(given) {
            Ok(Value::Object(entries)) => {
                let mut form = String::new();
                entries.iter().for_each(|(name, value)| Parameter::form_field(name, value, &mut form));
                self.place(parameter, Value::String(form))
            }
            Ok(value) => self.place(parameter, value),
            Err(reason) => self.reject(place_name(parameter.place), parameter.name, reason.to_string()),
        }
    }

    /// A whole query string, for OpenAPI 3.2's `in: querystring`: the properties of a form, or a text of another media type.
    pub(crate) fn query_string<T: Serialize + ?Sized>(&mut self, given: &T) -> &mut Self {
        match to_value(given) {
            Ok(Value::Object(entries)) => {
                entries.iter().for_each(|(name, value)| Parameter::form_field(name, value, &mut self.query));
                self
            }
            Ok(value) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                path::encode(&text, &mut self.query);
                self
            }
            Err(reason) => self.reject("query string", "", reason.to_string()),
        }
    }

    /// A whole query string that is no form but JSON.
    pub(crate) fn json_query_string<T: Serialize + ?Sized>(&mut self, given: &T) -> &mut Self {
        match serde_json::to_string(given) {
            Ok(text) => {
                path::encode(&text, &mut self.query);
                self
            }
            Err(reason) => self.reject("query string", "", reason.to_string()),
        }
    }

    fn place(&mut self, parameter: &Parameter, value: Value) -> &mut Self {
        match parameter.place {
            In::Path if value == Value::Null => return self.reject("path parameter", parameter.name, "is null"),
            In::Path => self.values.push((parameter.name, parameter.path(value))),
            In::Query => parameter.query(&value, &mut self.query),
            In::Header | In::Cookie if is_empty(&value) => {}
            In::Header => return self.raw_header(parameter.name, &parameter.single(&value)),
            In::Cookie => {
                for pair in parameter.cookies(&value) {
                    if pair.contains(';') {
                        return self.reject("cookie", parameter.name, "has a semicolon, which would end it");
                    }
                    self.add_cookie(&pair);
                }
            }
        }
        self
    }

    /// A header by name and text.
    pub(crate) fn raw_header(&mut self, name: &str, text: &str) -> &mut Self {
        match (HeaderName::try_from(name), HeaderValue::from_bytes(text.as_bytes())) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(super::redact::is_sensitive(name.as_str()));
                self.headers.get_or_insert_default().append(name, value);
                self
            }
            (Err(_), _) => self.reject("header", name, "is not a header name"),
            (_, Err(_)) => self.reject("header", name, "has a value with control characters"),
        }
    }

    /// A header that has one value, whatever it had before.
    pub(crate) fn replace_header(&mut self, name: &'static str, text: &str) {
        // White space around a value is none of it (RFC 9110, 5.5).
        match HeaderValue::from_bytes(text.as_bytes()) {
            Ok(value) if text.trim() == text => drop(self.headers.get_or_insert_default().insert(name, value)),
            _ => drop(self.reject("header", name, "would have a value that no header can have")),
        }
    }

    /// A query parameter by name and text.
    pub(crate) fn raw_query(&mut self, name: &str, text: &str) -> &mut Self {
        add_pair(&mut self.query, name, text);
        self
    }

    fn add_cookie(&mut self, pair: &str) {
        if !self.cookies.is_empty() {
            self.cookies.push_str("; ");
        }
        self.cookies.push_str(pair);
    }

    /// A JSON body.
    pub(crate) fn json<T: Serialize + ?Sized>(&mut self, body: &T) -> &mut Self {
        self.json_as(JSON, body)
    }

    /// A JSON body of another media type, such as `application/merge-patch+json`.
    pub(crate) fn json_as<T: Serialize + ?Sized>(&mut self, content_type: &str, body: &T) -> &mut Self {
        self.written(content_type, serde_json::to_vec(body))
    }

    /// Sets a body that was written as JSON, whatever its type.
    fn written(&mut self, content_type: &str, json: serde_json::Result<Vec<u8>>) -> &mut Self {
        match json {
            Ok(json) => self.bytes(content_type, json),
            Err(reason) => self.reject("body", content_type, format!("cannot be written: {reason}")),
        }
    }

    /// A body of `application/x-www-form-urlencoded` properties.
    pub(crate) fn form<T: Serialize + ?Sized>(&mut self, body: &T) -> &mut Self {
        self.form_with(&[], body)
    }

    /// The same, with the styles that the description's `encoding` gives some of them.
    pub(crate) fn form_with<T: Serialize + ?Sized>(&mut self, encoding: &[Parameter], body: &T) -> &mut Self {
        const FORM: &str = "application/x-www-form-urlencoded";
        let entries = match to_value(body) {
            Ok(Value::Object(entries)) => entries,
            Ok(_) => return self.reject("body", FORM, "is not an object"),
            Err(reason) => return self.reject("body", FORM, reason.to_string()),
        };
        let mut form = String::new();
        for (name, value) in &entries {
            match encoding.iter().find(|parameter| parameter.name == name) {
                Some(parameter) => parameter.query(value, &mut form),
                None => Parameter::form_field(name, value, &mut form),
            }
        }
        self.bytes(FORM, form)
    }

    /// A text body.
    pub(crate) fn text(&mut self, content_type: &str, body: impl Into<String>) -> &mut Self {
        self.bytes(content_type, body.into())
    }

    /// A body of bytes.
    pub(crate) fn bytes(&mut self, content_type: &str, body: impl Into<Bytes>) -> &mut Self {
        self.body = Body::Bytes(body.into());
        self.content_type(content_type)
    }

    /// A body of bytes, or one that is read as it is sent.
    pub(crate) fn body(&mut self, content_type: &str, body: impl Into<reqwest::Body>) -> &mut Self {
        let body = body.into();
        match body.as_bytes().map(Bytes::copy_from_slice) {
            Some(bytes) => self.bytes(content_type, bytes),
            None => self.stream(content_type, body),
        }
    }

    /// A body that is read as it is sent, and so only once: such a call is not retried.
    pub(crate) fn stream(&mut self, content_type: &str, body: impl Into<reqwest::Body>) -> &mut Self {
        self.body = Body::Once(Some(body.into()));
        self.content_type(content_type)
    }

    /// A body that can be made again for each attempt.
    pub(crate) fn again(&mut self, content_type: &str, body: impl MakeBody + 'static) -> &mut Self {
        self.body = Body::Again(Arc::new(body));
        self.content_type(content_type)
    }

    fn content_type(&mut self, content_type: &str) -> &mut Self {
        if content_type == JSON {
            self.content_type = Some(HeaderValue::from_static(JSON));
            return self;
        }
        match HeaderValue::from_bytes(content_type.as_bytes()) {
            Ok(value) => {
                self.content_type = Some(value);
                self
            }
            Err(_) => self.reject("header", "content-type", "has a value with control characters"),
        }
    }

    /// Records a fault. The first one counts.
    pub(crate) fn reject(&mut self, place: &'static str, name: &str, reason: impl Into<String>) -> &mut Self {
        self.fault.get_or_insert_with(|| Box::new(InvalidRequest::new(place, name, reason)));
        self
    }

    /// The base URL: the caller's for this call, else the operation's or the client's.
    pub(crate) fn base<'a>(&'a self, client: &'a Client) -> Cow<'a, url::Url> {
        self.server().map_or_else(|| client.0.base_url(self.spec), Cow::Borrowed)
    }

    /// The server of this call, if it is not the usual one.
    pub(crate) fn server(&self) -> Option<&url::Url> {
        self.target.as_deref().map(|target| match target {
            Target::Base(url) | Target::Whole(url) => url,
        })
    }

    /// This call's limits, which begin as the client's.
    pub(crate) fn limits(&mut self, client: &Client) -> &mut Limits {
        self.limits.get_or_insert_with(|| Box::new(client.0.limits))
    }

    pub(crate) fn take_fault(&mut self) -> Option<Box<InvalidRequest>> {
        self.fault.take()
    }

    /// Returns whether the body, if there is one, can be sent once more.
    pub(crate) fn is_replayable(&self) -> bool {
        !matches!(self.body, Body::Once(_))
    }

    /// Returns whether the request may be sent twice, by the meaning of the method or by the policy.
    pub(crate) fn is_repeatable(&self, policy: &RetryPolicy) -> bool {
        let (method, idempotent) = match &self.raw {
            Some(raw) => (raw.method.as_str(), raw.method.is_idempotent()),
            None => (self.spec.method.as_str(), self.spec.method.is_idempotent()),
        };
        let idempotent = policy.repeats(method).unwrap_or(idempotent);
        let key = self.spec.idempotency_key.unwrap_or("idempotency-key");
        idempotent || self.has_header(key)
    }

    fn has_header(&self, name: &str) -> bool {
        self.headers.as_ref().is_some_and(|headers| headers.contains_key(name))
    }

    /// Gives a request that needs one its idempotency key, which stays the same however often it is sent.
    pub(crate) fn complete(&mut self) {
        if let Some(name) = self.spec.idempotency_key.filter(|name| !self.has_header(name)) {
            let (high, low) = (random(), random());
            let variant = low >> 2 | 1 << 63;
            let key = format!(
                "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
                high >> 32,
                high >> 16 & 0xffff,
                high & 0xfff,
                variant >> 48,
                variant & 0xffff_ffff_ffff
            );
            if let (Ok(name), Ok(key)) = (HeaderName::try_from(name), HeaderValue::try_from(key)) {
                self.headers.get_or_insert_default().insert(name, key);
            }
        }
    }

    /// The URL under `base`, whose path has no slash at its end.
    pub(crate) fn url(&self, base: &url::Url) -> Result<url::Url, InvalidRequest> {
        if let Some(Target::Whole(target)) = self.target.as_deref() {
            return Ok(target.clone());
        }
        // A caller's own template is parsed when it is called; those of the description are already in parts.
        let raw = self.raw.as_ref().map(|raw| raw.path.as_str());
        let read = raw.map(path::parse);
        let read = read.as_ref().map(|(path, query)| (path.as_slice(), query.as_slice()));
        let (parts, query) = read.unwrap_or((self.spec.path.parts, self.spec.path.query));
        let template = raw.unwrap_or(self.spec.path.text);
        let mut path = String::with_capacity(base.path().len() + template.len() + 40);
        let mut under = base.path();
        while let Some(shorter) = under.strip_suffix('/') {
            under = shorter;
        }
        path.push_str(under);
        if !matches!(parts.first(), Some(PathPart::Literal(text)) if text.starts_with('/')) {
            path.push('/');
        }
        path::render(parts, &self.values, &mut path)?;
        let mut url = base.clone();
        url.set_path(&path);
        // If the parser changed the path, nothing is sent.
        if url.path() != path {
            return Err(InvalidRequest::new("path", template, "would be rewritten"));
        }
        let mut filled = String::new();
        path::render_query(query, &self.values, &mut filled)?;
        if !filled.is_empty() {
            // A pair of the template that is an argument as well is sent once, with the value of the argument.
            let name = |pair: &str| pair.split('=').next().map(str::to_owned);
            let is_given = |pair: &&str| self.query.split('&').any(|given| name(given) == name(pair));
            let literal = filled.split('&').filter(|pair| !is_given(pair));
            let pairs = literal.chain(Some(self.query.as_str()).filter(|query| !query.is_empty()));
            url.set_query(Some(&pairs.collect::<Vec<_>>().join("&")));
        } else if !self.query.is_empty() {
            url.set_query(Some(&self.query));
        }
        Ok(url)
    }

    /// The request to send: the first time, and again for each attempt.
    pub(crate) fn render(&mut self, base: &url::Url, defaults: &HeaderMap) -> Result<reqwest::Request, InvalidRequest> {
        let method = match &self.raw {
            Some(raw) => raw.method.clone(),
            None => http::Method::from_bytes(self.spec.method.as_str().as_bytes())
                .map_err(|_| InvalidRequest::new("method", self.spec.method.as_str(), "is no HTTP method"))?,
        };
        let mut request = reqwest::Request::new(method, self.url(base)?);
        let headers = request.headers_mut();
        // With room for a credential and a cookie.
        headers.reserve(defaults.len() + self.headers.as_ref().map_or(0, |headers| headers.len()) + 4);
        headers.insert(header::ACCEPT, HeaderValue::from_static(self.spec.accept));
        for (name, value) in defaults {
            headers.insert(name.clone(), value.clone());
        }
        if let Some(content_type) = &self.content_type {
            headers.insert(header::CONTENT_TYPE, content_type.clone());
        }
        // A header of the call takes precedence over a default one.
        let own = self.headers.iter().flat_map(|own| own.keys().map(|name| (name, own.get_all(name))));
        for (name, values) in own {
            let mut values = values.iter();
            if let Some(first) = values.next() {
                headers.insert(name.clone(), first.clone());
            }
            for value in values {
                headers.append(name.clone(), value.clone());
            }
        }
        if !self.cookies.is_empty() {
            let value = HeaderValue::from_str(&self.cookies);
            let mut value = value.map_err(|_| InvalidRequest::new("header", "cookie", "has control characters"))?;
            value.set_sensitive(true);
            headers.append(header::COOKIE, value);
        }
        *request.body_mut() = match &mut self.body {
            Body::Empty => None,
            Body::Bytes(bytes) => Some(bytes.clone().into()),
            Body::Again(body) => Some(body.make()),
            Body::Once(body) => body.take(),
        };
        if request.body().is_none_or(|body| body.as_bytes().is_some_and(<[u8]>::is_empty))
            && matches!(*request.method(), http::Method::POST | http::Method::PUT | http::Method::PATCH)
        {
            // RFC 9110, 8.6: these methods anticipate content, and servers respond with 411 if the length of an empty body is not stated.
            request.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(request)
    }
}

pub(crate) fn add_pair(out: &mut String, name: &str, text: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    path::encode(name, out);
    out.push('=');
    path::encode(text, out);
}

const fn place_name(place: In) -> &'static str {
    match place {
        In::Path => "path parameter",
        In::Query => "query parameter",
        In::Header => "header",
        In::Cookie => "cookie",
    }
}
