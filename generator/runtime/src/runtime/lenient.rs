//! Reading answers that lack what the description promises: what is missing is empty where its type has an empty value, and each such
//! place is told.
//!
//! An answer is first read as it always is. Only one that does not fit is looked at here, with a value of its type to hold it against;
//! then it is read once more. So what comes out is always what the described type takes.

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
use super::wire::{Container, MapSink, ReadMembers, Slot, Wire};
use super::wire_read;

/// A place in an answer that was not as described, and was read all the same.
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
}

/// The fault at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LapseKind {
    /// A required member is absent. It reads as empty.
    Missing,
    /// A value is `null` that may not be. It reads as empty, or as absent where it may be.
    Null,
    /// An element of a list is not of the described type. It is left out.
    Element,
    /// There is no body. It reads as empty.
    NoBody,
}

impl LapseKind {
    /// The kind as a word of reports: `missing`, `null`, `element` or `no-body`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Null => "null",
            Self::Element => "element",
            Self::NoBody => "no-body",
        }
    }
}

impl Lapse {
    /// The lapse as a line of JSON, as `clientwright overlay --from-report` reads it. The line has no end of line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let Self { method, path, status, pointer, kind } = self;
        serde_json::json!({
            "method": method, "path": path, "status": status, "pointer": pointer, "kind": kind.as_str(),
        })
        .to_string()
    }
}

impl fmt::Display for Lapse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, status, pointer, kind } = self;
        write!(f, "{method} {path}, {status}: {} at `{}`", kind.as_str(), super::plain::Plain(pointer))
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
    /// Reads answers that lack what the description promises, or is as strict as usual: `true` unless told otherwise. A call can
    /// differ.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.limits.lenient = lenient;
        self
    }

    /// Calls a function for each place in an answer that was not as described and was read all the same.
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
    /// Reads this call's answer even if it lacks what the description promises, or as strictly as usual, instead of what the client
    /// does.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.request.limits(self.client).lenient = lenient;
        self
    }
}

impl Mend for Lenient {
    fn mend(&self, spec: &'static Spec, status: u16, body: &[u8], like: &mut dyn Wire, value: &mut dyn Wire) -> bool {
        let mut fit = Fit::default();
        let Some(mut found) = fit.parse(body, like) else { return false };
        if !fit.fit(like, &mut found) || fit.found.is_empty() {
            return false;
        }
        // What was made fit is read as any answer is, or not at all.
        if json::read_into(digits::to_json(&found).as_bytes(), value).is_err() {
            return false;
        }
        for (pointer, kind) in fit.found {
            let lapse = Lapse { method: spec.method.as_str(), path: spec.path.text, status, pointer, kind };
            #[cfg(feature = "tracing")]
            tracing::warn!(
                http.request.method = lapse.method,
                url.template = lapse.path,
                http.response.status_code = status,
                pointer = lapse.pointer,
                kind = kind.as_str(),
                "the answer is not as described"
            );
            if let Some(hook) = &self.hook {
                hook.call(&lapse);
            }
        }
        true
    }
}

/// The comparison of a value with a type, and the lapses found so far.
#[derive(Default)]
struct Fit {
    /// The place that is being looked at.
    at: String,
    found: Vec<(String, LapseKind)>,
}

impl Fit {
    /// The body as a value; one that is not there is empty, where its type has an empty value.
    fn parse(&mut self, body: &[u8], like: &mut dyn Wire) -> Option<Value> {
        if body.is_empty() {
            self.tell(LapseKind::NoBody);
            return empty(like);
        }
        digits::parse(std::str::from_utf8(body).ok()?).ok()
    }

