//! People as they are kept: their roles, given and taken, and suspension.

pub mod invitations;
pub mod pages;
pub mod store;

use std::collections::HashSet;

use model::{
    access::{Action, Actor, Facts, Role, RoleFacts, may},
    endpoint::Done,
    ids::{NetworkId, PersonId},
    letters,
    people::*,
    refusal::{Code, Refusal},
    schools::MunicipalityCode,
};

use crate::{
    app::{App, Signal},
    audit, auth, cursor,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    networks, schools, teams,
};

pub fn routes() -> Routes {
    Routes::new()
        .call(list)
        .call(read)
        .call(give)
        .call(take)
        .call(suspend)
        .call(return_)
        .merge(invitations::routes())
        .merge(pages::routes())
}

/// How many people one page of the list shows.
const SHOWN: usize = 100;

pub async fn list(app: App, actor: Actor, call: ListPeople) -> Answer<ListPeople> {
    let sought = plain(call.q.as_deref().unwrap_or_default());
    let filter = format!("people {sought}");
    let after = cursor::read::<String>(call.cursor.as_deref(), &filter)?;
    let mut tx = app.read().await?;
    let found = store::list_names(&mut tx).await?.into_iter().filter(|(_, name, _)| plain(name).contains(&sought));
    let found: Vec<(String, String)> = found.map(|(person, _, key)| (key, person.to_string())).collect();
    let begin = after.map_or(0, |after| found.partition_point(|place| *place <= after));
    let mut page: Vec<_> = found[begin..].iter().take(SHOWN + 1).cloned().collect();
    let next = cursor::next(&mut page, SHOWN, &filter, Clone::clone);
    let page: Vec<PersonId> = page.iter().filter_map(|(_, person)| person.parse().ok()).collect();
    Ok(PeoplePage {
        people: cards(&mut tx, &page).await?,
        next,
        count: found.len() as i64,
        invitations: store::list_invitations(&mut tx, None, app.now()).await?,
        givable: givable(&mut tx, &actor, None).await?,
    })
}

/// In small letters without diacritics, since names are typed as the keyboard has it.
fn plain(name: &str) -> String {
    name.to_lowercase().chars().map(letters::bare).collect()
}

async fn cards(tx: &mut db::Tx, people: &[PersonId]) -> Result<Vec<PersonCard>, Fault> {
    let rows = store::list(tx, people).await?;
    let roles = store::list_roles(tx, people).await?;
    let teams = store::list_teams(tx, people).await?;
    let card = |row: store::Row| PersonCard {
        roles: roles.iter().filter(|held| held.person == row.id).map(|held| held.role.clone()).collect(),
        teams: teams.iter().filter(|(person, _)| *person == row.id).map(|(_, team)| team.clone()).collect(),
        id: row.id,
        name: row.name,
        profession: row.profession,
        suspended: row.suspended_at.is_some(),
    };
    Ok(rows.into_iter().map(card).collect())
}

pub async fn read(app: App, actor: Actor, call: ReadPerson) -> Answer<ReadPerson> {
    page(&mut app.read().await?, &actor, call.person).await
}

async fn page(tx: &mut db::Tx, actor: &Actor, person: PersonId) -> Result<PersonPage, Fault> {
    let row = store::find(tx, person).await?.or_missing()?;
    let card = cards(tx, &[person]).await?.pop().or_missing()?;
    let held: HashSet<Role> = card.roles.iter().map(|shown| shown.role).collect();
    let givable = givable(tx, actor, None).await?.into_iter().filter(|shown| !held.contains(&shown.role)).collect();
    Ok(PersonPage { since: row.created_at, suspended_at: row.suspended_at, givable, person: card })
}

/// Every role that `actor` may give: of the whole site, or within one network.
pub async fn givable(tx: &mut db::Tx, actor: &Actor, within: Option<NetworkId>) -> Result<Vec<RoleShown>, Fault> {
    let (networks, teams) = store::list_scopes(tx).await?;
    let mut all = Vec::new();
    let of_network = |all: &mut Vec<_>, role: fn(NetworkId) -> Role| {
        all.extend(networks.iter().map(|(id, name)| (role(*id), Some(*id), name.clone())));
    };
    of_network(&mut all, Role::Coordinator);
    of_network(&mut all, Role::Expert);
    of_network(&mut all, Role::CentreSpecialist);
    all.extend(teams.into_iter().map(|(id, network, name)| (Role::Consultant(id), Some(network), name)));
    for municipality in schools::store::list_municipalities(tx).await? {
        all.push((Role::MunicipalSpecialist(municipality.code), None, municipality.name));
    }
    all.push((Role::Administrator, None, String::new()));
    let given = all.into_iter().filter(|(role, network, _)| {
        let near = within.is_none() || *network == within;
        near && may(actor, Action::GiveRole, &Facts::Role(RoleFacts { role: *role, network: *network })).is_ok()
    });
    Ok(given.map(|(role, _, scope_name)| RoleShown { role, scope_name }).collect())
}

