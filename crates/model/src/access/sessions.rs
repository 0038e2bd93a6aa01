//! Live sessions.

use super::{Action, Actor, Denial, SpaceFacts, active, open, spaces::Ties, yes};
use crate::ids::PersonId;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionFacts {
    pub space: SpaceFacts,
    pub facilitator: PersonId,
}

pub(super) fn may_session(actor: &Actor, action: Action, session: &SessionFacts) -> Result<(), Denial> {
    let space = &session.space;
    let ties = Ties::to_space(actor, space);
    if !ties.sees(space.visibility) {
        return Err(Denial::Missing);
    }
    if action == Action::SeeSession {
        return Ok(());
    }
    active(actor)?;
    if action == Action::ReadRecord {
        return Ok(());
    }
    let allowed = match action {
        Action::TakePart => ties.takes_part(space.visibility),
        Action::Facilitate | Action::SeeAttendance | Action::KeepMinutes => {
            let named = actor.person() == Some(session.facilitator) && ties.takes_part(space.visibility);
            named || ties.administrator || ties.coordinator || ties.consultant || ties.centre
        }
        _ => false,
    };
    yes(allowed)?;
    // Archiving takes no reading away.
    open(action == Action::SeeAttendance || !space.archived)
}
