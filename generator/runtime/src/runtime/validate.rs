//! Validation against the bounds of the description, on request. Responses are never validated.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use fancy_regex::{Regex, RegexBuilder};
use serde_json::Value;

use super::pattern::translate;
use super::table::Table;
use super::wire::{List, MapView, View, Wire, WriteMembers};

/// A value that a bound of the description does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The place of the value: a JSON pointer (RFC 6901) that starts at what was checked.
    pub pointer: String,
    /// The keyword that states the bound (`maxLength`).
    pub keyword: &'static str,
    /// The bound, as the description writes it.
    pub bound: &'static str,
    /// Set if the value was not checked to its end: to match it with the pattern takes too many steps.
    pub gave_up: bool,
}

impl fmt::Display for Violation {
    /// Shows the bound and never the value, which may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, keyword, bound, gave_up } = self;
        let place = if pointer.is_empty() { "the value" } else { pointer };
        match gave_up {
            false => write!(f, "{place} does not keep to {keyword} {bound}"),
            true => write!(f, "{place} takes too many steps to be checked against {keyword} {bound}"),
        }
    }
}

impl std::error::Error for Violation {}

/// A bound on a member of an object, or on what the member holds.
#[derive(Debug)]
pub(crate) struct Bound {
    /// The member's name on the wire; `None` for the object itself.
    member: Option<&'static str>,
    /// The depth: 1 for the items of a list and the values of a map, 2 for theirs.
    depth: u8,
    keyword: &'static str,
    value: &'static str,
}

impl Bound {
    pub(crate) const fn on(member: &'static str, depth: u8, keyword: &'static str, value: &'static str) -> Self {
        Self { member: Some(member), depth, keyword, value }
    }

    pub(crate) const fn own(depth: u8, keyword: &'static str, value: &'static str) -> Self {
        Self { member: None, depth, keyword, value }
    }
}

/// The bounds of each type that has some, by its name.
pub(crate) type Bounds = &'static [(&'static str, &'static [Bound])];

/// Checks a value, and all that it holds.
pub(crate) fn check(value: &dyn Wire, name: &str, bounds: Bounds) -> Result<(), Vec<Violation>> {
    let mut walk = Walk { bounds, pointer: String::new(), found: Vec::new() };
    // An object says by itself what it is called.
    let own = if matches!(value.view(), View::Object) { &[][..] } else { walk.of(name) };
    walk.value(value, own, None, 0);
    if walk.found.is_empty() { Ok(()) } else { Err(walk.found) }
}

struct Walk {
    bounds: Bounds,
    pointer: String,
    found: Vec<Violation>,
}

