//! What problems and practices said before they were changed: kept by the verbs that change them, and shown to whoever sees them.

pub mod store;

use model::{
    access::Actor,
    ids::TeamId,
    refusal::{Code, Refusal},
    time::Timestamp,
    versions::Version,
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::error::{Fault, OrMissing};

/// Of which there are versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Problem,
    Practice,
}

/// Keeps the text that was just saved as `number`; before the first change also the text before it, which the author wrote.
pub async fn keep<T: Serialize>(
    tx: &mut db::Tx,
    actor: &Actor,
    of: (Kind, Uuid, Option<TeamId>),
    former: &T,
    saved: (i64, &T),
    now: Timestamp,
) -> Result<(), Fault> {
    let (kind, item, team) = of;
    let person = actor.person().or_missing()?;
    let team = team.filter(|team| actor.membership(*team).is_some());
    match kind {
        Kind::Problem => store::insert_first_of_problem(tx, item, former).await?,
        Kind::Practice => store::insert_first_of_practice(tx, item, former).await?,
    };
    store::insert(tx, kind, item, saved.0, person, team, saved.1, now).await?;
    Ok(())
}

/// The latest first.
pub async fn list<T: DeserializeOwned>(tx: &mut db::Tx, kind: Kind, item: Uuid) -> Result<Vec<Version<T>>, Fault> {
    Ok(store::list(tx, kind, item).await?)
}

/// # Errors
/// `field.wrong` at `number` when there is no such version.
pub async fn text<T: DeserializeOwned>(tx: &mut db::Tx, kind: Kind, item: Uuid, number: i64) -> Result<T, Fault> {
    let row = store::find::<T>(tx, kind, item, number).await?;
    Ok(row.ok_or_else(|| Refusal::of(Code::FieldWrong).at("number"))?.text)
}
