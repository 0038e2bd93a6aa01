//! Speaking in turn: whose turn it is, who waits and who has been heard.

use model::live::{Command, Party, Round, RoundCommand};
use text::steps as t;

use super::{room::part, scene::Scene};
use crate::view::{Tag, View, button, tag};

pub fn view(scene: &Scene) -> Option<Tag> {
    let lang = scene.lang;
    let round = scene.room.round.as_ref()?;
    let mine = scene.acting().is_some_and(|who| scene.room.has_turn(who));
    let words = match round.now {
        Some(_) if mine => t::your_turn(lang).to_owned(),
        Some(now) => t::turn_of(lang, scene.party(now)),
        None if round.waiting.is_empty() && !round.heard.is_empty() => t::turn_over(lang).to_owned(),
        None => t::turn_none(lang).to_owned(),
    };
    let shown = part("live-round", t::round(lang))
        .add(tag("p").add(tag("b").text(&words)))
        .add(buttons(scene, round, mine))
        .add(list(scene, t::turns_waiting(lang), &round.waiting))
        .add(list(scene, t::turns_heard(lang), &round.heard));
    Some(shown)
}

fn buttons(scene: &Scene, round: &Round, mine: bool) -> Option<Tag> {
    let (lang, act) = (scene.lang, scene.act);
    let asks = move |class, words: &str, command: RoundCommand| {
        button(class, words, move || act.press(Command::Round(command.clone())))
    };
    if scene.facilitates() {
        let next = round.waiting.first().map(|who| t::turn_next(lang, scene.party(*who)));
        let words = next.or_else(|| round.now.map(|_| t::turn_end(lang).to_owned()));
        let next = words.map(|words| asks("primary", &words, RoundCommand::Next {}).key("next"));
        let later = if mine { t::turn_pass(lang) } else { t::turn_pass_other(lang) };
        let later = round.now.map(|_| asks("", later, RoundCommand::Pass {}).key("pass"));
        return Some(tag("div").set("class", "row").add(next).add(later));
    }
    mine.then(|| {
        tag("div")
            .set("class", "row")
            .add(asks("primary", t::turn_done(lang), RoundCommand::Next {}).key("next"))
            .add(asks("", t::turn_pass(lang), RoundCommand::Pass {}).key("pass"))
    })
}

/// Names in their order; for a facilitator each is a button that gives the turn.
fn list(scene: &Scene, words: &str, parties: &[Party]) -> Option<Tag> {
    let (lang, act) = (scene.lang, scene.act);
    if parties.is_empty() {
        return None;
    }
    let one = |party: &Party| {
        let (who, name) = (*party, scene.party(*party));
        let item = tag("li").key(who);
        let give = move || act.press(Command::Round(RoundCommand::Give { who }));
        View::from(if scene.facilitates() {
            item.add(button("link", &name, give).set("aria-label", &t::turn_give(lang, &name)))
        } else {
            item.text(&name)
        })
    };
    let names = parties.iter().map(one).collect();
    Some(
        tag("div")
            .set("class", "live-turns")
            .add(tag("span").set("class", "small muted").text(words).text(":"))
            .add(tag("ol").add_all(names)),
    )
}
