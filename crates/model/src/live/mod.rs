//! The live core: a pure state machine that the server and the browser share.
//!
//! A [`Command`] is a request, an [`Event`] a fact. [`decide`] turns one into the other or refuses; [`evolve`] folds events into a
//! [`Room`]; [`Room::shown_to`] and [`Event::shown_to`] cut what a viewer may not see. The laws that bind them stand in `laws`.

mod actions;
mod agreements;
mod board;
mod breakouts;
mod command;
mod decide;
mod event;
mod evolve;
mod frame;
#[cfg(test)]
mod laws;
mod polls;
#[cfg(test)]
mod rehearsal;
#[cfg(test)]
mod rehearsal_heard;
#[cfg(test)]
mod rehearsal_seats;
mod room;
mod round;
mod rules;
mod seats;
mod shown;
mod steps;

pub use actions::{ACTIONS_MAX, Deed, OWNER_TEAMS_MAX, OwnerTeam, RoomAction};
pub use agreements::{
    AGREEMENT_MAX, AGREEMENTS_MAX, Agreement, AgreementCommand, AgreementEvent, NewAgreement, OBJECTION_MAX, Objection,
    Outcome, Paper, QUORUM, Reminder, Stand, Tally, Voice, WORDINGS_MAX, agreement_id,
};
pub use board::{
    BOARD_DOTS_MAX, BOARD_TITLE_MAX, BOARDS_MAX, Board, BoardCommand, BoardEvent, Boards, CARD_MAX, CARDS_MAX,
    COLUMNS_MAX, Card, CardGroup, Face, GROUPS_MAX, Voting, made_on_board,
};
pub use breakouts::{
    BREAKOUT_TITLE_MAX, BREAKOUT_WARNING, BREAKOUTS_MAX, Breakout, BreakoutCommand, BreakoutEvent, Breakouts,
    GroupSize, GroupWay, Groupable, NewBreakout, Together, breakout_id, breakout_step, propose,
};
pub use command::{Command, MESSAGE_MAX, STEP_MINUTES_MAX, action_id, bring_id, message_id, step_end_id, step_id};
pub use decide::{By, Given, closing, decide, foresee};
pub use event::{Event, NewStep};
pub use evolve::{FOLD, evolve, evolve_record};
pub use frame::{ByeReason, ClientFrame, PROTOCOL, Position, SUBPROTOCOL, ServerFrame};
pub use polls::{
    ANSWER_MAX, BALLOTS_MIN, Ballot, Choice, DOTS_MAX, NewPoll, OPTION_MAX, OPTIONS_MAX, POLL_SECONDS_MAX, POLLS_MAX,
    Poll, PollCommand, PollEvent, PollKind, PollState, Polls, QUESTION_MAX, Results, SCALE_MAX, Sheet, TeamResults,
    VOTERS_MIN, ballot, count_id, poll_id,
};
pub use room::{
    Attendee, Due, Floor, Hand, MESSAGES_KEPT, Message, PEOPLE_MAX, Participant, Reaction, Room, STEPS_MAX, Standing,
    State, Step, TeamCard,
};
pub use round::{HandOrder, Round, RoundCommand, RoundEvent};
pub use rules::{Party, Speakers, StepKind, StepRules};
pub use seats::SEATS_MAX;
pub use shown::{Audience, Shown};
