//! The golden matrix of `tests/api/matrix.tsv`, walked through the one permission rule; and the laws that hold beyond it.

use std::collections::{BTreeMap, BTreeSet};

use model::{access::*, ids::*, schools::MunicipalityCode};
use proptest::prelude::*;
use uuid::Uuid;

const MATRIX: &str = include_str!("../../../tests/api/matrix.tsv");

const ROLES: [&str; 21] = [
    "administrator",
    "coordinator",
    "coordinator.elsewhere",
    "consultant",
    "consultant.elsewhere",
    "expert",
    "expert.elsewhere",
    "municipal",
    "municipal.elsewhere",
    "centre",
    "centre.elsewhere",
    "lead",
    "member",
    "facilitator",
    "neighbour",
    "kin",
    "circle",
    "left",
    "outsider",
    "suspended",
    "anonymous",
];

/// One cell of the matrix.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Cell {
    subject: String,
    action: Action,
    visibility: String,
    archived: bool,
    role: &'static str,
}

fn matrix() -> BTreeMap<Cell, u16> {
    let mut cells = BTreeMap::new();
    for line in MATRIX.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let [subject, action, visibility, state, answers] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five columns: {line}");
        };
        let action = *Action::ALL.iter().find(|known| format!("{known:?}") == action).expect(action);
        assert!(["open", "archived"].contains(&state), "{line}");
        let mut told: BTreeMap<&str, u16> = BTreeMap::new();
        let mut rest = None;
        for answer in answers.split("; ") {
            let (status, roles) = answer.split_once(' ').expect(line);
            let status: u16 = status.parse().expect(line);
            for role in roles.split(' ') {
                assert!(role == "rest" || ROLES.contains(&role), "{role}: {line}");
                let twice = if role == "rest" { rest.replace(status) } else { told.insert(role, status) };
                assert_eq!(twice, None, "{role} twice: {line}");
            }
        }
        for role in ROLES {
            let status = *told.get(role).or(rest.as_ref()).unwrap_or_else(|| panic!("{role} has no answer: {line}"));
            let (subject, visibility) = (subject.to_owned(), visibility.to_owned());
            let cell = Cell { subject, action, visibility, archived: state == "archived", role };
            assert_eq!(cells.insert(cell, status), None, "twice: {line}");
        }
    }
    cells
}

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn network(number: u128) -> NetworkId {
    NetworkId::from_uuid(uuid(0x100 + number))
}

fn team(number: u128) -> TeamId {
    TeamId::from_uuid(uuid(0x200 + number))
}

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(uuid(0x300 + number))
}

fn municipality(number: u8) -> MunicipalityCode {
    MunicipalityCode::new(number).unwrap()
}

/// Our network, and another.
const OURS: u128 = 1;
const OTHER: u128 = 2;
/// Our team, the other team of the space, a team of our network outside of it, a team elsewhere.
const TEAM: u128 = 1;
const NEIGHBOUR: u128 = 2;
const KIN: u128 = 3;
const FAR: u128 = 4;
/// Who is asked about, and somebody else.
const ME: u128 = 1;
const SOMEBODY: u128 = 2;

fn membership(number: u128, of: u128, lead: bool) -> Membership {
    Membership {
        team: team(number),
        network: network(of),
        mini_networks: Vec::new(),
        lead,
        name: String::new(),
        school: String::new(),
    }
}

fn actor(role: &str, team_archived: bool) -> Actor {
    let mut me = Me { id: person(ME), name: String::new(), suspended: false, roles: vec![], teams: vec![] };
    match role {
        "anonymous" => return Actor::Anonymous,
        "administrator" => me.roles.push(Role::Administrator),
        "coordinator" => me.roles.push(Role::Coordinator(network(OURS))),
        "coordinator.elsewhere" => me.roles.push(Role::Coordinator(network(OTHER))),
        "consultant" => me.roles.push(Role::Consultant(team(TEAM))),
        "consultant.elsewhere" => me.roles.push(Role::Consultant(team(FAR))),
        "expert" => me.roles.push(Role::Expert(network(OURS))),
        "expert.elsewhere" => me.roles.push(Role::Expert(network(OTHER))),
        "municipal" => me.roles.push(Role::MunicipalSpecialist(municipality(53))),
        "municipal.elsewhere" => me.roles.push(Role::MunicipalSpecialist(municipality(7))),
        "centre" => me.roles.push(Role::CentreSpecialist(network(OURS))),
        "centre.elsewhere" => me.roles.push(Role::CentreSpecialist(network(OTHER))),
        "lead" => me.teams.push(membership(TEAM, OURS, true)),
        "member" | "facilitator" => me.teams.push(membership(TEAM, OURS, false)),
        "neighbour" => me.teams.push(membership(NEIGHBOUR, OTHER, false)),
        "kin" => me.teams.push(membership(KIN, OURS, false)),
        "circle" => {
            let joined = Membership { mini_networks: vec![network(OURS)], ..membership(FAR, OTHER, false) };
            me.teams.push(joined);
        }
        "left" | "outsider" => {}
        "suspended" => {
            me.suspended = true;
            me.roles.push(Role::Coordinator(network(OURS)));
            me.teams.push(membership(TEAM, OURS, true));
        }
        other => panic!("{other}"),
    }
    me.teams.retain(|membership| !team_archived || membership.team != team(TEAM));
    Actor::Person(Box::new(me))
}

