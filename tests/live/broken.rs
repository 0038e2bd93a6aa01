//! Sockets that break at any moment, commands that are sent twice, several servers over one database: everyone ends with one list.
//!
//! The client itself asserts that numbers follow one another, that nothing is told twice, and that a repeat gets the first answer.

use std::collections::{HashMap, HashSet};

use db::testing::Kind;
use model::{ids::CommandId, live::Event, refusal::Code};
use server::live::Settings;

use crate::{
    both,
    live_client::{LiveClient, line},
    of_all,
    stand::{Node, Stand, headers},
};

/// A random number that the seed alone decides.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[derive(Clone, Copy)]
struct Play {
    nodes: usize,
    writers: usize,
    readers: usize,
    rounds: usize,
    /// Of a hundred writers between a command and its answer, and of a hundred readers at any moment.
    cuts: u64,
}

/// What happened in it.
#[derive(Default, Debug)]
struct Count {
    events: usize,
    deliveries: usize,
    /// Commands sent twice.
    twice: usize,
    /// Sockets cut between a command and its answer.
    cut: usize,
    /// Sockets cut in all.
    lost: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.events += other.events;
        self.deliveries += other.deliveries;
        self.twice += other.twice;
        self.cut += other.cut;
        self.lost += other.lost;
    }
}

const SHORT: Play = Play { nodes: 4, writers: 6, readers: 10, rounds: 8, cuts: 40 };

both!(writers_and_readers_on_four_servers_end_with_one_list_whatever_breaks, |kind| async move {
    for seed in 1..=3 {
        let count = play(kind, SHORT, seed).await;
        assert!(count.cut > 0 && count.twice > 0, "{count:?}");
    }
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the long form: cargo xtask soak"]
async fn soak_a_million_deliveries_in_one_order() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let form = Play { nodes: 4, writers: 50, readers: 200, rounds: 2, cuts: 2 };
        soak(kind, form, of_all(20) as u64).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the long form: cargo xtask soak"]
async fn soak_ten_thousand_sockets_cut_between_a_command_and_its_answer() {
    let form = Play { nodes: 1, writers: 50, readers: 4, rounds: 50, cuts: 50 };
    for kind in [Kind::Sqlite, Kind::Postgres] {
        soak(kind, form, of_all(8) as u64).await;
    }
}

async fn soak(kind: Kind, form: Play, seeds: u64) {
    let mut all = Count::default();
    for seed in 1..=seeds {
        all.add(play(kind, form, seed).await);
    }
    println!("{kind:?}, {seeds} seeds: {all:?}");
}

async fn play(kind: Kind, form: Play, seed: u64) -> Count {
    println!("seed {seed}");
    let settings = Settings { frames_burst: 1_000_000, sockets_an_address: 1_000, resume: 400, ..Settings::default() };
    let stand = Stand::new(kind, settings).await;
    let mut nodes: Vec<Node> = vec![stand.node.clone()];
    for _ in 1..form.nodes {
        nodes.push(stand.another().await);
    }
    let mut chance = Chance(seed);
    let mut count = Count::default();
    let mut clients: Vec<LiveClient> = Vec::new();
    for at in 0..form.writers + form.readers {
        clients.push(nodes[at % nodes.len()].join(stand.session, who(at)).await);
    }
    let (mut said, mut asked) = (HashSet::new(), HashMap::new());
    for round in 0..form.rounds {
        for (at, client) in clients.iter_mut().enumerate() {
            let writes = at < form.writers;
            if writes {
                let text = format!("{at} sako {round}");
                let id = client.ask(line(&text)).await;
                if chance.below(10) < 3 {
                    client.ask_as(id, line(&text)).await;
                    count.twice += 1;
                }
                asked.insert(id, text.clone());
                said.insert(text);
            }
            if chance.below(100) < form.cuts {
                count.cut += usize::from(!client.pending.is_empty());
                count.lost += 1;
                let node = &nodes[chance.below(nodes.len() as u64) as usize];
                client.resume(node.address, &headers(who(at))).await.unwrap();
            }
        }
        nodes.iter().for_each(|node| node.rooms.wake(stand.session));
        for client in clients.iter_mut().take(form.writers) {
            settle(client, &asked).await;
        }
        let head = clients.iter().map(|client| client.seq).max().unwrap();
        nodes.iter().for_each(|node| node.rooms.wake(stand.session));
        for client in &mut clients {
            client.until(|client| client.seq >= head).await;
            client.heard.clear();
        }
    }
    let journal = stand.journal().await;
    assert!(journal.iter().zip(1..).all(|((seq, _), expected)| *seq == expected), "seed {seed}: dense");
    let stored: HashMap<i64, Event> =
        journal.iter().map(|(seq, payload)| (*seq, serde_json::from_str(payload).unwrap())).collect();
    let mut texts: Vec<&str> = stored.values().filter_map(text).collect();
    texts.sort_unstable();
    let once: HashSet<&str> = texts.iter().copied().collect();
    assert_eq!((texts.len(), once), (said.len(), said.iter().map(String::as_str).collect()), "seed {seed}: each once");
    for client in &clients {
        assert!(client.refused.is_empty() && client.closed.is_none(), "seed {seed}: {:?}", client.refused);
        assert_eq!(client.rooms, 1, "seed {seed}: every gap was told");
        assert!(client.events.keys().zip(client.events.keys().skip(1)).all(|(one, next)| one + 1 == *next));
        for (seq, event) in &client.events {
            assert_eq!(event.as_ref(), stored.get(seq), "seed {seed}: told as it is stored");
        }
        for seq in client.done.values() {
            assert!(stored.contains_key(seq), "seed {seed}: what was acknowledged is there");
        }
        count.deliveries += client.events.len();
    }
    count.events = journal.len();
    count
}

/// Until all is done; what a server could not do because others were first too often is asked again, under the same id.
async fn settle(client: &mut LiveClient, asked: &HashMap<CommandId, String>) {
    loop {
        client.until(|client| client.pending.is_empty()).await;
        let refused: Vec<CommandId> = client.refused.keys().copied().flatten().collect();
        if refused.is_empty() {
            return;
        }
        for id in refused {
            assert_eq!(client.refused.remove(&Some(id)), Some(Code::Unavailable));
            client.ask_as(id, line(&asked[&id])).await;
        }
    }
}

fn text(event: &Event) -> Option<&str> {
    match event {
        Event::Said { text, .. } => text.as_deref(),
        _ => None,
    }
}

/// Forty people, with several devices each when there are more seats.
fn who(seat: usize) -> u128 {
    20 + (seat % 40) as u128
}
