//! Numbers as people type them.

use serde_json::{Number, Value};

/// `12`, `−3`, `1 000`, and with `fraction` `0,5` and `0.5`; none for anything else.
pub(super) fn read(text: &str, fraction: bool) -> Option<Value> {
    let text = text.replace('\u{2212}', "-");
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, part) = match digits.split_once([',', '.']) {
        Some((whole, part)) if fraction => (whole, Some(part)),
        Some(_) => return None,
        None => (digits, None),
    };
    let groups: Vec<&str> = whole.split([' ', '\u{A0}', '\u{202F}']).collect();
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3) && (groups.len() == 1 || groups[0].len() <= 3);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !grouped || !groups.iter().all(|group| is_number(group)) || !part.is_none_or(is_number) {
        return None;
    }
    let plain = format!("{sign}{}", groups.concat());
    match part {
        None => plain.parse::<i64>().map(Value::from).or_else(|_| plain.parse::<u64>().map(Value::from)).ok(),
        Some(part) => format!("{plain}.{part}").parse().ok().and_then(Number::from_f64).map(Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_written_in_lithuania() {
        for (text, expected) in [
            ("12", json!(12)),
            ("007", json!(7)),
            ("-3", json!(-3)),
            ("−3", json!(-3)),
            ("101 346", json!(101_346)),
            ("1\u{A0}000,5", json!(1000.5)),
            ("0,5", json!(0.5)),
            ("0.5", json!(0.5)),
            ("18446744073709551615", json!(u64::MAX)),
        ] {
            assert_eq!(read(text, true), Some(expected), "{text}");
        }
        for text in [
            "",
            "-",
            "1 0",
            "12 5",
            "1,",
            ",5",
            "1,2,3",
            "1.000,5",
            "penki",
            "1e3",
            "0x1",
            "NaN",
            "99999999999999999999",
            "1000 000",
            "٣",
        ] {
            assert_eq!(read(text, true), None, "{text}");
        }
        assert_eq!(read("0,5", false), None);
    }
}
