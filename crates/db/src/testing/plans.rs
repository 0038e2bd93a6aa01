//! No statement may make SQLite build an index, or a table of a join, for itself: what is quick over the rows of a test would take longer
//! with every row of a real site.

use std::{
    collections::HashSet,
    sync::{LazyLock, Mutex, PoisonError},
};

use sqlx::{Row, SqliteConnection};

/// Texts whose plan has been read in this process.
static READ: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);

/// Reads how SQLite would run the statement, once for each text.
///
/// # Panics
/// When it would build an index of a table for the one statement, or fill a table with a join.
pub(crate) async fn check(conn: &mut SqliteConnection, text: &'static str) {
    if !READ.lock().unwrap_or_else(PoisonError::into_inner).insert(text) {
        return;
    }
    let explain = sqlx::AssertSqlSafe(format!("explain query plan {text}"));
    let Ok(rows) = sqlx::query(explain).fetch_all(conn).await else { return };
    let steps: Vec<String> = rows.iter().filter_map(|row| row.try_get("detail").ok()).collect();
    let made = steps.iter().find(|step| step.contains("AUTOMATIC") || step.starts_with("MATERIALIZE (join"));
    if let Some(step) = made {
        panic!(
            "for each run of this statement SQLite makes what an index should be ({step}): {text}\n{}",
            steps.join("\n")
        );
    }
}
