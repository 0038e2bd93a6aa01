//! The room of a group keeps the main room open: its clock decides for all groups when everyone is warned and called back, also when
//! nobody has stayed there.

use super::Task;

impl Task {
    pub(super) async fn hold_main(&mut self) {
        let main = self.ahead.in_groups().and_then(|state| state.main);
        match main {
            Some(main) if self.main.is_none() => match self.rooms.stay_with(main).await {
                Ok(stay) => self.main = Some(stay),
                Err(error) => tracing::warn!(session = %main, ?error, "the main room of a group does not open"),
            },
            Some(_) => {}
            None => self.main = None,
        }
    }
}
