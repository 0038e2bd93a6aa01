//! What an anonymous poll closes with: its ballots are in no room, so they are read once it takes no more, and the counts are stored as
//! an event.

use model::live::{Command, PollCommand, count_id};

use super::{AGAIN, Doing, Task, Who};
use crate::live::{ballots, rooms::clock};

impl Task {
    pub(super) fn must_count(&self) -> bool {
        self.ahead.polls.counting().is_some()
    }

    /// Also when the server was killed between the end of the poll and this.
    pub(super) async fn count(&mut self, doings: &mut Vec<Doing>) {
        let Some(poll) = self.ahead.polls.counting().filter(|_| !self.behind && clock() >= self.again_at) else {
            return;
        };
        let found = async {
            let mut tx = self.rooms.db.read().await?;
            ballots::list(&mut tx, poll).await
        };
        match found.await {
            Ok(ballots) => {
                let id = count_id(self.hall.session, poll);
                let command = Command::Poll(PollCommand::Count { poll, ballots });
                doings.push(Doing { who: Who::Clock, id, command, sure: true, from: None });
            }
            Err(error) => {
                tracing::warn!(session = %self.hall.session, %error, "a poll could not be counted");
                self.again_at = clock() + AGAIN;
            }
        }
    }
}
