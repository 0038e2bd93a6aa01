//! Sessions of the demo that are still to come: a series, whom it invites and what they answered.

use model::{
    ids::*,
    live::NewStep,
    sessions::Repeat,
    time::{LocalDateTime, Millis, Timestamp},
};

use super::{Loading, content::Planned};
use crate::{
    error::Fault,
    sessions::{invitations, planning},
    spaces,
};

/// The first Wednesday at least two days ahead, at three in the afternoon.
fn first(now: Timestamp) -> Result<LocalDateTime, Fault> {
    let today = LocalDateTime::of(now).date();
    let known = "2026-11-25T15:00".parse::<LocalDateTime>().map_err(|error| anyhow::anyhow!(error))?;
    let from = known.on(today.plus_days(2));
    let days = -from.wall_minutes_since(known) / 1_440;
    Ok(known.on(today.plus_days(2 + days.rem_euclid(7))))
}

/// Every session of it, planned a week ago.
pub async fn load(loading: &mut Loading<'_>, planned: &Planned) -> Result<Vec<SessionId>, Fault> {
    let (space, facilitator) = (loading.cast.spaces[&*planned.space], loading.person(&planned.facilitator)?);
    let at = Timestamp(loading.now.ms() - Millis::days(7).ms());
    let repeat = Repeat { every: planned.every, count: Some(planned.count), until: None, skip: Vec::new() };
    let starts = repeat.starts(first(loading.now)?)?;
    let facts = spaces::store::facts(loading.tx, space).await?;
    let teams = facts.into_iter().flat_map(|space| space.teams).map(|team| team.id).collect();
    let people = planned.people.iter().map(|name| loading.person(name)).collect::<Result<Vec<_>, _>>()?;
    let series = loading.id(at);
    planning::store::insert_series(loading.tx, series, space, planned.every, at).await?;
    let mut made = Vec::with_capacity(starts.len());
    for (number, starts_at) in (1..).zip(starts) {
        let id = loading.id(at);
        let step = |step: &super::content::Step| NewStep {
            id: loading.id(at),
            title: step.title.clone(),
            minutes: step.minutes,
            rules: step.rules,
            note: None,
        };
        let steps: Vec<NewStep> = planned.agenda.iter().map(step).collect();
        let new = planning::store::New {
            id,
            space,
            title: &planned.title,
            facilitator,
            starts_at: starts_at.instant(),
            steps: &steps,
            series: Some(series),
            video: &planned.video,
            at,
        };
        planning::store::insert(loading.tx, &new).await?;
        invitations::store::set_teams(loading.tx, id, &teams).await?;
        invitations::store::set_people(loading.tx, id, &people).await?;
        if let Some(cancelled) = planned.cancelled.as_ref().filter(|cancelled| cancelled.number == number) {
            let then = at.plus(Millis::days(5));
            planning::store::cancel(loading.tx, id, &cancelled.reason, then).await?;
        }
        made.push(id);
    }
    for (answered, hours) in planned.answers.iter().zip(1..) {
        let who = loading.person(&answered.who)?;
        let (at, note) = (at.plus(Millis::hours(3 * hours)), answered.note.as_deref().unwrap_or_default());
        invitations::store::answer(loading.tx, made[0], who, answered.answer, note, at).await?;
    }
    Ok(made)
}
