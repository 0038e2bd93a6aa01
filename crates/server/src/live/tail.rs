//! The last events of a room as the bytes that are sent, shared by everyone who is sent the same.

use std::{collections::VecDeque, ops::Range, sync::Arc};

use bytes::Bytes;
use model::{
    ids::CommandId,
    live::{Audience, Event, Participant, Room, Shown},
};
use uuid::Uuid;

use super::wire;

/// An event with its JSON, and how it looks to those outside its audience.
pub struct Entry {
    pub cause: CommandId,
    pub event: Event,
    pub json: String,
    pub audience: Audience,
}

impl Entry {
    /// `before` is the room that the event is about to change.
    pub fn new(cause: CommandId, event: Event, before: &Room) -> Self {
        let audience = event.audience(before);
        let json = serde_json::to_string(&event).unwrap_or_default();
        Self { cause, event, json, audience }
    }

    /// Takes the text of what was deleted out.
    pub fn redact(&mut self, deleted: Uuid) {
        if let Some(redacted) = self.event.without(deleted) {
            self.json = serde_json::to_string(&redacted).unwrap_or_default();
            self.event = redacted;
        }
    }
}

/// The events of one batch.
struct Chunk {
    first: i64,
    last: i64,
    whole: Version,
    /// None when everyone sees the same.
    cut: Option<Cut>,
}

/// What those see who are outside of an audience.
struct Cut {
    rest: Version,
    /// Of each event of the batch.
    audiences: Box<[Audience]>,
}

struct Version {
    bytes: Bytes,
    /// Where the frame of each event ends.
    ends: Box<[u32]>,
    /// An event of it cannot be told as one: whoever comes upon it needs a fresh room.
    resync: bool,
}

/// What follows a place in the history.
#[derive(Debug, PartialEq, Eq)]
pub enum After {
    /// The bytes up to this place.
    Up(i64),
    /// No longer held, ahead of it, or not to be told as events: a fresh room is needed.
    Gap,
}

pub struct Tail {
    chunks: VecDeque<Arc<Chunk>>,
    head: i64,
    events: usize,
    keep: usize,
}

impl Tail {
    /// An empty tail after the event `head`, which keeps at least the last `keep` events.
    pub fn new(head: i64, keep: usize) -> Self {
        Self { chunks: VecDeque::new(), head, events: 0, keep }
    }

    pub fn head(&self) -> i64 {
        self.head
    }

    /// Appends a batch whose first event is the one after the head.
    pub fn push(&mut self, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        let first = self.head + 1;
        self.head += entries.len() as i64;
        self.events += entries.len();
        let whole = Version::whole(first, entries);
        let cut = entries.iter().any(|entry| entry.audience != Audience::Everyone).then(|| Cut {
            rest: Version::rest(first, entries),
            audiences: entries.iter().map(|entry| entry.audience).collect(),
        });
        self.chunks.push_back(Arc::new(Chunk { first, last: self.head, whole, cut }));
        while let Some(oldest) = self.chunks.front() {
            let size = (oldest.last - oldest.first + 1) as usize;
            if self.events - size < self.keep {
                break;
            }
            self.events -= size;
            self.chunks.pop_front();
        }
    }

    /// Forgets every batch up to the last one that speaks of what was deleted, whose text must not be told again.
    pub fn forget(&mut self, deleted: Uuid) {
        let id = deleted.to_string();
        let speaks = |chunk: &Arc<Chunk>| chunk.whole.bytes.windows(id.len()).any(|window| window == id.as_bytes());
        let Some(last) = self.chunks.iter().rposition(speaks) else { return };
        for chunk in self.chunks.drain(..=last) {
            self.events -= (chunk.last - chunk.first + 1) as usize;
        }
    }

    /// Puts into `out` what the viewer is sent after the event `seq`.
    pub fn after(&self, seq: i64, viewer: &Participant, out: &mut Vec<Bytes>) -> After {
        let oldest = self.chunks.front().map_or(self.head, |chunk| chunk.first - 1);
        if seq > self.head || seq < oldest {
            return After::Gap;
        }
        let begin = self.chunks.partition_point(|chunk| chunk.last <= seq);
        let start = out.len();
        for chunk in self.chunks.range(begin..) {
            // Only the first chunk can be entered in its middle.
            let skip = (seq + 1 - chunk.first).max(0) as usize;
            if !chunk.tell(skip, viewer, out) {
                out.truncate(start);
                return After::Gap;
            }
        }
        After::Up(self.head)
    }
}

