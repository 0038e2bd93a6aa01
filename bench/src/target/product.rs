//! The product: `tinklaveika serve`, spoken to as its own client does.

use std::{
    cell::Cell,
    net::SocketAddr,
    path::Path,
    process::Command,
    rc::Rc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Result, ensure};

use model::{ids::PollId, live::poll_id};

use super::{Heard, LINE, Started, Target, Words, number};
use crate::{
    process::{Server, free_address, sibling},
    seed,
};

/// What its people say.
#[derive(Clone, Copy, PartialEq)]
pub enum Says {
    /// Chat lines.
    Lines,
    /// The first command asks, all others answer.
    Votes,
}

pub struct Product {
    pub says: Says,
}

impl Target for Product {
    fn name(&self) -> &'static str {
        "product"
    }

    fn start(&self, data: &Path, rooms: usize, seats: usize) -> Result<Started> {
        migrate(data)?;
        let seeded = seed::rooms(data, rooms, seats, now()?)?;
        let (server, address) = serve(data, &[])?;
        let words =
            ProductWords { seeded, origin: format!("http://{address}"), says: self.says, poll: Cell::new(None) };
        Ok(Started { server, address, words: Rc::new(words) })
    }
}

/// Lays the tables in an empty directory.
pub fn migrate(data: &Path) -> Result<()> {
    let done = Command::new(sibling("tinklaveika")?).arg("migrate").arg("--data").arg(data).output()?;
    ensure!(done.status.success(), "migrate: {}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}

/// Starts the server with limits that no load reaches, and waits until it is ready.
pub fn serve(data: &Path, options: &[&str]) -> Result<(Server, SocketAddr)> {
    serve_timed(data, options).map(|(server, address, _)| (server, address))
}

/// As [`serve`], with the time it took.
pub fn serve_timed(data: &Path, options: &[&str]) -> Result<(Server, SocketAddr, Duration)> {
    let address = free_address()?;
    let mut command = Command::new(sibling("tinklaveika")?);
    command
        .arg("serve")
        .arg("--data")
        .arg(data)
        .args(["--listen", &address.to_string(), "--log", "warn"])
        .args(options);
    for limit in LIMITS {
        command.args([limit, "1000000000"]);
    }
    let since = Instant::now();
    let mut server = Server::spawn(command)?;
    let time = server.until(address, "/readyz", since)?;
    Ok((server, address, time))
}

/// All readers and speakers come from one address, and speak as fast as they can.
const LIMITS: [&str; 7] = [
    "--calls-a-minute",
    "--writes-a-minute",
    "--sockets-a-person",
    "--sockets-an-address",
    "--sockets-a-session",
    "--frames-a-second",
    "--frames-burst",
];

/// Milliseconds since 1970.
pub fn now() -> Result<i64> {
    Ok(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?)
}

/// The cookie that signs a reader in.
pub const COOKIE: &str = "__Host-tinklaveika";

struct ProductWords {
    seeded: seed::Rooms,
    origin: String,
    says: Says,
    poll: Cell<Option<PollId>>,
}

impl Words for ProductWords {
    fn upgrade(&self, room: usize, seat: usize) -> String {
        format!(
            "/api/v1/sessions/{}/live HTTP/1.1\r\nCookie: {COOKIE}={}\r\nOrigin: {}\r\nSec-WebSocket-Protocol: tinklaveika.v1\r\n",
            self.seeded.sessions[room], self.seeded.tokens[room][seat], self.origin
        )
    }

    fn hello(&self, room: usize) -> Option<String> {
        Some(format!(r#"{{"hello":{{"protocol":1,"session":"{}"}}}}"#, self.seeded.sessions[room]))
    }

    fn command(&self, id: &str, out: &mut String) {
        out.push_str(r#"{"do":{"id":""#);
        out.push_str(id);
        out.push_str(r#"","command":"#);
        match (self.says, self.poll.get()) {
            (Says::Lines, _) => {
                out.push_str(r#"{"say":{"text":""#);
                out.push_str(LINE);
                out.push_str(r#""}}"#);
            }
            (Says::Votes, None) => {
                out.push_str(
                    r#"{"poll":{"ask":{"question":"Kas pavyko?","kind":"single","options":["Viskas","Dalis","Niekas"],"sealed":true}}}"#,
                );
                let asked = self.seeded.people[0][0].parse().ok().zip(id.parse().ok());
                self.poll.set(asked.map(|(by, command)| poll_id(by, command)));
            }
            (Says::Votes, Some(poll)) => {
                out.push_str(&format!(r#"{{"poll":{{"vote":{{"poll":"{poll}","picks":[{}]}}}}}}"#, out.len() % 3));
            }
        }
        out.push_str("}}");
    }

    fn hear<'a>(&self, frame: &'a [u8]) -> Heard<'a> {
        hear(frame).unwrap_or(Heard::Other)
    }
}

fn hear(frame: &[u8]) -> Option<Heard<'_>> {
    if let Some(rest) = frame.strip_prefix(br#"{"happened":{"seq":"#) {
        let (seq, rest) = number(rest)?;
        // What the server itself or the clock brings about names no command of ours.
        let cause = rest.strip_prefix(br#","cause":""#).and_then(|rest| rest.get(..36)).unwrap_or(b"");
        return Some(Heard::Happened { seq, cause });
    }
    if let Some(rest) = frame.strip_prefix(br#"{"done":{"id":""#) {
        return Some(Heard::Done { id: rest.get(..36)? });
    }
    if frame.starts_with(br#"{"refused":"#) || frame.starts_with(br#"{"bye":"#) {
        return Some(Heard::Refused);
    }
    if frame.starts_with(br#"{"welcome":"#) {
        let value: serde_json::Value = serde_json::from_slice(frame).ok()?;
        return Some(Heard::Welcome { seq: value["welcome"]["seq"].as_u64()? });
    }
    None
}
