//! The trait by which values are read and written without code for each type.
//!
//! serde's derived code is compiled once for each type, and again for each format that it meets; a description with
//! thousands of schemas pays for that in minutes. Here a type only hands out its parts: a [`Slot`] to read into, a
//! [`View`] to write from; an object, its fields. The code that meets serde (`wire_read`, `wire_write`) has no type of the
//! API in it, so it is compiled once. Types that implement [`Wire`] get `Serialize` and `Deserialize` from
//! `implement_serde!`, for every format.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::{Debug, Display};
use std::ops::Deref;

use serde_json::{Map, Number, Value};

use super::digits::Digits;
use super::secret::Secret;
use super::table::Table;
use super::tag::Tag;

/// A value that can be read and written.
///
/// The defaults are those of an object, since most types are objects, and each function that a type has is paid for by
/// whoever compiles it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be a member of a type of this crate",
    label = "this type has no entry in a table",
    note = "types of this crate are written by `object!`, `text_enum!`, `tagged_union!` and their kind; types of other crates by `foreign!`"
)]
pub(crate) trait Wire: Debug {
    /// An empty value, to read into.
    fn empty() -> Self
    where
        Self: Sized;

    /// The same, for those who read a type that they don't know: a type of another crate may have none.
    fn place() -> Option<Self>
    where
        Self: Sized,
    {
        Some(Self::empty())
    }

    /// Reads a value that is at hand, which takes no [place](Self::place).
    fn of_value(value: &Value, read: ReadValue) -> Result<Self, serde_json::Error>
    where
        Self: Sized,
    {
        let mut place = Self::empty();
        read(&mut place, value)?;
        Ok(place)
    }

    /// The place that a value is read into. It is empty.
    fn slot(&mut self) -> Slot<'_> {
        Slot::Object
    }

    /// The value to write.
    fn view(&self) -> View<'_> {
        View::Object
    }

    /// Hands an object's fields to the reader.
    fn read(&mut self, _: &mut dyn ReadMembers) {}

    /// Hands an object's fields to the writer.
    fn write(&self, _: &mut dyn WriteMembers) {}
}

/// The function that reads a value that is at hand into its place.
pub(crate) type ReadValue = fn(&mut dyn Wire, &Value) -> Result<(), serde_json::Error>;