impl Chunk {
    /// Puts into `out` what the viewer is sent of it from the event `skip` on; false when that cannot be told as events.
    fn tell(&self, skip: usize, viewer: &Participant, out: &mut Vec<Bytes>) -> bool {
        let Some(cut) = &self.cut else {
            out.push(self.whole.from(skip));
            return true;
        };
        if cut.rest.resync && cut.audiences[skip..].iter().any(|to| !to.includes(viewer)) {
            return false;
        }
        // As few slices as there are changes between what the viewer sees whole and what they do not; what everyone sees is the same
        // in both.
        let (mut from, mut whole) = (skip, None);
        for (index, to) in cut.audiences.iter().enumerate().skip(skip) {
            let sees = if *to == Audience::Everyone { whole } else { Some(to.includes(viewer)) };
            if sees != whole && whole.is_some() {
                out.push(self.part(cut, whole, from..index));
                from = index;
            }
            whole = sees;
        }
        out.push(self.part(cut, whole, from..cut.audiences.len()));
        true
    }

    fn part(&self, cut: &Cut, whole: Option<bool>, events: Range<usize>) -> Bytes {
        let version = if whole == Some(false) { &cut.rest } else { &self.whole };
        version.bytes.slice(version.start(events.start)..version.start(events.end))
    }
}

impl Version {
    /// The frames from the event `skip` of the batch on.
    fn from(&self, skip: usize) -> Bytes {
        self.bytes.slice(self.start(skip)..)
    }

    /// Where the frame of an event begins, or after the last one the end.
    fn start(&self, index: usize) -> usize {
        index.checked_sub(1).map_or(0, |before| self.ends[before] as usize)
    }

    fn whole(first: i64, entries: &[Entry]) -> Self {
        let mut bytes = Vec::with_capacity(entries.iter().map(|entry| entry.json.len() + 100).sum());
        let mut ends = Vec::with_capacity(entries.len());
        for (entry, seq) in entries.iter().zip(first..) {
            wire::happened(&mut bytes, seq, Some(entry.cause), Some(&entry.json));
            ends.push(bytes.len() as u32);
        }
        Self { bytes: bytes.into(), ends: ends.into(), resync: false }
    }

    fn rest(first: i64, entries: &[Entry]) -> Self {
        let mut resync = false;
        let shown: Vec<Shown> = entries
            .iter()
            .map(|entry| if entry.audience == Audience::Everyone { Shown::Same } else { entry.event.shown_to_rest() })
            .inspect(|shown| resync |= *shown == Shown::Resync)
            .collect();
        let mut bytes = Vec::new();
        let mut ends = Vec::with_capacity(entries.len());
        for ((entry, shown), seq) in entries.iter().zip(&shown).zip(first..) {
            match shown {
                Shown::Same => wire::happened(&mut bytes, seq, Some(entry.cause), Some(&entry.json)),
                Shown::Changed(event) => {
                    let json = serde_json::to_string(event).unwrap_or_default();
                    wire::happened(&mut bytes, seq, Some(entry.cause), Some(&json));
                }
                Shown::Hidden | Shown::Resync => wire::happened(&mut bytes, seq, None, None),
            }
            ends.push(bytes.len() as u32);
        }
        Self { bytes: bytes.into(), ends: ends.into(), resync }
    }
}

#[cfg(test)]
mod tests {
    use model::{
        ids::*,
        live::{NewStep, ServerFrame, Standing},
        time::Timestamp,
    };

    use super::*;

    fn viewer(role: Standing) -> Participant {
        Participant {
            id: PersonId::from_uuid(Uuid::from_u128(1000)),
            name: "Rasa Jankauskienė".into(),
            team: None,
            school: None,
            role,
        }
    }

    fn entry(number: u128, event: Event) -> Entry {
        Entry::new(CommandId::from_uuid(Uuid::from_u128(number)), event, &Room::default())
    }

    fn said(number: u128, text: &str) -> Entry {
        let (id, by) = (MessageId::from_uuid(Uuid::from_u128(number)), PersonId::from_uuid(Uuid::from_u128(1000)));
        entry(number, Event::Said { id, by, at: Timestamp(1), text: Some(text.into()), reply_to: None })
    }

