use std::collections::HashMap;

use db::{Result, Set, Tx, sql};
use model::{
    audit::{ACTS, Doer, ListActs},
    ids::PersonId,
    time::Timestamp,
};
use serde::Deserialize;

use crate::auth::digest;

/// Adds a row within the transaction of the act itself. `act` is a word of ours, `subject` an id.
pub async fn append(tx: &mut Tx, person: Option<PersonId>, act: &str, subject: &str, now: Timestamp) -> Result<()> {
    debug_assert!(ACTS.contains(&act), "{act} stands in no list");
    // The site's row is the lock: acts are numbered one after the other on both databases.
    sql!("update site set number = 1 where number = 1").run(tx).await?;
    let last: Option<(i64, String)> =
        sql!("select number, hash from audit order by number desc limit 1").optional(tx).await?;
    let (number, before) = last.map_or((1, String::new()), |(number, hash)| (number + 1, hash));
    let who = person.map(|person| person.to_string()).unwrap_or_default();
    let hash = link(&before, number, now, &who, act, subject);
    sql!(
        "insert into audit (number, at, person, act, subject, before, hash) values ($1, $2, $3, $4, $5, $6, $7)",
        number,
        now,
        person,
        act,
        subject,
        before,
        hash
    )
    .run(tx)
    .await?;
    Ok(())
}

/// A row of the chain, and what the next one holds of it.
#[derive(Clone, Default)]
pub struct Link {
    pub number: i64,
    hash: String,
}

/// Follows the chain from a row that fits: the last one that fits, and the first that does not, if any.
pub async fn follow(tx: &mut Tx, from: Link) -> Result<(Link, Option<i64>)> {
    const ROWS: i64 = 5_000;
    type Row = (i64, Timestamp, Option<String>, String, String, String, String);
    let mut last = from;
    loop {
        let rows: Vec<Row> = sql!(
            "select number, at, person, act, subject, before, hash from audit where number > $1 order by number limit $2",
            last.number,
            ROWS
        )
        .all(tx)
        .await?;
        let whole = (rows.len() as i64) < ROWS;
        for (number, at, person, act, subject, before, hash) in rows {
            let fits = number == last.number + 1
                && before == last.hash
                && hash == link(&before, number, at, &person.unwrap_or_default(), &act, &subject);
            if !fits {
                let broken = last.number + 1;
                return Ok((last, Some(broken)));
            }
            last = Link { number, hash };
        }
        if whole {
            return Ok((last, None));
        }
    }
}

/// The first row whose hash does not fit, if any.
pub async fn broken_at(tx: &mut Tx) -> Result<Option<i64>> {
    Ok(follow(tx, Link::default()).await?.1)
}

#[derive(Deserialize)]
pub struct Row {
    pub number: i64,
    pub at: Timestamp,
    pub person: Option<PersonId>,
    pub name: Option<String>,
    pub act: String,
    pub subject: String,
}

/// Those before the row `before`, the latest first.
pub async fn list(tx: &mut Tx, call: &ListActs, before: i64, limit: i64) -> Result<Vec<Row>> {
    sql!(
        "select audit.number as number, audit.at as at, audit.person as person, people.name as name, audit.act as act,
                audit.subject as subject
         from audit left join people on people.id = audit.person
         where audit.number < $1 and ($2 = '' or audit.person = $2) and ($3 = '' or audit.act = $3)
           and audit.at >= $4 and audit.at < $5
         order by audit.number desc limit $6",
        before,
        call.person.map(|person| person.to_string()).unwrap_or_default(),
        call.act.as_deref().unwrap_or_default(),
        call.from.map_or(0, |day| day.begins().ms()),
        call.to.map_or(i64::MAX, |day| day.plus_days(1).begins().ms()),
        limit
    )
    .all(tx)
    .await
}

/// Everyone who did something that is written down, by name.
pub async fn list_doers(tx: &mut Tx) -> Result<Vec<Doer>> {
    sql!(
        "select people.id as id, people.name as name from people
         where exists (select 1 from audit where audit.person = people.id) order by people.name_key, people.id"
    )
    .all(tx)
    .await
}

/// Names of people, teams, networks, schools and spaces by their ids.
pub async fn names(tx: &mut Tx, ids: &[&str]) -> Result<HashMap<String, String>> {
    let rows: Vec<(String, String)> = sql!(
        "select id, name from people where id in (select key from jsonb_each($1))
         union all select id, name from teams where id in (select key from jsonb_each($1))
         union all select id, name from networks where id in (select key from jsonb_each($1))
         union all select id, name from schools where id in (select key from jsonb_each($1))
         union all select id, name from spaces where id in (select key from jsonb_each($1))",
        Set(ids)
    )
    .all(tx)
    .await?;
    Ok(rows.into_iter().collect())
}

fn link(before: &str, number: i64, at: Timestamp, who: &str, act: &str, subject: &str) -> String {
    digest(&format!("{before}\n{number}\n{}\n{who}\n{act}\n{subject}", at.ms()))
}
