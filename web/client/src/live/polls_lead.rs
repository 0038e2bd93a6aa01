//! Polls for those who lead the session: what is prepared, what was asked, and the form of another.

use model::{
    live::{
        Command, NewPoll, OPTION_MAX, POLL_SECONDS_MAX, Poll, PollCommand, PollKind, PollState, QUESTION_MAX, State,
    },
    refusal::{Code, Refusal},
    words::Line,
};
use text::{Lang, polls as t};

use super::{
    room::part,
    scene::{Act, Scene},
    tasks::field,
};
use crate::view::{Tag, View, button, tag};

const QUESTION: &str = "live-poll-question";
const KIND: &str = "live-poll-kind";
const OPTIONS: &str = "live-poll-options";
const EACH: &str = "live-poll-each";
const PER_OPTION: &str = "live-poll-per-option";
const SHOWN: &str = "live-poll-shown";
const SECONDS: &str = "live-poll-seconds";
const STEP: &str = "live-poll-step";

/// Under the poll that everyone looks at.
pub fn steering(scene: &Scene, poll: &Poll) -> Tag {
    let (lang, act, id) = (scene.lang, scene.act, poll.id);
    let row = tag("p").set("class", "row");
    if scene.room.state == State::Closed {
        return row;
    }
    let ask = move |command: PollCommand| move || act.press(Command::Poll(command.clone()));
    match poll.state {
        PollState::Open => row.add(button("", t::close(lang), ask(PollCommand::Close { poll: id })).key("close")),
        _ => row.add(button("", t::hide(lang), ask(PollCommand::Show { poll: None })).key("hide")),
    }
}

/// At the side.
pub fn view(scene: &Scene) -> Option<Tag> {
    let lang = scene.lang;
    if !scene.facilitates() || scene.room.state == State::Closed {
        return None;
    }
    let list = |words: &str, state: PollState| {
        let of = scene.room.polls.all.iter().filter(|poll| poll.state == state);
        let rows: Vec<View> = of.map(|poll| row(scene, poll)).collect();
        let shown = !rows.is_empty();
        let list = tag("ul").set("class", "live-tasks").add_all(rows);
        shown.then(|| tag("div").set("class", "live-wide").add(tag("h3").text(words)).add(list))
    };
    Some(
        part("live-polls", t::polls(lang))
            .add(tag("h2").text(t::polls(lang)))
            .add(list(t::prepared(lang), PollState::Prepared))
            .add(list(t::closed(lang), PollState::Closed))
            .add(tag("details").set("class", "live-wide").add(tag("summary").text(t::new(lang))).add(form(scene))),
    )
}

fn row(scene: &Scene, poll: &Poll) -> View {
    let (lang, act, id) = (scene.lang, scene.act, poll.id);
    let ask = move |words: &str, about: String, command: PollCommand| {
        button("link", words, move || act.press(Command::Poll(command.clone()))).set("aria-label", &about)
    };
    let question = &poll.sheet.question;
    let mut buttons = tag("p").set("class", "row");
    if poll.state == PollState::Prepared {
        if scene.room.state == State::Open {
            buttons = buttons.add(ask(t::start(lang), t::start_of(lang, question), PollCommand::Open { poll: id }));
        }
        buttons = buttons.add(ask(t::drop(lang), t::drop_of(lang, question), PollCommand::Drop { poll: id }));
    } else {
        let show = PollCommand::Show { poll: Some(id) };
        buttons = buttons.add(ask(t::show(lang), t::show_of(lang, question), show));
    }
    tag("li").key(id).add(tag("p").text(question)).add(buttons).into()
}

const fn kind_words(lang: Lang, kind: PollKind) -> &'static str {
    match kind {
        PollKind::Single => t::single(lang),
        PollKind::Multiple => t::multiple(lang),
        PollKind::Text => t::text(lang),
        PollKind::Scale => t::scale(lang),
        PollKind::Ranking => t::ranking(lang),
        PollKind::Dots => t::dots_kind(lang),
    }
}

