//! What is agreed that somebody does: what is open from before opens the session, what is agreed here is listed at the side.

use model::{
    actions::{ActionState, Owner, OwnerCard},
    live::{Command, OwnerTeam, RoomAction, State},
    time::LocalDateTime,
};
use text::{Lang, live as t};

use super::{
    composer::passable,
    room::part,
    scene::{Scene, Task},
};
use crate::view::{Tag, View, button, tag};

/// The ids of the fields of an action; what it is, or why it is dropped, and so on.
pub const TEXT: &str = "live-task-text";
pub const OWNER: &str = "live-task-owner";
pub const DUE: &str = "live-task-due";

/// Open from before, until all of them have ended; folded at first, so that the chat is in sight below.
pub fn carried(scene: &Scene) -> Option<Tag> {
    let words = t::carried(scene.lang);
    let open = |action: &&RoomAction| action.brought && action.state == ActionState::Open;
    let rows: Vec<View> = scene.room.actions.iter().filter(open).map(|action| row(scene, action, "carried")).collect();
    if scene.room.state != State::Open || rows.is_empty() {
        return None;
    }
    let count = rows.len().to_string();
    let summary = tag("summary").text(words).add(tag("span").set("class", "muted").text(&[" ", &count].concat()));
    let list = tag("ul").set("class", "live-tasks").add_all(rows);
    let folded = tag("details").add(summary).add(list);
    Some(part("live-carried", words).add(folded))
}

/// All of them, with the form that agrees another.
pub fn view(scene: &Scene) -> Tag {
    let lang = scene.lang;
    let rows: Vec<View> = scene.room.actions.iter().map(|action| row(scene, action, "")).collect();
    let empty = rows.is_empty().then(|| tag("p").set("class", "muted").text(t::no_tasks(lang)));
    part("live-agreed", t::tasks(lang))
        .add(tag("h2").text(t::tasks(lang)))
        .add(empty)
        .add(tag("ul").set("class", "live-tasks").add_all(rows))
        .add(agreeing(scene))
}

/// `Rasa Jankauskienė, „Ąžuolas“`, or the team alone.
pub fn owner_name(lang: Lang, owner: &OwnerCard) -> String {
    if owner.person.is_none() || owner.name.is_empty() {
        return t::whole_team(lang, &owner.team_name);
    }
    [&owner.name, ", „", &owner.team_name, "“"].concat()
}

fn row(scene: &Scene, action: &RoomAction, place: &str) -> View {
    let (lang, act, id) = (scene.lang, scene.act, action.id);
    let today = LocalDateTime::of(scene.live.server_time(scene.now)).date();
    let due = action.due.map(|due| due.to_string());
    let until = due.map(|due| match action.is_overdue(today) {
        true => tag("b").set("class", "live-late").text(&t::task_overdue(lang, due)),
        false => tag("span").text(&t::task_until(lang, due)),
    });
    let state = match action.state {
        ActionState::Open => None,
        ActionState::Done => Some(t::task_done(lang)),
        ActionState::Dropped => Some(t::task_dropped(lang)),
    };
    let mut about = tag("p").set("class", "small muted").text(&owner_name(lang, &action.owner));
    if let Some(until) = until {
        about = about.text(" · ").add(until);
    }
    if let Some(state) = state {
        about = about.text(" · ").text(state);
    }
    let keeps = scene.takes_part() && scene.live.me.as_ref().is_some_and(|me| me.keeps(&action.owner));
    let set = move |state| Command::SetAction { action: id, state, reason: None };
    let mut buttons = tag("p").set("class", "row");
    match action.state {
        ActionState::Open => {
            let tick = button("", t::task_done(lang), move || act.press(set(ActionState::Done)));
            buttons = buttons.add(tick.set("aria-label", &t::task_tick(lang, &action.text)));
            if place.is_empty() {
                let change = button("link", t::edit(lang), move || act.open_task(Task::Change(id)));
                let drop = button("link", t::task_drop(lang), move || act.open_task(Task::Drop(id)));
                buttons = buttons
                    .add(change.set("aria-label", &t::task_edit(lang, &action.text)))
                    .add(drop.set("aria-label", &t::task_drop_of(lang, &action.text)));
            }
        }
        _ => {
            let open = button("link", t::task_open(lang), move || act.press(set(ActionState::Open)));
            buttons = buttons.add(open.set("aria-label", &t::task_open_of(lang, &action.text)));
        }
    }
    tag("li")
        .key(id)
        .add(tag("p").set("class", "lines").text(&action.text))
        .add(about)
        .add(action.reason.as_deref().map(|reason| tag("p").set("class", "small").text(reason)))
        .add(if keeps { View::from(buttons) } else { View::Nothing })
        .into()
}

pub fn field(id: &'static str, words: &str, input: Tag) -> Tag {
    tag("div")
        .set("class", "field")
        .add(tag("label").set("for", id).text(words))
        .add(input.set("id", id).set("autocomplete", "off"))
}

/// For those who can name an owner: a facilitator any of the space, others those of their own team.
fn agreeing(scene: &Scene) -> Option<Tag> {
    let (lang, act) = (scene.lang, scene.act);
    let me = scene.live.me.as_ref().filter(|_| scene.takes_part())?;
    let mine = |team: &&OwnerTeam| me.facilitates() || me.team.as_ref().is_some_and(|own| own.id == team.id);
    let teams: Vec<View> = scene.room.owners.iter().filter(mine).map(|team| owners(lang, team)).collect();
    if teams.is_empty() {
        return None;
    }
    let Some(task) = scene.ui.task else {
        return Some(button("", t::task_new(lang), move || act.open_task(Task::New)));
    };
    let drops = matches!(task, Task::Drop(_));
    let (what, save) = match task {
        Task::New => (t::task_what(lang), t::task_agree(lang)),
        Task::Change(_) => (t::task_what(lang), t::task_save(lang)),
        Task::Drop(_) => (t::task_reason(lang), t::task_drop(lang)),
    };
    let refusal = scene.ui.task_refusal.as_ref().map(|refusal| {
        let sure = passable(refusal).then(|| button("", t::send_anyway(lang), move || act.keep_task(true)));
        tag("div").set("class", "note bad").set("role", "alert").text(&scene.sentence(refusal)).add(sure)
    });
    let form = tag("form").set("class", "form").on("submit", move |event| {
        event.prevent_default();
        act.keep_task(false);
    });
    let mut form = form.add(field(TEXT, what, tag("textarea").set("rows", "3")));
    if !drops {
        form = form.add(field(OWNER, t::task_owner(lang), tag("select").add_all(teams))).add(field(
            DUE,
            t::task_due(lang),
            tag("input").set("type", "date"),
        ));
    }
    Some(form.add(refusal).add(tag("button").set("class", "primary").text(save)).add(button(
        "",
        t::cancel(lang),
        move || act.change(&|ui| ui.task = None),
    )))
}

pub fn owners(lang: Lang, team: &OwnerTeam) -> View {
    let option = |owner: Owner, words: &str| View::from(tag("option").set("value", &owner.to_string()).text(words));
    let people = team.people.iter().map(|(person, name)| option(Owner::Person(*person), name));
    tag("optgroup")
        .key(team.id)
        .set("label", &team.name)
        .add(option(Owner::Team(team.id), &t::whole_team(lang, &team.name)))
        .add_all(people.collect())
        .into()
}
