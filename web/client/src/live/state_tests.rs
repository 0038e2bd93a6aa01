use model::{
    ids::PersonId,
    live::{Event, NewStep, Standing, message_id},
    words::Prose,
};
use uuid::Uuid;

use super::*;

const NOW: Timestamp = Timestamp(1_795_350_600_000);

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x0192_f0c1_2b3c_7000_8000_0000_0000_0000 | number)
}

fn id(number: u128) -> CommandId {
    CommandId::from_uuid(uuid(number))
}

fn rasa() -> Participant {
    let name = "Rasa Jankauskienė".to_owned();
    Participant { id: PersonId::from_uuid(uuid(1)), name, team: None, school: None, role: Standing::Facilitator }
}

fn room() -> Room {
    let step = NewStep {
        id: model::ids::StepId::from_uuid(uuid(7)),
        title: "Tikslas".into(),
        minutes: 10,
        rules: Default::default(),
        note: None,
    };
    let mut room = Room::default();
    evolve(&mut room, &Event::Scheduled { title: "Dirbtuvė".into(), facilitator: rasa().id, steps: vec![step] });
    evolve(&mut room, &Event::Opened { by: rasa().id, at: NOW });
    room
}

fn welcome(seq: i64, room: Option<Room>) -> ServerFrame {
    ServerFrame::Welcome { you: rasa(), epoch: "a".into(), seq, at: NOW, room: room.map(Box::new) }
}

fn say(text: &str) -> Command {
    Command::Say { text: Prose::new(text).unwrap(), reply_to: None }
}

fn said(seq: i64, cause: u128, text: &str) -> ServerFrame {
    let event = Event::Said {
        id: message_id(rasa().id, id(cause)),
        by: rasa().id,
        at: NOW,
        text: Some(text.into()),
        reply_to: None,
    };
    ServerFrame::Happened { seq, cause: Some(id(cause)), event: Some(event) }
}

/// In the room, at number 2.
fn ready() -> Live {
    let mut live = Live::new(SessionId::from_uuid(uuid(9)), NOW);
    assert_eq!(live.tick(NOW, true, 0.0), [Effect::Connect]);
    live.opened();
    live.heard(welcome(2, Some(room())), NOW, 0.0);
    live
}

fn texts(live: &Live) -> Vec<&str> {
    live.room.as_ref().unwrap().messages.iter().filter_map(|message| message.text.as_deref()).collect()
}

fn after(ms: i64) -> Timestamp {
    NOW.plus(Millis(ms))
}

#[test]
fn the_first_hello_asks_for_the_whole_room() {
    let mut live = Live::new(SessionId::from_uuid(uuid(9)), NOW);
    let Effect::Send(ClientFrame::Hello { last, .. }) = &live.opened()[0] else { panic!() };
    assert_eq!(*last, None);
}

#[test]
fn what_happened_is_folded_once_and_in_order() {
    let mut live = ready();
    live.heard(said(3, 1, "Labas"), NOW, 0.0);
    live.heard(said(3, 1, "Labas"), NOW, 0.0);
    live.heard(ServerFrame::Happened { seq: 4, cause: None, event: None }, NOW, 0.0);
    live.heard(said(5, 2, "Pradėkime"), NOW, 0.0);
    assert_eq!(texts(&live), ["Labas", "Pradėkime"]);
    assert_eq!(live.position.unwrap().seq, 5);
}

#[test]
fn a_gap_is_never_papered_over() {
    let mut live = ready();
    assert_eq!(live.heard(said(4, 1, "Po tarpo"), NOW, 0.5), [Effect::Disconnect]);
    assert!(texts(&live).is_empty());
    let Effect::Send(ClientFrame::Hello { last, .. }) = &live.opened()[0] else { panic!() };
    assert_eq!(*last, None, "a whole room is asked for");
}

