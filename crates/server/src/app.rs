//! What every verb works with. The only owner of a clock, of randomness and of new ids.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use db::{Db, Tx};
use model::{
    ids::{Id, PersonId, SignInId},
    time::Timestamp,
};
use serde::Serialize;
use tokio::sync::{broadcast, watch};
use uuid::{Builder, Uuid};

use crate::{
    audit,
    auth::{self, passwords::Passwords, throttle::Throttle},
    config::Config,
    content::{self, Content},
    disk::{self, Disk},
    doors::once,
    error::Fault,
    files::Files,
    http::cache::PageCache,
    live::{self, Given, Rooms},
    mail::Mail,
    redactions,
    search::Search,
    sessions::histories::Histories,
    telemetry::Metrics,
};

#[derive(Clone)]
pub struct App(Arc<Inner>);

pub struct Inner {
    pub db: Db,
    pub config: Config,
    pub clock: Clock,
    pub passwords: Passwords,
    pub throttle: Throttle,
    pub content: Content,
    pub disk: Disk,
    pub pages: PageCache,
    pub histories: Histories,
    pub files: Files,
    pub mail: Mail,
    pub redactions: redactions::Latest,
    pub chain: audit::Followed,
    /// Of this node alone; fed by a task that `run` starts.
    pub search: Search,
    pub metrics: Metrics,
    /// The live sessions; needs to be made within a runtime.
    pub rooms: Rooms,
    /// What is written together in them.
    pub notes: live::notes::Tables,
    /// What open live rooms must hear of at once.
    pub signals: broadcast::Sender<Signal>,
    /// True from the moment the server was asked to stop.
    pub draining: watch::Sender<bool>,
}

/// Something about a person changed that their open sockets must not outlive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    SignInEnded(SignInId),
    /// Suspended, removed from a team, given or taken a role, all sign-ins ended.
    PersonChanged(PersonId),
    /// A space is seen by others than before, or came into the archive or out of it: any room may be of it.
    SpaceChanged,
}

impl App {
    pub fn new(db: Db, config: Config, clock: Clock) -> anyhow::Result<Self> {
        let (content, disk) = (Content::new(&db), Disk::default());
        let app = Self(Arc::new(Inner {
            passwords: Passwords::new(config.password_cost)?,
            throttle: Throttle::new(&config.limits),
            content: content.clone(),
            disk: disk.clone(),
            pages: PageCache::new(config.page_cache_bytes),
            histories: Histories::default(),
            files: Files::open(config.files.as_deref().unwrap_or(&config.data), config.attachments.clone())?,
            mail: Mail::new(&config)?,
            redactions: redactions::Latest::default(),
            chain: audit::Followed::default(),
            search: Search::open(&config.data.join("search"))?,
            metrics: Metrics::default(),
            rooms: Rooms::new(db.clone(), given(&db, &clock, &content, &disk), config.live.clone()),
            notes: live::notes::Tables::new(db.clone(), given(&db, &clock, &content, &disk), &config.live),
            signals: broadcast::channel(1024).0,
            draining: watch::channel(false).0,
            db,
            config,
            clock,
        }));
        tokio::spawn(live::listen(app.rooms.clone(), app.signals.subscribe()));
        tokio::spawn(live::listen(app.notes.sockets.clone(), app.signals.subscribe()));
        tokio::spawn(disk::watch(app.clone()));
        tokio::spawn(content::follow(app.clone()));
        Ok(app)
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new id: UUIDv7 of this moment and 74 random bits.
    pub fn id<T: Id>(&self) -> T {
        self.id_at(self.now())
    }

    /// An id as if it had been made at `at`, for what is brought in from elsewhere.
    pub fn id_at<T: Id>(&self, at: Timestamp) -> T {
        T::from_uuid(new_id(at))
    }

    /// A connection that reads.
    pub async fn read(&self) -> Result<Tx, Fault> {
        Ok(self.db.read().await?)
    }

    /// A transaction that writes. Under an idempotency key, the key is claimed in it, so that the same call is never done twice.
    pub async fn write(&self) -> Result<Tx, Fault> {
        let mut tx = self.db.write().await?;
        once::claim(&mut tx, self.now()).await?;
        Ok(tx)
    }

    /// Ends a verb's transaction. The answer is kept under the call's idempotency key, if it came with one, and the change is
    /// counted for other nodes: all of it stands or falls together.
    ///
    /// # Errors
    /// Those of the database; nothing is done then.
    pub async fn commit<T: Serialize>(&self, mut tx: Tx, answer: &T) -> Result<(), Fault> {
        once::keep(&mut tx, answer).await?;
        let count = self.content.count(&mut tx).await?;
        tx.commit().await?;
        self.content.counted(count);
        Ok(())
    }

    pub fn signal(&self, signal: Signal) {
        // Nobody listening means that no room is open.
        let _ = self.signals.send(signal);
    }
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

fn new_id(at: Timestamp) -> Uuid {
    let ms = u64::try_from(at.ms()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(ms, &random()).into_uuid()
}

/// What live rooms are given: the same clock and ids, and who a sign-in belongs to.
fn given(db: &Db, clock: &Clock, content: &Content, disk: &Disk) -> Given {
    let (now, ids, alive, db) = (clock.clone(), clock.clone(), clock.clone(), db.clone());
    let (content, disk) = (content.clone(), disk.clone());
    Given {
        now: Arc::new(move || now.now()),
        id: Arc::new(move || new_id(ids.now())),
        actor: Arc::new(move |sign_in| {
            let (db, now) = (db.clone(), alive.now());
            Box::pin(async move { auth::actor(&db, sign_in, now).await })
        }),
        changed: {
            let content = content.clone();
            Arc::new(move || content.changed())
        },
        filled: Arc::new(move || {
            disk.filled();
            content.changed();
        }),
    }
}

/// Random bytes of the operating system.
///
/// # Panics
/// If the operating system has none to give; nothing could be kept secret then.
#[expect(clippy::disallowed_methods, reason = "the one place that draws random bytes")]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// The time: the system's, or in tests one that stands until it is moved.
#[derive(Clone, Default)]
pub enum Clock {
    #[default]
    System,
    Given(Arc<AtomicI64>),
}

impl Clock {
    pub fn now(&self) -> Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that asks what time it is")]
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Clock::Given(ms) => Timestamp(ms.load(Ordering::SeqCst)),
        }
    }
}
