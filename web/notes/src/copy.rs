//! One's own copy of the text: what is written into it, what the server has of that, and what comes from others.

use std::collections::BTreeMap;

use notes::{
    Anchor, Message, Notes, Run,
    presence::{self, Entry, State},
    told::{self, Author, Told},
};
use serde::{Deserialize, Serialize};

pub struct Copy {
    pub notes: Notes,
    /// Of which the copy is; empty before the first welcome.
    pub epoch: String,
    /// Whether there is a text to show: from the server, or kept from before.
    pub known: bool,
    pub writes: bool,
    pub limit: usize,
    /// Client ids with the person and the name.
    pub authors: BTreeMap<u64, (String, String)>,
    /// Others who are here.
    pub here: BTreeMap<u64, State>,
    pub refused: Option<Refused>,
    /// This socket has told all that it knows, and has been told.
    synced: bool,
    /// Updates sent over this socket, and those that are on disk.
    sent: u64,
    saved: u64,
    /// How far each of them went, by the clocks of one's own client ids.
    clocks: Vec<(u64, BTreeMap<u64, u32>)>,
    /// One's own client ids, this page's and those of copies that were kept, each with how far its letters are on disk.
    own: BTreeMap<u64, u32>,
    /// What the server knows once all that was sent has come.
    told: Vec<u8>,
    /// Something was written that was not sent yet.
    unsent: bool,
    presence_clock: u32,
    connections: u64,
    /// Begun anew, and the server has not told its text yet.
    waiting: bool,
}

/// What was not taken.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Refused {
    pub code: String,
    pub facts: Vec<(String, String)>,
    pub passable: bool,
    pub text: String,
    /// Where it stood.
    pub at: u32,
}

/// What is kept in the browser.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    pub epoch: String,
    pub person: String,
    pub state: String,
    pub unsaved: bool,
    /// Client ids under which it was written, each with how far its letters are on disk.
    pub own: Vec<(u64, u32)>,
    /// What was not taken and is not decided upon.
    pub refused: Option<Refused>,
}

/// What is to be done after a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Then {
    Send(Vec<u8>),
    /// The connection ends; come again after so many milliseconds, or not at all.
    Bye {
        reason: String,
        retry_after: Option<u64>,
    },
}

/// Of what was typed into a text that was begun anew meanwhile.
pub const CHANGED: &str = "changed";

/// The id under which a copy that has another would write.
pub type NewId<'a> = &'a mut dyn FnMut() -> u64;

impl Copy {
    pub fn new(client: u64) -> Self {
        Self {
            notes: Notes::new(client),
            epoch: String::new(),
            known: false,
            writes: false,
            limit: notes::TEXT_MAX,
            authors: BTreeMap::new(),
            here: BTreeMap::new(),
            refused: None,
            synced: false,
            sent: 0,
            saved: 0,
            clocks: Vec::new(),
            own: BTreeMap::from([(client, 0)]),
            told: Vec::new(),
            unsent: false,
            presence_clock: 0,
            connections: 0,
            waiting: false,
        }
    }

    /// Takes up what was kept in this browser. It must be of one epoch with what was taken up before.
    pub fn take_up(&mut self, kept: &Kept) -> bool {
        let same = self.epoch.is_empty() || self.epoch == kept.epoch;
        let state = notes::base64::decode(&kept.state);
        let taken = same && state.is_ok_and(|state| self.notes.apply(&state).is_ok());
        if taken {
            self.epoch.clone_from(&kept.epoch);
            self.known = true;
            // Until it is known who may: one who could before goes on.
            self.writes = true;
            self.unsent |= kept.unsaved;
            self.own.extend(kept.own.iter().copied());
            if self.refused.is_none() {
                self.refused.clone_from(&kept.refused);
            }
        }
        taken
    }

    pub fn kept(&self, person: &str) -> Kept {
        Kept {
            epoch: self.epoch.clone(),
            person: person.to_owned(),
            state: notes::base64::encode(&self.notes.state()),
            unsaved: self.is_unsaved() || self.refused.is_some(),
            refused: self.refused.clone(),
            own: self.own.iter().map(|(client, clock)| (*client, *clock)).collect(),
        }
    }

    pub fn is_synced(&self) -> bool {
        self.synced
    }

    /// The copy says nothing yet of what the field shows.
    pub fn is_waiting(&self) -> bool {
        self.waiting
    }

    pub fn is_unsaved(&self) -> bool {
        self.unsent || self.saved < self.sent
    }

