//! People: roles given, taken and invited to within their bounds, and suspension.

use model::{
    access::Role,
    accounts::{Profession, ReadMe},
    ids::*,
    networks::ReadNetwork,
    people::*,
    refusal::Code,
    schools::MunicipalityCode,
    spaces::ReadSpace,
    teams::ReadTeam,
    time::Millis,
    words::{Line, Secret},
};
use server::{app::Signal, audit, demo::cast::PEOPLE};
use tests::{Reply, TestApp, on_both};

on_both! {
    async fn every_role_is_given_and_taken_by_an_administrator(app) {
        let ona = app.as_("Ona").await;
        let nerijus = app.person("Nerijus");
        let municipality = MunicipalityCode::new(53).unwrap();
        let roles = [
            Role::Administrator,
            Role::Coordinator(app.network("bmt")),
            Role::Consultant(app.team("azuolas")),
            Role::Expert(app.network("bmt")),
            Role::MunicipalSpecialist(municipality),
            Role::CentreSpecialist(app.network("alytus")),
        ];
        for role in roles {
            ona.call(give(nerijus, role)).await.granted();
            assert_eq!(own_roles(app, "Nerijus").await, [role]);
            let page = ona.call(ReadPerson { person: nerijus }).await.granted();
            assert_eq!(page.person.roles[0].role, role);
            assert_eq!(page.person.roles[0].scope_name.is_empty(), role == Role::Administrator);
            assert!(page.givable.iter().all(|shown| shown.role != role), "what one has is not offered again");
            ona.call(take(nerijus, role)).await.granted();
            ona.call(take(nerijus, role)).await.missing();
            assert_eq!(own_roles(app, "Nerijus").await, []);
        }
        let mut tx = app.app.read().await.unwrap();
        assert_eq!(acts(&mut tx, "role.given").await, 6);
        assert_eq!(acts(&mut tx, "role.taken").await, 6);
        assert_eq!(audit::broken_at(&mut tx).await.unwrap(), None);
    }

    async fn a_coordinator_gives_no_role_beyond_their_network(app) {
        let jonas = app.as_("Jonas").await;
        let (nerijus, bmt, alytus) = (app.person("Nerijus"), app.network("bmt"), app.network("alytus"));
        let within = [
            Role::Coordinator(bmt),
            Role::Expert(bmt),
            Role::CentreSpecialist(bmt),
            Role::Consultant(app.team("azuolas")),
        ];
        for role in within {
            jonas.call(give(nerijus, role)).await.granted();
            jonas.call(take(nerijus, role)).await.granted();
            jonas.call(invite(role)).await.granted();
        }
        let beyond = [
            Role::Administrator,
            Role::Coordinator(alytus),
            Role::Expert(alytus),
            Role::CentreSpecialist(alytus),
            Role::Consultant(app.team("saltinis")),
            Role::MunicipalSpecialist(MunicipalityCode::new(53).unwrap()),
        ];
        for role in beyond {
            jonas.call(give(nerijus, role)).await.refused(Code::Forbidden);
            jonas.call(invite(role)).await.refused(Code::Forbidden);
        }
        jonas.call(take(app.person("Ona"), Role::Administrator)).await.refused(Code::Forbidden);
        jonas.call(take(app.person("Rūta"), Role::Consultant(app.team("saltinis")))).await.refused(Code::Forbidden);
        assert_eq!(own_roles(app, "Nerijus").await, []);
        assert_eq!(own_roles(app, "Rūta").await, [Role::Consultant(app.team("saltinis"))]);
        // A lead keeps a team and gives no roles.
        app.as_("Rasa").await.call(give(nerijus, Role::Consultant(app.team("azuolas")))).await.refused(Code::Forbidden);
        // The page offers what would be granted and nothing else.
        let page = jonas.get(&format!("/tinklai/{bmt}/zmones")).await;
        assert_eq!(page.status, 200);
        for role in within {
            assert!(page.text().contains(&format!("value=\"{}\"", RoleWord(role))), "{role:?}");
        }
        for role in beyond {
            assert!(!page.text().contains(&format!("value=\"{}\"", RoleWord(role))), "{role:?}");
        }
        assert_eq!(jonas.get(&format!("/tinklai/{alytus}/zmones")).await.status, 403);
    }

    async fn somebody_without_an_account_takes_the_role_they_were_invited_to(app) {
        let alytus = app.network("alytus");
        let made = app.as_("Ona").await.call(invite(Role::Coordinator(alytus))).await.granted();
        assert!(made.role.scope_name.contains("Alytaus kraštas"));
        let link = link(app).await;
        let newcomer = app.anonymous();
        let page = newcomer.get(&link).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Alytaus kraštas") && !page.text().contains("nauja@kitur.example"));
        let pairs = [("name", "Nauja Žmona"), ("password", "žalia lempa prie kelio"), ("profession", "specialist")];
        let joined = newcomer.form(&link, &pairs).await;
        assert_eq!(joined.led_to(), format!("/tinklai/{alytus}"));
        let cookie = joined.all("set-cookie").next().unwrap().split(['=', ';']).nth(1).unwrap().to_owned();
        let me = app.with_token(&cookie).call(ReadMe {}).await.granted();
        assert_eq!(me.roles, [Role::Coordinator(alytus)]);
        // The letter came there, so the address is theirs.
        assert_eq!((me.email.as_str(), me.email_verified), ("nauja@kitur.example", true));
        // Once is all that it works.
        assert_eq!(app.anonymous().get(&link).await.status, 410);
        assert!(waiting(app).await.is_empty());
    }

    async fn an_address_with_an_account_is_invited_like_any_other(app) {
        let ona = app.as_("Ona").await;
        let role = Role::Expert(app.network("bmt"));
        let known = InviteToRole { email: app.email("Nerijus").parse().unwrap(), ..invite(role) };
        let known = ona.call(known).await.raw;
        let unknown = ona.call(invite(role)).await.raw;
        let strip = |raw: &tests::http::Raw| {
            let mut body = raw.json();
            body["id"] = "".into();
            (raw.status, body)
        };
        assert_eq!(strip(&known), strip(&unknown));
        let link = link(app).await;
        let token = link.rsplit('/').next().unwrap();
        let nerijus = app.as_("Nerijus").await;
        assert_eq!(nerijus.call(AcceptRole { token: line(token) }).await.granted().role, role);
        assert_eq!(own_roles(app, "Nerijus").await, [role]);
        nerijus.call(AcceptRole { token: line(token) }).await.refused(Code::LinkUsed);
    }

    async fn an_account_is_not_made_twice_and_the_link_says_so(app) {
        let known = InviteToRole { email: app.email("Nerijus").parse().unwrap(), ..invite(Role::Expert(app.network("bmt"))) };
        app.as_("Ona").await.call(known).await.granted();
        let link = link(app).await;
        join(app, &link).await.refused(Code::EmailTaken);
        // It still works for who signs in.
        assert_eq!(app.as_("Nerijus").await.get(&link).await.status, 200);
    }

    async fn revoked_expired_and_outlived_invitations_are_one_answer(app) {
        let role = Role::Expert(app.network("bmt"));
        let ona = app.as_("Ona").await;
        let jonas = app.as_("Jonas").await;
        let revoked = jonas.call(invite(role)).await.granted().id;
        let revoked_link = link(app).await;
        app.as_("Rasa").await.call(RevokeRoleInvitation { invitation: revoked }).await.refused(Code::Forbidden);
        jonas.call(RevokeRoleInvitation { invitation: revoked }).await.granted();
        jonas.call(RevokeRoleInvitation { invitation: revoked }).await.missing();
        join(app, &revoked_link).await.refused(Code::LinkUsed);
        // An invitation is worth what its sender may give when it is accepted.
        jonas.call(invite(role)).await.granted();
        let outlived = link(app).await;
        let coordinates = Role::Coordinator(app.network("bmt"));
        ona.call(take(app.person("Jonas"), coordinates)).await.granted();
        join(app, &outlived).await.refused(Code::LinkUsed);
        ona.call(give(app.person("Jonas"), coordinates)).await.granted();
        app.pass(ROLE_INVITATION_LIFE);
        join(app, &outlived).await.refused(Code::LinkUsed);
    }

    async fn the_last_administrator_stays_and_nobody_suspends_themselves(app) {
        let ona = app.as_("Ona").await;
        let me = app.person("Ona");
        ona.call(take(me, Role::Administrator)).await.refused(Code::RoleLast);
        ona.call(SuspendPerson { person: me }).await.refused(Code::PersonSelf);
        ona.call(give(app.person("Jonas"), Role::Administrator)).await.granted();
        app.as_("Jonas").await.call(SuspendPerson { person: me }).await.granted();
        // A suspended administrator does not count.
        app.as_("Jonas").await.call(take(app.person("Jonas"), Role::Administrator)).await.refused(Code::RoleLast);
        ona.call(SuspendPerson { person: app.person("Rasa") }).await.refused(Code::Suspended);
    }

    async fn who_is_suspended_keeps_nothing_but_their_own_until_they_are_returned(app) {
        let ona = app.as_("Ona").await;
        let rasa = app.as_("Rasa").await;
        let person = app.person("Rasa");
        rasa.call(ReadSpace { space: app.space("kiemas") }).await.granted();
        let page = ona.call(SuspendPerson { person }).await.granted();
        assert!(page.person.suspended && page.suspended_at == Some(app.now()));
        rasa.call(ReadSpace { space: app.space("kiemas") }).await.missing();
        rasa.call(ReadTeam { team: app.team("azuolas") }).await.refused(Code::Suspended);
        assert!(rasa.call(ReadMe {}).await.granted().suspended);
        app.pass(Millis::minutes(1));
        // Twice is once.
        let again = ona.call(SuspendPerson { person }).await.granted();
        assert_eq!(again.suspended_at, page.suspended_at);
        ona.call(ReturnPerson { person }).await.granted();
        rasa.call(ReadSpace { space: app.space("kiemas") }).await.granted();
        let mut tx = app.app.read().await.unwrap();
        assert_eq!((acts(&mut tx, "person.suspended").await, acts(&mut tx, "person.returned").await), (1, 1));
    }

    async fn open_rooms_hear_at_once_of_what_changes_about_a_person(app) {
        let ona = app.as_("Ona").await;
        let person = app.person("Rūta");
        let role = Role::Consultant(app.team("saltinis"));
        let mut heard = app.app.signals.subscribe();
        ona.call(take(person, role)).await.granted();
        ona.call(give(person, role)).await.granted();
        ona.call(SuspendPerson { person }).await.granted();
        ona.call(ReturnPerson { person }).await.granted();
        for _ in 0..4 {
            assert_eq!(heard.try_recv().unwrap(), Signal::PersonChanged(person));
        }
    }

    async fn a_person_is_found_by_a_part_of_the_name_without_diacritics(app) {
        let ona = app.as_("Ona").await;
        let list = |q: &'static str| ona.call(ListPeople { q: Some(line(q)), cursor: None });
        assert_eq!(names(&list("zukausk").await.granted()), ["Ieva Žukauskaitė"]);
        assert_eq!(names(&list("ŽUKAUSK").await.granted()), ["Ieva Žukauskaitė"]);
        assert_eq!(ona.call(ListPeople::default()).await.granted().count, PEOPLE.len() as i64);
    }

    async fn everybody_stands_in_the_list_of_people_once(app) {
        let mut tx = app.app.db.write().await.unwrap();
        for number in 0..250 {
            let (id, email): (PersonId, _) = (app.app.id(), format!("zmogus{number}@kitur.example"));
            // Several of one name: the id then tells the place.
            let name = format!("Žmogus Nr. {}", number / 3);
            db::sql!(
                "insert into people (id, name, name_key, email, email_key, password, profession, created_at)
                 values ($1, $2, $3, $4, $4, '', 'teacher', 0)",
                id, name, model::sorting::sort_key(&name), email
            )
            .run(&mut tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        let ona = app.as_("Ona").await;
        for (q, count) in [(None, 250 + PEOPLE.len()), (Some("zmogus"), 250)] {
            let (mut call, mut seen) = (ListPeople { q: q.map(line), cursor: None }, Vec::new());
            loop {
                let page = ona.call(call.clone()).await.granted();
                assert_eq!(page.count, count as i64);
                assert!(page.people.len() <= 100);
                seen.extend(page.people.into_iter().map(|person| (model::sorting::sort_key(&person.name), person.id)));
                let Some(next) = page.next else { break };
                call.cursor = Line::new(&next);
            }
            assert!(seen.is_sorted() && seen.windows(2).all(|pair| pair[0] != pair[1]));
            assert_eq!(seen.len(), count);
        }
        let page = ona.get("/valdymas/zmones?q=zmogus").await;
        assert!(page.text().contains("/valdymas/zmones?q=zmogus&amp;cursor="), "the page leads on");
    }

    async fn a_network_shows_who_has_a_role_in_it_to_people_who_are_signed_in(app) {
        let read = || ReadNetwork { network: app.network("bmt") };
        let page = app.as_("Nerijus").await.call(read()).await.granted();
        assert_eq!(page.people.iter().map(|holder| holder.name.as_str()).collect::<Vec<_>>(), ["Jonas Petraitis"]);
        assert!(app.anonymous().call(read()).await.granted().people.is_empty());
    }
}

fn names(page: &PeoplePage) -> Vec<&str> {
    page.people.iter().map(|person| person.name.as_str()).collect()
}

fn line<const MAX: usize>(text: &str) -> Line<MAX> {
    Line::new(text).unwrap()
}

fn give(person: PersonId, role: Role) -> GiveRole {
    GiveRole { person, role: RoleWord(role) }
}

fn take(person: PersonId, role: Role) -> TakeRole {
    TakeRole { person, role: RoleWord(role) }
}

fn invite(role: Role) -> InviteToRole {
    InviteToRole { role: RoleWord(role), name: line("Nauja Žmona"), email: "nauja@kitur.example".parse().unwrap() }
}

async fn join(app: &TestApp, link: &str) -> Reply<JoinByRole> {
    let call = JoinByRole {
        token: line(link.rsplit('/').next().unwrap()),
        name: line("Nauja Žmona"),
        password: Secret("žalia lempa prie kelio".into()),
        profession: Profession::Specialist,
    };
    app.anonymous().call(call).await
}

async fn own_roles(app: &TestApp, name: &'static str) -> Vec<Role> {
    app.as_(name).await.call(ReadMe {}).await.granted().roles
}

async fn waiting(app: &TestApp) -> Vec<RoleInvitationShown> {
    app.as_("Ona").await.call(ListPeople::default()).await.granted().invitations
}

async fn acts(tx: &mut db::Tx, act: &str) -> i64 {
    db::sql!("select count(*) from audit where act = $1", act).one(tx).await.unwrap()
}

/// The path of the link in the letter written last; letters that were read before are put away.
async fn link(app: &TestApp) -> String {
    app.letters(1)
        .await
        .pop()
        .and_then(|letter| tests::app::path_in(&letter, "/vaidmuo/"))
        .expect("a letter with a link")
}
