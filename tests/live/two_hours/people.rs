//! Eight teams of five municipalities, forty-five people, one facilitator among them.

use db::{Db, sql};
use model::ids::*;
use uuid::Uuid;

use crate::stand;

/// How many people each team has.
const TEAMS: [(&str, u128, &str); 8] = [
    ("Ąžuolas", 6, "LT-53"),
    ("Beržas", 6, "LT-53"),
    ("Drebulė", 6, "LT-02"),
    ("Eglynas", 6, "LT-02"),
    ("Gluosnis", 6, "LT-20"),
    ("Kadagys", 5, "LT-20"),
    ("Liepa", 5, "LT-13"),
    ("Šermukšnis", 5, "LT-57"),
];
pub const PEOPLE: u128 = 45;

fn id(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

fn first_of(team: usize) -> u128 {
    1 + TEAMS[..team].iter().map(|(_, count, _)| count).sum::<u128>()
}

/// The people of a team, by number.
pub fn people_of(team: usize) -> std::ops::Range<u128> {
    first_of(team)..first_of(team) + TEAMS[team].1
}

pub fn teams() -> impl Iterator<Item = (usize, &'static str)> {
    TEAMS.iter().map(|(name, ..)| *name).enumerate()
}

pub fn team_id(team: usize) -> TeamId {
    TeamId::from_uuid(Uuid::from_u128(0x200 + team as u128))
}

/// The session of [`stand::seed`], its people in teams of their own, all of them in its space.
pub async fn into_teams_of(db: &Db, session: SessionId, now: i64) {
    stand::seed(db, session, now).await;
    let (network, space) = (id(0x100), id(0x103));
    let mut tx = db.write().await.unwrap();
    sql!("delete from members").run(&mut tx).await.unwrap();
    sql!("delete from space_teams").run(&mut tx).await.unwrap();
    for (team, (name, _, municipality)) in TEAMS.iter().enumerate() {
        let school = id(0x300 + team as u128);
        sql!(
            "insert into schools (id, name, name_key, municipality, kind, created_at)
             values ($1, $2, '', $3, 'progymnasium', 1)",
            school,
            format!("Mokykla „{name}“"),
            *municipality
        )
        .run(&mut tx)
        .await
        .unwrap();
        sql!(
            "insert into teams (id, network, school, name, name_key, state, version, created_at)
             values ($1, $2, $3, $4, '', 'active', 1, 1)",
            team_id(team),
            network,
            school,
            *name
        )
        .run(&mut tx)
        .await
        .unwrap();
        let joined = sql!("insert into space_teams (space, team, since) values ($1, $2, 1)", space, team_id(team));
        joined.run(&mut tx).await.unwrap();
        for person in people_of(team) {
            sql!(
                "insert into members (team, person, lead, joined_at) values ($1, $2, $3, 1)",
                team_id(team),
                id(person),
                person == first_of(team)
            )
            .run(&mut tx)
            .await
            .unwrap();
        }
    }
    tx.commit().await.unwrap();
}