    /// Writes what somebody typed into a field that said `shown`: the text is `wanted` now. What is typed while the text is begun anew
    /// goes where the rest of it is kept.
    pub fn type_text(&mut self, shown: &str, wanted: &str) {
        if self.waiting {
            let (.., written) = notes::difference(shown, wanted);
            let nothing = || Refused { code: CHANGED.to_owned(), ..Refused::default() };
            self.refused.get_or_insert_with(nothing).text += written;
            return;
        }
        self.unsent |= self.notes.become_text(wanted).is_some();
    }

    pub fn put(&mut self, at: u32, text: &str) {
        self.unsent |= self.notes.edit(at, 0, text).is_some();
    }

    /// What was written since the last time, if the server can hear it.
    pub fn flush(&mut self) -> Option<Vec<u8>> {
        if !self.synced || !self.unsent || !self.writes {
            return None;
        }
        let update = self.notes.since(&self.told).ok()?;
        self.unsent = false;
        self.told = self.notes.vector();
        Some(self.sending(Message::Update(&update)))
    }

    fn sending(&mut self, message: Message<'_>) -> Vec<u8> {
        self.sent += 1;
        let clocks = self.own.keys().map(|client| (*client, self.notes.clock(*client))).collect();
        self.clocks.push((self.sent, clocks));
        message.write()
    }

    /// The last update that was sent, of which connection.
    pub fn awaited(&self) -> (u64, u64) {
        (self.connections, self.sent)
    }

    /// Whether the update that was awaited then is still not on disk, over the same connection.
    pub fn is_unanswered(&self, (connections, sent): (u64, u64)) -> bool {
        self.synced && self.connections == connections && self.saved < sent
    }

    /// Tells the others where the caret is.
    pub fn caret(&mut self, caret: Option<(u32, u32)>) -> Vec<u8> {
        self.presence_clock += 1;
        let caret = caret.map(|(from, to)| (self.notes.anchor(from), self.notes.anchor(to)));
        let state = State { caret, ..State::default() };
        let entry = Entry { client: self.notes.client(), clock: self.presence_clock, state: Some(state) };
        Message::Presence(&presence::write(&[entry])).write()
    }

    /// A new connection: what the old one told is not known to have come.
    pub fn opened(&mut self) {
        self.connections += 1;
        (self.synced, self.sent, self.saved) = (false, 0, 0);
        self.clocks.clear();
        self.here.clear();
    }

    pub fn lost(&mut self) {
        // What was under way is sent again by the next one.
        self.unsent |= self.saved < self.sent;
        (self.synced, self.sent, self.saved) = (false, 0, 0);
        self.here.clear();
    }

    /// Hears one message. What cannot be read is passed over: it is a newer server's.
    pub fn hear(&mut self, bytes: &[u8], id: NewId<'_>) -> Vec<Then> {
        let Ok(message) = Message::read(bytes) else { return Vec::new() };
        match message {
            Message::Step1(vector) => self.answer(vector),
            Message::Step2(update) => {
                if self.notes.apply(update).is_err() {
                    return vec![self.ask()];
                }
                (self.synced, self.known, self.waiting) = (true, true, false);
                if !self.unsent {
                    self.told = self.notes.vector();
                }
                Vec::new()
            }
            Message::Update(update) => match self.notes.apply(update) {
                // Something between was not heard: asked for.
                Err(_) => vec![self.ask()],
                Ok(_) => Vec::new(),
            },
            Message::Presence(body) => {
                self.hear_presence(body);
                Vec::new()
            }
            Message::AskPresence => Vec::new(),
            Message::Told(json) => match told::read(json) {
                Ok(told) => self.hear_told(told, id),
                Err(_) => Vec::new(),
            },
        }
    }

    /// Tells what the server lacks, and asks for what is lacking here.
    fn answer(&mut self, vector: &[u8]) -> Vec<Then> {
        let mut then = Vec::new();
        if self.writes
            && let Ok(update) = self.notes.since(vector)
        {
            self.unsent = false;
            self.told = self.notes.vector();
            then.push(Then::Send(self.sending(Message::Step2(&update))));
        }
        then.push(self.ask());
        then
    }

    fn ask(&self) -> Then {
        Then::Send(Message::Step1(&self.notes.vector()).write())
    }

    fn hear_presence(&mut self, body: &[u8]) {
        for Entry { client, state, .. } in presence::read(body).unwrap_or_default() {
            match state {
                Some(state) if client != self.notes.client() => drop(self.here.insert(client, state)),
                _ => drop(self.here.remove(&client)),
            }
        }
    }

