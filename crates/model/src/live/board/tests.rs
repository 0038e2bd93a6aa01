//! Tests of what people do on a board.

use super::*;
use crate::{
    live::{By, Command, Participant, rehearsal::*},
    refusal::Code,
};

fn line(text: &str) -> Line<BOARD_TITLE_MAX> {
    Line::new(text).unwrap()
}

fn make(stage: &mut Stage, anonymous: bool, hidden: bool) -> BoardId {
    let columns = vec![line("Pavyko"), line("Nepavyko")];
    stage.done(
        &jonas(),
        Command::Board(BoardCommand::Make { title: line("Apžvalga"), columns, anonymous, hidden, step: None }),
    );
    made_on_board(stage.last)
}

fn add(stage: &mut Stage, by: &Participant, board: BoardId, text: &str) -> CardId {
    stage.done(by, Command::Board(BoardCommand::Add { board, column: 0, text: Prose::new(text).unwrap() }));
    made_on_board(stage.last)
}

fn edit(board: BoardId, card: CardId, text: &str) -> Command {
    Command::Board(BoardCommand::Edit { board, card, text: Prose::new(text).unwrap() })
}

fn put(board: BoardId, card: CardId, column: u32, before: Option<CardId>) -> Command {
    Command::Board(BoardCommand::Move { board, card, column, group: None, before })
}

fn dot(board: BoardId, card: CardId, dots: u32) -> Command {
    Command::Board(BoardCommand::Dot { board, card, dots })
}

fn shown(stage: &Stage, viewer: &Participant, board: BoardId, card: CardId) -> Card {
    stage.room.shown_to(viewer).boards.get(board).unwrap().card(card).unwrap().clone()
}

fn order(stage: &Stage, board: BoardId, column: u32) -> Vec<String> {
    let board = stage.room.boards.get(board).unwrap();
    board.column(column).map(|card| card.text.clone().unwrap()).collect()
}

#[test]
fn a_hidden_card_is_its_authors_until_it_is_revealed() {
    let mut stage = Stage::open();
    let board = make(&mut stage, false, true);
    let card = add(&mut stage, &rasa(), board, "Slapta mintis");
    assert_eq!(shown(&stage, &rasa(), board, card).text.as_deref(), Some("Slapta mintis"));
    for viewer in [jonas(), vilma(), darius()] {
        let card = shown(&stage, &viewer, board, card);
        assert_eq!((card.text, card.by), (None, None), "{}", viewer.name);
    }
    stage.refused(&jonas(), edit(board, card, "Kita"), Code::Forbidden);
    stage.refused(&vilma(), Command::Board(BoardCommand::Reveal { board }), Code::Forbidden);
    stage.done(&rasa(), edit(board, card, "Mintis"));
    assert!(stage.room.has_for(rasa().id) && !stage.room.has_for(vilma().id));
    stage.done(&jonas(), Command::Board(BoardCommand::Reveal { board }));
    let open = shown(&stage, &vilma(), board, card);
    assert_eq!((open.text.as_deref(), open.by), (Some("Mintis"), Some(rasa().id)));
    stage.done(&jonas(), edit(board, card, "Aiškesnė mintis"));
    stage.nothing(&jonas(), Command::Board(BoardCommand::Reveal { board }));
}

#[test]
fn the_author_of_a_card_without_a_name_is_shown_to_nobody_else_and_cannot_be_tried() {
    let mut stage = Stage::open();
    let board = make(&mut stage, true, true);
    let card = add(&mut stage, &rasa(), board, "Be vardo");
    let command = stage.last;
    stage.done(&jonas(), Command::Board(BoardCommand::Reveal { board }));
    for viewer in [jonas(), vilma()] {
        assert_eq!(shown(&stage, &viewer, board, card).by, None);
    }
    assert_eq!(shown(&stage, &rasa(), board, card).by, Some(rasa().id));
    // Whoever knows everyone's id and the command's, as all do, cannot reckon who made it.
    assert_eq!(made_on_board::<CardId>(command), card);
    stage.refused(&vilma(), edit(board, card, "Kita"), Code::Forbidden);
    stage.done(&rasa(), edit(board, card, "Vis dar be vardo"));
    let told = stage.ask(By::Person(&rasa()), &edit(board, card, "Trečiąkart")).unwrap();
    assert!(!format!("{told:?}").contains(&rasa().id.to_string()));
}

