//! Ten thousand sockets that say nothing: what each costs the server in resident memory.
//!
//! `idle [--sockets 10000] [--seats 200]`

use anyhow::Result;
use bench::{
    load::idle,
    process::{LOAD_CORE, allow_files, pin},
    target::{Bare, Lengths, Target},
};

fn main() -> Result<()> {
    let option = |name: &str, usual: usize| -> Result<usize> {
        let mut args = std::env::args().skip_while(|arg| arg != name);
        Ok(args.nth(1).map_or(Ok(usual), |given| given.parse())?)
    };
    let (sockets, seats) = (option("--sockets", 10_000)?, option("--seats", 200)?);
    allow_files(sockets as u64 + 1_000)?;
    pin(LOAD_CORE)?;
    let bare = Bare { lengths: Lengths::default() };
    let targets: [&dyn Target; 1] = [&bare];
    for target in targets {
        let bytes = idle(target, sockets / seats, seats)?;
        println!("{} | {:.1} KiB of resident memory for each of {sockets} idle sockets", target.name(), bytes / 1024.0);
    }
    Ok(())
}
