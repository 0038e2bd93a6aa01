//! Signing in, and what is one's own.

mod device;
mod forgotten;
pub mod pages;
pub mod store;

pub use forgotten::{add_verification, ask_reset, ask_verification, reset_password};

use axum::http::{HeaderValue, header};
use model::{
    access::{Actor, Role},
    accounts::*,
    endpoint::Done,
    ids::{PersonId, SignInId},
    refusal::{Code, Refusal},
    time::Timestamp,
};

use crate::{
    app::{App, Signal},
    audit,
    auth::{self, digest, new_token, passwords::judge},
    doors::{Door, Routes},
    error::{Answer, Fault, OrMissing},
};

pub fn routes() -> Routes {
    Routes::new()
        .call(sign_in)
        .call(sign_out)
        .call(set_up)
        .call(read_me)
        .call(list_sign_ins)
        .call(end_sign_in)
        .call(end_other_sign_ins)
        .call(change_password)
        .call(verify_email)
        .call(ask_verification)
        .call(ask_reset)
        .call(reset_password)
        .merge(pages::routes())
}

pub async fn sign_in(app: App, door: Door, call: SignIn) -> Answer<SignIn> {
    let (account, now) = (call.email.key(), app.now());
    app.throttle.may_try(&account, door.ip, now)?;
    let mut tx = app.read().await?;
    let known = store::find_by_email(&mut tx, &account).await?;
    drop(tx);
    let phc = known.as_ref().map(|known| known.password.as_str());
    let right = app.passwords.verify(&call.password.0, phc).await?;
    app.throttle.tried(&account, door.ip, right, now);
    let Some(known) = known.filter(|_| right) else {
        tracing::info!("a sign-in was refused");
        return Err(Code::SignInWrong.into());
    };
    let signed_in = begin(&app, &door, known.id, known.name, call.shared_computer).await?;
    tracing::info!(person = %signed_in.person, "signed in");
    Ok(signed_in)
}

/// Begins a sign-in on the device at the door; the one it had before ends, so that no token survives a sign-in.
pub async fn begin(app: &App, door: &Door, person: PersonId, name: String, shared: bool) -> Result<SignedIn, Fault> {
    let token = new_token();
    let mut tx = app.db.write().await?;
    let now = app.now();
    if let Some(before) = door.sign_in {
        store::end_sign_in(&mut tx, before, now).await?;
    }
    store::insert_sign_in(&mut tx, app.id(), person, &digest(&token), &device::of(&door.agent), shared, now).await?;
    tx.commit().await?;
    if let Some(before) = door.sign_in {
        app.signal(Signal::SignInEnded(before));
    }
    door.set(header::SET_COOKIE, auth::sign_in_cookie(&token, shared));
    Ok(SignedIn { person, name })
}

pub async fn sign_out(app: App, door: Door, _: SignOut) -> Answer<SignOut> {
    if let Some(sign_in) = door.sign_in {
        let mut tx = app.write().await?;
        store::end_sign_in(&mut tx, sign_in, app.now()).await?;
        app.commit(tx, &Done {}).await?;
        app.signal(Signal::SignInEnded(sign_in));
    }
    door.set(header::SET_COOKIE, auth::ended_cookie());
    door.set(
        "clear-site-data".parse().map_err(anyhow::Error::from)?,
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(Done {})
}

pub async fn set_up(app: App, door: Door, call: SetUp) -> Answer<SetUp> {
    app.throttle.guess(door.ip, app.now())?;
    judge(&call.password.0, &[call.email.as_str(), &call.name], "password")?;
    let phc = app.passwords.hash(&call.password.0).await?;
    let mut tx = app.write().await?;
    let now = app.now();
    if store::use_link(&mut tx, "set_up", &digest(&call.token), now).await?.is_none() {
        return Err(Code::LinkUsed.into());
    }
    let new = NewPerson { name: &call.name, email: &call.email, phc: &phc, profession: Profession::Specialist };
    let person = create(&app, &mut tx, new, now).await?;
    auth::store::insert_role(&mut tx, person, Role::Administrator, now).await?;
    audit::append(&mut tx, Some(person), "site.set_up", "site", now).await?;
    tx.commit().await?;
    begin(&app, &door, person, call.name.into_string(), false).await
}

/// A set-up link for an empty site; none when somebody is there already. Earlier links stop working.
pub async fn set_up_link(app: &App) -> Result<Option<String>, Fault> {
    let mut tx = app.db.write().await?;
    if store::count_people(&mut tx).await? > 0 {
        return Ok(None);
    }
    let (token, now) = (new_token(), app.now());
    store::delete_links(&mut tx, "set_up").await?;
    store::insert_link(&mut tx, "set_up", &digest(&token), None, now.plus(SET_UP_LIFE)).await?;
    tx.commit().await?;
    Ok(Some(format!("{}{}", app.config.url, ::pages::address::set_up(&token))))
}

/// Somebody who is about to have an account.
pub struct NewPerson<'a> {
    pub name: &'a str,
    pub email: &'a Email,
    /// From [`auth::passwords::Passwords::hash`], made before the transaction began.
    pub phc: &'a str,
    pub profession: Profession,
}

