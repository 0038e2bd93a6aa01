use db::{Result, Tx, sql};
use model::{ids::*, schools::MunicipalityCode, time::Timestamp};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Same {
    pub id: TeamId,
    pub network: NetworkId,
    pub municipality: MunicipalityCode,
    pub name: String,
    pub school: String,
    pub municipality_name: String,
}

/// By municipality, school and team; archived teams left out.
pub async fn list_same(tx: &mut Tx, problem: ProblemId) -> Result<Vec<Same>> {
    sql!(
        "select teams.id as id, teams.network as network, schools.municipality as municipality, teams.name as name,
                schools.name as school, municipalities.name as municipality_name
         from problem_same
         join teams on teams.id = problem_same.team
         join schools on schools.id = teams.school
         join municipalities on municipalities.code = schools.municipality
         where problem_same.problem = $1 and teams.state <> 'archived'
         order by schools.municipality, schools.name_key, teams.name_key, teams.id",
        problem
    )
    .all(tx)
    .await
}

pub async fn insert_same(
    tx: &mut Tx,
    problem: ProblemId,
    team: TeamId,
    person: PersonId,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into problem_same (problem, team, person, at) values ($1, $2, $3, $4) on conflict do nothing",
        problem,
        team,
        person,
        now
    )
    .run(tx)
    .await
}

pub async fn delete_same(tx: &mut Tx, problem: ProblemId, team: TeamId) -> Result<u64> {
    sql!("delete from problem_same where problem = $1 and team = $2", problem, team).run(tx).await
}
