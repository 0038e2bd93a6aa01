//! What is put away in two ways at once: no door tells what another one closes, and undoing one never undoes the other. The pairs are
//! those of `docs/decisions/0010-what-is-put-away-in-several-ways.md`.

mod archived;
mod hidden;
mod merged;
mod taken_back;

use model::{address, files::*, ids::*, moderation::*, practices::*, problems::*, redactions::*, words::Prose};
use tests::{Client, TestApp};
use uuid::Uuid;

fn hide(kind: ItemKind, item: Uuid) -> HideItem {
    let reason = Prose::new("Galima atpažinti žmogų.").unwrap();
    HideItem { kind, item: ItemId::from_uuid(item), session: None, reason }
}

/// Shows again what is hidden first in the moderator's queue.
async fn show(moderator: &Client<'_>) {
    let hiding = moderator.call(ReadModeration {}).await.granted().hidden[0].id;
    moderator.call(DecideHiding { hiding, show: true, answer: None }).await.granted();
}

fn report(kind: ItemKind, item: Uuid) -> ReportItem {
    ReportItem { kind, item: ItemId::from_uuid(item), session: None, reason: ReportReason::Other, note: None }
}

fn redact(of: TextOf, item: Uuid, passage: &str) -> RedactText {
    let reason = Prose::new("Rašyta apie žmogų.").unwrap();
    RedactText {
        of,
        item: ItemId::from_uuid(item),
        session: None,
        passage: Passage::new(passage).unwrap(),
        reason,
        files: None,
    }
}

fn merge(problem: ProblemId, into: ProblemId) -> MergeProblem {
    MergeProblem { problem, into: Some(into), find: None, note: None }
}

fn edit(page: &PracticePage, change: impl FnOnce(&mut PracticeText)) -> EditPractice {
    let mut practice = page.text.clone();
    change(&mut practice);
    EditPractice {
        id: page.card.id,
        version: page.version,
        draft: page.card.state != PracticeState::Published,
        practice,
    }
}

/// Attaches a text file.
async fn attached(client: &Client<'_>, practice: PracticeId, name: &str, text: &str) -> FileId {
    let call = AttachToPractice { practice, name: name.into(), sure: true };
    let raw = client.send("POST", &address::url(&call), text.as_bytes()).await;
    assert_eq!(raw.status, 200, "{}", raw.text());
    raw.json()["id"].as_str().unwrap().parse().unwrap()
}

async fn attached_to_problem(client: &Client<'_>, problem: ProblemId) -> FileId {
    let call = AttachToProblem { problem, name: "pastabos.txt".into(), sure: true };
    let raw = client.send("POST", &address::url(&call), b"Labas.\n").await;
    assert_eq!(raw.status, 200, "{}", raw.text());
    raw.json()["id"].as_str().unwrap().parse().unwrap()
}

/// Every address of a practice and of one of its files.
fn addresses(practice: PracticeId, file: FileId) -> Vec<String> {
    vec![
        format!("/praktikos/{practice}"),
        format!("/praktikos/{practice}/kortele"),
        format!("/praktikos/{practice}/versijos"),
        format!("/failai/{file}"),
        format!("/api/v1/practices/{practice}"),
        format!("/api/v1/practices/{practice}/versions"),
        format!("/api/v1/files/{file}"),
        format!("/api/v1/files/{file}/content"),
    ]
}

/// What each of the addresses answers: its status, also to one who has a copy with its tag or wants a part of it.
async fn answers(client: &Client<'_>, addresses: &[String], tags: &[Option<String>]) -> Vec<u16> {
    let mut found = Vec::new();
    for (path, tag) in addresses.iter().zip(tags) {
        found.push(client.get(path).await.status);
        if let Some(tag) = tag {
            found.push(client.clone().with("if-none-match", tag).get(path).await.status);
            found.push(client.clone().with("range", "bytes=0-1").get(path).await.status);
        }
    }
    found
}

async fn tags(client: &Client<'_>, addresses: &[String]) -> Vec<Option<String>> {
    let mut tags = Vec::new();
    for path in addresses {
        let raw = client.get(path).await;
        assert_eq!(raw.status, 200, "{path}: {}", raw.text());
        tags.push(raw.header("etag").map(str::to_owned));
    }
    tags
}

/// All that lists, counts and finds, as one text.
async fn told(app: &TestApp, reader: &Client<'_>, space: SpaceId, words: &str) -> String {
    app.app.search.settled().await;
    let words = model::address::encode(words);
    let mut told = String::new();
    for path in [
        "/".to_owned(),
        "/problemos".to_owned(),
        "/praktikos".to_owned(),
        format!("/erdves/{space}"),
        format!("/paieska?q={words}&space={space}"),
        "/api/v1/practices".to_owned(),
        "/api/v1/problems".to_owned(),
        format!("/api/v1/spaces/{space}"),
        format!("/api/v1/search?q={words}"),
        format!("/api/v1/problems/similar?q={words}"),
    ] {
        let raw = reader.get(&path).await;
        assert!(raw.status == 200 || raw.status == 422, "{path}: {}", raw.text());
        // What was asked for stands in the box.
        told += raw.text().split("<main").last().unwrap_or_default();
    }
    told
}
