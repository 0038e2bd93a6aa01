//! Raised hands in the order in which they were raised, and who has the word.

use model::{
    actions::Owner,
    ids::PersonId,
    live::{Command, HandOrder, State},
};
use text::{live as t, steps as s};

use super::{room::part, scene::Scene};
use crate::view::{Tag, View, button, tag};

pub fn view(scene: &Scene) -> Tag {
    let lang = scene.lang;
    let place = scene.me().and_then(|me| scene.room.hand(me));
    let place = place.map(|place| tag("p").set("data-place", &place.to_string()).text(&t::your_place(lang, place)));
    let queue = scene.room.queue();
    let hands: Vec<View> = queue.iter().map(|person| one(scene, *person)).collect();
    let empty = hands.is_empty().then(|| tag("p").set("class", "muted small").text(t::no_hands(lang)));
    part("live-hands", t::hands(lang))
        .add(tag("h2").text(t::hands(lang)))
        .add(place)
        .add(empty)
        .add(tag("ol").set("class", "steps").add_all(hands))
        .add(scene.facilitates().then(|| leading(scene, queue.first().copied())))
        .add(button_of(scene, false))
}

/// For a facilitator: the next one, the order, and who has not been heard yet.
fn leading(scene: &Scene, first: Option<PersonId>) -> Tag {
    let (lang, act) = (scene.lang, scene.act);
    let next = first.map(|first| {
        button("", &s::next_hand(lang, scene.name(first)), move || act.press(Command::NextHand {})).key("next")
    });
    let least = scene.room.hand_order == HandOrder::LeastHeard;
    let order = if least { HandOrder::Raised } else { HandOrder::LeastHeard };
    let order = button("link", s::order(lang), move || act.press(Command::OrderHands { order }))
        .set("aria-pressed", if least { "true" } else { "false" });
    let waiting: Vec<View> =
        scene.room.not_heard().map(|who| View::from(tag("li").key(who.id).text(&who.name))).collect();
    let shown = tag("div").set("class", "live-leading").add(next).add(order);
    if scene.room.state != State::Open || scene.room.people.is_empty() {
        return shown;
    }
    if waiting.is_empty() {
        return shown.add(tag("p").set("class", "small muted").text(s::all_heard(lang)));
    }
    let summary = tag("summary").text(&s::not_heard(lang, waiting.len()));
    shown.add(tag("details").add(summary).add(tag("ul").set("class", "live-names").add_all(waiting)))
}

/// Who has the word: in the middle, since on a phone the queue is out of sight.
pub fn floor(scene: &Scene) -> Option<Tag> {
    let (lang, act) = (scene.lang, scene.act);
    let person = scene.room.floor.as_ref()?.person;
    let mine = scene.acting().is_some_and(|who| who.id == person);
    let words =
        if scene.me() == Some(person) { t::you_speak(lang).to_owned() } else { t::speaks(lang, scene.name(person)) };
    let finish = (mine || scene.facilitates()).then(|| {
        let words = if mine { t::finish_floor(lang) } else { t::take_floor(lang) };
        button("", words, move || act.press(Command::FinishFloor {}))
    });
    Some(tag("div").set("class", "row live-floor").add(tag("b").text(&words)).add(finish))
}

fn one(scene: &Scene, person: PersonId) -> View {
    let (lang, act, name) = (scene.lang, scene.act, scene.name(person));
    let away = (!scene.is_here(person)).then(|| tag("span").set("class", "small muted").text(" ").text(t::away(lang)));
    let row = tag("li").key(person).add(tag("span").text(name)).add(away);
    if !scene.facilitates() {
        return row.into();
    }
    let time = scene.room.airtime.get(&Owner::Person(person));
    let time = time.map(|time| s::spoke(lang, super::step::clock(time.ms())));
    let row = row.add(time.map(|time| tag("span").set("class", "small muted").text(" ").text(&time)));
    row.text(" ")
        .add(
            button("link", t::give_floor(lang), move || act.press(Command::GiveFloor { person }))
                .set("aria-label", &t::give_floor_to(lang, name)),
        )
        .text(" ")
        .add(
            button("link", t::lower_hand(lang), move || act.press(Command::LowerHand { person: Some(person) }))
                .set("aria-label", &t::lower_of(lang, name)),
        )
        .into()
}

/// Raises or lowers one's own hand; short in the phone's row.
pub fn button_of(scene: &Scene, short: bool) -> Option<Tag> {
    let (lang, act) = (scene.lang, scene.act);
    if !scene.takes_part() {
        return None;
    }
    let up = scene.acting().is_some_and(|who| scene.room.hand(who.id).is_some());
    let own = |command: &Command| matches!(command, Command::RaiseHand {} | Command::LowerHand { person: None });
    // Not disabled while its answer is on the way: a disabled button loses the focus of who pressed it.
    let waits = scene.live.is_pending(own);
    let words = match (short, up) {
        (true, _) => t::hand(lang),
        (false, true) => t::lower_hand(lang),
        (false, false) => t::raise_hand(lang),
    };
    let press = move || {
        if !waits {
            act.press(if up { Command::LowerHand { person: None } } else { Command::RaiseHand {} });
        }
    };
    let shown = button("live-hand", words, press).set_if(waits, "aria-disabled", "true");
    // A pressed button keeps its name; the long one says what it does next instead.
    Some(shown.set_if(short, "aria-pressed", if up { "true" } else { "false" }))
}
