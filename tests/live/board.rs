//! Boards over real sockets: what is hidden reaches nobody else, caps hold whatever comes at once, and two who move one card lose nothing.

use db::sql;
use model::{
    ids::*,
    live::{Board, BoardCommand, Command, made_on_board},
    refusal::Code,
    words::{Line, Prose},
};
use server::live::Settings;
use uuid::Uuid;

use crate::{
    both,
    live_client::LiveClient,
    stand::{EGLE, JONAS, RASA, Stand, TOMAS, headers, person},
};

fn line(text: &str) -> Line<100> {
    Line::new(text).unwrap()
}

async fn done(client: &mut LiveClient, command: BoardCommand) -> CommandId {
    let id = client.ask(Command::Board(command)).await;
    client.until(|client| client.done.contains_key(&id) || client.refused.contains_key(&Some(id))).await;
    assert!(client.done.contains_key(&id), "{:?}", client.refused);
    id
}

async fn make(jonas: &mut LiveClient, anonymous: bool, hidden: bool) -> BoardId {
    let columns = vec![line("Pavyko"), line("Nepavyko")];
    let make = BoardCommand::Make { title: line("Apžvalga"), columns, anonymous, hidden, step: None };
    made_on_board(done(jonas, make).await)
}

async fn add(client: &mut LiveClient, board: BoardId, text: &str) -> CardId {
    client.until(|client| client.room.boards.get(board).is_some()).await;
    let text = Prose::new(text).unwrap();
    made_on_board(done(client, BoardCommand::Add { board, column: 0, text }).await)
}

fn board(client: &LiveClient, board: BoardId) -> &Board {
    client.room.boards.get(board).unwrap()
}

fn put(board: BoardId, card: CardId, column: u32, before: Option<CardId>) -> BoardCommand {
    BoardCommand::Move { board, card, column, group: None, before }
}

both!(a_hidden_card_without_a_name_reaches_nobody_before_it_is_revealed, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa, mut tomas) = (stand.join(JONAS).await, stand.join(RASA).await, stand.join(TOMAS).await);
    let id = make(&mut jonas, true, true).await;
    let card = add(&mut rasa, id, "Kiaunės mintis").await;
    let text = Prose::new("Bebro mintis").unwrap();
    done(&mut rasa, BoardCommand::Edit { board: id, card, text }).await;
    let mut late = stand.join(EGLE).await;
    for client in [&mut jonas, &mut tomas, &mut late] {
        client.until(|client| client.room.boards.get(id).is_some_and(|board| board.cards.len() == 1)).await;
        client.done(crate::live_client::line("Matau.")).await;
        assert_eq!((&board(client, id).cards[0].text, board(client, id).cards[0].by), (&None, None));
        assert!(client.heard.iter().all(|frame| !frame.contains("Kiaunės") && !frame.contains("Bebro")));
    }
    // The author's own comes back with a fresh room as well, also from another server.
    let node = stand.another().await;
    let mut again = node.join(stand.session, RASA).await;
    again.until(|client| client.room.boards.get(id).is_some_and(|board| board.cards.len() == 1)).await;
    assert_eq!(board(&again, id).cards[0].text.as_deref(), Some("Bebro mintis"));
    assert_eq!(board(&again, id).cards[0].by, Some(person(RASA)));

    done(&mut jonas, BoardCommand::Reveal { board: id }).await;
    for client in [&mut jonas, &mut tomas, &mut late] {
        client.until(|client| client.room.boards.get(id).is_some_and(|board| !board.hidden)).await;
        assert_eq!(board(client, id).cards[0].text.as_deref(), Some("Bebro mintis"));
        assert_eq!(board(client, id).cards[0].by, None);
        // No event about the board that others are told names its author.
        let of_board =
            client.heard.iter().filter(|frame| frame.contains("\"board\":{\"") && frame.contains("happened"));
        assert!(of_board.clone().count() > 0);
        assert!(of_board.into_iter().all(|frame| !frame.contains(&person(RASA).to_string())));
    }

    // Deleted, it is nowhere any more.
    done(&mut rasa, BoardCommand::Delete { board: id, card }).await;
    let whole = stand.payloads().await.join("\n");
    assert!(!whole.contains("Bebro") && !whole.contains("Kiaunės"));
});

