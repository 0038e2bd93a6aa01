//! A session of two hours as it is held: eight teams, forty-five people, every part of it, on connections that drop and a server that is
//! killed twice. In the end everybody has one room, the hours are right, and so are the minutes.

mod house;
mod people;

use db::{Db, sql, testing::fresh};
use futures_util::future::join_all;
use model::{
    ids::*,
    live::{
        BoardCommand, Command, Event, NewStep, PollState, Room, State, agreement_id, breakout_id, evolve,
        made_on_board, poll_id,
    },
    refusal::Code,
};
use serde_json::{Value, json};
use uuid::Uuid;

use self::{
    house::House,
    people::{PEOPLE, people_of, team_id, teams},
};
use crate::{
    both,
    live_client::{LiveClient, line},
    notes_client::Writer,
    stand::{JONAS, headers, person},
};

const START: i64 = 1_795_000_000_000;
/// Whose laptop stands for three more of their team.
const HOST: u128 = 41;
const MATES: [u128; 3] = [42, 43, 44];
/// Comes twenty minutes late.
const LATE: u128 = 45;
/// Is away for ten minutes.
const AWAY: u128 = 10;

fn command(json: Value) -> Command {
    serde_json::from_value(json).unwrap()
}

/// Chance by a seed that a failure prints.
struct Chance(u64);

impl Chance {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

struct Evening {
    house: House,
    options: db::Options,
    session: SessionId,
    /// By number; Jonas, who leads, is the first.
    clients: Vec<(u128, LiveClient)>,
    chance: Chance,
}

impl Evening {
    fn jonas(&mut self) -> &mut LiveClient {
        &mut self.clients[0].1
    }

    fn of(&mut self, number: u128) -> &mut LiveClient {
        self.clients.iter_mut().find(|(known, _)| *known == number).map(|(_, client)| client).unwrap()
    }

    async fn come(&mut self, number: u128) {
        let client = LiveClient::join(self.house.address, self.session, &headers(number)).await.unwrap();
        self.clients.push((number, client));
    }

    /// Some connections break, and come back at once.
    async fn drops(&mut self) {
        let address = self.house.address;
        for (number, client) in &mut self.clients {
            if self.chance.below(6) == 0 {
                client.resume(address, &headers(*number)).await.unwrap();
            }
        }
    }

    async fn everybody_again(&mut self) {
        let address = self.house.address;
        let again = self.clients.iter_mut().map(|(number, client)| async move {
            client.resume(address, &headers(*number)).await.unwrap();
        });
        join_all(again).await;
    }

    /// The server dies with whatever is under way, and another takes over.
    async fn kill(&mut self) {
        self.house.kill();
        for (_, client) in &mut self.clients {
            client.until(|client| client.closed.is_some()).await;
        }
        self.house = House::open(&self.options, self.house.now);
        self.everybody_again().await;
    }

    /// Until all that was asked is answered.
    async fn settled(&mut self) {
        for (number, client) in &mut self.clients {
            client.until(|client| client.pending.is_empty()).await;
            assert!(client.refused.is_empty(), "{number}: {:?}", client.refused);
        }
    }

    /// Everybody asks for the same at once, the three at the one laptop too; with a drop here and there.
    async fn all_ask(&mut self, asked: impl Fn(u128) -> Command) {
        for (number, client) in &mut self.clients {
            client.ask(asked(*number)).await;
        }
        self.drops().await;
        for mate in MATES {
            let command = asked(mate);
            self.of(HOST).done_for(person(mate), command).await;
        }
        self.settled().await;
    }

    async fn lead(&mut self, json: Value) -> CommandId {
        let id = self.jonas().ask(command(json)).await;
        let jonas = self.jonas();
        jonas.until(|jonas| jonas.done.contains_key(&id) || jonas.refused.contains_key(&Some(id))).await;
        assert!(jonas.done.contains_key(&id), "{:?}", jonas.refused);
        id
    }

