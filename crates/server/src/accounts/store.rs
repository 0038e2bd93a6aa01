use db::{Result, Tx, sql};
use model::{
    accounts::{Profession, holds},
    ids::*,
    sorting::sort_key,
    time::Timestamp,
};
use serde::Deserialize;

use super::NewPerson;

#[derive(Deserialize)]
pub struct Known {
    pub id: PersonId,
    pub name: String,
    pub password: String,
}

pub async fn find_by_email(tx: &mut Tx, email_key: &str) -> Result<Option<Known>> {
    sql!("select id, name, password from people where email_key = $1", email_key).optional(tx).await
}

#[derive(Deserialize)]
pub struct Own {
    pub email: String,
    pub email_key: String,
    pub email_verified_at: Option<Timestamp>,
    pub password: String,
    pub profession: Profession,
}

pub async fn find_own(tx: &mut Tx, person: PersonId) -> Result<Option<Own>> {
    sql!("select email, email_key, email_verified_at, password, profession from people where id = $1", person)
        .optional(tx)
        .await
}

pub async fn count_people(tx: &mut Tx) -> Result<i64> {
    sql!("select count(*) from people").one(tx).await
}

/// No row when the address is taken.
pub async fn insert_person(tx: &mut Tx, person: PersonId, new: &NewPerson<'_>, now: Timestamp) -> Result<u64> {
    sql!(
        "insert into people (id, name, name_key, email, email_key, password, profession, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (email_key) do nothing",
        person,
        new.name,
        sort_key(new.name),
        new.email,
        new.email.key(),
        new.phc,
        new.profession,
        now
    )
    .run(tx)
    .await
}

pub async fn update_password(tx: &mut Tx, person: PersonId, phc: &str) -> Result<u64> {
    sql!("update people set password = $2 where id = $1", person, phc).run(tx).await
}

pub async fn verify_email(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<u64> {
    sql!("update people set email_verified_at = $2 where id = $1 and email_verified_at is null", person, now)
        .run(tx)
        .await
}

pub async fn insert_sign_in(
    tx: &mut Tx,
    id: SignInId,
    person: PersonId,
    token: &str,
    device: &str,
    shared: bool,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into sign_ins (id, person, token, device, shared_computer, created_at, seen_at)
         values ($1, $2, $3, $4, $5, $6, $6)",
        id,
        person,
        token,
        device,
        shared,
        now
    )
    .run(tx)
    .await
}

#[derive(Deserialize)]
pub struct Listed {
    pub id: SignInId,
    pub device: String,
    pub shared_computer: bool,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
}

impl Listed {
    pub fn is_alive(&self, now: Timestamp, administers: bool) -> bool {
        holds(self.created_at, self.seen_at, now, self.shared_computer, administers)
    }
}

pub async fn list_sign_ins(tx: &mut Tx, person: PersonId) -> Result<Vec<Listed>> {
    sql!(
        "select id, device, shared_computer, created_at, seen_at from sign_ins
         where person = $1 and ended_at is null order by seen_at desc, id desc limit 100",
        person
    )
    .all(tx)
    .await
}

pub async fn end_sign_in(tx: &mut Tx, id: SignInId, now: Timestamp) -> Result<u64> {
    sql!("update sign_ins set ended_at = $2 where id = $1 and ended_at is null", id, now).run(tx).await
}

pub async fn end_own_sign_in(tx: &mut Tx, person: PersonId, id: SignInId, now: Timestamp) -> Result<u64> {
    sql!("update sign_ins set ended_at = $3 where id = $1 and person = $2 and ended_at is null", id, person, now)
        .run(tx)
        .await
}

/// Ends all of a person's sign-ins but `but`, and tells which.
pub async fn end_others(tx: &mut Tx, person: PersonId, but: Option<SignInId>, now: Timestamp) -> Result<Vec<SignInId>> {
    sql!(
        "update sign_ins set ended_at = $3 where person = $1 and ended_at is null and id <> $2 returning id",
        person,
        but.map(|id| id.to_string()).unwrap_or_default(),
        now
    )
    .all(tx)
    .await
}

pub async fn insert_link(
    tx: &mut Tx,
    kind: &str,
    token: &str,
    person: Option<PersonId>,
    expires_at: Timestamp,
) -> Result<u64> {
    sql!("insert into links (token, kind, person, expires_at) values ($1, $2, $3, $4)", token, kind, person, expires_at)
        .run(tx)
        .await
}

/// Uses a link up, and tells whose it is; none when it is unknown, used or expired.
pub async fn use_link(tx: &mut Tx, kind: &str, token: &str, now: Timestamp) -> Result<Option<Option<PersonId>>> {
    let used: Option<(Option<PersonId>,)> = sql!(
        "update links set used_at = $3 where token = $1 and kind = $2 and used_at is null and expires_at > $3
         returning person",
        token,
        kind,
        now
    )
    .optional(tx)
    .await?;
    Ok(used.map(|(person,)| person))
}

/// Whose link it is, as long as it works.
pub async fn find_link(tx: &mut Tx, kind: &str, token: &str, now: Timestamp) -> Result<Option<PersonId>> {
    sql!(
        "select person from links
         where token = $1 and kind = $2 and used_at is null and expires_at > $3 and person is not null",
        token,
        kind,
        now
    )
    .optional(tx)
    .await
}

pub async fn delete_links_of(tx: &mut Tx, kind: &str, person: PersonId) -> Result<u64> {
    sql!("delete from links where kind = $1 and person = $2 and used_at is null", kind, person).run(tx).await
}

pub async fn delete_links(tx: &mut Tx, kind: &str) -> Result<u64> {
    sql!("delete from links where kind = $1", kind).run(tx).await
}
