//! Objects as tables: what their members are called, and which of them must be there.

/// What is known of an object's members.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The type's name.
    pub(crate) name: &'static str,
    /// The members' names on the wire: first those that must be there.
    pub(crate) members: &'static [&'static str],
    /// How many must be there.
    pub(crate) required: usize,
    /// Where a name is looked for first, by its [`hash`]: one more than the member's index.
    places: [u8; PLACES],
}

const PLACES: usize = 128;

/// With more members than this, looking at places one after the other is no faster than looking at members.
const MOST_PLACED: usize = 96;

impl Shape {
    /// Puts the members in their places; the compiler does.
    pub(crate) const fn new(name: &'static str, required: usize, members: &'static [&'static str]) -> Self {
        let mut places = [0; PLACES];
        let mut index = 0;
        while index < members.len() && members.len() <= MOST_PLACED {
            let mut place = hash(members[index].as_bytes());
            while places[place] != 0 {
                place = (place + 1) % PLACES;
            }
            index += 1;
            #[allow(clippy::cast_possible_truncation, reason = "at most 96")]
            (places[place] = index as u8);
        }
        Self { name, members, required, places }
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

const fn hash(name: &[u8]) -> usize {
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

/// Implements reading and writing of an object: the fields that must be there, those that may be absent, and the field
/// that keeps members without one. A field whose member has another name says so.
///
/// The type becomes `Eq`, for which a derive would compile a function that does nothing; one that holds what has no total
/// equality says that it is `PartialEq` only: `object! { Price: PartialEq { amount } }`.
///
/// ```ignore
/// pub struct Webhook { pub active: bool, pub target_url: String, pub sensor: Presence<String> }
/// object! { Webhook { active, target_url = "targetUrl" } optional { sensor } }
/// ```
macro_rules! object {
    (
        $name:ident $(: $partial:ident)? { $($field:ident $(= $wire:literal)?),* $(,)? }
        $(optional { $($optional:ident $(= $optional_wire:literal)?),* $(,)? })?
        $(rest $rest:ident)?
    ) => {
        $crate::runtime::object::equality! { $name $($partial)? }

        impl $name {
            const SHAPE: &'static $crate::runtime::object::Shape = &$crate::runtime::object::Shape::new(
                stringify!($name),
                <[&str]>::len(&[$(stringify!($field)),*]),
                &[
                    $($crate::runtime::object::member!($field $($wire)?),)*
                    $($($crate::runtime::object::member!($optional $($optional_wire)?),)*)?
                ],
            );
        }

        impl $crate::runtime::wire::Object for $name {
            fn read(&mut self, reader: &mut dyn $crate::runtime::wire::ReadMembers) {
                reader.members(
                    Self::SHAPE,
                    &mut [$(&mut self.$field,)* $($(&mut self.$optional,)*)?],
                    $crate::runtime::object::rest!($(&mut self.$rest)?),
                );
            }

            fn write(&self, writer: &mut dyn $crate::runtime::wire::WriteMembers) {
                writer.members(
                    Self::SHAPE,
                    &[$(&self.$field,)* $($(&self.$optional,)*)?],
                    $crate::runtime::object::rest!($(&self.$rest)?),
                );
            }
        }

        impl $crate::runtime::wire::Wire for $name {
            fn vacant() -> Self {
                Self {
                    $($field: $crate::runtime::wire::Wire::vacant(),)*
                    $($($optional: $crate::runtime::wire::Wire::vacant(),)*)?
                    $($rest: $crate::runtime::wire::Wire::vacant(),)?
                }
            }

            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Slot::Object(self)
            }

            fn view(&self) -> $crate::runtime::wire::View<'_> {
                $crate::runtime::wire::View::Object(self)
            }
        }

        $crate::runtime::object::implement_serde! { $name }
    };
}

macro_rules! equality {
    ($name:ident) => {
        impl ::core::cmp::Eq for $name {}
    };
    ($name:ident PartialEq) => {};
}

macro_rules! member {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
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
            fn vacant() -> Self {
                Self($crate::runtime::wire::Wire::vacant())
            }

            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Wire::slot(&mut self.0)
            }

            fn view(&self) -> $crate::runtime::wire::View<'_> {
                $crate::runtime::wire::Wire::view(&self.0)
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

pub(crate) use {equality, implement_serde, member, object, rest, wrapper};
