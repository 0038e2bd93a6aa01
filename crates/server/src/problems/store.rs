use db::{Result, Set, Tx, sql};
use model::{
    ids::*,
    keys::{Named, Topic},
    problems::*,
    sorting::sort_key,
    time::Timestamp,
    words::Line,
};
use serde::Deserialize;

pub async fn list_topics(tx: &mut Tx) -> Result<Vec<Named<Topic>>> {
    sql!("select key, lt, en from topics order by position").all(tx).await
}

pub async fn count_topics(tx: &mut Tx, topics: &[Topic]) -> Result<i64> {
    sql!("select count(*) from topics where key in (select key from jsonb_each($1))", Set(topics)).one(tx).await
}

/// In the order of the taxonomy.
pub async fn name_topics(tx: &mut Tx, topics: &[Topic]) -> Result<Vec<Named<Topic>>> {
    sql!("select key, lt, en from topics where key in (select key from jsonb_each($1)) order by position", Set(topics))
        .all(tx)
        .await
}

pub async fn topics_of(tx: &mut Tx, problem: ProblemId) -> Result<Vec<Named<Topic>>> {
    sql!(
        "select topics.key as key, topics.lt as lt, topics.en as en
         from problem_topics join topics on topics.key = problem_topics.topic
         where problem_topics.problem = $1 order by topics.position",
        problem
    )
    .all(tx)
    .await
}

pub async fn replace_topics(tx: &mut Tx, problem: ProblemId, topics: &[Topic]) -> Result<()> {
    sql!("delete from problem_topics where problem = $1", problem).run(tx).await?;
    sql!("insert into problem_topics (problem, topic) select $1, key from jsonb_each($2)", problem, Set(topics))
        .run(tx)
        .await?;
    Ok(())
}

#[derive(Deserialize)]
pub struct Row {
    pub id: ProblemId,
    pub space: SpaceId,
    pub team: Option<TeamId>,
    pub author: PersonId,
    pub author_name: String,
    pub state: ProblemState,
    pub title: Line<120>,
    pub text: Option<String>,
    pub area: Option<Area>,
    pub topics: Vec<Topic>,
    pub group_concerned: Option<String>,
    pub goal: Option<String>,
    pub evidence: Vec<Evidence>,
    pub version: i64,
    pub merged_into: Option<ProblemId>,
}

impl Row {
    pub fn text(&self) -> anyhow::Result<ProblemText> {
        use model::words::Prose;
        Ok(ProblemText {
            title: self.title.clone(),
            text: self.text.as_deref().and_then(Prose::new),
            area: self.area,
            topics: self.topics.clone(),
            group: self.group_concerned.as_deref().and_then(Line::new),
            goal: self.goal.as_deref().and_then(Prose::new),
            evidence: self.evidence.clone(),
        })
    }
}

pub async fn find(tx: &mut Tx, problem: ProblemId) -> Result<Option<Row>> {
    sql!(
        "select problems.id as id, problems.space as space, problems.team as team, problems.author as author,
                case when problems.team is null
                          or exists (select 1 from members where members.team = problems.team and members.person = problems.author)
                     then people.name else '' end as author_name,
                problems.state as state, problems.title as title, problems.text as text, problems.area as area,
                problems.topics as topics, problems.group_concerned as group_concerned, problems.goal as goal,
                problems.evidence as evidence, problems.version as version,
                problems.merged_into as merged_into
         from problems join people on people.id = problems.author
         where problems.id = $1",
        problem
    )
    .optional(tx)
    .await
}

pub async fn card(tx: &mut Tx, problem: ProblemId) -> Result<Option<ProblemCard>> {
    sql!(
        "select problems.id as id, problems.space as space, spaces.name as space_name, problems.title as title,
                problems.area as area, problems.state as state, teams.name as team_name, schools.name as school,
                municipalities.name as municipality_name, problems.posted_at as posted_at,
                (select count(*) from responses
                 where responses.problem = problems.id and responses.withdrawn_at is null) as responses,
                (select count(*) from problem_same join teams as other on other.id = problem_same.team
                 where problem_same.problem = problems.id and other.state <> 'archived') as same
         from problems
         join spaces on spaces.id = problems.space
         left join teams on teams.id = problems.team
         left join schools on schools.id = teams.school
         left join municipalities on municipalities.code = schools.municipality
         where problems.id = $1",
        problem
    )
    .optional(tx)
    .await
}

