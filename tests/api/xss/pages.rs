//! The pages, the tables, the calendars and the letters.

use std::collections::{BTreeMap, BTreeSet};

use model::words::{is_forbidden, tidy};
use serde_json::json;
use tests::{Client, Kind, TestApp};

use super::{
    scene::Scene,
    skeleton::{Tag, difference, is_safe, names, tags},
};
use crate::planted::posted;

const PLAIN: &str = "Paprastas tekstas";
const CORPUS: &str = include_str!("../../data/xss.txt");

/// All lines that a text may hold, as many in one text as make up `limit` characters.
fn texts(limit: usize) -> Vec<String> {
    let lines: Vec<&str> = CORPUS.lines().collect();
    let unique: BTreeSet<_> = lines.iter().collect();
    assert!(lines.len() >= 300 && unique.len() == lines.len());
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.chars().any(is_forbidden)).map(tidy).collect();
    assert!(lines.len() >= 300, "only {} are texts", lines.len());
    let mut texts: Vec<String> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        match texts.last_mut().filter(|text| text.chars().count() + line.chars().count() < limit) {
            Some(text) => *text = format!("{text} {line}"),
            None => texts.push(line.clone()),
        }
    }
    texts
}

#[tokio::test]
async fn hostile_texts_in_every_field_add_nothing_to_any_page_on_sqlite() {
    walk(&TestApp::with_cast(Kind::Sqlite).await, 1_400, 1).await;
}

#[tokio::test]
async fn hostile_texts_in_every_field_add_nothing_to_any_page_on_postgresql() {
    walk(&TestApp::with_cast(Kind::Postgres).await, 5_000, 12).await;
}

/// All texts together on all pages, `long` characters at a time; then those that a title of a problem or a practice may hold on the
/// pages of these two, every one of `step`.
async fn walk(app: &TestApp, long: usize, step: usize) {
    let mut scene = Scene::set(app).await;
    let empty: Vec<_> = scene.counts().await.into_iter().filter(|(_, count)| *count == 0).collect();
    assert!(empty.is_empty(), "nothing was planted in {empty:?}");
    scene.put(PLAIN, PLAIN).await;
    let readers = [app.as_("Ona").await, app.as_("Vilma").await, app.as_("Rasa").await, app.anonymous()];
    let mut plain: Vec<BTreeMap<String, Vec<Tag>>> = Vec::new();
    for reader in &readers {
        plain.push(read(&scene, reader, false).await);
    }
    let shown = plain.iter().map(BTreeMap::len).collect::<Vec<_>>();
    assert!(shown[0] >= 80 && shown.iter().all(|count| *count >= 15), "pages of each reader: {shown:?}");
    let others = others(&scene, &readers[0]).await;
    let short = texts(100);
    for (round, text) in texts(long).into_iter().enumerate() {
        scene.put(&short[round], &text).await;
        // Most of what can be read an administrator reads; the others read it now and then.
        for (reader, plain) in readers.iter().zip(&plain).take(if round % 5 == 0 { 4 } else { 1 }) {
            let pages = read(&scene, reader, false).await;
            assert!(pages.keys().eq(plain.keys()), "other pages than before: {text}");
            same(&pages, plain, &text);
        }
        assert_eq!(self::others(&scene, &readers[0]).await, others, "{text}");
    }
    for text in short.iter().step_by(step) {
        scene.put(text, PLAIN).await;
        let pages = read(&scene, &readers[0], true).await;
        assert!(pages.len() >= 10, "{:?}", pages.keys());
        same(&pages, &plain[0], text);
    }
    letters(&mut scene).await;
}

fn same(pages: &BTreeMap<String, Vec<Tag>>, plain: &BTreeMap<String, Vec<Tag>>, text: &str) {
    let known: BTreeSet<&str> = plain.values().flat_map(|page| names(page)).collect();
    for (path, page) in pages {
        let found = if path.starts_with("/paieska") || path.ends_with("/grupes") {
            // By other words other things are found, and after each event other groups are proposed.
            let more = names(page).difference(&known).map(|name| (*name).to_owned()).next();
            more.map(|name| format!("a new element {name}"))
        } else {
            difference(page, &plain[path])
        };
        assert!(found.is_none(), "{path}: {} by {text}", found.unwrap_or_default());
    }
}

