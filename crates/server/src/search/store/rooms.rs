//! Sessions and teams as they are indexed and shown.

use std::collections::HashMap;

use db::{Result, Set, Tx, sql};
use model::{
    ids::{SpaceId, TeamId},
    live::NewStep,
    schools::{MunicipalityCode, SchoolSize},
    search::FoundKind,
    time::Timestamp,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Document, For, Key, Scope, Shown, joined};
use crate::search::lithuanian::measure::hash;

#[derive(Deserialize)]
struct SessionRow {
    id: Uuid,
    space: SpaceId,
    title: String,
    steps: Vec<NewStep>,
    starts_at: Timestamp,
    space_name: String,
}

/// What was said in them is in no index: their records have rules of their own.
pub(super) async fn sessions(tx: &mut Tx, scope: Scope<'_>, ids: &[String]) -> Result<Vec<Shown>> {
    let rows: Vec<SessionRow> = sql!(
        "select sessions.id as id, sessions.space as space, sessions.title as title, sessions.steps as steps,
                sessions.starts_at as starts_at, spaces.name as space_name
         from sessions
         join spaces on spaces.id = sessions.space
         where sessions.parent_id is null and sessions.id in (select key from jsonb_each($1))
           and ($2 or sessions.space in (select key from jsonb_each($3)))",
        Set(ids),
        scope.everything(),
        Set(scope.spaces())
    )
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(Shown::from).collect())
}

impl From<SessionRow> for Shown {
    fn from(row: SessionRow) -> Self {
        let text = joined(row.steps.into_iter().map(|step| Some(step.title)));
        let document = Document {
            key: Key { kind: FoundKind::Session, id: row.id },
            seen: For::Space(row.space),
            version: version(&[&row.title, &text, &row.space.to_string()]),
            title: row.title,
            text,
            school: None,
            area: None,
            municipality: None,
            span: None,
            cost: None,
            size: None,
        };
        Self {
            document,
            space_name: Some(row.space_name),
            starts_at: Some(row.starts_at),
            school: None,
            municipality_name: None,
        }
    }
}

#[derive(Deserialize)]
struct TeamRow {
    id: Uuid,
    name: String,
    network_name: String,
    school: String,
    municipality: MunicipalityCode,
    municipality_name: String,
    size: Option<SchoolSize>,
}

/// Those that are not archived.
pub(super) async fn teams(tx: &mut Tx, ids: &[String]) -> Result<Vec<Shown>> {
    let rows: Vec<TeamRow> = sql!(
        "select teams.id as id, teams.name as name, networks.name as network_name, schools.name as school,
                schools.municipality as municipality, municipalities.name as municipality_name, schools.size as size
         from teams
         join networks on networks.id = teams.network
         join schools on schools.id = teams.school
         join municipalities on municipalities.code = schools.municipality
         where teams.state <> 'archived' and teams.id in (select key from jsonb_each($1))",
        Set(ids)
    )
    .all(tx)
    .await?;
    let members: Vec<(TeamId, String)> = sql!(
        "select members.team, people.name
         from members
         join people on people.id = members.person
         where members.team in (select key from jsonb_each($1))
         order by people.name_key, people.id",
        Set(ids)
    )
    .all(tx)
    .await?;
    let mut names: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (team, name) in members {
        names.entry(team.uuid()).or_default().push(name);
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let names = names.remove(&row.id).unwrap_or_default();
            row.with(&names)
        })
        .collect())
}

impl TeamRow {
    fn with(self, members: &[String]) -> Shown {
        // People write „Ąžuolo komanda“, and the name alone does not say that it is one.
        let parts = [self.network_name, members.join(", "), self.municipality_name.clone(), "komanda".to_owned()];
        let text = joined(parts.into_iter().filter(|part| !part.is_empty()).map(Some));
        let document = Document {
            key: Key { kind: FoundKind::Team, id: self.id },
            seen: For::SignedIn,
            version: version(&[&self.name, &text, &self.school, self.size.map_or("", SchoolSize::as_str)]),
            title: self.name,
            text,
            school: Some(self.school.clone()),
            area: None,
            municipality: Some(self.municipality),
            span: None,
            cost: None,
            size: self.size,
        };
        Shown {
            document,
            space_name: None,
            starts_at: None,
            school: Some(self.school),
            municipality_name: Some(self.municipality_name),
        }
    }
}

/// A number that another text hardly has.
fn version(parts: &[&str]) -> i64 {
    (hash(&parts.join("\u{1f}")) >> 1) as i64
}
