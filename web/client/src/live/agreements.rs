//! Agreeing by consent: in the middle what is decided now with three big buttons, at the side proposals and what was agreed.

use model::{
    live::{Agreement, AgreementCommand, Command, NewAgreement, QUORUM, Reminder, Stand, State, Tally},
    refusal::{Code, Refusal},
    words::Prose,
};
use text::{Lang, consent as t};

use super::{
    room::part,
    scene::{Act, Scene},
    tasks::{field, owners},
};
use crate::view::{Tag, View, button, tag};

/// The part in the middle, to which the phone's row leads.
pub const PART: &str = "live-agreement";
const TEXT: &str = "live-agreement-text";
const OWNER: &str = "live-agreement-owner";
const REVIEW: &str = "live-agreement-review";
const COUNTED: &str = "live-agreement-counted";
const QUORUM_FIELD: &str = "live-agreement-quorum";
const WHY: &str = "live-agreement-why";
const WORDS: &str = "live-agreement-words";
const REASON: &str = "live-agreement-reason";

/// What is decided now; else what was decided last, as long as its step runs.
fn shown<'a>(scene: &Scene<'a>) -> Option<&'a Agreement> {
    let room = scene.room;
    room.open_agreement().or_else(|| {
        let last = room.agreements.iter().rev().find(|one| one.outcome.is_some())?;
        (room.state == State::Open && last.paper.step == room.current && room.polls.open().is_none()).then_some(last)
    })
}

pub fn view(scene: &Scene) -> Option<Tag> {
    let (lang, one) = (scene.lang, shown(scene)?);
    let (people, teams) = one.tally(scene.room);
    let (people, teams) = one.outcome.as_ref().map_or((people, teams), |outcome| (outcome.people, outcome.teams));
    let mut shown = part("live-agreement", t::agreement(lang))
        .set("id", PART)
        .key(one.paper.id)
        .add(tag("h2").text(t::agreement(lang)))
        .add(tag("p").set("class", "lines live-words").text(&one.paper.text))
        .add(one.former.last().map(|former| {
            let old = tag("p").set("class", "lines").add(tag("del").text(former));
            tag("details").add(tag("summary").text(t::former(lang))).add(old)
        }))
        .add(one.outcome.is_none().then(|| voicing(scene, one)))
        .add(tag("p").set("class", "small muted").text(&t::tally(lang, counts(lang, people), counts(lang, teams))));
    match &one.outcome {
        None => {
            let quorum = match one.has_quorum(scene.room) {
                true => t::quorum_met(lang).to_owned(),
                false => t::quorum_not(lang, one.paper.quorum),
            };
            shown = shown
                .add(tag("p").set("class", "small").text(&quorum))
                .add(objections(scene, one))
                .add(silent(scene, one))
                .add(changing(scene, one))
                .add(scene.facilitates().then(|| closing(scene, one)));
        }
        Some(outcome) => {
            let (class, words) =
                if outcome.adopted { ("note good", t::adopted(lang)) } else { ("note warn", t::failed(lang)) };
            let why = outcome.reason.as_deref().map(|why| tag("p").text(&t::despite(lang, why)));
            let link = outcome.adopted.then(|| register_link(lang, one));
            shown =
                shown.add(tag("div").set("class", class).add(tag("p").add(tag("b").text(words))).add(why).add(link));
        }
    }
    Some(shown)
}

fn register_link(lang: Lang, one: &Agreement) -> Tag {
    let path = ["/susitarimai/", &one.paper.id.to_string()].concat();
    tag("a").set("href", &path).set("target", "_blank").text(t::in_register(lang))
}

fn counts(lang: Lang, tally: Tally) -> String {
    t::counts(lang, tally.agree, tally.aside, tally.object, tally.of)
}

fn ask(act: Act, command: AgreementCommand) -> bool {
    act.try_press(Command::Agreement(command))
}

