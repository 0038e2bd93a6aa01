//! Instants. The clock is given, never taken: nothing in this crate asks what time it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema, Default)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    pub const fn ms(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn plus(self, span: Millis) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// The date and the time of day in UTC: year, month and day; hour, minute and second.
    pub fn civil(self) -> ((i32, u8, u8), (i64, i64, i64)) {
        let second = self.0.rem_euclid(86_400_000) / 1_000;
        (civil_from_days(self.0.div_euclid(86_400_000)), (second / 3_600, second / 60 % 60, second % 60))
    }

    /// Time from `earlier` to `self`, never below zero.
    pub const fn since(self, earlier: Self) -> Millis {
        let span = self.0.saturating_sub(earlier.0);
        Millis(if span < 0 { 0 } else { span })
    }
}

/// A span of time in milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema, Default)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds * 1_000)
    }

    pub const fn minutes(minutes: i64) -> Self {
        Self::seconds(minutes * 60)
    }

    pub const fn hours(hours: i64) -> Self {
        Self::minutes(hours * 60)
    }

    pub const fn days(days: i64) -> Self {
        Self::hours(days * 24)
    }

    pub const fn ms(self) -> i64 {
        self.0
    }
}

/// A day of the calendar, as a form gives it: `2026-11-22`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LocalDate {
    year: i32,
    month: u8,
    day: u8,
}

impl LocalDate {
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::of_days(self.days() + days)
    }

    /// The same weekday of the month as often as `months` later: the first to the fourth of its kind, and for a fifth the last.
    #[must_use]
    pub fn plus_months_by_weekday(self, months: i32) -> Self {
        let month = self.year * 12 + i32::from(self.month) - 1 + months;
        let first = |month: i32| days_from_civil(month.div_euclid(12), (month.rem_euclid(12) + 1) as u8, 1);
        let (begin, end) = (first(month), first(month + 1));
        // The 29th to the 31st are the fifth of their weekday.
        Self::of_days(match self.day > 28 {
            true => end - 1 - (end - 1 - self.days()).rem_euclid(7),
            false => begin + (self.days() - begin).rem_euclid(7) + 7 * i64::from((self.day - 1) / 7),
        })
    }

    /// Its first moment in Lithuania.
    pub fn begins(self) -> Timestamp {
        let Self { year, month, day } = self;
        LocalDateTime { year, month, day, minute_of_day: 0 }.instant()
    }

    fn days(self) -> i64 {
        days_from_civil(self.year, self.month, self.day)
    }

    fn of_days(days: i64) -> Self {
        let (year, month, day) = civil_from_days(days);
        Self { year, month, day }
    }
}

/// A date and a time of day in Europe/Vilnius, as a form gives it: `2026-11-22T14:30`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LocalDateTime {
    year: i32,
    month: u8,
    day: u8,
    minute_of_day: u16,
}

impl LocalDateTime {
    /// The instant. Lithuania keeps the summer time of Directive 2000/84/EC: UTC+3 from the last Sunday of March to the last
    /// Sunday of October, each at 01:00 UTC, else UTC+2. Of the hour that comes twice in October the first is meant; one that
    /// does not come in March is an hour later.
    pub fn instant(self) -> Timestamp {
        let days = days_from_civil(self.year, self.month, self.day);
        let local = days * 86_400_000 + i64::from(self.minute_of_day) * 60_000;
        let summer = Timestamp(local - 3 * 3_600_000);
        if is_summer(summer) { summer } else { Timestamp(local - 2 * 3_600_000) }
    }

    /// The wall clock in Vilnius at `at`, to the minute.
    pub fn of(at: Timestamp) -> Self {
        let offset = if is_summer(at) { 3 } else { 2 };
        let local = at.0 + offset * 3_600_000;
        let (year, month, day) = civil_from_days(local.div_euclid(86_400_000));
        Self { year, month, day, minute_of_day: (local.rem_euclid(86_400_000) / 60_000) as u16 }
    }

    pub const fn year(self) -> i32 {
        self.year
    }

    pub const fn date(self) -> LocalDate {
        LocalDate { year: self.year, month: self.month, day: self.day }
    }

    /// The same time of day on another day.
    #[must_use]
    pub const fn on(self, date: LocalDate) -> Self {
        Self { year: date.year, month: date.month, day: date.day, minute_of_day: self.minute_of_day }
    }

    /// Minutes by the wall clock from `earlier` to `self`; the change of hour is not among them.
    pub fn wall_minutes_since(self, earlier: Self) -> i64 {
        (self.date().days() - earlier.date().days()) * 1_440 + i64::from(self.minute_of_day)
            - i64::from(earlier.minute_of_day)
    }

    /// So many minutes later by the wall clock: a day later is the same time of day, whatever the clock does in between.
    #[must_use]
    pub fn plus_wall_minutes(self, minutes: i64) -> Self {
        let minutes = self.date().days() * 1_440 + i64::from(self.minute_of_day) + minutes;
        let date = LocalDate::of_days(minutes.div_euclid(1_440));
        Self { minute_of_day: minutes.rem_euclid(1_440) as u16, ..self }.on(date)
    }
}

/// Whether summer time is in force in the European Union.
fn is_summer(at: Timestamp) -> bool {
    let (year, ..) = civil_from_days(at.0.div_euclid(86_400_000));
    let change = |month| {
        let last = days_from_civil(year, month, 31);
        // 1970-01-01 was a Thursday; both months have 31 days.
        let sunday = last - (last + 4).rem_euclid(7);
        sunday * 86_400_000 + 3_600_000
    };
    (change(3)..change(10)).contains(&at.0)
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, “chrono-Compatible Low-Level Date Algorithms”).
fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i32, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
    let month = (if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 }) as u8;
    ((year_of_era + era * 400 + i64::from(month <= 2)) as i32, month, day)
}