    fn tell(&mut self, kind: LapseKind) {
        self.found.push((self.at.clone(), kind));
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

    /// Makes a value fit the next place of a container. A value of a type that has no place fits as it is, or not at all.
    fn fit_next(&mut self, container: &mut dyn Container, value: &mut Value) -> bool {
        match container.open() {
            Some(place) => self.fit(place, value),
            None => container.add(value, wire_read::read_value).is_ok(),
        }
    }

    /// Makes a value fit a type, an empty value of which is `like`. Returns `false` where that has no honest way.
    fn fit(&mut self, like: &mut dyn Wire, value: &mut Value) -> bool {
        match like.slot() {
            Slot::Of(other) => self.fit(other, value),
            Slot::Option(some) => value.is_null() || self.fit_next(some, value),
            Slot::List(items) => {
                let Value::Array(values) = value else { return false };
                let mut index = 0;
                values.retain_mut(|value| {
                    let before = self.found.len();
                    let fits = self.inside(&index.to_string(), |fit| {
                        let fits = fit.fit_next(items, value);
                        if !fits {
                            // What was mended in it is gone with it.
                            fit.found.truncate(before);
                            fit.tell(LapseKind::Element);
                        }
                        fits
                    });
                    index += 1;
                    fits
                });
                true
            }
            Slot::Tuple(items) => {
                let Value::Array(values) = value else { return false };
                items.len() <= values.len()
                    && items
                        .into_iter()
                        .zip(values)
                        .enumerate()
                        .all(|(index, (item, value))| self.inside(&index.to_string(), |fit| fit.fit(item, value)))
            }
            Slot::Map(entries) => {
                let Value::Object(members) = value else { return false };
                members.iter_mut().all(|(key, value)| {
                    self.inside(key, |fit| match entries.open(key.clone()) {
                        Ok(place) => fit.fit(place, value),
                        Err(key) => entries.add(key, value, wire_read::read_value).is_ok(),
                    })
                })
            }
            Slot::Object => {
                let Value::Object(members) = value else { return false };
                let mut reader = FitMembers { fit: self, members, fits: false };
                like.read(&mut reader);
                reader.fits
            }
            Slot::Union(union) => union.choose(std::borrow::Cow::Borrowed(value)).is_ok(),
            _ => wire_read::read_value(like, value).is_ok(),
        }
    }
}

/// Makes the members of an object fit.
struct FitMembers<'a> {
    fit: &'a mut Fit,
    members: &'a mut Map<String, Value>,
    fits: bool,
}

impl ReadMembers for FitMembers<'_> {
    fn members(&mut self, table: &'static Table, fields: &mut [&mut dyn Wire], _: Option<&mut dyn MapSink>) {
        let shape = table.shape();
        let members = &mut *self.members;
        self.fits = shape.members.iter().zip(fields).enumerate().all(|(index, (name, field))| {
            let is_required = index < shape.required;
            self.fit.inside(name, |fit| {
                let kind = match members.get_mut(*name) {
                    Some(Value::Null) if !takes_null(&mut **field) && !is_required => {
                        fit.tell(LapseKind::Null);
                        members.remove(*name);
                        return true;
                    }
                    Some(Value::Null) if !takes_null(&mut **field) => LapseKind::Null,
                    Some(value) => return fit.fit(&mut **field, value),
                    None if is_required => LapseKind::Missing,
                    None => return true,
                };
                let Some(mut value) = empty(&mut **field) else { return false };
                fit.tell(kind);
                // An object that is empty may have members that are, too.
                let fits = fit.fit(&mut **field, &mut value);
                members.insert((*name).to_owned(), value);
                fits
            })
        });
    }
}

/// Returns whether `null` is a value of a type.
fn takes_null(like: &mut dyn Wire) -> bool {
    match like.slot() {
        Slot::Of(other) => takes_null(other),
        Slot::Option(_) | Slot::Value(_) => true,
        Slot::Union(union) => union.choose(std::borrow::Cow::Owned(Value::Null)).is_ok(),
        _ => false,
    }
}

/// The empty value of a type that has one: no text, no element, no entry, no member; `null` where that is a value. A number, a
/// boolean, a time and one of several values have none.
fn empty(like: &mut dyn Wire) -> Option<Value> {
    match like.slot() {
        Slot::Of(other) => empty(other),
        Slot::String(_) => Some(Value::String(String::new())),
        Slot::List(_) => Some(Value::Array(Vec::new())),
        Slot::Map(_) | Slot::JsonObject(_) | Slot::Object => Some(Value::Object(Map::new())),
        Slot::Option(_) | Slot::Value(_) => Some(Value::Null),
        _ => None,
    }
}