fn voicing(scene: &Scene, one: &Agreement) -> Tag {
    let (lang, act, agreement) = (scene.lang, scene.act, one.paper.id);
    if !scene.takes_part() {
        return tag("p").set("class", "muted").text(t::read_only(lang));
    }
    let who = scene.acting().map(|who| who.id);
    let own = who.and_then(|who| one.voices.get(&who));
    let voice = |stand: Stand, words: &str| {
        let pressed = own.is_some_and(|own| own.stand == stand);
        let press = move || {
            let reason = Prose::new(&act.read(WHY)).filter(|_| stand == Stand::Object);
            if ask(act, AgreementCommand::Voice { agreement, voice: stand, reason }) {
                act.fill(WHY, "");
            }
        };
        View::from(button("", words, press).set("aria-pressed", if pressed { "true" } else { "false" }))
    };
    let buttons = vec![
        voice(Stand::Agree, t::agree(lang)),
        voice(Stand::Aside, t::aside(lang)),
        voice(Stand::Object, t::object(lang)),
    ];
    let back = move || {
        ask(act, AgreementCommand::Withdraw { agreement });
    };
    let mine = own.is_some().then(|| {
        tag("p")
            .set("class", "row")
            .add(tag("span").set("class", "small").set("role", "status").text(t::yours(lang)))
            .add(button("link", t::withdraw(lang), back))
    });
    tag("div")
        .set("class", "live-voices")
        .key(who.map(|who| who.to_string()).unwrap_or_default())
        .add(tag("p").set("class", "help").text(t::help(lang)))
        .add(
            tag("div")
                .set("class", "live-three")
                .set("role", "group")
                .set("aria-label", t::agreement(lang))
                .add_all(buttons),
        )
        .add(mine)
        // Below what most press, so that a phone shows all three at once.
        .add(field(WHY, t::why(lang), tag("textarea").set("rows", "2").set("maxlength", "500")))
}

fn objections(scene: &Scene, one: &Agreement) -> Tag {
    let row = |(person, voice): (&model::ids::PersonId, &model::live::Voice)| {
        let why = voice.reason.as_deref().unwrap_or_default();
        let who = tag("b").text(scene.name(*person));
        View::from(tag("li").key(person).add(who).text(": ").text(why))
    };
    let rows: Vec<View> = one.objections().map(row).collect();
    if rows.is_empty() {
        return tag("p").set("class", "small muted").text(t::none_open(scene.lang));
    }
    tag("div")
        .add(tag("h3").text(t::objections(scene.lang)))
        .add(tag("ul").set("class", "live-objections").add_all(rows))
}

fn silent(scene: &Scene, one: &Agreement) -> Tag {
    let names: Vec<&str> = one.silent(scene.room).map(|who| who.name.as_str()).collect();
    let shown = tag("p").set("class", "small muted");
    if names.is_empty() {
        return shown.text(t::all_spoke(scene.lang));
    }
    shown.text(t::silent(scene.lang)).text(": ").text(&names.join(", "))
}

fn changing(scene: &Scene, one: &Agreement) -> Option<Tag> {
    let (lang, act, agreement) = (scene.lang, scene.act, one.paper.id);
    let own = scene.takes_part() && scene.me() == Some(one.paper.by);
    if !own && !scene.facilitates() {
        return None;
    }
    let form = tag("form")
        .set("class", "form")
        .on("submit", move |event| {
            event.prevent_default();
            match Prose::new(&act.read(WORDS)) {
                Some(text) => {
                    ask(act, AgreementCommand::Amend { agreement, text });
                }
                None => wrong(act, &act.read(WORDS), 2_000),
            }
        })
        .add(tag("p").set("class", "help").text(t::amend_help(lang)))
        .add(field(WORDS, t::what(lang), tag("textarea").set("rows", "4").text(&one.paper.text)))
        .add(tag("p").set("class", "row").add(tag("button").text(t::save(lang))));
    Some(tag("details").add(tag("summary").text(t::amend(lang))).add(form))
}

fn closing(scene: &Scene, one: &Agreement) -> Tag {
    let (lang, act, agreement) = (scene.lang, scene.act, one.paper.id);
    let objected = one.objections().next().is_some();
    let reason = objected.then(|| {
        let area = tag("textarea").set("rows", "2").set("maxlength", "500");
        let help = tag("p").set("class", "help").text(t::close_help(lang));
        field(REASON, t::close_reason(lang), area).add(help).key("reason")
    });
    tag("form")
        .set("class", "form")
        .on("submit", move |event| {
            event.prevent_default();
            let reason = Prose::new(&act.read(REASON));
            ask(act, AgreementCommand::Close { agreement, reason });
        })
        .add(reason)
        .add(tag("p").set("class", "row").add(tag("button").set("class", "primary").text(t::close(lang))))
}

fn wrong(act: Act, words: &str, limit: usize) {
    let code = if words.trim().is_empty() { Code::FieldNeeded } else { Code::TextLong };
    let refusal = Refusal::of(code).fact("limit", limit).fact("count", words.chars().count());
    act.change(&|ui| ui.refusal = Some(refusal.clone()));
}

