//! What is read: a row as a serde deserializer.

use serde::{
    Deserializer,
    de::{DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor, value::StrDeserializer},
    forward_to_deserialize_any,
};
use sqlx::{Column, Row as _, postgres::PgRow, sqlite::SqliteRow};

use crate::{
    cell::{Cell, Flaw},
    value::JSON,
};

/// A row of either database.
#[derive(Clone, Copy)]
pub(crate) enum Row<'r> {
    Sqlite(&'r SqliteRow),
    Postgres(&'r PgRow),
}

impl<'r> Row<'r> {
    pub(crate) fn read<T: DeserializeOwned>(self) -> Result<T, Flaw> {
        T::deserialize(self)
    }

    fn len(self) -> usize {
        match self {
            Self::Sqlite(row) => row.columns().len(),
            Self::Postgres(row) => row.columns().len(),
        }
    }

    fn name(self, at: usize) -> &'r str {
        match self {
            Self::Sqlite(row) => row.column(at).name(),
            Self::Postgres(row) => row.column(at).name(),
        }
    }

    fn cell(self, at: usize) -> Result<Cell<'r>, Flaw> {
        let cell = match self {
            Self::Sqlite(row) => Cell::sqlite(row, at),
            Self::Postgres(row) => Cell::postgres(row, at),
        };
        cell.map_err(|flaw| flaw.at(self.name(at)))
    }

    /// The column called `name`, looked for from `hint` on, since most statements name columns in the order of the
    /// fields.
    fn find(self, name: &str, hint: usize) -> Option<usize> {
        let len = self.len();
        (hint..len).chain(0..hint.min(len)).find(|&at| self.name(at) == name)
    }

    /// The only column.
    fn only(self) -> Result<(Cell<'r>, &'r str), Flaw> {
        match self.len() {
            1 => Ok((self.cell(0)?, self.name(0))),
            other => Err(Flaw::new(format!("one column expected, {other} found"))),
        }
    }
}

/// Sends what is a single value to the only column.
macro_rules! only {
    ($($method:ident)*) => { $(
        fn $method<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
            let (cell, name) = self.only()?;
            cell.$method(visitor).map_err(|flaw| flaw.at(name))
        }
    )* };
}

impl<'r> Deserializer<'r> for Row<'r> {
    type Error = Flaw;

    only! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf
        deserialize_identifier
    }

    fn deserialize_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        if self.len() == 1 {
            let (cell, name) = self.only()?;
            return cell.deserialize_any(visitor).map_err(|flaw| flaw.at(name));
        }
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        if self.len() == 1 && matches!(self.cell(0)?, Cell::Null) {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'r>>(self, _: &'static str, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'r>>(self, name: &'static str, visitor: V) -> Result<V::Value, Flaw> {
        if name == JSON || name.starts_with("$serde_json") {
            let (cell, column) = self.only()?;
            return cell.deserialize_newtype_struct(name, visitor).map_err(|flaw| flaw.at(column));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        if self.len() == 1 {
            let (cell, name) = self.only()?;
            return cell.deserialize_seq(visitor).map_err(|flaw| flaw.at(name));
        }
        visitor.visit_seq(Places { row: self, at: 0 })
    }

    fn deserialize_tuple<V: Visitor<'r>>(self, len: usize, visitor: V) -> Result<V::Value, Flaw> {
        if len != self.len() {
            return Err(Flaw::new(format!("{len} columns expected, {} found", self.len())));
        }
        visitor.visit_seq(Places { row: self, at: 0 })
    }

    fn deserialize_tuple_struct<V: Visitor<'r>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_map(Names { row: self, at: 0 })
    }

    fn deserialize_struct<V: Visitor<'r>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        visitor.visit_map(Fields { row: self, fields: fields.iter(), next: 0 })
    }

    fn deserialize_enum<V: Visitor<'r>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        let (cell, column) = self.only()?;
        cell.deserialize_enum(name, variants, visitor).map_err(|flaw| flaw.at(column))
    }

    fn deserialize_ignored_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_unit()
    }
}

/// Columns by position.
struct Places<'r> {
    row: Row<'r>,
    at: usize,
}

impl<'r> SeqAccess<'r> for Places<'r> {
    type Error = Flaw;

    fn next_element_seed<T: DeserializeSeed<'r>>(&mut self, seed: T) -> Result<Option<T::Value>, Flaw> {
        let at = self.at;
        if at == self.row.len() {
            return Ok(None);
        }
        self.at += 1;
        seed.deserialize(self.row.cell(at)?).map(Some).map_err(|flaw| flaw.at(self.row.name(at)))
    }
}

/// All columns by name.
struct Names<'r> {
    row: Row<'r>,
    at: usize,
}

impl<'r> MapAccess<'r> for Names<'r> {
    type Error = Flaw;

    fn next_key_seed<K: DeserializeSeed<'r>>(&mut self, seed: K) -> Result<Option<K::Value>, Flaw> {
        if self.at == self.row.len() {
            return Ok(None);
        }
        seed.deserialize(Name(self.row.name(self.at))).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'r>>(&mut self, seed: T) -> Result<T::Value, Flaw> {
        let at = self.at;
        self.at += 1;
        seed.deserialize(self.row.cell(at)?).map_err(|flaw| flaw.at(self.row.name(at)))
    }
}

/// The columns of a struct's fields. A field without a column is an error, also where serde would take a missing one
/// for `None`.
struct Fields<'r> {
    row: Row<'r>,
    fields: std::slice::Iter<'static, &'static str>,
    /// One after the column of the field before.
    next: usize,
}

impl<'r> MapAccess<'r> for Fields<'r> {
    type Error = Flaw;

    fn next_key_seed<K: DeserializeSeed<'r>>(&mut self, seed: K) -> Result<Option<K::Value>, Flaw> {
        let Some(field) = self.fields.next() else { return Ok(None) };
        let at = self.row.find(field, self.next).ok_or_else(|| Flaw::new("no such column".into()).at(field))?;
        self.next = at + 1;
        seed.deserialize(Name(field)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'r>>(&mut self, seed: T) -> Result<T::Value, Flaw> {
        let at = self.next - 1;
        seed.deserialize(self.row.cell(at)?).map_err(|flaw| flaw.at(self.row.name(at)))
    }
}

/// The name of a column as the key of a map.
struct Name<'r>(&'r str);

impl<'r> Deserializer<'r> for Name<'r> {
    type Error = Flaw;

    fn deserialize_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_enum<V: Visitor<'r>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        visitor.visit_enum(StrDeserializer::new(self.0))
    }

    fn deserialize_newtype_struct<V: Visitor<'r>>(self, _: &'static str, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! { <V: Visitor<'r>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct identifier ignored_any
    }
}
