//! `Idempotency-Key`: a write that comes again under the same key gets the first answer and is not done again.
//!
//! The key's row is inserted first thing in the transaction of the write itself, so the two stand or fall together. The answer
//! is kept once the write is done; a repeat that finds the row without one (the server stopped in between) is told `changed`:
//! the call was done, and its result is there to be read.

mod store;

use std::{cell::Cell, future::Future};

use db::Tx;
use model::{
    ids::PersonId,
    refusal::{Code, Refusal},
    time::Timestamp,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{app::App, auth::digest, error::Fault};

#[derive(Clone)]
pub struct Key {
    person: PersonId,
    key: String,
    /// Of the call and all its fields.
    request: String,
}

impl Key {
    /// At most 200 visible ASCII characters; another text is no key.
    pub fn new(person: PersonId, key: &str, call: &str, value: &serde_json::Value) -> Option<Self> {
        let good = !key.is_empty() && key.len() <= 200 && key.bytes().all(|byte| byte.is_ascii_graphic());
        good.then(|| Self { person, key: key.to_owned(), request: digest(&format!("{call} {value}")) })
    }
}

tokio::task_local! {
    /// The key that the next transaction claims.
    static CLAIM: Cell<Option<Key>>;
}

/// Runs a write under a key.
pub async fn under<T: Serialize + DeserializeOwned>(
    app: App,
    key: Option<Key>,
    doing: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    let Some(key) = key else { return CLAIM.scope(Cell::new(None), doing).await };
    if let Some(answer) = repeat(&app, &key).await? {
        return answer;
    }
    match CLAIM.scope(Cell::new(Some(key.clone())), doing).await {
        Ok(answer) => {
            keep(&app, &key, &answer).await;
            Ok(answer)
        }
        // The same call came twice at once, and the other one was first: its answer is ours.
        Err(Fault::Refused(refusals)) if refusals.0.iter().any(|refusal| refusal.code == Code::KeyReused) => {
            repeat(&app, &key).await?.unwrap_or(Err(Fault::Refused(refusals)))
        }
        Err(fault) => Err(fault),
    }
}

/// Claims the key of this task's write, if it has one.
pub async fn claim(tx: &mut Tx, now: Timestamp) -> Result<(), Fault> {
    let Some(key) = CLAIM.try_with(Cell::take).ok().flatten() else { return Ok(()) };
    let claimed = store::insert(tx, key.person, &key.key, &key.request, now);
    if claimed.await? == 0 { Err(Code::KeyReused.into()) } else { Ok(()) }
}

async fn repeat<T: DeserializeOwned>(app: &App, key: &Key) -> Result<Option<Result<T, Fault>>, Fault> {
    let mut tx = app.read().await?;
    let kept = store::find(&mut tx, key.person, &key.key).await?;
    Ok(kept.map(|(request, body)| {
        if request != key.request {
            return Err(Code::KeyReused.into());
        }
        serde_json::from_str(&body).map_err(|_| Refusal::of(Code::Changed).into())
    }))
}

/// The write is done already, so a failure to keep its answer is not told to the one who wrote.
async fn keep<T: Serialize>(app: &App, key: &Key, answer: &T) {
    let kept = async {
        let body = serde_json::to_string(answer)?;
        let mut tx = app.db.write().await?;
        store::update(&mut tx, key.person, &key.key, &body).await?;
        tx.commit().await?;
        anyhow::Ok(())
    };
    if let Err(error) = kept.await {
        tracing::warn!(%error, "the answer of a write was not kept under its key");
    }
}
