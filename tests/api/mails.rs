//! Letters: a forgotten password, an address to be verified, and a queue that sends each once.

use std::{fs, os::unix::fs::PermissionsExt};

use db::sql;
use model::{
    accounts::*,
    refusal::Code,
    time::Millis,
    words::{Line, Secret},
};
use server::{
    demo::PASSWORD,
    mail::{queue, store},
};
use tests::{Kind, Reply, TestApp, on_both, sink::Sink};

const NEW: &str = "žydi obelys prie tvenkinio";

on_both! {
    async fn a_forgotten_password_is_replaced_by_the_link_once(app) {
        let before = app.sign_in(app.person("Rasa"), false).await;
        ask(app, "Rasa@Tinklaveika.example").await.granted();
        let mail = only(&letters(app).await);
        assert!(mail.contains("To: Rasa@Tinklaveika.example") || mail.contains("To: rasa@tinklaveika.example"), "{mail}");
        let token = token(&mail, "/naujas-slaptazodis/");
        // A password that is refused does not use the link up.
        app.anonymous().call(reset(&token, "trumpas")).await.refused_at(Code::PasswordShort, "password");
        app.anonymous().call(reset(&token, NEW)).await.granted();
        app.anonymous().call(reset(&token, NEW)).await.refused(Code::LinkUsed);
        app.with_token(&before).call(ReadMe {}).await.refused(Code::SignInNeeded);
        sign_in(app, PASSWORD).await.refused(Code::SignInWrong);
        sign_in(app, NEW).await.granted();
    }

    async fn a_link_that_is_old_guessed_or_of_another_kind_is_none(app) {
        ask(app, "rasa@tinklaveika.example").await.granted();
        let token = token(&only(&letters(app).await), "/naujas-slaptazodis/");
        app.anonymous().call(reset(&"0".repeat(64), NEW)).await.refused(Code::LinkUsed);
        app.anonymous().call(VerifyEmail { token: Line::new(&token).unwrap() }).await.refused(Code::LinkUsed);
        app.pass(RESET_LIFE);
        app.anonymous().call(reset(&token, NEW)).await.refused(Code::LinkUsed);
        sign_in(app, PASSWORD).await.granted();
    }

    async fn using_one_link_ends_the_others_of_the_same_person(app) {
        ask(app, "rasa@tinklaveika.example").await.granted();
        let first = token(&only(&letters(app).await), "/naujas-slaptazodis/");
        app.pass(Millis::minutes(10));
        ask(app, "rasa@tinklaveika.example").await.granted();
        let mails = letters(app).await;
        assert_eq!(mails.len(), 2);
        let second = mails.iter().map(|mail| token(mail, "/naujas-slaptazodis/")).find(|token| *token != first).unwrap();
        app.anonymous().call(reset(&second, NEW)).await.granted();
        app.anonymous().call(reset(&first, NEW)).await.refused(Code::LinkUsed);
    }

    async fn an_unknown_address_is_answered_like_a_known_one_and_gets_no_letter(app) {
        let known = ask(app, "rasa@tinklaveika.example").await;
        let unknown = ask(app, "niekas@tinklaveika.example").await;
        let strip = |raw: &tests::http::Raw| {
            let headers: Vec<_> =
                raw.headers.iter().filter(|(name, _)| name != "x-request-id" && name != "date").cloned().collect();
            (raw.status, headers, raw.text().to_owned())
        };
        assert_eq!(strip(&known.raw), strip(&unknown.raw));
        let form = async |email: &str| app.anonymous().form("/pamirsau-slaptazodi", &[("email", email)]).await;
        let (known, unknown) = (form("tomas@tinklaveika.example").await, form("niekas.kitas@tinklaveika.example").await);
        assert_eq!((known.led_to(), unknown.led_to()), ("/pamirsau-slaptazodi/issiusta", "/pamirsau-slaptazodi/issiusta"));
        assert_eq!(app.anonymous().get("/pamirsau-slaptazodi/issiusta").await.status, 200);
        assert_eq!(letters(app).await.len(), 2);
    }

    async fn neither_an_address_nor_the_secret_of_a_link_stays_in_the_queue(app) {
        ask(app, "rasa@tinklaveika.example").await.granted();
        let token = token(&only(&letters(app).await), "/naujas-slaptazodis/");
        let mut tx = app.app.db.read().await.unwrap();
        let mails: Vec<String> = sql!("select key || letter || address from mails").all(&mut tx).await.unwrap();
        let links: Vec<String> = sql!("select token from links").all(&mut tx).await.unwrap();
        assert!(!mails.is_empty() && mails.iter().all(|row| !row.contains('@') && !row.contains(&token)), "{mails:?}");
        assert!(!links.is_empty() && !links.contains(&token));
    }

    async fn one_address_gets_one_letter_in_ten_minutes(app) {
        for _ in 0..5 {
            ask(app, "rasa@tinklaveika.example").await.granted();
        }
        ask(app, "RASA@tinklaveika.example").await.granted();
        assert_eq!(letters(app).await.len(), 1);
    }

    async fn who_joins_proves_the_address_by_a_letter(app) {
        let rasa = app.as_("Kristina").await;
        let invitation = rasa.call(model::teams::Invite { team: app.team("pusynas") }).await.granted();
        let join = model::teams::JoinTeam {
            code: Line::new(&invitation.code).unwrap(),
            name: Line::new("Zita Misevičienė").unwrap(),
            email: "zita@mokykla.example".parse().unwrap(),
            password: Secret(NEW.into()),
            profession: Profession::Teacher,
        };
        let joined = app.anonymous().call(join).await;
        joined.granted();
        let cookie = joined.raw.all("set-cookie").next().unwrap().to_owned();
        let me = app.with_token(cookie.split(['=', ';']).nth(1).unwrap());
        assert!(!me.call(ReadMe {}).await.granted().email_verified);
        // The account was made a moment ago, and the same letter is not sent twice.
        me.call(AskVerification {}).await.granted();
        let token = token(&only(&letters(app).await), "/patvirtinti/");
        app.anonymous().call(VerifyEmail { token: Line::new(&token).unwrap() }).await.granted();
        assert!(me.call(ReadMe {}).await.granted().email_verified);
        app.anonymous().call(VerifyEmail { token: Line::new(&token).unwrap() }).await.refused(Code::LinkUsed);
        // To whom it is known there is nothing to send.
        app.pass(Millis::minutes(10));
        me.call(AskVerification {}).await.granted();
        assert_eq!(letters(app).await.len(), 1);
    }

    async fn a_letter_that_is_refused_is_sent_later_and_once(kind: Kind) {
        let sink = Sink::new(2).await;
        let app = TestApp::set(kind, true, |config| config.smtp = Some(sink.url())).await;
        ask(&app, "rasa@tinklaveika.example").await.granted();
        settled(&app, |state| state.failing == 1).await;
        for minutes in [1, 2, 4] {
            app.pass(Millis::minutes(minutes));
            queue::send_due(&app.app).await.unwrap();
        }
        settled(&app, |state| state.waiting == 0).await;
        queue::send_due(&app.app).await.unwrap();
        let mail = only(&sink.mails());
        assert!(mail.contains("To: rasa@tinklaveika.example") && mail.contains("Message-ID: <"), "{mail}");
        assert_eq!(fs::read_dir(app.app.config.data.join("mail")).map(Iterator::count).unwrap_or(0), 0);
    }

    async fn a_letter_that_nobody_takes_is_given_up_and_seen(kind: Kind) {
        let sink = Sink::new(usize::MAX).await;
        let app = TestApp::set(kind, true, |config| config.smtp = Some(sink.url())).await;
        ask(&app, "rasa@tinklaveika.example").await.granted();
        settled(&app, |state| state.failing == 1).await;
        for _ in 0..queue::TRIES {
            app.pass(Millis::hours(1));
            queue::send_due(&app.app).await.unwrap();
        }
        settled(&app, |state| state.given_up == 1 && state.waiting == 0).await;
        assert!(sink.mails().is_empty());
        assert!(app.app.metrics.text().contains("tinklaveika_mails_given_up_total 1"));
    }
}

