//! The load generator: seats in rooms that post chat lines as fast as they are acknowledged, on one thread,
//! with a WebSocket reader of its own, so that it keeps up with what it measures.

mod frames;
mod pace;
mod seat;
mod storm;
mod tally;

use std::{
    cell::{Cell, RefCell},
    net::SocketAddr,
    rc::Rc,
    sync::Arc,
    task::Waker,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
pub use pace::votes;
pub use storm::{opened, resumed};
pub use tally::Room;
use tokio::{sync::Semaphore, task::spawn_local, time::sleep};

use crate::{
    process::{Scratch, Server},
    target::{Started, Target, Words},
};

/// How many do what for how long.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    pub name: &'static str,
    pub rooms: usize,
    pub seats: usize,
    /// In each room so many seats post; all listen.
    pub speakers: usize,
    /// Commands that each speaker keeps under way.
    pub window: usize,
    /// Messages a second in each room, by its speakers in turn; none when they speak as fast as they are answered.
    pub pace: Option<f64>,
    pub warm_up: Duration,
    pub measured: Duration,
}

/// What one run of a scene gave.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Events that reached a socket while the clock ran.
    pub deliveries: u64,
    pub elapsed: Duration,
    /// Processor time of the server, and of this load generator, meanwhile.
    pub server_cpu: Duration,
    pub load_cpu: Duration,
    pub commands: u64,
    /// Time from a command to its acknowledgement, sorted, in microseconds.
    pub waits: Vec<u32>,
    /// Time from a command to each socket that heard of it, sorted, in microseconds.
    pub delays: Vec<u32>,
    /// Mean bytes of a command's frame, an event's and an acknowledgement's.
    pub command_length: f64,
    pub happened_length: f64,
    pub done_length: f64,
    /// What was lost, doubled, out of order, refused or cut; empty when all is well.
    pub faults: Vec<String>,
}

impl Outcome {
    /// Milliseconds of the server's processor time for a thousand deliveries.
    pub fn cost(&self) -> f64 {
        self.server_cpu.as_secs_f64() * 1e6 / self.deliveries.max(1) as f64
    }

    pub fn rate(&self) -> f64 {
        self.deliveries as f64 / self.elapsed.as_secs_f64()
    }

    pub fn wait(&self, quantile: f64) -> f64 {
        at(&self.waits, quantile)
    }

    pub fn delay(&self, quantile: f64) -> f64 {
        at(&self.delays, quantile)
    }
}

/// Of sorted microseconds, in milliseconds.
fn at(times: &[u32], quantile: f64) -> f64 {
    let index = (times.len() as f64 * quantile) as usize;
    f64::from(times.get(index.min(times.len().saturating_sub(1))).copied().unwrap_or(0)) / 1000.0
}

/// One who may speak: how often they are to, besides what the window allows, and how they are woken.
struct Speaker {
    room: usize,
    seat: usize,
    due: Rc<Cell<usize>>,
    waker: Waker,
}

impl Speaker {
    fn speak(&self) {
        self.due.set(self.due.get() + 1);
        self.waker.wake_by_ref();
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Joining,
    Speaking,
    Draining,
}

/// What all seats share on their one thread.
struct Stage {
    words: Rc<dyn Words>,
    phase: Cell<Phase>,
    window: usize,
    measuring: Cell<bool>,
    welcomed: Cell<usize>,
    under_way: Cell<usize>,
    ids: Cell<u64>,
    deliveries: Cell<u64>,
    command_bytes: Cell<u64>,
    happened_bytes: Cell<u64>,
    done_bytes: Cell<u64>,
    waits: RefCell<Vec<u32>>,
    /// When each command was sent, by its number from 1.
    sent: RefCell<Vec<Instant>>,
    delays: RefCell<Vec<u32>>,
    heard_at: Cell<Option<Instant>>,
    speakers: RefCell<Vec<Speaker>>,
    buffer: RefCell<Vec<u8>>,
    faults: RefCell<Vec<String>>,
}

impl Stage {
    fn fault(&self, what: String) {
        let mut faults = self.faults.borrow_mut();
        if faults.len() < 20 {
            faults.push(what);
        }
    }
}

/// Starts the target on an empty directory and plays the scene.
pub fn play(target: &dyn Target, scene: Scene) -> Result<Outcome> {
    let scratch = Scratch::new("live")?;
    let started = target.start(&scratch.0, scene.rooms, scene.seats)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, run(started, scene))
}

async fn run(started: Started, scene: Scene) -> Result<Outcome> {
    let stage = stage(started.words.clone(), if scene.pace.is_some() { 0 } else { scene.window });
    let rooms: Vec<Rc<Room>> = (0..scene.rooms).map(|number| Rc::new(Room::new(number))).collect();
    seat_all(&stage, started.address, &rooms, scene).await?;
    quiet(&stage).await?;
    for room in &rooms {
        room.begin(&stage);
    }
    stage.phase.set(Phase::Speaking);
    stage.speakers.borrow().iter().for_each(|speaker| speaker.waker.wake_by_ref());
    pace::begin(&stage, scene);
    sleep(scene.warm_up).await;
    let mut outcome = measure(&stage, &started.server, scene.measured).await?;
    stage.phase.set(Phase::Draining);
    if quiet(&stage).await.is_err() {
        stage.fault(format!("{} commands were never acknowledged", stage.under_way.get()));
    }
    for room in &rooms {
        room.check(&stage);
    }
    outcome.faults = stage.faults.take();
    Ok(outcome)
}

