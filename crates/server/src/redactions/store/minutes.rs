//! Minutes hold copies of what stands elsewhere: names of people, teams, schools and spaces, and the words of actions.

use db::{Result, Tx, sql};
use model::{ids::*, redactions::TextOf};

use crate::redactions::cut::Cut;

/// Sessions with minutes that name the item without an event of theirs doing so: those of a space, and those that a person leads.
pub async fn list_minutes_of(tx: &mut Tx, of: TextOf, item: ItemId) -> Result<Vec<SessionId>> {
    match of {
        TextOf::Space => {
            sql!(
                "select minutes.session from minutes join sessions on sessions.id = minutes.session
                 where sessions.space = $1 order by minutes.session",
                item
            )
            .all(tx)
            .await
        }
        TextOf::Person => {
            sql!(
                "select minutes.session from minutes join sessions on sessions.id = minutes.session
                 where sessions.facilitator = $1 order by minutes.session",
                item
            )
            .all(tx)
            .await
        }
        _ => Ok(Vec::new()),
    }
}

/// Takes the cut out of all that a session's minutes say or said; answers in how many texts it was found.
pub async fn cut_minutes(tx: &mut Tx, session: SessionId, cut: &Cut<'_>) -> Result<i64> {
    let mut places = 0;
    let body: Option<String> = sql!("select body from minutes where session = $1", session).optional(tx).await?;
    if let Some(new) = body.and_then(|old| cut.json(&old)) {
        places += sql!("update minutes set body = $2 where session = $1", session, new).run(tx).await? as i64;
    }
    let former: Vec<(i64, String)> =
        sql!("select number, body from minutes_former where session = $1 order by number", session).all(tx).await?;
    for (number, old) in former {
        let Some(new) = cut.json(&old) else { continue };
        let done = sql!("update minutes_former set body = $3 where session = $1 and number = $2", session, number, new);
        places += done.run(tx).await? as i64;
    }
    let addenda: Vec<(i64, String)> =
        sql!("select number, text from minutes_addenda where session = $1 order by number", session).all(tx).await?;
    for (number, old) in addenda {
        let Some(new) = cut.text(&old) else { continue };
        let done =
            sql!("update minutes_addenda set text = $3 where session = $1 and number = $2", session, number, new);
        places += done.run(tx).await? as i64;
    }
    Ok(places)
}
