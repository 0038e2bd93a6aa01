//! What those invited are written.

use model::{
    access::{Action, Actor, Facts, SessionFacts, may},
    calendar::{Method, Party, written},
    ids::*,
    sessions::SessionState,
};
use text::{Lang, planning as t};

use super::News;
use crate::{
    app::App,
    auth,
    error::Fault,
    mail::Written,
    sessions::ics::{self, store::Meet},
    spaces,
};

/// The letter as things stand now; none when a later change is told by a letter of its own, when all of it is over, or when there is
/// nobody to tell any more.
pub async fn write(
    app: &App,
    person: PersonId,
    news: News,
    sessions: &[(SessionId, i64)],
    to: &str,
    lang: Lang,
) -> Result<Option<Written>, Fault> {
    let now = app.now();
    let mut tx = app.read().await?;
    let Some(me) = auth::store::find_me(&mut tx, person).await? else { return Ok(None) };
    let ids: Vec<SessionId> = sessions.iter().map(|(id, _)| *id).collect();
    let mut meets = ics::store::list(&mut tx, &ids).await?;
    let cancels = matches!(news, News::Cancelled | News::Left);
    meets.retain(|meet| {
        let told = sessions.iter().any(|(id, sequence)| *id == meet.id && *sequence == meet.sequence);
        let stands = matches!(meet.state, SessionState::Planned | SessionState::Open);
        told && (stands || cancels) && ics::ends_at(meet) > now
    });
    let Some(first) = meets.first() else { return Ok(None) };
    let name = me.name.clone();
    if news != News::Left {
        let Some(space) = spaces::store::facts(&mut tx, first.space).await? else { return Ok(None) };
        let facts = Facts::Session(SessionFacts { space, facilitator: first.facilitator });
        if may(&Actor::Person(Box::new(me)), Action::TakePart, &facts).is_err() {
            return Ok(None);
        }
    }
    let method = if cancels { Method::Cancel } else { Method::Request };
    let attendee = || Some(Party { name: &name, email: to.to_owned() });
    let entries: Vec<_> = meets.iter().map(|meet| ics::entry(app, lang, meet, !cancels, attendee())).collect();
    let link = format!("{}{}", app.config.url, ::pages::address::session(first.id));
    let title = &*first.title;
    let (subject, says) = match news {
        News::Invited => {
            (t::mail_invited(lang, title), t::mail_invited_says(lang, &first.leader, title, &first.space_name))
        }
        News::Changed => {
            (t::mail_changed(lang, title), t::mail_changed_says(lang, &first.leader, title, &first.space_name))
        }
        News::Cancelled => (
            t::mail_cancelled(lang, title),
            t::mail_cancelled_says(lang, title, &first.space_name, &first.cancel_reason),
        ),
        News::Left => (t::mail_left(lang, title), t::mail_left_says(lang, title, &first.space_name)),
    };
    let whens: Vec<String> = meets.iter().map(|meet| when(lang, meet)).collect();
    let onward = match news {
        News::Invited | News::Changed => t::mail_answer(lang, &link),
        News::Cancelled => t::mail_see(lang, &link),
        News::Left => String::new(),
    };
    let text = format!(
        "{}\n\n{says}\n\n{}\n{}\n\n{onward}{}\n\nTinklaveika\n",
        t::mail_greeting(lang, &name),
        t::mail_when(lang),
        whens.join("\n"),
        t::mail_calendar(lang)
    );
    Ok(Some(Written { subject, text, calendar: Some((method, written(method, &entries, now))) }))
}

fn when(lang: Lang, meet: &Meet) -> String {
    let at = text::time::day_and_time(lang, meet.starts_at.ms());
    format!("– {at}, {}", text::sessions::minutes(lang, meet.minutes))
}
