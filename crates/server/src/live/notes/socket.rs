//! The task of one socket of notes: it hears its client, and writes what the text's task has for it.

use std::{future::poll_fn, sync::Arc};

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::{rt::TokioIo, server::conn::auto::upgrade};
use model::{
    ids::*,
    live::{ByeReason, Participant},
};
use notes::told::Told;
use tokio::{
    net::TcpStream,
    sync::{mpsc, oneshot},
    time::{Instant, Interval, MissedTickBehavior, interval_at, timeout},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message,
        protocol::{CloseFrame, Role, WebSocketConfig, frame::coding::CloseCode},
    },
};

use super::{Tables, desk::Input, member::Out};
use crate::live::{
    door,
    outlet::{Goodbye, Note, Outlet},
    rooms::{Line, clock},
    settings::Settings,
};

pub struct Place {
    pub tables: Tables,
    pub session: SessionId,
    pub sign_in: SignInId,
    pub me: Arc<Participant>,
    /// Held while the socket lives.
    pub _line: Line,
}

/// Messages that wait for one socket before it is taken for one that does not read.
const WAITING: usize = 512;

enum End {
    Gone,
    Bye(Goodbye),
}

type Step<T = ()> = Result<T, End>;
type Ws = WebSocketStream<TcpStream>;

pub async fn run(upgraded: Upgraded, place: Place) {
    let settings = place.tables.sockets.0.settings.clone();
    let Ok(parts) = upgrade::downcast::<TokioIo<TcpStream>>(upgraded) else { return };
    let config = WebSocketConfig::default()
        .read_buffer_size(4 * 1024)
        .max_message_size(Some(settings.frame_bytes))
        .max_frame_size(Some(settings.frame_bytes));
    let (stream, read) = (parts.io.into_inner(), parts.read_buf.to_vec());
    let mut ws = WebSocketStream::from_partially_read(stream, read, Role::Server, Some(config)).await;
    if let End::Bye(goodbye) = serve(&mut ws, place).await {
        dismiss(&mut ws, goodbye, &settings).await;
    }
}

async fn serve(ws: &mut Ws, place: Place) -> End {
    let rooms = Arc::clone(&place.tables.sockets.0);
    let outlet = Arc::new(Outlet::new(ConnectionId::from_uuid((rooms.given.id)()), place.me.id, place.sign_in));
    let Some(_seat) = rooms.seat(Arc::clone(&outlet)) else { return TOO_MANY };
    let (out, outs) = mpsc::channel(WAITING);
    let settings = &rooms.settings;
    // The random bits of the connection's id spread the ages over twice the jitter.
    let spread = f64::from(outlet.id.uuid().as_bytes()[15]) / f64::from(u8::MAX);
    let age = settings.age.saturating_sub(settings.age_jitter) + settings.age_jitter.mul_f64(2.0 * spread);
    let Some(desk) = join(&place, &outlet, &out).await else { return FAILED };
    drop(out);
    // From here on the text hears of the end however it comes.
    let _leaving = Leaving { desk: desk.clone(), id: outlet.id };
    let now = clock();
    let mut tick = interval_at(now + rooms.settings.ping_every, rooms.settings.ping_every);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let tokens = f64::from(rooms.settings.frames_burst);
    let (check_at, ages_at) = (now + rooms.settings.recheck_every, now + age);
    let mut socket =
        Socket { place, outlet, desk, outs, tick, heard_at: now, check_at, ages_at, tokens, counted_at: now };
    loop {
        if let Err(end) = socket.step(ws).await {
            return end;
        }
    }
}

/// The way to the text's task, once it knows of the socket.
async fn join(place: &Place, outlet: &Outlet, out: &mpsc::Sender<Out>) -> Option<mpsc::Sender<Input>> {
    for _ in 0..3 {
        let desk = place.tables.at(place.session);
        let (answer, answered) = oneshot::channel();
        let input = Input::Join { id: outlet.id, me: Arc::clone(&place.me), out: out.clone(), answer };
        // A task that was about to end when it was asked answers nothing; another takes its place.
        if desk.send(input).await.is_ok() && answered.await.is_ok() {
            return Some(desk);
        }
    }
    None
}

struct Leaving {
    desk: mpsc::Sender<Input>,
    id: ConnectionId,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        let (desk, input) = (self.desk.clone(), Input::Left { id: self.id });
        if let Err(mpsc::error::TrySendError::Full(input)) = desk.try_send(input)
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move { desk.send(input).await });
        }
    }
}

struct Socket {
    place: Place,
    outlet: Arc<Outlet>,
    desk: mpsc::Sender<Input>,
    outs: mpsc::Receiver<Out>,
    tick: Interval,
    heard_at: Instant,
    check_at: Instant,
    ages_at: Instant,
    tokens: f64,
    counted_at: Instant,
}

