//! The log of acts: who, what and when, for administrators.

use db::sql;
use model::{audit::*, refusal::Code, time::Millis, words::Line};
use server::audit;
use tests::{Client, TestApp, on_both};

on_both! {
    async fn ten_thousand_acts_are_read_through_by_cursor_and_filtered(app) {
        let (ona, jonas) = (app.person("Ona"), app.person("Jonas"));
        let before = everything(&app.as_("Ona").await, ListActs::default()).await.len();
        let mut tx = app.app.db.write().await.unwrap();
        let begin = app.now();
        for number in 0..10_000_i64 {
            let (who, act) = if number % 4 == 0 { (jonas, "space.entered") } else { (ona, "space.edited") };
            let at = begin.plus(Millis::minutes(number));
            audit::append(&mut tx, Some(who), act, &app.space("steam").to_string(), at).await.unwrap();
        }
        tx.commit().await.unwrap();
        let client = app.as_("Ona").await;
        let all = everything(&client, ListActs::default()).await;
        assert_eq!(all.len(), before + 10_000);
        assert!(all.windows(2).all(|pair| pair[0].number == pair[1].number + 1), "the latest first, each once");
        assert_eq!(all[0].names, [name(app, "steam").await]);
        let of_jonas = ListActs { person: Some(jonas), act: Line::new("space.entered"), ..ListActs::default() };
        assert_eq!(everything(&client, of_jonas).await.len(), 2_500);
        // 2026-11-23 in Lithuania is 1440 of the minutes; the first one is at 14:30 of the day before.
        let day = |day: &str| serde_json::from_value(day.into()).unwrap();
        let of_day = ListActs { from: Some(day("2026-11-23")), to: Some(day("2026-11-23")), ..ListActs::default() };
        assert_eq!(everything(&client, of_day).await.len(), 1_440);
        let page = client.call(ListActs::default()).await.granted();
        assert_eq!(page.chain, Chain { checked: all[0].number, broken_at: None });
        // The table has them all, in parts that follow one another.
        let table = client.get("/valdymas/veiksmai.csv").await;
        let numbers = table.text().lines().skip(1).map(|line| line.split('"').nth(1).unwrap().parse::<i64>().unwrap());
        assert!(numbers.eq(all.iter().map(|act| act.number)));
        assert_eq!(audit::broken_at(&mut app.app.read().await.unwrap()).await.unwrap(), None);
        let foreign = ListActs { cursor: page.next.as_deref().and_then(Line::new), person: Some(ona), ..ListActs::default() };
        client.call(foreign).await.refused_at(Code::CursorForeign, "cursor");
    }

    async fn a_changed_row_breaks_the_chain_and_the_page_says_where(app) {
        let ona = app.as_("Ona").await;
        let mut tx = app.app.db.write().await.unwrap();
        for _ in 0..6 {
            audit::append(&mut tx, Some(app.person("Ona")), "team.created", "x", app.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let page = ona.call(ListActs::default()).await.granted();
        assert!(page.chain.broken_at.is_none() && page.chain.checked > 5);
        assert!(ona.get("/valdymas/veiksmai").await.text().contains("Grandinė nepertraukta"));
        let mut tx = app.app.db.write().await.unwrap();
        sql!("update audit set act = 'team.archived' where number = 3").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        // What was followed is believed for an hour, and then looked at again.
        app.pass(Millis::hours(1));
        let page = ona.call(ListActs::default()).await.granted();
        assert_eq!(page.chain, Chain { checked: 2, broken_at: Some(3) });
        assert!(ona.get("/valdymas/veiksmai").await.text().contains("Grandinė nutrūkusi ties 3 įrašu"));
    }

    async fn entering_a_private_space_is_listed_and_the_log_holds_no_text(app) {
        let ona = app.as_("Ona").await;
        let mut tx = app.app.read().await.unwrap();
        let private: Option<model::ids::SpaceId> =
            sql!("select id from spaces where visibility = 'team' limit 1").optional(&mut tx).await.unwrap();
        drop(tx);
        let private = match private {
            Some(space) => space,
            None => {
                let mut tx = app.app.db.write().await.unwrap();
                sql!("update spaces set visibility = 'team' where id = $1", app.space("steam")).run(&mut tx).await.unwrap();
                tx.commit().await.unwrap();
                app.space("steam")
            }
        };
        assert_eq!(ona.get(&format!("/erdves/{private}")).await.status, 200);
        let entered = ListActs { act: Line::new("space.entered"), ..ListActs::default() };
        let acts = everything(&ona, entered).await;
        assert!(acts.iter().any(|act| act.subject == private.to_string()));
        let page = ona.get("/valdymas/veiksmai?act=space.entered").await;
        assert!(page.text().contains("Įeita į uždarą erdvę"));
        // Ids, codes and words of ours alone.
        for act in everything(&ona, ListActs::default()).await {
            let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte));
            assert!(act.subject.split(' ').all(plain), "{}", act.subject);
            assert!(text::audit::act(text::Lang::Lt, &act.act).is_some(), "{} has no words", act.act);
        }
        assert!(ACTS.iter().all(|act| text::audit::act(text::Lang::En, act).is_some()));
    }

    async fn the_log_and_its_table_are_for_administrators(app) {
        for other in ["Jonas", "Rasa", "Nerijus"] {
            let client = app.as_(other).await;
            client.call(ListActs::default()).await.refused(Code::Forbidden);
            assert_eq!(client.get("/valdymas/veiksmai").await.status, 403);
            assert_eq!(client.get("/valdymas/veiksmai.csv").await.status, 403);
        }
        assert_eq!(app.anonymous().get("/valdymas/veiksmai.csv").await.status, 401);
        let ona = app.as_("Ona").await;
        let mut tx = app.app.db.write().await.unwrap();
        let name = "=HYPERLINK(\"https://kitur.example\")";
        sql!("update people set name = $2 where id = $1", app.person("Ona"), name).run(&mut tx).await.unwrap();
        audit::append(&mut tx, Some(app.person("Ona")), "space.edited", "x", app.now()).await.unwrap();
        tx.commit().await.unwrap();
        let table = ona.get("/valdymas/veiksmai.csv?act=space.edited").await;
        assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(table.header("content-disposition"), Some("attachment; filename=\"tinklaveika-veiksmai.csv\""));
        let text = table.text();
        assert!(text.lines().count() >= 2 && text.lines().skip(1).all(|line| line.contains("\"space.edited\"")), "{text}");
        // A spreadsheet does not carry it out.
        assert!(text.contains("\"'=HYPERLINK(\"\"https://kitur.example\"\")\""), "{text}");
    }
}

async fn everything(client: &Client<'_>, mut call: ListActs) -> Vec<ActShown> {
    let mut all = Vec::new();
    loop {
        let page = client.call(call.clone()).await.granted();
        all.extend(page.acts);
        call.cursor = page.next.as_deref().and_then(Line::new);
        if call.cursor.is_none() {
            return all;
        }
    }
}

async fn name(app: &TestApp, space: &str) -> String {
    let mut tx = app.app.read().await.unwrap();
    sql!("select name from spaces where id = $1", app.space(space)).one(&mut tx).await.unwrap()
}
