//! Practices: the template, drafts, two who write at once, and a library whose counts are what the reader may see.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem::discriminant,
};

use model::{
    practices::*,
    problems::Area,
    refusal::Code,
    schools::{EditSchool, MunicipalityCode, SchoolSize},
    search::Search,
    sorting::{Order, sort_key},
    spaces::ReadSpace,
    teams::ReadTeam,
    time::Millis,
    words::Line,
};
use serde_json::{Value, json};
use server::demo::cast::PEOPLE;
use tests::{Client, TestApp, on_both};

on_both! {
    async fn a_practice_is_shared_with_all_its_parts(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(share(app, "dirbtuve", whole())).await.granted();
        assert_eq!(page.text, whole());
        assert_eq!(page.card.team_name.as_deref(), Some("Ąžuolas"));
        assert_eq!(page.card.municipality_name.as_deref(), Some("Ukmergės rajono savivaldybė"));
        assert_eq!((page.card.span, page.card.cost), (whole().span, whole().cost));
        assert_eq!(page.author, "Rasa Jankauskienė");
        assert_eq!(page.topics.iter().map(|topic| topic.lt.as_str()).collect::<Vec<_>>(), ["Mokymosi motyvacija"]);
        assert_eq!((page.card.state, page.card.published_at), (PracticeState::Published, app.now()));
        let read = app.as_("Vilma").await.call(ReadPractice { practice: page.card.id }).await.granted();
        assert!(!read.may_edit);
        assert_eq!(read.text, page.text);
    }

    async fn all_that_is_missing_is_told_at_once(app) {
        let rasa = app.as_("Rasa").await;
        let bare: PracticeText = serde_json::from_value(json!({ "title": "Klasės valandėlė" })).unwrap();
        let refused = rasa.call(share(app, "dirbtuve", bare.clone())).await;
        let missing = [
            "area", "context", "cost", "licence", "limits", "materials", "result", "span", "steps", "summary", "time", "who",
        ];
        assert_eq!(refused.codes(), missing.map(|field| format!("field.needed@practice.{field}")));
        let upside_down = PracticeText { span: Some(GradeSpan { from: 8, to: 5 }), ..whole() };
        rasa.call(share(app, "dirbtuve", upside_down)).await.refused_at(Code::SpanOrder, "practice.span");
        let unknown = PracticeText { topics: vec!["nera_tokios".parse().unwrap()], ..whole() };
        rasa.call(share(app, "dirbtuve", unknown)).await.refused_at(Code::FieldWrong, "practice.topics");
        rasa.call(SharePractice { draft: true, ..share(app, "dirbtuve", bare) }).await.granted();
    }

    async fn a_draft_is_seen_by_its_team_only(app) {
        let rasa = app.as_("Rasa").await;
        let draft = rasa.call(SharePractice { draft: true, ..share(app, "patirtis", whole()) }).await.granted();
        let practice = draft.card.id;
        for name in ["Rasa", "Tomas"] {
            assert!(app.as_(name).await.call(ReadPractice { practice }).await.granted().may_edit, "{name}");
        }
        let space = ReadSpace { space: app.space("patirtis") };
        assert_eq!(app.as_("Tomas").await.call(space.clone()).await.granted().drafts.len(), 1);
        for name in ["Vilma", "Kristina", "Jonas", "Rūta", "Nerijus"] {
            let client = app.as_(name).await;
            client.call(ReadPractice { practice }).await.missing();
            client.call(edit(&draft, whole())).await.missing();
            assert!(library(&client, ListPractices::default()).await.iter().all(|card| card.id != practice), "{name}");
        }
        app.anonymous().call(ReadPractice { practice }).await.missing();
        app.pass(Millis::minutes(5));
        let published = app.as_("Tomas").await.call(edit(&draft, whole())).await.granted();
        assert_eq!((published.card.state, published.card.published_at), (PracticeState::Published, app.now()));
        assert_eq!(published.author, "Rasa Jankauskienė");
        app.anonymous().call(ReadPractice { practice }).await.granted();
        let back = EditPractice { draft: true, ..edit(&published, whole()) };
        rasa.call(back).await.refused(Code::PracticeState);
    }

    async fn who_does_not_work_in_a_space_shares_nothing_in_it(app) {
        app.as_("Kristina").await.call(share(app, "patirtis", whole())).await.refused(Code::Forbidden);
        app.as_("Vilma").await.call(share(app, "kiemas", whole())).await.missing();
        app.as_("Zita").await.call(share(app, "patirtis", whole())).await.refused(Code::Suspended);
        app.anonymous().call(share(app, "patirtis", whole())).await.refused(Code::SignInNeeded);
        let others = SharePractice { team: Some(app.team("saltinis")), ..share(app, "patirtis", whole()) };
        app.as_("Rasa").await.call(others).await.refused_at(Code::FieldWrong, "team");
        let by_office = app.as_("Jonas").await.call(share(app, "patirtis", whole())).await.granted();
        assert_eq!((by_office.card.team_name, by_office.card.municipality_name), (None, None));
    }

    async fn of_two_editors_the_later_sees_both_versions(app) {
        let (rasa, tomas) = (app.as_("Rasa").await, app.as_("Tomas").await);
        let page = rasa.call(share(app, "dirbtuve", whole())).await.granted();
        let titled = |title: &str| PracticeText { title: Line::new(title).unwrap(), ..whole() };
        rasa.call(edit(&page, titled("Rasos pavadinimas"))).await.granted();
        tomas.call(edit(&page, titled("Tomo pavadinimas"))).await.refused(Code::Changed);
        let path = format!("/praktikos/{}/keisti", page.card.id);
        let version = page.version.to_string();
        let pairs = [
            ("version", version.as_str()),
            ("practice.title", "Tomo pavadinimas"),
            ("practice.summary", "Tomo santrauka."),
            ("practice.area", "steam"),
            ("practice.span.from", "5"),
            ("practice.span.to", "8"),
            ("practice.context", "Tomo padėtis."),
            ("practice.steps.0", "Tomo žingsnis."),
            ("practice.who", "Visi."),
            ("practice.cost", "none"),
            ("practice.time", "Valanda."),
            ("practice.materials", "Popierius."),
            ("practice.result", "Tomo rezultatas."),
            ("practice.limits", "Tomo ribos."),
            ("practice.licence", "CC BY 4.0"),
        ];
        let redrawn = tomas.form(&path, &pairs).await;
        assert_eq!(redrawn.status, 409);
        for kept in ["Tomo pavadinimas", "Tomo žingsnis.", "Rasos pavadinimas"] {
            assert!(redrawn.text().contains(kept), "{kept} is not in the page");
        }
        let newer = (page.version + 1).to_string();
        let pairs: Vec<_> = pairs.into_iter().skip(1).chain([("version", newer.as_str())]).collect();
        assert_eq!(tomas.form(&path, &pairs).await.led_to(), format!("/praktikos/{}", page.card.id));
    }

    async fn counts_of_facets_are_exact_for_every_role(app) {
        let mut totals = BTreeMap::new();
        // One of each standing, and the leads of the three teams that the tests know best.
        let mut standings = Vec::new();
        let each = PEOPLE.iter().filter(|person| {
            let new = !standings.contains(&discriminant(&person.standing));
            standings.push(discriminant(&person.standing));
            new
        });
        let readers: Vec<_> = each.map(|person| person.key()).chain(["", "Vilma", "Kristina"]).collect();
        assert!(readers.len() >= 11, "{readers:?}");
        for name in readers {
            let client = if name.is_empty() { app.anonymous() } else { app.as_(name).await };
            let all = client.call(ListPractices::default()).await.granted();
            totals.insert(name, all.total);
            assert_eq!(all.total, library(&client, ListPractices::default()).await.len() as i64, "{name}");
            let none = ListPractices::default;
            let filters = [
                none(),
                ListPractices { stage: Some(Stage::Primary), area: Some(Area::Inclusion), ..none() },
                ListPractices { municipality: Some(municipality("LT-02")), cost: Some(Cost::None), ..none() },
                ListPractices { space: Some(app.space("patirtis")), size: Some(SchoolSize::Large), ..none() },
                ListPractices {
                    municipality: Some(municipality("LT-54")),
                    stage: Some(Stage::Preschool),
                    cost: Some(Cost::High),
                    size: Some(SchoolSize::Small),
                    ..none()
                },
            ];
            for filter in filters {
                counted(&client, &filter).await;
            }
        }
        // What is in a space is counted for exactly those who see the space.
        let ona = app.as_("Ona").await;
        let mut sums = BTreeMap::from([("", 0), ("Nerijus", 0), ("Rasa", 0)]);
        for (space, seen_by) in [
            ("patirtis", &["", "Nerijus", "Rasa"][..]),
            ("takas", &["", "Nerijus", "Rasa"]),
            ("steam", &["Nerijus", "Rasa"]),
            ("dirbtuve", &["Rasa"]),
            ("kiemas", &["Rasa"]),
            ("slenkstis", &[]),
        ] {
            let list = ListPractices { space: Some(app.space(space)), ..Default::default() };
            let there = ona.call(list).await.granted().total;
            assert!(there > 0, "{space}");
            seen_by.iter().for_each(|name| *sums.get_mut(name).unwrap() += there);
        }
        for (name, sum) in sums {
            assert_eq!(totals[name], sum, "{name}");
        }
    }

    async fn when_nothing_is_found_it_is_told_which_filter_to_loosen(app) {
        let rasa = app.as_("Rasa").await;
        let call = ListPractices {
            space: Some(app.space("kiemas")),
            municipality: Some(municipality("LT-54")),
            area: Some(Area::Steam),
            ..Default::default()
        };
        let page = rasa.call(call.clone()).await.granted();
        assert_eq!((page.total, page.items.len()), (0, 0));
        assert!(!page.loosen.is_empty());
        for one in &page.loosen {
            let without = match one.value {
                Facet::Space => ListPractices { space: None, ..call.clone() },
                Facet::Municipality => ListPractices { municipality: None, ..call.clone() },
                Facet::Area => ListPractices { area: None, ..call.clone() },
                other => panic!("{other:?} was not chosen"),
            };
            assert_eq!(library(&rasa, without).await.len() as i64, one.count, "{:?}", one.value);
        }
        assert_eq!(rasa.call(ListPractices::default()).await.granted().loosen, []);
        let query = format!("?space={}&municipality=LT-54&area=steam&sort=title", app.space("kiemas"));
        let shown = rasa.get(&format!("/praktikos{query}")).await;
        assert!(shown.text().contains("Sritis: STEAM") && shown.text().contains("Be filtro „"), "{}", shown.text());
        // A municipality of which there is nothing at all is named, too.
        let shown = app.anonymous().get("/praktikos?municipality=LT-01&area=steam&size=&sort=").await;
        assert!(shown.status == 200 && shown.text().contains("Savivaldybė: Akmenės rajono savivaldybė"));
    }

    async fn a_practice_is_found_by_the_size_of_its_school_also_when_that_changes(app) {
        let (rasa, ona) = (app.as_("Rasa").await, app.as_("Ona").await);
        let page = rasa.call(share(app, "dirbtuve", whole())).await.granted();
        let of_size = async |size| {
            let call = ListPractices { space: Some(app.space("dirbtuve")), size: Some(size), ..Default::default() };
            library(&rasa, call).await.iter().any(|card| card.id == page.card.id)
        };
        assert!(of_size(SchoolSize::Large).await && !of_size(SchoolSize::Small).await);
        let school = ona.call(ReadTeam { team: app.team("azuolas") }).await.granted().school;
        assert_eq!(school.size, Some(SchoolSize::Large));
        let edit = EditSchool {
            school: school.id,
            version: school.version,
            name: Line::new(&school.name).unwrap(),
            municipality: school.municipality,
            kind: school.kind,
            size: Some(SchoolSize::Small),
        };
        let edited = ona.call(edit.clone()).await.granted();
        assert!(of_size(SchoolSize::Small).await && !of_size(SchoolSize::Large).await);
        app.app.search.settled().await;
        let sought = |size| Search { q: Line::new("trumpos užduotys poromis"), size: Some(size), ..Search::default() };
        let finds = async |size| {
            let found = rasa.call(sought(size)).await.granted();
            let count = found.sizes.iter().find(|one| one.value == size).map(|one| one.count);
            assert_eq!(count, Some(found.total), "{size:?}");
            found.items.iter().any(|hit| hit.id == page.card.id.to_string())
        };
        assert!(finds(SchoolSize::Small).await && !finds(SchoolSize::Large).await);
        ona.call(EditSchool { version: edited.version, size: None, ..edit }).await.granted();
        assert!(!of_size(SchoolSize::Small).await);
    }

    async fn titles_stand_in_the_order_of_lithuanian_and_page_by_page(app) {
        let rasa = app.as_("Rasa").await;
        let titled = |title: &str| PracticeText { title: Line::new(title).unwrap(), ..whole() };
        let ours = [
            "Žemėlapis", "Zebras", "Šeima", "Sodas", "ylanka", "iz", "yb", "įb", "ib", "ya", "ia", "Čia", "citata", "Ąžuolas", "Ab",
        ];
        let mut last = None;
        for title in ours {
            last = Some(rasa.call(share(app, "dirbtuve", titled(title))).await.granted());
        }
        let call = |space: &str| ListPractices {
            space: Some(app.space(space)),
            sort: Order::Title,
            ..Default::default()
        };
        let titles = async |call| -> Vec<String> {
            library(&rasa, call).await.into_iter().map(|card| card.title).collect()
        };
        let found = titles(call("dirbtuve")).await;
        let known: Vec<_> = found.iter().filter(|title| ours.contains(&title.as_str())).collect();
        assert_eq!(
            known,
            ["Ab", "Ąžuolas", "citata", "Čia", "ia", "ya", "ib", "įb", "yb", "ylanka", "iz", "Sodas", "Šeima", "Zebras", "Žemėlapis"]
        );
        // A practice that gets another name gets another place.
        rasa.call(edit(&last.unwrap(), titled("Žuvis"))).await.granted();
        assert_eq!(titles(call("dirbtuve")).await.last().unwrap(), "Žuvis");
        // Over all pages each stands once, also where titles are equal.
        for _ in 0..25 {
            rasa.call(share(app, "dirbtuve", titled("Ta pati"))).await.granted();
        }
        let all = library(&rasa, ListPractices { sort: Order::Title, ..Default::default() }).await;
        assert_eq!(all.len() as i64, rasa.call(ListPractices::default()).await.granted().total);
        assert!(all.windows(2).all(|two| sort_key(&two[0].title) <= sort_key(&two[1].title)));
        let ids: BTreeSet<_> = all.iter().map(|card| card.id).collect();
        assert_eq!(ids.len(), all.len());
        // A place in one order is none in the other.
        let next = rasa.call(ListPractices { sort: Order::Title, ..Default::default() }).await.granted().next.unwrap();
        let foreign = ListPractices { cursor: Line::new(&next), ..Default::default() };
        rasa.call(foreign).await.refused_at(Code::CursorForeign, "cursor");
    }

    async fn a_title_from_before_there_were_keys_gets_its_own_at_the_start(app) {
        use db::sql;
        let mut tx = app.app.db.write().await.unwrap();
        sql!("update practices set title_key = ''").run(&mut tx).await.unwrap();
        sql!("update problems set title_key = ''").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        server::practices::begin(&app.app).await.unwrap();
        server::problems::begin(&app.app).await.unwrap();
        let mut tx = app.app.db.read().await.unwrap();
        for kept in [
            sql!("select title, title_key from practices").all::<(String, String)>(&mut tx).await.unwrap(),
            sql!("select title, title_key from problems").all(&mut tx).await.unwrap(),
        ] {
            assert!(!kept.is_empty() && kept.iter().all(|(title, key)| *key == sort_key(title)));
        }
    }

    async fn a_practice_of_an_unseen_space_is_in_no_count(app) {
        let vilma = app.as_("Vilma").await;
        let list = |space: &str| ListPractices { space: Some(app.space(space)), ..Default::default() };
        let seen = app.as_("Kristina").await.call(list("kiemas")).await.granted();
        assert_eq!((seen.total, seen.items.len()), (1, 1));
        let unseen = vilma.call(list("kiemas")).await.granted();
        assert_eq!((unseen.total, unseen.items.len(), unseen.areas.len(), unseen.municipalities.len()), (0, 0, 0, 0));
        vilma.call(ReadPractice { practice: app.practice("penktoku_tiltas") }).await.missing();
        app.as_("Kristina").await.call(ReadPractice { practice: app.practice("penktoku_tiltas") }).await.granted();
    }

    async fn a_cursor_leads_through_one_list_and_no_other(app) {
        let rasa = app.as_("Rasa").await;
        let whole_list = 30 + rasa.call(ListPractices::default()).await.granted().total;
        for number in 0..30 {
            // Some at one instant: then the id decides.
            app.pass(Millis(number % 3));
            let text = PracticeText { title: Line::new(&format!("Praktika {number}")).unwrap(), ..whole() };
            rasa.call(share(app, "dirbtuve", text)).await.granted();
        }
        let first = rasa.call(ListPractices::default()).await.granted();
        assert_eq!((first.items.len(), first.total), (20, whole_list));
        let all = library(&rasa, ListPractices::default()).await;
        assert_eq!(all.len() as i64, whole_list);
        assert!(all.windows(2).all(|two| two[0].published_at >= two[1].published_at));
        let mut ids: Vec<_> = all.iter().map(|card| card.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all.len());
        let cursor = || Line::new(first.next.as_deref().unwrap());
        for call in [
            ListPractices { area: Some(Area::Steam), cursor: cursor(), ..Default::default() },
            ListPractices { stage: Some(Stage::Primary), cursor: cursor(), ..Default::default() },
            ListPractices { space: Some(app.space("dirbtuve")), cursor: cursor(), ..Default::default() },
            ListPractices { cursor: Line::new("visai.ne.vieta"), ..Default::default() },
        ] {
            rasa.call(call).await.refused_at(Code::CursorForeign, "cursor");
        }
    }

    async fn the_library_is_read_without_an_account_or_scripts(app) {
        let nobody = app.anonymous();
        let list = nobody.get("/praktikos?area=leadership&stage=primary").await;
        assert_eq!(list.status, 200);
        assert!(list.text().contains("Tėvų kavinė") && !list.text().contains("Bilietas į pertrauką"));
        let page = nobody.get(&format!("/praktikos/{}", app.practice("tevu_kavine"))).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Tėvų kavinė"));
        assert_eq!(nobody.get(&format!("/praktikos/{}", app.practice("steam_savaite"))).await.status, 404);
        assert_eq!(nobody.get("/praktikos?area=nera").await.status, 422);
        // A page that was kept is not kept longer than what it shows.
        let card = "Klasės valandėlė be telefonų";
        assert!(!nobody.get("/praktikos").await.text().contains(card));
        let text = PracticeText { title: Line::new(card).unwrap(), ..whole() };
        app.as_("Rasa").await.call(share(app, "patirtis", text)).await.granted();
        assert!(nobody.get("/praktikos").await.text().contains(card));
    }
}

