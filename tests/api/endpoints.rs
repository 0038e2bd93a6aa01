//! The golden matrix of calls: every endpoint, by every role, on both databases.

use std::collections::BTreeSet;

use model::address::{BASE, split};
use serde_json::Value;
use server::routes;
use tests::{TestApp, on_both};

const MATRIX: &str = include_str!("endpoints.tsv");

const ROLES: [(&str, &str); 11] = [
    ("administrator", "Ona"),
    ("coordinator", "Jonas"),
    ("consultant", "Rūta"),
    ("municipal", "Darius"),
    ("lead", "Rasa"),
    ("member", "Tomas"),
    ("neighbour", "Vilma"),
    ("forming", "Kristina"),
    ("outsider", "Nerijus"),
    ("suspended", "Zita"),
    ("anonymous", ""),
];

struct Line<'a> {
    method: &'a str,
    path: &'a str,
    body: &'a str,
    answers: &'a str,
}

impl Line<'_> {
    /// The status that `role` gets.
    fn expected(&self, role: &str) -> u16 {
        let groups = self.answers.split("; ").map(|group| group.split_once(' ').expect("a status and its roles"));
        let of = |name: &str| groups.clone().find(|(_, roles)| roles.split(' ').any(|one| one == name));
        let (status, _) = of(role).or_else(|| of("rest")).unwrap_or_else(|| panic!("{}: {role}?", self.path));
        status.parse().expect("a status is a number")
    }
}

fn lines() -> impl Iterator<Item = Line<'static>> {
    MATRIX.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let columns: Vec<_> = line.split('\t').collect();
        let [method, path, body, answers] = columns[..] else { panic!("four columns: {line}") };
        Line { method, path, body, answers }
    })
}

#[test]
fn every_call_of_the_api_has_a_line_and_names_only_roles_that_there_are() {
    let known: BTreeSet<_> = ROLES.iter().map(|(role, _)| *role).chain(["rest"]).collect();
    for line in lines() {
        for group in line.answers.split("; ") {
            for role in group.split(' ').skip(1) {
                assert!(known.contains(role), "{} {}: {role} is no role", line.method, line.path);
            }
        }
    }
    for call in routes().calls {
        let of = |line: &Line<'_>| {
            line.method == call.method.as_str()
                && split(call.path, line.path.split('?').next().unwrap_or_default()).is_some()
        };
        assert!(lines().any(|line| of(&line)), "{} {} {} has no line", call.method.as_str(), call.path, call.name);
    }
}

on_both! {
    async fn every_call_answers_every_role_as_the_matrix_says(app) {
        let mut wrong = Vec::new();
        for line in lines() {
            let path = format!("{BASE}{}", named(app, line.path));
            for (role, name) in ROLES {
                let body = named(app, &line.body.replace("<role>", role));
                let body: Option<Value> = (!body.is_empty()).then(|| serde_json::from_str(&body).unwrap());
                // A sign-in of its own for each call: some lines end it.
                let client = match name {
                    "" => app.anonymous(),
                    name => app.anew(name).await,
                };
                let raw = client.json(line.method, &path, body.as_ref()).await;
                if raw.status != line.expected(role) {
                    let text = raw.text().chars().take(200).collect::<String>();
                    wrong.push(format!("{} {} by {role}: {} {text}", line.method, line.path, raw.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{} cells differ:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// The text with the ids that its names stand for.
fn named(app: &TestApp, text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split(['<', '>']).enumerate() {
        if at % 2 == 0 {
            out.push_str(part);
            continue;
        }
        let (kind, key) = part.split_once(':').unwrap_or((part, ""));
        let id = match kind {
            "unknown" => "0192f0c1-2b3c-7d4e-8f50-0123456789ab".to_owned(),
            "person" => app.person(key).to_string(),
            "network" => app.network(key).to_string(),
            "team" => app.team(key).to_string(),
            "space" => app.space(key).to_string(),
            "problem" => app.problem(key).to_string(),
            "practice" => app.practice(key).to_string(),
            "session" => app.session(key).to_string(),
            other => panic!("{other} is no kind of id"),
        };
        out.push_str(&id);
    }
    out
}
