use db::{Result, Set, Tx, sql};
use model::{ids::*, live::NewStep, sessions::SessionState, time::Timestamp};
use serde::Deserialize;

/// A session with all that a calendar is told of it.
#[derive(Deserialize)]
pub struct Meet {
    pub id: SessionId,
    pub space: SpaceId,
    pub space_name: String,
    pub title: String,
    pub facilitator: PersonId,
    /// The name of who leads it.
    pub leader: String,
    pub state: SessionState,
    pub starts_at: Timestamp,
    pub minutes: i64,
    pub steps: Vec<NewStep>,
    pub video: String,
    pub cancel_reason: String,
    pub sequence: i64,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
}

macro_rules! meets {
    ($where:literal, $argument:expr, $tx:expr) => {
        sql!(
            concat!(
                "select sessions.id as id, sessions.space as space, spaces.name as space_name, sessions.title as title,
                        sessions.facilitator as facilitator, people.name as leader, sessions.state as state,
                        sessions.starts_at as starts_at, sessions.minutes as minutes, sessions.steps as steps,
                        sessions.video as video, sessions.cancel_reason as cancel_reason,
                        sessions.sequence as sequence, sessions.created_at as created_at, sessions.changed_at as changed_at
                 from sessions
                 join spaces on spaces.id = sessions.space
                 join people on people.id = sessions.facilitator
                 where ",
                $where,
                " order by sessions.starts_at, sessions.id"
            ),
            $argument
        )
        .all($tx)
        .await
    };
}

pub async fn list(tx: &mut Tx, sessions: &[SessionId]) -> Result<Vec<Meet>> {
    meets!("sessions.id in (select key from jsonb_each($1))", Set(sessions), tx)
}

pub async fn list_series(tx: &mut Tx, series: SeriesId) -> Result<Vec<Meet>> {
    meets!("sessions.series = $1", series, tx)
}
