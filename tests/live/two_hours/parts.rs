//! The parts of the session, one after another.

use super::*;

/// Everyone says something, connections drop, hands go up and are given the word in turn.
pub async fn talk(evening: &mut Evening) {
    evening.lead(json!({ "next_step": {} })).await;
    for (number, client) in &mut evening.clients {
        client.ask(line(&format!("Labas, čia {number}."))).await;
    }
    evening.drops().await;
    evening.settled().await;
    for number in [7, 20, 33] {
        evening.of(number).done(command(json!({ "raise_hand": {} }))).await;
    }
    evening.of(HOST).done_for(person(MATES[0]), command(json!({ "raise_hand": {} }))).await;
    for expected in [7, 20, 33, MATES[0]] {
        evening.lead(json!({ "next_hand": {} })).await;
        assert_eq!(evening.jonas().room.floor.as_ref().unwrap().person, person(expected));
        evening.house.later(1);
    }
    evening.lead(json!({ "finish_floor": {} })).await;
    assert_eq!(evening.jonas().room.airtime.len(), 4);
}

/// Each team has its turn once, whoever of it speaks.
pub async fn round(evening: &mut Evening) {
    let step = json!({ "title": "Ratas", "minutes": 10, "rules": { "kind": "round", "speaks": "teams" } });
    evening.lead(json!({ "add_step": step })).await;
    let step = evening.jonas().room.steps.last().unwrap().id;
    evening.lead(json!({ "start_step": { "step": step } })).await;
    evening.lead(json!({ "round": { "next": {} } })).await;
    let mut heard = 0;
    while evening.jonas().room.round.as_ref().is_some_and(|round| round.now.is_some()) {
        heard += 1;
        assert!(heard <= 8, "nobody speaks twice");
        evening.lead(json!({ "round": { "next": {} } })).await;
    }
    assert_eq!(heard, 8);
    evening.lead(json!({ "end_step": { "step": step } })).await;
}

/// Hidden cards, turned over, put together, and dots; the server is killed among the dots, and somebody is away meanwhile.
pub async fn board(evening: &mut Evening) -> BoardId {
    let make = json!({ "title": "Kas trukdo", "columns": ["Pamokoje", "Namuose"], "hidden": true });
    let id = evening.lead(json!({ "board": { "make": make } })).await;
    let board: BoardId = made_on_board(id);
    evening.all_know().await;
    let add =
        |column: u32, text: String| json!({ "board": { "add": { "board": board, "column": column, "text": text } } });
    for (number, client) in &mut evening.clients {
        client.ask(command(add((*number % 2) as u32, format!("Kortelė {number}")))).await;
    }
    evening.drops().await;
    evening.settled().await;
    evening.all_know().await;
    let seen = evening.of(30).room.boards.get(board).unwrap().cards.iter().filter(|card| card.text.is_some()).count();
    assert_eq!(seen, 1, "one's own alone until they are turned over");
    evening.lead(json!({ "board": { "reveal": { "board": board } } })).await;

    evening.of(AWAY).cut().await;
    evening.jonas().until(|jonas| !jonas.room.is_here(person(AWAY))).await;
    let away = evening.clients.iter().position(|(number, _)| *number == AWAY).unwrap();
    let away = evening.clients.remove(away);

    let cards: Vec<CardId> = evening.jonas().room.boards.get(board).unwrap().cards.iter().map(|card| card.id).collect();
    let group = json!({ "board": board, "cards": [cards[0], cards[1]], "title": "Laikas" });
    evening.lead(json!({ "board": { "group": group } })).await;
    evening.lead(json!({ "board": { "open_voting": { "board": board, "each": 3, "per_card": 2 } } })).await;
    let dot = |number: u128| {
        let card = cards[number as usize % cards.len()];
        Command::Board(BoardCommand::Dot { board, card, dots: 2 })
    };
    for (number, client) in &mut evening.clients {
        client.ask(dot(*number)).await;
    }
    evening.kill().await;
    evening.settled().await;
    for mate in MATES {
        evening.of(HOST).done_for(person(mate), dot(mate)).await;
    }
    evening.house.later(10);
    evening.clients.push(away);
    evening.everybody_again().await;
    evening.jonas().until(|jonas| jonas.room.is_here(person(AWAY))).await;
    evening.lead(json!({ "board": { "close_voting": { "board": board } } })).await;
    let dots: u32 = evening.jonas().room.boards.get(board).unwrap().cards.iter().map(|card| card.dots).sum();
    assert_eq!(dots, 2 * (PEOPLE as u32 - 1), "two of each, once, however often they were sent");
    board
}

/// Sealed with names, and without names at all; everybody votes, whoever's device they sit at.
pub async fn polls(evening: &mut Evening) {
    for more in ["sealed", "anonymous"] {
        let mut ask = json!({ "question": "Ar tinka?", "kind": "single", "options": ["Taip", "Ne"] });
        ask[more] = true.into();
        let id = evening.lead(json!({ "poll": { "ask": ask } })).await;
        let poll = poll_id(person(JONAS), id);
        evening.all_know().await;
        evening
            .all_ask(|number| {
                command(json!({ "poll": { "vote": { "poll": poll, "picks": [u32::from(number % 3 == 0)] } } }))
            })
            .await;
        assert!(evening.of(20).room.polls.get(poll).unwrap().results.is_none());
        evening.lead(json!({ "poll": { "close": { "poll": poll } } })).await;
        let jonas = evening.jonas();
        jonas.until(|jonas| jonas.room.polls.get(poll).is_some_and(|poll| poll.state == PollState::Closed)).await;
        let results = jonas.room.polls.get(poll).unwrap().results.clone().unwrap();
        assert_eq!((results.counts, results.voted, results.voters), (vec![30, 15], 45, 45), "{more}");
    }
}

