//! Sessions that repeat: which days they are on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    ids::*,
    refusal::{Code, Refusal},
    time::{LocalDate, LocalDateTime},
};

/// The most sessions of one series: one a week of a school year.
pub const SERIES_MAX: usize = 40;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    Weekly,
    TwoWeekly,
    FourWeekly,
    /// On the same weekday of the month: the second Wednesday; what is a fifth one is the last of each month.
    Monthly,
}

impl Every {
    pub const ALL: [Every; 4] = [Every::Weekly, Every::TwoWeekly, Every::FourWeekly, Every::Monthly];

    fn later(self, first: LocalDate, times: i64) -> LocalDate {
        match self {
            Every::Weekly => first.plus_days(7 * times),
            Every::TwoWeekly => first.plus_days(14 * times),
            Every::FourWeekly => first.plus_days(28 * times),
            Every::Monthly => first.plus_months_by_weekday(i32::try_from(times).unwrap_or(i32::MAX)),
        }
    }
}

/// How a session repeats: until there are `count`, until the day `until` (it included), or whichever comes first. Days to `skip`
/// are not counted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Repeat {
    pub every: Every,
    /// 2 to 40.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2, max = 40))]
    pub count: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<LocalDate>,
    #[serde(default)]
    #[schemars(length(max = 12))]
    pub skip: Vec<LocalDate>,
}

impl Repeat {
    /// When each session begins. The time of day is the same all the year, whatever the clock does in between; where it does not come, on
    /// the day of the change in March, [`LocalDateTime::instant`] says what is meant.
    ///
    /// # Errors
    /// `field.needed` at `count` with neither an end nor a count; `series.size` at `until` for fewer than 2 or more than 40;
    /// `field.wrong` at `skip.N` for a day on which no session would be.
    pub fn starts(&self, first: LocalDateTime) -> Result<Vec<LocalDateTime>, Refusal> {
        if self.count.is_none() && self.until.is_none() {
            return Err(Refusal::of(Code::FieldNeeded).at("count"));
        }
        let most = self.count.and_then(|count| usize::try_from(count).ok()).unwrap_or(SERIES_MAX + 1);
        let mut skipped = vec![false; self.skip.len()];
        let mut starts = Vec::new();
        for times in 0.. {
            let date = self.every.later(first.date(), times);
            if starts.len() >= most || self.until.is_some_and(|until| date > until) {
                break;
            }
            match self.skip.iter().position(|skip| *skip == date) {
                Some(at) => skipped[at] = true,
                None => starts.push(first.on(date)),
            }
        }
        if let Some(at) = skipped.iter().position(|found| !found) {
            return Err(Refusal::of(Code::FieldWrong).at(format!("skip.{at}")));
        }
        if !(2..=SERIES_MAX).contains(&starts.len()) {
            let at = if self.until.is_some() { "until" } else { "count" };
            return Err(Refusal::of(Code::SeriesSize).at(at).fact("min", 2).fact("max", SERIES_MAX));
        }
        Ok(starts)
    }
}

