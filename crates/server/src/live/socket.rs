//! The task of one socket: it hears its client, and writes what the room has ready as the shared bytes that they are.

mod pipe;

use std::{
    future::poll_fn,
    sync::{Arc, atomic::Ordering},
    task::Poll,
};

use bytes::Bytes;
use hyper::upgrade::Upgraded;
use model::{
    ids::*,
    live::{ByeReason, ClientFrame, Command, Participant, ServerFrame},
    refusal::{Code, Refusal},
};
use tokio::time::{Instant, Interval, MissedTickBehavior, timeout};
use tokio_tungstenite::tungstenite::{Error, Message};

use self::pipe::Pipe;
use super::{
    door,
    hall::Hall,
    outlet::{Goodbye, Note, Outlet},
    room::Input,
    rooms::{Closed, Inner, Line, Seat, Stay, clock},
    tail::After,
    wire,
};

/// Where a socket belongs.
pub struct Place {
    pub rooms: Arc<Inner>,
    pub session: SessionId,
    pub sign_in: SignInId,
    pub me: Arc<Participant>,
    pub line: Line,
}

/// Why a socket ends.
enum End {
    /// The client left, or the connection broke: there is nobody to say goodbye to.
    Gone,
    Bye(Goodbye),
}

type Step<T = ()> = Result<T, End>;

pub async fn run(upgraded: Upgraded, place: Place) {
    let Some(mut pipe) = Pipe::new(upgraded, &place.rooms.settings).await else { return };
    let end = match Box::pin(begin(&mut pipe, place)).await {
        Ok(mut socket) => socket.serve(&mut pipe).await,
        Err(end) => end,
    };
    if let End::Bye(goodbye) = end {
        Box::pin(pipe.dismiss(goodbye)).await;
    }
}

/// The first frame, a seat, the room, the welcome.
async fn begin(pipe: &mut Pipe, place: Place) -> Step<Socket> {
    let Place { rooms, session, sign_in, me, line } = place;
    let last = timeout(rooms.settings.hello_within, pipe.hello(session)).await.map_err(|_| malformed())??;
    let outlet = Arc::new(Outlet::new(ConnectionId::from_uuid((rooms.given.id)()), me.id, sign_in));
    let seat = rooms.seat(Arc::clone(&outlet)).ok_or(TOO_MANY)?;
    let stay = rooms.stay(session).await.map_err(|closed| match closed {
        Closed::Missing => End::Bye(Goodbye::new(4403, ByeReason::Removed, None)),
        Closed::Unreadable => End::Bye(Goodbye::new(4410, ByeReason::Reload, Some(5_000))),
        Closed::Failed(error) => {
            tracing::error!(%session, %error, "a room does not open");
            End::Bye(Goodbye::new(1011, ByeReason::Failed, Some(1_000)))
        }
    })?;
    let hall = Arc::clone(stay.hall().ok_or(End::Gone)?);
    if !hall.listen(&outlet, rooms.settings.sockets_a_session as usize) {
        return Err(TOO_MANY);
    }
    // From here on the room hears of the end however it comes.
    let listening = Listening { hall, outlet, _stay: stay, _seat: seat, _line: line };
    let hall = &listening.hall;
    hall.send(Input::Joined(Arc::clone(&listening.outlet), Arc::clone(&me))).await.map_err(|_| FAILED)?;
    let (welcome, cursor) = hall.welcome(&me, last.as_ref(), (rooms.given.now)());
    pipe.send(welcome).await?;
    // What a resume missed is in the tail already: it is written now, not with the next thing that happens.
    listening.outlet.wake();
    Ok(Socket::new(rooms, listening, session, sign_in, me, cursor))
}

/// What the socket holds in the room; dropped, it leaves.
struct Listening {
    hall: Arc<Hall>,
    outlet: Arc<Outlet>,
    _stay: Stay,
    _seat: Seat,
    _line: Line,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.hall.unlisten(self.outlet.id);
        self.hall.nudge(Input::Left(Arc::clone(&self.outlet)));
    }
}

struct Socket {
    rooms: Arc<Inner>,
    listening: Listening,
    session: SessionId,
    sign_in: SignInId,
    me: Arc<Participant>,
    /// The last event that was written.
    cursor: i64,
    /// What is about to be written; empty between two calls.
    out: Vec<Bytes>,
    tick: Interval,
    heard_at: Instant,
    ages_at: Instant,
    check_at: Instant,
    /// Frames that may still be sent; refilled with time, below zero for one that does not stop.
    tokens: f64,
    counted_at: Instant,
    bad: u32,
}