/// Objected to, reworded, which takes every voice back, and agreed.
pub async fn agreement(evening: &mut Evening) {
    let propose = json!({ "text": "Bandome tris savaites.", "owner": format!("team:{}", team_id(2)), "quorum": 90 });
    let id = evening.lead(json!({ "agreement": { "propose": propose } })).await;
    let agreement = agreement_id(person(JONAS), id);
    evening.lead(json!({ "agreement": { "open": { "agreement": agreement } } })).await;
    evening.all_know().await;
    let voice = |voice: &str, reason: Option<&str>| {
        command(json!({ "agreement": { "voice": { "agreement": agreement, "voice": voice, "reason": reason } } }))
    };
    evening
        .all_ask(|number| if number == 17 { voice("object", Some("Per trumpai.")) } else { voice("agree", None) })
        .await;
    let close = || command(json!({ "agreement": { "close": { "agreement": agreement } } }));
    assert_eq!(evening.jonas().refused(close()).await, Code::AgreementObjections);
    evening.jonas().refused.clear();
    let text = "Bandome penkias savaites.";
    evening.lead(json!({ "agreement": { "amend": { "agreement": agreement, "text": text } } })).await;
    evening.all_know().await;
    evening.all_ask(|_| voice("agree", None)).await;
    evening.jonas().done(close()).await;
    let outcome = evening.jonas().room.agreement(agreement).unwrap().outcome.clone().unwrap();
    assert_eq!((outcome.adopted, outcome.people.agree, outcome.people.of), (true, 45, 45));
    assert_eq!((outcome.teams.agree, outcome.teams.of), (8, 8));
}

/// Two write one text, one of them on a connection that breaks.
pub async fn notes(evening: &mut Evening) {
    let (address, session) = (evening.house.address, evening.session);
    let mut one = Writer::at(address, session, 8).await.unwrap();
    let mut other = Writer::at(address, session, 26).await.unwrap();
    one.write(0, "Ką išbandysime: ").await;
    one.saved().await;
    other.until(|other| other.notes.text() == "Ką išbandysime: ").await;
    other.write(16, "poras.").await;
    let update = one.notes.edit(0, 0, "Užrašai. ").unwrap();
    drop(update);
    one.again(address, session, 8).await;
    one.saved().await;
    other.saved().await;
    for writer in [&mut one, &mut other] {
        writer.until(|writer| writer.notes.text() == "Užrašai. Ką išbandysime: poras.").await;
    }
}

/// Each team by itself: everyone leaves the main room for it, as a browser does, and is called back.
pub async fn groups(evening: &mut Evening) {
    let of_team = |(team, name): (usize, &str)| {
        let people: Vec<PersonId> = people_of(team).map(person).collect();
        json!({ "title": name, "people": people })
    };
    let groups: Vec<Value> = teams().map(of_team).collect();
    let id = evening.lead(json!({ "breakouts": { "open": { "groups": groups, "minutes": 10 } } })).await;
    evening.all_know().await;
    let address = evening.house.address;
    let mut inside = Vec::new();
    for (number, client) in &mut evening.clients {
        if *number == JONAS {
            continue;
        }
        client.cut().await;
        let team = teams().map(|(team, _)| team).find(|team| people_of(*team).contains(number)).unwrap();
        let group = breakout_id(person(JONAS), id, team);
        inside.push((*number, LiveClient::join(address, group, &headers(*number)).await.unwrap()));
    }
    // Who shares a device sits at it in the group as well.
    let mates: Vec<PersonId> = MATES.map(person).into();
    let host = inside.iter_mut().find(|(number, _)| *number == HOST).map(|(_, client)| client).unwrap();
    host.done(command(json!({ "seat": { "people": mates } }))).await;
    evening.jonas().until(|jonas| jonas.room.people.values().filter(|one| one.here).count() == 1).await;
    for (number, client) in &mut inside {
        client.done(line(&format!("Grupėje, {number}."))).await;
    }
    evening.lead(json!({ "breakouts": { "extend": { "minutes": 5 } } })).await;
    evening.house.later(14);
    evening.lead(json!({ "breakouts": { "close": {} } })).await;
    for (_, client) in &mut inside {
        client.until(|client| client.room.state == State::Closed).await;
        assert!(client.texts().len() <= 6, "what is said in a group stays there");
    }
    evening.everybody_again().await;
    evening.of(HOST).done(command(json!({ "seat": { "people": MATES.map(person) } }))).await;
    evening.jonas().until(|jonas| jonas.room.people.values().filter(|one| one.here).count() == PEOPLE as usize).await;
}

/// An action with an owner; the server is killed under the last words.
pub async fn actions(evening: &mut Evening) {
    let owner = format!("team:{}", team_id(5));
    evening.lead(json!({ "agree_action": { "text": "Surinkti duomenis", "owner": owner, "due": "2027-02-01" } })).await;
    for (number, client) in &mut evening.clients {
        client.ask(line(&format!("Ačiū, {number}."))).await;
    }
    evening.kill().await;
    evening.settled().await;
}
