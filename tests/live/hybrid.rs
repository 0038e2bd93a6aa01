//! Hybrid rooms over real sockets: one laptop, several people of a team, and each of them counts.

use std::time::Duration;

use db::{Db, sql};
use model::{
    ids::*,
    live::{
        AgreementCommand, BoardCommand, ClientFrame, Command, PollCommand, PollState, Stand as Voiced, agreement_id,
        made_on_board, poll_id,
    },
    refusal::Code,
    time::Timestamp,
    words::Prose,
};
use server::live::Settings;

use crate::{
    both,
    child::Ground,
    live_client::{LiveClient, command_id},
    stand::{EGLE, JONAS, NERIJUS, RASA, Stand, TOMAS, headers, person},
};

/// Who sits with Rasa.
const MATES: [u128; 3] = [TOMAS, EGLE, 5];

fn seat(people: &[u128]) -> Command {
    Command::Seat { people: people.iter().map(|number| person(*number)).collect(), cards: Vec::new() }
}

fn new<T: serde::de::DeserializeOwned>(json: serde_json::Value) -> T {
    serde_json::from_value(json).unwrap()
}

fn vote(poll: PollId, pick: u32) -> Command {
    Command::Poll(PollCommand::Vote { poll, picks: vec![pick], text: None })
}

fn voice(agreement: AgreementId, voice: Voiced) -> Command {
    let reason = (voice == Voiced::Object).then(|| Prose::new("Per mažai laiko.").unwrap());
    Command::Agreement(AgreementCommand::Voice { agreement, voice, reason })
}

fn here(client: &LiveClient) -> usize {
    client.room.people.values().filter(|one| one.here).count()
}

/// Jonas by a laptop of his own, and Rasa by one that stands for three more.
async fn together(stand: &Stand) -> (LiveClient, LiveClient) {
    let (mut jonas, mut rasa) = (stand.join(JONAS).await, stand.join(RASA).await);
    rasa.until(|rasa| here(rasa) == 2).await;
    rasa.done(seat(&MATES)).await;
    jonas.until(|jonas| here(jonas) == 5).await;
    (jonas, rasa)
}

async fn ask(jonas: &mut LiveClient, rasa: &mut LiveClient, more: &str) -> PollId {
    let mut json = serde_json::json!({ "question": "Ar tinka?", "kind": "single", "options": ["Taip", "Ne"] });
    if !more.is_empty() {
        json[more] = true.into();
    }
    let id = jonas.ask(Command::Poll(PollCommand::Ask(new(json)))).await;
    jonas.until(|jonas| jonas.done.contains_key(&id)).await;
    let poll = poll_id(person(JONAS), id);
    rasa.until(|rasa| rasa.room.polls.get(poll).is_some()).await;
    poll
}

/// Of each, in the order of their first interval: who, since when, until when.
async fn intervals(db: &Db, session: SessionId) -> Vec<(PersonId, Timestamp, Option<Timestamp>)> {
    let mut tx = db.read().await.unwrap();
    sql!("select person, arrived_at, left_at from attendance where session = $1 order by person, arrived_at", session)
        .all(&mut tx)
        .await
        .unwrap()
}

both!(one_device_stands_for_four_people_in_named_sealed_and_anonymous_polls, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa) = together(&stand).await;
    for more in ["", "sealed", "anonymous"] {
        let poll = ask(&mut jonas, &mut rasa, more).await;
        rasa.done(vote(poll, 0)).await;
        for mate in MATES {
            rasa.done_for(person(mate), vote(poll, 1)).await;
        }
        if more == "anonymous" {
            assert_eq!(rasa.refused_for(person(TOMAS), vote(poll, 0)).await, Code::PollVoted);
        } else {
            // The last one counts, of each alone.
            rasa.done_for(person(EGLE), vote(poll, 0)).await;
        }
        if more == "sealed" {
            let mine = rasa.room.polls.get(poll).unwrap().choices.keys().copied().collect::<Vec<_>>();
            assert_eq!(mine, [person(RASA)], "what the others chose is not shown back");
            assert!(jonas.heard.iter().all(|frame| !frame.contains(&poll.to_string()) || !frame.contains("picks")));
        }
        jonas.done(Command::Poll(PollCommand::Close { poll })).await;
        let closed =
            |client: &LiveClient| client.room.polls.get(poll).is_some_and(|poll| poll.state == PollState::Closed);
        rasa.until(closed).await;
        let results = rasa.room.polls.get(poll).unwrap().results.clone().unwrap();
        let counts = if more == "anonymous" { vec![1, 3] } else { vec![2, 2] };
        assert_eq!((results.counts, results.voted, results.voters), (counts, 4, 5), "{more}");
    }
});

