//! What a session leaves behind, folded from its events.

use std::collections::{BTreeMap, BTreeSet};

use super::{Record, RecordedFloor, RecordedMessage, RecordedPerson, RecordedStep, SessionCard};
use crate::{
    actions::ActionState,
    ids::*,
    live::{Event, Message, Participant, Room, evolve_record},
    sorting::sort_key,
    time::Timestamp,
};

/// How many characters of an answered message are repeated above the answer.
const EXCERPT: usize = 80;

/// The fold of a session's whole journal.
#[derive(Clone, Default)]
pub struct History {
    pub(super) room: Room,
    /// Everyone who was ever there, with the card they last came with and when they first came.
    people: BTreeMap<PersonId, (Participant, Timestamp)>,
    floor: Vec<(PersonId, Timestamp, Option<Timestamp>)>,
}

impl History {
    /// Of a session of which there is only the plan.
    pub fn planned(plan: &Event) -> Self {
        let mut history = Self::default();
        evolve_record(&mut history.room, plan);
        history
    }

    /// How much it holds: messages, people and turns.
    pub fn size(&self) -> usize {
        self.room.messages.len() + self.people.len() + self.floor.len()
    }

    /// Folds the next event, with the time of its row.
    pub fn fold(&mut self, at: Timestamp, event: Event) {
        evolve_record(&mut self.room, &event);
        // Whatever takes the word from someone, the room knows it.
        let holder = self.room.floor.as_ref().map(|floor| floor.person);
        if let Some((person, _, end @ None)) = self.floor.last_mut()
            && (holder != Some(*person) || matches!(event, Event::FloorGiven { .. }))
        {
            *end = Some(at);
        }
        match event {
            Event::Arrived { who, at, .. } => {
                let first = self.people.get(&who.id).map_or(at, |(_, first)| *first);
                self.people.insert(who.id, (who, first));
            }
            Event::FloorGiven { person, at } => self.floor.push((person, at, None)),
            _ => {}
        }
    }

    /// Everyone who is named in it, with the team for which they were there.
    pub fn named(&self) -> Vec<(PersonId, Option<TeamId>)> {
        self.people.values().map(|(who, _)| (who.id, who.team.as_ref().map(|team| team.id))).collect()
    }

    /// Everyone who was ever there, with the card they last came with.
    pub fn attendees(&self) -> impl Iterator<Item = &Participant> {
        self.people.values().map(|(who, _)| who)
    }

    /// All that is folded.
    pub fn room(&self) -> &Room {
        &self.room
    }

    /// When it was opened and closed.
    pub fn held(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        (self.room.opened_at, self.room.closed_at)
    }

    /// Actions from before that were done or dropped here.
    pub fn reviewed(&self) -> Vec<ActionItemId> {
        let ended = |action: &&crate::live::RoomAction| action.brought && action.state != ActionState::Open;
        self.room.actions.iter().filter(ended).map(|action| action.id).collect()
    }

    /// Those in `left` are not named.
    pub fn record(&self, card: SessionCard, left: &BTreeSet<PersonId>) -> Record {
        let closed_at = self.room.closed_at;
        let step = |step: &crate::live::Step| RecordedStep {
            title: step.title.clone(),
            planned_minutes: step.minutes.into(),
            started_at: step.started_at,
            ended_at: step.started_at.and(step.ended_at.or(closed_at)),
        };
        let turn = |(person, from, to): &(PersonId, Timestamp, Option<Timestamp>)| RecordedFloor {
            name: self.name(*person, left),
            from: *from,
            to: *to,
        };
        Record {
            opened_at: self.room.opened_at,
            closed_at,
            steps: self.room.steps.iter().map(step).collect(),
            people: self.people(left),
            messages: self.messages(left).into_iter().map(|(_, message)| message).collect(),
            floor: self.floor.iter().map(turn).collect(),
            actions: Vec::new(),
            reviewed: Vec::new(),
            polls: self.polls(left),
            boards: self.boards(left),
            agreements: Vec::new(),
            groups: Vec::new(),
            card,
        }
    }

