use db::{Result, Tx, sql};
use model::{ids::*, problems::ProblemState, time::Timestamp};

/// No row when `version` is not the latest.
pub async fn update_merged(tx: &mut Tx, id: ProblemId, version: i64, into: ProblemId, now: Timestamp) -> Result<u64> {
    sql!(
        "update problems set state = 'merged', merged_into = $3, version = version + 1, updated_at = $4
         where id = $1 and version = $2 and merged_into is null",
        id,
        version,
        into,
        now
    )
    .run(tx)
    .await
}

/// What was merged into `id` before leads on with it, so that no address leads through several.
pub async fn move_merged(tx: &mut Tx, id: ProblemId, into: ProblemId) -> Result<u64> {
    sql!("update problems set merged_into = $2 where merged_into = $1", id, into).run(tx).await
}

pub async fn move_responses(tx: &mut Tx, id: ProblemId, into: ProblemId) -> Result<u64> {
    sql!("update responses set problem = $2 where problem = $1", id, into).run(tx).await
}

pub async fn copy_same(tx: &mut Tx, id: ProblemId, into: ProblemId) -> Result<u64> {
    sql!(
        "insert into problem_same (problem, team, person, at)
         select $2, team, person, at from problem_same where problem = $1
         on conflict do nothing",
        id,
        into
    )
    .run(tx)
    .await
}

pub async fn delete_all_same(tx: &mut Tx, id: ProblemId) -> Result<u64> {
    sql!("delete from problem_same where problem = $1", id).run(tx).await
}

/// A line of the history of `id` that names the other one.
pub async fn insert_merging(
    tx: &mut Tx,
    id: ProblemId,
    state: ProblemState,
    person: PersonId,
    other: ProblemId,
    note: Option<&str>,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into problem_states (problem, number, state, person, note, at, other)
         select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 from problem_states where problem = $1",
        id,
        state,
        person,
        note,
        now,
        other
    )
    .run(tx)
    .await
}
