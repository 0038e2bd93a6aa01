//! Public pages over HTTP: how many a second one core gives, rendered from the database and from the cache, and their bytes.
//!
//! `pages [--runs 3] [--seconds 4] [--connections 32]`

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, Result, ensure};
use bench::{
    http::{ANOTHER, Answer, ask, read, request},
    process::{LOAD_CORE, Scratch, Server, allow_files, pin},
    report::{Row, median, option, table},
    seed,
    target::{COOKIE, migrate, now, serve},
};

const LIST: &str = "/praktikos";
const WIRE_BAR: usize = 40_000;

fn main() -> Result<()> {
    allow_files(10_000)?;
    pin(LOAD_CORE)?;
    let scratch = Scratch::new("pages")?;
    migrate(&scratch.0)?;
    let token = seed::practices(&scratch.0, 200, now()?)?;
    let (server, address) = serve(&scratch.0, &[])?;
    let mut rows = bytes(address)?;
    let reading = Reading {
        server,
        address,
        runs: option("--runs", 3)?,
        time: Duration::from_secs_f64(option("--seconds", 4.0)?),
        connections: option("--connections", 32)?,
    };
    let cookie = format!("Cookie: {COOKIE}={token}");
    let tag = ask(address, &request(address, LIST, &["Accept-Encoding: br"]))?;
    let same = format!("If-None-Match: {}", tag.header("etag").context("the list has no ETag")?);
    let compressed = "Accept-Encoding: br, gzip";
    let another = format!("{LIST}?{ANOTHER}");
    let rendered = Some(2_000.0);
    rows.push(reading.rate("list of 20, signed-in reader, from the database", LIST, &[&cookie], 200, rendered)?);
    rows.push(reading.rate("list of 20, anonymous, from the database each time", &another, &[], 200, rendered)?);
    rows.push(reading.rate("the same, compressed each time", &another, &[compressed], 200, None)?);
    let cached = Some(40_000.0);
    rows.push(reading.rate("list of 20, anonymous, cached and compressed", LIST, &[compressed], 200, cached)?);
    rows.push(reading.rate("list of 20, anonymous, known by its ETag", LIST, &[compressed, &same], 304, cached)?);
    print!("{}", table(&rows));
    Ok(())
}

/// Bytes of the list and of one practice, in each encoding.
fn bytes(address: SocketAddr) -> Result<Vec<Row>> {
    let plain = page(address, LIST, "identity")?;
    let text = String::from_utf8(plain.body)?;
    let mut practices: Vec<&str> = text.split('"').filter(|part| is_practice(part)).collect();
    practices.dedup();
    ensure!(practices.len() == 20, "the list shows {} practices instead of 20", practices.len());
    let mut rows = Vec::new();
    for (what, path) in [("list of 20", LIST), ("practice", practices[0])] {
        for encoding in ["br", "gzip"] {
            let length = page(address, path, encoding)?.length();
            rows.push(Row {
                what: format!("{what}, {encoding}, bytes of its HTML over the wire"),
                figure: format!("{length}"),
                bar: format!("{WIRE_BAR} with style and fonts"),
                met: Some(length <= WIRE_BAR),
            });
        }
    }
    Ok(rows)
}

fn is_practice(address: &str) -> bool {
    address
        .strip_prefix("/praktikos/")
        .is_some_and(|id| id.len() == 36 && id.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit()))
}

fn page(address: SocketAddr, path: &str, encoding: &str) -> Result<Answer> {
    let answer = ask(address, &request(address, path, &[&format!("Accept-Encoding: {encoding}")]))?;
    ensure!(answer.status == 200, "{path}: {}", answer.status);
    Ok(answer)
}

struct Reading {
    server: Server,
    address: SocketAddr,
    runs: usize,
    time: Duration,
    connections: usize,
}

impl Reading {
    fn rate(&self, what: &str, path: &str, headers: &[&str], status: u16, bar: Option<f64>) -> Result<Row> {
        let request = request(self.address, path, headers);
        let mut rates = Vec::new();
        let mut per_core = Vec::new();
        for _ in 0..self.runs {
            let reading = read(&self.server, self.address, &request, self.connections, status, self.time)?;
            rates.push(reading.rate());
            per_core.push(reading.per_core());
        }
        let (rate, per_core) = (median(rates), median(per_core));
        Ok(Row {
            what: what.into(),
            figure: format!("{rate:.0} a second; {per_core:.0} for a second of processor time"),
            bar: bar.map_or("–".into(), |bar| format!("{bar:.0} a second")),
            met: bar.map(|bar| rate.max(per_core) >= bar),
        })
    }
}
