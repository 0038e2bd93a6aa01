//! A server as a child process: pinned, measured, ended with us.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::{
    process::{Pid, Resource, Rlimit, getrlimit, setrlimit},
    thread::{CpuSet, sched_getaffinity, sched_setaffinity},
};

/// The core of the measured server, and that of who measures it.
pub const SERVER_CORE: usize = 0;
pub const LOAD_CORE: usize = 1;

pub struct Server {
    child: Child,
    /// What it printed until it was ready, line by line.
    pub said: Vec<String>,
}

impl Server {
    /// Starts it on `SERVER_CORE`.
    pub fn spawn(mut command: Command) -> Result<Server> {
        let here = sched_getaffinity(None)?;
        // A child inherits the affinity of who starts it, with all the threads that it starts itself.
        pin(SERVER_CORE)?;
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        sched_setaffinity(None, &here)?;
        let child = child.with_context(|| format!("starting {}", command.get_program().display()))?;
        Ok(Server { child, said: Vec::new() })
    }

    /// Starts it and waits for the line that `ready` accepts.
    pub fn start(command: Command, ready: impl Fn(&str) -> bool) -> Result<Server> {
        let mut server = Server::spawn(command)?;
        let mut lines = BufReader::new(server.child.stdout.take().context("no output")?).lines();
        for line in &mut lines {
            let line = line?;
            let done = ready(&line);
            server.said.push(line);
            if done {
                // What else it says is read, lest it blocks on a full pipe.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(server);
            }
        }
        bail!("it ended before it was ready: {:?}", server.said)
    }

    /// Waits until the address answers `GET path` with 200, and says how long after `since` that was.
    pub fn until(&mut self, address: SocketAddr, path: &str, since: Instant) -> Result<Duration> {
        if let Some(lines) = self.child.stdout.take() {
            std::thread::spawn(move || BufReader::new(lines).lines().for_each(drop));
        }
        while since.elapsed() < Duration::from_secs(60) {
            if crate::http::status(address, path).is_ok_and(|status| status == 200) {
                return Ok(since.elapsed());
            }
            if let Some(end) = self.child.try_wait()? {
                bail!("it ended before it was ready: {end}");
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        bail!("{path} was not answered with 200 within a minute")
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Processor time of all its threads since it started, in user code and in the kernel, to 10 ms.
    pub fn cpu(&self) -> Result<Duration> {
        cpu_of(&self.pid().to_string())
    }

    /// Resident memory in bytes.
    pub fn resident(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kib: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kib * 1024)
    }
}

fn cpu_of(process: &str) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields = stat.rsplit_once(')').context("no name in stat")?.1;
    let ticks: u64 = fields.split_ascii_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 10))
}

/// Processor time of this process, as `Server::cpu`.
pub fn own_cpu() -> Result<Duration> {
    cpu_of("self")
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Keeps the calling thread, and those it starts from now on, on one core; on a machine with one core, on that.
pub fn pin(core: usize) -> Result<()> {
    let mut set = CpuSet::new();
    set.set(core.min(std::thread::available_parallelism()?.get().max(2) - 1));
    Ok(sched_setaffinity(None::<Pid>, &set)?)
}

/// Lets this process and its children open so many files, as far as the machine's own limit goes.
pub fn allow_files(count: u64) -> Result<()> {
    let limit = getrlimit(Resource::Nofile);
    let maximum = limit.maximum.map(|most| most.max(count));
    setrlimit(Resource::Nofile, Rlimit { current: Some(count), maximum })
        .with_context(|| format!("allowing {count} open files"))
}

/// An address of this machine on which nobody listens.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

/// A program of this workspace, built beside the running one.
pub fn sibling(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let path = here.parent().unwrap_or(Path::new(".")).join(name);
    if !path.exists() {
        bail!("{} is not built: cargo build --release --workspace", path.display());
    }
    Ok(path)
}

/// A directory of its own for one run, removed with it.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Result<Scratch> {
        let path = sibling("..")?.join(format!("bench-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path)?;
        Ok(Scratch(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
