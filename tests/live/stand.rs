//! A server on a fresh database with an open session and many who may be in it.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use db::{
    Db, sql,
    testing::{Fresh, Kind, fresh},
};
use model::{
    ids::*,
    live::{Event, NewStep},
    time::Timestamp,
};
use server::{
    app::{App, Clock},
    auth,
    config::Config,
    live::{self, Rooms, Settings},
    serve,
};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::live_client::LiveClient;

pub const JONAS: u128 = 1;
pub const RASA: u128 = 2;
pub const TOMAS: u128 = 3;
pub const EGLE: u128 = 4;
/// In no team.
pub const NERIJUS: u128 = 9;

const START: i64 = 1_795_000_000_000;

/// One server over the database of a [`Stand`].
#[derive(Clone)]
pub struct Node {
    pub rooms: Rooms,
    pub notes: live::notes::Tables,
    pub address: SocketAddr,
    stop: Arc<tokio::task::AbortHandle>,
    _folder: Arc<Folder>,
}

/// The data directory of one server: each has a search index of its own.
struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub struct Stand {
    pub fresh: Fresh,
    pub node: Node,
    pub session: SessionId,
    settings: Settings,
    clock: Arc<AtomicI64>,
}

/// For a server that goes by the system's clock.
pub fn system_now() -> i64 {
    Clock::System.now().ms()
}

pub fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

pub fn step(number: u128) -> StepId {
    StepId::from_uuid(Uuid::from_u128(number))
}

impl Stand {
    /// An open session of a team's space, with an agenda of two steps.
    pub async fn new(kind: Kind, settings: Settings) -> Self {
        let fresh = fresh(kind).await;
        let session = SessionId::from_uuid(Uuid::from_u128(0x500));
        seed(&fresh, session, START).await;
        let clock = Arc::new(AtomicI64::new(START));
        let node = Node::start(&fresh.db, &settings, &clock).await;
        Self { fresh, node, session, settings, clock }
    }

    /// Another server over the same database.
    pub async fn another(&self) -> Node {
        Node::start(&self.fresh.db, &self.settings, &self.clock).await
    }

    pub fn later(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
    }

    pub async fn join(&self, number: u128) -> LiveClient {
        self.node.join(self.session, number).await
    }

    pub async fn run(&self, query: db::Query) {
        let mut tx = self.fresh.db.write().await.unwrap();
        query.run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The journal as it is at one moment: people come and go at any.
    pub async fn journal(&self) -> Vec<(i64, String)> {
        let mut tx = self.fresh.db.read().await.unwrap();
        sql!("select seq, payload from session_events where session = $1 order by seq", self.session)
            .all(&mut tx)
            .await
            .unwrap()
    }

    pub async fn payloads(&self) -> Vec<String> {
        self.journal().await.into_iter().map(|(_, payload)| payload).collect()
    }

    pub async fn seqs(&self) -> Vec<i64> {
        self.journal().await.into_iter().map(|(seq, _)| seq).collect()
    }
}

impl Node {
    pub async fn start(db: &Db, settings: &Settings, clock: &Arc<AtomicI64>) -> Self {
        static NODES: AtomicI64 = AtomicI64::new(0);
        let number = NODES.fetch_add(1, Ordering::Relaxed);
        let folder = Folder(std::env::temp_dir().join(format!("tinklaveika-node-{}-{number}", std::process::id())));
        std::fs::create_dir_all(&folder.0).unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut config = Config::new(folder.0.clone(), address);
        config.live = settings.clone();
        (config.limits.calls_a_minute, config.limits.writes_a_minute) = (1_000_000, 1_000_000);
        let app = App::new(db.clone(), config, Clock::Given(Arc::clone(clock))).unwrap();
        server::site::begin(&app).await.unwrap();
        let (rooms, notes) = (app.rooms.clone(), app.notes.clone());
        let routes = server::router(&app);
        let served = tokio::spawn(async move { serve::serve(app, routes, listener).await.unwrap() });
        Self { rooms, notes, address, stop: Arc::new(served.abort_handle()), _folder: Arc::new(folder) }
    }

    pub fn stop(&self) {
        self.stop.abort();
    }

    pub async fn join(&self, session: SessionId, number: u128) -> LiveClient {
        LiveClient::join(self.address, session, &headers(number)).await.expect("a handshake")
    }
}

fn token(number: u128) -> String {
    format!("{number:064x}")
}

/// What signs a person in.
pub fn headers(number: u128) -> Vec<(&'static str, String)> {
    vec![("cookie", format!("{}={}", auth::COOKIE, token(number)))]
}

/// The people, a team, its space, and a session that is open.
pub async fn seed(db: &Db, session: SessionId, now: i64) {
    let id = |number: u128| Uuid::from_u128(number).to_string();
    let (network, school, team, space) = (id(0x100), id(0x101), id(0x102), id(0x103));
    let mut tx = db.write().await.unwrap();
    let tx = &mut tx;
    macro_rules! run { ($($query:tt)*) => { sql!($($query)*).run(tx).await.unwrap() } }
    run!(
        "insert into networks (id, kind, name, name_key, about, created_at) values ($1, 'bmt', 'Kartu', '', '', 1)",
        network
    );
    run!(
        "insert into schools (id, name, name_key, municipality, kind, created_at)
         values ($1, 'Ąžuolyno progimnazija', '', 'LT-53', 'progymnasium', 1)",
        school
    );
    run!(
        "insert into teams (id, network, school, name, name_key, state, version, created_at)
         values ($1, $2, $3, 'Ąžuolas', '', 'active', 1, 1)",
        team,
        network,
        school
    );
    run!(
        "insert into spaces (id, network, name, name_key, about, visibility, version, created_at)
         values ($1, $2, 'Kiemas', '', '', 'team', 1, 1)",
        space,
        network
    );
    run!("insert into space_teams (space, team, since) values ($1, $2, 1)", space, team);
    for number in 1u128..60 {
        run!(
            "insert into people (id, name, name_key, email, email_key, password, profession, created_at)
             values ($1, $2, '', $1, $1, '', '', 1)",
            id(number),
            format!("Mokytoja {number}")
        );
        run!(
            "insert into sign_ins (id, person, token, device, shared_computer, created_at, seen_at) values ($1, $1, $2, '', false, $3, $3)",
            id(number),
            auth::digest(&token(number)),
            now
        );
        if number != NERIJUS {
            run!(
                "insert into members (team, person, lead, joined_at) values ($1, $2, $3, 1)",
                team,
                id(number),
                number == JONAS
            );
        }
    }
    let plan = |number: u128, minutes: u32| NewStep {
        id: step(number),
        title: format!("Žingsnis {number}"),
        minutes,
        rules: Default::default(),
        note: None,
    };
    let steps = vec![plan(11, 10), plan(12, 5)];
    run!(
        "insert into sessions (id, space, title, facilitator, state, starts_at, minutes, steps, last_seq, created_at)
         values ($1, $2, 'Sesija', $3, 'planned', 1, 15, $4, 0, 1)",
        session,
        space,
        person(JONAS),
        steps
    );
    let opened = Event::Opened { by: person(JONAS), at: Timestamp(now) };
    let command = CommandId::from_uuid(Uuid::from_u128(0x600));
    assert!(live::append(tx, session, Some(person(JONAS)), command, &[opened], Timestamp(now)).await.unwrap());
    let tx = std::mem::replace(tx, db.read().await.unwrap());
    tx.commit().await.unwrap();
}
