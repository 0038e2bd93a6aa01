//! Who speaks by the clock, not as fast as they are answered.

use std::{
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::Result;
use tokio::{
    task::spawn_local,
    time::{sleep, sleep_until},
};

use super::{Outcome, Phase, Room, Scene, Speaker, Stage, measure, quiet, seat_all, stage};
use crate::{
    process::Scratch,
    target::{Product, Says, Target},
};

/// A random number that is the same each time.
struct Chance(u64);

impl Chance {
    /// From 0 to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1u32 << 31)
    }
}

/// In each room of a paced scene somebody speaks after one half to three halves of the mean time, in turn.
pub(super) fn begin(stage: &Rc<Stage>, scene: Scene) {
    let Some(rate) = scene.pace else { return };
    for room in 0..scene.rooms {
        let stage = stage.clone();
        spawn_local(async move {
            let mut chance = Chance(room as u64 + 1);
            let speakers: Vec<usize> = {
                let all = stage.speakers.borrow();
                (0..all.len()).filter(|at| all[*at].room == room).collect()
            };
            let mut next = Instant::now() + Duration::from_secs_f64(chance.next() / rate);
            for turn in (0..speakers.len()).cycle() {
                sleep_until(next.into()).await;
                if stage.phase.get() != Phase::Speaking {
                    return;
                }
                stage.speakers.borrow()[speakers[turn]].speak();
                next += Duration::from_secs_f64((0.5 + chance.next()) / rate);
            }
        });
    }
}

/// One room, in which everybody answers a sealed poll at a moment of their own within a second. Delays are those from the sending of an
/// answer, so longer than from its commit.
pub fn votes(people: usize) -> Result<Outcome> {
    let scratch = Scratch::new("votes")?;
    let started = Product { says: Says::Votes }.start(&scratch.0, 1, people)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async {
        let scene = Scene {
            name: "votes",
            rooms: 1,
            seats: people,
            speakers: people,
            window: 0,
            pace: None,
            warm_up: Duration::ZERO,
            measured: Duration::from_secs(2),
        };
        let stage = stage(started.words.clone(), 0);
        let rooms = [Rc::new(Room::new(0))];
        seat_all(&stage, started.address, &rooms, scene).await?;
        quiet(&stage).await?;
        stage.phase.set(Phase::Speaking);
        // Whoever sits in the first seat leads, and asks.
        stage.speakers.borrow().iter().filter(|one| one.seat == 0).for_each(Speaker::speak);
        quiet(&stage).await?;
        rooms[0].begin(&stage);
        let mut chance = Chance(7);
        for at in 0..people {
            let (stage, moment) = (stage.clone(), Duration::from_secs_f64(chance.next()));
            spawn_local(async move {
                sleep(moment).await;
                stage.speakers.borrow()[at].speak();
            });
        }
        let mut outcome = measure(&stage, &started.server, scene.measured).await?;
        stage.phase.set(Phase::Draining);
        quiet(&stage).await?;
        rooms[0].check(&stage);
        outcome.faults = stage.faults.take();
        Ok(outcome)
    })
}
