//! Sockets of the product that are lost all at once and come back, and a room that opens.

use std::{
    cell::Cell,
    net::SocketAddr,
    path::Path,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{Semaphore, watch},
    task::{LocalSet, spawn_local},
};

use super::{at, frames};
use crate::{
    process::Scratch,
    seed,
    target::{COOKIE, LINE, migrate, now, serve},
};

/// Where somebody listens.
#[derive(Clone)]
struct Door {
    address: SocketAddr,
    session: String,
}

/// As much of a frame of the server as is counted here; the rest is passed over, or reading would be what is measured.
#[derive(Deserialize)]
struct Said {
    welcome: Option<Welcome>,
    happened: Option<Happened>,
    done: Option<Done>,
    refused: Option<Value>,
}

#[derive(Deserialize)]
struct Welcome {
    epoch: String,
    seq: u64,
}

#[derive(Deserialize)]
struct Happened {
    seq: u64,
}

#[derive(Deserialize)]
struct Done {
    id: String,
    seq: u64,
}

/// One socket of the product.
struct Line {
    stream: TcpStream,
    bytes: Vec<u8>,
    taken: usize,
}

impl Line {
    /// Up to the hello; `last` is where a resume goes on.
    async fn open(door: &Door, token: &str, last: Option<&(String, u64)>) -> Result<Line> {
        let mut stream = TcpStream::connect(door.address).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET /api/v1/sessions/{}/live HTTP/1.1\r\nHost: {1}\r\nOrigin: http://{1}\r\nCookie: {COOKIE}={token}\r\n\
             Sec-WebSocket-Protocol: tinklaveika.v1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            door.session, door.address
        );
        stream.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::new();
        let taken = loop {
            ensure!(stream.read_buf(&mut bytes).await? > 0, "closed during the handshake");
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
        };
        ensure!(bytes.starts_with(b"HTTP/1.1 101 "), "{}", String::from_utf8_lossy(&bytes));
        let mut hello = json!({ "protocol": 1, "session": door.session });
        if let Some((epoch, seq)) = last {
            hello["last"] = json!({ "epoch": epoch, "seq": seq });
        }
        let mut line = Line { stream, bytes, taken };
        line.say(&json!({ "hello": hello })).await?;
        Ok(line)
    }

    async fn say(&mut self, frame: &Value) -> Result<()> {
        let mut out = Vec::new();
        frames::write(frames::TEXT, frame.to_string().as_bytes(), &mut out);
        Ok(self.stream.write_all(&out).await?)
    }

    /// The next text; what has been read of it stays when the caller does not wait to the end.
    async fn hear(&mut self) -> Result<Said> {
        loop {
            while let Some(frame) = frames::next(&self.bytes[self.taken..]) {
                self.taken += frame.taken;
                match frame.opcode {
                    frames::TEXT => return Ok(serde_json::from_slice(frame.payload)?),
                    frames::CLOSE => bail!("closed"),
                    _ => {}
                }
            }
            self.bytes.drain(..self.taken);
            self.taken = 0;
            ensure!(self.stream.read_buf(&mut self.bytes).await? > 0, "the server closed the connection");
        }
    }

    /// Epoch and place in the history.
    async fn welcome(&mut self) -> Result<(String, u64)> {
        let Welcome { epoch, seq } = self.hear().await?.welcome.context("no welcome")?;
        Ok((epoch, seq))
    }
}

fn local<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, work)
}

