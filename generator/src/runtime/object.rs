//! Objects as tables: what their members are called, and which of them must be there.

use std::fmt;
use std::sync::OnceLock;

use super::wire::{Entries, Wire, WriteMembers};

/// An object's members, as its type has them.
///
/// They are one text, which is taken apart when a value is first read or written: what the compiler would have to work out
/// for each member is paid for in every crate with thousands of types.
#[derive(Debug)]
pub(crate) struct Table {
    name: &'static str,
    fields: &'static str,
    renamed: &'static [&'static str],
    shape: OnceLock<Shape>,
}

impl Table {
    /// `fields` are tokens of [`object!`]: names, some with `= "other name"`, a semicolon after those that must be there and
    /// one before the field that keeps what else comes. `renamed` has the other names.
    pub(crate) const fn new(name: &'static str, fields: &'static str, renamed: &'static [&'static str]) -> Self {
        Self { name, fields, renamed, shape: OnceLock::new() }
    }

    /// What the table says.
    pub(crate) fn shape(&'static self) -> &'static Shape {
        self.shape.get_or_init(|| Shape::of(self))
    }
}

/// What is known of an object's members.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The type's name.
    pub(crate) name: &'static str,
    /// The members' names on the wire: first those that must be there.
    pub(crate) members: Vec<&'static str>,
    /// How many must be there.
    pub(crate) required: usize,
    /// The fields' names in the same order, and last that of the field that keeps what else comes.
    fields: Vec<&'static str>,
    /// Where a name is looked for first, by its [`hash`]: one more than the member's index.
    places: [u8; PLACES],
}

const PLACES: usize = 128;

/// With more members than this, looking at places one after the other is no faster than looking at members.
const MOST_PLACED: usize = 96;

impl Shape {
    fn of(table: &Table) -> Self {
        let (mut fields, mut members, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        let mut renamed = table.renamed.iter();
        for word in (Words { left: table.fields }) {
            match word {
                ";" => ends.push(members.len()),
                "=" => drop(members.pop()),
                literal if literal.starts_with('"') => members.extend(renamed.next()),
                field => {
                    // A field that is called like a keyword has a mark, which is no part of its name.
                    let field = field.strip_prefix("r#").unwrap_or(field);
                    fields.push(field);
                    members.push(field);
                }
            }
        }
        members.truncate(ends.get(1).copied().unwrap_or(usize::MAX));
        let (places, required) = (places(&members), ends.first().copied().unwrap_or_default());
        Self { name: table.name, members, required, fields, places }
    }

    /// The index of the member with a name.
    #[inline]
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        if self.members.len() > MOST_PLACED {
            return self.members.iter().position(|member| *member == name);
        }
        let mut place = hash(name.as_bytes());
        loop {
            let index = usize::from(self.places[place]).checked_sub(1)?;
            if is_same(self.members[index].as_bytes(), name.as_bytes()) {
                return Some(index);
            }
            place = (place + 1) % PLACES;
        }
    }
}

/// Puts members in their places.
fn places(members: &[&str]) -> [u8; PLACES] {
    let mut places = [0; PLACES];
    for (index, member) in (1..).zip(members).take_while(|_| members.len() <= MOST_PLACED) {
        let mut place = hash(member.as_bytes());
        while places[place] != 0 {
            place = (place + 1) % PLACES;
        }
        places[place] = index;
    }
    places
}

/// The tokens of a table.
struct Words {
    left: &'static str,
}

impl Iterator for Words {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        let left = self.left.trim_ascii_start();
        let first = left.chars().next()?;
        let length = match first {
            ';' | '=' => 1,
            '"' => literal_length(left),
            _ => left.find(|next: char| next.is_ascii_whitespace() || next == ';' || next == '=').unwrap_or(left.len()),
        };
        let (word, left) = left.split_at(length);
        self.left = left;
        Some(word)
    }
}

/// How long a text is that begins with a literal's first quotation mark, up to the last.
fn literal_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

fn hash(name: &[u8]) -> usize {
    match name {
        [] => 0,
        [first, .., last] => {
            let middle = name[name.len() / 2];
            (name.len() * 5 + *first as usize * 7 + middle as usize * 11 + *last as usize * 3) % PLACES
        }
        [only] => *only as usize % PLACES,
    }
}

/// Whether two texts are equal; most names are short, and a call of `memcmp` is longer than comparing them.
fn is_same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    if left.len() <= 16
        && let (Some(left_head), Some(right_head)) = (left.first_chunk::<8>(), right.first_chunk::<8>())
        && let (Some(left_tail), Some(right_tail)) = (left.last_chunk::<8>(), right.last_chunk::<8>())
    {
        return left_head == right_head && left_tail == right_tail;
    }
    if left.len() <= 8
        && let (Some(left_head), Some(right_head)) = (left.first_chunk::<4>(), right.first_chunk::<4>())
        && let (Some(left_tail), Some(right_tail)) = (left.last_chunk::<4>(), right.last_chunk::<4>())
    {
        return left_head == right_head && left_tail == right_tail;
    }
    left == right
}

