//! Who is asking: the sign-in cookie, the actor behind it, and secrets.

pub mod passwords;
pub mod store;
pub mod throttle;

use axum::http::{HeaderMap, HeaderValue, header};
use db::Db;
use model::{
    access::{Actor, Me, Role},
    accounts::{SIGN_IN_LIFE, holds},
    ids::SignInId,
    time::{Millis, Timestamp},
};
use sha2::{Digest, Sha256};

use crate::{
    app::{App, random},
    error::Fault,
};

/// `__Host-`: only over HTTPS (or on localhost), for the whole site, never for a neighbouring host.
pub const COOKIE: &str = "__Host-tinklaveika";

/// The actor of a request with the sign-in that vouches for it.
#[derive(Clone, Default)]
pub struct Caller {
    pub actor: Actor,
    pub sign_in: Option<SignInId>,
    /// Signed in on a computer that others use too: nothing may stay there.
    pub shared_computer: bool,
}

/// A secret of 256 random bits as 64 hex digits: for cookies and links.
pub fn new_token() -> String {
    hex(&random::<32>())
}

/// What is kept of a secret: SHA-256 in hex. The secrets are random, so no salt is needed.
pub fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The value of a cookie; the first one when there are several.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    pairs
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

pub fn sign_in_cookie(token: &str, shared: bool) -> HeaderValue {
    // Without Max-Age the cookie of a shared computer goes when the browser is closed.
    let life = if shared { String::new() } else { format!("; Max-Age={}", SIGN_IN_LIFE.ms() / 1000) };
    HeaderValue::try_from(format!("{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Lax{life}"))
        .expect("hex digits stand in a header")
}

pub fn ended_cookie() -> HeaderValue {
    HeaderValue::from_static("__Host-tinklaveika=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// Who sends these headers. A sign-in that has ended, was idle too long or is too old counts as none.
pub async fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Fault> {
    let Some(token) = cookie(headers, COOKIE).filter(|token| token.len() == 64) else {
        return Ok(Caller::default());
    };
    let mut tx = app.read().await?;
    let found = store::find_sign_in(&mut tx, &digest(token)).await?;
    drop(tx);
    let now = app.now();
    let Some((found, me)) = found.filter(|(found, me)| is_alive(found, me, now)) else {
        return Ok(Caller::default());
    };
    if now.since(found.seen_at) >= SEEN_EVERY {
        touch(app.clone(), found.id, now);
    }
    let shared_computer = found.shared_computer;
    Ok(Caller { actor: Actor::Person(Box::new(me)), sign_in: Some(found.id), shared_computer })
}

/// Who is signed in there now; none once the sign-in no longer holds. Asked by open sockets.
pub async fn actor(db: &Db, sign_in: SignInId, now: Timestamp) -> db::Result<Option<Actor>> {
    let mut tx = db.read().await?;
    let found = store::find_sign_in_by_id(&mut tx, sign_in).await?;
    Ok(found.filter(|(found, me)| is_alive(found, me, now)).map(|(_, me)| Actor::Person(Box::new(me))))
}

/// The last use is written at most this often.
const SEEN_EVERY: Millis = Millis::minutes(1);

fn is_alive(found: &store::SignInRow, me: &Me, now: Timestamp) -> bool {
    let administers = me.roles.contains(&Role::Administrator);
    holds(found.created_at, found.seen_at, now, found.shared_computer, administers)
}

/// Writes the last use on the side: reading a page never waits for the writer's turn.
fn touch(app: App, sign_in: SignInId, now: Timestamp) {
    tokio::spawn(async move {
        let written = async {
            let mut tx = app.db.write().await?;
            store::touch(&mut tx, sign_in, now).await?;
            tx.commit().await
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "the last use of a sign-in was not written");
        }
    });
}
