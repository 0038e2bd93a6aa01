//! Who did what: an append-only log in which each row holds the hash of the one before, so that nothing is taken out unseen.

pub mod pages;
pub mod store;

use std::sync::{Mutex, PoisonError};

use model::{
    access::{Action, Actor, Facts, may},
    audit::*,
    time::{Millis, Timestamp},
};

use crate::{app::App, cursor, doors::Routes, error::Answer};

pub use store::{append, broken_at};

pub fn routes() -> Routes {
    Routes::new().call(list).merge(pages::routes())
}

const PAGE: i64 = 100;

pub async fn list(app: App, actor: Actor, call: ListActs) -> Answer<ListActs> {
    may(&actor, Action::Administer, &Facts::Site)?;
    let filter = format!("acts {:?} {:?} {:?} {:?}", call.person, call.act.as_deref(), call.from, call.to);
    let after = cursor::read::<Timestamp>(call.cursor.as_deref(), &filter)?;
    let mut tx = app.read().await?;
    let before = after.map_or(i64::MAX, |(number, _)| number.ms());
    let mut rows = store::list(&mut tx, &call, before, PAGE + 1).await?;
    let next = cursor::next(&mut rows, PAGE as usize, &filter, |row| (Timestamp(row.number), String::new()));
    let acts = shown(&mut tx, rows).await?;
    let people = store::list_doers(&mut tx).await?;
    let chain = app.chain.look(&mut tx, app.now()).await?;
    Ok(ActsPage { acts, next, chain, people })
}

async fn shown(tx: &mut db::Tx, rows: Vec<store::Row>) -> db::Result<Vec<ActShown>> {
    let ids: Vec<&str> = rows.iter().flat_map(|row| row.subject.split(' ')).filter(|part| part.len() == 36).collect();
    let names = store::names(tx, &ids).await?;
    let named = |subject: &str| subject.split(' ').filter_map(|part| names.get(part).cloned()).collect();
    let act = |row: store::Row| ActShown {
        number: row.number,
        at: row.at,
        by: row.person.map(|id| Doer { id, name: row.name.unwrap_or_default() }),
        names: named(&row.subject),
        act: row.act,
        subject: row.subject,
    };
    Ok(rows.into_iter().map(act).collect())
}

/// How far the chain was followed in this process: reading on costs what was added since. From the first row again once an hour.
#[derive(Default)]
pub struct Followed(Mutex<Option<(store::Link, Timestamp)>>);

impl Followed {
    async fn look(&self, tx: &mut db::Tx, now: Timestamp) -> db::Result<Chain> {
        const AGAIN: Millis = Millis::hours(1);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (from, since) = match known {
            Some((link, since)) if now.since(since) < AGAIN => (link, since),
            _ => (store::Link::default(), now),
        };
        let (link, broken_at) = store::follow(tx, from).await?;
        let checked = link.number;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((link, since));
        Ok(Chain { checked, broken_at })
    }
}
