//! Whether a poll may open, take a vote or close now.

use uuid::Uuid;

use super::*;
use crate::{
    live::{Due, Event, Given, Participant, Room},
    refusal::{Code, Refusal},
    time::Millis,
};

type Decided = Result<Vec<Event>, Refusal>;

pub fn decide(room: &Room, me: &Participant, command: &PollCommand, given: Given) -> Decided {
    let turn = Turn { room, at: given.at };
    match command {
        PollCommand::Prepare(new) => {
            let sheet = turn.sheet(new)?;
            turn.in_bounds(|state| state == PollState::Prepared)?;
            Ok(told(PollEvent::Prepared { poll: poll_id(me.id, given.id), sheet }))
        }
        PollCommand::Drop { poll } => {
            let known = room.polls.get(*poll).ok_or_else(gone)?;
            if known.state != PollState::Prepared {
                return Err(Refusal::of(Code::PollClosed));
            }
            Ok(told(PollEvent::Dropped { poll: *poll }))
        }
        PollCommand::Open { poll } => {
            let known = room.polls.get(*poll).ok_or_else(gone)?;
            match known.state {
                PollState::Prepared => turn.open(*poll, known.sheet.clone()),
                PollState::Open => Ok(Vec::new()),
                PollState::Counting | PollState::Closed => Err(Refusal::of(Code::PollClosed)),
            }
        }
        PollCommand::Ask(new) => turn.open(poll_id(me.id, given.id), turn.sheet(new)?),
        PollCommand::Close { poll } => {
            let known = turn.opened(*poll)?;
            Ok(if known.state == PollState::Open { turn.close(known) } else { Vec::new() })
        }
        PollCommand::Show { poll } => {
            if let Some(poll) = poll {
                turn.opened(*poll)?;
            }
            let shown = PollEvent::Shown { poll: *poll };
            Ok(if room.polls.shown == *poll { Vec::new() } else { told(shown) })
        }
        PollCommand::Vote { poll, picks, text } => turn.vote(me, *poll, picks, text.as_deref()),
        PollCommand::Count { .. } => Err(Refusal::of(Code::Forbidden)),
    }
}

/// What time alone and the server cause; nothing when it has been done.
pub fn clock(room: &Room, command: &PollCommand, at: Timestamp) -> Decided {
    let turn = Turn { room, at };
    match command {
        PollCommand::Close { poll } => {
            let due = |poll: &&Poll| poll.state == PollState::Open && poll.ends_at.is_some_and(|end| end <= at);
            Ok(room.polls.get(*poll).filter(due).map(|poll| turn.close(poll)).unwrap_or_default())
        }
        PollCommand::Count { poll, ballots } => {
            let counting = room.polls.get(*poll).filter(|poll| poll.state == PollState::Counting);
            let closed = |known: &Poll| {
                let results = known.sheet.counted(ballots, known.voters);
                told(PollEvent::Closed { poll: *poll, at, results, choices: Map::default() })
            };
            Ok(counting.map(closed).unwrap_or_default())
        }
        _ => Err(Refusal::of(Code::Forbidden)),
    }
}

/// What the closing of the session does to polls that are open.
pub fn close_all(room: &Room, at: Timestamp) -> Vec<Event> {
    let open = room.polls.all.iter().filter(|poll| poll.state == PollState::Open);
    open.flat_map(|poll| Turn { room, at }.close(poll)).collect()
}

pub fn next_due(room: &Room, session: SessionId) -> Option<Due> {
    let end = |poll: &Poll| {
        let at = poll.ends_at.filter(|_| poll.state == PollState::Open)?;
        let name = [poll.id.uuid().as_bytes().as_slice(), &at.ms().to_be_bytes()].concat();
        let id = CommandId::from_uuid(Uuid::new_v5(&session.uuid(), &name));
        Some(Due { at, id, command: crate::live::Command::Poll(PollCommand::Close { poll: poll.id }) })
    };
    room.polls.all.iter().filter_map(end).min_by_key(|due| due.at)
}

fn told(event: PollEvent) -> Vec<Event> {
    vec![Event::Poll(event)]
}

fn gone() -> Refusal {
    Refusal::of(Code::PollGone)
}

fn range(field: &'static str, value: u32, min: u32, max: u32) -> Result<u32, Refusal> {
    if (min..=max).contains(&value) {
        return Ok(value);
    }
    Err(Refusal::of(Code::NumberRange).at(field).fact("min", min).fact("max", max))
}

struct Turn<'a> {
    room: &'a Room,
    at: Timestamp,
}

