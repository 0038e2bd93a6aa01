//! Problems: what is posted, who finds it, what happens to it, and two who write at once.

use std::collections::BTreeSet;

use model::{
    problems::*,
    refusal::Code,
    teams::RemoveMember,
    words::{Line, Prose},
};
use serde_json::{Value, json};
use tests::{TestApp, on_both};

on_both! {
    async fn a_problem_is_posted_with_all_its_parts(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(post(app, "dirbtuve", whole())).await.granted();
        assert_eq!(page.text, whole());
        assert_eq!(page.card.team_name.as_deref(), Some("Ąžuolas"));
        assert_eq!(page.card.municipality_name.as_deref(), Some("Ukmergės rajono savivaldybė"));
        assert_eq!(page.author, "Rasa Jankauskienė");
        assert_eq!(page.topics.len(), 2);
        assert_eq!((page.card.state, page.card.posted_at), (ProblemState::Posted, app.now()));
        // A colleague of another network in the same space reads it and answers.
        let problem = page.card.id;
        let vilma = app.as_("Vilma").await;
        let answered = vilma.call(Respond { problem, text: prose("Mums padėjo dalykų savaitė."), practice: None, find: None }).await.granted();
        assert_eq!(answered.responses[0].team.as_deref(), Some("Šaltinis"));
        assert!(!answered.may_edit && answered.may_respond);
    }

    async fn a_problem_without_area_and_evidence_stays_a_draft(app) {
        let rasa = app.as_("Rasa").await;
        let bare = ProblemText { area: None, evidence: Vec::new(), ..whole() };
        let refused = rasa.call(post(app, "dirbtuve", bare.clone())).await;
        assert_eq!(refused.codes(), ["problem.area@problem.area", "problem.evidence@problem.evidence"]);
        let draft = rasa.call(PostProblem { draft: true, ..post(app, "dirbtuve", bare) }).await.granted();
        assert_eq!(draft.card.state, ProblemState::Draft);
        let unknown = ProblemText { topics: vec!["nera_tokios".parse().unwrap()], ..whole() };
        rasa.call(post(app, "dirbtuve", unknown)).await.refused_at(Code::FieldWrong, "problem.topics");
    }

    async fn a_draft_is_known_to_its_team_alone(app) {
        let problem = app.problem("grizimas");
        for name in ["Daiva", "Kristina", "Marius"] {
            app.as_(name).await.call(ReadProblem { problem }).await.granted();
        }
        for name in ["Rasa", "Jonas", "Vilma", "Nerijus", "Darius"] {
            app.as_(name).await.call(ReadProblem { problem }).await.missing();
            let listed = app.as_(name).await.call(ListProblems::default()).await.granted();
            assert!(listed.items.iter().all(|card| card.id != problem), "{name}");
        }
        let space = model::spaces::ReadSpace { space: app.space("kiemas") };
        assert_eq!(app.as_("Kristina").await.call(space.clone()).await.granted().drafts.len(), 1);
        assert!(app.as_("Rasa").await.call(space).await.granted().drafts.is_empty());
        app.as_("Rasa").await.call(Respond { problem, text: prose("Ačiū."), practice: None, find: None }).await.missing();
    }

    async fn a_draft_is_thrown_away_with_its_files_by_those_whose_it_is(app) {
        let problem = app.problem("grizimas");
        let kristina = app.as_("Kristina").await;
        let page = kristina.call(ReadProblem { problem }).await.granted();
        let space = page.card.space;
        let file = kristina.send("POST", &format!("/api/v1/problems/{problem}/files?name=a.txt"), b"Planas.").await;
        assert_eq!(file.status, 200);
        let file = file.json();
        let content = format!("/failai/{}", file["id"].as_str().unwrap());
        assert_eq!(kristina.get(&content).await.status, 200);

        let discard = |version| DiscardDraft { problem, version };
        app.as_("Daiva").await.call(discard(page.version)).await.refused(Code::Forbidden);
        app.as_("Rasa").await.call(discard(page.version)).await.missing();
        kristina.call(discard(page.version + 1)).await.refused(Code::Changed);
        // What it means is told before it is done, and it is done by a form without scripts.
        let shown = kristina.get(&format!("/problemos/{problem}")).await;
        assert!(shown.text().contains("Sugrąžinti jų nebus galima") && page.may_discard);
        let version = page.version.to_string();
        let sent = kristina.form(&format!("/problemos/{problem}/ismesti"), &[("version", version.as_str())]).await;
        assert_eq!(sent.led_to(), format!("/erdves/{space}"));
        kristina.call(ReadProblem { problem }).await.missing();
        assert_eq!(kristina.get(&content).await.status, 404);
        assert!(kristina.call(model::spaces::ReadSpace { space }).await.granted().drafts.is_empty());
        kristina.call(discard(page.version)).await.missing();
    }

    async fn what_was_posted_is_not_thrown_away_and_neither_is_what_is_hidden(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(post(app, "dirbtuve", whole())).await.granted();
        let problem = page.card.id;
        rasa.call(DiscardDraft { problem, version: page.version }).await.refused(Code::Forbidden);
        let hide = model::moderation::HideItem {
            kind: model::moderation::ItemKind::Problem,
            item: model::ids::ItemId::from_uuid(problem.uuid()),
            session: None,
            reason: prose("Netinka."),
        };
        app.as_("Jonas").await.call(hide).await.granted();
        let version = rasa.call(ReadProblem { problem }).await.granted().version;
        rasa.call(DiscardDraft { problem, version }).await.refused(Code::Hidden);
    }

    async fn an_empty_form_is_told_all_that_it_lacks_at_once(app) {
        let rasa = app.as_("Rasa").await;
        let space = app.space("dirbtuve");
        let codes = rasa.call_with(post(app, "dirbtuve", whole()), |body| body["problem"] = json!({})).await.codes();
        let expected = ["field.needed@problem.title", "problem.area@problem.area", "problem.evidence@problem.evidence"];
        assert_eq!(codes, expected);
        let drawn = rasa.form(&format!("/erdves/{space}/problemos/nauja"), &[("problem.title", "")]).await;
        assert_eq!(drawn.status, 422);
        assert_eq!(drawn.text().matches("class=\"error\"").count(), 3);
        // A draft lacks its title alone; what is wrong is not called missing as well; half an evidence is some.
        let draft = PostProblem { draft: true, ..post(app, "dirbtuve", whole()) };
        assert_eq!(rasa.call_with(draft, |body| body["problem"] = json!({})).await.codes(), expected[..1]);
        let wrong = json!({ "area": "visos", "evidence": [{ "kind": "survey" }] });
        let expected = ["field.needed@problem.evidence.0.text", "field.needed@problem.title", "field.wrong@problem.area"];
        assert_eq!(rasa.call_with(post(app, "dirbtuve", whole()), |body| body["problem"] = wrong).await.codes(), expected);
        // So is an empty practice: its title and the twelve parts of its template.
        let practice = rasa.form(&format!("/erdves/{space}/praktikos/nauja"), &[("practice.title", "")]).await;
        assert_eq!((practice.status, practice.text().matches("class=\"error\"").count()), (422, 13));
    }

    async fn the_same_problem_is_counted_by_team_and_taken_back(app) {
        let problem = app.problem("motyvacija");
        let say = |team: &str, same| SameProblem { problem, team: app.team(team), same };
        let (vilma, andrius) = (app.as_("Vilma").await, app.as_("Andrius").await);
        assert_eq!(vilma.call(say("saltinis", true)).await.granted().card.same, 1);
        // Two people of a team are one team, and a team that is still forming counts as well.
        assert_eq!(andrius.call(say("saltinis", true)).await.granted().card.same, 1);
        let page = app.as_("Kristina").await.call(say("pusynas", true)).await.granted();
        let told: Vec<_> = page.same.iter().map(|team| (team.name.as_str(), team.municipality_name.as_str())).collect();
        assert_eq!(told, [("Šaltinis", "Alytaus miesto savivaldybė"), ("Pušynas", "Utenos rajono savivaldybė")]);
        let listed = app.as_("Rasa").await.call(ListProblems::default()).await.granted().items;
        assert_eq!(listed.iter().find(|card| card.id == problem).unwrap().same, 2);
        assert_eq!(andrius.call(say("saltinis", false)).await.granted().card.same, 1);
        assert_eq!(andrius.call(say("saltinis", false)).await.granted().card.same, 1);
        vilma.call(say("azuolas", true)).await.refused_at(Code::FieldWrong, "team");
        app.as_("Rasa").await.call(say("azuolas", true)).await.refused(Code::Forbidden);
        app.as_("Jonas").await.call(say("saltinis", true)).await.refused(Code::Forbidden);
    }

    async fn which_teams_have_the_same_problem_is_told_to_people_alone(app) {
        let problem = app.problem("tevai");
        let path = format!("/problemos/{problem}");
        let rasa = app.as_("Rasa").await;
        let team = app.team("azuolas").to_string();
        let led = rasa.form(&format!("{path}/ta-pati"), &[("team", team.as_str()), ("same", "on")]).await;
        assert_eq!(led.led_to(), path);
        let anyone = app.anonymous().call(ReadProblem { problem }).await.granted();
        assert_eq!((anyone.card.same, anyone.same.len(), anyone.may_same), (1, 0, false));
        assert!(!app.anonymous().get(&path).await.text().contains("Ąžuolyno"));
        assert!(app.as_("Nerijus").await.get(&path).await.text().contains("Ąžuolyno"));
        // The button of the second click has no `same`.
        assert!(rasa.get(&path).await.text().contains("nebeturime tos pačios"));
        rasa.form(&format!("{path}/ta-pati"), &[("team", team.as_str())]).await.led_to();
        assert_eq!(rasa.call(ReadProblem { problem }).await.granted().card.same, 0);
    }

    async fn a_response_points_to_a_practice_and_tells_nothing_of_spaces_unseen(app) {
        // The practice is of a space of Ąžuolas and Pušynas alone, the problem of one in which Šaltinis meets them.
        let (problem, practice) = (app.problem("motyvacija"), app.practice("penktoku_tiltas"));
        let offer = |practice| Respond { problem, text: prose("Mums padėjo tiltas."), practice, find: None };
        let page = app.as_("Kristina").await.call(offer(Some(practice))).await.granted();
        let said = page.responses.last().unwrap().clone();
        assert_eq!(said.practice.unwrap().id, practice);
        let vilma = app.as_("Vilma").await;
        let read = vilma.call(ReadProblem { problem }).await.granted();
        let seen = read.responses.iter().find(|response| response.id == said.id).unwrap();
        assert_eq!((seen.text.as_str(), &seen.practice), ("Mums padėjo tiltas.", &None));
        let (path, id) = (format!("/problemos/{problem}"), practice.to_string());
        assert!(!vilma.get(&path).await.text().contains(&id));
        assert!(app.as_("Rasa").await.get(&path).await.text().contains(&format!("/praktikos/{id}")));
        // What one does not see cannot be pointed to, as if it were not there.
        vilma.call(offer(Some(practice))).await.refused_at(Code::FieldWrong, "practice");
        vilma.call(offer(Some(app.problem("tevai").to_string().parse().unwrap()))).await.refused_at(Code::FieldWrong, "practice");
    }

    async fn a_practice_lists_the_problems_it_was_offered_for_as_the_reader_may_see_them(app) {
        let practice = app.practice("universalus_dizainas");
        let mut known = Vec::new();
        for (key, name) in [("motyvacija", "Vilma"), ("penktokai", "Kristina"), ("tevai", "Rasa")] {
            let (problem, find) = (app.problem(key), Line::new(&format!("http://kitur.example/praktikos/{practice}?a=b")));
            let call = Respond { problem, text: prose("Išbandykite."), practice: None, find };
            app.as_(name).await.call(call).await.granted();
            known.push((key, problem));
        }
        for (name, sees) in [("Rasa", 3), ("Vilma", 2), ("Nerijus", 1), ("", 1)] {
            let client = if name.is_empty() { app.anonymous() } else { app.as_(name).await };
            let page = client.call(model::practices::ReadPractice { practice }).await.granted();
            assert_eq!(page.offered_for.len(), sees, "{name}");
            let text = client.get(&format!("/praktikos/{practice}")).await.text().to_owned();
            let shown = known.iter().filter(|(_, problem)| text.contains(&problem.to_string())).count();
            assert_eq!(shown, sees, "{name}");
        }
    }

    async fn a_practice_is_picked_by_words_of_its_title_without_losing_the_text(app) {
        let rasa = app.as_("Rasa").await;
        let problem = app.problem("tevai");
        let path = format!("/problemos/{problem}/atsakymai");
        let practice = app.practice("tevu_kavine");
        let title = rasa.call(model::practices::ReadPractice { practice }).await.granted().card.title;
        let some = title.split(' ').next().unwrap().to_owned();
        indexed(&rasa, &some).await;
        let redrawn = rasa.form(&path, &[("text", "Pabandykite taip."), ("find", &some)]).await;
        assert_eq!(redrawn.status, 422);
        for kept in ["Pabandykite taip.", &title, &format!("value=\"{practice}\"")] {
            assert!(redrawn.text().contains(kept), "{kept} is not in the page");
        }
        let nothing = Line::new("qqqqxxxx wwwwzzzz");
        let call = Respond { problem, text: prose("Ačiū."), practice: None, find: nothing };
        rasa.call(call).await.refused_at(Code::PickNone, "find");
        let id = practice.to_string();
        rasa.form(&path, &[("text", "Pabandykite taip."), ("find", &some), ("practice", &id)]).await.led_to();
        rasa.form(&path, &[("text", "Ir dar kartą."), ("find", &title.to_uppercase())]).await.led_to();
        let page = rasa.call(ReadProblem { problem }).await.granted();
        let offered = page.responses.iter().filter(|said| said.practice.as_ref().is_some_and(|card| card.id == practice));
        assert_eq!(offered.count(), 2);
    }

    async fn who_has_left_the_team_has_left_its_drafts(app) {
        let space = model::spaces::ReadSpace { space: app.space("dirbtuve") };
        let daiva = app.as_("Daiva").await;
        let draft = daiva.call(PostProblem { draft: true, ..post(app, "dirbtuve", whole()) }).await.granted().card.id;
        assert_eq!(daiva.call(space.clone()).await.granted().drafts.len(), 1);
        app.as_("Kristina").await.call(RemoveMember { team: app.team("pusynas"), person: app.person("Daiva") }).await.granted();
        // As a coordinator of the network she would still be in the space.
        let mut tx = app.app.db.write().await.unwrap();
        let role = model::access::Role::Coordinator(app.network("bmt"));
        server::auth::store::insert_role(&mut tx, app.person("Daiva"), role, app.now()).await.unwrap();
        tx.commit().await.unwrap();
        daiva.call(ReadProblem { problem: draft }).await.missing();
        assert!(daiva.call(space).await.granted().drafts.is_empty());
    }

    async fn a_filter_finds_exactly_what_fits(app) {
        for name in ["Rasa", "Vilma", "Nerijus"] {
            let client = app.as_(name).await;
            let all = client.call(ListProblems::default()).await.granted().items;
            assert!(all.windows(2).all(|two| two[0].posted_at >= two[1].posted_at));
            let ids = |cards: Vec<ProblemCard>| cards.into_iter().map(|card| card.id).collect::<BTreeSet<_>>();
            let list = |call: ListProblems| async { ids(client.call(call).await.granted().items) };
            let of = |fits: &dyn Fn(&ProblemCard) -> bool| {
                all.iter().filter(|card| fits(card)).map(|card| card.id).collect::<BTreeSet<_>>()
            };
            for area in Area::ALL {
                let found = list(ListProblems { area: Some(area), ..ListProblems::default() }).await;
                assert_eq!(found, of(&|card| card.area == Some(area)), "{name} {area:?}");
            }
            for (key, space) in &app.cast.spaces {
                let found = list(ListProblems { space: Some(*space), ..ListProblems::default() }).await;
                assert_eq!(found, of(&|card| card.space == *space), "{name} {key}");
            }
            for topic in client.call(ListTopics {}).await.granted() {
                let mut fits = BTreeSet::new();
                for card in &all {
                    let page = client.call(ReadProblem { problem: card.id }).await.granted();
                    fits.extend(page.text.topics.contains(&topic.key).then_some(card.id));
                }
                let found = list(ListProblems { topic: Some(topic.key.clone()), ..ListProblems::default() }).await;
                assert_eq!(found, fits, "{name} {:?}", topic.key);
            }
        }
    }

    async fn the_history_of_a_status_tells_who_when_and_why(app) {
        let rasa = app.as_("Rasa").await;
        let problem = rasa.call(post(app, "dirbtuve", whole())).await.granted().card.id;
        let set = |state, note: Option<&str>| SetProblemState { problem, state, note: note.map(prose) };
        app.pass(model::time::Millis::hours(3));
        rasa.call(set(ProblemState::InProgress, Some("Pradėjome nuo 7 klasių."))).await.granted();
        rasa.call(set(ProblemState::InProgress, None)).await.refused_at(Code::ProblemState, "state");
        rasa.call(set(ProblemState::Draft, None)).await.refused_at(Code::ProblemState, "state");
        app.as_("Vilma").await.call(set(ProblemState::Solved, None)).await.refused(Code::Forbidden);
        let page = app.as_("Tomas").await.call(set(ProblemState::Solved, None)).await.granted();
        let told: Vec<_> =
            page.history.iter().map(|entry| (entry.state, entry.by.as_str(), entry.note.as_deref())).collect();
        assert_eq!(told, [
            (ProblemState::Posted, "Rasa Jankauskienė", None),
            (ProblemState::InProgress, "Rasa Jankauskienė", Some("Pradėjome nuo 7 klasių.")),
            (ProblemState::Solved, "Tomas Balčiūnas", None),
        ]);
        assert_eq!(page.history[2].at, app.now());
    }

    async fn of_two_editors_the_later_keeps_what_was_typed(app) {
        let (rasa, tomas) = (app.as_("Rasa").await, app.as_("Tomas").await);
        let page = rasa.call(post(app, "dirbtuve", whole())).await.granted();
        let (id, version) = (page.card.id, page.version);
        let titled = |title: &str| ProblemText { title: Line::new(title).unwrap(), ..whole() };
        let edit = |title: &str| EditProblem { id, version, draft: false, problem: titled(title) };
        let after = rasa.call(edit("Rasos pavadinimas")).await.granted();
        tomas.call(edit("Tomo pavadinimas")).await.refused(Code::Changed);
        let path = format!("/problemos/{id}/keisti");
        let old = version.to_string();
        let redrawn = tomas
            .form(&path, &[
                ("version", old.as_str()),
                ("problem.title", "Tomo pavadinimas"),
                ("problem.area", "inclusion"),
                ("problem.evidence.0.kind", "survey"),
                ("problem.evidence.0.text", "Tomo įrodymas"),
            ])
            .await;
        assert_eq!(redrawn.status, 409);
        for kept in ["Tomo pavadinimas", "Tomo įrodymas", "Rasos pavadinimas"] {
            assert!(redrawn.text().contains(kept), "{kept} is not in the page");
        }
        let newer = EditProblem { version: after.version, ..edit("Tomo pavadinimas") };
        assert_eq!(tomas.call(newer).await.granted().card.title, "Tomo pavadinimas");
    }

    async fn a_form_that_is_sent_twice_is_one_call(app) {
        let rasa = app.as_("Rasa").await;
        let path = format!("/erdves/{}/problemos/nauja", app.space("dirbtuve"));
        let drawn = rasa.get(&path).await;
        let at = drawn.text().find("name=\"_key\" value=\"").expect("the form has a key") + 19;
        let key = drawn.text()[at..].split('"').next().unwrap().to_owned();
        let before = count(app).await;
        let send = |title: &'static str, key: String| {
            let (rasa, path) = (rasa.clone(), path.clone());
            async move {
                let pairs = [
                    ("_key", key.as_str()),
                    ("problem.title", title),
                    ("problem.area", "steam"),
                    ("problem.evidence.0.kind", "observation"),
                    ("problem.evidence.0.text", "Stebėjome tris pamokas."),
                ];
                rasa.form(&path, &pairs).await
            }
        };
        let first = send("Kartą ar du", key.clone()).await;
        let second = send("Kartą ar du", key.clone()).await;
        assert_eq!(first.led_to(), second.led_to());
        assert_eq!(count(app).await, before + 1);
        // At once, with a key of its own.
        let (third, fourth) = tokio::join!(send("Du kartu", format!("{key}x")), send("Du kartu", format!("{key}x")));
        assert_eq!(count(app).await, before + 2, "{} {}", third.status, fourth.status);
    }

    async fn an_idempotency_key_belongs_to_one_body(app) {
        let rasa = app.as_("Rasa").await.with("idempotency-key", "raktas-1");
        let first = rasa.call(post(app, "dirbtuve", whole())).await.granted();
        let before = count(app).await;
        let again = rasa.call(post(app, "dirbtuve", whole())).await.granted();
        assert_eq!((first.card.id, count(app).await), (again.card.id, before));
        rasa.call(post(app, "patirtis", whole())).await.refused(Code::KeyReused);
        // A key is its person's: another one's is another.
        let tomas = app.as_("Tomas").await.with("idempotency-key", "raktas-1");
        assert_ne!(tomas.call(post(app, "dirbtuve", whole())).await.granted().card.id, first.card.id);
    }

    async fn a_write_and_its_kept_answer_stand_or_fall_together(app) {
        let rasa = app.as_("Rasa").await.with("idempotency-key", "raktas-2");
        let before = count(app).await;
        // The server stops between the write and the keeping of its answer: here the keeping fails.
        on_answers(app, Break::Add).await;
        assert_eq!(rasa.call(post(app, "dirbtuve", whole())).await.status, 500);
        assert_eq!(count(app).await, before, "what was not kept was not done");
        on_answers(app, Break::Take).await;
        let first = rasa.call(post(app, "dirbtuve", whole())).await.granted();
        on_answers(app, Break::Add).await;
        // The repeat writes nothing, and gets the first answer.
        let again = rasa.call(post(app, "dirbtuve", whole())).await.granted();
        assert_eq!((first, count(app).await), (again, before + 1));
    }

    async fn an_answer_with_a_secret_is_kept_nowhere(app) {
        let rasa = app.as_("Rasa").await.with("idempotency-key", "raktas-3");
        let invite = || model::teams::Invite { team: app.team("azuolas") };
        let made = rasa.call(invite()).await.granted();
        let mut tx = app.app.read().await.unwrap();
        let kept: Vec<String> = db::sql!("select body from answers").all(&mut tx).await.unwrap();
        drop(tx);
        let code = made.code.replace('-', "");
        assert!(kept.len() == 1 && kept.iter().all(|body| !body.replace('-', "").contains(&code)), "{kept:?}");
        rasa.call(invite()).await.refused(Code::ShownOnce);
    }

    async fn a_cursor_of_another_list_is_refused(app) {
        let rasa = app.as_("Rasa").await;
        for _ in 0..22 {
            rasa.call(post(app, "dirbtuve", whole())).await.granted();
            app.pass(model::time::Millis::seconds(1));
        }
        let first = rasa.call(ListProblems::default()).await.granted();
        let cursor = || Some(Line::new(first.next.as_deref().expect("more than one page")).unwrap());
        let second = rasa.call(ListProblems { cursor: cursor(), ..ListProblems::default() }).await.granted();
        let ids: BTreeSet<_> = first.items.iter().chain(&second.items).map(|card| card.id).collect();
        assert_eq!((first.items.len(), ids.len()), (20, 20 + second.items.len()));
        for call in [
            ListProblems { area: Some(Area::Steam), cursor: cursor(), ..ListProblems::default() },
            ListProblems { space: Some(app.space("dirbtuve")), cursor: cursor(), ..ListProblems::default() },
            ListProblems { cursor: Line::new("visai.ne.vieta"), ..ListProblems::default() },
        ] {
            rasa.call(call).await.refused_at(Code::CursorForeign, "cursor");
        }
        let path = format!("/api/v1/practices?cursor={}", first.next.unwrap());
        assert_eq!(rasa.get(&path).await.codes(), ["cursor.foreign@cursor"]);
    }
}

