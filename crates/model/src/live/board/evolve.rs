//! Folding what happens to boards, and what of it a viewer is shown.

use uuid::Uuid;

use super::*;
use crate::live::{Audience, Event, PEOPLE_MAX, Participant, Shown};

pub fn evolve(boards: &mut Boards, event: &BoardEvent) {
    match event {
        BoardEvent::Made { board, title, columns, anonymous, hidden, step } => {
            if boards.get(*board).is_some() || boards.all.len() >= BOARDS_MAX {
                return;
            }
            boards.all.push(Board {
                id: *board,
                title: title.clone(),
                columns: columns.iter().take(COLUMNS_MAX).cloned().collect(),
                anonymous: *anonymous,
                hidden: *hidden,
                locked: false,
                step: *step,
                cards: Vec::new(),
                groups: Vec::new(),
                voting: None,
            });
            boards.shown = Some(*board);
        }
        BoardEvent::Shown { board } => {
            if board.is_none_or(|id| boards.get(id).is_some()) {
                boards.shown = *board;
            }
        }
        BoardEvent::Locked { board: id, .. }
        | BoardEvent::Revealed { board: id, .. }
        | BoardEvent::Added { board: id, .. }
        | BoardEvent::Edited { board: id, .. }
        | BoardEvent::Deleted { board: id, .. }
        | BoardEvent::Moved { board: id, .. }
        | BoardEvent::Grouped { board: id, .. }
        | BoardEvent::Titled { board: id, .. }
        | BoardEvent::VotingOpened { board: id, .. }
        | BoardEvent::Dotted { board: id, .. }
        | BoardEvent::VotingClosed { board: id, .. } => {
            if let Some(board) = boards.all.iter_mut().find(|board| board.id == *id) {
                change(board, event);
                let Board { cards, groups, .. } = board;
                groups.retain(|group| cards.iter().any(|card| card.group == Some(group.id)));
            }
        }
    }
}

fn change(board: &mut Board, event: &BoardEvent) {
    match event {
        BoardEvent::Locked { locked, .. } => board.locked = *locked,
        BoardEvent::Revealed { cards, .. } => {
            board.hidden = false;
            for card in board.cards.iter_mut().filter(|card| card.hidden) {
                let Some(face) = cards.get(&card.id) else { continue };
                card.hidden = false;
                card.text.clone_from(&face.text);
                if !card.anonymous {
                    card.by = face.by;
                }
            }
        }
        BoardEvent::Added { card, column, by, text, anonymous, hidden, .. } => {
            if board.card(*card).is_some() || board.cards.len() >= CARDS_MAX {
                return;
            }
            board.cards.push(Card {
                id: *card,
                column: *column,
                group: None,
                by: *by,
                text: text.clone(),
                anonymous: *anonymous,
                hidden: *hidden,
                dots: 0,
                given: Map::default(),
            });
        }
        BoardEvent::Edited { card, text, hidden_of, .. } => {
            // Of a hidden card only its author is told.
            let meant = |card: &&mut Card| match hidden_of {
                Some(author) => card.hidden && card.by == Some(*author),
                None => !card.hidden,
            };
            if let Some(card) = find(board, *card).filter(meant) {
                card.text.clone_from(text);
            }
        }
        BoardEvent::Deleted { card, .. } => board.cards.retain(|known| known.id != *card),
        BoardEvent::Moved { card, column, group, before, .. } => {
            let Some(index) = board.cards.iter().position(|known| known.id == *card) else { return };
            let mut moved = board.cards.remove(index);
            moved.column = *column;
            moved.group = group.filter(|group| board.group(*group).is_some());
            let place = before.and_then(|before| board.cards.iter().position(|known| known.id == before));
            board.cards.insert(place.unwrap_or(board.cards.len()), moved);
        }
        BoardEvent::Grouped { group, title, cards, .. } => {
            let first = cards.iter().find_map(|card| board.card(*card));
            let Some(column) = first.map(|card| card.column) else { return };
            if board.group(*group).is_some() || board.groups.len() >= GROUPS_MAX {
                return;
            }
            board.groups.push(CardGroup { id: *group, title: title.clone(), column });
            for card in board.cards.iter_mut().filter(|card| cards.contains(&card.id)) {
                (card.group, card.column) = (Some(*group), column);
            }
        }
        BoardEvent::Titled { group, title, .. } => {
            if let Some(group) = board.groups.iter_mut().find(|known| known.id == *group) {
                group.title.clone_from(title);
            }
        }
        BoardEvent::VotingOpened { voting, .. } => {
            board.voting = Some(*voting);
            for card in &mut board.cards {
                (card.dots, card.given) = (0, Map::default());
            }
        }
        BoardEvent::Dotted { card, by, dots, more, sealed, .. } => {
            let Some(card) = find(board, *card) else { return };
            if !sealed {
                card.dots = card.dots.saturating_add_signed(*more);
            }
            if let Some(by) = by {
                if *dots == 0 {
                    card.given.remove(by);
                } else if card.given.contains_key(by) || card.given.len() < PEOPLE_MAX {
                    card.given.insert(*by, *dots);
                }
            }
        }
        BoardEvent::VotingClosed { dots, .. } => {
            if let Some(voting) = &mut board.voting {
                voting.closed = true;
            }
            for card in &mut board.cards {
                card.dots = dots.get(&card.id).copied().unwrap_or(0);
            }
        }
        BoardEvent::Made { .. } | BoardEvent::Shown { .. } => {}
    }
}