/// All sockets of so many rooms are lost at once, miss so many events, and come back at once: the milliseconds from then until half of
/// them, and until the last, have heard all they missed, each event once.
pub fn resumed(rooms: usize, people: usize, missed: u64) -> Result<(f64, f64)> {
    let scratch = Scratch::new("resumed")?;
    migrate(&scratch.0)?;
    let seeded = Rc::new(seed::rooms(&scratch.0, rooms, people + 1, now()?)?);
    let (_server, address) = serve(&scratch.0, &[])?;
    let doors: Rc<[Door]> =
        seeded.sessions.iter().map(|session| Door { address, session: session.clone() }).collect::<Vec<_>>().into();
    local(async move {
        let (drop_all, dropped) = watch::channel(false);
        let (turns, here) = (Arc::new(Semaphore::new(64)), Rc::new(Cell::new(0)));
        let mut seats = Vec::new();
        for (room, number) in (0..rooms).flat_map(|room| (1..=people).map(move |number| (room, number))) {
            let (doors, seeded, turns, here, mut dropped) =
                (doors.clone(), seeded.clone(), turns.clone(), here.clone(), dropped.clone());
            seats.push(spawn_local(async move {
                let turn = turns.acquire_owned().await?;
                let mut line = Line::open(&doors[room], &seeded.tokens[room][number], None).await?;
                let mut last = line.welcome().await?;
                drop(turn);
                here.set(here.get() + 1);
                loop {
                    tokio::select! {
                        frame = line.hear() => last.1 = frame?.happened.map_or(last.1, |event| event.seq),
                        _ = dropped.changed() => return Ok::<_, anyhow::Error>((room, number, last)),
                    }
                }
            }));
        }
        let limit = Instant::now() + Duration::from_secs(60);
        while here.get() < rooms * people {
            ensure!(Instant::now() < limit, "only {} came", here.get());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let mut speakers = Vec::new();
        for room in 0..rooms {
            let mut speaker = Line::open(&doors[room], &seeded.tokens[room][0], None).await?;
            speaker.welcome().await?;
            speakers.push(speaker);
        }
        // Who is here is told once more, and then it is quiet.
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        drop_all.send_replace(true);
        let mut places = Vec::new();
        for seat in seats {
            places.push(seat.await??);
        }
        let mut heads = vec![0; rooms];
        for number in 0..missed {
            for (room, speaker) in speakers.iter_mut().enumerate() {
                let id = format!("019a{room:04x}-0000-7000-8000-{number:012x}");
                speaker.say(&json!({ "do": { "id": id, "command": { "say": { "text": LINE } } } })).await?;
                heads[room] = loop {
                    let frame = speaker.hear().await?;
                    if let Some(refused) = frame.refused {
                        bail!("refused: {refused}");
                    }
                    if let Some(done) = frame.done.filter(|done| done.id == id) {
                        break done.seq;
                    }
                };
            }
        }
        let since = Instant::now();
        let mut back = Vec::new();
        for (room, number, last) in places {
            let (doors, seeded, head) = (doors.clone(), seeded.clone(), heads[room]);
            back.push(spawn_local(async move {
                let mut line = Line::open(&doors[room], &seeded.tokens[room][number], Some(&last)).await?;
                line.welcome().await?;
                let mut place = last.1;
                while place < head {
                    if let Some(Happened { seq }) = line.hear().await?.happened {
                        ensure!(seq == place + 1, "{seq} came after {place}");
                        place = seq;
                    }
                }
                ensure!(place - last.1 == missed, "{} were missed", place - last.1);
                Ok::<_, anyhow::Error>((since.elapsed().as_micros() as u32, line))
            }));
        }
        let (mut times, mut lines) = (Vec::new(), Vec::new());
        for seat in back {
            let (time, line) = seat.await??;
            times.push(time);
            lines.push(line);
        }
        times.sort_unstable();
        Ok((at(&times, 0.5), at(&times, 1.0)))
    })
}

/// What the opening of a room cost.
pub struct Opened {
    /// From the greeting to the welcome, in milliseconds: folded from all events, and from what was kept of the room.
    pub folded: f64,
    pub kept: f64,
    /// By how much resident memory grew in the second case, in bytes.
    pub grown: u64,
}

/// A room with so many messages of two hundred people is entered by its first visitor after a start, twice.
pub fn opened(messages: i64) -> Result<Opened> {
    let scratch = Scratch::new("opened")?;
    migrate(&scratch.0)?;
    let (session, token) = seed::long_room(&scratch.0, 200, messages, now()?)?;
    let (folded, _) = enter(&scratch.0, &session, &token)?;
    let (kept, grown) = enter(&scratch.0, &session, &token)?;
    Ok(Opened { folded, kept, grown })
}

fn enter(data: &Path, session: &str, token: &str) -> Result<(f64, u64)> {
    let (server, address) = serve(data, &[])?;
    let door = Door { address, session: session.to_owned() };
    local(async move {
        // A refused visitor warms the way up to the room.
        let other = Door { session: "0192f0c1-2b3c-7d4e-8f50-0123456789ab".into(), ..door.clone() };
        ensure!(Line::open(&other, token, None).await.is_err(), "a room that is not there opened");
        tokio::time::sleep(Duration::from_millis(300)).await;
        let before = server.resident()?;
        let mut line = Line::open(&door, token, None).await?;
        let since = Instant::now();
        line.welcome().await?;
        let took = since.elapsed().as_secs_f64() * 1000.0;
        // What is to be kept of the room is written now.
        tokio::time::sleep(Duration::from_millis(700)).await;
        Ok((took, server.resident()?.saturating_sub(before)))
    })
}
