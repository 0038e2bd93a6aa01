//! Actions that the demo's sessions agreed upon, and what has become of them since.

use model::{
    actions::{ActionState, OwnerCard},
    agreements::AgreementState,
    ids::*,
    live::{AgreementEvent, Event, Outcome, Paper, QUORUM, Tally},
    time::{LocalDateTime, Millis, Timestamp},
};

use super::{Loading, cast, content::Session};
use crate::{actions::store, agreements, error::Fault};

pub async fn load(
    loading: &mut Loading<'_>,
    session: &Session,
    id: SessionId,
    starts_at: Timestamp,
    steps: &[model::live::NewStep],
) -> Result<(), Fault> {
    let today = LocalDateTime::of(loading.now).date();
    let (space, by) = (loading.cast.spaces[&*session.space], loading.person(&session.facilitator)?);
    for agreed in &session.actions {
        let at = starts_at.plus(Millis::minutes(agreed.minute));
        let team = agreed.team.as_deref().or_else(|| cast::PersonOf(agreed.person.as_deref()?).team());
        let team = team.ok_or_else(|| anyhow::anyhow!("the demo: an action is nobody's"))?;
        let team = loading.cast.teams.get(team).copied();
        let team = team.ok_or_else(|| anyhow::anyhow!("the demo: an action is of an unknown team"))?;
        let person = agreed.person.as_deref().map(|name| loading.person(name)).transpose()?;
        let now =
            |state| store::Now { text: &agreed.text, team, person, due: Some(today.plus_days(agreed.due_days)), state };
        let action: ActionItemId = loading.id(at);
        // Where it was agreed: the last step that had begun by then.
        let begun =
            session.agenda.iter().zip(steps).rev().find(|(step, _)| step.started.is_some_and(|m| m <= agreed.minute));
        let step = begun.map(|(_, step)| step.id);
        let new = store::New { id: action, session: Some(id), step, by, at, now: now(ActionState::Open) };
        store::insert(loading.tx, space, &new).await?;
        let change = store::Change { by, at, session: Some(id), reworded: false, reason: None };
        store::insert_change(loading.tx, action, &change).await?;
        let since = match (agreed.done_days, agreed.dropped_days) {
            (Some(days), _) => Some((ActionState::Done, days, &agreed.done_by)),
            (None, Some(days)) => Some((ActionState::Dropped, days, &agreed.dropped_by)),
            (None, None) => None,
        };
        if let Some((state, days, who)) = since {
            let by = loading.person(who.as_deref().unwrap_or_default())?;
            let at = loading.ago(days).max(at.plus(Millis::minutes(1)));
            store::update(loading.tx, action, 1, &now(state)).await?;
            let reason = agreed.reason.as_deref();
            let change = store::Change { by, at, session: None, reworded: false, reason };
            store::insert_change(loading.tx, action, &change).await?;
        }
    }
    for agreed in &session.agreements {
        let at = starts_at.plus(Millis::minutes(agreed.minute));
        let team = loading.cast.teams.get(&*agreed.team).copied();
        let team = team.ok_or_else(|| anyhow::anyhow!("the demo: an agreement is of an unknown team"))?;
        let there = u32::try_from(session.people.len()).unwrap_or_default();
        let tally = Tally { agree: there.saturating_sub(agreed.aside), aside: agreed.aside, object: 0, of: there };
        let agreement: AgreementId = loading.id(at);
        let paper = Paper {
            id: agreement,
            text: agreed.text.clone(),
            owner: Some(OwnerCard { team, team_name: String::new(), person: None, name: String::new() }),
            from: None,
            review: Some(today.plus_days(agreed.review_days)),
            teams: false,
            quorum: QUORUM,
            replaces: None,
            step: steps.last().map(|step| step.id),
            by,
        };
        let outcome = Outcome { adopted: true, people: tally, ..Outcome::default() };
        let former = agreed.former.iter().cloned().collect();
        let event = AgreementEvent::Closed { at, by, paper, former, outcome };
        agreements::follow::follow(loading.tx, id, &Event::Agreement(Box::new(event))).await?;
        if let Some(reviewed) = &agreed.reviewed {
            let (at, next) = (loading.ago(reviewed.days_ago), today.plus_days(agreed.review_days));
            agreements::store::update(loading.tx, agreement, 1, AgreementState::Kept, Some(next)).await?;
            agreements::store::insert_review(loading.tx, agreement, by, at, Some(&reviewed.reason)).await?;
        }
    }
    Ok(())
}
