//! What there is to tell: a session that was held, and a board that was written on.

use model::{
    actions::{ActionState, OwnerCard},
    ids::*,
    live::{BoardEvent, Deed, Event, Participant, Reaction, RoomAction, Standing, StepRules, TeamCard, Voting},
    sessions::{PlannedStep, ScheduleSession},
    time::Millis,
};
use tests::{TestApp, app::BEGINNING};

use super::line;
use crate::planning::planned;

/// A session of half an hour that Rasa led, in which of everything a little happened.
pub async fn held(app: &TestApp) -> SessionId {
    let step = |title, minutes| PlannedStep::of(line(title), minutes, StepRules::default());
    let steps = vec![step("Kas *iš tikrųjų* | vyksta", 10), step("Sprendimai", 20)];
    let plan = planned(app, "dirbtuve", "2026-12-01T15:00");
    let plan = ScheduleSession { title: line("Kaip padėti pamokoje"), steps, ..plan };
    let session = app.as_("Rasa").await.call(plan).await.granted().card.id;

    let at = |minute| BEGINNING.plus(Millis::minutes(minute));
    let (rasa, tomas, vilma, ona) = (app.person("Rasa"), app.person("Tomas"), app.person("Vilma"), app.person("Ona"));
    let azuolas = Some(TeamCard { id: app.team("azuolas"), name: "Ąžuolas".into() });
    let saltinis = Some(TeamCard { id: app.team("saltinis"), name: "Šaltinis".into() });
    let came = |id, name: &str, team: &Option<TeamCard>, school: Option<&str>| Event::Arrived {
        who: Participant {
            id,
            name: name.into(),
            team: team.clone(),
            school: school.map(Into::into),
            role: Standing::Participant,
        },
        at: at(0),
        with: None,
    };
    let said = |n: u128, by, minute, text: &str| Event::Said {
        id: MessageId::from_uuid(uuid::Uuid::from_u128(n)),
        by,
        at: at(minute),
        text: Some(text.into()),
        reply_to: None,
    };
    let message = |n: u128| MessageId::from_uuid(uuid::Uuid::from_u128(n));
    let agreed = |n: u128, text: &str, owner: OwnerCard, due: Option<&str>| {
        let due = due.map(|day| day.parse().unwrap());
        let id = ActionItemId::from_uuid(uuid::Uuid::from_u128(n));
        let action = RoomAction {
            id,
            text: text.into(),
            owner,
            due,
            state: ActionState::Open,
            reason: None,
            brought: false,
            step: None,
        };
        Event::ActionAgreed(Deed { action, by: rasa, at: at(20 + n as i64) })
    };
    let whole =
        OwnerCard { team: app.team("saltinis"), team_name: "Šaltinis".into(), person: None, name: String::new() };
    let one = OwnerCard {
        team: app.team("azuolas"),
        team_name: "Ąžuolas".into(),
        person: Some(tomas),
        name: "Tomas Balčiūnas".into(),
    };
    let first = first_step(app, session).await;
    let events = [
        Event::Opened { by: rasa, at: at(0) },
        came(rasa, "Rasa Jankauskienė", &azuolas, Some("Ąžuolo gimnazija")),
        came(vilma, "Vilma", &saltinis, None),
        came(ona, "Ona Vaitkienė", &None, None),
        came(tomas, "Tomas Balčiūnas", &azuolas, Some("Ąžuolo gimnazija")),
        Event::StepStarted { step: first, at: at(1), ends_at: at(11) },
        said(1, tomas, 3, "Kaip padėti tiems,\n| kurie tyli?"),
        said(2, rasa, 4, "Pabandykime kartu."),
        said(3, vilma, 5, "# Nežinau, ar pavyks <b>"),
        Event::Reacted { message: message(3), by: tomas, reaction: Reaction::Question },
        said(4, vilma, 6, "Ištrinta?"),
        Event::Deleted { message: message(4), by: vilma },
        Event::StepEnded { step: first, at: at(13) },
        agreed(1, "Paruošti apklausą", one, Some("2026-12-04")),
        agreed(2, "Atspausdinti korteles", whole, None),
        Event::Closed { by: Some(rasa), at: at(30) },
    ];
    let command = CommandId::from_uuid(uuid::Uuid::from_u128(7));
    let mut tx = app.app.db.write().await.unwrap();
    server::live::append(&mut tx, session, None, command, &events, at(30)).await.unwrap();
    tx.commit().await.unwrap();
    session
}

async fn first_step(app: &TestApp, session: SessionId) -> StepId {
    let mut tx = app.app.read().await.unwrap();
    let row = server::sessions::store::find(&mut tx, session).await.unwrap().unwrap();
    row.steps[0].id
}

/// A board with a card by itself, a group, a card of another column and one that stayed hidden.
pub fn on_a_board(board: BoardId) -> Vec<Event> {
    let card = |n: u128| CardId::from_uuid(uuid::Uuid::from_u128(n));
    let group = GroupId::from_uuid(uuid::Uuid::from_u128(1));
    let added = |n, column, text: &str, hidden| {
        let text = Some(text.to_owned());
        BoardEvent::Added { board, card: card(n), column, by: None, text, anonymous: true, hidden }
    };
    let columns = vec!["Padeda".to_owned(), "Trukdo".to_owned(), "Tuščia".to_owned()];
    let made =
        BoardEvent::Made { board, title: "Kas padeda?".into(), columns, anonymous: true, hidden: false, step: None };
    let voting = Voting { each: 3, per_card: 0, sealed: true, closed: false };
    let events = [
        made,
        added(1, 0, "Tyla", false),
        added(2, 0, "Trumpos", false),
        added(3, 0, "Ilgos", false),
        added(4, 1, "*Skubėjimas*", false),
        added(5, 1, "Niekam nerodyta", true),
        BoardEvent::Grouped { board, group, title: "Pertraukos".into(), cards: vec![card(2), card(3)] },
        BoardEvent::VotingOpened { board, voting },
        BoardEvent::VotingClosed { board, dots: [(card(1), 3)].into_iter().collect() },
    ];
    events.into_iter().map(Event::Board).collect()
}