/// The pages of a reader by their addresses, and what is found by words that stand beside every text.
async fn read(scene: &Scene<'_>, reader: &Client<'_>, only_items: bool) -> BTreeMap<String, Vec<Tag>> {
    let mut pages = BTreeMap::new();
    let mut addresses = scene.addresses(only_items);
    let words = ["antraštė", "praktika", "komanda", "sesija"];
    addresses.extend(words.map(|word| format!("/paieska?q={}", model::address::encode(word))));
    for path in addresses {
        let page = reader.get(&path).await;
        assert!(page.status < 500, "{path}");
        let tags = tags(page.text());
        for tag in &tags {
            for leads in &tag.leads {
                assert!(is_safe(leads), "{path}: {} leads to {leads}", tag.name);
            }
        }
        if page.status == 200 {
            pages.insert(path, tags);
        }
    }
    // What was searched for comes back in the box.
    let nothing = format!("/paieska?q={}&space=x", model::address::encode(&scene.now[0]));
    let found = reader.get(&nothing).await;
    assert!(found.status < 500 && tags(found.text()).iter().all(|tag| !tag.name.contains(" on")));
    pages
}

/// What is no page: the calendar's file, by the names of its lines, and the table of acts, by its cells.
async fn others(scene: &Scene<'_>, ona: &Client<'_>) -> (Vec<String>, usize) {
    let mut lines = Vec::new();
    for session in &scene.ids["session"] {
        let file = ona.get(&format!("/sesijos/{session}/sesija.ics")).await;
        assert_eq!(file.status, 200);
        let unfolded = file.text().replace("\r\n ", "");
        lines.extend(unfolded.split("\r\n").map(|line| line.split([':', ';']).next().unwrap_or_default().to_owned()));
    }
    let table = ona.get("/valdymas/veiksmai.csv").await;
    (lines, cells(table.text()))
}

/// Cells of a table, each in quotes.
fn cells(table: &str) -> usize {
    let (mut cells, mut inside) = (1, false);
    for c in table.chars() {
        match c {
            '"' => inside = !inside,
            ',' | '\n' if !inside => cells += 1,
            _ => {}
        }
    }
    assert!(!inside);
    cells
}

/// Letters are plain text, and a text that stands in one makes no header.
async fn letters(scene: &mut Scene<'_>) {
    let (ona, network) = (scene.app.as_("Ona").await, scene.app.network("bmt"));
    let mut heads = Vec::new();
    for text in [PLAIN.to_owned(), texts(1_400).swap_remove(0)] {
        scene.put(PLAIN, &text).await;
        let invited = json!({ "role": format!("expert:{network}"), "name": "Vardenė", "email": format!("k{}@kitur.example", heads.len()) });
        posted(&ona, "POST", "/role-invitations", invited).await;
        // Those of the meeting that was planned come in between.
        let to = format!("k{}@kitur.example", heads.len());
        let letter = loop {
            let letters = scene.app.letters(1).await;
            let plain = |letter: &String| !letter.to_ascii_lowercase().contains("text/html");
            assert!(letters.iter().all(plain), "a letter is a page: {letters:?}");
            if let Some(letter) = letters.into_iter().find(|letter| letter.contains(&to)) {
                break letter.replace("\r\n", "\n");
            }
        };
        let (head, _) = letter.split_once("\n\n").unwrap();
        assert!(head.to_ascii_lowercase().contains("content-type: text/plain; charset=utf-8"), "{head}");
        let names = head
            .lines()
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap_or_default().to_owned());
        heads.push(names.collect::<Vec<_>>());
    }
    assert_eq!(heads[0], heads[1]);
}
