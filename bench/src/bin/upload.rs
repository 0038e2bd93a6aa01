//! A file of 25 MiB: by how much the server's resident memory grows while it comes in and goes out.
//!
//! `upload [--mib 25] [--runs 3]`

#![allow(clippy::disallowed_methods)]

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use bench::{
    http::{Answer, ask, request},
    process::{LOAD_CORE, Scratch, Server, pin},
    report::{Row, median, option, table},
    target::{COOKIE, serve},
};
use serde_json::{Value, json};

/// Of growth, in MiB.
const BAR: f64 = 8.0;

fn main() -> Result<()> {
    let (mib, runs): (usize, usize) = (option("--mib", 25)?, option("--runs", 3)?);
    pin(LOAD_CORE)?;
    let scratch = Scratch::new("upload")?;
    let (server, address) = serve(&scratch.0, &["--demo", "--item-mib", "4000", "--item-files", "1000"])?;
    let token = sign_in(address)?;
    let at = Place { server, address, practice: editable(address, &token)?, token };
    // What is loaded and allocated once is no growth.
    at.call("sausas.pdf", &pdf(1 << 20))?;
    at.form(&pdf(1 << 20))?;
    let bytes = pdf(mib << 20);
    let mut rows = Vec::new();
    rows.push(at.growth(&format!("{mib} MiB sent as the body of a call"), Some(BAR), runs, || {
        at.call("didelis.pdf", &bytes)
    })?);
    rows.push(at.growth(&format!("{mib} MiB sent through the form"), Some(BAR), runs, || at.form(&bytes))?);
    let file = at.call("didelis.pdf", &bytes)?.context("no file")?;
    rows.push(at.growth(&format!("{mib} MiB downloaded"), Some(BAR), runs, || {
        let got = at.ask(&request(address, &format!("/api/v1/files/{file}/content"), &[&at.cookie()]))?;
        ensure!(got.body.len() == bytes.len(), "{} bytes came back", got.body.len());
        Ok(None)
    })?);
    let photo = photo()?;
    rows.push(
        at.growth("a photograph of 12 million pixels, made anew", None, runs, || at.call("nuotrauka.jpg", &photo))?,
    );
    print!("{}", table(&rows));
    Ok(())
}

struct Place {
    server: Server,
    address: SocketAddr,
    practice: String,
    token: String,
}

impl Place {
    fn cookie(&self) -> String {
        format!("Cookie: {COOKIE}={}", self.token)
    }

    fn ask(&self, request: &[u8]) -> Result<Answer> {
        let answer = ask(self.address, request)?;
        ensure!(matches!(answer.status, 200 | 303), "{}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        Ok(answer)
    }

    /// The id of the file.
    fn call(&self, name: &str, bytes: &[u8]) -> Result<Option<String>> {
        let path = format!("/api/v1/practices/{}/files?name={name}", self.practice);
        let answer = self.ask(&self.post(&path, "application/octet-stream", bytes))?;
        let file: Value = serde_json::from_slice(&answer.body)?;
        Ok(file["id"].as_str().map(str::to_owned))
    }

    fn form(&self, bytes: &[u8]) -> Result<Option<String>> {
        let mut body =
            b"--riba\r\nContent-Disposition: form-data; name=\"file\"; filename=\"didelis.pdf\"\r\n\r\n".to_vec();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--riba--\r\n");
        let path = format!("/praktikos/{}/failai", self.practice);
        self.ask(&self.post(&path, "multipart/form-data; boundary=riba", &body))?;
        Ok(None)
    }

    fn post(&self, path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\n{}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.address,
            self.cookie(),
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        request
    }

    /// The highest resident memory during the act, beyond that before it; the middle of several.
    fn growth(
        &self,
        what: &str,
        bar: Option<f64>,
        runs: usize,
        act: impl Fn() -> Result<Option<String>>,
    ) -> Result<Row> {
        let (mut grown, mut took) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            std::thread::sleep(Duration::from_millis(500));
            let before = self.server.resident()?;
            let done = Arc::new(AtomicBool::default());
            let begun = Instant::now();
            let highest = std::thread::scope(|scope| -> Result<u64> {
                let watching = scope.spawn(|| -> Result<u64> {
                    let mut highest = before;
                    while !done.load(Ordering::Relaxed) {
                        highest = highest.max(self.server.resident()?);
                        std::thread::sleep(Duration::from_millis(1));
                    }
                    Ok(highest)
                });
                let acted = act();
                done.store(true, Ordering::Relaxed);
                let highest = watching.join().map_err(|_| anyhow::anyhow!("the watch broke off"))??;
                acted.map(|_| highest)
            })?;
            grown.push((highest - before) as f64 / f64::from(1 << 20));
            took.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
        let most = grown.iter().copied().fold(0.0, f64::max);
        Ok(Row {
            what: format!("{what}, growth of resident memory"),
            figure: format!("{:.1} MiB, at most {most:.1} in {runs} runs; in {:.0} ms", median(grown), median(took)),
            bar: bar.map_or("–".into(), |bar| format!("{bar:.0} MiB")),
            met: bar.map(|bar| most <= bar),
        })
    }
}

/// What begins as a PDF does, of bytes that nothing compresses.
fn pdf(length: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn photo() -> Result<Vec<u8>> {
    let grain = |x: u32, y: u32| image::Rgb([(x * 7 % 251) as u8, (y * 3 % 241) as u8, ((x ^ y) % 255) as u8]);
    let mut out = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(4000, 3000, grain).write_to(&mut out, image::ImageFormat::Jpeg)?;
    Ok(out.into_inner())
}

fn sign_in(address: SocketAddr) -> Result<String> {
    let body = json!({ "email": "rasa@tinklaveika.example", "password": "graži diena prie ežero" }).to_string();
    let request = format!(
        "POST /api/v1/sign-in HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = ask(address, request.as_bytes())?;
    let cookie = answer.header("set-cookie").context("no cookie came")?;
    let value = cookie.split_once('=').context("a cookie without a value")?.1;
    Ok(value.split(';').next().unwrap_or_default().to_owned())
}

/// A practice of the demo that its reader may change.
fn editable(address: SocketAddr, token: &str) -> Result<String> {
    let cookie = format!("Cookie: {COOKIE}={token}");
    let read = |path: &str| -> Result<Value> {
        Ok(serde_json::from_slice(&ask(address, &request(address, path, &[&cookie]))?.body)?)
    };
    for card in read("/api/v1/practices")?["items"].as_array().into_iter().flatten() {
        let id = card["id"].as_str().unwrap_or_default();
        if read(&format!("/api/v1/practices/{id}"))?["may_edit"] == true {
            return Ok(id.to_owned());
        }
    }
    anyhow::bail!("no practice may be changed")
}
