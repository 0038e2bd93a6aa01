//! Boards: cards in columns, written by everyone, turned over, grouped, moved and given dots.
//!
//! What others may not see of a card never leaves the server: its words and its author while it is hidden, its author for ever on a
//! board without names, and who gave how many dots. Each event says by itself to whom it is whole, so that telling it needs no look at
//! the board.

mod decide;
mod evolve;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(super) use self::{
    decide::decide,
    evolve::{audience, cut, evolve, has_for, shown_to_rest, without},
};
use crate::{
    ids::*,
    sorted::Map,
    words::{Line, Prose},
};

/// How many boards a room holds.
pub const BOARDS_MAX: usize = 10;
/// How many columns a board has; at least one.
pub const COLUMNS_MAX: usize = 8;
/// How many cards a board holds.
pub const CARDS_MAX: usize = 300;
/// How many groups.
pub const GROUPS_MAX: usize = 50;
/// Characters of a card.
pub const CARD_MAX: usize = 500;
/// Characters of the title of a board, a column or a group.
pub const BOARD_TITLE_MAX: usize = 100;
/// How many dots one person can be given on a board.
pub const BOARD_DOTS_MAX: u32 = 50;

/// What can be asked about boards. `board.gone` and `card.gone` when it is not in this room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BoardCommand {
    /// A facilitator's; also before the session. `number.range` at `columns`, `too_many` beyond [`BOARDS_MAX`].
    Make {
        title: Line<BOARD_TITLE_MAX>,
        columns: Vec<Line<BOARD_TITLE_MAX>>,
        /// Nobody is shown who wrote a card, but its author.
        #[serde(default)]
        anonymous: bool,
        /// Nobody is shown what stands on a card, but its author, until the cards are revealed.
        #[serde(default)]
        hidden: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<StepId>,
    },
    /// A facilitator's: what everyone looks at, or none.
    Show {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        board: Option<BoardId>,
    },
    /// A facilitator's: nobody else writes or moves anything.
    Lock { board: BoardId, locked: bool },
    /// A facilitator's: turns over every card, and hides none from then on.
    Reveal { board: BoardId },
    /// A facilitator's: everyone has `each` dots, `per_card` at most for one card (0: all). Takes earlier dots away.
    OpenVoting {
        board: BoardId,
        each: u32,
        #[serde(default)]
        per_card: u32,
        /// Nobody is shown how many dots a card has until the voting is closed.
        #[serde(default)]
        sealed: bool,
    },
    /// A facilitator's.
    CloseVoting { board: BoardId },

    /// `board.locked`; `field.wrong` at `column`; `too_many` beyond [`CARDS_MAX`].
    Add { board: BoardId, column: u32, text: Prose<CARD_MAX> },
    /// One's own; a facilitator's any that is not hidden.
    Edit { board: BoardId, card: CardId, text: Prose<CARD_MAX> },
    /// One's own; a facilitator's any.
    Delete { board: BoardId, card: CardId },
    /// Before another card of that column, or to its end; into a group of that column, or out of any.
    Move {
        board: BoardId,
        card: CardId,
        column: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<GroupId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<CardId>,
    },
    /// A new group of these cards, in the column of the first.
    Group { board: BoardId, cards: Vec<CardId>, title: Line<BOARD_TITLE_MAX> },
    /// Another title for a group.
    Title { board: BoardId, group: GroupId, title: Line<BOARD_TITLE_MAX> },
    /// How many of one's dots a card has from now on. `card.cap {limit}` beyond what one has, `card.voting` when no voting is open.
    Dot { board: BoardId, card: CardId, dots: u32 },
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoardEvent {
    Made {
        board: BoardId,
        title: String,
        columns: Vec<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        anonymous: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        hidden: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<StepId>,
    },
    Shown {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        board: Option<BoardId>,
    },
    Locked {
        board: BoardId,
        locked: bool,
    },
    /// With what was hidden, since nobody else has seen it before.
    Revealed {
        board: BoardId,
        cards: Map<CardId, Face>,
    },
    /// Others are shown neither words nor author of a hidden one, and never the author of an anonymous one.
    Added {
        board: BoardId,
        card: CardId,
        column: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
        /// None once the card is deleted, as in all events of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        anonymous: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        hidden: bool,
    },
    Edited {
        board: BoardId,
        card: CardId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// Whose card it is, as long as it is hidden: it is told to nobody else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hidden_of: Option<PersonId>,
    },
    Deleted {
        board: BoardId,
        card: CardId,
    },
    Moved {
        board: BoardId,
        card: CardId,
        column: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<GroupId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<CardId>,
    },
    Grouped {
        board: BoardId,
        group: GroupId,
        title: String,
        cards: Vec<CardId>,
    },
    Titled {
        board: BoardId,
        group: GroupId,
        title: String,
    },
    VotingOpened {
        board: BoardId,
        voting: Voting,
    },
    /// To others without `by` and `dots`; of a sealed voting not at all.
    Dotted {
        board: BoardId,
        card: CardId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
        #[serde(default)]
        dots: u32,
        /// How many more than before.
        #[serde(default)]
        more: i32,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        sealed: bool,
    },
    VotingClosed {
        board: BoardId,
        dots: Map<CardId, u32>,
    },
}