both!(dots_at_once_keep_their_caps_and_are_sealed, |kind| async move {
    let stand = Stand::new(kind, Settings { frames_burst: 200, ..Settings::default() }).await;
    let (mut jonas, mut rasa, mut tomas) = (stand.join(JONAS).await, stand.join(RASA).await, stand.join(TOMAS).await);
    let id = make(&mut jonas, false, false).await;
    let mut cards = Vec::new();
    for text in ["a", "b", "c"] {
        cards.push(add(&mut rasa, id, text).await);
    }
    done(&mut jonas, BoardCommand::OpenVoting { board: id, each: 3, per_card: 2, sealed: true }).await;
    rasa.until(|rasa| board(rasa, id).takes_dots().is_some()).await;
    let dot = |card: CardId, dots: u32| Command::Board(BoardCommand::Dot { board: id, card, dots });
    let asked: Vec<Command> = (0..64u32).map(|number| dot(cards[number as usize % 3], 1 + number % 3)).collect();
    rasa.ask_all(asked).await;
    rasa.until(|rasa| rasa.pending.is_empty()).await;
    assert!(board(&rasa, id).given(person(RASA)) <= 3);
    assert!(board(&rasa, id).cards.iter().all(|card| card.given.values().all(|dots| *dots <= 2)));
    for card in &cards {
        rasa.ask(dot(*card, 0)).await;
    }
    rasa.until(|rasa| rasa.pending.is_empty()).await;
    rasa.done(dot(cards[0], 2)).await;
    assert_eq!(rasa.refused(dot(cards[1], 2)).await, Code::CardCap);
    tomas.until(|tomas| tomas.room.boards.get(id).is_some_and(|board| board.takes_dots().is_some())).await;
    tomas.done(dot(cards[0], 1)).await;
    let mut late = stand.join(EGLE).await;
    late.until(|late| late.room.boards.get(id).is_some()).await;
    for client in [&jonas, &late] {
        assert!(board(client, id).cards.iter().all(|card| card.dots == 0 && card.given.is_empty()));
        assert!(client.heard.iter().all(|frame| !frame.contains("dotted")));
    }
    done(&mut jonas, BoardCommand::CloseVoting { board: id }).await;
    for client in [&mut jonas, &mut rasa, &mut tomas, &mut late] {
        client.until(|client| board(client, id).voting.is_some_and(|voting| voting.closed)).await;
        let dots: Vec<u32> = board(client, id).cards.iter().map(|card| card.dots).collect();
        assert_eq!(dots, [3, 0, 0]);
    }
    assert_eq!(tomas.refused(dot(cards[0], 2)).await, Code::CardVoting);
});

both!(two_who_move_one_card_at_once_lose_nothing, |kind| async move {
    let stand = Stand::new(kind, Settings { frames_burst: 200, ..Settings::default() }).await;
    let node = stand.another().await;
    let mut jonas = stand.join(JONAS).await;
    let (mut rasa, mut tomas) = (stand.join(RASA).await, node.join(stand.session, TOMAS).await);
    let id = make(&mut jonas, false, false).await;
    let mut cards = Vec::new();
    for text in ["a", "b", "c", "d"] {
        cards.push(add(&mut rasa, id, text).await);
    }
    // A node without a bus learns of another's events by its next command.
    tomas.done(crate::live_client::line("Esu čia.")).await;
    tomas.until(|tomas| tomas.room.boards.get(id).is_some_and(|board| board.cards.len() == 4)).await;
    for round in 0..8 {
        rasa.ask(Command::Board(put(id, cards[round % 4], 1, Some(cards[(round + 1) % 4])))).await;
        tomas.ask(Command::Board(put(id, cards[round % 4], 0, None))).await;
    }
    rasa.until(|rasa| rasa.pending.is_empty()).await;
    tomas.until(|tomas| tomas.pending.is_empty()).await;
    rasa.done(crate::live_client::line("Viskas.")).await;
    let mark = tomas.done(crate::live_client::line("Viskas ir čia.")).await;
    rasa.resume(node.address, &headers(RASA)).await.unwrap();
    rasa.until(|rasa| rasa.seq == mark).await;
    jonas.done(crate::live_client::line("Matau.")).await;
    assert_eq!(board(&jonas, id).cards.len(), 4);
    assert_eq!(board(&jonas, id).cards, board(&tomas, id).cards);
    assert_eq!(board(&jonas, id).cards, board(&rasa, id).cards);
    let gone = CardId::from_uuid(Uuid::from_u128(9));
    assert_eq!(rasa.refused(Command::Board(put(id, gone, 0, None))).await, Code::CardGone);
    let elsewhere = BoardId::from_uuid(Uuid::from_u128(9));
    assert_eq!(rasa.refused(Command::Board(put(elsewhere, cards[0], 0, None))).await, Code::BoardGone);
    done(&mut jonas, BoardCommand::Lock { board: id, locked: true }).await;
    assert_eq!(rasa.refused(Command::Board(put(id, cards[0], 0, None))).await, Code::BoardLocked);
    let mut tx = stand.fresh.db.read().await.unwrap();
    let seqs: Vec<i64> = sql!("select seq from session_events where session = $1 order by seq", stand.session)
        .all(&mut tx)
        .await
        .unwrap();
    assert_eq!(seqs, (1..=seqs.len() as i64).collect::<Vec<_>>());
});
