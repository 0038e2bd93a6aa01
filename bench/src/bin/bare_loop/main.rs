//! The yardstick of the live path: a bare durable loop that shares no code with the server.
//!
//! One thread. A text message from a socket is one row (room, seq, id, payload); waiting rows of all rooms
//! are one commit (WAL, `synchronous=FULL`); after it each row is encoded once, and its bytes go to every
//! socket of the room, several frames to a flush, with an acknowledgement to the sender. There is no
//! permission, no rule, no history, no resume: what the product costs above this is the price of those.
//!
//! `bare_loop --data DIR --happened N --done N`: lengths in bytes to which frames are padded, so that both
//! sides of a comparison carry the same load. Prints `listening ADDRESS` once it is ready.

mod hub;
mod journal;
mod socket;

use std::{collections::HashMap, path::PathBuf};

use anyhow::{Context, Result, bail};
use hub::{Hub, Lengths};
use journal::Journal;

fn main() -> Result<()> {
    let mut options = options()?;
    let mut number = |name: &str| -> Result<usize> {
        let given = options.remove(name).unwrap_or_else(|| "0".into());
        given.parse().with_context(|| format!("--{name} {given}"))
    };
    let lengths = Lengths { happened: number("happened")?, done: number("done")? };
    let data = PathBuf::from(options.remove("data").context("--data DIR is needed")?);
    if let Some(name) = options.keys().next() {
        bail!("unknown option --{name}");
    }
    let hub = Hub::new(Journal::open(&data.join("bare.sqlite"))?, lengths);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    tokio::task::LocalSet::new().block_on(&runtime, socket::serve(hub))
}

fn options() -> Result<HashMap<String, String>> {
    let mut found = HashMap::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let name = arg.strip_prefix("--").with_context(|| format!("not an option: {arg}"))?;
        found.insert(name.into(), args.next().with_context(|| format!("{arg} needs a value"))?);
    }
    Ok(found)
}
