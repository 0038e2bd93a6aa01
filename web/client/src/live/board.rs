//! The board that everyone looks at: columns of cards, side by side or one under another.

use model::{
    ids::{BoardId, CardId, PersonId},
    live::{Board, BoardCommand, CARD_MAX, Card, Command},
    refusal::{Code, Refusal},
    words::{Line, Prose},
};
use text::boards as t;
use wasm_bindgen::JsCast;

use super::{
    board_lead,
    board_moves::{self, Over},
    room::part,
    scene::{Act, Scene},
    tasks::field,
};
use crate::{
    edge,
    view::{Tag, View, button, tag},
};

pub const PART: &str = "live-board";
const EDITED: &str = "live-card-edited";
const TITLE: &str = "live-group-title";

#[derive(Clone, Default)]
pub struct BoardUi {
    /// The card whose actions are shown.
    pub active: Option<CardId>,
    pub editing: bool,
    /// The card that is being dragged, and what it is over.
    pub dragged: Option<CardId>,
    pub over: Option<Over>,
}

/// What a card is called where it cannot be shown whole.
pub fn name(scene: &Scene, card: &Card) -> String {
    let text = card.text.as_deref().unwrap_or(t::unseen(scene.lang));
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

pub fn view(scene: &Scene) -> Option<Tag> {
    let lang = scene.lang;
    let board = scene.room.boards.get(scene.room.boards.shown?)?;
    let help = |yes: bool, words: &'static str| yes.then(|| tag("p").set("class", "help").text(words));
    let voting = board.takes_dots();
    let own = scene.me().filter(|me| scene.takes_part() && scene.acting().is_some_and(|who| who.id == *me));
    let left = voting.zip(own).map(|(voting, me)| {
        let left = voting.each.saturating_sub(board.given(me));
        tag("p").set("role", "status").add(tag("b").text(&t::dots_left(lang, left)))
    });
    let columns = (0..).zip(&board.columns).map(|(index, title)| column(scene, board, index, title)).collect();
    Some(
        part("live-board", t::board(lang))
            .set("id", PART)
            .key(board.id)
            .add(tag("h2").text(&board.title))
            .add(help(board.hidden, t::hidden_help(lang)))
            .add(help(board.anonymous, t::anonymous_help(lang)))
            .add(help(board.locked, t::locked_help(lang)))
            .add(left)
            .add(help(voting.is_some_and(|voting| voting.sealed), t::sealed_help(lang)))
            .add(tag("div").set("class", "live-columns").add_all(columns))
            .add(board_lead::steering(scene, board)),
    )
}

/// Whether this person may write and move cards here.
pub fn writes(scene: &Scene, board: &Board) -> bool {
    scene.takes_part() && (!board.locked || scene.facilitates())
}

fn column(scene: &Scene, board: &Board, index: u32, title: &str) -> View {
    let cards: Vec<&Card> = board.column(index).collect();
    let mut rows: Vec<View> = Vec::new();
    for group in board.groups.iter().filter(|group| group.column == index) {
        let of = cards.iter().filter(|card| card.group == Some(group.id));
        let list = tag("ul").set("class", "live-cards").add_all(of.map(|card| view_card(scene, board, card)).collect());
        rows.push(
            tag("li").key(group.id).set("class", "live-group").add(tag("h4").text(&group.title)).add(list).into(),
        );
    }
    rows.extend(cards.iter().filter(|card| card.group.is_none()).map(|card| view_card(scene, board, card)));
    let heading = tag("h3").text(title).text(" ").add(tag("span").set("class", "muted").text(&cards.len().to_string()));
    let over = scene.ui.board.over == Some(Over::Column(index));
    tag("div")
        .key(index)
        .set("class", if over { "live-column over" } else { "live-column" })
        .set(board_moves::COLUMN, &index.to_string())
        .add(heading)
        .add(tag("ul").set("class", "live-cards").add_all(rows))
        .add(writes(scene, board).then(|| adding(scene, board.id, index, title)))
        .into()
}

fn adding(scene: &Scene, board: BoardId, column: u32, title: &str) -> Tag {
    let (lang, act) = (scene.lang, scene.act);
    let id = ["live-card-new-", &column.to_string()].concat();
    let area = tag("textarea")
        .set("id", &id)
        .set("rows", "2")
        .set("maxlength", &CARD_MAX.to_string())
        .set("aria-label", &t::card_in(lang, title))
        .set("placeholder", t::card(lang));
    tag("form")
        .set("class", "live-adding")
        .on("submit", move |event| {
            event.prevent_default();
            let typed = act.read(&id);
            let command = |text| BoardCommand::Add { board, column, text };
            if let Some(text) = words(act, &typed)
                && act.try_press(Command::Board(command(text)))
            {
                act.fill(&id, "");
            }
        })
        .add(area)
        .add(tag("button").set("aria-label", &t::add_in(lang, title)).text(t::add(lang)))
}

/// What is typed, if it can stand on a card.
fn words(act: Act, typed: &str) -> Option<Prose<CARD_MAX>> {
    let text = Prose::new(typed);
    if text.is_none() {
        let code = if typed.trim().is_empty() { Code::FieldNeeded } else { Code::TextLong };
        let refusal = Refusal::of(code).fact("limit", CARD_MAX).fact("count", typed.chars().count());
        act.change(&|ui| ui.refusal = Some(refusal.clone()));
    }
    text
}

fn view_card(scene: &Scene, board: &Board, card: &Card) -> View {
    let (lang, act, id, name) = (scene.lang, scene.act, card.id, name(scene, card));
    let own = scene.me().is_some() && card.by == scene.me();
    let ui = &scene.ui.board;
    let active = ui.active == Some(id);
    let by = match card.by {
        Some(_) if own => Some(t::mine(lang)),
        Some(by) => Some(scene.name(by)),
        None => None,
    };
    let text = match &card.text {
        Some(text) => tag("p").set("class", "lines").text(text),
        None => tag("p").set("class", "muted").text(t::unseen(lang)),
    };
    let mut foot = tag("p").set("class", "row live-card-foot");
    if writes(scene, board) {
        let toggle = move || {
            act.change(&|ui| {
                ui.board.active = if ui.board.active == Some(id) { None } else { Some(id) };
                ui.board.editing = false;
            });
        };
        foot = foot.add(board_moves::handle(scene, board, card, &name)).add(
            button("link", t::more(lang), toggle)
                .set("aria-label", &t::more_of(lang, &name))
                .set("aria-expanded", if active { "true" } else { "false" }),
        );
    }
    let voted = board.voting.is_some_and(|voting| voting.closed || !voting.sealed);
    if voted {
        foot = foot.add(tag("b").text(&t::dots(lang, card.dots)));
    }
    let class = match (ui.dragged == Some(id), ui.over == Some(Over::Card(id))) {
        (true, _) => "live-card dragged",
        (_, true) => "live-card over",
        _ => "live-card",
    };
    tag("li")
        .key(id)
        .set("class", class)
        .set(board_moves::CARD, &id.to_string())
        .add(text)
        .add(by.map(|by| tag("p").set("class", "small muted").text(by)))
        .add(dots(scene, board, card, &name))
        .add(foot)
        .add((active && writes(scene, board)).then(|| menu(scene, board, card, own)))
        .into()
}

fn dots(scene: &Scene, board: &Board, card: &Card, name: &str) -> Option<Tag> {
    let (lang, act, id, of) = (scene.lang, scene.act, card.id, board.id);
    let (voting, who) = board.takes_dots().zip(scene.acting()).filter(|_| scene.takes_part())?;
    let me = who.id;
    if scene.me() != Some(me) {
        return Some(dots_for(scene, board, card, name, me, voting.per_card));
    }
    let given = card.given.get(&me).copied().unwrap_or(0);
    let full = given >= voting.per_card || board.given(me) >= voting.each;
    let give = move |dots: u32| move || act.press(Command::Board(BoardCommand::Dot { board: of, card: id, dots }));
    let fewer = button("live-step-dot", "−", give(given.saturating_sub(1)))
        .set("aria-label", &t::take_dot(lang, name))
        .set_if(given == 0, "disabled", "");
    let more = button("live-step-dot", "+", give(given + 1))
        .set("aria-label", &t::add_dot(lang, name))
        .set_if(full, "disabled", "");
    let own = tag("span").text(&t::my_dots(lang, given));
    Some(tag("p").set("class", "live-dots").add(own).add(fewer).add(more))
}

/// The dots of who sits at this device. What they gave is not told to it, so how many they give is set anew.
fn dots_for(scene: &Scene, board: &Board, card: &Card, name: &str, who: PersonId, most: u32) -> Tag {
    let (act, id, of) = (scene.act, card.id, board.id);
    let option = |dots: &str| View::from(tag("option").set("value", dots).text(dots));
    let mut options = vec![option("")];
    options.extend((0..=most).map(|dots| option(&dots.to_string())));
    let select = tag("select").add_all(options).on("change", move |event| {
        let dots = event.target().and_then(|select| edge::value(select.unchecked_ref()));
        if let Some(dots) = dots.and_then(|dots| dots.parse().ok()) {
            act.press(Command::Board(BoardCommand::Dot { board: of, card: id, dots }));
        }
    });
    tag("p").key(who).set("class", "live-dots").add(select.set("aria-label", &t::dots_for(scene.lang, name)))
}

/// What can be done with a card beside dragging it.
fn menu(scene: &Scene, board: &Board, card: &Card, own: bool) -> Tag {
    let (lang, act, id, of) = (scene.lang, scene.act, card.id, board.id);
    let ask = move |command: BoardCommand| move || act.press(Command::Board(command.clone()));
    let mut shown = tag("div").set("class", "live-menu").add(board_moves::moving(scene, board, card));
    let title_field = || field(TITLE, t::group_title(lang), tag("input").set("type", "text").set("maxlength", "100"));
    shown = match card.group {
        Some(group) => {
            let out = BoardCommand::Move { board: of, card: id, column: card.column, group: None, before: None };
            shown
                .add(title_field().key("title"))
                .add(button("", t::retitle(lang), move || {
                    titled(act, &|title| BoardCommand::Title { board: of, group, title });
                }))
                .add(button("", t::out(lang), ask(out)))
        }
        None => shown.add(title_field().key("title")).add(button("", t::group_new(lang), move || {
            titled(act, &|title| BoardCommand::Group { board: of, cards: vec![id], title });
        })),
    };
    if own || (scene.facilitates() && !card.hidden) {
        if scene.ui.board.editing {
            let words_now = card.text.clone().unwrap_or_default();
            let area = tag("textarea").set("rows", "3").set("maxlength", &CARD_MAX.to_string()).text(&words_now);
            shown =
                shown.add(field(EDITED, t::text(lang), area).key("edited")).add(button("", t::save(lang), move || {
                    if let Some(text) = words(act, &act.read(EDITED))
                        && act.try_press(Command::Board(BoardCommand::Edit { board: of, card: id, text }))
                    {
                        act.change(&|ui| ui.board.editing = false);
                    }
                }));
        } else {
            shown = shown.add(button("", t::edit(lang), move || {
                act.change(&|ui| ui.board.editing = true);
                act.focus(EDITED);
            }));
        }
    }
    let delete = (own || scene.facilitates())
        .then(|| button("danger", t::delete(lang), ask(BoardCommand::Delete { board: of, card: id })));
    shown.add(delete)
}

fn titled(act: Act, command: &dyn Fn(Line<100>) -> BoardCommand) {
    let typed = act.read(TITLE);
    match Line::new(&typed) {
        Some(title) => {
            if act.try_press(Command::Board(command(title))) {
                act.change(&|ui| ui.board.active = None);
            }
        }
        None => {
            let code = if typed.trim().is_empty() { Code::FieldNeeded } else { Code::TextLong };
            act.change(&|ui| ui.refusal = Some(Refusal::of(code).fact("limit", 100)));
        }
    }
}
