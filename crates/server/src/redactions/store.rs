use db::{Result, Tx, sql};
use model::{
    ids::*,
    redactions::{RedactionShown, TextOf},
    search::FoundKind,
    sorting::sort_key,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::cut::{Cut, Trace};

mod minutes;

pub use minutes::{cut_minutes, list_minutes_of};

/// Declares every column that holds what people wrote: its table and name, how its rows are found by the one whose text it is, how it is
/// cut, and whose texts stand in it. A noun registers its columns here, a line each; `tests/api/redactions.rs` fails for a column of
/// text that is neither here nor in [`EXCUSED`].
///
/// Found by `item`, the id of whose text it is, or by `session`. Cut as `text`, as `json` (only fields that people write), as `event`,
/// or as `name`, which has a key to sort by beside it.
macro_rules! written {
    ($($table:literal $column:literal by $by:literal = $of_what:ident, $how:ident, $($of:ident)|+;)*) => {
        /// Table and column of each.
        pub const WRITTEN: &[(&str, &str)] = &[$(($table, $column)),*];

        /// Takes the cut out of every text of `item`; answers in how many it was found.
        pub async fn cut_all(tx: &mut Tx, of: TextOf, item: ItemId, session: Option<SessionId>, cut: &Cut<'_>) -> Result<i64> {
            let mut places = 0;
            $(if matches!(of, $(TextOf::$of)|+) && let Some(found_by) = written!(@by $of_what item session) {
                let values: Vec<String> = sql!(
                    concat!("select distinct ", $column, " from ", $table, " where ", $by, " = $1 and ", $column, " is not null"),
                    found_by
                )
                .all(tx)
                .await?;
                for old in values {
                    let Some(new) = written!(@cut $how cut of item old) else { continue };
                    places += written!(@put $how $table $column $by tx found_by old new);
                }
            })*
            Ok(places)
        }
    };
    (@by item $item:ident $session:ident) => { Some($item.to_string()) };
    (@by session $item:ident $session:ident) => { $session.map(|session| session.to_string()) };
    (@cut text $cut:ident $of:ident $item:ident $old:ident) => { $cut.text(&$old) };
    (@cut name $cut:ident $of:ident $item:ident $old:ident) => { $cut.text(&$old) };
    (@cut json $cut:ident $of:ident $item:ident $old:ident) => { $cut.json(&$old) };
    (@cut event $cut:ident $of:ident $item:ident $old:ident) => {
        // Of a message only what was said in it, and not in another.
        if $of == TextOf::Message && !$old.contains(&$item.to_string()) { None } else { $cut.json(&$old) }
    };
    (@put name $table:literal $column:literal $by:literal $tx:ident $found_by:ident $old:ident $new:ident) => {
        sql!(
            concat!("update ", $table, " set ", $column, " = $3, ", $column, "_key = $4 where ", $by, " = $1 and ", $column, " = $2"),
            $found_by, $old, $new, sort_key(&$new)
        )
        .run($tx)
        .await? as i64
    };
    (@put $how:ident $table:literal $column:literal $by:literal $tx:ident $found_by:ident $old:ident $new:ident) => {
        sql!(
            concat!("update ", $table, " set ", $column, " = $3 where ", $by, " = $1 and ", $column, " = $2"),
            $found_by, $old, $new
        )
        .run($tx)
        .await? as i64
    };
}

written! {
    "problems" "title" by "id" = item, name, Problem;
    "problems" "text" by "id" = item, text, Problem;
    "problems" "group_concerned" by "id" = item, text, Problem;
    "problems" "goal" by "id" = item, text, Problem;
    "problems" "evidence" by "id" = item, json, Problem;
    "problem_states" "note" by "problem" = item, text, Problem;
    "responses" "text" by "id" = item, text, Response;
    "practices" "title" by "id" = item, name, Practice;
    "practices" "summary" by "id" = item, text, Practice;
    "practices" "body" by "id" = item, json, Practice;
    "versions" "text" by "item" = item, json, Problem | Practice;

    "hidings" "title" by "item" = item, text, Problem | Practice | Response | Message;
    "hidings" "text" by "item" = item, text, Problem | Practice | Response | Message;
    "hidings" "reason" by "item" = item, text, Problem | Practice | Response | Message;
    "hidings" "appeal" by "item" = item, text, Problem | Practice | Response | Message;
    "hidings" "answer" by "item" = item, text, Problem | Practice | Response | Message;
    "reports" "note" by "item" = item, text, Problem | Practice | Response | Message;
    // Of what stood under a problem or was said in a session, with its title.
    "hidings" "title" by "place" = item, text, Problem | Session;
    "hidings" "text" by "place" = item, text, Session;
    "redactions" "reason" by "item" = item, text, Problem | Practice | Response | Message | Session | Space | Team | Network | School | Person | Invitation | Action;

    // The name alone: a file whose content must go is taken away as a whole.
    "files" "name" by "item" = item, text, Problem | Practice;

    "actions" "text" by "id" = item, text, Action;
    "action_changes" "reason" by "action" = item, text, Action;

    "agreements" "text" by "session" = item, text, Session;
    "agreements" "outcome" by "session" = item, json, Session;
    "agreement_wordings" "text" by "session" = item, text, Session;
    "agreement_reviews" "reason" by "session" = item, text, Session;
    "sessions" "title" by "id" = item, text, Session;
    "sessions" "steps" by "id" = item, json, Session;
    "sessions" "video" by "id" = item, text, Session;
    "sessions" "cancel_reason" by "id" = item, text, Session;
    "session_people" "note" by "session" = item, text, Session;
    "attendance_corrections" "reason" by "session" = item, text, Session;
    "ballots" "choice" by "session" = session, json, Session;
    "session_events" "payload" by "session" = session, event, Session | Message;
    "note_states" "text" by "session" = session, text, Session;
    // Names and actions that stand in them are cut by `cut_minutes`.
    "minutes" "body" by "session" = session, json, Session | Message;
    "minutes_former" "body" by "session" = session, json, Session | Message;
    "minutes_addenda" "text" by "session" = session, text, Session | Message;

    "plans" "title" by "network" = item, text, Network;
    "plans" "about" by "network" = item, text, Network;
    "plans" "steps" by "network" = item, json, Network;

    "spaces" "name" by "id" = item, name, Space;
    "spaces" "about" by "id" = item, text, Space;
    "teams" "name" by "id" = item, name, Team;
    "networks" "name" by "id" = item, name, Network;
    "networks" "about" by "id" = item, text, Network;
    "schools" "name" by "id" = item, name, School;
    "people" "name" by "id" = item, name, Person;
    "role_invitations" "name" by "id" = item, text, Invitation;
}

/// Columns of text that need no cut, each with its reason. `*` stands for every column of the table.
pub const EXCUSED: &[(&str, &str, &str)] = &[
    ("*", "id", "an id"),
    ("*", "kind", "a word of ours"),
    ("*", "item", "an id"),
    ("*", "person", "an id"),
    ("*", "session", "an id"),
    ("*", "space", "an id"),
    ("*", "team", "an id"),
    ("*", "network", "an id"),
    ("*", "problem", "an id"),
    ("*", "practice", "an id"),
    ("*", "author", "an id"),
    ("*", "school", "an id"),
    ("*", "facilitator", "an id"),
    ("*", "other", "an id"),
    ("*", "state", "a word of ours"),
    ("*", "token", "a hash"),
    ("*", "name_key", "follows the name"),
    ("*", "title_key", "follows the title"),
    ("*", "area", "a key of a taxonomy"),
    ("*", "municipality", "a code"),
    ("*", "role", "a word of ours"),
    ("*", "scope", "an id or a code"),
    ("action_changes", "action", "an id"),
    ("action_changes", "due", "a day"),
    ("action_changes", "owner", "an id"),
    ("actions", "agreed_by", "an id"),
    ("actions", "due", "a day"),
    ("actions", "step", "an id"),
    ("agreement_reviews", "agreement", "an id"),
    ("agreement_reviews", "review", "a day"),
    ("agreement_wordings", "agreement", "an id"),
    ("agreements", "agreed_by", "an id"),
    ("agreements", "in_force", "a day"),
    ("agreements", "replaced_by", "an id"),
    ("agreements", "review", "a day"),
    ("agreements", "step", "an id"),
    ("answers", "*", "emptied of every answer that holds the passage, by `once::forget`; the rest are hashes and keys"),
    ("audit", "*", "ids and words of ours alone, which its test shows"),
    ("ballots", "key", "random"),
    ("ballots", "poll", "an id"),
    ("files", "media", "a word of ours"),
    ("files", "object", "random"),
    ("files", "sha256", "a hash"),
    ("hidings", "hidden_by", "an id"),
    ("hidings", "kept", "ids, states and times"),
    ("hidings", "place", "an id"),
    ("institution_kinds", "*", "a taxonomy, changed in place by administrators and kept nowhere else"),
    ("invitations", "code", "a hash"),
    ("mails", "*", "what a letter says is made when it is sent; here stand ids, and an address until then"),
    ("minutes", "edited_by", "an id"),
    ("minutes", "hash", "a hash"),
    ("minutes", "signed_by", "an id"),
    ("minutes", "signed_hash", "a hash"),
    ("minutes_addenda", "hash", "a hash"),
    ("minutes_addenda", "signed_by", "an id"),
    ("minutes_addenda", "signed_hash", "a hash"),
    ("municipalities", "*", "a list of ours"),
    ("network_kinds", "*", "a taxonomy, changed in place by administrators and kept nowhere else"),
    ("networks", "founder", "an id"),
    ("networks", "parent", "an id"),
    ("note_updates", "data", "made anew without the passage by `notes::cut`"),
    ("note_writers", "epoch", "random"),
    ("notes", "epoch", "random"),
    ("people", "email", "an address goes with its account"),
    ("people", "email_key", "an address goes with its account"),
    ("people", "password", "a hash"),
    ("people", "profession", "a word of ours"),
    ("practices", "cost", "a word of ours"),
    ("practices", "school_size", "a word of ours"),
    ("problem_topics", "topic", "a key of a taxonomy"),
    ("problems", "merged_into", "an id"),
    ("problems", "topics", "keys of a taxonomy"),
    ("redactions", "files", "hashes"),
    ("redactions", "hash", "a hash"),
    ("redactions", "salt", "random"),
    ("reports", "reason", "a word of ours"),
    ("role_invitations", "email", "an address goes with its account"),
    ("role_invitations", "invited_by", "an id"),
    ("room_on_disk", "*", "always empty"),
    ("schools", "size", "a word of ours"),
    ("series", "every", "a word of ours"),
    ("session_snapshots", "room", "forgotten with every cut, by the event that tells of it"),
    ("session_snapshots", "shape", "a hash"),
    ("sessions", "series", "an id"),
    ("sessions", "parent_id", "an id"),
    ("session_people", "answer", "a word of ours"),
    ("session_events", "actor", "an id or a word of ours"),
    ("session_events", "command_id", "an id"),
    ("sign_ins", "device", "what a browser says of itself"),
    ("site", "*", "random"),
    ("spaces", "visibility", "a word of ours"),
    ("topics", "*", "a list of ours"),
];

/// Events that carry copies beside what was said: cards of those who came, with the names of their team and school, and actions with
/// their owners. Cuts those that name `id`, a person, a team or an action. Answers the sessions in which there were such.
pub async fn cut_cards(tx: &mut Tx, id: ItemId, cut: &Cut<'_>) -> Result<Vec<SessionId>> {
    let rows: Vec<(SessionId, i64, String)> = sql!(
        "select session, seq, payload from session_events
         where payload like $1 and payload not like '{\"said\"%' and payload not like '{\"edited\"%' order by session, seq",
        format!("%{id}%")
    )
    .all(tx)
    .await?;
    let mut sessions = Vec::new();
    for (session, seq, old) in rows {
        let Some(new) = cut.json(&old) else { continue };
        sql!("update session_events set payload = $3 where session = $1 and seq = $2", session, seq, new)
            .run(tx)
            .await?;
        if sessions.last() != Some(&session) {
            sessions.push(session);
        }
    }
    Ok(sessions)
}

/// The problems merged with one: into it, or with it into another, and that other one.
pub async fn merged_with(tx: &mut Tx, problem: ItemId) -> Result<Vec<ItemId>> {
    sql!(
        "select id from problems
         where id <> $1 and (merged_into = $1
                             or id = (select merged_into from problems where id = $1)
                             or merged_into = (select merged_into from problems where id = $1))
         order by id",
        problem
    )
    .all(tx)
    .await
}

/// Ids of the teams of a school.
pub async fn teams_of(tx: &mut Tx, school: ItemId) -> Result<Vec<ItemId>> {
    sql!("select id from teams where school = $1 order by id", school).all(tx).await
}

/// What stands in the index by the name of a school.
pub async fn found_by_school(tx: &mut Tx, school: Uuid) -> Result<Vec<(FoundKind, Uuid)>> {
    sql!(
        "select 'team' as kind, id from teams where school = $1
         union all
         select 'problem' as kind, problems.id as id from problems join teams on teams.id = problems.team where teams.school = $1
         union all
         select 'practice' as kind, practices.id as id from practices join teams on teams.id = practices.team
         where teams.school = $1",
        school
    )
    .all(tx)
    .await
}

/// What stands in the index by the name of a network.
pub async fn found_by_network(tx: &mut Tx, network: Uuid) -> Result<Vec<(FoundKind, Uuid)>> {
    sql!("select 'team' as kind, id from teams where network = $1", network).all(tx).await
}

/// Moves the version on, so that a form opened before does not bring the text back, and other nodes see that there is a change.
pub async fn move_on(tx: &mut Tx, of: TextOf, item: ItemId, now: Timestamp) -> Result<()> {
    match of {
        TextOf::Problem => {
            sql!("update problems set version = version + 1, updated_at = $2 where id = $1", item, now).run(tx).await
        }
        TextOf::Practice => {
            sql!("update practices set version = version + 1, updated_at = $2 where id = $1", item, now).run(tx).await
        }
        TextOf::Action => sql!("update actions set version = version + 1 where id = $1", item).run(tx).await,
        TextOf::Space => sql!("update spaces set version = version + 1 where id = $1", item).run(tx).await,
        TextOf::Team => sql!("update teams set version = version + 1 where id = $1", item).run(tx).await,
        TextOf::Network => sql!("update networks set version = version + 1 where id = $1", item).run(tx).await,
        TextOf::School => sql!("update schools set version = version + 1 where id = $1", item).run(tx).await,
        TextOf::Session => sql!("update sessions set version = version + 1 where id = $1", item).run(tx).await,
        TextOf::Response | TextOf::Message | TextOf::Person | TextOf::Invitation => Ok(0),
    }?;
    Ok(())
}

/// A row without its number, as it also stands in the list beside the database.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Redaction {
    pub id: RedactionId,
    pub kind: TextOf,
    pub item: ItemId,
    pub session: Option<SessionId>,
    pub person: PersonId,
    pub reason: String,
    pub at: Timestamp,
    #[serde(flatten)]
    pub trace: Trace,
    /// SHA-256 of the files that went with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

/// False when it is there already.
pub async fn insert(tx: &mut Tx, row: &Redaction) -> Result<bool> {
    // The site's row is the lock: they are numbered one after the other on both databases.
    sql!("update site set number = 1 where number = 1").run(tx).await?;
    let done = sql!(
        "insert into redactions (id, number, kind, item, session, person, reason, at, length, salt, hash, files)
         values ($1, (select coalesce(max(number), 0) + 1 from redactions), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (id) do nothing",
        row.id,
        row.kind,
        row.item,
        row.session,
        row.person,
        row.reason,
        row.at,
        row.trace.length,
        row.trace.salt,
        row.trace.hash,
        row.files
    )
    .run(tx)
    .await?;
    Ok(done > 0)
}

#[derive(Deserialize)]
struct Row {
    id: RedactionId,
    kind: TextOf,
    item: ItemId,
    session: Option<SessionId>,
    person: PersonId,
    reason: String,
    at: Timestamp,
    length: usize,
    salt: String,
    hash: String,
    files: Vec<String>,
}

pub async fn list_all(tx: &mut Tx) -> Result<Vec<Redaction>> {
    let rows: Vec<Row> = sql!(
        "select id, kind, item, session, person, reason, at, length, salt, hash, files from redactions order by number"
    )
    .all(tx)
    .await?;
    let of = |row: Row| Redaction {
        id: row.id,
        kind: row.kind,
        item: row.item,
        session: row.session,
        person: row.person,
        reason: row.reason,
        at: row.at,
        trace: Trace { length: row.length, salt: row.salt, hash: row.hash },
        files: row.files,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// The number of the latest; 0 when there is none.
pub async fn latest(tx: &mut Tx) -> Result<i64> {
    sql!("select coalesce(max(number), 0) from redactions").one(tx).await
}

pub async fn list(tx: &mut Tx, of: TextOf, item: ItemId) -> Result<Vec<RedactionShown>> {
    sql!(
        "select redactions.at as at, redactions.reason as reason, people.name as by
         from redactions left join people on people.id = redactions.person
         where redactions.kind = $1 and redactions.item = $2 order by redactions.number desc limit 50",
        of,
        item
    )
    .all(tx)
    .await
}

/// The space of an item that moderators hide, its author and team, also where the item itself is kept aside.
pub async fn find_hidden(tx: &mut Tx, of: TextOf, item: ItemId) -> Result<Option<(SpaceId, PersonId)>> {
    sql!("select space, author from hidings where kind = $1 and item = $2 and ended_at is null", of, item)
        .optional(tx)
        .await
}

/// The space of an action.
pub async fn space_of_action(tx: &mut Tx, action: ItemId) -> Result<Option<SpaceId>> {
    sql!("select space from actions where id = $1", action).optional(tx).await
}

/// Forgets every kept answer: after a restore nobody waits for one, and what stands in them is not known.
pub async fn forget_answers(tx: &mut Tx) -> Result<u64> {
    sql!("update answers set body = ''").run(tx).await
}
