//! The values that parameters can have, read off any `Serialize` type: texts, lists, objects.

use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    SerializeTupleStruct, Serializer,
};

/// A parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Text(String),
    /// A number or truth value, as JSON writes it.
    Bare(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// Why a value fits no parameter.
#[derive(Debug)]
pub(crate) struct Unfit(String);

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

impl serde::ser::Error for Unfit {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Reads a value.
pub(crate) fn value<T: Serialize + ?Sized>(value: &T) -> Result<Value, Unfit> {
    value.serialize(Reader)
}

struct Reader;

macro_rules! texts {
    ($($method:ident: $type:ty),* $(,)?) => {
        $(fn $method(self, value: $type) -> Result<Value, Unfit> {
            Ok(Value::Bare(value.to_string()))
        })*
    };
}

impl Serializer for Reader {
    type Ok = Value;
    type Error = Unfit;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = Impossible<Value, Unfit>;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Impossible<Value, Unfit>;

    texts! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128,
    }

    fn serialize_f32(self, value: f32) -> Result<Value, Unfit> {
        if value.is_finite() {
            Ok(Value::Text(value.to_string()))
        } else {
            Err(Unfit::custom("is not a finite number"))
        }
    }

    fn serialize_f64(self, value: f64) -> Result<Value, Unfit> {
        if value.is_finite() {
            Ok(Value::Text(value.to_string()))
        } else {
            Err(Unfit::custom("is not a finite number"))
        }
    }

    fn serialize_char(self, value: char) -> Result<Value, Unfit> {
        Ok(Value::Text(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Value, Unfit> {
        Ok(Value::Text(value.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, Unfit> {
        Err(Unfit::custom("is bytes, which no parameter can be"))
    }

    fn serialize_none(self) -> Result<Value, Unfit> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Unfit> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Unfit> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, Unfit> {
        Ok(Value::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        inner: &T,
    ) -> Result<Value, Unfit> {
        Ok(Value::Object(vec![(variant.to_owned(), value(inner)?)]))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, Unfit> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<List, Unfit> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List, Unfit> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        Err(Unfit::custom("is a variant with fields, which no parameter can be"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object, Unfit> {
        Ok(Object { entries: Vec::new(), key: String::new() })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object, Unfit> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        Err(Unfit::custom("is a variant with fields, which no parameter can be"))
    }
}

struct List(Vec<Value>);

macro_rules! list {
    ($($trait:ident $method:ident),*) => {
        $(impl $trait for List {
            type Ok = Value;
            type Error = Unfit;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unfit> {
                self.0.push(value(item)?);
                Ok(())
            }

            fn end(self) -> Result<Value, Unfit> {
                Ok(Value::List(self.0))
            }
        })*
    };
}

list!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field);

struct Object {
    entries: Vec<(String, Value)>,
    key: String,
}

impl SerializeMap for Object {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        let (Value::Text(key) | Value::Bare(key)) = value(key)? else {
            return Err(Unfit::custom("has a key that is not a text"));
        };
        self.key = key;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unfit> {
        self.entries.push((std::mem::take(&mut self.key), value(item)?));
        Ok(())
    }

    fn end(self) -> Result<Value, Unfit> {
        Ok(Value::Object(self.entries))
    }
}

impl SerializeStruct for Object {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, item: &T) -> Result<(), Unfit> {
        self.entries.push((key.to_owned(), value(item)?));
        Ok(())
    }

    fn end(mut self) -> Result<Value, Unfit> {
        // A number of `serde_json` with its feature `arbitrary_precision` is a struct that holds its text.
        if let [(key, Value::Text(_))] = self.entries.as_slice()
            && key == "$serde_json::private::Number"
        {
            let (_, Value::Text(number) | Value::Bare(number)) = self.entries.remove(0) else { return Ok(Value::Null) };
            return Ok(Value::Bare(number));
        }
        Ok(Value::Object(self.entries))
    }
}
