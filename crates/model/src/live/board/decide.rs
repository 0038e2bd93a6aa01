//! Whether a card may be written, moved or given a dot now.

use super::*;
use crate::{
    live::{Event, Given, Participant, Room},
    refusal::{Code, Refusal},
};

type Decided = Result<Vec<Event>, Refusal>;

fn told(event: BoardEvent) -> Decided {
    Ok(vec![Event::Board(event)])
}

fn told_if(changes: bool, event: BoardEvent) -> Decided {
    if changes { told(event) } else { Ok(Vec::new()) }
}

fn many(limit: usize) -> Refusal {
    Refusal::of(Code::TooMany).fact("limit", limit)
}

fn range(field: &'static str, value: usize, min: usize, max: usize) -> Result<(), Refusal> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err(Refusal::of(Code::NumberRange).at(field).fact("min", min).fact("max", max))
}

pub fn decide(room: &Room, me: &Participant, command: &BoardCommand, given: Given) -> Decided {
    let board = |id: &BoardId| room.boards.get(*id).ok_or_else(|| Refusal::of(Code::BoardGone));
    match command {
        BoardCommand::Make { title, columns, anonymous, hidden, step } => {
            range("columns", columns.len(), 1, COLUMNS_MAX)?;
            if room.boards.all.len() >= BOARDS_MAX {
                return Err(many(BOARDS_MAX));
            }
            if step.is_some_and(|step| room.step(step).is_none()) {
                return Err(Refusal::of(Code::StepGone));
            }
            let columns = columns.iter().map(ToString::to_string).collect();
            let (board, title) = (made_on_board(given.id), title.to_string());
            told(BoardEvent::Made { board, title, columns, anonymous: *anonymous, hidden: *hidden, step: *step })
        }
        BoardCommand::Show { board: shown } => {
            shown.as_ref().map(board).transpose()?;
            told_if(room.boards.shown != *shown, BoardEvent::Shown { board: *shown })
        }
        BoardCommand::Lock { board: id, locked } => {
            told_if(board(id)?.locked != *locked, BoardEvent::Locked { board: *id, locked: *locked })
        }
        BoardCommand::Reveal { board: id } => {
            let board = board(id)?;
            let face = |card: &Card| {
                let by = card.by.filter(|_| !card.anonymous);
                (card.id, Face { text: card.text.clone(), by })
            };
            let cards: Map<_, _> = board.cards.iter().filter(|card| card.hidden).map(face).collect();
            told_if(board.hidden || !cards.is_empty(), BoardEvent::Revealed { board: *id, cards })
        }
        BoardCommand::OpenVoting { board: id, each, per_card, sealed } => {
            let board = board(id)?;
            range("each", *each as usize, 1, BOARD_DOTS_MAX as usize)?;
            let per_card = if *per_card == 0 { *each } else { *per_card };
            range("per_card", per_card as usize, 1, *each as usize)?;
            let voting = Voting { each: *each, per_card, sealed: *sealed, closed: false };
            told_if(board.voting != Some(voting), BoardEvent::VotingOpened { board: *id, voting })
        }
        BoardCommand::CloseVoting { board: id } => {
            let board = board(id)?;
            let sum = |card: &Card| (card.id, card.given.values().sum());
            let dots = board.cards.iter().filter(|card| !card.given.is_empty()).map(sum).collect();
            told_if(board.takes_dots().is_some(), BoardEvent::VotingClosed { board: *id, dots })
        }
        BoardCommand::Add { board: id, .. }
        | BoardCommand::Edit { board: id, .. }
        | BoardCommand::Delete { board: id, .. }
        | BoardCommand::Move { board: id, .. }
        | BoardCommand::Group { board: id, .. }
        | BoardCommand::Title { board: id, .. }
        | BoardCommand::Dot { board: id, .. } => Turn { board: board(id)?, me }.decide(command, given),
    }
}

struct Turn<'a> {
    board: &'a Board,
    me: &'a Participant,
}