    /// By team and name; those without a team last.
    fn people(&self, left: &BTreeSet<PersonId>) -> Vec<RecordedPerson> {
        let mut people: Vec<_> = self.people.values().collect();
        people.sort_by_cached_key(|(who, _)| {
            let team = who.team.as_ref();
            (team.is_none(), team.map(|team| (sort_key(&team.name), team.id)), sort_key(&who.name), who.id)
        });
        let person = |(who, first): &(Participant, Timestamp)| RecordedPerson {
            name: self.name(who.id, left),
            team: who.team.as_ref().map(|team| team.name.clone()),
            school: who.school.clone(),
            with: self.host_of(who.id, left),
            first_seen: *first,
        };
        people.into_iter().map(person).collect()
    }

    /// In the order in which they were said; deleted ones are left out.
    pub fn messages(&self, left: &BTreeSet<PersonId>) -> Vec<(MessageId, RecordedMessage)> {
        let texts: BTreeMap<MessageId, &str> =
            self.room.messages.iter().filter_map(|message| Some((message.id, message.text.as_deref()?))).collect();
        let shown = |message: &Message| {
            let answered = message.reply_to.and_then(|id| texts.get(&id));
            let recorded = RecordedMessage {
                id: message.id,
                by: self.name(message.by, left),
                team: self.people.get(&message.by).and_then(|(who, _)| Some(who.team.as_ref()?.name.clone())),
                text: message.text.clone()?,
                edited: message.edited_at.is_some(),
                at: message.at,
                reply_to: answered.map(|text| excerpt(text)),
                reactions: message.reactions.iter().map(|(kind, people)| (*kind, people.len() as i64)).collect(),
            };
            Some((message.id, recorded))
        };
        self.room.messages.iter().filter_map(shown).collect()
    }

    /// At whose device they sat when they last came.
    pub fn host_of(&self, person: PersonId, left: &BTreeSet<PersonId>) -> Option<String> {
        self.room.people.get(&person)?.with.map(|host| self.name(host, left))
    }

    pub(super) fn name(&self, person: PersonId, left: &BTreeSet<PersonId>) -> String {
        if left.contains(&person) {
            return String::new();
        }
        self.people.get(&person).map(|(who, _)| who.name.clone()).unwrap_or_default()
    }
}