#[test]
fn a_command_lost_with_its_socket_is_sent_again_under_the_same_id() {
    let mut live = ready();
    let first = live.ask(say("Labas"), None, id(1), false, NOW).unwrap();
    assert_eq!(first, [Effect::Send(ClientFrame::Do { id: id(1), command: say("Labas"), sure: false, whom: None })]);
    live.lost(after(100), 0.0);
    live.ask(say("Antra"), None, id(2), false, after(200)).unwrap();
    assert_eq!(live.pending.len(), 2);

    assert_eq!(live.tick(after(1_000), true, 0.0), [Effect::Connect]);
    let Effect::Send(ClientFrame::Hello { last, .. }) = &live.opened()[0] else { panic!() };
    assert_eq!(last.as_ref().map(|last| last.seq), Some(2));
    let sent = live.heard(welcome(3, None), after(1_100), 0.0);
    let sent: Vec<CommandId> = sent
        .iter()
        .map(|effect| match effect {
            Effect::Send(ClientFrame::Do { id, .. }) => *id,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(sent, [id(1), id(2)], "in the order in which they were asked");

    // The server had done the first one before the cut.
    live.heard(said(3, 1, "Labas"), after(1_200), 0.0);
    live.heard(ServerFrame::Done { id: id(1), seq: 3 }, after(1_200), 0.0);
    live.heard(said(4, 2, "Antra"), after(1_200), 0.0);
    live.heard(ServerFrame::Done { id: id(2), seq: 4 }, after(1_200), 0.0);
    assert_eq!(texts(&live), ["Labas", "Antra"]);
    assert!(live.pending.is_empty());
}

#[test]
fn trouble_shows_within_five_seconds_and_goes_by_itself() {
    let ticked = |live: &mut Live, from: i64, to: i64| {
        for ms in (from..=to).step_by(1_000) {
            live.tick(after(ms), true, 0.5);
        }
    };
    // An unanswered command.
    let mut live = ready();
    live.ask(say("Labas"), None, id(1), false, NOW).unwrap();
    assert_eq!(live.trouble(after(1_000)), None);
    assert_eq!(live.trouble(after(5_000)), Some(Trouble::Silent));
    live.heard(ServerFrame::Done { id: id(1), seq: 3 }, after(5_100), 0.5);
    assert_eq!(live.trouble(after(5_200)), None);

    // A missed heartbeat: every 3 s while a step runs.
    let mut live = ready();
    let step = live.room.as_ref().unwrap().steps[0].id;
    let started = Event::StepStarted { step, at: NOW, ends_at: after(600_000) };
    live.heard(ServerFrame::Happened { seq: 3, cause: None, event: Some(started) }, NOW, 0.5);
    ticked(&mut live, 1_000, 7_000);
    assert_eq!(live.trouble(after(8_000)), Some(Trouble::Silent));

    // The device's own word.
    let mut live = ready();
    live.network(false, NOW);
    assert_eq!(live.trouble(NOW), Some(Trouble::Offline));
    live.network(true, after(9_000));
    assert_eq!(live.trouble(after(9_000)), None);
}

#[test]
fn a_silent_socket_is_given_up_and_another_opened() {
    let mut live = ready();
    live.ask(say("Labas"), None, id(1), false, NOW).unwrap();
    assert_eq!(live.tick(after(10_500), true, 0.5), [Effect::Disconnect]);
    assert_eq!(live.trouble(after(10_600)), Some(Trouble::Reconnecting));
    assert_eq!(live.tick(after(12_000), true, 0.5), [Effect::Connect]);
}

#[test]
fn the_pause_grows_is_drawn_by_chance_and_has_a_limit() {
    let mut live = ready();
    let mut pauses = Vec::new();
    let mut now = NOW;
    for _ in 0..10 {
        live.lost(now, 0.999_9);
        let Link::Waiting { until } = live.link else { panic!() };
        pauses.push(until.since(now).ms());
        now = until;
        live.tick(now, true, 0.0);
    }
    assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]), "{pauses:?}");
    assert!((490..=500).contains(&pauses[0]) && pauses[9] <= 20_000, "{pauses:?}");
    live.lost(now, 0.0);
    assert_eq!(live.link, Link::Waiting { until: now }, "by chance also at once");
}

