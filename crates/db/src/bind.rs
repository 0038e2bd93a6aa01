//! Values made into the arguments of a driver.

use std::fmt::Write as _;

use sqlx::{
    Arguments, Either, Encode, Executor, PgConnection, Postgres, SqlSafeStr, SqlStr, Statement, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgArguments, PgTypeInfo, types::Oid},
    sqlite::SqliteArguments,
};

use crate::value::Value;

/// A text with its arguments, ready for the driver.
pub(crate) struct Bound<A> {
    pub(crate) text: SqlStr,
    pub(crate) arguments: A,
}

pub(crate) fn sqlite(values: Vec<Value>) -> SqliteArguments {
    let mut arguments = SqliteArguments::default();
    arguments.reserve(values.len(), 0);
    for value in values {
        let added = match value {
            Value::Null => arguments.add(None::<i64>),
            Value::Bool(value) => arguments.add(value),
            Value::Int(value) => arguments.add(value),
            Value::Real(value) => arguments.add(value),
            Value::Text(value) | Value::Json(value) => arguments.add(value),
            Value::Bytes(value) => arguments.add(value),
        };
        debug_assert!(added.is_ok(), "the driver's encoders of these types do not fail");
    }
    arguments
}

/// Types go with the arguments, but for null and JSON, whose types the server infers from the place: a null fits any
/// column, and JSON is `jsonb` as an argument of `jsonb_each` and text in a text column.
pub(crate) async fn postgres(
    conn: &mut PgConnection,
    query: &'static str,
    values: &[Value],
) -> Result<Bound<PgArguments>, sqlx::Error> {
    let text = text(query, values);
    let inferred = if values.iter().any(|value| matches!(value, Value::Json(_))) {
        let types: Vec<PgTypeInfo> = values.iter().map(|value| with_oid(oid(value))).collect();
        // Kept in the connection's cache under the same text: prepared once, and not again by the run that follows.
        let prepared = conn.prepare_with(text.clone(), &types).await?;
        match prepared.parameters() {
            Some(Either::Left(types)) => types.to_vec(),
            _ => Vec::new(),
        }
    } else {
        Vec::new()
    };
    let mut arguments = PgArguments::default();
    arguments.reserve(values.len(), 0);
    for (at, value) in values.iter().enumerate() {
        let inferred = inferred.get(at).and_then(PgTypeInfo::oid);
        arguments.add(Argument { value, binary: inferred == Some(JSONB) }).map_err(sqlx::Error::Encode)?;
    }
    Ok(Bound { text, arguments })
}

/// The driver keeps prepared statements by their text alone, so that the types of the first use would decide for all
/// later ones. A use with nulls elsewhere is therefore another text: the places of its nulls stand in a comment.
fn text(query: &'static str, values: &[Value]) -> SqlStr {
    if !values.contains(&Value::Null) {
        return query.into_sql_str();
    }
    let mut text = String::with_capacity(query.len() + 12);
    text.push_str(query);
    text.push_str("\n-- null");
    for (at, value) in values.iter().enumerate() {
        if *value == Value::Null {
            // Writing to a string does not fail.
            let _ = write!(text, " {}", at + 1);
        }
    }
    made(text)
}

/// The only way to a text of SQL that is not a constant: a constant with a comment after it, a savepoint's constant
/// name, a migration's part, the name of a test's database. Nothing that anyone typed gets here.
pub(crate) fn made(text: String) -> SqlStr {
    sqlx::AssertSqlSafe(text).into_sql_str()
}

// Object identifiers of types, from pg_type.dat; 0 leaves the choice to the server.
const INFERRED: Oid = Oid(0);
const BOOL: Oid = Oid(16);
const BYTEA: Oid = Oid(17);
const INT8: Oid = Oid(20);
const TEXT: Oid = Oid(25);
const FLOAT8: Oid = Oid(701);
const JSONB: Oid = Oid(3802);

const fn oid(value: &Value) -> Oid {
    match value {
        Value::Null | Value::Json(_) => INFERRED,
        Value::Bool(_) => BOOL,
        Value::Int(_) => INT8,
        Value::Real(_) => FLOAT8,
        Value::Text(_) => TEXT,
        Value::Bytes(_) => BYTEA,
    }
}

const fn with_oid(oid: Oid) -> PgTypeInfo {
    PgTypeInfo::with_oid(oid)
}

struct Argument<'a> {
    value: &'a Value,
    /// The server takes it as `jsonb`, whose binary form begins with a version.
    binary: bool,
}

impl Type<Postgres> for Argument<'_> {
    fn type_info() -> PgTypeInfo {
        with_oid(INFERRED)
    }
}

impl<'q> Encode<'q, Postgres> for Argument<'_> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        match self.value {
            Value::Null => return Ok(IsNull::Yes),
            Value::Bool(value) => buffer.push(u8::from(*value)),
            Value::Int(value) => buffer.extend_from_slice(&value.to_be_bytes()),
            Value::Real(value) => buffer.extend_from_slice(&value.to_be_bytes()),
            Value::Text(value) => buffer.extend_from_slice(value.as_bytes()),
            Value::Json(value) => {
                if self.binary {
                    buffer.push(1);
                }
                buffer.extend_from_slice(value.as_bytes());
            }
            Value::Bytes(value) => buffer.extend_from_slice(value),
        }
        Ok(IsNull::No)
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        Some(with_oid(oid(self.value)))
    }
}