/// Makes an account within the caller's transaction.
///
/// # Errors
/// `sign_in.wrong` when the address has one already.
pub async fn create(app: &App, tx: &mut db::Tx, new: NewPerson<'_>, now: Timestamp) -> Result<PersonId, Fault> {
    let person = app.id();
    if store::insert_person(tx, person, &new, now).await? == 0 {
        return Err(Refusal::of(Code::SignInWrong).into());
    }
    Ok(person)
}

pub async fn verify_email(app: App, door: Door, call: VerifyEmail) -> Answer<VerifyEmail> {
    app.throttle.guess(door.ip, app.now())?;
    let mut tx = app.write().await?;
    let now = app.now();
    let used = store::use_link(&mut tx, "verify", &digest(&call.token), now).await?;
    let person = used.flatten().ok_or(Fault::from(Code::LinkUsed))?;
    store::verify_email(&mut tx, person, now).await?;
    app.commit(tx, &Done {}).await?;
    Ok(Done {})
}

pub async fn read_me(app: App, actor: Actor, _: ReadMe) -> Answer<ReadMe> {
    let me = actor.me().or_missing()?;
    let mut tx = app.read().await?;
    let own = store::find_own(&mut tx, me.id).await?.or_missing()?;
    Ok(MyAccount {
        id: me.id,
        name: me.name.clone(),
        email: own.email,
        email_verified: own.email_verified_at.is_some(),
        profession: own.profession,
        suspended: me.suspended,
        roles: me.roles.clone(),
        teams: me.teams.clone(),
    })
}

pub async fn list_sign_ins(app: App, door: Door, _: ListSignIns) -> Answer<ListSignIns> {
    signed_in_places(&app, &door.actor, door.sign_in).await
}

async fn signed_in_places(app: &App, actor: &Actor, current: Option<SignInId>) -> Answer<ListSignIns> {
    let me = actor.person().or_missing()?;
    let mut tx = app.read().await?;
    let now = app.now();
    let rows = store::list_sign_ins(&mut tx, me).await?;
    let alive = rows.into_iter().filter(|row| row.is_alive(now, actor.is_administrator()));
    let shown = |row: store::Listed| SignInShown {
        current: current == Some(row.id),
        id: row.id,
        device: row.device,
        since: row.created_at,
        last_seen: row.seen_at,
    };
    Ok(alive.map(shown).collect())
}

pub async fn end_sign_in(app: App, door: Door, call: EndSignIn) -> Answer<EndSignIn> {
    let me = door.actor.person().or_missing()?;
    let mut tx = app.write().await?;
    if store::end_own_sign_in(&mut tx, me, call.sign_in, app.now()).await? == 0 {
        return Err(Fault::missing());
    }
    app.commit(tx, &Done {}).await?;
    app.signal(Signal::SignInEnded(call.sign_in));
    if door.sign_in == Some(call.sign_in) {
        door.set(header::SET_COOKIE, auth::ended_cookie());
    }
    Ok(Done {})
}

pub async fn end_other_sign_ins(app: App, door: Door, _: EndOtherSignIns) -> Answer<EndOtherSignIns> {
    let me = door.actor.person().or_missing()?;
    let mut tx = app.write().await?;
    let ended = store::end_others(&mut tx, me, door.sign_in, app.now()).await?;
    app.commit(tx, &Done {}).await?;
    ended.into_iter().for_each(|sign_in| app.signal(Signal::SignInEnded(sign_in)));
    Ok(Done {})
}

pub async fn change_password(app: App, door: Door, call: ChangePassword) -> Answer<ChangePassword> {
    let me = door.actor.person().or_missing()?;
    let mut tx = app.read().await?;
    let own = store::find_own(&mut tx, me).await?.or_missing()?;
    drop(tx);
    let now = app.now();
    app.throttle.may_try(&own.email_key, door.ip, now)?;
    let right = app.passwords.verify(&call.current.0, Some(&own.password)).await?;
    app.throttle.tried(&own.email_key, door.ip, right, now);
    if !right {
        return Err(Refusal::of(Code::SignInWrong).at("current").into());
    }
    judge(&call.new.0, &[&own.email], "new")?;
    let phc = app.passwords.hash(&call.new.0).await?;
    let mut tx = app.write().await?;
    store::update_password(&mut tx, me, &phc).await?;
    let ended = store::end_others(&mut tx, me, door.sign_in, now).await?;
    audit::append(&mut tx, Some(me), "password.changed", &me.to_string(), now).await?;
    app.commit(tx, &Done {}).await?;
    ended.into_iter().for_each(|sign_in| app.signal(Signal::SignInEnded(sign_in)));
    Ok(Done {})
}
