use db::{Result, Tx, sql};
use model::{ids::*, time::Timestamp, versions::Version};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::Kind;

#[expect(clippy::too_many_arguments, reason = "a row has as many columns")]
pub async fn insert<T: Serialize>(
    tx: &mut Tx,
    kind: Kind,
    item: Uuid,
    number: i64,
    person: PersonId,
    team: Option<TeamId>,
    text: &T,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into versions (kind, item, number, person, team, at, text) values ($1, $2, $3, $4, $5, $6, $7)",
        kind,
        item,
        number,
        person,
        team,
        now,
        text
    )
    .run(tx)
    .await
}

/// What the author posted, unless there is a version already.
pub async fn insert_first_of_problem<T: Serialize>(tx: &mut Tx, item: Uuid, text: &T) -> Result<u64> {
    sql!(
        "insert into versions (kind, item, number, person, team, at, text)
         select 'problem', id, 0, author, team, posted_at, $2 from problems
         where id = $1 and not exists (select 1 from versions where kind = 'problem' and item = $1)",
        item,
        text
    )
    .run(tx)
    .await
}

/// What the author published, unless there is a version already.
pub async fn insert_first_of_practice<T: Serialize>(tx: &mut Tx, item: Uuid, text: &T) -> Result<u64> {
    sql!(
        "insert into versions (kind, item, number, person, team, at, text)
         select 'practice', id, 0, author, team, published_at, $2 from practices
         where id = $1 and not exists (select 1 from versions where kind = 'practice' and item = $1)",
        item,
        text
    )
    .run(tx)
    .await
}

pub async fn list<T: DeserializeOwned>(tx: &mut Tx, kind: Kind, item: Uuid) -> Result<Vec<Version<T>>> {
    sql!(
        "select versions.number as number,
                case when versions.team is null
                          or exists (select 1 from members where members.team = versions.team and members.person = versions.person)
                     then people.name else '' end as by,
                versions.at as at, versions.text as text
         from versions join people on people.id = versions.person
         where versions.kind = $1 and versions.item = $2 order by versions.number desc limit 50",
        kind,
        item
    )
    .all(tx)
    .await
}

#[derive(Deserialize)]
pub struct Row<T> {
    pub text: T,
}

pub async fn find<T: DeserializeOwned>(tx: &mut Tx, kind: Kind, item: Uuid, number: i64) -> Result<Option<Row<T>>> {
    sql!("select text from versions where kind = $1 and item = $2 and number = $3", kind, item, number)
        .optional(tx)
        .await
}

/// Puts another text in the place of one, for what must no longer be read anywhere.
pub async fn update_text<T: Serialize>(tx: &mut Tx, kind: Kind, item: Uuid, number: i64, text: &T) -> Result<u64> {
    sql!("update versions set text = $4 where kind = $1 and item = $2 and number = $3", kind, item, number, text)
        .run(tx)
        .await
}