enum Woken {
    Called,
    Frame(Option<Result<Message, Error>>),
    Tick,
}

impl Socket {
    fn new(
        rooms: Arc<Inner>,
        listening: Listening,
        session: SessionId,
        sign_in: SignInId,
        me: Arc<Participant>,
        cursor: i64,
    ) -> Self {
        let settings = &rooms.settings;
        let now = clock();
        let mut tick = tokio::time::interval_at(now + settings.ping_every, settings.ping_every);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The random bits of the connection's id spread the ages over twice the jitter.
        let spread = f64::from(u16::from_be_bytes([
            listening.outlet.id.uuid().as_bytes()[14],
            listening.outlet.id.uuid().as_bytes()[15],
        ]));
        let age = settings.age.saturating_sub(settings.age_jitter)
            + settings.age_jitter.mul_f64(2.0 * spread / f64::from(u16::MAX));
        let (ages_at, check_at, tokens) = (now + age, now + settings.recheck_every, f64::from(settings.frames_burst));
        Self {
            listening,
            session,
            sign_in,
            me,
            cursor,
            out: Vec::new(),
            tick,
            heard_at: now,
            ages_at,
            check_at,
            tokens,
            counted_at: now,
            bad: 0,
            rooms,
        }
    }

    async fn serve(&mut self, pipe: &mut Pipe) -> End {
        loop {
            let step = match self.woken(pipe).await {
                Woken::Called => self.deliver(pipe).await,
                Woken::Frame(frame) => self.hear(pipe, frame).await,
                Woken::Tick => self.tick(pipe).await,
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn woken(&mut self, pipe: &mut Pipe) -> Woken {
        poll_fn(|cx| {
            if self.listening.outlet.poll_called(cx).is_ready() {
                return Poll::Ready(Woken::Called);
            }
            if let Poll::Ready(frame) = pipe.poll_next(cx) {
                return Poll::Ready(Woken::Frame(frame));
            }
            self.tick.poll_tick(cx).map(|_| Woken::Tick)
        })
        .await
    }

    /// Writes all that is ready, at once; what comes meanwhile calls again.
    async fn deliver(&mut self, pipe: &mut Pipe) -> Step {
        // Notes first: a `done` among them speaks of events that are in the tail by now.
        let notes = self.listening.outlet.take();
        match self.listening.hall.after(self.cursor, &self.me, &mut self.out) {
            After::Up(seq) => {
                self.rooms.figures.deliveries.fetch_add((seq - self.cursor).unsigned_abs(), Ordering::Relaxed);
                self.cursor = seq;
            }
            After::Gap => self.welcome_anew(),
        }
        let mut check = false;
        let mut bye = None;
        for note in notes {
            match note {
                Note::Frame(bytes) => self.out.push(bytes),
                Note::Check => check = true,
                Note::Bye(goodbye) => bye = Some(goodbye),
            }
        }
        pipe.write(&mut self.out).await?;
        if let Some(goodbye) = bye {
            return Err(End::Bye(goodbye));
        }
        if check {
            self.check(pipe).await?;
        }
        Ok(())
    }

    fn welcome_anew(&mut self) {
        let (welcome, cursor) = self.listening.hall.welcome(&self.me, None, (self.rooms.given.now)());
        self.out.push(welcome);
        self.cursor = cursor;
    }

    async fn hear(&mut self, pipe: &mut Pipe, read: Option<Result<Message, Error>>) -> Step {
        self.heard_at = clock();
        let Some(text) = pipe.text(read).await? else { return Ok(()) };
        let frame = serde_json::from_str::<ClientFrame>(&text);
        let id = match &frame {
            Ok(ClientFrame::Do { id, .. }) => Some(*id),
            Ok(_) => None,
            Err(_) => wire::command_id(&text),
        };
        drop(text);
        if !self.count()? {
            let seconds = (1.0 - self.tokens) / f64::from(self.rooms.settings.frames_a_second);
            let refusal = Refusal::of(Code::TooMany).fact("seconds", seconds.ceil());
            return pipe.send(wire::frame(&ServerFrame::Refused { id, refusal })).await;
        }
        match frame {
            Ok(ClientFrame::Do { id, mut command, sure, whom }) => {
                if let Command::Seat { people, cards } = &mut command {
                    match Box::pin(door::cards(&self.rooms, &self.me, people, self.session)).await {
                        Ok(found) => *cards = found,
                        Err(error) => {
                            tracing::warn!(session = %self.session, %error, "who may sit here could not be looked up");
                            let refusal = Refusal::of(Code::Unavailable);
                            return pipe.send(wire::frame(&ServerFrame::Refused { id: Some(id), refusal })).await;
                        }
                    }
                }
                let from = Arc::clone(&self.listening.outlet);
                let input = Input::Do { from, by: Arc::clone(&self.me), id, command, sure, whom };
                self.listening.hall.send(input).await.map_err(|_| FAILED)
            }
            Ok(ClientFrame::Here {}) => {
                let at = (self.rooms.given.now)();
                pipe.send(wire::frame(&ServerFrame::Here { at })).await
            }
            Ok(ClientFrame::Hello { .. }) | Err(_) => {
                self.bad += 1;
                if self.bad >= self.rooms.settings.bad_frames {
                    return Err(malformed());
                }
                let refusal = Refusal::of(Code::Malformed);
                pipe.send(wire::frame(&ServerFrame::Refused { id, refusal })).await
            }
        }
    }

    /// Whether the frame is within the rate; one who goes on for a whole burst beyond it is sent away.
    fn count(&mut self) -> Step<bool> {
        let settings = &self.rooms.settings;
        let passed = self.heard_at - self.counted_at;
        self.counted_at = self.heard_at;
        let (rate, burst) = (f64::from(settings.frames_a_second), f64::from(settings.frames_burst));
        self.tokens = (self.tokens + passed.as_secs_f64() * rate).min(burst) - 1.0;
        if self.tokens < -burst {
            return Err(malformed());
        }
        Ok(self.tokens >= 0.0)
    }

    async fn tick(&mut self, pipe: &mut Pipe) -> Step {
        let now = clock();
        if now.duration_since(self.heard_at) >= self.rooms.settings.dead_after {
            return Err(End::Gone);
        }
        if now >= self.ages_at {
            return Err(End::Bye(Goodbye::new(1012, ByeReason::Aged, Some(0))));
        }
        pipe.send(Bytes::from_static(wire::PING)).await?;
        if now >= self.check_at {
            self.check(pipe).await?;
        }
        Ok(())
    }

    /// Looks again whether the person may be here, and as what.
    async fn check(&mut self, pipe: &mut Pipe) -> Step {
        self.check_at = clock() + self.rooms.settings.recheck_every;
        let look = Box::pin(door::look_again(&self.rooms, self.sign_in, self.session));
        let found = look.await;
        if found.is_ok() {
            Box::pin(self.check_seated()).await?;
        }
        let found = match found {
            Ok(Some(found)) if found != *self.me => Arc::new(found),
            Ok(_) => return Ok(()),
            Err(goodbye) => {
                if goodbye.reason == ByeReason::Removed {
                    let _ = self.listening.hall.send(Input::Removed(Arc::clone(&self.me))).await;
                }
                return Err(End::Bye(goodbye));
            }
        };
        self.me = found;
        self.listening.hall.send(Input::Changed(Arc::clone(&self.me))).await.map_err(|_| FAILED)?;
        // Another standing sees another room.
        self.welcome_anew();
        pipe.write(&mut self.out).await
    }

    /// The same of those who sit with them, who have no socket of their own.
    async fn check_seated(&mut self) -> Step {
        let seated = self.listening.hall.seated(self.me.id);
        let people: Vec<PersonId> = seated.iter().map(|who| who.id).collect();
        // A database that does not answer sends nobody away.
        let Ok(found) = door::cards(&self.rooms, &self.me, &people, self.session).await else { return Ok(()) };
        for who in seated.into_iter().filter(|who| found.iter().all(|known| known.id != who.id)) {
            self.listening.hall.send(Input::Removed(Arc::new(who))).await.map_err(|_| FAILED)?;
        }
        Ok(())
    }
}

const TOO_MANY: End = End::Bye(Goodbye::new(4429, ByeReason::TooMany, None));
const FAILED: End = End::Bye(Goodbye::new(1011, ByeReason::Failed, Some(1_000)));

fn malformed() -> End {
    End::Bye(Goodbye::new(1008, ByeReason::Malformed, None))
}
