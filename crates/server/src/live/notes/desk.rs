//! The task of one text: it alone changes it, and nobody hears of a change before it is on disk.

mod reading;
mod saving;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use model::{
    guard::Kind,
    ids::*,
    live::{ByeReason, Participant},
    refusal::{Code, Refusal},
    sessions::SessionState,
    time::Timestamp,
};
use notes::{
    Message, Notes,
    told::{self, Author, Told},
};
use tokio::{
    sync::{mpsc, oneshot},
    time::{MissedTickBehavior, interval_at},
};

use super::{
    Tables,
    member::{Member, Out, gone, presence_message},
};
use crate::{
    app::random,
    auth::hex,
    live::{outlet::Goodbye, rooms::clock},
    notes::{
        self as text,
        store::{self, Head, Writer},
    },
};

pub enum Input {
    Join {
        id: ConnectionId,
        me: Arc<Participant>,
        out: mpsc::Sender<Out>,
        answer: oneshot::Sender<()>,
    },
    /// What they may do is another.
    Changed {
        id: ConnectionId,
        me: Arc<Participant>,
    },
    Heard {
        id: ConnectionId,
        message: Bytes,
    },
    Left {
        id: ConnectionId,
    },
    Replace {
        by: PersonId,
        text: String,
        answer: oneshot::Sender<Result<(), Code>>,
    },
    /// Others may have changed the rows.
    Look,
}

/// How often an open text looks at what others may have changed: its session closed, another node wrote.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Inputs that are taken together.
const TURN: usize = 256;

/// Why a text does not go on; whoever has it open comes again.
pub enum Broken {
    /// Others wrote, or made it anew.
    Behind,
    Failed(anyhow::Error),
}

impl From<db::Error> for Broken {
    fn from(error: db::Error) -> Self {
        Broken::Failed(error.into())
    }
}

pub struct Desk {
    tables: Tables,
    session: SessionId,
    notes: Notes,
    head: Head,
    /// Whether the session is one to write in.
    open: bool,
    /// Whose each client id is, and in which epoch it may write.
    writers: HashMap<u64, Writer>,
    names: HashMap<PersonId, String>,
    /// What the guard finds in the text as it is, and how often.
    found: BTreeMap<(Kind, String), usize>,
    /// In characters.
    length: usize,
    /// Rows since there was one for all.
    rows: usize,
    /// When its text was last kept as a state.
    stated: Option<Timestamp>,
    members: HashMap<ConnectionId, Member>,
    accepted: Vec<saving::Accepted>,
    /// Client ids that are on disk.
    stored: HashSet<i64>,
    /// There is something in the text that was refused: it is read anew before it is used.
    spoilt: bool,
}

impl Desk {
    pub async fn run(tables: Tables, session: SessionId, mut inputs: mpsc::Receiver<Input>) {
        let mut members = HashMap::new();
        let ended = match Desk::open(&tables, session).await {
            Ok(mut desk) => {
                let ended = desk.serve(&mut inputs).await;
                members = std::mem::take(&mut desk.members);
                ended
            }
            Err(broken) => Err(broken),
        };
        let Err(broken) = ended else { return };
        inputs.close();
        let goodbye = match broken {
            Broken::Behind => Goodbye::new(1012, ByeReason::Restart, Some(250)),
            Broken::Failed(error) => {
                tracing::error!(%session, error = format!("{error:#}"), "notes do not go on");
                Goodbye::new(1011, ByeReason::Failed, Some(1_000))
            }
        };
        members.values_mut().for_each(|member: &mut Member| member.dismiss(goodbye));
    }

    async fn open(tables: &Tables, session: SessionId) -> Result<Self, Broken> {
        let db = &tables.sockets.0.db;
        if store::head(&mut db.read().await?, session).await?.is_none() {
            let mut tx = db.write().await?;
            store::begin(&mut tx, session, &hex(&random::<16>())).await?;
            tx.commit().await?;
        }
        let mut desk = Self {
            tables: tables.clone(),
            session,
            notes: Notes::new(text::READER),
            head: Head { epoch: String::new(), last_seq: 0 },
            open: false,
            writers: HashMap::new(),
            names: HashMap::new(),
            found: BTreeMap::new(),
            length: 0,
            rows: 0,
            stated: None,
            members: HashMap::new(),
            accepted: Vec::new(),
            stored: HashSet::new(),
            spoilt: false,
        };
        desk.load().await?;
        Ok(desk)
    }