impl<'a> Turn<'a> {
    fn card(&self, id: CardId) -> Result<&'a Card, Refusal> {
        self.board.card(id).ok_or_else(|| Refusal::of(Code::CardGone))
    }

    fn group(&self, id: GroupId) -> Result<&'a CardGroup, Refusal> {
        self.board.group(id).ok_or_else(|| Refusal::of(Code::CardGone))
    }

    fn column(&self, column: u32) -> Result<(), Refusal> {
        let there = (column as usize) < self.board.columns.len();
        if there { Ok(()) } else { Err(Refusal::of(Code::FieldWrong).at("column")) }
    }

    /// The author; of what everyone sees also a facilitator.
    fn keeps(&self, card: &Card, also_hidden: bool) -> Result<(), Refusal> {
        let leads = self.me.facilitates() && (also_hidden || !card.hidden);
        if leads || card.by == Some(self.me.id) { Ok(()) } else { Err(Refusal::of(Code::Forbidden)) }
    }

    fn decide(&self, command: &BoardCommand, given: Given) -> Decided {
        let (board, me) = (self.board.id, self.me.id);
        if let BoardCommand::Dot { card, dots, .. } = command {
            return self.dot(*card, *dots);
        }
        if self.board.locked && !self.me.facilitates() {
            return Err(Refusal::of(Code::BoardLocked));
        }
        match command {
            BoardCommand::Add { column, text, .. } => {
                self.column(*column)?;
                let card = made_on_board(given.id);
                if self.board.cards.len() >= CARDS_MAX {
                    return Err(many(CARDS_MAX));
                }
                let Board { anonymous, hidden, .. } = *self.board;
                let (by, text) = (Some(me), Some(text.to_string()));
                let added = BoardEvent::Added { board, card, column: *column, by, text, anonymous, hidden };
                told_if(self.board.card(card).is_none(), added)
            }
            BoardCommand::Edit { card: id, text, .. } => {
                let card = self.card(*id)?;
                self.keeps(card, false)?;
                let hidden_of = card.by.filter(|_| card.hidden);
                let edited = BoardEvent::Edited { board, card: *id, text: Some(text.to_string()), hidden_of };
                told_if(card.text.as_deref() != Some(text), edited)
            }
            BoardCommand::Delete { card, .. } => {
                self.keeps(self.card(*card)?, true)?;
                told(BoardEvent::Deleted { board, card: *card })
            }
            BoardCommand::Move { card, column, group, before, .. } => {
                self.card(*card)?;
                self.column(*column)?;
                if let Some(group) = group
                    && self.group(*group)?.column != *column
                {
                    return Err(Refusal::of(Code::FieldWrong).at("column"));
                }
                // Who moves it before a card that has just gone meant that column.
                let before = before.filter(|before| self.board.card(*before).is_some_and(|one| one.id != *card));
                told(BoardEvent::Moved { board, card: *card, column: *column, group: *group, before })
            }
            BoardCommand::Group { cards, title, .. } => {
                range("cards", cards.len(), 1, CARDS_MAX)?;
                cards.iter().try_for_each(|card| self.card(*card).map(drop))?;
                if self.board.groups.len() >= GROUPS_MAX {
                    return Err(many(GROUPS_MAX));
                }
                let (group, title) = (made_on_board(given.id), title.to_string());
                told_if(
                    self.board.group(group).is_none(),
                    BoardEvent::Grouped { board, group, title, cards: cards.clone() },
                )
            }
            BoardCommand::Title { group, title, .. } => {
                let known = self.group(*group)?;
                told_if(known.title != **title, BoardEvent::Titled { board, group: *group, title: title.to_string() })
            }
            _ => Ok(Vec::new()),
        }
    }

    fn dot(&self, id: CardId, dots: u32) -> Decided {
        let card = self.card(id)?;
        let voting = self.board.takes_dots().ok_or_else(|| Refusal::of(Code::CardVoting))?;
        let cap = |limit: u32| Refusal::of(Code::CardCap).fact("limit", limit);
        if dots > voting.per_card {
            return Err(cap(voting.per_card));
        }
        let before = card.given.get(&self.me.id).copied().unwrap_or(0);
        if self.board.given(self.me.id) - before + dots > voting.each {
            return Err(cap(voting.each));
        }
        let more = i64::from(dots) - i64::from(before);
        let by = Some(self.me.id);
        let (board, sealed) = (self.board.id, voting.sealed);
        let dotted = BoardEvent::Dotted { board, card: id, by, dots, more: more as i32, sealed };
        told_if(more != 0, dotted)
    }
}
