//! The steps of the agenda: what facilitators ask of them, and what becomes of them.

use super::{
    command::{Command, STEP_MINUTES_MAX},
    event::{Event, NewStep},
    room::{Room, STEPS_MAX, Step},
    round,
};
use crate::{
    ids::*,
    refusal::{Code, Refusal},
    time::{Millis, Timestamp},
};

/// A facilitator about to change the agenda.
pub(super) struct Steering<'a> {
    pub room: &'a Room,
    pub at: Timestamp,
}

impl<'a> Steering<'a> {
    /// `new` is the id of a step that is added. Commands that are not about steps cause nothing.
    pub fn decide(&self, command: &Command, new: StepId) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::StartStep { step } => Ok(self.start(self.known(*step)?)),
            Command::ExtendStep { step, minutes } => self.extend(self.known(*step)?, *minutes),
            Command::EndStep { step } => Ok(self.end(self.known(*step)?)),
            Command::NextStep {} => match (self.room.next_step(), self.room.current_step()) {
                (Some(next), _) => Ok(self.start(next)),
                (None, Some(last)) => Ok(self.end(last)),
                (None, None) => Err(Refusal::of(Code::StepGone)),
            },
            Command::AddStep { title, minutes, rules } => {
                in_minutes(*minutes)?;
                if self.room.steps.len() >= STEPS_MAX {
                    return Err(Refusal::of(Code::SessionAgenda).fact("limit", STEPS_MAX));
                }
                let step = NewStep { id: new, title: title.to_string(), minutes: *minutes, rules: *rules, note: None };
                Ok(vec![Event::StepAdded { step }])
            }
            Command::SkipStep { step } => {
                let ahead = self.ahead(*step)?;
                Ok((!ahead.skipped).then_some(Event::StepSkipped { step: *step }).into_iter().collect())
            }
            Command::MoveStep { step, before } => {
                self.ahead(*step)?;
                if let Some(before) = before {
                    self.ahead(*before)?;
                }
                let after = self.room.steps.iter().skip_while(|known| known.id != *step).nth(1).map(|next| next.id);
                let stays = *before == Some(*step) || *before == after;
                let moved = Event::StepMoved { step: *step, before: *before };
                Ok((!stays).then_some(moved).into_iter().collect())
            }
            Command::NoteStep { step, text } => {
                let same = self.known(*step)?.note.as_deref() == text.as_deref();
                let noted = Event::StepNoted { step: *step, note: text.as_deref().map(str::to_owned) };
                Ok((!same).then_some(noted).into_iter().collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    fn known(&self, id: StepId) -> Result<&'a Step, Refusal> {
        self.room.step(id).ok_or_else(|| Refusal::of(Code::StepGone))
    }

    /// One that has not begun.
    fn ahead(&self, id: StepId) -> Result<&'a Step, Refusal> {
        self.room.step(id).filter(|step| step.started_at.is_none()).ok_or_else(|| Refusal::of(Code::StepGone))
    }

    fn start(&self, step: &Step) -> Vec<Event> {
        if self.room.current == Some(step.id) {
            return Vec::new();
        }
        let mut events = self.end_current();
        let ends_at = self.at.plus(Millis::minutes(step.minutes.into()));
        events.push(Event::StepStarted { step: step.id, at: self.at, ends_at });
        events.extend(round::begin(self.room, step.rules));
        events
    }

    /// The end moves from where it was, or from now when it has passed: a step whose time ran out can be taken up again as long
    /// as no other has been started.
    fn extend(&self, step: &Step, minutes: u32) -> Result<Vec<Event>, Refusal> {
        in_minutes(minutes)?;
        let runs = self.room.current == Some(step.id);
        let ran_out = self.room.current.is_none() && step.ended_at.is_some();
        let Some(ends_at) = step.ends_at.filter(|_| runs || ran_out) else {
            return Err(Refusal::of(Code::StepGone));
        };
        let ends_at = ends_at.max(self.at).plus(Millis::minutes(minutes.into()));
        let mut events = vec![Event::StepExtended { step: step.id, ends_at }];
        events.extend(round::begin(self.room, step.rules).filter(|_| ran_out));
        Ok(events)
    }

