//! Attendance of a live session: who was there for how long, reckoned from the intervals that the server recorded.
//!
//! What is counted is the time between the opening and the closing. Devices of one person count once, an absence shorter than
//! [`GAP`] counts as presence, and a correction is an entry of its own with a reason: nothing recorded is ever changed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    actions::OwnerCard,
    endpoint,
    ids::*,
    sessions::SessionCard,
    time::{Millis, Timestamp},
    words::Prose,
};

/// An absence shorter than this is a lost connection, not an absence.
pub const GAP: Millis = Millis::minutes(2);
/// The share of a session, in percent, from which one has attended it, unless the session says otherwise.
pub const SHARE: i64 = 85;
/// The most minutes that one correction adds or takes.
pub const CORRECTION_MAX: i64 = 600;
/// Characters of the reason of a correction.
pub const REASON_MAX: usize = 300;

/// A time in which somebody was there, on one device or several.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// The intervals without overlaps and without gaps shorter than [`GAP`], the earliest first, as far as they lie within `session`. One
/// that ends before it begins is none: a clock was set back.
pub fn merged(intervals: impl IntoIterator<Item = Interval>, session: Interval) -> Vec<Interval> {
    let within = |one: Interval| Interval { from: one.from.max(session.from), to: one.to.min(session.to) };
    let mut sorted: Vec<_> = intervals.into_iter().map(within).filter(|one| one.from < one.to).collect();
    sorted.sort();
    let mut merged: Vec<Interval> = Vec::with_capacity(sorted.len());
    for next in sorted {
        match merged.last_mut() {
            Some(last) if next.from.since(last.to) < GAP => last.to = last.to.max(next.to),
            _ => merged.push(next),
        }
    }
    merged
}

/// How long somebody was there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    /// Whole minutes, halves rounded up; with corrections, never below 0 nor above the length of the session.
    pub minutes: i64,
    /// Of the session, 0 to 100, rounded down: nobody reaches a share by rounding.
    pub percent: i64,
    /// Whether the session counts as attended.
    pub attended: bool,
}

/// Counts merged intervals and corrections, in minutes, against the length of the session and the share that it asks for.
pub fn count(merged: &[Interval], corrections: i64, length: Millis, share: i64) -> Counted {
    let present: i64 = merged.iter().map(|one| one.to.since(one.from).ms()).sum();
    let length = length.ms().max(0);
    let present = present.saturating_add(Millis::minutes(corrections).ms()).clamp(0, length);
    Counted {
        minutes: whole_minutes(present),
        percent: if length == 0 { 0 } else { present * 100 / length },
        attended: length > 0 && present * 100 >= length * share,
    }
}

/// Whole minutes, halves rounded up.
pub const fn whole_minutes(ms: i64) -> i64 {
    (ms + 30_000) / 60_000
}

/// One person's attendance of a session.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PersonAttendance {
    pub id: PersonId,
    /// Empty once they have left the platform: then they are shown by their role.
    pub name: String,
    pub team: Option<String>,
    pub school: Option<String>,
    /// At whose device they sat when they last came; empty once those have left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// Merged, the earliest first.
    pub intervals: Vec<Interval>,
    pub counted: Counted,
    /// The earliest first.
    pub corrections: Vec<Correction>,
}

/// An entry that adds minutes or takes them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// -[`CORRECTION_MAX`] to [`CORRECTION_MAX`], never 0.
    pub minutes: i64,
    pub reason: String,
    /// Empty once they have left.
    pub by: String,
    pub at: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Attendance {
    pub card: SessionCard,
    pub opened_at: Timestamp,
    /// None while it is on; then all is counted until now.
    pub closed_at: Option<Timestamp>,
    /// Minutes that count.
    pub minutes: i64,
    /// In percent of them, from which the session counts as attended.
    pub share: i64,
    /// The reader's own, if they were there.
    pub mine: Option<PersonAttendance>,
    /// By team and name; none for those who do not lead sessions there.
    pub people: Option<Vec<PersonAttendance>>,
    /// Whether the reader may correct it and set the share.
    pub may_correct: bool,
    /// Who could be corrected besides those in `people`: others of the teams that meet in the space. Empty for who may not correct.
    pub others: Vec<OwnerCard>,
}

