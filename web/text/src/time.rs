//! Instants as people in Lithuania read them. The zone is Europe/Vilnius: two hours ahead of UTC, three in summer time.
//!
//! Summer time by Directive 2000/84/EC: from the last Sunday of March to the last Sunday of October, each at 01:00 UTC; the
//! same rule is used for all years. Instants are milliseconds since 1970-01-01T00:00:00Z.

use crate::Lang;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The date and time that a clock on the wall in Vilnius shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Local {
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

impl Local {
    /// 1 is Monday, 7 is Sunday.
    pub const fn weekday(self) -> u8 {
        weekday(days(self.year, self.month, self.day))
    }
}

pub const fn local(ms: i64) -> Local {
    wall(ms + offset(ms))
}

/// `2026-11-22`
pub fn date(ms: i64) -> String {
    let Local { year, month, day, .. } = local(ms);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `2026-11-22 14:30`
pub fn date_time(ms: i64) -> String {
    format!("{} {}", date(ms), clock(ms))
}

/// `14:30`
pub fn clock(ms: i64) -> String {
    let Local { hour, minute, .. } = local(ms);
    format!("{hour:02}:{minute:02}")
}

/// `sekmadienis, 2026-11-22 14:30`
pub fn day_and_time(lang: Lang, ms: i64) -> String {
    format!("{}, {}", weekday_name(lang, local(ms).weekday()), date_time(ms))
}

/// For the `datetime` attribute of `<time>`: `2026-11-22T12:30:00Z`.
pub fn machine(ms: i64) -> String {
    let Local { year, month, day, hour, minute, second } = wall(ms);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

pub const fn weekday_name(lang: Lang, weekday: u8) -> &'static str {
    const LT: [&str; 7] =
        ["pirmadienis", "antradienis", "trečiadienis", "ketvirtadienis", "penktadienis", "šeštadienis", "sekmadienis"];
    const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let at = (weekday as usize + 6) % 7;
    match lang {
        Lang::Lt => LT[at],
        Lang::En => EN[at],
    }
}

/// Vilnius ahead of UTC at an instant.
const fn offset(ms: i64) -> i64 {
    let year = wall(ms).year;
    let summer = ms >= change(year, 3) && ms < change(year, 10);
    if summer { 3 * HOUR } else { 2 * HOUR }
}

/// 01:00 UTC on the last Sunday of March or October, both of which have 31 days.
const fn change(year: i64, month: u8) -> i64 {
    let last = days(year, month, 31);
    (last - (weekday(last) % 7) as i64) * DAY + HOUR
}

const fn weekday(day: i64) -> u8 {
    // 1970-01-01 was a Thursday.
    ((day + 3).rem_euclid(7) + 1) as u8
}

/// Days from 1970-01-01 in the Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms").
const fn days(year: i64, month: u8, day: u8) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month as i64 + 9) % 12) + 2) / 5 + day as i64 - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

const fn wall(ms: i64) -> Local {
    let day = ms.div_euclid(DAY);
    let of_day = ms.rem_euclid(DAY);
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    Local {
        year: year_of_era + era * 400 + if month <= 2 { 1 } else { 0 },
        month: month as u8,
        day: (of_year - (153 * month_from_march + 2) / 5 + 1) as u8,
        hour: (of_day / HOUR) as u8,
        minute: (of_day / MINUTE % 60) as u8,
        second: (of_day / 1000 % 60) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_shown_as_in_vilnius() {
        // Checked against the IANA database.
        for (ms, shown) in [
            (951_782_400_000, "2000-02-29 02:00"),
            (1_774_745_999_000, "2026-03-29 02:59"),
            (1_774_746_000_000, "2026-03-29 04:00"),
            (1_792_889_999_000, "2026-10-25 03:59"),
            (1_792_890_000_000, "2026-10-25 03:00"),
            (1_795_350_600_000, "2026-11-22 14:30"),
            (1_798_754_400_000, "2027-01-01 00:00"),
        ] {
            assert_eq!(date_time(ms), shown);
        }
        assert_eq!(machine(1_795_350_600_000), "2026-11-22T12:30:00Z");
        assert_eq!(day_and_time(Lang::Lt, 1_795_350_600_000), "sekmadienis, 2026-11-22 14:30");
        assert_eq!(day_and_time(Lang::En, 1_795_350_600_000), "Sunday, 2026-11-22 14:30");
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(weekday_name(Lang::Lt, 1), "pirmadienis");
        assert_eq!(weekday_name(Lang::Lt, 7), "sekmadienis");
    }
}
