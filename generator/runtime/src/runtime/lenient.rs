//! Lenient reading of answers that do not match the description: a missing value is read as the empty value of its type, if there is
//! one, and each such place is reported.
//!
//! An answer is first read as it always is. Only one that does not fit is looked at here, with a value of its type to hold it against;
//! then it is read once more. So what comes out is always what the described type takes.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::builder::ClientBuilder;
use super::call::Call;
use super::client::Mend;
use super::digits;
use super::json;
use super::platform::Shareable;
use super::spec::Spec;
use super::table::Table;
use super::wire::{Container, MapSink, Offer, ReadMembers, Slot, Wire};
use super::wire_read;

/// A place in an answer that is not as described.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lapse {
    /// The method of the operation.
    pub method: &'static str,
    /// The path of the operation, as the description has it.
    pub path: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// The place: a JSON pointer (RFC 6901) into the answer. Empty for the answer itself.
    pub pointer: String,
    /// The fault that was found there.
    pub kind: LapseKind,
    /// False if the place could not be read all the same: the element of a list around it is left out, or the answer is an error.
    pub recovered: bool,
}

/// The fault at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LapseKind {
    /// A required member is absent. It reads as empty, if its type has an empty value.
    Missing,
    /// A value is `null` that may not be. It reads as empty, if its type has an empty value.
    Null,
    /// A value is not of the described type.
    Type,
    /// An element of a list, or an entry of a map, cannot be read. It is left out.
    Element,
    /// There is no body. It reads as empty.
    NoBody,
}

impl LapseKind {
    /// The kind as a word of reports: `missing`, `null`, `type`, `element` or `no-body`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Null => "null",
            Self::Type => "type",
            Self::Element => "element",
            Self::NoBody => "no-body",
        }
    }
}

impl Lapse {
    /// The lapse as a line of JSON, as `clientwright overlay --from-report` reads it. The line has no end of line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let Self { method, path, status, pointer, kind, .. } = self;
        serde_json::json!({
            "method": method, "path": path, "status": status, "pointer": pointer, "kind": kind.as_str(),
        })
        .to_string()
    }
}

impl fmt::Display for Lapse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, status, pointer, kind, recovered } = self;
        write!(f, "{method} {path}, {status}: {} at `{}`", kind.as_str(), super::plain::Plain(pointer))?;
        f.write_str(if *recovered { "" } else { ", not read" })
    }
}

/// Sees each lapse.
trait OnLapse: Shareable {
    fn call(&self, lapse: &Lapse);
}

impl<F: Fn(&Lapse) + Shareable> OnLapse for F {
    fn call(&self, lapse: &Lapse) {
        self(lapse);
    }
}

/// The lenient reader of a client.
#[derive(Default)]
pub(crate) struct Lenient {
    hook: Option<Arc<dyn OnLapse>>,
}

impl ClientBuilder {
    /// Turns lenient reading on or off for all calls that do not set it themselves. It is on by default.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.limits.lenient = lenient;
        self
    }

    /// Calls a function for each place in an answer that is not as described, if the answer is read leniently.
    pub fn on_lenient(mut self, hook: impl Fn(&Lapse) + Shareable + 'static) -> Self {
        self.mend = Some(Arc::new(Lenient { hook: Some(Arc::new(hook)) }));
        self
    }

    /// The default of crates that are generated with `lenient = true`.
    pub(crate) fn with_lenient(mut self) -> Self {
        self.mend = Some(Arc::new(Lenient::default()));
        self.lenient(true)
    }
}

impl<O> Call<'_, O> {
    /// Turns lenient reading on or off for this call, in place of the client's setting.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.request.limits(self.client).lenient = lenient;
        self
    }
}

impl Mend for Lenient {
    fn mend(&self, spec: &'static Spec, status: u16, body: &[u8], like: &mut dyn Wire, value: &mut dyn Wire) -> bool {
        let mut fit = Fit::default();
        let body = fit.body(body, like);
        // What was made fit is read as any answer is, or not at all.
        let read = |body: Value| json::read_into(digits::to_json(&body).as_bytes(), value).is_ok();
        let is_read = !fit.found.is_empty() && body.is_some_and(read);
        for Found { pointer, kind, recovered } in fit.found {
            let recovered = recovered && is_read;
            self.tell(&Lapse { method: spec.method.as_str(), path: spec.path.text, status, pointer, kind, recovered });
        }
        is_read
    }
}

