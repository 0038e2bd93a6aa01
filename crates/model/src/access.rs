//! Who may do what: the one place where permission is decided.
//!
//! [`may`] is asked by the handler, the page, the live socket and the button alike. It is pure: what it needs to know of the
//! subject is handed to it as [`Facts`]. Both enums are closed, so a new action does not compile until it is decided here.
//! The roles and their scopes are those of the table “Roles” in the product's feature list (`docs/roles.md`).

//!
//! The door stands here; what each subject's facts are, and the rule about them, stands with the subject.

mod actions;
mod actor;
mod items;
mod sessions;
mod site;
mod spaces;
mod teams;

use crate::{ids::NetworkId, refusal::Code};

pub use actions::ActionItemFacts;
pub use actor::{Actor, Me, Membership, Role};
pub use items::ItemFacts;
pub use sessions::SessionFacts;
pub use site::{RoleFacts, SchoolFacts};
pub use spaces::{SpaceFacts, Visibility};
pub use teams::TeamFacts;

/// Everything that can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Action {
    /// What anyone may ask: the sign-in page, lists of municipalities and networks, search (which filters by itself).
    Visit,
    /// What a signed-in person asks of what is their own: their sign-ins, password, language.
    OwnAccount,
    /// What even a suspended person may: read who they are and what is their own, sign out.
    OwnRead,
    /// Kinds, networks, institutions, roles: the site as a whole.
    Administer,
    /// A network's teams, schools and spaces.
    Coordinate,
    /// Give a role, invite to it, take it away: nobody beyond what they keep themselves.
    GiveRole,
    EditSchool,

    SeeTeam,
    /// Invite, remove, hand over, activate.
    LeadTeam,
    /// Leave one's own team.
    LeaveTeam,
    ArchiveTeam,
    /// Bring it back from the archive.
    ReturnTeam,
    /// The invitation's link or code is the permission; the team's state is asked here.
    JoinTeam,

    SeeSpace,
    /// Rename, change visibility, take teams in, archive.
    KeepSpace,
    /// Bring it back from the archive.
    ReturnSpace,

    /// Post a problem or share a practice in a space, for a team of it.
    Contribute,
    SeeItem,
    /// Change what the team or the person wrote.
    EditItem,
    /// Say something under a problem.
    Respond,
    /// Say that one’s team has the same problem.
    SameProblem,
    /// Merge one problem into another; asked of both.
    MergeItem,
    /// Take back a practice or a response.
    WithdrawItem,
    /// Throw away a draft of a problem.
    DiscardDraft,
    /// Tell moderators of what should not stand.
    Report,
    /// Decide on reports, hide, show again.
    Moderate,
    /// Take a passage out of a text for good.
    Redact,

    ScheduleSession,
    SeeSession,
    /// Who was there and what was said, in the room or in its record: people of the platform alone, also in a public space.
    ReadRecord,
    /// How long each was there: those who lead sessions in the space. Everyone reads their own.
    SeeAttendance,
    /// Be in the room: chat, react, raise a hand.
    TakePart,
    /// Open, steer and close.
    Facilitate,
    /// Edit the minutes, sign them, add to them.
    KeepMinutes,

    /// What was agreed that somebody does: for people of the platform alone, also in a public space.
    SeeActionItem,
    /// Agree it, change it, tick it done, drop it.
    KeepActionItem,
}

impl Action {
    pub const ALL: &'static [Action] = &[
        Action::Visit,
        Action::OwnAccount,
        Action::OwnRead,
        Action::Administer,
        Action::Coordinate,
        Action::GiveRole,
        Action::EditSchool,
        Action::SeeTeam,
        Action::LeadTeam,
        Action::LeaveTeam,
        Action::ArchiveTeam,
        Action::ReturnTeam,
        Action::JoinTeam,
        Action::SeeSpace,
        Action::KeepSpace,
        Action::ReturnSpace,
        Action::Contribute,
        Action::SeeItem,
        Action::EditItem,
        Action::Respond,
        Action::SameProblem,
        Action::MergeItem,
        Action::WithdrawItem,
        Action::DiscardDraft,
        Action::Report,
        Action::Moderate,
        Action::Redact,
        Action::ScheduleSession,
        Action::SeeSession,
        Action::ReadRecord,
        Action::SeeAttendance,
        Action::TakePart,
        Action::Facilitate,
        Action::KeepMinutes,
        Action::SeeActionItem,
        Action::KeepActionItem,
    ];
}

/// What is known of the subject.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Facts {
    Site,
    Network(NetworkId),
    /// A role that somebody is to have, or no longer.
    Role(RoleFacts),
    School(SchoolFacts),
    Team(TeamFacts),
    Space(SpaceFacts),
    /// A problem or a practice.
    Item(ItemFacts),
    Session(SessionFacts),
    ActionItem(ActionItemFacts),
}

/// Why not. Each becomes one refusal; [`Denial::Missing`] is told exactly as if there were nothing there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Denial {
    Missing,
    SignIn,
    Suspended,
    Forbidden,
    Archived,
}

impl Denial {
    pub const fn code(self) -> Code {
        match self {
            Denial::Missing => Code::Missing,
            Denial::SignIn => Code::SignInNeeded,
            Denial::Suspended => Code::Suspended,
            Denial::Forbidden => Code::Forbidden,
            Denial::Archived => Code::Archived,
        }
    }
}

/// The one permission rule of the product.
///
/// # Errors
/// [`Denial::Missing`] when the actor may not even see the subject; otherwise why the action is not theirs, and
/// [`Denial::Archived`] only to those whose it would be.
pub fn may(actor: &Actor, action: Action, facts: &Facts) -> Result<(), Denial> {
    if matches!(actor, Actor::Clock) {
        return Ok(());
    }
    match facts {
        Facts::Site => site::may_site(actor, action),
        Facts::Network(network) => site::may_network(actor, action, *network),
        Facts::Role(role) => site::may_role(actor, action, role),
        Facts::School(school) => site::may_school(actor, action, school),
        Facts::Team(team) => teams::may_team(actor, action, team),
        Facts::Space(space) => spaces::may_space(actor, action, space),
        Facts::Item(item) => items::may_item(actor, action, item),
        Facts::Session(session) => sessions::may_session(actor, action, session),
        Facts::ActionItem(item) => actions::may_action_item(actor, action, item),
    }
}

fn signed_in(actor: &Actor) -> Result<&Me, Denial> {
    actor.me().ok_or(Denial::SignIn)
}

fn active(actor: &Actor) -> Result<&Me, Denial> {
    let me = signed_in(actor)?;
    if me.suspended { Err(Denial::Suspended) } else { Ok(me) }
}

fn yes(allowed: bool) -> Result<(), Denial> {
    if allowed { Ok(()) } else { Err(Denial::Forbidden) }
}

fn open(open: bool) -> Result<(), Denial> {
    if open { Ok(()) } else { Err(Denial::Archived) }
}
