//! The live core alone, in one thread and without a database or a network: what one chat line costs in microseconds.

// A bench measures: it may ask the clock.
#![allow(clippy::disallowed_methods)]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use bench::{
    process::{SERVER_CORE, pin},
    report::{Row, table},
    target::LINE,
};
use model::{
    guard,
    ids::CommandId,
    live::{By, ClientFrame, Event, Given, Participant, Room, ServerFrame, Standing, State, decide, evolve},
    time::Timestamp,
};
use serde_json::{from_str, to_string};

const LINES: u64 = 100_000;

fn main() -> Result<()> {
    pin(SERVER_CORE)?;
    let me: Participant = from_str(
        r#"{"id":"019a0000-0000-7000-8000-000000000001","name":"Rasa Jankauskienė","role":"participant",
            "team":{"id":"019a0000-0000-7000-8000-000000000002","name":"Ąžuolas"},"school":"Ąžuolyno progimnazija"}"#,
    )?;
    debug_assert_eq!(me.role, Standing::Participant);
    let at = Timestamp::from_ms(1_764_000_000_000);
    let mut room = Room { state: State::Open, ..Room::default() };
    evolve(&mut room, &Event::Arrived { who: me.clone(), at, with: None });
    let frame = |count: u64| {
        format!(r#"{{"do":{{"id":"019a0000-0000-7000-8000-{count:012x}","command":{{"say":{{"text":"{LINE}"}}}}}}}}"#)
    };
    let frames: Vec<String> = (0..LINES).map(frame).collect();

    let mut times = [Duration::ZERO; 5];
    for text in &frames {
        let start = Instant::now();
        let frame: ClientFrame = from_str(text)?;
        let read = Instant::now();
        let ClientFrame::Do { id, command, sure, .. } = frame else { continue };
        black_box(guard::refusals(Some("text"), LINE, sure));
        let guarded = Instant::now();
        let events = decide(&room, By::Person(&me), &command, Given { at, id, sure }).ok().context("refused")?;
        let decided = Instant::now();
        for event in &events {
            evolve(&mut room, event);
        }
        let evolved = Instant::now();
        let event = events.into_iter().next();
        black_box(to_string(&ServerFrame::Happened { seq: 1, cause: Some::<CommandId>(id), event })?);
        let end = Instant::now();
        for (sum, part) in
            times.iter_mut().zip([read - start, guarded - read, decided - guarded, evolved - decided, end - evolved])
        {
            *sum += part;
        }
    }
    let names = [
        "a command read from JSON",
        "the guard over its text",
        "decided, with the guard",
        "evolved once",
        "an event written as JSON",
    ];
    let row = |(name, time): (&str, Duration)| Row {
        what: name.into(),
        figure: format!("{:.2} µs", time.as_secs_f64() * 1e6 / LINES as f64),
        bar: "–".into(),
        met: None,
    };
    let rows: Vec<Row> = names.into_iter().zip(times).map(row).collect();
    print!("{}", table(&rows));
    Ok(())
}
