//! Teams of five to six: their states, their seats, and the ways in and out.

use model::{
    access::Role,
    accounts::{Profession, ReadMe},
    ids::TeamId,
    refusal::Code,
    teams::*,
    time::Millis,
    words::Secret,
};
use serde_json::json;
use server::demo::cast::PEOPLE;
use tests::{TestApp, on_both};

on_both! {
    async fn a_team_of_four_cannot_be_activated(app) {
        let kristina = app.as_("Kristina").await;
        let refusal = kristina.call(ActivateTeam { team: app.team("pusynas") }).await.refused(Code::TeamSize);
        assert_eq!(refusal.facts["count"], "4");
        assert_eq!(read(app, app.team("pusynas")).await.state, TeamState::Forming);
    }

    async fn a_team_of_five_or_six_is_activated_and_a_seventh_finds_no_seat(app) {
        let kristina = app.as_("Kristina").await;
        let team = app.team("pusynas");
        let code = kristina.call(Invite { team }).await.granted().code;
        join(app, &code, "penktas").await.granted();
        assert_eq!(kristina.call(ActivateTeam { team }).await.granted().state, TeamState::Active);
        // Active already.
        kristina.call(ActivateTeam { team }).await.refused(Code::TeamState);
        join(app, &code, "sestas").await.granted();
        join(app, &code, "septintas").await.refused(Code::TeamFull);
        let page = read(app, team).await;
        assert_eq!((page.members.len(), page.state), (6, TeamState::Active));
        assert_eq!(page.invitation.unwrap().joined, 2);
    }

    async fn six_may_be_activated_too(app) {
        let kristina = app.as_("Kristina").await;
        let team = app.team("pusynas");
        let code = kristina.call(Invite { team }).await.granted().code;
        for name in ["penktas", "sestas"] {
            join(app, &code, name).await.granted();
        }
        assert_eq!(kristina.call(ActivateTeam { team }).await.granted().members.len(), 6);
    }

    async fn an_active_team_that_drops_to_four_is_incomplete_until_a_fifth_joins(app) {
        let team = app.team("azuolas");
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(RemoveMember { team, person: app.person("Ieva") }).await.granted();
        assert_eq!((page.members.len(), page.state), (4, TeamState::Incomplete));
        let code = rasa.call(Invite { team }).await.granted().code;
        join(app, &code, "naujas").await.granted();
        assert_eq!(read(app, team).await.state, TeamState::Active);
    }

    async fn a_lead_hands_over_before_going(app) {
        let team = app.team("azuolas");
        let rasa = app.as_("Rasa").await;
        rasa.call(LeaveTeam { team }).await.refused(Code::TeamSuccessor);
        let ona = app.as_("Ona").await;
        ona.call(RemoveMember { team, person: app.person("Rasa") }).await.refused(Code::TeamLeadHere);
        rasa.call(HandOverLead { team, to: app.person("Vilma") }).await.refused_at(Code::TeamMember, "to");
        rasa.call(HandOverLead { team, to: app.person("Tomas") }).await.granted();
        rasa.call(LeaveTeam { team }).await.granted();
        let page = read(app, team).await;
        assert_eq!((page.members.len(), page.state), (4, TeamState::Incomplete));
        assert_eq!(page.members[0].person, app.person("Tomas"));
        assert!(page.members[0].lead && !page.members[1].lead);
        // Who left leads nothing any more.
        rasa.call(Invite { team }).await.refused(Code::Forbidden);
    }

    async fn a_removed_member_has_no_part_in_the_team_at_once(app) {
        let ieva = app.as_("Ieva").await;
        let team = app.team("azuolas");
        ieva.call(model::spaces::ReadSpace { space: app.space("kiemas") }).await.granted();
        app.as_("Rasa").await.call(RemoveMember { team, person: app.person("Ieva") }).await.granted();
        ieva.call(model::spaces::ReadSpace { space: app.space("kiemas") }).await.missing();
        app.as_("Rasa").await.call(RemoveMember { team, person: app.person("Ieva") }).await.refused(Code::TeamMember);
    }

    async fn an_archived_team_reads_and_does_not_write(app) {
        let team = app.team("azuolas");
        app.as_("Rasa").await.call(ArchiveTeam { team }).await.refused(Code::Forbidden);
        let jonas = app.as_("Jonas").await;
        let code = jonas.call(Invite { team }).await.granted().code;
        assert_eq!(jonas.call(ArchiveTeam { team }).await.granted().state, TeamState::Archived);
        jonas.call(Invite { team }).await.refused(Code::Archived);
        join(app, &code, "velai").await.refused(Code::LinkUsed);
        assert_eq!(app.as_("Rasa").await.call(ReadTeam { team }).await.granted().state, TeamState::Archived);
    }

    async fn a_team_comes_back_from_the_archive_with_its_members_and_gathers(app) {
        let team = app.team("azuolas");
        let jonas = app.as_("Jonas").await;
        jonas.call(ReturnTeam { team }).await.refused(Code::TeamState);
        assert!(!jonas.call(ArchiveTeam { team }).await.granted().may_archive);
        assert!(read(app, team).await.may_return);
        app.as_("Rasa").await.call(ReturnTeam { team }).await.refused(Code::Forbidden);
        app.as_("Rasa").await.call(model::spaces::ReadSpace { space: app.space("kiemas") }).await.missing();
        let back = jonas.call(ReturnTeam { team }).await.granted();
        assert_eq!((back.state, back.members.len()), (TeamState::Forming, 5));
        app.as_("Rasa").await.call(model::spaces::ReadSpace { space: app.space("kiemas") }).await.granted();
        assert_eq!(app.as_("Rasa").await.call(ActivateTeam { team }).await.granted().state, TeamState::Active);
    }

    async fn the_last_one_who_leads_does_not_leave(app) {
        let team = app.team("pusynas");
        let kristina = app.as_("Kristina").await;
        for name in ["Marius", "Daiva", "Saulius"] {
            app.as_(name).await.call(LeaveTeam { team }).await.granted();
        }
        kristina.call(LeaveTeam { team }).await.refused(Code::TeamSuccessor);
        assert_eq!(read(app, team).await.members.len(), 1);
        // The way out is the coordinator's.
        app.as_("Jonas").await.call(ArchiveTeam { team }).await.granted();
        assert!(kristina.call(ReadMe {}).await.granted().teams.is_empty());
    }

    async fn what_a_member_wrote_stays_when_they_leave_and_shows_a_role(app) {
        let ona = app.as_("Ona").await;
        let problem = app.problem("motyvacija");
        let read = || model::problems::ReadProblem { problem };
        let before = ona.call(read()).await.granted();
        let (author, team) = (before.author.clone(), before.card.team_name.clone());
        let writer = ["Rasa", "Tomas", "Eglė", "Mindaugas", "Ieva", "Vilma", "Andrius", "Giedrė", "Lina", "Paulius", "Simona"]
            .into_iter()
            .find(|name| author.starts_with(name))
            .expect("somebody of a team wrote it");
        let own = app.as_(writer).await.call(ReadMe {}).await.granted().teams.remove(0);
        if own.lead {
            let page = ona.call(ReadTeam { team: own.team }).await.granted();
            let to = page.members.iter().find(|member| !member.lead).unwrap().person;
            ona.call(HandOverLead { team: own.team, to }).await.granted();
        }
        app.as_(writer).await.call(LeaveTeam { team: own.team }).await.granted();
        let after = ona.call(read()).await.granted();
        assert_eq!((after.author.as_str(), &after.card.team_name, &after.text), ("", &team, &before.text));
        let page = ona.get(&format!("/problemos/{problem}")).await;
        assert!(page.text().contains("buvęs (-usi) komandos narys (-ė)"));
        assert!(after.responses.iter().all(|response| response.by != author));
    }

    async fn who_is_in_two_teams_sees_and_changes_the_one_they_act_for(app) {
        let code = app.as_("Kristina").await.call(Invite { team: app.team("pusynas") }).await.granted().code;
        let tomas = app.as_("Tomas").await;
        tomas.call(AcceptInvitation { code: line(&code) }).await.granted();
        let path = format!("/erdves/{}/problemos/nauja", app.space("kiemas"));
        let ticked = |page: &tests::http::Raw, key: &str| {
            page.text().contains(&format!("name=\"team\" value=\"{}\" checked", app.team(key)))
        };
        let page = tomas.get(&path).await;
        assert!(page.text().contains("<span>Ąžuolas</span>"), "the header names the team");
        assert!(ticked(&page, "azuolas") && !ticked(&page, "pusynas"));
        assert!(page.text().contains("Veikti komandos „Pušynas“ vardu"));
        let chosen = tomas.form("/nustatymai", &[("komanda", &app.team("pusynas").to_string()), ("grizti", &path)]).await;
        assert_eq!(chosen.led_to(), path);
        let token = tomas.token.clone().unwrap();
        let cookie = format!("{}={token}; komanda={}", server::auth::COOKIE, app.team("pusynas"));
        let page = tomas.with("cookie", &cookie).get(&path).await;
        assert!(page.text().contains("<span>Pušynas</span>"));
        assert!(ticked(&page, "pusynas") && !ticked(&page, "azuolas"));
    }

    async fn a_member_is_removed_in_two_steps_without_scripts(app) {
        let page = app.as_("Rasa").await.get(&format!("/komandos/{}", app.team("azuolas"))).await;
        let action = format!("action=\"/komandos/{}/nariai/{}/pasalinti\"", app.team("azuolas"), app.person("Ieva"));
        let (before, _) = page.text().split_once(&action).expect("the form stands there");
        // The button is behind a word that says what it means, closed until it is opened.
        let opened = before.rfind("<details class=\"confirm\">").expect("a step before it");
        assert!(!before[opened..].contains("</details>") && before[opened..].contains("iškart nebegalės rašyti"));
    }

    async fn a_coordinator_makes_a_team_and_the_first_who_joins_leads_it(app) {
        let network = app.network("bmt");
        let jonas = app.as_("Jonas").await;
        let school = read(app, app.team("azuolas")).await.school.id;
        let call = || CreateTeam { network, school, name: model::words::Line::new("Liepa").unwrap() };
        let made = jonas.call(call()).await.granted();
        assert_eq!((made.state, made.members.len()), (TeamState::Forming, 0));
        let code = jonas.call(Invite { team: made.id }).await.granted().code;
        let nerijus = app.as_("Nerijus").await;
        nerijus.call(AcceptInvitation { code: line(&code) }).await.granted();
        // Twice is once.
        nerijus.call(AcceptInvitation { code: line(&code) }).await.granted();
        let page = read(app, made.id).await;
        assert_eq!(page.members.iter().map(|member| (member.name.as_str(), member.lead)).collect::<Vec<_>>(), [
            ("Nerijus Lapinskas", true)
        ]);
        assert!(nerijus.call(ReadMe {}).await.granted().teams[0].lead);
        // Nobody coordinates another network.
        let mut elsewhere = call();
        elsewhere.network = app.network("alytus");
        jonas.call(elsewhere).await.refused(Code::Forbidden);
        assert_eq!(jonas.call(ReadMe {}).await.granted().roles, [Role::Coordinator(network)]);
    }

    async fn from_the_link_to_the_team_page_are_three_screens_and_one_form(app) {
        let team = app.team("pusynas");
        let invitation = app.as_("Kristina").await.call(Invite { team }).await.granted();
        let path = invitation.link.strip_prefix(app.app.config.url.as_str()).unwrap();
        let newcomer = app.anonymous();
        // The first screen: what one is invited to, with the form on it.
        let invited = newcomer.get(path).await;
        assert_eq!(invited.status, 200);
        assert!(invited.text().contains("Pušynas") && invited.text().contains("name=\"password\""));
        let joined = newcomer
            .form(path, &[
                ("name", "Nerijus Lapinskas"),
                ("email", "naujas@tinklaveika.example"),
                ("password", "žalia lempa prie kelio"),
                ("profession", "teacher"),
            ])
            .await;
        // The second: the team's page, signed in.
        assert_eq!(joined.led_to(), format!("/komandos/{team}"));
        let token = signed_in(&joined);
        let page = app.with_token(&token).get(joined.led_to()).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Nerijus Lapinskas"));
    }

    async fn a_code_is_read_however_it_is_typed(app) {
        let code = app.as_("Kristina").await.call(Invite { team: app.team("pusynas") }).await.granted().code;
        let typed = code.to_lowercase().replace('-', " ");
        assert_eq!(app.anonymous().call(ReadInvitation { code: line(&typed) }).await.granted().members, 4);
    }

    async fn revoked_expired_replaced_and_guessed_codes_are_one_answer(app) {
        let team = app.team("pusynas");
        let kristina = app.as_("Kristina").await;
        let replaced = kristina.call(Invite { team }).await.granted().code;
        let revoked = kristina.call(Invite { team }).await.granted().code;
        let works = app.anonymous().call(ReadInvitation { code: line(&revoked) }).await;
        assert_eq!(works.granted().team, team);
        kristina.call(RevokeInvitation { team }).await.granted();
        let mut answers = Vec::new();
        for code in [&replaced, &revoked, "0000-0000-0000"] {
            answers.push(refused_alike(app, code).await);
        }
        let expired = kristina.call(Invite { team }).await.granted().code;
        app.pass(INVITATION_LIFE);
        answers.push(refused_alike(app, &expired).await);
        assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:#?}");
        assert_eq!(answers[0][0].0, 410);
        assert_eq!(read(app, team).await.members.len(), 4);
    }

    async fn guessing_codes_is_throttled(kind: tests::Kind) {
        let app = TestApp::set(kind, true, |config| config.limits.guesses_a_minute = 5).await;
        let guess = || ReadInvitation { code: line("0000-0000-0000") };
        for _ in 0..5 {
            app.anonymous().call(guess()).await.refused(Code::LinkUsed);
        }
        let reply = app.anonymous().call(guess()).await;
        let seconds = reply.refused(Code::TooMany).facts["seconds"].clone();
        assert_eq!(reply.header("retry-after"), Some(seconds.as_str()));
        // The page is no way around.
        assert_eq!(app.anonymous().get("/kvietimas/0000-0000-0000").await.status, 429);
        app.pass(Millis::minutes(1));
        app.anonymous().call(guess()).await.refused(Code::LinkUsed);
    }

    async fn sixty_four_who_join_at_once_take_one_seat(app) {
        let team = app.team("azuolas");
        let code = app.as_("Rasa").await.call(Invite { team }).await.granted().code;
        let names: Vec<String> = (0..64).map(|n| format!("lenktynininkas{n}")).collect();
        let joins = names.iter().map(|name| join(app, &code, name));
        let replies = futures_util::future::join_all(joins).await;
        let statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| matches!(status, 200 | 409 | 422 | 503)), "{statuses:?}");
        assert_eq!(read(app, team).await.members.len(), 6);
        // Nobody is left with an account and no team.
        let people: i64 = {
            let mut tx = app.app.read().await.unwrap();
            db::sql!("select count(*) from people").one(&mut tx).await.unwrap()
        };
        assert_eq!(people, PEOPLE.len() as i64 + 1);
    }

    async fn an_address_with_an_account_joins_like_a_wrong_password(app) {
        let code = app.as_("Kristina").await.call(Invite { team: app.team("pusynas") }).await.granted().code;
        join(app, &code, "rasa").await.refused(Code::SignInWrong);
        assert_eq!(read(app, app.team("pusynas")).await.members.len(), 4);
    }
}

