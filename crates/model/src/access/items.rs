//! Problems and practices.

use super::{Action, Actor, Denial, Role, SpaceFacts, active, open, spaces::Ties, yes};
use crate::ids::*;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemFacts {
    pub space: SpaceFacts,
    pub team: Option<TeamId>,
    pub author: PersonId,
    pub draft: bool,
}

pub(super) fn may_item(actor: &Actor, action: Action, item: &ItemFacts) -> Result<(), Denial> {
    let space = &item.space;
    let ties = Ties::to_space(actor, space);
    // A team's text is written by the team and its consultants; what was posted for no team by who posted it. The author of a
    // team's text who has left the team has left the text as well.
    let author = item.team.is_none() && actor.person() == Some(item.author);
    let ours = item.team.is_some_and(|team| actor.membership(team).is_some() || actor.has(Role::Consultant(team)));
    let writes = ties.works() && (author || ours || ties.administrator);
    // A draft belongs to those who write it; the rest of the space does not know of it.
    let seen = ties.sees(space.visibility) && (!item.draft || writes);
    if !seen {
        return Err(Denial::Missing);
    }
    if action == Action::SeeItem {
        return Ok(());
    }
    active(actor)?;
    // What identifies somebody does not stand in an archive either; a draft is no coordinator's.
    if action == Action::Redact {
        return yes(ties.administrator || (!item.draft && ties.coordinator));
    }
    // Who can read it and speaks for another team: to have the same problem is no contribution to the space.
    let another = || actor.me().is_some_and(|me| me.teams.iter().any(|mine| Some(mine.team) != item.team));
    let leads = || item.team.and_then(|team| actor.membership(team)).is_some_and(|mine| mine.lead);
    let allowed = match action {
        Action::EditItem => writes || (!item.draft && ties.coordinator),
        Action::Respond => !item.draft && ties.comments(space.visibility),
        // Whose it is decides, by its lead, or who keeps the space.
        Action::MergeItem => !item.draft && (ties.administrator || ties.coordinator || (ties.works() && leads())),
        // Moderating is another matter than taking back what is one's own.
        Action::WithdrawItem => !item.draft && (author || ours || ties.administrator),
        // What others of the team have written into it goes too, so that its lead or its only author decides.
        Action::DiscardDraft => item.draft && ties.works() && (author || leads() || ties.administrator),
        Action::SameProblem => !item.draft && another(),
        _ => false,
    };
    yes(allowed)?;
    open(!space.archived)
}
