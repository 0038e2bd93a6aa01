//! What the step that runs allows, said to whoever it concerns; and who presents.

use model::{
    actions::Owner,
    live::{Command, Party, Speakers, State, StepKind, StepRules},
};
use text::{Lang, steps as t};
use wasm_bindgen::JsCast;

use super::scene::Scene;
use crate::{
    edge,
    view::{Tag, View, tag},
};

pub fn kind(lang: Lang, kind: StepKind) -> &'static str {
    match kind {
        StepKind::Talk => t::talk(lang),
        StepKind::Round => t::round(lang),
        StepKind::Board => t::board(lang),
        StepKind::Poll => t::poll(lang),
        StepKind::Agreement => t::agreement(lang),
        StepKind::Notes => t::notes(lang),
        StepKind::Breakout => t::breakout(lang),
        StepKind::Break => t::pause(lang),
    }
}

pub fn speakers(lang: Lang, speakers: Speakers) -> &'static str {
    match speakers {
        Speakers::Everyone => t::everyone(lang),
        Speakers::Presenter => t::presenter(lang),
        Speakers::Others => t::others(lang),
        Speakers::People => t::people(lang),
        Speakers::Teams => t::teams(lang),
        Speakers::Nobody => t::nobody(lang),
    }
}

impl Scene<'_> {
    /// The name of a person or a team that is or has been here, or could own an action.
    pub fn party(&self, party: Party) -> String {
        let team = match party {
            Owner::Person(person) => return self.name(person).to_owned(),
            Owner::Team(team) => team,
        };
        let listed = self.room.owners.iter().find(|known| known.id == team).map(|known| known.name.as_str());
        let of_people = || {
            let teams = self.room.people.values().filter_map(|attendee| attendee.who.team.as_ref());
            teams.filter(|known| known.id == team).map(|known| known.name.as_str()).next()
        };
        let name = listed.or_else(of_people).unwrap_or(text::live::somebody(self.lang));
        ["„", name, "“"].concat()
    }
}

/// One sentence on who speaks; none where everyone does.
pub fn line(scene: &Scene) -> Option<Tag> {
    let lang = scene.lang;
    let rules = scene.room.rules();
    let presenter = scene.room.presenter.map(|who| scene.party(who));
    let words = match rules.speakers() {
        Speakers::Everyone => None,
        Speakers::Presenter => Some(
            presenter.map_or_else(|| t::rule_presenter_none(lang).to_owned(), |name| t::rule_presenter(lang, name)),
        ),
        Speakers::Others => {
            Some(presenter.map_or_else(|| t::rule_others_none(lang).to_owned(), |name| t::rule_others(lang, name)))
        }
        Speakers::People | Speakers::Teams => Some(t::rule_turns(lang).to_owned()),
        Speakers::Nobody if rules.kind == StepKind::Break => Some(t::rule_pause(lang).to_owned()),
        Speakers::Nobody => Some(t::rule_nobody(lang).to_owned()),
    }?;
    let listens =
        rules.speakers() == Speakers::Others && scene.live.me.as_ref().is_some_and(|me| scene.room.presents(me));
    let mine = listens.then(|| tag("b").text(" ").text(t::you_listen(lang)));
    Some(tag("p").set("class", "small live-rule").text(&words).add(mine))
}

/// Where a facilitator names who presents.
pub fn presenting(scene: &Scene) -> Option<Tag> {
    let (lang, act) = (scene.lang, scene.act);
    if !scene.facilitates() || scene.room.state != State::Open {
        return None;
    }
    let now = scene.room.presenter;
    let option = |value: &str, words: &str, chosen: bool| {
        View::from(tag("option").key(value).set("value", value).set_if(chosen, "selected", "").text(words))
    };
    let mut options = vec![option("", t::presents_nobody(lang), now.is_none())];
    let mut teams: Vec<Party> = scene.room.owners.iter().map(|team| Owner::Team(team.id)).collect();
    let here = scene.room.people.values().filter(|attendee| attendee.here).map(|attendee| &attendee.who);
    let people: Vec<Party> = here.map(|who| Owner::Person(who.id)).collect();
    // Who presents and has left stays chosen.
    teams.extend(now.filter(|who| !teams.contains(who) && !people.contains(who)));
    for party in teams.into_iter().chain(people) {
        options.push(option(&party.to_string(), &scene.party(party), now == Some(party)));
    }
    let select = tag("select")
        .set("id", "live-presents")
        .set("autocomplete", "off")
        .set("value", &now.map(|who| who.to_string()).unwrap_or_default())
        .on("change", move |event| {
            let value = event.target().and_then(|select| edge::value(select.unchecked_ref()));
            act.press(Command::Present { who: value.and_then(|value| value.parse().ok()) });
        })
        .add_all(options);
    Some(
        tag("div")
            .set("class", "field")
            .add(tag("label").set("for", "live-presents").text(t::presents(lang)))
            .add(select),
    )
}

/// What stands in the form of a new step.
pub fn chosen(kind: &str, speaks: &str, without_chat: bool) -> StepRules {
    let kind = StepKind::ALL.iter().position(|one| key(*one) == kind).map_or(StepKind::Talk, |at| StepKind::ALL[at]);
    let speaks = Speakers::ALL.iter().copied().find(|one| key(*one) == speaks);
    StepRules { kind, speaks, without_chat }
}

/// As it is spelled in JSON.
pub fn key<T: serde::Serialize>(value: T) -> String {
    serde_json::to_string(&value).unwrap_or_default().trim_matches('"').to_owned()
}
