//! PostgreSQL's numeric, which `sum` and `avg` of integers give.

use crate::cell::Cell;

const NEGATIVE: i16 = 0x4000;
const NOT_FINITE: i16 = 0xc000_u16.cast_signed();

/// Digits to the base of 10,000, the first weighing 10,000 to the power of `weight`. A whole number that fits into 64
/// bits is an integer, any other the nearest real number.
pub(crate) fn read<'r>(bytes: &[u8]) -> Option<Cell<'r>> {
    let mut words = bytes.chunks_exact(2).map(|word| i16::from_be_bytes([word[0], word[1]]));
    let count = words.next()?;
    let weight = i32::from(words.next()?);
    let sign = words.next()?;
    let _scale = words.next()?;
    if sign & NOT_FINITE == NOT_FINITE {
        return None;
    }
    let digits: Vec<i16> = words.collect();
    if digits.len() != usize::try_from(count).ok()? {
        return None;
    }
    let whole = whole(&digits, weight).map(|value| if sign == NEGATIVE { -value } else { value });
    if let Some(Ok(value)) = whole.map(i64::try_from) {
        return Some(Cell::Int(value));
    }
    let mut value = 0.0;
    for (power, digit) in (0..).zip(&digits) {
        value += f64::from(*digit) * 10_000_f64.powi(weight - power);
    }
    Some(Cell::Real(if sign == NEGATIVE { -value } else { value }))
}

/// The value without its sign, if it has no part below one and is not far beyond 64 bits.
fn whole(digits: &[i16], weight: i32) -> Option<i128> {
    let places = usize::try_from(weight + 1).ok()?;
    if digits.is_empty() {
        return Some(0);
    }
    if places > 8 || digits.len() > places {
        return None;
    }
    let mut value = 0;
    for place in 0..places {
        value = value * 10_000 + i128::from(digits.get(place).copied().unwrap_or(0));
    }
    Some(value)
}
