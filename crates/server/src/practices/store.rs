use db::{Result, Set, Tx, sql};
use model::{
    ids::*,
    practices::*,
    problems::Area,
    schools::{MunicipalityCode, SchoolSize},
    sorting::sort_key,
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::{Map, Value};

pub async fn card(tx: &mut Tx, practice: PracticeId) -> Result<Option<PracticeCard>> {
    sql!(
        "select practices.id as id, practices.space as space, spaces.name as space_name, practices.title as title,
                practices.summary as summary, practices.state as state, practices.area as area,
                '{\"from\":' || practices.grade_from || ',\"to\":' || practices.grade_to || '}' as span,
                practices.cost as cost, teams.name as team_name, schools.name as school,
                municipalities.name as municipality_name, practices.published_at as published_at
         from practices
         join spaces on spaces.id = practices.space
         left join teams on teams.id = practices.team
         left join schools on schools.id = teams.school
         left join municipalities on municipalities.code = practices.municipality
         where practices.id = $1",
        practice
    )
    .optional(tx)
    .await
}

/// Those of `practices` that are published, in the `visible` spaces; in any order.
pub async fn cards(tx: &mut Tx, visible: &[SpaceId], practices: &[PracticeId]) -> Result<Vec<PracticeCard>> {
    sql!(
        "select practices.id as id, practices.space as space, spaces.name as space_name, practices.title as title,
                practices.summary as summary, practices.state as state, practices.area as area,
                '{\"from\":' || practices.grade_from || ',\"to\":' || practices.grade_to || '}' as span,
                practices.cost as cost, teams.name as team_name, schools.name as school,
                municipalities.name as municipality_name, practices.published_at as published_at
         from practices
         join spaces on spaces.id = practices.space
         left join teams on teams.id = practices.team
         left join schools on schools.id = teams.school
         left join municipalities on municipalities.code = practices.municipality
         where practices.state = 'published'
           and practices.space in (select key from jsonb_each($1)) and practices.id in (select key from jsonb_each($2))",
        Set(visible),
        Set(practices)
    )
    .all(tx)
    .await
}

/// Published ones in the `visible` spaces, the latest first, after a place in that order.
pub async fn list(
    tx: &mut Tx,
    visible: &[SpaceId],
    call: &ListPractices,
    after: Option<(Timestamp, String)>,
    limit: i64,
) -> Result<Vec<PracticeCard>> {
    let (at, id) = after.unwrap_or((Timestamp(i64::MAX), String::new()));
    let stage = call.stage.unwrap_or(Stage::Preschool).span();
    // „|| ''“ keeps the index of a space out of it: by the index of publishing, a page is read in its order and no row too many.
    sql!(
        "select practices.id as id, practices.space as space, spaces.name as space_name, practices.title as title,
                practices.summary as summary, practices.state as state, practices.area as area,
                '{\"from\":' || practices.grade_from || ',\"to\":' || practices.grade_to || '}' as span,
                practices.cost as cost, teams.name as team_name, schools.name as school,
                municipalities.name as municipality_name, practices.published_at as published_at
         from practices
         join spaces on spaces.id = practices.space
         left join teams on teams.id = practices.team
         left join schools on schools.id = teams.school
         left join municipalities on municipalities.code = practices.municipality
         where practices.state = 'published'
           and practices.space || '' in (select key from jsonb_each($1))
           and ($2 = '' or practices.space = $2)
           and ($3 = '' or practices.area = $3)
           and ($4 = '' or practices.municipality = $4)
           and ($5 or (practices.grade_to >= $6 and practices.grade_from <= $7))
           and ($8 = '' or practices.school_size = $8)
           and ($9 = '' or practices.cost = $9)
           and (practices.published_at, practices.id) < ($10, $11)
         order by practices.published_at desc, practices.id desc limit $12",
        Set(visible),
        call.space.map(|space| space.to_string()).unwrap_or_default(),
        call.area.map(Area::as_str).unwrap_or_default(),
        call.municipality.map(|code| code.to_string()).unwrap_or_default(),
        call.stage.is_none(),
        stage.from,
        stage.to,
        call.size.map(SchoolSize::as_str).unwrap_or_default(),
        call.cost.map(Cost::as_str).unwrap_or_default(),
        at,
        id,
        limit
    )
    .all(tx)
    .await
}

pub async fn latest(tx: &mut Tx, visible: &[SpaceId], limit: i64) -> Result<Vec<PracticeCard>> {
    list(tx, visible, &ListPractices::default(), None, limit).await
}

/// Published ones by title as Lithuanian sorts, after a place in that order.
pub async fn list_titled(
    tx: &mut Tx,
    visible: &[SpaceId],
    call: &ListPractices,
    after: Option<(String, String)>,
    limit: i64,
) -> Result<Vec<PracticeCard>> {
    let (key, id) = after.unwrap_or_default();
    let stage = call.stage.unwrap_or(Stage::Preschool).span();
    let ids: Vec<PracticeId> = sql!(
        "select id from practices
         where state = 'published'
           and space || '' in (select key from jsonb_each($1))
           and ($2 = '' or space = $2)
           and ($3 = '' or area = $3)
           and ($4 = '' or municipality = $4)
           and ($5 or (grade_to >= $6 and grade_from <= $7))
           and ($8 = '' or school_size = $8)
           and ($9 = '' or cost = $9)
           and (title_key, id) > ($10, $11)
         order by title_key, id limit $12",
        Set(visible),
        call.space.map(|space| space.to_string()).unwrap_or_default(),
        call.area.map(Area::as_str).unwrap_or_default(),
        call.municipality.map(|code| code.to_string()).unwrap_or_default(),
        call.stage.is_none(),
        stage.from,
        stage.to,
        call.size.map(SchoolSize::as_str).unwrap_or_default(),
        call.cost.map(Cost::as_str).unwrap_or_default(),
        key,
        id,
        limit
    )
    .all(tx)
    .await?;
    let mut found = cards(tx, visible, &ids).await?;
    found.sort_by_cached_key(|card| ids.iter().position(|id| *id == card.id));
    Ok(found)
}

/// So many published practices that are browsed by the same.
#[derive(Deserialize)]
pub struct Alike {
    pub municipality: Option<MunicipalityCode>,
    pub municipality_name: Option<String>,
    pub area: Option<Area>,
    pub grade_from: Option<i64>,
    pub grade_to: Option<i64>,
    pub cost: Option<Cost>,
    pub size: Option<SchoolSize>,
    pub count: i64,
}

/// All published ones in the `visible` spaces, by what they are browsed by: one pass over one index, and far fewer rows than practices,
/// which are then counted for all facets at once.
pub async fn count(tx: &mut Tx, visible: &[SpaceId], space: Option<SpaceId>) -> Result<Vec<Alike>> {
    sql!(
        "select known.municipality as municipality, municipalities.name as municipality_name, known.area as area,
                known.grade_from as grade_from, known.grade_to as grade_to, known.cost as cost,
                known.school_size as size, known.count as count
         from (select municipality, area, grade_from, grade_to, cost, school_size, count(*) as count
               from practices
               where state = 'published' and space in (select key from jsonb_each($1)) and ($2 = '' or space = $2)
               group by municipality, area, grade_from, grade_to, cost, school_size) as known
         left join municipalities on municipalities.code = known.municipality",
        Set(visible),
        space.map(|space| space.to_string()).unwrap_or_default()
    )
    .all(tx)
    .await
}

#[derive(Deserialize)]
pub struct Row {
    pub space: SpaceId,
    pub team: Option<TeamId>,
    pub author: PersonId,
    pub author_name: String,
    pub state: PracticeState,
    pub title: String,
    pub body: Map<String, Value>,
    pub version: i64,
    pub updated_at: Timestamp,
}

impl Row {
    pub fn text(&self) -> anyhow::Result<PracticeText> {
        let mut text = self.body.clone();
        text.insert("title".to_owned(), self.title.as_str().into());
        Ok(serde_json::from_value(Value::Object(text))?)
    }
}

pub async fn find(tx: &mut Tx, practice: PracticeId) -> Result<Option<Row>> {
    sql!(
        "select practices.space as space, practices.team as team, practices.author as author,
                case when practices.team is null
                          or exists (select 1 from members where members.team = practices.team and members.person = practices.author)
                     then people.name else '' end as author_name,
                practices.state as state, practices.title as title, practices.body as body,
                practices.version as version, practices.updated_at as updated_at
         from practices join people on people.id = practices.author
         where practices.id = $1",
        practice
    )
    .optional(tx)
    .await
}

/// The template but the title, as `body` keeps it.
fn body(text: &PracticeText) -> Value {
    let mut body = serde_json::to_value(text).unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("title");
    }
    body
}

