//! Whole tables as lines of JSON: the same rows give the same bytes on both databases, so that what one wrote the other reads.
//!
//! The one place beside the migrator where texts differ by database and are made at run time: what tables there are is asked of each in its
//! own way, and names stand in no argument. All names are those of the schema.

use std::io::Write as _;

use futures_util::TryStreamExt as _;
use serde::Deserialize;
use sqlx::{Executor as _, postgres::PgArguments, sqlite::SqliteArguments};

use crate::{Error, Result, Tx, bind::made, cell::Cell, sql, tx::Conn};

const LABEL: &str = "copy of a table";

/// A table with its columns by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    pub name: String,
    columns: Vec<Column>,
    /// Of the primary key, in its order.
    key: Vec<Column>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Column {
    name: String,
    text: bool,
}

/// Foreign keys that were taken away for the length of a transaction.
#[must_use = "what was taken away is to be put back"]
pub struct Untied(Vec<(String, String, String)>);

#[derive(Deserialize)]
struct Found {
    table: String,
    name: String,
    kind: String,
    /// In the primary key, from 1; 0 outside of it.
    place: i64,
}

/// All tables by their names, without those of the migrator.
///
/// # Errors
/// `Error::Unfit` for a column of a type that no migration should use.
pub async fn tables(tx: &mut Tx) -> Result<Vec<Table>> {
    let mut found: Vec<Found> = match &tx.conn {
        Conn::Postgres(_) => {
            sql!(
                "select cast(c.relname as text) as \"table\", cast(a.attname as text) as name,
                        cast(format_type(a.atttypid, null) as text) as kind,
                        cast(coalesce(array_position(cast(i.indkey as smallint[]), a.attnum) + 1, 0) as bigint) as place
                 from pg_class c
                 join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 left join pg_index i on i.indrelid = c.oid and i.indisprimary
                 where c.relnamespace = cast(current_schema() as regnamespace) and c.relkind = 'r'"
            )
            .all(tx)
            .await?
        }
        _ => {
            sql!(
                "select t.name as \"table\", c.name as name, lower(c.type) as kind, c.pk as place
                 from sqlite_schema t, pragma_table_info(t.name) c
                 where t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\'"
            )
            .all(tx)
            .await?
        }
    };
    found.retain(|found| !["schema_migrations", "schema_state"].contains(&found.table.as_str()));
    found.sort_by(|a, b| (&a.table, &a.name).cmp(&(&b.table, &b.name)));
    let mut tables: Vec<(Table, Vec<i64>)> = Vec::new();
    for one in found {
        if !["text", "bigint", "boolean", "double precision"].contains(&one.kind.as_str()) {
            return Err(Error::unfit(format!(
                "{}.{} is of the type {}, which is not copied",
                one.table, one.name, one.kind
            )));
        }
        let column = Column { name: one.name, text: one.kind == "text" };
        if tables.last().is_none_or(|(table, _)| table.name != one.table) {
            tables.push((Table { name: one.table, columns: Vec::new(), key: Vec::new() }, Vec::new()));
        }
        let Some((table, places)) = tables.last_mut() else { continue };
        table.columns.push(column.clone());
        if one.place > 0 {
            let at = places.partition_point(|place| *place < one.place);
            places.insert(at, one.place);
            table.key.insert(at, column);
        }
    }
    Ok(tables.into_iter().map(|(table, _)| table).collect())
}

/// Shows every row to `visit` as a line of JSON without its end, in the order of the primary key, until it answers false. Columns stand in the
/// order of their names. Returns the number of rows.
///
/// # Errors
/// Those of the database.
pub async fn read(tx: &mut Tx, table: &Table, mut visit: impl FnMut(&[u8]) -> bool) -> Result<u64> {
    tx.usable()?;
    let postgres = matches!(tx.conn, Conn::Postgres(_));
    let order = |column: &Column| match postgres && column.text {
        // By bytes, as SQLite does, whatever the language of the server.
        true => format!("{} collate \"C\"", quoted(&column.name)),
        false => quoted(&column.name),
    };
    let by = if table.key.is_empty() { &table.columns } else { &table.key };
    let by: Vec<String> = by.iter().map(order).collect();
    let text = made(format!("select {} from {} order by {}", table.list(), quoted(&table.name), by.join(", ")));
    let (mut rows, mut line, mut flaw) = (0, Vec::new(), None);
    macro_rules! drain {
        ($conn:expr, $arguments:expr, $cell:path) => {{
            let mut stream = $conn.fetch(sqlx::query_with(text, $arguments));
            loop {
                match stream.try_next().await {
                    Ok(Some(row)) => {
                        line.clear();
                        let cells = table.columns.iter().enumerate().map(|(at, column)| (column, $cell(&row, at)));
                        if let Err(why) = write_line(&mut line, cells) {
                            flaw = Some(why);
                            break Ok(());
                        }
                        rows += 1;
                        if !visit(&line) {
                            break Ok(());
                        }
                    }
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(error),
                }
            }
        }};
    }
    let done = match &mut tx.conn {
        Conn::Reader(reader) => drain!(reader.conn()?, SqliteArguments::default(), Cell::sqlite),
        Conn::Writer(writer) => drain!(writer.conn()?, SqliteArguments::default(), Cell::sqlite),
        Conn::Postgres(conn) => drain!((&mut **conn), PgArguments::default(), Cell::postgres),
        Conn::Gone => return Err(Error::Aborted),
    };
    done.map_err(|error| tx.failed(error, LABEL))?;
    match flaw {
        Some(flaw) => Err(flaw.error(LABEL, "a value that is copied")),
        None => Ok(rows),
    }
}