    fn hear_told(&mut self, told: Told, id: NewId<'_>) -> Vec<Then> {
        match told {
            Told::Welcome { epoch, writes, limit, .. } => {
                if !self.epoch.is_empty() && self.epoch != epoch {
                    // What the server has of the copy is not known any more: all that is one's own is kept.
                    let refused = Refused { code: CHANGED.to_owned(), ..Refused::default() };
                    let unsaved = self.is_unsaved();
                    self.begin_anew(refused, unsaved, id());
                }
                (self.epoch, self.writes, self.limit) = (epoch, writes, limit);
            }
            Told::Authors { authors } => {
                let known = authors.into_iter().map(|Author { client, person, name }| (client, (person, name)));
                self.authors.extend(known);
            }
            Told::Saved { updates } => {
                // What was let go of counts as saved before the server has told of it.
                self.saved = self.saved.max(updates);
                let done = self.clocks.iter().take_while(|(count, _)| *count <= updates).count();
                if let Some((_, clocks)) = self.clocks.drain(..done).next_back() {
                    self.own.extend(clocks);
                }
            }
            Told::Refused { code, facts, passable } => {
                let refused = Refused { code, facts, passable, ..Refused::default() };
                self.begin_anew(refused, true, id());
                return vec![self.ask()];
            }
            Told::Writes { writes } => self.writes = writes,
            Told::Bye { reason, retry_after } => return vec![Then::Bye { reason, retry_after }],
            Told::Sure {} => {}
        }
        Vec::new()
    }

    /// Lets go of the copy; what was written in it and is not on disk is kept beside the text, with what was kept there before.
    fn begin_anew(&mut self, refused: Refused, keeps: bool, client: u64) {
        let (mut text, mut at, mut place) = (String::new(), None, 0);
        if keeps {
            for run in self.notes.runs() {
                let length = notes_units(&run.text);
                if let Some(part) = self.unsaved_part(&run) {
                    at.get_or_insert(place + length - notes_units(part));
                    text += part;
                }
                place += length;
            }
        }
        let before = self.refused.take().map(|refused| refused.text).filter(|text| !text.is_empty());
        let text =
            [before, Some(text).filter(|text| !text.is_empty())].into_iter().flatten().collect::<Vec<_>>().join("\n");
        if !text.is_empty() || refused.code != CHANGED {
            self.refused = Some(Refused { text, at: at.unwrap_or(0), ..refused });
        }
        self.notes = Notes::new(client);
        self.own = BTreeMap::from([(client, 0)]);
        (self.unsent, self.presence_clock, self.waiting) = (false, 0, true);
        // What was sent of the old copy is answered no more.
        self.saved = self.sent;
        self.clocks.clear();
        self.told = self.notes.vector();
    }

    /// The end of a passage that may not be on disk: one's own letters beyond what the server has told.
    fn unsaved_part<'a>(&self, run: &'a Run) -> Option<&'a str> {
        let sure = *self.own.get(&run.client)?;
        let mut clock = run.clock;
        for (at, letter) in run.text.char_indices() {
            if clock >= sure {
                return Some(&run.text[at..]);
            }
            clock += letter.len_utf16() as u32;
        }
        None
    }

    /// Says that what was refused is meant so.
    pub fn sure(&self) -> Vec<u8> {
        Told::Sure {}.message()
    }

    pub fn place(&self, anchor: Anchor) -> u32 {
        self.notes.place(anchor)
    }
}

