//! What an open session begins with: the actions of its space that are open still, the agreements whose review has come, looked up once and stored as an event, so that
//! from then on the room needs no lookup.

use model::{
    live::{Command, State, bring_id},
    time::LocalDateTime,
};

use super::{AGAIN, Doing, Task, Who};
use crate::{actions, agreements, live::rooms::clock};

impl Task {
    pub(super) fn must_bring(&self) -> bool {
        self.ahead.state == State::Open && !self.ahead.brought
    }

    /// Also when the server was killed between the opening and this.
    pub(super) async fn bring(&mut self, doings: &mut Vec<Doing>) {
        if !self.must_bring() || self.behind || clock() < self.again_at {
            return;
        }
        let found = async {
            let mut tx = self.rooms.db.read().await?;
            let (actions, owners) = actions::follow::brought(&mut tx, self.hall.session).await?;
            let today = LocalDateTime::of((self.rooms.given.now)()).date();
            let reminders = agreements::follow::due(&mut tx, self.hall.session, today).await?;
            Ok::<_, db::Error>((actions, owners, reminders))
        };
        match found.await {
            Ok((actions, owners, reminders)) => {
                let (id, command) = (bring_id(self.hall.session), Command::Bring { actions, owners, reminders });
                doings.push(Doing { who: Who::Clock, id, command, sure: true, from: None });
            }
            Err(error) => {
                tracing::warn!(session = %self.hall.session, %error, "open actions could not be looked up");
                self.again_at = clock() + AGAIN;
            }
        }
    }
}
