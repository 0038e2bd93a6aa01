//! The step that runs, with the shared clock; and what a facilitator steers with.

use model::{
    live::{Command, State, Step},
    time::Timestamp,
};
use text::live as t;

use super::{room::part, rules, scene::Scene};
use crate::view::{Tag, button, tag};

const EXTEND_MINUTES: u32 = 5;

pub fn view(scene: &Scene, path: &str) -> Tag {
    let lang = scene.lang;
    let shown = part("live-now", t::now(lang));
    match (scene.room.state, scene.room.current_step()) {
        (State::Planned, _) => {
            let words = if scene.facilitates() { t::open_when_ready(lang) } else { t::not_open(lang) };
            shown.add(tag("p").text(words))
        }
        (State::Closed, _) => {
            let record = [path.trim_end_matches('/'), "/irasas"].concat();
            shown.add(tag("p").text(t::closed(lang)).text(" ").add(tag("a").set("href", &record).text(t::record(lang))))
        }
        (State::Open, None) => match ran_out(scene) {
            Some(step) => shown
                .add(tag("div").set("class", "live-step").add(tag("h2").text(&step.title)))
                .add(tag("p").add(tag("b").text(t::time_over(lang)))),
            None => shown.add(tag("p").set("class", "muted").text(t::no_step(lang))),
        },
        (State::Open, Some(step)) => running(scene, shown, step),
    }
}

fn running(scene: &Scene, shown: Tag, step: &Step) -> Tag {
    let lang = scene.lang;
    let left = scene.live.time_left(scene.now).unwrap_or_default().ms();
    let ends_at = step.ends_at.unwrap_or_default().ms();
    let whole = (ends_at - step.started_at.unwrap_or_default().ms()).max(1);
    let note = step
        .note
        .as_ref()
        .map(|note| tag("p").set("class", "small").add(tag("b").text(t::step_note(lang))).text(": ").text(note));
    let time = tag("span")
        .set("class", "live-time")
        .set("role", "timer")
        .set("aria-label", t::time_left(lang))
        .text(&clock(left.min(whole)));
    // Of a thousand, so that it is redrawn when something is to be seen.
    let share = (left.clamp(0, whole) * 1_000 / whole).to_string();
    let progress = tag("progress").set("max", "1000").set("value", &share).set("aria-hidden", "true");
    let about = tag("div").set("class", "live-step").add(tag("h2").text(&step.title)).add(rules::line(scene)).add(note);
    shown.add(about).add(
        tag("div")
            .set("class", if left <= 0 { "live-clock over" } else { "live-clock" })
            .add(time)
            .add(tag("span").set("class", "small muted").text(&t::until(lang, text::time::clock(ends_at))))
            .add(progress),
    )
}

/// The step whose time ran out last, while none has begun since: it can still be extended.
fn ran_out<'a>(scene: &Scene<'a>) -> Option<&'a Step> {
    let last = scene.room.steps.iter().max_by_key(|step| step.ended_at)?;
    last.ended_at.filter(|ended| step_ran_out(last, *ended)).map(|_| last)
}

fn step_ran_out(step: &Step, ended: Timestamp) -> bool {
    step.ends_at.is_some_and(|ends| ends <= ended)
}

/// `9:05`; past its end with a minus.
pub fn clock(ms: i64) -> String {
    // Rounded up, so that 0:00 is shown when the time is up and not a second before.
    let (sign, seconds) = if ms <= -1_000 { ("−", -ms / 1_000) } else { ("", (ms.max(0) + 999) / 1_000) };
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let nought = if seconds < 10 { "0" } else { "" };
    [sign, &minutes.to_string(), ":", nought, &seconds.to_string()].concat()
}

/// Opening, steps, closing: for facilitators.
pub fn steering(scene: &Scene) -> Option<Tag> {
    let (lang, act) = (scene.lang, scene.act);
    if !scene.facilitates() || scene.room.state == State::Closed {
        return None;
    }
    let asks = move |class, words: &str, command: Command| button(class, words, move || act.press(command.clone()));
    let shown = part("live-steer", t::steering(lang)).add(tag("h2").text(t::steering(lang)));
    if scene.room.state == State::Planned {
        return Some(shown.add(asks("primary", t::open(lang), Command::Open {})));
    }
    let next = scene.room.next_step().map(|step| t::start_step(lang, &step.title));
    let words = next.or_else(|| scene.room.current.map(|_| t::last_step(lang).to_owned()));
    let next = words.map(|words| asks("primary", &words, Command::NextStep {}));
    let extend = scene.room.current.or_else(|| ran_out(scene).map(|step| step.id));
    let extend = extend.map(|step| asks("", t::extend(lang), Command::ExtendStep { step, minutes: EXTEND_MINUTES }));
    let row = tag("div").set("class", "row").add(next).add(extend);
    let row = if scene.ui.closing {
        row.add(tag("p").set("role", "status").text(t::close_sure(lang)))
            .add(asks("danger", t::close_yes(lang), Command::Close {}).key("sure"))
            .add(button("", t::close_no(lang), move || act.change(&|ui| ui.closing = false)).key("cancel"))
    } else {
        row.add(button("", t::close(lang), move || act.change(&|ui| ui.closing = true)).key("close"))
    };
    Some(shown.add(row).add(rules::presenting(scene)))
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn the_clock_reads_as_a_kitchen_timer() {
        for (ms, shown) in
            [(600_000, "10:00"), (599_001, "10:00"), (65_000, "1:05"), (1, "0:01"), (0, "0:00"), (-65_500, "−1:05")]
        {
            assert_eq!(clock(ms), shown);
        }
    }
}
