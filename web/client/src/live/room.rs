//! The room as a whole: the connection and the clock on top, the step and the chat in the middle, agenda, hands and people at
//! the side; on a phone one of them at a time, with a row of big buttons below.

use model::live::{ByeReason, State};
use text::{Lang, live as t};

use super::{
    agenda, agreements, board, board_lead, breakouts, chat, composer, hands, keys, people, polls, polls_lead, recap,
    rounds,
    scene::{Act, Scene, Ui, sentence},
    seats,
    state::{Live, Trouble},
    step, tasks,
};
use crate::view::{Tag, View, button, tag};

/// Before the first welcome there is nothing but the connection to show.
pub fn view(lang: Lang, live: &Live, now: model::time::Timestamp, ui: &Ui, path: &str, act: Act) -> View {
    let room = live.room.as_ref().map(|room| {
        let scene = Scene { lang, live, room, now, ui, act };
        tag("div")
            .set(
                "class",
                match (room.state, ui.more) {
                    (State::Planned, _) => "live plan",
                    (_, true) => "live more",
                    _ => "live",
                },
            )
            .add(
                tag("div")
                    .set("class", "live-middle")
                    .add(breakouts::view(&scene, path))
                    .add(step::view(&scene, path))
                    .add(seats::choice(&scene))
                    .add(agreements::view(&scene))
                    .add(polls::view(&scene))
                    .add(board::view(&scene))
                    .add(hands::floor(&scene))
                    .add(rounds::view(&scene))
                    .add(recap::view(&scene))
                    .add(tasks::carried(&scene))
                    .add((!scene.room.rules().without_chat).then(|| chat::view(&scene)))
                    .add(composer::view(&scene)),
            )
            .add(
                tag("div")
                    .set("class", "live-side")
                    .add(step::steering(&scene))
                    .add(polls_lead::view(&scene))
                    .add(board_lead::view(&scene))
                    .add(hands::view(&scene))
                    .add(agenda::view(&scene))
                    .add(tasks::view(&scene))
                    .add(agreements::side(&scene))
                    .add(people::view(&scene))
                    .add(keys::view(&scene)),
            )
            .add(row(&scene))
    });
    let refusal = ui.refusal.as_ref();
    let sure = ui.again.is_some().then(|| button("", t::send_anyway(lang), move || act.press_sure()));
    let refusal = refusal.map(|refusal| {
        let words = tag("p").text(&sentence(lang, refusal));
        tag("div").set("class", "note bad").set("role", "alert").add(words).add(sure)
    });
    tag("div")
        .set("class", "live-room")
        .add(connection(lang, live, now, path))
        .add(tag("p").set("class", "only-heard").set("role", "status").text(&ui.said))
        .add(refusal)
        .add(room)
        .into()
}

/// A part of the room, with its heading; focus goes to it when what was focused in it has gone.
pub fn part(class: &'static str, heading: &str) -> Tag {
    tag("section").set("class", class).set("tabindex", "-1").set("aria-label", heading)
}

/// The phone's row.
fn row(scene: &Scene) -> Tag {
    let (lang, act, more) = (scene.lang, scene.act, scene.ui.more);
    let write = || {
        button("", t::write(lang), move || {
            act.change(&|ui| ui.more = false);
            act.focus(composer::TEXT);
        })
    };
    let other = button("", t::more(lang), move || act.change(&|ui| ui.more = !ui.more));
    let vote = scene.room.polls.open().map(|_| {
        button("", text::polls::vote(lang), move || {
            act.change(&|ui| ui.more = false);
            act.focus(polls::PART);
        })
    });
    let voice = scene.room.open_agreement().map(|_| {
        button("", text::polls::vote(lang), move || {
            act.change(&|ui| ui.more = false);
            act.focus(agreements::PART);
        })
    });
    let vote = voice.or(vote);
    tag("div")
        .set("class", "live-row")
        .set("role", "group")
        .set("aria-label", t::panels(lang))
        .add(scene.takes_part().then(write))
        .add(hands::button_of(scene, true))
        .add(vote)
        .add(other.set("aria-pressed", if more { "true" } else { "false" }))
}

/// How the connection stands, when there is something to say; a status, so that it is heard as well.
fn connection(lang: Lang, live: &Live, now: model::time::Timestamp, path: &str) -> Tag {
    let status = tag("div").set("class", "live-link").set("role", "status");
    let Some(trouble) = live.trouble(now) else { return status };
    let words = match trouble {
        Trouble::Offline => t::offline(lang),
        Trouble::Silent => t::silent(lang),
        Trouble::Reconnecting => t::reconnecting(lang),
        Trouble::Ended(ByeReason::SignedOut) => t::signed_out(lang),
        Trouble::Ended(ByeReason::Removed) => t::removed(lang),
        Trouble::Ended(ByeReason::Reload | ByeReason::Aged) => t::reload_needed(lang),
        Trouble::Ended(_) => t::ended_failed(lang),
    };
    let unsent = live.pending.len();
    let waiting = (unsent > 0).then(|| {
        let count = i64::try_from(unsent).unwrap_or_default();
        tag("p").add(tag("b").set("data-unsent", &unsent.to_string()).text(&t::unsent(lang, count)))
    });
    // What the person can do about it, when waiting does not help.
    let way_on = match trouble {
        Trouble::Ended(ByeReason::SignedOut) => {
            Some(tag("a").set("href", &["/prisijungti?grizti=", path].concat()).text(t::sign_in(lang)))
        }
        Trouble::Ended(ByeReason::Removed) => None,
        Trouble::Ended(_) => Some(tag("a").set("href", path).text(t::reload(lang))),
        _ => None,
    };
    let note = tag("div").set("class", "note warn").set("data-trouble", "");
    status.add(note.add(tag("p").text(words)).add(waiting).add(way_on))
}

#[cfg(test)]
#[path = "room_tests.rs"]
mod tests;
