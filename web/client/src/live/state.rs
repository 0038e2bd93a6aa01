//! What this browser knows of a session: a fold of frames, and what it has asked and not yet been answered.
//!
//! Pure: instants and chance are given, and what has to be done outside is told as [`Effect`]s. Nothing a person did is lost here:
//! a command stays pending, under its one id, until the server says that it is on disk or refuses it.

use model::{
    ids::{CommandId, PersonId, SessionId},
    live::{
        ByeReason, ClientFrame, Command, Given, PROTOCOL, Participant, Position, Room, ServerFrame, State, evolve,
        foresee,
    },
    refusal::{Code, Refusal},
    time::{Millis, Timestamp},
};

/// How long a heartbeat or a command may stay unanswered before it shows: with a tick a second, under 5 s.
const SILENCE: Millis = Millis(3_500);
/// How long before the socket is given up and another is opened.
const PATIENCE: Millis = Millis(10_000);
/// Between heartbeats, while a step runs before the reader's eyes, and otherwise.
const BEAT: Millis = Millis(3_000);
const BEAT_SLOW: Millis = Millis(25_000);
/// The longest pause between attempts to connect, and the first.
const PAUSE_MAX: i64 = 20_000;
const PAUSE: i64 = 500;
/// How long a command waits that the server could not do just now.
const LATER: Millis = Millis(2_000);

/// How far a session has gone when whoever comes is told what they missed.
const LATE: Millis = Millis::minutes(5);
/// How long ago an arrival may be to be the one that this welcome is about.
const JUST: Millis = Millis(5_000);

/// Something asked and not yet answered.
#[derive(Clone, PartialEq, Debug)]
pub struct Pending {
    pub id: CommandId,
    pub command: Command,
    pub sure: bool,
    /// For whom, of those who sit at this device.
    pub whom: Option<PersonId>,
    /// When it was sent on the socket that stands now.
    sent: Option<Timestamp>,
    not_before: Timestamp,
}

impl Pending {
    pub fn new(id: CommandId, command: Command, sure: bool) -> Self {
        Self { id, command, sure, whom: None, sent: None, not_before: Timestamp::default() }
    }
}

/// What the server refused although this browser did not foresee it; its text is kept.
#[derive(Clone, PartialEq, Debug)]
pub struct Rejected {
    pub id: CommandId,
    pub command: Command,
    pub refusal: Refusal,
}

/// How the socket stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Link {
    Connecting {
        since: Timestamp,
    },
    Ready,
    Waiting {
        until: Timestamp,
    },
    /// It will not be opened again.
    Ended(ByeReason),
}

/// What has to be done outside.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    Connect,
    /// Closes the socket, whose silence from then on means nothing.
    Disconnect,
    Send(ClientFrame),
}

/// What the person has to know of the connection.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Trouble {
    /// The device says that it has no network.
    Offline,
    /// The socket stands, but no answer comes.
    Silent,
    Reconnecting,
    Ended(ByeReason),
}

#[derive(Clone, PartialEq, Debug)]
pub struct Live {
    session: SessionId,
    /// As the server knows this person; none before the first welcome.
    pub me: Option<Participant>,
    /// The room as shown to this person; none before the first welcome.
    pub room: Option<Room>,
    pub position: Option<Position>,
    pub pending: Vec<Pending>,
    pub refused: Vec<Rejected>,
    /// Who is connected now.
    pub here: Vec<Participant>,
    pub link: Link,
    /// Whether this person has just come when the session had been going on for a while, or after having been away as long.
    pub late: bool,
    offline: bool,
    /// The server's clock less ours, in ms.
    ahead: i64,
    /// When the heartbeat was sent that nothing has answered yet.
    beat: Option<Timestamp>,
    heard: Timestamp,
    attempts: u32,
}

impl Live {
    pub fn new(session: SessionId, now: Timestamp) -> Self {
        Self {
            session,
            me: None,
            room: None,
            position: None,
            pending: Vec::new(),
            refused: Vec::new(),
            here: Vec::new(),
            link: Link::Waiting { until: now },
            late: false,
            offline: false,
            ahead: 0,
            beat: None,
            heard: now,
            attempts: 0,
        }
    }

    pub fn session(&self) -> SessionId {
        self.session
    }

    /// The server's clock.
    pub fn server_time(&self, now: Timestamp) -> Timestamp {
        Timestamp(now.ms() + self.ahead)
    }

    /// Time left of the step that runs, below zero once it has run out.
    pub fn time_left(&self, now: Timestamp) -> Option<Millis> {
        let ends_at = self.room.as_ref()?.current_step()?.ends_at?;
        Some(Millis(ends_at.ms() - self.server_time(now).ms()))
    }