impl<'a> Turn<'a> {
    fn opened(&self, poll: PollId) -> Result<&'a Poll, Refusal> {
        self.room.polls.get(poll).filter(|poll| poll.state != PollState::Prepared).ok_or_else(gone)
    }

    fn in_bounds(&self, which: impl Fn(PollState) -> bool) -> Result<(), Refusal> {
        if self.room.polls.all.iter().filter(|poll| which(poll.state)).count() < POLLS_MAX {
            return Ok(());
        }
        Err(Refusal::of(Code::TooMany).fact("limit", POLLS_MAX))
    }

    fn sheet(&self, new: &NewPoll) -> Result<Sheet, Refusal> {
        let options: Vec<String> = new.options.iter().map(|option| option.to_string()).collect();
        let count = options.len() as u32;
        let or = |value: u32, else_: u32| if value == 0 { else_ } else { value };
        let most = OPTIONS_MAX as u32;
        let (each, per_option) = match new.kind {
            PollKind::Text => (range("options", count, 0, 0)?, 0),
            PollKind::Scale => {
                if count != 0 {
                    range("options", count, 2, 2)?;
                }
                (range("each", or(new.each, 5), 2, SCALE_MAX)?, 0)
            }
            PollKind::Single | PollKind::Ranking => {
                range("options", count, 2, most)?;
                (0, 0)
            }
            PollKind::Multiple => {
                range("options", count, 2, most)?;
                (range("each", or(new.each, count), 1, count)?, 0)
            }
            PollKind::Dots => {
                range("options", count, 2, most)?;
                let each = range("each", or(new.each, 3), 1, DOTS_MAX)?;
                (each, range("per_option", or(new.per_option, each), 1, each)?)
            }
        };
        if options.iter().enumerate().any(|(index, option)| options[..index].contains(option)) {
            return Err(Refusal::of(Code::FieldWrong).at("options"));
        }
        if let Some(seconds) = new.seconds {
            range("seconds", seconds, 5, POLL_SECONDS_MAX)?;
        }
        if new.step.is_some_and(|step| self.room.step(step).is_none()) {
            return Err(Refusal::of(Code::StepGone));
        }
        Ok(Sheet {
            question: new.question.to_string(),
            kind: new.kind,
            options,
            each,
            per_option,
            sealed: new.sealed || new.anonymous,
            anonymous: new.anonymous,
            seconds: new.seconds,
            step: new.step,
        })
    }

    fn open(&self, poll: PollId, sheet: Sheet) -> Decided {
        if self.room.polls.open().is_some() {
            return Err(Refusal::of(Code::PollOpen));
        }
        self.in_bounds(|state| state != PollState::Prepared)?;
        if sheet.anonymous && (self.voters(None) as usize) < VOTERS_MIN {
            return Err(Refusal::of(Code::PollFew).fact("min", VOTERS_MIN));
        }
        let ends_at = sheet.seconds.map(|seconds| self.at.plus(Millis::seconds(seconds.into())));
        Ok(told(PollEvent::Opened { poll, sheet, at: self.at, ends_at }))
    }

    /// Everyone here who takes part, and who has voted and left.
    fn voters(&self, poll: Option<&Poll>) -> u32 {
        let voted = |person: &PersonId| poll.is_some_and(|poll| poll.voted.contains(person));
        let here = self.room.people.iter().filter(|(id, one)| (one.here && one.who.takes_part()) || voted(id));
        here.count() as u32
    }

    fn vote(&self, me: &Participant, id: PollId, picks: &[u32], text: Option<&str>) -> Decided {
        let poll = self.opened(id)?;
        if poll.state != PollState::Open || poll.ends_at.is_some_and(|end| end <= self.at) {
            return Err(Refusal::of(Code::PollClosed));
        }
        let choice = poll.sheet.choice(picks, text)?;
        if poll.sheet.anonymous {
            if poll.voted.contains(&me.id) {
                return Err(Refusal::of(Code::PollVoted));
            }
            return Ok(told(PollEvent::Voted { poll: id, by: me.id, choice: None }));
        }
        if poll.choices.get(&me.id) == Some(&choice) {
            return Ok(Vec::new());
        }
        Ok(told(PollEvent::Voted { poll: id, by: me.id, choice: Some(choice) }))
    }

    fn close(&self, poll: &Poll) -> Vec<Event> {
        let voters = self.voters(Some(poll));
        if poll.sheet.anonymous {
            return told(PollEvent::Ended { poll: poll.id, at: self.at, voters });
        }
        let counts = poll.sheet.count(poll.choices.iter().map(|(_, choice)| choice));
        let voted = poll.choices.len() as u32;
        let results = Results { counts, voted, voters, ..Results::default() };
        let choices = if poll.sheet.sealed { poll.choices.clone() } else { Map::default() };
        told(PollEvent::Closed { poll: poll.id, at: self.at, results, choices })
    }
}
