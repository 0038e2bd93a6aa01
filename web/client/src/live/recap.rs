//! For who joins when the session has been going on for a while: where it is, what was agreed, who speaks, what mattered most.

use model::{
    actions::ActionState,
    live::{Message, RoomAction},
    time::Timestamp,
};
use text::live as t;

use super::{message::beginning, room::part, scene::Scene, tasks::owner_name};
use crate::view::{Tag, View, button, tag};

/// How many actions are told; the rest is counted.
const TOLD: usize = 3;
/// Reactions that make a message matter.
const REACTIONS: usize = 2;

pub fn view(scene: &Scene) -> Option<Tag> {
    if !scene.ui.recap {
        return None;
    }
    let (lang, act) = (scene.lang, scene.act);
    let line = |words: String| View::from(tag("li").text(&words));
    let mut lines = vec![line(place(scene))];
    lines.extend(floor(scene).map(line));
    let agreed: Vec<&RoomAction> = agreed(scene).collect();
    if !agreed.is_empty() {
        lines.push(line(t::recap_agreed(lang, agreed.len() as i64)));
        lines.extend(agreed.iter().rev().take(TOLD).map(|action| {
            let about = [&action.text, " – ", &owner_name(lang, &action.owner)].concat();
            View::from(tag("li").set("class", "inner").text(&about))
        }));
    }
    // The decisions made and the poll that is open will be told here, too.
    if let Some(message) = marked(scene) {
        let words = message.text.as_deref().map(beginning).unwrap_or_default();
        lines.push(line([t::recap_marked(lang), ": ", scene.name(message.by), ": ", &words].concat()));
    }
    Some(
        part("live-recap", t::recap(lang))
            .add(tag("h2").text(t::recap(lang)))
            .add(tag("ul").add_all(lines))
            .add(button("", t::recap_close(lang), move || act.change(&|ui| ui.recap = false))),
    )
}

/// The same in one breath, for a screen reader, once.
pub fn heard(scene: &Scene) -> String {
    let agreed = t::recap_agreed(scene.lang, agreed(scene).count() as i64);
    [t::recap(scene.lang), ". ", &place(scene), ". ", &agreed].concat()
}

/// Which step runs, how many there are, and until when it lasts.
fn place(scene: &Scene) -> String {
    let (lang, steps) = (scene.lang, &scene.room.steps);
    let current = scene.room.current.and_then(|id| steps.iter().position(|step| step.id == id));
    match current.map(|at| (at, &steps[at])) {
        Some((at, step)) => {
            let end = text::time::clock(step.ends_at.unwrap_or(Timestamp(0)).ms());
            let now = t::recap_step(lang, (at + 1).to_string(), steps.len().to_string(), &step.title);
            [&now, ", ", &t::until(lang, end)].concat()
        }
        None => t::no_step(lang).to_owned(),
    }
}

fn floor(scene: &Scene) -> Option<String> {
    let (lang, hands) = (scene.lang, scene.room.hands.len() as i64);
    let speaks = scene.room.floor.as_ref().map(|floor| t::speaks(lang, scene.name(floor.person)));
    let waits = (hands > 0).then(|| t::recap_hands(lang, hands));
    match (speaks, waits) {
        (Some(speaks), Some(waits)) => Some([&speaks, ", ", &waits].concat()),
        (speaks, waits) => speaks.or(waits),
    }
}

fn agreed<'a>(scene: &'a Scene) -> impl Iterator<Item = &'a RoomAction> {
    scene.room.actions.iter().filter(|action| !action.brought && action.state != ActionState::Dropped)
}

/// What most people reacted to; none when hardly anybody did.
fn marked<'a>(scene: &'a Scene) -> Option<&'a Message> {
    let count = |message: &Message| message.reactions.iter().map(|(_, people)| people.len()).sum::<usize>();
    scene.room.messages.iter().filter(|one| count(one) >= REACTIONS).max_by_key(|one| count(one))
}