impl Lenient {
    fn tell(&self, lapse: &Lapse) {
        #[cfg(feature = "tracing")]
        tracing::warn!(
            http.request.method = lapse.method,
            url.template = lapse.path,
            http.response.status_code = lapse.status,
            pointer = lapse.pointer,
            kind = lapse.kind.as_str(),
            recovered = lapse.recovered,
            "the answer is not as described"
        );
        if let Some(hook) = &self.hook {
            hook.call(lapse);
        }
    }
}

/// A lapse that was found.
struct Found {
    pointer: String,
    kind: LapseKind,
    recovered: bool,
}

/// The comparison of a value with a type, and the lapses found so far.
#[derive(Default)]
struct Fit {
    /// The place that is being looked at.
    at: String,
    /// The length of the pointer to the innermost element around it.
    element: usize,
    found: Vec<Found>,
}

impl Fit {
    /// The body, made to fit.
    fn body(&mut self, body: &[u8], like: &mut dyn Wire) -> Option<Value> {
        if body.is_empty() {
            return self.replace(LapseKind::NoBody, like);
        }
        let mut body = digits::parse(std::str::from_utf8(json::without_mark(body)).ok()?).ok()?;
        if body.is_null() && !takes_null(like) {
            return self.replace(LapseKind::Null, like);
        }
        self.fit(like, &mut body).then_some(body)
    }

    fn tell(&mut self, kind: LapseKind) {
        self.found.push(Found { pointer: self.at.clone(), kind, recovered: true });
    }

    /// Tells that a value is of another type. Of an element, and of the whole answer, this is told elsewhere.
    fn misfit(&mut self) -> bool {
        if self.element < self.at.len() {
            self.tell(LapseKind::Type);
        }
        false
    }

    /// Looks at a place further in.
    fn inside<T>(&mut self, token: &str, look: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.at.len();
        self.at.push('/');
        self.at.push_str(&token.replace('~', "~0").replace('/', "~1"));
        let result = look(self);
        self.at.truncate(length);
        result
    }

    /// Looks at an element of a list or an entry of a map. One that does not fit is told, with the reasons.
    fn element(&mut self, token: &str, look: impl FnOnce(&mut Self) -> bool) -> bool {
        self.inside(token, |fit| {
            let before = fit.found.len();
            let around = std::mem::replace(&mut fit.element, fit.at.len());
            let fits = look(fit);
            fit.element = around;
            if !fits {
                fit.found[before..].iter_mut().for_each(|found| found.recovered = false);
                let pointer = fit.at.clone();
                fit.found.insert(before, Found { pointer, kind: LapseKind::Element, recovered: true });
            }
            fits
        })
    }

    /// The value that stands for one that is missing: that of the type that is empty. Returns `None` if it has none.
    fn replace(&mut self, kind: LapseKind, like: &mut dyn Wire) -> Option<Value> {
        let index = self.found.len();
        self.tell(kind);
        // An object that is empty has members that are, too. They are not missing from the answer.
        let value = empty(like).and_then(|mut value| self.fit(like, &mut value).then_some(value));
        self.found.truncate(index + 1);
        self.found[index].recovered = value.is_some();
        value
    }

    /// Makes a value fit the next place of a container. A value of a type that has no place fits as it is, or not at all.
    fn fit_next(&mut self, container: &mut dyn Container, value: &mut Value) -> bool {
        match container.open() {
            Some(place) => self.fit(place, value),
            None => container.add(value, wire_read::read_value).is_ok() || self.misfit(),
        }
    }

    /// The same for the entry of a map.
    fn fit_entry(&mut self, entries: &mut dyn MapSink, key: &str, value: &mut Value) -> bool {
        self.element(key, |fit| match entries.open(key.to_owned()) {
            Ok(place) => fit.fit(place, value),
            Err(key) => entries.add(key, value, wire_read::read_value).is_ok() || fit.misfit(),
        })
    }

