//! Actions agreed upon: who agrees, changes and ticks them, where they are shown first, and what stays of who left.

use model::{
    actions::*,
    ids::*,
    refusal::Code,
    sessions::ReadSession,
    spaces::ReadSpace,
    teams::{LeaveTeam, ReadTeam},
    time::{LocalDate, Millis},
    words::{Line, Prose},
};
use tests::{TestApp, on_both};

on_both! {
    async fn an_action_has_an_owner_of_the_space_a_day_and_a_history(app) {
        let jonas = app.as_("Jonas").await;
        let tomas = Owner::Person(app.person("Tomas"));
        let page = jonas.call(agree(app, "Parengti klausimyną.", tomas, "2026-11-30")).await.granted();
        let card = &page.card;
        assert_eq!((card.state, card.overdue, card.version), (ActionState::Open, false, 1));
        assert_eq!((card.owner.name.as_str(), card.owner.team_name.as_str()), ("Tomas Balčiūnas", "Ąžuolas"));
        assert_eq!((page.agreed_by.as_str(), page.history.len()), ("Jonas Petraitis", 1));

        let (action, team) = (card.id, app.team("saltinis"));
        let edit = |version| EditActionItem {
            action,
            version,
            text: text("Parengti klausimyną tėvams."),
            owner: Owner::Team(team),
            due: Some(day("2026-12-04")),
        };
        let page = jonas.call(edit(1)).await.granted();
        assert_eq!((page.card.owner.person, page.card.owner.team), (None, team));
        let last = page.history.last().unwrap();
        assert_eq!((last.reworded, last.due, last.by.as_str()), (true, Some(day("2026-12-04")), "Jonas Petraitis"));
        let late = EditActionItem { text: text("Kitaip."), ..edit(1) };
        jonas.call(late).await.refused(Code::Changed);
        // Saved as it is, nothing has changed.
        assert_eq!(jonas.call(edit(2)).await.granted().card.version, 2);

        for stranger in [Owner::Team(app.team("berzyne")), Owner::Person(app.person("Nerijus")), Owner::Person(app.person("Jonas"))] {
            jonas.call(agree(app, "Kitų darbas.", stranger, "2026-11-30")).await.refused_at(Code::FieldWrong, "owner");
        }
        let foreign = AgreeActionItem { session: Some(app.session("tevai_be_bedos")), ..agree(app, "Iš kitur.", tomas, "2026-11-30") };
        jonas.call(foreign).await.refused_at(Code::FieldWrong, "session");
        let code = jonas.call(agree(app, "Mokinio kodas 50001010006", tomas, "2026-11-30")).await;
        code.refused_at(Code::GuardCode, "text");
        let wrong = jonas.call_with(agree(app, "Niekada.", tomas, "2026-11-30"), |body| body["due"] = "2026-02-30".into()).await;
        assert_eq!(wrong.status, 422);
    }

    async fn it_is_kept_by_its_owner_their_team_who_agreed_it_and_who_serves_the_space(app) {
        let jonas = app.as_("Jonas").await;
        let own = jonas.call(agree(app, "Parengti klausimyną.", Owner::Person(app.person("Tomas")), "2026-11-30")).await.granted();
        let action = own.card.id;
        for (name, may) in [("Tomas", true), ("Rasa", true), ("Rūta", true), ("Ona", true), ("Vilma", false), ("Darius", false)] {
            let keeper = app.as_(name).await;
            match may {
                true => {
                    assert!(keeper.call(ReadActionItem { action }).await.granted().card.may_keep, "{name}");
                    keeper.call(set(action, ActionState::Done)).await.granted();
                    keeper.call(set(action, ActionState::Open)).await.granted();
                }
                false => {
                    let seen = keeper.call(ReadActionItem { action }).await.granted();
                    assert!(!seen.card.may_keep && seen.owners.is_empty());
                    drop(keeper.call(set(action, ActionState::Done)).await.refused(Code::Forbidden));
                }
            }
        }
        for (stranger, code) in [(app.as_("Nerijus").await, Code::Missing), (app.anonymous(), Code::SignInNeeded)] {
            stranger.call(ReadActionItem { action }).await.refused(code);
            stranger.call(set(action, ActionState::Done)).await.refused(code);
        }
        // A member commits their own team, not another's.
        let tomas = app.as_("Tomas").await;
        tomas.call(agree(app, "Patys.", Owner::Team(app.team("azuolas")), "2026-11-30")).await.granted();
        tomas.call(agree(app, "Kiti.", Owner::Team(app.team("saltinis")), "2026-11-30")).await.refused(Code::Forbidden);
    }

    async fn two_ticks_are_one_and_what_has_ended_is_opened_before_it_ends_otherwise(app) {
        let jonas = app.as_("Jonas").await;
        let action = jonas.call(agree(app, "Pakviesti svečią.", Owner::Team(app.team("azuolas")), "2026-11-30")).await.granted().card.id;
        let (rasa, tomas) = (app.as_("Rasa").await, app.as_("Tomas").await);
        let (one, other) = tokio::join!(rasa.call(set(action, ActionState::Done)), tomas.call(set(action, ActionState::Done)));
        // On PostgreSQL the later of two at once may be told that it was changed; none of them is done twice.
        assert!(one.status == 200 || other.status == 200);
        let page = rasa.call(set(action, ActionState::Done)).await.granted();
        assert_eq!((page.card.state, page.history.len()), (ActionState::Done, 2));
        let drop = |reason: Option<&str>| SetActionState { action, state: ActionState::Dropped, reason: reason.map(|r| Prose::new(r).unwrap()) };
        rasa.call(drop(Some("Nebereikia."))).await.refused(Code::ActionState);
        let edit = EditActionItem { action, version: page.card.version, text: text("Kitaip."), owner: page.card.owner.owner(), due: None };
        rasa.call(edit).await.refused(Code::ActionState);
        rasa.call(set(action, ActionState::Open)).await.granted();
        rasa.call(drop(None)).await.refused_at(Code::FieldNeeded, "reason");
        let page = rasa.call(drop(Some("Nebereikia."))).await.granted();
        assert_eq!((page.card.reason.as_deref(), page.history.len()), (Some("Nebereikia."), 4));
        assert!(rasa.get(&format!("/uzduotys/{action}")).await.text().contains("Nebereikia."));
    }

    async fn open_ones_are_listed_by_their_day_and_overdue_the_day_after(app) {
        let rasa = app.as_("Rasa").await;
        for (what, due) in [("Vėliau.", "2026-12-24"), ("Šiandien.", "2026-11-22"), ("Rytoj.", "2026-11-23")] {
            rasa.call(agree(app, what, Owner::Person(app.person("Rasa")), due)).await.granted();
        }
        let mine = || ListActions { mine: true, state: Some(ActionState::Open), ..Default::default() };
        let list = rasa.call(mine()).await.granted();
        let texts: Vec<_> = list.items.iter().map(|card| (card.text.as_str(), card.overdue)).collect();
        assert_eq!(texts, [("Šiandien.", false), ("Rytoj.", false), ("Vėliau.", false)]);
        // 14:30 now in Vilnius; half past nine of the evening in UTC is the next day there.
        app.pass(Millis::hours(9));
        let list = rasa.call(mine()).await.granted();
        assert_eq!(list.items.iter().map(|card| card.overdue).collect::<Vec<_>>(), [false; 3]);
        app.pass(Millis::minutes(31));
        let list = rasa.call(mine()).await.granted();
        assert_eq!(list.items.iter().map(|card| card.overdue).collect::<Vec<_>>(), [true, false, false]);
        let home = rasa.get("/").await;
        assert!(home.text().contains("Mano užduotys") && home.text().contains("Vėluoja: turėjo būti iki 2026-11-22"));
        assert!(!app.as_("Vilma").await.get("/").await.text().contains("Šiandien."));
        assert!(!app.anonymous().get("/").await.text().contains("Mano užduotys"));
        app.anonymous().call(mine()).await.refused(Code::SignInNeeded);
    }

    async fn open_ones_open_the_next_session_of_their_space_and_stand_at_team_and_space(app) {
        let rasa = app.as_("Rasa").await;
        let session = app.session("pirmos_minutes");
        let page = rasa.call(ReadSession { session }).await.granted();
        let carried: Vec<_> = page.actions.iter().map(|card| (card.overdue, card.state)).collect();
        assert_eq!(carried, [(true, ActionState::Open), (false, ActionState::Open)], "the demo has one overdue and one not");
        assert!(rasa.get(&format!("/sesijos/{session}")).await.text().contains("Nuo to pradedame"));
        let overdue = page.actions[0].id;
        let space = rasa.call(ReadSpace { space: app.space("dirbtuve") }).await.granted();
        assert_eq!(space.actions, page.actions);
        let team = rasa.call(ReadTeam { team: app.team("azuolas") }).await.granted();
        assert_eq!(team.actions.iter().map(|card| card.id).collect::<Vec<_>>(), [overdue]);
        // Ticked where it stands, by a form, one is back where one was.
        let back = format!("session-{session}");
        let form = [("state", "done"), ("_back", back.as_str())];
        assert_eq!(rasa.form(&format!("/uzduotys/{overdue}/busena"), &form).await.led_to(), format!("/sesijos/{session}"));
        let page = rasa.call(ReadSession { session }).await.granted();
        assert_eq!(page.actions.len(), 1);
        // Whoever may not see the space meets none of them anywhere.
        let nerijus = app.as_("Nerijus").await;
        assert!(nerijus.call(ListActions::default()).await.granted().items.iter().all(|card| card.space != app.space("dirbtuve")));
        assert!(nerijus.call(ReadTeam { team: app.team("azuolas") }).await.granted().actions.is_empty());
    }

    async fn what_is_owned_by_who_left_stays_with_the_team_and_names_nobody(app) {
        let (jonas, tomas) = (app.as_("Jonas").await, app.as_("Tomas").await);
        let action = jonas.call(agree(app, "Parengti klausimyną.", Owner::Person(app.person("Tomas")), "2026-11-30")).await.granted().card.id;
        tomas.call(set(action, ActionState::Done)).await.granted();
        tomas.call(set(action, ActionState::Open)).await.granted();
        tomas.call(LeaveTeam { team: app.team("azuolas") }).await.granted();
        let page = app.as_("Rasa").await.call(ReadActionItem { action }).await;
        assert!(!page.text().contains("Balčiūnas"), "{}", page.text());
        let page = page.granted();
        assert_eq!((page.card.owner.name.as_str(), page.history[1].by.as_str()), ("", ""));
        assert!(page.card.may_keep, "it is still the team's");
        let shown = app.as_("Rasa").await.get(&format!("/uzduotys/{action}")).await;
        assert!(shown.text().contains("buvęs (-usi) komandos narys") && !shown.text().contains("Balčiūnas"));
        tomas.call(ReadActionItem { action }).await.missing();
    }

    async fn a_list_of_actions_is_read_page_by_page(app) {
        let rasa = app.as_("Rasa").await;
        let before = rasa.call(ListActions { space: Some(app.space("dirbtuve")), ..Default::default() }).await.granted().items.len();
        for number in 0..60 {
            let due = format!("2026-12-{:02}", 1 + number / 3);
            rasa.call(agree(app, &format!("Darbas {number}."), Owner::Team(app.team("azuolas")), &due)).await.granted();
        }
        let call = ListActions { space: Some(app.space("dirbtuve")), ..Default::default() };
        let first = rasa.call(call.clone()).await.granted();
        let cursor = || Line::new(first.next.as_deref().unwrap());
        let second = rasa.call(ListActions { cursor: cursor(), ..call }).await.granted();
        assert_eq!((first.items.len(), second.items.len()), (50, before + 10));
        let mut ids: Vec<ActionItemId> = first.items.iter().chain(&second.items).map(|card| card.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), before + 60);
        let other = ListActions { mine: true, cursor: cursor(), ..Default::default() };
        rasa.call(other).await.refused_at(Code::CursorForeign, "cursor");
    }

    async fn the_forms_of_actions_work_without_scripts(app) {
        let rasa = app.as_("Rasa").await;
        let space = app.space("dirbtuve");
        let new = format!("/erdves/{space}/uzduotys/nauja");
        assert!(rasa.get(&format!("/erdves/{space}")).await.text().contains(&new));
        assert_eq!(rasa.get(&new).await.status, 200);
        let owner = Owner::Team(app.team("azuolas")).to_string();
        let wrong = rasa.form(&new, &[("text", ""), ("owner", &owner)]).await;
        assert_eq!(wrong.status, 422);
        let sent = rasa.form(&new, &[("text", "Aprašyti bandymą."), ("owner", &owner), ("due", "2026-12-01")]).await;
        let at = sent.led_to().to_owned();
        assert!(rasa.get(&at).await.text().contains("Aprašyti bandymą."));
        let kept = rasa.form(&format!("{at}/busena"), &[("state", "dropped"), ("reason", "")]).await;
        assert_eq!(kept.status, 422);
        assert_eq!(rasa.form(&format!("{at}/busena"), &[("state", "done")]).await.led_to(), at);
        assert!(rasa.get("/uzduotys?mine=on").await.text().contains("Aprašyti bandymą."));
        assert_eq!(app.anonymous().get(&at).await.status, 401);
    }
}

fn text(text: &str) -> Prose<ACTION_MAX> {
    Prose::new(text).unwrap()
}

fn day(text: &str) -> LocalDate {
    text.parse().unwrap()
}

fn agree(app: &TestApp, what: &str, owner: Owner, due: &str) -> AgreeActionItem {
    AgreeActionItem { space: app.space("dirbtuve"), text: text(what), owner, due: Some(day(due)), session: None }
}

fn set(action: ActionItemId, state: ActionState) -> SetActionState {
    SetActionState { action, state, reason: None }
}
