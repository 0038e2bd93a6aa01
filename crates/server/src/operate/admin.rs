//! Administrators, from the command line: for when nobody can sign in.

use anyhow::bail;
use db::Db;
use model::{
    accounts::{RESET_LIFE, SET_UP_LIFE},
    time::Timestamp,
};

use super::{existing, store};
use crate::{
    accounts,
    app::Clock,
    audit,
    auth::{digest, new_token},
    config::Config,
    run::runtime,
};

#[derive(Clone, Debug)]
pub enum Order {
    /// A link, good once and for a day, by which one more administrator makes an account.
    Link,
    List,
    /// A link, good once and for half an hour, by which the owner of this address chooses a new password.
    Reset(String),
    /// Ends all sign-ins of the owner of this address and lets them do no more than read what is their own.
    Suspend(String),
    Resume(String),
}

pub fn run(config: &Config, order: Order) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let db = existing(config).await?;
        let told = obey(&db, &config.url, order, Clock::System.now()).await;
        db.close().await;
        println!("{}", told?);
        Ok(())
    })
}

/// Does what is ordered and tells about it.
///
/// # Errors
/// When nobody has the address, or the last administrator would be suspended.
pub async fn obey(db: &Db, url: &str, order: Order, now: Timestamp) -> anyhow::Result<String> {
    match order {
        Order::Link => {
            let token = new_token();
            let mut tx = db.write().await?;
            accounts::store::insert_link(&mut tx, "set_up", &digest(&token), None, now.plus(SET_UP_LIFE)).await?;
            audit::append(&mut tx, None, "administrator.link", "site", now).await?;
            tx.commit().await?;
            Ok(format!(
                "One more administrator makes an account here, once, within a day:\n{url}{}",
                ::pages::address::set_up(&token)
            ))
        }
        Order::List => {
            let found = store::list_administrators(&mut db.read().await?).await?;
            let line = |one: &store::Administrator| {
                let state = if one.suspended_at.is_some() { "suspended" } else { "active" };
                format!("{}  {}  {}  {state}", one.id, one.email, one.name)
            };
            Ok(match found.is_empty() {
                true => "nobody is an administrator; make one by: tinklaveika admin link".to_owned(),
                false => found.iter().map(line).collect::<Vec<_>>().join("\n"),
            })
        }
        Order::Reset(email) => {
            let token = new_token();
            let mut tx = db.write().await?;
            let person = known(&mut tx, &email).await?;
            accounts::store::insert_link(&mut tx, "reset", &digest(&token), Some(person), now.plus(RESET_LIFE)).await?;
            audit::append(&mut tx, None, "password.link", &person.to_string(), now).await?;
            tx.commit().await?;
            Ok(format!(
                "A new password is chosen here, once, within half an hour:\n{url}{}",
                ::pages::address::reset(&token)
            ))
        }
        Order::Suspend(email) => {
            let mut tx = db.write().await?;
            let person = known(&mut tx, &email).await?;
            let active = |one: &store::Administrator| one.suspended_at.is_none();
            let administrators = store::list_administrators(&mut tx).await?;
            if administrators.iter().any(|one| one.id == person)
                && administrators.iter().filter(|one| active(one)).count() < 2
            {
                bail!("this is the last administrator; first make another one by: tinklaveika admin link");
            }
            store::update_suspended(&mut tx, person, Some(now)).await?;
            accounts::store::end_others(&mut tx, person, None, now).await?;
            audit::append(&mut tx, None, "person.suspended", &person.to_string(), now).await?;
            tx.commit().await?;
            Ok("suspended, and signed out everywhere; open live rooms close within five minutes".to_owned())
        }
        Order::Resume(email) => {
            let mut tx = db.write().await?;
            let person = known(&mut tx, &email).await?;
            store::update_suspended(&mut tx, person, None).await?;
            audit::append(&mut tx, None, "person.resumed", &person.to_string(), now).await?;
            tx.commit().await?;
            Ok("no longer suspended".to_owned())
        }
    }
}

async fn known(tx: &mut db::Tx, email: &str) -> anyhow::Result<model::ids::PersonId> {
    match accounts::store::find_by_email(tx, &email.trim().to_lowercase()).await? {
        Some(known) => Ok(known.id),
        None => bail!("nobody has an account with this address"),
    }
}
