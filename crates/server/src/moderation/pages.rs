//! Pages and forms of reporting and moderation.

use ::pages::{address, address::template, moderation as shown};
use model::moderation::*;

use super::*;
use crate::doors::{Drawn, Sent, Visit};

pub fn routes() -> Routes {
    let to_queue = |_: &Done, _: &Sent<'_>| address::moderation();
    Routes::new()
        .page(template::report, report_page)
        .form(template::report, template::report, report, report_page, |_, _| address::reported())
        .page(template::reported, reported)
        .page(template::moderation, queue)
        .form(template::moderation_hide, template::moderation, hide, queue, to_queue)
        .form(template::report_dismiss, template::moderation, dismiss, queue, to_queue)
        .form(template::hiding_decide, template::moderation, decide, queue, to_queue)
        .page(template::own_hidden, own)
        .form(template::hiding_appeal, template::own_hidden, appeal, own, |_, _| address::own_hidden())
}

async fn report_page(app: App, visit: Visit) -> Drawn {
    // Whoever is not signed in is led to do so, and comes back.
    if visit.actor.person().is_none() {
        return Err(Code::SignInNeeded.into());
    }
    let typed = visit.ctx.form.as_ref();
    let typed = typed.and_then(|form| form.pairs.iter().find(|(key, _)| key == "session"));
    let session = visit.query("session").map(str::to_owned).or_else(|| typed.map(|(_, value)| value.clone()));
    let session = session.and_then(|session| session.parse::<SessionId>().ok());
    let kind: String = visit.param("kind")?;
    let kind: ItemKind = serde_json::from_value(kind.into()).map_err(|_| Fault::missing())?;
    let mut tx = app.read().await?;
    let item = subject::read_at(&mut tx, kind, visit.param("item")?).await?;
    let subject = subject::seen(&mut tx, &visit.actor, kind, item, session).await?;
    let moderates = may_moderate(&mut tx, &visit.actor, subject.space).await.is_ok();
    Ok(shown::report(&visit.ctx, kind, item, session, &subject.title, &subject.text, moderates))
}

async fn reported(_: App, visit: Visit) -> Drawn {
    Ok(shown::reported(&visit.ctx))
}

async fn queue(app: App, visit: Visit) -> Drawn {
    let page = read(app, visit.actor.clone(), ReadModeration {}).await?;
    Ok(shown::queue(&visit.ctx, &page))
}

async fn own(app: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::OwnRead, &Facts::Site)?;
    let hidden = list_own(app, visit.actor.clone(), ListOwnHidden {}).await?;
    Ok(shown::own(&visit.ctx, &hidden))
}
