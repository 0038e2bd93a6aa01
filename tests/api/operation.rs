//! What an operator meets: a database that goes away, one that is too new, a directory in use, and what the public port hides.

use std::{fs, path::PathBuf, sync::Arc};

use db::{Db, Options, sql, testing::Cluster};
use serde_json::json;
use server::{
    app::{App, Clock},
    auth::{new_token, passwords::Cost},
    config::Config,
    demo, router, run,
    serve::{self, serve},
};
use tests::{Kind, TestApp, app::wide, http::send, on_both};
use tokio::net::TcpListener;

on_both! {
    async fn the_server_says_that_it_lives_and_is_ready(app) {
        for path in ["/livez", "/readyz"] {
            let raw = app.anonymous().get(path).await;
            assert_eq!((raw.status, raw.text()), (200, "ok"), "{path}");
        }
    }

    async fn metrics_stand_on_a_listener_of_their_own(app) {
        for client in [app.anonymous(), app.as_("Ona").await] {
            assert_eq!(client.get("/metrics").await.status, 404);
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(serve(app.app.clone(), serve::metrics(app.app.clone()), listener));
        let raw = send(address, "GET", "/metrics", &[], b"").await;
        assert_eq!(raw.status, 200);
        assert!(raw.header("content-type").is_some_and(|kind| kind.starts_with("application/openmetrics-text")));
        assert!(raw.text().ends_with("# EOF\n") && raw.text().contains("status"), "{}", raw.text());
        // A report of a browser is counted by its directive, and no other word of it is repeated anywhere.
        let report = r#"[{"type":"csp-violation","body":{"effectiveDirective":"img-src","sample":"Petras"}}]"#;
        assert_eq!(app.anonymous().send("POST", "/csp", report.as_bytes()).await.status, 204);
        let raw = send(address, "GET", "/metrics", &[], b"").await;
        assert!(raw.text().contains("tinklaveika_csp_violations_total{directive=\"img-src\"} 1"), "{}", raw.text());
        assert!(!raw.text().contains("Petras"));
        // Nothing of the site is there.
        assert_eq!(send(address, "GET", "/", &[], b"").await.status, 404);
        serving.abort();
    }

    async fn reports_of_browsers_are_bounded_and_throttled(app) {
        let send = async |body: &str| app.anonymous().send("POST", "/csp", body.as_bytes()).await.status;
        assert_eq!(send(&format!("[\"{}\"]", "x".repeat(16 << 10))).await, 413);
        for none in ["", "{", "{}", "[{\"type\":\"csp-violation\"}]"] {
            assert_eq!(send(none).await, 422, "{none}");
        }
        let mut statuses = Vec::new();
        for _ in 0..60 {
            statuses.push(send("[]").await);
        }
        assert_eq!((statuses[0], statuses[59]), (204, 429));
        app.pass(model::time::Millis::minutes(1));
        assert_eq!(send("[]").await, 204);
    }
}

#[tokio::test]
async fn a_database_that_goes_away_is_503_and_comes_back_by_itself() {
    let cluster = Arc::new(Cluster::start(false).unwrap());
    let data = Folder::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut config = Config::new(data.0.clone(), address);
    config.database = Some(cluster.url());
    config.password_cost = Cost::Cheap;
    config.limits = wide();
    let app: App = run::open(config, Clock::System).await.unwrap();
    demo::load(&app).await.unwrap().unwrap();
    let serving = tokio::spawn(serve(app.clone(), router(&app), listener));
    let get = async |path: &str| send(address, "GET", path, &[], b"").await;
    assert_eq!((get("/api/v1/topics").await.status, get("/readyz").await.status), (200, 200));

    order(&cluster, Cluster::stop).await;
    let api = get("/api/v1/topics").await;
    assert_eq!(api.codes(), ["unavailable"]);
    assert!(api.header("retry-after").is_some());
    assert_eq!(get("/prisijungti?x").await.status, 200);
    let page = get("/komandos/0192f0c1-2b3c-7d4e-8f50-0123456789ab").await;
    assert_eq!(page.status, 503);
    assert!(page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")));
    assert_eq!((get("/readyz").await.status, get("/livez").await.status), (503, 200));

    order(&cluster, Cluster::again).await;
    // The first connections may still be those that broke.
    let mut back = get("/api/v1/topics").await.status;
    for _ in 0..20 {
        if back == 200 {
            break;
        }
        back = get("/api/v1/topics").await.status;
    }
    assert_eq!((back, get("/readyz").await.status), (200, 200));
    serving.abort();
}

/// Two nodes over one PostgreSQL: what is written on one is read on the other, also where a page was kept.
#[tokio::test]
async fn a_page_kept_by_one_node_follows_what_another_node_writes() {
    let app = TestApp::with_cast(Kind::Postgres).await;
    let data = Folder::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let other = listener.local_addr().unwrap();
    let mut config = Config::new(data.0.clone(), other);
    config.limits = wide();
    let second = run::over(Db::open(&app.fresh.options).await.unwrap(), config, Clock::System).await.unwrap();
    let serving = tokio::spawn(serve(second.clone(), router(&second), listener));
    let read = async || send(other, "GET", "/problemos", &[], b"").await;
    let kept = read().await;
    assert!(!kept.text().contains("Ką parašė kitas mazgas"));
    // It is kept indeed: the same again, and an unchanged page is told to be one.
    let tag = vec![("if-none-match".to_owned(), kept.header("etag").unwrap().to_owned())];
    assert_eq!(send(other, "GET", "/problemos", &tag, b"").await.status, 304);
    let problem = json!({
        "title": "Ką parašė kitas mazgas", "area": "steam",
        "evidence": [{ "kind": "observation", "text": "Stebėtos trys pamokos." }],
    });
    let path = format!("/api/v1/spaces/{}/problems", app.space("patirtis"));
    let posted = app.as_("Rasa").await.json("POST", &path, Some(&json!({ "problem": problem }))).await;
    assert_eq!(posted.status, 200, "{}", posted.text());
    let mut tries = 0;
    while !read().await.text().contains("Ką parašė kitas mazgas") {
        tries += 1;
        assert!(tries < 100, "the other node never hears of it");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    serving.abort();
}

async fn order(cluster: &Arc<Cluster>, order: fn(&Cluster) -> std::io::Result<()>) {
    let cluster = cluster.clone();
    tokio::task::spawn_blocking(move || order(&cluster)).await.unwrap().unwrap();
}

#[test]
fn a_data_directory_in_use_is_refused() {
    let data = Folder::new();
    let config = Config::new(data.0.clone(), ([127, 0, 0, 1], 0).into());
    run::migrate(config.clone()).unwrap();
    let held = fs::File::create(data.0.join("lock")).unwrap();
    held.try_lock().unwrap();
    for refused in [run::migrate(config.clone()), run::serve(config.clone())] {
        let told = format!("{:#}", refused.unwrap_err());
        assert!(told.contains("in use by another process") && told.contains("--data"), "{told}");
    }
    drop(held);
    run::migrate(config).unwrap();
}

#[tokio::test]
async fn a_database_of_a_newer_release_is_refused() {
    let data = Folder::new();
    let config = Config::new(data.0.clone(), ([127, 0, 0, 1], 0).into());
    let app = run::open(config.clone(), Clock::System).await.unwrap();
    app.db.close().await;
    let db = Db::open(&Options::file(data.0.join("tinklaveika.sqlite"))).await.unwrap();
    let mut tx = db.write().await.unwrap();
    let newer = db::SCHEMA + 1;
    sql!("update schema_state set oldest_binary = $1", newer).run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;
    let refused = run::open(config, Clock::System).await.err().expect("it is refused");
    let told = format!("{refused:#}");
    assert!(told.contains(&newer.to_string()) && told.contains(&db::SCHEMA.to_string()), "{told}");
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("tinklaveika-data-{}", new_token()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
