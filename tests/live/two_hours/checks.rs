//! What has to hold in the end.

use super::*;

/// The room of each is the fold of what is on disk, as they are shown it, and everything said is there once.
pub async fn one_room(evening: &mut Evening, db: &Db, board: BoardId) {
    let mut tx = db.read().await.unwrap();
    let stored: Vec<(i64, String)> =
        sql!("select seq, payload from session_events where session = $1 order by seq", evening.session)
            .all(&mut tx)
            .await
            .unwrap();
    assert!(stored.iter().zip(1..).all(|((seq, _), expected)| *seq == expected), "dense");
    let events: Vec<Event> = stored.iter().map(|(_, payload)| serde_json::from_str(payload).unwrap()).collect();
    let mut whole = Room::default();
    // What the session was planned as stands in its row.
    let (title, steps): (String, db::Json<Vec<NewStep>>) =
        sql!("select title, steps from sessions where id = $1", evening.session).one(&mut tx).await.unwrap();
    evolve(&mut whole, &Event::Scheduled { title, facilitator: person(JONAS), steps: steps.0 });
    let mut said: Vec<&str> = Vec::new();
    for event in &events {
        evolve(&mut whole, event);
        if let Event::Said { text: Some(text), .. } = event {
            said.push(text);
        }
    }
    let count = said.len();
    said.sort_unstable();
    said.dedup();
    assert_eq!((count, said.len()), (2 * evening.clients.len() - 1, count), "each once");
    assert_eq!(whole.boards.get(board).unwrap().cards.len(), evening.clients.len());
    let last = stored.last().unwrap().0;
    for (number, client) in &mut evening.clients {
        client.until(|client| client.seq == last).await;
        let you = client.you.clone().unwrap();
        same(*number, &client.room, &whole.shown_to(&you));
    }
}

/// Names the parts in which two rooms differ.
fn same(number: u128, one: &Room, other: &Room) {
    if one != other {
        let parts = |room| serde_json::to_value(room).unwrap();
        let (one, other) = (parts(one), parts(other));
        let differs = |name: &&String| one[name.as_str()] != other[name.as_str()];
        let names: Vec<&String> = one.as_object().unwrap().keys().filter(differs).collect();
        let first = names.first().map_or("none", |name| name.as_str());
        panic!("{number} differs in {names:?}: {} and {}", one[first], other[first]);
    }
}

/// Two hours for everyone but who came late and who was away, at whichever device, in whichever room of the session.
pub fn right_hours(evening: &Evening) {
    let table = evening.house.page(&format!("/sesijos/{}/lankomumas.csv", evening.session), &headers(JONAS));
    let rows: Vec<Vec<&str>> =
        table.lines().skip(1).map(|line| line.split(',').map(|field| field.trim_matches('"')).collect()).collect();
    assert_eq!(rows.len(), PEOPLE as usize, "{table}");
    for row in rows {
        let number: u128 = row[0].trim_start_matches("Mokytoja ").parse().unwrap();
        let minutes = match number {
            LATE => "96",
            AWAY => "110",
            _ => "120",
        };
        assert_eq!(row[6], minutes, "{row:?}");
    }
}

pub fn right_minutes(evening: &Evening) {
    let minutes = evening.house.page(&format!("/sesijos/{}/protokolas.md", evening.session), &headers(JONAS));
    let there = |words: &str| assert!(minutes.contains(words), "{words} is not in\n{minutes}");
    for (team, name) in teams() {
        there(name);
        people_of(team).for_each(|number| there(&format!("Mokytoja {number}")));
    }
    for words in [
        "Ratas",
        "Kas trukdo",
        "Laikas",
        "Ar tinka?",
        "Bandome penkias savaites.",
        "Surinkti duomenis",
        "Užrašai. Ką išbandysime: poras.",
    ] {
        there(words);
    }
}