/// Waits until the words are found: the index is fed beside the calls.
async fn indexed(client: &tests::Client<'_>, words: &str) {
    // The demo is written with times long past, which no sweep looks for.
    client.app.app.search.touch_all();
    let kind = Some(model::search::FoundKind::Practice);
    let call = model::search::Search { q: Line::new(words), kind, ..Default::default() };
    for _ in 0..2_000 {
        if !client.call(call.clone()).await.granted().items.is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("{words} is not found");
}

fn prose<const MAX: usize>(text: &str) -> Prose<MAX> {
    Prose::new(text).unwrap()
}

fn whole() -> ProblemText {
    let value: Value = json!({
        "title": "Septintokai nenori skaityti",
        "text": "Per metus skaitymo valandų sumažėjo perpus.\nAntra eilutė.",
        "area": "inclusion",
        "topics": ["motivation", "engagement"],
        "group": "7–8 klasių mokiniai",
        "goal": "Kas antras perskaito knygą per mėnesį.",
        "evidence": [
            { "kind": "survey", "text": "Apklausa: 62 % neskaito savo noru." },
            { "kind": "observation", "text": "Stebėtos šešios pamokos." },
        ],
    });
    serde_json::from_value(value).unwrap()
}

fn post(app: &TestApp, space: &str, problem: ProblemText) -> PostProblem {
    PostProblem { space: app.space(space), team: None, draft: false, problem }
}

enum Break {
    Add,
    Take,
}

/// Makes every change of a kept answer fail, or lets it be again.
async fn on_answers(app: &TestApp, how: Break) {
    let mut tx = app.app.db.write().await.unwrap();
    let order = match (how, app.app.db.is_sqlite()) {
        (Break::Add, true) => {
            db::sql!("create trigger broken before update on answers begin select raise(abort, 'broken'); end")
        }
        (Break::Take, true) => db::sql!("drop trigger broken"),
        (Break::Add, false) => db::sql!("alter table answers add constraint broken check (body = '') not valid"),
        (Break::Take, false) => db::sql!("alter table answers drop constraint broken"),
    };
    order.run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn count(app: &TestApp) -> i64 {
    let mut tx = app.app.read().await.unwrap();
    db::sql!("select count(*) from problems").one(&mut tx).await.unwrap()
}
