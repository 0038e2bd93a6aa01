//! The poll that everyone looks at: the vote, and what came of it.

use model::{
    ids::{PersonId, PollId},
    live::{ANSWER_MAX, Choice, Command, Poll, PollCommand, PollKind, PollState, State},
    words::Prose,
};
use text::polls as t;

use super::{polls_lead, polls_results::results, room::part, scene::Scene, step, tasks::field};
use crate::view::{Tag, View, button, tag};

/// The part itself, to which one goes from the phone's row.
pub const PART: &str = "live-poll";
const ANSWER: &str = "live-poll-answer";

/// What one is about to vote, and the form of a new poll.
#[derive(Clone, Default)]
pub struct PollUi {
    /// Which poll `picks` are of, and whose.
    of: Option<(PollId, PersonId)>,
    picks: Vec<u32>,
    /// The kind that is chosen in the form.
    pub kind: Option<PollKind>,
}

impl PollUi {
    /// What is about to be voted: what was picked, else the vote that stands, else a beginning.
    fn picks(&self, poll: &Poll, who: PersonId, own: Option<&Choice>) -> Vec<u32> {
        if self.of == Some((poll.id, who)) {
            return self.picks.clone();
        }
        match (own, poll.sheet.kind) {
            (Some(own), _) => own.picks.clone(),
            (None, PollKind::Ranking) => (0..poll.sheet.options.len() as u32).collect(),
            (None, PollKind::Dots) => vec![0; poll.sheet.options.len()],
            _ => Vec::new(),
        }
    }
}

/// The poll that is open, or the one whose results are shown.
pub fn shown<'a>(scene: &Scene<'a>) -> Option<&'a Poll> {
    let polls = &scene.room.polls;
    polls.open().or_else(|| polls.get(polls.shown?))
}

pub fn view(scene: &Scene) -> Option<Tag> {
    let poll = shown(scene)?;
    let lang = scene.lang;
    let sheet = &poll.sheet;
    let open = poll.state == PollState::Open;
    let here = scene.room.people.iter();
    let voters = here.filter(|(id, one)| (one.here && one.who.takes_part()) || poll.voted.contains(*id)).count();
    let voters = poll.results.as_ref().map_or(voters, |results| results.voters as usize);
    let mut about = tag("p").set("class", "small muted").text(&t::took_part(lang, poll.voted.len(), voters));
    if let Some(end) = poll.ends_at.filter(|_| open) {
        let left = end.since(scene.live.server_time(scene.now)).ms();
        about = about.text(" · ").add(tag("span").set("role", "timer").text(&t::time_left(lang, step::clock(left))));
    }
    let help = match (open, sheet.anonymous, sheet.sealed) {
        (false, ..) => None,
        (_, true, _) => Some(t::anonymous_help(lang)),
        (_, _, true) => Some(t::sealed_help(lang)),
        _ => Some(t::open_help(lang)),
    };
    let closed = (poll.state == PollState::Closed || (open && !sheet.sealed)).then(|| results(scene, poll));
    let counting = (poll.state == PollState::Counting).then(|| tag("p").text(t::counting(lang)));
    Some(
        part("live-poll", t::poll(lang))
            .set("id", PART)
            .key(poll.id)
            .add(tag("h2").text(&sheet.question))
            .add(about)
            .add(help.map(|help| tag("p").set("class", "help").text(help)))
            .add(open.then(|| voting(scene, poll)))
            .add(counting)
            .add(closed)
            .add(scene.facilitates().then(|| polls_lead::steering(scene, poll))),
    )
}

fn voting(scene: &Scene, poll: &Poll) -> Tag {
    let (lang, act, id, sheet) = (scene.lang, scene.act, poll.id, &poll.sheet);
    let Some(who) = scene.acting().filter(|_| scene.takes_part() && scene.room.state == State::Open) else {
        return tag("p").set("class", "muted").text(t::read_only(lang));
    };
    let who = who.id;
    let voted = poll.voted.contains(&who);
    if voted && sheet.anonymous {
        return tag("p").set("class", "note good").set("role", "status").text(t::recorded_anonymous(lang));
    }
    let own = poll.choices.get(&who);
    let picks = scene.ui.polls.picks(poll, who, own);
    let text = sheet.kind == PollKind::Text;
    let fields = if text { answering(scene, poll, own) } else { picking(scene, poll, &picks) };
    let words = if voted { t::change(lang) } else { t::vote(lang) };
    let form = tag("form").set("class", "live-ballot").key(who).on("submit", move |event| {
        event.prevent_default();
        let text = if text { Prose::<ANSWER_MAX>::new(&act.read(ANSWER)) } else { None };
        act.press(Command::Poll(PollCommand::Vote { poll: id, picks: picks.clone(), text }));
    });
    let recorded = voted.then(|| tag("p").set("class", "small").set("role", "status").text(t::recorded(lang)));
    form.add(fields)
        .add(tag("p").set("class", "row").add(tag("button").set("class", "primary").text(words)))
        .add(recorded)
}

fn answering(scene: &Scene, poll: &Poll, own: Option<&Choice>) -> Tag {
    let (lang, max) = (scene.lang, ANSWER_MAX.to_string());
    let words = own.and_then(|own| own.text.as_deref()).unwrap_or_default();
    // Its first content alone: what is typed afterwards is the page's.
    let area = tag("textarea").set("rows", "3").set("maxlength", &max).text(words);
    let warned = poll.sheet.anonymous.then(|| tag("p").set("class", "help").text(t::anonymous_words(lang)));
    let help = tag("p").set("class", "help").text(text::common::personal_data(lang));
    field(ANSWER, t::answer(lang), area).add(warned).add(help)
}

