//! Boards with cards that are written, turned over, moved and given dots, wise or not.

use proptest::prelude::*;

use super::given::*;
use crate::{
    ids::*,
    live::*,
    sorted::Map,
    words::{Line, Prose},
};

fn made<T: Id + std::fmt::Debug>(of: std::ops::Range<u128>) -> impl Strategy<Value = T> {
    of.prop_map(|number| made_on_board(command_id(number)))
}

fn title() -> impl Strategy<Value = Line<BOARD_TITLE_MAX>> {
    "[a-zą-ž]{1,8}".prop_map(|text| Line::new(&text).unwrap())
}

fn card_text() -> impl Strategy<Value = Prose<CARD_MAX>> {
    "[a-zą-ž]{1,8}".prop_map(|text| Prose::new(&text).unwrap())
}

fn board() -> impl Strategy<Value = BoardId> {
    made(0..3)
}

fn card() -> impl Strategy<Value = CardId> {
    made(3..9)
}

pub fn command() -> impl Strategy<Value = Command> {
    let place = || (board(), card(), 0u32..3);
    prop_oneof![
        2 => (title(), any::<bool>(), any::<bool>()).prop_map(|(title, anonymous, hidden)| BoardCommand::Make {
            columns: vec![title.clone(), Line::new("Kita").unwrap()],
            title,
            anonymous,
            hidden,
            step: None,
        }),
        1 => proptest::option::of(board()).prop_map(|board| BoardCommand::Show { board }),
        1 => (board(), any::<bool>()).prop_map(|(board, locked)| BoardCommand::Lock { board, locked }),
        1 => board().prop_map(|board| BoardCommand::Reveal { board }),
        2 => (board(), 1u32..5, 0u32..4, any::<bool>()).prop_map(|(board, each, per_card, sealed)| {
            BoardCommand::OpenVoting { board, each, per_card, sealed }
        }),
        1 => board().prop_map(|board| BoardCommand::CloseVoting { board }),
        8 => (board(), 0u32..3, card_text()).prop_map(|(board, column, text)| BoardCommand::Add { board, column, text }),
        3 => (board(), card(), card_text()).prop_map(|(board, card, text)| BoardCommand::Edit { board, card, text }),
        1 => (board(), card()).prop_map(|(board, card)| BoardCommand::Delete { board, card }),
        4 => (place(), proptest::option::of(made(9..12)), proptest::option::of(card())).prop_map(
            |((board, card, column), group, before)| BoardCommand::Move { board, card, column, group, before }
        ),
        3 => (board(), proptest::collection::vec(card(), 1..3), title())
            .prop_map(|(board, cards, title)| BoardCommand::Group { board, cards, title }),
        2 => (board(), made(9..12), title()).prop_map(|(board, group, title)| BoardCommand::Title { board, group, title }),
        5 => (board(), card(), 0u32..4).prop_map(|(board, card, dots)| BoardCommand::Dot { board, card, dots }),
    ]
    .prop_map(Command::Board)
}

/// Points a command at a board and its cards that the room holds.
pub fn aimed(room: &Room, command: &mut BoardCommand) {
    use BoardCommand as C;
    // The last, but dots go where they are taken.
    let votes = matches!(command, C::Dot { .. } | C::CloseVoting { .. });
    let voted = room.boards.all.iter().rfind(|board| votes && board.takes_dots().is_some() && !board.cards.is_empty());
    let Some(held) = voted.or(room.boards.all.last()) else { return };
    let near = |card: &mut CardId| {
        let number = card.uuid().as_bytes()[15] as usize;
        if let Some(known) = held.cards.get(number % held.cards.len().max(1)).filter(|_| !number.is_multiple_of(8)) {
            *card = known.id;
        }
    };
    if let C::Group { cards, .. } = command {
        cards.iter_mut().for_each(near);
    }
    if let C::Edit { card, .. } | C::Delete { card, .. } | C::Move { card, .. } | C::Dot { card, .. } = command {
        near(card);
    }
    if let C::Move { before: Some(card), .. } = command {
        near(card);
    }
    if let C::Title { group, .. } | C::Move { group: Some(group), .. } = command
        && let Some(known) = held.groups.first()
    {
        *group = known.id;
    }
    if let C::Show { board: Some(board) }
    | C::Lock { board, .. }
    | C::Reveal { board }
    | C::OpenVoting { board, .. }
    | C::CloseVoting { board }
    | C::Add { board, .. }
    | C::Edit { board, .. }
    | C::Delete { board, .. }
    | C::Move { board, .. }
    | C::Group { board, .. }
    | C::Title { board, .. }
    | C::Dot { board, .. } = command
    {
        *board = held.id;
    }
}

pub fn event() -> impl Strategy<Value = Event> {
    let words = || "[a-zą-ž]{1,8}".prop_map(String::from);
    let some_words = || proptest::option::weighted(0.9, words());
    let somebody = || proptest::option::weighted(0.8, person_id());
    let face = (some_words(), somebody()).prop_map(|(text, by)| Face { text, by });
    prop_oneof![
        (board(), words(), any::<bool>(), any::<bool>()).prop_map(|(board, title, anonymous, hidden)| {
            BoardEvent::Made { board, columns: vec![title.clone()], title, anonymous, hidden, step: None }
        }),
        proptest::option::of(board()).prop_map(|board| BoardEvent::Shown { board }),
        (board(), any::<bool>()).prop_map(|(board, locked)| BoardEvent::Locked { board, locked }),
        (board(), proptest::collection::vec((card(), face), 0..4))
            .prop_map(|(board, cards)| BoardEvent::Revealed { board, cards: Map::from_iter(cards) }),
        (board(), card(), 0u32..3, somebody(), some_words(), any::<bool>(), any::<bool>()).prop_map(
            |(board, card, column, by, text, anonymous, hidden)| BoardEvent::Added {
                board,
                card,
                column,
                by,
                text,
                anonymous,
                hidden
            }
        ),
        (board(), card(), some_words(), somebody()).prop_map(|(board, card, text, hidden_of)| BoardEvent::Edited {
            board,
            card,
            text,
            hidden_of
        }),
        (board(), card()).prop_map(|(board, card)| BoardEvent::Deleted { board, card }),
        (board(), card(), 0u32..3, proptest::option::of(made(9..12)), proptest::option::of(card()))
            .prop_map(|(board, card, column, group, before)| BoardEvent::Moved { board, card, column, group, before }),
        (board(), made(9..12), words(), proptest::collection::vec(card(), 0..3))
            .prop_map(|(board, group, title, cards)| BoardEvent::Grouped { board, group, title, cards }),
        (board(), made(9..12), words()).prop_map(|(board, group, title)| BoardEvent::Titled { board, group, title }),
        (board(), 1u32..5, any::<bool>()).prop_map(|(board, each, sealed)| BoardEvent::VotingOpened {
            board,
            voting: Voting { each, per_card: each, sealed, closed: false },
        }),
        (board(), card(), somebody(), 0u32..4, -3i32..4, any::<bool>()).prop_map(
            |(board, card, by, dots, more, sealed)| BoardEvent::Dotted { board, card, by, dots, more, sealed }
        ),
        (board(), proptest::collection::vec((card(), 0u32..9), 0..4))
            .prop_map(|(board, dots)| BoardEvent::VotingClosed { board, dots: Map::from_iter(dots) }),
    ]
    .prop_map(Event::Board)
}
