//! How long a backup takes while people write, and how long it takes to restore and verify it.
//!
//! `backup [--events 1000000] [--a-second 50]`
#![allow(clippy::disallowed_methods)]

use std::{
    net::SocketAddr,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use bench::{
    http,
    process::{LOAD_CORE, Scratch, pin, sibling},
    report::{Row, option, table},
    seed::{self, Past},
    target::{COOKIE, migrate, now, serve},
};

const MESSAGES: i64 = 998;

fn main() -> Result<()> {
    pin(LOAD_CORE)?;
    let (events, rate) = (option("--events", 1_000_000_usize)?, option("--a-second", 50_u32)?);
    let scratch = Scratch::new("backup")?;
    let (data, elsewhere) = (scratch.0.join("data"), scratch.0.join("elsewhere"));
    std::fs::create_dir(&data)?;
    migrate(&data)?;
    let past = seed::past(&data, events.div_ceil(1000), MESSAGES, now()?)?;
    let held = past.events;
    let (server, address) = serve(&data, &[])?;
    // The index is being made of what was put in past the server.
    thread::sleep(Duration::from_secs(5));
    let writing = Writing::begin(address, past, rate);
    thread::sleep(Duration::from_secs(2));
    let archive = scratch.0.join("backup.zip");
    let (file, data_dir) = (archive.to_string_lossy().into_owned(), data.to_string_lossy().into_owned());
    let backup = timed(&["backup", &file, "--data", &data_dir])?;
    let written = writing.end()?;
    let bytes = std::fs::metadata(&archive)?.len();
    drop(server);
    let restore = timed(&["restore", &file, "--data", &elsewhere.to_string_lossy()])?;
    let verify = timed(&["verify", &file, "--temp", &scratch.0.to_string_lossy()])?;
    let whole = size(&data)? >> 20;
    let rows = [
        Row {
            what: format!(
                "backup of {held} live events ({whole} MiB of data) while {:.0} writes a second go on",
                written.rate
            ),
            figure: format!(
                "{:.1} s; archive {} MiB; {} writes in all, {} refused, the slowest answered in {:.0} ms",
                backup.as_secs_f64(),
                bytes >> 20,
                written.done,
                written.refused,
                written.slowest.as_secs_f64() * 1000.0
            ),
            bar: "60 s".into(),
            met: Some(
                backup <= Duration::from_secs(60) && written.refused == 0 && written.rate >= f64::from(rate) * 0.95,
            ),
        },
        Row {
            what: "restore and verify".into(),
            figure: format!("{:.1} s and {:.1} s", restore.as_secs_f64(), verify.as_secs_f64()),
            bar: "120 s together".into(),
            met: Some(restore + verify <= Duration::from_secs(120)),
        },
    ];
    print!("{}", table(&rows));
    Ok(())
}

/// How long a command of the product takes; fails with what it said.
fn timed(arguments: &[&str]) -> Result<Duration> {
    let since = Instant::now();
    let done = Command::new(sibling("tinklaveika")?).args(arguments).output()?;
    let time = since.elapsed();
    ensure!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    Ok(time)
}

/// People who answer problems, evenly in time.
struct Writing {
    stop: Arc<AtomicBool>,
    begun: Instant,
    tasks: Vec<thread::JoinHandle<Result<Written>>>,
}

#[derive(Default)]
struct Written {
    done: u64,
    refused: u64,
    slowest: Duration,
    rate: f64,
}

/// Who writes at the same time: an answer that is slow keeps none of the others from asking.
const WRITERS: u32 = 10;

impl Writing {
    fn begin(address: SocketAddr, past: Past, rate: u32) -> Self {
        let (stop, begun, past) = (Arc::new(AtomicBool::new(false)), Instant::now(), Arc::new(past));
        let every = Duration::from_secs(1) * WRITERS / rate;
        let task = |number: u32| {
            let (stop, past) = (stop.clone(), past.clone());
            thread::spawn(move || {
                let mut written = Written::default();
                let mut turn = begun + every * number / WRITERS;
                let mine = past.problems.iter().skip(number as usize).step_by(WRITERS as usize);
                for (problem, token) in mine.cycle() {
                    thread::sleep(turn.saturating_duration_since(Instant::now()));
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    turn += every;
                    let asked = Instant::now();
                    let status = answer(address, problem, token)?;
                    written.slowest = written.slowest.max(asked.elapsed());
                    written.refused += u64::from(status != 200);
                    written.done += 1;
                }
                Ok(written)
            })
        };
        let tasks = (0..WRITERS).map(task).collect();
        Self { stop, begun, tasks }
    }

    fn end(self) -> Result<Written> {
        self.stop.store(true, Ordering::Relaxed);
        let time = self.begun.elapsed();
        let mut all = Written::default();
        for task in self.tasks {
            let one = task.join().ok().context("a writer broke off")??;
            all.done += one.done;
            all.refused += one.refused;
            all.slowest = all.slowest.max(one.slowest);
        }
        all.rate = all.done as f64 / time.as_secs_f64();
        Ok(all)
    }
}

/// Writes a response under a problem, and gives the status.
fn answer(address: SocketAddr, problem: &str, token: &str) -> Result<u16> {
    let body = r#"{"text":"Mums padėjo dalykų savaitė.","sure":true}"#;
    let request = format!(
        "POST /api/v1/problems/{problem}/responses HTTP/1.1\r\nHost: {address}\r\nCookie: {COOKIE}={token}\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    Ok(http::ask(address, request.as_bytes())?.status)
}

fn size(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        bytes += if entry.file_type()?.is_file() { entry.metadata()?.len() } else { 0 };
    }
    Ok(bytes)
}
