//! Moving a card: dragged with a mouse or a finger, by the arrow keys, and by a menu.

use model::{
    ids::{BoardId, CardId, GroupId},
    live::{Board, BoardCommand, Card, Command},
};
use text::boards as t;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};

use super::scene::{Act, Scene};
use crate::{
    edge,
    view::{Tag, View, button, tag},
};

/// What a column and a card are known by when something is dropped on them.
pub const COLUMN: &str = "data-column";
pub const CARD: &str = "data-card";
const TO: &str = "live-card-to";
const WITH: &str = "live-card-with";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Over {
    Column(u32),
    Card(CardId),
}

fn put(act: Act, board: BoardId, card: CardId, column: u32, group: Option<GroupId>, before: Option<CardId>) {
    act.press(Command::Board(BoardCommand::Move { board, card, column, group, before }));
}

/// What lies under the pointer.
fn over(event: &Event) -> Option<Over> {
    let pointer = event.dyn_ref::<PointerEvent>()?;
    let under = edge::document().element_from_point(pointer.client_x() as f32, pointer.client_y() as f32)?;
    let closest = |name: &str| under.closest(&["[", name, "]"].concat()).ok().flatten()?.get_attribute(name);
    match closest(CARD) {
        Some(card) => card.parse().ok().map(Over::Card),
        None => closest(COLUMN)?.parse().ok().map(Over::Column),
    }
}

/// The button by which a card is dragged, and which the arrow keys move.
pub fn handle(scene: &Scene, board: &Board, card: &Card, name: &str) -> Tag {
    let (lang, act, id, of) = (scene.lang, scene.act, card.id, board.id);
    let cards: Vec<(CardId, u32, Option<GroupId>)> =
        board.cards.iter().map(|card| (card.id, card.column, card.group)).collect();
    let (column, group, titles) = (card.column, card.group, board.columns.clone());
    let dropped = cards.clone();
    let moved = move |event: &Event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key) else { return };
        let side: Vec<CardId> = cards.iter().filter(|one| (one.1, one.2) == (column, group)).map(|one| one.0).collect();
        let at = side.iter().position(|one| *one == id).unwrap_or(0);
        let last = titles.len() as u32 - 1;
        match key.as_str() {
            "ArrowUp" if at > 0 => put(act, of, id, column, group, Some(side[at - 1])),
            "ArrowDown" if at + 1 < side.len() => put(act, of, id, column, group, side.get(at + 2).copied()),
            "ArrowLeft" if column > 0 => put(act, of, id, column - 1, None, None),
            "ArrowRight" if column < last => put(act, of, id, column + 1, None, None),
            _ => return,
        }
        event.prevent_default();
        let to = match key.as_str() {
            "ArrowLeft" => column - 1,
            "ArrowRight" => column + 1,
            _ => column,
        };
        let said = t::moved_to(lang, titles.get(to as usize).map_or("", String::as_str));
        act.change(&|ui| ui.said.clone_from(&said));
    };
    button("live-handle", "⠿", || {})
        .set("id", &["card-", &id.to_string()].concat())
        .set("aria-label", &t::move_card(lang, name))
        .on("keydown", moved)
        .on("pointerdown", move |event| {
            if let Some(pointer) = event.dyn_ref::<PointerEvent>()
                && let Some(target) =
                    event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            {
                let _ = target.set_pointer_capture(pointer.pointer_id());
                act.change(&|ui| ui.board.dragged = Some(id));
            }
        })
        .on("pointermove", move |event| {
            let over = over(event);
            act.change(&|ui| {
                if ui.board.dragged.is_some() {
                    ui.board.over = over;
                }
            });
        })
        .on("pointercancel", move |_| act.change(&|ui| (ui.board.dragged, ui.board.over) = (None, None)))
        .on("pointerup", move |event| {
            act.change(&|ui| (ui.board.dragged, ui.board.over) = (None, None));
            match over(event) {
                Some(Over::Column(to)) => put(act, of, id, to, None, None),
                Some(Over::Card(before)) if before != id => {
                    if let Some((_, to, group)) = dropped.iter().find(|one| one.0 == before) {
                        put(act, of, id, *to, *group, Some(before));
                    }
                }
                _ => {}
            }
        })
}

/// „Perkelti į …“, and with which card or group it is put together.
pub fn moving(scene: &Scene, board: &Board, card: &Card) -> Tag {
    let (lang, act, id, of, column) = (scene.lang, scene.act, card.id, board.id, card.column);
    let option = |value: &str, words: &str| View::from(tag("option").set("value", value).text(words));
    let choose = || option("", t::choose(lang));
    let mut to = vec![choose()];
    let others = (0u32..).zip(&board.columns).filter(|(index, _)| *index != column);
    to.extend(others.map(|(index, title)| option(&index.to_string(), title)));
    let labelled = |name: &'static str, words: &str, select: Tag| {
        let label = tag("label").set("for", name).text(words);
        tag("div").set("class", "field").key(name).add(label).add(select.set("id", name))
    };
    let moved = tag("select").add_all(to).on("change", move |_| {
        if let Ok(column) = act.read(TO).parse() {
            put(act, of, id, column, None, None);
        }
    });
    let mut with = vec![choose()];
    let groups = board.groups.iter().filter(|group| Some(group.id) != card.group);
    let groups: Vec<(String, u32, GroupId)> =
        groups.map(|group| (group.title.clone(), group.column, group.id)).collect();
    with.extend((0u32..).zip(&groups).map(|(index, one)| option(&index.to_string(), &t::group(lang, &one.0))));
    let shown = !groups.is_empty();
    let joined = tag("select").add_all(with).on("change", move |_| {
        if let Some((_, column, group)) = act.read(WITH).parse::<usize>().ok().and_then(|index| groups.get(index)) {
            put(act, of, id, *column, Some(*group), None);
        }
    });
    tag("div")
        .set("class", "live-menu")
        .add((board.columns.len() > 1).then(|| labelled(TO, t::move_to(lang), moved)))
        .add(shown.then(|| labelled(WITH, t::group_with(lang), joined)))
}
