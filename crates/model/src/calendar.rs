//! Meetings as a calendar file (RFC 5545) and as an invitation by mail (RFC 5546).
//!
//! Times are written as instants in UTC, a meeting each, and no rule of recurrence: one of a series may be moved or cancelled by
//! itself, so the list of its meetings is the truth. An instant needs no VTIMEZONE, which calendars read in different ways, and every
//! calendar shows it by the wall clock of its owner: 15:00 in Vilnius is 13:00Z in January and 12:00Z in July.

use std::fmt::Write as _;

use crate::time::Timestamp;

/// What the receiver is to do with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Take it down; asked for by the reader.
    Publish,
    /// Take it down or put it in the place of what was there before.
    Request,
    /// Strike it out.
    Cancel,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Publish => "PUBLISH",
            Method::Request => "REQUEST",
            Method::Cancel => "CANCEL",
        }
    }
}

/// A name and its address.
pub struct Party<'a> {
    pub name: &'a str,
    pub email: String,
}

pub struct Entry<'a> {
    /// The same for ever, whatever else changes.
    pub uid: String,
    /// Raised with every change that matters to who comes.
    pub sequence: i64,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub title: &'a str,
    pub about: String,
    /// Where one goes: an address of the web.
    pub place: Option<&'a str>,
    pub url: String,
    pub cancelled: bool,
    pub organiser: Option<Party<'a>>,
    pub attendee: Option<Party<'a>>,
}

/// The file, written at `now`.
pub fn written(method: Method, entries: &[Entry<'_>], now: Timestamp) -> String {
    let mut out = String::new();
    line(&mut out, "BEGIN", "VCALENDAR");
    line(&mut out, "VERSION", "2.0");
    line(&mut out, "PRODID", "-//Tinklaveika//Sesijos//LT");
    line(&mut out, "CALSCALE", "GREGORIAN");
    line(&mut out, "METHOD", method.as_str());
    for entry in entries {
        event(&mut out, method, entry, now);
    }
    line(&mut out, "END", "VCALENDAR");
    out
}

fn event(out: &mut String, method: Method, entry: &Entry<'_>, now: Timestamp) {
    line(out, "BEGIN", "VEVENT");
    line(out, "UID", &entry.uid);
    line(out, "SEQUENCE", &entry.sequence.to_string());
    line(out, "DTSTAMP", &utc(now));
    line(out, "CREATED", &utc(entry.created_at));
    line(out, "LAST-MODIFIED", &utc(entry.changed_at));
    line(out, "DTSTART", &utc(entry.starts_at));
    line(out, "DTEND", &utc(entry.ends_at));
    line(out, "SUMMARY", &escaped(entry.title));
    line(out, "DESCRIPTION", &escaped(&entry.about));
    if let Some(place) = entry.place {
        line(out, "LOCATION", &escaped(place));
    }
    line(out, "URL", &entry.url);
    let cancelled = entry.cancelled || method == Method::Cancel;
    line(out, "STATUS", if cancelled { "CANCELLED" } else { "CONFIRMED" });
    if let Some(party) = &entry.organiser {
        line(out, &format!("ORGANIZER;CN=\"{}\"", quoted(party.name)), &format!("mailto:{}", party.email));
    }
    if let Some(party) = &entry.attendee {
        // The answer is given on the site: a calendar asks for none.
        let name = quoted(party.name);
        line(
            out,
            &format!("ATTENDEE;CN=\"{name}\";ROLE=REQ-PARTICIPANT;RSVP=FALSE"),
            &format!("mailto:{}", party.email),
        );
    }
    line(out, "END", "VEVENT");
}

/// One line of content, folded at 75 octets (section 3.1): a line goes on after a break and a space. A character is never cut.
fn line(out: &mut String, name: &str, value: &str) {
    let mut length = 0;
    // What could begin a line of its own never stands in one, whatever it came from.
    let whole = name.chars().chain([':']).chain(value.chars()).filter(|character| !character.is_control());
    for character in whole {
        if length + character.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(character);
        length += character.len_utf8();
    }
    out.push_str("\r\n");
}

/// A value of type TEXT (section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => out.extend(['\\', character]),
            '\n' | '\r' => out.push_str("\\n"),
            _ => out.push(character),
        }
    }
    out
}

/// The value of a parameter between quotes, which cannot hold one (section 3.2).
fn quoted(text: &str) -> String {
    text.replace('"', "'")
}

