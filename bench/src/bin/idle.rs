//! Ten thousand sockets that say nothing: what each costs the server in resident memory.
//!
//! `idle [--sockets 10000] [--seats 200] [--bare]`

use anyhow::Result;
use bench::{
    load::idle,
    process::{LOAD_CORE, allow_files, pin},
    report::{Row, flag, option, table},
    target::{Bare, Lengths, Product, Says, Target},
};

const BAR: f64 = 10.0;

fn main() -> Result<()> {
    let (sockets, seats): (usize, usize) = (option("--sockets", 10_000)?, option("--seats", 200)?);
    allow_files(sockets as u64 + 1_000)?;
    pin(LOAD_CORE)?;
    let bare = Bare { lengths: Lengths::default() };
    let mut targets: Vec<&dyn Target> = vec![&bare];
    if !flag("--bare") {
        targets.insert(0, &Product { says: Says::Lines });
    }
    let mut rows = Vec::new();
    for target in targets {
        let each = idle(target, sockets / seats, seats)? / 1024.0;
        rows.push(Row {
            what: format!("{sockets} idle sockets in rooms of {seats}, {}", target.name()),
            figure: format!("{each:.1} KiB each"),
            bar: format!("{BAR} KiB"),
            met: Some(each <= BAR),
        });
    }
    print!("{}", table(&rows));
    Ok(())
}
