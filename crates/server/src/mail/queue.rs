//! The letters that wait. A verb adds one in its own transaction, so that a letter goes out if and only if the verb was done; a task
//! sends what is due, tries again what failed, and gives up at last.

use std::time::Duration;

use db::Tx;
use model::{accounts::Email, time::Millis};
use text::Lang;

use super::{
    letters::{self, Letter},
    store::{self, Waiting},
};
use crate::{app::App, error::Fault};

/// A letter that could not be sent this often is given up; `doctor` and the metrics tell of it.
pub const TRIES: i64 = 10;
/// How long one try may take before another node may try.
const LEASE: Millis = Millis::minutes(5);
/// What was sent is forgotten after this long.
const KEPT: Millis = Millis::days(30);
/// How often the queue is looked at without being woken.
const EVERY: Duration = Duration::from_secs(30);

/// Adds a letter within the caller's transaction; call [`sent_soon`] once it is committed. A second one with the same key is none.
pub async fn add(app: &App, tx: &mut Tx, key: &str, to: &Email, lang: Lang, letter: &Letter) -> db::Result<()> {
    let id = app.id::<model::ids::CommandId>().to_string();
    store::insert(tx, &id, key, letter, to.as_str(), lang.tag(), app.now()).await?;
    Ok(())
}

/// The same for many at once, each with its key and address.
pub async fn add_all(app: &App, tx: &mut Tx, lang: Lang, letters: &[(String, String, Letter)]) -> db::Result<()> {
    if letters.is_empty() {
        return Ok(());
    }
    let row = |(key, to, letter): &(String, String, Letter)| store::New {
        id: app.id::<model::ids::CommandId>().to_string(),
        key: key.clone(),
        to: to.clone(),
        letter: serde_json::to_string(letter).unwrap_or_default(),
    };
    let rows: Vec<store::New> = letters.iter().map(row).collect();
    store::insert_all(tx, &rows, lang.tag(), app.now()).await?;
    Ok(())
}

pub fn sent_soon(app: &App) {
    app.mail.wake.notify_one();
}

/// Sends what is due until the server is asked to stop.
pub async fn work(app: App) {
    let mut draining = app.draining.subscribe();
    loop {
        if let Err(fault) = send_due(&app).await {
            tracing::warn!(?fault, "the queue of mails could not be read");
        }
        tokio::select! {
            () = app.mail.wake.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
            _ = draining.wait_for(|draining| *draining) => return,
        }
    }
}

/// Sends every letter that is due, once, and tells how many were sent.
///
/// # Errors
/// Those of the database; a letter that cannot be sent is none.
pub async fn send_due(app: &App) -> Result<usize, Fault> {
    let mut sent = 0;
    let due = store::list_due(&mut app.read().await?, app.now()).await?;
    for waiting in due {
        let mut tx = app.db.write().await?;
        // Of several nodes that see it, one gets it.
        let mine = store::claim(&mut tx, &waiting, app.now().plus(LEASE)).await?;
        tx.commit().await?;
        if mine == 1 && send(app, &waiting).await? {
            sent += 1;
        }
    }
    let mut tx = app.db.write().await?;
    store::forget(&mut tx, model::time::Timestamp(app.now().ms() - KEPT.ms())).await?;
    tx.commit().await?;
    Ok(sent)
}

async fn send(app: &App, waiting: &Waiting) -> Result<bool, Fault> {
    let lang = Lang::from_tag(&waiting.lang).unwrap_or_default();
    let Some(written) = letters::write(app, &waiting.letter, &waiting.address, lang).await? else {
        // There is nobody to write to any more, or never was. Whoever asked is not told.
        let mut tx = app.db.write().await?;
        store::sent(&mut tx, &waiting.id, app.now()).await?;
        tx.commit().await?;
        return Ok(false);
    };
    let done = app.mail.send(&waiting.id, &waiting.address, written, app.now()).await;
    let mut tx = app.db.write().await?;
    let now = app.now();
    match &done {
        Ok(()) => {
            store::sent(&mut tx, &waiting.id, now).await?;
            app.metrics.mails_sent.inc();
        }
        Err(error) if waiting.tries + 1 >= TRIES => {
            store::given_up(&mut tx, &waiting.id, now).await?;
            app.metrics.mails_given_up.inc();
            tracing::error!(mail = waiting.id, %error, "a mail was given up after {TRIES} tries");
        }
        Err(error) => {
            store::later(&mut tx, &waiting.id, now.plus(pause(waiting.tries))).await?;
            tracing::warn!(mail = waiting.id, %error, tried = waiting.tries + 1, "a mail was not sent; it is tried again later");
        }
    }
    tx.commit().await?;
    Ok(done.is_ok())
}

/// 1, 2, 4 … minutes, at most an hour.
fn pause(tries: i64) -> Millis {
    Millis::minutes(1 << tries.clamp(0, 6)).min(Millis::hours(1))
}
