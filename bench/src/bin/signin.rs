//! Whether the time of an answer tells if an address has an account (row 6.3.8 of SECURITY.md): wrong passwords for addresses that have one
//! and that have none, in turns, each address asked about once, and the Mann–Whitney test of the two samples of times.
//!
//! `signin [--tries 1000]`

#![allow(clippy::disallowed_methods)]

use std::{net::SocketAddr, time::Instant};

use anyhow::{Result, ensure};
use bench::{
    http::ask,
    process::{LOAD_CORE, Scratch, pin},
    report::{Row, median, option, table},
    seed,
    target::serve,
};
use rusqlite::{Connection, params};

/// Below it, chance alone would seldom part the samples so far.
const BAR: f64 = 0.01;

fn main() -> Result<()> {
    pin(LOAD_CORE)?;
    let tries = option("--tries", 1_000_usize)?;
    let scratch = Scratch::new("signin")?;
    drop(serve(&scratch.0, &["--demo"])?);
    people(&Connection::open(seed::file(&scratch.0)?)?, tries)?;
    let (_server, address) = serve(&scratch.0, &["--guesses-a-minute", "1000000"])?;
    for number in 0..20 {
        sign_in(address, &format!("niekas-pradzioje-{number}@tinklaveika.example"))?;
    }
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..tries {
        let one = |name: &str, times: &mut Vec<f64>| -> Result<()> {
            times.push(sign_in(address, &format!("{name}-{number}@tinklaveika.example"))?);
            Ok(())
        };
        // Whoever is asked second may find warmer caches: the order changes each time.
        if number % 2 == 0 {
            one("yra", &mut known)?;
            one("nera", &mut unknown)?;
        } else {
            one("nera", &mut unknown)?;
            one("yra", &mut known)?;
        }
    }
    let p = mann_whitney(&known, &unknown);
    print!(
        "{}",
        table(&[Row {
            what: format!("wrong password, {tries} addresses with an account and {tries} without"),
            figure: format!("{:.2} and {:.2} ms in the middle, p = {p:.3}", median(known), median(unknown)),
            bar: format!("p > {BAR}"),
            met: Some(p > BAR),
        }])
    );
    Ok(())
}

/// Accounts with the password hash of somebody of the demo, so that checking a wrong password costs what it costs for anyone.
fn people(database: &Connection, count: usize) -> Result<()> {
    database.execute_batch("begin")?;
    for number in 0..count {
        let email = format!("yra-{number}@tinklaveika.example");
        let made = database.execute(
            "insert into people (id, name, name_key, email, email_key, email_verified_at, password, profession, created_at)
             select ?1, 'Mokytoja', 'mokytoja', ?2, ?2, email_verified_at, password, profession, created_at
             from people where email_key = 'ona@tinklaveika.example'",
            params![format!("01890000-0000-7000-8000-{number:012x}"), email],
        )?;
        ensure!(made == 1, "the demo has no administrator");
    }
    Ok(database.execute_batch("commit")?)
}

/// Milliseconds until the refusal.
fn sign_in(address: SocketAddr, email: &str) -> Result<f64> {
    let body = format!(r#"{{"email":"{email}","password":"visai ne tas slaptažodis"}}"#);
    let request = format!(
        "POST /api/v1/sign-in HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let begun = Instant::now();
    let answer = ask(address, request.as_bytes())?;
    let took = begun.elapsed().as_secs_f64() * 1_000.0;
    ensure!(answer.status == 401, "{email}: {}", answer.status);
    Ok(took)
}

/// The two-sided probability that samples of one distribution are parted at least so far (Mann and Whitney 1947, by the normal
/// approximation, which holds from some twenty of each on).
fn mann_whitney(one: &[f64], other: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> =
        one.iter().map(|time| (*time, true)).chain(other.iter().map(|time| (*time, false))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut ranks = 0.0;
    let mut at = 0;
    while at < all.len() {
        let end = at + all[at..].iter().take_while(|next| next.0 == all[at].0).count();
        // Equal times share the middle of their ranks.
        let rank = (at + 1 + end) as f64 / 2.0;
        ranks += rank * all[at..end].iter().filter(|next| next.1).count() as f64;
        at = end;
    }
    let (n, m) = (one.len() as f64, other.len() as f64);
    let u = ranks - n * (n + 1.0) / 2.0;
    let z = (u - n * m / 2.0).abs() / (n * m * (n + m + 1.0) / 12.0).sqrt();
    tail(z)
}

/// Twice the upper tail of the normal distribution (Abramowitz and Stegun 7.1.26, to 1.5e-7).
fn tail(z: f64) -> f64 {
    let x = z / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let sum = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    t * sum.iter().fold(0.0, |sum, factor| sum * t + factor) * (-x * x).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_samples_are_likely_and_parted_ones_are_not() {
        let even: Vec<f64> = (0..200).map(|n| f64::from(n * 2)).collect();
        let odd: Vec<f64> = (0..200).map(|n| f64::from(n * 2 + 1)).collect();
        let later: Vec<f64> = even.iter().map(|time| time + 100.0).collect();
        assert!(mann_whitney(&even, &odd) > 0.9);
        assert!(mann_whitney(&even, &later) < 1e-6);
        assert!((tail(1.959_964) - 0.05).abs() < 1e-4);
    }
}
