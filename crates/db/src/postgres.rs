//! PostgreSQL: a pool that comes back by itself when the server does.

use std::time::Duration;

use sqlx::{
    ConnectOptions, Connection, PgConnection,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
};

use crate::{Error, Options, Result, db::at_least};

const OLDEST: [u32; 3] = [15, 0, 0];
const STATEMENTS: usize = 512;

#[derive(Clone)]
pub struct Postgres(PgPool);

impl Postgres {
    pub(crate) async fn open(url: &str, options: &Options) -> Result<Self> {
        let connect: PgConnectOptions = url
            .parse::<PgConnectOptions>()
            .map_err(|_| Error::unfit("the address of the database cannot be read"))?
            .statement_cache_capacity(STATEMENTS)
            .options([
                ("idle_in_transaction_session_timeout", "10s"),
                ("default_transaction_isolation", "read committed"),
            ]);
        let first = tokio::time::timeout(options.wait, connect.connect()).await.map_err(|_| Error::late())?;
        let mut first = first.map_err(|error| Error::of(error, "connect"))?;
        // 150008 is 15.8.
        let version: u32 = setting(&mut first, "server_version_num").await?.parse().unwrap_or(0);
        at_least("PostgreSQL", &format!("{}.{}", version / 10_000, version % 10_000), OLDEST)?;
        if setting(&mut first, "synchronous_commit").await? == "off" {
            return Err(Error::unfit("synchronous_commit is off: PostgreSQL would acknowledge what it may lose"));
        }
        if setting(&mut first, "fsync").await? == "off" {
            tracing::warn!("fsync is off: this PostgreSQL loses data when the machine fails");
        }
        drop(first.close().await);
        let pool = PgPoolOptions::new()
            .max_connections(options.connections.max(1))
            .acquire_timeout(options.wait)
            .test_before_acquire(false)
            // A connection in steady use needs no test; one that idled may have outlived its server.
            .before_acquire(|conn, meta| {
                Box::pin(async move {
                    if meta.idle_for > Duration::from_secs(1) {
                        conn.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_lazy_with(connect);
        Ok(Self(pool))
    }

    pub(crate) async fn acquire(&self) -> Result<PoolConnection<sqlx::Postgres>> {
        self.0.acquire().await.map_err(|error| Error::of(error, "acquire a connection"))
    }

    pub(crate) async fn close(&self) {
        self.0.close().await;
    }
}

async fn setting(conn: &mut PgConnection, name: &'static str) -> Result<String> {
    sqlx::query_scalar("select current_setting($1)")
        .bind(name)
        .fetch_one(conn)
        .await
        .map_err(|error| Error::of(error, "select current_setting($1)"))
}