impl Walk {
    fn of(&self, name: &str) -> &'static [Bound] {
        let found = self.bounds.iter().find(|(known, _)| *known == name);
        found.map_or(&[], |(_, bounds)| bounds)
    }

    /// Calls `act` at a place below.
    fn below(&mut self, step: &str, act: impl FnOnce(&mut Self)) {
        let here = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        act(self);
        self.pointer.truncate(here);
    }

    fn check_bounds<V: Into<Verdict>>(
        &mut self,
        bounds: &'static [Bound],
        member: Option<&str>,
        depth: u8,
        keeps: impl Fn(&Bound) -> V,
    ) {
        for bound in bounds.iter().filter(|bound| bound.member == member && bound.depth == depth) {
            let verdict = keeps(bound).into();
            if verdict != Verdict::Kept {
                let (keyword, gave_up) = (bound.keyword, verdict == Verdict::Undecided);
                let violation = Violation { pointer: self.pointer.clone(), keyword, bound: bound.value, gave_up };
                // Two parts of a description may say the same.
                if !self.found.contains(&violation) {
                    self.found.push(violation);
                }
            }
        }
    }

    fn value(&mut self, value: &dyn Wire, bounds: &'static [Bound], member: Option<&str>, depth: u8) {
        match value.view() {
            View::Absent | View::Null | View::None | View::Bool(_) | View::Unwritable(_) => {}
            View::Some(inner) | View::Of(inner) | View::Tagged(_, inner) => {
                self.value(inner, bounds, member, depth);
            }
            View::I64(number) => self.check_bounds(bounds, member, depth, |bound| keeps_whole(bound, number.into())),
            View::U64(number) => self.check_bounds(bounds, member, depth, |bound| keeps_whole(bound, number.into())),
            View::F32(number) => self.check_bounds(bounds, member, depth, |bound| keeps_number(bound, number.into())),
            View::F64(number) => self.check_bounds(bounds, member, depth, |bound| keeps_number(bound, number)),
            View::Number(number) => self.number(&number.to_string(), bounds, member, depth),
            View::Digits(number) => self.number(&number, bounds, member, depth),
            View::Text(text) => self.check_bounds(bounds, member, depth, |bound| keeps_text(bound, text)),
            View::Display(text) => {
                let text = text.to_string();
                self.check_bounds(bounds, member, depth, |bound| keeps_text(bound, &text));
            }
            View::Value(value) => self.json(value, bounds, member, depth),
            View::Made(value) => self.json(&value, bounds, member, depth),
            View::JsonObject(object) => {
                self.check_bounds(bounds, member, depth, |bound| keeps_count(bound, object.len(), "Properties"));
            }
            View::List(list) => self.list(list, bounds, member, depth),
            View::Tuple(items) => {
                self.check_bounds(bounds, member, depth, |bound| keeps_count(bound, items.len(), "Items"));
                for (index, item) in items.into_iter().enumerate() {
                    self.below(&index.to_string(), |walk| walk.value(item, &[], None, 0));
                }
            }
            View::Map(entries) => {
                self.check_bounds(bounds, member, depth, |bound| keeps_count(bound, entries.count(), "Properties"));
                self.entries(entries, bounds, member, depth);
            }
            View::Object => self.object(value, bounds, member, depth),
        }
    }

    /// A number with whatever digits it has.
    fn number(&mut self, text: &str, bounds: &'static [Bound], member: Option<&str>, depth: u8) {
        match (text.parse::<i128>(), text.parse::<f64>()) {
            (Ok(whole), _) => self.check_bounds(bounds, member, depth, |bound| keeps_whole(bound, whole)),
            (_, Ok(number)) => self.check_bounds(bounds, member, depth, |bound| keeps_number(bound, number)),
            (Err(_), Err(_)) => {}
        }
    }

    fn list(&mut self, list: &dyn List, bounds: &'static [Bound], member: Option<&str>, depth: u8) {
        let is_unique = || {
            let mut seen = BTreeSet::new();
            let mut items = (0..list.count()).filter_map(|index| list.item(index));
            items.all(|item| seen.insert(serde_json::to_string(item).unwrap_or_default()))
        };
        self.check_bounds(bounds, member, depth, |bound| match bound.keyword {
            "uniqueItems" => is_unique(),
            _ => keeps_count(bound, list.count(), "Items"),
        });
        for index in 0..list.count() {
            if let Some(item) = list.item(index) {
                self.below(&index.to_string(), |walk| walk.value(item, bounds, member, depth + 1));
            }
        }
    }

    fn entries(&mut self, entries: &dyn MapView, bounds: &'static [Bound], member: Option<&str>, depth: u8) {
        entries.each(&mut |key, value| {
            self.below(key, |walk| walk.value(value, bounds, member, depth + 1));
            true
        });
    }

    /// An untyped value.
    fn json(&mut self, value: &Value, bounds: &'static [Bound], member: Option<&str>, depth: u8) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => self.number(&number.to_string(), bounds, member, depth),
            Value::String(text) => self.check_bounds(bounds, member, depth, |bound| keeps_text(bound, text)),
            Value::Array(items) => {
                self.check_bounds(bounds, member, depth, |bound| keeps_count(bound, items.len(), "Items"));
            }
            Value::Object(object) => {
                self.check_bounds(bounds, member, depth, |bound| keeps_count(bound, object.len(), "Properties"));
            }
        }
    }

    /// Checks what the place says of the object, and then what its type says.
    fn object(&mut self, object: &dyn Wire, bounds: &'static [Bound], member: Option<&str>, depth: u8) {
        let mut members = Members { walk: self, bounds, member, depth };
        object.write(&mut members);
    }
}

struct Members<'w, 'm> {
    walk: &'w mut Walk,
    bounds: &'static [Bound],
    member: Option<&'m str>,
    depth: u8,
}

impl WriteMembers for Members<'_, '_> {
    fn members(&mut self, table: &'static Table, fields: &[&dyn Wire], rest: Option<&dyn MapView>) {
        let shape = table.shape();
        let Self { walk, bounds, member, depth } = self;
        let is_absent = |index: usize, field: &dyn Wire| match field.view() {
            View::Absent => true,
            View::None => index >= shape.required,
            _ => false,
        };
        let present = fields.iter().enumerate().filter(|(index, field)| !is_absent(*index, **field)).count();
        let count = present + rest.map_or(0, MapView::count);
        walk.check_bounds(bounds, *member, *depth, |bound| keeps_count(bound, count, "Properties"));
        let own = walk.of(shape.name);
        walk.check_bounds(own, None, 0, |bound| keeps_count(bound, count, "Properties"));
        for (name, field) in shape.members.iter().zip(fields) {
            walk.below(name, |walk| walk.value(*field, own, Some(name), 0));
        }
        if let Some(rest) = rest {
            walk.entries(rest, own, None, 0);
        }
    }
}

