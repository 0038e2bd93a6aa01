//! A server in a process of its own, to be killed, that goes by a clock which the test moves: two hours pass in seconds.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use db::{Db, Options, Place};
use server::live::Settings;

use crate::stand::Node;

/// What begins the lines by which the process answers.
const SAYS: &str = "house: ";

/// Generous, so that forty people on a busy machine come back in time.
pub fn settings() -> Settings {
    Settings {
        frames_burst: 1_000_000,
        sockets_an_address: 1_000,
        leave_after: Duration::from_secs(5),
        ..Settings::default()
    }
}

/// Not a test: the process that [`House::open`] starts, by this name.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a part of two_hours: it serves until it is killed"]
async fn serves_by_a_given_clock() {
    let given = |name: &str| env::var(name).expect("started by the test of two hours");
    let place = given("HOUSE_DATABASE");
    let options = Options::url(&place).unwrap_or_else(|_| Options::file(place));
    let db = Db::open(&options).await.unwrap();
    let clock = Arc::new(AtomicI64::new(given("HOUSE_NOW").parse().unwrap()));
    let node = Node::start(&db, &settings(), &clock).await;
    println!("\n{SAYS}{}", node.address);
    let lines = tokio::task::spawn_blocking(move || {
        for line in std::io::stdin().lines() {
            let Ok(line) = line else { return };
            clock.store(line.parse().unwrap(), Ordering::Relaxed);
            println!("\n{SAYS}{line}");
        }
    });
    lines.await.unwrap();
}

pub struct House {
    pub address: SocketAddr,
    process: Child,
    stdin: ChildStdin,
    answers: BufReader<std::process::ChildStdout>,
    pub now: i64,
}

impl House {
    pub fn open(options: &Options, now: i64) -> Self {
        let place = match &options.place {
            Place::Url(url) => url.clone(),
            Place::File(path) => path.display().to_string(),
        };
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["two_hours::house::serves_by_a_given_clock", "--exact", "--ignored", "--nocapture"])
            .env("HOUSE_DATABASE", place)
            .env("HOUSE_NOW", now.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let mut house =
            Self { address: ([127, 0, 0, 1], 0).into(), process, stdin, answers: BufReader::new(stdout), now };
        house.address = house.answer().parse().unwrap();
        house
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.answers.read_line(&mut line).unwrap() > 0, "the server has ended");
            if let Some(answer) = line.trim().strip_prefix(SAYS) {
                return answer.to_owned();
            }
        }
    }

    /// So many minutes pass.
    pub fn later(&mut self, minutes: i64) {
        self.now += minutes * 60_000;
        writeln!(self.stdin, "{}", self.now).unwrap();
        let answer = self.answer();
        assert_eq!(answer, self.now.to_string());
    }

    /// As a power cut does to a process.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// What a page answers to a signed-in person.
    pub fn page(&self, path: &str, headers: &[(&str, String)]) -> String {
        use std::io::Read;
        let mut stream = std::net::TcpStream::connect(self.address).unwrap();
        let headers: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        // Of HTTP 1.0 the body is what comes until the end.
        write!(stream, "GET {path} HTTP/1.0\r\nhost: {}\r\n{}\r\n", self.address, headers.concat()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(" 200 "), "{path}: {head}\n{body}");
        body.to_owned()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
