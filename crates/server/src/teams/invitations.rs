//! A team's link and code: reusable up to its free seats, for seven days, revocable, throttled.

use std::net::IpAddr;

use model::{
    access::{Action, Actor},
    accounts::SignedIn,
    refusal::Code,
    search::FoundKind,
    teams::*,
};

use super::{code, find, page, store};
use crate::{
    accounts,
    app::{App, Signal},
    audit,
    auth::passwords::judge,
    doors::{Door, Routes},
    error::{Answer, Fault, OrMissing},
    mail,
    teams::Changed,
};

pub fn routes() -> Routes {
    Routes::new().call(invite).call(revoke).call(read).call(join).call(accept)
}

pub async fn invite(app: App, actor: Actor, call: Invite) -> Answer<Invite> {
    let mut tx = app.write().await?;
    find(&mut tx, &actor, Action::LeadTeam, call.team).await?;
    let (code, now) = (code::new(), app.now());
    let expires_at = now.plus(INVITATION_LIFE);
    store::upsert_invitation(&mut tx, call.team, &code::kept(&code), expires_at).await?;
    audit::append(&mut tx, actor.person(), "team.invited", &call.team.to_string(), now).await?;
    tx.commit().await?;
    let link = format!("{}{}", app.config.url, ::pages::address::invitation(&code));
    Ok(Invitation { code, link, expires_at, team: call.team })
}

pub async fn revoke(app: App, actor: Actor, call: RevokeInvitation) -> Answer<RevokeInvitation> {
    let mut tx = app.write().await?;
    find(&mut tx, &actor, Action::LeadTeam, call.team).await?;
    store::delete_invitation(&mut tx, call.team).await?;
    let page = page(&mut tx, &actor, call.team).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

pub async fn read(app: App, door: Door, call: ReadInvitation) -> Answer<ReadInvitation> {
    invited(&app, door.ip, &call.code).await
}

/// What a code invites to, asked from `ip`.
pub async fn invited(app: &App, ip: IpAddr, code: &str) -> Result<Invited, Fault> {
    app.throttle.guess(ip, app.now())?;
    let mut tx = app.read().await?;
    let seat = seat(&mut tx, code, app.now()).await?;
    let school = crate::schools::known(&mut tx, seat.row.school).await?;
    Ok(Invited {
        team: seat.row.id,
        team_name: seat.row.name,
        school: school.name,
        municipality_name: school.municipality_name,
        network_name: seat.row.network_name,
        members: seat.members.len() as i64,
    })
}

pub async fn join(app: App, door: Door, call: JoinTeam) -> Answer<JoinTeam> {
    app.throttle.guess(door.ip, app.now())?;
    judge(&call.password.0, &[call.email.as_str(), &call.name], "password")?;
    let phc = app.passwords.hash(&call.password.0).await?;
    let mut tx = app.write().await?;
    let now = app.now();
    let seat = seat(&mut tx, &call.code, now).await?;
    let new = accounts::NewPerson { name: &call.name, email: &call.email, phc: &phc, profession: call.profession };
    let person = accounts::create(&app, &mut tx, new, now).await?;
    take(&mut tx, &seat, person, now).await?;
    accounts::add_verification(&app, &mut tx, person, &call.email, door.lang).await?;
    tx.commit().await?;
    app.search.touch(FoundKind::Team, seat.row.id.uuid());
    mail::queue::sent_soon(&app);
    let signed_in = accounts::begin(&app, &door, person, call.name.into_string(), false).await?;
    Ok(Joined { team: seat.row.id, signed_in })
}

pub async fn accept(app: App, door: Door, call: AcceptInvitation) -> Answer<AcceptInvitation> {
    app.throttle.guess(door.ip, app.now())?;
    let me = door.actor.me().or_missing()?;
    let mut tx = app.write().await?;
    let now = app.now();
    let seat = seat(&mut tx, &call.code, now).await?;
    let team = seat.row.id;
    if !seat.members.iter().any(|member| member.person == me.id) {
        take(&mut tx, &seat, me.id, now).await?;
    }
    let joined = Joined { team, signed_in: SignedIn { person: me.id, name: me.name.clone() } };
    app.commit(tx, &joined).await?;
    app.search.touch(FoundKind::Team, team.uuid());
    app.signal(Signal::PersonChanged(me.id));
    Ok(joined)
}

struct Seat {
    row: store::Row,
    members: Vec<Member>,
}

/// The team that a code leads to.
///
/// # Errors
/// `link.used` for a code that is unknown, revoked or expired.
async fn seat(tx: &mut db::Tx, code: &str, now: model::time::Timestamp) -> Result<Seat, Fault> {
    let team = store::find_invited(tx, &code::kept(code), now).await?.ok_or(Fault::from(Code::LinkUsed))?;
    let row = store::find(tx, team).await?.or_missing()?;
    let members = store::list_members(tx, team).await?;
    Ok(Seat { row, members })
}

/// Takes a free seat; the first to sit down leads the team.
///
/// # Errors
/// `team.full` when there is none; `changed` when two took the last one at once.
async fn take(
    tx: &mut db::Tx,
    seat: &Seat,
    person: model::ids::PersonId,
    now: model::time::Timestamp,
) -> Result<(), Fault> {
    let count = seat.members.len();
    if count >= *TEAM_SIZE.end() {
        return Err(Code::TeamFull.into());
    }
    let team = seat.row.id;
    store::insert_member(tx, team, person, count == 0, now).await?;
    store::count_joined(tx, team).await?;
    // The version guards the number of seats: of two who join at once, the second reads again.
    store::update_state(tx, team, seat.row.version, seat.row.state.with_members(count + 1)).await?.changed()?;
    audit::append(tx, Some(person), "team.joined", &team.to_string(), now).await?;
    Ok(())
}
