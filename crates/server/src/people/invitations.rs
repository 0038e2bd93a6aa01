//! Inviting somebody to a role by a link that is sent to their address: the same whether or not it has an account.

use std::net::IpAddr;

use model::{
    access::{Action, Actor, Facts, Role, may},
    accounts::SignedIn,
    endpoint::Done,
    ids::PersonId,
    people::*,
    refusal::Code,
    time::Timestamp,
};

use super::{facts, known, store};
use crate::{
    accounts,
    app::{App, Signal},
    audit, auth,
    auth::{digest, new_token, passwords::judge},
    doors::{Door, Routes},
    error::{Answer, Fault, OrMissing},
    mail::{letters::Letter, queue},
};

pub fn routes() -> Routes {
    Routes::new().call(invite).call(revoke).call(read).call(join).call(accept)
}

pub async fn invite(app: App, door: Door, call: InviteToRole) -> Answer<InviteToRole> {
    let mut tx = app.write().await?;
    let role = call.role.0;
    let asked = known(&mut tx, &door.actor, role).await?;
    may(&door.actor, Action::GiveRole, &Facts::Role(asked))?;
    let (id, now) = (app.id(), app.now());
    let new = store::NewInvitation {
        id,
        // The link's own secret is made when the letter is written.
        token: &digest(&new_token()),
        role,
        network: asked.network,
        name: &call.name,
        email: call.email.as_str(),
        by: door.actor.person().or_missing()?,
        at: now,
        expires_at: now.plus(ROLE_INVITATION_LIFE),
    };
    store::insert_invitation(&mut tx, &new).await?;
    let letter = Letter::Role { invitation: id };
    queue::add(&app, &mut tx, &format!("role {id}"), &call.email, door.lang, &letter).await?;
    audit::append(&mut tx, door.actor.person(), "role.invited", &format!("{id} {}", call.role), now).await?;
    let role = store::find_invitation(&mut tx, id, now).await?.and_then(|found| found.role()).or_missing()?;
    let shown = RoleInvitationShown { id, name: call.name.to_string(), role, expires_at: new.expires_at };
    app.commit(tx, &shown).await?;
    queue::sent_soon(&app);
    Ok(shown)
}

pub async fn revoke(app: App, actor: Actor, call: RevokeRoleInvitation) -> Answer<RevokeRoleInvitation> {
    let mut tx = app.write().await?;
    let role = store::find_invited_role(&mut tx, call.invitation).await?;
    // Who may give no role at all learns nothing of what there is.
    if actor.me().is_none() {
        return Err(Code::SignInNeeded.into());
    }
    let asked = facts(&mut tx, role.or_missing()?).await?;
    may(&actor, Action::GiveRole, &Facts::Role(asked))?;
    store::end_invitation(&mut tx, call.invitation, app.now()).await?;
    let subject = call.invitation.to_string();
    audit::append(&mut tx, actor.person(), "role.invitation_revoked", &subject, app.now()).await?;
    app.commit(tx, &Done {}).await?;
    Ok(Done {})
}

pub async fn read(app: App, door: Door, call: ReadRoleInvitation) -> Answer<ReadRoleInvitation> {
    offered(&app, door.ip, &call.token).await
}

/// What a link invites to, asked from `ip`.
pub async fn offered(app: &App, ip: IpAddr, token: &str) -> Result<RoleOffer, Fault> {
    app.throttle.guess(ip, app.now())?;
    let mut tx = app.read().await?;
    let (found, role) = working(&mut tx, token, app.now()).await?;
    Ok(RoleOffer { role, name: found.name, expires_at: found.expires_at })
}

/// The invitation of a link, as long as its sender may still give the role.
///
/// # Errors
/// `link.used` in all other cases.
async fn working(tx: &mut db::Tx, token: &str, now: Timestamp) -> Result<(store::Invitation, RoleShown), Fault> {
    let used = || Fault::from(Code::LinkUsed);
    let found = store::find_invitation_of(tx, &digest(token), now).await?.ok_or_else(used)?;
    let role = found.role().ok_or_else(used)?;
    let sender = auth::store::find_me(tx, found.invited_by).await?.ok_or_else(used)?;
    let asked = facts(tx, role.role).await.map_err(|_| used())?;
    may(&Actor::Person(Box::new(sender)), Action::GiveRole, &Facts::Role(asked)).map_err(|_| used())?;
    Ok((found, role))
}

pub async fn join(app: App, door: Door, call: JoinByRole) -> Answer<JoinByRole> {
    app.throttle.guess(door.ip, app.now())?;
    judge(&call.password.0, &[&call.name], "password")?;
    let phc = app.passwords.hash(&call.password.0).await?;
    let mut tx = app.write().await?;
    let now = app.now();
    let (found, role) = working(&mut tx, &call.token, now).await?;
    let email = found.email.parse().map_err(|_| Fault::from(Code::LinkUsed))?;
    let new = accounts::NewPerson { name: &call.name, email: &email, phc: &phc, profession: call.profession };
    // The link came to this address, so its owner may be told that it has an account.
    let person = accounts::create(&app, &mut tx, new, now).await.map_err(|fault| match fault.refusals() {
        Some(_) => Code::EmailTaken.into(),
        None => fault,
    })?;
    accounts::store::verify_email(&mut tx, person, now).await?;
    take_on(&mut tx, &found, role.role, person, now).await?;
    tx.commit().await?;
    let signed_in = accounts::begin(&app, &door, person, call.name.into_string(), false).await?;
    Ok(RoleAccepted { role: role.role, signed_in })
}

pub async fn accept(app: App, door: Door, call: AcceptRole) -> Answer<AcceptRole> {
    app.throttle.guess(door.ip, app.now())?;
    let me = door.actor.me().or_missing()?;
    let mut tx = app.write().await?;
    let now = app.now();
    let (found, role) = working(&mut tx, &call.token, now).await?;
    take_on(&mut tx, &found, role.role, me.id, now).await?;
    let accepted = RoleAccepted { role: role.role, signed_in: SignedIn { person: me.id, name: me.name.clone() } };
    app.commit(tx, &accepted).await?;
    app.signal(Signal::PersonChanged(me.id));
    Ok(accepted)
}

async fn take_on(
    tx: &mut db::Tx,
    found: &store::Invitation,
    role: Role,
    person: PersonId,
    now: Timestamp,
) -> Result<(), Fault> {
    if store::end_invitation(tx, found.id, now).await? == 0 {
        return Err(Code::LinkUsed.into());
    }
    auth::store::insert_role(tx, person, role, now).await?;
    audit::append(tx, Some(person), "role.accepted", &format!("{} {person} {}", found.id, RoleWord(role)), now).await?;
    Ok(())
}
