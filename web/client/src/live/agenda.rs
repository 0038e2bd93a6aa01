//! The agenda, with what is done, what runs and what is ahead.

use model::live::{Command, STEP_MINUTES_MAX, Speakers, State, Step, StepKind};
use text::{live as t, steps as s};

use super::{
    room::part,
    rules::{self, key},
    scene::Scene,
    tasks::field,
};
use crate::view::{Tag, View, button, tag};

/// The ids of the fields of a new step.
pub const TITLE: &str = "live-step-title";
pub const MINUTES: &str = "live-step-minutes";
pub const KIND: &str = "live-step-kind";
pub const SPEAKS: &str = "live-step-speaks";
pub const WITHOUT_CHAT: &str = "live-step-without-chat";

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
        (false, None) if step.skipped => s::skipped(lang),
        (false, None) if scene.room.state == State::Closed => t::step_missed(lang),
        (false, None) => t::step_ahead(lang),
    };
    // As long as it was planned, or as long as it has become.
    let length = step
        .ends_at
        .zip(step.started_at)
        .map_or(i64::from(step.minutes), |(end, start)| (end.ms() - start.ms()) / 60_000);
    let mut about = [&t::minutes(lang, length), ", ", state].concat();
    if step.rules.kind != StepKind::Talk {
        about = [rules::kind(lang, step.rules.kind), ", ", &about].concat();
    }
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
        .add(scene.facilitates().then(|| moving(scene, step)).flatten())
        .into()
}

/// Earlier, later or aside, for one that has not begun.
fn moving(scene: &Scene, step: &Step) -> Option<Tag> {
    let (lang, act, id) = (scene.lang, scene.act, step.id);
    if step.started_at.is_some() || scene.room.state == State::Closed {
        return None;
    }
    let ahead: Vec<_> = scene.room.steps.iter().filter(|step| step.started_at.is_none()).map(|step| step.id).collect();
    let at = ahead.iter().position(|other| *other == id)?;
    let shift = move |words: &str, label: &str, before| {
        button("live-small", words, move || act.press(Command::MoveStep { step: id, before })).set("aria-label", label)
    };
    let earlier = at.checked_sub(1).map(|place| shift("↑", &s::earlier(lang, &step.title), Some(ahead[place])));
    let later = ahead.get(at + 1).map(|_| shift("↓", &s::later(lang, &step.title), ahead.get(at + 2).copied()));
    let skip = (!step.skipped).then(|| {
        button("link", s::skip(lang), move || act.press(Command::SkipStep { step: id }))
            .set("aria-label", &s::skip_step(lang, &step.title))
    });
    Some(
        tag("span")
            .set("class", "live-moving")
            .add(earlier.map(|button| button.key("earlier")))
            .add(later.map(|button| button.key("later")))
            .add(skip.map(|button| button.key("skip"))),
    )
}

fn select<const N: usize>(choices: [(String, &str); N], first: Option<&str>) -> Tag {
    let option = |value: &str, words: &str| View::from(tag("option").set("value", value).text(words));
    let mut options: Vec<View> = first.map(|words| option("", words)).into_iter().collect();
    options.extend(choices.iter().map(|(value, words)| option(value, words)));
    tag("select").add_all(options)
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
        .add(field(KIND, s::kind(lang), select(StepKind::ALL.map(|kind| (key(kind), rules::kind(lang, kind))), None)))
        .add(field(
            SPEAKS,
            s::speaks(lang),
            select(Speakers::ALL.map(|who| (key(who), rules::speakers(lang, who))), Some(s::as_kind(lang))),
        ))
        .add(
            tag("label")
                .set("class", "check")
                .add(tag("input").set("type", "checkbox").set("id", WITHOUT_CHAT).set("autocomplete", "off"))
                .text(" ")
                .text(s::without_chat(lang)),
        )
        .add(tag("button").text(t::add_step(lang)));
    tag("details").add(tag("summary").text(t::add_step(lang))).add(form)
}
