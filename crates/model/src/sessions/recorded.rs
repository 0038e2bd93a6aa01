//! Polls and boards as a session leaves them: only what everyone was shown.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::History;
use crate::{
    access::Action,
    endpoint,
    ids::*,
    live::{Board, Card, Participant, Poll, PollKind, PollState, Room, Standing},
};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedPoll {
    pub question: String,
    pub kind: PollKind,
    pub anonymous: bool,
    pub voted: u32,
    /// How many could have voted.
    pub voters: u32,
    /// Too few took part for anything to be told.
    pub withheld: bool,
    /// The teams of which rows tell apart; none without names.
    pub teams: Vec<String>,
    pub rows: Vec<RecordedCount>,
    /// Free answers, and who chose what where names are told.
    pub answers: Vec<RecordedAnswer>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedCount {
    /// The option, or the number of the scale.
    pub option: String,
    /// Votes, dots, or points.
    pub count: u32,
    /// Of each team, in their order.
    pub of_teams: Vec<u32>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedAnswer {
    /// None without names; empty for who has left.
    pub by: Option<String>,
    pub text: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedBoard {
    pub id: BoardId,
    pub title: String,
    pub columns: Vec<RecordedColumn>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedColumn {
    pub title: String,
    /// Those of groups first, group by group.
    pub cards: Vec<RecordedCard>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedCard {
    /// The title of its group.
    pub group: Option<String>,
    /// None of a card that was never revealed.
    pub text: Option<String>,
    pub by: Option<String>,
    pub dots: u32,
}

/// `GET /sessions/{session}/boards.md`: the boards of an open or closed session as everyone sees them. `session.state` before.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DownloadBoardsMd {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/boards.md" DownloadBoardsMd, Action::ReadRecord => bytes);

/// `GET /sessions/{session}/boards.csv`: a line a card.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DownloadBoardsCsv {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/boards.csv" DownloadBoardsCsv, Action::ReadRecord => bytes);

/// `GET /sessions/{session}/boards`: the same as JSON.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadBoards {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/boards" ReadBoards, Action::ReadRecord => Vec<RecordedBoard>);

impl History {
    /// Nobody's own view: what was sealed or hidden to the end stays so.
    fn public(&self) -> Room {
        let nobody = PersonId::from_uuid(uuid::Uuid::nil());
        let reader =
            Participant { id: nobody, name: String::new(), team: None, school: None, role: Standing::Observer };
        let Room { people, polls, boards, .. } = &self.room;
        let (people, polls, boards) = (people.clone(), polls.clone(), boards.clone());
        Room { people, polls, boards, ..Room::default() }.shown_to(&reader)
    }

    /// Those that were closed, in the order in which they were opened.
    pub fn polls(&self, left: &BTreeSet<PersonId>) -> Vec<RecordedPoll> {
        let room = self.public();
        let recorded = |poll: &Poll| {
            let (sheet, results) = (&poll.sheet, poll.results.clone().unwrap_or_default());
            let teams = poll.by_team(&room);
            let row = |(index, count): (usize, &u32)| RecordedCount {
                option: sheet.place(index),
                count: *count,
                of_teams: teams.iter().map(|team| team.counts.get(index).copied().unwrap_or(0)).collect(),
            };
            let named = poll.choices.iter().map(|(person, choice)| RecordedAnswer {
                by: Some(self.name(*person, left)),
                text: sheet.in_words(choice),
            });
            let unnamed = results.texts.iter().map(|text| RecordedAnswer { by: None, text: text.clone() });
            RecordedPoll {
                question: sheet.question.clone(),
                kind: sheet.kind,
                anonymous: sheet.anonymous,
                voted: results.voted,
                voters: results.voters,
                withheld: results.withheld,
                teams: teams.iter().map(|team| team.team.name.clone()).collect(),
                rows: results.counts.iter().enumerate().map(row).collect(),
                answers: named.chain(unnamed).collect(),
            }
        };
        room.polls.all.iter().filter(|poll| poll.state == PollState::Closed).map(recorded).collect()
    }

    pub fn boards(&self, left: &BTreeSet<PersonId>) -> Vec<RecordedBoard> {
        let card = |board: &Board, card: &Card| RecordedCard {
            group: card.group.and_then(|group| Some(board.group(group)?.title.clone())),
            text: card.text.clone(),
            by: card.by.map(|by| self.name(by, left)),
            dots: card.dots,
        };
        let column = |board: &Board, (index, title): (u32, &String)| {
            let mut cards: Vec<&Card> = board.column(index).collect();
            cards.sort_by_key(|card| {
                let group = card.group.and_then(|group| board.groups.iter().position(|known| known.id == group));
                (group.is_none(), group)
            });
            RecordedColumn { title: title.clone(), cards: cards.into_iter().map(|one| card(board, one)).collect() }
        };
        let recorded = |board: &Board| RecordedBoard {
            id: board.id,
            title: board.title.clone(),
            columns: (0..).zip(&board.columns).map(|one| column(board, one)).collect(),
        };
        self.public().boards.all.iter().map(recorded).collect()
    }
}
