//! Pages and forms of people and their roles.

use ::pages::{address, address::template, people as shown};
use model::access::Role;

use super::{invitations, *};
use crate::doors::{Drawn, Sent, Visit};

pub fn routes() -> Routes {
    let to_person = |sent: &Sent<'_>| match sent.get("person").and_then(|person| person.parse().ok()) {
        Some(person) => address::person(person),
        None => address::people(),
    };
    let to_network = |sent: &Sent<'_>| match sent.get("network").and_then(|network| network.parse().ok()) {
        Some(network) => address::network_people(network),
        None => address::networks(),
    };
    Routes::new()
        .page(template::administration, administration)
        .page(template::people, people)
        .form(template::people_invite, template::people, invitations::invite, people, |_, _| address::people())
        .form(template::people_uninvite, template::people, invitations::revoke, people, |_, _| address::people())
        .page(template::person, person)
        .form(template::role_give, template::person, give, person, move |_, sent| to_person(sent))
        .form(template::role_take, template::person, take, person, move |_, sent| to_person(sent))
        .form(template::person_suspend, template::person, suspend, person, move |_, sent| to_person(sent))
        .form(template::person_return, template::person, return_, person, move |_, sent| to_person(sent))
        .page(template::network_people, of_network)
        .form(template::network_people, template::network_people, invitations::invite, of_network, move |_, sent| {
            to_network(sent)
        })
        .form(template::network_role_take, template::network_people, take, of_network, move |_, sent| to_network(sent))
        .form(template::network_uninvite, template::network_people, invitations::revoke, of_network, move |_, sent| {
            to_network(sent)
        })
        .page(template::role_invitation, offer)
        .form(
            template::role_invitation,
            template::role_invitation,
            invitations::join,
            offer,
            |done: &RoleAccepted, _| to_work(done.role),
        )
        .form(
            template::role_invitation_accept,
            template::role_invitation,
            invitations::accept,
            offer,
            |done: &RoleAccepted, _| to_work(done.role),
        )
}

/// Where one begins who has just been given the role.
fn to_work(role: Role) -> String {
    match role {
        Role::Administrator => address::administration(),
        Role::Coordinator(network) | Role::Expert(network) | Role::CentreSpecialist(network) => {
            address::network(network)
        }
        Role::Consultant(team) => address::team(team),
        Role::MunicipalSpecialist(_) => address::spaces(),
    }
}

async fn administration(_: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::Administer, &Facts::Site)?;
    Ok(shown::administration(&visit.ctx))
}

async fn people(app: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::Administer, &Facts::Site)?;
    let call: ListPeople = visit.call()?;
    let page = list(app.clone(), visit.actor.clone(), call.clone()).await?;
    let sought = call.q.as_deref().unwrap_or_default();
    Ok(shown::list(&visit.ctx, &page, sought, call.cursor.is_some(), app.config.smtp.is_some()))
}

async fn person(app: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::Administer, &Facts::Site)?;
    let page = read(app, visit.actor.clone(), visit.call()?).await?;
    Ok(shown::page(&visit.ctx, &page))
}

async fn of_network(app: App, visit: Visit) -> Drawn {
    let network = visit.param("network")?;
    let mut tx = app.read().await?;
    let card = networks::store::find(&mut tx, network).await?.or_missing()?;
    may(&visit.actor, Action::Coordinate, &Facts::Network(network))?;
    let holders = store::list_holders(&mut tx, network).await?;
    let invitations = store::list_invitations(&mut tx, Some(network), app.now()).await?;
    let givable = givable(&mut tx, &visit.actor, Some(network)).await?;
    Ok(shown::of_network(&visit.ctx, &card, &holders, &invitations, &givable, app.config.smtp.is_some()))
}

async fn offer(app: App, visit: Visit) -> Drawn {
    let token: String = visit.param("token")?;
    let offer = invitations::offered(&app, visit.ip, &token).await?;
    Ok(shown::offer(&visit.ctx, &token, &offer))
}