fn stage(words: Rc<dyn Words>, window: usize) -> Rc<Stage> {
    Rc::new(Stage {
        words,
        phase: Cell::new(Phase::Joining),
        window,
        measuring: Cell::new(false),
        welcomed: Cell::new(0),
        under_way: Cell::new(0),
        ids: Cell::new(0),
        deliveries: Cell::new(0),
        command_bytes: Cell::new(0),
        happened_bytes: Cell::new(0),
        done_bytes: Cell::new(0),
        waits: RefCell::default(),
        heard_at: Cell::new(None),
        speakers: RefCell::default(),
        sent: RefCell::default(),
        delays: RefCell::default(),
        buffer: RefCell::new(vec![0; 1 << 20]),
        faults: RefCell::default(),
    })
}

async fn seat_all(stage: &Rc<Stage>, address: SocketAddr, rooms: &[Rc<Room>], scene: Scene) -> Result<()> {
    let door = Arc::new(Semaphore::new(64));
    for (number, room) in rooms.iter().enumerate() {
        for seat in 0..scene.seats {
            let place = seat::Place { room: room.clone(), number, seat, speaks: seat < scene.speakers };
            let (stage, door) = (stage.clone(), door.clone());
            spawn_local(async move {
                let Ok(turn) = door.acquire_owned().await else { return };
                match seat::join(&stage, address, &place).await {
                    Ok(joined) => seat::sit(stage, place, joined, turn).await,
                    Err(error) => stage.fault(format!("a seat could not be taken: {error:#}")),
                }
            });
        }
    }
    let expected = rooms.len() * scene.seats;
    let limit = Instant::now() + Duration::from_secs(120);
    while stage.welcomed.get() < expected {
        if Instant::now() > limit || !stage.faults.borrow().is_empty() {
            bail!("{} of {expected} seats were taken; {:?}", stage.welcomed.get(), stage.faults.borrow());
        }
        sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}

/// Waits until nothing is under way and nothing has been heard for a while.
async fn quiet(stage: &Stage) -> Result<()> {
    let limit = Instant::now() + Duration::from_secs(30);
    loop {
        sleep(Duration::from_millis(20)).await;
        let silent = stage.heard_at.get().is_none_or(|at| at.elapsed() > Duration::from_millis(300));
        if silent && stage.under_way.get() == 0 {
            return Ok(());
        }
        if Instant::now() > limit {
            bail!("no quiet within 30 s, {} commands under way", stage.under_way.get());
        }
    }
}

async fn measure(stage: &Stage, server: &Server, time: Duration) -> Result<Outcome> {
    stage.measuring.set(true);
    let (start, server_before, load_before) = (Instant::now(), server.cpu()?, crate::process::own_cpu()?);
    sleep(time).await;
    stage.measuring.set(false);
    let elapsed = start.elapsed();
    let (mut waits, mut delays) = (stage.waits.take(), stage.delays.take());
    waits.sort_unstable();
    delays.sort_unstable();
    let (commands, deliveries) = (waits.len() as u64, stage.deliveries.get());
    Ok(Outcome {
        deliveries,
        elapsed,
        server_cpu: server.cpu()? - server_before,
        load_cpu: crate::process::own_cpu()? - load_before,
        commands,
        waits,
        delays,
        command_length: stage.command_bytes.get() as f64 / stage.ids.get().max(1) as f64,
        happened_length: stage.happened_bytes.get() as f64 / deliveries.max(1) as f64,
        done_length: stage.done_bytes.get() as f64 / commands.max(1) as f64,
        faults: Vec::new(),
    })
}

/// Takes `count` seats, all silent, and says how much resident memory of the server each of them cost, in bytes.
pub fn idle(target: &dyn Target, rooms: usize, seats: usize) -> Result<f64> {
    let scratch = Scratch::new("idle")?;
    let started = target.start(&scratch.0, rooms, seats)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async {
        let scene = Scene {
            name: "idle",
            rooms,
            seats,
            speakers: 0,
            window: 0,
            pace: None,
            warm_up: Duration::ZERO,
            measured: Duration::ZERO,
        };
        let stage = stage(started.words.clone(), 0);
        let places: Vec<Rc<Room>> = (0..rooms).map(|number| Rc::new(Room::new(number))).collect();
        let before = started.server.resident()?;
        seat_all(&stage, started.address, &places, scene).await?;
        quiet(&stage).await?;
        let after = started.server.resident()?;
        if let Some(fault) = stage.faults.borrow().first() {
            bail!("{fault}");
        }
        Ok(after.saturating_sub(before) as f64 / (rooms * seats) as f64)
    })
}