    fn end(&self, step: &Step) -> Vec<Event> {
        let runs = self.room.current == Some(step.id);
        runs.then_some(Event::StepEnded { step: step.id, at: self.at }).into_iter().collect()
    }

    pub fn end_current(&self) -> Vec<Event> {
        self.room.current_step().map(|step| self.end(step)).unwrap_or_default()
    }
}

pub(super) fn in_minutes(minutes: u32) -> Result<(), Refusal> {
    if (1..=STEP_MINUTES_MAX).contains(&minutes) {
        return Ok(());
    }
    Err(Refusal::of(Code::NumberRange).at("minutes").fact("min", 1).fact("max", STEP_MINUTES_MAX))
}

/// Takes the plan as it is given; what is known of a step that stays is kept.
pub(super) fn reschedule(room: &mut Room, plan: &[NewStep]) {
    let mut before = std::mem::take(&mut room.steps);
    for new in plan.iter().take(STEPS_MAX) {
        if room.step(new.id).is_some() {
            continue;
        }
        let mut step = planned(new);
        if let Some(index) = before.iter().position(|step| step.id == new.id) {
            let known = before.swap_remove(index);
            (step.started_at, step.ends_at, step.ended_at) = (known.started_at, known.ends_at, known.ended_at);
            step.skipped = known.skipped;
        }
        room.steps.push(step);
    }
    if room.current_step().is_none() {
        room.current = None;
    }
}

fn planned(step: &NewStep) -> Step {
    Step {
        id: step.id,
        title: step.title.clone(),
        minutes: step.minutes,
        started_at: None,
        ends_at: None,
        ended_at: None,
        rules: step.rules,
        skipped: false,
        note: step.note.clone(),
    }
}

fn find(room: &mut Room, id: StepId) -> Option<&mut Step> {
    room.steps.iter_mut().find(|step| step.id == id)
}

pub(super) fn add(room: &mut Room, step: &NewStep) {
    if room.steps.len() < STEPS_MAX && room.step(step.id).is_none() {
        room.steps.push(planned(step));
    }
}

pub(super) fn start(room: &mut Room, step: StepId, at: Timestamp, ends_at: Timestamp) {
    if let Some(step) = find(room, step) {
        step.started_at = Some(at);
        step.ends_at = Some(ends_at);
        step.ended_at = None;
        step.skipped = false;
        room.current = Some(step.id);
    }
}

pub(super) fn extend(room: &mut Room, step: StepId, ends_at: Timestamp) {
    if let Some(step) = find(room, step) {
        step.ends_at = Some(ends_at);
        step.ended_at = None;
        room.current = Some(step.id);
    }
}

pub(super) fn end(room: &mut Room, step: StepId, at: Timestamp) {
    if let Some(step) = find(room, step) {
        step.ended_at = Some(at);
    }
    if room.current.take_if(|current| *current == step).is_some() {
        round::end(room, at);
    }
}

pub(super) fn skip(room: &mut Room, step: StepId) {
    if let Some(step) = find(room, step) {
        step.skipped = true;
    }
}

/// Before another, or to the end; one that is not held changes nothing.
pub(super) fn shift(room: &mut Room, step: StepId, before: Option<StepId>) {
    let Some(from) = room.steps.iter().position(|known| known.id == step) else { return };
    if before.is_some_and(|before| before == step || room.step(before).is_none()) {
        return;
    }
    let moved = room.steps.remove(from);
    let to = before.and_then(|before| room.steps.iter().position(|known| known.id == before));
    room.steps.insert(to.unwrap_or(room.steps.len()), moved);
}

pub(super) fn note(room: &mut Room, step: StepId, note: Option<&str>) {
    if let Some(step) = find(room, step) {
        step.note = note.map(str::to_owned);
    }
}