/// All pages of a list.
async fn library(client: &Client<'_>, filter: ListPractices) -> Vec<PracticeCard> {
    let mut cards = Vec::new();
    let mut call = filter;
    loop {
        let page = client.call(call.clone()).await.granted();
        cards.extend(page.items);
        match page.next {
            Some(next) => call.cursor = Line::new(&next),
            None => return cards,
        }
    }
}

/// Each count is the length of the list that one gets by choosing its value, and no value that would give any is left out.
async fn counted(client: &Client<'_>, filter: &ListPractices) {
    let page = client.call(filter.clone()).await.granted();
    assert_eq!(page.total, library(client, filter.clone()).await.len() as i64, "{filter:?}");
    let of = |value: Value, count: i64| (value, count);
    let areas: Vec<_> = page.areas.iter().map(|one| of(json!(one.value), one.count)).collect();
    let stages: Vec<_> = page.stages.iter().map(|one| of(json!(one.value), one.count)).collect();
    let sizes: Vec<_> = page.sizes.iter().map(|one| of(json!(one.value), one.count)).collect();
    let costs: Vec<_> = page.costs.iter().map(|one| of(json!(one.value), one.count)).collect();
    let places: Vec<_> = page.municipalities.iter().map(|one| of(json!(one.value), one.count)).collect();
    let some_places = ["LT-01", "LT-02", "LT-18", "LT-53", "LT-54"].map(|code| json!(code)).to_vec();
    for (facet, counts, all) in [
        ("area", areas, Area::ALL.map(|one| json!(one)).to_vec()),
        ("stage", stages, Stage::ALL.map(|one| json!(one)).to_vec()),
        ("size", sizes, SchoolSize::ALL.map(|one| json!(one)).to_vec()),
        ("cost", costs, Cost::ALL.map(|one| json!(one)).to_vec()),
        ("municipality", places, some_places),
    ] {
        for value in all {
            let mut call = serde_json::to_value(filter).unwrap();
            let chosen = call.get(facet) == Some(&value);
            call[facet] = value.clone();
            let found = library(client, serde_json::from_value(call).unwrap()).await.len() as i64;
            let count = counts.iter().find(|one| one.0 == value).map(|one| one.1);
            assert_eq!(count.unwrap_or_default(), found, "{filter:?} {facet} {value}");
            assert!(found > 0 || chosen || count.is_none(), "{filter:?} {facet} {value}");
        }
    }
}

