//! Minutes out of which a passage was taken: what they say has another hash, and what was signed is no longer what stands there.

use db::{Result, Tx};
use model::{ids::SessionId, minutes::*, time::Timestamp};

use super::{digest, files::addendum_title, hash, store};

/// Reckons the hashes of a session's minutes anew after their texts were cut. The hash that was signed stays as it was.
///
/// # Errors
/// Those of the database.
pub async fn after(tx: &mut Tx, session: SessionId, at: Timestamp) -> Result<()> {
    let Some(row) = store::find(tx, session).await? else { return Ok(()) };
    let now = hash(&row.body);
    if now != row.hash {
        store::rehash(tx, session, &now, at).await?;
    }
    for addendum in store::list_addenda(tx, session).await? {
        let now = digest(&Addendum::markdown(&addendum_title(&addendum), &addendum.text));
        if now != addendum.hash {
            store::rehash_addendum(tx, session, addendum.number, &now, at).await?;
        }
    }
    Ok(())
}