fn find(board: &mut Board, id: CardId) -> Option<&mut Card> {
    board.cards.iter_mut().find(|card| card.id == id)
}

/// Takes out what the viewer may not see of others' cards and dots.
pub fn cut(boards: &mut Boards, viewer: &Participant) {
    for card in boards.all.iter_mut().flat_map(|board| &mut board.cards) {
        let own = card.by == Some(viewer.id);
        if card.hidden && !own {
            card.text = None;
        }
        if (card.hidden || card.anonymous) && !own {
            card.by = None;
        }
        let given = card.given.remove(&viewer.id);
        card.given = Map::default();
        if let Some(given) = given {
            card.given.insert(viewer.id, given);
        }
    }
}

/// Whether something on a board is the person's alone.
pub fn has_for(boards: &Boards, viewer: PersonId) -> bool {
    let of =
        |card: &Card| ((card.hidden || card.anonymous) && card.by == Some(viewer)) || card.given.contains_key(&viewer);
    boards.all.iter().any(|board| board.cards.iter().any(of))
}

pub fn audience(event: &BoardEvent) -> Audience {
    let own = |by: &Option<PersonId>| by.map_or(Audience::Everyone, Audience::Person);
    match event {
        BoardEvent::Added { by, anonymous, hidden, .. } if *anonymous || *hidden => {
            by.map_or(Audience::Nobody, Audience::Person)
        }
        BoardEvent::Edited { hidden_of, .. } => own(hidden_of),
        BoardEvent::Dotted { by, .. } => own(by),
        _ => Audience::Everyone,
    }
}

pub fn shown_to_rest(event: &BoardEvent) -> Shown {
    let changed = |event| Shown::Changed(Box::new(Event::Board(event)));
    match event {
        BoardEvent::Added { board, card, column, text, anonymous, hidden, .. } if *anonymous || *hidden => {
            let text = text.clone().filter(|_| !hidden);
            let (board, card, column, anonymous, hidden) = (*board, *card, *column, *anonymous, *hidden);
            changed(BoardEvent::Added { board, card, column, by: None, text, anonymous, hidden })
        }
        BoardEvent::Edited { hidden_of: Some(_), .. } | BoardEvent::Dotted { by: Some(_), sealed: true, .. } => {
            Shown::Hidden
        }
        BoardEvent::Dotted { board, card, by: Some(_), more, sealed: false, .. } => {
            let (board, card, more) = (*board, *card, *more);
            changed(BoardEvent::Dotted { board, card, by: None, dots: 0, more, sealed: false })
        }
        _ => Shown::Same,
    }
}

/// What stays of the event once the card of this id is deleted.
pub fn without(event: &BoardEvent, deleted: Uuid) -> Option<BoardEvent> {
    let mut event = event.clone();
    let text = match &mut event {
        BoardEvent::Added { card, text, .. } | BoardEvent::Edited { card, text, .. } if card.uuid() == deleted => text,
        BoardEvent::Revealed { cards, .. } => &mut cards.get_mut(&CardId::from_uuid(deleted))?.text,
        _ => return None,
    };
    text.take()?;
    Some(event)
}
