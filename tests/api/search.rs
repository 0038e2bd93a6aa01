//! One box: each finds what they may see, in any form of its words, and nothing tells of the rest.

use std::collections::BTreeSet;

use model::{
    ids::*,
    practices::ReadPractice,
    problems::ReadProblem,
    refusal::Code,
    search::{Found, FoundKind, Hit, ListSimilar, Search},
    sessions::ReadSession,
    teams::{LeaveTeam, ReadTeam},
    words::Line,
};
use server::demo::cast::PEOPLE;
use tests::{Client, on_both};

on_both! {
    async fn what_the_demo_holds_is_found_once_it_is_loaded(app) {
        app.app.search.settled().await;
        for words in ["itraukiojo ugdymo", "įtraukusis ugdymas", "mokytoju patirtis"] {
            let found = app.anonymous().call(asked(words)).await.granted();
            assert!(found.total > 0 && !found.partial, "{words}: {found:?}");
        }
    }

    async fn everyone_finds_and_counts_what_they_may_read_and_nothing_else(app) {
        app.app.search.settled().await;
        let mut seen = BTreeSet::new();
        for name in PEOPLE.iter().map(|person| person.key()).chain(["nobody"]) {
            let client = if name == "nobody" { app.anonymous() } else { app.as_(name).await };
            for words in ["mokinių motyvacija", "komanda", "penktokai", "ąžuolas", "pirmos minutes", "grizimas"] {
                let found = client.call(asked(words)).await.granted();
                let hits = all(&client, words).await;
                assert_eq!(hits.len() as i64, found.total, "{name}: {words}");
                for of in &found.kinds {
                    let hits = hits.iter().filter(|hit| hit.kind == of.value).count();
                    assert_eq!(hits as i64, of.count, "{name}: {words}: {:?}", of.value);
                }
                for hit in hits {
                    assert!(reads(&client, &hit).await, "{name} found {hit:?}");
                    seen.insert((name, hit.kind, hit.id));
                }
            }
        }
        // The size of the school and the cost are counted by the same; one of each standing is enough.
        for name in ["nobody", "Nerijus", "Zita", "Darius", "Rasa", "Kristina", "Jonas", "Ona"] {
            let client = if name == "nobody" { app.anonymous() } else { app.as_(name).await };
            let found = client.call(asked("mokinių")).await.granted();
            for of in &found.sizes {
                let narrow = Search { size: Some(of.value), ..asked("mokinių") };
                assert_eq!(client.call(narrow).await.granted().total, of.count, "{name}: {:?}", of.value);
            }
            for of in &found.costs {
                let narrow = Search { cost: Some(of.value), ..asked("mokinių") };
                assert_eq!(client.call(narrow).await.granted().total, of.count, "{name}: {:?}", of.value);
            }
        }
        let finds = |name, kind| seen.iter().filter(|one| one.0 == name && one.1 == kind).count();
        assert!(finds("Ona", FoundKind::Problem) > finds("nobody", FoundKind::Problem));
        assert!(finds("Rasa", FoundKind::Team) > 0 && finds("Rasa", FoundKind::Session) > 0);
        for name in ["nobody", "Zita"] {
            assert_eq!(finds(name, FoundKind::Team), 0, "{name}");
        }
    }

    async fn a_team_is_found_by_its_name_its_school_and_its_members(app) {
        app.app.search.settled().await;
        let rasa = app.as_("Rasa").await;
        let azuolas = app.team("azuolas").to_string();
        for words in ["ąžuolo", "Ąžuolo komanda", "azuolas", "Jankauskienė", "jankauskienes"] {
            let found = rasa.call(Search { kind: Some(FoundKind::Team), ..asked(words) }).await.granted();
            assert!(found.items.iter().any(|hit| hit.id == azuolas), "{words}: {found:?}");
            let nobody = app.anonymous().call(asked(words)).await.granted();
            assert!(nobody.items.iter().all(|hit| hit.kind != FoundKind::Team), "{words}");
        }
        // Who has left is not found there any more.
        app.as_("Tomas").await.call(LeaveTeam { team: app.team("azuolas") }).await.granted();
        app.app.search.settled().await;
        let tomas = Search { kind: Some(FoundKind::Team), ..asked("Tomas") };
        let found = rasa.call(tomas).await.granted();
        assert!(found.items.iter().all(|hit| hit.id != azuolas), "{found:?}");
    }

    async fn a_search_is_narrowed_by_what_its_facets_count(app) {
        app.app.search.settled().await;
        let rasa = app.as_("Rasa").await;
        let found = rasa.call(asked("mokiniai")).await.granted();
        assert!(found.kinds.len() > 1 && found.areas.len() > 1 && found.municipalities.len() > 1, "{found:?}");
        for one in &found.kinds {
            let narrowed = rasa.call(Search { kind: Some(one.value), ..asked("mokiniai") }).await.granted();
            assert_eq!((narrowed.total, narrowed.kinds), (one.count, found.kinds.clone()));
        }
        for one in &found.areas {
            let narrowed = rasa.call(Search { area: Some(one.value), ..asked("mokiniai") }).await.granted();
            assert_eq!((narrowed.total, narrowed.areas), (one.count, found.areas.clone()));
        }
        for one in &found.stages {
            let narrowed = rasa.call(Search { stage: Some(one.value), ..asked("mokiniai") }).await.granted();
            assert_eq!((narrowed.total, narrowed.stages), (one.count, found.stages.clone()));
        }
        for one in &found.municipalities {
            let narrowed = rasa.call(Search { municipality: Some(one.value), ..asked("mokiniai") }).await.granted();
            assert_eq!((narrowed.total, narrowed.municipalities), (one.count, found.municipalities.clone()));
        }
    }

    async fn one_typo_is_forgiven_and_a_word_may_be_only_begun(app) {
        app.app.search.settled().await;
        let rasa = app.as_("Rasa").await;
        let motyvacija = app.problem("motyvacija").to_string();
        for words in ["motivacija", "motyvacijs", "motyvac"] {
            let found = rasa.call(asked(words)).await.granted();
            assert!(found.items.iter().any(|hit| hit.id == motyvacija), "{words}: {found:?}");
        }
        let typing = Search { typing: true, ..asked("mokymosi motyv") };
        let found = rasa.call(typing.clone()).await.granted();
        assert_eq!(found.items[0].id, motyvacija);
        // A cursor of one way of asking is none of the other.
        if let Some(next) = found.next.as_deref().and_then(Line::new) {
            let other = Search { typing: false, cursor: Some(next), ..typing };
            rasa.call(other).await.refused_at(Code::CursorForeign, "cursor");
        }
    }

    async fn a_problem_like_the_one_that_is_typed_is_listed_before_it_is_posted(app) {
        app.app.search.settled().await;
        let rasa = app.as_("Rasa").await;
        let motyvacija = app.problem("motyvacija");
        let similar = |words| ListSimilar { q: Line::new(words), except: None };
        for words in ["mokinių motyvacija", "mokiniu motyvacija", "motyvacij", "Motyvacijos stoka"] {
            let items = rasa.call(similar(words)).await.granted().items;
            assert_eq!(items.first().map(|hit| hit.id.clone()), Some(motyvacija.to_string()), "{words}");
            assert!(items.len() <= 3 && items.iter().all(|hit| hit.title.iter().any(|piece| piece.marked)), "{words}");
        }
        let except = ListSimilar { except: Some(motyvacija), ..similar("mokinių motyvacija") };
        let items = rasa.call(except).await.granted().items;
        assert!(items.iter().all(|hit| hit.id != motyvacija.to_string()));
        assert!(rasa.call(similar("kosmosas")).await.granted().items.is_empty());
        assert!(rasa.call(ListSimilar::default()).await.granted().items.is_empty());
        // Nerijus does not see the space, and a draft is nobody's to find.
        let nerijus = app.as_("Nerijus").await.call(similar("mokinių motyvacija")).await.granted().items;
        assert!(nerijus.iter().all(|hit| hit.id != motyvacija.to_string()));
        let draft = app.problem("grizimas").to_string();
        let kristina = app.as_("Kristina").await.call(similar("grįžimas į mokyklą")).await.granted().items;
        assert!(kristina.iter().all(|hit| hit.id != draft));
    }
}

