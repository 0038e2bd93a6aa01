//! The whole of it, on both databases: every column, file and part of the index, and a backup from before.

use std::fs;

use db::{Db, Query, copy, sql};
use model::{ids::*, redactions::*, refusal::Code, sorting::sort_key};
use server::{
    audit,
    backup::{backup, restore},
    redactions::store::{EXCUSED, WRITTEN},
};
use tests::{Kind, app::BEGINNING, on_both};
use text::Lang;

use super::{MARK_LT, found::*, redact};
use crate::planted::{actor, plant, space_of_bmt};

on_both! {
    async fn every_column_of_text_is_cut_or_excused(app) {
        let tables = copy::tables(&mut app.app.read().await.unwrap()).await.unwrap();
        let mut open = Vec::new();
        for table in &tables {
            for column in table.texts() {
                let name = table.name.as_str();
                let cut = WRITTEN.contains(&(name, column));
                let excused = EXCUSED.iter().any(|(of, one, _)| {
                    (*of == name && (*one == "*" || *one == column)) || (*of == "*" && *one == column)
                });
                if !cut && !excused {
                    open.push(format!("{name}.{column}"));
                }
            }
        }
        assert!(open.is_empty(), "neither cut by a redaction nor excused from it: {open:?}");
        for (table, column) in WRITTEN {
            let known = tables.iter().find(|known| known.name == *table);
            assert!(known.is_some_and(|known| known.texts().any(|text| text == *column)), "there is no {table}.{column}");
        }
    }

    async fn what_is_taken_out_is_nowhere(app) {
        let planted = plant(app).await;
        let db = &app.app.db;
        // It really stands in each of the columns.
        for (table, column) in WRITTEN {
            let count = format!("select count(*) from {table} where {column} like '%Kanarėl%'");
            let count: i64 = Query::new(String::leak(count)).one(&mut db.read().await.unwrap()).await.unwrap();
            assert!(count > 0, "nothing was planted in {table}.{column}");
        }
        // So it does in every kind of event that holds words.
        for kind in ["scheduled", "arrived", "said", "edited", "step_added", "step_noted", "brought", "action_agreed", "action_changed", "action_set"] {
            let pattern = format!("{{\"{kind}\"%Kanarėl%");
            let count = sql!("select count(*) from session_events where payload like $1", pattern);
            let count: i64 = count.one(&mut db.read().await.unwrap()).await.unwrap();
            assert!(count > 0, "nothing was planted in an event {kind}");
        }
        assert!(updates_with_traces(db).await > 0, "nothing was planted in the notes");
        app.app.search.settled().await;
        assert!(app.app.search.knows("kanarele").unwrap(), "it is in the index before");

        let ona = app.as_("Ona").await;
        for (of, item, session) in &planted {
            let done = ona.call(redact(*of, *item, *session)).await.granted();
            assert!(done.places > 0, "{of:?}");
            // Once is enough.
            ona.call(redact(*of, *item, *session)).await.refused_at(Code::RedactionAbsent, "passage");
        }

        assert_eq!(rows_with_traces(db).await, Vec::<String>::new());
        assert_eq!(updates_with_traces(db).await, 0);
        app.app.search.settled().await;
        assert!(!app.app.search.knows("kanarele").unwrap());
        assert_eq!(parts_on_disk(&app.app.config.data.join("search")), app.app.search.parts());
        assert_eq!(traces_in(&app.app.config.data), Vec::<String>::new());
        if let db::Place::File(path) = &app.fresh.options.place {
            for end in ["", "-wal", "-shm"] {
                let file = format!("{}{end}", path.display());
                let bytes = fs::read(&file).unwrap_or_default();
                assert!(found(&bytes).is_none(), "{:?} is in {file}", found(&bytes));
            }
        }
        let room = Folder::new();
        let archive = room.0.join("a.zip");
        backup(db, &app.app.config.data, &archive, BEGINNING).await.unwrap();
        assert_eq!(traces_in_zip(&fs::read(&archive).unwrap()), Vec::<String>::new());
        let actor = actor(app, "Ona").await;
        let export = server::export::export(&app.app, &actor, space_of_bmt(app).await, Lang::Lt, std::io::Cursor::new(Vec::new())).await.unwrap().into_inner();
        assert_eq!(traces_in_zip(&export), Vec::<String>::new());
        // The keys by which names are sorted follow the names, and the log of acts is whole.
        let mut tx = db.read().await.unwrap();
        for table in ["people", "teams", "schools", "networks", "spaces"] {
            let names = format!("select name, name_key from {table}");
            let names: Vec<(String, String)> = Query::new(String::leak(names)).all(&mut tx).await.unwrap();
            assert!(names.iter().all(|(name, key)| sort_key(name) == *key), "{table}");
        }
        assert_eq!(audit::broken_at(&mut tx).await.unwrap(), None);
        let acts: i64 = sql!("select count(*) from audit where act = 'text.redacted'").one(&mut tx).await.unwrap();
        assert_eq!(acts, planted.len() as i64);
        drop(tx);

        // In its place stands the mark, and beside the text who, when and why.
        let of = |of: TextOf| planted.iter().find(|(other, ..)| *other == of).unwrap().1;
        let problem = ProblemId::from_uuid(of(TextOf::Problem).uuid());
        let page = ona.get(&format!("/problemos/{problem}")).await;
        let text = page.text();
        assert!(text.contains(MARK_LT) && text.contains("Ona Vaitkienė") && text.contains("Rašyta apie žmogų"));
        let english = ona.with("accept-language", "en").get(&format!("/problemos/{problem}")).await;
        assert!(english.text().contains("[removed]"));
        assert!(!english.text().contains(MARK_LT));
        let told = app.anonymous().call(ListRedactions { of: TextOf::Problem, item: of(TextOf::Problem), session: None }).await;
        assert!(told.raw.status == 404 || told.granted()[0].by.is_none());
    }

    async fn an_archive_from_before_does_not_bring_it_back(app) {
        let planted = plant(app).await;
        let (room, data) = (Folder::new(), app.app.config.data.clone());
        let before = room.0.join("before.zip");
        backup(&app.app.db, &data, &before, BEGINNING).await.unwrap();
        assert!(!traces_in_zip(&fs::read(&before).unwrap()).is_empty());
        let ona = app.as_("Ona").await;
        for (of, item, session) in &planted {
            let done = ona.call(redact(*of, *item, *session)).await;
            assert_eq!(done.raw.status, 200, "{of:?}: {}", done.raw.text());
        }
        // The list beside the database holds no passage.
        let list = data.join("redactions.jsonl");
        let told = fs::read_to_string(&list).unwrap();
        assert_eq!(told.lines().count(), planted.len() + 1);
        assert!(found(told.as_bytes()).is_none());

        for kind in [Kind::Sqlite, Kind::Postgres] {
            let (target, into) = (db::testing::fresh_by(kind, &[]).await, Folder::new());
            let summary = restore(&before, &target.options, &into.0, Some(&list), BEGINNING).await.unwrap();
            assert!(summary.again > 0, "{summary}");
            let db = Db::open(&target.options).await.unwrap();
            assert_eq!(rows_with_traces(&db).await, Vec::<String>::new());
            assert_eq!(updates_with_traces(&db).await, 0);
            let mut tx = db.read().await.unwrap();
            assert_eq!(server::backup::broken_sessions(&mut tx).await.unwrap(), 0);
            let rows: i64 = sql!("select count(*) from redactions").one(&mut tx).await.unwrap();
            assert_eq!(rows, planted.len() as i64 + 1);
            drop(tx);
            // The list goes on in the new data directory.
            assert_eq!(fs::read_to_string(into.0.join("redactions.jsonl")).unwrap().lines().count(), planted.len() + 1);
            // And the archive of the restored one needs no list.
            let after = room.0.join(format!("{kind:?}.zip"));
            backup(&db, &into.0, &after, BEGINNING).await.unwrap();
            assert_eq!(traces_in_zip(&fs::read(&after).unwrap()), Vec::<String>::new());
            db.close().await;
        }
        // Without the list it would have come back: the test can fail.
        let (target, into) = (db::testing::fresh_by(Kind::Sqlite, &[]).await, Folder::new());
        restore(&before, &target.options, &into.0, None, BEGINNING).await.unwrap();
        let db = Db::open(&target.options).await.unwrap();
        assert!(!rows_with_traces(&db).await.is_empty());
        db.close().await;
    }
}
