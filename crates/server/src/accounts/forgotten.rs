//! What goes by letter: the proof that an address is one's own, and a new password for one that is forgotten.

use model::{
    accounts::*,
    endpoint::Done,
    ids::PersonId,
    refusal::Code,
    time::{Millis, Timestamp},
};
use text::Lang;

use super::store;
use crate::{
    app::{App, Signal},
    audit,
    auth::{digest, passwords::judge},
    doors::Door,
    error::{Answer, Fault, OrMissing},
    mail::{letters::Letter, queue},
};

/// One address gets at most one letter of a kind in this time.
const AGAIN_AFTER: Millis = Millis::minutes(10);

/// Adds the letter with the link by which the owner of an address confirms it.
pub async fn add_verification(
    app: &App,
    tx: &mut db::Tx,
    person: PersonId,
    email: &Email,
    lang: Lang,
) -> db::Result<()> {
    let key = format!("verify:{person}:{}", period(app.now()));
    queue::add(app, tx, &key, email, lang, &Letter::Verify { person }).await
}

pub async fn ask_verification(app: App, door: Door, _: AskVerification) -> Answer<AskVerification> {
    let me = door.actor.person().or_missing()?;
    let mut tx = app.write().await?;
    let own = store::find_own(&mut tx, me).await?.or_missing()?;
    if own.email_verified_at.is_none() {
        let email = own.email.parse::<Email>().map_err(|refusal| refusal.at("email"))?;
        add_verification(&app, &mut tx, me, &email, door.lang).await?;
    }
    app.commit(tx, &Done {}).await?;
    queue::sent_soon(&app);
    Ok(Done {})
}

/// The same is done for every address: a row is written. Whether there is an account is looked up when the letter is, so that
/// neither the answer nor the time it takes tells.
pub async fn ask_reset(app: App, door: Door, call: AskReset) -> Answer<AskReset> {
    let now = app.now();
    app.throttle.guess(door.ip, now)?;
    let key = format!("reset:{}:{}", digest(&call.email.key()), period(now));
    let mut tx = app.write().await?;
    queue::add(&app, &mut tx, &key, &call.email, door.lang, &Letter::Reset).await?;
    app.commit(tx, &Done {}).await?;
    queue::sent_soon(&app);
    Ok(Done {})
}

pub async fn reset_password(app: App, door: Door, call: ResetPassword) -> Answer<ResetPassword> {
    app.throttle.guess(door.ip, app.now())?;
    let token = digest(&call.token);
    let mut tx = app.read().await?;
    let person = store::find_link(&mut tx, "reset", &token, app.now()).await?.ok_or(Fault::from(Code::LinkUsed))?;
    let own = store::find_own(&mut tx, person).await?.or_missing()?;
    drop(tx);
    // A password that is refused does not use the link up.
    judge(&call.password.0, &[&own.email], "password")?;
    let phc = app.passwords.hash(&call.password.0).await?;
    let mut tx = app.write().await?;
    let now = app.now();
    store::use_link(&mut tx, "reset", &token, now).await?.ok_or(Fault::from(Code::LinkUsed))?;
    store::delete_links_of(&mut tx, "reset", person).await?;
    store::update_password(&mut tx, person, &phc).await?;
    // Who opened the letter owns the address.
    store::verify_email(&mut tx, person, now).await?;
    let ended = store::end_others(&mut tx, person, None, now).await?;
    audit::append(&mut tx, Some(person), "password.reset", &person.to_string(), now).await?;
    app.commit(tx, &Done {}).await?;
    ended.into_iter().for_each(|sign_in| app.signal(Signal::SignInEnded(sign_in)));
    Ok(Done {})
}

fn period(now: Timestamp) -> i64 {
    now.ms() / AGAIN_AFTER.ms()
}
