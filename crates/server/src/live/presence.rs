//! Who is connected now: never stored, told in frames that are gathered for a while.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

use model::{
    ids::PersonId,
    live::{Participant, ServerFrame},
    time::Timestamp,
};
use tokio::time::Instant;

use super::outlet::Outlet;

pub struct Presence {
    people: HashMap<PersonId, Here>,
    /// Sockets that have not been told who is here.
    fresh: Vec<Arc<Outlet>>,
    came: BTreeSet<PersonId>,
    gone: BTreeSet<PersonId>,
    told_at: Option<Instant>,
    every: Duration,
    leave_after: Duration,
}

struct Here {
    /// None for one who was here before this node had the room open.
    card: Option<Arc<Participant>>,
    sockets: usize,
    /// When the leave is due, and when the last socket closed.
    leaves: Option<(Instant, Timestamp)>,
}

/// What is to be told now.
pub struct Telling {
    pub fresh: Vec<Arc<Outlet>>,
    pub all: ServerFrame,
    /// None when nothing has changed.
    pub news: Option<ServerFrame>,
}

impl Presence {
    pub fn new(every: Duration, leave_after: Duration) -> Self {
        Self {
            people: HashMap::new(),
            fresh: Vec::new(),
            came: BTreeSet::new(),
            gone: BTreeSet::new(),
            told_at: None,
            every,
            leave_after,
        }
    }

    /// Somebody is in the room by its events, but not connected here; they leave at `due` unless they come back.
    pub fn expect(&mut self, person: PersonId, due: Instant, seen_at: Timestamp) {
        self.people.entry(person).or_insert(Here { card: None, sockets: 0, leaves: Some((due, seen_at)) });
    }

    pub fn joined(&mut self, outlet: Arc<Outlet>, card: Arc<Participant>) {
        let here = self.people.entry(card.id).or_insert(Here { card: None, sockets: 0, leaves: None });
        here.sockets += 1;
        here.leaves = None;
        if here.card.as_ref() != Some(&card) {
            self.came.insert(card.id);
            self.gone.remove(&card.id);
            here.card = Some(card);
        }
        self.fresh.push(outlet);
    }

    /// The person's card has changed: a role was given or taken.
    pub fn changed(&mut self, card: Arc<Participant>) {
        if let Some(here) = self.people.get_mut(&card.id)
            && here.card.as_ref() != Some(&card)
        {
            self.came.insert(card.id);
            here.card = Some(card);
        }
    }

    pub fn left(&mut self, outlet: &Outlet, now: Instant, at: Timestamp) {
        self.fresh.retain(|fresh| fresh.id != outlet.id);
        if let Some(here) = self.people.get_mut(&outlet.person) {
            here.sockets = here.sockets.saturating_sub(1);
            if here.sockets == 0 {
                here.leaves = Some((now + self.leave_after, at));
            }
        }
    }

    /// Takes the person off at once.
    pub fn removed(&mut self, person: PersonId) {
        if self.people.remove(&person).is_some() {
            self.came.remove(&person);
            self.gone.insert(person);
        }
    }

    /// Those whose leave has fallen due, with when they were last here.
    pub fn due(&mut self, now: Instant) -> Vec<(PersonId, Timestamp)> {
        let due = |here: &Here| here.leaves.filter(|(due, _)| *due <= now).map(|(_, at)| at);
        let left: Vec<(PersonId, Timestamp)> =
            self.people.iter().filter_map(|(person, here)| Some((*person, due(here)?))).collect();
        for (person, _) in &left {
            self.removed(*person);
        }
        left
    }

    /// When to look again.
    pub fn next(&self, now: Instant) -> Option<Instant> {
        let leave = self.people.values().filter_map(|here| here.leaves.map(|(due, _)| due)).min();
        let tell =
            (!self.fresh.is_empty() || !self.came.is_empty() || !self.gone.is_empty()).then(|| self.tell_at(now));
        leave.into_iter().chain(tell).min()
    }

    pub fn tell(&mut self, now: Instant) -> Option<Telling> {
        let changed = !self.came.is_empty() || !self.gone.is_empty();
        if (!changed && self.fresh.is_empty()) || self.tell_at(now) > now {
            return None;
        }
        self.told_at = Some(now);
        let cards = |people: &mut dyn Iterator<Item = &PersonId>| {
            people.filter_map(|person| self.people.get(person)?.card.as_deref().cloned()).collect::<Vec<_>>()
        };
        let all = ServerFrame::People { all: true, here: cards(&mut self.people.keys()), gone: Vec::new() };
        let news = changed.then(|| ServerFrame::People {
            all: false,
            here: cards(&mut self.came.iter()),
            gone: self.gone.iter().copied().collect(),
        });
        self.came.clear();
        self.gone.clear();
        Some(Telling { fresh: std::mem::take(&mut self.fresh), all, news })
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    pub fn connected(&self) -> impl Iterator<Item = (&PersonId, &Arc<Participant>)> {
        self.people
            .iter()
            .filter(|(_, here)| here.sockets > 0)
            .filter_map(|(person, here)| Some((person, here.card.as_ref()?)))
    }

    /// The first is told at once; later ones keep their distance, and gather what happens meanwhile.
    fn tell_at(&self, now: Instant) -> Instant {
        self.told_at.map_or(now, |told| (told + self.every).max(now))
    }
}

#[cfg(test)]
mod tests {
    use model::{ids::*, live::Standing};
    use uuid::Uuid;

    use super::*;
    use crate::live::rooms::clock;

    fn rasa() -> Arc<Participant> {
        let id = PersonId::from_uuid(Uuid::from_u128(2));
        Arc::new(Participant {
            id,
            name: "Rasa Jankauskienė".into(),
            team: None,
            school: None,
            role: Standing::Participant,
        })
    }

    fn outlet(number: u128) -> Arc<Outlet> {
        Arc::new(Outlet::new(
            ConnectionId::from_uuid(Uuid::from_u128(number)),
            rasa().id,
            SignInId::from_uuid(Uuid::nil()),
        ))
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_reload_is_no_leave_and_a_leave_comes_ten_seconds_after_the_last_socket() {
        let (start, at) = (clock(), Timestamp(7));
        let mut presence = Presence::new(SECOND, 10 * SECOND);
        let (first, second) = (outlet(1), outlet(2));
        presence.joined(first.clone(), rasa());
        let told = presence.tell(start).unwrap();
        assert_eq!((told.fresh.len(), told.news.is_some()), (1, true));

        presence.left(&first, start, at);
        assert!(presence.due(start + 9 * SECOND).is_empty());
        presence.joined(second.clone(), rasa());
        assert!(presence.due(start + 20 * SECOND).is_empty());
        assert!(presence.tell(start).is_none(), "a second telling keeps its distance");
        let told = presence.tell(start + SECOND).unwrap();
        assert_eq!((told.fresh.len(), told.news.is_none()), (1, true), "the others saw no change");

        presence.left(&second, start + 20 * SECOND, at);
        assert_eq!(presence.next(start + 20 * SECOND), Some(start + 30 * SECOND));
        assert_eq!(presence.due(start + 30 * SECOND), vec![(rasa().id, at)]);
        let told = presence.tell(start + 30 * SECOND).unwrap();
        assert_eq!(told.news, Some(ServerFrame::People { all: false, here: vec![], gone: vec![rasa().id] }));
        assert!(presence.is_empty());
    }
}
