//! What is reported or hidden, whatever kind it is of.

use model::{
    access::{Action, Actor, Facts, ItemFacts, SessionFacts, may},
    ids::*,
    live::Event,
    moderation::ItemKind,
    practices::PracticeState,
    problems::ProblemState,
};

use super::store;
use crate::{
    error::{Fault, OrMissing},
    practices, problems, sessions, spaces,
};

pub struct Subject {
    pub space: SpaceId,
    pub team: Option<TeamId>,
    pub author: PersonId,
    /// Where it stands: of a response its problem, of a message its session.
    pub place: ItemId,
    pub title: String,
    pub text: String,
    /// Known to its writers alone.
    pub draft: bool,
    /// What is needed to show it again.
    pub kept: String,
    /// Of a message, who leads its session.
    pub facilitator: Option<PersonId>,
}

/// The item, whoever asks; whoever calls asks `may` with what it finds.
pub async fn find(
    tx: &mut db::Tx,
    kind: ItemKind,
    item: ItemId,
    session: Option<SessionId>,
) -> Result<Option<Subject>, Fault> {
    match kind {
        ItemKind::Problem => {
            let row = problems::store::find(tx, ProblemId::from_uuid(item.uuid())).await?;
            Ok(row.map(|row| Subject {
                space: row.space,
                team: row.team,
                author: row.author,
                place: item,
                title: row.title.to_string(),
                text: row.text.unwrap_or_default(),
                draft: row.state == ProblemState::Draft,
                kept: pages::ui::key(row.state),
                facilitator: None,
            }))
        }
        ItemKind::Practice => {
            let Some(row) = practices::store::find(tx, PracticeId::from_uuid(item.uuid())).await? else {
                return Ok(None);
            };
            let text = row.text()?;
            Ok(Some(Subject {
                space: row.space,
                team: row.team,
                author: row.author,
                place: item,
                title: text.title.to_string(),
                text: text.summary.map(|summary| summary.to_string()).unwrap_or_default(),
                draft: row.state != PracticeState::Published,
                kept: pages::ui::key(row.state),
                facilitator: None,
            }))
        }
        ItemKind::Response => Ok(store::find_response(tx, item).await?.map(|row| Subject {
            space: row.space,
            team: None,
            author: row.person,
            place: row.problem,
            title: row.title.clone(),
            text: row.text.clone(),
            draft: row.state == "draft",
            kept: serde_json::json!({ "team": row.team, "practice": row.practice, "at": row.at }).to_string(),
            facilitator: None,
        })),
        ItemKind::Message => match session {
            Some(session) => message(tx, session, MessageId::from_uuid(item.uuid())).await,
            None => Ok(None),
        },
    }
}

/// What one reads at the address of an item: of a merged problem the one that it was merged into.
pub async fn read_at(tx: &mut db::Tx, kind: ItemKind, item: ItemId) -> db::Result<ItemId> {
    if kind != ItemKind::Problem {
        return Ok(item);
    }
    let row = problems::store::find(tx, ProblemId::from_uuid(item.uuid())).await?;
    let into = row.and_then(|row| row.merged_into);
    Ok(into.map_or(item, |into| ItemId::from_uuid(into.uuid())))
}

async fn message(tx: &mut db::Tx, session: SessionId, message: MessageId) -> Result<Option<Subject>, Fault> {
    let Some(row) = sessions::store::find(tx, session).await? else { return Ok(None) };
    let mut said = None;
    for (_, _, event) in sessions::store::list_events(tx, session, 0).await? {
        match event {
            Event::Said { id, by, text, .. } if id == message => said = Some((by, text)),
            Event::Edited { message: edited, text, .. } if edited == message => {
                said = said.map(|(by, _)| (by, text));
            }
            _ => {}
        }
    }
    // A deleted one has no text any more.
    let Some((author, Some(text))) = said else { return Ok(None) };
    Ok(Some(Subject {
        space: row.space,
        team: None,
        author,
        place: ItemId::from_uuid(session.uuid()),
        title: row.title,
        text,
        draft: false,
        kept: String::new(),
        facilitator: Some(row.facilitator),
    }))
}

/// The item, if the actor sees it.
pub async fn seen(
    tx: &mut db::Tx,
    actor: &Actor,
    kind: ItemKind,
    item: ItemId,
    session: Option<SessionId>,
) -> Result<Subject, Fault> {
    let subject = find(tx, kind, item, session).await?.or_missing()?;
    if kind == ItemKind::Response {
        // Whoever said it sees it no longer than the problem, whose title stands beside it.
        problems::find(tx, actor, Action::SeeItem, ProblemId::from_uuid(subject.place.uuid())).await?;
        return Ok(subject);
    }
    let space = spaces::store::facts(tx, subject.space).await?.or_missing()?;
    match subject.facilitator {
        Some(facilitator) => may(actor, Action::SeeSession, &Facts::Session(SessionFacts { space, facilitator }))?,
        None => {
            let (team, author, draft) = (subject.team, subject.author, subject.draft);
            may(actor, Action::SeeItem, &Facts::Item(ItemFacts { space, team, author, draft }))?;
        }
    }
    Ok(subject)
}