fn asked(words: &str) -> Search {
    Search { q: Line::new(words), ..Search::default() }
}

/// The hits of all pages.
async fn all(client: &Client<'_>, words: &str) -> Vec<Hit> {
    let (mut hits, mut cursor) = (Vec::new(), None);
    loop {
        let Found { items, next, .. } = client.call(Search { cursor, ..asked(words) }).await.granted();
        hits.extend(items);
        cursor = next.as_deref().and_then(Line::new);
        if cursor.is_none() {
            return hits;
        }
    }
}

async fn reads(client: &Client<'_>, hit: &Hit) -> bool {
    fn id<T: std::str::FromStr>(hit: &Hit) -> T {
        hit.id.parse().unwrap_or_else(|_| panic!("{}", hit.id))
    }
    let answer = match hit.kind {
        FoundKind::Problem => client.call(ReadProblem { problem: id::<ProblemId>(hit) }).await.raw,
        FoundKind::Practice => client.call(ReadPractice { practice: id::<PracticeId>(hit) }).await.raw,
        FoundKind::Session => client.call(ReadSession { session: id::<SessionId>(hit) }).await.raw,
        FoundKind::Team => client.call(ReadTeam { team: id::<TeamId>(hit) }).await.raw,
    };
    answer.status == 200
}
