//! The proof that nothing is acknowledged before it is on disk: what the system saw the server do.

use std::{collections::HashMap, fs};

use db::testing::Kind;

use crate::{
    child::Ground,
    live_client::{LiveClient, line},
    of_all,
    stand::headers,
};

/// How far a command has come.
#[derive(PartialEq, Debug)]
enum Way {
    Written,
    Synced,
}

/// SQLite is built to use one or the other; both end when the data is on the disk.
fn is_sync(call: &str) -> bool {
    (call.contains(" fdatasync(") || call.contains(" fsync(")) && call.contains("-wal>")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_synced_between_the_write_of_a_command_and_its_acknowledgement() {
    watch(25).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the long form: cargo xtask soak"]
async fn soak_a_thousand_acknowledgements_after_their_sync() {
    watch(of_all(250)).await;
}

/// Four people command so many times each.
async fn watch(rounds: usize) {
    let ground = Ground::new(Kind::Sqlite).await;
    let trace = ground.file("trace");
    let calls = "trace=pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg";
    let server = ground.start(&["strace", "-f", "-y", "-s", "70000", "-e", calls, "-o", trace.to_str().unwrap()]).await;
    let mut clients = Vec::new();
    for number in 20..24 {
        clients.push(LiveClient::join(server.address, ground.session, &headers(number)).await.unwrap());
    }
    for round in 0..rounds {
        for client in &mut clients {
            client.ask(line(&format!("eilutė {round}"))).await;
        }
        for client in &mut clients {
            client.until(|client| client.pending.is_empty()).await;
        }
    }
    // The tracer ends with what it traces, not the other way round.
    let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", server.id())).unwrap();
    let killed = std::process::Command::new("sh").args(["-c", &format!("kill -KILL {children}")]).status().unwrap();
    assert!(killed.success());
    server.kill();

    let trace = fs::read_to_string(&trace).unwrap();
    let ids: Vec<String> = clients.iter().flat_map(|client| client.done.keys().map(ToString::to_string)).collect();
    assert_eq!(ids.len(), 4 * rounds);
    let mut ways: HashMap<&str, Way> = HashMap::new();
    let mut acknowledged = 0;
    let mut syncing = false;
    for call in trace.lines() {
        if call.contains("pwrite64(") && call.contains("-wal>") {
            for id in ids.iter().filter(|id| call.contains(id.as_str())) {
                ways.entry(id).or_insert(Way::Written);
            }
        } else if is_sync(call) && call.contains("unfinished") {
            syncing = true;
        } else if is_sync(call) || (syncing && call.contains("sync resumed")) {
            assert!(call.ends_with("= 0"), "{call}");
            syncing = false;
            ways.values_mut().for_each(|way| *way = Way::Synced);
        } else {
            for id in ids.iter().filter(|id| call.contains(&format!(r#"{{\"done\":{{\"id\":\"{id}"#))) {
                assert_eq!(ways.get(id.as_str()), Some(&Way::Synced), "{id} was acknowledged before it was on disk");
                acknowledged += 1;
            }
        }
    }
    assert_eq!(acknowledged, 4 * rounds);
    println!("{acknowledged} acknowledgements");
}