#[test]
fn a_farewell_without_a_time_is_for_good() {
    let mut live = ready();
    let bye = ServerFrame::Bye { reason: ByeReason::SignedOut, retry_after: None };
    assert_eq!(live.heard(bye, NOW, 0.5), [Effect::Disconnect]);
    assert_eq!(live.trouble(NOW), Some(Trouble::Ended(ByeReason::SignedOut)));
    assert!(live.tick(after(60_000), true, 0.5).is_empty());

    let mut live = ready();
    live.heard(ServerFrame::Bye { reason: ByeReason::Restart, retry_after: Some(3_000) }, NOW, 0.5);
    assert!(live.tick(after(3_000), true, 0.5).is_empty());
    assert_eq!(live.tick(after(3_300), true, 0.5), [Effect::Connect]);
}

#[test]
fn a_refusal_foreseen_here_is_never_sent_and_one_from_the_server_keeps_the_text() {
    let mut live = ready();
    let refusal = live.ask(Command::LowerHand { person: None }, None, id(1), false, NOW).unwrap_err();
    assert_eq!(refusal.code, Code::HandDown);
    assert!(live.pending.is_empty());

    live.ask(say("Labas"), None, id(2), false, NOW).unwrap();
    live.heard(ServerFrame::Refused { id: Some(id(2)), refusal: Refusal::of(Code::GuardPupil) }, NOW, 0.0);
    assert!(live.pending.is_empty());
    assert_eq!(live.refused[0].command, say("Labas"));
    live.dismiss(id(2));
    assert!(live.refused.is_empty());
}

#[test]
fn what_the_server_cannot_do_now_keeps_its_place() {
    let mut live = ready();
    live.ask(say("Labas"), None, id(1), false, NOW).unwrap();
    live.heard(ServerFrame::Refused { id: Some(id(1)), refusal: Refusal::of(Code::Unavailable) }, NOW, 0.0);
    assert!(live.tick(after(1_000), true, 0.0).is_empty());
    assert_eq!(live.tick(after(2_000), true, 0.0).len(), 1);
    assert_eq!(live.pending.len(), 1);
}

#[test]
fn the_timer_follows_the_servers_clock() {
    let mut live = ready();
    let step = live.room.as_ref().unwrap().steps[0].id;
    let started = Event::StepStarted { step, at: NOW, ends_at: after(60_000) };
    live.heard(ServerFrame::Happened { seq: 3, cause: None, event: Some(started) }, NOW, 0.0);
    // Our clock runs 7 s late: the server said 20 s when ours showed 13.
    live.heard(ServerFrame::Here { at: after(20_000) }, after(13_000), 0.0);
    assert_eq!(live.time_left(after(13_000)), Some(Millis(40_000)));
}

#[test]
fn a_reload_takes_up_what_was_unanswered() {
    let mut live = ready();
    live.lost(NOW, 0.5);
    live.ask(say("Neišsiųsta"), None, id(1), false, NOW).unwrap();
    let kept = live.pending.clone();

    let mut live = Live::new(SessionId::from_uuid(uuid(9)), NOW);
    live.restore(kept.clone());
    live.restore(kept);
    live.tick(NOW, true, 0.0);
    live.opened();
    let sent = live.heard(welcome(2, Some(room())), NOW, 0.0);
    assert_eq!(
        sent,
        [Effect::Send(ClientFrame::Do { id: id(1), command: say("Neišsiųsta"), sure: false, whom: None })]
    );
}