/// Changes what one is about to vote.
fn pick(scene: &Scene, poll: &Poll, picks: Vec<u32>) -> impl Fn() + 'static {
    let (act, of) = (scene.act, scene.acting().map(|who| (poll.id, who.id)));
    move || {
        let picks = &picks;
        act.change(&|ui| (ui.polls.of, ui.polls.picks) = (of, picks.clone()));
    }
}

fn picking(scene: &Scene, poll: &Poll, picks: &[u32]) -> Tag {
    let (lang, sheet) = (scene.lang, &poll.sheet);
    let shown =
        tag("fieldset").set("class", "field").add(tag("legend").set("class", "only-heard").text(&sheet.question));
    match sheet.kind {
        PollKind::Dots => {
            let left = sheet.each.saturating_sub(picks.iter().sum());
            let mut left_of = tag("p").set("role", "status").add(tag("b").text(&t::dots_left(lang, left)));
            if sheet.per_option < sheet.each {
                left_of = left_of.text(". ").text(&t::dots_each(lang, sheet.per_option));
            }
            let rows = (0..sheet.options.len()).map(|place| dots(scene, poll, picks, place, left)).collect();
            shown.add(left_of).add(tag("ul").set("class", "live-options").add_all(rows))
        }
        PollKind::Ranking => {
            let rows = (0..picks.len()).map(|place| ranked(scene, poll, picks, place)).collect();
            shown
                .add(tag("p").set("class", "help").text(t::rank_help(lang)))
                .add(tag("ol").set("class", "live-options").add_all(rows))
        }
        PollKind::Scale => {
            let number = |number: u32| tick(scene, poll, picks, number, &number.to_string());
            let ends = match sheet.options.as_slice() {
                [low, high] => Some(
                    tag("p")
                        .set("class", "small muted live-ends")
                        .add(tag("span").text(&["1 – ", low].concat()))
                        .add(tag("span").text(&[&sheet.each.to_string(), " – ", high].concat())),
                ),
                _ => None,
            };
            shown.add(tag("div").set("class", "live-scale").add_all((1..=sheet.each).map(number).collect())).add(ends)
        }
        _ => {
            let limited = sheet.kind == PollKind::Multiple && (sheet.each as usize) < sheet.options.len();
            let limited = limited.then(|| tag("p").set("class", "help").text(&t::up_to(lang, sheet.each)));
            let option = |(index, words): (usize, &String)| tick(scene, poll, picks, index as u32, words);
            let ticks = sheet.options.iter().enumerate().map(option).collect();
            shown.add(limited).add(tag("div").set("class", "ticks").add_all(ticks))
        }
    }
}

/// One option to tick, or a number of a scale.
fn tick(scene: &Scene, poll: &Poll, picks: &[u32], value: u32, words: &str) -> View {
    let several = poll.sheet.kind == PollKind::Multiple;
    let ticked = picks.contains(&value);
    let mut next = if several { picks.to_vec() } else { Vec::new() };
    next.retain(|pick| *pick != value);
    if !(several && ticked) {
        next.push(value);
    }
    let full = several && !ticked && picks.len() >= poll.sheet.each as usize;
    let picked = pick(scene, poll, next);
    let input = tag("input")
        .set("type", if several { "checkbox" } else { "radio" })
        .set("name", "live-poll")
        .set("value", &value.to_string())
        .set("checked", if ticked { "true" } else { "" })
        .set_if(full, "disabled", "")
        .on("change", move |_| picked());
    tag("label").set("class", "tick").key(value).add(input).add(tag("span").text(words)).into()
}

fn dots(scene: &Scene, poll: &Poll, picks: &[u32], place: usize, left: u32) -> View {
    let (lang, words, given) = (scene.lang, &poll.sheet.options[place], picks.get(place).copied().unwrap_or(0));
    let with = |dots: u32| {
        let mut next = picks.to_vec();
        if let Some(known) = next.get_mut(place) {
            *known = dots;
        }
        next
    };
    let fewer = button("live-step-dot", "−", pick(scene, poll, with(given.saturating_sub(1))))
        .set("aria-label", &t::fewer_dots(lang, words))
        .set_if(given == 0, "disabled", "");
    let more = button("live-step-dot", "+", pick(scene, poll, with(given + 1)))
        .set("aria-label", &t::more_dots(lang, words))
        .set_if(left == 0 || given >= poll.sheet.per_option, "disabled", "");
    let given = given.to_string();
    tag("li")
        .key(place)
        .add(tag("span").text(words))
        .add(tag("span").set("class", "live-dots").add(fewer).add(tag("b").text(&given)).add(more))
        .into()
}

fn ranked(scene: &Scene, poll: &Poll, picks: &[u32], place: usize) -> View {
    let (lang, option) = (scene.lang, picks[place]);
    let words = poll.sheet.options.get(option as usize).map_or("", String::as_str);
    let swapped = |other: usize| {
        let mut next = picks.to_vec();
        next.swap(place, other.min(picks.len() - 1));
        next
    };
    let up = button("live-step-dot", "↑", pick(scene, poll, swapped(place.saturating_sub(1))))
        .set("aria-label", &t::higher(lang, words))
        .set_if(place == 0, "disabled", "");
    let down = button("live-step-dot", "↓", pick(scene, poll, swapped(place + 1)))
        .set("aria-label", &t::lower(lang, words))
        .set_if(place + 1 == picks.len(), "disabled", "");
    tag("li")
        .key(option)
        .add(tag("span").text(words))
        .add(tag("span").set("class", "live-dots").add(up).add(down))
        .into()
}
