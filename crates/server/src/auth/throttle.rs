//! Limits: a growing delay for wrong passwords, and a bucket of tokens for calls.

use std::{collections::HashMap, hash::Hash, net::IpAddr, sync::Mutex};

use model::{
    ids::PersonId,
    refusal::{Code, Refusal},
    time::{Millis, Timestamp},
};

use crate::config::Limits;

/// Entries kept at most; beyond it the ones that have recovered are forgotten first.
const KEPT: usize = 50_000;
/// Reports of browsers that are counted of one address in a minute.
const REPORTS: u32 = 60;

pub struct Throttle {
    wrong: Mutex<HashMap<(String, IpAddr), Wrong>>,
    writes: Buckets<PersonId>,
    calls: Buckets<IpAddr>,
    guesses: Buckets<IpAddr>,
    reports: Buckets<IpAddr>,
}

#[derive(Clone, Copy)]
struct Wrong {
    times: u32,
    last: Timestamp,
}

impl Wrong {
    /// None for four tries, then 1, 2, 4 … seconds, at most five minutes; never a lock-out, and never for other addresses.
    fn delay(self) -> Millis {
        if self.times < 5 { Millis(0) } else { Millis::seconds(1 << (self.times - 5).min(8)).min(Millis::minutes(5)) }
    }
}

impl Throttle {
    pub fn new(limits: &Limits) -> Self {
        Self {
            wrong: Mutex::default(),
            writes: Buckets::new(limits.writes_a_minute),
            calls: Buckets::new(limits.calls_a_minute),
            guesses: Buckets::new(limits.guesses_a_minute),
            reports: Buckets::new(REPORTS),
        }
    }

    /// # Errors
    /// `sign_in.slow` with `seconds` while the delay of this account from this address runs.
    pub fn may_try(&self, account: &str, ip: IpAddr, now: Timestamp) -> Result<(), Refusal> {
        let wrong = lock(&self.wrong);
        let Some(entry) = wrong.get(&(account.to_owned(), ip)) else { return Ok(()) };
        let passed = now.since(entry.last);
        if passed >= entry.delay() { Ok(()) } else { Err(slow(Code::SignInSlow, entry.delay().ms() - passed.ms())) }
    }

    pub fn tried(&self, account: &str, ip: IpAddr, right: bool, now: Timestamp) {
        let mut wrong = lock(&self.wrong);
        let key = (account.to_owned(), ip);
        if right {
            wrong.remove(&key);
            return;
        }
        if wrong.len() >= KEPT {
            wrong.retain(|_, entry| now.since(entry.last) < Millis::minutes(30));
        }
        let entry = wrong.entry(key).or_insert(Wrong { times: 0, last: now });
        *entry = Wrong { times: entry.times.saturating_add(1), last: now };
    }

    /// A write of a signed-in person.
    ///
    /// # Errors
    /// `too_many` with `seconds`.
    pub fn write(&self, person: PersonId, now: Timestamp) -> Result<(), Refusal> {
        self.writes.take(person, now)
    }

    /// Any call from an address.
    ///
    /// # Errors
    /// `too_many` with `seconds`.
    pub fn call(&self, ip: IpAddr, now: Timestamp) -> Result<(), Refusal> {
        self.calls.take(ip, now)
    }

    /// A try to guess a code or a link.
    ///
    /// # Errors
    /// `too_many` with `seconds`.
    pub fn guess(&self, ip: IpAddr, now: Timestamp) -> Result<(), Refusal> {
        self.guesses.take(ip, now)
    }

    /// A browser's report; a bucket of its own, so that nobody's reports use up a school's tries of a code.
    ///
    /// # Errors
    /// `too_many` with `seconds`.
    pub fn report(&self, ip: IpAddr, now: Timestamp) -> Result<(), Refusal> {
        self.reports.take(ip, now)
    }
}

/// Buckets of tokens: each holds a minute's worth and fills evenly.
struct Buckets<K> {
    a_minute: u32,
    kept: Mutex<HashMap<K, Bucket>>,
}

struct Bucket {
    /// In thousandths of a token.
    tokens: i64,
    at: Timestamp,
}

impl<K: Eq + Hash> Buckets<K> {
    fn new(a_minute: u32) -> Self {
        Self { a_minute, kept: Mutex::default() }
    }

    fn take(&self, key: K, now: Timestamp) -> Result<(), Refusal> {
        let full = i64::from(self.a_minute) * 1000;
        let filled = |bucket: &Bucket| (bucket.tokens + now.since(bucket.at).ms() * full / 60_000).min(full);
        let mut kept = lock(&self.kept);
        if kept.len() >= KEPT {
            kept.retain(|_, bucket| filled(bucket) < full);
        }
        let bucket = kept.entry(key).or_insert(Bucket { tokens: full, at: now });
        bucket.tokens = filled(bucket);
        bucket.at = now;
        if bucket.tokens < 1000 {
            return Err(slow(Code::TooMany, (1000 - bucket.tokens) * 60_000 / full.max(1)));
        }
        bucket.tokens -= 1000;
        Ok(())
    }
}

fn slow(code: Code, ms: i64) -> Refusal {
    Refusal::of(code).fact("seconds", (ms + 999) / 1000)
}

/// A panic while the lock was held leaves counters, which are whole at every moment.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
    const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2));

    #[test]
    fn wrong_passwords_slow_down_the_guesser_and_nobody_else() {
        let throttle = Throttle::new(&Limits::default());
        let mut now = Timestamp(0);
        let mut refused = 0;
        for _ in 0..1000 {
            match throttle.may_try("rasa", HERE, now) {
                Ok(()) => throttle.tried("rasa", HERE, false, now),
                Err(refusal) => {
                    assert_eq!(refusal.code, Code::SignInSlow);
                    refused += 1;
                }
            }
            now = now.plus(Millis::seconds(1));
        }
        assert!(refused > 950, "only {refused} of 1000 tries a second apart were refused");
        assert!(throttle.may_try("rasa", THERE, now).is_ok());
        now = now.plus(Millis::minutes(5));
        assert!(throttle.may_try("rasa", HERE, now).is_ok());
        throttle.tried("rasa", HERE, true, now);
        throttle.tried("rasa", HERE, false, now);
        assert!(throttle.may_try("rasa", HERE, now).is_ok());
    }

    #[test]
    fn a_bucket_refills_with_time() {
        let buckets = Buckets::new(60);
        let now = Timestamp(0);
        assert!((0..60).all(|_| buckets.take(1, now).is_ok()));
        let refused = buckets.take(1, now).unwrap_err();
        assert_eq!((refused.code, refused.facts["seconds"].as_str()), (Code::TooMany, "1"));
        assert!(buckets.take(2, now).is_ok());
        assert!(buckets.take(1, now.plus(Millis::seconds(1))).is_ok());
        assert!(buckets.take(1, now.plus(Millis::seconds(1))).is_err());
    }
}
