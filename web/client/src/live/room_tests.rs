use model::{
    actions::{ActionState, Owner, OwnerCard},
    ids::{ActionItemId, BoardId, CardId, CommandId, MessageId, PersonId, PollId, SessionId, StepId, TeamId},
    live::{
        BoardEvent, Breakout, BreakoutEvent, Breakouts, ByeReason, Command, Deed, Event, NewStep, OwnerTeam,
        Participant, PollEvent, PollKind, Reaction, Room, RoomAction, RoundEvent, ServerFrame, Sheet, Speakers,
        Standing, StepKind, StepRules, evolve,
    },
    time::{Millis, Timestamp},
    words::Prose,
};
use text::Lang;
use uuid::Uuid;

use super::{
    super::{
        scene::{Acts, Task, Ui},
        state::Live,
    },
    view,
};
use crate::view::View;

const NOW: Timestamp = Timestamp(1_795_350_600_000);

/// Does nothing: what is looked at here is what is shown.
struct Idle;

impl Acts for Idle {
    fn press(&'static self, _: Command) {}
    fn try_press(&'static self, _: Command) -> bool {
        true
    }
    fn press_sure(&'static self) {}
    fn read(&'static self, _: &str) -> String {
        String::new()
    }
    fn fill(&'static self, _: &str, _: &str) {}
    fn change(&'static self, _: &dyn Fn(&mut Ui)) {}
    fn send(&'static self, _: bool) {}
    fn typed(&'static self, _: &str) {}
    fn focus(&'static self, _: &'static str) {}
    fn refused(&'static self, _: CommandId, _: bool) {}
    fn add_step(&'static self) {}
    fn open_task(&'static self, _: Task) {}
    fn keep_task(&'static self, _: bool) {}
    fn to_end(&'static self) {}
    fn scrolled(&'static self) {}
}

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x0192_f0c1_2b3c_7000_8000_0000_0000_0000 | number)
}

fn person(number: u128, name: &str, role: Standing) -> Participant {
    Participant { id: PersonId::from_uuid(uuid(number)), name: name.into(), team: None, school: None, role }
}

fn tomas() -> Participant {
    person(2, "Tomas Balčiūnas", Standing::Participant)
}

fn rasa() -> Participant {
    person(1, "Rasa Jankauskienė", Standing::Facilitator)
}

fn step() -> StepId {
    StepId::from_uuid(uuid(7))
}

/// An open session as `you` has it before them.
fn entered(you: Participant, events: &[Event]) -> Live {
    let steps =
        vec![NewStep { id: step(), title: "Tikslas".into(), minutes: 10, rules: Default::default(), note: None }];
    let mut room = Room::default();
    evolve(&mut room, &Event::Scheduled { title: "Dirbtuvė".into(), facilitator: rasa().id, steps });
    evolve(&mut room, &Event::Opened { by: rasa().id, at: NOW });
    for who in [rasa(), tomas()] {
        evolve(&mut room, &Event::Arrived { who, at: NOW, with: None });
    }
    events.iter().for_each(|event| evolve(&mut room, event));
    let mut live = Live::new(SessionId::from_uuid(uuid(9)), NOW);
    live.tick(NOW, true, 0.0);
    live.opened();
    live.heard(ServerFrame::Welcome { you, epoch: "a".into(), seq: 5, at: NOW, room: Some(Box::new(room)) }, NOW, 0.0);
    live
}

fn shown(live: &Live, after: i64) -> View {
    view(Lang::Lt, live, NOW.plus(Millis(after)), &Ui { at_end: true, ..Ui::default() }, "/sesijos/x", &Idle)
}

fn has_button(view: &View, words: &str) -> bool {
    view.find(&|tag| tag.name == "button" && View::from(tag.clone()).words() == words).is_some()
}

#[test]
fn steering_is_shown_to_facilitators_alone() {
    assert!(has_button(&shown(&entered(rasa(), &[]), 0), "Pradėti: Tikslas"));
    assert!(has_button(&shown(&entered(rasa(), &[]), 0), "Uždaryti sesiją"));
    let participant = shown(&entered(tomas(), &[]), 0);
    assert!(!has_button(&participant, "Pradėti: Tikslas") && !has_button(&participant, "Uždaryti sesiją"));
    assert!(has_button(&participant, "Pakelti ranką"));
}

#[test]
fn who_only_sees_can_neither_write_nor_raise_a_hand() {
    let observer = shown(&entered(person(3, "Nerijus Lapinskas", Standing::Observer), &[]), 0);
    assert!(observer.words().contains("Čia galite tik skaityti."));
    assert!(observer.find(&|tag| tag.name == "textarea").is_none());
    assert!(!has_button(&observer, "Pakelti ranką"));
}

#[test]
fn a_broken_connection_tells_how_much_is_unsent() {
    let mut live = entered(tomas(), &[]);
    assert!(shown(&live, 0).find(&|tag| tag.attributes.contains(&("data-trouble", String::new()))).is_none());
    live.lost(NOW, 0.5);
    let say = Command::Say { text: Prose::new("Mano mintis").unwrap(), reply_to: None };
    live.ask(say, None, CommandId::from_uuid(uuid(20)), false, NOW).unwrap();
    let words = shown(&live, 0).words();
    assert!(words.contains("Ryšys nutrūko") && words.contains("Laukia išsiuntimo 1 veiksmas"), "{words}");
    assert!(words.contains("siunčiama…Mano mintis"), "{words}");
}

#[test]
fn an_ended_sign_in_leads_to_the_sign_in_and_back_here() {
    let mut live = entered(tomas(), &[]);
    live.heard(ServerFrame::Bye { reason: ByeReason::SignedOut, retry_after: None }, NOW, 0.5);
    let view = shown(&live, 0);
    let link = view.find(&|tag| tag.name == "a").unwrap();
    assert!(link.attributes.contains(&("href", "/prisijungti?grizti=/sesijos/x".into())));
}

#[test]
fn ones_own_place_in_the_queue_is_told() {
    let hands = [rasa(), tomas()].map(|who| Event::HandRaised { person: who.id, at: NOW });
    let view = shown(&entered(tomas(), &hands), 0);
    assert!(view.words().contains("Jūsų vieta eilėje: 2"));
    assert!(has_button(&view, "Nuleisti ranką"));
}

#[test]
fn the_clock_counts_down_to_the_shared_end() {
    let started = Event::StepStarted { step: step(), at: NOW, ends_at: NOW.plus(Millis::minutes(10)) };
    let live = entered(tomas(), &[started]);
    let time = |after: i64| {
        let view = shown(&live, after);
        View::from(view.find(&|tag| tag.attributes.contains(&("role", "timer".into()))).unwrap().clone()).words()
    };
    assert_eq!(time(0), "10:00");
    assert_eq!(time(61_000), "8:59");
    assert_eq!(time(630_000), "−0:30");
}

#[test]
fn a_closed_session_leads_to_its_record() {
    let closed = Event::Closed { by: None, at: NOW };
    let view = shown(&entered(rasa(), &[closed]), 0);
    let record = |tag: &crate::view::Tag| tag.attributes.contains(&("href", "/sesijos/x/irasas".into()));
    assert!(view.find(&record).is_some());
    assert!(!has_button(&view, "Uždaryti sesiją"));
}

#[test]
fn what_is_being_written_when_the_session_closes_stays_to_be_read() {
    let closed = Event::Closed { by: None, at: NOW };
    let mut ui = Ui::default();
    ui.composer.text = "Ilga nebaigta mintis".to_owned();
    let view = super::view(Lang::Lt, &entered(tomas(), &[closed]), NOW, &ui, "/sesijos/x", &Idle);
    let kept = |tag: &crate::view::Tag| {
        tag.attributes.contains(&("value", "Ilga nebaigta mintis".into()))
            && tag.attributes.contains(&("readonly", "".into()))
    };
    assert!(view.find(&kept).is_some());
}

#[test]
fn a_step_whose_time_ran_out_is_named_and_can_be_extended() {
    let ended = Event::StepEnded { step: step(), at: NOW.plus(Millis::minutes(10)) };
    let live =
        entered(rasa(), &[Event::StepStarted { step: step(), at: NOW, ends_at: NOW.plus(Millis::minutes(10)) }, ended]);
    let view = shown(&live, 600_000);
    assert!(has_button(&view, "Pratęsti 5 min."));
    assert!(view.words().contains("Laikas baigėsi"), "{}", view.words());
}

/// An action from before that is overdue, one agreed here, and a message that two people reacted to.
fn agreed() -> Vec<Event> {
    let team = TeamId::from_uuid(uuid(40));
    let owner = OwnerCard { team, team_name: "Ąžuolas".into(), person: Some(tomas().id), name: tomas().name };
    let action = |number, text: &str, due: &str, brought| RoomAction {
        id: ActionItemId::from_uuid(uuid(number)),
        text: text.into(),
        owner: owner.clone(),
        due: due.parse().ok(),
        state: ActionState::Open,
        reason: None,
        brought,
        step: None,
    };
    let owners = vec![OwnerTeam { id: team, name: "Ąžuolas".into(), people: vec![(tomas().id, tomas().name)] }];
    let said = MessageId::from_uuid(uuid(60));
    let by = rasa().id;
    vec![
        Event::Brought {
            actions: vec![action(50, "Iš praeito karto", "2026-11-21", true)],
            owners,
            reminders: Vec::new(),
        },
        Event::ActionAgreed(Deed { action: action(51, "Parengti klausimyną", "2026-12-04", false), by, at: NOW }),
        Event::Said { id: said, by, at: NOW, text: Some("Svarbiausia mintis".into()), reply_to: None },
        Event::Reacted { message: said, by, reaction: Reaction::Agree },
        Event::Reacted { message: said, by: tomas().id, reaction: Reaction::Idea },
    ]
}

#[test]
fn what_is_open_from_before_comes_first_counted_and_overdue_in_words() {
    let live = entered(tomas(), &agreed());
    let shown = view(Lang::Lt, &live, NOW, &Ui::default(), "/sesijos/1", &Idle);
    let carried = shown.find(&|tag| tag.attributes.contains(&("class", "live-carried".into()))).unwrap();
    let words = View::from(carried.clone()).words();
    assert!(words.starts_with("Nuo to pradedame: anksčiau sutartos užduotys 1Iš praeito karto"), "{words}");
    assert!(words.contains("vėluoja: turėjo būti iki 2026-11-21"), "{words}");
    assert!(!words.contains("Parengti klausimyną"), "what was agreed here is no burden from before");
}

#[test]
fn who_comes_late_is_told_where_the_session_is_what_was_agreed_and_what_mattered() {
    let live = entered(tomas(), &agreed());
    let shown = view(Lang::Lt, &live, NOW, &Ui { recap: true, ..Ui::default() }, "/sesijos/1", &Idle);
    let recap = shown.find(&|tag| tag.attributes.contains(&("class", "live-recap".into()))).unwrap();
    let words = View::from(recap.clone()).words();
    for told in [
        "Sutarta 1 užduotis",
        "Parengti klausimyną – Tomas Balčiūnas, „Ąžuolas“",
        "Rasa Jankauskienė: Svarbiausia mintis",
    ] {
        assert!(words.contains(told), "{told}: {words}");
    }
    let without = view(Lang::Lt, &live, NOW, &Ui::default(), "/sesijos/1", &Idle);
    assert!(without.find(&|tag| tag.attributes.contains(&("class", "live-recap".into()))).is_none());
}

fn started(rules: StepRules) -> Vec<Event> {
    let id = StepId::from_uuid(uuid(8));
    let step = NewStep { id, title: "Ratas".into(), minutes: 5, rules, note: None };
    vec![Event::StepAdded { step }, Event::StepStarted { step: id, at: NOW, ends_at: NOW.plus(Millis::minutes(5)) }]
}

#[test]
fn who_presents_is_told_that_they_listen_and_keeps_a_field_to_write_in() {
    let mut events = started(StepRules { speaks: Some(Speakers::Others), ..StepRules::default() });
    events.push(Event::Presents { who: Some(Owner::Person(tomas().id)) });
    let listening = shown(&entered(tomas(), &events), 0);
    assert!(listening.words().contains("Klausosi Tomas Balčiūnas, kalba kiti. Šiame žingsnyje klausotės."));
    assert!(listening.words().contains("Jūsų tekstas lieka lauke."));
    assert!(listening.find(&|tag| tag.name == "textarea").is_some());
    let leading = shown(&entered(rasa(), &events), 0);
    assert!(!leading.words().contains("klausotės"));
}

#[test]
fn a_turn_is_handed_on_by_whose_it_is_and_by_a_facilitator() {
    let mut events = started(StepRules { kind: StepKind::Round, ..StepRules::default() });
    let tomas_ = Owner::Person(tomas().id);
    events.push(Event::Round(RoundEvent::Begun { waiting: vec![tomas_] }));
    assert!(has_button(&shown(&entered(rasa(), &events), 0), "Toliau kalba: Tomas Balčiūnas"));
    assert!(!has_button(&shown(&entered(tomas(), &events), 0), "Baigiau kalbėti"));
    events.push(Event::Round(RoundEvent::Given { who: Some(tomas_), at: NOW }));
    let mine = shown(&entered(tomas(), &events), 0);
    assert!(has_button(&mine, "Baigiau kalbėti") && mine.words().contains("Dabar Jūsų eilė kalbėti"));
    assert!(has_button(&shown(&entered(rasa(), &events), 0), "Baigti ratą"));
}

#[test]
fn a_step_without_the_chat_hides_it_and_a_facilitator_sees_who_was_not_heard() {
    let quiet = started(StepRules { without_chat: true, ..StepRules::default() });
    let room = shown(&entered(rasa(), &quiet), 0);
    assert!(room.find(&|tag| tag.attributes.contains(&("role", "log".into()))).is_none());
    assert!(room.words().contains("Dar neišklausyti: 1"));
    assert!(!shown(&entered(tomas(), &quiet), 0).words().contains("Dar neišklausyti"));
}

#[test]
fn a_sealed_poll_asks_for_a_vote_and_shows_no_result_to_whoever_looks() {
    let poll = PollId::from_uuid(uuid(70));
    let sheet = Sheet {
        question: "Nuo ko pradedame?".into(),
        kind: PollKind::Single,
        options: vec!["Nuo porų".into(), "Nuo rato".into()],
        each: 0,
        per_option: 0,
        sealed: true,
        anonymous: false,
        seconds: None,
        step: None,
    };
    let opened = Event::Poll(PollEvent::Opened { poll, sheet, at: NOW, ends_at: None });
    let voted = Event::Poll(PollEvent::Voted { poll, by: rasa().id, choice: None });
    let view = shown(&entered(tomas(), &[opened, voted]), 0);
    let words = view.words();
    for told in ["Nuo ko pradedame?", "Nuo porų", "Nuo rato", "Dalyvavo 1 iš 2"] {
        assert!(words.contains(told), "{told}: {words}");
    }
    assert!(!words.contains("Rezultatai:") && has_button(&view, "Balsuoti") && !has_button(&view, "Baigti apklausą"));
}

#[test]
fn a_hidden_card_is_there_without_its_words_and_a_board_is_steered_by_facilitators() {
    let (board, card) = (BoardId::from_uuid(uuid(71)), CardId::from_uuid(uuid(72)));
    let made = BoardEvent::Made {
        board,
        title: "Apžvalga".into(),
        columns: vec!["Pavyko".into(), "Nepavyko".into()],
        anonymous: false,
        hidden: true,
        step: None,
    };
    let added = BoardEvent::Added { board, card, column: 0, by: None, text: None, anonymous: false, hidden: true };
    let events = [Event::Board(made), Event::Board(added)];
    let view = shown(&entered(tomas(), &events), 0);
    let words = view.words();
    assert!(words.contains("Pavyko 1") && words.contains("Neatversta kortelė"), "{words}");
    assert!(!has_button(&view, "Atversti korteles") && has_button(&view, "Pridėti"));
    assert!(has_button(&shown(&entered(rasa(), &events), 0), "Atversti korteles"));
}

/// Tomas' group, as the main room and the rooms of groups are told.
fn groups(main: Option<u128>, change: impl Fn(&mut Breakouts)) -> Event {
    let people = [tomas().id].into_iter().collect();
    let session = SessionId::from_uuid(uuid(71));
    let mut state = Breakouts {
        groups: vec![Breakout { session, title: "Pirma grupė".into(), people }],
        at: NOW,
        ends_at: NOW.plus(Millis::minutes(10)),
        turn: 1,
        warned: false,
        closed: false,
        main: main.map(|main| SessionId::from_uuid(uuid(main))),
    };
    change(&mut state);
    Event::Breakouts(Box::new(BreakoutEvent::Opened(state)))
}

#[test]
fn everyone_is_led_to_their_group_and_back() {
    let link = |view: &View, to: &str| {
        view.find(&|tag| tag.name == "a" && tag.attributes.contains(&("href", to.to_owned()))).is_some()
    };
    let group = format!("/sesijos/{}", uuid(71));
    let mine = shown(&entered(tomas(), &[groups(None, |_| {})]), 0);
    assert!(mine.words().contains("Jūsų grupė: Pirma grupė, iki") && link(&mine, &group), "{}", mine.words());
    assert!(mine.words().contains("Grupėse: ") && !link(&mine, "/sesijos/x/grupes"));
    let led = shown(&entered(rasa(), &[groups(None, |_| {})]), 0);
    assert!(led.words().contains("Dirbama grupėmis iki") && link(&led, "/sesijos/x/grupes") && !link(&led, &group));
    let soon = shown(&entered(tomas(), &[groups(None, |state| state.warned = true)]), 0);
    assert!(soon.words().contains("Liko mažiau nei dvi minutės."));
    let over = shown(&entered(tomas(), &[groups(None, |state| state.closed = true)]), 0);
    assert!(!over.words().contains("Jūsų grupė"));

    // In a room of a group that is not theirs any more, and once they are called back.
    let moved = shown(&entered(tomas(), &[groups(Some(70), |_| {})]), 0);
    assert!(link(&moved, &group) && link(&moved, &format!("/sesijos/{}", uuid(70))));
    let back = shown(&entered(tomas(), &[groups(Some(70), |state| state.closed = true)]), 0);
    assert!(back.words().contains("Grupės sušauktos atgal.") && link(&back, &format!("/sesijos/{}", uuid(70))));
    assert!(!link(&back, &group));
}