/// Reviews that have come, proposals, and what was agreed here; with the form that proposes another.
pub fn side(scene: &Scene) -> Option<Tag> {
    let lang = scene.lang;
    let (room, takes_part) = (scene.room, scene.takes_part());
    if room.state != State::Open || (!takes_part && room.agreements.is_empty() && room.reminders.is_empty()) {
        return None;
    }
    let due: Vec<View> = room.reminders.iter().map(|one| reminder(scene, one)).collect();
    let due = (!due.is_empty())
        .then(|| tag("div").add(tag("h3").text(t::due(lang))).add(tag("ul").set("class", "live-tasks").add_all(due)));
    let rows = room.agreements.iter().filter(|one| !one.is_open()).map(|one| row(scene, one)).collect();
    Some(
        part("live-agreements", t::agreements(lang))
            .add(tag("h2").text(t::agreements(lang)))
            .add(due)
            .add(tag("ul").set("class", "live-tasks").add_all(rows))
            .add(takes_part.then(|| tag("details").add(tag("summary").text(t::new(lang))).add(proposing(scene)))),
    )
}

fn reminder(scene: &Scene, one: &Reminder) -> View {
    let (act, id, text) = (scene.act, one.id, one.text.clone());
    let path = ["/susitarimai/", &one.id.to_string()].concat();
    let link = tag("a").set("href", &path).set("target", "_blank").text(&one.text);
    // The same words are proposed again in its place; they are changed where they stand.
    let change = scene.takes_part().then(|| {
        button("link", &t::propose_other(scene.lang, one.number), move || {
            let Some(text) = Prose::new(&text) else { return };
            let (owner, from, review) = (None, None, None);
            let new = NewAgreement { text, owner, from, review, teams: false, quorum: QUORUM, replaces: Some(id) };
            ask(act, AgreementCommand::Propose(new));
        })
    });
    tag("li")
        .key(one.id)
        .add(tag("p").add(link))
        .add(change.map(|change| tag("p").set("class", "row").add(change)))
        .into()
}

fn row(scene: &Scene, one: &Agreement) -> View {
    let (lang, act, agreement) = (scene.lang, scene.act, one.paper.id);
    let item = tag("li").key(agreement).add(tag("p").set("class", "lines").text(&one.paper.text));
    if let Some(outcome) = &one.outcome {
        let words = if outcome.adopted { t::adopted(lang) } else { t::failed(lang) };
        let mut about = tag("p").set("class", "small muted").text(words);
        if outcome.adopted {
            about = about.text(" · ").add(register_link(lang, one));
        }
        return item.add(about).into();
    }
    let own = scene.facilitates() || (scene.takes_part() && scene.me() == Some(one.paper.by));
    let press = move |command: AgreementCommand| {
        move || {
            ask(act, command.clone());
        }
    };
    let open = scene.facilitates().then(|| {
        button("", t::open(lang), press(AgreementCommand::Open { agreement }))
            .set("aria-label", &t::open_of(lang, &one.paper.text))
    });
    let take_back = own.then(|| {
        button("link", t::drop(lang), press(AgreementCommand::Drop { agreement }))
            .set("aria-label", &t::drop_of(lang, &one.paper.text))
    });
    item.add(tag("p").set("class", "small muted").text(scene.name(one.paper.by)))
        .add(tag("p").set("class", "row").add(open).add(take_back))
        .into()
}

fn proposing(scene: &Scene) -> Tag {
    let (lang, act) = (scene.lang, scene.act);
    let option = |value: &str, words: &str| View::from(tag("option").set("value", value).text(words));
    let mut whose = vec![option("", t::nobody(lang))];
    whose.extend(scene.room.owners.iter().map(|team| owners(lang, team)));
    let counted = vec![option("", t::people(lang)), option("teams", t::teams(lang))];
    let number = tag("input").set("type", "number").set("min", "1").set("max", "100").set("value", "50");
    tag("form")
        .set("class", "form")
        .on("submit", move |event| {
            event.prevent_default();
            let Some(text) = Prose::new(&act.read(TEXT)) else { return wrong(act, &act.read(TEXT), 2_000) };
            let new = NewAgreement {
                text,
                owner: act.read(OWNER).parse().ok(),
                from: None,
                review: act.read(REVIEW).parse().ok(),
                teams: !act.read(COUNTED).is_empty(),
                quorum: act.read(QUORUM_FIELD).trim().parse().unwrap_or(0),
                replaces: None,
            };
            if ask(act, AgreementCommand::Propose(new)) {
                [TEXT, REVIEW].iter().for_each(|id| act.fill(id, ""));
            }
        })
        .add(field(TEXT, t::what(lang), tag("textarea").set("rows", "3").set("maxlength", "2000")))
        .add(field(OWNER, t::owner(lang), tag("select").add_all(whose)))
        .add(field(REVIEW, t::review(lang), tag("input").set("type", "date")))
        .add(field(COUNTED, t::counted(lang), tag("select").add_all(counted)))
        .add(field(QUORUM_FIELD, t::quorum(lang), number))
        .add(tag("p").set("class", "row").add(tag("button").text(t::propose(lang))))
}