/// A card once it is turned over.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Face {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

impl BoardEvent {
    pub const KINDS: [&'static str; 13] = [
        "board.made",
        "board.shown",
        "board.locked",
        "board.revealed",
        "board.added",
        "board.edited",
        "board.deleted",
        "board.moved",
        "board.grouped",
        "board.titled",
        "board.voting_opened",
        "board.dotted",
        "board.voting_closed",
    ];

    pub fn kind(&self) -> &'static str {
        Self::KINDS[match self {
            BoardEvent::Made { .. } => 0,
            BoardEvent::Shown { .. } => 1,
            BoardEvent::Locked { .. } => 2,
            BoardEvent::Revealed { .. } => 3,
            BoardEvent::Added { .. } => 4,
            BoardEvent::Edited { .. } => 5,
            BoardEvent::Deleted { .. } => 6,
            BoardEvent::Moved { .. } => 7,
            BoardEvent::Grouped { .. } => 8,
            BoardEvent::Titled { .. } => 9,
            BoardEvent::VotingOpened { .. } => 10,
            BoardEvent::Dotted { .. } => 11,
            BoardEvent::VotingClosed { .. } => 12,
        }]
    }
}

/// The boards of a room.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Boards {
    pub all: Vec<Board>,
    /// What everyone looks at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<BoardId>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Board {
    pub id: BoardId,
    pub title: String,
    pub columns: Vec<String>,
    #[serde(default)]
    pub anonymous: bool,
    /// Cards that are written now are hidden.
    #[serde(default)]
    pub hidden: bool,
    #[serde(default)]
    pub locked: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// Those of a column stand in their order.
    #[serde(default)]
    pub cards: Vec<Card>,
    /// Each has at least one card.
    #[serde(default)]
    pub groups: Vec<CardGroup>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voting: Option<Voting>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Card {
    pub id: CardId,
    pub column: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// None when it is hidden from who looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default)]
    pub anonymous: bool,
    #[serde(default)]
    pub hidden: bool,
    /// How many it has, as far as that may be known.
    #[serde(default)]
    pub dots: u32,
    /// Who gave how many; only one's own is shown.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub given: Map<PersonId, u32>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CardGroup {
    pub id: GroupId,
    pub title: String,
    pub column: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Voting {
    pub each: u32,
    pub per_card: u32,
    #[serde(default)]
    pub sealed: bool,
    #[serde(default)]
    pub closed: bool,
}

impl Boards {
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.shown.is_none()
    }

    pub fn get(&self, id: BoardId) -> Option<&Board> {
        self.all.iter().find(|board| board.id == id)
    }
}

impl Board {
    pub fn card(&self, id: CardId) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == id)
    }

    pub fn group(&self, id: GroupId) -> Option<&CardGroup> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The cards of a column in their order.
    pub fn column(&self, column: u32) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(move |card| card.column == column)
    }

    /// How many dots a person has given on the whole board.
    pub fn given(&self, person: PersonId) -> u32 {
        self.cards.iter().filter_map(|card| card.given.get(&person)).sum()
    }

    pub fn takes_dots(&self) -> Option<Voting> {
        self.voting.filter(|voting| !voting.closed)
    }
}

impl BoardCommand {
    /// Every text that a person wrote, with its field, for the personal-data guard.
    pub fn texts(&self) -> Vec<(&'static str, &str)> {
        match self {
            BoardCommand::Make { title, columns, .. } => {
                let columns = columns.iter().map(|column| ("columns", &**column));
                std::iter::once(("title", &**title)).chain(columns).collect()
            }
            BoardCommand::Add { text, .. } | BoardCommand::Edit { text, .. } => vec![("text", text)],
            BoardCommand::Group { title, .. } | BoardCommand::Title { title, .. } => vec![("title", title)],
            _ => Vec::new(),
        }
    }

    pub(super) fn steers(&self) -> bool {
        matches!(
            self,
            BoardCommand::Make { .. }
                | BoardCommand::Show { .. }
                | BoardCommand::Lock { .. }
                | BoardCommand::Reveal { .. }
                | BoardCommand::OpenVoting { .. }
                | BoardCommand::CloseVoting { .. }
        )
    }

    pub(super) fn before_opening(&self) -> bool {
        matches!(self, BoardCommand::Make { .. } | BoardCommand::Show { .. })
    }
}

/// The id of what a command makes on a board. Everyone is told the command's id, so a person's own is not mixed in: else it could be
/// tried who wrote a card without a name.
pub fn made_on_board<T: Id>(command: CommandId) -> T {
    T::from_uuid(Uuid::new_v5(&command.uuid(), b"board"))
}
