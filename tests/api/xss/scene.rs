//! A site in which one text stands wherever people write, and the pages that show it.

use std::collections::BTreeMap;

use db::Query;
use model::redactions::TextOf;
use serde_json::json;
use server::redactions::store::WRITTEN;
use tests::TestApp;

use crate::planted::{MARK, Planted, marked, plant, posted, space_of_bmt};

/// Columns beside those that are redacted in which people write too: what administrators call the kinds.
pub const MORE: [(&str, &str); 4] =
    [("network_kinds", "lt"), ("network_kinds", "en"), ("institution_kinds", "lt"), ("institution_kinds", "en")];
/// Read back as types that have limits of length.
const SHORT: [&str; 3] = ["problems", "practices", "versions"];
/// Columns of JSON: a text stands in them as JSON spells it.
const JSON: [(&str, &str); 10] = [
    ("agreements", "outcome"),
    ("problems", "evidence"),
    ("practices", "body"),
    ("versions", "text"),
    ("sessions", "steps"),
    ("session_events", "payload"),
    ("ballots", "choice"),
    ("hidings", "kept"),
    ("minutes", "body"),
    ("minutes_former", "body"),
];

pub fn columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    WRITTEN.iter().copied().chain(MORE)
}

pub struct Scene<'a> {
    pub app: &'a TestApp,
    /// What stands in the columns now: where the title of a problem or a practice limits it, and elsewhere.
    pub now: [String; 2],
    /// Ids by the part of an address that they fill.
    pub ids: BTreeMap<&'static str, Vec<String>>,
    pub planted: Planted,
}

impl<'a> Scene<'a> {
    pub async fn set(app: &'a TestApp) -> Self {
        let planted = plant(app).await;
        let (ona, rasa) = (app.as_("Ona").await, app.as_("Rasa").await);
        for kinds in ["/network-kinds", "/institution-kinds"] {
            posted(&ona, "POST", kinds, json!({ "lt": marked("Rūšis"), "en": marked("Kind") })).await;
        }
        let code = posted(&rasa, "POST", &format!("/teams/{}/invitation", app.team("azuolas")), json!({})).await;
        let letters = app.letters(1).await;
        let token = letters.iter().find_map(|letter| tests::app::path_in(letter, "/vaidmuo/"));
        let mut ids: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (of, item, _) in &planted {
            let part = match of {
                TextOf::Problem => "problem",
                TextOf::Practice => "practice",
                TextOf::Session => "session",
                TextOf::Space => "space",
                TextOf::Team => "team",
                TextOf::Network => "network",
                TextOf::School => "school",
                TextOf::Person => "person",
                TextOf::Action => "action",
                TextOf::Response | TextOf::Message | TextOf::Invitation => continue,
            };
            ids.entry(part).or_default().push(item.to_string());
        }
        ids.entry("space").or_default().push(space_of_bmt(app).await.to_string());
        ids.entry("team").or_default().push(app.team("azuolas").to_string());
        ids.entry("network").or_default().push(app.network("bmt").to_string());
        ids.insert("problem_id", ids["problem"].clone());
        ids.insert("practice_id", ids["practice"].clone());
        ids.insert("session_id", ids["session"].clone());
        ids.insert("code", vec![code["code"].as_str().expect("a code").to_owned()]);
        ids.insert("token", token.and_then(|path| path.rsplit('/').next().map(str::to_owned)).into_iter().collect());
        Self { app, now: [MARK.to_owned(), MARK.to_owned()], ids, planted }
    }

    /// Puts other texts in the place of those that stand.
    pub async fn put(&mut self, short: &str, long: &str) {
        let mut tx = self.app.app.db.write().await.unwrap();
        for (table, column) in columns() {
            let json = JSON.contains(&(table, column));
            let (at, text) =
                if SHORT.contains(&table) || (table, column) == ("sessions", "steps") { (0, short) } else { (1, long) };
            let (old, new) = (inner(&self.now[at], json), inner(text, json));
            if old == new {
                continue;
            }
            let query =
                format!("update {table} set {column} = replace({column}, $1, $2) where {column} like '%ir dar%'");
            Query::new(String::leak(query)).bind(&old).bind(&new).run(&mut tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        self.now = [short.to_owned(), long.to_owned()];
        self.app.app.search.touch_all();
        self.app.app.search.settled().await;
    }

    /// In how many rows of each column it stands.
    pub async fn counts(&self) -> Vec<(String, i64)> {
        let mut tx = self.app.app.read().await.unwrap();
        let mut counts = Vec::new();
        for (table, column) in columns() {
            let count =
                format!("select count(*) from {table} where {column} like '%ir dar%' or {column} like '%Kanarėl%'");
            let count: i64 = Query::new(String::leak(count)).one(&mut tx).await.unwrap();
            counts.push((format!("{table}.{column}"), count));
        }
        counts
    }

    /// Every page that has an address here, or only those of the problem, the practice and the session.
    pub fn addresses(&self, only_items: bool) -> Vec<String> {
        let mut addresses = Vec::new();
        for template in server::routes().pages {
            let names: Vec<&str> = model::address::names(template).collect();
            match names.as_slice() {
                [] => addresses.push((*template).to_owned()),
                [name] => {
                    let part = format!("{{{name}}}");
                    let ids = self.ids.get(name).into_iter().flatten();
                    addresses.extend(ids.map(|id| template.replace(&part, id)));
                }
                _ => {}
            }
        }
        addresses.retain(|path| {
            !only_items
                || ["problem", "practice", "session"].iter().any(|part| path.contains(self.ids[part][0].as_str()))
        });
        if only_items {
            return addresses;
        }
        for (of, item, session) in &self.planted {
            let of = pages::ui::key(of);
            let session = session.map(|session| format!("?session={session}")).unwrap_or_default();
            addresses.push(format!("/pasalinti/{of}/{item}{session}"));
            addresses.push(format!("/pranesti/{of}/{item}{session}"));
        }
        addresses.push("/valdymas/zmones?q=tomas".to_owned());
        addresses.push("/erdves?network=x".to_owned());
        addresses
    }
}

fn inner(text: &str, json: bool) -> String {
    if !json {
        return text.to_owned();
    }
    let spelled = serde_json::to_string(text).unwrap();
    spelled[1..spelled.len() - 1].to_owned()
}