fn utc(at: Timestamp) -> String {
    let (date, time) = at.civil();
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write!(out, "{:04}{:02}{:02}T{:02}{:02}{:02}Z", date.0, date.1, date.2, time.0, time.1, time.2);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        sessions::{Every, Repeat},
        time::{LocalDateTime, Millis},
    };

    fn instant(local: &str) -> Timestamp {
        local.parse::<LocalDateTime>().unwrap().instant()
    }

    fn entry<'a>(title: &'a str, about: &str, starts_at: Timestamp) -> Entry<'a> {
        Entry {
            uid: "0192f0c1-2b3c-7d4e-8f50-0123456789ab".into(),
            sequence: 2,
            created_at: instant("2026-01-02T10:00"),
            changed_at: instant("2026-07-02T10:00"),
            starts_at,
            ends_at: starts_at.plus(Millis::minutes(50)),
            title,
            about: about.into(),
            place: Some("https://vaizdas.tinklaveika.example/slenkstis"),
            url: "https://tinklaveika.example/sesijos/0192f0c1-2b3c-7d4e-8f50-0123456789ab".into(),
            cancelled: false,
            organiser: Some(Party { name: "Rūta \"Rū\", Vėjūnė", email: "pastas@tinklaveika.example".into() }),
            attendee: Some(Party { name: "Rasa; Jankauskienė", email: "rasa@mokykla.example".into() }),
        }
    }

    /// The lines as they were before they were folded.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn value<'a>(lines: &'a [String], name: &str) -> &'a str {
        lines.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap()
    }

    fn unescaped(text: &str) -> String {
        let mut out = String::new();
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            match (character, character == '\\') {
                (_, true) => match characters.next().unwrap() {
                    'n' => out.push('\n'),
                    other => out.push(other),
                },
                (other, false) => out.push(other),
            }
        }
        out
    }

    #[test]
    fn a_whole_file_is_as_the_standard_says() {
        let about = "Darbotvarkė:\n1. Kas pavyko, kas ne; ką darom\n2. C:\\Toliau";
        let title = "Slenkstis: kaip penktokams padėti įsitvirtinti naujoje mokykloje, kai viskas nauja";
        let file =
            written(Method::Request, &[entry(title, about, instant("2026-07-15T15:00"))], instant("2026-07-02T10:01"));
        let expected = "BEGIN:VCALENDAR\r\n\
            VERSION:2.0\r\n\
            PRODID:-//Tinklaveika//Sesijos//LT\r\n\
            CALSCALE:GREGORIAN\r\n\
            METHOD:REQUEST\r\n\
            BEGIN:VEVENT\r\n\
            UID:0192f0c1-2b3c-7d4e-8f50-0123456789ab\r\n\
            SEQUENCE:2\r\n\
            DTSTAMP:20260702T070100Z\r\n\
            CREATED:20260102T080000Z\r\n\
            LAST-MODIFIED:20260702T070000Z\r\n\
            DTSTART:20260715T120000Z\r\n\
            DTEND:20260715T125000Z\r\n\
            SUMMARY:Slenkstis: kaip penktokams padėti įsitvirtinti naujoje mokykloje\\\r\n , kai viskas nauja\r\n\
            DESCRIPTION:Darbotvarkė:\\n1. Kas pavyko\\, kas ne\\; ką darom\\n2. C:\\\\Tolia\r\n u\r\n\
            LOCATION:https://vaizdas.tinklaveika.example/slenkstis\r\n\
            URL:https://tinklaveika.example/sesijos/0192f0c1-2b3c-7d4e-8f50-0123456789a\r\n b\r\n\
            STATUS:CONFIRMED\r\n\
            ORGANIZER;CN=\"Rūta 'Rū', Vėjūnė\":mailto:pastas@tinklaveika.example\r\n\
            ATTENDEE;CN=\"Rasa; Jankauskienė\";ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:ra\r\n sa@mokykla.example\r\n\
            END:VEVENT\r\n\
            END:VCALENDAR\r\n";
        assert_eq!(file, expected);
    }

    #[test]
    fn three_in_the_afternoon_is_one_o_clock_utc_in_january_and_noon_in_july() {
        for (local, utc) in [("2027-01-13T15:00", "20270113T130000Z"), ("2027-07-14T15:00", "20270714T120000Z")] {
            let lines = unfolded(&written(Method::Publish, &[entry("Sesija", "", instant(local))], Timestamp(0)));
            assert_eq!(value(&lines, "DTSTART"), utc);
        }
    }

    #[test]
    fn a_weekly_series_is_at_three_on_both_sides_of_both_changes_of_hour() {
        let starts = |first: &str, count| {
            let repeat = Repeat { every: Every::Weekly, count: Some(count), until: None, skip: Vec::new() };
            let starts = repeat.starts(first.parse().unwrap()).unwrap();
            let entries: Vec<_> = starts.iter().map(|start| entry("Sesija", "", start.instant())).collect();
            let lines = unfolded(&written(Method::Publish, &entries, Timestamp(0)));
            lines.iter().filter_map(|line| Some(line.strip_prefix("DTSTART:")?.to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(starts("2026-10-18T15:00", 3), ["20261018T120000Z", "20261025T130000Z", "20261101T130000Z"]);
        assert_eq!(starts("2027-03-21T15:00", 3), ["20270321T130000Z", "20270328T120000Z", "20270404T120000Z"]);
    }

    #[test]
    fn what_is_cancelled_says_so() {
        let start = instant("2027-01-13T15:00");
        let status = |method, cancelled| {
            let lines = unfolded(&written(method, &[Entry { cancelled, ..entry("Sesija", "", start) }], Timestamp(0)));
            (value(&lines, "METHOD").to_owned(), value(&lines, "STATUS").to_owned())
        };
        assert_eq!(status(Method::Cancel, false), ("CANCEL".into(), "CANCELLED".into()));
        assert_eq!(status(Method::Publish, true), ("PUBLISH".into(), "CANCELLED".into()));
    }

    proptest! {
        #[test]
        fn whatever_is_written_comes_back_and_no_line_is_too_long(title in any::<String>(), about in "\\PC{0,400}|[ąčęėįšųūž,;\\\\\n\r\t \u{7f}-\u{9f}]{0,400}") {
            let file = written(Method::Request, &[entry(&title, &about, Timestamp(0))], Timestamp(0));
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
            prop_assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
            let lines = unfolded(&file);
            prop_assert_eq!(lines.len(), 22);
            let kept = |text: &str| -> String {
                let breaks = text.replace("\r\n", "\n").replace('\r', "\n");
                breaks.chars().filter(|character| *character == '\n' || !character.is_control()).collect()
            };
            prop_assert_eq!(unescaped(value(&lines, "SUMMARY")), kept(&title));
            prop_assert_eq!(unescaped(value(&lines, "DESCRIPTION")), kept(&about));
        }
    }
}
