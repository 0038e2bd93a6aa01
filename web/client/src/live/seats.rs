//! A device that stands for several people of a team: who sits at it, and for whom one answers.

use model::{
    ids::PersonId,
    live::{Command, Participant, SEATS_MAX},
};
use text::live as t;
use wasm_bindgen::JsCast;

use super::{room::part, scene::Scene, tasks::field};
use crate::{
    edge,
    view::{Tag, View, tag},
};

impl Scene<'_> {
    /// For whom this person answers now: themselves, or who sits at their device and was chosen.
    pub fn acting(&self) -> Option<&Participant> {
        self.ui.whom.and_then(|whom| self.live.seated(whom)).or(self.live.me.as_ref())
    }

    /// Whether the person is here by a device, their own or another's.
    pub fn is_here(&self, person: PersonId) -> bool {
        self.live.here.iter().any(|here| here.id == person) || self.host_of(person).is_some()
    }

    /// At whose device they sit.
    pub fn host_of(&self, person: PersonId) -> Option<PersonId> {
        self.room.people.get(&person).filter(|one| one.here)?.with
    }
}

/// For whom one answers, above all that it holds for.
pub fn choice(scene: &Scene) -> Option<Tag> {
    let (lang, act, me) = (scene.lang, scene.act, scene.live.me.as_ref()?);
    let option = |who: &Participant| View::from(tag("option").set("value", &who.id.to_string()).text(&who.name));
    let mut options = vec![option(me)];
    options.extend(scene.room.seated(me.id).map(option));
    if options.len() < 2 {
        return None;
    }
    let select =
        tag("select").set("value", &scene.acting()?.id.to_string()).add_all(options).on("change", move |event| {
            let chosen = event.target().and_then(|select| edge::value(select.unchecked_ref()));
            let whom = chosen.and_then(|id| id.parse().ok());
            act.change(&|ui| ui.whom = whom);
        });
    Some(part("live-whom", t::whom(lang)).add(field("live-whom", t::whom(lang), select)))
}

/// The people of one's team, to be ticked when they sit at this device.
pub fn mates(scene: &Scene) -> Option<Tag> {
    let (lang, act) = (scene.lang, scene.act);
    let me = scene.live.me.as_ref().filter(|_| scene.takes_part())?;
    // What was just ticked stands until it is answered.
    let asked = scene.live.pending.iter().rev().find_map(|pending| match &pending.command {
        Command::Seat { people, .. } => Some(people.clone()),
        _ => None,
    });
    let seated: Vec<PersonId> = asked.unwrap_or_else(|| scene.room.seated(me.id).map(|who| who.id).collect());
    let mut rows = Vec::new();
    for (person, name) in scene.room.team_mates(me) {
        let mut next = seated.clone();
        next.retain(|other| other != person);
        let sits = next.len() < seated.len();
        if !sits {
            next.push(*person);
        }
        let elsewhere = !sits && scene.is_here(*person);
        let input = tag("input")
            .set("type", "checkbox")
            .set("checked", if sits { "true" } else { "" })
            .set_if(elsewhere || next.len() > SEATS_MAX, "disabled", "")
            .on("change", move |_| act.press(Command::Seat { people: next.clone(), cards: Vec::new() }));
        let here = elsewhere.then(|| tag("span").set("class", "small muted").text(t::elsewhere(lang)));
        rows.push(View::from(
            tag("label").set("class", "tick").key(person).add(input).add(tag("span").text(name)).add(here),
        ));
    }
    if rows.is_empty() {
        return None;
    }
    let help = tag("p").set("class", "help").text(t::together_help(lang));
    let summary = tag("summary").text(t::together(lang));
    let ticks =
        tag("fieldset").set("class", "field").add(tag("legend").set("class", "only-heard").text(t::together(lang)));
    Some(tag("details").key("mates").set("class", "live-mates").add(summary).add(help).add(ticks.add_all(rows)))
}
