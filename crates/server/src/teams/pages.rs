//! Pages and forms of teams, and of joining them.

use ::pages::{address, address::template, teams as shown};
use model::{refusal::Code, teams::*};

use super::{invitations, *};
use crate::{
    doors::{Drawn, Visit},
    error::Fault,
    redactions,
};

pub fn routes() -> Routes {
    let to_team = |page: &TeamPage, _: &crate::doors::Sent<'_>| address::team(page.id);
    Routes::new()
        .page(template::team, team)
        .form(template::team_activate, template::team, activate, team, to_team)
        .form(template::team_archive, template::team, archive, team, to_team)
        .form(template::team_return, template::team, return_, team, to_team)
        .form(template::team_lead, template::team, hand_over, team, to_team)
        .form(template::team_leave, template::team, leave, team, |_, _| address::home())
        .form(template::member_remove, template::team, remove_member, team, to_team)
        .form(template::invitation_revoke, template::team, invitations::revoke, team, to_team)
        // The code is shown once, on the page that the form answers with; only its digest is kept.
        .form_shown(template::invite, template::team, invitations::invite, team, fresh)
        .page(template::invitation_code, code)
        .page(template::invitation, invited)
        .form(template::invitation, template::invitation, invitations::join, invited, |joined: &Joined, _| {
            address::team(joined.team)
        })
        .form(template::invitation_accept, template::invitation, invitations::accept, invited, |joined: &Joined, _| {
            address::team(joined.team)
        })
}

pub async fn team(app: App, mut visit: Visit) -> Drawn {
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    redactions::pages::note(&app, &mut visit, model::redactions::TextOf::Team, page.id.uuid()).await?;
    Ok(shown::page(&visit.ctx, &page, None))
}

async fn fresh(app: App, visit: Visit, invitation: Invitation) -> Drawn {
    let page = read(app, visit.actor.clone(), ReadTeam { team: invitation.team }).await?;
    Ok(shown::page(&visit.ctx, &page, Some(&invitation)))
}

/// Where a code is typed, and with one, what it invites to.
async fn code(app: App, visit: Visit) -> Drawn {
    let Some(code) = visit.query("code") else { return Ok(shown::code(&visit.ctx, None)) };
    if code.trim().is_empty() {
        return Ok(shown::code(&visit.ctx, Some(code)));
    }
    match invitations::invited(&app, visit.ip, code).await {
        Ok(to) => Ok(shown::invited(&visit.ctx, code, &to)),
        // Whoever mistyped it can mend it.
        Err(Fault::Refused(refusals)) if refusals.0.iter().all(|refusal| refusal.code == Code::LinkUsed) => {
            Ok(shown::code(&visit.ctx, Some(code)))
        }
        Err(fault) => Err(fault),
    }
}

async fn invited(app: App, visit: Visit) -> Drawn {
    let code: String = visit.param("code")?;
    let to = invitations::invited(&app, visit.ip, &code).await?;
    Ok(shown::invited(&visit.ctx, &code, &to))
}
