//! What is written: serde values made into what a database can bind.

use std::fmt;

use serde::{
    Deserialize, Serialize, Serializer,
    ser::{self, Impossible},
};

/// Names [`Json`] to our own serializer and deserializer; to any other, `Json` is transparent.
pub(crate) const JSON: &str = "$db::Json";

/// JSON in a text column whatever the type: a string gets its quotes, a number is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename = "$db::Json")]
pub struct Json<T>(pub T);

impl<T: Serialize> Serialize for Json<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_newtype_struct(JSON, &self.0)
    }
}

/// A set as one parameter: `where id in (select key from jsonb_each($1))`. Members are strings, ids, unit variants or
/// integers.
#[derive(Clone, Copy, Debug)]
pub struct Set<'a, T>(pub &'a [T]);

impl<T: Serialize> Serialize for Set<'_, T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.0.iter().map(|member| (member, 0)))
    }
}

/// Rows as one parameter: `select value ->> 'id' from jsonb_each($1) order by cast(key as bigint)`.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a, T>(pub &'a [T]);

impl<T: Serialize> Serialize for Rows<'_, T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.0.iter().enumerate())
    }
}

/// A value that can be bound.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(String),
    Json(String),
    Bytes(Vec<u8>),
}

impl Value {
    /// # Errors
    /// An integer beyond 64 bits, a text with a zero byte (PostgreSQL keeps none), a failing `Serialize`.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, String> {
        match value.serialize(Scalar) {
            Ok(Self::Text(text)) if text.contains('\0') => Err("a zero byte in a text".into()),
            Ok(value) => Ok(value),
            Err(Stop::Structured) => Self::json(value),
            Err(Stop::Failed(why)) => Err(why),
        }
    }

    fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, String> {
        serde_json::to_string(value).map(Self::Json).map_err(|error| error.to_string())
    }
}

/// Why a value is not a scalar.
#[derive(Debug)]
enum Stop {
    Structured,
    Failed(String),
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Structured => f.write_str("not a scalar"),
            Self::Failed(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Stop {}

impl ser::Error for Stop {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self::Failed(why.to_string())
    }
}

/// Takes scalars and stops at anything that has parts.
struct Scalar;

macro_rules! integers {
    ($($method:ident $kind:ty),* $(,)?) => { $(
        fn $method(self, value: $kind) -> Result<Value, Stop> {
            i64::try_from(value).map(Value::Int).map_err(|_| Stop::Failed("an integer beyond 64 bits".into()))
        }
    )* };
}

impl Serializer for Scalar {
    type Ok = Value;
    type Error = Stop;
    type SerializeSeq = Impossible<Value, Stop>;
    type SerializeTuple = Impossible<Value, Stop>;
    type SerializeTupleStruct = Impossible<Value, Stop>;
    type SerializeTupleVariant = Impossible<Value, Stop>;
    type SerializeMap = Impossible<Value, Stop>;
    type SerializeStruct = Impossible<Value, Stop>;
    type SerializeStructVariant = Impossible<Value, Stop>;

    integers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128,
    }

    fn serialize_bool(self, value: bool) -> Result<Value, Stop> {
        Ok(Value::Bool(value))
    }

    fn serialize_f32(self, value: f32) -> Result<Value, Stop> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<Value, Stop> {
        Ok(Value::Real(value))
    }

    fn serialize_char(self, value: char) -> Result<Value, Stop> {
        Ok(Value::Text(value.into()))
    }

    fn serialize_str(self, value: &str) -> Result<Value, Stop> {
        Ok(Value::Text(value.into()))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Value, Stop> {
        Ok(Value::Bytes(value.into()))
    }

    fn serialize_none(self) -> Result<Value, Stop> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Stop> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Stop> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Stop> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, Stop> {
        Ok(Value::Text(variant.into()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<Value, Stop> {
        if name == JSON { Value::json(value).map_err(Stop::Failed) } else { value.serialize(self) }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Value, Stop> {
        Err(Stop::Structured)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Stop> {
        Err(Stop::Structured)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Stop> {
        Err(Stop::Structured)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Stop> {
        Err(Stop::Structured)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Stop> {
        Err(Stop::Structured)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Stop> {
        Err(Stop::Structured)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Stop> {
        Err(Stop::Structured)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Stop> {
        Err(Stop::Structured)
    }
}