/// A place for a value, by what may come.
pub(crate) enum Slot<'a> {
    Bool(&'a mut bool),
    I64(&'a mut i64),
    U64(&'a mut u64),
    F32(&'a mut f32),
    F64(&'a mut f64),
    Integer(&'a mut dyn Integer),
    Number(&'a mut Number),
    Digits(&'a mut dyn Digits),
    String(&'a mut String),
    Text(&'a mut dyn Text),
    Value(&'a mut Value),
    JsonObject(&'a mut Map<String, Value>),
    /// `null`, which changes nothing, or a value.
    Option(&'a mut dyn Container),
    List(&'a mut dyn Container),
    Tuple(Vec<&'a mut dyn Wire>),
    Map(&'a mut dyn MapSink),
    /// The value itself, which has [members](Wire::read).
    Object,
    Union(&'a mut dyn Union),
    /// The place of another value, which stands for this one.
    Of(&'a mut dyn Wire),
}

/// A value to write.
pub(crate) enum View<'a> {
    /// A member that is left out; elsewhere, `null`.
    Absent,
    Null,
    /// `None`: left out where a member may be, else `null`.
    None,
    Some(&'a dyn Wire),
    Bool(bool),
    I64(i64),
    U64(u64),
    F32(f32),
    F64(f64),
    Number(&'a Number),
    /// The digits of a number.
    Digits(Cow<'a, str>),
    Text(&'a str),
    Display(&'a dyn Display),
    Value(&'a Value),
    /// A value that was made for the occasion.
    Made(Value),
    /// A value that can't be written, and the reason.
    Unwritable(serde_json::Error),
    JsonObject(&'a Map<String, Value>),
    List(&'a dyn List),
    Tuple(Vec<&'a dyn Wire>),
    Map(&'a dyn MapView),
    /// The value itself, which has [members](Wire::write).
    Object,
    /// Another value, which stands for this one.
    Of(&'a dyn Wire),
    /// An object, and the tag by which it is known in its union.
    Tagged(&'static Tag, &'a dyn Wire),
}

/// A container that makes room for one value more.
pub(crate) trait Container {
    /// Opens a place for it; `None` if its type [has none](Wire::place).
    fn open(&mut self) -> Option<&mut dyn Wire>;
    /// Adds it, read from a value.
    fn add(&mut self, value: &Value, read: ReadValue) -> Result<(), serde_json::Error>;
}

/// A container that makes room for a value under a key.
pub(crate) trait MapSink {
    /// Opens a place for it; gives the key back if its type [has none](Wire::place).
    fn open(&mut self, key: String) -> Result<&mut dyn Wire, String>;
    /// Adds it, read from a value.
    fn add(&mut self, key: String, value: &Value, read: ReadValue) -> Result<(), serde_json::Error>;
}

/// A sequence of values.
pub(crate) trait List {
    fn count(&self) -> usize;
    fn item(&self, index: usize) -> Option<&dyn Wire>;
}

/// Values under keys.
pub(crate) trait MapView: Debug {
    fn count(&self) -> usize;
    /// Shows them, until `visit` says `false`.
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Wire) -> bool);
}

/// Whole numbers of fewer values than `i64` has, or of other meaning.
pub(crate) trait Integer {
    /// Takes the number, or says `false`.
    fn set(&mut self, number: i64) -> bool;
    /// The expected type, for messages.
    fn expected(&self) -> &'static str;
    /// The value, if only one is known.
    fn only(&self) -> Option<i64> {
        None
    }
}

/// A type that is written as a text, and read without a copy of it.
pub(crate) trait Text {
    /// Takes the text, or says `false`.
    fn set(&mut self, text: &str) -> bool;
    /// The expected type, for messages.
    fn expected(&self) -> &'static str {
        "a string"
    }
    /// The text that stands for an absent one, if the type has one: it may still refuse it.
    fn absent(&self) -> Option<&'static str> {
        Some("")
    }
}

/// A type that takes any text: one function for all such types.
pub(crate) trait FromText: for<'a> From<&'a str> {
    /// The value, if only one is known.
    const ONLY: Option<&'static str> = None;
}

impl<T: FromText> Text for T {
    fn set(&mut self, text: &str) -> bool {
        *self = text.into();
        true
    }

    // An empty text is none of the values of an enumeration.
    fn absent(&self) -> Option<&'static str> {
        T::ONLY
    }
}

/// One of several types, told apart by the whole value.
pub(crate) trait Union {
    fn choose(&mut self, offer: Offer<'_>) -> Result<(), serde_json::Error>;
    /// The value, if the type has only one.
    fn only(&self) -> Option<Value> {
        None
    }
}

/// A value from which a union is read.
pub(crate) struct Offer<'v> {
    pub(crate) value: Cow<'v, Value>,
    /// Gets the member that the value's tag names, if it cannot be read from the value.
    pub(crate) on_misfit: Option<OnMisfit<'v>>,
}

pub(crate) type OnMisfit<'v> = &'v mut dyn FnMut(&mut dyn Wire, &Value);

impl Deref for Offer<'_> {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.value
    }
}

impl From<Value> for Offer<'_> {
    fn from(value: Value) -> Self {
        Self { value: Cow::Owned(value), on_misfit: None }
    }
}

impl<'v> From<&'v Value> for Offer<'v> {
    fn from(value: &'v Value) -> Self {
        Self { value: Cow::Borrowed(value), on_misfit: None }
    }
}

/// A reader of the members of an object.
pub(crate) trait ReadMembers {
    fn members(&mut self, table: &'static Table, fields: &mut [&mut dyn Wire], rest: Option<&mut dyn MapSink>);
}

/// A writer of the members of an object.
pub(crate) trait WriteMembers {
    fn members(&mut self, table: &'static Table, fields: &[&dyn Wire], rest: Option<&dyn MapView>);
}

macro_rules! scalars {
    ($($type:ty: $kind:ident),*) => {$(
        impl Wire for $type {
            fn empty() -> Self {
                Self::default()
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$kind(self)
            }

            fn view(&self) -> View<'_> {
                View::$kind(*self)
            }
        }
    )*};
}

scalars! { bool: Bool, i64: I64, u64: U64, f32: F32, f64: F64 }

macro_rules! integers {
    ($($type:ident),*) => {$(
        impl Wire for $type {
            fn empty() -> Self {
                0
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::Integer(self)
            }

            fn view(&self) -> View<'_> {
                View::I64((*self).into())
            }
        }

        impl Integer for $type {
            fn set(&mut self, number: i64) -> bool {
                number.try_into().map(|number| *self = number).is_ok()
            }

            fn expected(&self) -> &'static str {
                stringify!($type)
            }
        }
    )*};
}

integers! { i8, i16, i32, u8, u16, u32 }

macro_rules! held {
    ($($type:ty: $empty:expr, $slot:ident, $view:ident;)*) => {$(
        impl Wire for $type {
            fn empty() -> Self {
                $empty
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }

            fn view(&self) -> View<'_> {
                View::$view(self)
            }
        }
    )*};
}

held! {
    Number: 0.into(), Number, Number;
    String: Self::new(), String, Text;
    Value: Self::Null, Value, Value;
    Map<String, Value>: Self::new(), JsonObject, JsonObject;
}

impl Wire for Secret {
    fn empty() -> Self {
        "".into()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }

    fn view(&self) -> View<'_> {
        View::Text(self.expose())
    }
}

impl Text for Secret {
    fn set(&mut self, text: &str) -> bool {
        *self = text.into();
        true
    }
}

impl<T: Wire> Wire for Box<T> {
    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn place() -> Option<Self> {
        T::place().map(Self::new)
    }

    fn of_value(value: &Value, read: ReadValue) -> Result<Self, serde_json::Error> {
        T::of_value(value, read).map(Self::new)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Of(&mut **self)
    }

    fn view(&self) -> View<'_> {
        View::Of(&**self)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn empty() -> Self {
        None
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Option(self)
    }

    fn view(&self) -> View<'_> {
        match self {
            Some(value) => View::Some(value),
            None => View::None,
        }
    }
}

impl<T: Wire> Container for Option<T> {
    fn open(&mut self) -> Option<&mut dyn Wire> {
        *self = Some(T::place()?);
        self.as_mut().map(|value| value as &mut dyn Wire)
    }

    fn add(&mut self, value: &Value, read: ReadValue) -> Result<(), serde_json::Error> {
        *self = Some(T::of_value(value, read)?);
        Ok(())
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Wire> Container for Vec<T> {
    fn open(&mut self) -> Option<&mut dyn Wire> {
        self.push(T::place()?);
        self.last_mut().map(|item| item as &mut dyn Wire)
    }

    fn add(&mut self, value: &Value, read: ReadValue) -> Result<(), serde_json::Error> {
        self.push(T::of_value(value, read)?);
        Ok(())
    }
}

impl<T: Wire> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Wire> {
        self.get(index).map(|item| item as &dyn Wire)
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn empty() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<T: Wire> MapSink for BTreeMap<String, T> {
    fn open(&mut self, key: String) -> Result<&mut dyn Wire, String> {
        let Some(empty) = T::place() else { return Err(key) };
        // A later value replaces an earlier one with the same key.
        Ok(match self.entry(key) {
            Entry::Vacant(place) => place.insert(empty),
            Entry::Occupied(place) => {
                let value = place.into_mut();
                *value = empty;
                value
            }
        })
    }

    fn add(&mut self, key: String, value: &Value, read: ReadValue) -> Result<(), serde_json::Error> {
        self.insert(key, T::of_value(value, read)?);
        Ok(())
    }
}

impl<T: Wire> MapView for BTreeMap<String, T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Wire) -> bool) {
        self.iter().all(|(key, value)| visit(key, value));
    }
}