pub async fn latest(tx: &mut Tx, space: SpaceId) -> Result<Vec<ProblemCard>> {
    list(tx, &[space], &ListProblems::default(), None, 10).await
}

/// Posted ones in the `visible` spaces, the latest first, after a place in that order.
pub async fn list(
    tx: &mut Tx,
    visible: &[SpaceId],
    call: &ListProblems,
    after: Option<(Timestamp, String)>,
    limit: i64,
) -> Result<Vec<ProblemCard>> {
    let (at, id) = after.unwrap_or((Timestamp(i64::MAX), String::new()));
    sql!(
        "select problems.id as id, problems.space as space, spaces.name as space_name, problems.title as title,
                problems.area as area, problems.state as state, teams.name as team_name, schools.name as school,
                municipalities.name as municipality_name, problems.posted_at as posted_at,
                (select count(*) from responses
                 where responses.problem = problems.id and responses.withdrawn_at is null) as responses,
                (select count(*) from problem_same join teams as other on other.id = problem_same.team
                 where problem_same.problem = problems.id and other.state <> 'archived') as same
         from problems
         join spaces on spaces.id = problems.space
         left join teams on teams.id = problems.team
         left join schools on schools.id = teams.school
         left join municipalities on municipalities.code = schools.municipality
         where problems.state not in ('draft', 'merged')
           and problems.space in (select key from jsonb_each($1))
           and ($2 = '' or problems.space = $2)
           and ($3 = '' or problems.area = $3)
           and ($4 = '' or exists (select 1 from problem_topics
                                   where problem_topics.problem = problems.id and problem_topics.topic = $4))
           and (problems.posted_at < $5 or (problems.posted_at = $5 and problems.id < $6))
         order by problems.posted_at desc, problems.id desc limit $7",
        Set(visible),
        call.space.map(|space| space.to_string()).unwrap_or_default(),
        call.area.map(Area::as_str).unwrap_or_default(),
        call.topic.as_ref().map(Topic::as_str).unwrap_or_default(),
        at,
        id,
        limit
    )
    .all(tx)
    .await
}

/// Posted ones in the `visible` spaces, by title as Lithuanian sorts, after a place in that order.
pub async fn list_titled(
    tx: &mut Tx,
    visible: &[SpaceId],
    call: &ListProblems,
    after: Option<(String, String)>,
    limit: i64,
) -> Result<Vec<ProblemCard>> {
    let (key, id) = after.unwrap_or_default();
    sql!(
        "select problems.id as id, problems.space as space, spaces.name as space_name, problems.title as title,
                problems.area as area, problems.state as state, teams.name as team_name, schools.name as school,
                municipalities.name as municipality_name, problems.posted_at as posted_at,
                (select count(*) from responses
                 where responses.problem = problems.id and responses.withdrawn_at is null) as responses,
                (select count(*) from problem_same join teams as other on other.id = problem_same.team
                 where problem_same.problem = problems.id and other.state <> 'archived') as same
         from problems
         join spaces on spaces.id = problems.space
         left join teams on teams.id = problems.team
         left join schools on schools.id = teams.school
         left join municipalities on municipalities.code = schools.municipality
         where problems.state not in ('draft', 'merged')
           and problems.space in (select key from jsonb_each($1))
           and ($2 = '' or problems.space = $2)
           and ($3 = '' or problems.area = $3)
           and ($4 = '' or exists (select 1 from problem_topics
                                   where problem_topics.problem = problems.id and problem_topics.topic = $4))
           and (problems.title_key, problems.id) > ($5, $6)
         order by problems.title_key, problems.id limit $7",
        Set(visible),
        call.space.map(|space| space.to_string()).unwrap_or_default(),
        call.area.map(Area::as_str).unwrap_or_default(),
        call.topic.as_ref().map(Topic::as_str).unwrap_or_default(),
        key,
        id,
        limit
    )
    .all(tx)
    .await
}

#[expect(clippy::too_many_arguments, reason = "a row has as many columns")]
pub async fn insert(
    tx: &mut Tx,
    id: ProblemId,
    space: SpaceId,
    team: Option<TeamId>,
    author: PersonId,
    state: ProblemState,
    text: &ProblemText,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into problems (id, space, team, author, state, title, text, area, topics, group_concerned, goal,
                               evidence, version, created_at, posted_at, updated_at, title_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $13, $13, $14)",
        id,
        space,
        team,
        author,
        state,
        text.title,
        text.text,
        text.area,
        text.topics,
        text.group,
        text.goal,
        text.evidence,
        now,
        sort_key(&text.title)
    )
    .run(tx)
    .await
}

