use db::{Result, Tx, sql};
use model::{ids::PersonId, time::Timestamp};

use crate::auth::digest;

/// Adds a row within the transaction of the act itself. `act` is a word of ours, `subject` an id.
pub async fn append(tx: &mut Tx, person: Option<PersonId>, act: &str, subject: &str, now: Timestamp) -> Result<()> {
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

/// The first row whose hash does not fit, if any.
pub async fn broken_at(tx: &mut Tx) -> Result<Option<i64>> {
    type Row = (i64, Timestamp, Option<String>, String, String, String, String);
    let rows: Vec<Row> =
        sql!("select number, at, person, act, subject, before, hash from audit order by number").all(tx).await?;
    let (mut expected, mut last) = (1, String::new());
    for (number, at, person, act, subject, before, hash) in rows {
        let fits = number == expected
            && before == last
            && hash == link(&before, number, at, &person.unwrap_or_default(), &act, &subject);
        if !fits {
            return Ok(Some(expected));
        }
        (expected, last) = (number + 1, hash);
    }
    Ok(None)
}

fn link(before: &str, number: i64, at: Timestamp, who: &str, act: &str, subject: &str) -> String {
    digest(&format!("{before}\n{number}\n{}\n{who}\n{act}\n{subject}", at.ms()))
}
