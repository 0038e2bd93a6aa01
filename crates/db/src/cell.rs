//! One value of a row, read by the type that it has when it comes.

use std::fmt;

use serde::{
    Deserializer, de,
    de::{Expected, IgnoredAny, Unexpected, Visitor, value::StrDeserializer},
};
use sqlx::{
    Column, Decode, Row as _, TypeInfo, ValueRef,
    postgres::{PgRow, PgValueRef},
    sqlite::SqliteRow,
};

use crate::{Error, numeric, value::JSON};

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell<'r> {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(&'r str),
    Bytes(&'r [u8]),
}

impl<'r> Cell<'r> {
    pub(crate) fn sqlite(row: &'r SqliteRow, at: usize) -> Result<Self, Flaw> {
        let raw = row.try_get_raw(at).map_err(|_| Flaw::new("no such column".into()))?;
        if raw.is_null() {
            return Ok(Self::Null);
        }
        let cell = match raw.type_info().name() {
            "INTEGER" => match <i64 as Decode<sqlx::Sqlite>>::decode(raw) {
                // SQLite keeps a boolean as 0 or 1; what the column is declared as tells them from numbers.
                Ok(value @ (0 | 1)) if row.column(at).type_info().name() == "BOOLEAN" => Ok(Self::Bool(value == 1)),
                other => other.map(Self::Int),
            },
            "REAL" => <f64 as Decode<sqlx::Sqlite>>::decode(raw).map(Self::Real),
            "TEXT" => <&str as Decode<sqlx::Sqlite>>::decode(raw).map(Self::Text),
            _ => <&[u8] as Decode<sqlx::Sqlite>>::decode(raw).map(Self::Bytes),
        };
        cell.map_err(|_| Flaw::new("not readable".into()))
    }

    pub(crate) fn postgres(row: &'r PgRow, at: usize) -> Result<Self, Flaw> {
        let raw = row.try_get_raw(at).map_err(|_| Flaw::new("no such column".into()))?;
        if raw.is_null() {
            return Ok(Self::Null);
        }
        Self::binary(&raw).ok_or_else(|| Flaw::new(format!("the type {} is not read", raw.type_info().name())))
    }

    /// Statements with arguments, even none, come back in the binary form.
    fn binary(raw: &PgValueRef<'r>) -> Option<Self> {
        let bytes = raw.as_bytes().ok()?;
        // Object identifiers of types, from pg_type.dat.
        let cell = match raw.type_info().oid()?.0 {
            16 => Self::Bool(bytes.first()? == &1),
            17 => Self::Bytes(bytes),
            20 => Self::Int(i64::from_be_bytes(bytes.try_into().ok()?)),
            21 => Self::Int(i16::from_be_bytes(bytes.try_into().ok()?).into()),
            23 => Self::Int(i32::from_be_bytes(bytes.try_into().ok()?).into()),
            // json, text, name, unknown, bpchar, varchar
            114 | 25 | 19 | 705 | 1042 | 1043 => Self::Text(str::from_utf8(bytes).ok()?),
            700 => Self::Real(f32::from_be_bytes(bytes.try_into().ok()?).into()),
            701 => Self::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
            // What `sum` of a bigint gives.
            1700 => numeric::read(bytes)?,
            2278 => Self::Null,
            3802 => Self::Text(str::from_utf8(bytes.strip_prefix(&[1])?).ok()?),
            _ => return None,
        };
        Some(cell)
    }

    fn unexpected(self, expected: &dyn Expected) -> Flaw {
        let found = match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "an integer",
            Self::Real(_) => "a real number",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
        };
        Flaw::new(format!("{expected} expected, {found} found"))
    }

    /// Whether the text is JSON with parts. Only asked where the type that is read does not say what it wants.
    fn structured(text: &str) -> bool {
        text.starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(text).is_ok()
    }
}

/// Reads the text as JSON by the same call.
macro_rules! json {
    ($cell:expr, $visitor:expr, $call:ident($($argument:expr),*)) => {{
        let Cell::Text(text) = $cell else { return Err($cell.unexpected(&$visitor)) };
        let mut json = serde_json::Deserializer::from_str(text);
        let read = json.$call($($argument,)* $visitor).map_err(Flaw::json)?;
        json.end().map_err(Flaw::json)?;
        Ok(read)
    }};
}