fn space(visibility: Visibility, archived: bool) -> SpaceFacts {
    let facts = |number, of, code| TeamFacts {
        id: team(number),
        network: network(of),
        municipality: municipality(code),
        archived: false,
    };
    SpaceFacts {
        id: SpaceId::from_uuid(uuid(0x400)),
        network: network(OURS),
        visibility,
        archived,
        teams: vec![facts(TEAM, OURS, 53), facts(NEIGHBOUR, OTHER, 2)],
    }
}

fn visibility(name: &str) -> Visibility {
    match name {
        "team" => Visibility::Team,
        "network" => Visibility::Network,
        "all" => Visibility::All,
        "public" => Visibility::Public,
        other => panic!("{other}"),
    }
}

fn facts(cell: &Cell) -> Facts {
    let space = || space(visibility(&cell.visibility), cell.archived);
    let if_role = |roles: &[&str]| person(if roles.contains(&cell.role) { ME } else { SOMEBODY });
    let item = |draft| ItemFacts { space: space(), team: Some(team(TEAM)), author: if_role(&["left"]), draft };
    match cell.subject.as_str() {
        "site" => Facts::Site,
        "network" => Facts::Network(network(OURS)),
        "role.administrator" => role(Role::Administrator, None),
        "role.network" => role(Role::Expert(network(OURS)), None),
        "role.team" => role(Role::Consultant(team(TEAM)), Some(network(OURS))),
        "role.municipality" => role(Role::MunicipalSpecialist(municipality(53)), None),
        "school" => Facts::School(SchoolFacts { networks: vec![network(OURS)] }),
        "team" => Facts::Team(TeamFacts {
            id: team(TEAM),
            network: network(OURS),
            municipality: municipality(53),
            archived: cell.archived,
        }),
        "space" => Facts::Space(space()),
        "item" => Facts::Item(item(false)),
        "draft" => Facts::Item(item(true)),
        "session" => Facts::Session(SessionFacts { space: space(), facilitator: if_role(&["facilitator", "left"]) }),
        // Agreed by who is named to lead sessions, for our team as a whole.
        "action_item" => Facts::ActionItem(ActionItemFacts {
            space: space(),
            team: team(TEAM),
            person: None,
            by: Some(if_role(&["facilitator", "left"])),
        }),
        other => panic!("{other}"),
    }
}

fn role(role: Role, network: Option<NetworkId>) -> Facts {
    Facts::Role(RoleFacts { role, network })
}

fn status(answer: Result<(), Denial>) -> u16 {
    answer.map_or_else(|denial| denial.code().status(), |()| 200)
}

