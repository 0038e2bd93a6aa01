//! One database for one test.

use std::{
    env, fs,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    io,
    ops::Deref,
    path::PathBuf,
    sync::{LazyLock, Mutex, PoisonError},
    thread,
};

use sqlx::{ConnectOptions as _, Connection as _, Executor as _, PgConnection, postgres::PgConnectOptions};

use super::{Cluster, POSTGRES};
use crate::{
    Db, Error, Options, Result,
    bind::made,
    migrate::{MIGRATIONS, Migration, migrate_by},
};

/// When the migrations of a test's database were made, in milliseconds since 1970.
const BEGINNING: i64 = 1_700_000_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A database of its own, removed when dropped. Drop the `Db`s cloned from it before.
pub struct Fresh {
    pub db: Db,
    /// Opens the same database again.
    pub options: Options,
    _trace: Trace,
}

impl Deref for Fresh {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// An empty database with the migrations of this binary.
///
/// # Panics
/// If there is none to be had: a test never goes without.
pub async fn fresh(kind: Kind) -> Fresh {
    fresh_by(kind, MIGRATIONS).await
}

/// An empty database with the migrations given.
///
/// # Panics
/// If there is none to be had: a test never goes without.
pub async fn fresh_by(kind: Kind, migrations: &[Migration]) -> Fresh {
    let fresh = match kind {
        Kind::Sqlite => sqlite(migrations).await,
        Kind::Postgres => postgres(migrations).await,
    };
    fresh.unwrap_or_else(|error| panic!("no fresh database: {error:?}"))
}

/// What is left to remove.
enum Trace {
    Folder(PathBuf),
    Database { url: String, name: String },
}

impl Drop for Trace {
    fn drop(&mut self) {
        match self {
            Self::Folder(folder) => drop(fs::remove_dir_all(folder)),
            Self::Database { url, name } => {
                let (url, statement) = (url.clone(), format!("drop database if exists {name} with (force)"));
                // A thread of its own, since a runtime cannot be entered from within another one.
                let removal = thread::spawn(move || drop(block_on(async move { execute(&url, statement).await })));
                drop(removal.join());
            }
        }
    }
}

async fn sqlite(migrations: &[Migration]) -> Result<Fresh> {
    let folder = env::temp_dir().join(format!("tinklaveika-{}", unique()));
    fs::create_dir(&folder).map_err(unfit)?;
    let trace = Trace::Folder(folder.clone());
    let options = Options::file(folder.join("test.sqlite"));
    let db = Db::open(&options).await?;
    migrate_by(&db, migrations, BEGINNING).await?;
    Ok(Fresh { db, options, _trace: trace })
}

async fn postgres(migrations: &[Migration]) -> Result<Fresh> {
    let server = server()?;
    let template = template(&server, migrations).await?;
    let name = format!("test_{}", unique());
    execute(&server, format!("create database {name} template {template}")).await?;
    let url = at(&server, &name)?;
    let mut options = Options::url(&url)?;
    // Many tests share one server.
    options.connections = 8;
    let trace = Trace::Database { url: server, name };
    let db = Db::open(&options).await?;
    Ok(Fresh { db, options, _trace: trace })
}

/// The server that the environment names, or one for this process.
fn server() -> Result<String> {
    static OWN: LazyLock<Mutex<Option<Cluster>>> = LazyLock::new(Mutex::default);
    if let Ok(url) = env::var(POSTGRES) {
        return Ok(url);
    }
    let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cluster) = &*own {
        return Ok(cluster.url());
    }
    let cluster = Cluster::start(false).map_err(unfit)?;
    Ok(own.insert(cluster).url())
}

/// A database that is migrated once and copied for each test.
async fn template(server: &str, migrations: &[Migration]) -> Result<String> {
    let mut hasher = sha2::Sha256::default();
    for migration in migrations {
        sha2::Digest::update(&mut hasher, migration.name);
        sha2::Digest::update(&mut hasher, migration.text);
    }
    let hash = sha2::Digest::finalize(hasher);
    let name: String =
        ["template_".to_owned()].into_iter().chain(hash[..8].iter().map(|byte| format!("{byte:02x}"))).collect();
    let mut conn = connect(server).await?;
    // Held until this connection ends: one process makes the template, the others wait.
    conn.execute("select pg_advisory_lock(7276127317)").await.map_err(other)?;
    let there: Option<i32> = sqlx::query_scalar("select 1 from pg_database where datname = $1")
        .bind(&name)
        .fetch_optional(&mut conn)
        .await
        .map_err(other)?;
    if there.is_none() {
        let half = format!("{name}_half");
        conn.execute(made(format!("drop database if exists {half} with (force)"))).await.map_err(other)?;
        conn.execute(made(format!("create database {half}"))).await.map_err(other)?;
        let db = Db::open(&Options::url(&at(server, &half)?)?).await?;
        migrate_by(&db, migrations, BEGINNING).await?;
        db.close().await;
        conn.execute(made(format!("alter database {half} rename to {name}"))).await.map_err(other)?;
    }
    conn.close().await.map_err(other)?;
    Ok(name)
}

/// The same server with another database.
fn at(server: &str, name: &str) -> Result<String> {
    let (before, _) = server.rsplit_once('/').ok_or_else(|| Error::unfit("the address has no database"))?;
    Ok(format!("{before}/{name}"))
}

async fn connect(url: &str) -> Result<PgConnection> {
    let options: PgConnectOptions = url.parse().map_err(other)?;
    options.connect().await.map_err(other)
}

async fn execute(url: &str, statement: String) -> Result<()> {
    let mut conn = connect(url).await?;
    conn.execute(made(statement)).await.map_err(other)?;
    conn.close().await.map_err(other)
}

fn block_on<T>(future: impl Future<Output = T>) -> io::Result<T> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(future))
}

fn unique() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

fn unfit(error: io::Error) -> Error {
    Error::unfit(error.to_string())
}

fn other(error: sqlx::Error) -> Error {
    Error::of(error, "prepare a database for a test")
}
