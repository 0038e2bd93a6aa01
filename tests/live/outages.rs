//! A disk that fills up and a PostgreSQL that goes away, under the built binary: what readers and writers are told, in pages and in a
//! live session, and that all of it comes back without a restart.

use std::{
    fs,
    path::PathBuf,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use db::{
    Db, Options, sql,
    testing::{Cluster, Kind},
};
use model::{ids::*, refusal::Code};
use serde_json::json;
use tests::http::{Raw, send};
use uuid::Uuid;

use crate::{
    child::{Ground, Running},
    live_client::{LiveClient, line},
    stand::{RASA, headers},
};

/// How long after an outage everything works again, at most.
const BACK: Duration = Duration::from_secs(10);
/// A disk for the data directory: this shell mounts one in a world of its own, so that it goes with the process.
const ON_SMALL_DISK: &str = r#"cp -a "$0/." "$0.copy" && mount -t tmpfs -o size=16m none "$0" && cp -a "$0.copy/." "$0" && rm -r "$0.copy" && exec "$@""#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stops_writing_and_nothing_else_and_room_on_it_is_enough_to_go_on() {
    let own_world = own_world().expect(
        "a small disk is mounted for this test: run it as root, or where users may have namespaces of their own",
    );
    let ground = Ground::new(Kind::Sqlite).await;
    let folder = ground.file("");
    let folder = folder.to_str().unwrap().trim_end_matches('/').to_owned();
    let wrapper: Vec<&str> = own_world.iter().copied().chain(["sh", "-c", ON_SMALL_DISK, &folder]).collect();
    let server = ground.start(&wrapper).await;
    let mut rasa = LiveClient::join(server.address, ground.session, &headers(RASA)).await.unwrap();
    rasa.done(line("Prieš pilną diską.")).await;
    let site = Site(&server);
    assert_eq!(site.post("Kol dar yra vietos").await.status, 200);
    assert!(!site.says_read_only("/erdves").await);

    // As the process itself sees its disk.
    let ballast = PathBuf::from(format!("/proc/{}/root{folder}/ballast", server.id()));
    let mut refused = 0;
    let full = async {
        fill(&ballast);
        site.post(&"ą".repeat(100)).await
    };
    let mut answer = full.await;
    for _ in 0..200 {
        // The log that SQLite writes ahead has some room of its own first.
        if answer.status == 507 {
            break;
        }
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer = site.post(&"ą".repeat(100)).await;
    }
    for (lang, sentence) in [("lt", "vietos"), ("en", "space")] {
        let answer = site.post_in(lang, "Be vietos").await;
        assert_eq!((answer.status, answer.json()["refusals"][0]["code"].as_str()), (507, Some("disk.full")));
        assert!(answer.json()["title"].as_str().unwrap().contains(sentence), "{}", answer.text());
        refused += 1;
    }
    // Reading goes on, and says how things stand; for those who are not signed in too.
    assert!(site.says_read_only("/erdves").await && site.says_read_only("/problemos").await);
    assert!(send(server.address, "GET", "/", &[], b"").await.text().contains("tik skaityti"));
    assert_eq!(send(server.address, "GET", "/readyz", &[], b"").await.status, 200);
    // The room refuses kindly, and keeps those who are in it.
    assert_eq!(rasa.refused(line("Telpa?")).await, Code::DiskFull);
    assert_eq!((rasa.closed, rasa.texts().len()), (None, 1));

    fs::remove_file(&ballast).unwrap();
    let since = Instant::now();
    while site.says_read_only("/erdves").await {
        assert!(since.elapsed() < BACK, "still read-only");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(site.post("Vėl yra vietos").await.status, 200);
    rasa.done(line("Vėl telpa.")).await;
    assert!(since.elapsed() < BACK, "{:?}", since.elapsed());
    let second = LiveClient::join(server.address, ground.session, &headers(RASA)).await.unwrap();
    assert_eq!(second.texts(), ["Prieš pilną diską.", "Vėl telpa."]);
    assert!(refused == 2);

    // What was acknowledged is there, whole.
    let copy =
        format!("{}/copy.sqlite", std::env::temp_dir().join(format!("tinklaveika-full-{}", server.id())).display());
    fs::create_dir_all(PathBuf::from(&copy).parent().unwrap()).unwrap();
    let inside = format!("/proc/{}/root{folder}/tinklaveika.sqlite", server.id());
    for end in ["", "-wal"] {
        fs::copy(format!("{inside}{end}"), format!("{copy}{end}")).unwrap();
    }
    let db = Db::open(&Options::file(&copy)).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let found = sql!("select integrity_check from pragma_integrity_check").all::<String>(&mut tx).await.unwrap();
    assert_eq!(found, ["ok"]);
    let titles: Vec<String> = sql!("select title from problems").all(&mut tx).await.unwrap();
    assert!(titles.contains(&"Kol dar yra vietos".to_owned()) && titles.contains(&"Vėl yra vietos".to_owned()));
    assert!(!titles.contains(&"Be vietos".to_owned()));
    let _ = fs::remove_dir_all(PathBuf::from(&copy).parent().unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_stops_and_starts_again_is_an_outage_and_no_loss() {
    let cluster = Arc::new(Cluster::start(false).unwrap());
    let ground = Ground::over(&cluster.url()).await;
    let server = ground.start(&[]).await;
    let mut rasa = LiveClient::join(server.address, ground.session, &headers(RASA)).await.unwrap();
    let said = rasa.done(line("Prieš sutrikimą.")).await;
    let site = Site(&server);
    assert_eq!(site.post("Prieš sutrikimą").await.status, 200);

    for crash in [false, true] {
        order(&cluster, if crash { Cluster::crash } else { Cluster::stop }).await;
        let mut answer = site.post("Per sutrikimą").await;
        for _ in 0..20 {
            // A connection that broke says so once.
            if answer.status == 503 {
                break;
            }
            answer = site.post("Per sutrikimą").await;
        }
        assert_eq!((answer.status, answer.json()["refusals"][0]["code"].as_str()), (503, Some("unavailable")));
        assert!(answer.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok()));
        let page = send(server.address, "GET", "/erdves", &signed_in("lt"), b"").await;
        assert_eq!(page.status, 503);
        assert!(page.header("retry-after").is_some() && page.text().contains("<h1"), "{}", page.text());
        assert_eq!(rasa.refused(line("Per sutrikimą.")).await, Code::Unavailable);
        assert_eq!(rasa.closed, None, "the socket stays");

        order(&cluster, Cluster::again).await;
        let since = Instant::now();
        loop {
            let again = site.post("Po sutrikimo").await;
            if again.status == 200 {
                break;
            }
            assert!(again.status == 503 && since.elapsed() < BACK, "{}", again.text());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        // What was refused was not done, and what is sent now is.
        loop {
            let id = rasa.ask(line("Po sutrikimo.")).await;
            rasa.until(|rasa| rasa.done.contains_key(&id) || rasa.refused.contains_key(&Some(id))).await;
            if rasa.done.contains_key(&id) {
                break;
            }
            assert!(since.elapsed() < BACK, "{:?}", rasa.refused[&Some(id)]);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    let second = LiveClient::join(server.address, ground.session, &headers(RASA)).await.unwrap();
    assert_eq!(second.texts(), ["Prieš sutrikimą.", "Po sutrikimo.", "Po sutrikimo."]);
    assert_eq!(second.texts(), rasa.texts());
    assert!(said > 0);
}

async fn order(cluster: &Arc<Cluster>, order: fn(&Cluster) -> std::io::Result<()>) {
    let cluster = cluster.clone();
    tokio::task::spawn_blocking(move || order(&cluster)).await.unwrap().unwrap();
}

/// What gives a process a mount table of its own: root may, and others where the kernel lets them.
fn own_world() -> Option<&'static [&'static str]> {
    let ways: [&[&str]; 2] = [&["unshare", "--mount"], &["unshare", "--user", "--map-root-user", "--mount"]];
    ways.into_iter().find(|way| {
        let mut tried = Command::new(way[0]);
        tried.args(&way[1..]).args(["mount", "-t", "tmpfs", "none", "/mnt"]);
        tried.output().is_ok_and(|tried| tried.status.success())
    })
}

/// Takes all the room there is.
fn fill(ballast: &PathBuf) {
    use std::io::Write;
    let mut file = fs::File::create(ballast).unwrap();
    for size in [1 << 20, 64 << 10, 4 << 10, 1] {
        let block = vec![0u8; size];
        while file.write_all(&block).is_ok() {}
    }
}

fn signed_in(lang: &str) -> Vec<(String, String)> {
    let mut all: Vec<_> = headers(RASA).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    all[0].1.push_str(&format!("; kalba={lang}"));
    all.extend(
        [("sec-fetch-site", "same-origin"), ("content-type", "application/json")].map(|(k, v)| (k.into(), v.into())),
    );
    all
}

struct Site<'a>(&'a Running);

impl Site<'_> {
    async fn post(&self, title: &str) -> Raw {
        self.post_in("lt", title).await
    }

    async fn post_in(&self, lang: &str, title: &str) -> Raw {
        let path = format!("/api/v1/spaces/{}/problems", SpaceId::from_uuid(Uuid::from_u128(0x103)));
        let problem = json!({
            "title": title, "area": "inclusion", "text": "ž".repeat(2_000),
            "evidence": [{ "kind": "observation", "text": "Stebėtos šešios pamokos." }],
        });
        let body = json!({ "problem": problem }).to_string();
        send(self.0.address, "POST", &path, &signed_in(lang), body.as_bytes()).await
    }

    async fn says_read_only(&self, path: &str) -> bool {
        let page = send(self.0.address, "GET", path, &signed_in("lt"), b"").await;
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        page.text().contains("tik skaityti")
    }
}
