//! What is chosen, and what comes of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BALLOTS_MIN, Poll, PollCommand, PollKind, PollState, Sheet};
use crate::{
    ids::*,
    live::{Command, Room, TeamCard},
    refusal::{Code, Refusal},
    sorted::put_in_order,
};

/// What one person chose: numbers by the kind of the poll (see [`PollCommand::Vote`]), or words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Choice {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A choice without a name, as it is put aside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ballot {
    pub poll: PollId,
    pub choice: Choice,
}

/// What came of a poll.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Results {
    /// Of each option, or of each number of the scale from 1: votes, dots, or points (the first of n gets n, the last 1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<u32>,
    pub voted: u32,
    /// How many could have voted.
    pub voters: u32,
    /// The free answers of an anonymous poll, in an order that says nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<String>,
    /// Fewer than [`BALLOTS_MIN`] took part in an anonymous poll, so nothing is told but that.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
}

/// What one team chose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamResults {
    pub team: TeamCard,
    pub counts: Vec<u32>,
    pub voted: u32,
}

/// The ballot that a vote puts aside when the poll is anonymous; it is stored beside the event, never in it. To be asked of a command
/// that is granted.
pub fn ballot(room: &Room, command: &Command) -> Option<Ballot> {
    let Command::Poll(PollCommand::Vote { poll, picks, text }) = command else { return None };
    let sheet = &room.polls.get(*poll).filter(|poll| poll.sheet.anonymous)?.sheet;
    let choice = sheet.choice(picks, text.as_deref()).ok()?;
    Some(Ballot { poll: *poll, choice })
}

impl Sheet {
    /// How many numbers a result has.
    pub fn places(&self) -> usize {
        match self.kind {
            PollKind::Text => 0,
            PollKind::Scale => self.each as usize,
            _ => self.options.len(),
        }
    }

    /// What a place of the counts is called: an option, or a number of the scale.
    pub fn place(&self, index: usize) -> String {
        match self.kind {
            PollKind::Scale => (index + 1).to_string(),
            _ => self.options.get(index).cloned().unwrap_or_default(),
        }
    }

    /// A choice as it is read: „Poros, Ratas“, „Poros 2, Ratas 1“, „4“, or the free answer.
    pub fn in_words(&self, choice: &Choice) -> String {
        if let Some(text) = &choice.text {
            return text.clone();
        }
        let option = |index: usize| self.options.get(index).map_or("", String::as_str);
        let words: Vec<String> = match self.kind {
            PollKind::Scale => choice.picks.iter().map(u32::to_string).collect(),
            PollKind::Dots => {
                let given = choice.picks.iter().enumerate().filter(|(_, dots)| **dots > 0);
                given.map(|(index, dots)| [option(index), " ", &dots.to_string()].concat()).collect()
            }
            _ => choice.picks.iter().map(|pick| option(*pick as usize).to_owned()).collect(),
        };
        words.join(", ")
    }