    /// Asks for something. What this browser can tell to be refused is refused at once, and never sent; what is so already asks
    /// nothing.
    ///
    /// `whom` is who sits at this device, if it is for one of them.
    pub fn ask(
        &mut self,
        command: Command,
        whom: Option<PersonId>,
        id: CommandId,
        sure: bool,
        now: Timestamp,
    ) -> Result<Vec<Effect>, Refusal> {
        let (Some(me), Some(room)) = (&self.me, &self.room) else { return Err(Refusal::of(Code::Unavailable)) };
        let given = Given { at: self.server_time(now), id, sure };
        if !foresee(room, me, whom, &command, given)? {
            return Ok(Vec::new());
        }
        self.pending.push(Pending { whom, ..Pending::new(id, command, sure) });
        Ok(self.send_due(now))
    }

    /// The person, if they sit at this device.
    pub fn seated(&self, person: PersonId) -> Option<&Participant> {
        let (me, room) = (self.me.as_ref()?, self.room.as_ref()?);
        room.people.get(&person).filter(|one| one.sits_with(me.id)).map(|one| &one.who)
    }

    /// Takes up again what another life of this page left unanswered. The server knows by its id what it has done already.
    pub fn restore(&mut self, pending: Vec<Pending>) {
        let fresh = |kept: &Pending| !self.pending.iter().any(|known| known.id == kept.id);
        let fresh: Vec<Pending> = pending.into_iter().filter(fresh).collect();
        self.pending.extend(fresh);
    }

    /// Whether something like this is on its way, so that its button waits.
    pub fn is_pending(&self, like: impl Fn(&Command) -> bool) -> bool {
        self.pending.iter().any(|pending| like(&pending.command))
    }

    pub fn dismiss(&mut self, id: CommandId) {
        self.refused.retain(|rejected| rejected.id != id);
    }

    /// The socket stands.
    pub fn opened(&mut self) -> Vec<Effect> {
        let last = self.position.clone().filter(|_| self.room.is_some());
        vec![Effect::Send(ClientFrame::Hello { protocol: PROTOCOL, session: self.session, last })]
    }

    /// The socket is gone. `chance` is from 0 up to 1: the pause is drawn from nothing to a growing limit, so that a thousand
    /// browsers dropped at once do not come back at once.
    pub fn lost(&mut self, now: Timestamp, chance: f64) {
        for pending in &mut self.pending {
            pending.sent = None;
        }
        self.beat = None;
        if matches!(self.link, Link::Ended(_) | Link::Waiting { .. }) {
            return;
        }
        let limit = (PAUSE << self.attempts.min(6)).min(PAUSE_MAX);
        self.attempts += 1;
        self.link = Link::Waiting { until: now.plus(Millis((limit as f64 * chance) as i64)) };
    }

    /// The page cannot go on and has to be loaded again.
    pub fn outdated(&mut self) -> Vec<Effect> {
        self.link = Link::Ended(ByeReason::Reload);
        vec![Effect::Disconnect]
    }

    /// The device lost its network, or has it again.
    pub fn network(&mut self, online: bool, now: Timestamp) -> Vec<Effect> {
        self.offline = !online;
        if online && let Link::Waiting { .. } = self.link {
            self.attempts = 0;
            return self.connect(now);
        }
        Vec::new()
    }

    pub fn heard(&mut self, frame: ServerFrame, now: Timestamp, chance: f64) -> Vec<Effect> {
        let away = now.since(self.heard);
        self.heard = now;
        let beat = self.beat.take();
        match frame {
            ServerFrame::Welcome { you, epoch, seq, at, room } => {
                let first = self.room.is_none();
                self.me = Some(you);
                self.ahead = at.ms() - now.ms();
                if let Some(room) = room {
                    self.room = Some(*room);
                    self.position = Some(Position { epoch, seq });
                }
                self.link = Link::Ready;
                self.attempts = 0;
                self.late |= match (&self.room, first) {
                    (Some(room), true) => self.me.as_ref().is_some_and(|me| came_late(room, me.id, at)),
                    (Some(room), false) => room.state == State::Open && away > LATE,
                    (None, _) => false,
                };
                self.send_due(now)
            }
            ServerFrame::Happened { seq, cause, event } => {
                let (Some(room), Some(position)) = (&mut self.room, &mut self.position) else { return Vec::new() };
                if seq <= position.seq {
                    return Vec::new();
                }
                if seq > position.seq + 1 {
                    // Frames come without a gap, or something is broken: start anew rather than show what never was.
                    self.position = None;
                    self.lost(now, chance);
                    return vec![Effect::Disconnect];
                }
                position.seq = seq;
                if let Some(event) = event {
                    evolve(room, &event);
                }
                // What has come back as an event is on disk; its `Done` is on the way.
                self.pending.retain(|pending| Some(pending.id) != cause);
                Vec::new()
            }
            ServerFrame::Done { id, .. } => {
                self.pending.retain(|pending| pending.id != id);
                Vec::new()
            }
            ServerFrame::Refused { id, refusal } => {
                self.refuse(id, refusal, now);
                Vec::new()
            }
            ServerFrame::People { all, here, gone } => {
                self.here
                    .retain(|known| !all && !gone.contains(&known.id) && here.iter().all(|new| new.id != known.id));
                self.here.extend(here.into_iter().filter(|new| !gone.contains(&new.id)));
                Vec::new()
            }
            ServerFrame::Here { at } => {
                // Half of the way there and back is the best guess of when the server looked at its clock.
                let way = beat.map_or(0, |sent| now.since(sent).ms()) / 2;
                self.ahead = at.ms() + way - now.ms();
                Vec::new()
            }
            ServerFrame::Bye { reason, retry_after } => {
                self.lost(now, chance);
                self.link = match retry_after {
                    None => Link::Ended(reason),
                    Some(pause) => {
                        let pause = i64::try_from(pause).unwrap_or(PAUSE_MAX) + (PAUSE as f64 * chance) as i64;
                        Link::Waiting { until: now.plus(Millis(pause)) }
                    }
                };
                vec![Effect::Disconnect]
            }
        }
    }