fn keeps_count(bound: &Bound, count: usize, of: &str) -> bool {
    let Ok(limit) = bound.value.parse::<usize>() else { return true };
    match (bound.keyword.get(..3), bound.keyword.get(3..)) {
        (Some("min"), Some(what)) if what == of => count >= limit,
        (Some("max"), Some(what)) if what == of => count <= limit,
        _ => true,
    }
}

/// JSON Schema counts characters, as Unicode does (2020-12, Validation, 6.3.1).
fn keeps_text(bound: &Bound, text: &str) -> Verdict {
    match (bound.keyword, pattern(bound)) {
        ("pattern", Some(pattern)) => pattern.is_match(text).map_or(Verdict::Undecided, Verdict::from),
        ("pattern", None) => Verdict::Kept,
        _ => keeps_count(bound, text.chars().count(), "Length").into(),
    }
}

/// The outcome of a check.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Kept,
    Broken,
    /// It took more than [`STEPS`].
    Undecided,
}

impl From<bool> for Verdict {
    fn from(kept: bool) -> Self {
        if kept { Self::Kept } else { Self::Broken }
    }
}

/// The steps that a match may take: backtracking takes exponentially many for some patterns and texts.
const STEPS: usize = 100_000;

fn keeps_whole(bound: &Bound, number: i128) -> bool {
    let Ok(limit) = bound.value.parse::<i128>() else {
        #[allow(clippy::cast_precision_loss, reason = "the bound is a fraction itself")]
        return keeps_number(bound, number as f64);
    };
    match bound.keyword {
        "minimum" => number >= limit,
        "maximum" => number <= limit,
        "exclusiveMinimum" => number > limit,
        "exclusiveMaximum" => number < limit,
        "multipleOf" => limit == 0 || number % limit == 0,
        _ => true,
    }
}

fn keeps_number(bound: &Bound, number: f64) -> bool {
    let Ok(limit) = bound.value.parse::<f64>() else { return true };
    match bound.keyword {
        "minimum" => number >= limit,
        "maximum" => number <= limit,
        "exclusiveMinimum" => number > limit,
        "exclusiveMaximum" => number < limit,
        // 0.3 is a multiple of 0.1, whatever binary fractions make of them.
        "multipleOf" if limit != 0.0 => {
            let times = number / limit;
            (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0)
        }
        _ => true,
    }
}

/// A pattern of ECMA-262, as JSON Schema has them; compiled once. `None` for one that can't be read, of which the generator has told.
fn pattern(bound: &Bound) -> Option<Arc<Regex>> {
    type Patterns = HashMap<&'static str, Option<Arc<Regex>>>;
    static KNOWN: LazyLock<Mutex<Patterns>> = LazyLock::new(Mutex::default);
    let text = (bound.keyword == "pattern").then_some(bound.value)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(text).or_insert_with(|| read_pattern(text).map(Arc::new)).clone()
}

fn read_pattern(text: &str) -> Option<Regex> {
    RegexBuilder::new(&translate(text)?).backtrack_limit(STEPS).build().ok()
}

/// The bounds of types: the member on the wire or `self`, how deep, the keyword and its value.
///
/// ```ignore
/// bounds! { Pet { "name" 0 maxLength "20", "tags" 0 maxItems "5", "tags" 1 minLength "1" } Shelf { self 0 maxProperties "9" } }
/// ```
macro_rules! bounds {
    ($($name:ident { $($member:tt $depth:literal $keyword:ident $value:literal),* $(,)? })*) => {
        pub(crate) static BOUNDS: $crate::runtime::validate::Bounds = &[$(
            (stringify!($name), &[$($crate::runtime::validate::bound!($member $depth $keyword $value)),*]),
        )*];
    };
}

macro_rules! bound {
    (self $depth:literal $keyword:ident $value:literal) => {
        $crate::runtime::validate::Bound::own($depth, stringify!($keyword), $value)
    };
    ($member:literal $depth:literal $keyword:ident $value:literal) => {
        $crate::runtime::validate::Bound::on($member, $depth, stringify!($keyword), $value)
    };
}

/// Gives types of the crate a method that checks them.
macro_rules! validate {
    ($bounds:path { $($name:ident),* $(,)? }) => {$(
        impl $name {
            /// Validates the value, and everything in it, against the bounds of the description: lengths, patterns, ranges and counts.
            ///
            /// # Errors
            /// All violations, if there are any.
            #[inline]
            pub fn validate(&self) -> ::core::result::Result<(), ::std::vec::Vec<$crate::runtime::Violation>> {
                $crate::runtime::validate::check(self, stringify!($name), $bounds)
            }
        }
    )*};
}

pub(crate) use {bound, bounds, validate};