    /// # Errors
    /// `field.needed` and `field.wrong` at `picks` or `text`, `poll.cap {limit}`.
    pub fn choice(&self, picks: &[u32], text: Option<&str>) -> Result<Choice, Refusal> {
        let wrong = || Refusal::of(Code::FieldWrong).at("picks");
        let cap = |limit: u32| Refusal::of(Code::PollCap).fact("limit", limit);
        if self.kind == PollKind::Text {
            let text = text.ok_or_else(|| Refusal::of(Code::FieldNeeded).at("text"))?;
            let choice = Choice { picks: Vec::new(), text: Some(text.to_owned()) };
            return if picks.is_empty() { Ok(choice) } else { Err(wrong()) };
        }
        if text.is_some() {
            return Err(Refusal::of(Code::FieldWrong).at("text"));
        }
        let mut picks = picks.to_vec();
        if picks.iter().all(|pick| self.kind == PollKind::Dots && *pick == 0) {
            return Err(Refusal::of(Code::FieldNeeded).at("picks"));
        }
        let options = self.options.len();
        match self.kind {
            PollKind::Single if picks.len() > 1 => return Err(cap(1)),
            PollKind::Single | PollKind::Multiple => {
                if picks.len() > options {
                    return Err(wrong());
                }
                put_in_order(&mut picks, |pick| *pick);
                let twice = picks.windows(2).any(|pair| pair[0] == pair[1]);
                if twice || picks.iter().any(|pick| *pick as usize >= options) {
                    return Err(wrong());
                }
                if self.kind == PollKind::Multiple && picks.len() > self.each as usize {
                    return Err(cap(self.each));
                }
            }
            PollKind::Scale if picks.len() > 1 => return Err(cap(1)),
            PollKind::Scale if !(1..=self.each).contains(&picks[0]) => return Err(wrong()),
            PollKind::Ranking => {
                let mut places = picks.clone();
                places.truncate(options + 1);
                put_in_order(&mut places, |place| *place);
                if !places.into_iter().eq(0..options as u32) {
                    return Err(wrong());
                }
            }
            PollKind::Dots => {
                if picks.len() != options {
                    return Err(wrong());
                }
                if picks.iter().any(|dots| *dots > self.per_option) {
                    return Err(cap(self.per_option));
                }
                if picks.iter().sum::<u32>() > self.each {
                    return Err(cap(self.each));
                }
            }
            PollKind::Scale | PollKind::Text => {}
        }
        Ok(Choice { picks, text: None })
    }

    /// What these choices make together; numbers that the sheet has no place for are passed over.
    pub fn count<'a>(&self, choices: impl Iterator<Item = &'a Choice>) -> Vec<u32> {
        let mut counts = vec![0u32; self.places()];
        let mut add = |place: usize, points: u32| {
            if let Some(count) = counts.get_mut(place) {
                *count = count.saturating_add(points);
            }
        };
        for choice in choices {
            for (index, pick) in choice.picks.iter().enumerate() {
                let place = *pick as usize;
                match self.kind {
                    PollKind::Dots => add(index, *pick),
                    PollKind::Ranking => add(place, self.options.len().saturating_sub(index) as u32),
                    PollKind::Scale => add(place.wrapping_sub(1), 1),
                    _ => add(place, 1),
                }
            }
        }
        counts
    }

    /// What came of an anonymous poll.
    pub(super) fn counted(&self, ballots: &[Choice], voters: u32) -> Results {
        let voted = ballots.len() as u32;
        if ballots.len() < BALLOTS_MIN {
            return Results { voted, voters, withheld: true, ..Results::default() };
        }
        let texts = ballots.iter().filter_map(|ballot| ballot.text.clone()).collect();
        Results { counts: self.count(ballots.iter()), voted, voters, texts, withheld: false }
    }
}

impl Poll {
    /// The counts as far as they are known here: those it closed with, or those of the choices that are shown meanwhile; none while they
    /// are sealed.
    pub fn counts(&self) -> Option<Vec<u32>> {
        match &self.results {
            Some(results) => (!results.withheld).then(|| results.counts.clone()),
            None if self.sheet.sealed || self.state == PollState::Prepared => None,
            None => Some(self.sheet.count(self.choices.iter().map(|(_, choice)| choice))),
        }
    }

    /// Team by team in the order of their ids; of an anonymous poll and of one that is sealed still, none.
    pub fn by_team(&self, room: &Room) -> Vec<TeamResults> {
        if self.sheet.sealed && self.state != PollState::Closed {
            return Vec::new();
        }
        let mut teams: Vec<(&TeamCard, Vec<&Choice>)> = Vec::new();
        for (person, choice) in self.choices.iter() {
            let Some(team) = room.people.get(person).and_then(|attendee| attendee.who.team.as_ref()) else { continue };
            match teams.iter_mut().find(|(known, _)| known.id == team.id) {
                Some((_, choices)) => choices.push(choice),
                None => teams.push((team, vec![choice])),
            }
        }
        put_in_order(&mut teams, |(team, _)| team.id);
        let result = |(team, choices): (&TeamCard, Vec<&Choice>)| TeamResults {
            team: team.clone(),
            voted: choices.len() as u32,
            counts: self.sheet.count(choices.into_iter()),
        };
        teams.into_iter().map(result).collect()
    }
}
