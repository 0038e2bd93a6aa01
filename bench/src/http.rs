//! A reader of pages over kept-alive connections: one request after another on each, as fast as they are answered.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::process::Server;

/// One answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// Status line and header lines.
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    /// Bytes over the wire, head and body.
    pub fn length(&self) -> usize {
        self.head.len() + self.body.len()
    }
}

/// A `GET` with header lines of its own, each as `Name: value`.
pub fn request(address: SocketAddr, path: &str, headers: &[&str]) -> Vec<u8> {
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{lines}\r\n").into_bytes()
}

/// Asks once, on a connection of its own.
pub fn ask(address: SocketAddr, request: &[u8]) -> Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(request)?;
    let (mut bytes, mut piece) = (Vec::new(), [0; 16 * 1024]);
    loop {
        if let Some(length) = whole(&bytes)? {
            let head = head_end(&bytes).context("no head")?;
            let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
            return Ok(Answer { status: status_of(&bytes)?, head: text, body: bytes[head..length].to_vec() });
        }
        let got = stream.read(&mut piece)?;
        ensure!(got > 0, "closed before the answer was whole");
        bytes.extend_from_slice(&piece[..got]);
    }
}

pub fn status(address: SocketAddr, path: &str) -> Result<u16> {
    Ok(ask(address, &request(address, path, &["Connection: close"]))?.status)
}

/// What a reading of one address gave.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    pub answers: u64,
    pub elapsed: Duration,
    pub server_cpu: Duration,
}

impl Reading {
    pub fn rate(&self) -> f64 {
        self.answers as f64 / self.elapsed.as_secs_f64()
    }

    /// Answers for a second of the server's processor time: what a core gives that does nothing else.
    pub fn per_core(&self) -> f64 {
        self.answers as f64 / self.server_cpu.as_secs_f64()
    }
}

/// What stands in a request for a number that is another one each time: no cache knows the address then.
pub const ANOTHER: &str = "n=00000000";

/// Reads for `time` after a warm-up of a fifth of it. Each answer must have the status that is expected.
pub fn read(
    server: &Server,
    address: SocketAddr,
    request: &[u8],
    connections: usize,
    status: u16,
    time: Duration,
) -> Result<Reading> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let end = Instant::now() + time + time / 5;
        let begin = end - time;
        let readers: Vec<_> = (0..connections)
            .map(|one| tokio::spawn(reader(address, request.to_vec(), one, status, begin, end)))
            .collect();
        tokio::time::sleep_until(begin.into()).await;
        let before = server.cpu()?;
        tokio::time::sleep_until(end.into()).await;
        let server_cpu = server.cpu()? - before;
        let mut answers = 0;
        for reader in readers {
            answers += reader.await??;
        }
        Ok(Reading { answers, elapsed: time, server_cpu })
    })
}

async fn reader(
    address: SocketAddr,
    mut request: Vec<u8>,
    reader: usize,
    status: u16,
    begin: Instant,
    end: Instant,
) -> Result<u64> {
    let place = request.windows(ANOTHER.len()).position(|part| part == ANOTHER.as_bytes());
    let mut numbers = (reader * 1_000_000)..;
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut count, mut bytes) = (0, Vec::with_capacity(64 * 1024));
    loop {
        if let (Some(at), Some(number)) = (place, numbers.next()) {
            request[at..at + ANOTHER.len()].copy_from_slice(format!("n={:08}", number % 100_000_000).as_bytes());
        }
        stream.write_all(&request).await?;
        let length = loop {
            if let Some(length) = whole(&bytes)? {
                break length;
            }
            ensure!(stream.read_buf(&mut bytes).await? > 0, "closed before the answer was whole");
        };
        let got = status_of(&bytes)?;
        ensure!(got == status, "{got} instead of {status}");
        ensure!(length == bytes.len(), "more bytes than the answer has");
        bytes.clear();
        let now = Instant::now();
        if now > end {
            return Ok(count);
        }
        count += u64::from(now > begin);
    }
}

/// The length of the answer at the start of `bytes`, once it is there to its end.
fn whole(bytes: &[u8]) -> Result<Option<usize>> {
    let Some(head) = head_end(bytes) else { return Ok(None) };
    if matches!(status_of(bytes)?, 204 | 304) {
        return Ok(Some(head));
    }
    let text = std::str::from_utf8(&bytes[..head])?;
    if let Some(length) = header(text, "content-length") {
        let whole = head + length.parse::<usize>()?;
        return Ok((bytes.len() >= whole).then_some(whole));
    }
    if header(text, "transfer-encoding").is_some() {
        return Ok(bytes.ends_with(b"\r\n0\r\n\r\n").then_some(bytes.len()));
    }
    bail!("an answer without a length: {text}")
}

fn head_end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn status_of(bytes: &[u8]) -> Result<u16> {
    let text = bytes.get(9..12).context("a cut status line")?;
    Ok(std::str::from_utf8(text)?.parse()?)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value.trim()))
}
