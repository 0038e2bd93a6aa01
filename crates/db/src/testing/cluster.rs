//! A throwaway PostgreSQL on a free port of this machine.

use std::{
    env, fs,
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Mutex, PoisonError},
};

const OLDEST: u32 = 15;
const INSTALL: &str = "no PostgreSQL 15 or newer is installed; install it by: apt-get install postgresql";

/// A PostgreSQL with its data in a temporary directory. It is stopped and removed when this is dropped, and also when
/// this process is killed: a shell waits at the other end of a pipe.
pub struct Cluster {
    port: u16,
    watch: Mutex<Watch>,
}

struct Watch {
    child: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Cluster {
    /// Starts one, as the user `postgres` when this process is root's, which PostgreSQL refuses to be. Without `fsync`
    /// it is quick and survives anything but a failure of the machine.
    ///
    /// # Errors
    /// If no PostgreSQL is installed, with the command that installs it, or it does not start, with its log.
    pub fn start(fsync: bool) -> io::Result<Self> {
        let programs = programs()?;
        let mut last = io::Error::other("no free port");
        // Between choosing a port and taking it another process may be quicker.
        for _ in 0..5 {
            let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            match Watch::start(&programs, port, fsync) {
                Ok(watch) => return Ok(Self { port, watch: Mutex::new(watch) }),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// The address of the database that is always there; new ones may be created.
    pub fn url(&self) -> String {
        self.database("postgres")
    }

    pub fn database(&self, name: &str) -> String {
        format!("postgres://tinklaveika@127.0.0.1:{}/{name}", self.port)
    }

    /// Stops the server as a crash would, without writing anything.
    ///
    /// # Errors
    /// If the shell beside it is gone.
    pub fn crash(&self) -> io::Result<()> {
        self.order("immediate")
    }

    /// Stops the server as its operator would.
    ///
    /// # Errors
    /// If the shell beside it is gone.
    pub fn stop(&self) -> io::Result<()> {
        self.order("fast")
    }

    /// Starts the server again on the same port with its data, and returns when it answers.
    ///
    /// # Errors
    /// If it does not start.
    pub fn again(&self) -> io::Result<()> {
        self.order("start")
    }

    fn order(&self, order: &str) -> io::Result<()> {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(orders) = &mut watch.orders {
            writeln!(orders, "{order}")?;
        }
        watch.answer("done")
    }
}

impl Watch {
    fn start(programs: &Path, port: u16, fsync: bool) -> io::Result<Self> {
        let mut command = as_another_user()?;
        command.args(["sh", "-c", include_str!("cluster.sh"), "cluster"]).arg(programs);
        command.arg(port.to_string()).arg(if fsync { "on" } else { "off" });
        // A group of its own, so that ^C reaches this process alone and the shell can clean up. A current folder anyone
        // may enter.
        command.current_dir("/").process_group(0);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let orders = child.stdin.take();
        let Some(answers) = child.stdout.take() else { return Err(io::Error::other("no pipe")) };
        let mut watch = Self { child, orders, answers: BufReader::new(answers) };
        watch.answer("ready")?;
        Ok(watch)
    }

    fn answer(&mut self, expected: &str) -> io::Result<()> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        if line.starts_with(expected) {
            return Ok(());
        }
        let mut log = String::new();
        if let Some(errors) = &mut self.child.stderr {
            errors.read_to_string(&mut log)?;
        }
        Err(io::Error::other(format!("PostgreSQL does not start:\n{log}")))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.orders.take());
        // Nothing can be done about a shell that is gone already.
        let _ = self.child.wait();
    }
}

/// The folder of the newest PostgreSQL that is new enough: Debian's, or the one that is in the path.
fn programs() -> io::Result<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(|entry| {
        let entry = entry.ok()?;
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((version, entry.path().join("bin")))
    });
    let path = env::var_os("PATH").unwrap_or_default();
    let others = env::split_paths(&path).filter(|folder| folder.join("initdb").exists()).filter_map(|folder| {
        let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
        let said = String::from_utf8(output.stdout).ok()?;
        let version =
            said.split_whitespace().nth(2)?.split(|other: char| !other.is_ascii_digit()).next()?.parse().ok()?;
        Some((version, folder))
    });
    let whole =
        |folder: &Path| ["initdb", "pg_isready", "postgres"].iter().all(|program| folder.join(program).exists());
    others
        .chain(debian)
        .filter(|(version, folder)| *version >= OLDEST && whole(folder))
        .max_by_key(|(version, _)| *version)
        .map(|(_, folder)| folder)
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, INSTALL))
}

/// A command that runs its arguments as a user who is not root.
fn as_another_user() -> io::Result<Command> {
    let root = Command::new("id").arg("-u").output()?.stdout == b"0\n";
    if !root {
        return Ok(Command::new("env"));
    }
    let known = Command::new("id").args(["-u", "postgres"]).stderr(Stdio::null()).output()?.status.success();
    let user = if known { "postgres" } else { "nobody" };
    let mut command = Command::new("setpriv");
    command.args([format!("--reuid={user}"), format!("--regid={}", group(user)?)]).arg("--clear-groups");
    Ok(command)
}

fn group(user: &str) -> io::Result<String> {
    let output = Command::new("id").args(["-g", user]).output()?;
    String::from_utf8(output.stdout).map(|group| group.trim().to_owned()).map_err(io::Error::other)
}