/// The facts of a role that somebody is to have.
///
/// # Errors
/// `field.wrong` at `role` when its scope is not there, or is archived.
pub async fn facts(tx: &mut db::Tx, role: Role) -> Result<RoleFacts, Fault> {
    let wrong = || Fault::from(Refusal::of(Code::FieldWrong).at("role"));
    let network = match role {
        Role::Coordinator(network) | Role::Expert(network) | Role::CentreSpecialist(network) => {
            networks::store::find(tx, network).await?.ok_or_else(wrong)?;
            Some(network)
        }
        Role::Consultant(team) => {
            let row = teams::store::find(tx, team).await?.filter(|row| !row.facts().archived).ok_or_else(wrong)?;
            Some(row.network)
        }
        Role::Administrator => None,
        Role::MunicipalSpecialist(code) => {
            let _: MunicipalityCode = code;
            None
        }
    };
    Ok(RoleFacts { role, network })
}

pub async fn give(app: App, actor: Actor, call: GiveRole) -> Answer<GiveRole> {
    let mut tx = app.write().await?;
    let role = call.role.0;
    let asked = known(&mut tx, &actor, role).await?;
    may(&actor, Action::GiveRole, &Facts::Role(asked))?;
    store::find(&mut tx, call.person).await?.or_missing()?;
    let now = app.now();
    auth::store::insert_role(&mut tx, call.person, role, now).await?;
    let subject = format!("{} {}", call.person, call.role);
    audit::append(&mut tx, actor.person(), "role.given", &subject, now).await?;
    app.commit(tx, &Done {}).await?;
    app.signal(Signal::PersonChanged(call.person));
    Ok(Done {})
}

/// The facts of a role, for an actor who may give any role at all: to others it tells nothing of what there is.
async fn known(tx: &mut db::Tx, actor: &Actor, role: Role) -> Result<RoleFacts, Fault> {
    match facts(tx, role).await {
        Err(fault) => {
            may(actor, Action::GiveRole, &Facts::Role(RoleFacts { role, network: None }))?;
            Err(fault)
        }
        found => found,
    }
}

pub async fn take(app: App, actor: Actor, call: TakeRole) -> Answer<TakeRole> {
    let mut tx = app.write().await?;
    let role = call.role.0;
    let network = match role {
        Role::Consultant(team) => teams::store::find(&mut tx, team).await?.map(|row| row.network),
        _ => None,
    };
    may(&actor, Action::GiveRole, &Facts::Role(RoleFacts { role, network }))?;
    if store::delete_role(&mut tx, call.person, role).await? == 0 {
        return Err(Fault::missing());
    }
    let subject = format!("{} {}", call.person, call.role);
    audit::append(&mut tx, actor.person(), "role.taken", &subject, app.now()).await?;
    somebody_administers(&mut tx).await?;
    app.commit(tx, &Done {}).await?;
    app.signal(Signal::PersonChanged(call.person));
    Ok(Done {})
}

/// Asked after the audit log's lock was taken, so that two who take from one another at once do not leave nobody.
///
/// # Errors
/// `role.last` when no administrator would be left.
async fn somebody_administers(tx: &mut db::Tx) -> Result<(), Fault> {
    if store::count_administrators(tx).await? == 0 { Err(Code::RoleLast.into()) } else { Ok(()) }
}

pub async fn suspend(app: App, actor: Actor, call: SuspendPerson) -> Answer<SuspendPerson> {
    if actor.person() == Some(call.person) {
        return Err(Code::PersonSelf.into());
    }
    change(app, actor, call.person, true).await
}

pub async fn return_(app: App, actor: Actor, call: ReturnPerson) -> Answer<ReturnPerson> {
    change(app, actor, call.person, false).await
}

async fn change(app: App, actor: Actor, person: PersonId, suspended: bool) -> Result<PersonPage, Fault> {
    let mut tx = app.write().await?;
    let row = store::find(&mut tx, person).await?.or_missing()?;
    let now = app.now();
    // Twice is once: the day of the suspension stays.
    if row.suspended_at.is_some() != suspended {
        store::update_suspended(&mut tx, person, suspended.then_some(now)).await?;
        let act = if suspended { "person.suspended" } else { "person.returned" };
        audit::append(&mut tx, actor.person(), act, &person.to_string(), now).await?;
        somebody_administers(&mut tx).await?;
    }
    let page = page(&mut tx, &actor, person).await?;
    app.commit(tx, &page).await?;
    app.signal(Signal::PersonChanged(person));
    Ok(page)
}
