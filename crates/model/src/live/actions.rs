//! What is agreed in a room that somebody does, and what was agreed before and is open still.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    event::Event,
    room::{Participant, Room},
};
use crate::{
    actions::{ActionState, Owner, OwnerCard},
    ids::*,
    refusal::{Code, Refusal},
    time::{LocalDate, Timestamp},
};

/// How many actions a room holds.
pub const ACTIONS_MAX: usize = 200;
/// How many teams of its space a room knows as owners.
pub const OWNER_TEAMS_MAX: usize = 200;

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoomAction {
    pub id: ActionItemId,
    pub text: String,
    pub owner: OwnerCard,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<LocalDate>,
    #[serde(default)]
    pub state: ActionState,
    /// Why it was dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Agreed before this session.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub brought: bool,
    /// Which step ran when it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
}

/// What an action is from then on, by whom and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Deed {
    pub action: RoomAction,
    pub by: PersonId,
    pub at: Timestamp,
}

/// A team that can own an action, and its people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OwnerTeam {
    pub id: TeamId,
    pub name: String,
    /// With their names.
    #[serde(default)]
    pub people: Vec<(PersonId, String)>,
}

impl Room {
    pub fn action(&self, id: ActionItemId) -> Option<&RoomAction> {
        self.actions.iter().find(|action| action.id == id)
    }

    /// Who it is, if they can own an action here: a team of the space, or somebody of one, also who joined it since the opening.
    pub fn owner(&self, owner: Owner) -> Option<OwnerCard> {
        let card = |team: &OwnerTeam, person: Option<PersonId>, name: &str| OwnerCard {
            team: team.id,
            team_name: team.name.clone(),
            person,
            name: name.to_owned(),
        };
        match owner {
            Owner::Team(id) => self.owners.iter().find(|team| team.id == id).map(|team| card(team, None, "")),
            Owner::Person(id) => {
                let listed = self.owners.iter().find_map(|team| {
                    let (_, name) = team.people.iter().find(|(person, _)| *person == id)?;
                    Some(card(team, Some(id), name))
                });
                listed.or_else(|| {
                    let who = &self.people.get(&id)?.who;
                    let of = who.team.as_ref()?.id;
                    let team = self.owners.iter().find(|team| team.id == of)?;
                    Some(card(team, Some(id), &who.name))
                })
            }
        }
    }
}

impl RoomAction {
    /// Open, and its day has passed.
    pub fn is_overdue(&self, today: LocalDate) -> bool {
        self.state == ActionState::Open && self.due.is_some_and(|due| due < today)
    }
}

impl Participant {
    /// Whoever leads the session keeps every action; others their own and those of their team.
    pub fn keeps(&self, owner: &OwnerCard) -> bool {
        let ours = self.team.as_ref().is_some_and(|team| team.id == owner.team);
        self.facilitates() || (self.takes_part() && (ours || owner.person == Some(self.id)))
    }
}

/// Who acts upon the actions of a room, and when.
pub(super) struct Acting<'a> {
    pub room: &'a Room,
    pub me: &'a Participant,
    pub at: Timestamp,
}

impl Acting<'_> {
    fn owner(&self, owner: Owner) -> Result<OwnerCard, Refusal> {
        self.room.owner(owner).ok_or_else(|| Refusal::of(Code::FieldWrong).at("owner"))
    }

    fn kept(&self, owner: &OwnerCard) -> Result<(), Refusal> {
        if self.me.keeps(owner) { Ok(()) } else { Err(Refusal::of(Code::Forbidden)) }
    }

    fn known(&self, id: ActionItemId) -> Result<&RoomAction, Refusal> {
        let known = self.room.action(id).ok_or_else(|| Refusal::of(Code::ActionGone))?;
        self.kept(&known.owner)?;
        Ok(known)
    }

    fn deed(&self, action: RoomAction) -> Deed {
        Deed { action, by: self.me.id, at: self.at }
    }

    pub fn agree(
        &self,
        id: ActionItemId,
        text: &str,
        owner: Owner,
        due: Option<LocalDate>,
    ) -> Result<Vec<Event>, Refusal> {
        let owner = self.owner(owner)?;
        self.kept(&owner)?;
        if self.room.actions.len() >= ACTIONS_MAX {
            return Err(Refusal::of(Code::TooMany).fact("limit", ACTIONS_MAX));
        }
        let action = RoomAction {
            id,
            text: text.to_owned(),
            owner,
            due,
            state: ActionState::Open,
            reason: None,
            brought: false,
            step: self.room.current,
        };
        Ok(vec![Event::ActionAgreed(self.deed(action))])
    }

    pub fn change(
        &self,
        action: ActionItemId,
        text: &str,
        owner: Owner,
        due: Option<LocalDate>,
    ) -> Result<Vec<Event>, Refusal> {
        let known = self.known(action)?;
        if known.state != ActionState::Open {
            return Err(Refusal::of(Code::ActionState));
        }
        // Whose it is may stay so, also when they are in no team any more.
        let owner = if known.owner.owner() == owner { known.owner.clone() } else { self.owner(owner)? };
        self.kept(&owner)?;
        if (text, &owner, due) == (known.text.as_str(), &known.owner, known.due) {
            return Ok(Vec::new());
        }
        let action = RoomAction { text: text.to_owned(), owner, due, ..known.clone() };
        Ok(vec![Event::ActionChanged(self.deed(action))])
    }

    pub fn set(&self, action: ActionItemId, state: ActionState, reason: Option<&str>) -> Result<Vec<Event>, Refusal> {
        let known = self.known(action)?;
        // Two who tick it at once mean the same.
        if known.state == state {
            return Ok(Vec::new());
        }
        if !known.state.may_become(state) {
            return Err(Refusal::of(Code::ActionState));
        }
        let reason = reason.filter(|_| state == ActionState::Dropped).map(str::to_owned);
        if state == ActionState::Dropped && reason.is_none() {
            return Err(Refusal::of(Code::FieldNeeded).at("reason"));
        }
        let action = RoomAction { state, reason, ..known.clone() };
        Ok(vec![Event::ActionSet(self.deed(action))])
    }
}

/// Takes in what was open before; one that is known stays as it is.
pub(super) fn bring(room: &mut Room, actions: &[RoomAction], owners: &[OwnerTeam]) {
    let here = std::mem::take(&mut room.actions);
    for action in actions.iter().take(ACTIONS_MAX.saturating_sub(here.len())) {
        if room.action(action.id).is_none() && here.iter().all(|known| known.id != action.id) {
            room.actions.push(RoomAction { brought: true, ..action.clone() });
        }
    }
    room.actions.extend(here);
    room.owners = owners.iter().take(OWNER_TEAMS_MAX).cloned().collect();
    room.brought = true;
}

pub(super) fn agree(room: &mut Room, action: &RoomAction) {
    if room.actions.len() < ACTIONS_MAX && room.action(action.id).is_none() {
        room.actions.push(action.clone());
    }
}

/// What is not held stays unknown.
pub(super) fn change(room: &mut Room, action: &RoomAction) {
    if let Some(known) = room.actions.iter_mut().find(|known| known.id == action.id) {
        known.clone_from(action);
    }
}