/// Shows an object's fields, as a derived `Debug` would.
pub(crate) fn debug(object: &dyn Wire, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = Shown { f, result: Ok(()) };
    object.write(&mut shown);
    shown.result
}

struct Shown<'a, 'f> {
    f: &'a mut fmt::Formatter<'f>,
    result: fmt::Result,
}

impl WriteMembers for Shown<'_, '_> {
    fn members(&mut self, table: &'static Table, fields: &[&dyn Wire], rest: Option<&dyn Entries>) {
        let shape = table.shape();
        let mut shown = self.f.debug_struct(shape.name);
        let mut names = shape.fields.iter();
        for (field, name) in fields.iter().zip(names.by_ref()) {
            shown.field(name, field);
        }
        if let (Some(name), Some(rest)) = (names.next(), rest) {
            shown.field(name, &rest);
        }
        self.result = shown.finish();
    }
}

/// Implements reading and writing of an object: the fields that must be there, those that may be absent, and the field
/// that keeps members without one. A field whose member has another name says so.
///
/// The type becomes `Debug`, which shows the fields without code for each type; and `Eq` and `Default` where the table says so,
/// for which derives would compile a function that does nothing, and one that does what reading begins with.
///
/// All of it is compiled where it is used (`#[inline]`), as generic functions are: of a crate with thousands of types, a program pays for
/// those that it has in hand.
///
/// ```ignore
/// pub struct Webhook { pub active: bool, pub target_url: String, pub sensor: Presence<String> }
/// object! { Webhook: Eq { active, target_url = "targetUrl" } optional { sensor } }
/// ```
macro_rules! object {
    (
        $name:ident $(: $eq:ident)? $(, $default:ident)? { $($field:ident $(= $wire:literal)?),* $(,)? }
        $(optional { $($optional:ident $(= $optional_wire:literal)?),* $(,)? })?
        $(rest $rest:ident)?
    ) => {
        $(impl ::core::cmp::$eq for $name {})?

        $(
            impl ::core::default::$default for $name {
                #[inline]
                fn default() -> Self {
                    $crate::runtime::wire::Wire::vacant()
                }
            }
        )?

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::object::debug(self, f)
            }
        }

        const _: () = {
            static TABLE: $crate::runtime::object::Table = $crate::runtime::object::Table::new(
                stringify!($name),
                stringify!($($field $(= $wire)?)* ; $($($optional $(= $optional_wire)?)*)? ; $($rest)?),
                &[$($($wire,)?)* $($($($optional_wire,)?)*)?],
            );

            impl $crate::runtime::wire::Wire for $name {
                #[inline]
                fn vacant() -> Self {
                    Self {
                        $($field: $crate::runtime::wire::Wire::vacant(),)*
                        $($($optional: $crate::runtime::wire::Wire::vacant(),)*)?
                        $($rest: $crate::runtime::wire::Wire::vacant(),)?
                    }
                }

                #[inline]
                fn read(&mut self, reader: &mut dyn $crate::runtime::wire::ReadMembers) {
                    reader.members(
                        &TABLE,
                        &mut [$(&mut self.$field,)* $($(&mut self.$optional,)*)?],
                        $crate::runtime::object::rest!($(&mut self.$rest)?),
                    );
                }

                #[inline]
                fn write(&self, writer: &mut dyn $crate::runtime::wire::WriteMembers) {
                    writer.members(
                        &TABLE,
                        &[$(&self.$field,)* $($(&self.$optional,)*)?],
                        $crate::runtime::object::rest!($(&self.$rest)?),
                    );
                }
            }
        };

        $crate::runtime::object::implement_serde! { $name }
    };
}

macro_rules! rest {
    () => {
        ::core::option::Option::None
    };
    ($rest:expr) => {
        ::core::option::Option::Some($rest)
    };
}

/// Implements reading and writing of a struct around one value, which is written as that value.
macro_rules! wrapper {
    ($name:ident) => {
        impl $crate::runtime::wire::Wire for $name {
            #[inline]
            fn vacant() -> Self {
                Self($crate::runtime::wire::Wire::vacant())
            }

            #[inline]
            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Slot::Of(&mut self.0)
            }

            #[inline]
            fn view(&self) -> $crate::runtime::wire::View<'_> {
                $crate::runtime::wire::View::Of(&self.0)
            }
        }

        $crate::runtime::object::implement_serde! { $name }
    };
}

/// Makes a type that implements `Wire` one of serde's.
macro_rules! implement_serde {
    ($name:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::runtime::wire_write::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::wire_read::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use {implement_serde, object, rest, wrapper};
