//! What an operator asks from the command line: what is wrong, and who administers.

use std::{
    fs,
    io::{Cursor, Read},
    os::unix::fs::PermissionsExt,
};

use db::sql;
use model::{
    access::Actor,
    accounts::{ReadMe, ResetPassword, SetUp},
    problems::ReadProblem,
    refusal::Code,
    spaces::ReadSpace,
    words::{Line, Secret},
};
use server::export::export;
use server::operate::{
    admin::{Order, obey},
    doctor::{around, within},
    secret,
};
use tests::{Kind, TestApp, on_both};
use zip::ZipArchive;

const NEW: &str = "žydi obelys prie tvenkinio";

on_both! {
    async fn a_site_that_is_well_has_nothing_wrong(app) {
        assert_eq!(within(&app.app.db, app.now()).await, []);
    }

    async fn the_doctor_names_what_is_wrong_in_the_database(app) {
        let db = &app.app.db;
        let bad = async |change: db::Query, what: &str| {
            let mut tx = db.write().await.unwrap();
            assert!(change.run(&mut tx).await.unwrap() > 0, "{what}");
            tx.commit().await.unwrap();
            let found = within(db, app.now()).await;
            assert!(found.iter().any(|finding| finding.what.contains(what)), "{what}: {found:?}");
            assert!(found.iter().all(|finding| !finding.mend.is_empty()));
        };
        app.as_("Rasa").await.call(model::teams::Invite { team: app.team("azuolas") }).await.granted();
        let far = app.now().ms() + 3_600_000;
        bad(sql!("update people set created_at = $1", far), "the clock is 60 minutes behind").await;
        bad(sql!("update audit set act = 'nieko' where number = 1"), "broken at row 1").await;
        bad(sql!("update sessions set last_seq = last_seq + 1 where last_seq > 0"), "have a gap").await;
        let key = "reset:1";
        let mail = sql!(
            "insert into mails (id, key, letter, address, lang, tries, due_at, created_at, given_up_at)
             values ($1, $1, '{}', '', 'lt', 10, 0, 0, 0)",
            key
        );
        bad(mail, "1 letters were given up").await;
        bad(sql!("delete from schema_migrations where number > 8"), "behind this program").await;
    }

    async fn a_link_from_the_command_line_makes_one_more_administrator_once(app) {
        let told = obey(&app.app.db, &app.app.config.url, Order::Link, app.now()).await.unwrap();
        let call = SetUp {
            token: Line::new(token(&told)).unwrap(),
            name: Line::new("Ona Vaitkienė").unwrap(),
            email: "ona@mokykla.example".parse().unwrap(),
            password: Secret(NEW.into()),
        };
        app.anonymous().call(call.clone()).await.granted();
        app.anonymous().call(call).await.refused(Code::LinkUsed);
        let list = obey(&app.app.db, "", Order::List, app.now()).await.unwrap();
        assert!(list.contains("ona@tinklaveika.example") && list.contains("ona@mokykla.example"), "{list}");
        assert_eq!(list.lines().count(), 2);
    }

    async fn a_password_is_reset_from_the_command_line(app) {
        let order = Order::Reset(" Rasa@tinklaveika.example".into());
        let told = obey(&app.app.db, &app.app.config.url, order, app.now()).await.unwrap();
        let call = ResetPassword { token: Line::new(token(&told)).unwrap(), password: Secret(NEW.into()) };
        app.anonymous().call(call).await.granted();
        let unknown = obey(&app.app.db, "", Order::Reset("niekas@mokykla.example".into()), app.now()).await;
        assert!(unknown.unwrap_err().to_string().contains("nobody has an account"));
    }

    async fn a_space_is_taken_away_as_its_reader_sees_it(app) {
        let actor = async |name: &str| {
            let found = server::auth::store::find_me(&mut app.app.read().await.unwrap(), app.person(name)).await;
            Actor::Person(Box::new(found.unwrap().unwrap()))
        };
        let space = app.space("kiemas");
        let out = std::io::Cursor::new(Vec::new());
        let bytes = export(&app.app, &actor("Rasa").await, space, text::Lang::Lt, out).await.unwrap().into_inner();
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut all = String::new();
        for at in 0..zip.len() {
            zip.by_index(at).unwrap().read_to_string(&mut all).unwrap();
        }
        for name in ["erdve.json", "erdve.md", "problemos.csv", "praktikos.csv", "sesijos.csv"] {
            assert!(zip.by_name(name).is_ok(), "{name}");
        }
        let page = app.as_("Rasa").await.call(ReadSpace { space }).await.granted();
        for title in page.problems.iter().map(|card| &card.title).chain(page.practices.iter().map(|card| &card.title)) {
            assert!(all.contains(&format!("# {title}\n")), "{title}");
        }
        // Another team's draft is not there, nor anybody's address.
        let draft = app.as_("Kristina").await.call(ReadProblem { problem: app.problem("grizimas") }).await.granted();
        assert!(!all.contains(&draft.card.title) && !all.contains('@'));
        let out = std::io::Cursor::new(Vec::new());
        let outside = export(&app.app, &actor("Nerijus").await, space, text::Lang::Lt, out).await.unwrap_err();
        assert_eq!(outside.status(), 404);
    }

    async fn the_last_administrator_is_never_suspended(app) {
        let suspend = async |email: &str| obey(&app.app.db, "", Order::Suspend(email.into()), app.now()).await;
        let rasa = app.as_("Rasa").await;
        rasa.call(ReadMe {}).await.granted();
        suspend("rasa@tinklaveika.example").await.unwrap();
        rasa.call(ReadMe {}).await.refused(Code::SignInNeeded);
        assert!(suspend("ona@tinklaveika.example").await.unwrap_err().to_string().contains("last administrator"));
        obey(&app.app.db, "", Order::Resume("rasa@tinklaveika.example".into()), app.now()).await.unwrap();
        let again = app.sign_in(app.person("Rasa"), false).await;
        assert!(!app.with_token(&again).call(ReadMe {}).await.granted().suspended);
    }
}

#[tokio::test]
async fn the_doctor_names_what_is_wrong_around_the_database() {
    let app = TestApp::empty(Kind::Sqlite).await;
    let mut config = app.app.config.clone();
    let file = config.data.join("smtp");
    fs::write(&file, "smtps://a:b@pastas.example\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(&config.data, fs::Permissions::from_mode(0o755)).unwrap();
    config.url = "http://tinklaveika.example".into();
    let found = around(&config, &[file.clone(), config.data.join("nera")]);
    let found = found.iter().map(|finding| finding.to_string()).collect::<Vec<_>>().join("\n");
    let wanted =
        ["others can read the secret", "chmod 600", "cannot be read", "chmod 700", "without HTTPS", "no mail server"];
    assert!(wanted.iter().all(|part| found.contains(part)), "{found}");
    assert_eq!(secret(&file).unwrap(), "smtps://a:b@pastas.example");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(&config.data, fs::Permissions::from_mode(0o700)).unwrap();
    config.url = "https://tinklaveika.example".into();
    config.smtp = Some("smtps://a:b@pastas.example".into());
    let found = around(&config, std::slice::from_ref(&file));
    assert!(found.iter().all(|finding| finding.what.contains("are free on the disk")), "{found:?}");
    fs::write(&file, "\n").unwrap();
    assert!(secret(&file).is_err());
}

/// The secret of the link in what was told.
fn token(told: &str) -> &str {
    told.rsplit('/').next().unwrap()
}