both!(four_positions_of_one_device_settle_an_agreement_of_people_and_one_of_teams, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa) = together(&stand).await;
    for teams in [false, true] {
        let propose = new(serde_json::json!({ "text": "Renkamės pirmadieniais.", "quorum": 60, "teams": teams }));
        let id = jonas.ask(Command::Agreement(AgreementCommand::Propose(propose))).await;
        jonas.until(|jonas| jonas.done.contains_key(&id)).await;
        let agreement = agreement_id(person(JONAS), id);
        jonas.done(Command::Agreement(AgreementCommand::Open { agreement })).await;
        rasa.until(|rasa| rasa.room.open_agreement().is_some()).await;
        rasa.done(voice(agreement, Voiced::Agree)).await;
        rasa.done_for(person(TOMAS), voice(agreement, Voiced::Object)).await;
        rasa.done_for(person(EGLE), voice(agreement, Voiced::Aside)).await;
        rasa.done_for(person(5), voice(agreement, Voiced::Agree)).await;
        let close = Command::Agreement(AgreementCommand::Close { agreement, reason: None });
        assert_eq!(jonas.refused(close.clone()).await, Code::AgreementObjections);
        rasa.done_for(person(TOMAS), Command::Agreement(AgreementCommand::Withdraw { agreement })).await;
        rasa.done_for(person(TOMAS), voice(agreement, Voiced::Agree)).await;
        jonas.done(close).await;
        let outcome = jonas.room.agreement(agreement).unwrap().outcome.clone().unwrap();
        let (people, team) = (outcome.people, outcome.teams);
        assert!(outcome.adopted);
        assert_eq!((people.agree, people.aside, people.object, people.of), (3, 1, 0, 5));
        assert_eq!((team.agree, team.of), (1, 1));
    }
});

both!(a_hand_a_turn_and_dots_are_each_ones_own, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa) = together(&stand).await;
    rasa.done_for(person(TOMAS), Command::RaiseHand {}).await;
    assert_eq!(rasa.refused_for(person(TOMAS), Command::RaiseHand {}).await, Code::HandUp);
    jonas.until(|jonas| jonas.room.hands.len() == 1).await;
    jonas.done(Command::NextHand {}).await;
    rasa.until(|rasa| rasa.room.floor.is_some()).await;
    rasa.done_for(person(TOMAS), Command::FinishFloor {}).await;
    jonas.until(|jonas| jonas.room.floor.is_none()).await;
    let heard: Vec<PersonId> = jonas.room.not_heard().map(|who| who.id).collect();
    assert!(!heard.contains(&person(TOMAS)) && heard.contains(&person(EGLE)));

    let id =
        jonas.ask(Command::Board(new(serde_json::json!({ "make": { "title": "Lenta", "columns": ["Viena"] } })))).await;
    let board: BoardId = made_on_board(id);
    rasa.until(|rasa| rasa.room.boards.get(board).is_some()).await;
    let text = Prose::new("Kortelė").unwrap();
    let id = rasa.ask(Command::Board(BoardCommand::Add { board, column: 0, text })).await;
    let card: CardId = made_on_board(id);
    jonas.until(|jonas| jonas.room.boards.get(board).is_some_and(|board| !board.cards.is_empty())).await;
    jonas.done(Command::Board(BoardCommand::OpenVoting { board, each: 2, per_card: 2, sealed: false })).await;
    rasa.until(|rasa| rasa.room.boards.get(board).unwrap().voting.is_some()).await;
    for mate in MATES {
        rasa.done_for(person(mate), Command::Board(BoardCommand::Dot { board, card, dots: 2 })).await;
    }
    let more = Command::Board(BoardCommand::Dot { board, card, dots: 3 });
    assert_eq!(rasa.refused_for(person(TOMAS), more).await, Code::CardCap);
    rasa.done_for(person(TOMAS), Command::Board(BoardCommand::Dot { board, card, dots: 0 })).await;
    jonas.until(|jonas| jonas.room.boards.get(board).unwrap().cards[0].dots == 4).await;
});

