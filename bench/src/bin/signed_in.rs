//! What a page of the demo costs the server when somebody who is signed in reads it: every reading page that a reader, a coordinator and
//! the administrator reach by links, each kind with up to three addresses.
//!
//! `signed_in [--milliseconds 400]`

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    io::Write,
    net::SocketAddr,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use bench::{
    http::{ask, read, request},
    process::{LOAD_CORE, Scratch, Server, pin},
    report::{Row, median, option, table},
    target::serve,
};

/// In milliseconds of the server's processor time.
const BAR: f64 = 5.0;
const PASSWORD: &str = "graži diena prie ežero";
/// Addresses of one kind that are measured.
const EACH: usize = 3;
/// Pages looked at for links, for each reader.
const DEEP: usize = 400;

fn main() -> Result<()> {
    pin(LOAD_CORE)?;
    let scratch = Scratch::new("signed-in")?;
    let (server, address) = serve(&scratch.0, &["--demo"])?;
    let time = Duration::from_millis(option("--milliseconds", 400)?);
    // By kind: the dearest of its pages, with who reads it.
    let mut dearest: BTreeMap<String, (f64, &str)> = BTreeMap::new();
    let mut measured = Vec::new();
    for reader in ["rasa", "jonas", "ona"] {
        let cookie = sign_in(address, reader)?;
        for (kind, paths) in pages(address, &cookie)? {
            for path in paths {
                let cost = cost(&server, address, &path, &cookie, time)?;
                measured.push(cost);
                let known = dearest.entry(kind.clone()).or_insert((cost, reader));
                if cost > known.0 {
                    *known = (cost, reader);
                }
            }
        }
    }
    let mut kinds: Vec<_> = dearest.into_iter().collect();
    kinds.sort_by(|one, other| other.1.0.total_cmp(&one.1.0));
    ensure!(kinds.len() > 20, "only {} kinds of page were found", kinds.len());
    let pages = measured.len();
    let mut rows = vec![Row {
        what: format!("page read by who is signed in, of {pages} pages of {} kinds: the middle one", kinds.len()),
        figure: format!("{:.2} ms of CPU, brotli included", median(measured)),
        bar: "–".into(),
        met: None,
    }];
    rows.extend(kinds.into_iter().map(|(kind, (cost, reader))| Row {
        what: format!("`{kind}`, by {reader}"),
        figure: format!("{cost:.2} ms"),
        bar: format!("{BAR} ms"),
        met: Some(cost <= BAR),
    }));
    print!("{}", table(&rows));
    Ok(())
}

fn cost(server: &Server, address: SocketAddr, path: &str, cookie: &str, time: Duration) -> Result<f64> {
    let cookie = format!("Cookie: {cookie}");
    let request = request(address, path, &[&cookie, "Accept-Encoding: br, gzip"]);
    let reading = read(server, address, &request, 1, 200, time).with_context(|| path.to_owned())?;
    Ok(1_000.0 / reading.per_core())
}

fn sign_in(address: SocketAddr, name: &str) -> Result<String> {
    let body = serde_json::json!({ "email": format!("{name}@tinklaveika.example"), "password": PASSWORD }).to_string();
    let mut post = Vec::new();
    write!(
        post,
        "POST /api/v1/sign-in HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let answer = ask(address, &post)?;
    let cookie = answer.header("set-cookie").with_context(|| format!("{name}: {}", answer.status))?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// Addresses that a reader comes to by links from the front page on, by kind: the address with its ids left out.
fn pages(address: SocketAddr, cookie: &str) -> Result<BTreeMap<String, Vec<String>>> {
    let line = format!("Cookie: {cookie}");
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut seen, mut next) = (BTreeSet::new(), VecDeque::from(["/".to_owned(), "/paieska?q=mokinių".to_owned()]));
    while let Some(path) = next.pop_front().filter(|_| seen.len() < DEEP) {
        if !seen.insert(path.clone()) {
            continue;
        }
        let of_kind = kinds.entry(kind(&path)).or_default();
        // Of one kind a few tell all.
        if of_kind.len() >= EACH {
            continue;
        }
        let answer = ask(address, &request(address, &path, &[&line, "Connection: close"]))?;
        let html = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if answer.status != 200 || !html {
            continue;
        }
        of_kind.push(path);
        let text = String::from_utf8_lossy(&answer.body);
        for link in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.split('#').next().unwrap_or_default().replace("&amp;", "&");
            let other = ["/static/", "/api/", "/failai/"].iter().any(|start| link.starts_with(start));
            if link.starts_with('/') && !other && !seen.contains(&link) {
                next.push_back(link);
            }
        }
    }
    kinds.retain(|_, paths| !paths.is_empty());
    Ok(kinds)
}

/// Ids become „…“, and of a query the names of its fields are left.
fn kind(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let id = |part: &str| part.len() == 36 && part.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    let parts: Vec<_> = path.split('/').map(|part| if id(part) { "…" } else { part }).collect();
    let names: Vec<_> =
        query.split('&').filter_map(|pair| pair.split('=').next()).filter(|name| !name.is_empty()).collect();
    match names.as_slice() {
        [] => parts.join("/"),
        names => format!("{}?{}", parts.join("/"), names.join("&")),
    }
}
