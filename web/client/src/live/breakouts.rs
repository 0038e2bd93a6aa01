//! Where one's group is, and the way there and back. What is led stands on a page of its own.

use model::ids::SessionId;
use text::{Lang, breakouts as t};

use super::{room::part, scene::Scene, state::Live};
use crate::view::{Tag, tag};

pub fn view(scene: &Scene, path: &str) -> Option<Tag> {
    let lang = scene.lang;
    let state = scene.room.breakouts.as_ref()?;
    let words = words(lang, scene.live)?;
    let go = |session: SessionId, words: &str| {
        tag("a").set("class", "button").set("href", &["/sesijos/", &session.to_string()].concat()).text(words)
    };
    let open = !state.closed;
    let mine = scene.me().filter(|_| open).and_then(|me| state.of(me)).map(|group| group.session);
    let there = mine.filter(|group| *group != scene.live.session()).map(|group| go(group, t::go_in(lang)));
    let lead = (scene.facilitates() && state.main.is_none())
        .then(|| tag("a").set("href", &[path, "/grupes"].concat()).text(t::lead_groups(lang)));
    Some(
        part("note", t::title(lang))
            .add(tag("p").text(&words))
            .add(there)
            .add(lead)
            .add(state.main.map(|main| go(main, t::back(lang)))),
    )
}

/// What there is to know of groups now; nothing for who is in the right place.
pub fn words(lang: Lang, live: &Live) -> Option<String> {
    let state = live.room.as_ref()?.breakouts.as_ref()?;
    let inside = state.main.is_some();
    if state.closed {
        return inside.then(|| t::called_back(lang).to_owned());
    }
    let end = text::time::clock(state.ends_at.ms());
    let mine = live.me.as_ref().and_then(|me| state.of(me.id));
    let settled = inside && mine.is_none_or(|group| group.session == live.session());
    let words = match mine {
        _ if settled && !state.warned => return None,
        _ if settled => String::new(),
        Some(group) => t::yours(lang, &group.title, end),
        None => t::work_until(lang, end),
    };
    Some(if state.warned { [&words, " ", t::soon(lang)].concat() } else { words })
}
