//! Whether a command may happen now, and what it causes.

use super::{
    actions::Acting,
    agreements, board, breakouts,
    command::{Command, action_id, message_id, step_id},
    event::Event,
    polls,
    room::{Message, PEOPLE_MAX, Participant, Room, State},
    round,
    rules::{Party, Speakers},
    seats,
    steps::Steering,
};
use crate::{
    guard,
    ids::*,
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// Who commands. A participant's `role` is what `access::may` found, so the rules below ask nothing else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By<'a> {
    Person(&'a Participant),
    /// A person for another, who sits at their device.
    For(&'a Participant, PersonId),
    /// What time alone causes.
    Clock,
}

/// What is given and never taken: the instant, the id of the command, and whether the writer passes the guard's warnings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Given {
    pub at: Timestamp,
    /// Also the seed of every id that the command makes.
    pub id: CommandId,
    pub sure: bool,
}

/// What the command causes; nothing when all that it asks for is so already.
///
/// # Errors
/// `forbidden` when it is not the person's to ask, `session.state` before the opening, `closed` after the closing, the guard's
/// codes, and those that [`Command`] names.
pub fn decide(room: &Room, by: By<'_>, command: &Command, given: Given) -> Result<Vec<Event>, Refusal> {
    match (by, command) {
        (By::Clock, _) => clock(room, command, given.at),
        (By::Person(person), Command::Arrive) => arrive(room, person, given.at),
        (By::Person(person), Command::Leave { at }) => Ok(leave(room, person.id, *at)),
        (By::Person(_), Command::Remove { person }) => Ok(remove(room, *person, given.at)),
        (By::Person(person), Command::Seat { people, cards }) => {
            permitted(room, person, command)?;
            seats::decide(room, person, people, cards, given.at)
        }
        (By::Person(person), Command::Close {}) => {
            permitted(room, person, command)?;
            // A group is closed from the main room, together with the others.
            let group = room.in_groups().is_some_and(|state| state.main.is_some());
            if group { Err(Refusal::of(Code::SessionState)) } else { Ok(closing(room, person.id, given.at)) }
        }
        (By::Person(person), _) => asked(room, person, command, given),
        (By::For(host, person), _) => asked(room, seats::seated_for(room, host, person, command)?, command, given),
    }
}

/// What a browser foresees of what its person asks, also for `whom` at their device: whether it is anything. What only the server can tell
/// is always something. It is far smaller than [`decide`], which a browser does not download.
///
/// # Errors
/// Those of [`decide`].
pub fn foresee(
    room: &Room,
    me: &Participant,
    whom: Option<PersonId>,
    command: &Command,
    given: Given,
) -> Result<bool, Refusal> {
    let person = match whom {
        Some(whom) => seats::seated_for(room, me, whom, command)?,
        None => me,
    };
    passed(room, person, command, given.sure)?;
    if matches!(command, Command::Seat { .. } | Command::Close {} | Command::Board(_) | Command::Breakouts(_)) {
        return Ok(true);
    }
    // What the other has chosen is not known here.
    Ok(!caused(room, person, command, given)?.is_empty() || whom.is_some())
}

/// What a person causes by asking for it.
fn asked(room: &Room, person: &Participant, command: &Command, given: Given) -> Result<Vec<Event>, Refusal> {
    passed(room, person, command, given.sure)?;
    match command {
        Command::Board(command) => board::decide(room, person, command, given),
        Command::Breakouts(command) => breakouts::decide(room, person, command, given),
        command => caused(room, person, command, given),
    }
}

/// What holds for every command: it is theirs to ask now, and the guard lets its texts pass.
fn passed(room: &Room, person: &Participant, command: &Command, sure: bool) -> Result<(), Refusal> {
    permitted(room, person, command)?;
    command.texts().into_iter().try_for_each(|(field, text)| guarded(field, text, sure))
}

/// What a browser decides too: all but what [`foresee`] leaves to the server.
fn caused(room: &Room, person: &Participant, command: &Command, given: Given) -> Result<Vec<Event>, Refusal> {
    let turn = Turn { room, me: person, given };
    match command {
        Command::Say { text, reply_to } => turn.say(text, *reply_to),
        Command::Edit { message, text } => turn.edit(*message, text),
        Command::Delete { message } => turn.delete(*message),
        Command::React { message, reaction } => {
            let found = turn.message(*message)?;
            if found.reactions.get(reaction).is_some_and(|people| people.contains(&person.id)) {
                return Err(Refusal::of(Code::ReactionTwice));
            }
            Ok(vec![Event::Reacted { message: *message, by: person.id, reaction: *reaction }])
        }
        Command::Unreact { message, reaction } => {
            let found = turn.message(*message)?;
            let stands = found.reactions.get(reaction).is_some_and(|people| people.contains(&person.id));
            Ok(stands
                .then_some(Event::Unreacted { message: *message, by: person.id, reaction: *reaction })
                .into_iter()
                .collect())
        }
        Command::RaiseHand {} => turn.raise_hand(),
        Command::LowerHand { person } => turn.lower_hand(*person),
        Command::GiveFloor { person } => turn.give_floor(*person),
        Command::FinishFloor {} => turn.finish_floor(),
        Command::Open {} => Ok(vec![Event::Opened { by: person.id, at: given.at }]),
        Command::StartStep { .. }
        | Command::ExtendStep { .. }
        | Command::EndStep { .. }
        | Command::NextStep {}
        | Command::AddStep { .. }
        | Command::SkipStep { .. }
        | Command::MoveStep { .. }
        | Command::NoteStep { .. } => Steering { room, at: given.at }.decide(command, step_id(person.id, given.id)),
        Command::NextHand {} => {
            let first = room.queue().first().copied();
            turn.give_floor(first.ok_or_else(|| Refusal::of(Code::HandDown))?)
        }
        Command::OrderHands { order } => {
            let ordered = Event::HandsOrdered { order: *order };
            Ok((room.hand_order != *order).then_some(ordered).into_iter().collect())
        }
        Command::Present { who } => turn.present(*who),
        Command::Round(command) => round::decide(room, person, command, given.at),
        Command::AgreeAction { text, owner, due } => {
            turn.acting().agree(action_id(person.id, given.id), text, *owner, *due)
        }
        Command::ChangeAction { action, text, owner, due } => turn.acting().change(*action, text, *owner, *due),
        Command::SetAction { action, state, reason } => turn.acting().set(*action, *state, reason.as_deref()),
        Command::Poll(command) => polls::decide(room, person, command, given),
        Command::Agreement(command) => agreements::decide(room, person, command, given),
        // Decided before.
        Command::Board(_)
        | Command::Breakouts(_)
        | Command::Seat { .. }
        | Command::Close {}
        | Command::Arrive
        | Command::Leave { .. }
        | Command::Remove { .. }
        | Command::Bring { .. } => Ok(Vec::new()),
    }
}

/// Whose command it is, and whether the session is in a state for it.
fn permitted(room: &Room, me: &Participant, command: &Command) -> Result<(), Refusal> {
    let steering = match command {
        Command::Open {}
        | Command::Close {}
        | Command::StartStep { .. }
        | Command::ExtendStep { .. }
        | Command::EndStep { .. }
        | Command::NextStep {}
        | Command::AddStep { .. }
        | Command::NoteStep { .. }
        | Command::SkipStep { .. }
        | Command::MoveStep { .. }
        | Command::NextHand {}
        | Command::OrderHands { .. }
        | Command::Present { .. }
        | Command::GiveFloor { .. }
        | Command::Breakouts(_)
        | Command::Bring { .. } => true,
        Command::Poll(command) => command.steers(),
        Command::Board(command) => command.steers(),
        Command::Agreement(command) => command.steers(),
        Command::LowerHand { person: Some(person) } => *person != me.id,
        _ => false,
    };
    if !(if steering { me.facilitates() } else { me.takes_part() }) {
        return Err(Refusal::of(Code::Forbidden));
    }
    let planned = matches!(
        command,
        Command::Open {}
            | Command::AddStep { .. }
            | Command::SkipStep { .. }
            | Command::MoveStep { .. }
            | Command::NoteStep { .. }
            | Command::Present { .. }
    );
    let planned = planned || matches!(command, Command::Poll(command) if command.before_opening());
    let planned = planned || matches!(command, Command::Board(command) if command.before_opening());
    match (room.state, command) {
        (State::Closed, _) => Err(Refusal::of(Code::Closed)),
        (State::Open, Command::Open {}) => Err(Refusal::of(Code::SessionState)),
        (State::Planned, _) if !planned => Err(Refusal::of(Code::SessionState)),
        _ => Ok(()),
    }
}

/// A frame is answered by one refusal: the gravest, since the guard tells a block before its warnings.
fn guarded(field: &str, text: &str, sure: bool) -> Result<(), Refusal> {
    guard::refusals(Some(field), text, sure).0.into_iter().next().map_or(Ok(()), Err)
}

fn clock(room: &Room, command: &Command, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    match command {
        // Another node may have ended it, or a facilitator moved its end: then nothing falls due.
        Command::EndStep { step }
            if room.current_step().is_some_and(|now| now.id == *step && now.ends_at.is_some_and(|end| end <= at)) =>
        {
            Ok(vec![Event::StepEnded { step: *step, at }])
        }
        Command::EndStep { .. } => Ok(Vec::new()),
        Command::Poll(command) => polls::clock(room, command, at),
        Command::Breakouts(command) => breakouts::clock(room, command, at),
        Command::Bring { actions, owners, reminders } => {
            let due = room.state == State::Open && !room.brought;
            let (actions, owners, reminders) = (actions.clone(), owners.clone(), reminders.clone());
            let brought = Event::Brought { actions, owners, reminders };
            Ok(due.then_some(brought).into_iter().collect())
        }
        _ => Err(Refusal::of(Code::Forbidden)),
    }
}

/// Attendance counts while the session is open; before and after, presence is only told, not stored.
fn arrive(room: &Room, who: &Participant, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    if room.state != State::Open {
        return Ok(Vec::new());
    }
    match room.people.get(&who.id) {
        Some(known) if known.here && known.with.is_none() && known.who == *who => Ok(Vec::new()),
        None if room.people.len() >= PEOPLE_MAX => Err(Refusal::of(Code::TooMany).fact("limit", PEOPLE_MAX)),
        _ => Ok(vec![Event::Arrived { who: who.clone(), at, with: None }]),
    }
}

fn leave(room: &Room, person: PersonId, at: Timestamp) -> Vec<Event> {
    // Hands stay queued when a participant drops out: phones do so while waiting.
    let mut events = seats::leave(room, person, at);
    events.extend(room.is_here(person).then_some(Event::Left { person, at }));
    events
}

fn remove(room: &Room, person: PersonId, at: Timestamp) -> Vec<Event> {
    let concerned = room.is_here(person)
        || room.hand(person).is_some()
        || room.floor.as_ref().is_some_and(|floor| floor.person == person);
    let mut events = seats::leave(room, person, at);
    events.extend(concerned.then_some(Event::Removed { person, at }));
    events
}

/// What the closing of a room causes, from the end of its step to the closing itself.
pub fn closing(room: &Room, by: PersonId, at: Timestamp) -> Vec<Event> {
    let mut events = Steering { room, at }.end_current();
    events.extend(breakouts::close_all(room, at));
    events.extend(polls::close_all(room, at));
    events.extend(agreements::close_all(room, by, at));
    events.push(Event::Closed { by: Some(by), at });
    events
}

/// A permitted command about to be decided.
struct Turn<'a> {
    room: &'a Room,
    me: &'a Participant,
    given: Given,
}