/// `GET /sessions/{session}/attendance`: of an open or closed session (`session.state` before). Everyone reads their own, those who lead
/// sessions in the space read all.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadAttendance {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/attendance" ReadAttendance, Action::ReadRecord => Attendance);

/// `POST /sessions/{session}/attendance/corrections`: an entry against what was recorded, once the session is closed (`session.state`
/// before). `field.wrong` at `person` when they neither were there nor could have been; `number.range` at `minutes` for 0.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CorrectAttendance {
    pub session: SessionId,
    pub person: PersonId,
    #[schemars(range(min = -600, max = 600))]
    pub minutes: i64,
    pub reason: Prose<REASON_MAX>,
}
endpoint!(Post "/sessions/{session}/attendance/corrections" CorrectAttendance, Action::Facilitate => Attendance);

/// `PUT /sessions/{session}/attendance/share`: from how many percent on the session counts as attended.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetAttendanceShare {
    pub session: SessionId,
    #[schemars(range(min = 1, max = 100))]
    pub share: i64,
}
endpoint!(Put "/sessions/{session}/attendance/share" SetAttendanceShare, Action::Facilitate => Attendance);

/// `GET /sessions/{session}/attendance.csv`: a line a person, comma-separated, for those who lead sessions in the space.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DownloadAttendanceCsv {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/attendance.csv" DownloadAttendanceCsv, Action::SeeAttendance => bytes);

/// `GET /sessions/{session}/attendance.xlsx`: the same as a workbook.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DownloadAttendanceXlsx {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/attendance.xlsx" DownloadAttendanceXlsx, Action::SeeAttendance => bytes);

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(from: i64, to: i64) -> Interval {
        Interval { from: Timestamp(from * 60_000), to: Timestamp(to * 60_000) }
    }

    const HOUR_AND_A_HALF: Interval = Interval { from: Timestamp(0), to: Timestamp(90 * 60_000) };

    #[test]
    fn two_devices_count_once() {
        let phone_and_laptop = [minutes(0, 40), minutes(10, 60), minutes(20, 30)];
        assert_eq!(merged(phone_and_laptop, HOUR_AND_A_HALF), [minutes(0, 60)]);
    }

    #[test]
    fn an_absence_below_two_minutes_is_none_and_one_of_two_minutes_is_one() {
        let short = [minutes(0, 10), Interval { from: Timestamp(12 * 60_000 - 1), to: Timestamp(20 * 60_000) }];
        assert_eq!(merged(short, HOUR_AND_A_HALF), [minutes(0, 20)]);
        let long = [minutes(0, 10), minutes(12, 20)];
        assert_eq!(merged(long, HOUR_AND_A_HALF), long);
    }

    #[test]
    fn nothing_counts_before_the_opening_or_after_the_closing_or_backwards() {
        let strange = [minutes(-30, 5), minutes(80, 200), minutes(50, 40), minutes(95, 99)];
        assert_eq!(merged(strange, HOUR_AND_A_HALF), [minutes(0, 5), minutes(80, 90)]);
    }

    #[test]
    fn a_share_is_reached_to_the_millisecond_and_never_by_rounding() {
        let length = Millis::minutes(100);
        let counted = count(&[minutes(0, 85)], 0, length, SHARE);
        assert_eq!(counted, Counted { minutes: 85, percent: 85, attended: true });
        let almost = Interval { from: Timestamp(1), to: Timestamp(85 * 60_000) };
        assert_eq!(count(&[almost], 0, length, SHARE), Counted { minutes: 85, percent: 84, attended: false });
    }

    #[test]
    fn corrections_add_and_take_within_the_length_of_the_session() {
        let length = Millis::minutes(90);
        assert_eq!(count(&[minutes(0, 60)], 20, length, SHARE), Counted { minutes: 80, percent: 88, attended: true });
        assert_eq!(count(&[minutes(0, 60)], 600, length, SHARE).minutes, 90);
        assert_eq!(count(&[minutes(0, 60)], -600, length, SHARE), Counted::default());
        assert_eq!(count(&[], 0, Millis(0), SHARE), Counted::default());
    }
}
