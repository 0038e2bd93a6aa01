//! The yardstick: `bare_loop`.

use std::{path::Path, process::Command, rc::Rc};

use anyhow::{Context, Result};

use super::{Heard, LINE, Lengths, Started, Target, Words, number};
use crate::process::{Server, sibling};

pub struct Bare {
    pub lengths: Lengths,
}

impl Target for Bare {
    fn name(&self) -> &'static str {
        "bare durable loop"
    }

    fn start(&self, data: &Path, _rooms: usize, _seats: usize) -> Result<Started> {
        let mut command = Command::new(sibling("bare_loop")?);
        command.arg("--data").arg(data);
        command.args(["--happened", &self.lengths.happened.to_string(), "--done", &self.lengths.done.to_string()]);
        let server = Server::start(command, |line| line.starts_with("listening "))?;
        let address = server.said.last().and_then(|line| line.strip_prefix("listening ")).context("no address")?;
        let address = address.parse()?;
        Ok(Started { server, address, words: Rc::new(BareWords { command: self.lengths.command }) })
    }
}

/// An id and a text, padded to the product's length.
struct BareWords {
    command: usize,
}

impl Words for BareWords {
    fn upgrade(&self, room: usize, _seat: usize) -> String {
        format!("/{room} HTTP/1.1\r\n")
    }

    fn hello(&self, _room: usize) -> Option<String> {
        None
    }

    fn command(&self, id: &str, out: &mut String) {
        let start = out.len();
        out.push_str(id);
        out.push_str(LINE);
        let written = out.len() - start;
        out.extend(std::iter::repeat_n('.', self.command.saturating_sub(written)));
    }

    fn hear<'a>(&self, frame: &'a [u8]) -> Heard<'a> {
        hear(frame).unwrap_or(Heard::Other)
    }
}

fn hear(frame: &[u8]) -> Option<Heard<'_>> {
    if let Some(rest) = frame.strip_prefix(br#"{"happened":{"seq":"#) {
        let (seq, rest) = number(rest)?;
        let cause = rest.strip_prefix(br#","cause":""#)?.get(..36)?;
        return Some(Heard::Happened { seq, cause });
    }
    if let Some(rest) = frame.strip_prefix(br#"{"done":{"id":""#) {
        return Some(Heard::Done { id: rest.get(..36)? });
    }
    let (seq, _) = number(frame.strip_prefix(br#"{"welcome":{"seq":"#)?)?;
    Some(Heard::Welcome { seq })
}
