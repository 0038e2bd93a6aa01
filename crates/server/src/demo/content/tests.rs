use std::collections::BTreeSet;

use model::guard;
use serde_json::Value;

use super::*;
use crate::demo::cast::{PersonOf, SPACES, TEAMS};

/// Every text in a file of the content, with where it is.
fn texts(value: &Value, at: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((at.to_owned(), text.clone())),
        Value::Array(list) => list.iter().enumerate().for_each(|(n, one)| texts(one, &format!("{at}.{n}"), found)),
        Value::Object(map) => map.iter().for_each(|(key, one)| texts(one, &format!("{at}.{key}"), found)),
        _ => {}
    }
}

fn of_team(author: &str, team: &str, key: &str) {
    assert_eq!(PersonOf(author).team(), Some(team), "{key} is by {author}");
}

fn in_space(team: &str, space: &str, key: &str) {
    let space = SPACES.iter().find(|known| known.key == space).unwrap_or_else(|| panic!("{key}: no space {space}"));
    assert!(space.teams.contains(&team), "{key}: {team} is not in {}", space.name);
}

/// In a team of the space, or one who serves teams.
fn may_speak(who: &str, space: &str, key: &str) {
    assert!(PersonOf(who).person().is_some(), "{key}: nobody is called {who}");
    if let Some(team) = PersonOf(who).team() {
        in_space(team, space, key);
    }
}

#[test]
fn no_text_of_the_demo_meets_the_guard() {
    for file in PROBLEMS.iter().chain(PRACTICES).chain(SESSIONS).chain(VERSIONS) {
        let mut found = Vec::new();
        texts(&serde_json::from_str(file).unwrap(), "", &mut found);
        assert!(found.len() > 20);
        for (at, text) in found {
            assert_eq!(guard::scan(&text), [], "{at}: {text}");
        }
    }
}

#[test]
fn every_practice_of_the_demo_fills_the_template() {
    let practices = practices().unwrap();
    assert!(practices.len() >= 40);
    let titles: BTreeSet<_> = practices.iter().map(|practice| practice.text.title.to_string()).collect();
    assert_eq!(titles.len(), practices.len());
    for practice in &practices {
        practice.text.ready_to_publish().unwrap_or_else(|refusals| panic!("{}: {refusals:?}", practice.key));
        assert!((3..=9).contains(&practice.text.steps.len()), "{}", practice.key);
        assert!(!practice.text.topics.is_empty(), "{}", practice.key);
        of_team(&practice.author, &practice.team, &practice.key);
        in_space(&practice.team, &practice.space, &practice.key);
    }
}

#[test]
fn problems_of_the_demo_have_every_kind_of_evidence_and_an_orderly_history() {
    let (problems, practices) = (problems().unwrap(), practices().unwrap());
    assert!(problems.len() >= 25);
    let kinds: Vec<_> = problems.iter().flat_map(|problem| &problem.text.evidence).map(|one| one.kind).collect();
    for kind in model::problems::EvidenceKind::ALL {
        assert!(kinds.contains(&kind), "no evidence is {kind:?}");
    }
    for problem in &problems {
        let key = &problem.key;
        of_team(&problem.author, &problem.team, key);
        in_space(&problem.team, &problem.space, key);
        if problem.state == ProblemState::Draft {
            continue;
        }
        problem.text.ready_to_post().unwrap_or_else(|refusals| panic!("{key}: {refusals:?}"));
        let history = &problem.status_history;
        assert_eq!(
            history.first().map(|first| (first.state, first.days_ago)),
            Some((ProblemState::Posted, problem.days_ago)),
            "{key}"
        );
        match &problem.merged {
            None => assert_eq!(history.last().map(|last| last.state), Some(problem.state), "{key}"),
            Some(merging) => {
                assert_eq!(problem.state, ProblemState::Merged, "{key}");
                let into = problems.iter().find(|other| other.key == merging.into).unwrap();
                assert!(into.space == problem.space && into.team != problem.team && into.merged.is_none(), "{key}");
                assert!(merging.days_ago < problem.days_ago.min(into.days_ago), "{key}");
            }
        }
        assert!(history.windows(2).all(|two| two[0].days_ago > two[1].days_ago), "{key}");
        assert!(history.windows(2).all(|two| two[0].state.may_become(two[1].state)), "{key}");
        history.iter().for_each(|change| may_speak(&change.author, &problem.space, key));
        for (number, response) in problem.responses.iter().enumerate() {
            assert!(number == 0 || response.days_ago <= problem.responses[number - 1].days_ago, "{key}");
            assert!(response.days_ago <= problem.days_ago, "{key}");
            may_speak(&response.author, &problem.space, key);
            if let Some(offered) = &response.practice {
                let known = practices.iter().find(|practice| practice.key == *offered);
                assert!(known.is_some_and(|practice| practice.days_ago >= response.days_ago), "{key}: {offered}");
            }
        }
        for same in &problem.same {
            let team = PersonOf(&same.who).team().unwrap_or_else(|| panic!("{key}: {} is in no team", same.who));
            assert!(team != problem.team && same.days_ago <= problem.days_ago, "{key}: {team}");
            in_space(team, &problem.space, key);
        }
    }
}

