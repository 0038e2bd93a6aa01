//! The checks of a single text or number.

use serde_json::{Number, Value};

use super::{Layer, Refusal, Walk, pattern};
use crate::{
    accounts::Email,
    guard,
    refusal::Code,
    sessions::VideoLink,
    time::{LocalDate, LocalDateTime},
    words::{is_forbidden, tidy},
};

impl<'s> Walk<'s> {
    pub(super) fn text(&mut self, layer: Layer<'s>, raw: &str) {
        let kind = layer.get("x-text").and_then(Value::as_str);
        let written = matches!(kind, Some("line" | "prose"));
        // A key (a cursor, a code, a token) is a line that no person wrote.
        let text = if written || matches!(kind, Some("key" | "email")) { tidy(raw) } else { raw.to_owned() };
        let told = self.found.0.len();
        if kind != Some("secret")
            && text.chars().any(|c| is_forbidden(c) || (matches!(kind, Some("line" | "key")) && c == '\n'))
        {
            self.refuse(Code::TextControl);
        }
        let count = text.chars().count();
        let limit = |word| layer.get(word).and_then(Value::as_u64).map(|limit| limit as usize);
        if let Some(least) = limit("minLength").filter(|least| count < *least) {
            self.tell_here(Refusal::of(Code::TextShort).fact("limit", least).fact("count", count));
        }
        if let Some(most) = limit("maxLength").filter(|most| count > *most) {
            self.tell_here(Refusal::of(Code::TextLong).fact("limit", most).fact("count", count));
        }
        let format = layer.get("format").and_then(Value::as_str);
        let shape = layer.get("pattern").and_then(Value::as_str);
        if kind == Some("email") && raw.parse::<Email>().is_err() {
            return self.refuse(Code::EmailWrong);
        }
        if format == Some("video") && self.found.0.len() == told && text.parse::<VideoLink>().is_err() {
            return self.refuse(Code::VideoWrong);
        }
        let formed = format.is_none_or(|format| is_formed(format, &text))
            && shape.is_none_or(|shape| pattern::holds(shape, &text));
        if !formed && self.found.0.len() == told {
            self.refuse(Code::FieldWrong);
        }
        if written {
            for refusal in guard::refusals(self.field().as_deref(), &text, self.sure).0 {
                self.tell(refusal);
            }
        }
    }

    pub(super) fn number(&mut self, layer: Layer<'s>, number: &Number) {
        let kind = layer.get("format").and_then(Value::as_str);
        let (least, most) = kind.map_or((None, None), width);
        let least = layer.get("minimum").and_then(Value::as_number).cloned().or(least);
        let most = layer.get("maximum").and_then(Value::as_number).cloned().or(most);
        let above = layer.get("exclusiveMinimum").and_then(Value::as_number);
        let below = layer.get("exclusiveMaximum").and_then(Value::as_number);
        let out = least.as_ref().is_some_and(|least| less(number, least))
            || most.as_ref().is_some_and(|most| less(most, number))
            || above.is_some_and(|above| !less(above, number))
            || below.is_some_and(|below| !less(number, below));
        if out {
            let mut refusal = Refusal::of(Code::NumberRange);
            for (name, bound) in [("min", least.as_ref().or(above)), ("max", most.as_ref().or(below))] {
                if let Some(bound) = bound {
                    refusal = refusal.fact(name, bound);
                }
            }
            self.tell_here(refusal);
        }
        let multiple = layer.get("multipleOf").and_then(Value::as_f64).filter(|step| *step > 0.0);
        if let (Some(step), Some(value)) = (multiple, number.as_f64()) {
            let times = value / step;
            if (times - times.round()).abs() > 1e-9 {
                self.refuse(Code::FieldWrong);
            }
        }
    }
}

/// The bounds that schemars leaves to the name of the format.
fn width(format: &str) -> (Option<Number>, Option<Number>) {
    match format {
        "int32" => (Some(i32::MIN.into()), Some(i32::MAX.into())),
        "uint32" => (Some(0.into()), Some(u32::MAX.into())),
        "int64" => (Some(i64::MIN.into()), Some(i64::MAX.into())),
        "uint" | "uint64" => (Some(0.into()), None),
        _ => (None, None),
    }
}

fn less(a: &Number, b: &Number) -> bool {
    let whole = |number: &Number| number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => a < b,
        _ => a.as_f64() < b.as_f64(),
    }
}

fn is_formed(format: &str, text: &str) -> bool {
    match format {
        // One spelling only, as in `ids`.
        "uuid" => {
            text.len() == 36
                && text.bytes().enumerate().all(|(at, byte)| match at {
                    8 | 13 | 18 | 23 => byte == b'-',
                    _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
                })
        }
        "date" => is_date(text),
        "local-date-time" => text.parse::<LocalDateTime>().is_ok(),
        "local-date" => text.parse::<LocalDate>().is_ok(),
        _ => true,
    }
}

/// `2026-11-22`, a day that there is.
fn is_date(text: &str) -> bool {
    let digits = |at: std::ops::Range<usize>| -> Option<u32> {
        let part = text.get(at)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let dashes = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    let date = (digits(0..4), digits(5..7), digits(8..10));
    match (dashes, date) {
        (true, (Some(year), Some(month), Some(day))) => {
            let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            let days = match month {
                2 => 28 + u32::from(leap),
                4 | 6 | 9 | 11 => 30,
                1..=12 => 31,
                _ => 0,
            };
            (1..=days).contains(&day)
        }
        _ => false,
    }
}