both!(only_the_team_sits_here_and_only_for_them_is_anything_done, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa) = (stand.join(JONAS).await, stand.join(RASA).await);
    rasa.until(|rasa| here(rasa) == 2).await;
    for people in [vec![NERIJUS], vec![TOMAS, NERIJUS], vec![RASA], vec![0x999]] {
        assert_eq!(rasa.refused(seat(&people)).await, Code::FieldWrong, "{people:?}");
    }
    assert_eq!(rasa.refused(seat(&[3, 4, 5, 6, 7, 8])).await, Code::TooMany);
    assert_eq!(rasa.refused_for(person(TOMAS), Command::RaiseHand {}).await, Code::Forbidden);
    rasa.done(seat(&[TOMAS])).await;
    assert_eq!(rasa.refused_for(person(EGLE), Command::RaiseHand {}).await, Code::Forbidden);
    assert_eq!(rasa.refused_for(person(JONAS), Command::RaiseHand {}).await, Code::Forbidden);
    assert_eq!(jonas.refused_for(person(TOMAS), Command::RaiseHand {}).await, Code::Forbidden);
    let say = crate::live_client::line("Ne mano žodžiai");
    assert_eq!(rasa.refused_for(person(TOMAS), say).await, Code::Forbidden);
    assert_eq!(rasa.refused_for(person(TOMAS), Command::Close {}).await, Code::Forbidden);

    // Who joined the team after the opening may sit here; who has left it may not, and who leaves it gets up.
    let team = model::ids::TeamId::from_uuid(uuid::Uuid::from_u128(0x102));
    stand
        .run(sql!(
            "insert into members (team, person, lead, joined_at) values ($1, $2, false, 1)",
            team,
            person(NERIJUS)
        ))
        .await;
    rasa.done(seat(&[TOMAS, NERIJUS])).await;
    jonas.until(|jonas| jonas.room.is_here(person(NERIJUS)) && jonas.room.is_here(person(TOMAS))).await;
    stand.run(sql!("delete from members where person = $1", person(TOMAS))).await;
    stand.node.rooms.recheck(person(TOMAS));
    jonas.until(|jonas| !jonas.room.is_here(person(TOMAS))).await;
    assert_eq!(rasa.refused(seat(&[TOMAS])).await, Code::FieldWrong);
    assert!(jonas.room.is_here(person(NERIJUS)));
});

both!(a_device_of_ones_own_wins_and_the_interval_goes_on, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa) = together(&stand).await;
    stand.later(60_000);
    let mut tomas = stand.join(TOMAS).await;
    let own =
        |client: &LiveClient| client.room.people.get(&person(TOMAS)).is_some_and(|one| one.here && one.with.is_none());
    for client in [&mut jonas, &mut rasa, &mut tomas] {
        client.until(own).await;
    }
    assert_eq!(rasa.refused_for(person(TOMAS), Command::RaiseHand {}).await, Code::Forbidden);
    rasa.done(seat(&MATES)).await;
    rasa.done(seat(&[])).await;
    tomas.until(|tomas| here(tomas) == 3).await;
    assert!(own(&tomas), "who did not sit there does not get up from there");
    let rows = intervals(&stand.fresh.db, stand.session).await;
    let of = rows.iter().filter(|row| row.0 == person(TOMAS)).collect::<Vec<_>>();
    assert_eq!((of.len(), of[0].2), (1, None));
});

both!(a_short_drop_of_the_device_changes_nothing_and_a_long_one_ends_all_four_at_one_instant, |kind| async move {
    let settings = Settings { leave_after: Duration::from_millis(600), ..Settings::default() };
    let stand = Stand::new(kind, settings).await;
    let (mut jonas, mut rasa) = together(&stand).await;
    let began = intervals(&stand.fresh.db, stand.session).await;
    stand.later(5 * 60_000);
    rasa.resume(stand.node.address, &headers(RASA)).await.unwrap();
    // A vote that was asked for another on the way is done once, under the same id.
    let id = command_id();
    rasa.ask_for(id, person(TOMAS), Command::RaiseHand {}).await;
    rasa.until(|rasa| rasa.done.contains_key(&id)).await;
    rasa.resume(stand.node.address, &headers(RASA)).await.unwrap();
    rasa.ask_for(id, person(TOMAS), Command::RaiseHand {}).await;
    rasa.until(|rasa| rasa.pending.is_empty()).await;
    assert!(rasa.refused.is_empty());
    assert_eq!((here(&rasa), rasa.room.hands.len()), (5, 1));
    assert_eq!(intervals(&stand.fresh.db, stand.session).await, began);

    drop(rasa);
    jonas.until(|jonas| here(jonas) == 1).await;
    let ended = intervals(&stand.fresh.db, stand.session).await;
    let left: Vec<Option<Timestamp>> = ended.iter().filter(|row| row.0 != person(JONAS)).map(|row| row.2).collect();
    assert_eq!(left, vec![Some(Timestamp(began[0].1.ms() + 5 * 60_000)); 4]);
    // A repeat after they have gone is answered as it was.
    let mut rasa = stand.join(RASA).await;
    rasa.ask_for(id, person(TOMAS), Command::RaiseHand {}).await;
    rasa.until(|rasa| rasa.done.contains_key(&id)).await;
    assert_eq!(rasa.refused_for(person(TOMAS), Command::LowerHand { person: None }).await, Code::Forbidden);
    drop(ended);
});