/// A session's place in its series.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SeriesShown {
    pub id: SeriesId,
    pub every: Every,
    /// From 1, by the start; cancelled ones are counted.
    pub place: i64,
    pub of: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<SessionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<SessionId>,
    /// How many after it are still planned.
    pub following: i64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn repeat(every: Every, count: Option<i64>, until: Option<&str>) -> Repeat {
        Repeat { every, count, until: until.map(|until| until.parse().unwrap()), skip: Vec::new() }
    }

    fn starts(repeat: &Repeat, first: &str) -> Vec<String> {
        repeat.starts(first.parse().unwrap()).unwrap().iter().map(ToString::to_string).collect()
    }

    fn refused(repeat: &Repeat) -> (Code, Option<String>) {
        let refusal = repeat.starts("2026-10-14T15:00".parse().unwrap()).unwrap_err();
        (refusal.code, refusal.field)
    }

    #[test]
    fn a_weekly_series_keeps_its_time_of_day_over_both_changes_of_hour() {
        let autumn = repeat(Every::Weekly, Some(3), None);
        assert_eq!(starts(&autumn, "2026-10-21T15:00"), ["2026-10-21T15:00", "2026-10-28T15:00", "2026-11-04T15:00"]);
        let hour = |repeat: &Repeat, first: &str| -> Vec<i64> {
            let starts = repeat.starts(first.parse().unwrap()).unwrap();
            starts.iter().map(|start| start.instant().ms().rem_euclid(86_400_000) / 3_600_000).collect()
        };
        assert_eq!(hour(&autumn, "2026-10-21T15:00"), [12, 13, 13]);
        let spring = repeat(Every::TwoWeekly, None, Some("2027-04-14"));
        assert_eq!(hour(&spring, "2027-03-17T15:00"), [13, 12, 12]);
    }

    #[test]
    fn an_hour_that_does_not_come_is_an_hour_later_that_day_alone() {
        let series = repeat(Every::Weekly, Some(3), None);
        let starts = series.starts("2027-03-21T03:30".parse().unwrap()).unwrap();
        let shown: Vec<_> = starts.iter().map(|start| LocalDateTime::of(start.instant()).to_string()).collect();
        assert_eq!(shown, ["2027-03-21T03:30", "2027-03-28T04:30", "2027-04-04T03:30"]);
    }

    #[test]
    fn it_ends_by_a_count_or_a_day_and_leaves_days_out() {
        assert_eq!(starts(&repeat(Every::FourWeekly, Some(10), Some("2026-12-09")), "2026-10-14T15:00").len(), 3);
        let mut holidays = repeat(Every::Weekly, Some(3), None);
        holidays.skip = vec!["2026-12-30".parse().unwrap(), "2026-12-23".parse().unwrap()];
        assert_eq!(starts(&holidays, "2026-12-16T15:00"), ["2026-12-16T15:00", "2027-01-06T15:00", "2027-01-13T15:00"]);
        assert_eq!(
            starts(&repeat(Every::Monthly, Some(3), None), "2026-12-30T15:00"),
            ["2026-12-30T15:00", "2027-01-27T15:00", "2027-02-24T15:00"]
        );
    }

    #[test]
    fn a_series_without_an_end_too_long_or_of_one_is_refused() {
        assert_eq!(refused(&repeat(Every::Weekly, None, None)), (Code::FieldNeeded, Some("count".into())));
        for until in ["2026-10-13", "2026-10-20", "2030-01-01"] {
            assert_eq!(
                refused(&repeat(Every::Weekly, None, Some(until))),
                (Code::SeriesSize, Some("until".into())),
                "{until}"
            );
        }
        let mut other = repeat(Every::Weekly, Some(3), None);
        other.skip = vec!["2026-10-21".parse().unwrap(), "2026-10-22".parse().unwrap()];
        assert_eq!(refused(&other), (Code::FieldWrong, Some("skip.1".into())));
        // Forty and no more.
        assert_eq!(starts(&repeat(Every::Weekly, None, Some("2027-07-14")), "2026-10-14T15:00").len(), 40);
        assert_eq!(refused(&repeat(Every::Weekly, None, Some("2027-07-21"))).0, Code::SeriesSize);
    }

    proptest! {
        #[test]
        fn every_series_goes_on_by_the_same_weekday_and_time(
            day in 0..20_000_i64, minute in 0..1_440_i64, every in prop::sample::select(Every::ALL.to_vec()), count in 2..=40_i64
        ) {
            let first: LocalDateTime = "2000-01-03T00:00".parse().unwrap();
            let first = first.plus_wall_minutes(day * 1_440 + minute);
            let starts = repeat(every, Some(count), None).starts(first).unwrap();
            prop_assert_eq!(starts.len() as i64, count);
            for pair in starts.windows(2) {
                let apart = pair[1].wall_minutes_since(pair[0]);
                prop_assert!(apart > 0 && apart % (7 * 1_440) == 0 && apart <= 35 * 1_440, "{}", apart);
                prop_assert!(pair[0].instant() < pair[1].instant());
            }
        }
    }
}
