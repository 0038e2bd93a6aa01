//! Every address that is read, by everybody: what answers carry, what they never tell, and that reading changes nothing.

use std::{collections::BTreeSet, io::Read};

use model::endpoint::Method;
use server::{demo::cast::PEOPLE, routes};
use tests::{Client, Kind, TestApp, on_both, tables};

/// One of each standing.
const READERS: [&str; 10] = ["Ona", "Jonas", "Rūta", "Darius", "Rasa", "Tomas", "Vilma", "Kristina", "Nerijus", "Zita"];

on_both! {
    async fn no_address_of_a_person_is_told_to_another(app) {
        let mut told = 0;
        for reader in READERS {
            let client = app.as_(reader).await;
            let own = app.email(reader);
            for path in addresses(app) {
                let raw = client.get(&path).await;
                let text = readable(&raw.body);
                assert!(raw.status < 500, "{reader} {path}: {text}");
                let found = emails(&text);
                if found.is_empty() {
                    continue;
                }
                assert!(matches!(path.as_str(), "/paskyra" | "/api/v1/me"), "{reader} finds {found:?} at {path}");
                assert_eq!(found, BTreeSet::from([own.clone()]), "{reader} at {path}");
                told += 1;
            }
        }
        for path in addresses(app) {
            let raw = app.anonymous().get(&path).await;
            assert!(emails(&readable(&raw.body)).is_empty(), "anybody finds an address at {path}");
        }
        // The net catches: everyone finds their own, at two places.
        assert_eq!(told, 2 * READERS.len());
    }

    async fn reading_changes_nothing(app) {
        // An administrator's entering of a private space leaves a trace, on purpose.
        let count = async || tables::counts(&app.app.db, &["audit"]).await;
        let clients = [app.as_("Ona").await, app.as_("Rasa").await, app.as_("Zita").await, app.anonymous()];
        let before = count().await;
        assert!(before["people"] == PEOPLE.len() as i64 && before.len() > 20, "{before:?}");
        for client in &clients {
            for path in addresses(app) {
                client.get(&path).await;
                client.send("HEAD", &path, b"").await;
            }
        }
        assert_eq!(count().await, before);
    }

    async fn every_answer_carries_what_protects_it(kind: Kind) {
        let app = TestApp::set(kind, true, |config| config.url = "https://tinklaveika.example".into()).await;
        let rasa = app.as_("Rasa").await.with("origin", "https://kitur.example");
        let more = ["/livez", "/readyz", "/nera-tokio", "/api/v1/nera", "/api/v1/openapi.json", "/metrics", "/prisijungti"];
        for path in addresses(&app).into_iter().chain(more.map(str::to_owned)) {
            protected(&rasa, "GET", &path).await;
            protected(&app.anonymous(), "GET", &path).await;
        }
        for call in routes().calls.iter().filter(|call| call.method != Method::Get) {
            let path = call.path.split('/').map(|part| if part.starts_with('{') { "x" } else { part });
            let path = format!("/api/v1{}", path.collect::<Vec<_>>().join("/"));
            protected(&app.anonymous(), call.method.as_str(), &path).await;
        }
        protected(&app.anonymous(), "POST", "/prisijungti").await;
        protected(&app.anonymous(), "DELETE", "/problemos").await;
    }
}

