//! A server with the cast, on a port and a database of its own, at a time that stands still until it is moved.

use std::{
    collections::HashMap,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use db::testing::{Fresh, Kind, fresh};
use model::{
    ids::*,
    time::{Millis, Timestamp},
};
use server::{
    accounts,
    app::{App, Clock},
    auth::{digest, new_token, passwords::Cost},
    config::{Config, Limits},
    demo::{self, Cast, cast::PEOPLE},
    router, run,
    serve::serve,
};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::client::Client;

/// When every test begins: 2026-11-22 14:30 in Lithuania.
pub const BEGINNING: Timestamp = Timestamp(1_795_350_600_000);

pub struct TestApp {
    pub app: App,
    pub cast: Cast,
    pub address: SocketAddr,
    clock: Arc<AtomicI64>,
    cookies: Mutex<HashMap<&'static str, String>>,
    serving: JoinHandle<anyhow::Result<()>>,
    data: PathBuf,
    /// Opens the same database again; dropped last.
    pub fresh: Fresh,
}

impl TestApp {
    /// The cast, and limits so wide that only a test of limits meets them.
    pub async fn with_cast(kind: Kind) -> Self {
        Self::set(kind, true, |_| {}).await
    }

    /// A site on which nobody has an account yet.
    pub async fn empty(kind: Kind) -> Self {
        Self::set(kind, false, |_| {}).await
    }

    pub async fn set(kind: Kind, cast: bool, set: impl FnOnce(&mut Config)) -> Self {
        let fresh = fresh(kind).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let data = std::env::temp_dir().join(format!("tinklaveika-data-{}", new_token()));
        std::fs::create_dir(&data).unwrap();
        let mut config = Config::new(data.clone(), address);
        config.password_cost = Cost::Cheap;
        config.limits = wide();
        set(&mut config);
        let clock = Arc::new(AtomicI64::new(BEGINNING.ms()));
        let app = run::over(fresh.db.clone(), config, Clock::Given(clock.clone())).await.unwrap();
        let cast = if cast { demo::load(&app).await.unwrap().unwrap() } else { Cast::default() };
        let serving = tokio::spawn(serve(app.clone(), router(&app), listener));
        Self { app, cast, address, clock, cookies: Mutex::default(), serving, data, fresh }
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.clock.load(Ordering::SeqCst))
    }

    pub fn pass(&self, time: Millis) {
        self.clock.fetch_add(time.ms(), Ordering::SeqCst);
    }

    /// A client signed in as the one with this first name; always the same sign-in.
    pub async fn as_(&self, name: &'static str) -> Client<'_> {
        let kept = self.cookies.lock().unwrap().get(name).cloned();
        let token = match kept {
            Some(token) => token,
            None => {
                let token = self.sign_in(self.person(name), false).await;
                self.cookies.lock().unwrap().insert(name, token.clone());
                token
            }
        };
        Client::new(self, Some(token))
    }

    /// A client with a new sign-in, for when so much time has passed that the one before has ended.
    pub async fn anew(&self, name: &str) -> Client<'_> {
        Client::new(self, Some(self.sign_in(self.person(name), false).await))
    }

    /// One more sign-in of somebody, by its token; as after `POST /sign-in`.
    pub async fn sign_in(&self, person: PersonId, shared: bool) -> String {
        let token = new_token();
        let mut tx = self.app.db.write().await.unwrap();
        let (id, digest) = (self.app.id(), digest(&token));
        accounts::store::insert_sign_in(&mut tx, id, person, &digest, "?", shared, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        token
    }

    pub fn with_token(&self, token: &str) -> Client<'_> {
        Client::new(self, Some(token.to_owned()))
    }

    pub fn anonymous(&self) -> Client<'_> {
        Client::new(self, None)
    }

    pub fn email(&self, name: &str) -> String {
        PEOPLE.iter().find(|person| person.key() == name).unwrap_or_else(|| panic!("nobody is called {name}")).email()
    }

    pub fn person(&self, name: &str) -> PersonId {
        known(self.cast.people.get(name), name)
    }

    pub fn team(&self, key: &str) -> TeamId {
        known(self.cast.teams.get(key), key)
    }

    pub fn network(&self, key: &str) -> NetworkId {
        known(self.cast.networks.get(key), key)
    }

    pub fn space(&self, key: &str) -> SpaceId {
        known(self.cast.spaces.get(key), key)
    }

    pub fn problem(&self, key: &str) -> ProblemId {
        known(self.cast.problems.get(key), key)
    }

    pub fn practice(&self, key: &str) -> PracticeId {
        known(self.cast.practices.get(key), key)
    }

    pub fn session(&self, key: &str) -> SessionId {
        known(self.cast.sessions.get(key), key)
    }
}

fn known<T: Copy>(found: Option<&T>, key: &str) -> T {
    *found.unwrap_or_else(|| panic!("the cast has no {key}"))
}

pub fn wide() -> Limits {
    Limits { writes_a_minute: 100_000, calls_a_minute: 1_000_000, guesses_a_minute: 100_000 }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.app.draining.send_replace(true);
        self.serving.abort();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}
