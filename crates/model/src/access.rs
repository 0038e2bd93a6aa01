//! Who may do what: the one place where permission is decided.
//!
//! [`may`] is asked by the handler, the page, the live socket and the button alike. It is pure: what it needs to know of the
//! subject is handed to it as [`Facts`]. Both enums are closed, so a new action does not compile until it is decided here.
//! The roles and their scopes are those of the table “Roles” in the product's feature list (`docs/roles.md`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ids::*, refusal::Code, schools::MunicipalityCode};

/// Who acts.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Actor {
    #[default]
    Anonymous,
    Person(Box<Me>),
    /// What time alone causes: a step that ends, a review that falls due.
    Clock,
}

/// A signed-in person with all that permission depends on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Me {
    pub id: PersonId,
    pub name: String,
    pub suspended: bool,
    pub roles: Vec<Role>,
    pub teams: Vec<Membership>,
}

/// A person's place in a team that is not archived.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Membership {
    pub team: TeamId,
    pub network: NetworkId,
    pub lead: bool,
    pub name: String,
    pub school: String,
}

/// A role beside that of a team's member or lead, with its scope.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "role", content = "scope")]
pub enum Role {
    Administrator,
    Coordinator(NetworkId),
    /// Of one team of each such role; reads, writes and facilitates with it without being a member.
    Consultant(TeamId),
    Expert(NetworkId),
    MunicipalSpecialist(MunicipalityCode),
    CentreSpecialist(NetworkId),
}

impl Actor {
    pub fn me(&self) -> Option<&Me> {
        match self {
            Actor::Person(me) => Some(me),
            Actor::Anonymous | Actor::Clock => None,
        }
    }

    pub fn person(&self) -> Option<PersonId> {
        self.me().map(|me| me.id)
    }

    fn has(&self, role: Role) -> bool {
        self.me().is_some_and(|me| me.roles.contains(&role))
    }

    pub fn is_administrator(&self) -> bool {
        self.has(Role::Administrator)
    }

    pub fn membership(&self, team: TeamId) -> Option<&Membership> {
        self.me()?.teams.iter().find(|membership| membership.team == team)
    }
}

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

    SeeTeam,
    /// Invite, remove, hand over, activate.
    LeadTeam,
    /// Leave one's own team.
    LeaveTeam,
    ArchiveTeam,
    /// The invitation's link or code is the permission; the team's state is asked here.
    JoinTeam,

    SeeSpace,
    /// Rename, change visibility, take teams in, archive.
    KeepSpace,

    /// Post a problem or share a practice in a space, for a team of it.
    Contribute,
    SeeItem,
    /// Change what the team or the person wrote.
    EditItem,
    /// Say something under a problem.
    Respond,

    ScheduleSession,
    SeeSession,
    /// Be in the room: chat, react, raise a hand.
    TakePart,
    /// Open, steer and close.
    Facilitate,
}

impl Action {
    pub const ALL: &'static [Action] = &[
        Action::Visit,
        Action::OwnAccount,
        Action::OwnRead,
        Action::Administer,
        Action::Coordinate,
        Action::SeeTeam,
        Action::LeadTeam,
        Action::LeaveTeam,
        Action::ArchiveTeam,
        Action::JoinTeam,
        Action::SeeSpace,
        Action::KeepSpace,
        Action::Contribute,
        Action::SeeItem,
        Action::EditItem,
        Action::Respond,
        Action::ScheduleSession,
        Action::SeeSession,
        Action::TakePart,
        Action::Facilitate,
    ];
}