#[tokio::test]
async fn what_a_mail_server_says_of_an_address_is_not_repeated() {
    let sink = Sink::new(1).await;
    let url = sink.url();
    let app = TestApp::set(Kind::Sqlite, false, |config| config.smtp = Some(url)).await;
    let written = server::mail::Written { subject: "Labas".into(), text: "Labas".into(), calendar: None };
    let refused = app.app.mail.send("7", "rasa@mokykla.example", written, app.now()).await.unwrap_err();
    assert_eq!(format!("{refused:#}"), "the mail server answered 451");
}

#[tokio::test]
async fn a_letter_in_a_file_is_for_its_operator_alone() {
    let app = TestApp::with_cast(Kind::Sqlite).await;
    ask(&app, "rasa@tinklaveika.example").await.granted();
    letters(&app).await;
    let folder = app.app.config.data.join("mail");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for file in fs::read_dir(&folder).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}

async fn ask(app: &TestApp, email: &str) -> Reply<AskReset> {
    app.anonymous().call(AskReset { email: email.parse().unwrap() }).await
}

fn reset(token: &str, password: &str) -> ResetPassword {
    ResetPassword { token: Line::new(token).unwrap(), password: Secret(password.into()) }
}

async fn sign_in(app: &TestApp, password: &str) -> Reply<SignIn> {
    let email = app.email("Rasa").parse().unwrap();
    app.anonymous().call(SignIn { email, password: Secret(password.into()), shared_computer: false }).await
}

/// Waits for the task that sends.
async fn settled(app: &TestApp, holds: impl Fn(&store::State) -> bool) {
    for _ in 0..100_000 {
        if holds(&store::state(&mut app.app.read().await.unwrap()).await.unwrap()) {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the queue did not come so far: {:?}", store::state(&mut app.app.read().await.unwrap()).await.unwrap());
}

/// All letters that were written to files.
async fn letters(app: &TestApp) -> Vec<String> {
    settled(app, |state| state.waiting == 0).await;
    let files = fs::read_dir(app.app.config.data.join("mail")).unwrap();
    files.map(|file| plain(&fs::read_to_string(file.unwrap().path()).unwrap())).collect()
}

/// Soft line breaks of quoted-printable taken out.
fn plain(mail: &str) -> String {
    mail.replace("=\r\n", "").replace("=3D", "=")
}

fn only(mails: &[String]) -> String {
    assert_eq!(mails.len(), 1, "{mails:?}");
    plain(&mails[0])
}

/// The secret of the link in a letter.
fn token(mail: &str, path: &str) -> String {
    let (_, rest) = mail.split_once(path).unwrap_or_else(|| panic!("no link: {mail}"));
    rest.chars().take_while(char::is_ascii_hexdigit).collect()
}
