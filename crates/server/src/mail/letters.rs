//! What is written to whom. The secret of a link is made when its letter is written, and only its hash is kept.

use model::{
    accounts::{RESET_LIFE, VERIFY_LIFE},
    ids::{InvitationId, PersonId, SessionId},
};
use serde::{Deserialize, Serialize};
use text::Lang;

use super::Written;
use crate::{
    accounts::store,
    app::App,
    auth::{digest, new_token},
    error::Fault,
    people,
    sessions::invitations::{self, News},
};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// Somebody made an account with this address.
    Verify { person: PersonId },
    /// Somebody says that the password of this address is forgotten; whether it has an account is looked up when the letter is written.
    Reset,
    /// Somebody is invited to a role.
    Role { invitation: InvitationId },
    /// What is new of sessions that somebody is or was invited to, each with the number of the change that is told.
    Meeting { person: PersonId, news: News, sessions: Vec<(SessionId, i64)> },
}

/// The letter in words; none when there is nobody to write to.
pub async fn write(app: &App, letter: &Letter, to: &str, lang: Lang) -> Result<Option<Written>, Fault> {
    let (token, now) = (new_token(), app.now());
    let link = |path: String| format!("{}{path}", app.config.url);
    Ok(match letter {
        Letter::Verify { person } => {
            let own = store::find_own(&mut app.read().await?, *person).await?;
            // Meanwhile the address may be another, or known to be right.
            if own.is_none_or(|own| own.email != to || own.email_verified_at.is_some()) {
                return Ok(None);
            }
            let mut tx = app.db.write().await?;
            store::insert_link(&mut tx, "verify", &digest(&token), Some(*person), now.plus(VERIFY_LIFE)).await?;
            tx.commit().await?;
            Some(Written {
                subject: text::accounts::verify_mail_subject(lang).to_owned(),
                calendar: None,
                text: text::accounts::verify_mail(lang, link(::pages::address::verify_email(&token))),
            })
        }
        Letter::Role { invitation } => {
            let mut tx = app.db.write().await?;
            let Some(found) = people::store::find_invitation(&mut tx, *invitation, now).await? else { return Ok(None) };
            let Some(role) = found.role() else { return Ok(None) };
            people::store::update_token(&mut tx, *invitation, &digest(&token)).await?;
            tx.commit().await?;
            let role = ::pages::people::role_in_words(lang, &role);
            let link = link(::pages::address::role_invitation(&token));
            Some(Written {
                subject: text::people::mail_subject(lang).to_owned(),
                calendar: None,
                text: text::people::mail(lang, &found.name, role, link),
            })
        }
        Letter::Meeting { person, news, sessions } => {
            invitations::letters::write(app, *person, *news, sessions, to, lang).await?
        }
        Letter::Reset => {
            let known = store::find_by_email(&mut app.read().await?, &to.to_lowercase()).await?;
            let Some(known) = known else { return Ok(None) };
            let mut tx = app.db.write().await?;
            store::insert_link(&mut tx, "reset", &digest(&token), Some(known.id), now.plus(RESET_LIFE)).await?;
            tx.commit().await?;
            Some(Written {
                subject: text::accounts::reset_mail_subject(lang).to_owned(),
                calendar: None,
                text: text::accounts::reset_mail(lang, link(::pages::address::reset(&token))),
            })
        }
    })
}
