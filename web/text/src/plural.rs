//! Plural forms by the rules of CLDR (plurals.xml, cardinal, `lt` and `en`).

use crate::Lang;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    One,
    Few,
    /// Lithuanian fractions.
    Many,
    Other,
}

/// A number that is not below zero, with its visible fraction digits: `1`, `1.50`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Number {
    scaled: u64,
    digits: u32,
}

impl Number {
    /// `Number::decimal(15, 1)` is 1.5. At most 9 fraction digits; more count as 9.
    pub const fn decimal(scaled: u64, digits: u8) -> Self {
        Self { scaled, digits: if digits > 9 { 9 } else { digits as u32 } }
    }

    const fn split(self) -> (u64, u64) {
        let unit = 10_u64.pow(self.digits);
        (self.scaled / unit, self.scaled % unit)
    }

    pub const fn form(self, lang: Lang) -> Form {
        let (whole, fraction) = self.split();
        match lang {
            // i = 1 and v = 0
            Lang::En if whole == 1 && self.digits == 0 => Form::One,
            Lang::En => Form::Other,
            // f != 0; a fraction is never in a range of whole numbers, so it cannot be one or few.
            Lang::Lt if fraction != 0 => Form::Many,
            Lang::Lt => match (whole % 10, whole % 100) {
                (_, 11..=19) => Form::Other,
                (1, _) => Form::One,
                (2..=9, _) => Form::Few,
                _ => Form::Other,
            },
        }
    }

    /// As people write it: decimal comma and thin groups in Lithuanian, point and comma in English; groups from 10 000 on.
    pub fn shown(self, lang: Lang) -> String {
        let (whole, fraction) = self.split();
        let (group, point) = match lang {
            Lang::Lt => ('\u{A0}', ','),
            Lang::En => (',', '.'),
        };
        let digits = whole.to_string();
        let mut shown = String::with_capacity(digits.len() + 8);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && digits.len() > 4 && (digits.len() - at).is_multiple_of(3) {
                shown.push(group);
            }
            shown.push(digit);
        }
        if self.digits > 0 {
            shown.push(point);
            shown.push_str(&format!("{fraction:0width$}", width = self.digits as usize));
        }
        shown
    }
}

macro_rules! from_whole {
    ($($int:ty),*) => { $(
        impl From<$int> for Number {
            fn from(n: $int) -> Self {
                Self { scaled: n as u64, digits: 0 }
            }
        }
    )* };
}
from_whole!(u8, u16, u32, u64, usize);

// Counts come from the database as i64; below zero there are none, so the sign is dropped.
impl From<i64> for Number {
    fn from(n: i64) -> Self {
        Self { scaled: n.unsigned_abs(), digits: 0 }
    }
}

impl From<i32> for Number {
    fn from(n: i32) -> Self {
        i64::from(n).into()
    }
}

#[cfg(test)]
mod tests {
    use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

    use super::*;

    counted! {
        teams: "{n} komanda", "{n} komandos", "{n} komandos", "{n} komandų"; "{n} team", "{n} teams";
    }

    fn rules(lang: Lang) -> PluralRules {
        let locale: icu_plurals::PluralRulesPreferences = match lang {
            Lang::Lt => icu_locale("lt"),
            Lang::En => icu_locale("en"),
        };
        PluralRules::try_new(locale, PluralRulesOptions::default()).unwrap()
    }

    fn icu_locale(tag: &str) -> icu_plurals::PluralRulesPreferences {
        let locale: icu_locale_core::Locale = tag.parse().unwrap();
        (&locale).into()
    }

    fn form(category: PluralCategory) -> Form {
        match category {
            PluralCategory::One => Form::One,
            PluralCategory::Few => Form::Few,
            PluralCategory::Many => Form::Many,
            _ => Form::Other,
        }
    }

    #[test]
    fn whole_numbers_have_the_forms_of_cldr() {
        for lang in Lang::ALL {
            let rules = rules(lang);
            for n in 0_usize..=1000 {
                assert_eq!(Number::from(n).form(lang), form(rules.category_for(n)), "{n} {lang:?}");
            }
        }
    }

    #[test]
    fn fractions_have_the_forms_of_cldr() {
        for lang in Lang::ALL {
            let rules = rules(lang);
            for digits in 1..=2_u8 {
                for scaled in 0..=2500_u64 {
                    let unit = 10_u64.pow(digits.into());
                    let text = format!("{}.{:0w$}", scaled / unit, scaled % unit, w = digits as usize);
                    let decimal: fixed_decimal::Decimal = text.parse().unwrap();
                    let expected = form(rules.category_for(&decimal));
                    assert_eq!(Number::decimal(scaled, digits).form(lang), expected, "{text} {lang:?}");
                }
            }
        }
    }

    #[test]
    fn teams_are_counted_as_lithuanians_count() {
        for (ending, numbers) in [
            ("komanda", &[1_u32, 21, 101][..]),
            ("komandos", &[2, 5, 9, 22, 25]),
            ("komandų", &[0, 10, 11, 15, 19, 20, 30, 111, 112]),
        ] {
            for n in numbers {
                assert_eq!(teams(Lang::Lt, *n), format!("{n} {ending}"));
            }
        }
        assert_eq!(teams(Lang::Lt, Number::decimal(15, 1)), "1,5 komandos");
        assert_eq!(teams(Lang::En, 1_u32), "1 team");
        assert_eq!(teams(Lang::En, 12_345_u32), "12,345 teams");
        assert_eq!(teams(Lang::Lt, 12_345_u32), "12\u{A0}345 komandos");
    }
}