fn line<const MAX: usize>(text: &str) -> model::words::Line<MAX> {
    model::words::Line::new(text).unwrap()
}

async fn read(app: &TestApp, team: TeamId) -> TeamPage {
    app.anew("Ona").await.call(ReadTeam { team }).await.granted()
}

async fn join(app: &TestApp, code: &str, name: &str) -> tests::Reply<JoinTeam> {
    let call = JoinTeam {
        code: line(code),
        name: line(name),
        email: format!("{name}@tinklaveika.example").parse().unwrap(),
        password: Secret("žalia lempa prie kelio".into()),
        profession: Profession::Teacher,
    };
    app.anonymous().call(call).await
}

/// The answers that a code which does not work gets at each of its doors.
async fn refused_alike(app: &TestApp, code: &str) -> Vec<(u16, serde_json::Value)> {
    let nerijus = app.anew("Nerijus").await;
    let read = app.anonymous().call(ReadInvitation { code: line(code) }).await.raw;
    let joined = join(app, code, "spejikas").await.raw;
    let accepted = nerijus.call(AcceptInvitation { code: line(code) }).await.raw;
    let mut answers = Vec::new();
    for raw in [read, joined, accepted] {
        let mut body = raw.json();
        body["request_id"] = json!(null);
        answers.push((raw.status, body));
    }
    answers
}

fn signed_in(raw: &tests::http::Raw) -> String {
    let start = format!("{}=", server::auth::COOKIE);
    let cookie = raw.all("set-cookie").find_map(|cookie| cookie.strip_prefix(&start)).expect("a sign-in cookie");
    cookie.split(';').next().unwrap_or_default().to_owned()
}