/// No row when `version` is not the latest. `posts` makes a draft a posted problem.
pub async fn update(
    tx: &mut Tx,
    id: ProblemId,
    version: i64,
    text: &ProblemText,
    posts: bool,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "update problems
         set title = $3, text = $4, area = $5, topics = $6, group_concerned = $7, goal = $8, evidence = $9,
             state = case when $10 then 'posted' else state end,
             posted_at = case when $10 then $11 else posted_at end,
             version = version + 1, updated_at = $11, title_key = $12
         where id = $1 and version = $2",
        id,
        version,
        text.title,
        text.text,
        text.area,
        text.topics,
        text.group,
        text.goal,
        text.evidence,
        posts,
        now,
        sort_key(&text.title)
    )
    .run(tx)
    .await
}

pub async fn update_state(
    tx: &mut Tx,
    id: ProblemId,
    version: i64,
    state: ProblemState,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "update problems
         set posted_at = case when state = 'draft' then $4 else posted_at end, state = $3, version = version + 1,
             updated_at = $4
         where id = $1 and version = $2",
        id,
        version,
        state,
        now
    )
    .run(tx)
    .await
}

pub async fn insert_state(
    tx: &mut Tx,
    problem: ProblemId,
    state: ProblemState,
    person: PersonId,
    note: Option<&str>,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into problem_states (problem, number, state, person, note, at)
         select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 from problem_states where problem = $1",
        problem,
        state,
        person,
        note,
        now
    )
    .run(tx)
    .await
}

/// Of a merging with one that is hidden nothing is told.
pub async fn list_states(tx: &mut Tx, problem: ProblemId) -> Result<Vec<StateChange>> {
    sql!(
        "select problem_states.state as state,
                case when problems_of.team is null
                          or exists (select 1 from members where members.team = problems_of.team
                                     and members.person = problem_states.person)
                          or exists (select 1 from roles where roles.person = problem_states.person)
                     then people.name else '' end as by, problem_states.at as at, problem_states.note as note,
                problems.title as other
         from problem_states
         join people on people.id = problem_states.person
         join problems as problems_of on problems_of.id = problem_states.problem
         left join problems on problems.id = problem_states.other
         where problem_states.problem = $1 and (problem_states.other is null or problems.state <> 'draft')
         order by problem_states.number",
        problem
    )
    .all(tx)
    .await
}

pub async fn insert_response(
    tx: &mut Tx,
    id: ResponseId,
    problem: ProblemId,
    person: PersonId,
    team: Option<TeamId>,
    text: &str,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into responses (id, problem, person, team, text, at) values ($1, $2, $3, $4, $5, $6)",
        id,
        problem,
        person,
        team,
        text,
        now
    )
    .run(tx)
    .await
}

/// Posted ones in the `visible` spaces under which somebody pointed to the practice, the latest first; at most 50.
pub async fn list_offered(tx: &mut Tx, visible: &[SpaceId], practice: PracticeId) -> Result<Vec<ProblemCard>> {
    sql!(
        "select problems.id as id, problems.space as space, spaces.name as space_name, problems.title as title,
                problems.area as area, problems.state as state, teams.name as team_name, schools.name as school,
                municipalities.name as municipality_name, problems.posted_at as posted_at,
                (select count(*) from responses
                 where responses.problem = problems.id and responses.withdrawn_at is null) as responses,
                (select count(*) from problem_same join teams as other on other.id = problem_same.team
                 where problem_same.problem = problems.id and other.state <> 'archived') as same
         from problems
         join spaces on spaces.id = problems.space
         left join teams on teams.id = problems.team
         left join schools on schools.id = teams.school
         left join municipalities on municipalities.code = schools.municipality
         where problems.state not in ('draft', 'merged')
           and problems.space in (select key from jsonb_each($1))
           and problems.id in (select responses.problem from responses
                               where responses.practice = $2 and responses.withdrawn_at is null)
         order by problems.posted_at desc, problems.id desc limit 50",
        Set(visible),
        practice
    )
    .all(tx)
    .await
}

/// Those whose title has no key: they were written before there were keys.
pub async fn list_unkeyed(tx: &mut Tx) -> Result<Vec<(ProblemId, String)>> {
    sql!("select id, title from problems where title_key = ''").all(tx).await
}

pub async fn update_key(tx: &mut Tx, id: ProblemId, title: &str) -> Result<u64> {
    sql!("update problems set title_key = $2 where id = $1", id, sort_key(title)).run(tx).await
}