macro_rules! integers {
    ($($method:ident)*) => { $(
        fn $method<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
            match self {
                Self::Int(value) => visitor.visit_i64(value),
                Self::Bool(value) => visitor.visit_i64(value.into()),
                other => Err(other.unexpected(&visitor)),
            }
        }
    )* };
}

macro_rules! texts {
    ($($method:ident)*) => { $(
        fn $method<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
            match self {
                Self::Text(value) => visitor.visit_borrowed_str(value),
                other => Err(other.unexpected(&visitor)),
            }
        }
    )* };
}

impl<'r> Deserializer<'r> for Cell<'r> {
    type Error = Flaw;

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    fn deserialize_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Int(value) => visitor.visit_i64(value),
            Self::Real(value) => visitor.visit_f64(value),
            Self::Text(text) if Self::structured(text) => json!(self, visitor, deserialize_any()),
            Self::Text(text) => visitor.visit_borrowed_str(text),
            Self::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
        }
    }

    fn deserialize_bool<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self {
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Int(value @ (0 | 1)) => visitor.visit_bool(value == 1),
            other => Err(other.unexpected(&visitor)),
        }
    }

    fn deserialize_f32<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self {
            Self::Real(value) => visitor.visit_f64(value),
            Self::Int(value) => visitor.visit_i64(value),
            other => Err(other.unexpected(&visitor)),
        }
    }

    fn deserialize_bytes<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self {
            Self::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Self::Text(text) => visitor.visit_borrowed_str(text),
            other => Err(other.unexpected(&visitor)),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        if self == Self::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        if self == Self::Null { visitor.visit_unit() } else { Err(self.unexpected(&visitor)) }
    }

    fn deserialize_unit_struct<V: Visitor<'r>>(self, _: &'static str, visitor: V) -> Result<V::Value, Flaw> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'r>>(self, name: &'static str, visitor: V) -> Result<V::Value, Flaw> {
        if name == JSON || name.starts_with("$serde_json") {
            return json!(self, visitor, deserialize_newtype_struct(name));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        json!(self, visitor, deserialize_seq())
    }

    fn deserialize_tuple<V: Visitor<'r>>(self, len: usize, visitor: V) -> Result<V::Value, Flaw> {
        json!(self, visitor, deserialize_tuple(len))
    }

    fn deserialize_tuple_struct<V: Visitor<'r>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        json!(self, visitor, deserialize_tuple_struct(name, len))
    }

    fn deserialize_map<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        json!(self, visitor, deserialize_map())
    }

    fn deserialize_struct<V: Visitor<'r>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        json!(self, visitor, deserialize_struct(name, fields))
    }

    fn deserialize_enum<V: Visitor<'r>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        match self {
            // A variant with parts is an object; one without is its bare name.
            Self::Text(text) if text.starts_with('{') => json!(self, visitor, deserialize_enum(name, variants)),
            Self::Text(text) => visitor.visit_enum(StrDeserializer::new(text)),
            other => Err(other.unexpected(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_unit()
    }
}

/// Why something does not read. Whatever serde would say of the value itself is left out.
#[derive(Debug)]
pub(crate) struct Flaw {
    column: Option<String>,
    why: String,
}

impl Flaw {
    pub(crate) fn new(why: String) -> Self {
        Self { column: None, why }
    }

    pub(crate) fn at(mut self, column: &str) -> Self {
        self.column.get_or_insert_with(|| column.to_owned());
        self
    }

    fn json(error: serde_json::Error) -> Self {
        let kind = if error.is_data() { "does not have the parts expected" } else { "is not JSON" };
        Self::new(format!("its text {kind} (line {}, column {})", error.line(), error.column()))
    }

    pub(crate) fn error(self, query: &'static str, wanted: &'static str) -> Error {
        let column = self.column.map_or_else(|| "the row".to_owned(), |column| format!("the column {column}"));
        Error::Decode { query, column, wanted, why: self.why }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for Flaw {}

impl de::Error for Flaw {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new("the type refuses the value".into())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("{expected} expected"))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("the value is out of range: {expected} expected"))
    }

    fn invalid_length(len: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("{expected} expected, {len} found"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("one of {} expected", expected.join(", ")))
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("an unknown field".into())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new("nothing there".into()).at(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new("there twice".into()).at(field)
    }
}
