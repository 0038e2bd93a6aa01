//! Reads what is indexed. Drafts are not: only those who write one know of it.

use db::{Result, Set, Tx, sql};
use model::{
    ids::SpaceId, practices::GradeSpan, problems::Area, schools::MunicipalityCode, search::FoundKind, time::Timestamp,
};
use serde::Deserialize;
use uuid::Uuid;

use super::document::{Document, Key};

/// Documents of `keys`; those that are gone, or drafts, are left out.
pub async fn documents(tx: &mut Tx, keys: &[Key]) -> Result<Vec<Document>> {
    let ids = |kind| -> Vec<String> {
        let those = keys.iter().filter(|key| key.kind == kind);
        those.map(|key| key.id.to_string()).collect()
    };
    let mut documents: Vec<Document> = Vec::with_capacity(keys.len());
    documents.extend(problems(tx, &ids(FoundKind::Problem)).await?.into_iter().map(Document::from));
    documents.extend(practices(tx, &ids(FoundKind::Practice)).await?.into_iter().map(Document::from));
    Ok(documents)
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
    school: Option<String>,
    municipality: Option<MunicipalityCode>,
}

#[derive(Deserialize)]
struct Evidence {
    text: String,
}

async fn problems(tx: &mut Tx, ids: &[String]) -> Result<Vec<ProblemRow>> {
    sql!(
        "select p.id, p.space, p.version, p.title, p.text, p.area, p.group_concerned, p.goal, p.evidence,
            s.name as school, s.municipality
         from problems p left join teams t on t.id = p.team left join schools s on s.id = t.school
         where p.state <> 'draft' and p.id in (select key from jsonb_each($1))",
        Set(ids)
    )
    .all(tx)
    .await
}

impl From<ProblemRow> for Document {
    fn from(row: ProblemRow) -> Self {
        let evidence = row.evidence.into_iter().map(|evidence| Some(evidence.text));
        let text = [row.text, row.group_concerned, row.goal, row.school].into_iter().chain(evidence);
        Self {
            key: Key { kind: FoundKind::Problem, id: row.id },
            space: row.space,
            version: row.version,
            title: row.title,
            text: joined(text),
            area: row.area,
            municipality: row.municipality,
            span: None,
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
    school: Option<String>,
    municipality: Option<MunicipalityCode>,
}

/// The parts of the template that are text.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Body {
    context: Option<String>,
    steps: Vec<String>,
    who: Option<String>,
    time: Option<String>,
    materials: Option<String>,
    result: Option<String>,
    limits: Option<String>,
}

async fn practices(tx: &mut Tx, ids: &[String]) -> Result<Vec<PracticeRow>> {
    sql!(
        "select p.id, p.space, p.version, p.title, p.summary, p.body, p.area, p.grade_from, p.grade_to,
            s.name as school, p.municipality
         from practices p left join teams t on t.id = p.team left join schools s on s.id = t.school
         where p.state = 'published' and p.id in (select key from jsonb_each($1))",
        Set(ids)
    )
    .all(tx)
    .await
}

impl From<PracticeRow> for Document {
    fn from(row: PracticeRow) -> Self {
        let Body { context, steps, who, time, materials, result, limits } = row.body;
        let text = [Some(row.summary), context, who, time, materials, result, limits, row.school];
        let span = row.grade_from.zip(row.grade_to);
        Self {
            key: Key { kind: FoundKind::Practice, id: row.id },
            space: row.space,
            version: row.version,
            title: row.title,
            text: joined(text.into_iter().chain(steps.into_iter().map(Some))),
            area: row.area,
            municipality: row.municipality,
            span: span.map(|(from, to)| GradeSpan { from, to }),
        }
    }
}

fn joined(parts: impl Iterator<Item = Option<String>>) -> String {
    parts.flatten().collect::<Vec<_>>().join("\n")
}

/// Up to 1,000 things of `kind` that are to be in the index, with their versions, in the order of ids after `after`.
pub async fn versions(tx: &mut Tx, kind: FoundKind, after: &str) -> Result<Vec<(Uuid, i64)>> {
    let query = match kind {
        FoundKind::Problem => {
            sql!("select id, version from problems where state <> 'draft' and id > $1 order by id limit 1000", after)
        }
        FoundKind::Practice => sql!(
            "select id, version from practices where state = 'published' and id > $1 order by id limit 1000",
            after
        ),
    };
    query.all(tx).await
}

/// What was written at `since` or later, drafts too: a draft is looked up and found to be none to index.
pub async fn changed(tx: &mut Tx, kind: FoundKind, since: Timestamp) -> Result<Vec<(Uuid, i64)>> {
    let query = match kind {
        FoundKind::Problem => sql!("select id, version from problems where updated_at >= $1", since),
        FoundKind::Practice => sql!("select id, version from practices where updated_at >= $1", since),
    };
    query.all(tx).await
}
