//! `Idempotency-Key`: a write that comes again under the same key gets the first answer and is not done again.
//!
//! The key's row is inserted first thing in the transaction of the write itself, and [`crate::app::App::commit`] puts the answer into
//! it before the same transaction ends: key, write and answer stand or fall together. Where an answer is not kept (it holds a
//! secret that is shown once, or was redacted since), a repeat is told `shown.once` or `changed`: the call was
//! done, and its result is there to be read.

mod store;

use std::{cell::Cell, future::Future};

use db::Tx;
use model::{
    endpoint::Endpoint,
    ids::PersonId,
    refusal::{Code, Refusal},
    time::{Millis, Timestamp},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::schema;
use crate::{app::App, auth::digest, error::Fault};

pub use store::forget;

/// A person's keys are forgotten after this long.
const KEPT: Millis = Millis::days(1);

#[derive(Clone)]
pub struct Key {
    person: PersonId,
    key: String,
    /// Of the call and all its fields.
    request: String,
    /// The answer holds what is kept nowhere.
    secret: bool,
}

impl Key {
    /// At most 200 visible ASCII characters; another text is no key.
    pub fn new<E: Endpoint>(person: PersonId, key: &str, value: &Value) -> Option<Self> {
        let good = !key.is_empty() && key.len() <= 200 && key.bytes().all(|byte| byte.is_ascii_graphic());
        good.then(|| Self {
            person,
            key: key.to_owned(),
            request: digest(&format!("{} {value}", E::NAME)),
            secret: holds_secret(schema::<E::Response>()),
        })
    }
}

/// Whether the schema has a text that is shown once and kept nowhere.
fn holds_secret(schema: &Value) -> bool {
    match schema {
        Value::Object(fields) => {
            fields.get("x-text").is_some_and(|text| text == "secret") || fields.values().any(holds_secret)
        }
        Value::Array(items) => items.iter().any(holds_secret),
        _ => false,
    }
}

/// How far the key of a write has come.
enum Stage {
    /// The next transaction claims it.
    Given,
    /// Claimed by a transaction that is to keep the answer too.
    Claimed,
}

tokio::task_local! {
    static CLAIM: Cell<Option<(Key, Stage)>>;
}

/// Takes the key of this task out if it has come that far.
fn take_if(so_far: impl Fn(&Stage) -> bool) -> Option<Key> {
    let taken = CLAIM.try_with(|claim| match claim.take() {
        Some((key, stage)) if so_far(&stage) => Some(key),
        other => {
            claim.set(other);
            None
        }
    });
    taken.ok().flatten()
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
    let doing = async {
        let answer = doing.await;
        (answer, CLAIM.with(Cell::take))
    };
    match CLAIM.scope(Cell::new(Some((key.clone(), Stage::Given))), doing).await {
        (Ok(answer), Some((key, Stage::Claimed))) => {
            keep_later(&app, &key, &answer).await;
            Ok(answer)
        }
        // The same call came twice at once, and the other one was first: its answer is ours.
        (Err(Fault::Refused(refusals)), _) if refusals.0.iter().any(|refusal| refusal.code == Code::KeyReused) => {
            repeat(&app, &key).await?.unwrap_or(Err(Fault::Refused(refusals)))
        }
        (answer, _) => answer,
    }
}

/// Claims the key of this task's write, if it has one.
pub async fn claim(tx: &mut Tx, now: Timestamp) -> Result<(), Fault> {
    let Some(key) = take_if(|stage| matches!(stage, Stage::Given)) else { return Ok(()) };
    store::delete_before(tx, key.person, Timestamp(now.ms() - KEPT.ms())).await?;
    if store::insert(tx, key.person, &key.key, &key.request, now).await? == 0 {
        return Err(Code::KeyReused.into());
    }
    CLAIM.with(|claim| claim.set(Some((key, Stage::Claimed))));
    Ok(())
}

/// Keeps the answer in the transaction that claimed the key, if there is one.
pub async fn keep<T: Serialize>(tx: &mut Tx, answer: &T) -> Result<(), Fault> {
    let Some(key) = take_if(|stage| matches!(stage, Stage::Claimed)) else { return Ok(()) };
    if !key.secret {
        let body = serde_json::to_string(answer).map_err(anyhow::Error::from)?;
        store::update(tx, key.person, &key.key, &body).await?;
    }
    Ok(())
}

async fn repeat<T: DeserializeOwned>(app: &App, key: &Key) -> Result<Option<Result<T, Fault>>, Fault> {
    let mut tx = app.read().await?;
    let kept = store::find(&mut tx, key.person, &key.key).await?;
    Ok(kept.map(|(request, body)| {
        if request != key.request {
            return Err(Code::KeyReused.into());
        }
        let lost = if key.secret { Code::ShownOnce } else { Code::Changed };
        serde_json::from_str(&body).map_err(|_| Refusal::of(lost).into())
    }))
}

/// For a verb that knows its answer only after its transaction. The write is done already, so a failure to keep its answer is not
/// told to the one who wrote.
async fn keep_later<T: Serialize>(app: &App, key: &Key, answer: &T) {
    if key.secret {
        return;
    }
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

#[cfg(test)]
mod tests {
    use model::teams::{CreateTeam, Invite};

    use super::*;

    #[test]
    fn an_answer_with_a_secret_is_kept_under_no_key() {
        assert!(holds_secret(schema::<<Invite as Endpoint>::Response>()));
        assert!(!holds_secret(schema::<<CreateTeam as Endpoint>::Response>()));
    }
}