    /// Makes a value fit a type, an empty value of which is `like`. Returns `false` where that has no honest way.
    fn fit(&mut self, like: &mut dyn Wire, value: &mut Value) -> bool {
        match (like.slot(), &mut *value) {
            (Slot::Of(other), value) => self.fit(other, value),
            (Slot::Option(some), value) => value.is_null() || self.fit_next(some, value),
            (Slot::List(items), Value::Array(values)) => {
                let mut index = 0;
                values.retain_mut(|value| {
                    index += 1;
                    self.element(&(index - 1).to_string(), |fit| fit.fit_next(items, value))
                });
                true
            }
            (Slot::Tuple(items), Value::Array(values)) if items.len() <= values.len() => {
                let mut fits = true;
                for (index, (item, value)) in items.into_iter().zip(values).enumerate() {
                    fits &= self.inside(&index.to_string(), |fit| fit.fit(item, value));
                }
                fits
            }
            (Slot::Map(entries), Value::Object(values)) => {
                values.retain(|key, value| self.fit_entry(entries, key, value));
                true
            }
            (Slot::Object, Value::Object(members)) => {
                let mut reader = FitMembers { fit: self, members, fits: false };
                like.read(&mut reader);
                reader.fits
            }
            (Slot::Union(union), value) => {
                let mut fitting = None;
                let mut on_misfit = |member: &mut dyn Wire, value: &Value| {
                    let mut value = value.clone();
                    fitting = Some(self.fit(member, &mut value).then_some(value));
                };
                let offer = Offer { value: Cow::Borrowed(value), on_misfit: Some(&mut on_misfit) };
                match (union.choose(offer), fitting) {
                    (Ok(()), _) => true,
                    (Err(_), None) => self.misfit(),
                    // The member of the union has told why.
                    (Err(_), Some(fitting)) => fitting.map(|fitting| *value = fitting).is_some(),
                }
            }
            (Slot::List(_) | Slot::Tuple(_) | Slot::Map(_) | Slot::Object, _) => self.misfit(),
            (_, value) => wire_read::read_value(like, value).is_ok() || self.misfit(),
        }
    }

    /// Makes a member of an object fit.
    fn fit_member(
        &mut self,
        members: &mut Map<String, Value>,
        name: &str,
        field: &mut dyn Wire,
        is_required: bool,
    ) -> bool {
        let kind = match members.get_mut(name) {
            Some(Value::Null) if is_required && !takes_null(field) => LapseKind::Null,
            Some(value) => return self.fit(field, value),
            None if is_required => LapseKind::Missing,
            None => return true,
        };
        self.replace(kind, field).map(|value| members.insert(name.to_owned(), value)).is_some()
    }
}

/// Makes the members of an object fit.
struct FitMembers<'a> {
    fit: &'a mut Fit,
    members: &'a mut Map<String, Value>,
    fits: bool,
}

impl ReadMembers for FitMembers<'_> {
    fn members(&mut self, table: &'static Table, fields: &mut [&mut dyn Wire], rest: Option<&mut dyn MapSink>) {
        let (shape, members) = (table.shape(), &mut *self.members);
        self.fits = true;
        for (index, (name, field)) in shape.members.iter().zip(fields).enumerate() {
            let is_required = index < shape.required;
            self.fits &= self.fit.inside(name, |fit| fit.fit_member(members, name, &mut **field, is_required));
        }
        if let Some(rest) = rest {
            members.retain(|key, value| shape.find(key).is_some() || self.fit.fit_entry(rest, key, value));
        }
    }
}

/// Returns whether `null` is a value of a type.
fn takes_null(like: &mut dyn Wire) -> bool {
    match like.slot() {
        Slot::Of(other) => takes_null(other),
        Slot::Option(_) | Slot::Value(_) => true,
        Slot::Union(union) => union.choose(Value::Null.into()).is_ok(),
        _ => false,
    }
}

/// The empty value of a type that has one: no text, no element, no entry, no member; `null` where that is a value; the only value where
/// there is only one. A number, a boolean, a time and one of several values have none.
fn empty(like: &mut dyn Wire) -> Option<Value> {
    match like.slot() {
        Slot::Of(other) => empty(other),
        Slot::String(_) => Some(Value::String(String::new())),
        Slot::Text(text) => text.absent().map(Value::from),
        Slot::Integer(number) => number.only().map(Value::from),
        Slot::List(_) => Some(Value::Array(Vec::new())),
        Slot::Map(_) | Slot::JsonObject(_) | Slot::Object => Some(Value::Object(Map::new())),
        Slot::Option(_) | Slot::Value(_) => Some(Value::Null),
        Slot::Union(union) => union.only(),
        _ => None,
    }
}
