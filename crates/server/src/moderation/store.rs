use db::{Result, Set, Tx, sql};
use model::{ids::*, moderation::*, time::Timestamp};
use serde::Deserialize;

use super::Subject;

pub async fn upsert_report(
    tx: &mut Tx,
    id: ReportId,
    call: &ReportItem,
    space: SpaceId,
    person: PersonId,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into reports (id, kind, item, session, space, person, reason, note, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (kind, item, person) do update
         set reason = excluded.reason, note = excluded.note, at = excluded.at, settled_at = null",
        id,
        call.kind,
        call.item,
        call.session,
        space,
        person,
        call.reason,
        call.note,
        now
    )
    .run(tx)
    .await
}

#[derive(Deserialize)]
pub struct Report {
    pub id: ReportId,
    pub kind: ItemKind,
    pub item: ItemId,
    pub session: Option<SessionId>,
    pub space_name: String,
    pub by: String,
    pub reason: ReportReason,
    pub note: Option<String>,
    pub at: Timestamp,
}

impl Report {
    pub fn shown(self, subject: Subject, author: String) -> ReportShown {
        ReportShown {
            id: self.id,
            kind: self.kind,
            item: self.item,
            session: self.session,
            place: subject.place,
            title: subject.title,
            text: subject.text,
            space_name: self.space_name,
            author,
            by: self.by,
            reason: self.reason,
            note: self.note,
            at: self.at,
        }
    }
}

pub async fn list_reports(tx: &mut Tx, spaces: &[SpaceId]) -> Result<Vec<Report>> {
    sql!(
        "select reports.id as id, reports.kind as kind, reports.item as item, reports.session as session,
                spaces.name as space_name, people.name as by, reports.reason as reason, reports.note as note,
                reports.at as at
         from reports
         join spaces on spaces.id = reports.space
         join people on people.id = reports.person
         where reports.settled_at is null and reports.space in (select key from jsonb_each($1))
         order by reports.at, reports.id limit 200",
        Set(spaces)
    )
    .all(tx)
    .await
}

pub async fn name(tx: &mut Tx, person: PersonId) -> Result<Option<String>> {
    sql!("select name from people where id = $1", person).optional(tx).await
}

/// The space of a report that waits.
pub async fn find_report(tx: &mut Tx, report: ReportId) -> Result<Option<SpaceId>> {
    sql!("select space from reports where id = $1 and settled_at is null", report).optional(tx).await
}

pub async fn settle(tx: &mut Tx, report: ReportId, now: Timestamp) -> Result<u64> {
    sql!("update reports set settled_at = $2 where id = $1", report, now).run(tx).await
}

pub async fn settle_all(tx: &mut Tx, kind: ItemKind, item: ItemId, now: Timestamp) -> Result<u64> {
    sql!("update reports set settled_at = $3 where kind = $1 and item = $2 and settled_at is null", kind, item, now)
        .run(tx)
        .await
}

pub async fn insert_hiding(
    tx: &mut Tx,
    id: HidingId,
    call: &HideItem,
    subject: &Subject,
    by: PersonId,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into hidings (id, kind, item, session, space, place, author, title, text, kept, reason, hidden_by, hidden_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        id,
        call.kind,
        call.item,
        call.session,
        subject.space,
        subject.place,
        subject.author,
        subject.title,
        subject.text,
        subject.kept,
        call.reason,
        by,
        now
    )
    .run(tx)
    .await
}

#[derive(Deserialize)]
pub struct Hiding {
    pub kind: ItemKind,
    pub item: ItemId,
    pub session: Option<SessionId>,
    pub space: SpaceId,
    pub place: ItemId,
    pub author: PersonId,
    pub text: String,
    kept: String,
    pub appealed_at: Option<Timestamp>,
}

impl Hiding {
    /// The state that a problem or a practice had.
    pub fn kept(&self) -> &str {
        &self.kept
    }
}

pub async fn find_hiding(tx: &mut Tx, hiding: HidingId) -> Result<Option<Hiding>> {
    sql!(
        "select kind, item, session, space, place, author, text, kept, appealed_at
         from hidings where id = $1 and ended_at is null",
        hiding
    )
    .optional(tx)
    .await
}

pub async fn find_hiding_of(tx: &mut Tx, kind: ItemKind, item: ItemId) -> Result<Option<HidingId>> {
    sql!("select id from hidings where kind = $1 and item = $2 and ended_at is null", kind, item).optional(tx).await
}

