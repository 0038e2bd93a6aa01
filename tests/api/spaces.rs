//! Spaces: who sees them, and that what one does not see is as if it were not there.

use model::{
    access::{Action, Actor, Facts, Visibility, may},
    problems::{ListProblems, ReadProblem},
    refusal::Code,
    sessions::ReadSession,
    spaces::*,
    words::Line,
};
use server::{auth, demo::cast::PEOPLE, spaces::store};
use tests::{Client, on_both};

on_both! {
    async fn the_list_of_spaces_is_what_the_one_rule_allows(app) {
        let mut actors = vec![("nobody", Actor::Anonymous)];
        let mut tx = app.app.read().await.unwrap();
        for person in &PEOPLE {
            let token = app.sign_in(app.person(person.key()), false).await;
            let (_, me) = auth::store::find_sign_in(&mut tx, &auth::digest(&token)).await.unwrap().unwrap();
            actors.push((person.key(), Actor::Person(Box::new(me))));
        }
        let (mut seen, mut hidden) = (0, 0);
        for (name, actor) in &actors {
            let visible = store::visible(&mut tx, actor).await.unwrap();
            for (key, space) in &app.cast.spaces {
                let facts = store::facts(&mut tx, *space).await.unwrap().unwrap();
                let allowed = may(actor, Action::SeeSpace, &Facts::Space(facts)).is_ok();
                assert_eq!(visible.contains(space), allowed, "{name} and {key}");
                if allowed { seen += 1 } else { hidden += 1 }
            }
        }
        assert!(seen > 40 && hidden > 10, "{seen} seen, {hidden} hidden");
    }

    async fn an_id_of_another_space_is_answered_like_an_unknown_one(app) {
        let unknown = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
        let (vilma, nobody) = (app.as_("Vilma").await, app.anonymous());
        let (space, problem) = (app.space("kiemas").to_string(), app.problem("penktokai").to_string());
        let practice = app.practice("penktoku_tiltas").to_string();
        for client in [&vilma, &nobody] {
            for (path, id) in [
                ("/api/v1/spaces/ID", &space),
                ("/erdves/ID", &space),
                ("/api/v1/problems/ID", &problem),
                ("/problemos/ID", &problem),
                ("/api/v1/practices/ID", &practice),
                ("/praktikos/ID", &practice),
            ] {
                alike(client, path, id, unknown).await;
            }
        }
        vilma.call(ReadProblem { problem: app.problem("penktokai") }).await.missing();
        app.as_("Kristina").await.call(ReadProblem { problem: app.problem("penktokai") }).await.granted();
        app.as_("Nerijus").await.call(ReadSession { session: app.session("pirmos_minutes") }).await.missing();
        app.as_("Vilma").await.call(ReadSession { session: app.session("pirmos_minutes") }).await.granted();
        // A filter by a space that one does not see finds nothing, and says no more than that.
        let call = ListProblems { space: Some(app.space("kiemas")), ..ListProblems::default() };
        assert!(vilma.call(call).await.granted().items.is_empty());
    }

    async fn visibility_is_changed_by_who_keeps_the_space_and_holds_at_once(app) {
        let jonas = app.as_("Jonas").await;
        let space = app.space("kiemas");
        let edit = |version, visibility| EditSpace { space, version, name: Line::new("Kiemas").unwrap(), about: None, visibility };
        app.as_("Rasa").await.call(edit(1, Visibility::Public)).await.refused(Code::Forbidden);
        for (version, visibility, nobody, outsider, neighbour) in [
            (1, Visibility::Network, false, false, false),
            (2, Visibility::All, false, true, true),
            (3, Visibility::Public, true, true, true),
            (4, Visibility::Team, false, false, false),
        ] {
            let mut heard = app.app.signals.subscribe();
            jonas.call(edit(version, visibility)).await.granted();
            assert_eq!(heard.try_recv().unwrap(), server::app::Signal::SpaceChanged);
            let sees = async |client: Client<'_>| client.call(ReadSpace { space }).await.raw.status == 200;
            assert_eq!(sees(app.anonymous()).await, nobody, "{visibility:?}");
            assert_eq!(sees(app.as_("Nerijus").await).await, outsider, "{visibility:?}");
            assert_eq!(sees(app.as_("Vilma").await).await, neighbour, "{visibility:?}");
            assert!(sees(app.as_("Kristina").await).await);
        }
    }

    async fn an_archived_space_reads_finds_and_refuses_to_write_until_it_comes_back(app) {
        let (jonas, rasa) = (app.as_("Jonas").await, app.as_("Rasa").await);
        let space = app.space("dirbtuve");
        let problem = app.problem("motyvacija");
        let respond = || model::problems::Respond { problem, text: model::words::Prose::new("Ačiū.").unwrap(), practice: None, find: None };
        jonas.call(ArchiveSpace { space }).await.granted();
        let page = rasa.call(ReadSpace { space }).await.granted();
        assert!(page.space.archived && !page.may.contribute && !page.may.schedule && !page.may.bring_back);
        assert!(rasa.call(ReadProblem { problem }).await.granted().archived);
        rasa.call(respond()).await.refused(Code::Archived);
        // A form says so, and keeps what was typed.
        let form = rasa.form(&format!("/problemos/{problem}/atsakymai"), &[("text", "Ilgai rašytas atsakymas")]).await;
        assert_eq!(form.status, 409);
        assert!(form.text().contains("archyve") && form.text().contains("Ilgai rašytas atsakymas"), "{}", form.text());
        for path in [format!("/erdves/{space}"), format!("/problemos/{problem}")] {
            assert!(rasa.get(&path).await.text().contains("Erdvė archyve"), "{path} has the banner");
        }
        let listed = rasa.call(ListProblems { space: Some(space), ..ListProblems::default() }).await.granted();
        assert!(listed.items.iter().any(|card| card.id == problem));
        rasa.call(ReturnSpace { space }).await.refused(Code::Forbidden);
        assert!(jonas.call(ReadSpace { space }).await.granted().may.bring_back);
        assert!(!jonas.call(ReturnSpace { space }).await.granted().archived);
        jonas.call(ReturnSpace { space }).await.granted();
        rasa.call(respond()).await.granted();
    }

    async fn the_feed_says_what_a_team_did_on_a_day_in_one_line(app) {
        let page = app.as_("Rasa").await.get(&format!("/erdves/{}", app.space("dirbtuve"))).await;
        let happened = ["paskelbė", "pasidalijo", "parašė", "suplanavo"];
        assert!(happened.iter().filter(|word| page.text().contains(*word)).count() >= 2, "{}", page.text());
    }

    async fn a_space_holds_teams_of_both_networks(app) {
        let page = app.as_("Vilma").await.call(ReadSpace { space: app.space("dirbtuve") }).await.granted();
        let networks: std::collections::BTreeSet<_> = page.teams.iter().map(|team| team.network).collect();
        assert_eq!(networks.len(), 2);
        assert!(page.space.live);
    }

    async fn a_team_taken_out_of_a_space_does_not_see_it(app) {
        let (jonas, kristina) = (app.as_("Jonas").await, app.as_("Kristina").await);
        let (space, team) = (app.space("kiemas"), app.team("pusynas"));
        kristina.call(ReadSpace { space }).await.granted();
        kristina.call(TakeOutTeam { space, team }).await.refused(Code::Forbidden);
        assert_eq!(jonas.call(TakeOutTeam { space, team }).await.granted().teams, 1);
        kristina.call(ReadSpace { space }).await.missing();
        jonas.call(TakeOutTeam { space, team }).await.missing();
        jonas.call(TakeInTeam { space, team }).await.granted();
        kristina.call(ReadSpace { space }).await.granted();
    }

    async fn a_space_opens_to_all_when_its_visibility_says_so(app) {
        let jonas = app.as_("Jonas").await;
        let space = app.space("kiemas");
        let version = jonas.call(ReadSpace { space }).await.granted().version;
        let edit = |version| EditSpace {
            space,
            version,
            name: Line::new("Ąžuolo ir Pušyno kiemas").unwrap(),
            about: None,
            visibility: Visibility::Public,
        };
        assert_eq!(app.anonymous().get(&format!("/erdves/{space}")).await.status, 404);
        jonas.call(edit(version)).await.granted();
        jonas.call(edit(version)).await.refused(Code::Changed);
        assert_eq!(app.anonymous().get(&format!("/erdves/{space}")).await.status, 200);
    }

    async fn an_archived_space_reads_and_does_not_write(app) {
        let space = app.space("kiemas");
        app.as_("Jonas").await.call(ArchiveSpace { space }).await.granted();
        let rasa = app.as_("Rasa").await;
        assert!(rasa.call(ReadSpace { space }).await.granted().space.archived);
        let body = serde_json::json!({ "text": "Ačiū." });
        let path = format!("/api/v1/problems/{}/responses", app.problem("penktokai"));
        assert_eq!(rasa.json("POST", &path, Some(&body)).await.codes(), ["archived"]);
    }
}

/// The same answer for an id that is not for `client` and for one that is nobody's, but for the request's own id.
async fn alike(client: &Client<'_>, path: &str, hidden: &str, unknown: &str) {
    let (hidden_path, unknown_path) = (path.replace("ID", hidden), path.replace("ID", unknown));
    let (theirs, nobodys) = (client.get(&hidden_path).await, client.get(&unknown_path).await);
    let plain = |raw: &tests::http::Raw, id: &str| {
        let request = raw.header("x-request-id").unwrap_or("-").to_owned();
        raw.text().replace(&request, "…").replace(id, "…")
    };
    assert_eq!(theirs.status, 404, "{hidden_path}");
    assert_eq!(nobodys.status, 404, "{unknown_path}");
    assert_eq!(plain(&theirs, hidden), plain(&nobodys, unknown), "{path}");
}