impl std::fmt::Display for LocalDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::str::FromStr for LocalDate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let at_midnight = if text.len() == 10 { format!("{text}T00:00").parse::<LocalDateTime>().ok() } else { None };
        at_midnight.map(LocalDateTime::date).ok_or("not a date: expected 2026-11-22")
    }
}

impl Serialize for LocalDate {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalDate {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for LocalDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LocalDate".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "local-date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
    }
}

impl std::fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (hour, minute) = (self.minute_of_day / 60, self.minute_of_day % 60);
        write!(f, "{:04}-{:02}-{:02}T{hour:02}:{minute:02}", self.year, self.month, self.day)
    }
}

impl std::str::FromStr for LocalDateTime {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "not a date and time: expected 2026-11-22T14:30";
        let bytes = text.as_bytes();
        let shape = bytes.len() == 16
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                10 => *byte == b'T',
                13 => *byte == b':',
                _ => byte.is_ascii_digit(),
            });
        if !shape {
            return Err(wrong);
        }
        let number = |from: usize, to: usize| text[from..to].parse::<i32>().map_err(|_| wrong);
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute) = (number(11, 13)?, number(14, 16)?);
        let (month, day) = (month as u8, day as u8);
        let real = (1..=12).contains(&month)
            && civil_from_days(days_from_civil(year, month, day)) == (year, month, day)
            && (2000..=2200).contains(&year)
            && hour < 24
            && minute < 60;
        if !real {
            return Err(wrong);
        }
        Ok(Self { year, month, day, minute_of_day: (hour * 60 + minute) as u16 })
    }
}

impl Serialize for LocalDateTime {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalDateTime {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for LocalDateTime {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LocalDateTime".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "local-date-time", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> i64 {
        text.parse::<LocalDateTime>().unwrap().instant().0
    }

    #[test]
    fn a_time_in_vilnius_is_two_hours_ahead_in_winter_and_three_in_summer() {
        assert_eq!(utc("2026-01-01T02:00"), 1_767_225_600_000);
        assert_eq!(utc("2026-07-01T03:00"), 1_782_864_000_000);
    }

    #[test]
    fn the_hours_of_the_change_are_told_apart() {
        // 2026-03-29T01:00Z and 2026-10-25T01:00Z.
        let (spring, autumn) = (1_774_746_000_000, 1_792_890_000_000);
        assert_eq!(utc("2026-03-29T02:59"), spring - 60_000);
        assert_eq!(utc("2026-03-29T04:00"), spring);
        assert_eq!(LocalDateTime::of(Timestamp(spring)).to_string(), "2026-03-29T04:00");
        assert_eq!(LocalDateTime::of(Timestamp(spring - 60_000)).to_string(), "2026-03-29T02:59");
        assert_eq!(utc("2026-10-25T02:59"), autumn - 3_600_000 - 60_000);
        assert_eq!(utc("2026-10-25T04:00"), autumn + 3_600_000);
        assert_eq!(LocalDateTime::of(Timestamp(autumn)).to_string(), "2026-10-25T03:00");
    }

    #[test]
    fn every_day_of_two_centuries_comes_back() {
        for day in 10_957..84_000 {
            let noon = Timestamp(day * 86_400_000 + 43_200_000);
            assert_eq!(LocalDateTime::of(noon).instant(), noon);
        }
    }

    #[test]
    fn a_day_later_is_the_same_time_of_day_over_the_change_of_hour() {
        for (from, days, to) in [
            ("2026-10-24T15:00", 1, "2026-10-25T15:00"),
            ("2027-03-27T15:00", 1, "2027-03-28T15:00"),
            ("2027-12-31T23:59", 1, "2028-01-01T23:59"),
        ] {
            let (from, to): (LocalDateTime, LocalDateTime) = (from.parse().unwrap(), to.parse().unwrap());
            assert_eq!(from.plus_wall_minutes(days * 1_440), to);
            assert_eq!(to.wall_minutes_since(from), days * 1_440);
        }
        // A day of 25 hours, and one of 23.
        assert_eq!(utc("2026-10-25T15:00") - utc("2026-10-24T15:00"), 25 * 3_600_000);
        assert_eq!(utc("2027-03-28T15:00") - utc("2027-03-27T15:00"), 23 * 3_600_000);
    }

    #[test]
    fn a_month_later_is_the_same_weekday_of_the_month() {
        let later = |from: &str, months| from.parse::<LocalDate>().unwrap().plus_months_by_weekday(months).to_string();
        // The second Wednesday.
        assert_eq!(
            [1, 2, 3, 12].map(|months| later("2026-11-11", months)),
            ["2026-12-09", "2027-01-13", "2027-02-10", "2027-11-10"]
        );
        // The fifth Monday is the last one of each month.
        assert_eq!([1, 2, 3].map(|months| later("2026-11-30", months)), ["2026-12-28", "2027-01-25", "2027-02-22"]);
        // The fourth is not the last where there is a fifth.
        assert_eq!(later("2026-11-26", 1), "2026-12-24");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for bad in ["2026-02-29", "2026-2-1", "2026-02-01T", "", "ąąąąą"] {
            assert!(bad.parse::<LocalDate>().is_err(), "{bad}");
        }
        for bad in [
            "2026-02-29T10:00",
            "2026-13-01T10:00",
            "2026-1-01T10:00",
            "2026-01-01 10:00",
            "2026-01-01T24:00",
            "",
            "ąąąąąąąą",
        ] {
            assert!(bad.parse::<LocalDateTime>().is_err(), "{bad}");
        }
    }
}
