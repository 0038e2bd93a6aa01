//! The SQL of break-outs.

use db::{Result, Tx, sql};
use model::{
    ids::*,
    live::NewStep,
    time::{Millis, Timestamp},
};

/// A group of the main session: of the same space, led by the same person, in no list. Those of one break-out are told apart by their
/// `number`, a millisecond each, so that [`list`] gives them as they were made.
pub async fn insert(
    tx: &mut Tx,
    main: SessionId,
    (group, number): (SessionId, i64),
    title: &str,
    at: Timestamp,
    steps: &[NewStep],
) -> Result<u64> {
    let minutes: i64 = steps.iter().map(|step| i64::from(step.minutes)).sum();
    sql!(
        "insert into sessions (id, space, title, facilitator, state, starts_at, minutes, steps, last_seq, created_at, attendance_share, parent_id)
         select $1, space, $2, facilitator, 'planned', $3, $4, $5, 0, $7, attendance_share, id from sessions where id = $6",
        group,
        title,
        at,
        minutes,
        steps,
        main,
        at.plus(Millis(number))
    )
    .run(tx)
    .await
}

/// The groups of a session, those of the first break-out first.
pub async fn list(tx: &mut Tx, main: SessionId) -> Result<Vec<SessionId>> {
    sql!("select id from sessions where parent_id = $1 order by created_at, id", main).all(tx).await
}

/// Who has been in one group of an earlier break-out of the space: each pair once, the smaller id first.
pub async fn list_together(tx: &mut Tx, space: SpaceId) -> Result<Vec<(PersonId, PersonId)>> {
    sql!(
        "select distinct one.person as person, other.person as other
         from sessions
         join attendance one on one.session = sessions.id
         join attendance other on other.session = sessions.id and other.person > one.person
         where sessions.space = $1 and sessions.parent_id is not null",
        space
    )
    .all(tx)
    .await
}

/// Who is connected now, and where: in the main room or in the room of a group; in a group when in both.
pub async fn list_here(tx: &mut Tx, main: SessionId) -> Result<Vec<(PersonId, SessionId)>> {
    sql!(
        "select attendance.person as person, attendance.session as session
         from attendance join sessions on sessions.id = attendance.session
         where attendance.left_at is null and (sessions.id = $1 or sessions.parent_id = $1)
         order by case when sessions.id = $1 then 0 else 1 end",
        main
    )
    .all(tx)
    .await
}

/// The other sessions of which what is said in this one may stand too: the main one and all its groups.
pub async fn list_family(tx: &mut Tx, session: SessionId) -> Result<Vec<SessionId>> {
    sql!(
        "select sessions.id as id from sessions
         join sessions one on one.id = $1
         where sessions.id <> $1
           and (sessions.parent_id = $1 or sessions.id = one.parent_id or sessions.parent_id = one.parent_id)
         order by sessions.id",
        session
    )
    .all(tx)
    .await
}