/// The municipality and the size are those of the team's school at this moment: copies, by which the library is browsed.
#[expect(clippy::too_many_arguments, reason = "a row has as many columns")]
pub async fn insert(
    tx: &mut Tx,
    id: PracticeId,
    space: SpaceId,
    team: Option<TeamId>,
    author: PersonId,
    state: PracticeState,
    text: &PracticeText,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into practices (id, space, team, author, state, title, body, summary, area, grade_from, grade_to, cost,
                                municipality, school_size, version, created_at, published_at, updated_at, title_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
                 (select schools.municipality from teams join schools on schools.id = teams.school where teams.id = $3),
                 (select schools.size from teams join schools on schools.id = teams.school where teams.id = $3),
                 1, $13, $13, $13, $14)",
        id,
        space,
        team,
        author,
        state,
        text.title,
        body(text),
        text.summary.as_deref().unwrap_or_default(),
        text.area,
        text.span.map(|span| span.from),
        text.span.map(|span| span.to),
        text.cost,
        now,
        sort_key(&text.title)
    )
    .run(tx)
    .await
}

/// No row when `version` is not the latest. `publishes` makes a draft a published practice.
pub async fn update(
    tx: &mut Tx,
    id: PracticeId,
    version: i64,
    text: &PracticeText,
    publishes: bool,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "update practices
         set title = $3, body = $4, summary = $5, area = $6, grade_from = $7, grade_to = $8, cost = $9,
             state = case when $10 then 'published' else state end,
             published_at = case when $10 then $11 else published_at end,
             version = version + 1, updated_at = $11, title_key = $12
         where id = $1 and version = $2",
        id,
        version,
        text.title,
        body(text),
        text.summary.as_deref().unwrap_or_default(),
        text.area,
        text.span.map(|span| span.from),
        text.span.map(|span| span.to),
        text.cost,
        publishes,
        now,
        sort_key(&text.title)
    )
    .run(tx)
    .await
}

/// No row when `version` is not the latest.
pub async fn withdraw(tx: &mut Tx, id: PracticeId, version: i64, now: Timestamp) -> Result<u64> {
    sql!(
        "update practices set state = 'withdrawn', version = version + 1, updated_at = $3
         where id = $1 and version = $2 and state = 'published'",
        id,
        version,
        now
    )
    .run(tx)
    .await
}

/// Those whose title has no key: they were written before there were keys.
pub async fn list_unkeyed(tx: &mut Tx) -> Result<Vec<(PracticeId, String)>> {
    sql!("select id, title from practices where title_key = ''").all(tx).await
}

pub async fn update_key(tx: &mut Tx, id: PracticeId, title: &str) -> Result<u64> {
    sql!("update practices set title_key = $2 where id = $1", id, sort_key(title)).run(tx).await
}
