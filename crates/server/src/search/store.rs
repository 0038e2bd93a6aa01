//! Reads what is indexed, and what of it a reader is shown. Drafts are neither: only those who write one know of it.

mod rooms;

use db::{Result, Set, Tx, sql};
use model::{
    ids::SpaceId,
    practices::{Cost, GradeSpan},
    problems::Area,
    schools::{MunicipalityCode, SchoolSize},
    search::FoundKind,
    time::Timestamp,
};
use serde::Deserialize;
use uuid::Uuid;

use super::document::{Document, For, Key, Rights};

/// Of what is read.
#[derive(Clone, Copy)]
pub enum Scope<'a> {
    /// For the index, which is filtered when it is asked.
    Everything,
    /// For a reader.
    Seen(Rights<'a>),
}

impl Scope<'_> {
    fn everything(self) -> bool {
        matches!(self, Scope::Everything)
    }

    fn spaces(&self) -> &[SpaceId] {
        match self {
            Scope::Everything => &[],
            Scope::Seen(rights) => rights.spaces,
        }
    }

    fn teams(self) -> bool {
        match self {
            Scope::Everything => true,
            Scope::Seen(rights) => rights.signed_in,
        }
    }
}

/// A document with the names that stand beside it in a list.
#[derive(Clone, Debug)]
pub struct Shown {
    pub document: Document,
    pub space_name: Option<String>,
    pub starts_at: Option<Timestamp>,
    pub school: Option<String>,
    pub municipality_name: Option<String>,
}

/// Documents of `keys` within `scope`, in any order; those that are gone, or drafts, are left out.
pub async fn find(tx: &mut Tx, scope: Scope<'_>, keys: &[Key]) -> Result<Vec<Shown>> {
    let ids = |kind| -> Vec<String> {
        let those = keys.iter().filter(|key| key.kind == kind);
        those.map(|key| key.id.to_string()).collect()
    };
    let mut found: Vec<Shown> = Vec::with_capacity(keys.len());
    for kind in FoundKind::ALL {
        let ids = ids(kind);
        match kind {
            _ if ids.is_empty() => {}
            FoundKind::Problem => found.extend(problems(tx, scope, &ids).await?.into_iter().map(Shown::from)),
            FoundKind::Practice => found.extend(practices(tx, scope, &ids).await?.into_iter().map(Shown::from)),
            FoundKind::Session => found.extend(rooms::sessions(tx, scope, &ids).await?),
            FoundKind::Team if scope.teams() => found.extend(rooms::teams(tx, &ids).await?),
            FoundKind::Team => {}
        }
    }
    Ok(found)
}

#[derive(Deserialize)]
struct ProblemRow {
    id: Uuid,
    space: SpaceId,
    version: i64,
    title: String,
    text: Option<String>,
    area: Option<Area>,
    group_concerned: Option<String>,
    goal: Option<String>,
    evidence: Vec<Evidence>,
    space_name: String,
    school: Option<String>,
    size: Option<SchoolSize>,
    municipality: Option<MunicipalityCode>,
    municipality_name: Option<String>,
}

#[derive(Deserialize)]
struct Evidence {
    text: String,
}

async fn problems(tx: &mut Tx, scope: Scope<'_>, ids: &[String]) -> Result<Vec<ProblemRow>> {
    sql!(
        "select problems.id as id, problems.space as space, problems.version as version, problems.title as title,
                problems.text as text, problems.area as area, problems.group_concerned as group_concerned,
                problems.goal as goal, problems.evidence as evidence, spaces.name as space_name, schools.name as school,
                schools.size as size, schools.municipality as municipality, municipalities.name as municipality_name
         from problems
         join spaces on spaces.id = problems.space
         left join teams on teams.id = problems.team
         left join schools on schools.id = teams.school
         left join municipalities on municipalities.code = schools.municipality
         where problems.state not in ('draft', 'merged') and problems.id in (select key from jsonb_each($1))
           and ($2 or problems.space in (select key from jsonb_each($3)))",
        Set(ids),
        scope.everything(),
        Set(scope.spaces())
    )
    .all(tx)
    .await
}

impl From<ProblemRow> for Shown {
    fn from(row: ProblemRow) -> Self {
        let evidence = row.evidence.into_iter().map(|evidence| Some(evidence.text));
        let document = Document {
            key: Key { kind: FoundKind::Problem, id: row.id },
            seen: For::Space(row.space),
            version: row.version,
            title: row.title,
            text: joined([row.text, row.group_concerned, row.goal].into_iter().chain(evidence)),
            school: row.school.clone(),
            area: row.area,
            municipality: row.municipality,
            span: None,
            cost: None,
            size: row.size,
        };
        Self {
            document,
            space_name: Some(row.space_name),
            starts_at: None,
            school: row.school,
            municipality_name: row.municipality_name,
        }
    }
}

#[derive(Deserialize)]
struct PracticeRow {
    id: Uuid,
    space: SpaceId,
    version: i64,
    title: String,
    summary: String,
    body: Body,
    area: Option<Area>,
    grade_from: Option<i64>,
    grade_to: Option<i64>,
    cost: Option<Cost>,
    size: Option<SchoolSize>,
    space_name: String,
    school: Option<String>,
    municipality: Option<MunicipalityCode>,
    municipality_name: Option<String>,
}

