//! What a browser may keep for when there is no network, and where the program's source is.

use server::http::keep::KEPT;
use tests::{TestApp, on_both};

on_both! {
    async fn a_page_says_whose_copy_of_it_may_be_kept(app) {
        let practice = format!("/praktikos/{}", app.practice("penktoku_tiltas"));
        let rasa = app.as_("Rasa").await;
        let tag = rasa.get("/praktikos").await.header(KEPT.as_str()).expect("a tag").to_owned();
        for path in ["/", "/erdves", practice.as_str()] {
            assert_eq!(rasa.get(path).await.header(KEPT.as_str()), Some(tag.as_str()), "{path}");
        }
        assert_eq!(app.anew("Rasa").await.get("/").await.header(KEPT.as_str()), Some(tag.as_str()));
        let other = app.as_("Mindaugas").await.get("/").await;
        assert!(other.header(KEPT.as_str()).is_some_and(|other| other != tag));
        assert!(!tag.contains(&app.person("Rasa").to_string()[..8]));
    }

    async fn no_copy_may_be_kept_of_an_account_by_a_stranger_or_on_a_shared_computer(app) {
        let rasa = app.as_("Rasa").await;
        let missing = format!("/praktikos/{}", app.space("patirtis"));
        for path in ["/paskyra", "/be-rysio", "/licencija", "/kvietimas", "/api/v1/me", missing.as_str(), "/static/x"] {
            assert_eq!(rasa.get(path).await.header(KEPT.as_str()), None, "{path}");
        }
        assert_eq!(app.anonymous().get("/praktikos").await.header(KEPT.as_str()), None);
        let shared = app.with_token(&app.sign_in(app.person("Rasa"), true).await);
        let raw = shared.get("/praktikos").await;
        assert_eq!((raw.status, raw.header(KEPT.as_str())), (200, Some("-")), "who was there before leaves nothing either");
    }

    async fn the_worker_and_the_links_fetched_ahead_are_named_by_every_page(app) {
        let worker = app.anonymous().get("/sw.js").await;
        assert_eq!((worker.status, worker.header("cache-control")), (200, Some("no-cache")));
        let page = app.anonymous().get("/praktikos").await;
        let rules = page.header("speculation-rules").expect("rules").trim_matches('"').to_owned();
        let rules = app.anonymous().get(&rules).await;
        assert_eq!(rules.header("content-type"), Some("application/speculationrules+json"));
        let read: serde_json::Value = serde_json::from_slice(&rules.body).unwrap();
        assert_eq!(read["prefetch"][0]["eagerness"], "moderate");
        assert_eq!(app.anonymous().get("/api/v1/spaces").await.header("speculation-rules"), None);
    }

    async fn everyone_is_told_the_licence_and_where_the_source_is(kind: tests::Kind) {
        let app = TestApp::set(kind, true, |config| config.source = Some("https://kodas.example/t".into())).await;
        let page = app.anonymous().get("/licencija").await;
        assert!(page.text().contains("href=\"https://kodas.example/t\""));
        assert!(page.text().contains("GNU AFFERO GENERAL PUBLIC LICENSE"));
        assert!(app.anonymous().get("/").await.text().contains("href=\"/licencija\""));
    }
}
