//! What follows from the events of a room: the row of an agreement, in the transaction that stores the event that closes it.

use db::Tx;
use model::{
    ids::*,
    live::{AgreementEvent, Event, Reminder},
    time::{LocalDate, LocalDateTime},
};

use super::store::{self, New};

/// Whether a row follows from the event.
pub fn concerns(event: &Event) -> bool {
    matches!(event, Event::Agreement(event)
        if matches!(&**event, AgreementEvent::Closed { outcome, .. } if outcome.adopted))
}

/// Writes the row under the next number of its space, and the former words; what it changes is changed from then on.
///
/// # Errors
/// Those of the database.
pub async fn follow(tx: &mut Tx, session: SessionId, event: &Event) -> db::Result<()> {
    let Event::Agreement(event) = event else { return Ok(()) };
    let AgreementEvent::Closed { at, by, paper, former, outcome } = &**event else { return Ok(()) };
    if !outcome.adopted {
        return Ok(());
    }
    let Some(space) = crate::actions::store::space_of_session(tx, session).await? else { return Ok(()) };
    let number = store::next_number(tx, space).await?;
    let in_force = paper.from.unwrap_or_else(|| LocalDateTime::of(*at).date());
    let outcome = serde_json::to_string(outcome).unwrap_or_default();
    store::insert(tx, &New { space, session, number, in_force, paper, outcome: &outcome, by: *by, at: *at }).await?;
    for (at, text) in former.iter().enumerate() {
        store::insert_wording(tx, paper.id, at as i64 + 1, text).await?;
    }
    if let Some(replaced) = paper.replaces
        && store::replace(tx, space, replaced, paper.id).await? == 1
    {
        store::insert_review(tx, replaced, *by, *at, None).await?;
    }
    Ok(())
}

/// Agreements of the space of a session whose day of review has come.
///
/// # Errors
/// Those of the database.
pub async fn due(tx: &mut Tx, session: SessionId, today: LocalDate) -> db::Result<Vec<Reminder>> {
    let Some(space) = crate::actions::store::space_of_session(tx, session).await? else { return Ok(Vec::new()) };
    let rows = store::list_due(tx, space, today, model::live::AGREEMENTS_MAX as i64).await?;
    let reminder =
        |row: store::Row| Some(Reminder { review: row.review?, id: row.id, number: row.number, text: row.text });
    Ok(rows.into_iter().filter_map(reminder).collect())
}