    /// Until everybody is told what the one who leads knows.
    async fn all_know(&mut self) {
        let seq = self.jonas().seq;
        for (_, client) in &mut self.clients {
            client.until(|client| client.seq >= seq).await;
        }
    }
}

both!(two_hours_of_eight_teams_end_with_one_room_right_hours_and_right_minutes, |kind| async move {
    let seed = 2_026;
    println!("seed {seed}");
    let fresh = fresh(kind).await;
    let session = SessionId::from_uuid(Uuid::from_u128(0x500));
    people::into_teams_of(&fresh.db, session, START).await;
    let house = House::open(&fresh.options, START);
    let mut evening =
        Evening { house, options: fresh.options.clone(), session, clients: Vec::new(), chance: Chance(seed) };
    for number in (1..=PEOPLE).filter(|number| !MATES.contains(number) && *number != LATE) {
        evening.come(number).await;
    }
    let mates: Vec<PersonId> = MATES.map(person).into();
    evening.of(HOST).done(command(json!({ "seat": { "people": mates } }))).await;
    evening.jonas().until(|jonas| jonas.room.people.len() == PEOPLE as usize - 1).await;

    talk(&mut evening).await;
    evening.house.later(20);
    evening.come(LATE).await;
    round(&mut evening).await;
    evening.house.later(10);
    let board = board(&mut evening).await;
    polls(&mut evening).await;
    agreement(&mut evening).await;
    notes(&mut evening).await;
    evening.house.later(30);
    groups(&mut evening).await;
    actions(&mut evening).await;
    evening.house.later(120 - (evening.house.now - START) / 60_000);
    evening.lead(json!({ "close": {} })).await;
    evening.all_know().await;

    one_room(&mut evening, &fresh.db, board).await;
    right_hours(&evening);
    right_minutes(&evening);
});

/// Everyone says something, connections drop, hands go up and are given the word in turn.
async fn talk(evening: &mut Evening) {
    evening.lead(json!({ "next_step": {} })).await;
    for (number, client) in &mut evening.clients {
        client.ask(line(&format!("Labas, čia {number}."))).await;
    }
    evening.drops().await;
    evening.settled().await;
    for number in [7, 20, 33] {
        evening.of(number).done(command(json!({ "raise_hand": {} }))).await;
    }
    evening.of(HOST).done_for(person(MATES[0]), command(json!({ "raise_hand": {} }))).await;
    for expected in [7, 20, 33, MATES[0]] {
        evening.lead(json!({ "next_hand": {} })).await;
        assert_eq!(evening.jonas().room.floor.as_ref().unwrap().person, person(expected));
        evening.house.later(1);
    }
    evening.lead(json!({ "finish_floor": {} })).await;
    assert_eq!(evening.jonas().room.airtime.len(), 4);
}

/// Each team has its turn once, whoever of it speaks.
async fn round(evening: &mut Evening) {
    let step = json!({ "title": "Ratas", "minutes": 10, "rules": { "kind": "round", "speaks": "teams" } });
    evening.lead(json!({ "add_step": step })).await;
    let step = evening.jonas().room.steps.last().unwrap().id;
    evening.lead(json!({ "start_step": { "step": step } })).await;
    evening.lead(json!({ "round": { "next": {} } })).await;
    let mut heard = 0;
    while evening.jonas().room.round.as_ref().is_some_and(|round| round.now.is_some()) {
        heard += 1;
        assert!(heard <= 8, "nobody speaks twice");
        evening.lead(json!({ "round": { "next": {} } })).await;
    }
    assert_eq!(heard, 8);
    evening.lead(json!({ "end_step": { "step": step } })).await;
}

/// Hidden cards, turned over, put together, and dots; the server is killed among the dots, and somebody is away meanwhile.
async fn board(evening: &mut Evening) -> BoardId {
    let make = json!({ "title": "Kas trukdo", "columns": ["Pamokoje", "Namuose"], "hidden": true });
    let id = evening.lead(json!({ "board": { "make": make } })).await;
    let board: BoardId = made_on_board(id);
    evening.all_know().await;
    let add =
        |column: u32, text: String| json!({ "board": { "add": { "board": board, "column": column, "text": text } } });
    for (number, client) in &mut evening.clients {
        client.ask(command(add((*number % 2) as u32, format!("Kortelė {number}")))).await;
    }
    evening.drops().await;
    evening.settled().await;
    evening.all_know().await;
    let seen = evening.of(30).room.boards.get(board).unwrap().cards.iter().filter(|card| card.text.is_some()).count();
    assert_eq!(seen, 1, "one's own alone until they are turned over");
    evening.lead(json!({ "board": { "reveal": { "board": board } } })).await;

    evening.of(AWAY).cut().await;
    evening.jonas().until(|jonas| !jonas.room.is_here(person(AWAY))).await;
    let away = evening.clients.iter().position(|(number, _)| *number == AWAY).unwrap();
    let away = evening.clients.remove(away);

    let cards: Vec<CardId> = evening.jonas().room.boards.get(board).unwrap().cards.iter().map(|card| card.id).collect();
    let group = json!({ "board": board, "cards": [cards[0], cards[1]], "title": "Laikas" });
    evening.lead(json!({ "board": { "group": group } })).await;
    evening.lead(json!({ "board": { "open_voting": { "board": board, "each": 3, "per_card": 2 } } })).await;
    let dot = |number: u128| {
        let card = cards[number as usize % cards.len()];
        Command::Board(BoardCommand::Dot { board, card, dots: 2 })
    };
    for (number, client) in &mut evening.clients {
        client.ask(dot(*number)).await;
    }
    evening.kill().await;
    evening.settled().await;
    for mate in MATES {
        evening.of(HOST).done_for(person(mate), dot(mate)).await;
    }
    evening.house.later(10);
    evening.clients.push(away);
    evening.everybody_again().await;
    evening.jonas().until(|jonas| jonas.room.is_here(person(AWAY))).await;
    evening.lead(json!({ "board": { "close_voting": { "board": board } } })).await;
    let dots: u32 = evening.jonas().room.boards.get(board).unwrap().cards.iter().map(|card| card.dots).sum();
    assert_eq!(dots, 2 * (PEOPLE as u32 - 1), "two of each, once, however often they were sent");
    board
}

/// Sealed with names, and without names at all; everybody votes, whoever's device they sit at.
async fn polls(evening: &mut Evening) {
    for more in ["sealed", "anonymous"] {
        let mut ask = json!({ "question": "Ar tinka?", "kind": "single", "options": ["Taip", "Ne"] });
        ask[more] = true.into();
        let id = evening.lead(json!({ "poll": { "ask": ask } })).await;
        let poll = poll_id(person(JONAS), id);
        evening.all_know().await;
        evening
            .all_ask(|number| {
                command(json!({ "poll": { "vote": { "poll": poll, "picks": [u32::from(number % 3 == 0)] } } }))
            })
            .await;
        assert!(evening.of(20).room.polls.get(poll).unwrap().results.is_none());
        evening.lead(json!({ "poll": { "close": { "poll": poll } } })).await;
        let jonas = evening.jonas();
        jonas.until(|jonas| jonas.room.polls.get(poll).is_some_and(|poll| poll.state == PollState::Closed)).await;
        let results = jonas.room.polls.get(poll).unwrap().results.clone().unwrap();
        assert_eq!((results.counts, results.voted, results.voters), (vec![30, 15], 45, 45), "{more}");
    }
}

/// Objected to, reworded, which takes every voice back, and agreed.
async fn agreement(evening: &mut Evening) {
    let propose = json!({ "text": "Bandome tris savaites.", "owner": format!("team:{}", team_id(2)), "quorum": 90 });
    let id = evening.lead(json!({ "agreement": { "propose": propose } })).await;
    let agreement = agreement_id(person(JONAS), id);
    evening.lead(json!({ "agreement": { "open": { "agreement": agreement } } })).await;
    evening.all_know().await;
    let voice = |voice: &str, reason: Option<&str>| {
        command(json!({ "agreement": { "voice": { "agreement": agreement, "voice": voice, "reason": reason } } }))
    };
    evening
        .all_ask(|number| if number == 17 { voice("object", Some("Per trumpai.")) } else { voice("agree", None) })
        .await;
    let close = || command(json!({ "agreement": { "close": { "agreement": agreement } } }));
    assert_eq!(evening.jonas().refused(close()).await, Code::AgreementObjections);
    evening.jonas().refused.clear();
    let text = "Bandome penkias savaites.";
    evening.lead(json!({ "agreement": { "amend": { "agreement": agreement, "text": text } } })).await;
    evening.all_know().await;
    evening.all_ask(|_| voice("agree", None)).await;
    evening.jonas().done(close()).await;
    let outcome = evening.jonas().room.agreement(agreement).unwrap().outcome.clone().unwrap();
    assert_eq!((outcome.adopted, outcome.people.agree, outcome.people.of), (true, 45, 45));
    assert_eq!((outcome.teams.agree, outcome.teams.of), (8, 8));
}

/// Two write one text, one of them on a connection that breaks.
async fn notes(evening: &mut Evening) {
    let (address, session) = (evening.house.address, evening.session);
    let mut one = Writer::at(address, session, 8).await.unwrap();
    let mut other = Writer::at(address, session, 26).await.unwrap();
    one.write(0, "Ką išbandysime: ").await;
    one.saved().await;
    other.until(|other| other.notes.text() == "Ką išbandysime: ").await;
    other.write(16, "poras.").await;
    let update = one.notes.edit(0, 0, "Užrašai. ").unwrap();
    drop(update);
    one.again(address, session, 8).await;
    one.saved().await;
    other.saved().await;
    for writer in [&mut one, &mut other] {
        writer.until(|writer| writer.notes.text() == "Užrašai. Ką išbandysime: poras.").await;
    }
}

/// Each team by itself: everyone leaves the main room for it, as a browser does, and is called back.
async fn groups(evening: &mut Evening) {
    let of_team = |(team, name): (usize, &str)| {
        let people: Vec<PersonId> = people_of(team).map(person).collect();
        json!({ "title": name, "people": people })
    };
    let groups: Vec<Value> = teams().map(of_team).collect();
    let id = evening.lead(json!({ "breakouts": { "open": { "groups": groups, "minutes": 10 } } })).await;
    evening.all_know().await;
    let address = evening.house.address;
    let mut inside = Vec::new();
    for (number, client) in &mut evening.clients {
        if *number == JONAS {
            continue;
        }
        client.cut().await;
        let team = teams().map(|(team, _)| team).find(|team| people_of(*team).contains(number)).unwrap();
        let group = breakout_id(person(JONAS), id, team);
        inside.push((*number, LiveClient::join(address, group, &headers(*number)).await.unwrap()));
    }
    // Who shares a device sits at it in the group as well.
    let mates: Vec<PersonId> = MATES.map(person).into();
    let host = inside.iter_mut().find(|(number, _)| *number == HOST).map(|(_, client)| client).unwrap();
    host.done(command(json!({ "seat": { "people": mates } }))).await;
    evening.jonas().until(|jonas| jonas.room.people.values().filter(|one| one.here).count() == 1).await;
    for (number, client) in &mut inside {
        client.done(line(&format!("Grupėje, {number}."))).await;
    }
    evening.lead(json!({ "breakouts": { "extend": { "minutes": 5 } } })).await;
    evening.house.later(14);
    evening.lead(json!({ "breakouts": { "close": {} } })).await;
    for (_, client) in &mut inside {
        client.until(|client| client.room.state == State::Closed).await;
        assert!(client.texts().len() <= 6, "what is said in a group stays there");
    }
    evening.everybody_again().await;
    evening.of(HOST).done(command(json!({ "seat": { "people": MATES.map(person) } }))).await;
    evening.jonas().until(|jonas| jonas.room.people.values().filter(|one| one.here).count() == PEOPLE as usize).await;
}

/// An action with an owner; the server is killed under the last words.
async fn actions(evening: &mut Evening) {
    let owner = format!("team:{}", team_id(5));
    evening.lead(json!({ "agree_action": { "text": "Surinkti duomenis", "owner": owner, "due": "2027-02-01" } })).await;
    for (number, client) in &mut evening.clients {
        client.ask(line(&format!("Ačiū, {number}."))).await;
    }
    evening.kill().await;
    evening.settled().await;
}

/// The room of each is the fold of what is on disk, as they are shown it, and everything said is there once.
async fn one_room(evening: &mut Evening, db: &Db, board: BoardId) {
    let mut tx = db.read().await.unwrap();
    let stored: Vec<(i64, String)> =
        sql!("select seq, payload from session_events where session = $1 order by seq", evening.session)
            .all(&mut tx)
            .await
            .unwrap();
    assert!(stored.iter().zip(1..).all(|((seq, _), expected)| *seq == expected), "dense");
    let events: Vec<Event> = stored.iter().map(|(_, payload)| serde_json::from_str(payload).unwrap()).collect();
    let mut whole = Room::default();
    // What the session was planned as stands in its row.
    let (title, steps): (String, db::Json<Vec<NewStep>>) =
        sql!("select title, steps from sessions where id = $1", evening.session).one(&mut tx).await.unwrap();
    evolve(&mut whole, &Event::Scheduled { title, facilitator: person(JONAS), steps: steps.0 });
    let mut said: Vec<&str> = Vec::new();
    for event in &events {
        evolve(&mut whole, event);
        if let Event::Said { text: Some(text), .. } = event {
            said.push(text);
        }
    }
    let count = said.len();
    said.sort_unstable();
    said.dedup();
    assert_eq!((count, said.len()), (2 * evening.clients.len() - 1, count), "each once");
    assert_eq!(whole.boards.get(board).unwrap().cards.len(), evening.clients.len());
    let last = stored.last().unwrap().0;
    for (number, client) in &mut evening.clients {
        client.until(|client| client.seq == last).await;
        let you = client.you.clone().unwrap();
        same(*number, &client.room, &whole.shown_to(&you));
    }
}

/// Names the parts in which two rooms differ.
fn same(number: u128, one: &Room, other: &Room) {
    if one != other {
        let parts = |room| serde_json::to_value(room).unwrap();
        let (one, other) = (parts(one), parts(other));
        let differs = |name: &&String| one[name.as_str()] != other[name.as_str()];
        let names: Vec<&String> = one.as_object().unwrap().keys().filter(differs).collect();
        let first = names.first().map_or("none", |name| name.as_str());
        panic!("{number} differs in {names:?}: {} and {}", one[first], other[first]);
    }
}

/// Two hours for everyone but who came late and who was away, at whichever device, in whichever room of the session.
fn right_hours(evening: &Evening) {
    let table = evening.house.page(&format!("/sesijos/{}/lankomumas.csv", evening.session), &headers(JONAS));
    let rows: Vec<Vec<&str>> =
        table.lines().skip(1).map(|line| line.split(',').map(|field| field.trim_matches('"')).collect()).collect();
    assert_eq!(rows.len(), PEOPLE as usize, "{table}");
    for row in rows {
        let number: u128 = row[0].trim_start_matches("Mokytoja ").parse().unwrap();
        let minutes = match number {
            LATE => "96",
            AWAY => "110",
            _ => "120",
        };
        assert_eq!(row[6], minutes, "{row:?}");
    }
}

fn right_minutes(evening: &Evening) {
    let minutes = evening.house.page(&format!("/sesijos/{}/protokolas.md", evening.session), &headers(JONAS));
    let there = |words: &str| assert!(minutes.contains(words), "{words} is not in\n{minutes}");
    for (team, name) in teams() {
        there(name);
        people_of(team).for_each(|number| there(&format!("Mokytoja {number}")));
    }
    for words in [
        "Ratas",
        "Kas trukdo",
        "Laikas",
        "Ar tinka?",
        "Bandome penkias savaites.",
        "Surinkti duomenis",
        "Užrašai. Ką išbandysime: poras.",
    ] {
        there(words);
    }
}
