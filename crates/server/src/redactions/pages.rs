//! The page and the form by which a passage is taken out, and the note beside a text from which one was.

use ::pages::{address, address::template, redactions as shown};

use super::*;
use crate::doors::{Drawn, Sent, Visit};

pub fn routes() -> Routes {
    Routes::new()
        .page(template::redact, form_page)
        .form(template::redact, template::redact, redact, form_page, |_: &Redacted, sent: &Sent<'_>| {
            address::redacted(sent.get("of").unwrap_or_default(), sent.get("item").unwrap_or_default())
        })
        .page(template::redacted, done)
}

fn named(visit: &Visit) -> Result<(TextOf, ItemId, Option<SessionId>), Fault> {
    let of: String = visit.param("of")?;
    let of: TextOf = serde_json::from_value(of.into()).map_err(|_| Fault::missing())?;
    let typed = visit.ctx.form.as_ref();
    let typed = typed.and_then(|form| form.pairs.iter().find(|(key, _)| key == "session"));
    let session = visit.query("session").map(str::to_owned).or_else(|| typed.map(|(_, value)| value.clone()));
    Ok((of, visit.param("item")?, session.and_then(|session| session.parse().ok())))
}

async fn form_page(app: App, visit: Visit) -> Drawn {
    if visit.actor.person().is_none() {
        return Err(Code::SignInNeeded.into());
    }
    let (of, item, session) = named(&visit)?;
    let mut tx = app.read().await?;
    allowed(&mut tx, &visit.actor, of, item, session).await?;
    let before = super::shown(&mut tx, &visit.actor, of, item, session).await?;
    Ok(shown::form(&visit.ctx, of, item, session, &before))
}

async fn done(_: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::OwnAccount, &Facts::Site)?;
    let (of, item, _) = named(&visit)?;
    Ok(shown::done(&visit.ctx, of, item))
}

/// Puts what was taken out of the text beside its page, and the way to take out more for who may.
pub async fn note(app: &App, visit: &mut Visit, of: TextOf, item: uuid::Uuid) -> Result<(), Fault> {
    let item = ItemId::from_uuid(item);
    let mut tx = app.read().await?;
    visit.ctx.redactions = store::list(&mut tx, of, item).await?;
    if visit.actor.me().is_none() {
        visit.ctx.redactions.iter_mut().for_each(|redaction| redaction.by = None);
        return Ok(());
    }
    if allowed(&mut tx, &visit.actor, of, item, None).await.is_ok() {
        visit.ctx.redact = Some(address::redact(::pages::ui::key(of), item));
    }
    Ok(())
}
