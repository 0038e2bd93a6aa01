//! Actions agreed upon.

use super::{Action, Actor, Denial, SpaceFacts, active, open, spaces::Ties, yes};
use crate::ids::*;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActionItemFacts {
    pub space: SpaceFacts,
    /// Whose it is.
    pub team: TeamId,
    pub person: Option<PersonId>,
    /// Who agreed it; none for one that is about to be agreed.
    pub by: Option<PersonId>,
}

pub(super) fn may_action_item(actor: &Actor, action: Action, item: &ActionItemFacts) -> Result<(), Denial> {
    let space = &item.space;
    let ties = Ties::to_space(actor, space);
    // Like what was said in a session: for people of the platform alone, also in a public space.
    if !ties.signed_in || !ties.sees(space.visibility) {
        return Err(Denial::Missing);
    }
    if action == Action::SeeActionItem {
        return Ok(());
    }
    let me = active(actor)?.id;
    let allowed = match action {
        Action::KeepActionItem => {
            let own = item.person == Some(me) || item.by == Some(me) || actor.membership(item.team).is_some();
            let holds = ties.administrator || ties.coordinator || ties.consultant || ties.centre;
            holds || (own && ties.takes_part(space.visibility))
        }
        _ => false,
    };
    yes(allowed)?;
    open(!space.archived)
}
