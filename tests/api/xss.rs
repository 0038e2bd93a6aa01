//! Hostile texts in every field that a page shows: each page has the same elements with the same attributes as with a plain text.

use model::{ids::*, words::is_forbidden};
use serde_json::{Value, json};
use tests::{Client, Kind, TestApp};

const CORPUS: &str = include_str!("../data/xss.txt");
const PLAIN: &str = "Paprastas tekstas";

#[tokio::test]
async fn three_hundred_hostile_texts_add_no_element_and_no_attribute_on_sqlite() {
    let lines: Vec<&str> = CORPUS.lines().collect();
    assert!(lines.len() >= 300);
    let unique: std::collections::BTreeSet<_> = lines.iter().collect();
    assert_eq!(unique.len(), lines.len());
    walk(&TestApp::with_cast(Kind::Sqlite).await, lines.into_iter()).await;
}

#[tokio::test]
async fn some_of_the_hostile_texts_add_no_element_and_no_attribute_on_postgresql() {
    walk(&TestApp::with_cast(Kind::Postgres).await, CORPUS.lines().step_by(12)).await;
}

#[test]
fn an_element_or_an_attribute_more_is_seen() {
    let plain = r#"<p class="a">x</p>"#;
    assert_eq!(skeleton(plain), skeleton(r#"<p class="&lt;b onclick=&quot;">&lt;script&gt;</p>"#));
    for broken in
        [r#"<p class="a"><b>x</b></p>"#, r#"<p class="a" onclick="x">x</p>"#, r#"<p class="a"onclick="x">x</p>"#]
    {
        assert_ne!(skeleton(plain), skeleton(broken), "{broken}");
    }
}

async fn walk(app: &TestApp, lines: impl Iterator<Item = &str>) {
    let scene = Scene::set(app).await;
    let plain = scene.pages(PLAIN).await.expect("a plain text is taken");
    let mut taken = 0;
    for line in lines {
        let Some(pages) = scene.pages(line).await else {
            assert!(line.chars().any(is_forbidden), "refused without a reason: {line}");
            continue;
        };
        taken += 1;
        for ((path, page), (_, before)) in pages.iter().zip(&plain) {
            assert_eq!(skeleton(page), skeleton(before), "{line} on {path}");
        }
    }
    assert!(taken > 20, "{taken}");
}

/// One row of each kind whose texts are put in place of those before.
struct Scene<'a> {
    app: &'a TestApp,
    rasa: Client<'a>,
    ona: Client<'a>,
    problem: ProblemId,
    practice: PracticeId,
    session: SessionId,
    space: SpaceId,
    team: TeamId,
    network: NetworkId,
}

impl<'a> Scene<'a> {
    async fn set(app: &'a TestApp) -> Self {
        let (rasa, ona) = (app.as_("Rasa").await, app.as_("Ona").await);
        let problem = app.problem("motyvacija");
        let mut tx = app.app.read().await.unwrap();
        let space: SpaceId = db::sql!("select space from problems where id = $1", problem).one(&mut tx).await.unwrap();
        let session: SessionId =
            db::sql!("select id from sessions where state = 'closed' order by id limit 1").one(&mut tx).await.unwrap();
        drop(tx);
        let text = |what: &str| json!(what);
        let body = json!({ "practice": {
            "title": text("a"), "summary": "a", "area": "inclusion", "span": { "from": 5, "to": 6 }, "context": "a", "steps": ["a"],
            "who": "a", "cost": "none", "time": "a", "materials": "a", "result": "a", "limits": "a", "licence": "CC BY 4.0"
        }, "sure": true });
        let made = rasa.json("POST", &format!("/api/v1/spaces/{space}/practices"), Some(&body)).await;
        assert_eq!(made.status, 200, "{}", made.text());
        let practice = made.json()["card"]["id"].as_str().unwrap().parse().unwrap();
        let said = json!({ "text": "a", "sure": true });
        let said = rasa.json("POST", &format!("/api/v1/problems/{problem}/responses"), Some(&said)).await;
        assert_eq!(said.status, 200, "{}", said.text());
        let (team, network) = (app.team("azuolas"), app.network("bmt"));
        Self { app, rasa, ona, problem, practice, session, space, team, network }
    }

    /// Every page that shows the text; none when it is refused as what no text holds.
    async fn pages(&self, text: &str) -> Option<Vec<(String, String)>> {
        let Self { app, rasa, ona, problem, practice, session, space, team, network } = self;
        // The door that people use, for what it takes.
        let probe = json!({ "problem": { "title": text }, "draft": true, "sure": true });
        let probe = rasa.json("POST", &format!("/api/v1/spaces/{space}/problems"), Some(&probe)).await;
        if probe.status == 422 {
            assert!(probe.codes().iter().all(|code| code.starts_with("text.control")), "{text}: {}", probe.text());
            return None;
        }
        let made: Value = probe.json();
        let draft = made["card"]["id"].as_str().unwrap().to_owned();
        let kept = model::words::tidy(text);
        let evidence = json!([{ "kind": "observation", "text": kept }]).to_string();
        let steps = json!([{ "id": "0192f0c1-2b3c-7d4e-8f50-000000000011", "title": kept, "minutes": 5 }]).to_string();
        let body = json!({ "summary": kept, "area": "inclusion", "span": { "from": 5, "to": 6 }, "context": kept, "steps": [kept], "who": kept,
            "cost": "none", "time": kept, "materials": kept, "result": kept, "limits": kept, "licence": "CC BY 4.0" }).to_string();
        let mut tx = app.app.db.write().await.unwrap();
        let t = kept.as_str();
        for query in [
            db::sql!(
                "update problems set title = $2, text = $2, group_concerned = $2, goal = $2, evidence = $3 where id = $1",
                problem,
                t,
                evidence
            ),
            db::sql!("update responses set text = $2 where problem = $1", problem, t),
            db::sql!("update practices set title = $2, summary = $2, body = $3 where id = $1", practice, t, body),
            db::sql!("update sessions set title = $2, steps = $3 where id = $1", session, t, steps),
            db::sql!("update spaces set name = $2, about = $2 where id = $1", space, t),
            db::sql!("update teams set name = $2 where id = $1", team, t),
            db::sql!("update networks set name = $2, about = $2 where id = $1", network, t),
            db::sql!("update schools set name = $2 where id in (select school from teams where id = $1)", team, t),
            db::sql!("update people set name = $2 where id = $1", app.person("Tomas"), t),
            db::sql!("delete from problem_states where problem = $1", draft),
            db::sql!("delete from problem_topics where problem = $1", draft),
            db::sql!("delete from problems where id = $1", draft),
        ] {
            query.run(&mut tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut pages = Vec::new();
        for path in [
            format!("/problemos/{problem}"),
            format!("/problemos/{problem}/keisti"),
            format!("/praktikos/{practice}"),
            format!("/praktikos/{practice}/keisti"),
            format!("/erdves/{space}"),
            format!("/komandos/{team}"),
            format!("/tinklai/{network}"),
            format!("/sesijos/{session}/irasas"),
        ] {
            pages.push((path.clone(), self.read(rasa, &path).await));
        }
        pages.push(("people".into(), self.read(ona, "/valdymas/zmones").await));
        // What was searched for comes back in the box; nothing is found by it here.
        let nothing = format!("/paieska?q={}&space=x", model::address::encode(text));
        let found = rasa.get(&nothing).await;
        assert!(found.status < 500, "{nothing}");
        assert!(!found.text().contains("<script>alert"), "{text}");
        Some(pages)
    }

    async fn read(&self, client: &Client<'_>, path: &str) -> String {
        let page = client.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        page.text().to_owned()
    }
}

/// Names of elements with the names of their attributes, in order, as a browser reads the page. The page's own parts carry no text of
/// anyone; what is compared is how many there are and what they are called.
fn skeleton(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name: String =
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '!' | '-')).collect();
        let mut tag = name.clone();
        rest = &rest[name.len()..];
        // Attributes until the end of the tag; quotes hold whatever is between them.
        let mut word = String::new();
        let mut chars = rest.char_indices();
        let mut end = rest.len();
        while let Some((at, c)) = chars.next() {
            match c {
                '>' => {
                    end = at + 1;
                    break;
                }
                quote @ ('"' | '\'') => {
                    for (_, inner) in chars.by_ref() {
                        if inner == quote {
                            break;
                        }
                    }
                }
                c if c.is_whitespace() || c == '=' || c == '/' => {
                    if !word.is_empty() {
                        tag += " ";
                        tag += &std::mem::take(&mut word);
                    }
                }
                c => word.push(c),
            }
        }
        if !word.is_empty() {
            tag += " ";
            tag += &word;
        }
        rest = &rest[end..];
        found.push(tag);
        // A style sheet has no elements in it.
        if name == "style"
            && let Some(close) = rest.find("</style")
        {
            rest = &rest[close..];
        }
    }
    found
}
