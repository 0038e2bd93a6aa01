//! Boards for those who lead the session, and where a board is taken away from.

use model::{
    live::{BOARD_TITLE_MAX, Board, BoardCommand, Command, State},
    refusal::{Code, Refusal},
    words::Line,
};
use text::boards as t;

use super::{
    room::part,
    scene::{Act, Scene},
    tasks::field,
};
use crate::view::{Tag, View, button, tag};

const TITLE: &str = "live-board-title";
const COLUMNS: &str = "live-board-columns";
const NAMES: &str = "live-board-names";
const CARDS: &str = "live-board-cards";
const EACH: &str = "live-board-each";
const PER_CARD: &str = "live-board-per-card";
const SEALED: &str = "live-board-sealed";

/// Under the board that everyone looks at; taking it away is anyone's.
pub fn steering(scene: &Scene, board: &Board) -> Tag {
    let (lang, act, id) = (scene.lang, scene.act, board.id);
    let row = tag("div").set("class", "row");
    let kinds = [(".md", "Markdown"), (".csv", "CSV"), ("", "JSON")];
    let saved = kinds.iter().map(|(ending, kind)| {
        let address = ["/api/v1/sessions/", &scene.live.session().to_string(), "/boards", ending].concat();
        View::from(
            tag("a")
                .set("href", &address)
                .set("download", if ending.is_empty() { "lentos.json" } else { "" })
                .text(&t::save_as(lang, kind)),
        )
    });
    let saved = tag("p").set("class", "row small").add_all(saved.collect());
    if !scene.facilitates() || scene.room.state == State::Closed {
        return saved;
    }
    let ask =
        move |words: &str, command: BoardCommand| button("", words, move || act.press(Command::Board(command.clone())));
    let lock = if board.locked { t::unlock(lang) } else { t::lock(lang) };
    let reveal = board.hidden || board.cards.iter().any(|card| card.hidden);
    let mut row = row
        .add(reveal.then(|| ask(t::reveal(lang), BoardCommand::Reveal { board: id }).key("reveal")))
        .add(ask(lock, BoardCommand::Lock { board: id, locked: !board.locked }).key("lock"))
        .add(ask(t::hide(lang), BoardCommand::Show { board: None }).key("hide"));
    if board.takes_dots().is_some() {
        row = row.add(ask(t::close_voting(lang), BoardCommand::CloseVoting { board: id }).key("close"));
        return tag("div").set("class", "live-steering").add(row).add(saved);
    }
    let number = || tag("input").set("type", "number").set("min", "1").set("max", "50");
    let option = |value: &str, words: &str| View::from(tag("option").set("value", value).text(words));
    let seen = tag("select").add_all(vec![option("", t::at_once(lang)), option("1", t::at_end(lang))]);
    let form = tag("form")
        .set("class", "form")
        .on("submit", move |event| {
            event.prevent_default();
            let number = |name, least| act.read(name).trim().parse::<u32>().unwrap_or(least);
            let (each, per_card, sealed) = (number(EACH, 3), number(PER_CARD, 0), !act.read(SEALED).is_empty());
            act.press(Command::Board(BoardCommand::OpenVoting { board: id, each, per_card, sealed }));
        })
        .add(field(EACH, t::each(lang), number()))
        .add(field(PER_CARD, t::per_card(lang), number()))
        .add(field(SEALED, t::results(lang), seen))
        .add(tag("button").text(t::open_voting(lang)));
    let voting = tag("details").set("class", "live-wide").add(tag("summary").text(t::voting(lang))).add(form);
    tag("div").set("class", "live-steering").add(row).add(voting).add(saved)
}

/// At the side.
pub fn view(scene: &Scene) -> Option<Tag> {
    let (lang, act) = (scene.lang, scene.act);
    if !scene.facilitates() || scene.room.state == State::Closed {
        return None;
    }
    let row = |board: &Board| {
        let id = board.id;
        let show = move || act.press(Command::Board(BoardCommand::Show { board: Some(id) }));
        let show = button("link", t::show(lang), show).set("aria-label", &t::show_of(lang, &board.title));
        View::from(tag("li").key(id).add(tag("p").text(&board.title)).add(show))
    };
    let rows = scene.room.boards.all.iter().map(row).collect();
    let option = |value: &str, words: &str| View::from(tag("option").set("value", value).text(words));
    let names = vec![option("", t::named(lang)), option("1", t::anonymous(lang))];
    let cards = vec![option("", t::open(lang)), option("1", t::hidden(lang))];
    let form = tag("form")
        .set("class", "form")
        .on("submit", move |event| {
            event.prevent_default();
            make(act);
        })
        .add(field(TITLE, t::title(lang), tag("input").set("type", "text").set("maxlength", "100")))
        .add(field(COLUMNS, t::columns(lang), tag("textarea").set("rows", "3")))
        .add(field(NAMES, t::names(lang), tag("select").add_all(names)))
        .add(field(CARDS, t::cards(lang), tag("select").add_all(cards)))
        .add(tag("button").text(t::make(lang)));
    Some(
        part("live-boards", t::boards(lang))
            .add(tag("h2").text(t::boards(lang)))
            .add(tag("ul").set("class", "live-tasks").add_all(rows))
            .add(tag("details").set("class", "live-wide").add(tag("summary").text(t::new(lang))).add(form)),
    )
}

fn make(act: Act) {
    let (title, columns) = (act.read(TITLE), act.read(COLUMNS));
    let lines = columns.lines().filter(|line| !line.trim().is_empty()).map(Line::<BOARD_TITLE_MAX>::new);
    let (Some(title), Some(columns)) = (Line::new(&title), lines.collect::<Option<Vec<_>>>()) else {
        let code = if title.trim().is_empty() { Code::FieldNeeded } else { Code::TextLong };
        return act.change(&|ui| ui.refusal = Some(Refusal::of(code).fact("limit", BOARD_TITLE_MAX)));
    };
    let (anonymous, hidden) = (!act.read(NAMES).is_empty(), !act.read(CARDS).is_empty());
    if act.try_press(Command::Board(BoardCommand::Make { title, columns, anonymous, hidden, step: None })) {
        [TITLE, COLUMNS].iter().for_each(|id| act.fill(id, ""));
    }
}
