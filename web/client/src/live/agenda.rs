//! The agenda, with what is done, what runs and what is ahead.

use model::live::{Command, STEP_MINUTES_MAX, State, Step};
use text::live as t;

use super::{room::part, scene::Scene, tasks::field};
use crate::view::{Tag, View, button, tag};

/// The ids of the fields of a new step.
pub const TITLE: &str = "live-step-title";
pub const MINUTES: &str = "live-step-minutes";

pub fn view(scene: &Scene) -> Tag {
    let lang = scene.lang;
    let steps: Vec<View> = scene.room.steps.iter().map(|step| one(scene, step)).collect();
    let empty = steps.is_empty().then(|| tag("p").set("class", "muted").text(t::no_agenda(lang)));
    let adding = (scene.facilitates() && scene.room.state != State::Closed).then(|| adding(scene));
    part("live-agenda", t::agenda(lang))
        .add(tag("h2").text(t::agenda(lang)))
        .add(empty)
        .add(tag("ol").set("class", "steps").add_all(steps))
        .add(adding)
}

fn one(scene: &Scene, step: &Step) -> View {
    let (lang, act, id) = (scene.lang, scene.act, step.id);
    let runs = scene.room.current == Some(id);
    let state = match (runs, step.ended_at) {
        (true, _) => t::step_now(lang),
        (false, Some(_)) => t::step_done(lang),
        (false, None) if scene.room.state == State::Closed => t::step_missed(lang),
        (false, None) => t::step_ahead(lang),
    };
    // As long as it was planned, or as long as it has become.
    let length = step
        .ends_at
        .zip(step.started_at)
        .map_or(i64::from(step.minutes), |(end, start)| (end.ms() - start.ms()) / 60_000);
    let about = [&t::minutes(lang, length), ", ", state].concat();
    let start = (scene.facilitates() && scene.room.state == State::Open && !runs).then(|| {
        button("link", t::start(lang), move || act.press(Command::StartStep { step: id }))
            .set("aria-label", &t::start_step(lang, &step.title))
    });
    tag("li")
        .key(id)
        .set_if(runs, "aria-current", "step")
        .add(tag("span").text(&step.title))
        .text(" ")
        .add(tag("span").set("class", "small muted").text(&about))
        .text(" ")
        .add(start)
        .into()
}

fn adding(scene: &Scene) -> Tag {
    let (lang, act) = (scene.lang, scene.act);
    let minutes = tag("input")
        .set("type", "number")
        .set("min", "1")
        .set("max", &STEP_MINUTES_MAX.to_string())
        .set("required", "");
    let form = tag("form")
        .set("class", "form")
        .on("submit", move |event| {
            event.prevent_default();
            act.add_step();
        })
        .add(field(TITLE, t::step_title(lang), tag("input").set("type", "text").set("required", "")))
        .add(field(MINUTES, t::step_minutes(lang), minutes))
        .add(tag("button").text(t::add_step(lang)));
    tag("details").add(tag("summary").text(t::add_step(lang))).add(form)
}