#[test]
fn practices_and_problems_of_the_demo_were_changed_by_their_teams_for_a_reason() {
    let (problems, practices, histories) = (problems().unwrap(), practices().unwrap(), histories().unwrap());
    let (mut of_practices, mut of_problems) = (0, 0);
    for history in &histories {
        let key = &history.key;
        let practice = practices.iter().find(|practice| practice.key == *key);
        let problem = problems.iter().find(|problem| problem.key == *key);
        let (team, days_ago, all) = match (practice, problem) {
            (Some(practice), None) => {
                of_practices += usize::from((1..=2).contains(&history.edits.len()));
                let texts = history.texts(&practice.text).unwrap();
                for text in &texts {
                    text.ready_to_publish().unwrap_or_else(|refusals| panic!("{key}: {refusals:?}"));
                }
                assert!(texts.windows(2).all(|two| two[0] != two[1]), "{key}");
                (&practice.team, practice.days_ago, serde_json::to_value(&practice.text).unwrap())
            }
            (None, Some(problem)) => {
                of_problems += 1;
                let texts = history.texts(&problem.text).unwrap();
                for text in &texts {
                    text.ready_to_post().unwrap_or_else(|refusals| panic!("{key}: {refusals:?}"));
                }
                assert!(texts.windows(2).all(|two| two[0] != two[1]), "{key}");
                (&problem.team, problem.days_ago, serde_json::to_value(&problem.text).unwrap())
            }
            _ => panic!("{key} is not one problem or practice"),
        };
        assert!(history.edits[0].days_ago < days_ago, "{key}");
        assert!(history.edits.windows(2).all(|two| two[0].days_ago > two[1].days_ago), "{key}");
        for edit in &history.edits {
            of_team(&edit.author, team, key);
            assert!(edit.was.keys().all(|field| all.get(field).is_some()), "{key}: {:?}", edit.was.keys());
        }
    }
    assert!(of_practices >= 6 && of_problems >= 3);
}

#[test]
fn sessions_of_the_demo_could_have_happened() {
    let sessions = sessions().unwrap();
    let state = |state| sessions.iter().filter(|session| session.state == state).count();
    assert!(state(SessionState::Closed) >= 5);
    assert_eq!(state(SessionState::Open), 1);
    for session in &sessions {
        let key = &session.key;
        let here = |who: &str, minute: i64| {
            session
                .people
                .iter()
                .any(|one| one.who == who && one.arrived <= minute && one.left.is_none_or(|left| minute <= left))
        };
        session.people.iter().for_each(|one| may_speak(&one.who, &session.space, key));
        assert!(session.messages.windows(2).all(|two| two[0].minute <= two[1].minute), "{key}");
        for (number, message) in session.messages.iter().enumerate() {
            let at = format!("{key} {}", message.key);
            assert!(here(&message.author, message.minute), "{at}");
            let reply_to = message.reply_to.as_ref();
            assert!(reply_to.is_none_or(|to| session.messages[..number].iter().any(|known| known.key == *to)), "{at}");
            for who in message.reactions.iter().flat_map(|one| &one.by) {
                assert!(
                    (here(who, message.minute) || here(who, message.minute + 1)) && *who != message.author,
                    "{at}: {who}"
                );
            }
        }
        for hand in &session.hands {
            let times: Vec<_> = [Some(hand.raised), hand.called, hand.lowered].into_iter().flatten().collect();
            assert!(times.is_sorted() && times.iter().all(|minute| here(&hand.who, *minute)), "{key}: {}", hand.who);
        }
    }
}

#[test]
fn whoever_answered_an_invitation_of_the_demo_is_invited() {
    for series in planned().unwrap() {
        let key = &series.key;
        may_speak(&series.facilitator, &series.space, key);
        series.people.iter().for_each(|who| may_speak(who, &series.space, key));
        for answered in &series.answers {
            let named = series.people.contains(&answered.who);
            match PersonOf(&answered.who).team() {
                Some(team) if !named => in_space(team, &series.space, key),
                _ => assert!(named, "{key}: {}", answered.who),
            }
        }
        assert!(series.cancelled.is_none_or(|cancelled| (2..=series.count).contains(&cancelled.number)), "{key}");
    }
}

#[test]
fn the_municipalities_and_teams_are_those_promised() {
    let schools: BTreeSet<_> = TEAMS.iter().map(|team| team.school).collect();
    let municipalities: BTreeSet<_> = TEAMS.iter().map(|team| team.municipality).collect();
    assert_eq!((schools.len(), municipalities.len(), SPACES.len()), (12, 8, 6));
}
