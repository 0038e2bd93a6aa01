//! One table, one prepared statement, one commit for all that waits.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, params};

pub struct Journal(Connection);

pub struct Row<'a> {
    pub room: i64,
    pub seq: i64,
    pub id: &'a str,
    pub payload: &'a str,
}

impl Journal {
    pub fn open(file: &Path) -> Result<Journal> {
        let connection = Connection::open(file)?;
        connection.execute_batch(
            "pragma journal_mode = wal;
             pragma synchronous = full;
             create table if not exists rows (room integer, seq integer, id text not null, payload text not null,
                                              primary key (room, seq)) without rowid, strict;",
        )?;
        Ok(Journal(connection))
    }

    /// On disk when it returns.
    pub fn append<'a>(&mut self, rows: impl Iterator<Item = Row<'a>>) -> Result<()> {
        let tx = self.0.transaction()?;
        let mut insert = tx.prepare_cached("insert into rows (room, seq, id, payload) values (?1, ?2, ?3, ?4)")?;
        for row in rows {
            insert.execute(params![row.room, row.seq, row.id, row.payload])?;
        }
        drop(insert);
        Ok(tx.commit()?)
    }
}
