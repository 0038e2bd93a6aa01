//! One seat: a socket that listens, checks, and posts while it may.

use std::{
    cell::Cell,
    collections::VecDeque,
    future::poll_fn,
    net::SocketAddr,
    pin::Pin,
    rc::Rc,
    task::{Context as Cx, Poll},
    time::Instant,
};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::TcpStream,
    sync::OwnedSemaphorePermit,
};

use super::{Phase, Speaker, Stage, frames, tally, tally::Room};
use crate::target::Heard;

pub struct Place {
    pub room: Rc<Room>,
    pub number: usize,
    pub seat: usize,
    pub speaks: bool,
}

/// A socket after its handshake, with what the server has already said.
pub struct Joined {
    stream: TcpStream,
    rest: Vec<u8>,
}

pub async fn join(stage: &Stage, address: SocketAddr, place: &Place) -> Result<Joined> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let request = format!(
        "GET {}Host: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        stage.words.upgrade(place.number, place.seat)
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    let end = loop {
        if stream.read_buf(&mut answer).await? == 0 {
            bail!("closed during the handshake");
        }
        if let Some(at) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
    };
    if !answer.starts_with(b"HTTP/1.1 101 ") {
        bail!("{}", String::from_utf8_lossy(&answer).lines().next().context("an empty answer")?);
    }
    if let Some(hello) = stage.words.hello(place.number) {
        let mut out = Vec::new();
        frames::write(frames::TEXT, hello.as_bytes(), &mut out);
        stream.write_all(&out).await?;
    }
    Ok(Joined { stream, rest: answer.split_off(end) })
}

struct Seat {
    stage: Rc<Stage>,
    place: Place,
    stream: TcpStream,
    /// The beginning of a frame whose end has not come.
    rest: Vec<u8>,
    out: Vec<u8>,
    written: usize,
    tally: Option<usize>,
    under_way: VecDeque<([u8; 36], Instant)>,
    turn: Option<OwnedSemaphorePermit>,
    text: String,
    /// Who starts the load knows how to wake it.
    announced: bool,
    /// What is to be said besides what the window allows.
    due: Rc<Cell<usize>>,
}

/// Listens, and speaks, until the load ends. The turn at the door is given back once the server has said welcome.
pub async fn sit(stage: Rc<Stage>, place: Place, joined: Joined, turn: OwnedSemaphorePermit) {
    let mut seat = Seat {
        stage,
        place,
        stream: joined.stream,
        rest: joined.rest,
        out: Vec::new(),
        written: 0,
        tally: None,
        under_way: VecDeque::new(),
        turn: Some(turn),
        text: String::new(),
        announced: false,
        due: Rc::default(),
    };
    let error: Result<()> = poll_fn(|cx| seat.poll(cx)).await;
    if let Err(error) = error {
        seat.stage.fault(format!("room {}: a socket ended: {error:#}", seat.place.number));
    }
}

impl Seat {
    fn poll(&mut self, cx: &mut Cx<'_>) -> Poll<Result<()>> {
        if self.place.speaks && !self.announced {
            self.announced = true;
            let (room, seat, due) = (self.place.number, self.place.seat, self.due.clone());
            self.stage.speakers.borrow_mut().push(Speaker { room, seat, due, waker: cx.waker().clone() });
        }
        self.read(cx)?;
        self.speak();
        self.write(cx)?;
        Poll::Pending
    }

