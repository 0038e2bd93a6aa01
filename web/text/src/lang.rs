/// A language of the product. Lithuanian is the first, and what is shown when nothing else was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Lang {
    #[default]
    Lt,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Lt, Lang::En];

    /// BCP 47 tag: `lt` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Lt => "lt",
            Lang::En => "en",
        }
    }

    /// The name of the language in itself, as a switch shows it.
    pub const fn name(self) -> &'static str {
        match self {
            Lang::Lt => "Lietuvių",
            Lang::En => "English",
        }
    }

    pub fn from_tag(tag: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The best of ours for an `Accept-Language` header (RFC 9110, section 12.5.4); Lithuanian when none is named.
    pub fn accepted(header: &str) -> Lang {
        let mut best = (Lang::Lt, 0);
        for range in header.split(',').take(16) {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            let Some(lang) = Lang::from_tag(&primary) else { continue };
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1000, thousandths);
            if weight > best.1 {
                best = (lang, weight);
            }
        }
        best.0
    }
}

/// `0.8` as 800; what is not a weight counts as 0.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let digit = |at: usize| fraction.as_bytes().get(at).map_or(0, |byte| u32::from(byte.wrapping_sub(b'0').min(9)));
    match whole {
        "1" => 1000,
        "0" => digit(0) * 100 + digit(1) * 10 + digit(2),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_may_ask_for_a_language_and_gets_lithuanian_otherwise() {
        for (header, lang) in [
            ("", Lang::Lt),
            ("lt-LT,lt;q=0.9,en;q=0.8", Lang::Lt),
            ("en-GB,en;q=0.9,lt;q=0.3", Lang::En),
            ("de,pl;q=0.9", Lang::Lt),
            ("de, en;q=0.5", Lang::En),
            ("en;q=0, lt;q=0.1", Lang::Lt),
            ("en;q=nonsense", Lang::Lt),
        ] {
            assert_eq!(Lang::accepted(header), lang, "{header:?}");
        }
    }
}