#[test]
fn the_golden_matrix_holds() {
    let mut wrong = Vec::new();
    let matrix = matrix();
    for (cell, expected) in &matrix {
        let actor = actor(cell.role, cell.subject == "team" && cell.archived);
        let found = status(may(&actor, cell.action, &facts(cell)));
        if found != *expected {
            wrong.push(format!("{cell:?}: the table says {expected}, the rule {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cells:\n{}", wrong.len(), matrix.len(), wrong.join("\n"));
}

#[test]
fn the_matrix_leaves_nothing_out() {
    let matrix = matrix();
    let lines: BTreeSet<_> =
        matrix.keys().map(|cell| (&cell.subject, cell.action, &cell.visibility, cell.archived)).collect();
    for (subject, action, of_space) in [
        (
            "space",
            &[
                Action::SeeSpace,
                Action::KeepSpace,
                Action::ReturnSpace,
                Action::Contribute,
                Action::ScheduleSession,
                Action::Redact,
            ][..],
            true,
        ),
        (
            "item",
            &[
                Action::SeeItem,
                Action::EditItem,
                Action::Respond,
                Action::SameProblem,
                Action::MergeItem,
                Action::WithdrawItem,
                Action::DiscardDraft,
                Action::Redact,
            ],
            true,
        ),
        (
            "draft",
            &[
                Action::SeeItem,
                Action::EditItem,
                Action::Respond,
                Action::SameProblem,
                Action::MergeItem,
                Action::WithdrawItem,
                Action::DiscardDraft,
                Action::Redact,
            ],
            true,
        ),
        (
            "session",
            &[
                Action::SeeSession,
                Action::ReadRecord,
                Action::SeeAttendance,
                Action::TakePart,
                Action::Facilitate,
                Action::KeepMinutes,
            ],
            true,
        ),
        ("action_item", &[Action::SeeActionItem, Action::KeepActionItem], true),
        (
            "team",
            &[
                Action::SeeTeam,
                Action::LeadTeam,
                Action::LeaveTeam,
                Action::ArchiveTeam,
                Action::ReturnTeam,
                Action::JoinTeam,
                Action::Redact,
            ],
            false,
        ),
    ] {
        let visibilities: &[&str] = if of_space { &["team", "network", "all", "public"] } else { &["-"] };
        for action in action {
            for visibility in visibilities {
                for archived in [false, true] {
                    let line = (&subject.to_owned(), *action, &(*visibility).to_owned(), archived);
                    assert!(lines.contains(&line), "{line:?}");
                }
            }
        }
    }
    for action in Action::ALL {
        assert!(lines.iter().any(|(_, known, ..)| known == action), "{action:?} is in no line");
    }
}

#[test]
fn an_action_asked_of_the_wrong_subject_is_nobodys() {
    let kinds = ["site", "network", "role.network", "school", "team", "space", "item", "session", "action_item"];
    let of = |action: &Action| match action {
        Action::Visit | Action::OwnRead | Action::OwnAccount | Action::Administer | Action::Coordinate => {
            "site network"
        }
        Action::GiveRole => "role.network",
        Action::Moderate => "site space",
        Action::Redact => "site network school team space item",
        Action::EditSchool => "school",
        Action::SeeTeam
        | Action::LeadTeam
        | Action::LeaveTeam
        | Action::ArchiveTeam
        | Action::ReturnTeam
        | Action::JoinTeam => "team",
        Action::SeeSpace
        | Action::KeepSpace
        | Action::ReturnSpace
        | Action::Contribute
        | Action::Report
        | Action::ScheduleSession => "space",
        Action::SeeItem
        | Action::EditItem
        | Action::Respond
        | Action::SameProblem
        | Action::MergeItem
        | Action::WithdrawItem
        | Action::DiscardDraft => "item",
        Action::SeeSession
        | Action::ReadRecord
        | Action::SeeAttendance
        | Action::TakePart
        | Action::Facilitate
        | Action::KeepMinutes => "session",
        Action::SeeActionItem | Action::KeepActionItem => "action_item",
    };
    for action in Action::ALL {
        for subject in kinds.iter().filter(|subject| !of(action).split(' ').any(|own| own == **subject)) {
            for role in ROLES {
                let cell = Cell {
                    subject: (*subject).into(),
                    action: *action,
                    visibility: "public".into(),
                    archived: false,
                    role,
                };
                assert!(may(&actor(role, false), *action, &facts(&cell)).is_err(), "{cell:?}");
            }
        }
    }
}

fn any_role() -> impl Strategy<Value = Role> {
    prop_oneof![
        1 => Just(Role::Administrator),
        2 => (1..3u128).prop_map(|number| Role::Coordinator(network(number))),
        3 => (1..5u128).prop_map(|number| Role::Consultant(team(number))),
        2 => (1..3u128).prop_map(|number| Role::Expert(network(number))),
        2 => prop::sample::select(vec![53, 2, 7]).prop_map(|code| Role::MunicipalSpecialist(municipality(code))),
        2 => (1..3u128).prop_map(|number| Role::CentreSpecialist(network(number))),
    ]
}

fn any_me() -> impl Strategy<Value = Me> {
    let team = (1..5u128, any::<bool>())
        .prop_map(|(number, lead)| membership(number, if matches!(number, TEAM | KIN) { OURS } else { OTHER }, lead));
    (prop::collection::vec(any_role(), 0..4), prop::collection::vec(team, 0..3)).prop_map(|(roles, mut teams)| {
        // One place in a team.
        let mut seen = BTreeSet::new();
        teams.retain(|membership| seen.insert(membership.team));
        Me { id: person(ME), name: String::new(), suspended: false, roles, teams }
    })
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let visibility =
        prop::sample::select(vec![Visibility::Team, Visibility::Network, Visibility::All, Visibility::Public]);
    let who = || (1..3u128).prop_map(person);
    (visibility, any::<[bool; 3]>(), who(), prop::option::of(1..5u128), 0..10u8, any_role()).prop_map(
        |(visibility, [archived, draft, without], who, of, kind, given)| {
            let mut space = space(visibility, archived);
            if without {
                space.teams.remove(0);
            }
            match kind {
                0 => Facts::Site,
                1 => Facts::Network(network(OURS)),
                2 => Facts::Team(TeamFacts { archived, ..space.teams[0].clone() }),
                3 => Facts::Space(space),
                4 => role(given, matches!(given, Role::Consultant(_)).then_some(network(OURS))),
                5 => Facts::School(SchoolFacts { networks: vec![network(OURS)] }),
                6 => Facts::Item(ItemFacts { space, team: of.map(team), author: who, draft }),
                7 => Facts::ActionItem(ActionItemFacts {
                    space,
                    team: team(of.unwrap_or(TEAM)),
                    person: archived.then_some(who),
                    by: draft.then_some(who),
                }),
                _ => Facts::Session(SessionFacts { space, facilitator: who }),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    #[test]
    fn nobody_gains_by_losing_a_role_or_a_membership(me in any_me(), facts in any_facts(), at in any::<prop::sample::Index>()) {
        let whole = Actor::Person(Box::new(me.clone()));
        let mut fewer = vec![Actor::Anonymous];
        let mut push = |change: &dyn Fn(&mut Me)| {
            let mut less = me.clone();
            change(&mut less);
            fewer.push(Actor::Person(Box::new(less)));
        };
        push(&|less| less.suspended = true);
        if !me.roles.is_empty() {
            push(&|less| {
                less.roles.remove(at.index(me.roles.len()));
            });
        }
        if !me.teams.is_empty() {
            push(&|less| drop(less.teams.remove(at.index(me.teams.len()))));
            push(&|less| less.teams[at.index(me.teams.len())].lead = false);
        }
        for action in Action::ALL {
            for less in &fewer {
                prop_assert!(may(less, *action, &facts).is_err() || may(&whole, *action, &facts).is_ok(), "{action:?} {less:?}");
            }
        }
    }

    #[test]
    fn who_may_do_a_thing_may_see_it(me in any_me(), facts in any_facts()) {
        let actor = Actor::Person(Box::new(me));
        let see = match facts {
            Facts::Site | Facts::Network(_) => Action::Visit,
            // That there are roles and schools is no secret.
            Facts::Role(_) | Facts::School(_) => return Ok(()),
            Facts::Team(_) => Action::SeeTeam,
            Facts::Space(_) => Action::SeeSpace,
            Facts::Item(_) => Action::SeeItem,
            Facts::Session(_) => Action::SeeSession,
            Facts::ActionItem(_) => Action::SeeActionItem,
        };
        let seen = may(&actor, see, &facts).is_ok();
        for action in Action::ALL {
            let answer = may(&actor, *action, &facts);
            prop_assert!(seen || answer == Err(Denial::Missing), "{action:?}: {answer:?} of what is not seen");
            prop_assert!(!seen || answer != Err(Denial::Missing), "{action:?}: what is seen is not denied as missing");
        }
    }

    #[test]
    fn what_is_posted_and_what_is_held_is_seen_as_its_space_is(me in any_me(), facts in any_facts()) {
        let actor = Actor::Person(Box::new(me));
        let (see, space) = match &facts {
            Facts::Item(item) if !item.draft => (Action::SeeItem, &item.space),
            Facts::Session(session) => (Action::SeeSession, &session.space),
            _ => return Ok(()),
        };
        prop_assert_eq!(may(&actor, see, &facts), may(&actor, Action::SeeSpace, &Facts::Space(space.clone())));
    }

    #[test]
    fn an_archived_space_is_seen_as_before_and_not_written(me in any_me(), facts in any_facts()) {
        let Facts::Space(space) = facts else { return Ok(()) };
        let actor = Actor::Person(Box::new(me));
        let ask = |action, archived| may(&actor, action, &Facts::Space(SpaceFacts { archived, ..space.clone() }));
        for action in Action::ALL {
            let expected = if matches!(action, Action::SeeSpace | Action::ReturnSpace | Action::Report | Action::Moderate | Action::Redact) { ask(*action, false) } else { ask(*action, false).and(Err(Denial::Archived)) };
            prop_assert_eq!(ask(*action, true), expected);
        }
    }
}