/// The beginning of a text on one line.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT) {
        None => line,
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        live::{NewStep, Standing, StepRules, TeamCard},
        sessions::SessionState,
    };

    fn id<T: Id>(n: u128) -> T {
        T::from_uuid(uuid::Uuid::from_u128(n))
    }

    fn who(n: u128, name: &str, team: Option<&str>) -> Participant {
        let team = team.map(|name| TeamCard { id: id(100 + name.len() as u128), name: name.into() });
        Participant { id: id(n), name: name.into(), team, school: None, role: Standing::Participant }
    }

    fn said(n: u128, by: u128, at: i64, text: &str, reply_to: Option<u128>) -> Event {
        let reply_to = reply_to.map(id);
        Event::Said { id: id(n), by: id(by), at: Timestamp(at), text: Some(text.into()), reply_to }
    }

    fn record(events: Vec<(i64, Event)>) -> Record {
        let steps = [(1, "Problema"), (2, "Sprendimai")];
        let steps = steps
            .map(|(n, title)| NewStep {
                id: id(n),
                title: title.into(),
                minutes: 10,
                rules: StepRules::default(),
                note: None,
            })
            .to_vec();
        let plan = Event::Scheduled { title: "Susitikimas".into(), facilitator: id(1), steps };
        let card = SessionCard {
            id: id(1),
            space: id(1),
            space_name: "Dirbtuvė".into(),
            title: "Susitikimas".into(),
            state: SessionState::Closed,
            starts_at: Timestamp(0),
            minutes: 20,
            main: None,
            facilitator: "Rasa".into(),
        };
        let mut history = History::planned(&plan);
        events.into_iter().for_each(|(at, event)| history.fold(Timestamp(at), event));
        history.record(card, &BTreeSet::new())
    }

    #[test]
    fn people_stand_by_team_and_name_with_the_time_they_first_came() {
        let came = |at, who| (at, Event::Arrived { who, at: Timestamp(at), with: None });
        let record = record(vec![
            came(1, who(1, "Rasa", Some("Ąžuolas"))),
            came(2, who(2, "Ona", None)),
            came(3, who(3, "Tomas", Some("Šaltinis"))),
            came(4, who(4, "Eglė", Some("Ąžuolas"))),
            (5, Event::Left { person: id(1), at: Timestamp(5) }),
            came(6, who(1, "Rasa", Some("Ąžuolas"))),
        ]);
        let people: Vec<_> = record.people.iter().map(|one| (one.name.as_str(), one.first_seen.ms())).collect();
        assert_eq!(people, [("Eglė", 4), ("Rasa", 1), ("Tomas", 3), ("Ona", 2)]);
    }

    #[test]
    fn a_deleted_message_is_neither_shown_nor_repeated() {
        let record = record(vec![
            (1, Event::Arrived { who: who(1, "Rasa", None), at: Timestamp(1), with: None }),
            (2, said(1, 1, 2, "Pirma\n mintis", None)),
            (3, said(2, 1, 3, "Antra mintis", Some(1))),
            (4, said(3, 1, 4, "Trečia mintis", Some(2))),
            (5, Event::Edited { message: id(3), at: Timestamp(5), text: Some("Trečia".into()) }),
            (6, Event::Deleted { message: id(2), by: id(1) }),
            (7, said(4, 1, 7, "Ketvirta", Some(1))),
        ]);
        let texts: Vec<_> = record.messages.iter().map(|one| (one.text.as_str(), one.edited)).collect();
        assert_eq!(texts, [("Pirma\n mintis", false), ("Trečia", true), ("Ketvirta", false)]);
        assert_eq!(record.messages[1].reply_to, None);
        assert_eq!(record.messages[2].reply_to.as_deref(), Some("Pirma mintis"));
        assert!(!serde_json::to_string(&record).unwrap().contains("Antra"));
    }

    #[test]
    fn the_floor_ends_when_it_is_given_on_left_or_the_session_closes() {
        let given = |at, person| (at, Event::FloorGiven { person: id(person), at: Timestamp(at) });
        let record = record(vec![
            given(1, 1),
            given(5, 2),
            (7, Event::FloorFinished { person: id(2), at: None }),
            (8, Event::HandRaised { person: id(2), at: Timestamp(8) }),
            given(9, 3),
            (12, Event::Closed { by: None, at: Timestamp(12) }),
        ]);
        let turns: Vec<_> = record.floor.iter().map(|turn| (turn.from.ms(), turn.to.map(Timestamp::ms))).collect();
        assert_eq!(turns, [(1, Some(5)), (5, Some(7)), (9, Some(12))]);
    }

    #[test]
    fn a_step_under_way_ends_with_the_session() {
        let record = record(vec![
            (1, Event::Opened { by: id(1), at: Timestamp(1) }),
            (2, Event::StepStarted { step: id(1), at: Timestamp(2), ends_at: Timestamp(600) }),
            (9, Event::Closed { by: None, at: Timestamp(9) }),
        ]);
        let steps: Vec<_> = record.steps.iter().map(|step| (step.started_at, step.ended_at)).collect();
        assert_eq!(steps, [(Some(Timestamp(2)), Some(Timestamp(9))), (None, None)]);
        assert_eq!((record.opened_at, record.closed_at), (Some(Timestamp(1)), Some(Timestamp(9))));
    }

    #[test]
    fn an_excerpt_is_cut_between_characters() {
        assert_eq!(excerpt(&"ž".repeat(EXCERPT)), "ž".repeat(EXCERPT));
        assert_eq!(excerpt(&"ž".repeat(EXCERPT + 1)), format!("{}…", "ž".repeat(EXCERPT)));
    }
}