    /// Reads all of it from the database, which alone is the truth.
    async fn load(&mut self) -> Result<(), Broken> {
        let mut tx = self.tables.sockets.0.db.read().await?;
        let missing = || Broken::Failed(anyhow::anyhow!("they were never begun"));
        self.head = store::head(&mut tx, self.session).await?.ok_or_else(missing)?;
        let mut rows = store::list_after(&mut tx, self.session, 0).await?;
        // What came between the two reads is read at the next look.
        rows.retain(|row| row.seq <= self.head.last_seq);
        self.open = is_open(store::state(&mut tx, self.session).await?);
        let writers = store::list_writers(&mut tx, self.session).await?;
        self.stored = writers.iter().map(|writer| writer.client).collect();
        // Those who have only shown a caret yet stay bound.
        self.writers.extend(writers.into_iter().map(|writer| (writer.client as u64, writer)));
        for (person, name) in text::authors(&mut tx, self.session).await?.into_values() {
            self.names.entry(person).or_insert(name);
        }
        self.stated = store::last_state(&mut tx, self.session).await?.map(|(at, _)| at);
        drop(tx);
        self.notes = text::read(&rows).map_err(|error| Broken::Failed(anyhow::anyhow!("a row is none: {error}")))?;
        (self.rows, self.spoilt) = (rows.len(), false);
        let text = self.notes.text();
        (self.found, self.length) = (reading::findings(&text), text.chars().count());
        Ok(())
    }

