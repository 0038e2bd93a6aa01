use db::{Result, Tx, sql};
use model::{
    actions::OwnerCard,
    agreements::*,
    ids::*,
    live::Paper,
    time::{LocalDate, Timestamp},
};
use serde::Deserialize;

/// An agreement with the words of what it refers to.
#[derive(Deserialize)]
pub struct Row {
    pub id: AgreementId,
    pub space: SpaceId,
    pub space_name: String,
    pub session: SessionId,
    pub session_title: String,
    pub number: i64,
    pub text: String,
    pub in_force: LocalDate,
    pub team: Option<TeamId>,
    pub team_name: Option<String>,
    pub person: Option<PersonId>,
    pub name: String,
    pub review: Option<LocalDate>,
    pub problem: Option<ProblemId>,
    pub problem_title: Option<String>,
    pub state: AgreementState,
    pub replaced_by: Option<AgreementId>,
    pub outcome: String,
    pub agreed_by: PersonId,
    pub agreed_at: Timestamp,
    pub version: i64,
}

impl Row {
    /// Without the person for who may not know them.
    pub fn owner(&self, known: bool) -> Option<OwnerCard> {
        Some(OwnerCard {
            team: self.team?,
            team_name: self.team_name.clone().unwrap_or_default(),
            person: self.person.filter(|_| known),
            name: if known { self.name.clone() } else { String::new() },
        })
    }
}

/// The columns of [`Row`], for each of the statements below.
macro_rules! rows {
    ($where:literal $(, $value:expr)* $(,)?) => {
        sql!(
            concat!(
                "select agreements.id as id, agreements.space as space, spaces.name as space_name,
                        agreements.session as session, sessions.title as session_title, agreements.number as number,
                        agreements.text as text, agreements.in_force as in_force, agreements.team as team,
                        teams.name as team_name, agreements.person as person,
                        case when members.person is null then '' else people.name end as name,
                        agreements.review as review, agreements.problem as problem, problems.title as problem_title,
                        agreements.state as state, agreements.replaced_by as replaced_by,
                        agreements.outcome as outcome, agreements.agreed_by as agreed_by,
                        agreements.agreed_at as agreed_at, agreements.version as version
                 from agreements
                 join spaces on spaces.id = agreements.space
                 join sessions on sessions.id = agreements.session
                 left join teams on teams.id = agreements.team
                 left join people on people.id = agreements.person
                 left join members on members.team = agreements.team and members.person = agreements.person
                 left join problems on problems.id = agreements.problem ",
                $where
            )
            $(, $value)*
        )
    };
}

pub async fn find(tx: &mut Tx, agreement: AgreementId) -> Result<Option<Row>> {
    rows!("where agreements.id = $1", agreement).optional(tx).await
}

/// The latest first.
pub async fn list(
    tx: &mut Tx,
    asked: &ListAgreements,
    today: LocalDate,
    after: Option<(Timestamp, String)>,
    limit: i64,
) -> Result<Vec<Row>> {
    let (at, id) = after.unwrap_or((Timestamp(i64::MAX), String::new()));
    // The databases fold letters in different ways, so each of the ways to write it is asked for.
    let words = asked.words.as_deref().unwrap_or_default().replace(['%', '_', '\\'], " ");
    let mut letters = words.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let within = |words: &str| if words.is_empty() { String::new() } else { format!("%{words}%") };
    rows!(
        "where agreements.space = $1
           and ($2 = '' or agreements.state = $2)
           and ($3 = '' or agreements.team = $3)
           and ($4 = '' or agreements.session = $4)
           and ($5 = '' or agreements.problem = $5)
           and ($6 = '' or (agreements.state = 'kept' and agreements.review <= $6))
           and ($7 = '' or agreements.text like $7 or agreements.text like $8 or agreements.text like $9)
           and (agreements.agreed_at < $10 or (agreements.agreed_at = $10 and agreements.id < $11))
         order by agreements.agreed_at desc, agreements.id desc limit $12",
        asked.space,
        asked.state.map(::pages::ui::key).unwrap_or_default(),
        asked.team.map(|team| team.to_string()).unwrap_or_default(),
        asked.session.map(|session| session.to_string()).unwrap_or_default(),
        asked.problem.map(|problem| problem.to_string()).unwrap_or_default(),
        if asked.overdue { today.to_string() } else { String::new() },
        within(&words),
        within(&words.to_lowercase()),
        within(&capital),
        at,
        id,
        limit
    )
    .all(tx)
    .await
}

pub async fn list_of_session(tx: &mut Tx, session: SessionId) -> Result<Vec<Row>> {
    rows!("where agreements.session = $1 order by agreements.number", session).all(tx).await
}

/// In force, and their day of review has come; the earliest first.
pub async fn list_due(tx: &mut Tx, space: SpaceId, today: LocalDate, limit: i64) -> Result<Vec<Row>> {
    rows!(
        "where agreements.space = $1 and agreements.state = 'kept' and agreements.review <= $2
         order by agreements.review, agreements.number limit $3",
        space,
        today,
        limit
    )
    .all(tx)
    .await
}

/// Of two at once the second waits for the first, and takes the number after it.
pub async fn next_number(tx: &mut Tx, space: SpaceId) -> Result<i64> {
    sql!(
        "insert into agreement_counts (space, last) values ($1, 1)
         on conflict (space) do update set last = agreement_counts.last + 1 returning last",
        space
    )
    .one(tx)
    .await
}

pub struct New<'a> {
    pub space: SpaceId,
    pub session: SessionId,
    pub number: i64,
    pub in_force: LocalDate,
    pub paper: &'a Paper,
    pub outcome: &'a str,
    pub by: PersonId,
    pub at: Timestamp,
}

pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<u64> {
    let owner = new.paper.owner.as_ref();
    sql!(
        "insert into agreements (id, space, session, step, number, text, in_force, team, person, review, state, outcome,
                                 agreed_by, agreed_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'kept', $11, $12, $13, 1)",
        new.paper.id,
        new.space,
        new.session,
        new.paper.step,
        new.number,
        new.paper.text,
        new.in_force,
        owner.map(|owner| owner.team),
        owner.and_then(|owner| owner.person),
        new.paper.review,
        new.outcome,
        new.by,
        new.at
    )
    .run(tx)
    .await
}

pub async fn insert_wording(tx: &mut Tx, agreement: AgreementId, number: i64, text: &str) -> Result<u64> {
    sql!(
        "insert into agreement_wordings (agreement, number, session, text)
         select id, $2, session, $3 from agreements where id = $1",
        agreement,
        number,
        text
    )
    .run(tx)
    .await
}

pub async fn list_wordings(tx: &mut Tx, agreement: AgreementId) -> Result<Vec<String>> {
    sql!("select text from agreement_wordings where agreement = $1 order by number", agreement).all(tx).await
}

/// No row when it is of another space or not in force any more.
pub async fn replace(tx: &mut Tx, space: SpaceId, agreement: AgreementId, by: AgreementId) -> Result<u64> {
    sql!(
        "update agreements set state = 'changed', replaced_by = $3, version = version + 1
         where id = $1 and space = $2 and state = 'kept'",
        agreement,
        space,
        by
    )
    .run(tx)
    .await
}

pub async fn replaced(tx: &mut Tx, by: AgreementId) -> Result<Option<AgreementId>> {
    sql!("select id from agreements where replaced_by = $1 order by number limit 1", by).optional(tx).await
}

pub async fn update(
    tx: &mut Tx,
    agreement: AgreementId,
    version: i64,
    state: AgreementState,
    review: Option<LocalDate>,
) -> Result<u64> {
    sql!(
        "update agreements set state = $3, review = $4, version = version + 1
         where id = $1 and version = $2 and state = 'kept'",
        agreement,
        version,
        state,
        review
    )
    .run(tx)
    .await
}

/// Keeps what the agreement is now as its next review.
pub async fn insert_review(
    tx: &mut Tx,
    agreement: AgreementId,
    by: PersonId,
    at: Timestamp,
    reason: Option<&str>,
) -> Result<u64> {
    sql!(
        "insert into agreement_reviews (agreement, number, session, person, at, state, review, reason)
         select id, version, session, $2, $3, state, review, $4 from agreements where id = $1",
        agreement,
        by,
        at,
        reason
    )
    .run(tx)
    .await
}

#[derive(Deserialize)]
struct ReviewRow {
    by: String,
    at: Timestamp,
    state: AgreementState,
    review: Option<LocalDate>,
    reason: Option<String>,
}

/// Whoever has left the teams of the space and has no role is not named.
pub async fn list_reviews(tx: &mut Tx, space: SpaceId, agreement: AgreementId) -> Result<Vec<AgreementReview>> {
    let rows: Vec<ReviewRow> = sql!(
        "select case when exists (select 1 from members join space_teams on space_teams.team = members.team
                                  where space_teams.space = $2 and members.person = agreement_reviews.person)
                          or exists (select 1 from roles where roles.person = agreement_reviews.person)
                     then people.name else '' end as by,
                agreement_reviews.at as at, agreement_reviews.state as state, agreement_reviews.review as review,
                agreement_reviews.reason as reason
         from agreement_reviews join people on people.id = agreement_reviews.person
         where agreement_reviews.agreement = $1 order by agreement_reviews.number",
        agreement,
        space
    )
    .all(tx)
    .await?;
    let of = |row: ReviewRow| AgreementReview {
        by: row.by,
        at: row.at,
        state: row.state,
        review: row.review,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// None once they have left the teams of the space and have no role.
pub async fn name_in(tx: &mut Tx, space: SpaceId, person: PersonId) -> Result<Option<String>> {
    sql!(
        "select name from people where id = $2
         and (exists (select 1 from members join space_teams on space_teams.team = members.team
                      where space_teams.space = $1 and members.person = $2)
              or exists (select 1 from roles where roles.person = $2))",
        space,
        person
    )
    .optional(tx)
    .await
}

pub async fn has_problem(tx: &mut Tx, space: SpaceId, problem: ProblemId) -> Result<bool> {
    let found: Option<ProblemId> =
        sql!("select id from problems where id = $1 and space = $2 and state <> 'draft'", problem, space)
            .optional(tx)
            .await?;
    Ok(found.is_some())
}

pub async fn link(tx: &mut Tx, agreement: AgreementId, problem: Option<ProblemId>) -> Result<u64> {
    sql!("update agreements set problem = $2, version = version + 1 where id = $1", agreement, problem).run(tx).await
}

/// The teams that own an agreement of the space.
pub async fn list_teams(tx: &mut Tx, space: SpaceId) -> Result<Vec<(TeamId, String)>> {
    sql!(
        "select teams.id, teams.name from teams
         where teams.id in (select team from agreements where space = $1) order by teams.name_key, teams.id",
        space
    )
    .all(tx)
    .await
}

/// The latest posted problems of a space, so many as a list can be chosen from.
pub async fn list_problems(tx: &mut Tx, space: SpaceId) -> Result<Vec<(ProblemId, String)>> {
    sql!(
        "select id, title from problems where space = $1 and state <> 'draft' order by posted_at desc, id desc limit 200",
        space
    )
    .all(tx)
    .await
}
