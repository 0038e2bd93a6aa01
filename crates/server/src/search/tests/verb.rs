//! The call, for readers who may see different things.

use db::{
    sql,
    testing::{Fresh, Kind, fresh},
};
use model::{
    access::{Actor, Me, Role},
    ids::PersonId,
    refusal::Code,
    search::{Found as Answered, Search as Asked},
    time::Timestamp,
    words::Line,
};
use serde_json::json;

use super::{
    super::{feed, search as call},
    disk::Dir,
    *,
};
use crate::{
    app::{App, Clock},
    config::Config,
    error::Fault,
};

struct Site {
    app: App,
    _dir: Dir,
    fresh: Fresh,
}

impl Site {
    /// A public space and a private one.
    async fn begin(kind: Kind, name: &str) -> Self {
        let dir = Dir::new(name);
        let fresh = fresh(kind).await;
        let config = Config::new(dir.path().to_owned(), ([127, 0, 0, 1], 0).into());
        let app = App::new(fresh.db.clone(), config, Clock::Given(Default::default())).unwrap();
        let mut tx = fresh.write().await.unwrap();
        sql!(
            "insert into people (id, name, name_key, email, email_key, password, profession, created_at)
             values ('ona', 'Ona', 'ona', 'ona', 'ona', '', '', 0)"
        )
        .run(&mut tx)
        .await
        .unwrap();
        sql!(
            "insert into networks (id, kind, name, name_key, about, created_at) values ('kartu', 'bmt', '', '', '', 0)"
        )
        .run(&mut tx)
        .await
        .unwrap();
        for (number, visibility) in [(OURS, "public"), (THEIRS, "team")] {
            sql!(
                "insert into spaces (id, network, name, name_key, about, visibility, version, created_at)
                 values ($1, 'kartu', 'Kiemas', '', '', $2, 1, 0)",
                space(number),
                visibility
            )
            .run(&mut tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        Self { app, _dir: dir, fresh }
    }

    async fn write(&self, number: u128, within: u128, title: &str, text: &str) {
        let mut tx = self.fresh.write().await.unwrap();
        sql!(
            "insert into practices (id, space, author, state, title, body, summary, area, version, created_at,
                published_at, updated_at)
             values ($1, $2, 'ona', 'published', $3, $4, $5, 'steam', 1, 0, 0, 0)",
            practice(number).id,
            space(within),
            title,
            json!({ "steps": [] }),
            text
        )
        .run(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    async fn index(&self) {
        let mut feeding = feed::Feed::new(self.app.search.clone(), self.fresh.db.clone());
        feeding.turn(Timestamp(0)).await.unwrap();
    }

    async fn ask(&self, actor: Actor, asked: Asked) -> Result<Answered, Code> {
        call(self.app.clone(), actor, asked).await.map_err(|fault| match fault {
            Fault::Refused(refusals) => refusals.0[0].code,
            other => panic!("{other:?}"),
        })
    }
}

fn asked(q: &str) -> Asked {
    Asked { q: Line::new(q), ..Asked::default() }
}

fn administrator() -> Actor {
    let id = PersonId::from_uuid(Uuid::from_u128(9));
    Actor::Person(Box::new(Me {
        id,
        name: "Ona".into(),
        suspended: false,
        roles: vec![Role::Administrator],
        teams: vec![],
    }))
}

fn plain(pieces: &[model::search::Piece]) -> String {
    pieces.iter().map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
}

#[tokio::test]
async fn a_reader_finds_counts_and_is_shown_only_what_they_may_see() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let site = Site::begin(kind, "seen").await;
        site.write(1, OURS, "Skaitymo valanda", "Vaikai <b>skaito</b> kasdien.").await;
        site.write(2, THEIRS, "Skaitymo paslaptis", "Slaptas skaitymas.").await;
        site.index().await;

        let anonymous = site.ask(Actor::Anonymous, asked("skaitymas")).await.unwrap();
        assert_eq!((anonymous.total, anonymous.items.len()), (1, 1));
        let hit = &anonymous.items[0];
        assert_eq!(hit.id, practice(1).id.to_string());
        assert_eq!(plain(&hit.title), "[Skaitymo] valanda");
        assert_eq!(hit.space_name.as_deref(), Some("Kiemas"));
        for hidden in ["paslaptis", "slaptas", "paslapt", "paslaptys"] {
            let found = site.ask(Actor::Anonymous, asked(hidden)).await.unwrap();
            assert_eq!((found.total, found.items), (0, vec![]), "{hidden}");
        }
        assert_eq!(site.ask(administrator(), asked("skaitymas")).await.unwrap().total, 2);
        assert_eq!(site.ask(administrator(), asked("")).await.unwrap().total, 0);
    }
}

#[tokio::test]
async fn what_was_hidden_a_moment_ago_is_not_shown() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let site = Site::begin(kind, "hidden").await;
        site.write(1, OURS, "Skaitymo valanda", "").await;
        site.write(2, OURS, "Skaitymo stovykla", "").await;
        site.index().await;
        let mut tx = site.fresh.write().await.unwrap();
        sql!("update practices set state = 'draft' where id = $1", practice(1).id).run(&mut tx).await.unwrap();
        sql!("update practices set space = $2 where id = $1", practice(2).id, space(THEIRS))
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        // The index does not know yet.
        let found = site.ask(Actor::Anonymous, asked("skaitymas")).await.unwrap();
        assert_eq!((found.items, found.total), (vec![], 0));
    }
}

#[tokio::test]
async fn pages_follow_by_a_cursor_that_another_search_refuses() {
    let site = Site::begin(Kind::Sqlite, "paged").await;
    for number in 1..=45 {
        site.write(number, OURS, "Skaitymo valanda", "").await;
    }
    site.index().await;
    let mut seen = std::collections::BTreeSet::new();
    let mut cursor = None;
    for items in [20, 20, 5] {
        let page = site.ask(Actor::Anonymous, Asked { cursor, ..asked("skaitymas") }).await.unwrap();
        assert_eq!((page.items.len(), page.total), (items, 45));
        seen.extend(page.items.into_iter().map(|hit| hit.id));
        cursor = page.next.as_deref().and_then(Line::new);
    }
    assert_eq!((seen.len(), cursor), (45, None));

    let first = site.ask(Actor::Anonymous, asked("skaitymas")).await.unwrap();
    let cursor = first.next.as_deref().and_then(Line::new);
    let other = Asked { cursor: cursor.clone(), ..asked("valanda") };
    assert_eq!(site.ask(Actor::Anonymous, other).await.unwrap_err(), Code::CursorForeign);
    let narrowed = Asked { cursor, kind: Some(Problem), ..asked("skaitymas") };
    assert_eq!(site.ask(Actor::Anonymous, narrowed).await.unwrap_err(), Code::CursorForeign);
    let deep = first.next.unwrap().replace(".20.", ".999999.");
    let deep = Asked { cursor: Line::new(&deep), ..asked("skaitymas") };
    assert_eq!(site.ask(Actor::Anonymous, deep).await.unwrap_err(), Code::CursorForeign);
}
