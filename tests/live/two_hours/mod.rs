//! A session of two hours as it is held: eight teams, forty-five people, every part of it, on connections that drop and a server that is
//! killed twice. In the end everybody has one room, the hours are right, and so are the minutes.

mod checks;
mod house;
mod parts;
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
    checks::{one_room, right_hours, right_minutes},
    house::House,
    parts::{actions, agreement, board, groups, notes, polls, round, talk},
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