/// Inserts rows given as one JSON array of such lines.
///
/// # Errors
/// Those of the database, such as for a row that is there already.
pub async fn write(tx: &mut Tx, table: &Table, rows: String) -> Result<u64> {
    tx.usable()?;
    let (name, list) = (quoted(&table.name), table.list());
    let done = match &mut tx.conn {
        Conn::Postgres(conn) => {
            let text = format!(
                "insert into {name} ({list}) select {list} from json_populate_recordset(cast(null as {name}), cast($1 as json))"
            );
            let query = sqlx::query::<sqlx::Postgres>(made(text)).bind(rows);
            conn.execute(query).await.map(|done| done.rows_affected())
        }
        conn => {
            let values: Vec<String> =
                table.columns.iter().map(|column| format!("value ->> '{}'", column.name)).collect();
            let text = format!("insert into {name} ({list}) select {} from json_each($1)", values.join(", "));
            let query = sqlx::query::<sqlx::Sqlite>(made(text)).bind(rows);
            match conn {
                Conn::Writer(writer) => writer.conn()?.execute(query).await.map(|done| done.rows_affected()),
                Conn::Reader(reader) => reader.conn()?.execute(query).await.map(|done| done.rows_affected()),
                _ => return Err(Error::Aborted),
            }
        }
    };
    done.map_err(|error| tx.failed(error, LABEL))
}

/// Deletes all rows, if there are any.
///
/// # Errors
/// Those of the database.
pub async fn clear(tx: &mut Tx, table: &Table) -> Result<()> {
    // A trigger that guards rows from being deleted has nothing to say where there are none.
    let mut any = false;
    read_first(tx, table, &mut any).await?;
    if any { tx.script(made(format!("delete from {}", quoted(&table.name))), LABEL).await } else { Ok(()) }
}

async fn read_first(tx: &mut Tx, table: &Table, any: &mut bool) -> Result<()> {
    // PostgreSQL would read all rows that follow: the connection is used on.
    let text = made(format!("select cast(1 as bigint) from {} limit 1", quoted(&table.name)));
    let found = match &mut tx.conn {
        Conn::Reader(reader) => reader.conn()?.fetch_optional(sqlx::raw_sql(text)).await.map(|row| row.is_some()),
        Conn::Writer(writer) => writer.conn()?.fetch_optional(sqlx::raw_sql(text)).await.map(|row| row.is_some()),
        Conn::Postgres(conn) => (&mut **conn).fetch_optional(sqlx::raw_sql(text)).await.map(|row| row.is_some()),
        Conn::Gone => return Err(Error::Aborted),
    };
    *any = found.map_err(|error| tx.failed(error, LABEL))?;
    Ok(())
}

/// Lets rows come in any order until [`tie`]: SQLite looks at its foreign keys when the transaction is committed, PostgreSQL goes without
/// them meanwhile, which nobody outside of the transaction sees.
///
/// # Errors
/// Those of the database; on PostgreSQL when the tables are another user's.
pub async fn untie(tx: &mut Tx) -> Result<Untied> {
    if !matches!(tx.conn, Conn::Postgres(_)) {
        tx.script(made("pragma defer_foreign_keys = on".to_owned()), LABEL).await?;
        return Ok(Untied(Vec::new()));
    }
    let keys: Vec<(String, String, String)> = sql!(
        "select cast(cast(conrelid as regclass) as text), cast(conname as text), pg_get_constraintdef(oid)
         from pg_constraint where contype = 'f' and connamespace = cast(current_schema() as regnamespace)
         order by conrelid, conname"
    )
    .all(tx)
    .await?;
    for (table, name, _) in &keys {
        tx.script(made(format!("alter table {table} drop constraint {}", quoted(name))), LABEL).await?;
    }
    Ok(Untied(keys))
}

/// Puts the foreign keys back.
///
/// # Errors
/// `Error::ForeignKey` when a row refers to what is not there; SQLite says so when the transaction is committed.
pub async fn tie(tx: &mut Tx, untied: Untied) -> Result<()> {
    for (table, name, key) in &untied.0 {
        tx.script(made(format!("alter table {table} add constraint {} {key}", quoted(name))), LABEL).await?;
    }
    Ok(())
}

impl Table {
    /// The names of the columns that hold text.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|column| column.text).map(|column| column.name.as_str())
    }

    fn list(&self) -> String {
        self.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn write_line<'r>(
    line: &mut Vec<u8>,
    cells: impl Iterator<Item = (&'r Column, Result<Cell<'r>, crate::cell::Flaw>)>,
) -> Result<(), crate::cell::Flaw> {
    for (at, (column, cell)) in cells.enumerate() {
        line.push(if at == 0 { b'{' } else { b',' });
        json(line, &column.name, &column.name)?;
        line.push(b':');
        match cell.map_err(|flaw| flaw.at(&column.name))? {
            Cell::Null => line.extend_from_slice(b"null"),
            Cell::Bool(value) => json(line, &value, &column.name)?,
            // Writing to a vector does not fail.
            Cell::Int(value) => drop(write!(line, "{value}")),
            Cell::Real(value) => json(line, &value, &column.name)?,
            Cell::Text(value) => json(line, value, &column.name)?,
            Cell::Bytes(_) => return Err(crate::cell::Flaw::new("bytes are not copied".into()).at(&column.name)),
        }
    }
    line.push(b'}');
    Ok(())
}

fn json<T: serde::Serialize + ?Sized>(line: &mut Vec<u8>, value: &T, column: &str) -> Result<(), crate::cell::Flaw> {
    serde_json::to_writer(line, value).map_err(|error| crate::cell::Flaw::new(error.to_string()).at(column))
}