#[test]
fn cards_are_moved_and_grouped_and_nothing_is_lost() {
    let mut stage = Stage::open();
    let board = make(&mut stage, false, false);
    let [a, b, c] = ["a", "b", "c"].map(|text| add(&mut stage, &rasa(), board, text));
    stage.done(&vilma(), put(board, c, 0, Some(a)));
    assert_eq!(order(&stage, board, 0), ["c", "a", "b"]);
    // Two who move the same card: the last wins.
    stage.done(&vilma(), put(board, a, 1, None));
    stage.done(&rasa(), put(board, a, 0, None));
    assert_eq!(order(&stage, board, 0), ["c", "b", "a"]);
    stage.refused(&rasa(), put(board, a, 2, None), Code::FieldWrong);
    let title = line("Panašu");
    stage.done(&vilma(), Command::Board(BoardCommand::Group { board, cards: vec![b, a], title }));
    let group = stage.room.boards.get(board).unwrap().groups[0].id;
    assert_eq!(stage.room.boards.get(board).unwrap().card(a).unwrap().group, Some(group));
    let title = line("Labai panašu");
    stage.done(&rasa(), Command::Board(BoardCommand::Title { board, group, title }));
    // A group without cards goes.
    stage.done(&rasa(), put(board, a, 1, None));
    stage.done(&rasa(), Command::Board(BoardCommand::Delete { board, card: b }));
    assert!(stage.room.boards.get(board).unwrap().groups.is_empty());
    assert_eq!(order(&stage, board, 1), ["a"]);
    stage.refused(&rasa(), put(board, b, 1, None), Code::CardGone);
    let elsewhere = BoardId::from_uuid(Uuid::from_u128(9));
    stage.refused(&rasa(), put(elsewhere, a, 1, None), Code::BoardGone);
}

#[test]
fn dots_keep_to_what_a_person_and_a_card_may_have_and_are_sealed_until_the_voting_is_closed() {
    let mut stage = Stage::open();
    let board = make(&mut stage, false, false);
    let [a, b] = ["a", "b"].map(|text| add(&mut stage, &rasa(), board, text));
    stage.refused(&rasa(), dot(board, a, 1), Code::CardVoting);
    let open = BoardCommand::OpenVoting { board, each: 3, per_card: 2, sealed: true };
    stage.refused(&rasa(), Command::Board(open.clone()), Code::Forbidden);
    stage.done(&jonas(), Command::Board(open));
    stage.refused(&rasa(), dot(board, a, 3), Code::CardCap);
    stage.done(&rasa(), dot(board, a, 2));
    stage.refused(&rasa(), dot(board, b, 2), Code::CardCap);
    stage.done(&rasa(), dot(board, b, 1));
    stage.done(&vilma(), dot(board, a, 1));
    stage.nothing(&vilma(), dot(board, a, 1));
    stage.refused(&darius(), dot(board, a, 1), Code::Forbidden);
    for viewer in [jonas(), vilma()] {
        let card = shown(&stage, &viewer, board, a);
        assert_eq!(card.dots, 0);
        assert!(card.given.keys().all(|person| *person == viewer.id));
    }
    stage.done(&jonas(), Command::Board(BoardCommand::CloseVoting { board }));
    assert_eq!(shown(&stage, &vilma(), board, a).dots, 3);
    stage.refused(&rasa(), dot(board, a, 1), Code::CardVoting);
}

#[test]
fn a_locked_board_is_the_facilitators_alone() {
    let mut stage = Stage::open();
    let board = make(&mut stage, false, false);
    let card = add(&mut stage, &rasa(), board, "a");
    stage.done(&jonas(), Command::Board(BoardCommand::Lock { board, locked: true }));
    stage.refused(&rasa(), edit(board, card, "b"), Code::BoardLocked);
    stage.refused(&rasa(), put(board, card, 1, None), Code::BoardLocked);
    stage.done(&jonas(), put(board, card, 1, None));
    let code = Prose::new("Kodas 50001010006").unwrap();
    stage.refused(&jonas(), Command::Board(BoardCommand::Add { board, column: 0, text: code }), Code::GuardCode);
}