    fn read(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let stage = self.stage.clone();
        let mut buffer = stage.buffer.borrow_mut();
        loop {
            let kept = self.rest.len();
            buffer[..kept].copy_from_slice(&self.rest);
            let mut space = ReadBuf::new(&mut buffer[kept..]);
            let Poll::Ready(end) = Pin::new(&mut self.stream).poll_read(cx, &mut space) else {
                // What came with the handshake's answer may be a whole frame.
                if self.tally.is_none() && kept > 0 {
                    self.take(&buffer[..kept])?;
                }
                return Ok(());
            };
            end?;
            let got = space.filled().len();
            if got == 0 {
                bail!("the server closed the connection");
            }
            self.take(&buffer[..kept + got])?;
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<()> {
        let mut at = 0;
        while let Some(frame) = frames::next(&bytes[at..]) {
            match frame.opcode {
                frames::TEXT => self.hear(frame.payload)?,
                frames::PING => frames::write(frames::PONG, frame.payload, &mut self.out),
                frames::CLOSE => bail!("closed: {}", String::from_utf8_lossy(frame.payload.get(2..).unwrap_or(b""))),
                frames::PONG => {}
                other => bail!("unexpected opcode {other}"),
            }
            at += frame.taken;
        }
        self.rest.clear();
        self.rest.extend_from_slice(&bytes[at..]);
        Ok(())
    }

    fn hear(&mut self, payload: &[u8]) -> Result<()> {
        let stage = &self.stage;
        match stage.words.hear(payload) {
            Heard::Welcome { seq } => {
                if self.tally.is_some() {
                    bail!("fell so far behind that it got the room anew");
                }
                self.tally = Some(self.place.room.welcome(seq));
                self.turn = None;
                stage.welcomed.set(stage.welcomed.get() + 1);
                stage.heard_at.set(Some(Instant::now()));
            }
            Heard::Happened { seq, cause } => {
                let tally = self.tally.context("an event before the welcome")?;
                self.place.room.heard(tally, seq, cause, stage);
                if stage.measuring.get() {
                    if let Some(sent) = number(cause).and_then(|at| stage.sent.borrow().get(at).copied()) {
                        stage.delays.borrow_mut().push(sent.elapsed().as_micros() as u32);
                    }
                    stage.deliveries.set(stage.deliveries.get() + 1);
                    stage.happened_bytes.set(stage.happened_bytes.get() + payload.len() as u64);
                } else {
                    stage.heard_at.set(Some(Instant::now()));
                }
            }
            Heard::Done { id } => {
                let at =
                    self.under_way.iter().position(|(own, _)| own == id).context("an acknowledgement of no command")?;
                let Some((_, sent)) = self.under_way.remove(at) else { return Ok(()) };
                stage.under_way.set(stage.under_way.get() - 1);
                self.place.room.done.set(self.place.room.done.get() + 1);
                if stage.measuring.get() {
                    stage.waits.borrow_mut().push(sent.elapsed().as_micros() as u32);
                    stage.done_bytes.set(stage.done_bytes.get() + payload.len() as u64);
                }
            }
            Heard::Refused => bail!("refused: {}", String::from_utf8_lossy(payload)),
            Heard::Other => stage.heard_at.set(Some(Instant::now())),
        }
        Ok(())
    }

    /// Keeps the window full.
    fn speak(&mut self) {
        let stage = &self.stage;
        if stage.phase.get() != Phase::Speaking || !self.place.speaks {
            return;
        }
        while self.under_way.len() < stage.window || self.due.get() > 0 {
            self.due.set(self.due.get().saturating_sub(1));
            let count = stage.ids.get() + 1;
            stage.ids.set(count);
            // A version 7 UUID of the year 2025 with a counter for its random part.
            let id = format!("019a{:04x}-0000-7000-8000-{:012x}", count >> 48, count & 0xffff_ffff_ffff);
            self.text.clear();
            stage.words.command(&id, &mut self.text);
            stage.command_bytes.set(stage.command_bytes.get() + self.text.len() as u64);
            frames::write(frames::TEXT, self.text.as_bytes(), &mut self.out);
            let mut own = [0; 36];
            own.copy_from_slice(id.as_bytes());
            let room = &self.place.room;
            room.sent.set(room.sent.get().wrapping_add(tally::hash(&own)));
            let now = Instant::now();
            stage.sent.borrow_mut().push(now);
            self.under_way.push_back((own, now));
            stage.under_way.set(stage.under_way.get() + 1);
        }
    }

    fn write(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        while self.written < self.out.len() {
            match Pin::new(&mut self.stream).poll_write(cx, &self.out[self.written..]) {
                Poll::Ready(count) => self.written += count?,
                Poll::Pending => return Ok(()),
            }
        }
        self.out.clear();
        self.written = 0;
        Ok(())
    }
}

/// The place of a command of ours among those that were sent, by its id.
fn number(id: &[u8]) -> Option<usize> {
    let tail = std::str::from_utf8(id.strip_prefix(b"019a0000-0000-7000-8000-")?).ok()?;
    usize::from_str_radix(tail, 16).ok()?.checked_sub(1)
}
