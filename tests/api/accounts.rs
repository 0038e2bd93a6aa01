//! Accounts: signing in and out, what ends a sign-in, and what nobody learns of others.

use model::{
    access::Role,
    accounts::*,
    refusal::Code,
    spaces::ListSpaces,
    time::{Millis, Timestamp},
    words::{Line, Secret},
};
use server::{
    auth::{self, COOKIE},
    demo::{PASSWORD, cast::PEOPLE},
};
use tests::{Reply, TestApp, on_both};

on_both! {
    async fn a_person_signs_in_and_out(app) {
        let signed_in = sign_in(app, "Rasa", PASSWORD, false).await;
        assert_eq!(signed_in.granted().name, "Rasa Jankauskienė");
        let rasa = app.with_token(&token(&signed_in.raw));
        assert_eq!(rasa.call(ReadMe {}).await.granted().email, "rasa@tinklaveika.example");
        let out = rasa.call(SignOut {}).await;
        out.granted();
        assert!(out.header("clear-site-data").is_some());
        rasa.call(ReadMe {}).await.refused(Code::SignInNeeded);
    }

    async fn the_cookie_is_for_this_site_alone(app) {
        let own = cookie(&sign_in(app, "Rasa", PASSWORD, false).await.raw);
        let shared = cookie(&sign_in(app, "Rasa", PASSWORD, true).await.raw);
        for part in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(own.split("; ").any(|own| own == part), "{own}");
            assert!(shared.split("; ").any(|own| own == part), "{shared}");
        }
        assert!(own.starts_with("__Host-") && !own.contains("Domain"));
        // On a computer that others use too it goes with the browser.
        assert!(own.contains("Max-Age=1209600") && !shared.contains("Max-Age"));
        let token = token(&sign_in(app, "Rasa", PASSWORD, false).await.raw);
        assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }

    async fn an_unknown_address_is_answered_byte_for_byte_like_a_wrong_password(app) {
        let wrong = sign_in(app, "Rasa", "visai ne tas slaptažodis", false).await;
        wrong.refused(Code::SignInWrong);
        let call = SignIn {
            email: "niekas@tinklaveika.example".parse().unwrap(),
            password: Secret("visai ne tas slaptažodis".into()),
            shared_computer: false,
        };
        let unknown = app.anonymous().call(call).await;
        let strip = |raw: &tests::http::Raw| {
            let id = raw.header("x-request-id").unwrap().to_owned();
            let headers: Vec<_> =
                raw.headers.iter().filter(|(name, _)| name != "x-request-id" && name != "date").cloned().collect();
            (raw.status, headers, raw.text().replace(&id, "…"))
        };
        assert_eq!(strip(&wrong.raw), strip(&unknown.raw));
        let pairs = |email: &'static str| [("email", email), ("password", "visai ne tas slaptažodis")];
        let wrong = app.anonymous().form("/prisijungti", &pairs("rasa@tinklaveika.example")).await;
        let unknown = app.anonymous().form("/prisijungti", &pairs("niekas@tinklaveika.example")).await;
        assert_eq!(wrong.status, 401);
        let plain = |raw: &tests::http::Raw| {
            raw.text().replace("rasa@", "…@").replace("niekas@", "…@").split("name=\"_key\"").next().unwrap().to_owned()
        };
        assert_eq!(plain(&wrong), plain(&unknown));
    }

    async fn wrong_passwords_slow_the_guesser_down_and_then_no_more(app) {
        for _ in 0..5 {
            sign_in(app, "Rasa", "visai ne tas slaptažodis", false).await.refused(Code::SignInWrong);
        }
        let slow = sign_in(app, "Rasa", PASSWORD, false).await;
        assert_eq!(slow.refused(Code::SignInSlow).facts["seconds"], "1");
        assert_eq!(slow.header("retry-after"), Some("1"));
        // Nobody else is slowed.
        sign_in(app, "Tomas", PASSWORD, false).await.granted();
        app.pass(Millis::seconds(1));
        sign_in(app, "Rasa", PASSWORD, false).await.granted();
    }

    async fn sign_ins_are_listed_and_ended(app) {
        let (first, second) = (token(&sign_in(app, "Rasa", PASSWORD, false).await.raw), {
            app.pass(Millis::minutes(2));
            token(&sign_in(app, "Rasa", PASSWORD, false).await.raw)
        });
        let rasa = app.with_token(&second);
        let listed = rasa.call(ListSignIns {}).await.granted();
        assert_eq!(listed.iter().map(|sign_in| sign_in.current).collect::<Vec<_>>(), [true, false]);
        // A stranger's are not there to be ended.
        let tomas = app.as_("Tomas").await;
        tomas.call(EndSignIn { sign_in: listed[1].id }).await.missing();
        app.with_token(&first).call(ReadMe {}).await.granted();
        rasa.call(EndSignIn { sign_in: listed[1].id }).await.granted();
        app.with_token(&first).call(ReadMe {}).await.refused(Code::SignInNeeded);
        let third = token(&sign_in(app, "Rasa", PASSWORD, false).await.raw);
        rasa.call(EndOtherSignIns {}).await.granted();
        app.with_token(&third).call(ReadMe {}).await.refused(Code::SignInNeeded);
        rasa.call(ReadMe {}).await.granted();
    }

    async fn a_new_sign_in_takes_the_place_of_the_one_before(app) {
        let before = token(&sign_in(app, "Rasa", PASSWORD, false).await.raw);
        let call = SignIn {
            email: app.email("Rasa").parse().unwrap(),
            password: Secret(PASSWORD.into()),
            shared_computer: false,
        };
        let after = token(&app.with_token(&before).call(call).await.raw);
        assert_ne!(before, after);
        app.with_token(&before).call(ReadMe {}).await.refused(Code::SignInNeeded);
        app.with_token(&after).call(ReadMe {}).await.granted();
    }

    async fn a_sign_in_ends_when_idle_or_old(app) {
        let (own, shared) = (app.sign_in(app.person("Rasa"), false).await, app.sign_in(app.person("Rasa"), true).await);
        app.pass(Millis::minutes(29));
        app.with_token(&shared).call(ReadMe {}).await.granted();
        app.pass(Millis::minutes(60));
        app.with_token(&shared).call(ReadMe {}).await.refused(Code::SignInNeeded);
        app.with_token(&own).call(ReadMe {}).await.granted();
        app.pass(SIGN_IN_IDLE);
        app.with_token(&own).call(ReadMe {}).await.refused(Code::SignInNeeded);
    }

    async fn a_sign_in_in_use_every_day_ends_after_two_weeks_and_an_administrators_after_one(app) {
        for (name, days) in [("Rasa", 14), ("Ona", 7)] {
            let client = app.anew(name).await;
            let begun = app.now();
            // Never as long as half a day without use.
            for _ in 0..days * 4 - 1 {
                app.pass(Millis::hours(6));
                client.call(ReadMe {}).await.granted();
                assert_eq!(client.call(ListSignIns {}).await.granted().iter().filter(|one| one.current).count(), 1);
                last_use_is_written(app).await;
            }
            app.pass(Millis(begun.plus(Millis::days(days)).ms() - app.now().ms() - 1));
            client.call(ReadMe {}).await.granted();
            app.pass(Millis(1));
            client.call(ReadMe {}).await.refused(Code::SignInNeeded);
            let listed = app.anew(name).await.call(ListSignIns {}).await.granted();
            assert!(listed.iter().all(|one| one.since > begun), "{name} is shown what has ended");
        }
    }

    async fn a_wrong_password_costs_as_much_work_as_an_unknown_address(app) {
        let passwords = &app.app.passwords;
        for (email, password) in [
            ("rasa@tinklaveika.example", "visai ne tas slaptažodis"),
            ("niekas@tinklaveika.example", "visai ne tas slaptažodis"),
            ("zita@tinklaveika.example", "visai ne tas slaptažodis"),
            ("rasa@tinklaveika.example", PASSWORD),
        ] {
            let before = passwords.computed();
            let call = SignIn { email: email.parse().unwrap(), password: Secret(password.into()), shared_computer: false };
            app.anonymous().call(call).await;
            assert_eq!(passwords.computed() - before, 1, "{email}");
        }
    }

    async fn a_changed_password_ends_the_other_sign_ins(app) {
        let other = app.sign_in(app.person("Rasa"), false).await;
        let rasa = app.as_("Rasa").await;
        let change = |current: &str, new: &str| ChangePassword { current: Secret(current.into()), new: Secret(new.into()) };
        rasa.call(change("visai ne tas", "žydi obelys prie tvenkinio")).await.refused_at(Code::SignInWrong, "current");
        rasa.call(change(PASSWORD, "trumpas")).await.refused_at(Code::PasswordShort, "new");
        rasa.call(change(PASSWORD, "žydi obelys prie tvenkinio")).await.granted();
        app.with_token(&other).call(ReadMe {}).await.refused(Code::SignInNeeded);
        rasa.call(ReadMe {}).await.granted();
        sign_in(app, "Rasa", PASSWORD, false).await.refused(Code::SignInWrong);
        sign_in(app, "Rasa", "žydi obelys prie tvenkinio", false).await.granted();
    }

    async fn the_set_up_link_makes_one_administrator_once(kind: tests::Kind) {
        let app = TestApp::empty(kind).await;
        let link = server::accounts::set_up_link(&app.app).await.unwrap().unwrap();
        let used = link.rsplit('/').next().unwrap().to_owned();
        let call = |token: &str| SetUp {
            token: Line::new(token).unwrap(),
            name: Line::new("Ona Vaitkienė").unwrap(),
            email: "ona@tinklaveika.example".parse().unwrap(),
            password: Secret("žydi obelys prie tvenkinio".into()),
        };
        app.anonymous().call(call(&"0".repeat(64))).await.refused(Code::LinkUsed);
        let made = app.anonymous().call(call(&used)).await;
        made.granted();
        let me = app.with_token(&token(&made.raw)).call(ReadMe {}).await.granted();
        assert_eq!(me.roles, [Role::Administrator]);
        app.anonymous().call(call(&used)).await.refused(Code::LinkUsed);
        assert!(server::accounts::set_up_link(&app.app).await.unwrap().is_none());
    }

    async fn a_printed_link_ends_after_a_day_and_when_another_is_printed(kind: tests::Kind) {
        let app = TestApp::empty(kind).await;
        let first = server::accounts::set_up_link(&app.app).await.unwrap().unwrap();
        let second = server::accounts::set_up_link(&app.app).await.unwrap().unwrap();
        let path = |link: &str| link.strip_prefix(app.app.config.url.as_str()).unwrap().to_owned();
        let pairs = [("name", "Ona"), ("email", "ona@tinklaveika.example"), ("password", "žydi obelys prie tvenkinio")];
        assert_eq!(app.anonymous().form(&path(&first), &pairs).await.status, 410);
        app.pass(SET_UP_LIFE);
        assert_eq!(app.anonymous().form(&path(&second), &pairs).await.status, 410);
        let third = server::accounts::set_up_link(&app.app).await.unwrap().unwrap();
        assert_eq!(app.anonymous().form(&path(&third), &pairs).await.led_to(), "/");
    }

    async fn who_has_two_roles_and_two_teams_is_known_by_each_once(app) {
        let nerijus = app.person("Nerijus");
        let roles = [Role::Consultant(app.team("saltinis")), Role::Coordinator(app.network("alytus"))];
        let teams = [app.team("pusynas"), app.team("azuolas")];
        let mut tx = app.app.write().await.unwrap();
        for role in roles {
            auth::store::insert_role(&mut tx, nerijus, role, app.now()).await.unwrap();
        }
        for (team, joined) in teams.into_iter().zip([1, 2]) {
            server::teams::store::insert_member(&mut tx, team, nerijus, team == teams[1], Timestamp(joined)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let token = app.sign_in(nerijus, false).await;
        let mut tx = app.app.read().await.unwrap();
        let (_, me) = auth::store::find_sign_in(&mut tx, &auth::digest(&token)).await.unwrap().unwrap();
        assert_eq!(me.roles, roles);
        let found: Vec<_> = me.teams.iter().map(|one| (one.team, one.lead, one.name.as_str())).collect();
        assert_eq!(found, [(teams[0], false, "Pušynas"), (teams[1], true, "Ąžuolas")]);
    }

    async fn a_suspended_person_reads_what_is_their_own_and_no_more(app) {
        let zita = app.as_("Zita").await;
        assert!(zita.call(ReadMe {}).await.granted().suspended);
        zita.call(ListSignIns {}).await.granted();
        let change = ChangePassword { current: Secret(PASSWORD.into()), new: Secret("žydi obelys prie tvenkinio".into()) };
        zita.call(change).await.refused(Code::Suspended);
        zita.call(model::teams::ReadTeam { team: app.team("azuolas") }).await.refused(Code::Suspended);
        let anonymous = app.anonymous().call(ListSpaces {}).await.granted();
        assert_eq!(zita.call(ListSpaces {}).await.granted(), anonymous);
        zita.call(SignOut {}).await.granted();
    }

    async fn the_way_back_after_signing_in_stays_on_this_site(app) {
        let pairs = |back| [("email", "rasa@tinklaveika.example"), ("password", PASSWORD), ("_grizti", back)];
        assert_eq!(app.anonymous().form("/prisijungti", &pairs("/problemos?area=steam")).await.led_to(), "/problemos?area=steam");
        for foreign in ["https://x.example/", "//x.example", "/\\x.example", "javascript:alert(1)", "/api/v1/me"] {
            assert_eq!(app.anonymous().form("/prisijungti", &pairs(foreign)).await.led_to(), "/", "{foreign}");
        }
    }
}

/// The last use is written beside the answer: waits until it is there.
async fn last_use_is_written(app: &TestApp) {
    for _ in 0..2_000 {
        let mut tx = app.app.read().await.unwrap();
        let last: i64 = db::sql!("select max(seen_at) from sign_ins").one(&mut tx).await.unwrap();
        if last == app.now().ms() {
            return;
        }
        drop(tx);
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("the last use was not written");
}

async fn sign_in(app: &TestApp, name: &str, password: &str, shared: bool) -> Reply<SignIn> {
    assert!(PEOPLE.iter().any(|person| person.key() == name));
    let call =
        SignIn { email: app.email(name).parse().unwrap(), password: Secret(password.into()), shared_computer: shared };
    app.anonymous().call(call).await
}

fn cookie(raw: &tests::http::Raw) -> String {
    raw.all("set-cookie").find(|cookie| cookie.starts_with(COOKIE)).expect("a sign-in cookie").to_owned()
}

fn token(raw: &tests::http::Raw) -> String {
    cookie(raw).split(['=', ';']).nth(1).unwrap_or_default().to_owned()
}
