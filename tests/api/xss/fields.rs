//! Every text of every call: where it is kept, and so planted, or why it is not.

use std::collections::BTreeMap;

use serde_json::Value;

use super::scene::columns;

/// `call field column`, or `call field - reason`. A call of a live session is `live`, with its command before the field.
const TEXTS: &str = include_str!("texts.tsv");

#[test]
fn every_text_of_every_call_stands_in_a_planted_column_or_is_excused() {
    let mut listed: BTreeMap<(String, String), &str> = BTreeMap::new();
    for line in TEXTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let [call, field, told] = line.splitn(3, '\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        assert!(listed.insert((call.into(), field.into()), told).is_none(), "twice: {line}");
        let planted = told.split(' ').all(|one| columns().any(|(table, column)| one == format!("{table}.{column}")));
        assert!(planted || told.starts_with("- "), "{line}: neither planted columns nor a reason");
    }
    let mut missing = Vec::new();
    for call in server::routes().calls {
        let schema = call.schema();
        let mut found = Vec::new();
        texts(&schema, &schema, "", &mut found);
        found.sort();
        found.dedup();
        for field in found {
            if listed.remove(&(call.name.to_owned(), field.clone())).is_none() {
                missing.push(format!("{}\t{field}\t", call.name));
            }
        }
    }
    // What is said in a room is no call: its fields are those of the commands.
    for field in commands() {
        if listed.remove(&("live".to_owned(), field.clone())).is_none() {
            missing.push(format!("live\t{field}\t"));
        }
    }
    assert!(missing.is_empty(), "in no list:\n{}", missing.join("\n"));
    assert!(listed.is_empty(), "of no call: {listed:?}");
}

/// Fields of text that anyone may write as they like: not ids, keys, days or words of ours.
fn texts(root: &Value, schema: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        return texts(root, &root["$defs"][name], at, found);
    }
    for way in ["anyOf", "oneOf", "allOf"] {
        for one in schema[way].as_array().into_iter().flatten() {
            texts(root, one, at, found);
        }
    }
    let string = match &schema["type"] {
        Value::String(kind) => kind == "string",
        Value::Array(kinds) => kinds.iter().any(|kind| kind == "string"),
        _ => false,
    };
    let shaped = schema["format"].as_str().is_some_and(|format| format != "email" && format != "uri");
    let ours = shaped || ["enum", "const", "pattern"].iter().any(|limit| !schema[*limit].is_null());
    if string && !ours {
        found.push(at.to_owned());
    }
    let under = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        texts(root, field, &under(name), found);
    }
    if schema["items"].is_object() {
        texts(root, &schema["items"], &under("0"), found);
    }
}

/// The texts of commands of a room, each with its command.
fn commands() -> Vec<String> {
    use model::{actions::*, ids::*, live::*, words::*};
    let text = |what| Prose::new(what).unwrap();
    let (message, step, action) = (
        MessageId::from_uuid(uuid::Uuid::nil()),
        StepId::from_uuid(uuid::Uuid::nil()),
        ActionItemId::from_uuid(uuid::Uuid::nil()),
    );
    let owner = Owner::Person(PersonId::from_uuid(uuid::Uuid::nil()));
    let (poll, board) = (PollId::from_uuid(uuid::Uuid::nil()), BoardId::from_uuid(uuid::Uuid::nil()));
    let (card, group) = (CardId::from_uuid(uuid::Uuid::nil()), GroupId::from_uuid(uuid::Uuid::nil()));
    let new_poll = NewPoll {
        question: Line::new("a").unwrap(),
        kind: PollKind::Single,
        options: vec![Line::new("a").unwrap()],
        each: 0,
        per_option: 0,
        sealed: false,
        anonymous: false,
        seconds: None,
        step: None,
    };
    let all = [
        Command::Say { text: text("a"), reply_to: None },
        Command::Edit { message, text: text("a") },
        Command::AddStep { title: Line::new("a").unwrap(), minutes: 1, rules: Default::default() },
        Command::NoteStep { step, text: Prose::new("a") },
        Command::AgreeAction { text: Prose::new("a").unwrap(), owner, due: None },
        Command::ChangeAction { action, text: Prose::new("a").unwrap(), owner, due: None },
        Command::SetAction { action, state: ActionState::Dropped, reason: Prose::new("a") },
        Command::Poll(PollCommand::Ask(new_poll.clone())),
        Command::Poll(PollCommand::Prepare(new_poll)),
        Command::Poll(PollCommand::Vote { poll, picks: Vec::new(), text: Prose::new("a") }),
        Command::Breakouts(BreakoutCommand::Open {
            groups: vec![NewBreakout { title: Line::new("a").unwrap(), people: Vec::new() }],
            minutes: 1,
        }),
        Command::Board(BoardCommand::Make {
            title: Line::new("a").unwrap(),
            columns: vec![Line::new("a").unwrap()],
            anonymous: false,
            hidden: false,
            step: None,
        }),
        Command::Board(BoardCommand::Add { board, column: 0, text: Prose::new("a").unwrap() }),
        Command::Board(BoardCommand::Edit { board, card, text: Prose::new("a").unwrap() }),
        Command::Board(BoardCommand::Group { board, cards: vec![card], title: Line::new("a").unwrap() }),
        Command::Board(BoardCommand::Title { board, group, title: Line::new("a").unwrap() }),
    ];
    let agreement = AgreementId::from_uuid(uuid::Uuid::nil());
    let new = serde_json::from_value(serde_json::json!({ "text": "a" })).unwrap();
    let agreements = [
        AgreementCommand::Propose(new),
        AgreementCommand::Amend { agreement, text: Prose::new("a").unwrap() },
        AgreementCommand::Voice { agreement, voice: Stand::Object, reason: Prose::new("a") },
        AgreementCommand::Close { agreement, reason: Prose::new("a") },
    ];
    let first = |value: &Value| value.as_object().unwrap().keys().next().unwrap().clone();
    let spelled = |command: &Command| {
        let value = serde_json::to_value(command).unwrap();
        match first(&value).as_str() {
            part @ ("poll" | "board" | "agreement" | "breakouts") => format!("{part}.{}", first(&value[part])),
            kind => kind.to_owned(),
        }
    };
    let fields = |command: &Command| {
        let texts = command.texts();
        assert!(!texts.is_empty(), "a command with a text");
        let spelled = spelled(command);
        texts.into_iter().map(move |(field, _)| format!("{spelled}.{field}")).collect::<Vec<_>>()
    };
    all.iter().cloned().chain(agreements.map(Command::Agreement)).flat_map(|command| fields(&command)).collect()
}
