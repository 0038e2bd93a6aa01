//! Many who write at once, and many who leave before the answer: nobody is told that the database was busy, and nothing stays open.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use db::{sql, testing::Kind};
use model::ids::*;
use serde_json::json;
use server::live::Settings;
use tests::http::send;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

use crate::{
    both,
    broken::Chance,
    child::Ground,
    live_client::{LiveClient, line},
    of_all,
    stand::{RASA, Stand, headers},
};

/// Half of them write into the room, half post problems.
const WRITERS: usize = 64;

both!(sixty_four_who_write_at_once_are_never_told_that_the_database_is_busy, |kind| async move {
    let took = write_at_once(kind, |done, _| done < 4).await;
    assert_eq!(took.len(), 4 * WRITERS);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the long form: cargo xtask soak"]
async fn soak_sixty_four_write_for_a_minute() {
    let mut took = write_at_once(Kind::Sqlite, |_, since| since < Duration::from_secs(of_all(60) as u64)).await;
    took.sort_unstable();
    println!(
        "{} writes, none refused; answered in {:?} in the middle, {:?} at the 99th percentile, {:?} at most",
        took.len(),
        took[took.len() / 2],
        took[took.len() * 99 / 100],
        took[took.len() - 1]
    );
}

/// How long each answer took.
async fn write_at_once(kind: Kind, goes_on: fn(usize, Duration) -> bool) -> Vec<Duration> {
    let ground = Arc::new(Ground::new(kind).await);
    let server = ground.start(&[]).await;
    let mut tasks = Vec::new();
    let since = Instant::now();
    for writer in 0..WRITERS {
        let (address, session) = (server.address, ground.session);
        tasks.push(tokio::spawn(async move {
            let number = 10 + (writer % 32) as u128;
            let mut took = Vec::new();
            let mut client = match writer % 2 {
                0 => Some(LiveClient::join(address, session, &headers(number)).await.unwrap()),
                _ => None,
            };
            while goes_on(took.len(), since.elapsed()) {
                let (begun, text) = (Instant::now(), format!("{writer} rašo {}", took.len()));
                match &mut client {
                    Some(client) => {
                        client.done(line(&text)).await;
                        client.heard.clear();
                        client.events.clear();
                    }
                    None => {
                        let answer = post(address, number, &text).await;
                        assert_eq!(answer.0, 200, "{}", answer.1);
                    }
                }
                took.push(begun.elapsed());
            }
            took
        }));
    }
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await.unwrap());
    }
    took
}

async fn post(address: SocketAddr, number: u128, title: &str) -> (u16, String) {
    let (path, headers, body) = problem(number, title);
    let answer = send(address, "POST", &path, &headers, body.as_bytes()).await;
    (answer.status, answer.text().to_owned())
}

fn problem(number: u128, title: &str) -> (String, Vec<(String, String)>, String) {
    let path = format!("/api/v1/spaces/{}/problems", SpaceId::from_uuid(Uuid::from_u128(0x103)));
    let problem = json!({
        "title": title, "area": "inclusion", "text": "Mokiniai tyli.",
        "evidence": [{ "kind": "observation", "text": "Stebėtos šešios pamokos." }],
    });
    let mut all: Vec<_> = headers(number).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    all.extend(
        [("sec-fetch-site", "same-origin"), ("content-type", "application/json")].map(|(k, v)| (k.into(), v.into())),
    );
    (path, all, json!({ "problem": problem }).to_string())
}

both!(whoever_leaves_before_the_answer_leaves_nothing_open, |kind| async move {
    leave(kind, 200, 1).await;
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the long form: cargo xtask soak"]
async fn soak_ten_thousand_leave_before_the_answer() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        println!("{kind:?}: {:?}", leave(kind, of_all(10_000), 2).await);
    }
}

/// Requests that are cut off at a random moment, while they are sent or while they are worked on; of what they did, each problem is whole.
async fn leave(kind: Kind, requests: usize, seed: u64) -> BTreeMap<&'static str, i64> {
    println!("seed {seed}");
    let stand = Stand::new(kind, Settings::default()).await;
    let mut chance = Chance(seed);
    for number in 0..requests {
        let (path, headers, body) = problem(RASA, &format!("Nr. {number}"));
        let mut request = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        request.push_str(&body);
        let mut stream = TcpStream::connect(stand.node.address).await.unwrap();
        let whole = chance.below(4) > 0;
        let sent = if whole { request.len() } else { chance.below(request.len() as u64) as usize };
        let _ = stream.write_all(&request.as_bytes()[..sent]).await;
        if whole {
            // Somewhere between the first step of the work and the answer.
            let moment = Duration::from_micros(chance.below(4_000));
            let _ = tokio::time::timeout(moment, stream.read(&mut [0; 64])).await;
        }
    }
    let (status, text) = post(stand.node.address, RASA, "Paskutinė").await;
    assert_eq!(status, 200, "{text}");
    let mut rasa = stand.join(RASA).await;
    rasa.done(line("Kambarys veikia.")).await;
    let mut tx = stand.fresh.db.write().await.unwrap();
    let mut count = BTreeMap::new();
    let done: i64 = sql!("select count(*) from problems").one(&mut tx).await.unwrap();
    let whole: i64 =
        sql!("select count(*) from problems where text = 'Mokiniai tyli.' and title <> '' and state = 'posted'")
            .one(&mut tx)
            .await
            .unwrap();
    assert_eq!(done, whole);
    count.extend([("asked", requests as i64), ("done all the same", done - 1)]);
    if matches!(kind, Kind::Postgres) {
        let open: i64 = sql!(
            "select count(*) from pg_stat_activity
             where datname = current_database() and state like 'idle in transaction%' and pid <> pg_backend_pid()"
        )
        .one(&mut tx)
        .await
        .unwrap();
        assert_eq!(open, 0, "nothing is left in a transaction");
    }
    count
}