#[test]
fn who_is_here_follows_the_frames() {
    let mut live = ready();
    live.heard(ServerFrame::People { all: true, here: vec![rasa()], gone: vec![] }, NOW, 0.0);
    assert!(live.here == [rasa()]);
    live.heard(ServerFrame::People { all: false, here: vec![rasa()], gone: vec![] }, NOW, 0.0);
    assert_eq!(live.here.len(), 1, "once, though on two devices");
    live.heard(ServerFrame::People { all: false, here: vec![], gone: vec![rasa().id] }, NOW, 0.0);
    assert!(live.here.is_empty());
}

#[test]
fn who_comes_late_or_was_away_for_long_is_told_so_once_and_a_reload_is_neither() {
    let welcomed = |minutes: i64, arrived: Option<(i64, bool)>| {
        let mut room = room();
        if let Some((at, here)) = arrived {
            evolve(&mut room, &Event::Arrived { who: rasa(), at: after(at * 60_000), with: None });
            if !here {
                evolve(&mut room, &Event::Left { person: rasa().id, at: after(at * 60_000) });
            }
        }
        let mut live = Live::new(SessionId::from_uuid(uuid(9)), NOW);
        live.opened();
        let at = after(minutes * 60_000);
        let frame = ServerFrame::Welcome { you: rasa(), epoch: "a".into(), seq: 2, at, room: Some(Box::new(room)) };
        live.heard(frame, at, 0.0);
        live
    };
    assert!(!welcomed(4, None).late, "it has only begun");
    assert!(welcomed(30, None).late);
    assert!(welcomed(30, Some((30, true))).late, "the arrival of just now is in the room already");
    assert!(!welcomed(30, Some((10, true))).late, "a reload");
    assert!(welcomed(30, Some((1, false))).late, "left, and back");

    let mut live = welcomed(1, Some((0, true)));
    live.lost(after(60_000), 0.0);
    live.heard(welcome(2, None), after(2 * 60_000), 0.0);
    assert!(!live.late, "a short break");
    live.lost(after(2 * 60_000), 0.0);
    live.heard(welcome(2, None), after(30 * 60_000), 0.0);
    assert!(live.late, "a laptop that was closed");
    let mut closed = Room::default();
    evolve(&mut closed, &Event::Opened { by: rasa().id, at: NOW });
    evolve(&mut closed, &Event::Closed { by: None, at: NOW });
    let mut live = Live::new(SessionId::from_uuid(uuid(9)), NOW);
    live.heard(
        ServerFrame::Welcome {
            you: rasa(),
            epoch: "a".into(),
            seq: 2,
            at: after(3_600_000),
            room: Some(Box::new(closed)),
        },
        after(3_600_000),
        0.0,
    );
    assert!(!live.late, "it is over");
}

#[test]
fn what_is_done_for_another_keeps_for_whom_until_it_is_answered() {
    let mut live = ready();
    let (host, ona) = (live.me.clone().unwrap(), PersonId::from_uuid(uuid(77)));
    let seated = Participant { id: ona, role: Standing::Participant, ..host.clone() };
    let raise = || Command::RaiseHand {};
    assert_eq!(live.ask(raise(), Some(ona), id(1), false, NOW).unwrap_err().code, Code::Forbidden);
    assert!(live.seated(ona).is_none());
    let room = live.room.as_mut().unwrap();
    evolve(room, &Event::Arrived { who: seated, at: NOW, with: Some(host.id) });
    assert!(live.seated(ona).is_some());
    let sent = [Effect::Send(ClientFrame::Do { id: id(2), command: raise(), sure: false, whom: Some(ona) })];
    assert_eq!(live.ask(raise(), Some(ona), id(2), false, NOW).unwrap(), sent);
    live.lost(NOW, 0.0);
    let again = live.heard(welcome(2, None), after(1_000), 0.0);
    assert_eq!(again, sent, "the same, for the same person");
    evolve(live.room.as_mut().unwrap(), &Event::HandRaised { person: ona, at: NOW });
    assert!(live.ask(raise(), None, id(3), false, NOW).is_ok(), "one's own hand is another");
}