async fn protected(client: &Client<'_>, method: &str, path: &str) {
    let raw = client.send(method, path, b"").await;
    let of = |name: &str| raw.header(name).unwrap_or_else(|| panic!("{method} {path} ({}) has no {name}", raw.status));
    let policy = of("content-security-policy");
    let (api, strict) = (path.starts_with("/api/"), policy.contains("default-src 'none'"));
    assert!(strict && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    assert!(!policy.replace("'wasm-unsafe-eval'", "").contains("unsafe"), "{path}: {policy}");
    assert_eq!(policy.contains("sandbox"), api, "{path}: {policy}");
    let of_pages = ["require-trusted-types-for 'script'", "trusted-types sw;", "report-to csp"];
    assert!(of_pages.iter().all(|part| policy.contains(part) != api), "{path}: {policy}");
    assert_eq!(raw.header("reporting-endpoints"), (!api).then_some("csp=\"/csp\""), "{path}");
    assert_eq!(of("x-content-type-options"), "nosniff");
    assert_eq!(of("referrer-policy"), "same-origin");
    assert_eq!(of("cross-origin-opener-policy"), "same-origin");
    assert_eq!(of("cross-origin-resource-policy"), "same-origin");
    assert_eq!(of("strict-transport-security"), "max-age=31536000; includeSubDomains");
    of("cache-control");
    if !raw.body.is_empty() {
        let kind = of("content-type");
        let workbook = kind == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert!(workbook || kind == "application/pdf" || kind.contains("charset=utf-8"), "{method} {path}: {kind}");
    }
    assert!(!raw.headers.iter().any(|(name, _)| name.starts_with("access-control-")), "{path} answers other origins");
    for cookie in raw.all("set-cookie") {
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{path}: {cookie}");
    }
    if let Some(cached) = raw.header("cache-control").filter(|_| client.token.is_some()) {
        assert!(cached.contains("no-store") || cached.contains("private"), "{path} keeps a person's page: {cached}");
    }
}

/// The address of every page and every reading call, with each id of the cast that fits.
fn addresses(app: &TestApp) -> Vec<String> {
    let cast = &app.cast;
    let list = |ids: Vec<String>| ids;
    let ids = |name: &str| match name {
        "space" => list(cast.spaces.values().map(ToString::to_string).collect()),
        "problem" | "problem_id" => list(cast.problems.values().map(ToString::to_string).collect()),
        "practice" | "practice_id" => list(cast.practices.values().take(4).map(ToString::to_string).collect()),
        "session" => list(cast.sessions.values().map(ToString::to_string).collect()),
        "team" => list(cast.teams.values().map(ToString::to_string).collect()),
        "network" => list(cast.networks.values().map(ToString::to_string).collect()),
        _ => vec!["0000-0000-0000".to_owned()],
    };
    let routes = routes();
    let calls = routes.calls.iter().filter(|call| call.method == Method::Get);
    let mut templates: BTreeSet<String> = calls.map(|call| format!("/api/v1{}", call.path)).collect();
    templates.extend(routes.pages.iter().map(|page| (*page).to_owned()));
    let mut addresses = vec!["/api/v1/search?q=skaitymas".to_owned(), "/paieska?q=skaitymas".to_owned()];
    for template in templates {
        let name = model::address::names(&template).next().map(str::to_owned);
        match name {
            None => addresses.push(template),
            Some(name) => {
                let part = format!("{{{name}}}");
                addresses.extend(ids(&name).iter().map(|id| template.replace(&part, id)));
            }
        }
    }
    addresses
}

/// What a body says; of a workbook all of its parts, of a PDF its text.
fn readable(body: &[u8]) -> String {
    if body.starts_with(b"%PDF") {
        // Its text as it is read, and what stands uncompressed about it.
        let text = pdf_extract::extract_text_from_mem(body).expect("a PDF");
        return text + &String::from_utf8_lossy(body);
    }
    let Ok(mut parts) = zip::ZipArchive::new(std::io::Cursor::new(body)) else {
        return std::str::from_utf8(body).expect("a text").to_owned();
    };
    let mut text = String::new();
    for number in 0..parts.len() {
        parts.by_index(number).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

/// The addresses of the cast that stand in a text.
fn emails(text: &str) -> BTreeSet<String> {
    const DOMAIN: &str = "@tinklaveika.example";
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let places = text.match_indices(DOMAIN).map(|(at, _)| at);
    let name = |at: usize| text[..at].chars().rev().take_while(|c| plain(*c)).collect::<Vec<_>>().into_iter().rev();
    places.map(|at| format!("{}{DOMAIN}", name(at).collect::<String>())).collect()
}
