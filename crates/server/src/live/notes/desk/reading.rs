//! What is looked at before an update is taken: whose it is, and what the text says with it.

use std::collections::BTreeMap;

use model::{
    guard::{self, Kind},
    ids::*,
    live::Standing,
    refusal::{Code, Refusal},
};
use notes::{Contents, Notes};

use super::{Broken, Desk, saving::Accepted};
use crate::{live::notes::door::writes, notes::READER};

impl Desk {
    /// Takes an update of a member, or refuses it and goes back to what is on disk.
    pub(super) async fn read(&mut self, id: ConnectionId, update: &[u8]) -> Result<(), Broken> {
        let Some(member) = self.members.get_mut(&id) else { return Ok(()) };
        member.updates += 1;
        let count = member.updates;
        let Ok(contents) = notes::check::read(update) else {
            self.bad(id);
            return Ok(());
        };
        // Those with letters that are new here: the rest of an update may be anybody's.
        let new = contents.clients.iter().filter(|(client, (_, end))| *end > self.notes.clock(**client));
        let clients: Vec<u64> = new.map(|(client, _)| *client).collect();
        if clients.iter().any(|client| member.barred.contains(client)) {
            return Ok(());
        }
        let (person, role) = (member.me.id, member.me.role);
        let verdict = self.judge(id, (person, role), &clients, update, &contents);
        if self.spoilt {
            self.go_back().await?;
        }
        match verdict {
            Verdict::Taken(data) => self.accept(Accepted { from: Some(id), count, data }),
            Verdict::Refused(refusal) => self.refuse(id, &refusal, clients),
            Verdict::Forged(code) => {
                self.refuse(id, &Refusal::of(code), clients);
                self.bad(id);
            }
        }
        Ok(())
    }

    /// Marks the text as spoilt when the update is in it and is refused.
    fn judge(
        &mut self,
        id: ConnectionId,
        (person, role): (PersonId, Standing),
        clients: &[u64],
        update: &[u8],
        contents: &Contents,
    ) -> Verdict {
        if !self.open || !writes(role) {
            let code = if self.open { Code::Forbidden } else { Code::SessionState };
            return if self.is_known(update) {
                Verdict::Taken(Vec::new())
            } else {
                Verdict::Refused(Refusal::of(code))
            };
        }
        if let Err(code) = self.owned(clients, person) {
            return Verdict::Forged(code);
        }
        if self.notes.read(update).is_err() {
            // It builds on what was refused, or on a text before this one.
            return Verdict::Refused(Refusal::of(Code::Changed));
        }
        let new = match self.notes.apply(update) {
            Ok(Some(new)) if self.notes.is_sound() => new,
            Ok(None) => return Verdict::Taken(Vec::new()),
            Ok(Some(_)) | Err(_) => {
                self.spoilt = true;
                return Verdict::Forged(Code::Malformed);
            }
        };
        match self.weigh(id, contents) {
            Ok(()) => Verdict::Taken(new),
            Err(refusal) => {
                self.spoilt = true;
                Verdict::Refused(refusal)
            }
        }
    }

    /// Whether every letter in it that is new here is by a copy of the person's own.
    fn owned(&mut self, clients: &[u64], person: PersonId) -> Result<(), Code> {
        if clients.len() > COPIES {
            return Err(Code::Forbidden);
        }
        clients.iter().try_for_each(|client| self.bind(*client, person))
    }

    /// Whether an update would change nothing.
    fn is_known(&self, update: &[u8]) -> bool {
        let mut copy = Notes::new(READER);
        copy.apply(&self.notes.state()).is_ok() && copy.apply(update).is_ok_and(|new| new.is_none())
    }

    /// Reads the merged text: its length, and what the guard finds now that it did not find before. A code typed digit by digit is in
    /// no single update.
    fn weigh(&mut self, id: ConnectionId, contents: &Contents) -> Result<(), Refusal> {
        let text = self.notes.text();
        let length = text.chars().count();
        if length > notes::TEXT_MAX && length > self.length {
            return Err(Refusal::of(Code::TextLong).fact("limit", notes::TEXT_MAX));
        }
        let found = findings(&text);
        let is_new =
            |(finding, count): &(&(Kind, String), &usize)| self.found.get(finding).is_none_or(|before| before < count);
        let mut new: Vec<Kind> = found.iter().filter(is_new).map(|((kind, _), _)| *kind).collect();
        new.sort_unstable();
        new.dedup();
        if let Some(member) = self.members.get_mut(&id) {
            // Who only takes letters away has written nothing to be warned of.
            new.retain(|kind| kind.blocks() || (contents.writes && !member.passed.contains(kind)));
            member.warned.clear();
            if let Some(kind) = new.first() {
                if new.iter().all(|kind| !kind.blocks()) {
                    member.warned.clone_from(&new);
                }
                return Err(Refusal::of(kind.code()));
            }
        }
        (self.found, self.length) = (found, length);
        Ok(())
    }

    /// Makes the text be another, for who may.
    pub(super) async fn replace(&mut self, by: PersonId, text: &str) -> Result<Result<(), Code>, Broken> {
        self.flush().await?;
        if !self.open {
            return Ok(Err(Code::SessionState));
        }
        if guard::scan_kinds(text, true).any(Kind::blocks) {
            return Ok(Err(Code::GuardCode));
        }
        let bytes = crate::app::random::<6>();
        let client = bytes.iter().fold(0, |id, byte| id << 8 | u64::from(*byte)).max(READER + 1);
        if let Err(code) = self.bind(client, by) {
            return Ok(Err(code));
        }
        // As somebody else's copy would send it.
        let mut copy = Notes::new(client);
        let update = copy.apply(&self.notes.state()).ok().and_then(|_| copy.become_text(text));
        let Some(update) = update else { return Ok(Ok(())) };
        self.keep_state(true).await?;
        let Ok(Some(new)) = self.notes.apply(&update) else { return Ok(Err(Code::Unavailable)) };
        (self.found, self.length) = (findings(text), text.chars().count());
        self.accept(Accepted { from: None, count: 0, data: new });
        self.flush().await?;
        // The session may have been closed meanwhile.
        Ok(if self.open { Ok(()) } else { Err(Code::SessionState) })
    }
}

enum Verdict {
    /// With what was new in it.
    Taken(Vec<u8>),
    Refused(Refusal),
    /// No honest program sends it.
    Forged(Code),
}

/// Copies of one person whose letters may come in one update: what was written offline in several pages.
const COPIES: usize = 64;

/// What the guard finds, and how often.
pub fn findings(text: &str) -> BTreeMap<(Kind, String), usize> {
    let mut found = BTreeMap::new();
    for finding in guard::scan(text) {
        *found.entry((finding.kind, text[finding.at].to_owned())).or_default() += 1;
    }
    found
}