fn form(scene: &Scene) -> Tag {
    let (lang, act) = (scene.lang, scene.act);
    let kind = scene.ui.polls.kind.unwrap_or(PollKind::Single);
    let option = |value: &str, words: &str| View::from(tag("option").set("value", value).text(words));
    let kinds =
        PollKind::ALL.iter().zip(0u32..).map(|(kind, index)| option(&index.to_string(), kind_words(lang, *kind)));
    let kinds = tag("select").add_all(kinds.collect()).on("change", move |_| {
        let kind = chosen_kind(act);
        act.change(&|ui| ui.polls.kind = Some(kind));
    });
    let number = |min: &str, max: &str| tag("input").set("type", "number").set("min", min).set("max", max);
    let options = match kind {
        PollKind::Text => None,
        PollKind::Scale => Some(t::ends(lang)),
        _ => Some(t::options(lang)),
    };
    let each = match kind {
        PollKind::Multiple => Some((t::each_multiple(lang), "20")),
        PollKind::Scale => Some((t::each_scale(lang), "10")),
        PollKind::Dots => Some((t::each_dots(lang), "50")),
        _ => None,
    };
    let per_option = kind == PollKind::Dots;
    let shown = [t::shown_open(lang), t::shown_sealed(lang), t::shown_anonymous(lang)];
    let shown = shown.iter().zip(0u32..).map(|(words, index)| option(&index.to_string(), words)).collect();
    let mut steps = vec![option("", t::no_step(lang))];
    steps.extend(scene.room.steps.iter().map(|step| option(&step.id.to_string(), &step.title)));
    let line = tag("input").set("type", "text").set("maxlength", &QUESTION_MAX.to_string());
    let fields = tag("form")
        .set("class", "form")
        .on("submit", move |event| {
            event.prevent_default();
            ask(act, PollCommand::Ask);
        })
        .add(field(QUESTION, t::question(lang), line).key("question"))
        .add(field(KIND, t::kind(lang), kinds).key("kind"))
        .add(options.map(|words| field(OPTIONS, words, tag("textarea").set("rows", "4")).key("options")))
        .add(each.map(|(words, max)| field(EACH, words, number("1", max)).key("each")))
        .add(per_option.then(|| field(PER_OPTION, t::per_option(lang), number("1", "50")).key("per")))
        .add(field(SHOWN, t::visibility(lang), tag("select").add_all(shown)).key("shown"))
        .add(field(SECONDS, t::seconds(lang), number("5", &POLL_SECONDS_MAX.to_string())).key("seconds"))
        .add(field(STEP, t::step(lang), tag("select").add_all(steps)).key("step"));
    let now = (scene.room.state == State::Open).then(|| tag("button").text(t::ask_now(lang)));
    let later = button("", t::prepare(lang), move || ask(act, PollCommand::Prepare));
    fields.add(tag("p").set("class", "row").add(now).add(later))
}

fn chosen_kind(act: Act) -> PollKind {
    act.read(KIND).parse::<usize>().ok().and_then(|index| PollKind::ALL.get(index).copied()).unwrap_or(PollKind::Single)
}

/// Asks by what stands in the form, which is emptied when nothing is wrong with it.
fn ask(act: Act, command: fn(NewPoll) -> PollCommand) {
    let new = || {
        let question = Line::new(&act.read(QUESTION)).ok_or("question")?;
        let lines = act.read(OPTIONS);
        let lines = lines.lines().filter(|line| !line.trim().is_empty()).map(Line::<OPTION_MAX>::new);
        let number = |id| act.read(id).trim().parse::<u32>().unwrap_or(0);
        let (shown, seconds) = (act.read(SHOWN), number(SECONDS));
        Ok(NewPoll {
            question,
            kind: chosen_kind(act),
            options: lines.collect::<Option<Vec<_>>>().ok_or("options")?,
            each: number(EACH),
            per_option: number(PER_OPTION),
            sealed: shown != "0",
            anonymous: shown == "2",
            seconds: (seconds > 0).then_some(seconds),
            step: act.read(STEP).parse().ok(),
        })
    };
    let asked: Result<NewPoll, &str> = new();
    match asked {
        Ok(new) => {
            if act.try_press(Command::Poll(command(new))) {
                [QUESTION, OPTIONS, EACH, PER_OPTION, SECONDS].iter().for_each(|id| act.fill(id, ""));
            }
        }
        Err(field) => {
            let (code, limit) = if field == "question" && act.read(QUESTION).trim().is_empty() {
                (Code::FieldNeeded, QUESTION_MAX)
            } else {
                (Code::TextLong, if field == "question" { QUESTION_MAX } else { OPTION_MAX })
            };
            let refusal = Refusal::of(code).fact("limit", limit);
            act.change(&|ui| ui.refusal = Some(refusal.clone()));
        }
    }
}
