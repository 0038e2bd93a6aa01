//! The schema grows by migrations: texts of SQL, numbered, never edited once merged, each done whole or not at all.
//!
//! One text serves both databases. A block from a line `-- only: sqlite` or `-- only: postgres` to a line `-- end` is
//! for one of them. A line `-- oldest-binary: N` says that a binary whose own newest migration is older than N cannot
//! work with the schema from here on.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::{Db, Error, Result, Tx, bind::made, sql, tx::Conn};

/// One migration, as the file `0004_practices.sql` holds it.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub number: i64,
    /// The name of the file without its ending.
    pub name: &'static str,
    pub text: &'static str,
}

/// The migrations of this binary.
pub const MIGRATIONS: &[Migration] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// The number of this binary's newest migration, 0 if it has none.
pub const SCHEMA: i64 = newest(MIGRATIONS);

/// Why a schema and this binary do not go together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the schema needs a binary with migration {needed:04} or newer; this one ends with {here:04}")]
    TooOld { needed: i64, here: i64 },
    #[error("the migration {name} was changed after it had been applied")]
    Changed { name: &'static str },
    #[error("the migration {name} was added before {newest:04}, which is applied already")]
    OutOfOrder { name: &'static str, newest: i64 },
    #[error("the migration {name} cannot be read: {why}")]
    Unreadable { name: &'static str, why: String },
    #[error("the schema is not up to date: {missing} migrations are missing")]
    Behind { missing: usize },
}

/// Brings the schema up to this binary and returns how many migrations were done. `now` is in milliseconds since 1970.
/// Safe while other processes do the same, and to be killed: what was begun is undone, and the next call goes on from
/// there.
///
/// # Errors
/// `Error::Migrate` if the schema and this binary do not go together; nothing is changed then.
pub async fn migrate(db: &Db, now: i64) -> Result<usize> {
    migrate_by(db, MIGRATIONS, now).await
}

/// Sees that the schema is up to date without changing it.
///
/// # Errors
/// `Error::Migrate`, with `Refused::Behind` where [`migrate`] would do something.
pub async fn check(db: &Db) -> Result<()> {
    let mut tx = db.read().await?;
    let missing = if has_state(&mut tx).await? { pending(&mut tx, MIGRATIONS).await?.len() } else { MIGRATIONS.len() };
    if missing > 0 { Err(Refused::Behind { missing }.into()) } else { Ok(()) }
}

/// [`migrate`] by a given list, in the order of its numbers.
///
/// # Errors
/// Those of [`migrate`].
pub async fn migrate_by(db: &Db, migrations: &[Migration], now: i64) -> Result<usize> {
    let mut tx = turn(db).await?;
    sql!(
        "create table if not exists schema_migrations (
             number bigint primary key, name text not null, hash text not null, at bigint not null
         )"
    )
    .run(&mut tx)
    .await?;
    sql!(
        "create table if not exists schema_state (id bigint primary key check (id = 1), oldest_binary bigint not null)"
    )
    .run(&mut tx)
    .await?;
    sql!("insert into schema_state (id, oldest_binary) values (1, 0) on conflict do nothing").run(&mut tx).await?;
    tx.commit().await?;
    let mut done = 0;
    loop {
        // Another process may have done the next one while this waited for its turn.
        let mut tx = turn(db).await?;
        let Some(next) = pending(&mut tx, migrations).await?.first().copied() else { return Ok(done) };
        apply(&mut tx, db, next, now).await?;
        tx.commit().await?;
        tracing::info!(migration = next.name, "migrated");
        done += 1;
    }
}

/// A transaction that no other process migrates beside: of SQLite by its one writer, of PostgreSQL by an advisory lock.
async fn turn(db: &Db) -> Result<Tx> {
    let mut patience = 60;
    loop {
        match db.write().await {
            Ok(mut tx) => {
                if !db.is_sqlite() {
                    // An arbitrary number, the same for every version of this program.
                    sql!("select pg_advisory_xact_lock(7276127316)").run(&mut tx).await?;
                }
                return Ok(tx);
            }
            // Another process is in a long migration: each try waits as long as the database lets it.
            Err(error) if error.is_unavailable() && db.is_sqlite() && patience > 0 => patience -= 1,
            Err(error) => return Err(error),
        }
    }
}

/// What is not applied yet, after seeing that what is applied goes with this binary.
async fn pending(tx: &mut Tx, migrations: &[Migration]) -> Result<Vec<Migration>> {
    let here = newest(migrations);
    let needed: i64 = sql!("select oldest_binary from schema_state").one(tx).await?;
    if here < needed {
        return Err(Refused::TooOld { needed, here }.into());
    }
    let applied = sql!("select number, hash from schema_migrations order by number").all::<(i64, String)>(tx).await?;
    let newest = applied.last().map_or(0, |(number, _)| *number);
    let mut pending = Vec::new();
    for migration in migrations {
        match applied.iter().find(|(number, _)| *number == migration.number) {
            Some((_, hash)) if *hash == migration.hash() => {}
            Some(_) => return Err(Refused::Changed { name: migration.name }.into()),
            None if migration.number < newest => {
                return Err(Refused::OutOfOrder { name: migration.name, newest }.into());
            }
            None => pending.push(*migration),
        }
    }
    pending.sort_by_key(|migration| migration.number);
    Ok(pending)
}

async fn apply(tx: &mut Tx, db: &Db, migration: Migration, now: i64) -> Result<()> {
    let part = migration.part(if db.is_sqlite() { "sqlite" } else { "postgres" })?;
    tx.script(made(part), migration.name).await?;
    let name = migration.name;
    sql!(
        "insert into schema_migrations (number, name, hash, at) values ($1, $2, $3, $4)",
        migration.number,
        name,
        migration.hash(),
        now
    )
    .run(tx)
    .await?;
    if let Some(oldest) = migration.oldest_binary()? {
        sql!("update schema_state set oldest_binary = $1 where oldest_binary < $1", oldest).run(tx).await?;
    }
    Ok(())
}

/// Looked up without an error, which would spoil a transaction of PostgreSQL.
async fn has_state(tx: &mut Tx) -> Result<bool> {
    let found: Option<i64> = match &tx.conn {
        Conn::Postgres(_) => {
            sql!("select cast(1 as bigint) where to_regclass('schema_state') is not null").optional(tx).await?
        }
        _ => sql!("select 1 from sqlite_schema where name = 'schema_state'").optional(tx).await?,
    };
    Ok(found.is_some())
}

impl Migration {
    /// What of the text is for one of the databases.
    fn part(self, database: &str) -> Result<String> {
        let unreadable = |why: String| Error::from(Refused::Unreadable { name: self.name, why });
        let mut part = String::with_capacity(self.text.len());
        let mut only: Option<&str> = None;
        for line in self.text.lines() {
            let trimmed = line.trim();
            if let Some(name) = trimmed.strip_prefix("-- only:") {
                let name = name.trim();
                if only.is_some() {
                    return Err(unreadable("a block within a block".into()));
                }
                if !["sqlite", "postgres"].contains(&name) {
                    return Err(unreadable(format!("no database is called {name}")));
                }
                only = Some(name);
            } else if trimmed == "-- end" {
                only.take().ok_or_else(|| unreadable("an end without a block".into()))?;
            } else if only.is_none_or(|name| name == database) {
                part.push_str(line);
                part.push('\n');
            }
        }
        if only.is_some() { Err(unreadable("a block without its end".into())) } else { Ok(part) }
    }

    fn oldest_binary(self) -> Result<Option<i64>> {
        let Some(number) = self.text.lines().find_map(|line| line.trim().strip_prefix("-- oldest-binary:")) else {
            return Ok(None);
        };
        let number = number.trim().parse().ok().filter(|number| *number <= self.number);
        let why = "oldest-binary is not the number of a migration up to this one";
        number.map(Some).ok_or_else(|| Refused::Unreadable { name: self.name, why: why.into() }.into())
    }

    /// SHA-256 of the text in hexadecimal, whatever the ends of its lines.
    fn hash(self) -> String {
        let mut hash = Sha256::new();
        for line in self.text.lines() {
            hash.update(line.as_bytes());
            hash.update(b"\n");
        }
        let mut text = String::with_capacity(64);
        for byte in hash.finalize() {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

const fn newest(migrations: &[Migration]) -> i64 {
    let mut newest = 0;
    let mut at = 0;
    while at < migrations.len() {
        if migrations[at].number > newest {
            newest = migrations[at].number;
        }
        at += 1;
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn migration(text: &'static str) -> Migration {
        Migration { number: 3, name: "0003_things", text }
    }

    #[test]
    fn every_migration_of_this_binary_can_be_read() {
        for migration in MIGRATIONS {
            migration.part("sqlite").unwrap();
            migration.part("postgres").unwrap();
            migration.oldest_binary().unwrap();
        }
    }

    #[test]
    fn a_block_is_for_one_database() {
        let both = migration("a\n-- only: sqlite\nb\n-- end\n  -- only: postgres\nc\n-- end\nd");
        assert_eq!(both.part("sqlite").unwrap(), "a\nb\nd\n");
        assert_eq!(both.part("postgres").unwrap(), "a\nc\nd\n");
        for wrong in [
            "-- only: oracle\n-- end",
            "-- only: sqlite",
            "-- end",
            "-- only: sqlite\n-- only: postgres\n-- end\n-- end",
        ] {
            assert!(migration(wrong).part("sqlite").is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_oldest_binary_is_a_migration_up_to_this_one() {
        assert_eq!(migration("select 1").oldest_binary().unwrap(), None);
        assert_eq!(migration("-- oldest-binary: 2\nselect 1").oldest_binary().unwrap(), Some(2));
        assert!(migration("-- oldest-binary: 4").oldest_binary().is_err());
        assert!(migration("-- oldest-binary: new").oldest_binary().is_err());
    }

    #[test]
    fn the_ends_of_lines_do_not_change_the_hash() {
        assert_eq!(migration("a\nb\n").hash(), migration("a\r\nb").hash());
        assert_ne!(migration("a\nb").hash(), migration("ab").hash());
    }
}
