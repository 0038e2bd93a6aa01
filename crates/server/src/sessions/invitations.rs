//! Who is invited to a session, what they answer, and the letters that tell them.

pub mod letters;
pub mod store;

use std::collections::{BTreeMap, BTreeSet};

use model::{
    access::{Action, Actor},
    ids::*,
    refusal::{Code, Refusal},
    sessions::*,
    time::{Millis, Timestamp},
};
use serde::{Deserialize, Serialize};

use super::{find, page};
use crate::{
    app::App,
    doors::{Door, Routes},
    error::{Answer, Fault, OrMissing},
    mail::{letters::Letter, queue},
    spaces,
};

pub fn routes() -> Routes {
    Routes::new().call(answer).call(meetings)
}

/// How long after its start a session that was not opened still counts as one to come.
const LATELY: Millis = Millis::hours(3);
/// How many of their own sessions a reader is shown.
const SHOWN: i64 = 10;

pub async fn answer(app: App, actor: Actor, call: AnswerInvitation) -> Answer<AnswerInvitation> {
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::TakePart, call.session).await?;
    match row.state {
        SessionState::Planned | SessionState::Open => {}
        SessionState::Cancelled => return Err(Code::SessionCancelled.into()),
        SessionState::Closed => return Err(Code::SessionState.into()),
    }
    let me = actor.person().or_missing()?;
    if !store::list(&mut tx, call.session).await?.iter().any(|one| one.person == me) {
        return Err(Refusal::of(Code::NotInvited).into());
    }
    let note = call.note.as_deref().unwrap_or_default();
    store::answer(&mut tx, call.session, me, call.answer, note, app.now()).await?;
    let page = page(&mut tx, &actor, call.session).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

pub async fn meetings(app: App, actor: Actor, _: ListMeetings) -> Answer<ListMeetings> {
    let Some(me) = actor.person() else { return Err(Code::SignInNeeded.into()) };
    let mut tx = app.read().await?;
    let visible = spaces::store::visible(&mut tx, &actor).await?;
    let from = Timestamp(app.now().ms() - LATELY.ms());
    Ok(store::meetings(&mut tx, me, &visible, from, SHOWN).await?)
}

/// Who is invited, as far as the reader is told.
pub async fn shown(
    tx: &mut db::Tx,
    actor: &Actor,
    session: SessionId,
    names: bool,
    notes: bool,
) -> Result<Invited, Fault> {
    let me = actor.person();
    let mut invited = Invited::default();
    let mut counted = BTreeSet::new();
    for row in store::list(tx, session).await? {
        let mine = me == Some(row.person);
        let answer = row.answer();
        let note = Some(row.note).filter(|note| !note.is_empty() && (notes || mine));
        let person = InvitedPerson { id: row.person, name: row.name, answer, note };
        if mine {
            invited.mine = Some(person.clone());
        }
        if counted.insert(row.person) {
            invited.all.add(answer);
        }
        match (row.team, row.team_name) {
            (Some(id), Some(name)) => {
                if invited.teams.last().is_none_or(|team| team.id != id) {
                    invited.teams.push(InvitedTeam { id, name, count: Count::default(), people: Vec::new() });
                }
                if let Some(team) = invited.teams.last_mut() {
                    team.count.add(answer);
                    team.people.extend(names.then_some(person));
                }
            }
            _ => invited.people.extend(names.then_some(person)),
        }
    }
    // Who is in an invited team stands there.
    let of_teams: BTreeSet<PersonId> =
        invited.teams.iter().flat_map(|team| &team.people).map(|person| person.id).collect();
    invited.people.retain(|person| !of_teams.contains(&person.id));
    Ok(invited)
}

/// What a letter about sessions tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    Invited,
    Changed,
    Cancelled,
    /// No longer invited.
    Left,
}

/// Who was invited before a change: each with the sessions.
pub struct Before(BTreeMap<PersonId, BTreeSet<SessionId>>);

impl Before {
    pub fn none() -> Self {
        Self(BTreeMap::new())
    }

    pub async fn of(tx: &mut db::Tx, sessions: &[SessionId]) -> Result<Self, Fault> {
        let mut before: BTreeMap<PersonId, BTreeSet<SessionId>> = BTreeMap::new();
        for (session, person) in store::circle(tx, sessions).await? {
            before.entry(person).or_default().insert(session);
        }
        Ok(Self(before))
    }
}

/// Queues a letter to everyone whom a change of `sessions` concerns, but to who makes it: one a person, however many sessions they are.
/// `told` says that more changed than who is invited. To be called last in the transaction.
///
/// Only an address that is known to be its owner's gets one.
pub async fn tell(
    app: &App,
    tx: &mut db::Tx,
    door: &Door,
    sessions: &[SessionId],
    before: Before,
    told: bool,
) -> Result<(), Fault> {
    let now = app.now();
    let after = Before::of(tx, sessions).await?.0;
    let stand: BTreeMap<SessionId, store::Standing> =
        store::standings(tx, sessions).await?.into_iter().map(|one| (one.id, one)).collect();
    let coming = |session: &SessionId| stand.get(session).is_some_and(|one| one.ends_at() > now);
    let none = BTreeSet::new();
    let people: BTreeSet<PersonId> =
        before.0.keys().chain(after.keys()).copied().filter(|person| door.actor.person() != Some(*person)).collect();
    let mut letters = Vec::new();
    for person in people {
        let (was, is) = (before.0.get(&person).unwrap_or(&none), after.get(&person).unwrap_or(&none));
        let new = is.difference(was).next().is_some();
        let (mut asked, mut cancelled) = (Vec::new(), Vec::new());
        for session in sessions.iter().filter(|session| is.contains(session) && coming(session)) {
            let Some(standing) = stand.get(session) else { continue };
            match standing.state {
                SessionState::Cancelled => cancelled.push((*session, standing.sequence)),
                _ if told || !was.contains(session) => asked.push((*session, standing.sequence)),
                _ => {}
            }
        }
        let left = sessions.iter().filter(|session| was.contains(session) && !is.contains(session) && coming(session));
        let left: Vec<_> = left.filter_map(|session| Some((*session, stand.get(session)?.sequence))).collect();
        let news = if new { News::Invited } else { News::Changed };
        for (news, sessions) in [(news, asked), (News::Cancelled, cancelled), (News::Left, left)] {
            if !sessions.is_empty() {
                letters.push((person, Letter::Meeting { person, news, sessions }));
            }
        }
    }
    let addresses = store::addresses(tx, &letters.iter().map(|(person, _)| *person).collect::<Vec<_>>()).await?;
    let Some(change) = sessions.first().and_then(|first| stand.get(first)) else { return Ok(()) };
    let mut waiting = Vec::new();
    for (person, letter) in letters {
        let Some((_, email)) = addresses.iter().find(|(known, _)| *known == person) else { continue };
        let Letter::Meeting { news, .. } = letter else { continue };
        // The same change of the same plan is told once, whoever asks for it how often.
        let key = format!("meeting {} {} {news:?} {person}", change.id, change.version);
        waiting.push((key, email.clone(), letter));
    }
    Ok(queue::add_all(app, tx, door.lang, &waiting).await?)
}
