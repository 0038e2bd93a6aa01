use db::{Result, Tx, sql};
use model::{ids::*, time::Timestamp};
use serde::Deserialize;

pub async fn update_offered(tx: &mut Tx, response: ResponseId, practice: PracticeId) -> Result<u64> {
    sql!("update responses set practice = $2 where id = $1", response, practice).run(tx).await
}

#[derive(Deserialize)]
pub struct Said {
    pub id: ResponseId,
    pub by: String,
    pub team: Option<String>,
    pub text: String,
    pub at: Timestamp,
    pub practice: Option<PracticeId>,
    pub person: PersonId,
    pub team_id: Option<TeamId>,
    pub withdrawn_at: Option<Timestamp>,
}

pub async fn list_responses(tx: &mut Tx, problem: ProblemId) -> Result<Vec<Said>> {
    sql!(
        "select responses.id as id,
                case when responses.team is null
                          or exists (select 1 from members where members.team = responses.team and members.person = responses.person)
                     then people.name else '' end as by, teams.name as team, responses.text as text, responses.at as at,
                responses.practice as practice, responses.person as person, responses.team as team_id,
                responses.withdrawn_at as withdrawn_at
         from responses
         join people on people.id = responses.person
         left join teams on teams.id = responses.team
         where responses.problem = $1 order by responses.at, responses.id",
        problem
    )
    .all(tx)
    .await
}

pub async fn update_withdrawn(tx: &mut Tx, response: ResponseId, now: Timestamp) -> Result<u64> {
    sql!("update responses set withdrawn_at = $2 where id = $1 and withdrawn_at is null", response, now).run(tx).await
}
