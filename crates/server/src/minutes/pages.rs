//! The pages of minutes and their forms.

use ::pages::{address, address::template, minutes as shown};
use model::{redactions::TextOf, sessions::ReadSession};

use super::*;
use crate::{
    doors::{Drawn, Sent, Visit},
    redactions,
};

pub fn routes() -> Routes {
    let back = |page: &MinutesPage, _: &Sent<'_>| address::minutes(page.card.id);
    Routes::new()
        .page(template::minutes, minutes)
        .page(template::minutes_edit, edit_page)
        .form(template::minutes_edit, template::minutes_edit, edit, edit_page, back)
        .form(template::minutes_remake, template::minutes, remake, minutes, back)
        .form(template::minutes_sign, template::minutes, sign, minutes, back)
        .form(template::minutes_add, template::minutes, add, minutes, back)
}

async fn minutes(app: App, mut visit: Visit) -> Drawn {
    let call: ReadMinutes = visit.call()?;
    let session = call.session;
    match read(app.clone(), visit.actor.clone(), call).await {
        Ok(page) => {
            redactions::pages::note(&app, &mut visit, TextOf::Session, session.uuid()).await?;
            Ok(shown::page(&visit.ctx, &page))
        }
        // Who may read it later is told that it is not there yet.
        Err(fault) if fault.is(Code::SessionState) => {
            let page = sessions::read(app, visit.actor.clone(), ReadSession { session }).await?;
            Ok(shown::none_yet(&visit.ctx, &page.card))
        }
        Err(fault) => Err(fault),
    }
}

async fn edit_page(app: App, visit: Visit) -> Drawn {
    let mut tx = app.read().await?;
    let session = visit.param("session")?;
    find(&mut tx, &visit.actor, Action::KeepMinutes, session).await?;
    let page = page(&app, &mut tx, &visit.actor, session).await?;
    // A form that was refused is drawn again with what was typed in it.
    if page.state == MinutesState::Signed && visit.ctx.form.is_none() {
        return Err(Code::MinutesSigned.into());
    }
    Ok(shown::edit(&visit.ctx, &page))
}