impl Socket {
    async fn step(&mut self, ws: &mut Ws) -> Step {
        tokio::select! {
            () = poll_fn(|cx| self.outlet.poll_called(cx)) => self.noted().await,
            out = self.outs.recv() => match out {
                Some(Out::Message(message)) => self.send(ws, Message::Binary(message)).await,
                Some(Out::Bye(goodbye)) => Err(End::Bye(goodbye)),
                None => Err(FAILED),
            },
            read = ws.next() => self.hear(ws, read).await,
            _ = self.tick.tick() => self.tick(ws).await,
        }
    }

    async fn send(&self, ws: &mut Ws, message: Message) -> Step {
        let sent = timeout(self.settings().stuck_after, ws.send(message)).await;
        sent.map_err(|_| End::Gone)?.map_err(|_| End::Gone)
    }

    fn settings(&self) -> &Settings {
        &self.place.tables.sockets.0.settings
    }

    async fn noted(&mut self) -> Step {
        let mut check = false;
        for note in self.outlet.take() {
            match note {
                Note::Check => check = true,
                Note::Bye(goodbye) => return Err(End::Bye(goodbye)),
                Note::Frame(_) => {}
            }
        }
        if check { self.check().await } else { Ok(()) }
    }

    async fn hear(&mut self, ws: &mut Ws, read: Option<Result<Message, Error>>) -> Step {
        self.heard_at = clock();
        let message: Bytes = match read {
            Some(Ok(Message::Binary(message))) => message,
            Some(Ok(Message::Text(_))) => return Err(End::Bye(Goodbye::new(1003, ByeReason::Malformed, None))),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => return Ok(()),
            Some(Ok(Message::Close(_))) => {
                let _ = timeout(self.settings().stuck_after, ws.flush()).await;
                return Err(End::Gone);
            }
            Some(Err(Error::Capacity(_))) => return Err(End::Bye(Goodbye::new(1009, ByeReason::Malformed, None))),
            Some(Err(_)) | None => return Err(End::Gone),
        };
        self.count()?;
        self.desk.send(Input::Heard { id: self.outlet.id, message }).await.map_err(|_| FAILED)
    }

    /// A program that goes on beyond the rate for a whole burst is sent away: unlike in a room, nothing can be left out in between.
    fn count(&mut self) -> Step {
        let settings = &self.place.tables.sockets.0.settings;
        let passed = self.heard_at - self.counted_at;
        self.counted_at = self.heard_at;
        let (rate, burst) = (f64::from(settings.frames_a_second), f64::from(settings.frames_burst));
        self.tokens = (self.tokens + passed.as_secs_f64() * rate).min(burst) - 1.0;
        if self.tokens < -burst { Err(End::Bye(Goodbye::new(1008, ByeReason::Malformed, None))) } else { Ok(()) }
    }

    async fn tick(&mut self, ws: &mut Ws) -> Step {
        let now = clock();
        if now.duration_since(self.heard_at) >= self.settings().dead_after {
            return Err(End::Gone);
        }
        if now >= self.ages_at {
            return Err(End::Bye(Goodbye::new(1012, ByeReason::Aged, Some(0))));
        }
        self.send(ws, Message::Ping(Bytes::new())).await?;
        if now >= self.check_at {
            self.check().await?;
        }
        Ok(())
    }

    /// Looks again whether the person may be here, and as what.
    async fn check(&mut self) -> Step {
        self.check_at = clock() + self.settings().recheck_every;
        let rooms = &self.place.tables.sockets.0;
        match door::look_again(rooms, self.place.sign_in, self.place.session).await {
            Ok(Some(found)) if found != *self.place.me => {
                self.place.me = Arc::new(found);
                let input = Input::Changed { id: self.outlet.id, me: Arc::clone(&self.place.me) };
                self.desk.send(input).await.map_err(|_| FAILED)
            }
            Ok(_) => Ok(()),
            Err(goodbye) => Err(End::Bye(goodbye)),
        }
    }
}

/// Says why, and waits a little for the client to have read it.
async fn dismiss(ws: &mut Ws, goodbye: Goodbye, settings: &Settings) {
    let Goodbye { code, reason, retry_after } = goodbye;
    let reason =
        serde_json::to_value(reason).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    let told = Told::Bye { reason, retry_after };
    let farewell = async {
        ws.send(Message::Binary(told.message().into())).await?;
        ws.close(Some(CloseFrame { code: CloseCode::from(code), reason: "".into() })).await?;
        // Closing with unread input would tear it off.
        while let Some(Ok(_)) = ws.next().await {}
        Ok::<_, Error>(())
    };
    let _ = timeout(settings.stuck_after.min(LINGER), farewell).await;
}

const LINGER: std::time::Duration = std::time::Duration::from_secs(2);
const TOO_MANY: End = End::Bye(Goodbye::new(4429, ByeReason::TooMany, None));
const FAILED: End = End::Bye(Goodbye::new(1011, ByeReason::Failed, Some(1_000)));