    /// Once a second.
    pub fn tick(&mut self, now: Timestamp, visible: bool, chance: f64) -> Vec<Effect> {
        match self.link {
            Link::Waiting { until } if until <= now && !self.offline => self.connect(now),
            Link::Connecting { since } if now.since(since) > PATIENCE => {
                self.lost(now, chance);
                vec![Effect::Disconnect]
            }
            Link::Ready if self.unanswered(now) > PATIENCE => {
                self.lost(now, chance);
                vec![Effect::Disconnect]
            }
            Link::Ready => {
                let runs = self.room.as_ref().is_some_and(|room| room.current.is_some());
                let every = if visible && runs { BEAT } else { BEAT_SLOW };
                let mut effects = self.send_due(now);
                if self.beat.is_none() && now.since(self.heard) >= every {
                    self.beat = Some(now);
                    effects.push(Effect::Send(ClientFrame::Here {}));
                }
                effects
            }
            _ => Vec::new(),
        }
    }

    /// What has to be told of the connection at this moment.
    pub fn trouble(&self, now: Timestamp) -> Option<Trouble> {
        match self.link {
            Link::Ended(reason) => Some(Trouble::Ended(reason)),
            _ if self.offline => Some(Trouble::Offline),
            // The first connection is no trouble until it takes long.
            Link::Connecting { .. } | Link::Waiting { .. } if self.room.is_some() || self.attempts > 0 => {
                Some(Trouble::Reconnecting)
            }
            Link::Connecting { since } => (now.since(since) > SILENCE).then_some(Trouble::Silent),
            Link::Waiting { .. } => None,
            Link::Ready => (self.unanswered(now) > SILENCE).then_some(Trouble::Silent),
        }
    }

    fn connect(&mut self, now: Timestamp) -> Vec<Effect> {
        self.link = Link::Connecting { since: now };
        vec![Effect::Connect]
    }

    /// How long the oldest heartbeat or command has been waiting for its answer.
    fn unanswered(&self, now: Timestamp) -> Millis {
        let oldest = self.pending.iter().filter_map(|pending| pending.sent).chain(self.beat).min();
        oldest.map_or(Millis(0), |sent| now.since(sent))
    }

    /// Sends what has not been sent on this socket, in the order in which it was asked.
    fn send_due(&mut self, now: Timestamp) -> Vec<Effect> {
        if self.link != Link::Ready {
            return Vec::new();
        }
        let mut effects = Vec::new();
        for pending in self.pending.iter_mut().filter(|pending| pending.sent.is_none() && pending.not_before <= now) {
            pending.sent = Some(now);
            let Pending { id, command, sure, whom, .. } = pending.clone();
            effects.push(Effect::Send(ClientFrame::Do { id, command, sure, whom }));
        }
        effects
    }

    fn refuse(&mut self, id: Option<CommandId>, refusal: Refusal, now: Timestamp) {
        let Some(at) = self.pending.iter().position(|pending| Some(pending.id) == id) else { return };
        // The server could not do it just now: it keeps its place and is sent again.
        if matches!(refusal.code, Code::Unavailable | Code::TooMany) {
            let pending = &mut self.pending[at];
            (pending.sent, pending.not_before) = (None, now.plus(LATER));
            return;
        }
        let Pending { id, command, .. } = self.pending.remove(at);
        self.refused.push(Rejected { id, command, refusal });
    }
}

/// Who was here a moment ago has only loaded the page again.
fn came_late(room: &Room, me: PersonId, at: Timestamp) -> bool {
    let Some(opened_at) = room.opened_at.filter(|_| room.state == State::Open) else { return false };
    let known = room.people.get(&me).filter(|known| known.here);
    let came = known.map_or(at, |known| known.since);
    came.since(opened_at) > LATE && at.since(came) <= JUST
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