    async fn serve(&mut self, inputs: &mut mpsc::Receiver<Input>) -> Result<(), Broken> {
        let mut tick = interval_at(clock() + LOOK_EVERY, LOOK_EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                input = inputs.recv() => match input {
                    Some(input) => self.take(input).await?,
                    None => return Ok(()),
                },
                _ = tick.tick() => self.look().await?,
            }
            for _ in 1..TURN {
                let Ok(input) = inputs.try_recv() else { break };
                self.take(input).await?;
            }
            self.flush().await?;
            if self.members.is_empty() {
                self.rest().await?;
                if self.tables.forget_if_unused(self.session, inputs) {
                    return Ok(());
                }
            }
        }
    }

    async fn take(&mut self, input: Input) -> Result<(), Broken> {
        match input {
            Input::Join { id, me, out, answer } => {
                self.flush().await?;
                self.names.insert(me.id, me.name.clone());
                self.welcome(Member::new(id, me, out));
                let _ = answer.send(());
            }
            Input::Changed { id, me } => {
                let open = self.open;
                if let Some(member) = self.members.get_mut(&id) {
                    member.me = me;
                    member.told(&Told::Writes { writes: open && super::door::writes(member.me.role) });
                }
            }
            Input::Heard { id, message } => self.hear(id, &message).await?,
            Input::Left { id } => {
                if let Some(entry) = self.members.remove(&id).and_then(|member| member.presence) {
                    self.tell_others(id, &presence_message(&[gone(entry)]));
                }
            }
            Input::Replace { by, text, answer } => {
                let done = self.replace(by, &text).await?;
                let _ = answer.send(done);
            }
            Input::Look => self.look().await?,
        }
        Ok(())
    }

    fn welcome(&mut self, mut member: Member) {
        if self.members.len() >= self.tables.sockets.0.settings.sockets_a_session as usize {
            return member.dismiss(Goodbye::new(4429, ByeReason::TooMany, None));
        }
        let writes = self.open && super::door::writes(member.me.role);
        let person = member.me.id.to_string();
        member.told(&Told::Welcome { epoch: self.head.epoch.clone(), person, writes, limit: notes::TEXT_MAX });
        let author = |(client, writer): (&u64, &Writer)| Author {
            client: *client,
            person: writer.person.to_string(),
            name: self.names.get(&writer.person).cloned().unwrap_or_default(),
        };
        member.told(&Told::Authors { authors: self.writers.iter().map(author).collect() });
        member.tell(&Message::Step1(&self.notes.vector()).write().into());
        let here: Vec<_> = self.members.values().filter_map(|other| other.presence.clone()).collect();
        member.tell(&presence_message(&here));
        self.members.insert(member.id, member);
    }

    async fn hear(&mut self, id: ConnectionId, bytes: &[u8]) -> Result<(), Broken> {
        if !self.members.contains_key(&id) {
            return Ok(());
        }
        let Ok(message) = Message::read(bytes) else {
            self.bad(id);
            return Ok(());
        };
        match message {
            Message::Step1(vector) => {
                // Nothing is told that is not on disk.
                self.flush().await?;
                match self.notes.since(vector) {
                    Ok(update) => self.tell(id, &Message::Step2(&update).write().into()),
                    Err(_) => self.bad(id),
                }
            }
            Message::Step2(update) | Message::Update(update) => self.read(id, update).await?,
            Message::Presence(body) => match notes::presence::read(body) {
                Ok(entries) => entries.into_iter().for_each(|entry| self.here(id, entry)),
                Err(_) => self.bad(id),
            },
            Message::AskPresence => {
                let here: Vec<_> = self.members.values().filter_map(|other| other.presence.clone()).collect();
                self.tell(id, &presence_message(&here));
            }
            Message::Told(json) => match (told::read(json), self.members.get_mut(&id)) {
                (Ok(Told::Sure {}), Some(member)) => {
                    let warned = std::mem::take(&mut member.warned);
                    member.passed.extend(warned);
                }
                _ => self.bad(id),
            },
        }
        Ok(())
    }

    fn here(&mut self, id: ConnectionId, entry: notes::presence::Entry) {
        // Nobody speaks for another's copy.
        let Some(person) = self.members.get(&id).map(|member| member.me.id) else { return };
        match self.bind(entry.client, person) {
            Ok(()) => {}
            Err(_) => return self.bad(id),
        }
        let Some(member) = self.members.get_mut(&id) else { return };
        let told = member.here(entry);
        self.tell_others(id, &presence_message(&told));
    }

    /// Notes that the letters of the client are the person's, unless they are another's or of a text before this one.
    fn bind(&mut self, client: u64, person: PersonId) -> Result<(), Code> {
        if let Some(writer) = self.writers.get(&client) {
            let own = writer.person == person && writer.epoch == self.head.epoch;
            return if own { Ok(()) } else { Err(Code::Forbidden) };
        }
        if client == text::READER || client > notes::CLIENT_MAX || self.writers.len() >= WRITERS {
            return Err(Code::Forbidden);
        }
        self.writers.insert(client, Writer { client: client as i64, person, epoch: self.head.epoch.clone() });
        let name = self.names.get(&person).cloned().unwrap_or_default();
        let told = Told::Authors { authors: vec![Author { client, person: person.to_string(), name }] };
        let message: Bytes = told.message().into();
        self.members.values_mut().for_each(|member| member.tell(&message));
        Ok(())
    }

    /// What no honest program sends: a few are passed over.
    fn bad(&mut self, id: ConnectionId) {
        let most = self.tables.sockets.0.settings.bad_frames;
        let Some(member) = self.members.get_mut(&id) else { return };
        member.bad += 1;
        if member.bad >= most {
            member.dismiss(Goodbye::new(1008, ByeReason::Malformed, None));
        }
    }

    fn tell(&mut self, id: ConnectionId, message: &Bytes) {
        if let Some(member) = self.members.get_mut(&id) {
            member.tell(message);
        }
    }

    fn tell_others(&mut self, id: ConnectionId, message: &Bytes) {
        self.members.values_mut().filter(|member| member.id != id).for_each(|member| member.tell(message));
    }

    fn refuse(&mut self, id: ConnectionId, refusal: &Refusal, clients: impl IntoIterator<Item = u64>) {
        if let Some(member) = self.members.get_mut(&id) {
            member.refuse(refusal, clients);
        }
    }
}

/// Client ids of one text: each time that a page is opened is one.
const WRITERS: usize = 20_000;

pub fn is_open(state: Option<SessionState>) -> bool {
    matches!(state, Some(SessionState::Planned | SessionState::Open))
}