    fn read(tail: &Tail, seq: i64, viewer: &Participant) -> Option<Vec<(i64, Option<Event>)>> {
        let mut out = Vec::new();
        if tail.after(seq, viewer, &mut out) == After::Gap {
            assert!(out.is_empty());
            return None;
        }
        let mut frames = Vec::new();
        let bytes: Vec<u8> = out.concat();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let (length, header) = match rest[1] {
                126 => (usize::from(u16::from_be_bytes([rest[2], rest[3]])), 4),
                short => (usize::from(short), 2),
            };
            let ServerFrame::Happened { seq, event, .. } =
                serde_json::from_slice(&rest[header..header + length]).unwrap()
            else {
                panic!("not an event");
            };
            frames.push((seq, event));
            rest = &rest[header + length..];
        }
        Some(frames)
    }

    #[test]
    fn whoever_resumes_gets_the_whole_gap_or_none_of_it() {
        let mut tail = Tail::new(10, 4);
        let rasa = viewer(Standing::Participant);
        assert_eq!(read(&tail, 10, &rasa), Some(vec![]));
        tail.push(&[said(1, "a"), said(2, "b"), said(3, "c")]);
        tail.push(&[said(4, "d")]);
        for from in 10..=14 {
            let seqs: Vec<i64> = read(&tail, from, &rasa).unwrap().into_iter().map(|(seq, _)| seq).collect();
            assert_eq!(seqs, ((from + 1)..=14).collect::<Vec<_>>());
        }
        assert_eq!(read(&tail, 9, &rasa), None, "behind what is held");
        assert_eq!(read(&tail, 15, &rasa), None, "ahead of the server");
        tail.push(&[said(5, "e"), said(6, "f"), said(7, "g")]);
        assert_eq!(read(&tail, 12, &rasa), None, "the first batch is gone");
        assert_eq!(read(&tail, 13, &rasa).unwrap().len(), 4);
    }

    #[test]
    fn those_outside_the_audience_get_only_the_number() {
        let mut tail = Tail::new(0, 100);
        let step = NewStep {
            id: StepId::from_uuid(Uuid::from_u128(9)),
            title: "Įžanga".into(),
            minutes: 5,
            rules: Default::default(),
            note: Some("Tik mums".into()),
        };
        let noted = Event::StepNoted { step: step.id, note: Some("Slapta".into()) };
        tail.push(&[said(1, "a"), entry(2, noted.clone()), entry(3, Event::StepAdded { step: step.clone() })]);
        let told = read(&tail, 1, &viewer(Standing::Facilitator)).unwrap();
        assert_eq!(told, vec![(2, Some(noted)), (3, Some(Event::StepAdded { step: step.clone() }))]);
        let told = read(&tail, 1, &viewer(Standing::Participant)).unwrap();
        assert_eq!(told, vec![(2, None), (3, Some(Event::StepAdded { step: NewStep { note: None, ..step } }))]);
    }

    #[test]
    fn of_one_batch_everybody_sees_their_own_and_nobody_what_is_sealed() {
        let mut tail = Tail::new(0, 100);
        let noted = |number: u128, audience| {
            let step = StepId::from_uuid(Uuid::from_u128(number));
            Entry { audience, ..entry(number, Event::StepNoted { step, note: Some("Slapta".into()) }) }
        };
        let rasa = viewer(Standing::Participant);
        let other = PersonId::from_uuid(Uuid::from_u128(1001));
        tail.push(&[
            said(1, "a"),
            noted(2, Audience::Person(rasa.id)),
            noted(3, Audience::Person(other)),
            noted(4, Audience::Nobody),
            said(5, "b"),
        ]);
        let seen = |seq, viewer: &Participant| {
            read(&tail, seq, viewer).unwrap().into_iter().map(|(seq, event)| (seq, event.is_some())).collect::<Vec<_>>()
        };
        assert_eq!(seen(0, &rasa), [(1, true), (2, true), (3, false), (4, false), (5, true)]);
        assert_eq!(seen(2, &rasa), [(3, false), (4, false), (5, true)]);
        let vilma = Participant { id: PersonId::from_uuid(Uuid::from_u128(1002)), ..viewer(Standing::Facilitator) };
        assert_eq!(seen(0, &vilma), [(1, true), (2, false), (3, false), (4, false), (5, true)]);
    }

    #[test]
    fn a_deleted_text_is_not_told_again() {
        let mut tail = Tail::new(0, 100);
        let rasa = viewer(Standing::Participant);
        tail.push(&[said(1, "slapta"), said(2, "b")]);
        tail.push(&[said(3, "c")]);
        tail.forget(Uuid::from_u128(2));
        assert_eq!(read(&tail, 0, &rasa), None);
        assert_eq!(read(&tail, 2, &rasa).unwrap().len(), 1);
        let mut entry = said(4, "slapta");
        entry.redact(Uuid::from_u128(4));
        assert!(!entry.json.contains("slapta"));
    }
}
