//! Nothing that a person types, and no secret, is in the log of the built binary, however much it is asked to tell.

use std::fs;

use db::testing::Kind;
use model::{ids::*, refusal::Code};
use serde_json::json;
use tests::http::{Raw, send};
use uuid::Uuid;

use crate::{
    child::{Ground, Running},
    live_client::{LiveClient, line},
    stand::{RASA, headers},
};

/// Stands in every text below, and in nothing that the server says by itself.
const MARK: &str = "kanarele";

#[tokio::test]
async fn nothing_that_is_typed_is_in_the_log() {
    let ground = Ground::new(Kind::Sqlite).await;
    let server = ground.start(&["env", "TINKLAVEIKA_LOG=debug"]).await;
    let space = SpaceId::from_uuid(Uuid::from_u128(0x103));
    let marked = |what: &str| format!("{MARK} {what}");
    let email = format!("{MARK}@tinklaveika.example");
    let password = format!("{MARK} slapta fraze");

    let problems = format!("/api/v1/spaces/{space}/problems");
    let problem = json!({
        "title": marked("antraštė"), "area": "inclusion", "text": marked("tekstas"), "group": marked("grupė"),
        "goal": marked("tikslas"), "evidence": [{ "kind": "observation", "text": marked("įrodymas") }],
    });
    let mut told = Vec::new();
    told.push(post(&server, &problems, json!({ "problem": problem })).await.status);
    // Refused: an unknown field, a wrong one, a personal code, no JSON at all.
    told.push(post(&server, &problems, json!({ "problem": problem, MARK: 1 })).await.status);
    told.push(post(&server, &problems, json!({ "problem": { "title": [MARK] } })).await.status);
    told.push(post(&server, &problems, json!({ "problem": { "title": "kanarele 39001010077" } })).await.status);
    told.push(send(server.address, "POST", &problems, &signed_in(), format!("{{{MARK}").as_bytes()).await.status);
    told.push(post(&server, "/api/v1/sign-in", json!({ "email": email, "password": password })).await.status);
    told.push(post(&server, "/api/v1/password-resets", json!({ "email": email })).await.status);
    for path in ["/paieska?q=kanarele", "/api/v1/search?q=kanarele", "/praktikos?kanarele=kanarele"] {
        told.push(send(server.address, "GET", path, &signed_in(), b"").await.status);
    }
    assert!(told.iter().all(|status| *status < 500), "{told:?}");

    let mut rasa = LiveClient::join(server.address, ground.session, &headers(RASA)).await.unwrap();
    rasa.done(line(&marked("žinutė"))).await;
    assert_eq!(rasa.refused(line("kanarele 39001010077")).await, Code::GuardCode);

    let log = fs::read_to_string(ground.file("log")).unwrap();
    assert!(log.matches("answered").count() >= told.len(), "{log}");
    let spoken: Vec<_> = log.lines().filter(|line| line.to_lowercase().contains(MARK)).collect();
    assert!(spoken.is_empty(), "{spoken:#?}");
    let cookie = headers(RASA)[0].1.clone();
    let secret = cookie.split_once('=').unwrap().1;
    assert!(secret.len() > 20 && !log.contains(secret));
}

async fn post(server: &Running, path: &str, body: serde_json::Value) -> Raw {
    send(server.address, "POST", path, &signed_in(), body.to_string().as_bytes()).await
}

fn signed_in() -> Vec<(String, String)> {
    let mut all: Vec<_> = headers(RASA).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    all.extend(
        [("sec-fetch-site", "same-origin"), ("content-type", "application/json")].map(|(k, v)| (k.into(), v.into())),
    );
    all
}