/// Its writers go on writing at what is hidden: told is the text as it stands now.
pub async fn list_hidden(tx: &mut Tx, spaces: &[SpaceId]) -> Result<Vec<HidingShown>> {
    sql!(
        "select hidings.id as id, hidings.kind as kind, hidings.item as item, hidings.place as place,
                coalesce(problems.title, practices.title, hidings.title) as title,
                case when problems.id is not null then coalesce(problems.text, '')
                     when practices.id is not null then coalesce(practices.summary, '')
                     else hidings.text end as text, spaces.name as space_name, writers.name as author,
                people.name as by, hidings.reason as reason, hidings.hidden_at as at, hidings.appeal as appeal,
                hidings.appealed_at as appealed_at, hidings.answer as answer
         from hidings
         join spaces on spaces.id = hidings.space
         join people as writers on writers.id = hidings.author
         join people on people.id = hidings.hidden_by
         left join problems on hidings.kind = 'problem' and problems.id = hidings.item
         left join practices on hidings.kind = 'practice' and practices.id = hidings.item
         where hidings.ended_at is null and hidings.space in (select key from jsonb_each($1))
         order by case when hidings.appeal is not null and hidings.answer is null then 0 else 1 end,
                  hidings.hidden_at desc, hidings.id limit 200",
        Set(spaces)
    )
    .all(tx)
    .await
}

pub async fn list_own(tx: &mut Tx, author: PersonId) -> Result<Vec<HidingShown>> {
    sql!(
        "select hidings.id as id, hidings.kind as kind, hidings.item as item, hidings.place as place,
                hidings.title as title, hidings.text as text, spaces.name as space_name, people.name as author,
                people.name as by, hidings.reason as reason, hidings.hidden_at as at, hidings.appeal as appeal,
                hidings.appealed_at as appealed_at, hidings.answer as answer
         from hidings
         join spaces on spaces.id = hidings.space
         join people on people.id = hidings.author
         where hidings.ended_at is null and hidings.author = $1
         order by hidings.hidden_at desc, hidings.id",
        author
    )
    .all(tx)
    .await
}

pub async fn appeal(tx: &mut Tx, hiding: HidingId, appeal: &str, now: Timestamp) -> Result<u64> {
    sql!("update hidings set appeal = $2, appealed_at = $3 where id = $1", hiding, appeal, now).run(tx).await
}

pub async fn answer(tx: &mut Tx, hiding: HidingId, answer: &str) -> Result<u64> {
    sql!("update hidings set answer = $2 where id = $1", hiding, answer).run(tx).await
}

pub async fn end(tx: &mut Tx, hiding: HidingId, now: Timestamp) -> Result<u64> {
    sql!("update hidings set ended_at = $2, text = '', kept = '' where id = $1", hiding, now).run(tx).await
}

/// The version moves on, so that a form opened before does not undo it.
pub async fn set_problem_state(tx: &mut Tx, problem: ItemId, state: &str, now: Timestamp) -> Result<u64> {
    sql!("update problems set state = $2, version = version + 1, updated_at = $3 where id = $1", problem, state, now)
        .run(tx)
        .await
}

pub async fn set_practice_state(tx: &mut Tx, practice: ItemId, state: &str, now: Timestamp) -> Result<u64> {
    sql!("update practices set state = $2, version = version + 1, updated_at = $3 where id = $1", practice, state, now)
        .run(tx)
        .await
}

#[derive(Deserialize)]
pub struct Response {
    pub space: SpaceId,
    pub problem: ItemId,
    pub title: String,
    pub state: String,
    pub person: PersonId,
    pub team: Option<TeamId>,
    pub practice: Option<PracticeId>,
    pub text: String,
    pub at: Timestamp,
}

pub async fn find_response(tx: &mut Tx, response: ItemId) -> Result<Option<Response>> {
    sql!(
        "select problems.space as space, problems.id as problem, problems.title as title, problems.state as state,
                responses.person as person, responses.team as team, responses.practice as practice, responses.text as text,
                responses.at as at
         from responses join problems on problems.id = responses.problem
         where responses.id = $1 and responses.withdrawn_at is null",
        response
    )
    .optional(tx)
    .await
}

pub async fn delete_response(tx: &mut Tx, response: ItemId) -> Result<u64> {
    sql!("delete from responses where id = $1", response).run(tx).await
}

/// Where it stood, or where its problem was merged meanwhile.
pub async fn restore_response(tx: &mut Tx, hiding: &Hiding) -> Result<u64> {
    #[derive(Deserialize, Default)]
    struct Kept {
        team: Option<TeamId>,
        practice: Option<PracticeId>,
        at: Timestamp,
    }
    let kept: Kept = serde_json::from_str(&hiding.kept).unwrap_or_default();
    sql!(
        "insert into responses (id, problem, person, team, practice, text, at)
         values ($1, coalesce((select merged_into from problems where id = $2), $2), $3, $4, $5, $6, $7)",
        hiding.item,
        hiding.place,
        hiding.author,
        kept.team,
        kept.practice,
        hiding.text,
        kept.at
    )
    .run(tx)
    .await
}