impl<'a> Turn<'a> {
    fn acting(&self) -> Acting<'a> {
        Acting { room: self.room, me: self.me, at: self.given.at }
    }

    fn message(&self, id: MessageId) -> Result<&'a Message, Refusal> {
        self.room.message(id).filter(|message| !message.is_deleted()).ok_or_else(|| Refusal::of(Code::MessageGone))
    }

    fn say(&self, text: &str, reply_to: Option<MessageId>) -> Result<Vec<Event>, Refusal> {
        self.room.may_write(self.me)?;
        if let Some(answered) = reply_to {
            self.message(answered)?;
        }
        let id = message_id(self.me.id, self.given.id);
        Ok(vec![Event::Said { id, by: self.me.id, at: self.given.at, text: Some(text.to_owned()), reply_to }])
    }

    fn edit(&self, message: MessageId, text: &str) -> Result<Vec<Event>, Refusal> {
        let found = self.message(message)?;
        if found.by != self.me.id {
            return Err(Refusal::of(Code::Forbidden));
        }
        self.room.may_write(self.me)?;
        if found.text.as_deref() == Some(text) {
            return Ok(Vec::new());
        }
        Ok(vec![Event::Edited { message, at: self.given.at, text: Some(text.to_owned()) }])
    }

    fn delete(&self, message: MessageId) -> Result<Vec<Event>, Refusal> {
        if self.message(message)?.by != self.me.id && !self.me.facilitates() {
            return Err(Refusal::of(Code::Forbidden));
        }
        Ok(vec![Event::Deleted { message, by: self.me.id }])
    }

    fn raise_hand(&self) -> Result<Vec<Event>, Refusal> {
        if self.room.hand(self.me.id).is_some() {
            return Err(Refusal::of(Code::HandUp));
        }
        if self.room.floor.as_ref().is_some_and(|floor| floor.person == self.me.id) {
            return Err(Refusal::of(Code::SpeakNow));
        }
        self.listens(self.me)?;
        Ok(vec![Event::HandRaised { person: self.me.id, at: self.given.at }])
    }

    fn lower_hand(&self, person: Option<PersonId>) -> Result<Vec<Event>, Refusal> {
        let person = person.unwrap_or(self.me.id);
        self.room.hand(person).ok_or_else(|| Refusal::of(Code::HandDown))?;
        Ok(vec![Event::HandLowered { person, by: self.me.id }])
    }

    fn give_floor(&self, person: PersonId) -> Result<Vec<Event>, Refusal> {
        let attendee = self.room.people.get(&person).ok_or_else(|| Refusal::of(Code::Missing).at("person"))?;
        self.listens(&attendee.who)?;
        if self.room.floor.as_ref().is_some_and(|floor| floor.person == person) {
            return Ok(Vec::new());
        }
        Ok(vec![Event::FloorGiven { person, at: self.given.at }])
    }

    fn finish_floor(&self) -> Result<Vec<Event>, Refusal> {
        let floor = self.room.floor.as_ref().ok_or_else(|| Refusal::of(Code::HandDown))?;
        if floor.person != self.me.id && !self.me.facilitates() {
            return Err(Refusal::of(Code::Forbidden));
        }
        Ok(vec![Event::FloorFinished { person: floor.person, at: Some(self.given.at) }])
    }

    /// Who presents where the others speak has no word, not even when it is given to them.
    fn listens(&self, who: &Participant) -> Result<(), Refusal> {
        let listens = self.room.rules().speakers() == Speakers::Others && self.room.presents(who);
        if listens { Err(Refusal::of(Code::StepListen)) } else { Ok(()) }
    }

    fn present(&self, who: Option<Party>) -> Result<Vec<Event>, Refusal> {
        if self.room.presenter == who {
            return Ok(Vec::new());
        }
        let here = |who: Party| self.room.people.values().any(|attendee| attendee.who.is_of(who));
        if who.is_some_and(|who| !here(who) && self.room.owner(who).is_none()) {
            return Err(Refusal::of(Code::FieldWrong).at("who"));
        }
        Ok(vec![Event::Presents { who }])
    }
}
