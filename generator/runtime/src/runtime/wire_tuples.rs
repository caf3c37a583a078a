//! Tuples as values that can be read and written.

use serde::de::Error;
use serde_json::Value;

use super::wire::{ReadValue, Slot, View, Wire};

macro_rules! tuples {
    ($(($($type:ident $index:tt),*))*) => {$(
        impl<$($type: Wire),*> Wire for ($($type,)*) {
            fn empty() -> Self {
                ($($type::empty(),)*)
            }

            fn place() -> Option<Self> {
                Some(($($type::place()?,)*))
            }

            fn of_value(value: &Value, read: ReadValue) -> Result<Self, serde_json::Error> {
                let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
                let size = [$($index),*].len();
                if items.len() != size {
                    return Err(Error::custom(format_args!("not a tuple of size {size}")));
                }
                Ok(($($type::of_value(&items[$index], read)?,)*))
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::Tuple(vec![$(&mut self.$index),*])
            }

            fn view(&self) -> View<'_> {
                View::Tuple(vec![$(&self.$index),*])
            }
        }
    )*};
}

tuples! {
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}