fn municipality(code: &str) -> MunicipalityCode {
    code.parse().unwrap()
}

fn whole() -> PracticeText {
    let value: Value = json!({
        "title": "Trumpos užduotys poromis",
        "summary": "Pamoka pradedama trimis klausimais, į kuriuos atsakoma poromis.",
        "area": "inclusion",
        "topics": ["motivation"],
        "span": { "from": 5, "to": 8 },
        "context": "Pirmos dešimt minučių praeidavo be darbo.",
        "steps": ["Parašykite tris klausimus.", "Duokite poroms penkias minutes."],
        "who": "Dalyko mokytojas ir klasė.",
        "cost": "none",
        "time": "Dešimt minučių kiekvienoje pamokoje.",
        "materials": "Lapeliai su klausimais.",
        "result": "Per du mėnesius į pamokos pradžią vėluoja perpus mažiau mokinių.",
        "limits": "Netinka pamokoms, kurios prasideda bandymu.",
        "licence": "CC BY 4.0",
    });
    serde_json::from_value(value).unwrap()
}

fn share(app: &TestApp, space: &str, practice: PracticeText) -> SharePractice {
    SharePractice { space: app.space(space), team: None, draft: false, practice }
}

fn edit(page: &PracticePage, practice: PracticeText) -> EditPractice {
    EditPractice { id: page.card.id, version: page.version, draft: false, practice }
}