/// What is known of the subject.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Facts {
    Site,
    Network(NetworkId),
    Team(TeamFacts),
    Space(SpaceFacts),
    /// A problem or a practice.
    Item(ItemFacts),
    Session(SessionFacts),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamFacts {
    pub id: TeamId,
    pub network: NetworkId,
    pub municipality: MunicipalityCode,
    pub archived: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpaceFacts {
    pub id: SpaceId,
    pub network: NetworkId,
    pub visibility: Visibility,
    pub archived: bool,
    /// The teams that meet in it, with their networks and municipalities; archived teams left out.
    pub teams: Vec<TeamFacts>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemFacts {
    pub space: SpaceFacts,
    pub team: Option<TeamId>,
    pub author: PersonId,
    pub draft: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionFacts {
    pub space: SpaceFacts,
    pub facilitator: PersonId,
}

/// Who sees a space and all that is in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// The teams of the space and those who serve them.
    Team,
    /// Also everyone of the network that opened it.
    Network,
    /// Everyone signed in.
    All,
    /// Everyone.
    Public,
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

/// How the actor stands to a space: one tie for each way of belonging. Every rule below is a disjunction of ties, so nobody
/// gains by losing one.
#[derive(Clone, Copy, Default, Debug)]
struct Ties {
    signed_in: bool,
    administrator: bool,
    coordinator: bool,
    consultant: bool,
    expert: bool,
    municipal: bool,
    centre: bool,
    /// Leads a team of the space.
    lead: bool,
    /// Is in a team of the space.
    member: bool,
    /// Is in a team of the network that opened the space.
    kin: bool,
}

impl Ties {
    fn to_space(actor: &Actor, space: &SpaceFacts) -> Self {
        let Some(me) = actor.me().filter(|me| !me.suspended) else {
            return Self::default();
        };
        let here = |team: TeamId| space.teams.iter().any(|facts| facts.id == team && !facts.archived);
        let mut ties = Self { signed_in: true, ..Self::default() };
        for role in &me.roles {
            match *role {
                Role::Administrator => ties.administrator = true,
                Role::Coordinator(network) => ties.coordinator |= network == space.network,
                Role::Consultant(team) => ties.consultant |= here(team),
                Role::Expert(network) => ties.expert |= network == space.network,
                Role::CentreSpecialist(network) => ties.centre |= network == space.network,
                Role::MunicipalSpecialist(code) => {
                    ties.municipal |= space.teams.iter().any(|team| team.municipality == code && !team.archived);
                }
            }
        }
        for membership in &me.teams {
            ties.member |= here(membership.team);
            ties.lead |= membership.lead && here(membership.team);
            ties.kin |= membership.network == space.network;
        }
        ties
    }

    /// Works in the space.
    fn works(self) -> bool {
        self.administrator || self.coordinator || self.consultant || self.member
    }

    fn sees(self, visibility: Visibility) -> bool {
        let network = self.kin || self.expert || self.centre || self.municipal;
        self.works()
            || match visibility {
                Visibility::Team => false,
                Visibility::Network => network,
                Visibility::All => self.signed_in,
                Visibility::Public => true,
            }
    }

    /// Says something under what others wrote. Experts review and centre specialists hold sessions; that is not commenting.
    fn comments(self, visibility: Visibility) -> bool {
        self.works() || (visibility > Visibility::Team && (self.kin || self.municipal))
    }

    /// Has a part in the network's life, beyond merely being able to read: may be a participant of its sessions.
    fn takes_part(self, visibility: Visibility) -> bool {
        self.works() || (visibility > Visibility::Team && (self.kin || self.expert || self.centre || self.municipal))
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
        Facts::Site | Facts::Network(_) => may_site(actor, action, facts),
        Facts::Team(team) => may_team(actor, action, team),
        Facts::Space(space) => may_space(actor, action, space),
        Facts::Item(item) => may_item(actor, action, item),
        Facts::Session(session) => may_session(actor, action, session),
    }
}

fn may_site(actor: &Actor, action: Action, facts: &Facts) -> Result<(), Denial> {
    match action {
        Action::Visit => Ok(()),
        Action::OwnRead => signed_in(actor).map(drop),
        Action::OwnAccount => active(actor).map(drop),
        Action::Administer => {
            active(actor)?;
            yes(actor.is_administrator())
        }
        Action::Coordinate => {
            let me = active(actor)?;
            let coordinates = |role: &Role| match (role, facts) {
                (Role::Administrator, _) => true,
                (Role::Coordinator(mine), Facts::Network(network)) => mine == network,
                _ => false,
            };
            yes(me.roles.iter().any(coordinates))
        }
        _ => Err(Denial::Forbidden),
    }
}

fn may_team(actor: &Actor, action: Action, team: &TeamFacts) -> Result<(), Denial> {
    // A team's page shows its name, school and the names of its members to people of the platform, not to the world.
    let me = active(actor)?;
    let keeper = me.roles.iter().any(|role| match role {
        Role::Administrator => true,
        Role::Coordinator(network) => *network == team.network,
        _ => false,
    });
    let membership = actor.membership(team.id);
    let allowed = match action {
        Action::SeeTeam | Action::JoinTeam => true,
        Action::LeadTeam => keeper || membership.is_some_and(|membership| membership.lead),
        Action::LeaveTeam => membership.is_some(),
        Action::ArchiveTeam => keeper,
        _ => false,
    };
    yes(allowed)?;
    open(action == Action::SeeTeam || !team.archived)
}

fn may_space(actor: &Actor, action: Action, space: &SpaceFacts) -> Result<(), Denial> {
    let ties = Ties::to_space(actor, space);
    if !ties.sees(space.visibility) {
        return Err(Denial::Missing);
    }
    if action == Action::SeeSpace {
        return Ok(());
    }
    active(actor)?;
    let allowed = match action {
        Action::KeepSpace => ties.administrator || ties.coordinator,
        Action::Contribute => ties.works(),
        Action::ScheduleSession => {
            ties.administrator || ties.coordinator || ties.consultant || ties.centre || ties.lead
        }
        _ => false,
    };
    yes(allowed)?;
    open(!space.archived)
}

fn may_item(actor: &Actor, action: Action, item: &ItemFacts) -> Result<(), Denial> {
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
    let allowed = match action {
        Action::EditItem => writes || (!item.draft && ties.coordinator),
        Action::Respond => !item.draft && ties.comments(space.visibility),
        _ => false,
    };
    yes(allowed)?;
    open(!space.archived)
}

fn may_session(actor: &Actor, action: Action, session: &SessionFacts) -> Result<(), Denial> {
    let space = &session.space;
    let ties = Ties::to_space(actor, space);
    if !ties.sees(space.visibility) {
        return Err(Denial::Missing);
    }
    if action == Action::SeeSession {
        return Ok(());
    }
    active(actor)?;
    let allowed = match action {
        Action::TakePart => ties.takes_part(space.visibility),
        Action::Facilitate => {
            let named = actor.person() == Some(session.facilitator) && ties.takes_part(space.visibility);
            named || ties.administrator || ties.coordinator || ties.consultant || ties.centre
        }
        _ => false,
    };
    yes(allowed)?;
    open(!space.archived)
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
