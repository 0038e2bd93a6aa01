//! One message. It keeps its element as long as it stands, so that a reaction of somebody else takes no focus away.

use model::{
    ids::MessageId,
    live::{Command, Message, Reaction, State},
};
use text::{Lang, live as t};

use super::{
    chat::MESSAGE,
    composer::{self, Mode},
    scene::Scene,
};
use crate::view::{Tag, View, button, tag};

pub fn view(scene: &Scene, message: &Message) -> View {
    let (lang, act, id) = (scene.lang, scene.act, message.id);
    let mine = scene.me() == Some(message.by);
    let open = scene.room.state == State::Open && !message.is_deleted();
    let active = scene.ui.active == Some(id) && open;
    let at = message.at.ms();
    let head = tag("p")
        .set("class", "small")
        .add(tag("b").text(scene.name(message.by)))
        .text(" ")
        .add(tag("time").set("class", "muted").set("datetime", &text::time::machine(at)).text(&text::time::clock(at)))
        .add(message.edited_at.map(|_| tag("span").set("class", "muted").text(" ").text(t::edited(lang))));
    let words = match &message.text {
        Some(text) => tag("p").set("class", "lines").text(text),
        None => tag("p").set("class", "muted").text(t::deleted(lang)),
    };
    tag("div")
        .key(id)
        .set("class", if mine { "live-message mine" } else { "live-message" })
        .set(MESSAGE, &id.to_string())
        .set("tabindex", "-1")
        .on("click", move |_| act.change(&|ui| ui.choose(id)))
        .add(head)
        .add(message.reply_to.map(|answered| quote(scene, answered)))
        .add(words)
        .add(chips(scene, message, active))
        .add(active.then(|| actions(scene, message, mine)))
        .into()
}

/// What the message answers.
fn quote(scene: &Scene, answered: MessageId) -> Tag {
    let lang = scene.lang;
    let shown = tag("p").set("class", "small muted live-reply");
    match scene.room.message(answered) {
        Some(message) => {
            let words = message.text.as_deref().map(beginning).unwrap_or_default();
            let colon = if words.is_empty() { "" } else { ": " };
            shown.text(&[&t::replied(lang, scene.name(message.by)), colon, &words].concat())
        }
        None => shown.text(t::reply_gone(lang)),
    }
}

/// The first words of what is answered.
pub fn beginning(text: &str) -> String {
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(80).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

/// The reactions that stand; each is also the button that adds or takes away one's own.
fn chips(scene: &Scene, message: &Message, active: bool) -> Option<Tag> {
    let (lang, id) = (scene.lang, message.id);
    let mut row = tag("div").set("class", "live-chips");
    for (&reaction, people) in message.reactions.iter().filter(|(_, people)| !people.is_empty()) {
        let own = scene.me().is_some_and(|me| people.contains(&me));
        let shown = tag("span")
            .set("aria-hidden", "true")
            .text(&[word(lang, reaction), " ", &people.len().to_string()].concat());
        let chip = react(scene, id, reaction, own)
            .set("aria-pressed", if own { "true" } else { "false" })
            .set("aria-label", &t::reaction(lang, word(lang, reaction), people.len()))
            // The log is one stop of Tab; a message's own controls are reached once it is chosen.
            .set_if(!active, "tabindex", "-1");
        row = row.add(chip.add(shown));
    }
    (!row.children.is_empty()).then_some(row)
}

fn react(scene: &Scene, message: MessageId, reaction: Reaction, own: bool) -> Tag {
    let act = scene.act;
    let command = if own { Command::Unreact { message, reaction } } else { Command::React { message, reaction } };
    tag("button").set("type", "button").set("class", "live-chip").on("click", move |_| act.press(command.clone()))
}

fn actions(scene: &Scene, message: &Message, mine: bool) -> Tag {
    let (lang, act, id) = (scene.lang, scene.act, message.id);
    let mut row = tag("div")
        .set("class", "live-actions")
        .set("role", "group")
        .set("aria-label", &t::actions_of(lang, scene.name(message.by)));
    if !scene.takes_part() {
        return row;
    }
    for reaction in Reaction::ALL {
        let own =
            message.reactions.get(&reaction).is_some_and(|people| scene.me().is_some_and(|me| people.contains(&me)));
        row = row.add(react(scene, id, reaction, own).text(word(lang, reaction)));
    }
    let turn = move |mode: Mode, words: Option<String>| {
        act.change(&|ui| ui.composer.take(mode, words.as_deref()));
        act.focus(composer::TEXT);
    };
    row = row.add(button("link", t::reply(lang), move || turn(Mode::Reply(id), None)));
    if mine {
        let words = message.text.clone();
        row = row.add(button("link", t::edit(lang), move || turn(Mode::Edit(id), words.clone())));
    }
    if mine || scene.facilitates() {
        let sure = scene.ui.deleting == Some(id);
        let press = move || match sure {
            true => act.press(Command::Delete { message: id }),
            false => act.change(&|ui| ui.deleting = Some(id)),
        };
        row = row.add(button(
            if sure { "link danger" } else { "link" },
            if sure { t::delete_sure(lang) } else { t::delete(lang) },
            press,
        ));
    }
    row
}

/// A reaction is a word: pictures of faces are missing on many a school's computer, and a screen reader says words.
fn word(lang: Lang, reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::Agree => t::agree(lang),
        Reaction::Thanks => t::thanks(lang),
        Reaction::Idea => t::idea(lang),
        Reaction::Question => t::question(lang),
        Reaction::Joy => t::joy(lang),
        Reaction::Wonder => t::wonder(lang),
    }
}
