//! A server under load is killed, again and again: what was acknowledged is there once, in order.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use db::{Db, sql, testing::Kind};
use model::ids::*;

use crate::{
    child::Ground,
    live_client::{LiveClient, line},
    of_all,
    stand::headers,
};

const KILLS: usize = 50;
const PEOPLE: u128 = 5;
/// Commands that each person sends at once.
const VOLLEY: usize = 48;
/// Commands that must be under way when the server dies, or the kill proved nothing.
const CUT: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_lose_nothing_that_was_acknowledged_on_sqlite() {
    let ground = kill(Kind::Sqlite, KILLS).await;
    let db = Db::open(&ground.options).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let found = sql!("select integrity_check from pragma_integrity_check").all::<String>(&mut tx).await.unwrap();
    assert_eq!(found, ["ok"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_lose_nothing_that_was_acknowledged_on_postgres() {
    kill(Kind::Postgres, KILLS).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the long form: cargo xtask soak"]
async fn soak_a_thousand_kills() {
    let kills = of_all(1_000);
    kill(Kind::Sqlite, kills).await;
    println!("{kills} kills");
}

async fn kill(kind: Kind, kills: usize) -> Ground {
    let ground = Ground::new(kind).await;
    let mut clients: Vec<LiveClient> = Vec::new();
    let mut sent = 0usize;
    let mut slowest = Duration::ZERO;
    for round in 0..kills {
        let since = Instant::now();
        let server = ground.start(&[]).await;
        slowest = slowest.max(since.elapsed());
        if clients.is_empty() {
            for number in 0..PEOPLE {
                clients.push(LiveClient::join(server.address, ground.session, &headers(20 + number)).await.unwrap());
            }
        } else {
            for (client, number) in clients.iter_mut().zip(0..) {
                // What the last kill left without an answer is sent again with the same ids.
                client.resume(server.address, &headers(20 + number)).await.unwrap();
            }
        }
        // The first volley is answered, the second is under way: read, decided, written or not yet told of when the kill comes.
        for volley in [VOLLEY / 8, VOLLEY] {
            for client in &mut clients {
                client.ask_all((sent..sent + volley).map(|number| line(&format!("eilutė {number}")))).await;
                sent += volley;
            }
            if volley < VOLLEY {
                let first = &mut clients[round % PEOPLE as usize];
                first.until(|client| client.pending.is_empty()).await;
            }
        }
        let wait = Duration::from_micros(100 * (round as u64 % 16));
        tokio::time::sleep(wait).await;
        server.kill();
        // What had been written before the kill is still to be read.
        for client in &mut clients {
            client.until(|client| client.closed.is_some()).await;
            assert!(client.refused.is_empty(), "{:?}", client.refused);
        }
        let cut: usize = clients.iter().map(|client| client.pending.len()).sum();
        assert!(cut >= CUT, "kill {round} cut only {cut} commands");
    }
    println!("ready after {slowest:?} at most");
    let server = ground.start(&[]).await;
    for (client, number) in clients.iter_mut().zip(0..) {
        client.resume(server.address, &headers(20 + number)).await.unwrap();
        client.until(|client| client.pending.is_empty()).await;
    }
    let last = clients.iter().map(|client| client.seq).max().unwrap();
    for client in &mut clients {
        client.until(|client| client.seq >= last).await;
    }
    server.kill();

    let db = Db::open(&ground.options).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let rows: Vec<(i64, CommandId, String)> =
        sql!("select seq, command_id, payload from session_events where session = $1 order by seq", ground.session)
            .all(&mut tx)
            .await
            .unwrap();
    assert!(rows.iter().zip(1..).all(|((seq, ..), expected)| *seq == expected), "dense");
    let said = rows.iter().filter(|(_, _, payload)| payload.starts_with(r#"{"said""#)).count();
    assert_eq!(said, sent, "each once");
    let stored: HashMap<CommandId, i64> = rows.iter().map(|(seq, command, _)| (*command, *seq)).collect();
    for client in &clients {
        for (command, seq) in &client.done {
            assert_eq!(stored.get(command), Some(seq), "acknowledged under this number");
        }
        for (seq, event) in client.events.iter().filter_map(|(seq, event)| Some((seq, event.as_ref()?))) {
            assert_eq!(serde_json::to_string(event).unwrap(), rows[*seq as usize - 1].2, "told as it is stored");
        }
    }
    drop(tx);
    db.close().await;
    ground
}