/// The parts of the template that are text.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Body {
    context: Option<String>,
    steps: Vec<String>,
    who: Option<String>,
    time: Option<String>,
    materials: Option<String>,
    result: Option<String>,
    limits: Option<String>,
}

async fn practices(tx: &mut Tx, scope: Scope<'_>, ids: &[String]) -> Result<Vec<PracticeRow>> {
    sql!(
        "select practices.id as id, practices.space as space, practices.version as version, practices.title as title,
                practices.summary as summary, practices.body as body, practices.area as area,
                practices.grade_from as grade_from, practices.grade_to as grade_to, practices.cost as cost,
                practices.school_size as size, spaces.name as space_name,
                schools.name as school, practices.municipality as municipality,
                municipalities.name as municipality_name
         from practices
         join spaces on spaces.id = practices.space
         left join teams on teams.id = practices.team
         left join schools on schools.id = teams.school
         left join municipalities on municipalities.code = practices.municipality
         where practices.state = 'published' and practices.id in (select key from jsonb_each($1))
           and ($2 or practices.space in (select key from jsonb_each($3)))",
        Set(ids),
        scope.everything(),
        Set(scope.spaces())
    )
    .all(tx)
    .await
}

impl From<PracticeRow> for Shown {
    fn from(row: PracticeRow) -> Self {
        let Body { context, steps, who, time, materials, result, limits } = row.body;
        let steps = steps.into_iter().map(Some);
        let parts = [Some(row.summary), context].into_iter().chain(steps);
        let span = row.grade_from.zip(row.grade_to);
        let document = Document {
            key: Key { kind: FoundKind::Practice, id: row.id },
            seen: For::Space(row.space),
            version: row.version,
            title: row.title,
            text: joined(parts.chain([who, time, materials, result, limits])),
            school: row.school.clone(),
            area: row.area,
            municipality: row.municipality,
            span: span.map(|(from, to)| GradeSpan { from, to }),
            cost: row.cost,
            size: row.size,
        };
        Self {
            document,
            space_name: Some(row.space_name),
            starts_at: None,
            school: row.school,
            municipality_name: row.municipality_name,
        }
    }
}

fn joined(parts: impl Iterator<Item = Option<String>>) -> String {
    parts.flatten().collect::<Vec<_>>().join(" · ")
}

/// Up to 1,000 things of `kind` that are to be in the index, with their versions, in the order of ids after `after`.
pub async fn versions(tx: &mut Tx, kind: FoundKind, after: &str) -> Result<Vec<(Uuid, i64)>> {
    match kind {
        FoundKind::Problem => {
            sql!(
                "select id, version from problems where state not in ('draft', 'merged') and id > $1 order by id limit 1000",
                after
            )
            .all(tx)
            .await
        }
        FoundKind::Practice => {
            sql!(
                "select id, version from practices where state = 'published' and id > $1 order by id limit 1000",
                after
            )
            .all(tx)
            .await
        }
        FoundKind::Session => {
            let ids = sql!("select id from sessions where parent_id is null and id > $1 order by id limit 1000", after).all(tx).await?;
            read_versions(tx, kind, ids).await
        }
        FoundKind::Team => {
            let ids = sql!("select id from teams where state <> 'archived' and id > $1 order by id limit 1000", after)
                .all(tx)
                .await?;
            read_versions(tx, kind, ids).await
        }
    }
}

/// What was written at `since` or later, drafts too: a draft is looked up and found to be none to index. Teams, and sessions that
/// are not over, have no time at which they were last written: all of them, and there are few.
pub async fn changed(tx: &mut Tx, kind: FoundKind, since: Timestamp) -> Result<Vec<(Uuid, i64)>> {
    match kind {
        FoundKind::Problem => sql!("select id, version from problems where updated_at >= $1", since).all(tx).await,
        FoundKind::Practice => sql!("select id, version from practices where updated_at >= $1", since).all(tx).await,
        FoundKind::Session => {
            let ids = sql!(
                "select id from sessions where parent_id is null and (state <> 'closed' or created_at >= $1)",
                since
            )
            .all(tx)
            .await?;
            read_versions(tx, kind, ids).await
        }
        FoundKind::Team => {
            let ids = sql!("select id from teams").all(tx).await?;
            read_versions(tx, kind, ids).await
        }
    }
}

/// A version that follows all that is read of a session or a team: their rows have none that does.
async fn read_versions(tx: &mut Tx, kind: FoundKind, ids: Vec<Uuid>) -> Result<Vec<(Uuid, i64)>> {
    let mut versions = Vec::with_capacity(ids.len());
    for ids in ids.chunks(1_000) {
        let keys: Vec<_> = ids.iter().map(|id| Key { kind, id: *id }).collect();
        let found = find(tx, Scope::Everything, &keys).await?;
        versions.extend(found.into_iter().map(|shown| (shown.document.key.id, shown.document.version)));
    }
    // In the order in which they were asked for: the last one says where the next page begins.
    versions.sort_unstable_by_key(|(id, _)| *id);
    Ok(versions)
}
