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
    fn what_is_no_date_is_refused() {
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