both!(a_killed_server_keeps_the_four_together_and_their_hours_right, |kind| async move {
    let ground = Ground::new(kind).await;
    let server = ground.start(&[]).await;
    let mut jonas = LiveClient::join(server.address, ground.session, &headers(JONAS)).await.unwrap();
    let mut rasa = LiveClient::join(server.address, ground.session, &headers(RASA)).await.unwrap();
    rasa.until(|rasa| here(rasa) == 2).await;
    rasa.done(seat(&MATES)).await;
    let id = command_id();
    rasa.ask_for(id, person(EGLE), Command::RaiseHand {}).await;
    server.kill();
    rasa.until(|rasa| rasa.closed.is_some()).await;

    let server = ground.start(&[]).await;
    jonas.resume(server.address, &headers(JONAS)).await.unwrap();
    rasa.resume(server.address, &headers(RASA)).await.unwrap();
    rasa.ask_for(id, person(EGLE), Command::RaiseHand {}).await;
    rasa.until(|rasa| rasa.done.contains_key(&id)).await;
    assert_eq!((here(&rasa), rasa.room.hands.len()), (5, 1), "still together, and the hand is up once");
    rasa.done_for(person(TOMAS), Command::RaiseHand {}).await;
    jonas.until(|jonas| jonas.room.hands.len() == 2).await;
    jonas.done(Command::Close {}).await;
    let closed = jonas.room.closed_at.unwrap();
    server.kill();
    let db = Db::open(&ground.options).await.unwrap();
    let rows = intervals(&db, ground.session).await;
    assert_eq!(rows.len(), 5, "one interval each: {rows:?}");
    assert!(rows.iter().all(|row| row.2 == Some(closed)), "{rows:?}");
    db.close().await;
});

both!(a_device_that_never_comes_back_after_a_kill_ends_all_where_they_were_last_seen, |kind| async move {
    let ground = Ground::new(kind).await;
    let server = ground.start(&[]).await;
    let mut jonas = LiveClient::join(server.address, ground.session, &headers(JONAS)).await.unwrap();
    let mut rasa = LiveClient::join(server.address, ground.session, &headers(RASA)).await.unwrap();
    rasa.until(|rasa| here(rasa) == 2).await;
    rasa.done(seat(&MATES)).await;
    jonas.until(|jonas| here(jonas) == 5).await;
    server.kill();
    let server = ground.start(&[]).await;
    jonas.resume(server.address, &headers(JONAS)).await.unwrap();
    jonas.until(|jonas| here(jonas) == 1).await;
    server.kill();
    let db = Db::open(&ground.options).await.unwrap();
    let rows = intervals(&db, ground.session).await;
    let of_rasa: Vec<_> = rows.iter().filter(|row| row.0 != person(JONAS)).collect();
    assert_eq!(of_rasa.len(), 4);
    assert!(of_rasa.iter().all(|row| row.2 == Some(row.1)), "as long as they were seen: {of_rasa:?}");
    db.close().await;
});

#[test]
fn a_frame_names_for_whom_in_one_word() {
    let read = |text: &str| serde_json::from_str::<ClientFrame>(text);
    let id = command_id();
    let frame = ClientFrame::Do { id, command: Command::RaiseHand {}, sure: false, whom: Some(person(TOMAS)) };
    let text = serde_json::to_string(&frame).unwrap();
    assert_eq!(text, format!(r#"{{"do":{{"id":"{id}","command":{{"raise_hand":{{}}}},"for":"{}"}}}}"#, person(TOMAS)));
    assert_eq!(read(&text).unwrap(), frame);
    assert!(read(&text.replace(r#""for""#, r#""whom""#)).is_err());
    let cards = format!(r#"{{"do":{{"id":"{id}","command":{{"seat":{{"people":[],"cards":[]}}}}}}}}"#);
    assert!(read(&cards).is_err(), "who somebody is, a client does not say");
}