fn notes_units(text: &str) -> u32 {
    text.chars().map(|letter| letter.len_utf16() as u32).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn welcome(epoch: &str) -> Vec<u8> {
        Told::Welcome { epoch: epoch.to_owned(), person: "rasa".to_owned(), writes: true, limit: 100 }.message()
    }

    /// Lets a copy and the server's text meet; answers the messages that the copy sends.
    fn meet(copy: &mut Copy, server: &mut Notes, epoch: &str) -> u64 {
        copy.opened();
        let mut next = 100;
        let mut id = || {
            next += 1;
            next
        };
        let mut updates = 0;
        let mut to_copy = vec![welcome(epoch), Message::Step1(&server.vector()).write()];
        while !to_copy.is_empty() {
            let message = to_copy.remove(0);
            for then in copy.hear(&message, &mut id) {
                let Then::Send(bytes) = then else { panic!("{then:?}") };
                match Message::read(&bytes).unwrap() {
                    Message::Step1(vector) => to_copy.push(Message::Step2(&server.since(vector).unwrap()).write()),
                    Message::Step2(update) | Message::Update(update) => {
                        server.apply(update).unwrap();
                        updates += 1;
                        to_copy.push(Told::Saved { updates }.message());
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
        updates
    }

    #[test]
    fn what_is_typed_without_a_connection_is_sent_once_there_is_one() {
        let (mut copy, mut server) = (Copy::new(2), Notes::new(1));
        server.edit(0, 0, "Senas. ");
        meet(&mut copy, &mut server, "a");
        copy.lost();
        copy.type_text("", "Senas. Naujas.");
        assert!(copy.flush().is_none() && copy.is_unsaved());
        server.edit(0, 0, "Kitas. ");
        meet(&mut copy, &mut server, "a");
        assert_eq!(server.text(), "Kitas. Senas. Naujas.");
        assert_eq!(copy.notes.text(), server.text());
        assert!(!copy.is_unsaved());
        meet(&mut copy, &mut server, "a");
        assert_eq!(server.text(), "Kitas. Senas. Naujas.", "meeting again doubles nothing");
    }

    #[test]
    fn what_a_browser_kept_over_a_reload_is_merged_once() {
        let (mut copy, mut server) = (Copy::new(2), Notes::new(1));
        meet(&mut copy, &mut server, "a");
        copy.lost();
        copy.type_text("", "Be ryšio.");
        let kept = copy.kept("rasa");
        assert!(kept.unsaved);
        for client in [3, 4] {
            let mut again = Copy::new(client);
            assert!(again.take_up(&kept) && again.is_unsaved());
            assert_eq!(again.notes.text(), "Be ryšio.");
            meet(&mut again, &mut server, "a");
            assert!(!again.is_unsaved());
        }
        assert_eq!(server.text(), "Be ryšio.");
    }

    #[test]
    fn a_refusal_keeps_what_was_typed_since_the_last_saving_and_begins_anew() {
        let (mut copy, mut server) = (Copy::new(2), Notes::new(1));
        meet(&mut copy, &mut server, "a");
        copy.type_text("", "Geras. ");
        let sent = copy.flush().unwrap();
        let Message::Update(update) = Message::read(&sent).unwrap() else { panic!() };
        server.apply(update).unwrap();
        copy.hear(&Told::Saved { updates: 2 }.message(), &mut || 0);
        copy.type_text("", "Geras. rasa@pavyzdys.lt");
        copy.flush().unwrap();
        let told = Told::Refused { code: "guard.contact".to_owned(), facts: Vec::new(), passable: true };
        let then = copy.hear(&told.message(), &mut || 9);
        let refused = copy.refused.clone().unwrap();
        assert_eq!((refused.text.as_str(), refused.at, refused.passable), ("rasa@pavyzdys.lt", 7, true));
        let [Then::Send(asked)] = &then[..] else { panic!("{then:?}") };
        // The field still shows the old text, and somebody types on.
        copy.type_text("Geras. rasa@pavyzdys.lt", "Geras. rasa@pavyzdys.lt!");
        assert_eq!(copy.refused.take().unwrap().text, "rasa@pavyzdys.lt!");
        let Message::Step1(vector) = Message::read(asked).unwrap() else { panic!() };
        copy.hear(&Message::Step2(&server.since(vector).unwrap()).write(), &mut || 0);
        assert_eq!((copy.notes.text().as_str(), copy.notes.client()), ("Geras. ", 9));
        assert!(!copy.is_unsaved());
        copy.put(7, &refused.text);
        let sent = copy.flush().unwrap();
        let Message::Update(update) = Message::read(&sent).unwrap() else { panic!() };
        server.apply(update).unwrap();
        assert_eq!(server.text(), "Geras. rasa@pavyzdys.lt");
    }

    #[test]
    fn a_text_begun_anew_is_not_merged_with_the_copy_and_what_was_not_saved_stays_beside_it() {
        let (mut copy, mut server) = (Copy::new(2), Notes::new(1));
        server.edit(0, 0, "Bendra. ");
        meet(&mut copy, &mut server, "a");
        copy.lost();
        copy.type_text("", "Bendra. Mano.");
        // The page is loaded anew before there is a connection.
        let mut copy = {
            let mut again = Copy::new(3);
            assert!(again.take_up(&copy.kept("rasa")));
            again
        };
        let mut fresh = Notes::new(5);
        fresh.edit(0, 0, "[pašalinta]. ");
        meet(&mut copy, &mut fresh, "b");
        assert_eq!(copy.notes.text(), "[pašalinta]. ");
        assert_eq!(fresh.text(), "[pašalinta]. ");
        assert_eq!(copy.refused.unwrap().text, "Mano.");
    }

    #[test]
    fn a_change_before_its_time_is_asked_for() {
        let (mut copy, mut server) = (Copy::new(2), Notes::new(1));
        meet(&mut copy, &mut server, "a");
        server.edit(0, 0, "a");
        let second = server.edit(1, 0, "b").unwrap();
        let then = copy.hear(&Message::Update(&second).write(), &mut || 0);
        assert!(matches!(&then[..], [Then::Send(bytes)] if matches!(Message::read(bytes), Ok(Message::Step1(_)))));
    }
}
